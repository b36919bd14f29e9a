package render

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
)

// Problem renders what went wrong as a message.
func Problem(words lang.Text, l lang.Lang) Message {
	return Message{Text: words.In(l), Blocks: []slack.Block{section(":warning: " + words.In(l))}}
}

// Note renders one plain sentence as a message.
func Note(words lang.Text, l lang.Lang) Message {
	return Message{Text: words.In(l), Blocks: []slack.Block{section(words.In(l))}}
}

// Notice renders words as a modal without fields, for what a form cannot show
// at one of its fields.
func Notice(words lang.Text, l lang.Lang) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plain(lang.T("没有完成", "Not done").In(l)),
		Close:  plain(lang.T("关闭", "Close").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{section(":warning: " + words.In(l))}},
	}
}

// FieldWords joins the problems of a form's fields for a place that has no
// fields.
func FieldWords(fields lang.FieldProblems) lang.Text {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	var zh, en []string
	for _, name := range names {
		zh = append(zh, fields[name].Words.ZH)
		en = append(en, fields[name].Words.EN)
	}
	return lang.T(strings.Join(zh, "\n"), strings.Join(en, "\n"))
}
