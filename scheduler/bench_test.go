package scheduler_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"wainao/delivery"
	"wainao/journal"
	"wainao/scheduler"
)

// waiting tells when a channel's message has come.
type waiting struct {
	*fakeSlack
	channel delivery.Recipient
	came    chan time.Time
}

func (w waiting) Post(ctx context.Context, to delivery.Recipient, m scheduler.Message, id delivery.ID) (delivery.Ref, error) {
	ref, err := w.fakeSlack.Post(ctx, to, m, id)
	if to == w.channel {
		w.came <- time.Now()
	}
	return ref, err
}

// BenchmarkUnderLoad plans a message to 10,000 people and then another job's to
// one channel, and tells how late that one is and how many go out a second. The
// journal is in memory and Slack answers at once, so that this is the
// scheduler's own time.
func BenchmarkUnderLoad(b *testing.B) {
	const people = 10_000
	var late, took time.Duration
	rounds := 0
	for b.Loop() {
		s, f := newStore(), waiting{&fakeSlack{}, "leadership", make(chan time.Time, 1)}
		s.view.Audience = func(j delivery.Job, _ time.Time) (all []delivery.Choice, known bool) {
			if j.Name != "crowd" {
				return nil, false
			}
			for i := range people {
				all = append(all, delivery.Choice{To: delivery.Recipient(fmt.Sprintf("U%05d", i))})
			}
			return all, true
		}
		sch, err := scheduler.New(scheduler.Options{
			Journal: s, Poster: f, Builder: builder{}, Log: slog.New(slog.DiscardHandler),
			Jobs: []delivery.Job{weekly("leadership"), {Name: "crowd", Spec: "0 9 * * 1"}},
		})
		if err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(b.Context())
		changed := s.Changed()
		done := make(chan error, 1)
		go func() { done <- sch.Run(ctx) }()
		<-changed // The jobs are registered.
		runNow := func(job delivery.JobName) time.Time {
			now := time.Now()
			if _, err := s.Update(ctx, "UL", func(v delivery.View, now time.Time) ([]journal.Draft, error) {
				return delivery.RunNow(v, job, "now", "UL", now)
			}); err != nil {
				b.Fatal(err)
			}
			return now
		}
		began := runNow("crowd")
		for changed := s.Changed(); s.State().OpenCount() > people*9/10; changed = s.Changed() {
			<-changed
		}
		asked := runNow("weekly-digest")
		late += (<-f.came).Sub(asked)
		for changed := s.Changed(); s.State().OpenCount() > 0; changed = s.Changed() {
			<-changed
		}
		took += time.Since(began)
		rounds++
		cancel()
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(late.Milliseconds())/float64(rounds), "ms-late")
	b.ReportMetric(float64(rounds*people)/took.Seconds(), "sent/s")
}
