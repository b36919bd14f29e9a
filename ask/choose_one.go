package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// Shares of a question that may stay unknown. A question whose wording says
// what it asks bears more than one where only the named things suggest it.
const (
	alienStrict = 0.16
	alienLax    = 0.45
)

// containsAny reports whether s contains one of the words.
func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// chooseIndicator finds questions about one or several indicators.
func (e *Engine) chooseIndicator(r *reading, f frame) (frame, bool) {
	if len(r.indicators) == 0 {
		return no()
	}
	if ids := r.listed(); len(ids) > 2 && len(r.domains)+len(r.terms) == 0 && !r.has(cueProgress, cueLeft, cueReported) {
		f.indicators, f.districts = ids, nil
		return f.as(ruleTarget)
	}
	noun, _ := r.asked()
	figure := r.has(cueCount, cueMuch, cueQuantity, cueTarget) || len(r.years) > 0 || len(r.numbers) > 0
	if len(r.terms) > 0 && len(r.indicators) == 1 && r.indicators[0] == policy.Platforms && !slices.ContainsFunc(r.terms, func(ids []string) bool { return !e.platform(ids[0]) }) && !r.has(cueQuantity) {
		return no() // the platform that the term is.
	}
	switch {
	case len(r.indicators) == 1 && r.indicators[0] == policy.Clusters && len(r.domains)+len(r.districts)+len(r.years)+len(r.numbers) == 0 && containsAny(r.t.buf, "national", "国家级", "国家先进") && !r.has(cueQuantity):
		f.things, f.indicators = []thing{{kindFact, "advanced-manufacturing-clusters"}}, nil
		return f.as(ruleProse)
	case r.has(cueDefine) && !containsAny(r.t.buf, "national", "国家", "province", "省级") && !r.excuses(nil) && (!r.has(cueWhen) || !r.has(cueMuch, cueCount)):
		return f.as(ruleDefine)
	case len(r.domains)+len(r.districts)+len(r.terms) == 0 && r.perDistrict():
		f.money = f.money || r.each()
		return f.as(ruleScopedTarget)
	case len(r.domains)+len(r.districts)+len(r.terms) > 0:
		switch {
		case len(r.domains) == 1 && len(r.districts) == 1 && containsAny(r.t.buf, "还是"):
			return no()
		case r.has(cueHow) || r.has(cueGain) && !figure:
			return no()
		case len(r.prose) > 0 && !figure:
			return no()
		case !figure && len(r.domains) == 1 && len(r.districts) == 0 && !f.yesNo && !r.has(cueWho):
			// "Which scenarios does the metaverse have?" asks for the text.
			return f.as(ruleDirections)
		}
		f.terms = r.oneTerms()
		return f.as(ruleScopedTarget)
	case r.has(cueHow) && !r.has(cueMuch, cueCount, cueQuantity) && len(r.years)+len(r.numbers) == 0 && slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindMeasure }):
		return no() // a measure is named beside it.
	case r.has(cueHow) && !r.has(cueMuch, cueCount), r.has(cueGain) && !figure && !f.yesNo:
		return f.guessed(ruleTarget)
	case r.excuses(nil) && !figure:
		return no()
	case len(r.indicators) == 1 && r.byName() && (r.indicators[0] == policy.ChainLeaders || r.indicators[0] == policy.Platforms || r.indicators[0] == policy.PilotParks || r.indicators[0] == policy.Institutes):
		f.category, f.content = foreignCompany, r.content()
		return f.as(ruleForeign)
	case noun == cueDistrict && !r.has(cueQuantity), r.has(cueWho, cueWhere) && r.has(cueLead, cueWhere):
		return f.as(ruleScopedTarget)
	case len(r.prose) > 0 && !figure:
		return no()
	case noun == cueBatch || r.has(cueBatch) && !figure:
		return f.as(ruleBatches)
	case r.alien() > alienLax:
		return unknown(r), true
	case containsAny(r.t.buf, "howmuch") && r.unknown >= 2 && !slices.Contains(r.indicators, policy.Output):
		return f.as(ruleTermFigure) // how much land does each park get?
	case f.yesNo && len(r.numbers) > 0:
		a := r.numbers[len(r.numbers)-1]
		f.value, f.money = a.value, a.money
		f.sums(r)
		return f.as(ruleCheckTarget)
	case figure || r.has(cueOverview, cueList, cueWhich, cueWhen, cueYesNo):
		return f.as(ruleTarget)
	case r.alien() > alienStrict:
		return unknown(r), true
	}
	return f.guessed(ruleTarget)
}

