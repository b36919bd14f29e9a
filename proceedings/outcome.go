package proceedings

import (
	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/paper"
)

// motions tells what was moved and how the votes went, in counts.
func (w *writer) motions() {
	w.heading(lang.T("表决", "Motions and votes"))
	if len(w.Cycle.Motions) == 0 {
		w.say(lang.T("没有提出表决。", "No motion was put."))
		return
	}
	t := &paper.Table{
		Head:  w.row(lang.T("序号", "No."), lang.T("事项", "Item"), lang.T("表决内容", "Moved"), lang.T("数字建议", "Recommended"), lang.T("应到", "Entitled"), lang.T("赞成", "For"), lang.T("反对", "Against"), lang.T("弃权", "Abstain"), lang.T("结果", "Result")),
		Share: []float64{0.8, 3, 3, 1.5, 1.1, 0.9, 1.1, 1, 1.7}, Right: []bool{true, false, false, false, true, true, true, true},
	}
	for _, m := range w.Cycle.Motions {
		moved := m.Verdict.Label()
		if !m.Focus.IsZero() {
			moved = lang.Tf("%s：%s", "%s: %s", moved, m.Focus)
		}
		recommended := lang.T("–", "–")
		if m.Recommended != "" {
			recommended = m.Recommended.Label()
		}
		row := []lang.Text{number(m.Ballot), w.title(m.Item), moved, recommended}
		if m.State == evaluation.Voting { // Nothing is told of an open ballot.
			row = append(row, same("–"), same("–"), same("–"), same("–"))
		} else {
			row = append(row, number(m.Tally.Entitled), number(m.Tally.For), number(m.Tally.Against), number(m.Tally.Abstain))
		}
		t.Rows = append(t.Rows, w.row(append(row, m.State.Label())...))
	}
	w.add(paper.Block{Table: t})
}

func (w *writer) minutes() {
	w.heading(lang.T("会商纪要", "Minutes"))
	if len(w.Cycle.Minutes) == 0 {
		w.say(lang.T("没有记录。", "There are none."))
		return
	}
	var lines []string
	for _, m := range w.Cycle.Minutes {
		lines = append(lines, w.in(lang.Tf("%s · %s：%s", "%s · %s: %s", calendar.FormatTime(m.At), w.title(m.Item), m.Text)))
	}
	w.add(paper.Block{List: lines})
}

// objections tells what was objected during the public notice, and what was
// answered.
func (w *writer) objections() {
	c := w.Cycle
	w.heading(lang.T("公示、异议和答复", "Public notice, objections and answers"))
	from, published := c.Published()
	if !published {
		w.say(lang.T("没有进行公示。", "Nothing was put on public notice."))
		return
	}
	w.say(lang.Tf("公示期：%s至%s。", "On public notice from %s to %s.", evaluation.DayOf(from).Label(), c.Dates.NoticeUntil.Label()))
	if len(c.Objections) == 0 {
		w.say(lang.T("没有异议。", "Nobody objected."))
		return
	}
	t := &paper.Table{Head: w.row(lang.T("序号", "No."), lang.T("事项", "Item"), lang.T("提出者", "From"), lang.T("异议", "Objection"), lang.T("答复", "Answer")), Share: []float64{0.7, 2, 1.6, 4, 4}, Right: []bool{true}}
	for _, o := range c.Objections {
		answer := lang.T("未答复", "not answered")
		if o.Answer != "" {
			answer = same(o.Answer)
		}
		t.Rows = append(t.Rows, w.row(number(o.Number), w.title(o.Item), same(o.From), same(o.Text), answer))
	}
	w.add(paper.Block{Table: t})
}

func (w *writer) decision() {
	c := w.Cycle
	w.heading(lang.T("决定", "The decision"))
	o := c.Outcome
	switch {
	case c.Phase == evaluation.Cancelled:
		w.say(lang.T("本次评估已取消，布局不变。", "The evaluation was cancelled; the layout stays."))
		if n := len(c.Steps); n > 0 && c.Steps[n-1].Reason != "" {
			w.say(lang.Tf("原因：%s", "Reason: %s", c.Steps[n-1].Reason))
		}
		return
	case o == nil:
		w.say(lang.T("尚未决定。", "Nothing is decided yet."))
		return
	case !o.Adopted:
		w.say(lang.Tf("%s决定：不通过，布局不变。", "Decided on %s: rejected; the layout stays.", calendar.FormatDate(o.At)))
	case o.Layout == 0:
		w.say(lang.Tf("%s决定：通过；各事项保持不变，不产生新的布局版本。", "Decided on %s: adopted; every item stays as it is, and there is no new version of the layout.", calendar.FormatDate(o.At)))
	default:
		w.say(lang.Tf("%s决定：通过。第 %d 版布局自%s起生效；此前的问题仍按旧布局回答。", "Decided on %s: adopted. Version %d of the layout holds from %s on; questions about earlier days keep the old one.",
			calendar.FormatDate(o.At), o.Layout, o.Effective.Label()))
	}
	if o.Reason != "" {
		w.say(lang.Tf("理由：%s", "Reason: %s", o.Reason))
	}
}

// layout sets what becomes of each item beside what it was.
func (w *writer) layout() {
	c := w.Cycle
	w.heading(lang.T("布局：调整前和调整后", "The layout before and after"))
	adopted := c.Outcome != nil && c.Outcome.Adopted
	if !adopted {
		w.say(lang.T("以下为表决通过的内容，没有生效。", "This is what was carried by votes; it is not in force."))
	}
	t := &paper.Table{Head: w.row(lang.T("事项", "Item"), lang.T("结果", "Verdict"), lang.T("调整前", "Before"), lang.T("调整后", "After")), Share: []float64{3, 1.5, 3.5, 3.5}}
	kept := 0
	for n, ch := range c.Changes() {
		before, after := c.Items[n].Focus, ch.Focus
		if before == after && ch.Verdict != evaluation.Strengthen {
			kept++
			continue
		}
		none := lang.T("不在布局中", "not in the layout")
		if before.IsZero() {
			before = none
		}
		if after.IsZero() {
			after = none
		}
		t.Rows = append(t.Rows, w.row(w.title(ch.Item), ch.Verdict.Label(), before, after))
	}
	if len(t.Rows) > 0 {
		w.add(paper.Block{Table: t})
	}
	w.say(lang.Tf("其余 %d 个事项不变。", "The other %d items stay as they are.", kept))
}

// course tells what happened, in its order.
func (w *writer) course() {
	w.heading(lang.T("经过", "What happened, in order"))
	t := &paper.Table{Head: w.row(lang.T("时间", "When"), lang.T("事项", "Item"), lang.T("经过", "What")), Share: []float64{2.6, 2.6, 5.6}}
	for _, line := range w.Cycle.Proceedings() {
		t.Rows = append(t.Rows, w.row(calendar.FormatTime(line.At), w.about(line), line.Words))
	}
	if len(t.Rows) == 0 {
		w.say(lang.T("还没有。", "Nothing yet."))
		return
	}
	w.add(paper.Block{Table: t})
}
