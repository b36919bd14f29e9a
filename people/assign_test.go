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

// book is a state with what was written into it.
type book struct {
	people.State
	entries int
}

// write folds what was decided at a moment, and returns the decision's error.
func (b *book) write(t require, at time.Time, drafts []journal.Draft, err error) error {
	for _, d := range drafts {
		data, jsonErr := json.Marshal(d.Data)
		if jsonErr != nil {
			t.Fatalf("marshal: %v", jsonErr)
		}
		b.entries++
		var applyErr error
		if b.State, applyErr = b.Apply(journal.Entry{Number: uint64(b.entries), Time: at, Kind: d.Kind, Version: d.Version, Data: data}); applyErr != nil {
			t.Fatalf("apply: %v", applyErr)
		}
	}
	return err
}

// do is write for a decision that must not be refused.
func (b *book) do(t require, drafts []journal.Draft, err error) {
	if err := b.write(t, now, drafts, err); err != nil {
		t.Fatalf("refused: %v", err)
	}
}

func with(t require, ps ...people.Person) *book {
	b := &book{}
	for _, p := range ps {
		drafts, err := people.Assign(b.State, p, now)
		b.do(t, drafts, err)
	}
	return b
}

func role(user people.UserID, roles ...people.Role) people.Person {
	return people.Person{User: user, Name: lang.T(string(user), string(user)), Roles: roles}
}

var (
	admin    = role("UADM", people.Admin)
	secretar = role("USEC", people.Secretariat)
	member   = role("UMEM", people.Member)
)

// codeOf returns the code of a problem, with the field before it when there is
// one, and "" for nil.
func codeOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		for field, p := range fields {
			if !p.Words.Complete() {
				t.Errorf("%s: %+v", field, p)
			}
			if len(fields) == 1 {
				return field + ":" + p.Code
			}
		}
		return fields.Error()
	}
	p, ok := errors.AsType[*lang.Problem](err)
	if !ok || !p.Words.Complete() {
		t.Errorf("no problem in words: %v", err)
		return err.Error()
	}
	return p.Code
}

func TestRegister(t *testing.T) {
	t.Parallel()
	left := role("ULEFT", people.Member)
	deputy := inDistrict("UDEP", policy.Taicang, people.Deputy)
	for _, tt := range []struct {
		name string
		who  people.Person
		p    people.Person
		want string
	}{
		{"a deputy by the secretariat", secretar, deputy, ""},
		{"a lead by the administrator", admin, inDistrict("UX", policy.SIP, people.Lead), ""},
		{"a member more by the secretariat", secretar, role("UX", people.Member), ""},
		{"another name for the administrator by the secretariat", secretar, people.Person{User: "UADM", Name: lang.T("新", "New"), Roles: admin.Roles}, ""},
		{"secretariat by the administrator", admin, role("UX", people.Secretariat), ""},
		{"secretariat by the secretariat", secretar, role("UX", people.Secretariat), "roles:grant_roles"},
		{"leader by the secretariat", secretar, role("UMEM", people.Member, people.Leader), "roles:grant_roles"},
		{"administrator by the secretariat for itself", secretar, role("USEC", people.Secretariat, people.Admin), "roles:grant_roles"},
		{"a secretariat person demoted by the secretariat", secretar, role("USEC2", people.Member), "roles:grant_roles"},
		{"by a member", member, deputy, "not_allowed"},
		{"by a liaison", kunshan, deputy, "not_allowed"},
		{"by a stranger", people.Person{User: "USTR"}, deputy, "stranger"},
		{"by somebody who left", gone(secretar), deputy, "departed"},
		{"no role", admin, people.Person{User: "UMEM"}, "roles:no_role"},
		{"a deputy without a district", admin, role("UX", people.Deputy), "districts:role_without_district"},
		{"a member with a district", admin, inDistrict("UX", policy.SIP, people.Member), "districts:district_without_role"},
		{"the last administrator", admin, role("UADM", people.Member), "roles:last_admin"},
		{"somebody who left", admin, role("ULEFT", people.Member, people.Leader), "user:person_departed"},
		{"somebody who left, as they are", admin, left, ""},
		{"nobody", admin, role("", people.Member), "user:person_without_id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := with(t, admin, secretar, role("USEC2", people.Secretariat), member, kunshan, left)
			drafts, err := people.MarkDeparted(b.State, left.User, now)
			b.do(t, drafts, err)
			before := b.State
			drafts, err = people.Register(b.State, tt.who, tt.p, now)
			if got := codeOf(t, err); got != tt.want || err != nil && drafts != nil {
				t.Fatalf("got %q with %v, want %q", got, drafts, tt.want)
			}
			if err := b.write(t, now, drafts, nil); err != nil {
				t.Fatal(err)
			}
			got, _ := b.Person(tt.p.User)
			if old, _ := before.Person(tt.p.User); tt.want != "" && cmp.Diff(old, got) != "" {
				t.Errorf("a refusal changed %+v to %+v", old, got)
			}
			if tt.want == "" {
				if diff := cmp.Diff(tt.p.Roles, got.Roles); diff != "" {
					t.Errorf("roles (-want +got):\n%s", diff)
				}
				if again, err := people.Register(b.State, tt.who, tt.p, now); err != nil || again != nil {
					t.Errorf("the same again: %v, %v", again, err)
				}
			}
		})
	}
}

