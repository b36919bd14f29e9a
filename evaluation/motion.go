package evaluation

import (
	"fmt"
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// MotionText is what is moved for an item.
type MotionText struct {
	Verdict Verdict   `json:"verdict"`
	Focus   lang.Text `json:"focus"` // The focus from then on, where the verdict changes it; otherwise zero.
}

// needsFocus reports whether the verdict cannot be moved without a focus.
func (v Verdict) needsFocus() bool { return v == Adjust || v == Add }

// takesFocus reports whether a focus may be moved with the verdict.
func (v Verdict) takesFocus() bool { return v.needsFocus() || v == Strengthen }

// proposal returns what to move for the item by the recommendation. Without one
// it is that all stays.
func (i Item) proposal(v Verdict) MotionText {
	if v == "" {
		v = i.Verdicts()[0]
	}
	t := MotionText{Verdict: v}
	if v.needsFocus() {
		t.Focus = i.Proposed
	}
	return t
}

// MotionState is what became of a motion.
type MotionState string

// The states of a motion.
const (
	Voting   MotionState = "voting"
	Carried  MotionState = "carried"
	Lost     MotionState = "lost"
	Tied     MotionState = "tied"      // As many for as against: not carried.
	NoQuorum MotionState = "no-quorum" // Too few voted: nothing is decided, and it is put again.
)

// Label returns what the state is called.
func (m MotionState) Label() lang.Text {
	switch m {
	case Voting:
		return lang.T("表决中", "being voted on")
	case Carried:
		return lang.T("通过", "carried")
	case Lost:
		return lang.T("未通过", "lost")
	case Tied:
		return lang.T("票数相同，未通过", "tied, not carried")
	case NoQuorum:
		return lang.T("人数不足，未决", "no quorum, undecided")
	}
	return lang.T(string(m), string(m))
}

// Decided reports whether the item is decided by the motion.
func (m MotionState) Decided() bool { return m == Carried || m == Lost || m == Tied }

// Motion is one motion and its ballot.
type Motion struct {
	Ballot int // Of the cycle, from 1.
	Item   ItemID
	MotionText
	Recommended Verdict // What the figures recommended; empty when they told nothing.
	State       MotionState
	Tally       Tally // Zero until the ballot is closed.
	By          people.UserID
	At          time.Time
	Closed      time.Time
}

// Tally counts a closed ballot.
type Tally struct {
	Entitled int `json:"entitled"` // Members who could vote: those who stand aside are not among them.
	For      int `json:"for"`
	Against  int `json:"against"`
	Abstain  int `json:"abstain"`
}

// Voted returns how many took part.
func (t Tally) Voted() int { return t.For + t.Against + t.Abstain }

// Result returns what the tally makes of a motion.
func (t Tally) Result(r Rules) MotionState {
	switch {
	case t.Entitled == 0 || !r.Quorum.atLeast(t.Voted(), t.Entitled):
		return NoQuorum
	case t.For == t.Against:
		return Tied
	case r.Majority.moreThan(t.For, t.For+t.Against):
		return Carried
	}
	return Lost
}

// Choice is how somebody votes.
type Choice string

// The choices.
const (
	For     Choice = "for"
	Against Choice = "against"
	Abstain Choice = "abstain" // Takes part in the quorum, and counts for neither side.
)

// Label returns what the choice is called.
func (c Choice) Label() lang.Text {
	switch c {
	case For:
		return lang.T("赞成", "for")
	case Against:
		return lang.T("反对", "against")
	case Abstain:
		return lang.T("弃权", "abstain")
	}
	return lang.T(string(c), string(c))
}

func voteKey(c CycleID, ballot int, m people.UserID) string {
	return fmt.Sprintf("%s\x00%06d\x00%s", c, ballot, m)
}

// Motion returns the newest motion for the item.
func (c Cycle) Motion(item ItemID) (Motion, bool) {
	for _, m := range slices.Backward(c.Motions) {
		if m.Item == item {
			return m, true
		}
	}
	return Motion{}, false
}

// Quorum returns how many of so many who are entitled must take part.
func (c Cycle) Quorum(entitled int) int { return c.Rules.Quorum.need(entitled) }

// Put puts a motion for the item to the vote. A verdict that changes the focus
// brings the new one; the focus that was proposed with the item is taken when
// none is given. An item whose motion was lost or tied may be moved otherwise,
// one without quorum just so again.
//
// The error is a [lang.Problem]: who may not, "no_cycle", "wrong_phase",
// "no_item", "ballot_open", "already_carried" or "same_motion"; or
// [lang.FieldProblems] for verdict and focus.
func Put(s State, who people.Person, id CycleID, item ItemID, m MotionText, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Deliberating)
	if err != nil {
		return nil, err
	}
	i, ok := c.Item(item)
	if !ok {
		return nil, errNoItem(item)
	}
	problems := lang.FieldProblems{}
	m.Focus = trim(m.Focus)
	switch {
	case !slices.Contains(i.Verdicts(), m.Verdict):
		problems[FieldVerdict] = lang.Problemf("verdict", "对“%s”的事项，可选：%s。", "For what is “%s” one may move: %s.", i.Kind.Label(), lang.List(i.Verdicts(), Verdict.Label))
	case m.Verdict.needsFocus() || m.Verdict.takesFocus() && !m.Focus.IsZero():
		if m.Focus.IsZero() {
			m.Focus = i.Proposed
		}
		checkFocus(problems, m.Focus)
		if m.Focus == i.Focus && len(problems) == 0 && m.Verdict == Adjust {
			problems[FieldFocusZH] = lang.Problemf("focus_same", "与现在的主攻方向相同，请填写调整后的内容。", "This is the focus as it is; say what it is to be.")
		}
	case !m.Focus.IsZero():
		problems[FieldFocusZH] = lang.Problemf("focus_unused", "“%s”不改变主攻方向，请清空。", "To %s does not change the focus; leave it empty.", m.Verdict.Label())
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	if last, ok := c.Motion(item); ok {
		switch {
		case last.State == Voting:
			return nil, lang.Problemf("ballot_open", "这一事项正在表决，请先结束表决。", "This item is being voted on; close the vote first.")
		case last.State == Carried:
			return nil, lang.Problemf("already_carried", "这一事项已经通过表决。", "A motion for this item is carried already.")
		case last.State != NoQuorum && last.MotionText == m:
			return nil, lang.Problemf("same_motion", "同样的方案已表决未通过，请修改后再提。", "This very motion was not carried; change it before putting it again.")
		}
	}
	recommended := Verdict("")
	for _, r := range s.results(c).Items {
		if r.Item.ID == item {
			recommended = r.Recommendation
		}
	}
	return draft(kindMotion, motionV1{Cycle: id, Item: item, Text: m, Advised: recommended, By: who.User}), nil
}

// Vote keeps a member's vote on the item's open motion. It may be given again
// until the ballot is closed; the last one counts. There is no draft when it was
// given already. The error is a [lang.Problem]: who may not, "no_cycle",
// "wrong_phase", "not_member", "has_left", "no_item", "stood_aside",
// "ballot_closed" or "choice".
func Vote(s State, who people.Person, id CycleID, item ItemID, choice Choice, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.ScoreEvaluation, Deliberating)
	if err != nil {
		return nil, err
	}
	if err := c.mayJudge(who, item); err != nil {
		return nil, err
	}
	m, ok := c.Motion(item)
	if !ok || m.State != Voting {
		return nil, errBallotClosed
	}
	if !slices.Contains([]Choice{For, Against, Abstain}, choice) {
		return nil, lang.Problemf("choice", "请选择赞成、反对或弃权。", "Choose for, against or abstain.")
	}
	if last, ok := s.votes.Get(voteKey(id, m.Ballot, who.User)); ok && last == choice {
		return nil, nil
	}
	return draft(kindVoted, votedV1{Cycle: id, Item: item, Ballot: m.Ballot, Member: who.User, Choice: choice}), nil
}

