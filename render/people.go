package render

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Action ids of what is done with people.
const (
	ActionPeople       = "people"        // Shows who takes part.
	ActionPerson       = "person"        // Opens the form about a person: the one chosen, or the value.
	ActionPersonRemove = "person-remove" // Takes all roles away; value: the person.
	ActionAbsence      = "absence"       // Opens the form about an absence; value: the person, or empty for oneself.
)

// How much the list of people shows.
const (
	maxDepartedShown = 8  // People who left, each with a button.
	maxNames         = 5  // Names of one role in one line.
	maxNameInList    = 24 // Characters of one of them,
	maxNameOfLine    = 60 // and of one with a line of its own.
	maxAbsencesShown = 10 // Absences.
	maxFound         = 20 // People found, each with a button.
)

// People renders everybody who takes part: who left Slack first, with what to
// do; then the districts in administrative order, the other roles, and who is
// away.
func People(s people.State, pol *policy.Policy, now time.Time, l lang.Lang) Message {
	total := 0
	for _, p := range s.All() {
		if !p.Stranger() {
			total++
		}
	}
	title := lang.T(fmt.Sprintf("人员：%d 人", total), "People: "+count(total))
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	m.Blocks = append(m.Blocks, departedBlocks(s, pol, l)...)
	m.Blocks = append(m.Blocks, peopleButtons(l)...)

	var lines []string
	for _, d := range pol.Districts {
		lines = append(lines, "*"+Escape(d.Name.In(l))+"*"+lang.T("：", ": ").In(l)+districtPeople(s, d.ID, l))
	}
	m.Blocks = append(m.Blocks, sections("*"+lang.T("各板块", "Districts").In(l)+"*", lines)...)

	lines = nil
	for _, r := range people.Roles() {
		if !r.OfDistricts() {
			lines = append(lines, "*"+r.Name().In(l)+"*"+lang.T("：", ": ").In(l)+names(s.WithRole(r), nobody, l))
		}
	}
	m.Blocks = append(m.Blocks, sections("*"+lang.T("其他角色", "Other roles").In(l)+"*", lines)...)
	m.Blocks = append(m.Blocks, absenceBlocks(s, now, l)...)
	m.Blocks = append(m.Blocks, contextLine(lang.T(
		"`/future 人员 昆山` 看一个板块的全部人员，`/future 人员 姓名` 找人。整份名单可由运维用 `wainao people import` 导入。",
		"`/future people Kunshan` shows everybody of a district, `/future people NAME` finds somebody. The operator can import a whole roster with `wainao people import`.").In(l)))
	return m
}

var nobody = lang.T("没有登记", "nobody registered")

// peopleButtons choose whom to register or change.
func peopleButtons(l lang.Lang) []slack.Block {
	choose := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(lang.T("登记或更改…", "Register or change …").In(l)), ActionPerson)
	return actions("people", choose, button(ActionAbsence, "", lang.T("登记外出", "Note an absence").In(l)))
}

// departedBlocks show who has left Slack and what is to be done.
func departedBlocks(s people.State, pol *policy.Policy, l lang.Lang) []slack.Block {
	departed := s.Departed()
	if len(departed) == 0 {
		return nil
	}
	blocks := []slack.Block{section(":wave: *" + lang.T(fmt.Sprintf("%d 人已离开 Slack，请登记接任的人，再移除他们", len(departed)),
		plural(len(departed), "person has", "people have")+" left Slack: register who takes over, then remove them").In(l) + "*")}
	for i, p := range departed[:min(len(departed), maxDepartedShown)] {
		blocks = append(blocks, sectionWith(personLine(p, pol, l), removeButton(i, p, l)))
	}
	return append(append(blocks, more(len(departed), maxDepartedShown, l)...), slack.NewDividerBlock())
}

func removeButton(i int, p people.Person, l lang.Lang) *slack.ButtonBlockElement {
	return confirmed(button(fmt.Sprintf("%s:%d", ActionPersonRemove, i), string(p.User), lang.T("移除", "Remove").In(l)),
		lang.T("移除此人的全部角色？", "Take all roles away?"),
		lang.T("此人以前做过的事仍保留在台账里。", "What this person did stays in the ledger."), l)
}

// personLine tells a person's name, roles, districts and since when they are
// gone.
func personLine(p people.Person, pol *policy.Policy, l lang.Lang) string {
	line := "*" + shortName(p, maxNameOfLine).In(l) + "* · " + Rank(p, pol).In(l)
	if !p.Departed.IsZero() {
		line += " · " + lang.Tf("%s发现已离开 Slack", "found to have left Slack on %s", calendar.FormatDate(p.Departed)).In(l)
	}
	return line
}

