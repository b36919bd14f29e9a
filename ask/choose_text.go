package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

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
	if len(f.things) == 1 && len(r.domains)+len(r.districts)+len(r.indicators) == 0 && (f.yesNo || r.has(cueWhich, cueHow, cueOverview)) && r.unknown > 0 {
		// "Does the first action speak of services?"
		if t, ok := e.index.among(r, e.under(f.things[0])); ok {
			f.things, f.picked = []thing{t}, true
			return f.as(ruleProse)
		}
	}
	if len(r.districts) > 0 && len(r.domains) == 0 && f.things[0].kind == kindFact {
		return f.as(ruleScopedTarget)
	}
	switch f.things[0].kind {
	case kindFact:
		if r.has(cueQuantity) {
			return f.as(ruleNoYear)
		}
	case kindBody:
		if containsAny(r.t.buf, "几个人", "多少人", "几人", "几名", "几位", "howmanypeople", "howmanymember", "howmanyexpert") || r.has(cueAmount) {
			return f.as(ruleTermFigure)
		}
	case kindAction, kindSafeguard, kindPrinciple:
		if r.has(cueAmount) && !r.has(cueHow) || r.has(cueMuch) && !r.has(cueHow, cueCount) {
			return f.as(ruleTermFigure)
		}
	default:
		if containsAny(r.t.buf, "第几") {
			break // which one by its number.
		}
		if r.has(cueMuch, cueAmount) && !r.has(cueHow) || r.has(cueQuantity) && len(r.numbers) > 0 && f.things[0].kind == kindMeasure || r.has(cueCount) && !r.has(cueHow, cueWhich) {
			return f.as(ruleTermFigure)
		}
	}
	if len(r.districts) > 0 && !r.has(cueHow, cueGain) || len(r.foreign) > 0 && !r.excuses(nil) {
		return no()
	}
	if len(r.domains) > 0 && !r.has(cueHow, cueGain, cueTarget, cueYesNo) && r.has(cueLead, cueWho, cueDistrict) {
		return no()
	}
	if r.alien() > alienLax {
		return unknown(r), true
	}
	if n := len(r.numbers); n > 0 && f.yesNo {
		f.value, f.money = r.numbers[n-1].value, r.numbers[n-1].money
	}
	f.things[0] = e.bodyOf(f.things[0])
	if f.things[0].kind == kindTarget {
		return f.as(ruleProseTarget)
	}
	return f.as(ruleProse)
}

// bodyFacts are words for what the policy does not say of the bodies that it
// sets up: their people, meetings, money and place.
var bodyFacts = []string{
	"几个专家", "多少专家", "几位专家", "多少位专家", "几名专家", "多少名专家", "多久开", "开会", "开一次", "几次会", "任期", "谁出钱", "经费", "办公", "哪天成立", "什么时候成立", "何时成立", "投票", "工资", "谁任命", "怎么选", "如何产生", "名额",
	"howoften", "meet", "term", "whopay", "howlong", "howmanyexpert", "howmanyseat", "elect", "appoint", "salary", "staff", "vote", "office", "whenwas", "whendid", "paidby", "chosen", "selected",
}

