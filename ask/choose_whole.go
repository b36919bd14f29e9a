package ask

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wainao/policy"
)

// ofDocument forgets a year that only tells which document is meant: the policy's
// own, "the 2023 paper".
func (e *Engine) ofDocument(r *reading) {
	if m := datedDocument.FindStringSubmatch(r.t.orig); m != nil && m[1] == strconv.Itoa(e.pol.Document.Issued.Year()) && len(r.foreign) == 0 && !r.has(cueDate, cueWhen) && !r.yesNo() {
		r.years = slices.DeleteFunc(r.years, func(y int) bool { return y == e.pol.Document.Issued.Year() })
		if len(r.years) == 0 && !r.about() {
			r.prose = []thing{{kindDocument, "document"}}
		}
		return
	}
	if len(r.years) != 1 || r.years[0] != e.pol.Document.Issued.Year() || r.about() || len(r.foreign) > 0 || r.yesNo() || r.has(cueQuantity, cueTarget, cueDate, cueWhen, cueLayout, cueLead, cueNot) {
		return
	}
	if !onlyAbout(r.prose) || len(r.prose) == 0 && !containsAny(r.t.buf, "文件", "意见", "政策", "document", "policy", "paper") {
		return
	}
	r.years, r.prose = nil, []thing{{kindDocument, "document"}}
}

// datedDocument finds the document called by its year: "this 2023 Suzhou document".
var datedDocument = regexp.MustCompile(`(?i)\b(20\d\d)(?: (?:suzhou|city|municipal|government|future[- ]industr(?:y|ies))){0,3} (?:document|polic(?:y|ies)|opinions?|paper|text|plan)\b`)

// manner tells in whose terms an answer is wanted: 按原文口径, 统一口径. It asks
// for no definition.
var manner = regexp.MustCompile(`(?:按|照|以|统一|对外)(?:[^\pP什么啥哪怎]{0,4})口径`)

// mannered forgets that a definition is asked for where only the manner of the
// answer is meant and a figure is asked for.
func (r *reading) mannered() {
	if r.has(cueDefine) && r.has(cueCount, cueMuch) && manner.MatchString(r.t.orig) {
		delete(r.cues, cueDefine)
	}
}

// rates are words before "year" that make it a rate.
var rates = []string{"a", "per", "each", "every"}

// rated forgets that years are asked for where "a year" is only a rate: "how many
// patents a year".
func (r *reading) rated() {
	if !r.has(cueCount, cueMuch) || len(r.prose) == 0 {
		return
	}
	n := len(r.mentions)
	r.mentions = slices.DeleteFunc(r.mentions, func(m mention) bool {
		return m.key == "year" && m.from > 0 && slices.Contains(rates, r.t.form(m.from-1, m.from))
	})
	if len(r.mentions) < n {
		delete(r.cues, cueYear)
	}
}

// within forgets that a place is asked for where the place is given and what
// stands there is to be listed: "the list of batches in the last section".
func (r *reading) within() {
	if r.has(cueSource) && containsAny(r.t.buf, "paragraphsay", "sectionsay", "chaptersay", "passagesay", "paragraphtell", "sectiontell") && !containsAny(r.t.buf, "whichsection", "whichparagraph", "whichchapter", "whichpassage", "whatsection", "whatparagraph", "where") {
		delete(r.cues, cueSource) // what it says is asked for, not where.
		return
	}
	if !r.has(cueSource) || !r.has(cueList) || r.has(cueWhich, cueWhere) || !r.hasNoun() {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.has(cueSource) && (r.han() || m.from == 0 || !slices.ContainsFunc([]string{"in", "from", "of", "under"}, func(w string) bool {
			return slices.ContainsFunc(r.t.toks[max(0, m.from-3):m.from], func(t token) bool { return strings.EqualFold(r.t.orig[t.start:t.end], w) })
		})) {
			return
		}
	}
	delete(r.cues, cueSource)
}

