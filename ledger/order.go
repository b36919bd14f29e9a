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

// inOrder compares reports by the one order in which they are shown.
func inOrder(a, b Report) int {
	return cmp.Or(
		-strings.Compare(string(a.Period), string(b.Period)),
		cmp.Compare(districtOrder[a.District], districtOrder[b.District]),
		cmp.Compare(domainOrder[a.Domain], domainOrder[b.Domain]),
		cmp.Compare(indicatorOrder[a.Indicator], indicatorOrder[b.Indicator]),
		a.First.Compare(b.First),
		cmp.Compare(len(a.ID), len(b.ID)), // R-2026Q4-10000 stands behind R-2026Q4-9999.
		strings.Compare(string(a.ID), string(b.ID)),
	)
}
