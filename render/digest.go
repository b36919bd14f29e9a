package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// DigestValue is the value of [ActionDigest] on a digest: the language to show it
// in, and as of when the digest is, so that what it corrects is told there too.
func DigestValue(l lang.Lang, at time.Time) string {
	return string(l) + " " + strconv.FormatInt(at.UnixMilli(), 10)
}

// ParseDigest reads what [DigestValue] wrote. A value without a moment has none.
func ParseDigest(value string) (l lang.Lang, at time.Time) {
	language, moment, _ := strings.Cut(value, " ")
	if ms, err := strconv.ParseInt(moment, 10, 64); err == nil {
		at = time.UnixMilli(ms)
	}
	return lang.FromLocale(language), at
}

// ActionWhole sends the reader the whole ledger as a sheet, in private.
const ActionWhole = "whole"

// Bounds that keep a digest to one screen; the rest is counted.
const (
	maxDigestItems = 6
	maxDigestLines = 4   // Of every other list.
	maxDigestName  = 60  // Characters of a name,
	maxDigestWords = 100 // of what somebody wrote,
	maxDigestLink  = 200 // and of a link; a longer one is only named.
)

// DigestOptions say what surrounds a digest's content.
type DigestOptions struct {
	Late bool // It is posted after its slot, and says so.
	Send bool // Its reader may post it to leadership, and gets a button.

	// Since is the digest that this one is shown from, in another language; its own
	// moment when zero.
	Since time.Time

	// NoExport leaves the button out that sends the whole ledger: its reader may
	// not have it.
	NoExport bool
}

// digest puts a digest's data into words of one language.
type digest struct {
	ledger.DigestData
	pol  *policy.Policy
	lang lang.Lang
}

// Digest renders the weekly digest: the conclusion, then what a leader does
// something about, then the rest, and the pictures behind the words.
func Digest(data ledger.DigestData, pol *policy.Policy, l lang.Lang, o DigestOptions) Message {
	d := digest{data, pol, l}
	title := lang.Tf("未来产业每周简报 · %s", "Future industries, weekly digest · %s", calendar.FormatDate(d.To)).In(l)
	conclusion := d.conclusion()
	m := Message{Text: title + "\n" + conclusion, Blocks: []slack.Block{header(title), section(conclusion)}}
	if o.Late {
		m.Blocks = append(m.Blocks, contextLine(lang.T("本期因系统停机补发。", "Posted late: the system was down on its slot.").In(l)))
	}
	list := func(title lang.Text, lines []string) {
		if len(lines) > 0 {
			m.Blocks = append(m.Blocks, sections("*"+title.In(l)+"*", lines)...)
		}
	}
	list(lang.T("更正以往简报", "Corrections of earlier digests"), d.corrections())
	list(lang.T("需要领导协调", "Needs a leader's coordination"), d.coordination())
	list(lang.T("本周生效的版本", "In force since this week"), d.news())
	list(lang.T("本周变化", "Changed this week"), d.changes())
	list(lang.T("滞后和问题", "Behind, and why"), d.lagging())
	list(lang.Tf("%d天内到期", "Due within %d days", ledger.DigestAhead), d.due())
	list(lang.Tf("填报情况 · %s", "State of reporting · %s", d.Period.Label()), d.health())
	for n, chart := range targetCharts(d.Targets, d.To) {
		m.draw(fmt.Sprintf("targets-%d.png", n+1), lang.T("目标进展", "Progress towards the targets").In(l), chart, l)
	}
	if len(d.Matrix) > 0 {
		m.matrix(ProgressData{Policy: pol, Matrix: d.Matrix, Period: d.Period, Now: d.To}, l)
	}
	m.Blocks = append(m.Blocks, contextLine(
		lang.Tf("统计时段：%s 至 %s。", "From %s to %s. ", calendar.FormatTime(d.From), calendar.FormatTime(d.To)).In(l)+ledgerNote.In(l)))
	buttons := []slack.BlockElement{
		button(ActionProgress, "", lang.T("看全部进展", "All progress").In(l)),
		button(ActionItems, "", lang.T("看登记", "Register").In(l)),
	}
	if !o.NoExport {
		buttons = append(buttons, button(ActionWhole, "", lang.T("全部数据（XLSX）", "All data (XLSX)").In(l)))
	}
	since := d.To
	if !o.Since.IsZero() {
		since = o.Since
	}
	buttons = append(buttons, button(ActionDigest, DigestValue(l.Other(), since), lang.T("中文", "English").In(l.Other())))
	if o.Send {
		buttons = append(buttons, primary(button(ActionSend, "", lang.T("发到领导频道", "Post to leadership").In(l))))
	}
	m.Blocks = append(m.Blocks, actions("digest", buttons...)...)
	return m
}