// Rank tells what a person is: the roles, and behind them the districts.
func Rank(p people.Person, pol *policy.Policy) lang.Text {
	if p.Stranger() {
		return lang.T("没有角色", "no role")
	}
	rank := lang.List(p.Roles, people.Role.Name)
	if len(p.Districts) > 0 {
		rank = lang.Tf("%s · %s", "%s · %s", rank, lang.List(p.Districts, func(d policy.DistrictID) lang.Text { return districtName(pol, d) }))
	}
	return rank
}

// districtPeople tells who is what in a district.
func districtPeople(s people.State, d policy.DistrictID, l lang.Lang) string {
	liaisons, deputies, leads := s.OfDistrict(d), s.Deputies(d), s.Leads(d)
	if len(liaisons)+len(deputies)+len(leads) == 0 {
		return "_" + nobody.In(l) + "_"
	}
	parts := []string{lang.T("联络员 ", "liaison ").In(l) + names(liaisons, nobody, l)}
	if len(deputies) > 0 {
		parts = append(parts, lang.T("副联络员 ", "deputy ").In(l)+names(deputies, nobody, l))
	}
	if len(leads) > 0 {
		parts = append(parts, lang.T("分管领导 ", "lead ").In(l)+names(leads, nobody, l))
	}
	return strings.Join(parts, lang.T("；", "; ").In(l))
}

// names lists people's names, the first few of many, or what stands for none.
func names(ps []people.Person, none lang.Text, l lang.Lang) string {
	if len(ps) == 0 {
		return "_" + none.In(l) + "_"
	}
	var out []string
	for _, p := range ps[:min(len(ps), maxNames)] {
		out = append(out, shortName(p, maxNameInList).In(l))
	}
	list := join(l, out)
	if len(ps) > maxNames {
		list += lang.Tf("等 %d 人", " and %[2]d more", len(ps), len(ps)-maxNames).In(l)
	}
	return list
}

// shortName is [PersonName] in at most n characters, for lists that must fit
// however long the names are.
func shortName(p people.Person, n int) lang.Text {
	if p.Name.IsZero() {
		return PersonName(p)
	}
	return lang.T(escapeCut(p.Name.ZH, n), escapeCut(p.Name.EN, n))
}

// absenceBlocks tell who is away or will be, and who stands in.
func absenceBlocks(s people.State, now time.Time, l lang.Lang) []slack.Block {
	absences := s.Absences(now)
	if len(absences) == 0 {
		return nil
	}
	slices.SortStableFunc(absences, func(a, b people.Absence) int { return a.From.Compare(b.From) })
	var lines []string
	for _, a := range absences[:min(len(absences), maxAbsencesShown)] {
		p, _ := s.Person(a.User)
		lines = append(lines, shortName(p, maxNameInList).In(l)+lang.T("：", ": ").In(l)+absenceWords(s, a).In(l))
	}
	blocks := sections("*"+lang.T("外出", "Away").In(l)+"*", lines)
	if hidden := len(absences) - maxAbsencesShown; hidden > 0 {
		blocks = append(blocks, contextLine(lang.Tf("另有 %d 人外出。", "%d more are away.", hidden).In(l)))
	}
	return blocks
}

// absenceWords tell from when to when somebody is away, and who stands in.
func absenceWords(s people.State, a people.Absence) lang.Text {
	words := lang.Tf("%s至%s", "%s to %s", calendar.FormatDate(a.From), calendar.FormatDate(lastDay(a)))
	if a.StandIn == "" {
		return lang.Tf("%s，没有替班人", "%s, nobody stands in", words)
	}
	standIn, ok := s.Person(a.StandIn)
	if !ok {
		standIn = people.Person{User: a.StandIn}
	}
	if !standIn.Present() {
		return lang.Tf("%s，替班人%s已不在，请另选", "%s; %s, who was to stand in, is gone: choose somebody else", words, shortName(standIn, maxNameInList))
	}
	return lang.Tf("%s，%s替班", "%s, %s stands in", words, shortName(standIn, maxNameInList))
}

// lastDay returns a moment of the last day of an absence.
func lastDay(a people.Absence) time.Time { return a.To.Add(-time.Millisecond) }

