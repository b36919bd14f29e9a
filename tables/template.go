// Package tables lays the ledger out as tables: the template that a liaison
// fills in and sends back, and the export.
//
// It decides which rows a district gets, what becomes of each row that comes
// back, and which columns an export has. Whether a report may be taken in is
// the ledger's decision; how a table becomes a file is package sheet's. It is
// pure functions of the state.
package tables

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/sheet"
)

// Form tells the template from every other workbook. The version changes with
// its columns.
func Form(d policy.DistrictID, p calendar.Period) sheet.Form {
	return sheet.Form{Name: "reports", Version: 1, Marks: map[string]string{markDistrict: string(d), markPeriod: string(p)}, Spare: 300}
}

const (
	markDistrict = "district"
	markPeriod   = "period"
)

// columnOrigin is the hidden column that tells which row was handed out: the
// report and revision that it shows, and how it looked.
const columnOrigin = "origin"

// subjectField is one field of a report's item or value.
type subjectField struct {
	name  string
	label lang.Text // That fits all indicators.
	kind  sheet.Kind
	width float64
}

// subject are the fields of which each indicator has some.
var subject = []subjectField{
	{ledger.FieldName, lang.T("名称", "Name"), sheet.Text, 28},
	{ledger.FieldHolder, lang.T("单位", "Body"), sheet.Text, 26},
	{ledger.FieldCreditCode, lang.T("统一社会信用代码", "Credit code"), sheet.Text, 22},
	{ledger.FieldPlace, lang.T("地点", "Place"), sheet.Text, 18},
	{ledger.FieldStage, lang.T("阶段", "Stage"), sheet.Choice, 16},
	{ledger.FieldDate, lang.T("日期", "Date"), sheet.Date, 12},
	{ledger.FieldDocument, lang.T("文号或编号", "Document no."), sheet.Text, 20},
	{ledger.FieldValidUntil, lang.T("有效期至", "Valid until"), sheet.Date, 12},
	{ledger.FieldValue, lang.T("数值（亿元）", "Value (RMB 100 million)"), sheet.Decimal, 14},
	{ledger.FieldBasis, lang.T("统计口径", "Basis"), sheet.Choice, 16},
	{ledger.FieldYear, lang.T("年份", "Year"), sheet.Integer, 8},
	{ledger.FieldEvidence, lang.T("佐证链接", "Link to the evidence"), sheet.Link, 30},
}

