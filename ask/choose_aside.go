package ask

import (
	"slices"
	"strings"
)

// clause is a part of a question between two marks, and what it is for.
type clause struct {
	from, to int  // tokens.
	asks     bool // it holds an interrogative, or ends in a question mark;
	names    bool // it names something of the policy, or holds a number;
	self     bool // somebody speaks of himself, or of who sent him;
	foreign  bool // it holds what the policy has nothing about;
	orders   bool // it tells the bot to do something else than to answer;
	thing    bool // it names something of the policy;
	more     bool // it names something other than a district;
	cued     bool // it holds a word that may tell what is asked;
	passing  bool // what it holds that is foreign is a person only.
	figures  bool // it holds a number;
	noun     bool // it holds a word for a sort of things: the principles.
	sentence int  // the number of the sentence that it is in.
	unknown  int  // weight of its words that nobody knows.
}

// interrogatives are the cues that make a clause one that asks.
var interrogatives = []cue{cueWhich, cueWho, cueCount, cueMuch, cueHow, cueWhy, cueWhere, cueWhen, cueList, cueOverview, cueYesNo, cueTag, cueSource, cueMissing, cuePending}

// things that are written, named where somebody says what he needs an answer for
// or does not want: no story, for a radio script.
var writings = []string{"story", "script", "essay", "poem", "code"}

// seniors send somebody to ask.
var seniors = []string{"领导", "老板", "导师", "老师", "同事", "boss", "manager", "professor", "supervisor", "colleague", "friend", "client", "editor", "lawyer", "领导问", "朋友", "亲戚", "客户", "科长", "处里", "局里", "区里"}

// whereabouts begin a clause that only tells where somebody is: on the train.
var whereabouts = []string{"on", "at", "in", "from", "before", "after", "在", "正", "刚"}

// tasks are what the bot is told to do with what was named.
var tasks = []string{"给我", "列一下", "列给", "列出", "列个", "说说", "说一下", "讲讲", "讲一下", "介绍"}

// makers tell what somebody makes, which is what he asks about.
var makers = []string{"做", "搞", "研发", "生产", "开发", "造", "卖", "build", "make", "making", "develop", "produc", "sell", "manufactur", "workon", "workingon"}

// clauses takes the reading apart at its marks.
func (r *reading) clauses() []clause {
	var out []clause
	n, sentence := len(r.t.toks), 0
	for at := 0; at < n; {
		c := clause{from: at, to: r.t.clauseEnd(at), passing: true, sentence: sentence}
		behind := len(r.t.orig)
		if c.to < n {
			behind = r.t.toks[c.to].start
		}
		c.asks = strings.ContainsAny(r.t.orig[r.t.toks[c.to-1].end:behind], "?？") || auxiliaries[r.t.form(at, at+1)]
		for i := range r.mentions {
			m := &r.mentions[i]
			if m.to <= c.from || m.from >= c.to {
				continue
			}
			first := m.first().kind
			c.asks = c.asks || slices.ContainsFunc(interrogatives, m.has) && !r.counted(m)
			c.asks = c.asks || m.has(cueReported) && containsAny(r.t.form(c.from, c.to), "没", "吗", "么")
			thing := first < kindCue && first != kindDocument && first != kindForeign
			c.names = c.names || thing || m.to > c.to
			c.thing, c.more = c.thing || thing, c.more || thing && first != kindDistrict
			_, noun := m.noun()
			c.noun = c.noun || noun && first != kindIndicator
			c.cued = c.cued || m.cued() && !m.has(cueAnd) && !m.has(cueNot) && !m.has(cueHello) && !m.has(cueThanks)
			if first == kindForeign {
				c.foreign, c.passing = true, c.passing && m.first().id == foreignPerson
			}
			c.orders = c.orders || m.has(cueInject) && !slices.Contains(writings, m.key)
			c.self = c.self || slices.Contains(seniors, m.key) || first == kindForeign && m.first().id == foreignPerson
		}
		c.figures = slices.ContainsFunc(r.t.amounts(), func(a amount) bool { return c.from <= a.from && a.from < c.to && a.value > 1 })
		c.names = c.names || c.figures
		c.asks = c.asks || containsAny(r.t.form(c.from, c.to), tasks...)
		addressed := false
		for k := c.from; k < c.to; k++ {
			if !r.known[k] {
				c.unknown += r.t.weight(k, k+1)
			}
			addressed = addressed || slices.Contains([]string{"你", "您", "you", "your"}, r.t.form(k, k+1))
			c.self = c.self || slices.Contains(seniors, r.t.form(k, k+1)) || k+1 < c.to && slices.Contains(seniors, r.t.form(k, k+2))
		}
		c.orders = c.orders || c.foreign && (addressed || r.comparesIn(&c) || containsAny(strings.ReplaceAll(r.t.form(c.from, c.to), "给我们", ""), "给个", "给我", "发我"))
		c.self = c.self || r.t.personal(c.from, c.to) || slices.Contains(chores, r.t.form(c.from, c.from+1))
		if w := r.t.form(c.from, min(c.from+3, c.to)); strings.HasPrefix(w, "thatwhat") || strings.HasPrefix(w, "thatiswhat") {
			c.asks = false // ", that's what he told me".
		}
		if strings.ContainsAny(r.t.orig[r.t.toks[c.to-1].end:behind], ".。!！?？;；\n") {
			sentence++
		}
		out = append(out, c)
		at = c.to
	}
	return out
}