// chooseBodyFact finds what is asked about the committee or the leading group and
// the policy does not say.
func (e *Engine) chooseBodyFact(r *reading, _ frame) (frame, bool) {
	about := slices.ContainsFunc(r.prose, func(t thing) bool {
		return t == thing{kindBody, "leading-group"} || t == thing{kindBody, "expert-committee"}
	}) || containsAny(r.t.buf, "expert", "专家")
	if !about || len(r.foreign) > 0 || len(r.domains)+len(r.districts) > 0 || r.has(cueSource, cueLayout, cueDomain, cueDistrict) || !containsAny(r.t.buf, bodyFacts...) {
		return no()
	}
	out := unknown(r)
	out.named = true
	out.things = slices.DeleteFunc(slices.Clone(out.things), func(t thing) bool { return t.kind != kindBody })
	return out, true
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

// bodyWords are words for an organ; adviceWords tell that it advises.
var (
	bodyWords   = []string{"这个事", "这件事", "这事", "此事", "整件事", "这项工作", "整个工作", "全局", "wholething", "wholeeffort", "entireeffort", "依托什么", "依托哪", "谁推动", "谁推进", "谁主抓", "谁协调", "谁负责推", "whocoordinat", "whoorganis", "whooversee", "whopromot", "whodrive", "whosteer", "whorun", "taskforce", "机构", "部门", "牵头单位", "什么组织", "哪个组织", "领导体制", "统筹", "协调机制", "推进机制", "市级机制", "机制叫", "什么机制", "哪个机制", "body", "organisation", "organization", "agency", "mechanism", "coordinate", "oversee", "steer", "whichgroup", "whatgroup", "governance", "department"}
	adviceWords = []string{"咨询", "智库", "出谋划策", "智力支持", "顾问", "专家", "外脑", "advis", "advice", "expert", "thinktank", "consult"}
	changeWords = []string{"改吗", "定死", "一成不变", "可能调整", "能调整", "会调整", "要调整", "调不调", "调整吗", "动不动", "雷打不动", "还改", "能改", "不再", "一直这样", "永远", "动吗", "setinstone", "forever", "static", "alter", "modif", "reconsider", "再变", "变了", "变吗", "固定", "不变", "变动", "会变", "会不会变", "改变", "更新", "修订", "fixed", "change", "revis", "updat", "permanent", "everyyear", "eachyear", "onceayear", "每年", "一年一", "年一调", "年一评", "调一次", "评一次", "年调一", "年评一"}
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
	layout := r.has(cueLayout, cueDomain, cueDistrict, cueCity) || containsAny(s, "布局", "分工", "allocation")
	switch {
	case r.has(cueSource) && containsAny(s, "节", "章", "段", "条", "部分", "section", "paragraph", "clause", "chapter", "where", "写在", "提到", "出处", "提的", "出自", "原文"):
		return no()
	case containsAny(s, adviceWords...) && (r.has(cueWho, cueWhich, cueOverview, cueYesNo, cueHow) || r.aux) && len(r.prose) == 0:
		f.things = []thing{{kindBody, "expert-committee"}}
		return f.as(ruleProse)
	case r.has(cueEvaluate) && (layout || r.has(cueWhen, cueHow, cueCount, cueSource, cueYesNo, cueWhich) || r.aux) && len(r.prose) == 0,
		containsAny(s, changeWords...) && (layout || r.has(cueEvaluate) || r.has(cueYear)) && !r.has(cueQuantity, cueCompare, cueReported) && (r.has(cueLayout) || containsAny(s, "布局") || !r.has(cueTarget)) && len(r.prose) == 0 && (f.yesNo || r.has(cueEvaluate, cueHow, cueWhich, cueOverview, cueList)):
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
	if !r.has(cueWhich, cueSource, cueOverview) || r.onlyTalkOf() || len(r.foreign) > 0 || len(r.domains)+len(r.districts) > 0 || r.has(cueList, cueCount, cueExcept) {
		return no()
	}
	if r.has(cueSource) && r.unknown == 0 && len(r.prose)+len(r.terms)+len(r.indicators) == 0 && containsAny(r.t.buf, "节", "章", "部分", "段", "section", "paragraph", "heading", "chapter", "clause") {
		return no() // the place of all of them.
	}
	if r.plural() {
		return no()
	}
	for _, a := range r.numbers {
		if a.value == float64(len(e.pol.Principles)) || a.value == float64(len(e.pol.Actions)) {
			return no() // "which four principles": all of them.
		}
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
	hit, ok := e.index.among(r, e.index.things(keep))
	if !ok {
		return no()
	}
	f.picked, f.things, f.terms, f.indicators = true, []thing{hit}, nil, nil
	return f.as(ruleProse)
}

// plural reports whether all of a sort are asked for: which principles, 什么原则.
func (r *reading) plural() bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cuePrinciple) && !m.has(cueAction) && !m.has(cueSafeguard) {
			continue
		}
		if word := r.t.typed(m.from, m.to); latin(word) && strings.HasSuffix(strings.ToLower(word), "s") && i > 0 && r.mentions[i-1].has(cueWhich) {
			return true
		}
	}
	return containsAny(r.t.buf, "哪四", "哪五", "哪4", "哪5", "哪几", "什么原则", "五大行动", "五项行动", "五个行动", "四大保障", "四项保障", "四个保障", "四大原则", "四项原则", "四条原则", "四个原则", "哪些原则", "哪几条原则", "哪些行动", "哪些保障", "什么保障", "哪几项")
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
