package ask

import (
	"slices"

	"wainao/policy"
)

// choose decides by which rule the question is answered. The order matters:
// what the policy has nothing about comes first, so that no later rule answers
// half a question; then the narrow rules before the wide ones.
func (e *Engine) choose(r *reading) frame {
	f := frame{
		domains: r.domains, districts: r.districts, indicators: r.indicators, years: r.years,
		terms: r.oneTerms(), things: r.prose, yesNo: r.yesNo(),
	}
	if f.yesNo {
		f.only = r.has(cueOnlyOne) || containsAny(r.t.buf, "只有", "只由", "只是", "只做", "只在", "仅", "only", "sole", "exclusive", "alone")
		if len(r.numbers) == 1 && !r.numbers[0].money && r.numbers[0].value <= 50 && len(r.indicators) == 0 {
			f.claim = int(r.numbers[0].value)
		}
	}
	for _, step := range []func(*reading, frame) (frame, bool){
		e.chooseTalk, e.chooseDamage, e.chooseLive, e.chooseForeign, e.chooseBasic, e.chooseGovernance, e.chooseOrdinal, e.chooseWhichPart, e.chooseYears, e.chooseSource, e.chooseDocument,
		e.chooseChips, e.chooseBare, e.chooseSet, e.chooseIndicator, e.choosePair, e.chooseWord, e.chooseTerm, e.chooseNamed, e.chooseTargets,
		e.chooseDomain, e.chooseDistrict, e.chooseGeneral, e.chooseFound,
	} {
		if got, ok := step(r, f); ok {
			return got
		}
	}
	return unknown(r)
}

// as returns the frame under a rule that was asked for.
func (f frame) as(to rule) (frame, bool) {
	f.rule, f.named = to, true
	return f, true
}

// guessed returns the frame under a rule that only the named things suggest.
func (f frame) guessed(to rule) (frame, bool) {
	f.rule, f.named = to, false
	return f, true
}

func no() (frame, bool) { return frame{}, false }

func unknown(r *reading) frame {
	return frame{rule: ruleUnknown, words: r.content(), domains: r.domains, districts: r.districts, indicators: r.indicators, terms: r.oneTerms(), things: r.prose}
}

// oneTerms returns the terms that the phrases name; a phrase that names
// several gives only those that fit the domains which are named too.
func (r *reading) oneTerms() []string {
	var out []string
	for _, ids := range r.terms {
		for _, id := range ids {
			out = addOnce(out, id)
		}
	}
	return out
}

// subject reports whether anything of the policy is named.
func (r *reading) subject() bool {
	return len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms)+len(r.prose)+len(r.years) > 0
}

// chooseTalk finds instructions to the bot, greetings and requests for help.
func (e *Engine) chooseTalk(r *reading, f frame) (frame, bool) {
	switch {
	case r.has(cueInject):
		f.words = r.content()
		return f.as(ruleRefuse)
	case r.has(cueRank) && !r.has(cueMost):
		return f.as(ruleRanking)
	case r.subject() || len(r.foreign) > 0:
		return no()
	case r.has(cueHelp):
		return f.as(ruleHelp)
	case r.has(cueThanks) && r.onlyTalk():
		return f.as(ruleThanks)
	case r.has(cueHello) && r.onlyTalk():
		return f.as(ruleHelp)
	case len(r.t.toks) == 0:
		return f.as(ruleHelp)
	}
	return no()
}

// onlyTalk reports whether the question holds nothing but talk.
func (r *reading) onlyTalk() bool {
	if r.unknown > 2 {
		return false
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.cued() && !m.has(cueHello) && !m.has(cueThanks) && !m.has(cueTag) && !m.has(cueAnd) && !m.has(cueYesNo) && !m.has(cueWhich) {
			return false
		}
	}
	return true
}

