package delivery

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
)

// View is what is looked at to decide on deliveries: the jobs and deliveries,
// who takes part, which days are worked, and whom a job's slot goes to. It is a
// value, made of one state of the journal.
type View struct {
	State
	People people.State
	Days   calendar.Days

	// Deadline returns the last day for reporting a quarter, for the conditions of
	// [BeforeDeadline]. Where it is nil no day lies before a deadline.
	Deadline func(calendar.Period) calendar.Date

	// Audience returns whom a run of the job at due goes to, and whom it leaves
	// out and why. known is false for a job whose recipients are those that it
	// names; so it is for every job when Audience is nil. It must be a pure
	// function of the journal's state: what runs and what a preview shows are
	// the same.
	Audience func(j Job, due time.Time) (choices []Choice, known bool)

	// Asked is as Audience is, for runs by hand, where these go to others than a
	// slot would. It may be nil.
	Asked func(j Job, now time.Time) (choices []Choice, known bool)
}

// Choice is somebody who was considered as the recipient of a run.
type Choice struct {
	To   Recipient
	Skip Reason    // Why it is not sent to them, for example [SkipNotNeeded]; empty when it is.
	Why  lang.Text // More about the one or the other, for a person to read; may be zero.
}

// maxWhy bounds the words about a choice, in characters of each language.
const maxWhy = 200

// choices returns whom a run of the job goes to, each once, and whom it leaves
// out.
func (v View) choices(j Job, due time.Time) []Choice {
	if v.Audience != nil {
		if all, known := v.Audience(j, due); known {
			return once(all)
		}
	}
	return once(Named(j, v.People, due))
}

// askedChoices returns whom a run by hand goes to and whom it leaves out.
func (v View) askedChoices(j Job, now time.Time) []Choice {
	if v.Asked != nil {
		if all, known := v.Asked(j, now); known {
			return once(all)
		}
	}
	return v.choices(j, now)
}

// once leaves out who is there twice, and bounds the words.
func once(all []Choice) []Choice {
	seen := map[Recipient]bool{}
	out := make([]Choice, 0, len(all))
	for _, c := range all {
		if c.To == "" || seen[c.To] {
			continue
		}
		seen[c.To] = true
		c.Why = cut(c.Why)
		out = append(out, c)
	}
	return out
}

// cut keeps at most [maxWhy] characters of each language.
func cut(why lang.Text) lang.Text {
	one := func(s string) string {
		if r := []rune(s); len(r) > maxWhy {
			return string(r[:maxWhy-1]) + "…"
		}
		return s
	}
	return lang.T(one(why.ZH), one(why.EN))
}

// Named returns the recipients that the job itself names, and who is to be
// reached for its roles at a moment: see [people.State.Reach].
func Named(j Job, who people.State, at time.Time) []Choice {
	var out []Choice
	for _, to := range j.To {
		out = append(out, Choice{To: to})
	}
	for _, role := range j.Roles {
		for _, user := range who.Reach(who.WithRole(role), at) {
			out = append(out, Choice{To: Recipient(user), Why: role.Name()})
		}
	}
	return out
}

// Preview tells what a run of a job would do.
type Preview struct {
	Job     JobState
	Slot    Slot // The next slot that runs; its Due is now when there is none.
	Next    bool // Whether there is such a slot.
	Reason  Reason
	Choices []Choice
}

// Preview returns what the job's next slot would do: whom it would go to and
// why, decided as a real run decides it, on what is known now. Reason is Due
// when the slot will run, and otherwise why the job does not run: SkipPaused
// for a paused one. The error is a [lang.Problem], "no_such_job".
func (v View) Preview(name JobName, now time.Time) (Preview, error) {
	j, err := v.known(name)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Job: j, Reason: Due}
	times, err := v.times(j.Job)
	if err != nil {
		return Preview{}, err
	}
	if p.Slot, p.Next = times.nextRun(now); !p.Next {
		p.Slot.Due, p.Reason = now.UTC(), times.never()
	}
	p.Choices = v.choices(j.Job, p.Slot.Due)
	if j.Paused {
		p.Next, p.Reason = false, SkipPaused
	} else if !slices.ContainsFunc(p.Choices, func(c Choice) bool { return c.Skip == "" }) {
		p.Reason = SkipNobody
	}
	return p, nil
}

// Deliveries returns the deliveries that the run would plan.
func (p Preview) Deliveries() []Delivery {
	var out []Delivery
	for _, c := range p.Choices {
		if c.Skip != "" {
			continue
		}
		slot := slotID(p.Job.Name, p.Slot)
		out = append(out, Delivery{
			ID: idOf(slot, c.To), Job: p.Job.Name, Slot: slot, To: c.To, Due: p.Slot.Due, Planned: p.Slot.Due,
			Until: p.Slot.Due.Add(p.Job.window()), Reason: Due, Why: c.Why, Status: Planned,
		})
	}
	return out
}

// known returns the job, or a [lang.Problem] that lists those that there are.
func (s State) known(name JobName) (JobState, error) {
	if j, ok := s.Job(name); ok {
		return j, nil
	}
	names := lang.List(s.Jobs(), func(j JobState) lang.Text { return lang.T(string(j.Name), string(j.Name)) })
	return JobState{}, lang.Problemf("no_such_job", "没有“%s”这个任务，现有：%s。", "There is no job “%s”; the jobs are: %s.", clip(string(name)), names)
}
