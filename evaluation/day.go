package evaluation

import (
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
)

// Day is a day in Shanghai, written 2026-12-01, so that days sort as strings.
// The zero Day is none.
type Day string

// DayOf returns the day of t in Shanghai.
func DayOf(t time.Time) Day { return Day(t.In(calendar.Shanghai()).Format(time.DateOnly)) }

// ParseDay reads a day as a form gives it. The error is a [lang.Problem].
func ParseDay(s string) (Day, error) {
	t, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(s), calendar.Shanghai())
	if err != nil {
		return "", lang.Problemf("no_day", "看不懂日期“%s”，请写成 2026-12-01。", "%q is no date; write it like 2026-12-01.", clip(s, 20))
	}
	return DayOf(t), nil
}

// Start returns the midnight that begins the day, and the zero time for none.
func (d Day) Start() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), calendar.Shanghai())
	if err != nil {
		return time.Time{}
	}
	return t
}

// End returns the midnight behind the day: what is open until the day ends then.
func (d Day) End() time.Time {
	if d.Start().IsZero() {
		return time.Time{}
	}
	return d.Start().AddDate(0, 0, 1)
}

// Valid reports whether the day is one.
func (d Day) Valid() bool { return !d.Start().IsZero() }

// Label writes the day for a person.
func (d Day) Label() lang.Text {
	if !d.Valid() {
		return lang.T("未定", "not set")
	}
	return calendar.FormatDate(d.Start())
}

// DateName names one of a cycle's dates.
type DateName string

// The dates of a cycle, in their order.
const (
	ScoringFrom  DateName = "scoring-from"  // First day of the first round.
	ScoringUntil DateName = "scoring-until" // Its last day.
	SecondUntil  DateName = "second-until"  // Last day of the second round; none when none is planned.
	Deliberation DateName = "deliberation"  // Day of the deliberation.
	NoticeFrom   DateName = "notice-from"   // First day of the public notice.
	NoticeUntil  DateName = "notice-until"  // Its last day.
	Decision     DateName = "decision"      // Day by which it is decided.
	Effective    DateName = "effective"     // First day of the new layout.
)

// DateNames lists the dates in their order.
func DateNames() []DateName {
	return []DateName{ScoringFrom, ScoringUntil, SecondUntil, Deliberation, NoticeFrom, NoticeUntil, Decision, Effective}
}

// Label returns what the date is called.
func (n DateName) Label() lang.Text {
	switch n {
	case ScoringFrom:
		return lang.T("打分开始", "scoring begins")
	case ScoringUntil:
		return lang.T("打分截止", "scoring ends")
	case SecondUntil:
		return lang.T("第二轮截止", "second round ends")
	case Deliberation:
		return lang.T("会商", "deliberation")
	case NoticeFrom:
		return lang.T("公示开始", "public notice begins")
	case NoticeUntil:
		return lang.T("公示结束", "public notice ends")
	case Decision:
		return lang.T("决定", "decision")
	case Effective:
		return lang.T("新布局生效", "new layout takes effect")
	}
	return lang.T(string(n), string(n))
}

// Dates is a cycle's calendar.
type Dates struct {
	ScoringFrom  Day `json:"scoring_from"`
	ScoringUntil Day `json:"scoring_until"`
	SecondUntil  Day `json:"second_until,omitempty"`
	Deliberation Day `json:"deliberation"`
	NoticeFrom   Day `json:"notice_from"`
	NoticeUntil  Day `json:"notice_until"`
	Decision     Day `json:"decision"`
	Effective    Day `json:"effective"`
}

// SuggestDates returns a calendar to start from: a week to read the items, two
// to score, one for the second round, a week of public notice, counted in
// workdays, and the new layout from the first of a month.
func SuggestDates(days calendar.Days, now time.Time) Dates {
	day := calendar.DateOf(now)
	later := func(n int) Day {
		day = days.AddWorkdays(day, n)
		return Day(day)
	}
	d := Dates{
		ScoringFrom: later(5), ScoringUntil: later(9), SecondUntil: later(5), Deliberation: later(3),
		NoticeFrom: later(2), NoticeUntil: later(5), Decision: later(3),
	}
	d.Effective = firstOfNext(Day(day))
	return d
}

// firstOfNext returns the first day of the month behind the day's.
func firstOfNext(day Day) Day {
	t := day.Start()
	return DayOf(time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, calendar.Shanghai()))
}

// Get returns one of the dates.
func (d Dates) Get(n DateName) Day {
	if p := d.at(n); p != nil {
		return *p
	}
	return ""
}

// With returns the dates with one of them changed.
func (d Dates) With(n DateName, day Day) Dates {
	if p := d.at(n); p != nil {
		*p = day
	}
	return d
}

