package policy

import (
	"slices"
	"time"

	"wainao/lang"
)

// Citation says where in the official document a statement stands.
type Citation struct {
	// Section is the canonical address, numbers joined by dots: "4" is §四,
	// "2.3" is §二(三), "3.4" the fourth field of §三, "4.4" the fourth row of
	// the table in §四, "2.3.1" the first paragraph of §二(三).
	Section string
	// Place is the address as a person reads it: "§四 表, 氢能" and
	// "§4 table, Hydrogen".
	Place lang.Text
}

// Aliases are the other names that people use for a thing: short names,
// abbreviations, names in the other usual wording. Misspellings are not among
// them. Which language's list a name stands in tells the language of the
// people who use it; "SIP" may stand in both.
type Aliases struct {
	ZH, EN []string
}

// All returns the aliases of both languages, Chinese first.
func (a Aliases) All() []string { return slices.Concat(a.ZH, a.EN) }

// TermKind says what sort of thing a [Term] names.
type TermKind string

// The kinds of terms.
const (
	TermTechnology TermKind = "technology" // a technology, a method or a field of technology.
	TermProduct    TermKind = "product"    // a material, device, product or service.
	TermPlatform   TermKind = "platform"   // a platform, facility, institution or programme.
	TermUse        TermKind = "use"        // a field in which the domain is to be applied.
)

// Term is one term that the policy names in a domain's paragraph or in a focus
// phrase.
type Term struct {
	ID      string
	Domain  DomainID
	Kind    TermKind
	Name    lang.Text
	Aliases Aliases
	// Broader holds the ids of the terms of the same domain that this one is a
	// case or a part of (silicon carbide is a wide-bandgap semiconductor). Only
	// relations that the text itself or plain usage carries are listed.
	Broader []string
}

// Kind is what counts under a term though the policy does not name it: quantum
// key distribution under quantum communications. Only what no expert would
// dispute is listed.
type Kind struct {
	Term  string    // the id of the term under which it counts.
	Name  lang.Text // the first of its names in each language.
	Names Aliases   // all of them.
}

// Direction is one direction of work that the policy sets for a domain, told
// in our own words.
type Direction struct {
	ID    string
	Text  lang.Text
	Terms []Term
	Cite  Citation
}

// Domain is one of the eight fields of future industry.
type Domain struct {
	ID         DomainID
	Number     int // 1 to 8, as in the policy; an adopted domain has the next.
	Name       lang.Text
	Short      lang.Text
	Aliases    Aliases
	Summary    lang.Text
	Directions []Direction
	Cite       Citation
}

// Terms returns every term of the domain's directions once, in their order.
func (d Domain) Terms() []Term {
	var out []Term
	seen := map[string]bool{}
	for _, dir := range d.Directions {
		for _, t := range dir.Terms {
			if !seen[t.ID] {
				seen[t.ID] = true
				out = append(out, t)
			}
		}
	}
	return out
}

// District is one of the ten county-level cities and districts (板块).
type District struct {
	ID      DistrictID
	Order   int // 1 to 10, the fixed administrative order.
	Name    lang.Text
	Short   lang.Text
	Aliases Aliases
	Note    lang.Text // what to know about its names; zero when there is nothing.
}

// Focus is what one district leads in one domain: the focus phrase (主攻方向) of
// one cell of the layout table.
type Focus struct {
	Domain   DomainID
	District DistrictID
	Text     lang.Text // the items of the phrase, without its 侧重.
	Terms    []Term
	Cite     Citation
}

// IndicatorKind says how an indicator is counted.
type IndicatorKind string

// The kinds of indicators.
const (
	Flow       IndicatorKind = "flow"       // a yearly amount.
	Stock      IndicatorKind = "stock"      // items that exist and are still valid.
	Cumulative IndicatorKind = "cumulative" // items that ever were, each counted once.
	Staged     IndicatorKind = "staged"     // items that pass through stages; the last ones count.
	Derived    IndicatorKind = "derived"    // computed from another indicator, plus judgement.
	Register   IndicatorKind = "register"   // items without a numeric target.
)

