package ask

import (
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// fitWords ask which district would suit, without asking who is better than whom.
var fitWords = []string{
	"合适", "适合", "对口", "落户", "落在哪", "去哪个", "去哪儿", "去哪里", "选哪个区", "选哪里", "放哪个区", "搬到哪",
	"fit", "suit", "bestplace", "bestdistrict", "bestarea", "besthome", "bestlocation", "bestspot", "rightplace", "rightdistrict", "bestmatch", "bestbase", "bestaddress", "setup", "locate", "settle", "wheretogo", "whereshould", "whichdistrictisbestfor", "bebestfor", "isbestfor",
}

// chooseFit finds which district would fit best for a technology or a domain: the
// districts that the layout names are told, and that there is no order.
func (e *Engine) chooseFit(r *reading, f frame) (frame, bool) {
	if !r.has(cueRank) && !containsAny(r.t.buf, "最合适", "更合适", "最适合", "更适合", "最对口") || containsAny(r.t.buf, "invest", "投资", "买", "押注") || len(r.districts) > 0 || len(r.indicators)+len(r.foreign) > 0 || !containsAny(r.t.buf, fitWords...) {
		return no()
	}
	if !r.has(cueDistrict, cueWho, cueWhere, cueWhich) {
		return no()
	}
	f.unranked, f.things, f.yesNo = true, nil, false
	switch {
	case len(r.terms) > 0 && !e.onlyUses(r.oneTerms()):
		f.terms = nil
		for _, ids := range r.terms {
			f.terms = addOnce(f.terms, e.fitting(ids, r.domains))
		}
		f.domains = nil
		return f.as(ruleTerm)
	case len(r.domains) == 1:
		f.terms = nil
		return f.as(ruleLead)
	}
	return no()
}

// remark tells under an answer that it puts nobody first.
func (f *frame) remark(a *Answer) {
	if f.unranked && a.Status == Answered {
		a.Lines = append(a.Lines, lang.T("政策不比较板块：这里只列出布局写明的板块，没有先后。", "The policy does not compare districts: these are the ones that the layout names, in no order of merit."))
	}
}

// partWords and headingWords together ask for the parts of the whole document.
var (
	partWords    = []string{"分成", "分为", "分几", "几大块", "哪几块", "几块", "几部分", "哪些部分", "几个部分", "框架", "章节", "各章", "各部分", "大标题", "一级标题", "splitinto", "splitup", "textissplit", "dividedinto", "issplit", "chunk", "mainpart", "mainsection", "mainblock", "toplevel", "allsection", "eachsection", "everysection"}
	headingWords = []string{"标题", "小标题", "题目", "目录", "heading", "header", "titleofeach", "sectiontitle", "sectionname", "tableofcontent", "namesofthesection"}
)

// chooseOutline finds questions for the headings of the document's parts.
func (e *Engine) chooseOutline(r *reading, f frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms)+len(r.foreign) > 0 || !containsAny(r.t.buf, "sectionheading", "sectiontitle", "chaptertitle", "chapterheading", "一级标题", "大标题") && (!containsAny(r.t.buf, partWords...) && !r.countsParts() || !containsAny(r.t.buf, headingWords...)) {
		return no()
	}
	if containsAny(r.t.buf, "编号", "序号", "缺", "漏", "numeral", "missing", "without", "number") || r.yesNo() || r.has(cueCount) && !containsAny(r.t.buf, "几大块", "几块", "几个部分", "几部分") {
		return no()
	}
	f.noun, f.things = cueOverview, nil
	return f.as(ruleDocument)
}

// countsParts reports whether a number of parts of the document is named, more than
// one: 六个部分, "the six parts".
func (r *reading) countsParts() bool {
	at := r.pieceAt()
	return at >= 0 && slices.ContainsFunc(r.numbers, func(a amount) bool { return a.value > 1 && a.from < at && at-a.to <= 2 })
}