// listed returns the indicators that are listed by short nouns, in the order in
// which they stand: platforms, parks, leaders.
func (r *reading) listed() []policy.IndicatorID {
	var out []policy.IndicatorID
	for i := range r.t.toks {
		for j := i + 1; j <= len(r.t.toks) && j-i <= 3; j++ {
			for _, s := range shortNames {
				if slices.Contains(s.words, r.t.form(i, j)) {
					out = addOnce(out, s.id)
				}
			}
		}
	}
	return out
}

// byName reports whether names are asked for: of what is counted, the policy
// names none.
func (r *reading) byName() bool {
	return containsAny(r.t.buf, "名单", "名字", "叫什么名", "哪几家企业", "byname", "namesof", "nameof", "listofname", "listofall", "namethem", "namesplease") && !r.has(cueQuantity, cueCount, cueMuch, cueDefine)
}

// perDistrict reports whether a share of each district is asked for.
func (r *reading) perDistrict() bool {
	if r.each() && r.has(cueDistrict, cueDomain) && r.has(cueTarget, cueQuantity, cueMuch) && (r.has(cueMuch, cueCount) || containsAny(r.t.buf, "各自", "各个")) && !r.has(cueYear, cueReported, cueProgress) {
		return true // the target of each of them.
	}
	if r.has(cueDomain) && containsAny(r.t.buf, "领域各自", "赛道各自", "产业各自", "领域分别", "赛道分别", "各领域", "各个领域", "每个领域", "每个赛道", "各赛道", "领域的产值目标", "eachdomain", "eachfield", "eachsector", "perdomain", "perfield", "persector", "everydomain", "everyfield", "bydomain", "bysector", "byfield", "individualdomain") {
		return true
	}
	return r.has(cueDistrict) && containsAny(r.t.buf, "分到", "分解", "分给", "分摊", "各区", "各板块", "每个区", "每个板块", "单独", "eachdistrict", "everydistrict", "perdistrict", "bydistrict", "ownquota", "owntarget", "brokendown", "broken", "splitamong", "splitby", "splitbetween", "eacharea", "singledistrict", "individualdistrict")
}

// platform reports whether the term is a platform.
func (e *Engine) platform(id string) bool {
	t, ok := e.pol.Term(id)
	return ok && t.Kind == policy.TermPlatform
}

// choosePair finds questions about a domain in a district.
func (e *Engine) choosePair(r *reading, f frame) (frame, bool) {
	if len(r.domains) == 0 || len(r.districts) == 0 || len(r.terms) > 0 {
		return no()
	}
	switch {
	case len(r.domains) == 1 && len(r.districts) == 1 && r.or() && !r.has(cueCount, cueMuch, cueWho, cueDistrict):
		return f.as(ruleFocus)
	case len(r.domains) == 1 && containsAny(r.t.buf, "还是") && !r.has(cueCount, cueMuch):
		return f.as(ruleFocus)
	case e.figureAsked(r):
		return f.as(ruleScopedTarget)
	case len(r.prose) > 0 && r.has(cueHow, cueGain):
		return no()
	case r.alien() > alienLax:
		return unknown(r), true
	case f.yesNo:
		if len(r.districts) == 1 {
			for _, d := range e.otherFocuses(r) {
				f.domains = addOnce(slices.Clone(f.domains), d)
			}
		}
		return f.as(ruleCheckPair)
	case r.has(cueLead, cueFocus, cueOverview, cueWhich, cueList, cueDirection, cueWhy, cueHow, cueTarget, cueLayout, cueTech, cueDistrict, cueDomain, cueWhere):
		return f.as(ruleFocus)
	case r.alien() > alienStrict && r.unknown > 2:
		return unknown(r), true
	}
	return f.guessed(ruleFocus)
}

