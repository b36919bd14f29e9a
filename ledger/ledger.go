// Package ledger is the districts' work ledger: what they report, in which
// state each report is, and how that stands against the targets.
//
// It decides whether a report may be taken in and what it counts as. It is a
// ledger and no statistical survey: a figure always carries its status, "no
// data" is never 0, and districts are never ranked. It never writes, posts or
// reads a clock: it is pure functions of a [State].
package ledger

import (
	"fmt"
	"slices"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// ReportID names a report for people: R-2026Q4-0007 is the seventh of its
// period. It never changes and is never given twice.
type ReportID string

// Status is how far a report has come.
type Status string

// The statuses. A status that this version does not know is kept as it is and
// counts as nothing.
const (
	Submitted Status = "submitted" // Reported; nobody has vouched for it yet.
	Accepted  Status = "accepted"  // The secretariat vouches for it: only now it counts.
)

// Label returns the status in words.
func (s Status) Label() lang.Text {
	switch s {
	case Submitted:
		return lang.T("已上报，待审核", "reported, pending review")
	case Accepted:
		return lang.T("已采纳", "accepted")
	}
	return lang.T(string(s), string(s))
}

// Report is one report in its latest revision, or one revision of it. It is a
// value: nobody changes what Value points to.
type Report struct {
	ID        ReportID
	Revision  int // From 1.
	District  policy.DistrictID
	Domain    policy.DomainID
	Period    calendar.Period
	Indicator policy.IndicatorID
	Name      string  // Of the item; empty when the indicator takes a value.
	Value     *Amount // Nil when the indicator takes an item.
	Evidence  string  // An http or https address.
	Text      string
	By        people.UserID
	At        time.Time // When this revision was submitted.
	First     time.Time // When the first revision was submitted.
	Status    Status

	// OutsideLayout is set when the layout did not give the domain to the
	// district. Such a report is taken in with a warning: the yearly evaluation
	// wants to know.
	OutsideLayout bool
}

// Subject returns what the report is about: the item's name, or the value.
func (r Report) Subject() lang.Text {
	if r.Value != nil {
		return r.Value.Text()
	}
	return lang.T(r.Name, r.Name)
}

// same reports whether two reports say the same.
func (r Report) same(o Report) bool {
	sameValue := (r.Value == nil) == (o.Value == nil) && (r.Value == nil || *r.Value == *o.Value)
	return sameValue && r.thing() == o.thing() && r.Name == o.Name && r.Evidence == o.Evidence && r.Text == o.Text
}

// thing names what a report is about: one district reports a thing once a
// period, and a second report of it is a new revision of the first.
func (r Report) thing() string { return string(r.Period) + "|" + r.item() }

// item is the thing whatever the period: the item of a register.
func (r Report) item() string {
	return fmt.Sprintf("%s|%s|%s|%s", r.District, r.Domain, r.Indicator, policy.Key(r.Name))
}

// submission remembers what became of a key.
type submission struct {
	report   ReportID
	revision int
}

// State is the ledger at one moment. The zero State is empty.
type State struct {
	reports   journal.Table[ReportID, Report]     // Each in its latest revision.
	revisions journal.Table[string, Report]       // By [revisionKey].
	things    journal.Table[string, ReportID]     // By [Report.thing].
	keys      journal.Table[string, submission]   // By [ownKey].
	counts    journal.Table[calendar.Period, int] // Reports ever made for a period.
}

func revisionKey(id ReportID, revision int) string { return fmt.Sprintf("%s/%06d", id, revision) }

// ownKey keeps one person's keys apart from another's.
func ownKey(who people.UserID, key string) string { return string(who) + "/" + key }

// Report returns the latest revision of a report.
func (s State) Report(id ReportID) (Report, bool) { return s.reports.Get(id) }

// Revision returns one revision of a report.
func (s State) Revision(id ReportID, revision int) (Report, bool) {
	return s.revisions.Get(revisionKey(id, revision))
}

// Revisions returns all revisions of a report, the first one first.
func (s State) Revisions(id ReportID) []Report {
	var out []Report
	for _, r := range s.revisions.Prefix(string(id) + "/") {
		out = append(out, r)
	}
	return out
}

// Filter chooses reports; a zero field chooses all.
type Filter struct {
	Period    calendar.Period
	District  policy.DistrictID
	Domain    policy.DomainID
	Indicator policy.IndicatorID
	Status    Status
	By        people.UserID
	Since     time.Time // Latest revision at this moment or later.
	Until     time.Time // Latest revision before this moment.
}

func (f Filter) match(r Report) bool {
	return (f.Period == "" || f.Period == r.Period) &&
		(f.District == "" || f.District == r.District) &&
		(f.Domain == "" || f.Domain == r.Domain) &&
		(f.Indicator == "" || f.Indicator == r.Indicator) &&
		(f.Status == "" || f.Status == r.Status) &&
		(f.By == "" || f.By == r.By) &&
		(f.Since.IsZero() || !r.At.Before(f.Since)) &&
		(f.Until.IsZero() || r.At.Before(f.Until))
}

// Reports returns the reports that f chooses in their latest revision: the
// newest period first, in it the districts in administrative order, their
// domains and indicators in the policy's order, then as they came in.
func (s State) Reports(f Filter) []Report {
	var out []Report
	for _, r := range s.reports.All() {
		if f.match(r) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, inOrder)
	return out
}

var (
	districtOrder  = orderOf(policy.DistrictIDs())
	domainOrder    = orderOf(policy.DomainIDs())
	indicatorOrder = orderOf(policy.IndicatorIDs())
)

func orderOf[T comparable](ids []T) map[T]int {
	m := make(map[T]int, len(ids))
	for i, id := range ids {
		m[id] = i
	}
	return m
}

// kindSubmitted is a report's first or next revision.
const kindSubmitted = "ledger.report.submitted"

type submittedV1 struct {
	ID            ReportID           `json:"id"`
	Revision      int                `json:"revision"`
	Key           string             `json:"key"`
	By            people.UserID      `json:"by"`
	District      policy.DistrictID  `json:"district"`
	Domain        policy.DomainID    `json:"domain"`
	Period        calendar.Period    `json:"period"`
	Indicator     policy.IndicatorID `json:"indicator"`
	Name          string             `json:"name,omitempty"`
	Value         *Amount            `json:"value_wan,omitempty"` // In 万元.
	Evidence      string             `json:"evidence"`
	Text          string             `json:"text,omitempty"`
	OutsideLayout bool               `json:"outside_layout,omitempty"`
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	if e.Kind != kindSubmitted {
		return s, nil
	}
	if e.Version != 1 {
		return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var d submittedV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	r := Report{
		ID: d.ID, Revision: d.Revision, District: d.District, Domain: d.Domain, Period: d.Period, Indicator: d.Indicator,
		Name: d.Name, Value: d.Value, Evidence: d.Evidence, Text: d.Text, By: d.By, At: e.Time, First: e.Time,
		Status: Submitted, OutsideLayout: d.OutsideLayout,
	}
	if before, ok := s.reports.Get(r.ID); ok {
		r.First = before.First
	} else {
		n, _ := s.counts.Get(r.Period)
		s.counts = s.counts.Set(r.Period, n+1)
	}
	s.reports = s.reports.Set(r.ID, r)
	s.revisions = s.revisions.Set(revisionKey(r.ID, r.Revision), r)
	s.things = s.things.Set(r.thing(), r.ID)
	s.keys = s.keys.Set(ownKey(d.By, d.Key), submission{report: r.ID, revision: r.Revision})
	return s, nil
}
