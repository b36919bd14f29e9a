package render

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Actions of the annual evaluation. Where nothing else is said the value is the
// cycle's id; see [EvaluationValue] for those that name something besides.
const (
	ActionEvaluation      = "evaluation"             // Shows the overview; with no value, of the newest cycle.
	ActionEvaluationBegin = "evaluation-begin"       // Begins a cycle; value: the year.
	ActionEvaluationStep  = "evaluation-step"        // Opens the form of a step; value: cycle and action.
	ActionEvaluationSetup = "evaluation-setup"       // Shows what is prepared and what is missing.
	ActionEvaluationDates = "evaluation-dates"       // Opens the form of the calendar.
	ActionEvaluationAside = "evaluation-recuse"      // Opens the form for standing aside.
	ActionEvaluationWho   = "evaluation-people"      // Shows the members and who stands aside.
	ActionEvaluationItems = "evaluation-items"       // Shows the items.
	ActionEvaluationLog   = "evaluation-proceedings" // Shows what happened, by whom and when.

	ActionEvaluationScore     = "evaluation-score"     // Shows the items that the person scores.
	ActionEvaluationResults   = "evaluation-results"   // Shows the results.
	ActionEvaluationAgenda    = "evaluation-agenda"    // Shows the deliberation's agenda, motions and votes.
	ActionEvaluationProposals = "evaluation-proposals" // Shows what is on public notice.
	ActionEvaluationObject    = "evaluation-object"    // Opens the form of an objection.
	ActionEvaluationDossier   = "evaluation-dossier"   // Shows the dossier of an item; value: cycle and item.
	ActionEvaluationReport    = "evaluation-report"    // Makes the cycle's report; value: cycle and format.
)

// EvaluationValue names something of a cycle as a button's value: an action, an
// item, a format.
func EvaluationValue(cycle evaluation.CycleID, part string) string {
	return string(cycle) + "|" + part
}

// ParseEvaluationValue reads what [EvaluationValue] wrote; part is empty for the
// id of a cycle alone.
func ParseEvaluationValue(value string) (cycle evaluation.CycleID, part string) {
	id, part, _ := strings.Cut(value, "|")
	return evaluation.CycleID(id), part
}

// AboutEvaluation writes the private metadata of a form about something of a
// cycle: the language to tell its problems in, and what it is about.
func AboutEvaluation(l lang.Lang, cycle evaluation.CycleID, part string) string {
	return string(l) + ":" + EvaluationValue(cycle, part)
}

// ParseAboutEvaluation reads what [AboutEvaluation] wrote.
func ParseAboutEvaluation(metadata string) (l lang.Lang, cycle evaluation.CycleID, part string, ok bool) {
	metadata, _, _ = strings.Cut(metadata, "\n") // See [WithAnswer].
	language, value, ok := strings.Cut(metadata, ":")
	cycle, part = ParseEvaluationValue(value)
	return lang.Lang(language), cycle, part, ok && slices.Contains(lang.Both(), lang.Lang(language))
}

// EvaluationData is what the overview of a cycle tells one person.
type EvaluationData struct {
	Cycle   evaluation.Cycle
	Policy  *policy.Policy // With everything that was adopted.
	Person  people.Person
	People  people.State
	Now     time.Time
	Days    calendar.Days
	Steps   []evaluation.NextStep // What the person may do now.
	Turnout evaluation.Turnout    // Who has scored everything.
	Owing   []evaluation.Duty     // Who still owes something.
}

// evaluationButtons is the one table of what does an action of a cycle. The
// steps, which are in no line, have [ActionEvaluationStep].
var evaluationButtons = map[evaluation.Action]string{
	evaluation.ActPrepare:   ActionEvaluationSetup,
	evaluation.ActDates:     ActionEvaluationDates,
	evaluation.ActStand:     ActionEvaluationAside,
	evaluation.ActLeave:     ActionEvaluationWho,
	evaluation.ActScore:     ActionEvaluationScore,
	evaluation.ActRevise:    ActionEvaluationScore,
	evaluation.ActVote:      ActionMyBallots,
	evaluation.ActMove:      ActionEvaluationAgenda,
	evaluation.ActEndBallot: ActionEvaluationAgenda,
	evaluation.ActMinute:    ActionEvaluationAgenda,
	evaluation.ActResults:   ActionEvaluationResults,
	evaluation.ActProposal:  ActionEvaluationProposals,
	evaluation.ActAnswer:    ActionEvaluationProposals,
	evaluation.ActObject:    ActionEvaluationObject,
}

