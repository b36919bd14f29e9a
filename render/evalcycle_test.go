package render_test

import (
	"testing"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/reminder"
	"wainao/render"
)

// data is what the overview of the cycle tells a person.
func (w *cycleWorld) data(who people.Person) render.EvaluationData {
	w.t.Helper()
	all := []people.Person{kunshan, secret, boss}
	for n := range 5 {
		all = append(all, judge(n+1))
	}
	c := w.cycle()
	return render.EvaluationData{
		Cycle: c, Policy: w.pol(), Person: who, People: register(w.t, all, nil), Now: w.now,
		Steps: w.s.NextSteps(w.pol(), c, who, w.now), Turnout: w.s.ScoringTurnout(c), Owing: w.s.Outstanding(c, w.now),
	}
}

var boss = person("U5", "徐市长", "Mayor Xu", nil, people.Leader)

// prepared is a cycle of which nothing is set up but its default.
func prepared(t testing.TB) *cycleWorld {
	t.Helper()
	w := &cycleWorld{t: t, now: now}
	_, drafts, err := evaluation.Begin(w.s, w.pol(), secret, 2026, w.now)
	w.do(drafts, err)
	return w
}

func TestOverview(t *testing.T) {
	t.Parallel()
	scoring := scoringRound(t)
	scoring.score(member, taicang, 8, "试飞场已经建成。")
	cancelled := prepared(t)
	cancelled.take(secret, evaluation.ActCancel, evaluation.Params{Reason: "委员名单<有误>，重新开始"})
	rejected := deciding(t)
	rejected.take(boss, evaluation.ActReject, evaluation.Params{Reason: "先补充<论证>"})
	adopted := deciding(t)
	adopted.take(boss, evaluation.ActAdopt, evaluation.Params{})
	for name, w := range map[string]*cycleWorld{
		"prepare": prepared(t), "open": opened(t), "scoring": scoring, "second": secondRound(t), "deliberation": deliberating(t), "notice": noticed(t),
		"decision": deciding(t), "adopted": adopted, "rejected": rejected, "cancelled": cancelled,
	} {
		for role, who := range map[string]people.Person{"secretariat": secret, "member": member, "leader": boss, "liaison": kunshan} {
			for _, l := range lang.Both() {
				message(t, "evaluation-"+name+"-"+role, l, render.Evaluation(w.data(who), l))
			}
		}
	}
	for _, l := range lang.Both() {
		message(t, "evaluation-none", l, render.NoEvaluation(0, l))
		message(t, "evaluation-begin", l, render.NoEvaluation(2026, l))
		message(t, "evaluation-due", l, render.EvaluationDue(2026, "2026-10-15", "2026-10-12", l))
		message(t, "evaluation-overdue", l, render.EvaluationDue(2026, "2026-10-15", "2026-11-23", l))
	}
}

func TestPreparing(t *testing.T) {
	t.Parallel()
	w := prepared(t)
	ready := opened(t)
	for _, l := range lang.Both() {
		d := w.data(secret)
		message(t, "evaluation-setup", l, render.EvaluationSetup(d, w.s.Ready(w.pol(), d.Cycle, evaluation.ActOpen, w.now), l))
		full := ready.data(secret)
		full.Cycle.Phase = evaluation.Preparing
		message(t, "evaluation-setup-ready", l, render.EvaluationSetup(full, nil, l))
		golden(t, "evaluation-criteria-form", l, "", render.EvaluationCriteriaModal(d.Cycle, l))
		golden(t, "evaluation-rules-form", l, "", render.EvaluationRulesModal(d.Cycle, l))
		golden(t, "evaluation-dates-form", l, "", render.EvaluationDatesModal(d.Cycle, evaluation.SuggestDates(calendar.Days{}, w.now), func(evaluation.DateName) bool { return false }, calendar.Days{}.NotLoaded(2027), false, l))
		scoring := scoringRound(t).cycle()
		golden(t, "evaluation-dates-move-form", l, "", render.EvaluationDatesModal(scoring, scoring.Dates, scoring.Settled, lang.Text{}, true, l))
		golden(t, "evaluation-members-form", l, "", render.EvaluationMembersModal(full.Cycle, full.People, l))

		reported := []evaluation.Item{{ID: evaluation.IDOf(policy.Quantum, policy.Kunshan), Domain: policy.Quantum, District: policy.Kunshan, Why: "台账<已采纳> 2 项上报"}}
		message(t, "evaluation-items-setup", l, render.EvaluationItems(d, 0, render.OutsidePairs(d.Policy, d.Cycle, reported), l))
		message(t, "evaluation-items", l, render.EvaluationItems(ready.data(member), 0, nil, l))
		i, _ := full.Cycle.Item(outside)
		golden(t, "evaluation-item-form", l, "", render.EvaluationItemModal(full, i, l))
		golden(t, "evaluation-add-form", l, "", render.EvaluationAddModal(full, false, reported[0], l))
		golden(t, "evaluation-add-new-form", l, "", render.EvaluationAddModal(full, true, evaluation.Item{}, l))
	}
}