var errBallotClosed = lang.Problemf("ballot_closed", "这一事项现在没有进行表决。", "There is no vote under way on this item.")

// VoteOf returns how the viewer has voted on the item's newest motion.
func (s State) VoteOf(viewer people.Person, c Cycle, item ItemID) (Choice, bool) {
	m, ok := c.Motion(item)
	if !ok {
		return "", false
	}
	return s.votes.Get(voteKey(c.ID, m.Ballot, viewer.User))
}

// VotingTurnout returns how many have voted in the item's open ballot, without
// telling how. It is zero when no ballot is open.
func (s State) VotingTurnout(c Cycle, item ItemID) Turnout {
	m, ok := c.Motion(item)
	i, known := c.Item(item)
	if !ok || !known || m.State != Voting {
		return Turnout{}
	}
	var t Turnout
	for _, u := range c.Judges(i) {
		t.Entitled++
		if s.votes.Has(voteKey(c.ID, m.Ballot, u)) {
			t.Took++
		}
	}
	t.Needed = c.Rules.Quorum.need(t.Entitled)
	return t
}

// CloseBallot counts the votes on the item's motion. The error is a
// [lang.Problem]: who may not, "no_cycle", "wrong_phase", "no_item" or
// "ballot_closed".
func CloseBallot(s State, who people.Person, id CycleID, item ItemID, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Deliberating)
	if err != nil {
		return nil, err
	}
	i, ok := c.Item(item)
	if !ok {
		return nil, errNoItem(item)
	}
	m, ok := c.Motion(item)
	if !ok || m.State != Voting {
		return nil, errBallotClosed
	}
	var t Tally
	for _, u := range c.Judges(i) {
		t.Entitled++
		switch choice, _ := s.votes.Get(voteKey(id, m.Ballot, u)); choice {
		case For:
			t.For++
		case Against:
			t.Against++
		case Abstain:
			t.Abstain++
		default: // Has not voted.
		}
	}
	return draft(kindBallot, ballotV1{Cycle: id, Item: item, Ballot: m.Ballot, Tally: t, State: t.Result(c.Rules), By: who.User}), nil
}

