package stats_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"wainao/evaluation/stats"
)

// near fails the test unless got is want as far as the source prints it.
func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s is %v, published is %v", what, got, want)
	}
}

// TestDescribeAgainstPublishedExamples checks the middles and spreads against
// examples that others have printed.
func TestDescribeAgainstPublishedExamples(t *testing.T) {
	t.Parallel()

	// Quartile calculations in R, r-help mailing list, 13 January 2012
	// (stat.ethz.ch/pipermail/r-help/attachments/20120113/9dadc934): summary()
	// of this vector prints 1st Qu. 5.25, Median 13.00, Mean 39.50, 3rd Qu. 75.50.
	s := stats.Describe([]float64{1, 12, 14, 3, 96, 111})
	near(t, "Q1", s.Q1, 5.25, 0)
	near(t, "median", s.Median, 13, 0)
	near(t, "mean", s.Mean, 39.5, 0)
	near(t, "Q3", s.Q3, 75.5, 0)
	near(t, "IQR", s.IQR(), 70.25, 0)

	// R documentation, mean {base}, Examples: x <- c(0:10, 50) has the mean 8.75
	// and mean(x, trim = 0.10) is 5.50.
	x := []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 50}
	near(t, "mean", stats.Describe(x).Mean, 8.75, 0)
	near(t, "mean trimmed by 10%", stats.TrimmedMean(x, 0.1), 5.5, 0)

	// SciPy reference, scipy.stats.trim_mean, Examples: trim_mean(arange(20), 0.1)
	// is 9.5; with 0.25, the rows of arange(20).reshape(5, 4) give 1.5, 5.5, ….
	var twenty []float64
	for i := range 20 {
		twenty = append(twenty, float64(i))
	}
	near(t, "mean of 0…19 trimmed by 10%", stats.TrimmedMean(twenty, 0.1), 9.5, 0)
	for row := range 5 {
		near(t, "mean of a row trimmed by 25%", stats.TrimmedMean(twenty[4*row:4*row+4], 0.25), 1.5+4*float64(row), 0)
	}

	// NIST Statistical Reference Datasets, univariate, NumAcc1: mean 10000002,
	// standard deviation 1; NumAcc2: 1.2 and then 1.1 and 1.3 in turn, 1001
	// values, mean 1.2, standard deviation 0.1.
	s = stats.Describe([]float64{10000001, 10000003, 10000002})
	near(t, "mean of NumAcc1", s.Mean, 10000002, 0)
	near(t, "SD of NumAcc1", s.SD, 1, 0)
	acc2 := []float64{1.2}
	for range 500 {
		acc2 = append(acc2, 1.1, 1.3)
	}
	s = stats.Describe(acc2)
	near(t, "mean of NumAcc2", s.Mean, 1.2, 1e-13)
	near(t, "SD of NumAcc2", s.SD, 0.1, 1e-13)
}

func TestDescribeFewScores(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		scores []float64
		want   stats.Summary
	}{
		{nil, stats.Summary{}},
		{[]float64{7}, stats.Summary{N: 1, Mean: 7, Median: 7, Q1: 7, Q3: 7}},
		{[]float64{8, 6}, stats.Summary{N: 2, Mean: 7, Median: 7, Q1: 6.5, Q3: 7.5, SD: math.Sqrt2}},
		{[]float64{0, 10, 5, 5}, stats.Summary{N: 4, Mean: 5, Median: 5, Q1: 3.75, Q3: 6.25, SD: math.Sqrt(50.0 / 3)}},
		{[]float64{0, 10, 5, 6, 7}, stats.Summary{N: 5, Mean: 5.6, Median: 6, Q1: 5, Q3: 7, Trimmed: 6, SD: math.Sqrt(53.2 / 4)}},
	} {
		got := stats.Describe(tt.scores)
		near(t, "SD", got.SD, tt.want.SD, 1e-12)
		if got.SD = tt.want.SD; got != tt.want {
			t.Errorf("%v: got %+v, want %+v", tt.scores, got, tt.want)
		}
	}
}

// anxiety is the data set of R's package irr: 20 subjects rated by 3 raters.
var anxiety = [][]float64{
	{3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3},
	{3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4},
	{2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2},
}

// rounding is the data of M. Hollander and D. A. Wolfe, Nonparametric
// Statistical Methods (1973), p. 140 ff.: the times of 22 players for rounding
// first base in three ways.
var rounding = [][]float64{
	{5.40, 5.50, 5.55},
	{5.85, 5.70, 5.75},
	{5.20, 5.60, 5.50},
	{5.55, 5.50, 5.40},
	{5.90, 5.85, 5.70},
	{5.45, 5.55, 5.60},
	{5.40, 5.40, 5.35},
	{5.45, 5.50, 5.35},
	{5.25, 5.15, 5.00},
	{5.85, 5.80, 5.70},
	{5.25, 5.20, 5.10},
	{5.65, 5.55, 5.45},
	{5.60, 5.35, 5.45},
	{5.05, 5.00, 4.95},
	{5.50, 5.50, 5.40},
	{5.45, 5.55, 5.50},
	{5.55, 5.55, 5.35},
	{5.45, 5.50, 5.55},
	{5.50, 5.45, 5.25},
	{5.65, 5.60, 5.40},
	{5.70, 5.65, 5.55},
	{6.30, 6.30, 6.25},
}

