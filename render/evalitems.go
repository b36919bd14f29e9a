package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Buttons on the items of a cycle.
const (
	ActionEvaluationItem = "evaluation-item" // Opens an item's form; value: cycle and item.
	ActionEvaluationAdd  = "evaluation-add"  // Opens the form of a further item; value: cycle and what, see [AddNew].
	ActionEvaluationPage = "evaluation-page" // Shows a page of the items; value: cycle and the first item's place.
)

// AddNew is the part of the value of [ActionEvaluationAdd] that adds a domain
// which the policy does not have; otherwise it is an item's id, or empty.
const AddNew = "new"

// Callback ids of the forms about items. Their private metadata is that of
// [AboutEvaluation]: with the item, or with [AddNew].
const (
	EvaluationItemForm = "evaluation-item"
	EvaluationAddForm  = "evaluation-add"
)

// Fields of the forms about items besides those of package evaluation.
const (
	FieldDropItem  = "drop"
	FieldNameZH    = "name_zh"
	FieldNameEN    = "name_en"
	FieldShortZH   = "short_zh"
	FieldShortEN   = "short_en"
	FieldSummaryZH = "summary_zh"
	FieldSummaryEN = "summary_en"
)

// CycleItemsPage is how many items a message shows.
const CycleItemsPage = 20

// EvaluationItems renders the items of a cycle from the one at a place on.
// Outside are pairs that the layout does not have and that reported work, which
// whoever prepares the cycle may take in.
func EvaluationItems(d EvaluationData, from int, outside []evaluation.Item, l lang.Lang) Message {
	c := d.Cycle
	from = max(0, min(from, len(c.Items)-1))
	edits := c.Phase == evaluation.Preparing && people.Can(d.Person, people.RunEvaluation)
	title := lang.Tf("%s：%d 个事项", "%s: %d items", c.ID.Label(), len(c.Items))
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l)), contextLine(cycleItems(c).In(l))}}
	shown := c.Items[from:min(from+CycleItemsPage, len(c.Items))]
	for n, i := range shown {
		text := cycleItemLine(d, i, l)
		if edits {
			m.Blocks = append(m.Blocks, sectionWith(text, button(ActionEvaluationItem+":"+strconv.Itoa(n), EvaluationValue(c.ID, string(i.ID)), lang.T("修改…", "Change…").In(l))))
		} else {
			m.Blocks = append(m.Blocks, sectionWith(text, button(ActionEvaluationDossier+":"+strconv.Itoa(n), EvaluationValue(c.ID, string(i.ID)), lang.T("材料", "Dossier").In(l))))
		}
	}
	var buttons []slack.BlockElement
	if from > 0 {
		buttons = append(buttons, button(ActionEvaluationPage+":before", EvaluationValue(c.ID, strconv.Itoa(max(0, from-CycleItemsPage))), lang.T("上一页", "Previous").In(l)))
	}
	if next := from + CycleItemsPage; next < len(c.Items) {
		buttons = append(buttons, button(ActionEvaluationPage+":next", EvaluationValue(c.ID, strconv.Itoa(next)), lang.Tf("下一页（还有 %d 项）", "Next (%d more)", len(c.Items)-next).In(l)))
	}
	back := button(ActionEvaluation+":back", string(c.ID), lang.T("回到评估", "Back to the evaluation").In(l))
	if edits {
		back = button(ActionEvaluationSetup+":back", string(c.ID), lang.T("回到准备", "Back to the preparation").In(l))
		buttons = append(buttons,
			button(ActionEvaluationAdd+":pair", EvaluationValue(c.ID, ""), lang.T("＋ 布局之外的板块…", "+ a district outside the layout…").In(l)),
			button(ActionEvaluationAdd+":new", EvaluationValue(c.ID, AddNew), lang.T("＋ 新领域…", "+ a new domain…").In(l)))
		m.Blocks = append(m.Blocks, suggested(d, outside, l)...)
	}
	m.Blocks = append(m.Blocks, actions("evaluation:items", append(buttons, back)...)...)
	return m
}

