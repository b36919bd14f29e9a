package ask

import (
	"regexp"
	"slices"
	"strings"

	"wainao/policy"
)

// reading is a question taken apart: what it names, which cues it holds, and
// how much of it stayed unknown.
type reading struct {
	t        *text
	mentions []mention
	cues     map[cue]bool

	domains    []policy.DomainID
	districts  []policy.DistrictID
	indicators []policy.IndicatorID
	terms      [][]string // one entry a phrase; a phrase may name terms of several domains.
	prose      []thing    // facts, actions, measures and the like.
	foreign    []*mention
	numbers    []amount
	years      []int

	total   int    // weight of the whole question.
	unknown int    // weight of what is not known.
	words   int    // weight of what is known and no filler.
	known   []bool // which tokens are known.
	aux     bool
	pieces  []feature // what the bank is asked with, once it was.
}

func newReading(t *text, mentions []mention) *reading {
	mentions = compounds(t, mentions)
	r := &reading{t: t, mentions: mentions, cues: make(map[cue]bool, 16), total: t.weight(0, len(t.toks))}
	known := make([]bool, len(t.toks))
	for i := range mentions {
		m := &mentions[i]
		r.take(m)
		for k := m.from; k < m.to; k++ {
			known[k] = true
		}
		if m.first().kind != kindFiller {
			r.words += t.weight(m.from, m.to)
		}
	}
	for _, a := range t.amounts() {
		if r.covered(a) || a.from > 0 && t.form(a.from-1, a.from) == "哪" {
			continue
		}
		if y, ok := a.yearOf(); ok {
			if !slices.Contains(r.years, y) {
				r.years = append(r.years, y)
			}
		} else {
			r.numbers = append(r.numbers, a)
		}
		for k := a.from; k < a.to; k++ {
			known[k] = true
		}
	}
	r.later()
	for k, ok := range known {
		if !ok {
			r.unknown += t.weight(k, k+1)
		}
	}
	if r.has(cueWhere) && r.asksPlace() && containsAny(t.buf, "文件", "原文", "正文", "文中", "文本", "inthedocument", "inthetext", "inthepolicy", "inthepaper", "iread") {
		r.cues[cueSource] = true
	}
	if r.origin() {
		delete(r.cues, cueSource)
		delete(r.cues, cueWhere)
		r.cues[cueHow] = true
	}
	r.known, r.aux = known, r.auxiliary()
	r.needing()
	r.sector()
	r.folder()
	r.mentioned()
	r.negation()
	r.telling()
	r.stories()
	r.owing()
	r.tabled()
	r.counting()
	r.passing()
	r.audiences()
	r.mannered()
	r.batched()
	r.rated()
	r.within()
	r.partly()
	r.mentioners()
	r.enumerated()
	r.quoting()
	r.disputed()
	r.included()
	return r
}

// mentioned finds 提到哪些: what the text mentions is asked for, not where.
func (r *reading) mentioned() {
	if !r.has(cueSource) {
		return
	}
	asks := false
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueSource) {
			continue
		}
		if !slices.Contains([]string{"提到", "提到了", "提及", "写到", "写进", "写入", "部分"}, m.key) {
			return
		}
		if i+1 < len(r.mentions) && (r.mentions[i+1].has(cueWhich) || r.mentions[i+1].has(cueList)) && !r.mentions[i+1].has(cueSource) {
			asks = true
		}
	}
	if asks {
		delete(r.cues, cueSource)
	}
}

// origin reports whether it is asked where money comes from: the answer is what
// the text says of it, not where it says so.
func (r *reading) origin() bool {
	return slices.Contains(r.prose, thing{kindSafeguard, "funding"}) && r.has(cueSource, cueWhere) &&
		containsAny(r.t.buf, "从哪", "哪儿来", "哪里来", "哪来", "打哪", "来源", "来路", "渠道", "出自谁", "哪儿出", "哪里出", "comefrom", "comingfrom", "sourceof", "getthe") &&
		!containsAny(r.t.buf, "第几", "哪一节", "哪一段", "哪节", "哪章", "whichsection", "whichparagraph", "section")
}

// later finds the year that is named by another one: "five years after 2030".
func (r *reading) later() {
	if len(r.years) != 1 || len(r.numbers) != 1 || r.numbers[0].value > 30 || r.numbers[0].money || !containsAny(r.t.buf, "yearafter", "yearlater", "年后", "年之后", "再过") {
		return
	}
	n := r.numbers[0]
	r.numbers = nil
	if before, _, ok := strings.Cut(r.t.buf, "再过"); ok && !strings.ContainsAny(before, "0123456789年") {
		return // 再过五年就是35年: the year itself is named.
	}
	r.years = []int{r.years[0] + int(n.value)}
}

