package render

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// SubjectData is what is told of one domain, district or indicator.
type SubjectData struct {
	ProgressData
	Layout  policy.Layout
	People  people.State
	Reports []ledger.Report // Of the period; the latest revision of each.
}

// DomainProgress renders how a domain stands: its districts, what counts in it,
// who answers for it, and the period's reports.
func DomainProgress(d SubjectData, domain policy.Domain, l lang.Lang) Message {
	var row []ledger.Cell
	for _, cells := range d.Matrix {
		if cells[0].Domain == domain.ID {
			row = cells
		}
	}
	title := lang.Tf("%s · %s", "%s · %s", domain.Name, d.Period.Label()).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	m.lines(PairLines(row, d.Layout, d.Policy, false, l))
	m.lines(tallyLines(d.Targets, func(p ledger.IndicatorProgress) ledger.Tally {
		for _, t := range p.ByDomain {
			if t.Domain == domain.ID {
				return t.Tally
			}
		}
		return ledger.Tally{}
	}, l))
	var who []string
	for _, c := range row {
		if c.State != ledger.CellNotAssigned {
			who = append(who, districtName(d.Policy, c.District).In(l)+lang.T("：", ": ").In(l)+districtPeople(d.People, c.District, l))
		}
	}
	m.people(who, l)
	m.reports(d, ledger.Filter{Domain: domain.ID}, l)
	d.Matrix = [][]ledger.Cell{row}
	m.Blocks = append(m.Blocks, subjectChoices(d.ProgressData, string(domain.ID), l)...)
	return m
}

// DistrictProgress renders how a district stands.
func DistrictProgress(d SubjectData, district policy.District, l lang.Lang) Message {
	var column []ledger.Cell
	var matrix [][]ledger.Cell
	for _, row := range d.Matrix {
		for _, c := range row {
			if c.District == district.ID {
				column, matrix = append(column, c), append(matrix, []ledger.Cell{c})
			}
		}
	}
	title := lang.Tf("%s · %s", "%s · %s", district.Name, d.Period.Label()).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	m.lines(PairLines(column, d.Layout, d.Policy, true, l))
	m.lines(tallyLines(d.Targets, func(p ledger.IndicatorProgress) ledger.Tally {
		for _, t := range p.ByDistrict {
			if t.District == district.ID {
				return t.Tally
			}
		}
		return ledger.Tally{}
	}, l))
	m.people([]string{districtPeople(d.People, district.ID, l)}, l)
	m.reports(d, ledger.Filter{District: district.ID}, l)
	d.Matrix = matrix
	m.Blocks = append(m.Blocks, subjectChoices(d.ProgressData, string(district.ID), l)...)
	return m
}

// Figures are the city's official figures of an indicator that takes values.
type Figures struct{ Official, Pending []ledger.Point }

// IndicatorProgress renders how an indicator stands against its targets, where
// it is counted, and what makes a report of it count.
func IndicatorProgress(d SubjectData, indicator policy.Indicator, f Figures, l lang.Lang) Message {
	title := indicator.Name.In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title), contextLine(asOf(d.Now).In(l))}}
	own := slices.DeleteFunc(slices.Clone(d.Targets), func(p ledger.IndicatorProgress) bool { return p.Indicator.ID != indicator.ID })
	var stories []string
	for _, p := range own {
		if p.Target.Op == policy.Qualitative {
			stories = append(stories, "*"+lang.Tf("%d年目标", "Target for %d", p.Target.Year).In(l)+"*"+targetWords(p, l))
		} else {
			stories = append(stories, targetStory(p, true, l))
		}
	}
	if len(own) == 0 {
		stories = []string{lang.T("政策没有给它定数量目标。", "The policy sets no target for it.").In(l)}
	} else if chart, ok := seriesChart(own[0], f.Official, f.Pending, d.Now); ok {
		m.draw("series.png", chart.Heading.Title.In(l), chart, l)
	} else if charts := targetCharts(own, d.Now); len(charts) > 0 {
		m.draw("target.png", title, charts[0], l)
	}
	m.Blocks = append(m.Blocks, paragraphs("", stories)...)
	if len(own) > 0 {
		m.lines(whereCounted(own[0], d.Policy, l))
	}
	m.Blocks = append(m.Blocks, section(lang.T("何时计入：", "Counts when: ").In(l)+indicator.CountsWhen.In(l)))
	m.reports(d, ledger.Filter{Indicator: indicator.ID}, l)
	d.Matrix = nil
	m.Blocks = append(m.Blocks, subjectChoices(d.ProgressData, string(indicator.ID), l)...)
	return m
}

