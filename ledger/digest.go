package ledger

import (
	"cmp"
	"slices"
	"time"

	"wainao/calendar"
	"wainao/people"
	"wainao/policy"
)

// What a weekly digest looks at, in days.
const (
	DigestDays  = 7  // Back.
	DigestAhead = 14 // Ahead, for what is due.
)

// matterLimit is how many matters a digest names of a kind; the rest is counted.
const matterLimit = 6

// DigestSource is what a digest is made of beside the ledger.
type DigestSource struct {
	Policy   *policy.Policy
	People   people.State
	Settings Settings
	Workday  func(time.Time) bool

	// Posted are the moments as of which its reader has got a digest so far, in
	// any order. What they showed and was amended since is told as a correction.
	Posted []time.Time
}

// DigestData is what a weekly digest tells, before anybody puts it into words.
type DigestData struct {
	From, To time.Time // What happened at From or later and before To is of the week.
	Period   calendar.Period
	Deadline time.Time // The last day for reporting the period, a midnight in Shanghai.

	Targets []IndicatorProgress
	Moved   []Movement // Where something else counts than a week ago, in the targets' order.

	Items    []DigestItem // Of the week: accepted before those that wait, what changed before what did not.
	Accepted int          // Reports accepted in the week.
	Reported int          // Reports of the week that wait for review.
	Returned int          // Reports returned in the week that are still to be mended.
	Pending  int          // Reports of any period that wait for review.

	News   []policy.News // Versions of the layout, of targets and definitions that came into force in the week,
	Coming []policy.News // and those that will in the days ahead.

	Corrections  []Correction
	Behind       []IndicatorProgress // Targets whose light is behind or far behind.
	Lagging      Matters             // Problems that districts name, and next steps whose day is over, by the next step's day.
	Coordination Matters             // What districts need from others, the soonest first.
	Due          Matters             // Next steps and coordination of the days ahead, the soonest first.
	Health       Health
	Overdue      []PairsOf // Pairs of the period before for which nothing is reported, or which are to be mended.
	Matrix       [][]Cell
}

// DigestItem is one report of the week.
type DigestItem struct {
	Report  Report
	Who     people.Person // Who submitted it. Only User is set when they are unknown by now.
	Revised bool          // An earlier revision stood before the week began.
}

// Movement is what counts of an indicator, and what counted when the week began.
type Movement struct {
	Indicator  policy.Indicator
	Value      float64 // In the target's unit, as of [IndicatorProgress.Value].
	Before     float64
	Has        bool
	HadBefore  bool
	Year, Prev int // Of official figures.
}

// Correction is a report that an earlier digest showed and that was amended
// since. Only what is a figure or a fact of it is a correction, not its words.
type Correction struct {
	Was, Report Report
	Changes     []Change
	Shown       time.Time // The digest that showed it first.
}

// Matter is something that a district says and that is still open.
type Matter struct {
	Kind     MatterKind
	Report   Report          // The revision that says it: it may wait for review.
	Day      Day             // By when; empty when nobody said.
	Overdue  bool            // The day is over.
	Liaisons []people.Person // Of the district.
}

// MatterKind says what a matter is.
type MatterKind string

// The kinds of matters.
const (
	MatterProblem      MatterKind = "problem"      // A problem, or a next step whose day is over.
	MatterCoordination MatterKind = "coordination" // Something that others are asked for.
	MatterStep         MatterKind = "step"         // A next step.
)

// Matters are the first of their kind, and how many there are.
type Matters struct {
	First []Matter
	Total int
}

// Rest returns how many are not among the first.
func (m Matters) Rest() int { return m.Total - len(m.First) }

// PairsOf are domains of one district, with those who answer for it.
type PairsOf struct {
	District policy.DistrictID
	Domains  []policy.DomainID
	Liaisons []people.Person // None when nobody is registered.
}

// Health says how the reporting of a period stands: in each state the districts
// in administrative order with the domains that the layout gives them.
type Health struct {
	Pairs    int // That the layout wants a report of.
	Accepted []PairsOf
	Pending  []PairsOf
	Returned []PairsOf
	NoData   []PairsOf // It is reported that there is no data.
	Stale    []PairsOf // Nothing for the period, and what was accepted last is too old.
	Missing  []PairsOf // Nothing for the period.
}

