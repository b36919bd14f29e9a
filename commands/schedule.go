package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) scheduleFeature() feature {
	list := c.scheduleCommand()
	may := list.Needs
	return feature{
		commands: []Command{list},
		actions: map[string]action{
			render.ActionSchedule:   {may, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return c.showSchedule(ctx, r, "") }},
			render.ActionJobEdit:    {may, c.jobEditClick},
			render.ActionJobCheck:   {may, c.jobCheckClick},
			render.ActionJobPause:   {may, c.jobChange(delivery.PauseJob)},
			render.ActionJobResume:  {may, c.jobChange(delivery.ResumeJob)},
			render.ActionJobReset:   {may, c.jobChange(delivery.ResetJob)},
			render.ActionJobRun:     {may, c.jobRunClick},
			render.ActionJobDryRun:  {may, c.dryRunClick},
			render.ActionJobMessage: {may, c.jobMessageClick},
		},
		forms: map[string]form{render.JobForm: {may, c.submitJob}},
	}
}

func (c *Commands) scheduleCommand() Command {
	return Command{
		Name: "schedule", Alias: "日程",
		Usage:   lang.T("[任务]", "[job]"),
		Summary: lang.T("看定时任务和接下来的时间；更改、暂停、立即发送、试运行。", "See the jobs and when they run next; change, pause, run now, dry run."),
		Example: lang.T("日程", "schedule"),
		Needs:   people.ManageSchedule,
		run:     func(ctx context.Context, r *Request) error { return c.showSchedule(ctx, r, r.Args) },
	}
}

// showSchedule shows the jobs, or those that the words name.
func (c *Commands) showSchedule(ctx context.Context, r *Request, words string) error {
	jobs := c.scheduleJobs(r.State, r.Now)
	if words != "" {
		jobs = slices.DeleteFunc(jobs, func(j render.ScheduleJob) bool { return !namesJob(words, j.Name, j.Title) })
		if len(jobs) == 0 {
			return lang.Problemf("no_such_job", "没有“%s”这个任务。用 `/future 日程` 看全部任务。", "There is no job %q. See them all with `/future schedule`.", short(words))
		}
	}
	return c.answer(ctx, r, render.Schedule(jobs, r.State.Calendar.Missing(r.Now), r.State.People, r.Lang))
}

// namesJob reports whether a person means the job: by its name, or by a part of
// its title in either language.
func namesJob(words string, name delivery.JobName, title lang.Text) bool {
	key := policy.Key(words)
	return key == policy.Key(string(name)) ||
		key != "" && (strings.Contains(policy.Key(title.ZH), key) || strings.Contains(policy.Key(title.EN), key))
}

// nextTimes is how many of a job's next times are shown.
const nextTimes = 3

// scheduleJobs gathers what is shown of all jobs.
func (c *Commands) scheduleJobs(s record.State, now time.Time) []render.ScheduleJob {
	v := c.DeliveryView(s)
	var out []render.ScheduleJob
	for _, j := range v.Jobs() {
		out = append(out, c.scheduleJob(v, j, now))
	}
	return out
}

func (c *Commands) scheduleJob(v delivery.View, j delivery.JobState, now time.Time) render.ScheduleJob {
	_, chooses := c.registry.audiences[j.Name]
	next := v.NextOf(j.Job, now, nextTimes)
	return render.ScheduleJob{JobState: j, Audience: chooses, Next: next, Missing: missingFor(v.Days, j.Job, next...)}
}

// missingFor returns the years of a job's times whose holidays are wanted for
// them and not loaded.
func missingFor(days calendar.Days, j delivery.Job, times ...time.Time) []int {
	if j.On == delivery.AnyDay {
		return nil
	}
	years := make([]int, 0, len(times))
	for _, t := range times {
		years = append(years, calendar.DateOf(t).Year())
	}
	return days.Unloaded(years...)
}

