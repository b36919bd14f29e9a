package delivery

import (
	"fmt"
	"iter"
	"time"

	"wainao/journal"
	"wainao/people"
)

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	by := people.UserID(e.Actor)
	switch e.Kind {
	case kindRegistered:
		return fold(s, e, 2, func(d registeredV2) State { return s.register(d, e) })
	case kindRemoved:
		return fold(s, e, 1, func(d jobV1) State {
			return s.changeJob(d.Job, e, func(j *JobState) { j.removed = true })
		})
	case kindChanged:
		return fold(s, e, 1, func(d changedV1) State {
			return s.changeJob(d.Job, e, func(j *JobState) {
				j.Job, j.Changed, j.ChangedBy, j.ChangedAt = d.on(j.Job), true, d.By, e.Time
			})
		})
	case kindReset:
		return fold(s, e, 1, func(d jobV1) State {
			return s.changeJob(d.Job, e, func(j *JobState) {
				j.Job, j.Changed, j.ChangedBy, j.ChangedAt = j.Configured, false, d.By, e.Time
				j.PausedBy, j.PausedAt = "", time.Time{}
			})
		})
	case kindPaused, kindResumed:
		return fold(s, e, 1, func(d jobV1) State {
			return s.changeJob(d.Job, e, func(j *JobState) {
				j.Paused, j.PausedBy, j.PausedAt = e.Kind == kindPaused, d.By, e.Time
				if j.PausedBy == "" {
					j.PausedBy = by
				}
			})
		})
	case kindRewound:
		return fold(s, e, 1, func(d rewoundV1) State {
			if j, ok := s.jobs.Get(d.Job); ok {
				j.Cursor = d.To
				s.jobs = s.jobs.Set(d.Job, j)
			}
			return s
		})
	}
	return s.applySlots(e)
}

// applySlots folds what happens to slots and deliveries.
func (s State) applySlots(e journal.Entry) (State, error) {
	switch e.Kind {
	case kindPlanned:
		return fold(s, e, 1, func(d plannedV1) State { return s.plan(d, e.Time) })
	case kindMissed:
		return fold(s, e, 1, func(d missedV1) State {
			j, _ := s.jobs.Get(d.Job)
			j.Missed += d.Count
			j.LastMissed = d.Last
			s.jobs = s.jobs.Set(d.Job, j)
			return s.pass(d, Missed, SkipMissed, e.Time)
		})
	case kindSkipped:
		return fold(s, e, 1, func(d skippedV1) State { return s.pass(d.missedV1, Skipped, d.Reason, e.Time) })
	case kindClaimed:
		return fold(s, e, 1, func(d claimedV1) State {
			return s.change(d.ID, func(v *Delivery) {
				v.Status, v.Owner, v.Lease, v.Uncertain = Claimed, d.Owner, d.Lease, true
				v.Attempts++
			})
		})
	case kindDeferred:
		return fold(s, e, 1, func(d deferredV1) State {
			return s.change(d.ID, func(v *Delivery) {
				v.Status, v.NotBefore, v.Uncertain, v.Code = Planned, d.NotBefore, d.Uncertain, d.Code
			})
		})
	case kindReleased:
		return fold(s, e, 1, func(d releasedV1) State {
			for _, id := range d.IDs {
				s = s.change(id, func(v *Delivery) {
					if v.Status == Claimed { // Its message may be there: it stays uncertain.
						v.Status, v.NotBefore = Planned, d.NotBefore
					}
				})
			}
			return s
		})
	case kindPosted:
		return fold(s, e, 1, func(d postedV1) State {
			return s.change(d.ID, func(v *Delivery) {
				v.Status, v.Message, v.Ended, v.Uncertain, v.Code, v.Detail = Posted, d.Ref, e.Time, false, "", ""
				v.Reason = v.cause()
			})
		})
	case kindFailed:
		return fold(s, e, 1, func(d failedV1) State {
			return s.change(d.ID, func(v *Delivery) {
				v.Status, v.Reason, v.Code, v.Detail, v.Ended, v.Uncertain = Failed, d.Reason, d.Code, d.Detail, e.Time, d.Uncertain
			})
		})
	case kindLeftOut:
		return fold(s, e, 1, func(d leftOutNowV1) State {
			return s.change(d.ID, func(v *Delivery) {
				v.Status, v.Reason, v.Why, v.Ended, v.Uncertain = Skipped, SkipNotNeeded, d.Why, e.Time, false
				v.Code, v.Detail = "", ""
			})
		})
	case kindResent:
		return fold(s, e, 1, func(d resentV1) State {
			return s.change(d.ID, func(v *Delivery) {
				v.Status, v.NotBefore, v.Until, v.ResentBy, v.quiet = Planned, time.Time{}, d.Until, d.By, Quiet{}
				v.Ended, v.Reason = time.Time{}, v.cause()
			})
		})
	}
	return s, nil
}

