package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

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
	if len(r.domains)+len(r.districts)+len(r.prose)+len(r.foreign) > 0 || r.unknown > 2 {
		return no()
	}
	if got, ok := e.chooseBareThing(r); ok {
		return got, true
	}
	if len(r.terms) > 0 {
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
	if r.has(cueCount) && len(r.years) > 0 && containsAny(r.t.buf, "each", "every", "各", "每样", "每项", "分别") {
		return frame{rule: ruleTargets, named: true, years: r.years, noun: cueCount}, true
	}
	switch {
	case len(r.numbers) == 1 && !r.numbers[0].money && r.numbers[0].value >= 5 && !r.hasNounBut(cueTarget):
		var ids []policy.IndicatorID
		for _, t := range e.pol.Targets {
			if t.Op != policy.Qualitative && t.Indicator != policy.Output && t.Value == r.numbers[0].value {
				ids = append(ids, t.Indicator)
			}
		}
		if len(ids) > 1 {
			return ask(ids...)
		}
	case containsAny(r.t.buf, "多少家", "几家") && r.words <= 14 && !r.has(cueLead, cueOnlyOne, cueMulti, cueMost, cueLeast, cueBoth):
		return ask(policy.Platforms, policy.ChainLeaders)
	case r.has(cueCount) && !r.has(cueQuantity) && r.words <= 8 && !r.hasNoun() && r.unknown == 0 && len(r.numbers) == 0:
		return ask(policy.Platforms, policy.ChainLeaders, policy.CoreProducts, policy.Scenarios)
	case r.has(cueCount) && r.unknown < 2 && containsAny(r.t.buf, "要建多少", "建多少", "要多少个", "多少个", "howmany") && !r.hasNounBut(cueTarget) && !r.has(cueQuantity):
		return ask(policy.Platforms, policy.ChainLeaders, policy.CoreProducts, policy.Scenarios)
	case r.words <= 6 && len(r.years) == 0 && !containsAny(r.t.buf, "布局") && r.has(cueWho, cueLead) && !r.has(cueCity) && !r.hasNoun() && r.unknown == 0 && !r.has(cueReported, cueMissing, cueIssuer):
		// Who leads — what?
		out := frame{rule: ruleChoose}
		for _, d := range []policy.DomainID{policy.Hydrogen, policy.Quantum, policy.Metaverse, policy.Aerospace} {
			out.choices = append(out.choices, frame{rule: ruleLead, domains: []policy.DomainID{d}})
		}
		return out, true
	}
	return no()
}

// bare are words that, by themselves, name things of different sorts.
var bare = []struct {
	words   []string
	choices []frame
}{
	{[]string{"人才", "talent"}, []frame{
		{rule: ruleTarget, indicators: []policy.IndicatorID{policy.Talents}},
		{rule: ruleProse, things: []thing{{kindMeasure, "talent-disciplines"}}},
	}},
	{[]string{"教育", "education"}, []frame{
		{rule: ruleTerm, terms: []string{"education-metaverse"}},
		{rule: ruleProse, things: []thing{{kindMeasure, "challenge-tenders"}}},
		{rule: ruleProse, things: []thing{{kindMeasure, "science-education"}}},
	}},
}

// chooseBareThing asks back what is meant by a single word.
func (e *Engine) chooseBareThing(r *reading) (frame, bool) {
	for _, b := range bare {
		if slices.Contains(b.words, r.t.buf) {
			return frame{rule: ruleChoose, choices: b.choices}, true
		}
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
	{[]string{"吴区", "吴县", "吴字头", "吴", "wudistrict", "wu"}, []policy.DistrictID{policy.Wujiang, policy.Wuzhong}},
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
			if from, to, ok := r.said(v.words); ok {
				if whole := e.longer(r, from); whole < from {
					f.category, f.words, f.content, f.picked = foreignThing, r.t.typed(whole, to), r.content(), true
					f.terms, f.money = v.terms, false
					return f.as(ruleForeign)
				}
				ids := slices.Clone(v.terms)
				if len(r.districts) == 1 {
					ids = slices.DeleteFunc(ids, func(id string) bool {
						t, ok := e.pol.Term(id)
						return !ok || !slices.ContainsFunc(e.pol.Covers(e.layout, id), func(fo policy.Focus) bool {
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
	if r.subject() || r.has(cueDistrict) && r.has(cueCount) {
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
	_, _, ok := r.said(words)
	return ok
}

// said returns where one of the words stands so.
func (r *reading) said(words []string) (from, to int, ok bool) {
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
				if j-i == 1 && r.t.toks[i].class == classHan && len(r.t.toks) > 4 && !unsure(r.t, j) {
					continue
				}
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// longer returns where the word at the token begins, with the words that nobody
// knows right before it: the sonar of sonar equipment, which is none of the
// equipment that the policy names.
func (e *Engine) longer(r *reading, at int) int {
	from, strange := at, 0
	for k := at - 1; k >= 0; k-- {
		one, next := &r.t.toks[k], &r.t.toks[k+1]
		if one.class != next.class || one.class == classHan && next.gap || strings.Trim(r.t.orig[one.end:next.start], " -") != "" {
			break
		}
		guessed := slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from <= k && k < m.to && m.how != byName })
		w := r.t.form(k, k+1)
		switch {
		case one.class == classHan && (!r.known[k] || guessed):
			strange++
		case one.class == classHan && r.mute(k):
		case one.class == classLatin && (!r.known[k] || guessed) && len(w) >= 4:
			if !e.index.answers(w) {
				strange += 2
			}
		default:
			k = 0
			continue
		}
		if !r.known[k] || guessed {
			from = k
		}
	}
	if strange < 2 {
		return at
	}
	return from
}

// unsure reports whether the token is followed by 什么区 or the like.
func unsure(t *text, at int) bool {
	for _, s := range []string{"什么", "啥", "某", "哪个"} {
		if strings.HasPrefix(t.buf[t.offset(at):], s) {
			return true
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
