package render

import (
	"slices"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
)

// due lists what is due in the days ahead, in at most so many lines; what stands
// above with its day, where so many matters to be coordinated and problems are
// told, is counted only.
func (d digest) due(asks, lags, most int) []string {
	var lines []string
	total := d.Due.Total
	if days := calendar.DateOf(d.To).DaysTo(calendar.DateOf(d.Deadline)); days >= 0 && days <= ledger.DigestAhead {
		total++
		lines = append(lines, d.line(calendar.FormatDay(d.Deadline), lang.Tf("*%s上报截止*", "*reports for %s are due*", d.Period.Label())))
	}
	lines, total = append(lines, d.coming()...), total+len(d.Coming)
	var above []lang.Text // Their days, each once.
	told := 0
	for _, m := range d.Due.First {
		if d.toldAbove(m, asks, lags) {
			if told++; !slices.Contains(above, dayWords(m.Day)) {
				above = append(above, dayWords(m.Day))
			}
			continue
		}
		what := lang.Tf("下一步：%s", "next step: %s", written(m.Report.Words.Next.What, maxDigestName))
		if m.Kind == ledger.MatterCoordination {
			what = lang.Tf("协调事项：%s", "coordination: %s", wanted(m.Report, maxDigestName))
		}
		lines = append(lines, d.line(dayWords(m.Day), d.about(m.Report), what, waits(m.Report)))
	}
	if total == 0 {
		return []string{lang.T("无。", "nothing.").In(d.lang)}
	}
	lines = d.capped(lines, most, total-told)
	if told > 0 {
		lines = append(lines, lang.Tf("%s（%s，见上）", "%s (%s, see above)",
			lang.List(above, func(t lang.Text) lang.Text { return t }), several(told, " 项", "matter", "matters")).In(d.lang))
	}
	return lines
}

// toldAbove reports whether what is due stands, with its day, among the matters
// to be coordinated or those that lag: a leader reads it once.
func (d digest) toldAbove(m ledger.Matter, asks, lags int) bool {
	above, most := d.Coordination.First, asks
	if m.Kind == ledger.MatterStep {
		above, most = d.Lagging.First, lags
	}
	return slices.ContainsFunc(above[:min(len(above), most)], func(o ledger.Matter) bool {
		return o.Report.ID == m.Report.ID && o.Report.Revision == m.Report.Revision && o.Day == m.Day
	})
}

// coming lists what will come into force in the days ahead.
func (d digest) coming() []string {
	var lines []string
	for _, n := range d.Coming {
		lines = append(lines, d.line(calendar.FormatDay(n.Effective), bold(lang.Tf("%s生效", "in force: %s", newsName(n)))))
	}
	return lines
}
