package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
)

// ScoreItem renders the form in which a member scores an item, or what they
// gave it when there is nothing to change any more.
func ScoreItem(d ScoreData, i evaluation.Item, l lang.Lang) slack.ModalViewRequest {
	d.Memory.Item = i.ID
	v := slack.ModalViewRequest{
		Type: slack.VTModal, PrivateMetadata: d.Memory.String(),
		Title: plain(d.formTitle(i).In(l)),
		Close: plain(lang.T("关闭", "Close").In(l)),
	}
	blocks := append(d.saved(l), d.about(i, l)...)
	if !d.writable(i) {
		v.Blocks.BlockSet = append(blocks, d.given(i, l)...)
		return v
	}
	blocks = append(blocks, d.guide(i, l)...)
	group := evaluation.Group("")
	for _, k := range d.Cycle.Criteria {
		if k.Group != group {
			group = k.Group
			blocks = append(blocks, section("*"+capital(group.Label().In(l))+"*"))
		}
		blocks = append(blocks, d.criterion(k, i, l))
	}
	v.CallbackID = ScoreForm
	v.Submit = plain(d.submitWords(i).In(l))
	v.Blocks.BlockSet = append(blocks, d.reason(i, l))
	return v
}

// writable reports whether the member may score the item now.
func (d ScoreData) writable(i evaluation.Item) bool {
	_, aside := d.Cycle.Recused(d.Member, i)
	_, first := d.Second[i.ID]
	return d.Open && !aside && (d.Cycle.Phase == evaluation.Scoring || first)
}

// formTitle tells which of the items this is.
func (d ScoreData) formTitle(i evaluation.Item) lang.Text {
	for n, one := range d.Cycle.ItemsFor(d.Member) {
		if one.ID == i.ID {
			return lang.Tf("第 %d 项，共 %d 项", "Item %d of %d", n+1, d.Progress.Of)
		}
	}
	return lang.T("评估事项", "Item")
}

// maxWhy bounds why an item was proposed, in characters.
const maxWhy = 500

// about tells what the item is, and leads to its dossier.
func (d ScoreData) about(i evaluation.Item, l lang.Lang) []slack.Block {
	lines := []string{"*" + itemTitle(d.Cycle, d.Policy, i.ID, l) + "*", itemFocus(i, evaluation.MaxFocus, l)}
	if i.Kind == evaluation.Existing && !i.Proposed.IsZero() {
		lines = append(lines, lang.T("拟调整为：", "Proposed instead: ").In(l)+Escape(i.Proposed.In(l)))
	}
	for _, n := range d.Cycle.NewDomains {
		if n.ID == i.Domain {
			lines = append(lines, lang.T("领域说明：", "The domain: ").In(l)+escapeCut(n.Summary.In(l), maxWhy))
		}
	}
	if i.Why != "" {
		lines = append(lines, lang.T("提出的理由：", "Proposed because: ").In(l)+escapeCut(i.Why, maxWhy))
	}
	blocks := []slack.Block{section(strings.Join(lines, "\n"))}
	buttons := []slack.BlockElement{button(ActionEvaluationDossier, itemValue(d.Cycle.ID, i.ID), lang.T("看材料", "Read the dossier").In(l))}
	r, aside := d.Cycle.Recused(d.Member, i)
	switch {
	case aside:
		blocks = append(blocks, section(":heavy_minus_sign: "+lang.T("你已回避这一项，不用打分。原因：", "You stand aside from this item; there is nothing to score. Reason: ").In(l)+escapeCut(r.Reason, maxWhy)))
	case d.Cycle.Closed == 0 || d.Cycle.Phase == evaluation.Second:
		buttons = append(buttons, button(ActionEvaluationAside, itemValue(d.Cycle.ID, i.ID), lang.T("申请回避…", "Stand aside…").In(l)))
	}
	buttons = append(buttons, button(ActionScoreList, string(d.Cycle.ID), lang.T("回到列表", "Back to the list").In(l)))
	return append(blocks, actions("item", buttons...)...)
}

// guide says how to score, who sees it, and in the second round where the
// middle of all scores lies.
func (d ScoreData) guide(i evaluation.Item, l lang.Lang) []slack.Block {
	how := lang.T("0 最低，10 最高。", "0 is lowest, 10 is highest.")
	if second, ok := d.Second[i.ID]; ok {
		words := lang.Tf("*第二轮* · 你的打分 %s", "*Second round* · yours %s", figure(second.Own.Weighted))
		if second.Told {
			words = lang.Tf("%s · 全体 %d 人：中位数 %s（四分位 %s–%s）", "%s · all %d: median %s (quartiles %s–%s)", words, second.N, figure(second.Median), figure(second.Q1), figure(second.Q3))
		} else {
			words = lang.Tf("%s · 打分不足 %d 人，不公布数字", "%s · fewer than %d scores, so no figures are told", words, evaluation.MinShown)
		}
		text := words.In(l)
		if first := d.firstReason(i); first != "" {
			text += "\n" + lang.T("你上一轮的理由：", "Your reason in the first round: ").In(l) + escapeCut(first, maxWhy)
		}
		closing := lang.T("不调整就直接关闭，上一轮的打分照常有效。", "Without a change just close this; what you gave in the first round stands. ")
		if second.Changed {
			closing = lang.T("本轮已经调整过，以最后一次为准。", "You changed it in this round already; the last one counts. ")
		}
		return []slack.Block{
			section(text),
			contextLine(closing.In(l) + how.In(l)),
		}
	}
	return []slack.Block{contextLine(":lock: " + lang.T("打分和理由只有你自己能看到；打分结束后只公布汇总，理由不署名。",
		"Only you see your scores and reason; when scoring is closed only figures over all are told, and the reasons without names. ").In(l) + how.In(l))}
}

