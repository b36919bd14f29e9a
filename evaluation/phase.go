package evaluation

import (
	"slices"

	"wainao/lang"
	"wainao/people"
)

// Phase is where a cycle stands.
type Phase string

// The phases.
const (
	Preparing    Phase = "prepare"      // The secretariat sets everything up.
	Opened       Phase = "open"         // Set up and frozen; members read and stand aside.
	Scoring      Phase = "scoring"      // First round.
	Second       Phase = "second"       // Second round.
	Deliberating Phase = "deliberation" // Motions and votes.
	Noticed      Phase = "notice"       // On public notice.
	Deciding     Phase = "decision"     // Waits for the decision.
	Adopted      Phase = "adopted"
	Rejected     Phase = "rejected"
	Archived     Phase = "archived"
	Cancelled    Phase = "cancelled"
)

// Phases lists the phases in their order.
func Phases() []Phase {
	return []Phase{Preparing, Opened, Scoring, Second, Deliberating, Noticed, Deciding, Adopted, Rejected, Archived, Cancelled}
}

// Label returns what the phase is called.
func (p Phase) Label() lang.Text {
	switch p {
	case Preparing:
		return lang.T("准备", "preparation")
	case Opened:
		return lang.T("已启动，待打分", "open, scoring not begun")
	case Scoring:
		return lang.T("打分", "scoring")
	case Second:
		return lang.T("第二轮打分", "second round")
	case Deliberating:
		return lang.T("会商", "deliberation")
	case Noticed:
		return lang.T("公示", "public notice")
	case Deciding:
		return lang.T("待决定", "decision")
	case Adopted:
		return lang.T("已通过", "adopted")
	case Rejected:
		return lang.T("未通过", "rejected")
	case Archived:
		return lang.T("已归档", "archived")
	case Cancelled:
		return lang.T("已取消", "cancelled")
	}
	return lang.T(string(p), string(p))
}

// Over reports whether nothing is decided any more in the phase.
func (p Phase) Over() bool {
	return slices.Contains([]Phase{Adopted, Rejected, Archived, Cancelled}, p)
}

// Action names something that a person may do in a cycle. Those of
// [Transitions] take the cycle to its next phase.
type Action string

// The actions that change the phase.
const (
	ActOpen      Action = "open"
	ActStart     Action = "start-scoring"
	ActSecond    Action = "second-round"
	ActClose     Action = "close-scoring"
	ActPublish   Action = "publish"
	ActEndNotice Action = "end-notice"
	ActAdopt     Action = "adopt"
	ActReject    Action = "reject"
	ActArchive   Action = "archive"
	ActCancel    Action = "cancel"
)

// The actions within a phase.
const (
	ActPrepare   Action = "prepare"   // Set criteria, rules, dates, members and items.
	ActDates     Action = "dates"     // Move dates.
	ActStand     Action = "recuse"    // Stand aside, or have somebody stand aside.
	ActScore     Action = "score"     // Score items in the first round.
	ActRevise    Action = "revise"    // Change one's scores in the second round.
	ActMove      Action = "move"      // Put a motion to the vote.
	ActVote      Action = "vote"      // Vote on an open motion.
	ActEndBallot Action = "end-vote"  // Close the vote on a motion.
	ActMinute    Action = "minute"    // Add to the minutes.
	ActObject    Action = "object"    // Object during the public notice.
	ActAnswer    Action = "answer"    // Answer an objection.
	ActResults   Action = "results"   // Read the results.
	ActLeave     Action = "leave"     // Record that a member has left.
	ActProposal  Action = "proposals" // Read what is on public notice.
)

// Label returns what doing it is called, for a button.
func (a Action) Label() lang.Text {
	if t, ok := actionLabels[a]; ok {
		return t
	}
	return lang.T(string(a), string(a))
}

