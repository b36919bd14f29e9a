package reminder_test

import (
	"errors"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/journal/journaltest"
	"wainao/lang"
	"wainao/people"
	"wainao/reminder"
)

func TestSnoozeOnceForEachColour(t *testing.T) {
	t.Parallel()
	clock := journaltest.NewClock(day("2026-12-11")) // A Friday.
	j, err := journal.Open(t.Context(), reminder.State{}, journal.Options{Store: journaltest.NewStore(), Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	blue, yellow := reminder.Chance{Period: "2026Q4", Level: reminder.Blue}, reminder.Chance{Period: "2026Q4", Level: reminder.Yellow}
	for _, tc := range []struct {
		name, today string
		user        people.UserID
		chance      reminder.Chance
		until       calendar.Date
		code        string
		entries     int
	}{
		{"the first time, over the weekend", "2026-12-11", "U1", blue, "2026-12-14", "", 1},
		{"clicked twice", "2026-12-11", "U1", blue, "2026-12-14", "", 0},
		{"again, later", "2026-12-22", "U1", blue, "", "snoozed_before", 0},
		{"another colour", "2026-12-28", "U1", yellow, "2026-12-29", "", 1},
		{"another period", "2026-12-28", "U1", reminder.Chance{Period: "2026Q3", Level: reminder.Yellow}, "2026-12-29", "", 1},
		{"somebody else", "2026-12-22", "U2", blue, "2026-12-23", "", 1},
		{"a colour that there is not", "2026-12-22", "U2", reminder.Chance{Period: "2026Q4", Level: "green"}, "", "bad_snooze", 0},
		{"no period", "2026-12-22", "U2", reminder.Chance{Level: reminder.Red}, "", "bad_snooze", 0},
	} {
		var until calendar.Date
		entries, err := j.Update(t.Context(), string(tc.user), func(s reminder.State, _ time.Time) ([]journal.Draft, error) {
			var drafts []journal.Draft
			var err error
			until, drafts, err = reminder.Snooze(s, calendar.Days{}, tc.user, tc.chance, day(tc.today))
			return drafts, err
		})
		code := ""
		if p, ok := errors.AsType[*lang.Problem](err); ok {
			code = p.Code
		}
		if until != tc.until || code != tc.code || len(entries) != tc.entries {
			t.Errorf("%s: until %q, %q, %d entries, %v", tc.name, until, code, len(entries), err)
		}
	}
	s := j.State()
	if until, ok := s.Snoozed("U1"); !ok || until != "2026-12-29" || s.MaySnooze("U1", blue) || !s.MaySnooze("U3", blue) {
		t.Errorf("U1 is snoozed until %q, %v", until, ok)
	}
	if began, ok := s.Began(); !ok || began != "2026-12-11" {
		t.Errorf("the journal began on %q, %v", began, ok)
	}
	if _, ok := (reminder.State{}).Began(); ok {
		t.Error("an empty journal began")
	}
}

func TestTheChanceOfANote(t *testing.T) {
	t.Parallel()
	n := reminder.Note{Level: reminder.Yellow, Lines: []reminder.Line{
		{Level: reminder.Blue, Debt: reminder.Debt{Period: "2026Q4"}}, {Level: reminder.Yellow, Debt: reminder.Debt{Period: "2026Q3"}},
	}}
	if got := n.Chance(); got != (reminder.Chance{Period: "2026Q3", Level: reminder.Yellow}) {
		t.Errorf("it is %+v", got)
	}
}

func TestEveryReasonHasWords(t *testing.T) {
	t.Parallel()
	for _, r := range []reminder.Reason{
		reminder.DueSoon, reminder.DueToday, reminder.Overdue, reminder.Escalated, reminder.StandsIn, reminder.WasAsked,
		reminder.SkipNoWorkday, reminder.SkipNotToday, reminder.SkipSnoozed, reminder.SkipAway, reminder.SkipNobody, reminder.SkipDone,
	} {
		if w := r.Label(); !w.Complete() || w.ZH == string(r) {
			t.Errorf("%s has no words", r)
		}
	}
}
