// Package journal holds all that ever happens: numbered, hash-chained, typed
// entries, the state that they fold into, and the one way to write.
//
// It decides the order of entries and that an acknowledged one is durable. It
// never decides what may happen: that is the domain packages' business, whose
// decisions it is handed as functions. It does no I/O of its own but through a
// [Store].
package journal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// State is what a journal's entries fold into. It is a value: Apply returns
// the state behind e and leaves the receiver as it was, so that any state once
// read stays true for its moment. States are made of [Table] and of values
// that are replaced, never changed in place.
//
// A State may have a method InBatch(b *Batch) S, which returns it with its
// Tables in the batch; then many entries are folded in place at the start. Its
// Apply must not read the receiver's Tables any more once it has changed them.
//
// Apply ignores kinds that it does not know, and returns an error only for an
// entry that it cannot read.
type State[S any] interface {
	Apply(e Entry) (S, error)
}

// Decide looks at the state and returns what is to happen next: no draft when
// nothing changes, or an error when it must not happen. now is in UTC and in
// whole milliseconds, as the entries' time is. It may be called more than once
// for one update, each time with a newer state, on any goroutine, and even
// after an Update whose context ended has returned; so it must have no effect
// of its own.
type Decide[S any] func(state S, now time.Time) ([]Draft, error)

// Options configure a [Journal].
type Options struct {
	Store Store
	Now   func() time.Time // The clock; time.Now when nil.
	Log   *slog.Logger     // slog.Default() when nil.

	// WriteTimeout bounds one write to the store, 10 seconds when zero.
	WriteTimeout time.Duration
}

// Snapshot is a state and the head of the journal that it was folded from.
type Snapshot[S any] struct {
	State S
	Head  Head
}

// Journal is the one way to read the state and to change it. All methods are
// safe for concurrent use.
type Journal[S State[S]] struct {
	store        Store
	now          func() time.Time
	log          *slog.Logger
	writeTimeout time.Duration

	current atomic.Pointer[Snapshot[S]]
	changed atomic.Pointer[chan struct{}]

	writer  chan struct{} // Holds a token while someone reads from or writes to the store.
	dirty   bool          // The outcome of the last write is unknown. Guarded by writer.
	mu      sync.Mutex
	pending []*request[S]
}

// Open reads the whole journal and folds it from initial. It fails on a broken
// chain with a *[ChainError].
func Open[S State[S]](ctx context.Context, initial S, o Options) (*Journal[S], error) {
	if o.Store == nil {
		return nil, errors.New("journal: no store")
	}
	j := &Journal[S]{
		store: o.Store, now: o.Now, log: o.Log, writeTimeout: o.WriteTimeout,
		writer: make(chan struct{}, 1),
	}
	if j.now == nil {
		j.now = time.Now
	}
	if j.log == nil {
		j.log = slog.Default()
	}
	if j.writeTimeout == 0 {
		j.writeTimeout = 10 * time.Second
	}
	j.current.Store(&Snapshot[S]{State: initial})
	j.changed.Store(new(make(chan struct{})))
	if err := j.catchUp(ctx); err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	return j, nil
}

// State returns the newest durable state.
func (j *Journal[S]) State() S { return j.current.Load().State }

// Snapshot returns the newest durable state and its head.
func (j *Journal[S]) Snapshot() Snapshot[S] { return *j.current.Load() }

// Now returns the journal's clock.
func (j *Journal[S]) Now() time.Time { return j.now() }

// Changed returns a channel that is closed at the next change of the state.
// Get the channel first and the state second, or a change is missed.
func (j *Journal[S]) Changed() <-chan struct{} { return *j.changed.Load() }
