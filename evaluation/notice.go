package evaluation

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Published returns when the public notice began, which may be another day than
// the calendar's; ok is false while it has not.
func (c Cycle) Published() (at time.Time, ok bool) {
	i := slices.IndexFunc(c.Steps, func(s Step) bool { return s.To == Noticed })
	if i < 0 {
		return time.Time{}, false
	}
	return c.Steps[i].At, true
}

// ObjectionForm is an objection as somebody typed it.
type ObjectionForm struct {
	Item ItemID // Empty when it is about the whole.
	From string // Whose it is; the secretariat records what came from outside.
	Text string
}

// Object records an objection during the public notice: anybody with a role
// may. There is no draft when the very same is recorded already. The error is a
// [lang.Problem]: who may not, "no_cycle", "wrong_phase", "notice_over" or
// "no_item"; or [lang.FieldProblems].
func Object(s State, who people.Person, id CycleID, f ObjectionForm, now time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.ReadProgress, Noticed)
	if err != nil {
		return nil, err
	}
	if !now.Before(c.Dates.NoticeUntil.End()) {
		return nil, lang.Problemf("notice_over", "公示已于%s结束，不再受理异议。", "The public notice ended after %s; no objection is taken any more.", c.Dates.NoticeUntil.Label())
	}
	if _, ok := c.Item(f.Item); !ok && f.Item != "" {
		return nil, errNoItem(f.Item)
	}
	d := objectedV1{Cycle: id, Item: f.Item, From: clean(f.From), Text: clean(f.Text), By: who.User}
	problems := lang.FieldProblems{}
	checkText(problems, FieldFrom, d.From, 100, false)
	checkText(problems, FieldText, d.Text, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(c.Objections, func(o Objection) bool { return o.Item == d.Item && o.From == d.From && o.Text == d.Text }) {
		return nil, nil
	}
	return draft(kindObjected, d), nil
}

// AnswerObjection answers an objection; a newer answer replaces an older one.
// Every objection must be answered before the notice ends. The error is a
// [lang.Problem], among them "no_objection", or [lang.FieldProblems].
func AnswerObjection(s State, who people.Person, id CycleID, number int, answer string, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Noticed)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(c.Objections, func(o Objection) bool { return o.Number == number })
	if n < 0 {
		return nil, lang.Problemf("no_objection", "没有第 %d 条异议。", "There is no objection %d.", number)
	}
	answer = clean(answer)
	problems := lang.FieldProblems{}
	checkText(problems, FieldText, answer, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	if c.Objections[n].Answer == answer {
		return nil, nil
	}
	return draft(kindAnswered, answeredV1{Cycle: id, Objection: number, Answer: answer, By: who.User}), nil
}
