package people_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/people"
	"wainao/policy"
)

const day = 24 * time.Hour

func TestSetAbsence(t *testing.T) {
	t.Parallel()
	deputy := inDistrict("UDEP", policy.Kunshan, people.Deputy)
	other := inDistrict("UOTH", policy.SIP, people.Liaison)
	for _, tt := range []struct {
		name     string
		who      people.Person
		user     people.UserID
		from, to time.Duration
		standIn  people.UserID
		want     string
	}{
		{"of oneself", kunshan, kunshan.User, 0, day, "UDEP", ""},
		{"of oneself, with nobody", member, member.User, 2 * day, 3 * day, "", ""},
		{"of another, by the secretariat", secretar, kunshan.User, -day, day, "UDEP", ""},
		{"of another, by a liaison", kunshan, "UDEP", 0, day, "", "not_allowed"},
		{"by a stranger", people.Person{User: "USTR"}, "USTR", 0, day, "", "stranger"},
		{"of somebody without a role", secretar, "USTR", 0, day, "", "user:unknown_person"},
		{"backwards", kunshan, kunshan.User, day, day, "", "to:absence_backwards"},
		{"over", kunshan, kunshan.User, -2 * day, 0, "", "to:absence_over"},
		{"too long", kunshan, kunshan.User, 0, 367 * day, "", "to:absence_too_long"},
		{"oneself as stand-in", kunshan, kunshan.User, 0, day, kunshan.User, "stand_in:stand_in_self"},
		{"a stranger as stand-in", kunshan, kunshan.User, 0, day, "USTR", "stand_in:stand_in_unknown"},
		{"who left as stand-in", kunshan, kunshan.User, 0, day, "ULEFT", "stand_in:stand_in_unknown"},
		{"a liaison of another district", kunshan, kunshan.User, 0, day, "UOTH", "stand_in:stand_in_districts"},
		{"a member for a member", member, member.User, 0, day, "UOTH", ""},
		{"a member for the secretariat", secretar, secretar.User, 0, day, member.User, "stand_in:stand_in_secretariat"},
		{"who is away then", member, member.User, 5 * day, 7 * day, "UAWAY", "stand_in:stand_in_away"},
		{"who is away later", member, member.User, 0, 5 * day, "UAWAY", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			left, away := inDistrict("ULEFT", policy.Kunshan, people.Liaison), role("UAWAY", people.Member)
			b := with(t, admin, secretar, member, kunshan, deputy, other, left, away)
			drafts, err := people.MarkDeparted(b.State, left.User, now)
			b.do(t, drafts, err)
			drafts, err = people.SetAbsence(b.State, away, away.User, now.Add(5*day), now.Add(6*day), "", now)
			b.do(t, drafts, err)

			drafts, err = people.SetAbsence(b.State, tt.who, tt.user, now.Add(tt.from), now.Add(tt.to), tt.standIn, now)
			if got := codeOf(t, err); got != tt.want {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			if err != nil {
				return
			}
			b.do(t, drafts, nil)
			want := people.Absence{User: tt.user, From: now.Add(tt.from), To: now.Add(tt.to), StandIn: tt.standIn}
			if got, ok := b.Absence(tt.user, now); !ok || cmp.Diff(want, got) != "" {
				t.Errorf("got %+v, %t", got, ok)
			}
			if again, err := people.SetAbsence(b.State, tt.who, tt.user, now.Add(tt.from), now.Add(tt.to), tt.standIn, now); err != nil || again != nil {
				t.Errorf("the same again: %v, %v", again, err)
			}
		})
	}
}

func TestStandIn(t *testing.T) {
	t.Parallel()
	a, b, c := role("UA", people.Member), role("UB", people.Member), role("UC", people.Member)
	s := with(t, admin, a, b, c)
	away := func(p people.Person, from, to time.Duration, standIn people.UserID) {
		t.Helper()
		drafts, err := people.SetAbsence(s.State, p, p.User, now.Add(from), now.Add(to), standIn, now)
		s.do(t, drafts, err)
	}
	want := func(at time.Duration, user, standIn people.UserID) {
		t.Helper()
		if got, ok := s.StandIn(user, now.Add(at)); got != standIn || ok != (standIn != "") {
			t.Errorf("for %s after %s: got %q, %t; want %q", user, at, got, ok, standIn)
		}
	}
	away(a, day, 3*day, "UB")
	want(0, "UA", "")
	want(day, "UA", "UB")
	want(3*day-1, "UA", "UB")
	want(3*day, "UA", "")
	want(day, "UB", "")
	away(b, 2*day, 4*day, "UC") // UB stands in and goes away later.
	want(day, "UA", "UB")
	want(2*day, "UA", "UC")
	want(2*day, "UB", "UC")
	if diff := cmp.Diff([]people.UserID{"UC", "UADM"}, s.Reach([]people.Person{a, b, c, admin}, now.Add(2*day))); diff != "" {
		t.Errorf("reached (-want +got):\n%s", diff)
	}
	if got := s.Absences(now.Add(3 * day)); len(got) != 1 || got[0].User != "UB" {
		t.Errorf("absences that are not over: %+v", got)
	}

	drafts, err := people.MarkDeparted(s.State, "UC", now)
	s.do(t, drafts, err)
	c, _ = s.Person("UC")
	want(2*day, "UA", "")
	if diff := cmp.Diff([]people.UserID{"UA", "UB"}, s.Reach([]people.Person{a, b, c}, now.Add(2*day))); diff != "" {
		t.Errorf("with nobody to stand in it goes to who is away (-want +got):\n%s", diff)
	}

	drafts, err = people.ClearAbsence(s.State, b, "UB", now)
	s.do(t, drafts, err)
	want(2*day, "UA", "UB")
	if _, err := people.ClearAbsence(s.State, c, "UA", now); codeOf(t, err) != "not_allowed" && codeOf(t, err) != "departed" {
		t.Errorf("cleared by another: %v", err)
	}
	if again, err := people.ClearAbsence(s.State, b, "UB", now); again != nil || err != nil {
		t.Errorf("cleared twice: %v, %v", again, err)
	}

	drafts, err = people.Remove(s.State, admin, "UA", now)
	s.do(t, drafts, err)
	if _, ok := s.Absence("UA", now); ok {
		t.Error("who was removed is still away")
	}
}

