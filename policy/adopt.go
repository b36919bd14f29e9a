package policy

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"wainao/lang"
)

// Adoption is what one decision changes in the policy from a day on: the next
// version of the layout with the domains that are new in it, of targets, or of
// indicators' definitions. What it does not name stays.
type Adoption struct {
	Effective  time.Time   // Midnight of the first day in [Zone].
	Layout     *Layout     // The next version, effective on the same day; nil when the layout stays.
	Domains    []Domain    // Those that the policy did not have; their numbers are given when they join.
	Targets    []Target    // Each in the place of the one with its id, or new.
	Indicators []Indicator // Each in the place of the one with its id.
	Source     lang.Text   // What decided it, in words.
	Reason     string      // As it was written; empty when none is known.
}

// stretch is the policy as it is from a day on, until the next stretch.
type stretch struct {
	from   time.Time // Zero for the policy's own.
	policy *Policy
}

// With returns the policy with one more adoption; p stays as it is. The error
// is a [lang.Problem]: what [Layouts.With] and [Policy.CheckLayout] say of the
// layout; "adoption-empty"; "domain-id", "domain-words" or "domain-known" for a
// domain that cannot join, and "domain-unled" for one that the layout gives to
// nobody; "target-words", "target-number", "target-indicator", "target-moved"
// or "target-twice"; "indicator-unknown" or "indicator-kind".
func (p *Policy) With(a Adoption) (*Policy, error) {
	if a.Effective.IsZero() {
		return nil, lang.Problemf("layout-effective", "没有生效日期。", "There is no effective date.")
	}
	if a.Layout == nil && len(a.Domains)+len(a.Targets)+len(a.Indicators) == 0 {
		return nil, lang.Problemf("adoption-empty", "没有任何变化。", "Nothing would change.")
	}
	known := p.newest()
	next := known.clone()
	for _, d := range a.Domains {
		if err := next.checkDomain(d, a.Layout); err != nil {
			return nil, err
		}
		next.addDomain(d)
	}
	if a.Layout != nil {
		l := *a.Layout
		l.Effective = a.Effective
		if err := next.CheckLayout(l); err != nil {
			return nil, err
		}
		if _, err := p.Layouts.With(l); err != nil {
			return nil, err
		}
	}
	for _, t := range a.Targets {
		if err := next.checkTarget(t); err != nil {
			return nil, err
		}
		next.setTarget(t)
	}
	for _, i := range a.Indicators {
		if err := known.checkIndicator(i); err != nil {
			return nil, err
		}
	}
	return p.Adopting(append(slices.Clone(p.adopted), a)), nil
}

// Adopting returns p's own policy with exactly these adoptions, by effective
// date, without checking them: what was once adopted stays adopted. The result
// holds the newest of everything, in force or not yet; [Policy.At] gives the
// policy as of a date.
func (p *Policy) Adopting(all []Adoption) *Policy {
	own := p
	if p.own != nil {
		own = p.own
	}
	if len(all) == 0 {
		return own
	}
	byDate := slices.Clone(all)
	slices.SortStableFunc(byDate, func(a, b Adoption) int { return a.Effective.Compare(b.Effective) })
	layouts := slices.Clone(own.Layouts)
	for _, a := range byDate {
		if a.Layout != nil {
			l := *a.Layout
			l.Effective = a.Effective
			layouts = append(layouts, l)
		}
	}
	stretches := make([]stretch, 0, len(byDate)+1)
	last := own.clone()
	stretches = append(stretches, stretch{policy: last})
	for _, a := range byDate {
		last = last.clone()
		for _, d := range a.Domains {
			last.addDomain(d)
		}
		for _, t := range a.Targets {
			last.setTarget(t)
		}
		for _, i := range a.Indicators {
			last.setIndicator(i)
		}
		stretches = append(stretches, stretch{from: a.Effective, policy: last})
	}
	for _, s := range stretches {
		s.policy.own, s.policy.Layouts, s.policy.adopted, s.policy.stretches = own, layouts, slices.Clone(all), stretches
	}
	return last
}

// At returns the policy as of t: its domains, targets and indicators are those
// in force then. It holds every version of the layout all the same, so that
// [Policy.LayoutAt] answers for any date. The same moment always gives the same
// pointer. A policy without adoptions is the same at all times.
func (p *Policy) At(t time.Time) *Policy {
	at := p
	for i, s := range p.stretches {
		if i > 0 && s.from.After(t) {
			break
		}
		at = s.policy
	}
	return at
}

// InForce returns the layout in force when the policy comes into force: of a
// policy as of a date, see [Policy.At], that of the day of its last adoption;
// of a policy without adoptions, the latest.
func (p *Policy) InForce() Layout {
	for i, s := range p.stretches {
		switch {
		case s.policy != p:
		case i == 0:
			return p.own.Layouts.Latest()
		default:
			return p.LayoutAt(s.from)
		}
	}
	return p.Layouts.Latest()
}

