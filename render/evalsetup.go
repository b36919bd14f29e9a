package render

import (
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
)

// Buttons that prepare a cycle; the value is the cycle's id.
const (
	ActionEvaluationCriteria = "evaluation-criteria" // Opens the form of criteria and weights.
	ActionEvaluationRules    = "evaluation-rules"    // Opens the form of quorum, majority and lines.
	ActionEvaluationMembers  = "evaluation-members"  // Opens the form of the members.
)

// Callback ids of the forms that prepare a cycle; their private metadata is that
// of [AboutEvaluation].
const (
	EvaluationCriteriaForm = "evaluation-criteria"
	EvaluationRulesForm    = "evaluation-rules"
	EvaluationDatesForm    = "evaluation-dates"
	EvaluationMembersForm  = "evaluation-members"
)

// Fields of the forms that prepare a cycle. A criterion's weight is the field
// of [WeightField]; a date's field is called as the date.
const (
	FieldCriteriaDefault = "default"
	FieldRename          = "rename"
	FieldRenameZH        = "rename_zh"
	FieldRenameEN        = "rename_en"
	FieldNewNameZH       = "new_name_zh"
	FieldNewNameEN       = "new_name_en"
	FieldNewAsksZH       = "new_asks_zh"
	FieldNewAsksEN       = "new_asks_en"
	FieldNewGroup        = "new_group"
	FieldNewWeight       = "new_weight"

	FieldQuorum     = "quorum"
	FieldMajority   = "majority"
	FieldStrengthen = "strengthen"
	FieldKeep       = "keep"
	FieldAdjust     = "adjust"
	FieldAdd        = "add"
	FieldDivided    = "divided"

	FieldMembers = "members"

	FieldDatesMeant = "dates_meant" // Keeps dates that are doubtful.
)

// WeightField is the field of a criterion's weight.
func WeightField(id evaluation.CriterionID) string { return "weight_" + string(id) }

// EvaluationSetup renders what is prepared, and what is still missing before the
// cycle can be opened.
func EvaluationSetup(d EvaluationData, ready error, l lang.Lang) Message {
	c := d.Cycle
	id := string(c.ID)
	title := lang.Tf("准备%s", "Prepare the %s", c.ID.Label())
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	row := func(ok bool, name, words lang.Text, action string, label lang.Text) {
		sign := ":white_check_mark:"
		if !ok {
			sign = ":white_large_square:"
		}
		m.Blocks = append(m.Blocks, sectionWith(sign+" *"+name.In(l)+"*\n"+words.In(l), button(action+":s", id, label.In(l))))
	}
	change := lang.T("修改…", "Change…")

	sum := 0
	for _, k := range c.Criteria {
		sum += k.Weight
	}
	row(sum == 100, lang.T("标准和权重", "Criteria and weights"),
		lang.Tf("%s\n合计 %d。", "%s\n%d in all.", lang.List(c.Criteria, func(k evaluation.Criterion) lang.Text {
			return lang.Tf("%s %d", "%s %d", lang.T(Escape(k.Name.ZH), Escape(k.Name.EN)), k.Weight)
		}), sum), ActionEvaluationCriteria, change)
	row(true, lang.T("规则", "Rules"), rulesWords(c.Rules), ActionEvaluationRules, change)
	dated := !slices.ContainsFunc(evaluation.DateNames(), func(n evaluation.DateName) bool {
		return n != evaluation.SecondUntil && !c.Dates.Get(n).Valid()
	})
	words := lang.T("还没有设置；表单里已按工作日填好建议的日期。", "Not set yet; the form comes with dates suggested by workdays.")
	if dated {
		second := lang.T("不设第二轮", "no second round")
		if c.Dates.SecondUntil.Valid() {
			second = lang.Tf("第二轮到 %s", "second round until %s", shortDay(c.Dates.SecondUntil))
		}
		words = lang.Tf("打分 %s–%s，%s，会商 %s，公示 %s–%s，决定 %s，新布局自 %s 起。", "Scoring %s–%s, %s, deliberation %s, notice %s–%s, decision %s, new layout from %s.",
			shortDay(c.Dates.ScoringFrom), shortDay(c.Dates.ScoringUntil), second, shortDay(c.Dates.Deliberation), shortDay(c.Dates.NoticeFrom), shortDay(c.Dates.NoticeUntil), shortDay(c.Dates.Decision), c.Dates.Effective.Label())
	}
	row(dated, lang.T("日程", "Calendar"), words, ActionEvaluationDates, change)
	row(len(c.Members) >= evaluation.MinShown, lang.T("委员", "Members"),
		lang.Tf("%d 名（至少 %d 名）。", "%d (at least %d).", len(c.Members), evaluation.MinShown), ActionEvaluationMembers, change)
	row(len(c.Items) > 0, lang.T("事项", "Items"), cycleItems(c), ActionEvaluationItems, lang.T("看和修改", "See and change"))
	few := 0
	for _, i := range c.Items {
		if len(c.Judges(i)) < evaluation.MinShown {
			few++
		}
	}
	words = lang.Tf("已登记 %d 条。", "%d on record.", len(c.Recusals))
	if few > 0 && len(c.Members) >= evaluation.MinShown {
		words = lang.Tf("%s回避后有 %d 个事项不足 %d 名委员打分。", "%s With them %d items have fewer than %d members to score them.", words, few, evaluation.MinShown)
	}
	row(few == 0 || len(c.Members) < evaluation.MinShown, lang.T("回避", "Standing aside"), words, ActionEvaluationWho, lang.T("看和登记", "See and set"))

	var buttons []slack.BlockElement
	if ready == nil {
		m.Blocks = append(m.Blocks, section(lang.T(":white_check_mark: 已齐备，可以启动。", ":white_check_mark: All is there: it can be opened.").In(l)))
		buttons = append(buttons, primary(button(ActionEvaluationStep+":open", EvaluationValue(c.ID, string(evaluation.ActOpen)), evaluation.ActOpen.Label().In(l)+"…")))
	} else {
		m.Blocks = append(m.Blocks, section(lang.T("*还不能启动*：", "*It cannot be opened yet*: ").In(l)+Escape(blockedWords(ready).In(l))))
	}
	buttons = append(buttons, button(ActionEvaluation+":back", id, lang.T("回到评估", "Back to the evaluation").In(l)))
	m.Blocks = append(m.Blocks, actions("evaluation:setup", buttons...)...)
	return m
}