// counted reports whether the phrase only stands before a number that is told: 一共八块.
func (r *reading) counted(m *mention) bool {
	return m.has(cueCount) && slices.Contains([]string{"一共", "总共", "共", "共计", "合计", "共有", "一共有", "total"}, m.key) && slices.ContainsFunc(r.numbers, func(a amount) bool { return a.from == m.to })
}

// comparesIn reports whether the clause sets something beside what is asked about:
// 跟苏州比, "compared with Shenzhen".
func (r *reading) comparesIn(c *clause) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from >= c.from && m.to <= c.to && m.has(cueCompare) })
}

// aside reports whether the clause only tells who asks, why, for whom or when: it
// asks nothing and names nothing of the policy, and it is told of oneself, or
// holds what the policy does not speak of.
func (c *clause) aside(t *text, all *asked) bool {
	if c.asks || c.orders {
		return false
	}
	if c.names {
		// A sentence of its own before or behind one that names what it asks for.
		return all.whole && !c.foreign && !all.sentences[c.sentence]
	}
	switch {
	case c.self && (all.any || c.passing):
		return true
	case c.foreign:
		return all.any || slices.Contains(whereabouts, t.form(c.from, c.from+1))
	case slices.ContainsFunc(writings, func(w string) bool { return strings.Contains(t.form(c.from, c.to), w) }):
		return true
	}
	return all.whole && !c.cued && c.unknown > 0
}

// asked tells what the clauses that ask hold.
type asked struct {
	any       bool         // there is one;
	whole     bool         // one names what it asks about;
	more      bool         // one names something other than a district;
	sort      bool         // one names a sort of things.
	sentences map[int]bool // in which there is one.
}

// focus returns the reading without what people tell beside their question: who
// asks, why, for whom and until when. A clause in which somebody speaks of himself and
// names something of the policy gives its names to a clause that asks and lacks
// them.
func (e *Engine) focus(r *reading) *reading {
	clauses := r.clauses()
	if len(clauses) < 2 || len(clauses) > maxClauses {
		return r
	}
	if _, ok := r.namedLast(); ok {
		return r
	}
	all := asked{sentences: map[int]bool{}}
	named := false
	for _, c := range clauses {
		named = named || c.names
		if c.asks {
			all.any, all.sentences[c.sentence] = true, true
			all.whole = all.whole || c.thing
			all.more = all.more || c.more
			all.sort = all.sort || c.noun
		}
	}
	if !all.any && !named {
		return r
	}
	var kept []string
	left, weight := false, 0
	for i := range clauses {
		c := &clauses[i]
		switch {
		case r.elsewhere(c, clauses):
			kept, weight = append(kept, r.clause(c)), weight+r.t.weight(c.from, c.to)
		case c.aside(r.t, &all):
			left = true
		case all.any && !c.asks && c.noun && c.foreign && c.passing && !c.orders:
			kept, left, weight = append(kept, r.withoutPersons(c)), true, weight+r.t.weight(c.from, c.to)
		case all.any && !c.asks && (c.self || c.foreign) && !c.orders && (!c.figures || !c.thing):
			kept, left = append(kept, r.onlyNames(c, clauses, &all)...), true
		default:
			kept, weight = append(kept, r.clause(c)), weight+r.t.weight(c.from, c.to)
		}
	}
	if !left || weight < 3 {
		return r
	}
	t := newText(strings.Join(kept, " "))
	return newReading(t, e.lex.scan(t))
}

// asking returns the reading of the clauses that ask alone, where the others name nothing
// of the policy and nothing that it does not speak of either.
func (e *Engine) asking(r *reading) *reading {
	var kept []string
	clauses := r.clauses()
	for i := range clauses {
		switch c := &clauses[i]; {
		case c.asks:
			kept = append(kept, r.clause(c))
		case c.thing || c.orders || r.elsewhere(c, clauses):
			return r
		}
	}
	if len(kept) == 0 || len(kept) == len(clauses) {
		return r
	}
	t := newText(strings.Join(kept, " "))
	return newReading(t, e.lex.scan(t))
}

