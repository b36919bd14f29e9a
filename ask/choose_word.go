package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// chooseWord finds a word that is no name by itself but a part of the names of
// terms: 卫星, software. Where the terms stand in several domains, it asks back;
// where they stand in one, that domain answers.
func (e *Engine) chooseWord(r *reading, f frame) (frame, bool) {
	if r.subject() && (len(r.prose) == 0 || len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0) || len(r.foreign) > 0 || r.has(cueHow, cueGain, cueWhy) {
		return no()
	}
	word := r.freeWord()
	if word == "" {
		return no()
	}
	var ids []string
	domains := map[policy.DomainID]int{}
	for _, t := range e.pol.Terms {
		if t.Kind == policy.TermUse || domains[t.Domain] >= 3 || !e.lex.partOf(word, t) {
			continue
		}
		domains[t.Domain]++
		ids = append(ids, t.ID)
	}
	switch {
	case len(ids) == 0:
		return no()
	case len(domains) > 1:
		// One of each domain, those that a focus names before the others.
		var pick []string
		seen := map[policy.DomainID]bool{}
		for _, focused := range []bool{true, false} {
			for _, id := range ids {
				t, _ := e.pol.Term(id)
				if !seen[t.Domain] && focused == e.focused(id) {
					seen[t.Domain] = true
					pick = append(pick, id)
				}
			}
		}
		return e.ambiguousTerms(r, f, pick)
	}
	f.terms = ids
	return f.as(ruleTerm)
}

// focused reports whether a focus phrase names the term.
func (e *Engine) focused(id string) bool {
	return slices.ContainsFunc(e.pol.Layouts.Latest().Focus, func(fo policy.Focus) bool {
		return slices.ContainsFunc(fo.Terms, func(t policy.Term) bool { return t.ID == id })
	})
}

// freeWord returns the one stretch of the question that nothing explains, if
// there is only one.
func (r *reading) freeWord() string {
	word, at, count := "", 0, 0
	add := func(i, j int) {
		if i < j {
			word = r.t.form(i, j)
			count++
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.first().kind == kindTerm {
			continue
		}
		add(at, m.from)
		at = m.to
	}
	add(at, len(r.t.toks))
	if count != 1 {
		return ""
	}
	if latin(word) && len(word) < 4 || !latin(word) && len([]rune(word)) < 2 {
		return ""
	}
	return word
}

// partOf reports whether the word is a part of one of the term's names: two
// characters or more of a Chinese name, a whole word of an English one.
func (x *lexicon) partOf(word string, t policy.Term) bool {
	for _, name := range append([]string{t.Name.ZH, t.Name.EN}, t.Aliases.All()...) {
		if !latin(word) {
			if strings.Contains(name, word) {
				return true
			}
			continue
		}
		n := newText(name)
		for i := range n.toks {
			if n.form(i, i+1) == word {
				return true
			}
		}
	}
	return false
}
