package journal

import (
	"context"
	"errors"
	"iter"
)

// ErrConflict is returned by a [Store] when the number of the first entry to
// append is taken: another writer was first. Nothing was stored.
var ErrConflict = errors.New("journal: the entry number is taken")

// ErrUnavailable wraps a [Store]'s error when it cannot be reached, and is
// what [Journal.Update] returns then. What was to be written may or may not
// have been stored; the next Update finds out.
var ErrUnavailable = errors.New("journal: the store cannot be reached")

// Store keeps the entries. Its implementations are proven by the suite in
// storage/storagetest.
type Store interface {
	// Append stores entries, which are numbered in sequence, all or none of
	// them, and returns when they are durable. When the first number is not
	// the next free one it returns ErrConflict and stores nothing. Any other
	// error leaves the outcome unknown.
	Append(ctx context.Context, entries []Entry) error
	// Read yields the entries numbered above after, in order. It ends at the
	// last entry, or behind the first error that it yields: a *ChainError for
	// one that is stored in a form which cannot be read.
	Read(ctx context.Context, after uint64) iter.Seq2[Entry, error]
	// Wait returns when there may be entries numbered above after, or when ctx
	// is done (with its error). It may return too early, never too late by
	// more than a few seconds.
	Wait(ctx context.Context, after uint64) error
}

// Verify reads the whole store and returns the head of an unbroken chain, or
// the head before the first bad entry with a *[ChainError] that names it. What
// it cannot see is an end that was cut off, or a whole chain written anew:
// compare the head with one that was noted elsewhere for that.
func Verify(ctx context.Context, store Store) (Head, error) {
	var head Head
	for e, err := range store.Read(ctx, 0) {
		if err != nil {
			return head, err
		}
		next, err := head.Next(e)
		if err != nil {
			return head, err
		}
		head = next
	}
	return head, nil
}
