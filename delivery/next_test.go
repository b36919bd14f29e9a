package delivery_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/delivery"
)

// deadline25 is the 25th of a quarter's last month.
func deadline25(p calendar.Period) calendar.Date {
	return calendar.DateOf(p.Start().AddDate(0, 2, 24))
}

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
		{"five workdays before the deadline", delivery.Job{Spec: "0 9 * * *", On: delivery.BeforeDeadline(5)}, []string{"12-18 09:00", "03-18 09:00", "06-18 09:00"}},
		{"on the deadline, at two times", delivery.Job{Spec: "0 9,15 * * *", On: delivery.BeforeDeadline(0)}, []string{"12-25 09:00", "12-25 15:00", "03-25 09:00"}},
		{"long before: in the quarter before", delivery.Job{Spec: "0 9 * * *", On: delivery.BeforeDeadline(60)}, []string{"12-31 09:00", "04-02 09:00", "07-05 09:00"}},
		{"five before, and never on a Monday", delivery.Job{Spec: "0 9 * * 2-5", On: delivery.BeforeDeadline(5)}, []string{"12-18 09:00", "03-18 09:00", "06-18 09:00"}},
		{"every minute of that day", delivery.Job{Spec: "* * * * *", On: delivery.BeforeDeadline(5)}, []string{"12-18 00:00", "12-18 00:01", "12-18 00:02"}},
		{"paused", delivery.Job{Spec: "0 9 * * *", Paused: true}, nil},
		{"no spec", delivery.Job{Spec: "often"}, nil},
		{"in another zone", delivery.Job{Spec: "0 9 * * *", Zone: "Europe/Berlin"}, []string{"09-30 15:00", "10-01 15:00", "10-02 15:00"}},
	} {
		var got []string
		for _, at := range (delivery.View{Deadline: deadline25}).NextOf(tc.job, now, 3) {
			got = append(got, at.In(calendar.Shanghai()).Format("01-02 15:04"))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}