// isStep reports whether the action takes a cycle to another phase.
func isStep(a evaluation.Action) bool {
	return slices.ContainsFunc(evaluation.Transitions(), func(t evaluation.Transition) bool { return t.Action == a })
}

// Evaluation renders the overview of a cycle as one person sees it.
func Evaluation(d EvaluationData, l lang.Lang) Message {
	c := d.Cycle
	title := lang.Tf("%s · %s", "%s · %s", c.ID.Label(), c.Phase.Label())
	reads := people.Can(d.Person, people.ReadEvaluation)
	if !reads && c.Phase != evaluation.Noticed && !c.Phase.Over() {
		title = c.ID.Label()
	}
	out := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	if !reads {
		return publicEvaluation(d, out, l)
	}
	out.Blocks = append(out.Blocks, contextLine(phaseLine(c.Phase, l)), section(standsAt(d, l)))
	m, member := c.Member(d.Person.User)
	if m.Gone() && !c.Phase.Over() {
		out.Blocks = append(out.Blocks, section(leftWords(m).In(l)))
	}
	if lines := dutyNow(d, l); len(lines) > 0 {
		out.Blocks = append(out.Blocks, section("*"+lang.T("你要做的", "What you owe").In(l)+"*\n"+bullets(lines)))
	}
	if lines := blockedSteps(d, l); len(lines) > 0 {
		out.Blocks = append(out.Blocks, section("*"+lang.T("下一步还差什么", "What the next step still needs").In(l)+"*\n"+bullets(lines)))
	}
	if words := owing(d, l); words != "" {
		out.Blocks = append(out.Blocks, section(words))
	}
	if c.Dates != (evaluation.Dates{}) {
		out.Blocks = append(out.Blocks, section("*"+lang.T("日程", "Calendar").In(l)+"*\n"+bullets(dateLines(d, l))))
	}
	out.Blocks = append(out.Blocks, contextLine(cycleFacts(d, l)))
	if member && !m.Gone() && slices.Contains([]evaluation.Phase{evaluation.Opened, evaluation.Scoring, evaluation.Second}, c.Phase) {
		out.Blocks = append(out.Blocks, contextLine(":lock: "+evaluation.PrivacyNotice().In(l)))
	}
	out.Blocks = append(out.Blocks, d.buttons(l)...)
	return out
}

// publicEvaluation is what somebody sees who only takes part in the public notice.
func publicEvaluation(d EvaluationData, m Message, l lang.Lang) Message {
	c := d.Cycle
	words := lang.T("年度评估由委员和秘书处进行；公示时你可以查看拟调整的内容并提出异议。", "The evaluation is the members' and the secretariat's. During the public notice you can read what is proposed and object.")
	switch {
	case c.Phase == evaluation.Noticed:
		words = lang.Tf("正在公示，到%s为止。可以查看拟调整的内容；有不同意见，请在公示期内提出异议。", "On public notice until %s. Read what is proposed; if you disagree, object while it lasts.", c.Dates.NoticeUntil.Label())
	case c.Phase.Over():
		words = outcomeWords(c)
	}
	m.Blocks = append(m.Blocks, section(words.In(l)))
	m.Blocks = append(m.Blocks, d.buttons(l)...)
	return m
}

// mainPhases are those that a cycle goes through when all goes well, in a word
// each.
var mainPhases = []struct {
	phase evaluation.Phase
	name  lang.Text
}{
	{evaluation.Preparing, lang.T("准备", "prepare")},
	{evaluation.Opened, lang.T("启动", "open")},
	{evaluation.Scoring, lang.T("打分", "score")},
	{evaluation.Second, lang.T("第二轮", "second round")},
	{evaluation.Deliberating, lang.T("会商", "deliberate")},
	{evaluation.Noticed, lang.T("公示", "public notice")},
	{evaluation.Deciding, lang.T("决定", "decide")},
}

// phaseLine shows the phases in a row, with the present one set out.
func phaseLine(now evaluation.Phase, l lang.Lang) string {
	var parts []string
	for _, p := range mainPhases {
		name := p.name.In(l)
		if p.phase == evaluation.Second && now != p.phase {
			name += lang.T("（可选）", " (optional)").In(l)
		}
		if p.phase == now {
			name = "*" + name + "*"
		}
		parts = append(parts, name)
	}
	if now.Over() {
		parts = append(parts, "*"+now.Label().In(l)+"*")
	}
	return strings.Join(parts, " → ")
}

