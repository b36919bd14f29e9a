package ask

import (
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// joined finds a word that neither the policy nor the bank knows right behind a
// domain's name, 量子雷达, "hydrogen aircraft": the whole is something that the
// policy does not name, and the domain's answer would claim that it does.
func (e *Engine) joined(r *reading, f frame) (frame, bool) {
	switch f.rule {
	case ruleLead, ruleDomain, ruleDirections, ruleWhere, ruleCount:
	default:
		return f, false
	}
	if len(r.domains) != 1 || len(r.districts)+len(r.terms)+len(r.indicators)+len(r.foreign)+len(r.numbers) > 0 {
		return f, false
	}
	at := slices.IndexFunc(r.mentions, func(m mention) bool { return m.first().kind == kindDomain })
	if at < 0 {
		return f, false
	}
	m := &r.mentions[at]
	if m.how == bySound {
		return f, false // all of it sounds like the name.
	}
	from := m.to
	for m.how != byName && from > m.from && !slices.Contains(e.lex.exact[r.t.form(m.from, from)], m.first()) {
		from-- // 氢能飞 was taken for a misspelt name.
	}
	if from == m.from {
		return f, false
	}
	guessed := r.t.weight(from, m.to)
	to := from
	for to < len(r.t.toks) && (to < m.to || !r.known[to] || r.between(to)) && (to == from || !r.t.toks[to].gapBefore(r.t.toks[from])) {
		to++
	}
	if !e.index.strange(r.t, from, to) || r.t.errand(from, to) || r.unknown+guessed > r.t.weight(from, to)+1 {
		return f, false
	}
	d := r.domains[0]
	word := r.t.form(from, to)
	for i := range e.pol.Domains {
		if e.pol.Domains[i].ID != d {
			continue
		}
		for _, dir := range e.pol.Domains[i].Directions {
			if k, _ := key(dir.Text.ZH + " " + dir.Text.EN); strings.Contains(k, word) {
				return f, false
			}
		}
	}
	return frame{rule: ruleNoTerm, named: true, domains: []policy.DomainID{d}, words: r.t.typed(m.from, to), content: r.content()}, true
}

// errands are words for why people ask: a meeting, a slide, a visit. Behind a
// domain's name they are no technology.
var errands = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.SplitSeq("meeting|invite|invitation|call|email|mail|message|memo|note|slide|deck|ppt|presentation|speech|talk|briefing|brief|report|workshop|seminar|forum|event|"+
		"visit|trip|tour|delegation|agenda|minute|poster|leaflet|brochure|newsletter|article|press|release|spreadsheet|excel|sheet|form|template|draft|folder|distribution|circulation|mailing|roster|"+
		"rota|contact|contacts|people|person|guy|guys|folk|team|crowd|lot|gang|colleague|liaison|officer|attendee|participant|guest|investor|client|customer|visitor|newcomer|intern|journalist|reporter|"+
		"project|proposal|application|pitch|study|survey|interview|research|thesis|homework|exam|quiz|question|query|issue|topic|stuff|thing|business|matter|portfolio|file|dossier|entry|row|column|line|"+
		"side|part|piece|bit|chunk|slice|share|camp|front|track|pillar|theme|space|scene|map|picture|list|table|chart|figure|page|section|heading|label|tag|icon|logo|name|word|"+
		"today|tomorrow|monday|tuesday|wednesday|thursday|friday|week|month|morning|afternoon|asap|urgent|urgently|quickly|please|pls|again|anyway|currently|exactly|precisely|specifically|respectively|altogether|officially|formally|actually|"+
		"会议|开会|座谈|调研|走访|参观|考察|约谈|邀请|通知|发函|抄送|名单|群里|拉群|群聊|材料|稿子|讲话|发言|幻灯|简报|汇报|表格|台账|签到|联络|对接|口径|论坛|沙龙|培训|路演|招商|洽谈|采访|报道|课题|论文|作业|摸底|摸排|建群|拜访|会签|征求|项目", "|") {
		k, _ := key(w)
		out[k] = true
	}
	return out
}()

