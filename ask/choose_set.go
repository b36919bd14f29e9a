package ask

import (
	"slices"

	"wainao/policy"
)

// chooseSet finds questions about sets of districts and domains, comparisons
// and counts.
func (e *Engine) chooseSet(r *reading, f frame) (frame, bool) {
	if len(r.indicators) > 0 && len(r.domains)+len(r.districts) == 0 && !r.has(cueDistrict, cueDomain, cueExcept) {
		return no()
	}
	if len(r.districts) == 1 && len(r.domains)+len(r.terms)+len(r.indicators)+len(r.numbers) == 0 && r.has(cueShare) && r.has(cueDomain) && !f.yesNo && !r.has(cueCount) {
		f.domains = e.layout.DomainsOf(r.districts[0])
		return f.as(ruleOthers)
	}
	if len(r.domains) == 1 && len(r.districts) > 1 && len(r.indicators) == 0 && containsAny(r.t.buf, "whoelse", "还有谁", "还有哪", "还有一个", "另一个是谁", "另外一个", "另一家", "还有一家", "还差一个", "漏了一个", "漏了谁", "漏了哪", "少了一个", "缺了一个", "缺一个", "补全", "补齐", "missingone", "completethelist", "theother", "whichother", "anyoneelse", "anybodyelse") {
		return f.as(ruleOthers)
	}
	if got, ok := e.asMany(r, f); ok {
		return got, true
	}
	if d, ok := e.beyond(r); ok && !f.yesNo {
		f.domains = d
		return f.as(ruleOthers)
	}
	if n, noun, ok := r.eachOf(); ok && len(r.domains)+len(r.districts)+len(r.terms)+len(r.indicators) == 0 {
		f.n = n
		if noun == cueDomain {
			return f.as(ruleManyDomains)
		}
		return f.as(ruleManyDistricts)
	}
	if len(r.domains) == 1 && len(r.districts) == 1 && len(r.terms)+len(r.indicators) == 0 && containsAny(r.t.buf, "跟谁", "和谁", "与谁", "同谁", "withwhom", "withwho", "alongsidewho") {
		return f.as(ruleOthers)
	}
	noun, _ := r.asked()
	if r.has(cueExcept) && len(r.indicators) > 0 && len(r.domains)+len(r.districts)+len(r.terms)+len(r.numbers) == 0 && (noun == cueTarget || noun == cueIndicator) && containsAny(r.t.buf, "还有", "别的", "其他", "其它", "哪些", "什么", "what", "which", "other") {
		f.yesNo = false
		f.indicators = nil
		return f.as(ruleTargets) // all of them, the named one among them.
	}
	if n, ok := r.firstNoun(); ok && !r.han() && r.has(cueMost, cueLeast, cueOnlyOne, cueMulti) && len(r.domains)+len(r.districts)+len(r.indicators) == 0 {
		noun = n // what it is of is said behind it.
	}
	if r.has(cueMost, cueLeast) && noun == cueDomain && containsAny(r.t.buf, "哪两家", "哪家", "哪两个", "哪几家") && len(r.domains)+len(r.districts) == 0 && !containsAny(r.t.buf, "两个领域", "哪个领域") {
		noun = cueDistrict // 领域最多的是哪两家
	}
	if noun == cueDomain && r.has(cueWho) && r.has(cueMost, cueLeast) && !r.has(cueWhich) && len(r.domains)+len(r.districts) == 0 {
		noun = cueDistrict // who has the most domains.
	}
	if (noun == "" || noun == cueDomain && !r.has(cueWhich, cueCount, cueList)) && r.has(cueWho) {
		noun = cueDistrict
	}
	for _, step := range []func(*reading, frame, cue) (frame, bool){e.chooseBesides, e.chooseNone, e.choosePlural, e.chooseByNumber, e.chooseExcept, e.chooseCount} {
		if got, ok := step(r, f, noun); ok {
			return got, true
		}
	}
	return no()
}

// equals are words with which as many are asked for as another has, in normal form.
var equals = []string{"一样多", "同样多", "数量相同", "数量一样", "数目相同", "个数相同", "个数一样", "并列", "持平", "asmany", "samenumber", "samecount", "equalnumber", "tiedwith", "tieswith", "levelwith"}