// figureAsked reports whether a figure is asked for that the policy gives for
// the city only, or not at all.
func (e *Engine) figureAsked(r *reading) bool {
	if r.asksDistrict() && !r.has(cueMuch, cueAmount, cueQuantity) {
		return false
	}
	if r.has(cueQuantity) && (r.has(cueMuch, cueCount, cueAmount) || len(r.years) > 0) {
		return true
	}
	noun, ok := r.asked()
	if r.has(cueQuantity) && !r.has(cueLead, cueFocus, cueOverview, cueDirection) && noun != cueDistrict {
		return true
	}
	if r.has(cueCount) && containsAny(r.t.buf, "几家", "哪几家") && len(r.districts) == 0 {
		return false
	}
	if r.has(cueCount) && r.has(cueFocus, cueDirection) && !r.has(cueMuch, cueAmount, cueQuantity) {
		return false
	}
	return r.has(cueMuch, cueAmount) || r.has(cueCount) && (!ok || noun == cueTarget || noun == cueIndicator || noun == cueTech)
}

// chooseTerm finds questions about a technology or another term of the text.
func (e *Engine) chooseTerm(r *reading, f frame) (frame, bool) {
	if len(r.terms) == 0 {
		return no()
	}
	f.terms = nil
	for _, ids := range r.terms {
		f.terms = addOnce(f.terms, e.fitting(ids, r.domains))
	}
	if d, ok := e.either(r, f.terms); ok {
		f.domains, f.terms = d, nil
		return f.as(ruleFocus)
	}
	r.unknown -= e.akin(r, f.terms)
	noun, _ := r.asked()
	weak := e.onlyUses(f.terms)
	if weak && len(r.domains)+len(r.districts)+len(r.prose) > 0 {
		f.terms = nil
		return no()
	}
	if len(f.terms) == 1 && len(r.districts)+len(r.indicators) == 0 && !f.yesNo && containsAny(r.t.buf, useWords...) && (!r.has(cueDistrict) || !r.has(cueWhich, cueLead)) && r.has(cueWhich, cueList, cueWhere, cueOverview, cueDirection) {
		if t, ok := e.pol.Term(f.terms[0]); ok && len(e.usesOf(t)) > 0 {
			return f.as(ruleUses)
		}
	}
	switch {
	case len(r.prose) > 0 && r.longestProse() > r.longestTerm():
		return no()
	case r.has(cueAmount) || r.has(cueMuch) || r.has(cueCount) && noun != cueDistrict && noun != cueDomain || r.has(cueQuantity) && len(r.districts) == 0 && r.has(cueCount):
		return f.as(ruleTermFigure)
	case r.alien() > alienLax:
		return unknown(r), true
	case f.yesNo && len(r.districts) == 0 && r.has(cueCity) && (strings.HasSuffix(r.t.buf, "yet") || containsAny(r.t.buf, "already", "有了吗", "造出来", "建成了", "已经有")):
		out := unknown(r) // what there is in the city, the policy does not say.
		out.named = true
		return out, true
	case len(r.districts) > 0:
		if f.yesNo && len(r.districts) == 1 {
			for _, d := range e.otherFocuses(r) {
				f.domains = addOnce(f.domains, d)
			}
		}
		return f.as(ruleCheckTerm)
	case len(r.domains) > 0 && f.yesNo:
		return f.as(ruleCheckBelong)
	case weak && !r.has(cueWho, cueWhere, cueBelong, cueLead, cueDomain, cueDistrict) && !isItIn.MatchString(r.t.orig):
		return no()
	case r.alien() > alienStrict && !r.has(cueWhich, cueWho, cueWhere, cueBelong, cueLead, cueDistrict, cueDomain):
		return unknown(r), true
	case r.has(cueWhich, cueWho, cueWhere, cueBelong, cueLead, cueOverview, cueYesNo, cueTag), f.yesNo && isItIn.MatchString(r.t.orig):
		return f.as(ruleTerm)
	}
	return f.guessed(ruleTerm)
}

