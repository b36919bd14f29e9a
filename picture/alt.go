package picture

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wainao/lang"
)

// story gathers the alternative text of a picture, sentence by sentence.
type story struct {
	lang      lang.Lang
	sentences []string
}

func tell(l lang.Lang, h Heading) story {
	st := story{lang: l}
	st.add(lang.Tf("图：%s", "Chart: %s", h.Title))
	st.add(h.About)
	return st
}

// add takes a sentence, with or without its full stop.
func (st *story) add(words lang.Text) {
	if s := strings.TrimRight(clean(words.In(st.lang)), "。."); s != "" {
		if r, n := utf8.DecodeRuneInString(s); st.lang == lang.EN {
			s = string(unicode.ToUpper(r)) + s[n:]
		}
		st.sentences = append(st.sentences, s)
	}
}

// fits reports whether all sentences fit into an alternative text.
func (st *story) fits() bool {
	n := 0
	for _, s := range st.sentences {
		n += utf8.RuneCountInString(s) + 2
	}
	return n <= MaxAlt
}

// String returns as many sentences as an alternative text may hold, and says
// so when it leaves some out. A single sentence that is too long is cut.
func (st *story) String() string {
	stop := lang.T("。", ". ").In(st.lang)
	rest := lang.T("其余见图。", "The rest is in the picture.").In(st.lang)
	var b strings.Builder
	used := 0
	for i, s := range st.sentences {
		room := MaxAlt - used
		if i < len(st.sentences)-1 {
			room -= utf8.RuneCountInString(rest)
		}
		s += stop
		n := utf8.RuneCountInString(s)
		if n > room {
			if i == 0 {
				b.WriteString(cutRunes(s, room))
			}
			b.WriteString(rest)
			break
		}
		b.WriteString(s)
		used += n
	}
	return strings.TrimSpace(b.String())
}

// cutRunes shortens s to n characters.
func cutRunes(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}

// sentence joins clauses as each language does, without a full stop.
func sentence(clauses []lang.Text) lang.Text {
	zh, en := make([]string, len(clauses)), make([]string, len(clauses))
	for i, c := range clauses {
		zh[i], en[i] = c.ZH, c.EN
	}
	return lang.T(strings.Join(zh, "，"), strings.Join(en, ", "))
}

// plural writes a number with the English noun that fits it.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
