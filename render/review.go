package render

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// Callback ids of the forms of a review. Their private metadata is the
// report's [ReportKey].
const (
	ReturnForm   = "return-report"
	QuestionForm = "ask-about-report"
	ReplyForm    = "reply-about-report"
)

// Actions on the queue of reports.
const (
	ActionReview    = "review"     // Shows the queue; value: the words behind /future review.
	ActionAcceptAll = "accept-all" // Accepts every report in the queue that tells nothing new.
)

// maxQueue is how many waiting reports one message lists with their buttons.
const maxQueue = 8

// QueueData is what waits for review.
type QueueData struct {
	Waiting    []ledger.Report // The one that waits longest first.
	Acceptable int             // How many of those that wait tell nothing new.
	Filter     lang.Text       // What the list is narrowed to; zero for everything.
	Words      string          // The same as the words behind /future review, for [ParseQueueBlock].
	Done       lang.Text       // What was just done about one of them; zero for nothing.
	All        int             // How many wait when nothing is filtered.
	Own        map[ledger.ReportID]bool
}

// Queue renders the secretariat's queue.
func Queue(q QueueData, pol *policy.Policy, l lang.Lang) Message {
	title := lang.Tf("待审核：%d 项", "Waiting for review: %d", len(q.Waiting))
	if !q.Filter.IsZero() {
		title = lang.Tf("待审核（%s）：%d 项", "Waiting for review (%s): %d", q.Filter, len(q.Waiting))
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	if !q.Done.IsZero() {
		m.Blocks = append(m.Blocks, contextLine(":white_check_mark: "+Escape(q.Done.In(l))))
	}
	if len(q.Waiting) == 0 {
		words := lang.T("没有待审核的上报。", "No report waits for review.")
		if q.All > 0 {
			words = lang.Tf("这里没有待审核的上报；全部待审核的有 %d 项。", "No report waits here; %d wait in all.", q.All)
		}
		m.Blocks = append(m.Blocks, section(words.In(l)))
	}
	if q.Acceptable > 0 {
		all := sectionWith(
			lang.Tf("其中 %d 项是“无变化”或与上次采纳的内容相同。", "%d of these: no change, or just what was accepted last.", q.Acceptable).In(l),
			confirmed(button(ActionAcceptAll, "", lang.T("一并采纳", "Accept them together").In(l)),
				lang.T("一并采纳无变化的上报？", "Accept all that tell of no change?"),
				lang.Tf("将采纳 %d 项；你自己提交的不在其中。", "Accepts %d; those that you submitted are not among them.", q.Acceptable), l))
		all.BlockID = queueBlock("all", q.Words)
		m.Blocks = append(m.Blocks, all)
	}
	for i, r := range q.Waiting[:min(len(q.Waiting), maxQueue)] {
		m.Blocks = append(m.Blocks, section(reportLine(r, ledger.Filter{}, pol, l)+"\n"+lang.Tf("提交于 %s", "submitted %s", calendar.FormatTime(r.At)).In(l)))
		if q.Own[r.ID] {
			m.Blocks = append(m.Blocks, contextLine(lang.T("你提交的，请由另一位审核人审核。", "You submitted it; another reviewer has to decide.").In(l)))
			continue
		}
		id := func(action string) string { return fmt.Sprintf("%s:%d", action, i) }
		m.Blocks = append(m.Blocks, actions(queueBlock(count(i), q.Words),
			primary(button(id(ActionAccept), ReportKey(r), lang.T("采纳", "Accept").In(l))),
			button(id(ActionReturn), ReportKey(r), lang.T("退回…", "Return…").In(l)),
			button(id(ActionQuery), ReportKey(r), lang.T("提问…", "Ask…").In(l)),
			button(id(ActionHistory), ReportKey(r), lang.T("详情", "Details").In(l)))...)
	}
	if n := len(q.Waiting) - maxQueue; n > 0 {
		m.Blocks = append(m.Blocks, contextLine(lang.Tf("还有 %d 项，处理前面的以后会出现。也可以缩小范围，例如 `/future 审核 昆山`。",
			"%d more move up as these are dealt with. Or narrow it down, for example `/future review Kunshan`.", n).In(l)))
	}
	return m
}

// queueBlock names a block of the queue, with what the queue is narrowed to: a
// decision shows the same queue again. A block's id holds 255 characters,
// https://docs.slack.dev/reference/block-kit/blocks/actions-block.
func queueBlock(part, words string) string { return Cut("queue:"+part+":"+words, 255) }

// ParseQueueBlock returns what the queue is narrowed to that a block stands in.
// ok is false for a block of another message.
func ParseQueueBlock(blockID string) (words string, ok bool) {
	rest, ok := strings.CutPrefix(blockID, "queue:")
	_, words, _ = strings.Cut(rest, ":")
	return words, ok
}

// ReturnModal renders the form for returning a report. In a locked period its
// district cannot mend it, which the reviewer should know.
func ReturnModal(r ledger.Report, locked bool, l lang.Lang) slack.ModalViewRequest {
	var options []*slack.OptionBlockObject
	for _, c := range ledger.ReturnCodes() {
		label := c.Label()
		if c == ledger.OtherReason {
			label = lang.Tf("%s（请写明）", "%s (say which)", label)
		}
		options = append(options, option(string(c), label.In(l)))
	}
	text := optional(words(ledger.FieldWords, lang.T("怎么改", "What to mend"), "", ledger.MaxRemark, true, l))
	blocks := []slack.Block{choice(ledger.FieldCode, ledger.FieldCode, lang.T("原因", "Reason"), options, "", l), text}
	if locked {
		blocks = append(blocks, contextLine(":lock: "+lang.Tf("%s已锁定：退回后，板块要等重新开放（`/future 报告期`）才能修改。", "%s is locked: the district can mend this only once it is reopened (`/future period`).", r.Period.Label()).In(l)))
	}
	return reviewForm(ReturnForm, lang.T("退回上报", "Return the report"), lang.T("退回", "Return"), r, l, blocks...)
}

// QuestionModal renders the form for asking a district about a report.
func QuestionModal(r ledger.Report, l lang.Lang) slack.ModalViewRequest {
	return reviewForm(QuestionForm, lang.T("提问", "Ask"), lang.T("发送", "Send"), r, l,
		words(ledger.FieldWords, lang.T("问题", "Question"), "", ledger.MaxRemark, true, l))
}

// ReplyModal renders the form for answering the secretariat, below its last
// question.
func ReplyModal(r ledger.Report, question string, l lang.Lang) slack.ModalViewRequest {
	var blocks []slack.Block
	if question != "" {
		blocks = append(blocks, section(quote(Cut(question, maxQuote))))
	}
	return reviewForm(ReplyForm, lang.T("答复秘书处", "Answer the secretariat"), lang.T("发送", "Send"), r, l,
		append(blocks, words(ledger.FieldWords, lang.T("答复", "Answer"), "", ledger.MaxRemark, true, l))...)
}

func reviewForm(id string, title, submit lang.Text, r ledger.Report, l lang.Lang, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: id, PrivateMetadata: ReportKey(r),
		Title:  plain(Cut(title.In(l), maxViewName)),
		Submit: plain(submit.In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: append([]slack.Block{section("*" + Escape(string(r.ID)) + "* · " + escapeCut(r.Subject().In(l), maxSubject))}, blocks...)},
	}
}

