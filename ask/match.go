package ask

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// how says by what a mention was recognised.
type how string

// The ways to recognise a phrase.
const (
	byName     how = "name"
	byPinyin   how = "pinyin"
	bySound    how = "homophone"
	bySpelling how = "spelling"
)

// mention is a phrase of a question that names something.
type mention struct {
	from, to int // tokens.
	key      string
	things   []thing
	how      how
	wrong    int // letters that were wrong.
}

// first returns the preferred reading of the phrase.
func (m *mention) first() thing { return m.things[0] }

// has reports whether the phrase is a word for the cue.
func (m *mention) has(c cue) bool {
	return slices.ContainsFunc(m.things, func(t thing) bool { return t.kind == kindCue && t.id == string(c) })
}

// cued reports whether the phrase is a word for any cue.
func (m *mention) cued() bool {
	return slices.ContainsFunc(m.things, func(t thing) bool { return t.kind == kindCue })
}

// scan divides the question into mentions and tokens that are not known: of
// all divisions the one in which long phrases explain most. Misspelt names are
// looked for only around tokens that are not known otherwise.
func (x *lexicon) scan(t *text) []mention {
	n := len(t.toks)
	w := ways.take(func() *way { return new(way) })
	defer w.keep()
	x.named(t, w)
	out, entity := x.divide(t, w)
	unknown := make([]bool, n)
	for i := range unknown {
		unknown[i] = true
	}
	for _, m := range out {
		if entity || m.first().kind != kindFiller || m.to-m.from > 1 || t.toks[m.from].class != classHan {
			for i := m.from; i < m.to; i++ {
				unknown[i] = false
			}
		}
	}
	strange := make([]bool, n)
	for _, m := range out {
		for i := m.from; i < m.to && m.first().kind == kindForeign; i++ {
			strange[i] = true
		}
	}
	if x.guess(t, unknown, strange, entity, out, w.byEnd) {
		out, _ = x.divide(t, w)
	}
	return out
}

// scanExact divides a text that holds no misspellings.
func (x *lexicon) scanExact(t *text) []mention {
	w := ways.take(func() *way { return new(way) })
	defer w.keep()
	x.named(t, w)
	out, _ := x.divide(t, w)
	return out
}

// named puts the names that stand in the text into the way.
func (x *lexicon) named(t *text, w *way) {
	n := len(t.toks)
	for len(w.byEnd) <= n {
		w.byEnd = append(w.byEnd, nil)
	}
	byEnd := w.byEnd
	for i := range n {
		for j := i + 1; j <= n && j-i <= x.length; j++ {
			if j > i+1 && t.toks[j-1].gap && strings.ContainsAny(t.orig[t.toks[j-2].end:t.toks[j-1].start], "。！？；，?!;\n") {
				break // no name goes on behind the end of a clause.
			}
			if things := x.exact[t.form(i, j)]; things != nil {
				byEnd[j] = append(byEnd[j], mention{from: i, to: j, key: t.form(i, j), things: things, how: byName})
			}
		}
	}
}

// way is what a text is divided in. It is used again.
type way struct {
	byEnd [][]mention // the names in the text, by the token behind them.
	best  []float64   // what the best division up to each token is worth,
	from  []int       // and the phrase that ends there, an index into byEnd, or -1.
}

// keep keeps the way for another text, without what this one named.
func (w *way) keep() {
	for i := range w.byEnd {
		clear(w.byEnd[i])
		w.byEnd[i] = w.byEnd[i][:0]
	}
	ways.keep(w)
}

var ways = newSpares[way]()

// divide finds the best division. entity reports whether it names anything
// that is not a word of the language.
func (x *lexicon) divide(t *text, w *way) (out []mention, entity bool) {
	n := len(t.toks)
	w.best, w.from = append(w.best[:0], make([]float64, n+1)...), append(w.from[:0], make([]int, n+1)...)
	best, from, byEnd := w.best, w.from, w.byEnd
	for j := 1; j <= n; j++ {
		best[j], from[j] = best[j-1]-1.5*float64(t.weight(j-1, j)), -1
		for k := range byEnd[j] {
			m := &byEnd[j][k]
			w := float64(t.weight(m.from, m.to))
			s := w * w
			switch {
			case m.how != byName:
				s *= 0.7 - 0.15*float64(m.wrong)
			case m.first().kind == kindFiller:
				s *= 0.9
			case m.first().kind == kindForeign:
				s *= 0.95
			case m.first().kind < kindCue:
				s += 0.1
			}
			if s += best[m.from]; s > best[j] {
				best[j], from[j] = s, k
			}
		}
	}
	// Counted first, because a mention is large.
	count := 0
	for j := n; j > 0; {
		if from[j] < 0 {
			j--
			continue
		}
		count++
		j = byEnd[j][from[j]].from
	}
	out = make([]mention, 0, count)
	for j := n; j > 0; {
		if from[j] < 0 {
			j--
			continue
		}
		m := byEnd[j][from[j]]
		out = append(out, m)
		entity = entity || m.first().kind < kindCue
		j = m.from
	}
	slices.Reverse(out)
	return out, entity
}

