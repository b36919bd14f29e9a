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
	ByDomain   []DomainTally   // All eight, in the policy's order.
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
	var out []IndicatorProgress
	for _, target := range pol.Targets {
		if indicator, ok := pol.Indicator(target.Indicator); ok { // Of others nothing is counted.
			out = append(out, ProgressOf(s, set, indicator, target, at))
		}
	}
	return out
}

// ProgressOf returns how one indicator stands against one of its targets.
func ProgressOf(s State, set Settings, indicator policy.Indicator, target policy.Target, at time.Time) IndicatorProgress {
	p := IndicatorProgress{Indicator: indicator, Target: target, City: s.tally(indicator, anyone, anyone, at), Year: at.In(calendar.Shanghai()).Year()}
	for _, d := range policy.DomainIDs() {
		p.ByDomain = append(p.ByDomain, DomainTally{d, s.tally(indicator, string(d), anyone, at)})
	}
	for _, d := range policy.DistrictIDs() {
		p.ByDistrict = append(p.ByDistrict, DistrictTally{d, s.tally(indicator, anyone, string(d), at)})
	}
	fresh, _ := s.fresh.Get(scope(string(indicator.ID), anyone, anyone))
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
	fresh, _ = s.fresh.Get(scope(string(p.Indicator.ID), string(Whole), string(City)))
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

// tally counts an indicator in a scope.
func (s State) tally(i policy.Indicator, domain, district string, at time.Time) Tally {
	if i.Takes == policy.TakesValue {
		in := scope(yearTally(i.ID, calendar.PeriodOf(at).Year()), domain, district)
		pending, _ := s.pending.Get(in)
		accepted, _ := s.valued.Get(in)
		return Tally{Accepted: accepted, Pending: pending}
	}
	in := scope(string(i.ID), domain, district)
	pending, _ := s.pending.Get(in)
	return Tally{Accepted: s.register.total(in, DayOf(at)), Pending: pending}
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
	fresh, _ := s.fresh.Get(scope(string(i.ID), in(string(domain)), in(string(district))))
	return s.tally(i, in(string(domain)), in(string(district)), at), fresh.at
}
