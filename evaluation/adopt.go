package evaluation

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// adoptedV1 is what was adopted, whole enough to be read without the cycle.
type adoptedV1 struct {
	Source     CycleID       `json:"source,omitempty"` // Empty when no cycle brought it.
	Effective  Day           `json:"effective"`
	Layout     *layoutV1     `json:"layout,omitempty"`
	Domains    []NewDomain   `json:"domains,omitempty"`
	Targets    []targetV1    `json:"targets,omitempty"`
	Indicators []indicatorV1 `json:"indicators,omitempty"`

	reason string // That of the entry that it is in.
}

type layoutV1 struct {
	Version int       `json:"version"`
	Focus   []focusV1 `json:"focus"`
}

type focusV1 struct {
	Domain   policy.DomainID   `json:"domain"`
	District policy.DistrictID `json:"district"`
	Text     lang.Text         `json:"text"`
}

type targetV1 struct {
	ID        string             `json:"id"`
	Indicator policy.IndicatorID `json:"indicator,omitempty"`
	Year      int                `json:"year"`
	Strand    lang.Text          `json:"strand"`
	Op        policy.Op          `json:"op"`
	Value     float64            `json:"value,omitempty"`
	Max       float64            `json:"max,omitempty"`
	Unit      lang.Text          `json:"unit"`
	Text      lang.Text          `json:"text"`
	Summary   lang.Text          `json:"summary"`
	AliasesZH []string           `json:"aliases_zh,omitempty"`
	AliasesEN []string           `json:"aliases_en,omitempty"`
}

type indicatorV1 struct {
	ID         policy.IndicatorID `json:"id"`
	CountsWhen lang.Text          `json:"counts_when"`
	ItemIs     lang.Text          `json:"item_is"`
}

type policyV1 struct {
	Adopted adoptedV1     `json:"adopted"`
	Reason  string        `json:"reason"`
	By      people.UserID `json:"by"`
}

func (s State) policyAdopted(d policyV1, _ moment) State {
	d.Adopted.reason = d.Reason
	s.adopted = s.adopted.with(d.Adopted)
	return s
}

// adoptions are everything that was adopted, in its order. The list never
// changes; what it makes of a policy is kept, as every reader asks for it.
type adoptions struct {
	list []adoptedV1

	mu   sync.Mutex
	base *policy.Policy
	made *policy.Policy
}

func (a *adoptions) with(d adoptedV1) *adoptions {
	if a == nil {
		return &adoptions{list: []adoptedV1{d}}
	}
	return &adoptions{list: add(a.list, d)}
}

