package render

import (
	"fmt"
	"strings"
	"time"

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

// ProgressData is what is told of how things stand.
type ProgressData struct {
	Policy   *policy.Policy
	Targets  []ledger.IndicatorProgress
	Matrix   [][]ledger.Cell // Of the period.
	Period   calendar.Period
	Now      time.Time
	Suspects int // Open suspicions of duplicates, for who decides on them.
}

// Progress renders how all targets stand, and the matrix of the period: the
// pictures first, because looking is quicker than reading.
func Progress(d ProgressData, l lang.Lang) Message {
	title := lang.T("目标进展", "Progress towards the targets").In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title), section(lightCount(d.Targets, l)), contextLine(asOf(d.Now).In(l))}}
	for n, chart := range targetCharts(d.Targets, d.Now) {
		m.draw(fmt.Sprintf("targets-%d.png", n+1), title, chart, l)
	}
	m.Blocks = append(m.Blocks, targetSections(d.Targets, l)...)
	m.Blocks = append(m.Blocks, slack.NewDividerBlock())
	m.matrix(d, l)
	m.Blocks = append(m.Blocks, choices(d, l)...)
	m.Blocks = append(m.Blocks, contextLine(ledgerNote.In(l)))
	return m
}

// PeriodProgress renders the matrix of one period.
func PeriodProgress(d ProgressData, l lang.Lang) Message {
	title := lang.Tf("上报情况 · %s", "Reports · %s", d.Period.Label()).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title), section(cellCounts(d.Matrix, l))}}
	m.matrix(d, l)
	m.Blocks = append(m.Blocks, choices(d, l)...)
	m.Blocks = append(m.Blocks, contextLine(ledgerNote.In(l)))
	return m
}

// matrix adds the matrix as a picture; as text where it cannot be drawn.
func (m *Message) matrix(d ProgressData, l lang.Lang) {
	chart := matrixChart(d.Matrix, d.Period, d.Policy, d.Now)
	if !m.draw("matrix.png", chart.Heading.Title.In(l), chart, l) {
		m.Blocks = append(m.Blocks, section("*"+chart.Heading.Title.In(l)+"*"))
		m.Blocks = append(m.Blocks, Matrix(d.Matrix, d.Policy, l)...)
	}
}

// lightSigns stand beside the lights' words, never for them.
var lightSigns = map[ledger.Light]string{
	ledger.LightOnTrack: ":large_green_circle:", ledger.LightWatch: ":large_yellow_circle:", ledger.LightBehind: ":large_orange_circle:",
	ledger.LightFarBehind: ":red_circle:", ledger.LightStale: ":white_circle:", ledger.LightNone: ":white_circle:",
}

var (
	noData    = lang.T("未填报", "no data")
	notJudged = lang.T("暂不评判", "not judged")
)

// lightWords is a target's light with its word. Where nothing is known it says
// so, and not that all is well.
func lightWords(p ledger.IndicatorProgress) lang.Text {
	light := p.Pace.Light
	if light == "" {
		light = ledger.LightNone
	}
	word := light.Label()
	if light == ledger.LightNone {
		if word = notJudged; !p.Has {
			word = noData
		}
	}
	return lang.T(lightSigns[light]+" "+word.ZH, lightSigns[light]+" "+word.EN)
}

// lightCount tells in one line how many targets with a number are at each
// light.
func lightCount(all []ledger.IndicatorProgress, l lang.Lang) string {
	var order []lang.Text
	counts, total := map[lang.Text]int{}, 0
	for _, light := range ledger.Lights() { // The worst are what to look at, but the order is fixed.
		for _, p := range all {
			if p.Target.Op == policy.Qualitative || p.Pace.Light != light {
				continue
			}
			words := lightWords(p)
			if counts[words]++; counts[words] == 1 {
				order = append(order, words)
			}
			total++
		}
	}
	parts := make([]string, 0, len(order))
	for _, words := range order {
		parts = append(parts, words.In(l)+" "+count(counts[words]))
	}
	return "*" + lang.Tf("%d 个有数量的目标", "%d targets with a number", total).In(l) + "*\n" + strings.Join(parts, " · ")
}

