package evaluation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Bounds of what people write and set up.
const (
	MaxItems  = 100 // Items of a cycle.
	MaxFocus  = 200 // Characters of a focus, in each language.
	MaxReason = 500 // Characters of a reason, an objection, an answer.
	MaxMinute = 2000
	MinShown  = 3 // Fewer scores than this are not told: they would give somebody away.
)

// Begin starts the year's evaluation with the default criteria and rules and an
// item for each pair of the newest layout. A year whose evaluation was
// cancelled gets another id: "2026-2". The error is a [lang.Problem]: who may
// not, "cycle_year", "cycle_exists" or "cycle_running".
func Begin(s State, pol *policy.Policy, who people.Person, year int, _ time.Time) (CycleID, []journal.Draft, error) {
	if err := people.Allow(who, people.RunEvaluation); err != nil {
		return "", nil, err
	}
	if year < 2000 || year > 2099 {
		return "", nil, lang.Problemf("cycle_year", "年份“%d”不对，请写成 2026。", "The year %d is wrong; write it like 2026.", year)
	}
	if c, ok := s.Current(); ok {
		return "", nil, lang.Problemf("cycle_running", "%s还在进行（%s），结束后才能开始新的一次。", "There is still one under way: %s (%s). Another can begin when it is over.", c.ID.Label(), c.Phase.Label())
	}
	id := CycleID(fmt.Sprint(year))
	for n := 2; ; n++ {
		c, ok := s.cycles.Get(id)
		if !ok {
			break
		}
		if c.Phase != Cancelled {
			return "", nil, lang.Problemf("cycle_exists", "%s已经做过了。", "There has been one: %s.", id.Label())
		}
		id = CycleID(fmt.Sprintf("%d-%d", year, n))
	}
	l := pol.Layouts.Latest()
	return id, draft(kindStarted, startedV1{
		Cycle: id, Base: l.Version, Criteria: DefaultCriteria(), Rules: DefaultRules(), Items: ItemsOf(l), By: who.User,
	}), nil
}

// errNoCycle is for a button or a form of a cycle that is not there.
func errNoCycle(id CycleID) error {
	return lang.Problemf("no_cycle", "没有“%s”这次评估。", "There is no evaluation %q.", clip(string(id), 20))
}

// in returns the cycle when the person may do what perm names and the cycle is
// in one of the phases; otherwise a [lang.Problem]: "no_cycle" or "wrong_phase".
func (s State) in(id CycleID, who people.Person, perm people.Permission, phases ...Phase) (Cycle, error) {
	if err := people.Allow(who, perm); err != nil {
		return Cycle{}, err
	}
	c, ok := s.cycles.Get(id)
	if !ok {
		return Cycle{}, errNoCycle(id)
	}
	if !slices.Contains(phases, c.Phase) {
		return Cycle{}, wrongPhase(c, phases)
	}
	return c, nil
}

// wrongPhase says how the cycle stands, and what the step belonged to.
func wrongPhase(c Cycle, phases []Phase) error {
	if c.Phase.Over() {
		return lang.Problemf("wrong_phase", "%s已经结束（%s），不能再做这一步，只能查看。", "The %s is over (%s): this can be done no more, only looked at.", c.ID.Label(), c.Phase.Label())
	}
	return lang.Problemf("wrong_phase", "%s现在是“%s”阶段，这一步只能在“%s”阶段做。请刷新后再看。",
		"%s is now at: %s. This belongs to: %s. Please look again.", c.ID.Label(), c.Phase.Label(), lang.List(phases, Phase.Label))
}

// SetCriteria sets criteria, their names and their weights. Weights that do not
// sum to 100 are kept, so that a table can be edited line by line; opening
// refuses them. Once the cycle is open the error is the [lang.Problem]
// "criteria_fixed".
func SetCriteria(s State, who people.Person, id CycleID, all []Criterion, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Phases()...)
	if err != nil {
		return nil, err
	}
	if c.Phase != Preparing {
		return nil, lang.Problemf("criteria_fixed", "%s已启动（现在是“%s”），标准、名称和权重不能再改：所有委员要按同样的标准打分。",
			"The %s is open (now at: %s), so criteria, their names and weights stay: all members score by the same ones.", c.ID.Label(), c.Phase.Label())
	}
	if err := checkCriteria(all, true); err != nil {
		return nil, err
	}
	if slices.Equal(c.Criteria, all) {
		return nil, nil
	}
	return draft(kindSetUp, setUpV1{Cycle: id, Criteria: all, By: who.User}), nil
}

