package ask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pivots are words with which people come to what they ask, in normal form.
var pivots = []string{
	"想问", "想知道", "请问", "想了解", "请教", "想确认", "问一下", "问下", "告诉我", "想弄清",
	"curious", "wonder", "wondering", "tellme", "toknow", "toask", "tocheck", "letmeknow", "findout",
}

// selves are the words of who speaks, and of who is greeted.
var selves = []string{"我", "咱", "您好", "你好", "大家", "各位", "i", "we", "my", "our", "me", "us", "im", "hi", "hello", "dear"}

// preamble returns the reading without the clauses at the beginning in which
// people only tell who they are and why they ask: they speak of themselves and
// name nothing of the policy, while what follows asks for something that it
// names.
func (e *Engine) preamble(r *reading) *reading {
	if len(r.t.toks) < 8 || !r.t.personal() {
		return r
	}
	at, personal, foreign := 0, false, false
	for at < len(r.t.orig) {
		end := clauseEnd(r.t.orig, at)
		if end >= len(r.t.orig) {
			break
		}
		t := newText(r.t.orig[at:end])
		if len(t.toks) > 0 {
			c := newReading(t, e.lex.scan(t))
			if c.about() || len(c.years)+len(c.numbers) > 0 || c.has(cueInject, cueExcept, cueNot) || t.question || c.whole() {
				break
			}
			personal = personal || t.personal()
			foreign = foreign || len(c.foreign) > 0
		}
		at = end
	}
	if at == 0 || !personal {
		return r
	}
	t := newText(strings.TrimSpace(r.t.orig[at:]))
	c := newReading(t, e.lex.scan(t))
	asks := t.question || c.has(cueWhich, cueWho, cueCount, cueMuch, cueList, cueOverview, cueYesNo, cueTag, cueHow, cueWhere, cueWhen, cueSource, cueLead, cueFocus)
	if !c.about() || c.total < 5 || !asks || r.total-c.total < 4 && !foreign {
		return r
	}
	return c
}

// stops end a clause that may be left out; each has a twin of the other width.
const stops = "。！；，：？!;,:?\n"

// clauseEnd returns where the clause that begins at a byte ends: behind a mark,
// or behind the last pivot in it.
func clauseEnd(s string, at int) int {
	end := len(s)
	for i, c := range s[at:] {
		if i > 0 && strings.ContainsRune(stops, c) {
			behind := at + i + utf8.RuneLen(c)
			if next, _ := utf8.DecodeRuneInString(s[behind:]); unicode.IsDigit(next) {
				continue // 10,000 is a number.
			}
			end = behind
			break
		}
	}
	t := newText(s[at:end])
	for i := len(t.toks) - 1; i > 0; i-- {
		for j := max(0, i-4); j < i; j++ {
			if slices.Contains(pivots, t.form(j, i)) {
				return at + t.toks[i-1].end
			}
		}
	}
	return end
}

// personal reports whether somebody speaks of himself or greets.
func (t *text) personal() bool {
	for i := range t.toks {
		if slices.Contains(selves, t.form(i, i+1)) || i+1 < len(t.toks) && slices.Contains(selves, t.form(i, i+2)) {
			return true
		}
	}
	return false
}