// chooseDamage finds the places where the published page lost characters.
func (e *Engine) chooseDamage(r *reading, f frame) (frame, bool) {
	for _, t := range r.prose {
		if t.kind == kindDamage {
			f.things = []thing{t}
			return f.as(ruleDamage)
		}
	}
	for _, d := range e.pol.Damages {
		target, ok := e.damagedTarget(d.ID)
		if !ok || !slices.Contains(r.indicators, target.Indicator) {
			continue
		}
		for _, a := range r.numbers {
			if a.value == 12 && !a.money {
				f.things = []thing{{kindDamage, d.ID}}
				return f.as(ruleDamage)
			}
		}
	}
	return no()
}

func (e *Engine) damagedTarget(damage string) (policy.Target, bool) {
	for _, t := range e.pol.Targets {
		if t.Damage == damage {
			return t, true
		}
	}
	return policy.Target{}, false
}

// chooseForeign finds what the policy has nothing about.
func (e *Engine) chooseForeign(r *reading, f frame) (frame, bool) {
	if len(r.foreign) == 0 {
		return no()
	}
	for _, m := range r.foreign {
		category := m.first().id
		if category == foreignFigure && r.excuses(m) {
			continue
		}
		if category == foreignTopic && containsAny(m.key, "申请", "apply", "application") && containsAny(r.t.buf, "专利", "patent") {
			continue
		}
		if category == foreignPlace && containsAny(r.t.buf, "合作", "交流", "cooperat", "partner", "collaborat", "workwith") && len(r.domains)+len(r.districts) == 0 {
			f.things = []thing{{kindMeasure, "international-cooperation"}}
			return f.as(ruleProse)
		}
		// A district that is not one: a premise to be corrected, where the
		// question asks to confirm it.
		if category == foreignPlace && len(r.domains) > 0 && f.yesNo && r.has(cueLead, cueTag, cueYesNo) {
			f.words = r.t.typed(m.from, m.to)
			return f.as(ruleForeignLead)
		}
		f.category, f.words = category, r.t.typed(m.from, m.to)
		return f.as(ruleForeign)
	}
	return no()
}

// chooseBasic finds industries that the policy names as what the city builds
// on, where the question takes them for a domain.
func (e *Engine) chooseBasic(r *reading, f frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 {
		return no()
	}
	if !f.yesNo && !r.has(cueWho, cueDistrict, cueDomain, cueBelong, cueLead, cueWhere) || r.has(cueSource) {
		return no()
	}
	for i := range r.t.toks {
		for j := i + 1; j <= len(r.t.toks) && j-i <= 5; j++ {
			if id, ok := e.basics[r.t.form(i, j)]; ok {
				f.things, f.words = []thing{{kindFact, id}}, r.t.typed(i, j)
				return f.as(ruleBasic)
			}
		}
	}
	return no()
}

// newBasics finds the industries that the facts list and that no domain is
// called by.
func newBasics(pol *policy.Policy, x *lexicon) map[string]string {
	out := map[string]string{}
	for _, f := range pol.Facts {
		if f.Kind == policy.FactFigure {
			continue
		}
		for _, item := range f.Items {
			for _, name := range []string{item.ZH, item.EN} {
				k, _ := key(name)
				if things := x.exact[k]; len(things) == 0 || things[0].kind > kindDomain && things[0].kind != kindTerm {
					out[k] = f.ID
				}
			}
		}
	}
	for short, long := range map[string]string{"ai": "人工智能", "ic": "集成电路", "biomedicine": "生物医药", "医药": "生物医药", "biopharma": "生物医药", "纺织": "高端纺织", "textile": "高端纺织", "电子": "电子信息"} {
		if id, ok := out[long]; ok {
			out[short] = id
		}
	}
	return out
}

// excuses reports whether a word for a figure that the policy does not give
// stands beside one that it does: R&D as a share of GDP.
func (r *reading) excuses(*mention) bool {
	return slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindFact })
}

