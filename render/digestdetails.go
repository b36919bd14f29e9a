package render

import (
	"math"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// ActionDetails shows all that a digest tells only in short; the value is that
// of [DigestValue].
const ActionDetails = "in-detail"

// maxDetailItems is how many reports of a week the details name.
const maxDetailItems = 12

// DigestDetails renders everything that a digest has to tell, at length and
// without pictures.
func DigestDetails(data ledger.DigestData, pol *policy.Policy, l lang.Lang) Message {
	d := digest{data, pol, l}
	title := lang.Tf("每周简报细节 · %s", "Weekly digest in detail · %s", calendar.FormatDate(d.To)).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	list := func(title lang.Text, lines []string) {
		if len(lines) > 0 {
			m.Blocks = append(m.Blocks, sections("*"+title.In(l)+"*", lines)...)
		}
	}
	list(titleCoordination, d.coordination())
	list(titleCorrections, d.corrections())
	list(titleNews, d.news())
	list(titleChanges, d.changes())
	list(titleLagging, d.lagging())
	list(lang.Tf("%d天内到期", "Due within %d days", ledger.DigestAhead), d.due(maxDigestLines, maxDigestLines, maxDigestLines+1))
	list(d.healthTitle(), d.health())
	m.Blocks = append(m.Blocks, d.foot())
	m.Blocks = append(m.Blocks, actions("details",
		button(ActionProgress, "", lang.T("看全部进展", "All progress").In(l)),
		button(ActionItems, "", lang.T("看登记", "Register").In(l)))...)
	return m
}

func (d digest) changes() []string {
	if d.Empty() {
		return []string{lang.T("无：本周没有上报，也没有采纳。", "None: nothing was reported or accepted.").In(d.lang)}
	}
	var lines []string
	for _, m := range d.Moved {
		lines = append(lines, movement(m).In(d.lang))
	}
	lines = d.capped(lines, maxDigestLines, len(lines))
	var items []string
	for _, i := range d.Items[:min(len(d.Items), maxDetailItems)] {
		r := i.Report
		var link, revised, of lang.Text
		if r.Evidence != "" {
			link = lang.T(evidence(r.Evidence, "佐证", maxDigestLink), evidence(r.Evidence, "evidence", maxDigestLink))
		}
		if i.Revised {
			revised = lang.T("修订", "revised")
		}
		if r.Name != "" {
			of = indicatorName(d.pol, r.Indicator)
		}
		status := lang.T("已采纳", "accepted")
		if words := waits(r); !words.IsZero() {
			status = words
		}
		items = append(items, d.line(d.about(r), of, status, revised, link))
	}
	lines = append(lines, d.capped(items, maxDetailItems, len(d.Items))...)
	if d.Returned > 0 {
		lines = append(lines, lang.Tf("本周退回、待修改：%s", "Returned this week, to be mended: %s", several(d.Returned, " 份", "report", "reports")).In(d.lang))
	}
	return lines
}

func (d digest) corrections() []string {
	var lines []string
	for _, c := range d.Corrections[:min(len(d.Corrections), maxDigestLines)] {
		var changes []string
		for _, change := range c.Changes[:min(len(c.Changes), 2)] {
			changes = append(changes, lang.Tf("%s原为“%s”，应为“%s”", "%s was “%s” and is “%s”", change.Label, shown(change.Before), shown(change.After)).In(d.lang))
		}
		if rest := len(c.Changes) - len(changes); rest > 0 {
			changes = append(changes, lang.Tf("另有 %d 处", "%d more", rest).In(d.lang))
		}
		words := strings.Join(changes, lang.T("；", "; ").In(d.lang))
		line := d.line(d.about(c.Report), same(words), lang.Tf("%s起的简报曾显示，%s更正", "shown since the digest of %s, corrected %s",
			calendar.FormatDay(c.Shown), calendar.FormatDay(c.Report.ReviewedAt)))
		if c.Report.Reason != "" {
			line += lang.Tf("（%s）", " (%s)", written(c.Report.Reason, maxDigestName)).In(d.lang)
		}
		lines = append(lines, line)
	}
	return d.capped(lines, maxDigestLines, len(d.Corrections))
}

// shown is one side of a change; nothing is no data.
func shown(t lang.Text) lang.Text {
	if t.IsZero() {
		return noData
	}
	return lang.T(written(t.ZH, maxDigestName), written(t.EN, maxDigestName))
}

func (d digest) coordination() []string {
	var lines []string
	for _, m := range d.Coordination.First {
		c := m.Report.Words.Coordination
		var who lang.Text
		if c.By != "" {
			who = lang.Tf("请%s", "asks %s", written(c.By, maxDigestName))
		}
		lines = append(lines, d.line(byWhen(m), d.about(m.Report), wanted(m.Report, maxDigestWords), who, waits(m.Report)))
	}
	return d.capped(lines, maxDigestLines, d.Coordination.Total)
}

// byWhen says by when.
func byWhen(m ledger.Matter) lang.Text {
	switch {
	case m.Day == "":
		return lang.T("未定日期", "no date")
	case m.Overdue:
		return lang.Tf("已过期：%s", "overdue since %s", dayWords(m.Day))
	}
	return lang.Tf("%s前", "by %s", dayWords(m.Day))
}

func (d digest) lagging() []string {
	var lines []string
	for _, p := range d.Behind {
		lines = append(lines, d.line(
			lang.T("*"+p.Indicator.Name.ZH+"*", "*"+p.Indicator.Name.EN+"*"),
			lang.Tf("%d年目标%s", "target for %d: %s", p.Target.Year, p.Target.Text), lightWords(p),
			lang.Tf("现有 %s，按路径应达 %s", "%s now, %s by the path", quantity(p.Value, p.Indicator), expected(p))))
	}
	lines = d.capped(lines, maxDigestLines, len(lines))
	var matters []string
	for _, m := range d.Lagging.First {
		matters = append(matters, d.problem(m))
	}
	return append(lines, d.capped(matters, maxDigestLines, d.Lagging.Total)...)
}

// expected is where the path stands: of items a whole number.
func expected(p ledger.IndicatorProgress) lang.Text {
	if p.Indicator.Takes == policy.TakesValue {
		return about(p.Pace.Expected, p.Indicator)
	}
	return quantity(math.Round(p.Pace.Expected), p.Indicator)
}

// problem tells what stands in the way, who answers for it and what comes next
// by when.
func (d digest) problem(m ledger.Matter) string {
	w := m.Report.Words
	why := lang.T("下一步已过期", "the next step is overdue")
	if w.Problems != "" {
		why = same(written(w.Problems, maxDigestWords))
	}
	next := lang.T("没有写下一步", "no next step is named")
	if w.Next.What != "" || m.Day != "" {
		next = lang.Tf("下一步：%s（%s）", "next: %s (%s)", written(w.Next.What, maxDigestName), byWhen(m))
	}
	return d.line(d.about(m.Report), why, next, responsible(m), waits(m.Report))
}

// responsible names who answers for a matter.
func responsible(m ledger.Matter) lang.Text {
	switch {
	case m.Report.District == ledger.City:
		return lang.T("秘书处", "the secretariat")
	case len(m.Liaisons) == 0:
		return lang.T("没有登记联络员", "no liaison is registered")
	}
	shown := m.Liaisons[:min(len(m.Liaisons), 2)]
	return lang.Tf("联络员 %s", "liaison %s", lang.List(shown, PersonName))
}

// healthTitle names the period that is reported, and until when.
func (d digest) healthTitle() lang.Text {
	return lang.Tf("填报 · %s（%s截止）", "Reporting · %s (due %s)", d.Period.Label(), calendar.FormatDay(d.Deadline))
}

// counts tells how many pairs of district and domain are in which state.
func (d digest) counts() string {
	h := d.Health
	var counts []lang.Text
	for _, one := range []struct {
		words lang.Text
		pairs []ledger.PairsOf
	}{
		{lang.T("已采纳", "accepted"), h.Accepted},
		{lang.T("待审核", "pending"), h.Pending},
		{lang.T("已退回", "returned"), h.Returned},
		{lang.T("填报为无数据", "reported as without data"), h.NoData},
		{lang.T("数据过旧", "stale"), h.Stale},
		{noData, h.Missing},
	} {
		if n := ledger.Count(one.pairs); n > 0 {
			counts = append(counts, lang.Tf("%s %d", "%s %d", one.words, n))
		}
	}
	return d.line(counts...)
}

// health tells the state of reporting: the counts, then by name what is wanted.
func (d digest) health() []string {
	h := d.Health
	lines := []string{lang.Tf("%s：%s", "%s: %s", several(h.Pairs, " 项“板块—领域”任务", "pair of district and domain", "pairs of district and domain"), same(d.counts())).In(d.lang)}
	named := func(what lang.Text, pairs []ledger.PairsOf) {
		if len(pairs) > 0 {
			lines = append(lines, what.In(d.lang)+lang.T("：", ": ").In(d.lang)+d.pairs(pairs))
		}
	}
	named(noDataTitle, h.Missing)
	named(lang.T("数据过旧", "Stale"), h.Stale)
	named(lang.T("已退回、待修改", "Returned, to be mended"), h.Returned)
	named(lang.T("填报为无数据", "Reported as without data"), h.NoData)
	named(lang.Tf("%s逾期未齐", "Overdue for %s", d.Period.Add(-1).Label()), d.Overdue)
	if names := d.nobody(); names != "" {
		lines = append(lines, lang.T("没有登记联络员：", "Without a liaison: ").In(d.lang)+names)
	}
	if d.Pending > 0 {
		lines = append(lines, lang.Tf("各期共 %s待审核，采纳前不计入", "%s pending review in all periods; none counts before it is accepted", several(d.Pending, " 份", "report is", "reports are")).In(d.lang))
	}
	return lines
}

var noDataTitle = lang.T("未填报", "No data")

// pairs names districts in administrative order, each with its domains.
func (d digest) pairs(all []ledger.PairsOf) string {
	return lang.List(all, func(p ledger.PairsOf) lang.Text {
		return lang.Tf("%s（%s）", "%s (%s)", d.district(p.District), lang.List(p.Domains, func(id policy.DomainID) lang.Text { return shortDomain(d.pol, id) }))
	}).In(d.lang)
}

// nobody names the districts that owe a report and have no liaison.
func (d digest) nobody() string {
	var names []string
	for _, p := range ledger.Unreported(d.Health) {
		if len(p.Liaisons) == 0 {
			names = append(names, d.district(p.District).In(d.lang))
		}
	}
	return join(d.lang, names)
}
