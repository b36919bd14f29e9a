package delivery_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
)

// history makes deliveries of all kinds, hours apart.
func history(t *testing.T, n int) *book {
	b := &book{t: t}
	hourly := delivery.Job{Name: "hourly", Spec: "0 * * * *", To: []delivery.Recipient{"a", "b"}}
	b.register(start, hourly)
	for i := range n {
		now := start.Add(time.Duration(i)*time.Hour + time.Minute)
		switch i % 7 {
		case 3:
			continue // Nobody runs: a slot is missed.
		case 5:
			drafts, err := delivery.Manual(b.State, "card", delivery.Recipient(fmt.Sprintf("U%d", i%3)), fmt.Sprint(i), "UL", now)
			b.write(now, drafts, err)
		}
		b.plan(now)
		for j, d := range b.Open() {
			if j == i%3 {
				continue // Left open.
			}
			drafts, err := delivery.Claim(b.View, d.ID, "a", now)
			if b.write(now, drafts, err); len(drafts) != 1 {
				continue // Its window was over.
			}
			if c, _ := b.Delivery(d.ID); c.Status != delivery.Claimed {
				continue
			}
			if i%4 == 0 {
				drafts, err = delivery.Fail(b.View, d.ID, "a", delivery.Failure{Reason: delivery.Dead}, now)
			} else {
				drafts, err = delivery.Record(b.State, d.ID, delivery.Ref{TS: "1"}, false, now)
			}
			b.write(now, drafts, err)
		}
	}
	return b
}

// TestQueryIsAFilterOfTheHistory holds the indexes against a walk through
// everything, for any filter and page.
func TestQueryIsAFilterOfTheHistory(t *testing.T) {
	t.Parallel()
	b := history(t, 150)
	all := b.Deliveries()
	statuses := map[delivery.Status]int{}
	for i, d := range all {
		statuses[d.Status]++
		if i > 0 && d.Planned.After(all[i-1].Planned) {
			t.Fatalf("%s stands behind %s, which is older", d.ID, all[i-1].ID)
		}
	}
	if len(statuses) < 4 {
		t.Fatalf("the history has only %v", statuses)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := delivery.Filter{
			Job:     rapid.SampledFrom([]delivery.JobName{"", "hourly", "card", "hour", "none"}).Draw(t, "job"),
			To:      rapid.SampledFrom([]delivery.Recipient{"", "a", "b", "U1", "U"}).Draw(t, "to"),
			Status:  rapid.SampledFrom(append(delivery.Statuses(), "")).Draw(t, "status"),
			Trouble: rapid.Bool().Draw(t, "trouble"),
			Limit:   rapid.IntRange(0, 30).Draw(t, "limit"),
		}
		if rapid.Bool().Draw(t, "one day") {
			f.Day = calendar.DateOf(start.AddDate(0, 0, rapid.IntRange(-1, 7).Draw(t, "day")))
		}
		var want, got []delivery.ID
		for _, d := range all {
			if (f.Job == "" || d.Job == f.Job) && (f.To == "" || d.To == f.To) && (f.Status == "" || d.Status == f.Status) &&
				(!f.Trouble || d.Trouble()) && (f.Day == "" || calendar.DateOf(d.Planned) == f.Day) {
				want = append(want, d.ID)
			}
		}
		for {
			p := b.Query(f)
			if n := len(p.Deliveries); n > delivery.MaxPage || f.Limit > 0 && n > f.Limit || f.Limit == 0 && n > delivery.DefaultPage {
				t.Fatalf("a page of %d", n)
			}
			for _, d := range p.Deliveries {
				got = append(got, d.ID)
			}
			if p.Next == "" {
				break
			}
			f.Before = p.Next
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v (-want +got):\n%s", f, diff)
		}
	})
	want := slices.DeleteFunc(slices.Clone(all), func(d delivery.Delivery) bool { return !d.Trouble() })
	if got := b.InTrouble(); got != len(want) {
		t.Errorf("%d in trouble, want %d", got, len(want))
	}
	if p := b.Query(delivery.Filter{Before: "no cursor", Limit: 1}); len(p.Deliveries) != 1 || p.Deliveries[0].ID != all[0].ID {
		t.Errorf("a cursor that is none: %+v", p)
	}
}

// TestAPageStaysWhereItIs: new deliveries do not move the pages behind.
func TestAPageStaysWhereItIs(t *testing.T) {
	t.Parallel()
	b := history(t, 40)
	first := b.Query(delivery.Filter{Limit: 10})
	behind := b.Query(delivery.Filter{Limit: 10, Before: first.Next})
	now := start.AddDate(0, 1, 0)
	drafts, err := delivery.Manual(b.State, "card", "U1", "new", "UL", now)
	b.write(now, drafts, err)
	if diff := cmp.Diff(behind.Deliveries, b.Query(delivery.Filter{Limit: 10, Before: first.Next}).Deliveries, cmp.AllowUnexported(delivery.Delivery{})); diff != "" {
		t.Errorf("the second page has moved (-before +after):\n%s", diff)
	}
}