// otherFocuses returns the domains of the district of whose focus a word that
// nobody knows otherwise is a part, behind "and" or "both": fibres and quantum.
func (e *Engine) otherFocuses(r *reading) []policy.DomainID {
	if !r.has(cueBoth, cueAnd) && !containsAny(r.t.buf, "和", "又", "还") {
		return nil
	}
	var out []policy.DomainID
	for _, fo := range e.layout.FocusesIn(r.districts[0]) {
		t := newText(fo.Text.EN)
		for i := range r.t.toks {
			w := r.t.form(i, i+1)
			if r.known[i] || r.t.toks[i].class != classLatin || len(w) < 5 {
				continue
			}
			for k := range t.toks {
				if t.form(k, k+1) == w {
					out = addOnce(out, fo.Domain)
				}
			}
		}
	}
	return out
}

// useWords ask for what something is used in.
var useWords = []string{
	"用在", "用于", "应用在", "应用于", "应用到", "用到", "用起来", "应用领域", "应用方向", "哪些应用", "推广到", "派上用场", "使用领域", "哪些行业", "什么行业", "哪几个行业", "哪些场合",
	"putto", "usedin", "usedfor", "applied", "usesof", "useof", "whatuse", "whichuse", "application", "whichsector", "whatsector", "whichindustr", "whatindustr", "deployed", "rolledout", "tobeused",
}

// akin returns the weight of the words that are not known by themselves but
// belong to names of the terms' domains: "quantum routers and switches".
func (e *Engine) akin(r *reading, terms []string) int {
	n := 0
	for i, ok := range r.known {
		if ok || r.t.toks[i].class != classLatin {
			continue
		}
		w := r.t.form(i, i+1)
		if slices.ContainsFunc(terms, func(id string) bool {
			t, found := e.pol.Term(id)
			return found && slices.ContainsFunc(e.fragments, func(p fragment) bool { return p.domain == t.Domain && len(w) > 3 && slices.Contains(p.words, w) })
		}) {
			n += r.t.weight(i, i+1)
		}
	}
	return n
}

// or reports whether the word stands in the question.
func (r *reading) or() bool {
	return slices.ContainsFunc(r.t.toks, func(t token) bool { return strings.EqualFold(r.t.orig[t.start:t.end], "or") })
}

// either finds the domains of which a district is asked whether it does one thing
// or another, or what, this perhaps: what it does of them is told.
func (e *Engine) either(r *reading, terms []string) ([]policy.DomainID, bool) {
	if len(r.districts) != 1 || containsAny(r.t.buf, "yesorno", "是还是") {
		return nil, false
	}
	or := containsAny(r.t.buf, "还是") || r.or()
	if perhaps := len(r.domains) == 1 && r.has(cueWhich) && r.has(cueFocus); !or && !perhaps {
		return nil, false
	}
	var out []policy.DomainID
	leads := func(d policy.DomainID) bool { _, ok := e.layout.FocusOf(d, r.districts[0]); return ok }
	for _, id := range terms {
		if t, ok := e.pol.Term(id); ok && leads(t.Domain) {
			out = addOnce(out, t.Domain)
		}
	}
	if len(out) == 0 {
		return nil, false
	}
	for _, d := range r.domains {
		if leads(d) {
			out = addOnce(out, d)
		}
	}
	return out, true
}

// fitting picks the term that belongs to one of the domains, if any does.
func (e *Engine) fitting(ids []string, domains []policy.DomainID) string {
	for _, id := range ids {
		if t, ok := e.pol.Term(id); ok && slices.Contains(domains, t.Domain) {
			return id
		}
	}
	return ids[0]
}

