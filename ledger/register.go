package ledger

import (
	"cmp"
	"slices"
	"strings"

	"wainao/journal"
	"wainao/policy"
)

// register is the items and what they count as. Everything in it follows from
// which reports are accepted, which items were merged and which kept apart,
// whatever the order.
type register struct {
	items    journal.Table[ItemKey, *known]     // As its newest accepted report has it.
	accepted journal.Table[string, *Report]     // Accepted revisions by "item|period|id".
	byKey    journal.Table[string, ItemKey]     // "indicator|key|item".
	byLoose  journal.Table[string, ItemKey]     // "indicator|loose key|item".
	suspects journal.Table[string, SuspectKind] // By mark, under each of the two.
	apart    journal.Table[string, struct{}]    // Kept apart, by pairOf.
	leads    journal.Table[ItemKey, ItemKey]    // Merged into which.
	follows  journal.Table[string, ItemKey]     // "lead\x00follower".
	totals   journal.Table[string, int]         // Counting items by scope, those that have expired included.
	years    journal.Table[string, int]         // Counting items by scope and the year of their last day.
	days     journal.Table[string, int]         // Counting items by scope and their last day.

	absent []ItemKey // Items that are passed over, for looking at the register without them.
}

func (g register) inBatch(b *journal.Batch) register {
	g.items, g.accepted, g.byKey, g.byLoose = g.items.In(b), g.accepted.In(b), g.byKey.In(b), g.byLoose.In(b)
	g.suspects, g.apart, g.leads, g.follows = g.suspects.In(b), g.apart.In(b), g.leads.In(b), g.follows.In(b)
	g.totals, g.years, g.days = g.totals.In(b), g.years.In(b), g.days.In(b)
	return g
}

// known is an item with where it stands in byKey and byLoose, but for its own
// key: working that out takes long.
type known struct {
	Item
	keys, loose []string
}

func knownFrom(r *Report) *known {
	k := &known{Item: itemFrom(*r)}
	id := k.identity()
	at := string(k.Indicator) + "|"
	for _, key := range id.keys() {
		k.keys = append(k.keys, at+key+"\x00")
	}
	for _, key := range id.loose() {
		k.loose = append(k.loose, at+key+"\x00")
	}
	return k
}

// item returns an item, unless it is passed over.
func (g register) item(key ItemKey) (*known, bool) {
	if slices.Contains(g.absent, key) {
		return nil, false
	}
	return g.items.Get(key)
}

func (g register) hasItem(key ItemKey) bool {
	_, ok := g.item(key)
	return ok
}

// pairOf names two items whatever their order.
func pairOf(a, b ItemKey) string {
	if b < a {
		a, b = b, a
	}
	return string(a) + "\x00" + string(b)
}

func acceptedKey(r *Report) string {
	return string(r.Item) + "\x00" + string(r.Period) + "|" + string(r.ID)
}

// with returns the register with an accepted revision of a report of an item,
// in the place of an earlier one of the same report.
func (g register) with(r *Report) register {
	return g.change(func(g register) register {
		g.accepted = g.accepted.Set(acceptedKey(r), r)
		return g.settle(r.Item)
	}, r.Item)
}

// without returns the register without an accepted revision, whose report is
// about another item now.
func (g register) without(r *Report) register {
	return g.change(func(g register) register {
		g.accepted = g.accepted.Delete(acceptedKey(r))
		return g.settle(r.Item)
	}, r.Item)
}

// settle makes the item what its newest accepted report says. A report that
// says no change or no data leaves it as it was: it is not about an item.
func (g register) settle(key ItemKey) register {
	if old, ok := g.items.Get(key); ok {
		for _, k := range old.keys {
			g.byKey = g.byKey.Delete(k + string(key))
		}
		for _, k := range old.loose {
			g.byLoose = g.byLoose.Delete(k + string(key))
		}
	}
	var newest *Report
	for _, r := range g.accepted.Prefix(string(key) + "\x00") { // In the order of the periods.
		newest = r
	}
	if newest == nil {
		g.items = g.items.Delete(key)
		return g.suspect(key)
	}
	it := knownFrom(newest)
	g.items = g.items.Set(key, it)
	for _, k := range it.keys {
		g.byKey = g.byKey.Set(k+string(key), key)
	}
	for _, k := range it.loose {
		g.byLoose = g.byLoose.Set(k+string(key), key)
	}
	return g.suspect(key)
}

// merge returns the register in which one item leads another. The lead of the
// lead leads both.
func (g register) merge(lead, follower ItemKey) register {
	lead = g.leader(lead, follower)
	follower = g.leader(follower, lead)
	return g.change(func(g register) register {
		g.apart = g.apart.Delete(pairOf(lead, follower))
		g = g.unlink(lead) // It has a lead only when it takes the lead from what led it.
		g = g.unlink(follower)
		g.leads = g.leads.Set(follower, lead)
		g.follows = g.follows.Set(string(lead)+"\x00"+string(follower), follower)
		return g.suspect(lead).suspect(follower)
	}, lead, follower)
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
	return g.change(func(g register) register {
		if lead, ok := g.leads.Get(a); ok && lead == b {
			g = g.unlink(a)
		}
		if lead, ok := g.leads.Get(b); ok && lead == a {
			g = g.unlink(b)
		}
		g.apart = g.apart.Set(pairOf(a, b), struct{}{})
		return g.suspect(a).suspect(b)
	}, a, b)
}

// change does something to items, and counts again what they are the same as,
// before and behind it; the rest of the register is not looked at.
func (g register) change(do func(register) register, keys ...ItemKey) register {
	touched := g.reach(keys)
	before := g.weigh(nil, touched)
	after := do(g)
	if all := after.reach(touched); len(all) > len(touched) {
		// What is the same as the items only behind the change counted without
		// them before, as it would now if they were not there.
		bare := after
		bare.absent = keys
		before = bare.weigh(before, all[len(touched):])
		touched = all
	}
	return after.add(before, after.weigh(nil, touched))
}