// asMany finds who has as many domains as a district, and what has as many districts as
// a domain.
func (e *Engine) asMany(r *reading, f frame) (frame, bool) {
	same := len(r.districts) == 1 && len(r.numbers) == 1 && r.numbers[0].value == float64(len(e.layout.DomainsOf(r.districts[0]))) && containsAny(r.t.buf, "一样", "同样", "likewise", "justlike") && r.has(cueDomain)
	if !same && !containsAny(r.t.buf, equals...) || len(r.terms)+len(r.indicators)+len(r.foreign)+len(r.years) > 0 || f.yesNo {
		return no()
	}
	switch {
	case len(r.districts) == 1 && len(r.domains) == 0:
		f.n = len(e.layout.DomainsOf(r.districts[0]))
		return f.as(ruleManyDomains)
	case len(r.domains) == 1 && len(r.districts) == 0:
		f.n = len(e.layout.DistrictsOf(r.domains[0]))
		return f.as(ruleManyDistricts)
	}
	return no()
}

// firstNoun returns the first of districts and domains that is named as a sort.
func (r *reading) firstNoun() (cue, bool) {
	for i := range r.mentions {
		if n, ok := r.mentions[i].noun(); ok && (n == cueDistrict || n == cueDomain) {
			return n, true
		}
	}
	return "", false
}

// otherWords ask for another domain beside the one that is named, and alsoWords for
// who has both.
var (
	otherWords = []string{"别的", "其他", "其它", "另外", "另一", "别处", "其余", "otherfield", "otherdomain", "otherindustr", "otherarea", "othersector", "anotherfield", "anotherdomain", "anotherindustr", "anotherarea", "anothersector", "someother", "anyother", "secondfield", "seconddomain", "somethingelse", "anythingelse", "else"}
	alsoWords  = []string{"还", "也", "兼", "又", "同时", "都", "both", "also", "aswell", "andsomeother", "andanother", "besideshydrogen", "too", "inaddition", "anything", "something"}
)

// chooseBesides finds which districts of a domain lead another one, too.
func (e *Engine) chooseBesides(r *reading, f frame, noun cue) (frame, bool) {
	if len(r.domains) != 1 || len(r.districts)+len(r.terms)+len(r.indicators)+len(r.prose) > 0 || f.yesNo || r.has(cueNot) {
		return no()
	}
	if noun != cueDistrict && !r.has(cueWho, cueDistrict) && !containsAny(r.t.buf, "哪家", "哪几家", "几家", "哪些") || !containsAny(r.t.buf, otherWords...) || !containsAny(r.t.buf, alsoWords...) {
		return no()
	}
	if containsAny(r.t.buf, "其他板块", "别的板块", "其他区", "别的区", "其他市", "别的市", "otherdistrict", "whoelse", "anotherdistrict") {
		return no() // who leads it, too.
	}
	f.least = 2
	return f.as(ruleBoth)
}

// beyondWords ask who else does what a district does.
var beyondWords = []string{"还有谁", "还有哪", "兄弟", "也在做", "也在搞", "别的板块", "其他板块", "其它板块", "别的区", "其他区", "whoelse", "otherdistrict", "whichother", "whatother", "alsowork", "alsolead", "otherplace"}

// beyond finds who else leads the domains of a district, where they are not named:
// 吴江那两个领域还有谁在做. It returns those domains.
func (e *Engine) beyond(r *reading) ([]policy.DomainID, bool) {
	if len(r.districts) != 1 || len(r.domains)+len(r.terms)+len(r.indicators)+len(r.prose)+len(r.foreign)+len(r.years) > 0 || !r.has(cueDomain) || !r.has(cueDistrict, cueWho) || r.has(cueNot, cueProgress, cueReported) || r.has(cueCount) && !containsAny(r.t.buf, "还有谁", "还有哪", "whoelse") || !containsAny(r.t.buf, beyondWords...) {
		return nil, false
	}
	out := e.layout.DomainsOf(r.districts[0])
	for _, a := range r.numbers {
		if a.value != float64(len(out)) {
			return nil, false
		}
	}
	return out, true
}

