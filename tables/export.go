package tables

import (
	"strconv"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/sheet"
)

// Source is what an export is made of: the state as of a moment.
type Source struct {
	State    record.State
	Policy   *policy.Policy // With what was adopted until then.
	Settings ledger.Settings
	At       time.Time

	// People adds who takes part and what was sent to whom. Both are the
	// secretariat's and the administrators' to know.
	People bool
}

// Export returns the ledger as tables, and behind it the evaluations: figures
// over all members once a round is closed, motions with their counts, and what
// happened. Drafts, and anybody's scores and votes, are in none of them: they
// are their authors' own.
func Export(s Source) []sheet.Table {
	e := exporter{s}
	out := []sheet.Table{
		e.reports(), e.revisions(), e.notes(), e.items(), e.suspects(), e.series(), e.progress(), e.tallies(), e.matrix(), e.duties(), e.layout(), e.targets(),
	}
	out = append(out, e.evaluations()...)
	if s.People {
		out = append(out, e.people(), e.deliveries())
	}
	return out
}

// exporter makes the tables.
type exporter struct{ Source }

// The columns that several tables have.
func (e exporter) districtColumn() sheet.Column {
	c := sheet.Column{Key: "district", Label: lang.T("板块", "District"), Kind: sheet.Choice, Width: 16, Choices: []sheet.Option{{Key: ledger.CityWord, Label: lang.T("全市", "City")}}}
	for _, d := range e.Policy.Districts {
		c.Choices = append(c.Choices, sheet.Option{Key: string(d.ID), Label: d.Name})
	}
	return c
}

func (e exporter) domainColumn() sheet.Column {
	c := sheet.Column{Key: "domain", Label: lang.T("领域", "Domain"), Kind: sheet.Choice, Width: 18, Choices: []sheet.Option{{Key: ledger.WholeWord, Label: lang.T("全部领域", "All domains")}}}
	for _, d := range e.Policy.Domains {
		c.Choices = append(c.Choices, sheet.Option{Key: string(d.ID), Label: d.Name})
	}
	return c
}

func (e exporter) indicatorColumn() sheet.Column {
	c := sheet.Column{Key: "indicator", Label: lang.T("指标", "Indicator"), Kind: sheet.Choice, Width: 18}
	for _, i := range e.Policy.Indicators {
		c.Choices = append(c.Choices, sheet.Option{Key: string(i.ID), Label: i.Name})
	}
	return c
}

// labelled makes a column of what has a label.
func labelled[T ~string](key string, label lang.Text, all []T, name func(T) lang.Text) sheet.Column {
	c := sheet.Column{Key: key, Label: label, Kind: sheet.Choice}
	for _, v := range all {
		c.Choices = append(c.Choices, sheet.Option{Key: string(v), Label: name(v)})
	}
	return c
}

func text(key, zh, en string, width float64) sheet.Column {
	return sheet.Column{Key: key, Label: lang.T(zh, en), Kind: sheet.Text, Width: width}
}

func of(kind sheet.Kind, key, zh, en string) sheet.Column {
	return sheet.Column{Key: key, Label: lang.T(zh, en), Kind: kind}
}

var periodColumn = of(sheet.Text, "period", "报告期", "Period")

// district, domain and the like make cells.
func district(id policy.DistrictID) sheet.Cell {
	if id == ledger.City {
		return sheet.Of(ledger.CityWord)
	}
	return sheet.Of(string(id))
}

func domain(id policy.DomainID) sheet.Cell {
	if id == ledger.Whole {
		return sheet.Of(ledger.WholeWord)
	}
	return sheet.Of(string(id))
}

func truth(b bool) sheet.Cell {
	if b {
		return sheet.Words(lang.T("是", "yes"))
	}
	return sheet.Words(lang.T("否", "no"))
}

func day(d ledger.Day) sheet.Cell { return sheet.Day(calendar.Date(d)) }

func amount(a *ledger.Amount) sheet.Cell {
	if a == nil {
		return sheet.Cell{}
	}
	return sheet.Number(a.String())
}