// TestConcordanceAgainstPublishedExamples checks W, its chi-square and the
// chance against examples that others have printed.
func TestConcordanceAgainstPublishedExamples(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		source             string
		scores             [][]float64
		w, chi, p          float64
		withinW, withinChi float64
		withinP            float64
	}{
		{
			// NAG Library, routine G08DAF, Example: many ties; after S. Siegel,
			// Nonparametric Statistics for the Behavioral Sciences (1956).
			"NAG G08DAF",
			[][]float64{
				{1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10},
				{2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5},
				{2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10},
			},
			0.828, 3 * 9 * 0.828, 0.008, 5e-4, 5e-4 * 27, 5e-4,
		},
		// R documentation, friedman.test {stats}, Examples: Friedman chi-squared =
		// 11.143, df = 2, p-value = 0.003805; W is that over 22 × 2.
		{"Hollander and Wolfe", rounding, 11.143 / 44, 11.143, 0.003805, 5e-4 / 44, 5e-4, 5e-7},
		// R package irr, kendall(anxiety, TRUE): Wt = 0.54, Chisq(19) = 30.8,
		// p-value = 0.0429.
		{"irr anxiety", anxiety, 0.54, 30.8, 0.0429, 5e-3, 0.05, 5e-5},
	} {
		a, ok := stats.Concordance(tt.scores)
		if !ok {
			t.Errorf("%s: no W", tt.source)
			continue
		}
		near(t, tt.source+": W", a.W, tt.w, tt.withinW)
		near(t, tt.source+": chi-square", a.ChiSquare, tt.chi, tt.withinChi)
		near(t, tt.source+": p", a.P, tt.p, tt.withinP)
		if a.Judges != len(tt.scores) || a.Objects != len(tt.scores[0]) || a.DF != a.Objects-1 {
			t.Errorf("%s: %+v", tt.source, a)
		}
	}
}

func TestConcordanceAtItsEnds(t *testing.T) {
	t.Parallel()
	if a, ok := stats.Concordance([][]float64{{1, 2, 3}, {4, 8, 9}}); !ok || a.W != 1 {
		t.Errorf("the same order by both: %+v, %v", a, ok)
	}
	if a, ok := stats.Concordance([][]float64{{1, 2, 3}, {3, 2, 1}}); !ok || a.W != 0 || a.P != 1 {
		t.Errorf("opposite orders: %+v, %v", a, ok)
	}
	for name, scores := range map[string][][]float64{
		"nobody": nil, "one judge": {{1, 2, 3}}, "two objects": {{1, 2}, {1, 2}}, "all alike": {{5, 5, 5}, {7, 7, 7}},
	} {
		if a, ok := stats.Concordance(scores); ok {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// TestChiSquareAbove compares with the table of critical values in the
// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
func TestChiSquareAbove(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		df     int
		x, p   float64
		within float64
	}{
		{1, 3.841, 0.05, 2e-5},
		{2, 5.991, 0.05, 2e-5},
		{3, 7.815, 0.05, 2e-5},
		{4, 9.488, 0.05, 2e-5},
		{9, 21.666, 0.01, 1e-5},
		{10, 18.307, 0.05, 2e-5},
		{19, 30.144, 0.05, 2e-5},
		{30, 59.703, 0.001, 1e-6},
		{100, 124.342, 0.05, 2e-5},
	} {
		near(t, "p", stats.ChiSquareAbove(tt.x, tt.df), tt.p, tt.within)
	}
	for _, df := range []int{1, 2, 99} {
		if stats.ChiSquareAbove(0, df) != 1 || stats.ChiSquareAbove(20000, df) != 0 {
			t.Errorf("df %d: the ends are %v and %v", df, stats.ChiSquareAbove(0, df), stats.ChiSquareAbove(20000, df))
		}
	}
}

// TestOrderDoesNotMatter: the figures are the same to the last bit.
func TestOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		judges, objects := rapid.IntRange(1, 12).Draw(t, "judges"), rapid.IntRange(1, 12).Draw(t, "objects")
		rows := make([][]float64, judges)
		var flat []float64
		for i := range rows {
			rows[i] = rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 100), func(n int) float64 { return float64(n) / 10 }), objects, objects).Draw(t, "row")
			flat = append(flat, rows[i]...)
		}
		want := stats.Describe(flat)
		wantW, wantOK := stats.Concordance(rows)
		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		shuffle.Shuffle(len(flat), func(i, j int) { flat[i], flat[j] = flat[j], flat[i] })
		shuffle.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		order := shuffle.Perm(objects)
		turned := make([][]float64, judges)
		for i, row := range rows {
			for _, at := range order {
				turned[i] = append(turned[i], row[at])
			}
		}
		before := slices.Clone(flat)
		if got := stats.Describe(flat); got != want {
			t.Fatalf("described %+v, in another order %+v", want, got)
		}
		if !slices.Equal(before, flat) {
			t.Fatal("the scores were put into another order")
		}
		got, ok := stats.Concordance(turned)
		if got != wantW || ok != wantOK {
			t.Fatalf("agreement %+v, in another order %+v", wantW, got)
		}
		if ok && (got.W < 0 || got.W > 1 || got.P < 0 || got.P > 1) {
			t.Fatalf("out of bounds: %+v", got)
		}
		if want.Q1 > want.Median || want.Median > want.Q3 || want.SD < 0 {
			t.Fatalf("out of order: %+v", want)
		}
	})
}
