// Package proceedings tells a cycle of the evaluation from beginning to end as
// a document: what was judged and how, what the scores say, what was moved and
// voted, the minutes, objections and their answers, the decision, and the
// layout before and after.
//
// It decides what stands in the report and in which words. It never decides
// who may read it, tells nobody's score or vote, and names no member: members
// are a number. It is pure functions of a cycle and its results.
package proceedings

import (
	"fmt"
	"strconv"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/paper"
	"wainao/policy"
)

// Data is what the report is made of.
type Data struct {
	Cycle    evaluation.Cycle
	Result   *evaluation.Result // Nil while the results may not be read.
	Policy   *policy.Policy     // With everything that was adopted.
	Pictures []paper.Picture    // Of the results.
}

// Report returns the report of the cycle in a language.
func Report(d Data, l lang.Lang) paper.Document {
	w := writer{Data: d, lang: l}
	c := d.Cycle
	w.document = paper.Document{
		Lang:  l,
		Title: lang.Tf("%s报告", "Report of the %s", c.ID.Label()).In(l),
		About: lang.Tf("未来产业领域和空间布局的动态评估 · 阶段：%s · 记录截至%s", "Dynamic evaluation of the fields and layout of future industries · phase: %s · the record up to %s", c.Phase.Label(), calendar.FormatTime(c.AsOf())).In(l),
		Foot:  lang.Tf("%s报告 · 只载全体数字，不载任何个人的打分和投票", "Report of the %s · figures over all members, nobody's scores or votes", c.ID.Label()).In(l),
		Made:  c.AsOf(),
	}
	w.subject()
	w.criteria()
	w.scores()
	w.motions()
	w.minutes()
	w.objections()
	w.decision()
	w.layout()
	w.course()
	return w.document
}

// writer adds the parts of a report, one behind the other.
type writer struct {
	Data
	lang     lang.Lang
	document paper.Document
	part     int
}

func (w *writer) add(b paper.Block)     { w.document.Blocks = append(w.document.Blocks, b) }
func (w *writer) say(t lang.Text)       { w.add(paper.Block{Words: t.In(w.lang)}) }
func (w *writer) note(t lang.Text)      { w.add(paper.Block{Note: t.In(w.lang)}) }
func (w *writer) in(t lang.Text) string { return t.In(w.lang) }

// heading begins a part; parts are numbered.
func (w *writer) heading(t lang.Text) {
	w.part++
	numbers := []rune("零一二三四五六七八九十")
	w.add(paper.Block{Heading: w.in(lang.T(string(numbers[w.part])+"、"+t.ZH, strconv.Itoa(w.part)+". "+t.EN))})
}

// row makes a row of words.
func (w *writer) row(cells ...lang.Text) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = w.in(c)
	}
	return out
}

// same is a text that is the same in both languages.
func same(s string) lang.Text { return lang.T(s, s) }

func number(n int) lang.Text { return same(strconv.Itoa(n)) }

func score(v float64) lang.Text { return same(stats.Figure(v)) }

// about names what a line of the proceedings is about.
func (w *writer) about(line evaluation.Line) lang.Text {
	domain, ofDomain := w.Policy.Domain(line.Domain)
	district, ofDistrict := w.Policy.District(line.District)
	switch {
	case ofDomain && ofDistrict:
		return lang.Tf("%s · %s", "%s · %s", domain.Name, district.Name)
	case ofDomain:
		return domain.Name
	case ofDistrict:
		return district.Name
	}
	return w.title(line.Item)
}

func (w *writer) title(id evaluation.ItemID) lang.Text {
	if id == "" {
		return lang.T("整体", "the whole")
	}
	return w.Cycle.Title(w.Policy, id)
}

