package ledger

import (
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// FieldKind says how a field is filled in.
type FieldKind string

// The kinds of fields.
const (
	KindLine   FieldKind = "line"   // One line of text.
	KindWords  FieldKind = "words"  // Text of several lines.
	KindCode   FieldKind = "code"   // A unified social credit code.
	KindDay    FieldKind = "day"    // A date.
	KindLink   FieldKind = "link"   // An http or https address.
	KindAmount FieldKind = "amount" // An amount in 亿元.
	KindYear   FieldKind = "year"   // A year of four digits.
	KindChoice FieldKind = "choice" // One of Options.
)

// Option is one choice of a field.
type Option struct {
	Value  string
	Label  lang.Text
	Counts bool // Of a stage: an item at it counts as progress.
}

// Field is one field of a report. Name is the JSON name of the [Submission]'s
// field, and the key of its problem in [lang.FieldProblems].
type Field struct {
	Name     string
	Label    lang.Text
	Hint     lang.Text // What to write; may be zero.
	Kind     FieldKind
	Required bool     // Always, when there is something to report.
	ToCount  bool     // Once the stage is one that counts.
	Most     int      // Characters at most.
	Options  []Option // Of a [KindChoice].
}

// Names of the fields: those of [Submission].
const (
	FieldDistrict          = "district"
	FieldDomain            = "domain"
	FieldPeriod            = "period"
	FieldIndicator         = "indicator"
	FieldAnswer            = "answer"
	FieldName              = "name"
	FieldHolder            = "holder"
	FieldCreditCode        = "credit_code"
	FieldPlace             = "place"
	FieldStage             = "stage"
	FieldDate              = "date"
	FieldDocument          = "document"
	FieldValidUntil        = "valid_until"
	FieldValue             = "value"
	FieldBasis             = "basis"
	FieldYear              = "year"
	FieldEvidence          = "evidence"
	FieldProgress          = "progress"
	FieldProblems          = "problems"
	FieldCoordination      = "coordination"
	FieldCoordinationBy    = "coordination_by"
	FieldCoordinationUntil = "coordination_until"
	FieldNext              = "next"
	FieldNextUntil         = "next_until"
	FieldNote              = "note"
	FieldReason            = "reason"
)

// Bounds of what a person types, in characters.
const (
	MaxWord     = 100  // Of a name that is looked up, a value, a date.
	MaxName     = 200  // Of an item's name, its holder, its place.
	MaxEvidence = 2000 // Of an evidence link.
	MaxText     = 3000 // Of the progress: one section of a Slack message, https://docs.slack.dev/reference/block-kit/blocks/section-block.
	MaxRemark   = 1000 // Of the other texts: problems, coordination, next step, notes, reasons.
	maxKey      = 255
)

// wordFields are the words that every report may bring, whatever its answer.
var wordFields = []Field{
	{Name: FieldProgress, Kind: KindWords, Most: MaxText, Label: lang.T("进展说明", "Progress in words"), Hint: lang.T("本期做了什么，有什么结果。", "What was done and what came of it.")},
	{Name: FieldProblems, Kind: KindWords, Most: MaxRemark, Label: lang.T("问题", "Problems"), Hint: lang.T("遇到什么困难。没有就不填。", "What stands in the way. Leave empty when nothing does.")},
	{Name: FieldCoordination, Kind: KindWords, Most: MaxRemark, Label: lang.T("需协调事项", "Needs coordination"), Hint: lang.T("需要市里协调什么。没有就不填。", "What the city should coordinate. Leave empty when nothing.")},
	{Name: FieldCoordinationBy, Kind: KindLine, Most: MaxName, Label: lang.T("请谁协调", "Coordination by whom"), Hint: lang.T("例如：市发改委", "For example: the city's development and reform commission")},
	{Name: FieldCoordinationUntil, Kind: KindDay, Most: MaxWord, Label: lang.T("希望何时解决", "Coordination by when")},
	{Name: FieldNext, Kind: KindWords, Most: MaxRemark, Label: lang.T("下一步", "Next step"), Hint: lang.T("接下来做什么。", "What is done next.")},
	{Name: FieldNextUntil, Kind: KindDay, Most: MaxWord, Label: lang.T("下一步完成时间", "Next step by when")},
}

// closing are the fields that answer what the checks asked.
var closing = []Field{
	{Name: FieldNote, Kind: KindWords, Most: MaxRemark, Label: lang.T("数据说明", "Explanation"), Hint: lang.T("数据看起来异常时，请说明原因。", "When something looks strange, say why it is right.")},
	{Name: FieldReason, Kind: KindWords, Most: MaxRemark, Label: lang.T("修改原因", "Reason for the change"), Hint: lang.T("修改已采纳的上报时必填。", "Required when an accepted report is changed.")},
}

// evidenceField is part of every report of something changed. It is required
// unless nothing but words changed, which [Submit] finds out.
var evidenceField = Field{
	Name: FieldEvidence, Kind: KindLink, Most: MaxEvidence, Label: lang.T("佐证链接", "Link to the evidence"),
	Hint: lang.T("可公开访问的文件、公告或报道。", "A public document, notice or report."),
}

// Ended is the stage of an item that is no more. It counts for nothing.
const Ended = "ended"

var ended = Option{Value: Ended, Label: lang.T("已终止或撤销", "ended or revoked")}

// stage makes an option of a stage that does not count; counting, one that
// does.
func stage(id, zh, en string) Option { return Option{Value: id, Label: lang.T(zh, en)} }

func counting(id, zh, en string) Option {
	return Option{Value: id, Label: lang.T(zh, en), Counts: true}
}

// itemTable is the one table of what is asked about an item: the form, the
// sheet, the checks and the export read it through [FieldsOf]. Its sources are
// the indicators' own rules of what counts and what is the same item.
var itemTable = map[policy.IndicatorID]struct {
	fields []Field
	stages []Option // Of a staged indicator, the policy's own stand instead.
}{
	policy.Platforms: {
		fields: []Field{
			name("平台名称", "Name of the platform"), required(holder("依托单位", "Host")), code("依托单位统一社会信用代码", "The host's unified social credit code"), stageField,
			toCount(document("认定文件文号", "Number of the recognition document")), toCount(date("认定日期", "Date of recognition")), validUntil,
		},
		stages: []Option{stage("planned", "筹建", "planned"), stage("applied", "已申报", "applied for"), counting("recognised", "已认定", "recognised"), ended},
	},
	policy.ChainLeaders: {
		fields: []Field{
			name("企业名称", "Name of the enterprise"), code("统一社会信用代码", "Unified social credit code"), stageField,
			toCount(document("认定文件文号", "Number of the recognition document")), toCount(date("认定日期", "Date of recognition")), validUntil,
		},
		stages: []Option{stage("nurtured", "培育中", "being nurtured"), stage("applied", "已申报", "applied for"), counting("recognised", "已认定", "recognised"), ended},
	},
	policy.PilotParks: {
		fields: []Field{
			name("园区名称", "Name of the park"), required(holder("运营单位", "Operator")), code("运营单位统一社会信用代码", "The operator's unified social credit code"), place, stageField,
			toCount(document("认定文件文号", "Number of the recognition document")), toCount(date("认定日期", "Date of recognition")), validUntil,
		},
		stages: []Option{
			stage("planned", "规划", "planned"), stage("building", "建设中", "being built"), stage("applied", "已申报", "applied for"),
			counting("recognised", "已认定", "recognised"), ended,
		},
	},
	policy.CoreProducts: {
		fields: []Field{
			name("产品名称", "Name of the product"), required(holder("企业名称", "Enterprise")), code("统一社会信用代码", "Unified social credit code"), stageField,
			toCount(date("推出日期", "Date of launch")), document("批件或登记号", "Number of the approval or registration"),
		},
		stages: []Option{stage("developing", "研发中", "being developed"), stage("trial", "试制试用", "on trial"), counting("launched", "已推出", "launched"), ended},
	},
	policy.Scenarios: {
		fields: []Field{
			name("场景名称", "Name of the scenario"), required(holder("建设单位", "Builder")), code("建设单位统一社会信用代码", "The builder's unified social credit code"), required(place), stageField,
			date("本阶段日期", "Date of this stage"), document("发布或验收文号", "Number of the release or acceptance document"),
		},
	},
	policy.Clusters: {
		fields: []Field{
			name("集群名称", "Name of the cluster"), stageField, toCount(clusterOutput),
			toCount(document("领跑全国的证明文号", "Number of the document that shows that it leads the nation")), date("认定日期", "Date of recognition"),
		},
		stages: []Option{stage("forming", "培育中", "forming"), stage("shaped", "初步成形", "taken first shape"), counting("leading", "千亿级且领跑全国", "RMB 100 billion class and nation-leading"), ended},
	},
	policy.Breakthroughs: {
		fields: []Field{
			name("技术名称", "Name of the technology"), required(holder("承担单位", "Carried out by")), code("统一社会信用代码", "Unified social credit code"), stageField,
			toCount(document("证明编号（鉴定、专利、项目号等）", "Its own number (appraisal, patent, project …)")), date("完成日期", "Date of completion"),
		},
		stages: []Option{stage("researching", "攻关中", "being worked on"), stage("tested", "待鉴定", "to be appraised"), counting("achieved", "已突破", "achieved"), ended},
	},
	policy.Consortia: {
		fields: []Field{
			name("联合体名称", "Name of the consortium"), required(holder("牵头单位", "Led by")), code("统一社会信用代码", "Unified social credit code"), stageField,
			toCount(document("批复或协议编号", "Number of the approval or agreement")), date("组建日期", "Date of formation"),
		},
		stages: []Option{stage("planned", "筹建", "planned"), counting("formed", "已组建", "formed"), ended},
	},
	policy.Institutes: {
		fields: []Field{
			name("研究院名称", "Name of the institute"), required(holder("举办单位", "Run by")), code("统一社会信用代码", "Unified social credit code"), stageField,
			toCount(document("批复或登记编号", "Number of the approval or registration")), date("成立日期", "Date of founding"),
		},
		stages: []Option{stage("planned", "筹建", "planned"), counting("established", "已成立", "established"), ended},
	},
	policy.ExhibitionCentres: {
		fields: []Field{
			name("展演中心名称", "Name of the centre"), required(holder("运营单位", "Operator")), code("统一社会信用代码", "Unified social credit code"), place, stageField,
			toCount(document("批复或验收编号", "Number of the approval or acceptance")), date("启用日期", "Date of opening"),
		},
		stages: []Option{stage("planned", "规划", "planned"), stage("building", "建设中", "being built"), counting("opened", "已启用", "opened"), ended},
	},
	policy.Talents: {
		fields: []Field{
			name("人才或团队名称", "Name of the person or team"), required(holder("用人单位", "Employer")), code("统一社会信用代码", "Unified social credit code"), stageField,
			toCount(document("入选文件编号", "Number of the selection document")), date("入选日期", "Date of selection"),
		},
		stages: []Option{stage("applied", "已申报", "applied for"), counting("selected", "已入选或到岗", "selected or in post"), ended},
	},
	policy.SignedProjects: {
		fields: []Field{
			name("项目名称", "Name of the project"), required(holder("项目单位", "Carried out by")), code("统一社会信用代码", "Unified social credit code"), place, stageField,
			toCount(document("合同或备案编号", "Number of the contract or filing")), date("签约日期", "Date of signing"),
		},
		stages: []Option{
			stage("negotiating", "洽谈中", "being negotiated"), counting("signed", "已签约", "signed"),
			counting("started", "已开工", "started"), counting("completed", "已竣工", "completed"), ended,
		},
	},
}

func name(zh, en string) Field {
	return Field{Name: FieldName, Kind: KindLine, Most: MaxName, Required: true, Label: lang.T(zh, en), Hint: lang.T("写全称。", "The full name.")}
}

func holder(zh, en string) Field {
	return Field{Name: FieldHolder, Kind: KindLine, Most: MaxName, Label: lang.T(zh, en), Hint: lang.T("写单位全称。", "The full name of the body.")}
}

func code(zh, en string) Field {
	return Field{
		Name: FieldCreditCode, Kind: KindCode, Most: MaxWord, Label: lang.T(zh, en),
		Hint: lang.T("18位；填了就不会和别人的重复。", "18 characters; with it the item is never taken for another."),
	}
}

func document(zh, en string) Field {
	return Field{Name: FieldDocument, Kind: KindLine, Most: MaxName, Label: lang.T(zh, en)}
}

func date(zh, en string) Field {
	return Field{Name: FieldDate, Kind: KindDay, Most: MaxWord, Label: lang.T(zh, en)}
}

func required(f Field) Field { f.Required = true; return f }

func toCount(f Field) Field { f.ToCount = true; return f }

var (
	place = Field{
		Name: FieldPlace, Kind: KindLine, Most: MaxName, Label: lang.T("地点", "Place"),
		Hint: lang.T("写到镇、街道或园区。", "Down to the town, the street or the park."),
	}
	stageField = Field{Name: FieldStage, Kind: KindChoice, Most: MaxWord, Required: true, Label: lang.T("阶段", "Stage")}
	validUntil = Field{
		Name: FieldValidUntil, Kind: KindDay, Most: MaxWord, Label: lang.T("有效期至", "Valid until"),
		Hint: lang.T("长期有效就不填。", "Leave empty when it does not end."),
	}
	clusterOutput = Field{
		Name: FieldValue, Kind: KindAmount, Most: MaxWord, Label: lang.T("集群年产值（亿元）", "The cluster's yearly output (RMB 100 million)"),
		Hint: lang.T("单位是亿元；达到1000亿元才计入。", "In units of 亿元 (RMB 100 million); it counts from 1000 on."),
	}
	valueFields = []Field{
		{
			Name: FieldValue, Kind: KindAmount, Most: MaxWord, Required: true, Label: lang.T("数值（亿元）", "Value (RMB 100 million)"),
			Hint: lang.T("单位是亿元；1万元＝0.0001亿元。", "In units of 亿元 (100 million yuan); RMB 1 billion is 10."),
		},
		{
			Name: FieldBasis, Kind: KindChoice, Most: MaxWord, Label: lang.T("统计口径", "Basis"),
			Hint: lang.T("不选就是年初至本季度末。", "Year to date when you choose none."),
		},
		{
			Name: FieldYear, Kind: KindYear, Most: MaxWord, Label: lang.T("年份", "Year"),
			Hint: lang.T("不填时：累计数为报告期当年，全年数为已结束的最近一年。", "When empty: the period's year, or for a whole year the last one that is over."),
		},
	}
)

// clusterFrom is the yearly output from which on a cluster is of the class that
// the target for 2035 means.
const clusterFrom Amount = 1000 * perYi

// StagesOf returns the stages of the indicator's items in their order, the end
// of an item last; none when the indicator takes a value.
func StagesOf(i policy.Indicator) []Option {
	if i.Takes != policy.TakesItem {
		return nil
	}
	if len(i.Stages) == 0 {
		return itemTable[i.ID].stages
	}
	out := make([]Option, 0, len(i.Stages)+1)
	for _, s := range i.Stages {
		out = append(out, Option{Value: s.ID, Label: s.Name, Counts: s.Counts})
	}
	return append(out, ended)
}

// FieldsOf returns the fields of a report of the indicator with something to
// tell, in the order in which they are asked: those of the item or of the
// value, the evidence, the words, and what answers the checks. District,
// domain, period, indicator and answer stand before them. The zero Indicator
// gives the fields of a report that tells of no change or no data.
func FieldsOf(i policy.Indicator) []Field {
	var out []Field
	switch {
	case i.ID == "":
	case i.Takes == policy.TakesValue:
		out = append(slices.Clone(valueFields), evidenceField)
	default:
		out = append(slices.Clone(itemTable[i.ID].fields), evidenceField)
	}
	out = append(append(out, wordFields...), closing...)
	for n := range out {
		switch out[n].Name {
		case FieldStage:
			out[n].Options = StagesOf(i)
		case FieldBasis:
			for _, b := range Bases() {
				out[n].Options = append(out[n].Options, Option{Value: string(b), Label: b.Label()})
			}
		}
	}
	return out
}

// FieldOf returns one field of the indicator.
func FieldOf(i policy.Indicator, name string) (Field, bool) {
	all := FieldsOf(i)
	n := slices.IndexFunc(all, func(f Field) bool { return f.Name == name })
	if n < 0 {
		return Field{}, false
	}
	return all[n], true
}

// stageOf returns the stage of an item of the indicator.
func stageOf(i policy.Indicator, id string) (Option, bool) {
	all := StagesOf(i)
	n := slices.IndexFunc(all, func(o Option) bool { return o.Value == id })
	if n < 0 {
		return Option{}, false
	}
	return all[n], true
}
