// Package people holds who takes part: each person's name, roles and
// districts, and the one table of who may do what.
//
// It decides whether somebody may do something, and in which words they are
// turned down. It never looks anybody up in Slack, and never decides what the
// thing that they may do consists of.
package people

import (
	"fmt"
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
	Member      Role = "member"      // 委员: asks, and scores once a year.
	Secretariat Role = "secretariat" // 秘书处: reviews, chases, sends.
	Leader      Role = "leader"      // 领导: reads the digest.
	Admin       Role = "admin"       // 管理员: says who has which role.
)

// Roles lists the roles in their fixed order.
func Roles() []Role { return []Role{Liaison, Member, Secretariat, Leader, Admin} }

// RoleNames lists the roles for a sentence: "liaison, member, …".
func RoleNames() string {
	names := make([]string, 0, len(Roles()))
	for _, r := range Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// Name returns what the role is called.
func (r Role) Name() lang.Text {
	switch r {
	case Liaison:
		return lang.T("板块联络员", "district liaison")
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

// Person is somebody who takes part. It is a value: nobody changes its slices.
type Person struct {
	User      UserID
	Name      lang.Text           // May be zero: then Slack's own name is shown.
	Roles     []Role              // In the order of [Roles]; none for a stranger.
	Districts []policy.DistrictID // In administrative order; those that a liaison reports for.
}

// Has reports whether the person has the role.
func (p Person) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// Serves reports whether the person is a liaison of the district.
func (p Person) Serves(d policy.DistrictID) bool {
	return p.Has(Liaison) && slices.Contains(p.Districts, d)
}

// Stranger reports whether the person has no role.
func (p Person) Stranger() bool { return len(p.Roles) == 0 }

func (p Person) equal(o Person) bool {
	return p.User == o.User && p.Name == o.Name && slices.Equal(p.Roles, o.Roles) && slices.Equal(p.Districts, o.Districts)
}

// State is who takes part at one moment. The zero State knows nobody.
type State struct {
	people journal.Table[UserID, Person]
}

// Person returns the person with the user id; ok is false for somebody who was
// never given a role.
func (s State) Person(id UserID) (p Person, ok bool) { return s.people.Get(id) }

// All returns everybody, in the order of their ids.
func (s State) All() []Person {
	return s.where(func(Person) bool { return true })
}

// OfDistrict returns the liaisons of the district, in the order of their ids.
func (s State) OfDistrict(d policy.DistrictID) []Person {
	return s.where(func(p Person) bool { return p.Serves(d) })
}

// WithRole returns who has the role, in the order of their ids.
func (s State) WithRole(r Role) []Person {
	return s.where(func(p Person) bool { return p.Has(r) })
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

// kindAssigned says what a person is from now on; it replaces what they were.
const kindAssigned = "people.person.assigned"

type assignedV1 struct {
	User      UserID              `json:"user"`
	Name      lang.Text           `json:"name"`
	Roles     []Role              `json:"roles"`
	Districts []policy.DistrictID `json:"districts,omitempty"`
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	if e.Kind != kindAssigned {
		return s, nil
	}
	if e.Version != 1 {
		return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var d assignedV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	s.people = s.people.Set(d.User, Person(d))
	return s, nil
}

// maxName bounds a name, in characters.
const maxName = 100

// Assign makes p what they are from now on. There is no draft when they are
// that already. A zero name keeps the name that is known. The error is a
// [lang.Problem]: no user id, an unknown role or district, a liaison without a
// district, or a name that is too long.
func Assign(s State, p Person, _ time.Time) ([]journal.Draft, error) {
	if strings.TrimSpace(string(p.User)) == "" {
		return nil, lang.Problemf("person_without_id", "没有写明是谁。", "It does not say who is meant.")
	}
	for _, r := range p.Roles {
		if !r.Valid() {
			return nil, lang.Problemf("unknown_role", "没有“%s”这个角色，可选：%s。", "There is no role %q; the roles are %s.", string(r), RoleNames())
		}
	}
	for _, d := range p.Districts {
		if !slices.Contains(policy.DistrictIDs(), d) {
			return nil, lang.Problemf("unknown_district", "没有“%s”这个板块。", "There is no district %q.", string(d))
		}
	}
	if p.Has(Liaison) && len(p.Districts) == 0 {
		return nil, lang.Problemf("liaison_without_district", "联络员至少要负责一个板块。", "A liaison needs at least one district.")
	}
	if len([]rune(p.Name.ZH)) > maxName || len([]rune(p.Name.EN)) > maxName {
		return nil, lang.Problemf("name_too_long", "姓名最多 %d 个字。", "A name has at most %d characters.", maxName)
	}
	old, known := s.Person(p.User)
	if p.Name.IsZero() {
		p.Name = old.Name
	}
	p.Roles = inOrder(Roles(), p.Roles)
	p.Districts = inOrder(policy.DistrictIDs(), p.Districts)
	if known && old.equal(p) {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindAssigned, Version: 1, Data: assignedV1(p)}}, nil
}

// inOrder returns those of all that are in some, each once, or nil.
func inOrder[T comparable](all, some []T) []T {
	var out []T
	for _, v := range all {
		if slices.Contains(some, v) {
			out = append(out, v)
		}
	}
	return out
}
