package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// DossierValue names a page of an item's dossier, from 0, as the value of a
// button with [ActionEvaluationDossier]. The value without a page, as
// [EvaluationValue] writes it, is the first.
func DossierValue(cycle evaluation.CycleID, item evaluation.ItemID, page int) string {
	return EvaluationValue(cycle, string(item)+"|"+strconv.Itoa(page))
}

// ParseDossierValue reads what [DossierValue] wrote.
func ParseDossierValue(value string) (cycle evaluation.CycleID, item evaluation.ItemID, page int) {
	cycle, rest := ParseEvaluationValue(value)
	id, number, _ := strings.Cut(rest, "|")
	if n, err := strconv.Atoi(number); err == nil && n > 0 {
		page = n
	}
	return cycle, evaluation.ItemID(id), page
}

// DossierData is what is known of an item that is evaluated: all as the cycle
// judges it, but Since.
type DossierData struct {
	Cycle   evaluation.Cycle
	Item    evaluation.Item
	Policy  *policy.Policy // In force at the moment that is judged.
	Newest  *policy.Policy // With everything that was adopted, for the item's name.
	At      time.Time      // The moment that is judged.
	Focus   policy.Focus   // In the layout then in force; zero when it gives the pair to nobody.
	Figures []DossierFigure
	Items   []ledger.Item   // Of the register.
	Reports []ledger.Report // Of the year that is evaluated.

	Last      *evaluation.ItemResult // What the evaluation before said of it; nil when it said nothing.
	LastCycle evaluation.Cycle       // The evaluation before; its zero value when there was none.

	Since []ledger.Report // What was reported, amended or reviewed later: shown and not counted.
	Page  int             // From 0; one that is not there shows the nearest.
}

// DossierFigure is how an indicator stands in the item's district and domain.
type DossierFigure struct {
	Indicator policy.Indicator
	Tally     ledger.Tally
	Last      time.Time      // When something was accepted last.
	Points    []ledger.Point // Of an indicator that takes values: the newest of each basis, accepted and pending.
}

// dossierPage is how many characters of lines a page of a dossier holds: well
// within what Slack lets a message's blocks hold together.
const dossierPage = 6000

// Dossier renders a page of an item's dossier.
func Dossier(d DossierData, l lang.Lang) Message {
	title := lang.Tf("评估材料 · %s", "Dossier · %s", d.Cycle.Title(d.Newest, d.Item.ID)).In(l)
	m := Message{Text: Escape(title), Blocks: []slack.Block{header(title), contextLine(d.asOf(l))}}
	pages := d.pages(l)
	page := min(max(d.Page, 0), len(pages)-1)
	for _, part := range pages[page] {
		m.Blocks = append(m.Blocks, sections("*"+part.title+"*", part.lines)...)
	}
	var turn []slack.BlockElement
	if page > 0 {
		turn = append(turn, button(ActionEvaluationDossier+":turn0", DossierValue(d.Cycle.ID, d.Item.ID, page-1), lang.T("上一页", "Previous").In(l)))
	}
	if page < len(pages)-1 {
		turn = append(turn, button(ActionEvaluationDossier+":turn1", DossierValue(d.Cycle.ID, d.Item.ID, page+1), lang.T("下一页", "Next").In(l)))
	}
	m.Blocks = append(m.Blocks, actions("dossier", turn...)...)
	if len(pages) > 1 {
		m.Blocks = append(m.Blocks, contextLine(lang.Tf("第 %d 页，共 %d 页", "Page %d of %d", page+1, len(pages)).In(l)))
	}
	m.Blocks = append(m.Blocks, contextLine(ledgerNote.In(l)))
	return m
}

// DossierModal shows a dossier that [Dossier] rendered as a modal, for who reads
// it while they score.
func DossierModal(m Message, l lang.Lang) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(lang.T("评估材料", "Dossier").In(l)), Close: plain(lang.T("返回", "Back").In(l)),
		Blocks: slack.Blocks{BlockSet: m.Blocks},
	}
}

// asOf says which state of things the dossier tells.
func (d DossierData) asOf(l lang.Lang) string {
	if d.Cycle.Frozen == 0 {
		return lang.Tf("%s · 尚未启动，按现在的数据；启动时定格。", "%s · not opened yet: the data are today's; they are frozen when it opens.", d.Cycle.ID.Label()).In(l)
	}
	return lang.Tf("%s · 数据定格于%s（台账第 %d 条），之后的变化只列出、不计入。", "%s · data frozen at %s (entry %d of the journal); what came later is listed and not counted.",
		d.Cycle.ID.Label(), calendar.FormatTime(d.At), d.Cycle.Frozen).In(l)
}

