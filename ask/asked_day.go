package ask

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"wainao/policy"
)

// How people name a day, a month or a quarter that is not now. A month's name
// that is a word of its own (may, march) needs a number beside it.
var (
	dayZH     = regexp.MustCompile(`(?:(20\d\d)\s*年|(去年|前年|今年|明年))?\s*(\d{1,2}|十[一二]|[一二三四五六七八九十])\s*月(?:份)?(?:\s*(\d{1,2})\s*[日号])?`)
	quarterZH = regexp.MustCompile(`(?:(20\d\d)\s*年|(去年|前年|今年|明年))?\s*第?([一二三四1-4])季度`)
	quarterEN = regexp.MustCompile(`\bq([1-4])\b(?:\s*(?:of\s*)?(20\d\d))?`)
	dayEN     = regexp.MustCompile(`\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?\b)?(?:,?\s*(20\d\d))?`)
)

// hanMonth reads a month or a quarter in Chinese or Arabic numerals.
var hanMonth = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

// months are the beginnings of the English names.
var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// askedDay returns the moment as of which a question asks, where it names one
// that is not now: the end of the day, the month, the quarter or the year that
// it names, or the last moment of the layout before the present one (以前,
// formerly). before is when the present layout came into force, and zero when
// none was before it.
func (r *reading) askedDay(now, before time.Time) (time.Time, bool) {
	now = now.In(policy.Zone)
	words := strings.ToLower(r.t.orig)
	from, to := askedSpan(words, now)
	if from.IsZero() {
		switch y, ok := r.relative(now.Year()); {
		case ok:
			from, to = span(y, 1, 12)
		case !before.IsZero() && containsAny(words, "以前", "之前", "原来", "从前", "过去", "此前", "formerly", "previously", "used to", "in the past", "before the change"):
			return before.Add(-time.Second), true
		default:
			return time.Time{}, false
		}
	}
	if !now.Before(from) && now.Before(to) {
		return time.Time{}, false // It is now.
	}
	return to.Add(-time.Second), true
}

// askedSpan returns the first span of days that the words name.
func askedSpan(words string, now time.Time) (from, to time.Time) {
	year := func(number, relative string) int {
		if y, err := strconv.Atoi(number); err == nil {
			return y
		}
		for _, w := range relativeYears {
			if w.words == relative {
				return now.Year() + w.years
			}
		}
		return now.Year()
	}
	day := func(y, m int, number string) (time.Time, time.Time) {
		d, err := strconv.Atoi(number)
		if at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, policy.Zone); err == nil && at.Month() == time.Month(m) {
			return at, at.AddDate(0, 0, 1)
		}
		return span(y, m, 1)
	}
	number := func(s string) int {
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
		return hanMonth[s]
	}
	if m := dayZH.FindStringSubmatch(words); m != nil {
		if n := number(m[3]); n >= 1 && n <= 12 {
			return day(year(m[1], m[2]), n, m[4])
		}
	}
	if m := quarterZH.FindStringSubmatch(words); m != nil {
		return span(year(m[1], m[2]), 3*number(m[3])-2, 3)
	}
	if m := quarterEN.FindStringSubmatch(words); m != nil {
		return span(year(m[2], ""), 3*number(m[1])-2, 3)
	}
	for _, m := range dayEN.FindAllStringSubmatch(words, -1) {
		if number := m[1] + m[3]; number != "" || m[4] != "" {
			for i, name := range months {
				if m[2] == name {
					return day(year(m[4], ""), i+1, number)
				}
			}
		}
	}
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, policy.Zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, policy.Zone)
	switch {
	case containsAny(words, "上个月", "上月", "last month"):
		return first.AddDate(0, -1, 0), first
	case containsAny(words, "上周", "上个星期", "last week"):
		return today.AddDate(0, 0, -7), today.AddDate(0, 0, -6)
	case containsAny(words, "昨天", "昨日", "yesterday"):
		return today.AddDate(0, 0, -1), today
	}
	return time.Time{}, time.Time{}
}

// span is so many months from the first day of one on.
func span(year, month, n int) (from, to time.Time) {
	from = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, policy.Zone)
	return from, from.AddDate(0, n, 0)
}
