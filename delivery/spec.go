package delivery

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"wainao/calendar"
	"wainao/lang"
)

// DefaultZone is the zone of a job that names none.
const DefaultZone = "Asia/Shanghai"

// Schedule says when a job's slots are: a cron spec, read on the wall clock of
// a zone. The zero Schedule has no slots.
//
// The spec is evaluated on naive local time, which is then placed in the zone.
// So where summer time skips an hour a slot in it runs once, at the time that
// the clock shows instead, and where an hour comes twice a slot in it runs
// once, the first time.
type Schedule struct {
	cron cron.Schedule
	zone *time.Location
}

// parser reads the five usual fields: minute, hour, day of month, month, day of
// the week.
var parser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// ParseSchedule reads a cron spec of five fields and the name of a zone; no
// name is [DefaultZone]. The error is a [lang.Problem]: "bad_spec",
// "spec_never" for a spec without a next time, such as 31 February, or
// "bad_zone".
func ParseSchedule(spec, zone string) (Schedule, error) {
	location, err := loadZone(zone)
	if err != nil {
		return Schedule{}, err
	}
	if first, _, _ := strings.Cut(strings.TrimSpace(spec), " "); strings.Contains(first, "=") {
		return Schedule{}, badSpec(spec, lang.T("时区请单独填写，不要写在时间里", "the zone has a setting of its own and does not belong into the spec"))
	}
	parsed, err := parseSafely(spec)
	if err != nil {
		return Schedule{}, badSpec(spec, lang.T("要五段：分 时 日 月 周", "five fields are wanted: minute, hour, day of the month, month, day of the week"))
	}
	// No spec means different things in different years, so any year tells
	// whether there is a next time; cron looks five years ahead, which holds a
	// leap day.
	if parsed.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Schedule{}, lang.Problemf("spec_never", "“%s”永远不会到时间，例如二月没有31日。请改日期。", "“%s” never comes: February has no 31st day, for example. Change the date.", clip(spec))
	}
	return Schedule{cron: parsed, zone: location}, nil
}

func badSpec(spec string, why lang.Text) error {
	return lang.Problemf("bad_spec", "“%s”不是定时设置：%s。例如每周一9点是 0 9 * * 1。", "“%s” is no schedule: %s. Every Monday at 9:00, for example, is 0 9 * * 1.", clip(spec), why)
}

func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func loadZone(name string) (*time.Location, error) {
	if name == "" || name == DefaultZone {
		return calendar.Shanghai(), nil
	}
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	location, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, lang.Problemf("bad_zone", "没有“%s”这个时区。请写成 Asia/Shanghai 这样的名称。", "There is no time zone “%s”. Write it as in Asia/Shanghai.", clip(name))
	}
	zones.Store(name, location)
	return location, nil
}

// zones keeps the zones that were read, which takes a while. There are no more
// than the database has.
var zones sync.Map

// parseSafely parses what a person wrote: some specs make cron panic.
func parseSafely(spec string) (s cron.Schedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			s, err = nil, fmt.Errorf("parse spec: %v", p)
		}
	}()
	return parser.Parse(spec)
}

// Slot is one time at which a job is due.
type Slot struct {
	Local time.Time // The naive local time, in UTC; it names the slot.
	Due   time.Time // The moment in UTC.
}

// naive returns what the zone's clock shows at t, as a time in UTC.
func (s Schedule) naive(t time.Time) time.Time {
	t = t.In(s.zone)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// place returns the moment at which the zone's clock shows local: the first
// one when it shows it twice, and when it never does, the moment at which it
// would have, had it not been put forward.
func (s Schedule) place(local time.Time) time.Time {
	// A zone is at most 14 hours from UTC, so these two lie on either side of a
	// change that concerns local.
	_, before := local.Add(-15 * time.Hour).In(s.zone).Zone()
	_, after := local.Add(15 * time.Hour).In(s.zone).Zone()
	early := local.Add(-time.Duration(before) * time.Second)
	late := local.Add(-time.Duration(after) * time.Second)
	if s.naive(early).Equal(local) || !s.naive(late).Equal(local) {
		return early
	}
	return late
}

// slack covers any change of a zone's clock, so that no slot is looked for on
// the wrong side of it.
const slack = 3 * time.Hour

// maxSlots bounds one look at the slots between two moments.
const maxSlots = 20_000

// Between returns the slots due after from and not after to, in the order in
// which they are due. After a very long time it returns the last ones only.
func (s Schedule) Between(from, to time.Time) []Slot {
	if s.cron == nil || !from.Before(to) {
		return nil
	}
	var out []Slot
	end := s.naive(to).Add(slack)
	for local := s.cron.Next(s.naive(from).Add(-slack)); !local.IsZero() && !local.After(end); local = s.cron.Next(local) {
		if due := s.place(local); due.After(from) && !due.After(to) {
			out = append(out, Slot{Local: local, Due: due})
			if len(out) > 2*maxSlots {
				out = append([]Slot(nil), out[maxSlots:]...)
			}
		}
	}
	sortSlots(out)
	return out
}

// Next returns the first slot due after t; ok is false when there is none.
func (s Schedule) Next(t time.Time) (next Slot, ok bool) {
	if s.cron == nil {
		return Slot{}, false
	}
	start := s.naive(t)
	for local := s.cron.Next(start.Add(-slack)); !local.IsZero(); local = s.cron.Next(local) {
		if due := s.place(local); due.After(t) && (!ok || due.Before(next.Due)) {
			next, ok = Slot{Local: local, Due: due}, true
		}
		if ok && local.After(start.Add(slack)) {
			break
		}
	}
	return next, ok
}
