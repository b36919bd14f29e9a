package commands

import (
	"testing"
	"time"

	"wainao/ask"
	"wainao/ledger"
	"wainao/policy"
)

// TestStandings holds every target with a number to what the ledger tells of it:
// without reports none is behind, and none on track.
func TestStandings(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	f := facts{policy: pol, at: time.Date(2026, 11, 23, 12, 0, 0, 0, policy.Zone), settings: ledger.DefaultSettings()}
	got := f.Standings()
	want := 0
	for _, target := range pol.Targets {
		if target.Op != policy.Qualitative && target.Indicator != "" {
			want++
		}
	}
	if len(got) != want || want == 0 {
		t.Fatalf("%d targets stand somewhere, want %d", len(got), want)
	}
	for _, s := range got {
		if s.Pace != ask.PaceNone || s.Label.ZH == "" || s.Year == 0 {
			t.Errorf("%s of %d: %s (%s), want none: nothing was reported", s.Indicator, s.Year, s.Pace, s.Label.ZH)
		}
	}
}

// TestPaces holds each light to a pace that does not tell better than it.
func TestPaces(t *testing.T) {
	t.Parallel()
	for _, light := range ledger.Lights() {
		pace, ok := paces[light]
		if (light == ledger.LightNone) == ok {
			t.Errorf("the light %s has the pace %q", light, pace)
		}
		if pace == ask.PaceOnTrack && light != ledger.LightOnTrack {
			t.Errorf("the light %s is called on track", light)
		}
	}
}