// refreshSchedule shows the jobs as they are now in the place of the list that
// was clicked in.
func (c *Commands) refreshSchedule(ctx context.Context, r *Request) error {
	s := c.Journal.State()
	m := render.Schedule(c.scheduleJobs(s, r.Now), s.Calendar.Missing(r.Now), s.People, r.Lang)
	if r.ResponseURL == "" {
		return c.answer(ctx, r, m)
	}
	return c.Poster.Respond(ctx, r.ResponseURL, true, m.Text, m.Blocks)
}

// jobChange is a click that changes a job as its value names it.
func (c *Commands) jobChange(change func(delivery.State, delivery.JobName, people.UserID, time.Time) ([]journal.Draft, error)) func(context.Context, *Request, slack.BlockAction) error {
	return func(ctx context.Context, r *Request, a slack.BlockAction) error {
		_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
			return change(s.Delivery, delivery.JobName(a.Value), r.User, now)
		})
		if err != nil {
			return err
		}
		return c.refreshSchedule(ctx, r)
	}
}

// jobOf returns the job that a button names.
func jobOf(s record.State, name string) (delivery.JobState, error) {
	j, ok := s.Delivery.Job(delivery.JobName(name))
	if !ok {
		return j, errStaleButton
	}
	return j, nil
}

// jobEditClick opens a job's form.
func (c *Commands) jobEditClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	j, err := jobOf(r.State, a.Value)
	if err != nil {
		return err
	}
	return c.open(ctx, r, render.JobModal(j, render.FieldsOfJob(j.Job), "", r.Lang))
}

// jobCheckClick shows in the form what comes of what is typed.
func (c *Commands) jobCheckClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	j, err := jobOf(r.State, a.Value)
	if err != nil {
		return err
	}
	if l, _, ok := render.ParseAboutJob(r.View.PrivateMetadata); ok {
		r.Lang = l
	}
	f := jobFields(slack.InteractionCallback{View: r.View})
	to, err := readJob(j.Job, f)
	problems, wrong := errors.AsType[lang.FieldProblems](err)
	if err != nil && !wrong {
		return err
	}
	var next []time.Time
	if !wrong {
		next = c.DeliveryView(r.State).NextOf(to, r.Now, nextTimes)
	}
	checked := render.Checked(next, missingFor(r.State.Calendar, to, next...), to.When(), problems, r.Lang)
	return c.Views.UpdateView(ctx, r.View.ID, r.View.Hash, render.JobModal(j, f, checked, r.Lang))
}

func jobFields(in slack.InteractionCallback) render.JobFields {
	return render.JobFields{
		Spec: stated(in, render.FieldSpec), Zone: stated(in, render.FieldZone), On: stated(in, render.FieldOn),
		CatchUp: stated(in, render.FieldCatchUp), Quiet: stated(in, render.FieldQuiet),
	}
}

// readJob returns the job as its form says. The error is lang.FieldProblems.
func readJob(j delivery.Job, f render.JobFields) (delivery.Job, error) {
	problems := lang.FieldProblems{}
	add := func(field string, err error) {
		if p, ok := errors.AsType[*lang.Problem](err); ok && problems[field] == nil {
			problems[field] = p
		}
	}
	var err error
	j.Spec, j.Zone = f.Spec, f.Zone
	if j.On, err = delivery.ParseCondition(f.On); err != nil {
		add(render.FieldOn, err)
	}
	if j.Quiet, err = delivery.ParseQuiet(f.Quiet); err != nil {
		add(render.FieldQuiet, err)
	}
	if j.CatchUp, err = parseHours(f.CatchUp); err != nil {
		add(render.FieldCatchUp, err)
	}
	// The zone and the times are checked apart, so that both are told at once.
	if _, err := delivery.ParseSchedule("0 9 * * *", f.Zone); err != nil {
		add(render.FieldZone, err)
		j.Zone = ""
	}
	if _, err := delivery.ParseSchedule(f.Spec, j.Zone); err != nil {
		add(render.FieldSpec, err)
	}
	if len(problems) == 0 {
		if p, ok := errors.AsType[*lang.Problem](j.Check()); ok {
			field := render.FieldSpec
			switch p.Code {
			case "bad_catch_up":
				field = render.FieldCatchUp
			case "bad_quiet", "quiet_never":
				field = render.FieldQuiet
			}
			add(field, p)
		}
	}
	return j, problems.OrNil()
}

