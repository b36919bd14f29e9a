package ask

import (
	"fmt"
	"slices"
	"strings"

	"wainao/calendar"
	"wainao/policy"
)

// rule names the way in which a question is answered.
type rule string

// The rules.
const (
	ruleHelp            rule = "help"
	ruleThanks          rule = "thanks"
	ruleRefuse          rule = "refuse-instruction"
	ruleForeign         rule = "out-of-scope"
	ruleUnknown         rule = "unknown"
	ruleForeignLead     rule = "false-premise-place"
	ruleDomain          rule = "domain"
	ruleDirections      rule = "domain-directions"
	ruleDomains         rule = "domains"
	ruleLead            rule = "who-leads"
	ruleDistrict        rule = "district"
	ruleDistricts       rule = "districts"
	ruleLayout          rule = "layout"
	ruleFocus           rule = "focus"
	ruleCheckPair       rule = "check-pair"
	ruleTerm            rule = "term"
	ruleCheckTerm       rule = "check-term"
	ruleCheckBelong     rule = "check-belong"
	ruleTermFigure      rule = "term-figure"
	ruleUses            rule = "uses"
	ruleTarget          rule = "target"
	ruleTargets         rule = "targets"
	ruleCheckTarget     rule = "check-target"
	ruleTargetYear      rule = "target-year"
	ruleTargetYears     rule = "target-years"
	ruleNoYear          rule = "no-such-year"
	ruleScopedTarget    rule = "no-scoped-target"
	ruleCompareYears    rule = "compare-years"
	ruleProseTarget     rule = "target-without-indicator"
	ruleDefine          rule = "how-counted"
	ruleIndicators      rule = "indicators"
	ruleStrand          rule = "targets-of-strand"
	ruleManyDomains     rule = "districts-by-number"
	ruleManyDistricts   rule = "domains-by-number"
	ruleMostDomains     rule = "districts-most"
	ruleMostDistricts   rule = "domains-most"
	ruleBoth            rule = "districts-of-all"
	ruleShared          rule = "domains-shared"
	ruleCompareFocus    rule = "compare-focus"
	ruleCompareDomains  rule = "compare-domains"
	ruleCompareDistrict rule = "compare-districts"
	ruleOthers          rule = "other-districts"
	ruleNotLeading      rule = "districts-without"
	ruleNotLed          rule = "domains-without"
	ruleMinus           rule = "domains-of-first-only"
	ruleCount           rule = "count"
	ruleActions         rule = "actions"
	ruleSafeguards      rule = "safeguards"
	rulePrinciples      rule = "principles"
	ruleBatches         rule = "batches"
	ruleFoundation      rule = "foundation"
	ruleProse           rule = "prose"
	ruleDocument        rule = "document"
	ruleSections        rule = "sections"
	ruleWhere           rule = "where-in-text"
	ruleWhy             rule = "why"
	ruleDamage          rule = "damage"
	ruleProgress        rule = "progress"
	ruleProgressAll     rule = "progress-all"
	rulePace            rule = "pace"
	ruleReported        rule = "reported"
	ruleMissing         rule = "unreported"
	rulePending         rule = "pending"
	ruleRanking         rule = "no-ranking"
	ruleBasic           rule = "no-domain"
	ruleNoTerm          rule = "no-such-term"
	ruleChoose          rule = "ambiguous"
)

// frame is a question as it was understood: a rule and what fills it. It is
// what a thread remembers.
type frame struct {
	rule       rule
	domains    []policy.DomainID
	districts  []policy.DistrictID
	indicators []policy.IndicatorID
	years      []int
	terms      []string
	things     []thing
	noun       cue               // what is counted.
	nouns      []cue             // what is counted, several at once.
	without    []policy.DomainID // what a district is not to lead.
	n, least   int               // how many exactly, how many at least.
	below      int               // fewer than so many.
	value      float64           // a figure to be checked.
	values     []float64         // one for each indicator, to be checked.
	money      bool
	fewest     bool
	yesNo      bool
	figure     bool // a number is asked for.
	only       bool // only they: 只有昆山吗.
	claim      int  // a count to be confirmed.
	named      bool // the rule was asked for, not assumed from what was named.
	picked     bool // the part of a sort that the question is about, picked among all.
	unranked   bool // which district fits best was asked, and nobody is put first.
	searched   bool // a search over the policy's words found it.
	period     calendar.Period
	category   string
	words      string  // as typed, to be told.
	content    string  // what a refused question holds, in a normal form.
	choices    []frame // the readings of an ambiguous question.
	// listed are the things that the answer listed, in its order, so that "the
	// second one" can be resolved.
	listed []thing
	before []policy.DistrictID // the district that was asked about before, so that the two can be compared.
}

// memorable reports whether a following question may build on the frame.
func (f *frame) memorable() bool {
	switch f.rule {
	case ruleHelp, ruleThanks, ruleRefuse, ruleForeign, ruleUnknown, ruleNoTerm:
		return false
	default:
		return true
	}
}

// key writes the frame in a normal form.
func (f *frame) key() string {
	var b strings.Builder
	b.WriteString(string(f.rule))
	put := func(name string, values []string) {
		if len(values) > 0 {
			b.WriteString(" " + name + "=" + strings.Join(values, ","))
		}
	}
	put("domain", sorted(f.domains))
	put("district", sorted(f.districts))
	put("indicator", sorted(f.indicators))
	put("term", sorted(f.terms))
	var years, things []string
	for _, y := range f.years {
		years = append(years, fmt.Sprint(y))
	}
	for _, t := range f.things {
		things = append(things, t.kind.String()+":"+t.id)
	}
	slices.Sort(years)
	put("year", years)
	put("thing", things)
	if f.noun != "" {
		b.WriteString(" noun=" + string(f.noun))
	}
	put("nouns", sorted(f.nouns))
	put("without", sorted(f.without))
	if f.n > 0 {
		fmt.Fprintf(&b, " exactly=%d", f.n)
	}
	if f.least > 0 {
		fmt.Fprintf(&b, " least=%d", f.least)
	}
	if f.below > 0 {
		fmt.Fprintf(&b, " below=%d", f.below)
	}
	if f.fewest {
		b.WriteString(" fewest")
	}
	if f.only {
		b.WriteString(" only")
	}
	if f.claim > 0 {
		fmt.Fprintf(&b, " claim=%d", f.claim)
	}
	if f.value > 0 {
		fmt.Fprintf(&b, " value=%g", f.value)
	}
	for _, v := range f.values {
		fmt.Fprintf(&b, " value=%g", v)
	}
	if f.period != "" {
		b.WriteString(" period=" + string(f.period))
	}
	switch {
	case f.content != "":
		b.WriteString(" words=" + f.content)
	case f.words != "":
		b.WriteString(" words=" + f.words)
	}
	for _, c := range f.choices {
		b.WriteString(" [" + c.key() + "]")
	}
	return b.String()
}

func sorted[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	slices.Sort(out)
	return out
}
