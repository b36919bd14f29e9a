package ledger_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/lang"
	"wainao/ledger"
)

// near reports whether two figures agree to the four digits that were worked
// out by hand.
func near(a, b float64) bool { return math.Abs(a-b) <= 0.00005*math.Max(1, math.Abs(b)) }

func TestRequiredGrowth(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value  float64
		year   int
		target float64
		by     int
		want   float64
		ok     bool
	}{
		{5000, 2030, 10000, 2035, 0.1487, true}, // The policy's own two targets: 2^(1/5) − 1.
		{100, 2026, 121, 2028, 0.1, true},
		{100, 2026, 100, 2030, 0, true},
		{200, 2026, 100, 2027, -0.5, true},
		{0, 2026, 100, 2030, 0, false},
		{-1, 2026, 100, 2030, 0, false},
		{100, 2026, 0, 2030, 0, false},
		{100, 2030, 200, 2030, 0, false},
		{100, 2031, 200, 2030, 0, false},
		{math.NaN(), 2026, 200, 2030, 0, false},
		{math.Inf(1), 2026, 200, 2030, 0, false},
	} {
		if got, ok := ledger.RequiredGrowth(tt.value, tt.year, tt.target, tt.by); ok != tt.ok || !near(got, tt.want) {
			t.Errorf("%g in %d to %g in %d: got %.4f, %t; want %.4f, %t", tt.value, tt.year, tt.target, tt.by, got, ok, tt.want, tt.ok)
		}
	}
}

func TestPathAt(t *testing.T) {
	t.Parallel()
	path := ledger.Path{{2026, 100}, {2028, 300}, {2030, 500}}
	for _, tt := range []struct {
		year, want float64
		ok         bool
	}{
		{2026, 100, true},
		{2027, 200, true},
		{2028, 300, true},
		{2029.25, 425, true},
		{2030, 500, true},
		{2025.99, 0, false},
		{2030.01, 0, false},
		{math.NaN(), 0, false},
	} {
		if got, ok := path.At(tt.year); ok != tt.ok || !near(got, tt.want) {
			t.Errorf("at %g: got %g, %t; want %g, %t", tt.year, got, ok, tt.want, tt.ok)
		}
	}
	if _, ok := ledger.Path(nil).At(2026); ok {
		t.Error("no path has a value")
	}
	if got, ok := (ledger.Path{{2030, 5000}}).At(2030); !ok || got != 5000 {
		t.Errorf("one point: got %g, %t", got, ok)
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	from, to := ledger.PathPoint{Year: 2026, Value: 100}, ledger.PathPoint{Year: 2029, Value: 172.8}
	if diff := cmp.Diff(ledger.Path{{2026, 100}, {2027, 124.26666666666667}, {2028, 148.53333333333333}, {2029, 172.8}}, ledger.LinearReference(from, to), cmp.Comparer(near)); diff != "" {
		t.Errorf("linear (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(ledger.Path{{2026, 100}, {2027, 120}, {2028, 144}, {2029, 172.8}}, ledger.ConstantGrowthReference(from, to), cmp.Comparer(near)); diff != "" {
		t.Errorf("constant growth (-want +got):\n%s", diff)
	}
	zero := ledger.PathPoint{Year: 2026}
	if got := ledger.LinearReference(zero, to); len(got) != 4 {
		t.Errorf("linear from nothing: %v", got)
	}
	for name, got := range map[string]ledger.Path{
		"growth from nothing": ledger.ConstantGrowthReference(zero, to), "backwards": ledger.LinearReference(to, from),
		"no time": ledger.ConstantGrowthReference(from, from),
	} {
		if got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestReferencesKeepTheirEnds: whoever stands on a reference is on track at
// both ends, and growth that stays the same never leads linear gain.
func TestReferencesKeepTheirEnds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := ledger.PathPoint{Year: 2026, Value: rapid.Float64Range(1, 5000).Draw(t, "from")}
		to := ledger.PathPoint{Year: 2026 + rapid.IntRange(1, 20).Draw(t, "years"), Value: from.Value * rapid.Float64Range(1, 20).Draw(t, "factor")}
		linear, growth := ledger.LinearReference(from, to), ledger.ConstantGrowthReference(from, to)
		for year := from.Year; year <= to.Year; year++ {
			l, ok1 := linear.At(float64(year))
			g, ok2 := growth.At(float64(year))
			if !ok1 || !ok2 || g > l*(1+1e-9) {
				t.Fatalf("%d: linear %g (%t), growth %g (%t)", year, l, ok1, g, ok2)
			}
			if (year == from.Year && (l != from.Value || g != from.Value)) || (year == to.Year && (l != to.Value || g != to.Value)) {
				t.Fatalf("%d: an end moved: %g, %g", year, l, g)
			}
		}
	})
}

func TestLightOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		share      float64
		has, stale bool
		want       ledger.Light
	}{
		{1.2, true, false, ledger.LightOnTrack},
		{1, true, false, ledger.LightOnTrack},
		{(0.1 + 0.7) * 10 / 8, true, false, ledger.LightOnTrack}, // 0.9999999999999999 in binary.
		{0.9999, true, false, ledger.LightWatch},
		{0.8, true, false, ledger.LightWatch},
		{0.7999, true, false, ledger.LightBehind},
		{0.6, true, false, ledger.LightBehind},
		{0.5999, true, false, ledger.LightFarBehind},
		{0, true, false, ledger.LightFarBehind},
		{1.2, true, true, ledger.LightStale},
		{0, true, true, ledger.LightStale},
		{1.2, false, false, ledger.LightNone},
		{1.2, false, true, ledger.LightNone},
		{math.NaN(), true, false, ledger.LightNone},
	} {
		if got := ledger.LightOf(tt.share, tt.has, tt.stale, ledger.DefaultThresholds()); got != tt.want {
			t.Errorf("%g, has %t, stale %t: got %s, want %s", tt.share, tt.has, tt.stale, got, tt.want)
		}
	}
	if got := ledger.LightOf(0.9, true, false, ledger.Thresholds{OnTrack: 0.9, Watch: 0.5, Behind: 0.1}); got != ledger.LightOnTrack {
		t.Errorf("other thresholds: %s", got)
	}
}

func TestLightsHaveWordsOfTheirOwn(t *testing.T) {
	t.Parallel()
	seen := map[lang.Text]ledger.Light{}
	for _, l := range ledger.Lights() {
		label := l.Label()
		if other, twice := seen[label]; twice || !label.Complete() {
			t.Errorf("%s: %+v (also %s)", l, label, other)
		}
		seen[label] = l
	}
}

func TestThresholdsCheck(t *testing.T) {
	t.Parallel()
	if err := ledger.DefaultThresholds().Check(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	for _, bad := range []ledger.Thresholds{{}, {1, 1, 0.6}, {0.8, 1, 0.6}, {1, 0.8, 0}, {1, 0.8, 0.9}, {math.NaN(), 0.8, 0.6}, {1, 0.8, math.NaN()}} {
		if err := bad.Check(); !errors.Is(err, &lang.Problem{Code: "thresholds"}) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}
