// Package journaltest provides a journal's store in memory, for tests. It
// decides when the store misbehaves; it never keeps anything on a disk.
package journaltest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"wainao/journal"
)

// ErrDown is what the store answers while it misbehaves.
var ErrDown = errors.New("journaltest: the store is down")

// OtherKind is the kind of the entries that [Store.ConflictNext] writes.
const OtherKind = "journaltest.other.happened"

// Store keeps entries in memory. All methods are safe for concurrent use.
type Store struct {
	mu      sync.Mutex
	entries []journal.Entry
	changed chan struct{}
	appends int
	down    bool
	next    func([]journal.Entry) error // Stands in for the next Append.
	hold    chan struct{}
}

// NewStore returns an empty store.
func NewStore() *Store { return &Store{changed: make(chan struct{})} }

// Append implements [journal.Store].
func (s *Store) Append(ctx context.Context, entries []journal.Entry) error {
	s.mu.Lock()
	hold := s.hold
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.appends++
	if s.down {
		return ErrDown
	}
	if next := s.next; next != nil {
		s.next = nil
		return next(entries)
	}
	return s.append(entries)
}

func (s *Store) append(entries []journal.Entry) error {
	if len(entries) == 0 {
		return errors.New("journaltest: nothing to append")
	}
	if entries[0].Number != uint64(len(s.entries))+1 {
		return journal.ErrConflict
	}
	s.entries = append(s.entries, entries...)
	close(s.changed)
	s.changed = make(chan struct{})
	return nil
}

// Read implements [journal.Store].
func (s *Store) Read(_ context.Context, after uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		s.mu.Lock()
		entries, down := slices.Clone(s.entries), s.down
		s.mu.Unlock()
		if down {
			yield(journal.Entry{}, ErrDown)
			return
		}
		for _, e := range entries[min(after, uint64(len(entries))):] {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Wait implements [journal.Store].
func (s *Store) Wait(ctx context.Context, after uint64) error {
	s.mu.Lock()
	n, changed, down := uint64(len(s.entries)), s.changed, s.down
	s.mu.Unlock()
	if down {
		return ErrDown
	}
	if n > after {
		return nil
	}
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Appends returns how often Append was called.
func (s *Store) Appends() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.appends
}

// Entries returns what is stored.
func (s *Store) Entries() []journal.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.entries)
}

// SetDown makes every call fail with [ErrDown], or ends that.
func (s *Store) SetDown(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// FailNext makes the next Append fail with err and store nothing.
func (s *Store) FailNext(err error) {
	s.onNext(func([]journal.Entry) error { return err })
}

// LoseReply makes the next Append store its entries and fail with err all the
// same, as when the connection breaks before the answer.
func (s *Store) LoseReply(err error) {
	s.onNext(func(entries []journal.Entry) error {
		if stored := s.append(entries); stored != nil {
			return stored
		}
		return err
	})
}

// ConflictNext lets another writer be first at the next Append: it stores an
// entry of [OtherKind] in the place, and the Append conflicts.
func (s *Store) ConflictNext() {
	s.onNext(func(entries []journal.Entry) error {
		other := journal.Entry{
			Number: entries[0].Number, ID: "other-" + entries[0].ID, Time: entries[0].Time, Actor: "other",
			Kind: OtherKind, Version: 1, Data: []byte("{}"), Prev: entries[0].Prev,
		}
		other.Hash = other.Sum()
		if err := s.append([]journal.Entry{other}); err != nil {
			return err
		}
		return journal.ErrConflict
	})
}

func (s *Store) onNext(f func([]journal.Entry) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = f
}

// Hold keeps every Append waiting until release is called.
func (s *Store) Hold() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hold := make(chan struct{})
	s.hold = hold
	return sync.OnceFunc(func() {
		s.mu.Lock()
		s.hold = nil
		s.mu.Unlock()
		close(hold)
	})
}

// Tamper changes the stored entry with that number behind the journal's back.
func (s *Store) Tamper(number uint64, change func(*journal.Entry)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.entries[number-1])
}

// Clock is a clock that stands until it is set. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows now.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock by d, back when d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
