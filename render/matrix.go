package render

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// marks are the states of a cell in the matrix: one Han character, or a short
// English word. A word is there for everyone; a colour would not be.
var marks = []struct {
	state ledger.CellState
	mark  lang.Text
	words lang.Text
}{
	{ledger.CellNoData, lang.T("未", "no"), lang.T("未填报", "no data")},
	{ledger.CellPending, lang.T("待", "pend"), lang.T("已上报，待审核", "reported, pending review")},
	{ledger.CellReturned, lang.T("退", "ret"), lang.T("已退回，待修改", "returned, to be mended")},
	{ledger.CellAccepted, lang.T("采", "ok"), lang.T("已采纳", "accepted")},
	{ledger.CellStale, lang.T("旧", "old"), lang.T("数据过旧", "stale")},
	{ledger.CellNotAssigned, lang.T("－", "·"), lang.T("布局未安排", "not assigned by the layout")},
}

// Matrix renders the domains × districts as a grid of fixed-width text, which
// shows on every surface: Slack's tables are for messages only. The Chinese
// grid uses nothing but full-width characters, so that it stays aligned in
// any font.
func Matrix(rows [][]ledger.Cell, pol *policy.Policy, l lang.Lang) []slack.Block {
	grid := chineseGrid(rows, pol)
	if l == lang.EN {
		grid = englishGrid(rows, pol)
	}
	var legend []string
	for _, m := range marks {
		legend = append(legend, meaning(m.mark.In(l), m.words.In(l), l))
	}
	return []slack.Block{
		slack.NewRichTextBlock("", &slack.RichTextPreformatted{
			Type:     slack.RTEPreformatted,
			Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(grid, nil)},
		}),
		contextLine(strings.Join(legend, lang.T("；", "; ").In(l))),
		contextLine(districtLegend(rows, pol, l)),
	}
}

// meaning is one entry of a legend.
func meaning(mark, words string, l lang.Lang) string {
	return mark + lang.T("＝", " = ").In(l) + words
}

func markOf(s ledger.CellState, l lang.Lang) string {
	for _, m := range marks {
		if m.state == s {
			return m.mark.In(l)
		}
	}
	return "?"
}

// wide is a space as wide as a Han character.
const wide = "　"

func chineseGrid(rows [][]ledger.Cell, pol *policy.Policy) string {
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(shortDomain(pol, row[0].Domain).ZH))
	}
	var b strings.Builder
	b.WriteString(strings.Repeat(wide, width))
	for _, c := range rows[0] {
		b.WriteString(wide + districtMark(pol, c.District))
	}
	for _, row := range rows {
		name := shortDomain(pol, row[0].Domain).ZH
		b.WriteString("\n" + name + strings.Repeat(wide, width-utf8.RuneCountInString(name)))
		for _, c := range row {
			b.WriteString(wide + markOf(c.State, lang.ZH))
		}
	}
	return b.String()
}

// districtMark is the one character that tells a district from the others:
// its first, save where two share it.
func districtMark(pol *policy.Policy, id policy.DistrictID) string {
	if mark, ok := map[policy.DistrictID]string{policy.Wujiang: "江", policy.Wuzhong: "中", policy.SIP: "园"}[id]; ok {
		return mark
	}
	d, _ := pol.District(id)
	r, _ := utf8.DecodeRuneInString(d.Short.ZH)
	return string(r)
}

// cellWidth is the width of an English column.
const cellWidth = 5

func englishGrid(rows [][]ledger.Cell, pol *policy.Policy) string {
	width := 0
	for _, row := range rows {
		width = max(width, len(shortDomain(pol, row[0].Domain).EN))
	}
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", width))
	for _, c := range rows[0] {
		b.WriteString(pad(districtCode(c.District)))
	}
	for _, row := range rows {
		name := shortDomain(pol, row[0].Domain).EN
		b.WriteString("\n" + name + strings.Repeat(" ", width-len(name)))
		for _, c := range row {
			b.WriteString(pad(markOf(c.State, lang.EN)))
		}
	}
	return b.String()
}

// districtCode is a district's column head in English: the beginning of its
// id, which tells all ten apart.
func districtCode(id policy.DistrictID) string {
	return strings.ToUpper(string(id)[:min(4, len(id))])
}

func pad(s string) string {
	return strings.Repeat(" ", max(1, cellWidth-utf8.RuneCountInString(s))) + s
}

func shortDomain(pol *policy.Policy, id policy.DomainID) lang.Text {
	d, ok := pol.Domain(id)
	if !ok || !d.Short.Complete() {
		return domainName(pol, id)
	}
	return d.Short
}

// districtLegend says which column is whose.
func districtLegend(rows [][]ledger.Cell, pol *policy.Policy, l lang.Lang) string {
	var parts []string
	for _, c := range rows[0] {
		d, _ := pol.District(c.District)
		if l == lang.EN {
			parts = append(parts, meaning(districtCode(c.District), d.Short.EN, l))
			continue
		}
		parts = append(parts, meaning(districtMark(pol, c.District), d.Short.ZH, l))
	}
	return join(l, parts)
}
