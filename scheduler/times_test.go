package scheduler_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/scheduler"
)

// clock is the wall's clock of a runner, which a test may put forward or back.
type clock struct {
	mu     sync.Mutex
	offset time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

func (c *clock) jump(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += by
}

// set puts the clock to a moment in Shanghai.
func (c *clock) set(moment string) {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", moment, calendar.Shanghai())
	if err != nil {
		panic(err)
	}
	c.jump(at.Sub(c.now()))
}

// sleep waits until the clock shows the moment.
func (c *clock) sleep(moment string) {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", moment, calendar.Shanghai())
	if err != nil {
		panic(err)
	}
	time.Sleep(at.Sub(c.now()))
	synctest.Wait()
}

// slots returns the naive local times that the posts name, in their order.
func slots(f *fakeSlack) []string {
	var out []string
	for _, p := range f.sent() {
		_, rest, _ := strings.Cut(p.delivery, "@")
		slot, _, _ := strings.Cut(rest, "/")
		out = append(out, slot)
	}
	return out
}

// TestAYearOfWorkdays: a daily job posts at its hour on every workday of 2026,
// make-up Saturdays and Sundays among them, and on no other day.
func TestAYearOfWorkdays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f, c := newStore(), &fakeSlack{}, &clock{}
		c.set("2026-01-01 00:00:00")
		s.now, f.now = c.now, c.now
		daily := delivery.Job{Name: "daily", Spec: "30 8 * * *", On: delivery.Workday, To: []delivery.Recipient{"a"}}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{daily}, Now: c.now})
		c.sleep("2027-01-01 00:00:00")
		stop()
		var days calendar.Days
		want := days.Workdays("2025-12-31", "2026-12-31")
		if len(f.sent()) != want {
			t.Errorf("%d posts, want one on each of %d workdays", len(f.sent()), want)
		}
		seen := map[calendar.Date]bool{}
		for _, p := range f.sent() {
			at := p.at.In(calendar.Shanghai())
			if at.Format("15:04:05") != "08:30:00" || !days.IsWorkday(calendar.DateOf(at)) {
				t.Errorf("posted on %s", at)
			}
			seen[calendar.DateOf(at)] = true
		}
		if !seen["2026-09-20"] || seen["2026-10-05"] {
			t.Error("the Sunday that is worked, or the Monday that is not, is wrong")
		}
		left := 0
		for _, d := range s.State().Deliveries() {
			if d.Reason == delivery.SkipNotWorkday {
				left += d.Slots
			}
		}
		if left != 365-want {
			t.Errorf("%d slots left out, want %d", left, 365-want)
		}
	})
}

// TestAYearOfSummerTime: where an hour is skipped a slot in it runs once, and
// where one comes twice it runs once too.
func TestAYearOfSummerTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		berlin := delivery.Job{Name: "berlin", Spec: "30 2 * * *", Zone: "Europe/Berlin", To: []delivery.Recipient{"a"}}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{berlin}})
		until("2001-01-01 00:00:00")
		stop()
		zone, err := time.LoadLocation("Europe/Berlin")
		if err != nil {
			t.Fatal(err)
		}
		days := map[string]int{}
		for _, p := range f.sent() {
			at := p.at.In(zone)
			days[at.Format(time.DateOnly)]++
			want := "02:30:00"
			if at.Format(time.DateOnly) == "2000-03-26" {
				want = "03:30:00" // There was no half past two.
			}
			if at.Format("15:04:05") != want {
				t.Errorf("posted at %s", at)
			}
		}
		if len(days) != 366 || len(f.sent()) != 366 || days["2000-10-29"] != 1 {
			t.Errorf("%d posts on %d days, want one on each of 366; %d where the hour comes twice", len(f.sent()), len(days), days["2000-10-29"])
		}
	})
}

// TestTheClockGoesAstray: ahead by a year for some minutes, then back. What was
// not posted meanwhile comes at its time, and nothing comes twice.
func TestTheClockGoesAstray(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f, c := newStore(), &fakeSlack{}, &clock{}
		s.now = c.now
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership")}, Now: c.now})
		c.sleep("2000-01-05 12:00:00")
		c.jump(365 * 24 * time.Hour)
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		c.jump(-365 * 24 * time.Hour)
		c.sleep("2000-01-26 00:00:00")
		stop()
		if got, want := fmt.Sprint(slots(f)), "[2000-01-03T09:00 2000-01-10T09:00 2000-01-17T09:00 2000-01-24T09:00]"; got != want {
			t.Errorf("posted %s, want %s", got, want)
		}
	})
}

func TestQuietHoursHoldAPost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		j := weekly("leadership")
		j.Quiet = delivery.Quiet{From: 8 * 60, To: 10*60 + 30}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{j}})
		until("2000-01-03 10:29:59")
		if len(f.sent()) != 0 || s.State().OpenCount() != 1 {
			t.Errorf("in quiet hours: %+v", f.sent())
		}
		until("2000-01-03 10:30:00")
		stop()
		if len(f.sent()) != 1 {
			t.Errorf("after quiet hours: %+v", f.sent())
		}
	})
}

