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
	Lock     ledger.LockState
	LockedBy people.Person
}

// Periods renders how the periods stand.
func Periods(lines []PeriodLine, l lang.Lang) Message {
	title := lang.T("报告期", "Periods").In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	for i, p := range lines {
		text := "*" + p.Period.Label().In(l) + "* · " +
			lang.Tf("截止 %s · 应报 %d，已报 %d，待审核 %d", "due %s · %d to report, %d reported, %d waiting for review",
				calendar.FormatDate(p.Deadline), p.Duties, p.Done, p.Waiting).In(l)
		if len(p.Missing) > 0 {
			text += "\n" + lang.T("还没报齐：", "Not complete: ").In(l) + lang.List(p.Missing, func(d policy.District) lang.Text { return d.Short }).In(l)
		}
		label := lang.T("锁定…", "Lock…")
		if p.Lock.Locked {
			label = lang.T("重新开放…", "Reopen…")
			text += "\n:lock: " + lang.Tf("%s 锁定于 %s：", "Locked by %s on %s: ", PersonName(p.LockedBy), calendar.FormatDate(p.Lock.At)).In(l) + escapeCut(p.Lock.Reason, maxExcerpt)
		}
		m.Blocks = append(m.Blocks, sectionWith(text, button(fmt.Sprintf("%s:%d", ActionLock, i), string(p.Period), label.In(l))))
	}
	m.Blocks = append(m.Blocks, contextLine(lang.T("锁定后不能再上报、修改或撤回，已上报的仍可审核；锁定和开放都记录在案。",
		"In a locked period nothing can be reported, changed or withdrawn; what waits can still be reviewed. Locking and reopening are on record.").In(l)))
	return m
}

// LockModal renders the form for locking a period, or for reopening a locked
// one.
func LockModal(p calendar.Period, locked bool, l lang.Lang) slack.ModalViewRequest {
	title, submit, metadata := lang.T("锁定报告期", "Lock a period"), lang.T("锁定", "Lock"), "lock "+string(p)
	if locked {
		title, submit, metadata = lang.T("重新开放", "Reopen a period"), lang.T("开放", "Reopen"), "open "+string(p)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: LockForm, PrivateMetadata: metadata,
		Title:  plain(title.In(l)),
		Submit: plain(submit.In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			section("*" + p.Label().In(l) + "*"),
			words(ledger.FieldReason, lang.T("原因（记录在案）", "Reason (kept on record)"), "", ledger.MaxRemark, true, l),
		}},
	}
}

// ParseLock reads what [LockModal] is about, and whether it locks.
func ParseLock(metadata string) (p calendar.Period, lock bool) {
	verb, period, _ := strings.Cut(metadata, " ")
	return calendar.Period(period), verb == "lock"
}
