package journal_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"wainao/journal"
	"wainao/journal/journaltest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sums is a state: totals by name, and how often each was added to.
type sums struct {
	Total journal.Table[string, int]
	Count int
}

type addedV1 struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

const kindAdded = "sums.number.added"

func (s sums) Apply(e journal.Entry) (sums, error) {
	if e.Kind != kindAdded {
		return s, nil
	}
	var d addedV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	if d.Name == "panic" {
		panic("cannot fold")
	}
	old, _ := s.Total.Get(d.Name)
	s.Total = s.Total.Set(d.Name, old+d.N)
	s.Count++
	return s, nil
}

func (s sums) plain() map[string]int { return maps.Collect(s.Total.All()) }

func add(name string, n int) journal.Decide[sums] {
	return func(sums, time.Time) ([]journal.Draft, error) {
		return []journal.Draft{added(name, n)}, nil
	}
}

func added(name string, n int) journal.Draft {
	return journal.Draft{Kind: kindAdded, Version: 1, Data: addedV1{name, n}}
}

var start = time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)

func open(t interface {
	Helper()
	Fatal(...any)
}, store journal.Store,
) *journal.Journal[sums] {
	t.Helper()
	j, err := journal.Open(context.Background(), sums{}, journal.Options{Store: store, Now: journaltest.NewClock(start).Now})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func mustAdd(t *testing.T, j *journal.Journal[sums], name string, n int) journal.Entry {
	t.Helper()
	entries, err := j.Update(t.Context(), "U1", add(name, n))
	if err != nil {
		t.Fatal(err)
	}
	return entries[0]
}

func TestEntriesAreNumberedDatedAndChained(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	clock := journaltest.NewClock(start.Add(123456 * time.Nanosecond).In(time.FixedZone("x", 8*3600)))
	j, err := journal.Open(t.Context(), sums{}, journal.Options{Store: store, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	first := mustAdd(t, j, "a", 1)
	clock.Advance(-time.Hour)
	second := mustAdd(t, j, "氢能", 2)
	if first.Number != 1 || second.Number != 2 || second.Prev != first.Hash || first.Prev != (journal.Hash{}) {
		t.Errorf("entries are not chained: %+v, %+v", first, second)
	}
	if !first.Time.Equal(start) || first.Time.Location() != time.UTC {
		t.Errorf("time is %v, want whole milliseconds in UTC", first.Time)
	}
	if second.Time.Before(first.Time) {
		t.Errorf("entry 2 is dated %v, before entry 1 (%v)", second.Time, first.Time)
	}
	head, err := journal.Verify(t.Context(), store)
	if err != nil || head != j.Snapshot().Head {
		t.Errorf("Verify = %+v, %v; want %+v", head, err, j.Snapshot().Head)
	}
}

func TestVerifyNamesTheFirstBadEntry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*journal.Entry)
		want   uint64
	}{
		{"data", func(e *journal.Entry) { e.Data = []byte(`{"name":"a","n":99}`) }, 3},
		{"actor", func(e *journal.Entry) { e.Actor = "U2" }, 3},
		{"kind", func(e *journal.Entry) { e.Kind = "sums.number.removed" }, 3},
		{"version", func(e *journal.Entry) { e.Version = 2 }, 3},
		{"time", func(e *journal.Entry) { e.Time = e.Time.Add(time.Millisecond) }, 3},
		{"fine time", func(e *journal.Entry) { e.Time = e.Time.Add(time.Microsecond) }, 3},
		{"id", func(e *journal.Entry) { e.ID = "x" }, 3},
		{"number", func(e *journal.Entry) { e.Number = 7 }, 7},
		{"previous hash", func(e *journal.Entry) { e.Prev[0]++ }, 3},
		{"data, sealed again", func(e *journal.Entry) { e.Data = []byte(`{}`); e.Hash = e.Sum() }, 4},
		{"dated back, sealed again", func(e *journal.Entry) { e.Time = e.Time.Add(-time.Hour); e.Hash = e.Sum() }, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			store := journaltest.NewStore()
			j := open(t, store)
			for range 5 {
				mustAdd(t, j, "a", 1)
			}
			store.Tamper(3, tt.change)
			head, err := journal.Verify(t.Context(), store)
			broken, ok := errors.AsType[*journal.ChainError](err)
			if !ok || broken.Number != tt.want {
				t.Fatalf("Verify gave %v, want a break at %d", err, tt.want)
			}
			if want := min(tt.want-1, 3); head.Number != want && tt.want != 7 {
				t.Errorf("head is %d, want %d", head.Number, want)
			}
			if _, err := journal.Open(t.Context(), sums{}, journal.Options{Store: store}); !errors.As(err, &broken) {
				t.Errorf("Open gave %v, want a ChainError", err)
			}
		})
	}
}

