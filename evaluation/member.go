package evaluation

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Recuse has a member stand aside from a domain, a district or one pair: the
// member declares it, or the secretariat sets it, with a reason. What the member
// has scored of the items that it touches is void from then on, in both
// rounds, and so is a vote in an open ballot; closed ballots stand. There is no
// draft when the member stands aside from the same already.
//
// The error is a [lang.Problem]: who may not, "no_cycle", "wrong_phase",
// "not_member" or "recusal_nothing" when no item is touched; or
// [lang.FieldProblems] for the reason.
func Recuse(s State, who people.Person, id CycleID, r Recusal, _ time.Time) ([]journal.Draft, error) {
	perm := people.RunEvaluation
	if who.User == r.Member {
		perm = people.ScoreEvaluation
	}
	c, err := s.in(id, who, perm, within[ActStand]...)
	if err != nil {
		return nil, err
	}
	if m, ok := c.Member(r.Member); !ok || m.Gone() {
		return nil, errNotMember(c)
	}
	r.Reason, r.By = clean(r.Reason), who.User
	if slices.ContainsFunc(c.Recusals, r.same) {
		return nil, nil
	}
	if !slices.ContainsFunc(c.Items, r.Touches) {
		return nil, lang.Problemf("recusal_nothing", "请选择要回避的领域或板块；所选范围内没有评估事项。", "Choose the domain or the district to stand aside from; no item is covered by this.")
	}
	problems := lang.FieldProblems{}
	checkText(problems, FieldReason, r.Reason, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	return draft(kindRecused, recusalV1{Cycle: id, Recusal: r}), nil
}

// LiftRecusal ends a recusal that was made by mistake, until the first round is
// closed. What was void stays void: the member scores anew. There is no draft
// when there is no such recusal.
func LiftRecusal(s State, who people.Person, id CycleID, member people.UserID, domain policy.DomainID, district policy.DistrictID, reason string, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, within[ActLift]...)
	if err != nil {
		return nil, err
	}
	r := Recusal{Member: member, Domain: domain, District: district, Reason: clean(reason), By: who.User}
	if !slices.ContainsFunc(c.Recusals, r.same) {
		return nil, nil
	}
	problems := lang.FieldProblems{}
	checkText(problems, FieldReason, r.Reason, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	return draft(kindLifted, recusalV1{Cycle: id, Recusal: r}), nil
}

// MemberLeaves records that a member has left the committee while the cycle is
// under way. They score and vote no more and do not count for a quorum. What
// they gave in a round that is still open goes with them; what they gave in a
// closed round or ballot stays. There is no draft when they have left already.
func MemberLeaves(s State, who people.Person, id CycleID, member people.UserID, reason string, _ time.Time) ([]journal.Draft, error) {
	c, err := s.in(id, who, people.RunEvaluation, within[ActLeave]...)
	if err != nil {
		return nil, err
	}
	m, ok := c.Member(member)
	if !ok {
		return nil, errNotMember(c)
	}
	if m.Gone() {
		return nil, nil
	}
	reason = clean(reason)
	problems := lang.FieldProblems{}
	checkText(problems, FieldReason, reason, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	return draft(kindLeft, leftV1{Cycle: id, Member: member, Reason: reason, By: who.User}), nil
}

func errNotMember(c Cycle) error {
	return lang.Problemf("not_member", "不在%s的委员名单中。如果应当参加，请联系秘书处。", "Not among the members of this cycle (%s). If this should be otherwise, ask the secretariat.", c.ID.Label())
}

func errAside(r Recusal) error {
	return lang.Problemf("stood_aside", "已登记回避，不能对这一事项打分或表决（原因：%s）。如有误，请联系秘书处。",
		"Standing aside from this item, so no score and no vote (reason: %s). If this is a mistake, ask the secretariat.", r.Reason)
}

// Seat returns nil when the user takes part in the cycle as a member, and
// otherwise a [lang.Problem]: "not_member" or "has_left".
func (c Cycle) Seat(user people.UserID) error {
	m, ok := c.Member(user)
	if !ok {
		return errNotMember(c)
	}
	if m.Gone() {
		return lang.Problemf("has_left", "已登记退出本次评估，不能再打分或表决。", "You have left this evaluation, so no score and no vote.")
	}
	return nil
}

// mayJudge returns nil when the member may score the item and vote on it, and
// otherwise a [lang.Problem]: "not_member", "has_left", "no_item" or
// "stood_aside".
func (c Cycle) mayJudge(who people.Person, id ItemID) error {
	if err := c.Seat(who.User); err != nil {
		return err
	}
	i, ok := c.Item(id)
	if !ok {
		return errNoItem(id)
	}
	if r, ok := c.Recused(who.User, i); ok {
		return errAside(r)
	}
	return nil
}
