package ask

import (
	"slices"
	"strconv"
	"strings"

	"wainao/policy"
)

// base is a frame of what the question names, without a rule.
func (r *reading) base() frame {
	f := frame{
		domains: r.domains, districts: r.districts, indicators: r.indicators, years: r.years,
		terms: r.oneTerms(), things: r.prose, yesNo: r.yesNo(), figure: r.has(cueCount, cueMuch),
	}
	if f.yesNo {
		r.claims(&f)
	}
	return f
}

// claims notes in the frame what a question for yes or no claims besides: that
// there is nobody else, or how many there are.
func (r *reading) claims(f *frame) {
	f.only = r.has(cueOnlyOne) || containsAny(r.t.buf, "只有", "只由", "只是", "只做", "只在", "只搞", "只管", "只弄", "只牵头", "只负责", "仅", "就这俩", "就这两", "就这几", "就他们俩", "就他俩", "nobodyelse", "nobodybut", "noonebut", "nonebut", "nootherdistrict", "nooneelse", "only", "sole", "exclusive", "alone")
	if len(r.numbers) == 1 && !r.numbers[0].money && r.numbers[0].value <= 50 && len(r.indicators) == 0 {
		f.claim = int(r.numbers[0].value)
	}
}

// rules decides by which rule the question is answered. The order matters:
// what the policy has nothing about comes first, so that no later rule answers
// half a question; then the narrow rules before the wide ones.
func (e *Engine) rules(r *reading, f frame) frame {
	if r.parkTarget() {
		r.districts, r.indicators = nil, []policy.IndicatorID{policy.PilotParks}
		f.districts, f.indicators = r.districts, r.indicators
	}
	e.settled(r)
	f.things = r.prose
	for _, step := range []func(*reading, frame) (frame, bool){
		e.chooseFit, e.choosePart, e.chooseGist, e.chooseTalk, e.chooseDamage, e.chooseFuture, e.chooseSilent, e.chooseStrand, e.chooseOutline, e.chooseSize, e.chooseLive, e.chooseShare, e.chooseWorded, e.chooseWhole, e.chooseForeign, e.chooseMoney, e.chooseBasic, e.chooseBodyFact, e.chooseGovernance, e.choosePlace, e.chooseLean, e.chooseBuilt, e.chooseWithin, e.chooseOther, e.chooseOrdinal, e.chooseWhichPart, e.chooseYears, e.chooseTermWords, e.chooseSource, e.chooseDocument,
		e.chooseChips, e.chooseBare, e.chooseSet, e.chooseIndicator, e.choosePair, e.chooseWord, e.chooseTerm, e.chooseNamed, e.chooseTargets,
		e.chooseDomain, e.chooseDistrict, e.chooseGeneral,
	} {
		if got, ok := step(r, f); ok {
			return got
		}
	}
	return unknown(r)
}

// parkTarget reports whether "the park" means the pilot parks: their number is
// asked for, and nothing else is named.
func (r *reading) parkTarget() bool {
	if len(r.districts) != 1 || r.districts[0] != policy.SIP || len(r.domains)+len(r.terms)+len(r.indicators)+len(r.prose)+len(r.foreign) > 0 || !r.has(cueQuantity) {
		return false
	}
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.first().kind == kindDistrict && (m.key == "park" || m.key == "thepark" || m.key == "园区")
	})
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
	case r.has(cueInject) && !r.onlyWrites() && (len(r.prose) == 0 || containsAny(r.t.buf, "ignore", "pretend", "prompt", "instruction", "忽略", "假装", "提示词", "指令", "poem", "诗")):
		f.words = r.content()
		return f.as(ruleRefuse)
	case r.has(cueRank) && !r.has(cueMost):
		return f.as(ruleRanking)
	case r.subject() || len(r.foreign) > 0:
		return no()
	case r.has(cueHelp) && (r.total <= 8 && r.unknown < 2 || r.unknown == 0 && !r.has(cueLead, cueHow)):
		return f.as(ruleHelp)
	case r.has(cueThanks) && r.onlyTalk() && !r.has(cueWhich):
		return f.as(ruleThanks)
	case r.has(cueHello) && r.onlyTalk():
		return f.as(ruleHelp)
	case len(r.t.toks) == 0:
		return f.as(ruleHelp)
	}
	return no()
}