func (d *Dates) at(n DateName) *Day {
	switch n {
	case ScoringFrom:
		return &d.ScoringFrom
	case ScoringUntil:
		return &d.ScoringUntil
	case SecondUntil:
		return &d.SecondUntil
	case Deliberation:
		return &d.Deliberation
	case NoticeFrom:
		return &d.NoticeFrom
	case NoticeUntil:
		return &d.NoticeUntil
	case Decision:
		return &d.Decision
	case Effective:
		return &d.Effective
	}
	return nil
}

// check returns the problems of the dates, by the name of the date: missing
// ones, those that come before one that they must not come before, and those
// among looked that are past, or on a day by whose end what comes before them is
// not over.
func (d Dates) check(now time.Time, looked func(DateName) bool) lang.FieldProblems {
	problems := lang.FieldProblems{}
	today := DayOf(now)
	var last DateName
	for _, n := range DateNames() {
		day := d.Get(n)
		switch {
		case day == "" && n == SecondUntil:
			continue
		case !day.Valid():
			problems[string(n)] = lang.Problemf("date_missing", "请填写“%s”的日期。", "Please give the day: %s.", n.Label())
			continue
		case last != "" && day < d.Get(last), n == Effective && day <= d.Decision:
			before := last
			problems[string(n)] = lang.Problemf("date_order", "“%s”要在“%s”（%s）之后。", "Too early: “%s” must come after “%s” (%s).", n.Label(), before.Label(), d.Get(before).Label())
		case last != "" && day == d.Get(last) && behind[n] && (looked(n) || looked(last)):
			problems[string(n)] = lang.Problemf("date_same", "“%s”（%s）要到当天结束，“%s”最早是第二天。", "“%s” (%s) lasts until the end of its day, so “%s” is the day behind it at the earliest.",
				last.Label(), day.Label(), n.Label())
		case looked(n) && day < today:
			problems[string(n)] = lang.Problemf("date_past", "“%s”不能早于今天（%s）。", "“%s” cannot be before today (%s).", n.Label(), today.Label())
		}
		last = n
	}
	return problems
}

// behind are the dates that cannot be on the same day as the one before them,
// which lasts until that day's end.
var behind = map[DateName]bool{SecondUntil: true, Deliberation: true, Decision: true}

// MinNotice is how many workdays a public notice has that nobody doubts, its
// first and its last day among them.
const MinNotice = 5

// Doubts returns what is unusual about the dates that concern is true of, by the
// name of the date: a meeting on a day off, a public notice of few workdays, a
// round of scoring without a workday. Who sets them may mean it so.
func (d Dates) Doubts(days calendar.Days, concern func(DateName) bool) lang.FieldProblems {
	doubts := lang.FieldProblems{}
	for _, n := range []DateName{Deliberation, Decision} {
		day := calendar.Date(d.Get(n))
		if !d.Get(n).Valid() || !concern(n) || days.IsWorkday(day) {
			continue
		}
		why := calendar.Weekday(day.Start())
		if name, ok := days.Holiday(day); ok {
			why = lang.Tf("%s，%s放假", "%s, off for %s", why, name)
		}
		doubts[string(n)] = lang.Problemf("day_off", "%s（%s）不上班，最近的工作日是%s。", "%s is a day off (%s); the next workday is %s.", d.Get(n).Label(), why, days.NextWorkday(day).Label())
	}
	for _, stretch := range []struct {
		from, until DateName
		after       bool // It begins the day behind from.
		least       int
	}{{ScoringFrom, ScoringUntil, false, 1}, {ScoringUntil, SecondUntil, true, 1}, {NoticeFrom, NoticeUntil, false, MinNotice}} {
		from, until := d.Get(stretch.from), d.Get(stretch.until)
		if !from.Valid() || !until.Valid() || until < from || !concern(stretch.from) && !concern(stretch.until) {
			continue
		}
		first := calendar.Date(from)
		if stretch.after {
			first = first.Add(1)
		}
		// Workdays leaves its first day out.
		n := days.Workdays(first.Add(-1), calendar.Date(until))
		switch {
		case n >= stretch.least:
		case stretch.until == NoticeUntil:
			doubts[string(NoticeUntil)] = lang.Problemf("notice_short", "公示只有 %s 个工作日，一般不少于 %d 个：来不及看，也来不及提异议。最早到%s。",
				"The notice has only %s; usual are %d or more, so that people can read it and object. With those it ends on %s at the earliest.", counted(n, "workday", "workdays"), MinNotice, days.AddWorkdays(first.Add(-1), MinNotice).Label())
		default:
			doubts[string(stretch.until)] = lang.Problemf("no_workday", "从%s到%s没有工作日，委员没有时间打分。", "There is no workday from %s to %s, so members have no time to score.", first.Label(), until.Label())
		}
	}
	return doubts
}
