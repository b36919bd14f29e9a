package people_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

var now = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// play assigns ps one after the other, failing the test on a refusal, and
// returns the state and how many entries it took.
func play(t require, ps ...people.Person) (people.State, int) {
	var s people.State
	n := 0
	for _, p := range ps {
		drafts, err := people.Assign(s, p, now)
		if err != nil {
			t.Fatalf("assign %s: %v", p.User, err)
		}
		for _, d := range drafts {
			data, err := json.Marshal(d.Data)
			if err != nil {
				t.Fatalf("marshal: %v", err)
			}
			n++
			if s, err = s.Apply(journal.Entry{Number: uint64(n), Kind: d.Kind, Version: d.Version, Data: data}); err != nil {
				t.Fatalf("apply: %v", err)
			}
		}
	}
	return s, n
}

type require interface {
	Fatalf(format string, args ...any)
}

var (
	kunshan = people.Person{User: "U1", Name: lang.T("陈昆", "Chen Kun"), Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Kunshan}}
	office  = people.Person{User: "U2", Name: lang.T("秘书", "Office"), Roles: []people.Role{people.Admin, people.Secretariat}}
)

func inDistrict(user people.UserID, d policy.DistrictID, roles ...people.Role) people.Person {
	return people.Person{User: user, Roles: roles, Districts: []policy.DistrictID{d}}
}

func gone(p people.Person) people.Person {
	p.Departed = now
	return p
}

func TestAssign(t *testing.T) {
	t.Parallel()
	unnamed := kunshan
	unnamed.Name = lang.Text{}
	s, n := play(t, kunshan, office, kunshan, unnamed)
	if n != 2 {
		t.Errorf("%d entries, want 2: what is known already is not written again", n)
	}
	want := []people.Person{kunshan, {User: "U2", Name: office.Name, Roles: []people.Role{people.Secretariat, people.Admin}}}
	if diff := cmp.Diff(want, s.All()); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]people.Person{kunshan}, s.OfDistrict(policy.Kunshan)); diff != "" {
		t.Errorf("liaisons of Kunshan (-want +got):\n%s", diff)
	}
	if got := s.OfDistrict(policy.SIP); len(got) != 0 {
		t.Errorf("liaisons of SIP: %v", got)
	}
	if got := s.WithRole(people.Admin); len(got) != 1 || got[0].User != "U2" {
		t.Errorf("admins: %v", got)
	}
}

func TestAssignRefuses(t *testing.T) {
	t.Parallel()
	long := make([]rune, 101)
	for i := range long {
		long[i] = '长'
	}
	for _, tt := range []struct {
		code string
		p    people.Person
	}{
		{"person_without_id", people.Person{Roles: []people.Role{people.Member}}},
		{"unknown_role", people.Person{User: "U", Roles: []people.Role{"boss"}}},
		{"unknown_district", people.Person{User: "U", Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{"wuxi"}}},
		{"role_without_district", people.Person{User: "U", Roles: []people.Role{people.Liaison}}},
		{"role_without_district", people.Person{User: "U", Roles: []people.Role{people.Deputy}}},
		{"role_without_district", people.Person{User: "U", Roles: []people.Role{people.Member, people.Lead}}},
		{"district_without_role", people.Person{User: "U", Roles: []people.Role{people.Member}, Districts: []policy.DistrictID{policy.SIP}}},
		{"name_too_long", people.Person{User: "U", Name: lang.T(string(long), "x")}},
	} {
		drafts, err := people.Assign(people.State{}, tt.p, now)
		problem, ok := errors.AsType[*lang.Problem](err)
		if !ok || problem.Code != tt.code || !problem.Words.Complete() || drafts != nil {
			t.Errorf("%s: got %v, %v", tt.code, drafts, err)
		}
	}
}

