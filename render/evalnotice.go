package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// ActionAnswerObjection opens the form for answering an objection; value: cycle
// and the objection's number.
const ActionAnswerObjection = "eval-answer"

// Callback ids of the notice's forms; their private metadata is that of
// [AboutEvaluation], with the objection's number for an answer.
const (
	ObjectionForm       = "eval-object" // Fields: [FieldAbout], [evaluation.FieldFrom], [evaluation.FieldText].
	ObjectionAnswerForm = "eval-answer" // Field: [evaluation.FieldText].
)

// FieldAbout chooses the item of an objection; [AboutWhole] is the whole.
const (
	FieldAbout = "about"
	AboutWhole = "whole"
)

// ProposalsData is what a cycle proposes, or has decided, as one person sees it.
type ProposalsData struct {
	Policy  *policy.Policy // With what is proposed: it knows the names of new domains.
	Cycle   evaluation.Cycle
	Before  policy.Layout // The layout that was judged.
	After   policy.Layout // As it would be, or is from its day on.
	Changed bool          // They differ.
	Viewer  people.Person
	Now     time.Time
}

// inside reports whether the viewer sees more than what is public.
func (d ProposalsData) inside() bool { return people.Can(d.Viewer, people.ReadEvaluation) }

// Running reports whether objections are taken now.
func (d ProposalsData) Running() bool {
	return d.Cycle.Phase == evaluation.Noticed && d.Now.Before(d.Cycle.Dates.NoticeUntil.End())
}

// Proposals renders a page of what is on public notice: what becomes of the
// layout and from when, the objections and their answers, and what the person
// can do.
func Proposals(d ProposalsData, page int, l lang.Lang) Message {
	c := d.Cycle
	title := lang.Tf("%s · 公示", "%s · public notice", c.ID.Label())
	switch {
	case c.Outcome != nil:
		title = lang.Tf("%s · 决定", "%s · decision", c.ID.Label())
	case c.Phase == evaluation.Deciding:
		title = lang.Tf("%s · 待决定的调整", "%s · what is to be decided", c.ID.Label())
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l)), section(d.standing().In(l))}}
	rows := append(d.changes(l), d.objections(l)...)
	parts := parted(rows)
	page = min(max(page, 0), len(parts)-1)
	m.Blocks = append(m.Blocks, parts[page]...)
	buttons := pageButtons(ActionEvaluationProposals, c.ID, page, page+1 < len(parts), l)
	if d.Running() && people.Can(d.Viewer, people.ReadProgress) {
		buttons = append(buttons, button(ActionEvaluationObject+":n", string(c.ID), lang.T("提出异议…", "Object…").In(l)))
	}
	if c.Phase == evaluation.Deciding && people.Can(d.Viewer, people.DecideEvaluation) {
		buttons = append(buttons,
			primary(button(ActionEvaluationStep+":n-adopt", EvaluationValue(c.ID, string(evaluation.ActAdopt)), evaluation.ActAdopt.Label().In(l)+"…")),
			button(ActionEvaluationStep+":n-reject", EvaluationValue(c.ID, string(evaluation.ActReject)), evaluation.ActReject.Label().In(l)+"…").WithStyle(slack.StyleDanger))
	}
	m.Blocks = append(m.Blocks, actions("proposals", append(buttons, button(ActionEvaluation+":n", string(c.ID), lang.T("看评估总览", "See the overview").In(l)))...)...)
	return m
}

// How much one page of rows holds, so that a message with it stays within
// Slack's limits.
const (
	maxRows     = 40
	maxRowWords = 9000
)

// parted puts rows onto pages that each fit into a message; there is one page at
// least.
func parted(rows []slack.Block) [][]slack.Block {
	pages := [][]slack.Block{nil}
	words := 0
	for _, row := range rows {
		size := 0
		if s, ok := row.(*slack.SectionBlock); ok && s.Text != nil {
			size = utf8.RuneCountInString(s.Text.Text)
		}
		last := len(pages) - 1
		if len(pages[last]) == maxRows || words+size > maxRowWords && len(pages[last]) > 0 {
			pages, words, last = append(pages, nil), 0, last+1
		}
		pages[last], words = append(pages[last], row), words+size
	}
	return pages
}

// standing tells where the proposal is, and what comes next.
func (d ProposalsData) standing() lang.Text {
	c := d.Cycle
	switch {
	case c.Outcome != nil || c.Phase == evaluation.Cancelled:
		return outcomeWords(c)
	case c.Phase == evaluation.Deciding:
		return lang.Tf("公示已结束，等领导决定，最迟%s。决定之前布局不变。", "The notice is over; leadership decides, by %s. Until then the layout stays.", c.Dates.Decision.Label())
	case !d.Running():
		return lang.Tf("公示已于%s结束，不再受理异议；答复完毕后提交领导决定。", "The notice ended after %s, and no objection is taken any more; when each is answered, leadership decides.", c.Dates.NoticeUntil.Label())
	}
	return lang.Tf("公示期到%s为止。下面是委员表决通过的调整，还没有生效；有不同意见，请在公示期内提出异议，秘书处会逐条答复。",
		"On public notice until the end of %s. These are the changes that the members voted for; none holds yet. If you disagree, object while the notice lasts: the secretariat answers each objection.", c.Dates.NoticeUntil.Label())
}

