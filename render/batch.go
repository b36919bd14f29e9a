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

// Action ids of the buttons under a sheet that was sent.
const (
	ActionTakeIn   = "take-in"   // Takes a sheet in; value: which one.
	ActionLeaveOut = "leave-out" // Leaves it.
)

// BatchLine is what becomes of one row of a sheet.
type BatchLine struct {
	Row     int
	New     bool
	Report  ledger.Report
	Changes []ledger.Change // Against what the ledger had.
}

// BatchProblem is what is wrong with one cell of a sheet.
type BatchProblem struct {
	Sheet, Cell string
	Words       lang.Text
}

// Batch is what becomes of a sheet that a liaison sent.
type Batch struct {
	District  policy.DistrictID
	Period    calendar.Period
	File      string
	New       int
	Changed   int
	Unchanged int
	Same      int // Reported already.
	Left      int // As they were handed out.
	Wrong     int
	Lines     []BatchLine // Of what is new and what is changed.
	Problems  []BatchProblem
	More      int      // Problems that are not listed.
	Ignored   []string // Sheets that were not read.
}

// How much of a sheet one message shows: one screen.
const (
	maxBatchLines    = 12
	maxBatchProblems = 10
)

// BatchNeedsCopy reports whether there are more problems than a message shows.
func BatchNeedsCopy(b Batch) bool { return len(b.Problems) > maxBatchProblems || b.More > 0 }

// BatchPreview renders what a sheet would change, before anything is taken in.
func BatchPreview(b Batch, value string, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("%s · %s：这份表格可以收下，请确认", "%s, %s: this sheet can be taken in, please confirm", districtName(pol, b.District), b.Period.Label())
	blocks := []slack.Block{section("*" + Escape(text.In(l)) + "*\n" + Escape(Cut(b.File, 100)) + "\n" + b.counts(l))}
	blocks = append(blocks, b.lines(pol, l)...)
	if note := b.ignored(l); note != nil {
		blocks = append(blocks, note)
	}
	blocks = append(blocks, contextLine(lang.T("现在还没有上报任何内容。确认后一次全部收下，交秘书处审核。", "Nothing is reported yet. When you confirm, all of it is taken in at once and goes to the secretariat.").In(l)))
	blocks = append(blocks, actions("sheet",
		primary(button(ActionTakeIn, value, lang.Tf("全部收下（%s 行）", "Take in all (%s)", counted(b.New+b.Changed+b.Unchanged, "row", "rows")).In(l))),
		button(ActionLeaveOut, value, lang.T("不收", "Leave it").In(l)))...)
	return Message{Text: text.In(l), Blocks: blocks}
}

// counts tells how many rows there are of each kind, those of none left out.
func (b Batch) counts(l lang.Lang) string {
	var parts []string
	for _, c := range []struct {
		n    int
		word lang.Text
	}{
		{b.New, lang.Tf("新增 %d", "%d new", b.New)},
		{b.Changed, lang.Tf("有变化 %d", "%d changed", b.Changed)},
		{b.Unchanged, lang.Tf("无变化或无数据 %d", "%d unchanged or without data", b.Unchanged)},
		{b.Wrong, lang.Tf("有问题 %d", "%d wrong", b.Wrong)},
		{b.Same, lang.Tf("已报过 %d", "%d reported already", b.Same)},
		{b.Left, lang.Tf("没动、不上报 %d", "%d left alone, not reported", b.Left)},
	} {
		if c.n > 0 {
			parts = append(parts, c.word.In(l))
		}
	}
	return strings.Join(parts, " · ")
}

