package render

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/policy"
)

// Action ids of the versions: each opens a form, for the target or the
// indicator that is chosen by its id.
const (
	ActionChangeTarget    = "change-target"
	ActionChangeIndicator = "change-indicator"
)

// VersionsData is what is told of the policy's versions.
type VersionsData struct {
	Policy *policy.Policy // With everything that was adopted, in force or not yet.
	Now    time.Time
	May    bool // The reader may adopt targets and definitions.
}

// maxVersionsShown bounds how many versions of the layout a message tells.
const maxVersionsShown = 10

// Versions renders the versions of the layout, the newest first, and those
// targets and definitions that have more than one.
func Versions(d VersionsData, l lang.Lang) Message {
	title := lang.T("布局、目标和口径的版本", "Versions of the layout, targets and definitions").In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	all := d.Policy.Layouts
	for n, layout := range slices.Backward(all) {
		if len(all)-n > maxVersionsShown {
			break
		}
		var lines []string
		if n > 0 {
			for _, change := range layoutChanges(d.Policy, all[n-1], layout) {
				lines = append(lines, change.In(l))
			}
		}
		m.Blocks = append(m.Blocks, sections(d.layoutLine(layout).In(l), lines)...)
	}
	m.rest(len(all), maxVersionsShown, l)
	lines := d.changed(l)
	if len(lines) == 0 {
		lines = []string{lang.T("目标和指标口径没有改过，都是政策原来的。", "No target and no definition was changed: all are the policy's own.").In(l)}
	}
	m.Blocks = append(m.Blocks, sections("*"+lang.T("目标和口径", "Targets and definitions").In(l)+"*", lines)...)
	if d.May {
		m.Blocks = append(m.Blocks, actions("versions", d.targetSelect(l), d.indicatorSelect(l))...)
	}
	m.Blocks = append(m.Blocks, contextLine(lang.T("每个版本从生效那天起用，此前的问题仍按旧版回答。看某一天的布局：`/future 版本 2024-06-30`",
		"Each version holds from its first day on; questions about earlier days keep the old one. For the layout of a day: `/future versions 2024-06-30`").In(l)))
	return m
}

// layoutLine tells when a version of the layout holds, and what brought it.
func (d VersionsData) layoutLine(layout policy.Layout) lang.Text {
	when := lang.T("已被取代", "replaced")
	switch now := d.Policy.LayoutAt(d.Now); {
	case layout.Version == now.Version:
		when = lang.T("现行", "in force")
	case layout.Effective.After(d.Now):
		when = lang.T("尚未生效", "not in force yet")
	}
	source := lang.T("政策原文", "the policy itself")
	if layout.Version > 1 {
		source = lang.T("秘书处公布的调整", "an adopted change")
		for _, f := range layout.Focus { // A focus that is new cites what adopted it.
			if f.Cite.Section == "" && !f.Cite.Place.IsZero() {
				source = f.Cite.Place
			}
		}
	}
	return lang.Tf("*布局第 %d 版* · %s起 · %s · %s · %d 对", "*Layout version %d* · from %s · %s · %s · %d pairs",
		layout.Version, calendar.FormatDate(layout.Effective), when, escaped(source), len(layout.Focus))
}

// layoutChanges tells what the later layout has otherwise.
func layoutChanges(pol *policy.Policy, was, now policy.Layout) (out []lang.Text) {
	pair := func(f policy.Focus) lang.Text {
		return lang.Tf("%s · %s", "%s · %s", domainName(pol, f.Domain), districtName(pol, f.District))
	}
	for _, f := range now.Focus {
		switch old, ok := was.FocusOf(f.Domain, f.District); {
		case !ok:
			out = append(out, lang.Tf("新增 %s：%s", "new: %s: %s", pair(f), escaped(f.Text)))
		case old.Text != f.Text:
			out = append(out, lang.Tf("调整 %s：%s → %s", "adjusted: %s: %s → %s", pair(f), escaped(old.Text), escaped(f.Text)))
		}
	}
	for _, f := range was.Focus {
		if _, ok := now.FocusOf(f.Domain, f.District); !ok {
			out = append(out, lang.Tf("退出 %s（原为 %s）", "withdrawn: %s (was %s)", pair(f), escaped(f.Text)))
		}
	}
	return out
}