// cause returns why the delivery was planned.
func (d Delivery) cause() Reason {
	switch {
	case d.By != "" || d.ResentBy != "" || !d.Slot.scheduled():
		return Asked
	case d.Late:
		return Late
	}
	return Due
}

// fold decodes the entry's data, of a version up to latest, and hands it on.
func fold[T any](s State, e journal.Entry, latest int, use func(T) State) (State, error) {
	if e.Version < 1 || e.Version > latest {
		return s, fmt.Errorf("%s has version %d, want %d at most", e.Kind, e.Version, latest)
	}
	var d T
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	return use(d), nil
}

// register takes over a job as the configuration has it.
func (s State) register(d registeredV2, e journal.Entry) State {
	known, _ := s.jobs.Get(d.Job)
	configured := known.Configured
	configured.Name, configured.Title = d.Job, d.Title
	configured.Paused = d.Paused
	if e.Version == 1 {
		configured.Spec, configured.Zone = d.Spec, d.Zone
	} else {
		configured = d.on(configured)
	}
	return s.changeJob(d.Job, e, func(j *JobState) {
		j.Configured = configured
		j.removed = false
		paused := j.Paused
		if !j.Changed {
			j.Job = configured
		}
		j.Name, j.Title = d.Job, d.Title
		if j.PausedBy != "" {
			j.Paused = paused
		} else {
			j.Paused = configured.Paused
		}
	})
}

// changeJob edits a job. When it runs at other times from then on, or had gone,
// the slots before the entry are not run any more.
func (s State) changeJob(name JobName, e journal.Entry, edit func(*JobState)) State {
	j, ok := s.jobs.Get(name)
	if !ok && e.Kind != kindRegistered {
		return s
	}
	before := j
	edit(&j)
	if !ok || before.removed || !before.sameTimes(j.Job) {
		j.Anchor = e.Time
		if j.Cursor.Before(e.Time) {
			j.Cursor = e.Time
		}
	}
	s.jobs = s.jobs.Set(name, j)
	return s
}

// plan adds the deliveries of a slot, and those whom it leaves out.
func (s State) plan(d plannedV1, at time.Time) State {
	out := make([]Delivery, 0, len(d.To)+len(d.Left))
	for _, to := range d.To {
		v := Delivery{
			ID: idOf(d.Slot, to), Job: d.Job, Slot: d.Slot, To: to, Due: d.Due, Planned: at, Until: d.Until,
			Reason: d.Reason, Why: d.Why[to], Late: d.Reason == Late, By: d.By, Status: Planned, zone: d.Zone,
		}
		v.To = Recipient(v.ID[len(d.Slot)+1:]) // The same words are kept once.
		if d.Quiet != nil {
			v.quiet = *d.Quiet
		}
		out = append(out, v)
	}
	for _, l := range d.Left {
		v := Delivery{
			ID: idOf(d.Slot, l.To), Job: d.Job, Slot: d.Slot, To: l.To, Due: d.Due, Planned: at, Until: d.Until,
			Reason: l.Reason, By: d.By, Status: Skipped, Ended: at,
		}
		if l.Why != nil {
			v.Why = *l.Why
		}
		out = append(out, v)
	}
	s = s.add(out)
	if !d.Slot.scheduled() || d.By != "" {
		return s
	}
	return s.decided(d.Job, d.Due)
}

