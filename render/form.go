package render

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// ReportForm is the callback id of the report form. A field's action id is its
// name, that of [ledger.Submission]; its block id is [BlockID].
const ReportForm = "report"

// FieldItem chooses an item of the register to report on; it is no field of the
// ledger's, the form is filled in from it.
const FieldItem = "item"

// NewItem is the value of [FieldItem] for an item that the register lacks.
const NewItem = "new"

// ActionSaveDraft keeps the form as it is filled in.
const ActionSaveDraft = "save-draft"

// BlockID names a field's block. Slack keeps what a person typed in a block
// that is still there after an update, whatever the update fills in, so that a
// form that is filled in anew needs blocks of a new generation.
func BlockID(field string, generation int) string {
	if generation == 0 {
		return field
	}
	return field + "." + strconv.Itoa(generation)
}

// FieldName returns the field that a block holds.
func FieldName(blockID string) string {
	name, _, _ := strings.Cut(blockID, ".")
	return name
}

// Form is what the report form is made of.
type Form struct {
	Districts  []policy.District  // Those that the person may report for.
	City       bool               // The person may report the city's own figures.
	Domains    []policy.Domain    // In the order in which they are offered.
	Indicators []policy.Indicator // In policy order.
	Periods    []calendar.Period  // The newest first.
	Items      []ledger.Item      // Of the register, that the report may be about.
	Item       ledger.ReportID    // That of the item that is chosen; the item's counting report.
	Filled     ledger.Submission  // What is filled in already, with ids for the selects.
	Generation int                // Of its blocks, see [BlockID].
	Metadata   string             // What the form must remember.

	Locked   bool             // The chosen period is locked: the form could not be submitted.
	Returned *ledger.Report   // What is to be mended, with the reason.
	Amends   bool             // An accepted report is changed: its reason is asked for.
	Warnings []ledger.Warning // What looks strange and needs a note.
	Newer    []ledger.Change  // How a newer report by somebody else (Before) differs from this form (After).
	NewerBy  lang.Text        // Who made it.
	Saved    ledger.DraftID   // The draft that was just saved.
}

