package delivery_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
)

var weekly = delivery.Job{Name: "weekly-digest", Spec: "0 9 * * 1", CatchUp: 6 * time.Hour, To: []delivery.Recipient{"leadership"}}

// start is a Wednesday; the first slot is due on Monday the 30th.
var (
	start = time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	due   = time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)
)

const id delivery.ID = "weekly-digest@2026-11-30T09:00/leadership"

// book writes what is decided, as the journal does: its time does not go back.
type book struct {
	t *testing.T
	delivery.View
	last time.Time
}

func (b *book) write(now time.Time, drafts []journal.Draft, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	if b.last.After(now) {
		now = b.last
	}
	b.last = now
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			b.t.Fatal(err)
		}
		e := journal.Entry{Time: now, Kind: d.Kind, Version: d.Version, Data: data}
		if b.State, err = b.Apply(e); err != nil {
			b.t.Fatal(err)
		}
		if b.People, err = b.People.Apply(e); err != nil {
			b.t.Fatal(err)
		}
		if b.Days, err = b.Days.Apply(e); err != nil {
			b.t.Fatal(err)
		}
	}
}

func (b *book) register(now time.Time, jobs ...delivery.Job) {
	b.t.Helper()
	drafts, err := delivery.Register(b.State, jobs, now)
	b.write(now, drafts, err)
}

func (b *book) plan(now time.Time) {
	b.t.Helper()
	drafts, err := delivery.Plan(b.View, now)
	b.write(now, drafts, err)
}

func TestDecide(t *testing.T) {
	t.Parallel()
	paused := weekly
	paused.Paused = true
	type outcome struct {
		Reason delivery.Reason
		Slots  int
	}
	for _, tt := range []struct {
		name       string
		job        delivery.Job
		registered bool
		now        time.Time
		want       []outcome
	}{
		{"no anchor, no slot", weekly, false, due, nil},
		{"before the slot", weekly, true, due.Add(-time.Nanosecond), nil},
		{"on the slot", weekly, true, due, []outcome{{delivery.Due, 1}}},
		{"a moment after", weekly, true, due.Add(delivery.LateAfter), []outcome{{delivery.Due, 1}}},
		{"late", weekly, true, due.Add(time.Hour), []outcome{{delivery.Late, 1}}},
		{"at the end of the window", weekly, true, due.Add(6 * time.Hour), []outcome{{delivery.Late, 1}}},
		{"missed", weekly, true, due.Add(6*time.Hour + 1), []outcome{{delivery.SkipMissed, 1}}},
		{"three weeks down, latest late", weekly, true, due.AddDate(0, 0, 14).Add(time.Hour), []outcome{{delivery.SkipMissed, 2}, {delivery.Late, 1}}},
		{"three weeks down, all missed", weekly, true, due.AddDate(0, 0, 15), []outcome{{delivery.SkipMissed, 3}}},
		{"paused", paused, true, due, []outcome{{delivery.SkipPaused, 1}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := book{t: t}
			if tt.registered {
				b.register(start, tt.job)
			}
			var got []outcome
			for _, d := range delivery.Decide(b.View, tt.now) {
				got = append(got, outcome{d.Reason, len(d.Slots)})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("decisions (-want +got):\n%s", diff)
			}
			b.plan(tt.now)
			for _, d := range delivery.Decide(b.View, tt.now) {
				if len(d.Slots) > 0 {
					t.Errorf("decided again: %+v", d)
				}
			}
		})
	}
}

func TestAJobThatChangesStartsAnew(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	if drafts, err := delivery.Register(b.State, []delivery.Job{weekly}, start); err != nil || drafts != nil {
		t.Errorf("an unchanged job: %v, %v", drafts, err)
	}
	daily := weekly
	daily.Spec = "0 8 * * *"
	b.register(due, daily)
	if got := delivery.Decide(b.View, due.Add(time.Minute)); got != nil {
		t.Errorf("a slot before the change is decided on: %+v", got)
	}
	if _, err := delivery.Register(b.State, []delivery.Job{{Name: "x y", Spec: "0 9 * * 1"}}, start); !errors.Is(err, &lang.Problem{Code: "bad_job_name"}) {
		t.Errorf("a bad name: %v", err)
	}
}