func TestANameIsTidied(t *testing.T) {
	t.Parallel()
	b := with(t, people.Person{User: "U", Name: lang.T(" 陈  晨\n", ""), Roles: []people.Role{people.Member, people.Member}})
	want := people.Person{User: "U", Name: lang.T("陈 晨", "陈 晨"), Roles: []people.Role{people.Member}}
	if p, _ := b.Person("U"); cmp.Diff(want, p) != "" {
		t.Errorf("got %+v", p)
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		who  people.Person
		user people.UserID
		want string
	}{
		{secretar, kunshan.User, ""},
		{admin, "USEC", ""},
		{secretar, "USEC", "grant_roles"},
		{secretar, "UADM", "grant_roles"},
		{admin, "UADM", "last_admin"},
		{admin, "UNOBODY", "unknown_person"},
		{member, kunshan.User, "not_allowed"},
	} {
		b := with(t, admin, secretar, member, kunshan)
		old, _ := b.Person(tt.user)
		drafts, err := people.Remove(b.State, tt.who, tt.user, now)
		if got := codeOf(t, err); got != tt.want {
			t.Errorf("%s removes %s: got %q, want %q", tt.who.User, tt.user, got, tt.want)
			continue
		}
		if err != nil {
			continue
		}
		b.do(t, drafts, nil)
		p, ok := b.Person(tt.user)
		if !ok || !p.Stranger() || len(p.Districts) > 0 || p.Name != old.Name {
			t.Errorf("%s is %+v", tt.user, p)
		}
		if _, err := people.Remove(b.State, tt.who, tt.user, now); codeOf(t, err) != "unknown_person" {
			t.Errorf("removed twice: %v", err)
		}
	}
	b := with(t, admin, role("UADM2", people.Admin))
	drafts, err := people.Remove(b.State, admin, "UADM", now)
	b.do(t, drafts, err)
	if _, err := people.Remove(b.State, role("UADM2", people.Admin), "UADM2", now); codeOf(t, err) != "last_admin" {
		t.Errorf("the last of two: %v", err)
	}
}

// TestAnAdministratorWhoLeftIsNone: the other one must not go.
func TestAnAdministratorWhoLeftIsNone(t *testing.T) {
	t.Parallel()
	b := with(t, admin, role("UADM2", people.Admin))
	drafts, err := people.MarkDeparted(b.State, "UADM2", now)
	b.do(t, drafts, err)
	if _, err := people.Remove(b.State, admin, "UADM", now); codeOf(t, err) != "last_admin" {
		t.Errorf("got %v", err)
	}
	drafts, err = people.Remove(b.State, admin, "UADM2", now)
	b.do(t, drafts, err)
}

