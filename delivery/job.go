package delivery

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"wainao/lang"
	"wainao/people"
)

// JobName names a job in configuration, commands and the journal: letters,
// digits and hyphens.
type JobName string

// Recipient is where a delivery goes: a Slack channel's name or id, or a user's
// id.
type Recipient string

// Job is something that is posted again and again. It is a value: nobody
// changes its slices.
type Job struct {
	Name    JobName
	Title   lang.Text
	Spec    string        // A cron spec of five fields.
	Zone    string        // [DefaultZone] when empty.
	CatchUp time.Duration // How late a slot may still run after downtime; at least [MinWindow] counts.
	On      Condition     // What becomes of a slot on a day that is not worked.
	Quiet   Quiet         // When nothing of the job is posted.
	Paused  bool          // Its slots pass without being run; it may still be run by hand.
	To      []Recipient   // Whom it goes to, with those of the roles; see [View.Audience].
	Roles   []people.Role // Everybody with one of them.
}

// Condition says on which days a slot runs.
type Condition string

// The conditions. Workdays are those of China, by the date on the clock of the
// job's zone.
const (
	AnyDay      Condition = ""             // On any day.
	Workday     Condition = "workday"      // On workdays; other slots are left out.
	NextWorkday Condition = "next-workday" // At the slot's hour on the first workday from its day on.
)

// Conditions lists the conditions in their fixed order, but for those of
// [BeforeDeadline], of which there are many.
func Conditions() []Condition { return []Condition{AnyDay, Workday, NextWorkday} }

// beforeDeadline ends a condition that counts workdays before a quarter's
// deadline: "10-workdays-before-deadline".
const beforeDeadline = "-workdays-before-deadline"

// maxBefore is how many workdays before the deadline a job may run at most.
const maxBefore = 60

// BeforeDeadline is the condition that has a slot run only on the day that lies
// n workdays before a quarter's deadline for reports, and on the deadline itself
// when n is 0.
func BeforeDeadline(n int) Condition { return Condition(strconv.Itoa(n) + beforeDeadline) }

// Before returns how many workdays before the deadline the condition has a slot
// run; ok is false for a condition that does not look at the deadline.
func (c Condition) Before() (n int, ok bool) {
	digits, ok := strings.CutSuffix(string(c), beforeDeadline)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 0 && n <= maxBefore && BeforeDeadline(n) == c
}

func (c Condition) valid() bool {
	_, ok := c.Before()
	return ok || slices.Contains(Conditions(), c)
}

// ParseCondition reads a condition as configuration and commands write it;
// "any" and nothing are [AnyDay]. The error is a [lang.Problem].
func ParseCondition(s string) (Condition, error) {
	c := Condition(strings.ToLower(strings.TrimSpace(s)))
	if c == "any" {
		return AnyDay, nil
	}
	if !c.valid() {
		return AnyDay, lang.Problemf("bad_condition", "“%s”不是运行日的写法，可选：any（每天）、workday（仅工作日）、next-workday（顺延到下一工作日）、10-workdays-before-deadline（上报截止日前第10个工作日，0到%d）。",
			"“%s” does not say on which days to run. Choose any, workday (workdays only), next-workday (moved to the next workday) or 10-workdays-before-deadline (0 to %d).", clip(s), maxBefore)
	}
	return c, nil
}

// Label names the condition.
func (c Condition) Label() lang.Text {
	switch c {
	case AnyDay:
		return lang.T("不论是否工作日", "on any day")
	case Workday:
		return lang.T("仅工作日", "workdays only")
	case NextWorkday:
		return lang.T("遇休息日顺延到下一工作日", "moved to the next workday")
	}
	switch n, ok := c.Before(); {
	case ok && n == 0:
		return lang.T("仅上报截止日", "on the deadline for reports only")
	case ok && n == 1:
		return lang.T("仅上报截止日前1个工作日", "1 workday before the deadline for reports")
	case ok:
		return lang.Tf("仅上报截止日前%d个工作日", "%d workdays before the deadline for reports", n)
	}
	return lang.T(string(c), string(c))
}

