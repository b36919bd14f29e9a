package ledger

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/people"
	"wainao/policy"
)

// CellState is the state of one cell of the domain × district matrix.
type CellState string

// The states of a cell. What is reported outside the layout shows like any
// other report.
const (
	CellNotAssigned CellState = "not-assigned" // The layout leaves it to others, and nothing is reported.
	CellNoData      CellState = "no-data"      // Assigned, and nothing is reported for the period, or that there is no data.
	CellPending     CellState = "pending"      // At least one report waits for review.
	CellReturned    CellState = "returned"     // None waits, and at least one is to be mended.
	CellAccepted    CellState = "accepted"     // All that is reported is accepted.
	CellStale       CellState = "stale"        // Nothing for the period, and what was accepted last is too old.
)

// Cell is one cell of the matrix for one period.
type Cell struct {
	Domain   policy.DomainID
	District policy.DistrictID
	Assigned bool
	State    CellState
	Tally                    // Reports of the period.
	Returned int             // Reports of the period that are to be mended.
	Last     calendar.Period // The newest for which something was accepted, whatever the matrix's period.
}

// cellCount counts a pair's reports of a period.
type cellCount struct {
	Pending, Returned, Accepted, NoData int
}

func cellKey(p calendar.Period, domain policy.DomainID, district policy.DistrictID) string {
	return string(p) + "|" + pairKey(domain, district)
}

// countCell counts a report in its cell in the place of its revision before,
// which is nil when it is new. A report never moves to another cell.
func (s State) countCell(before, r *Report) journal.Table[string, cellCount] {
	key := cellKey(r.Period, r.Domain, r.District)
	c, _ := s.cells.Get(key)
	if before != nil {
		c = c.with(before, -1)
	}
	if c = c.with(r, +1); c == (cellCount{}) {
		return s.cells.Delete(key)
	}
	return s.cells.Set(key, c)
}

func (c cellCount) with(r *Report, by int) cellCount {
	switch {
	case r.Status == Submitted:
		c.Pending += by
	case r.Status == Returned && r.Accepted == 0:
		c.Returned += by
	}
	switch {
	case r.Accepted == 0:
	case r.Answer == NoData && r.Status == Accepted:
		c.NoData += by
	default:
		c.Accepted += by
	}
	return c
}

// CellAt returns one cell of the matrix for a period, under the layout in
// force at the end of the period, or at now while it lasts.
func CellAt(s State, pol *policy.Policy, set Settings, domain policy.DomainID, district policy.DistrictID, period calendar.Period, now time.Time) Cell {
	return s.cell(set, domain, district, period, layoutOf(pol, period, now))
}

func (s State) cell(set Settings, domain policy.DomainID, district policy.DistrictID, period calendar.Period, layout policy.Layout) Cell {
	_, assigned := layout.FocusOf(domain, district)
	n, _ := s.cells.Get(cellKey(period, domain, district))
	fresh, _ := s.fresh.Get(pairKey(domain, district))
	c := Cell{
		Domain: domain, District: district, Assigned: assigned, Tally: Tally{Accepted: n.Accepted, Pending: n.Pending},
		Returned: n.Returned, Last: fresh.period, State: CellNotAssigned,
	}
	switch {
	case n.Pending > 0:
		c.State = CellPending
	case n.Returned > 0:
		c.State = CellReturned
	case n.Accepted > 0:
		c.State = CellAccepted
	case n.NoData > 0:
		c.State = CellNoData
	case assigned && c.Last != "" && c.Last < period.Add(-set.StalePeriods):
		c.State = CellStale
	case assigned:
		c.State = CellNoData
	}
	return c
}

// Matrix returns all cells for a period: a row for each domain in the policy's
// order, in it a cell for each district in administrative order.
func Matrix(s State, pol *policy.Policy, set Settings, period calendar.Period, now time.Time) [][]Cell {
	layout := layoutOf(pol, period, now)
	domains := pol.At(now).Domains
	rows := make([][]Cell, 0, len(domains))
	for _, domain := range domains {
		row := make([]Cell, 0, len(policy.DistrictIDs()))
		for _, district := range policy.DistrictIDs() {
			row = append(row, s.cell(set, domain.ID, district, period, layout))
		}
		rows = append(rows, row)
	}
	return rows
}

// CellDetails is what stands behind a cell.
type CellDetails struct {
	Cell
	Focus    policy.Focus
	Reports  []Report        // Of the period, in their order.
	Items    []Item          // Of the register, whatever the period.
	People   []people.UserID // Who submitted or reviewed the reports, each once.
	Evidence []string        // The reports' links, each once.
}

// DetailsAt returns one cell with what stands behind it.
func DetailsAt(s State, pol *policy.Policy, set Settings, domain policy.DomainID, district policy.DistrictID, period calendar.Period, now time.Time) CellDetails {
	d := CellDetails{Cell: CellAt(s, pol, set, domain, district, period, now)}
	d.Focus, _ = layoutOf(pol, period, now).FocusOf(domain, district)
	d.Reports = s.Reports(Filter{Period: period, District: district, Domain: domain})
	d.Items = s.Items(ItemFilter{District: district, Domain: domain})
	for _, r := range d.Reports {
		for _, user := range []people.UserID{r.By, r.ReviewedBy} {
			if user != "" && !slices.Contains(d.People, user) {
				d.People = append(d.People, user)
			}
		}
		if r.Evidence != "" && !slices.Contains(d.Evidence, r.Evidence) {
			d.Evidence = append(d.Evidence, r.Evidence)
		}
	}
	return d
}