// change is what becomes of an item in the layout.
type change struct {
	item          evaluation.Item
	verdict       evaluation.Verdict
	before, after lang.Text // The focus; zero for what is not in the layout.
}

// differs reports whether the layout changes.
func (c change) differs() bool { return c.before != c.after }

// diff lists what becomes of the items, by domain and then by district in
// administrative order.
func (d ProposalsData) diff() []change {
	verdicts := map[evaluation.ItemID]evaluation.Verdict{}
	changes := d.Cycle.Changes()
	if o := d.Cycle.Outcome; o != nil {
		changes = o.Changes
	}
	for _, ch := range changes {
		verdicts[ch.Item] = ch.Verdict
	}
	out := make([]change, 0, len(d.Cycle.Items))
	for _, i := range d.Cycle.Items {
		one := change{item: i, verdict: verdicts[i.ID]}
		if f, ok := d.Before.FocusOf(i.Domain, i.District); ok {
			one.before = f.Text
		}
		if f, ok := d.After.FocusOf(i.Domain, i.District); ok {
			one.after = f.Text
		}
		out = append(out, one)
	}
	domain := func(c change) int {
		return slices.IndexFunc(d.Policy.Domains, func(x policy.Domain) bool { return x.ID == c.item.Domain })
	}
	district := func(c change) int { return slices.Index(policy.DistrictIDs(), c.item.District) }
	slices.SortStableFunc(out, func(a, b change) int {
		return cmp.Or(cmp.Compare(domain(a), domain(b)), cmp.Compare(district(a), district(b)))
	})
	return out
}

// changes are a row for each pair that would be new, changed, strengthened or
// withdrawn, and what stays.
func (d ProposalsData) changes(l lang.Lang) []slack.Block {
	all := d.diff()
	var rows []slack.Block
	counts := map[bool]int{}
	for _, ch := range all {
		counts[ch.differs()]++
		if ch.differs() || ch.verdict == evaluation.Strengthen {
			rows = append(rows, section(d.changeWords(ch, l)))
		}
	}
	from := d.Cycle.Dates.Effective
	if o := d.Cycle.Outcome; o != nil && o.Effective.Valid() {
		from = o.Effective
	}
	head := lang.Tf("*布局调整 %s 项，其余 %d 项不变* · 自%s起生效，之前仍按现行布局", "*%s in the layout, %d stay* · from %s on; until then the present layout holds",
		lang.T(count(counts[true]), plural(counts[true], "change", "changes")), counts[false], from.Label())
	switch o := d.Cycle.Outcome; {
	case o != nil && !o.Adopted && d.Changed:
		head = lang.Tf("*提出的布局调整 %s 项没有采纳* · 布局不变", "*Not adopted: %s in the layout* · the layout stays", lang.T(count(counts[true]), plural(counts[true], "change", "changes")))
	case o != nil && d.Changed && !d.Now.Before(from.Start()):
		head = lang.Tf("*布局调整 %s 项，其余 %d 项不变* · 自%s起已生效", "*%s in the layout, %d stay* · in force since %s",
			lang.T(count(counts[true]), plural(counts[true], "change", "changes")), counts[false], from.Label())
	case !d.Changed:
		head = lang.Tf("*布局不变* · %d 个事项都保持原状", "*The layout stays* · all %d items are as they were", len(all))
	}
	return append([]slack.Block{section(head.In(l))}, rows...)
}