// SetRules sets quorum, majority and the lines of the recommendations. The
// error is a [lang.Problem], among them "rules".
func SetRules(s State, who people.Person, id CycleID, r Rules, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Preparing)
	if err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if c.Rules == r {
		return nil, nil
	}
	return draft(kindSetUp, setUpV1{Cycle: id, Rules: &r, By: who.User}), nil
}

// SetDates sets the calendar before the cycle is opened. The error is a
// [lang.Problem], or [lang.FieldProblems] by the names of the dates.
func SetDates(s State, who people.Person, id CycleID, d Dates, now time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Preparing)
	if err != nil {
		return nil, err
	}
	if err := d.check(now, func(DateName) bool { return true }).OrNil(); err != nil {
		return nil, err
	}
	if c.Dates == d {
		return nil, nil
	}
	return draft(kindSetUp, setUpV1{Cycle: id, Dates: &d, By: who.User}), nil
}

// SetMembers sets who scores and votes. The error is a [lang.Problem]:
// "members_few" for nobody, "member_role" for somebody who is no member of the
// committee.
func SetMembers(s State, who people.Person, id CycleID, members []people.Person, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Preparing)
	if err != nil {
		return nil, err
	}
	users := make([]people.UserID, 0, len(members))
	for _, p := range members {
		if !people.Can(p, people.ScoreEvaluation) {
			return nil, lang.Problemf("member_role", "%s不是专家委员，请先登记角色。", "%s is no committee member; have them registered first.", nameOf(p))
		}
		users = append(users, p.User)
	}
	slices.Sort(users)
	users = slices.Compact(users)
	if len(users) == 0 {
		return nil, errFewMembers(0)
	}
	if slices.EqualFunc(c.Members, users, func(m Member, u people.UserID) bool { return m.User == u }) {
		return nil, nil
	}
	return draft(kindSetUp, setUpV1{Cycle: id, Members: users, By: who.User}), nil
}

func nameOf(p people.Person) lang.Text {
	if p.Name.Complete() {
		return p.Name
	}
	return lang.T(string(p.User), string(p.User))
}

func errFewMembers(n int) error {
	return lang.Problemf("members_few", "委员至少要有 %d 名，现在有 %d 名。", "There must be at least %d members; there are %d.", MinShown, n)
}

// counted writes a number, in English with the word for what is counted.
func counted(n int, one, many string) lang.Text {
	word := many
	if n == 1 {
		word = one
	}
	return lang.T(strconv.Itoa(n), strconv.Itoa(n)+" "+word)
}

// Proposal is an item that is not in the layout, as somebody typed it.
type Proposal struct {
	Domain   policy.DomainID
	District policy.DistrictID
	Focus    lang.Text  // What the district would lead in the domain.
	New      *NewDomain // When the policy has no such domain; its id is Domain.
	Why      string     // Such as: it has reported work outside the layout.
}

// The field names of what can be wrong with a [Proposal] or a [MotionText].
const (
	FieldDomain   = "domain"
	FieldDistrict = "district"
	FieldFocusZH  = "focus_zh"
	FieldFocusEN  = "focus_en"
	FieldReason   = "reason"
	FieldFrom     = "from"
	FieldText     = "text"
	FieldVerdict  = "verdict"
)

// AddItem adds a district in a domain that it does not lead, or in a domain
// that is new. The error is a [lang.Problem] or [lang.FieldProblems].
func AddItem(s State, pol *policy.Policy, who people.Person, id CycleID, p Proposal, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Preparing)
	if err != nil {
		return nil, err
	}
	problems := lang.FieldProblems{}
	item := Item{ID: IDOf(p.Domain, p.District), Domain: p.Domain, District: p.District, Kind: Outside, Proposed: trim(p.Focus), Why: clean(p.Why)}
	domains := slices.DeleteFunc(slices.Clone(c.NewDomains), func(d NewDomain) bool { return d.ID == p.Domain })
	if _, known := pol.Domain(p.Domain); !known {
		item.Kind = New
		if p.New == nil {
			if len(domains) == len(c.NewDomains) {
				problems[FieldDomain] = lang.Problemf("domain_unknown", "没有领域“%s”。新领域请一并填写名称、简称和说明。", "There is no domain %q. For a new one, give its name, short name and summary as well.", clip(string(p.Domain), 40))
			}
			domains = c.NewDomains
		} else {
			d := *p.New
			d.ID, d.Name, d.Short, d.Summary = p.Domain, trim(d.Name), trim(d.Short), trim(d.Summary)
			if err := pol.CheckDomain(d.domain(id)); err != nil {
				problems[FieldDomain] = problemOf(err)
			}
			domains = append(domains, d)
		}
	} else {
		domains = c.NewDomains
	}
	if _, ok := pol.District(p.District); !ok {
		problems[FieldDistrict] = lang.Problemf("district_unknown", "没有板块“%s”。", "There is no district %q.", clip(string(p.District), 40))
	} else if _, ok := c.Item(item.ID); ok {
		problems[FieldDistrict] = lang.Problemf("item_exists", "“%s”已在评估事项中。", "It is among the items already: %s.", c.Title(pol, item.ID))
	}
	checkFocus(problems, item.Proposed)
	checkText(problems, FieldReason, item.Why, MaxReason, true)
	if len(c.Items) >= MaxItems {
		problems[FieldDistrict] = lang.Problemf("items_many", "评估事项最多 %d 项。", "There are at most %d items.", MaxItems)
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	items := append(slices.Clone(c.Items), item)
	sortItems(items)
	return draft(kindSetUp, setUpV1{Cycle: id, Items: items, NewDomains: &domains, By: who.User}), nil
}