// TestEverySlotIsDecidedOnOnce: whenever the scheduler looks, every slot of the
// schedule is planned, missed or left out, and no slot twice.
func TestEverySlotIsDecidedOnOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		b := &book{t: t}
		j := delivery.Job{
			Name: "job", Zone: rapid.SampledFrom([]string{"", "Europe/Berlin", "America/New_York"}).Draw(rt, "zone"),
			Spec:    rapid.SampledFrom([]string{"30 2 * * *", "0 9 * * 1-5", "0 */5 * * *", "15 23 1,15 * *"}).Draw(rt, "spec"),
			On:      rapid.SampledFrom([]delivery.Condition{delivery.AnyDay, delivery.Workday}).Draw(rt, "on"),
			CatchUp: time.Duration(rapid.IntRange(0, 72).Draw(rt, "catch up")) * time.Hour,
			To:      []delivery.Recipient{"a"},
		}
		from := time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(rt, "month")), 20, 0, 0, 0, 0, time.UTC)
		b.register(from, j)
		now := from
		for range rapid.IntRange(1, 40).Draw(rt, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(1, 60*24*4).Draw(rt, "minutes")) * time.Minute)
			b.plan(now)
		}
		schedule, err := delivery.ParseSchedule(j.Spec, j.Zone)
		if err != nil {
			rt.Fatal(err)
		}
		slots := schedule.Between(from, now)
		decided := 0
		for _, d := range b.Deliveries() {
			switch d.Status {
			case delivery.Planned:
				decided++
				if age := d.Planned.Sub(d.Due); age < 0 || age > max(j.CatchUp, delivery.MinWindow) || d.Late != (age > delivery.LateAfter) {
					rt.Fatalf("planned %s after its time: %+v", age, d)
				}
			case delivery.Missed, delivery.Skipped:
				decided += d.Slots
			default:
				rt.Fatalf("%+v", d)
			}
		}
		if decided != len(slots) {
			rt.Fatalf("%d slots decided on, want %d: %v", decided, len(slots), outcomes(b))
		}
	})
}

// TestNothingIsPostedTwice drives deliveries at random, clocks that jump among
// them, and holds that a posted one is never ready again.
func TestNothingIsPostedTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		b := &book{t: t}
		j := delivery.Job{Name: "job", Spec: "0 9 * * *", CatchUp: 30 * time.Hour, To: []delivery.Recipient{"a", "b"}}
		b.register(start, j)
		now := start
		posted := map[delivery.ID]int{}
		try := func(drafts []journal.Draft, err error) bool {
			if err == nil {
				b.write(now, drafts, nil)
			}
			return err == nil && len(drafts) > 0
		}
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(-600, 60*30).Draw(rt, "minutes")) * time.Minute)
			switch rapid.IntRange(0, 7).Draw(rt, "step") {
			case 0:
				try(delivery.PauseJob(b.State, j.Name, "U", now))
			case 1:
				try(delivery.ResumeJob(b.State, j.Name, "U", now))
			case 2:
				changed := j
				changed.Spec = rapid.SampledFrom([]string{"0 9 * * *", "0 9,10 * * *"}).Draw(rt, "spec")
				try(delivery.ChangeJob(b.State, changed, "U", now))
			case 3:
				try(delivery.RunNow(b.View, j.Name, fmt.Sprint(rapid.IntRange(0, 3).Draw(rt, "key")), "U", now))
			default:
				try(delivery.Plan(b.View, now))
			}
			for _, d := range b.Deliveries() {
				if rapid.Bool().Draw(rt, "leave") {
					continue
				}
				if d.Status == delivery.Failed {
					try(delivery.Resend(b.State, d.ID, "U", now))
				}
				if !try(delivery.Claim(b.View, d.ID, "a", now)) {
					continue
				}
				if c, _ := b.Delivery(d.ID); c.Status != delivery.Claimed {
					continue
				}
				switch rapid.IntRange(0, 3).Draw(rt, "outcome") {
				case 0:
					try(delivery.Fail(b.View, d.ID, "a", delivery.Failure{Reason: delivery.Dead}, now))
				case 1:
					try(delivery.Defer(b.State, d.ID, "a", now.Add(time.Minute), false, "", now))
				case 2: // It dies behind the claim.
				default:
					posted[d.ID]++
					try(delivery.Record(b.State, d.ID, delivery.Ref{TS: "1"}, false, now))
				}
			}
		}
		for id, n := range posted {
			if d, _ := b.Delivery(id); n != 1 || d.Status != delivery.Posted {
				rt.Fatalf("%s was posted %d times and is %s", id, n, d.Status)
			}
		}
	})
}
