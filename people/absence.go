package people

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
)

// Absence is a time for which a person is away: from From, until To, which is
// not part of it any more.
type Absence struct {
	User    UserID
	From    time.Time
	To      time.Time
	StandIn UserID // Who gets what the person would get; empty for nobody.
}

// Covers reports whether at lies in the absence.
func (a Absence) Covers(at time.Time) bool { return !at.Before(a.From) && at.Before(a.To) }

// MaxAbsence bounds an absence: who is away for longer hands the work over.
const MaxAbsence = 366 * 24 * time.Hour

// Names of the fields of the form about an absence, by which its problems are
// told; the person is [FieldUser].
const (
	FieldFrom    = "from"
	FieldTo      = "to"
	FieldStandIn = "stand_in"
)

// SetAbsence notes that user is away from from until to, and who stands in for
// them meanwhile; standIn may be empty. A person has one absence, present or to
// come: it replaces the one before. There is no draft when it is that already.
//
// Everybody with a role may say it of themselves, who manages people of all.
// To stand in gives no right: who stands in for a liaison must report for the
// same districts already, who stands in for the secretariat must belong to it.
//
// The error is a [lang.Problem] when who may not, and otherwise
// [lang.FieldProblems]: "unknown_person", "absence_backwards", "absence_over",
// "absence_too_long", "stand_in_self", "stand_in_unknown", "stand_in_away",
// "stand_in_districts" and "stand_in_secretariat".
func SetAbsence(s State, who Person, user UserID, from, to time.Time, standIn UserID, now time.Time) ([]journal.Draft, error) {
	if err := mayBeAbsent(who, user); err != nil {
		return nil, err
	}
	problems := lang.FieldProblems{}
	p, _ := s.Person(user)
	if !p.Present() {
		problems[FieldUser] = lang.Problemf("unknown_person", "此人没有登记角色或已离开 Slack，不用登记外出。", "This person has no role or has left Slack; there is no absence to note.")
	}
	switch {
	case !from.Before(to):
		problems[FieldTo] = lang.Problemf("absence_backwards", "最后一天不能早于第一天。", "The last day is not before the first.")
	case !now.Before(to):
		problems[FieldTo] = lang.Problemf("absence_over", "这段时间已经过去了。", "This time is over already.")
	case to.Sub(from) > MaxAbsence:
		problems[FieldTo] = lang.Problemf("absence_too_long", "外出最长一年；时间更长请改登记接任的人。", "An absence is a year at most; for longer, register who takes over.")
	}
	if standIn != "" && problems[FieldUser] == nil {
		if problem := s.mayStandIn(p, standIn, from, to); problem != nil {
			problems[FieldStandIn] = problem
		}
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	next := awayV1{User: user, From: from.UTC(), To: to.UTC(), StandIn: standIn}
	if old, ok := s.absences.Get(user); ok && old.From.Equal(from) && old.To.Equal(to) && old.StandIn == standIn {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindAway, Version: 1, Data: next}}, nil
}

// ClearAbsence notes that user is not away, or will not be. There is no draft
// when nothing says that they are. The error is a [lang.Problem] when who may
// not say it.
func ClearAbsence(s State, who Person, user UserID, now time.Time) ([]journal.Draft, error) {
	if err := mayBeAbsent(who, user); err != nil {
		return nil, err
	}
	if _, ok := s.Absence(user, now); !ok {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindBack, Version: 1, Data: userV1{user}}}, nil
}

func mayBeAbsent(who Person, user UserID) error {
	if who.User == user {
		return Allow(who, BeAbsent)
	}
	return Allow(who, ManagePeople)
}

// mayStandIn returns a problem when standIn cannot stand in for p from from
// until to.
func (s State) mayStandIn(p Person, standIn UserID, from, to time.Time) *lang.Problem {
	if standIn == p.User {
		return lang.Problemf("stand_in_self", "替班人不能是本人。", "Nobody stands in for themselves.")
	}
	q, _ := s.Person(standIn)
	if problem := fits(p, q); problem != nil {
		return problem
	}
	if a, ok := s.absences.Get(standIn); ok && a.From.Before(to) && from.Before(a.To) {
		return lang.Problemf("stand_in_away", "替班人这段时间自己也外出。请另选一人。", "The stand-in is away at that time too. Choose somebody else.")
	}
	return nil
}

// fits returns a problem unless q can do p's work.
func fits(p, q Person) *lang.Problem {
	if !q.Present() {
		return lang.Problemf("stand_in_unknown", "替班人没有登记角色或已离开 Slack。请先登记，或另选一人。", "The stand-in has no role or has left Slack. Register them first, or choose somebody else.")
	}
	for _, d := range p.Districts {
		if p.Serves(d) && !q.Serves(d) {
			return lang.Problemf("stand_in_districts", "替班人还不能为同样的板块上报。请先登记为这些板块的联络员或副联络员，或另选一人。",
				"The stand-in cannot report for the same districts yet. Register them as liaison or deputy of these districts first, or choose somebody else.")
		}
	}
	if p.Has(Secretariat) && !q.Has(Secretariat) {
		return lang.Problemf("stand_in_secretariat", "秘书处人员的替班人也要是秘书处的人。", "Who stands in for the secretariat must belong to it.")
	}
	return nil
}

// Absence returns the absence of a person that is not over at now: they are
// away, or will be.
func (s State) Absence(user UserID, now time.Time) (a Absence, ok bool) {
	a, ok = s.absences.Get(user)
	return a, ok && now.Before(a.To)
}

// Absences returns the absences that are not over at now, in the order of the
// ids of who is away.
func (s State) Absences(now time.Time) []Absence {
	var out []Absence
	for _, a := range s.absences.All() {
		if now.Before(a.To) {
			out = append(out, a)
		}
	}
	return out
}

// StandIn returns who gets, at a moment, what would go to user. ok is false
// when user is not away then, or when nobody can stand in: none was named, or
// they have left, are away themselves without a stand-in, or cannot do the work
// any more.
func (s State) StandIn(user UserID, at time.Time) (standIn UserID, ok bool) {
	p, _ := s.Person(user)
	passed := []UserID{user}
	for last := user; ; last = passed[len(passed)-1] {
		a, known := s.absences.Get(last)
		switch away := known && a.Covers(at); {
		case !away && last == user:
			return "", false
		case !away:
			return last, true
		}
		q, _ := s.Person(a.StandIn)
		if slices.Contains(passed, a.StandIn) || fits(p, q) != nil {
			return "", false
		}
		passed = append(passed, a.StandIn)
	}
}

// Reach returns whom a message for all of ps goes to at a moment, each once and
// in their order: a stand-in in the place of who is away, nobody in the place
// of who has left Slack. Who is away without a stand-in gets it themselves: it
// must not vanish.
func (s State) Reach(ps []Person, at time.Time) []UserID {
	var out []UserID
	for _, p := range ps {
		if !p.Departed.IsZero() {
			continue
		}
		to := p.User
		if standIn, ok := s.StandIn(to, at); ok {
			to = standIn
		}
		if !slices.Contains(out, to) {
			out = append(out, to)
		}
	}
	return out
}
