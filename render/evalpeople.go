package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Buttons on the members of a cycle.
const (
	ActionEvaluationLift  = "evaluation-lift"  // Opens the form that ends a recusal; value: cycle and [RecusalPart].
	ActionEvaluationLeave = "evaluation-leave" // Opens the form for a member who has left; value: the cycle.
)

// Callback ids of the forms about members. Their private metadata is that of
// [AboutEvaluation]; that of the form which ends a recusal has [RecusalPart].
const (
	EvaluationAsideForm = "evaluation-recuse"
	EvaluationLiftForm  = "evaluation-lift"
	EvaluationLeaveForm = "evaluation-leave"
)

// FieldMember chooses a member in the forms about members.
const FieldMember = "member"

// RecusalPart names a recusal in a button.
func RecusalPart(r evaluation.Recusal) string {
	return string(r.Member) + "/" + string(r.Domain) + "/" + string(r.District)
}

// ParseRecusalPart reads what [RecusalPart] wrote.
func ParseRecusalPart(part string) (r evaluation.Recusal, ok bool) {
	all := strings.Split(part, "/")
	if len(all) != 3 || all[0] == "" {
		return r, false
	}
	return evaluation.Recusal{Member: people.UserID(all[0]), Domain: policy.DomainID(all[1]), District: policy.DistrictID(all[2])}, true
}

// How much a message about members shows.
const (
	maxMembersShown  = 200
	maxRecusalsShown = 30
)

// EvaluationPeople renders who takes part, and who stands aside from what.
// Progress is told by name only to who runs the evaluation.
func EvaluationPeople(d EvaluationData, progress []evaluation.Progress, l lang.Lang) Message {
	c := d.Cycle
	runs := people.Can(d.Person, people.RunEvaluation)
	title := lang.Tf("%s：委员和回避", "%s: members and recusals", c.ID.Label())
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	var in, gone []string
	for _, member := range c.Members[:min(len(c.Members), maxMembersShown)] {
		name := d.name(member.User).In(l)
		if member.Gone() {
			gone = append(gone, lang.Tf("%s（%s退出：%s）", "%s (left on %s: %s)", lang.T(name, name), calendar.FormatDate(member.Left), escapeCut(member.Reason, 100)).In(l))
			continue
		}
		if n := slices.IndexFunc(progress, func(p evaluation.Progress) bool { return p.Member == member.User }); runs && n >= 0 && c.Phase == evaluation.Scoring {
			name += fmt.Sprintf(" %d/%d", progress[n].Done, progress[n].Of)
		}
		in = append(in, name)
	}
	text := lang.Tf("*委员（%d 名）*", "*Members (%d)*", inOffice(c)).In(l) + "\n" + join(l, in)
	if len(in) == 0 {
		text = lang.T("还没有选定委员。", "No members are chosen yet.").In(l)
	}
	m.Blocks = append(m.Blocks, longSections(text)...)
	if len(gone) > 0 {
		m.Blocks = append(m.Blocks, longSections(lang.T("*已退出*", "*Left*").In(l)+"\n"+bullets(gone))...)
	}
	m.Blocks = append(m.Blocks, d.recusals(runs, l)...)
	m.Blocks = append(m.Blocks, contextLine(lang.T("回避可按领域、板块或其中一项登记。登记后，已打的相关分作废，也不再参加表决。", "One may stand aside from a domain, a district or one pair of them. What was scored of it is void then, and there is no vote on it.").In(l)))

	var buttons []slack.BlockElement
	if slices.ContainsFunc(d.Steps, func(n evaluation.NextStep) bool { return n.Action == evaluation.ActStand }) {
		label := evaluation.ActStand.Label()
		if runs {
			label = lang.T("登记回避", "Have somebody stand aside")
		}
		buttons = append(buttons, button(ActionEvaluationAside+":p", string(c.ID), label.In(l)+"…"))
	}
	if slices.ContainsFunc(d.Steps, func(n evaluation.NextStep) bool { return n.Action == evaluation.ActLeave }) {
		buttons = append(buttons, button(ActionEvaluationLeave+":p", string(c.ID), evaluation.ActLeave.Label().In(l)+"…"))
	}
	if runs && c.Phase == evaluation.Preparing {
		buttons = append(buttons, button(ActionEvaluationMembers+":p", string(c.ID), lang.T("选择委员…", "Choose members…").In(l)),
			button(ActionEvaluationSetup+":p", string(c.ID), lang.T("回到准备", "Back to the preparation").In(l)))
	} else {
		buttons = append(buttons, button(ActionEvaluation+":back", string(c.ID), lang.T("回到评估", "Back to the evaluation").In(l)))
	}
	m.Blocks = append(m.Blocks, actions("evaluation:people", buttons...)...)
	return m
}

