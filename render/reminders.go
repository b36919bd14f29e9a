package render

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/reminder"
)

// ActionSnooze puts reminders off until the next workday; the value is that of
// [SnoozeValue].
const ActionSnooze = "snooze"

// SnoozeValue names the chance that the button uses up.
func SnoozeValue(c reminder.Chance) string {
	return string(c.Period) + c.Duty + " " + string(c.Level) // One of the two is empty.
}

// ParseSnooze reads what [SnoozeValue] wrote.
func ParseSnooze(value string) (c reminder.Chance, ok bool) {
	period, level, ok := strings.Cut(value, " ")
	if strings.Contains(period, ".") {
		return reminder.Chance{Duty: period, Level: reminder.Level(level)}, ok
	}
	return reminder.Chance{Period: calendar.Period(period), Level: reminder.Level(level)}, ok
}

// ReminderData is what one person is reminded of on one day.
type ReminderData struct {
	Note   reminder.Note
	Lines  []ReminderLine // The note's, the most urgent in front.
	Snooze calendar.Date  // Until when they may put it off; empty when they may not.
	Doubt  lang.Text      // What is to be said beside a count of workdays; may be zero.
}

// ReminderLine is one debt of a note, as it stands when the message is made.
type ReminderLine struct {
	reminder.Line
	Today    calendar.Date // When it is told; empty stands for the deadline's own day where no days are left.
	District policy.District
	Open     []ledger.Duty   // What is still owed.
	Reports  bool            // The person may report for the district.
	Liaisons []people.Person // Whom to talk to, for who may not.
	Away     people.Person   // Whose stand-in the person is; zero otherwise.
}

// fromToday tells whether the deadline lies ahead (1), is today (0) or is over
// (-1), in days and not in workdays.
func (r ReminderLine) fromToday() int {
	if r.Today == "" {
		return 0
	}
	return cmp.Compare(r.Deadline(), r.Today)
}

// levelSigns are the colours of the levels. The words always stand beside them.
var levelSigns = map[reminder.Level]string{
	reminder.Blue: ":large_blue_circle:", reminder.Yellow: ":large_yellow_circle:", reminder.Red: ":red_circle:",
}

func levelWords(level reminder.Level, l lang.Lang) string {
	return levelSigns[level] + " " + level.Label().In(l)
}

// maxReminderLines is how many debts of a note have buttons of their own; the
// others are named.
const maxReminderLines = 18

// Reminder renders all that a person is reminded of on a day.
func Reminder(d ReminderData, pol *policy.Policy, l lang.Lang) Message {
	m := Message{Text: reminderTitle(d).In(l), Blocks: []slack.Block{header(levelWords(d.Note.Level, l))}}
	full, brief := splitReports(d.Lines)
	for i, line := range full[:min(len(full), maxReminderLines)] {
		m.Blocks = append(m.Blocks, section(reminderLine(line, line.Level != d.Note.Level, pol, l)))
		m.Blocks = append(m.Blocks, actions("debt:"+count(i), reminderButtons(line, l)...)...)
	}
	if len(full) > maxReminderLines {
		names := lang.List(full[maxReminderLines:], func(r ReminderLine) lang.Text {
			if r.OfMember() {
				return dutyTitle(r.Duty)
			}
			return lang.Tf("%s %s", "%s %s", r.District.Short, r.Debt.Period.Label())
		})
		m.Blocks = append(m.Blocks, section(lang.Tf("还有：%s。", "And also: %s.", names).In(l)))
	}
	m.othersReports(brief, d, pol, l)
	m.Blocks = append(m.Blocks, contextLine(reminderWhy(d, l)))
	if d.Snooze != "" {
		day := calendar.FormatDay(d.Snooze.Start())
		m.Blocks = append(m.Blocks, actions("snooze", button(ActionSnooze, SnoozeValue(d.Note.Chance()),
			lang.Tf("下一工作日（%s）再提醒", "Remind me on %s", day).In(l)))...)
	}
	return m
}

