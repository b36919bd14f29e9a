package ledger

import (
	"slices"
	"strings"

	"wainao/journal"
	"wainao/policy"
)

// register is the items and what they count as. Everything in it follows from
// which reports are accepted, which items were merged and which kept apart,
// whatever the order.
type register struct {
	items    journal.Table[ItemKey, Item]    // As its newest accepted report has it.
	accepted journal.Table[string, Report]   // Accepted revisions by "item|period|id".
	byKey    journal.Table[string, ItemKey]  // "indicator|key|item".
	byLoose  journal.Table[string, ItemKey]  // "indicator|loose key|item".
	suspects journal.Table[string, Suspect]  // By pairOf.
	apart    journal.Table[string, struct{}] // Kept apart, by pairOf.
	leads    journal.Table[ItemKey, ItemKey] // Merged into which.
	follows  journal.Table[string, ItemKey]  // "lead\x00follower".
	totals   journal.Table[string, int]      // Counting items by scope, those that have expired included.
	ends     journal.Table[string, int]      // Counting items by scope and the day, month and year of their last day.
}

// pairOf names two items whatever their order.
func pairOf(a, b ItemKey) string {
	if b < a {
		a, b = b, a
	}
	return string(a) + "\x00" + string(b)
}

func acceptedKey(r Report) string {
	return string(r.Item) + "\x00" + string(r.Period) + "|" + string(r.ID)
}

// with returns the register with an accepted revision of a report of an item,
// in the place of an earlier one of the same report.
func (g register) with(r Report) register {
	return g.change(r.Item, func(g register) register {
		g.accepted = g.accepted.Set(acceptedKey(r), r)
		return g.settle(r.Item)
	})
}

// without returns the register without an accepted revision, whose report is
// about another item now.
func (g register) without(r Report) register {
	return g.change(r.Item, func(g register) register {
		g.accepted = g.accepted.Delete(acceptedKey(r))
		return g.settle(r.Item)
	})
}

// settle makes the item what its newest accepted report says. A report that
// says no change or no data leaves it as it was: it is not about an item.
func (g register) settle(key ItemKey) register {
	if old, ok := g.items.Get(key); ok {
		for _, k := range old.identity().keys() {
			g.byKey = g.byKey.Delete(keyOf(old, k))
		}
		for _, k := range old.identity().loose() {
			g.byLoose = g.byLoose.Delete(keyOf(old, k))
		}
	}
	var newest Report
	for _, r := range g.accepted.Prefix(string(key) + "\x00") { // In the order of the periods.
		newest = r
	}
	if newest.ID == "" {
		g.items = g.items.Delete(key)
		return g.suspect(key)
	}
	it := itemFrom(newest)
	g.items = g.items.Set(key, it)
	for _, k := range it.identity().keys() {
		g.byKey = g.byKey.Set(keyOf(it, k), key)
	}
	for _, k := range it.identity().loose() {
		g.byLoose = g.byLoose.Set(keyOf(it, k), key)
	}
	return g.suspect(key)
}

func keyOf(it Item, key string) string {
	return string(it.Indicator) + "|" + key + "\x00" + string(it.Key)
}

// merge returns the register in which one item leads another. The lead of the
// lead leads both.
func (g register) merge(lead, follower ItemKey) register {
	lead = g.leader(lead, follower)
	follower = g.leader(follower, lead)
	return g.change(lead, func(g register) register {
		g.apart = g.apart.Delete(pairOf(lead, follower))
		g = g.unlink(lead) // It has a lead only when it takes the lead from what led it.
		g = g.unlink(follower)
		g.leads = g.leads.Set(follower, lead)
		g.follows = g.follows.Set(string(lead)+"\x00"+string(follower), follower)
		return g.suspect(lead).suspect(follower)
	}, follower)
}

// leader returns what leads the item in the end, but stops before it would be
// the other: then the item itself is meant.
func (g register) leader(key, other ItemKey) ItemKey {
	for at := key; ; {
		next, ok := g.leads.Get(at)
		switch {
		case !ok:
			return at
		case next == other:
			return key
		}
		at = next
	}
}

func (g register) unlink(follower ItemKey) register {
	lead, ok := g.leads.Get(follower)
	if !ok {
		return g
	}
	g.leads = g.leads.Delete(follower)
	g.follows = g.follows.Delete(string(lead) + "\x00" + string(follower))
	return g
}

