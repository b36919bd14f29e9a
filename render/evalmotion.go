package render

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Actions of the deliberation. The value is that of [EvaluationValue] with an
// item, where nothing else is said.
const (
	ActionPut       = "eval-put"       // Puts what the figures propose to the vote.
	ActionPutAll    = "eval-put-all"   // Puts it for every item that can be; value: the cycle.
	ActionMove      = "eval-move"      // Opens the form for another motion.
	ActionVote      = "eval-vote"      // Votes; value: a [Ballot].
	ActionEndVote   = "eval-end-vote"  // Closes the vote; value: a [Ballot].
	ActionEndVotes  = "eval-end-votes" // Closes every open vote; value: the cycle.
	ActionMinute    = "eval-minute"    // Opens the form of the minutes; no item: about the whole.
	ActionMinutes   = "eval-minutes"   // Shows the minutes; value: the cycle.
	ActionMyBallots = "eval-ballots"   // Shows the open votes that wait for the member; value: the cycle.
)

// Callback ids of the deliberation's forms; their private metadata is that of
// [AboutEvaluation] with the item.
const (
	MotionForm = "eval-motion" // Fields: those of [evaluation.MotionText], and a reason.
	MinuteForm = "eval-minute" // Field: [evaluation.FieldText].
)

// Ballot names a ballot in a button's value: a button of one that is closed
// must not act on the next one.
type Ballot struct {
	Cycle  evaluation.CycleID
	Item   evaluation.ItemID
	Number int
	Choice evaluation.Choice // To vote with; empty otherwise.
	Among  BallotRange       // Those of the message that the button is in; zero in the agenda.
}

// BallotRange is ballots that were put together, from the first to the last.
type BallotRange struct{ First, Last int }

// Has reports whether the ballot is among them.
func (r BallotRange) Has(n int) bool { return r.First <= n && n <= r.Last }

func (r BallotRange) String() string { return count(r.First) + "-" + count(r.Last) }

// ParseBallotRange reads what [BallotRange.String] wrote.
func ParseBallotRange(s string) (r BallotRange, ok bool) {
	first, last, ok := strings.Cut(s, "-")
	var errs [2]error
	r.First, errs[0] = strconv.Atoi(first)
	r.Last, errs[1] = strconv.Atoi(last)
	return r, ok && errors.Join(errs[:]...) == nil
}

func (b Ballot) String() string {
	return strings.Join([]string{string(b.Cycle), string(b.Item), count(b.Number), string(b.Choice), b.Among.String()}, "|")
}

// ParseBallot reads what [Ballot.String] wrote.
func ParseBallot(s string) (b Ballot, ok bool) {
	parts := strings.Split(s, "|")
	if len(parts) != 5 {
		return b, false
	}
	number, err := strconv.Atoi(parts[2])
	among, ok := ParseBallotRange(parts[4])
	return Ballot{evaluation.CycleID(parts[0]), evaluation.ItemID(parts[1]), number, evaluation.Choice(parts[3]), among}, ok && err == nil
}

// AgendaData is the deliberation as one person sees it.
type AgendaData struct {
	Policy   *policy.Policy // With everything that was adopted.
	Cycle    evaluation.Cycle
	Items    []evaluation.AgendaItem // In the order of the agenda.
	Viewer   people.Person
	Mine     map[evaluation.ItemID]evaluation.Choice // How the viewer voted in the newest ballot of an item.
	Turnouts map[evaluation.ItemID]evaluation.Turnout
	Puttable int // Items for which something can be put as it is.
	Done     lang.Text
}

// runs reports whether the viewer puts motions and closes votes now.
func (d AgendaData) runs() bool {
	return people.Can(d.Viewer, people.RunEvaluation) && d.Cycle.Phase == evaluation.Deliberating
}

