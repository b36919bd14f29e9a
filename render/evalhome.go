package render

import (
	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
)

// homeEvaluation tells on Home what the person owes in the evaluation, how it
// stands, or that it should be begun.
func homeEvaluation(h HomeData, l lang.Lang) (lang.Text, []slack.BlockElement) {
	if h.Evaluation == nil {
		return lang.Tf("%d年度评估还没有开始，请安排。", "the %d evaluation has not begun; please begin it.", h.Begin),
			[]slack.BlockElement{primary(button(ActionEvaluationBegin, count(h.Begin), lang.Tf("开始%d年度评估", "Begin the %d evaluation", h.Begin).In(l)))}
	}
	d := *h.Evaluation
	c := d.Cycle
	words := lang.Tf("%s：%s。", "%s: %s.", c.ID.Label(), c.Phase.Label())
	see := button(ActionEvaluation, string(c.ID), lang.T("看评估", "See the evaluation").In(l))
	var buttons []slack.BlockElement
	offer := func(n evaluation.NextStep) {
		if action := evaluationButtons[n.Action]; n.Blocked == nil && action != "" {
			buttons = append(buttons, primary(button(action, string(c.ID), n.Label.In(l))))
		}
	}
	for _, n := range d.Steps {
		switch n.Action {
		case evaluation.ActScore:
			words = lang.Tf("%s你已打分 %d/%d，%s截止。", "%s You scored %d of %d, due on %s.", words, n.Of-n.Left, n.Of, n.Until.Label())
			offer(n)
		case evaluation.ActVote:
			if n.Left > 0 {
				words = lang.Tf("%s你还有 %s 项没有投票。", "%s %s not voted on yet.", words, lang.T(count(n.Left), plural(n.Left, "item is", "items are")))
				offer(n)
			}
		case evaluation.ActRevise:
			words = lang.Tf("%s到%s为止可以调整自己的打分。", "%s You may change your scores until %s.", words, n.Until.Label())
			offer(n)
		case evaluation.ActAdopt:
			words = lang.Tf("%s等你决定。", "%s It waits for your decision.", words)
		default:
		}
	}
	if people.Can(h.Person, people.RunEvaluation) && len(d.Owing) > 0 {
		words = lang.Tf("%[1]s还有 %[2]s 没有完成。", "%[1]s %[3]s not finished.", words, lang.T(count(len(d.Owing))+" 名委员", ""), plural(len(d.Owing), "member is", "members are"))
	}
	return words, append(buttons, see)
}
