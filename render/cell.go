package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// ActionCell shows what stands behind a cell of the matrix; its value is a
// [CellValue].
const ActionCell = "cell"

// CellValue names a cell of a period, for [ParseCellValue].
func CellValue(domain policy.DomainID, district policy.DistrictID, period calendar.Period) string {
	return strings.Join([]string{string(domain), string(district), string(period)}, "|")
}

// ParseCellValue reads what [CellValue] wrote.
func ParseCellValue(s string) (domain policy.DomainID, district policy.DistrictID, period calendar.Period, ok bool) {
	parts := strings.Split(s, "|")
	if len(parts) != 3 {
		return "", "", "", false
	}
	period, ok = calendar.ParsePeriod(parts[2])
	return policy.DomainID(parts[0]), policy.DistrictID(parts[1]), period, ok
}

// CellData is what is told of one cell of the matrix.
type CellData struct {
	Policy    *policy.Policy
	Details   ledger.CellDetails
	Period    calendar.Period
	People    people.State
	Now       time.Time
	MayReport bool // The reader reports for the district.
}

// How much a cell's message shows.
const (
	maxCellReports = 10
	maxCellItems   = 10
)

// Cell renders what stands behind a cell: its reports with who made them and
// their evidence, who answers for the district, and the register's items.
func Cell(d CellData, l lang.Lang) Message {
	c := d.Details
	title := lang.Tf("%s · %s · %s", "%s · %s · %s", districtName(d.Policy, c.District), domainName(d.Policy, c.Domain), d.Period.Label()).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	lines := []string{"*" + CellWords(c.Cell, l) + "*"}
	switch {
	case c.Assigned:
		lines = append(lines, lang.Tf("主攻方向：%s", "Focus: %s", c.Focus.Text).In(l))
	default:
		lines = append(lines, lang.T("布局之外，供年度评估参考", "Outside the layout; noted for the annual evaluation").In(l))
	}
	if c.Last != "" {
		lines = append(lines, lang.Tf("最近一次采纳：%s", "Accepted last: %s", c.Last.Label()).In(l))
	}
	lines = append(lines, lang.T("谁负责：", "Who answers: ").In(l)+districtPeople(d.People, c.District, l))
	m.Blocks = append(m.Blocks, section(strings.Join(lines, "\n")), slack.NewDividerBlock())

	m.Blocks = append(m.Blocks, section("*"+lang.Tf("上报（%d）", "Reports (%d)", len(c.Reports)).In(l)+"*"))
	if len(c.Reports) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("这一期还没有上报。", "Nothing is reported for this period yet.").In(l)))
	}
	for n, r := range c.Reports[:min(len(c.Reports), maxCellReports)] {
		m.Blocks = append(m.Blocks, sectionWith(cellReport(r, d, l), historyButton(n, r, l)))
	}
	m.rest(len(c.Reports), maxCellReports, l)
	if len(c.Items) > 0 {
		var items []string
		for _, it := range c.Items[:min(len(c.Items), maxCellItems)] {
			items = append(items, itemLine(it, d.Policy, d.Now, false, l))
		}
		m.Blocks = append(m.Blocks, sections("*"+lang.Tf("登记的项目（%d）", "In the register (%d)", len(c.Items)).In(l)+"*", items)...)
		m.rest(len(c.Items), maxCellItems, l)
	}
	var buttons []slack.BlockElement
	words := string(c.District) + " " + string(c.Domain)
	if d.MayReport {
		buttons = append(buttons, primary(button(ActionReport, words, lang.T("上报", "Report").In(l))))
	}
	if len(c.Items) > 0 {
		buttons = append(buttons, button(ActionItems, words, lang.T("看登记", "See the register").In(l)))
	}
	buttons = append(buttons, button(ActionProgress+":0", string(c.District), districtName(d.Policy, c.District).In(l)),
		button(ActionProgress+":1", string(c.Domain), domainName(d.Policy, c.Domain).In(l)))
	m.Blocks = append(m.Blocks, actions("cell", buttons...)...)
	m.Blocks = append(m.Blocks, contextLine(ledgerNote.In(l)))
	return m
}

// rest tells how many of n are not shown.
func (m *Message) rest(n, shown int, l lang.Lang) {
	if n > shown {
		m.Blocks = append(m.Blocks, contextLine(lang.Tf("另有 %d 项没有列出。", "%d more are not shown.", n-shown).In(l)))
	}
}

// historyButton shows a report's revisions.
func historyButton(n int, r ledger.Report, l lang.Lang) *slack.ButtonBlockElement {
	return button(fmt.Sprintf("%s:%d", ActionHistory, n), ReportKey(r), lang.T("看历史", "History").In(l))
}

// maxCellName and maxCellLink bound what a report of a cell shows, in
// characters: ten of them are well within a message.
const (
	maxCellName = 100
	maxCellLink = 300
)

// cellReport tells a report of a cell: what, how it stands, who, and its
// evidence.
func cellReport(r ledger.Report, d CellData, l lang.Lang) string {
	first := "*" + escapeCut(r.Subject().In(l), maxCellName) + "*"
	if r.Indicator != "" {
		first += " · " + indicatorName(d.Policy, r.Indicator).In(l)
	}
	lines := []string{first, string(r.ID) + " · " + r.Status.Label().In(l)}
	who := lang.Tf("%s %s上报", "reported by %s on %s", userName(d.People, r.By), calendar.FormatDate(r.At))
	if r.ReviewedBy != "" {
		who = lang.Tf("%s，%s审核", "%s, reviewed by %s", who, userName(d.People, r.ReviewedBy))
	}
	lines = append(lines, who.In(l))
	if r.Status == ledger.Returned {
		lines = append(lines, lang.Tf("退回原因：%s", "Returned: %s", r.ReturnCode.Label()).In(l))
	}
	if r.Evidence != "" {
		lines = append(lines, lang.T("佐证：", "Evidence: ").In(l)+evidence(r.Evidence, host(r.Evidence), maxCellLink))
	}
	return strings.Join(lines, "\n")
}

// userName is somebody's name in a list, or a mention of who has none here.
func userName(s people.State, user people.UserID) lang.Text {
	p, ok := s.Person(user)
	if !ok {
		p = people.Person{User: user}
	}
	return shortName(p, maxNameInList)
}

// stageName is the name of an item's stage.
func stageName(pol *policy.Policy, indicator policy.IndicatorID, stage string) lang.Text {
	i, _ := pol.Indicator(indicator)
	stages := ledger.StagesOf(i)
	if n := slices.IndexFunc(stages, func(o ledger.Option) bool { return o.Value == stage }); n >= 0 {
		return stages[n].Label
	}
	return lang.T(stage, stage)
}
