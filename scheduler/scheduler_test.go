package scheduler_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/scheduler"
)

var errCrash = errors.New("the process is dead")

// store is a journal shared by runners, in memory.
type store struct {
	mu      sync.Mutex
	view    delivery.View
	changed chan struct{}
	now     func() time.Time
}

func newStore() *store { return &store{changed: make(chan struct{}), now: time.Now} }

func (s *store) State() delivery.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view
}

func (s *store) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

func (s *store) Update(_ context.Context, actor string, decide func(delivery.View, time.Time) ([]journal.Draft, error)) ([]journal.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	drafts, err := decide(s.view, now)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	var entries []journal.Entry
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			return nil, err
		}
		e := journal.Entry{Time: now, Actor: actor, Kind: d.Kind, Version: d.Version, Data: data}
		if s.view.State, err = s.view.Apply(e); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	close(s.changed)
	s.changed = make(chan struct{})
	return entries, nil
}

// fakeSlack holds what was posted. fail may spoil an attempt before or after
// it has taken effect.
type fakeSlack struct {
	mu    sync.Mutex
	posts []post
	finds int
	fail  func(channel string, attempt int) (before, after error)
	tries map[string]int
	now   func() time.Time // time.Now when nil.
}

type post struct {
	channel, delivery string
	at                time.Time
}

func (f *fakeSlack) Post(_ context.Context, to delivery.Recipient, m scheduler.Message, id delivery.ID) (delivery.Ref, error) {
	channel := string(to)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tries == nil {
		f.tries = map[string]int{}
	}
	f.tries[channel]++
	var before, after error
	if f.fail != nil {
		before, after = f.fail(channel, f.tries[channel])
	}
	if before != nil {
		return delivery.Ref{}, before
	}
	if m.Text == "" {
		return delivery.Ref{}, errors.New("no_text")
	}
	now := time.Now
	if f.now != nil {
		now = f.now
	}
	f.posts = append(f.posts, post{channel, string(id), now()})
	return delivery.Ref{TS: fmt.Sprint(len(f.posts))}, after
}

func (f *fakeSlack) Find(_ context.Context, to delivery.Recipient, id delivery.ID, since time.Time) (delivery.Ref, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.finds++
	for i, p := range f.posts {
		if p.channel == string(to) && p.delivery == string(id) && !p.at.Before(since) {
			return delivery.Ref{TS: fmt.Sprint(i + 1)}, true, nil
		}
	}
	return delivery.Ref{}, false, nil
}

// sent returns what was posted so far.
func (f *fakeSlack) sent() []post {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.posts)
}

// looked returns how often a message was looked for.
func (f *fakeSlack) looked() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.finds
}

type builder struct{}

func (builder) Build(_ context.Context, d delivery.Delivery) (scheduler.Message, error) {
	return scheduler.Message{Text: string(d.ID)}, nil
}

func weekly(to ...delivery.Recipient) delivery.Job {
	return delivery.Job{Name: "weekly-digest", Spec: "0 9 * * 1", CatchUp: 6 * time.Hour, To: to}
}

// run starts a runner and returns what stops it and waits for its end.
func run(t *testing.T, o scheduler.Options) (stop func()) {
	t.Helper()
	if o.Builder == nil {
		o.Builder = builder{}
	}
	o.Log = slog.New(slog.DiscardHandler)
	s, err := scheduler.New(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	}
}

// until sleeps in the bubble's time to the moment, in Shanghai.
func until(moment string) {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", moment, calendar.Shanghai())
	if err != nil {
		panic(err)
	}
	time.Sleep(time.Until(t))
	synctest.Wait()
}

// A bubble begins at midnight UTC on Saturday, 1 January 2000: the first slot
// is due on Monday the 3rd.
const (
	beforeSlot = "2000-01-03 08:59:59"
	onSlot     = "2000-01-03 09:00:01"
	afterSlot  = "2000-01-03 13:00:00"
)