// Takes says what a report of an indicator brings.
type Takes string

// What a report brings.
const (
	TakesValue Takes = "value" // a number in the indicator's unit.
	TakesItem  Takes = "item"  // a named item.
)

// Indicator is one thing that is counted against the targets.
type Indicator struct {
	ID         IndicatorID
	Name       lang.Text
	Aliases    Aliases
	Kind       IndicatorKind
	Unit       lang.Text // 亿元 or a measure word; what a bare number of it is in.
	CountsWhen lang.Text // what makes a report count.
	ItemIs     lang.Text // what makes two reports the same item.
	Takes      Takes
	Stages     []Stage // of a staged indicator, in order; otherwise none.
	Cite       Citation
}

// Stage is one stage of a [Staged] indicator.
type Stage struct {
	ID     string
	Name   lang.Text
	Counts bool // an item at this stage counts as progress.
}

// Op says how a target's number is meant.
type Op string

// The ways in which a target is meant.
const (
	AtLeast     Op = "at-least"    // 以上: Value or more.
	MoreThan    Op = "more-than"   // 突破: more than Value.
	Range       Op = "range"       // from Value to Max.
	Qualitative Op = "qualitative" // without a number.
)

// Target is one target of §二(三). A target without a number has the operation
// [Qualitative] and may belong to no indicator.
type Target struct {
	ID        string
	Indicator IndicatorID // empty when nothing is counted for it.
	Year      int
	Strand    lang.Text // the heading that it stands under; zero for a year's overall targets.
	Op        Op
	Value     float64   // in Unit; 0 when qualitative.
	Max       float64   // the upper end of a range, otherwise 0.
	Unit      lang.Text // zero when qualitative.
	Text      lang.Text // as the policy prints it, in English with its scale: 突破5000亿元, over RMB 500 billion.
	Summary   lang.Text // the whole target in a sentence of our own.
	Aliases   Aliases   // words by which a target without an indicator is asked for.
	Cite      Citation
	Damage    string // id of the [Damage] that the target's text suffered, or empty.
}

// Met reports whether value, in the target's unit, reaches the target. A range
// is reached at its lower end. ok is false when the target has no number.
func (t Target) Met(value float64) (met, ok bool) {
	switch t.Op {
	case AtLeast, Range:
		return value >= t.Value, true
	case MoreThan:
		return value > t.Value, true
	case Qualitative:
		return false, false
	}
	return false, false
}

// FactKind says what sort of statement a [Fact] is.
type FactKind string

// The kinds of facts.
const (
	FactFigure      FactKind = "figure"      // a number.
	FactRecognition FactKind = "recognition" // a national or provincial recognition.
	FactStatement   FactKind = "statement"   // anything else that the text states as given.
)

// Fact is one statement of the policy about what the city starts from.
type Fact struct {
	ID      string
	Kind    FactKind
	Name    lang.Text
	Aliases Aliases
	Text    lang.Text
	Value   float64 // of a figure, in Unit; otherwise 0.
	Unit    lang.Text
	Year    int         // the year that a figure is of; 0 when the text names none.
	Items   []lang.Text // the things that the statement lists, if it lists any.
	Cite    Citation
}

// Guiding is the guiding idea of §二(一) in a few lines.
type Guiding struct {
	Name    lang.Text
	Aliases Aliases
	Text    lang.Text
	Goal    lang.Text // what the city is to become.
	Cite    Citation
}

// Principle is one of the four basic principles.
type Principle struct {
	ID      string
	Number  int
	Name    lang.Text
	Aliases Aliases
	Text    lang.Text
	Cite    Citation
}

// Measure is one thing that an action or a safeguard says will be done.
type Measure struct {
	ID      string
	Text    lang.Text
	Aliases Aliases // words by which it is asked for.
	Cite    Citation
}

