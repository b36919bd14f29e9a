package ledger

import (
	"iter"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/policy"
)

// Standing is what is known about a target.
type Standing string

// The standings.
const (
	StandingNone    Standing = "no-data" // Nobody has reported anything. It is not 0.
	StandingPending Standing = "pending" // Something is reported, nothing counts.
	StandingCounted Standing = "counted" // Something counts.
)

// Tally counts what is reported towards a target. Accepted and Pending never
// overlap: what is pending stands beside what counts, never inside.
type Tally struct {
	Accepted int // Items that count; of an indicator that takes values, this year's accepted reports.
	Pending  int // Reports that wait for review.
}

// Standing returns what the tally says.
func (t Tally) Standing() Standing {
	switch {
	case t.Accepted > 0:
		return StandingCounted
	case t.Pending > 0:
		return StandingPending
	}
	return StandingNone
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
	ByDomain   []DomainTally   // All of the policy's, in its order.
	ByDistrict []DistrictTally // All ten, in administrative order.

	// Value is what is held against the target, in its unit: the items that
	// count, or the newest yearly official figure of the whole city. Has is false
	// when there is none: no data is not 0.
	Value float64
	Has   bool
	Year  int    // Of an official figure; otherwise the moment's.
	Point *Point // The official figure, when the indicator takes values.

	// Pending is the city's yearly figure that waits for review, if one does.
	Pending *Point

	// Period is the newest for which something was accepted, empty when nothing
	// was; AsOf is when something was accepted last.
	Period calendar.Period
	AsOf   time.Time
	Stale  bool // Period is older than [Settings.StalePeriods].

	Pace Pace

	// Forecast is of the target's year; of output only, and of kind
	// [ForecastNone] otherwise.
	Forecast Forecast
}

// Pace is how a target's value stands on the way to it.
type Pace struct {
	// Adopted is the path that the secretariat set; nil when there is none. Then
	// Linear and Constant are references from the earliest official figure, or
	// from what counts today, to the target, and nothing is held against them.
	Adopted  Path
	Reason   string // Why it was adopted.
	Linear   Path
	Constant Path

	Expected float64 // Where the adopted path stands.
	OnPath   bool    // Whether the path says anything about the moment.
	Share    float64 // Value as a share of Expected.
	Light    Light

	// Required is the growth per year that still leads to the target, as a
	// share. HasRequired is false when there is none to tell.
	Required    float64
	HasRequired bool
}

// Share returns what counts as a share of the target's number, not capped at 1.
// ok is false when nothing counts yet and when the target has no number. Of an
// indicator that takes values it is the city's official figure, never the sum
// of what districts report.
func (p IndicatorProgress) Share() (share float64, ok bool) {
	if !p.Has || p.Target.Op == policy.Qualitative || p.Target.Value == 0 {
		return 0, false
	}
	return p.Value / p.Target.Value, true
}

// Progress returns how every target that something is counted for stands at
// the given moment, by year and as printed. What is accepted, counted once,
// at a stage that counts and still valid is held against the target. It reads
// counters: its cost does not depend on how much is reported.
func Progress(s State, pol *policy.Policy, set Settings, at time.Time) []IndicatorProgress {
	pol = pol.At(at)
	var out []IndicatorProgress
	for _, target := range pol.Targets {
		if indicator, ok := pol.Indicator(target.Indicator); ok { // Of others nothing is counted.
			out = append(out, ProgressOf(s, pol, set, indicator, target, at))
		}
	}
	return out
}

// ProgressOf returns how one indicator stands against one of its targets.
func ProgressOf(s State, pol *policy.Policy, set Settings, indicator policy.Indicator, target policy.Target, at time.Time) IndicatorProgress {
	tally := s.tallies(indicator, at)
	p := IndicatorProgress{Indicator: indicator, Target: target, City: tally(anyone, anyone), Year: at.In(calendar.Shanghai()).Year()}
	for _, d := range pol.At(at).Domains {
		p.ByDomain = append(p.ByDomain, DomainTally{d.ID, tally(string(d.ID), anyone)})
	}
	for _, d := range policy.DistrictIDs() {
		p.ByDistrict = append(p.ByDistrict, DistrictTally{d, tally(anyone, string(d))})
	}
	fresh := s.freshIn(indicator.ID, anyone, anyone)
	p.Forecast = Forecast{Kind: ForecastNone, Year: target.Year}
	var baseline PathPoint
	if indicator.Takes == policy.TakesValue {
		fresh, baseline = s.official(&p)
	} else {
		p.Value, p.Has = float64(p.City.Accepted), p.City.Accepted > 0
		baseline = PathPoint{Year: p.Year, Value: p.Value}
	}
	p.Period, p.AsOf = fresh.period, fresh.at
	p.Stale = p.Period != "" && p.Period < calendar.PeriodOf(at).Add(-set.StalePeriods)
	if target.Op != policy.Qualitative {
		s.pace(&p, set, baseline, at)
	}
	return p
}