// errand reports whether the tokens hold nothing but such words.
func (t *text) errand(from, to int) bool {
	if t.toks[from].class == classHan {
		return errands[t.form(from, min(to, from+2))]
	}
	for i := from; i < to; i++ {
		if !errands[t.form(i, i+1)] {
			return false
		}
	}
	return true
}

// beside reports whether the question is about a word that nobody knows, where
// the answer would be about what stands beside it: in which domain exoskeletons
// are, the staff of a committee.
func (e *Engine) beside(r *reading, f frame) bool {
	switch {
	case r.unknown == 0 || len(r.foreign) > 0 || f.picked && f.rule == ruleDomains:
		return false
	case f.rule == ruleDistricts && e.strangeTopic(r):
		return true
	case f.rule == ruleDomains || f.rule == ruleDistricts || f.rule == ruleLayout:
		if r.singular() && r.unknown > 0 && r.has(cueLead) && !r.has(cueFocus, cueMost, cueLeast) {
			return true // which district leads what nobody knows.
		}
		return (r.has(cueBelong) || r.pointed() || r.singular() && f.rule == ruleDistricts) && e.strangers(r) > 0
	case f.rule == ruleProse && len(f.things) == 1 && f.things[0].kind == kindMeasure && r.has(cueDistrict) && r.has(cueWhich):
		return e.strangers(r) > 0
	case f.rule == ruleProse && len(f.things) == 1 && f.things[0].kind == kindBody:
		at := slices.IndexFunc(r.mentions, func(m mention) bool { return m.first() == f.things[0] })
		if at < 0 {
			return f.yesNo && r.alien() > alienStrict && e.strangers(r) > 0
		}
		m := &r.mentions[at]
		if r.han() {
			return m.to+2 < len(r.t.toks) && r.t.form(m.to, m.to+1) == "的" && !r.known[m.to+1] && !r.known[m.to+2]
		}
		of := m.from - 1
		for of > 0 && (r.t.form(of, of+1) == "the" || r.t.form(of, of+1) == "this") {
			of--
		}
		return of > 0 && r.t.form(of, of+1) == "of" && !r.known[of-1]
	default:
		return false
	}
}

// strangeTopic reports whether the question is about what its first clause names
// and nobody knows: "cultured meat, which district should I call about it".
func (e *Engine) strangeTopic(r *reading) bool {
	all := r.clauses()
	if len(all) < 2 || all[0].names || all[0].cued || all[0].asks || all[0].self || all[0].to-all[0].from > 8 {
		return false
	}
	if !slices.ContainsFunc([]string{"it", "them", "that", "thi", "these", "those"}, func(w string) bool { return r.single(w) }) && !containsAny(r.t.buf, "它", "这个", "这东西", "这事") {
		return false
	}
	for i := all[0].from; i < all[0].to; i++ {
		to := i
		for to < all[0].to && !r.known[to] && r.t.toks[to].class == r.t.toks[i].class && (to == i || r.t.toks[i].class == classHan) {
			to++
		}
		if to > i && e.index.strange(r.t, i, to) {
			return true
		}
	}
	return false
}

// pointed reports whether a district is asked for that something was put into or
// that something is to go to: 把这个划给哪个板块, "which district is that in".
func (r *reading) pointed() bool {
	return r.has(cuePronoun) || containsAny(r.t.buf, "这个放", "把这个", "把它", "把这块", "划给哪", "划到哪", "放在哪", "放哪", "放到哪", "归到哪", "给了哪", "落在哪", "找哪个", "去哪个", "putthat", "putthi", "putit", "putthem", "goto", "turnto", "isthatin", "takethat")
}

// strangers returns how many words neither the policy nor the bank knows: runs of
// two characters or more, words of some length.
func (e *Engine) strangers(r *reading) int {
	n := 0
	for i := 0; i < len(r.t.toks); i++ {
		to := i
		for to < len(r.t.toks) && !r.known[to] && r.t.toks[to].class == r.t.toks[i].class && (to == i || r.t.toks[i].class == classHan) {
			to++
		}
		if e.index.strange(r.t, i, to) {
			n++
		}
		i = max(i, to-1)
	}
	return n
}