// needing finds "I need the section number", where no target is meant but what somebody
// wants to be told.
func (r *reading) needing() {
	rest := false
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueTarget) {
			continue
		}
		if m.key != "need" && m.key != "want" || m.to == len(r.t.toks) ||
			m.from > 0 && !r.t.toks[m.from].gap && !slices.Contains([]string{"i", "we", "he", "she", "just", "only", "also", "bos", "ill", "really", "now", "and", "but"}, r.t.form(m.from-1, m.from)) ||
			!slices.Contains([]string{"the", "all", "a", "an", "to", "it", "thi", "that", "your", "some", "one", "number", "every", "them", "help"}, r.t.form(m.to, m.to+1)) {
			rest = true
			continue
		}
		m.things = []thing{{kindFiller, ""}}
	}
	if !rest {
		delete(r.cues, cueTarget)
	}
}

// folder finds "the hydrogen file", a thing on a desk, and forgets that somebody
// may have filed a report.
func (r *reading) folder() {
	if !r.has(cueReported) {
		return
	}
	at := -1
	for i := range r.mentions {
		if !r.mentions[i].has(cueReported) {
			continue
		}
		if r.mentions[i].key != "file" || at >= 0 || i == 0 {
			return
		}
		at = i
	}
	if at < 0 {
		return
	}
	switch before := &r.mentions[at-1]; before.key {
	case "the", "this", "a", "my", "our", "that":
	default:
		if before.first().kind != kindDomain {
			return
		}
	}
	delete(r.cues, cueReported)
}

// sector finds 板块 in the sense of a sector, 元宇宙板块概况, and forgets that a
// district may be meant.
func (r *reading) sector() {
	if len(r.domains) != 1 || len(r.districts) > 0 || r.has(cueWho, cueWhich, cueCount, cueList, cueWhere) || !r.has(cueOverview, cueMore) {
		return
	}
	for i := 1; i < len(r.mentions); i++ {
		m := &r.mentions[i]
		if m.has(cueDistrict) && m.key == "板块" && r.mentions[i-1].to == m.from && r.mentions[i-1].first().kind == kindDomain {
			delete(r.cues, cueDistrict)
			r.mentions = slices.Delete(r.mentions, i, i+1)
			return
		}
	}
}

// covered reports whether the number is only a part of a phrase that names
// something: 八大领域, 一批.
func (r *reading) covered(a amount) bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.from <= a.from && a.from < m.to && m.first().kind != kindFiller && !m.has(cueAmount) && !m.has(cueLead) {
			return m.to-m.from > 1
		}
	}
	return false
}

// take puts what the phrase names into its place.
func (r *reading) take(m *mention) {
	cued := false
	for _, t := range m.things {
		if t.kind == kindCue {
			r.cues[cue(t.id)] = true
			cued = true
		}
	}
	first := m.first()
	switch first.kind {
	case kindDomain:
		r.domains = addOnce(r.domains, policy.DomainID(first.id))
	case kindDistrict:
		r.districts = addOnce(r.districts, policy.DistrictID(first.id))
	case kindIndicator:
		r.indicators = addOnce(r.indicators, policy.IndicatorID(first.id))
	case kindForeign:
		r.foreign = append(r.foreign, m)
	case kindTerm:
		if cued {
			return
		}
		var ids []string
		for _, t := range m.things {
			if t.kind == kindTerm {
				ids = append(ids, t.id)
			}
		}
		r.terms = append(r.terms, ids)
	case kindFact, kindDamage, kindAction, kindSafeguard, kindPrinciple, kindBody, kindDuty, kindTarget,
		kindMeasure, kindGuiding, kindDocument, kindSection:
		if !cued {
			r.prose = addOnce(r.prose, first)
		}
	case kindCue, kindFiller:
	}
}

func addOnce[T comparable](all []T, v T) []T {
	if slices.Contains(all, v) {
		return all
	}
	return append(all, v)
}

// has reports whether the question holds any of the cues.
func (r *reading) has(cues ...cue) bool {
	for _, c := range cues {
		if r.cues[c] {
			return true
		}
	}
	return false
}

// alien is the share of the question that is not known, from 0 to 1.
func (r *reading) alien() float64 {
	if r.total == 0 {
		return 0
	}
	return float64(r.unknown) / float64(r.total)
}

