package render

import (
	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// ReportForm is the callback id of the report form. In it, as in every form, a
// field's block id and action id are the field's name.
const ReportForm = "report"

// Names of the report form's fields: those of [ledger.Submission].
const (
	FieldDistrict  = "district"
	FieldDomain    = "domain"
	FieldPeriod    = "period"
	FieldIndicator = "indicator"
	FieldName      = "name"
	FieldValue     = "value"
	FieldEvidence  = "evidence"
	FieldText      = ledger.FieldProgress
)

// Form is what the report form is made of.
type Form struct {
	Districts  []policy.District  // Those that the person may report for.
	Domains    []policy.Domain    // In the order in which they are offered.
	Indicators []policy.Indicator // In policy order.
	Periods    []calendar.Period  // The newest first.
	Filled     ledger.Submission  // What is filled in already, with ids for the selects.
}

// extraFields are the fields of which an indicator has some; the ledger tells
// which are missing or too many.
var extraFields = []struct {
	field       string
	label, hint lang.Text
}{
	{ledger.FieldHolder, lang.T("单位", "Holder"), lang.T("依托、建设、牵头或运营单位的全称。", "Who hosts, builds, leads or runs it, in full.")},
	{ledger.FieldCreditCode, lang.T("统一社会信用代码", "Unified social credit code"), lang.T("单位的18位代码。", "The 18 characters of the holder.")},
	{ledger.FieldPlace, lang.T("地点", "Place"), lang.T("写到镇、街道或园区。", "Down to the town, the street or the park.")},
	{ledger.FieldStage, lang.T("阶段", "Stage"), lang.T("例如：已建成、已认定、已推出。", "For example: built, recognised, launched.")},
	{ledger.FieldDate, lang.T("日期", "Date"), lang.T("例如：2026-11-23", "For example: 2026-11-23")},
	{ledger.FieldDocument, lang.T("文号或编号", "Number of the document"), lang.T("已认定的要填。", "For what is recognised.")},
	{ledger.FieldValidUntil, lang.T("有效期至", "Valid until"), lang.T("长期有效就不填。", "Leave empty when it does not end.")},
}

// ReportFields returns the names of the form's fields.
func ReportFields() []string {
	out := []string{FieldDistrict, FieldDomain, FieldPeriod, FieldIndicator, FieldName, FieldValue}
	for _, f := range extraFields {
		out = append(out, f.field)
	}
	return append(out, FieldEvidence, FieldText, ledger.FieldNote, ledger.FieldReason)
}

// ReportModal renders the report form.
func ReportModal(f Form, l lang.Lang) slack.ModalViewRequest {
	var districts, domains, indicators, periods []*slack.OptionBlockObject
	for _, d := range f.Districts {
		districts = append(districts, option(string(d.ID), d.Name.In(l)))
	}
	for _, d := range f.Domains {
		domains = append(domains, option(string(d.ID), d.Name.In(l)))
	}
	for _, i := range f.Indicators {
		name := i.Name.In(l)
		if i.Takes == policy.TakesValue {
			name += lang.Tf("（%s）", " (%s)", i.Unit).In(l)
		}
		indicators = append(indicators, option(string(i.ID), name))
	}
	for _, p := range f.Periods {
		periods = append(periods, option(string(p), p.Label().In(l)))
	}
	blocks := []slack.Block{
		contextLine(lang.T("请只填可以公开的内容，不要填涉密或未公布的信息。提交后状态为“已上报，待审核”。",
			"Only what may be public, please: nothing classified or unpublished. What you submit stands as “reported, pending review”.").In(l)),
		choice(FieldDistrict, lang.T("板块", "District"), lang.T("选择板块", "Choose a district"), districts, f.Filled.District, l),
		choice(FieldDomain, lang.T("领域", "Domain"), lang.T("选择领域", "Choose a domain"), domains, f.Filled.Domain, l),
		choice(FieldPeriod, lang.T("报告期", "Period"), lang.T("选择报告期", "Choose a period"), periods, f.Filled.Period, l),
		choice(FieldIndicator, lang.T("指标", "Indicator"), lang.T("选择指标", "Choose an indicator"), indicators, f.Filled.Indicator, l),
		field(FieldName, lang.T("名称（按项登记的指标）", "Name (for indicators counted item by item)"),
			lang.T("例如：港口氢能重卡示范", "For example: hydrogen trucks in the port"),
			lang.T("平台、企业、园区、产品、场景等的全称。总产值不用填。", "The full name of the platform, enterprise, park, product, scenario … Not for output."),
			f.Filled.Name, l),
		field(FieldValue, lang.T("数值（亿元，仅总产值）", "Value (100 million yuan, only for output)"),
			lang.T("例如：12.5", "For example: 12.5"),
			lang.T("单位是亿元；1万元 = 0.0001亿元。", "In units of 100 million yuan (亿元); RMB 1 billion is 10."),
			f.Filled.Value, l),
	}
	for _, name := range extraFields {
		blocks = append(blocks, field(name.field, name.label, name.label, name.hint, f.Filled.Get(name.field), l))
	}
	blocks = append(blocks,
		link(FieldEvidence, lang.T("佐证链接", "Link to the evidence"),
			lang.T("可公开访问的文件、公告或报道。", "A public document, notice or report."), f.Filled.Evidence, l),
		multiline(FieldText, lang.T("进展说明", "Progress in words"),
			lang.T("进展、问题、需要协调的事项、下一步。", "Progress, problems, what needs coordination, next steps."), f.Filled.Progress, l),
		multiline(ledger.FieldNote, lang.T("数据说明", "Explanation"),
			lang.T("数据看起来异常时，请说明原因。", "When something looks strange, say why it is right."), f.Filled.Note, l),
		multiline(ledger.FieldReason, lang.T("修改原因", "Reason for the change"),
			lang.T("修改已采纳的上报时必填。", "Required when an accepted report is changed."), f.Filled.Reason, l),
	)
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: ReportForm, PrivateMetadata: string(l), // The language to tell its problems in.
		Title:  plain(Cut(lang.T("上报进展", "Report progress").In(l), maxViewName)),
		Submit: plain(lang.T("提交", "Submit").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func option(value, label string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(Cut(label, maxOption)), nil)
}

// choice is a required select. filled chooses the option with that value.
func choice(name string, label, placeholder lang.Text, options []*slack.OptionBlockObject, filled string, l lang.Lang) slack.Block {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(placeholder.In(l)), name, options...)
	for _, o := range options {
		if o.Value == filled {
			e.InitialOption = o
		}
	}
	return slack.NewInputBlock(name, plain(label.In(l)), nil, e)
}

func field(name string, label, placeholder, hint lang.Text, filled string, l lang.Lang) slack.Block {
	e := slack.NewPlainTextInputBlockElement(plain(placeholder.In(l)), name)
	e.InitialValue = filled
	return optional(slack.NewInputBlock(name, plain(label.In(l)), plain(hint.In(l)), e))
}

// link is a required address: a report without evidence cannot be reviewed.
func link(name string, label, hint lang.Text, filled string, l lang.Lang) slack.Block {
	e := slack.NewURLTextInputBlockElement(plain("https://…"), name)
	e.InitialValue = filled
	return slack.NewInputBlock(name, plain(label.In(l)), plain(hint.In(l)), e)
}

func multiline(name string, label, hint lang.Text, filled string, l lang.Lang) slack.Block {
	e := slack.NewPlainTextInputBlockElement(nil, name)
	e.Multiline, e.InitialValue = true, filled
	return optional(slack.NewInputBlock(name, plain(label.In(l)), plain(hint.In(l)), e))
}

func optional(b *slack.InputBlock) *slack.InputBlock {
	b.Optional = true
	return b
}