var actionLabels = map[Action]lang.Text{
	ActOpen:      lang.T("启动评估", "Open the evaluation"),
	ActStart:     lang.T("开始打分", "Begin scoring"),
	ActSecond:    lang.T("进入第二轮", "Begin the second round"),
	ActClose:     lang.T("结束打分，进入会商", "End scoring, begin to deliberate"),
	ActPublish:   lang.T("开始公示", "Begin the public notice"),
	ActEndNotice: lang.T("结束公示", "End the public notice"),
	ActAdopt:     lang.T("通过", "Adopt"),
	ActReject:    lang.T("不通过", "Reject"),
	ActArchive:   lang.T("归档", "Archive"),
	ActCancel:    lang.T("取消本次评估", "Cancel the evaluation"),
	ActPrepare:   lang.T("设置标准、委员和事项", "Set criteria, members and items"),
	ActDates:     lang.T("调整日期", "Move dates"),
	ActStand:     lang.T("申请回避", "Stand aside"),
	ActScore:     lang.T("打分", "Score"),
	ActRevise:    lang.T("查看并调整打分", "Look at and change my scores"),
	ActMove:      lang.T("提出表决", "Put to the vote"),
	ActVote:      lang.T("表决", "Vote"),
	ActEndBallot: lang.T("结束表决", "Close the vote"),
	ActMinute:    lang.T("记入纪要", "Add to the minutes"),
	ActObject:    lang.T("提出异议", "Object"),
	ActAnswer:    lang.T("答复异议", "Answer an objection"),
	ActResults:   lang.T("查看结果", "See the results"),
	ActLeave:     lang.T("登记委员退出", "Record that a member has left"),
	ActProposal:  lang.T("查看公示内容", "See what is on public notice"),
}

// Transition is one line of the table of steps: from which phases an action
// leads to which, who may take it, and the codes of the problems that stand in
// its way.
type Transition struct {
	Action Action
	From   []Phase
	To     Phase
	By     people.Permission
	Needs  []string

	ready func(*check) error
}

// Transitions returns the one table of the steps between phases.
func Transitions() []Transition {
	running := []Phase{Preparing, Opened, Scoring, Second, Deliberating, Noticed, Deciding}
	return []Transition{
		{ActOpen, []Phase{Preparing}, Opened, people.RunEvaluation, []string{"criteria", "weights", "dates", "members_few", "items_none", "judges_few", "layout_moved"}, (*check).canOpen},
		{ActStart, []Phase{Opened}, Scoring, people.RunEvaluation, nil, nil},
		{ActSecond, []Phase{Scoring}, Second, people.RunEvaluation, []string{"scoring_running", "no_quorum", "second_date"}, (*check).canSecond},
		{ActClose, []Phase{Scoring}, Deliberating, people.RunEvaluation, []string{"scoring_running", "no_quorum"}, (*check).canClose},
		{ActClose, []Phase{Second}, Deliberating, people.RunEvaluation, []string{"second_running"}, (*check).canCloseSecond},
		{ActPublish, []Phase{Deliberating}, Noticed, people.RunEvaluation, []string{"motions_open", "notice_date"}, (*check).canPublish},
		{ActEndNotice, []Phase{Noticed}, Deciding, people.RunEvaluation, []string{"notice_running", "objections_open"}, (*check).canEndNotice},
		{ActAdopt, []Phase{Deciding}, Adopted, people.DecideEvaluation, []string{"effective_past", "layout_moved"}, (*check).canAdopt},
		{ActReject, []Phase{Deciding}, Rejected, people.DecideEvaluation, []string{"reason_missing"}, (*check).hasReason},
		{ActArchive, []Phase{Adopted, Rejected}, Archived, people.RunEvaluation, nil, nil},
		{ActCancel, running, Cancelled, people.RunEvaluation, []string{"reason_missing"}, (*check).hasReason},
	}
}

// transition returns the line for the action in the phase.
func transition(a Action, in Phase) (Transition, bool) {
	for _, t := range Transitions() {
		if t.Action == a && slices.Contains(t.From, in) {
			return t, true
		}
	}
	return Transition{}, false
}
