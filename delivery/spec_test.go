package delivery_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/delivery"
	"wainao/lang"
)

func TestParseScheduleRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ spec, zone, code string }{
		{"TZ=0", "", "bad_spec"},
		{"CRON_TZ=UTC", "", "bad_spec"},
		{"TZ=UTC 0 9 * * 1", "", "bad_spec"},
		{"", "", "bad_spec"},
		{"@every 1s", "", "bad_spec"},
		{"0 9 * *", "", "bad_spec"},
		{"0 0 9 * * 1", "", "bad_spec"},
		{"60 9 * * 1", "", "bad_spec"},
		{"每周一", "", "bad_spec"},
		{"0 9 31 2 *", "", "spec_never"},
		{"0 9 * * ,", "", "spec_never"},
		{"0 9 * * 1", "Asia/Suzhou", "bad_zone"},
		{"0 9 * * 1", "Local", "bad_zone"},
	} {
		_, err := delivery.ParseSchedule(tt.spec, tt.zone)
		problem, ok := errors.AsType[*lang.Problem](err)
		if !ok || problem.Code != tt.code || !problem.Words.Complete() {
			t.Errorf("%q in %q: %v, want %s", tt.spec, tt.zone, err, tt.code)
		}
	}
	if _, err := delivery.ParseSchedule("0 9 29 2 *", ""); err != nil {
		t.Errorf("a leap day: %v", err)
	}
}

// TestSummerTime: a slot in the hour that is skipped runs once, as does one in
// the hour that comes twice.
func TestSummerTime(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		zone, from, to string
		want           []string
	}{
		{"Europe/Berlin", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z", []string{"2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"}},
		{"Europe/Berlin", "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z", []string{"2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"America/New_York", "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", []string{"2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z"}},
		{"America/New_York", "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z", []string{"2026-11-01T07:30:00Z", "2026-11-02T07:30:00Z"}},
	} {
		s, err := delivery.ParseSchedule("30 2 * * *", tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		from, to := moment(t, tt.from), moment(t, tt.to)
		var got, stepped []string
		for _, slot := range s.Between(from, to) {
			got = append(got, slot.Due.UTC().Format(time.RFC3339))
		}
		for at := from; ; {
			next, ok := s.Next(at)
			if !ok || next.Due.After(to) {
				break
			}
			at = next.Due
			stepped = append(stepped, at.UTC().Format(time.RFC3339))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s between (-want +got):\n%s", tt.zone, diff)
		}
		if diff := cmp.Diff(tt.want, stepped); diff != "" {
			t.Errorf("%s one by one (-want +got):\n%s", tt.zone, diff)
		}
	}
	overlap, err := delivery.ParseSchedule("30 1 * * *", "America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	slots := overlap.Between(moment(t, "2026-11-01T00:00:00Z"), moment(t, "2026-11-01T23:00:00Z"))
	if len(slots) != 1 || !slots[0].Due.Equal(moment(t, "2026-11-01T05:30:00Z")) {
		t.Errorf("the hour that comes twice gives %v", slots)
	}
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
