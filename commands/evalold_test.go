package commands_test

import (
	"strings"
	"testing"
	"time"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/record"
	"wainao/render"
)

// adopted is a house whose cycle was lived to its adoption, each item kept.
func adopted(t *testing.T) *scoringHouse {
	t.Helper()
	h := newScoringHouse(t)
	for _, user := range judges {
		h.scoreEverything(string(user), "7", "理由")
	}
	h.take(evaluation.ActClose)
	for _, i := range h.cycle().Items {
		h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
			return evaluation.Put(s.Evaluation, who(s, "USEC"), cycleID, i.ID, evaluation.MotionText{Verdict: evaluation.Keep}, now)
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
	h.at(h.cycle().Dates.NoticeUntil.End().Add(time.Hour))
	h.take(evaluation.ActEndNotice)
	h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.Take(s.Evaluation, h.pol(), who(s, "ULEA"), cycleID, evaluation.ActAdopt, evaluation.Params{}, now)
	})
	return h
}

// TestOldButtonsSayWhatIsSoByNow presses what messages from before the adoption
// still show.
func TestOldButtonsSayWhatIsSoByNow(t *testing.T) {
	t.Parallel()
	h := adopted(t)
	item := string(h.cycle().Items[0].ID)
	about := func(part string) string { return render.EvaluationValue(cycleID, part) }
	const over = "2026年度评估已经结束（已通过），不能再做这一步，只能查看"
	for _, tt := range []struct{ user, action, value, want string }{
		{"USEC", render.ActionEvaluationCriteria, string(cycleID), over},
		{"USEC", render.ActionEvaluationRules, string(cycleID), over},
		{"USEC", render.ActionEvaluationDates, string(cycleID), over},
		{"USEC", render.ActionEvaluationMembers, string(cycleID), over},
		{"USEC", render.ActionEvaluationItem, about(item), over},
		{"USEC", render.ActionEvaluationAdd, about(render.AddNew), over},
		{"USEC", render.ActionEvaluationLeave, string(cycleID), over},
		{"USEC", render.ActionEvaluationAside, string(cycleID), over},
		{"UM02", render.ActionEvaluationAside, string(cycleID), over},
		{"USEC", render.ActionEvaluationLift, about("UM02/hydrogen/"), over},
		{"USEC", render.ActionEvaluationStep + ":x", about(string(evaluation.ActClose)), over},
		{"USEC", render.ActionEvaluationStep + ":x", about(string(evaluation.ActCancel)), over},
		{"ULEA", render.ActionEvaluationStep + ":x", about(string(evaluation.ActAdopt)), over},
		{"USEC", render.ActionPut + ":0", about(item), over},
		{"USEC", render.ActionPutAll, string(cycleID), over},
		{"USEC", render.ActionMove + ":0", about(item), over},
		{"USEC", render.ActionMinute + ":0", about(item), over},
		{"UM02", render.ActionVote + ":0-for", render.Ballot{Cycle: cycleID, Item: evaluation.ItemID(item), Number: 1, Choice: evaluation.For}.String(), "这次表决已经结束"},
		{"USEC", render.ActionEndVotes, string(cycleID), "这次表决已经结束"},
		{"UKUN", render.ActionEvaluationObject, string(cycleID), "不再受理异议"},
		{"USEC", render.ActionAnswerObjection, about("1"), "失效"},
	} {
		forms := len(h.slack.modals)
		h.pressed(tt.user, tt.action, tt.value)
		if len(h.slack.modals) > forms {
			t.Errorf("%s opens a form for %s: %+v", tt.action, tt.user, h.modal())
			continue
		}
		// A message of one's own shows how things stand, behind what is said.
		said := ""
		for _, m := range h.slack.said[max(0, len(h.slack.said)-2):] {
			said += m.text
		}
		if !strings.Contains(said, tt.want) {
			t.Errorf("%s says to %s: %s, want %s", tt.action, tt.user, said, tt.want)
		}
	}
	// What only shows something says that it is over.
	h.pressed("UM02", render.ActionEvaluationScore, string(cycleID))
	if got := shownIn(h.modal()); !strings.Contains(got, "评估已经结束（已通过），只能查看") || strings.Contains(got, render.ActionScoreNext) {
		t.Errorf("the member's list: %s", got)
	}
}

// TestAfterTheAdoptionOnlyWhatCanBeDoneIsOffered looks at the overview, the
// agenda and the results once nothing is decided any more.
func TestAfterTheAdoptionOnlyWhatCanBeDoneIsOffered(t *testing.T) {
	t.Parallel()
	h := adopted(t)
	for _, tt := range []struct {
		user, action string
		want, not    []string
	}{
		{"USEC", render.ActionEvaluation, []string{"归档…", "看打分结果", "看决定的内容", "看经过", "刷新"}, []string{"看公示内容", "查看公示内容", "调整日期", "会商议程", "取消"}},
		{"UM02", render.ActionEvaluation, []string{"看打分结果", "看决定的内容"}, []string{"归档", "看公示内容", "回避…", "申请回避"}},
		{"UKUN", render.ActionEvaluation, []string{"看决定的内容"}, []string{"看公示内容", "提出异议"}},
		{"USEC", render.ActionEvaluationResults, []string{"看会商和表决"}, []string{"会商议程"}},
		{"USEC", render.ActionEvaluationAgenda, []string{"会商和表决", "会商已结束", "*通过*", "看评估"}, []string{"会商议程", "分歧大的先议", "表决结束前可以改票", "记纪要", "刷新", "另提方案"}},
	} {
		h.pressed(tt.user, tt.action, string(cycleID))
		got := h.last(t).text
		for _, w := range tt.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s shows %s no %q: %s", tt.action, tt.user, w, got)
			}
		}
		for _, w := range tt.not {
			if strings.Contains(got, w) {
				t.Errorf("%s shows %s %q: %s", tt.action, tt.user, w, got)
			}
		}
	}
	h.take(evaluation.ActArchive)
	h.pressed("USEC", render.ActionEvaluation+":b", string(cycleID))
	if got := h.last(t).text; strings.Contains(got, "刷新") || strings.Contains(got, "归档…") || !strings.Contains(got, "看决定的内容") {
		t.Errorf("archived: %s", got)
	}
}
