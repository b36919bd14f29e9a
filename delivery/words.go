package delivery

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
)

// When says when the job runs, for a person: 每周一 09:00（仅工作日）. A spec that is
// too involved for words is shown as it is.
func (j Job) When() lang.Text {
	words := specWords(j.Spec)
	var more []lang.Text
	if j.On != AnyDay {
		more = append(more, j.On.Label())
	}
	if !j.Quiet.IsZero() {
		more = append(more, lang.Tf("%s免打扰", "quiet %s", j.Quiet))
	}
	if j.zone() != DefaultZone {
		more = append(more, lang.Tf("时区%s", "zone %s", j.zone()))
	}
	if len(more) == 0 {
		return words
	}
	all := lang.List(more, func(t lang.Text) lang.Text { return t })
	return lang.T(words.ZH+"（"+all.ZH+"）", words.EN+" ("+all.EN+")")
}

// specWords tells the usual specs in words.
func specWords(spec string) lang.Text {
	raw := lang.Tf("定时 %s", "schedule %s", spec)
	f := strings.Fields(spec)
	if len(f) != 5 {
		return raw
	}
	minutes, hours := numbers(f[0], nil), numbers(f[1], nil)
	if len(minutes) != 1 || len(hours) == 0 {
		return raw
	}
	clock := lang.List(hours, func(h int) lang.Text {
		s := fmt.Sprintf("%02d:%02d", h, minutes[0])
		return lang.T(s, s)
	})
	day, ok := dayWords(f[2], f[3], f[4])
	if !ok {
		return raw
	}
	return lang.T(day.ZH+" "+clock.ZH, day.EN+" at "+clock.EN)
}

var weekdayNames = map[string]int{"SUN": 0, "MON": 1, "TUE": 2, "WED": 3, "THU": 4, "FRI": 5, "SAT": 6}

// dayWords tells on which days; ok is false for what has no short words.
func dayWords(dom, month, dow string) (words lang.Text, ok bool) {
	anyDay, anyMonth, anyWeekday := isAny(dom), isAny(month), isAny(dow)
	days, months, weekdays := numbers(dom, nil), numbers(month, nil), numbers(dow, weekdayNames)
	switch {
	case anyDay && anyMonth && anyWeekday:
		return lang.T("每天", "every day"), true
	case anyDay && anyMonth && len(weekdays) > 0:
		return weekdayWords(weekdays), true
	case len(days) > 0 && anyMonth && anyWeekday:
		list := lang.List(days, func(d int) lang.Text { return lang.Tf("%d日", "%d", d) })
		return lang.Tf("每月%s", "on day %s of each month", list), true
	case len(days) > 0 && len(months) > 0 && anyWeekday:
		inMonths := lang.List(months, func(m int) lang.Text { return lang.T(strconv.Itoa(m)+"月", time.Month(m).String()) })
		list := lang.List(days, func(d int) lang.Text { return lang.Tf("%d日", "%d", d) })
		return lang.Tf("每年%s的%s", "on day %[2]s of %[1]s", inMonths, list), true
	}
	return lang.Text{}, false
}

// weekdayWords tells days of the week, the Monday in front.
func weekdayWords(days []int) lang.Text {
	for i, d := range days {
		days[i] = d % 7
	}
	slices.SortFunc(days, func(a, b int) int { return (a+6)%7 - (b+6)%7 })
	days = slices.Compact(days)
	name := func(d int) lang.Text { return calendar.Weekday(calendar.Date("2026-11-22").Add(d).Start()) } // From a Sunday on.
	first, last := days[0], days[len(days)-1]
	if len(days) > 2 && (last+6)%7-(first+6)%7 == len(days)-1 {
		return lang.Tf("%s至%s", "%s to %s", name(first), name(last))
	}
	return lang.Tf("每%s", "every %s", lang.List(days, name))
}

func isAny(field string) bool { return field == "*" || field == "?" }

// maxNumbers bounds how many numbers of a field are told one by one.
const maxNumbers = 12

// numbers reads a field that lists numbers, ranges and names; nil for anything
// else, and for too many.
func numbers(field string, names map[string]int) []int {
	var out []int
	for part := range strings.SplitSeq(field, ",") {
		from, to, isRange := strings.Cut(part, "-")
		first, ok := number(from, names)
		last := first
		if isRange {
			var ok2 bool
			if last, ok2 = number(to, names); !ok2 {
				return nil
			}
		}
		if !ok || last < first || len(out)+last-first >= maxNumbers {
			return nil
		}
		for n := first; n <= last; n++ {
			out = append(out, n)
		}
	}
	return out
}

func number(s string, names map[string]int) (int, bool) {
	if n, ok := names[strings.ToUpper(s)]; ok {
		return n, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0
}
