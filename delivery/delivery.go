// Package delivery holds what is to be posted when: jobs, their slots, and for
// each slot and recipient one delivery on its way from planned over claimed to
// posted or failed.
//
// It decides whether something is due, late, missed, left out, somebody else's
// or done, always with a named reason. It never posts, waits or reads a clock:
// that is the scheduler's part, which asks this package before every step.
package delivery

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// SlotID names a slot by its job and naive local time,
// "weekly-digest@2026-11-23T09:00", or by what a person asked for.
type SlotID string

func slotID(job JobName, s Slot) SlotID {
	return SlotID(string(job) + "@" + s.Local.Format("2006-01-02T15:04"))
}

// byHand stands between the job and the person in the slot of a delivery that
// is not of a schedule.
const byHand = "@by:"

func handSlot(job JobName, by people.UserID, key string) SlotID {
	return SlotID(string(job) + byHand + string(by) + ":" + key)
}

// scheduled reports whether the slot is one of the job's schedule.
func (s SlotID) scheduled() bool { return !strings.Contains(string(s), byHand) }

// ID names a delivery by its slot and recipient. One without a recipient is
// that of slots that never ran.
type ID string

func idOf(slot SlotID, to Recipient) ID { return ID(string(slot) + "/" + string(to)) }

// Delivery is one slot's message to one recipient; or, with the status Missed
// or Skipped and no recipient, slots that did not run at all.
type Delivery struct {
	ID      ID
	Job     JobName
	Slot    SlotID
	To      Recipient
	Due     time.Time     // The slot's moment: what the message tells is as of it.
	Planned time.Time     // When it was planned.
	Until   time.Time     // The end of the window for trying.
	Reason  Reason        // Why it was planned: Due, Late or Asked; or why it failed, was missed or left out.
	Why     lang.Text     // More about whom it goes to or not and why; may be zero.
	Late    bool          // The slot's time had passed when it was planned.
	By      people.UserID // Who asked for it; empty for a slot of the schedule.
	Slots   int           // Of slots that did not run: how many, of which Due is the last; 0 otherwise.

	Status    Status
	Owner     string    // Who claimed it last.
	Lease     time.Time // Until when the claim holds.
	NotBefore time.Time // Before it nobody tries again.
	Attempts  int       // Claims so far.
	Uncertain bool      // A message may be there already although none is recorded: look before posting.
	Message   Ref       // Once posted.
	Ended     time.Time // When it was posted or failed.
	Code      string    // Slack's code for a failure: "channel_not_found"; may be empty.
	Detail    string    // Of a failure, for the operator.
	ResentBy  people.UserID

	quiet Quiet // In its zone nothing is posted.
	zone  string
	seq   uint64 // Its place among all, in the order of planning.
}

// Ref is where a message is in Slack.
type Ref struct {
	TS      string `json:"ts"`
	Channel string `json:"channel,omitempty"` // The id of the channel, where it is known.
	Link    string `json:"link,omitempty"`    // Its address for a browser, where it has one.
}

// Key returns the key that the delivery was asked for with; it is empty for a
// slot of the schedule.
func (d Delivery) Key() string {
	_, asked, ok := strings.Cut(string(d.Slot), byHand)
	if !ok {
		return ""
	}
	_, key, _ := strings.Cut(asked, ":")
	return key
}

// Open reports whether the delivery still has to be done.
func (d Delivery) Open() bool { return d.Status == Planned || d.Status == Claimed }

// Trouble reports whether the delivery did not arrive although it should have:
// it failed, or its slot was missed.
func (d Delivery) Trouble() bool { return d.Status == Failed || d.Status == Missed }

// maxWait is the longest that any delivery is told to wait. A claim or a pause
// that goes on for longer was made by a clock that has been put back since.
const maxWait = time.Hour

// Next returns what can be done with the delivery at now: Ready, or why
// nothing can be. An open delivery behind its window is Ready once more when it
// is uncertain, so that its true end is recorded, and Expired otherwise.
func (d Delivery) Next(now time.Time) Reason {
	switch {
	case d.Status == Posted:
		return SkipAlreadyPosted
	case !d.Open():
		return SkipAlreadyFailed
	case d.Status == Claimed && now.Before(d.Lease) && d.Lease.Sub(now) <= maxWait:
		return SkipClaimedElsewhere
	case now.Before(d.NotBefore) && d.NotBefore.Sub(now) <= maxWait:
		return SkipBackingOff
	case now.After(d.Until) && !d.Uncertain:
		return Expired
	case !now.After(d.Until) && d.quietEnd(now).After(now):
		return SkipQuietHours
	}
	return Ready
}

