package reminder_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/journal"
	"wainao/journal/journaltest"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/reminder"
)

// day is a moment of a working morning in Shanghai.
func day(s string) time.Time { return calendar.Date(s).Start().Add(9 * time.Hour) }

// roster is one person for each role of Kunshan, two liaisons, and the
// secretariat.
func roster(t *testing.T, now time.Time, more ...func(people.State) []journal.Draft) people.State {
	t.Helper()
	j, err := journal.Open(t.Context(), people.State{}, journal.Options{Store: journaltest.NewStore(), Now: journaltest.NewClock(now).Now})
	if err != nil {
		t.Fatal(err)
	}
	decide := func(f func(people.State) []journal.Draft) {
		if _, err := j.Update(t.Context(), "test", func(s people.State, _ time.Time) ([]journal.Draft, error) { return f(s), nil }); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []people.Person{
		{User: "UL1", Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Kunshan}},
		{User: "UL2", Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Kunshan, policy.Taicang}},
		{User: "UDE", Roles: []people.Role{people.Deputy}, Districts: []policy.DistrictID{policy.Kunshan}},
		{User: "ULE", Roles: []people.Role{people.Lead}, Districts: []policy.DistrictID{policy.Kunshan}},
		{User: "USE", Roles: []people.Role{people.Secretariat}},
	} {
		p.Name = lang.T("某", "Some")
		decide(func(s people.State) []journal.Draft {
			drafts, err := people.Assign(s, p, now)
			if err != nil {
				t.Fatal(err)
			}
			return drafts
		})
	}
	for _, f := range more {
		decide(f)
	}
	return j.State()
}

// kunshan owes hydrogen for the last quarter of 2026, due on Friday 25 December.
var kunshan = reminder.Debt{
	District: policy.Kunshan, Period: "2026Q4", Deadline: "2026-12-25", Domains: []policy.DomainID{policy.Aerospace},
}

// told writes down who is told what and why, a line each.
func told(notes []reminder.Note) []string {
	var out []string
	for _, n := range notes {
		for _, l := range n.Lines {
			s := fmt.Sprintf("%s %s as %s, %s, %d left", n.To, l.Level, l.Role, l.Reason, l.Days)
			if l.For != "" {
				s += " for " + string(l.For)
			}
			out = append(out, s)
		}
	}
	return out
}

func TestWhoIsRemindedAndWhy(t *testing.T) {
	t.Parallel()
	liaisons := func(what string) []string {
		return []string{"UL1 blue as liaison, " + what, "UL2 blue as liaison, " + what}
	}
	for _, tc := range []struct {
		name, today string
		want        []string
		skip        reminder.Reason // That everybody is skipped for, when nobody is told.
	}{
		{"ten workdays before", "2026-12-11", liaisons("due-soon, 10 left"), ""},
		{"nine before", "2026-12-14", nil, reminder.SkipNotToday},
		{"three before", "2026-12-22", liaisons("due-soon, 3 left"), ""},
		{"the day itself", "2026-12-25", liaisons("due-today, 0 left"), ""},
		{"a Saturday", "2026-12-26", nil, reminder.SkipNoWorkday},
		{"one past", "2026-12-28", []string{
			"UDE yellow as deputy, overdue, -1 left", "UL1 yellow as liaison, overdue, -1 left", "UL2 yellow as liaison, overdue, -1 left",
		}, ""},
		{"two past", "2026-12-29", nil, reminder.SkipNotToday},
		// New Year's Day 2027 is a Friday; that year is not loaded, so it counts as a workday.
		{"five past", "2027-01-01", []string{
			"UDE red as deputy, escalated, -5 left", "UL1 red as liaison, escalated, -5 left", "UL2 red as liaison, escalated, -5 left",
			"ULE red as lead, escalated, -5 left", "USE red as secretariat, escalated, -5 left",
		}, ""},
		{"six past", "2027-01-04", nil, reminder.SkipNotToday},
		{"ten past", "2027-01-08", []string{
			"UDE red as deputy, escalated, -10 left", "UL1 red as liaison, escalated, -10 left", "UL2 red as liaison, escalated, -10 left",
			"ULE red as lead, escalated, -10 left", "USE red as secretariat, escalated, -10 left",
		}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			now := day(tc.today)
			notes, skips := reminder.Plan([]reminder.Debt{kunshan}, nil, roster(t, now), calendar.Days{}, nil, reminder.DefaultSettings(), now)
			if diff := cmp.Diff(tc.want, told(notes)); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			if tc.skip != "" && len(skips) == 0 {
				t.Error("nobody is told, and nobody skipped")
			}
			for _, s := range skips {
				if tc.skip != "" && s.Reason != tc.skip {
					t.Errorf("%s is skipped as %s, want %s", s.User, s.Reason, tc.skip)
				}
			}
		})
	}
}

// TestByHandOnAnyDay: a run that somebody asks for reminds whoever owes
// something, on a day between the set ones and on a day off too.
func TestByHandOnAnyDay(t *testing.T) {
	t.Parallel()
	settings := reminder.DefaultSettings()
	settings.AnyDay = true
	for today, want := range map[string][]string{
		"2026-12-14": {"UL1 blue as liaison, due-soon, 9 left", "UL2 blue as liaison, due-soon, 9 left"},
		"2026-12-26": {"UL1 blue as liaison, due-today, 0 left", "UL2 blue as liaison, due-today, 0 left"},
		"2026-12-29": {"UDE yellow as deputy, overdue, -2 left", "UL1 yellow as liaison, overdue, -2 left", "UL2 yellow as liaison, overdue, -2 left"},
	} {
		now := day(today)
		notes, _ := reminder.Plan([]reminder.Debt{kunshan, {District: policy.Gusu, Period: "2026Q4", Deadline: "2026-12-25"}}, nil, roster(t, now), calendar.Days{}, nil, settings, now)
		if diff := cmp.Diff(want, told(notes)); diff != "" {
			t.Errorf("%s: told (-want +got):\n%s", today, diff)
		}
	}
}

