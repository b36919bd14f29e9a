// Package stats holds the few statistics by which scores are told: what lies
// in the middle, how wide they are spread, and how far judges agree.
//
// Every figure is exactly the same in whatever order the scores come. It
// decides nothing about scores, and knows neither people nor items.
package stats

import (
	"math"
	"slices"
)

// The trimmed mean.
const (
	MinTrimmed = 5   // Fewer scores are not trimmed.
	TrimShare  = 0.2 // The share that is cut off at each end, rounded down to whole scores.
)

// Summary describes some scores. What their number does not allow is 0: look
// at N first.
type Summary struct {
	N       int     `json:"n"`
	Mean    float64 `json:"mean"`
	Median  float64 `json:"median"`
	Q1      float64 `json:"q1"`      // The lower quartile; see [Quantile].
	Q3      float64 `json:"q3"`      // The upper quartile.
	Trimmed float64 `json:"trimmed"` // The mean without [TrimShare] at each end, from [MinTrimmed] scores on.
	SD      float64 `json:"sd"`      // The standard deviation of a sample (n − 1), from 2 scores on.
}

// IQR returns the distance between the quartiles.
func (s Summary) IQR() float64 { return s.Q3 - s.Q1 }

// Describe summarises the scores, which it leaves as they are.
func Describe(scores []float64) Summary {
	x := slices.Clone(scores)
	slices.Sort(x) // Sums depend on their order, so there is one.
	s := Summary{N: len(x)}
	if s.N == 0 {
		return s
	}
	s.Mean, s.Median = mean(x), Quantile(x, 0.5)
	s.Q1, s.Q3 = Quantile(x, 0.25), Quantile(x, 0.75)
	if s.N >= MinTrimmed {
		s.Trimmed = TrimmedMean(x, TrimShare)
	}
	if s.N >= 2 {
		var sum float64
		for _, v := range x {
			sum += (v - s.Mean) * (v - s.Mean)
		}
		s.SD = math.Sqrt(sum / float64(s.N-1))
	}
	return s
}

func mean(x []float64) float64 {
	var sum float64
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// Quantile returns the p-quantile of sorted scores, of which there must be at
// least one: type 7 of Hyndman and Fan, Sample Quantiles in Statistical
// Packages, The American Statistician 50 (1996) 361–365, which is the default
// of R and of Excel's QUARTILE.INC. It interpolates between the two scores
// around the place 1 + (n − 1)p.
func Quantile(sorted []float64, p float64) float64 {
	h := float64(len(sorted)-1) * p
	i := int(math.Floor(h))
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

// TrimmedMean returns the mean of sorted scores, of which there must be at
// least one, without the share, below one half, at each end. The number cut
// off is rounded down, as R's mean does.
func TrimmedMean(sorted []float64, share float64) float64 {
	cut := int(math.Floor(share*float64(len(sorted)) + 1e-9)) // 0.2 has no exact form: a fifth of 15 is 3.
	return mean(sorted[cut : len(sorted)-cut])
}
