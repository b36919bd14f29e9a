package evaluation

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"wainao/lang"
)

// CriterionID names a criterion in forms and in the journal.
type CriterionID string

// Group is what a criterion judges by: the policy asks for both.
type Group string

// The groups.
const (
	Technical Group = "technical" // Technical progress, 技术进展.
	Situation Group = "situation" // The actual situation, 实际情况.
)

// Label returns what the group is called.
func (g Group) Label() lang.Text {
	switch g {
	case Technical:
		return lang.T("技术进展", "technical progress")
	case Situation:
		return lang.T("实际情况", "the actual situation")
	}
	return lang.T(string(g), string(g))
}

// Scores are whole numbers on one scale: 0 is worst, 10 is best.
const (
	MinScore = 0
	MaxScore = 10
)

// MaxCriteria is how many criteria a cycle has at most: each is a field of the
// form in which an item is scored.
const MaxCriteria = 10

// MaxName is how many characters a criterion's name has at most, in each
// language.
const MaxName = 40

// Criterion is one thing by which items are scored.
type Criterion struct {
	ID     CriterionID `json:"id"`
	Group  Group       `json:"group"`
	Name   lang.Text   `json:"name"`
	Asks   lang.Text   `json:"asks"`   // What to look at.
	Weight int         `json:"weight"` // In percent; those of a cycle sum to 100.
}

// DefaultCriteria returns the criteria that a cycle starts with.
func DefaultCriteria() []Criterion {
	return []Criterion{
		{"maturity", Technical, lang.T("技术成熟度", "Technical maturity"), lang.T("技术离应用还有多远", "How far the technology is from use"), 15},
		{"breakthroughs", Technical, lang.T("关键技术突破", "Breakthroughs"), lang.T("一年来有无关键核心技术突破", "Key core technologies achieved in the year"), 20},
		{"platforms", Technical, lang.T("平台和人才", "Platforms and talent"), lang.T("创新平台、研究院和关键人才", "Innovation platforms, institutes and key talent"), 15},
		{"foundation", Situation, lang.T("产业基础", "Industrial foundation"), lang.T("企业、产品和上下游配套", "Enterprises, products and suppliers"), 15},
		{"resources", Situation, lang.T("资源要素", "Resources"), lang.T("园区、资金和空间能否保障", "Whether parks, funds and space are secured"), 10},
		{"demand", Situation, lang.T("应用和需求", "Use and demand"), lang.T("应用场景和市场需求", "Application scenarios and market demand"), 15},
		{"fit", Situation, lang.T("与布局的协同", "Fit with the layout"), lang.T("与其他板块是否错位互补", "Whether it complements the other districts"), 10},
	}
}

// Criterion returns the cycle's criterion with the id.
func (c Cycle) Criterion(id CriterionID) (Criterion, bool) {
	i := slices.IndexFunc(c.Criteria, func(k Criterion) bool { return k.ID == id })
	if i < 0 {
		return Criterion{}, false
	}
	return c.Criteria[i], true
}

// checkCriteria returns what is wrong with criteria, or nil. Weights that do
// not sum to 100 are left to opening when draft is set.
func checkCriteria(all []Criterion, draft bool) error {
	if len(all) == 0 || len(all) > MaxCriteria {
		return lang.Problemf("criteria", "评估标准要有 1 到 %d 条，现在有 %d 条。", "There must be 1 to %d criteria; there are %d.", MaxCriteria, len(all))
	}
	sum := 0
	seen := map[CriterionID]bool{}
	for i, c := range all {
		switch {
		case slices.ContainsFunc(all[:i], func(k Criterion) bool { return k.Name.ZH == c.Name.ZH || k.Name.EN == c.Name.EN }):
			return lang.Problemf("criteria", "有两条标准都叫“%s”，请改名。", "Two criteria are called %s; give one another name.", c.Name)
		case !goodID(string(c.ID)) || seen[c.ID]:
			return lang.Problemf("criteria", "标准的标识“%s”重复，或不是小写字母、数字和连字符。", "The criterion's id %q is repeated, or holds more than a to z, 0 to 9 and hyphens.", clip(string(c.ID), 40))
		case !c.Name.Complete() || tooLong(c.Name, MaxName):
			return lang.Problemf("criteria", "标准“%s”要有中英文名称，各不超过 %d 字。", "The criterion %q needs a name of at most %d characters in both languages.", string(c.ID), MaxName)
		case !c.Asks.IsZero() && !c.Asks.Complete() || tooLong(c.Asks, 150):
			return lang.Problemf("criteria", "标准“%s”的说明要有中英文，各不超过 150 字。", "What the criterion %q asks needs both languages, at most 150 characters each.", string(c.ID))
		case c.Group != Technical && c.Group != Situation:
			return lang.Problemf("criteria", "标准%s要归入技术进展或实际情况。", "The criterion %s must be of technical progress or of the actual situation.", c.Name)
		case c.Weight < 1 || c.Weight > 100:
			return lang.Problemf("criteria", "标准%s的权重应为 1 到 100。", "The weight of %s must be 1 to 100.", c.Name)
		}
		seen[c.ID] = true
		sum += c.Weight
	}
	if sum != 100 && !draft {
		return lang.Problemf("weights", "权重之和应为 100，现在是 %d。请调整权重。", "The weights must sum to 100; they sum to %d. Change the weights.", sum)
	}
	return nil
}