// reach returns the items with all that are the same as one of them, themselves
// first.
func (g register) reach(keys []ItemKey) []ItemKey {
	out := slices.Clone(keys)
	for n := 0; n < len(out); n++ {
		for _, other := range g.neighbours(out[n]) {
			if !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out
}

// neighbours returns the items that count as the same as this one: those with
// the same key that were not kept apart, and those merged with it.
func (g register) neighbours(key ItemKey) []ItemKey {
	it, ok := g.item(key)
	if !ok {
		return nil
	}
	var out []ItemKey
	for _, k := range it.keys {
		for _, other := range g.byKey.Prefix(k) {
			if other != key && !slices.Contains(out, other) && !g.apart.Has(pairOf(key, other)) && g.compatible(it, other, k) {
				out = append(out, other)
			}
		}
	}
	if lead, ok := g.leads.Get(key); ok && g.hasItem(lead) {
		out = append(out, lead)
	}
	for _, follower := range g.follows.Prefix(string(key) + "\x00") {
		if g.hasItem(follower) {
			out = append(out, follower)
		}
	}
	return out
}

// compatible reports whether nothing speaks against two items with the same
// key: names do not join what two different credit codes tell apart.
func (g register) compatible(it *known, other ItemKey, key string) bool {
	o, ok := g.item(other)
	return ok && (ownNumber(key[len(it.Indicator)+1:]) || it.CreditCode == "" || o.CreditCode == "" || it.CreditCode == o.CreditCode)
}

// weight is what a group of items that are the same counts as in one scope:
// one, until its last day.
type weight struct {
	scope string
	last  Day
}

const forever Day = "9999-12-31"

// weigh adds what the items count as to out. Those that are the same count once
// in each scope that one of them belongs to. One that is merged into another
// does not count for its own district.
func (g register) weigh(out []weight, keys []ItemKey) []weight {
	var seen []ItemKey
	for _, key := range keys {
		if slices.Contains(seen, key) {
			continue
		}
		group := len(out)
		for _, member := range g.reach([]ItemKey{key}) {
			seen = append(seen, member)
			out = g.weighItem(out, group, member)
		}
	}
	return out
}

// weighItem adds an item to its group, whose weights begin at group.
func (g register) weighItem(out []weight, group int, key ItemKey) []weight {
	it, ok := g.item(key)
	if !ok || !it.counts() {
		return out
	}
	last := it.ValidUntil
	if last == "" {
		last = forever
	}
	all := scopes(string(it.Indicator), it.Domain, it.District)
	of := all[:]
	if lead, ok := g.leads.Get(key); ok && g.hasItem(lead) {
		of = all[:ofCity]
	}
	for _, scope := range of {
		at := slices.IndexFunc(out[group:], func(w weight) bool { return w.scope == scope })
		if at < 0 {
			out = append(out, weight{scope, last})
			continue
		}
		w := &out[group+at]
		w.last = max(w.last, last)
	}
	return out
}

// any stands in a scope for all domains or all districts.
const anyone = "*"

// ofCity is how many of the scopes are the city's.
const ofCity = 2

// scopes returns what a thing counts for: the city, its domain, its district,
// and its domain in its district.
func scopes(indicator string, domain policy.DomainID, district policy.DistrictID) [4]string {
	return [4]string{
		scope(indicator, anyone, anyone), scope(indicator, string(domain), anyone),
		scope(indicator, anyone, string(district)), scope(indicator, string(domain), string(district)),
	}
}

func scope(indicator, domain, district string) string {
	return indicator + "|" + domain + "|" + district
}

// add counts what was added to the weights, and takes out what is gone.
func (g register) add(before, behind []weight) register {
	change := make(map[weight]int, len(behind))
	for _, w := range before {
		change[w]--
	}
	for _, w := range behind {
		change[w]++
	}
	for w, by := range change {
		if by == 0 {
			continue
		}
		g.totals = plus(g.totals, w.scope, by)
		if w.last != forever {
			g.years = plus(g.years, w.scope+"|"+string(w.last[:4]), by)
			g.days = plus(g.days, w.scope+"|"+string(w.last), by)
		}
	}
	return g
}

// total returns how many count in a scope on a day. What it reads does not
// depend on how many there are: one number for each year that is over and for
// each day of this one.
func (g register) total(scope string, on Day) int {
	n, _ := g.totals.Get(scope)
	for key, ended := range g.years.Prefix(scope + "|") {
		if Day(key[len(scope)+1:]) >= on[:4] {
			break
		}
		n -= ended
	}
	for key, ended := range g.days.Prefix(scope + "|" + string(on[:4])) {
		if Day(key[len(scope)+1:]) >= on {
			break
		}
		n -= ended
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
		if f.match(it.Item) {
			out = append(out, s.register.seen(it.Item))
		}
	}
	slices.SortStableFunc(out, itemsInOrder)
	return out
}

// Item returns one item.
func (s State) Item(key ItemKey) (Item, bool) {
	it, ok := s.register.items.Get(key)
	if !ok {
		return Item{}, false
	}
	return s.register.seen(it.Item), true
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
	slices.SortFunc(it.Collaborators, func(a, b policy.DistrictID) int { return byPlace(districtOrder, a, b) })
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
	return cmp.Or(
		byPlace(districtOrder, a.District, b.District),
		byPlace(domainOrder, a.Domain, b.Domain),
		byPlace(indicatorOrder, a.Indicator, b.Indicator),
		strings.Compare(a.Name, b.Name),
	)
}
