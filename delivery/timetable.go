package delivery

import (
	"slices"
	"time"

	"wainao/calendar"
)

// timetable is a schedule on the days on which its job runs.
type timetable struct {
	Schedule
	on       Condition
	days     calendar.Days
	deadline func(calendar.Period) calendar.Date // As of [View.Deadline]; may be nil.
}

// date returns the day that names the slot.
func (s Slot) date() calendar.Date { return calendar.Date(s.Local.Format(time.DateOnly)) }

// move returns the slot where the condition has it run; the slot keeps its
// name.
func (t timetable) move(s Slot) Slot {
	if t.on != NextWorkday {
		return s
	}
	day := s.date()
	next := t.days.NextWorkday(day)
	if next != day {
		s.Due = t.place(s.Local.AddDate(0, 0, day.DaysTo(next)))
	}
	return s
}

// leaves returns why the condition does not have the slot run; it is empty when
// it does.
func (t timetable) leaves(s Slot) Reason {
	day := s.date()
	if t.on == Workday && !t.days.IsWorkday(day) {
		return SkipNotWorkday
	}
	if n, ok := t.on.Before(); ok && !t.before(day, n) {
		return SkipNotTheDay
	}
	return ""
}

// never returns why the condition has no slot run at all.
func (t timetable) never() Reason {
	if _, ok := t.on.Before(); ok {
		return SkipNotTheDay
	}
	return SkipNotWorkday
}

// before reports whether the day lies n workdays before a deadline: that of its
// own quarter, or of the next one.
func (t timetable) before(day calendar.Date, n int) bool {
	if t.deadline == nil {
		return false
	}
	period := calendar.PeriodOf(day.Start())
	return day == t.days.WorkdaysBefore(t.deadline(period), n) || day == t.days.WorkdaysBefore(t.deadline(period.Add(1)), n)
}

// movable returns a moment before every slot that can be moved behind at: those
// of the days off that end on the day of at.
func (t timetable) movable(at time.Time) time.Time {
	day := calendar.Date(t.naive(at).Format(time.DateOnly))
	local, err := time.Parse(time.DateOnly, string(t.days.AddWorkdays(day, -1).Add(1)))
	if err != nil {
		return at // Not in the years that a calendar has.
	}
	return t.place(local).Add(-slack)
}

// between returns the slots due after from and not after to, where the
// condition has moved them. Where several come to stand at one moment, the last
// one of them stands for all.
func (t timetable) between(from, to time.Time) []Slot {
	if t.on != NextWorkday {
		return t.Between(from, to)
	}
	var out []Slot
	for _, s := range t.Between(t.movable(from), to) {
		s = t.move(s)
		if !s.Due.After(from) || s.Due.After(to) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Due.Equal(s.Due) {
			out[n-1] = s
			continue
		}
		out = append(out, s)
	}
	sortSlots(out)
	return slices.Clip(out)
}

// next returns the first slot due after at, where the condition has moved it.
func (t timetable) next(at time.Time) (Slot, bool) {
	if t.on != NextWorkday {
		return t.Next(at)
	}
	// A slot is never moved before an earlier one, so the first one that comes
	// behind the moment is the next.
	found, ok := Slot{}, false
	for s, more := t.Next(t.movable(at)); more; s, more = t.Next(s.Due) {
		moved := t.move(s)
		if ok && !moved.Due.Equal(found.Due) {
			break
		}
		if moved.Due.After(at) {
			found, ok = moved, true
		}
	}
	return found, ok
}

// farthestRun is how far ahead the next slot that runs is looked for.
const farthestRun = 2 * 366 * 24 * time.Hour

// nextRun returns the first slot due after at that the condition has run.
func (t timetable) nextRun(at time.Time) (Slot, bool) {
	for s, ok := t.next(at); ok && s.Due.Sub(at) < farthestRun; {
		if t.leaves(s) == "" {
			return s, true
		}
		// The rest of the day is left out too.
		end := t.place(s.Local.Truncate(24*time.Hour).AddDate(0, 0, 1)).Add(-time.Second)
		if end.Before(s.Due) {
			end = s.Due
		}
		s, ok = t.next(end)
	}
	return Slot{}, false
}
