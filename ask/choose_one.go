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

// chooseLive finds questions about what has been reported or reached.
func (e *Engine) chooseLive(r *reading, f frame) (frame, bool) {
	if len(r.foreign) > 0 || r.has(cueSource) || r.has(cueDefine) && !(r.has(cueCount) && r.has(cueProgress)) {
		return no()
	}
	if r.has(cueLeft) && len(r.indicators) == 0 && len(r.numbers) > 0 {
		if t, ok := e.targetByValue(r.numbers[0], nil); ok {
			f.indicators, f.years = []policy.IndicatorID{t.Indicator}, []int{t.Year}
			return f.as(ruleProgress)
		}
	}
	f.words = ""
	about := len(r.districts) > 0 || r.has(cueDistrict, cueWho, cueQuarter, cueThis, cueLast)
	switch {
	case r.has(cuePending) && (r.has(cueReported, cueCount, cueList, cueThis, cueQuarter) || len(r.indicators) == 0):
		return f.as(rulePending)
	case r.has(cueMissing) && about, r.has(cueReported) && r.has(cueNot) && about && len(r.districts) == 0:
		if len(r.districts) > 0 {
			return f.as(ruleReported)
		}
		return f.as(ruleMissing)
	case r.has(cueReported) && about && (f.yesNo || len(r.districts) > 0 && len(r.terms)+len(r.prose) == 0 || r.has(cueWho, cueWhich, cueCount, cueList, cueThis, cueLast, cueQuarter, cueProgress, cueNow, cueOverview)):
		return f.as(ruleReported)
	case r.has(cueMissing) && r.words > 2:
		return f.as(ruleMissing)
	}
	progress := r.has(cueProgress, cueLeft) || r.sofar() || r.has(cueNow) && (!r.has(cueQuantity) || r.has(cueCompare))
	if !progress || r.has(cueWhen) && !r.has(cueNow, cueLeft) {
		return no()
	}
	switch {
	case len(r.indicators) > 0:
		if f.yesNo && len(r.numbers) > 0 && !r.has(cueNow) {
			return no()
		}
		return f.as(ruleProgress)
	case r.has(cueProgress) && len(r.terms)+len(r.prose) == 0 && r.alien() < alienLax && !r.has(cueLead) || r.has(cueLeft) && r.has(cueQuantity):
		return f.as(ruleProgressAll)
	}
	return no()
}

// sofar reports whether the question ends in 了, which asks for what has been
// reached: 核心产品有多少个了?
func (r *reading) sofar() bool {
	n := len(r.t.toks)
	return n > 0 && r.t.form(n-1, n) == "了" && r.has(cueCount, cueMuch)
}