// PeopleFound renders the people whom somebody looked for, each with a button
// to change them.
func PeopleFound(title lang.Text, found []people.Person, pol *policy.Policy, l lang.Lang) Message {
	m := Message{Text: Escape(title.In(l)), Blocks: []slack.Block{header(title.In(l))}} // It may repeat what a person typed.
	if len(found) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("没有登记的人。", "Nobody is registered.").In(l)))
	}
	for i, p := range found[:min(len(found), maxFound)] {
		b := button(fmt.Sprintf("%s:%d", ActionPerson, i), string(p.User), lang.T("更改", "Change").In(l))
		m.Blocks = append(m.Blocks, sectionWith(personLine(p, pol, l), b))
	}
	if len(found) > maxFound {
		m.Blocks = append(m.Blocks, contextLine(lang.Tf("还有 %d 人没有列出；用 `/future 人员 姓名` 找人。", "%d more are not shown; find somebody with `/future people NAME`.", len(found)-maxFound).In(l)))
	}
	m.Blocks = append(m.Blocks, peopleButtons(l)...)
	return m
}

// PersonNote tells who changed a person what they are from now on.
func PersonNote(p people.Person, pol *policy.Policy, l lang.Lang) Message {
	words := lang.Tf("已登记 %s：%s。", "%s is registered: %s.", PersonName(p), Rank(p, pol))
	if p.Stranger() {
		words = lang.Tf("已移除 %s，不再担任任何角色；以前做过的事仍保留。", "%s is removed and has no role any more; what they did stays.", PersonName(p))
	}
	return Note(words, l)
}

// AbsenceNote tells who noted an absence how it stands. ok is false when it was
// taken back.
func AbsenceNote(s people.State, user people.UserID, a people.Absence, ok bool, l lang.Lang) Message {
	p, known := s.Person(user)
	if !known {
		p = people.Person{User: user}
	}
	words := lang.Tf("已取消 %s 的外出。", "The absence of %s is taken back.", PersonName(p))
	if ok {
		goesTo := lang.T("期间发给本人的提醒改发替班人", "Reminders go to the stand-in meanwhile")
		if a.StandIn == "" {
			goesTo = lang.T("提醒仍发给本人", "Reminders still go to the person")
		}
		words = lang.Tf("已登记外出：%s，%s。%s。修改或取消：`/future 外出`。",
			"Noted: %s is away, %s. %s. To change or take it back: `/future absence`.", PersonName(p), absenceWords(s, a), goesTo)
	}
	return Note(words, l)
}

// StandInNote tells somebody that they stand in, or no longer do.
func StandInNote(s people.State, a people.Absence, ok bool, pol *policy.Policy, l lang.Lang) Message {
	p, known := s.Person(a.User)
	if !known {
		p = people.Person{User: a.User}
	}
	words := lang.Tf("%s的外出已取消或另有人替班，不用你替班了。", "%s is not away any more, or somebody else stands in: you need not.", PersonName(p))
	if ok {
		words = lang.Tf("%s（%s）%s至%s外出，由你替班：期间的提醒会发给你。", "%s (%s) is away from %s to %s, and you stand in: reminders come to you meanwhile.",
			PersonName(p), Rank(p, pol), calendar.FormatDate(a.From), calendar.FormatDate(lastDay(a)))
	}
	return Note(words, l)
}

// DepartedNote tells the secretariat that somebody has left Slack, who is left
// in their districts, and what to do.
func DepartedNote(s people.State, p people.Person, pol *policy.Policy, l lang.Lang) Message {
	if p.Departed.IsZero() {
		return Note(lang.Tf("%s已回到 Slack，角色照旧，不用处理。", "%s is back in Slack with the same roles; nothing is to be done.", PersonName(p)), l)
	}
	title := lang.Tf("%s已离开 Slack", "%s has left Slack", PersonName(p))
	if p.Stranger() {
		return Note(lang.Tf("%s，已不担任任何角色，不用处理。", "%s and has no role any more; nothing is to be done.", title), l)
	}
	lines := []string{lang.Tf("角色：%s", "Role: %s", Rank(p, pol)).In(l)}
	for _, d := range p.Districts {
		lines = append(lines, lang.Tf("%s现有：", "%s has: ", districtName(pol, d)).In(l)+districtPeople(s, d, l))
	}
	lines = append(lines, lang.T("不再给此人发任何消息。请登记接任的人，再移除此人。", "Nothing is sent to this person any more. Register who takes over, then remove this person.").In(l))
	blocks := sections(":wave: *"+title.In(l)+"*", lines)
	blocks = append(blocks, peopleButtons(l)...)
	blocks = append(blocks, actions("departed", removeButton(0, p, l), button(ActionPeople, "", lang.T("看人员", "See the people").In(l)))...)
	return Message{Text: title.In(l), Blocks: blocks}
}