// Propose says what an item's focus would be when it is adjusted, or takes that
// back when it is zero. The error is a [lang.Problem] or [lang.FieldProblems].
func Propose(s State, who people.Person, id CycleID, item ItemID, focus lang.Text, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Preparing)
	if err != nil {
		return nil, err
	}
	i, ok := c.Item(item)
	if !ok {
		return nil, errNoItem(item)
	}
	focus = trim(focus)
	if !focus.IsZero() || i.Kind != Existing {
		problems := lang.FieldProblems{}
		checkFocus(problems, focus)
		if err := problems.OrNil(); err != nil {
			return nil, err
		}
	}
	if i.Proposed == focus {
		return nil, nil
	}
	items := slices.Clone(c.Items)
	items[slices.Index(items, i)].Proposed = focus
	return draft(kindSetUp, setUpV1{Cycle: id, Items: items, By: who.User}), nil
}

// RemoveItem takes an item out of the cycle, and a new domain that none is left
// of. What is in the layout and not judged stays as it is. There is no draft
// when it is out already. The last item cannot be removed: "items_none".
func RemoveItem(s State, who people.Person, id CycleID, item ItemID, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, Preparing)
	if err != nil {
		return nil, err
	}
	items := slices.DeleteFunc(slices.Clone(c.Items), func(i Item) bool { return i.ID == item })
	if len(items) == len(c.Items) {
		return nil, nil
	}
	if len(items) == 0 {
		return nil, errNoItems
	}
	domains := slices.DeleteFunc(slices.Clone(c.NewDomains), func(d NewDomain) bool {
		return !slices.ContainsFunc(items, func(i Item) bool { return i.Domain == d.ID })
	})
	return draft(kindSetUp, setUpV1{Cycle: id, Items: items, NewDomains: &domains, By: who.User}), nil
}

var errNoItems = lang.Problemf("items_none", "至少要有一个评估事项。", "There must be at least one item.")

func errNoItem(id ItemID) error {
	return lang.Problemf("no_item", "评估事项中没有“%s”。", "There is no such item: %s.", clip(string(id), 60))
}

func checkFocus(problems lang.FieldProblems, focus lang.Text) {
	checkText(problems, FieldFocusZH, focus.ZH, MaxFocus, false)
	checkText(problems, FieldFocusEN, focus.EN, MaxFocus, false)
}

// checkText notes a text that is too long, or missing when it is needed.
func checkText(problems lang.FieldProblems, field, text string, most int, optional bool) {
	switch n := utf8.RuneCountInString(text); {
	case n == 0 && !optional:
		problems[field] = lang.Problemf("missing", "请填写。", "Please fill this in.")
	case n > most:
		problems[field] = lang.Problemf("too_long", "最多 %d 个字，现在有 %d 个。", "At most %d characters; this has %d.", most, n)
	}
}

func trim(t lang.Text) lang.Text { return lang.T(clean(t.ZH), clean(t.EN)) }

// clean trims what somebody typed and drops what is not UTF-8.
func clean(s string) string { return strings.TrimSpace(strings.ToValidUTF8(s, "")) }

// problemOf returns err as a [lang.Problem], which the policy's checks are.
func problemOf(err error) *lang.Problem {
	if p, ok := err.(*lang.Problem); ok { //nolint:errorlint // The policy returns it bare.
		return p
	}
	return lang.Problemf("policy", "内容有误。", "Something is wrong with it.")
}

func draft(kind string, data any) []journal.Draft {
	return []journal.Draft{{Kind: kind, Version: 1, Data: data}}
}
