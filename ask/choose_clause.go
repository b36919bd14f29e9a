package ask

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// marks end a clause.
const marks = "。！？；，：…!?;,:\n.（）()—"

// clauses divides the question at its marks, if it has more than one clause.
func clauses(s string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		if part = strings.TrimSpace(part); utf8.RuneCountInString(part) >= 3 {
			out = append(out, part)
		}
	}
	if len(out) < 2 || len(out) > maxClauses {
		return nil
	}
	return out
}

// about reports whether anything of the policy but the document is named.
func (r *reading) about() bool {
	return len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 || slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind != kindDocument })
}

// inherit takes over what the whole names, if the part names nothing.
func (r *reading) inherit(whole *reading) {
	if !r.about() {
		r.domains, r.districts, r.terms, r.indicators = whole.domains, whole.districts, whole.terms, whole.indicators
	}
}

// maxClauses is how many clauses a question may have to be read one by one.
const maxClauses = 8

// part reads the clauses one by one, where the whole was not understood: people
// say who they are and why they ask. What the whole names goes for a clause that
// names nothing. The clause that is most like the bank's phrasings answers.
func (e *Engine) part(r *reading, f frame) (frame, likeness, bool) {
	if f.rule != ruleUnknown && (f.rule != ruleForeign && f.rule != ruleHelp) || f.picked || f.rule == ruleForeign && f.category == foreignPlace && r.has(cueCompare) {
		return f, likeness{}, false
	}
	if f.rule == ruleForeign && r.foreignTopic() {
		return f, likeness{}, false // "humanoid robots: how much money is set aside?"
	}
	var best frame
	var by likeness
	top := 0.0
	for _, s := range clauses(r.t.orig) {
		t := newText(s)
		c := newReading(t, e.lex.scan(t))
		if len(c.foreign) > 0 || f.rule == ruleForeign && (!c.whole() || f.category == foreignPerson && !c.about() && c.has(cueWho) && !c.has(cueIssuer, cueDistrict, cueReported)) {
			continue
		}
		if f.rule == ruleForeign && !c.about() && (f.category == foreignField || f.category == foreignTech || c.has(cuePronoun) || containsAny(c.t.buf, "they", "their")) {
			continue // "we make robots; which district is that in?", "does Wuxi have a plan, and what did they choose?"
		}
		if f.rule == ruleForeign && f.category == foreignPlace && containsAny(c.t.buf, "他们", "人家", "they", "their") {
			continue // "Hefei has a plan, too; what do they say of quantum?"
		}
		c.inherit(r)
		e.ofDocument(c)
		base := c.base()
		got, like := e.settle(c, base, e.rules(c, base))
		score := max(like.score, like.own)
		if like.sense == nil {
			score = e.index.find(c, &base, &got).own
		}
		score *= min(1, float64(c.total)/fullClause) // a short clause says little.
		if !got.named || score <= top || !got.memorable() || got.rule == ruleChoose {
			continue
		}
		best, by, top = got, like, score
	}
	return best, by, top > likePart
}

// fullClause is the weight of a clause that may well be a whole question.
const fullClause = 8

// likePart is how like the bank's phrasings a clause must be.
const likePart = 0.22

// whole reports whether the clause asks by itself.
func (r *reading) whole() bool {
	return r.total >= 6 && r.has(cueWhich, cueWho, cueCount, cueMuch, cueHow, cueWhere, cueWhen, cueOverview, cueList, cueSource) && r.alien() < alienLax
}