// reminderTitle is the note in a line, for notifications.
func reminderTitle(d ReminderData) lang.Text {
	first := d.Lines[0]
	ofMembers := slices.ContainsFunc(d.Lines, func(r ReminderLine) bool { return r.OfMember() })
	switch {
	case len(d.Lines) > 1 && ofMembers:
		return lang.Tf("%s：%d 件事还没有完成", "%s: %d things are not done yet", d.Note.Level.Label(), len(d.Lines))
	case ofMembers:
		return lang.Tf("%s：%s，%s，%s", "%s: %s, %s, %s", d.Note.Level.Label(), dutyTitle(first.Duty), dutyLeft(first.Duty), dueWords(first))
	case len(d.Lines) == 1:
		return lang.Tf("%s：%s%s还有 %s 个领域要上报，%s", "%s: %s owes %[4]s for %[3]s, %[5]s", d.Note.Level.Label(), first.District.Short,
			first.Debt.Period.Label(), lang.T(count(len(first.Open)), plural(len(first.Open), "domain", "domains")), dueWords(first))
	}
	return lang.Tf("%s：%d 个板块或报告期的上报还没有完成", "%s: %d reports of districts are still owed", d.Note.Level.Label(), len(d.Lines))
}

// dueWords tells when it is due, in workdays.
func dueWords(r ReminderLine) lang.Text {
	day, weekday := r.Deadline().Label(), calendar.Weekday(r.Deadline().Start())
	left := func(n int) lang.Text { return lang.T(count(n), plural(n, "workday", "workdays")) }
	switch {
	case r.Days > 0:
		return lang.Tf("%s（%s）截止，还剩 %s 个工作日", "due on %[2]s, %[1]s, %[3]s left", day, weekday, left(r.Days))
	case r.Days == 0 && r.fromToday() > 0: // A day off.
		return lang.Tf("%s（%s）截止，今天是最后一个工作日", "due on %[2]s, %[1]s; today is the last workday before it", day, weekday)
	case r.Days == 0 && r.fromToday() < 0:
		return lang.Tf("%s已截止", "it was due on %s", day)
	case r.Days == 0:
		return lang.Tf("今天（%s）截止", "due today, %s", day)
	}
	return lang.Tf("%s已截止，逾期 %s 个工作日", "it was due on %s, %s ago", day, left(-r.Days))
}

// reminderLine tells one debt: whose it is, when it is due, what is owed, and
// to who cannot report it, who does.
func reminderLine(r ReminderLine, level bool, pol *policy.Policy, l lang.Lang) string {
	if r.OfMember() {
		title := "*" + dutyTitle(r.Duty).In(l) + "*"
		if level {
			title = levelWords(r.Level, l) + "\n" + title
		}
		end := lang.T("。", ".").In(l)
		return title + "\n" + capital(dueWords(r).In(l)) + end + "\n" + capital(dutyLeft(r.Duty).In(l)) + end
	}
	title := "*" + lang.Tf("%s · %s", "%s · %s", r.District.Name, r.Debt.Period.Label()).In(l) + "*"
	if level {
		title = levelWords(r.Level, l) + "\n" + title
	}
	lines := []string{title, capital(dueWords(r).In(l)) + lang.T("。", ".").In(l)}
	if r.Away.User != "" {
		lines = append(lines, lang.Tf("你替%s接收：本人外出中。", "You stand in for %s, who is away.", PersonName(r.Away)).In(l))
	}
	var open []string
	for _, duty := range r.Open {
		words := domainName(pol, duty.Domain).In(l)
		if duty.State != ledger.DutyOwed {
			words += lang.Tf("（%s）", " (%s)", duty.State.Label()).In(l)
		}
		open = append(open, words)
	}
	lines = append(lines, lang.Tf("还要上报：%s", "Still to report: %s", lang.T(join(lang.ZH, open), join(lang.EN, open))).In(l)+lang.T("。", ".").In(l))
	if !r.Reports {
		lines = append(lines, lang.T("联络员：", "Liaison: ").In(l)+names(r.Liaisons, nobody, l)+lang.T("。", ".").In(l))
	}
	return strings.Join(lines, "\n")
}