// splitWords ask how a figure is parted.
var splitWords = []string{"怎么分", "如何分", "分到", "分给", "分解", "分摊", "分配", "拆", "怎么切", "split", "divided", "divideup", "brokendown", "breakdown", "apportion", "allocat", "carvedup", "parcel"}

// chooseShare finds questions for a part of a sum that is a target of the city:
// a district's or a domain's, or how all of them share it.
func (e *Engine) chooseShare(r *reading, f frame) (frame, bool) {
	if len(r.foreign)+len(r.terms)+len(r.indicators) > 0 || r.has(cueProgress, cueLeft, cueReported, cueMissing, cueNow) {
		return no()
	}
	for _, a := range r.numbers {
		t, ok := e.targetByValue(a, nil)
		if !ok || !a.money {
			continue
		}
		split := containsAny(r.t.buf, splitWords...)
		if named := len(r.domains)+len(r.districts) > 0; named && (split || r.has(cueCount, cueMuch)) || split && r.has(cueDomain, cueDistrict) {
			f.indicators, f.money, f.yesNo = []policy.IndicatorID{t.Indicator}, true, false
			return f.as(ruleScopedTarget)
		}
	}
	return no()
}

// qualifiers stand beside a figure and tell how it is meant.
var qualifiers = []string{"超过", "突破", "达到", "以上", "左右", "大约", "不少于", "over", "about", "atleast", "exactly", "ormore", "around", "morethan", "exceed"}

// chooseWorded finds how a target's figure is worded: over it, or about it. The
// target is told as it is printed.
func (e *Engine) chooseWorded(r *reading, f frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.terms)+len(r.foreign) > 0 || !onlyAbout(r.prose) || len(r.indicators) > 1 || r.has(cueProgress, cueNow, cueDefine) {
		return no()
	}
	if either := containsAny(r.t.buf, "还是") || r.or(); !containsAny(r.t.buf, "措辞", "表述", "worded", "wording", "phrased") && (!either || !containsAny(r.t.buf, qualifiers...)) {
		return no()
	}
	if len(r.indicators) == 0 {
		for _, a := range r.numbers {
			if t, ok := e.targetByValue(a, nil); ok {
				f.indicators, f.years = []policy.IndicatorID{t.Indicator}, []int{t.Year}
			}
		}
	}
	if len(f.indicators) == 0 || slices.ContainsFunc(r.years, func(y int) bool { return !slices.Contains(e.pol.TargetYears(), y) }) {
		return no()
	}
	return f.as(ruleTarget)
}

// chooseWhole finds a sort of which all are wanted, as their number tells: "the
// eight fields for a glossary". For whom and why says nothing.
func (e *Engine) chooseWhole(r *reading, f frame) (frame, bool) {
	if r.about() || len(r.districts)+len(r.years) > 0 || f.yesNo || r.has(cueWho, cueWhere, cueWhy, cueWhen, cueCount, cueMuch, cueMost, cueLeast, cueOnlyOne, cueMulti, cueBoth, cueShare, cueExcept, cueNot,
		cueProgress, cueLeft, cueReported, cueMissing, cuePending, cueCompare, cueRank, cueGain, cueFocus, cueDirection, cueTech, cueEvaluate, cueSource, cueInject, cueAmount, cueQuantity, cueIndicator, cueLayout) {
		return no()
	}
	if slices.ContainsFunc(r.foreign, func(m *mention) bool { return !r.audience(m) && r.sameClause(m) }) || r.has(cueDistrict) && r.has(cueDomain) || r.has(cueBatch) {
		return no()
	}
	sorts := map[cue]struct {
		n  int
		to rule
	}{
		cueDomain: {len(e.pol.Domains), ruleDomains}, cueDistrict: {len(e.pol.Districts), ruleDistricts}, cueAction: {len(e.pol.Actions), ruleActions},
		cueSafeguard: {len(e.pol.Safeguards), ruleSafeguards}, cuePrinciple: {len(e.pol.Principles), rulePrinciples},
	}
	for _, a := range r.t.amounts() {
		for i := range r.mentions {
			m := &r.mentions[i]
			s, ok := sorts[firstOf(m.noun())]
			if !ok || float64(s.n) != a.value || a.from < m.from && (m.from < a.to || m.from-a.to > 1) || a.from >= m.to {
				continue
			}
			end := m.to
			for i+1 < len(r.mentions) && r.mentions[i+1].from == end && firstOf(r.mentions[i+1].noun()) == firstOf(m.noun()) {
				i++
				end = r.mentions[i].to
			}
			if end < len(r.t.toks) && r.t.form(end, end+1) == "的" {
				end++
			}
			if end < len(r.t.toks) && r.has(cueWhich) && containsAny("里中当其", r.t.form(end, end+1)) {
				return no() // one of them is asked for.
			}
			if end < len(r.t.toks) && !r.known[end] && !r.t.toks[end].gap || latin(r.t.form(0, 1)) && r.under(min(a.from, m.from)) {
				return no() // something of theirs is asked for.
			}
			f.things, f.picked = nil, true
			return f.as(s.to)
		}
	}
	return no()
}