// quietEnd returns the first moment from t on at which the delivery may be
// posted.
func (d Delivery) quietEnd(t time.Time) time.Time {
	if d.quiet.IsZero() {
		return t
	}
	zone, err := loadZone(d.zone)
	if err != nil {
		return t
	}
	return d.quiet.end(t, zone)
}

// Wake returns when [Delivery.Next] may say something else than at now.
func (d Delivery) Wake(now time.Time) time.Time {
	at := d.NotBefore
	if d.Status == Claimed {
		at = d.Lease
	}
	if at.Before(now) || at.Sub(now) > maxWait {
		at = now
	}
	if end := d.quietEnd(at); !end.After(d.Until) {
		return end
	}
	return at
}

// SkipError says why a step was not taken. Nothing was changed.
type SkipError struct {
	ID     ID
	Reason Reason
}

// Error names the delivery and the reason.
func (e *SkipError) Error() string { return fmt.Sprintf("delivery %s: %s", e.ID, e.Reason) }

// JobState is what the journal knows about a job: how it runs, and who made it
// so.
type JobState struct {
	Job             // As it runs.
	Configured Job  // As the configuration has it.
	Changed    bool // In chat; the configuration has no say until [ResetJob].
	ChangedBy  people.UserID
	ChangedAt  time.Time
	PausedBy   people.UserID // Who paused or resumed it in chat; empty when the configuration has the say.
	PausedAt   time.Time

	Anchor time.Time // When it began to run at these times: no slot before is ever posted.
	Cursor time.Time // All slots due up to here are decided on.

	Missed     int       // Slots missed since the beginning.
	LastMissed time.Time // When the last of them was due.

	removed bool // The configuration does not have it any more.
}

// Next returns the next slot that will run after now. ok is false for a job
// that is paused or has none.
func (v View) Next(job JobName, now time.Time) (slot Slot, ok bool) {
	j, ok := v.Job(job)
	if !ok || j.Paused {
		return Slot{}, false
	}
	times, err := v.times(j.Job)
	if err != nil {
		return Slot{}, false
	}
	return times.nextRun(now)
}

// State is all jobs and deliveries at one moment. The zero State is empty.
type State struct {
	jobs       journal.Table[JobName, JobState]
	deliveries journal.Table[ID, Delivery]
	last       uint64 // The seq of the newest delivery.

	// The ids of deliveries, in the order of planning.
	all         order
	ofJob       order                    // Of each job, behind its name.
	toRecipient order                    // Of each recipient, behind it.
	open        journal.Table[place, ID] // Those that still have to be done, by their place.
	trouble     journal.Table[place, ID] // Those that did not arrive.
}

// Job returns what is known about a job that the configuration has.
func (s State) Job(name JobName) (JobState, bool) {
	j, ok := s.jobs.Get(name)
	return j, ok && !j.removed
}

// Jobs returns the jobs that the configuration has, in the order of their names.
func (s State) Jobs() []JobState {
	var out []JobState
	for _, j := range s.jobs.All() {
		if !j.removed {
			out = append(out, j)
		}
	}
	return out
}

// Delivery returns one delivery.
func (s State) Delivery(id ID) (Delivery, bool) { return s.deliveries.Get(id) }

// Open returns the deliveries that still have to be done, the one that was due
// first in front.
func (s State) Open() []Delivery {
	out := make([]Delivery, 0, s.open.Len())
	for _, id := range s.open.All() {
		d, _ := s.deliveries.Get(id)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Delivery) int { return a.Due.Compare(b.Due) })
	return out
}

// OpenCount returns how many deliveries still have to be done.
func (s State) OpenCount() int { return s.open.Len() }

// planned reports whether a delivery of the slot to anybody is there.
func (s State) planned(slot SlotID) bool {
	for _, d := range s.deliveries.Prefix(idOf(slot, "")) {
		if d.To != "" {
			return true
		}
	}
	return false
}

// WakeJobs returns the next moment after now at which a slot of a job comes.
// ok is false when there is none.
func (v View) WakeJobs(now time.Time) (at time.Time, ok bool) {
	for _, j := range v.Jobs() {
		times, err := v.times(j.Job)
		if err != nil {
			continue
		}
		if next, found := times.next(now); found && (!ok || next.Due.Before(at)) {
			at, ok = next.Due, true
		}
	}
	return at, ok
}

func sortSlots(slots []Slot) {
	slices.SortStableFunc(slots, func(a, b Slot) int { return a.Due.Compare(b.Due) })
}
