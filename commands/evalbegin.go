package commands

import (
	"context"
	"strconv"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/record"
	"wainao/render"
)

// EvaluationBeginJob tells the secretariat that the year's evaluation should be
// begun.
const EvaluationBeginJob delivery.JobName = "evaluation-begin"

// EvaluationBeginTitle is what the job is called.
var EvaluationBeginTitle = lang.T("年度评估开始提醒", "Reminder to begin the annual evaluation")

// YearDay is a day of every year.
type YearDay struct {
	Month time.Month
	Day   int
}

// In returns the day in a year.
func (d YearDay) In(year int) calendar.Date {
	return calendar.DateOf(time.Date(year, d.Month, d.Day, 12, 0, 0, 0, calendar.Shanghai()))
}

// beginAhead is how many days before the evaluation should be begun the
// secretariat is told first.
const beginAhead = 14

var (
	beginLater = lang.T("还没到该开始的日子", "it need not begin yet")
	beganSo    = lang.T("今年的评估已经开始", "this year's has begun")
)

// dueYear returns the year whose evaluation should be begun at a moment; else
// why not.
func (c *Commands) dueYear(s evaluation.State, now time.Time) (year int, by calendar.Date, why lang.Text) {
	today := calendar.DateOf(now)
	year = today.Year()
	by = c.EvaluationBy.In(year)
	if today < by.Add(-beginAhead) {
		return 0, by, beginLater
	}
	for _, cycle := range s.Cycles() {
		if of, _, _ := strings.Cut(string(cycle.ID), "-"); of == strconv.Itoa(year) && cycle.Phase != evaluation.Cancelled {
			return 0, by, beganSo
		}
	}
	if _, running := s.Current(); running {
		return 0, by, lang.T("上一次评估还没有结束", "the one before is still under way")
	}
	return year, by, lang.Text{}
}

// beginAudience leaves everybody out while there is nothing to begin.
func (c *Commands) beginAudience(s record.State, j delivery.Job, due time.Time) []delivery.Choice {
	out := delivery.Named(j, s.People, due)
	year, _, why := c.dueYear(s.Evaluation, due)
	for i := range out {
		if year == 0 {
			out[i].Skip, out[i].Why = delivery.SkipNotNeeded, why
			continue
		}
		out[i].Why = lang.Tf("%d 年的评估还没有开始", "that of %d has not begun", year)
	}
	return out
}

func (c *Commands) beginMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	year, by, why := c.dueYear(s.Evaluation, d.Due)
	if year == 0 {
		return render.Message{}, &delivery.NotNeeded{Why: why}
	}
	return render.EvaluationDue(year, by, calendar.DateOf(d.Due), l), nil
}
