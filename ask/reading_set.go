package ask

import (
	"regexp"
	"slices"
	"strings"

	"wainao/policy"
)

// quotings are words for the place in a text that also tell what somebody needs
// the answer for: 要写进方案, "to cite in a memo".
var quotings = []string{"写进", "写到", "写入", "引用", "cite", "quote", "reference"}

// writtenThen matches a clause that only tells of when the text is: "when this was
// written".
var writtenThen = regexp.MustCompile(`(?i)\b(?:when|since|time)\s+(?:this|it|that|the (?:text|policy|document|paper))?\s*(?:was|were|got)\s+written\b`)

// quoting forgets that the place is asked for where a clause of its own, which asks
// nothing, only tells what the answer is to be written into.
func (r *reading) quoting() {
	if !r.has(cueSource) || r.has(cueWhere) {
		return
	}
	if writtenThen.MatchString(r.t.orig) && !slices.ContainsFunc(r.mentions, func(m mention) bool { return m.has(cueSource) && m.key != "written" }) {
		delete(r.cues, cueSource)
		return
	}
	if slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.has(cueSource) && m.key != "heading" && !slices.Contains(quotings, m.key)
	}) {
		return
	}
	clauses := r.clauses()
	if len(clauses) < 2 {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.key == "heading" && slices.ContainsFunc(r.t.amounts(), func(a amount) bool { return a.to == m.from }) {
			continue // how many there are is told.
		}
		if !m.has(cueSource) {
			continue
		}
		c := clauses[slices.IndexFunc(clauses, func(c clause) bool { return c.from <= m.from && m.from < c.to })]
		if c.thing || strings.ContainsAny(r.clause(&c), "?？") || slices.ContainsFunc(r.mentions, func(o mention) bool {
			return o.from >= c.from && o.to <= c.to && slices.ContainsFunc([]cue{cueWhich, cueWho, cueHow, cueYesNo, cueList, cueWhen, cueCount}, o.has)
		}) {
			return
		}
	}
	delete(r.cues, cueSource)
}

// purePlaces ask for a place and nothing else.
var purePlaces = []string{"在哪", "哪里", "在哪里", "何处", "哪儿", "在哪儿", "哪块", "where", "whereabouts", "located", "location", "what place", "which place"}

// asksPlace reports whether the question asks where something stands, and not for
// places: 点了哪两个地方.
func (r *reading) asksPlace() bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return m.has(cueWhere) && slices.Contains(purePlaces, m.key) }) || !r.has(cueDistrict)
}

// mentioners finds "which places mention it": the districts in whose phrase it is
// are asked for, not where the text says so.
func (r *reading) mentioners() {
	if !r.has(cueSource) || len(r.districts) > 0 {
		return
	}
	for i := 0; i+1 < len(r.mentions); i++ {
		m, next := &r.mentions[i], &r.mentions[i+1]
		places := slices.Contains([]string{"whichplace", "whatplace", "哪些地方"}, m.key) || m.has(cueDistrict) && (m.has(cueWhich) || i > 0 && r.mentions[i-1].has(cueWhich))
		if !places || m.to != next.from || !slices.Contains([]string{"mention", "提到", "提到了", "写到", "写入"}, next.key) || slices.ContainsFunc(r.mentions[i+2:], func(o mention) bool { return o.has(cueSource) }) {
			continue
		}
		delete(r.cues, cueSource)
		delete(r.cues, cueWhere)
		r.cues[cueDistrict], r.cues[cueWhich] = true, true
		return
	}
}

// cities are the words for the county-level cities among the districts.
var cities = []string{"县级市", "county-level cities", "county-level city"}

// grouped takes "the four county-level cities" for their names.
func (e *Engine) grouped(r *reading) {
	if !r.has(cueDistrict) || len(r.districts) > 0 {
		return
	}
	var members []policy.DistrictID
	for _, d := range e.pol.Districts {
		if strings.HasSuffix(d.Name.ZH, "市") {
			members = append(members, d.ID)
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if !m.has(cueDistrict) || !slices.ContainsFunc(cities, func(w string) bool { k, _ := key(w); return k == m.key }) {
			continue
		}
		at := slices.IndexFunc(r.t.amounts(), func(a amount) bool { return a.value == float64(len(members)) && a.to <= m.from && m.from-a.to <= 1 })
		if at < 0 {
			continue
		}
		number := r.t.amounts()[at]
		if slices.ContainsFunc(r.mentions, func(o mention) bool {
			return (o.has(cueWhich) || o.has(cueList)) && o.to <= number.from && number.from-o.to <= 1
		}) {
			return // which four are asked for.
		}
		r.districts = members
		r.numbers = slices.DeleteFunc(r.numbers, func(a amount) bool { return a.from == number.from })
		if !slices.ContainsFunc(r.mentions, func(o mention) bool { return o.from != m.from && o.has(cueDistrict) }) {
			delete(r.cues, cueDistrict)
		}
		return
	}
}

// enumerated forgets the Park where it only ends a list of sorts of places:
// "cities, districts and the Park".
func (r *reading) enumerated() {
	if len(r.districts) != 1 || r.districts[0] != policy.SIP {
		return
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.first().kind != kindDistrict || !slices.Contains([]string{"园区", "park", "thepark"}, m.key) {
			continue
		}
		at := m.from
		for at > 0 && (r.t.form(at-1, at) == "and" || r.t.form(at-1, at) == "the" || r.t.form(at-1, at) == "和") {
			at--
		}
		if at == 0 {
			return
		}
		between := r.t.orig[r.t.toks[at-1].end:r.t.toks[m.from].start]
		before := slices.IndexFunc(r.mentions, func(o mention) bool { return o.to == at && o.has(cueDistrict) })
		sort := before >= 0 || r.t.form(at-1, at) == "区"
		if sort && (at < m.from || strings.ContainsAny(between, "、,，")) {
			r.districts, r.mentions = nil, slices.Delete(slices.Clone(r.mentions), i, i+1)
			return
		}
	}
}
