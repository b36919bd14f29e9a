package questions

import (
	"strings"
	"time"
	"unicode/utf8"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Record keeps a question that was not answered. There is no draft, and no
// error, for what is not worth keeping: the same person's equal question
// within [CountEvery], what was dismissed, what has a verified answer by now,
// and what is more than [PerDay].
func Record(s State, k Key, text string, who people.UserID, now time.Time) ([]journal.Draft, error) {
	text = clean(text, MaxQuestion)
	if k == "" || text == "" || who == "" {
		return nil, nil
	}
	if _, ok := s.Verified(k, now); ok {
		return nil, nil
	}
	if g, ok := s.groups.Get(k); ok {
		if g.asleep(now) {
			return nil, nil
		}
		if last, ok := g.askers.Get(who); ok && g.dismissed.IsZero() && now.Before(last.Add(CountEvery)) {
			return nil, nil
		}
	}
	if d, ok := s.days.Get(who); ok && d.n >= PerDay && d.start.Equal(calendar.StartOfDay(now)) {
		return nil, nil
	}
	return draft(kindAsked, askedV1{Key: k, Text: text, By: who}), nil
}

// Seen reports whether the secretariat gets to see the question when who asks
// it at now: because it waits in the queue or will.
func Seen(s State, k Key, text string, who people.UserID, now time.Time) bool {
	if s.Waits(k) {
		return true
	}
	drafts, err := Record(s, k, text, who, now)
	return err == nil && len(drafts) > 0
}

// Form is a verified answer as somebody typed it. The field names of its
// problems are those of the tags.
type Form struct {
	Key      Key    `json:"key"`
	AnswerZH string `json:"answer_zh"`
	AnswerEN string `json:"answer_en"`
	Citation string `json:"citation"`
	Expires  string `json:"expires"` // The last day on which it holds, 2027-06-30, in Shanghai.
}

// The form's field names.
const (
	FieldAnswerZH = "answer_zh"
	FieldAnswerEN = "answer_en"
	FieldCitation = "citation"
	FieldExpires  = "expires"
)

// Answer gives a question its verified answer, which replaces an older one and
// takes the question out of the queue. There is no draft when the person has
// written the very same already. The error is a [lang.Problem] for who may
// not, or for a question that nobody knows, and [lang.FieldProblems] for the
// fields: words missing or too long in a language, no citation, no day, or one
// in the past or too far ahead.
func Answer(s State, who people.Person, f Form, now time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.ManageQuestions); err != nil {
		return nil, err
	}
	old, written := s.verified.Get(f.Key)
	question, asked := s.Question(f.Key)
	switch {
	case asked:
	case written:
		question.Text = old.Question
	default:
		return nil, errGone
	}
	words := lang.T(strings.TrimSpace(f.AnswerZH), strings.TrimSpace(f.AnswerEN))
	citation := clean(f.Citation, utf8.RuneCountInString(f.Citation)+1)
	problems := lang.FieldProblems{}
	checkWords(problems, FieldAnswerZH, words.ZH, lang.T("中文答复", "the answer in Chinese"), MaxAnswer)
	checkWords(problems, FieldAnswerEN, words.EN, lang.T("英文答复", "the answer in English"), MaxAnswer)
	checkWords(problems, FieldCitation, citation, lang.T("出处", "the source"), MaxCitation)
	expires, problem := expiry(f.Expires, now)
	if problem != nil {
		problems[FieldExpires] = problem
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	d := verifiedV1{Key: f.Key, Question: question.Text, Words: words, Citation: citation, Expires: expires, By: who.User}
	if written && !asked && old.Words == d.Words && old.Citation == d.Citation && old.Expires.Equal(d.Expires) && old.By == d.By {
		return nil, nil
	}
	return draft(kindVerified, d), nil
}

var errGone = lang.Problemf("question_gone", "这个问题已不在列表里，可能刚被别人处理了。请重新打开 `/future 问题`。",
	"This question is not on the list any more; somebody may just have dealt with it. Open `/future questions` again.")

func checkWords(problems lang.FieldProblems, field, words string, name lang.Text, most int) {
	switch n := utf8.RuneCountInString(words); {
	case n == 0:
		problems[field] = lang.Problemf("missing", "请填写%s。", "Please fill in %s.", name)
	case n > most:
		problems[field] = lang.Problemf("too_long", "%s最多 %d 个字，现在有 %d 个。", "Too long: %s has at most %d characters, this has %d.", name, most, n)
	}
}

// expiry reads the last day on which an answer holds, and returns the midnight
// behind it in UTC.
func expiry(day string, now time.Time) (time.Time, *lang.Problem) {
	if strings.TrimSpace(day) == "" {
		return time.Time{}, lang.Problemf("missing", "请选择有效期的最后一天。", "Please choose the last day on which it holds.")
	}
	t, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(day), calendar.Shanghai())
	if err != nil {
		return time.Time{}, lang.Problemf("no_day", "看不懂日期“%s”，请写成 2027-06-30。", "%q is no date; write it like 2027-06-30.", clean(day, 20))
	}
	end := t.AddDate(0, 0, 1)
	last := calendar.StartOfDay(now).AddDate(maxYears, 0, 0)
	switch {
	case !end.After(now):
		return time.Time{}, lang.Problemf("past", "有效期要在今天或以后。", "The last day must be today or later.")
	case t.After(last):
		return time.Time{}, lang.Problemf("too_far", "有效期最长两年，最晚 %s。", "An answer holds for two years at most: until %s.", calendar.FormatDate(last))
	}
	return end.UTC(), nil
}

// Dismiss takes a question out of the queue without an answer, for
// [DismissedFor]. There is no draft when it is out of it already. The error is
// a [lang.Problem] for who may not.
func Dismiss(s State, who people.Person, k Key, _ time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.ManageQuestions); err != nil {
		return nil, err
	}
	if !s.Waits(k) {
		return nil, nil
	}
	return draft(kindDismissed, dismissedV1{Key: k, By: who.User}), nil
}

// Retract takes a verified answer back: the question is unanswered from now
// on. There is no draft when there is no such answer. The error is a
// [lang.Problem] for who may not.
func Retract(s State, who people.Person, k Key, _ time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.ManageQuestions); err != nil {
		return nil, err
	}
	if !s.verified.Has(k) {
		return nil, nil
	}
	return draft(kindRetracted, retractedV1{Key: k, By: who.User}), nil
}

// Rate keeps whether somebody found the answer to a question useful; a
// person's last opinion counts. There is no draft when it is their opinion
// already. The error is a [lang.Problem] for a button that names no question.
func Rate(s State, k Key, text string, who people.UserID, useful bool, _ time.Time) ([]journal.Draft, error) {
	if k == "" || len(k) > MaxKey || who == "" {
		return nil, lang.Problemf("no_question", "这个按钮已经失效，请重新提问。", "This button is out of date; please ask again.")
	}
	if before, voted := s.votes.Get(voteOf(k, who)); voted && before == useful {
		return nil, nil
	}
	return draft(kindRated, ratedV1{Key: k, Text: clean(text, MaxQuestion), By: who, Useful: useful}), nil
}

func draft(kind string, data any) []journal.Draft {
	return []journal.Draft{{Kind: kind, Version: 1, Data: data}}
}
