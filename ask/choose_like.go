package ask

import (
	"slices"

	"wainao/policy"
)

// bar is what it takes for the bank to decide.
type bar struct {
	like    float64 // how like the question its phrasing must be,
	gap     float64 // by how much more than phrasings of what the rules read,
	margin  float64 // by how much more than those of any other reading,
	covered float64 // and how much of the question's words its phrasings must hold.
}

// The surer the rules, the higher the bar. The bars are those with which rules
// and bank together answer most of the corpus.
var (
	barUnknown   = bar{like: 0.24, margin: 0.02, covered: 0.36}            // the rules understood nothing, and the phrasing is about a text of the policy;
	barUnknownOf = bar{like: 0.30, margin: 0.10, covered: 0.40}            // or about anything else, where an unknown word may be the subject.
	barForeign   = bar{like: 0.36, gap: 0.15, margin: 0.10, covered: 0.55} // a word that the policy has nothing about: it may mean something else.
	barWeak      = bar{like: 0.33, gap: 0.10, margin: 0.03}                // only names, or a search, suggest what the rules read.
	barSure      = bar{like: 0.33, gap: 0.12, margin: 0.04}                // the rules read cues and names.
	barNamed     = bar{like: 0.45, gap: 0.15, margin: 0.12}                // they read an indicator's name and what of it is asked, and the phrasing is about none.
)

// bar returns what the rules' reading is held against.
func (f *frame) bar(s *sense) bar {
	switch {
	case f.rule == ruleUnknown && s.thing.id != "":
		return barUnknown
	case f.rule == ruleUnknown:
		return barUnknownOf
	case f.rule == ruleForeign:
		return barForeign
	case !f.named, f.searched:
		return barWeak
	case (f.rule == ruleTarget || f.rule == ruleProgress) && needs[s.rule].indicators == 0:
		return barNamed
	}
	return barSure
}

// A short question of which a word is not known is not answered unless its words
// are mostly those of the phrasings: the word may be all that it is about.
const (
	shortQuestion = 6
	coveredShort  = 0.6
)

// gapWhere is by how much more than phrasings that ask for a place in the text a
// question must be like others, where it speaks of the text.
const gapWhere = 0.22

// likeStrong is how like a phrasing a question is that hardly says anything else.
const likeStrong = 0.55

// certain reports whether the rules read something that phrasings do not tell:
// a number, a place, an instruction, a word of several meanings.
func (f *frame) certain(l *likeness, r *reading) bool {
	s := l.sense
	if len(f.terms) > 0 && len(r.terms) == 0 && s.thing.id == "" && l.score < likeStrong {
		return true // a word of a term's name, which phrasings do not hold.
	}
	if f.rule == ruleTerm && f.named && s.thing.id != "" && firstOf(r.asked()) == cueDomain && l.score < likeStrong {
		return true // a domain is asked for, which no text is.
	}
	if f.rule == ruleProgress && f.named && (s.rule == ruleTarget || s.rule == ruleTargets || s.rule == ruleNoYear) && r.isReached() {
		return true
	}
	if f.rule == ruleTerm && f.yesNo && f.named && isItIn.MatchString(r.t.orig) {
		return true
	}
	if f.unranked || f.rule == ruleForeign && f.picked {
		return true
	}
	if (s.rule == ruleNotLed || s.rule == ruleNotLeading) && (f.rule == ruleDistrict || f.rule == ruleLead) && f.named && !r.has(cueNot, cueExcept) && r.t.denies() {
		return true // 不着急 denies nothing.
	}
	if s.rule == ruleReported && r.has(cueLead) && !r.has(cueReported, cueMissing, cuePending) {
		return true // who led it in that quarter.
	}
	if s.rule == ruleReported && f.named && !r.has(cueReported, cueMissing, cuePending, cueQuarter, cueThis, cueLast) {
		return true // a report is written, not handed in.
	}
	if f.rule == ruleUnknown && f.named || f.rule == ruleForeign && r.strangeBehind() {
		return true
	}
	if len(f.without) > 0 || f.rule == ruleBoth && f.least > 0 || f.rule == ruleUses || f.rule == ruleTarget && len(r.numbers) > 1 || f.rule == ruleTargets && f.noun == cueCount {
		return true
	}
	if f.rule == ruleTarget && len(r.indicators) > 0 && r.has(cueCount, cueMuch, cueWhen) && s.rule == ruleProse && l.score < likeStrong+0.2 {
		return true
	}
	if f.rule == ruleTargets && r.has(cueExcept) && len(r.indicators) > 0 {
		return true // the one that is named is not asked for.
	}
	if f.rule == ruleTarget && s.rule == ruleDefine && !r.has(cueDefine) {
		return true // only the manner was told.
	}
	switch f.rule {
	case ruleTermFigure, ruleScopedTarget:
		return f.money || l.score < likeStrong
	case ruleReported:
		return len(r.domains) > 0 && (s.rule == ruleCheckPair || s.rule == ruleFocus)
	case ruleDocument:
		return f.noun == cueWho || f.picked
	case ruleDomain:
		return f.picked
	case ruleCount:
		return s.rule == ruleCount && s.noun != f.noun && f.noun == firstOf(r.asked()) && !containsAny(r.t.buf, "对", "组") || f.claim > 0 && f.noun != ""
	case ruleDistrict, ruleLead:
		return f.picked && len(f.domains) > 1 || r.each() && s.rule != f.rule || f.rule == ruleDistrict && r.has(cueReported) && s.rule == ruleReported
	case ruleProse, ruleDomains, ruleDistricts, ruleActions, ruleSafeguards, rulePrinciples:
		return f.picked
	case ruleOthers:
		return len(r.domains) == 0
	case ruleTerm:
		return f.picked || f.claim > 0 && f.noun != ""
	case ruleFocus:
		return f.picked || len(r.domains) == 0 && len(r.terms) == 0
	case ruleLayout:
		return len(f.years) > 0
	case ruleRefuse, ruleDamage, ruleNoYear, ruleForeignLead, ruleHelp, ruleThanks, ruleSections, ruleStrand, ruleMinus, ruleNotLed, ruleRanking, rulePace, ruleNoTerm:
		return true
	case ruleCheckTarget, ruleTargetYear:
		return s.thing.id == "" || l.score < likeStrong
	case ruleWhere:
		return s.rule != ruleWhere && l.score-l.own < gapWhere && containsAny(r.t.buf, "文件", "原文", "出处", "出自", "哪一段", "哪段", "哪一节", "部分", "document", "text", "section", "paragraph", "clause", "number", "heading", "编号", "第几")
	case ruleChoose:
		return !f.searched && l.score < likeStrong || r.total <= 4
	case ruleManyDomains, ruleManyDistricts:
		return !r.han() && f.rule != s.rule && (s.rule == ruleManyDomains || s.rule == ruleManyDistricts) || f.n != s.n || f.least != s.least || f.below > 0
	default:
		return f.claim > 0 && f.noun != ""
	}
}