func cycleItems(c evaluation.Cycle) lang.Text {
	n := map[evaluation.ItemKind]int{}
	for _, i := range c.Items {
		n[i.Kind]++
	}
	return lang.Tf("共 %d 项：现有布局 %d 项，布局之外 %d 项，新领域 %d 项。", "%d in all: %d of the layout, %d outside it, %d in new domains.",
		len(c.Items), n[evaluation.Existing], n[evaluation.Outside], n[evaluation.New])
}

func rulesWords(r evaluation.Rules) lang.Text {
	return lang.Tf("法定人数%s，多数须超过%s；中位数 %s 分起建议加强，%s 分起保持，%s 分起调整，以下退出；新增 %s 分起。标准差 %s 起视为分歧。",
		"Quorum %s, majority of more than %s; by the median, from %s strengthen, from %s keep, from %s adjust, below withdraw; new ones from %s. Divided from a standard deviation of %s.",
		r.Quorum.Label(), r.Majority.Label(), decimal(r.Strengthen), decimal(r.Keep), decimal(r.Adjust), decimal(r.Add), decimal(r.Divided))
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func shortDay(d evaluation.Day) lang.Text {
	if !d.Valid() {
		return d.Label()
	}
	return calendarDay(d)
}

// line is an optional line of text with a hint.
func line(name string, label, hint lang.Text, filled string, most int, l lang.Lang) *slack.InputBlock {
	e := slack.NewPlainTextInputBlockElement(nil, name)
	e.InitialValue, e.MaxLength = filled, most
	b := slack.NewInputBlock(name, plain(label.In(l)), nil, e)
	if !hint.IsZero() {
		b.Hint = plain(hint.In(l))
	}
	return optional(b)
}

// EvaluationCriteriaModal renders the form of the criteria: a weight for each,
// another name for one of them, and room for one more.
func EvaluationCriteriaModal(c evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
	blocks := []slack.Block{contextLine(lang.T("权重为 1 到 100 的整数，合计 100。留空就去掉这一条。", "Weights are whole numbers from 1 to 100 and sum to 100. Leave one empty to drop its criterion.").In(l))}
	for _, k := range c.Criteria {
		blocks = append(blocks, line(WeightField(k.ID), lang.Tf("%s（%s）", "%s (%s)", k.Name, k.Group.Label()), k.Asks, strconv.Itoa(k.Weight), 3, l))
	}
	var named []*slack.OptionBlockObject
	for _, k := range c.Criteria {
		named = append(named, option(string(k.ID), k.Name.In(l)))
	}
	rename := optional(choice(FieldRename, FieldRename, lang.T("要改名的标准", "Criterion to rename"), named, "", l))
	rename.Hint = plain(lang.T("启动之前都可以改，记录在案；委员打分时看到的是新名称。", "Possible until the evaluation is opened, and kept on record; members see the new name when they score.").In(l))
	blocks = append(blocks, slack.NewDividerBlock(), rename,
		line(FieldRenameZH, lang.T("新的中文名称", "New name in Chinese"), lang.Text{}, "", evaluation.MaxName, l),
		line(FieldRenameEN, lang.T("新的英文名称", "New name in English"), lang.Text{}, "", evaluation.MaxName, l))
	if len(c.Criteria) < evaluation.MaxCriteria {
		var groups []*slack.OptionBlockObject
		for _, g := range []evaluation.Group{evaluation.Technical, evaluation.Situation} {
			groups = append(groups, option(string(g), g.Label().In(l)))
		}
		blocks = append(blocks, slack.NewDividerBlock(),
			line(FieldNewNameZH, lang.T("增加一条：中文名称", "One more: name in Chinese"), lang.T("不增加就留空。", "Leave empty for none."), "", evaluation.MaxName, l),
			line(FieldNewNameEN, lang.T("英文名称", "Name in English"), lang.Text{}, "", evaluation.MaxName, l),
			line(FieldNewAsksZH, lang.T("看什么（中文）", "What to look at, in Chinese"), lang.Text{}, "", 150, l),
			line(FieldNewAsksEN, lang.T("看什么（英文）", "What to look at, in English"), lang.Text{}, "", 150, l),
			optional(choice(FieldNewGroup, FieldNewGroup, lang.T("归入", "Belongs to"), groups, string(evaluation.Technical), l)),
			line(FieldNewWeight, lang.T("权重", "Weight"), lang.Text{}, "", 3, l))
	}
	blocks = append(blocks, tick(FieldCriteriaDefault, lang.T("默认", "Default"), lang.T("恢复默认的标准和权重", "Back to the default criteria and weights"),
		lang.T("勾选后，上面的内容不起作用。", "When this is ticked, nothing above counts."), l))
	return evaluationForm(EvaluationCriteriaForm, AboutEvaluation(l, c.ID, ""), lang.T("标准和权重", "Criteria and weights"), lang.T("保存", "Save"), l, blocks...)
}

// shares are what a quorum and a majority are chosen from.
var shares = []evaluation.Share{{Num: 1, Den: 2}, {Num: 3, Den: 5}, {Num: 2, Den: 3}, {Num: 3, Den: 4}, {Num: 4, Den: 5}}

// ShareValue writes a share as an option's value.
func ShareValue(s evaluation.Share) string { return strconv.Itoa(s.Num) + "/" + strconv.Itoa(s.Den) }

// EvaluationRulesModal renders the form of the rules.
func EvaluationRulesModal(c evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
	r := c.Rules
	share := func(name string, label lang.Text, now evaluation.Share) slack.Block {
		all := shares
		if !slices.Contains(all, now) {
			all = append(slices.Clone(all), now)
		}
		var options []*slack.OptionBlockObject
		for _, s := range all {
			options = append(options, option(ShareValue(s), s.Label().In(l)))
		}
		return choice(name, name, label, options, ShareValue(now), l)
	}
	number := func(name string, label lang.Text, now float64) slack.Block {
		b := line(name, label, lang.Text{}, decimal(now), 5, l)
		b.Optional = false
		return b
	}
	return evaluationForm(EvaluationRulesForm, AboutEvaluation(l, c.ID, ""), lang.T("规则", "Rules"), lang.T("保存", "Save"), l,
		share(FieldQuorum, lang.T("法定人数（打分和表决至少多少人参加）", "Quorum (how many must score and vote)"), r.Quorum),
		share(FieldMajority, lang.T("多数（赞成须超过赞成与反对之和的多少）", "Majority (votes for must exceed this of for and against)"), r.Majority),
		contextLine(lang.T("分数线按加权得分的中位数（0 到 10 分）给出建议，是否采纳由委员表决。", "The lines go by the median of the weighted score, from 0 to 10. They only suggest; members vote.").In(l)),
		number(FieldStrengthen, lang.T("加强：从多少分起", "Strengthen: from"), r.Strengthen),
		number(FieldKeep, lang.T("保持：从多少分起", "Keep: from"), r.Keep),
		number(FieldAdjust, lang.T("调整主攻方向：从多少分起（以下建议退出）", "Adjust the focus: from (below it, withdraw)"), r.Adjust),
		number(FieldAdd, lang.T("新增纳入：从多少分起", "Take in what is new: from"), r.Add),
		number(FieldDivided, lang.T("标准差达到多少视为有分歧", "Divided: from a standard deviation of"), r.Divided),
	)
}

// EvaluationDatesModal renders the form of the calendar, filled with the dates or
// with what is suggested. Dates that may not move any more are told, not asked;
// with reason, a reason is asked for. doubt is what is to be said of the workdays; it may be zero.
func EvaluationDatesModal(c evaluation.Cycle, filled evaluation.Dates, fixed func(evaluation.DateName) bool, doubt lang.Text, reason bool, l lang.Lang) slack.ModalViewRequest {
	var blocks []slack.Block
	hint := lang.T("日期要先后有序，都不早于今天。建议的日期按工作日推算。", "The dates must be in order, none before today. What is suggested goes by workdays.")
	if reason {
		hint = lang.T("已打的分不受影响。要提前结束一轮，把截止日期改到今天。前面的日期推后时，后面的要一并调整。",
			"Scores stay as they are. To end a round early, move its last day to today. When a date moves back, those behind it must move along.")
	}
	blocks = append(blocks, contextLine(hint.In(l)))
	if !doubt.IsZero() {
		blocks = append(blocks, contextLine(":warning: "+doubt.In(l)))
	}
	for _, n := range evaluation.DateNames() {
		day := filled.Get(n)
		label := capital(n.Label().In(l))
		if fixed(n) {
			blocks = append(blocks, contextLine(label+lang.T("：", ": ").In(l)+day.Label().In(l)+lang.T("（已过，不再调整）", " (done, stays)").In(l)))
			continue
		}
		e := slack.NewDatePickerBlockElement(string(n))
		e.InitialDate = string(day)
		b := slack.NewInputBlock(string(n), plain(label), nil, e)
		if n == evaluation.SecondUntil {
			b.Optional = true
			b.Hint = plain(lang.T("不打算进行第二轮就清空。", "Clear it when no second round is planned.").In(l))
		}
		blocks = append(blocks, b)
	}
	blocks = append(blocks, tick(FieldDatesMeant, lang.T("日期不寻常时", "When a date is unusual"), lang.T("就用这些日期", "Keep these dates"),
		lang.Tf("会商、决定定在休息日，公示不足 %d 个工作日，或一轮打分没有工作日时，勾选后才保存。", "Needed for a deliberation or a decision on a day off, a notice of fewer than %d workdays, or a round without a workday.", evaluation.MinNotice), l))
	if reason {
		blocks = append(blocks, words(evaluation.FieldReason, lang.T("原因（记录在案，会告知委员）", "Reason (kept on record, told to the members)"), "", evaluation.MaxReason, true, l))
	}
	return evaluationForm(EvaluationDatesForm, AboutEvaluation(l, c.ID, ""), lang.T("日程", "Calendar"), lang.T("保存", "Save"), l, blocks...)
}

// EvaluationMembersModal renders the form of who scores and votes.
func EvaluationMembersModal(c evaluation.Cycle, who people.State, l lang.Lang) slack.ModalViewRequest {
	users := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain(lang.T("选择委员", "Choose members").In(l)), FieldMembers)
	for _, m := range c.Members {
		users.InitialUsers = append(users.InitialUsers, string(m.User))
	}
	all := who.WithRole(people.Member)
	return evaluationForm(EvaluationMembersForm, AboutEvaluation(l, c.ID, ""), lang.T("委员", "Members"), lang.T("保存", "Save"), l,
		contextLine(lang.Tf("登记为“%s”的有 %d 人，只有他们能打分和表决。启动后名单不再改，只能登记退出。", "%[2]d people are registered as %[1]s; only they can score and vote. Once it is open nobody is added; a member can only leave.", people.Member.Name(), len(all)).In(l)),
		slack.NewInputBlock(FieldMembers, plain(lang.T("参加本次评估的委员", "Members of this evaluation").In(l)), nil, users))
}