// subject tells what was judged, by which rules and when.
func (w *writer) subject() {
	c := w.Cycle
	w.heading(lang.T("评估什么、怎么评估", "What was judged, and how"))
	frozen := lang.T("尚未启动", "not opened yet")
	if c.Frozen > 0 {
		frozen = lang.Tf("%s（台账第 %d 条）；之后的变化不计入", "%s (entry %d of the journal); what came later is not counted", calendar.FormatTime(c.FrozenAt), c.Frozen)
	}
	gone := 0
	for _, m := range c.Members {
		if m.Gone() {
			gone++
		}
	}
	members := number(len(c.Members))
	if gone > 0 {
		members = lang.Tf("%d，其中 %d 人中途退出", "%d, of whom %d left", len(c.Members), gone)
	}
	kinds := map[evaluation.ItemKind]int{}
	for _, i := range c.Items {
		kinds[i.Kind]++
	}
	t := &paper.Table{Head: w.row(lang.T("事项", "What"), lang.T("内容", "How")), Share: []float64{1, 3}, Rows: [][]string{
		w.row(lang.T("所评布局", "Layout judged"), lang.Tf("第 %d 版", "version %d", c.Base)),
		w.row(lang.T("数据定格", "Data frozen"), frozen),
		w.row(lang.T("委员人数", "Members"), members),
		w.row(lang.T("登记回避", "Recusals"), number(len(c.Recusals))),
		w.row(lang.T("评估事项", "Items"), lang.Tf("%d：现行布局 %d，布局之外 %d，新增领域 %d", "%d: in the layout %d, outside it %d, in new domains %d",
			len(c.Items), kinds[evaluation.Existing], kinds[evaluation.Outside], kinds[evaluation.New])),
		w.row(lang.T("分数", "Scores"), lang.Tf("每项标准 %d 至 %d 分的整数；加权分 = Σ 权重 × 分数 ÷ 100", "whole numbers from %d to %d for each criterion; the weighted score is Σ weight × score ÷ 100", evaluation.MinScore, evaluation.MaxScore)),
		w.row(lang.T("法定人数", "Quorum"), lang.Tf("应参加者的%s", "%s of those entitled", c.Rules.Quorum.Label())),
		w.row(lang.T("通过条件", "Majority"), lang.Tf("赞成超过赞成与反对之和的%s；票数相等不通过", "more than %s of those for and against; a tie is not carried", c.Rules.Majority.Label())),
		w.row(lang.T("按数字的建议", "Recommendations"), lang.Tf("加权分中位数 %s 起加强，%s 起保持，%s 起调整侧重，以下退出；新事项 %s 起纳入。由人决定。", "median of the weighted score: from %s strengthen, from %s keep, from %s adjust, below withdraw; what is new from %s. People decide.",
			score(c.Rules.Strengthen), score(c.Rules.Keep), score(c.Rules.Adjust), score(c.Rules.Add))),
	}}
	w.add(paper.Block{Table: t})
	dates := &paper.Table{Head: w.row(lang.T("日程", "Calendar"), lang.T("日期", "Day")), Share: []float64{1, 3}}
	for _, n := range evaluation.DateNames() {
		if day := c.Dates.Get(n); day.Valid() {
			dates.Rows = append(dates.Rows, w.row(n.Label(), day.Label()))
		}
	}
	if len(dates.Rows) > 0 {
		w.add(paper.Block{Table: dates})
	}
}

func (w *writer) criteria() {
	w.heading(lang.T("标准和权重", "Criteria and weights"))
	t := &paper.Table{
		Head:  w.row(lang.T("标准", "Criterion"), lang.T("类别", "Group"), lang.T("看什么", "What to look at"), lang.T("权重", "Weight")),
		Share: []float64{2.2, 1.8, 4.6, 0.9}, Right: []bool{false, false, false, true},
	}
	for _, k := range w.Cycle.Criteria {
		t.Rows = append(t.Rows, w.row(k.Name, k.Group.Label(), k.Asks, lang.Tf("%d%%", "%d%%", k.Weight)))
	}
	w.add(paper.Block{Table: t})
}