// ones are words for one district or one domain that stand for each of them.
var ones = map[string]cue{
	"一个板块": cueDistrict, "一家": cueDistrict, "onedistrict": cueDistrict, "singledistrict": cueDistrict, "一个领域": cueDomain, "onedomain": cueDomain, "singledomain": cueDomain, "singlefield": cueDomain,
}

// eachOf finds 一个板块扛三个领域: how many of the other sort each is to have.
func (r *reading) eachOf() (n int, noun cue, ok bool) {
	if !r.has(cueOnlyOne) || r.has(cueCount, cueNot, cueExcept) || len(r.numbers) == 0 {
		return 0, "", false
	}
	at := slices.IndexFunc(r.mentions, func(m mention) bool { return m.has(cueOnlyOne) })
	one := ones[r.mentions[at].key]
	if one == "" {
		return 0, "", false
	}
	for _, a := range r.numbers {
		if a.money || a.value < 2 || a.value > 10 || a.from < r.mentions[at].to {
			continue
		}
		for i := at + 1; i < len(r.mentions); i++ {
			m := &r.mentions[i]
			if m.from < a.to || m.from > a.to+2 {
				continue
			}
			if n, _ := m.noun(); (n == cueDistrict || n == cueDomain) && n != one {
				return int(a.value), n, true
			}
		}
	}
	return 0, "", false
}

// unionWords ask for all that have one thing or the other.
var unionWords = []string{"plusthose", "plusthe", "union", "anyof", "eitherof", "puttogether", "合起来", "加起来", "合在一起", "加在一起", "并在一起", "任意一个", "任一", "至少做其中", "其中之一", "其中一个"}

// chooseNone handles what several lack together, 既不做氢能也不做元宇宙, and
// what one has and another has not.
func (e *Engine) chooseNone(r *reading, f frame, noun cue) (frame, bool) {
	if !r.has(cueNot) && !containsAny(r.t.buf, "nothing") || len(r.terms)+len(r.indicators) > 0 {
		return no()
	}
	s := r.t.buf
	switch {
	case len(r.domains) > 1 && len(r.districts) == 0 && !f.yesNo && (noun == cueDistrict || noun == "" || r.has(cueWho)) && containsAny(s, "但不", "却不", "而不", "但没", "却没", "而没", "butnot", "buthasnothing", "butdon", "butdoe", "butno", "butnothing", "without", "andnot"):
		f.domains, f.without = r.domains[:1], r.domains[1:]
		return f.as(ruleBoth)
	case len(r.domains) > 1 && len(r.districts) == 0 && noun == cueDistrict && containsAny(s, "既不", "都不", "都没", "均不", "均没", "也不", "也没", "neither", "nor", "noneof"):
		return f.as(ruleNotLeading)
	case len(r.districts) > 1 && len(r.domains) == 0 && !f.yesNo && containsAny(s, "都不", "都没", "均不", "均没", "neither", "nor", "noneof", "notledby"):
		return f.as(ruleNotLed)
	case len(r.districts) > 1 && len(r.domains) == 0 && !f.yesNo && containsAny(s, "而", "但", "却", "butnot", "anddoesn", "anddoesnot", "doesnot", "doesn"):
		return f.as(ruleMinus)
	case len(r.districts) == 1 && len(r.domains) == 0 && !f.yesNo && r.has(cueLead) && r.has(cueWhich) && noun != cueDistrict && len(r.prose) == 0 && !r.has(cueExcept, cueReported, cueMissing) && !r.han():
		return f.as(ruleNotLed)
	}
	return no()
}

