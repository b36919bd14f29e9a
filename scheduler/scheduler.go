// Package scheduler posts what is due: it plans slots, claims deliveries, has
// their messages built, posts them and records it, each step in the journal.
//
// It decides when to look and how to go on after an error. What is due, whose
// it is and whether it is done, package delivery decides. It never posts what
// it has not claimed, and never posts again without looking first when an
// attempt's outcome is not known; so a message is there once, whatever dies in
// between. That holds as long as no attempt outlives its lease: attempts are
// cut off well before.
package scheduler

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/journal"
)

// Message is what a delivery posts: blocks, and the text that stands for them
// in notifications.
type Message struct {
	Text   string
	Blocks []slack.Block

	// Replaces is the message whose place it takes; zero for a new one. Taking it
	// twice does no harm, so that it need not be found.
	Replaces delivery.Ref
}

// Journal is the part of the journal that holds the deliveries.
type Journal interface {
	State() delivery.View
	// Update decides on the newest state and returns when what was decided is
	// durable. It may call decide more than once.
	Update(ctx context.Context, actor string, decide func(delivery.View, time.Time) ([]journal.Draft, error)) ([]journal.Entry, error)
	// Changed returns a channel that is closed at the next change.
	Changed() <-chan struct{}
}

// Builder makes the message of a delivery, as of the delivery's Due. When there
// is nothing to tell any more its error is a *[delivery.NotNeeded].
type Builder interface {
	Build(ctx context.Context, d delivery.Delivery) (Message, error)
}

// Poster posts messages and finds them again.
type Poster interface {
	// Post posts m and marks it with the delivery's id, so that Find can find
	// it. It must not try twice by itself. Its error may be a *[PostError].
	Post(ctx context.Context, to delivery.Recipient, m Message, id delivery.ID) (delivery.Ref, error)
	// Find looks for the message that is marked with the delivery's id among
	// those posted since.
	Find(ctx context.Context, to delivery.Recipient, id delivery.ID, since time.Time) (message delivery.Ref, found bool, err error)
}

// Options are what [New] needs. Journal, Builder and Poster are required.
type Options struct {
	Journal Journal
	Jobs    []delivery.Job
	Builder Builder
	Poster  Poster
	Now     func() time.Time // time.Now when nil.
	Log     *slog.Logger     // slog.Default() when nil.
	Owner   string           // Names this process in the journal; New makes it unique.
	// Alone says that no other process can hold the journal meanwhile: at its
	// start, Run ends the claims that it finds, instead of waiting for their
	// leases. With replicas it must be false, or a message may come twice.
	Alone bool
	// Busy reports whether people wait for answers; deliveries make way for them.
	// Nil is never.
	Busy func() bool
}

// Durations of the scheduler's own.
const (
	// attemptTimeout bounds one attempt to build, find and post together.
	attemptTimeout = delivery.Lease / 2
	// writeTimeout bounds one write to the journal.
	writeTimeout = 15 * time.Second
	// lookAgain is how long the scheduler sleeps at most: the clock on the wall
	// may jump, and timers do not notice.
	lookAgain = time.Minute
	// afterError is how long it waits when the journal cannot be written.
	afterError = 5 * time.Second
	// lookOpen is how often the open deliveries are looked through at most while
	// there is enough to do: with many of them, that takes a while.
	lookOpen = 250 * time.Millisecond
	// parallel is how many deliveries are on their way at once, and perJob how
	// many of one job: a job with thousands of recipients, or one whose messages
	// hang, leaves room for the others.
	parallel = 8
	perJob   = 6
)

// actor is who the journal says has done what the scheduler does by itself.
const actor = "scheduler"

// Scheduler posts what is due. Make it with [New].
type Scheduler struct {
	Options

	// Touched by Run alone.
	registered bool
	planned    planned
	queue      queue
}

// planned is what the last look at the jobs has seen: until its state or the
// clock moves on, there is nothing else to see.
type planned struct {
	changed <-chan struct{} // Of the state that was looked at.
	at      time.Time
	slot    time.Time // The next slot of a job; zero when there is none.
}