func TestAWholeDayInOneNote(t *testing.T) {
	t.Parallel()
	now := day("2026-12-28")
	taicang := kunshan
	taicang.District, taicang.Deadline = policy.Taicang, "2026-12-31" // Three workdays ahead.
	notes, skips := reminder.Plan([]reminder.Debt{kunshan, taicang, {District: policy.Gusu, Period: "2026Q4", Deadline: "2026-12-25"}}, nil,
		roster(t, now), calendar.Days{}, nil, reminder.DefaultSettings(), now)
	want := []string{
		"UDE yellow as deputy, overdue, -1 left", "UL1 yellow as liaison, overdue, -1 left",
		"UL2 yellow as liaison, overdue, -1 left", "UL2 blue as liaison, due-soon, 3 left",
	}
	if diff := cmp.Diff(want, told(notes)); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	if l := notes[2].Level; l != reminder.Yellow {
		t.Errorf("the note's level is %s", l)
	}
	if diff := cmp.Diff([]reminder.Skip{{District: policy.Gusu, Reason: reminder.SkipDone}}, skips); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

func TestSnoozeAndAbsence(t *testing.T) {
	t.Parallel()
	now := day("2026-12-22")
	snooze := func(until calendar.Date) reminder.Snoozed {
		return func(u people.UserID) (calendar.Date, bool) { return until, u == "UL1" && until != "" }
	}
	away := func(standIn people.UserID) func(people.State) []journal.Draft {
		return func(s people.State) []journal.Draft {
			p, _ := s.Person("UL1")
			drafts, err := people.SetAbsence(s, p, "UL1", day("2026-12-21"), day("2026-12-24"), standIn, now)
			if err != nil {
				t.Fatal(err)
			}
			return drafts
		}
	}
	for _, tc := range []struct {
		name    string
		snoozed reminder.Snoozed
		away    []func(people.State) []journal.Draft
		today   string
		want    []string
		skip    reminder.Reason // Of UL1.
	}{
		{"snoozed until tomorrow", snooze("2026-12-23"), nil, "2026-12-22", []string{"UL2 blue as liaison, due-soon, 3 left"}, reminder.SkipSnoozed},
		{"tomorrow is there", snooze("2026-12-23"), nil, "2026-12-23", []string{"UL1 blue as liaison, snoozed-to, 2 left"}, ""},
		{"snoozed long ago", snooze("2026-12-01"), nil, "2026-12-22", []string{"UL1 blue as liaison, due-soon, 3 left", "UL2 blue as liaison, due-soon, 3 left"}, ""},
		{
			"away, with a deputy for it", nil,
			[]func(people.State) []journal.Draft{away("UDE")},
			"2026-12-22",
			[]string{"UDE blue as liaison, stands-in, 3 left for UL1", "UL2 blue as liaison, due-soon, 3 left"},
			reminder.SkipAway,
		},
		{
			"away, with one who is told anyway", nil,
			[]func(people.State) []journal.Draft{away("UL2")},
			"2026-12-22",
			[]string{"UL2 blue as liaison, due-soon, 3 left"},
			reminder.SkipAway,
		},
		{
			"away, and the stand-in snoozed", func(u people.UserID) (calendar.Date, bool) { return "2026-12-23", u == "UDE" },
			[]func(people.State) []journal.Draft{away("UDE")},
			"2026-12-22",
			[]string{"UL2 blue as liaison, due-soon, 3 left"},
			reminder.SkipAway,
		},
		{
			"away, with nobody", nil,
			[]func(people.State) []journal.Draft{away("")},
			"2026-12-22",
			[]string{"UL1 blue as liaison, due-soon, 3 left", "UL2 blue as liaison, due-soon, 3 left"},
			"",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			notes, skips := reminder.Plan([]reminder.Debt{kunshan}, nil, roster(t, now, tc.away...), calendar.Days{}, tc.snoozed, reminder.DefaultSettings(), day(tc.today))
			if diff := cmp.Diff(tc.want, told(notes)); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			var why reminder.Reason
			for _, s := range skips {
				if s.User == "UL1" {
					why = s.Reason
				}
			}
			if why != tc.skip {
				t.Errorf("UL1 is skipped as %q, want %q", why, tc.skip)
			}
		})
	}
}

func TestNobodyIsThere(t *testing.T) {
	t.Parallel()
	now := day("2026-12-25")
	debt := kunshan
	debt.District = policy.Gusu
	notes, skips := reminder.Plan([]reminder.Debt{debt}, nil, roster(t, now), calendar.Days{}, nil, reminder.DefaultSettings(), now)
	want := []reminder.Skip{{District: policy.Gusu, Role: people.Liaison, Reason: reminder.SkipNobody}}
	if diff := cmp.Diff(want, skips); diff != "" || len(notes) > 0 {
		t.Errorf("%d notes, skipped (-want +got):\n%s", len(notes), diff)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	if err := reminder.DefaultSettings().Check(); err != nil {
		t.Error(err)
	}
	for name, s := range map[string]reminder.Settings{
		"before below 0": {Before: []int{-1}, Overdue: 1, Far: 5, Every: 5},
		"overdue at 0":   {Overdue: 0, Far: 5, Every: 5},
		"far too early":  {Overdue: 5, Far: 5, Every: 5},
		"every 0":        {Overdue: 1, Far: 5},
	} {
		if s.Check() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
