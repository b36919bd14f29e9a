package app

import (
	"time"

	"wainao/commands"
)

// EvaluationConfig says when the yearly evaluation is to be begun.
type EvaluationConfig struct {
	BeginBy string `yaml:"begin_by"` // Month and day, 10-15, by which the secretariat begins each year's evaluation; it is reminded from two weeks before by the job evaluation-begin.
}

// day returns the day of the year; ok is false for what is none.
func (c EvaluationConfig) day() (d commands.YearDay, ok bool) {
	t, err := time.Parse("01-02", c.BeginBy)
	return commands.YearDay{Month: t.Month(), Day: t.Day()}, err == nil
}

// check tells what is wrong.
func (c EvaluationConfig) check(add func(format string, args ...any)) {
	if _, ok := c.day(); !ok {
		add("evaluation.begin_by: want a month and a day such as 10-15, not %q", c.BeginBy)
	}
}

// settings returns the day by which a cycle is begun.
func (c EvaluationConfig) settings() commands.YearDay {
	d, _ := c.day()
	return d
}
