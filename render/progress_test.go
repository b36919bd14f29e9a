package render_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// book is a ledger that a test writes.
type book struct {
	t     testing.TB
	state ledger.State
	n     int
}

func (b *book) key() string { b.n++; return fmt.Sprint("K", b.n) }

// report submits a report as somebody.
func (b *book) report(who people.Person, in ledger.Submission, at time.Time) ledger.Report {
	b.t.Helper()
	in.Key, in.Note = b.key(), "按实际情况填报。"
	r, drafts, err := ledger.Submit(b.state, policy.Default(), who, in, ledger.DefaultSettings(), at)
	if err != nil {
		b.t.Fatal(err)
	}
	b.state = fold(b.t, b.state, drafts, string(who.User), at)
	return r
}

// accepted submits a report and has somebody else accept it.
func (b *book) accepted(who people.Person, in ledger.Submission, at time.Time) ledger.Report {
	b.t.Helper()
	r := b.report(who, in, at)
	reviewer := person("U44", "吴审核", "Wu Shenhe", nil, people.Secretariat)
	r, drafts, err := ledger.Review(b.state, reviewer, ledger.Decision{Report: r.ID, Revision: r.Revision, Verdict: ledger.Accept, Key: b.key()}, at.Add(time.Hour))
	if err != nil {
		b.t.Fatal(err)
	}
	b.state = fold(b.t, b.state, drafts, string(reviewer.User), at.Add(time.Hour))
	return r
}

func (b *book) path(i policy.IndicatorID, points ledger.Path) {
	b.t.Helper()
	drafts, err := ledger.AdoptPath(b.state, policy.Default(), secret, i, points, "工作专班 <2026> 第3次会议", now)
	if err != nil {
		b.t.Fatal(err)
	}
	b.state = fold(b.t, b.state, drafts, string(secret.User), now)
}

// city is an official yearly figure of the whole city.
func city(year, value string) ledger.Submission {
	return ledger.Submission{District: ledger.CityWord, Domain: ledger.WholeWord, Period: "2026Q4", Indicator: "output", Value: value, Year: year, Basis: string(ledger.Yearly), Evidence: "https://example.com/yearbook"}
}

func ofSIP(in ledger.Submission) ledger.Submission {
	in.District, in.Domain = "sip", "photonics"
	return in
}

// busy is a ledger in which there is something of everything.
func busy(t testing.TB) *book {
	b, at := &book{t: t}, now.Add(-72*time.Hour)
	b.accepted(kunshan, scenario("数字人直播基地"), at)
	planned := scenario("元宇宙文旅街区")
	planned.Stage = "matched"
	b.accepted(kunshan, planned, at)
	b.report(kunshan, scenario("云上工厂 <二期> & *展厅*"), at)
	b.accepted(sip, ofSIP(scenario("数字人直播基地")), at)
	for n, value := range []string{"2100", "2400", "2800"} {
		b.accepted(secret, city(fmt.Sprint(2023+n), value), at)
	}
	b.path(policy.Scenarios, ledger.Path{{Year: 2025, Value: 1}, {Year: 2026, Value: 3}, {Year: 2030, Value: 100}})
	return b
}

