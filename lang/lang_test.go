package lang_test

import (
	"errors"
	"fmt"
	"testing"

	"wainao/lang"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want lang.Lang
		ok   bool
	}{
		{"氢能由哪些板块负责?", lang.ZH, true},
		{"Which districts lead hydrogen?", lang.EN, true},
		{"SIP 的重点", lang.ZH, true},
		{"2035?", lang.EN, false},
		{"", lang.EN, false},
	}
	for _, tt := range tests {
		if got, ok := lang.Detect(tt.in); got != tt.want || ok != tt.ok {
			t.Errorf("Detect(%q) = %s, %t; want %s, %t", tt.in, got, ok, tt.want, tt.ok)
		}
		want := tt.want
		if !tt.ok {
			want = lang.ZH
		}
		if got := lang.DetectOr(tt.in, lang.ZH); got != want {
			t.Errorf("DetectOr(%q, zh) = %s, want %s", tt.in, got, want)
		}
	}
}

func TestFromLocale(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]lang.Lang{
		"zh-CN": lang.ZH, "zh-TW": lang.ZH, "": lang.ZH, "en-US": lang.EN, "de-DE": lang.EN,
	} {
		if got := lang.FromLocale(locale); got != want {
			t.Errorf("FromLocale(%q) = %s, want %s", locale, got, want)
		}
	}
}

func TestTfFormatsATextInTheLanguageOfItsSentence(t *testing.T) {
	t.Parallel()
	got := lang.Tf("%s 有 %d 项", "%s has %d items", lang.T("氢能", "Hydrogen"), 2)
	if want := lang.T("氢能 有 2 项", "Hydrogen has 2 items"); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestProblemIsComparedByCode(t *testing.T) {
	t.Parallel()
	sentinel := &lang.Problem{Code: "unknown_district"}
	err := fmt.Errorf("submit: %w", lang.Problemf("unknown_district", "没有“%s”", "there is no %q", "无锡"))
	if !errors.Is(err, sentinel) {
		t.Errorf("%v is not %v", err, sentinel)
	}
	if errors.Is(err, &lang.Problem{Code: "other"}) {
		t.Errorf("%v is another problem", err)
	}
}

func TestFieldProblems(t *testing.T) {
	t.Parallel()
	none := lang.FieldProblems{}
	if err := none.OrNil(); err != nil {
		t.Errorf("no problems gave %v", err)
	}
	two := lang.FieldProblems{"value": lang.Problemf("b", "乙", "second"), "name": lang.Problemf("a", "甲", "first")}
	if got, want := two.OrNil().Error(), "name: a: first; value: b: second"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestListJoinsAsEachLanguageDoes(t *testing.T) {
	t.Parallel()
	name := func(n int) lang.Text { return lang.Tf("第%d", "no. %d", n) }
	if got, want := lang.List([]int{1, 2}, name), lang.T("第1、第2", "no. 1, no. 2"); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := lang.List(nil, name); !got.IsZero() {
		t.Errorf("nothing became %+v", got)
	}
}