// onlyUses reports whether all terms are fields of use.
func (e *Engine) onlyUses(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool {
		t, ok := e.pol.Term(id)
		return ok && t.Kind != policy.TermUse
	})
}

func (r *reading) longest(keep func(kind) bool) int {
	n := 0
	for i := range r.mentions {
		if m := &r.mentions[i]; keep(m.first().kind) {
			n = max(n, r.t.weight(m.from, m.to))
		}
	}
	return n
}

func (r *reading) longestTerm() int { return r.longest(func(k kind) bool { return k == kindTerm }) }

func (r *reading) longestProse() int {
	return r.longest(func(k kind) bool {
		return k >= kindFact && k <= kindMeasure && k != kindDamage || k == kindGuiding
	})
}

// asksMoney reports whether an amount of money is asked for.
func (r *reading) asksMoney() bool {
	return containsAny(r.t.buf, "多少钱", "多少亿", "几个亿", "补多少", "补几", "投多少", "出多少钱", "掏多少", "多少资金", "多少经费", "howmuchmoney", "sizeinbillion", "inbillion", "howmanybillion", "howmuchcash", "whatamountof", "howmuchfunding", "howbigisthefund", "sizeofthefund", "规模有几", "规模多大", "规模多少", "thesizeof", "budgetof")
}

// chooseMoney finds questions for money that the policy sets for nobody: of a
// measure, of a thing that is counted in pieces, of one district.
func (e *Engine) chooseMoney(r *reading, f frame) (frame, bool) {
	if !r.asksMoney() || len(r.foreign) > 0 || r.has(cueProgress, cueNow) {
		return no()
	}
	f.money = true
	switch {
	case len(r.districts) > 0 || len(r.domains) > 0 && len(r.terms) == 0:
		return f.as(ruleScopedTarget)
	case len(r.indicators) > 0 && !slices.Contains(r.indicators, policy.Output) && len(r.years) == 0, len(r.terms) > 0:
		return f.as(ruleTermFigure)
	case len(r.prose) > 0 && r.prose[0].kind >= kindAction && r.prose[0].kind <= kindMeasure && r.prose[0].kind != kindTarget:
		return f.as(ruleTermFigure)
	}
	return no()
}

// chooseTargets finds questions about the targets as a whole.
func (e *Engine) chooseTargets(r *reading, f frame) (frame, bool) {
	if len(r.indicators)+len(r.terms) > 0 || !r.has(cueQuantity, cueTarget) && (r.has(cueLayout) || containsAny(r.t.buf, "布局")) {
		return no()
	}
	noun, _ := r.asked()
	switch {
	case len(r.domains)+len(r.districts) > 0:
		if len(r.domains) > 0 && r.has(cueCompare, cueCount) && (noun == cueDistrict || noun == cueDomain) {
			return no()
		}
		if e.figureAsked(r) && (!r.has(cueCount) || noun != cueDistrict && noun != cueDomain) {
			return f.as(ruleScopedTarget)
		}
		return no()
	case noun == cueIndicator && len(r.years) == 0:
		return f.as(ruleIndicators)
	case len(r.numbers) > 0 && r.has(cueQuantity, cueTarget, cueWhich, cueWhen, cueAmount, cueOverview) && r.alien() < alienLax:
		if id, ok := e.targetsByValue(r.numbers); ok {
			f.indicators = []policy.IndicatorID{id}
			return f.as(ruleTarget)
		}
		if t, ok := e.targetByValue(r.numbers[0], nil); ok {
			f.indicators, f.years = []policy.IndicatorID{t.Indicator}, []int{t.Year}
			f.value, f.money = r.numbers[0].value, r.numbers[0].money
			return f.as(ruleTargetYear)
		}
	}
	strong := r.has(cueQuantity) || len(r.years) > 0
	if strong && r.has(cueDistrict) && (r.each() || containsAny(r.t.buf, "各", "每", "分到", "分解", "each", "every", "per", "byd", "split", "single")) && !r.has(cueFocus, cueLayout) {
		return f.as(ruleScopedTarget)
	}
	if containsAny(r.t.buf, "不带数", "没有数", "定性", "非量化", "没数", "nonnumeric", "qualitative", "withoutanumber", "withoutnumber", "notquantified") {
		f.noun = cueOverview
		return f.as(ruleTargets)
	}
	if slices.ContainsFunc(r.years, func(y int) bool { return !slices.Contains(e.pol.TargetYears(), y) }) {
		return f.as(ruleNoYear)
	}
	if !strong || r.alien() > alienLax || r.has(cueHow) && !r.has(cueMuch) || r.hasOtherNoun() {
		return no()
	}
	if r.has(cueMuch) && len(r.years) > 0 && r.has(cueCity) {
		// "How big should future industries be by 2035?"
		f.indicators = []policy.IndicatorID{policy.Output}
		return f.as(ruleTarget)
	}
	if containsAny(r.t.buf, "量化", "定量", "带数字", "有数字", "数值", "quantified", "quantitative", "numeric", "numerical", "withanumber", "withnumber", "justthenumber", "inone") || r.has(cueCount) {
		f.noun = cueCount
	}
	if !r.has(cueQuantity, cueList, cueWhich) {
		return f.guessed(ruleTargets)
	}
	return f.as(ruleTargets)
}

