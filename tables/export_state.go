package tables

import (
	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/sheet"
)

func (e exporter) progress() sheet.Table {
	t := sheet.Table{Name: "progress", Title: lang.T("目标进度", "Progress"), Columns: []sheet.Column{
		e.indicatorColumn(), of(sheet.Integer, "year", "目标年", "Target year"), text("target", "目标", "Target", 20), of(sheet.Decimal, "target_value", "目标值", "Target value"), text("unit", "单位", "Unit", 8),
		of(sheet.Decimal, "value", "现状", "Value"), of(sheet.Integer, "accepted", "已采纳", "Accepted"), of(sheet.Integer, "pending", "待审核", "Pending"),
		of(sheet.Decimal, "share", "完成比例", "Share of the target"), of(sheet.Decimal, "required_growth", "还需年均增长", "Growth still required a year"),
		of(sheet.Decimal, "path", "路径应达", "On the adopted path"), of(sheet.Decimal, "path_share", "占路径比例", "Share of the path"),
		labelled("light", lang.T("亮灯", "Light"), ledger.Lights(), ledger.Light.Label),
		of(sheet.Text, "forecast", "预测方法", "Forecast"), of(sheet.Decimal, "forecast_low", "预测低值", "Forecast, low"), of(sheet.Decimal, "forecast_middle", "预测中值", "Forecast, middle"),
		of(sheet.Decimal, "forecast_high", "预测高值", "Forecast, high"), of(sheet.Text, "period", "最新报告期", "Newest period"), of(sheet.Moment, "as_of", "截至", "As of"),
	}}
	for _, p := range ledger.Progress(e.State.Ledger, e.Policy, e.Settings, e.At) {
		share, has := p.Share()
		number := p.Target.Op != policy.Qualitative
		forecast := p.Forecast.Kind != "" && p.Forecast.Kind != ledger.ForecastNone
		row := []sheet.Cell{
			sheet.Of(string(p.Indicator.ID)), sheet.Int(p.Target.Year), sheet.Words(p.Target.Text), floatIf(p.Target.Value, number), sheet.Words(p.Indicator.Unit),
			floatIf(p.Value, p.Has),
			{},
			{},
			floatIf(share, has), floatIf(p.Pace.Required, p.Pace.HasRequired),
			floatIf(p.Pace.Expected, p.Pace.OnPath), floatIf(p.Pace.Share, p.Pace.OnPath && p.Has), sheet.Of(string(p.Pace.Light)),
			{},
			floatIf(p.Forecast.Low, forecast), floatIf(p.Forecast.Middle, forecast), floatIf(p.Forecast.High, forecast), sheet.Of(string(p.Period)), sheet.At(p.AsOf),
		}
		if p.City.Standing() != ledger.StandingNone {
			row[6], row[7] = sheet.Int(p.City.Accepted), sheet.Int(p.City.Pending)
		}
		switch p.Forecast.Kind {
		case ledger.ForecastScenarios:
			row[13] = sheet.Words(lang.Tf("情景（%d 个年度数据）", "scenarios (%d yearly figures)", p.Forecast.N))
		case ledger.ForecastTrend:
			row[13] = sheet.Words(lang.Tf("趋势（%d 个年度数据）", "trend (%d yearly figures)", p.Forecast.N))
		case ledger.ForecastNone:
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// tallies tell what counts and what waits, by indicator, domain and district.
// What is nowhere is no row: it is no data, and not 0.
func (e exporter) tallies() sheet.Table {
	t := sheet.Table{Name: "tallies", Title: lang.T("分板块计数", "Counts"), Columns: []sheet.Column{
		e.indicatorColumn(), e.domainColumn(), e.districtColumn(), of(sheet.Integer, "accepted", "已采纳", "Accepted"), of(sheet.Integer, "pending", "待审核", "Pending"),
	}}
	for _, i := range e.Policy.Indicators {
		for _, m := range e.Policy.Domains {
			for _, d := range e.Policy.Districts {
				if tally, _ := ledger.TallyOf(e.State.Ledger, i, m.ID, d.ID, e.At); tally.Standing() != ledger.StandingNone {
					t.Rows = append(t.Rows, []sheet.Cell{sheet.Of(string(i.ID)), domain(m.ID), district(d.ID), sheet.Int(tally.Accepted), sheet.Int(tally.Pending)})
				}
			}
		}
	}
	return t
}

// cellStates are the words for the matrix's states.
var cellStates = []sheet.Option{
	{Key: string(ledger.CellNotAssigned), Label: lang.T("未布局", "not assigned")},
	{Key: string(ledger.CellNoData), Label: lang.T("未填报", "no data")},
	{Key: string(ledger.CellPending), Label: lang.T("待审核", "pending")},
	{Key: string(ledger.CellReturned), Label: lang.T("已退回", "returned")},
	{Key: string(ledger.CellAccepted), Label: lang.T("已采纳", "accepted")},
	{Key: string(ledger.CellStale), Label: lang.T("数据已旧", "stale")},
}

func (e exporter) matrix() sheet.Table {
	period := calendar.PeriodOf(e.At)
	t := sheet.Table{Name: "matrix", Title: lang.T("矩阵", "Matrix"), Columns: []sheet.Column{
		periodColumn, e.domainColumn(), e.districtColumn(), of(sheet.Text, "assigned", "布局内", "In the layout"),
		{Key: "state", Label: lang.T("状态", "State"), Kind: sheet.Choice, Choices: cellStates},
		of(sheet.Integer, "accepted", "已采纳", "Accepted"), of(sheet.Integer, "pending", "待审核", "Pending"), of(sheet.Integer, "returned", "已退回", "Returned"),
		of(sheet.Text, "last", "最近采纳的报告期", "Newest accepted period"),
	}}
	for _, row := range ledger.Matrix(e.State.Ledger, e.Policy, e.Settings, period, e.At) {
		for _, c := range row {
			cells := []sheet.Cell{sheet.Of(string(period)), domain(c.Domain), district(c.District), truth(c.Assigned), sheet.Of(string(c.State)), {}, {}, {}, sheet.Of(string(c.Last))}
			if c.State != ledger.CellNotAssigned && c.State != ledger.CellNoData && c.State != ledger.CellStale {
				cells[5], cells[6], cells[7] = sheet.Int(c.Accepted), sheet.Int(c.Pending), sheet.Int(c.Returned)
			}
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
}

func (e exporter) duties() sheet.Table {
	period := calendar.PeriodOf(e.At)
	states := []ledger.DutyState{ledger.DutyOwed, ledger.DutyReturned, ledger.DutySubmitted, ledger.DutyAccepted, ledger.DutyUnchanged}
	t := sheet.Table{Name: "duties", Title: lang.T("本期待报", "Duties"), Columns: []sheet.Column{
		periodColumn, e.districtColumn(), e.domainColumn(), text("focus", "侧重", "Focus", 30), labelled("state", lang.T("状态", "State"), states, ledger.DutyState.Label),
		of(sheet.Integer, "reports", "上报份数", "Reports"),
	}}
	for _, d := range e.Policy.Districts {
		for _, duty := range ledger.Owed(e.State.Ledger, e.Policy, d.ID, period, e.At) {
			state := duty.State
			if state == ledger.DutyDraft { // That somebody has begun is theirs to know.
				state = ledger.DutyOwed
			}
			t.Rows = append(t.Rows, []sheet.Cell{
				sheet.Of(string(period)), district(d.ID), domain(duty.Domain), sheet.Words(duty.Focus.Text), sheet.Of(string(state)), sheet.Int(len(duty.Reports)),
			})
		}
	}
	return t
}

func (e exporter) layout() sheet.Table {
	t := sheet.Table{Name: "layout", Title: lang.T("布局", "Layout"), Columns: []sheet.Column{
		of(sheet.Integer, "version", "版本", "Version"), of(sheet.Date, "effective", "生效日期", "Effective"), e.domainColumn(), e.districtColumn(),
		text("focus", "侧重", "Focus", 40), text("source", "出处", "Source", 20),
	}}
	for _, l := range e.Policy.Layouts {
		for _, f := range l.Focus {
			t.Rows = append(t.Rows, []sheet.Cell{sheet.Int(l.Version), day(ledger.DayOf(l.Effective)), domain(f.Domain), district(f.District), sheet.Words(f.Text), sheet.Words(f.Cite.Place)})
		}
	}
	return t
}

func (e exporter) targets() sheet.Table {
	t := sheet.Table{Name: "targets", Title: lang.T("目标", "Targets"), Columns: []sheet.Column{
		text("target", "编号", "Target", 24), of(sheet.Integer, "year", "年份", "Year"), e.indicatorColumn(), text("text", "原文表述", "As printed", 30),
		{Key: "operation", Label: lang.T("关系", "Relation"), Kind: sheet.Choice, Choices: []sheet.Option{
			{Key: string(policy.AtLeast), Label: lang.T("以上", "at least")},
			{Key: string(policy.MoreThan), Label: lang.T("突破", "more than")},
			{Key: string(policy.Range), Label: lang.T("区间", "range")},
			{Key: string(policy.Qualitative), Label: lang.T("无数值", "without a number")},
		}},
		of(sheet.Decimal, "value", "数值", "Value"), of(sheet.Decimal, "max", "上限", "Upper end"), text("unit", "单位", "Unit", 8), text("summary", "说明", "In words", 50), text("source", "出处", "Source", 20),
	}}
	for _, g := range e.Policy.Targets {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.Of(g.ID), sheet.Int(g.Year), sheet.Of(string(g.Indicator)), sheet.Words(g.Text), sheet.Of(string(g.Op)), floatIf(g.Value, g.Op != policy.Qualitative),
			floatIf(g.Max, g.Op == policy.Range), sheet.Words(g.Unit), sheet.Words(g.Summary), sheet.Words(g.Cite.Place),
		})
	}
	return t
}

func (e exporter) people() sheet.Table {
	t := sheet.Table{Name: "people", Title: lang.T("人员", "People"), Columns: []sheet.Column{
		text("user", "Slack 编号", "Slack id", 14), text("name", "姓名", "Name", 16), text("roles", "角色", "Roles", 30), text("districts", "板块", "Districts", 30), of(sheet.Moment, "departed", "离开 Slack", "Left Slack"),
	}}
	for _, p := range e.State.People.All() {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.Of(string(p.User)), sheet.Words(p.Name), sheet.Words(lang.List(p.Roles, people.Role.Name)),
			sheet.Words(lang.List(p.Districts, func(id policy.DistrictID) lang.Text {
				d, _ := e.Policy.District(id)
				return d.Short
			})), sheet.At(p.Departed),
		})
	}
	return t
}

func (e exporter) deliveries() sheet.Table {
	t := sheet.Table{Name: "deliveries", Title: lang.T("投递", "Deliveries"), Columns: []sheet.Column{
		text("delivery", "编号", "Delivery", 30), text("job", "任务", "Job", 16), text("to", "发给", "To", 16), of(sheet.Moment, "due", "应发时间", "Due"),
		labelled("status", lang.T("状态", "Status"), []delivery.Status{delivery.Planned, delivery.Claimed, delivery.Posted, delivery.Failed, delivery.Skipped, delivery.Missed}, delivery.Status.Label),
		text("why", "原因", "Why", 40), of(sheet.Moment, "ended", "结束时间", "Ended"),
	}}
	for _, d := range e.State.Delivery.Deliveries() {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.Of(string(d.ID)), sheet.Of(string(d.Job)), sheet.Of(string(d.To)), sheet.At(d.Due), sheet.Of(string(d.Status)), sheet.Words(d.Reason.Label()), sheet.At(d.Ended),
		})
	}
	return t
}
