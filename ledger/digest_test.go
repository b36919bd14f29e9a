package ledger_test

import (
	"encoding/json"
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

func TestDigestOfAWeek(t *testing.T) {
	t.Parallel()
	var b book
	who := register(t, kunshan, changshu, liaison("UTC", policy.Taicang))
	old := item("old")
	old.Name = "老项目"
	must(t, &b, kunshan, old, now.AddDate(0, 0, -20))
	must(t, &b, kunshan, item("first"), now.AddDate(0, 0, -10))
	revised := item("second")
	revised.Progress = "更正"
	must(t, &b, kunshan, revised, now.AddDate(0, 0, -3))
	last := item("last quarter")
	last.District, last.Domain, last.Period = "常熟", "氢能", "2026Q3"
	must(t, &b, changshu, last, now)
	later := item("later")
	later.Name = "下周的"
	must(t, &b, kunshan, later, now.Add(time.Second))

	d := ledger.Digest(b.state, policy.Default(), who, ledger.DefaultSettings(), now)
	type line struct {
		Name, By string
		Revised  bool
	}
	var got []line
	for _, i := range d.Reported {
		got = append(got, line{i.Report.Name, i.Who.Name.ZH, i.Revised})
	}
	if diff := cmp.Diff([]line{{"低空巡检示范", "联络员UKS", true}, {"低空巡检示范", "联络员UCS", false}}, got); diff != "" {
		t.Errorf("reported (-want +got):\n%s", diff)
	}
	if d.Pending != 4 || d.Empty() || d.Period != "2026Q4" {
		t.Errorf("pending %d, empty %t, period %s", d.Pending, d.Empty(), d.Period)
	}
	var silent []policy.DistrictID
	for _, s := range d.Silent {
		silent = append(silent, s.District)
	}
	want := []policy.DistrictID{
		policy.Zhangjiagang, policy.Changshu, policy.Taicang, policy.Wujiang, policy.Wuzhong, policy.Xiangcheng, policy.Gusu, policy.SIP, policy.Huqiu,
	}
	if diff := cmp.Diff(want, silent); diff != "" {
		t.Errorf("silent (-want +got):\n%s", diff)
	}
	if l := d.Silent[2].Liaisons; len(l) != 1 || l[0].User != "UTC" {
		t.Errorf("Taicang's liaisons: %v", l)
	}
}

func TestDigestOfAnEmptyWeek(t *testing.T) {
	t.Parallel()
	d := ledger.Digest(ledger.State{}, policy.Default(), people.State{}, ledger.DefaultSettings(), now)
	if !d.Empty() || d.Pending != 0 || len(d.Silent) != 10 {
		t.Errorf("an empty ledger gives %d reports, %d pending, %d silent", len(d.Reported), d.Pending, len(d.Silent))
	}
	for _, p := range d.Targets {
		if _, ok := p.Share(); ok || p.City.Standing() != ledger.StandingNone {
			t.Errorf("%s %d: %s", p.Indicator.ID, p.Target.Year, p.City.Standing())
		}
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