// chooseIndicator finds questions about one or several indicators.
func (e *Engine) chooseIndicator(r *reading, f frame) (frame, bool) {
	if len(r.indicators) == 0 {
		return no()
	}
	noun, _ := r.asked()
	figure := r.has(cueCount, cueMuch, cueQuantity, cueTarget) || len(r.years) > 0 || len(r.numbers) > 0
	switch {
	case r.has(cueDefine):
		return f.as(ruleDefine)
	case len(r.domains)+len(r.districts)+len(r.terms) > 0:
		switch {
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
	case r.has(cueHow) && !r.has(cueMuch, cueCount), r.has(cueGain) && !figure && !f.yesNo:
		if got, ok := e.chooseFound(r, f); ok {
			return got, true
		}
		return f.guessed(ruleTarget)
	case noun == cueDistrict && !r.has(cueQuantity), r.has(cueWho, cueWhere) && r.has(cueLead, cueWhere):
		return f.as(ruleScopedTarget)
	case len(r.prose) > 0 && !figure:
		return no()
	case noun == cueBatch || r.has(cueBatch) && !figure:
		return f.as(ruleBatches)
	case !figure && r.unknown >= 2 && e.foundFor(r):
		return e.chooseFound(r, f)
	case r.alien() > alienLax:
		return unknown(r), true
	case f.yesNo && len(r.numbers) > 0:
		a := r.numbers[len(r.numbers)-1]
		f.value, f.money = a.value, a.money
		return f.as(ruleCheckTarget)
	case figure || r.has(cueOverview, cueList, cueWhich, cueWhen, cueYesNo):
		return f.as(ruleTarget)
	case r.alien() > alienStrict:
		return unknown(r), true
	}
	return f.guessed(ruleTarget)
}

// choosePair finds questions about a domain in a district.
func (e *Engine) choosePair(r *reading, f frame) (frame, bool) {
	if len(r.domains) == 0 || len(r.districts) == 0 || len(r.terms) > 0 {
		return no()
	}
	switch {
	case e.figureAsked(r):
		return f.as(ruleScopedTarget)
	case len(r.prose) > 0 && r.has(cueHow, cueGain):
		return no()
	case r.alien() > alienLax:
		return unknown(r), true
	case f.yesNo:
		return f.as(ruleCheckPair)
	case r.has(cueLead, cueFocus, cueOverview, cueWhich, cueList, cueDirection, cueWhy, cueHow, cueTarget, cueLayout, cueTech, cueDistrict, cueDomain, cueWhere):
		return f.as(ruleFocus)
	case r.alien() > alienStrict:
		return unknown(r), true
	}
	return f.guessed(ruleFocus)
}

// figureAsked reports whether a figure is asked for that the policy gives for
// the city only, or not at all.
func (e *Engine) figureAsked(r *reading) bool {
	if r.has(cueQuantity) && (r.has(cueMuch, cueCount, cueAmount) || len(r.years) > 0) {
		return true
	}
	if r.has(cueQuantity) && !r.has(cueLead, cueFocus, cueOverview, cueDirection) {
		return true
	}
	noun, ok := r.asked()
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
	noun, _ := r.asked()
	weak := e.onlyUses(f.terms)
	if weak && len(r.domains)+len(r.districts)+len(r.prose) > 0 {
		f.terms = nil
		return no()
	}
	switch {
	case len(r.prose) > 0 && r.longestProse() > r.longestTerm():
		return no()
	case r.has(cueAmount) || r.has(cueMuch) || r.has(cueCount) && noun != cueDistrict && noun != cueDomain || r.has(cueQuantity) && len(r.districts) == 0 && r.has(cueCount):
		return f.as(ruleTermFigure)
	case r.alien() > alienLax:
		return unknown(r), true
	case len(r.districts) > 0:
		return f.as(ruleCheckTerm)
	case len(r.domains) > 0 && f.yesNo:
		return f.as(ruleCheckBelong)
	case weak && !r.has(cueWho, cueWhere, cueBelong, cueLead, cueDomain, cueDistrict):
		return no()
	case r.alien() > alienStrict && !r.has(cueWhich, cueWho, cueWhere, cueBelong, cueLead, cueDistrict, cueDomain):
		return unknown(r), true
	case r.has(cueWhich, cueWho, cueWhere, cueBelong, cueLead, cueOverview, cueYesNo, cueTag):
		return f.as(ruleTerm)
	}
	return f.guessed(ruleTerm)
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

// chooseNamed finds questions about facts, actions, safeguards, principles,
// measures and bodies that are called by their names.
func (e *Engine) chooseNamed(r *reading, f frame) (frame, bool) {
	f.things = slices.DeleteFunc(slices.Clone(r.prose), func(t thing) bool {
		return t.kind == kindDocument || t.kind == kindSection || t.kind == kindDamage
	})
	if len(f.things) == 0 {
		for _, t := range r.prose {
			if t.kind == kindSection && r.alien() < alienLax && len(r.domains)+len(r.districts) == 0 {
				f.things = []thing{t}
				return f.as(ruleSections)
			}
		}
		return no()
	}
	if len(r.districts) > 0 && f.things[0].kind == kindFact {
		return f.as(ruleScopedTarget)
	}
	switch f.things[0].kind {
	case kindFact:
		if r.has(cueQuantity) {
			return f.as(ruleNoYear)
		}
	case kindAction, kindSafeguard, kindBody, kindPrinciple:
		if r.has(cueMuch, cueAmount) && !r.has(cueHow) {
			return f.as(ruleTermFigure)
		}
	default:
		if r.has(cueMuch, cueAmount, cueCount) && !r.has(cueHow) {
			return f.as(ruleTermFigure)
		}
	}
	if len(r.districts) > 0 && !r.has(cueHow, cueGain) || len(r.foreign) > 0 && !r.excuses(nil) {
		return no()
	}
	if len(r.domains) > 0 && !r.has(cueHow, cueGain, cueTarget, cueYesNo) && r.has(cueLead, cueWho, cueDistrict) {
		return no()
	}
	if r.alien() > alienLax && !e.confirms(r, f.things) {
		return unknown(r), true
	}
	if n := len(r.numbers); n > 0 && f.yesNo {
		f.value, f.money = r.numbers[n-1].value, r.numbers[n-1].money
	}
	f.things = e.prose.order(r, f.things)
	if better, ok := e.prose.better(r, f.things[0]); ok {
		f.things = []thing{better}
	}
	f.things[0] = e.bodyOf(f.things[0])
	if f.things[0].kind == kindTarget {
		return f.as(ruleProseTarget)
	}
	return f.as(ruleProse)
}

// bodyOf returns the body whose work a duty is, or that a measure of §6(1) sets
// up; any other thing is returned as it is.
func (e *Engine) bodyOf(t thing) thing {
	switch {
	case t.kind == kindDuty:
		for _, b := range e.pol.Governance {
			if slices.ContainsFunc(b.Duties, func(d policy.Duty) bool { return d.ID == t.id }) {
				return thing{kindBody, b.ID}
			}
		}
	case t.kind == kindMeasure && (t.id == "city-mechanism" || t.id == "higher-resources" || t.id == "coordination"):
		return thing{kindBody, "leading-group"}
	case t.kind == kindMeasure && t.id == "advisory-committee":
		return thing{kindBody, "expert-committee"}
	}
	return t
}

// confirms reports whether a search over the texts finds one of the things
// too, so that the unknown words of the question belong to it.
func (e *Engine) confirms(r *reading, things []thing) bool {
	hit, ok := e.prose.find(r)
	return ok && slices.Contains(things, hit)
}

// chooseTargets finds questions about the targets as a whole.
func (e *Engine) chooseTargets(r *reading, f frame) (frame, bool) {
	if len(r.indicators)+len(r.terms) > 0 {
		return no()
	}
	noun, _ := r.asked()
	switch {
	case len(r.domains)+len(r.districts) > 0:
		if len(r.domains) > 0 && r.has(cueCompare, cueCount) && (noun == cueDistrict || noun == cueDomain) {
			return no()
		}
		if e.figureAsked(r) && !(r.has(cueCount) && (noun == cueDistrict || noun == cueDomain)) {
			return f.as(ruleScopedTarget)
		}
		return no()
	case noun == cueIndicator && len(r.years) == 0:
		return f.as(ruleIndicators)
	case len(r.numbers) > 0 && r.has(cueQuantity, cueTarget, cueWhich, cueWhen, cueAmount, cueOverview) && r.alien() < alienLax:
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
	leads := noun == cueDistrict || r.has(cueWho, cueWhere)
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
	case leads:
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
		if got, ok := e.foundOf(r, f, kindPrinciple); ok && r.has(cueWhich) && !r.has(cueList) {
			return got, true
		}
		return f.as(rulePrinciples)
	case cueBatch:
		return f.as(ruleBatches)
	case cueYear:
		return f.as(ruleTargetYears)
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
	if r.has(cueHow, cueGain) && !r.has(cueLayout) {
		if got, ok := e.chooseFound(r, f); ok {
			return got, true
		}
	}
	if r.unknown >= 2 && !r.has(cueLayout) {
		if got, ok := e.chooseFound(r, f); ok {
			return got, true
		}
	}
	if r.alien() > 0.25 {
		return no()
	}
	if r.has(cueLayout) && r.has(cueHow) && !r.has(cueGain, cueWhen, cueWhy) && r.unknown < 2 {
		return f.as(ruleLayout)
	}
	layout := r.has(cueLayout) || r.has(cueDistrict) && (r.has(cueFocus, cueDomain) || r.has(cueLead) && !r.has(cueWho)) && !r.has(cueHow, cueWhy)
	switch {
	case layout && !r.has(cueHow, cueWhen, cueWhy):
		return f.as(ruleLayout)
	case noun == cueDistrict:
		return f.as(ruleDistricts)
	case noun == cueDomain && !r.has(cueWhy, cueHow, cueWhen), r.has(cueDomain, cueCity) && r.has(cueWhich, cueList, cueOverview, cueDirection, cueFocus) && !r.has(cueWhy):
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

// bodyWords are words for an organ; adviceWords tell that it advises.
var (
	bodyWords   = []string{"依托什么", "依托哪", "谁推动", "谁推进", "谁主抓", "谁协调", "谁负责推", "whocoordinat", "whoorganis", "whooversee", "whopromot", "whodrive", "whosteer", "whorun", "taskforce", "机构", "部门", "牵头单位", "什么组织", "哪个组织", "领导体制", "统筹", "协调机制", "推进机制", "body", "organisation", "organization", "agency", "mechanism", "coordinate", "oversee", "steer", "whichgroup", "whatgroup", "governance", "department"}
	adviceWords = []string{"咨询", "智库", "出谋划策", "智力支持", "顾问", "专家", "外脑", "advis", "advice", "expert", "thinktank", "consult"}
	changeWords = []string{"固定", "不变", "变动", "会变", "会不会变", "改变", "更新", "修订", "fixed", "change", "revis", "updat", "permanent", "everyyear", "eachyear", "onceayear", "每年", "一年一"}
)

// chooseGovernance finds questions about who governs the policy and about the
// yearly evaluation, by whatever words.
func (e *Engine) chooseGovernance(r *reading, f frame) (frame, bool) {
	if len(r.foreign) > 0 || len(r.indicators)+len(r.terms)+len(r.districts) > 0 || len(r.domains) > 0 {
		return no()
	}
	if len(r.prose) > 0 && !slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindDocument || t.kind == kindDuty || t.kind == kindMeasure }) {
		return no()
	}
	s := r.t.buf
	layout := r.has(cueLayout, cueDomain, cueDistrict, cueCity)
	switch {
	case r.has(cueSource) && containsAny(s, "节", "章", "段", "条", "部分", "section", "paragraph", "clause", "chapter", "where", "写在", "提到"):
		return no()
	case containsAny(s, adviceWords...) && (r.has(cueWho, cueWhich, cueOverview, cueYesNo, cueHow) || r.aux) && len(r.prose) == 0:
		f.things = []thing{{kindBody, "expert-committee"}}
		return f.as(ruleProse)
	case r.has(cueEvaluate) && (layout || r.has(cueWhen, cueHow, cueCount, cueSource, cueYesNo, cueWhich) || r.aux) && len(r.prose) == 0,
		containsAny(s, changeWords...) && (layout || r.has(cueEvaluate) || r.has(cueYear)) && !r.has(cueTarget, cueQuantity, cueCompare, cueReported) && len(r.prose) == 0 && (f.yesNo || r.has(cueEvaluate, cueHow, cueWhich, cueOverview, cueList)):
		if got, ok := e.evaluation(f); ok {
			return got, true
		}
	case containsAny(s, bodyWords...) && (r.has(cueWho, cueWhich, cueHow, cueOverview, cueYesNo) || r.aux) && (r.has(cueCity, cueLead, cueGain, cueDomain) || r.alien() < alienLax) && len(r.prose) == 0 && !r.has(cueIssuer, cueDate):
		f.things = []thing{{kindBody, "leading-group"}}
		return f.as(ruleProse)
	}
	return no()
}

// chooseOrdinal finds "the third action", 第二项保障措施, 第四个领域.
func (e *Engine) chooseOrdinal(r *reading, f frame) (frame, bool) {
	n := r.ordinal()
	if n == 0 || len(r.foreign) > 0 || len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 {
		return no()
	}
	switch {
	case r.has(cueAction) && n <= len(e.pol.Actions):
		f.things = []thing{{kindAction, e.pol.Actions[n-1].ID}}
	case r.has(cueSafeguard) && n <= len(e.pol.Safeguards):
		f.things = []thing{{kindSafeguard, e.pol.Safeguards[n-1].ID}}
	case r.has(cuePrinciple) && n <= len(e.pol.Principles):
		f.things = []thing{{kindPrinciple, e.pol.Principles[n-1].ID}}
	case r.has(cueDomain) && !r.has(cueDistrict) && n <= len(e.pol.Domains):
		f.domains = []policy.DomainID{e.pol.Domains[n-1].ID}
		return f.as(ruleDomain)
	default:
		return no()
	}
	return f.as(ruleProse)
}

// chooseWhichPart finds "which principle is about the market?" and the like:
// the action, safeguard or principle whose text holds the words.
func (e *Engine) chooseWhichPart(r *reading, f frame) (frame, bool) {
	if !r.has(cueWhich, cueSource, cueOverview) || r.onlyTalkOf() || len(r.foreign) > 0 || len(r.domains)+len(r.districts) > 0 || r.has(cueList, cueCount) {
		return no()
	}
	var keep func(thing) bool
	switch {
	case r.has(cuePrinciple):
		keep = func(t thing) bool { return t.kind == kindPrinciple }
	case r.has(cueAction):
		keep = func(t thing) bool { return t.kind == kindAction || t.kind == kindMeasure && e.underAction(t.id) }
	case r.has(cueSafeguard):
		keep = func(t thing) bool { return t.kind == kindSafeguard || t.kind == kindMeasure && !e.underAction(t.id) }
	default:
		return no()
	}
	for _, t := range r.prose {
		if keep(t) {
			f.things = []thing{t}
			return f.as(ruleProse)
		}
	}
	hit, ok := e.prose.likeliest(r, keep)
	if !ok {
		return no()
	}
	f.things, f.terms, f.indicators = []thing{hit}, nil, nil
	return f.as(ruleProse)
}

// onlyTalkOf reports whether nothing but a sort of things is named: every word
// is known, and none is a name.
func (r *reading) onlyTalkOf() bool {
	return r.unknown == 0 && len(r.prose)+len(r.terms)+len(r.indicators) == 0 && !r.has(cueGain, cueTech, cueDomain, cueFocus, cueProgress, cueEvaluate, cueLead)
}

// underAction reports whether the measure is one of an action's.
func (e *Engine) underAction(id string) bool {
	for _, a := range e.pol.Actions {
		if slices.ContainsFunc(a.Measures, func(m policy.Measure) bool { return m.ID == id }) {
			return true
		}
	}
	return false
}

var ordinalWords = []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"}

// ordinal returns the number of 第三 or "third", or 0.
func (r *reading) ordinal() int {
	for i := range r.t.toks {
		s := r.t.form(i, i+1)
		if s == "第" && i+1 < len(r.t.toks) {
			if v, n, _ := r.t.number(i + 1); n > 0 && v >= 1 && v <= 10 {
				return int(v)
			}
		}
		if k := slices.Index(ordinalWords, s); k >= 0 {
			return k + 1
		}
	}
	return 0
}

// evaluation is the frame about the yearly evaluation and adjustment.
func (e *Engine) evaluation(f frame) (frame, bool) {
	for _, b := range e.pol.Governance {
		if b.Kind == policy.BodyProcedure {
			f.things = []thing{{kindBody, b.ID}}
			return f.as(ruleProse)
		}
	}
	return no()
}

// chooseFound searches the texts of actions, safeguards and the rest for the
// words of the question.
func (e *Engine) chooseFound(r *reading, f frame) (frame, bool) {
	if len(r.districts) > 0 || len(r.foreign) > 0 {
		return no()
	}
	hit, ok := e.prose.find(r)
	if !ok {
		return no()
	}
	f.things, f.terms = []thing{e.bodyOf(hit)}, nil
	if hit.kind == kindTarget {
		return f.as(ruleProseTarget)
	}
	return f.as(ruleProse)
}

// foundFor reports whether a search over the texts finds something.
func (e *Engine) foundFor(r *reading) bool {
	_, ok := e.prose.find(r)
	return ok
}

// foundOf searches the texts of one kind.
func (e *Engine) foundOf(r *reading, f frame, k kind) (frame, bool) {
	hit, ok := e.prose.findOf(r, func(t thing) bool { return t.kind == k })
	if !ok {
		return no()
	}
	f.things = []thing{hit}
	return f.as(ruleProse)
}
