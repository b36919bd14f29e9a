package render

import (
	"strconv"

	"github.com/slack-go/slack"

	"wainao/lang"
)

// HelpLine is one command as the help shows it.
type HelpLine struct {
	Name, Alias             string
	Usage, Summary, Example lang.Text
}

// words tells how the command is typed and what it does.
func (c HelpLine) words(l lang.Lang) string {
	line, other := "`/future "+c.verb().In(l), lang.T(c.Name, c.Alias)
	if u := c.Usage.In(l); u != "" {
		line += " " + Escape(u)
	}
	return line + "`" + lang.Tf("（%s）", " (%s) ", other).In(l) + Escape(c.Summary.In(l))
}

// verb is the command's verb in each language.
func (c HelpLine) verb() lang.Text { return lang.T(c.Alias, c.Name) }

// Nearest offers commands to somebody who seems to want them and wrote neither a
// question that has an answer nor a command. On a click each starts.
func Nearest(lines []HelpLine, l lang.Lang) Message {
	head := lang.T("这件事要用命令。点一下就开始，也可以输入：", "There is a command for that. Press it to start, or type it:").In(l)
	var list []string
	var starts []slack.BlockElement
	for i, c := range lines {
		list = append(list, c.words(l))
		starts = append(starts, button(ActionCommand+":"+strconv.Itoa(i), c.Name, lang.Tf("/future %s", "/future %s", c.verb()).In(l)))
	}
	return Message{Text: head, Blocks: append(sections(head, list), actions("nearest", starts...)...)}
}

// Help renders the commands that the person may use.
func Help(lines []HelpLine, l lang.Lang) Message {
	blocks := []slack.Block{section(lang.T(
		"*外脑* 能回答未来产业政策的问题，收集各板块的进展，按时发简报。",
		"*Wainao* answers questions about the future-industries policy, collects the districts' progress and posts digests on time.").In(l))}
	var list []string
	for _, c := range lines {
		list = append(list, c.words(l))
	}
	blocks = append(blocks, sections("", list)...)
	blocks = append(blocks, contextLine(lang.T(
		"不带命令的文字就是提问：`/future 氢能由哪些板块负责？`，也可以在频道里 @外脑，或直接私信。",
		"Anything that is no command is a question: `/future Which districts lead hydrogen?`. You can also mention me in a channel or write to me directly.").In(l)))
	blocks = append(blocks, actions("try", examples(l)...)...)
	return Message{Text: lang.T("外脑的命令", "Wainao's commands").In(l), Blocks: blocks}
}

// examples are questions to begin with, as buttons.
func examples(l lang.Lang) []slack.BlockElement {
	var try []slack.BlockElement
	for i, q := range []lang.Text{
		lang.T("氢能由哪些板块负责？", "Which districts lead hydrogen?"),
		lang.T("2030年的目标有哪些？", "What are the targets for 2030?"),
		lang.T("昆山负责什么？", "What does Kunshan lead?"),
	} {
		try = append(try, button(ActionAsk+":"+strconv.Itoa(i), q.In(l), q.In(l)))
	}
	return try
}
