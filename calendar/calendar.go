// Package calendar holds the time of Wainao: the quarters that reports are
// for, the zone that schedules are in, and how dates are written in both
// languages.
//
// It decides what a moment is called. It never asks what time it is: every
// moment comes from the caller.
package calendar

import (
	"fmt"
	"time"
	_ "time/tzdata" // The zones must be there on a machine that has none.

	"wainao/lang"
)

// shanghai is loaded from the embedded database, so it cannot fail on one
// machine and work on another.
var shanghai = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic("calendar: " + err.Error())
	}
	return l
}

// Shanghai returns the zone of the city: periods begin and end in it, and
// schedules are in it unless configured otherwise.
func Shanghai() *time.Location { return shanghai }

// FormatDate writes the day of t in Shanghai: 2026年11月23日, 23 November 2026.
func FormatDate(t time.Time) lang.Text {
	t = t.In(shanghai)
	return lang.T(fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day()), t.Format("2 January 2006"))
}

// FormatDay writes the day of t in Shanghai without its year: 11月23日, 23 Nov.
func FormatDay(t time.Time) lang.Text {
	t = t.In(shanghai)
	return lang.T(fmt.Sprintf("%d月%d日", int(t.Month()), t.Day()), t.Format("2 Jan"))
}

// FormatTime writes the day and the minute of t in Shanghai: 2026年11月23日 09:00,
// 23 November 2026, 09:00.
func FormatTime(t time.Time) lang.Text {
	day, clock := FormatDate(t), t.In(shanghai).Format("15:04")
	return lang.T(day.ZH+" "+clock, day.EN+", "+clock)
}

// Weekday writes the day of the week of t in Shanghai: 周一, Monday.
func Weekday(t time.Time) lang.Text {
	d := t.In(shanghai).Weekday()
	return lang.T("周"+string([]rune("日一二三四五六")[d]), d.String())
}

// StartOfDay returns the midnight in Shanghai that begins the day of t.
func StartOfDay(t time.Time) time.Time {
	t = t.In(shanghai)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, shanghai)
}
