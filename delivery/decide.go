package delivery

import (
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Register anchors the jobs that the journal does not know, or knows with
// another spec, zone or pause: no slot before this moment is ever posted. The
// error is that of [Job.Check].
func Register(s State, jobs []Job, _ time.Time) ([]journal.Draft, error) {
	var drafts []journal.Draft
	for _, j := range jobs {
		if err := j.Check(); err != nil {
			return nil, err
		}
		if known, ok := s.jobs.Get(j.Name); ok && known.Spec == j.Spec && known.Zone == j.Zone && known.Paused == j.Paused {
			continue
		}
		drafts = append(drafts, journal.Draft{Kind: kindRegistered, Version: 1, Data: registeredV1{Job: j.Name, Spec: j.Spec, Zone: j.Zone, Paused: j.Paused}})
	}
	return drafts, nil
}

// Decision is what becomes of the slots of one job that are not decided on yet.
type Decision struct {
	Job    JobName
	Reason Reason // Due or Late: Slots holds the one to run. Missed: Slots holds all that never will. Otherwise Slots is empty.
	Slots  []Slot
}

// Decide returns what is to become of each job's slots at now: only the latest
// may run, when it is within the job's window; those before it are missed.
func Decide(s State, jobs []Job, now time.Time) []Decision {
	var out []Decision
	for _, j := range jobs {
		known, ok := s.jobs.Get(j.Name)
		if !ok {
			out = append(out, Decision{Job: j.Name, Reason: Unregistered})
			continue
		}
		if j.Paused {
			out = append(out, Decision{Job: j.Name, Reason: Paused})
			continue
		}
		schedule, err := ParseSchedule(j.Spec, j.Zone)
		if err != nil {
			continue // Register has refused it.
		}
		slots := schedule.Between(known.Cursor, now)
		if len(slots) == 0 {
			continue
		}
		last := slots[len(slots)-1]
		missed, reason := slots[:len(slots)-1], Due
		switch age := now.Sub(last.Due); {
		case age > j.window():
			missed, reason = slots, Missed
		case age > LateAfter:
			reason = Late
		}
		if len(missed) > 0 {
			out = append(out, Decision{Job: j.Name, Reason: Missed, Slots: missed})
		}
		if reason != Missed {
			out = append(out, Decision{Job: j.Name, Reason: reason, Slots: []Slot{last}})
		}
	}
	return out
}

// Plan writes down what [Decide] decides: a delivery for each recipient of a
// slot that runs, and the slots that are missed.
func Plan(s State, jobs []Job, now time.Time) ([]journal.Draft, error) {
	byName := make(map[JobName]Job, len(jobs))
	for _, j := range jobs {
		byName[j.Name] = j
	}
	var drafts []journal.Draft
	for _, d := range Decide(s, jobs, now) {
		j := byName[d.Job]
		switch d.Reason {
		case Missed:
			drafts = append(drafts, journal.Draft{Kind: kindMissed, Version: 1, Data: missedV1{
				Job: d.Job, Count: len(d.Slots), First: d.Slots[0].Due, Last: d.Slots[len(d.Slots)-1].Due,
			}})
		case Due, Late:
			slot := d.Slots[0]
			drafts = append(drafts, journal.Draft{Kind: kindPlanned, Version: 1, Data: plannedV1{
				Job: d.Job, Slot: slotID(d.Job, slot), Due: slot.Due, Until: slot.Due.Add(j.window()), Reason: d.Reason, To: j.To,
			}})
		default: // Nothing is to be written.
		}
	}
	return drafts, nil
}

// byHand stands between the job and the person in the slot of a delivery that
// is not of a schedule.
const byHand = "@by:"

// maxKey bounds the key of a delivery asked for by hand, in bytes.
const maxKey = 100

// Manual plans a delivery of the job that a person asks for or causes, outside
// its schedule. The same key from the same person plans it once.
func Manual(s State, job JobName, to Recipient, key string, by people.UserID, now time.Time) ([]journal.Draft, error) {
	if job == "" || to == "" || by == "" || key == "" || len(key) > maxKey {
		return nil, lang.Problemf("bad_delivery", "发送请求不完整，请重试。", "The request to send is not complete. Please try again.")
	}
	slot := SlotID(string(job) + byHand + string(by) + ":" + key)
	if s.deliveries.Has(idOf(slot, to)) {
		return nil, nil
	}
	now = now.UTC().Truncate(time.Millisecond)
	return []journal.Draft{{Kind: kindPlanned, Version: 1, Data: plannedV1{
		Job: job, Slot: slot, Due: now, Until: now.Add(AskedWindow), Reason: Due, To: []Recipient{to}, By: by,
	}}}, nil
}

// Claim takes a delivery for owner, or gives it up when its window is over. The
// error is a *[SkipError] when neither can be done. Whoever claims a delivery
// that is Uncertain before the claim must look for its message before posting.
func Claim(s State, id ID, owner string, now time.Time) ([]journal.Draft, error) {
	d, ok := s.deliveries.Get(id)
	if !ok {
		return nil, &SkipError{ID: id, Reason: NoSuchDelivery}
	}
	switch reason := d.Next(now); reason {
	case Ready:
		return []journal.Draft{{Kind: kindClaimed, Version: 1, Data: claimedV1{ID: id, Owner: owner, Lease: now.Add(Lease).UTC()}}}, nil
	case Expired:
		return []journal.Draft{{Kind: kindFailed, Version: 1, Data: failedV1{ID: id, Reason: Expired}}}, nil
	default:
		return nil, &SkipError{ID: id, Reason: reason}
	}
}

// Record says that the delivery's message is there. Whoever knows it may say
// so, whether or not the claim is still theirs; the first one counts.
func Record(s State, id ID, ts string, found bool, _ time.Time) ([]journal.Draft, error) {
	d, ok := s.deliveries.Get(id)
	if !ok {
		return nil, &SkipError{ID: id, Reason: NoSuchDelivery}
	}
	if d.Status == Posted {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindPosted, Version: 1, Data: postedV1{ID: id, TS: ts, Found: found}}}, nil
}

