package ask_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
)

func key(e *ask.Engine, s string) string {
	return e.Answer(ask.Question{Text: s, Lang: lang.ZH}, ask.View{At: at}).Key
}

func TestTraditionalCharactersGiveTheSameReading(t *testing.T) {
	t.Parallel()
	e := engine(t)
	// The table the other way round: any traditional form of a character will
	// do.
	traditional := map[rune]rune{}
	for line := range strings.Lines(ask.SimplifyTable) {
		pair := []rune(strings.TrimSpace(line))
		traditional[pair[1]] = pair[0]
	}
	if len(traditional) < 2000 {
		t.Fatalf("the table has %d characters", len(traditional))
	}
	for _, q := range corpus(t, "work.jsonl") {
		if q.Lang != lang.ZH || len(q.Thread) > 0 {
			continue
		}
		asked := strings.Map(func(r rune) rune {
			if to, ok := traditional[r]; ok {
				return to
			}
			return r
		}, q.Question)
		got, want := e.Answer(ask.Question{Text: asked, Lang: lang.ZH}, ask.View{At: at}), e.Answer(ask.Question{Text: q.Question, Lang: lang.ZH}, ask.View{At: at})
		if got.Explain.Rule != want.Explain.Rule || got.Status != want.Status {
			t.Errorf("%s: %s; %s: %s", asked, got.Key, q.Question, want.Key)
		}
	}
}

func TestFullWidthAndCaseGiveTheSameReading(t *testing.T) {
	t.Parallel()
	e := engine(t)
	wide := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '\u3000'
			case r > ' ' && r < 0x7f && r != '<' && r != ':':
				return r + 0xfee0
			}
			return r
		}, s)
	}
	for _, q := range corpus(t, "work.jsonl") {
		if len(q.Thread) > 0 {
			continue
		}
		want := e.Answer(ask.Question{Text: q.Question, Lang: q.Lang}, ask.View{At: at}).Explain
		for _, s := range []string{wide(q.Question), strings.ToUpper(q.Question), strings.ToLower(q.Question), "  " + q.Question + " "} {
			if got := e.Answer(ask.Question{Text: s, Lang: q.Lang}, ask.View{At: at}).Explain; got.Rule != want.Rule {
				t.Errorf("%s: %s; %s: %s", s, got.Reading, q.Question, want.Reading)
			}
		}
	}
}

// TestEachAliasGivesTheSameReading asks the same of every name of every
// domain, district, indicator and term.
func TestEachAliasGivesTheSameReading(t *testing.T) {
	t.Parallel()
	e, pol := engine(t), policy.Default()
	same := func(zh, en string, a policy.Aliases, frames ...string) {
		for _, frame := range frames {
			base, names := zh, a.ZH
			if frame[0] < 0x80 {
				base, names = en, a.EN
			}
			want := key(e, strings.ReplaceAll(frame, "X", base))
			for _, name := range names {
				if got := key(e, strings.ReplaceAll(frame, "X", name)); got != want {
					t.Errorf("%s: %s; with %s: %s", strings.ReplaceAll(frame, "X", name), got, base, want)
				}
			}
		}
	}
	for _, d := range pol.Domains {
		same(d.Name.ZH, d.Name.EN, d.Aliases, "由哪些板块负责X?", "Which districts lead X?")
	}
	for _, d := range pol.Districts {
		same(d.Name.ZH, d.Name.EN, d.Aliases, "请问X负责哪些领域?", "Which domains does X lead?")
	}
	for _, i := range pol.Indicators {
		same(i.Name.ZH, i.Name.EN, i.Aliases, "目标:X要多少?", "What is the target for X?")
	}
}

func TestEachTermIsKnownByEachName(t *testing.T) {
	t.Parallel()
	e, pol := engine(t), policy.Default()
	for _, term := range pol.Terms {
		if term.Kind == policy.TermUse {
			continue
		}
		for _, name := range append([]string{term.Name.ZH, term.Name.EN}, term.Aliases.All()...) {
			q := name + "属于哪个领域?"
			if l, _ := lang.Detect(name); l == lang.EN {
				q = "Which domain does " + name + " belong to?"
			}
			a := e.Answer(ask.Question{Text: q, Lang: lang.ZH}, ask.View{At: at})
			d, _ := pol.Domain(term.Domain)
			text := a.Plain(lang.ZH)
			if a.Status == ask.Unknown || !strings.Contains(text, d.Name.ZH) {
				t.Errorf("%s: %s by %s, without %s", q, a.Status, a.Key, d.Name.ZH)
			}
		}
	}
}

func TestNoiseAroundAQuestionChangesNothing(t *testing.T) {
	t.Parallel()
	e := engine(t)
	want := key(e, "氢能由哪些板块负责?")
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SampledFrom([]string{"", "请问", "您好,", "麻烦问一下,", "想了解一下:", "<@U0WAINAO> ", "！！", ":wave: "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", "?", "？？", "呢", "谢谢", "。", " 🙏"}).Draw(t, "after")
		if got := key(e, before+"氢能由哪些板块负责"+after); got != want {
			t.Errorf("%s氢能由哪些板块负责%s: %s", before, after, got)
		}
	})
}

func TestAThreadIsForgottenAfterADay(t *testing.T) {
	t.Parallel()
	e, now := engine(t), at
	m := ask.NewMemory(2, func() time.Time { return now })
	v := ask.View{At: at, Memory: m}
	in := func(thread, s string) ask.Answer {
		return e.Answer(ask.Question{Text: s, Lang: lang.ZH, Thread: thread}, v)
	}
	in("a", "氢能由哪些板块负责?")
	if got := in("a", "那量子呢?"); got.Explain.Rule != "who-leads" || !got.Explain.FollowUp {
		t.Errorf("within the day: %s, follow-up %t", got.Key, got.Explain.FollowUp)
	}
	now = now.Add(ask.MemoryTime + time.Minute)
	if got := in("a", "那元宇宙呢?"); got.Explain.FollowUp {
		t.Errorf("a day later: %s is a follow-up", got.Key)
	}
	for _, thread := range []string{"b", "c", "d"} {
		in(thread, "氢能由哪些板块负责?")
	}
	if m.Len() != 2 {
		t.Errorf("%d threads are remembered, want 2", m.Len())
	}
}

// TestNothingIsSaidTwice looks at the lines of every answer to the open sets.
func TestNothingIsSaidTwice(t *testing.T) {
	t.Parallel()
	e := engine(t)
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", "work*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no open sets: %v", err)
	}
	if testing.Short() {
		files = files[:2] // With -short two sets are enough.
	}
	for _, file := range files {
		for _, q := range corpus(t, filepath.Base(file)) {
			a := put(e, q)
			for _, l := range []lang.Lang{lang.ZH, lang.EN} {
				said := map[string]bool{a.Head.In(l): true}
				for _, line := range a.Lines {
					if s := line.In(l); said[s] {
						t.Errorf("%s %s: says twice %q", q.ID, q.Question, s)
					}
					said[line.In(l)] = true
				}
			}
		}
	}
}
