package policy

import (
	"slices"
	"time"

	"wainao/lang"
)

// News is what comes into force on a day, and what it replaces.
type News struct {
	Effective   time.Time // Midnight of the first day in [Zone].
	Source      lang.Text // What decided it; may be zero.
	Reason      string    // On what ground, as it was written; may be empty.
	Was, Layout *Layout   // Nil when the layout stays.
	Targets     []Turn[Target]
	Indicators  []Turn[Indicator]
}

// Turn is a version and the one before it. Is says whether there was one.
type Turn[T any] struct {
	Was, Now T
	Is       bool
}

// NewsOf returns what comes into force at from or later and before to, the
// first in front, whichever date the policy is as of.
func (p *Policy) NewsOf(from, to time.Time) (out []News) {
	all := slices.Clone(p.adopted)
	slices.SortStableFunc(all, func(a, b Adoption) int { return a.Effective.Compare(b.Effective) })
	for i, a := range all {
		if a.Effective.Before(from) || !a.Effective.Before(to) {
			continue
		}
		// A stretch begins with each adoption, in this order, behind the policy's own.
		was := p.stretches[i].policy
		n := News{Effective: a.Effective, Source: a.Source, Reason: a.Reason}
		if a.Layout != nil {
			at := slices.IndexFunc(p.Layouts, func(l Layout) bool { return l.Version == a.Layout.Version })
			if at > 0 {
				n.Was, n.Layout = &p.Layouts[at-1], &p.Layouts[at]
			}
		}
		for _, t := range a.Targets {
			old, ok := byID(was.Targets, func(o Target) bool { return o.ID == t.ID })
			n.Targets = append(n.Targets, Turn[Target]{old, t, ok})
		}
		for _, v := range a.Indicators {
			old, ok := was.Indicator(v.ID)
			n.Indicators = append(n.Indicators, Turn[Indicator]{old, v, ok})
		}
		out = append(out, n)
	}
	return out
}
