package render

import (
	"strconv"
	"strings"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/policy"
)

// itemValue names an item of a cycle in a button.
func itemValue(c evaluation.CycleID, i evaluation.ItemID) string {
	return EvaluationValue(c, string(i))
}

// pageValue names a page of a list of a cycle in a button, for
// [ParseEvaluationPage]; the first page is 0, and that of the cycle alone.
func pageValue(c evaluation.CycleID, page int) string { return EvaluationValue(c, count(page)) }

// ParseEvaluationPage reads the page of a list of a cycle from a button.
func ParseEvaluationPage(value string) (c evaluation.CycleID, page int) {
	c, number := ParseEvaluationValue(value)
	page, err := strconv.Atoi(number)
	if err != nil || page < 0 {
		page = 0
	}
	return c, page
}

// pageOf returns the part of the list that a page shows, where it begins, and
// which page that is: a page that is not there any more is the last one.
func pageOf[T any](all []T, page, size int) (part []T, first, at int) {
	last := max(0, (len(all)-1)/size)
	at = min(max(page, 0), last)
	first = at * size
	return all[first:min(first+size, len(all))], first, at
}

// itemTitle is what an item is about, safe in mrkdwn: a new domain's name was
// typed.
func itemTitle(c evaluation.Cycle, pol *policy.Policy, id evaluation.ItemID, l lang.Lang) string {
	return escapeCut(c.Title(pol, id).In(l), maxItemTitle)
}

// Bounds of what a list tells of an item, in characters: a page of them fits
// into a message.
const (
	maxItemTitle = 80
	maxItemFocus = 120
)

// itemFocus tells what an item's district leads, or would lead.
func itemFocus(i evaluation.Item, most int, l lang.Lang) string {
	if i.Kind == evaluation.Existing {
		return lang.T("主攻方向：", "Focus: ").In(l) + escapeCut(i.Focus.In(l), most)
	}
	return capital(i.Kind.Label().In(l)) + lang.T("：", ": ").In(l) + escapeCut(i.Proposed.In(l), most)
}

// figure writes a score or a figure of scores.
func figure(v float64) string { return stats.Figure(v) }

// middle tells the median and the quartiles.
func middle(s stats.Summary) lang.Text {
	return lang.Tf("中位数 %s（四分位 %s–%s）", "median %s (quartiles %s–%s)", figure(s.Median), figure(s.Q1), figure(s.Q3))
}

// agreementWord is a plain word for Kendall's W, at the marks of R. C. Schmidt,
// Managing Delphi Surveys Using Nonparametric Statistical Techniques, Decision
// Sciences 28 (1997) 763–774: 0.1 very weak, 0.3 weak, 0.5 moderate, 0.7 strong,
// 0.9 unusually strong; what lies between two of them goes to the nearer.
func agreementWord(w float64) lang.Text {
	switch {
	case w < 0.2:
		return lang.T("很不一致", "hardly any agreement")
	case w < 0.4:
		return lang.T("不太一致", "weak agreement")
	case w < 0.6:
		return lang.T("有一定一致", "moderate agreement")
	case w < 0.8:
		return lang.T("比较一致", "strong agreement")
	}
	return lang.T("高度一致", "very strong agreement")
}

// chance tells how likely so much agreement is without any.
func chance(p float64) lang.Text {
	switch {
	case p < 0.001:
		return lang.T("几乎不可能出于偶然", "hardly by chance")
	case p < 0.05:
		return lang.T("不大可能出于偶然", "not likely by chance")
	}
	return lang.T("也可能只是偶然", "may be mere chance")
}

// ItemTitle is what an item is about, safe in mrkdwn.
func ItemTitle(c evaluation.Cycle, pol *policy.Policy, id evaluation.ItemID) lang.Text {
	return lang.T(itemTitle(c, pol, id, lang.ZH), itemTitle(c, pol, id, lang.EN))
}

// quoteCut quotes at most n characters, as they are once escaped.
func quoteCut(s string, n int) string {
	return ">" + strings.ReplaceAll(escapeCut(s, n), "\n", "\n>")
}