// Action is one of the five actions of §五.
type Action struct {
	ID       string
	Number   int
	Name     lang.Text
	Aliases  Aliases
	Summary  lang.Text
	Measures []Measure
	Cite     Citation
}

// Batch is one of the eight "a batch of" items of §六(四).
type Batch struct {
	ID        string
	Number    int
	Indicator IndicatorID // what counts it; empty when nothing does.
	Name      lang.Text   // the thing itself: 先导园区.
	Text      lang.Text   // with its verb: 布局一批先导园区.
	Aliases   Aliases
	Cite      Citation
	Damage    string
}

// Safeguard is one of the four safeguards of §六.
type Safeguard struct {
	ID       string
	Number   int
	Name     lang.Text
	Aliases  Aliases
	Summary  lang.Text
	Measures []Measure
	Batches  []Batch // only of the fourth; see [Policy.Batches].
	Cite     Citation
	Damage   string
}

// BodyKind says what sort of entry of the governance a [Body] is.
type BodyKind string

// The kinds of governance entries.
const (
	BodyOrgan     BodyKind = "organ"     // people who meet or who answer for something.
	BodyProcedure BodyKind = "procedure" // something that is done again and again.
)

// Duty is one thing that a body does.
type Duty struct {
	ID      string
	Text    lang.Text
	Aliases Aliases
	Cite    Citation
}

// Body is one entry of how the policy is governed: the leading group's
// mechanism, the expert committee, the yearly evaluation and adjustment.
type Body struct {
	ID      string
	Kind    BodyKind
	Name    lang.Text
	Aliases Aliases
	Summary lang.Text
	Duties  []Duty
	Cite    Citation
}

// Damage is one place where the published page lost characters: what it
// prints, what is answered instead, and why.
type Damage struct {
	ID      string
	Name    lang.Text
	Aliases Aliases
	Prints  lang.Text // what the page prints; the English side describes it.
	Answer  lang.Text // what is answered.
	Why     lang.Text // on what ground.
	Sure    bool      // other publications confirm the answer; otherwise it is presumed.
	Cite    Citation
}

// Section is one addressable part of the document: the opening ("0"), the six
// sections, their subsections and paragraphs, and the signature ("7").
type Section struct {
	Number string    // as in [Citation.Section].
	Name   lang.Text // its heading, or what the paragraph is about.
	About  lang.Text // what stands there, of the six sections; otherwise zero.
	Cite   Citation
}

// Document says what the official document is.
type Document struct {
	Title     lang.Text
	Short     lang.Text
	Aliases   Aliases
	Issuer    lang.Text // who signed it.
	Publisher lang.Text // on whose page it stands.
	Issued    time.Time // the date under the text, at midnight in Asia/Shanghai.
	Posted    time.Time // when the page was published.
	To        lang.Text // whom it addresses.
	Purpose   lang.Text
	City      lang.Text
	Cite      Citation // the opening.
	Signature Citation // where issuer and date stand.
}

// Policy is the whole policy as data. A Policy comes from [Load] or [Default],
// or from another by [Policy.With], [Policy.Adopting] or [Policy.At], and nobody
// changes it afterwards: it is shared by everything that runs.
type Policy struct {
	Document   Document
	Sections   []Section
	Domains    []Domain    // in the policy's order.
	Districts  []District  // in administrative order.
	Terms      []Term      // every term, by domain.
	Kinds      []Kind      // what counts under the terms, in the data's order.
	Layouts    Layouts     // version 1, and those that were adopted.
	Indicators []Indicator // in the order of IndicatorIDs.
	Targets    []Target    // by year, then as printed.
	Facts      []Fact
	Guiding    Guiding
	Principles []Principle
	Actions    []Action
	Safeguards []Safeguard
	Governance []Body
	Damages    []Damage

	index     index
	own       *Policy    // The policy without adoptions; nil when this is it.
	adopted   []Adoption // In the order of their adoption.
	stretches []stretch  // By date, the policy's own first; none without adoptions.
}
