// Package lang holds the two languages of Wainao, Chinese first and English
// beside it, and the kinds of text that carry both.
//
// It decides which language a piece of text is in and which language a person
// is spoken to in. It never holds the words of another package: every package
// keeps its own [Text] values where they are used.
package lang

import (
	"fmt"
	"strings"
	"unicode"
)

// Lang is one of the two languages of Wainao.
type Lang string

// The languages, named as in BCP 47.
const (
	ZH Lang = "zh" // Simplified Chinese, the default.
	EN Lang = "en" // English.
)

// Both lists the languages in their fixed order.
func Both() []Lang { return []Lang{ZH, EN} }

// Other returns the language that l is not.
func (l Lang) Other() Lang {
	if l == EN {
		return ZH
	}
	return EN
}

// FromLocale returns the language for a locale as Slack gives it ("zh-CN",
// "en-US"). Whoever uses neither Chinese nor a stated locale gets Chinese only
// when the locale is empty; any other locale gets English, the wider guess.
func FromLocale(locale string) Lang {
	locale = strings.ToLower(strings.TrimSpace(locale))
	if locale == "" || strings.HasPrefix(locale, "zh") {
		return ZH
	}
	return EN
}

// Detect returns the language that s is written in: Chinese when it holds a
// Han character, English when it holds a Latin letter but no Han character.
// ok is false when s holds neither (digits, an emoji), so that the caller can
// fall back to the person's locale.
func Detect(s string) (l Lang, ok bool) {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return ZH, true
		}
		if unicode.Is(unicode.Latin, r) {
			ok = true
		}
	}
	return EN, ok
}

// DetectOr is [Detect] with the language to use when s does not tell.
func DetectOr(s string, fallback Lang) Lang {
	if l, ok := Detect(s); ok {
		return l
	}
	return fallback
}

// Text is one text in both languages. In data files it is a mapping with the
// keys zh and en.
type Text struct {
	ZH string `json:"zh" yaml:"zh"`
	EN string `json:"en" yaml:"en"`
}

// T returns the text with the given Chinese and English words.
func T(zh, en string) Text { return Text{ZH: zh, EN: en} }

// Tf formats both languages' words with the same arguments. An argument that
// is itself a Text is formatted in the language of the sentence it stands in.
func Tf(zh, en string, args ...any) Text {
	return Text{ZH: sprintf(ZH, zh, args), EN: sprintf(EN, en, args)}
}

func sprintf(l Lang, format string, args []any) string {
	in := make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			a = t.In(l)
		}
		in[i] = a
	}
	return fmt.Sprintf(format, in...)
}

// List joins the names of all with each language's list comma: 甲、乙; A, B.
func List[T any](all []T, name func(T) Text) Text {
	zh, en := make([]string, len(all)), make([]string, len(all))
	for i, v := range all {
		t := name(v)
		zh[i], en[i] = t.ZH, t.EN
	}
	return Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// In returns the words in l.
func (t Text) In(l Lang) string {
	if l == EN {
		return t.EN
	}
	return t.ZH
}

// Complete reports whether both languages have words.
func (t Text) Complete() bool {
	return strings.TrimSpace(t.ZH) != "" && strings.TrimSpace(t.EN) != ""
}

// IsZero reports whether neither language has words.
func (t Text) IsZero() bool { return t == Text{} }
