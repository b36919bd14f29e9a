package reminder

import (
	"fmt"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Chance is what a person may put off once: the reminders of one colour for one
// period, or for one duty. Another colour is another chance.
type Chance struct {
	Period calendar.Period
	Duty   string // A cycle's id and an action; empty for a period.
	Level  Level
}

// Chance returns what the note may be put off by: its most urgent line.
func (n Note) Chance() Chance {
	for _, l := range n.Lines {
		if l.Level == n.Level {
			if l.OfMember() {
				return Chance{Duty: l.Duty.name(), Level: l.Level}
			}
			return Chance{Period: l.Debt.Period, Level: l.Level}
		}
	}
	return Chance{Level: n.Level}
}

// valid reports whether there can be such a chance.
func (c Chance) valid() bool {
	return c.Period.Valid() && c.Duty == "" || c.Period == "" && c.Duty != "" && len(c.Duty) <= maxDuty
}

// maxDuty is how long the name of a duty is at most, in bytes.
const maxDuty = 60

// State is who put off a reminder, and when the journal began. The zero State is
// empty.
type State struct {
	began time.Time
	until journal.Table[people.UserID, calendar.Date]
	used  journal.Table[used, bool]
}

// used names a person's chance.
type used string

func usedBy(user people.UserID, c Chance) used {
	return used(fmt.Sprintf("%s\x00%s%s\x00%s", user, c.Period, c.Duty, c.Level))
}

const kindSnoozed = "reminder.snoozed"

// snoozedV1 says that a person wants to be reminded again on a later day.
type snoozedV1 struct {
	User   people.UserID   `json:"user"`
	Period calendar.Period `json:"period,omitempty"`
	Duty   string          `json:"duty,omitempty"`
	Level  Level           `json:"level"`
	Until  calendar.Date   `json:"until"`
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	if s.began.IsZero() {
		s.began = e.Time
	}
	if e.Kind != kindSnoozed {
		return s, nil
	}
	if e.Version != 1 {
		return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var d snoozedV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	s.until = s.until.Set(d.User, d.Until)
	s.used = s.used.Set(usedBy(d.User, Chance{Period: d.Period, Duty: d.Duty, Level: d.Level}), true)
	return s, nil
}

// Began returns the day on which the journal began; ok is false for an empty
// one. What was due before that day was never asked for here, so nobody is
// reminded of it.
func (s State) Began() (day calendar.Date, ok bool) {
	return calendar.DateOf(s.began), !s.began.IsZero()
}

// Snoozed tells until which day a person put their reminders off: see [Snoozed].
func (s State) Snoozed(user people.UserID) (until calendar.Date, ok bool) {
	return s.until.Get(user)
}

// MaySnooze reports whether the person has not used the chance yet.
func (s State) MaySnooze(user people.UserID, c Chance) bool {
	return !s.used.Has(usedBy(user, c))
}

// Snooze puts a person's reminders off until the next workday, once for each
// chance. The error is a [lang.Problem]: "bad_snooze" for a chance that there is
// not, or "snoozed_before".
func Snooze(s State, days calendar.Days, user people.UserID, c Chance, now time.Time) (until calendar.Date, drafts []journal.Draft, err error) {
	if user == "" || c.Level.Rank() < 0 || !c.valid() {
		return "", nil, lang.Problemf("bad_snooze", "这个按钮已经失效，请等下一次提醒。", "This button is out of date; please wait for the next reminder.")
	}
	until = days.AddWorkdays(calendar.DateOf(now), 1)
	if !s.MaySnooze(user, c) {
		if at, ok := s.Snoozed(user); ok && at == until {
			return until, nil, nil // Clicked twice.
		}
		return "", nil, lang.Problemf("snoozed_before", "这一级的提醒已经推迟过一次，不能再推迟。请尽快完成，有困难请联系秘书处。",
			"Reminders of this colour have been put off once already. Please do it soon, or tell the secretariat what keeps you.")
	}
	return until, []journal.Draft{{Kind: kindSnoozed, Version: 1, Data: snoozedV1{User: user, Period: c.Period, Duty: c.Duty, Level: c.Level, Until: until}}}, nil
}