// whereCounted tells in which domains and districts something counts or waits.
func whereCounted(p ledger.IndicatorProgress, pol *policy.Policy, l lang.Lang) string {
	var domains, districts []string
	add := func(to *[]string, name lang.Text, t ledger.Tally) {
		if t != (ledger.Tally{}) {
			*to = append(*to, name.In(l)+" "+tallyShort(t).In(l))
		}
	}
	for _, t := range p.ByDomain {
		add(&domains, shortDomain(pol, t.Domain), t.Tally)
	}
	for _, t := range p.ByDistrict {
		district, _ := pol.District(t.District)
		add(&districts, district.Short, t.Tally)
	}
	inDomains, inDistricts := 0, 0
	for _, t := range p.ByDomain {
		inDomains += t.Accepted
	}
	for _, t := range p.ByDistrict {
		inDistricts += t.Accepted
	}
	var lines []string
	if len(domains) > 0 {
		lines = append(lines, lang.T("按领域：", "By domain: ").In(l)+join(l, domains))
	}
	if len(districts) > 0 {
		lines = append(lines, lang.T("按板块：", "By district: ").In(l)+join(l, districts))
	}
	if max(inDomains, inDistricts) > p.City.Accepted {
		lines = append(lines, lang.T("疑似同一项的，各领域、各板块分别计，全市只计一次。", "What may be the same counts in each domain and district, and once for the city.").In(l))
	}
	return strings.Join(lines, "\n")
}

// tallyShort is a tally in as few characters as tell what counts apart from
// what waits.
func tallyShort(t ledger.Tally) lang.Text {
	switch {
	case t.Accepted > 0 && t.Pending > 0:
		return lang.Tf("%d（另待审核%d）", "%d (and %d pending)", t.Accepted, t.Pending)
	case t.Pending > 0:
		return lang.Tf("待审核%d", "%d pending", t.Pending)
	}
	return lang.Tf("%d", "%d", t.Accepted)
}