// TestSteps walks one delivery through all its ends.
func TestSteps(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	b.plan(due)
	claim := func(owner string, now time.Time) error {
		drafts, err := delivery.Claim(b.View, id, owner, now)
		if err == nil {
			b.write(now, drafts, nil)
		}
		return err
	}
	wantSkip := func(err error, want delivery.Reason) {
		t.Helper()
		if skip, ok := errors.AsType[*delivery.SkipError](err); !ok || skip.Reason != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := claim("a", due); err != nil {
		t.Fatal(err)
	}
	wantSkip(claim("b", due.Add(time.Second)), delivery.SkipClaimedElsewhere)
	_, err := delivery.Defer(b.State, id, "b", due, true, "", due)
	wantSkip(err, delivery.SkipClaimedElsewhere)
	drafts, err := delivery.Defer(b.State, id, "a", due.Add(time.Minute), false, "internal_error", due)
	b.write(due, drafts, err)
	wantSkip(claim("b", due.Add(time.Second)), delivery.SkipBackingOff)
	if err := claim("b", due.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	crashed := due.Add(time.Minute + delivery.Lease)
	if d, _ := b.Delivery(id); !d.Uncertain || d.Next(crashed) != delivery.Ready || d.Attempts != 2 {
		t.Errorf("after a crash: %+v", d)
	}
	failing := b
	drafts, err = delivery.Fail(failing.View, id, "b", delivery.Failure{Reason: delivery.Dead, Code: "channel_not_found"}, crashed)
	failing.write(crashed, drafts, err)
	if d, _ := failing.Delivery(id); d.Status != delivery.Failed || d.Reason != delivery.Dead || len(failing.Open()) != 0 {
		t.Errorf("after a failure: %+v", d)
	}
	drafts, err = delivery.Record(b.State, id, delivery.Ref{TS: "17.1"}, true, crashed) // By whoever finds it.
	b.write(crashed, drafts, err)
	wantSkip(claim("c", crashed), delivery.SkipAlreadyPosted)
	if d, _ := b.Delivery(id); d.Message.TS != "17.1" || d.Open() || len(b.Open()) != 0 || len(b.Deliveries()) != 1 {
		t.Errorf("after posting: %+v", d)
	}
	_, err = delivery.Claim(b.View, "other", "a", due)
	wantSkip(err, delivery.NoSuchDelivery)
}

func TestADeliveryNobodyTriedExpires(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	b.plan(due)
	after := due.Add(6*time.Hour + 1)
	drafts, err := delivery.Claim(b.View, id, "a", after)
	b.write(after, drafts, err)
	if d, _ := b.Delivery(id); d.Status != delivery.Failed || d.Reason != delivery.Expired {
		t.Errorf("got %+v", d)
	}
}

func TestManualIsPlannedOnceAndLeavesTheScheduleAlone(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	for range 2 {
		drafts, err := delivery.Manual(b.State, weekly.Name, "leadership", "trigger-1", "UL", due.Add(-time.Minute))
		b.write(due.Add(-time.Minute), drafts, err)
	}
	if got := b.Open(); len(got) != 1 || got[0].By != "UL" {
		t.Errorf("planned: %+v", got)
	}
	b.plan(due)
	if got := b.Open(); len(got) != 2 {
		t.Errorf("the slot after it: %+v", got)
	}
	if _, err := delivery.Manual(b.State, weekly.Name, "leadership", "", "UL", due); err == nil {
		t.Error("a request without a key was planned")
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		attempts int
		jitter   float64
		want     time.Duration
	}{{1, 0, 2 * time.Second}, {1, 1, time.Second}, {2, 0, 4 * time.Second}, {99, 0, 2 * time.Minute}, {0, 0, 2 * time.Second}} {
		if got := delivery.Backoff(tt.attempts, tt.jitter); got != tt.want {
			t.Errorf("Backoff(%d, %v) = %s, want %s", tt.attempts, tt.jitter, got, tt.want)
		}
	}
}
