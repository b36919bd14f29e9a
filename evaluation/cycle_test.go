package evaluation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

const (
	hydrogenTaicang = evaluation.ItemID("hydrogen:taicang")
	metaverseGusu   = evaluation.ItemID("metaverse:gusu")
	quantumWujiang  = evaluation.ItemID("quantum:wujiang")
	brainSIP        = evaluation.ItemID("brain-computer:sip")
)

var brain = &evaluation.NewDomain{
	Name: lang.T("脑机接口", "Brain-computer interfaces"), Short: lang.T("脑机", "BCI"), Summary: lang.T("脑与机器的接口。", "Interfaces of brain and machine."),
}

// TestAWholeCycle lives a cycle from its preparation to the layout that it
// changes, in the second round too, and one year on to the next.
func TestAWholeCycle(t *testing.T) {
	t.Parallel()
	w := prepared(t, 9)
	for _, p := range []evaluation.Proposal{
		{Domain: policy.Hydrogen, District: policy.Taicang, Focus: lang.T("氢能船舶、氢燃料电池", "hydrogen ships and hydrogen fuel cells"), Why: "布局外上报了项目"},
		{Domain: "brain-computer", District: policy.SIP, Focus: lang.T("脑机接口芯片", "chips for brain-computer interfaces"), New: brain},
		{Domain: "brain-computer", District: policy.Huqiu, Focus: lang.T("脑机接口康复", "rehabilitation by brain-computer interfaces")},
	} {
		drafts, err := evaluation.AddItem(w.s, w.pol(), office, year, p, w.clock)
		w.do(drafts, err)
	}
	drafts, err := evaluation.Propose(w.s, office, year, quantumWujiang, lang.T("量子通信网络", "quantum communication networks"), w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.Recuse(w.s, member(1), year, evaluation.Recusal{Member: "UM01", District: policy.Gusu, Reason: "任职单位在姑苏"}, w.clock)
	w.do(drafts, err)
	if n := len(w.cycle().Items); n != 20 {
		t.Fatalf("%d items, want 17 and 3 new", n)
	}
	if got := w.cycle().Title(w.pol(), brainSIP); got != lang.T("脑机接口 · 苏州工业园区", "Brain-computer interfaces · "+mustDistrict(w, policy.SIP).EN) {
		t.Errorf("title %+v", got)
	}

	w.take(office, evaluation.ActOpen, evaluation.Params{})
	opened := w.log[len(w.log)-1]
	if c := w.cycle(); c.Frozen != opened.Number || !c.FrozenAt.Equal(opened.Time) || !c.Judged(opened.Time) || c.Judged(opened.Time.Add(time.Millisecond)) {
		t.Errorf("frozen at %d, %s", c.Frozen, c.FrozenAt)
	}
	if got := evaluation.Tick(w.s, day(11, 30)); got != nil {
		t.Errorf("scoring begins too early: %v", got)
	}
	w.at(day(12, 1)).do(evaluation.Tick(w.s, w.clock), nil)
	if got := evaluation.Tick(w.s, w.clock); got != nil || w.cycle().Phase != evaluation.Scoring {
		t.Errorf("in phase %s, ticking again gives %v", w.cycle().Phase, got)
	}

	// Seven of nine score everything: Taicang's hydrogen and the new domain in
	// the park high, the others in the middle, Gusu's metaverse low and divided.
	high := func(i evaluation.ItemID) int {
		switch i {
		case hydrogenTaicang, brainSIP:
			return 9
		case metaverseGusu:
			return 2
		case "brain-computer:huqiu":
			return 3
		}
		return 7
	}
	for n, m := range committee(7) {
		w.scoreAll(m, func(k int) int {
			i := w.cycle().Items[k].ID
			if i == metaverseGusu && n%2 == 0 {
				return 9
			}
			return high(i)
		})
	}
	if _, err := w.s.Results(office, year); !errors.Is(err, &lang.Problem{Code: "round_open"}) {
		t.Errorf("results while the round is open: %v", err)
	}
	w.at(day(12, 8)).take(office, evaluation.ActSecond, evaluation.Params{})
	first, err := w.s.Results(office, year)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := w.s.SecondRound(member(3), year)
	if err != nil || len(seen) != 20 {
		t.Fatalf("the second round shows %d items, %v", len(seen), err)
	}
	for _, i := range seen {
		if i.Item.ID == metaverseGusu && (i.Median != 5.5 || i.Own.Weighted != 9 || i.N != 6) {
			t.Errorf("Gusu in the second round: %+v", i)
		}
	}
	// Two come round.
	for _, m := range []int{3, 5} {
		w.score(member(m), metaverseGusu, 2)
	}
	if again, _ := w.s.Results(office, year); cmp.Diff(first, again) != "" {
		t.Errorf("a score of the running second round shows:\n%s", cmp.Diff(first, again))
	}
	w.at(day(12, 11)).take(office, evaluation.ActClose, evaluation.Params{})
	agenda, err := w.s.Agenda(office, year)
	if err != nil {
		t.Fatal(err)
	}
	if agenda[0].Item.ID != metaverseGusu || agenda[0].Weighted.Median != 2 || !agenda[0].Divided || agenda[0].Proposal.Verdict != evaluation.Withdraw {
		t.Errorf("the first on the agenda: %+v", agenda[0])
	}
	for _, a := range agenda {
		want := map[evaluation.ItemID]evaluation.Verdict{
			hydrogenTaicang: evaluation.Add, brainSIP: evaluation.Add, metaverseGusu: evaluation.Withdraw, "brain-computer:huqiu": evaluation.Leave,
		}[a.Item.ID]
		if want == "" {
			want = evaluation.Keep
		}
		if a.Recommendation != want || a.Proposal.Verdict != want || a.NeedsNew {
			t.Errorf("%s: %s is recommended, want %s", a.Item.ID, a.Recommendation, want)
		}
	}
	if r, _ := w.s.Results(member(9), year); r.Round != 2 || r.Changed != 2 || r.Complete != 6 || r.Turnout != (evaluation.Turnout{Took: 7, Entitled: 9, Needed: 6}) {
		t.Errorf("round %d, %d changed, %d complete, %+v", r.Round, r.Changed, r.Complete, r.Turnout)
	}

	// Adopted as proposed, changed, and rejected.
	w.carry(hydrogenTaicang, evaluation.Add, lang.Text{})
	w.carry(brainSIP, evaluation.Add, lang.Text{})
	w.carry(metaverseGusu, evaluation.Withdraw, lang.Text{})
	w.carry(quantumWujiang, evaluation.Adjust, lang.Text{})
	w.carryRest()
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	if next, changed, err := w.cycle().Preview(w.pol()); err != nil || !changed || next.Layouts.Latest().Version != 2 || w.pol() != policy.Default() {
		t.Errorf("preview: %v, %v", changed, err)
	}
	drafts, err = evaluation.Object(w.s, county, year, evaluation.ObjectionForm{Item: metaverseGusu, From: "某企业", Text: "希望保留"}, w.clock)
	w.do(drafts, err)
	w.at(day(12, 21)).cannotTake(office, evaluation.ActEndNotice, evaluation.Params{}, "objections_open")
	drafts, err = evaluation.AnswerObjection(w.s, office, year, 1, "已转区里研究。", w.clock)
	w.do(drafts, err)
	w.take(office, evaluation.ActEndNotice, evaluation.Params{})
	w.take(leader, evaluation.ActAdopt, evaluation.Params{})

	c := w.cycle()
	if c.Phase != evaluation.Adopted || !c.Outcome.Adopted || c.Outcome.Layout != 2 || c.Outcome.Effective != "2027-01-01" || len(c.Outcome.Changes) != 20 {
		t.Errorf("outcome %+v", c.Outcome)
	}
	next := w.pol()
	before, from := evaluation.Day("2027-01-01").Start().Add(-time.Nanosecond), evaluation.Day("2027-01-01").Start()
	if next == policy.Default() || next != w.pol() {
		t.Error("the policy is not one pointer, or nothing was adopted")
	}
	old := next.LayoutAt(before)
	if diff := cmp.Diff(policy.Default().Layouts[0].Focus, old.Focus); diff != "" || len(next.At(before).Domains) != 8 {
		t.Errorf("before the effective day it is not the old layout:\n%s", diff)
	}
	now := next.LayoutAt(from)
	if len(now.Focus) != 18 || len(next.At(from).Domains) != 9 {
		t.Errorf("%d pairs, %d domains", len(now.Focus), len(next.At(from).Domains))
	}
	if f, ok := now.FocusOf(policy.Hydrogen, policy.Taicang); !ok || len(f.Terms) == 0 || f.Cite.Place != year.Label() {
		t.Errorf("Taicang's hydrogen: %+v", f)
	}
	if f, ok := now.FocusOf(policy.Quantum, policy.Wujiang); !ok || f.Text.ZH != "量子通信网络" {
		t.Errorf("Wujiang's quantum: %+v", f)
	}
	if _, ok := now.FocusOf(policy.Metaverse, policy.Gusu); ok {
		t.Error("Gusu still leads the metaverse")
	}
	kept, _ := now.FocusOf(policy.NewMaterials, policy.SIP)
	was, _ := old.FocusOf(policy.NewMaterials, policy.SIP)
	if diff := cmp.Diff(was, kept); diff != "" {
		t.Errorf("what was kept changed:\n%s", diff)
	}
	if d, ok := next.At(from).FindDomain("脑机"); !ok || d.Number != 9 || !slices.Equal(now.DistrictsOf(d.ID), []policy.DistrictID{policy.SIP}) {
		t.Errorf("the new domain: %+v", d)
	}
	w.take(office, evaluation.ActArchive, evaluation.Params{})

	// The next year's cycle judges the new layout.
	id, drafts, err := evaluation.Begin(w.s, w.pol(), office, 2027, w.clock)
	w.do(drafts, err)
	if second, _ := w.s.Cycle(id); second.Base != 2 || len(second.Items) != 18 {
		t.Errorf("the next cycle judges version %d with %d items", second.Base, len(second.Items))
	}
	last, ok := w.s.Previous(id)
	if r, err := w.s.Results(member(1), last.ID); !ok || last.ID != year || err != nil {
		t.Errorf("last year's cycle is %q, %v", last.ID, err)
	} else if i, ok := r.Item(quantumWujiang); !ok || i.Weighted.Median != 7 {
		t.Errorf("last year's figures: %+v", i)
	}
	if _, ok := w.s.Previous(year); ok {
		t.Error("there is a cycle before the first")
	}
	if all := w.s.Cycles(); len(all) != 2 || all[0].ID != "2027" {
		t.Errorf("cycles: %d", len(all))
	}
}

func mustDistrict(w *world, id policy.DistrictID) lang.Text {
	d, _ := w.pol().District(id)
	return d.Name
}

func TestRejectedKeepsTheLayout(t *testing.T) {
	t.Parallel()
	w := deliberating(t, 3)
	w.carry(metaverseGusu, evaluation.Withdraw, lang.Text{})
	w.carryRest()
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	w.at(day(12, 21)).take(office, evaluation.ActEndNotice, evaluation.Params{})
	w.cannotTake(office, evaluation.ActAdopt, evaluation.Params{}, "not_allowed")
	w.cannotTake(leader, evaluation.ActReject, evaluation.Params{Reason: " "}, "reason_missing")
	w.take(leader, evaluation.ActReject, evaluation.Params{Reason: "条件尚不成熟"})
	c := w.cycle()
	if c.Phase != evaluation.Rejected || c.Outcome.Adopted || c.Outcome.Layout != 0 || w.pol() != policy.Default() {
		t.Errorf("outcome %+v", c.Outcome)
	}
	for _, ch := range c.Outcome.Changes {
		if ch.Verdict != evaluation.Keep || ch.Focus.IsZero() {
			t.Errorf("rejected, and yet %+v", ch)
		}
	}
	w.take(office, evaluation.ActArchive, evaluation.Params{})
	w.cannotTake(office, evaluation.ActCancel, evaluation.Params{Reason: "x"}, "wrong_phase")
}

func TestAdoptingWithoutAChangeMakesNoVersion(t *testing.T) {
	t.Parallel()
	w := deliberating(t, 3)
	w.carryRest()
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	w.at(day(12, 21)).take(office, evaluation.ActEndNotice, evaluation.Params{})
	w.take(leader, evaluation.ActAdopt, evaluation.Params{})
	if c := w.cycle(); !c.Outcome.Adopted || c.Outcome.Layout != 0 || c.Outcome.Effective != "" || w.pol() != policy.Default() {
		t.Errorf("outcome %+v", c.Outcome)
	}
}

// TestBeginRefuses names each refusal.
func TestBeginRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	begin := func(who people.Person, year int) func(string) {
		_, drafts, err := evaluation.Begin(w.s, w.pol(), who, year, w.clock)
		return func(code string) { t.Helper(); w.refuses(drafts, err, code) }
	}
	begin(member(1), 2026)("not_allowed")
	begin(nobody, 2026)("stranger")
	begin(office, 26)("cycle_year")
	_, drafts, err := evaluation.Begin(w.s, w.pol(), office, 2026, w.clock)
	w.do(drafts, err)
	begin(office, 2027)("cycle_running")
	w.take(office, evaluation.ActCancel, evaluation.Params{Reason: "推迟"})
	id, drafts, err := evaluation.Begin(w.s, w.pol(), office, 2026, w.clock)
	if w.do(drafts, err); id != "2026-2" {
		t.Errorf("after a cancelled one it is %q", id)
	}
	if _, ok := w.s.Current(); !ok {
		t.Error("no cycle is under way")
	}
	w = deliberating(t, 3)
	w.carryRest()
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	w.at(day(12, 21)).take(office, evaluation.ActEndNotice, evaluation.Params{})
	w.take(leader, evaluation.ActAdopt, evaluation.Params{})
	begin(office, 2026)("cycle_exists")
}

