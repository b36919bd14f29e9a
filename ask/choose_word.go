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
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.years) > 0 || len(r.terms) > 0 && !e.onlyUses(r.oneTerms()) || len(r.foreign) > 0 || r.has(cueHow, cueGain, cueWhy) {
		return no()
	}
	if r.has(cuePrinciple, cueAction, cueSafeguard, cueBasis, cueBatch, cueEvaluate, cueQuantity, cueIndicator, cueSource, cueLayout, cueIssuer, cueTitle, cueDate) {
		return no()
	}
	word := r.freeWord()
	if word == "" {
		return no()
	}
	var terms []string
	domains := map[policy.DomainID]int{}
	out := frame{rule: ruleChoose}
	for _, d := range e.pol.Domains {
		if partOf(word, append([]string{d.Name.ZH, d.Name.EN}, d.Aliases.All()...)) {
			domains[d.ID] = 3
			out.choices = append(out.choices, frame{rule: ruleDomain, domains: []policy.DomainID{d.ID}})
		}
	}
	for _, focused := range []bool{true, false} {
		for _, t := range e.pol.Terms {
			if focused != e.focused(t.ID) || domains[t.Domain] >= 3 || !partOf(word, append([]string{t.Name.ZH, t.Name.EN}, t.Aliases.All()...)) {
				continue
			}
			if domains[t.Domain]++; domains[t.Domain] == 1 {
				out.choices = append(out.choices, frame{rule: ruleTerm, terms: []string{t.ID}})
			}
			terms = append(terms, t.ID)
		}
	}
	switch {
	case len(out.choices) == 0:
		return no()
	case len(out.choices) > 1:
		return out, true
	case len(terms) == 0:
		return no()
	}
	f.terms = terms
	return f.as(ruleTerm)
}

// focused reports whether a focus phrase names the term.
func (e *Engine) focused(id string) bool {
	return slices.ContainsFunc(e.pol.Layouts.Latest().Focus, func(fo policy.Focus) bool {
		return slices.ContainsFunc(fo.Terms, func(t policy.Term) bool { return t.ID == id })
	})
}

// freeWord returns the one stretch of the question that no name explains, if
// there is only one.
func (r *reading) freeWord() string {
	word, at, count := "", 0, 0
	add := func(i, j int) {
		for named := i; i < j && r.known[i] && !r.named(named); i++ {
			named = i + 1 // a number.
		}
		if i < j {
			word = r.t.form(i, j)
			count++
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.first().kind == kindTerm && !m.cued() {
			add(m.from, m.to)
			at = m.to
			continue
		}
		add(at, m.from)
		at = m.to
	}
	add(at, len(r.t.toks))
	if count != 1 || latin(word) && len(word) < 4 || !latin(word) && len([]rune(word)) < 2 {
		return ""
	}
	return word
}

// named reports whether a term begins at the token.
func (r *reading) named(at int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from == at && m.first().kind == kindTerm })
}

// partOf reports whether the word is a part of one of the names: two
// characters or more of a Chinese name, a whole word of an English one.
func partOf(word string, names []string) bool {
	for _, name := range names {
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
