package delivery_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/delivery"
)

func TestTheNextTimes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 9, 30, 12, 0, 0, 0, calendar.Shanghai()) // The last day before a week of holidays.
	for _, tc := range []struct {
		name string
		job  delivery.Job
		want []string
	}{
		{"every day", delivery.Job{Spec: "0 9 * * *"}, []string{"10-01 09:00", "10-02 09:00", "10-03 09:00"}},
		{"on workdays", delivery.Job{Spec: "0 9 * * *", On: delivery.Workday}, []string{"10-08 09:00", "10-09 09:00", "10-10 09:00"}},
		{"moved to the next workday", delivery.Job{Spec: "0 9 2 * *", On: delivery.NextWorkday}, []string{"10-08 09:00", "11-02 09:00", "12-02 09:00"}},
		{"paused", delivery.Job{Spec: "0 9 * * *", Paused: true}, nil},
		{"no spec", delivery.Job{Spec: "often"}, nil},
		{"in another zone", delivery.Job{Spec: "0 9 * * *", Zone: "Europe/Berlin"}, []string{"09-30 15:00", "10-01 15:00", "10-02 15:00"}},
	} {
		var got []string
		for _, at := range (delivery.View{}).NextOf(tc.job, now, 3) {
			got = append(got, at.In(calendar.Shanghai()).Format("01-02 15:04"))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}
