package ledger

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"wainao/calendar"
)

// Day is a day in Shanghai; the zero Day is none.
type Day = calendar.Date

// DayOf returns the day of t in Shanghai.
func DayOf(t time.Time) Day { return calendar.DateOf(t) }

// writtenDay is a date as people write it.
var writtenDay = regexp.MustCompile(`^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$|^(\d{4})(\d{2})(\d{2})$`)

// ParseDay reads a date as a person writes it: 2026-11-23, 2026/11/23,
// 2026年11月23日, 20261123. ok is false for anything else, for a date that no
// calendar has, and for years outside 1949 to 2099.
func ParseDay(s string) (d Day, ok bool) {
	m := writtenDay.FindStringSubmatch(strings.Join(strings.Fields(width.Fold.String(s)), ""))
	if m == nil {
		return "", false
	}
	part := func(i int) int {
		n, _ := strconv.Atoi(m[i] + m[i+3]) // One of the two forms is empty.
		return n
	}
	year, month, day := part(1), part(2), part(3)
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month || year < 1949 || year > 2099 {
		return "", false
	}
	return Day(t.Format(time.DateOnly)), true
}

// digits writes n with leading zeros, so that it sorts as a string.
func digits(n, width int) string {
	s := strconv.Itoa(n)
	if len(s) >= width {
		return s
	}
	return strings.Repeat("0", width-len(s)) + s
}
