package people

import (
	"time"

	"wainao/journal"
	"wainao/lang"
)

// MarkDeparted notes that somebody has left Slack: they get nothing and may do
// nothing until [MarkReturned], and the secretariat is to find somebody else.
// There is no draft for somebody without a role, or who is marked already.
func MarkDeparted(s State, user UserID, _ time.Time) ([]journal.Draft, error) {
	if p, _ := s.Person(user); !p.Present() {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindDeparted, Version: 1, Data: userV1{user}}}, nil
}

// MarkReturned notes that somebody who left Slack is back, with the roles that
// they have. There is no draft when they were not marked.
func MarkReturned(s State, user UserID, _ time.Time) ([]journal.Draft, error) {
	if p, _ := s.Person(user); p.Departed.IsZero() {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindReturned, Version: 1, Data: userV1{user}}}, nil
}

// Departed returns who has left Slack and still has a role, in the order of
// their ids: their work waits for somebody else.
func (s State) Departed() []Person {
	return s.where(func(p Person) bool { return !p.Stranger() && !p.Departed.IsZero() })
}

func departedProblem() *lang.Problem {
	return lang.Problemf("person_departed", "此人已离开 Slack，不能再担任角色。请登记接任的人，并移除此人。",
		"This person has left Slack and can have no role. Register who takes over, and remove this person.")
}