func TestConfigureOnlyWhatIsNews(t *testing.T) {
	t.Parallel()
	says := func(t *testing.T, b *book, p people.Person, wantEntries int) {
		t.Helper()
		before := b.entries
		drafts, err := people.Configure(b.State, p, now)
		b.do(t, drafts, err)
		if n := b.entries - before; n != wantEntries {
			t.Errorf("%d entries, want %d", n, wantEntries)
		}
	}
	is := func(t *testing.T, b *book, user people.UserID, want ...people.Role) {
		t.Helper()
		if p, _ := b.Person(user); cmp.Diff(want, p.Roles) != "" {
			t.Errorf("%s is %v, want %v", user, p.Roles, want)
		}
	}
	b := &book{}
	says(t, b, admin, 1)
	says(t, b, kunshan, 1)
	says(t, b, admin, 0) // A restart.

	changed := kunshan
	changed.Roles, changed.Name = []people.Role{people.Liaison, people.Member}, lang.T("陈大昆", "Chen")
	drafts, err := people.Register(b.State, admin, changed, now)
	b.do(t, drafts, err)
	says(t, b, kunshan, 0) // A restart leaves alone what was changed in chat.
	is(t, b, kunshan.User, people.Liaison, people.Member)

	unnamed := kunshan
	unnamed.Name, unnamed.Roles = lang.Text{}, []people.Role{people.Deputy}
	says(t, b, unnamed, 1) // The configuration was changed.
	is(t, b, kunshan.User, people.Deputy)
	if p, _ := b.Person(kunshan.User); p.Name != changed.Name {
		t.Errorf("the name became %v", p.Name)
	}
	says(t, b, unnamed, 0)

	drafts, err = people.Remove(b.State, admin, kunshan.User, now)
	b.do(t, drafts, err)
	says(t, b, unnamed, 0)
	is(t, b, kunshan.User)

	// Another is administrator, takes the first one's role, and leaves Slack: the
	// configuration makes the first one administrator again.
	other := role("UADM2", people.Admin)
	drafts, err = people.Register(b.State, admin, other, now)
	b.do(t, drafts, err)
	drafts, err = people.Remove(b.State, other, admin.User, now)
	b.do(t, drafts, err)
	says(t, b, admin, 0)
	is(t, b, admin.User)
	drafts, err = people.MarkDeparted(b.State, other.User, now)
	b.do(t, drafts, err)
	says(t, b, admin, 1)
	is(t, b, admin.User, people.Admin)
	says(t, b, admin, 0)

	// And when the only administrator is who left, saying it again helps nobody.
	drafts, err = people.MarkDeparted(b.State, admin.User, now)
	b.do(t, drafts, err)
	says(t, b, admin, 0)

	if _, err := people.Configure(b.State, role("UX", "king"), now); codeOf(t, err) != "unknown_role" {
		t.Errorf("got %v", err)
	}
}

// TestLawsOfPeople acts at random and holds what must always be so.
func TestLawsOfPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := with(t, role("U0", people.Admin), role("U1", people.Secretariat))
		user := rapid.SampledFrom([]people.UserID{"U0", "U1", "U2", "U3", "U4"})
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			who, _ := b.Person(user.Draw(t, "who"))
			p := people.Person{User: user.Draw(t, "user"), Roles: rapid.SliceOfN(rapid.SampledFrom(people.Roles()), 0, 3).Draw(t, "roles")}
			p.Districts = rapid.SliceOfN(rapid.SampledFrom(policy.DistrictIDs()[:3]), 0, 2).Draw(t, "districts")
			from := now.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "from")) * 24 * time.Hour)
			to := from.Add(time.Duration(rapid.IntRange(-1, 5).Draw(t, "days")) * 24 * time.Hour)
			before, admins := b.State, len(b.WithRole(people.Admin))
			act := rapid.SampledFrom([]string{"register", "remove", "away", "back", "import", "left", "returned"}).Draw(t, "act")
			var drafts []journal.Draft
			var err error
			switch act {
			case "register":
				drafts, err = people.Register(b.State, who, p, now)
			case "remove":
				drafts, err = people.Remove(b.State, who, p.User, now)
			case "away":
				drafts, err = people.SetAbsence(b.State, who, p.User, from, to, user.Draw(t, "stand-in"), now)
			case "back":
				drafts, err = people.ClearAbsence(b.State, who, p.User, now)
			case "import":
				_, drafts, err = people.ImportRoster(b.State, who, []people.Entry{{Line: 1, Person: who}, {Line: 2, Person: p}}, now)
			case "left":
				drafts, err = people.MarkDeparted(b.State, p.User, now)
			case "returned":
				drafts, err = people.MarkReturned(b.State, p.User, now)
			}
			if err != nil && drafts != nil {
				t.Fatalf("%s was refused with drafts: %v", act, err)
			}
			if (act == "register" || act == "remove" || act == "import") && err == nil && drafts != nil && !people.Can(who, people.ManagePeople) {
				t.Fatalf("%s may not %s", who.User, act)
			}
			_ = b.write(t, now, drafts, nil)
			if act != "left" && admins > 0 && len(b.WithRole(people.Admin)) == 0 {
				t.Fatalf("%s by %s left no administrator", act, who.User)
			}
			for _, q := range b.All() {
				old, _ := before.Person(q.User)
				for _, r := range people.Granted() {
					if act != "left" && act != "returned" && old.Has(r) != q.Has(r) && !people.Can(who, people.GrantRoles) {
						t.Fatalf("%s changed who is %s without being allowed to", who.User, r)
					}
				}
				for _, to := range b.Reach([]people.Person{q}, now) {
					if p, _ := b.Person(to); !p.Departed.IsZero() || !q.Departed.IsZero() {
						t.Fatalf("what is for %s goes to %s, who has left", q.User, to)
					}
				}
			}
		}
	})
}
