package render

import (
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
)

// Problem renders what went wrong as a message. The words may repeat what a
// person typed, so they are shown as they are and never act.
func Problem(words lang.Text, l lang.Lang) Message {
	return Message{Text: words.In(l), Blocks: []slack.Block{section(":warning: " + ownCommands(escapeCut(words.In(l), maxWords)))}}
}

// escapedCommand is a command of Wainao's between the look-alikes of code marks.
var escapedCommand = regexp.MustCompile(`ˋ(/[a-z]+ [^ˋ\n]+)ˋ`)

// ownCommands shows the commands that a problem names as code again, after
// everything in it was escaped. A person who typed one sees theirs as code too,
// which does nothing.
func ownCommands(escaped string) string {
	return escapedCommand.ReplaceAllString(escaped, "`$1`")
}

// Note renders one sentence as a message. Its words are mrkdwn: whoever puts
// into it what a person typed escapes that.
func Note(words lang.Text, l lang.Lang) Message {
	return Message{Text: words.In(l), Blocks: []slack.Block{section(words.In(l))}}
}

// Notice renders words as a modal without fields, for what a form cannot show
// at one of its fields.
func Notice(words lang.Text, l lang.Lang) slack.ModalViewRequest {
	return noticeView(lang.T("没有完成", "Not done"), ":warning: ", words, l)
}

// NothingNew renders, in the place of the report form, that the ledger holds
// exactly this already.
func NothingNew(l lang.Lang) slack.ModalViewRequest {
	return noticeView(lang.T("没有变化", "Nothing new"), "", lang.T("这些内容之前已经登记过，没有变化，不用再报。", "The ledger has exactly this already. Nothing was changed, and nothing more is needed."), l)
}

func noticeView(title lang.Text, sign string, words lang.Text, l lang.Lang) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plain(title.In(l)),
		Close:  plain(lang.T("关闭", "Close").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{section(sign + ownCommands(escapeCut(words.In(l), maxWords)))}},
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