// keepApart returns the register in which two items are not the same.
func (g register) keepApart(a, b ItemKey) register {
	return g.change(a, func(g register) register {
		if lead, ok := g.leads.Get(a); ok && lead == b {
			g = g.unlink(a)
		}
		if lead, ok := g.leads.Get(b); ok && lead == a {
			g = g.unlink(b)
		}
		g.apart = g.apart.Set(pairOf(a, b), struct{}{})
		return g.suspect(a).suspect(b)
	}, b)
}

// change does something to items, and counts again what they are the same as,
// before and behind it; the rest of the register is not looked at.
func (g register) change(key ItemKey, do func(register) register, more ...ItemKey) register {
	after := do(g)
	touched := append([]ItemKey{key}, more...)
	for n := 0; n < len(touched); n++ {
		for _, from := range []register{g, after} {
			for _, other := range from.neighbours(touched[n]) {
				if !slices.Contains(touched, other) {
					touched = append(touched, other)
				}
			}
		}
	}
	before := g.weigh(touched)
	behind := after.weigh(touched)
	for scope, w := range before {
		if behind[scope].equal(w) {
			delete(behind, scope)
			continue
		}
		after = after.add(scope, w, -1)
	}
	for scope, w := range behind {
		after = after.add(scope, w, +1)
	}
	return after
}

// neighbours returns the items that count as the same as this one: those with
// the same key that were not kept apart, and those merged with it.
func (g register) neighbours(key ItemKey) []ItemKey {
	it, ok := g.items.Get(key)
	if !ok {
		return nil
	}
	var out []ItemKey
	for _, k := range it.identity().keys() {
		for _, other := range g.byKey.Prefix(string(it.Indicator) + "|" + k + "\x00") {
			if other != key && !slices.Contains(out, other) && !g.apart.Has(pairOf(key, other)) && g.compatible(it, other, k) {
				out = append(out, other)
			}
		}
	}
	if lead, ok := g.leads.Get(key); ok && g.items.Has(lead) {
		out = append(out, lead)
	}
	for _, follower := range g.follows.Prefix(string(key) + "\x00") {
		if g.items.Has(follower) {
			out = append(out, follower)
		}
	}
	return out
}

// compatible reports whether nothing speaks against two items with the same
// key: names do not join what two different credit codes tell apart.
func (g register) compatible(it Item, other ItemKey, key string) bool {
	o, ok := g.items.Get(other)
	return ok && (ownNumber(key) || it.CreditCode == "" || o.CreditCode == "" || it.CreditCode == o.CreditCode)
}

// weight is what groups of items count as in one scope: the last day of each,
// forever when it has none.
type weight []Day

const forever Day = "9999-12-31"

func (w weight) equal(o weight) bool { return slices.Equal(w, o) }

// weigh returns what the items count as in each scope. Those that are the same
// count once in each scope that one of them belongs to. One that is merged into
// another does not count for its own district.
func (g register) weigh(keys []ItemKey) map[string]weight {
	out := map[string]weight{}
	seen := map[ItemKey]bool{}
	for _, key := range keys {
		if seen[key] {
			continue
		}
		group := []ItemKey{key}
		seen[key] = true
		last := map[string]Day{}
		for n := 0; n < len(group); n++ {
			for _, other := range g.neighbours(group[n]) {
				if !seen[other] {
					seen[other] = true
					group = append(group, other)
				}
			}
			g.weighItem(group[n], last)
		}
		for scope, day := range last {
			out[scope] = append(out[scope], day)
		}
	}
	for _, w := range out {
		slices.Sort(w)
	}
	return out
}

func (g register) weighItem(key ItemKey, last map[string]Day) {
	it, ok := g.items.Get(key)
	if !ok || !it.counts() {
		return
	}
	day := it.ValidUntil
	if day == "" {
		day = forever
	}
	all := scopes(string(it.Indicator), it.Domain, it.District)
	if lead, ok := g.leads.Get(key); ok && g.items.Has(lead) {
		all = all[:ofCity]
	}
	for _, scope := range all {
		last[scope] = max(last[scope], day)
	}
}

// any stands in a scope for all domains or all districts.
const anyone = "*"

// ofCity is how many of the scopes are the city's.
const ofCity = 2

