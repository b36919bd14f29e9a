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
	ActLift      Action = "lift"      // End a recusal that was a mistake.
)

// within says in which phases that is done which the secretariat and members do
// within them, where a form is filled in for it.
var within = map[Action][]Phase{
	ActPrepare: {Preparing},
	ActDates:   {Preparing, Opened, Scoring, Second, Deliberating, Noticed, Deciding},
	ActStand:   {Preparing, Opened, Scoring, Second, Deliberating},
	ActLift:    {Preparing, Opened, Scoring},
	ActLeave:   {Opened, Scoring, Second, Deliberating, Noticed, Deciding},
	ActMove:    {Deliberating},
	ActMinute:  {Deliberating, Noticed, Deciding},
}

// Allows returns nil when the cycle is in a phase in which the action is taken,
// and otherwise the [lang.Problem] "wrong_phase", which says what is so by now:
// for a button of an old message.
func (c Cycle) Allows(a Action) error {
	phases, ok := within[a]
	if !ok {
		phases = phasesOf(a)
	}
	if slices.Contains(phases, c.Phase) {
		return nil
	}
	return wrongPhase(c, phases)
}

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
	ActLift:      lang.T("解除回避", "Lift a recusal"),
}

// Transition is one line of the table of steps: from which phases an action
// leads to which, who may take it, and what it needs.
type Transition struct {
	Action Action
	From   []Phase
	To     Phase
	By     people.Permission
	Needs  []Need

	ready func(*check) error
}

// Need is something that a step needs: the code of the problem that is returned
// while it is missing, and what it is.
type Need struct {
	Code  string
	Words lang.Text
}

// What the steps need.
var (
	needCriteria = Need{"criteria", lang.T("标准齐全", "criteria are complete")}
	needWeights  = Need{"weights", lang.T("权重之和为 100", "weights sum to 100")}
	needDates    = Need{"dates", lang.T("日程齐全、先后有序、不早于今天", "all dates are set, in order, none past")}
	needMembers  = Need{"members_few", lang.T("至少 3 名委员", "at least 3 members")}
	needItems    = Need{"items_none", lang.T("至少 1 个事项", "at least one item")}
	needJudges   = Need{"judges_few", lang.T("回避后每个事项至少 3 名委员", "at least 3 members may score each item")}
	needLayout   = Need{"layout_moved", lang.T("所评的布局仍是最新一版", "the layout judged is still the newest")}
	needScored   = Need{"scoring_running", lang.T("已过截止日期，或全部打完", "the last day is over, or all are finished")}
	needQuorum   = Need{"no_quorum", lang.T("打完分的委员达到法定人数", "a quorum of members is finished")}
	needSecond   = Need{"second_date", lang.T("已定第二轮截止日期", "the second round has a last day")}
	needRevised  = Need{"second_running", lang.T("第二轮已过截止日期", "the second round's last day is over")}
	needMotions  = Need{"motions_open", lang.T("每个事项都有表决结果", "every item is decided by a vote")}
	needNotice   = Need{"notice_date", lang.T("公示结束日期未过", "the notice's last day is not past")}
	needNoticed  = Need{"notice_running", lang.T("公示期满", "the notice's last day is over")}
	needAnswers  = Need{"objections_open", lang.T("异议全部答复", "every objection is answered")}
	needFuture   = Need{"effective_past", lang.T("生效日期晚于今天", "the effective date is later than today")}
	needReason   = Need{"reason_missing", lang.T("写明原因", "a reason is given")}
)

// Transitions returns the one table of the steps between phases.
func Transitions() []Transition {
	running := []Phase{Preparing, Opened, Scoring, Second, Deliberating, Noticed, Deciding}
	return []Transition{
		{ActOpen, []Phase{Preparing}, Opened, people.RunEvaluation, []Need{needCriteria, needWeights, needDates, needItems, needMembers, needJudges, needLayout}, (*check).canOpen},
		{ActStart, []Phase{Opened}, Scoring, people.RunEvaluation, nil, nil},
		{ActSecond, []Phase{Scoring}, Second, people.RunEvaluation, []Need{needScored, needQuorum, needSecond}, (*check).canSecond},
		{ActClose, []Phase{Scoring}, Deliberating, people.RunEvaluation, []Need{needScored, needQuorum}, (*check).canClose},
		{ActClose, []Phase{Second}, Deliberating, people.RunEvaluation, []Need{needRevised}, (*check).canCloseSecond},
		{ActPublish, []Phase{Deliberating}, Noticed, people.RunEvaluation, []Need{needMotions, needNotice}, (*check).canPublish},
		{ActEndNotice, []Phase{Noticed}, Deciding, people.RunEvaluation, []Need{needNoticed, needAnswers}, (*check).canEndNotice},
		{ActAdopt, []Phase{Deciding}, Adopted, people.DecideEvaluation, []Need{needFuture, needLayout}, (*check).canAdopt},
		{ActReject, []Phase{Deciding}, Rejected, people.DecideEvaluation, []Need{needReason}, (*check).hasReason},
		{ActArchive, []Phase{Adopted, Rejected}, Archived, people.RunEvaluation, nil, nil},
		{ActCancel, running, Cancelled, people.RunEvaluation, []Need{needReason}, (*check).hasReason},
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
