package ask

import (
	"slices"

	"wainao/policy"
)

// listWords ask for what was counted, by name.
var listWords = []string{
	"有哪些", "哪些", "哪几", "是什么", "都是啥", "有啥", "列一下", "列出", "列给", "报一下", "报一遍", "点名", "名字", "名称", "叫什么", "说说看", "数一数", "展开",
	"namethem", "listthem", "nameall", "listall", "whicharethey", "whatarethey", "whichone", "whicharethose", "spellthemout", "enumerate", "runthrough", "thenames", "theirname", "namesplease", "whichexactly", "suchas", "namely",
}

// followListed resolves "name them" after an answer that only told how many there
// are.
func (e *Engine) followListed(r *reading, last frame) (frame, bool) {
	if last.rule != ruleCount || r.subject() || r.total > 16 || r.unknown > 2 || r.hasNoun() || r.has(cueWho, cueWhere, cueSource, cueWhy, cueReported, cueProgress, cueCompare, cueMost, cueLeast) || !containsAny(r.t.buf, listWords...) {
		return no()
	}
	next := frame{named: true, domains: last.domains, districts: last.districts}
	switch {
	case len(last.nouns) > 1:
		return no()
	case len(last.domains) == 1 && len(last.districts) == 0:
		next.rule = ruleLead
	case len(last.districts) == 1 && len(last.domains) == 0:
		next.rule = ruleDistrict
	case len(last.domains)+len(last.districts)+len(last.terms) > 0 || !onlyAbout(last.things):
		return no()
	default:
		next.rule = map[cue]rule{
			cueDistrict: ruleDistricts, cueDomain: ruleDomains, cueAction: ruleActions, cueSafeguard: ruleSafeguards, cuePrinciple: rulePrinciples, cueBatch: ruleBatches,
			cueIndicator: ruleIndicators, cueTarget: ruleTargets, cuePair: ruleLayout, cueLayout: ruleLayout, cueYear: ruleTargetYears, cueSource: ruleDocument,
		}[last.noun]
		if next.rule == ruleDocument {
			next.noun = cueOverview
		}
	}
	return next, next.rule != ""
}

// followBeside resolves a district or a domain that is set beside the last
// question's: 吴中和它比呢, "compared with Wuzhong?".
func (e *Engine) followBeside(r *reading, last frame) (frame, bool) {
	if !r.has(cueCompare) || r.total > 24 || len(r.indicators)+len(r.terms)+len(r.years)+len(r.prose) > 0 || r.has(cueProgress, cueReported, cueQuantity) || r.alien() > alienStrict {
		return no()
	}
	next := frame{named: true, domains: last.domains}
	switch {
	case len(r.districts) == 1 && len(r.domains) == 0 && len(last.districts) == 1 && last.districts[0] != r.districts[0]:
		next.districts = append(slices.Clone(last.districts), r.districts...)
		if next.rule = ruleCompareFocus; len(last.domains) != 1 || !e.allLead(last.domains[0], next.districts) {
			next.rule, next.domains = ruleCompareDistrict, nil
		}
	case len(r.domains) == 1 && len(r.districts) == 0 && len(last.domains) == 1 && len(last.districts) == 0 && last.domains[0] != r.domains[0]:
		next.rule, next.domains = ruleCompareDomains, append(slices.Clone(last.domains), r.domains...)
	default:
		return no()
	}
	return next, true
}

// followSeveral resolves several districts that are named after a question about a
// domain: 那昆山、太仓各是什么.
func (e *Engine) followSeveral(r *reading, last frame) (frame, bool) {
	if len(r.districts) < 2 || len(r.domains)+len(r.indicators)+len(r.terms)+len(r.years)+len(r.prose) > 0 || len(last.domains) != 1 || r.total > 16 || r.has(cueDomain, cueReported, cueMissing, cueProgress, cueQuantity, cueShare) || r.alien() > alienStrict {
		return no()
	}
	switch last.rule {
	case ruleFocus, ruleCheckPair, ruleLead, ruleCompareFocus, ruleOthers:
	default:
		return no()
	}
	return frame{rule: ruleCompareFocus, named: true, domains: last.domains, districts: r.districts}, e.allLead(last.domains[0], r.districts)
}

// allLead reports whether each of the districts leads the domain.
func (e *Engine) allLead(d policy.DomainID, districts []policy.DistrictID) bool {
	return !slices.ContainsFunc(districts, func(id policy.DistrictID) bool {
		_, ok := e.layout.FocusOf(d, id)
		return !ok
	})
}

// sameDistrict are words for the one district that was told.
var sameDistrict = []string{"这个区", "那个区", "这个板块", "那个板块", "该板块", "该区", "同一个区", "这个市", "那个市", "这家", "那家", "thatdistrict", "thesamedistrict", "thidistrict", "thatplace", "thatcity", "thatarea", "thesameplace", "thesamecity"}

// followDistrictOf resolves "does that district have anything else?" after an
// answer that told one district.
func (e *Engine) followDistrictOf(r *reading, last frame) (frame, bool) {
	if r.subject() || r.total > 20 || !containsAny(r.t.buf, sameDistrict...) || !r.has(cueExcept, cueDomain, cueLead, cueOverview) && !containsAny(r.t.buf, otherWords...) && !containsAny(r.t.buf, "还") || r.has(cueWho, cueReported, cueMissing, cueProgress, cueQuantity, cueFocus, cueCount) || r.alien() > alienStrict {
		return no()
	}
	districts := slices.Clone(last.districts)
	for _, t := range last.terms {
		for _, fo := range e.pol.Covers(e.layout, t) {
			districts = addOnce(districts, fo.District)
		}
	}
	for _, t := range last.listed {
		if t.kind == kindDistrict {
			districts = addOnce(districts, policy.DistrictID(t.id))
		}
	}
	return frame{rule: ruleDistrict, named: true, districts: districts, noun: cueDomain}, len(districts) == 1
}

// followHolds resolves "does its focus hold refuelling?" after a question about a
// district.
func (e *Engine) followHolds(r *reading, last frame) (frame, bool) {
	if len(r.terms) != 1 || len(r.terms[0]) != 1 || len(r.domains)+len(r.districts)+len(r.indicators)+len(r.years)+len(r.prose) > 0 || len(last.districts) != 1 || r.total > 24 || !r.has(cuePronoun) && !r.has(cueFocus) || r.has(cueWho, cueDistrict, cueWhich, cueCount, cueSource) {
		return no()
	}
	switch last.rule {
	case ruleDistrict, ruleFocus, ruleCheckPair, ruleCheckTerm:
	default:
		return no()
	}
	if !r.yesNo() && !containsAny(r.t.buf, "带不带", "含不含", "包不包", "有没", "做不做", "搞不搞", "在不在", "算不算") {
		return no()
	}
	return frame{rule: ruleCheckTerm, named: true, yesNo: true, districts: last.districts, terms: r.terms[0]}, true
}
