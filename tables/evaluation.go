package tables

import (
	"slices"
	"strconv"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/sheet"
)

// Evaluation returns one cycle as tables: what was judged by which criteria,
// the figures of its items, motions and their counts, and what happened.
// The figures are those of [evaluation.State.Results] as the viewer may read
// them; without a closed round the items have none. Nobody's scores or votes
// are in them.
func Evaluation(s Source, viewer people.Person, id evaluation.CycleID) []sheet.Table {
	c, ok := s.State.Evaluation.Cycle(id)
	if !ok {
		return nil
	}
	return exporter{s}.evaluation([]evaluation.Cycle{c}, viewer)
}

// reader stands for whoever takes the whole ledger out: all who may export may
// read the results of an evaluation.
var reader = people.Person{User: "export", Roles: []people.Role{people.Admin}}

// evaluations are the tables of every cycle, when there is any.
func (e exporter) evaluations() []sheet.Table {
	all := e.State.Evaluation.Cycles()
	if len(all) == 0 {
		return nil
	}
	return e.evaluation(all, reader)
}

func (e exporter) evaluation(all []evaluation.Cycle, viewer people.Person) []sheet.Table {
	out := []sheet.Table{e.cycles(all), e.criteria(all), e.evaluated(all, viewer), e.byCriterion(all, viewer), e.comments(all, viewer), e.motions(all), e.proceedings(all)}
	if e.People {
		out = append(out, e.recusals(all))
	}
	return out
}

// figure writes a figure with two decimals.
func figure(v float64) sheet.Cell { return sheet.Number(stats.Figure(v)) }

func (e exporter) phaseColumn() sheet.Column {
	return labelled("phase", lang.T("阶段", "Phase"), evaluation.Phases(), evaluation.Phase.Label)
}

func (e exporter) verdictColumn(key string, label lang.Text) sheet.Column {
	return labelled(key, label, []evaluation.Verdict{
		evaluation.Keep, evaluation.Strengthen, evaluation.Adjust, evaluation.Withdraw, evaluation.Add, evaluation.Leave,
	}, evaluation.Verdict.Label)
}

// evaluatedColumns name an item of a cycle.
func (e exporter) evaluatedColumns() []sheet.Column {
	domains := e.domainColumn()
	for _, c := range e.State.Evaluation.Cycles() { // Those that were proposed have names too.
		for _, d := range c.NewDomains {
			if _, known := domains.Option(string(d.ID)); !known {
				domains.Choices = append(domains.Choices, sheet.Option{Key: string(d.ID), Label: d.Name})
			}
		}
	}
	return []sheet.Column{cycleColumn, domains, e.districtColumn()}
}

var cycleColumn = text("cycle", "评估", "Cycle", 10)

func item(id evaluation.CycleID, i evaluation.Item) []sheet.Cell {
	return []sheet.Cell{sheet.Of(string(id)), domain(i.Domain), district(i.District)}
}

