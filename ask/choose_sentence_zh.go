package ask

import (
	"slices"
	"strings"
)

// backsHan are words that point back to what was told before.
var backsHan = []string{"它", "他", "她", "人家", "这个", "这些", "这块", "这样", "那个", "那些", "该", "其", "此", "前者", "后者", "上述", "还有"}

// directHan returns the reading of the sentences of a Chinese question that end in a
// question mark, where the others only tell why, for whom or what somebody thinks.
func (e *Engine) directHan(r *reading) (*reading, bool) {
	if !r.han() {
		return nil, false
	}
	if _, ok := e.chooseDamage(r, r.base()); ok {
		return nil, false
	}
	clauses := r.clauses()
	if len(clauses) < 2 || len(clauses) > 2*maxClauses {
		return nil, false
	}
	marked := map[int]bool{}
	for i := range clauses {
		c := clauses[i]
		marked[c.sentence] = marked[c.sentence] || strings.ContainsAny(r.behind(&c), "?？")
	}
	var kept, told []string
	last := -1
	for i := range clauses {
		c := &clauses[i]
		if marked[c.sentence] && !r.announces(clauses, i) {
			kept, last = append(kept, r.clause(c)), i
		}
	}
	if len(kept) == 0 || len(kept) == len(clauses) {
		return nil, false
	}
	t := newText(strings.Join(kept, " "))
	q := newReading(t, e.lex.scan(t))
	if !q.about() && !q.hasNoun() || containsAny(t.buf, backsHan...) {
		return nil, false
	}
	for i := range clauses {
		c := &clauses[i]
		if marked[c.sentence] && !r.announces(clauses, i) {
			continue
		}
		told = append(told, r.clause(c))
		if i > last && (c.asks && (c.thing || c.noun) || c.foreign && containsAny(r.t.form(c.from, c.to), "给我", "发我", "给个", "多少", "列")) {
			return nil, false
		}
	}
	return q, e.onlyTold(strings.Join(told, " "), q)
}

// behind returns what stands between the clause and the next one.
func (r *reading) behind(c *clause) string {
	end := len(r.t.orig)
	if c.to < len(r.t.toks) {
		end = r.t.toks[c.to].start
	}
	return r.t.orig[r.t.toks[c.to-1].end:end]
}

// announces reports whether the clause, or one behind it in the same sentence, ends in a
// colon, and names nothing itself: what is asked stands behind it.
func (r *reading) announces(clauses []clause, i int) bool {
	for k := i; k < len(clauses) && clauses[k].sentence == clauses[i].sentence; k++ {
		if c := &clauses[k]; c.thing || c.noun || c.orders {
			return false
		} else if strings.ContainsAny(r.behind(c), ":：") {
			return k+1 < len(clauses)
		}
	}
	return false
}

// onlyTold reports whether what stands beside the question changes nothing of it: no
// order, no other year, no place or district that it may be about.
func (e *Engine) onlyTold(s string, q *reading) bool {
	t := newText(s)
	return e.besideIt(newReading(t, e.lex.scan(t)), q)
}

// besideIt is [Engine.onlyTold] of what was read.
func (e *Engine) besideIt(c, q *reading) bool {
	if c.has(cueInject) || len(c.years) > 0 {
		return false
	}
	place := slices.ContainsFunc(c.foreign, func(m *mention) bool { return m.first().id != foreignPerson })
	own := len(q.domains)+len(q.terms) > 0 || slices.ContainsFunc(q.prose, func(t thing) bool { return t.kind != kindDocument })
	switch {
	case place && (!own || q.has(cueCompare)):
		return false
	case !q.about() && c.about():
		return false
	case len(c.districts) > 0 && len(q.districts) == 0:
		return len(q.domains)+len(q.terms) > 0 && q.has(cueDistrict, cueWho, cueLead)
	case len(c.domains)+len(c.terms) > 0 && len(q.domains)+len(q.terms) == 0:
		return len(q.districts) > 0 && q.has(cueDomain, cueFocus, cueLead) && !c.has(cueCompare)
	}
	return true
}