func TestWaitingUpdatesShareAWriteAndSeeEachOther(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	release := store.Hold()
	const n = 100
	var running sync.WaitGroup
	for i := range n {
		running.Go(func() {
			_, err := j.Update(t.Context(), "U1", func(s sums, _ time.Time) ([]journal.Draft, error) {
				switch i {
				case 50:
					return nil, errors.New("refused")
				case 60:
					panic("bad decision")
				case 70:
					return []journal.Draft{added("panic", 1)}, nil
				}
				return []journal.Draft{added("count", s.Count+1)}, nil
			})
			switch i {
			case 50, 60, 70:
				if err == nil {
					t.Errorf("update %d was not refused", i)
				}
			default:
				if err != nil {
					t.Errorf("update %d: %v", i, err)
				}
			}
		})
	}
	release()
	running.Wait()
	want := n - 3
	if got := j.State().plain()["count"]; got != want*(want+1)/2 {
		t.Errorf("the decisions did not see each other: sum %d, want %d", got, want*(want+1)/2)
	}
	if got := len(store.Entries()); got != want {
		t.Errorf("%d entries, want %d", got, want)
	}
}

func TestManyWaitingUpdatesTakeFewWrites(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	release := store.Hold()
	var running sync.WaitGroup
	decided := make(chan struct{})
	running.Go(func() { // Its write is held.
		_, err := j.Update(t.Context(), "U1", func(sums, time.Time) ([]journal.Draft, error) {
			close(decided)
			return []journal.Draft{added("a", 1)}, nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-decided
	const n = 2000
	for range n {
		running.Go(func() { mustAdd(t, j, "a", 1) })
	}
	journal.AwaitPending(j, n)
	release()
	running.Wait()
	if got := j.State().plain()["a"]; got != n+1 {
		t.Errorf("sum %d, want %d", got, n+1)
	}
	if got := store.Appends(); got != 1+4 {
		t.Errorf("%d writes for %d updates, want 5", got, n+1)
	}
}

func TestARefusalThatRestedOnALostWriteIsNoRefusal(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	once := func(s sums, _ time.Time) ([]journal.Draft, error) {
		if s.Total.Has("a") {
			return nil, errors.New("already there")
		}
		return []journal.Draft{added("a", 1)}, nil
	}
	var running sync.WaitGroup
	decided, goOn := make(chan struct{}), make(chan struct{})
	running.Go(func() { // Keeps the writer busy, so that the two below share a write.
		_, err := j.Update(t.Context(), "U0", func(sums, time.Time) ([]journal.Draft, error) {
			close(decided)
			<-goOn
			return nil, nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-decided
	for range 2 {
		running.Go(func() {
			if _, err := j.Update(t.Context(), "U1", once); !errors.Is(err, journal.ErrUnavailable) {
				t.Errorf("got %v, want ErrUnavailable", err)
			}
		})
	}
	journal.AwaitPending(j, 2)
	store.FailNext(journaltest.ErrDown)
	close(goOn)
	running.Wait()
	if n := len(store.Entries()); n != 0 || store.Appends() != 1 {
		t.Errorf("%d entries by %d writes, want none by one", n, store.Appends())
	}
}

func TestAConflictIsDecidedAgain(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	store.ConflictNext()
	calls := 0
	entries, err := j.Update(t.Context(), "U1", func(sums, time.Time) ([]journal.Draft, error) {
		calls++
		return []journal.Draft{added("a", calls), added("a", 10)}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls != 2 || entries[0].Number != 2 || len(entries) != 2 {
		t.Errorf("decided %d times, entries %+v", calls, entries)
	}
	if got := j.State().plain()["a"]; got != 12 {
		t.Errorf("sum %d, want 12", got)
	}
	if _, err := journal.Verify(t.Context(), store); err != nil {
		t.Error(err)
	}
}

func TestALostReplyIsRecognised(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]error{"network": errors.New("connection reset"), "driver's own retry": journal.ErrConflict} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := journaltest.NewStore()
			j := open(t, store)
			store.LoseReply(lost)
			mustAdd(t, j, "a", 5)
			if got := len(store.Entries()); got != 1 {
				t.Errorf("%d entries, want 1", got)
			}
			mustAdd(t, j, "a", 5)
			if diff := cmp.Diff(map[string]int{"a": 10}, j.State().plain()); diff != "" {
				t.Errorf("state (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhileTheStoreIsDown(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	mustAdd(t, j, "a", 1)
	store.SetDown(true)
	_, err := j.Update(t.Context(), "U1", add("a", 1))
	if !errors.Is(err, journal.ErrUnavailable) || !errors.Is(err, journaltest.ErrDown) {
		t.Errorf("Update gave %v, want ErrUnavailable with its cause", err)
	}
	if err := j.Sync(t.Context()); !errors.Is(err, journal.ErrUnavailable) {
		t.Errorf("Sync gave %v, want ErrUnavailable", err)
	}
	if diff := cmp.Diff(map[string]int{"a": 1}, j.State().plain()); diff != "" {
		t.Errorf("something was half folded (-want +got):\n%s", diff)
	}
	store.SetDown(false)
	mustAdd(t, j, "a", 1)
	if diff := cmp.Diff(map[string]int{"a": 2}, j.State().plain()); diff != "" {
		t.Errorf("after the recovery (-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	many := make([]journal.Draft, 20_000)
	for i := range many {
		many[i] = added("a", 1)
	}
	tests := []struct {
		name   string
		actor  string
		drafts []journal.Draft
		want   error
	}{
		{"big", "U1", []journal.Draft{added(strings.Repeat("x", 7<<20), 1)}, journal.ErrTooLarge},
		{"many", "U1", many, journal.ErrTooLarge},
		{"no kind", "U1", []journal.Draft{{Version: 1}}, nil},
		{"no version", "U1", []journal.Draft{{Kind: kindAdded}}, nil},
		{"no JSON", "U1", []journal.Draft{{Kind: kindAdded, Version: 1, Data: func() {}}}, nil},
		{"actor is not UTF-8", "U\xff", []journal.Draft{added("a", 1)}, nil},
	}
	for _, tt := range tests {
		_, err := j.Update(t.Context(), tt.actor, func(sums, time.Time) ([]journal.Draft, error) {
			return append([]journal.Draft{added("before", 1)}, tt.drafts...), nil
		})
		if err == nil || (tt.want != nil && !errors.Is(err, tt.want)) {
			t.Errorf("%s: got %v, want an error (%v)", tt.name, err, tt.want)
		}
	}
	if n := len(store.Entries()); n != 0 || j.State().Count != 0 {
		t.Errorf("%d entries were written", n)
	}
}

// panicking is a store whose driver has a bug.
type panicking struct{ *journaltest.Store }

func (panicking) Append(context.Context, []journal.Entry) error { panic("driver") }

func TestAStoreThatPanicsLeavesNobodyWaiting(t *testing.T) {
	t.Parallel()
	j := open(t, panicking{journaltest.NewStore()})
	for range 2 { // The second shows that the first gave the writer back.
		if _, err := j.Update(t.Context(), "U1", add("a", 1)); err == nil || !strings.Contains(err.Error(), "driver") {
			t.Errorf("got %v, want the panic as an error", err)
		}
	}
	if n := j.State().Count; n != 0 {
		t.Errorf("%d entries were folded", n)
	}
}

func TestUpdateEndsWithItsContext(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	j := open(t, store)
	release := store.Hold()
	leading, stopLeading := context.WithCancel(t.Context())
	waiting, stopWaiting := context.WithCancel(t.Context())
	outcomes := make(chan error, 2)
	decided := make(chan struct{})
	go func() {
		_, err := j.Update(leading, "U1", func(sums, time.Time) ([]journal.Draft, error) {
			close(decided)
			return []journal.Draft{added("lead", 1)}, nil
		})
		outcomes <- err
	}()
	<-decided
	stopLeading()
	if err := <-outcomes; !errors.Is(err, context.Canceled) {
		t.Errorf("the writing one gave %v", err)
	}
	go func() {
		_, err := j.Update(waiting, "U1", add("wait", 1))
		outcomes <- err
	}()
	journal.AwaitPending(j, 1)
	stopWaiting()
	if err := <-outcomes; !errors.Is(err, context.Canceled) {
		t.Errorf("the waiting one gave %v", err)
	}
	release()
	mustAdd(t, j, "next", 1)
	if diff := cmp.Diff(map[string]int{"lead": 1, "next": 1}, j.State().plain()); diff != "" {
		t.Errorf("what began is written, what waited is not (-want +got):\n%s", diff)
	}
	if _, err := j.Update(waiting, "U1", add("late", 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gave %v", err)
	}
}

func TestRunFollowsAnotherProcess(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	writer, reader := open(t, store), open(t, store)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- reader.Run(ctx) }()
	part := journal.NewPart(reader, func(s sums) int { return s.Count })
	for i := range 3 {
		changed := part.Changed()
		mustAdd(t, writer, "a", 1)
		for part.State() != i+1 {
			<-changed
			changed = part.Changed()
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run ended with %v", err)
	}
	if _, err := part.Update(t.Context(), "U1", func(n int, _ time.Time) ([]journal.Draft, error) {
		return []journal.Draft{added("part", n)}, nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := reader.State().plain()["part"]; got != 3 {
		t.Errorf("the part's decision saw %d, want 3", got)
	}
}

func TestRunStopsAtABrokenChain(t *testing.T) {
	t.Parallel()
	store := journaltest.NewStore()
	writer, reader := open(t, store), open(t, store)
	mustAdd(t, writer, "a", 1)
	mustAdd(t, writer, "a", 1)
	store.Tamper(2, func(e *journal.Entry) { e.Actor = "U9" })
	err := reader.Run(t.Context())
	if broken, ok := errors.AsType[*journal.ChainError](err); !ok || broken.Number != 2 {
		t.Errorf("Run gave %v, want a break at 2", err)
	}
	if n := reader.State().Count; n != 0 {
		t.Errorf("%d entries were folded of a read that failed", n)
	}
}

func TestStateAt(t *testing.T) {
	t.Parallel()
	store, clock := journaltest.NewStore(), journaltest.NewClock(start)
	j, err := journal.Open(t.Context(), sums{}, journal.Options{Store: store, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		mustAdd(t, j, "a", 1)
		clock.Advance(time.Hour)
	}
	for _, tt := range []struct {
		number uint64
		at     time.Time
		want   int
	}{{2, time.Time{}, 2}, {9, time.Time{}, 4}, {0, start.Add(-1), 0}, {0, start, 1}, {0, start.Add(150 * time.Minute), 3}} {
		snap, err := j.StateAt(t.Context(), sums{}, tt.number, tt.at)
		if err != nil || snap.State.Count != tt.want {
			t.Errorf("StateAt(%d, %v) = %d, %v; want %d", tt.number, tt.at, snap.State.Count, err, tt.want)
		}
	}
}

func TestReplayGivesTheLiveStateAndSnapshotsNeverChange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		store := journaltest.NewStore()
		journals := []*journal.Journal[sums]{open(t, store), open(t, store)}
		type seen struct {
			state sums
			want  map[string]int
		}
		var kept []seen
		for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
			j := rapid.SampledFrom(journals).Draw(t, "writer")
			switch rapid.IntRange(0, 5).Draw(t, "fault") {
			case 0:
				store.ConflictNext()
			case 1:
				store.LoseReply(journaltest.ErrDown)
			}
			var drafts []journal.Draft
			for range rapid.IntRange(0, 3).Draw(t, "drafts") {
				drafts = append(drafts, added(rapid.SampledFrom([]string{"a", "ab", "b", ""}).Draw(t, "name"), i))
			}
			_, err := j.Update(context.Background(), "U1", func(sums, time.Time) ([]journal.Draft, error) { return drafts, nil })
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, seen{j.State(), j.State().plain()})
		}
		for _, j := range journals {
			if err := j.Sync(context.Background()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(open(t, store).State().plain(), j.State().plain()); diff != "" {
				t.Fatalf("replayed and live state differ (-replayed +live):\n%s", diff)
			}
		}
		for _, k := range kept {
			if diff := cmp.Diff(k.want, k.state.plain()); diff != "" {
				t.Fatalf("a state changed after it was read (-then +now):\n%s", diff)
			}
		}
	})
}
