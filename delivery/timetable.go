package delivery

import (
	"slices"
	"time"

	"wainao/calendar"
)

// timetable is a schedule on the days that are worked.
type timetable struct {
	Schedule
	on   Condition
	days calendar.Days
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

// works reports whether the slot runs by the condition.
func (t timetable) works(s Slot) bool { return t.on != Workday || t.days.IsWorkday(s.date()) }

// before returns a moment before every slot that can be moved behind at: those
// of the days off that end on the day of at.
func (t timetable) before(at time.Time) time.Time {
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
	for _, s := range t.Between(t.before(from), to) {
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
	for s, more := t.Next(t.before(at)); more; s, more = t.Next(s.Due) {
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
	for s, ok := t.next(at); ok && s.Due.Sub(at) < farthestRun; s, ok = t.next(s.Due) {
		if t.works(s) {
			return s, true
		}
	}
	return Slot{}, false
}
