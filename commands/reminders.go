package commands

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/reminder"
	"wainao/render"
)

// RemindersJob reminds those who still owe a report. Whom it goes to follows
// from what is owed; recipients and roles of the configuration have no say.
const RemindersJob delivery.JobName = "reminders"

// RemindersTitle is what the job is called.
var RemindersTitle = lang.T("上报提醒", "Reminders of reports")

func (c *Commands) reminderFeature() feature {
	return feature{
		actions:    map[string]action{render.ActionSnooze: {people.ReadProgress, c.snoozeClick}},
		deliveries: map[delivery.JobName]buildMessage{RemindersJob: c.reminderMessage},
		audiences:  map[delivery.JobName]choose{RemindersJob: c.reminderAudience},
	}
}

// debts returns what every district owes: for the current period, and for those
// before that are not locked. What was due before the journal began was never
// asked for here.
func (c *Commands) debts(s record.State, now time.Time) []reminder.Debt {
	began, ok := s.Reminder.Began()
	if !ok {
		return nil
	}
	pol := c.policyAt(s, now)
	var out []reminder.Debt
	for _, p := range slices.Backward(ledger.Periods(now)) { // The one that is owed for longest in front.
		deadline := calendar.DateOf(c.Settings.Deadline(p, c.workday(s)))
		if lock, ok := s.Ledger.Locked(p); ok && lock.Locked || deadline < began {
			continue
		}
		for _, d := range pol.Districts {
			debt := reminder.Debt{District: d.ID, Period: p, Deadline: deadline}
			for _, duty := range openDuties(s, pol, d.ID, p, now) {
				debt.Domains = append(debt.Domains, duty.Domain)
				if duty.State == ledger.DutyReturned {
					debt.Returned = append(debt.Returned, duty.Domain)
				}
			}
			out = append(out, debt)
		}
	}
	return out
}

// openDuties returns what a district still has to do for a period.
func openDuties(s record.State, pol *policy.Policy, d policy.DistrictID, p calendar.Period, now time.Time) []ledger.Duty {
	return slices.DeleteFunc(ledger.Owed(s.Ledger, pol, d, p, now), func(duty ledger.Duty) bool { return !duty.State.Open() })
}

// evaluationDuties returns what members still owe in the cycle that is under way
// and can still do. Nobody owes a change of scores in the second round: those
// are told that it ends who scored something on which the members are divided,
// whether they changed it or not, so that nobody can tell who did.
func evaluationDuties(s record.State, now time.Time) []reminder.Duty {
	cycle, ok := s.Evaluation.Current()
	if !ok {
		return nil
	}
	var out []reminder.Duty
	add := func(user people.UserID, a evaluation.Action, left, of int, until evaluation.Day) {
		if until.Valid() && people.Can(personOf(s.People, user), people.ScoreEvaluation) {
			out = append(out, reminder.Duty{Member: user, Cycle: string(cycle.ID), Action: string(a), Left: left, Of: of, Deadline: calendar.Date(until)})
		}
	}
	for _, d := range s.Evaluation.Outstanding(cycle, now) {
		if d.Action != evaluation.ActScore || !d.Overdue { // Behind its last day nothing can be scored.
			add(d.Member, d.Action, d.Left, d.Of, d.Until)
		}
	}
	if until := cycle.Dates.SecondUntil; cycle.Phase == evaluation.Second && now.Before(until.End()) {
		for _, p := range s.Evaluation.ScoredAgain(cycle) {
			add(p.Member, evaluation.ActRevise, 0, p.Of, until)
		}
	}
	return out
}

// planReminders decides who is reminded on the day of due; by hand on any day.
func (c *Commands) planReminders(s record.State, due time.Time, byHand bool) ([]reminder.Note, []reminder.Skip) {
	settings := c.Reminders
	settings.AnyDay = byHand
	return reminder.Plan(c.debts(s, due), evaluationDuties(s, due), s.People, s.Calendar, s.Reminder.Snoozed, settings, due)
}

// remindedToday is why a person gets no second reminder on a day.
var remindedToday = lang.T("今天已经提醒过", "reminded today already")

// wasReminded reports whether the person has got their reminder of the day, or
// is about to get it: nobody gets two, even when the job is moved to a later
// hour or run by hand.
func wasReminded(s delivery.State, to delivery.Recipient, day calendar.Date) bool {
	for _, d := range s.Query(delivery.Filter{Job: RemindersJob, To: to, Day: day, Limit: delivery.MaxPage}).Deliveries {
		if d.Status == delivery.Posted || d.Open() {
			return true
		}
	}
	return false
}

// reminderAudience returns whom a slot reminds, and who is left out although
// something of theirs would be due. Those for whom nothing is due today are
// left out of the record; the schedule's dry run tells of them.
func (c *Commands) reminderAudience(s record.State, _ delivery.Job, due time.Time) []delivery.Choice {
	return c.reminded(s, due, false)
}

