package app

import (
	"slices"

	"wainao/reminder"
)

// RemindersConfig says on which days those who owe a report are reminded, in
// workdays. The hour is that of the job reminders.
type RemindersConfig struct {
	Before  []int `yaml:"before"`  // So many workdays before the deadline the liaison is reminded; 0 is the day itself.
	Overdue int   `yaml:"overdue"` // So many workdays behind it the liaison is reminded and the deputy told too.
	Far     int   `yaml:"far"`     // From so many workdays behind it on the district's lead and the secretariat are told too.
	Every   int   `yaml:"every"`   // From then on it is repeated every so many workdays.
}

// defaultReminders is the configuration of a new installation.
func defaultReminders() RemindersConfig {
	d := reminder.DefaultSettings()
	return RemindersConfig{Before: d.Before, Overdue: d.Overdue, Far: d.Far, Every: d.Every}
}

// settings returns what the reminders are decided on.
func (c RemindersConfig) settings() reminder.Settings {
	return reminder.Settings{Before: c.Before, Overdue: c.Overdue, Far: c.Far, Every: c.Every}
}

// maxBefore is how many workdays before the deadline reminders begin at most.
const maxBefore = 60

// check tells what is wrong, a line for each key.
func (c RemindersConfig) check(add func(format string, args ...any)) {
	if slices.ContainsFunc(c.Before, func(n int) bool { return n < 0 || n > maxBefore }) {
		add("reminders.before: want numbers of workdays from 0 to %d, such as [10, 3, 0], not %v", maxBefore, c.Before)
	}
	if c.Overdue < 1 {
		add("reminders.overdue: want at least 1 workday, not %d", c.Overdue)
	}
	if c.Far <= c.Overdue {
		add("reminders.far: want more workdays than reminders.overdue has, not %d", c.Far)
	}
	if c.Every < 1 {
		add("reminders.every: want at least 1 workday, not %d", c.Every)
	}
}
