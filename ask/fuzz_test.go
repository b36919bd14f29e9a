package ask_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"wainao/ask"
	"wainao/lang"
)

// FuzzAnswer asks anything: no question panics, takes long, breaks the limits
// of an answer, or leaves one language without words.
func FuzzAnswer(f *testing.F) {
	for _, q := range corpus(f, "work.jsonl") {
		f.Add(q.Question)
	}
	for _, s := range []string{
		"", " ", "?", "\x00\xff\xfe", "第", "二零三零年二零三零年", "twenty thirty", strings.Repeat("氢", 3000), strings.Repeat("hydrgen ", 300),
		"<@U123> <http://x|y> :wave:", "1e309 99999999999999999999亿", "K'K's's", "～！＠＃￥％……＆×（）",
	} {
		f.Add(s)
	}
	e := engine(f)
	f.Fuzz(func(t *testing.T, s string) {
		start := time.Now()
		v := ask.View{At: at, Memory: ask.NewMemory(3, func() time.Time { return at })}
		e.Answer(ask.Question{Text: "氢能由哪些板块负责?", Lang: lang.ZH, Thread: "t"}, v)
		a := e.Answer(ask.Question{Text: s, Lang: lang.ZH, Thread: "t"}, v)
		// A guard against runaway work, far above what any question takes.
		if d := time.Since(start); d > 500*time.Millisecond {
			t.Errorf("took %s", d)
		}
		check(t, s, a)
	})
}

// check holds an answer to what is promised of every answer.
func check(t *testing.T, asked string, a ask.Answer) {
	t.Helper()
	if a.Head.ZH == "" || a.Head.EN == "" {
		t.Errorf("%q: a language has no words: %+v", asked, a.Head)
	}
	for _, l := range lang.Both() {
		text := a.Plain(l)
		limit := 900
		if a.List {
			limit = 1500
		}
		// The question itself may be quoted in a refusal; it is cut there.
		if n := utf8.RuneCountInString(text); n > limit {
			t.Errorf("%q: %d characters in %s, rule %s", asked, n, l, a.Explain.Rule)
		}
		if strings.Contains(text, "%!") {
			t.Errorf("%q: a broken format in %s: %s", asked, l, text)
		}
	}
	for _, line := range a.Lines {
		if line.ZH == "" || line.EN == "" {
			t.Errorf("%q: a line lacks a language: %+v", asked, line)
		}
	}
	if a.Status != ask.Answered && len(a.Next) == 0 {
		t.Errorf("%q: %s without anything to ask instead", asked, a.Status)
	}
	for _, n := range a.Next {
		if !n.Label.Complete() || !n.Question.Complete() {
			t.Errorf("%q: suggestion %+v lacks words", asked, n)
		}
		if utf8.RuneCountInString(n.Label.EN) > 75 {
			t.Errorf("%q: label %q is longer than a button's text", asked, n.Label.EN)
		}
	}
}

func TestEveryAnswerKeepsItsPromises(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, file := range []string{"work.jsonl"} {
		for _, q := range corpus(t, file) {
			check(t, q.Question, put(e, q))
		}
	}
}

// TestSuggestionsAreAnswered clicks every button that any answer of the
// corpus offers.
func TestSuggestionsAreAnswered(t *testing.T) {
	t.Parallel()
	e := engine(t)
	seen := map[string]bool{}
	for _, q := range corpus(t, "work.jsonl") {
		for _, s := range put(e, q).Next {
			for _, l := range lang.Both() {
				if text := s.Question.In(l); !seen[text] {
					seen[text] = true
					if a := e.Answer(ask.Question{Text: text, Lang: l}, ask.View{At: at}); a.Status != ask.Answered {
						t.Errorf("the suggestion %q is %s by %s", text, a.Status, a.Explain.Reading)
					}
				}
			}
		}
	}
}

func TestALongQuestionIsRefused(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, s := range []string{strings.Repeat("氢", 100_000), strings.Repeat("who leads hydrogen ", 5300)} {
		a := e.Answer(ask.Question{Text: s, Lang: lang.EN}, ask.View{At: at})
		if a.Status != ask.Unknown || a.Explain.Rule != "too-long" {
			t.Errorf("%d characters: %s by %s", len(s), a.Status, a.Explain.Rule)
		}
		check(t, "long", a)
	}
}
