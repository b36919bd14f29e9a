// Package storagetest holds the tests that every backend of the journal must
// pass. It decides what a [journal.Store] has to keep; it knows no backend.
package storagetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"wainao/journal"

	"github.com/google/go-cmp/cmp"
)

// Store is a backend under test.
type Store interface {
	journal.Store
	io.Closer
}

// Place is where one test's journal is kept, empty at first.
type Place struct {
	// Open opens the place, again and again.
	Open func(testing.TB) Store
	// Exclusive means that one handle at a time may be open.
	Exclusive bool
	// Tamper changes the stored data of one entry behind the backend's back.
	// No handle is open then.
	Tamper func(t testing.TB, number uint64)
	// Garble makes one entry's record unreadable. No handle is open then.
	Garble func(t testing.TB, number uint64)
	// Address names the place to the function given to [Child].
	Address string
}

// Run runs the suite, with a new place for each of its tests. The test
// binary's TestMain must call [Child] first.
func Run(t *testing.T, newPlace func(*testing.T) Place) {
	t.Helper()
	for _, tt := range []struct {
		name string
		run  func(*testing.T, Place)
	}{
		{"append and read", testAppendAndRead},
		{"conflict", testConflict},
		{"wait", testWait},
		{"every byte is kept", testBytes},
		{"sixteen writers", testWriters},
		{"conflict is decided again", testDecidedAgain},
		{"kill in mid-write", testKill},
		{"broken chain", testBroken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.run(t, newPlace(t))
		})
	}
}

// chain makes n entries that follow head, with data.
func chain(head journal.Head, n int, data string) []journal.Entry {
	entries := make([]journal.Entry, n)
	for i := range entries {
		e := journal.Entry{
			Number: head.Number + 1, ID: fmt.Sprintf("id-%d-%p", head.Number+1, &entries[0]),
			Time:  time.Date(2026, 11, 23, 1, 2, 3, int(head.Number%1000)*1e6, time.UTC),
			Actor: "U1", Kind: "test.thing.happened", Version: 1, Data: []byte(data), Prev: head.Hash,
		}
		if e.Time.Before(head.Time) {
			e.Time = head.Time
		}
		e.Hash = e.Sum()
		entries[i] = e
		head = journal.Head{Number: e.Number, Time: e.Time, Hash: e.Hash}
	}
	return entries
}

func headOf(entries []journal.Entry) journal.Head {
	e := entries[len(entries)-1]
	return journal.Head{Number: e.Number, Time: e.Time, Hash: e.Hash}
}

func read(t testing.TB, s journal.Store, after uint64) []journal.Entry {
	t.Helper()
	var entries []journal.Entry
	for e, err := range s.Read(t.Context(), after) {
		if err != nil {
			t.Fatalf("read after %d: %v", after, err)
		}
		entries = append(entries, e)
	}
	return entries
}

func mustAppend(t testing.TB, s journal.Store, entries []journal.Entry) {
	t.Helper()
	if err := s.Append(t.Context(), entries); err != nil {
		t.Fatalf("append %d: %v", entries[0].Number, err)
	}
}

func same(t testing.TB, want, got []journal.Entry) {
	t.Helper()
	exact := cmp.Comparer(func(a, b json.RawMessage) bool { return bytes.Equal(a, b) })
	if diff := cmp.Diff(want, got, exact); diff != "" {
		t.Errorf("entries (-want +got):\n%.2000s", diff)
	}
}

