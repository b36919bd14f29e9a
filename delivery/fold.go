package delivery

import (
	"fmt"
	"time"

	"wainao/journal"
	"wainao/people"
)

// The kinds of entries.
const (
	kindRegistered = "delivery.job.registered"
	kindPlanned    = "delivery.slot.planned"
	kindMissed     = "delivery.slots.missed"
	kindClaimed    = "delivery.claimed"
	kindDeferred   = "delivery.deferred"
	kindPosted     = "delivery.posted"
	kindFailed     = "delivery.failed"
)

// registeredV1 anchors a job: its slots are counted from the entry's time.
type registeredV1 struct {
	Job    JobName `json:"job"`
	Spec   string  `json:"spec"`
	Zone   string  `json:"zone"`
	Paused bool    `json:"paused,omitempty"`
}

// plannedV1 plans the deliveries of one slot.
type plannedV1 struct {
	Job    JobName       `json:"job"`
	Slot   SlotID        `json:"slot"`
	Due    time.Time     `json:"due"`
	Until  time.Time     `json:"until"`
	Reason Reason        `json:"reason"`
	To     []Recipient   `json:"to"`
	By     people.UserID `json:"by,omitempty"` // Who asked for it by hand.
}

// missedV1 says that slots will never run.
type missedV1 struct {
	Job   JobName   `json:"job"`
	Count int       `json:"count"`
	First time.Time `json:"first"` // When the first and the last of them were due.
	Last  time.Time `json:"last"`
}

type claimedV1 struct {
	ID    ID        `json:"id"`
	Owner string    `json:"owner"`
	Lease time.Time `json:"lease"`
}

// deferredV1 gives a claim back.
type deferredV1 struct {
	ID        ID        `json:"id"`
	NotBefore time.Time `json:"not_before"`
	Uncertain bool      `json:"uncertain,omitempty"`
}

type postedV1 struct {
	ID    ID     `json:"id"`
	TS    string `json:"ts"`
	Found bool   `json:"found,omitempty"` // It was found to be there, from an attempt before.
}

type failedV1 struct {
	ID     ID     `json:"id"`
	Reason Reason `json:"reason"`
	Detail string `json:"detail,omitempty"`
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	var fold func() error
	switch e.Kind {
	case kindRegistered:
		fold = func() error {
			return read(e, func(d registeredV1) {
				j, _ := s.jobs.Get(d.Job)
				j.Name, j.Spec, j.Zone, j.Paused, j.Anchor = d.Job, d.Spec, d.Zone, d.Paused, e.Time
				if j.Cursor.Before(e.Time) {
					j.Cursor = e.Time
				}
				s.jobs = s.jobs.Set(d.Job, j)
			})
		}
	case kindPlanned:
		fold = func() error { return read(e, func(d plannedV1) { s = s.plan(d, e.Time) }) }
	case kindMissed:
		fold = func() error {
			return read(e, func(d missedV1) {
				j, _ := s.jobs.Get(d.Job)
				j.Missed += d.Count
				j.LastMissed = d.Last
				s.jobs = s.jobs.Set(d.Job, j)
				s = s.decided(d.Job, d.Last)
			})
		}
	case kindClaimed:
		fold = func() error {
			return read(e, func(d claimedV1) {
				s = s.change(d.ID, func(v *Delivery) {
					v.Status, v.Owner, v.Lease, v.Uncertain = Claimed, d.Owner, d.Lease, true
					v.Attempts++
				})
			})
		}
	case kindDeferred:
		fold = func() error {
			return read(e, func(d deferredV1) {
				s = s.change(d.ID, func(v *Delivery) { v.Status, v.NotBefore, v.Uncertain = Planned, d.NotBefore, d.Uncertain })
			})
		}
	case kindPosted:
		fold = func() error {
			return read(e, func(d postedV1) {
				s = s.change(d.ID, func(v *Delivery) { v.Status, v.TS, v.PostedAt, v.Uncertain = Posted, d.TS, e.Time, false })
			})
		}
	case kindFailed:
		fold = func() error {
			return read(e, func(d failedV1) {
				s = s.change(d.ID, func(v *Delivery) { v.Status, v.Reason, v.Detail = Failed, d.Reason, d.Detail })
			})
		}
	default:
		return s, nil
	}
	before := s
	if err := fold(); err != nil {
		return before, err
	}
	return s, nil
}

// read decodes the entry's data of version 1 and hands it on.
func read[T any](e journal.Entry, use func(T)) error {
	if e.Version != 1 {
		return fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var d T
	if err := e.Decode(&d); err != nil {
		return err
	}
	use(d)
	return nil
}

func (s State) plan(d plannedV1, at time.Time) State {
	for _, to := range d.To {
		id := idOf(d.Slot, to)
		if s.deliveries.Has(id) {
			continue
		}
		s.deliveries = s.deliveries.Set(id, Delivery{
			ID: id, Job: d.Job, Slot: d.Slot, To: to, Due: d.Due, Planned: at, Until: d.Until,
			Reason: d.Reason, Late: d.Reason == Late, By: d.By, Status: Planned,
		})
		s.open = s.open.Set(id, true)
	}
	if d.By != "" {
		return s
	}
	return s.decided(d.Job, d.Due)
}

// decided moves a job's cursor forward.
func (s State) decided(job JobName, due time.Time) State {
	if j, ok := s.jobs.Get(job); ok && j.Cursor.Before(due) {
		j.Cursor = due
		s.jobs = s.jobs.Set(job, j)
	}
	return s
}

// change replaces a delivery by a changed copy.
func (s State) change(id ID, edit func(*Delivery)) State {
	d, ok := s.deliveries.Get(id)
	if !ok {
		return s
	}
	edit(&d)
	s.deliveries = s.deliveries.Set(id, d)
	if !d.Open() {
		s.open = s.open.Delete(id)
	}
	return s
}
