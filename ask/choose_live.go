package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// chooseLive finds questions about what has been reported or reached.
func (e *Engine) chooseLive(r *reading, f frame) (frame, bool) {
	if len(r.foreign) > 0 && !r.onlyAudience() || r.has(cueSource) || r.has(cueDefine) && (!r.has(cueCount) || !r.has(cueProgress)) && (len(r.indicators) == 0 || !r.toDate()) {
		return no()
	}
	if r.has(cueLeft) && len(r.indicators) == 0 && len(r.numbers) > 0 {
		if t, ok := e.targetByValue(r.numbers[0], nil); ok {
			f.indicators, f.years = []policy.IndicatorID{t.Indicator}, []int{t.Year}
			return f.as(ruleProgress)
		}
	}
	f.words = ""
	if containsAny(r.t.buf, "national", "国家级") && !r.has(cueReported, cueMissing, cuePending) {
		return no() // what was recognised before the policy.
	}
	if len(r.domains)+len(r.districts)+len(r.terms)+len(r.prose) == 0 && r.paced() {
		// Are we on course for the platforms, or for the 5000 of 2030?
		for _, a := range r.numbers {
			if t, ok := e.targetByValue(a, r.indicators); ok {
				f.indicators, f.years = []policy.IndicatorID{t.Indicator}, []int{t.Year}
				return f.as(ruleProgress)
			}
		}
		if len(r.indicators) > 0 {
			return f.as(ruleProgress)
		}
	}
	if len(r.districts) > 0 && len(r.domains)+len(r.indicators)+len(r.terms) == 0 && r.has(cueProgress, cueNow) && containsAny(r.t.buf, "ledger", "台账") {
		return f.as(ruleReported)
	}
	if len(r.indicators) > 0 && r.has(cuePending) && r.has(cueProgress) && len(r.years) == 0 {
		return f.as(ruleProgress) // what is accepted and what is not yet.
	}
	if len(r.indicators) > 0 && r.has(cueReported) && r.has(cueCount, cueMuch) && !r.has(cueMissing, cuePending, cueDistrict, cueWho) {
		return f.as(ruleProgress) // 报上来多少: how much, not who.
	}
	if e.asksPace(r) {
		f.noun = cueLeft
		if containsAny(r.t.buf, onTrackWords...) {
			f.noun = cueProgress
		}
		return f.as(rulePace)
	}
	if n, _ := r.asked(); n == cueDomain && r.has(cueReported) && len(r.districts) == 1 && !f.yesNo && !r.has(cueQuarter, cueThis, cueLast, cueMissing, cuePending, cueProgress, cueCount) && len(r.domains)+len(r.indicators) == 0 {
		return f.as(ruleDistrict) // what it is to report on.
	}
	about := len(r.districts) > 0 || r.has(cueDistrict, cueWho, cueQuarter, cueThis, cueLast)
	switch {
	case containsAny(r.t.buf, "没审核", "没有审核", "未经审核", "审核了", "notreviewed", "unreviewed") && len(r.indicators) == 0:
		return f.as(rulePending)
	case r.has(cuePending) && (r.has(cueReported, cueCount, cueList, cueThis, cueQuarter) || len(r.indicators) == 0):
		return f.as(rulePending)
	case r.has(cueMissing) && about, r.has(cueReported) && r.has(cueNot) && about && len(r.districts) == 0:
		if len(r.districts) > 0 {
			return f.as(ruleReported)
		}
		return f.as(ruleMissing)
	case r.has(cueReported) && r.has(cueProgress) && r.has(cueCount) && len(r.indicators) > 0:
		return f.as(ruleProgress)
	case r.has(cueReported) && r.has(cueFocus) && r.has(cueWhich) && !r.has(cueQuarter, cueThis, cueLast):
		return no() // the focus for a report.
	case r.has(cueReported) && about && (f.yesNo || r.has(cueYesNo) || len(r.districts) > 0 && len(r.terms)+len(r.prose) == 0 || r.has(cueWho, cueWhich, cueCount, cueList, cueThis, cueLast, cueQuarter, cueProgress, cueNow, cueOverview)):
		return f.as(ruleReported)
	case r.has(cueReported) && r.has(cueCount, cueNow, cueThis, cueLast, cueQuarter) && len(r.indicators)+len(r.terms)+len(r.prose)+len(r.domains) == 0:
		return f.as(ruleReported)
	case r.has(cueMissing) && r.words > 2:
		return f.as(ruleMissing)
	}
	if len(r.indicators) > 0 && (f.yesNo || r.aux) && len(r.domains)+len(r.districts)+len(r.numbers)+len(r.years) == 0 && (strings.HasSuffix(r.t.buf, "yet") || containsAny(r.t.buf, "sofar", "already", "有人报", "有人登", "有人录", "有人填", "录进来了", "登记了")) && containsAny(r.t.buf, "logged", "recorded", "registered", "entered", "booked", "notched", "delivered", "anybody", "anyone", "有人", "录进", "登记") {
		return f.as(ruleProgress)
	}
	progress := r.has(cueProgress, cueLeft) || r.has(cueDefine) && r.toDate() || r.sofar() || r.reachedSoFar() || r.has(cueNow) && (!r.has(cueQuantity) || r.has(cueCompare))
	if !progress || r.has(cueWhen) && !r.has(cueNow, cueLeft) {
		return no()
	}
	switch {
	case len(r.indicators) > 0:
		if f.yesNo && len(r.numbers) > 0 && !r.has(cueNow) && !containsAny(r.t.buf, "ontrack", "behind", "schedule", "halfway", "already", "了吗", "了没", "一半", "过半", "几成", "sofar", "yet") {
			return no()
		}
		return f.as(ruleProgress)
	case len(r.indicators) == 0 && r.has(cueWhich, cueWho) && r.unknown > 0 && !r.has(cueQuantity, cueLeft, cueNow):
		return no() // which ministry approved it.
	case r.has(cueProgress) && len(r.terms)+len(r.prose) == 0 && r.alien() < alienLax && !r.has(cueLead) || r.has(cueLeft) && r.has(cueQuantity):
		return f.as(ruleProgressAll)
	}
	return no()
}