// TestWhoMayDoWhat spells the whole table out, so that a change of it is seen.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	got := map[people.Permission]string{}
	for _, perm := range people.Permissions() {
		for _, r := range append([]people.Role{""}, people.Roles()...) {
			p := people.Person{User: "U"}
			if r != "" {
				p.Roles = []people.Role{r}
			}
			err := people.Allow(p, perm)
			gone := p
			gone.Departed = now
			if people.Can(gone, perm) != people.Can(people.Person{}, perm) || (err == nil) != people.Can(people.Person{}, perm) && !errors.Is(people.Allow(gone, perm), &lang.Problem{Code: "departed"}) {
				t.Errorf("%s, %s: who has left Slack is no stranger: %v", r, perm, people.Allow(gone, perm))
			}
			if people.Can(p, perm) != (err == nil) {
				t.Errorf("%s, %s: Can and Allow disagree", r, perm)
			}
			if err == nil {
				got[perm] += " " + string(r)
			} else if problem, ok := errors.AsType[*lang.Problem](err); !ok || !problem.Words.Complete() || (r == "") != (problem.Code == "stranger") {
				t.Errorf("%s, %s: %v", r, perm, err)
			}
		}
	}
	all := " liaison deputy lead member secretariat leader admin"
	want := map[people.Permission]string{
		people.Ask: " " + all, people.ReadProgress: all, people.ReadDigest: all, people.BeAbsent: all,
		people.Report: " liaison deputy", people.ReportCity: " secretariat", people.SendDigest: " secretariat leader admin",
		people.Review: " secretariat", people.LockPeriod: " secretariat", people.ManageRegister: " secretariat",
		people.Export: " secretariat leader admin", people.ManageQuestions: " secretariat admin",
		people.ReadEvaluation: " member secretariat leader admin", people.ScoreEvaluation: " member",
		people.RunEvaluation: " secretariat", people.DecideEvaluation: " leader",
		people.ManageSchedule: " secretariat admin", people.ManagePeople: " secretariat admin", people.GrantRoles: " admin",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who may do what (-want +got):\n%s", diff)
	}
	if people.Can(office, "launch rockets") || people.Allow(office, "launch rockets") == nil {
		t.Error("an unknown permission was given")
	}
}

func TestMayReport(t *testing.T) {
	t.Parallel()
	district := func(id policy.DistrictID) policy.District {
		return policy.District{ID: id, Name: lang.T("区", "District")}
	}
	for _, tt := range []struct {
		p    people.Person
		d    policy.DistrictID
		code string
	}{
		{kunshan, policy.Kunshan, ""},
		{kunshan, policy.SIP, "other_district"},
		{inDistrict("U7", policy.SIP, people.Deputy), policy.SIP, ""},
		{inDistrict("U7", policy.SIP, people.Lead), policy.SIP, "not_allowed"},
		{gone(kunshan), policy.Kunshan, "departed"},
		{office, policy.Kunshan, "not_allowed"},
		{people.Person{User: "U", Districts: []policy.DistrictID{policy.SIP}}, policy.SIP, "stranger"},
	} {
		err := people.MayReport(tt.p, district(tt.d))
		if tt.code == "" && err == nil {
			continue
		}
		if !errors.Is(err, &lang.Problem{Code: tt.code}) {
			t.Errorf("%s for %s: got %v, want %s", tt.p.User, tt.d, err, tt.code)
		}
	}
}

func TestApplyLeavesTheReceiverAndKeepsTheLast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := map[people.UserID]people.Person{}
		var all []people.Person
		for range rapid.IntRange(0, 20).Draw(t, "people") {
			p := people.Person{
				User:  people.UserID(rapid.SampledFrom([]string{"U1", "U2", "U3"}).Draw(t, "user")),
				Name:  lang.T("名", rapid.StringMatching(`[a-z]{1,3}`).Draw(t, "name")),
				Roles: []people.Role{rapid.SampledFrom(people.Roles()).Draw(t, "role")},
			}
			if p.Roles[0].OfDistricts() {
				p.Districts = []policy.DistrictID{rapid.SampledFrom(policy.DistrictIDs()).Draw(t, "district")}
			}
			before, _ := play(t, all...)
			snapshot := before.All()
			all = append(all, p)
			after, _ := play(t, all...)
			want[p.User] = p
			if diff := cmp.Diff(snapshot, before.All()); diff != "" {
				t.Fatalf("an older state changed:\n%s", diff)
			}
			for id, w := range want {
				if got, _ := after.Person(id); cmp.Diff(w, got) != "" {
					t.Fatalf("%s is %+v, want %+v", id, got, w)
				}
			}
		}
	})
}

func TestApplyRefusesALaterVersion(t *testing.T) {
	t.Parallel()
	if _, err := (people.State{}).Apply(journal.Entry{Kind: "people.person.assigned", Version: 2, Data: []byte("{}")}); err == nil {
		t.Error("an unknown version was folded")
	}
	if _, err := (people.State{}).Apply(journal.Entry{Kind: "something.else", Version: 9}); err != nil {
		t.Errorf("an unknown kind: %v", err)
	}
}

func TestParseRole(t *testing.T) {
	t.Parallel()
	for _, r := range people.Roles() {
		for _, s := range []string{string(r), " " + string(r), r.Name().ZH, r.Name().EN} {
			if got, ok := people.ParseRole(s); !ok || got != r {
				t.Errorf("%q is %q, %t; want %s", s, got, ok, r)
			}
		}
	}
	for s, want := range map[string]people.Role{"联络员": people.Liaison, "副联络员": people.Deputy, "委员": people.Member, "Leader": people.Leader, "领导": people.Leader, "": "", "king": ""} {
		if got, ok := people.ParseRole(s); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t; want %q", s, got, ok, want)
		}
	}
}