// Layout returns the template's table without rows.
func Layout(pol *policy.Policy) sheet.Table {
	changed := sheet.When{Column: ledger.FieldAnswer, Options: []string{string(ledger.Changed)}}
	t := sheet.Table{Name: "reports", Title: lang.T("上报", "Reports"), Columns: []sheet.Column{
		{Key: columnOrigin, Label: lang.T("来源", "Origin"), Kind: sheet.Text, Hidden: true},
		{Key: ledger.FieldDomain, Label: lang.T("领域", "Domain"), Kind: sheet.Choice, Width: 18},
		{
			Key: ledger.FieldIndicator, Label: lang.T("指标", "Indicator"), Kind: sheet.Choice, Width: 18,
			Hint: lang.T("整个领域本期无变化或无数据时，可以不选。", "May stay empty when nothing changed in the whole domain, or there is no data."),
		},
		{
			Key: ledger.FieldAnswer, Label: ledger.AnswerLabel, Kind: sheet.Choice, Width: 14,
			Hint: lang.T("改过的行、新增的行可以不选，按“有变化”上报；没动过又没选的行不上报。",
				"Rows that you change or add need no choice: they are reported as changed. Rows that you leave alone are not reported."),
		},
	}}
	for _, d := range pol.Domains {
		t.Columns[1].Choices = append(t.Columns[1].Choices, sheet.Option{Key: string(d.ID), Label: d.Name})
	}
	for _, i := range pol.Indicators {
		t.Columns[2].Choices = append(t.Columns[2].Choices, sheet.Option{Key: string(i.ID), Label: i.Name})
	}
	for _, a := range ledger.Answers() {
		t.Columns[3].Choices = append(t.Columns[3].Choices, sheet.Option{Key: string(a), Label: a.Label()})
	}
	for _, f := range subject {
		c := sheet.Column{Key: f.name, Label: f.label, Kind: f.kind, Width: f.width, Loose: true}
		asked, needed := sheet.When{Column: ledger.FieldIndicator}, sheet.When{Column: ledger.FieldIndicator}
		for _, i := range pol.Indicators {
			field, has := ledger.FieldOf(i, f.name)
			if !has {
				continue
			}
			asked.Options = append(asked.Options, string(i.ID))
			if field.Required {
				needed.Options = append(needed.Options, string(i.ID))
			}
			if c.Hint.IsZero() {
				c.Hint = field.Hint
			}
			for _, o := range field.Options {
				c.Choices = withOption(c.Choices, o)
			}
		}
		c.Asked = []sheet.When{asked, changed}
		if len(needed.Options) > 0 {
			c.Needed = []sheet.When{needed}
		}
		t.Columns = append(t.Columns, c)
	}
	for _, f := range ledger.FieldsOf(policy.Indicator{}) {
		c := sheet.Column{Key: f.Name, Label: f.Label, Hint: f.Hint, Kind: sheet.Text, Width: 24, Loose: true}
		if f.Kind == ledger.KindDay {
			c.Kind, c.Width = sheet.Date, 14
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

// withOption adds a choice by its label: the indicators share one list, and
// the same stage has several names.
func withOption(all []sheet.Option, o ledger.Option) []sheet.Option {
	if slices.ContainsFunc(all, func(a sheet.Option) bool { return a.Key == o.Label.ZH }) {
		return all
	}
	return append(all, sheet.Option{Key: o.Label.ZH, Label: o.Label})
}

// Template returns a district's sheet for a period: what was returned, the
// items of the register that are not reported yet, the figures of the domains
// that the layout gives it and a row for each domain that it still owes, all
// filled in as far as they are known; and how to fill it in.
func Template(s ledger.State, pol *policy.Policy, district policy.DistrictID, p calendar.Period, now time.Time) []sheet.Table {
	t := Layout(pol)
	for _, in := range open(s, pol, district, p, now) {
		indicator, _ := pol.Indicator(policy.IndicatorID(in.Indicator))
		t.Rows = append(t.Rows, handedOut(t, indicator, in))
	}
	return []sheet.Table{t, Guide(pol)}
}

// open returns the rows that a district may want to fill in, in the order of
// the domains and indicators.
func open(s ledger.State, pol *policy.Policy, district policy.DistrictID, p calendar.Period, now time.Time) []ledger.Submission {
	duties := map[policy.DomainID]ledger.Duty{}
	for _, d := range ledger.Owed(s, pol, district, p, now) {
		duties[d.Domain] = d
	}
	var out []ledger.Submission
	for _, domain := range pol.Domains {
		duty, assigned := duties[domain.ID]
		if assigned && duty.State.Open() {
			out = append(out, ledger.Submission{Domain: string(domain.ID)})
		}
		for _, i := range pol.Indicators {
			switch i.Takes {
			case policy.TakesItem:
				for _, item := range s.Items(ledger.ItemFilter{District: district, Domain: domain.ID, Indicator: i.ID}) {
					if item.Lead == "" && item.Stage != ledger.Ended {
						out = append(out, unlessReported(s, ledger.PrefillItem(s, item.Key, p))...)
					}
				}
			case policy.TakesValue:
				if in := ledger.Prefill(s, district, domain.ID, i.ID, p); assigned || in.Value != "" {
					out = append(out, unlessReported(s, in)...)
				}
			}
		}
		// What was never accepted is in no register, and may have been returned.
		for _, r := range s.Reports(ledger.Filter{Period: p, District: district, Domain: domain.ID, Status: ledger.Returned}) {
			if !slices.ContainsFunc(out, func(in ledger.Submission) bool { return in.Report == r.ID }) {
				out = append(out, r.Submission())
			}
		}
	}
	return out
}

// unlessReported leaves out what is reported for the period and waits or is
// accepted: there is nothing to do about it.
func unlessReported(s ledger.State, in ledger.Submission) []ledger.Submission {
	if r, ok := s.Report(in.Report); ok && (r.Status == ledger.Submitted || r.Status == ledger.Accepted) {
		return nil
	}
	return []ledger.Submission{in}
}

// handedOut makes a row of a submission. The answer is left to the person.
func handedOut(t sheet.Table, indicator policy.Indicator, in ledger.Submission) []sheet.Cell {
	in.Answer = ""
	row := make([]sheet.Cell, len(t.Columns))
	for i, c := range t.Columns {
		if c.Key == columnOrigin {
			continue
		}
		s := in.Get(c.Key)
		if field, ok := ledger.FieldOf(indicator, c.Key); ok {
			for _, o := range field.Options {
				if s == o.Value {
					s = o.Label.ZH
				}
			}
		}
		row[i] = cellOf(c, s)
	}
	row[0] = sheet.Of(origin{in.Report, in.Base, look(t, row)}.String())
	return row
}

// cellOf makes a cell of what stands in a field.
func cellOf(c sheet.Column, s string) sheet.Cell {
	if s == "" {
		return sheet.Cell{}
	}
	switch c.Kind {
	case sheet.Date:
		if d, ok := ledger.ParseDay(s); ok {
			return sheet.Day(calendar.Date(d))
		}
		return sheet.Cell{Written: s}
	case sheet.Integer, sheet.Decimal:
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			return sheet.Number(s)
		}
		return sheet.Cell{Written: s}
	case sheet.Choice:
		if _, ok := c.Option(s); !ok {
			return sheet.Cell{Written: s}
		}
	case sheet.Text, sheet.Link, sheet.Moment:
	}
	return sheet.Of(s)
}

// typed returns what stands in a cell as a form would have it.
func typed(v sheet.Cell) string {
	switch {
	case v.Written != "":
		return v.Written
	case v.Number != "":
		return v.Number
	case v.Date != "":
		return string(v.Date)
	}
	return v.Text
}

// origin tells a row that was handed out.
type origin struct {
	report ledger.ReportID
	base   int
	look   string
}

func (o origin) String() string {
	return string(o.report) + "|" + strconv.Itoa(o.base) + "|" + o.look
}

func parseOrigin(s string) (o origin, ok bool) {
	parts := strings.Split(s, "|")
	if len(parts) != 3 {
		return o, false
	}
	base, err := strconv.Atoi(parts[1])
	return origin{ledger.ReportID(parts[0]), base, parts[2]}, err == nil
}

// look tells whether a row is as it was: it is of what a person sees but the
// answer, and does not mind spaces.
func look(t sheet.Table, row []sheet.Cell) string {
	h := sha256.New()
	for i, c := range t.Columns {
		if c.Key != columnOrigin && c.Key != ledger.FieldAnswer {
			h.Write([]byte(strings.Join(strings.Fields(typed(row[i])), " ") + "\x00"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Guide tells how to fill the template in.
func Guide(pol *policy.Policy) sheet.Table {
	t := sheet.Table{Name: "guide", Title: lang.T("填写说明", "How to"), Columns: []sheet.Column{
		{Key: "indicator", Label: lang.T("指标", "Indicator"), Kind: sheet.Text, Width: 24},
		{Key: "column", Label: lang.T("列", "Column"), Kind: sheet.Text, Width: 20},
		{Key: "meaning", Label: lang.T("填什么", "What to write"), Kind: sheet.Text, Width: 32},
		{Key: "when", Label: lang.T("是否必填", "Required"), Kind: sheet.Text, Width: 20},
		{Key: "hint", Label: lang.T("提示", "Hint"), Kind: sheet.Text, Width: 60},
	}}
	for _, line := range []lang.Text{
		lang.T("1. 没动过的行不会上报；要报“本期无变化”，请在“本期情况”里选。", "1. Rows that you leave alone are not reported; choose “no change” where you want that said."),
		lang.T("2. 直接改已有的行，或在下面空行里新增。请勿合并单元格、写公式、隐藏行。", "2. Change the rows that are there, or add rows below. No merged cells, formulas or hidden rows."),
		lang.T("3. 灰色的格不用填，黄色的格必填。", "3. Grey cells stay empty; yellow ones are required."),
		lang.T("4. 保存后把文件发给外脑（私信），看过预览再确认。", "4. Save the file and send it to Wainao in a direct message; you see a preview before anything is taken in."),
		lang.T("5. 请勿填写涉密或未公开的内容。", "5. Nothing classified or unpublished belongs in here."),
	} {
		t.Rows = append(t.Rows, []sheet.Cell{{}, {}, {}, {}, sheet.Words(line)})
	}
	for _, i := range pol.Indicators {
		for _, f := range subject {
			field, ok := ledger.FieldOf(i, f.name)
			if !ok {
				continue
			}
			when := lang.Text{}
			switch {
			case field.Required:
				when = lang.T("必填", "yes")
			case field.ToCount:
				when = lang.T("计入的阶段必填", "at stages that count")
			case field.Name == ledger.FieldEvidence:
				when = lang.T("有变化时必填", "when something changed")
			}
			hint := field.Hint
			if field.Kind == ledger.KindChoice {
				hint = lang.List(field.Options, func(o ledger.Option) lang.Text { return o.Label })
			}
			t.Rows = append(t.Rows, []sheet.Cell{sheet.Words(i.Name), sheet.Words(f.label), sheet.Words(field.Label), sheet.Words(when), sheet.Words(hint)})
		}
	}
	return t
}
