package stats_test

import (
	"testing"

	"wainao/evaluation/stats"
)

func TestFigure(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{
		0: "0", -0.001: "0", 7: "7", 10: "10", 100: "100", 7.5: "7.5", 7.25: "7.25", 7.05: "7.05", 7.004: "7", 6.999: "7", 0.1 + 0.2: "0.3",
	} {
		if got := stats.Figure(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}
