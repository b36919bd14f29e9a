package ask_test

import (
	"strings"
	"testing"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
)

// TestWhatCountsUnderATermIsToldSo holds that each kind is answered with the
// policy's own term, and that the answer tells that the policy names that one.
func TestWhatCountsUnderATermIsToldSo(t *testing.T) {
	t.Parallel()
	e, pol := engine(t), policy.Default()
	for _, k := range pol.Kinds {
		term, ok := pol.Term(k.Term)
		if !ok {
			t.Errorf("%s counts under %q, which is no term", k.Name.EN, k.Term)
			continue
		}
		zh, _, _ := strings.Cut(term.Name.ZH, "(") // its brackets are told wide.
		for _, c := range []struct {
			lang     lang.Lang
			question string
			says     []string
		}{
			{lang.ZH, k.Name.ZH + "属于哪个领域，由哪个区负责？", []string{"政策写的是" + zh, "没有单列“" + k.Name.ZH + "”"}},
			{lang.EN, "Which district leads " + k.Name.EN + "?", []string{"The policy names " + term.Name.EN, "not “" + k.Name.EN + "”"}},
		} {
			a := e.Answer(ask.Question{Text: c.question, Lang: c.lang}, ask.View{At: at})
			text := a.Plain(c.lang)
			if a.Status != ask.Answered {
				t.Errorf("%s: %s by %s", c.question, a.Status, a.Key)
				continue
			}
			for _, s := range c.says {
				if !strings.Contains(text, s) {
					t.Errorf("%s: %q is missing in\n%s", c.question, s, indent(text))
				}
			}
		}
	}
}

// TestANameOfTheTextIsNoKind holds that the policy's own terms are told without
// the remark, and that a question whether a kind is named is not just affirmed.
func TestANameOfTheTextIsNoKind(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, c := range []struct {
		question string
		lang     lang.Lang
		remark   bool
		head     string
	}{
		{"量子通信由哪个区主攻？", lang.ZH, false, "吴江区"},
		{"QKD由哪个区主攻？", lang.ZH, true, "吴江区"},
		{"政策里有QKD吗？", lang.ZH, true, "政策写的是量子通信，没有单列“QKD”"},
		{"Does the policy mention QKD?", lang.EN, true, "The policy names quantum communications, not “QKD”"},
		{"Is silicon carbide part of new materials?", lang.EN, false, "Yes."},
	} {
		a := e.Answer(ask.Question{Text: c.question, Lang: c.lang}, ask.View{At: at})
		text := a.Plain(c.lang)
		if got := strings.Contains(text, "没有单列") || strings.Contains(text, "counts under it"); got != c.remark || !strings.Contains(a.Head.In(c.lang), c.head) {
			t.Errorf("%s: by %s\n%s", c.question, a.Key, indent(text))
		}
	}
}