func testAppendAndRead(t *testing.T, p Place) {
	s := p.Open(t)
	if got := read(t, s, 0); len(got) != 0 {
		t.Fatalf("a new place holds %d entries", len(got))
	}
	var all []journal.Entry
	for _, n := range []int{1, 3, 1, 5} {
		head := journal.Head{}
		if len(all) > 0 {
			head = headOf(all)
		}
		batch := chain(head, n, `{"n":1}`)
		mustAppend(t, s, batch)
		all = append(all, batch...)
	}
	for after := range len(all) + 2 { // Also from the middle of a batch, and from behind the end.
		want := all[min(after, len(all)):]
		if got := read(t, s, uint64(after)); len(want) > 0 || len(got) > 0 {
			same(t, want, got)
		}
	}
	for e, err := range s.Read(t.Context(), 0) {
		if err != nil || e.Number != 1 {
			t.Fatalf("first entry is %d, %v", e.Number, err)
		}
		break // A consumer may have enough.
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := p.Open(t)
	same(t, all, read(t, again, 0))
	mustAppend(t, again, chain(headOf(all), 1, `{}`))
	if head, err := journal.Verify(t.Context(), again); err != nil || head.Number != 11 {
		t.Errorf("Verify = %d, %v; want 11", head.Number, err)
	}
	if err := again.Append(t.Context(), nil); err == nil {
		t.Error("appending nothing is no error")
	}
}

func testConflict(t *testing.T, p Place) {
	s := p.Open(t)
	first := chain(journal.Head{}, 3, `{"n":1}`)
	mustAppend(t, s, first)
	for name, entries := range map[string][]journal.Entry{
		"the same again":             first,
		"others in their place":      chain(journal.Head{}, 3, `{"n":2}`),
		"more than there are":        chain(journal.Head{}, 5, `{"n":2}`),
		"from the middle of a batch": chain(journal.Head{Number: 1, Hash: first[0].Hash}, 4, `{"n":2}`),
		"over its last":              chain(journal.Head{Number: 2, Hash: first[1].Hash}, 2, `{"n":2}`),
		"behind a gap":               chain(journal.Head{Number: 4}, 1, `{"n":2}`),
	} {
		if err := s.Append(t.Context(), entries); !errors.Is(err, journal.ErrConflict) {
			t.Errorf("%s: got %v, want ErrConflict", name, err)
		}
		same(t, first, read(t, s, 0))
	}
	if p.Exclusive {
		return
	}
	// A handle that has not read what others wrote is not misled by that.
	other := p.Open(t)
	if err := other.Append(t.Context(), chain(journal.Head{Number: 1, Hash: first[0].Hash}, 1, `{}`)); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("new handle: got %v, want ErrConflict", err)
	}
	mustAppend(t, other, chain(headOf(first), 1, `{}`))
}

func testWait(t *testing.T, p Place) {
	s := p.Open(t)
	entries := chain(journal.Head{}, 3, `{}`)
	waited := make(chan error, 1)
	go func() {
		waited <- await(t.Context(), s, 0)
	}()
	mustAppend(t, s, entries)
	if err := <-waited; err != nil {
		t.Errorf("Wait: %v", err)
	}
	if err := s.Wait(t.Context(), 2); err != nil {
		t.Errorf("Wait for what is there, in the middle of a batch: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() { waited <- await(ctx, s, 3) }()
	stop()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("Wait with an ended context gave %v", err)
	}
}

// await waits until there is an entry above after, as [journal.Journal.Run]
// does: Wait may return too early.
func await(ctx context.Context, s journal.Store, after uint64) error {
	for {
		if err := s.Wait(ctx, after); err != nil {
			return err
		}
		for _, err := range s.Read(ctx, after) {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

func testBytes(t *testing.T, p Place) {
	s := p.Open(t)
	var drafts []journal.Draft
	for _, text := range []string{
		"氢能 🚀 Straße e\u0301 \u0000 \u2028 \ufffd <b>&\"\\/", "", strings.Repeat("量子", 800_000), "1e400 $set .a.b \n\r\t",
	} {
		drafts = append(drafts, journal.Draft{Kind: "test.text.kept/文", Version: 3, Data: map[string]any{"$text.a": text, "n": []any{1.50, 1e21, nil}}})
	}
	j, err := journal.Open(t.Context(), count{}, journal.Options{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	want, err := j.Update(t.Context(), "U<1>&秘书处", func(count, time.Time) ([]journal.Draft, error) { return drafts, nil })
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, read(t, s, 0))
	if _, err := journal.Verify(t.Context(), s); err != nil {
		t.Error(err)
	}
}

func testBroken(t *testing.T, p Place) {
	s := p.Open(t)
	j, err := journal.Open(t.Context(), count{}, journal.Options{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if _, err := j.Update(t.Context(), "U1", func(count, time.Time) ([]journal.Draft, error) {
			return []journal.Draft{counted(fmt.Sprint(i)), counted("second")}, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, harm := range []struct {
		do     func(testing.TB, uint64)
		number uint64
	}{{p.Tamper, 4}, {p.Garble, 2}} {
		harm.do(t, harm.number)
		s := p.Open(t)
		head, err := journal.Verify(t.Context(), s)
		broken, ok := errors.AsType[*journal.ChainError](err)
		if !ok || broken.Number != harm.number || head.Number != harm.number-1 {
			t.Errorf("Verify = %d, %v; want a break at %d", head.Number, err, harm.number)
		}
		if _, err := journal.Open(t.Context(), count{}, journal.Options{Store: s}); !errors.As(err, &broken) {
			t.Errorf("Open gave %v, want a ChainError", err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
