package policy

import (
	"slices"
	"unicode"

	"wainao/lang"
)

// How many of each set the policy has. The sets whose members have constants
// are compared with those.
const (
	numFocuses    = 17
	numPrinciples = 4
	numActions    = 5
	numSafeguards = 4
	numBatches    = 8
)

// checks are the rules that look across entries and files.
type checks struct {
	p     *problems
	ids   map[string]map[string]place // by kind and id.
	words map[string]map[string]owner // by kind and key of the word.
	refs  []reference
	used  map[string]bool // the terms that some direction or focus names.
}

type owner struct {
	id string
	at place
}

type reference struct {
	kind, id string
	at       place
}

func newChecks(p *problems) checks {
	return checks{p: p, ids: map[string]map[string]place{}, words: map[string]map[string]owner{}, used: map[string]bool{}}
}

// id takes an entry's own id and claims it.
func (c *checks) id(kind string, o *object) string {
	v := o.need("id")
	id := v.string()
	if id == "" {
		return ""
	}
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			c.p.addf(v.at, "id %q may hold only a to z, 0 to 9 and hyphens", id)
			break
		}
	}
	c.claim(kind, id, v.at)
	return id
}

// claim notes that an id is taken.
func (c *checks) claim(kind, id string, at place) {
	if id == "" {
		return
	}
	if c.ids[kind] == nil {
		c.ids[kind] = map[string]place{}
	}
	if first, ok := c.ids[kind][id]; ok {
		c.p.addf(at, "%s %q is already defined at %s", kind, id, first)
		return
	}
	c.ids[kind][id] = at
}

// refer notes that an id is pointed at; resolve checks it at the end.
func (c *checks) refer(kind, id string, at place) {
	if id != "" {
		c.refs = append(c.refs, reference{kind, id, at})
	}
}

// name claims the words by which an entry is known among those of its kind.
func (c *checks) name(kind, id string, o *object, aliases Aliases, names ...lang.Text) {
	words := []string{id}
	for _, n := range names {
		words = append(words, n.ZH, n.EN)
	}
	at := o.at
	for i, w := range append(words, aliases.All()...) {
		if f, ok := o.fields["aliases"]; ok && i >= len(words) {
			at = f.at
		}
		key := Key(w)
		if key == "" {
			continue
		}
		if c.words[kind] == nil {
			c.words[kind] = map[string]owner{}
		}
		if first, ok := c.words[kind][key]; ok && first.id != id {
			c.p.addf(at, "%s %q and %q at %s are both called %q", kind, id, first.id, first.at, w)
			continue
		}
		c.words[kind][key] = owner{id, at}
	}
}

// count checks the size of a set.
func (c *checks) count(o *object, what string, got, want int) {
	if o.node != nil && got != want {
		c.p.addf(o.at, "holds %d %s, must hold %d", got, what, want)
	}
}

// ordered checks that a set has exactly the ids that the code has, in their
// order.
func ordered[T any, ID ~string](ld *loader, kind string, o *object, all []T, want []ID, id func(T) ID) {
	ld.count(o, kind+"s", len(all), len(want))
	for i, t := range all {
		at, known := ld.ids[kind][string(id(t))]
		switch {
		case !known: // Missing or malformed; that is said already.
		case !slices.Contains(want, id(t)):
			ld.p.addf(at, "%s %q is none of %v", kind, id(t), want)
		case i < len(want) && id(t) != want[i]:
			ld.p.addf(at, "%s %q stands where %q belongs", kind, id(t), want[i])
		}
	}
}

// cite takes an entry's citation, a section's number.
func (ld *loader) cite(o *object) Citation {
	v := o.need("cite")
	return ld.citation(v.string(), v.at)
}

func (ld *loader) citation(section string, at place) Citation {
	if section == "" {
		return Citation{}
	}
	s, ok := ld.policy.Section(section)
	if !ok {
		ld.p.addf(at, "the document has no section %q", section)
	}
	return s.Cite
}

// termRef notes that a term of the domain is pointed at.
func (ld *loader) termRef(v value, domain DomainID) {
	ld.refer("term of "+string(domain), v.string(), v.at)
}

// resolve checks what can be checked only after everything is read.
func (ld *loader) resolve() {
	for _, t := range ld.policy.Terms {
		at := ld.ids["term"][t.ID]
		kind := "term of " + string(t.Domain)
		if ld.ids[kind] == nil {
			ld.ids[kind] = map[string]place{}
		}
		ld.ids[kind][t.ID] = at
		if !ld.used[t.ID] && t.ID != "" {
			ld.p.addf(at, "no direction and no focus names the term %q", t.ID)
		}
		for _, b := range t.Broader {
			if slices.Contains(ld.policy.broader(b, nil), t.ID) {
				ld.p.addf(at, "the term %q is broader than itself", t.ID)
			}
		}
	}
	for _, r := range ld.refs {
		if _, ok := ld.ids[r.kind][r.id]; !ok {
			ld.p.addf(r.at, "there is no %s %q", r.kind, r.id)
		}
	}
}

// buildIndex makes the words of the entries findable.
func (ld *loader) buildIndex() index {
	x := index{terms: map[string][]int{}}
	position := func(kind string) map[string]int {
		out := map[string]int{}
		for key, o := range ld.words[kind] {
			out[key] = slices.Index(order(kind), o.id)
		}
		return out
	}
	x.domains, x.districts, x.indicators = position("domain"), position("district"), position("indicator")
	for i, t := range ld.policy.Terms {
		for _, w := range append(t.Aliases.All(), t.ID, t.Name.ZH, t.Name.EN) {
			if key := Key(w); !slices.Contains(x.terms[key], i) {
				x.terms[key] = append(x.terms[key], i)
			}
		}
	}
	return x
}

// order lists the ids of a kind as strings.
func order(kind string) []string {
	var out []string
	switch kind {
	case "domain":
		for _, id := range DomainIDs() {
			out = append(out, string(id))
		}
	case "district":
		for _, id := range DistrictIDs() {
			out = append(out, string(id))
		}
	case "indicator":
		for _, id := range IndicatorIDs() {
			out = append(out, string(id))
		}
	}
	return out
}

// hasHan reports whether s holds a Chinese character.
func hasHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