// onlyWrites reports whether what looks like an instruction is no more than the
// word "write" within a question: each district to write a plan.
func (r *reading) onlyWrites() bool {
	for i := range r.mentions {
		if m := &r.mentions[i]; m.has(cueInject) && (m.key != "writea" || m.from < 3 && (m.from == 0 || !slices.Contains([]string{"we", "i", "they"}, r.t.form(m.from-1, m.from)))) && !strings.EqualFold(r.t.typed(m.from, m.to), "ignores") {
			return false
		}
	}
	return true
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

// chooseFuture finds questions about an indicator in a coming year that has no
// target: what is yet to be reached cannot be reported.
func (e *Engine) chooseFuture(r *reading, f frame) (frame, bool) {
	if len(r.indicators) == 0 || len(r.years) != 1 || r.has(cueReported, cueMissing) {
		return no()
	}
	known := e.pol.TargetYears()
	if y := r.years[0]; !slices.Contains(known, y) && y > 2026 {
		return f.as(ruleNoYear)
	}
	return no()
}

// chooseForeign finds what the policy has nothing about.
func (e *Engine) chooseForeign(r *reading, f frame) (frame, bool) {
	if len(r.foreign) == 0 {
		return no()
	}
	if len(r.districts) == 0 && containsAny(r.t.buf, "研发", "科研", "research", "rd") && containsAny(r.t.buf, "生产总值", "gdp") && !r.outputItself() {
		f.things = []thing{{kindFact, "rd-intensity"}}
		if fact, _ := e.fact("rd-intensity"); len(r.years) == 0 || slices.Contains(r.years, fact.Year) {
			return f.as(ruleProse)
		}
		return f.as(ruleNoYear)
	}
	for _, m := range r.foreign {
		category := m.first().id
		if category == foreignPerson && len(r.prose) > 0 && (r.has(cueSource) || containsAny(r.t.buf, "role", "作用", "职责", "干什么", "做什么", "干嘛", "whatfor", "dutie", "task")) {
			continue // "where does the text name the committee?"
		}
		if category == foreignTopic && containsAny(m.key, "申报", "申请", "apply", "application") && r.asksDistrict() {
			continue // somebody tells why he asks.
		}
		if m.key == "contact" && r.has(cueDistrict) && r.has(cueWhich) && len(r.domains)+len(r.terms) > 0 {
			continue // which district to turn to.
		}
		if category == foreignPerson && r.about() && r.audience(m) {
			continue // who wants to know, or for whom.
		}
		if category == foreignTopic && m.key == "apply" && m.to < len(r.t.toks) && r.t.form(m.to, m.to+1) == "to" && r.about() {
			continue // what a target is about.
		}
		if category == foreignFigure && len(r.terms)+len(r.indicators)+len(r.domains) > 0 && r.asker(m) {
			continue // a school or a hospital wants to know.
		}
		if category == foreignFigure && r.excuses(m) {
			continue
		}
		if containsAny(m.key, "申请", "apply", "application", "grant") && containsAny(r.t.buf, "专利", "patent") {
			continue
		}
		if category == foreignPlace && containsAny(r.t.buf, "合作", "交流", "cooperat", "partner", "collaborat", "workwith") && len(r.domains)+len(r.districts) == 0 {
			f.things = []thing{{kindMeasure, "international-cooperation"}}
			return f.as(ruleProse)
		}
		if category == foreignTech {
			if d, ok := e.domainIn(r.t, m); ok {
				f.domains, f.words, f.content = []policy.DomainID{d}, r.t.typed(m.from, m.to), r.content()
				return f.as(ruleNoTerm)
			}
		}
		// A district that is not one: a premise to be corrected, where the
		// question asks to confirm it.
		if at := slices.IndexFunc(r.prose, func(t thing) bool { return t.kind == kindBody }); at >= 0 && category == foreignPlace && f.yesNo && len(r.domains)+len(r.districts) == 0 {
			f.things, f.picked = r.prose[at:at+1], true // whose it is: the text tells.
			return f.as(ruleProse)
		}
		if category == foreignPlace && r.itsOwn(m) {
			f.category, f.words, f.content = category, r.t.typed(m.from, m.to), r.content()
			return f.as(ruleForeign)
		}
		if category == foreignPlace && len(r.domains) > 0 && f.yesNo && !r.has(cueCompare) && r.has(cueLead, cueTag, cueYesNo) {
			f.words = r.t.typed(m.from, m.to)
			return f.as(ruleForeignLead)
		}
		f.category, f.words, f.content = category, r.t.typed(m.from, m.to), r.content()
		f.picked = f.picked || category == foreignFigure && r.outputItself()
		return f.as(ruleForeign)
	}
	return no()
}

// domainIn returns the domain whose name the phrase begins with: 量子雷达.
func (e *Engine) domainIn(t *text, m *mention) (policy.DomainID, bool) {
	for to := m.to - 1; to > m.from; to-- {
		for _, thing := range e.lex.exact[t.form(m.from, to)] {
			if thing.kind == kindDomain {
				return policy.DomainID(thing.id), true
			}
		}
	}
	return "", false
}

// audience reports whether the person is only the one for whom it is asked: "for
// the mayor's speech", 书记要.
func (r *reading) audience(m *mention) bool {
	before, behind := "", ""
	if m.from > 0 {
		before = r.t.form(max(0, m.from-2), m.from)
	}
	if m.to < len(r.t.toks) {
		behind = r.t.form(m.to, min(m.to+2, len(r.t.toks)))
	}
	if i := strings.Index(r.t.form(m.to, min(m.to+4, len(r.t.toks))), "问"); i > 0 {
		return true // 主任突然问
	}
	for _, w := range []string{"for", "forthe", "fora", "tothe", "to", "my", "our", "formy", "forour"} {
		if before == w || before != "" && len(w) <= 3 && r.t.form(m.from-1, m.from) == w {
			return true
		}
	}
	for _, w := range []string{"要", "问", "让", "想", "催", "等", "叫", "急", "need", "want", "ask"} {
		if strings.HasPrefix(behind, w) {
			return true
		}
	}
	for k := m.to; k < min(m.to+4, len(r.t.toks)) && r.t.toks[k].class == classLatin; k++ {
		if slices.Contains([]string{"need", "want", "ask", "asked", "asking", "call", "called", "wonder", "insist", "claim", "say", "said"}, r.t.form(k, k+1)) {
			return true // the mayor's office wants, the vice mayor just asked.
		}
	}
	return containsAny(before, "给", "向", "跟", "替", "帮")
}

// audiences forgets those for whom something is asked.
func (r *reading) audiences() {
	if len(r.foreign) == 0 || !r.about() {
		return
	}
	var gone []int
	r.foreign = slices.DeleteFunc(r.foreign, func(m *mention) bool {
		if m.first().id != foreignPerson || !r.audience(m) {
			return false
		}
		gone = append(gone, m.from)
		return true
	})
	if len(gone) > 0 {
		r.mentions = slices.DeleteFunc(slices.Clone(r.mentions), func(m mention) bool { return slices.Contains(gone, m.from) })
	}
}

// asker reports whether a school or a hospital is who speaks, not what is
// counted: 学校想申建, "our hospitals want".
func (r *reading) asker(m *mention) bool {
	if behind := r.t.form(m.to, min(m.to+7, len(r.t.toks))); containsAny(behind, "说", "问", "坚持", "认为", "提", "要") && (strings.HasPrefix(behind, "那边") || strings.HasPrefix(behind, "的同") || strings.HasPrefix(behind, "口的") || strings.HasPrefix(behind, "的人")) {
		return true // 财政那边的同志说
	}
	if !slices.Contains([]string{"学校", "医院", "高校", "hospital", "student", "researcher", "scientist", "engineer"}, m.key) || r.has(cueCount, cueMuch, cueQuantity) {
		return false
	}
	return m.from == 0 || r.audience(m) || slices.Contains([]string{"our", "we", "my", "我", "们"}, r.t.form(m.from-1, m.from))
}

// asksDistrict reports whether the districts of a domain are asked for, in so
// many words.
func (r *reading) asksDistrict() bool {
	return len(r.domains) > 0 && r.has(cueDistrict) && r.has(cueWhich, cueCount)
}

// chooseBasic finds industries that the policy names as what the city builds
// on, where the question takes them for a domain.
func (e *Engine) chooseBasic(r *reading, f frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 {
		return no()
	}
	if !f.yesNo && !r.has(cueWho, cueDistrict, cueDomain, cueBelong, cueLead, cueWhere) || r.has(cueSource) || containsAny(r.t.buf, "入选", "认定", "示范", "级", "recogni", "select", "nation", "provinc") {
		return no()
	}
	for i := range r.t.toks {
		for j := i + 1; j <= len(r.t.toks) && j-i <= 5; j++ {
			if id, ok := e.basics[r.t.form(i, j)]; ok && (j == len(r.t.toks) || r.t.toks[i].class != classLatin || !errands[r.t.form(j, j+1)] && r.t.form(j, j+1) != "committee") {
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
	return !r.outputItself() && slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindFact })
}

// chooseYears finds questions about a year that has no targets, or for a year.
func (e *Engine) chooseYears(r *reading, f frame) (frame, bool) {
	years := e.pol.TargetYears()
	targets := func(y int) bool { return slices.Contains(years, y) }
	if y := slices.Max(years); len(r.years) == 1 && len(r.numbers) == 0 && len(r.domains)+len(r.districts) == 0 && r.has(cueQuantity, cueTarget) && r.afterYear() {
		switch {
		case r.years[0] >= y:
			f.noun = cueLater
			return f.as(ruleNoYear)
		case targets(r.years[0]):
			f.years = []int{y}
			if len(r.indicators) > 0 {
				return f.as(ruleTarget)
			}
			return f.as(ruleTargets)
		}
	}
	if len(r.years) == 0 {
		n, _ := r.asked()
		if n == cueYear && !r.has(cueCount, cueCity) || n == cueYear && r.has(cueTarget, cueQuantity) {
			n = cueYear
		} else if n == cueYear && containsAny(r.t.buf, "running", "inarow", "连续") {
			n = ""
		}
		if n == cueYear && !r.has(cueEvaluate) && len(r.prose) == 0 && len(r.domains)+len(r.districts)+len(r.indicators) == 0 && len(r.numbers) == 0 && r.has(cueTarget, cueWhich, cueCount, cueList, cueWhen) {
			return f.as(ruleTargetYears)
		}
		if r.has(cueWhen, cueYear) && len(r.districts) == 0 && !r.has(cueSource) {
			if id, ok := e.targetsByValue(r.numbers); ok {
				f.indicators = []policy.IndicatorID{id}
				return f.as(ruleTarget)
			}
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
		if slices.ContainsFunc(r.years, func(y int) bool {
			return fact.Year != 0 && y != fact.Year || fact.Year == 0 && fact.Kind == policy.FactFigure && (y > e.pol.Document.Issued.Year() || y < e.pol.Document.Issued.Year()-2)
		}) {
			f.things = []thing{t}
			return f.as(ruleNoYear)
		}
		return no()
	}
	if bad := slices.IndexFunc(r.years, func(y int) bool { return !targets(y) }); bad >= 0 {
		switch {
		case f.yesNo && len(r.years) == 1 && r.years[0] == e.pol.Document.Issued.Year() && len(r.indicators)+len(r.domains)+len(r.districts)+len(r.terms) == 0 && onlyAbout(r.prose) && containsAny(r.t.buf, "文件", "意见", "政策", "document", "policy", "paper", "opinion") && containsAny(r.t.buf, "签", "发", "落款", "出台", "印", "成文", "sign", "dated", "issue", "publish"):
			f.noun = cueDate
			return f.as(ruleDocument)
		case f.yesNo && slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindDocument }) && len(r.prose) == 1 && !r.has(cueQuantity, cueTarget, cueAmount) && len(r.indicators)+len(r.domains)+len(r.districts) == 0:
			f.noun = cueDate
			return f.as(ruleDocument)
		case r.has(cueLayout, cueLead, cueFocus) && !r.has(cueQuantity) && len(r.indicators) == 0:
			return no() // the layout as of that year.
		case r.has(cueDate, cueIssuer, cueTitle):
			return no()
		case len(r.districts)+len(r.domains) > 0 && !r.has(cueQuantity, cueMuch, cueCount) && len(r.indicators) == 0:
			return no()
		}
		return f.as(ruleNoYear)
	}
	if f.yesNo && len(r.years) == 1 && len(r.indicators)+len(r.domains)+len(r.districts) == 0 {
		for _, a := range r.numbers {
			if t, ok := e.targetByValue(a, nil); ok {
				f.indicators, f.value, f.money = []policy.IndicatorID{t.Indicator}, a.value, a.money
				return f.as(ruleCheckTarget)
			}
			if a.money && !r.has(cueProgress, cueReported) && len(r.prose)+len(r.terms) == 0 {
				f.indicators, f.value, f.money = []policy.IndicatorID{policy.Output}, a.value, a.money
				return f.as(ruleCheckTarget)
			}
		}
	}
	if len(r.years) > 1 && len(r.indicators)+len(r.domains)+len(r.districts) == 0 {
		return f.as(ruleCompareYears)
	}
	return no()
}

// afterYear reports whether what comes after the year is asked for.
func (r *reading) afterYear() bool {
	y := strconv.Itoa(r.years[0])
	return containsAny(r.t.buf, y+"年之后", y+"之后", y+"年以后", y+"以后", y+"年往后", "after"+y, "beyond"+y, "past"+y, "laterthan"+y)
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

// targetsByValue finds the indicator of which all of several numbers are targets.
func (e *Engine) targetsByValue(numbers []amount) (policy.IndicatorID, bool) {
	var id policy.IndicatorID
	for _, a := range numbers {
		t, ok := e.targetByValue(a, nil)
		if !ok || id != "" && t.Indicator != id {
			return "", false
		}
		id = t.Indicator
	}
	return id, len(numbers) > 1
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
	if !r.has(cueSource) || len(r.domains) > 0 && len(r.districts) > 0 && !containsAny(r.t.buf, "文", "写", "提到", "出处", "出自", "章", "节", "document", "text", "section", "paragraph", "mention", "policy", "clause", "source") {
		return no() // which part of a domain a district does.
	}
	if r.asksDistrict() && len(r.districts) == 0 && r.has(cueBoth) && !containsAny(r.t.buf, "文", "写", "章", "节", "document", "text", "section", "paragraph", "policy", "clause") {
		return no() // which districts appear under both.
	}
	if f.yesNo && len(r.prose) == 1 && r.unknown > 1 && len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) == 0 {
		if t, ok := e.index.among(r, e.under(r.prose[0])); ok {
			f.things, f.picked = []thing{t}, true
			return f.as(ruleProse)
		}
	}
	switch {
	case len(r.domains)+len(r.districts)+len(r.indicators) == 0 && onlyAbout(r.prose) && e.onlyKinds(r) && !containsAny(r.t.buf, placeWords...):
		return no() // what the text does not name has no place in it.
	case len(r.prose) == 1 && r.prose[0].kind == kindPrinciple && r.has(cueWhich) && !containsAny(r.t.buf, "节", "段", "章", "section", "paragraph", "where"):
		return no()
	case len(r.terms) > 0 && r.has(cueDistrict, cueDomain) && !containsAny(r.t.buf, "节", "段", "章", "section", "paragraph", "where"):
		return no()
	case len(r.prose) > 0, len(r.indicators) > 0, len(r.terms) > 0, len(r.domains) > 0, len(r.districts) > 0:
		if r.has(cueCount) && len(r.prose) == 0 || len(r.indicators) > 0 && r.has(cueMuch) {
			return no()
		}
		return f.as(ruleWhere)
	}
	for _, a := range r.numbers {
		if t, ok := e.targetByValue(a, nil); ok {
			f.indicators, f.years = []policy.IndicatorID{t.Indicator}, []int{t.Year}
			return f.as(ruleWhere)
		}
	}
	if r.has(cueCount) {
		return no()
	}
	if len(r.years) > 0 && r.has(cueMuch, cueQuantity, cueTarget) && !slices.ContainsFunc(r.years, func(y int) bool { return !slices.Contains(e.pol.TargetYears(), y) }) {
		f.noun = cueTarget
		return f.as(ruleWhere) // where the figures of a year are.
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
	if containsAny(r.t.buf, "主送", "发给", "印发给", "下发给", "addressedto", "addressee", "sentto") && len(r.domains)+len(r.indicators)+len(r.terms) == 0 {
		f.noun = cueWho
		if r.has(cueIssuer, cueDate) {
			f.nouns = []cue{cueIssuer}
		}
		return f.as(ruleDocument)
	}
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
	case r.has(cueDate) && (!r.has(cueDistrict, cueDomain) || r.has(cueWhen)) && (about || r.has(cueWhen) || len(r.prose) == 0) && (r.has(cueWhen) || r.has(cueWho) || r.alien() < 0.3):
		f.noun = cueDate
		if r.has(cueWho) || containsAny(r.t.buf, "部门", "机构", "单位", "机关", "whichgovernment", "body", "authority", "agency", "whichdepartment") {
			f.noun = cueIssuer
		}
	case r.has(cueWhen) && len(r.prose) <= 1 && len(r.years) == 0 && !r.has(cueEvaluate, cueQuantity, cueTarget, cueLead, cueDomain) && containsAny(r.t.buf, "政策", "文件", "意见", "policy", "document") && r.alien() < 0.2 && (about || len(r.prose) == 0):
		f.noun = cueDate
	case r.has(cueTitle) && !about && containsAny(r.t.buf, "机制", "小组", "委员会", "班子", "机构", "mechanism", "committee", "group", "body"):
		return no()
	case r.has(cueTitle) && !containsAny(r.t.buf, "titleslide", "titlepage", "jobtitle", "标题页") && !r.hasNoun() && (about || len(r.prose) == 0) && r.alien() < 0.3:
		f.noun = cueTitle
	case (about && len(r.prose) == 1 || len(r.prose) == 0 && containsAny(r.t.buf, "政策", "文件", "意见", "policy", "document")) && (r.has(cueOverview, cueWhy, cueFocus, cueMore) || about && r.unknown == 0 && (r.has(cueWhich, cueList) || r.words <= 12)) && len(r.years) == 0 && !r.has(cueLead, cueGain, cueHow, cueProgress, cueReported) && !r.hasNoun() && r.alien() < 0.3:
		f.noun = cueOverview
		if r.has(cueWhy) {
			f.noun = cueWhy
		}
	default:
		return no()
	}
	if f.noun == cueDate && r.has(cueTitle) {
		f.nouns = []cue{cueTitle}
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