// chooseYears finds questions about a year that has no targets, or for a year.
func (e *Engine) chooseYears(r *reading, f frame) (frame, bool) {
	years := e.pol.TargetYears()
	targets := func(y int) bool { return slices.Contains(years, y) }
	if len(r.years) == 0 {
		n, _ := r.asked()
		if n == cueYear && len(r.domains)+len(r.districts)+len(r.indicators) == 0 && len(r.numbers) == 0 && r.has(cueTarget, cueWhich, cueCount, cueList, cueWhen) {
			return f.as(ruleTargetYears)
		}
		if r.has(cueWhen, cueYear) && len(r.districts) == 0 {
			for _, a := range r.numbers {
				if t, ok := e.targetByValue(a, r.indicators); ok {
					f.indicators, f.years, f.value, f.money = []policy.IndicatorID{t.Indicator}, []int{t.Year}, a.value, a.money
					return f.as(ruleTargetYear)
				}
			}
		}
		return no()
	}
	// The year of a fact.
	for _, t := range r.prose {
		if t.kind != kindFact {
			continue
		}
		fact, _ := e.fact(t.id)
		if slices.ContainsFunc(r.years, func(y int) bool { return fact.Year != 0 && y != fact.Year }) {
			f.things = []thing{t}
			return f.as(ruleNoYear)
		}
		return no()
	}
	if bad := slices.IndexFunc(r.years, func(y int) bool { return !targets(y) }); bad >= 0 {
		switch {
		case r.has(cueLayout, cueLead, cueFocus) && !r.has(cueQuantity) && len(r.indicators) == 0:
			return no() // the layout as of that year.
		case r.has(cueDate, cueIssuer, cueTitle):
			return no()
		case len(r.districts)+len(r.domains) > 0 && !r.has(cueQuantity, cueMuch, cueCount) && len(r.indicators) == 0:
			return no()
		}
		return f.as(ruleNoYear)
	}
	if len(r.years) > 1 && len(r.indicators)+len(r.domains)+len(r.districts) == 0 {
		return f.as(ruleCompareYears)
	}
	return no()
}

// targetByValue finds the target with the number, of one of the indicators if
// any are named.
func (e *Engine) targetByValue(a amount, of []policy.IndicatorID) (policy.Target, bool) {
	var found policy.Target
	n := 0
	for _, t := range e.pol.Targets {
		if len(of) > 0 && !slices.Contains(of, t.Indicator) || t.Op == policy.Qualitative {
			continue
		}
		if a.value >= 5 && t.Value == a.value && (a.money == (t.Indicator == policy.Output)) {
			found = t
			n++
		}
	}
	return found, n == 1
}

func (e *Engine) fact(id string) (policy.Fact, bool) {
	for _, f := range e.pol.Facts {
		if f.ID == id {
			return f, true
		}
	}
	return policy.Fact{}, false
}

// chooseSource finds questions for the place in the text.
func (e *Engine) chooseSource(r *reading, f frame) (frame, bool) {
	if !r.has(cueSource) {
		return no()
	}
	switch {
	case len(r.prose) > 0, len(r.indicators) > 0, len(r.terms) > 0, len(r.domains) > 0, len(r.districts) > 0:
		if r.has(cueCount) || len(r.indicators) > 0 && r.has(cueMuch) {
			return no()
		}
		return f.as(ruleWhere)
	}
	for _, n := range []cue{cueTarget, cuePrinciple, cueAction, cueSafeguard, cueLayout, cueBasis, cueBatch, cueEvaluate, cueDomain, cueDistrict, cueGain} {
		if r.has(n) && n != cueGain {
			f.noun = n
			return f.as(ruleWhere)
		}
	}
	return no()
}

