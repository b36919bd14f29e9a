package render

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Actions within the modal that [ActionEvaluationScore] opens.
const (
	ActionScoreItem = "eval-item" // Shows an item's form in its place; value: that of [EvaluationValue].
	ActionScoreNext = "eval-next" // Shows the form of the next item that is not scored; value: the cycle.
	ActionScoreList = "eval-list" // Shows the list; value: that of [ParseEvaluationPage].
)

// ScoreForm is the callback id of the form in which an item is scored. A
// criterion's field has the criterion's id for its name, the reason that of
// [evaluation.FieldReason]; the private metadata is a [ScoreMemory].
const ScoreForm = "eval-score"

// ScoreMemory is what the modal of scoring remembers besides its fields.
type ScoreMemory struct {
	Cycle evaluation.CycleID `json:"c"`
	Item  evaluation.ItemID  `json:"i,omitempty"` // Of the form; the list has none.
	Lang  lang.Lang          `json:"l"`           // The language to tell its problems in.

	// Generation counts what was shown in the modal. Slack keeps what a person
	// typed in a block that is still there, so each form has blocks of its own.
	Generation int `json:"g,omitempty"`
}

func (m ScoreMemory) String() string {
	raw, err := json.Marshal(m)
	if err != nil {
		return "" // Strings and a number always marshal.
	}
	return string(raw)
}

// ParseScoreMemory reads the private metadata of the modal of scoring.
func ParseScoreMemory(s string) (m ScoreMemory, ok bool) {
	err := json.Unmarshal([]byte(s), &m)
	return m, err == nil && m.Cycle != "" && slices.Contains(lang.Both(), m.Lang)
}

// ScoreData is what a member sees of what they score. It is for nobody else.
type ScoreData struct {
	Policy   *policy.Policy // With everything that was adopted.
	Cycle    evaluation.Cycle
	Member   people.UserID
	Progress evaluation.Progress
	Left     []evaluation.ItemID // Not scored yet.
	Sheets   map[evaluation.ItemID]evaluation.Sheet
	Second   map[evaluation.ItemID]evaluation.SecondItem // In the second round; what the member scored in the first.
	Asked    []evaluation.ItemID                         // What the second round is for: the members are divided on it.
	Open     bool                                        // A round is open at Now.
	Now      time.Time
	Memory   ScoreMemory
	Saved    evaluation.ItemID // What was just saved; empty for nothing.
}

// scorePage is how many items the list shows: it has room for a hundred blocks.
const scorePage = 40