func TestAYearOfSlots(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership")}})
		until("2001-01-01 00:00:00")
		stop()
		if len(f.sent()) != 52 {
			t.Fatalf("%d posts, want one for each of the 52 Mondays", len(f.sent()))
		}
		for _, p := range f.sent() {
			at := p.at.In(calendar.Shanghai())
			if at.Weekday() != time.Monday || at.Format("15:04:05") != "09:00:00" {
				t.Errorf("posted on %s", at)
			}
		}
		if f.looked() != 0 {
			t.Errorf("looked %d times for what nobody had tried", f.looked())
		}
	})
}

// dying stands between a runner and the world, and dies at its nth call:
// before it takes effect, or after.
type dying struct {
	mu     sync.Mutex
	left   int
	after  bool
	dead   bool
	*store // State and Changed.
	slack  *fakeSlack
}

// call reports whether the call takes effect and whether its answer arrives.
func (d *dying) call() (effect, answer bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead {
		return false, false
	}
	if d.left--; d.left == 0 {
		d.dead = true
		return d.after, false
	}
	return true, true
}

func (d *dying) Update(ctx context.Context, actor string, decide func(delivery.View, time.Time) ([]journal.Draft, error)) ([]journal.Entry, error) {
	effect, answer := d.call()
	if !effect {
		return nil, errCrash
	}
	e, err := d.store.Update(ctx, actor, decide)
	if !answer {
		return nil, errCrash
	}
	return e, err
}

func (d *dying) Post(ctx context.Context, to delivery.Recipient, m scheduler.Message, id delivery.ID) (delivery.Ref, error) {
	effect, answer := d.call()
	if !effect {
		return delivery.Ref{}, errCrash
	}
	ref, err := d.slack.Post(ctx, to, m, id)
	if !answer {
		return delivery.Ref{}, errCrash
	}
	return ref, err
}

func (d *dying) Find(ctx context.Context, to delivery.Recipient, id delivery.ID, since time.Time) (delivery.Ref, bool, error) {
	if effect, _ := d.call(); !effect {
		return delivery.Ref{}, false, errCrash
	}
	return d.slack.Find(ctx, to, id, since)
}

// TestACrashAnywhere kills one runner, and then a second one, at every call
// that they make to the journal or to Slack. The third one finishes.
func TestACrashAnywhere(t *testing.T) {
	t.Parallel()
	// The calls of a run: register, plan, claim, post, record. Of one behind a
	// crash: register (nothing to write), claim, find, post, record.
	for first := 1; first <= 6; first++ {
		for second := 1; second <= 6; second++ {
			for _, after := range []bool{false, true} {
				t.Run(fmt.Sprintf("call %d and call %d, after %t", first, second, after), func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						s, f := newStore(), &fakeSlack{}
						jobs := []delivery.Job{weekly("leadership")}
						stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: jobs}) // Anchors the job.
						until("2000-01-02 12:00:00")
						stop()
						for i, n := range []int{first, second} {
							d := &dying{left: n, after: after, store: s, slack: f}
							stop := run(t, scheduler.Options{Journal: d, Poster: d, Jobs: jobs, Owner: "same"})
							until(fmt.Sprintf("2000-01-03 09:%02d:00", 10*i+5))
							stop()
						}
						stop = run(t, scheduler.Options{Journal: s, Poster: f, Jobs: jobs, Owner: "same"})
						until(afterSlot)
						stop()
						if len(f.sent()) != 1 {
							t.Errorf("%d posts: %+v", len(f.sent()), f.sent())
						}
						if got := s.State().Query(delivery.Filter{}).Deliveries; len(got) != 1 || got[0].Status != delivery.Posted || got[0].Message.TS != "1" {
							t.Errorf("recorded: %+v", got)
						}
					})
				})
			}
		}
	}
}

