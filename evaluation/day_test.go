package evaluation_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
)

// sensible are dates that nobody doubts.
var sensible = evaluation.Dates{
	ScoringFrom: "2026-12-01", ScoringUntil: "2026-12-07", SecondUntil: "2026-12-10", Deliberation: "2026-12-14",
	NoticeFrom: "2026-12-14", NoticeUntil: "2026-12-20", Decision: "2026-12-25", Effective: "2027-01-01",
}

func TestDatesThatAreDoubtful(t *testing.T) {
	t.Parallel()
	all := func(evaluation.DateName) bool { return true }
	for name, tt := range map[string]struct {
		change map[evaluation.DateName]evaluation.Day
		want   map[string]string // Code and English words by the field.
	}{
		"sensible":             {nil, nil},
		"no second round":      {map[evaluation.DateName]evaluation.Day{evaluation.SecondUntil: ""}, nil},
		"a make-up workday":    {map[evaluation.DateName]evaluation.Day{evaluation.Deliberation: "2026-02-28"}, nil},
		"on a Saturday":        {map[evaluation.DateName]evaluation.Day{evaluation.Deliberation: "2026-12-12"}, map[string]string{"deliberation": "day_off Saturday 14 December 2026"}},
		"on National Day":      {map[evaluation.DateName]evaluation.Day{evaluation.Decision: "2026-10-01"}, map[string]string{"decision": "day_off National Day 8 October 2026"}},
		"a notice of one day":  {map[evaluation.DateName]evaluation.Day{evaluation.NoticeUntil: "2026-12-14"}, map[string]string{"notice-until": "notice_short 1 18 December 2026"}},
		"a notice of four":     {map[evaluation.DateName]evaluation.Day{evaluation.NoticeUntil: "2026-12-17"}, map[string]string{"notice-until": "notice_short 4 18 December 2026"}},
		"scoring on a weekend": {map[evaluation.DateName]evaluation.Day{evaluation.ScoringFrom: "2026-12-05", evaluation.ScoringUntil: "2026-12-06"}, map[string]string{"scoring-until": "no_workday 5 December 6 December"}},
		"a second round on a weekend": {
			map[evaluation.DateName]evaluation.Day{evaluation.ScoringUntil: "2026-12-11", evaluation.SecondUntil: "2026-12-13"}, map[string]string{"second-until": "no_workday 12 December 13 December"},
		},
	} {
		d := sensible
		for n, day := range tt.change {
			d = d.With(n, day)
		}
		got := d.Doubts(calendar.Days{}, all)
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v", name, got)
		}
		for field, want := range tt.want {
			code, words, _ := strings.Cut(want, " ")
			p := got[field]
			if p == nil || p.Code != code || p.Words.ZH == "" {
				t.Errorf("%s: %v", name, got)
				continue
			}
			for w := range strings.FieldsSeq(words) {
				if !strings.Contains(p.Words.EN, w) {
					t.Errorf("%s: %q does not say %q", name, p.Words.EN, w)
				}
			}
		}
		if none := d.Doubts(calendar.Days{}, func(evaluation.DateName) bool { return false }); len(none) > 0 {
			t.Errorf("%s: nobody asked, and got %v", name, none)
		}
	}
}

// TestWhatLastsUntilADaysEnd holds that nothing begins on the day at whose end
// what comes before it is over.
func TestWhatLastsUntilADaysEnd(t *testing.T) {
	t.Parallel()
	w := prepared(t, 4)
	for _, tt := range []struct {
		name, same evaluation.DateName
	}{
		{evaluation.SecondUntil, evaluation.ScoringUntil},
		{evaluation.Deliberation, evaluation.SecondUntil},
		{evaluation.Decision, evaluation.NoticeUntil},
	} {
		d := sensible.With(tt.name, sensible.Get(tt.same))
		_, err := evaluation.SetDates(w.s, office, year, d, w.clock)
		fields, _ := err.(lang.FieldProblems) //nolint:errorlint // The package returns it bare.
		codes := map[string]string{}
		for field, p := range fields {
			codes[field] = p.Code
		}
		if diff := cmp.Diff(map[string]string{string(tt.name): "date_same"}, codes); diff != "" {
			t.Errorf("%s on the last day of %s (-want +got):\n%s", tt.name, tt.same, diff)
		}
	}
	if _, err := evaluation.SetDates(w.s, office, year, sensible, w.clock); err != nil {
		t.Error(err)
	}
}
