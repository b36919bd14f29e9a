// Package render turns answers, reports, progress and digests into what a
// person sees: Slack messages and views, and plain text.
//
// It decides words, order and layout, and keeps within Slack's limits. It
// never decides facts, and does no I/O.
package render

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/lang"
	"wainao/picture"
)

// Slack's limits, in characters (https://docs.slack.dev/reference/block-kit/).
const (
	maxSection  = 3000 // https://docs.slack.dev/reference/block-kit/blocks/section-block
	maxHeader   = 150  // https://docs.slack.dev/reference/block-kit/blocks/header-block
	maxButton   = 75   // https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxValue    = 2000 // A button's value, same page.
	maxOption   = 75   // https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	maxContext  = 2000 // Kept well below what a text object holds.
	maxActions  = 25   // https://docs.slack.dev/reference/block-kit/blocks/actions-block
	maxViewName = 24   // A modal's title, https://docs.slack.dev/reference/views/modal-views
)

// Message is one message as a person sees it: blocks, and the plain text for
// notifications and for readers that show no blocks.
type Message struct {
	Text     string
	Blocks   []slack.Block
	Pictures []Picture // Shown by blocks of [Message.AddPicture] once Slack has them.

	Replaces delivery.Ref // The delivered message whose place it takes; zero for a new one.
}

// Picture is an image that a message shows.
type Picture struct {
	picture.Picture
	Name  string // A file name such as matrix.png, its own within the message.
	Title string // Shown above it; empty for one that has its own.
}

// maxAlt is how many characters an image's alternative text holds,
// https://docs.slack.dev/reference/block-kit/blocks/image-block.
const maxAlt = 2000

// AddPicture shows p behind the blocks that are there. The block holds the
// picture's name until [Message.Place] gives it Slack's id.
func (m *Message) AddPicture(p Picture) {
	b := slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: p.name()}, Cut(p.Alt, maxAlt), "", nil)
	if p.Title != "" {
		b.Title = plain(Cut(p.Title, maxPictureTitle))
	}
	m.Pictures = append(m.Pictures, p)
	m.Blocks = append(m.Blocks, b)
}

// maxPictureTitle bounds an image's title in characters, same page as [maxAlt].
const maxPictureTitle = 2000

// name stands in a block for the id that Slack has not given yet.
func (p Picture) name() string { return "picture:" + p.Name }

// Place returns the message with the ids of its pictures' files in their
// blocks. A picture with no id gives way to what it tells in words.
func (m Message) Place(ids []string) Message {
	blocks := make([]slack.Block, 0, len(m.Blocks))
	for _, b := range m.Blocks {
		image, ok := b.(*slack.ImageBlock)
		n := -1
		if ok && image.SlackFile != nil {
			n = slices.IndexFunc(m.Pictures, func(p Picture) bool { return p.name() == image.SlackFile.ID })
		}
		switch {
		case n < 0:
			blocks = append(blocks, b)
		case n < len(ids) && ids[n] != "":
			placed := *image
			placed.SlackFile = &slack.SlackFileObject{ID: ids[n]}
			blocks = append(blocks, &placed)
		default:
			blocks = append(blocks, contextLine(Escape(m.Pictures[n].Alt)))
		}
	}
	m.Blocks, m.Pictures = blocks, nil
	return m
}