// hasOtherNoun reports whether a sort of thing is named that has no targets.
func (r *reading) hasOtherNoun() bool {
	return r.has(cueAction, cueSafeguard, cuePrinciple, cueBatch, cueLayout) && !r.has(cueQuantity)
}

// chooseDomain finds questions about one domain or several.
func (e *Engine) chooseDomain(r *reading, f frame) (frame, bool) {
	if len(r.domains) == 0 {
		return no()
	}
	noun, _ := r.asked()
	leads := noun == cueDistrict || r.has(cueWho, cueWhere) || containsAny(r.t.buf, "几家", "哪家", "牵头单位", "责任单位", "牵头方", "承担单位")
	if leads && containsAny(r.t.buf, "uses", "demonstrat", "应用领域", "示范", "用在") && !r.has(cueDistrict, cueWho) {
		leads = false
	}
	switch {
	case r.alien() > alienLax:
		return unknown(r), true
	case f.yesNo && r.has(cueDomain, cueBelong) && !leads:
		return f.as(ruleDomain)
	case r.has(cueCount) && (noun == cueDistrict):
		f.noun = cueDistrict
		return f.as(ruleCount)
	case r.has(cueCompare) && len(r.domains) > 1:
		return f.as(ruleCompareDomains)
	case r.has(cueWhy):
		return f.as(ruleWhy)
	case leads, containsAny(r.t.buf, "分工", "divideup", "splitbetween"):
		return f.as(ruleLead)
	case r.has(cueDistrict) && !r.has(cueOverview):
		return f.as(ruleLead)
	case r.has(cueCount) && r.has(cueFocus, cueDirection):
		return f.as(ruleDirections)
	case r.has(cueMuch, cueAmount) || r.has(cueCount) && noun != cueTech:
		return f.as(ruleTermFigure)
	case r.has(cueDirection, cueTech, cueFocus, cueHow):
		return f.as(ruleDirections)
	case r.has(cueOverview, cueList, cueWhich, cueTarget, cueLead, cueYesNo, cueMore, cueGain):
		if r.alien() > 0.3 {
			return unknown(r), true
		}
		return f.as(ruleDomain)
	case r.alien() > alienStrict:
		return unknown(r), true
	}
	return f.guessed(ruleDomain)
}