// elsewhere reports whether the question goes on about a place that the clause
// names and the policy has nothing about, or about a word that nobody knows: "Wuxi has
// a plan, too; what did they choose?".
func (r *reading) elsewhere(c *clause, all []clause) bool {
	holds := func(categories ...string) bool {
		return slices.ContainsFunc(r.foreign, func(m *mention) bool {
			return c.from <= m.from && m.from < c.to && slices.Contains(categories, m.first().id)
		})
	}
	if slices.ContainsFunc(r.foreign, func(m *mention) bool {
		return c.from <= m.from && m.from < c.to && containsAny(m.key, "怎么", "如何", "howto", "howdoi")
	}) {
		return true // 怎么申请: that is what is asked.
	}
	if r.topic(c, all) && holds(foreignField, foreignTech, foreignFigure, foreignCompany) {
		return true
	}
	place, making := holds(foreignPlace, foreignField, foreignTech, foreignCompany), holds(foreignField, foreignTech)
	whole := slices.ContainsFunc(all, func(o clause) bool { return o.asks && o.thing })
	if !whole && (making || !place && c.unknown > 0 && c.self) && slices.ContainsFunc(makers, func(w string) bool { return strings.Contains(r.t.form(c.from, c.to), w) }) && r.has(cueDistrict, cueDomain, cueBelong) {
		return true // "we make deep-sea vehicles; which district should we talk to?"
	}
	if !place && (c.names || c.unknown == 0 || !c.self || !r.pointed()) {
		return false
	}
	if r.pointed() || containsAny(r.t.buf, "they", "their", "there", "人家", "他们", "她们", "那边", "那里", "那儿") {
		return true
	}
	return !c.self && !slices.ContainsFunc(all, func(o clause) bool { return o.asks && o.names })
}

// foreignTopic reports whether the first clause names, as what the next one asks
// about, what the policy has nothing about.
func (r *reading) foreignTopic() bool {
	all := r.clauses()
	return len(all) > 1 && len(all) <= maxClauses && r.topic(&all[0], all) && slices.ContainsFunc(r.foreign, func(m *mention) bool {
		return m.to <= all[0].to && slices.Contains([]string{foreignField, foreignTech, foreignFigure, foreignCompany}, m.first().id)
	})
}

// topic reports whether the clause only names what the next one asks about: "humanoid
// robots: how much money is set aside?", "emission cuts - is there a goal?".
func (r *reading) topic(c *clause, all []clause) bool {
	if c.from > 0 || c.asks || c.orders || len(all) < 2 || slices.Contains(whereabouts, r.t.form(0, 1)) || r.t.personal(c.from, c.to) || slices.Contains(chores, r.t.form(0, 1)) {
		return false
	}
	next := &all[1]
	mark := r.t.orig[r.t.toks[c.to-1].end:r.t.toks[next.from].start]
	if !next.asks || strings.ContainsAny(mark, ".。!！;；") {
		return false
	}
	if slices.ContainsFunc(r.mentions, func(m mention) bool {
		first := m.first().kind
		return m.from >= next.from && m.to <= next.to && (first == kindDomain || first == kindIndicator || first == kindTerm && !m.cued())
	}) {
		return false // "robot show at noon - which districts lead quantum?"
	}
	if strings.ContainsAny(mark, ":：-–—") {
		return true
	}
	figure := slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.from >= next.from && m.to <= next.to && (m.has(cueCount) || m.has(cueMuch) || m.has(cueQuantity) || m.has(cueTarget))
	})
	return figure && !next.thing && c.to-c.from <= 10
}

// clause returns the clause as it was typed, with the mark behind it.
func (r *reading) clause(c *clause) string {
	end := len(r.t.orig)
	if c.to < len(r.t.toks) {
		end = r.t.toks[c.to].start
	}
	return r.t.orig[r.t.toks[c.from].start:end]
}

// withoutPersons returns the clause as it was typed, but for the persons that it
// names.
func (r *reading) withoutPersons(c *clause) string {
	var b strings.Builder
	at := r.t.toks[c.from].start
	for _, m := range r.foreign {
		if m.from >= c.from && m.to <= c.to {
			b.WriteString(r.t.orig[at:r.t.toks[m.from].start])
			at = r.t.toks[m.to-1].end
		}
	}
	b.WriteString(r.t.orig[at:r.t.toks[c.to-1].end])
	return b.String()
}

