package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// refusing are the rules whose answers give nothing.
var refusing = map[rule]bool{
	ruleForeign: true, ruleForeignLead: true, ruleUnknown: true, ruleScopedTarget: true, ruleTermFigure: true, ruleNoYear: true, ruleRanking: true,
	ruleNoTerm: true, ruleRefuse: true, ruleHelp: true, ruleThanks: true, ruleBasic: true,
}

// Rules that tell nothing but names of domains and districts and the phrases of
// the layout, rules that tell a year, and rules that tell whether something is so.
var (
	layoutRules = map[rule]bool{
		ruleLead: true, ruleFocus: true, ruleCheckPair: true, ruleTerm: true, ruleCheckTerm: true, ruleDomain: true, ruleDirections: true,
		ruleDistrict: true, ruleLayout: true, ruleCount: true, ruleCompareFocus: true, ruleOthers: true,
	}
	yearRules  = map[rule]bool{ruleTarget: true, ruleTargets: true, ruleTargetYear: true, ruleTargetYears: true}
	liveRules  = map[rule]bool{ruleReported: true, ruleMissing: true, rulePending: true}
	checkRules = map[rule]bool{ruleCheckPair: true, ruleCheckTerm: true, ruleCheckBelong: true, ruleCheckTarget: true, ruleLead: true, ruleWhy: true}
)

// Words with which a share is of what has been reached, and with which a day is
// the last for a target.
var (
	reachedWords  = []string{"完成", "达成", "实现", "进度", "reach", "achiev", "done", "sofar", "met", "complet", "target"}
	deadlineNouns = []string{"deadline", "截止"}
)

// gives reports whether an answer by the frame's rule can be of the sort that is
// asked for.
func (f *frame) gives(r *reading, a asking) bool {
	fact := slices.ContainsFunc(f.things, func(t thing) bool { return t.kind == kindFact })
	switch a.want {
	case wantDrafter:
		return len(f.domains)+len(f.districts)+len(f.indicators)+len(f.terms) > 0 || !r.has(cueWho, cueWhich, cueTitle, cueYesNo, cueHow, cueIssuer) && !r.t.question || containsAny(r.t.buf, "标准", "standard", "plan", "计划", "发布", "印发", "issued", "published")
	case wantStaff:
		return slices.Contains(f.indicators, policy.Talents)
	case wantBody:
		return (!layoutRules[f.rule] || f.rule == ruleDomain || f.rule == ruleDirections) && !r.hasDone(a.to) && !r.runs(a.to)
	case wantMoney:
		return fact && !slices.Contains(f.things, thing{kindFact, "rd-intensity"}) || slices.Contains(f.indicators, policy.Output)
	case wantShare:
		return fact || f.rule == ruleCompareYears || (f.rule == ruleProgress || f.rule == ruleProgressAll) && containsAny(r.t.buf, reachedWords...)
	case wantSplit:
		return len(f.indicators) == 0 && !r.has(cueQuantity) && !slices.ContainsFunc(r.numbers, func(n amount) bool { return n.money })
	case wantUnit:
		return fact || f.rule == ruleProgress || f.rule == ruleProgressAll || f.rule == rulePace
	case wantNumber:
		return fact || f.rule == ruleDamage && len(f.things) == 1 || f.rule == ruleTargetYears || f.rule == ruleActions || slices.Contains(f.things, thing{kindBody, "yearly-evaluation"})
	case wantDay:
		return f.rule == ruleDocument && len(r.terms) == 0 || liveRules[f.rule] || yearRules[f.rule] && containsAny(r.t.buf, deadlineNouns...) && !r.applies()
	case wantTime, wantThing:
		return !layoutRules[f.rule] && (f.rule != ruleDocument || len(r.terms) == 0)
	case wantView:
		return checkRules[f.rule]
	case wantOpinion:
		return f.rule == ruleDamage // whether what the page prints is right.
	case wantPerson, wantFirm, wantPoints, wantSpan, wantPlace, wantProcess:
	}
	return false
}

// missed finds that the answer would be of another sort than the one that is
// asked for, which the policy does not give: the focus of a district where a
// bank is asked for, a target where points are.
func (e *Engine) missed(r *reading, f frame) (frame, bool) {
	if f.rule == ruleScopedTarget && len(f.indicators)+len(f.terms) == 0 && len(r.numbers) > 0 {
		if got := r.cityOnly(e, nil); len(got.indicators) > 0 {
			return got, true // the target is told that a part of is asked for.
		}
	}
	if refusing[f.rule] && f.rule != ruleUnknown && (f.rule != ruleForeign || f.picked || f.category != foreignFigure && f.category != foreignTopic) {
		return f, false
	}
	if (f.rule == ruleProgress || f.rule == ruleProgressAll) && len(r.years) == 1 && !slices.Contains(e.pol.TargetYears(), r.years[0]) && !r.has(cueReported, cueNow, cueMissing) && containsAny(r.t.buf, "要做到", "要达到", "要到", "要完成多少", "须达到", "应达到", "shouldreach", "mustreach", "supposedtoreach", "dueby") {
		f.rule = ruleNoYear
		return f, true
	}
	if r.pairGoal(&f) {
		return r.cityOnly(e, f.indicators), true
	}
	for _, a := range r.askings(e.index.answers) {
		if !f.gives(r, a) {
			return e.notGiven(r, a), true
		}
	}
	return f, false
}

