package ledger_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/ledger"
)

// The figures wanted were worked out by hand.
func TestForecastOutput(t *testing.T) {
	t.Parallel()
	// Logarithms to the base of 2: 0, 1, 3, 3, 4 in the years 1 to 5. The line
	// rises by 1 a year through (3, 2.2); the residuals are −0.2, −0.2, 0.8,
	// −0.2, −0.2, so s² = 0.8/3. For year 7: middle 6.2, and
	// 1.638·√(0.26667·(1+1/5+16/10)) = 1.4154.
	doubling := []ledger.YearValue{{2022, 1}, {2023, 2}, {2024, 8}, {2025, 8}, {2026, 16}}
	for _, tt := range []struct {
		name   string
		points []ledger.YearValue
		year   int
		want   ledger.Forecast
	}{
		{"nothing known", nil, 2030, ledger.Forecast{Kind: ledger.ForecastNone, Year: 2030}},
		{"two years", []ledger.YearValue{{2024, 100}, {2025, 110}}, 2030, ledger.Forecast{Kind: ledger.ForecastNone, Year: 2030, N: 2}},
		{
			"three years: growth of 10% and 50%",
			[]ledger.YearValue{{2025, 110}, {2024, 100}, {2026, 165}},
			2028,
			ledger.Forecast{
				Kind: ledger.ForecastScenarios, Year: 2028, N: 3, Low: 165 * 1.21, Middle: 165 * 1.69, High: 165 * 2.25,
				LowGrowth: 0.1, MiddleGrowth: 0.3, HighGrowth: 0.5,
			},
		},
		{
			"four years: growth of 20%, −10% and 10%",
			[]ledger.YearValue{{2023, 100}, {2024, 120}, {2025, 108}, {2026, 118.8}},
			2027,
			ledger.Forecast{
				Kind: ledger.ForecastScenarios, Year: 2027, N: 4, Low: 106.92, Middle: 130.68, High: 142.56,
				LowGrowth: -0.1, MiddleGrowth: 0.1, HighGrowth: 0.2,
			},
		},
		{
			"a missing year: 44% over two years are 20% a year",
			[]ledger.YearValue{{2022, 100}, {2024, 144}, {2025, 172.8}},
			2026,
			ledger.Forecast{
				Kind: ledger.ForecastScenarios, Year: 2026, N: 3, Low: 207.36, Middle: 207.36, High: 207.36,
				LowGrowth: 0.2, MiddleGrowth: 0.2, HighGrowth: 0.2,
			},
		},
		{
			"five years", doubling, 2028,
			ledger.Forecast{
				Kind: ledger.ForecastTrend, Year: 2028, N: 5, Low: math.Exp2(6.2 - 1.41540), Middle: math.Exp2(6.2), High: math.Exp2(6.2 + 1.41540),
				MiddleGrowth: 1, Level: 0.8,
			},
		},
		{"a year that is known", doubling, 2026, ledger.Forecast{Kind: ledger.ForecastNone, Year: 2026, N: 5}},
		{
			"the last given for a year counts, nothing and less do not",
			[]ledger.YearValue{{2020, 0}, {2021, -5}, {2022, math.NaN()}, {2024, 7}, {2024, 100}, {2025, 110}},
			2030,
			ledger.Forecast{Kind: ledger.ForecastNone, Year: 2030, N: 2},
		},
		{"beyond what a number holds", doubling, 90000, ledger.Forecast{Kind: ledger.ForecastNone, Year: 90000, N: 5}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ledger.ForecastOutput(tt.points, tt.year)
			if diff := cmp.Diff(tt.want, got, cmp.Comparer(near)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestForecastLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var points []ledger.YearValue
		for i := range rapid.IntRange(0, 45).Draw(t, "n") {
			points = append(points, ledger.YearValue{Year: 2000 + i, Value: rapid.Float64Range(0.01, 10000).Draw(t, "value")})
		}
		year := 2000 + len(points) + rapid.IntRange(0, 9).Draw(t, "ahead")
		f := ledger.ForecastOutput(points, year)
		want := ledger.ForecastTrend
		switch {
		case len(points) < 3:
			want = ledger.ForecastNone
		case len(points) < 5:
			want = ledger.ForecastScenarios
		}
		if f.N != len(points) || f.Kind != want && f.Kind != ledger.ForecastNone {
			t.Fatalf("%d figures: %+v", len(points), f)
		}
		if f.Kind == ledger.ForecastNone {
			if f.Low != 0 || f.Middle != 0 || f.High != 0 || f.Level != 0 {
				t.Fatalf("no forecast has figures: %+v", f)
			}
			return
		}
		if !(0 < f.Low && f.Low <= f.Middle && f.Middle <= f.High) {
			t.Fatalf("out of order: %+v", f)
		}
		further := ledger.ForecastOutput(points, year+1)
		if f.Kind == ledger.ForecastTrend && further.Kind == f.Kind && further.High/further.Low < f.High/f.Low*(1-1e-9) {
			t.Fatalf("a year further is surer: %+v, %+v", f, further)
		}
		reversed := make([]ledger.YearValue, len(points))
		for i, p := range points {
			reversed[len(points)-1-i] = p
		}
		if diff := cmp.Diff(f, ledger.ForecastOutput(reversed, year)); diff != "" {
			t.Fatalf("the order of the figures counts:\n%s", diff)
		}
	})
}

// TestConstantGrowthIsForecastAsItself: without scatter the interval closes.
func TestConstantGrowthIsForecastAsItself(t *testing.T) {
	t.Parallel()
	var points []ledger.YearValue
	for _, p := range ledger.ConstantGrowthReference(ledger.PathPoint{Year: 2030, Value: 5000}, ledger.PathPoint{Year: 2035, Value: 10000}) {
		points = append(points, ledger.YearValue(p))
	}
	f := ledger.ForecastOutput(points, 2040)
	if !near(f.Low, 20000) || !near(f.High, 20000) || !near(f.MiddleGrowth, 0.1487) || f.N != 6 {
		t.Errorf("%+v", f)
	}
}