// How much of a question is looked at for misspelt names. A person's question
// is far below both.
const (
	maxGuessed  = 60 // tokens that are not known.
	hanWindow   = 10 // characters of a Chinese name.
	latinWindow = 5  // words of a Latin name.
)

// guess adds mentions of misspelt names and reports whether it found any. What
// is known to be strange to the policy is no misspelling: 深海 is not 深空.
func (x *lexicon) guess(t *text, unknown, strange []bool, entity bool, words []mention, byEnd [][]mention) bool {
	found, tried := false, 0
	sounds := t.sounds()
	add := func(i, j int, k string, h how, wrong int) {
		byEnd[j] = append(byEnd[j], mention{i, j, k, x.exact[k], h, wrong})
		found = true
	}
	for at := range t.toks {
		if !unknown[at] {
			continue
		}
		if tried++; tried > maxGuessed {
			break
		}
		window := hanWindow
		if t.toks[at].class != classHan {
			window = latinWindow
		}
		for i := max(0, at-window+1); i <= at; i++ {
			for j := at + 1; j <= len(t.toks) && j-i <= window; j++ {
				switch {
				case !uniform(t, i, j), x.spelledBefore(t, i, j), t.toks[at].class == classHan && slices.ContainsFunc(t.toks[i+1:j], func(k token) bool {
					return k.gap && strings.ContainsAny(t.orig[t.toks[i].start:k.start], "、，。；,;")
				}), slices.Contains(strange[i:j], true) && !x.heard(t, sounds, i, j), t.toks[at].class == classHan && cuts(words, i, j):
				case t.toks[at].class == classHan:
					if k, h := x.guessHan(t, sounds, i, j); k != "" && (h != bySpelling || !x.otherWord(t, i, j, k)) && (entity || h == bySound || !x.spoken(t, i, j)) {
						add(i, j, k, h, 1)
					}
				default:
					k, h, wrong := x.guessLatin(t.form(i, j))
					if k == "" && strings.HasSuffix(t.typed(i, j), "s") {
						// The s that was cut as a plural's may be the name's own: metavers.
						k, h, wrong = x.guessLatin(t.form(i, j) + "s")
					}
					if k != "" && !x.askedBefore(t, i, j, k) {
						add(i, j, k, h, wrong)
					}
				}
			}
		}
	}
	return found
}

// askedBefore reports whether a misspelt Latin name would swallow a word that
// only asks, spelt right, at its beginning: "leads chips" is not "LED chips".
func (x *lexicon) askedBefore(t *text, i, j int, k string) bool {
	first := t.form(i, i+1)
	return j-i > 1 && len(x.exact[first]) > 0 && x.rank(first) >= kindCue && !strings.HasPrefix(k, first)
}

// spelledTalk are Chinese words of talk as they are spelt in Latin letters.
var spelledTalk = []string{"shi", "zai", "de", "na", "nage", "naxie", "shei", "shui", "you", "ma", "ne", "ba", "gui", "shenme", "zuo", "gao"}

// spelledBefore reports whether a name that is spelt right in Latin letters stands
// before a word that only asks, so that both together are no misspelt name:
// qingneng shi is 氢能是, not 氢能车.
func (x *lexicon) spelledBefore(t *text, i, j int) bool {
	for k := i + 1; k < j; k++ {
		if len(x.pinyin[t.form(i, k)]) > 0 && slices.Contains(spelledTalk, t.form(k, k+1)) && len(x.pinyin[t.form(i, j)]) == 0 {
			return true
		}
	}
	return false
}

// otherWord reports whether what differs from a name of three characters is a word
// by itself: 做材料 is not 新材料.
func (x *lexicon) otherWord(t *text, i, j int, k string) bool {
	for _, part := range []string{t.form(i, j-1), t.form(i+1, j)} {
		if things := x.exact[part]; things != nil && things[0] == x.exact[k][0] {
			return true // 吴江材 is 吴江 and something else.
		}
	}
	name := []rune(k)
	if j-i != 3 || len(name) != 3 {
		return false
	}
	if i > 0 && t.form(i, i+1) != string(name[0]) && !t.toks[i].gap && t.toks[i-1].class == classHan && t.form(i-1, i+1) == "年度" {
		return true
	}
	for d, c := range name {
		if w := t.form(i+d, i+d+1); w != string(c) && x.exact[w] != nil {
			return true
		}
	}
	return false
}

// heard reports whether the tokens sound like a domain's or a district's name:
// 原宇宙, though 宇宙 is strange to the policy.
func (x *lexicon) heard(t *text, sounds []string, i, j int) bool {
	if j-i < 3 || t.toks[i].class != classHan {
		return false
	}
	k, h := x.guessHan(t, sounds, i, j)
	return h == bySound && x.rank(k) <= kindDomain
}