// cellCounts tells in one line how many cells are in each state.
func cellCounts(rows [][]ledger.Cell, l lang.Lang) string {
	counts := map[ledger.CellState]int{}
	for _, row := range rows {
		for _, c := range row {
			counts[c.State]++
		}
	}
	var parts []string
	for _, m := range marks {
		if n := counts[m.state]; n > 0 && m.state != ledger.CellNotAssigned {
			parts = append(parts, m.words.In(l)+" "+count(n))
		}
	}
	return strings.Join(parts, " · ")
}

// targetSections lists the targets: by year those with a number, each with how
// it stands, and those without in a line each.
func targetSections(all []ledger.IndicatorProgress, l lang.Lang) []slack.Block {
	var blocks []slack.Block
	for start := 0; start < len(all); {
		year, end := all[start].Target.Year, start
		var numbered, others []string
		for ; end < len(all) && all[end].Target.Year == year; end++ {
			if p := all[end]; p.Target.Op == policy.Qualitative {
				others = append(others, p.Indicator.Name.In(l)+targetWords(p, l))
			} else {
				numbered = append(numbered, targetStory(p, false, l))
			}
		}
		blocks = append(blocks, paragraphs("*"+lang.Tf("%d年", "%d", year).In(l)+"*", numbered)...)
		if len(others) > 0 {
			blocks = append(blocks, sections(lang.T("不设数量的目标", "Without a number").In(l), others)...)
		}
		start = end
	}
	return blocks
}

// paragraphs puts texts of a few lines each into as few sections as hold them.
func paragraphs(title string, all []string) []slack.Block {
	var blocks []slack.Block
	text := title
	for _, p := range all {
		if len([]rune(text))+2+len([]rune(p)) > maxSection {
			blocks, text = append(blocks, section(text)), ""
		}
		if text != "" {
			text += "\n\n"
		}
		text += p
	}
	return append(blocks, section(text))
}

// targetStory tells one target with a number in a few short lines: what it is,
// what counts beside its light, and the pace. With full it also tells what is
// only worth a look at this one target.
func targetStory(p ledger.IndicatorProgress, full bool, l lang.Lang) string {
	name := p.Indicator.Name
	if full {
		name = lang.Tf("%d年目标", "Target for %d", p.Target.Year)
	}
	lines := []string{"*" + name.In(l) + "* · " + p.Target.Text.In(l), strings.Join(figures(p, l), " · ")}
	if !full && !p.Has && waiting(p) == 0 && len(p.Pace.Adopted) == 0 {
		return strings.Join(lines, " · ") // Nothing more is known.
	}
	if words := paceWords(p, full); !words.IsZero() {
		lines = append(lines, words.In(l))
	}
	if words := requiredWords(p); !words.IsZero() {
		lines = append(lines, words.In(l))
	}
	if words := forecastWords(p, full); !words.IsZero() {
		lines = append(lines, words.In(l))
	}
	if !p.AsOf.IsZero() {
		lines = append(lines, lang.Tf("数据截至%s（%s采纳）", "data as of %s (accepted %s)", p.Period.Label(), calendar.FormatDate(p.AsOf)).In(l))
	}
	return strings.Join(lines, "\n")
}

// figures are the light, what counts with its share, and what waits beside.
func figures(p ledger.IndicatorProgress, l lang.Lang) []string {
	parts := []string{lightWords(p).In(l)}
	if p.Has {
		accepted := quantity(p.Value, p.Indicator)
		if p.Point != nil {
			accepted = lang.Tf("%s（%d年，官方）", "%s (%d, official)", p.Point.Value.Text(), p.Year)
		}
		words := lang.Tf("已采纳 %s", "%s accepted", accepted).In(l)
		if share, ok := p.Share(); ok {
			words += lang.Tf("，目标的%s", ", %s of the target", percent(share)).In(l)
		}
		parts = append(parts, words)
	}
	if n := waiting(p); n > 0 {
		words := quantity(n, p.Indicator)
		if p.Pending != nil {
			words = p.Pending.Value.Text()
		}
		parts = append(parts, lang.Tf("另有待审核 %s", "%s pending beside", words).In(l))
	}
	return parts
}