func TestWhatSlackAnswers(t *testing.T) {
	t.Parallel()
	lost, gone := errors.New("EOF"), &scheduler.PostError{Kind: scheduler.Dead, Err: errors.New("channel_not_found")}
	for _, tt := range []struct {
		name   string
		fail   func(channel string, attempt int) (before, after error)
		status delivery.Status
		posts  int
		finds  bool
		from   time.Duration // The earliest the message may be there, from the slot on.
	}{
		{"a 429 waits as told", func(_ string, n int) (error, error) {
			if n == 1 {
				return &scheduler.PostError{Kind: scheduler.RetryAfter, After: 90 * time.Second, Err: errors.New("ratelimited")}, nil
			}
			return nil, nil
		}, delivery.Posted, 1, false, 90 * time.Second},
		{"a transient error is tried again", func(_ string, n int) (error, error) {
			if n < 4 {
				return &scheduler.PostError{Kind: scheduler.Transient, Err: errors.New("dial")}, nil
			}
			return nil, nil
		}, delivery.Posted, 1, false, 6 * time.Second},
		{"a lost reply is looked for", func(_ string, n int) (error, error) {
			if n == 1 {
				return nil, lost
			}
			return nil, nil
		}, delivery.Posted, 1, true, 0},
		{"a lost request is posted again", func(_ string, n int) (error, error) {
			if n == 1 {
				return lost, nil
			}
			return nil, nil
		}, delivery.Posted, 1, true, time.Second},
		{"a dead channel is dead at once", func(string, int) (error, error) { return gone, nil }, delivery.Failed, 0, false, 0},
		{"an outage ends with the window", func(string, int) (error, error) { return lost, nil }, delivery.Failed, 0, true, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStore()
				f := &fakeSlack{fail: func(channel string, n int) (error, error) {
					if channel == "secretariat" { // Another recipient, whom all this does not touch.
						return nil, nil
					}
					return tt.fail(channel, n)
				}}
				stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership", "secretariat")}})
				until(onSlot)
				if d, _ := s.State().Delivery("weekly-digest@2000-01-03T09:00/secretariat"); d.Status != delivery.Posted {
					t.Errorf("the other recipient's delivery is %s", d.Status)
				}
				until("2000-01-03 16:00:00")
				stop()
				d, _ := s.State().Delivery("weekly-digest@2000-01-03T09:00/leadership")
				n := 0
				for _, p := range f.sent() {
					if p.channel == "leadership" {
						n++
						if waited := p.at.Sub(d.Due); waited < tt.from {
							t.Errorf("posted after %s, want at least %s", waited, tt.from)
						}
					}
				}
				if d.Status != tt.status || n != tt.posts || (f.looked() > 0) != tt.finds {
					t.Errorf("%s (%s %s), %d posts, looked %d times", d.Status, d.Reason, d.Detail, n, f.looked())
				}
			})
		})
	}
}

func TestTwoRunnersOnOneJournal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		jobs := []delivery.Job{weekly("leadership", "secretariat", "UL")}
		stopA := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: jobs, Owner: "a"})
		stopB := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: jobs, Owner: "b"})
		until("2000-01-31 12:00:00")
		stopA()
		stopB()
		if len(f.sent()) != 15 {
			t.Errorf("%d posts, want 3 on each of 5 Mondays", len(f.sent()))
		}
	})
}

func TestDowntime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		o := scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership")}}
		stop := run(t, o)
		synctest.Wait() // The job is registered.
		stop()
		until("2000-01-17 10:00:00")
		stop = run(t, o)
		until("2000-01-17 10:01:00")
		stop()
		if len(f.sent()) != 1 || !strings.Contains(f.sent()[0].delivery, "2000-01-17") {
			t.Errorf("posts: %+v", f.sent())
		}
		if got := s.State().Query(delivery.Filter{}).Deliveries; len(got) != 2 || !got[0].Late || got[1].Status != delivery.Missed || got[1].Slots != 2 {
			t.Errorf("deliveries: %+v", got)
		}
		if j, _ := s.State().Job("weekly-digest"); j.Missed != 2 {
			t.Errorf("%d slots missed, want 2", j.Missed)
		}
	})
}