// votes reports whether the viewer votes on the item now.
func (d AgendaData) votes(i evaluation.AgendaItem) bool {
	_, aside := d.Cycle.Recused(d.Viewer.User, i.Item)
	return people.Can(d.Viewer, people.ScoreEvaluation) && d.Cycle.Seat(d.Viewer.User) == nil && !aside && d.open(i)
}

func (d AgendaData) open(i evaluation.AgendaItem) bool {
	return i.Motion != nil && i.Motion.State == evaluation.Voting && d.Cycle.Phase == evaluation.Deliberating
}

// agendaPage is how many items one message has: two blocks each.
const agendaPage = 12

// PageOf returns the page of the agenda that has the item.
func (d AgendaData) PageOf(id evaluation.ItemID) int {
	return max(0, slices.IndexFunc(d.Items, func(i evaluation.AgendaItem) bool { return i.Item.ID == id })) / agendaPage
}

// Agenda renders a page of the deliberation: the most divided items first, each
// with its result, its motion, and what the person can do about it.
func Agenda(d AgendaData, page int, l lang.Lang) Message {
	c := d.Cycle
	running := c.Phase == evaluation.Deliberating
	title := lang.Tf("%s · 会商议程", "%s · agenda of the deliberation", c.ID.Label())
	if !running {
		title = lang.Tf("%s · 会商和表决", "%s · motions and votes", c.ID.Label())
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	if !d.Done.IsZero() {
		m.Text = d.Done.In(l)
		m.Blocks = append(m.Blocks, section(":white_check_mark: "+d.Done.In(l)))
	}
	if n := d.waiting(); n > 0 {
		m.Blocks = append(m.Blocks, sectionWith(d.standing().In(l), primary(button(ActionMyBallots, string(c.ID), lang.Tf("等我表决的 %s 项", "Vote on %s", lang.T(count(n), plural(n, "item", "items"))).In(l)))))
	} else {
		m.Blocks = append(m.Blocks, section(d.standing().In(l)))
	}
	if running {
		m.Blocks = append(m.Blocks, contextLine(lang.T("分歧大的先议。", "The most divided first. ").In(l)+votingRules(c, l)))
	}
	items, first, at := pageOf(d.Items, page, agendaPage)
	for n, i := range items {
		m.Blocks = append(m.Blocks, d.item(i, first+n, l)...)
	}
	m.Blocks = append(m.Blocks, actions("agenda", d.whole(at, first+len(items) < len(d.Items), l)...)...)
	return m
}

// standing tells how far the deliberation is and what is next.
func (d AgendaData) standing() lang.Text {
	c := d.Cycle
	open, unmoved := 0, 0
	for _, i := range d.Items {
		switch {
		case d.open(i):
			open++
		case !i.Decided:
			unmoved++
		}
	}
	words := lang.Tf("已有结果 %d / %d 项；正在表决 %d 项；待提出 %d 项。", "Decided: %d of %d items. Being voted on: %d. Waiting for a motion: %d.", c.Decided(), len(c.Items), open, unmoved)
	switch {
	case c.Phase != evaluation.Deliberating:
		return lang.Tf("会商已结束。已有结果 %d / %d 项。", "The deliberation is over: %d of %d items were decided.", c.Decided(), len(c.Items))
	case c.Decided() == len(c.Items):
		return lang.Tf("%s全部有结果，可以开始公示。", "%s All are decided; the public notice can begin.", words)
	}
	return words
}

// votingRules tell what carries a motion.
func votingRules(c evaluation.Cycle, l lang.Lang) string {
	return lang.Tf("有权表决的委员至少%s参加才有效，弃权也算参加；赞成要超过赞成与反对之和的%s。表决结束前可以改票，只公布票数。",
		"A vote counts when at least %s of those entitled take part, abstentions included; it is carried by more than %s of the votes for and against. Votes may be changed until it is closed; only counts are told.",
		c.Rules.Quorum.Label(), c.Rules.Majority.Label()).In(l)
}

// item is one item of the agenda with its buttons.
func (d AgendaData) item(i evaluation.AgendaItem, n int, l lang.Lang) []slack.Block {
	lines := []string{"*" + count(n+1) + " · " + itemTitle(d.Cycle, d.Policy, i.Item.ID, l) + "* · " + shortResult(i.ItemResult, l)}
	switch {
	case i.Motion == nil && d.Cycle.Phase != evaluation.Deliberating:
		lines = append(lines, lang.T("没有提出表决。", "Nothing was moved.").In(l))
	case i.Motion == nil:
		lines = append(lines, lang.T("建议提出：", "Proposed motion: ").In(l)+motionWords(i.Proposal, i.Item, l))
		if i.NeedsNew {
			lines = append(lines, lang.T("还没有新的主攻方向，请点“另提方案”填写。", "There is no new focus yet: write one in “Another motion”.").In(l))
		}
	default:
		lines = append(lines, lang.T("动议：", "Motion: ").In(l)+motionWords(i.Motion.MotionText, i.Item, l), d.outcome(i, l))
	}
	blocks := []slack.Block{section(strings.Join(lines, "\n"))}
	return append(blocks, actions(fmt.Sprintf("agenda:%d", n), d.buttons(i, n, l)...)...)
}

// shortResult tells what the scores say of an item in a few words.
func shortResult(i evaluation.ItemResult, l lang.Lang) string {
	if !i.Told {
		return lang.Tf("打分不足 %d 人", "fewer than %d scores", evaluation.MinShown).In(l)
	}
	words := lang.Tf("中位数 %s，标准差 %s", "median %s, SD %s", figure(i.Weighted.Median), figure(i.Weighted.SD)).In(l)
	if i.Divided {
		words += " · :left_right_arrow: " + lang.T("分歧较大", "divided").In(l)
	}
	return words
}

// motionWords tell what is moved, with the focus as it is and as it would be.
func motionWords(m evaluation.MotionText, i evaluation.Item, l lang.Lang) string {
	words := "*" + m.Verdict.Label().In(l) + "*"
	now, then := escapeCut(i.Focus.In(l), maxItemFocus), escapeCut(m.Focus.In(l), maxItemFocus)
	switch {
	case !m.Focus.IsZero() && !i.Focus.IsZero():
		words += lang.T("，主攻方向由“", ", its focus from “").In(l) + now + lang.T("”改为“", "” to “").In(l) + then + lang.T("”", "”").In(l)
	case !m.Focus.IsZero():
		words += lang.T("，主攻方向：", ", with the focus: ").In(l) + then
	case !i.Focus.IsZero():
		words += lang.T("（主攻方向：", " (focus: ").In(l) + now + lang.T("）", ")").In(l)
	}
	return words
}

// outcome tells how the vote stands, or what it gave and what to do next.
func (d AgendaData) outcome(i evaluation.AgendaItem, l lang.Lang) string {
	m := *i.Motion
	if m.State == evaluation.Voting && !d.open(i) { // The cycle was cancelled meanwhile.
		return lang.T(":heavy_minus_sign: 评估已取消，这次表决没有结果，不用再投。", ":heavy_minus_sign: The evaluation was cancelled, so this vote decides nothing and needs no votes.").In(l)
	}
	if m.State == evaluation.Voting {
		t := d.Turnouts[i.Item.ID]
		words := lang.Tf(":ballot_box_with_ballot: 正在表决：%d / %d 名已投，法定 %d 名。", ":ballot_box_with_ballot: Being voted on: %d of %d have voted, the quorum is %d.", t.Took, t.Entitled, t.Needed)
		if r, aside := d.Cycle.Recused(d.Viewer.User, i.Item); aside {
			return words.In(l) + " " + lang.T("你已回避，不参加表决。原因：", "You stand aside and do not vote. Reason: ").In(l) + escapeCut(r.Reason, maxItemFocus)
		}
		if mine, ok := d.Mine[i.Item.ID]; ok {
			words = lang.Tf("%s你投了*%s*，结束前可以改。", "%s You voted *%s* and may change it until it is closed.", words, mine.Label())
		}
		return words.In(l)
	}
	return ballotResult(d.Cycle, m).In(l)
}

// ballotResult tells what a closed vote gave, and what follows from it.
func ballotResult(c evaluation.Cycle, m evaluation.Motion) lang.Text {
	t := m.Tally
	votes := lang.Tf("赞成 %d，反对 %d，弃权 %d；有权表决 %d 名", "%d for, %d against, %d abstaining; %d entitled", t.For, t.Against, t.Abstain, t.Entitled)
	switch {
	case c.Phase == evaluation.Deliberating:
	case m.State == evaluation.Lost:
		return lang.Tf(":x: *没有通过*（%s），这一项保持原状。", ":x: *Not carried* (%s): the item stays as it is.", votes)
	case m.State == evaluation.Tied:
		return lang.Tf(":x: *票数相同，不算通过*（%s），这一项保持原状。", ":x: *A tie, so not carried* (%s): the item stays as it is.", votes)
	case m.State == evaluation.NoQuorum:
		return lang.Tf(":warning: *参加的人不够，没有结果*（%s，法定 %d 名）。", ":warning: *Too few voted, so nothing was decided* (%s, the quorum is %d).", votes, c.Quorum(t.Entitled))
	}
	switch m.State {
	case evaluation.Carried:
		return lang.Tf(":white_check_mark: *通过*（%s）。", ":white_check_mark: *Carried* (%s).", votes)
	case evaluation.Lost:
		return lang.Tf(":x: *没有通过*（%s）。这一项保持原状；也可以另提方案再表决。", ":x: *Not carried* (%s). The item stays as it is, unless another motion is put.", votes)
	case evaluation.Tied:
		return lang.Tf(":x: *票数相同，不算通过*（%s）。这一项保持原状；也可以另提方案再表决。", ":x: *A tie, so not carried* (%s). The item stays as it is, unless another motion is put.", votes)
	case evaluation.NoQuorum:
		return lang.Tf(":warning: *参加的人不够，没有结果*（%s，法定 %d 名）。秘书处提醒委员后，可以再次提出同一方案。", ":warning: *Too few voted, so nothing is decided* (%s, the quorum is %d). The secretariat can remind the members and put the same motion again.",
			votes, c.Quorum(t.Entitled))
	case evaluation.Voting:
	}
	return m.State.Label()
}

// buttons are what the person can do about an item.
func (d AgendaData) buttons(i evaluation.AgendaItem, n int, l lang.Lang) (out []slack.BlockElement) {
	value := itemValue(d.Cycle.ID, i.Item.ID)
	id := func(action string) string { return fmt.Sprintf("%s:%d", action, n) }
	if d.votes(i) {
		out = append(out, d.voteButtons(i, n, BallotRange{}, l)...)
	}
	if d.runs() {
		another := button(id(ActionMove), value, lang.T("另提方案…", "Another motion…").In(l))
		switch {
		case d.open(i):
			t := d.Turnouts[i.Item.ID]
			out = append(out, confirmed(button(id(ActionEndVote), Ballot{Cycle: d.Cycle.ID, Item: i.Item.ID, Number: i.Motion.Ballot}.String(), lang.T("结束表决", "Close the vote").In(l)),
				lang.T("结束表决？", "Close the vote?"),
				lang.Tf("已投 %d / %d 名，法定 %d 名。结束后不能再投。", "%d of %d have voted, the quorum is %d. Nobody can vote behind that.", t.Took, t.Entitled, t.Needed), l))
		case i.Motion == nil && !i.NeedsNew:
			out = append(out, primary(button(id(ActionPut), value, lang.T("按建议提出表决", "Put it to the vote").In(l))), another)
		case i.Motion == nil:
			out = append(out, primary(another))
		case i.Motion.State == evaluation.NoQuorum:
			out = append(out, primary(button(id(ActionPut), value, lang.T("再次提出", "Put it again").In(l))), another)
		case i.Motion.State != evaluation.Carried:
			out = append(out, another)
		}
		out = append(out, button(id(ActionMinute), value, lang.T("记纪要…", "Minutes…").In(l)))
	}
	return append(out, button(id(ActionResult), value, lang.T("打分详情", "Scores").In(l)))
}

// voteButtons are the three choices; the one that the member has made is marked.
func (d AgendaData) voteButtons(i evaluation.AgendaItem, n int, among BallotRange, l lang.Lang) (out []slack.BlockElement) {
	mine := d.Mine[i.Item.ID]
	for _, choice := range []evaluation.Choice{evaluation.For, evaluation.Against, evaluation.Abstain} {
		label := capital(choice.Label().In(l))
		if choice == mine {
			label = "✓ " + label
		}
		value := Ballot{Cycle: d.Cycle.ID, Item: i.Item.ID, Number: i.Motion.Ballot, Choice: choice, Among: among}
		b := button(fmt.Sprintf("%s:%d-%s", ActionVote, n, choice), value.String(), label)
		if choice == mine {
			b = primary(b)
		}
		out = append(out, b)
	}
	return out
}

// waiting are the open votes that wait for the viewer's.
func (d AgendaData) waiting() int {
	n := 0
	for _, i := range d.Items {
		if _, voted := d.Mine[i.Item.ID]; d.votes(i) && !voted {
			n++
		}
	}
	return n
}

// whole are the buttons below the agenda.
func (d AgendaData) whole(at int, more bool, l lang.Lang) []slack.BlockElement {
	id := string(d.Cycle.ID)
	out := pageButtons(ActionEvaluationAgenda, d.Cycle.ID, at, more, l)
	if d.runs() {
		if d.Puttable > 1 {
			out = append(out, confirmed(button(ActionPutAll, id, lang.Tf("其余一并提出表决（%d）", "Put the rest to the vote (%d)", d.Puttable).In(l)),
				lang.T("一并提出表决？", "Put them to the vote together?"),
				lang.Tf("提出 %d 项：没有提过的按打分得出的建议，人数不够的照原样再提。每项分别表决，委员只收到一条消息。", "%d items are put: as the scores propose, or once more where too few voted. Each is voted on by itself; the members get one message.", min(d.Puttable, BallotsPerMessage)), l))
		}
		open := 0
		for _, i := range d.Items {
			if d.open(i) {
				open++
			}
		}
		if open > 1 {
			out = append(out, confirmed(button(ActionEndVotes, id, lang.Tf("结束全部表决（%d）", "Close all votes (%d)", open).In(l)),
				lang.T("结束全部表决？", "Close all votes?"), lang.Tf("%d 项正在表决，结束后不能再投；人数不够的没有结果，可以再次提出。", "%d votes are open. Nobody can vote behind that; those without a quorum decide nothing and can be put again.", open), l))
		}
		out = append(out, button(ActionMinute, itemValue(d.Cycle.ID, ""), lang.T("记入纪要…", "Add to the minutes…").In(l)))
	}
	if len(d.Cycle.Minutes) > 0 {
		out = append(out, button(ActionMinutes, id, lang.Tf("看纪要（%d）", "Read the minutes (%d)", len(d.Cycle.Minutes)).In(l)))
	}
	if d.Cycle.Phase != evaluation.Deliberating {
		return append(out, button(ActionEvaluation+":a", id, lang.T("看评估", "See the evaluation").In(l)))
	}
	return append(out, button(ActionEvaluationAgenda+":page-again", pageValue(d.Cycle.ID, at), lang.T("刷新", "Refresh").In(l)))
}

// seeAgenda is what the agenda is called on a button: once the deliberation is
// over it only tells what was moved and voted.
func seeAgenda(c evaluation.Cycle) lang.Text {
	if c.Phase != evaluation.Deliberating {
		return lang.T("看会商和表决", "See motions and votes")
	}
	return lang.T("看会商议程", "See the agenda")
}
