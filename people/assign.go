package people

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/policy"
)

// Names of the fields of a form about a person, by which its problems are told.
const (
	FieldUser      = "user"
	FieldRoles     = "roles"
	FieldDistricts = "districts"
	FieldNameZH    = "name_zh"
	FieldNameEN    = "name_en"
)

// maxName bounds a name, in characters.
const maxName = 100

// tidy returns p as it is kept: roles and districts in their order and each
// once, a name without stray blanks and, where one language has none, with the
// other's.
func (p Person) tidy() Person {
	p.Roles = inOrder(Roles(), p.Roles)
	p.Districts = inOrder(policy.DistrictIDs(), p.Districts)
	zh, en := strings.Join(strings.Fields(p.Name.ZH), " "), strings.Join(strings.Fields(p.Name.EN), " ")
	p.Name = lang.T(cmp.Or(zh, en), cmp.Or(en, zh))
	return p
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

// Check returns nil when p can be somebody, and otherwise [lang.FieldProblems]:
// no user id, an unknown role or district, a role in districts without one, a
// district without such a role, or a name that is too long.
func (p Person) Check() error {
	problems := lang.FieldProblems{}
	if strings.TrimSpace(string(p.User)) == "" {
		problems[FieldUser] = lang.Problemf("person_without_id", "没有写明是谁。", "It does not say who is meant.")
	}
	for _, r := range p.Roles {
		if !r.Valid() {
			problems[FieldRoles] = lang.Problemf("unknown_role", "没有“%s”这个角色，可选：%s。", "There is no role %q; the roles are %s.", clip(string(r)), RoleNames())
		}
	}
	for _, d := range p.Districts {
		if !slices.Contains(policy.DistrictIDs(), d) {
			problems[FieldDistricts] = lang.Problemf("unknown_district", "没有“%s”这个板块。", "There is no district %q.", clip(string(d)))
		}
	}
	inDistricts := slices.ContainsFunc(p.Roles, Role.OfDistricts)
	switch {
	case problems[FieldDistricts] != nil:
	case inDistricts && len(p.Districts) == 0:
		problems[FieldDistricts] = lang.Problemf("role_without_district", "联络员、副联络员和板块分管领导至少要负责一个板块。", "A liaison, a deputy and a district lead need at least one district.")
	case !inDistricts && len(p.Districts) > 0 && problems[FieldRoles] == nil:
		problems[FieldDistricts] = lang.Problemf("district_without_role", "只有联络员、副联络员和板块分管领导才选板块；请勾选其中一个角色，或清空板块。",
			"Only a liaison, a deputy or a district lead has districts; choose one of these roles, or no district.")
	}
	for field, name := range map[string]string{FieldNameZH: p.Name.ZH, FieldNameEN: p.Name.EN} {
		if len([]rune(name)) > maxName {
			problems[field] = lang.Problemf("name_too_long", "姓名最多 %d 个字。", "A name has at most %d characters.", maxName)
		}
	}
	return problems.OrNil()
}

func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// firstProblem returns one problem of err, the first field's, so that what has
// no form can tell it.
func firstProblem(err error) error {
	fields, ok := err.(lang.FieldProblems) //nolint:errorlint // It comes straight from Check.
	if !ok {
		return err
	}
	for _, name := range []string{FieldUser, FieldRoles, FieldDistricts, FieldNameZH, FieldNameEN} {
		if p := fields[name]; p != nil {
			return p
		}
	}
	return err
}

// Assign makes p what they are from now on, whoever asks: for tests, and for
// what has checked already. There is no draft when they are that already. A
// zero name keeps the name that is known. The error is a [lang.Problem], one of
// those of [Person.Check].
func Assign(s State, p Person, _ time.Time) ([]journal.Draft, error) {
	p, err := s.ready(p)
	if err != nil {
		return nil, firstProblem(err)
	}
	if old, known := s.Person(p.User); known && old.same(p) {
		return nil, nil
	}
	return []journal.Draft{assigned(kindAssigned, p)}, nil
}

// ready checks p and returns them as they would be kept.
func (s State) ready(p Person) (Person, error) {
	if err := p.Check(); err != nil {
		return p, err
	}
	p = p.tidy()
	if old, known := s.Person(p.User); known {
		p.Departed = old.Departed
		if p.Name.IsZero() {
			p.Name = old.Name
		}
	}
	return p, nil
}

// Configure makes p what the configuration says, but only when that is news:
// when it says something else than it last said, or when p is to be
// administrator and nobody is. So a restart leaves alone what was changed in
// chat since, a changed line of the configuration is followed, and somebody can
// always be made administrator again. The error is that of [Assign].
func Configure(s State, p Person, _ time.Time) ([]journal.Draft, error) {
	if err := p.Check(); err != nil {
		return nil, firstProblem(err)
	}
	p = p.tidy()
	if before, said := s.said.Get(p.User); said && before.same(p) {
		now, _ := s.Person(p.User)
		rescue := p.Has(Admin) && !now.Has(Admin) && len(s.WithRole(Admin)) == 0
		if !rescue {
			return nil, nil
		}
	}
	return []journal.Draft{assigned(kindConfigured, p)}, nil
}

// Register makes p what they are from now on, as who wants it. There is no
// draft when they are that already. A zero name keeps the name that is known.
//
// The error is a [lang.Problem] when who may not manage people, and otherwise
// [lang.FieldProblems]: those of [Person.Check], "no_role" ([Remove] takes all
// roles away), "grant_roles" when a role is given or taken that who may not
// give, "person_departed", and "last_admin".
func Register(s State, who, p Person, _ time.Time) ([]journal.Draft, error) {
	if err := Allow(who, ManagePeople); err != nil {
		return nil, err
	}
	p, err := s.ready(p)
	if err != nil {
		return nil, err
	}
	if p.Stranger() {
		return nil, lang.FieldProblems{FieldRoles: lang.Problemf("no_role", "请至少勾选一个角色；要取消全部角色，请选移除。", "Choose at least one role; to take all roles away, choose to remove the person.")}
	}
	old, known := s.Person(p.User)
	if known && old.same(p) {
		return nil, nil
	}
	if !p.Departed.IsZero() {
		return nil, lang.FieldProblems{FieldUser: departedProblem()}
	}
	if problem := cmp.Or(mayGrant(who, old, p), s.lastAdmin(p)); problem != nil {
		return nil, lang.FieldProblems{FieldRoles: problem}
	}
	return []journal.Draft{assigned(kindAssigned, p)}, nil
}

// Remove takes all roles away from somebody, as who wants it. Their name and
// what they did stay. The error is a [lang.Problem]: "unknown_person" for
// somebody without a role, or one of those of [Register].
func Remove(s State, who Person, user UserID, _ time.Time) ([]journal.Draft, error) {
	if err := Allow(who, ManagePeople); err != nil {
		return nil, err
	}
	old, _ := s.Person(user)
	if old.Stranger() {
		return nil, lang.Problemf("unknown_person", "此人没有登记任何角色，不用移除。", "This person has no role; there is nothing to remove.")
	}
	none := Person{User: user, Name: old.Name}
	if problem := cmp.Or(mayGrant(who, old, none), s.lastAdmin(none)); problem != nil {
		return nil, problem
	}
	return []journal.Draft{assigned(kindAssigned, none)}, nil
}

// Granted lists the roles that only who has [GrantRoles] gives and takes.
func Granted() []Role { return []Role{Secretariat, Leader, Admin} }

// mayGrant returns a problem when the step from before to after gives or takes
// a role that who may not give.
func mayGrant(who, before, after Person) *lang.Problem {
	if Can(who, GrantRoles) {
		return nil
	}
	for _, r := range Granted() {
		if before.Has(r) != after.Has(r) {
			rule, _ := ruleOf(GrantRoles)
			return lang.Problemf("grant_roles", "“%s”这个角色由%s授予和取消，请联系%s。", "The role %q is given and taken by: %s. Please ask one of them.",
				r.Name(), lang.List(rule.roles, Role.Name), lang.List(rule.roles, Role.Name))
		}
	}
	return nil
}

// lastAdmin returns a problem when nobody would be administrator any more once
// p is what they are to be.
func (s State) lastAdmin(p Person) *lang.Problem {
	admins := s.WithRole(Admin)
	if len(admins) == 1 && admins[0].User == p.User && !p.Has(Admin) {
		return noAdminLeft()
	}
	return nil
}

func noAdminLeft() *lang.Problem {
	return lang.Problemf("last_admin", "这样就没有管理员了。请先让另一个人担任管理员。", "Nobody would be administrator any more. Make somebody else administrator first.")
}
