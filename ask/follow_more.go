package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// followOther resolves "the other one": the other district of the last
// question's domain, or the other domain of its district.
func (e *Engine) followOther(r *reading, last frame) (frame, bool) {
	if noun, _ := r.asked(); !r.subject() && r.total <= 30 && len(last.districts) == 1 && len(last.domains)+len(last.terms) > 0 && !r.has(cueWho, cueCount, cueSource) && (noun == cueDomain || containsAny(r.t.buf, "领域", "field", "domain")) && containsAny(r.t.buf, "besidethat", "besidethi", "otherthanthat", "apartfromthat", "anyother", "除了这", "除了那", "除此", "别的", "其他", "其它") {
		return frame{rule: ruleDistrict, named: true, noun: cueDomain, districts: last.districts}, true
	}
	if r.subject() || r.total > 16 || !containsAny(r.t.buf, "另外", "另一", "其他", "其余", "剩下", "theother", "otherone", "others", "therest") {
		return no()
	}
	layout := e.layout
	next := last
	next.listed, next.named = nil, true
	switch {
	case len(last.domains) == 1 && len(last.districts) == 1:
		next.districts = slices.DeleteFunc(slices.Clone(layout.DistrictsOf(last.domains[0])), func(d policy.DistrictID) bool { return d == last.districts[0] })
		next.rule = ruleFocus
		return next, len(next.districts) == 1
	case len(last.districts) == 1 && len(last.listed) == 0:
		return no()
	}
	return no()
}

// followLater resolves "five years after that".
func (e *Engine) followLater(r *reading, last frame) (frame, bool) {
	if r.total > 14 || len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 || len(last.years) != 1 || !containsAny(r.t.buf, "年后", "年之后", "年以后", "年往后", "往后", "再过", "yearlater", "yearafter", "yearon") {
		return no()
	}
	for _, a := range r.numbers {
		if y := last.years[0] + int(a.value); a.value < 30 {
			return e.followYear(&reading{t: r.t, years: []int{y}, cues: r.cues}, last, last)
		}
	}
	return no()
}

// followPair resolves a domain or a district that is named after the other:
// 氢能谁做? 常熟侧重什么?
func (e *Engine) followPair(r *reading, last frame) (frame, bool) {
	if !r.has(cueFocus, cueMore) && !containsAny(r.t.buf, "具体", "哪块", "哪部分", "哪一块", "whichpart", "exactly") || len(r.indicators)+len(r.terms)+len(r.foreign) > 0 {
		return no()
	}
	if len(last.districts) == 0 && len(last.listed) == 1 && last.listed[0].kind == kindDistrict && containsAny(r.t.buf, "这个市", "这个区", "该市", "该区", "它", "thatcity", "thatdistrict", "thisdistrict", "thiscity") {
		last.districts, last.terms = []policy.DistrictID{policy.DistrictID(last.listed[0].id)}, nil // 这个市.
	}
	next := last
	next.listed, next.named, next.rule, next.things = nil, true, ruleFocus, nil
	layout := e.layout
	switch {
	case len(r.districts) == 1 && len(r.domains) == 0 && len(last.domains) == 1 && !containsAny(r.t.buf, "领域", "domain", "field"):
		next.districts = r.districts
		_, ok := layout.FocusOf(last.domains[0], r.districts[0])
		return next, ok
	case len(r.domains) == 1 && len(r.districts) == 0 && len(last.districts) == 1:
		next.domains = r.domains
		_, ok := layout.FocusOf(r.domains[0], last.districts[0])
		return next, ok
	}
	return no()
}

// followAmong finds which of the texts that the last answer listed, or of the
// measures of the one that it told, the question is about: "the money one".
func (e *Engine) followAmong(r *reading, last frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms)+len(r.years) > 0 {
		return no()
	}
	among := slices.Clone(last.listed)
	for _, t := range last.things {
		among = append(among, e.under(t)...)
	}
	among = slices.DeleteFunc(among, func(t thing) bool { return t.kind < kindFact || t.kind > kindMeasure })
	if len(among) < 2 || slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind >= kindFact && t.kind <= kindMeasure && !slices.Contains(among, t) }) {
		return no() // another one is named.
	}
	t, ok := e.index.among(r, among)
	if !ok {
		return no()
	}
	return frame{rule: ruleProse, things: []thing{t}, named: true}, true
}