// choosePlural handles several domains or several districts.
func (e *Engine) choosePlural(r *reading, f frame, noun cue) (frame, bool) {
	domains, districts := e.domainsOrTermDomains(r), len(r.districts)
	switch {
	case districts >= 2 && len(r.terms) == 0:
		switch {
		case r.has(cueShare) && len(r.domains) == 0 && !r.each(), r.has(cueBoth) && !r.each() && noun == cueDomain && len(r.domains) == 0:
			return f.as(ruleShared)
		case len(r.domains) == 1 && !f.yesNo && !r.has(cueExcept):
			return f.as(ruleCompareFocus)
		case len(r.domains) == 0 && !f.yesNo && (noun == cueDomain || r.has(cueDomain)) && r.single("多", "更多", "少", "更少", "more", "fewer"):
			return f.as(ruleCompareDistrict)
		case len(r.domains) == 0 && r.has(cueCompare) && !f.yesNo:
			return f.as(ruleCompareDistrict)
		}
	case len(domains) >= 2 && districts == 0:
		single := noun == cueDistrict && !r.has(cueList) && !r.each()
		switch {
		case noun == cueDistrict && r.single("更多", "多", "少", "more", "fewer") && !r.has(cueBoth):
			return f.as(ruleCompareDomains)
		case (noun == cueDistrict || noun == "") && containsAny(r.t.buf, unionWords...) && !f.yesNo && len(r.terms) == 0:
			f.picked = true
			return f.as(ruleLead)
		case (r.has(cueBoth, cueShare) || containsAny(r.t.buf, "combine", "aswellas", "兼")) && !r.each(), single && r.singular():
			f.domains = domains
			return f.as(ruleBoth)
		case len(r.domains) >= 2 && r.has(cueCompare):
			return f.as(ruleCompareDomains)
		}
	}
	return no()
}

// domainsOrTermDomains returns the domains that are named, or of which terms
// are named.
func (e *Engine) domainsOrTermDomains(r *reading) []policy.DomainID {
	out := slices.Clone(r.domains)
	for _, ids := range r.terms {
		if len(ids) == 1 {
			if t, ok := e.pol.Term(ids[0]); ok {
				out = addOnce(out, t.Domain)
			}
		}
	}
	return out
}

// each reports whether the things are asked about one by one.
func (r *reading) each() bool {
	for i := range r.t.toks {
		switch r.t.form(i, min(i+2, len(r.t.toks))) {
		case "分别", "各自":
			return true
		}
		if s := r.t.form(i, i+1); s == "respectively" || s == "each" {
			return true
		}
	}
	return false
}

// single reports whether one of the words is a phrase of its own.
func (r *reading) single(words ...string) bool {
	for i := range r.mentions {
		if slices.Contains(words, r.mentions[i].key) {
			return true
		}
	}
	return false
}

// singular reports whether one district is asked for: 哪个板块, which district.
func (r *reading) singular() bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueWhich) {
			continue
		}
		switch m.key {
		case "哪个", "哪一个":
			return true
		case "which", "what":
			if i+1 < len(r.mentions) && r.mentions[i+1].has(cueDistrict) {
				word := r.t.typed(r.mentions[i+1].from, r.mentions[i+1].to)
				return word[len(word)-1] != 's' && word[len(word)-1] != 'S'
			}
		}
	}
	return false
}

// chooseByNumber handles the most, the fewest, only one, more than one and a
// given number.
func (e *Engine) chooseByNumber(r *reading, f frame, noun cue) (frame, bool) {
	if noun != cueDistrict && noun != cueDomain || len(r.terms) > 0 {
		return no()
	}
	if noun == cueDistrict && len(r.domains) > 0 || noun == cueDomain && len(r.districts) > 0 {
		return no()
	}
	to := ruleManyDomains
	if noun == cueDomain {
		to = ruleManyDistricts
	}
	switch {
	case f.yesNo && r.every() || noun == cueDistrict && r.has(cueNot) && r.every():
		f.least = 1
		return f.as(ruleManyDomains)
	case r.has(cueMost, cueLeast) && !onlyAbout(r.prose) && len(r.domains)+len(r.districts) == 0 && slices.Contains(r.prose, thing{kindSafeguard, "funding"}):
		out := unknown(r) // the most money.
		out.named = true
		return out, true
	case r.has(cueMost, cueLeast) && !r.has(cueQuantity) && !r.fewer():
		f.fewest = r.has(cueLeast)
		if noun == cueDomain {
			return f.as(ruleMostDistricts)
		}
		return f.as(ruleMostDomains)
	case r.has(cueMulti):
		f.least = 2
		if r.morethan() {
			f.least = 3
		}
		for _, a := range r.numbers {
			if a.value == 3 {
				f.least = 3
			}
		}
		return f.as(to)
	case r.has(cueOnlyOne):
		f.n = 1
		return f.as(to)
	}
	for _, a := range r.numbers {
		if a.money || a.value < 1 || a.value > 10 || !r.otherNoun(a, noun) {
			continue
		}
		switch {
		case r.fewer() && a.value > 1:
			f.below = int(a.value)
			if containsAny(r.t.buf, "最多", "至多", "不超过", "atmost", "nomorethan") {
				f.below++
			}
		case r.morethan() && a.value == 2:
			f.least = 3
		case r.atLeast(a):
			f.least = int(a.value)
		default:
			f.n = int(a.value)
		}
		return f.as(to)
	}
	return no()
}