// maxOutside is how many pairs outside the layout are suggested.
const maxOutside = 10

// suggested offers pairs outside the layout that have accepted work.
func suggested(d EvaluationData, outside []evaluation.Item, l lang.Lang) []slack.Block {
	if len(outside) == 0 {
		return nil
	}
	var buttons []slack.BlockElement
	for n, i := range outside[:min(len(outside), maxOutside)] {
		buttons = append(buttons, button(ActionEvaluationAdd+":"+strconv.Itoa(n), EvaluationValue(d.Cycle.ID, string(i.ID)), "＋ "+pairTitle(d, i).In(l)+"…"))
	}
	words := lang.T("*布局之外已有采纳的上报*，可以作为事项加入：", "*Outside the layout, with accepted reports*; they can be taken in as items:")
	return append([]slack.Block{section(words.In(l))}, actions("evaluation:outside", buttons...)...)
}

// pairTitle names a district in a domain without escaping, for a button.
func pairTitle(d EvaluationData, i evaluation.Item) lang.Text {
	return lang.Tf("%s · %s", "%s · %s", domainName(d.Policy, i.Domain), districtName(d.Policy, i.District))
}

// itemLine tells what an item is about: the focus in force, and what is proposed.
func cycleItemLine(d EvaluationData, i evaluation.Item, l lang.Lang) string {
	t := d.Cycle.Title(d.Policy, i.ID)
	lines := []string{"*" + Escape(t.In(l)) + "*"}
	if i.Kind != evaluation.Existing {
		lines[0] += " · " + i.Kind.Label().In(l)
	}
	if !i.Focus.IsZero() {
		lines = append(lines, lang.T("主攻方向：", "Focus: ").In(l)+escapeCut(i.Focus.In(l), maxExcerpt))
	}
	if !i.Proposed.IsZero() {
		lines = append(lines, lang.T("拟改为：", "Proposed: ").In(l)+escapeCut(i.Proposed.In(l), maxExcerpt))
	}
	if i.Why != "" {
		lines = append(lines, lang.T("理由：", "Why: ").In(l)+escapeCut(i.Why, maxExcerpt))
	}
	if r, aside := d.Cycle.Recused(d.Person.User, i); aside {
		lines = append(lines, ":no_entry_sign: "+lang.T("你已回避：", "You stand aside: ").In(l)+escapeCut(r.Reason, maxExcerpt))
	}
	return strings.Join(lines, "\n")
}

// EvaluationItemModal renders the form about an item: what its focus would be,
// and whether it is judged at all.
func EvaluationItemModal(d EvaluationData, i evaluation.Item, l lang.Lang) slack.ModalViewRequest {
	blocks := []slack.Block{section(cycleItemLine(d, i, l))}
	note := lang.T("要调整主攻方向的，在这里写明拟改成什么；不调整就留空。", "Say here what the focus would be, when it is to be adjusted; otherwise leave it empty.")
	if i.Kind != evaluation.Existing {
		note = lang.T("布局之外的事项要写明拟定的主攻方向。", "An item outside the layout needs its proposed focus.")
	}
	blocks = append(blocks, contextLine(note.In(l)))
	blocks = append(blocks, focusFields(i.Proposed, i.Kind == evaluation.Existing, l)...)
	blocks = append(blocks, tick(FieldDropItem, lang.T("不评这一项", "Leave it out"), lang.T("从本次评估中去掉", "Take it out of this evaluation"),
		lang.T("现有布局中的事项去掉后保持不变。勾选后，上面的内容不起作用。", "What is in the layout then stays as it is. When this is ticked, nothing above counts."), l))
	return evaluationForm(EvaluationItemForm, AboutEvaluation(l, d.Cycle.ID, string(i.ID)), lang.T("评估事项", "Item"), lang.T("保存", "Save"), l, blocks...)
}

