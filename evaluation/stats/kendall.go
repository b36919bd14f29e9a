package stats

import (
	"cmp"
	"math"
	"slices"
)

// Agreement is how far several judges put the same objects into the same
// order: Kendall's coefficient of concordance, corrected for ties.
type Agreement struct {
	W         float64 `json:"w"` // 0 for no agreement, 1 for the same order by all.
	Judges    int     `json:"judges"`
	Objects   int     `json:"objects"`
	ChiSquare float64 `json:"chi_square"` // Judges × (Objects − 1) × W.
	DF        int     `json:"df"`         // Objects − 1.

	// P is the chance of a ChiSquare as large or larger without any agreement.
	// The approximation is rough for 7 objects or fewer.
	P float64 `json:"p"`
}

// The fewest judges and objects whose agreement is told.
const (
	MinJudges  = 2
	MinObjects = 3
)

// Concordance returns Kendall's W of the scores: a row for each judge, in it a
// score for each object. Equal scores share their mean rank. ok is false for
// fewer than [MinJudges] judges or [MinObjects] objects, and when every judge
// scores everything alike: then nobody has an order to agree on.
//
// With R the sums of ranks, m judges and n objects, S = Σ(R − m(n+1)/2)² and
// T = Σ(t³ − t) over the ties of all judges, it is W = 12S ⁄ (m²(n³ − n) − mT):
// M. G. Kendall, Rank Correlation Methods, 4th ed. (1970), ch. 6; S. Siegel,
// Nonparametric Statistics (1956), pp. 229–239.
func Concordance(scores [][]float64) (a Agreement, ok bool) {
	m := len(scores)
	if m < MinJudges || len(scores[0]) < MinObjects {
		return Agreement{}, false
	}
	n := len(scores[0])
	// Ranks are halves, so their doubles are whole: sums of them are exact and
	// do not depend on the judges' order.
	sums := make([]int, n)
	ties := 0
	order := make([]int, n)
	for _, row := range scores {
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(row[a], row[b]) })
		for i := 0; i < n; {
			j := i + 1
			for j < n && row[order[j]] == row[order[i]] {
				j++
			}
			for _, object := range order[i:j] {
				sums[object] += i + 1 + j // Twice the mean of the ranks i+1 to j.
			}
			t := j - i
			ties += t*t*t - t
			i = j
		}
	}
	var s4 int // Four times S.
	for _, r := range sums {
		d := r - m*(n+1)
		s4 += d * d
	}
	below := m*m*(n*n*n-n) - m*ties
	if below == 0 {
		return Agreement{}, false
	}
	a = Agreement{W: 3 * float64(s4) / float64(below), Judges: m, Objects: n, DF: n - 1}
	a.ChiSquare = float64(m) * float64(n-1) * a.W
	a.P = ChiSquareAbove(a.ChiSquare, a.DF)
	return a, true
}

// ChiSquareAbove returns the chance that a chi-square variable with df degrees
// of freedom, at least 1, exceeds x. It is the finite sum for whole degrees of
// freedom: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions
// (1964), 26.4.4 and 26.4.5.
func ChiSquareAbove(x float64, df int) float64 {
	if x <= 0 {
		return 1
	}
	half := x / 2
	sum, first := 0.0, 0.0
	if df%2 == 1 {
		sum, first = math.Erfc(math.Sqrt(half)), 0.5
	}
	for k := first; k < float64(df)/2; k++ {
		lg, _ := math.Lgamma(k + 1)
		sum += math.Exp(k*math.Log(half) - half - lg) // By logarithms: the factors alone overflow.
	}
	return min(sum, 1)
}