// under returns the measures of an action or a safeguard.
func (e *Engine) under(t thing) []thing {
	var out []thing
	for _, a := range e.pol.Actions {
		for _, m := range a.Measures {
			if t == (thing{kindAction, a.ID}) {
				out = append(out, thing{kindMeasure, m.ID})
			}
		}
	}
	for _, g := range e.pol.Safeguards {
		for _, m := range g.Measures {
			if t == (thing{kindSafeguard, g.ID}) {
				out = append(out, thing{kindMeasure, m.ID})
			}
		}
	}
	return out
}

// shortNames are words that name an indicator only beside another one.
var shortNames = []struct {
	id    policy.IndicatorID
	words []string
}{
	{policy.CoreProducts, []string{"产品", "product"}},
	{policy.Scenarios, []string{"场景", "scenario"}},
	{policy.Platforms, []string{"平台", "platform"}},
	{policy.PilotParks, []string{"园区", "先导区", "park"}},
	{policy.ChainLeaders, []string{"链主", "企业", "leader", "company", "firm", "enterprise"}},
	{policy.Clusters, []string{"集群", "cluster"}},
	{policy.Output, []string{"产值", "规模", "output"}},
}

// followShort resolves an indicator that is called by a short noun after a
// question about another: 产品数呢, "and products?".
func (e *Engine) followShort(r *reading, last frame) (frame, bool) {
	if r.total > 10 || len(r.domains)+len(r.districts)+len(r.terms)+len(r.indicators)+len(r.years)+len(r.numbers) > 0 || len(last.indicators) == 0 {
		return no()
	}
	for _, s := range shortNames {
		if containsAny(r.t.buf, s.words...) && r.unknown <= 2 {
			return e.followIndicator(&reading{t: r.t, indicators: []policy.IndicatorID{s.id}, cues: r.cues}, last, last)
		}
	}
	return no()
}

// followSibling resolves "and the fourth" after a question about the third
// action, safeguard, principle or domain.
func (e *Engine) followSibling(r *reading, last frame) (frame, bool) {
	n := r.ordinal()
	if containsAny(r.t.buf, "最后一", "最后那", "lastone") {
		n = e.last(last)
	}
	if n == 0 || r.total > 12 || r.subject() || r.has(cueAction, cueSafeguard, cuePrinciple, cueDomain, cueDistrict) {
		return no()
	}
	next := frame{rule: ruleProse, named: true}
	if last.rule == ruleCount {
		last.things = e.counted(last.noun)
	}
	if len(last.things) == 0 {
		if last.rule != ruleDomain && last.rule != ruleDirections || len(last.domains) != 1 || n > len(e.pol.Domains) {
			return no()
		}
		next.rule, next.domains = last.rule, []policy.DomainID{e.pol.Domains[n-1].ID}
		return next, true
	}
	switch kind := last.things[0].kind; {
	case kind == kindAction && n <= len(e.pol.Actions):
		next.things = []thing{{kind, e.pol.Actions[n-1].ID}}
	case kind == kindSafeguard && n <= len(e.pol.Safeguards):
		next.things = []thing{{kind, e.pol.Safeguards[n-1].ID}}
	case kind == kindPrinciple && n <= len(e.pol.Principles):
		next.things = []thing{{kind, e.pol.Principles[n-1].ID}}
	default:
		return no()
	}
	return next, true
}

// counted returns the first of a sort of texts that was counted.
func (e *Engine) counted(n cue) []thing {
	switch n {
	case cueAction:
		return []thing{{kindAction, e.pol.Actions[0].ID}}
	case cueSafeguard:
		return []thing{{kindSafeguard, e.pol.Safeguards[0].ID}}
	case cuePrinciple:
		return []thing{{kindPrinciple, e.pol.Principles[0].ID}}
	default:
		return nil
	}
}

// last returns the number of the last one of what the last question was about.
func (e *Engine) last(last frame) int {
	if last.rule == ruleCount {
		last.things = e.counted(last.noun)
	}
	if len(last.things) == 0 {
		return 0
	}
	switch last.things[0].kind {
	case kindAction:
		return len(e.pol.Actions)
	case kindSafeguard:
		return len(e.pol.Safeguards)
	case kindPrinciple:
		return len(e.pol.Principles)
	default:
		return 0
	}
}