// TestChangedWhileItRuns: what is changed, paused and resumed in chat holds at
// once, and across a restart.
func TestChangedWhileItRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		o := scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership")}}
		stop := run(t, o)
		chat := func(decide func(delivery.View, time.Time) ([]journal.Draft, error)) {
			t.Helper()
			if _, err := s.Update(t.Context(), "UL", decide); err != nil {
				t.Error(err)
			}
		}
		until("2000-01-02 12:00:00")
		chat(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			j, _ := v.Job("weekly-digest")
			j.Spec = "0 20 * * 0" // This evening, a Sunday.
			return delivery.ChangeJob(v.State, j.Job, "UL", now)
		})
		until("2000-01-02 20:00:01")
		stop()
		stop = run(t, o)
		until("2000-01-05 00:00:00")
		chat(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.PauseJob(v.State, "weekly-digest", "UL", now)
		})
		until("2000-01-12 00:00:00")
		chat(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.RunNow(v, "weekly-digest", "now", "UL", now)
		})
		synctest.Wait()
		chat(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.ResumeJob(v.State, "weekly-digest", "UL", now)
		})
		until("2000-01-16 20:00:01")
		stop()
		if got, want := fmt.Sprint(slots(f)), "[2000-01-02T20:00 by:UL:now 2000-01-16T20:00]"; got != want {
			t.Errorf("posted %s, want %s", got, want)
		}
	})
}

func TestADeadDeliveryIsSentAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore()
		invited := false
		f := &fakeSlack{fail: func(string, int) (error, error) {
			if !invited {
				return &scheduler.PostError{Kind: scheduler.Dead, Code: "not_in_channel", Err: errors.New("no")}, nil
			}
			return nil, nil
		}}
		stop := run(t, scheduler.Options{Journal: s, Poster: f, Jobs: []delivery.Job{weekly("leadership")}})
		until(onSlot)
		id := delivery.ID("weekly-digest@2000-01-03T09:00/leadership")
		if d, _ := s.State().Delivery(id); d.Status != delivery.Failed || d.Code != "not_in_channel" || len(f.sent()) != 0 {
			t.Errorf("dead at once: %+v", d)
		}
		until("2000-01-07 00:00:00")
		f.mu.Lock()
		invited = true
		f.mu.Unlock()
		for range 2 {
			_, err := s.Update(t.Context(), "UA", func(v delivery.View, now time.Time) ([]journal.Draft, error) {
				return delivery.Resend(v.State, id, "UA", now)
			})
			synctest.Wait()
			if err != nil && len(f.sent()) == 0 {
				t.Error(err)
			}
		}
		stop()
		if d, _ := s.State().Delivery(id); d.Status != delivery.Posted || d.ResentBy != "UA" || len(f.sent()) != 1 {
			t.Errorf("%d posts: %+v", len(f.sent()), d)
		}
	})
}

// slowSlack takes its time for every post.
type slowSlack struct {
	*fakeSlack
	each time.Duration
}

func (s slowSlack) Post(ctx context.Context, to delivery.Recipient, m scheduler.Message, id delivery.ID) (delivery.Ref, error) {
	time.Sleep(s.each)
	return s.fakeSlack.Post(ctx, to, m, id)
}

// crowds returns jobs that go to so many people each, a minute before nine.
func crowds(s *store, people int, names ...delivery.JobName) (jobs []delivery.Job) {
	for _, name := range names {
		jobs = append(jobs, delivery.Job{Name: name, Spec: "59 8 * * 1", CatchUp: time.Hour})
	}
	s.view.Audience = func(j delivery.Job, _ time.Time) (all []delivery.Choice, known bool) {
		for i := range people {
			all = append(all, delivery.Choice{To: delivery.Recipient(fmt.Sprintf("U%s%04d", j.Name, i))})
		}
		return all, slices.Contains(names, j.Name)
	}
	return jobs
}

// TestASlotDoesNotWaitForPostsThatHang: another job's messages take most of a
// minute each.
func TestASlotDoesNotWaitForPostsThatHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		jobs := append(crowds(s, 100, "crowd"), weekly("leadership"))
		stop := run(t, scheduler.Options{Journal: s, Poster: hangingSlack{f}, Jobs: jobs})
		until(onSlot)
		if !slices.ContainsFunc(f.sent(), func(p post) bool { return p.channel == "leadership" }) {
			t.Errorf("a second after the slot it is not there, but %d others are", len(f.sent()))
		}
		stop()
	})
}

// hangingSlack takes 50 seconds for everybody but leadership.
type hangingSlack struct{ *fakeSlack }

