package ask

import (
	"slices"
	"strings"
)

// negation forgets a "not" that denies nothing: not just, 不只, 不要漏.
func (r *reading) negation() {
	if !r.has(cueNot) {
		return
	}
	if containsAny(r.t.buf, "leavenobodyout", "leavenooneout", "leavingnobodyout", "leavenoneout", "leaveoutnobody", "leavenothingout", "donotleave", "dontleave", "don'tleave", "don'tskip", "dontskip", "don'tmiss", "dontmiss", "donotskip", "donotmiss", "withoutexception", "withoutskipping", "withoutmissing", "withoutleaving", "notskipping", "nooneleftout", "nobodyleftout", "noneleftout") {
		delete(r.cues, cueNot)
		delete(r.cues, cueYesNo)
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueNot) || r.aside(m) {
			continue
		}
		if r.t.toks[m.from].class == classHan {
			to := m.to
			if to+1 < len(r.t.toks) && r.t.form(to, to+1) == "要" {
				to++
			}
			if !slices.Contains([]string{"不", "没", "没有", "不要"}, m.key) || to >= len(r.t.toks) || !strings.Contains("只光仅止漏落缺差急忙用必管限论单", r.t.form(to, to+1)) {
				return
			}
			continue
		}
		if m.to >= len(r.t.toks) || !slices.Contains([]string{"just", "only", "merely", "simply", "least", "rush", "hurry", "problem", "matter", "solely", "exception", "exceptions"}, r.t.form(m.to, m.to+1)) {
			return
		}
	}
	delete(r.cues, cueNot)
	if len(r.domains) == 1 && len(r.districts) > 0 && r.has(cueWho, cueList, cueDistrict) && !r.has(cueYesNo, cueTag) && containsAny(r.t.buf, "不只", "不光", "不仅", "不单", "notjust", "notonly", "notmerely") {
		r.districts = nil // all of them are asked for, not just the one that comes to mind.
	}
}

// batched forgets the programme where 一批 only tells how many visitors there are:
// words that nobody knows stand behind it.
func (r *reading) batched() {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueBatch) {
			continue
		}
		if m.key != "一批" && m.key != "abatchof" {
			return
		}
		beside := m.to < len(r.t.toks) && !strings.ContainsAny(r.t.form(m.to, min(m.to+2, len(r.t.toks))), "的是") && (slices.Contains(r.known[m.to:min(m.to+2, len(r.known))], false) ||
			slices.ContainsFunc(r.foreign, func(o *mention) bool { return o.from >= m.to && o.from <= m.to+1 }))
		if !beside {
			return
		}
	}
	delete(r.cues, cueBatch)
	r.mentions = slices.DeleteFunc(r.mentions, func(m mention) bool { return m.has(cueBatch) })
}

// denies reports whether a word that denies stands in the question, bound or not.
func (t *text) denies() bool {
	return strings.ContainsAny(t.buf, "不没别") || containsAny(t.buf, "not", "noneed", "without", "nobody")
}

// aside reports whether the phrase stands in a clause that neither asks nor names
// anything, before the one that does: 没别的意思, "no need for prose".
func (r *reading) aside(m *mention) bool {
	from, to := m.from, m.to
	for from > 0 && !ends(r.t.orig[r.t.toks[from-1].end:r.t.toks[from].start]) {
		from--
	}
	for to < len(r.t.toks) && !ends(r.t.orig[r.t.toks[to-1].end:r.t.toks[to].start]) {
		to++
	}
	if to == len(r.t.toks) {
		return false
	}
	for i := range r.mentions {
		o := &r.mentions[i]
		if o.from < from || o.from >= to {
			continue
		}
		if o.first().kind < kindCue && o.first().kind != kindDocument || slices.ContainsFunc([]cue{cueLead, cueWho, cueWhich, cueWhere, cueCount, cueDistrict, cueDomain, cueReported, cueMissing}, o.has) {
			return false
		}
	}
	return true
}

// Words before 报 and behind it that make it a paper or a way to tell, and words
// before "report" that make it a paper.
var (
	papers = []string{"专", "简", "通", "汇", "周", "日", "月", "快", "内", "呈", "海", "情", "预", "播", "晚", "画", "墙", "捷", "公", "电", "年", "息"}
	tells  = []string{"一下", "一报", "一遍", "给我", "给领导", "给他", "出来", "个数", "个名", "名字", "名称", "菜名", "几个", "题", "告里", "告要", "告用", "告会", "告材料", "菜", "纸", "社"}
)

// telling forgets that somebody may have reported where 报 or "report" only says
// that something is to be told or written: 报一下标题, 写专报, "for my report".
func (r *reading) telling() {
	if !r.has(cueReported) {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.has(cueReported) && !r.tells(m) {
			return
		}
	}
	delete(r.cues, cueReported)
}