// followLeaders resolves "what else do they lead" after an answer that named one
// district.
func (e *Engine) followLeaders(r *reading, last frame) (frame, bool) {
	noun, _ := r.asked()
	if r.subject() || !r.has(cuePronoun) || noun != cueDomain && !r.has(cueExcept) && (!r.has(cueLead) || !r.has(cueWhich)) || r.has(cueWho, cueDistrict) || len(last.districts) > 1 || len(last.districts)+len(last.listed) == 0 {
		return no()
	}
	if len(last.districts) == 1 {
		if containsAny(r.t.buf, "个区", "那家", "另一家", "板块") {
			return no() // another district, not another field.
		}
		return frame{rule: ruleDistrict, named: true, noun: cueDomain, districts: last.districts}, r.has(cueExcept) || containsAny(r.t.buf, otherWords...)
	}
	next := frame{rule: ruleDistrict, named: true, noun: cueDomain}
	for _, t := range last.listed {
		if t.kind != kindDistrict {
			return no()
		}
		next.districts = append(next.districts, policy.DistrictID(t.id))
	}
	if len(next.districts) > 4 {
		return no()
	}
	return next, true
}

// followWord resolves "which one has the scenarios" among the districts that the
// last answer listed: the one of whose focus alone the word is a part.
func (e *Engine) followWord(r *reading, last frame) (frame, bool) {
	if len(last.domains) != 1 || len(last.listed) < 2 || last.listed[0].kind != kindDistrict || !r.has(cueWhich, cueWho) || len(r.domains) > 0 && r.longest(func(k kind) bool { return k == kindDomain }) > 2 || len(r.districts)+len(r.years)+len(r.numbers)+len(r.foreign) > 0 || r.total > 14 || r.has(cueCount, cueQuantity) {
		return no()
	}
	layout := e.layout
	var found policy.DistrictID
	for _, fo := range layout.FocusesOf(last.domains[0]) {
		zh, _ := key(fo.Text.ZH)
		en := newText(fo.Text.EN)
		for i := range r.t.toks {
			hit := false
			if r.t.toks[i].class == classHan {
				hit = i+1 < len(r.t.toks) && r.t.toks[i+1].class == classHan && !r.filler(i) && !r.filler(i+1) && strings.Contains(zh, r.t.form(i, i+2))
			} else if w := r.t.form(i, i+1); len(w) > 4 {
				for k := range en.toks {
					hit = hit || en.form(k, k+1) == w
				}
			}
			if hit && found != "" && found != fo.District {
				return no()
			}
			if hit {
				found = fo.District
			}
		}
	}
	if found == "" {
		return no()
	}
	return frame{rule: ruleFocus, named: true, domains: last.domains, districts: []policy.DistrictID{found}}, true
}

// filler reports whether the token is in a word that says nothing.
func (r *reading) filler(i int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from <= i && i < m.to && m.first().kind >= kindCue })
}

// countsWords ask whether something counts towards a target.
var countsWords = []string{"算进", "能算", "也算", "算不算", "算数", "计入", "计进", "itcount", "thatcount", "onecount", "theycount", "stillcount", "countedtoo", "counttoward"}

// followCounts resolves "does one that is only announced count?" after a question
// about an indicator.
func (e *Engine) followCounts(r *reading, last frame) (frame, bool) {
	if r.subject() || r.total > 24 || len(last.indicators) != 1 || !containsAny(r.t.buf, countsWords...) {
		return no()
	}
	return frame{rule: ruleDefine, named: true, indicators: last.indicators}, true
}

// followBoth resolves "what do the two have in common" after a question about a
// district in a domain: all that lead it are set side by side.
func (e *Engine) followBoth(r *reading, last frame) (frame, bool) {
	if r.subject() || r.total > 16 || len(last.domains) != 1 || len(last.districts) == 0 || !r.has(cueShare) && !containsAny(r.t.buf, "doboth", "bothdo", "thetwo", "两家都") || r.has(cueExcept, cueSource) && !containsAny(r.t.buf, "part") {
		return no()
	}
	leaders := e.layout.DistrictsOf(last.domains[0])
	return frame{rule: ruleCompareFocus, named: true, domains: last.domains, districts: leaders}, len(leaders) > 1
}

