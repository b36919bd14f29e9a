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
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.years) > 0 || len(r.terms) > 0 && !e.onlyUses(r.oneTerms()) || len(r.foreign) > 0 || !onlyAbout(r.prose) || r.has(cueHow, cueGain, cueWhy) {
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
	for _, p := range e.fragments {
		if domains[p.domain] >= 3 || !p.has(word) {
			continue
		}
		if p.term == "" {
			domains[p.domain] = 3
			out.choices = append(out.choices, frame{rule: ruleDomain, domains: []policy.DomainID{p.domain}})
			continue
		}
		if domains[p.domain]++; domains[p.domain] == 1 {
			out.choices = append(out.choices, frame{rule: ruleTerm, terms: []string{p.term}})
		}
		terms = append(terms, p.term)
	}
	switch {
	case len(out.choices) == 0:
		return no()
	case len(out.choices) > 1:
		out.searched = true
		return out, true
	case len(terms) == 0:
		f.domains = out.choices[0].domains
		if r.has(cueWho, cueDistrict, cueWhere, cueLead) {
			return f.as(ruleLead)
		}
		return f.as(ruleDomain)
	}
	f.terms = terms
	return f.as(ruleTerm)
}

// bareHeads are nouns that say nothing of the name before them.
var bareHeads = []string{"research", "study", "studies", "problem", "testing", "expertise", "研究", "业务", "问题", "攻关", "课题"}

// freeWord returns the one stretch of the question that no name explains, if
// there is only one.
func (r *reading) freeWord() string {
	word, at, count := "", 0, 0
	add := func(i, j int) {
		for named := i; i < j && r.known[i] && !r.named(named); i++ {
			named = i + 1 // a number.
		}
		for j > i+1 && r.t.toks[j-1].class == classLatin && slices.Contains(bareHeads, r.t.form(j-1, j)) {
			j--
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
	for _, w := range bareHeads {
		if rest, ok := strings.CutSuffix(word, w); ok && !latin(w) && len([]rune(rest)) >= 2 {
			word = rest
		}
	}
	if count != 1 || latin(word) && len(word) < 4 || !latin(word) && len([]rune(word)) < 2 {
		return ""
	}
	return word
}

// named reports whether a term begins at the token.
func (r *reading) named(at int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from == at && m.first().kind == kindTerm })
}

// fragment is a domain or one of its terms, by what its names are made of.
type fragment struct {
	domain policy.DomainID
	term   string   // empty for the domain itself.
	han    []string // Chinese names.
	words  []string // normal forms of the words of the English ones.
}

// newFragments lists the domains, then the terms that a focus names, then the rest.
func newFragments(pol *policy.Policy) []fragment {
	var out []fragment
	add := func(d policy.DomainID, term string, a policy.Aliases, names ...string) {
		p := fragment{domain: d, term: term}
		for _, name := range append(names, a.All()...) {
			if !latin(name) {
				p.han = append(p.han, name)
				continue
			}
			n := newText(name)
			for i := range n.toks {
				p.words = append(p.words, n.form(i, i+1))
			}
		}
		out = append(out, p)
	}
	for _, d := range pol.Domains {
		add(d.ID, "", d.Aliases, d.Name.ZH, d.Name.EN)
	}
	for _, focused := range []bool{true, false} {
		for _, t := range pol.Terms {
			if named := slices.ContainsFunc(pol.InForce().Focus, func(fo policy.Focus) bool {
				return slices.ContainsFunc(fo.Terms, func(x policy.Term) bool { return x.ID == t.ID })
			}); named == focused {
				add(t.Domain, t.ID, t.Aliases, t.Name.ZH, t.Name.EN)
			}
		}
	}
	return out
}

// has reports whether the word is a part of one of the names: two characters
// or more of a Chinese name, a whole word of an English one.
func (p *fragment) has(word string) bool {
	if latin(word) {
		return slices.Contains(p.words, word)
	}
	return slices.ContainsFunc(p.han, func(name string) bool { return strings.Contains(name, word) })
}

// chooseTermWords finds a term of which the question says several words in
// another order or with others between: "emergency satellite communication".
func (e *Engine) chooseTermWords(r *reading, f frame) (frame, bool) {
	if len(r.domains)+len(r.terms)+len(r.indicators)+len(r.prose)+len(r.foreign) > 0 || r.han() {
		return no()
	}
	if !r.has(cueWho, cueWhich, cueDomain, cueDistrict, cueBelong, cueLead, cueWhere, cueSource) {
		return no()
	}
	var words []string
	strange := 0
	for i := range r.t.toks {
		w := r.t.form(i, i+1)
		if !r.known[i] {
			strange++
		}
		if len(w) > 3 && !dull[w] {
			words = append(words, w)
		}
	}
	if strange == 0 {
		return no()
	}
	best, at := 1, -1
	for i := range e.fragments {
		p := &e.fragments[i]
		if p.term == "" {
			continue
		}
		n := 0
		for _, w := range words {
			if slices.Contains(p.words, w) && !slices.ContainsFunc(r.mentions, func(m mention) bool { return m.key == w && m.first().kind == kindFiller }) {
				n++
			}
		}
		if n > best {
			best, at = n, i
		}
	}
	if at < 0 || best < strange {
		return no()
	}
	f.terms = []string{e.fragments[at].term}
	if r.has(cueSource) {
		return f.as(ruleWhere)
	}
	if len(r.districts) > 0 {
		return f.as(ruleCheckTerm)
	}
	return f.as(ruleTerm)
}

// chooseWithin finds a word that is no name by itself but stands in one focus
// alone of the only district that is named: 昆山的航空.
func (e *Engine) chooseWithin(r *reading, f frame) (frame, bool) {
	if len(r.districts) != 1 || len(r.domains)+len(r.indicators)+len(r.terms)+len(r.prose)+len(r.foreign)+len(r.years)+len(r.numbers) > 0 || r.has(cueReported, cueMissing, cueProgress, cueQuantity, cueMuch) {
		return no()
	}
	words := []string{r.freeWord()}
	if r.has(cueFocus) {
		words = r.looseWords()
	} else if words[0] == "" || r.unknown > 4 {
		return no()
	}
	var found policy.DomainID
	for _, fo := range e.layout.FocusesIn(r.districts[0]) {
		d, _ := e.pol.Domain(fo.Domain)
		p := fragment{han: []string{fo.Text.ZH, d.Name.ZH}}
		for _, en := range []string{fo.Text.EN, d.Name.EN} {
			t := newText(en)
			for i := range t.toks {
				p.words = append(p.words, t.form(i, i+1))
			}
		}
		if !slices.ContainsFunc(words, p.has) {
			continue
		}
		if found != "" {
			return no()
		}
		found = fo.Domain
	}
	if found == "" {
		return no()
	}
	f.domains = []policy.DomainID{found}
	return f.as(ruleFocus)
}

// looseWords returns the words of the question that no name explains: pairs of
// characters, words of some length, and words for a sort of technology.
func (r *reading) looseWords() []string {
	var out []string
	for i := range r.t.toks {
		tech := slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from <= i && i < m.to && m.has(cueTech) })
		switch w := r.t.form(i, i+1); {
		case r.known[i] && !tech:
		case r.t.toks[i].class == classLatin && len(w) >= 5:
			out = append(out, w)
		case r.t.toks[i].class == classHan && i+1 < len(r.t.toks) && r.t.toks[i+1].class == classHan && !r.known[i+1]:
			out = append(out, r.t.form(i, i+2))
		}
	}
	return out
}