// phaseDate is the date by which a phase ends, and its words.
func phaseDate(p evaluation.Phase) (evaluation.DateName, bool) {
	switch p {
	case evaluation.Preparing, evaluation.Opened:
		return evaluation.ScoringFrom, true
	case evaluation.Scoring:
		return evaluation.ScoringUntil, true
	case evaluation.Second:
		return evaluation.SecondUntil, true
	case evaluation.Deliberating:
		return evaluation.Deliberation, true
	case evaluation.Noticed:
		return evaluation.NoticeUntil, true
	case evaluation.Deciding:
		return evaluation.Decision, true
	default:
		return "", false
	}
}

// standsAt tells how the cycle stands and what happens next, and when.
func standsAt(d EvaluationData, l lang.Lang) string {
	c := d.Cycle
	words := lang.T("正在准备：秘书处设置标准、日程、委员和事项，齐备后启动。", "In preparation: the secretariat sets criteria, calendar, members and items, and then opens it.")
	switch c.Phase {
	case evaluation.Opened:
		words = lang.Tf("已启动，数据已冻结。%s自动开始打分；在此之前请委员查看事项、申请回避。", "It is open and its data are frozen. Scoring begins by itself on %s; until then members read the items and stand aside where they must.", c.Dates.ScoringFrom.Label())
	case evaluation.Scoring:
		words = lang.T("委员正在逐项打分，截止前可随时修改。截止后由秘书处进入第二轮或会商。", "Members score item by item and can change everything until the end. Then the secretariat begins a second round or the deliberation.")
	case evaluation.Second:
		words = lang.T("第二轮：委员对照中位数和四分位数，可以附理由调整自己的打分。之后进入会商。", "Second round: members see median and quartiles beside their own scores and may change them with a reason. Then the deliberation begins.")
	case evaluation.Deliberating:
		words = lang.Tf("委员逐项会商、表决，已有结果 %d/%d 项。全部表决后由秘书处开始公示。", "Items are deliberated and voted on: %d of %d are decided. When all are, the secretariat begins the public notice.", c.Decided(), len(c.Items))
		if c.Decided() == len(c.Items) {
			words = lang.Tf("%d 个事项都有表决结果，秘书处可以开始公示。", "All %d items are decided by a vote: the secretariat can begin the public notice.", len(c.Items))
		}
	case evaluation.Noticed:
		words = lang.Tf("正在公示，收到异议 %s 条。公示期满、异议全部答复后，提交决定。", "On public notice, %s so far. When the notice is over and each is answered, it goes to the decision.", lang.T(count(len(c.Objections)), plural(len(c.Objections), "objection", "objections")))
	case evaluation.Deciding:
		words = lang.T("等待领导决定通过或不通过。", "It waits for leadership to adopt or reject it.")
	case evaluation.Adopted, evaluation.Rejected, evaluation.Archived, evaluation.Cancelled:
		words = outcomeWords(c)
	default:
	}
	text := words.In(l)
	if name, ok := phaseDate(c.Phase); ok && c.Dates.Get(name).Valid() {
		text += "\n" + lang.Tf("*%s*：%s", "*%s*: %s", lang.T(name.Label().ZH, capital(name.Label().EN)), dayLeft(c.Dates.Get(name), d.Now, d.Days)).In(l)
	}
	return text
}

// outcomeWords tell how a cycle ended.
func outcomeWords(c evaluation.Cycle) lang.Text {
	o := c.Outcome
	switch {
	case c.Phase == evaluation.Cancelled:
		reason := ""
		if n := len(c.Steps); n > 0 {
			reason = c.Steps[n-1].Reason
		}
		return lang.Tf("本次评估已取消，布局不变。原因：%s", "The evaluation was cancelled; the layout stays. Reason: %s", Escape(reason))
	case o == nil:
		return c.Phase.Label()
	case !o.Adopted:
		return lang.Tf("%s决定不通过，布局不变。原因：%s", "Rejected on %s; the layout stays. Reason: %s", calendar.FormatDate(o.At), Escape(o.Reason))
	case o.Layout == 0:
		return lang.Tf("%s决定通过，各事项保持不变，布局不变。", "Adopted on %s: every item stays as it is, and so does the layout.", calendar.FormatDate(o.At))
	}
	return lang.Tf("%s决定通过，第 %d 版布局自%s起生效；在此之前仍按现行布局。", "Adopted on %[1]s: version %[2]d of the layout holds from %[3]s on, and the present one until then.", calendar.FormatDate(o.At), o.Layout, o.Effective.Label())
}

