package ledger

import (
	"fmt"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/people"
	"wainao/policy"
)

// revisionOf names one revision of a report.
type revisionOf struct {
	id       ReportID
	revision int
}

// outcome remembers what became of a key.
type outcome struct {
	report   ReportID
	revision int
	note     int
	draft    DraftID
}

// State is the ledger at one moment. The zero State is empty.
//
// Everything that a query needs is kept as it is asked for: no query scans all
// reports unless all of them are its result. Each report's part in the tables
// is taken out and put in again when it changes; see put.
type State struct {
	reports   journal.Table[ReportID, Report]     // Each in its latest revision; the ids start with the period.
	revisions journal.Table[string, Report]       // By revisionKey.
	things    journal.Table[string, ReportID]     // By Report.thing.
	keys      journal.Table[string, outcome]      // By ownKey.
	bulks     journal.Table[string, []ReportID]   // What a bulk act covered, by ownKey.
	counts    journal.Table[calendar.Period, int] // Reports ever made for a period.

	byDistrict journal.Table[string, ReportID] // "district|period|id".
	byStatus   journal.Table[string, ReportID] // "status|time|id".
	byTime     journal.Table[string, ReportID] // "time|id", of the latest revision.
	latest     journal.Table[string, ReportID] // The newest period's last, by "district|domain|indicator".
	waiting    int                             // Reports in status submitted.

	lines journal.Table[string, revisionOf] // What a line counts by, by Report.line; of values and answers.

	notes          journal.Table[string, Note] // By noteKey.
	drafts         journal.Table[DraftID, Draft]
	districtDrafts journal.Table[string, DraftID] // "district|id".
	draftCount     int                            // Drafts ever begun.
	locks          journal.Table[calendar.Period, LockState]
	paths          journal.Table[policy.IndicatorID, []AdoptedPath]

	names    journal.Table[string, ItemKey]   // By which names an item is found again; see itemOf.
	codes    journal.Table[ItemKey, string]   // Every item's credit code as last reported, or "".
	cells    journal.Table[string, cellCount] // By cellKey.
	pending  journal.Table[string, int]       // Reports that wait, by scope.
	fresh    journal.Table[string, freshness] // By scope: when something was accepted last.
	figures  journal.Table[string, Point]     // Accepted values, by figureKey.
	valued   journal.Table[string, int]       // Accepted values by scope of their year.
	waits    journal.Table[string, Point]     // Submitted values, by figureKey.
	register register
}

func revisionKey(id ReportID, revision int) string { return string(id) + "/" + digits(revision, 6) }

func noteKey(id ReportID, n int) string { return string(id) + "/" + digits(n, 6) }

// ownKey keeps one person's keys apart from another's.
func ownKey(who people.UserID, key string) string { return string(who) + "/" + key }

// timeKey writes a moment so that it sorts as a string.
func timeKey(t time.Time) string { return t.UTC().Format("20060102150405.000") }

// done returns what became of a key that was used before.
func (s State) done(who people.UserID, key string) (Report, bool) {
	o, ok := s.keys.Get(ownKey(who, key))
	if !ok {
		return Report{}, false
	}
	r, ok := s.Revision(o.report, o.revision)
	return r, ok
}

// put sets the latest revision of a report, in every table that it has a part
// in.
func (s State) put(r Report) State {
	id := string(r.ID)
	if old, ok := s.reports.Get(r.ID); ok {
		s = s.count(old, -1)
		s.byStatus = s.byStatus.Delete(string(old.Status) + "|" + timeKey(old.At) + "|" + id)
		if !old.At.Equal(r.At) {
			s.byTime = s.byTime.Delete(timeKey(old.At) + "|" + id)
		}
		if thing := old.thing(); thing != r.thing() {
			s.things = s.things.Delete(thing)
			s.things = s.things.Set(r.thing(), r.ID)
		}
	} else {
		n, _ := s.counts.Get(r.Period)
		s.counts = s.counts.Set(r.Period, n+1)
		s.byDistrict = s.byDistrict.Set(string(r.District)+"|"+string(r.Period)+"|"+id, r.ID)
		s.things = s.things.Set(r.thing(), r.ID)
	}
	s = s.count(r, +1)
	s.byStatus = s.byStatus.Set(string(r.Status)+"|"+timeKey(r.At)+"|"+id, r.ID)
	s.byTime = s.byTime.Set(timeKey(r.At)+"|"+id, r.ID)
	s.reports = s.reports.Set(r.ID, r)
	s.revisions = s.revisions.Set(revisionKey(r.ID, r.Revision), r)
	return s
}

