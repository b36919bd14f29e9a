package ledger

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/policy"
)

// FigureStatus says what stands behind a figure.
type FigureStatus string

// The statuses of a figure.
const (
	FigureOfficial FigureStatus = "official" // The city's, accepted.
	FigureReported FigureStatus = "reported" // A district's, accepted: it is no official figure.
	FigurePending  FigureStatus = "pending"  // Waits for review.
)

// Point is one value of a series.
type Point struct {
	Year   int
	Period calendar.Period // That it was reported for.
	Basis  Basis
	Value  Amount
	Status FigureStatus
	Report ReportID
	At     time.Time // When it was submitted.
}

func pointOf(r *Report) Point {
	p := Point{Year: r.Year, Period: r.Period, Basis: r.Basis, Value: *r.Value, Report: r.ID, At: r.At, Status: FigureReported}
	switch {
	case r.Status != Accepted:
		p.Status = FigurePending
	case r.District == City:
		p.Status = FigureOfficial
	}
	return p
}

// figureKey is where a value stands in its series: by year and period.
func figureKey(r *Report) string {
	return seriesKey(r.District, r.Domain, r.Basis) + digits(r.Year, 4) + "|" + string(r.Period) + "|" + string(r.ID)
}

func seriesKey(district policy.DistrictID, domain policy.DomainID, basis Basis) string {
	return string(district) + "|" + string(domain) + "|" + string(basis) + "|"
}

// Series returns the accepted values of output of a district, or of [City], in
// a domain, or in [Whole]: of a yearly series one for each year, as its newest
// period has it; of a year to date one for each period. Districts are never
// added up, nor domains.
func Series(s State, district policy.DistrictID, domain policy.DomainID, basis Basis) []Point {
	var out []Point
	for _, p := range s.figures.Prefix(seriesKey(district, domain, basis)) {
		if n := len(out); n > 0 && basis == Yearly && out[n-1].Year == p.Year {
			out[n-1] = p
			continue
		}
		out = append(out, p)
	}
	return out
}

// PendingSeries returns the values that wait for review, as [Series] would
// place them; they count for nothing.
func PendingSeries(s State, district policy.DistrictID, domain policy.DomainID, basis Basis) []Point {
	var out []Point
	for _, p := range s.waits.Prefix(seriesKey(district, domain, basis)) {
		out = append(out, p)
	}
	return out
}

// figureBefore returns the accepted figure that a new one is held against: of a
// yearly one the year before, or else the same year as it was known; of a year
// to date the same quarter of the year before.
func (s State) figureBefore(r Report) (Point, bool) {
	series := Series(s, r.District, r.Domain, r.Basis)
	slices.Reverse(series)
	for _, p := range series {
		switch {
		case p.Report == r.ID:
		case r.Basis == Yearly && p.Year <= r.Year && p.Year >= r.Year-1,
			r.Basis == YearToDate && p.Period == r.Period.Add(-4):
			return p, true
		}
	}
	return Point{}, false
}

// earlierThisYear returns the newest accepted figure of the same year to date
// for an earlier period.
func (s State) earlierThisYear(r Report) (earlier Point, ok bool) {
	if r.Basis != YearToDate {
		return Point{}, false
	}
	for _, p := range s.figures.Prefix(seriesKey(r.District, r.Domain, r.Basis) + digits(r.Year, 4) + "|") {
		if p.Period < r.Period {
			earlier, ok = p, true
		}
	}
	return earlier, ok
}

// freshness is when something was accepted last, and for which period.
type freshness struct {
	period calendar.Period
	at     time.Time
}

func (f freshness) with(o freshness) freshness {
	f.period = max(f.period, o.period)
	if o.at.After(f.at) {
		f.at = o.at
	}
	return f
}

// freshIn returns when something was accepted last in a domain and a district,
// of which either may be [anyone].
func (s State) freshIn(i policy.IndicatorID, domain, district string) (f freshness) {
	for _, accepted := range within(s.fresh, string(i), domain, district) {
		f = f.with(accepted)
	}
	return f
}

// freshened notes that something was accepted. A pair without a change is fresh
// in every indicator that it has something in.
func (s State) freshened(r *Report) State {
	now := freshness{r.Period, r.ReviewedAt}
	note := func(key string) {
		f, _ := s.fresh.Get(key)
		s.fresh = s.fresh.Set(key, f.with(now))
	}
	switch {
	case r.Indicator != "":
		note(inPair(string(r.Indicator), r.Domain, r.District))
	case r.Answer == Unchanged:
		for _, i := range policy.IndicatorIDs() {
			if key := inPair(string(i), r.Domain, r.District); s.fresh.Has(key) {
				note(key)
			}
		}
	}
	if r.Answer != NoData {
		note(pairKey(r.Domain, r.District))
	}
	return s
}

// tallyIndicator names what a report is counted under: its indicator, and of a
// value the year that it was reported in, because a year's amounts are not the
// next year's.
func tallyIndicator(r *Report) string {
	if r.Basis == "" {
		return string(r.Indicator)
	}
	return yearTally(r.Indicator, r.Period.Year())
}

func yearTally(i policy.IndicatorID, year int) string { return string(i) + "@" + digits(year, 4) }