// otherNoun reports whether the noun behind the number is not the one asked
// for: 负责三个领域的板块.
func (r *reading) otherNoun(a amount, noun cue) bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.from < a.to {
			continue
		}
		if m.first().kind == kindFiller || m.has(cueAmount) || m.has(cueCompare) {
			continue
		}
		if n, ok := m.noun(); ok && n == noun {
			break
		} else {
			return ok && (n == cueDistrict || n == cueDomain)
		}
	}
	// What is counted may stand before the number: 领域超过两个的板块.
	for i := len(r.mentions) - 1; i >= 0; i-- {
		if m := &r.mentions[i]; m.to <= a.from {
			if n, ok := m.noun(); ok {
				return n != noun && (n == cueDistrict || n == cueDomain)
			}
		}
	}
	return false
}

// atLeast reports whether 以上, or more, or at least goes with the number.
func (r *reading) atLeast(amount) bool {
	s := r.t.buf
	return containsAny(s, "以上", "至少", "不少于", "ormore", "atleast")
}

// fewer reports whether less than a number is asked for.
func (r *reading) fewer() bool {
	return containsAny(r.t.buf, "少于", "不到", "不足", "不满", "至多", "最多只", "最多两", "最多2", "最多三", "最多3", "不超过", "fewerthan", "lessthan", "atmost", "nomorethan")
}

// every reports whether it is asked if all have something, or if one has
// nothing: 每个板块都有领域吗, 有没有板块一个领域都没有.
func (r *reading) every() bool {
	s := r.t.buf
	return containsAny(s, "每个板块都", "板块都有", "一个领域都没", "一个都没", "没有领域的板块", "没有任何领域", "everydistrict", "eachdistrictlead", "alldistrictlead", "withoutanydomain", "withoutanyfield", "withnodomain", "withnofield", "leadnodomain", "notassignedany", "notgivenany", "nothingassigned", "noassignment", "withnothing", "gotnothing", "getnothing", "leadnofield", "leadnothing", "withoutadomain", "withoutafield")
}

// morethan reports whether two are to be exceeded.
func (r *reading) morethan() bool {
	return containsAny(r.t.buf, "超过两", "超过2", "超过二", "不止两", "不止2", "多于两", "多于2", "大于两", "大于2", "morethantwo", "morethan2", "overtwo", "exceedtwo")
}

