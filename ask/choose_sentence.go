package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// telling is a sentence of an English question, or what stands in it like one: between
// dashes, in parentheses, behind a comma where somebody begins to speak of himself.
type telling struct {
	text string
	asks bool
}

// openers begin a sentence that asks or tells the bot to answer.
var openers = []string{
	"what", "which", "who", "whom", "whose", "where", "whereabouts", "when", "why", "how", "whats", "whos",
	"list", "name", "tell", "give", "show", "explain", "describe", "summarise", "summarize", "enumerate", "outline", "remind",
}

// prepositions and small words that may stand before an interrogative: in which, so how.
var beforeOpeners = []string{"so", "and", "but", "then", "now", "well", "ok", "okay", "please", "kindly", "hi", "hello", "also", "just", "in", "to", "by", "under", "for", "of", "at", "on", "with", "from", "since", "until"}

// opens reports whether the sentence begins as one that asks.
func (t *text) opens() bool {
	for i := 0; i < min(3, len(t.toks)); i++ {
		w := t.form(i, i+1)
		if slices.Contains(openers, w) {
			return true
		}
		if auxiliaries[w] && i+1 < len(t.toks) {
			return true
		}
		if !slices.Contains(beforeOpeners, w) {
			return false
		}
	}
	return false
}

// wanted returns the token at which the thing is named that somebody needs to be told, or
// 0: "now she wants the exact emphasis", "for the table we need the districts".
func (t *text) wanted() int {
	for i := 1; i+1 < len(t.toks); i++ {
		if slices.Contains([]string{"need", "want"}, t.form(i, i+1)) && slices.Contains([]string{"i", "we", "he", "she", "they", "bos", "mayor", "boss", "just", "only", "still"}, t.form(i-1, i)) && slices.Contains([]string{"the", "all", "its", "their", "every", "each", "both"}, t.form(i+1, i+2)) {
			return i + 1
		}
	}
	return 0
}

// tellings divides an English question into its sentences.
func tellings(s string) []telling {
	var out []telling
	add := func(part, mark string) {
		t := newText(part)
		if len(t.toks) > 0 {
			told := telling{strings.TrimSpace(part) + mark, mark == "?" || t.opens()}
			if at := t.wanted(); at > 0 && !told.asks {
				told = telling{strings.TrimSpace(part[t.toks[at].start:]) + mark, true}
			}
			out = append(out, told)
		}
	}
	from := 0
	cut := func(to, next int, mark string) {
		add(s[from:to], mark)
		from = next
	}
	for i := 0; i < len(s); i++ {
		rest := s[i:]
		space := i+1 == len(s) || s[i+1] == ' ' || s[i+1] == '\n'
		switch {
		case s[i] == '?' || s[i] == '!' || s[i] == ';' || s[i] == '\n':
			cut(i, i+1, strings.Trim(s[i:i+1], ";\n"))
		case s[i] == '.' && space && (i < 4 || s[i-2] != '.' && s[i-2] != ' '):
			cut(i, i+1, ".")
		case s[i] == '(' && strings.IndexByte(rest, ')') > 0:
			end := i + strings.IndexByte(rest, ')')
			if t := newText(s[i+1 : end]); len(t.toks) < 2 {
				continue // (1), (e-CNY)
			}
			inner := telling{text: s[i+1 : end]}
			s = s[:i] + s[end+1:]
			out = append(out, inner)
			i--
		case strings.HasPrefix(rest, " - "), strings.HasPrefix(rest, " – "), strings.HasPrefix(rest, " — "), strings.HasPrefix(rest, "—"):
			width := len(rest) - len(strings.TrimLeft(rest, " -–—"))
			cut(i, i+width, "")
			i += width - 1
		case strings.HasPrefix(rest, ", "):
			next := newText(rest[2:min(len(rest), 40)])
			if len(next.toks) < 2 {
				continue
			}
			w := next.form(0, 1)
			told := newText(s[from:i])
			if w == "so" && next.opens() || (told.opens() || containsAny(told.buf, "pls", "please")) && len(told.toks) > 3 && slices.Contains(speakers, w) && next.form(1, 2) != "mean" {
				cut(i, i+1, "")
			}
		}
	}
	add(s[from:], "")
	return out
}

// backs are words that point back to what was told before.
var backs = []string{"it", "they", "them", "its", "their", "those", "these", "he", "she", "his", "her", "him", "one", "ones", "same", "such", "former", "latter", "both", "else", "other"}

// pointsBack reports whether the sentence points to what was told before it.
func (r *reading) pointsBack() bool {
	n := len(r.t.toks)
	for i := range n {
		w := r.t.form(i, i+1)
		switch {
		case slices.Contains(plurals, w) && r.namedBefore(i):
		case slices.Contains(backs, w):
			return true
		case w == "this" && (i+1 == n || !slices.Contains([]string{"document", "policy", "paper", "text", "plan", "year", "file", "opinion", "city", "programme"}, r.t.form(i+1, i+2))):
			return true
		case w == "that" && (i+1 == n || i > 0 && (auxiliaries[r.t.form(i-1, i)] || slices.Contains(beforeOpeners, r.t.form(i-1, i)) || slices.Contains(openers, r.t.form(i-1, i)))):
			return true
		case w == "there" && !r.about() && !r.hasNoun():
			return true
		}
	}
	return false
}

