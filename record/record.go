// Package record holds the state that the whole journal folds into: one value
// with a part for each domain package.
//
// It decides nothing. Adding a domain package means adding its part here and
// to Apply.
package record

import (
	"wainao/calendar"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/questions"
	"wainao/reminder"
)

// State is the whole state at one moment. Like each of its parts it is never
// changed in place.
type State struct {
	People     people.State
	Ledger     ledger.State
	Questions  questions.State
	Evaluation evaluation.State
	Delivery   delivery.State
	Calendar   calendar.Days
	Reminder   reminder.State
}

// Journal is the journal that folds into a [State].
type Journal = journal.Journal[State]

// Apply returns the state behind e: each part folds the kinds that it knows.
func (s State) Apply(e journal.Entry) (State, error) {
	var err error
	if s.People, err = s.People.Apply(e); err != nil {
		return s, err
	}
	if s.Ledger, err = s.Ledger.Apply(e); err != nil {
		return s, err
	}
	if s.Questions, err = s.Questions.Apply(e); err != nil {
		return s, err
	}
	if s.Evaluation, err = s.Evaluation.Apply(e); err != nil {
		return s, err
	}
	if s.Delivery, err = s.Delivery.Apply(e); err != nil {
		return s, err
	}
	if s.Calendar, err = s.Calendar.Apply(e); err != nil {
		return s, err
	}
	if s.Reminder, err = s.Reminder.Apply(e); err != nil {
		return s, err
	}
	return s, nil
}

// InBatch returns the state with the ledger, which is most of it, in a batch;
// see [journal.State].
func (s State) InBatch(b *journal.Batch) State {
	s.Ledger = s.Ledger.InBatch(b)
	return s
}

// Policy returns base with every version that was adopted, each from its
// effective date; see [evaluation.State.Policy]. As of a moment it is
// Policy(base).At(moment).
func (s State) Policy(base *policy.Policy) *policy.Policy { return s.Evaluation.Policy(base) }
