package ledger

import (
	"slices"
	"strings"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// SuspectKind says how sure it is that two items are the same.
type SuspectKind string

// The kinds of suspicion.
const (
	SameKey SuspectKind = "same-key" // The city counts them once, until a person keeps them apart.
	Similar SuspectKind = "similar"  // Only a suggestion: each counts, until a person merges them.
)

// Label returns the suspicion in words.
func (k SuspectKind) Label() lang.Text {
	if k == SameKey {
		return lang.T("疑似重复：编码或名称相同，全市暂按一项计", "suspected duplicate: the same code or name; the city counts one for now")
	}
	return lang.T("名称相近，请确认是否同一项", "similar names: please say whether it is the same")
}

// Suspect is two items that may be the same, A before B in their keys' order.
type Suspect struct {
	A, B Item
	Kind SuspectKind
}

// maxLoose bounds with how many items of a loose key one is compared: a bare
// name that more share tells nothing.
const maxLoose = 40

// suspect finds out anew which items may be the same as this one and are not
// decided on.
func (g register) suspect(key ItemKey) register {
	it, there := g.items.Get(key)
	for _, s := range g.suspectsOf(key) {
		g.suspects = g.suspects.Delete(mark(s.A.Key, s.B.Key)).Delete(mark(s.B.Key, s.A.Key))
	}
	if !there {
		return g
	}
	found := map[ItemKey]SuspectKind{}
	for n, other := range g.looseNeighbours(it) {
		if n == maxLoose {
			break
		}
		found[other] = Similar
	}
	for _, other := range g.neighbours(key) {
		found[other] = SameKey
	}
	for other, kind := range found {
		o, ok := g.items.Get(other)
		if !ok || g.apart.Has(pairOf(key, other)) {
			continue
		}
		s := Suspect{A: it, B: o, Kind: kind}
		if o.Key < it.Key {
			s.A, s.B = o, it
		}
		g.suspects = g.suspects.Set(mark(key, other), s).Set(mark(other, key), s)
	}
	return g
}

// mark is where a suspicion stands under each of its items.
func mark(a, b ItemKey) string { return string(a) + "\x00" + string(b) }

func (g register) suspectsOf(key ItemKey) []Suspect {
	var out []Suspect
	for _, s := range g.suspects.Prefix(string(key) + "\x00") {
		out = append(out, s)
	}
	return out
}

// looseNeighbours returns the items of other districts or domains whose bare
// name is the same, or whose holder is and whose name is alike.
func (g register) looseNeighbours(it Item) []ItemKey {
	var out []ItemKey
	for _, k := range it.identity().loose() {
		for _, other := range g.byLoose.Prefix(string(it.Indicator) + "|" + k + "\x00") {
			o, ok := g.items.Get(other)
			if !ok || other == it.Key || slices.Contains(out, other) || (o.District == it.District && o.Domain == it.Domain) {
				continue
			}
			if strings.HasPrefix(k, "bare|") || alike(bareName(it.Name), bareName(o.Name)) {
				out = append(out, other)
			}
			if len(out) > maxLoose {
				return out
			}
		}
	}
	return out
}

// merged reports whether the two have the same lead in the end.
func (g register) merged(a, b ItemKey) bool { return g.leader(a, "") == g.leader(b, "") }

// Duplicates returns the suspicions that nobody has decided on yet, in the
// order of their items' keys.
func (s State) Duplicates() []Suspect {
	var out []Suspect
	for key, suspect := range s.register.suspects.All() {
		if key == mark(suspect.A.Key, suspect.B.Key) && !s.register.merged(suspect.A.Key, suspect.B.Key) {
			out = append(out, s.register.fresh(suspect))
		}
	}
	return out
}

// DuplicatesOf returns the open suspicions about one item.
func (s State) DuplicatesOf(key ItemKey) []Suspect {
	var out []Suspect
	for _, suspect := range s.register.suspectsOf(key) {
		if !s.register.merged(suspect.A.Key, suspect.B.Key) {
			out = append(out, s.register.fresh(suspect))
		}
	}
	return out
}

func (g register) fresh(s Suspect) Suspect {
	a, _ := g.items.Get(s.A.Key)
	b, _ := g.items.Get(s.B.Key)
	s.A, s.B = g.seen(a), g.seen(b)
	return s
}

// SameAs returns the items of the register that a report's item would be
// suspected to be the same as, for a reviewer who decides on the report.
func (s State) SameAs(r Report) []Suspect {
	if r.Item == "" {
		return nil
	}
	if s.register.items.Has(r.Item) {
		return s.DuplicatesOf(r.Item)
	}
	return s.register.with(r).suspectsOf(r.Item)
}

// Merge says that two items of one indicator are the same, and which leads: the
// lead's district counts it, the other collaborates, the city counts one. The
// error is a [lang.Problem].
func Merge(s State, who people.Person, lead, collaborating ItemKey, _ time.Time) ([]journal.Draft, error) {
	if err := s.decidable(who, lead, collaborating); err != nil {
		return nil, err
	}
	if of, ok := s.register.leads.Get(collaborating); ok && of == lead {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindMerged, Version: 1, Data: mergedV1{Lead: lead, Collaborating: collaborating, By: who.User}}}, nil
}

// KeepApart says that two items of one indicator are not the same: each counts.
// It undoes an earlier merger of the two. The error is a [lang.Problem].
func KeepApart(s State, who people.Person, a, b ItemKey, _ time.Time) ([]journal.Draft, error) {
	if err := s.decidable(who, a, b); err != nil {
		return nil, err
	}
	if s.register.apart.Has(pairOf(a, b)) {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindApart, Version: 1, Data: apartV1{A: a, B: b, By: who.User}}}, nil
}

func (s State) decidable(who people.Person, a, b ItemKey) error {
	if err := people.Allow(who, people.ManageRegister); err != nil {
		return err
	}
	x, ok := s.register.items.Get(a)
	y, okToo := s.register.items.Get(b)
	switch {
	case !ok || !okToo:
		return lang.Problemf("unknown_item", "台账里没有这一项。它可能还没有被采纳。", "The register has no such item. It may not be accepted yet.")
	case a == b || x.Indicator != y.Indicator:
		return lang.Problemf("not_comparable", "只能合并或区分同一指标下的两项。", "Only two items of one indicator can be merged or kept apart.")
	}
	return nil
}