// conclusion says in three sentences what moved, what lags and what is needed.
func (d digest) conclusion() string {
	sentences := []lang.Text{d.movedSentence(), d.lagSentence(), d.needSentence()}
	parts := make([]string, 0, len(sentences))
	for _, s := range sentences {
		parts = append(parts, s.In(d.lang))
	}
	if d.lang == lang.ZH {
		return strings.Join(parts, "")
	}
	return strings.Join(parts, " ")
}

// several writes a number with the words that fit it in each language.
func several(n int, zh, one, many string) lang.Text {
	return lang.T(count(n)+zh, plural(n, one, many))
}

func (d digest) movedSentence() lang.Text {
	words := d.movedWords()
	if news := d.newsWords(); !news.IsZero() {
		words = lang.Tf("%s；%s", "%s; %s", words, news)
	}
	return lang.Tf("%s。", "%s.", words)
}

func (d digest) movedWords() lang.Text {
	if d.Empty() {
		return lang.T("本周没有新的上报和采纳", "Nothing was reported or accepted this week")
	}
	words := lang.T("本周没有采纳新的上报", "Nothing was accepted this week")
	if d.Accepted > 0 {
		words = lang.Tf("本周采纳 %s", "%s accepted this week", several(d.Accepted, " 份上报", "report was", "reports were"))
	}
	switch n := len(d.Moved); {
	case n == 1:
		words = lang.Tf("%s：%s", "%s: %s", words, movement(d.Moved[0]))
	case n > 1:
		words = lang.Tf("%s：%s，共 %d 个指标有变化", "%s: %s; %d indicators changed", words, movement(d.Moved[0]), n)
	}
	if d.Reported > 0 {
		words = lang.Tf("%s；新上报 %s待审核，采纳前不计入", "%s; %s pending review and not counted yet", words, several(d.Reported, " 份", "new report is", "new reports are"))
	}
	return words
}

func (d digest) lagSentence() lang.Text {
	judged, known, adopted := false, false, false
	for _, p := range d.Targets {
		adopted = adopted || len(p.Pace.Adopted) > 0
		judged = judged || p.Pace.Light == ledger.LightOnTrack || p.Pace.Light == ledger.LightWatch
		known = known || p.Has
	}
	var words lang.Text
	switch n := len(d.Behind); {
	case n == 1:
		words = lang.Tf("1 个目标滞后：%s", "1 target is behind: %s", d.behindName(d.Behind[0]))
	case n > 1:
		words = lang.Tf("%d 个目标滞后，如%s", "%d targets are behind, such as %s", n, d.behindName(d.Behind[0]))
	case judged:
		words = lang.T("有路径可比的目标都没有滞后", "No target with a path is behind")
	case known && adopted:
		words = lang.T("有年度路径的目标暂不能评判快慢（路径未到起始年份，或没有数据）", "The targets with a path cannot be judged yet (before the path's first year, or no data)")
	case known:
		words = lang.T("目标还没有年度路径，暂不评判快慢", "The targets have no annual path yet, so the pace is not judged")
	default:
		words = lang.T("各目标都还没有已采纳的数据，暂不评判快慢", "No target has accepted data yet, so the pace is not judged")
	}
	if n := d.Lagging.Total; n > 0 {
		words = lang.Tf("%s；板块报告了 %s", "%s; districts report %s", words, several(n, " 项问题或逾期事项", "problem or overdue step", "problems or overdue steps"))
	}
	return lang.Tf("%s。", "%s.", words)
}

func (d digest) behindName(p ledger.IndicatorProgress) lang.Text {
	return lang.Tf("%s（%d年，%s）", "%s (%d, %s)", p.Indicator.Name, p.Target.Year, p.Pace.Light.Label())
}

func (d digest) needSentence() lang.Text {
	if n := d.Coordination.Total; n > 0 {
		first := d.Coordination.First[0]
		what := lang.Tf("%s，%s", "%s, %s", d.district(first.Report.District), wanted(first.Report, maxDigestName))
		switch {
		case first.Overdue:
			what = lang.Tf("最早的%s已到期：%s", "the first was due %s: %s", dayWords(first.Day), what)
		case first.Day != "":
			what = lang.Tf("最早的%s到期：%s", "the first is due %s: %s", dayWords(first.Day), what)
		}
		return lang.Tf("需要领导协调 %s，%s。", "%s a leader's coordination; %s.", several(n, " 件事", "matter needs", "matters need"), what)
	}
	if n := len(ledger.Unreported(d.Health)); n > 0 {
		return lang.Tf("没有待协调的事项；%s还有 %s未填齐，%s截止。", "Nothing waits for coordination; for %s %s not reported everything yet, due %s.",
			d.Period.Label(), several(n, " 个板块", "district has", "districts have"), calendar.FormatDay(d.Deadline))
	}
	return lang.T("没有待协调的事项，各板块均已填报。", "Nothing waits for coordination, and every district has reported.")
}

