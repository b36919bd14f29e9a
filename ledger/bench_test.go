package ledger_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// everywhere serves all districts.
var everywhere = liaison("UAL", policy.DistrictIDs()...)

// entriesOf makes the entries of n items, each reported and accepted, spread
// over districts, domains and indicators; one in a hundred of them is the same
// as another district's.
func entriesOf(tb testing.TB, n int) []journal.Entry {
	tb.Helper()
	var b book
	out := make([]journal.Entry, 0, 2*n)
	pol := policy.Default()
	indicators := []policy.IndicatorID{policy.Platforms, policy.Scenarios, policy.CoreProducts, policy.SignedProjects}
	// Deciding needs the state; folding is what the benchmark measures.
	for i := range n {
		in := benchItem(i, indicators[i%len(indicators)])
		r, drafts, err := ledger.Submit(b.state, pol, everywhere, in, ledger.DefaultSettings(), now)
		if err != nil {
			tb.Fatal(err)
		}
		write(tb, &b, drafts)
		_, drafts, err = ledger.Review(b.state, reviewer, ledger.Decision{Report: r.ID, Revision: 1, Verdict: ledger.Accept, Key: fmt.Sprint("a", i)}, now)
		if err != nil {
			tb.Fatal(err)
		}
		write(tb, &b, drafts)
	}
	return append(out, b.entries...)
}

func write(tb testing.TB, b *book, drafts []journal.Draft) {
	tb.Helper()
	if err := b.write(drafts, now); err != nil {
		tb.Fatal(err)
	}
}

func benchItem(i int, indicator policy.IndicatorID) ledger.Submission {
	districts, domains := policy.DistrictIDs(), policy.DomainIDs()
	who := i
	if i%100 == 99 {
		who = i - 1 // The same item as the one before, from another district.
	}
	in := ledger.Submission{
		Key: fmt.Sprint("k", i), District: string(districts[i%len(districts)]), Domain: string(domains[i/7%len(domains)]), Period: "2026Q4",
		Indicator: string(indicator), Name: fmt.Sprintf("第%d号低空项目", who), Holder: fmt.Sprintf("第%d公司", who), Date: "2026-10-10", Document: fmt.Sprintf("%d号", i),
		Evidence: "https://example.com/notice",
	}
	switch indicator {
	case policy.Platforms:
		in.Stage, in.ValidUntil = "recognised", fmt.Sprintf("20%02d-%02d-%02d", 27+i%9, 1+i%12, 1+i%28)
	case policy.Scenarios:
		in.Place, in.Stage = "花桥", "built"
	case policy.CoreProducts:
		in.Stage = "launched"
	default:
		in.Stage = "signed"
	}
	return in
}

// foldAll folds the entries as the journal does at the start.
func foldAll(tb testing.TB, entries []journal.Entry) ledger.State {
	tb.Helper()
	batch := new(journal.Batch)
	defer batch.End()
	s := ledger.State{}.InBatch(batch)
	for _, e := range entries {
		var err error
		if s, err = s.Apply(e); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

var people100k = []people.Person{everywhere, reviewer}

// BenchmarkLedger measures, at 1,000 and at 100,000 items: taking in and
// accepting one more, what is read on every page, and folding them all.
func BenchmarkLedger(b *testing.B) {
	pol, set := policy.Default(), ledger.DefaultSettings()
	who := register(b, people100k...)
	for _, n := range []int{1_000, 100_000} {
		entries := entriesOf(b, n)
		s := foldAll(b, entries)
		name := fmt.Sprintf("items=%d", n)
		b.Run("fold/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				foldAll(b, entries)
			}
		})
		b.Run("one-more/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				at := book{state: s}
				r, drafts, err := ledger.Submit(s, pol, everywhere, benchItem(10_000_000+i*100, policy.Platforms), set, now)
				if err != nil {
					b.Fatal(err)
				}
				write(b, &at, drafts)
				if _, drafts, err = ledger.Review(at.state, reviewer, ledger.Decision{Report: r.ID, Revision: 1, Verdict: ledger.Accept, Key: "a"}, now); err != nil {
					b.Fatal(err)
				}
				write(b, &at, drafts)
			}
		})
		b.Run("progress/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ledger.Progress(s, pol, set, now)
			}
		})
		b.Run("matrix/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ledger.Matrix(s, pol, set, "2026Q4", now)
			}
		})
		b.Run("digest/"+name, func(b *testing.B) { // Of a week without reports: it is as long as its reports.
			b.ReportAllocs()
			for b.Loop() {
				ledger.Digest(s, source(who), now.AddDate(0, 0, 14))
			}
		})
	}
}

// yearOf makes a journal of about n entries, spread evenly over the year before
// now: reports, each accepted a day later, one in ten with a problem, something
// to coordinate and a next step.
func yearOf(tb testing.TB, n int) ledger.State {
	tb.Helper()
	var b book
	pol, start := policy.Default(), now.AddDate(-1, 0, 0)
	every := now.Sub(start) / time.Duration(n/2)
	indicators := []policy.IndicatorID{policy.Platforms, policy.Scenarios, policy.CoreProducts, policy.SignedProjects}
	for i := range n / 2 {
		at := start.Add(time.Duration(i) * every)
		in := benchItem(i, indicators[i%len(indicators)])
		in.Period, in.Date = string(calendar.PeriodOf(at)), string(ledger.DayOf(at))
		if i%10 == 0 {
			in.Problems, in.Coordination, in.CoordinationBy, in.Next = "用地未落实", "协调用地", "市资规局", "完成选址"
			in.CoordinationUntil, in.NextUntil = string(ledger.DayOf(at.AddDate(0, 1, 0))), string(ledger.DayOf(at.AddDate(0, 2, 0)))
		}
		in.Note = "按实际情况填报。"
		r, drafts, err := ledger.Submit(b.state, pol, everywhere, in, ledger.DefaultSettings(), at)
		if err != nil {
			tb.Fatal(err)
		}
		if err := b.write(drafts, at); err != nil {
			tb.Fatal(err)
		}
		b.entries = nil
		_, drafts, err = ledger.Review(b.state, reviewer, ledger.Decision{Report: r.ID, Revision: 1, Verdict: ledger.Accept, Key: fmt.Sprint("a", i)}, at)
		if err != nil {
			tb.Fatal(err)
		}
		if err := b.write(drafts, at); err != nil {
			tb.Fatal(err)
		}
	}
	return b.state
}

// BenchmarkDigest measures the digest of an ordinary week of a journal: a
// fiftieth of the year is of the week, a tenth of all is open.
func BenchmarkDigest(b *testing.B) {
	who := register(b, people100k...)
	for _, n := range []int{1_000, 10_000, 100_000} {
		s := yearOf(b, n)
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			d := ledger.Digest(s, source(who, now.AddDate(0, 0, -7)), now)
			for b.Loop() {
				d = ledger.Digest(s, source(who, now.AddDate(0, 0, -7)), now)
			}
			b.ReportMetric(float64(len(d.Items)), "reports")
			b.ReportMetric(float64(d.Lagging.Total), "open")
		})
	}
}

// TestAnEntryIsSmall holds that what a report takes in the journal stays in
// proportion.
func TestAnEntryIsSmall(t *testing.T) {
	t.Parallel()
	_, drafts, err := ledger.Submit(ledger.State{}, policy.Default(), kunshan, item("k"), ledger.DefaultSettings(), now)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(drafts[0].Data)
	if err != nil || len(data) > 1000 {
		t.Errorf("%d bytes, %v:\n%s", len(data), err, data)
	}
}