// pairGoal reports whether a goal of a district or a domain is asked for, where
// what has been reported would be told: 昆山的元宇宙产值要做到多少亿.
func (r *reading) pairGoal(f *frame) bool {
	if f.rule != ruleProgress && f.rule != ruleProgressAll || len(f.districts)+len(f.domains) == 0 || r.has(cueReported, cueNow, cueLeft, cueMissing) {
		return false
	}
	if containsAny(r.t.buf, "allot", "apportion", "quota", "assignedto", "allocatedto", "earmarked") {
		return true
	}
	aim := len(r.years) > 0 // What is to be done by a year is a goal, though it says 完成.
	if !aim && containsAny(r.t.buf, "完成", "了") || containsAny(r.t.buf, "已", "完成了", "sofar", "reached", "achieved", "done", "yet", "been", "delivered") {
		return false
	}
	return aim && r.has(cueCount, cueMuch) || containsAny(r.t.buf, "要", "须", "该", "应", "扛", "背", "任务", "must", "should", "haveto", "needto", "supposed", "expected")
}

// cityOnly says that the figures of the indicators, or of the number that is
// named, are the city's.
func (r *reading) cityOnly(e *Engine, ids []policy.IndicatorID) frame {
	if len(ids) == 0 {
		ids = r.indicators
	}
	for _, a := range r.numbers {
		if t, ok := e.targetByValue(a, nil); ok {
			ids = addOnce(slices.Clone(ids), t.Indicator)
		}
	}
	return frame{rule: ruleScopedTarget, named: true, money: true, figure: true, domains: r.domains, districts: r.districts, indicators: ids}
}

// wantCategories are the words in which each sort is refused.
var wantCategories = map[want]string{
	wantPerson: foreignPerson, wantDrafter: foreignDrafter, wantStaff: foreignStaff, wantFirm: foreignCompany, wantBody: foreignCompany, wantMoney: foreignFigure, wantShare: foreignFigure, wantSplit: foreignFigure,
	wantPoints: foreignScore, wantNumber: foreignFigure, wantDay: foreignDay, wantTime: foreignDay, wantSpan: foreignDay,
	wantPlace: foreignAddress, wantView: foreignOpinion, wantOpinion: foreignOpinion, wantThing: foreignThing,
	wantProcess: foreignDeadline, wantUnit: foreignFigure,
}

// notGiven refuses what is asked for, in its own words.
func (e *Engine) notGiven(r *reading, a asking) frame {
	if a.want == wantSplit || a.want == wantShare {
		if f := r.cityOnly(e, nil); len(f.indicators) > 0 {
			return f
		}
	}
	category := wantCategories[a.want]
	if a.want == wantDay && r.applies() {
		category = foreignDeadline
	}
	return frame{
		rule: ruleForeign, named: true, picked: true, category: category, words: r.t.typed(a.from, a.to), content: r.content(),
		domains: r.domains, districts: r.districts, indicators: r.indicators, terms: r.oneTerms(), things: r.prose,
	}
}

// applies reports whether somebody wants to apply for something.
func (r *reading) applies() bool {
	return containsAny(r.t.buf, "申报", "报名", "申请", "apply", "applic", "signup", "enrol")
}

// answers reports whether the word stands in a phrasing of the bank that is
// answered, and not only in those of refusals.
func (ix *index) answers(word string) bool {
	id, ok := ix.id[root(word)]
	return ok && slices.ContainsFunc(ix.post[id], func(p posting) bool { return !refusing[ix.phrases[p.phrase].sense.rule] })
}

// hasDone reports whether the question goes on to tell what somebody has done, which
// no policy says: 拿了订单, "have committed money".
func (r *reading) hasDone(at int) bool {
	n := len(r.t.toks)
	if at < n && r.t.toks[at].class == classLatin {
		return slices.Contains([]string{"have", "ha", "had", "got", "won", "received", "joined", "signed", "invested", "moved", "applied", "drafted", "wrote", "committed", "backed", "bought", "paid"}, r.t.form(at, at+1))
	}
	for k := at; k < min(n, at+4); k++ {
		if c := r.t.form(k, k+1); k > at && (c == "了" || c == "过") || c == "已" {
			return true
		}
	}
	return false
}

// outputItself reports whether the city's output is asked for, and research only
// told beside it: "GDP in 2022, to put the R&D figure into perspective".
func (r *reading) outputItself() bool {
	s := r.t.buf
	if i := strings.IndexAny(r.t.orig, "?？"); i >= 0 {
		if k, _ := key(r.t.orig[:i]); containsAny(k, "gdp", "生产总值") && !containsAny(k, "研发", "科研", "research", "rd") {
			s = k + "研发" // what stands behind the question is only told.
		}
	}
	if containsAny(s, "占", "比", "几个点", "百分", "强度", "share", "percent", "proportion", "ratio", "fraction", "intensity", "slice", "part", "ofgdp", "toofgdp", "howmuch", "goto", "goe", "went", "spen") {
		return false
	}
	gdp := max(strings.Index(s, "gdp"), strings.Index(s, "生产总值"))
	rd := -1
	for _, w := range []string{"研发", "科研", "research", "rd"} {
		if i := strings.Index(s, w); i >= 0 && (rd < 0 || i < rd) {
			rd = i
		}
	}
	return gdp >= 0 && gdp < rd
}

// runs reports whether the organisation that is asked for is to run what the question
// goes on to name, which no policy says of any: "which firm manages the fund?".
func (r *reading) runs(at int) bool {
	n := len(r.t.toks)
	return at < n && slices.Contains([]string{"manage", "run", "operate", "handle", "administer", "管理", "运营", "运作", "托管", "代管"}, r.t.form(at, min(n, at+1+han(r.t, at))))
}

// han is 1 where a Chinese word of two characters may begin at the token.
func han(t *text, at int) int {
	if t.toks[at].class == classHan {
		return 1
	}
	return 0
}
