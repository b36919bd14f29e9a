package render

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
)

// EvaluationStepForm is the callback id of the form that takes a step of a
// cycle; its private metadata is that of [AboutEvaluation] with the action.
const EvaluationStepForm = "evaluation-step"

// FieldEffective is the first day of the new layout, in the form that adopts it.
const FieldEffective = "effective"

// WithAnswer adds to a form's private metadata where its outcome is to be shown:
// the response URL of the message whose button opened it. Slack takes answers
// there for 30 minutes,
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
func WithAnswer(metadata, responseURL string) string {
	if responseURL == "" {
		return metadata
	}
	return metadata + "\n" + responseURL
}

// AnswerOf returns what [WithAnswer] added; it is empty when nothing was.
func AnswerOf(metadata string) string {
	_, url, _ := strings.Cut(metadata, "\n")
	return url
}

// form is a modal about something of a cycle.
func evaluationForm(callback, metadata string, title, submit lang.Text, l lang.Lang, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: metadata,
		Title:  plain(Cut(title.In(l), maxViewName)),
		Submit: plain(Cut(submit.In(l), maxViewName)),
		Close:  plain(lang.T("返回", "Back").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// EvaluationStepModal renders the form that takes a step: what it does, what it
// needs, and the reason, which some steps need.
func EvaluationStepModal(d EvaluationData, action evaluation.Action, l lang.Lang) slack.ModalViewRequest {
	c := d.Cycle
	blocks := []slack.Block{section("*" + c.ID.Label().In(l) + "*\n" + stepDoes(d, action).In(l))}
	if action == evaluation.ActAdopt {
		day := slack.NewDatePickerBlockElement(FieldEffective)
		from := c.EffectiveFrom(d.Now)
		day.InitialDate = string(from)
		hint := lang.T("要晚于今天：今天给出的回答仍然成立。", "Later than today: what is answered today stays true.")
		if from != c.Dates.Effective {
			hint = lang.Tf("%s原定的%s已到。", "%s %s, which was planned, has come already.", hint, c.Dates.Effective.Label())
		}
		blocks = append(blocks, slack.NewInputBlock(FieldEffective, plain(lang.T("新布局从哪一天起生效", "First day of the new layout").In(l)), plain(hint.In(l)), day))
	}
	label := lang.T("说明（可不填，记录在案）", "Remark (optional, kept on record)")
	must := action == evaluation.ActCancel || action == evaluation.ActReject
	if must {
		label = lang.T("原因（记录在案，会告知有关人员）", "Reason (kept on record, told to those concerned)")
	}
	reason := words(evaluation.FieldReason, label, "", evaluation.MaxReason, true, l)
	reason.Optional = !must
	blocks = append(blocks, reason)
	return evaluationForm(EvaluationStepForm, AboutEvaluation(l, c.ID, string(action)), stepTitle(action), stepTitle(action), l, blocks...)
}

// stepTitle is a step's name, short enough for a form's title and its button.
func stepTitle(a evaluation.Action) lang.Text {
	switch a {
	case evaluation.ActClose:
		return lang.T("结束打分", "End scoring")
	case evaluation.ActSecond:
		return lang.T("进入第二轮", "Second round")
	case evaluation.ActPublish:
		return lang.T("开始公示", "Begin the notice")
	case evaluation.ActEndNotice:
		return lang.T("结束公示", "End the notice")
	case evaluation.ActCancel:
		return lang.T("取消本次评估", "Cancel evaluation")
	default:
		return a.Label()
	}
}

// stepDoes tells what comes of a step before it is taken.
func stepDoes(d EvaluationData, a evaluation.Action) lang.Text {
	c := d.Cycle
	members := lang.T(count(inOffice(c)), plural(inOffice(c), "member", "members"))
	switch a {
	case evaluation.ActOpen:
		return lang.Tf("启动后，标准、规则、委员和事项不能再改，只能调整日期、登记回避和退出；评估的数据冻结在这一刻。将通知 %[1]s 名委员和领导。",
			"From then on criteria, rules, members and items stay as they are; only dates, recusals and departures can change. The data that are judged freeze at that moment. It tells %[2]s and leadership.",
			count(inOffice(c)), members)
	case evaluation.ActStart:
		return lang.Tf("提前开始打分（原定%s自动开始），并通知委员。", "Scoring begins now instead of by itself on %s; the members are told.", c.Dates.ScoringFrom.Label())
	case evaluation.ActSecond:
		return lang.Tf("结束第一轮，第一轮的打分不能再改。第二轮到%s为止：委员看到每项的中位数、四分位数和自己的打分，可以附理由调整。",
			"It closes the first round: its scores can be changed no more. In the second, until %s, members see median and quartiles beside their own scores and may change them with a reason.", c.Dates.SecondUntil.Label())
	case evaluation.ActClose:
		return lang.T("结束打分，之后不能再改。汇总结果向委员、秘书处和领导公布，进入会商。", "It closes scoring for good. The figures over all are told to members, secretariat and leadership, and the deliberation begins.")
	case evaluation.ActPublish:
		words := lang.Tf("把表决结果公示到%s，并通知所有登记人员；公示期内可以提出异议。之后不能再表决。", "It puts what was voted on public notice until %s and tells everybody with a role; they may object while it lasts. There are no more votes then.", c.Dates.NoticeUntil.Label())
		today := calendar.DateOf(d.Now)
		if n := d.Days.Workdays(today.Add(-1), calendar.Date(c.Dates.NoticeUntil)); n < evaluation.MinNotice {
			return lang.Tf("%[1]s\n:warning: 从今天起只有 %[2]s 个工作日，一般不少于 %[3]d 个。要延长，请先调整日期。", "%[1]s\n:warning: From today on that is %[4]s, of the usual %[3]d or more. To make it longer, move the date first.",
				words, count(n), evaluation.MinNotice, plural(n, "workday", "workdays"))
		}
		return words
	case evaluation.ActEndNotice:
		return lang.Tf("结束公示，提交领导在%s前决定。", "It ends the notice and puts the proposal before leadership, to be decided by %s.", c.Dates.Decision.Label())
	case evaluation.ActAdopt:
		return lang.Tf("通过后，新布局从生效日期起用于所有回答、矩阵和简报；在此之前仍按现行布局。将通知所有登记人员。不能撤回。\n%s",
			"The new layout then holds in every answer, matrix and digest from its first day on, and the present one until then. Everybody with a role is told. It cannot be taken back.\n%s", changeWords(d))
	case evaluation.ActReject:
		return lang.T("不通过：布局保持不变，本次评估结束，并告知委员和秘书处。不能撤回。", "The layout stays as it is and the evaluation ends; members and secretariat are told. It cannot be taken back.")
	case evaluation.ActArchive:
		return lang.T("归档后仍可查看，不再有操作。", "It can still be read; nothing more is done in it.")
	case evaluation.ActCancel:
		return lang.T("取消后，本次评估不再进行，未结束一轮的打分不会公布，布局不变。同一年可以重新开始一次。不能撤回。",
			"Nothing goes on in it then; scores of a round that is open are never told, and the layout stays. Another can begin in the same year. It cannot be taken back.")
	default:
		return a.Label()
	}
}

// changeWords list what changes in the layout by what was carried, and what is
// strengthened in its place.
func changeWords(d EvaluationData) lang.Text {
	var changed, stronger []evaluation.Change
	for n, ch := range d.Cycle.Changes() {
		switch {
		case ch.Focus != d.Cycle.Items[n].Focus:
			changed = append(changed, ch)
		case ch.Verdict == evaluation.Strengthen:
			stronger = append(stronger, ch)
		}
	}
	title := func(ch evaluation.Change) lang.Text {
		t := d.Cycle.Title(d.Policy, ch.Item)
		return lang.T(Escape(t.ZH), Escape(t.EN))
	}
	words := lang.T("布局不变。", "The layout stays as it is.")
	if len(changed) > 0 {
		words = lang.Tf("布局调整 %[1]s 项：%[2]s。", "%[3]s in the layout: %[2]s.", count(len(changed)), lang.List(changed, func(ch evaluation.Change) lang.Text {
			return lang.Tf("%s（%s）", "%s (%s)", title(ch), ch.Verdict.Label())
		}), plural(len(changed), "change", "changes"))
	}
	if len(stronger) > 0 {
		words = lang.Tf("%s主攻方向不变、予以加强 %d 项：%s。", "%s Strengthened with the focus as it is (%d): %s.", words, len(stronger), lang.List(stronger, title))
	}
	return words
}

// inOffice counts the members who have not left.
func inOffice(c evaluation.Cycle) int {
	n := 0
	for _, m := range c.Members {
		if !m.Gone() {
			n++
		}
	}
	return n
}

// EvaluationNote renders what somebody is told of a step that was taken. The
// person is zero for a channel.
func EvaluationNote(d EvaluationData, step evaluation.Step, l lang.Lang) Message {
	c := d.Cycle
	_, member := c.Member(d.Person.User)
	title := lang.Tf("%s：%s", "%s: %s", c.ID.Label(), noteTitle(step))
	text := stepTold(d, step, member).In(l)
	if step.Reason != "" && step.Action != evaluation.ActCancel && step.Action != evaluation.ActReject {
		text += "\n" + quote(Cut(step.Reason, maxQuote))
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{section("*" + title.In(l) + "*\n" + text)}}
	if step.Action == evaluation.ActStart && member {
		m.Blocks = append(m.Blocks, contextLine(":lock: "+evaluation.PrivacyNotice().In(l)))
	}
	var buttons []slack.BlockElement
	for _, n := range d.Steps {
		action := evaluationButtons[n.Action]
		if slices.Contains(noteActions(step.Action), n.Action) && action != "" {
			buttons = append(buttons, button(action, string(c.ID), actionWords(c, n).In(l)))
		}
	}
	if len(buttons) > 0 {
		primary(buttons[0].(*slack.ButtonBlockElement)) //nolint:forcetypeassert // They are made above.
	}
	buttons = append(buttons, button(ActionEvaluation, string(c.ID), lang.T("看评估", "See the evaluation").In(l)))
	m.Blocks = append(m.Blocks, actions("evaluation:note", buttons...)...)
	return m
}

// noteActions are what a note of a step offers to do.
func noteActions(a evaluation.Action) []evaluation.Action {
	switch a {
	case evaluation.ActOpen:
		return []evaluation.Action{evaluation.ActStand}
	case evaluation.ActStart, evaluation.ActSecond:
		return []evaluation.Action{evaluation.ActScore, evaluation.ActRevise}
	case evaluation.ActClose:
		return []evaluation.Action{evaluation.ActResults}
	case evaluation.ActPublish:
		return []evaluation.Action{evaluation.ActProposal, evaluation.ActObject}
	case evaluation.ActAdopt:
		return []evaluation.Action{evaluation.ActProposal}
	default:
		return nil
	}
}

func noteTitle(step evaluation.Step) lang.Text {
	switch step.Action {
	case evaluation.ActOpen:
		return lang.T("已启动", "open")
	case evaluation.ActStart:
		return lang.T("开始打分", "scoring begins")
	case evaluation.ActSecond:
		return lang.T("进入第二轮打分", "the second round begins")
	case evaluation.ActClose:
		return lang.T("打分结束，进入会商", "scoring is closed, the deliberation begins")
	case evaluation.ActPublish:
		return lang.T("开始公示", "on public notice")
	case evaluation.ActEndNotice:
		return lang.T("公示结束，待决定", "the notice is over, a decision is due")
	default:
		return step.To.Label()
	}
}

// stepTold tells what was done and what the person does now.
func stepTold(d EvaluationData, step evaluation.Step, member bool) lang.Text {
	c := d.Cycle
	switch step.Action {
	case evaluation.ActOpen:
		words := lang.Tf("%d 个事项，%d 名委员。打分从%s到%s，会商%s。", "%d items, %d members. Scoring is from %s to %s, the deliberation on %s.",
			len(c.Items), inOffice(c), c.Dates.ScoringFrom.Label(), c.Dates.ScoringUntil.Label(), c.Dates.Deliberation.Label())
		if member {
			return lang.Tf("你是本次评估的委员。%s\n请先看事项；与某个领域或板块有利害关系的，请申请回避。", "You are a member of this evaluation. %s\nPlease read the items; where you have an interest in a domain or a district, stand aside.", words)
		}
		return words
	case evaluation.ActStart:
		if member {
			n := len(c.ItemsFor(d.Person.User))
			return lang.Tf("%s（%s）截止，请为 %d 个事项打分并写明理由。打一项存一项，可以分几次完成，截止前都能修改。",
				"Please score %[3]d items by %[1]s (%[2]s), with a reason each. Each is saved as you go, and you can change all of them until then.", c.Dates.ScoringUntil.Label(), calendarWeekday(c.Dates.ScoringUntil), n)
		}
		return lang.Tf("%d 名委员打分，到%s为止。", "%d members score until %s.", inOffice(c), c.Dates.ScoringUntil.Label())
	case evaluation.ActSecond:
		if member {
			return lang.Tf("第一轮已结束。到%s为止，你可以对照中位数和四分位数，附理由调整自己的打分；不调整也可以。", "The first round is closed. Until %s you may change your scores with a reason, seeing median and quartiles, or leave them.", c.Dates.SecondUntil.Label())
		}
		return lang.Tf("第一轮已结束，第二轮到%s为止。", "The first round is closed; the second lasts until %s.", c.Dates.SecondUntil.Label())
	case evaluation.ActClose:
		words := lang.Tf("汇总结果可以看了。会商日：%s（%s）。", "The figures can be read. The deliberation is on %s (%s).", c.Dates.Deliberation.Label(), calendarWeekday(c.Dates.Deliberation))
		if member {
			return lang.Tf("%s逐项提出表决后请投票。", "%s Please vote as each item is put to the vote.", words)
		}
		return words
	case evaluation.ActPublish:
		return lang.Tf("评估拟作的调整公示到%s（%s）。有不同意见，请在公示期内提出异议。\n%s", "What the evaluation proposes is on public notice until %s (%s). If you disagree, object while it lasts.\n%s",
			c.Dates.NoticeUntil.Label(), calendarWeekday(c.Dates.NoticeUntil), changeWords(d))
	case evaluation.ActEndNotice:
		words := lang.Tf("公示期满，异议已全部答复。请领导在%s前决定。\n%s", "The notice is over and every objection is answered. Leadership decides by %s.\n%s", c.Dates.Decision.Label(), changeWords(d))
		if d.Person.Has(people.Leader) {
			return lang.Tf("%s\n请打开评估，决定通过或不通过。", "%s\nOpen the evaluation to adopt or to reject it.", words)
		}
		return words
	case evaluation.ActAdopt:
		if c.Outcome != nil && c.Outcome.Layout > 0 {
			return lang.Tf("%s\n%s", "%s\n%s", outcomeWords(c), changeWords(d))
		}
	default:
	}
	return outcomeWords(c)
}

// EvaluationMoved renders what members are told of dates that were moved at one time.
func EvaluationMoved(d EvaluationData, moves []evaluation.Move, l lang.Lang) Message {
	title := lang.Tf("%s：日期有调整", "%s: dates were moved", d.Cycle.ID.Label())
	var lines []string
	for _, m := range moves {
		lines = append(lines, lang.Tf("%s：%s → *%s*", "%s: %s → *%s*", lang.T(m.Date.Label().ZH, capital(m.Date.Label().EN)), m.From.Label(), m.To.Label()).In(l))
	}
	text := "*" + title.In(l) + "*\n" + bullets(lines)
	if len(moves) > 0 {
		text += "\n" + lang.T("原因：", "Reason: ").In(l) + Escape(moves[0].Reason)
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{section(text)}}
	m.Blocks = append(m.Blocks, actions("evaluation:note", button(ActionEvaluation, string(d.Cycle.ID), lang.T("看评估", "See the evaluation").In(l)))...)
	return m
}

// EvaluationAside renders what a member is told of a recusal that the
// secretariat set or lifted.
func EvaluationAside(d EvaluationData, r evaluation.Recusal, lifted bool, l lang.Lang) Message {
	scope := recusalScope(d, r)
	title := lang.Tf("%s：秘书处为你登记了回避", "%s: the secretariat has you stand aside", d.Cycle.ID.Label())
	words := lang.Tf("范围：%s。你不再对这些事项打分和表决，已打的分作废。原因：%s。如有误，请联系秘书处。", "From: %s. You neither score nor vote on it, and what you scored of it is void. Reason: %s. If that is wrong, tell the secretariat.", scope, Escape(r.Reason))
	if lifted {
		title = lang.Tf("%s：你的回避已解除", "%s: you need not stand aside any more", d.Cycle.ID.Label())
		words = lang.Tf("范围：%s。请为这些事项打分；之前作废的打分不会恢复。", "From: %s. Please score it; what became void stays void.", scope)
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{section("*" + title.In(l) + "*\n" + words.In(l))}}
	m.Blocks = append(m.Blocks, actions("evaluation:note", button(ActionEvaluation, string(d.Cycle.ID), lang.T("看评估", "See the evaluation").In(l)))...)
	return m
}

// EvaluationLeft renders what a member is told of whom the secretariat recorded
// that they have left.
func EvaluationLeft(d EvaluationData, left evaluation.Member, l lang.Lang) Message {
	title := lang.Tf("%s：已登记你退出", "%s: you are recorded as having left", d.Cycle.ID.Label())
	m := Message{Text: title.In(l), Blocks: []slack.Block{section("*" + title.In(l) + "*\n" + leftWords(left).In(l))}}
	m.Blocks = append(m.Blocks, actions("evaluation:note", button(ActionEvaluation, string(d.Cycle.ID), lang.T("看评估", "See the evaluation").In(l)))...)
	return m
}

// leftWords tell somebody that they have left, and why.
func leftWords(m evaluation.Member) lang.Text {
	return lang.Tf("你已退出本次评估，不再打分和表决。原因：%s。如有误，请联系秘书处。", "You have left this evaluation: you neither score nor vote. Reason: %s. If that is wrong, tell the secretariat.", Escape(m.Reason))
}

// recusalScope tells what a recusal covers.
func recusalScope(d EvaluationData, r evaluation.Recusal) lang.Text {
	switch {
	case r.Domain != "" && r.District != "":
		t := d.Cycle.Title(d.Policy, evaluation.IDOf(r.Domain, r.District))
		return lang.T(Escape(t.ZH), Escape(t.EN))
	case r.Domain != "":
		return cycleDomain(d, r.Domain)
	}
	return districtName(d.Policy, r.District)
}