// dossierPart is a titled list of a dossier.
type dossierPart struct {
	title string
	lines []string
}

// pages puts the parts onto pages, parting the long ones.
func (d DossierData) pages(l lang.Lang) [][]dossierPart {
	pages := [][]dossierPart{nil}
	left := dossierPage
	for _, part := range []dossierPart{d.policyPart(l), d.figuresPart(l), d.lastPart(l), d.sincePart(l), d.itemsPart(l), d.reportsPart(l)} {
		if len(part.lines) == 0 {
			continue
		}
		rest := part
		for n := 0; n < len(rest.lines); {
			room := utf8.RuneCountInString(rest.lines[n]) + 2
			if left -= room; left >= 0 {
				n++
				continue
			}
			if n > 0 {
				pages[len(pages)-1] = append(pages[len(pages)-1], dossierPart{rest.title, rest.lines[:n]})
			}
			rest = dossierPart{lang.Tf("%s（续）", "%s (continued)", lang.T(part.title, part.title)).In(l), rest.lines[n:]}
			if n == 0 {
				rest.title = part.title
			}
			pages, left, n = append(pages, nil), dossierPage, 0
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], rest)
	}
	return pages
}

func (d DossierData) policyPart(l lang.Lang) dossierPart {
	p := dossierPart{title: lang.T("政策里怎么写", "What the policy says").In(l)}
	add := func(t lang.Text) { p.lines = append(p.lines, t.In(l)) }
	switch {
	case !d.Focus.Text.IsZero():
		add(lang.Tf("主攻方向：%s", "Focus: %s", escaped(d.Focus.Text)))
		add(lang.Tf("出处：%s", "Source: %s", d.Focus.Cite.Place))
	default:
		add(lang.T("现行布局没有把这个领域交给这个板块。", "The layout in force does not give this domain to this district."))
	}
	if domain, ok := d.Policy.Domain(d.Item.Domain); ok {
		add(lang.Tf("领域：%s", "Domain: %s", escaped(domain.Summary)))
	} else if n, ok := d.newDomain(); ok {
		add(lang.Tf("拟新增的领域：%s", "A domain that would be new: %s", escaped(n.Summary)))
	}
	if !d.Item.Proposed.IsZero() {
		add(lang.Tf("拟议的主攻方向：%s", "The focus that is proposed: %s", escaped(d.Item.Proposed)))
	}
	if d.Item.Why != "" {
		add(lang.Tf("为什么提出：%s", "Why it is proposed: %s", escapeCut(d.Item.Why, evaluation.MaxReason)))
	}
	return p
}

func (d DossierData) newDomain() (evaluation.NewDomain, bool) {
	for _, n := range d.Cycle.NewDomains {
		if n.ID == d.Item.Domain {
			return n, true
		}
	}
	return evaluation.NewDomain{}, false
}

// escaped makes both languages safe in mrkdwn.
func escaped(t lang.Text) lang.Text { return lang.T(Escape(t.ZH), Escape(t.EN)) }

func (d DossierData) figuresPart(l lang.Lang) dossierPart {
	p := dossierPart{title: lang.T("各项指标", "Indicators").In(l)}
	var silent []string
	for _, f := range d.Figures {
		name := f.Indicator.Name.In(l)
		switch {
		case len(f.Points) > 0:
			for _, point := range f.Points {
				words := lang.Tf("%d年%s %s", "%d %s: %s", point.Year, point.Basis.Label(), point.Value.Text())
				if point.Status == ledger.FigurePending {
					words = lang.Tf("%s（待审核）", "%s (pending review)", words)
				}
				p.lines = append(p.lines, name+" · "+words.In(l))
			}
		case f.Indicator.Takes != policy.TakesValue && f.Tally != (ledger.Tally{}):
			line := name + " · " + tallyShort(f.Tally).In(l)
			if !f.Last.IsZero() {
				line += " · " + lang.Tf("最近采纳于%s", "accepted last on %s", calendar.FormatDate(f.Last)).In(l)
			}
			p.lines = append(p.lines, line)
		default:
			silent = append(silent, name)
		}
	}
	if len(silent) > 0 {
		p.lines = append(p.lines, noData.In(l)+lang.T("：", ": ").In(l)+join(l, silent))
	}
	return p
}

func (d DossierData) itemsPart(l lang.Lang) dossierPart {
	p := dossierPart{title: lang.Tf("登记的项目（%d）", "In the register (%d)", len(d.Items)).In(l)}
	for _, it := range d.Items {
		line := itemLine(it, d.Policy, d.At, false, l)
		if it.Holder != "" {
			line += " · " + escapeCut(it.Holder, maxItemHolder)
		}
		if it.Evidence != "" {
			line += " · " + evidence(it.Evidence, lang.T("佐证", "evidence").In(l), maxLink)
		}
		p.lines = append(p.lines, line)
	}
	if len(p.lines) == 0 {
		p.lines = []string{lang.T("登记里还没有项目。", "Nothing is in the register yet.").In(l)}
	}
	return p
}