// Policy returns base with everything that was adopted, each from its effective
// date: [policy.Policy.At] gives the policy in force at a moment, and
// [policy.Policy.LayoutAt] the layout. It is made once for each state in which
// something is adopted, so reading it costs nothing, and the same state and
// base give the same pointer. It is base itself while nothing was adopted.
func (s State) Policy(base *policy.Policy) *policy.Policy {
	a := s.adopted
	if a == nil {
		return base
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.base != base {
		a.base, a.made = base, a.join(base)
	}
	return a.made
}

func (a *adoptions) join(base *policy.Policy) *policy.Policy {
	out := base
	all := make([]policy.Adoption, 0, len(a.list))
	for _, d := range a.list {
		all = append(all, d.adoption(out))
		out = base.Adopting(all)
	}
	return out
}

// adoption returns what was adopted as the policy takes it. A focus that the
// layout before had in the same words keeps its terms and its place in the
// document; a new one has the terms that it names, and cites what adopted it. A
// new domain comes with a layout, and its directions are what it gives to the
// districts.
func (d adoptedV1) adoption(pol *policy.Policy) policy.Adoption {
	out := policy.Adoption{Effective: d.Effective.Start()}
	cite := policy.Citation{Place: lang.T("秘书处公布的调整", "a change that the secretariat announced")}
	if d.Source != "" {
		cite = d.Source.cite()
	}
	out.Source, out.Reason = cite.Place, d.reason
	var l policy.Layout
	if d.Layout != nil {
		before := pol.Layouts.Latest()
		l = policy.Layout{Version: d.Layout.Version, Effective: out.Effective, Focus: make([]policy.Focus, 0, len(d.Layout.Focus))}
		for _, f := range d.Layout.Focus {
			focus, ok := before.FocusOf(f.Domain, f.District)
			if !ok || focus.Text != f.Text {
				focus = policy.Focus{Domain: f.Domain, District: f.District, Text: f.Text, Terms: pol.TermsIn(f.Domain, f.Text), Cite: cite}
			}
			l.Focus = append(l.Focus, focus)
		}
		out.Layout = &l
	}
	for _, n := range d.Domains {
		domain := n.domain(d.Source)
		for _, f := range l.FocusesOf(n.ID) { // What the districts lead is all that is known of its directions.
			id := fmt.Sprintf("%s-%d", n.ID, len(domain.Directions)+1)
			domain.Directions = append(domain.Directions, policy.Direction{ID: id, Text: f.Text, Terms: f.Terms, Cite: cite})
		}
		out.Domains = append(out.Domains, domain)
	}
	for _, t := range d.Targets {
		target := policy.Target{
			ID: t.ID, Indicator: t.Indicator, Year: t.Year, Strand: t.Strand, Op: t.Op, Value: t.Value, Max: t.Max, Unit: t.Unit,
			Text: t.Text, Summary: t.Summary, Aliases: policy.Aliases{ZH: t.AliasesZH, EN: t.AliasesEN}, Cite: cite,
		}
		out.Targets = append(out.Targets, target)
	}
	for _, v := range d.Indicators {
		if i, ok := pol.Indicator(v.ID); ok {
			i.CountsWhen, i.ItemIs = v.CountsWhen, v.ItemIs
			out.Indicators = append(out.Indicators, i)
		}
	}
	return out
}

// adoption returns what adopting the cycle's changes from the day on would
// write; changed is false when every item stays as it is.
func (c Cycle) adoption(pol *policy.Policy, from Day) (a adoptedV1, changed bool) {
	changes := map[ItemID]Change{}
	for _, ch := range c.Changes() {
		changes[ch.Item] = ch
	}
	l := &layoutV1{Version: c.Base + 1}
	before, _ := pol.Layouts.Version(c.Base)
	for _, f := range before.Focus {
		text := f.Text
		if ch, ok := changes[IDOf(f.Domain, f.District)]; ok {
			if ch.Verdict == Withdraw {
				changed = true
				continue
			}
			text = ch.Focus
		}
		changed = changed || text != f.Text
		l.Focus = append(l.Focus, focusV1{f.Domain, f.District, text})
	}
	for _, i := range c.Items {
		if ch := changes[i.ID]; ch.Verdict == Add {
			changed = true
			l.Focus = append(l.Focus, focusV1{i.Domain, i.District, ch.Focus})
			for _, d := range c.NewDomains {
				if d.ID == i.Domain && !slices.Contains(a.Domains, d) {
					a.Domains = append(a.Domains, d)
				}
			}
		}
	}
	place := func(f focusV1) int {
		if n := slices.IndexFunc(pol.Domains, func(d policy.Domain) bool { return d.ID == f.Domain }); n >= 0 {
			return n
		}
		return len(pol.Domains)
	}
	slices.SortStableFunc(l.Focus, func(a, b focusV1) int { return cmp.Compare(place(a), place(b)) })
	if !changed {
		return adoptedV1{}, false
	}
	a.Source, a.Effective, a.Layout = c.ID, from, l
	return a, true
}

// Preview returns the policy as it would be if the cycle's carried motions were
// adopted from its effective date on, for the public notice and the decision.
// changed is false when the layout would stay. The error is a [lang.Problem] of
// the policy's own checks.
func (c Cycle) Preview(pol *policy.Policy) (next *policy.Policy, changed bool, err error) {
	a, changed := c.adoption(pol, c.Dates.Effective)
	if !changed {
		return pol, false, nil
	}
	next, err = pol.With(a.adoption(pol))
	return next, true, err
}

// PolicyChange is a next version of targets or of indicators' definitions.
type PolicyChange struct {
	Effective  Day
	Targets    []policy.Target    // Each in the place of the one with its id, or new.
	Indicators []policy.Indicator // Each in the place of the one with its id; only CountsWhen and ItemIs may change.
	Reason     string
}

// AdoptChange adopts a next version of targets or of indicators' definitions
// from a day on, as the layout's are. pol is the policy with everything that was
// adopted. The error is a [lang.Problem]: who may
// not, "effective_past", "reason_missing", or what [policy.Policy.With] says.
func AdoptChange(_ State, pol *policy.Policy, who people.Person, ch PolicyChange, now time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.DecideEvaluation); err != nil {
		return nil, err
	}
	if err := notPast(ch.Effective, now); err != nil {
		return nil, err
	}
	d := policyV1{Adopted: adoptedV1{Effective: ch.Effective}, Reason: clean(ch.Reason), By: who.User}
	if d.Reason == "" {
		return nil, (&check{}).hasReason()
	}
	problems := lang.FieldProblems{}
	checkText(problems, FieldReason, d.Reason, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	if _, err := pol.With(policy.Adoption{Effective: ch.Effective.Start(), Targets: ch.Targets, Indicators: ch.Indicators}); err != nil {
		return nil, err
	}
	for _, t := range ch.Targets {
		d.Adopted.Targets = append(d.Adopted.Targets, targetV1{
			ID: t.ID, Indicator: t.Indicator, Year: t.Year, Strand: t.Strand, Op: t.Op, Value: t.Value, Max: t.Max, Unit: t.Unit,
			Text: t.Text, Summary: t.Summary, AliasesZH: t.Aliases.ZH, AliasesEN: t.Aliases.EN,
		})
	}
	for _, i := range ch.Indicators {
		d.Adopted.Indicators = append(d.Adopted.Indicators, indicatorV1{ID: i.ID, CountsWhen: i.CountsWhen, ItemIs: i.ItemIs})
	}
	return draft(kindPolicy, d), nil
}