// changeWords tell what becomes of a pair.
func (d ProposalsData) changeWords(ch change, l lang.Lang) string {
	title := "*" + itemTitle(d.Cycle, d.Policy, ch.item.ID, l) + "*"
	before, after := escapeCut(ch.before.In(l), maxItemFocus), escapeCut(ch.after.In(l), maxItemFocus)
	lines := []string{""}
	switch {
	case ch.before.IsZero():
		lines[0] = ":new: " + title + lang.T(" · 新增", " · new").In(l)
		lines = append(lines, lang.T("主攻方向：", "Focus: ").In(l)+after)
		if n := slices.IndexFunc(d.Cycle.NewDomains, func(n evaluation.NewDomain) bool { return n.ID == ch.item.Domain }); n >= 0 {
			lines = append(lines, lang.T("新领域：", "A new domain: ").In(l)+escapeCut(d.Cycle.NewDomains[n].Summary.In(l), maxItemFocus))
		}
	case ch.after.IsZero():
		lines[0] = ":wastebasket: " + title + lang.T(" · 退出布局", " · withdrawn").In(l)
		lines = append(lines, lang.T("现主攻方向：", "Focus until then: ").In(l)+before)
	case ch.differs():
		lines[0] = ":pencil2: " + title + " · " + ch.verdict.Label().In(l)
		lines = append(lines, lang.T("主攻方向由“", "Its focus goes from “").In(l)+before+lang.T("”改为“", "” to “").In(l)+after+lang.T("”", "”").In(l))
	default:
		lines[0] = ":arrow_up_small: " + title + " · " + ch.verdict.Label().In(l)
		lines = append(lines, lang.T("主攻方向不变：", "Its focus stays: ").In(l)+after)
	}
	if m, ok := d.Cycle.Motion(ch.item.ID); ok && m.State == evaluation.Carried && d.inside() {
		lines = append(lines, lang.Tf("表决：赞成 %d，反对 %d，弃权 %d", "Vote: %d for, %d against, %d abstaining", m.Tally.For, m.Tally.Against, m.Tally.Abstain).In(l))
	}
	return strings.Join(lines, "\n")
}

// maxObjection bounds what a row shows of an objection and of its answer, in
// characters once they are escaped: both fit into one section.
const maxObjection = 1000

// objections are a row for each. Who only sees what is public sees their own.
func (d ProposalsData) objections(l lang.Lang) []slack.Block {
	var rows []slack.Block
	open := 0
	for _, o := range d.Cycle.Objections {
		if o.Answer == "" {
			open++
		}
		if !d.inside() && o.By != d.Viewer.User {
			continue
		}
		text := objectionWords(d.Cycle, d.Policy, o, l)
		if people.Can(d.Viewer, people.RunEvaluation) && d.Cycle.Phase == evaluation.Noticed {
			label := lang.T("答复…", "Answer…")
			if o.Answer != "" {
				label = lang.T("修改答复…", "Change the answer…")
			}
			b := button(fmt.Sprintf("%s:%d", ActionAnswerObjection, o.Number), EvaluationValue(d.Cycle.ID, count(o.Number)), label.In(l))
			if o.Answer == "" {
				b = primary(b)
			}
			rows = append(rows, sectionWith(text, b))
			continue
		}
		rows = append(rows, section(text))
	}
	head := lang.Tf("*异议 %s 条*，已答复 %d 条", "*%s*, %d answered", lang.T(count(len(d.Cycle.Objections)), plural(len(d.Cycle.Objections), "objection", "objections")), len(d.Cycle.Objections)-open)
	if !d.inside() {
		head = lang.Tf("%s（这里只列出你提出的）", "%s (only yours are listed here)", head)
	}
	if len(d.Cycle.Objections) == 0 {
		head = lang.T("*没有异议*", "*No objection*")
		if d.Running() {
			head = lang.T("*还没有异议*", "*No objection so far*")
		}
	}
	return append([]slack.Block{slack.NewDividerBlock(), section(head.In(l))}, rows...)
}

// objectionText tells an objection.
func objectionText(c evaluation.Cycle, pol *policy.Policy, o evaluation.Objection, l lang.Lang) string {
	about := lang.T("整体", "the whole").In(l)
	if o.Item != "" {
		about = itemTitle(c, pol, o.Item, l)
	}
	return "*" + lang.Tf("异议 %d", "Objection %d", o.Number).In(l) + "* · " + about + " · " + escapeCut(o.From, maxItemTitle) + " · " + calendar.FormatDate(o.At).In(l) + "\n" + quoteCut(o.Text, maxObjection)
}

// objectionWords tell an objection and its answer.
func objectionWords(c evaluation.Cycle, pol *policy.Policy, o evaluation.Objection, l lang.Lang) string {
	text := objectionText(c, pol, o, l)
	if o.Answer == "" {
		return text + "\n" + lang.T(":hourglass_flowing_sand: 待答复", ":hourglass_flowing_sand: not answered yet").In(l)
	}
	return text + "\n" + lang.T("答复：", "Answer: ").In(l) + "\n" + quoteCut(o.Answer, maxObjection)
}

