package delivery_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"wainao/delivery"
	"wainao/journal"
)

const crowd = 10_000

// everybody is a job to ten thousand people.
func everybody() delivery.View {
	choices := make([]delivery.Choice, crowd)
	for i := range choices {
		choices[i].To = delivery.Recipient(fmt.Sprintf("U%08d", i))
	}
	return delivery.View{Audience: func(delivery.Job, time.Time) ([]delivery.Choice, bool) { return choices, true }}
}

func fold(tb testing.TB, v delivery.View, now time.Time, drafts []journal.Draft, err error) delivery.View {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			tb.Fatal(err)
		}
		if v.State, err = v.Apply(journal.Entry{Time: now, Kind: d.Kind, Version: d.Version, Data: data}); err != nil {
			tb.Fatal(err)
		}
	}
	return v
}

// past returns a view with n slots to everybody that are all done.
func past(tb testing.TB, n int) (v delivery.View, now time.Time) {
	tb.Helper()
	v, now = everybody(), start
	drafts, err := delivery.Register(v.State, []delivery.Job{{Name: "daily", Spec: "0 9 * * *"}}, now)
	v = fold(tb, v, now, drafts, err)
	now = due
	for range n {
		drafts, err := delivery.Plan(v, now)
		v = fold(tb, v, now, drafts, err)
		for _, d := range v.Open() {
			drafts, err := delivery.Claim(v, d.ID, "a", now)
			v = fold(tb, v, now, drafts, err)
			drafts, err = delivery.Record(v.State, d.ID, delivery.Ref{TS: "1"}, false, now)
			v = fold(tb, v, now, drafts, err)
		}
		now = now.AddDate(0, 0, 1)
	}
	return v, now
}

// BenchmarkPlan plans a slot to 10,000 recipients and folds it, behind a
// history of the given number of finished deliveries.
func BenchmarkPlan(b *testing.B) {
	for _, days := range []int{0, 10} {
		b.Run(fmt.Sprintf("recipients=%d/finished=%d", crowd, days*crowd), func(b *testing.B) {
			v, now := past(b, days)
			for b.Loop() {
				drafts, err := delivery.Plan(v, now)
				if next := fold(b, v, now, drafts, err); next.OpenCount() != crowd {
					b.Fatalf("%d open", next.OpenCount())
				}
			}
		})
	}
}

// BenchmarkPlanNothing looks at the jobs when nothing has come due.
func BenchmarkPlanNothing(b *testing.B) {
	v, now := past(b, 10)
	for b.Loop() {
		if drafts, err := delivery.Plan(v, now.Add(-time.Hour)); err != nil || len(drafts) > 0 {
			b.Fatal(drafts, err)
		}
	}
}

// BenchmarkQuery asks for a page of 20 out of 100,000.
func BenchmarkQuery(b *testing.B) {
	v, now := past(b, 10)
	_ = now
	for name, f := range map[string]delivery.Filter{
		"newest": {}, "recipient": {To: "U00000007"}, "job": {Job: "daily"}, "trouble": {Trouble: true}, "none of the status": {Status: delivery.Skipped},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if p := v.Query(f); f.Status == "" && !f.Trouble && len(p.Deliveries) == 0 {
					b.Fatal("nothing found")
				}
			}
		})
	}
}
