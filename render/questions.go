package render

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/questions"
)

// How much of each kind the list of questions shows.
const (
	maxOpen     = 10
	maxVerified = 8
	maxRatings  = 8
	maxExcerpt  = 150 // Characters of a question or an answer in the list.
)

// VerifyForm is the callback id of the form for a verified answer. The
// question's key is its private metadata.
const VerifyForm = "verify"

// Verified renders an answer that the secretariat stands for, marked as such,
// with the question that it was written for: equal in form is not always equal
// in meaning.
func Verified(v questions.Verified, asked string, l lang.Lang) Message {
	mark := lang.Tf("秘书处核定 · %s · 有效至%s", "Verified by the secretariat · %s · valid until %s",
		calendar.FormatDate(v.At), calendar.FormatDate(v.LastDay())).In(l)
	source := lang.Tf("出处：%s", "Source: %s", v.Citation).In(l)
	return Message{
		Text: v.Words.In(l) + "\n" + mark + "\n" + source,
		Blocks: append([]slack.Block{
			section(escapeCut(v.Words.In(l), maxSection)),
			contextLine(":white_check_mark: *" + mark + "*"),
			contextLine(Escape(source)),
			contextLine(lang.T("针对的问题：", "Written for the question: ").In(l) + Escape(v.Question)),
		}, append(actions("next", translate(asked, l)), feedback(v.Key, asked, l))...),
	}
}

// VerifiedNote tells who wrote a verified answer that it is given from now on.
func VerifiedNote(v questions.Verified, l lang.Lang) Message {
	return Note(lang.Tf("已核定“%s”的答复，有效至%s。修改或撤回：`/future 问题`。", "Your answer to “%s” is given from now on, until %s. To change or retract it: `/future questions`.",
		escapeCut(v.Question, maxExcerpt), calendar.FormatDate(v.LastDay())), l)
}

// feedback asks whether an answer was useful.
func feedback(k questions.Key, asked string, l lang.Lang) slack.Block {
	value := string(k) + "\n" + Cut(strings.ReplaceAll(asked, "\n", " "), questions.MaxQuestion)
	b := func(sign string, words, label lang.Text) *slack.FeedbackButton {
		return slack.NewFeedbackButton(plain(words.In(l)), sign+value).WithAccessibilityLabel(label.In(l))
	}
	return slack.NewContextActionsBlock("feedback", slack.NewFeedbackButtonsBlockElement(ActionFeedback,
		b("+", lang.T("有用", "Useful"), lang.T("这个回答有用", "This answer was useful")),
		b("-", lang.T("没用", "Not useful"), lang.T("这个回答没用", "This answer was not useful"))))
}

// ParseFeedback reads the value of a feedback button.
func ParseFeedback(value string) (k questions.Key, asked string, useful, ok bool) {
	if value == "" || value[0] != '+' && value[0] != '-' {
		return "", "", false, false
	}
	key, asked, ok := strings.Cut(value[1:], "\n")
	return questions.Key(key), asked, value[0] == '+', ok
}

// Questions renders the secretariat's list: what waits for an answer, the
// verified answers, and the answers that people did not find useful.
func Questions(s questions.State, now time.Time, l lang.Lang) Message {
	open, verified, worst := s.Open(), s.AllVerified(), s.Worst()
	title := lang.Tf("未答的问题：%d 个", "Unanswered questions: %d", len(open))
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	if len(open) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("没有等待答复的问题。", "No question waits for an answer.").In(l)))
	}
	for i, q := range open[:min(len(open), maxOpen)] {
		m.Blocks = append(m.Blocks, section("*"+escapeCut(q.Text, maxExcerpt)+"*\n"+asked(q).In(l)))
		m.Blocks = append(m.Blocks, actions(fmt.Sprintf("open:%d", i),
			primary(button(fmt.Sprintf("%s:%d", ActionAnswer, i), string(q.Key), lang.T("答复", "Answer").In(l))),
			confirmed(button(fmt.Sprintf("%s:%d", ActionDismiss, i), string(q.Key), lang.T("忽略", "Dismiss").In(l)),
				lang.T("忽略这个问题？", "Dismiss this question?"),
				lang.T("90天内再有人问，也不会再列出来。", "For 90 days it will not be listed, even when it is asked again."), l))...)
	}
	m.Blocks = append(m.Blocks, more(len(open), maxOpen, l)...)
	if len(verified) > 0 {
		m.Blocks = append(m.Blocks, header(lang.Tf("核定的答复：%d 个", "Verified answers: %d", len(verified)).In(l)))
	}
	for i, v := range verified[:min(len(verified), maxVerified)] {
		m.Blocks = append(m.Blocks, section("*"+escapeCut(v.Question, maxExcerpt)+"*\n"+escapeCut(strings.ReplaceAll(v.Words.In(l), "\n", " "), maxExcerpt)+"\n"+validity(v, now).In(l)))
		m.Blocks = append(m.Blocks, actions(fmt.Sprintf("verified:%d", i),
			button(fmt.Sprintf("%s:v%d", ActionAnswer, i), string(v.Key), lang.T("修改", "Change").In(l)),
			confirmed(button(fmt.Sprintf("%s:%d", ActionRetract, i), string(v.Key), lang.T("撤回", "Retract").In(l)),
				lang.T("撤回这个答复？", "Retract this answer?"),
				lang.T("从现在起不再这样回答。", "From now on the question is not answered like this."), l))...)
	}
	m.Blocks = append(m.Blocks, more(len(verified), maxVerified, l)...)
	if len(worst) > 0 {
		lines := make([]string, 0, maxRatings)
		for _, r := range worst[:min(len(worst), maxRatings)] {
			lines = append(lines, escapeCut(r.Text, maxExcerpt)+lang.Tf("：%d 人觉得没用，%d 人觉得有用", ": %d not useful, %d useful", r.NotUseful, r.Useful).In(l))
		}
		m.Blocks = append(m.Blocks, header(lang.T("有人觉得没用的回答", "Answers that were not useful to somebody").In(l)), section(bullets(lines)))
	}
	return m
}