// float writes what was reckoned, with four decimals at most.
func float(f float64) sheet.Cell {
	s := strconv.FormatFloat(f, 'f', 4, 64)
	return sheet.Number(strings.TrimSuffix(strings.TrimRight(s, "0"), "."))
}

// floatIf is empty when there is no figure, which is never 0.
func floatIf(f float64, ok bool) sheet.Cell {
	if !ok {
		return sheet.Cell{}
	}
	return float(f)
}

// person tells who somebody is.
func (e exporter) person(id people.UserID) sheet.Cell {
	if p, ok := e.State.People.Person(id); ok && !p.Name.IsZero() {
		return sheet.Words(p.Name)
	}
	return sheet.Of(string(id))
}

// stageOf names a report's stage, whatever its indicator calls it.
func (e exporter) stageOf(i policy.IndicatorID, id string) sheet.Cell {
	indicator, _ := e.Policy.Indicator(i)
	for _, o := range ledger.StagesOf(indicator) {
		if o.Value == id {
			return sheet.Words(o.Label)
		}
	}
	return sheet.Of(id)
}

func (e exporter) reportColumns() []sheet.Column {
	columns := []sheet.Column{
		text("report", "编号", "Report", 16), of(sheet.Integer, "revision", "版次", "Revision"), of(sheet.Integer, "accepted_revision", "计入的版次", "Revision that counts"),
		labelled("status", lang.T("状态", "Status"), ledger.Statuses(), ledger.Status.Label),
		e.districtColumn(), e.domainColumn(), periodColumn, e.indicatorColumn(),
		labelled("answer", ledger.AnswerLabel, ledger.Answers(), ledger.Answer.Label),
	}
	for _, f := range subject {
		c := sheet.Column{Key: f.name, Label: f.label, Kind: f.kind, Width: f.width}
		switch f.name {
		case ledger.FieldStage:
			c.Kind = sheet.Text // Its name is the indicator's.
		case ledger.FieldBasis:
			c = labelled(f.name, f.label, ledger.Bases(), ledger.Basis.Label)
		}
		columns = append(columns, c)
	}
	for _, f := range ledger.FieldsOf(policy.Indicator{}) {
		c := sheet.Column{Key: f.Name, Label: f.Label, Kind: sheet.Text, Width: 24}
		if f.Kind == ledger.KindDay {
			c.Kind, c.Width = sheet.Date, 12
		}
		columns = append(columns, c)
	}
	return append(columns,
		text("warnings", "系统提示", "Warnings", 24), of(sheet.Text, "outside_layout", "布局外", "Outside the layout"),
		text("by", "上报人", "Reported by", 12), of(sheet.Moment, "at", "上报时间", "Reported at"), of(sheet.Moment, "first", "首次上报", "First reported"),
		text("reviewed_by", "审核人", "Reviewed by", 12), of(sheet.Moment, "reviewed_at", "审核时间", "Reviewed at"),
		labelled("return_code", lang.T("退回原因", "Returned because"), ledger.ReturnCodes(), ledger.ReturnCode.Label), text("return_words", "退回说明", "Words of the return", 24),
	)
}

func (e exporter) report(r ledger.Report) []sheet.Cell {
	row := []sheet.Cell{
		sheet.Of(string(r.ID)), sheet.Int(r.Revision),
		{},
		sheet.Of(string(r.Status)), district(r.District), domain(r.Domain), sheet.Of(string(r.Period)),
		sheet.Of(string(r.Indicator)), sheet.Of(string(r.Answer)),
		sheet.Of(r.Name), sheet.Of(r.Holder), sheet.Of(r.CreditCode), sheet.Of(r.Place), e.stageOf(r.Indicator, r.Stage), day(r.Date), sheet.Of(r.Document), day(r.ValidUntil),
		amount(r.Value), sheet.Of(string(r.Basis)),
		{},
		sheet.Of(r.Evidence),
	}
	if r.Accepted > 0 {
		row[2] = sheet.Int(r.Accepted)
	}
	if r.Year > 0 {
		row[19] = sheet.Int(r.Year)
	}
	in := r.Submission()
	in.Reason = r.Reason
	for _, f := range ledger.FieldsOf(policy.Indicator{}) {
		if f.Kind == ledger.KindDay {
			row = append(row, day(ledger.Day(in.Get(f.Name))))
		} else {
			row = append(row, sheet.Of(in.Get(f.Name)))
		}
	}
	return append(row,
		sheet.Words(lang.List(r.Warnings, func(w ledger.Warning) lang.Text { return w.Words })), truth(r.OutsideLayout),
		e.person(r.By), sheet.At(r.At), sheet.At(r.First), e.person(r.ReviewedBy), sheet.At(r.ReviewedAt), sheet.Of(string(r.ReturnCode)), sheet.Of(r.ReturnWords))
}

