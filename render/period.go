package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// ActionLock opens the form for locking or reopening a period; the value is the
// period.
const ActionLock = "lock"

// LockForm is the callback id of that form. Its private metadata is read by
// [ParseLock].
const LockForm = "lock-period"

// PeriodLine is how one period stands.
type PeriodLine struct {
	Period   calendar.Period
	Deadline time.Time         // The last day for reporting.
	Duties   int               // Pairs of domain and district that are to be reported.
	Done     int               // Those of them that are.
	Waiting  int               // Reports that wait for review.
	Missing  []policy.District // Who still owes something, in administrative order.
	Lock     ledger.LockState  // Or who reopened it last; zero when it was never locked.
	LockedBy people.Person
}

// Periods renders how the periods stand.
func Periods(lines []PeriodLine, l lang.Lang) Message {
	title := lang.T("报告期", "Periods").In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	for i, p := range lines {
		m.Blocks = append(m.Blocks, p.block("*"+p.Period.Label().In(l)+"* · ", i, l))
	}
	m.Blocks = append(m.Blocks, contextLine(lang.T("锁定后不能再上报、修改或撤回，已上报的仍可审核；锁定和开放都记录在案。",
		"In a locked period nothing can be reported, changed or withdrawn; what waits can still be reviewed. Locking and reopening are on record.").In(l)))
	return m
}

// PeriodNote renders how one period stands behind its locking or reopening.
func PeriodNote(p PeriodLine, l lang.Lang) Message {
	text := lang.Tf("%s已重新开放", "%s is open again", p.Period.Label())
	if p.Lock.Locked {
		text = lang.Tf("%s已锁定", "%s is locked", p.Period.Label())
	}
	return Message{Text: text.In(l), Blocks: []slack.Block{p.block("*"+text.In(l)+"*\n", 0, l)}}
}

// block tells how a period stands, behind a head, with the button that locks or
// reopens it.
func (p PeriodLine) block(head string, i int, l lang.Lang) slack.Block {
	text := head + lang.Tf("截止 %s · 应报 %d，已报 %d，待审核 %d", "due %s · %d to report, %d reported, %d waiting for review",
		calendar.FormatDate(p.Deadline), p.Duties, p.Done, p.Waiting).In(l)
	if len(p.Missing) > 0 {
		text += "\n" + p.missing(l)
	}
	if words := p.lock(l); words != "" {
		text += "\n" + words
	}
	label := lang.T("锁定…", "Lock…")
	if p.Lock.Locked {
		label = lang.T("重新开放…", "Reopen…")
	}
	return sectionWith(text, button(fmt.Sprintf("%s:%d", ActionLock, i), string(p.Period), label.In(l)))
}

// missing names who still owes something.
func (p PeriodLine) missing(l lang.Lang) string {
	return lang.T("还没报齐：", "Not complete: ").In(l) + lang.List(p.Missing, func(d policy.District) lang.Text { return d.Short }).In(l)
}

// lock tells who locked or reopened the period last, when and why.
func (p PeriodLine) lock(l lang.Lang) string {
	if p.Lock.At.IsZero() {
		return ""
	}
	words := ":unlock: " + lang.Tf("%s 重新开放于 %s：", "Reopened by %s on %s: ", PersonName(p.LockedBy), calendar.FormatDate(p.Lock.At)).In(l)
	if p.Lock.Locked {
		words = ":lock: " + lang.Tf("%s 锁定于 %s：", "Locked by %s on %s: ", PersonName(p.LockedBy), calendar.FormatDate(p.Lock.At)).In(l)
	}
	return words + escapeCut(p.Lock.Reason, maxExcerpt)
}

// LockModal renders the form for locking a period, or for reopening a locked
// one, with what comes of it.
func LockModal(p PeriodLine, l lang.Lang) slack.ModalViewRequest {
	title, submit, metadata := lang.T("锁定报告期", "Lock a period"), lang.T("锁定", "Lock"), "lock "+string(p.Period)
	var lines []string
	if p.Waiting > 0 {
		lines = append(lines, lang.Tf("待审核 %s 项：还能审核，但退回的改不了，要改的请先退回、等改好再锁定。", "%s: still reviewed, but what is returned cannot be mended. Return what should be mended before you lock.",
			counted(p.Waiting, "report waits for review", "reports wait for review")).In(l))
	}
	if len(p.Missing) > 0 {
		lines = append(lines, p.missing(l)+lang.T("。锁定后不能再报。", ". Nothing more can be reported then.").In(l))
	}
	if p.Lock.Locked {
		title, submit, metadata = lang.T("重新开放", "Reopen a period"), lang.T("开放", "Reopen"), "open "+string(p.Period)
		lines = []string{p.lock(l), lang.T("开放后，各板块又可以上报、修改、撤回，直到再次锁定。", "All districts can report, change and withdraw again then, until it is locked anew.").In(l)}
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: LockForm, PrivateMetadata: metadata,
		Title:  plain(title.In(l)),
		Submit: plain(submit.In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			section(strings.Join(append([]string{"*" + p.Period.Label().In(l) + "*"}, lines...), "\n")),
			words(ledger.FieldReason, lang.T("原因（记录在案）", "Reason (kept on record)"), "", ledger.MaxRemark, true, l),
		}},
	}
}

// ParseLock reads what [LockModal] is about, and whether it locks.
func ParseLock(metadata string) (p calendar.Period, lock bool) {
	verb, period, _ := strings.Cut(metadata, " ")
	return calendar.Period(period), verb == "lock"
}
