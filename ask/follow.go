package ask

import (
	"slices"

	"wainao/policy"
)

// follow reads the question as one that goes on from the thread's last: "and
// Wujiang?", "2035?", "the second one". It reports whether it did; a question
// that stands by itself is left as it is.
func (e *Engine) follow(r *reading, f, last frame) (frame, bool) {
	if len(r.foreign) > 0 || f.rule == ruleRefuse || f.rule == ruleThanks {
		return f, false
	}
	for _, step := range []func(*reading, frame) (frame, bool){e.followListed, e.followHolds, e.followBeside, e.followSeveral, e.followDistrictOf, e.followDiffer, e.followNext, e.followOrdinal, e.followSibling, e.followLeaders, e.followWord, e.followCounts, e.followBoth, e.followSole, e.followOther, e.followLater, e.followPair} {
		if got, ok := step(r, last); ok {
			return got, true
		}
	}
	if !f.named || f.searched || f.rule == ruleUnknown || r.total <= 12 {
		if got, ok := e.followAmong(r, last); ok {
			return got, true
		}
	}
	if got, ok := e.followBare(r, f, last); ok {
		return got, true
	}
	if got, ok := e.followShort(r, last); ok {
		return got, true
	}
	if (f.rule == ruleDomain || f.rule == ruleLead) && f.yesNo && len(r.domains) == 1 && len(r.districts)+len(r.terms) == 0 && len(last.districts) == 1 && last.rule == ruleDistrict && r.total <= 10 && !r.has(cueDomain, cueDistrict, cueWho) {
		// "Has it got hydrogen?" is about the district.
		f.rule, f.districts, f.named = ruleCheckPair, last.districts, true
		return f, true
	}
	if f.rule == ruleChoose {
		// Of several readings the one of the last question's domain is meant.
		if c, ok := e.within(f.choices, last); ok {
			return c, true
		}
	}
	if f.rule == ruleChoose && (r.has(cueAnd) || r.also()) {
		// Of several readings the one of the last question's sort is meant.
		for _, c := range f.choices {
			if c.rule == last.rule && last.rule == ruleTarget {
				c.years, c.named = last.years, true
				return c, true
			}
		}
	}
	if f.named && (!r.has(cuePronoun) || r.alone()) {
		return f, false
	}
	elliptic := r.has(cueAnd, cuePronoun) || r.also() || r.total <= 8 && r.unknown == 0
	if !elliptic || f.rule == ruleChoose {
		return f, false
	}
	switch {
	case len(r.domains) > 0 && len(r.districts) == 0 && len(r.indicators) == 0:
		return e.followDomain(r, f, last)
	case len(r.districts) > 0 && len(r.domains) == 0 && len(r.indicators) == 0:
		return e.followDistrict(r, f, last)
	case len(r.indicators) > 0 && len(r.domains)+len(r.districts) == 0:
		return e.followIndicator(r, f, last)
	case len(r.terms) > 0 && (last.rule == ruleTerm || last.rule == ruleCheckTerm):
		f.rule, f.named = ruleTerm, true
		return f, true
	case len(r.years) > 0:
		return e.followYear(r, f, last)
	}
	return f, false
}

// alone reports whether the question names a district and what of it is asked, so
// that its pronouns are for what it names itself: "is SIP a quantum district, with
// all that they have?".
func (r *reading) alone() bool {
	return r.total > 12 && len(r.districts) > 0 && len(r.domains)+len(r.terms)+len(r.indicators) > 0
}

// within returns the only choice that is of a domain of the last question.
func (e *Engine) within(choices []frame, last frame) (frame, bool) {
	domains := slices.Clone(last.domains)
	for _, id := range last.terms {
		if t, ok := e.pol.Term(id); ok {
			domains = addOnce(domains, t.Domain)
		}
	}
	if len(domains) != 1 {
		return no()
	}
	var found frame
	n := 0
	for _, c := range choices {
		if len(c.terms) == 1 {
			if t, ok := e.pol.Term(c.terms[0]); ok && t.Domain == domains[0] {
				found = c
				n++
			}
		}
	}
	found.named = true
	return found, n == 1
}

func (e *Engine) followDomain(r *reading, f, last frame) (frame, bool) {
	next := last
	next.domains, next.listed, next.terms, next.things = r.domains, nil, nil, nil
	switch last.rule {
	case ruleLead, ruleDomain, ruleDirections, ruleCount, ruleWhere, ruleWhy, ruleNotLeading, ruleOthers:
		if len(last.domains) == 0 {
			return f, false
		}
		return next, true
	case ruleFocus, ruleCheckPair:
		if len(last.districts) > 1 {
			return f, false
		}
		return next, true
	case ruleTerm, ruleCompareFocus:
		next.rule, next.districts = ruleLead, nil
		return next, true
	case ruleDistrict:
		if len(last.districts) == 1 && (r.has(cueAnd) || r.t.question) {
			next.rule = ruleFocus
			return next, true
		}
	case ruleProgress, ruleProgressAll:
		return next, true
	default:
		// The rest is told below.
	}
	return f, false
}