// HistoryData is one report with all that became of it.
type HistoryData struct {
	Revisions []ledger.Report // The first one first.
	Notes     []ledger.Note
	Who       func(people.UserID) people.Person
}

// maxRevisions is how many revisions the history shows, the latest ones; a
// report with more has trouble that the ledger's export tells better.
const maxRevisions = 10

// History renders a report's revisions, each with what it changed and what was
// decided on it.
func History(h HistoryData, pol *policy.Policy, l lang.Lang) slack.ModalViewRequest {
	latest := h.Revisions[len(h.Revisions)-1]
	blocks := []slack.Block{section("*" + Escape(string(latest.ID)) + "* · " + escapeCut(latest.Subject().In(l), maxSubject) + "\n" + where(latest, pol, l))}
	first := max(0, len(h.Revisions)-maxRevisions)
	if first > 0 {
		blocks = append(blocks, contextLine(lang.Tf("更早的 %d 版没有列出。", "%d earlier versions are not listed.", first).In(l)))
	}
	for i := first; i < len(h.Revisions); i++ {
		r := h.Revisions[i]
		blocks = append(blocks, slack.NewDividerBlock(),
			section("*"+lang.Tf("第%d版", "Version %d", r.Revision).In(l)+"* · "+PersonName(h.Who(r.By)).In(l)+" · "+calendar.FormatTime(r.At).In(l)))
		if i == first {
			blocks = append(blocks, reportBlocks(r, pol, l)...)
		} else if changes := ledger.Diff(pol, h.Revisions[i-1], r); len(changes) > 0 {
			blocks = append(blocks, section(Cut(changeLines(changes, l), maxSection)))
		} else {
			blocks = append(blocks, section(lang.T("内容没有变化。", "Nothing in it changed.").In(l)))
		}
		if i == first && r.Note != "" {
			blocks = append(blocks, section(lang.T("说明：", "Explained: ").In(l)+escapeCut(r.Note, maxQuote)))
		}
		if r.Reason != "" {
			blocks = append(blocks, section(reasonWords(r, l)))
		}
		var notes []ledger.Note
		for _, n := range h.Notes {
			if n.Revision == r.Revision {
				notes = append(notes, n)
			}
		}
		blocks = append(blocks, noteLines(notes, l)...)
		blocks = append(blocks, contextLine(verdictWords(r, h.Who(r.ReviewedBy), l)))
	}
	return slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plain(lang.T("上报的历史", "History of a report").In(l)),
		Close:  plain(lang.T("关闭", "Close").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks[:min(len(blocks), maxViewBlocks)]},
	}
}

// maxViewBlocks is how many blocks a modal holds,
// https://docs.slack.dev/reference/views/modal-views.
const maxViewBlocks = 100
