package ask

import (
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// ownPhrases are the policy's names and texts, each a phrasing of the question
// for it.
func ownPhrases(pol *policy.Policy) []phrasing {
	var out []phrasing
	add := func(t thing, a policy.Aliases, texts ...lang.Text) {
		s := &sense{name: string(ruleProse) + " " + t.kind.String() + ":" + t.id, rule: ruleProse, thing: t}
		if t.kind == kindTarget {
			s.rule = ruleProseTarget
		}
		for _, x := range texts {
			out = append(out, phrasing{sense: s, text: x.ZH, own: true}, phrasing{sense: s, text: x.EN, own: true})
		}
		for _, name := range slices.Concat(a.All(), proseWords[t.id]) {
			out = append(out, phrasing{sense: s, text: name, own: true})
		}
	}
	for _, f := range pol.Facts {
		add(thing{kindFact, f.ID}, f.Aliases, f.Name, f.Text)
	}
	for _, p := range pol.Principles {
		add(thing{kindPrinciple, p.ID}, p.Aliases, p.Name, p.Text)
	}
	for _, a := range pol.Actions {
		add(thing{kindAction, a.ID}, a.Aliases, a.Name, a.Summary)
		for _, m := range a.Measures {
			add(thing{kindMeasure, m.ID}, m.Aliases, m.Text)
		}
	}
	for _, g := range pol.Safeguards {
		add(thing{kindSafeguard, g.ID}, g.Aliases, g.Name, g.Summary)
		for _, m := range g.Measures {
			if id := bodyOfMeasure[m.ID]; id != "" {
				add(thing{kindBody, id}, m.Aliases, m.Text)
				continue
			}
			add(thing{kindMeasure, m.ID}, m.Aliases, m.Text)
		}
	}
	for _, b := range pol.Governance {
		add(thing{kindBody, b.ID}, b.Aliases, b.Name, b.Summary)
		for _, d := range b.Duties {
			add(thing{kindBody, b.ID}, d.Aliases, d.Text)
		}
	}
	for _, t := range pol.Targets {
		if t.Indicator == "" {
			add(thing{kindTarget, t.ID}, t.Aliases, t.Summary)
		}
	}
	add(thing{kindGuiding, "guiding"}, pol.Guiding.Aliases, pol.Guiding.Name, pol.Guiding.Text, pol.Guiding.Goal)
	return out
}

// bodyOfMeasure are the measures of §6(1) that set up a body: the body tells
// more.
var bodyOfMeasure = map[string]string{
	"city-mechanism": "leading-group", "higher-resources": "leading-group", "coordination": "leading-group", "advisory-committee": "expert-committee",
}