func (e *Engine) followDistrict(r *reading, f, last frame) (frame, bool) {
	next := last
	next.districts, next.listed, next.before = r.districts, nil, last.districts
	switch last.rule {
	case ruleDistrict, ruleFocus, ruleCheckPair, ruleReported, ruleNotLed, ruleScopedTarget, ruleWhy:
		return next, true
	case ruleLead, ruleCompareFocus, ruleDomain, ruleDirections, ruleOthers, ruleForeignLead:
		if len(last.domains) == 1 {
			next.rule = ruleCheckPair
			if last.rule == ruleCompareFocus {
				next.rule = ruleFocus
			}
			return next, true
		}
	case ruleMissing:
		next.rule = ruleReported
		return next, true
	case ruleTerm, ruleCheckTerm:
		next.rule = ruleCheckTerm
		return next, true
	case ruleCount:
		if last.noun == cueDomain && len(last.districts) > 0 {
			return next, true
		}
	case ruleTarget, ruleProgress:
		next.rule = ruleScopedTarget
		if last.rule == ruleProgress {
			next.rule = ruleProgress
		}
		return next, true
	default:
		// The rest is told below.
	}
	return f, false
}

func (e *Engine) followIndicator(r *reading, f, last frame) (frame, bool) {
	next := last
	next.indicators, next.listed = r.indicators, nil
	switch last.rule {
	case ruleTarget, ruleTargetYear, ruleCheckTarget:
		next.rule, next.value = ruleTarget, 0
		next.years = r.years
		if len(r.years) == 0 {
			// The last year stays, if the indicator has a target for it.
			for _, y := range last.years {
				if _, ok := e.pol.Target(r.indicators[0], y); ok {
					next.years = append(next.years, y)
				}
			}
		}
		return next, true
	case ruleProgress, ruleDefine, ruleScopedTarget:
		return next, true
	default:
		// The rest is told below.
	}
	return f, false
}

func (e *Engine) followYear(r *reading, f, last frame) (frame, bool) {
	next := last
	next.years, next.listed = r.years, nil
	known := e.pol.TargetYears()
	bad := slices.ContainsFunc(r.years, func(y int) bool { return !slices.Contains(known, y) })
	switch last.rule {
	case ruleTarget, ruleTargets, ruleCheckTarget, ruleTargetYear, ruleScopedTarget, ruleNoYear, ruleProgress:
		if last.rule != ruleTargets && last.rule != ruleScopedTarget && last.rule != ruleProgress {
			next.rule, next.value = ruleTarget, 0
			if len(last.indicators) == 0 {
				next.rule = ruleTargets
			}
		}
		if bad {
			next.rule = ruleNoYear
		}
		return next, true
	default:
		// The rest is told below.
	}
	return f, false
}

// ordinals are the words for the first, second, … of a list.
var ordinals = [][]string{
	{"第一个", "第1个", "首个", "first", "firstone", "前者", "former"},
	{"第二个", "第2个", "second", "secondone", "后者", "latter"},
	{"第三个", "第3个", "third", "thirdone"},
}

// followOrdinal resolves "the second one" against what the last answer listed.
func (e *Engine) followOrdinal(r *reading, last frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 {
		return no()
	}
	at := -1
	for i, words := range ordinals {
		if containsAny(r.t.buf, words...) {
			at = i
			break
		}
	}
	if n := r.ordinal(); at < 0 && n > 0 && r.total <= 14 && !r.has(cueAction, cueSafeguard, cuePrinciple) {
		at = n - 1
	}
	if containsAny(r.t.buf, "最后一", "最后那", "lastone") {
		if at = len(last.listed) - 1; at == 0 {
			return no()
		}
	}
	if at < 0 || at >= len(last.listed) {
		return no()
	}
	t := last.listed[at]
	next := frame{rule: ruleDistrict, named: true}
	switch t.kind {
	case kindDistrict:
		next.districts = []policy.DistrictID{policy.DistrictID(t.id)}
		if len(last.domains) == 1 {
			next.domains, next.rule = last.domains, ruleFocus
		}
	case kindDomain:
		next.domains = []policy.DomainID{policy.DomainID(t.id)}
		next.rule = ruleDirections
		if len(last.districts) == 1 {
			next.districts, next.rule = last.districts, ruleFocus
		}
		if r.has(cueWho, cueDistrict) {
			next.districts, next.rule = nil, ruleLead
		}
	case kindIndicator:
		next.indicators, next.years, next.rule = []policy.IndicatorID{policy.IndicatorID(t.id)}, last.years, ruleTarget
	default:
		next.things, next.rule = []thing{t}, ruleProse
	}
	return next, true
}