// maxDossierWords bounds what a report's words take of its line.
const maxDossierWords = 300

func (d DossierData) reportsPart(l lang.Lang) dossierPart {
	p := dossierPart{title: lang.Tf("当年的上报（%d）", "Reports of the year (%d)", len(d.Reports)).In(l)}
	for _, r := range d.Reports {
		line := []string{r.Period.Label().In(l) + " · " + reportShort(r, d.Policy, l)}
		for _, words := range []struct{ name, text string }{
			{lang.T("进展", "progress").In(l), r.Words.Progress},
			{lang.T("困难", "problems").In(l), r.Words.Problems},
		} {
			if words.text != "" {
				line = append(line, "    "+words.name+lang.T("：", ": ").In(l)+escapeCut(strings.Join(strings.Fields(words.text), " "), maxDossierWords))
			}
		}
		p.lines = append(p.lines, strings.Join(line, "\n"))
	}
	if len(p.lines) == 0 {
		p.lines = []string{noData.In(l)}
	}
	return p
}

// reportShort tells a report whose district and domain are known, in one line.
func reportShort(r ledger.Report, pol *policy.Policy, l lang.Lang) string {
	parts := []string{"*" + escapeCut(r.Subject().In(l), maxSubject) + "*"}
	if r.Indicator != "" {
		parts = append(parts, indicatorName(pol, r.Indicator).In(l))
	}
	parts = append(parts, string(r.ID), r.Status.Label().In(l))
	if r.Evidence != "" {
		parts = append(parts, evidence(r.Evidence, lang.T("佐证", "evidence").In(l), maxLink))
	}
	return strings.Join(parts, " · ")
}

func (d DossierData) lastPart(l lang.Lang) dossierPart {
	if d.LastCycle.ID == "" {
		return dossierPart{}
	}
	p := dossierPart{title: lang.Tf("上次评估（%s）", "Last time (%s)", d.LastCycle.ID.Label()).In(l)}
	switch {
	case d.Last == nil:
		p.lines = append(p.lines, lang.T("上次没有评估这个事项，或结果不对你公开。", "It was not evaluated then, or you may not read what was said.").In(l))
	case !d.Last.Told:
		p.lines = append(p.lines, lang.Tf("%d 人打分，不足 %d 人，不公布数字。", "%d scored; with fewer than %d no figure is told.", d.Last.N, evaluation.MinShown).In(l))
	default:
		s := d.Last.Weighted
		p.lines = append(p.lines,
			lang.Tf("加权分中位数 %s，中间一半 %s 至 %s，%d 人打分", "Weighted score: median %s, middle half %s to %s, %d scored", figure(s.Median), figure(s.Q1), figure(s.Q3), s.N).In(l),
			lang.Tf("按分数的建议：%s", "What the figures recommended: %s", d.Last.Recommendation.Label()).In(l))
	}
	for _, change := range d.LastCycle.Changes() {
		if change.Item == d.Item.ID && d.LastCycle.Outcome != nil {
			words := lang.Tf("表决结果：%s", "What was voted: %s", change.Verdict.Label())
			if !d.LastCycle.Outcome.Adopted {
				words = lang.Tf("%s（整体方案未通过）", "%s (the whole was not adopted)", words)
			}
			p.lines = append(p.lines, words.In(l))
		}
	}
	return p
}

// sincePart lists what the cycle does not count.
func (d DossierData) sincePart(l lang.Lang) dossierPart {
	p := dossierPart{title: ":warning: " + lang.Tf("定格之后的变化（不计入，%d）", "Since the freeze (not counted, %d)", len(d.Since)).In(l)}
	for _, r := range d.Since {
		what := lang.Tf("%s上报", "reported on %s", calendar.FormatDate(r.At))
		switch {
		case !d.Cycle.Judged(r.At) && r.Revision > 1:
			what = lang.Tf("%s修改（第 %d 版）", "amended on %s (revision %d)", calendar.FormatDate(r.At), r.Revision)
		case d.Cycle.Judged(r.At):
			what = lang.Tf("%s审核", "reviewed on %s", calendar.FormatDate(r.ReviewedAt))
		}
		p.lines = append(p.lines, fmt.Sprintf("%s · %s · %s", r.Period.Label().In(l), reportShort(r, d.Policy, l), what.In(l)))
	}
	return p
}
