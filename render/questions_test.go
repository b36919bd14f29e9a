package render_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wainao/ask"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/questions"
	"wainao/render"
)

// queue is a state with n unanswered questions, of which the first is
// answered, the second too but until today only, and every answer is disliked.
func queue(t *testing.T, n int, text func(i int) string, words string) (s questions.State) {
	t.Helper()
	do := func(at time.Time, drafts []journal.Draft, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		s = fold(t, s, drafts, "U", at)
	}
	for i := range n {
		key, at := questions.Key(fmt.Sprint("k", i)), now.Add(time.Duration(i)*time.Minute)
		for j := range i%3 + 1 {
			drafts, err := questions.Record(s, key, text(i), people.UserID(fmt.Sprint("U", i, "-", j)), at)
			do(at, drafts, err)
		}
		drafts, err := questions.Rate(s, key, text(i), "U1", i == 0, at)
		do(at, drafts, err)
		if i < 2 {
			drafts, err = questions.Answer(s, secret, questions.Form{
				Key: key, AnswerZH: words, AnswerEN: "Yes: " + words, Citation: "苏工信〔2026〕7号 <附件> & 说明",
				Expires: []string{"2027-06-30", "2026-11-23"}[i],
			}, at)
			do(at, drafts, err)
		}
	}
	return s
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	few := queue(t, 5, func(i int) string { return fmt.Sprintf("首台套有没有保险补偿 <%d>?", i) }, "有，\n按省里的办法执行。")
	for _, l := range lang.Both() {
		message(t, "questions-none", l, render.Questions(questions.State{}, now, l))
		message(t, "questions", l, render.Questions(few, now.AddDate(0, 0, 2), l))
		v, ok := few.Verified("k0", now)
		if !ok {
			t.Fatal("no verified answer")
		}
		message(t, "verified", l, render.Verified(v, "首台套有保险补偿吗", l))
		message(t, "verified-note", l, render.VerifiedNote(v, l))
		q, _ := few.Question("k4")
		golden(t, "verify-form", l, "", render.VerifyModal(q, questions.Verified{}, now, l))
		golden(t, "verify-form-again", l, "", render.VerifyModal(questions.Unanswered{Key: "k0", Text: v.Question}, v, now, l))
	}
}

func TestTheLongestQuestionsAreWithinLimits(t *testing.T) {
	t.Parallel()
	long := queue(t, 30, func(int) string { return strings.Repeat("&<长>", 200) }, strings.Repeat("&", questions.MaxAnswer-5))
	v, _ := long.Verified("k0", now)
	q, _ := long.Question("k9")
	for _, l := range lang.Both() {
		for name, blocks := range map[string]any{
			"list":     render.Questions(long, now, l).Blocks,
			"verified": render.Verified(v, strings.Repeat("&<长>", 500), l).Blocks,
			"form":     render.VerifyModal(q, v, now, l),
			"original": render.Original([]render.Paragraph{{Words: strings.Repeat("&\n", 4000)}, {Words: strings.Repeat("长", 9000)}, {Words: strings.Repeat("长", 9000)}, {Words: strings.Repeat("长", 9000)}, {Words: "五"}}, l).Blocks,
		} {
			if err := limits(blocks); err != nil {
				t.Errorf("%s in %s: %v", name, l, err)
			}
		}
	}
}

func TestAnswersWithMore(t *testing.T) {
	t.Parallel()
	place := policy.Citation{Section: "6.4", Place: lang.T("§六(四)", "§6(4)")}
	for _, l := range lang.Both() {
		for name, o := range map[string]render.AnswerOptions{
			"answered": {Key: "lead domain=hydrogen", Text: true},
			"unknown":  {Key: "unknown", Text: true, Mentioned: place, Queued: true},
		} {
			message(t, "answer-more-"+name, l, render.AnswerWith(answers()[name], "氢能由哪些板块负责？", l, o))
		}
		message(t, "original", l, render.Original([]render.Paragraph{
			{Place: lang.T("§四 表, 氢能", "§4 table, Hydrogen"), Words: "氢能\n甲市:样文 <一>"}, {Place: place.Place, Words: "样文二"},
		}, l))
	}
}

func TestFeedbackComesBack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value, key, asked string
		useful, ok        bool
	}{
		{"+k\nq", "k", "q", true, true},
		{"-k\nq\nr", "k", "q\nr", false, true},
		{"+k", "k", "", true, false},
		{"k\nq", "", "", false, false},
		{"", "", "", false, false},
	} {
		key, asked, useful, ok := render.ParseFeedback(tt.value)
		if string(key) != tt.key || asked != tt.asked || useful != tt.useful || ok != tt.ok {
			t.Errorf("%q: %q, %q, %v, %v", tt.value, key, asked, useful, ok)
		}
	}
	blocks := fmt.Sprint(visible(render.AnswerWith(ask.Answer{Status: ask.Ambiguous}, "问", lang.ZH, render.AnswerOptions{Key: "k"}).Blocks))
	if strings.Contains(blocks, "有用") {
		t.Errorf("a question back asks whether it was useful: %s", blocks)
	}
}