// ObjectionModal renders the form of an objection; from is who objects, as far
// as it is known.
func ObjectionModal(d ProposalsData, from string, l lang.Lang) slack.ModalViewRequest {
	options := []*slack.OptionBlockObject{option(AboutWhole, lang.T("整个调整方案", "The proposal as a whole").In(l))}
	for _, ch := range d.diff() {
		if len(options) < maxOffered {
			options = append(options, option(string(ch.item.ID), d.Cycle.Title(d.Policy, ch.item.ID).In(l)))
		}
	}
	text := words(evaluation.FieldText, lang.T("异议和理由", "Objection, and why"), "", evaluation.MaxReason, true, l)
	text.Hint = plain(lang.T("写清楚不同意什么、建议怎么改。委员、秘书处和领导都能看到。", "Say what you disagree with and what you suggest. Members, secretariat and leadership read it.").In(l))
	who := words(evaluation.FieldFrom, lang.T("提出人", "From"), Cut(from, maxFrom), maxFrom, false, l)
	who.Hint = plain(lang.T("单位或个人；代为登记的写实际提出的一方。", "An organisation or a person; when you record it for somebody, name them.").In(l))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: ObjectionForm, PrivateMetadata: AboutEvaluation(l, d.Cycle.ID, ""),
		Title:  plain(lang.T("提出异议", "Object").In(l)),
		Submit: plain(lang.T("提交", "Submit").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			contextLine(lang.Tf("公示到%s为止，之前提出的都会答复。", "The notice lasts until the end of %s; what is objected by then is answered.", d.Cycle.Dates.NoticeUntil.Label()).In(l)),
			choice(FieldAbout, FieldAbout, lang.T("关于哪一项", "About"), options, AboutWhole, l), text, who,
		}},
	}
}

// maxFrom bounds whose an objection is, in characters.
const maxFrom = 100

// ObjectionAnswerModal renders the form for answering an objection, filled with
// the answer that was given before.
func ObjectionAnswerModal(d ProposalsData, o evaluation.Objection, l lang.Lang) slack.ModalViewRequest {
	text := words(evaluation.FieldText, lang.T("答复", "Answer"), o.Answer, evaluation.MaxReason, true, l)
	text.Hint = plain(lang.T("提出人会收到答复；委员和领导也能看到。", "Whoever recorded the objection is told; members and leadership read it too.").In(l))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: ObjectionAnswerForm, PrivateMetadata: AboutEvaluation(l, d.Cycle.ID, count(o.Number)),
		Title:  plain(lang.T("答复异议", "Answer the objection").In(l)),
		Submit: plain(lang.T("答复", "Answer").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{section(objectionText(d.Cycle, d.Policy, o, l)), text}},
	}
}

// ObjectionCard renders an objection for the secretariat.
func ObjectionCard(d ProposalsData, o evaluation.Objection, l lang.Lang) Message {
	text := lang.Tf("%s · 收到异议 %d", "%s · objection %d", d.Cycle.ID.Label(), o.Number)
	m := Message{Text: text.In(l), Blocks: []slack.Block{section("*" + text.In(l) + "*"), section(objectionWords(d.Cycle, d.Policy, o, l))}}
	var buttons []slack.BlockElement
	switch answer := EvaluationValue(d.Cycle.ID, count(o.Number)); {
	case d.Cycle.Phase != evaluation.Noticed:
	case o.Answer == "":
		buttons = append(buttons, primary(button(ActionAnswerObjection, answer, lang.T("答复…", "Answer…").In(l))))
	default:
		buttons = append(buttons, button(ActionAnswerObjection, answer, lang.T("改答复…", "Change the answer…").In(l)))
	}
	m.Blocks = append(m.Blocks, actions("objection", append(buttons,
		button(ActionEvaluationProposals+":c", string(d.Cycle.ID), lang.T("看公示内容", "See what is on notice").In(l)))...)...)
	return m
}

// ObjectionNote tells who objected what was answered.
func ObjectionNote(d ProposalsData, o evaluation.Objection, l lang.Lang) Message {
	text := lang.Tf("%s · 异议 %d 已答复", "%s · objection %d is answered", d.Cycle.ID.Label(), o.Number)
	return Message{Text: text.In(l), Blocks: append([]slack.Block{section("*" + text.In(l) + "*"), section(objectionWords(d.Cycle, d.Policy, o, l))},
		actions("objection", button(ActionEvaluationProposals+":c", string(d.Cycle.ID), lang.T("看公示内容", "See what is on notice").In(l)))...)}
}

// Answered tells the secretariat that an objection is answered, and how many
// still wait.
func Answered(d ProposalsData, number int, l lang.Lang) Message {
	open := 0
	for _, o := range d.Cycle.Objections {
		if o.Answer == "" {
			open++
		}
	}
	words := lang.Tf(":white_check_mark: 异议 %d 已答复。", ":white_check_mark: Objection %d is answered.", number)
	if open > 0 {
		words = lang.Tf("%s还有 %d 条待答复。", "%s %d still to answer.", words, open)
	}
	m := Note(words, l)
	m.Blocks = append(m.Blocks, actions("answered", button(ActionEvaluationProposals+":c", string(d.Cycle.ID), lang.T("看全部异议", "See all objections").In(l)))...)
	return m
}