// chooseSize finds how large the whole is to be by one of the years of the targets.
func (e *Engine) chooseSize(r *reading, f frame) (frame, bool) {
	if len(r.years) != 1 || !slices.Contains(e.pol.TargetYears(), r.years[0]) || len(r.domains)+len(r.districts)+len(r.terms)+len(r.foreign)+len(r.numbers) > 0 || len(r.indicators) > 0 && !slices.Contains(r.indicators, policy.Output) {
		return no()
	}
	if !containsAny(r.t.buf, "whatsize", "howbig", "howlarge", "whatscale", "howmuchmoney", "worth", "多大规模", "什么规模", "多大体量", "体量", "做到多大", "干到多大", "搞到多大", "盘子") || !containsAny(r.t.buf, "whole", "allthi", "overall", "everything", "futureindustr", "industryas", "thelot", "盘子", "整个", "全部", "总共", "总的", "未来产业", "总体", "整体", "全市") {
		return no()
	}
	f.indicators, f.things = []policy.IndicatorID{policy.Output}, nil
	return f.as(ruleTarget)
}

// settled forgets foreign places that the policy's own text names, or that stand
// beside what it names, where a principle, an action or a safeguard is asked
// for: the corridor that Songjiang is on too.
func (e *Engine) settled(r *reading) {
	if len(r.foreign) == 0 || !r.has(cuePrinciple, cueAction, cueSafeguard) || slices.ContainsFunc(r.foreign, func(m *mention) bool { return m.first().id != foreignPlace }) {
		return
	}
	named := slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindMeasure || t.kind == kindPrinciple })
	quoted := func(text lang.Text) bool {
		k := strings.ToLower(text.ZH + " " + text.EN)
		return !slices.ContainsFunc(r.foreign, func(m *mention) bool { return !strings.Contains(k, strings.ToLower(r.t.typed(m.from, m.to))) })
	}
	if !named {
		for _, p := range e.pol.Principles {
			if r.has(cuePrinciple) && quoted(p.Text) {
				r.prose = addOnce(r.prose, thing{kindPrinciple, p.ID})
				named = true
			}
		}
		for _, a := range e.pol.Actions {
			for _, m := range a.Measures {
				if r.has(cueAction) && quoted(m.Text) {
					r.prose = addOnce(r.prose, thing{kindMeasure, m.ID})
					named = true
				}
			}
		}
	}
	if !named {
		return
	}
	for _, m := range r.foreign {
		for k := m.from; k < m.to; k++ {
			r.known[k] = true
		}
	}
	r.foreign = nil
}

// passing forgets a meal over which somebody heard what he asks about.
func (r *reading) passing() {
	if len(r.foreign) == 0 || !r.about() && len(r.districts) == 0 {
		return
	}
	r.foreign = slices.DeleteFunc(r.foreign, func(m *mention) bool {
		if m.first().id != foreignTopic {
			return false
		}
		if m.key == "game" && m.from > 0 && r.inDomain(m.from-1) {
			return true // in the metaverse game: among those who do it.
		}
		if slices.Contains([]string{"tomorrow", "tonight", "yesterday"}, m.key) {
			return true // when he needs it.
		}
		if !slices.Contains([]string{"dinner", "lunch", "breakfast", "coffee", "吃饭", "午饭", "晚饭", "早饭", "咖啡", "饭店", "高铁", "地铁"}, m.key) {
			return false
		}
		before := ""
		if m.from > 0 {
			before = r.t.form(m.from-1, m.from)
		}
		behind := r.t.form(m.to, min(m.to+2, len(r.t.toks)))
		if m.from > 1 && slices.Contains([]string{"tonight", "today", "tomorrow", "yesterday", "the", "a", "our"}, before) {
			before = r.t.form(m.from-2, m.from-1) // at tonight's dinner.
		}
		return slices.Contains([]string{"at", "over", "during", "after", "before"}, before) || before != "" && strings.ContainsAny(before, "在喝坐") || strings.HasPrefix(behind, "时") || strings.HasPrefix(behind, "的时") || strings.HasPrefix(behind, "上听") || strings.HasPrefix(behind, "上有")
	})
}

// inDomain reports whether a domain is named in the words that end with the token, behind
// "in" or "into".
func (r *reading) inDomain(at int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.first().kind == kindDomain && m.to == at+1 && containsAny(r.t.form(max(0, m.from-2), m.to), "in"+m.key, "inthe"+m.key, "into"+m.key)
	})
}