func focusFields(filled lang.Text, free bool, l lang.Lang) []slack.Block {
	var out []slack.Block
	for _, f := range []struct {
		name, filled string
		label        lang.Text
	}{
		{evaluation.FieldFocusZH, filled.ZH, lang.T("拟定主攻方向（中文）", "Proposed focus in Chinese")},
		{evaluation.FieldFocusEN, filled.EN, lang.T("拟定主攻方向（英文）", "Proposed focus in English")},
	} {
		b := words(f.name, f.label, f.filled, evaluation.MaxFocus, true, l)
		b.Optional = free
		out = append(out, b)
	}
	return out
}

// EvaluationAddModal renders the form of an item that is not in the layout: of a
// domain that there is, or of a new one. The item may fill it in.
func EvaluationAddModal(d EvaluationData, fresh bool, filled evaluation.Item, l lang.Lang) slack.ModalViewRequest {
	part, title := "", lang.T("布局之外的板块", "Outside the layout")
	var blocks []slack.Block
	if fresh {
		part, title = AddNew, lang.T("新领域", "A new domain")
		need := func(name string, label lang.Text, most int, lines bool) {
			blocks = append(blocks, words(name, label, "", most, lines, l))
		}
		need(FieldNameZH, lang.T("领域名称（中文）", "Name of the domain in Chinese"), maxDomainName, false)
		need(FieldNameEN, lang.T("领域名称（英文）", "Name of the domain in English"), maxDomainName, false)
		need(FieldShortZH, lang.T("简称（中文）", "Short name in Chinese"), maxDomainName, false)
		need(FieldShortEN, lang.T("简称（英文）", "Short name in English"), maxDomainName, false)
		need(FieldSummaryZH, lang.T("说明（中文）", "Summary in Chinese"), maxDomainSummary, true)
		need(FieldSummaryEN, lang.T("说明（英文）", "Summary in English"), maxDomainSummary, true)
	} else {
		var domains []*slack.OptionBlockObject
		for _, dom := range d.Policy.Domains {
			domains = append(domains, option(string(dom.ID), dom.Name.In(l)))
		}
		for _, n := range d.Cycle.NewDomains {
			domains = append(domains, option(string(n.ID), n.Name.In(l)+lang.T("（新）", " (new)").In(l)))
		}
		blocks = append(blocks, choice(evaluation.FieldDomain, evaluation.FieldDomain, lang.T("领域", "Domain"), domains, string(filled.Domain), l))
	}
	var districts []*slack.OptionBlockObject
	for _, dis := range d.Policy.Districts {
		districts = append(districts, option(string(dis.ID), dis.Name.In(l)))
	}
	blocks = append(blocks, choice(evaluation.FieldDistrict, evaluation.FieldDistrict, lang.T("板块", "District"), districts, string(filled.District), l))
	blocks = append(blocks, focusFields(filled.Proposed, false, l)...)
	why := words(evaluation.FieldReason, lang.T("理由", "Why"), filled.Why, evaluation.MaxReason, true, l)
	blocks = append(blocks, optional(why))
	return evaluationForm(EvaluationAddForm, AboutEvaluation(l, d.Cycle.ID, part), title, lang.T("加入", "Add"), l, blocks...)
}

// How long a new domain's names and its summary are at most, in characters.
const (
	maxDomainName    = 40
	maxDomainSummary = 500
)

// OutsidePairs keeps of pairs those that neither the layout nor the cycle has,
// in the order of domains and districts.
func OutsidePairs(pol *policy.Policy, c evaluation.Cycle, pairs []evaluation.Item) []evaluation.Item {
	layout := pol.Layouts.Latest()
	var out []evaluation.Item
	for _, dom := range pol.Domains {
		for _, dis := range pol.Districts {
			id := evaluation.IDOf(dom.ID, dis.ID)
			n := slices.IndexFunc(pairs, func(i evaluation.Item) bool { return i.ID == id })
			_, item := c.Item(id)
			if _, leads := layout.FocusOf(dom.ID, dis.ID); n >= 0 && !item && !leads {
				out = append(out, pairs[n])
			}
		}
	}
	return out
}