// cuts reports whether one of the words of several characters stands only in
// part between two tokens, at their end, or a name at their beginning: 材料方 of
// 材料方面 is no misspelling, nor is 江材料 of 吴江材料.
func cuts(words []mention, i, j int) bool {
	return slices.ContainsFunc(words, func(m mention) bool {
		return m.to-m.from > 1 && (m.from >= i && m.from < j && m.to > j || m.first().kind < kindCue && m.from < i && m.to > i && m.to < j)
	})
}

// spoken reports whether each token is a word by itself, so that a name that
// differs in a character is no likelier than what is written.
func (x *lexicon) spoken(t *text, i, j int) bool {
	for k := i; k < j; k++ {
		if x.exact[t.form(k, k+1)] == nil && (k+1 >= j || x.exact[t.form(k, k+2)] == nil) && (k == i || x.exact[t.form(k-1, k+1)] == nil) {
			return false
		}
	}
	return true
}

// uniform reports whether the tokens are all Han, or all not.
func uniform(t *text, i, j int) bool {
	han := t.toks[i].class == classHan
	for _, tok := range t.toks[i+1 : j] {
		if (tok.class == classHan) != han {
			return false
		}
	}
	return true
}

// guessHan returns the name that the tokens sound like, or one of three or more
// characters that differs in one.
func (x *lexicon) guessHan(t *text, sounds []string, i, j int) (string, how) {
	if j-i < 2 {
		return "", ""
	}
	var room [128]byte
	s, buf := t.form(i, j), room[:0]
	known := true
	for _, sound := range sounds[i:j] {
		known = known && sound != ""
		buf = append(append(buf, sound...), ' ')
	}
	if known {
		for _, k := range x.sound[string(buf)] {
			// Two syllables are the sound of many words: one of them must be
			// written right.
			if shares(s, k) && (j-i > 2 || x.rank(k) != kindCue || mistaken(s)) {
				return k, bySound
			}
		}
	}
	if j-i < 3 {
		return "", ""
	}
	// Two names that differ in one character are the same without it.
	best := ""
	look := func(v []byte) {
		for _, k := range x.without[string(v)] {
			if best == "" && near([]rune(s), []rune(k), 1) {
				best = k
			}
		}
	}
	look(append(room[:0], s...))
	for at, r := range s {
		look(append(append(room[:0], s[:at]...), s[at+utf8.RuneLen(r):]...))
	}
	return best, bySpelling
}

// shares reports whether a character of k occurs in s.
func shares(s, k string) bool {
	for _, r := range k {
		if strings.ContainsRune(s, r) {
			return true
		}
	}
	return false
}

// particles are characters that stand in too many words to tell one by.
const particles = "一二两三几在了从是上下前后不有的"

// mistaken reports whether two characters may be a misspelt word that says what is
// asked: neither of them is a particle. 足一 is not 逐一, and 一次 is not 依次.
func mistaken(s string) bool { return !strings.ContainsAny(s, particles) }

// guessLatin returns the name that s is the pinyin or a misspelling of. How
// many letters may be wrong grows with the length.
func (x *lexicon) guessLatin(s string) (string, how, int) {
	if ks := x.pinyin[s]; len(ks) > 0 {
		return ks[0], byPinyin, 0
	}
	limit := 0
	switch n := len(s); {
	case n >= 14:
		limit = 3
	case n >= 9:
		limit = 2
	case n >= 5:
		limit = 1
	}
	if limit == 0 || !latin(s) {
		return "", "", 0
	}
	if rest, ok := strings.CutPrefix(s, "f"); ok {
		// fotonic is written as it sounds.
		if k := "ph" + rest; len(x.words[wordKey{'p', len(k)}]) > 0 && x.exact[k] != nil && x.rank(k) < kindCue {
			return k, bySpelling, 1
		}
	}
	typed := []byte(s)
	for d := 1; d <= limit; d++ {
		for n := len(s) - d; n <= len(s)+d; n++ {
			for _, k := range x.words[wordKey{s[0], n}] {
				// A word that only says what is asked bears one wrong letter.
				if d > 1 && x.rank(k) >= kindCue || !near(typed, []byte(k), d) {
					continue
				}
				if ks := x.pinyin[k]; x.exact[k] == nil && len(ks) > 0 {
					if len(k) < 6 && x.rank(k) > kindDomain {
						continue // a word of a few letters is near to some syllables.
					}
					return ks[0], byPinyin, d
				}
				return k, bySpelling, d
			}
		}
	}
	return "", "", 0
}

// wordKey finds Latin names that begin with a letter and have a length.
type wordKey struct {
	first  byte
	length int
}

// near reports whether a becomes b by at most limit changes: a unit more, one
// less, another one, or two neighbours exchanged.
func near[T comparable](a, b []T, limit int) bool {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a)+len(b) <= limit
	case limit == 0:
		return false
	}
	return near(a[1:], b[1:], limit-1) || near(a[1:], b, limit-1) || near(a, b[1:], limit-1) ||
		len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] && near(a[2:], b[2:], limit-1)
}
