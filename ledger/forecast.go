package ledger

import (
	"math"
	"slices"
)

// YearValue is one whole year's figure.
type YearValue struct {
	Year  int
	Value float64
}

// ForecastKind says what a forecast is, which depends on how many yearly
// figures there are.
type ForecastKind string

// The kinds of forecast.
const (
	ForecastNone      ForecastKind = "none"      // Fewer than [ForecastScenariosFrom] yearly figures.
	ForecastScenarios ForecastKind = "scenarios" // The lowest, the median and the highest growth seen, carried on.
	ForecastTrend     ForecastKind = "trend"     // A trend with a prediction interval, from [ForecastTrendFrom] figures on.
)

// How many yearly figures a forecast takes.
const (
	ForecastScenariosFrom = 3
	ForecastTrendFrom     = 5
)

// ForecastLevel is the level of a trend's prediction interval: of ten years
// forecast so, eight should fall into it, as far as the trend holds. 80% is one
// of the two levels in common use; 95% from five figures is too wide to say
// anything.
const ForecastLevel = 0.8

// Forecast is what a year's output may come to.
type Forecast struct {
	Kind ForecastKind
	Year int
	N    int // How many yearly figures it rests on.

	// Low, Middle and High are the outputs: of the scenarios, or the interval
	// of the trend and its middle. All are zero when Kind is [ForecastNone].
	Low, Middle, High float64

	// LowGrowth, MiddleGrowth and HighGrowth are the yearly growths behind
	// them, as shares. A trend has the middle one only.
	LowGrowth, MiddleGrowth, HighGrowth float64

	// Level is the interval's level, [ForecastLevel]; 0 for scenarios, which
	// promise nothing.
	Level float64
}

// ForecastOutput forecasts the output of a year from whole years' figures, of
// which the last given for a year counts and those that are not above zero are
// left out: growth is not defined on them. Kind is [ForecastNone] with fewer
// than three, or when the year is not behind the last figure.
//
// With three or four, the growth from each figure to the next (per year, where
// years are missing between them) is carried on from the last figure at its
// lowest, its median and its highest.
//
// With five or more it is a straight line through the logarithms by least
// squares, so constant growth, which is what [RequiredGrowth] measures and what
// keeps output above zero. The interval is the line's prediction interval with
// Student's t at n−2 degrees of freedom: it carries the scatter of single years
// and the doubt about the line, which grows with the distance (Draper and
// Smith, Applied Regression Analysis, section 1.4). It knows nothing of a
// change of policy or a crisis.
func ForecastOutput(points []YearValue, year int) Forecast {
	points = usable(points)
	n := len(points)
	f := Forecast{Kind: ForecastNone, Year: year, N: n}
	if n < ForecastScenariosFrom || year <= points[n-1].Year {
		return f
	}
	if n < ForecastTrendFrom {
		f.scenarios(points)
	} else {
		f.trend(points)
	}
	if !positive(f.Low) || !positive(f.Middle) || !positive(f.High) { // So far away that a number no longer holds it.
		return Forecast{Kind: ForecastNone, Year: year, N: n}
	}
	return f
}

// usable returns the points above zero in the order of their years, each year
// once.
func usable(points []YearValue) []YearValue {
	byYear := map[int]float64{}
	for _, p := range points {
		byYear[p.Year] = p.Value
	}
	var out []YearValue
	for year, value := range byYear {
		if positive(value) {
			out = append(out, YearValue{Year: year, Value: value})
		}
	}
	slices.SortFunc(out, func(a, b YearValue) int { return a.Year - b.Year })
	return out
}

func (f *Forecast) scenarios(points []YearValue) {
	var growths []float64
	for i, p := range points[1:] {
		before := points[i]
		growths = append(growths, math.Pow(p.Value/before.Value, 1/float64(p.Year-before.Year))-1)
	}
	slices.Sort(growths)
	last := points[len(points)-1]
	ahead := float64(f.Year - last.Year)
	carry := func(growth float64) float64 { return last.Value * math.Pow(1+growth, ahead) }
	f.Kind = ForecastScenarios
	f.LowGrowth, f.MiddleGrowth, f.HighGrowth = growths[0], median(growths), growths[len(growths)-1]
	f.Low, f.Middle, f.High = carry(f.LowGrowth), carry(f.MiddleGrowth), carry(f.HighGrowth)
}

// median returns the middle of sorted values, or the mean of the two middle
// ones.
func median(sorted []float64) float64 {
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

func (f *Forecast) trend(points []YearValue) {
	n := float64(len(points))
	var meanX, meanY float64
	for _, p := range points {
		meanX += float64(p.Year) / n
		meanY += math.Log(p.Value) / n
	}
	var sxx, sxy float64
	for _, p := range points {
		dx := float64(p.Year) - meanX
		sxx += dx * dx
		sxy += dx * (math.Log(p.Value) - meanY)
	}
	slope := sxy / sxx
	var residual float64
	for _, p := range points {
		e := math.Log(p.Value) - meanY - slope*(float64(p.Year)-meanX)
		residual += e * e
	}
	dx := float64(f.Year) - meanX
	freedom := len(points) - 2
	spread := math.Sqrt(residual/float64(freedom)) * math.Sqrt(1+1/n+dx*dx/sxx)
	middle, half := meanY+slope*dx, studentT(freedom)*spread
	f.Kind, f.Level, f.MiddleGrowth = ForecastTrend, ForecastLevel, math.Exp(slope)-1
	f.Low, f.Middle, f.High = math.Exp(middle-half), math.Exp(middle), math.Exp(middle+half)
}

// studentT90 is the 0.90 quantile of Student's t by degrees of freedom, from 1
// on, so that 80% lie between it and its negative (NIST/SEMATECH e-Handbook of
// Statistical Methods, section 1.3.6.7.2,
// https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm).
var studentT90 = [...]float64{
	3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372,
	1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325,
	1.323, 1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310,
}

// studentT returns the quantile of the forecast's level. Beyond the table the
// last one stands, which is a hair too wide.
func studentT(freedom int) float64 {
	return studentT90[min(freedom, len(studentT90))-1]
}
