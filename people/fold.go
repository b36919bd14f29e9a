package people

import (
	"fmt"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/policy"
)

// The kinds of entries.
const (
	kindAssigned   = "people.person.assigned"   // What a person is from now on; it replaces what they were.
	kindConfigured = "people.person.configured" // The same, said by the configuration.
	kindDeparted   = "people.person.departed"   // A person has left Slack.
	kindReturned   = "people.person.returned"   // They are back.
	kindAway       = "people.absence.set"       // A person is away for some time; it replaces what was said before.
	kindBack       = "people.absence.cleared"
)

// assignedV1 is the data of kindAssigned and kindConfigured. A zero name keeps
// the name that is known.
type assignedV1 struct {
	User      UserID              `json:"user"`
	Name      lang.Text           `json:"name"`
	Roles     []Role              `json:"roles"`
	Districts []policy.DistrictID `json:"districts,omitempty"`
}

func assigned(kind string, p Person) journal.Draft {
	return journal.Draft{Kind: kind, Version: 1, Data: assignedV1{User: p.User, Name: p.Name, Roles: p.Roles, Districts: p.Districts}}
}

// userV1 is the data of the kinds that say no more than whom they mean.
type userV1 struct {
	User UserID `json:"user"`
}

type awayV1 struct {
	User    UserID    `json:"user"`
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	StandIn UserID    `json:"stand_in,omitempty"`
}

// folds tells how each kind changes the state.
var folds = map[string]func(State, journal.Entry) (State, error){
	kindAssigned:   State.applyAssigned,
	kindConfigured: State.applyAssigned,
	kindDeparted:   State.applyDeparted,
	kindReturned:   State.applyDeparted,
	kindAway:       State.applyAbsence,
	kindBack:       State.applyAbsence,
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	fold, ok := folds[e.Kind]
	if !ok {
		return s, nil
	}
	if e.Version != 1 {
		return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	return fold(s, e)
}

func (s State) applyAssigned(e journal.Entry) (State, error) {
	var d assignedV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	p := Person{User: d.User, Name: d.Name, Roles: d.Roles, Districts: d.Districts}
	if e.Kind == kindConfigured {
		s.said = s.said.Set(d.User, p)
	}
	if old, ok := s.people.Get(d.User); ok {
		p.Departed = old.Departed
		if p.Name.IsZero() {
			p.Name = old.Name
		}
	}
	s.people = s.people.Set(d.User, p)
	if p.Stranger() {
		s.absences = s.absences.Delete(d.User)
	}
	return s, nil
}

func (s State) applyDeparted(e journal.Entry) (State, error) {
	var d userV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	p, ok := s.people.Get(d.User)
	if !ok {
		return s, nil
	}
	p.Departed = time.Time{}
	if e.Kind == kindDeparted {
		p.Departed = e.Time
	}
	s.people = s.people.Set(d.User, p)
	return s, nil
}

func (s State) applyAbsence(e journal.Entry) (State, error) {
	var d awayV1
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	if e.Kind == kindBack {
		s.absences = s.absences.Delete(d.User)
		return s, nil
	}
	s.absences = s.absences.Set(d.User, Absence(d))
	return s, nil
}