// chooseDistrict finds questions about one district or several.
func (e *Engine) chooseDistrict(r *reading, f frame) (frame, bool) {
	if len(r.districts) == 0 {
		return no()
	}
	noun, _ := r.asked()
	switch {
	case r.has(cueWho) && len(r.domains)+len(r.terms) == 0 && containsAny(r.t.buf, "headof", "leaderof", "bossof", "chiefof", "whorun", "whogovern"):
		f.category, f.content = foreignPerson, r.content()
		return f.as(ruleForeign)
	case r.alien() > 0.34:
		return unknown(r), true
	case r.has(cueWhy):
		return f.as(ruleWhy)
	case r.has(cueWho) && !r.has(cueLead, cueFocus, cueDomain):
		return unknown(r), true
	case r.has(cueMuch, cueAmount):
		return f.as(ruleScopedTarget)
	case r.has(cueLead, cueFocus, cueDirection, cueDomain, cueLayout) || noun == cueDomain:
		return f.as(ruleDistrict)
	case r.has(cueOverview, cueList, cueTarget, cueWhich, cueMore) && r.alien() < alienStrict && !r.has(cueHow):
		return f.as(ruleDistrict)
	case r.has(cueCount, cueHow, cueWhen, cueAction, cueSafeguard, cuePrinciple) || r.alien() > alienStrict:
		return unknown(r), true
	}
	return f.guessed(ruleDistrict)
}

// chooseGeneral finds questions that name no thing but a sort of things.
func (e *Engine) chooseGeneral(r *reading, f frame) (frame, bool) {
	noun, _ := r.asked()
	if r.alien() > alienLax || len(r.terms)+len(r.prose) > 0 && e.onlyUses(f.terms) && len(r.terms) > 0 {
		return no()
	}
	switch noun {
	case cueAction:
		return f.as(ruleActions)
	case cueSafeguard:
		return f.as(ruleSafeguards)
	case cuePrinciple:
		return f.as(rulePrinciples)
	case cueBatch:
		return f.as(ruleBatches)
	case cueYear:
		if !r.has(cueEvaluate) {
			return f.as(ruleTargetYears)
		}
	default:
		// The rest is told below.
	}
	switch {
	case r.has(cueEvaluate):
		if got, ok := e.evaluation(f); ok {
			return got, true
		}
	case r.has(cueBatch):
		return f.as(ruleBatches)
	case r.has(cueAction) && !r.has(cueDistrict):
		return f.as(ruleActions)
	case r.has(cueSafeguard):
		return f.as(ruleSafeguards)
	case r.has(cuePrinciple):
		return f.as(rulePrinciples)
	case r.has(cueBasis):
		return f.as(ruleFoundation)
	}
	if r.alien() > 0.25 || r.unknown >= 2 && r.has(cueDistrict) && r.has(cueLead) && r.has(cueWhich, cueWho) {
		return no() // it is led what nobody knows.
	}
	if r.has(cueLayout) && r.has(cueHow) && !r.has(cueGain, cueWhen, cueWhy) && r.unknown < 2 {
		return f.as(ruleLayout)
	}
	layout := r.has(cueLayout) || containsAny(r.t.buf, "布局") && !r.has(cueWho) || r.has(cueDistrict) && (r.has(cueFocus, cueDomain) || r.has(cueLead) && !r.has(cueWho)) && !r.has(cueHow, cueWhy)
	switch {
	case layout && !r.has(cueHow, cueWhen, cueWhy):
		return f.as(ruleLayout)
	case noun == cueDistrict:
		return f.as(ruleDistricts)
	case noun == cueDomain && !r.has(cueWhy, cueHow, cueWhen), (r.has(cueDomain) || r.has(cueCity) && r.unknown < 2) && r.has(cueWhich, cueList, cueOverview, cueDirection, cueFocus) && !r.has(cueWhy):
		return f.as(ruleDomains)
	case r.has(cueWhy) && r.has(cueCity, cueDomain):
		f.things = []thing{{kindFact, "why-future-industries"}}
		if _, ok := e.fact("why-future-industries"); ok {
			return f.as(ruleProse)
		}
	case r.has(cueTarget) && r.has(cueCity) && r.alien() < alienStrict && !r.has(cueHow):
		return f.as(ruleTargets)
	}
	return no()
}
