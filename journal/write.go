package journal

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Bounds of one write. A write is one document in MongoDB, where a document
// holds at most 16 MiB (https://www.mongodb.com/docs/manual/reference/limits/).
const (
	maxBatch      = 512     // Entries after which no further request joins.
	maxBatchBytes = 6 << 20 // Bytes of one request, and of a batch before the last request joins.
	entryOverhead = 400     // Bytes around an entry's texts: ids, hashes, field names; generously.
)

// ErrTooLarge is returned by [Journal.Update] for a decision whose entries do
// not fit into one write.
var ErrTooLarge = errors.New("journal: too much for one write")

// errStopped is the outcome of a write whose goroutine ended in its middle.
var errStopped = errors.New("journal: the write was broken off")

// request is one Update that waits for its outcome.
type request[S State[S]] struct {
	actor  string
	decide Decide[S]
	done   chan struct{} // Closed when entries and err are set.

	entries  []Entry
	err      error
	onFuture bool // Decided on entries of its own batch that are not durable yet.
}

// Update decides on the newest state, writes what was decided and returns the
// entries when they are durable and folded. When another writer was first, the
// decision is made again on what that one wrote, so nothing is ever written
// that was decided on an old state. A refusal can rest on a state that misses
// what another process wrote within the last seconds.
//
// decide's own error is returned as it is; a store that cannot be reached
// gives [ErrUnavailable], and entries beyond a write's bounds [ErrTooLarge].
// When ctx ends before the writing has begun, nothing is written; when it ends
// later, Update returns at once and the outcome is open. Both give ctx's error.
func (j *Journal[S]) Update(ctx context.Context, actor string, decide Decide[S]) ([]Entry, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("update journal: %w", err)
	}
	r := &request[S]{actor: actor, decide: decide, done: make(chan struct{})}
	j.mu.Lock()
	j.pending = append(j.pending, r)
	j.mu.Unlock()

	// Whoever gets the token writes for all who wait: under load one write
	// carries many decisions, and without load nobody waits for anybody.
	for {
		select {
		case <-r.done:
			return r.entries, r.err
		case j.writer <- struct{}{}:
			go j.lead(context.WithoutCancel(ctx))
		case <-ctx.Done():
			j.withdraw(r)
			select {
			case <-r.done: // It ended in the same moment: say what is known.
				return r.entries, r.err
			default:
				return nil, fmt.Errorf("update journal: %w", ctx.Err())
			}
		}
	}
}

// withdraw takes back a request that nobody has begun to carry out.
func (j *Journal[S]) withdraw(r *request[S]) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending = slices.DeleteFunc(j.pending, func(p *request[S]) bool { return p == r })
}

// lead takes the waiting requests, carries them out and gives the token back.
// Whatever happens in there, the token is given back and nobody waits for ever.
func (j *Journal[S]) lead(ctx context.Context) {
	defer func() { <-j.writer }()
	j.mu.Lock()
	batch := j.pending
	j.pending = nil
	j.mu.Unlock()
	if len(batch) == 0 {
		return
	}
	n, err := len(batch), errStopped
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: panic: %v", errStopped, p)
		}
		if errors.Is(err, errStopped) {
			j.dirty = true
		}
		j.finish(batch, n, err)
	}()
	n, err = j.write(ctx, batch)
}

// finish gives the first n requests of the batch their outcome and leaves the
// others for the next write.
func (j *Journal[S]) finish(batch []*request[S], n int, err error) {
	j.mu.Lock()
	j.pending = append(batch[n:len(batch):len(batch)], j.pending...)
	j.mu.Unlock()
	for _, r := range batch[:n] {
		// A refusal that was decided on entries which did not become durable
		// says nothing: it may be because of what never happened.
		if err != nil && (r.err == nil || r.onFuture) {
			r.entries, r.err = nil, err
		}
		close(r.done)
	}
}

// write carries out the batch, again and again until no other writer is first
// or the time is up. It returns how many of the requests it covered.
func (j *Journal[S]) write(ctx context.Context, batch []*request[S]) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, j.writeTimeout)
	defer cancel()
	for attempt := 0; ; attempt++ {
		n, err := j.tryWrite(ctx, batch)
		if !errors.Is(err, ErrConflict) {
			return n, err
		}
		j.log.DebugContext(ctx, "journal: another writer was first", "attempt", attempt)
		pause(ctx, attempt)
		if ctx.Err() != nil {
			return n, unavailable(fmt.Errorf("other writers were first for %s: %w", j.writeTimeout, ctx.Err()))
		}
	}
}