// parseHours reads how many hours late a slot may run.
func parseHours(s string) (time.Duration, error) {
	s = strings.TrimSpace(strings.NewReplacer("小时", "", "hours", "", "hour", "", "h", "").Replace(strings.ToLower(s)))
	if s == "" {
		s = "0"
	}
	hours, err := strconv.ParseFloat(s, 64)
	if err != nil || !(hours >= 0 && hours <= delivery.MaxWindow.Hours()) { // No NaN either.
		return 0, lang.Problemf("bad_catch_up", "请填小时数，0 到 %d，例如 48。", "Write a number of hours, 0 to %d, such as 48.", int(delivery.MaxWindow.Hours()))
	}
	return time.Duration(hours * float64(time.Hour)).Truncate(time.Minute), nil
}

// submitJob takes a job's filled-in form.
func (c *Commands) submitJob(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, name, ok := render.ParseAboutJob(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	fields := jobFields(in)
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		j, err := jobOf(s, string(name))
		if err != nil {
			return nil, errOldForm
		}
		to, err := readJob(j.Job, fields)
		if err != nil {
			return nil, err
		}
		return delivery.ChangeJob(s.Delivery, to, r.User, now)
	})
	if err == nil {
		v := c.DeliveryView(c.Journal.State())
		if j, ok := v.Job(name); ok {
			c.tell(ctx, r, render.JobSaved(c.scheduleJob(v, j, r.Now), r.Lang))
		}
	}
	return nil, err
}

// jobRunClick runs a job at once.
func (c *Commands) jobRunClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	name := delivery.JobName(a.Value)
	entries, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return delivery.RunNow(c.DeliveryView(s), name, r.TriggerID, r.User, now)
	})
	if err != nil || len(entries) == 0 {
		return err
	}
	return c.answer(ctx, r, render.Running(c.Journal.State().Delivery.Title(name), name, r.Lang))
}

// dryRunClick shows what a run would do, and the message itself.
func (c *Commands) dryRunClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	p, err := c.DeliveryView(r.State).Preview(delivery.JobName(a.Value), r.Now)
	if err != nil {
		return err
	}
	d := render.DryRunData{Preview: p, Missing: missingFor(r.State.Calendar, p.Job.Job, p.Slot.Due)}
	if p.Job.Name == RemindersJob {
		d.Gaps = c.reminderGaps(r.State, p.Slot.Due)
	}
	if err := c.answer(ctx, r, render.DryRun(d, r.State.People, r.Lang)); err != nil {
		return err
	}
	if all := p.Deliveries(); len(all) > 0 {
		return c.sample(ctx, r, all[0])
	}
	return nil
}

// jobMessageClick shows one recipient's message of a job's next run.
func (c *Commands) jobMessageClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	name, to, ok := render.ParseJobMessage(a.Value)
	if !ok {
		return errStaleButton
	}
	p, err := c.DeliveryView(r.State).Preview(name, r.Now)
	if err != nil {
		return err
	}
	for _, d := range p.Deliveries() {
		if d.To == to {
			return c.sample(ctx, r, d)
		}
	}
	return lang.Problemf("not_a_recipient", "现在不会再发给%s，请重新试运行。", "It would not go to %s any more; do the dry run again.", render.RecipientName(to, r.State.People))
}

// sample shows the message of a delivery without sending it, in the language of
// whom it would go to.
func (c *Commands) sample(ctx context.Context, r *Request, d delivery.Delivery) error {
	build, ok := c.registry.deliveries[d.Job]
	if !ok {
		return errStaleButton
	}
	m, err := build(ctx, r.State, d, c.langTo(ctx, d.To))
	if not, ok := errors.AsType[*delivery.NotNeeded](err); ok {
		return c.answer(ctx, r, render.Note(not.Why, r.Lang))
	}
	if err != nil {
		return err
	}
	return c.answer(ctx, r, render.Sample(m, d.To, r.State.People, r.Lang))
}
