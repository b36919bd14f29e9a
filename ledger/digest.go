package ledger

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/people"
	"wainao/policy"
)

// DigestDays is how many days back a weekly digest looks.
const DigestDays = 7

// DigestData is what a weekly digest tells, before anybody puts it into words.
type DigestData struct {
	From, To time.Time // What was reported from From on and before or at To.
	Period   calendar.Period
	Reported []DigestItem     // Of the last seven days, in the order of [State.Reports]; what was withdrawn is not among them.
	Pending  int              // Reports of any period that wait for review.
	Silent   []SilentDistrict // Who has reported nothing for the period, in administrative order.
	Targets  []IndicatorProgress
}

// DigestItem is one report of the week.
type DigestItem struct {
	Report  Report
	Who     people.Person // Who submitted it. Only User is set when they are unknown by now.
	Revised bool          // An earlier revision stood before the week began.
}

// SilentDistrict is a district that leads a domain and has reported nothing
// for the period, with those who answer for it.
type SilentDistrict struct {
	District policy.DistrictID
	Liaisons []people.Person // None when nobody is registered.
}

// Empty reports whether nothing was reported in the week.
func (d DigestData) Empty() bool { return len(d.Reported) == 0 }

// Digest gathers what the weekly digest at now tells. It looks at the week's
// reports only.
func Digest(s State, pol *policy.Policy, who people.State, set Settings, now time.Time) DigestData {
	d := DigestData{From: now.AddDate(0, 0, -DigestDays), To: now, Period: calendar.PeriodOf(now), Pending: s.waiting}
	for _, r := range s.Reports(Filter{Since: d.From.Add(time.Millisecond), Until: now.Add(time.Millisecond)}) {
		if r.Status == Withdrawn {
			continue
		}
		by, ok := who.Person(r.By)
		if !ok {
			by = people.Person{User: r.By}
		}
		d.Reported = append(d.Reported, DigestItem{Report: r, Who: by, Revised: !r.First.After(d.From)})
	}
	layout := pol.LayoutAt(now)
	for _, id := range policy.DistrictIDs() {
		if len(layout.DomainsOf(id)) > 0 && !s.hasReported(id, d.Period) {
			d.Silent = append(d.Silent, SilentDistrict{District: id, Liaisons: who.OfDistrict(id)})
		}
	}
	d.Targets = Progress(s, pol, set, now)
	return d
}

// hasReported reports whether the district has reported anything for the
// period that it has not withdrawn or that was not returned.
func (s State) hasReported(district policy.DistrictID, p calendar.Period) bool {
	return slices.ContainsFunc(policy.DomainIDs(), func(domain policy.DomainID) bool {
		n, _ := s.cells.Get(cellKey(p, domain, district))
		return n.Pending+n.Accepted+n.NoData+n.Returned > 0
	})
}
