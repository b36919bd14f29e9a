package ledger_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/journal"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

func register(t testing.TB, ps ...people.Person) people.State {
	t.Helper()
	var s people.State
	for _, p := range ps {
		drafts, err := people.Assign(s, p, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range drafts {
			data, err := json.Marshal(d.Data)
			if err != nil {
				t.Fatal(err)
			}
			if s, err = s.Apply(journal.Entry{Kind: d.Kind, Version: d.Version, Data: data}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// source is what a digest is made of in these tests: Monday to Friday are
// worked.
func source(who people.State, posted ...time.Time) ledger.DigestSource {
	return ledger.DigestSource{
		Policy: policy.Default(), People: who, Settings: ledger.DefaultSettings(), Posted: posted,
		Workday: func(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday },
	}
}

// acceptAt has the reviewer accept a report at a moment.
func acceptAt(t *testing.T, b *book, r ledger.Report, at time.Time) {
	t.Helper()
	if _, err := b.review(reviewer, r, ledger.Accept, fmt.Sprint("A", len(b.entries)), at); err != nil {
		t.Fatal(err)
	}
}

func TestDigestOfAWeek(t *testing.T) {
	t.Parallel()
	var b book
	who := register(t, kunshan, changshu, liaison("UTC", policy.Taicang))
	old := item("old")
	old.Name = "老项目"
	acceptAt(t, &b, must(t, &b, kunshan, old, now.AddDate(0, 0, -20)), now.AddDate(0, 0, -7).Add(-time.Second))
	must(t, &b, kunshan, item("first"), now.AddDate(0, 0, -10))
	revised := item("second")
	revised.Progress = "更正"
	acceptAt(t, &b, must(t, &b, kunshan, revised, now.AddDate(0, 0, -7)), now.AddDate(0, 0, -3))
	last := item("last quarter")
	last.District, last.Domain, last.Period = "常熟", "氢能", "2026Q3"
	must(t, &b, changshu, last, now.Add(-time.Hour))
	back := item("back")
	back.Name = "退回的"
	if _, err := b.review(reviewer, must(t, &b, kunshan, back, now.AddDate(0, 0, -2)), ledger.Return, "R", now.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	onTime := ledger.Digest(b.state, source(who), now)
	later := item("later")
	later.Name = "下周的"
	acceptAt(t, &b, must(t, &b, kunshan, later, now), now.Add(time.Second))

	for name, d := range map[string]ledger.DigestData{
		"on its slot": onTime,
		"late":        ledger.Digest(b.state, source(who), now),
	} {
		type line struct {
			Name, By string
			Revised  bool
			Status   ledger.Status
		}
		var got []line
		for _, i := range d.Items {
			got = append(got, line{i.Report.Name, i.Who.Name.ZH, i.Revised, i.Report.Status})
		}
		want := []line{{"低空巡检示范", "联络员UKS", true, ledger.Accepted}, {"低空巡检示范", "联络员UCS", false, ledger.Submitted}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: items (-want +got):\n%s", name, diff)
		}
		if d.Accepted != 1 || d.Reported != 1 || d.Returned != 1 || d.Pending != 1 || d.Empty() || d.Period != "2026Q4" {
			t.Errorf("%s: accepted %d, reported %d, returned %d, pending %d, empty %t, period %s", name, d.Accepted, d.Reported, d.Returned, d.Pending, d.Empty(), d.Period)
		}
		if len(d.Moved) != 1 || d.Moved[0].Before != 1 || d.Moved[0].Value != map[string]float64{"on its slot": 2, "late": 3}[name] || !d.Moved[0].HadBefore || d.Moved[0].Indicator.ID != policy.Scenarios {
			t.Errorf("%s: moved %+v", name, d.Moved)
		}
		if day := ledger.DayOf(d.Deadline); day != "2026-12-25" {
			t.Errorf("%s: deadline %s", name, day)
		}
		if h := d.Health; h.Pairs != 17 || ledger.Count(h.Returned) != 1 || ledger.Count(h.Missing) != 16 || h.Missing[0].District != policy.Zhangjiagang ||
			len(h.Missing[2].Liaisons) != 1 || h.Missing[2].Liaisons[0].User != "UTC" {
			t.Errorf("%s: health %+v", name, h)
		}
		// Changshu's hydrogen of the third quarter waits; everything else is overdue.
		if n := ledger.Count(d.Overdue); n != 16 {
			t.Errorf("%s: %d pairs of the quarter before are overdue", name, n)
		}
	}
}

func TestDigestOfAnEmptyWeek(t *testing.T) {
	t.Parallel()
	d := ledger.Digest(ledger.State{}, source(people.State{}), now)
	if !d.Empty() || d.Pending != 0 || ledger.Count(d.Health.Missing) != d.Health.Pairs || d.Overdue != nil || d.Corrections != nil || d.Lagging.Total+d.Due.Total+d.Coordination.Total != 0 {
		t.Errorf("an empty ledger gives %+v", d)
	}
	for _, p := range d.Targets {
		if _, ok := p.Share(); ok || p.City.Standing() != ledger.StandingNone {
			t.Errorf("%s %d: %s", p.Indicator.ID, p.Target.Year, p.City.Standing())
		}
	}
}

// TestOpenMatters follows what a district says: what a later report of the same
// thing leaves out is closed, what was returned or taken back is not said.
func TestOpenMatters(t *testing.T) {
	t.Parallel()
	who := register(t, kunshan)
	asks := item("a")
	asks.Problems, asks.Coordination, asks.CoordinationBy, asks.CoordinationUntil = "空域未批", "协调空域", "市交通局", "2026-12-01"
	asks.Next, asks.NextUntil = "试飞", "2026-11-20"
	other := item("b")
	other.Name, other.Period, other.Next, other.NextUntil = "另一项", "2026Q3", "验收", "2026-12-07"
	type open struct {
		Kind    ledger.MatterKind
		Name    string
		Day     ledger.Day
		Overdue bool
		Status  ledger.Status
	}
	list := func(m ledger.Matters) (out []open) {
		for _, one := range m.First {
			out = append(out, open{one.Kind, one.Report.Name, one.Day, one.Overdue, one.Report.Status})
		}
		return out
	}
	const problem, coordination, step = ledger.MatterProblem, ledger.MatterCoordination, ledger.MatterStep
	for _, tc := range []struct {
		name               string
		then               func(b *book, first, second ledger.Report)
		lagging, asks, due []open
	}{
		{
			"submitted", func(*book, ledger.Report, ledger.Report) {},
			[]open{{problem, asks.Name, "2026-11-20", true, ledger.Submitted}},
			[]open{{coordination, asks.Name, "2026-12-01", false, ledger.Submitted}},
			[]open{{coordination, asks.Name, "2026-12-01", false, ledger.Submitted}, {step, "另一项", "2026-12-07", false, ledger.Submitted}},
		},
		{
			"accepted", func(b *book, first, _ ledger.Report) { acceptAt(t, b, first, now.Add(-time.Minute)) },
			[]open{{problem, asks.Name, "2026-11-20", true, ledger.Accepted}},
			[]open{{coordination, asks.Name, "2026-12-01", false, ledger.Accepted}},
			[]open{{coordination, asks.Name, "2026-12-01", false, ledger.Accepted}, {step, "另一项", "2026-12-07", false, ledger.Submitted}},
		},
		{
			"closed by a later report", func(b *book, first, _ ledger.Report) {
				acceptAt(t, b, first, now.Add(-time.Minute))
				solved := asks
				solved.Key, solved.Problems, solved.Coordination, solved.CoordinationBy, solved.CoordinationUntil = "s", "", "", "", ""
				solved.Reason, solved.Report, solved.Base = "空域已批", first.ID, first.Revision
				solved.NextUntil = "2026-12-02"
				must(t, b, kunshan, solved, now.Add(-time.Second))
				next := other
				next.Key, next.Period, next.Next, next.NextUntil = "n", "2026Q4", "", ""
				must(t, b, kunshan, next, now.Add(-time.Second))
			},
			nil, nil,
			[]open{{step, asks.Name, "2026-12-02", false, ledger.Submitted}},
		},
		{
			"returned and withdrawn", func(b *book, first, second ledger.Report) {
				if _, err := b.review(reviewer, first, ledger.Return, "r", now.Add(-time.Minute)); err != nil {
					t.Fatal(err)
				}
				_, drafts, err := ledger.Withdraw(b.state, policy.Default(), kunshan, second.ID, 1, "w", now)
				b.must(t, drafts, err)
			},
			nil, nil, nil,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var b book
			first, second := must(t, &b, kunshan, asks, now.Add(-2*time.Hour)), must(t, &b, kunshan, other, now.Add(-2*time.Hour))
			tc.then(&b, first, second)
			d := ledger.Digest(b.state, source(who), now.Add(time.Minute))
			for what, lists := range map[string][2][]open{"lagging": {tc.lagging, list(d.Lagging)}, "coordination": {tc.asks, list(d.Coordination)}, "due": {tc.due, list(d.Due)}} {
				if diff := cmp.Diff(lists[0], lists[1]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
			note := ledger.NoteOf(b.state, source(who), policy.Kunshan, now.Add(time.Minute))
			if note.Lagging.Total != len(tc.lagging) || note.Coordination.Total != len(tc.asks) {
				t.Errorf("Kunshan's note has %d and %d", note.Lagging.Total, note.Coordination.Total)
			}
			if other := ledger.NoteOf(b.state, source(who), policy.SIP, now.Add(time.Minute)); other.Lagging.Total+other.Coordination.Total != 0 {
				t.Errorf("another district's note has %+v", other)
			}
		})
	}
}

// TestCorrections holds that what a reader was shown and was amended since is
// corrected once, and nothing else.
func TestCorrections(t *testing.T) {
	t.Parallel()
	week := 7 * 24 * time.Hour
	amended := func(stage, progress string) ledger.Submission {
		in := item(stage + progress)
		in.Stage, in.Progress, in.Reason = stage, progress, "验收推迟"
		return in
	}
	var b book
	first := must(t, &b, kunshan, item("first"), now.Add(-3*week))
	acceptAt(t, &b, first, now.Add(-3*week+time.Hour))
	in := amended("planned", "一期")
	in.Stage = "matched"
	in.Report, in.Base = first.ID, 1
	second := must(t, &b, kunshan, in, now.Add(-2*time.Hour))
	waiting := b.state
	acceptAt(t, &b, second, now.Add(-time.Hour))
	for _, tc := range []struct {
		name   string
		s      ledger.State
		posted []time.Time
		at     time.Time
		shown  time.Time
	}{
		{"shown twice, amended", b.state, []time.Time{now.Add(-week), now.Add(-2 * week), now.Add(-4 * week)}, now, now.Add(-2 * week)},
		{"not accepted yet", waiting, []time.Time{now.Add(-week)}, now, time.Time{}},
		{"never shown", b.state, nil, now, time.Time{}},
		{"shown only since", b.state, []time.Time{now.Add(-4 * week)}, now, time.Time{}},
		{"told already", b.state, []time.Time{now.Add(-week), now}, now.Add(week), time.Time{}},
		{"told late, after a week without", b.state, []time.Time{now.Add(-week)}, now.Add(2 * week), now.Add(-week)},
	} {
		d := ledger.Digest(tc.s, source(people.State{}, tc.posted...), tc.at)
		if (len(d.Corrections) == 1) != !tc.shown.IsZero() || len(d.Corrections) > 1 {
			t.Errorf("%s: %d corrections", tc.name, len(d.Corrections))
			continue
		}
		if tc.shown.IsZero() {
			continue
		}
		c := d.Corrections[0]
		if !c.Shown.Equal(tc.shown) || c.Was.Revision != 1 || c.Report.Revision != 2 || len(c.Changes) != 1 || c.Changes[0].Field != ledger.FieldStage {
			t.Errorf("%s: %+v", tc.name, c)
		}
	}
	words := item("words only")
	words.Progress, words.Reason, words.Report, words.Base = "换一种说法", "措辞", second.ID, 2
	words.Stage = "matched"
	acceptAt(t, &b, must(t, &b, kunshan, words, now.Add(time.Hour)), now.Add(2*time.Hour))
	if d := ledger.Digest(b.state, source(people.State{}, now), now.Add(week)); len(d.Corrections) != 0 {
		t.Errorf("other words are taken for a correction: %+v", d.Corrections)
	}
}

func TestQueueOfDay(t *testing.T) {
	t.Parallel()
	var b book
	other := item("b")
	other.Name = "另一项"
	first := must(t, &b, kunshan, item("a"), now.Add(-time.Hour))
	must(t, &b, kunshan, other, now)
	of := item("c")
	of.District, of.Domain = "常熟", "氢能"
	must(t, &b, changshu, of, now)
	want := []ledger.QueueOf{{District: policy.Changshu, Waiting: 1}, {District: policy.Kunshan, Waiting: 2}}
	if n := ledger.QueueOfDay(b.state); n.Waiting != 3 || n.Oldest.ID != first.ID || !slices.Equal(n.Districts, want) {
		t.Errorf("%+v", n)
	}
	if n := ledger.QueueOfDay(ledger.State{}); n.Waiting != 0 || n.Oldest.ID != "" || n.Districts != nil {
		t.Errorf("of nothing: %+v", n)
	}
}

func TestProgressCountsWhatWaitsBeside(t *testing.T) {
	t.Parallel()
	var b book
	before := item("a")
	before.Period = "2026Q3"
	must(t, &b, kunshan, before, now)
	must(t, &b, kunshan, item("b"), now)
	must(t, &b, kunshan, output("c"), now)
	lastYear := output("d")
	lastYear.Period = "2025Q4"
	must(t, &b, kunshan, lastYear, now)
	got := map[policy.IndicatorID]ledger.Tally{}
	for _, p := range ledger.Progress(b.state, policy.Default(), ledger.DefaultSettings(), now) {
		if p.Target.Year != 2030 {
			continue
		}
		got[p.Indicator.ID] = p.City
		if len(p.ByDomain) != 8 || len(p.ByDistrict) != 10 {
			t.Errorf("%s: %d domains, %d districts", p.Indicator.ID, len(p.ByDomain), len(p.ByDistrict))
		}
		if p.Indicator.ID == policy.Scenarios && (p.ByDistrict[3].Pending != 2 || p.ByDomain[6].Pending != 2 || p.ByDistrict[0].Standing() != ledger.StandingNone) {
			t.Errorf("scenarios by district %v, by domain %v", p.ByDistrict, p.ByDomain)
		}
		if _, ok := p.Share(); ok {
			t.Errorf("%s has a share although nothing is accepted", p.Indicator.ID)
		}
	}
	for id, want := range map[policy.IndicatorID]ledger.Tally{
		policy.Scenarios: {Pending: 2}, policy.Output: {Pending: 1}, policy.PilotParks: {},
	} {
		if tally, ok := got[id]; !ok || tally != want {
			t.Errorf("%s: %+v (there: %t), want %+v", id, tally, ok, want)
		}
	}
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	var b book
	must(t, &b, kunshan, item("a"), now)
	outside := item("b")
	outside.Domain = "氢能"
	must(t, &b, kunshan, outside, now)
	rows := ledger.Matrix(b.state, policy.Default(), ledger.DefaultSettings(), "2026Q4", now)
	count := map[ledger.CellState]int{}
	for i, row := range rows {
		for j, c := range row {
			count[c.State]++
			if c.Domain != policy.DomainIDs()[i] || c.District != policy.DistrictIDs()[j] {
				t.Errorf("row %d column %d is %s in %s", i, j, c.Domain, c.District)
			}
			if one := ledger.CellAt(b.state, policy.Default(), ledger.DefaultSettings(), c.Domain, c.District, "2026Q4", now); one != c {
				t.Errorf("CellAt gives %+v, Matrix %+v", one, c)
			}
		}
	}
	want := map[ledger.CellState]int{ledger.CellPending: 2, ledger.CellNoData: 16, ledger.CellNotAssigned: 62}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if c := rows[3][3]; c.Assigned || c.State != ledger.CellPending {
		t.Errorf("hydrogen in Kunshan is %+v", c)
	}
}
