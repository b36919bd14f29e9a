package storagetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"wainao/journal"
)

// count is a state: how often each name was counted, and how many in all.
type count struct {
	Names journal.Table[string, int]
	N     int
}

const kindCounted = "test.name.counted"

func counted(name string) journal.Draft {
	return journal.Draft{Kind: kindCounted, Version: 1, Data: name}
}

// Apply implements [journal.State].
func (c count) Apply(e journal.Entry) (count, error) {
	if e.Kind != kindCounted {
		return c, nil
	}
	var name string
	if err := e.Decode(&name); err != nil {
		return c, err
	}
	n, _ := c.Names.Get(name)
	c.Names = c.Names.Set(name, n+1)
	c.N++
	return c, nil
}

func openJournal(t testing.TB, s journal.Store) *journal.Journal[count] {
	t.Helper()
	j, err := journal.Open(t.Context(), count{}, journal.Options{
		Store: s, Log: slog.New(slog.DiscardHandler), WriteTimeout: 2 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// testWriters lets sixteen journals write at once, each decision resting on
// what all the others wrote.
func testWriters(t *testing.T, p Place) {
	const writers, each = 16, 8
	shared := p.Open(t)
	var running sync.WaitGroup
	for w := range writers {
		store := shared
		if !p.Exclusive {
			store = p.Open(t)
		}
		j := openJournal(t, store)
		running.Go(func() {
			for i := range each {
				_, err := j.Update(t.Context(), fmt.Sprint("writer-", w), func(c count, _ time.Time) ([]journal.Draft, error) {
					return []journal.Draft{counted(fmt.Sprint("seen-", c.N)), counted(fmt.Sprint("own-", w, "-", i))}, nil
				})
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
					return
				}
			}
		})
	}
	running.Wait()
	got := openJournal(t, shared).State()
	if got.N != 2*writers*each || got.Names.Len() != 2*writers*each {
		t.Errorf("%d entries with %d names, want %d of each: something was lost, doubled or decided on an old state",
			got.N, got.Names.Len(), 2*writers*each)
	}
	for w := range writers {
		for i := range each {
			if n, _ := got.Names.Get(fmt.Sprint("own-", w, "-", i)); n != 1 {
				t.Errorf("update %d of writer %d is there %d times", i, w, n)
			}
		}
	}
	if head, err := journal.Verify(t.Context(), shared); err != nil || head.Number != 2*writers*each {
		t.Errorf("Verify = %d, %v", head.Number, err)
	}
}

func testDecidedAgain(t *testing.T, p Place) {
	s := p.Open(t)
	first, second := openJournal(t, s), openJournal(t, s)
	if _, err := first.Update(t.Context(), "U1", func(count, time.Time) ([]journal.Draft, error) {
		return []journal.Draft{counted("a"), counted("b")}, nil
	}); err != nil {
		t.Fatal(err)
	}
	calls := 0
	entries, err := second.Update(t.Context(), "U2", func(c count, _ time.Time) ([]journal.Draft, error) {
		calls++
		return []journal.Draft{counted(fmt.Sprint("after-", c.N))}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls != 2 || entries[0].Number != 3 || !second.State().Names.Has("after-2") {
		t.Errorf("decided %d times, wrote entry %d: %s", calls, entries[0].Number, entries[0].Data)
	}
}

const childEnv = "WAINAO_STORAGETEST_CHILD"

// Child makes a process of the test binary one that writes until it is killed,
// when the suite started it so. TestMain calls it before anything else.
func Child(open func(ctx context.Context, address string) (Store, error)) {
	address, ok := os.LookupEnv(childEnv)
	if !ok {
		return
	}
	ctx := context.Background()
	s, err := open(ctx, address)
	if err == nil {
		err = writeForEver(ctx, s)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// writeForEver writes from four goroutines and prints the name of each entry
// as soon as it is acknowledged.
func writeForEver(ctx context.Context, s Store) error {
	j, err := journal.Open(ctx, count{}, journal.Options{Store: s})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				if _, err := j.Update(ctx, "child", func(count, time.Time) ([]journal.Draft, error) {
					return []journal.Draft{counted(name), counted(name)}, nil
				}); err != nil {
					failed <- err
					return
				}
				fmt.Println(name)
			}
		}()
	}
	return <-failed
}

// testKill kills a writing process again and again and looks for everything
// that it was told is stored.
func testKill(t *testing.T, p Place) {
	var acknowledged []string
	const kills = 5
	for range kills {
		acknowledged = append(acknowledged, runChild(t, p, 1+rand.IntN(40))...) //nolint:gosec // Any moment will do.
	}
	s := p.Open(t)
	state := openJournal(t, s).State()
	for _, name := range acknowledged {
		if n, _ := state.Names.Get(name); n != 2 {
			t.Errorf("%s was acknowledged and is there %d times, want 2", name, n)
		}
	}
	for name, n := range state.Names.All() {
		if n != 2 {
			t.Errorf("%s is half written: %d of 2", name, n)
		}
	}
	if unacknowledged := state.Names.Len() - len(acknowledged); unacknowledged < 0 {
		t.Errorf("%d updates are missing", -unacknowledged)
	}
	if _, err := journal.Verify(t.Context(), s); err != nil {
		t.Error(err)
	}
	if _, err := openJournal(t, s).Update(t.Context(), "U1", func(count, time.Time) ([]journal.Draft, error) {
		return []journal.Draft{counted("afterwards")}, nil
	}); err != nil {
		t.Errorf("writing on: %v", err)
	}
}

// runChild starts a writing process, kills it after it has had lines updates
// acknowledged and returns all that were.
func runChild(t *testing.T, p Place, lines int) (acknowledged []string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^$") //nolint:gosec // It is this very test binary.
	child.Env = append(os.Environ(), childEnv+"="+p.Address)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(out)
	for scanner.Scan() {
		acknowledged = append(acknowledged, scanner.Text())
		if len(acknowledged) == lines {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || len(acknowledged) < lines {
		t.Fatalf("the writing process ended by itself (%v) behind %d updates", err, len(acknowledged))
	}
	return acknowledged
}

// Hold starts a process that opens the place with that address and keeps it
// until release is called.
func Hold(t testing.TB, address string) (release func()) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), self, "-test.run=^$") //nolint:gosec // It is this very test binary.
	child.Env = append(os.Environ(), childEnv+"="+address)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if _, err := lines.ReadString('\n'); err != nil { // It writes, so it has the place.
		t.Fatal(err)
	}
	go io.Copy(io.Discard, lines) //nolint:errcheck // It ends with the process.
	return sync.OnceFunc(func() {
		_ = child.Process.Kill()
		_ = child.Wait() // It was killed: that is its error.
	})
}