// changed lists the targets and the definitions that have more than one version.
func (d VersionsData) changed(l lang.Lang) (out []string) {
	for _, t := range d.Policy.Targets {
		if all := d.Policy.TargetVersions(t.ID); len(all) > 1 || len(all) == 1 && !all[0].From.IsZero() {
			out = append(out, "*"+Escape(targetName(d.Policy, t).In(l))+"* · "+join(l, history(all, func(t policy.Target) lang.Text { return t.Text }, l)))
		}
	}
	for _, i := range d.Policy.Indicators {
		if all := d.Policy.IndicatorVersions(i.ID); len(all) > 1 {
			out = append(out, "*"+Escape(i.Name.In(l))+"* · "+lang.T("何时计入：", "counts when: ").In(l)+
				strings.Join(history(all, func(i policy.Indicator) lang.Text { return i.CountsWhen }, l), " → "))
		}
	}
	return out
}

// history tells each version from when on.
func history[T any](all []policy.Dated[T], words func(T) lang.Text, l lang.Lang) (out []string) {
	for _, v := range all {
		from := lang.T("原文", "the policy's own")
		if !v.From.IsZero() {
			from = lang.Tf("%s起", "from %s", calendar.FormatDate(v.From))
		}
		out = append(out, lang.Tf("%s（%s）", "%s (%s)", escaped(words(v.Value)), from).In(l))
	}
	return out
}

// targetName tells a target apart from the others: its year and what is counted.
func targetName(pol *policy.Policy, t policy.Target) lang.Text {
	if i, ok := pol.Indicator(t.Indicator); ok {
		return lang.Tf("%d年 %s", "%d %s", t.Year, i.Name)
	}
	return lang.Tf("%d年 %s", "%d %s", t.Year, t.Text)
}

func (d VersionsData) targetSelect(l lang.Lang) slack.BlockElement {
	var options []*slack.OptionBlockObject
	for _, t := range d.Policy.Targets {
		options = append(options, option(t.ID, targetName(d.Policy, t).In(l)))
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(lang.T("采用新的目标…", "Adopt a new target…").In(l)), ActionChangeTarget, options[:min(len(options), 100)]...)
}

func (d VersionsData) indicatorSelect(l lang.Lang) slack.BlockElement {
	var options []*slack.OptionBlockObject
	for _, i := range d.Policy.Indicators {
		options = append(options, option(string(i.ID), i.Name.In(l)))
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(lang.T("采用新的口径…", "Adopt a new definition…").In(l)), ActionChangeIndicator, options...)
}

// LayoutOf renders the layout that was, is or will be in force on a day.
func LayoutOf(d VersionsData, day time.Time, l lang.Lang) Message {
	layout := d.Policy.LayoutAt(day)
	title := lang.Tf("%s的布局", "The layout on %s", calendar.FormatDate(day)).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	if layout.Version == 0 {
		first := d.Policy.Layouts[0]
		m.Blocks = append(m.Blocks, section(lang.Tf("那时还没有布局；第 1 版自%s起生效。", "No layout was in force then; the first took effect on %s.", calendar.FormatDate(first.Effective)).In(l)))
		return m
	}
	m.Blocks = append(m.Blocks, section(d.layoutLine(layout).In(l)))
	var lines []string
	for _, id := range layout.Domains() {
		lines = append(lines, "*"+domainName(d.Policy, id).In(l)+"* · "+join(l, eachFocus(d.Policy, layout.FocusesOf(id), l)))
	}
	m.Blocks = append(m.Blocks, sections("", lines)...)
	return m
}

func eachFocus(pol *policy.Policy, all []policy.Focus, l lang.Lang) (out []string) {
	for _, f := range all {
		out = append(out, lang.Tf("%s（%s）", "%s (%s)", districtName(pol, f.District), escaped(f.Text)).In(l))
	}
	return out
}

// TargetNote tells who adopted a target what holds from when on.
func TargetNote(was, next policy.Target, from time.Time, l lang.Lang) Message {
	return Note(lang.Tf("已采用新的目标：%s → %s，自%s起生效。之前的回答和进展仍按旧目标。`/future 版本` 看全部版本。",
		"The new target is adopted: %s → %s, from %s on. Until then answers and progress keep the old one. `/future versions` has them all.", escaped(was.Text), escaped(next.Text), calendar.FormatDate(from)), l)
}

// IndicatorNote tells who adopted a definition from when on it holds.
func IndicatorNote(next policy.Indicator, from time.Time, l lang.Lang) Message {
	return Note(lang.Tf("已采用%s的新口径：%s，自%s起生效。`/future 版本` 看全部版本。",
		"The new definition of %s is adopted: %s, from %s on. `/future versions` has them all.", next.Name, escaped(next.CountsWhen), calendar.FormatDate(from)), l)
}