// dutyTitle names what a member has to do: 2026年度评估 · 打分.
func dutyTitle(d reminder.Duty) lang.Text {
	what := lang.T("打分", "scoring")
	switch evaluation.Action(d.Action) {
	case evaluation.ActRevise:
		what = lang.T("第二轮打分", "second round")
	case evaluation.ActVote:
		what = lang.T("表决", "votes")
	default:
	}
	return lang.Tf("%s · %s", "%s · %s", evaluation.CycleID(d.Cycle).Label(), what)
}

// dutyLeft tells how much of a duty is left.
func dutyLeft(d reminder.Duty) lang.Text {
	switch evaluation.Action(d.Action) {
	case evaluation.ActRevise:
		return lang.Tf("委员分歧较大的 %s 项请再看一看，可以调整，不调整也可以", "members are divided on %s that you scored: look again, and change it or leave it", lang.T(count(d.Of), plural(d.Of, "item", "items")))
	case evaluation.ActVote:
		return lang.Tf("还有 %d 项没有投票（共 %d 项）", "%d of %d not voted on yet", d.Left, d.Of)
	default:
	}
	return lang.Tf("已打分 %d/%d，还差 %d 项", "%d of %d scored, %d left", d.Of-d.Left, d.Of, d.Left)
}

// dutyButtons lead to where a duty is done.
func dutyButtons(d reminder.Duty, l lang.Lang) []slack.BlockElement {
	a := evaluation.Action(d.Action)
	return []slack.BlockElement{
		primary(button(evaluationButtons[a], d.Cycle, a.Label().In(l))),
		button(ActionEvaluation, d.Cycle, lang.T("看评估", "See the evaluation").In(l)),
	}
}

// capital begins an English sentence with a capital letter.
func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// reminderButtons do what is owed.
func reminderButtons(r ReminderLine, l lang.Lang) []slack.BlockElement {
	if r.OfMember() {
		return dutyButtons(r.Duty, l)
	}
	if !r.Reports {
		return []slack.BlockElement{button(ActionProgress, string(r.District.ID), lang.T("看进展", "See progress").In(l))}
	}
	value := string(r.District.ID) + " " + string(r.Debt.Period)
	buttons := []slack.BlockElement{primary(button(ActionReport, value, lang.T("上报", "Report").In(l)))}
	owed := false
	for _, duty := range r.Open {
		owed = owed || duty.State == ledger.DutyOwed
		for _, report := range duty.Reports {
			if report.Status == ledger.Returned && len(buttons) < maxMends {
				buttons = append(buttons, button(ActionFix+":"+string(report.ID), ReportKey(report), lang.Tf("修改 %s", "Mend %s", string(report.ID)).In(l)))
			}
		}
	}
	if owed {
		buttons = append(buttons, noChangeButton(r.District, r.Debt.Period, l))
	}
	return buttons
}

// maxMends bounds the buttons of one debt.
const maxMends = 10

