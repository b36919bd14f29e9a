package evaluation_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

// TestTargetsAndDefinitionsAreAdopted as the layout is: from a day on, and the
// older ones before it.
func TestTargetsAndDefinitionsAreAdopted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	target, _ := w.pol().Target(policy.Platforms, 2030)
	more := target
	more.Value, more.Text, more.Summary, more.Aliases = 15, lang.T("15家以上", "15 or more"), lang.T("培育15家以上", "Foster 15 or more"), policy.Aliases{ZH: []string{"平台目标"}}
	definition, _ := w.pol().Indicator(policy.Scenarios)
	definition.CountsWhen = lang.T("验收后", "when accepted")
	change := func(f func(*evaluation.PolicyChange)) evaluation.PolicyChange {
		ch := evaluation.PolicyChange{Effective: "2027-01-01", Targets: []policy.Target{more}, Indicators: []policy.Indicator{definition}, Reason: "中期调整"}
		f(&ch)
		return ch
	}
	for code, ch := range map[string]evaluation.PolicyChange{
		"effective_past":  change(func(c *evaluation.PolicyChange) { c.Effective = "2026-11-23" }),
		"reason_missing":  change(func(c *evaluation.PolicyChange) { c.Reason = " " }),
		"reason.too_long": change(func(c *evaluation.PolicyChange) { c.Reason = long(evaluation.MaxReason + 1) }),
		"adoption-empty":  change(func(c *evaluation.PolicyChange) { c.Targets, c.Indicators = nil, nil }),
		"target-indicator": change(func(c *evaluation.PolicyChange) {
			c.Targets = []policy.Target{{ID: "x", Year: 2030, Indicator: "gdp", Text: ship, Summary: ship}}
		}),
	} {
		drafts, err := evaluation.AdoptChange(w.s, w.pol(), leader, ch, w.clock)
		w.refuses(drafts, err, code)
	}
	good := change(func(*evaluation.PolicyChange) {})
	drafts, err := evaluation.AdoptChange(w.s, w.pol(), office, good, w.clock)
	w.refuses(drafts, err, "not_allowed")
	drafts, err = evaluation.AdoptChange(w.s, w.pol(), leader, good, w.clock)
	w.do(drafts, err)

	pol := w.pol()
	day := evaluation.Day("2027-01-01")
	for _, tt := range []struct {
		name   string
		as     *policy.Policy
		value  float64
		counts lang.Text
	}{
		{"the day before", pol.At(day.Start().Add(-1)), target.Value, mustIndicator(policy.Default(), policy.Scenarios).CountsWhen},
		{"the day", pol.At(day.Start()), 15, definition.CountsWhen},
		{"as of any date", pol, 15, definition.CountsWhen},
	} {
		got, _ := tt.as.Target(policy.Platforms, 2030)
		if got.Value != tt.value || mustIndicator(tt.as, policy.Scenarios).CountsWhen != tt.counts {
			t.Errorf("%s: %v, %s", tt.name, got.Value, mustIndicator(tt.as, policy.Scenarios).CountsWhen.ZH)
		}
	}
	got, _ := pol.Target(policy.Platforms, 2030)
	got.Cite, more.Cite = policy.Citation{}, policy.Citation{}
	more.Damage = ""
	if diff := cmp.Diff(more, got); diff != "" {
		t.Errorf("what was adopted (-want +got):\n%s", diff)
	}
	if v := pol.TargetVersions(target.ID); len(v) != 2 || !v[1].From.Equal(day.Start()) {
		t.Errorf("versions %+v", v)
	}
}

func mustIndicator(p *policy.Policy, id policy.IndicatorID) policy.Indicator {
	i, _ := p.Indicator(id)
	return i
}

