// Package delivery holds what is to be posted when: jobs, their slots, and for
// each slot and recipient one delivery on its way from planned over claimed to
// posted or failed.
//
// It decides whether something is due, late, missed, somebody else's or done,
// always with a named reason. It never posts, waits or reads a clock: that is
// the scheduler's part, which asks this package before every step.
package delivery

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// JobName names a job in configuration, commands and the journal: letters,
// digits and hyphens.
type JobName string

// Recipient is where a delivery goes: a Slack channel's name or id, or a user's
// id.
type Recipient string

// Job is something that is posted again and again.
type Job struct {
	Name    JobName
	Title   lang.Text
	Spec    string        // A cron spec of five fields.
	Zone    string        // [DefaultZone] when empty.
	CatchUp time.Duration // How late a slot may still run after downtime; at least [MinWindow] counts.
	Paused  bool          // Its slots pass without being run; it may still be run by hand.
	To      []Recipient
}

// Durations of a delivery.
const (
	// MinWindow is how long a delivery is tried at least.
	MinWindow = 10 * time.Minute
	// AskedWindow is how long a delivery that a person caused is tried. What it
	// tells (a report has come in) is not outdated by the next slot.
	AskedWindow = 24 * time.Hour
	// LateAfter is how long after its time a slot is called late.
	LateAfter = 2 * time.Minute
	// Lease is how long a claim keeps others away. It is longer than any
	// attempt to post may take, so that a claim that runs out is a crash.
	Lease = 2 * time.Minute
)

func (j Job) window() time.Duration { return max(j.CatchUp, MinWindow) }

// Check returns what is wrong with the job: a [lang.Problem], or nil.
func (j Job) Check() error {
	if j.Name == "" || strings.ContainsFunc(string(j.Name), func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return lang.Problemf("bad_job_name", "任务名“%s”只能用字母、数字和连字符。", "A job's name holds only letters, digits and hyphens, not “%s”.", clip(string(j.Name)))
	}
	if slices.Contains(j.To, "") {
		return lang.Problemf("bad_recipient", "任务“%s”有一个空的接收方。", "The job “%s” has an empty recipient.", string(j.Name))
	}
	_, err := ParseSchedule(j.Spec, j.Zone)
	return err
}

// SlotID names a slot by its job and naive local time,
// "weekly-digest@2026-11-23T09:00", or by what a person asked for.
type SlotID string

func slotID(job JobName, s Slot) SlotID {
	return SlotID(string(job) + "@" + s.Local.Format("2006-01-02T15:04"))
}

// ID names a delivery by its slot and recipient.
type ID string

func idOf(slot SlotID, to Recipient) ID { return ID(string(slot) + "/" + string(to)) }

// Reason says why something is or is not done.
type Reason string

// The reasons.
const (
	Due              Reason = "due"               // The slot's time has come.
	Late             Reason = "late"              // The slot's time passed while nobody ran; it is still within the window.
	Missed           Reason = "missed"            // The slot's time passed while nobody ran, too long ago, or a later one replaces it.
	Paused           Reason = "paused"            // The job is paused.
	Unregistered     Reason = "unregistered"      // The job has no anchor yet: nothing before one is ever posted.
	Ready            Reason = "ready"             // The delivery can be claimed.
	AlreadyPosted    Reason = "already-posted"    // It is done.
	AlreadyFailed    Reason = "already-failed"    // It was given up.
	ClaimedElsewhere Reason = "claimed-elsewhere" // Another runner is at it.
	BackingOff       Reason = "backing-off"       // The last attempt was not long enough ago.
	Expired          Reason = "expired"           // The window ended before it succeeded.
	Dead             Reason = "dead"              // The recipient cannot be reached, now or later.
	NoSuchDelivery   Reason = "no-such-delivery"
)

// Status is how far a delivery has come.
type Status string

// The statuses.
const (
	Planned Status = "planned" // To be claimed, at NotBefore or later.
	Claimed Status = "claimed" // A runner is at it, until its lease ends.
	Posted  Status = "posted"
	Failed  Status = "failed"
)