func TestTheClockJumps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		var mu sync.Mutex
		var offset time.Duration
		jump := func(by time.Duration) { mu.Lock(); offset += by; mu.Unlock() }
		now := func() time.Time { mu.Lock(); defer mu.Unlock(); return time.Now().Add(offset) }
		s.now = now
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership")}, Now: now})
		until("2000-01-02 12:00:00")
		jump(21*time.Hour + time.Minute) // To a minute past the slot.
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if len(f.sent()) != 1 {
			t.Errorf("after a jump forward: %d posts, want 1", len(f.sent()))
		}
		jump(-22 * time.Hour) // The slot comes a second time.
		time.Sleep(23 * time.Hour)
		synctest.Wait()
		stop()
		if len(f.sent()) != 1 {
			t.Errorf("after a jump back: %d posts, want 1", len(f.sent()))
		}
	})
}

func TestSendByHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		sch, err := scheduler.New(scheduler.Options{
			Journal: s, Poster: f, Builder: builder{}, Jobs: []delivery.Job{weekly("leadership")}, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- sch.Run(ctx) }()
		for range 2 {
			_, err := s.Update(ctx, "UL", func(v delivery.View, now time.Time) ([]journal.Draft, error) {
				return delivery.Manual(v.State, "weekly-digest", "leadership", "trigger", "UL", now)
			})
			if err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		if len(f.sent()) != 1 || f.sent()[0].channel != "leadership" {
			t.Errorf("posts: %+v", f.sent())
		}
		if got := s.State().Query(delivery.Filter{}).Deliveries[0].Key(); got != "trigger" {
			t.Errorf("key %q, want trigger", got)
		}
		next, ok := sch.Next("weekly-digest", time.Date(2000, 1, 2, 12, 0, 0, 0, calendar.Shanghai()))
		if want := "2000-01-03T09:00:00+08:00"; !ok || next.In(calendar.Shanghai()).Format(time.RFC3339) != want {
			t.Errorf("next slot %v, %t; want %s", next.Format(time.RFC3339), ok, want)
		}
		if _, ok := sch.Next("no-such-job", time.Now()); ok {
			t.Error("a job that there is not has a next slot")
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

type panicking struct{}

func (panicking) Build(_ context.Context, d delivery.Delivery) (scheduler.Message, error) {
	if d.To == "leadership" {
		panic("out of words")
	}
	return builder{}.Build(context.Background(), d)
}

func TestABuilderThatPanicsStopsNobodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Builder: panicking{}, Jobs: []delivery.Job{weekly("leadership", "secretariat")}})
		until(beforeSlot)
		if len(f.sent()) != 0 {
			t.Errorf("posted before the slot: %+v", f.sent())
		}
		until("2000-01-03 16:00:00")
		stop()
		if len(f.sent()) != 1 || f.sent()[0].channel != "secretariat" {
			t.Errorf("posts: %+v", f.sent())
		}
		if d, _ := s.State().Delivery("weekly-digest@2000-01-03T09:00/leadership"); d.Status != delivery.Failed || d.Reason != delivery.Expired {
			t.Errorf("the other one: %+v", d)
		}
	})
}

func TestNewChecksTheJobs(t *testing.T) {
	t.Parallel()
	bad := weekly()
	bad.Spec = "0 9 31 2 *"
	for name, o := range map[string]scheduler.Options{
		"nothing given": {},
		"never due":     {Journal: newStore(), Poster: &fakeSlack{}, Builder: builder{}, Jobs: []delivery.Job{bad}},
		"twice":         {Journal: newStore(), Poster: &fakeSlack{}, Builder: builder{}, Jobs: []delivery.Job{weekly(), weekly()}},
	} {
		if _, err := scheduler.New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := scheduler.CheckSpec("TZ=0", ""); !errors.Is(err, &lang.Problem{Code: "bad_spec"}) {
		t.Errorf("CheckSpec: %v", err)
	}
}
