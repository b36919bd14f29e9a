package render

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
	"wainao/questions"
)

// maxNext is how many suggestions stand under an answer: more is a menu.
const maxNext = 4

// Answer renders an answer in l: its one line, the details, where it stands in
// the policy, and what to ask next. asked is the question, so that the other
// language is one click away.
func Answer(a ask.Answer, asked string, l lang.Lang) Message {
	return AnswerWith(a, asked, l, AnswerOptions{})
}

// AnswerOptions is what can be done with an answer beyond reading it.
type AnswerOptions struct {
	// Key is the question in normal form: with it, people are asked whether the
	// answer was useful. Only an answer is asked about, not a refusal.
	Key questions.Key
	// Text says that the original text can be shown.
	Text bool
	// Mentioned is where a search in the original text found words of a question
	// that has no answer; zero when it found nothing.
	Mentioned policy.Citation
	// Queued says that the secretariat gets to see the question.
	Queued bool
}

// AnswerWith is [Answer] with what can be done with it.
func AnswerWith(a ask.Answer, asked string, l lang.Lang, o AnswerOptions) Message {
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
	if o.Mentioned.Section != "" {
		words := Mentioned(o.Mentioned).In(l)
		m.Text += "\n" + words
		m.Blocks = append(m.Blocks, contextLine(Escape(words)))
	}
	if o.Queued {
		m.Blocks = append(m.Blocks, contextLine(lang.T("秘书处会看到这个问题。", "The secretariat gets to see this question.").In(l)))
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
	if o.Text {
		next = append(next, original(append([]policy.Citation{o.Mentioned}, a.Cites...), l)...)
	}
	if a.Status != ask.Ambiguous && asked != "" {
		next = append(next, translate(asked, l))
	}
	m.Blocks = append(m.Blocks, actions("next", next...)...)
	if a.Status == ask.Answered && o.Key != "" {
		m.Blocks = append(m.Blocks, feedback(o.Key, asked, l))
	}
	return m
}

// translate is the button that shows the answer in the language that l is not.
func translate(asked string, l lang.Lang) slack.BlockElement {
	other := l.Other()
	return button(ActionTranslate, string(other)+":"+Cut(asked, maxValue-3), lang.T("中文", "English").In(other))
}

// Citations joins the places of the citations, naming the policy once.
func Citations(cites []policy.Citation, l lang.Lang) string {
	var places, others []string
	seen := map[string]bool{}
	for _, c := range cites {
		if p := c.Place.In(l); p != "" && !seen[p] {
			seen[p] = true
			if c.Section == "" { // An evaluation's own decision, which is no part of the document.
				others = append(others, p)
				continue
			}
			places = append(places, p)
		}
	}
	if len(places) > 0 {
		places[0] = lang.T("《关于加快培育未来产业的工作意见》", "Opinions on Accelerating the Cultivation of Future Industries, ").In(l) + places[0]
	}
	return strings.Join(append(places, others...), lang.T("；", "; ").In(l))
}

func inLang(texts []lang.Text, l lang.Lang) []string {
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		out = append(out, Escape(t.In(l)))
	}
	return out
}
