package scheduler_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"wainao/delivery"
	"wainao/scheduler"
)

// slow takes 20 seconds for each message, and counts how many it builds at once.
type slow struct{ now, most atomic.Int64 }

func (b *slow) Build(_ context.Context, d delivery.Delivery) (scheduler.Message, error) {
	b.most.Store(max(b.most.Load(), b.now.Add(1)))
	defer b.now.Add(-1)
	time.Sleep(20 * time.Second)
	return scheduler.Message{Text: string(d.ID)}, nil
}

func TestDeliveriesMakeWayForPeople(t *testing.T) {
	t.Parallel()
	to := []delivery.Recipient{"a", "b", "c", "d", "e", "f"}
	for name, tt := range map[string]struct {
		busy func() bool
		most int64
	}{
		"nobody waits": {func() bool { return false }, 6},
		"nobody asks":  {nil, 6},
		"people wait":  {func() bool { return true }, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, f, b := newStore(), &fakeSlack{}, &slow{}
			stop := run(t, scheduler.Options{Journal: s, Poster: f, Builder: b, Busy: tt.busy, Jobs: []delivery.Job{weekly(to...)}})
			until(afterSlot)
			stop()
			if len(f.sent()) != len(to) || b.most.Load() != tt.most {
				t.Errorf("%s: %d of %d sent, %d at once, want %d", name, len(f.sent()), len(to), b.most.Load(), tt.most)
			}
		})
	}
}