// reminded is [Commands.reminderAudience]; a run by hand makes good for a day on
// which nothing ran, so it reminds all who owe something.
func (c *Commands) reminded(s record.State, due time.Time, byHand bool) []delivery.Choice {
	notes, skips := c.planReminders(s, due, byHand)
	pol := c.policyAt(s, due)
	var out []delivery.Choice
	for _, n := range notes {
		choice := delivery.Choice{To: delivery.Recipient(n.To), Why: render.NoteWords(n, pol)}
		if wasReminded(s.Delivery, choice.To, calendar.DateOf(due)) {
			choice.Skip, choice.Why = delivery.SkipNotNeeded, remindedToday
		}
		out = append(out, choice)
	}
	for _, skip := range skips {
		if skip.User != "" && (skip.Reason == reminder.SkipSnoozed || skip.Reason == reminder.SkipAway) {
			out = append(out, delivery.Choice{To: delivery.Recipient(skip.User), Skip: delivery.SkipNotNeeded, Why: render.SkipWords(skip, pol)})
		}
	}
	return out
}

// reminderGaps tells which districts owe something and are not reminded, and
// why: for the dry run.
func (c *Commands) reminderGaps(s record.State, due time.Time) []lang.Text {
	_, skips := c.planReminders(s, due, false)
	var out []lang.Text
	seen := map[reminder.Skip]bool{}
	for _, skip := range skips {
		if skip.District == "" || skip.Reason == reminder.SkipSnoozed || skip.Reason == reminder.SkipAway || skip.Reason == reminder.SkipDone {
			continue
		}
		if skip.Reason != reminder.SkipNobody {
			skip.User, skip.Role = "", "" // Once for the district.
		}
		if !seen[skip] {
			seen[skip] = true
			out = append(out, render.SkipWords(skip, c.policyAt(s, due)))
		}
	}
	return out
}

var nothingOwed = lang.T("到发送时已经完成", "by the time it was to be sent nothing was owed any more")

// reminderMessage makes a person's reminder of the delivery's day from what is
// still owed now.
func (c *Commands) reminderMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	notes, _ := c.planReminders(s, d.Due, d.By != "")
	i := slices.IndexFunc(notes, func(n reminder.Note) bool { return n.To == people.UserID(d.To) })
	if i < 0 {
		return render.Message{}, &delivery.NotNeeded{Why: nothingOwed}
	}
	return render.Reminder(c.reminderData(s, notes[i], d.Due), c.policyAt(s, d.Due), l), nil
}

// reminderData gathers what a note tells at a moment. A message that goes out
// later counts the days from then.
func (c *Commands) reminderData(s record.State, n reminder.Note, due time.Time) render.ReminderData {
	pol, now := c.policyAt(s, due), due
	if later := c.now(); later.After(due) {
		now = later
	}
	today := calendar.DateOf(now)
	who := personOf(s.People, n.To)
	out := render.ReminderData{Note: n}
	years := []int{today.Year()} // In which workdays are counted.
	if s.Reminder.MaySnooze(n.To, n.Chance()) {
		out.Snooze = s.Calendar.AddWorkdays(today, 1)
	}
	for _, line := range n.Lines {
		line.Days = reminder.Left(s.Calendar, today, line.Deadline())
		years = append(years, line.Deadline().Year())
		if line.OfMember() {
			out.Lines = append(out.Lines, render.ReminderLine{Line: line, Today: today})
			continue
		}
		d, _ := pol.District(line.Debt.District)
		r := render.ReminderLine{
			Line: line, Today: today, District: d, Open: openDuties(s, pol, d.ID, line.Debt.Period, due),
			Reports: people.MayReport(who, d) == nil, Liaisons: s.People.OfDistrict(d.ID),
		}
		if line.For != "" {
			r.Away = personOf(s.People, line.For)
		}
		out.Lines = append(out.Lines, r)
	}
	if !slices.ContainsFunc(n.Lines, func(line reminder.Line) bool { return !lapses(line, out.Snooze) }) {
		out.Snooze = "" // By then there is nothing to be reminded of.
	}
	if missing := s.Calendar.Unloaded(years...); len(missing) > 0 {
		out.Doubt = s.Calendar.NotLoaded(missing[0])
	}
	slices.SortStableFunc(out.Lines, func(a, b render.ReminderLine) int { return cmp.Compare(b.Level.Rank(), a.Level.Rank()) })
	return out
}

// lapses reports whether what a line tells of cannot be done any more on a day:
// behind the last day of a round nothing can be scored, while reports and votes
// may come late.
func lapses(line reminder.Line, on calendar.Date) bool {
	return line.OfMember() && line.Duty.Action != string(evaluation.ActVote) && line.Deadline() < on
}

// snoozeClick puts the reminders of who clicked off until the next workday.
func (c *Commands) snoozeClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	chance, ok := render.ParseSnooze(a.Value)
	if !ok {
		return errStaleButton
	}
	var until calendar.Date
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) (drafts []journal.Draft, err error) {
		until, drafts, err = reminder.Snooze(s.Reminder, s.Calendar, r.User, chance, now)
		return drafts, err
	})
	if err != nil {
		return err
	}
	return c.answer(ctx, r, render.Snoozed(until, r.Lang))
}