// chooseDocument finds questions about the document itself.
func (e *Engine) chooseDocument(r *reading, f frame) (frame, bool) {
	about := slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindDocument })
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 {
		return no()
	}
	switch {
	case r.has(cueCount) && containsAny(r.t.buf, "部分", "几章", "章节", "多少章", "section", "chapter"):
		f.noun = cueSource
		return f.as(ruleCount)
	case containsAny(r.t.buf, "主送", "发给谁", "发给哪", "写给谁", "印发给", "下发给", "addressedto", "addressto", "addressee", "sentto", "recipient"):
		f.noun = cueWho
	case r.has(cueIssuer), containsAny(r.t.buf, "政府发", "哪级政府", "哪个政府", "谁出台", "谁印"):
		f.noun = cueIssuer
	case r.has(cueDate) && (about || r.has(cueWhen) || len(r.prose) == 0) && (r.has(cueWhen) || r.has(cueWho) || r.alien() < 0.3):
		f.noun = cueDate
		if r.has(cueWho) || containsAny(r.t.buf, "部门", "机构", "单位", "机关", "whichgovernment", "body", "authority", "agency", "whichdepartment") {
			f.noun = cueIssuer
		}
	case r.has(cueWhen) && len(r.prose) <= 1 && len(r.years) == 0 && !r.has(cueEvaluate, cueQuantity, cueTarget, cueLead, cueDomain) && containsAny(r.t.buf, "政策", "文件", "意见", "policy", "document") && r.alien() < 0.2 && (about || len(r.prose) == 0):
		f.noun = cueDate
	case r.has(cueTitle) && (about || len(r.prose) == 0) && r.alien() < 0.3:
		f.noun = cueTitle
	case (about && len(r.prose) == 1 || len(r.prose) == 0 && containsAny(r.t.buf, "政策", "文件", "意见", "policy", "document")) && (r.has(cueOverview, cueWhy, cueFocus, cueMore) || about && r.unknown == 0 && (r.has(cueWhich, cueList) || r.words <= 12)) && len(r.years) == 0 && !r.has(cueLead, cueGain, cueHow, cueProgress, cueReported) && !r.hasNoun() && r.alien() < 0.3:
		f.noun = cueOverview
		if r.has(cueWhy) {
			f.noun = cueWhy
		}
	default:
		return no()
	}
	return f.as(ruleDocument)
}

// hasNoun reports whether a sort of thing is named.
func (r *reading) hasNoun() bool {
	for _, n := range nouns {
		if r.has(n) {
			return true
		}
	}
	return r.has(cueBasis, cueEvaluate)
}

// vague are words that name things of several domains: by themselves they do
// not tell which is meant.
var vague = []struct {
	words []string
	terms []string
}{
	{[]string{"芯片", "chip"}, []string{"photonic-chips", "superconducting-chips", "smart-chips"}},
	{[]string{"通信", "通讯", "communication", "telecom"}, []string{"optical-communications", "quantum-communications", "satellite-internet"}},
	{[]string{"检测", "testing", "test", "inspection"}, []string{"hydrogen-equipment-testing", "genetic-testing"}},
	{[]string{"装备", "设备", "equipment"}, []string{"hydrogen-equipment", "aerospace-equipment", "aviation-equipment"}},
	{[]string{"材料", "material"}, []string{"nanomaterials", "aerospace-materials", "membrane-materials"}},
	{[]string{"半导体", "semiconductor"}, []string{"third-generation-semiconductors", "compound-semiconductor-platform"}},
	{[]string{"卫星", "satellite"}, []string{"satellite-internet", "commercial-satellites", "satellite-remote-sensing"}},
	{[]string{"基因", "gene", "genetic", "genetics"}, []string{"gene-diagnostics", "genetic-testing", "gene-sequencing"}},
	{[]string{"药物", "drug", "medicine"}, []string{"cell-drugs", "nucleic-acid-drugs", "innovative-drugs"}},
	{[]string{"计算", "computing"}, []string{"quantum-computing", "photonic-computing-chips"}},
	{[]string{"器件", "元器件", "device", "component"}, []string{"optical-devices", "optoelectronic-devices", "rf-devices"}},
	{[]string{"传感", "传感器", "sensing"}, []string{"sensing-chips", "sensing-equipment", "optical-sensing"}},
	{[]string{"显示", "display"}, []string{"optical-displays", "new-displays", "near-eye-displays"}},
	{[]string{"超导", "superconducting", "superconductor"}, []string{"high-temperature-superconductors", "superconducting-chips"}},
	{[]string{"电池", "battery"}, []string{"hydrogen-fuel-cells"}},
}

