package evaluation

import (
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Params are what some steps need besides.
type Params struct {
	Reason    string // To reject and to cancel; with any other step it is kept.
	Effective Day    // To adopt: the first day of the new layout; the calendar's when empty.
}

// check is what a step's conditions look at.
type check struct {
	s      State
	pol    *policy.Policy
	c      Cycle
	params Params
	now    time.Time
}

// Take takes a cycle to its next phase, as [Transitions] say. pol is the policy
// with everything that was adopted, see [State.Policy]. Opening freezes what is
// judged: the journal's state at the entry that it writes. Adopting writes the
// new version of the layout, unless every item stays as it is.
//
// The error is a [lang.Problem]: who may not, "no_cycle", "wrong_phase", or one
// of the codes that the table names.
func Take(s State, pol *policy.Policy, who people.Person, id CycleID, action Action, p Params, now time.Time) ([]journal.Draft, error) {
	c, ok := s.cycles.Get(id)
	t, at := transition(action, c.Phase)
	if !at {
		t, _ = anyTransition(action)
	}
	if err := people.Allow(who, t.By); err != nil {
		return nil, err
	}
	if !ok {
		return nil, errNoCycle(id)
	}
	if !at {
		return nil, wrongPhase(c, phasesOf(action))
	}
	p.Reason = clean(p.Reason)
	k := &check{s: s, pol: pol, c: c, params: p, now: now}
	if t.ready != nil {
		if err := t.ready(k); err != nil {
			return nil, err
		}
	}
	problems := lang.FieldProblems{}
	checkText(problems, FieldReason, p.Reason, MaxReason, true)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	d := stepV1{Cycle: id, Action: action, To: t.To, By: who.User, Reason: p.Reason}
	switch action {
	case ActAdopt:
		d.Changes = c.Changes()
		if a, changed := c.adoption(pol, k.effective()); changed {
			d.Adopted = &a
		}
	case ActReject:
		for _, i := range c.Items {
			d.Changes = append(d.Changes, Change{Item: i.ID, Verdict: i.Verdicts()[0], Focus: i.Focus})
		}
	default:
	}
	return draft(kindStep, d), nil
}

// Ready returns why the action cannot be taken now, or nil: what a button says
// before it is pressed. It leaves out what is asked when it is pressed: the
// person, the reason, and when the new layout takes effect.
func (s State) Ready(pol *policy.Policy, c Cycle, action Action, now time.Time) error {
	t, ok := transition(action, c.Phase)
	if !ok {
		return wrongPhase(c, phasesOf(action))
	}
	if t.ready == nil {
		return nil
	}
	return t.ready(&check{s: s, pol: pol, c: c, params: Params{Reason: "-", Effective: c.EffectiveFrom(now)}, now: now})
}

// EffectiveFrom returns the day from which the new layout holds when it is
// adopted now: the calendar's, and when that has come already, the first of the
// next month.
func (c Cycle) EffectiveFrom(now time.Time) Day {
	if notPast(c.Dates.Effective, now) == nil {
		return c.Dates.Effective
	}
	return firstOfNext(DayOf(now))
}

func anyTransition(a Action) (Transition, bool) {
	for _, t := range Transitions() {
		if t.Action == a {
			return t, true
		}
	}
	return Transition{}, false
}

func phasesOf(a Action) []Phase {
	var out []Phase
	for _, t := range Transitions() {
		if t.Action == a {
			out = append(out, t.From...)
		}
	}
	return out
}

// Tick returns what happens by its date alone: scoring begins on its first day.
// Every other step is a person's.
func Tick(s State, now time.Time) []journal.Draft {
	c, ok := s.Current()
	if !ok || c.Phase != Opened || now.Before(c.Dates.ScoringFrom.Start()) {
		return nil
	}
	return draft(kindStep, stepV1{Cycle: c.ID, Action: ActStart, To: Scoring})
}

func (k *check) canOpen() error {
	if err := checkCriteria(k.c.Criteria, false); err != nil {
		return err
	}
	if k.c.Dates == (Dates{}) {
		return lang.Problemf("dates", "还没有设置日程。", "The calendar is not set.")
	}
	problems := k.c.Dates.check(k.now, func(DateName) bool { return true })
	for _, n := range DateNames() {
		if p, ok := problems[string(n)]; ok {
			return lang.Problemf("dates", "日程还没有排好：%s", "The calendar is not complete: %s", p.Words)
		}
	}
	if len(k.c.Items) == 0 {
		return errNoItems
	}
	if n := len(k.c.Members); n < MinShown {
		return errFewMembers(n)
	}
	for _, i := range k.c.Items {
		if n := len(k.c.Judges(i)); n < MinShown {
			return lang.Problemf("judges_few", "%s回避后只剩 %s 名委员可以打分，至少要有 %d 名。", "Only %[2]s can score %[1]s, as the others stand aside; there must be at least %[3]d.",
				k.c.Title(k.pol, i.ID), counted(n, "member", "members"), MinShown)
		}
	}
	return k.sameLayout()
}

// sameLayout reports when another version of the layout was adopted since the
// cycle's items were taken from it.
func (k *check) sameLayout() error {
	if v := k.pol.Layouts.Latest().Version; v != k.c.Base {
		return lang.Problemf("layout_moved", "评估的是第 %d 版布局，现在最新的是第 %d 版。请取消本次评估，重新开始。", "The cycle judges version %d of the layout; the newest is version %d. Cancel it and begin another.", k.c.Base, v)
	}
	return nil
}

// scored reports whether the first round may be closed: everybody is finished,
// or its last day is over, and there is a quorum.
func (k *check) scored() error {
	t := k.s.ScoringTurnout(k.c)
	if until := k.c.Dates.ScoringUntil; k.now.Before(until.End()) && t.Took < t.Entitled {
		return lang.Problemf("scoring_running", "打分到%s才截止，还有 %s 名委员没有打完。确需提前，请先调整截止日期。",
			"Scoring ends after %s, and %s not finished. To end it earlier, move the date first.", until.Label(), counted(t.Entitled-t.Took, "member is", "members are"))
	}
	if !t.Reached() {
		return lang.Problemf("no_quorum", "打完分的委员有 %s 名，不足法定人数 %d 名（共 %d 名）。请延长打分期限并提醒，或取消本次评估。",
			"%s scored everything; the quorum is %d of %d. Move the date and remind them, or cancel the evaluation.", counted(t.Took, "member has", "members have"), t.Needed, t.Entitled)
	}
	return nil
}

func (k *check) canSecond() error {
	if err := k.scored(); err != nil {
		return err
	}
	if until := k.c.Dates.SecondUntil; !until.Valid() || until < DayOf(k.now) {
		return lang.Problemf("second_date", "请先设置第二轮的截止日期（今天或以后）。", "Set the last day of the second round first: today or later.")
	}
	return nil
}

func (k *check) canClose() error { return k.scored() }

func (k *check) canCloseSecond() error {
	if until := k.c.Dates.SecondUntil; k.now.Before(until.End()) {
		return lang.Problemf("second_running", "第二轮到%s才截止。确需提前，请先调整截止日期。", "The second round ends after %s. To end it earlier, move the date first.", until.Label())
	}
	return nil
}

func (k *check) canPublish() error {
	if left := len(k.c.Items) - k.c.Decided(); left > 0 {
		return lang.Problemf("motions_open", "还有 %s 个事项没有表决结果。", "%s not decided by a vote yet.", counted(left, "item is", "items are"))
	}
	if until := k.c.Dates.NoticeUntil; until < DayOf(k.now) {
		return lang.Problemf("notice_date", "公示结束日期（%s）已过，请先调整日期。", "The last day of the public notice (%s) is past; move the date first.", until.Label())
	}
	return nil
}

func (k *check) canEndNotice() error {
	if until := k.c.Dates.NoticeUntil; k.now.Before(until.End()) {
		return lang.Problemf("notice_running", "公示到%s才结束。", "The public notice ends after %s.", until.Label())
	}
	open := 0
	for _, o := range k.c.Objections {
		if o.Answer == "" {
			open++
		}
	}
	if open > 0 {
		return lang.Problemf("objections_open", "还有 %s 条异议没有答复。", "%s not answered yet.", counted(open, "objection is", "objections are"))
	}
	return nil
}

func (k *check) effective() Day {
	if k.params.Effective != "" {
		return k.params.Effective
	}
	return k.c.Dates.Effective
}

func (k *check) canAdopt() error {
	a, changed := k.c.adoption(k.pol, k.effective())
	if !changed { // The layout stays, so no day matters.
		return nil
	}
	if err := notPast(k.effective(), k.now); err != nil {
		return err
	}
	if err := k.sameLayout(); err != nil {
		return err
	}
	_, err := k.pol.With(a.adoption(k.pol))
	return err
}

// notPast reports when something is to take effect on a day that has begun:
// answers given today must stay true.
func notPast(d Day, now time.Time) error {
	if !d.Valid() || d <= DayOf(now) {
		return lang.Problemf("effective_past", "生效日期应晚于今天（现为%s）。", "The effective date must be later than today; it is %s.", d.Label())
	}
	return nil
}

func (k *check) hasReason() error {
	if k.params.Reason == "" {
		return lang.Problemf("reason_missing", "请写明原因。", "Please give the reason.")
	}
	return nil
}

// settled reports whether a date cannot be moved any more in the phase.
func settled(n DateName, in Phase) bool {
	last := map[Phase]DateName{
		Scoring: ScoringFrom, Second: ScoringUntil, Deliberating: SecondUntil, Noticed: NoticeFrom, Deciding: NoticeUntil,
	}[in]
	for _, name := range DateNames() {
		if last == "" {
			return false
		}
		if name == n {
			return true
		}
		if name == last {
			return false
		}
	}
	return false
}

// Settled reports whether the step that the date belongs to is done, so that the
// date stays.
func (c Cycle) Settled(n DateName) bool { return settled(n, c.Phase) }

// MoveDates changes the calendar of a cycle that is open: earlier or later,
// with a reason. Scores that were given stay. A last day that has passed may be
// moved to today or later while its phase lasts, which opens it again. A date
// whose step is done stays, and none can be moved into the past: to end a phase
// before its time, move its last day to today. There is no draft when nothing
// is moved.
//
// The error is a [lang.Problem], or [lang.FieldProblems] by the names of the
// dates and "reason".
func MoveDates(s State, who people.Person, id CycleID, to Dates, reason string, now time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Opened, Scoring, Second, Deliberating, Noticed, Deciding)
	if err != nil {
		return nil, err
	}
	var moves []moveV1
	for _, n := range DateNames() {
		if from, to := c.Dates.Get(n), to.Get(n); from != to {
			moves = append(moves, moveV1{Date: n, From: from, To: to})
		}
	}
	if len(moves) == 0 {
		return nil, nil
	}
	problems := to.check(now, func(n DateName) bool { return c.Dates.Get(n) != to.Get(n) })
	for _, m := range moves {
		if settled(m.Date, c.Phase) {
			problems[string(m.Date)] = lang.Problemf("date_over", "“%s”已经过去，不能再改。", "Done already, so it stays: %s.", m.Date.Label())
		}
	}
	if c.Phase == Second && to.SecondUntil == "" {
		problems[string(SecondUntil)] = lang.Problemf("date_missing", "请填写“%s”的日期。", "Please give the day: %s.", SecondUntil.Label())
	}
	reason = clean(reason)
	checkText(problems, FieldReason, reason, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	return draft(kindDates, datesV1{Cycle: id, Moves: moves, Reason: reason, By: who.User}), nil
}
