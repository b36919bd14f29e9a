package render

import (
	"strings"

	"wainao/calendar"
	"wainao/lang"
	"wainao/policy"
)

// maxFull is how many debts of others a note tells at length; where there are
// more, each has a line.
const maxFull = 2

// splitReports takes out of a note's lines what the person can only look at,
// where there is much of it.
func splitReports(all []ReminderLine) (full, brief []ReminderLine) {
	for _, r := range all {
		if r.Reports || r.OfMember() {
			full = append(full, r)
		} else {
			brief = append(brief, r)
		}
	}
	if len(brief) <= maxFull {
		return all, nil
	}
	return full, brief
}

// othersReports adds the debts that have a line each, and one button for all.
func (m *Message) othersReports(brief []ReminderLine, d ReminderData, pol *policy.Policy, l lang.Lang) {
	if len(brief) == 0 {
		return
	}
	lines := make([]string, 0, len(brief))
	for _, r := range brief {
		lines = append(lines, briefLine(r, r.Level != d.Note.Level, pol, l))
	}
	m.Blocks = append(m.Blocks, sections("*"+lang.T("欠报的板块", "Districts that owe a report").In(l)+"*", lines)...)
	m.Blocks = append(m.Blocks, actions("others", button(ActionProgress, "", lang.T("看全部进展", "All progress").In(l)))...)
}

// briefLine tells one debt in a line: whose it is, for when, what is owed and
// who answers for it.
func briefLine(r ReminderLine, level bool, pol *policy.Policy, l lang.Lang) string {
	var open []string
	for _, duty := range r.Open {
		open = append(open, shortDomain(pol, duty.Domain).In(l))
	}
	parts := []string{
		"*" + r.District.Short.In(l) + "*", r.Debt.Period.Label().In(l), dueBrief(r).In(l), join(l, open),
		lang.T("联络员：", "liaison: ").In(l) + names(r.Liaisons, nobody, l),
	}
	if level {
		parts = append([]string{levelWords(r.Level, l)}, parts...)
	}
	return strings.Join(parts, " · ")
}

// dueBrief tells in workdays how a debt stands.
func dueBrief(r ReminderLine) lang.Text {
	workdays := func(n int) lang.Text { return lang.T(count(n), plural(n, "workday", "workdays")) }
	switch {
	case r.Days > 0:
		return lang.Tf("还剩 %s 个工作日", "%s left", workdays(r.Days))
	case r.Days == 0 && r.fromToday() > 0:
		return lang.Tf("%s截止", "due %s", calendar.FormatDay(r.Deadline().Start()))
	case r.Days == 0 && r.fromToday() < 0:
		return lang.T("已截止", "overdue")
	case r.Days == 0:
		return lang.T("今天截止", "due today")
	}
	return lang.Tf("逾期 %s 个工作日", "%s overdue", workdays(-r.Days))
}
