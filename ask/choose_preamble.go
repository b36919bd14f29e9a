package ask

import (
	"slices"
	"strings"
)

// pivots are words with which people come to what they ask, in normal form.
var pivots = []string{
	"想问", "想知道", "请问", "想了解", "请教", "想确认", "问一下", "问下", "告诉我", "想弄清",
	"curious", "wonder", "wondering", "tellme", "toknow", "toask", "tocheck", "letmeknow", "findout",
}

// selves are the words of who speaks, and of who is greeted.
var selves = []string{"我", "咱", "您好", "你好", "大家", "各位", "i", "we", "my", "our", "me", "us", "im", "hi", "hello", "dear"}

// chores open a clause in which somebody only tells what he is busy with: making
// a slide.
var chores = []string{"making", "preparing", "prepping", "writing", "drafting", "compiling", "designing", "filling", "updating", "typing", "editing", "finishing", "putting"}

// withoutPreamble returns the reading without the clauses at the beginning in which
// people only tell who they are and why they ask: they speak of themselves and
// name nothing of the policy, while what follows asks for something that it
// names.
func (r *reading) withoutPreamble() *reading {
	n := len(r.t.toks)
	busy := n > 0 && slices.Contains(chores, r.t.form(0, 1))
	if n < 8 || !busy && !r.t.personal(0, n) {
		return r
	}
	at, personal, foreign := 0, busy, false
	for at < n {
		end := r.t.clauseEnd(at)
		if end == n || r.asksIn(at, end) {
			break
		}
		personal = personal || r.t.personal(at, end)
		foreign = foreign || slices.ContainsFunc(r.foreign, func(m *mention) bool { return at <= m.from && m.from < end })
		at = end
	}
	if at == 0 || !personal {
		return r
	}
	t := newText(strings.TrimSpace(r.t.orig[r.t.toks[at].start:]))
	if len(t.toks) != n-at {
		return r // something stands between its marks that is read otherwise by itself.
	}
	var mentions []mention
	for _, m := range r.mentions {
		if m.from >= at {
			m.from, m.to = m.from-at, m.to-at
			mentions = append(mentions, m)
		}
	}
	c := newReading(t, mentions)
	asks := t.question || c.has(cueWhich, cueWho, cueCount, cueMuch, cueList, cueOverview, cueYesNo, cueTag, cueHow, cueWhere, cueWhen, cueSource, cueLead, cueFocus)
	if !c.about() && (!busy || !c.has(cueList, cueWhich, cueWho, cueCount) || !c.hasNoun()) || c.total < 5 || !asks || r.total-c.total < 4 && !foreign {
		return r
	}
	return c
}

// asksIn reports whether the tokens from i up to j may belong to the question:
// they name something of the policy or a number, or ask by themselves.
func (r *reading) asksIn(i, j int) bool {
	for k := range r.mentions {
		m := &r.mentions[k]
		if m.from < i || m.from >= j {
			continue
		}
		if first := m.first().kind; first < kindCue && first != kindDocument || m.to > j || m.has(cueInject) || m.has(cueExcept) || m.has(cueNot) {
			return true
		}
		if r.t.weight(i, j) >= 6 && slices.ContainsFunc([]cue{cueWhich, cueWho, cueCount, cueMuch, cueHow, cueWhere, cueWhen, cueOverview, cueList, cueSource}, m.has) {
			return true
		}
	}
	if slices.ContainsFunc(r.t.amounts(), func(a amount) bool { return i <= a.from && a.from < j }) {
		return true
	}
	return strings.ContainsAny(r.t.orig[r.t.toks[i].start:r.t.toks[j].start], "?？")
}

// stops end a clause that may be left out; each has a twin of the other width.
const stops = "。！；，：？!;,:?\n"

// ends reports whether a clause ends with what stands between two tokens.
func ends(between string) bool {
	return strings.ContainsAny(between, stops) || between == " - " || strings.ContainsAny(between, "–—")
}

// clauseEnd returns the token behind the clause that begins at one: behind a
// mark, or behind the last pivot before it.
func (t *text) clauseEnd(i int) int {
	end := i + 1
	for end < len(t.toks) && (!ends(t.orig[t.toks[end-1].end:t.toks[end].start]) || t.toks[end].class == classNumber) {
		end++
	}
	for to := end; to > i; to-- {
		for from := max(i, to-4); from < to; from++ {
			if slices.Contains(pivots, t.form(from, to)) {
				return to
			}
		}
	}
	return end
}

// personal reports whether somebody speaks of himself or greets between two
// tokens.
func (t *text) personal(from, to int) bool {
	for i := from; i < to; i++ {
		if slices.Contains(selves, t.form(i, i+1)) || i+1 < to && slices.Contains(selves, t.form(i, i+2)) {
			return true
		}
	}
	return false
}