// auxiliaries are the words with which an English question for yes or no
// begins.
var auxiliaries = map[string]bool{
	"is": true, "are": true, "doe": true, "do": true, "could": true, "would": true, "did": true, "was": true, "were": true, "has": true, "have": true,
	"will": true, "should": true, "can": true, "isn": true, "aren": true, "doesn": true, "don": true, "must": true,
}

// auxiliary reports whether the question begins with an auxiliary, greetings
// and conjunctions passed over.
func (r *reading) auxiliary() bool {
	for i := range r.t.toks {
		s := r.t.form(i, i+1)
		switch s {
		case "so", "and", "but", "hi", "hello", "hey", "please", "sorry", "ok", "okay", "then", "just", "well":
			continue
		case "can", "do", "could", "would", "will":
			// "can you", "do you know" are polite openings.
			if i+1 < len(r.t.toks) && (r.t.form(i+1, i+2) == "you" || r.t.form(i+1, i+2) == "i" && s == "can") {
				return false
			}
		}
		return auxiliaries[s]
	}
	return false
}

// isItIn matches a clause that asks whether what was named before is in the text.
var isItIn = regexp.MustCompile(`(?i)[-–—:,;?]\s*(?:is|are) (?:that|it|this|they|those|these)(?: \w+)? (?:in|part of|covered|named|mentioned|listed)\b`)

// yesNo reports whether the question wants yes or no.
func (r *reading) yesNo() bool {
	if r.has(cueWhich, cueWho, cueCount, cueMuch, cueWhen) && !r.has(cueTag) {
		return false
	}
	if r.has(cueYesNo) || r.aux || r.has(cueTag) && !r.requests() {
		return true
	}
	if r.t.question && len(r.terms)+len(r.domains) > 0 && isItIn.MatchString(r.t.orig) {
		return true
	}
	// A statement with a question mark: "So Zhangjiagang leads aerospace?"
	if r.t.question && len(r.numbers) > 0 && len(r.indicators) > 0 && !r.has(cueWhich, cueHow, cueWhy, cueLeft, cueProgress) {
		return true
	}
	if r.t.question && len(r.numbers) == 1 && !r.numbers[0].money && len(r.domains)+len(r.districts) == 1 && r.has(cueDistrict, cueDomain) && !r.has(cueWhich, cueWho, cueCount, cueHow, cueWhy, cueWhere, cueList, cueOverview) {
		return true
	}
	two := len(r.districts) > 0 && len(r.domains)+len(r.terms) > 0 || len(r.domains) > 0 && len(r.terms) > 0
	return two && r.t.question && r.has(cueLead, cueBelong) && !r.has(cueWhich, cueWho, cueCount, cueHow, cueWhy, cueWhere, cueList, cueOverview, cueAnd)
}

// requests reports whether 吧 at the end only asks for something to be told: 讲讲主要说了什么吧.
func (r *reading) requests() bool {
	tags := 0
	for i := range r.mentions {
		if m := &r.mentions[i]; m.has(cueTag) {
			if tags++; m.key != "吧" {
				return false
			}
		}
	}
	return tags > 0 && containsAny(r.t.buf, "讲讲", "说说", "讲一", "说一", "列", "介绍", "报一", "报给", "告诉我", "给我", "念", "数数", "查一", "查下", "帮")
}

// nouns are the cues that name sorts of things.
var nouns = []cue{
	cueDistrict, cueDomain, cuePair, cueAction, cueSafeguard, cuePrinciple, cueBatch, cueYear, cueTarget, cueIndicator, cueLayout, cueTech,
}

// noun returns the sort of thing that the phrase names.
func (m *mention) noun() (cue, bool) {
	for _, c := range nouns {
		if m.has(c) {
			return c, true
		}
	}
	if m.first().kind == kindIndicator {
		return cueIndicator, true
	}
	return "", false
}

// asked returns the sort of thing that is asked for: the noun behind "which"
// or "how many", otherwise the one before 有哪些, otherwise the only one.
func (r *reading) asked() (cue, bool) {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueWhich) && !m.has(cueCount) && !m.has(cueMuch) && !m.has(cueList) {
			continue
		}
		if n, ok := m.noun(); ok && m.has(cueList) {
			return n, true
		}
		var loose cue
		for k := i + 1; k < len(r.mentions) && k <= i+4; k++ {
			next := &r.mentions[k]
			if k := next.first().kind; m.has(cueCount) && k == kindMeasure && !next.cued() {
				return "", false // patents are counted, and nothing behind them.
			}
			if n, ok := next.noun(); ok {
				// In 哪几个未来产业领域 the last noun is the head.
				if next.has(cueCity) || n == cueTech {
					loose = n
					continue
				}
				return n, true
			}
			if next.first().kind == kindDistrict || next.first().kind == kindDomain || next.cued() && !next.has(cueCount) && !next.has(cueList) && !next.has(cueCity) && !next.has(cueMost) && !next.has(cueOnlyOne) && !next.has(cueMulti) {
				break
			}
		}
		if loose != "" {
			return loose, true
		}
		for k := i - 1; k >= 0 && k >= i-3; k-- {
			if n, ok := r.mentions[k].noun(); ok {
				return n, true
			}
		}
	}
	if n, ok := r.onlyNoun(); ok {
		return n, true
	}
	return r.headNoun()
}

