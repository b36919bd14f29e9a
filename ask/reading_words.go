package ask

import (
	"slices"
	"strings"

	"wainao/policy"
)

// compounds leaves out the phrases that are only a part of a longer word that
// means something else: 办公 in 办公室, 教育 in 教育局, 没交 in 没交接, and a telephone
// that somebody only speaks on, 电话里说; and 不 in 查不到, which denies nothing that is
// asked.
func compounds(t *text, mentions []mention) []mention {
	apart := func(m mention) bool {
		if m.key == "phone" && m.from > 1 && slices.Contains([]string{"onthe", "overthe", "onmy", "bythe"}, t.form(m.from-2, m.from)) {
			return true
		}
		if t.toks[m.from].class != classHan || m.how == byPinyin {
			return false
		}
		next, after, before := "", "", ""
		if m.to < len(t.toks) && !t.toks[m.to].gap {
			next = t.form(m.to, m.to+1)
			if m.to+1 < len(t.toks) {
				after = t.form(m.to+1, m.to+2)
			}
		}
		if m.from > 0 && !t.toks[m.from].gap {
			before = t.form(m.from-1, m.from)
		}
		switch {
		case m.first().kind == kindTerm && next != "":
			return office(next, after)
		case m.first().kind == kindForeign && slices.Contains(means, m.key):
			return next != "" && strings.Contains("里中上问催那铃响刚打", next) || before != "" && strings.Contains("接挂", before)
		case m.has(cueRank) && m.key == "最好":
			return next == "" && before != "" && t.wishes(m)
		case m.has(cueNot) && m.key == "不" && before != "" && next != "":
			return strings.Contains("查找搞分答记看听数弄想摸理翻", before) && strings.Contains("到清住懂上来出准见透", next)
		case m.has(cueCount) && strings.HasPrefix(m.key, "几"):
			return before == "这" // 这几个 counts nothing.
		case m.has(cueReported) && strings.Contains(m.key, "交") && len(m.key) <= 6:
			return own(t.form(max(0, m.from-4), m.from)) || next != "" && strings.Contains("稿差卷作", next)
		case m.has(cueMissing) && m.key == "没交" && next != "":
			return strings.Contains("接代流往付班情", next)
		}
		return false
	}
	return slices.DeleteFunc(mentions, apart)
}

// wishes reports whether 最好 at the end of its clause only tells how an answer is liked:
// no interrogative stands before it, nor a question mark behind.
func (t *text) wishes(m mention) bool {
	from := m.from
	for from > 0 && !t.toks[from].gap {
		from--
	}
	end := len(t.orig)
	if m.to < len(t.toks) {
		end = t.toks[m.to].start
	}
	return from > 0 && !containsAny(t.form(from, m.from), "哪", "谁", "是", "什么", "算") && !strings.ContainsAny(t.orig[t.toks[m.to-1].end:end], "?？")
}

// own reports whether something that somebody writes for himself is named: a deck that
// is due is no report.
func own(s string) bool {
	return containsAny(s, "deck", "slide", "ppt", "稿", "材料", "作业", "论文", "幻灯", "课件", "方案", "提纲")
}

// means are what people speak and write with.
var means = []string{"电话", "微信", "邮箱"}

// office reports whether a word goes on to name an office with the characters
// behind it: 局, 厅, 室; 委 but not 委托.
func office(next, after string) bool {
	switch next {
	case "局", "厅", "室":
		return true
	case "委":
		return after == "" || !strings.Contains("托员外派", after)
	case "科":
		return after == "" || !strings.Contains("技研学普创", after)
	case "处":
		return after == "" || !strings.Contains("理在于置", after)
	}
	return false
}

// sayings tell what somebody claims.
var sayings = []string{"说", "称", "认为", "坚持", "以为", "觉得", "记得", "say", "said", "claim", "insist", "think", "told", "swear", "argue", "reckon", "believe", "convinced"}

// disputed forgets the district of which somebody said in a sentence before that it leads
// something, where who leads it is asked then: "he says only Huqiu does photonics.
// Who is on the list?".
func (r *reading) disputed() {
	if len(r.districts) == 0 || len(r.domains)+len(r.terms) == 0 {
		return
	}
	last := 0
	for i := 1; i < len(r.t.toks); i++ {
		if strings.ContainsAny(r.t.orig[r.t.toks[i-1].end:r.t.toks[i].start], ".。!！?？;；\n") {
			last = i
		}
	}
	who := false
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.from < last {
			continue
		}
		if first := m.first().kind; first == kindDistrict || first == kindDomain || first == kindTerm {
			return
		}
		who = who || m.has(cueWho) || m.has(cueDistrict)
	}
	if last > 0 && who && containsAny(r.t.form(0, last), sayings...) {
		r.districts = nil
	}
}

// inclusions stand behind what is only said to be counted in, in normal form.
var inclusions = []string{"也算", "算上", "算在内", "算进", "在内", "included", "countedin", "counttoo"}

// included forgets a name of which somebody only says that it counts, too: 县级市和区一共几个（园区也算）.
func (r *reading) included() {
	if !r.has(cueCount) {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if !slices.ContainsFunc(inclusions, func(w string) bool {
			return strings.HasPrefix(r.t.form(m.to, min(m.to+4, len(r.t.toks))), w) || strings.HasPrefix(r.t.form(m.to, min(m.to+5, len(r.t.toks))), "也"+w)
		}) {
			continue
		}
		switch first := m.first(); first.kind {
		case kindDistrict:
			r.districts = slices.DeleteFunc(r.districts, func(d policy.DistrictID) bool { return d == policy.DistrictID(first.id) })
		case kindIndicator:
			r.indicators = slices.DeleteFunc(r.indicators, func(id policy.IndicatorID) bool { return id == policy.IndicatorID(first.id) })
		default:
			// What else is named is not counted.
		}
	}
}