// Action ids of buttons that several surfaces share. A button's id is one of
// them, a colon and a number that makes it unique in its block; [ActionName]
// takes the number off again.
const (
	ActionAsk       = "ask"       // Value: a question to answer.
	ActionTranslate = "translate" // Value: a question to answer in the other language, after "zh:" or "en:".
	ActionReport    = "report"    // Opens the report form; value: words to prefill it with.
	ActionDigest    = "digest"    // Shows the digest; value: the language, or that of [DigestValue].
	ActionSend      = "send"      // Posts the digest to leadership.
	ActionProgress  = "progress"  // Shows progress; value: the words behind /future progress.
	ActionHelp      = "help"      // Shows the help.
	ActionCommand   = "command"   // Starts a command; value: its verb.
	ActionQuestions = "questions" // Shows the queue of unanswered questions.
	ActionText      = "text"      // Shows the original text; value: the sections, joined by commas.
	ActionFeedback  = "feedback"  // Takes an opinion of an answer; see [ParseFeedback].
	ActionAnswer    = "verify"    // Opens the form for a verified answer; value: the question's key.
	ActionDismiss   = "dismiss"   // Takes a question out of the queue; value: its key.
	ActionRetract   = "retract"   // Takes a verified answer back; value: the question's key.
)

// ActionName returns the action id without its number.
func ActionName(id string) string {
	name, _, _ := strings.Cut(id, ":")
	return name
}

// Escape makes s safe inside mrkdwn, so that what a person typed is shown and
// never acts (https://docs.slack.dev/messaging/formatting-message-text#escaping).
// Slack has no escape for the marks of bold, strike and code, so their
// look-alikes stand in: else one in a name would undo the bold around it.
func Escape(s string) string {
	return escaper.Replace(s)
}

// escaper is made once: making it costs more than what it does.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "*", "∗", "~", "∼", "`", "ˋ")

// Cut shortens s to at most n characters, the last of them an ellipsis when
// something was cut.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// maxWords bounds the words of a problem.
const maxWords = 2900

// escapeCut escapes s and shortens it to at most n characters, never within an
// escaped character.
func escapeCut(s string, n int) string {
	escaped := Escape(s)
	if utf8.RuneCountInString(escaped) <= n {
		return escaped
	}
	var b strings.Builder
	left := n - 1
	for _, r := range s {
		e := Escape(string(r))
		if left -= utf8.RuneCountInString(e); left < 0 {
			break
		}
		b.WriteString(e)
	}
	return b.String() + "…"
}

// sections puts the lines as a list into as few sections as hold them. A line
// is never parted, so that no link or escaped character is; each is far
// shorter than a section.
func sections(title string, lines []string) []slack.Block {
	var blocks []slack.Block
	text := title
	for _, line := range lines {
		line = "• " + line
		if utf8.RuneCountInString(text)+1+utf8.RuneCountInString(line) > maxSection && text != "" {
			blocks, text = append(blocks, section(text)), ""
		}
		if text != "" {
			text += "\n"
		}
		text += line
	}
	return append(blocks, section(text))
}

func header(s string) slack.Block {
	return slack.NewHeaderBlock(plain(Cut(s, maxHeader)))
}

func section(mrkdwn string) *slack.SectionBlock {
	return slack.NewSectionBlock(markdown(Cut(mrkdwn, maxSection)), nil, nil)
}

func sectionWith(mrkdwn string, accessory slack.BlockElement) *slack.SectionBlock {
	return slack.NewSectionBlock(markdown(Cut(mrkdwn, maxSection)), nil, slack.NewAccessory(accessory))
}

func contextLine(mrkdwn string) slack.Block {
	return slack.NewContextBlock("", markdown(Cut(mrkdwn, maxContext)))
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, true, false)
}

func markdown(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, false)
}

func button(action, value, label string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, Cut(value, maxValue), plain(Cut(label, maxButton)))
}

func primary(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	return b.WithStyle(slack.StylePrimary)
}

// actions returns a row of buttons, or nothing when there are none.
func actions(id string, buttons ...slack.BlockElement) []slack.Block {
	if len(buttons) == 0 {
		return nil
	}
	if len(buttons) > maxActions {
		buttons = buttons[:maxActions]
	}
	return []slack.Block{slack.NewActionBlock(id, buttons...)}
}

// bullets joins the lines as a list.
func bullets(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("• " + l)
	}
	return b.String()
}

// join joins the texts with the language's list comma.
func join(l lang.Lang, parts []string) string {
	if l == lang.ZH {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}
