package calendar

import (
	"fmt"
	"time"

	"wainao/lang"
)

// Date is a day, written "2026-11-23". Dates of four-digit years sort as
// strings in the order of time. The zero Date is none.
type Date string

const dateLayout = time.DateOnly

// DateOf returns the day of t in Shanghai.
func DateOf(t time.Time) Date { return Date(t.In(shanghai).Format(dateLayout)) }

// ParseDate reads a day as "2026-11-23". ok is false for anything else, such as
// the 31st of February, and for years outside 2000 to 2099.
func ParseDate(s string) (d Date, ok bool) {
	t, err := time.Parse(dateLayout, s)
	if err != nil || t.Year() < 2000 || t.Year() > 2099 {
		return "", false
	}
	return Date(s), true
}

// utc returns the midnight in UTC that begins the day there; only for
// reckoning with days. A Date that is none gives the year 1.
func (d Date) utc() time.Time {
	t, err := time.Parse(dateLayout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Start returns the midnight in Shanghai that begins the day; the zero time for
// a Date that is none.
func (d Date) Start() time.Time {
	t := d.utc()
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, shanghai)
}

// Add returns the day n days later, or earlier when n is negative.
func (d Date) Add(n int) Date { return Date(d.utc().AddDate(0, 0, n).Format(dateLayout)) }

// Year returns the year that the day is in.
func (d Date) Year() int { return d.utc().Year() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// DaysTo returns how many days lie from d to o; it is negative when o is
// before d.
func (d Date) DaysTo(o Date) int { return int(o.utc().Sub(d.utc()).Hours() / 24) }

// Label writes the day for a person: 2026年11月23日, 23 November 2026; nothing for
// a Date that is none.
func (d Date) Label() lang.Text {
	if d.utc().IsZero() {
		return lang.Text{}
	}
	return FormatDate(d.Start())
}

// yearKey writes a year as a key of a table.
func yearKey(year int) string { return fmt.Sprintf("%04d", year) }