// chooseExcept handles "who else" and what is not led.
func (e *Engine) chooseExcept(r *reading, f frame, noun cue) (frame, bool) {
	list := map[cue]rule{cueAction: ruleActions, cueSafeguard: ruleSafeguards, cuePrinciple: rulePrinciples}
	switch to := list[noun]; {
	case r.has(cueExcept) && to != "" && len(r.domains)+len(r.districts)+len(r.indicators) == 0:
		return f.as(to) // all of them, the named one among them.
	case r.has(cueExcept) && len(r.domains) > 0 && len(r.districts) == 0 && noun == cueDomain:
		f.domains = nil
		return f.as(ruleDomains)
	case r.has(cueExcept) && len(r.domains) == 1 && len(r.districts) > 0 && (noun == cueDistrict || len(r.districts) > 1 && !f.yesNo || r.has(cueWho, cueWhere)):
		return f.as(ruleOthers)
	case len(r.domains) == 1 && len(r.districts) == 0 && noun == cueDistrict && !f.yesNo &&
		containsAny(r.t.buf, "只做", "只负责", "只牵头", "只搞", "仅负责", "仅做", "onlylead", "onlydo", "leadonly", "doonly", "nothingbut", "solelyon", "onlyon", "光做", "光负责", "光搞", "单做", "nothingelse", "nootherfield", "nootherdomain"):
		f.only = true
		return f.as(ruleLead)
	case r.has(cueExcept) && len(r.domains) == 1 && len(r.districts) > 0 && !f.yesNo && r.excepted() == kindDistrict && !r.has(cueDomain):
		return f.as(ruleOthers)
	case r.has(cueExcept) && len(r.domains) == 1 && len(r.districts) > 0 && r.otherBodies():
		return f.as(ruleOthers)
	case r.has(cueExcept) && len(r.domains) > 0 && len(r.districts) == 1:
		return f.as(ruleNotLed)
	case r.has(cueNot) && len(r.domains) == 1 && len(r.districts) == 0 && (noun == cueDistrict || r.has(cueWhich, cueWho)) && noun != cueDomain:
		return f.as(ruleNotLeading)
	case r.has(cueNot) && len(r.districts) == 1 && len(r.domains) == 0 && noun == cueDomain && !f.yesNo:
		return f.as(ruleNotLed)
	}
	return no()
}

// otherBodies reports whether those beside a district are asked for, by a word for
// whoever they are: 别人, 另外两家, 还有别家.
func (r *reading) otherBodies() bool {
	return !r.has(cueDomain) && containsAny(r.t.buf, "别人", "别家", "别的家", "谁家", "两家", "三家", "几家", "一家", "哪家", "他人", "其他家", "其余家", "旁人", "伙伴", "搭档", "anyoneelse", "anybodyelse", "whoelse", "theothertwo")
}

// excepted returns the kind of what stands right behind 除了 or "apart from".
func (r *reading) excepted() kind {
	for i := range r.mentions {
		if !r.mentions[i].has(cueExcept) {
			continue
		}
		for k := i + 1; k < len(r.mentions); k++ {
			if first := r.mentions[k].first().kind; first < kindCue {
				return first
			}
		}
	}
	return kindFiller
}

// chooseCount handles "how many".
func (e *Engine) chooseCount(r *reading, f frame, noun cue) (frame, bool) {
	if n, ok := r.claimed(); ok && f.yesNo && f.claim > 0 && len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) == 0 {
		f.noun, f.things = n, nil
		return f.as(map[cue]rule{
			cueDistrict: ruleDistricts, cueDomain: ruleDomains, cueAction: ruleActions, cueSafeguard: ruleSafeguards, cuePrinciple: rulePrinciples,
		}[n])
	}
	if onlyAbout(r.prose) {
		r.prose = nil
	}
	if !r.has(cueCount) || r.excuses(nil) || len(r.terms) > 0 && noun != cueDistrict && noun != cueDomain {
		return no()
	}
	if r.asksMoney() {
		return no()
	}
	if len(r.prose) > 0 && containsAny(r.t.buf, "第几") {
		return no() // which of them holds something, not how many there are.
	}
	if (noun == "" || noun == cueLayout) && len(r.domains) == 0 && len(r.districts) == 1 && (r.has(cueLead) || containsAny(r.t.buf, "几块", "几摊", "几样")) && len(r.indicators)+len(r.terms)+len(r.prose) == 0 {
		noun = cueDomain
	}
	if r.firms() && noun != cueDistrict && len(r.domains)+len(r.districts)+len(r.terms) > 0 && len(r.indicators)+len(r.prose) == 0 {
		return f.as(ruleTermFigure)
	}
	if len(r.domains) == 1 && len(r.districts)+len(r.indicators)+len(r.terms) == 0 && containsAny(r.t.buf, "几家", "多少家", "哪几家") && !r.firms() {
		noun = cueDistrict
	}
	if r.has(cuePair) {
		noun = cuePair
		switch {
		case len(r.districts) == 1 && len(r.domains) == 0:
			noun = cueDomain // those of one row.
		case len(r.domains) == 1 && len(r.districts) == 0:
			noun = cueDistrict
		}
		f.noun = noun
		return f.as(ruleCount)
	}
	if (noun == "" || noun == cueLayout) && r.has(cueFocus) && len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) == 0 {
		noun = cuePair
	}
	f.noun = noun
	if f.nouns = r.countedNouns(); len(f.nouns) > 1 && len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) == 0 {
		return f.as(ruleCount)
	}
	f.nouns = nil
	switch noun {
	case cueDistrict:
		if len(r.districts) > 0 {
			// "How many areas does Kunshan lead?"
			f.noun = cueDomain
			return f.as(ruleCount)
		}
		if len(r.indicators) > 0 {
			return no()
		}
		return f.as(ruleCount)
	case cueDomain, cuePair, cueAction, cueSafeguard, cuePrinciple, cueBatch, cueIndicator, cueTarget, cueYear:
		if len(r.indicators) > 0 {
			return no()
		}
		if noun == cueDomain && len(r.domains) > 0 && len(r.districts) == 0 {
			return no()
		}
		if (noun == cueTarget || noun == cueIndicator) && len(r.domains)+len(r.districts) > 0 {
			return no()
		}
		return f.as(ruleCount)
	case cueTech, cueLayout:
		if len(r.domains) > 0 {
			return no()
		}
	default:
		// The rest is told below.
	}
	return no()
}