// count adds a report's latest revision to what is counted of those that wait
// and of the cells, or takes it out.
func (s State) count(r Report, by int) State {
	s.cells = s.countCell(r, by)
	if r.Status != Submitted {
		return s
	}
	s.waiting += by
	if r.Value != nil && r.Basis != "" {
		if by > 0 {
			s.waits = s.waits.Set(figureKey(r), pointOf(r))
		} else {
			s.waits = s.waits.Delete(figureKey(r))
		}
	}
	if r.Answer == Changed {
		indicator := tallyIndicator(r)
		for _, scope := range scopes(indicator, r.Domain, r.District) {
			s.pending = plus(s.pending, scope, by)
		}
	}
	return s
}

// plus adds to a counter; one that comes to 0 is not kept.
func plus(t journal.Table[string, int], key string, by int) journal.Table[string, int] {
	n, _ := t.Get(key)
	if n += by; n == 0 {
		return t.Delete(key)
	}
	return t.Set(key, n)
}

// submitted returns the state behind a submission at the moment at.
func (s State) submitted(d submittedV1, at time.Time) State {
	r := d.Report
	r.Status, r.At, r.First = Submitted, at, at
	if before, ok := s.reports.Get(r.ID); ok {
		r.First, r.Accepted = before.First, before.Accepted
	}
	s = s.put(r)
	if r.Item != "" {
		s = s.named(r)
	}
	last := pairKey(r.Domain, r.District) + "|" + string(r.Indicator)
	if id, ok := s.latest.Get(last); !ok || id[:len("R-2026Q4")] <= r.ID[:len("R-2026Q4")] {
		s.latest = s.latest.Set(last, r.ID)
	}
	s.keys = s.keys.Set(ownKey(r.By, d.Key), outcome{report: r.ID, revision: r.Revision})
	if d.FromDraft != "" {
		s = s.discard(d.FromDraft)
	}
	return s
}

func (s State) discard(id DraftID) State {
	if d, ok := s.drafts.Get(id); ok {
		s.drafts = s.drafts.Delete(id)
		s.districtDrafts = s.districtDrafts.Delete(string(d.District) + "|" + string(id))
	}
	return s
}

// review returns the state behind a review.
func (s State) review(e reviewedV1, at time.Time) (State, error) {
	r, ok := s.reports.Get(e.Report)
	if !ok || r.Revision != e.Revision {
		return s, fmt.Errorf("review of %s revision %d, which is not the latest", e.Report, e.Revision)
	}
	before := r.Accepted
	r = r.reviewed(e, at)
	s = s.put(r)
	s.keys = s.keys.Set(ownKey(e.By, e.Key), outcome{report: r.ID, revision: r.Revision})
	if e.Verdict == Accept {
		s = s.accept(r, before)
	}
	return s, nil
}

// accept makes the report's latest revision the one that counts, in the place
// of the revision before, which is 0 when none counted.
func (s State) accept(r Report, before int) State {
	if old, ok := s.Revision(r.ID, before); ok {
		s = s.value(old, -1)
		if old.Item != "" && old.Item != r.Item {
			s.register = s.register.without(old)
		}
		if at, _ := s.lines.Get(old.line()); at.id == r.ID && old.line() != r.line() {
			s.lines = s.lines.Delete(old.line())
		}
	}
	s = s.freshened(r)
	if r.Item != "" {
		s.register = s.register.with(r)
		return s
	}
	s = s.value(r, +1)
	if at, ok := s.lines.Get(r.line()); !ok || at.id <= r.ID {
		s.lines = s.lines.Set(r.line(), revisionOf{r.ID, r.Revision})
	}
	return s
}

// value puts an accepted value into its series, or takes it out.
func (s State) value(r Report, by int) State {
	if r.Value == nil || r.Basis == "" {
		return s
	}
	if by > 0 {
		s.figures = s.figures.Set(figureKey(r), pointOf(r))
	} else {
		s.figures = s.figures.Delete(figureKey(r))
	}
	for _, scope := range scopes(tallyIndicator(r), r.Domain, r.District) {
		s.valued = plus(s.valued, scope, by)
	}
	return s
}
