package ask

import (
	"slices"
	"strings"
)

// requests tell the bot to give what is named, in normal form.
var requestWords = []string{"给我", "给一下", "给一份", "发我", "报给", "列出", "列给", "列一", "告诉我", "说一下", "说下", "讲一下", "讲讲", "概括", "就行", "就好", "giveme", "sendme", "tellme", "list", "remindme", "pls", "please"}

// unknowing are words of who does not know something, which asks for nothing beside a
// clause that does.
var unknowing = []string{"不知道", "想不起", "记不", "忘了", "拿不准", "没把握", "搞不清", "弄不清", "分不清", "不确定", "不清楚", "notsure", "forgot", "cantremember", "dontknow", "noidea", "blanked"}

// pointers point to a domain that was named before.
var pointers = []string{"这个领域", "该领域", "这一领域", "那个领域", "thatfield", "thisfield", "thatdomain", "thisdomain"}

// strong reports whether the clause asks or requests by more than a word that also
// stands in what people tell.
func (r *reading) strong(c *clause) bool {
	if strings.ContainsAny(r.behind(c), "?？") || containsAny(r.t.form(c.from, c.to), requestWords...) {
		return true
	}
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		if m.from < c.from || m.to > c.to {
			return false
		}
		if m.has(cueOverview) && r.has(cuePronoun) && containsAny(r.t.form(c.from, c.to), pointers...) {
			return true
		}
		return slices.ContainsFunc([]cue{cueWhich, cueWho, cueCount, cueMuch, cueHow, cueWhy, cueWhere, cueWhen, cueYesNo, cueList}, m.has) && !slices.Contains([]string{"一共", "总共", "共", "共计", "合计", "total", "intotal"}, m.key)
	})
}

// surest returns the reading of the clauses that ask, where they name what they ask about
// and the others only tell something beside it. What they ask about may be named in one
// of the others, once.
func (e *Engine) surest(r *reading) (*reading, bool) {
	clauses := r.clauses()
	if len(clauses) < 2 || len(clauses) > 2*maxClauses || r.has(cueInject) {
		return nil, false
	}
	var asks, told []string
	var others []*clause
	foreign := false
	for i := range clauses {
		c := &clauses[i]
		if !r.strong(c) || len(asks) > 0 && containsAny(r.t.form(c.from, c.to), unknowing...) {
			told, others = append(told, r.clause(c)), append(others, c)
			continue
		}
		foreign = foreign || c.foreign
		asks = append(asks, r.clause(c))
	}
	if len(asks) == 0 || len(told) == 0 || foreign {
		return nil, false
	}
	read := func(s string) *reading {
		t := newText(s)
		return newReading(t, e.lex.scan(t))
	}
	q, rest := read(strings.Join(asks, " ")), read(strings.Join(told, " "))
	pointed := containsAny(q.t.buf, pointers...)
	wanted := r.has(cueDistrict) && containsAny(q.t.buf, "对口", "该找哪", "归哪", "属于哪", "算哪") && len(rest.districts) == 0 && containsAny(rest.t.buf, makers...)
	if !q.about() && rest.oneSubject() && len(rest.foreign) == 0 && (pointed || wanted) {
		if at := slices.IndexFunc(rest.mentions, func(m mention) bool { k := m.first().kind; return k == kindDomain || k == kindTerm }); at >= 0 {
			m := &rest.mentions[at]
			return read(rest.t.typed(m.from, m.to) + " " + q.t.orig), true
		}
	}
	if !q.about() && !q.hasNoun() {
		return nil, false
	}
	if rest.has(cueExcept) && rest.about() {
		return nil, false // without one of them.
	}
	for _, c := range others {
		if !r.onlyTells(c, q) || (q.pointed() || !q.about()) && r.elsewhere(c, clauses) {
			return nil, false
		}
	}
	if !q.complete() && rest.has(cueReported, cueMissing, cuePending) && !q.has(cueReported, cueMissing, cuePending) || rest.has(cueCompare) && len(rest.foreign) > 0 {
		return nil, false // what is reported, or another city, may be what it is about.
	}
	if _, ok := e.chooseDamage(r, r.base()); ok {
		return nil, false
	}
	if len(rest.years) > 0 && len(q.years) > 0 {
		rest.years = nil
	}
	return q, e.besideIt(rest, q)
}

// oneSubject reports whether one domain or one term is named, however often.
func (r *reading) oneSubject() bool {
	same := func(ids []string) bool { return len(ids) == 1 && ids[0] == r.terms[0][0] }
	return len(r.domains) == 1 && len(r.terms) == 0 || len(r.domains) == 0 && len(r.terms) > 0 && !slices.ContainsFunc(r.terms, func(ids []string) bool { return !same(ids) })
}

// complete reports whether the question names both what it is about and what of it is
// asked, so that nothing else needs to be known for it.
func (r *reading) complete() bool {
	return len(r.domains)+len(r.terms) > 0 && (r.has(cueWho, cueWhere, cueBelong) || r.has(cueDistrict) && r.has(cueWhich, cueCount)) || len(r.terms) > 0 && r.has(cueWhich) || len(r.indicators) > 0 && r.has(cueCount, cueMuch) && len(r.years) > 0
}

// onlyTells reports whether the clause is what somebody tells beside the question: of
// himself, of what others say, or of nothing that the policy names.
func (r *reading) onlyTells(c *clause, q *reading) bool {
	s := r.t.form(c.from, c.to)
	if c.self || containsAny(s, sayings...) || containsAny(s, unknowing...) {
		return true
	}
	if q.complete() {
		return true
	}
	return !c.names && !c.noun && (q.about() || c.unknown == 0 && !c.foreign)
}
