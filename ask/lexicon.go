package ask

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wainao/policy"
)

// kind is the sort of thing that a phrase names.
type kind uint8

// The kinds, the most specific reading of a phrase first: where one phrase
// names things of several kinds, the first kind is preferred.
const (
	kindDistrict kind = iota
	kindDomain
	kindIndicator
	kindFact
	kindDamage
	kindAction
	kindSafeguard
	kindPrinciple
	kindBody
	kindDuty
	kindTarget
	kindMeasure
	kindTerm
	kindGuiding
	kindDocument
	kindSection
	kindCue
	kindForeign
	kindFiller
)

var kindNames = [...]string{
	"district", "domain", "indicator", "fact", "damage", "action", "safeguard", "principle", "body", "duty",
	"target", "measure", "term", "guiding", "document", "section", "cue", "foreign", "filler",
}

func (k kind) String() string { return kindNames[k] }

// thing is what a phrase names: a kind and an id that is unique within it.
type thing struct {
	kind kind
	id   string
}

// lexicon finds things by their words. Keys are normal forms as in [text].
type lexicon struct {
	exact   map[string][]thing
	sound   map[string][]string  // blurred pinyin of a Chinese name → exact keys.
	pinyin  map[string][]string  // pinyin as one Latin word → exact keys.
	words   map[wordKey][]string // Latin names, for spelling.
	without map[string][]string  // Chinese names, whole and with one character left out.
	kinds   map[string]int       // exact keys of what counts under a term → its place among the policy's kinds.
	length  int                  // of the longest key, in tokens.
}

// key returns the normal form of a name and its number of tokens.
func key(name string) (string, int) {
	t := newText(name)
	return t.buf, len(t.toks)
}

// add makes the name a word for the thing.
func (x *lexicon) add(to thing, names ...string) {
	for _, name := range names {
		k, n := key(name)
		if n == 0 || slices.Contains(x.exact[k], to) {
			continue
		}
		x.exact[k] = append(x.exact[k], to)
		x.length = max(x.length, n)
	}
}

// finish sorts what add collected and derives the tolerant forms.
func (x *lexicon) finish() {
	x.sound, x.pinyin = map[string][]string{}, map[string][]string{}
	x.words, x.without = map[wordKey][]string{}, map[string][]string{}
	keys := make([]string, 0, len(x.exact))
	for k, things := range x.exact {
		slices.SortFunc(things, func(a, b thing) int {
			return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(a.id, b.id))
		})
		if _, kind := x.kinds[k]; kind {
			continue // there are many, and like to one another: known only as they are written.
		}
		if things[0].kind <= kindCue {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		runes := []rune(k)
		if latin(k) {
			if x.exact[k][0].kind == kindSection && strings.ContainsAny(k, "0123456789") {
				continue // another number is another section, not a misspelling.
			}
			if x.exact[k][0].kind == kindCue && talkCues[x.exact[k][0].id] {
				continue
			}
			if len(k) >= 6 || len(k) >= 4 && x.exact[k][0].kind < kindCue {
				x.addWord(k)
			}
			continue
		}
		sound, flat, ok := soundOf(runes)
		name := x.exact[k][0].kind < kindCue
		if ok && len(runes) >= 2 {
			// Words that say what is asked are misspelt too: 板快 for 板块.
			short := len(runes) == 2 && x.exact[k][0].kind == kindTerm // too much sounds alike.
			if name && !short || x.exact[k][0].kind == kindCue && !talkCues[x.exact[k][0].id] {
				x.sound[sound] = append(x.sound[sound], k)
			}
			if len(flat) >= 4 && x.exact[flat] == nil {
				x.pinyin[flat] = append(x.pinyin[flat], k)
			}
		}
		if ok && name && (len(runes) >= 5 || len(runes) == 4 && (x.exact[k][0].kind < kindFact || x.exact[k][0].kind == kindTerm) || len(runes) == 3 && x.exact[k][0].kind <= kindDomain) {
			x.without[k] = append(x.without[k], k)
			for at, r := range k {
				v := k[:at] + k[at+utf8.RuneLen(r):]
				x.without[v] = append(x.without[v], k)
			}
		}
	}
	for flat := range x.pinyin {
		if x.exact[x.pinyin[flat][0]][0].kind < kindCue {
			x.addWord(flat)
		}
	}
	for n := range x.words {
		slices.SortFunc(x.words[n], func(a, b string) int {
			return cmp.Or(cmp.Compare(x.rank(a), x.rank(b)), strings.Compare(a, b))
		})
	}
}

// talkCues are words of talk: nobody misspells a question into them.
var talkCues = map[string]bool{string(cueThanks): true, string(cueHello): true, string(cueInject): true, string(cueHelp): true}

// addWord makes a Latin name known to the search for misspellings.
func (x *lexicon) addWord(k string) {
	at := wordKey{k[0], len(k)}
	x.words[at] = append(x.words[at], k)
}

// rank is the kind that the name is preferred as.
func (x *lexicon) rank(k string) kind {
	if things := x.exact[k]; len(things) > 0 {
		return things[0].kind
	}
	return x.exact[x.pinyin[k][0]][0].kind
}

func latin(k string) bool {
	for _, r := range k {
		if r >= 0x2e80 {
			return false
		}
	}
	return true
}

// soundOf returns the blurred and the plain pinyin of Chinese characters; ok
// is false when one of them is none.
func soundOf(runes []rune) (blurred, flat string, ok bool) {
	var b, f strings.Builder
	m := soundMap()
	for _, r := range runes {
		s, ok := m[r]
		if !ok {
			return "", "", false
		}
		b.WriteString(blur(s))
		b.WriteByte(' ')
		f.WriteString(s)
	}
	return b.String(), f.String(), true
}