// speakers begin a sentence in which somebody tells of himself.
var speakers = []string{"i", "im", "we", "my", "our"}

// topic makes the first sentence the one that asks where none does and somebody only
// tells of himself behind it: "Kunshan's part, please. We meet them tonight.", as people write.
func topic(all []telling) {
	if len(all) < 2 || slices.ContainsFunc(all, func(s telling) bool { return s.asks }) {
		return
	}
	for i, s := range all {
		t := newText(s.text)
		if told := slices.Contains(speakers, t.form(0, 1)); told == (i == 0) {
			return
		}
	}
	all[0].asks = true
}

// plurals are those words that point to several things, which may stand in the same
// sentence.
var plurals = []string{"they", "them", "their", "those", "these", "one", "ones", "both", "such"}

// namedBefore reports whether something of the policy or a sort of things is named
// before the token.
func (r *reading) namedBefore(at int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		_, noun := m.noun()
		return m.to <= at && (noun || m.first().kind < kindDocument)
	})
}

// direct returns the reading of the sentences of an English question that ask, where
// the others only tell why, for whom or what somebody knows already.
func (e *Engine) direct(r *reading) (q *reading, placed, ok bool) {
	if r.han() {
		return nil, false, false
	}
	if _, ok := e.chooseDamage(r, r.base()); ok {
		return nil, false, false // what is missing is told, too.
	}
	all := tellings(r.t.orig)
	topic(all)
	var kept []string
	first := -1
	for i, s := range all {
		if s.asks {
			if first < 0 {
				first = i
			}
			kept = append(kept, s.text)
		}
	}
	if len(kept) == 0 || len(kept) == len(all) || len(all) > maxClauses {
		return nil, false, false
	}
	t := newText(strings.Join(kept, " "))
	q = newReading(t, e.lex.scan(t))
	back, ours := q.pointsBack(), false
	for i := range t.toks {
		ours = ours || slices.Contains([]string{"we", "our", "us", "my"}, t.form(i, i+1))
	}
	for i, s := range all {
		if s.asks {
			continue
		}
		beside, told := e.tells(s.text, q, i < first, back, ours)
		if !told {
			return nil, false, false
		}
		placed = placed || beside
	}
	return q, placed, true
}

// tells reports whether the sentence only tells something beside what the others
// ask, before or behind them; placed, that it names a district, which does not matter
// where the answer is the same for all of them.
func (e *Engine) tells(s string, q *reading, before, back, ours bool) (placed, ok bool) {
	t := newText(s)
	c := newReading(t, e.lex.scan(t))
	whole := q.about() || q.hasNoun()
	strange := slices.ContainsFunc(c.foreign, func(m *mention) bool { return m.first().id != foreignPerson })
	first := t.form(0, 1)
	switch {
	case c.has(cueInject), len(c.years) > 0, before && (back || len(t.toks) < 4):
		return false, false
	case strange && (!whole || ours || q.has(cueCompare)):
		return false, false
	case c.about():
		if before && len(c.domains)+len(c.districts)+len(c.indicators)+len(c.terms) == 0 && q.hasNoun() && q.has(cueCount) {
			return false, true // where what is counted stands.
		}
		if before && len(c.indicators)+len(c.terms)+len(c.districts) == 0 && len(q.domains) > 0 && !slices.ContainsFunc(c.domains, func(d policy.DomainID) bool { return !slices.Contains(q.domains, d) }) {
			return false, true // the same again.
		}
		if before || len(c.domains)+len(c.indicators)+len(c.terms) > 0 {
			return false, false
		}
		known := onlyAbout(c.prose) && !ours && len(q.domains)+len(q.terms) > 0 && len(q.districts) == 0 && q.has(cueDistrict, cueWho, cueLead)
		return !known, known || slices.Contains(speakers, first)
	case c.hasNoun() && before:
		return false, q.about() || len(q.years) > 0
	case c.hasNoun():
		return false, whole && !slices.Contains([]string{"mean", "need", "want", "only", "just", "not"}, t.form(1, min(2, len(t.toks)))) && !slices.Contains(narrowing, first)
	}
	return false, before || !slices.Contains(narrowing, first)
}

// narrowing begin a sentence that tells what of the answer is wanted.
var narrowing = []string{"only", "just", "not", "no", "and", "or", "but", "by", "for", "in"}

// general are the rules whose answers are the same whichever district asks.
var general = []rule{ruleDocument, ruleProse, ruleActions, ruleSafeguards, rulePrinciples, ruleSections, ruleDamage, ruleFoundation}

// answers reports whether the frame answers what the sentences ask, by themselves.
func (e *Engine) answers(q *reading, placed bool, f frame, like likeness) bool {
	if placed && !slices.Contains(general, f.rule) {
		return false
	}
	if refusing[f.rule] || f.rule == ruleChoose || !f.named && like.sense == nil && (!q.about() || q.t.opens() || q.t.question) {
		return false
	}
	_, not := e.missed(q, f)
	return !not
}
