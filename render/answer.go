package render

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
)

// maxNext is how many suggestions stand under an answer: more is a menu.
const maxNext = 4

// Answer renders an answer in l: its one line, the details, where it stands in
// the policy, and what to ask next. asked is the question, so that the other
// language is one click away.
func Answer(a ask.Answer, asked string, l lang.Lang) Message {
	m := Message{Text: a.Plain(l)}
	head := "*" + Escape(a.Head.In(l)) + "*"
	if a.Status == ask.Unknown {
		head = Escape(a.Head.In(l)) // Bold is for what is known.
	}
	m.Blocks = append(m.Blocks, section(head))
	if lines := inLang(a.Lines, l); len(lines) > 0 {
		m.Blocks = append(m.Blocks, section(bullets(lines)))
	}
	if cites := Citations(a.Cites, l); cites != "" {
		m.Blocks = append(m.Blocks, contextLine(lang.T("出处：", "Source: ").In(l)+Escape(cites)))
	}
	var next []slack.BlockElement
	for i, s := range a.Next {
		if i == maxNext {
			break
		}
		b := button(fmt.Sprintf("%s:%d", ActionAsk, i), s.Question.In(l), s.Label.In(l))
		if a.Status == ask.Ambiguous {
			b = primary(b)
		}
		next = append(next, b)
	}
	if a.Status != ask.Ambiguous && asked != "" {
		other := l.Other()
		next = append(next, button(ActionTranslate, string(other)+":"+Cut(asked, maxValue-3), lang.T("中文", "English").In(other)))
	}
	m.Blocks = append(m.Blocks, actions("next", next...)...)
	return m
}

// Citations joins the places of the citations, naming the policy once.
func Citations(cites []policy.Citation, l lang.Lang) string {
	var places []string
	seen := map[string]bool{}
	for _, c := range cites {
		if p := c.Place.In(l); p != "" && !seen[p] {
			seen[p] = true
			places = append(places, p)
		}
	}
	if len(places) == 0 {
		return ""
	}
	return lang.T("《关于加快培育未来产业的工作意见》", "Opinions on Accelerating the Cultivation of Future Industries, ").In(l) + strings.Join(places, lang.T("；", "; ").In(l))
}

func inLang(texts []lang.Text, l lang.Lang) []string {
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		out = append(out, Escape(t.In(l)))
	}
	return out
}
