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
// is taken out and put in again when it changes; see put. What is kept of a pair
// and adds up is added up when it is read, for there are few pairs.
//
// A fold reads a table before it changes it, and what pointers lead to is never
// changed; see InBatch.
type State struct {
	reports   journal.Table[ReportID, *Report]    // Each in its latest revision; the ids start with the period.
	revisions journal.Table[string, *Report]      // By revisionKey.
	things    journal.Table[string, ReportID]     // By Report.thing.
	keys      journal.Table[string, outcome]      // By ownKey.
	bulks     journal.Table[string, []ReportID]   // What a bulk act covered, by ownKey.
	together  journal.Table[string, []bulkPart]   // What was accepted in one act with a revision, by revisionKey.
	counts    journal.Table[calendar.Period, int] // Reports ever made for a period.

	byDistrict journal.Table[string, ReportID] // "district|period|id".
	byStatus   journal.Table[string, ReportID] // "status|time|id"; not of those accepted.
	byTime     journal.Table[string, ReportID] // "time|id", of the latest revision.
	latest     journal.Table[string, ReportID] // The newest period's last, by "district|domain|indicator".
	waiting    int                             // Reports in status submitted.

	lines journal.Table[string, revisionOf] // What a line counts by, by Report.line; of values and answers.

	notes          journal.Table[string, Note] // By noteKey.
	drafts         journal.Table[DraftID, *Draft]
	districtDrafts journal.Table[string, DraftID] // "district|id".
	draftCount     int                            // Drafts ever begun.
	locks          journal.Table[calendar.Period, LockState]
	paths          journal.Table[policy.IndicatorID, []AdoptedPath]

	names    journal.Table[string, ItemKey]   // By which names an item is found again; see itemOf.
	codes    journal.Table[ItemKey, string]   // Every item's credit code as last reported, or "".
	cells    journal.Table[string, cellCount] // By cellKey.
	pending  journal.Table[string, int]       // Reports that wait, by indicator and pair; see inPair.
	fresh    journal.Table[string, freshness] // By indicator and pair, and by pair: when something was accepted last.
	figures  journal.Table[string, Point]     // Accepted values, by figureKey.
	valued   journal.Table[string, int]       // Accepted values, by indicator and year and pair.
	waits    journal.Table[string, Point]     // Submitted values, by figureKey.
	register register

	tells    journal.Table[string, revisionOf] // Whose words hold, by tellKey.
	asks     journal.Table[string, revisionOf] // What is to be coordinated, by "until|line".
	troubles journal.Table[string, revisionOf] // Problems, by "until|line" of the next step.
	steps    journal.Table[string, step]       // Next steps with a day, by "until|line".
	decided  journal.Table[string, revisionOf] // Reviewed revisions, by "time|id".
	past     journal.Table[string, []counted]  // What counted before the first review of an hour, by its time; see remember.
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
	now := &r
	id, at := string(r.ID), timeKey(r.At)
	old, known := s.reports.Get(r.ID)
	var spoke Report
	if !known {
		n, _ := s.counts.Get(r.Period)
		s.counts = s.counts.Set(r.Period, n+1)
		s.byDistrict = s.byDistrict.Set(string(r.District)+"|"+string(r.Period)+"|"+id, r.ID)
		s.byTime = s.byTime.Set(at+"|"+id, r.ID)
		s.things = s.things.Set(r.thing(), r.ID)
	} else {
		before := timeKey(old.At)
		if before != at {
			s.byTime = s.byTime.Delete(before+"|"+id).Set(at+"|"+id, r.ID)
		}
		if old.Status != Accepted {
			s.byStatus = s.byStatus.Delete(string(old.Status) + "|" + before + "|" + id)
		}
		if thing := old.thing(); thing != r.thing() {
			s.things = s.things.Delete(thing).Set(r.thing(), r.ID)
		}
		spoke = s.speaks(*old)
		s = s.wait(old, -1)
	}
	if r.Status != Accepted {
		s.byStatus = s.byStatus.Set(string(r.Status)+"|"+at+"|"+id, r.ID)
	}
	s = s.wait(now, +1)
	s.cells = s.countCell(old, now)
	s.reports = s.reports.Set(r.ID, now)
	s.revisions = s.revisions.Set(revisionKey(r.ID, r.Revision), now)
	return s.hear(spoke, s.speaks(r))
}

// wait adds a report to what is counted of those that wait, or takes it out.
func (s State) wait(r *Report, by int) State {
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
		s.pending = plus(s.pending, inPair(tallyIndicator(r), r.Domain, r.District), by)
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

// InBatch returns the state with its tables in the batch, for folding many
// entries; see [journal.State].
func (s State) InBatch(b *journal.Batch) State {
	s.reports, s.revisions, s.things, s.keys = s.reports.In(b), s.revisions.In(b), s.things.In(b), s.keys.In(b)
	s.bulks, s.together, s.counts = s.bulks.In(b), s.together.In(b), s.counts.In(b)
	s.byDistrict, s.byStatus, s.byTime, s.latest = s.byDistrict.In(b), s.byStatus.In(b), s.byTime.In(b), s.latest.In(b)
	s.lines, s.notes, s.drafts, s.districtDrafts = s.lines.In(b), s.notes.In(b), s.drafts.In(b), s.districtDrafts.In(b)
	s.locks, s.paths, s.names, s.codes, s.cells = s.locks.In(b), s.paths.In(b), s.names.In(b), s.codes.In(b), s.cells.In(b)
	s.pending, s.fresh, s.figures, s.valued, s.waits = s.pending.In(b), s.fresh.In(b), s.figures.In(b), s.valued.In(b), s.waits.In(b)
	s.tells, s.asks, s.troubles, s.steps, s.decided, s.past = s.tells.In(b), s.asks.In(b), s.troubles.In(b), s.steps.In(b), s.decided.In(b), s.past.In(b)
	s.register = s.register.inBatch(b)
	return s
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
	r, ok := s.Report(e.Report)
	if !ok || r.Revision != e.Revision {
		return s, fmt.Errorf("review of %s revision %d, which is not the latest", e.Report, e.Revision)
	}
	before := r.Accepted
	r = r.reviewed(e, at)
	s = s.remember(at).put(r)
	s.decided = s.decided.Set(timeKey(at)+"|"+string(r.ID), revisionOf{r.ID, r.Revision})
	s.keys = s.keys.Set(ownKey(e.By, e.Key), outcome{report: r.ID, revision: r.Revision})
	if e.Verdict == Accept {
		s = s.accept(&r, before)
	}
	return s, nil
}

// accept makes the report's latest revision the one that counts, in the place
// of the revision before, which is 0 when none counted.
func (s State) accept(r *Report, before int) State {
	if old, ok := s.revisions.Get(revisionKey(r.ID, before)); ok && before > 0 {
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
func (s State) value(r *Report, by int) State {
	if r.Value == nil || r.Basis == "" {
		return s
	}
	if by > 0 {
		s.figures = s.figures.Set(figureKey(r), pointOf(r))
	} else {
		s.figures = s.figures.Delete(figureKey(r))
	}
	s.valued = plus(s.valued, inPair(tallyIndicator(r), r.Domain, r.District), by)
	return s
}
