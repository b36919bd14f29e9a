package render

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Callback ids of the forms about people. Their private metadata is that of
// [AboutPerson].
const (
	PersonForm  = "person"
	AbsenceForm = "absence"
)

// Names of the fields of the forms about people that are no field of package
// people: boxes to tick.
const (
	FieldRemove = "remove"
	FieldCancel = "cancel"
)

// AboutPerson writes the private metadata of a form about somebody: the
// language to tell its problems in, and whom it is about.
func AboutPerson(l lang.Lang, user people.UserID) string { return string(l) + ":" + string(user) }

// ParseAboutPerson reads what [AboutPerson] wrote.
func ParseAboutPerson(metadata string) (l lang.Lang, user people.UserID, ok bool) {
	language, id, ok := strings.Cut(metadata, ":")
	return lang.Lang(language), people.UserID(id), ok && slices.Contains(lang.Both(), lang.Lang(language))
}

// PersonModal renders the form that makes somebody what they are: p is how they
// are now. grants says that all roles are offered; otherwise those of
// [people.Granted] stay as they are.
func PersonModal(p people.Person, grants bool, pol *policy.Policy, l lang.Lang) slack.ModalViewRequest {
	var roles, initial []*slack.OptionBlockObject
	var kept []people.Role
	for _, r := range people.Roles() {
		if !grants && slices.Contains(people.Granted(), r) {
			if p.Has(r) {
				kept = append(kept, r)
			}
			continue
		}
		o := slack.NewOptionBlockObject(string(r), plain(r.Name().In(l)), plain(roleDoes(r).In(l)))
		roles = append(roles, o)
		if p.Has(r) {
			initial = append(initial, o)
		}
	}
	boxes := slack.NewCheckboxGroupsBlockElement(people.FieldRoles, roles...)
	boxes.InitialOptions = initial

	districts := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(lang.T("选择板块", "Choose districts").In(l)), people.FieldDistricts)
	for _, d := range pol.Districts {
		o := option(string(d.ID), d.Name.In(l))
		districts.Options = append(districts.Options, o)
		if slices.Contains(p.Districts, d.ID) {
			districts.InitialOptions = append(districts.InitialOptions, o)
		}
	}

	blocks := []slack.Block{section(lang.T("人员：", "Person: ").In(l) + "<@" + string(p.User) + "> · " + Rank(p, pol).In(l))}
	if !grants {
		words := lang.Tf("“%s”这些角色由管理员授予和取消。", "These roles are given and taken by an administrator: %s.", lang.List(people.Granted(), people.Role.Name))
		if len(kept) > 0 {
			words = lang.Tf("%s此人的“%s”保持不变。", "%s What this person has of them stays: %s.", words, lang.List(kept, people.Role.Name))
		}
		blocks = append(blocks, contextLine(words.In(l)))
	}
	blocks = append(blocks,
		optional(slack.NewInputBlock(people.FieldRoles, plain(lang.T("角色", "Roles").In(l)), nil, boxes)),
		optional(slack.NewInputBlock(people.FieldDistricts, plain(lang.T("板块", "Districts").In(l)),
			plain(lang.T("联络员、副联络员和板块分管领导要选。", "For a liaison, a deputy and a district lead.").In(l)), districts)),
		shortField(people.FieldNameZH, lang.T("姓名（中文）", "Name in Chinese"), p.Name.ZH, l),
		shortField(people.FieldNameEN, lang.T("姓名（英文）", "Name in English"), p.Name.EN, l),
	)
	if !p.Stranger() {
		blocks = append(blocks, tick(FieldRemove, lang.T("移除", "Remove"), lang.T("取消全部角色", "Take all roles away"),
			lang.T("勾选后，上面的内容不起作用。", "When this is ticked, nothing above counts."), l))
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: PersonForm, PrivateMetadata: AboutPerson(l, p.User),
		Title:  plain(Cut(lang.T("登记人员", "Register a person").In(l), maxViewName)),
		Submit: plain(lang.T("保存", "Save").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// roleDoes tells what a role is for, in the words of the form.
func roleDoes(r people.Role) lang.Text {
	switch r {
	case people.Liaison:
		return lang.T("每季度为板块上报", "Reports for the district each quarter")
	case people.Deputy:
		return lang.T("同样可以上报；逾期时收到提醒", "May report too; is told when a report is overdue")
	case people.Lead:
		return lang.T("看板块进展；严重逾期时收到提醒", "Sees the district's progress; is told when it is far overdue")
	case people.Member:
		return lang.T("提问，参加年度评估", "Asks, and takes part in the annual evaluation")
	case people.Secretariat:
		return lang.T("审核、催报、管理名录和人员", "Reviews, chases, keeps the register and the people")
	case people.Leader:
		return lang.T("看简报", "Reads the digest")
	case people.Admin:
		return lang.T("授予各种角色", "Gives every role")
	}
	return r.Name()
}

// shortField is an optional line without a hint.
func shortField(name string, label lang.Text, filled string, l lang.Lang) slack.Block {
	e := slack.NewPlainTextInputBlockElement(nil, name)
	e.InitialValue = filled
	return optional(slack.NewInputBlock(name, plain(label.In(l)), nil, e))
}

// tick is one box to tick.
func tick(name string, label, box, hint lang.Text, l lang.Lang) slack.Block {
	e := slack.NewCheckboxGroupsBlockElement(name, slack.NewOptionBlockObject(name, plain(box.In(l)), nil))
	return optional(slack.NewInputBlock(name, plain(label.In(l)), plain(hint.In(l)), e))
}

// AbsenceModal renders the form about an absence of p, filled with the one that
// is noted already. choose says that it may be about somebody else.
func AbsenceModal(p people.Person, noted people.Absence, choose bool, now time.Time, l lang.Lang) slack.ModalViewRequest {
	from, to := now, now
	if noted.User != "" {
		from, to = noted.From, lastDay(noted)
	}
	blocks := []slack.Block{contextLine(lang.T(
		"外出期间，发给本人的提醒改发替班人。替班不带来新的权限：替联络员的人要已能为同样的板块上报。",
		"What would be sent to the person goes to the stand-in meanwhile. It gives no right: who stands in for a liaison must report for the same districts already.").In(l))}
	if choose {
		who := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(lang.T("选择人员", "Choose a person").In(l)), people.FieldUser)
		who.InitialUser = string(p.User)
		blocks = append(blocks, slack.NewInputBlock(people.FieldUser, plain(lang.T("谁外出", "Who is away").In(l)), nil, who))
	} else {
		blocks = append(blocks, section(lang.T("谁外出：", "Who is away: ").In(l)+"<@"+string(p.User)+">"))
	}
	standIn := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(lang.T("选择替班人", "Choose a stand-in").In(l)), people.FieldStandIn)
	standIn.InitialUser = string(noted.StandIn)
	blocks = append(blocks,
		day(people.FieldFrom, lang.T("第一天", "First day"), from, l),
		day(people.FieldTo, lang.T("最后一天", "Last day"), to, l),
		optional(slack.NewInputBlock(people.FieldStandIn, plain(lang.T("替班人", "Stand-in").In(l)),
			plain(lang.T("不选就没有人替班，提醒仍发给本人。", "Without one, reminders still go to the person.").In(l)), standIn)))
	if noted.User != "" {
		blocks = append(blocks, tick(FieldCancel, lang.T("取消", "Take back"), lang.T("不外出了", "Not away after all"),
			lang.T("勾选后，上面的日期不起作用。", "When this is ticked, the days above do not count."), l))
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: AbsenceForm, PrivateMetadata: AboutPerson(l, p.User),
		Title:  plain(Cut(lang.T("登记外出", "Note an absence").In(l), maxViewName)),
		Submit: plain(lang.T("保存", "Save").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// day is a required day, filled with that of t.
func day(name string, label lang.Text, t time.Time, l lang.Lang) slack.Block {
	e := slack.NewDatePickerBlockElement(name)
	e.InitialDate = string(calendar.DateOf(t))
	return slack.NewInputBlock(name, plain(label.In(l)), nil, e)
}
