package evaluation_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/policy"
)

// big is a closed round of 200 members who scored 100 items each.
func big(b *testing.B) (*world, []journal.Entry) {
	b.Helper()
	w := prepared(b, 200)
	for _, domain := range policy.DomainIDs() {
		for _, district := range policy.DistrictIDs() {
			if _, ok := w.cycle().Item(evaluation.IDOf(domain, district)); !ok {
				drafts, err := evaluation.AddItem(w.s, w.pol(), office, year, evaluation.Proposal{Domain: domain, District: district, Focus: ship}, w.clock)
				w.do(drafts, err)
			}
		}
	}
	for n, d := 0, (*evaluation.NewDomain)(nil); len(w.cycle().Items) < 100; n++ {
		id := policy.DomainID(fmt.Sprintf("new-%d", n/10))
		if d = nil; n%10 == 0 {
			name := func(s string) (t struct{ ZH, EN string }) {
				return struct{ ZH, EN string }{fmt.Sprintf("%s新%d", s, n), fmt.Sprintf("%s new %d", s, n)}
			}
			d = &evaluation.NewDomain{}
			d.Name.ZH, d.Name.EN = name("甲").ZH, name("a").EN
			d.Short.ZH, d.Short.EN = name("乙").ZH, name("b").EN
			d.Summary = d.Name
		}
		drafts, err := evaluation.AddItem(w.s, w.pol(), office, year, evaluation.Proposal{Domain: id, District: policy.DistrictIDs()[n%10], Focus: ship, New: d}, w.clock)
		w.do(drafts, err)
	}
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	w.at(day(12, 1)).do(evaluation.Tick(w.s, w.clock), nil)
	c := w.cycle()
	var scores []journal.Entry
	for m, p := range committee(200) {
		for n, i := range c.Items {
			given := alike(c, 0)
			for k, criterion := range c.Criteria {
				given[criterion.ID] = (m*7 + n*3 + k*5 + m*n) % 11
			}
			drafts, err := evaluation.Score(w.s, p, year, i.ID, given, fmt.Sprintf("委员 %d 对事项 %d 的理由", m, n), w.clock)
			if err != nil {
				b.Fatal(err)
			}
			data, err := json.Marshal(drafts[0].Data)
			if err != nil {
				b.Fatal(err)
			}
			e := journal.Entry{Number: uint64(1000 + len(scores)), Time: w.clock, Kind: drafts[0].Kind, Version: 1, Data: data}
			scores = append(scores, e)
		}
	}
	return w, scores
}

// BenchmarkResults works out everything that a round of 200 members and 100
// items says, by 7 criteria, and reports the memory that its scores take.
func BenchmarkResults(b *testing.B) {
	w, scores := big(b)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for _, e := range scores {
		var err error
		if w.s, err = w.s.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(scores) // Or what they take would be gone meanwhile.
	w.at(day(12, 8)).take(office, evaluation.ActClose, evaluation.Params{})
	b.ReportAllocs()
	for b.Loop() {
		r, err := w.s.Results(office, year)
		if err != nil || r.Complete != 200 || len(r.Items) != 100 || len(r.Agreement) != 8 {
			b.Fatalf("%d complete, %d items, %v", r.Complete, len(r.Items), err)
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-kept")
}

// BenchmarkScore decides and folds one score in such a round.
func BenchmarkScore(b *testing.B) {
	w, scores := big(b)
	for _, e := range scores {
		var err error
		if w.s, err = w.s.Apply(e); err != nil {
			b.Fatal(err)
		}
	}
	c := w.cycle()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		w.log = w.log[:0]
		drafts, err := evaluation.Score(w.s, member(1+n%200), year, c.Items[n%100].ID, alike(c, n%11), fmt.Sprint("理由", n), w.clock)
		w.do(drafts, err)
		w.clock = day(12, 2)
	}
}