// Count returns how many pairs are in a list.
func Count(all []PairsOf) (n int) {
	for _, p := range all {
		n += len(p.Domains)
	}
	return n
}

// Unreported returns the pairs for which a report is still wanted: those that
// nothing is reported for, and those that are to be mended.
func Unreported(h Health) []PairsOf { return together(h.Missing, h.Stale, h.Returned) }

// Empty reports whether nothing was reported, reviewed or counted in the week.
func (d DigestData) Empty() bool { return len(d.Items)+len(d.Moved)+d.Returned == 0 }

// Digest gathers what the weekly digest at a moment tells: what happened in the
// week up to then, and how the ledger stands now. It looks at the week's reports, and reads counters and what is
// open: its cost does not depend on how much was ever reported.
func Digest(s State, src DigestSource, at time.Time) DigestData {
	d := DigestData{
		From: at.AddDate(0, 0, -DigestDays).Truncate(time.Hour), To: at, Period: calendar.PeriodOf(at), Pending: s.waiting,
		Targets: Progress(s, src.Policy, src.Settings, at),
	}
	d.Deadline = src.Settings.Deadline(d.Period, src.Workday)
	d.Matrix = Matrix(s, src.Policy, src.Settings, d.Period, at)
	if was, ok := s.before(d.From); ok {
		d.Moved = moved(was, d.Targets)
	}
	s.week(&d, src)
	d.News, d.Coming = src.Policy.NewsOf(d.From, at), src.Policy.NewsOf(at, at.AddDate(0, 0, DigestAhead))
	d.Corrections = s.corrections(src, at)
	for _, p := range d.Targets {
		if p.Pace.Light == LightBehind || p.Pace.Light == LightFarBehind {
			d.Behind = append(d.Behind, p)
		}
	}
	today := DayOf(at)
	d.Lagging = s.lagging(src, today, anyDistrict)
	d.Coordination = s.coordination(src, today, anyDistrict)
	d.Due = s.due(src, today)
	d.Health = s.health(src, d.Period, at)
	if before := d.Period.Add(-1); s.inUse(before) {
		h := s.health(src, before, at)
		d.Overdue = Unreported(h)
	}
	return d
}

// moved compares what counts with what counted, each indicator once.
func moved(before []counted, now []IndicatorProgress) []Movement {
	was := map[policy.IndicatorID]counted{}
	for _, c := range before {
		was[c.indicator] = c
	}
	var out []Movement
	seen := map[policy.IndicatorID]bool{}
	for _, p := range now {
		w := was[p.Indicator.ID]
		if seen[p.Indicator.ID] || (p.Has == w.has && p.Value == w.value && (p.Point == nil || p.Year == w.year)) {
			continue
		}
		seen[p.Indicator.ID] = true
		m := Movement{Indicator: p.Indicator, Value: p.Value, Has: p.Has, Before: w.value, HadBefore: w.has}
		if p.Point != nil {
			m.Year, m.Prev = p.Year, w.year
		}
		out = append(out, m)
	}
	return out
}