// firms reports whether companies or institutes are counted, which the policy does
// not.
func (r *reading) firms() bool {
	return containsAny(r.t.buf, "企业", "公司", "厂家", "工厂", "机构", "院所", "实验室", "团队", "company", "firm", "enterprise", "startup", "factory", "institute", "laborator", "lab")
}

// joins are words between two things that are counted together.
var joins = map[string]bool{"and": true, "和": true, "与": true, "及": true, "跟": true}

// countedNouns returns the sorts of things that are each counted: how many
// actions and how many safeguards.
func (r *reading) countedNouns() []cue {
	var out []cue
	for i := range r.mentions {
		if !r.mentions[i].has(cueCount) || i+1 == len(r.mentions) {
			continue
		}
		switch n, _ := r.mentions[i+1].noun(); n {
		case cueDistrict, cueDomain, cueAction, cueSafeguard, cuePrinciple:
			out = addOnce(out, n)
			for k := i + 2; k < len(r.mentions) && r.mentions[k].first().kind >= kindCue; k++ {
				n, ok := r.mentions[k].noun()
				if ok && (joins[r.mentions[k-1].key] || r.t.toks[r.mentions[k].from].gap) && (n == cueDistrict || n == cueDomain || n == cueAction || n == cueSafeguard || n == cuePrinciple) {
					out = addOnce(out, n)
				}
			}
		default:
			// Nothing else is counted beside another.
		}
	}
	return out
}

// claimed returns the sort of thing of which the question claims a number: the
// only one that it names, right behind the number.
func (r *reading) claimed() (cue, bool) {
	if r.has(cueShare) || r.has(cueDistrict) && r.has(cueDomain) {
		return "", false
	}
	if len(r.numbers) != 1 || r.has(cueOnlyOne, cueMulti, cueMost, cueLeast, cueLead, cueBatch) {
		return "", false
	}
	// 重点领域是十个: what is counted stands before the number.
	if to := r.numbers[0].to; to >= len(r.t.toks)-3 {
		if n, ok := r.onlyNoun(); ok && (n == cueDistrict || n == cueDomain || n == cueAction || n == cueSafeguard || n == cuePrinciple) {
			return n, true
		}
	}
	at := r.numbers[0].to
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.from < at {
			continue
		}
		if m.first().kind == kindFiller && m.from <= at+1 {
			at = m.to
			continue
		}
		n, ok := m.noun()
		switch n {
		case cueDistrict, cueDomain, cueAction, cueSafeguard, cuePrinciple:
			return n, ok
		default:
			return "", false
		}
	}
	return "", false
}

// onlyAbout reports whether the things are no more than the document itself.
func onlyAbout(things []thing) bool {
	return !slices.ContainsFunc(things, func(t thing) bool { return t.kind != kindDocument })
}