// scores tells the figures over all members, with the pictures and the
// comments, which have no names.
func (w *writer) scores() {
	w.heading(lang.T("打分结果", "What the scores say"))
	if w.Result == nil {
		w.say(lang.T("打分没有结束，分数不公开。", "No round of scoring was closed, so no figures are told."))
		return
	}
	r := *w.Result
	w.say(lang.Tf("第 %d 轮打分结束后计算。打完全部事项的委员 %d 人，应打分 %d 人，法定人数 %d 人。不足 %d 人打分的事项不公布数字。",
		"Taken after round %d. %d members scored everything that they may, of %d; the quorum is %d. Of an item that fewer than %d scored no figure is told.",
		r.Round, r.Turnout.Took, r.Turnout.Entitled, r.Turnout.Needed, evaluation.MinShown))
	if r.Round > 1 {
		who := "members"
		if r.Changed == 1 {
			who = "member"
		}
		w.say(lang.Tf("第二轮有 %[1]d 人改过分数。", "%[1]d %[2]s changed a score in the second round.", r.Changed, who))
	}
	t := &paper.Table{
		Head: w.row(lang.T("事项", "Item"), lang.T("人数", "n"), lang.T("中位数", "Median"), lang.T("中间一半", "Middle half"), lang.T("平均", "Mean"), lang.T("去高低平均", "Trimmed"),
			lang.T("标准差", "SD"), lang.T("W", "W"), lang.T("数字建议", "Recommended")),
		Share: []float64{3.7, 0.7, 1.15, 1.5, 0.9, 1.3, 0.9, 0.8, 2.1}, Right: []bool{false, true, true, true, true, true, true, true},
	}
	for _, i := range r.Items {
		t.Rows = append(t.Rows, w.figures(i))
	}
	w.add(paper.Block{Table: t})
	w.note(lang.T("数字都是加权分（0 至 10）。去高低平均：5 人起两端各去五分之一。W：委员对同一事项各标准的看法是否一致（肯德尔和谐系数，0 至 1）。建议后带 * 的事项分歧较大。顺序与布局一致，不作排名。",
		"All figures are of the weighted score, 0 to 10. Trimmed: without a fifth at each end, from 5 scores on. W: whether the members see the same strengths and weaknesses (Kendall's coefficient of concordance, 0 to 1). A * marks an item on which the members are divided. In the order of the layout; not a ranking."))
	w.agreement(r)
	for _, p := range w.Pictures {
		w.add(paper.Block{Picture: &p})
	}
	for _, i := range r.Items {
		if len(i.Comments) > 0 {
			w.add(paper.Block{Subheading: w.in(lang.Tf("评语 · %s", "Comments · %s", w.title(i.Item.ID)))})
			w.add(paper.Block{List: i.Comments})
		}
	}
}

func (w *writer) figures(i evaluation.ItemResult) []string {
	row := []lang.Text{w.title(i.Item.ID), number(i.N)}
	if !i.Told {
		return w.row(append(row, lang.T("人数不足", "too few"))...)
	}
	s := i.Weighted
	trimmed, agreement := same("–"), same("–")
	if s.N >= stats.MinTrimmed {
		trimmed = score(s.Trimmed)
	}
	if i.Agreement != nil {
		agreement = score(i.Agreement.W)
	}
	verdict := i.Recommendation.Label()
	if i.Divided {
		verdict = lang.Tf("%s *", "%s *", verdict)
	}
	return w.row(append(row, score(s.Median), lang.Tf("%s–%s", "%s–%s", score(s.Q1), score(s.Q3)), score(s.Mean), trimmed, score(s.SD), agreement, verdict)...)
}

// agreement tells whether the members put the items into the same order.
func (w *writer) agreement(r evaluation.Result) {
	if len(r.Agreement) == 0 {
		return
	}
	t := &paper.Table{
		Head:  w.row(lang.T("对各事项高低的看法是否一致", "Do the members put the items into the same order?"), lang.T("W", "W"), lang.T("χ²", "χ²"), lang.T("自由度", "df"), lang.T("偶然出现的概率", "Chance")),
		Share: []float64{4, 1, 1, 1, 1.6}, Right: []bool{false, true, true, true, true},
	}
	for _, a := range r.Agreement {
		name := lang.T("加权分", "weighted score")
		for _, k := range w.Cycle.Criteria {
			if k.ID == a.Criterion {
				name = k.Name
			}
		}
		chance := strconv.FormatFloat(a.P, 'f', 3, 64)
		if a.P < 0.001 {
			chance = "<0.001"
		}
		t.Rows = append(t.Rows, w.row(name, score(a.W), same(fmt.Sprintf("%.1f", a.ChiSquare)), number(a.DF), same(chance)))
	}
	w.add(paper.Block{Table: t})
	w.note(lang.Tf("由打过全部事项的 %d 人计算。", "Of the %d members who scored every item.", r.Complete))
}