// week gathers the reports of the week: what was accepted in it, and what came
// in and waits.
func (s State) week(d *DigestData, src DigestSource) {
	accepted := map[ReportID]bool{}
	var taken, waiting []Report
	for key, of := range s.decided.Before(timeKey(d.To)) {
		if key < timeKey(d.From) {
			break
		}
		r, _ := s.Revision(of.id, of.revision)
		switch latest, _ := s.Report(of.id); {
		case r.Status == Accepted && !accepted[r.ID]:
			accepted[r.ID] = true
			taken = append(taken, r)
		case r.Status == Returned && latest.Revision == r.Revision:
			d.Returned++
		}
	}
	for _, r := range s.Reports(Filter{Since: d.From, Until: d.To}) {
		if r.Status == Submitted {
			waiting = append(waiting, r)
		}
	}
	slices.SortStableFunc(taken, inOrder)
	d.Accepted, d.Reported = len(taken), len(waiting)
	for _, r := range slices.Concat(taken, waiting) {
		by, ok := src.People.Person(r.By)
		if !ok {
			by = people.Person{User: r.By}
		}
		d.Items = append(d.Items, DigestItem{Report: r, Who: by, Revised: r.First.Before(d.From) && r.Revision > 1})
	}
	rank := func(i DigestItem) int {
		switch {
		case i.Report.Answer != Changed:
			return 2
		case i.Report.Status != Accepted:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(d.Items, func(a, b DigestItem) int { return cmp.Compare(rank(a), rank(b)) })
}

// corrections returns what an earlier digest showed and was amended after the
// last one.
func (s State) corrections(src DigestSource, at time.Time) []Correction {
	var posted []time.Time
	for _, t := range src.Posted {
		if t.Before(at) {
			posted = append(posted, t)
		}
	}
	if len(posted) == 0 {
		return nil
	}
	slices.SortFunc(posted, time.Time.Compare)
	last := posted[len(posted)-1]
	var out []Correction
	seen := map[ReportID]bool{}
	for key, of := range s.decided.Before(timeKey(at)) {
		if key < timeKey(last) {
			break
		}
		right, ok := s.Counting(of.id)
		if !ok || seen[of.id] {
			continue
		}
		seen[of.id] = true
		for _, was := range slices.Backward(s.Revisions(of.id)) {
			if was.Status != Accepted || !was.ReviewedAt.Before(last) {
				continue
			}
			if changes := factChanges(src.Policy, was, right); len(changes) > 0 {
				shown := posted[slices.IndexFunc(posted, was.ReviewedAt.Before)]
				out = append(out, Correction{Was: was, Report: right, Changes: changes, Shown: shown})
			}
			break
		}
	}
	slices.SortStableFunc(out, func(a, b Correction) int { return inOrder(a.Report, b.Report) })
	return out
}

// factChanges are what differs between two revisions but for words and links.
func factChanges(pol *policy.Policy, was, right Report) []Change {
	i, _ := pol.Indicator(right.Indicator)
	wordy := map[string]bool{}
	for _, f := range FieldsOf(i) {
		wordy[f.Name] = f.Kind == KindWords || f.Kind == KindLink
	}
	for _, name := range []string{FieldNote, FieldReason, FieldCoordinationBy, FieldCoordinationUntil, FieldNextUntil} {
		wordy[name] = true
	}
	return slices.DeleteFunc(Diff(pol, was, right), func(c Change) bool { return wordy[c.Field] })
}

// inUse reports whether anything was reported for a period.
func (s State) inUse(p calendar.Period) bool {
	n, _ := s.counts.Get(p)
	return n > 0
}

// health tells how the pairs of the layout stand for a period.
func (s State) health(src DigestSource, p calendar.Period, at time.Time) (h Health) {
	layout := layoutOf(src.Policy, p, at)
	for _, district := range policy.DistrictIDs() {
		for _, domain := range layout.DomainsOf(district) {
			h.Pairs++
			n, _ := s.cells.Get(cellKey(p, domain, district))
			list := &h.Missing
			switch s.cell(src.Settings, domain, district, p, layout).State {
			case CellPending:
				list = &h.Pending
			case CellReturned:
				list = &h.Returned
			case CellAccepted:
				list = &h.Accepted
			case CellStale:
				list = &h.Stale
			case CellNoData, CellNotAssigned:
				if n.NoData > 0 {
					list = &h.NoData
				}
			}
			*list = withPair(*list, district, domain, src.People)
		}
	}
	return h
}

func withPair(list []PairsOf, district policy.DistrictID, domain policy.DomainID, who people.State) []PairsOf {
	if n := len(list); n > 0 && list[n-1].District == district {
		list[n-1].Domains = append(list[n-1].Domains, domain)
		return list
	}
	return append(list, PairsOf{District: district, Domains: []policy.DomainID{domain}, Liaisons: who.OfDistrict(district)})
}

// together joins lists of pairs into one, in administrative order and with the
// domains in the policy's.
func together(lists ...[]PairsOf) []PairsOf {
	var out []PairsOf
	for _, district := range policy.DistrictIDs() {
		var of PairsOf
		for _, p := range slices.Concat(lists...) {
			if p.District == district {
				of = PairsOf{District: district, Domains: append(of.Domains, p.Domains...), Liaisons: p.Liaisons}
			}
		}
		if len(of.Domains) > 0 {
			slices.SortFunc(of.Domains, func(a, b policy.DomainID) int { return byPlace(domainOrder, a, b) })
			out = append(out, of)
		}
	}
	return out
}