// dayLeft writes a day with its weekday and how many workdays are left.
func dayLeft(day evaluation.Day, now time.Time, days calendar.Days) lang.Text {
	today, date := calendar.DateOf(now), calendar.Date(day)
	words := lang.Tf("%s（%s）", "%s (%s)", day.Label(), calendar.Weekday(day.Start()))
	switch {
	case date == today:
		return lang.Tf("%s，就是今天", "%s: today", words)
	case date < today:
		return lang.Tf("%s，已过", "%s: past", words)
	}
	n := days.Workdays(today, date)
	return lang.Tf("%s，还有 %s 个工作日", "%s, %s left", words, lang.T(count(n), plural(n, "workday", "workdays")))
}

// dutyNow tells what the person owes, a line each.
func dutyNow(d EvaluationData, l lang.Lang) []string {
	var lines []string
	for _, n := range d.Steps {
		var words lang.Text
		switch n.Action {
		case evaluation.ActScore:
			words = lang.Tf("打分：已完成 %d/%d，%s截止。", "Score: %d of %d done, due on %s.", n.Of-n.Left, n.Of, n.Until.Label())
			if n.Left == 0 {
				words = lang.Tf("打分：%d 项已全部完成，到%s为止仍可修改。", "Score: all %d done; you can change them until %s.", n.Of, n.Until.Label())
			}
		case evaluation.ActRevise:
			words = lang.Tf("第二轮：可以调整自己的打分，到%s为止；不调整也可以。", "Second round: you may change your scores until %s, or leave them.", n.Until.Label())
		case evaluation.ActVote:
			words = lang.Tf("表决：还有 %d 项没有投票（共 %d 项）。", "Vote: %d of %d not voted on yet.", n.Left, n.Of)
			if n.Left == 0 {
				words = lang.Tf("表决：%d 项都已投票，结束前仍可修改。", "Vote: you voted on all %d; you can change it until they are closed.", n.Of)
			}
		case evaluation.ActMove:
			words = lang.Tf("还有 %s 个事项没有提出表决。", "%s not put to the vote yet.", lang.T(count(n.Left), plural(n.Left, "item is", "items are")))
		case evaluation.ActEndBallot:
			words = lang.Tf("%s 项表决正在进行，投完后请结束表决。", "%s open; close them when the votes are in.", lang.T(count(n.Left), plural(n.Left, "ballot is", "ballots are")))
		case evaluation.ActAnswer:
			words = lang.Tf("%s 条异议没有答复。", "%s no answer yet.", lang.T(count(n.Left), plural(n.Left, "objection has", "objections have")))
		default:
			continue
		}
		text := words.In(l)
		if n.Blocked != nil {
			text += " " + Escape(blockedWords(n.Blocked).In(l))
		}
		lines = append(lines, text)
	}
	return lines
}

// blockedWords returns what stands in the way.
func blockedWords(err error) lang.Text {
	if p, ok := err.(*lang.Problem); ok { //nolint:errorlint // The package returns it bare.
		return p.Words
	}
	return lang.Text{}
}

// blockedSteps tells which steps the person cannot take yet, and why.
func blockedSteps(d EvaluationData, l lang.Lang) []string {
	var why []string
	steps := map[string][]string{} // By what stands in their way.
	for _, n := range d.Steps {
		if isStep(n.Action) && n.Blocked != nil {
			words := blockedWords(n.Blocked).In(l)
			if steps[words] == nil {
				why = append(why, words)
			}
			steps[words] = append(steps[words], stepTitle(n.Action).In(l))
		}
	}
	var lines []string
	for _, words := range why {
		lines = append(lines, join(l, steps[words])+lang.T("：", ": ").In(l)+Escape(words))
	}
	return lines
}

// maxOwing is how many of those who still owe something are named.
const maxOwing = 40