// Delivery is one slot's message to one recipient.
type Delivery struct {
	ID      ID
	Job     JobName
	Slot    SlotID
	To      Recipient
	Due     time.Time     // The slot's moment: what the message tells is as of it.
	Planned time.Time     // When it was planned.
	Until   time.Time     // The end of the window for trying.
	Reason  Reason        // Why it was planned: Due or Late, or why it failed: Dead or Expired.
	Late    bool          // The slot's time had passed when it was planned.
	By      people.UserID // Who asked for it; empty for a slot of the schedule.

	Status    Status
	Owner     string    // Who claimed it last.
	Lease     time.Time // Until when the claim holds.
	NotBefore time.Time // Before it nobody tries again.
	Attempts  int       // Claims so far.
	Uncertain bool      // A message may be there already although none is recorded: look before posting.
	TS        string    // The message, once posted.
	PostedAt  time.Time
	Detail    string // Of a failure, for the operator.
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

// Next returns what can be done with the delivery at now: Ready, or why
// nothing can be. An open delivery behind its window is Ready once more when it
// is uncertain, so that its true end is recorded, and Expired otherwise.
func (d Delivery) Next(now time.Time) Reason {
	switch {
	case d.Status == Posted:
		return AlreadyPosted
	case d.Status == Failed:
		return AlreadyFailed
	case d.Status == Claimed && now.Before(d.Lease):
		return ClaimedElsewhere
	case now.Before(d.NotBefore):
		return BackingOff
	case now.After(d.Until) && !d.Uncertain:
		return Expired
	}
	return Ready
}

// wake returns when [Delivery.Next] may say something else.
func (d Delivery) wake() time.Time {
	if d.Status == Claimed {
		return d.Lease
	}
	return d.NotBefore
}

// JobState is what the journal knows about a job.
type JobState struct {
	Name   JobName
	Spec   string
	Zone   string
	Paused bool
	Anchor time.Time // When it was registered with this spec, zone and pause.
	Cursor time.Time // All slots due up to here are decided on.

	Missed     int       // Slots missed since the beginning.
	LastMissed time.Time // When the last of them was due.
}

// State is all jobs and deliveries at one moment. The zero State is empty.
type State struct {
	jobs       journal.Table[JobName, JobState]
	deliveries journal.Table[ID, Delivery]
	open       journal.Table[ID, bool]
}

// Job returns what is known about a job.
func (s State) Job(name JobName) (JobState, bool) { return s.jobs.Get(name) }

// Delivery returns one delivery.
func (s State) Delivery(id ID) (Delivery, bool) { return s.deliveries.Get(id) }

// Open returns the deliveries that still have to be done, the one that was due
// first in front.
func (s State) Open() []Delivery {
	var out []Delivery
	for id := range s.open.All() {
		d, _ := s.deliveries.Get(id)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Delivery) int { return a.Due.Compare(b.Due) })
	return out
}

// Deliveries returns all deliveries, the newest first.
func (s State) Deliveries() []Delivery {
	var out []Delivery
	for _, d := range s.deliveries.All() {
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b Delivery) int {
		return cmp.Or(b.Due.Compare(a.Due), strings.Compare(string(a.ID), string(b.ID)))
	})
	return out
}

// Wake returns the next moment after now at which something may have to be
// done: a slot of a job, or an open delivery. ok is false when there is none.
func (s State) Wake(jobs []Job, now time.Time) (at time.Time, ok bool) {
	sooner := func(t time.Time) {
		if t.After(now) && (!ok || t.Before(at)) {
			at, ok = t, true
		}
	}
	for id := range s.open.All() {
		d, _ := s.deliveries.Get(id)
		sooner(d.wake())
	}
	for _, j := range jobs {
		if schedule, err := ParseSchedule(j.Spec, j.Zone); err == nil && !j.Paused {
			if next, found := schedule.Next(now); found {
				sooner(next.Due)
			}
		}
	}
	return at, ok
}

func sortSlots(slots []Slot) {
	slices.SortStableFunc(slots, func(a, b Slot) int { return a.Due.Compare(b.Due) })
}

// SkipError says why a step was not taken. Nothing was changed.
type SkipError struct {
	ID     ID
	Reason Reason
}

// Error names the delivery and the reason.
func (e *SkipError) Error() string { return fmt.Sprintf("delivery %s: %s", e.ID, e.Reason) }