// AddMinute adds to the minutes. There is no draft when the last entry is the
// very same. The error is a [lang.Problem] or
// [lang.FieldProblems] for the text.
func AddMinute(s State, who people.Person, id CycleID, item ItemID, text string, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, within[ActMinute]...)
	if err != nil {
		return nil, err
	}
	if _, ok := c.Item(item); !ok && item != "" {
		return nil, errNoItem(item)
	}
	text = clean(text)
	problems := lang.FieldProblems{}
	checkText(problems, FieldText, text, MaxMinute, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	if n := len(c.Minutes); n > 0 && c.Minutes[n-1].Item == item && c.Minutes[n-1].Text == text {
		return nil, nil
	}
	return draft(kindMinute, minuteV1{Cycle: id, Item: item, Text: text, By: who.User}), nil
}

// Decided returns how many items are decided.
func (c Cycle) Decided() int {
	n := 0
	for _, i := range c.Items {
		if m, ok := c.Motion(i.ID); ok && m.State.Decided() {
			n++
		}
	}
	return n
}

// Changes returns what becomes of each item by the motions that were carried:
// where none was, all stays as it is.
func (c Cycle) Changes() []Change {
	out := make([]Change, 0, len(c.Items))
	for _, i := range c.Items {
		ch := Change{Item: i.ID, Verdict: i.Verdicts()[0], Focus: i.Focus}
		if m, ok := c.Motion(i.ID); ok && m.State == Carried {
			ch.Verdict = m.Verdict
			switch {
			case m.Verdict == Withdraw:
				ch.Focus = lang.Text{}
			case !m.Focus.IsZero():
				ch.Focus = m.Focus
			}
		}
		out = append(out, ch)
	}
	return out
}