// newLexicon takes every name in the policy and the package's own words.
func newLexicon(pol *policy.Policy) *lexicon {
	x := &lexicon{exact: map[string][]thing{}, kinds: map[string]int{}}
	text := func(to thing, id string, a policy.Aliases, names ...string) {
		x.add(to, names...)
		x.add(to, a.All()...)
		if to.kind >= kindFact && to.kind <= kindMeasure {
			x.add(to, proseWords[to.id]...)
		}
		if id != "" {
			x.add(to, id)
		}
	}
	for _, d := range pol.Districts {
		text(thing{kindDistrict, string(d.ID)}, string(d.ID), d.Aliases, d.Name.ZH, d.Name.EN, d.Short.ZH, d.Short.EN)
	}
	for _, d := range pol.Domains {
		text(thing{kindDomain, string(d.ID)}, string(d.ID), d.Aliases, d.Name.ZH, d.Name.EN, d.Short.ZH, d.Short.EN)
	}
	for _, i := range pol.Indicators {
		text(thing{kindIndicator, string(i.ID)}, "", i.Aliases, i.Name.ZH, i.Name.EN)
	}
	for _, b := range pol.Batches() {
		if b.Indicator != "" {
			text(thing{kindIndicator, string(b.Indicator)}, "", b.Aliases, b.Name.ZH, b.Name.EN)
		}
	}
	for _, t := range pol.Targets {
		if t.Indicator == "" {
			text(thing{kindTarget, t.ID}, "", t.Aliases, t.Text.ZH, t.Text.EN)
		}
	}
	for _, f := range pol.Facts {
		text(thing{kindFact, f.ID}, "", f.Aliases, f.Name.ZH, f.Name.EN)
	}
	for _, d := range pol.Damages {
		text(thing{kindDamage, d.ID}, "", d.Aliases, d.Name.ZH, d.Name.EN)
	}
	for _, a := range pol.Actions {
		text(thing{kindAction, a.ID}, "", a.Aliases, a.Name.ZH, a.Name.EN)
		for _, m := range a.Measures {
			text(thing{kindMeasure, m.ID}, "", m.Aliases)
		}
	}
	for _, s := range pol.Safeguards {
		text(thing{kindSafeguard, s.ID}, "", s.Aliases, s.Name.ZH, s.Name.EN)
		for _, m := range s.Measures {
			text(thing{kindMeasure, m.ID}, "", m.Aliases)
		}
	}
	for _, p := range pol.Principles {
		text(thing{kindPrinciple, p.ID}, "", p.Aliases, p.Name.ZH, p.Name.EN)
	}
	for _, b := range pol.Governance {
		if b.ID == "districts-duties" {
			x.add(thing{kindBody, b.ID}, proseWords[b.ID]...) // "the districts" names them, not what they must do.
		} else {
			text(thing{kindBody, b.ID}, "", b.Aliases, b.Name.ZH, b.Name.EN)
		}
		for _, d := range b.Duties {
			text(thing{kindDuty, d.ID}, "", d.Aliases)
		}
	}
	for _, t := range pol.Terms {
		text(thing{kindTerm, t.ID}, "", t.Aliases, t.Name.ZH, t.Name.EN)
	}
	for i, k := range pol.Kinds {
		for _, name := range k.Names.All() {
			if written, _ := key(name); x.exact[written] == nil {
				x.add(thing{kindTerm, k.Term}, name)
				x.kinds[written] = i
			}
		}
	}
	text(thing{kindGuiding, "guiding"}, "", pol.Guiding.Aliases, pol.Guiding.Name.ZH, pol.Guiding.Name.EN)
	text(thing{kindDocument, "document"}, "", pol.Document.Aliases, pol.Document.Title.ZH, pol.Document.Title.EN, pol.Document.Short.ZH, pol.Document.Short.EN)
	for _, s := range pol.Sections {
		if strings.Count(s.Number, ".") > 1 || s.Number == "0" || s.Number == "7" {
			continue // a paragraph is called by what it says, or by its year.
		}
		x.add(thing{kindSection, s.Number}, s.Name.ZH, s.Name.EN)
		if strings.Count(s.Number, ".") == 1 {
			x.add(thing{kindSection, s.Number}, "section "+s.Number)
		}
		if n, err := strconv.Atoi(s.Number); err == nil && n > 0 && n < 7 {
			han := string([]rune("一二三四五六")[n-1])
			x.add(thing{kindSection, s.Number}, "第"+han+"部分", "第"+han+"节", "第"+han+"章", "第"+s.Number+"部分", "第"+s.Number+"节", "第"+s.Number+"章", "section "+s.Number, "part "+s.Number, "chapter "+s.Number)
		}
	}
	for id, words := range ownNames {
		x.add(id, strings.Split(words, "|")...)
	}
	for _, c := range cueWords {
		x.add(thing{kindCue, string(c.cue)}, strings.Split(c.zh+"|"+c.en, "|")...)
	}
	for _, f := range foreignWords {
		x.add(thing{kindForeign, f.id}, strings.Split(f.words, "|")...)
	}
	for w := range strings.SplitSeq(fillerZH+"|"+fillerEN, "|") {
		if k, _ := key(w); x.exact[k] == nil {
			x.add(thing{kindFiller, ""}, w)
		}
	}
	// The industries that a fact lists lead to the fact, unless they are called
	// otherwise.
	for _, f := range pol.Facts {
		for _, item := range f.Items {
			for _, name := range []string{item.ZH, item.EN} {
				if k, _ := key(name); x.exact[k] == nil {
					x.add(thing{kindFact, f.ID}, name)
				}
			}
		}
	}
	x.finish()
	return x
}