// newest returns the policy with everything that is adopted.
func (p *Policy) newest() *Policy {
	if n := len(p.stretches); n > 0 {
		return p.stretches[n-1].policy
	}
	return p
}

// Dated is one version of a thing, in force from a day until the next version.
type Dated[T any] struct {
	Version int       // From 1.
	From    time.Time // Zero when it is the policy's own.
	Value   T
}

// TargetVersions returns the versions of the target with the id, the oldest
// first.
func (p *Policy) TargetVersions(id string) []Dated[Target] {
	return versions(p, func(s *Policy) (Target, bool) {
		return byID(s.Targets, func(t Target) bool { return t.ID == id })
	}, func(a, b Target) bool {
		return a.Op == b.Op && a.Value == b.Value && a.Max == b.Max && a.Unit == b.Unit && a.Text == b.Text && a.Summary == b.Summary
	})
}

// IndicatorVersions returns the versions of the indicator's definition, the
// oldest first.
func (p *Policy) IndicatorVersions(id IndicatorID) []Dated[Indicator] {
	return versions(p, func(s *Policy) (Indicator, bool) { return s.Indicator(id) }, func(a, b Indicator) bool {
		return a.CountsWhen == b.CountsWhen && a.ItemIs == b.ItemIs
	})
}

func versions[T any](p *Policy, find func(*Policy) (T, bool), same func(a, b T) bool) []Dated[T] {
	stretches := p.stretches
	if len(stretches) == 0 {
		stretches = []stretch{{policy: p}}
	}
	var out []Dated[T]
	for _, s := range stretches {
		v, ok := find(s.policy)
		if ok && (len(out) == 0 || !same(out[len(out)-1].Value, v)) {
			out = append(out, Dated[T]{Version: len(out) + 1, From: s.from, Value: v})
		}
	}
	return out
}

// clone returns a copy whose lists may be replaced without changing p's.
func (p *Policy) clone() *Policy {
	c := *p
	c.Domains, c.Targets, c.Indicators = slices.Clone(p.Domains), slices.Clone(p.Targets), slices.Clone(p.Indicators)
	return &c
}

// addDomain makes the domain known behind the others.
func (p *Policy) addDomain(d Domain) {
	d.Number = len(p.Domains) + 1
	p.Domains = append(p.Domains, d)
	p.index.domains = maps.Clone(p.index.domains)
	for _, w := range domainWords(d) {
		if key := Key(w); key != "" {
			p.index.domains[key] = d.Number - 1
		}
	}
}

func domainWords(d Domain) []string {
	return append([]string{string(d.ID), d.Name.ZH, d.Name.EN, d.Short.ZH, d.Short.EN, strconv.Itoa(d.Number)}, d.Aliases.All()...)
}

func (p *Policy) setTarget(t Target) {
	if i := slices.IndexFunc(p.Targets, func(o Target) bool { return o.ID == t.ID }); i >= 0 {
		p.Targets[i] = t
		return
	}
	p.Targets = append(p.Targets, t)
	slices.SortStableFunc(p.Targets, func(a, b Target) int { return cmp.Compare(a.Year, b.Year) })
}

func (p *Policy) setIndicator(v Indicator) {
	for i, old := range p.Indicators {
		if old.ID == v.ID {
			old.CountsWhen, old.ItemIs = v.CountsWhen, v.ItemIs
			p.Indicators[i] = old
		}
	}
}

// maxID bounds an id: it stands in buttons and in keys of the journal.
const maxID = 40

