package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/commands"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/record"
	"wainao/render"
)

// noticed is a house whose cycle is on public notice: one focus is to change, the
// rest is kept. Its layout is planned to hold 20 days after scoring began.
func noticed(t *testing.T) *scoringHouse {
	t.Helper()
	h := newScoringHouse(t)
	for _, user := range judges {
		h.scoreEverything(string(user), "7", "理由")
	}
	h.take(evaluation.ActClose)
	items := h.cycle().Items
	for n, i := range items {
		h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
			m := evaluation.MotionText{Verdict: evaluation.Keep}
			if n == 0 {
				m.Verdict, m.Focus.ZH, m.Focus.EN = evaluation.Adjust, "新方向", "a new focus"
			}
			return evaluation.Put(s.Evaluation, who(s, "USEC"), cycleID, i.ID, m, now)
		})
		for _, user := range judges {
			h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
				return evaluation.Vote(s.Evaluation, who(s, user), cycleID, i.ID, evaluation.For, now)
			})
		}
		h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
			return evaluation.CloseBallot(s.Evaluation, who(s, "USEC"), cycleID, i.ID, now)
		})
	}
	h.take(evaluation.ActPublish)
	return h
}

// deciding is the same, waiting for the decision.
func deciding(t *testing.T) *scoringHouse {
	t.Helper()
	h := noticed(t)
	h.at(h.cycle().Dates.NoticeUntil.End().Add(9 * time.Hour))
	h.take(evaluation.ActEndNotice)
	return h
}

// decides sends the form of a decision.
func (h *scoringHouse) decides(a evaluation.Action, values map[string]slack.BlockAction) *slack.ViewSubmissionResponse {
	h.t.Helper()
	return h.fill(h.t, "ULEA", render.EvaluationStepForm, render.AboutEvaluation("en", cycleID, string(a)), values)
}

func TestADecisionIsMendedInItsForm(t *testing.T) {
	t.Parallel()
	h := deciding(t)
	today := string(evaluation.DayOf(h.clock.Now()))
	on := func(day string) map[string]slack.BlockAction {
		return map[string]slack.BlockAction{render.FieldEffective: {SelectedDate: day}}
	}
	for _, day := range []string{today, "2023-01-01"} {
		if r := h.decides(evaluation.ActAdopt, on(day)); r == nil || !strings.Contains(r.Errors[render.FieldEffective], "later than today") {
			t.Errorf("adopted from %s on: %+v", day, r)
		}
	}
	if r := h.decides(evaluation.ActReject, nil); r == nil || r.Errors[evaluation.FieldReason] == "" {
		t.Errorf("rejected without a reason: %+v", r)
	}
	if r := h.decides(evaluation.ActAdopt, on(string(h.cycle().Dates.Effective))); r != nil || h.cycle().Phase != evaluation.Adopted {
		t.Errorf("adopted: %+v, %s", r, h.cycle().Phase)
	}
}

func TestADecisionThatComesLateIsStillTaken(t *testing.T) {
	t.Parallel()
	h := deciding(t)
	h.at(h.cycle().Dates.Effective.Start().Add(10 * time.Hour)) // 13 December.
	h.pressed("ULEA", render.ActionEvaluation, string(cycleID))
	if got := h.last(t).text; !strings.Contains(got, render.ActionEvaluationStep+":"+string(evaluation.ActAdopt)) {
		t.Fatalf("a leader is offered: %s", got)
	}
	h.pressed("ULEA", render.ActionEvaluationStep+":adopt", render.EvaluationValue(cycleID, string(evaluation.ActAdopt)))
	if got := shownIn(h.modal()); !strings.Contains(got, `"initial_date":"2027-01-01"`) || !strings.Contains(got, "已到") {
		t.Errorf("the form: %s", got)
	}
	if r := h.decides(evaluation.ActAdopt, map[string]slack.BlockAction{render.FieldEffective: {SelectedDate: "2027-01-01"}}); r != nil || h.cycle().Outcome == nil || h.cycle().Outcome.Effective != "2027-01-01" {
		t.Errorf("adopted: %+v, %+v", r, h.cycle().Outcome)
	}
}

func TestWhoHasLeftIsToldSo(t *testing.T) {
	t.Parallel()
	h := newScoringHouse(t)
	h.pressed("UM03", render.ActionEvaluation, string(cycleID))
	if got := h.last(t).text; !strings.Contains(got, "只有你自己能看到") {
		t.Fatalf("a member sees %s", got)
	}
	if r := h.fill(t, "USEC", render.EvaluationLeaveForm, render.AboutEvaluation("zh", cycleID, ""), map[string]slack.BlockAction{"member": {SelectedUser: "UM03"}, "reason": {Value: "退休"}}); r != nil {
		t.Fatalf("left: %+v", r)
	}
	const words = "你已退出本次评估，不再打分和表决。原因：退休"
	if to := notes(h.house)["2026.left.UM03"]; len(to) != 1 || to[0] != "UM03" {
		t.Errorf("told are %v", to)
	}
	m, err := h.Build(t.Context(), delivery.Delivery{Job: commands.EvaluationNoteJob, To: "UM03", Slot: delivery.SlotID("evaluation-note@by:USEC:2026.left.UM03")})
	if err != nil || !strings.Contains(fmt.Sprint(m.Blocks[0].(*slack.SectionBlock).Text.Text), words) {
		t.Errorf("the note: %+v, %v", m, err)
	}
	h.clock.Advance(time.Minute)
	h.pressed("UM03", render.ActionEvaluation, string(cycleID))
	if got := h.last(t).text; !strings.Contains(got, words) || strings.Contains(got, "只有你自己能看到") {
		t.Errorf("who has left sees %s", got)
	}
}

func TestTheCardOfAnObjectionShowsItsAnswer(t *testing.T) {
	t.Parallel()
	h := noticed(t)
	about := func(part string) string { return render.AboutEvaluation("zh", cycleID, part) }
	if r := h.fill(t, "UKUN", render.ObjectionForm, about(""), map[string]slack.BlockAction{
		render.FieldAbout: {Value: render.AboutWhole}, "from": {Value: "昆山市"}, "text": {Value: "不同意"},
	}); r != nil {
		t.Fatalf("objected: %+v", r)
	}
	if _, cards := h.planned(commands.ObjectionJob); len(cards) != 1 || !strings.Contains(cards[0], "答复…") || !strings.Contains(cards[0], "待答复") {
		t.Fatalf("the card: %v", cards)
	}
	h.deliver(commands.ObjectionJob)
	if r := h.fill(t, "USEC", render.ObjectionAnswerForm, about("1"), map[string]slack.BlockAction{"text": {Value: "已研究"}}); r != nil {
		t.Fatalf("answered: %+v", r)
	}
	h.Wait()
	var card string
	for _, s := range h.slack.said {
		if s.how == "update" && s.thread == "TS-C-secretariat" {
			card = s.text
		}
	}
	if !strings.Contains(card, "已研究") || !strings.Contains(card, "改答复…") || strings.Contains(card, "待答复") {
		t.Errorf("the card shows %s", card)
	}
}