func (e exporter) reports() sheet.Table {
	t := sheet.Table{Name: "reports", Title: lang.T("上报", "Reports"), Columns: e.reportColumns()}
	for _, r := range e.State.Ledger.Reports(ledger.Filter{}) {
		t.Rows = append(t.Rows, e.report(r))
	}
	return t
}

func (e exporter) revisions() sheet.Table {
	t := sheet.Table{Name: "revisions", Title: lang.T("历次版本", "Revisions"), Columns: e.reportColumns()}
	for _, r := range e.State.Ledger.Reports(ledger.Filter{}) {
		for _, old := range e.State.Ledger.Revisions(r.ID) {
			t.Rows = append(t.Rows, e.report(old))
		}
	}
	return t
}

func (e exporter) notes() sheet.Table {
	t := sheet.Table{Name: "notes", Title: lang.T("问答", "Questions and replies"), Columns: []sheet.Column{
		text("report", "编号", "Report", 16), of(sheet.Integer, "revision", "版次", "Revision"),
		labelled("kind", lang.T("种类", "Kind"), []ledger.NoteKind{ledger.NoteQuestion, ledger.NoteReply}, func(k ledger.NoteKind) lang.Text {
			if k == ledger.NoteReply {
				return lang.T("答复", "reply")
			}
			return lang.T("提问", "question")
		}),
		text("by", "谁", "By", 12), of(sheet.Moment, "at", "时间", "At"), text("words", "内容", "Words", 50),
	}}
	for _, r := range e.State.Ledger.Reports(ledger.Filter{}) {
		for _, n := range e.State.Ledger.Notes(r.ID) {
			t.Rows = append(t.Rows, []sheet.Cell{sheet.Of(string(n.Report)), sheet.Int(n.Revision), sheet.Of(string(n.Kind)), e.person(n.By), sheet.At(n.At), sheet.Of(n.Words)})
		}
	}
	return t
}

// itemStates are the words for whether an item counts.
var itemStates = map[ledger.ItemState]lang.Text{
	ledger.ItemCounts: lang.T("计入", "counts"), ledger.ItemStage: lang.T("阶段未到，不计入", "its stage does not count"),
	ledger.ItemExpired: lang.T("已过有效期", "expired"), ledger.ItemMerged: lang.T("并入牵头项", "counts as part of another"),
}

func (e exporter) items() sheet.Table {
	t := sheet.Table{Name: "items", Title: lang.T("项目名录", "Register"), Columns: []sheet.Column{
		e.indicatorColumn(), e.domainColumn(), e.districtColumn(), text("collaborators", "协作板块", "Collaborating districts", 20),
		text("name", "名称", "Name", 30), text("holder", "单位", "Body", 26), text("credit_code", "统一社会信用代码", "Credit code", 22), text("place", "地点", "Place", 18),
		text("stage", "阶段", "Stage", 14),
		labelled("state", lang.T("是否计入", "Counts"), []ledger.ItemState{ledger.ItemCounts, ledger.ItemStage, ledger.ItemExpired, ledger.ItemMerged}, func(s ledger.ItemState) lang.Text { return itemStates[s] }),
		of(sheet.Date, "date", "日期", "Date"), text("document", "文号或编号", "Document no.", 20), of(sheet.Date, "valid_until", "有效期至", "Valid until"),
		of(sheet.Decimal, "value", "年产值（亿元）", "Yearly output (RMB 100 million)"), of(sheet.Link, "evidence", "佐证链接", "Evidence"),
		text("report", "依据的上报", "Report", 16), of(sheet.Integer, "revision", "版次", "Revision"), periodColumn,
	}}
	on := ledger.DayOf(e.At)
	for _, it := range e.State.Ledger.Items(ledger.ItemFilter{}) {
		with := lang.List(it.Collaborators, func(id policy.DistrictID) lang.Text {
			d, _ := e.Policy.District(id)
			return d.Short
		})
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.Of(string(it.Indicator)), domain(it.Domain), district(it.District), sheet.Words(with), sheet.Of(it.Name), sheet.Of(it.Holder), sheet.Of(it.CreditCode),
			sheet.Of(it.Place), e.stageOf(it.Indicator, it.Stage), sheet.Of(string(it.State(on))), day(it.Date), sheet.Of(it.Document), day(it.ValidUntil),
			amount(it.Value), sheet.Of(it.Evidence), sheet.Of(string(it.Report)), sheet.Int(it.Revision), sheet.Of(string(it.Period)),
		})
	}
	return t
}