// quotes are the marks between which people put a name, each with its twin.
var quotes = map[rune]rune{'"': '"', '“': '”', '「': '」', '『': '』', '《': '》', '‘': '’'}

// quoted finds a name in quotation marks that neither the policy nor the bank
// knows, where the rest of the question would be answered without it.
func (e *Engine) quoted(r *reading, f frame) (frame, bool) {
	switch f.rule {
	case ruleLead, ruleDomain, ruleDirections, ruleWhere, ruleTerm, ruleDistrict, ruleDomains, ruleCheckPair, ruleFocus:
	default:
		return f, false
	}
	var end rune
	from := 0
	for at, c := range r.t.orig {
		switch {
		case end == 0 && quotes[c] != 0:
			end, from = quotes[c], at
		case end != 0 && c == end:
			i := slices.IndexFunc(r.t.toks, func(t token) bool { return t.start >= from })
			j := slices.IndexFunc(r.t.toks, func(t token) bool { return t.start >= at })
			if j < 0 {
				j = len(r.t.toks)
			}
			if i >= 0 && i < j && !slices.Contains(r.known[i:j], true) && e.index.strange(r.t, i, j) {
				return frame{rule: ruleForeign, named: true, category: foreignTech, domains: r.domains, words: r.t.typed(i, j), content: r.content()}, true
			}
			end = 0
		}
	}
	return f, false
}

// between reports whether the token is a filler of one Han character with what
// is not known on both sides: 剃须刀.
func (r *reading) between(i int) bool {
	return i > 0 && i+1 < len(r.known) && !r.known[i-1] && !r.known[i+1] && r.t.toks[i].class == classHan &&
		slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from == i && m.to == i+1 && m.first().kind == kindFiller })
}

// gapBefore reports whether something that is no token stands before a Han
// character that is not the first of its phrase.
func (t token) gapBefore(first token) bool {
	return t.class != first.class || t.class == classHan && t.gap
}

// strange reports whether the tokens are a word that no phrasing holds: two to
// four characters without a pair that is known, or a word of some length.
func (ix *index) strange(t *text, from, to int) bool {
	if from == to {
		return false
	}
	if t.toks[from].class == classHan {
		if to-from < 2 || to-from > 4 {
			return false
		}
		for i := from + 1; i < to; i++ {
			if _, ok := ix.id[t.form(i-1, i+1)]; ok {
				return false
			}
		}
		return true
	}
	for i := from; i < to; i++ {
		w := t.form(i, i+1)
		if _, ok := ix.id[root(w)]; !ok && len(w) >= 5 && t.toks[i].class == classLatin {
			return true
		}
	}
	return false
}

// manyNames is how many of a domain's names are told where another was asked for.
const manyNames = 8

// noTerm says that the policy does not name it, and what it names of the domain.
func (s *speaker) noTerm(f *frame) Answer {
	d := s.domain(f.domains[0])
	a := Answer{
		Status: Unknown, Cites: []policy.Citation{d.Cite}, Next: s.near(f),
		Head: lang.Tf("政策没有提到“%s”，我不能推测它归谁。", "The policy does not mention “%s”, and I can't guess whose it is.", f.words),
	}
	var names []lang.Text
	for _, t := range d.Terms() {
		names = append(names, t.Name)
	}
	switch {
	case len(names) > manyNames:
		a.Lines = []lang.Text{lang.Tf("%s里写到的有%s等%d项。", "Of %s it names %s and others, %d in all.", s.name(d.ID), join(names[:manyNames], lang.T("、", ", ")), len(names))}
	case len(names) > 0:
		a.Lines = []lang.Text{lang.Tf("%s里写到的有：%s。", "Of %s it names: %s.", s.name(d.ID), join(names, lang.T("、", ", ")))}
	}
	return a
}