// TestPreparing names each refusal of what is set up.
func TestPreparing(t *testing.T) {
	t.Parallel()
	w := prepared(t, 3)
	criteria := func(change func([]evaluation.Criterion) []evaluation.Criterion) {
		t.Helper()
		drafts, err := evaluation.SetCriteria(w.s, office, year, change(evaluation.DefaultCriteria()), w.clock)
		w.refuses(drafts, err, "criteria")
	}
	criteria(func([]evaluation.Criterion) []evaluation.Criterion { return nil })
	criteria(func(all []evaluation.Criterion) []evaluation.Criterion { all[1].ID = all[0].ID; return all })
	criteria(func(all []evaluation.Criterion) []evaluation.Criterion { all[1].ID = "No Good"; return all })
	criteria(func(all []evaluation.Criterion) []evaluation.Criterion { all[1].Name.EN = ""; return all })
	criteria(func(all []evaluation.Criterion) []evaluation.Criterion { all[1].Asks.EN = ""; return all })
	criteria(func(all []evaluation.Criterion) []evaluation.Criterion { all[1].Group = "taste"; return all })
	criteria(func(all []evaluation.Criterion) []evaluation.Criterion { all[1].Weight = 0; return all })
	if drafts, err := evaluation.SetCriteria(w.s, office, year, evaluation.DefaultCriteria(), w.clock); w.do(drafts, err) != 0 {
		t.Error("the same criteria were written again")
	}
	sum := 0
	for _, c := range evaluation.DefaultCriteria() {
		if sum += c.Weight; !c.Name.Complete() || !c.Asks.Complete() {
			t.Errorf("default criterion %+v", c)
		}
	}
	if sum != 100 {
		t.Errorf("the default weights sum to %d", sum)
	}

	for _, change := range []func(*evaluation.Rules){
		func(r *evaluation.Rules) { r.Quorum = evaluation.Share{Num: 3, Den: 2} },
		func(r *evaluation.Rules) { r.Majority = evaluation.Share{Num: 1, Den: 3} },
		func(r *evaluation.Rules) { r.Keep = 9 },
		func(r *evaluation.Rules) { r.Divided = 0 },
	} {
		rules := evaluation.DefaultRules()
		change(&rules)
		drafts, err := evaluation.SetRules(w.s, office, year, rules, w.clock)
		w.refuses(drafts, err, "rules")
	}
	for code, change := range map[string]func(*evaluation.Dates){
		"scoring-from.date_missing": func(d *evaluation.Dates) { d.ScoringFrom = "" },
		"scoring-until.date_order":  func(d *evaluation.Dates) { d.ScoringUntil = "2026-11-30" },
		"scoring-from.date_past":    func(d *evaluation.Dates) { d.ScoringFrom = "2026-11-22" },
		"effective.date_order":      func(d *evaluation.Dates) { d.Effective = d.Decision },
		"decision.date_missing":     func(d *evaluation.Dates) { d.Decision = "2026-12-32" },
	} {
		d := dates
		change(&d)
		drafts, err := evaluation.SetDates(w.s, office, year, d, w.clock)
		w.refuses(drafts, err, code)
	}
	drafts, err := evaluation.SetMembers(w.s, office, year, nil, w.clock)
	w.refuses(drafts, err, "members_few")
	drafts, err = evaluation.SetMembers(w.s, office, year, []people.Person{county}, w.clock)
	w.refuses(drafts, err, "member_role")

	good := evaluation.Proposal{Domain: policy.Hydrogen, District: policy.Taicang, Focus: lang.T("氢能船舶", "hydrogen ships")}
	for code, change := range map[string]func(*evaluation.Proposal){
		"domain.domain_unknown":     func(p *evaluation.Proposal) { p.Domain = "brain-computer" },
		"domain.domain-words":       func(p *evaluation.Proposal) { p.Domain, p.New = "brain-computer", &evaluation.NewDomain{} },
		"district.district_unknown": func(p *evaluation.Proposal) { p.District = "wuxi" },
		"district.item_exists":      func(p *evaluation.Proposal) { p.District = policy.Zhangjiagang },
		"focus_en.missing":          func(p *evaluation.Proposal) { p.Focus.EN = " " },
		"focus_zh.too_long":         func(p *evaluation.Proposal) { p.Focus.ZH = long(evaluation.MaxFocus + 1) },
		"reason.too_long":           func(p *evaluation.Proposal) { p.Why = long(evaluation.MaxReason + 1) },
	} {
		p := good
		change(&p)
		drafts, err := evaluation.AddItem(w.s, w.pol(), office, year, p, w.clock)
		w.refuses(drafts, err, code)
	}
	p := good
	p.Domain, p.New = "brain-computer", brain
	drafts, err = evaluation.AddItem(w.s, w.pol(), office, year, p, w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.RemoveItem(w.s, office, year, "brain-computer:taicang", w.clock)
	w.do(drafts, err)
	if c := w.cycle(); len(c.Items) != 17 || len(c.NewDomains) != 0 {
		t.Errorf("%d items and the new domains %v are left", len(c.Items), c.NewDomains)
	}
	if drafts, err = evaluation.RemoveItem(w.s, office, year, "brain-computer:taicang", w.clock); w.do(drafts, err) != 0 {
		t.Error("removed twice")
	}
	for _, i := range w.cycle().Items[1:] {
		drafts, err = evaluation.RemoveItem(w.s, office, year, i.ID, w.clock)
		w.do(drafts, err)
	}
	drafts, err = evaluation.RemoveItem(w.s, office, year, w.cycle().Items[0].ID, w.clock)
	w.refuses(drafts, err, "items_none")
	drafts, err = evaluation.Propose(w.s, office, year, "x:y", lang.Text{}, w.clock)
	w.refuses(drafts, err, "no_item")
	drafts, err = evaluation.Propose(w.s, office, "1999", "x:y", lang.Text{}, w.clock)
	w.refuses(drafts, err, "no_cycle")
	drafts, err = evaluation.SetCriteria(w.s, member(1), year, nil, w.clock)
	w.refuses(drafts, err, "not_allowed")
}

func long(n int) string {
	r := make([]rune, n)
	for i := range r {
		r[i] = '长'
	}
	return string(r)
}

// TestOpeningRefuses names what opening needs.
func TestOpeningRefuses(t *testing.T) {
	t.Parallel()
	w := prepared(t, 4)
	all := evaluation.DefaultCriteria()
	all[0].Weight++
	drafts, err := evaluation.SetCriteria(w.s, office, year, all, w.clock)
	w.do(drafts, err)
	w.cannotTake(office, evaluation.ActOpen, evaluation.Params{}, "weights")
	drafts, err = evaluation.SetCriteria(w.s, office, year, evaluation.DefaultCriteria(), w.clock)
	w.do(drafts, err)

	drafts, err = evaluation.SetMembers(w.s, office, year, committee(2), w.clock)
	w.do(drafts, err)
	w.cannotTake(office, evaluation.ActOpen, evaluation.Params{}, "members_few")
	drafts, err = evaluation.SetMembers(w.s, office, year, committee(3), w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.Recuse(w.s, office, year, evaluation.Recusal{Member: "UM02", Domain: policy.Quantum, Reason: "参股"}, w.clock)
	w.do(drafts, err)
	w.cannotTake(office, evaluation.ActOpen, evaluation.Params{}, "judges_few")
	drafts, err = evaluation.SetMembers(w.s, office, year, append(committee(1), member(3), member(4)), w.clock)
	w.do(drafts, err)
	if n := len(w.cycle().Recusals); n != 0 {
		t.Errorf("%d recusals are left of somebody who is no member", n)
	}
	w.cannotTake(member(1), evaluation.ActOpen, evaluation.Params{}, "not_allowed")
	w.cannotTake(office, evaluation.ActAdopt, evaluation.Params{}, "not_allowed")
	w.cannotTake(office, evaluation.ActClose, evaluation.Params{}, "wrong_phase")
	w.at(day(12, 2)).cannotTake(office, evaluation.ActOpen, evaluation.Params{}, "dates")
	moved, err := policy.Default().With(policy.Adoption{Effective: day(12, 3), Layout: &policy.Layout{Version: 2, Focus: policy.Default().Layouts[0].Focus[:3]}})
	if err != nil {
		t.Fatal(err)
	}
	w = prepared(t, 3)
	drafts, err = evaluation.Take(w.s, moved, office, year, evaluation.ActOpen, evaluation.Params{}, w.clock)
	w.refuses(drafts, err, "layout_moved")
	drafts, err = evaluation.Take(w.s, w.pol(), office, "1999", evaluation.ActOpen, evaluation.Params{}, w.clock)
	w.refuses(drafts, err, "no_cycle")
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	w.cannotTake(office, evaluation.ActOpen, evaluation.Params{}, "wrong_phase")
	drafts, err = evaluation.SetRules(w.s, office, year, evaluation.DefaultRules(), w.clock)
	w.refuses(drafts, err, "wrong_phase")
}
