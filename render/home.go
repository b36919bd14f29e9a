package render

import (
	"cmp"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// Actions on drafts; the value is the draft's id.
const (
	ActionDraft   = "draft"   // Opens its form.
	ActionDiscard = "discard" // Deletes it.
)

// HomeData is what a person's Home tab tells.
type HomeData struct {
	Person   people.Person
	Policy   *policy.Policy
	Layout   policy.Layout
	Period   calendar.Period
	Deadline time.Time       // The last day for reporting the period.
	Locked   bool            // The period is locked.
	Matrix   [][]ledger.Cell // All domains and districts, for the period.
	Mine     []HomeDistrict  // Of who has a role in districts: their rows, in place of the matrix.
	Drafts   []ledger.Draft  // Those that the person may go on with, the newest first.

	Pending    int             // Reports that wait for review, for who reviews.
	Oldest     time.Time       // When the one that waits longest was submitted.
	Suspects   int             // Items that may be the same, for who decides on them.
	Departed   []people.Person // Who has left Slack with roles, for who manages people.
	Unanswered int             // Questions that wait for an answer, for who answers them.
	Trouble    int             // Messages that did not arrive lately, for who manages the schedule.
	Holidays   []int           // Years whose holidays are to be imported, for who manages the schedule.
	NextDigest time.Time       // For who reads it; zero when none is scheduled.

	Evaluation *EvaluationData // The cycle that is under way, for who may see it; nil when there is none.
	Begin      int             // The year whose evaluation should be begun, for who runs it; 0 when none.
}

// HomeDistrict is a person's district: what it has to report.
type HomeDistrict struct {
	District policy.District
	Duties   []ledger.Duty
	Outside  []ledger.Cell // Reported outside the layout.
	Reports  bool          // The person may report for it.
}

// open returns what the district still has to do.
func (d HomeDistrict) open() (open, owed []ledger.Duty) {
	for _, duty := range d.Duties {
		if duty.State.Open() {
			open = append(open, duty)
		}
		if duty.State == ledger.DutyOwed {
			owed = append(owed, duty)
		}
	}
	return open, owed
}

// Home renders a person's Home tab: who they are here, what is next for them,
// and how things stand.
func Home(h HomeData, l lang.Lang) slack.HomeTabViewRequest {
	blocks := []slack.Block{header(lang.T("外脑", "Wainao").In(l))}
	blocks = append(blocks, section(roleWords(h, l)))
	blocks = append(blocks, nextSteps(h, l)...)
	blocks = append(blocks, slack.NewDividerBlock())
	if h.Person.Stranger() { // How the districts stand is for those with a role.
		blocks = append(blocks, slack.NewActionBlock("home", append(examples(l), button(ActionHelp, "", lang.T("怎么用", "How it works").In(l)))...))
		return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
	}
	for _, d := range h.Mine {
		blocks = append(blocks, section("*"+lang.Tf("%s · %s", "%s · %s", d.District.Name, h.Period.Label()).In(l)+"*\n"+dutyLines(d, h, l)))
	}
	if len(h.Mine) == 0 || len(h.Person.Roles) > 1 { // Who is more than a liaison looks at all of them.
		blocks = append(blocks, section("*"+lang.Tf("布局与上报 · %s", "Layout and reports · %s", h.Period.Label()).In(l)+"*"))
		blocks = append(blocks, Matrix(h.Matrix, h.Policy, l)...)
	}
	blocks = append(blocks,
		contextLine(ledgerNote.In(l)),
		slack.NewActionBlock("home",
			button(ActionProgress, "", lang.T("看进展", "See progress").In(l)),
			button(ActionHelp, "", lang.T("怎么用", "How it works").In(l))))
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}

func roleWords(h HomeData, l lang.Lang) string {
	if h.Person.Stranger() {
		return lang.T("你还没有登记角色，可以提问和查政策；要上报或看进展，请联系秘书处登记。",
			"You have no role yet: you can ask about the policy. To report or to see progress, ask the secretariat to register you.").In(l)
	}
	var roles []string
	for _, r := range h.Person.Roles {
		roles = append(roles, r.Name().In(l))
	}
	words := lang.T("你的角色：", "Your role: ").In(l) + join(l, roles)
	if len(h.Mine) > 0 {
		var names []string
		for _, d := range h.Mine {
			names = append(names, d.District.Name.In(l))
		}
		words += lang.T("；负责板块：", ", for ").In(l) + join(l, names)
	}
	return lang.Tf("%s，你好。", "Welcome, %s. ", PersonName(h.Person)).In(l) + words + lang.T("。", ".").In(l)
}

// dutyLines tells what a district has to report and how that stands.
func dutyLines(d HomeDistrict, h HomeData, l lang.Lang) string {
	var lines []string
	for _, duty := range d.Duties {
		lines = append(lines, "*"+domainName(h.Policy, duty.Domain).In(l)+"* · "+dutyWords(duty, l)+" · "+lang.Tf("主攻方向：%s", "focus: %s", duty.Focus.Text).In(l))
	}
	for _, c := range d.Outside {
		lines = append(lines, "*"+domainName(h.Policy, c.Domain).In(l)+"* · "+CellWords(c, l)+" · "+lang.T("布局之外", "outside the layout").In(l))
	}
	return bullets(lines)
}

// dutyWords tells how a duty stands, with the number of its reports.
func dutyWords(d ledger.Duty, l lang.Lang) string {
	n := 0
	for _, r := range d.Reports {
		if r.Status != ledger.Withdrawn {
			n++
		}
	}
	if n == 0 || d.State == ledger.DutyUnchanged {
		return d.State.Label().In(l)
	}
	return lang.Tf("已上报 %d 项（%s）", "%d reported (%s)", n, d.State.Label()).In(l)
}

// nextSteps tells what is next for the person, each with the button that does
// it.
func nextSteps(h HomeData, l lang.Lang) []slack.Block {
	var blocks []slack.Block
	add := func(words lang.Text, buttons ...slack.BlockElement) {
		blocks = append(blocks, section("*"+lang.T("下一步", "Next").In(l)+"* · "+words.In(l)))
		blocks = append(blocks, actions("next:"+count(len(blocks)), buttons...)...)
	}
	p := h.Person
	for _, d := range h.Mine {
		if d.Reports {
			add(districtStep(d, h), districtButtons(d, h, l)...)
		}
	}
	for i, d := range h.Drafts[:min(len(h.Drafts), maxDrafts)] {
		blocks = append(blocks, section(":pencil2: "+draftWords(d, h.Policy, l)))
		blocks = append(blocks, actions("draft:"+count(i),
			button(ActionDraft, string(d.ID), lang.T("继续填", "Go on").In(l)),
			confirmed(button(ActionDiscard, string(d.ID), lang.T("删除", "Delete").In(l)),
				lang.T("删除草稿？", "Delete the draft?"), lang.T("草稿删除后不能恢复。", "A deleted draft cannot be brought back."), l))...)
	}
	if people.Can(p, people.Review) {
		words := lang.T("没有待审核的上报。", "no reports wait for review.")
		var buttons []slack.BlockElement
		if h.Pending > 0 {
			words = lang.Tf("%d 项上报待审核，最早的提交于 %s。", "%d pending review, the first since %s.", h.Pending, calendar.FormatTime(h.Oldest))
			buttons = append(buttons, primary(button(ActionReview, "", lang.T("去审核", "Review").In(l))))
		}
		add(words, buttons...)
	}
	if h.Suspects > 0 && people.Can(p, people.ManageRegister) {
		add(lang.Tf("%s 组项目疑似重复，请定是不是同一项。", "%s to decide on.", lang.T(count(h.Suspects), plural(h.Suspects, "suspected duplicate", "suspected duplicates"))),
			button(ActionDuplicates, "", lang.T("去查重", "Decide").In(l)))
	}
	if len(h.Departed) > 0 && people.Can(p, people.ManagePeople) {
		add(lang.Tf("%s 已离开 Slack，请安排接手的人。", "%s left Slack; somebody has to take over.", lang.List(h.Departed, PersonName)),
			button(ActionPeople, "", lang.T("看人员", "See the people").In(l)))
	}
	if h.Unanswered > 0 && people.Can(p, people.ManageQuestions) {
		add(lang.Tf("%s 个问题政策没有回答，待你们答复。", "%s that the policy does not answer; they wait for your words.",
			lang.T(count(h.Unanswered), plural(h.Unanswered, "question", "questions"))),
			button(ActionQuestions, "", lang.T("看问题", "See the questions").In(l)))
	}
	if h.Trouble > 0 && people.Can(p, people.ManageSchedule) {
		add(lang.Tf("最近有 %s 条消息没有送达，看看原因，处理后可以重发。", "%s not arrive lately: see why; once the cause is gone they can be sent again.",
			lang.T(count(h.Trouble), plural(h.Trouble, "message did", "messages did"))),
			button(ActionDeliveries, DeliveriesValue(delivery.Filter{Trouble: true}), lang.T("看送达", "See the deliveries").In(l)))
	}
	if len(h.Holidays) > 0 && people.Can(p, people.ManageSchedule) {
		add(calendar.MissingWords(h.Holidays))
	}
	if h.Evaluation != nil || h.Begin > 0 {
		words, buttons := homeEvaluation(h, l)
		add(words, buttons...)
	}
	if p.Has(people.Leader) {
		words := lang.T("随时可以看简报。", "read the digest at any time.")
		if !h.NextDigest.IsZero() {
			words = lang.Tf("下一期简报：%s。", "the next digest comes on %s.", calendar.FormatTime(h.NextDigest))
		}
		add(words, primary(button(ActionDigest, string(l), lang.T("现在看", "Read it now").In(l))))
	}
	if p.Has(people.Member) {
		add(lang.T("随时可以提问。", "ask anything."),
			button(ActionAsk, lang.T("2030年的目标有哪些？", "What are the targets for 2030?").In(l), lang.T("2030年的目标有哪些？", "What are the targets for 2030?").In(l)))
	}
	return blocks
}

// maxDrafts is how many drafts Home lists.
const maxDrafts = 5

func draftWords(d ledger.Draft, pol *policy.Policy, l lang.Lang) string {
	words := lang.Tf("草稿 %s · %s", "Draft %s · %s", string(d.ID), districtName(pol, d.District)).In(l)
	if d.Domain != "" {
		words += " · " + domainName(pol, d.Domain).In(l)
	}
	// A draft from a message has no name yet.
	if name := cmp.Or(d.In.Name, strings.Join(strings.Fields(d.In.Progress), " ")); name != "" {
		words += " · " + escapeCut(name, maxExcerpt)
	}
	return words + " · " + calendar.FormatTime(d.At).In(l)
}

// districtStep names what a district still has to report.
func districtStep(d HomeDistrict, h HomeData) lang.Text {
	open, _ := d.open()
	if h.Locked {
		return lang.Tf("%s%s已锁定，不用再上报；有遗漏请联系秘书处重新开放。", "%s: %s is locked, nothing more is reported. If something is missing, ask the secretariat to reopen it.", d.District.Short, h.Period.Label())
	}
	if len(open) == 0 {
		return lang.Tf("%s%s各领域都已上报，有新进展随时补充。", "%s: every domain is reported for %s; add what is new at any time.", d.District.Short, h.Period.Label())
	}
	var names []lang.Text
	for _, duty := range open {
		name := domainName(h.Policy, duty.Domain)
		if duty.State != ledger.DutyOwed {
			name = lang.Tf("%s（%s）", "%s (%s)", name, duty.State.Label())
		}
		names = append(names, name)
	}
	return lang.Tf("%s还要上报%s的进展：%s。截止%s。", "%s still reports for %s: %s. Due on %s.", d.District.Short, h.Period.Label(),
		lang.List(names, func(t lang.Text) lang.Text { return t }), calendar.FormatDate(h.Deadline))
}

func districtButtons(d HomeDistrict, h HomeData, l lang.Lang) []slack.BlockElement {
	if h.Locked {
		return nil
	}
	report := button(ActionReport, string(d.District.ID), lang.T("上报", "Report").In(l))
	open, owed := d.open()
	if len(open) == 0 {
		return []slack.BlockElement{report}
	}
	buttons := []slack.BlockElement{primary(report)}
	for _, duty := range open {
		for _, r := range duty.Reports {
			if r.Status == ledger.Returned {
				buttons = append(buttons, button(ActionFix+":"+string(r.ID), ReportKey(r), lang.Tf("修改 %s", "Mend %s", string(r.ID)).In(l)))
			}
		}
	}
	if len(owed) > 0 {
		buttons = append(buttons, noChangeButton(d.District, h.Period, l))
	}
	return buttons
}