// New checks the jobs and returns a scheduler that has not started anything.
func New(o Options) (*Scheduler, error) {
	if o.Journal == nil || o.Builder == nil || o.Poster == nil {
		return nil, errors.New("scheduler: journal, builder and poster are required")
	}
	var problems []error
	for i, j := range o.Jobs {
		if err := j.Check(); err != nil {
			problems = append(problems, fmt.Errorf("job %q: %w", j.Name, err))
		}
		if slices.ContainsFunc(o.Jobs[:i], func(k delivery.Job) bool { return k.Name == j.Name }) {
			problems = append(problems, fmt.Errorf("job %q is there twice", j.Name))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("scheduler: %w", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	// A process that comes back with its old name must not take an old claim
	// for its own.
	o.Owner += "#" + rand.Text()[:8]
	return &Scheduler{Options: o}, nil
}

// CheckSpec returns nil when spec is a cron spec that comes due in the zone of
// the given name, and otherwise a [lang.Problem]; see [delivery.ParseSchedule].
func CheckSpec(spec, zone string) error {
	_, err := delivery.ParseSchedule(spec, zone)
	return err
}

// Next tells when the job's next slot is. ok is false for a job that there is
// not, that is paused, or that has no next slot.
func (s *Scheduler) Next(job delivery.JobName, now time.Time) (at time.Time, ok bool) {
	slot, ok := s.Journal.State().Next(job, now)
	return slot.Due, ok
}

// Run posts what is due until ctx is done, then finishes what is on its way and
// returns nil. It goes on when the journal or Slack cannot be reached.
func (s *Scheduler) Run(ctx context.Context) error {
	s.queue = newQueue()
	for ctx.Err() == nil {
		changed := s.Journal.Changed() // Before the state, or a change is missed.
		wait := lookAgain
		if err := s.plan(ctx, changed); err != nil {
			s.Log.Warn("scheduler: cannot write, will try again", "error", err)
			wait, changed = afterError, nil
		} else if !s.planned.slot.IsZero() {
			wait = min(wait, s.planned.slot.Sub(s.Now()))
		}
		wait = min(wait, s.dispatch(ctx))
		s.sleep(ctx, wait, changed)
	}
	s.queue.wait()
	return nil
}

func (s *Scheduler) sleep(ctx context.Context, wait time.Duration, changed <-chan struct{}) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-changed:
	case <-s.queue.done:
	case <-timer.C:
	}
}

// Register writes the jobs into the journal and releases what the dead had
// claimed, once. Run does so too; who calls it before has the jobs known before
// anybody asks for them. It must not be called beside Run.
func (s *Scheduler) Register(ctx context.Context) error {
	if s.registered {
		return nil
	}
	if err := s.update(ctx, func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		drafts, err := delivery.Register(v.State, s.Jobs, now)
		if err == nil && s.Alone {
			drafts = append(drafts, delivery.Release(v.State, s.Owner, now)...)
		}
		return drafts, err
	}); err != nil {
		return fmt.Errorf("register jobs: %w", err)
	}
	s.registered = true
	return nil
}

// plan plans the slots that have come.
func (s *Scheduler) plan(ctx context.Context, changed <-chan struct{}) error {
	if err := s.Register(ctx); err != nil {
		return err
	}
	now := s.Now()
	if p := s.planned; p.changed == changed && !now.Before(p.at) && (p.slot.IsZero() || now.Before(p.slot)) {
		return nil
	}
	view := s.Journal.State()
	drafts, err := delivery.Plan(view, now)
	if err == nil && len(drafts) > 0 {
		err = s.update(ctx, delivery.Plan)
	}
	if err != nil {
		return fmt.Errorf("plan slots: %w", err)
	}
	s.planned = planned{changed: changed, at: now}
	s.planned.slot, _ = view.WakeJobs(now)
	return nil
}

// dispatch starts attempts at the deliveries that can be tried now, as many as
// there is room for, and returns when to look again.
func (s *Scheduler) dispatch(ctx context.Context) time.Duration {
	for {
		now := s.Now()
		s.queue.look(s.Journal.State(), now)
		next, ok := s.queue.take(s.room())
		if !ok {
			return s.queue.again(now)
		}
		go func() {
			defer s.queue.put(next)
			if err := s.attempt(ctx, next.id); err != nil {
				s.Log.Warn("scheduler: delivery was not finished", "delivery", string(next.id), "error", err)
				s.pause(ctx) // The journal cannot be written: it would only fail again.
			}
		}()
	}
}

// room is how many deliveries may be on their way at once. While people wait
// for answers it is one: that goes on, and leaves them nearly all the machine.
func (s *Scheduler) room() int {
	if s.Busy != nil && s.Busy() {
		return 1
	}
	return parallel
}

// pause waits a while, or until ctx is done.
func (s *Scheduler) pause(ctx context.Context) {
	timer := time.NewTimer(afterError)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// update writes one decision. What was begun is written to its end even when
// the scheduler is being stopped.
func (s *Scheduler) update(ctx context.Context, decide func(delivery.View, time.Time) ([]journal.Draft, error)) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	_, err := s.Journal.Update(ctx, actor, decide)
	return err
}
