package ask

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// class is the sort of a token.
type class uint8

const (
	classHan    class = iota // one Han character.
	classLatin               // a run of letters of another script.
	classNumber              // a run of digits.
)

// token is one unit of a question: a Han character, a word, or a number.
type token struct {
	start, end int // its bytes in the question as typed.
	off        int // where its form begins in text.buf.
	class      class
	gap        bool // something that is no token stands before it.
}

// text is a question in the form in which it is understood: half width, lower
// case, simplified characters, English plurals cut, everything that is neither
// letter nor digit left out. The forms of the tokens stand in one buffer, so
// that a phrase is a slice of it and costs nothing to look up.
type text struct {
	orig     string
	buf      string
	toks     []token
	question bool // a question mark was typed.
}

// form returns the normal form of the tokens from i up to, not including, j.
func (t *text) form(i, j int) string { return t.buf[t.offset(i):t.offset(j)] }

func (t *text) offset(i int) int {
	if i < len(t.toks) {
		return t.toks[i].off
	}
	return len(t.buf)
}

// typed returns the tokens from i up to j as they were typed.
func (t *text) typed(i, j int) string { return t.orig[t.toks[i].start:t.toks[j-1].end] }

// weight is how much the tokens from i to j say: a Han character counts one,
// a word or a number two.
func (t *text) weight(i, j int) int {
	n := 0
	for _, tok := range t.toks[i:j] {
		if tok.class == classHan {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// newText normalises s.
func newText(s string) *text {
	t := &text{orig: s, toks: make([]token, 0, len(s)/3+4)} // a Chinese character has three bytes.
	buf := make([]byte, 0, len(s))
	word := make([]rune, 0, 16)
	wordClass, wordStart, gap := classLatin, 0, false
	flush := func(end int) {
		if len(word) == 0 {
			return
		}
		if n := len(t.toks); wordClass == classLatin && n > 0 && t.toks[n-1].class == classNumber && t.toks[n-1].end == wordStart {
			// 3rd is third.
			if o := ordinalOf(string(buf[t.toks[n-1].off:]), string(word)); o != "" {
				t.toks[n-1].class, t.toks[n-1].end = classLatin, end
				buf = append(buf[:t.toks[n-1].off], o...)
				word, gap = word[:0], false
				return
			}
		}
		t.toks = append(t.toks, token{start: wordStart, end: end, off: len(buf), class: wordClass, gap: gap})
		if wordClass == classLatin {
			buf = append(buf, stem(string(word))...)
		} else {
			buf = append(buf, string(word)...)
		}
		word, gap = word[:0], false
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		at := i
		i += size
		if n := markup(s[at:]); n > 0 {
			flush(at)
			i, gap = at+n, true
			continue
		}
		r = fold(r)
		switch {
		case unicode.Is(unicode.Han, r) || r == '〇':
			flush(at)
			t.toks = append(t.toks, token{start: at, end: i, off: len(buf), class: classHan, gap: gap})
			buf = utf8.AppendRune(buf, r)
			gap = false
		case unicode.IsDigit(r):
			if wordClass != classNumber {
				flush(at)
			}
			if len(word) == 0 {
				wordClass, wordStart = classNumber, at
			}
			word = append(word, r)
		case unicode.IsLetter(r):
			if wordClass != classLatin {
				flush(at)
			}
			if len(word) == 0 {
				wordClass, wordStart = classLatin, at
			}
			word = append(word, r)
		case r == ',' && wordClass == classNumber && len(word) > 0 && thousands(s[i:]):
			// The comma of 10,000 belongs to the number.
		case r == '\'' && wordClass == classLatin && len(word) > 0 && possessive(s[i:]):
			// The s of "Kunshan's" says nothing.
			flush(at)
			_, n := utf8.DecodeRuneInString(s[i:])
			i, gap = i+n, true
		case unicode.Is(unicode.Mn, r):
			// An accent on a letter: Wúzhōng is Wuzhong.
		case r == '?':
			flush(at)
			t.question, gap = true, true
		default:
			flush(at)
			gap = true
		}
	}
	flush(len(s))
	t.buf = string(buf)
	return t
}

// ordinalOf returns the word for a number with the ending of an ordinal, of those
// that the document counts to; otherwise nothing.
func ordinalOf(number, ending string) string {
	switch ending {
	case "st", "nd", "rd", "th":
		if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= len(ordinalWords) {
			return ordinalWords[n-1]
		}
	}
	return ""
}

// markup returns the length of a piece of Slack's markup at the start of s
// that names no thing: a mention, a link, an emoji.
func markup(s string) int {
	switch s[0] {
	case '<':
		if len(s) > 1 && strings.ContainsRune("@#!", rune(s[1])) || strings.HasPrefix(s, "<http") {
			if end := strings.IndexByte(s, '>'); end > 0 && end < 300 {
				return end + 1
			}
		}
	case ':':
		for i := 1; i < len(s) && i < 40; i++ {
			c := s[i]
			if c == ':' && i > 2 {
				return i + 1
			}
			if (c < 'a' || c > 'z') && c != '_' && c != '-' && c != '+' {
				return 0
			}
		}
	}
	return 0
}

// thousands reports whether exactly three digits follow.
func thousands(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsDigit(fold(r)) {
			break
		}
		n++
	}
	return n == 3
}

// possessive reports whether s begins with an s that ends a word.
func possessive(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if fold(r) != 's' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[n:])
	return !unicode.IsLetter(next)
}

// fold returns the character in half width, lower case and simplified form,
// without its accent.
func fold(r rune) rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch r {
	case '‘', '’', '`':
		return '\''
	case ',':
		return ','
	case '?', '﹖':
		return '?'
	}
	if w := width.LookupRune(r).Folded(); w != 0 {
		return fold(w)
	}
	if r < 0x250 {
		return plain(unicode.ToLower(r))
	}
	if s, ok := simplified(r); ok {
		return s
	}
	return unicode.ToLower(r)
}