// name returns a member's name.
func (d EvaluationData) name(user people.UserID) lang.Text {
	p, _ := d.People.Person(user)
	p.User = user
	return PersonName(p)
}

// recusals lists who stands aside from what. Who runs the evaluation may end them
// until the first round is closed.
func (d EvaluationData) recusals(runs bool, l lang.Lang) []slack.Block {
	c := d.Cycle
	if len(c.Recusals) == 0 {
		return []slack.Block{section(lang.T("*回避*：没有登记。", "*Recusals*: none.").In(l))}
	}
	lifts := runs && slices.Contains([]evaluation.Phase{evaluation.Preparing, evaluation.Opened, evaluation.Scoring}, c.Phase)
	blocks := []slack.Block{section(lang.Tf("*回避（%d 条）*", "*Recusals (%d)*", len(c.Recusals)).In(l))}
	for n, r := range c.Recusals[:min(len(c.Recusals), maxRecusalsShown)] {
		by := lang.T("本人申请", "declared")
		if r.By != r.Member {
			by = lang.T("秘书处登记", "set by the secretariat")
		}
		text := lang.Tf("%s：%s（%s）。原因：%s", "%s: %s (%s). Reason: %s", d.name(r.Member), recusalScope(d, r), by, escapeCut(r.Reason, 200)).In(l)
		if lifts {
			blocks = append(blocks, sectionWith(text, button(ActionEvaluationLift+":"+count(n), EvaluationValue(c.ID, RecusalPart(r)), lang.T("解除…", "Lift…").In(l))))
			continue
		}
		blocks = append(blocks, section(text))
	}
	if n := len(c.Recusals) - maxRecusalsShown; n > 0 {
		blocks = append(blocks, contextLine(lang.Tf("还有 %d 条没有列出。", "%d more are not listed.", n).In(l)))
	}
	return blocks
}

// longSections puts a text into as few sections as hold it, parted at a line or
// else at a comma between names.
func longSections(text string) []slack.Block {
	var blocks []slack.Block
	runes := []rune(text)
	for len(runes) > maxSection {
		cut := maxSection
		for i := cut - 1; i > cut/2; i-- {
			if runes[i] == '\n' || runes[i] == '、' || runes[i] == ',' {
				cut = i + 1
				break
			}
		}
		blocks = append(blocks, section(string(runes[:cut])))
		runes = runes[cut:]
	}
	return append(blocks, section(string(runes)))
}

// EvaluationAsideModal renders the form for standing aside: oneself, or with
// choose whoever is chosen.
func EvaluationAsideModal(d EvaluationData, choose bool, l lang.Lang) slack.ModalViewRequest {
	c := d.Cycle
	blocks := []slack.Block{contextLine(lang.T("选领域、选板块，或两个都选（只回避这一项）。登记后，已打的相关分作废，不再打分和表决。",
		"Choose a domain, a district, or both for that one pair. What was scored of it is void then; there is no score and no vote on it.").In(l))}
	if choose {
		who := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(lang.T("选择委员", "Choose a member").In(l)), FieldMember)
		if _, member := c.Member(d.Person.User); member {
			who.InitialUser = string(d.Person.User)
		}
		blocks = append(blocks, slack.NewInputBlock(FieldMember, plain(lang.T("谁回避", "Who stands aside").In(l)), nil, who))
	}
	var domains, districts []*slack.OptionBlockObject
	seen := map[string]bool{}
	for _, i := range c.Items {
		if id := string(i.Domain); !seen[id] {
			seen[id] = true
			domains = append(domains, option(id, plainDomain(d, i.Domain).In(l)))
		}
	}
	for _, dis := range d.Policy.Districts {
		if slices.ContainsFunc(c.Items, func(i evaluation.Item) bool { return i.District == dis.ID }) {
			districts = append(districts, option(string(dis.ID), dis.Name.In(l)))
		}
	}
	blocks = append(blocks,
		optional(choice(evaluation.FieldDomain, evaluation.FieldDomain, lang.T("领域", "Domain"), domains, "", l)),
		optional(choice(evaluation.FieldDistrict, evaluation.FieldDistrict, lang.T("板块", "District"), districts, "", l)),
		words(evaluation.FieldReason, lang.T("原因（记录在案，参加评估的人都能看到）", "Reason (kept on record, seen by all who take part)"), "", evaluation.MaxReason, true, l))
	return evaluationForm(EvaluationAsideForm, AboutEvaluation(l, c.ID, ""), lang.T("回避", "Stand aside"), lang.T("登记", "Save"), l, blocks...)
}