func goodID(id string) bool {
	return id != "" && len(id) <= maxID && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// CheckDomain reports why a domain cannot join the policy; see [Policy.With].
func (p *Policy) CheckDomain(d Domain) error { return p.newest().checkDomain(d, nil) }

func (p *Policy) checkDomain(d Domain, in *Layout) error {
	if !goodID(string(d.ID)) {
		return lang.Problemf("domain-id", "领域标识“%s”只能用小写字母、数字和连字符，最多 %d 个字符。",
			"The domain's id %q may hold only a to z, 0 to 9 and hyphens, at most %d characters.", string(d.ID), maxID)
	}
	if !d.Name.Complete() || !d.Short.Complete() || !d.Summary.Complete() {
		return lang.Problemf("domain-words", "领域“%s”要有中英文的名称、简称和说明。", "The domain %q needs a name, a short name and a summary in both languages.", string(d.ID))
	}
	if old, ok := p.Domain(d.ID); ok {
		return lang.Problemf("domain-known", "已有领域“%s”（%s）。", "There is a domain %q already: %s.", string(d.ID), old.Name)
	}
	for _, w := range domainWords(d)[:5] {
		if old, ok := p.FindDomain(w); ok {
			return lang.Problemf("domain-known", "“%s”已经是%s的名称。", "%q is a name of %s already.", w, old.Name)
		}
	}
	for _, w := range d.Aliases.All() {
		if old, ok := p.FindDomain(w); ok {
			return lang.Problemf("domain-known", "“%s”已经是%s的名称。", "%q is a name of %s already.", w, old.Name)
		}
	}
	if in != nil && len(in.DistrictsOf(d.ID)) == 0 {
		return lang.Problemf("domain-unled", "新领域%s没有板块负责。", "No district leads the new domain %s.", d.Name)
	}
	return nil
}

func (p *Policy) checkTarget(t Target) error {
	if !goodID(t.ID) || t.Year < 2000 || t.Year > 2099 || !t.Text.Complete() || !t.Summary.Complete() {
		return lang.Problemf("target-words", "目标“%s”要有标识、年份和中英文的表述。", "The target %q needs an id, a year and words in both languages.", t.ID)
	}
	if t.Indicator != "" {
		if _, ok := p.Indicator(t.Indicator); !ok {
			return lang.Problemf("target-indicator", "没有指标“%s”。", "There is no indicator %q.", string(t.Indicator))
		}
	}
	wrong := false
	switch t.Op {
	case AtLeast, MoreThan:
		wrong = !countable(t.Value) || t.Max != 0 || !t.Unit.Complete()
	case Range:
		wrong = !countable(t.Value) || !countable(t.Max) || t.Max <= t.Value || !t.Unit.Complete()
	case Qualitative:
		wrong = t.Value != 0 || t.Max != 0
	default:
		wrong = true
	}
	if wrong {
		return lang.Problemf("target-number", "目标“%s”的数值、上限或单位不对。", "The number, the upper end or the unit of the target %q is wrong.", t.ID)
	}
	for _, old := range p.Targets {
		if old.ID == t.ID && (old.Indicator != t.Indicator || old.Year != t.Year) {
			return lang.Problemf("target-moved", "目标“%s”的指标和年份不能改，请另立目标。", "The indicator and the year of the target %q cannot change; set another target.", t.ID)
		}
		if old.ID != t.ID && t.Indicator != "" && old.Indicator == t.Indicator && old.Year == t.Year {
			return lang.Problemf("target-twice", "%d年已有同一指标的目标“%s”。", "For %d there is a target of the same indicator: %q.", t.Year, old.ID)
		}
	}
	return nil
}

// countable reports whether a target may be so much: a number above 0 and below
// a billion billions, not NaN.
func countable(v float64) bool { return v > 0 && v < 1e18 }

func (p *Policy) checkIndicator(v Indicator) error {
	old, ok := p.Indicator(v.ID)
	if !ok {
		return lang.Problemf("indicator-unknown", "没有指标“%s”。", "There is no indicator %q.", string(v.ID))
	}
	if v.Kind != old.Kind || v.Takes != old.Takes || v.Name != old.Name || v.Unit != old.Unit || !slices.Equal(v.Stages, old.Stages) || !v.CountsWhen.Complete() || !v.ItemIs.Complete() {
		return lang.Problemf("indicator-kind", "指标%s只能改“何时计入”和“何为一项”，且要有中英文。",
			"Of the indicator %s only when something counts and what one item is can change, in both languages.", old.Name)
	}
	return nil
}

// TermsIn returns the terms of the domain that the text names, in their order:
// by name or alias, and not those that are only a part of a longer one that it
// names.
func (p *Policy) TermsIn(domain DomainID, text lang.Text) []Term {
	type match struct {
		term     int
		from, to int // In the folded words.
	}
	found := map[int]bool{}
	for _, side := range lang.Both() {
		words := " " + strings.ToLower(foldWidth(text.In(side))) + " "
		var all []match
		for i, t := range p.Terms {
			if t.Domain != domain {
				continue
			}
			names := append([]string{t.Name.ZH}, t.Aliases.ZH...)
			if side == lang.EN {
				names = append([]string{t.Name.EN}, t.Aliases.EN...)
			}
			for _, name := range names {
				name = strings.ToLower(foldWidth(name))
				for at := 0; name != ""; {
					j := strings.Index(words[at:], name)
					if j < 0 {
						break
					}
					at += j + len(name)
					if whole(words, at-len(name), at) {
						all = append(all, match{i, at - len(name), at})
					}
				}
			}
		}
		for _, m := range all {
			if !slices.ContainsFunc(all, func(o match) bool { return o.from <= m.from && o.to >= m.to && o.to-o.from > m.to-m.from }) {
				found[m.term] = true
			}
		}
	}
	var out []Term
	for i, t := range p.Terms {
		if found[i] {
			out = append(out, t)
		}
	}
	return out
}

// whole reports whether the piece of words does not cut a Latin word in two.
func whole(words string, from, to int) bool {
	latin := func(b byte) bool { return b < 0x80 && (unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b))) }
	return (!latin(words[from]) || !latin(words[from-1])) && (!latin(words[to-1]) || !latin(words[to]))
}
