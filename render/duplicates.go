package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// Action ids of what is suspected to be the same.
const (
	ActionDuplicates = "duplicates" // Shows the open suspicions.
	ActionMerge      = "merge"      // The two are one; value: a [PairValue], the leading item first.
	ActionApart      = "keep-apart" // The two are not the same; value: a [PairValue].
)

// PairValue names two items in a button, for [ParsePairValue]. No key holds a
// line break: names are of one line.
func PairValue(a, b ledger.ItemKey) string { return string(a) + "\n" + string(b) }

// ParsePairValue reads what [PairValue] wrote.
func ParsePairValue(s string) (a, b ledger.ItemKey, ok bool) {
	x, y, ok := strings.Cut(s, "\n")
	return ledger.ItemKey(x), ledger.ItemKey(y), ok && x != "" && y != ""
}

// maxSuspects is how many pairs a message shows: the next move up as these are
// decided on.
const maxSuspects = 5

// Duplicates renders the items that may be the same, two beside each other,
// for a person to decide.
func Duplicates(all []ledger.Suspect, pol *policy.Policy, l lang.Lang) Message {
	title := lang.Tf("疑似重复：%d 组", "Suspected duplicates: %d", len(all)).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	if len(all) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("没有要处理的。", "Nothing is to be decided.").In(l)))
	}
	for n, s := range all[:min(len(all), maxSuspects)] {
		if n > 0 {
			m.Blocks = append(m.Blocks, slack.NewDividerBlock())
		}
		m.Blocks = append(m.Blocks, suspectBlocks(n, s, pol, l)...)
	}
	m.Blocks = append(m.Blocks, more(len(all), maxSuspects, l)...)
	if len(all) > 0 {
		m.Blocks = append(m.Blocks, contextLine(lang.T("同一项：全市只计一次，由牵头板块计入，另一板块列为协作。不是同一项：各计各的。都可以改。",
			"The same: the city counts one, for the leading district; the other collaborates. Not the same: each counts. Either can be changed later.").In(l)))
	}
	return m
}

func suspectBlocks(n int, s ledger.Suspect, pol *policy.Policy, l lang.Lang) []slack.Block {
	same, differs := compareItems(s, pol)
	head := "*" + indicatorName(pol, s.A.Indicator).In(l) + "* · " + s.Kind.Label().In(l)
	both := slack.NewSectionBlock(nil, []*slack.TextBlockObject{markdown(suspectSide(s.A, pol, l)), markdown(suspectSide(s.B, pol, l))}, nil)
	labels := func(all []lang.Text) string {
		if len(all) == 0 {
			return lang.T("没有", "nothing").In(l)
		}
		return lang.List(all, func(t lang.Text) lang.Text { return t }).In(l)
	}
	blocks := []slack.Block{
		section(head), both,
		section(lang.Tf("相同：%s\n不同：%s", "Equal: %s\nDifferent: %s", labels(same), labels(differs)).In(l)),
	}
	blocks = append(blocks, slack.NewActionBlock(fmt.Sprintf("suspect:%d", n),
		mergeButton(n, 0, s.A, s.B, pol, l), mergeButton(n, 1, s.B, s.A, pol, l),
		confirmed(button(fmt.Sprintf("%s:%d", ActionApart, n), PairValue(s.A.Key, s.B.Key), lang.T("不是同一项", "Not the same").In(l)),
			lang.T("不是同一项？", "Not the same?"), lang.T("两项各计各的，不再提示。", "Each counts, and nobody is asked again."), l)))
	return blocks
}

func mergeButton(n, side int, lead, other ledger.Item, pol *policy.Policy, l lang.Lang) *slack.ButtonBlockElement {
	name := districtName(pol, lead.District)
	if lead.District == other.District {
		name = lang.Tf("%s（%s）", "%s (%s)", name, domainName(pol, lead.Domain))
	}
	return confirmed(button(fmt.Sprintf("%s:%d", ActionMerge, 2*n+side), PairValue(lead.Key, other.Key), lang.Tf("同一项，%s牵头", "The same, led by %s", name).In(l)),
		lang.T("合并为一项？", "Merge them?"),
		lang.Tf("%s牵头并计入，%s列为协作，全市只计一次。", "%s leads and counts it, %s collaborates; the city counts one.", districtName(pol, lead.District), districtName(pol, other.District)), l)
}

// maxSuspectField bounds each field of one of two items, in characters.
const maxSuspectField = 80

// suspectSide is one of two items.
func suspectSide(it ledger.Item, pol *policy.Policy, l lang.Lang) string {
	lines := []string{
		"*" + districtName(pol, it.District).In(l) + "* · " + domainName(pol, it.Domain).In(l),
		"*" + escapeCut(it.Name, maxSuspectField) + "*",
		stageName(pol, it.Indicator, it.Stage).In(l),
	}
	for _, f := range itemFields(it, pol) {
		lines = append(lines, f.label.In(l)+lang.T("：", ": ").In(l)+escapeCut(f.words.In(l), maxSuspectField))
	}
	line := string(it.Report) + " · " + it.Period.Label().In(l)
	if it.Evidence != "" {
		line += " · " + evidence(it.Evidence, lang.T("佐证", "evidence").In(l), maxLink)
	}
	return strings.Join(append(lines, line), "\n")
}

// compareItems tells by their labels which fields of two items hold the same
// and which do not. What neither has is neither.
func compareItems(s ledger.Suspect, pol *policy.Policy) (same, differs []lang.Text) {
	row := func(label lang.Text, a, b string) {
		switch {
		case a == "" && b == "":
		case policy.Key(a) == policy.Key(b):
			same = append(same, label)
		default:
			differs = append(differs, label)
		}
	}
	a, b := itemFields(s.A, pol), itemFields(s.B, pol)
	row(lang.T("板块", "District"), string(s.A.District), string(s.B.District))
	row(lang.T("领域", "Domain"), string(s.A.Domain), string(s.B.Domain))
	row(lang.T("名称", "Name"), s.A.Name, s.B.Name)
	row(lang.T("阶段", "Stage"), s.A.Stage, s.B.Stage)
	var done []string
	for _, f := range slices.Concat(a, b) {
		if slices.Contains(done, f.name) {
			continue
		}
		done = append(done, f.name)
		find := func(all []itemField) string {
			if n := slices.IndexFunc(all, func(o itemField) bool { return o.name == f.name }); n >= 0 {
				return all[n].words.ZH
			}
			return ""
		}
		row(f.label, find(a), find(b))
	}
	return same, differs
}
