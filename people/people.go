// Package people holds who takes part: each person's name, roles and
// districts, who is away and who stands in, who has left Slack, and the one
// table of who may do what.
//
// It decides whether somebody may do something, and in which words they are
// turned down. It never looks anybody up in Slack, and never decides what the
// thing that they may do consists of.
package people

import (
	"slices"
	"strings"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/policy"
)

// UserID is a Slack user id, such as U012AB3CD.
type UserID string

// Role is what a person is in the committee's work. A person may have several.
type Role string

// The roles.
const (
	Liaison     Role = "liaison"     // 板块联络员: reports for their districts.
	Deputy      Role = "deputy"      // 板块副联络员: reports as a liaison does, and is told when a report is overdue.
	Lead        Role = "lead"        // 板块分管领导: reads their districts' progress, and is told when it is far overdue.
	Member      Role = "member"      // 委员: asks, and scores once a year.
	Secretariat Role = "secretariat" // 秘书处: reviews, chases, sends.
	Leader      Role = "leader"      // 领导: reads the digest.
	Admin       Role = "admin"       // 管理员: says who has which role.
)

// Roles lists the roles in their fixed order.
func Roles() []Role {
	return []Role{Liaison, Deputy, Lead, Member, Secretariat, Leader, Admin}
}

// RoleNames lists the roles for a sentence: "liaison, deputy, …".
func RoleNames() string {
	names := make([]string, 0, len(Roles()))
	for _, r := range Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// OfDistricts reports whether r is a role in districts, and so needs some.
func (r Role) OfDistricts() bool { return r == Liaison || r == Deputy || r == Lead }

// Name returns what the role is called.
func (r Role) Name() lang.Text {
	switch r {
	case Liaison:
		return lang.T("板块联络员", "district liaison")
	case Deputy:
		return lang.T("板块副联络员", "deputy liaison")
	case Lead:
		return lang.T("板块分管领导", "district lead")
	case Member:
		return lang.T("专家委员", "committee member")
	case Secretariat:
		return lang.T("秘书处", "secretariat")
	case Leader:
		return lang.T("领导", "leader")
	case Admin:
		return lang.T("管理员", "administrator")
	}
	return lang.T(string(r), string(r))
}

// shortNames are what the roles are also called.
var shortNames = map[string]Role{"联络员": Liaison, "副联络员": Deputy, "分管领导": Lead, "委员": Member}

// ParseRole reads a role by its id, by its name in either language, or by a
// short name.
func ParseRole(s string) (Role, bool) {
	s = policy.Key(s)
	for _, r := range Roles() {
		if s == policy.Key(string(r)) || s == policy.Key(r.Name().ZH) || s == policy.Key(r.Name().EN) {
			return r, true
		}
	}
	r, ok := shortNames[s]
	return r, ok
}

// Person is somebody who takes part. It is a value: nobody changes its slices.
type Person struct {
	User      UserID
	Name      lang.Text           // May be zero: then Slack's own name is shown.
	Roles     []Role              // In the order of [Roles]; none for a stranger.
	Districts []policy.DistrictID // In administrative order: those of a liaison, a deputy or a lead.
	Departed  time.Time           // When they were found to have left Slack; zero while they are there.
}

// Has reports whether the person has the role, departed or not.
func (p Person) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// Serves reports whether the person reports for the district, as a liaison or a
// deputy. Who has left Slack does not.
func (p Person) Serves(d policy.DistrictID) bool {
	return p.Present() && (p.Has(Liaison) || p.Has(Deputy)) && slices.Contains(p.Districts, d)
}

// Stranger reports whether the person has no role.
func (p Person) Stranger() bool { return len(p.Roles) == 0 }

// Present reports whether the person has a role and has not left Slack.
func (p Person) Present() bool { return !p.Stranger() && p.Departed.IsZero() }

// same reports whether what can be said of a person by hand is the same.
func (p Person) same(o Person) bool {
	return p.User == o.User && p.Name == o.Name && slices.Equal(p.Roles, o.Roles) && slices.Equal(p.Districts, o.Districts)
}

// State is who takes part at one moment. The zero State knows nobody.
type State struct {
	people   journal.Table[UserID, Person]
	said     journal.Table[UserID, Person] // What the configuration said of somebody last.
	absences journal.Table[UserID, Absence]
}

// Person returns the person with the user id; ok is false for somebody who was
// never given a role.
func (s State) Person(id UserID) (p Person, ok bool) { return s.people.Get(id) }

// All returns everybody who ever had a role, in the order of their ids: also
// who has none any more and who has left Slack.
func (s State) All() []Person {
	return s.where(func(Person) bool { return true })
}

// OfDistrict returns the liaisons of the district who have not left Slack, in
// the order of their ids.
func (s State) OfDistrict(d policy.DistrictID) []Person { return s.inDistrict(Liaison, d) }

// Deputies returns the deputy liaisons of the district who have not left Slack,
// in the order of their ids.
func (s State) Deputies(d policy.DistrictID) []Person { return s.inDistrict(Deputy, d) }

// Leads returns the leads of the district who have not left Slack, in the order
// of their ids.
func (s State) Leads(d policy.DistrictID) []Person { return s.inDistrict(Lead, d) }

func (s State) inDistrict(r Role, d policy.DistrictID) []Person {
	return s.where(func(p Person) bool { return p.Present() && p.Has(r) && slices.Contains(p.Districts, d) })
}

// WithRole returns who has the role and has not left Slack, in the order of
// their ids.
func (s State) WithRole(r Role) []Person {
	return s.where(func(p Person) bool { return p.Present() && p.Has(r) })
}

func (s State) where(keep func(Person) bool) []Person {
	var out []Person
	for _, p := range s.people.All() {
		if keep(p) {
			out = append(out, p)
		}
	}
	return out
}