// strangeBehind reports whether a word that the policy has nothing about stands
// right behind a domain's name: 量子手机.
func (r *reading) strangeBehind() bool {
	return slices.ContainsFunc(r.foreign, func(m *mention) bool {
		return !r.t.toks[m.from].gap && slices.ContainsFunc(r.mentions, func(d mention) bool { return d.to == m.from && d.first().kind == kindDomain })
	})
}

// objectUnknown reports whether the question ends in words that nobody knows
// behind "of" or "for": what somebody is in charge of.
func (r *reading) objectUnknown() bool {
	i := len(r.t.toks)
	for i > 0 && !r.known[i-1] {
		i--
	}
	if i == len(r.t.toks) || i < 2 {
		return false
	}
	switch r.t.form(i-1, i) {
	case "of", "for", "over":
		return true
	default:
		return false
	}
}

// How far phrasings must be ahead of those of any other reading, and of those of what
// the rules read, to decide whatever the rules say: with these most of twelve hundred
// questions that nobody had seen came right.
const (
	farMargin  = 0.12
	farCovered = 0.3
	farGap     = 0.08
	farCertain = 0.3 // the gap where the rules are certain.
)

// farAhead reports whether phrasings of one reading are so much more like the
// question than all others that they decide.
func (e *Engine) farAhead(r *reading, f *frame, l *likeness) bool {
	gap := l.score - l.own
	switch {
	case f.rule == ruleProgress && l.sense.rule != ruleProgress && r.isReached():
		return false // 完成几家了 asks for no target.
	case r.total < shortQuestion, l.own == 0 && f.named && f.rule != ruleUnknown, f.rule == ruleManyDomains, f.rule == ruleManyDistricts:
		return false // a bare word, or what the bank does not ask for, or as many as the rules counted.
	case (l.sense.rule == ruleReported || l.sense.rule == rulePending || l.sense.rule == ruleMissing) && !r.has(cueReported, cueMissing, cuePending):
		return false // nobody speaks of reports.
	}
	if l.margin < farMargin || gap < farGap || e.index.covered(r, l.sense) < farCovered {
		return false
	}
	if refusing[f.rule] && f.rule != ruleUnknown && gap < barForeign.gap {
		return false
	}
	return !f.certain(l, r) || gap >= farCertain && !refusing[f.rule]
}

