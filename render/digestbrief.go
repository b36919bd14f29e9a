package render

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
)

// Bounds that keep a digest to what a phone shows; the rest is counted, and
// stands in the details.
const (
	briefAsks    = 3  // Matters to be coordinated.
	briefLags    = 2  // Targets that are behind, and as many problems.
	briefDue     = 3  // Of what is due ahead.
	briefChanges = 3  // Figures that changed, and corrections but one.
	briefItems   = 4  // Names of reports of each kind.
	briefName    = 28 // Characters of a name, or twice as many narrow ones,
	briefWords   = 40 // and of what somebody wrote.
)

// brief is what stands behind the conclusion: a list of what a leader does
// something about, and the rest in a line or two each.
func (d digest) brief() []slack.Block {
	var blocks []slack.Block
	list := func(title lang.Text, lines []string) {
		if len(lines) > 0 {
			blocks = append(blocks, sections("*"+title.In(d.lang)+"*", lines)...)
		}
	}
	list(titleCoordination, d.briefCoordination())
	list(titleCorrections, d.briefCorrections())
	list(titleNews, d.news())
	if !d.Empty() { // The conclusion has said it.
		list(titleChanges, d.briefChanges())
	}
	list(titleLagging, d.briefLagging())
	ahead := lang.Tf("%d天内到期", "Due within %d days", ledger.DigestAhead)
	if due := d.due(briefAsks, briefLags, briefDue); len(due) == 1 {
		blocks = append(blocks, section("*"+ahead.In(d.lang)+"*"+colon.In(d.lang)+due[0]))
	} else {
		list(ahead, due)
	}
	list(d.healthTitle(), d.briefHealth())
	return blocks
}

var (
	colon     = lang.T("：", ": ")
	semicolon = lang.T("；", "; ")
)

// briefCoordination tells what is wanted, of whom and by when.
func (d digest) briefCoordination() []string {
	var lines []string
	for _, m := range d.Coordination.First[:min(len(d.Coordination.First), briefAsks)] {
		c := m.Report.Words.Coordination
		var who lang.Text
		if c.By != "" {
			who = lang.Tf("请%s", "asks %s", written(c.By, briefName))
		}
		what := lang.Tf("%s：%s", "%s: %s", d.district(m.Report.District), wanted(m.Report, briefWords))
		lines = append(lines, d.line(what, who, bold(byWhen(m)), waits(m.Report)))
	}
	return d.capped(lines, briefAsks, d.Coordination.Total)
}

// briefCorrections tells what was wrong and is right.
func (d digest) briefCorrections() []string {
	var lines []string
	for _, c := range d.Corrections[:min(len(d.Corrections), briefChanges-1)] {
		change := c.Changes[0]
		words := lang.Tf("%s %s：%s“%s”应为“%s”", "%[1]s %[2]s: %[3]s is “%[5]s”, not “%[4]s”", d.district(c.Report.District), escaped(d.name(c.Report)),
			change.Label, shown(change.Before), shown(change.After))
		if rest := len(c.Changes) - 1; rest > 0 {
			words = lang.Tf("%s，另有 %d 处", "%s, and %d more", words, rest)
		}
		lines = append(lines, d.line(words, lang.Tf("%s起曾显示", "shown since %s", calendar.FormatDay(c.Shown))))
	}
	return d.capped(lines, briefChanges-1, len(d.Corrections))
}

// name is what a report is about, in few characters; as it was typed.
func (d digest) name(r ledger.Report) lang.Text {
	subject := r.Subject()
	if r.Name == "" {
		subject = lang.Tf("%s %s", "%s %s", shortOf(d.pol, r), subject)
	}
	return lang.T(cutWide(subject.ZH, briefName), cutWide(subject.EN, briefName))
}

