package scheduler

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"wainao/delivery"
	"wainao/journal"
)

// attempt takes one delivery through its steps: claim, look when a message may
// be there already, post, record. The error is about the journal; whatever
// Slack answers is recorded.
func (s *Scheduler) attempt(ctx context.Context, id delivery.ID) error {
	var before delivery.Delivery
	claimed := false
	err := s.update(ctx, func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		before, _ = v.Delivery(id)
		claimed = before.Next(now) == delivery.Ready
		return delivery.Claim(v, id, s.Owner, now)
	})
	if skip, ok := errors.AsType[*delivery.SkipError](err); ok {
		s.Log.Debug("scheduler: delivery skipped", "delivery", string(id), "reason", string(skip.Reason))
		return nil
	}
	if err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	if !claimed {
		s.Log.Error("scheduler: delivery given up", "delivery", string(id), "reason", string(delivery.Expired))
		return nil
	}

	// The claim holds for longer than this, so nobody else is at it meanwhile;
	// and being told to stop does not tear a message off half-way.
	work, cancel := context.WithTimeout(context.WithoutCancel(ctx), attemptTimeout)
	defer cancel()
	if before.Uncertain {
		message, found, err := s.find(work, before)
		switch {
		case err != nil && s.Now().After(before.Until.Add(delivery.MinWindow)):
			return s.fail(ctx, id, delivery.Failure{
				Reason: delivery.Expired, Code: delivery.CodeUnknown, Uncertain: true, Detail: fmt.Sprintf("its message could not be looked for: %v", err),
			})
		case err != nil:
			return s.deferIt(ctx, before, err, true)
		case found:
			return s.record(ctx, id, message, true)
		case s.Now().After(before.Until):
			return s.fail(ctx, id, delivery.Failure{
				Reason: delivery.Expired, Code: before.Code, Detail: "its message was looked for and is not there",
			})
		}
	}
	message, err := s.build(work, before)
	if not, ok := errors.AsType[*delivery.NotNeeded](err); ok {
		return s.leaveOut(ctx, id, not)
	}
	if err != nil {
		s.Log.Error("scheduler: cannot build a message", "delivery", string(id), "error", err)
		return s.deferIt(ctx, before, &PostError{Kind: Transient, Code: delivery.CodeBuild, Err: err}, false)
	}
	posted, err := s.post(work, before, message)
	if err == nil {
		return s.record(ctx, id, posted, false)
	}
	problem, ok := errors.AsType[*PostError](err)
	if ok && problem.Kind == Dead {
		return s.fail(ctx, id, delivery.Failure{Reason: delivery.Dead, Code: problem.Code, Detail: err.Error()})
	}
	certain := ok && (problem.Kind == Transient || problem.Kind == RetryAfter)
	return s.deferIt(ctx, before, err, !certain)
}

// build has the message made; a panic of the builder is its error.
func (s *Scheduler) build(ctx context.Context, d delivery.Delivery) (m Message, err error) {
	defer recovered(&err)
	return s.Builder.Build(ctx, d)
}

func (s *Scheduler) post(ctx context.Context, d delivery.Delivery, m Message) (posted delivery.Ref, err error) {
	defer recovered(&err)
	return s.Poster.Post(ctx, d.To, m, d.ID)
}

// margin is how much earlier than it was planned a message is looked for, for
// clocks that differ.
const margin = time.Hour

func (s *Scheduler) find(ctx context.Context, d delivery.Delivery) (message delivery.Ref, found bool, err error) {
	defer recovered(&err)
	since := d.Planned
	if d.Due.Before(since) {
		since = d.Due
	}
	return s.Poster.Find(ctx, d.To, d.ID, since.Add(-margin))
}

// recovered turns a panic into an error: one delivery must not take the others
// with it.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panicked: %v", p)
	}
}

func (s *Scheduler) record(ctx context.Context, id delivery.ID, message delivery.Ref, found bool) error {
	err := s.update(ctx, func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		return delivery.Record(v.State, id, message, found, now)
	})
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	s.Log.Info("scheduler: delivered", "delivery", string(id), "found", found)
	return nil
}

// leaveOut ends a delivery that has nothing to tell any more.
func (s *Scheduler) leaveOut(ctx context.Context, id delivery.ID, why *delivery.NotNeeded) error {
	s.Log.Info("scheduler: delivery left out", "delivery", string(id), "reason", string(delivery.SkipNotNeeded))
	return s.giveBack(ctx, func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		return delivery.LeaveOut(v.State, id, s.Owner, why.Why, now)
	})
}

func (s *Scheduler) fail(ctx context.Context, id delivery.ID, why delivery.Failure) error {
	s.Log.Error("scheduler: delivery failed", "delivery", string(id), "reason", string(why.Reason), "code", why.Code, "detail", why.Detail)
	return s.giveBack(ctx, func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		return delivery.Fail(v, id, s.Owner, why, now)
	})
}

// deferIt gives the claim back until the next attempt.
func (s *Scheduler) deferIt(ctx context.Context, d delivery.Delivery, cause error, uncertain bool) error {
	wait := delivery.Backoff(d.Attempts+1, rand.Float64()) //nolint:gosec // Jitter is no secret.
	code := ""
	if problem, ok := errors.AsType[*PostError](cause); ok {
		code = problem.Code
		if problem.Kind == RetryAfter {
			wait = max(problem.After, time.Second)
		}
	}
	s.Log.Warn("scheduler: attempt did not succeed", "delivery", string(d.ID), "again_in", wait, "uncertain", uncertain, "error", cause)
	return s.giveBack(ctx, func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		return delivery.Defer(v.State, d.ID, s.Owner, now.Add(wait), uncertain, code, now)
	})
}

// giveBack writes the end of a claim. A claim that is gone needs no end.
func (s *Scheduler) giveBack(ctx context.Context, decide func(delivery.View, time.Time) ([]journal.Draft, error)) error {
	err := s.update(ctx, decide)
	if _, ok := errors.AsType[*delivery.SkipError](err); ok {
		return nil
	}
	return err
}