func subject(t testing.TB, s ledger.State) render.SubjectData {
	pol := policy.Default()
	return render.SubjectData{
		ProgressData: render.ProgressData{
			Policy: pol, Period: "2026Q4", Now: now, Suspects: len(s.Duplicates()),
			Targets: ledger.Progress(s, pol, ledger.DefaultSettings(), now), Matrix: ledger.Matrix(s, pol, ledger.DefaultSettings(), "2026Q4", now),
		},
		Layout: pol.LayoutAt(now), People: peopleState(t),
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	scenarios, _ := pol.Indicator(policy.Scenarios)
	output, _ := pol.Indicator(policy.Output)
	for name, s := range map[string]ledger.State{"empty": {}, "reports": busy(t).state} {
		d := subject(t, s)
		for _, l := range lang.Both() {
			all := render.Progress(d.ProgressData, l)
			message(t, "progress-targets-"+name, l, all)
			if len(all.Pictures) != 2 || all.Pictures[0].Height == 0 || all.Pictures[1].Alt == "" {
				t.Errorf("%d pictures", len(all.Pictures))
			}
			message(t, "progress-period-"+name, l, render.PeriodProgress(d.ProgressData, l))
			in := d
			in.Reports = s.Reports(ledger.Filter{District: policy.Kunshan, Period: "2026Q4"})
			message(t, "progress-district-"+name, l, render.DistrictProgress(in, pol.Districts[3], l))
			in.Reports = s.Reports(ledger.Filter{Domain: policy.Metaverse, Period: "2026Q4"})
			message(t, "progress-domain-"+name, l, render.DomainProgress(in, pol.Domains[2], l))
			in.Reports = s.Reports(ledger.Filter{Indicator: policy.Scenarios, Period: "2026Q4"})
			message(t, "progress-indicator-"+name, l, render.IndicatorProgress(in, scenarios, render.Figures{}, l))
			in.Reports = s.Reports(ledger.Filter{Indicator: policy.Output, Period: "2026Q4"})
			figures := render.Figures{Official: ledger.Series(s, ledger.City, ledger.Whole, ledger.Yearly)}
			message(t, "progress-output-"+name, l, render.IndicatorProgress(in, output, figures, l))
			golden(t, "matrix-"+name, l, "", render.Matrix(d.Matrix, pol, l))
		}
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	pol, who := policy.Default(), peopleState(t)
	for name, s := range map[string]ledger.State{"empty": {}, "reports": busy(t).state} {
		for _, l := range lang.Both() {
			details := ledger.DetailsAt(s, pol, ledger.DefaultSettings(), policy.Metaverse, policy.Kunshan, "2026Q4", now)
			message(t, "cell-"+name, l, render.Cell(render.CellData{Policy: pol, Details: details, Period: "2026Q4", People: who, Now: now, MayReport: name == "reports"}, l))
		}
	}
	domain, district, period, ok := render.ParseCellValue(render.CellValue(policy.Hydrogen, policy.SIP, "2026Q4"))
	if domain != policy.Hydrogen || district != policy.SIP || period != "2026Q4" || !ok {
		t.Errorf("read back as %q %q %q %t", domain, district, period, ok)
	}
	if _, _, _, ok := render.ParseCellValue("hydrogen|sip"); ok {
		t.Error("half a cell is taken for one")
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	pol, s := policy.Default(), busy(t).state
	items := s.Items(ledger.ItemFilter{})
	many := make([]ledger.Item, 0, 20)
	for n := range 20 {
		it := items[0]
		it.Name = fmt.Sprintf("%s %02d", it.Name, n+1)
		many = append(many, it)
	}
	for _, l := range lang.Both() {
		message(t, "items", l, render.Items(render.ItemsData{Policy: pol, Items: items, Now: now}, l))
		message(t, "items-none", l, render.Items(render.ItemsData{Policy: pol, What: lang.T("<没有>", "<none>"), Now: now}, l))
		message(t, "items-page", l, render.Items(render.ItemsData{Policy: pol, Words: "昆山", What: lang.T("昆山", "昆山"), Items: many, Page: 1, Now: now}, l))
		it := items[0]
		it.Collaborators = []policy.DistrictID{policy.Kunshan, policy.SIP}
		message(t, "item", l, render.Item(render.ItemData{
			Policy: pol, Item: it, Reports: s.Reports(ledger.Filter{District: it.District, Item: it.Key}), Suspects: 1, People: peopleState(t), Now: now, MayReport: true,
		}, l))
		message(t, "duplicates", l, render.Duplicates(s.Duplicates(), nil, pol, l))
		merged := ledger.Settled{A: items[0], B: items[1], Lead: items[0].Key}
		message(t, "duplicates-merged", l, render.Duplicates(nil, &merged, pol, l))
		message(t, "pair-merged", l, render.Pair(merged, pol, l))
		beside := items[1]
		beside.District, beside.Domain, beside.Name = items[0].District, items[0].Domain, items[0].Name+" 二期 *&"
		message(t, "pair-apart", l, render.Pair(ledger.Settled{A: items[0], B: beside}, pol, l))
		message(t, "item-settled", l, render.Item(render.ItemData{
			Policy: pol, Item: items[0], Settled: []ledger.Settled{merged, {A: items[0], B: beside}}, People: peopleState(t), Now: now,
		}, l))
		message(t, "duplicates-none", l, render.Duplicates(nil, nil, pol, l))
		adopted, _ := s.PathOf(policy.Scenarios)
		scenarios, _ := pol.Indicator(policy.Scenarios)
		golden(t, "path-form", l, "", render.PathModal(render.PathData{Policy: pol}, l))
		golden(t, "path-form-filled", l, "", render.PathModal(render.PathData{
			Policy: pol, Indicator: policy.Scenarios, Points: render.PathLines(adopted.Path), Reason: "会议", Adopted: map[policy.IndicatorID]ledger.AdoptedPath{policy.Scenarios: adopted},
		}, l))
		message(t, "path-note", l, render.PathNote(adopted, scenarios, l))
	}
	if n := len(s.Duplicates()); n == 0 {
		t.Error("the two items of one name are not suspected")
	}
	if page, words := render.ParseItemsPage(render.ItemsPage(3, "昆山 a|b")); page != 3 || words != "昆山 a|b" {
		t.Errorf("read back as %d %q", page, words)
	}
	if page, _ := render.ParseItemsPage("-1|x"); page != 0 {
		t.Errorf("page %d", page)
	}
	a, b, ok := render.ParsePairValue(render.PairValue(items[0].Key, items[1].Key))
	if a != items[0].Key || b != items[1].Key || !ok {
		t.Errorf("read back as %q %q %t", a, b, ok)
	}
}

// TestNothingIsRoundedUpToAll holds that a share is never told as more than it
// is at its ends.
func TestNothingIsRoundedUpToAll(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	d := subject(t, ledger.State{})
	for value, want := range map[float64]string{0.3: "<1%", 99.6: "99%", 100: "100%", 250: "250%", 14.4: "14%"} {
		for i, p := range d.Targets {
			if p.Indicator.ID == policy.Scenarios {
				d.Targets[i].Value, d.Targets[i].Has = value, true
			}
		}
		scenarios, _ := pol.Indicator(policy.Scenarios)
		m := render.IndicatorProgress(d, scenarios, render.Figures{}, lang.EN)
		if got := visible(m.Blocks); !strings.Contains(got, ", "+want+" of the target") || !strings.Contains(m.Pictures[0].Alt, want) {
			t.Errorf("%v of 100 is not told as %s:\n%s\n%s", value, want, got, m.Pictures[0].Alt)
		}
	}
}

// longCell is a cell whose reports and items are as long as they can be.
func longCell(one ledger.Report, reports []ledger.Report) render.CellData {
	it := ledger.Item{Key: "k", Indicator: one.Indicator, Domain: one.Domain, District: one.District, Name: one.Name, Holder: one.Name, Place: one.Name, Evidence: one.Evidence, Report: one.ID, Period: one.Period}
	d := render.CellData{Policy: policy.Default(), Period: "2026Q4", Now: now, Details: ledger.CellDetails{Cell: ledger.Cell{Domain: one.Domain, District: one.District}, Reports: reports}}
	for range reports {
		d.Details.Items = append(d.Details.Items, it)
	}
	return d
}

func longSuspects(one ledger.Report) []ledger.Suspect {
	items := longCell(one, []ledger.Report{one, one}).Details.Items
	all := make([]ledger.Suspect, 0, 20)
	for range 20 {
		all = append(all, ledger.Suspect{A: items[0], B: items[1], Kind: ledger.SameKey})
	}
	return all
}