// Callback ids of the forms that adopt a next version; their private metadata
// is the language and the id of what it is of. Effective day and reason are
// [FieldEffective] and the evaluation's reason.
const (
	TargetForm    = "policy-target"
	IndicatorForm = "policy-indicator"
)

// The fields of the forms.
const (
	FieldTargetValue = "target_value"
	FieldTargetMax   = "target_max"
	FieldTextZH      = "text_zh"
	FieldTextEN      = "text_en"
	FieldCountsZH    = "counts_zh"
	FieldCountsEN    = "counts_en"
	FieldItemIsZH    = "item_is_zh"
	FieldItemIsEN    = "item_is_en"
)

// ParseVersionOf reads a form's private metadata.
func ParseVersionOf(metadata string) (l lang.Lang, id string, ok bool) {
	language, id, ok := strings.Cut(metadata, ":")
	return lang.Lang(language), id, ok && slices.Contains(lang.Both(), lang.Lang(language))
}

// TargetModal renders the form that adopts a next version of a target, filled
// with the newest.
func TargetModal(t policy.Target, now time.Time, l lang.Lang) slack.ModalViewRequest {
	blocks := []slack.Block{section("*" + lang.Tf("%d年：%s", "%d: %s", t.Year, escaped(t.Text)).In(l) + "*")}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	if t.Op != policy.Qualitative {
		blocks = append(blocks, shortField(FieldTargetValue, lang.Tf("数值（%s）", "Number (%s)", t.Unit), number(t.Value), l))
	}
	if t.Op == policy.Range {
		blocks = append(blocks, shortField(FieldTargetMax, lang.Tf("上限（%s）", "Upper end (%s)", t.Unit), number(t.Max), l))
	}
	blocks = append(blocks,
		shortField(FieldTextZH, lang.T("表述（中文）", "In words, Chinese"), t.Text.ZH, l), shortField(FieldTextEN, lang.T("表述（英文）", "In words, English"), t.Text.EN, l),
		shortField(FieldSummaryZH, lang.T("一句话说明（中文）", "In a sentence, Chinese"), t.Summary.ZH, l), shortField(FieldSummaryEN, lang.T("一句话说明（英文）", "In a sentence, English"), t.Summary.EN, l))
	return versionModal(TargetForm, t.ID, lang.T("采用新的目标", "Adopt a target"), blocks, now, l)
}

// IndicatorModal renders the form that adopts a next version of an indicator's
// definition.
func IndicatorModal(i policy.Indicator, now time.Time, l lang.Lang) slack.ModalViewRequest {
	return versionModal(IndicatorForm, string(i.ID), lang.T("采用新的口径", "Adopt a definition"), []slack.Block{
		section("*" + Escape(i.Name.In(l)) + "*"),
		shortField(FieldCountsZH, lang.T("何时计入（中文）", "Counts when, Chinese"), i.CountsWhen.ZH, l), shortField(FieldCountsEN, lang.T("何时计入（英文）", "Counts when, English"), i.CountsWhen.EN, l),
		shortField(FieldItemIsZH, lang.T("何为一项（中文）", "One item is, Chinese"), i.ItemIs.ZH, l), shortField(FieldItemIsEN, lang.T("何为一项（英文）", "One item is, English"), i.ItemIs.EN, l),
	}, now, l)
}

// versionModal adds the day and the reason to a form.
func versionModal(callback, id string, title lang.Text, blocks []slack.Block, now time.Time, l lang.Lang) slack.ModalViewRequest {
	day := slack.NewDatePickerBlockElement(FieldEffective)
	day.InitialDate = string(evaluation.DayOf(now.AddDate(0, 0, 1)))
	reason := slack.NewPlainTextInputBlockElement(nil, evaluation.FieldReason)
	reason.Multiline, reason.MaxLength = true, evaluation.MaxReason
	blocks = append(blocks,
		slack.NewInputBlock(FieldEffective, plain(lang.T("从哪一天起生效", "First day").In(l)), plain(lang.T("要晚于今天：今天给出的回答仍然成立。", "Later than today: what is answered today stays true.").In(l)), day),
		slack.NewInputBlock(evaluation.FieldReason, plain(lang.T("理由", "Reason").In(l)), plain(lang.T("写明依据，记录在案。", "On what ground; it is kept on record.").In(l)), reason))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: string(l) + ":" + id,
		Title:  plain(Cut(title.In(l), maxViewName)),
		Submit: plain(lang.T("采用", "Adopt").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}
