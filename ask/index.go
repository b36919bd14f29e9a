package ask

import (
	"fmt"
	"math"
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// shape is how many things of each kind a question names: none, one, several.
type shape struct{ domains, districts, terms, indicators, years, foreign uint8 }

func (r *reading) shape() shape {
	few := func(n int) uint8 { return uint8(min(n, 2)) } //nolint:gosec // it is 2 at most.
	return shape{few(len(r.domains)), few(len(r.districts)), few(len(r.terms)), few(len(r.indicators)), few(len(r.years)), few(len(r.foreign))}
}

// feature is a piece of a question and how much it says, before how rare it is.
type feature struct {
	name   string
	weight float32
}

// index finds the sense of the bank that is asked for in words most like the
// question's. Each phrasing is a bag of pairs of characters, stems of words,
// cues and kinds of names, weighted by rarity; likeness is the cosine of two
// bags.
type index struct {
	phrases  []phrasing
	length   []float32 // of each phrase's bag.
	features []string
	id       map[string]int32
	weight   []float32 // of each feature: the rarer, the more it says.
	post     [][]posting
	of       []int32 // each phrase's sense.
	names    []*sense
	spare    spares[scores]
}

// posting is a phrasing that holds a feature, and how much the feature says.
type posting struct {
	phrase int32
	weight float32
}

// scores are what a question is compared in.
type scores struct {
	all  []float32    // one for each phrasing.
	best [][3]float32 // the three best of each sense,
	at   []int32      // and the phrasing of the first.
}

// ready makes the index able to compare.
func (ix *index) ready() {
	ix.id = make(map[string]int32, len(ix.features))
	for i, f := range ix.features {
		ix.id[f] = int32(i)
	}
	ix.spare = newSpares[scores]()
}

// scores returns room to compare a question in.
func (ix *index) scores() *scores {
	return ix.spare.take(func() *scores {
		return &scores{make([]float32, len(ix.phrases)), make([][3]float32, len(ix.names)), make([]int32, len(ix.names))}
	})
}

// buildIndex reads the bank and the policy's own words for its texts.
func buildIndex(pol *policy.Policy, x *lexicon) (*index, error) {
	phrases, err := readBank(pol)
	if err != nil {
		return nil, err
	}
	phrases = append(phrases, ownPhrases(pol)...)
	ix := &index{phrases: phrases, length: make([]float32, len(phrases)), of: make([]int32, len(phrases))}
	bags := make([][]posting, len(phrases)) // a feature in the place of the phrase.
	ids, seen := map[string]int32{}, map[string]int32{}
	var counts []int
	for i := range phrases {
		p := &phrases[i]
		text, filled := p.fill()
		t := newText(text)
		r := newReading(t, x.scanExact(t))
		p.shape, p.slots = r.shape(), filled
		bag := r.bag(filled)
		bags[i] = make([]posting, len(bag))
		for k, f := range bag {
			id, ok := ids[f.name]
			if !ok {
				id = int32(len(ids)) //nolint:gosec // there are some ten thousand.
				ids[f.name] = id
				ix.features = append(ix.features, f.name)
				counts = append(counts, 0)
			}
			counts[id]++
			bags[i][k] = posting{id, f.weight}
		}
		s, ok := seen[p.sense.name]
		if !ok {
			s = int32(len(seen)) //nolint:gosec // there are some hundred.
			seen[p.sense.name] = s
			ix.names = append(ix.names, p.sense)
		}
		p.sense, ix.of[i] = ix.names[s], s
	}
	ix.post, ix.weight = make([][]posting, len(ids)), make([]float32, len(ids))
	for id, n := range counts {
		ix.weight[id] = rare(len(phrases), float64(n))
		ix.post[id] = make([]posting, 0, n)
	}
	for i, bag := range bags {
		sum := float32(0)
		for _, f := range bag {
			w := f.weight * ix.weight[f.phrase]
			sum += w * w
			ix.post[f.phrase] = append(ix.post[f.phrase], posting{int32(i), w})
		}
		ix.length[i] = float32(math.Sqrt(float64(sum)))
	}
	ix.ready()
	return ix, nil
}

// rare tells how much a piece says that stands in n of so many phrasings.
func rare(of int, n float64) float32 {
	return float32(math.Pow(math.Log(1+float64(of)/(1+n)), rarity))
}

// What the pieces of a question weigh. The weights are those with which the
// bank by itself answers most of the corpus.
const (
	weightSlot    = 1.2
	weightSense   = 0.8  // of words of one sense.
	weightName    = 2.5  // of a certain thing.
	weightNamed   = 0.45 // of one that stands in a place for any.
	weightCue     = 1.4
	weightPair    = 0.5 // two characters.
	weightChar    = 0.25
	weightWord    = 0.8
	weightWords   = 0.35 // two words.
	weightFiller  = 0.85 // of a word that says nothing by itself.
	weightStrange = 0.2  // of what no phrasing holds.
	rarity        = 1.2  // the power of a piece's rarity.
	longQuestion  = 30   // in the weight of a text.

	// Of a sense's three best phrasings.
	weightSecond, weightThird = 0.5, 0.3
	weightAll                 = 1 + weightSecond + weightThird
)

// features returns the pieces of the question.
func (r *reading) features() []feature {
	if r.pieces == nil {
		r.pieces = r.bag(shape{})
	}
	return r.pieces
}

// bag returns the pieces of the question; of the kinds that are filled, no
// certain thing is meant.
func (r *reading) bag(filled shape) []feature {
	out := make([]feature, 0, 4*len(r.t.toks)+8)
	add := func(name string, w float32) {
		for i := range out {
			if out[i].name == name {
				return
			}
		}
		out = append(out, feature{name, w})
	}
	n := len(r.t.toks)
	slot, filler := make([]bool, n), make([]bool, n)
	for i := range r.mentions {
		m := &r.mentions[i]
		first := m.first()
		name, any := "", false
		switch first.kind {
		case kindDomain:
			name, any = "<domain>", true
		case kindDistrict:
			name, any = "<district>", true
		case kindTerm:
			if !m.cued() {
				name, any = "<term>", filled.terms > 0
			}
		case kindIndicator:
			name, any = "<indicator>", filled.indicators > 0
		case kindForeign:
			add("<"+first.id+">", weightSlot)
		case kindFiller:
			for k := m.from; k < m.to; k++ {
				filler[k] = true
			}
		case kindCue, kindDocument, kindSection:
		default:
			add("#"+first.id, weightName)
		}
		if name != "" {
			add(name, weightSlot)
			if !any {
				add("#"+first.id, weightNamed)
			}
			for k := m.from; k < m.to; k++ {
				slot[k] = any || first.kind == kindTerm
			}
		}
		for _, t := range m.things {
			if t.kind == kindCue {
				add("?"+t.id, weightCue)
			}
		}
	}
	if len(r.years) > 0 {
		add("<year>", weightSlot)
	}
	r.t.senses(func(s string) { add(s, weightSense) })
	prev := ""
	for i := range r.t.toks {
		if slot[i] || r.t.toks[i].class == classNumber && r.t.toks[i].end-r.t.toks[i].start >= 4 {
			prev = ""
			continue
		}
		s, w := r.t.form(i, i+1), float32(1)
		if filler[i] {
			w = weightFiller
		}
		if r.t.toks[i].class == classHan {
			add(s, weightChar*w)
			switch {
			case prev == "":
			case r.t.toks[i-1].class == classHan:
				add(r.t.form(i-1, i+1), weightPair*max(w, 0.8))
			default:
				add(prev+s, weightPair*max(w, 0.8))
			}
		} else {
			s = root(s)
			add(s, weightWord*w)
			if prev != "" {
				add(prev+" "+s, weightWords*max(w, 0.8))
			}
		}
		prev = s
	}
	return out
}

// likeness is a sense of the bank and how like the question its phrasings are.
type likeness struct {
	sense  *sense
	phrase string  // the phrasing that is most like the question.
	score  float64 // from 0 to 1.
	next   *sense  // the other sense that comes nearest,
	margin float64 // and by how much it falls behind.
	name   bool    // the phrasing is only a name or a text of the policy.
	own    float64 // how like the question are phrasings of what the rules read.
}

// find returns the sense whose phrasings are most like the question, among
// those that fit what it names.
func (ix *index) find(r *reading, base, rules *frame) likeness {
	bag, sh := r.features(), r.shape()
	score := ix.scores()
	defer ix.spare.keep(score)
	all, best, at := score.all, score.best, score.at
	clear(all)
	clear(best)
	sum := float32(0)
	strange := rare(len(ix.phrases), 0)
	for _, f := range bag {
		id, ok := ix.id[f.name]
		if !ok {
			w := f.weight * strange * weightStrange
			sum += w * w
			continue
		}
		w := f.weight * ix.weight[id]
		sum += w * w
		for _, p := range ix.post[id] {
			all[p.phrase] += w * p.weight
		}
	}
	// A long question holds much that is beside the point.
	length := float32(math.Sqrt(float64(sum) * min(1, longQuestion/float64(max(1, r.total)))))
	// The three best phrasings of each sense.
	for i, s := range all {
		if s == 0 {
			continue
		}
		p := &ix.phrases[i]
		k := p.fit(sh)
		if k == 0 {
			continue
		}
		s = s / (length * ix.length[i]) * k
		b := &best[ix.of[i]]
		switch {
		case s > b[0]:
			b[0], b[1], b[2] = s, b[0], b[1]
			at[ix.of[i]] = int32(i)
		case s > b[1]:
			b[1], b[2] = s, b[1]
		case s > b[2]:
			b[2] = s
		}
	}
	var out likeness
	top, second := -1, -1
	total := func(i int) float32 { b := best[i]; return (b[0] + weightSecond*b[1] + weightThird*b[2]) / weightAll }
	for i := range best {
		switch s := total(i); {
		case s == 0:
		case top < 0 || s > total(top):
			top, second = i, top
		case second < 0 || s > total(second):
			second = i
		}
	}
	if top < 0 {
		return out
	}
	out.name = ix.phrases[at[top]].own
	out.sense, out.phrase, out.score, out.margin = ix.names[top], ix.phrases[at[top]].text, float64(total(top)), float64(total(top))
	if rules != nil {
		for i := range best {
			if s := float64(total(i)); s > out.own {
				if f := ix.names[i].frame(*base); f.agrees(rules) {
					out.own = s
				}
			}
		}
	}
	if second >= 0 {
		out.next, out.margin = ix.names[second], float64(total(top)-total(second))
	}
	return out
}

// among returns the thing among some whose phrasings share most with the
// question, if they share enough.
func (ix *index) among(r *reading, things []thing) (thing, bool) {
	best, second := make(map[thing]float32, len(things)), float32(0)
	for _, f := range r.features() {
		if f.name[0] == '?' || f.weight < weightPair && latin(f.name) {
			continue
		}
		id, ok := ix.id[f.name]
		if !ok {
			continue
		}
		seen := map[thing]bool{}
		for _, p := range ix.post[id] {
			if t := ix.phrases[p.phrase].sense.thing; !seen[t] && slices.Contains(things, t) {
				seen[t] = true
			}
		}
		for t := range seen {
			best[t] += f.weight * ix.weight[id] / float32(len(seen))
		}
	}
	var found thing
	top := float32(0)
	for _, t := range things {
		switch s := best[t]; {
		case s > top:
			found, second, top = t, top, s
		case s > second:
			second = s
		}
	}
	return found, top > likeAmong && top > 1.3*second
}

// things returns the things that phrasings ask for and that are kept.
func (ix *index) things(keep func(thing) bool) []thing {
	var out []thing
	for _, s := range ix.names {
		if s.thing.id != "" && keep(s.thing) {
			out = addOnce(out, s.thing)
		}
	}
	return out
}

// likeAmong is what the pieces that are shared must weigh.
const likeAmong = 6

// covered returns the share of the question's words, cues and names left out,
// that phrasings of the sense hold.
func (ix *index) covered(r *reading, s *sense) float64 {
	var all, held float32
	for _, f := range r.features() {
		if f.name[0] == '?' || f.name[0] == '<' || f.name[0] == '#' {
			continue
		}
		id, ok := ix.id[f.name]
		if !ok {
			all += f.weight * rare(len(ix.phrases), 0)
			continue
		}
		w := f.weight * ix.weight[id]
		all += w
		if slices.ContainsFunc(ix.post[id], func(p posting) bool { return ix.phrases[p.phrase].sense == s }) {
			held += w
		}
	}
	if all == 0 {
		return 0
	}
	return float64(held / all)
}

// fit tells how well the phrasing goes with what the question names: 0 when it
// names something that the other does not.
func (p *phrasing) fit(q shape) float32 {
	if p.shape.domains != q.domains || p.shape.districts != q.districts {
		return 0
	}
	k := float32(1)
	one := func(has, asks, slot uint8, cost float32) {
		switch {
		case slot > 0 && asks == 0:
			k = 0
		case has == 0 && asks > 0, has > 0 && asks == 0:
			k *= cost
		}
	}
	one(p.shape.terms, q.terms, p.slots.terms, 0.5)
	one(p.shape.indicators, q.indicators, p.slots.indicators, 0.65)
	one(p.shape.years, q.years, p.slots.years, 0.85)
	one(p.shape.foreign, q.foreign, 0, 0.7)
	return k
}

// example returns a question for the thing, in both languages.
func (ix *index) example(t thing) lang.Text {
	var q lang.Text
	for i := range ix.phrases {
		p := &ix.phrases[i]
		switch {
		case p.own || p.sense.thing != t:
		case latin(p.text) && q.EN == "":
			q.EN = p.text
		case !latin(p.text) && q.ZH == "":
			q.ZH = p.text
		}
	}
	return q
}

// String says what decided, for an explanation.
func (l likeness) String() string {
	if l.sense == nil {
		return ""
	}
	s := fmt.Sprintf("%.2f like “%s” (%s)", l.score, l.phrase, l.sense.name)
	if l.next != nil {
		s += fmt.Sprintf(", %.2f before %s", l.margin, l.next.name)
	}
	return s
}
