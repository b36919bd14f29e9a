package render_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/reminder"
	"wainao/render"
)

// folded is the state of deliveries that the drafts make, each written a minute
// behind the one before.
func folded(t *testing.T, s delivery.State, at time.Time, drafts []journal.Draft, err error) delivery.State {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return fold(t, s, drafts, "USEC", at)
}

var scheduled = []delivery.Job{
	{Name: "weekly-digest", Title: lang.T("每周简报", "Weekly digest"), Spec: "0 9 * * 1", CatchUp: 48 * time.Hour, To: []delivery.Recipient{"leadership"}, Roles: []people.Role{people.Leader}},
	{Name: "reminders", Title: lang.T("上报提醒", "Reminders of reports"), Spec: "30 9 * * *", CatchUp: 8 * time.Hour, On: delivery.Workday, Quiet: delivery.Quiet{From: 22 * 60, To: 8 * 60}},
}

// history is what became of the jobs: one changed, one paused; a message that
// arrived, one that failed, one that was left out and a slot that was missed.
func history(t *testing.T) (delivery.State, delivery.Delivery) {
	t.Helper()
	var s delivery.State
	at := now.AddDate(0, 0, -14)
	drafts, err := delivery.Register(s, scheduled, at)
	s = folded(t, s, at, drafts, err)
	changed := scheduled[0]
	changed.Spec = "0 8 * * 1"
	drafts, err = delivery.ChangeJob(s, changed, secret.User, at)
	s = folded(t, s, at, drafts, err)
	drafts, err = delivery.PauseJob(s, "reminders", secret.User, at)
	s = folded(t, s, at, drafts, err)
	v := func() delivery.View {
		return delivery.View{State: s, Audience: func(_ delivery.Job, _ time.Time) ([]delivery.Choice, bool) {
			return []delivery.Choice{{To: "leadership"}, {To: "gone-channel"}, {To: "U1", Why: lang.T("昆山市 <急>", "Kunshan <now>")}, {To: "U3", Skip: delivery.SkipNotNeeded, Why: lang.T("本人推迟了提醒", "they put it off")}}, true
		}}
	}
	drafts, err = delivery.Plan(v(), now.AddDate(0, 0, -1)) // Slots of two Mondays: one missed, one too old.
	s = folded(t, s, now.AddDate(0, 0, -1), drafts, err)
	drafts, err = delivery.RunNow(v(), "weekly-digest", "key", secret.User, now)
	s = folded(t, s, now, drafts, err)
	var failed delivery.Delivery
	for i, d := range s.Open() {
		drafts, err = delivery.Claim(v(), d.ID, "one", now)
		s = folded(t, s, now, drafts, err)
		switch d.To {
		case "leadership":
			drafts, err = delivery.Record(s, d.ID, delivery.Ref{TS: "1.0", Channel: "C1", Link: "https://example.slack.com/archives/C1/p10"}, false, now)
		case "gone-channel":
			failed = d
			drafts, err = delivery.Fail(v(), d.ID, "one", delivery.Failure{Reason: delivery.Dead, Code: "is_archived"}, now)
		default:
			drafts, err = delivery.LeaveOut(s, d.ID, "one", lang.T("到发送时已经报完", "nothing was owed any more"), now)
		}
		s = folded(t, s, now.Add(time.Duration(i)*time.Minute), drafts, err)
	}
	return s, failed
}

func shownJobs(s delivery.State) []render.ScheduleJob {
	var out []render.ScheduleJob
	for _, j := range s.Jobs() {
		out = append(out, render.ScheduleJob{JobState: j, Next: delivery.View{State: s}.NextOf(j.Job, now, 3), Audience: j.Name == "reminders"})
	}
	return out
}

