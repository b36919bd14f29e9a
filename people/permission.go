package people

import (
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// Permission is something that not everybody may do.
type Permission string

// The permissions.
const (
	Ask            Permission = "ask"             // Ask about the policy, see domains, districts and targets.
	ReadProgress   Permission = "read-progress"   // See reports and progress against the targets.
	ReadDigest     Permission = "read-digest"     // Have the digest shown to oneself.
	Report         Permission = "report"          // Report for one's own districts; see [MayReport].
	SendDigest     Permission = "send-digest"     // Have the digest posted to its channel.
	ReportCity     Permission = "report-city"     // Report the city's own, official figures.
	Review         Permission = "review"          // Accept and return reports.
	LockPeriod     Permission = "lock-period"     // Lock and reopen a period.
	ManageRegister Permission = "manage-register" // Decide on suspected duplicates, adopt a target's path.
	Export         Permission = "export"          // Take the whole ledger out; a district's own template needs Report.
	ManageSchedule Permission = "manage-schedule" // See and change jobs and deliveries.
	ManagePeople   Permission = "manage-people"   // Say who is liaison, deputy, lead or member.
	GrantRoles     Permission = "grant-roles"     // Give and take the roles of [Granted]; goes with ManagePeople.
	BeAbsent       Permission = "absence"         // Say that one is away, and who stands in.

	// ManageQuestions is to see unanswered questions and what people thought of
	// answers, and to write verified answers.
	ManageQuestions Permission = "manage-questions"

	// The annual evaluation. Scoring is for those whom a cycle names besides.
	ReadEvaluation   Permission = "read-evaluation"   // See a cycle, its calendar and, once told, its results.
	ScoreEvaluation  Permission = "score-evaluation"  // Score and vote.
	RunEvaluation    Permission = "run-evaluation"    // Prepare a cycle and take its steps.
	DecideEvaluation Permission = "decide-evaluation" // Adopt or reject what a cycle proposes.
)

// rule is one line of the table of who may do what.
type rule struct {
	permission Permission
	what       lang.Text // Completes "you may not …".
	anyone     bool      // Strangers too.
	roles      []Role
}

// rules is the one table of who may do what. Everything that asks goes through
// [Can], and the documentation is made from [Rules].
var rules = []rule{
	{permission: Ask, what: lang.T("提问和查看政策", "ask about the policy"), anyone: true, roles: Roles()},
	{permission: ReadProgress, what: lang.T("查看进展", "see the progress"), roles: Roles()},
	{permission: ReadDigest, what: lang.T("查看简报", "see the digest"), roles: Roles()},
	{permission: Report, what: lang.T("上报", "report"), roles: []Role{Liaison, Deputy}},
	{permission: ReportCity, what: lang.T("填报全市数据", "report the city's figures"), roles: []Role{Secretariat}},
	{permission: SendDigest, what: lang.T("发送简报", "send the digest"), roles: []Role{Secretariat, Leader, Admin}},
	{permission: Review, what: lang.T("审核", "review reports"), roles: []Role{Secretariat}},
	{permission: LockPeriod, what: lang.T("锁定或重开报告期", "lock or reopen a period"), roles: []Role{Secretariat}},
	{permission: ManageRegister, what: lang.T("处理疑似重复、设定目标路径", "decide on duplicates and targets' paths"), roles: []Role{Secretariat}},
	{permission: Export, what: lang.T("导出台账", "export the ledger"), roles: []Role{Secretariat, Leader, Admin}},
	{permission: ManageQuestions, what: lang.T("处理未答的问题", "work on unanswered questions"), roles: []Role{Secretariat, Admin}},
	{permission: ManageSchedule, what: lang.T("管理日程和送达", "manage schedules and deliveries"), roles: []Role{Secretariat, Admin}},
	{permission: ReadEvaluation, what: lang.T("查看年度评估", "see the annual evaluation"), roles: []Role{Member, Secretariat, Leader, Admin}},
	{permission: ScoreEvaluation, what: lang.T("参加评估打分和表决", "score and vote in the evaluation"), roles: []Role{Member}},
	{permission: RunEvaluation, what: lang.T("组织年度评估", "run the annual evaluation"), roles: []Role{Secretariat}},
	{permission: DecideEvaluation, what: lang.T("决定评估结果", "decide on the evaluation's outcome"), roles: []Role{Leader}},
	{permission: ManagePeople, what: lang.T("管理人员", "manage people"), roles: []Role{Secretariat, Admin}},
	{permission: GrantRoles, what: lang.T("授予秘书处、领导和管理员角色", "give the roles of secretariat, leader and administrator"), roles: []Role{Admin}},
	{permission: BeAbsent, what: lang.T("登记外出", "say that you are away"), roles: Roles()},
}

// Permissions lists the permissions in their fixed order.
func Permissions() []Permission {
	out := make([]Permission, 0, len(rules))
	for _, r := range rules {
		out = append(out, r.permission)
	}
	return out
}

// Rule is a line of the table of who may do what, for the documentation.
type Rule struct {
	Permission Permission
	What       lang.Text
	Anyone     bool // Also people without a role.
	Roles      []Role
}

// Rules returns the table of who may do what.
func Rules() []Rule {
	out := make([]Rule, 0, len(rules))
	for _, r := range rules {
		out = append(out, Rule{Permission: r.permission, What: r.what, Anyone: r.anyone, Roles: slices.Clone(r.roles)})
	}
	return out
}

func ruleOf(perm Permission) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.permission == perm })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}