// behindWords and onTrackWords tell how targets stand against their paths.
var (
	behindWords  = []string{"滞后", "落后", "掉队", "拖后腿", "跟不上", "没跟上", "慢了", "亮红灯", "亮黄灯", "红灯", "黄灯", "有风险", "behind", "lagging", "laggard", "offtrack", "slipping", "atrisk", "redlight", "inthered", "fallingshort", "needattention"}
	onTrackWords = []string{"正常推进", "按计划推进", "按期", "跟得上", "跟上了", "亮绿灯", "绿灯", "达标", "超前", "oncourse", "ontrack", "onschedule", "ahead", "green"}
)

// paced reports whether words for how something keeps up with its path stand in
// the question, outside of what the text itself says: take the lead, go ahead.
func (r *reading) paced() bool {
	s := strings.NewReplacer("goahead", "", "lookahead", "", "aheadof2030", "", "leavebehind", "", "behindthe", "", "greenhydrogen", "", "绿氢", "").Replace(r.t.buf)
	return !r.has(cueWhy, cueReported, cueMissing, cueDistrict, cueWho, cueDefine) && (containsAny(s, behindWords...) || containsAny(s, onTrackWords...)) && (r.yesNo() || r.has(cueNow, cueProgress, cueHow) || r.t.question || containsAny(s, "还是"))
}

// onlyAudience reports whether what the policy has nothing about is no more than
// the people for whom somebody asks: 书记要看.
func (r *reading) onlyAudience() bool {
	return r.about() && !slices.ContainsFunc(r.foreign, func(m *mention) bool { return m.first().id != foreignPerson || !r.audience(m) })
}

// asksPace reports whether it is asked which targets are behind, or on track.
func (e *Engine) asksPace(r *reading) bool {
	if len(r.indicators)+len(r.domains)+len(r.districts)+len(r.terms)+len(r.prose) > 0 || r.has(cueReported, cueMissing, cueDistrict, cueWho) {
		return false
	}
	about := r.has(cueQuantity, cueIndicator, cueTarget) || r.has(cueWhich) && r.total <= 14
	return about && (containsAny(r.t.buf, behindWords...) || containsAny(r.t.buf, onTrackWords...)) && r.alien() < alienLax
}

// sofar reports whether the question ends in 了, which asks for what has been
// reached: 核心产品有多少个了?
func (r *reading) sofar() bool {
	n := len(r.t.toks)
	if n == 0 {
		return false
	}
	if r.t.form(n-1, n) == "了" && r.has(cueCount, cueMuch) {
		return true
	}
	// 建了几家, 引进了多少: but not what the document sets, 定了多少.
	return len(r.indicators) > 0 && containsAny(r.t.buf, "了多少", "了几", "了吗", "了没", "上报了几", "missing") &&
		!containsAny(r.t.buf, "定了", "提了", "写了", "设了", "列了", "要求了", "明确了", "规定了", "提出了", "变了", "missingfrom") && !r.has(cueQuantity, cueTarget)
}

// toDate reports whether what there is by now is asked for, not what counts: "how
// many are recognised as of today".
func (r *reading) toDate() bool {
	now := containsAny(r.t.buf, "asoftoday", "asofnow", "atthemoment", "rightnow", "bynow", "asondate", "uptothi", "uptonow", "uptotoday", "todate", "sofar", "currently", "目前", "现在", "截至", "到今天", "到现在", "迄今", "今天为止")
	return now && (r.has(cueCount) || strings.Contains(r.t.buf, "number") || (r.aux || containsAny(r.t.buf, "isany", "areany", "isthere", "arethere")) && len(r.indicators) > 0)
}
