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
	for _, other := range g.suspectsOf(key) {
		g.suspects = g.suspects.Delete(mark(key, other)).Delete(mark(other, key))
	}
	it, ok := g.items.Get(key)
	if !ok {
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
		if g.items.Has(other) && !g.apart.Has(pairOf(key, other)) {
			g.suspects = g.suspects.Set(mark(key, other), kind).Set(mark(other, key), kind)
		}
	}
	return g
}

// mark is where a suspicion stands under the first of its items.
func mark(a, b ItemKey) string { return string(a) + "\x00" + string(b) }

// suspectsOf returns the items that this one may be the same as.
func (g register) suspectsOf(key ItemKey) []ItemKey {
	var out []ItemKey
	for at := range g.suspects.Prefix(mark(key, "")) {
		out = append(out, ItemKey(at[len(key)+1:]))
	}
	return out
}

// looseNeighbours returns the items of other districts or domains whose bare
// name is the same, or whose holder is and whose name is alike.
func (g register) looseNeighbours(it *known) []ItemKey {
	var out []ItemKey
	for _, k := range it.loose {
		for _, other := range g.byLoose.Prefix(k) {
			o, ok := g.items.Get(other)
			if !ok || other == it.Key || slices.Contains(out, other) || (o.District == it.District && o.Domain == it.Domain) {
				continue
			}
			if strings.HasPrefix(k[len(it.Indicator)+1:], "bare|") || alike(bareName(it.Name), bareName(o.Name)) {
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
	for at := range s.register.suspects.All() {
		a, b, _ := strings.Cut(at, "\x00")
		if a < b && !s.register.merged(ItemKey(a), ItemKey(b)) {
			out = append(out, s.register.suspicion(ItemKey(a), ItemKey(b)))
		}
	}
	return out
}

// DuplicatesOf returns the open suspicions about one item.
func (s State) DuplicatesOf(key ItemKey) []Suspect {
	var out []Suspect
	for _, other := range s.register.suspectsOf(key) {
		if !s.register.merged(key, other) {
			out = append(out, s.register.suspicion(key, other))
		}
	}
	return out
}

// suspicion returns two items that are suspected to be the same.
func (g register) suspicion(a, b ItemKey) Suspect {
	if b < a {
		a, b = b, a
	}
	x, _ := g.items.Get(a)
	y, _ := g.items.Get(b)
	kind, _ := g.suspects.Get(mark(a, b))
	return Suspect{A: g.seen(x.Item), B: g.seen(y.Item), Kind: kind}
}

// Settled is what somebody decided on two items: that they are one, which Lead
// leads, or with no lead that they are not the same.
type Settled struct {
	A, B Item
	Lead ItemKey
}

// SettledOf returns what was decided on an item and others of the register, the
// mergers first, in the order of the others' keys. It can be decided anew.
func (s State) SettledOf(key ItemKey) []Settled {
	var out []Settled
	g := s.register
	add := func(other, lead ItemKey) {
		a, ok := s.Item(key)
		b, okToo := s.Item(other)
		if ok && okToo {
			out = append(out, Settled{A: a, B: b, Lead: lead})
		}
	}
	if lead, ok := g.leads.Get(key); ok {
		add(lead, lead)
	}
	for _, follower := range g.follows.Prefix(string(key) + "\x00") {
		add(follower, key)
	}
	for pair := range g.apart.All() { // As many as people decided on.
		a, b, _ := strings.Cut(pair, "\x00")
		switch key {
		case ItemKey(a):
			add(ItemKey(b), "")
		case ItemKey(b):
			add(ItemKey(a), "")
		}
	}
	return out
}

// SettledPair returns what was decided on two items; ok is false when nothing
// was.
func (s State) SettledPair(a, b ItemKey) (d Settled, ok bool) {
	for _, d := range s.SettledOf(a) {
		if d.B.Key == b {
			return d, true
		}
	}
	return Settled{}, false
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
	var out []Suspect
	with := s.register.with(&r)
	for _, other := range with.suspectsOf(r.Item) {
		out = append(out, with.suspicion(r.Item, other))
	}
	return out
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
