package scheduler_test

import (
	"context"
	"testing"
	"testing/synctest"

	"wainao/delivery"
	"wainao/lang"
	"wainao/scheduler"
)

// sparing has nothing to tell one of the recipients.
type sparing struct{ builder }

func (s sparing) Build(ctx context.Context, d delivery.Delivery) (scheduler.Message, error) {
	if d.To == "UDONE" {
		return scheduler.Message{}, &delivery.NotNeeded{Why: lang.T("已经报完", "nothing is owed any more")}
	}
	return s.builder.Build(ctx, d)
}

func TestWhoNeedsNothingIsLeftOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Builder: sparing{}, Jobs: []delivery.Job{weekly("leadership", "UDONE")}})
		until("2000-01-03 12:00:00")
		stop()
		if sent := f.sent(); len(sent) != 1 || sent[0].channel != "leadership" {
			t.Errorf("sent: %+v", sent)
		}
		var left []delivery.Delivery
		for _, d := range s.State().Deliveries() {
			if d.To == "UDONE" {
				left = append(left, d)
			}
		}
		if len(left) != 1 || left[0].Status != delivery.Skipped || left[0].Reason != delivery.SkipNotNeeded || left[0].Why.EN != "nothing is owed any more" {
			t.Errorf("left out: %+v", left)
		}
	})
}
