package delivery

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Register writes down the jobs of the configuration where the journal does not
// know them as they are, and drops those that the configuration has no more.
// A job that is new, or runs at other times than before, is anchored: no slot
// before this moment is ever posted. What was changed in chat stays as it is.
// The error is that of [Job.Check].
func Register(s State, jobs []Job, _ time.Time) ([]journal.Draft, error) {
	var drafts []journal.Draft
	for _, j := range jobs {
		if err := j.Check(); err != nil {
			return nil, err
		}
		if known, ok := s.Job(j.Name); ok && known.Configured.equal(j) {
			continue
		}
		drafts = append(drafts, journal.Draft{Kind: kindRegistered, Version: 2, Data: registeredV2{
			Job: j.Name, Title: j.Title, settingsV1: settingsOf(j), Paused: j.Paused,
		}})
	}
	for _, known := range s.Jobs() {
		if !slices.ContainsFunc(jobs, func(j Job) bool { return j.Name == known.Name }) {
			drafts = append(drafts, journal.Draft{Kind: kindRemoved, Version: 1, Data: jobV1{Job: known.Name}})
		}
	}
	return drafts, nil
}

// ChangeJob makes the job run as to says, whatever the configuration has, until
// [ResetJob]. Its title stays, and whether it is paused: for that there are
// [PauseJob] and [ResumeJob]. Take the job from the state, change it and hand
// it back. There is no draft when nothing changes. The error is a
// [lang.Problem]: "no_such_job", or that of [Job.Check].
func ChangeJob(s State, to Job, by people.UserID, _ time.Time) ([]journal.Draft, error) {
	known, err := s.known(to.Name)
	if err != nil {
		return nil, err
	}
	to.Title, to.Paused = known.Title, known.Paused
	to.CatchUp = to.CatchUp.Truncate(time.Second)
	if err := to.Check(); err != nil {
		return nil, err
	}
	if known.equal(to) {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindChanged, Version: 1, Data: changedV1{Job: to.Name, settingsV1: settingsOf(to), By: by}}}, nil
}

// ResetJob gives the configuration its say over the job back, over its pause
// too. The error is a [lang.Problem], "no_such_job".
func ResetJob(s State, name JobName, by people.UserID, _ time.Time) ([]journal.Draft, error) {
	known, err := s.known(name)
	if err != nil || !known.Changed && known.PausedBy == "" {
		return nil, err
	}
	return []journal.Draft{{Kind: kindReset, Version: 1, Data: jobV1{Job: name, By: by}}}, nil
}

// PauseJob has the job's slots pass without being run, until [ResumeJob]. It
// may still be run by hand. There is no draft when it is paused already. The
// error is a [lang.Problem], "no_such_job".
func PauseJob(s State, name JobName, by people.UserID, _ time.Time) ([]journal.Draft, error) {
	return setPaused(s, name, by, true)
}

// ResumeJob has the job run again, from its next slot on. It is as [PauseJob]
// is.
func ResumeJob(s State, name JobName, by people.UserID, _ time.Time) ([]journal.Draft, error) {
	return setPaused(s, name, by, false)
}

func setPaused(s State, name JobName, by people.UserID, paused bool) ([]journal.Draft, error) {
	known, err := s.known(name)
	if err != nil || known.Paused == paused {
		return nil, err
	}
	kind := kindResumed
	if paused {
		kind = kindPaused
	}
	return []journal.Draft{{Kind: kind, Version: 1, Data: jobV1{Job: name, By: by}}}, nil
}

// maxKey bounds the key of a delivery asked for by hand, in bytes.
const maxKey = 100

// RunNow plans a run of the job at once, outside its schedule, to whom a slot
// would go now, or to those of [View.Asked]; also of a paused job, and in quiet hours. The same key from the
// same person plans it once. The error is a [lang.Problem]: "no_such_job",
// "bad_delivery", or "nobody_to_send_to".
func RunNow(v View, name JobName, key string, by people.UserID, now time.Time) ([]journal.Draft, error) {
	j, err := v.known(name)
	if err != nil {
		return nil, err
	}
	if by == "" || key == "" || len(key) > maxKey {
		return nil, badDelivery()
	}
	slot := handSlot(name, by, key)
	if v.planned(slot) {
		return nil, nil
	}
	now = now.UTC().Truncate(time.Millisecond)
	p := plannedV1{Job: name, Slot: slot, Due: now, Until: now.Add(AskedWindow), Reason: Asked, By: by}
	p.choose(v.askedChoices(j.Job, now))
	if len(p.To) == 0 {
		return nil, lang.Problemf("nobody_to_send_to", "“%s”现在没有需要发送的人。", "There is nobody to send “%s” to now.", j.Title)
	}
	return []journal.Draft{{Kind: kindPlanned, Version: 1, Data: p}}, nil
}

// Manual plans one delivery of the job that a person asks for or causes,
// outside its schedule. The job need not be one of the configuration. The same
// key from the same person plans it once.
func Manual(s State, job JobName, to Recipient, key string, by people.UserID, now time.Time) ([]journal.Draft, error) {
	if job == "" || to == "" || by == "" || key == "" || len(key) > maxKey {
		return nil, badDelivery()
	}
	slot := handSlot(job, by, key)
	if s.deliveries.Has(idOf(slot, to)) {
		return nil, nil
	}
	now = now.UTC().Truncate(time.Millisecond)
	return []journal.Draft{{Kind: kindPlanned, Version: 1, Data: plannedV1{
		Job: job, Slot: slot, Due: now, Until: now.Add(AskedWindow), Reason: Asked, To: []Recipient{to}, By: by,
	}}}, nil
}

// ManualID returns the id of the delivery that [Manual] plans, or has planned,
// for the same job, recipient, key and person.
func ManualID(job JobName, to Recipient, key string, by people.UserID) ID {
	return idOf(handSlot(job, by, key), to)
}

func badDelivery() error {
	return lang.Problemf("bad_delivery", "发送请求不完整，请重试。", "The request to send is not complete. Please try again.")
}