// followBare resolves questions that name nothing: "why?", "who leads it?",
// "how many districts is that?", "where does it say so?".
func (e *Engine) followBare(r *reading, f, last frame) (frame, bool) {
	if r.subject() || len(r.t.toks) == 0 || r.alien() > alienStrict {
		return no()
	}
	noun, _ := r.asked()
	short := r.total <= 14 || r.has(cuePronoun)
	if !short {
		return no()
	}
	next := last
	next.listed, next.named = nil, true
	switch {
	case r.has(cueSource):
		next.rule = ruleWhere
		return next, len(last.domains)+len(last.districts)+len(last.indicators)+len(last.terms)+len(last.things) > 0
	case r.has(cueWhen, cueYear) && last.rule == ruleProse && len(last.things) == 1 && last.things[0].kind == kindFact && !containsAny(r.t.buf, "文件", "意见", "政策", "document", "policy", "paper"):
		return next, true // the year is told with the figure.
	case r.has(cueWho, cueDistrict) && containsAny(r.t.buf, "也是", "也有", "一样多", "同样") && len(r.numbers) == 1 && r.numbers[0].value <= 5 && len(last.districts) == 1 && (last.rule == ruleCount || last.rule == ruleDistrict):
		return frame{rule: ruleManyDomains, named: true, n: int(r.numbers[0].value)}, true
	case r.has(cueWhy) && !r.has(cueCity, cueDomain):
		next.rule = ruleWhy
		return next, true
	case r.has(cueProgress, cueLeft, cueNow) && len(last.indicators) > 0:
		next.rule = ruleProgress
		return next, true
	case r.has(cueDefine) && len(last.indicators) > 0:
		next.rule = ruleDefine
		return next, true
	case r.has(cueCount, cueMuch) && len(last.indicators) > 0 && noun == "":
		next.rule = ruleTarget
		return next, true
	case r.has(cueCount) && len(last.domains) > 0 && (noun == cueDistrict || noun == "") && len(last.districts) == 0:
		next.rule, next.noun = ruleCount, cueDistrict
		return next, true
	case r.has(cueCount) && len(last.districts) > 0 && (noun == cueDomain || noun == "") && len(last.domains) == 0:
		next.rule, next.noun = ruleCount, cueDomain
		return next, true
	case (r.has(cueWho, cueWhere) || noun == cueDistrict) && len(last.domains) > 0 && !r.has(cueMost, cueLeast, cueOnlyOne, cueMulti, cueReported, cueMissing):
		next.rule, next.districts = ruleLead, nil
		if r.has(cueExcept) && len(last.districts) > 0 {
			next.rule, next.districts = ruleOthers, last.districts
		}
		return next, true
	case (r.has(cueWho, cueWhere) || noun == cueDistrict) && len(last.terms) > 0:
		next.rule = ruleTerm
		return next, true
	case r.has(cueWhen, cueYear) && len(last.indicators) > 0 && !r.has(cueReported):
		next.rule, next.years = ruleTarget, nil
		return next, true
	case r.has(cuePronoun) && r.has(cueFocus) && last.rule == ruleLead && len(last.domains) == 1 && len(last.listed) > 1 && containsAny(r.t.buf, "their", "they", "他们", "它们", "这些"):
		next.rule = ruleLead
		return next, true
	case r.each() && r.has(cueFocus, cueDirection, cueLead) && len(last.domains) == 1 && len(last.districts) == 0 && (last.rule == ruleLead || last.rule == ruleCount):
		next.rule = ruleLead
		return next, true
	case (r.has(cueFocus, cueDirection) || r.has(cueMore)) && len(last.domains) > 0 && len(last.districts) == 0:
		next.rule = ruleDirections
		return next, true
	case r.has(cueFocus, cueDirection, cueLead, cueMore) && len(last.districts) > 0 && !r.has(cueWho, cueDistrict) && (r.has(cuePronoun) || r.has(cueFocus)):
		next.rule = ruleDistrict
		if len(last.domains) > 0 {
			next.rule = ruleFocus
		}
		return next, true
	case noun == cueDomain && r.has(cuePronoun) && len(last.districts) > 0:
		next.rule, next.domains = ruleDistrict, nil
		return next, true
	case r.has(cueQuantity) && len(last.indicators) > 0 && (r.has(cuePronoun) || !f.named):
		next.rule = ruleTarget
		return next, true
	}
	return no()
}