// scopes returns what a thing counts for: the city, its domain, its district,
// and its domain in its district.
func scopes(indicator string, domain policy.DomainID, district policy.DistrictID) []string {
	return []string{
		scope(indicator, anyone, anyone), scope(indicator, string(domain), anyone),
		scope(indicator, anyone, string(district)), scope(indicator, string(domain), string(district)),
	}
}

func scope(indicator, domain, district string) string {
	return indicator + "|" + domain + "|" + district
}

// add adds what groups count as in a scope, or takes it out.
func (g register) add(scope string, w weight, by int) register {
	g.totals = plus(g.totals, scope, by*len(w))
	for _, day := range w {
		if day != forever {
			for _, part := range []Day{day[:4], day[:7], day} {
				g.ends = plus(g.ends, scope+"|"+string(part), by)
			}
		}
	}
	return g
}

// total returns how many count in a scope on a day. What it reads does not
// depend on how many there are: of the years that are over, of the months of
// the year and of the days of the month there is one number each.
func (g register) total(scope string, on Day) int {
	n, _ := g.totals.Get(scope)
	for key, ended := range g.ends.Prefix(scope + "|") {
		part := Day(key[len(scope)+1:])
		switch {
		case len(part) == 4 && part < on[:4],
			len(part) == 7 && part[:4] == on[:4] && part < on[:7],
			len(part) == 10 && part[:7] == on[:7] && part < on:
			n -= ended
		}
	}
	return n
}

// ItemFilter chooses items; a zero field chooses all.
type ItemFilter struct {
	Indicator policy.IndicatorID
	Domain    policy.DomainID
	District  policy.DistrictID
	City      bool // Those that the secretariat reports, whatever District says.
}

func (f ItemFilter) match(it Item) bool {
	return (f.Indicator == "" || f.Indicator == it.Indicator) && (f.Domain == "" || f.Domain == it.Domain) &&
		(f.City || f.District == "" || f.District == it.District) && (!f.City || it.District == City)
}

// prefix is how far the keys of what f chooses are the same.
func (f ItemFilter) prefix() string {
	district := string(f.District)
	if f.City {
		district = string(City)
	}
	switch {
	case district == "" && !f.City:
		return ""
	case f.Domain == "":
		return district + "|"
	case f.Indicator == "":
		return district + "|" + string(f.Domain) + "|"
	}
	return district + "|" + string(f.Domain) + "|" + string(f.Indicator) + "|"
}

// Items returns the items that f chooses: by district in administrative order,
// the city's before them, by domain and indicator in the policy's order, and
// then by name.
func (s State) Items(f ItemFilter) []Item {
	var out []Item
	for _, it := range s.register.items.Prefix(ItemKey(f.prefix())) {
		if f.match(it) {
			out = append(out, s.register.seen(it))
		}
	}
	slices.SortStableFunc(out, itemsInOrder)
	return out
}

// Item returns one item.
func (s State) Item(key ItemKey) (Item, bool) {
	it, ok := s.register.items.Get(key)
	return s.register.seen(it), ok
}

// seen returns the item with what it was merged with.
func (g register) seen(it Item) Item {
	if lead, ok := g.leads.Get(it.Key); ok && g.items.Has(lead) {
		it.Lead = lead
	}
	it.Collaborators = nil
	for _, follower := range g.followers(it.Key) {
		if o, ok := g.items.Get(follower); ok && o.District != it.District && !slices.Contains(it.Collaborators, o.District) {
			it.Collaborators = append(it.Collaborators, o.District)
		}
	}
	slices.SortFunc(it.Collaborators, func(a, b policy.DistrictID) int { return districtOrder[a] - districtOrder[b] })
	return it
}

// followers returns what was merged into the item, directly or not.
func (g register) followers(key ItemKey) []ItemKey {
	out := []ItemKey{key}
	for n := 0; n < len(out); n++ {
		for _, f := range g.follows.Prefix(string(out[n]) + "\x00") {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out[1:]
}

func itemsInOrder(a, b Item) int {
	if n := districtOrder[a.District] - districtOrder[b.District]; n != 0 {
		return n
	}
	if n := domainOrder[a.Domain] - domainOrder[b.Domain]; n != 0 {
		return n
	}
	if n := indicatorOrder[a.Indicator] - indicatorOrder[b.Indicator]; n != 0 {
		return n
	}
	return strings.Compare(a.Name, b.Name)
}