// TestStandInsInACircle: each names the next, at different times, and then all
// are away at once.
func TestStandInsInACircle(t *testing.T) {
	t.Parallel()
	a, b := role("UA", people.Member), role("UB", people.Member)
	s := with(t, a, b)
	drafts, err := people.SetAbsence(s.State, a, "UA", now, now.Add(day), "UB", now)
	s.do(t, drafts, err)
	drafts, err = people.SetAbsence(s.State, b, "UB", now.Add(day), now.Add(9*day), "UA", now)
	s.do(t, drafts, err)
	drafts, err = people.SetAbsence(s.State, a, "UA", now, now.Add(9*day), "", now)
	s.do(t, drafts, err)
	if got, ok := s.StandIn("UB", now.Add(2*day)); ok {
		t.Errorf("got %s", got)
	}
	if diff := cmp.Diff([]people.UserID{"UB"}, s.Reach([]people.Person{b}, now.Add(2*day))); diff != "" {
		t.Errorf("reached (-want +got):\n%s", diff)
	}
}

// TestAStandInWhoseRoleChanged no longer gets what they cannot work on.
func TestAStandInWhoseRoleChanged(t *testing.T) {
	t.Parallel()
	deputy := inDistrict("UDEP", policy.Kunshan, people.Deputy)
	s := with(t, admin, kunshan, deputy)
	drafts, err := people.SetAbsence(s.State, kunshan, kunshan.User, now, now.Add(day), "UDEP", now)
	s.do(t, drafts, err)
	if got, ok := s.StandIn(kunshan.User, now); !ok || got != "UDEP" {
		t.Errorf("got %q, %t", got, ok)
	}
	drafts, err = people.Register(s.State, admin, inDistrict("UDEP", policy.SIP, people.Deputy), now)
	s.do(t, drafts, err)
	if got, ok := s.StandIn(kunshan.User, now); ok {
		t.Errorf("got %q", got)
	}
}

func TestDeparted(t *testing.T) {
	t.Parallel()
	deputy := inDistrict("UDEP", policy.Kunshan, people.Deputy)
	lead := inDistrict("ULEAD", policy.Kunshan, people.Lead)
	s := with(t, admin, kunshan, deputy, lead)
	for _, p := range []people.Person{kunshan, deputy, lead} {
		drafts, err := people.MarkDeparted(s.State, p.User, now)
		s.do(t, drafts, err)
		if again, err := people.MarkDeparted(s.State, p.User, now); again != nil || err != nil {
			t.Errorf("marked twice: %v, %v", again, err)
		}
	}
	if drafts, err := people.MarkDeparted(s.State, "USTR", now); drafts != nil || err != nil {
		t.Errorf("a stranger: %v, %v", drafts, err)
	}
	if diff := cmp.Diff([]people.Person{gone(kunshan), gone(deputy), gone(lead)}, s.Departed()); diff != "" {
		t.Errorf("departed (-want +got):\n%s", diff)
	}
	if n := len(s.OfDistrict(policy.Kunshan)) + len(s.Deputies(policy.Kunshan)) + len(s.Leads(policy.Kunshan)) + len(s.WithRole(people.Liaison)); n != 0 {
		t.Errorf("%d of who left are still there", n)
	}
	if p, _ := s.Person(kunshan.User); p.Serves(policy.Kunshan) || people.Can(p, people.Report) || !people.Can(p, people.Ask) {
		t.Errorf("who left may report, or may not ask: %+v", p)
	}

	drafts, err := people.MarkReturned(s.State, "UDEP", now)
	s.do(t, drafts, err)
	if again, err := people.MarkReturned(s.State, "UDEP", now); again != nil || err != nil {
		t.Errorf("back twice: %v, %v", again, err)
	}
	if got := s.Deputies(policy.Kunshan); len(got) != 1 || !got[0].Serves(policy.Kunshan) {
		t.Errorf("back: %+v", got)
	}
	drafts, err = people.Remove(s.State, admin, "ULEAD", now)
	s.do(t, drafts, err)
	if got := s.Departed(); len(got) != 1 || got[0].User != kunshan.User {
		t.Errorf("still to be seen to: %+v", got)
	}
}