// Share is a part of a number of people: 2 of 3.
type Share struct {
	Num int `json:"num"`
	Den int `json:"den"`
}

// Label writes the share: 三分之二, 2/3.
func (s Share) Label() lang.Text {
	digits := []rune("零一二三四五六七八九十")
	if s.Num > 0 && s.Num <= 10 && s.Den > 0 && s.Den <= 10 {
		return lang.T(fmt.Sprintf("%c分之%c", digits[s.Den], digits[s.Num]), fmt.Sprintf("%d/%d", s.Num, s.Den))
	}
	return lang.Tf("%d/%d", "%d/%d", s.Num, s.Den)
}

// atLeast reports whether n of all is the share or more.
func (s Share) atLeast(n, all int) bool { return n*s.Den >= all*s.Num }

// moreThan reports whether n of all is more than the share.
func (s Share) moreThan(n, all int) bool { return n*s.Den > all*s.Num }

// need returns the fewest of all that are the share.
func (s Share) need(all int) int { return (all*s.Num + s.Den - 1) / s.Den }

func (s Share) valid() bool { return s.Num > 0 && s.Den > 0 && s.Num <= s.Den && s.Den <= 100 }

// Rules are how a cycle counts.
type Rules struct {
	// Quorum is how many of those entitled must take part at least, in scoring
	// and in a vote; an abstention takes part.
	Quorum Share `json:"quorum"`

	// Majority is what the votes for must exceed of those for and against. As
	// many for as against is a tie, and a tied motion is not carried.
	Majority Share `json:"majority"`

	// The medians of the weighted score from which on the figures recommend to
	// strengthen, to keep and to adjust; below Adjust, to withdraw. From Add on
	// they recommend to take in what is new.
	Strengthen float64 `json:"strengthen"`
	Keep       float64 `json:"keep"`
	Adjust     float64 `json:"adjust"`
	Add        float64 `json:"add"`

	// Divided is the standard deviation of the weighted score from which on the
	// members are said to be divided.
	Divided float64 `json:"divided"`
}

// DefaultRules returns the rules that a cycle starts with.
func DefaultRules() Rules {
	return Rules{Quorum: Share{2, 3}, Majority: Share{1, 2}, Strengthen: 8, Keep: 6, Adjust: 4, Add: 7, Divided: 2}
}

func (r Rules) check() error {
	ordered := r.Strengthen <= MaxScore && r.Strengthen > r.Keep && r.Keep > r.Adjust && r.Adjust > MinScore && r.Add > MinScore && r.Add <= MaxScore
	if !r.Quorum.valid() || !r.Majority.valid() || 2*r.Majority.Num < r.Majority.Den || !ordered || !(r.Divided > 0 && r.Divided <= MaxScore) {
		return lang.Problemf("rules", "表决规则或推荐分数线不对：多数不少于二分之一，分数线从高到低应为加强、保持、调整。",
			"The rules do not fit: a majority is at least 1/2, and the lines must fall from strengthen over keep to adjust.")
	}
	return nil
}

// goodID reports whether an id may stand in a button and in a key.
func goodID(id string) bool {
	return id != "" && len(id) <= 40 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func tooLong(t lang.Text, most int) bool {
	return utf8.RuneCountInString(t.ZH) > most || utf8.RuneCountInString(t.EN) > most
}

// clip cuts s to n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