// pass records slots that do not run.
func (s State) pass(d missedV1, status Status, why Reason, at time.Time) State {
	slot := d.Slot
	if slot == "" {
		slot = SlotID(string(d.Job) + "@" + d.Last.UTC().Format(time.RFC3339))
	}
	s = s.add([]Delivery{{
		ID: idOf(slot, ""), Job: d.Job, Slot: slot, Due: d.Last, Planned: at, Until: d.Last, Ended: at,
		Reason: why, Status: status, Slots: d.Count,
	}})
	return s.decided(d.Job, d.Last)
}

// decided moves a job's cursor forward.
func (s State) decided(job JobName, due time.Time) State {
	if j, ok := s.jobs.Get(job); ok && j.Cursor.Before(due) {
		j.Cursor = due
		s.jobs = s.jobs.Set(job, j)
	}
	return s
}

// add adds the deliveries that are not there yet.
func (s State) add(all []Delivery) State {
	fresh := all[:0]
	seen := make(map[ID]bool, len(all))
	for _, d := range all {
		if s.deliveries.Has(d.ID) || seen[d.ID] {
			continue
		}
		seen[d.ID] = true
		s.last++
		d.seq = s.last
		fresh = append(fresh, d)
	}
	if len(fresh) == 0 {
		return s
	}
	s.deliveries = s.deliveries.SetAll(byID(fresh))
	whole, ofJob, toRecipient := map[place][]*Delivery{}, map[place][]*Delivery{}, map[place][]*Delivery{}
	for i := range fresh {
		d := &fresh[i]
		whole[""] = append(whole[""], d)
		ofJob[d.Job.prefix()] = append(ofJob[d.Job.prefix()], d)
		if d.To != "" {
			toRecipient[d.To.prefix()] = append(toRecipient[d.To.prefix()], d)
		}
	}
	s.all, s.ofJob, s.toRecipient = s.all.add(whole), s.ofJob.add(ofJob), s.toRecipient.add(toRecipient)
	s.open = s.open.SetAll(byPlace(fresh, Delivery.Open))
	s.trouble = s.trouble.SetAll(byPlace(fresh, Delivery.Trouble))
	return s
}

// byPlace yields the ids of those that are in.
func byPlace(all []Delivery, in func(Delivery) bool) iter.Seq2[place, ID] {
	return func(yield func(place, ID) bool) {
		for _, d := range all {
			if in(d) && !yield(d.place(), d.ID) {
				return
			}
		}
	}
}

func byID(all []Delivery) iter.Seq2[ID, Delivery] {
	return func(yield func(ID, Delivery) bool) {
		for _, d := range all {
			if !yield(d.ID, d) {
				return
			}
		}
	}
}

// change replaces a delivery by a changed copy.
func (s State) change(id ID, edit func(*Delivery)) State {
	d, ok := s.deliveries.Get(id)
	if !ok {
		return s
	}
	before := d
	edit(&d)
	s.deliveries = s.deliveries.Set(id, d)
	s.open = moved(s.open, d, before.Open(), d.Open())
	s.trouble = moved(s.trouble, d, before.Trouble(), d.Trouble())
	return s
}

// moved returns the table with or without the delivery.
func moved(t journal.Table[place, ID], d Delivery, was, is bool) journal.Table[place, ID] {
	switch {
	case is && !was:
		return t.Set(d.place(), d.ID)
	case was && !is:
		return t.Delete(d.place())
	}
	return t
}