// Defer gives owner's claim back until notBefore. Uncertain says that the
// message may be there all the same.
func Defer(s State, id ID, owner string, notBefore time.Time, uncertain bool, _ time.Time) ([]journal.Draft, error) {
	if err := held(s, id, owner); err != nil {
		return nil, err
	}
	return []journal.Draft{{Kind: kindDeferred, Version: 1, Data: deferredV1{ID: id, NotBefore: notBefore.UTC(), Uncertain: uncertain}}}, nil
}

// maxDetail bounds what is kept of an error, in bytes.
const maxDetail = 500

// Fail gives the delivery up for the reason; detail is for the operator.
func Fail(s State, id ID, owner string, reason Reason, detail string, _ time.Time) ([]journal.Draft, error) {
	if err := held(s, id, owner); err != nil {
		return nil, err
	}
	if len(detail) > maxDetail {
		detail = detail[:maxDetail]
	}
	return []journal.Draft{{Kind: kindFailed, Version: 1, Data: failedV1{ID: id, Reason: reason, Detail: detail}}}, nil
}

// held returns nil when the claim is owner's.
func held(s State, id ID, owner string) error {
	d, ok := s.deliveries.Get(id)
	switch {
	case !ok:
		return &SkipError{ID: id, Reason: NoSuchDelivery}
	case d.Status == Posted:
		return &SkipError{ID: id, Reason: AlreadyPosted}
	case d.Status == Failed:
		return &SkipError{ID: id, Reason: AlreadyFailed}
	case d.Status != Claimed || d.Owner != owner:
		return &SkipError{ID: id, Reason: ClaimedElsewhere}
	}
	return nil
}

// Backoff returns how long to wait after the given number of attempts: twice
// as long each time, from 2 seconds to 2 minutes, and up to half of it less as
// jitter (0 to 1) has it, so that runners do not all try at once.
func Backoff(attempts int, jitter float64) time.Duration {
	full := min(2*time.Second<<min(max(attempts-1, 0), 10), 2*time.Minute)
	return full - time.Duration(jitter*float64(full)/2)
}
