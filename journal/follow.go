package journal

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// fold returns the snapshot behind e. A state that panics over an entry cannot
// read it.
func fold[S State[S]](s Snapshot[S], e Entry) (next Snapshot[S], err error) {
	defer func() {
		if p := recover(); p != nil {
			next, err = s, &FoldError{Number: e.Number, Kind: e.Kind, Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	state, err := s.State.Apply(e)
	if err != nil {
		return s, &FoldError{Number: e.Number, Kind: e.Kind, Err: err}
	}
	return Snapshot[S]{State: state, Head: Head{Number: e.Number, Time: e.Time, Hash: e.Hash}}, nil
}

// FoldError says which entry the state could not read. An entry once written
// is never lost over it: the process that knows its version can read it.
type FoldError struct {
	Number uint64
	Kind   string
	Err    error
}

// Error names the entry, its kind and the cause.
func (e *FoldError) Error() string {
	return fmt.Sprintf("fold entry %d (%s): %v", e.Number, e.Kind, e.Err)
}

// Unwrap returns the cause.
func (e *FoldError) Unwrap() error { return e.Err }

// unavailable marks an error of the store as [ErrUnavailable]; what is wrong
// with the entries themselves stays as it is.
func unavailable(err error) error {
	if err == nil || isContent(err) || errors.Is(err, ErrUnavailable) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// isContent reports whether err is about the entries' content, which no second
// attempt mends, rather than about the store.
func isContent(err error) bool {
	if _, ok := errors.AsType[*ChainError](err); ok {
		return true
	}
	_, ok := errors.AsType[*FoldError](err)
	return ok
}

// inBatch returns the snapshot in a batch, for a state that has an InBatch
// method, and how to end it. Nobody sees the states between two of the entries
// that are folded in it. When one fails, the snapshot is of no use any more.
func inBatch[S State[S]](s Snapshot[S]) (Snapshot[S], func()) {
	state, ok := any(s.State).(interface{ InBatch(b *Batch) S })
	if !ok {
		return s, func() {}
	}
	b := new(Batch)
	s.State = state.InBatch(b)
	return s, b.End
}

// catchUp reads and folds what the store holds above the current head. It is
// called with the writer's token held. When it fails, nothing is published: a
// state never holds a part of a write.
func (j *Journal[S]) catchUp(ctx context.Context) error {
	next, end := inBatch(j.Snapshot())
	defer end()
	from := next.Head.Number
	for e, err := range j.store.Read(ctx, from) {
		if err != nil {
			return err
		}
		if _, err := next.Head.Next(e); err != nil {
			return err
		}
		if next, err = fold(next, e); err != nil {
			return err
		}
	}
	end()
	if next.Head.Number > from {
		j.publish(next)
	}
	return nil
}

// publish makes next the current state and wakes who waits for a change.
func (j *Journal[S]) publish(next Snapshot[S]) {
	j.current.Store(&next)
	close(*j.changed.Swap(new(make(chan struct{}))))
}

// Run follows what other processes write, until ctx is done. It returns nil
// then, and an error only for a broken chain or an entry that it cannot read.
// While the store cannot be reached it keeps trying, and reads go on.
func (j *Journal[S]) Run(ctx context.Context) error {
	const retry = 2 * time.Second // Between attempts at a store that does not answer.
	for {
		err := j.store.Wait(ctx, j.Snapshot().Head.Number)
		if err == nil {
			err = j.Sync(ctx)
		}
		if ctx.Err() != nil {
			return nil //nolint:nilerr // Being told to stop is not a failure.
		}
		if err == nil {
			continue
		}
		if isContent(err) {
			return fmt.Errorf("follow journal: %w", err)
		}
		j.log.Warn("journal: cannot follow, will try again", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(retry):
		}
	}
}

// Sync reads what other processes have written by now.
func (j *Journal[S]) Sync(ctx context.Context) error {
	select {
	case j.writer <- struct{}{}:
		defer func() { <-j.writer }()
	case <-ctx.Done():
		return fmt.Errorf("sync journal: %w", ctx.Err())
	}
	if err := j.catchUp(ctx); err != nil {
		return unavailable(err)
	}
	j.dirty = false
	return nil
}

// StateAt folds initial with the entries up to and including the one numbered
// number, or all whose time is not after at when number is 0. It reads the
// store, so it is for exports and as-of questions, not for every answer.
func (j *Journal[S]) StateAt(ctx context.Context, initial S, number uint64, at time.Time) (Snapshot[S], error) {
	snap, end := inBatch(Snapshot[S]{State: initial})
	defer end()
	for e, err := range j.store.Read(ctx, 0) {
		if err != nil {
			return snap, unavailable(err)
		}
		if (number > 0 && e.Number > number) || (number == 0 && e.Time.After(at)) {
			break
		}
		if _, err := snap.Head.Next(e); err != nil {
			return snap, err
		}
		if snap, err = fold(snap, e); err != nil {
			return snap, err
		}
	}
	return snap, nil
}