// asked tells how often and when a question was asked.
func asked(q questions.Unanswered) lang.Text {
	return lang.T(
		fmt.Sprintf("问过 %d 次，%d 人 · 最近一次 %s", q.Count, q.People, calendar.FormatTime(q.Last).ZH),
		fmt.Sprintf("asked %s by %s · last on %s", plural(q.Count, "time", "times"), plural(q.People, "person", "people"), calendar.FormatTime(q.Last).EN))
}

func validity(v questions.Verified, now time.Time) lang.Text {
	last := calendar.FormatDate(v.LastDay())
	if !v.Holds(now) {
		return lang.Tf(":warning: 已于%s到期，不再用来回答 · 出处：%s", ":warning: expired on %s, no longer given · source: %s", last, escapeCut(v.Citation, maxExcerpt))
	}
	return lang.Tf("有效至%s · 出处：%s", "valid until %s · source: %s", last, escapeCut(v.Citation, maxExcerpt))
}

// more says how many of n are not shown.
func more(n, shown int, l lang.Lang) []slack.Block {
	if n <= shown {
		return nil
	}
	return []slack.Block{contextLine(lang.Tf("还有 %d 个没有列出，处理前面的以后会出现。", "%d more are not shown; they move up as these are dealt with.", n-shown).In(l))}
}

// What Slack takes in a confirmation, in characters:
// https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
const (
	maxConfirmTitle  = 100
	maxConfirmText   = 300
	maxConfirmButton = 30
)

// confirmed asks before a button does what it does. The button that confirms
// says the same, where it may be as long.
func confirmed(b *slack.ButtonBlockElement, title, text lang.Text, l lang.Lang) *slack.ButtonBlockElement {
	yes := b.Text.Text
	if utf8.RuneCountInString(yes) > maxConfirmButton {
		yes = lang.T("确定", "Yes").In(l)
	}
	b.Confirm = slack.NewConfirmationBlockObject(plain(Cut(title.In(l), maxConfirmTitle)), plain(Cut(text.In(l), maxConfirmText)),
		plain(yes), plain(lang.T("取消", "Cancel").In(l)))
	return b
}

// VerifyModal renders the form for a verified answer to the question, filled
// with the older answer when there is one.
func VerifyModal(q questions.Unanswered, old questions.Verified, now time.Time, l lang.Lang) slack.ModalViewRequest {
	const months = 6 // For which an answer holds unless somebody chooses otherwise.
	day := slack.NewDatePickerBlockElement(questions.FieldExpires)
	day.InitialDate = calendar.StartOfDay(now).AddDate(0, months, 0).Format(time.DateOnly)
	if old.Holds(now) {
		day.InitialDate = old.LastDay().In(calendar.Shanghai()).Format(time.DateOnly)
	}
	blocks := []slack.Block{
		section(lang.T("问题：", "Question: ").In(l) + "*" + Escape(q.Text) + "*"),
		contextLine(lang.T("答复会原样发给以后问同一问题的人，并标明由秘书处核定、出处和有效期。两种语言都要写。",
			"The answer goes as it is to whoever asks this again, marked as verified by the secretariat, with its source and expiry. Both languages are needed.").In(l)),
		words(questions.FieldAnswerZH, lang.T("中文答复", "Answer in Chinese"), old.Words.ZH, questions.MaxAnswer, true, l),
		words(questions.FieldAnswerEN, lang.T("英文答复", "Answer in English"), old.Words.EN, questions.MaxAnswer, true, l),
		words(questions.FieldCitation, lang.T("出处（文件和位置）", "Source (document and place)"), old.Citation, questions.MaxCitation, false, l),
		slack.NewInputBlock(questions.FieldExpires, plain(lang.T("有效期至（最长两年）", "Valid until (two years at most)").In(l)), nil, day),
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: VerifyForm, PrivateMetadata: string(q.Key),
		Title:  plain(Cut(lang.T("核定答复", "Verified answer").In(l), maxViewName)),
		Submit: plain(lang.T("核定", "Verify").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// words is a required text of at most n characters.
func words(name string, label lang.Text, filled string, n int, lines bool, l lang.Lang) *slack.InputBlock {
	e := slack.NewPlainTextInputBlockElement(nil, name)
	e.InitialValue, e.MaxLength, e.Multiline = filled, n, lines
	return slack.NewInputBlock(name, plain(label.In(l)), nil, e)
}
