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
	ActionPair       = "pair"       // Shows what was decided on two, to decide anew; value: a [PairValue].
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
// for a person to decide; done is what was just decided, nil for nothing.
func Duplicates(all []ledger.Suspect, done *ledger.Settled, pol *policy.Policy, l lang.Lang) Message {
	title := lang.Tf("疑似重复：%d 组", "Suspected duplicates: %d", len(all)).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	if done != nil {
		m.Blocks = append(m.Blocks, settledLine(*done, false, 0, pol, l))
	}
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
		m.Blocks = append(m.Blocks, contextLine(lang.T("同一项：全市只计一次，由牵头板块计入，另一板块列为协作。不是同一项：各计各的。定错了，在 `/future 登记` 里打开其中一项就能改。",
			"The same: the city counts one, for the leading district; the other collaborates. Not the same: each counts. To change it later, open one of the two in `/future items`.").In(l)))
	}
	return m
}

// settledWords tell what was decided on two items.
func settledWords(d ledger.Settled, pol *policy.Policy) lang.Text {
	switch d.Lead {
	case d.A.Key:
		return lang.Tf("同一项，%s牵头", "the same, led by %s", sideName(d.A, d.B, pol))
	case d.B.Key:
		return lang.Tf("同一项，%s牵头", "the same, led by %s", sideName(d.B, d.A, pol))
	}
	return lang.T("不是同一项，各计各的", "not the same, each counts")
}

// settledLine tells what was decided on two items, with the button to decide
// anew. On the page of the first only the other is named.
func settledLine(d ledger.Settled, onPage bool, n int, pol *policy.Policy, l lang.Lang) slack.Block {
	side := func(it ledger.Item) string {
		return lang.Tf("*%s*（%s）", "*%s* (%s)", escapeCut(it.Name, maxSuspectField), districtName(pol, it.District)).In(l)
	}
	words := lang.Tf("已定，%s与%s：", "Decided on %s and %s: ", side(d.A), side(d.B)).In(l)
	if onPage {
		words = lang.Tf("已定，与%s：", "Decided on this and %s: ", side(d.B)).In(l)
	}
	return sectionWith(":white_check_mark: "+words+Escape(settledWords(d, pol).In(l)),
		button(fmt.Sprintf("%s:%d", ActionPair, n), PairValue(d.A.Key, d.B.Key), lang.T("改…", "Change…").In(l)))
}

// settledBlock names the block of the buttons that decide anew on two items.
const settledBlock = "settled"

// IsSettledPair reports whether a block stands in what [Pair] renders.
func IsSettledPair(blockID string) bool { return blockID == settledBlock }

// Pair renders two items that were decided on, and what else could be decided.
func Pair(d ledger.Settled, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("已定：%s", "Decided: %s", settledWords(d, pol)).In(l)
	var buttons []slack.BlockElement
	if d.Lead != d.A.Key {
		buttons = append(buttons, mergeButton(0, 0, d.A, d.B, pol, l))
	}
	if d.Lead != d.B.Key {
		buttons = append(buttons, mergeButton(0, 1, d.B, d.A, pol, l))
	}
	if d.Lead != "" {
		buttons = append(buttons, apartButton(0, d.A, d.B, l))
	}
	blocks := append([]slack.Block{section(":white_check_mark: *" + Escape(text) + "*")}, pairBlocks(d.A, d.B, pol, l)...)
	return Message{Text: text, Blocks: append(blocks, actions(settledBlock, buttons...)...)}
}

func suspectBlocks(n int, s ledger.Suspect, pol *policy.Policy, l lang.Lang) []slack.Block {
	head := "*" + indicatorName(pol, s.A.Indicator).In(l) + "* · " + s.Kind.Label().In(l)
	blocks := append([]slack.Block{section(head)}, pairBlocks(s.A, s.B, pol, l)...)
	return append(blocks, slack.NewActionBlock(fmt.Sprintf("suspect:%d", n),
		mergeButton(n, 0, s.A, s.B, pol, l), mergeButton(n, 1, s.B, s.A, pol, l), apartButton(n, s.A, s.B, l)))
}

// pairBlocks show two items beside each other, and what they share.
func pairBlocks(a, b ledger.Item, pol *policy.Policy, l lang.Lang) []slack.Block {
	same, differs := compareItems(a, b, pol)
	labels := func(all []lang.Text) string {
		if len(all) == 0 {
			return lang.T("没有", "nothing").In(l)
		}
		return lang.List(all, func(t lang.Text) lang.Text { return t }).In(l)
	}
	return []slack.Block{
		slack.NewSectionBlock(nil, []*slack.TextBlockObject{markdown(suspectSide(a, pol, l)), markdown(suspectSide(b, pol, l))}, nil),
		section(lang.Tf("相同：%s\n不同：%s", "Equal: %s\nDifferent: %s", labels(same), labels(differs)).In(l)),
	}
}

func apartButton(n int, a, b ledger.Item, l lang.Lang) *slack.ButtonBlockElement {
	return confirmed(button(fmt.Sprintf("%s:%d", ActionApart, n), PairValue(a.Key, b.Key), lang.T("不是同一项", "Not the same").In(l)),
		lang.T("不是同一项？", "Not the same?"), lang.T("两项各计各的，不再提示。", "Each counts, and nobody is asked again."), l)
}

// maxSideName is how much of an item's name tells it from another of its district,
// in characters: a button holds 75.
const maxSideName = 20

// sideName names one of two items by its district; when that is the other's
// too, by its domain or else by its own name or report as well.
func sideName(it, other ledger.Item, pol *policy.Policy) lang.Text {
	name := districtName(pol, it.District)
	switch {
	case it.District != other.District:
		return name
	case it.Domain != other.Domain:
		return lang.Tf("%s（%s）", "%s (%s)", name, domainName(pol, it.Domain))
	case it.Name != other.Name:
		return lang.Tf("%s（%s）", "%s (%s)", name, Cut(it.Name, maxSideName))
	}
	return lang.Tf("%s（%s）", "%s (%s)", name, string(it.Report))
}

func mergeButton(n, side int, lead, other ledger.Item, pol *policy.Policy, l lang.Lang) *slack.ButtonBlockElement {
	name := sideName(lead, other, pol)
	return confirmed(button(fmt.Sprintf("%s:%d", ActionMerge, 2*n+side), PairValue(lead.Key, other.Key), lang.Tf("同一项，%s牵头", "The same, led by %s", name).In(l)),
		lang.T("合并为一项？", "Merge them?"),
		lang.Tf("%s牵头并计入，%s列为协作，全市只计一次。", "%s leads and counts it, %s collaborates; the city counts one.", name, sideName(other, lead, pol)), l)
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
func compareItems(x, y ledger.Item, pol *policy.Policy) (same, differs []lang.Text) {
	row := func(label lang.Text, a, b string) {
		switch {
		case a == "" && b == "":
		case policy.Key(a) == policy.Key(b):
			same = append(same, label)
		default:
			differs = append(differs, label)
		}
	}
	a, b := itemFields(x, pol), itemFields(y, pol)
	row(lang.T("板块", "District"), string(x.District), string(y.District))
	row(lang.T("领域", "Domain"), string(x.Domain), string(y.Domain))
	row(lang.T("名称", "Name"), x.Name, y.Name)
	row(lang.T("阶段", "Stage"), x.Stage, y.Stage)
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