// chooseBare finds questions that leave out what they are about: "how many?",
// "100 of what?", a bare "platforms". They are asked back.
func (e *Engine) chooseBare(r *reading, _ frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.terms)+len(r.prose)+len(r.foreign) > 0 || r.unknown > 2 {
		return no()
	}
	ask := func(ids ...policy.IndicatorID) (frame, bool) {
		out := frame{rule: ruleChoose}
		for _, id := range ids {
			out.choices = append(out.choices, frame{rule: ruleTarget, indicators: []policy.IndicatorID{id}, years: r.years})
		}
		return out, true
	}
	if len(r.indicators) == 1 {
		vague := map[string]string{"平台": "quantum-cloud", "platform": "quantum-cloud", "场景": "metaverse-scenarios", "scenario": "metaverse-scenarios"}
		for i := range r.mentions {
			id, ok := vague[r.mentions[i].key]
			if ok && r.words <= 4 && len(r.years) == 0 && !r.has(cueCount, cueMuch, cueQuantity, cueTarget, cueDefine) {
				out, _ := ask(r.indicators[0])
				out.choices = append(out.choices, frame{rule: ruleTerm, terms: []string{id}})
				return out, true
			}
		}
	}
	if len(r.indicators) > 0 {
		return no()
	}
	n, ok := r.asked()
	if ok && !r.has(cueTarget) && n != cueIndicator {
		return no()
	}
	if (n == cueTarget || n == cueIndicator) && r.has(cueWhich, cueList, cueIndicator) && len(r.numbers) == 1 && !r.numbers[0].money {
		out := frame{rule: ruleTarget, named: true}
		for _, t := range e.pol.Targets {
			if t.Op != policy.Qualitative && t.Indicator != policy.Output && t.Value == r.numbers[0].value {
				out.indicators = append(out.indicators, t.Indicator)
			}
		}
		if len(out.indicators) > 0 {
			return out, true
		}
	}
	switch {
	case len(r.numbers) == 1 && !r.numbers[0].money && r.numbers[0].value >= 5:
		var ids []policy.IndicatorID
		for _, t := range e.pol.Targets {
			if t.Op != policy.Qualitative && t.Indicator != policy.Output && t.Value == r.numbers[0].value {
				ids = append(ids, t.Indicator)
			}
		}
		if len(ids) > 1 {
			return ask(ids...)
		}
	case containsAny(r.t.buf, "多少家", "几家") && r.words <= 14 && !r.has(cueLead):
		return ask(policy.Platforms, policy.ChainLeaders)
	case r.has(cueCount) && !r.has(cueQuantity) && r.words <= 8 && !r.hasNoun() && r.unknown == 0 && len(r.numbers) == 0:
		return ask(policy.Platforms, policy.ChainLeaders, policy.CoreProducts, policy.Scenarios)
	case r.has(cueCount) && containsAny(r.t.buf, "要建多少", "建多少", "要多少个", "多少个", "howmany") && !r.hasNounBut(cueTarget) && !r.has(cueQuantity):
		return ask(policy.Platforms, policy.ChainLeaders, policy.CoreProducts, policy.Scenarios)
	case r.words <= 6 && r.has(cueWho, cueLead) && !r.has(cueCity) && !r.hasNoun() && r.unknown == 0 && !r.has(cueReported, cueMissing, cueIssuer):
		// Who leads — what?
		out := frame{rule: ruleChoose}
		for _, d := range []policy.DomainID{policy.Hydrogen, policy.Quantum, policy.Metaverse, policy.Aerospace} {
			out.choices = append(out.choices, frame{rule: ruleLead, domains: []policy.DomainID{d}})
		}
		return out, true
	}
	return no()
}

// hasNounBut reports whether a sort of thing other than the given one is named.
func (r *reading) hasNounBut(but cue) bool {
	for _, n := range nouns {
		if n != but && r.has(n) {
			return true
		}
	}
	return false
}

// vagueDistricts are parts of names that several districts share.
var vagueDistricts = []struct {
	words     []string
	districts []policy.DistrictID
}{
	{[]string{"吴区", "吴县", "吴", "wudistrict", "wu"}, []policy.DistrictID{policy.Wujiang, policy.Wuzhong}},
	{[]string{"新区", "newarea", "newdistrict"}, []policy.DistrictID{policy.Huqiu, policy.SIP}},
}