func (e exporter) cycles(all []evaluation.Cycle) sheet.Table {
	t := sheet.Table{Name: "evaluation_cycles", Title: lang.T("年度评估", "Evaluations"), Columns: []sheet.Column{
		cycleColumn, e.phaseColumn(), of(sheet.Integer, "layout", "所评布局", "Layout judged"), of(sheet.Moment, "frozen_at", "数据定格", "Data frozen"), of(sheet.Integer, "frozen", "定格序号", "Frozen at entry"),
		of(sheet.Integer, "members", "委员", "Members"), of(sheet.Integer, "items", "事项", "Items"), of(sheet.Integer, "rounds", "已结束轮次", "Rounds closed"), of(sheet.Integer, "decided", "已决", "Decided"),
		text("outcome", "结果", "Outcome", 12), of(sheet.Integer, "next_layout", "新布局", "Next layout"), text("effective", "生效日期", "Effective", 12), text("reason", "理由", "Reason", 40),
	}}
	for _, c := range all {
		row := []sheet.Cell{
			sheet.Of(string(c.ID)), sheet.Of(string(c.Phase)), sheet.Int(c.Base), sheet.At(c.FrozenAt), {}, sheet.Int(len(c.Members)), sheet.Int(len(c.Items)), sheet.Int(c.Closed), sheet.Int(c.Decided()),
		}
		if c.Frozen > 0 {
			row[4] = sheet.Number(strconv.FormatUint(c.Frozen, 10))
		}
		if o := c.Outcome; o != nil {
			words := lang.T("未通过", "rejected")
			if o.Adopted {
				words = lang.T("通过", "adopted")
			}
			next := sheet.Cell{}
			if o.Layout > 0 {
				next = sheet.Int(o.Layout)
			}
			row = append(row, sheet.Words(words), next, sheet.Of(string(o.Effective)), sheet.Of(o.Reason))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (e exporter) criteria(all []evaluation.Cycle) sheet.Table {
	t := sheet.Table{Name: "evaluation_criteria", Title: lang.T("评估标准", "Criteria"), Columns: []sheet.Column{
		cycleColumn, text("criterion", "标准", "Criterion", 20), text("group", "类别", "Group", 14), text("asks", "看什么", "What to look at", 40), of(sheet.Integer, "weight", "权重（%）", "Weight (%)"),
	}}
	for _, c := range all {
		for _, k := range c.Criteria {
			t.Rows = append(t.Rows, []sheet.Cell{sheet.Of(string(c.ID)), sheet.Words(k.Name), sheet.Words(k.Group.Label()), sheet.Words(k.Asks), sheet.Int(k.Weight)})
		}
	}
	return t
}

func (e exporter) evaluated(all []evaluation.Cycle, viewer people.Person) sheet.Table {
	kinds := []evaluation.ItemKind{evaluation.Existing, evaluation.Outside, evaluation.New}
	t := sheet.Table{Name: "evaluation_items", Title: lang.T("评估事项", "Items evaluated"), Columns: append(e.evaluatedColumns(),
		labelled("kind", lang.T("类型", "Kind"), kinds, evaluation.ItemKind.Label), text("focus", "所评侧重", "Focus judged", 36), text("proposed", "拟议侧重", "Focus proposed", 36),
		of(sheet.Integer, "n", "打分人数", "Scored by"), of(sheet.Integer, "entitled", "应打分", "Entitled"),
		of(sheet.Decimal, "median", "加权分中位数", "Weighted median"), of(sheet.Decimal, "q1", "下四分位", "Lower quartile"), of(sheet.Decimal, "q3", "上四分位", "Upper quartile"),
		of(sheet.Decimal, "mean", "平均", "Mean"), of(sheet.Decimal, "trimmed", "去高低平均", "Trimmed mean"), of(sheet.Decimal, "sd", "标准差", "Standard deviation"),
		of(sheet.Decimal, "w", "一致性W", "Agreement W"), text("divided", "分歧大", "Divided", 8), e.verdictColumn("recommended", lang.T("数字建议", "Recommended")),
		e.verdictColumn("verdict", lang.T("表决结果", "Verdict")), text("focus_after", "此后侧重", "Focus from then on", 36),
	)}
	for _, c := range all {
		results, err := e.State.Evaluation.Results(viewer, c.ID)
		told := err == nil
		changes := c.Changes()
		for n, i := range c.Items {
			row := append(item(c.ID, i), sheet.Of(string(i.Kind)), sheet.Words(i.Focus), sheet.Words(i.Proposed))
			figures := make([]sheet.Cell, 11)
			if r, ok := results.Item(i.ID); told && ok {
				figures[0], figures[1] = sheet.Int(r.N), sheet.Int(r.Entitled)
				if r.Told {
					w := r.Weighted
					figures[2], figures[3], figures[4], figures[5], figures[7] = figure(w.Median), figure(w.Q1), figure(w.Q3), figure(w.Mean), figure(w.SD)
					if w.N >= stats.MinTrimmed {
						figures[6] = figure(w.Trimmed)
					}
					if r.Agreement != nil {
						figures[8] = figure(r.Agreement.W)
					}
					figures[9], figures[10] = truth(r.Divided), sheet.Of(string(r.Recommendation))
				}
			}
			row = append(row, figures...)
			if m, ok := c.Motion(i.ID); ok && m.State.Decided() {
				row = append(row, sheet.Of(string(changes[n].Verdict)), sheet.Words(changes[n].Focus))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// byCriterion are the figures of each item by each criterion.
func (e exporter) byCriterion(all []evaluation.Cycle, viewer people.Person) sheet.Table {
	t := sheet.Table{Name: "evaluation_figures", Title: lang.T("各标准得分", "Figures by criterion"), Columns: append(e.evaluatedColumns(),
		text("criterion", "标准", "Criterion", 20), of(sheet.Integer, "n", "打分人数", "Scored by"), of(sheet.Decimal, "median", "中位数", "Median"), of(sheet.Decimal, "q1", "下四分位", "Lower quartile"),
		of(sheet.Decimal, "q3", "上四分位", "Upper quartile"), of(sheet.Decimal, "mean", "平均", "Mean"), of(sheet.Decimal, "sd", "标准差", "Standard deviation"),
	)}
	for _, c := range all {
		results, err := e.State.Evaluation.Results(viewer, c.ID)
		if err != nil {
			continue
		}
		for _, r := range results.Items {
			if !r.Told {
				continue
			}
			for _, k := range r.Criteria {
				name := lang.T(string(k.Criterion), string(k.Criterion))
				if n := slices.IndexFunc(c.Criteria, func(o evaluation.Criterion) bool { return o.ID == k.Criterion }); n >= 0 {
					name = c.Criteria[n].Name
				}
				t.Rows = append(t.Rows, append(item(c.ID, r.Item), sheet.Words(name), sheet.Int(k.N), figure(k.Median), figure(k.Q1), figure(k.Q3), figure(k.Mean), figure(k.SD)))
			}
		}
	}
	return t
}

// comments are the reasons that members gave, without their names.
func (e exporter) comments(all []evaluation.Cycle, viewer people.Person) sheet.Table {
	t := sheet.Table{Name: "evaluation_comments", Title: lang.T("评语（不具名）", "Comments without names"), Columns: append(e.evaluatedColumns(), text("comment", "评语", "Comment", 60))}
	for _, c := range all {
		results, err := e.State.Evaluation.Results(viewer, c.ID)
		if err != nil {
			continue
		}
		for _, r := range results.Items {
			for _, words := range r.Comments {
				t.Rows = append(t.Rows, append(item(c.ID, r.Item), sheet.Of(words)))
			}
		}
	}
	return t
}

func (e exporter) motions(all []evaluation.Cycle) sheet.Table {
	states := []evaluation.MotionState{evaluation.Voting, evaluation.Carried, evaluation.Lost, evaluation.Tied, evaluation.NoQuorum}
	t := sheet.Table{Name: "evaluation_motions", Title: lang.T("表决", "Motions and votes"), Columns: append(e.evaluatedColumns(),
		of(sheet.Integer, "ballot", "表决序号", "Ballot"), e.verdictColumn("verdict", lang.T("表决事项", "Moved")), text("focus", "侧重", "Focus", 36), e.verdictColumn("recommended", lang.T("数字建议", "Recommended")),
		labelled("state", lang.T("结果", "Result"), states, evaluation.MotionState.Label), of(sheet.Integer, "entitled", "应到", "Entitled"), of(sheet.Integer, "for", "赞成", "For"),
		of(sheet.Integer, "against", "反对", "Against"), of(sheet.Integer, "abstain", "弃权", "Abstaining"), of(sheet.Moment, "closed", "计票时间", "Closed at"),
	)}
	for _, c := range all {
		for _, m := range c.Motions {
			i, ok := c.Item(m.Item)
			if !ok {
				continue
			}
			row := append(item(c.ID, i), sheet.Int(m.Ballot), sheet.Of(string(m.Verdict)), sheet.Words(m.Focus), sheet.Of(string(m.Recommended)), sheet.Of(string(m.State)))
			if m.State != evaluation.Voting {
				row = append(row, sheet.Int(m.Tally.Entitled), sheet.Int(m.Tally.For), sheet.Int(m.Tally.Against), sheet.Int(m.Tally.Abstain), sheet.At(m.Closed))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (e exporter) proceedings(all []evaluation.Cycle) sheet.Table {
	t := sheet.Table{Name: "evaluation_proceedings", Title: lang.T("评估经过", "Proceedings"), Columns: append(e.evaluatedColumns(), of(sheet.Moment, "at", "时间", "At"), text("what", "经过", "What happened", 70))}
	for _, c := range all {
		for _, line := range c.Proceedings() {
			i, _ := c.Item(line.Item)
			row := item(c.ID, i)
			if line.Item == "" { // It is about the whole.
				row[1], row[2] = sheet.Cell{}, sheet.Cell{}
			}
			t.Rows = append(t.Rows, append(row, sheet.At(line.At), sheet.Words(line.Words)))
		}
	}
	return t
}

// recusals are who stands aside from what, for those who may know the people.
func (e exporter) recusals(all []evaluation.Cycle) sheet.Table {
	t := sheet.Table{Name: "evaluation_recusals", Title: lang.T("回避", "Recusals"), Columns: append(e.evaluatedColumns(), text("member", "委员", "Member", 14), text("reason", "原因", "Reason", 40), of(sheet.Moment, "at", "登记时间", "Recorded at"))}
	for _, c := range all {
		for _, r := range c.Recusals {
			row := []sheet.Cell{sheet.Of(string(c.ID)), optional(r.Domain), optional(r.District)}
			t.Rows = append(t.Rows, append(row, sheet.Of(string(r.Member)), sheet.Of(r.Reason), sheet.At(r.At)))
		}
	}
	return t
}

// optional writes an id, or nothing: whoever stands aside from a domain does so
// in every district.
func optional[ID policy.DomainID | policy.DistrictID](id ID) sheet.Cell {
	if id == "" {
		return sheet.Cell{}
	}
	return sheet.Of(string(id))
}