var noPath = lang.T("尚无年度路径", "no annual path")

// paceWords tell how the figure stands to the adopted path; or that there is
// none, with the two references, which nobody has adopted.
func paceWords(p ledger.IndicatorProgress, full bool) lang.Text {
	if path := p.Pace.Adopted; len(path) > 0 {
		switch {
		case !p.Pace.OnPath:
			return lang.Tf("路径只到%d—%d年，现在没有对照", "the path is for %d to %d and says nothing about now", path[0].Year, path[len(path)-1].Year)
		case !p.Has:
			return lang.Tf("路径：现在应达 %s", "path: %s by now", about(p.Pace.Expected, p.Indicator))
		}
		return lang.Tf("路径：现在应达 %s，实际为其%s", "path: %s by now; this is %s of it", about(p.Pace.Expected, p.Indicator), percent(p.Pace.Share))
	}
	year, linear, constant, ok := references(p)
	switch {
	case !ok && full:
		return noPath
	case !ok:
		return lang.Text{}
	case constant > 0:
		return lang.Tf("%s；%d年底参照：线性 %s，等增长率 %s", "%s; references for the end of %d: linear %s, constant growth %s",
			noPath, year, about(linear, p.Indicator), about(constant, p.Indicator))
	}
	return lang.Tf("%s；%d年底参照：线性 %s", "%s; reference for the end of %d: linear %s", noPath, year, about(linear, p.Indicator))
}

// requiredWords tell the growth that still leads to the target.
func requiredWords(p ledger.IndicatorProgress) lang.Text {
	if !p.Has {
		return lang.Text{}
	}
	if met, ok := p.Target.Met(p.Value); ok && met {
		return lang.T("目标已达到", "the target is reached")
	}
	if !p.Pace.HasRequired {
		return lang.Text{}
	}
	return lang.Tf("还需每年增长 %s", "still required: %s growth a year", growth(p.Pace.Required))
}

// forecastWords tell what output may come to, and on how little that rests.
func forecastWords(p ledger.IndicatorProgress, full bool) lang.Text {
	if p.Indicator.Takes != policy.TakesValue {
		return lang.Text{}
	}
	f := p.Forecast
	of := func(v float64) lang.Text { return about(v, p.Indicator) }
	switch f.Kind {
	case ledger.ForecastScenarios:
		return lang.Tf("%d年情景（%d个年度数，不是预测区间）：低 %s，中 %s，高 %s", "scenarios for %d (from %d yearly figures, no interval): low %s, middle %s, high %s",
			f.Year, f.N, of(f.Low), of(f.Middle), of(f.High))
	case ledger.ForecastTrend:
		return lang.Tf("%d年趋势预测：%s（%s区间 %s 至 %s，n=%d）", "trend for %d: %s (%s interval %s to %s, n=%d)",
			f.Year, of(f.Middle), percent(f.Level), of(f.Low), of(f.High), f.N)
	case ledger.ForecastNone:
	}
	if !full {
		return lang.Text{}
	}
	return lang.Tf("不作预测：年度数不足%d个", "no forecast: fewer than %d yearly figures", ledger.ForecastScenariosFrom)
}

// choices lead on: to a cell, to a domain, district or indicator, to another
// period, to the register.
func choices(d ProgressData, l lang.Lang) []slack.Block {
	out := actions("cells", cellSelect(d, l)...)
	buttons := []slack.BlockElement{
		subjectSelect(d.Policy, l),
		button(ActionProgress+":1", string(d.Period.Add(-1)), lang.Tf("上期", "Previous period").In(l)),
	}
	if !d.Period.Add(1).Start().After(d.Now) {
		buttons = append(buttons, button(ActionProgress+":2", string(d.Period.Add(1)), lang.T("下期", "Next period").In(l)))
	}
	buttons = append(buttons, button(ActionItems, "", lang.T("登记", "Register").In(l)))
	if d.Suspects > 0 {
		buttons = append(buttons, button(ActionDuplicates, "", lang.Tf("查重（%d）", "Suspected duplicates (%d)", d.Suspects).In(l)))
	}
	return append(out, actions("subjects", buttons...)...)
}

