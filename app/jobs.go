package app

import (
	"fmt"

	"wainao/commands"
	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
)

// jobs returns the jobs that the configuration asks for, and everything that is
// wrong with them.
func (c Config) jobs() (jobs []delivery.Job, problems []error) {
	digest := c.Jobs.Digest
	if len(digest.To) == 0 && len(digest.Roles) == 0 {
		digest.To, digest.Roles = []string{c.Channels.Leadership}, []string{string(people.Leader)}
	}
	for _, j := range []struct {
		name  delivery.JobName
		title lang.Text
		JobConfig
	}{
		{commands.DigestJob, commands.DigestTitle, digest},
		{commands.RemindersJob, commands.RemindersTitle, c.Jobs.Reminders},
		{commands.MonthlyNoteJob, commands.MonthlyNoteTitle, c.Jobs.Monthly},
		{commands.QueueNoteJob, commands.QueueNoteTitle, c.Jobs.Queue},
		{commands.HolidaysJob, commands.HolidaysTitle, c.Jobs.Holidays},
		{commands.EvaluationBeginJob, commands.EvaluationBeginTitle, c.Jobs.Begin},
	} {
		job, wrong := j.job(j.name, j.title)
		for _, err := range wrong {
			problems = append(problems, fmt.Errorf("jobs.%s: %w", j.name, err))
		}
		jobs = append(jobs, job)
	}
	return jobs, problems
}

// job returns the job as it is configured, and what is wrong with it.
func (c JobConfig) job(name delivery.JobName, title lang.Text) (j delivery.Job, problems []error) {
	on, err := delivery.ParseCondition(c.On)
	quiet, err2 := delivery.ParseQuiet(c.Quiet)
	j = delivery.Job{Name: name, Title: title, Spec: c.Spec, Zone: c.Zone, CatchUp: c.CatchUp, On: on, Quiet: quiet, Paused: c.Off}
	for _, to := range c.To {
		j.To = append(j.To, delivery.Recipient(to))
	}
	for _, r := range c.Roles {
		j.Roles = append(j.Roles, people.Role(r))
	}
	for _, err := range []error{err, err2, j.Check()} {
		if err != nil {
			problems = append(problems, err)
		}
	}
	return j, problems
}