// official takes the city's official figures into the progress, and returns
// when they are from and the earliest of them.
func (s State) official(p *IndicatorProgress) (fresh freshness, baseline PathPoint) {
	if waits := PendingSeries(s, City, Whole, Yearly); len(waits) > 0 {
		p.Pending = &waits[len(waits)-1]
	}
	series := Series(s, City, Whole, Yearly)
	if len(series) == 0 {
		return fresh, baseline
	}
	last := series[len(series)-1]
	p.Value, p.Has, p.Year, p.Point = last.Value.Yi(), true, last.Year, &last
	years := make([]YearValue, 0, len(series))
	for _, point := range series {
		years = append(years, YearValue{Year: point.Year, Value: point.Value.Yi()})
	}
	p.Forecast = ForecastOutput(years, p.Target.Year)
	fresh = s.freshIn(p.Indicator.ID, string(Whole), string(City))
	return fresh, PathPoint{Year: years[0].Year, Value: years[0].Value}
}

// pace holds the value against the path. A yearly figure stands where its year
// ends, a count where the moment is.
func (s State) pace(p *IndicatorProgress, set Settings, baseline PathPoint, at time.Time) {
	where := float64(p.Year)
	if p.Indicator.Takes == policy.TakesItem {
		where = yearsEnded(at)
	}
	if adopted, ok := s.PathOf(p.Indicator.ID); ok {
		p.Pace.Adopted, p.Pace.Reason = adopted.Path, adopted.Reason
		p.Pace.Expected, p.Pace.OnPath = adopted.Path.At(where)
	} else if p.Has {
		to := PathPoint{Year: p.Target.Year, Value: p.Target.Value}
		p.Pace.Linear, p.Pace.Constant = LinearReference(baseline, to), ConstantGrowthReference(baseline, to)
	}
	has := p.Has && p.Pace.OnPath && p.Pace.Expected > 0
	if has {
		p.Pace.Share = p.Value / p.Pace.Expected
	}
	p.Pace.Light = LightOf(p.Pace.Share, has, p.Stale, set.Lights)
	if p.Has {
		p.Pace.Required, p.Pace.HasRequired = RequiredGrowth(p.Value, p.Year, p.Target.Value, p.Target.Year)
	}
}

// yearsEnded places a moment on a path, where 2027 is the end of 2027.
func yearsEnded(at time.Time) float64 {
	at = at.In(calendar.Shanghai())
	start := time.Date(at.Year(), 1, 1, 0, 0, 0, 0, calendar.Shanghai())
	return float64(at.Year()-1) + float64(at.Sub(start))/float64(start.AddDate(1, 0, 0).Sub(start))
}

// countedAs names what an indicator's reports are counted under at a moment; see
// tallyIndicator.
func countedAs(i policy.Indicator, at time.Time) string {
	if i.Takes == policy.TakesValue {
		return yearTally(i.ID, calendar.PeriodOf(at).Year())
	}
	return string(i.ID)
}

// tally counts an indicator in a domain and a district, of which either may be
// [anyone].
func (s State) tally(i policy.Indicator, domain, district string, at time.Time) (t Tally) {
	for _, n := range within(s.pending, countedAs(i, at), domain, district) {
		t.Pending += n
	}
	if i.Takes != policy.TakesValue {
		t.Accepted = s.register.total(scope(string(i.ID), domain, district), DayOf(at))
		return t
	}
	for _, n := range within(s.valued, countedAs(i, at), domain, district) {
		t.Accepted += n
	}
	return t
}

// tallies counts an indicator as tally does, in every domain and every
// district at once.
func (s State) tallies(i policy.Indicator, at time.Time) func(domain, district string) Tally {
	of, on := countedAs(i, at), DayOf(at)
	pending, valued := sums(s.pending, of), sums(s.valued, of)
	return func(domain, district string) Tally {
		in := [2]string{domain, district}
		if i.Takes == policy.TakesValue {
			return Tally{Accepted: valued[in], Pending: pending[in]}
		}
		return Tally{Accepted: s.register.total(scope(string(i.ID), domain, district), on), Pending: pending[in]}
	}
}

// sums adds up an indicator's counters: for the city, for each domain and for
// each district.
func sums(t journal.Table[string, int], indicator string) map[[2]string]int {
	out := map[[2]string]int{}
	for pair, n := range within(t, indicator, anyone, anyone) {
		out[[2]string{anyone, anyone}] += n
		out[[2]string{pair[0], anyone}] += n
		out[[2]string{anyone, pair[1]}] += n
	}
	return out
}

// within yields an indicator's values of the pairs of a domain and a district,
// of which either may be [anyone].
func within[V any](t journal.Table[string, V], indicator, domain, district string) iter.Seq2[[2]string, V] {
	return func(yield func([2]string, V) bool) {
		prefix := indicator + "|"
		if domain != anyone {
			prefix += domain + "|"
		}
		for key, v := range t.Prefix(prefix) {
			d, at, _ := strings.Cut(key[len(indicator)+1:], "|")
			if (domain == anyone || d == domain) && (district == anyone || at == district) && !yield([2]string{d, at}, v) {
				return
			}
		}
	}
}

// inPair names what is kept of an indicator in one pair.
func inPair(indicator string, domain policy.DomainID, district policy.DistrictID) string {
	return scope(indicator, string(domain), string(district))
}

// TallyOf counts an indicator in a domain and a district, of which either may
// be empty for all, and tells when something was accepted there last; that is
// zero when nothing was.
func TallyOf(s State, i policy.Indicator, domain policy.DomainID, district policy.DistrictID, at time.Time) (t Tally, last time.Time) {
	in := func(id string) string {
		if id == "" {
			return anyone
		}
		return id
	}
	return s.tally(i, in(string(domain)), in(string(district)), at), s.freshIn(i.ID, in(string(domain)), in(string(district))).at
}