// ReportModal renders the report form. Which fields it has follows from the
// answer and the indicator that are chosen.
func ReportModal(f Form, l lang.Lang) slack.ModalViewRequest {
	answer := ledger.Answer(f.Filled.Answer)
	if answer == "" {
		answer = ledger.Changed
	}
	blocks := f.notices(l)
	blocks = append(blocks, f.district(l)...)
	blocks = append(blocks,
		f.choice(ledger.FieldDomain, lang.T("领域", "Domain"), f.domains(l), l),
		f.choice(ledger.FieldPeriod, lang.T("报告期", "Period"), f.periods(l), l),
		f.answers(answer, l),
	)
	indicator := f.choice(ledger.FieldIndicator, lang.T("指标", "Indicator"), f.indicators(l), l)
	var chosen policy.Indicator
	for _, i := range f.Indicators {
		if string(i.ID) == f.Filled.Indicator {
			chosen = i
		}
	}
	if answer != ledger.Changed {
		indicator.Optional = true
		indicator.Hint = plain(lang.T("不选就是整个领域。", "The whole domain when none is chosen.").In(l))
		chosen = policy.Indicator{}
	}
	blocks = append(blocks, indicator)
	fields := ledger.FieldsOf(chosen)
	if answer == ledger.Changed && chosen.ID == "" {
		blocks = append(blocks, contextLine(lang.T("选好指标后，会列出要填的内容。", "Choose an indicator to see what it asks for.").In(l)))
		if evidence, ok := ledger.FieldOf(f.Indicators[0], ledger.FieldEvidence); ok { // What a message brought along has a place already.
			fields = append([]ledger.Field{evidence}, fields...)
		}
	}
	if answer == ledger.Changed && len(f.Items) > 0 {
		blocks = append(blocks, f.items(l))
	}
	for _, field := range fields {
		if f.asks(field) {
			blocks = append(blocks, f.field(field, l))
		}
	}
	blocks = append(blocks, actions("draft", button(ActionSaveDraft, "", lang.T("存为草稿", "Save as draft").In(l)))...)
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: ReportForm, PrivateMetadata: f.Metadata,
		Title:  plain(Cut(lang.T("上报进展", "Report progress").In(l), maxViewName)),
		Submit: plain(lang.T("提交", "Submit").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// notices tell what the person should know before they fill in the form.
func (f Form) notices(l lang.Lang) []slack.Block {
	var blocks []slack.Block
	if f.Saved != "" {
		blocks = append(blocks, section(":floppy_disk: "+lang.Tf("草稿 %s 已保存，还没有提交。", "Draft %s is saved and not submitted yet.", string(f.Saved)).In(l)))
	}
	if f.Locked {
		blocks = append(blocks, section(":lock: "+lang.Tf("%s已锁定，提交不了。请换一个报告期，或联系秘书处重新开放。", "%s is locked, so this cannot be submitted. Choose another period, or ask the secretariat to reopen it.",
			calendar.Period(f.Filled.Period).Label()).In(l)))
	}
	if r := f.Returned; r != nil {
		blocks = append(blocks, section(":leftwards_arrow_with_hook: "+returnWords(*r, l)))
	}
	if len(f.Newer) > 0 {
		blocks = append(blocks, section(":warning: "+lang.Tf("%s 已经上报过更新的内容，与你的不同：", "%s has reported something newer, which differs from yours:", f.NewerBy).In(l)+"\n"+
			changeLines(f.Newer, l)+"\n"+
			lang.T("再次提交，就以你的为准；对方的内容仍保留在历史里。", "Submit again, and yours takes its place; theirs stays in the history.").In(l)))
	}
	if len(f.Warnings) > 0 {
		var lines []string
		for _, w := range f.Warnings {
			lines = append(lines, Escape(w.Words.In(l)))
		}
		blocks = append(blocks, section(":warning: *"+lang.T("请核对", "Please check").In(l)+"*\n"+bullets(lines)+"\n"+
			lang.T("填错了请改正；没有填错，请在“数据说明”里写明原因后再提交。", "Mend what is wrong; what is right, explain in “Explanation” and submit again.").In(l)))
	}
	return append(blocks, contextLine(lang.T("请只填可以公开的内容，不要填涉密或未公布的信息。", "Only what may be public, please: nothing classified or unpublished.").In(l)))
}

// asks reports whether the form shows the field: what answers the checks is
// asked only when something needs an answer.
func (f Form) asks(field ledger.Field) bool {
	switch field.Name {
	case ledger.FieldNote:
		return len(f.Warnings) > 0 || f.Filled.Note != ""
	case ledger.FieldReason:
		return f.Amends
	}
	return true
}

// district is a line for who has one, and a choice for who has several.
func (f Form) district(l lang.Lang) []slack.Block {
	if len(f.Districts) == 1 && !f.City {
		return []slack.Block{section(lang.T("板块：", "District: ").In(l) + "*" + f.Districts[0].Name.In(l) + "*")}
	}
	var options []*slack.OptionBlockObject
	for _, d := range f.Districts {
		options = append(options, option(string(d.ID), d.Name.In(l)))
	}
	if f.City {
		options = append(options, option(ledger.CityWord, cityName.In(l)))
	}
	return []slack.Block{f.choice(ledger.FieldDistrict, lang.T("板块", "District"), options, l)}
}

func (f Form) domains(l lang.Lang) []*slack.OptionBlockObject {
	var options []*slack.OptionBlockObject
	if f.Filled.District == ledger.CityWord {
		options = append(options, option(ledger.WholeWord, wholeName.In(l)))
	}
	for _, d := range f.Domains {
		options = append(options, option(string(d.ID), d.Name.In(l)))
	}
	return options
}

func (f Form) periods(l lang.Lang) []*slack.OptionBlockObject {
	var options []*slack.OptionBlockObject
	for _, p := range f.Periods {
		options = append(options, option(string(p), p.Label().In(l)))
	}
	return options
}

func (f Form) indicators(l lang.Lang) []*slack.OptionBlockObject {
	var options []*slack.OptionBlockObject
	for _, i := range f.Indicators {
		name := i.Name.In(l)
		if i.Takes == policy.TakesValue {
			name += lang.Tf("（%s）", " (%s)", i.Unit).In(l)
		}
		options = append(options, option(string(i.ID), name))
	}
	return options
}

func (f Form) answers(chosen ledger.Answer, l lang.Lang) slack.Block {
	var options []*slack.OptionBlockObject
	for _, a := range ledger.Answers() {
		options = append(options, option(string(a), a.Label().In(l)))
	}
	e := slack.NewRadioButtonsBlockElement(ledger.FieldAnswer, options...)
	for _, o := range options {
		if o.Value == string(chosen) {
			e.InitialOption = o
		}
	}
	b := slack.NewInputBlock(BlockID(ledger.FieldAnswer, f.Generation), plain(ledger.AnswerLabel.In(l)), nil, e)
	b.DispatchAction = true
	return b
}

// maxOffered is how many options a select takes,
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element.
const maxOffered = 100

// items offers the register's items, so that one that is known is not typed
// again.
func (f Form) items(l lang.Lang) slack.Block {
	options := []*slack.OptionBlockObject{option(NewItem, lang.T("＋ 新的一项", "+ a new one").In(l))}
	for _, item := range f.Items[:min(len(f.Items), maxOffered-1)] {
		options = append(options, option(string(item.Report), Cut(item.Name+itemHolder(item), maxOption)))
	}
	b := choice(BlockID(FieldItem, f.Generation), FieldItem, lang.T("已登记的项", "Item in the register"), options, string(f.Item), l)
	b.Optional, b.DispatchAction = true, true
	b.Hint = plain(lang.T("选一项，就从已登记的内容改起。", "Choose one to start from what is known of it.").In(l))
	return b
}

func itemHolder(i ledger.Item) string {
	if i.Holder == "" || i.Holder == i.Name {
		return ""
	}
	return " · " + i.Holder
}

// choice is a required select whose choice changes the form.
func (f Form) choice(name string, label lang.Text, options []*slack.OptionBlockObject, l lang.Lang) *slack.InputBlock {
	b := choice(BlockID(name, f.Generation), name, label, options, f.Filled.Get(name), l)
	b.DispatchAction = true
	return b
}

// field renders one field of the ledger's table.
func (f Form) field(field ledger.Field, l lang.Lang) slack.Block {
	filled := f.Filled.Get(field.Name)
	var e slack.BlockElement
	switch field.Kind {
	case ledger.KindChoice:
		var options []*slack.OptionBlockObject
		for _, o := range field.Options {
			options = append(options, option(o.Value, o.Label.In(l)))
		}
		b := choice(BlockID(field.Name, f.Generation), field.Name, field.Label, options, filled, l)
		return f.finish(b, field, l)
	case ledger.KindDay:
		day := slack.NewDatePickerBlockElement(field.Name)
		if d, ok := ledger.ParseDay(filled); ok {
			day.InitialDate = string(d)
		}
		e = day
	case ledger.KindLink:
		link := slack.NewURLTextInputBlockElement(plain("https://…"), field.Name)
		link.InitialValue = filled
		e = link
	case ledger.KindLine, ledger.KindWords, ledger.KindCode, ledger.KindAmount, ledger.KindYear:
		text := slack.NewPlainTextInputBlockElement(nil, field.Name)
		text.InitialValue, text.Multiline = filled, field.Kind == ledger.KindWords
		e = text
	}
	return f.finish(slack.NewInputBlock(BlockID(field.Name, f.Generation), plain(field.Label.In(l)), nil, e), field, l)
}

// finish says what a field wants. What counts only needs at a later stage is
// optional here: the ledger tells when it is missing.
func (f Form) finish(b *slack.InputBlock, field ledger.Field, l lang.Lang) slack.Block {
	b.Optional = !field.Required
	hint := field.Hint.In(l)
	if field.ToCount {
		hint += lang.T("要计入完成数时必填。", "Needed for it to count.").In(l)
	}
	if hint != "" {
		b.Hint = plain(hint)
	}
	return b
}

func optional(b *slack.InputBlock) *slack.InputBlock {
	b.Optional = true
	return b
}

func option(value, label string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(Cut(label, maxOption)), nil)
}

// choice is a required select. filled chooses the option with that value.
func choice(blockID, name string, label lang.Text, options []*slack.OptionBlockObject, filled string, l lang.Lang) *slack.InputBlock {
	placeholder := lang.Tf("选择%s", "Choose: %s", label).In(l)
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(placeholder), name, options...)
	for _, o := range options {
		if o.Value == filled {
			e.InitialOption = o
		}
	}
	return slack.NewInputBlock(blockID, plain(label.In(l)), nil, e)
}

// changeLines tells what differs, a line for each field.
func changeLines(changes []ledger.Change, l lang.Lang) string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Label.In(l)+lang.T("：", ": ").In(l)+side(c.Before, l)+" → *"+side(c.After, l)+"*")
	}
	return bullets(lines)
}

// maxSide bounds one side of a difference, in characters.
const maxSide = 120

func side(t lang.Text, l lang.Lang) string {
	if t.IsZero() {
		return lang.T("（空）", "(nothing)").In(l)
	}
	return escapeCut(strings.ReplaceAll(t.In(l), "\n", " "), maxSide)
}