// headNoun returns the noun that carries the rest: in Chinese the last word,
// 只由一个板块牵头的领域; in English the first, "districts with one domain".
func (r *reading) headNoun() (cue, bool) {
	if !r.has(cueOnlyOne, cueMulti, cueMost, cueLeast) && len(r.numbers) == 0 {
		return "", false
	}
	for i := range r.mentions {
		k := i
		if r.han() {
			k = len(r.mentions) - 1 - i
		}
		m := &r.mentions[k]
		if n, ok := m.noun(); ok && m.first().kind == kindCue {
			return n, true
		}
		if r.han() && m.first().kind != kindFiller && !m.has(cueList) && !m.has(cueOverview) && !m.has(cueWhich) {
			return "", false
		}
	}
	return "", false
}

// han reports whether the question is Chinese.
func (r *reading) han() bool {
	return slices.ContainsFunc(r.t.toks, func(t token) bool { return t.class == classHan })
}

// onlyNoun returns the noun of a question that has just one sort of them.
func (r *reading) onlyNoun() (cue, bool) {
	var found cue
	for i := range r.mentions {
		if n, ok := r.mentions[i].noun(); ok && (r.mentions[i].first().kind == kindCue || r.mentions[i].first().kind == kindSection) && !r.mentions[i].has(cueCity) {
			if found != "" && found != n {
				return "", false
			}
			found = n
		}
	}
	return found, found != ""
}

// latinPinyin reports whether the question is Chinese written in pinyin.
func (r *reading) latinPinyin() bool {
	pinyin, words := 0, 0
	for i := range r.mentions {
		m := &r.mentions[i]
		switch {
		case m.how == byPinyin, strings.HasPrefix(m.key, "nage") || strings.HasPrefix(m.key, "naxie"):
			pinyin++
		case slices.Contains(spelledTalk, m.key):
		case r.t.toks[m.from].class == classLatin && m.first().kind >= kindCue:
			words++
		case r.t.toks[m.from].class == classHan:
			return false
		}
	}
	return pinyin >= 2 && pinyin > words
}

// explain lists what was recognised.
func (r *reading) explain() Explanation {
	var x Explanation
	at := 0
	unknown := func(to int) {
		for at < to && r.known[at] {
			at++ // a number.
		}
		for to > at && r.known[to-1] {
			to--
		}
		for from := at; from < to; {
			end := from + 1
			for end < to && strings.TrimSpace(r.t.orig[r.t.toks[end-1].end:r.t.toks[end].start]) == "" {
				end++
			}
			x.Unknown = append(x.Unknown, r.t.typed(from, end))
			from = end
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		unknown(m.from)
		at = m.to
		if m.first().kind == kindFiller {
			continue
		}
		for _, t := range m.things {
			if t.kind != m.first().kind && t.kind != kindCue {
				continue
			}
			x.Found = append(x.Found, Found{
				Text: r.t.typed(m.from, m.to), Start: r.t.toks[m.from].start, End: r.t.toks[m.to-1].end,
				Kind: t.kind.String(), ID: t.id, How: string(m.how),
			})
		}
	}
	unknown(len(r.t.toks))
	return x
}

// content returns the normal form of what is no filler, for grouping what was
// not understood.
func (r *reading) content() string {
	var parts []string
	at := 0
	// What nobody knows is parted at every mark, so that the same words with
	// other marks between them are the same.
	add := func(i, j int) {
		for from := i; i < j; {
			if i++; i == j || r.t.toks[i].gap || r.t.toks[i-1].class != classHan {
				parts = append(parts, r.t.form(from, i))
				from = i
			}
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		add(at, m.from)
		if m.first().kind != kindFiller && !m.has(cueAnd) && !m.has(cueHello) && !m.has(cueThanks) && !m.has(cueTag) {
			parts = append(parts, m.key)
		}
		at = m.to
	}
	add(at, len(r.t.toks))
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), " ")
}