// lines tells what is new and what is changed, row by row.
func (b Batch) lines(pol *policy.Policy, l lang.Lang) []slack.Block {
	var lines []string
	for i, r := range b.Lines {
		if i == maxBatchLines {
			lines = append(lines, lang.Tf("……还有 %s 行", "… and %s", counted(len(b.Lines)-i, "more row", "more rows")).In(l))
			break
		}
		word := lang.T("改", "changed")
		if r.New {
			word = lang.T("新", "new")
		}
		line := lang.Tf("第 %d 行（%s）", "Row %d (%s)", r.Row, word).In(l) + " " + Escape(domainName(pol, r.Report.Domain).In(l)) + " · " +
			Escape(indicatorName(pol, r.Report.Indicator).In(l)) + " · *" + escapeCut(r.Report.Subject().In(l), 60) + "*"
		var changes []string
		for _, c := range r.Changes {
			changes = append(changes, fmt.Sprintf("%s %s → %s", Escape(c.Label.In(l)), orNone(c.Before, l), orNone(c.After, l)))
		}
		if len(changes) > 3 {
			changes = append(changes[:3], lang.Tf("等 %d 处", "%d in all", len(changes)).In(l))
		}
		if len(changes) > 0 {
			line += "\n    " + strings.Join(changes, lang.T("；", "; ").In(l))
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return nil
	}
	return sections("", lines)
}

func orNone(t lang.Text, l lang.Lang) string {
	if t.IsZero() {
		return lang.T("（空）", "(empty)").In(l)
	}
	return escapeCut(t.In(l), 40)
}

// ignored names the sheets that were not read.
func (b Batch) ignored(l lang.Lang) slack.Block {
	if len(b.Ignored) == 0 {
		return nil
	}
	names := lang.List(b.Ignored, func(s string) lang.Text { return lang.T(s, s) })
	return contextLine(escapeCut(lang.Tf("没有读这些工作表：%s", "These sheets were not read: %s", names).In(l), 500))
}

// BatchProblems renders what is wrong with a sheet; nothing of it was taken in.
func BatchProblems(b Batch, l lang.Lang) Message {
	n := len(b.Problems) + b.More
	text := lang.Tf("这份表格有 %s 处要改，什么都没有收下", "This sheet has %s to mend; nothing was taken in", counted(n, "thing", "things"))
	head := ":warning: *" + text.In(l) + "*\n" + Escape(Cut(b.File, 100))
	if counts := b.counts(l); counts != "" {
		head += "\n" + counts
	}
	blocks := []slack.Block{section(head)}
	var lines []string
	for i, p := range b.Problems {
		if i == maxBatchProblems {
			break
		}
		place := p.Cell
		if place == "" {
			place = lang.T("整张表", "The sheet").In(l)
		}
		lines = append(lines, "*"+Escape(place)+"* "+escapeCut(p.Words.In(l), 250))
	}
	blocks = append(blocks, sections("", lines)...)
	end := lang.T("改好后保存，再发一次就行。", "Mend and save it, then just send it again.")
	if BatchNeedsCopy(b) {
		end = lang.T("全部问题都标在下面这份表格里（红色的格，鼠标放上去看说明）。改好后把它发回来。", "All of them are marked in the sheet below (red cells, with a comment each). Mend that one and send it back.")
	}
	return Message{Text: text.In(l), Blocks: append(blocks, contextLine(end.In(l)))}
}

// BatchTaken renders that a sheet was taken in.
func BatchTaken(b Batch, pol *policy.Policy, l lang.Lang) Message {
	n := b.New + b.Changed + b.Unchanged
	text := lang.Tf("已收下%s%s的 %s 行，等秘书处审核", "Took in %[3]s for %[1]s, %[2]s; the secretariat reviews them", districtName(pol, b.District), b.Period.Label(), counted(n, "row", "rows"))
	blocks := []slack.Block{section(":white_check_mark: *" + Escape(text.In(l)) + "*\n" + Escape(Cut(b.File, 100)) + "\n" + b.counts(l))}
	return Message{Text: text.In(l), Blocks: append(blocks, b.lines(pol, l)...)}
}

// BatchCard renders the secretariat's one card for a sheet that was taken in.
func BatchCard(reports []ledger.Report, by people.Person, pol *policy.Policy, l lang.Lang) Message {
	first := reports[0]
	revised, unchanged := 0, 0
	var lines []string
	for _, r := range reports {
		switch {
		case r.Answer != ledger.Changed:
			unchanged++
		case r.Revision > 1:
			revised++
		}
		if len(lines) < maxBatchLines {
			lines = append(lines, "`"+string(r.ID)+"` "+Escape(domainName(pol, r.Domain).In(l))+" · "+batchIndicator(pol, r, l)+"*"+escapeCut(r.Subject().In(l), 60)+"*")
		}
	}
	if more := len(reports) - len(lines); more > 0 {
		lines = append(lines, lang.Tf("……还有 %d 份", "… and %d more", more).In(l))
	}
	text := lang.Tf("%s · %s：一份表格上报 %s 份", "%s, %s: %s in one sheet", districtName(pol, first.District), first.Period.Label(), counted(len(reports), "report", "reports"))
	var details []string
	if revised > 0 {
		details = append(details, lang.Tf("其中修订 %d 份", "%d revised", revised).In(l))
	}
	if unchanged > 0 {
		details = append(details, lang.Tf("无变化或无数据 %d 份", "%d unchanged or without data", unchanged).In(l))
	}
	details = append(details, lang.Tf("上报人：%s", "Reported by %s", PersonName(by)).In(l))
	blocks := append([]slack.Block{section("*" + Escape(text.In(l)) + "*")}, sections("", lines)...)
	blocks = append(blocks, contextLine(strings.Join(details, " · ")))
	value := "" // The queue's words: the period and the district.
	if d, ok := pol.District(first.District); ok {
		value = string(d.ID) + " " + string(first.Period)
	}
	return Message{Text: text.In(l), Blocks: append(blocks, actions("batch", primary(button(ActionReview, value, lang.T("去审核", "Review them").In(l))))...)}
}

func batchIndicator(pol *policy.Policy, r ledger.Report, l lang.Lang) string {
	if r.Indicator == "" {
		return ""
	}
	return Escape(indicatorName(pol, r.Indicator).In(l)) + " · "
}
