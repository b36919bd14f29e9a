package ledger

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/people"
	"wainao/policy"
)

// Report returns the latest revision of a report.
func (s State) Report(id ReportID) (Report, bool) { return deref(s.reports.Get(id)) }

func deref[V any](p *V, ok bool) (v V, _ bool) {
	if !ok {
		return v, false
	}
	return *p, true
}

// Revision returns one revision of a report as it was left: accepted, returned,
// withdrawn, or submitted and then changed.
func (s State) Revision(id ReportID, revision int) (Report, bool) {
	return deref(s.revisions.Get(revisionKey(id, revision)))
}

// Revisions returns all revisions of a report, the first one first.
func (s State) Revisions(id ReportID) []Report {
	var out []Report
	for _, r := range s.revisions.Prefix(string(id) + "/") {
		out = append(out, *r)
	}
	return out
}

// Counting returns the revision of a report that counts; ok is false when none
// does.
func (s State) Counting(id ReportID) (Report, bool) {
	r, ok := s.Report(id)
	if !ok || r.Accepted == 0 {
		return Report{}, false
	}
	return s.Revision(id, r.Accepted)
}

// Notes returns the questions and replies on a report, the first one first.
func (s State) Notes(id ReportID) []Note {
	var out []Note
	for _, n := range s.notes.Prefix(string(id) + "/") {
		out = append(out, n)
	}
	return out
}

// Filter chooses reports by their latest revision; a zero field chooses all.
type Filter struct {
	Period    calendar.Period
	District  policy.DistrictID
	City      bool // Of the city's own series, whatever District says.
	Domain    policy.DomainID
	Indicator policy.IndicatorID
	Status    Status
	Answer    Answer
	Item      ItemKey
	By        people.UserID
	Since     time.Time // Latest revision at this moment or later.
	Until     time.Time // Latest revision before this moment.
}

func (f Filter) match(r *Report) bool {
	return (f.Period == "" || f.Period == r.Period) &&
		(f.District == "" || f.City || f.District == r.District) &&
		(!f.City || r.District == City) &&
		(f.Domain == "" || f.Domain == r.Domain) &&
		(f.Indicator == "" || f.Indicator == r.Indicator) &&
		(f.Status == "" || f.Status == r.Status) &&
		(f.Answer == "" || f.Answer == r.Answer) &&
		(f.Item == "" || f.Item == r.Item) &&
		(f.By == "" || f.By == r.By) &&
		(f.Since.IsZero() || !r.At.Before(f.Since)) &&
		(f.Until.IsZero() || r.At.Before(f.Until))
}

// Reports returns the reports that f chooses in their latest revision: the
// newest period first, in it the districts in administrative order and the city
// before them, their domains and indicators in the policy's order, then as they
// came in. It looks no further than the period, the district, the time or the status
// that f names, of which it follows the first; only of those accepted, of a
// domain, an indicator, an item or a person it looks at all.
func (s State) Reports(f Filter) []Report {
	out := s.chosen(f)
	slices.SortStableFunc(out, inOrder)
	return out
}

func (s State) chosen(f Filter) []Report {
	var out []Report
	take := func(r *Report) {
		if f.match(r) {
			out = append(out, *r)
		}
	}
	byID := func(id ReportID) {
		r, _ := s.reports.Get(id)
		take(r)
	}
	switch {
	case f.City || f.District != "":
		district := f.District
		if f.City {
			district = City
		}
		for _, id := range s.byDistrict.Prefix(string(district) + "|" + string(f.Period)) {
			byID(id)
		}
	case f.Period != "":
		for _, r := range s.reports.Prefix(ReportID("R-" + string(f.Period) + "-")) {
			take(r)
		}
	case !f.Since.IsZero():
		since := timeKey(f.Since)
		for key, id := range s.byTime.Backward() {
			if key < since {
				break
			}
			byID(id)
		}
	case f.Status != "" && f.Status != Accepted: // Most are accepted in the end.
		for _, id := range s.byStatus.Prefix(string(f.Status) + "|") {
			byID(id)
		}
	default:
		for _, r := range s.reports.All() {
			take(r)
		}
	}
	return out
}

// Queue returns the reports that wait for review and that f chooses, the one
// that waits longest first.
func (s State) Queue(f Filter) []Report {
	var out []Report
	for _, id := range s.byStatus.Prefix(string(Submitted) + "|") {
		if r, _ := s.reports.Get(id); f.match(r) {
			out = append(out, *r)
		}
	}
	return out
}

// Waiting returns how many reports wait for review.
func (s State) Waiting() int { return s.waiting }
