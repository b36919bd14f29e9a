package scheduler_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"wainao/delivery"
	"wainao/scheduler"
)

// TestWhoIsAloneDoesNotWaitForTheDead kills a runner behind its claim, with and
// without its message there, and starts the next one soon.
func TestWhoIsAloneDoesNotWaitForTheDead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		alone, posted bool
		at            string // When it must be done; a second before it is not.
		before        string
	}{
		{alone: true, posted: false, before: "2000-01-03 09:00:09", at: "2000-01-03 09:00:11"},
		{alone: true, posted: true, before: "2000-01-03 09:00:09", at: "2000-01-03 09:00:11"},
		{alone: false, posted: false, before: "2000-01-03 09:01:59", at: "2000-01-03 09:02:01"},
		{alone: false, posted: true, before: "2000-01-03 09:01:59", at: "2000-01-03 09:02:01"},
	} {
		t.Run(fmt.Sprintf("alone %t, posted %t", tt.alone, tt.posted), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, f := newStore(), &fakeSlack{}
				jobs := []delivery.Job{weekly("leadership")}
				// Its calls: register, plan, claim, post.
				d := &dying{left: 4, after: tt.posted, store: s, slack: f}
				stop := run(t, scheduler.Options{Journal: d, Poster: d, Jobs: jobs, Owner: "same", Alone: tt.alone})
				until("2000-01-03 09:00:05")
				next := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: jobs, Owner: "same", Alone: tt.alone})
				until(tt.before)
				if got := s.State().Deliveries(); len(got) != 1 || got[0].Status == delivery.Posted || f.looked() != 0 {
					t.Errorf("at %s: %+v, looked for %d times", tt.before, got, f.looked())
				}
				until(tt.at)
				if got := s.State().Deliveries(); len(got) != 1 || got[0].Status != delivery.Posted || len(f.sent()) != 1 || f.looked() != 1 {
					t.Errorf("at %s: %+v, %d posts, looked for %d times", tt.at, got, len(f.sent()), f.looked())
				}
				stop()
				next()
			})
		})
	}
}