// settle decides between what the rules read and what the phrasings of the
// bank that are most like the question mean. It returns the likeness that
// decided, if one did.
func (e *Engine) settle(r *reading, base, f frame) (frame, likeness) {
	l := e.index.find(r, &base, &f)
	if l.sense == nil {
		return f, likeness{}
	}
	if e.farAhead(r, &f, &l) {
		if got, ok := e.mean(r, base, l.sense); ok && !got.agrees(&f) {
			return got, l
		}
	}
	if f.certain(&l, r) {
		return f, likeness{}
	}
	bar := f.bar(l.sense)
	if l.score < bar.like || l.margin < bar.margin || l.score-l.own < bar.gap || l.name && (bar == barSure || bar == barNamed || f.rule == ruleTerm) {
		return f, likeness{}
	}
	if l.sense.thing.kind == kindBody && l.sense.thing.id != "" && r.objectUnknown() {
		return f, likeness{}
	}
	if r.total <= shortQuestion && r.unknown >= 2 && bar.covered > 0 {
		bar.covered = max(bar.covered, coveredShort)
	}
	if bar.covered > 0 && e.index.covered(r, l.sense) < bar.covered {
		return f, likeness{}
	}
	got, ok := e.mean(r, base, l.sense)
	if !ok || got.agrees(&f) {
		return f, likeness{}
	}
	return got, l
}

// needs tells what a question must name to be read by a rule.
var needs = map[rule]struct{ domains, districts, terms, indicators int }{
	ruleDomain: {domains: 1}, ruleDirections: {domains: 1}, ruleLead: {domains: 1}, ruleNotLeading: {domains: 1},
	ruleDistrict: {districts: 1}, ruleNotLed: {districts: 1}, ruleShared: {districts: 2}, ruleMinus: {districts: 2}, ruleCompareDistrict: {districts: 2},
	ruleFocus: {domains: 1, districts: 1}, ruleCheckPair: {domains: 1, districts: 1}, ruleOthers: {domains: 1, districts: 1},
	ruleCompareFocus: {domains: 1, districts: 2}, ruleCompareDomains: {domains: 2}, ruleBoth: {domains: 2},
	ruleTerm: {terms: 1}, ruleCheckTerm: {terms: 1, districts: 1}, ruleCheckBelong: {terms: 1, domains: 1},
	ruleTarget: {indicators: 1}, ruleDefine: {indicators: 1}, ruleProgress: {indicators: 1}, ruleCheckTarget: {indicators: 1},
}

// mean returns the frame of a sense, if the question names what it needs.
func (e *Engine) mean(r *reading, base frame, s *sense) (frame, bool) {
	f := s.frame(base)
	if f.yesNo && !base.yesNo {
		r.claims(&f)
	}
	if n := needs[s.rule]; len(f.domains) < n.domains || len(f.districts) < n.districts || len(f.terms) < n.terms || len(f.indicators) < n.indicators {
		return f, false
	}
	switch s.rule {
	case ruleForeign:
		if s.category == foreignField && r.about() {
			return f, false // what the policy names is none.
		}
		for _, m := range r.foreign {
			if m.first().id == s.category {
				f.words, f.content = r.t.typed(m.from, m.to), r.content()
				return f, true
			}
		}
		if s.category == foreignPerson || s.category == foreignCompany {
			f.content = r.content()
			return f, true
		}
		return unknown(r), true
	case ruleForeignLead:
		return f, false
	case ruleBasic:
		return e.chooseBasic(r, f)
	case ruleNoYear:
		known := e.pol.TargetYears()
		return f, slices.ContainsFunc(r.years, func(y int) bool { return !slices.Contains(known, y) })
	case ruleCheckTarget:
		if len(r.numbers) == 0 {
			return f, false
		}
		a := r.numbers[len(r.numbers)-1]
		f.value, f.money = a.value, a.money
	case ruleTargetYear:
		for _, a := range r.numbers {
			if t, ok := e.targetByValue(a, r.indicators); ok {
				f.indicators, f.years, f.value, f.money = []policy.IndicatorID{t.Indicator}, []int{t.Year}, a.value, a.money
				return f, true
			}
		}
		return f, false
	case ruleCheckPair:
		if len(f.terms) > 0 {
			f.rule = ruleCheckTerm
		}
	case ruleTermFigure:
		return f, len(f.terms)+len(f.domains) > 0
	case ruleTargets, ruleCompareYears:
		f.indicators = nil
	case ruleLead, ruleDomain, ruleDirections:
		f.terms, f.indicators = nil, nil
	default:
		// The others need what the phrasing's shape has made sure of.
	}
	return f, true
}

// agrees reports whether the frame answers what the other does, though one may
// say more.
func (f *frame) agrees(o *frame) bool {
	if f.rule == ruleProse || f.rule == ruleProseTarget || f.rule == ruleDamage {
		switch o.rule {
		case ruleProse, ruleProseTarget, ruleDamage:
			return len(f.things) > 0 && len(o.things) > 0 && o.things[0] == f.things[0]
		case ruleWhere:
			return len(f.things) > 0 && slices.Contains(o.things, f.things[0])
		default:
			return false
		}
	}
	return f.rule == o.rule && f.noun == o.noun && f.n == o.n && f.least == o.least && slices.Equal(f.indicators, o.indicators)
}
