package bot

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// Jobs that share a key run one at a time and in their order, never more at
// once than there are workers, and all of them run.
func TestLanesKeepOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		workers := rapid.IntRange(1, 4).Draw(t, "workers")
		jobs := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 1, 2, rapid.ID[int]), 1, 40).Draw(t, "jobs")
		l := newLanes(workers, len(jobs))
		var mu sync.Mutex
		ran, busy := map[string][]int{}, map[string]bool{}
		var running, most atomic.Int64
		var clash atomic.Bool
		for i, numbers := range jobs {
			var keys []string
			for _, n := range numbers {
				keys = append(keys, fmt.Sprint(n))
			}
			if err := l.reserve(); err != nil {
				t.Fatal(err)
			}
			l.enqueue(func() {
				if n := running.Add(1); n > most.Load() {
					most.Store(n)
				}
				mu.Lock()
				for _, key := range keys {
					if busy[key] {
						clash.Store(true)
					}
					busy[key] = true
					ran[key] = append(ran[key], i)
				}
				mu.Unlock()
				mu.Lock()
				for _, key := range keys {
					busy[key] = false
				}
				mu.Unlock()
				running.Add(-1)
			}, keys...)
		}
		<-l.stop()
		total := 0
		for key, order := range ran {
			if !slices.IsSorted(order) {
				t.Fatalf("lane %s ran %v", key, order)
			}
			total += len(order)
		}
		want := 0
		for _, keys := range jobs {
			want += len(keys)
		}
		if total != want || clash.Load() || most.Load() > int64(workers) || len(l.byKey) != 0 {
			t.Fatalf("ran %d of %d, clash %t, %d at once of %d, %d lanes left", total, want, clash.Load(), most.Load(), workers, len(l.byKey))
		}
	})
}

func TestLanesAreBounded(t *testing.T) {
	t.Parallel()
	l := newLanes(1, 2)
	for range 2 {
		if err := l.reserve(); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.reserve(); !errors.Is(err, errFull) {
		t.Errorf("a third of two: %v", err)
	}
	l.release()
	if err := l.reserve(); err != nil {
		t.Errorf("after one was given back: %v", err)
	}
	idle := l.stop()
	if err := l.reserve(); !errors.Is(err, errStopped) {
		t.Errorf("after the stop: %v", err)
	}
	select {
	case <-idle:
		t.Error("idle with two places taken")
	default:
	}
	l.release()
	l.release()
	<-idle
	<-l.stop()
}
