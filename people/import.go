package people

import (
	"time"

	"wainao/journal"
	"wainao/lang"
)

// RosterChanges is what a roster changes, in the order of the people's ids.
type RosterChanges struct {
	New       []Person // Who had no role before.
	Changed   []PersonChange
	Removed   []Person // Who has a role and is not in the roster, as they were.
	Unchanged int
}

// PersonChange is one person before and after.
type PersonChange struct {
	Before, After Person
}

// None reports whether nothing changes.
func (c RosterChanges) None() bool { return len(c.New)+len(c.Changed)+len(c.Removed) == 0 }

// ImportRoster makes the roster all there is, as who wants it: whoever is not in
// it has no role any more. It does all or nothing, and tells what changes, also
// when the drafts are only looked at. A zero name keeps the name that is known.
//
// The error is a [lang.Problem]: that who may not manage people, or "roster",
// with the line of each entry that cannot be as it is: those of [Register], and
// somebody who is there twice.
func ImportRoster(s State, who Person, roster []Entry, _ time.Time) (RosterChanges, []journal.Draft, error) {
	if err := Allow(who, ManagePeople); err != nil {
		return RosterChanges{}, nil, err
	}
	var (
		changes  RosterChanges
		drafts   []journal.Draft
		problems []lineProblem
	)
	next := map[UserID]Entry{}
	for _, e := range roster {
		p, err := s.ready(e.Person)
		if err != nil {
			problems = append(problems, lineProblem{e.Line, wordsOf(firstProblem(err))})
			continue
		}
		if before, twice := next[p.User]; twice {
			problems = append(problems, lineProblem{e.Line, lang.Tf("“%s”与第 %d 行是同一个人", "%q is the same person as on line %d", string(p.User), before.Line)})
			continue
		}
		next[p.User] = Entry{Line: e.Line, Person: p}
	}

	admins := 0
	step := func(line int, old, p Person) {
		if !p.Stranger() && !p.Departed.IsZero() {
			problems = append(problems, lineProblem{line, departedProblem().Words})
		}
		if problem := mayGrant(who, old, p); problem != nil {
			words := problem.Words
			if line == 0 { // It is not on any line: that is what is wrong.
				words = lang.Tf("名单里没有 %s。%s", "%s is not in the roster. %s", string(p.User), words)
			}
			problems = append(problems, lineProblem{line, words})
		}
		drafts = append(drafts, assigned(kindAssigned, p))
	}
	var order journal.Table[UserID, Entry] // Of the ids.
	for user, e := range next {
		order = order.Set(user, e)
	}
	for user, e := range order.All() {
		old, _ := s.Person(user)
		if e.Present() && e.Has(Admin) {
			admins++
		}
		switch {
		case old.same(e.Person):
			changes.Unchanged++
			continue
		case old.Stranger():
			changes.New = append(changes.New, e.Person)
		default:
			changes.Changed = append(changes.Changed, PersonChange{old, e.Person})
		}
		step(e.Line, old, e.Person)
	}
	for _, old := range s.All() {
		if _, stays := next[old.User]; stays || old.Stranger() {
			continue
		}
		changes.Removed = append(changes.Removed, old)
		step(0, old, Person{User: old.User, Name: old.Name})
	}
	if admins == 0 && len(s.WithRole(Admin)) > 0 {
		problems = append(problems, lineProblem{0, noAdminLeft().Words})
	}
	if len(problems) > 0 {
		return RosterChanges{}, nil, rosterProblem(problems)
	}
	return changes, drafts, nil
}

func wordsOf(err error) lang.Text {
	if p, ok := err.(*lang.Problem); ok { //nolint:errorlint // It comes straight from firstProblem.
		return p.Words
	}
	return lang.T(err.Error(), err.Error())
}