// owing tells how many are finished, and to the secretariat who is not.
func owing(d EvaluationData, l lang.Lang) string {
	var head lang.Text
	switch d.Cycle.Phase {
	case evaluation.Scoring, evaluation.Second:
		head = lang.Tf("*进度*：%d/%d 名委员已全部打完，法定人数 %d 名。", "*Progress*: %d of %d members have scored everything; the quorum is %d.", d.Turnout.Took, d.Turnout.Entitled, d.Turnout.Needed)
	case evaluation.Deliberating:
		if len(d.Owing) == 0 {
			return ""
		}
		head = lang.Tf("*进度*：%s还有表决没有投票。", "*Progress*: %s votes to cast.", lang.T(count(len(d.Owing))+" 名委员", plural(len(d.Owing), "member has", "members have")))
	default:
		return ""
	}
	text := head.In(l)
	if !people.Can(d.Person, people.RunEvaluation) || len(d.Owing) == 0 {
		return text
	}
	slowest := slices.Clone(d.Owing)
	slices.SortStableFunc(slowest, func(a, b evaluation.Duty) int { return cmp.Compare(b.Left, a.Left) })
	var names []string
	for _, o := range slowest[:min(len(slowest), maxOwing)] {
		p, _ := d.People.Person(o.Member)
		p.User = o.Member
		names = append(names, lang.Tf("%s（%d/%d）", "%s (%d of %d)", PersonName(p), o.Of-o.Left, o.Of).In(l))
	}
	text += "\n" + lang.T("还没完成：", "Not finished: ").In(l) + join(l, names)
	if n := len(slowest) - maxOwing; n > 0 {
		text += lang.Tf(" 等，另有 %d 名", " and %d more", n).In(l)
	}
	return text + lang.T("。", ".").In(l)
}

// dateLines lists the calendar; the next one to come, or to be moved, is set out.
func dateLines(d EvaluationData, l lang.Lang) []string {
	var lines []string
	next := false
	for _, n := range evaluation.DateNames() {
		day := d.Cycle.Dates.Get(n)
		if day == "" && n == evaluation.SecondUntil {
			continue
		}
		line := capital(n.Label().In(l)) + lang.T("：", ": ").In(l) + day.Label().In(l)
		if day.Valid() {
			line += lang.Tf("（%s）", " (%s)", calendar.Weekday(day.Start())).In(l)
		}
		if day.Valid() && !next && !d.Cycle.Settled(n) && !d.Cycle.Phase.Over() {
			next = true
			line = "*" + line + "*"
		}
		lines = append(lines, line)
	}
	return lines
}

// cycleFacts tell what is judged, by whom and how, and what the figures are from.
func cycleFacts(d EvaluationData, l lang.Lang) string {
	c := d.Cycle
	members := 0
	for _, m := range c.Members {
		if !m.Gone() {
			members++
		}
	}
	words := lang.Tf("事项 %d 项 · 委员 %d 名 · 法定人数%s · 多数须超过%s · 评估第 %d 版布局", "%d items · %d members · quorum %s · majority of more than %s · judges version %d of the layout",
		len(c.Items), members, c.Rules.Quorum.Label(), c.Rules.Majority.Label(), c.Base).In(l)
	if !c.FrozenAt.IsZero() {
		words += "\n" + lang.Tf("以%s的数据为准（台账第 %d 号记录）；之后的修改只展示，不计入。", "It judges the data of %s (entry %d of the journal); what is amended later is shown and not counted.",
			calendar.FormatTime(c.FrozenAt), int64(c.Frozen)).In(l) //nolint:gosec // Entries are far fewer.
	}
	return words
}

// actionWords are what doing something is called on a button.
func actionWords(c evaluation.Cycle, n evaluation.NextStep) lang.Text {
	if n.Action == evaluation.ActProposal && c.Outcome != nil {
		return lang.T("看决定的内容", "See what was decided")
	}
	return n.Label
}