func (h hangingSlack) Post(ctx context.Context, to delivery.Recipient, m scheduler.Message, id delivery.ID) (delivery.Ref, error) {
	if to != "leadership" {
		time.Sleep(50 * time.Second)
	}
	return h.fakeSlack.Post(ctx, to, m, id)
}

// TestASlotDoesNotWaitBehindAnothersThousands: a thousand messages of two jobs
// are on their way when a slot of a third one comes.
func TestASlotDoesNotWaitBehindAnothersThousands(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, f := newStore(), &fakeSlack{}
		jobs := append(crowds(s, 500, "crowd", "other"), weekly("leadership"))
		stop := run(t, scheduler.Options{Journal: s, Poster: slowSlack{f, time.Second}, Jobs: jobs})
		until("2000-01-03 12:00:00")
		stop()
		if len(f.sent()) != 1001 {
			t.Fatalf("%d posts, want 1001", len(f.sent()))
		}
		for i, p := range f.sent() {
			if p.channel != "leadership" {
				continue
			}
			if late := p.at.Sub(time.Date(2000, 1, 3, 1, 0, 0, 0, time.UTC)); late > 3*time.Second || i > 500 {
				t.Errorf("posted as number %d, %s late", i, late)
			}
		}
	})
}

// downStore is a journal that cannot be written for a while.
type downStore struct {
	*store
	mu    sync.Mutex
	down  bool
	tries int
}

func (d *downStore) Update(ctx context.Context, actor string, decide func(delivery.View, time.Time) ([]journal.Draft, error)) ([]journal.Entry, error) {
	d.mu.Lock()
	if d.down {
		d.tries++
		d.mu.Unlock()
		return nil, errCrash
	}
	d.mu.Unlock()
	return d.store.Update(ctx, actor, decide)
}

// TestAJournalThatIsDownIsAskedNowAndThen: an outage makes no storm, and what
// was due is posted when it is over.
func TestAJournalThatIsDownIsAskedNowAndThen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, f := &downStore{store: newStore()}, &fakeSlack{}
		var to []delivery.Recipient
		for i := range 50 {
			to = append(to, delivery.Recipient(fmt.Sprint("U", i)))
		}
		stop := run(t, scheduler.Options{Journal: d, Poster: slowSlack{f, time.Second}, Jobs: []delivery.Job{weekly(to...)}})
		until("2000-01-03 09:00:02")
		set := func(down bool) { d.mu.Lock(); d.down = down; d.mu.Unlock() }
		set(true)
		until("2000-01-03 09:10:02")
		if d.mu.Lock(); d.tries > 2000 || d.tries == 0 {
			t.Errorf("%d tries to write in ten minutes", d.tries)
		}
		d.mu.Unlock()
		set(false)
		until("2000-01-03 12:00:00")
		stop()
		seen := map[string]int{}
		for _, p := range f.sent() {
			seen[p.channel]++
		}
		if len(seen) != 50 || len(f.sent()) != 50 {
			t.Errorf("%d posts to %d people, want 50 to 50", len(f.sent()), len(seen))
		}
	})
}

// TestWhatMayBeThereIsLookedForBeforeItIsSentAgain: Slack took the message and
// went away, and nobody could look until the delivery was given up.
func TestWhatMayBeThereIsLookedForBeforeItIsSentAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore()
		f := &fakeSlack{fail: func(string, int) (error, error) { return nil, errors.New("EOF") }}
		blind := &blindSlack{fakeSlack: f, blind: true}
		j := weekly("leadership")
		j.CatchUp = time.Hour
		stop := run(t, scheduler.Options{Journal: s, Poster: blind, Jobs: []delivery.Job{j}})
		until("2000-01-03 12:00:00")
		id := delivery.ID("weekly-digest@2000-01-03T09:00/leadership")
		if d, _ := s.State().Delivery(id); d.Status != delivery.Failed || d.Code != delivery.CodeUnknown || !d.Uncertain || len(f.sent()) != 1 {
			t.Errorf("given up: %d posts, %+v", len(f.sent()), d)
		}
		blind.mu.Lock()
		blind.blind = false
		blind.mu.Unlock()
		if _, err := s.Update(t.Context(), "UA", func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.Resend(v.State, id, "UA", now)
		}); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		stop()
		if d, _ := s.State().Delivery(id); d.Status != delivery.Posted || d.Message.TS != "1" || len(f.sent()) != 1 {
			t.Errorf("sent again: %d posts, %+v", len(f.sent()), d)
		}
	})
}

// blindSlack cannot look at its history for a while.
type blindSlack struct {
	*fakeSlack
	mu    sync.Mutex
	blind bool
}

func (b *blindSlack) Find(ctx context.Context, to delivery.Recipient, id delivery.ID, since time.Time) (delivery.Ref, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.blind {
		return delivery.Ref{}, false, errors.New("the history cannot be read")
	}
	return b.fakeSlack.Find(ctx, to, id, since)
}