// Can reports whether the person may do what perm names. What the table does
// not know, nobody may, and who has left Slack may do what strangers may.
func Can(p Person, perm Permission) bool {
	r, ok := ruleOf(perm)
	return ok && (r.anyone || p.Present() && slices.ContainsFunc(r.roles, p.Has))
}

// Allow returns nil when [Can], and otherwise a [lang.Problem] that says what
// to do: "stranger" for somebody without any role, "departed" for who is marked
// as having left Slack, else "not_allowed".
func Allow(p Person, perm Permission) error {
	if Can(p, perm) {
		return nil
	}
	r, ok := ruleOf(perm)
	if !ok {
		return lang.Problemf("not_allowed", "没有这项操作。", "There is no such thing to do.")
	}
	if p.Stranger() {
		return lang.Problemf("stranger",
			"你还没有登记角色，不能%s。请联系秘书处登记；提问不需要登记。",
			"You have no role yet, so you cannot %s. Ask the secretariat to register you; asking questions needs no role.", r.what)
	}
	if !p.Departed.IsZero() {
		return lang.Problemf("departed",
			"你被标记为已离开 Slack，不能%s。如果有误，请联系秘书处。",
			"You are marked as having left Slack, so you cannot %s. If that is wrong, ask the secretariat.", r.what)
	}
	return lang.Problemf("not_allowed",
		"你的角色（%s）不能%s，这由%s负责。需要的话请联系秘书处。",
		"Your role (%s) cannot %s; that is for: %s. If you need it, ask the secretariat.",
		lang.List(p.Roles, Role.Name), r.what, lang.List(r.roles, Role.Name))
}

// MayReport returns nil when the person may report for the district, and
// otherwise a [lang.Problem] that says what to do: "stranger", "not_allowed"
// or, for a liaison or deputy of other districts, "other_district".
func MayReport(p Person, district policy.District) error {
	if err := Allow(p, Report); err != nil {
		return err
	}
	if p.Serves(district.ID) {
		return nil
	}
	return lang.Problemf("other_district",
		"你不是%s的联络员或副联络员，只能为自己负责的板块上报。请改选你的板块；如果%s应由你负责，请联系秘书处登记。",
		"You are not a liaison of %s, nor a deputy, and can report for your own district only. Choose your district; if %s should be yours, ask the secretariat to register it.",
		district.Name, district.Name)
}
