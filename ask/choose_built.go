package ask

import (
	"slices"

	"wainao/policy"
)

// builtWords ask where something is put up, which the text may say; placeWords
// ask where the text speaks of it.
var (
	builtWords = []string{"依托", "建在", "建到", "哪里建", "哪儿建", "在哪建", "选址", "落址", "坐落", "built", "build", "located", "housed", "sited", "basedat", "homeof"}
	placeWords = []string{"第几", "几节", "哪一节", "哪节", "哪一段", "哪段", "哪一章", "编号", "出处", "section", "paragraph", "page", "clause", "chapter", "heading"}
)

// chooseBuilt finds where a platform or a facility of the text is to be built:
// the answer is the text's sentence about it, not the paragraph's number.
func (e *Engine) chooseBuilt(r *reading, f frame) (frame, bool) {
	if len(r.terms) == 0 || len(r.foreign)+len(r.districts) > 0 || r.has(cueCount, cueMuch, cueQuantity, cueProgress, cueReported) || !r.has(cueWhere, cueSource, cueHow, cueWhich) || !containsAny(r.t.buf, builtWords...) || containsAny(r.t.buf, placeWords...) || r.alien() > alienLax {
		return no()
	}
	f.terms = nil
	for _, ids := range r.terms {
		if id := e.fitting(ids, r.domains); e.platform(id) {
			f.terms = addOnce(f.terms, id)
		}
	}
	if len(f.terms) == 0 {
		return no()
	}
	f.domains, f.indicators, f.picked, f.yesNo = nil, nil, true, false
	return f.as(ruleTerm)
}

// leanWords ask to which side of a domain a district leans, or for its part of
// the domain.
var leanWords = []string{
	"偏产品", "偏场景", "偏应用", "偏工业", "偏硬件", "偏软件", "偏制造", "偏研发", "偏材料", "偏装备", "偏哪", "更偏", "是偏", "偏向", "偏重", "哪一头", "那一块", "那一份", "分到的",
	"sliceof", "pieceof", "shareofthe", "leansto", "leanto", "leanmore", "leantoward", "leaningto", "tiltto", "tilttoward", "cornerof", "partofthe",
}

// chooseLean finds which side of a domain a district has: 偏产品还是偏场景,
// "Xiangcheng's slice of aerospace". What people sell themselves is beside it.
func (e *Engine) chooseLean(r *reading, f frame) (frame, bool) {
	if len(r.districts) != 1 || len(r.domains) != 1 || len(r.foreign)+len(r.years)+len(r.numbers) > 0 || r.has(cueCount, cueMuch, cueQuantity, cueProgress, cueReported) || !containsAny(r.t.buf, leanWords...) || containsAny(r.t.buf, placeWords...) {
		return no()
	}
	if _, ok := e.layout.FocusOf(r.domains[0], r.districts[0]); !ok {
		return no()
	}
	f.terms, f.indicators, f.things, f.yesNo, f.picked = nil, nil, nil, false, true
	return f.as(ruleFocus)
}

// partWordsOf are the words for an indicator that are parts of many names, too.
var partWordsOf = []string{"平台", "platform", "产品", "product", "场景", "scenario", "创新平台"}

// partly forgets an indicator whose word only ends a technology's name, where a
// district is asked for and no figure: 量子计算的cloud平台是哪个区牵头.
func (r *reading) partly() {
	if len(r.indicators) != 1 || len(r.terms) == 0 || len(r.years)+len(r.numbers) > 0 || r.has(cueCount, cueMuch, cueQuantity, cueTarget, cueLeft, cueReported, cueMissing, cueDefine) || !r.has(cueWho, cueDistrict, cueLead, cueBelong, cueWhere, cueSource) && !containsAny(r.t.buf, "文件", "政策", "文里", "document", "thepolicy", "thetext") {
		return
	}
	term := -1
	for i := range r.mentions {
		m := &r.mentions[i]
		switch {
		case m.first().kind == kindTerm && !m.cued():
			term = m.to
		case m.first().kind == kindIndicator && (term < 0 || m.from-term > maxPart || !slices.Contains(partWordsOf, m.key)):
			return
		}
	}
	r.indicators = []policy.IndicatorID{}
}

// maxPart is how many words may stand between a technology's name and the word
// that ends it.
const maxPart = 3