func firstOf(n cue, _ bool) cue { return n }

// under reports whether a word that nobody knows, or "which", stands before "of the"
// or "in the".
func (r *reading) under(at int) bool {
	for at > 0 && slices.Contains([]string{"the", "all", "these"}, r.t.form(at-1, at)) {
		at--
	}
	if at < 2 || !slices.Contains([]string{"of", "in", "across", "per"}, r.t.form(at-1, at)) {
		return false
	}
	return !r.known[at-2] || slices.ContainsFunc(r.mentions, func(m mention) bool { return m.to == at-1 && m.has(cueWhich) })
}

// sameClause reports whether the clause with the phrase names a sort of things.
func (r *reading) sameClause(m *mention) bool {
	from, to := m.from, m.to
	for from > 0 && !ends(r.t.orig[r.t.toks[from-1].end:r.t.toks[from].start]) {
		from--
	}
	for to < len(r.t.toks) && !ends(r.t.orig[r.t.toks[to-1].end:r.t.toks[to].start]) {
		to++
	}
	return slices.ContainsFunc(r.mentions, func(o mention) bool { _, ok := o.noun(); return ok && o.from >= from && o.to <= to })
}

// otherOne are words for one more of what a district does.
var otherOne = []string{"还有一个", "还有个", "另一个", "另外一个", "还有那个", "theotherone", "anotherone", "theother"}

// chooseOther finds one more focus of a district, by a word of it: 昆山有元宇宙,
// 还有一个航空的.
func (e *Engine) chooseOther(r *reading, f frame) (frame, bool) {
	if len(r.districts) != 1 || len(r.domains)+len(r.terms) == 0 || len(r.indicators)+len(r.foreign)+len(r.years) > 0 {
		return no()
	}
	at := -1
	for _, w := range otherOne {
		if i := strings.Index(r.t.buf, w); i >= 0 {
			at = i + len(w)
		}
	}
	if at < 0 {
		return no()
	}
	named := e.domainsOrTermDomains(r)
	var found []policy.DomainID
	for _, fo := range e.layout.FocusesIn(r.districts[0]) {
		zh, _ := key(fo.Text.ZH)
		en := newText(fo.Text.EN)
		hit := false
		for i := range r.t.toks {
			if r.t.toks[i].off < at {
				continue
			}
			if r.t.toks[i].class == classHan {
				hit = hit || i+1 < len(r.t.toks) && r.t.toks[i+1].class == classHan && strings.Contains(zh, r.t.form(i, i+2))
				continue
			}
			for k := range en.toks {
				hit = hit || len(en.form(k, k+1)) > 4 && en.form(k, k+1) == r.t.form(i, i+1)
			}
		}
		if hit && (!slices.Contains(named, fo.Domain) || len(r.terms) > 0) {
			found = addOnce(found, fo.Domain)
		}
	}
	if len(found) != 1 {
		return no()
	}
	f.domains, f.terms, f.yesNo, f.picked = found, nil, false, true
	return f.as(ruleFocus)
}