// buttons are what the person may do, what is asked of them in front.
func (d EvaluationData) buttons(l lang.Lang) []slack.Block {
	id := string(d.Cycle.ID)
	var first, steps, looks, last []slack.BlockElement
	seen := map[string]bool{}
	add := func(to *[]slack.BlockElement, action, value string, label lang.Text) *slack.ButtonBlockElement {
		if action == "" || seen[action] {
			return nil
		}
		seen[action] = true
		b := button(action+":o", value, label.In(l))
		*to = append(*to, b)
		return b
	}
	for _, n := range d.Steps {
		if isStep(n.Action) {
			if n.Blocked == nil {
				b := button(ActionEvaluationStep+":"+string(n.Action), EvaluationValue(d.Cycle.ID, string(n.Action)), n.Label.In(l)+"…")
				switch n.Action {
				case evaluation.ActCancel:
					last = append(last, b.WithStyle(slack.StyleDanger)) // Behind everything that goes on.
					continue
				case evaluation.ActReject:
					b = b.WithStyle(slack.StyleDanger)
				case evaluation.ActArchive:
				default:
					b = primary(b)
				}
				steps = append(steps, b)
			}
			continue
		}
		label := actionWords(d.Cycle, n)
		switch {
		case n.Action == evaluation.ActLeave:
			label = lang.T("看委员和回避", "See members and recusals")
		case n.Action == evaluation.ActMinute:
			label = lang.T("会商议程和纪要", "Agenda and minutes")
		case n.Action == evaluation.ActStand && people.Can(d.Person, people.RunEvaluation):
			label = lang.T("登记回避", "Have somebody stand aside")
		case n.Action == evaluation.ActResults:
			label = lang.T("看打分结果", "See the results of the scoring")
		case n.Left > 0:
			label = lang.Tf("%s（%d）", "%s (%d)", label, n.Left)
		}
		b := add(&first, evaluationButtons[n.Action], id, label)
		if b != nil && n.Left > 0 && n.Blocked == nil {
			primary(b)
		}
	}
	if people.Can(d.Person, people.ReadEvaluation) {
		if d.Cycle.Phase == evaluation.Deliberating || len(d.Cycle.Motions) > 0 {
			add(&looks, ActionEvaluationAgenda, id, seeAgenda(d.Cycle))
		}
		add(&looks, ActionEvaluationItems, id, lang.T("看事项", "See the items"))
		add(&looks, ActionEvaluationWho, id, lang.T("看委员和回避", "See members and recusals"))
		add(&looks, ActionEvaluationLog, id, lang.T("看经过", "See what happened"))
		if d.Cycle.Closed > 0 {
			for _, f := range []string{"pdf", "xlsx"} {
				looks = append(looks, button(ActionEvaluationReport+":"+f, EvaluationValue(d.Cycle.ID, f), lang.Tf("报告 %s", "Report %s", strings.ToUpper(f)).In(l)))
			}
		}
	}
	if c := d.Cycle.Phase; c != evaluation.Archived && c != evaluation.Cancelled { // Nothing changes any more.
		looks = append(looks, button(ActionEvaluation+":again", id, lang.T("刷新", "Refresh").In(l)))
	}
	looks = append(looks, last...)
	blocks := actions("evaluation:first", first...)
	blocks = append(blocks, actions("evaluation:steps", steps...)...)
	return append(blocks, actions("evaluation:looks", looks...)...)
}

// NoEvaluation renders that no cycle is there, or none of the year; year is the
// one that begins when it is not 0.
func NoEvaluation(year int, l lang.Lang) Message {
	words := lang.T("还没有进行年度评估。评估由秘书处开始，届时会通知委员。", "There is no annual evaluation yet. The secretariat begins it, and the members are told.")
	if year == 0 {
		return Note(words, l)
	}
	m := Note(lang.Tf("目前没有进行中的年度评估。可以开始%d年度评估：先设置标准、日程、委员和事项，齐备后再启动，启动前不通知委员。",
		"No annual evaluation is under way. You can begin the one of %d: first set criteria, calendar, members and items; nobody is told before you open it.", year), l)
	m.Blocks = append(m.Blocks, actions("evaluation:begin", primary(button(ActionEvaluationBegin, count(year), lang.Tf("开始%d年度评估", "Begin the %d evaluation", year).In(l))))...)
	return m
}

// EvaluationDue renders that the year's evaluation should be begun by a day.
func EvaluationDue(year int, by, today calendar.Date, l lang.Lang) Message {
	words := lang.Tf("%d年度评估还没有开始，应在%s前开始准备。政策要求领域和空间布局每年评估、动态调整。", "The %d evaluation has not begun; it should be in preparation by %s. The policy asks that fields and layout be evaluated and adjusted every year.", year, by.Label())
	if today > by {
		words = lang.Tf("%d年度评估还没有开始，原定%s前开始准备，请尽快安排。政策要求领域和空间布局每年评估、动态调整。", "The %d evaluation has not begun; it should have been in preparation by %s. The policy asks that fields and layout be evaluated and adjusted every year.", year, by.Label())
	}
	m := Note(words, l)
	m.Blocks = append(m.Blocks, actions("evaluation:begin",
		primary(button(ActionEvaluationBegin, count(year), lang.Tf("开始%d年度评估", "Begin the %d evaluation", year).In(l))))...)
	return m
}