// pause waits a little, longer and at random after each conflict, so that
// writers that collide do not go on colliding.
func pause(ctx context.Context, attempt int) {
	limit := time.Millisecond << min(attempt, 6)
	select {
	case <-ctx.Done():
	case <-time.After(rand.N(limit)): //nolint:gosec // It spreads retries and guards nothing.
	}
}

// tryWrite decides the requests of the batch, each on the state behind the one
// before it, and appends all the entries in one write. It returns how many
// requests that covers: those beyond a write's bounds are left for the next.
// ErrConflict means that another writer was first.
func (j *Journal[S]) tryWrite(ctx context.Context, batch []*request[S]) (n int, err error) {
	if j.dirty {
		if err := j.catchUp(ctx); err != nil {
			return len(batch), unavailable(err)
		}
		j.dirty = false
	}
	next := j.Snapshot()
	now := j.now().UTC().Truncate(time.Millisecond)
	var all []Entry
	size := 0
	for n < len(batch) && len(all) < maxBatch && size < maxBatchBytes {
		r := batch[n]
		n++
		var behind Snapshot[S]
		behind, r.entries, r.err = r.carryOut(next, now)
		r.onFuture = len(all) > 0
		if r.err == nil {
			next, all, size = behind, append(all, r.entries...), size+sizeOf(r.entries)
		}
	}
	if len(all) == 0 {
		return n, nil
	}
	if err := j.store.Append(ctx, all); err != nil {
		return n, j.settle(ctx, all, next, err)
	}
	j.publish(next)
	return n, nil
}

// carryOut decides the request on snap and returns the snapshot behind its
// entries. A decision that panics is refused: one bad request must not take
// the others' write with it.
func (r *request[S]) carryOut(snap Snapshot[S], now time.Time) (behind Snapshot[S], entries []Entry, err error) {
	defer func() {
		if p := recover(); p != nil {
			behind, entries, err = snap, nil, fmt.Errorf("decision panicked: %v", p)
		}
	}()
	drafts, err := r.decide(snap.State, now)
	if err != nil {
		return snap, nil, err
	}
	behind = snap
	entries = make([]Entry, 0, len(drafts))
	for _, d := range drafts {
		e, err := d.seal(behind.Head, r.actor, now)
		if err != nil {
			return snap, nil, err
		}
		if behind, err = fold(behind, e); err != nil {
			return snap, nil, err
		}
		entries = append(entries, e)
	}
	if size := sizeOf(entries); size > maxBatchBytes {
		return snap, nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, size, maxBatchBytes)
	}
	return behind, entries, nil
}

// sizeOf returns about how many bytes the entries take in a store.
func sizeOf(entries []Entry) int {
	size := 0
	for _, e := range entries {
		size += len(e.Data) + len(e.Actor) + len(e.Kind) + entryOverhead
	}
	return size
}

// settle finds out what became of entries whose Append failed with cause: the
// reply may have been lost on its way, or a driver that repeated the write may
// have met its own first attempt. It returns nil when they are stored,
// ErrConflict when another writer's stand in their place, and ErrUnavailable
// when that cannot be known now.
func (j *Journal[S]) settle(ctx context.Context, entries []Entry, next Snapshot[S], cause error) error {
	j.dirty = true
	conflict := errors.Is(cause, ErrConflict)
	if !conflict {
		// The time for the write may be up; asking needs some of its own.
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), j.writeTimeout)
		defer cancel()
	}
	for attempt := 0; ; attempt++ {
		for stored, err := range j.store.Read(ctx, entries[0].Number-1) {
			if err != nil {
				return unavailable(errors.Join(cause, err))
			}
			if stored.ID != entries[0].ID {
				return ErrConflict
			}
			j.dirty = false
			j.publish(next)
			return nil
		}
		if !conflict {
			return unavailable(cause)
		}
		// The number is taken by a write that cannot be read yet: it will be as
		// soon as most of the database's members have it.
		pause(ctx, attempt)
		if ctx.Err() != nil {
			return fmt.Errorf("%w: entry %d is taken and cannot be read: %w", ErrUnavailable, entries[0].Number, ctx.Err())
		}
	}
}