// plainDomain is [cycleDomain] without escaping, for an option.
func plainDomain(d EvaluationData, id policy.DomainID) lang.Text {
	for _, n := range d.Cycle.NewDomains {
		if n.ID == id {
			return n.Name
		}
	}
	return domainName(d.Policy, id)
}

// EvaluationLiftModal renders the form that ends a recusal made by mistake.
func EvaluationLiftModal(d EvaluationData, r evaluation.Recusal, l lang.Lang) slack.ModalViewRequest {
	return evaluationForm(EvaluationLiftForm, AboutEvaluation(l, d.Cycle.ID, RecusalPart(r)), lang.T("解除回避", "Lift a recusal"), lang.T("解除", "Lift"), l,
		section(lang.Tf("%s：%s", "%s: %s", d.name(r.Member), recusalScope(d, r)).In(l)),
		contextLine(lang.T("作废的打分不会恢复，委员要重新打分。", "What became void stays void; the member scores anew.").In(l)),
		words(evaluation.FieldReason, lang.T("原因（记录在案）", "Reason (kept on record)"), "", evaluation.MaxReason, true, l))
}

// EvaluationLeaveModal renders the form for a member who has left.
func EvaluationLeaveModal(d EvaluationData, l lang.Lang) slack.ModalViewRequest {
	who := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(lang.T("选择委员", "Choose a member").In(l)), FieldMember)
	return evaluationForm(EvaluationLeaveForm, AboutEvaluation(l, d.Cycle.ID, ""), lang.T("委员退出", "A member has left"), lang.T("登记", "Save"), l,
		contextLine(lang.T("退出后不再打分和表决，也不计入法定人数。未结束一轮的打分一并作废，已结束的保留。不能撤回。",
			"They score and vote no more and do not count for the quorum. What they gave in a round that is open goes with them; what was told stays. It cannot be taken back.").In(l)),
		slack.NewInputBlock(FieldMember, plain(lang.T("谁退出", "Who has left").In(l)), nil, who),
		words(evaluation.FieldReason, lang.T("原因（记录在案）", "Reason (kept on record)"), "", evaluation.MaxReason, true, l))
}

// maxProceedings is how many lines of what happened a message shows.
const maxProceedings = 60

// EvaluationProceedings renders what happened in a cycle, by whom and when, the
// newest first.
func EvaluationProceedings(d EvaluationData, l lang.Lang) Message {
	c := d.Cycle
	title := lang.Tf("%s：经过", "%s: what happened", c.ID.Label())
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	all := c.Proceedings()
	slices.Reverse(all)
	var lines []string
	for _, p := range all[:min(len(all), maxProceedings)] {
		words := strings.Join(strings.Fields(p.Words.In(l)), " ")
		if p.Item != "" {
			words = c.Title(d.Policy, p.Item).In(l) + lang.T("：", ": ").In(l) + words
		}
		text := calendar.FormatTime(p.At).In(l) + " · "
		if p.By != "" {
			text += d.name(p.By).In(l) + " · "
		}
		lines = append(lines, text+escapeCut(words, maxLine))
	}
	if len(lines) == 0 {
		lines = []string{lang.T("还没有记录。", "Nothing yet.").In(l)}
	}
	m.Blocks = append(m.Blocks, sections("", lines)...)
	if n := len(all) - maxProceedings; n > 0 {
		m.Blocks = append(m.Blocks, contextLine(lang.Tf("更早的 %d 条没有列出，报告里有全部。", "%d earlier ones are not listed; the report has all of them.", n).In(l)))
	}
	m.Blocks = append(m.Blocks, actions("evaluation:log", button(ActionEvaluation+":back", string(c.ID), lang.T("回到评估", "Back to the evaluation").In(l)))...)
	return m
}

// maxLine bounds one line of what happened, in characters: sixty of them stay
// within what a message holds.
const maxLine = 150
