package ledger

import (
	"time"

	"wainao/calendar"
	"wainao/policy"
)

// Standing is what is known about a target.
type Standing string

// The standings.
const (
	NoData         Standing = "no-data" // Nobody has reported anything. It is not 0.
	PendingReports Standing = "pending" // Something is reported, nothing accepted.
	Counted        Standing = "counted" // Something is accepted.
)

// Tally counts what is reported towards a target. Accepted and Pending never
// overlap: what is pending stands beside what counts, never inside.
type Tally struct {
	Accepted int // Items, or reports of an indicator that takes values.
	Pending  int
}

// Standing returns what the tally says.
func (t Tally) Standing() Standing {
	switch {
	case t.Accepted > 0:
		return Counted
	case t.Pending > 0:
		return PendingReports
	}
	return NoData
}

func (t Tally) plus(status Status) Tally {
	switch status {
	case Accepted:
		t.Accepted++
	case Submitted:
		t.Pending++
	}
	return t
}

// DomainTally is the tally of one domain.
type DomainTally struct {
	Domain policy.DomainID
	Tally
}

// DistrictTally is the tally of one district.
type DistrictTally struct {
	District policy.DistrictID
	Tally
}

// IndicatorProgress is how an indicator stands against one of its targets.
type IndicatorProgress struct {
	Indicator  policy.Indicator
	Target     policy.Target // Its number may be missing: Op is then Qualitative.
	City       Tally
	ByDomain   []DomainTally   // All eight, in the policy's order.
	ByDistrict []DistrictTally // All ten, in administrative order.
}

// Share returns what counts as a share of the target's number, not capped at 1.
// ok is false when nothing counts yet, when the target has no number, and for
// an indicator that takes values: the city's figure is a series of its own and
// never the sum of what districts report.
func (p IndicatorProgress) Share() (share float64, ok bool) {
	if p.City.Accepted == 0 || p.Target.Op == policy.Qualitative || p.Target.Value == 0 || p.Indicator.Takes != policy.TakesItem {
		return 0, false
	}
	return float64(p.City.Accepted) / p.Target.Value, true
}

// Progress returns how every target that something is counted for stands at
// the given moment, by year and as printed. An item reported in several
// periods counts once, as its newest period has it. A yearly amount counts the
// reports of the moment's year only.
func Progress(s State, pol *policy.Policy, at time.Time) []IndicatorProgress {
	type tallies struct {
		city     Tally
		domain   map[policy.DomainID]Tally
		district map[policy.DistrictID]Tally
	}
	all := map[policy.IndicatorID]*tallies{}
	for _, r := range s.newest(pol, at) {
		t := all[r.Indicator]
		if t == nil {
			t = &tallies{domain: map[policy.DomainID]Tally{}, district: map[policy.DistrictID]Tally{}}
			all[r.Indicator] = t
		}
		t.city = t.city.plus(r.Status)
		t.domain[r.Domain] = t.domain[r.Domain].plus(r.Status)
		t.district[r.District] = t.district[r.District].plus(r.Status)
	}
	var out []IndicatorProgress
	for _, target := range pol.Targets {
		indicator, ok := pol.Indicator(target.Indicator)
		if !ok {
			continue // A target that nothing is counted for.
		}
		t := all[indicator.ID]
		if t == nil {
			t = &tallies{}
		}
		p := IndicatorProgress{Indicator: indicator, Target: target, City: t.city}
		for _, d := range policy.DomainIDs() {
			p.ByDomain = append(p.ByDomain, DomainTally{d, t.domain[d]})
		}
		for _, d := range policy.DistrictIDs() {
			p.ByDistrict = append(p.ByDistrict, DistrictTally{d, t.district[d]})
		}
		out = append(out, p)
	}
	return out
}

// newest returns one report for each item, that of its newest period, and
// every report of this year's amounts.
func (s State) newest(pol *policy.Policy, at time.Time) []Report {
	year := calendar.PeriodOf(at).Year()
	seen := map[string]bool{}
	var out []Report
	for _, r := range s.Reports(Filter{}) { // The newest period first.
		if indicator, ok := pol.Indicator(r.Indicator); ok && indicator.Takes == policy.TakesValue {
			if r.Period.Year() == year {
				out = append(out, r)
			}
			continue
		}
		if !seen[r.item()] {
			seen[r.item()] = true
			out = append(out, r)
		}
	}
	return out
}

// CellState is the state of one cell of the domain × district matrix.
type CellState string

// The states of a cell. What is reported outside the layout shows like any
// other report.
const (
	CellNotAssigned CellState = "not-assigned" // The layout leaves it to others, and nothing is reported.
	CellNoData      CellState = "no-data"      // Assigned, and nothing is reported for the period.
	CellPending     CellState = "pending"      // At least one report waits for review.
	CellAccepted    CellState = "accepted"     // All that is reported is accepted.
)

// Cell is one cell of the matrix for one period.
type Cell struct {
	Domain   policy.DomainID
	District policy.DistrictID
	Assigned bool
	State    CellState
	Tally
}

// CellAt returns one cell of the matrix for a period, under the layout in
// force at the end of the period, or at now while it lasts.
func CellAt(s State, pol *policy.Policy, domain policy.DomainID, district policy.DistrictID, period calendar.Period, now time.Time) Cell {
	var t Tally
	for _, r := range s.reports.Prefix(ReportID("R-" + string(period) + "-")) {
		if r.Domain == domain && r.District == district {
			t = t.plus(r.Status)
		}
	}
	return cell(domain, district, t, layoutOf(pol, period, now))
}

func cell(domain policy.DomainID, district policy.DistrictID, t Tally, layout policy.Layout) Cell {
	_, assigned := layout.FocusOf(domain, district)
	c := Cell{Domain: domain, District: district, Assigned: assigned, Tally: t, State: CellNotAssigned}
	switch {
	case t.Pending > 0:
		c.State = CellPending
	case t.Accepted > 0:
		c.State = CellAccepted
	case assigned:
		c.State = CellNoData
	}
	return c
}

// Matrix returns all cells for a period: a row for each domain in the policy's
// order, in it a cell for each district in administrative order.
func Matrix(s State, pol *policy.Policy, period calendar.Period, now time.Time) [][]Cell {
	type pair struct {
		domain   policy.DomainID
		district policy.DistrictID
	}
	tallies := map[pair]Tally{}
	for _, r := range s.reports.Prefix(ReportID("R-" + string(period) + "-")) {
		at := pair{r.Domain, r.District}
		tallies[at] = tallies[at].plus(r.Status)
	}
	layout := layoutOf(pol, period, now)
	rows := make([][]Cell, 0, len(policy.DomainIDs()))
	for _, domain := range policy.DomainIDs() {
		row := make([]Cell, 0, len(policy.DistrictIDs()))
		for _, district := range policy.DistrictIDs() {
			row = append(row, cell(domain, district, tallies[pair{domain, district}], layout))
		}
		rows = append(rows, row)
	}
	return rows
}

// TallyOf counts what f chooses among the reports that [Progress] counts, and
// tells when the last of them was submitted; that is zero when there is none.
func TallyOf(s State, pol *policy.Policy, f Filter, at time.Time) (t Tally, last time.Time) {
	for _, r := range s.newest(pol, at) {
		if !f.match(r) {
			continue
		}
		t = t.plus(r.Status)
		if r.At.After(last) {
			last = r.At
		}
	}
	return t, last
}