func (e exporter) suspects() sheet.Table {
	t := sheet.Table{Name: "suspected_duplicates", Title: lang.T("疑似重复", "Suspected duplicates"), Columns: []sheet.Column{
		labelled("kind", lang.T("种类", "Kind"), []ledger.SuspectKind{ledger.SameKey, ledger.Similar}, ledger.SuspectKind.Label), e.indicatorColumn(),
		text("name_a", "一项", "One", 28), text("report_a", "上报", "Report", 16), text("name_b", "另一项", "The other", 28), text("report_b", "上报", "Report", 16),
	}}
	for _, d := range e.State.Ledger.Duplicates() {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.Of(string(d.Kind)), sheet.Of(string(d.A.Indicator)), sheet.Of(d.A.Name), sheet.Of(string(d.A.Report)), sheet.Of(d.B.Name), sheet.Of(string(d.B.Report)),
		})
	}
	return t
}

// figureStatus are the words for what stands behind a figure.
var figureStatus = map[ledger.FigureStatus]lang.Text{
	ledger.FigureOfficial: lang.T("官方", "official"), ledger.FigureReported: lang.T("板块上报", "reported by a district"), ledger.FigurePending: lang.T("待审核", "pending review"),
}

func (e exporter) series() sheet.Table {
	t := sheet.Table{Name: "series", Title: lang.T("产值序列", "Output"), Columns: []sheet.Column{
		e.districtColumn(), e.domainColumn(), labelled("basis", lang.T("统计口径", "Basis"), ledger.Bases(), ledger.Basis.Label),
		of(sheet.Integer, "year", "年份", "Year"), periodColumn, of(sheet.Decimal, "value", "数值（亿元）", "Value (RMB 100 million)"),
		labelled("status", lang.T("状态", "Status"), []ledger.FigureStatus{ledger.FigureOfficial, ledger.FigureReported, ledger.FigurePending}, func(s ledger.FigureStatus) lang.Text { return figureStatus[s] }),
		text("report", "编号", "Report", 16), of(sheet.Moment, "at", "上报时间", "Reported at"),
	}}
	for _, d := range append([]policy.DistrictID{ledger.City}, policy.DistrictIDs()...) {
		domains := make([]policy.DomainID, 0, len(e.Policy.Domains)+1)
		for _, one := range e.Policy.Domains {
			domains = append(domains, one.ID)
		}
		if d == ledger.City {
			domains = append([]policy.DomainID{ledger.Whole}, domains...)
		}
		for _, m := range domains {
			for _, b := range ledger.Bases() {
				for _, p := range append(ledger.Series(e.State.Ledger, d, m, b), ledger.PendingSeries(e.State.Ledger, d, m, b)...) {
					t.Rows = append(t.Rows, []sheet.Cell{
						district(d), domain(m), sheet.Of(string(b)), sheet.Int(p.Year), sheet.Of(string(p.Period)), amount(&p.Value), sheet.Of(string(p.Status)), sheet.Of(string(p.Report)), sheet.At(p.At),
					})
				}
			}
		}
	}
	return t
}