// followSole resolves "which of them is its alone?" after a question about a district.
func (e *Engine) followSole(r *reading, last frame) (frame, bool) {
	if r.subject() || r.total > 16 || len(last.districts) != 1 || last.rule != ruleDistrict && last.rule != ruleCount || !containsAny(r.t.buf, "独家", "独一份", "单独牵头", "一家牵头", "一家做", "onlyitlead", "soleleader", "byitself", "itsalone", "exclusive") {
		return no()
	}
	return frame{rule: ruleManyDistricts, named: true, n: 1}, true
}

// also reports whether the question asks for one thing more: "platforms too".
func (r *reading) also() bool {
	return r.total <= 10 && (r.han() && containsAny(r.t.buf, "也要", "也来", "也说", "也给", "也发", "一并", "一起") || slices.ContainsFunc(r.t.toks, func(t token) bool {
		w := strings.ToLower(r.t.orig[t.start:t.end])
		return w == "too" || w == "also"
	}) || strings.Contains(r.t.buf, "aswell"))
}

// followDiffer resolves "how do the two differ?" after an answer that named
// several districts or domains.
func (e *Engine) followDiffer(r *reading, last frame) (frame, bool) {
	if r.subject() || !r.has(cueCompare) || r.total > 20 || r.has(cueProgress, cueReported, cueTarget, cueQuantity, cueYear) || r.alien() > alienStrict {
		return no()
	}
	next := frame{named: true, domains: last.domains, districts: last.districts}
	if len(next.districts) < 2 {
		next.districts = nil
		for _, t := range last.listed {
			if t.kind == kindDistrict {
				next.districts = append(next.districts, policy.DistrictID(t.id))
			}
		}
	}
	if len(last.districts) == 1 && len(last.before) > 0 && len(next.districts) < 2 {
		next.districts = append(slices.Clone(last.before), last.districts...)
	}
	switch {
	case len(next.districts) >= 2 && len(next.districts) <= 4 && len(next.domains) == 1:
		next.rule = ruleCompareFocus
	case len(next.districts) >= 2 && len(next.districts) <= 4:
		next.rule, next.domains = ruleCompareDistrict, nil
	case len(next.domains) >= 2:
		next.rule, next.districts = ruleCompareDomains, nil
	default:
		return no()
	}
	return next, true
}

// followNext resolves "the one after that" and "the one before" among the
// actions, the safeguards, the principles and the domains.
func (e *Engine) followNext(r *reading, last frame) (frame, bool) {
	step := 0
	switch s := r.t.buf; {
	case r.subject() || r.total > 12 || r.ordinal() > 1:
		return no()
	case containsAny(s, "后面一", "后一个", "后一项", "后一条", "下一个", "下一项", "下一条", "再下一", "oneafter", "nextone", "thenext", "following"):
		step = 1
	case containsAny(s, "前面一", "前一个", "前一项", "前一条", "上一个", "上一项", "上一条", "onebefore", "previousone", "theprevious"):
		step = -1
	default:
		return no()
	}
	next := frame{rule: ruleProse, named: true}
	if len(last.things) == 0 {
		if last.rule != ruleDomain && last.rule != ruleDirections || len(last.domains) != 1 {
			return no()
		}
		at := slices.IndexFunc(e.pol.Domains, func(d policy.Domain) bool { return d.ID == last.domains[0] }) + step
		if at < 0 || at >= len(e.pol.Domains) {
			return no()
		}
		next.rule, next.domains = last.rule, []policy.DomainID{e.pol.Domains[at].ID}
		return next, true
	}
	var all []thing
	switch last.things[0].kind {
	case kindAction:
		for _, a := range e.pol.Actions {
			all = append(all, thing{kindAction, a.ID})
		}
	case kindSafeguard:
		for _, g := range e.pol.Safeguards {
			all = append(all, thing{kindSafeguard, g.ID})
		}
	case kindPrinciple:
		for _, p := range e.pol.Principles {
			all = append(all, thing{kindPrinciple, p.ID})
		}
	default:
		return no()
	}
	at := slices.Index(all, last.things[0])
	if at < 0 || at+step < 0 || at+step >= len(all) {
		return no()
	}
	next.things = []thing{all[at+step]}
	return next, true
}