// ScoreList renders a member's items: which are done, which are open, which they
// stand aside from, with the button to the next open one.
func ScoreList(d ScoreData, page int, l lang.Lang) slack.ModalViewRequest {
	blocks := d.saved(l)
	state := d.listState()
	head := "*" + d.Cycle.ID.Label().In(l) + "* · " + d.Cycle.Phase.Label().In(l) + "\n" + state.In(l)
	if d.Open && d.Cycle.Phase == evaluation.Scoring && len(d.Left) > 0 {
		words := lang.T("打下一项", "Score the next one")
		if d.Progress.Done == 0 {
			words = lang.T("开始打分", "Begin")
		}
		blocks = append(blocks, sectionWith(head, primary(button(ActionScoreNext, string(d.Cycle.ID), words.In(l)))))
	} else {
		blocks = append(blocks, section(head))
	}
	blocks = append(blocks, section(":lock: "+evaluation.PrivacyNotice().In(l)), slack.NewDividerBlock())
	items, first, at := pageOf(d.Cycle.Items, page, scorePage)
	for n, i := range items {
		blocks = append(blocks, d.line(i, first+n, l))
	}
	if len(d.Cycle.Items) > scorePage {
		var buttons []slack.BlockElement
		if at > 0 {
			buttons = append(buttons, button(ActionScoreList+":back", pageValue(d.Cycle.ID, at-1), lang.T("上一页", "Previous page").In(l)))
		}
		if first+len(items) < len(d.Cycle.Items) {
			buttons = append(buttons, button(ActionScoreList+":on", pageValue(d.Cycle.ID, at+1), lang.T("下一页", "Next page").In(l)))
		}
		blocks = append(blocks, actions("pages", buttons...)...)
	}
	memory := d.Memory
	memory.Item = ""
	return slack.ModalViewRequest{
		Type: slack.VTModal, PrivateMetadata: memory.String(),
		Title:  plain(lang.T("我的打分", "My scores").In(l)),
		Close:  plain(lang.T("关闭", "Close").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// saved says what was just saved.
func (d ScoreData) saved(l lang.Lang) []slack.Block {
	if d.Saved == "" {
		return nil
	}
	return []slack.Block{section(":white_check_mark: " + lang.T("已保存：", "Saved: ").In(l) + itemTitle(d.Cycle, d.Policy, d.Saved, l))}
}

// listState tells how far the member is and until when there is time.
func (d ScoreData) listState() lang.Text {
	c := d.Cycle
	done := lang.Tf("已打 %d / %d 项。", "%d of %d scored.", d.Progress.Done, d.Progress.Of)
	switch {
	case c.Phase == evaluation.Preparing || c.Phase == evaluation.Opened:
		return lang.Tf("%s开始打分，%s截止。现在可以先看材料，需要回避的请先申请。", "Scoring begins on %s and ends after %s. Until then, read the dossiers, and stand aside where you have to.",
			c.Dates.ScoringFrom.Label(), c.Dates.ScoringUntil.Label())
	case d.Open && c.Phase == evaluation.Scoring && len(d.Left) == 0:
		return lang.Tf("%s全部打完，谢谢。%s截止，之前随时可以修改。", "%s All done, thank you. You may change them until the end of %s.", done, c.Dates.ScoringUntil.Label())
	case d.Open && c.Phase == evaluation.Scoring:
		return lang.Tf("%s%s截止，之前可以随时停下、继续、修改。", "%s Until the end of %s you may stop, go on and change what you like.", done, c.Dates.ScoringUntil.Label())
	case d.Open && len(d.Asked) > 0:
		return lang.Tf("委员分歧较大的有 %s 项，标有 :left_right_arrow:，请先看这些；其他的也可以改。调整要说明理由，不调整就什么都不用做。%s截止。",
			"The members are divided on %s, marked :left_right_arrow:; please look at these first. The others can be changed as well. A change needs a reason; without one there is nothing to do. Until the end of %s.",
			lang.T(count(len(d.Asked)), plural(len(d.Asked), "item", "items")), c.Dates.SecondUntil.Label())
	case d.Open:
		return lang.Tf("看看大家的中位数，需要的话调整自己的打分并说明理由；不调整就什么都不用做。%s截止。",
			"See where the middle of all scores lies, and change yours with a reason if you wish; without a change there is nothing to do. Until the end of %s.", c.Dates.SecondUntil.Label())
	}
	if c.Phase.Over() {
		return lang.Tf("%s评估已经结束（%s），只能查看。", "%s The evaluation is over (%s); you can only look.", done, c.Phase.Label())
	}
	return lang.Tf("%s打分已截止，只能查看。", "%s Scoring is closed; you can only look.", done)
}

// line is one item of the list.
func (d ScoreData) line(i evaluation.Item, n int, l lang.Lang) slack.Block {
	title := "*" + itemTitle(d.Cycle, d.Policy, i.ID, l) + "*"
	id := fmt.Sprintf("%s:%d", ActionScoreItem, n)
	key := itemValue(d.Cycle.ID, i.ID)
	if r, aside := d.Cycle.Recused(d.Member, i); aside {
		return section(":heavy_minus_sign: " + title + "\n" + lang.T("已回避，不用打分。原因：", "You stand aside; nothing to score. Reason: ").In(l) + escapeCut(r.Reason, maxItemFocus))
	}
	own, done := d.Sheets[i.ID]
	second, revised := d.Second[i.ID]
	switch {
	case d.Cycle.Phase == evaluation.Preparing || d.Cycle.Phase == evaluation.Opened:
		return sectionWith(":black_small_square: "+title+"\n"+itemFocus(i, maxItemFocus, l), button(id, key, lang.T("看一看", "Look").In(l)))
	case revised:
		words := lang.Tf("你的打分 %s", "Yours %s", figure(second.Own.Weighted))
		if second.Told {
			words = lang.Tf("%s；全体中位数 %s（四分位 %s–%s）", "%s; of all: median %s (quartiles %s–%s)", words, figure(second.Median), figure(second.Q1), figure(second.Q3))
		}
		sign, label := ":white_small_square: ", lang.T("看、改", "Look, change")
		if second.Changed {
			sign, words = ":white_check_mark: ", lang.Tf("%s；本轮已调整", "%s; changed in this round", words)
		}
		if d.Open && slices.Contains(d.Asked, i.ID) {
			title += " · :left_right_arrow: " + lang.T("分歧较大", "divided").In(l)
		}
		return sectionWith(sign+title+"\n"+words.In(l), button(id, key, label.In(l)))
	case done:
		label := lang.T("修改", "Change")
		if !d.Open {
			label = lang.T("查看", "Look")
		}
		return sectionWith(":white_check_mark: "+title+"\n"+lang.Tf("你的打分 %s", "Yours %s", figure(own.Weighted)).In(l), button(id, key, label.In(l)))
	case d.Open && d.Cycle.Phase == evaluation.Scoring:
		return sectionWith(":white_large_square: "+title+"\n"+itemFocus(i, maxItemFocus, l), button(id, key, lang.T("打分", "Score").In(l)))
	}
	return section(":white_large_square: " + title + "\n" + lang.T("没有打分", "Not scored").In(l))
}