// chooseChips finds words that name several things.
func (e *Engine) chooseChips(r *reading, f frame) (frame, bool) {
	if len(r.districts) > 1 || len(r.indicators) > 0 || len(r.prose) > 0 {
		return no()
	}
	// A phrase that is the name of terms in several domains.
	if len(r.domains) == 0 && len(r.terms) == 1 && len(r.terms[0]) > 1 {
		if f, ok := e.ambiguousTerms(r, f, r.terms[0]); ok {
			return f, true
		}
	}
	if r.parkOnly() {
		return frame{rule: ruleChoose, choices: []frame{
			{rule: ruleDistrict, districts: []policy.DistrictID{policy.SIP}},
			{rule: ruleTarget, indicators: []policy.IndicatorID{policy.PilotParks}},
		}}, true
	}
	if len(r.domains) == 0 && len(r.terms) == 0 {
		for _, v := range vague {
			if r.says(v.words) {
				ids := slices.Clone(v.terms)
				if len(r.districts) == 1 {
					ids = slices.DeleteFunc(ids, func(id string) bool {
						t, ok := e.pol.Term(id)
						return !ok || !slices.ContainsFunc(e.pol.Covers(e.pol.Layouts.Latest(), id), func(fo policy.Focus) bool {
							return fo.Domain == t.Domain && fo.District == r.districts[0]
						})
					})
				}
				if f, ok := e.ambiguousTerms(r, f, ids); ok {
					return f, true
				}
			}
		}
	}
	if len(r.districts) == 0 && !r.has(cueCity) {
		for _, v := range vagueDistricts {
			if !r.says(v.words) {
				continue
			}
			out := frame{rule: ruleChoose, words: v.words[0]}
			for _, d := range v.districts {
				choice := f
				choice.districts = []policy.DistrictID{d}
				choice.rule = ruleDistrict
				if len(f.domains) == 1 {
					choice.rule = ruleFocus
				}
				out.choices = append(out.choices, choice)
			}
			return out, true
		}
	}
	return no()
}

// parkOnly reports whether a bare "park" is asked about: the industrial park,
// or the pilot parks.
func (r *reading) parkOnly() bool {
	if r.subject() {
		return false
	}
	for i := range r.t.toks {
		if r.t.form(i, i+1) == "park" {
			return r.unknown <= 2
		}
	}
	return false
}

// says reports whether one of the words stands in the question outside of any
// name; the words of a part of an unknown phrase count too.
func (r *reading) says(words []string) bool {
	free := make([]bool, len(r.t.toks))
	for i := range free {
		free[i] = true
	}
	for i := range r.mentions {
		if m := &r.mentions[i]; m.first().kind < kindCue && (m.first().kind != kindTerm || !m.cued()) {
			for k := m.from; k < m.to; k++ {
				free[k] = false
			}
		}
	}
	for i := range r.t.toks {
		for j := i + 1; j <= len(r.t.toks) && j-i <= 3 && free[j-1]; j++ {
			if slices.Contains(words, r.t.form(i, j)) {
				// A single character counts only where it stands alone.
				if j-i == 1 && r.t.toks[i].class == classHan && len(r.t.toks) > 4 {
					continue
				}
				return true
			}
		}
	}
	return false
}

// ambiguousTerms asks back which of the terms is meant. Terms of one domain
// need no asking.
func (e *Engine) ambiguousTerms(_ *reading, f frame, ids []string) (frame, bool) {
	out := frame{rule: ruleChoose}
	domains := map[policy.DomainID]bool{}
	for _, id := range ids {
		t, ok := e.pol.Term(id)
		if !ok {
			continue
		}
		domains[t.Domain] = true
		choice := f
		choice.terms, choice.rule = []string{id}, ruleTerm
		out.choices = append(out.choices, choice)
	}
	return out, len(out.choices) > 1 && len(domains) > 1
}