// firstReason is the member's reason of the first round while the second has
// none of theirs.
func (d ScoreData) firstReason(i evaluation.Item) string {
	if second, ok := d.Second[i.ID]; ok && !second.Changed {
		return second.Own.Reason
	}
	return ""
}

// criterion is the field of one criterion.
func (d ScoreData) criterion(k evaluation.Criterion, i evaluation.Item, l lang.Lang) slack.Block {
	var options []*slack.OptionBlockObject
	for v := evaluation.MinScore; v <= evaluation.MaxScore; v++ {
		options = append(options, option(strconv.Itoa(v), strconv.Itoa(v)))
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(lang.T("0–10 分", "0 to 10").In(l)), string(k.ID), options...)
	if own, ok := d.own(i.ID); ok {
		if v, ok := own.Scores[k.ID]; ok {
			e.InitialOption = options[v-evaluation.MinScore]
		}
	}
	hint := k.Asks.In(l)
	if second, ok := d.Second[i.ID]; ok && second.Told {
		for _, r := range second.Criteria {
			if r.Criterion == k.ID {
				hint = join2(hint, lang.Tf("全体：%s", "All: %s", middle(r.Summary)).In(l), l)
			}
		}
	}
	b := slack.NewInputBlock(BlockID(string(k.ID), d.Memory.Generation), plain(lang.Tf("%s（权重 %d%%）", "%s (weight %d%%)", k.Name, k.Weight).In(l)), nil, e)
	if hint != "" {
		b.Hint = plain(hint)
	}
	return b
}

// own is what the member gave the item last.
func (d ScoreData) own(id evaluation.ItemID) (evaluation.Sheet, bool) {
	if second, ok := d.Second[id]; ok {
		return second.Own, true
	}
	s, ok := d.Sheets[id]
	return s, ok
}

// reason is the field of the reason, which is told to all without a name.
func (d ScoreData) reason(i evaluation.Item, l lang.Lang) slack.Block {
	filled := ""
	if own, ok := d.own(i.ID); ok && d.firstReason(i) == "" {
		filled = own.Reason
	}
	b := words(evaluation.FieldReason, lang.T("理由", "Reason"), filled, evaluation.MaxReason, true, l)
	b.Label = plain(lang.T("理由", "Reason").In(l))
	if d.Cycle.Phase == evaluation.Second {
		b.Label = plain(lang.T("调整的理由", "Why you change it").In(l))
	}
	b.BlockID = BlockID(evaluation.FieldReason, d.Memory.Generation)
	b.Hint = plain(lang.T("以后会不署名公布，请不要写能认出自己的内容。", "It is told later without your name; write nothing by which you can be recognised.").In(l))
	return b
}

// submitWords say what comes when the form is sent.
func (d ScoreData) submitWords(i evaluation.Item) lang.Text {
	others := slices.ContainsFunc(d.Left, func(id evaluation.ItemID) bool { return id != i.ID })
	if others && d.Cycle.Phase == evaluation.Scoring {
		return lang.T("保存，下一项", "Save, next item")
	}
	return lang.T("保存", "Save")
}

// given tells what the member gave the item.
func (d ScoreData) given(i evaluation.Item, l lang.Lang) []slack.Block {
	own, ok := d.own(i.ID)
	if !ok {
		return nil
	}
	lines := []string{"*" + lang.Tf("你的打分 %s", "Your score: %s", figure(own.Weighted)).In(l) + "*"}
	for _, k := range d.Cycle.Criteria {
		lines = append(lines, Escape(k.Name.In(l))+lang.Tf("（%d%%）：%d", " (%d%%): %d", k.Weight, own.Scores[k.ID]).In(l))
	}
	return []slack.Block{section(strings.Join(lines, "\n")), section(lang.T("理由：", "Reason: ").In(l) + escapeCut(own.Reason, maxWords))}
}

// join2 puts two sentences behind each other, of which the first may be empty.
func join2(a, b string, l lang.Lang) string {
	if a == "" {
		return b
	}
	return a + lang.T("。", ". ").In(l) + b
}