// plain returns a Latin letter without its accent, for the letters that occur
// in pinyin with tones.
func plain(r rune) rune {
	for _, row := range []string{"aāáǎàâäã", "eēéěèêë", "iīíǐìîï", "oōóǒòôöõ", "uūúǔùûüǖǘǚǜ", "nñńňǹ"} {
		if strings.ContainsRune(row, r) {
			return rune(row[0])
		}
	}
	return r
}

// stem cuts the plural of an English word. It is applied to the names as well
// as to the questions, so it need not give a word.
func stem(w string) string {
	n := len(w)
	switch {
	case n <= 3 || !strings.HasSuffix(w, "s") || w == "this":
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:n-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	}
	return w[:n-1]
}

//go:generate sh -c "go -C tables/gen build -o ../../.gen . && ./.gen; rm -f .gen"

var (
	//go:embed tables/simplify.txt
	simplifyTable string
	//go:embed tables/pinyin.txt
	pinyinTable string
)

// simplifyMap is made once, at the first character that may need it.
var simplifyMap = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, 4096)
	for line := range strings.Lines(simplifyTable) {
		from, n := utf8.DecodeRuneInString(line)
		to, _ := utf8.DecodeRuneInString(line[n:])
		m[from] = to
	}
	return m
})

// simplified returns the simplified form of a traditional character.
func simplified(r rune) (rune, bool) {
	if r < 0x3400 || r > 0x9fff {
		return 0, false
	}
	s, ok := simplifyMap()[r]
	return s, ok
}

// soundMap gives the syllable, without its tone, of the common characters.
var soundMap = sync.OnceValue(func() map[rune]string {
	m := make(map[rune]string, 7000)
	for line := range strings.Lines(pinyinTable) {
		sound, chars, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for _, r := range chars {
			m[r] = sound
		}
	}
	return m
})

// sounds returns the blurred syllable of each token, empty where it has none.
func (t *text) sounds() []string {
	m, out := soundMap(), make([]string, len(t.toks))
	for i := range t.toks {
		if t.toks[i].class == classHan {
			r, _ := utf8.DecodeRuneInString(t.form(i, i+1))
			if s, ok := m[r]; ok {
				out[i] = blur(s)
			}
		}
	}
	return out
}

// blur makes syllables equal that speakers of the region often confuse: the
// retroflex and the plain initials, the front and the back nasal.
func blur(sound string) string {
	for _, initial := range []string{"zh", "ch", "sh"} {
		if rest, ok := strings.CutPrefix(sound, initial); ok {
			sound = initial[:1] + rest
			break
		}
	}
	if strings.HasSuffix(sound, "ing") || strings.HasSuffix(sound, "eng") || strings.HasSuffix(sound, "ang") {
		sound = sound[:len(sound)-1]
	}
	return sound
}
