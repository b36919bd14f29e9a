package ask

import (
	"slices"

	"wainao/policy"
)

// chooseDamage finds the places where the published page lost characters.
func (e *Engine) chooseDamage(r *reading, f frame) (frame, bool) {
	for _, t := range r.prose {
		if t.kind == kindDamage && (t.id != "punctuation" || len(r.domains)+len(r.districts)+len(r.terms)+len(r.indicators) == 0) {
			f.things = []thing{t}
			return f.as(ruleDamage)
		}
	}
	for _, d := range e.pol.Damages {
		target, ok := e.damagedTarget(d.ID)
		if !ok || !slices.Contains(r.indicators, target.Indicator) {
			continue
		}
		for _, a := range r.numbers {
			if a.value == 12 && !a.money {
				f.things = []thing{{kindDamage, d.ID}}
				return f.as(ruleDamage)
			}
		}
	}
	return e.chooseLost(r, f)
}

// lost are the words by which a damaged place is asked about, by its id.
var lost = []struct {
	id    string
	words []string
}{
	{"eight-batches", []string{"个一", "一批", "一推进", "推进模式", "promotionmodel", "onepromotion", "batch", "eightone", "one"}},
	{"section-numerals", []string{"章节", "序号", "编号", "section", "numeral", "三四五六"}},
	{"clusters-2035", []string{"集群", "cluster", "12"}},
	{"opening-up-word", []string{"开放", "openingup", "opening"}},
	{"state-firms-word", []string{"国企", "央企", "stateowned", "statefirm"}},
	{"punctuation", []string{"标点", "句号", "punctuation", "fullstop"}},
}

// chooseLost finds questions about what the page lost, by whatever words.
func (e *Engine) chooseLost(r *reading, f frame) (frame, bool) {
	s := r.t.buf
	if !containsAny(s, "缺字", "少字", "少了", "漏字", "漏了", "掉字", "掉了", "丢了", "丢字", "印错", "错字", "笔误", "通吗", "通不通", "通顺", "语病", "读不通", "少的是", "缺的是", "少了什么", "漏的", "没有三四", "不见了", "没印", "dropped", "disappear", "vanish", "去哪了", "脱漏", "网页上写", "官网上写",
		"typo", "misprint", "missing", "lost", "damaged", "pagesay", "pageprint", "printed", "garbled", "corrupt", "charactersloss", "faulty", "erratum", "errata", "defective", "numeral", "没有序号", "没序号", "没有编号", "没编号", "没有号", "前面是不是", "前面应该", "前面该", "序号没", "编号没") {
		return no()
	}
	if r.has(cueReported, cueMissing) && !containsAny(s, "text", "page", "document") {
		return no()
	}
	for _, l := range lost {
		if containsAny(s, l.words...) {
			if _, ok := e.pol.Damage(l.id); ok {
				f.things, f.noun = []thing{{kindDamage, l.id}}, ""
				return f.as(ruleDamage)
			}
		}
	}
	if containsAny(s, "原文", "文件", "网页", "政策", "text", "page", "document", "publish") && len(e.pol.Damages) > 0 {
		f.things = nil
		return f.as(ruleDamage)
	}
	return no()
}

func (e *Engine) damagedTarget(damage string) (policy.Target, bool) {
	for _, t := range e.pol.Targets {
		if t.Damage == damage {
			return t, true
		}
	}
	return policy.Target{}, false
}