// movement tells what counts of an indicator and what counted a week ago.
func movement(m ledger.Movement) lang.Text {
	now := quantity(m.Value, m.Indicator)
	if m.Year != m.Prev || !m.Has || !m.HadBefore {
		if m.Indicator.Takes == policy.TakesValue {
			now = lang.Tf("%s（%d年）", "%s (%d)", now, m.Year)
		}
	}
	switch {
	case !m.Has:
		return lang.Tf("%s：不再有计入的数据（原为 %s）", "%s: nothing counts any more (%s before)", m.Indicator.Name, quantity(m.Before, m.Indicator))
	case !m.HadBefore:
		return lang.Tf("%s %s（此前未填报）", "%s %s (no data before)", m.Indicator.Name, now)
	}
	return lang.Tf("%s %s（上周 %s）", "%s %s (%s a week ago)", m.Indicator.Name, now, quantity(m.Before, m.Indicator))
}

// district is a district's short name, which fits a phone.
func (d digest) district(id policy.DistrictID) lang.Text { return briefDistrict(d.pol, id) }

func briefDistrict(pol *policy.Policy, id policy.DistrictID) lang.Text {
	if of, ok := pol.District(id); ok {
		return of.Short
	}
	return districtName(pol, id)
}

// written is what a person wrote, on one line, safe to show and without the
// mark at its end: a sentence goes on behind it.
func written(s string, n int) string {
	return escapeCut(strings.TrimRight(strings.Join(strings.Fields(s), " "), "。.；;"), n)
}

// wanted is what a report wants coordinated; who is asked and by when may be all
// that it says.
func wanted(r ledger.Report, n int) lang.Text {
	if what := r.Words.Coordination.What; what != "" {
		return same(written(what, n))
	}
	return lang.T("事项未写明", "it does not say what")
}

// same is what stands in both languages as it was written.
func same(s string) lang.Text { return lang.T(s, s) }

// dayWords is a day without its year.
func dayWords(day ledger.Day) lang.Text { return calendar.FormatDay(day.Start()) }

// capped keeps the first lines; total is how many there are to tell.
func (d digest) capped(lines []string, n, total int) []string {
	lines = lines[:min(len(lines), n)]
	if rest := total - len(lines); rest > 0 {
		lines = append(lines, lang.Tf("另有 %d 项", "and %d more", rest).In(d.lang))
	}
	return lines
}

// line joins what a line tells; what is empty is left out.
func (d digest) line(parts ...lang.Text) string {
	var out []string
	for _, p := range parts {
		if !p.IsZero() {
			out = append(out, p.In(d.lang))
		}
	}
	return strings.Join(out, " · ")
}

// about names a report: its district and, in bold, its subject.
func (d digest) about(r ledger.Report) lang.Text {
	subject := r.Subject()
	if r.Name == "" {
		subject = lang.Tf("%s %s", "%s %s", shortOf(d.pol, r), subject)
	}
	return lang.T(d.district(r.District).ZH+" · *"+written(subject.ZH, maxDigestName)+"*", d.district(r.District).EN+" · *"+written(subject.EN, maxDigestName)+"*")
}

// shortOf names what a report without an item is about.
func shortOf(pol *policy.Policy, r ledger.Report) lang.Text {
	if r.Indicator != "" {
		return indicatorName(pol, r.Indicator)
	}
	return shortDomain(pol, r.Domain)
}

// waits marks what nobody has vouched for.
func waits(r ledger.Report) lang.Text {
	if r.Status == ledger.Accepted {
		return lang.Text{}
	}
	return lang.T("待审核", "pending review")
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
	for _, i := range d.Items[:min(len(d.Items), maxDigestItems)] {
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
	lines = append(lines, d.capped(items, maxDigestItems, len(d.Items))...)
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

// health tells the state of reporting: the counts, then by name what is wanted.
func (d digest) health() []string {
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
	lines := []string{lang.Tf("%s：", "%s: ", several(h.Pairs, " 项“板块—领域”任务", "pair of district and domain", "pairs of district and domain")).In(d.lang) + d.line(counts...)}
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