// Durations of a delivery.
const (
	// MinWindow is how long a delivery is tried at least.
	MinWindow = 10 * time.Minute
	// MaxWindow is how late a slot may run at most.
	MaxWindow = 31 * 24 * time.Hour
	// AskedWindow is how long a delivery that a person caused is tried. What it
	// tells (a report has come in) is not outdated by the next slot.
	AskedWindow = 24 * time.Hour
	// LateAfter is how long after its time a slot is called late.
	LateAfter = 2 * time.Minute
	// Lease is how long a claim keeps others away. It is longer than any
	// attempt to post may take, so that a claim that runs out is a crash.
	Lease = 2 * time.Minute
	// Settle is how long a released claim rests before its message is looked
	// for: Slack may still be at the last request of the process that died.
	Settle = 5 * time.Second
)

func (j Job) window() time.Duration { return max(j.CatchUp, MinWindow) }

// maxName bounds a job's name, which stands in every key that is made of it.
const maxName = 50

// maxRecipients bounds the recipients that a job names itself.
const maxRecipients = 1000

// Check returns what is wrong with the job: a [lang.Problem], or nil. What can
// never be sent is wrong too.
func (j Job) Check() error {
	if j.Name == "" || len(j.Name) > maxName || strings.ContainsFunc(string(j.Name), func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}) {
		return lang.Problemf("bad_job_name", "任务名“%s”只能用字母、数字和连字符，最多%d个。", "A job's name holds only letters, digits and hyphens, at most %[2]d, not “%[1]s”.", clip(string(j.Name)), maxName)
	}
	if slices.ContainsFunc(j.To, func(to Recipient) bool { return strings.TrimSpace(string(to)) == "" }) || len(j.To) > maxRecipients {
		return lang.Problemf("bad_recipient", "任务“%s”有一个空的接收方，或接收方超过%d个。", "The job “%s” has an empty recipient, or more than %d.", string(j.Name), maxRecipients)
	}
	for _, r := range j.Roles {
		if !r.Valid() {
			return lang.Problemf("unknown_role", "没有“%s”这个角色，可选：%s。", "There is no role %q; the roles are %s.", clip(string(r)), people.RoleNames())
		}
	}
	if j.CatchUp < 0 || j.CatchUp > MaxWindow {
		return lang.Problemf("bad_catch_up", "补发时限应在0到%d天之间。", "How late a slot may run is between 0 and %d days.", int(MaxWindow.Hours()/24))
	}
	if !j.On.valid() {
		_, err := ParseCondition(string(j.On))
		return err
	}
	if err := j.Quiet.check(); err != nil {
		return err
	}
	schedule, err := ParseSchedule(j.Spec, j.Zone)
	if err != nil {
		return err
	}
	return j.checkQuiet(schedule)
}

// checkQuiet refuses a job whose slots all lie in its quiet hours and are too
// old when these end. The days of a month tell.
func (j Job) checkQuiet(schedule Schedule) error {
	if j.Quiet.IsZero() {
		return nil
	}
	slot, ok := schedule.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
	for range 31 {
		if !ok || !j.Quiet.end(slot.Due, schedule.zone).After(slot.Due.Add(j.window())) {
			return nil
		}
		slot, ok = schedule.Next(slot.Due)
	}
	return lang.Problemf("quiet_never", "定时都落在免打扰时段（%s）里，时段结束时又超过了补发时限，永远不会发送。请改时间、免打扰时段或补发时限。",
		"Every slot lies in the quiet hours (%s) and is too old when they end, so nothing would ever be sent. Change the time, the quiet hours or how late a slot may run.", j.Quiet)
}

// same reports whether both run at the same times: a change of anything else
// leaves the slots that are not decided on yet alone.
func (j Job) sameTimes(o Job) bool {
	return j.Spec == o.Spec && j.zone() == o.zone() && j.On == o.On && j.Paused == o.Paused
}

// equal reports whether both say the same.
func (j Job) equal(o Job) bool {
	return j.Name == o.Name && j.Title == o.Title && j.sameTimes(o) && j.CatchUp.Truncate(time.Second) == o.CatchUp.Truncate(time.Second) &&
		j.Quiet == o.Quiet && slices.Equal(j.To, o.To) && slices.Equal(j.Roles, o.Roles)
}

func (j Job) zone() string {
	if j.Zone == "" {
		return DefaultZone
	}
	return j.Zone
}

// times returns when the job is due, on the days on which it runs.
func (v View) times(j Job) (timetable, error) {
	schedule, err := ParseSchedule(j.Spec, j.Zone)
	return timetable{Schedule: schedule, on: j.On, days: v.Days, deadline: v.Deadline}, err
}
