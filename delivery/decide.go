package delivery

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/journal"
)

// Decision is what becomes of slots of one job that are not decided on yet.
// With Due and Late, Slots holds the one to run; with any other reason it holds
// all that do not run for this reason.
type Decision struct {
	Job    JobName
	Reason Reason
	Slots  []Slot
}

// maxJump is how far in the future the last decision may lie. Clocks of several
// machines differ, by a zone at most; what lies farther ahead was decided
// before the clock was put back.
const maxJump = 24 * time.Hour

// lookedAt is how many missed slots of a job are looked at to tell whether any
// of them had something for somebody, the newest ones; those before count as
// missed.
const lookedAt = 100

// Decide returns what is to become of each job's slots at now: only the latest
// may run, when it is within the job's window; those before it are missed.
// Slots on days that are not worked, of a paused job, and those that quiet
// hours keep until they are too old, are left out; so are those that passed
// and, by what is known now, had nothing for anybody.
func Decide(v View, now time.Time) []Decision {
	var out []Decision
	for _, j := range v.Jobs() {
		out = append(out, v.decide(j, now)...)
	}
	return out
}

func (v View) decide(j JobState, now time.Time) []Decision {
	times, err := v.times(j.Job)
	if err != nil {
		return nil // Register and ChangeJob refuse it.
	}
	left := map[Reason][]Slot{}
	var run []Slot
	for _, slot := range times.between(v.cursor(j, now), now) {
		switch {
		case v.planned(slotID(j.Name, slot)):
			left[SkipAlreadyPlanned] = append(left[SkipAlreadyPlanned], slot)
		case j.Paused:
			left[SkipPaused] = append(left[SkipPaused], slot)
		case times.leaves(slot) != "":
			reason := times.leaves(slot)
			left[reason] = append(left[reason], slot)
		default:
			run = append(run, slot)
		}
	}
	var out []Decision
	for _, reason := range []Reason{SkipAlreadyPlanned, SkipPaused, SkipNotWorkday, SkipNotTheDay} {
		if slots := left[reason]; len(slots) > 0 {
			out = append(out, Decision{Job: j.Name, Reason: reason, Slots: slots})
		}
	}
	if len(run) == 0 {
		return out
	}
	last, missed, reason := run[len(run)-1], run[:len(run)-1], Due
	age := now.Sub(last.Due)
	switch {
	case age > j.window():
		missed, reason = run, SkipMissed
	case j.Quiet.end(now, times.zone).After(last.Due.Add(j.window())):
		reason = SkipQuietHours
	case age > LateAfter:
		reason = Late
	}
	out = append(out, v.passed(j.Job, missed)...)
	if reason != SkipMissed {
		out = append(out, Decision{Job: j.Name, Reason: reason, Slots: []Slot{last}})
	}
	return out
}

// passed sorts slots that nobody ran by what that means: somebody missed
// something, or nobody did.
func (v View) passed(j Job, slots []Slot) (out []Decision) {
	of := map[Reason][]Slot{}
	for i, slot := range slots {
		why := SkipMissed
		if len(slots)-i <= lookedAt {
			why = v.misses(j, slot.Due)
		}
		of[why] = append(of[why], slot)
	}
	for _, why := range []Reason{SkipNobody, SkipNotNeeded, SkipMissed} {
		if len(of[why]) > 0 {
			out = append(out, Decision{Job: j.Name, Reason: why, Slots: of[why]})
		}
	}
	return out
}

// misses returns SkipMissed when a run at due would have sent something to
// somebody, and else why it would not.
func (v View) misses(j Job, due time.Time) Reason {
	all := v.choices(j, due)
	switch {
	case len(all) == 0:
		return SkipNobody
	case slices.ContainsFunc(all, func(c Choice) bool { return c.Skip == "" }):
		return SkipMissed
	}
	return SkipNotNeeded
}

// cursor returns from when on the job's slots are not decided on. One that lies
// far ahead was set by a clock that has been put back since.
func (v View) cursor(j JobState, now time.Time) time.Time {
	if v.ahead(j, now) {
		return now
	}
	return j.Cursor
}

func (v View) ahead(j JobState, now time.Time) bool { return j.Cursor.Sub(now) > maxJump }

// Plan writes down what [Decide] decides: a delivery for each recipient of a
// slot that runs, and the slots that do not. The administrators get one alert
// for all that was missed, unless it is of jobs that they were told of today.
func Plan(v View, now time.Time) ([]journal.Draft, error) {
	var drafts []journal.Draft
	tell := false
	for _, j := range v.Jobs() {
		if v.ahead(j, now) {
			drafts = append(drafts, journal.Draft{Kind: kindRewound, Version: 1, Data: rewoundV1{Job: j.Name, To: now.UTC()}})
		}
		for _, d := range v.decide(j, now) {
			drafts = append(drafts, v.write(j.Job, d)...)
			tell = tell || d.Reason == SkipMissed && !v.missedOn(j.Name, calendar.DateOf(now))
		}
	}
	if tell {
		drafts = append(drafts, v.alert(alertMissed, "", true, now)...)
	}
	return drafts, nil
}

// missedOn reports whether slots of the job were found missing on a day.
func (v View) missedOn(job JobName, day calendar.Date) bool {
	return len(v.Query(Filter{Job: job, Status: Missed, Day: day, Limit: 1}).Deliveries) > 0
}

// write returns the draft for a decision.
func (v View) write(j Job, d Decision) []journal.Draft {
	last := d.Slots[len(d.Slots)-1]
	passed := missedV1{Job: d.Job, Count: len(d.Slots), First: d.Slots[0].Due, Last: last.Due, Slot: slotID(d.Job, last)}
	switch d.Reason {
	case SkipMissed:
		return []journal.Draft{{Kind: kindMissed, Version: 1, Data: passed}}
	case Due, Late:
		p := plannedV1{Job: d.Job, Slot: slotID(d.Job, last), Due: last.Due, Until: last.Due.Add(j.window()), Reason: d.Reason}
		if !j.Quiet.IsZero() {
			p.Quiet, p.Zone = &j.Quiet, j.zone()
		}
		p.choose(v.choices(j, last.Due))
		if len(p.To)+len(p.Left) > 0 {
			return []journal.Draft{{Kind: kindPlanned, Version: 1, Data: p}}
		}
		d.Reason = SkipNobody
	default: // It is left out.
	}
	return []journal.Draft{{Kind: kindSkipped, Version: 1, Data: skippedV1{missedV1: passed, Reason: d.Reason}}}
}