// TestRecordHoldsThePolicy: the whole state gives the policy as adopted, by one
// pointer until something else is adopted.
func TestRecordHoldsThePolicy(t *testing.T) {
	t.Parallel()
	w := lived(t)
	var s record.State
	if s.Policy(policy.Default()) != policy.Default() {
		t.Error("an empty record has another policy")
	}
	for _, e := range w.log {
		var err error
		if s, err = s.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	pol := s.Policy(policy.Default())
	if pol == policy.Default() || len(pol.Layouts) != 2 || pol.Layouts[1].Version != 2 || len(pol.Domains) != 9 {
		t.Errorf("%d layouts, %d domains", len(pol.Layouts), len(pol.Domains))
	}
	next, err := s.Apply(journal.Entry{Number: 9999, Kind: "something.else", Version: 1, Data: []byte("{}")})
	if err != nil || next.Policy(policy.Default()) != pol {
		t.Errorf("an entry that adopts nothing made another policy, %v", err)
	}
	other, err := policy.Default().With(policy.Adoption{Effective: day(12, 1), Targets: []policy.Target{{ID: "2040-x", Year: 2040, Op: policy.Qualitative, Text: ship, Summary: ship}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Policy(other).Layouts) != 2 || s.Policy(policy.Default()).Layouts[1].Version != 2 {
		t.Error("another base does not get what was adopted")
	}
}

// TestNextSteps spells out who may do what in each phase.
func TestNextSteps(t *testing.T) {
	t.Parallel()
	check := func(w *world, who people.Person, want ...string) {
		t.Helper()
		var got []string
		for _, n := range w.s.NextSteps(w.pol(), w.cycle(), who, w.clock) {
			line := string(n.Action)
			if n.Blocked != nil {
				p, ok := errors.AsType[*lang.Problem](n.Blocked)
				if !ok || !p.Words.Complete() {
					t.Errorf("%s is blocked by %v", n.Action, n.Blocked)
					continue
				}
				line += " (" + p.Code + ")"
			}
			if !n.Label.Complete() {
				t.Errorf("%s has the label %+v", n.Action, n.Label)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", who.User, w.cycle().Phase, diff)
		}
	}
	w := newWorld(t)
	_, drafts, err := evaluation.Begin(w.s, w.pol(), office, 2026, w.clock)
	w.do(drafts, err)
	check(w, office, "prepare", "open (dates)", "cancel", "recuse")
	w = prepared(t, 3)
	check(w, office, "prepare", "open", "cancel", "recuse")
	check(w, member(1), "recuse")
	check(w, leader)
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	check(w, office, "start-scoring", "cancel", "dates", "leave", "recuse")
	w.at(day(12, 1)).do(evaluation.Tick(w.s, w.clock), nil)
	check(w, office, "second-round (scoring_running)", "close-scoring (scoring_running)", "cancel", "dates", "leave", "recuse")
	check(w, member(1), "score", "recuse")
	check(w, member(9))
	for _, m := range committee(3) {
		w.scoreAll(m, func(int) int { return 7 })
	}
	if n := w.s.NextSteps(w.pol(), w.cycle(), member(1), w.clock)[0]; n.Left != 0 || n.Of != 17 || n.Until != "2026-12-07" {
		t.Errorf("all scored: %+v", n)
	}
	w.at(day(12, 8))
	check(w, member(1), "score (scoring_closed)", "recuse")
	w.take(office, evaluation.ActSecond, evaluation.Params{})
	check(w, member(1), "revise", "recuse", "results")
	check(w, office, "close-scoring (second_running)", "cancel", "dates", "leave", "recuse", "results")
	w.at(day(12, 11)).take(office, evaluation.ActClose, evaluation.Params{})
	check(w, office, "move", "minute", "publish (motions_open)", "cancel", "dates", "leave", "recuse", "results")
	w.put(quantumWujiang, evaluation.Keep, noText)
	check(w, office, "move", "end-vote", "minute", "publish (motions_open)", "cancel", "dates", "leave", "recuse", "results")
	check(w, member(1), "vote", "recuse", "results")
	w.vote(member(1), quantumWujiang, evaluation.For)
	if n := w.s.NextSteps(w.pol(), w.cycle(), member(1), w.clock)[0]; n.Left != 0 || n.Of != 1 {
		t.Errorf("voted: %+v", n)
	}
	if o := w.s.Outstanding(w.cycle(), w.clock); len(o) != 2 || o[0] != (evaluation.Duty{Member: "UM02", Action: evaluation.ActVote, Left: 1, Of: 1, Until: "2026-12-12"}) {
		t.Errorf("outstanding %+v", o)
	}
	w.vote(member(2), quantumWujiang, evaluation.For)
	w.closeBallot(quantumWujiang)
	w.carryRest()
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	check(w, county, "proposals", "object")
	check(w, nobody, "proposals")
	check(w, member(1), "results", "proposals", "object")
	drafts, err = evaluation.Object(w.s, county, year, evaluation.ObjectionForm{From: "a", Text: "b"}, w.clock)
	w.do(drafts, err)
	check(w, office, "answer", "end-notice (notice_running)", "cancel", "dates", "leave", "results", "proposals", "object")
	drafts, err = evaluation.AnswerObjection(w.s, office, year, 1, "c", w.clock)
	w.do(drafts, err)
	w.at(day(12, 21)).take(office, evaluation.ActEndNotice, evaluation.Params{})
	check(w, leader, "adopt", "reject", "results", "proposals")
	check(w, office, "cancel", "dates", "leave", "results", "proposals")
	w.take(leader, evaluation.ActAdopt, evaluation.Params{})
	check(w, office, "archive", "results", "proposals")
}

func TestProceedings(t *testing.T) {
	t.Parallel()
	c := lived(t).cycle()
	lines := c.Proceedings()
	for i, l := range lines {
		if !l.Words.Complete() || l.At.IsZero() || i > 0 && l.At.Before(lines[i-1].At) {
			t.Errorf("line %d: %+v", i, l)
		}
	}
	if len(lines) < 40 || lines[0].Words.EN != "now at: preparation" {
		t.Errorf("%d lines, the first %+v", len(lines), lines[0])
	}
}

func TestEverythingHasWords(t *testing.T) {
	t.Parallel()
	var all []lang.Text
	for _, p := range evaluation.Phases() {
		all = append(all, p.Label())
	}
	for _, n := range evaluation.DateNames() {
		all = append(all, n.Label())
	}
	for _, tr := range evaluation.Transitions() {
		all = append(all, tr.Action.Label())
	}
	for _, k := range []evaluation.ItemKind{evaluation.Existing, evaluation.Outside, evaluation.New} {
		all = append(all, k.Label())
		for _, v := range (evaluation.Item{Kind: k}).Verdicts() {
			all = append(all, v.Label())
		}
	}
	for _, m := range []evaluation.MotionState{evaluation.Voting, evaluation.Carried, evaluation.Lost, evaluation.Tied, evaluation.NoQuorum} {
		all = append(all, m.Label())
	}
	for _, c := range []evaluation.Choice{evaluation.For, evaluation.Against, evaluation.Abstain} {
		all = append(all, c.Label())
	}
	all = append(all, evaluation.Technical.Label(), evaluation.Situation.Label(), evaluation.PrivacyNotice(), year.Label(), evaluation.DefaultRules().Quorum.Label(),
		evaluation.Verdict("").Label(), evaluation.Day("").Label(), evaluation.Day("2026-12-01").Label())
	for _, l := range all {
		if !l.Complete() || l.ZH == l.EN {
			t.Errorf("label %+v", l)
		}
	}
	if got := evaluation.DefaultRules().Quorum.Label(); got != lang.T("三分之二", "2/3") {
		t.Errorf("two thirds are %+v", got)
	}
	if d, err := evaluation.ParseDay(" 2026-12-01 "); err != nil || d != "2026-12-01" {
		t.Errorf("day %q, %v", d, err)
	}
	if _, err := evaluation.ParseDay("明天"); !errors.Is(err, &lang.Problem{Code: "no_day"}) {
		t.Errorf("tomorrow: %v", err)
	}
}