// cellSelect chooses one of the matrix's cells that say something: districts in
// administrative order, with the cell's state. Slack takes at most 100 options,
// and there are 80 cells.
func cellSelect(d ProgressData, l lang.Lang) []slack.BlockElement {
	var options []*slack.OptionBlockObject
	for column := range d.Matrix[0] {
		for _, row := range d.Matrix {
			if c := row[column]; c.State != ledger.CellNotAssigned {
				district, _ := d.Policy.District(c.District)
				options = append(options, option(CellValue(c.Domain, c.District, d.Period),
					district.Short.In(l)+" · "+shortDomain(d.Policy, c.Domain).In(l)+" · "+CellWords(c, l)))
			}
		}
	}
	if len(options) == 0 {
		return nil
	}
	return []slack.BlockElement{slack.NewOptionsSelectBlockElement(slack.OptTypeStatic,
		plain(lang.T("看一格：上报、人员、佐证…", "Open a cell: reports, people …").In(l)), ActionCell, options[:min(len(options), maxOffered)]...)}
}

// subjectSelect chooses a domain, a district or an indicator.
func subjectSelect(pol *policy.Policy, l lang.Lang) slack.BlockElement {
	group := func(name lang.Text) *slack.OptionGroupBlockObject {
		return slack.NewOptionGroupBlockElement(plain(name.In(l)))
	}
	domains, districts, indicators := group(lang.T("领域", "Domains")), group(lang.T("板块", "Districts")), group(lang.T("指标", "Indicators"))
	for _, d := range pol.Domains {
		domains.Options = append(domains.Options, option(string(d.ID), d.Name.In(l)))
	}
	for _, d := range pol.Districts {
		districts.Options = append(districts.Options, option(string(d.ID), d.Name.In(l)))
	}
	for _, i := range pol.Indicators {
		indicators.Options = append(indicators.Options, option(string(i.ID), i.Name.In(l)))
	}
	return slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, plain(lang.T("看领域、板块、指标…", "Look at a domain, district …").In(l)), ActionProgress+":0", domains, districts, indicators)
}

// targetWords tells a target's number and what stands against it in a line,
// behind the name of what is counted.
func targetWords(p ledger.IndicatorProgress, l lang.Lang) string {
	if p.Target.Op == policy.Qualitative {
		return lang.Tf("：目标“%s”；", ": target “%s”; ", p.Target.Text).In(l) + tallyWords(p.City, p, l)
	}
	return lang.Tf("：目标%s；", ": target %s; ", p.Target.Text).In(l) + tallyWords(p.City, p, l)
}

// tallyWords tells what counts and, beside it, what is pending. Of an amount it
// is the city's official figure: reports of amounts are not added up.
func tallyWords(t ledger.Tally, p ledger.IndicatorProgress, l lang.Lang) string {
	if p.Indicator.Takes == policy.TakesValue {
		switch {
		case !p.Has && p.Pending == nil:
			return noData.In(l)
		case !p.Has:
			return lang.T("待审核", "pending review").In(l)
		}
		return strings.Join(figures(p, l)[1:], lang.T("，", ", ").In(l))
	}
	switch t.Standing() {
	case ledger.StandingNone:
		return noData.In(l)
	case ledger.StandingPending:
		return lang.Tf("已上报 %d 项，待审核", "%d reported, pending review", t.Pending).In(l)
	case ledger.StandingCounted:
	}
	words := lang.Tf("已采纳 %d 项", "%d accepted", t.Accepted).In(l)
	if share, ok := p.Share(); ok {
		words += lang.Tf("（%s）", " (%s)", percent(share)).In(l)
	}
	if t.Pending > 0 {
		words += lang.Tf("，另有 %d 项待审核", ", and %d pending review", t.Pending).In(l)
	}
	return words
}
