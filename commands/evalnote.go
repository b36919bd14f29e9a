package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// EvaluationNoteJob tells those concerned what happened in the evaluation; key:
// that of [noteAbout].
const EvaluationNoteJob delivery.JobName = "evaluation-note"

// What a note of the evaluation is about.
const (
	aboutStep  = "step"  // Which of the cycle's steps, by its place.
	aboutMoves = "moves" // Which of its moved dates, the first of those moved together.
	aboutAside = "aside" // From what the member stands aside: domain.district.
	aboutLift  = "lift"  // From what they need not any more.
	aboutLeft  = "left"  // That they have left: who.
)

// noteAbout names something that happened in a cycle as the key of a delivery.
func noteAbout(id evaluation.CycleID, what, which string) string {
	return string(id) + "." + what + "." + which
}

// told returns whom a step concerns, besides the secretariat's channel.
func told(s people.State, c evaluation.Cycle, a evaluation.Action) []people.UserID {
	var out []people.UserID
	members, leaders, all := false, false, false
	switch a {
	case evaluation.ActOpen, evaluation.ActClose, evaluation.ActReject:
		members, leaders = true, true
	case evaluation.ActStart, evaluation.ActSecond:
		members = true
	case evaluation.ActEndNotice:
		leaders = true
	case evaluation.ActPublish, evaluation.ActAdopt:
		all = true
	case evaluation.ActCancel:
		members, leaders = c.Frozen > 0, c.Frozen > 0 // Nobody was told of one that was not opened.
		all = c.Phase == evaluation.Noticed || c.Phase == evaluation.Deciding
	default:
	}
	for _, p := range s.All() {
		m, member := c.Member(p.User)
		switch {
		case !p.Present():
		case all, members && member && !m.Gone(), leaders && p.Has(people.Leader):
			out = append(out, p.User)
		}
	}
	return out
}

// tellStep plans the notes of a step, in the journal write of the step.
func tellStep(s record.State, id evaluation.CycleID, a evaluation.Action, by people.UserID, office string, now time.Time) ([]journal.Draft, error) {
	cycle, ok := s.Evaluation.Cycle(id)
	if !ok || a == evaluation.ActArchive {
		return nil, nil
	}
	return tellEvaluation(s, told(s.People, cycle, a), noteAbout(id, aboutStep, strconv.Itoa(len(cycle.Steps))), by, office, now)
}

// tellEvaluation plans a note to each of them, and to the secretariat's channel
// unless that is empty.
func tellEvaluation(s record.State, users []people.UserID, key string, by people.UserID, office string, now time.Time) ([]journal.Draft, error) {
	var all []to
	for _, user := range users {
		all = append(all, to{EvaluationNoteJob, delivery.Recipient(user)})
	}
	if office != "" {
		all = append(all, to{EvaluationNoteJob, delivery.Recipient(office)})
	}
	return send(s, by, key, now, all...)
}

var noteOvertaken = lang.T("评估已进入后面的阶段", "the evaluation has gone on since")

// evaluationNote makes what somebody is told of what happened in a cycle.
func (c *Commands) evaluationNote(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	parts := strings.SplitN(d.Key(), ".", 3)
	if len(parts) != 3 {
		return render.Message{}, fmt.Errorf("nothing of the evaluation is called %q", d.Key())
	}
	cycle, ok := s.Evaluation.Cycle(evaluation.CycleID(parts[0]))
	if !ok {
		return render.Message{}, fmt.Errorf("there is no evaluation %q", parts[0])
	}
	user := people.UserID(d.To)
	data := c.evaluationData(&Request{User: user, Person: personOf(s.People, user), Lang: l, State: s, Now: c.now()}, cycle)
	n, err := strconv.Atoi(parts[2])
	switch {
	case parts[1] == aboutStep && err == nil && n < len(cycle.Steps):
		step := cycle.Steps[n]
		if n < len(cycle.Steps)-1 && !step.To.Over() {
			return render.Message{}, &delivery.NotNeeded{Why: noteOvertaken}
		}
		return render.EvaluationNote(data, step, l), nil
	case parts[1] == aboutMoves && err == nil && n < len(cycle.Moves):
		var moves []evaluation.Move
		for _, m := range cycle.Moves[n:] {
			if m.At.Equal(cycle.Moves[n].At) {
				moves = append(moves, m)
			}
		}
		return render.EvaluationMoved(data, moves, l), nil
	case parts[1] == aboutLeft:
		left, _ := cycle.Member(user)
		return render.EvaluationLeft(data, left, l), nil
	case parts[1] == aboutAside || parts[1] == aboutLift:
		rec := recusalNamed(user, parts[2])
		for _, r := range cycle.Recusals {
			if r.Member == user && r.Domain == rec.Domain && r.District == rec.District {
				if parts[1] == aboutLift {
					return render.Message{}, &delivery.NotNeeded{Why: lang.T("又登记了回避", "they stand aside again")}
				}
				return render.EvaluationAside(data, r, false, l), nil
			}
		}
		if parts[1] == aboutLift {
			return render.EvaluationAside(data, rec, true, l), nil
		}
		return render.Message{}, &delivery.NotNeeded{Why: lang.T("回避已解除", "they need not stand aside any more")}
	}
	return render.Message{}, fmt.Errorf("nothing of the evaluation is called %q", d.Key())
}

// recusalName names what somebody stands aside from in a key and in a button,
// with a moment, as it may happen again.
func recusalName(r evaluation.Recusal, at time.Time) string {
	return string(r.Domain) + "." + string(r.District) + "." + strconv.FormatInt(at.UnixMilli(), 10)
}

func recusalNamed(user people.UserID, name string) evaluation.Recusal {
	domain, rest, _ := strings.Cut(name, ".")
	district, _, _ := strings.Cut(rest, ".")
	return evaluation.Recusal{Member: user, Domain: policy.DomainID(domain), District: policy.DistrictID(district)}
}