// reminderWhy tells why the person gets this, and when it ends.
func reminderWhy(d ReminderData, l lang.Lang) string {
	var why []string
	seen := map[people.Role]bool{}
	for _, r := range d.Lines {
		if seen[r.Role] || r.Away.User != "" {
			continue
		}
		seen[r.Role] = true
		switch r.Role {
		case people.Deputy:
			why = append(why, lang.T("副联络员在逾期后一并收到提醒", "a deputy is told once a report is overdue").In(l))
		case people.Lead:
			why = append(why, lang.T("分管领导在严重逾期后收到提醒", "a district's lead is told once it is far overdue").In(l))
		case people.Member:
			why = append(why, lang.T("你是本次评估的委员", "you are a member of the evaluation").In(l))
		case people.Secretariat:
			why = append(why, lang.T("秘书处在严重逾期后收到提醒", "the secretariat is told once it is far overdue").In(l))
		default:
			why = append(why, lang.T("你是联络员", "you are the liaison").In(l))
		}
	}
	for _, r := range d.Lines {
		if r.Reason == reminder.WasAsked {
			why = append(why, lang.T("你上次推迟到了今天", "you put it off until today").In(l))
			break
		}
	}
	words := lang.T("报完就不再提醒。", "It ends as soon as everything is reported.").In(l)
	switch again := func(r ReminderLine) bool { return r.Duty.Action == string(evaluation.ActRevise) }; {
	case !slices.ContainsFunc(d.Lines, func(r ReminderLine) bool { return !again(r) }): // Nothing is owed.
		words = lang.T("这一轮结束后就不再提醒。", "It ends with the round.").In(l)
	case slices.ContainsFunc(d.Lines, func(r ReminderLine) bool { return r.OfMember() }):
		words = lang.T("完成后就不再提醒。", "It ends as soon as it is done.").In(l)
	}
	if len(why) > 0 {
		words = lang.T("为什么收到：", "Why you get this: ").In(l) + strings.Join(why, lang.T("；", "; ").In(l)) + lang.T("。", ". ").In(l) + words
	}
	if !d.Doubt.IsZero() {
		words += lang.T("", " ").In(l) + capital(d.Doubt.In(l)) + lang.T("。", ".").In(l)
	}
	return words
}

// Snoozed tells somebody until when their reminders are put off.
func Snoozed(until calendar.Date, l lang.Lang) Message {
	return Note(lang.Tf("好的，%s（%s）再提醒；在那之前完成就不会再提醒。这一级的提醒只能推迟一次。",
		"Fine: you are reminded again on %s, a %s, unless it is done by then. A colour can be put off once.", until.Label(), calendar.Weekday(until.Start())), l)
}

// NoteWords tells why a person is reminded, for who looks at what was sent.
func NoteWords(n reminder.Note, pol *policy.Policy) lang.Text {
	words := lang.List(n.Lines[:min(len(n.Lines), maxWhyLines)], func(r reminder.Line) lang.Text {
		if r.OfMember() {
			return lang.Tf("%s：%s", "%s: %s", dutyTitle(r.Duty), r.Reason.Label())
		}
		w := lang.Tf("%s%s：%s", "%s for %s: %s", shortDistrict(pol, r.Debt.District), r.Debt.Period.Label(), r.Reason.Label())
		if r.Reason == reminder.StandsIn {
			return w
		}
		return lang.Tf("%s，%s", "%s, as %s", w, r.Role.Name())
	})
	if len(n.Lines) > maxWhyLines {
		words = lang.Tf("%s等 %d 项", "%s … %d in all", words, len(n.Lines))
	}
	return lang.Tf("%s：%s", "%s: %s", n.Level.Label(), words)
}

// maxWhyLines bounds the debts that the record of a delivery names.
const maxWhyLines = 2

// SkipWords tells who or which district is not reminded, and why.
func SkipWords(s reminder.Skip, pol *policy.Policy) lang.Text {
	if s.District == "" {
		return lang.Tf("年度评估：%s", "evaluation: %s", s.Reason.Label())
	}
	if s.Reason == reminder.SkipNobody {
		return lang.Tf("%s：没有登记的%s", "%s: nobody is registered as %s", shortDistrict(pol, s.District), s.Role.Name())
	}
	return lang.Tf("%s：%s", "%s: %s", shortDistrict(pol, s.District), s.Reason.Label())
}

func shortDistrict(pol *policy.Policy, id policy.DistrictID) lang.Text {
	if d, ok := pol.District(id); ok {
		return d.Short
	}
	return districtName(pol, id)
}
