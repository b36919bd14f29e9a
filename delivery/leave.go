package delivery

import (
	"time"

	"wainao/journal"
	"wainao/lang"
)

// NotNeeded is the error of a builder for a delivery that was planned and has
// nothing to tell any more: what it would remind of is done. Why says so to a
// person.
type NotNeeded struct{ Why lang.Text }

// Error says why in English.
func (e *NotNeeded) Error() string { return "not needed: " + e.Why.EN }

// LeaveOut ends owner's delivery without a message, because there is nothing to
// tell any more.
func LeaveOut(s State, id ID, owner string, why lang.Text, _ time.Time) ([]journal.Draft, error) {
	if err := held(s, id, owner); err != nil {
		return nil, err
	}
	why = cut(why)
	return []journal.Draft{{Kind: kindLeftOut, Version: 1, Data: leftOutNowV1{ID: id, Why: why}}}, nil
}

// leftOutNowV1 says that a delivery was left out when its time to be posted came.
type leftOutNowV1 struct {
	ID  ID        `json:"id"`
	Why lang.Text `json:"why"`
}
