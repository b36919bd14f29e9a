package render_test

import (
	"fmt"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// day is nine in the morning of a day of December 2026 in Shanghai.
func day(d int) time.Time { return time.Date(2026, 12, d, 9, 0, 0, 0, calendar.Shanghai()) }

// cycleWorld is a cycle of a few items, for what is rendered of it.
type cycleWorld struct {
	t   testing.TB
	s   evaluation.State
	now time.Time
}

const cycleID evaluation.CycleID = "2026"

// judge is a member of the committee: the first one is member.
func judge(n int) people.Person {
	if n == 1 {
		return member
	}
	return person(fmt.Sprintf("UM%d", n), fmt.Sprintf("委员%d", n), fmt.Sprintf("Member %d", n), nil, people.Member)
}

func (w *cycleWorld) do(drafts []journal.Draft, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	w.s = fold(w.t, w.s, drafts, "", w.now)
}

func (w *cycleWorld) pol() *policy.Policy { return w.s.Policy(policy.Default()) }

func (w *cycleWorld) cycle() evaluation.Cycle {
	c, _ := w.s.Cycle(cycleID)
	return c
}

func (w *cycleWorld) take(who people.Person, a evaluation.Action, p evaluation.Params) {
	w.t.Helper()
	drafts, err := evaluation.Take(w.s, w.pol(), who, cycleID, a, p, w.now)
	w.do(drafts, err)
}

// The items of the cycle, and what is new in them.
var (
	taicang   = evaluation.IDOf(policy.Aerospace, policy.Taicang)
	kunshanA  = evaluation.IDOf(policy.Aerospace, policy.Kunshan)
	gusu      = evaluation.IDOf(policy.Metaverse, policy.Gusu)
	outside   = evaluation.IDOf(policy.Hydrogen, policy.Taicang)
	newOne    = evaluation.IDOf("bio-manufacturing", policy.Wuzhong)
	ships     = lang.T("氢能<船舶>&动力", "hydrogen <ships> & drives")
	newDomain = evaluation.NewDomain{
		ID: "bio-manufacturing", Name: lang.T("生物制造", "Biomanufacturing"), Short: lang.T("生物制造", "Biomanufacturing"),
		Summary: lang.T("用生物体制造材料和药物", "making materials and medicines with organisms"),
	}
)

// opened is a cycle of five items and five members, in its first round; member 2
// stands aside from one district.
func opened(t testing.TB) *cycleWorld {
	t.Helper()
	w := &cycleWorld{t: t, now: day(1).AddDate(0, 0, -8)}
	_, drafts, err := evaluation.Begin(w.s, w.pol(), secret, 2026, w.now)
	w.do(drafts, err)
	for _, i := range w.cycle().Items {
		if i.ID != taicang && i.ID != kunshanA && i.ID != gusu {
			drafts, err := evaluation.RemoveItem(w.s, secret, cycleID, i.ID, w.now)
			w.do(drafts, err)
		}
	}
	for _, p := range []evaluation.Proposal{
		{Domain: policy.Hydrogen, District: policy.Taicang, Focus: ships, Why: "去年上报了 <2> 项布局外的进展"},
		{Domain: newDomain.ID, District: policy.Wuzhong, Focus: lang.T("酶制剂", "enzymes"), New: &newDomain, Why: "已有龙头企业"},
	} {
		drafts, err := evaluation.AddItem(w.s, w.pol(), secret, cycleID, p, w.now)
		w.do(drafts, err)
	}
	drafts, err = evaluation.Propose(w.s, secret, cycleID, kunshanA, lang.T("低空物流", "low-altitude logistics"), w.now)
	w.do(drafts, err)
	drafts, err = evaluation.SetMembers(w.s, secret, cycleID, []people.Person{judge(1), judge(2), judge(3), judge(4), judge(5)}, w.now)
	w.do(drafts, err)
	drafts, err = evaluation.SetDates(w.s, secret, cycleID, evaluation.Dates{
		ScoringFrom: "2026-12-01", ScoringUntil: "2026-12-07", SecondUntil: "2026-12-10", Deliberation: "2026-12-12",
		NoticeFrom: "2026-12-13", NoticeUntil: "2026-12-20", Decision: "2026-12-25", Effective: "2027-01-01",
	}, w.now)
	w.do(drafts, err)
	w.take(secret, evaluation.ActOpen, evaluation.Params{})
	drafts, err = evaluation.Recuse(w.s, judge(1), cycleID, evaluation.Recusal{Member: member.User, District: policy.Gusu, Reason: "在当地<企业>任职"}, w.now)
	w.do(drafts, err)
	return w
}

// scoringRound is the same in its first round.
func scoringRound(t testing.TB) *cycleWorld {
	t.Helper()
	w := opened(t)
	w.now = day(1)
	w.do(evaluation.Tick(w.s, w.now), nil)
	return w
}

// score gives a member's scores of an item: v for the first criterion, then one
// more and one less in turn.
func (w *cycleWorld) score(who people.Person, item evaluation.ItemID, v int, reason string) {
	w.t.Helper()
	scores := map[evaluation.CriterionID]int{}
	for n, k := range w.cycle().Criteria {
		scores[k.ID] = min(max(v+[]int{0, 1, -1}[n%3], 0), 10)
	}
	drafts, err := evaluation.Score(w.s, who, cycleID, item, scores, reason, w.now)
	w.do(drafts, err)
}

// given are the scores of the items by each member; -1 gives none.
var given = map[evaluation.ItemID][]int{
	taicang: {8, 9, 8, 9, 8}, kunshanA: {2, 9, 3, 9, 5}, gusu: {-1, 6, 7, 6, 7}, outside: {7, 8, 8, 7, 8}, newOne: {4, 5, 4, 6, -1},
}

func (w *cycleWorld) scoreAll() {
	w.t.Helper()
	for _, i := range w.cycle().Items {
		for n, v := range given[i.ID] {
			if v >= 0 {
				w.score(judge(n+1), i.ID, v, fmt.Sprintf("第 %d 条理由 <b>", n+1))
			}
		}
	}
}

// secondRound is a cycle in its second round.
func secondRound(t testing.TB) *cycleWorld {
	t.Helper()
	w := scoringRound(t)
	w.scoreAll()
	w.now = day(8)
	w.take(secret, evaluation.ActSecond, evaluation.Params{})
	return w
}

// deliberating is a cycle whose scores are told.
func deliberating(t testing.TB) *cycleWorld {
	t.Helper()
	w := scoringRound(t)
	w.scoreAll()
	w.now = day(8)
	w.take(secret, evaluation.ActClose, evaluation.Params{})
	w.now = day(12)
	return w
}

func (w *cycleWorld) put(item evaluation.ItemID, v evaluation.Verdict, focus lang.Text) {
	w.t.Helper()
	drafts, err := evaluation.Put(w.s, secret, cycleID, item, evaluation.MotionText{Verdict: v, Focus: focus}, w.now)
	w.do(drafts, err)
}

// vote casts the choices of the members in their order; an empty one is none.
func (w *cycleWorld) vote(item evaluation.ItemID, choices ...evaluation.Choice) {
	w.t.Helper()
	for n, choice := range choices {
		if choice != "" {
			drafts, err := evaluation.Vote(w.s, judge(n+1), cycleID, item, choice, w.now)
			w.do(drafts, err)
		}
	}
}

func (w *cycleWorld) closeBallot(item evaluation.ItemID) {
	w.t.Helper()
	drafts, err := evaluation.CloseBallot(w.s, secret, cycleID, item, w.now)
	w.do(drafts, err)
}

const (
	yes  = evaluation.For
	no   = evaluation.Against
	none = evaluation.Choice("")
)

// noticed is a cycle on public notice, with one objection that is answered and
// one that is not.
func noticed(t testing.TB) *cycleWorld {
	t.Helper()
	w := deliberating(t)
	for _, m := range []struct {
		item    evaluation.ItemID
		verdict evaluation.Verdict
		focus   lang.Text
	}{
		{taicang, evaluation.Strengthen, lang.Text{}},
		{kunshanA, evaluation.Adjust, lang.T("低空物流", "low-altitude logistics")},
		{gusu, evaluation.Withdraw, lang.Text{}},
		{outside, evaluation.Leave, lang.Text{}},
		{newOne, evaluation.Add, lang.T("酶制剂", "enzymes")},
	} {
		w.put(m.item, m.verdict, m.focus)
		first := yes
		if m.item == gusu {
			first = none
		}
		w.vote(m.item, first, yes, yes, yes, no)
		w.closeBallot(m.item)
	}
	w.now = day(13)
	w.take(secret, evaluation.ActPublish, evaluation.Params{})
	drafts, err := evaluation.Object(w.s, kunshan, cycleID, evaluation.ObjectionForm{Item: kunshanA, From: "昆山市 <陈晨>", Text: "原来的方向刚见效。\n建议保持。"}, w.now)
	w.do(drafts, err)
	drafts, err = evaluation.AnswerObjection(w.s, secret, cycleID, 1, "委员已考虑，理由见纪要。", w.now)
	w.do(drafts, err)
	drafts, err = evaluation.Object(w.s, secret, cycleID, evaluation.ObjectionForm{From: "某协会", Text: "公示期太短。"}, w.now)
	w.do(drafts, err)
	return w
}

// scoreData is what a member sees of their scores.
func (w *cycleWorld) scoreData(who people.Person, l lang.Lang) render.ScoreData {
	w.t.Helper()
	c := w.cycle()
	d := render.ScoreData{
		Policy: w.pol(), Cycle: c, Member: who.User, Open: c.Open(w.now), Now: w.now,
		Sheets: map[evaluation.ItemID]evaluation.Sheet{}, Second: map[evaluation.ItemID]evaluation.SecondItem{},
		Memory: render.ScoreMemory{Cycle: c.ID, Lang: l, Generation: 3},
	}
	d.Progress, d.Left = w.s.ProgressOf(c, who.User)
	sheets, err := w.s.ScoresOf(who, c.ID, who.User)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, s := range sheets {
		d.Sheets[s.Item] = s
	}
	if c.Phase == evaluation.Second {
		second, err := w.s.SecondRound(who, c.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, s := range second {
			d.Second[s.Item.ID] = s
		}
	}
	return d
}

// resultsData is what the scores say.
func (w *cycleWorld) resultsData() render.ResultsData {
	w.t.Helper()
	r, err := w.s.Results(secret, cycleID)
	if err != nil {
		w.t.Fatal(err)
	}
	items, err := w.s.Agenda(secret, cycleID)
	if err != nil {
		w.t.Fatal(err)
	}
	return render.ResultsData{Policy: w.pol(), Cycle: w.cycle(), Result: r, Items: items}
}

// agendaData is the deliberation as a person sees it.
func (w *cycleWorld) agendaData(who people.Person) render.AgendaData {
	w.t.Helper()
	c := w.cycle()
	items, err := w.s.Agenda(who, cycleID)
	if err != nil {
		w.t.Fatal(err)
	}
	d := render.AgendaData{Policy: w.pol(), Cycle: c, Items: items, Viewer: who, Mine: map[evaluation.ItemID]evaluation.Choice{}, Turnouts: map[evaluation.ItemID]evaluation.Turnout{}}
	for _, i := range items {
		if i.Motion == nil && !i.NeedsNew || i.Motion != nil && i.Motion.State == evaluation.NoQuorum {
			d.Puttable++
		}
		d.Turnouts[i.Item.ID] = w.s.VotingTurnout(c, i.Item.ID)
		if mine, ok := w.s.VoteOf(who, c, i.Item.ID); ok {
			d.Mine[i.Item.ID] = mine
		}
	}
	return d
}

// proposalsData is what is on notice as a person sees it.
func (w *cycleWorld) proposalsData(who people.Person) render.ProposalsData {
	w.t.Helper()
	c := w.cycle()
	d := render.ProposalsData{Policy: w.pol(), Cycle: c, Viewer: who, Now: w.now}
	d.Before, _ = d.Policy.Layouts.Version(c.Base)
	if o := c.Outcome; o != nil {
		d.After, d.Changed = d.Policy.Layouts.Version(o.Layout)
		return d
	}
	next, changed, err := c.Preview(d.Policy)
	if err != nil {
		w.t.Fatal(err)
	}
	d.Policy, d.After, d.Changed = next, next.Layouts.Latest(), changed
	return d
}
