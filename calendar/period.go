package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"wainao/lang"
)

// Period is a quarter that reports are for, written "2026Q4". Periods of four-
// digit years sort as strings in the order of time. The zero Period is none.
type Period string

// PeriodOf returns the quarter that t lies in, in Shanghai.
func PeriodOf(t time.Time) Period {
	t = t.In(shanghai)
	return quarter(t.Year(), (int(t.Month())-1)/3+1)
}

func quarter(year, q int) Period { return Period(fmt.Sprintf("%04dQ%d", year, q)) }

// The ways in which people write a quarter. The year and the quarter are
// captured, in either order.
var (
	yearFirst    = regexp.MustCompile(`^(\d{4})年?第?[Q/-]?Q?([1-4一二三四])(?:季度|季|QUARTER)?$`)
	quarterFirst = regexp.MustCompile(`^(?:Q|第)?([1-4一二三四])(?:季度|季|QUARTER|STQUARTER|NDQUARTER|RDQUARTER|THQUARTER)?[,/-]?(?:OF)?(\d{4})年?$`)
)

// ParsePeriod reads a quarter as a person writes it: 2026Q4, 2026 Q4, 2026-Q4,
// Q4 2026, 2026年四季度, 2026年第4季度. ok is false for anything else, and for
// years outside 2000 to 2099.
func ParsePeriod(s string) (p Period, ok bool) {
	s = strings.ToUpper(strings.Join(strings.Fields(width.Fold.String(s)), ""))
	var y, q string
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		y, q = m[1], m[2]
	} else if m := quarterFirst.FindStringSubmatch(s); m != nil {
		q, y = m[1], m[2]
	} else {
		return "", false
	}
	if i := strings.Index("一二三四", q); i >= 0 {
		q = strconv.Itoa(i/len("一") + 1)
	}
	if y < "2000" || y > "2099" {
		return "", false
	}
	return Period(y + "Q" + q), true
}

// Valid reports whether p is written as [PeriodOf] writes a period of this
// century.
func (p Period) Valid() bool {
	q, ok := ParsePeriod(string(p))
	return ok && q == p
}

// split returns the year and the quarter. A Period that is not valid gives
// year 1, quarter 1: its times are then far in the past, which every rule
// about periods refuses.
func (p Period) split() (year, q int) {
	if !p.Valid() {
		return 1, 1
	}
	year, _ = strconv.Atoi(string(p[:4]))
	return year, int(p[5] - '0')
}

// Year returns the year that the period is in.
func (p Period) Year() int { y, _ := p.split(); return y }

// Quarter returns 1 to 4.
func (p Period) Quarter() int { _, q := p.split(); return q }

// Start returns the first moment of the period, a midnight in Shanghai.
func (p Period) Start() time.Time {
	y, q := p.split()
	return time.Date(y, time.Month(3*q-2), 1, 0, 0, 0, 0, shanghai)
}

// End returns the first moment behind the period.
func (p Period) End() time.Time { return p.Start().AddDate(0, 3, 0) }

// Contains reports whether t lies in the period.
func (p Period) Contains(t time.Time) bool { return !t.Before(p.Start()) && t.Before(p.End()) }

// Add returns the period n quarters later, or earlier when n is negative.
func (p Period) Add(n int) Period { return PeriodOf(p.Start().AddDate(0, 3*n, 0)) }

// Next returns the quarter behind p.
func (p Period) Next() Period { return p.Add(1) }

// Prev returns the quarter before p.
func (p Period) Prev() Period { return p.Add(-1) }

// Label writes the period for a person: 2026年第四季度, Q4 2026.
func (p Period) Label() lang.Text {
	if !p.Valid() {
		return lang.T(string(p), string(p))
	}
	y, q := p.split()
	return lang.T(fmt.Sprintf("%d年第%c季度", y, []rune("一二三四")[q-1]), fmt.Sprintf("Q%d %d", q, y))
}
