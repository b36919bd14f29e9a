package policy

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"

	"wainao/lang"
)

// Key returns the form of a word in which names are compared: half width,
// lower case, without spaces, hyphens, underscores, middle dots and quotes.
func Key(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return -1
		case strings.ContainsRune("-_‐‑–—·•・'\"“”‘’", r):
			return -1
		}
		return unicode.ToLower(r)
	}, foldWidth(word))
}

// index finds things by their words.
type index struct {
	domains    map[string]int
	districts  map[string]int
	indicators map[string]int
	terms      map[string][]int
}

// Domain returns the domain with the id.
func (p *Policy) Domain(id DomainID) (Domain, bool) {
	return byID(p.Domains, func(d Domain) bool { return d.ID == id })
}

// District returns the district with the id.
func (p *Policy) District(id DistrictID) (District, bool) {
	return byID(p.Districts, func(d District) bool { return d.ID == id })
}

// Indicator returns the indicator with the id.
func (p *Policy) Indicator(id IndicatorID) (Indicator, bool) {
	return byID(p.Indicators, func(i Indicator) bool { return i.ID == id })
}

// Term returns the term with the id.
func (p *Policy) Term(id string) (Term, bool) {
	return byID(p.Terms, func(t Term) bool { return t.ID == id })
}

// Damage returns the damaged place with the id.
func (p *Policy) Damage(id string) (Damage, bool) {
	return byID(p.Damages, func(d Damage) bool { return d.ID == id })
}

// Section returns the section or subsection with the number, as in
// [Citation.Section].
func (p *Policy) Section(number string) (Section, bool) {
	return byID(p.Sections, func(s Section) bool { return s.Number == number })
}

func byID[T any](all []T, match func(T) bool) (T, bool) {
	if i := slices.IndexFunc(all, match); i >= 0 {
		return all[i], true
	}
	var zero T
	return zero, false
}

// LayoutAt returns the layout in force at t, adopted ones included; see
// [Layouts.At].
func (p *Policy) LayoutAt(t time.Time) Layout { return p.Layouts.At(t) }

// TargetYears returns the years that have targets, in order.
func (p *Policy) TargetYears() []int {
	var years []int
	for _, t := range p.Targets {
		if !slices.Contains(years, t.Year) {
			years = append(years, t.Year)
		}
	}
	slices.Sort(years)
	return years
}

// TargetsOf returns the targets of a year as printed, those without a number
// included.
func (p *Policy) TargetsOf(year int) []Target {
	return where(p.Targets, func(t Target) bool { return t.Year == year })
}

// TargetsFor returns the targets of an indicator by year. A register may have
// none.
func (p *Policy) TargetsFor(indicator IndicatorID) []Target {
	return where(p.Targets, func(t Target) bool { return t.Indicator == indicator })
}

// Target returns the target of an indicator for a year. No year has two for
// one indicator.
func (p *Policy) Target(indicator IndicatorID, year int) (Target, bool) {
	return byID(p.Targets, func(t Target) bool { return t.Indicator == indicator && t.Year == year })
}

func where[T any](all []T, keep func(T) bool) []T {
	var out []T
	for _, t := range all {
		if keep(t) {
			out = append(out, t)
		}
	}
	return out
}

// Batches returns the eight "a batch of" items in their printed order.
func (p *Policy) Batches() []Batch {
	var out []Batch
	for _, s := range p.Safeguards {
		out = append(out, s.Batches...)
	}
	return out
}

// FindDomain returns the domain that a person names by its id, number, name,
// short name or alias in either language, whatever the case, width and
// spacing. It does not forgive misspellings.
func (p *Policy) FindDomain(word string) (Domain, bool) {
	return find(p.Domains, p.index.domains, word)
}

// FindDistrict returns the district that a person names; see
// [Policy.FindDomain].
func (p *Policy) FindDistrict(word string) (District, bool) {
	return find(p.Districts, p.index.districts, word)
}

// FindIndicator returns the indicator that a person names; see
// [Policy.FindDomain].
func (p *Policy) FindIndicator(word string) (Indicator, bool) {
	return find(p.Indicators, p.index.indicators, word)
}

// FindTerms returns the terms that the word names, by id, name or alias. They
// are several when domains share a word, as they do for fields of use.
func (p *Policy) FindTerms(word string) []Term {
	var out []Term
	for _, i := range p.index.terms[Key(word)] {
		out = append(out, p.Terms[i])
	}
	return out
}

func find[T any](all []T, index map[string]int, word string) (T, bool) {
	if i, ok := index[Key(word)]; ok {
		return all[i], true
	}
	var zero T
	return zero, false
}

// Covers returns the focuses of the layout that cover the term: those whose
// phrase names it; where none does, those that name something of which the term
// is a case or a part; where none does either, those that name a case or a part
// of it. It is empty when no focus phrase covers the term: then every district
// of the term's domain may be concerned, and an answer should say so.
func (p *Policy) Covers(l Layout, term string) []Focus {
	t, ok := p.Term(term)
	if !ok {
		return nil
	}
	naming := func(match func(id string) bool) []Focus {
		return where(l.FocusesOf(t.Domain), func(f Focus) bool {
			return slices.ContainsFunc(f.Terms, func(t Term) bool { return match(t.ID) })
		})
	}
	if out := naming(func(id string) bool { return id == t.ID }); len(out) > 0 {
		return out
	}
	above := p.broader(t.ID, nil)
	if out := naming(func(id string) bool { return slices.Contains(above, id) }); len(out) > 0 {
		return out
	}
	return naming(func(id string) bool { return slices.Contains(p.broader(id, nil), t.ID) })
}

// broader appends the term's id and those of everything broader.
func (p *Policy) broader(id string, ids []string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	ids = append(ids, id)
	t, _ := p.Term(id)
	for _, b := range t.Broader {
		ids = p.broader(b, ids)
	}
	return ids
}

// CheckLayout reports what is wrong with a layout version that did not come
// from the data: an unknown domain or district, a pair given twice, a focus
// without words in both languages, nothing at all, or no effective date. A
// domain that nobody leads is allowed: an evaluation may drop a field. The
// error is a [lang.Problem].
func (p *Policy) CheckLayout(l Layout) error {
	if l.Effective.IsZero() {
		return lang.Problemf("layout-effective", "新布局没有生效日期。", "The new layout has no effective date.")
	}
	if len(l.Focus) == 0 {
		return lang.Problemf("layout-empty", "新布局没有任何主攻方向。", "The new layout gives no domain to any district.")
	}
	for i, f := range l.Focus {
		domain, ok := p.Domain(f.Domain)
		if !ok {
			return lang.Problemf("layout-domain", "没有领域“%s”。", "There is no domain %q.", string(f.Domain))
		}
		district, ok := p.District(f.District)
		if !ok {
			return lang.Problemf("layout-district", "没有板块“%s”。", "There is no district %q.", string(f.District))
		}
		if !f.Text.Complete() {
			return lang.Problemf("layout-focus", "%s在%s的主攻方向要有中英文两种文字。",
				"The focus of %s in %s needs words in both languages.", district.Name, domain.Name)
		}
		if j := slices.IndexFunc(l.Focus, func(g Focus) bool { return g.Domain == f.Domain && g.District == f.District }); j < i {
			return lang.Problemf("layout-pair", "%s的%s列了两次。", "%s is given %s twice.", district.Name, domain.Name)
		}
	}
	return nil
}

// foldWidth turns full-width letters, digits and signs into half width.
func foldWidth(s string) string { return width.Fold.String(s) }
