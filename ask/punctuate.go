package ask

import (
	"strings"
	"unicode"

	"wainao/lang"
)

// punctuate brings the Chinese of the answer to the marks of Chinese print.
// The places of the citations are the policy's own and stay as they are.
func (a *Answer) punctuate() {
	a.Head = fullWidth(a.Head)
	for i := range a.Lines {
		a.Lines[i] = fullWidth(a.Lines[i])
	}
	for i := range a.Next {
		a.Next[i].Label, a.Next[i].Question = fullWidth(a.Next[i].Label), fullWidth(a.Next[i].Question)
	}
}

// wide are the marks that Chinese prints in full width.
var wide = map[rune]rune{'(': '（', ')': '）', ',': '，', ';': '；', ':': '：', '?': '？', '!': '！'}

// fullWidth writes the marks of the Chinese text in full width, and a number
// and its measure word together. A mark before a space belongs to a place in
// the document (§四 表, 氢能), one between digits to the number or the time.
func fullWidth(t lang.Text) lang.Text {
	if !strings.ContainsAny(t.ZH, "(),;:?! ") {
		return t
	}
	in := []rune(t.ZH)
	var b strings.Builder
	b.Grow(len(t.ZH) + 16)
	place := false // within the brackets of §六(一).
	for i, r := range in {
		if r == '(' && i > 1 && in[i-2] == '§' && i+2 < len(in) && in[i+2] == ')' || r == ')' && place {
			place = r == '('
			b.WriteRune(r)
			continue
		}
		last := i+1 == len(in)
		w, ok := wide[r]
		switch {
		case ok && (r == '(' || r == ')'), ok && (last || in[i+1] != ' ') && (i == 0 || last || !unicode.IsDigit(in[i-1]) || !unicode.IsDigit(in[i+1])):
			b.WriteRune(w)
		case r == ' ' && !last && i > 0 && unicode.IsDigit(in[i-1]) && unicode.Is(unicode.Han, in[i+1]):
			// 1–2 个 is 1–2个.
		default:
			b.WriteRune(r)
		}
	}
	t.ZH = b.String()
	return t
}