// onlyNames returns what the clause names of the policy and the clauses that ask
// lack: the district of who speaks of "our city"; and where they name no more than a
// district, what it is about.
func (r *reading) onlyNames(c *clause, clauses []clause, all *asked) []string {
	var out []string
	asks := func(m *mention) bool {
		return slices.ContainsFunc(clauses, func(k clause) bool { return k.asks && k.from <= m.from && m.from < k.to })
	}
	district := slices.ContainsFunc(r.mentions, func(m mention) bool { return m.first().kind == kindDistrict && asks(&m) })
	known := len(r.domains) == 1 && len(r.districts) == 1 && r.asksDistrict() && containsAny(r.t.form(c.from, c.to), "肯定", "知道", "已经", "记得", "不用说") // one of those that are asked for.
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.from < c.from || m.to > c.to {
			continue
		}
		switch m.first().kind {
		case kindDistrict:
			if district || known || all.more && containsAny(r.t.form(c.from, c.to), sending...) {
				continue // who sent him, not what he asks about.
			}
		case kindDomain, kindTerm, kindIndicator, kindSection, kindAction, kindSafeguard:
			if all.more {
				continue
			}
		case kindBody, kindMeasure:
			if all.whole || all.sort && m.first().kind == kindBody {
				continue
			}
		default:
			continue
		}
		out = append(out, r.t.typed(m.from, m.to))
	}
	return out
}

// sending tells that somebody asks for another.
var sending = []string{"托我", "让我问", "叫我问", "要我问", "问我", "askedmeto", "wantmeto", "onbehalf"}

// pivots are words with which people come to what they ask, in normal form.
var pivots = []string{
	"想问", "想知道", "请问", "想了解", "请教", "想确认", "问一下", "问下", "告诉我", "想弄清", "们确认", "我确认", "们核实", "我核实", "要我查", "让我查", "叫我查", "问起", "要我们报", "让我们报", "要我们填", "让我们填",
	"curious", "wonder", "wondering", "tellme", "toknow", "toask", "tocheck", "letmeknow", "findout",
}

// selves are the words of who speaks, and of who is greeted.
var selves = []string{"我", "咱", "您好", "你好", "大家", "各位", "i", "we", "my", "our", "me", "us", "im", "hi", "hello", "dear"}

// chores open a clause in which somebody only tells what he is busy with: making
// a slide.
var chores = []string{"making", "preparing", "prepping", "writing", "drafting", "compiling", "designing", "filling", "updating", "typing", "editing", "finishing", "putting"}

// stops end a clause that may be left out; each has a twin of the other width.
const stops = "。！；，：？!;,:?\n"

// ends reports whether a clause ends with what stands between two tokens.
func ends(between string) bool {
	return strings.ContainsAny(between, stops) || strings.Contains(between, ". ") || between == " - " || strings.ContainsAny(between, "–—")
}

// parts reports whether a clause ends before the token: behind a mark that does not stand
// within a number, or behind a space where people write none between Chinese words.
func (t *text) parts(at int) bool {
	between := t.orig[t.toks[at-1].end:t.toks[at].start]
	if !ends(between) {
		return between == " " && t.run(at-1, -1) >= longRun && t.run(at, 1) >= longRun
	}
	return t.toks[at].class != classNumber || t.toks[at-1].class != classNumber && between != "."
}

// longRun is how many characters without a space between them are more than a word.
const longRun = 6

// run counts the Chinese characters without a space between them from the token on, in
// one direction.
func (t *text) run(at, step int) int {
	n := 0
	for ; at >= 0 && at < len(t.toks) && t.toks[at].class == classHan; at += step {
		n++
		if step > 0 && at+1 < len(t.toks) && t.toks[at+1].start > t.toks[at].end || step < 0 && at > 0 && t.toks[at].start > t.toks[at-1].end {
			break
		}
	}
	return n
}

// clauseEnd returns the token behind the clause that begins at one: behind a
// mark, or behind the last pivot before it.
func (t *text) clauseEnd(i int) int {
	end := i + 1
	for end < len(t.toks) && !t.parts(end) {
		end++
	}
	for to := end; to > i; to-- {
		for from := max(i, to-4); from < to; from++ {
			if slices.Contains(pivots, t.form(from, to)) {
				return to
			}
		}
	}
	return end
}

// personal reports whether somebody speaks of himself or greets between two
// tokens.
func (t *text) personal(from, to int) bool {
	for i := from; i < to; i++ {
		if slices.Contains(selves, t.form(i, i+1)) || i+1 < to && slices.Contains(selves, t.form(i, i+2)) {
			return true
		}
	}
	return false
}