// tallyLines tells in one line what counts in a domain or a district, by
// indicator; each indicator once.
func tallyLines(all []ledger.IndicatorProgress, of func(ledger.IndicatorProgress) ledger.Tally, l lang.Lang) string {
	var parts []string
	seen := map[policy.IndicatorID]bool{}
	for _, p := range all {
		if t := of(p); t != (ledger.Tally{}) && !seen[p.Indicator.ID] {
			seen[p.Indicator.ID] = true
			parts = append(parts, p.Indicator.Name.In(l)+" "+tallyShort(t).In(l))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "*" + lang.T("台账里的项目", "In the register").In(l) + "*\n" + bullets(parts)
}

// lines adds a section, if there is anything to say.
func (m *Message) lines(text string) {
	if text != "" {
		m.Blocks = append(m.Blocks, section(text))
	}
}

func (m *Message) people(who []string, l lang.Lang) {
	if len(who) > 0 {
		m.Blocks = append(m.Blocks, sections("*"+lang.T("谁负责", "Who answers").In(l)+"*", who)...)
	}
}

// reports lists the period's reports, all of which are of what f names.
func (m *Message) reports(d SubjectData, f ledger.Filter, l lang.Lang) {
	m.Blocks = append(m.Blocks, section("*"+lang.Tf("%s的上报", "Reports of %s", d.Period.Label()).In(l)+"*"))
	m.Blocks = append(m.Blocks, reportList(d.Reports, f, d.Policy, l)...)
}

// subjectChoices lead on from a subject; words name it to other commands.
func subjectChoices(d ProgressData, words string, l lang.Lang) []slack.Block {
	var out []slack.Block
	if len(d.Matrix) > 0 && len(d.Matrix[0]) > 0 {
		out = actions("cells", cellSelect(d, l)...)
	}
	out = append(out, actions("subject",
		button(ActionItems, words, lang.T("看登记", "See the register").In(l)),
		button(ActionProgress+":1", words+" "+string(d.Period.Add(-1)), lang.T("上期", "Previous period").In(l)),
		button(ActionProgress+":0", "", lang.T("全市进展", "The whole city").In(l)))...)
	return append(out, contextLine(ledgerNote.In(l)))
}

// reportList lists the first reports and counts the rest; all of them are of
// what f names.
func reportList(reports []ledger.Report, f ledger.Filter, pol *policy.Policy, l lang.Lang) []slack.Block {
	if len(reports) == 0 {
		return []slack.Block{section(lang.T("还没有上报。", "Nothing has been reported yet.").In(l))}
	}
	var lines []string
	for i, r := range reports {
		if i == maxListed {
			lines = append(lines, lang.Tf("另有 %d 项", "and %d more", len(reports)-i).In(l))
			break
		}
		lines = append(lines, reportLine(r, f, pol, l))
	}
	return sections("", lines)
}

// Bounds of what a line of a list shows, in characters: ten such lines are
// well within what a message's blocks may hold together.
const (
	maxSubject = 200
	maxLink    = 400
)

// reportLine tells a report in one line, without what f names: that is told
// above. Separators with spaces stand around what is bold: Slack shows no bold
// next to a Chinese character.
func reportLine(r ledger.Report, f ledger.Filter, pol *policy.Policy, l lang.Lang) string {
	var parts []string
	if f.District == "" {
		parts = append(parts, districtName(pol, r.District).In(l))
	}
	if f.Domain == "" {
		parts = append(parts, domainName(pol, r.Domain).In(l))
	}
	if r.Indicator != "" && f.Indicator == "" {
		parts = append(parts, indicatorName(pol, r.Indicator).In(l))
	}
	parts = append(parts, "*"+escapeCut(r.Subject().In(l), maxSubject)+"*")
	if r.Basis != "" { // A figure says nothing without its year.
		parts = append(parts, lang.Tf("%d年（%s）", "%d (%s)", r.Year, r.Basis.Label()).In(l))
	}
	parts = append(parts, string(r.ID), r.Status.Label().In(l))
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
		if c.Accepted > 0 {
			return lang.Tf("已采纳 %d 项，另有 %d 项待审核", "%d accepted, %d more pending review", c.Accepted, c.Pending).In(l)
		}
		return lang.Tf("已上报 %d 项，待审核", "%d reported, pending review", c.Pending).In(l)
	case ledger.CellAccepted:
		return lang.Tf("已采纳 %d 项", "%d accepted", c.Accepted).In(l)
	case ledger.CellReturned:
		if c.Accepted > 0 {
			return lang.Tf("已采纳 %d 项，另有 %d 项已退回、待修改", "%d accepted, %d more returned, to be mended", c.Accepted, c.Returned).In(l)
		}
		return lang.Tf("已退回 %d 项，待修改", "%d returned, to be mended", c.Returned).In(l)
	case ledger.CellStale:
		return lang.Tf("数据过旧（最近：%s）", "stale (last: %s)", c.Last.Label()).In(l)
	case ledger.CellNoData:
		return noData.In(l)
	case ledger.CellNotAssigned:
	}
	return lang.T("未安排", "not assigned").In(l)
}
