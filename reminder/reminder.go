// Package reminder decides who is reminded of what is still owed, a district's
// reports or a member's part in the evaluation: on which day, in which colour,
// and why.
//
// It decides on days and people. It never decides what is owed, which the
// ledger does, nor when on the day a message goes out and that it does so once,
// which are the scheduler's. It is pure functions of what it is given.
package reminder

import (
	"cmp"
	"slices"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Debt is what one district still owes for one period.
type Debt struct {
	District policy.DistrictID
	Period   calendar.Period
	Deadline calendar.Date // The last day on which it is in time.
	Domains  []policy.DomainID
	Returned []policy.DomainID // Those of Domains whose report was sent back.
}

// Duty is what one member still owes, or may still do, in the evaluation.
type Duty struct {
	Member   people.UserID
	Cycle    string // The cycle's id.
	Action   string // What is to be done, in the evaluation's terms.
	Left, Of int
	Deadline calendar.Date // The last day for it.
}

// name names the duty for a chance to put it off.
func (d Duty) name() string { return d.Cycle + "." + d.Action }

// Level is how urgent a reminder is, in the colours that warnings have.
type Level string

// The levels, the least urgent first.
const (
	Blue   Level = "blue"   // Due soon, or today.
	Yellow Level = "yellow" // Overdue.
	Red    Level = "red"    // Far overdue.
)

// Label returns the level in words: a colour never stands alone.
func (l Level) Label() lang.Text {
	switch l {
	case Blue:
		return lang.T("蓝色提醒：即将到期", "Blue: due soon")
	case Yellow:
		return lang.T("黄色提醒：已逾期", "Yellow: overdue")
	case Red:
		return lang.T("红色提醒：严重逾期", "Red: far overdue")
	}
	return lang.T(string(l), string(l))
}

// Rank sorts levels, the least urgent first; it is below 0 for no level.
func (l Level) Rank() int { return slices.Index([]Level{Blue, Yellow, Red}, l) }

// Reason names why somebody is reminded, or is not.
type Reason string

// Why somebody is reminded.
const (
	DueSoon   Reason = "due-soon"   // The deadline is a set number of workdays ahead.
	DueToday  Reason = "due-today"  // It is the last day, or the last workday before it.
	Overdue   Reason = "overdue"    // The deadline has passed by a set number of workdays.
	Escalated Reason = "escalated"  // Overdue for so long that more people are told.
	StandsIn  Reason = "stands-in"  // Somebody who would be told is away, and named them.
	WasAsked  Reason = "snoozed-to" // They had asked to be reminded today.
)

// Why somebody is not reminded.
const (
	SkipNoWorkday Reason = "no-workday"  // Nobody is reminded on a day off.
	SkipNotToday  Reason = "not-today"   // Today is none of the days on which to remind.
	SkipSnoozed   Reason = "snoozed"     // They asked to be reminded later.
	SkipAway      Reason = "away"        // They are away, and their stand-in is told.
	SkipNobody    Reason = "nobody"      // The district has nobody in that role.
	SkipDone      Reason = "nothing-due" // The district owes nothing.
)

// Settings say when to remind. Workdays are counted.
type Settings struct {
	Before  []int // Workdays before the deadline, and 0 for the day itself.
	Overdue int   // From so many workdays past it deputies are told too.
	Far     int   // From so many workdays past it leads and the secretariat are told too.
	Every   int   // When far overdue, again every so many workdays.

	// AnyDay reminds on every day, and not only on those: somebody asked for it.
	AnyDay bool
}

// DefaultSettings are ten and three workdays ahead, the day itself, one and
// five workdays past it, then every five.
func DefaultSettings() Settings {
	return Settings{Before: []int{10, 3, 0}, Overdue: 1, Far: 5, Every: 5}
}

// Check returns nil when the settings make sense.
func (s Settings) Check() error {
	if slices.ContainsFunc(s.Before, func(n int) bool { return n < 0 || n > 60 }) || s.Overdue < 1 || s.Far <= s.Overdue || s.Every < 1 {
		return lang.Problemf("reminder_settings",
			"提醒的天数不对：提前的工作日数应在 0 到 60 之间，逾期提醒至少 1 个工作日，严重逾期要晚于逾期，重复间隔至少 1 个工作日。",
			"The days of the reminders make no sense: 0 to 60 workdays before, at least 1 for overdue, far overdue later than overdue, and repeated after at least 1.")
	}
	return nil
}

// Note is all that one person is reminded of on one day.
type Note struct {
	To    people.UserID
	Level Level // The most urgent of its lines.
	Lines []Line
}

// Line is one debt that a note tells of, or one duty.
type Line struct {
	Debt   Debt // Zero for a duty.
	Duty   Duty // Zero for a debt.
	Level  Level
	Role   people.Role   // In which role the person, or the one who is away, is told.
	Reason Reason        // Why.
	For    people.UserID // Whose stand-in is told; empty otherwise.
	Days   int           // Workdays until the deadline; below 0 past it.
}

// OfMember reports whether the line tells of a member's duty.
func (l Line) OfMember() bool { return l.Duty.Member != "" }

// Deadline returns the last day for what the line tells of.
func (l Line) Deadline() calendar.Date {
	if l.OfMember() {
		return l.Duty.Deadline
	}
	return l.Debt.Deadline
}

// same reports whether both tell of the same debt or duty.
func (l Line) same(o Line) bool {
	return l.Debt.District == o.Debt.District && l.Debt.Period == o.Debt.Period && l.Duty.Member == o.Duty.Member && l.Duty.name() == o.Duty.name()
}

// Skip is somebody who is not reminded, and why. User is empty when a role of
// a district has nobody. District is empty for a member's duty.
type Skip struct {
	User     people.UserID
	District policy.DistrictID
	Role     people.Role
	Reason   Reason
}

// Snoozed tells until which day a person does not want to be reminded; ok is
// false when they have not said so.
type Snoozed func(user people.UserID) (until calendar.Date, ok bool)

// Plan returns who is to be reminded today of which debts and duties, one note a
// person in the order of their ids, and who is not, and why.
func Plan(debts []Debt, duties []Duty, who people.State, days calendar.Days, snoozed Snoozed, s Settings, now time.Time) ([]Note, []Skip) {
	p := planner{who: who, snoozed: snoozed, now: now, today: calendar.DateOf(now), notes: map[people.UserID]*Note{}}
	if !s.AnyDay && !days.IsWorkday(p.today) {
		for _, d := range debts {
			p.skips = append(p.skips, Skip{District: d.District, Reason: SkipNoWorkday})
		}
		for _, d := range duties {
			p.skips = append(p.skips, Skip{User: d.Member, Role: people.Member, Reason: SkipNoWorkday})
		}
		return nil, p.skips
	}
	for _, d := range debts {
		if len(d.Domains) == 0 {
			p.skips = append(p.skips, Skip{District: d.District, Reason: SkipDone})
			continue
		}
		left := Left(days, p.today, d.Deadline)
		level, reason, due := s.on(left)
		for _, role := range s.roles(left) {
			p.tell(d, role, level, reason, due, left)
		}
	}
	for _, d := range duties {
		left := Left(days, p.today, d.Deadline)
		level, reason, due := s.on(left)
		p.remind(Line{Duty: d, Level: level, Role: people.Member, Reason: reason, Days: left}, d.Member, due)
	}
	return p.result()
}

// Left counts the workdays from today to the deadline; below 0 past it. A
// deadline on a day off is over with the workday before it.
func Left(days calendar.Days, today, deadline calendar.Date) int {
	if !days.IsWorkday(deadline) {
		deadline = days.AddWorkdays(deadline, -1)
	}
	switch {
	case today == deadline:
		return 0
	case today < deadline:
		return days.Workdays(today, deadline)
	}
	return -days.Workdays(deadline, today)
}

// on tells in which colour and why a debt is told of with so many workdays left;
// due is false on the days in between.
func (s Settings) on(left int) (level Level, reason Reason, due bool) {
	past := -left
	switch {
	case left == 0:
		return Blue, DueToday, s.AnyDay || slices.Contains(s.Before, 0)
	case left > 0:
		return Blue, DueSoon, s.AnyDay || slices.Contains(s.Before, left)
	case past >= s.Far:
		return Red, Escalated, s.AnyDay || (past-s.Far)%s.Every == 0
	case past >= s.Overdue:
		return Yellow, Overdue, s.AnyDay || past == s.Overdue
	}
	return Blue, DueToday, s.AnyDay
}

// roles returns who is told when so many workdays are left.
func (s Settings) roles(left int) []people.Role {
	switch past := -left; {
	case past >= s.Far:
		return []people.Role{people.Liaison, people.Deputy, people.Lead, people.Secretariat}
	case past >= s.Overdue:
		return []people.Role{people.Liaison, people.Deputy}
	}
	return []people.Role{people.Liaison}
}

type planner struct {
	who     people.State
	snoozed Snoozed
	now     time.Time
	today   calendar.Date
	notes   map[people.UserID]*Note
	skips   []Skip
}

// tell adds a debt to the notes of everybody who has the role.
func (p *planner) tell(d Debt, role people.Role, level Level, reason Reason, due bool, left int) {
	all := p.holders(role, d.District)
	if len(all) == 0 {
		p.skips = append(p.skips, Skip{District: d.District, Role: role, Reason: SkipNobody})
	}
	for _, person := range all {
		line := Line{Debt: d, Level: level, Role: role, Reason: reason, Days: left}
		to := person.User
		if a, away := p.who.Absence(to, p.now); away && a.Covers(p.now) {
			// Who is away without a stand-in is told themselves: it must not vanish.
			if standIn, ok := p.who.StandIn(to, p.now); ok {
				p.skip(d, role, to, SkipAway)
				line.For, line.Reason, to = to, StandsIn, standIn
			}
		}
		p.remind(line, to, due)
	}
}

// remind adds a line to somebody's note when it is due, or they asked for it.
// Nobody can score or vote in a member's place: who is away is reminded all the
// same.
func (p *planner) remind(line Line, to people.UserID, due bool) {
	day, asked := p.later(to)
	switch {
	case asked && day > p.today:
		p.skip(line.Debt, line.Role, to, SkipSnoozed)
		return
	case asked && day == p.today:
		line.Reason = WasAsked
	case !due:
		p.skip(line.Debt, line.Role, to, SkipNotToday)
		return
	}
	p.add(to, line)
}

func (p *planner) later(user people.UserID) (calendar.Date, bool) {
	if p.snoozed == nil {
		return "", false
	}
	return p.snoozed(user)
}

func (p *planner) skip(d Debt, role people.Role, user people.UserID, why Reason) {
	p.skips = append(p.skips, Skip{User: user, District: d.District, Role: role, Reason: why})
}

// holders returns who has the role for the district. The secretariat has none
// of its own.
func (p *planner) holders(role people.Role, d policy.DistrictID) []people.Person {
	switch role {
	case people.Liaison:
		return p.who.OfDistrict(d)
	case people.Deputy:
		return p.who.Deputies(d)
	case people.Lead:
		return p.who.Leads(d)
	case people.Secretariat:
		return p.who.WithRole(people.Secretariat)
	default:
		return nil
	}
}

// add puts a line into a person's note: a debt once, in its most urgent form,
// and in one's own name rather than in another's.
func (p *planner) add(to people.UserID, line Line) {
	note := p.notes[to]
	if note == nil {
		note = &Note{To: to, Level: line.Level}
		p.notes[to] = note
	}
	if i := slices.IndexFunc(note.Lines, line.same); i >= 0 {
		if old := note.Lines[i]; old.For != "" && line.For == "" {
			note.Lines[i] = line
		}
		return
	}
	note.Lines = append(note.Lines, line)
	if line.Level.Rank() > note.Level.Rank() {
		note.Level = line.Level
	}
}

func (p *planner) result() ([]Note, []Skip) {
	out := make([]Note, 0, len(p.notes))
	for _, n := range p.notes {
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b Note) int { return cmp.Compare(a.To, b.To) })
	return out, p.skips
}
