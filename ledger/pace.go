package ledger

import (
	"math"
	"slices"

	"wainao/lang"
)

// RequiredGrowth returns the growth per year that takes value in year to target
// in targetYear: (target/value)^(1/(targetYear−year)) − 1, as a share (0.1487
// is 14.87% a year). It is zero or less when the target is reached already. ok
// is false when there is none to tell: the target year is not later, or value
// or target is not above zero.
func RequiredGrowth(value float64, year int, target float64, targetYear int) (growth float64, ok bool) {
	if !positive(value) || !positive(target) || targetYear <= year {
		return 0, false
	}
	return math.Pow(target/value, 1/float64(targetYear-year)) - 1, true
}

// positive reports whether v is a finite number above zero.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }

// PathPoint is where a path stands at the end of a year.
type PathPoint struct {
	Year  int     `json:"year"`
	Value float64 `json:"value"` // In the target's unit.
}

// Path is the way to a target, year by year: adopted by the secretariat, or a
// reference. The policy sets none. Its points stand in the order of their
// years, each year once.
type Path []PathPoint

// At returns where the path stands at a moment: 2027 is the end of 2027, 2027.5
// the middle of 2028. Between two points it is linear. ok is false before the
// first point and behind the last: a path says nothing about them.
func (p Path) At(year float64) (value float64, ok bool) {
	next := slices.IndexFunc(p, func(point PathPoint) bool { return float64(point.Year) >= year })
	switch {
	case next < 0:
		return 0, false
	case float64(p[next].Year) == year:
		return p[next].Value, true
	case next == 0:
		return 0, false
	}
	a, b := p[next-1], p[next]
	share := (year - float64(a.Year)) / float64(b.Year-a.Year)
	return a.Value + share*(b.Value-a.Value), true
}

// LinearReference returns the path that gains the same amount every year, with
// a point for each year. It is nil when to is not later than from.
func LinearReference(from, to PathPoint) Path {
	return reference(from, to, func(share float64) float64 {
		return from.Value + share*(to.Value-from.Value)
	})
}

// ConstantGrowthReference returns the path that grows by the same share every
// year ([RequiredGrowth]), with a point for each year. It is nil when to is not
// later than from or one of the values is not above zero.
func ConstantGrowthReference(from, to PathPoint) Path {
	if !positive(from.Value) || !positive(to.Value) {
		return nil
	}
	return reference(from, to, func(share float64) float64 {
		return from.Value * math.Pow(to.Value/from.Value, share)
	})
}

// reference returns the points from one year to the other; at tells the value
// when a share of the time between them has passed. Both ends are exact.
func reference(from, to PathPoint, at func(share float64) float64) Path {
	if to.Year <= from.Year {
		return nil
	}
	path := Path{from}
	for year := from.Year + 1; year < to.Year; year++ {
		path = append(path, PathPoint{Year: year, Value: at(float64(year-from.Year) / float64(to.Year-from.Year))})
	}
	return append(path, to)
}

// Light says in one word how a target stands against its path. A colour never
// stands for it alone: its label is beside.
type Light string

// The lights.
const (
	LightOnTrack   Light = "on-track"
	LightWatch     Light = "watch"
	LightBehind    Light = "behind"
	LightFarBehind Light = "far-behind"
	LightStale     Light = "stale" // What is known is older than two periods.
	LightNone      Light = "none"  // No baseline or no path to hold it against; never taken for on track.
)

// Lights lists the lights, the best first and the grey ones last.
func Lights() []Light {
	return []Light{LightOnTrack, LightWatch, LightBehind, LightFarBehind, LightStale, LightNone}
}

// Label returns the light's word.
func (l Light) Label() lang.Text {
	switch l {
	case LightOnTrack:
		return lang.T("正常推进", "on track")
	case LightWatch:
		return lang.T("需要关注", "watch")
	case LightBehind:
		return lang.T("进度滞后", "behind")
	case LightFarBehind:
		return lang.T("严重滞后", "far behind")
	case LightStale:
		return lang.T("数据过期", "out of date")
	case LightNone:
		return lang.T("暂无基线", "no baseline")
	}
	return lang.T(string(l), string(l))
}

// Thresholds are the shares of the path from which a light is shown; below
// Behind a target is far behind.
type Thresholds struct {
	OnTrack, Watch, Behind float64
}

// DefaultThresholds returns 100%, 80% and 60%.
func DefaultThresholds() Thresholds { return Thresholds{OnTrack: 1, Watch: 0.8, Behind: 0.6} }

// Check returns a [lang.Problem] unless the thresholds are above zero and fall
// from OnTrack to Behind.
func (t Thresholds) Check() error {
	if positive(t.OnTrack) && t.Behind > 0 && t.Watch > t.Behind && t.OnTrack > t.Watch {
		return nil
	}
	return lang.Problemf("thresholds",
		"亮灯阈值应依次降低且大于 0，例如 1、0.8、0.6；现在是 %g、%g、%g。",
		"The lights' thresholds must fall and stay above zero, such as 1, 0.8, 0.6; they are %g, %g, %g.", t.OnTrack, t.Watch, t.Behind)
}

// roundingSlack keeps a share that is a threshold on paper from falling below
// it in binary fractions.
const roundingSlack = 1e-9

// LightOf returns the light for a share of the path. Without a baseline or a
// path (has is false) there is none, whatever else; what is stale is stale,
// however good the share was. A share that is not a number has no light.
func LightOf(share float64, has, stale bool, t Thresholds) Light {
	share += roundingSlack
	switch {
	case !has || math.IsNaN(share):
		return LightNone
	case stale:
		return LightStale
	case share >= t.OnTrack:
		return LightOnTrack
	case share >= t.Watch:
		return LightWatch
	case share >= t.Behind:
		return LightBehind
	}
	return LightFarBehind
}