func (r *reading) tells(m *mention) bool {
	switch m.key {
	case "报":
		before, behind := "", ""
		if m.from > 0 {
			before = r.t.form(m.from-1, m.from)
		}
		if m.to < len(r.t.toks) {
			behind = r.t.form(m.to, min(m.to+4, len(r.t.toks)))
		}
		if strings.HasPrefix(behind, "告") && !strings.ContainsAny(behind, "没了吗交") {
			return true // 报告, the paper.
		}
		return slices.Contains(papers, before) || slices.ContainsFunc(tells, func(w string) bool { return strings.HasPrefix(behind, w) })
	case "report", "reporting", "sent", "send", "file":
		if r.has(cueQuarter, cueThis, cueLast, cueMissing, cuePending, cueProgress, cueWho, cueYesNo) || r.aux || m.from == 0 && m.key != "send" {
			return false
		}
		if m.key == "send" {
			return m.from == 0 || slices.Contains([]string{"please", "to", "me", "you", "kindly"}, r.t.form(m.from-1, m.from))
		}
		switch r.t.form(m.from-1, m.from) {
		case "my", "our", "a", "the", "this", "an", "his", "her", "short", "brief", "for", "progress", "board", "news", "media", "weekly", "monthly", "annual", "research", "to":
			return true
		}
	}
	return false
}

// tabled forgets that the place is asked for where "the table" is only what
// something stands in.
func (r *reading) tabled() {
	if !r.has(cueSource) || r.has(cueWhere) {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		switch {
		case !m.has(cueSource), m.key == "thetable", m.key == "spellout", m.key == "setout" && i == 0:
		case m.key == "heading" && r.has(cueList) && r.hasNoun() && !r.has(cueWhich):
		case m.key == "heading" && r.hasNoun() && !r.has(cueWhich, cueWhere) && strings.HasSuffix(strings.ToLower(r.t.typed(m.from, m.to)), "s"):
		default:
			return
		}
	}
	if len(r.districts)+len(r.domains) > 0 || r.hasNoun() {
		delete(r.cues, cueSource)
	}
}

// counting forgets a number where "count" only asks whether something belongs:
// does it count?
func (r *reading) counting() {
	if r.has(cueCount) && !containsAny(r.t.buf, "howmany", "number") && (containsAny(r.t.buf, "itcount", "theycount", "thatcount", "thicount", "thosecount") || r.aux && len(r.terms) > 0) {
		delete(r.cues, cueCount)
		r.cues[cueBelong] = true
	}
}

// made are things that are written or told, which an instruction to the bot names;
// tellers are the words with which it gives one.
var (
	made    = []string{"script", "story", "essay", "song", "poem", "recipe", "joke", "code", "guess"}
	tellers = []string{"write", "make", "tell", "sing", "compose", "create", "invent", "give", "generate", "draft", "produce", "do", "want", "need", "read", "run", "a", "an"}
)

// stories forgets an instruction where something written is only told of: it is
// for a radio script, no essay, the story closes tonight.
func (r *reading) stories() {
	if !r.has(cueInject) {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueInject) {
			continue
		}
		if !slices.Contains(made, m.key) || !r.toldOf(m) {
			return
		}
	}
	delete(r.cues, cueInject)
}

// toldOf reports whether something written stands behind "for" or "no", or at the
// beginning of a clause.
func (r *reading) toldOf(m *mention) bool {
	from := m.from
	for from > 0 && !ends(r.t.orig[r.t.toks[from-1].end:r.t.toks[from].start]) && !strings.Contains(r.t.orig[r.t.toks[from-1].end:r.t.toks[from].start], ".") {
		from--
	}
	told := from == m.from
	for i := from; i < m.from; i++ {
		switch w := r.t.form(i, i+1); {
		case w == "for", w == "no", w == "not", w == "without", w == "dont", w == "never":
			told = true
		case !told && slices.Contains(tellers, w):
			return false
		}
	}
	return told && (from != m.from || m.to < len(r.t.toks))
}

// owing tells apart what is owed: a report, by a district, or a target, by a year.
func (r *reading) owing() {
	if !r.has(cueMissing) || len(r.indicators) == 0 || len(r.districts) > 0 || r.has(cueDistrict, cueWho, cueReported, cueQuarter, cueThis, cueLast) {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.has(cueMissing) && !slices.Contains([]string{"owe", "owes", "stillowe", "欠着", "还欠", "outstanding"}, m.key) {
			return
		}
	}
	delete(r.cues, cueMissing)
	if len(r.years) == 0 {
		r.cues[cueLeft] = true
		return
	}
	r.cues[cueTarget] = true
	r.cues[cueQuantity] = true
}
