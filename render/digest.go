package render

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/picture"
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

// Bounds of what a digest tells in detail; the rest is counted.
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

// The titles of a digest's parts.
var (
	titleCoordination = lang.T("需要领导协调", "Needs a leader's coordination")
	titleCorrections  = lang.T("更正以往简报", "Corrections of earlier digests")
	titleNews         = lang.T("本周生效的版本", "In force since this week")
	titleChanges      = lang.T("本周变化", "Changed this week")
	titleLagging      = lang.T("滞后和问题", "Behind, and why")
)

// Digest renders the weekly digest, short enough for a phone: the conclusion,
// what a leader does something about, then the rest in a line or two each, and
// one picture behind the words. [DigestDetails] has it at length.
func Digest(data ledger.DigestData, pol *policy.Policy, l lang.Lang, o DigestOptions) Message {
	d := digest{data, pol, l}
	title := lang.Tf("未来产业每周简报 · %s", "Future industries, weekly digest · %s", calendar.FormatDate(d.To)).In(l)
	conclusion := d.conclusion()
	m := Message{Text: title + "\n" + strings.Join(conclusion, lang.T("", " ").In(l)), Blocks: []slack.Block{
		header(lang.Tf("未来产业每周简报 · %s", "Weekly digest · %s", calendar.FormatDay(d.To)).In(l)),
		section(strings.Join(conclusion, "\n")),
	}}
	if o.Late {
		m.Blocks = append(m.Blocks, contextLine(lang.T("本期因系统停机补发。", "Posted late: the system was down on its slot.").In(l)))
	}
	m.Blocks = append(m.Blocks, d.brief()...)
	m.overview(d)
	m.Blocks = append(m.Blocks, d.foot())
	buttons := []slack.BlockElement{button(ActionDetails, DigestValue(l, d.To), lang.T("看细节", "Details").In(l))}
	if !o.NoExport {
		buttons = append(buttons, button(ActionWhole, "", lang.T("全部数据 XLSX", "All data, XLSX").In(l)))
	}
	buttons = append(buttons, button(ActionDigest, DigestValue(l.Other(), d.To), lang.T("中文", "English").In(l.Other())))
	if o.Send {
		buttons = append(buttons, primary(button(ActionSend, "", lang.T("发到领导频道", "Post to leadership").In(l))))
	}
	m.Blocks = append(m.Blocks, actions("digest", buttons...)...)
	return m
}

// overview adds the targets and the matrix as one picture; the matrix as text
// where it cannot be drawn.
func (m *Message) overview(d digest) {
	if len(d.Matrix) == 0 {
		return
	}
	chart := picture.Overview{
		Heading: picture.Heading{Title: lang.T("目标进展和上报情况", "Targets and reports"), About: asOf(d.To)},
		Matrix:  matrixChart(d.Matrix, d.Period, d.pol, d.To),
	}
	for _, t := range targetCharts(d.Targets, d.To) {
		chart.Targets = append(chart.Targets, t.Targets...)
	}
	chart.Targets = chart.Targets[:min(len(chart.Targets), picture.MaxTargets)]
	if !m.draw("overview.png", "", chart, d.lang) {
		m.Blocks = append(m.Blocks, Matrix(d.Matrix, d.pol, d.lang)...)
	}
}

// foot says which week the digest is of, and what its figures are.
func (d digest) foot() slack.Block {
	return contextLine(lang.Tf("截至%s的一周。%s", "The week to %s. %s", calendar.FormatTime(d.To), ledgerNote).In(d.lang))
}

// conclusion says in three sentences what moved, what lags and what is needed.
func (d digest) conclusion() []string {
	return []string{d.movedSentence().In(d.lang), d.lagSentence().In(d.lang), d.needSentence().In(d.lang)}
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
		words = lang.Tf("%s；新上报 %s待审核", "%s; %s pending review", words, several(d.Reported, " 份", "new report is", "new reports are"))
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
		words := lang.Tf("需要领导协调 %s", "%s a leader's coordination", several(n, " 件事", "matter needs", "matters need"))
		switch first := d.Coordination.First[0]; {
		case first.Overdue:
			words = lang.Tf("%s，最早的%s已到期", "%s; the first was due %s", words, dayWords(first.Day))
		case first.Day != "":
			words = lang.Tf("%s，最早的%s到期", "%s; the first is due %s", words, dayWords(first.Day))
		}
		return lang.Tf("%s。", "%s.", words)
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
