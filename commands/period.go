package commands

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) periodFeature() feature {
	return feature{
		commands: []Command{{
			Name: "period", Alias: "报告期",
			Summary: lang.T("看各报告期报了多少、还差谁；锁定或重新开放。", "See how the periods stand and who is missing; lock or reopen one."),
			Example: lang.T("报告期", "period"),
			Needs:   people.LockPeriod,
			run:     func(ctx context.Context, r *Request) error { return c.answer(ctx, r, c.periods(r)) },
		}},
		actions: map[string]action{render.ActionLock: {people.LockPeriod, c.lockClick}},
		forms:   map[string]form{render.LockForm: {people.LockPeriod, c.submitLock}},
	}
}

// periods renders the periods that can be reported for.
func (c *Commands) periods(r *Request) render.Message {
	var lines []render.PeriodLine
	for _, p := range ledger.Periods(r.Now) {
		lines = append(lines, c.periodLine(r, p))
	}
	return render.Periods(lines, r.Lang)
}

// periodLine gathers how a period stands.
func (c *Commands) periodLine(r *Request, p calendar.Period) render.PeriodLine {
	line := render.PeriodLine{Period: p, Deadline: c.Settings.Deadline(p, c.workday(r.State))}
	line.Lock, _ = r.State.Ledger.Locked(p)
	line.LockedBy = personOf(r.State.People, line.Lock.By)
	for _, d := range r.Policy.Districts {
		owes := false
		for _, duty := range ledger.Owed(r.State.Ledger, r.Policy, d.ID, p, r.Now) {
			line.Duties++
			if duty.State.Open() {
				owes = true
			} else {
				line.Done++
			}
		}
		if owes {
			line.Missing = append(line.Missing, d)
		}
	}
	line.Waiting = len(r.State.Ledger.Queue(ledger.Filter{Period: p}))
	return line
}

// workday tells which days are worked, as the journal knows them.
func (c *Commands) workday(s record.State) func(time.Time) bool {
	return func(t time.Time) bool { return s.Calendar.IsWorkday(calendar.DateOf(t)) }
}

// lockClick opens the form for locking or reopening a period.
func (c *Commands) lockClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	return c.open(ctx, r, render.LockModal(c.periodLine(r, calendar.Period(a.Value)), r.Lang))
}

// submitLock locks or reopens a period with a reason.
func (c *Commands) submitLock(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	p, lock := render.ParseLock(in.View.PrivateMetadata)
	decide := ledger.Reopen
	if lock {
		decide = ledger.Lock
	}
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return decide(s.Ledger, personOf(s.People, r.User), p, stated(in, ledger.FieldReason), now)
	})
	if err != nil {
		return nil, err
	}
	r.State = c.Journal.State()
	c.tell(ctx, r, render.PeriodNote(c.periodLine(r, p), r.Lang))
	return nil, nil
}
