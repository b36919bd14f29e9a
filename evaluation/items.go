package evaluation

import (
	"cmp"
	"slices"
	"time"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// ItemID names an item in buttons and in the journal: "hydrogen:taicang". It is
// the same in every year, so that scores can be compared.
type ItemID string

// IDOf returns the id of the item about the district in the domain.
func IDOf(domain policy.DomainID, district policy.DistrictID) ItemID {
	return ItemID(string(domain) + ":" + string(district))
}

// ItemKind says what sort of proposal an item is.
type ItemKind string

// The kinds of items.
const (
	Existing ItemKind = "existing" // A pair of the layout that is judged.
	Outside  ItemKind = "outside"  // A district that does not lead the domain yet.
	New      ItemKind = "new"      // A district in a domain that the policy does not have yet.
)

// Label returns what the kind is called.
func (k ItemKind) Label() lang.Text {
	switch k {
	case Existing:
		return lang.T("现有布局", "in the layout")
	case Outside:
		return lang.T("布局外新增", "outside the layout")
	case New:
		return lang.T("新领域", "new domain")
	}
	return lang.T(string(k), string(k))
}

// Item is one thing that is judged: a district in a domain.
type Item struct {
	ID       ItemID            `json:"id"`
	Domain   policy.DomainID   `json:"domain"`
	District policy.DistrictID `json:"district"`
	Kind     ItemKind          `json:"kind"`
	Focus    lang.Text         `json:"focus"`    // In the layout that is judged; zero for what is not in it.
	Proposed lang.Text         `json:"proposed"` // What the focus would be; needed for what is not in the layout.
	Why      string            `json:"why,omitempty"`
}

// NewDomain is a domain that a cycle proposes to add to the policy.
type NewDomain struct {
	ID      policy.DomainID `json:"id"`
	Name    lang.Text       `json:"name"`
	Short   lang.Text       `json:"short"`
	Summary lang.Text       `json:"summary"`
}

// domain returns the domain as it would stand in the policy, citing the cycle.
func (d NewDomain) domain(c CycleID) policy.Domain {
	return policy.Domain{ID: d.ID, Name: d.Name, Short: d.Short, Summary: d.Summary, Cite: c.cite()}
}

// Verdict is what is recommended, moved or adopted for an item.
type Verdict string

// The verdicts. Leave is for what is not in the layout: it stays out.
const (
	Keep       Verdict = "keep"
	Strengthen Verdict = "strengthen"
	Adjust     Verdict = "adjust"
	Withdraw   Verdict = "withdraw"
	Add        Verdict = "add"
	Leave      Verdict = "leave"
)

// Label returns what the verdict is called.
func (v Verdict) Label() lang.Text {
	switch v {
	case Keep:
		return lang.T("保持", "keep")
	case Strengthen:
		return lang.T("加强", "strengthen")
	case Adjust:
		return lang.T("调整重点", "adjust the focus")
	case Withdraw:
		return lang.T("退出", "withdraw")
	case Add:
		return lang.T("列入布局", "take into the layout")
	case Leave:
		return lang.T("暂不列入", "leave out")
	}
	return lang.T("无建议", "no recommendation")
}

// Verdicts returns what may be moved for the item. The first is what stands
// when no motion is carried.
func (i Item) Verdicts() []Verdict {
	if i.Kind == Existing {
		return []Verdict{Keep, Strengthen, Adjust, Withdraw}
	}
	return []Verdict{Leave, Add}
}

// ItemsOf returns an item for each pair of the layout, in its order.
func ItemsOf(l policy.Layout) []Item {
	out := make([]Item, 0, len(l.Focus))
	for _, f := range l.Focus {
		out = append(out, Item{ID: IDOf(f.Domain, f.District), Domain: f.Domain, District: f.District, Kind: Existing, Focus: f.Text})
	}
	sortItems(out)
	return out
}

// sortItems puts items into the one order in which they are shown: the domains
// in the policy's order, new ones behind them, in each the districts in
// administrative order.
func sortItems(all []Item) {
	domains, districts := policy.DomainIDs(), policy.DistrictIDs()
	place := func(d policy.DomainID) int {
		if i := slices.Index(domains, d); i >= 0 {
			return i
		}
		return len(domains)
	}
	slices.SortStableFunc(all, func(a, b Item) int {
		return cmp.Or(cmp.Compare(place(a.Domain), place(b.Domain)), cmp.Compare(a.Domain, b.Domain),
			cmp.Compare(slices.Index(districts, a.District), slices.Index(districts, b.District)))
	})
}

// Title writes what the item is about: 氢能 · 太仓市.
func (c Cycle) Title(pol *policy.Policy, id ItemID) lang.Text {
	i, ok := c.Item(id)
	if !ok {
		return lang.T(string(id), string(id))
	}
	domain := lang.T(string(i.Domain), string(i.Domain))
	if d, ok := pol.Domain(i.Domain); ok {
		domain = d.Name
	} else if n := slices.IndexFunc(c.NewDomains, func(d NewDomain) bool { return d.ID == i.Domain }); n >= 0 {
		domain = c.NewDomains[n].Name
	}
	district := lang.T(string(i.District), string(i.District))
	if d, ok := pol.District(i.District); ok {
		district = d.Name
	}
	return lang.Tf("%s · %s", "%s · %s", domain, district)
}

// Recusal is somebody standing aside: from a domain, from a district, or, when
// both are given, from that one pair. It touches every item that it covers.
type Recusal struct {
	Member   people.UserID     `json:"member"`
	Domain   policy.DomainID   `json:"domain,omitempty"`
	District policy.DistrictID `json:"district,omitempty"`
	Reason   string            `json:"reason"`
	By       people.UserID     `json:"by"` // The member who declared it, or who set it.
	At       time.Time         `json:"-"`
}

// Touches reports whether the recusal covers the item.
func (r Recusal) Touches(i Item) bool {
	return (r.Domain != "" || r.District != "") &&
		(r.Domain == "" || r.Domain == i.Domain) && (r.District == "" || r.District == i.District)
}

func (r Recusal) same(o Recusal) bool {
	return r.Member == o.Member && r.Domain == o.Domain && r.District == o.District
}