// cutWide shortens s, on one line, to n characters as wide as Chinese ones.
func cutWide(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	left := 2 * n
	for i, r := range s {
		if left--; r >= utf8.RuneSelf {
			left--
		}
		if left < 0 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// briefChanges tells which figures changed, and names what was accepted and what
// waits, each with its evidence behind its name.
func (d digest) briefChanges() []string {
	var lines []string
	if len(d.Moved) > 1 { // A single one stands in the conclusion.
		for _, m := range d.Moved {
			lines = append(lines, movement(m).In(d.lang))
		}
		lines = d.capped(lines, briefChanges, len(lines))
	}
	var taken, waiting []lang.Text
	for _, i := range d.Items {
		name := d.linked(i)
		if i.Report.Status == ledger.Accepted {
			taken = append(taken, name)
		} else {
			waiting = append(waiting, name)
		}
	}
	named := func(what lang.Text, names []lang.Text) {
		if len(names) > 0 {
			lines = append(lines, what.In(d.lang)+colon.In(d.lang)+d.first(names, briefItems))
		}
	}
	named(lang.T("采纳", "Accepted"), taken)
	named(lang.T("待审核", "Pending review"), waiting)
	if d.Returned > 0 {
		back := lang.Tf("退回 %s", "%s returned", several(d.Returned, " 份待修改", "report", "reports")).In(d.lang)
		if len(waiting) > 0 {
			lines[len(lines)-1] += semicolon.In(d.lang) + back
		} else {
			lines = append(lines, back)
		}
	}
	return lines
}

// linked names an item of the week by its district and name, which leads to its
// evidence.
func (d digest) linked(i ledger.DigestItem) lang.Text {
	name := escaped(d.name(i.Report))
	if url := i.Report.Evidence; url != "" {
		name = d.name(i.Report)
		name = lang.T(evidence(url, name.ZH, maxDigestLink), evidence(url, name.EN, maxDigestLink))
	}
	name = lang.Tf("%s %s", "%s %s", d.district(i.Report.District), name)
	if i.Revised {
		name = lang.Tf("%s（修订）", "%s (revised)", name)
	}
	return name
}

// first lists the first n of the names and counts the others.
func (d digest) first(names []lang.Text, n int) string {
	shown := lang.List(names[:min(len(names), n)], func(t lang.Text) lang.Text { return t })
	if len(names) > n {
		shown = lang.Tf("%s等 %d 项", "%s … %d in all", shown, len(names))
	}
	return shown.In(d.lang)
}

// briefLagging tells which targets are behind, and what stands in the way, who
// answers for it and by when.
func (d digest) briefLagging() []string {
	var lines []string
	for _, p := range d.Behind {
		lines = append(lines, lang.Tf("*%s* %s：现有 %s，按路径应达 %s", "*%s* %s: %s now, %s by the path",
			p.Indicator.Name, lightWords(p), quantity(p.Value, p.Indicator), expected(p)).In(d.lang))
	}
	lines = d.capped(lines, briefLags, len(lines))
	var matters []string
	for _, m := range d.Lagging.First[:min(len(d.Lagging.First), briefLags)] {
		matters = append(matters, d.briefProblem(m))
	}
	return append(lines, d.capped(matters, briefLags, d.Lagging.Total)...)
}

func (d digest) briefProblem(m ledger.Matter) string {
	w := m.Report.Words
	what := lang.Tf("%s：%s", "%s: %s", d.district(m.Report.District), escaped(d.name(m.Report)))
	if w.Problems != "" {
		what = lang.Tf("%s：%s", "%s: %s", d.district(m.Report.District), written(w.Problems, briefWords))
	}
	next := lang.T("没有写下一步", "no next step is named")
	if w.Next.What != "" || m.Day != "" {
		next = lang.Tf("下一步 %s", "next: %s", written(w.Next.What, briefWords))
	}
	return d.line(what, next, bold(byWhen(m)), responsible(m), waits(m.Report))
}

// briefHealth tells how many reports there are of those that are wanted, and
// which districts still owe one.
func (d digest) briefHealth() []string {
	h := d.Health
	lines := []string{lang.Tf("应报 %d 项：%s", "%d wanted: %s", h.Pairs, same(d.counts())).In(d.lang)}
	var others []string
	named := func(to *[]string, what lang.Text, pairs []ledger.PairsOf) {
		if len(pairs) > 0 {
			*to = append(*to, what.In(d.lang)+colon.In(d.lang)+d.districts(pairs))
		}
	}
	if ledger.Count(h.Missing) < h.Pairs { // Else it is everybody, and has been said.
		named(&lines, noDataTitle, h.Missing)
	}
	named(&others, lang.T("已退回", "Returned"), h.Returned)
	named(&others, lang.T("数据过旧", "Stale"), h.Stale)
	named(&others, lang.Tf("%s逾期未齐", "Overdue for %s", d.Period.Add(-1).Label()), d.Overdue)
	if len(others) > 0 {
		lines = append(lines, strings.Join(others, semicolon.In(d.lang)))
	}
	return lines
}

// districts names the districts of pairs, in administrative order.
func (d digest) districts(all []ledger.PairsOf) string {
	return lang.List(all, func(p ledger.PairsOf) lang.Text { return d.district(p.District) }).In(d.lang)
}
