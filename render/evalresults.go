package render

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/policy"
)

// ActionResult shows the figures of one item in a modal; value: cycle and item.
const ActionResult = "eval-result"

// ResultsData is what the scores of a closed round say, for who may read it.
type ResultsData struct {
	Policy *policy.Policy // With everything that was adopted.
	Cycle  evaluation.Cycle
	Result evaluation.Result
	Items  []evaluation.AgendaItem // The most divided first.
}

// resultsPage is how many items one message tells of: a block each.
const resultsPage = 20

// Results renders a page of the results: how far the members agree on the whole,
// then item by item, the most divided first.
func Results(d ResultsData, page int, l lang.Lang) Message {
	title := lang.Tf("%s · 打分结果", "%s · results of the scoring", d.Cycle.ID.Label())
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	items, first, at := pageOf(d.Items, page, resultsPage)
	if at == 0 {
		m.Blocks = append(m.Blocks, section(strings.Join(d.summary(l), "\n")))
		for _, p := range EvaluationPictures(d.Cycle, d.Result, d.Policy, l) {
			m.AddPicture(p)
		}
	}
	m.Blocks = append(m.Blocks, contextLine(lang.Tf("分歧大的在前，共 %d 项，每项满分 10 分。点“详情”看分标准的数字和不署名的理由。",
		"The most divided first, %d in all, each out of 10. “Details” has the figures by criterion, and the reasons without names.", len(d.Items)).In(l)))
	for n, i := range items {
		m.Blocks = append(m.Blocks, sectionWith(resultLines(d.Cycle, d.Policy, i.ItemResult, l),
			button(fmt.Sprintf("%s:%d", ActionResult, first+n), itemValue(d.Cycle.ID, i.Item.ID), lang.T("详情", "Details").In(l))))
	}
	buttons := pageButtons(ActionEvaluationResults, d.Cycle.ID, at, first+len(items) < len(d.Items), l)
	buttons = append(buttons, button(ActionEvaluationAgenda+":r", string(d.Cycle.ID), seeAgenda(d.Cycle).In(l)))
	m.Blocks = append(m.Blocks, actions("results", buttons...)...)
	return m
}

// pageButtons lead to the pages before and behind.
func pageButtons(action string, c evaluation.CycleID, at int, more bool, l lang.Lang) (out []slack.BlockElement) {
	if at > 0 {
		out = append(out, button(action+":page-back", pageValue(c, at-1), lang.T("上一页", "Previous page").In(l)))
	}
	if more {
		out = append(out, button(action+":page-on", pageValue(c, at+1), lang.T("下一页", "Next page").In(l)))
	}
	return out
}

// summary tells who scored, and how far they agree on the order of the items.
func (d ResultsData) summary(l lang.Lang) []string {
	r := d.Result
	round := lang.T("第一轮", "First round")
	if r.Round == 2 {
		round = lang.Tf("第二轮（%s）", "Second round (%s)", lang.T(count(r.Changed)+" 名委员调整了打分", plural(r.Changed, "member changed scores", "members changed scores")))
	}
	lines := []string{lang.Tf("%s · %d 名委员中有 %d 名全部打完（法定 %d 名）。", "%[1]s · %[3]d of %[2]d members scored everything (quorum %[4]d).", round, r.Turnout.Entitled, r.Turnout.Took, r.Turnout.Needed).In(l)}
	divided, few := 0, 0
	for _, i := range r.Items {
		if i.Divided {
			divided++
		}
		if !i.Told {
			few++
		}
	}
	if divided > 0 {
		lines = append(lines, lang.Tf("%d 项分歧较大，会商时先议。", "Divided, and first in the deliberation: %d.", divided).In(l))
	}
	if few > 0 {
		lines = append(lines, lang.Tf("%d 项打分不足 %d 人，不公布数字。", "With fewer than %[2]d scores, so that no figures are told: %[1]d.", few, evaluation.MinShown).In(l))
	}
	return append(lines, d.order(l)...)
}

// order tells how far the members put the items into the same order.
func (d ResultsData) order(l lang.Lang) []string {
	if len(d.Result.Agreement) == 0 {
		return []string{lang.Tf("各事项的先后：打完全部事项的委员不足 %d 名，不计算一致程度。", "The order of the items: fewer than %d members scored all of them, so no agreement is computed.", evaluation.MinShown).In(l)}
	}
	var lines, by []string
	for _, a := range d.Result.Agreement {
		if a.Criterion == "" {
			lines = append(lines, lang.Tf("各事项谁高谁低，委员们*%s*（肯德尔 W %s，%d 名委员，%s）。", "On which items are better, there is *%s* (Kendall's W %s, %d members, %s).",
				agreementWord(a.W), figure(a.W), a.Judges, chance(a.P)).In(l))
			continue
		}
		by = append(by, Escape(criterionName(d.Cycle, a.Criterion).In(l))+" "+figure(a.W))
	}
	if len(by) > 0 {
		lines = append(lines, lang.T("分标准的 W：", "W by criterion: ").In(l)+join(l, by))
	}
	return append(lines, lang.T("（W 从 0 到 1：0 完全不一致，1 完全一致。）", "(W is from 0, no agreement, to 1, the same order by all.)").In(l))
}