func TestSchedule(t *testing.T) {
	t.Parallel()
	s, _ := history(t)
	who := register(t, []people.Person{kunshan, member, secret}, nil)
	jobs := shownJobs(s)
	digest, _ := s.Job("weekly-digest")
	v := delivery.View{State: s, People: who}
	for _, l := range lang.Both() {
		message(t, "schedule", l, render.Schedule(jobs, []int{2027}, who, l))
		message(t, "schedule-empty", l, render.Schedule(nil, nil, who, l))
		message(t, "schedule-saved", l, render.JobSaved(jobs[1], l))
		golden(t, "job-form", l, "", render.JobModal(digest, render.FieldsOfJob(digest.Job), "", l))
		bad := lang.FieldProblems{render.FieldSpec: lang.Problemf("bad_spec", "“<x>”不是定时设置。", "“<x>” is no schedule.")}
		golden(t, "job-form-wrong", l, "", render.JobModal(digest, render.JobFields{Spec: "<x>", Zone: "Mars", On: "any", CatchUp: "-1"}, render.Checked(nil, nil, lang.Text{}, bad, l), l))
		golden(t, "job-form-checked", l, "", render.JobModal(digest, render.FieldsOfJob(digest.Job), render.Checked(jobs[1].Next, []int{2027}, digest.When(), nil, l), l))
		p, err := v.Preview("weekly-digest", now)
		if err != nil {
			t.Fatal(err)
		}
		p.Choices = append(p.Choices, delivery.Choice{To: "U1", Why: lang.T("蓝色提醒", "Blue")}, delivery.Choice{To: "U3", Skip: delivery.SkipNotNeeded, Why: lang.T("本人推迟了提醒", "they put it off")})
		message(t, "dry-run", l, render.DryRun(render.DryRunData{Preview: p, Gaps: []lang.Text{lang.T("姑苏区：没有登记的联络员", "Gusu: nobody is registered as liaison")}}, who, l))
		paused, err := v.Preview("reminders", now)
		if err != nil {
			t.Fatal(err)
		}
		message(t, "dry-run-paused", l, render.DryRun(render.DryRunData{Preview: paused}, who, l))
		message(t, "dry-run-sample", l, render.Sample(render.Reminder(reminderData(), policy.Default(), l), "U1", who, l))
	}
}

func TestDeliveries(t *testing.T) {
	t.Parallel()
	s, failed := history(t)
	who := register(t, []people.Person{kunshan, member, secret}, nil)
	data := func(f delivery.Filter) render.DeliveriesData {
		f.Limit = render.DeliveriesPage
		return render.DeliveriesData{Filter: f, Page: s.Query(f), Trouble: s.Query(delivery.Filter{Trouble: true}).Deliveries, More: true, State: s, People: who, Today: calendar.DateOf(now)}
	}
	small := data(delivery.Filter{Job: "weekly-digest"})
	small.Page = s.Query(delivery.Filter{Job: "weekly-digest", Limit: 2})
	for _, l := range lang.Both() {
		message(t, "deliveries", l, render.Deliveries(data(delivery.Filter{}), l))
		message(t, "deliveries-trouble", l, render.Deliveries(data(delivery.Filter{Trouble: true, Day: calendar.DateOf(now)}), l))
		message(t, "deliveries-none", l, render.Deliveries(data(delivery.Filter{To: "U1", Status: delivery.Posted}), l))
		message(t, "deliveries-page", l, render.Deliveries(small, l))
		message(t, "deliveries-resending", l, render.Resending(failed, s, who, l))
		message(t, "deliveries-running", l, render.Running(scheduled[0].Title, "weekly-digest", l))
	}
}

func TestWhereADeliveryGoes(t *testing.T) {
	t.Parallel()
	who := register(t, []people.Person{kunshan}, nil)
	for to, want := range map[delivery.Recipient]string{
		delivery.Recipient(kunshan.User): render.PersonName(kunshan).ZH, "U0STRANGER": "<@U0STRANGER>", "C0123456789": "<#C0123456789>", "#leadership": "#leadership", "a<b": "#a&lt;b", "": "无人",
	} {
		if got := render.RecipientName(to, who).ZH; got != want {
			t.Errorf("%q is shown as %q, want %q", to, got, want)
		}
	}
}

func TestAFilterFitsInAButton(t *testing.T) {
	t.Parallel()
	want := delivery.Filter{Job: "weekly-digest", To: "U1", Status: delivery.Posted, Trouble: true, Day: "2026-11-23", Before: "abc"}
	if got, ok := render.ParseDeliveries(render.DeliveriesValue(want)); !ok || got != want {
		t.Errorf("it comes back as %+v", got)
	}
	if _, ok := render.ParseDeliveries("{"); ok {
		t.Error("half a filter is taken")
	}
	if f, ok := render.ParseDeliveries(""); !ok || f != (delivery.Filter{}) {
		t.Errorf("nothing is %+v", f)
	}
}

// reminderData is what the liaison of Kunshan is reminded of: two domains, one
// sent back.
func reminderData() render.ReminderData {
	pol := policy.Default()
	d, _ := pol.District(policy.Kunshan)
	returned := full
	returned.Status, returned.ReturnCode = ledger.Returned, ledger.EvidenceMismatch
	line := reminder.Line{
		Debt:  reminder.Debt{District: policy.Kunshan, Period: "2026Q4", Deadline: "2026-12-25", Domains: []policy.DomainID{policy.Aerospace, policy.NewMaterials}},
		Level: reminder.Blue, Role: people.Liaison, Reason: reminder.DueSoon, Days: 10,
	}
	return render.ReminderData{
		Note: reminder.Note{To: "U1", Level: reminder.Blue, Lines: []reminder.Line{line}}, Snooze: "2026-12-14",
		Lines: []render.ReminderLine{{Line: line, District: d, Reports: true, Open: []ledger.Duty{
			{Domain: policy.NewMaterials, State: ledger.DutyOwed}, {Domain: policy.Aerospace, State: ledger.DutyReturned, Reports: []ledger.Report{returned}},
		}}},
	}
}

