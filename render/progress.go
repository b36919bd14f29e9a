package render

import (
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// maxListed is how many reports a message lists before it only counts.
const maxListed = 10

// ledgerNote stands under every figure that comes from the ledger.
var ledgerNote = lang.T("工作台账数据，不是统计数据；“未填报”不等于0。",
	"Figures of a work ledger, not statistics; “no data” is not 0.")

// Targets renders how all targets stand, and the matrix of the period.
func Targets(all []ledger.IndicatorProgress, matrix [][]ledger.Cell, period calendar.Period, pol *policy.Policy, l lang.Lang) Message {
	title := lang.T("目标进展", "Progress towards the targets").In(l)
	blocks := []slack.Block{header(title)}
	blocks = append(blocks, targetSections(all, l)...)
	blocks = append(blocks, section("*"+lang.Tf("各领域、各板块上报情况 · %s", "Reports by domain and district · %s", period.Label()).In(l)+"*"))
	blocks = append(blocks, Matrix(matrix, pol, l)...)
	blocks = append(blocks, contextLine(ledgerNote.In(l)))
	return Message{Text: title, Blocks: blocks}
}

// targetSections lists the targets, a section for each year.
func targetSections(all []ledger.IndicatorProgress, l lang.Lang) []slack.Block {
	var blocks []slack.Block
	for start := 0; start < len(all); {
		year := all[start].Target.Year
		var lines []string
		end := start
		for ; end < len(all) && all[end].Target.Year == year; end++ {
			lines = append(lines, all[end].Indicator.Name.In(l)+targetWords(all[end], l))
		}
		blocks = append(blocks, section("*"+lang.Tf("%d年", "%d", year).In(l)+"*\n"+bullets(lines)))
		start = end
	}
	return blocks
}

// targetWords tells a target's number and what stands against it, behind the
// name of what is counted.
func targetWords(p ledger.IndicatorProgress, l lang.Lang) string {
	if p.Target.Op == policy.Qualitative {
		return lang.Tf("：目标是“%s”，不设数量；", ": the target is “%s”, without a number; ", p.Target.Text).In(l) + tallyWords(p.City, p, l)
	}
	return lang.Tf("：目标%s；", ": target %s; ", p.Target.Text).In(l) + tallyWords(p.City, p, l)
}

// targetLine tells one target with its year.
func targetLine(p ledger.IndicatorProgress, l lang.Lang) string {
	return lang.Tf("%s（%d年）", "%s (%d)", p.Indicator.Name, p.Target.Year).In(l) + targetWords(p, l)
}

// tallyWords tells what counts and, beside it, what is pending.
func tallyWords(t ledger.Tally, p ledger.IndicatorProgress, l lang.Lang) string {
	switch t.Standing() {
	case ledger.StandingNone:
		return lang.T("未填报", "no data").In(l)
	case ledger.StandingPending:
		return lang.Tf("已上报 %d 项，待审核", "%d reported, pending review", t.Pending).In(l)
	case ledger.StandingCounted:
	}
	words := lang.Tf("已采纳 %d 项", "%d accepted", t.Accepted).In(l)
	if share, ok := p.Share(); ok {
		words += lang.Tf("（%.0f%%）", " (%.0f%%)", share*100).In(l)
	}
	if t.Pending > 0 {
		words += lang.Tf("，另有 %d 项待审核", ", and %d pending review", t.Pending).In(l)
	}
	return words
}

// Reports renders reports under a title, with the state of what they are
// about above them.
func Reports(title, state string, reports []ledger.Report, pol *policy.Policy, l lang.Lang) Message {
	blocks := []slack.Block{header(title)}
	if state != "" {
		blocks = append(blocks, section(state))
	}
	blocks = append(blocks, reportList(reports, pol, l)...)
	blocks = append(blocks, contextLine(ledgerNote.In(l)))
	return Message{Text: title, Blocks: blocks}
}

// reportList lists the first reports and counts the rest.
func reportList(reports []ledger.Report, pol *policy.Policy, l lang.Lang) []slack.Block {
	if len(reports) == 0 {
		return []slack.Block{section(lang.T("还没有上报。", "Nothing has been reported yet.").In(l))}
	}
	var lines []string
	for i, r := range reports {
		if i == maxListed {
			lines = append(lines, lang.Tf("另有 %d 项", "and %d more", len(reports)-i).In(l))
			break
		}
		lines = append(lines, reportLine(r, pol, l))
	}
	return sections("", lines)
}

// Bounds of what a line of a list shows, in characters: ten such lines are
// well within what a message's blocks may hold together.
const (
	maxSubject = 200
	maxLink    = 400
)

// reportLine tells a report in one line. Separators with spaces stand around
// what is bold: Slack shows no bold next to a Chinese character.
func reportLine(r ledger.Report, pol *policy.Policy, l lang.Lang) string {
	parts := []string{
		districtName(pol, r.District).In(l), domainName(pol, r.Domain).In(l),
		indicatorName(pol, r.Indicator).In(l), "*" + escapeCut(r.Subject().In(l), maxSubject) + "*", string(r.ID), r.Status.Label().In(l),
	}
	if r.Evidence != "" {
		parts = append(parts, evidence(r.Evidence, lang.T("佐证", "evidence").In(l), maxLink))
	}
	return strings.Join(parts, " · ")
}

// PairLines tells, for cells of one period, who leads what and how it stands.
func PairLines(cells []ledger.Cell, layout policy.Layout, pol *policy.Policy, byDistrict bool, l lang.Lang) string {
	var lines []string
	for _, c := range cells {
		if c.State == ledger.CellNotAssigned {
			continue
		}
		name := districtName(pol, c.District)
		if byDistrict {
			name = domainName(pol, c.Domain)
		}
		line := "*" + name.In(l) + "* · " + CellWords(c, l) + " · "
		if f, ok := layout.FocusOf(c.Domain, c.District); ok {
			line += lang.Tf("主攻方向：%s", "focus: %s", f.Text).In(l)
		} else {
			line += lang.T("布局之外", "outside the layout").In(l)
		}
		lines = append(lines, line)
	}
	return bullets(lines)
}

// CellWords tells the state of a cell in words.
func CellWords(c ledger.Cell, l lang.Lang) string {
	switch c.State {
	case ledger.CellPending:
		return lang.Tf("已上报 %d 项，待审核", "%d reported, pending review", c.Pending).In(l)
	case ledger.CellAccepted:
		return lang.Tf("已采纳 %d 项", "%d accepted", c.Accepted).In(l)
	case ledger.CellReturned:
		return lang.Tf("已退回 %d 项，待修改", "%d returned, to be mended", c.Returned).In(l)
	case ledger.CellStale:
		return lang.Tf("数据过旧（最近：%s）", "stale (last: %s)", c.Last.Label()).In(l)
	case ledger.CellNoData:
		return lang.T("未填报", "no data").In(l)
	case ledger.CellNotAssigned:
	}
	return lang.T("未安排", "not assigned").In(l)
}

// IndicatorLines tells how an indicator stands against each of its targets and
// what makes a report of it count.
func IndicatorLines(i policy.Indicator, all []ledger.IndicatorProgress, l lang.Lang) string {
	var lines []string
	for _, p := range all {
		if p.Indicator.ID == i.ID {
			lines = append(lines, targetLine(p, l))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, lang.T("政策没有给它定数量目标。", "The policy sets no target for it.").In(l))
	}
	return bullets(append(lines, lang.T("何时计入：", "Counts when: ").In(l)+i.CountsWhen.In(l)))
}