func criterionName(c evaluation.Cycle, id evaluation.CriterionID) lang.Text {
	if k, ok := c.Criterion(id); ok {
		return k.Name
	}
	return lang.T(string(id), string(id))
}

// resultLines tell the figures of one item over all criteria.
func resultLines(c evaluation.Cycle, pol *policy.Policy, i evaluation.ItemResult, l lang.Lang) string {
	head := "*" + itemTitle(c, pol, i.Item.ID, l) + "*"
	if !i.Told {
		return head + "\n" + fewWords(i).In(l)
	}
	head += lang.T(" · 建议：", " · recommended: ").In(l) + "*" + i.Recommendation.Label().In(l) + "*"
	if i.Divided {
		head += " · :left_right_arrow: " + lang.T("分歧较大", "divided").In(l)
	}
	return head + "\n" + scoreFigures(i.Weighted, l) + " · " + judged(i).In(l)
}

// fewWords say that too few scored an item for its figures to be told.
func fewWords(i evaluation.ItemResult) lang.Text {
	return lang.Tf("%d 人打分，不足 %d 人，不公布数字。请会商时讨论。", "%d scored it, fewer than %d, so no figures are told. Please discuss it.", i.N, evaluation.MinShown)
}

// scoreFigures tell what describes some scores.
func scoreFigures(s stats.Summary, l lang.Lang) string {
	parts := []string{middle(s).In(l), lang.Tf("均值 %s", "mean %s", figure(s.Mean)).In(l)}
	if s.N >= stats.MinTrimmed {
		parts = append(parts, lang.Tf("截尾均值 %s", "trimmed %s", figure(s.Trimmed)).In(l))
	}
	return strings.Join(append(parts, lang.Tf("标准差 %s", "SD %s", figure(s.SD)).In(l)), " · ")
}

// judged tells how many scored an item.
func judged(i evaluation.ItemResult) lang.Text {
	words := lang.Tf("%d/%d 人打分", "%d of %d scored it", i.N, i.Entitled)
	if !i.Quorum {
		words = lang.Tf("%s，不足法定人数", "%s, no quorum", words)
	}
	return words
}

// How many of an item's reasons its modal shows: they may be long, and a modal
// holds a hundred blocks. The report has all.
const maxComments = 60

// ResultItem renders the figures of one item by criterion, the members' agreement
// within it, and their reasons without names.
func ResultItem(d ResultsData, i evaluation.ItemResult, l lang.Lang) slack.ModalViewRequest {
	c := d.Cycle
	blocks := []slack.Block{section("*" + itemTitle(c, d.Policy, i.Item.ID, l) + "*\n" + itemFocus(i.Item, evaluation.MaxFocus, l))}
	v := slack.ModalViewRequest{
		Type:  slack.VTModal,
		Title: plain(lang.T("打分详情", "Details").In(l)),
		Close: plain(lang.T("关闭", "Close").In(l)),
	}
	if !i.Told {
		v.Blocks.BlockSet = append(blocks, section(fewWords(i).In(l)))
		return v
	}
	blocks = append(blocks, section("*"+lang.T("加权总分", "Weighted score").In(l)+"* · "+judged(i).In(l)+"\n"+scoreFigures(i.Weighted, l)+"\n"+
		lang.Tf("按中位数，建议：*%s*", "By the median, recommended: *%s*", i.Recommendation.Label()).In(l)))
	for n, r := range i.Criteria {
		blocks = append(blocks, section("*"+Escape(c.Criteria[n].Name.In(l))+"*"+lang.Tf("（%d%%）", " (%d%%)", c.Criteria[n].Weight).In(l)+"\n"+scoreFigures(r.Summary, l)))
	}
	words := lang.T("每位委员各标准打分相同，没有强弱之分。", "Every member scored all criteria alike, so there is no order to agree on.")
	if i.Agreement != nil {
		words = lang.Tf("这一项强在哪、弱在哪，委员们*%s*（肯德尔 W %s，%s）。", "On where this item is strong and weak, there is *%s* (Kendall's W %s, %s).",
			agreementWord(i.Agreement.W), figure(i.Agreement.W), chance(i.Agreement.P))
	}
	blocks = append(blocks, section(words.In(l)), slack.NewDividerBlock(),
		section("*"+lang.Tf("理由（%d 条，不署名，不分先后）", "Reasons (%d, without names, in no one's order)", len(i.Comments)).In(l)+"*"))
	for _, text := range i.Comments[:min(len(i.Comments), maxComments)] {
		blocks = append(blocks, section(quote(text)))
	}
	if n := len(i.Comments) - maxComments; n > 0 {
		blocks = append(blocks, contextLine(lang.Tf("另有 %d 条没有列出，见报告。", "%d more are not listed; the report has them.", n).In(l)))
	}
	v.Blocks.BlockSet = blocks
	return v
}