// TestADeadlineOnADayOff: where no workday is left, it is told whether it is
// today, lies ahead or is over.
func TestADeadlineOnADayOff(t *testing.T) {
	t.Parallel()
	for today, want := range map[calendar.Date][2]string{
		"2026-12-25": {"今天（2026年12月25日）截止。", "Due today, 25 December 2026."},
		"2026-12-24": {"2026年12月25日（周五）截止，今天是最后一个工作日。", "Due on Friday, 25 December 2026; today is the last workday before it."},
		"2026-12-26": {"2026年12月25日已截止。", "It was due on 25 December 2026."},
	} {
		d := reminderData()
		d.Lines[0].Days, d.Lines[0].Today = 0, today
		for i, l := range lang.Both() {
			raw, err := json.Marshal(render.Reminder(d, policy.Default(), l).Blocks)
			if err != nil || !strings.Contains(string(raw), want[i]) {
				t.Errorf("on %s: %q is not in %s, %v", today, want[i], raw, err)
			}
		}
	}
}

func TestReminder(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	line := func(base render.ReminderLine, edit func(*render.ReminderLine)) render.ReminderLine {
		edit(&base)
		return base
	}
	of := func(lines ...render.ReminderLine) render.ReminderData {
		d := render.ReminderData{Lines: lines, Note: reminder.Note{Level: lines[0].Level}}
		for _, l := range lines {
			d.Note.Lines = append(d.Note.Lines, l.Line)
		}
		return d
	}
	liaison := reminderData().Lines[0]
	today := line(liaison, func(r *render.ReminderLine) { r.Days, r.Reason = 0, reminder.WasAsked })
	standIn := line(liaison, func(r *render.ReminderLine) { r.For, r.Away, r.Reason, r.Days = sip.User, sip, reminder.StandsIn, 1 })
	deputy := line(liaison, func(r *render.ReminderLine) {
		r.Level, r.Role, r.Reason, r.Days, r.Open = reminder.Yellow, people.Deputy, reminder.Overdue, -1, r.Open[:1]
	})
	var red []render.ReminderLine
	for _, d := range pol.Districts {
		for _, p := range []calendar.Period{"2026Q3", "2026Q4"} {
			red = append(red, line(liaison, func(r *render.ReminderLine) {
				r.Level, r.Role, r.Reason, r.Days, r.Reports, r.District = reminder.Red, people.Secretariat, reminder.Escalated, -5, false, d
				r.Debt.Period, r.Debt.District = p, d.ID
				if d.ID == policy.Kunshan {
					r.Liaisons = []people.Person{kunshan}
				}
			}))
		}
	}
	secretariat := of(red...)
	secretariat.Doubt = calendar.Days{}.NotLoaded(2027)
	for _, l := range lang.Both() {
		message(t, "reminder", l, render.Reminder(reminderData(), pol, l))
		message(t, "reminder-today", l, render.Reminder(of(today), pol, l))
		message(t, "reminder-stand-in", l, render.Reminder(of(standIn), pol, l))
		message(t, "reminder-deputy", l, render.Reminder(of(deputy, today), pol, l))
		message(t, "reminder-secretariat", l, render.Reminder(secretariat, pol, l))
		message(t, "reminder-snoozed", l, render.Snoozed("2026-12-14", l))
	}
	words := render.NoteWords(secretariat.Note, pol)
	if len([]rune(words.ZH)) > 200 || len([]rune(words.EN)) > 200 || !strings.Contains(words.ZH, "20") {
		t.Errorf("a long note is recorded as %q %q", words.ZH, words.EN)
	}
	if c, ok := render.ParseSnooze(render.SnoozeValue(reminder.Chance{Period: "2026Q4", Level: reminder.Red})); !ok || c != (reminder.Chance{Period: "2026Q4", Level: reminder.Red}) {
		t.Errorf("a chance comes back as %+v", c)
	}
	skip := render.SkipWords(reminder.Skip{District: policy.Gusu, Role: people.Liaison, Reason: reminder.SkipNobody}, pol)
	if !strings.Contains(skip.ZH, "没有登记的板块联络员") {
		t.Errorf("nobody is told as %q", skip.ZH)
	}
}