func TestStepsAndPeopleOfACycle(t *testing.T) {
	t.Parallel()
	for _, l := range lang.Both() {
		for _, tr := range evaluation.Transitions() {
			w := map[evaluation.Phase]func(testing.TB) *cycleWorld{
				evaluation.Preparing: prepared, evaluation.Opened: opened, evaluation.Scoring: scoringRound, evaluation.Second: secondRound,
				evaluation.Deliberating: deliberating, evaluation.Noticed: noticed, evaluation.Deciding: deciding,
			}[tr.From[len(tr.From)-1]]
			if w == nil {
				w = deciding
			}
			golden(t, "evaluation-step-"+string(tr.Action), l, "", render.EvaluationStepModal(w(t).data(secret), tr.Action, l))
		}
		for name, w := range map[string]*cycleWorld{"open": opened(t), "scoring": scoringRound(t), "second": secondRound(t), "deliberation": deliberating(t), "notice": noticed(t), "decision": deciding(t)} {
			steps := w.cycle().Steps
			for role, who := range map[string]people.Person{"member": member, "leader": boss, "channel": {}} {
				message(t, "evaluation-note-"+name+"-"+role, l, render.EvaluationNote(w.data(who), steps[len(steps)-1], l))
			}
		}
		adopted := deciding(t)
		adopted.take(boss, evaluation.ActAdopt, evaluation.Params{})
		steps := adopted.cycle().Steps
		message(t, "evaluation-note-adopted", l, render.EvaluationNote(adopted.data(kunshan), steps[len(steps)-1], l))

		moved := scoringRound(t)
		to := moved.cycle().Dates.With(evaluation.ScoringUntil, "2026-12-09")
		drafts, err := evaluation.MoveDates(moved.s, secret, cycleID, to, "两位委员出差<在外>", moved.now)
		moved.do(drafts, err)
		message(t, "evaluation-note-moved", l, render.EvaluationMoved(moved.data(member), moved.cycle().Moves, l))
		r := moved.cycle().Recusals[0]
		message(t, "evaluation-note-aside", l, render.EvaluationAside(moved.data(member), r, false, l))
		message(t, "evaluation-note-lifted", l, render.EvaluationAside(moved.data(member), r, true, l))

		message(t, "evaluation-people-secretariat", l, render.EvaluationPeople(moved.data(secret), moved.s.Progress(moved.cycle()), l))
		message(t, "evaluation-people-member", l, render.EvaluationPeople(moved.data(member), moved.s.Progress(moved.cycle()), l))
		golden(t, "evaluation-aside-form", l, "", render.EvaluationAsideModal(moved.data(member), false, l))
		golden(t, "evaluation-aside-form-secretariat", l, "", render.EvaluationAsideModal(moved.data(secret), true, l))
		golden(t, "evaluation-lift-form", l, "", render.EvaluationLiftModal(moved.data(secret), r, l))
		golden(t, "evaluation-leave-form", l, "", render.EvaluationLeaveModal(moved.data(secret), l))
		message(t, "evaluation-proceedings", l, render.EvaluationProceedings(deciding(t).data(secret), l))
	}
}

func TestReminderOfAMembersDuties(t *testing.T) {
	t.Parallel()
	score := reminder.Line{Duty: reminder.Duty{Member: member.User, Cycle: "2026", Action: "score", Left: 8, Of: 17, Deadline: "2026-12-14"}, Level: reminder.Blue, Role: people.Member, Reason: reminder.DueSoon, Days: 3}
	vote, revise := score, score
	vote.Duty.Action, vote.Duty.Left, vote.Duty.Of, vote.Level, vote.Reason, vote.Days = "vote", 2, 5, reminder.Yellow, reminder.Overdue, -1
	revise.Duty.Action, revise.Duty.Left, revise.Days, revise.Reason = "revise", 0, 0, reminder.DueToday
	note := func(lines ...reminder.Line) render.ReminderData {
		d := render.ReminderData{Note: reminder.Note{To: member.User, Level: lines[0].Level, Lines: lines}, Snooze: "2026-12-10"}
		for _, line := range lines {
			d.Lines = append(d.Lines, render.ReminderLine{Line: line})
		}
		return d
	}
	for _, l := range lang.Both() {
		message(t, "reminder-score", l, render.Reminder(note(score), policy.Default(), l))
		message(t, "reminder-vote", l, render.Reminder(note(vote), policy.Default(), l))
		message(t, "reminder-revise", l, render.Reminder(note(revise), policy.Default(), l))
		both := reminderData()
		both.Note.Lines = append(both.Note.Lines, score)
		both.Lines = append(both.Lines, render.ReminderLine{Line: score})
		message(t, "reminder-both", l, render.Reminder(both, policy.Default(), l))
	}
	if c, ok := render.ParseSnooze(render.SnoozeValue(note(score).Note.Chance())); !ok || c.Duty != "2026.score" || c.Period != "" {
		t.Errorf("the chance comes back as %+v", c)
	}
}

// deciding is the same with its notice over.
func deciding(t testing.TB) *cycleWorld {
	t.Helper()
	w := noticed(t)
	for _, o := range w.cycle().Objections {
		if o.Answer == "" {
			drafts, err := evaluation.AnswerObjection(w.s, secret, cycleID, o.Number, "已研究。", w.now)
			w.do(drafts, err)
		}
	}
	w.now = day(21)
	w.take(secret, evaluation.ActEndNotice, evaluation.Params{})
	return w
}
