package ledger

import (
	"cmp"
	"strings"

	"wainao/policy"
)

var (
	districtOrder  = orderOf(append([]policy.DistrictID{City}, policy.DistrictIDs()...))
	domainOrder    = orderOf(append([]policy.DomainID{Whole}, policy.DomainIDs()...))
	indicatorOrder = orderOf(policy.IndicatorIDs())
)

func orderOf[T comparable](ids []T) map[T]int {
	m := make(map[T]int, len(ids))
	for i, id := range ids {
		m[id] = i
	}
	return m
}

// byPlace compares ids by their place. Those that the order does not know, such
// as a domain that an adopted policy brought, stand behind the others.
func byPlace[T ~string](order map[T]int, a, b T) int {
	place := func(id T) int {
		if n, ok := order[id]; ok {
			return n
		}
		return len(order)
	}
	return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(string(a), string(b)))
}

// inOrder compares reports by the one order in which they are shown.
func inOrder(a, b Report) int {
	return cmp.Or(
		-strings.Compare(string(a.Period), string(b.Period)),
		byPlace(districtOrder, a.District, b.District),
		byPlace(domainOrder, a.Domain, b.Domain),
		byPlace(indicatorOrder, a.Indicator, b.Indicator),
		a.First.Compare(b.First),
		cmp.Compare(len(a.ID), len(b.ID)), // R-2026Q4-10000 stands behind R-2026Q4-9999.
		strings.Compare(string(a.ID), string(b.ID)),
	)
}
