package ask

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"wainao/policy"
)

// bankFiles hold example phrasings: under a heading "@ reading" the ways in
// which people ask for it, parted by bars, in both languages. A name in braces
// stands for any thing of its kind.
//
//go:embed bank/*.txt
var bankFiles embed.FS

// sense is what a phrasing of the bank means: a rule and what of the frame is
// not named by the question itself.
type sense struct {
	name      string // as the heading writes it.
	rule      rule
	noun      cue
	thing     thing
	indicator policy.IndicatorID
	year      int
	n, least  int
	category  string
	yesNo     bool
}

// frame returns what the question means in this sense.
func (s *sense) frame(f frame) frame {
	f.rule, f.named, f.noun = s.rule, true, s.noun
	f.n, f.least, f.category, f.yesNo = s.n, s.least, s.category, f.yesNo || s.yesNo
	switch s.rule {
	case ruleProse, ruleProseTarget, ruleDamage, ruleWhere, ruleDocument, ruleForeign, ruleCount, ruleWhy:
		f.things = nil
	default:
		// The others pass over things.
	}
	if s.thing.id != "" {
		f.things = []thing{s.thing}
		f.indicators, f.terms, f.value, f.claim = nil, nil, 0, 0
	}
	if s.indicator != "" {
		f.indicators = []policy.IndicatorID{s.indicator}
	}
	if s.year != 0 {
		f.years = []int{s.year}
	}
	return f
}

// phrasing is one way to ask for a sense.
type phrasing struct {
	sense *sense
	text  string
	shape shape
	own   bool  // it is a name or a text of the policy.
	slots shape // of the shape, what stands for any thing of its kind.
}

// slots are the names in braces and what stands for them while a phrasing is
// read.
var slots = []struct{ name, zh, en string }{
	{"{domain}", "氢能", "hydrogen"},
	{"{domain2}", "量子技术", "quantum technology"},
	{"{district}", "昆山", "Kunshan"},
	{"{district2}", "吴江", "Wujiang"},
	{"{term}", "碳化硅", "silicon carbide"},
	{"{indicator}", "核心产品", "core products"},
	{"{year}", "2030", "2030"},
}

// readBank returns every phrasing of the bank.
func readBank(pol *policy.Policy) ([]phrasing, error) {
	names, err := fs.Glob(bankFiles, "bank/*.txt")
	if err != nil {
		return nil, fmt.Errorf("ask: list the bank: %w", err)
	}
	var out []phrasing
	for _, name := range names {
		data, err := bankFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("ask: read the bank: %w", err)
		}
		var of *sense
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if head, ok := strings.CutPrefix(line, "@ "); ok {
				if of, err = newSense(pol, head); err != nil {
					return nil, fmt.Errorf("ask: %s: %w", name, err)
				}
				continue
			}
			if line == "" || strings.HasPrefix(line, "#") || of == nil {
				continue
			}
			for p := range strings.SplitSeq(line, "|") {
				out = append(out, phrasing{sense: of, text: strings.TrimSpace(p)})
			}
		}
	}
	return out, nil
}

// newSense reads a heading: "prose measure:patents", "districts-by-number n=1".
func newSense(pol *policy.Policy, head string) (*sense, error) {
	words := strings.Fields(head)
	s := &sense{name: head, rule: rule(words[0])}
	for _, w := range words[1:] {
		key, value, pair := strings.Cut(w, "=")
		number, err := strconv.Atoi(value)
		k, id, named := strings.Cut(w, ":")
		switch {
		case pair && err == nil && key == "n":
			s.n = number
		case pair && err == nil && key == "least":
			s.least = number
		case pair:
			return nil, fmt.Errorf("%q is not understood in the heading %q", w, head)
		case w == "yes":
			s.yesNo = true
		case named:
			of, ok := kindNamed(k)
			if !ok {
				return nil, fmt.Errorf("there is no kind %q", k)
			}
			s.thing = thing{of, id}
			if s.thing.kind == kindTarget {
				s.rule = ruleProseTarget
			}
		case s.rule == ruleForeign:
			s.category = w
		case slices.ContainsFunc(pol.Indicators, func(i policy.Indicator) bool { return string(i.ID) == w }):
			s.indicator = policy.IndicatorID(w)
		default:
			if year, err := strconv.Atoi(w); err == nil {
				s.year = year
				continue
			}
			s.noun = cue(w)
		}
	}
	return s, nil
}

// kindNamed returns the kind with the name.
func kindNamed(name string) (kind, bool) {
	for k := kindDistrict; k <= kindFiller; k++ {
		if k.String() == name {
			return k, true
		}
	}
	return 0, false
}

// fill writes names into the places of the braces and tells which there were.
func (p *phrasing) fill() (string, shape) {
	text, filled := p.text, shape{}
	for _, s := range slots {
		if !strings.Contains(text, s.name) {
			continue
		}
		name := s.en
		if !latin(p.text) {
			name = s.zh
		}
		text = strings.ReplaceAll(text, s.name, name)
		switch s.name {
		case "{domain}", "{domain2}":
			filled.domains++
		case "{district}", "{district2}":
			filled.districts++
		case "{term}":
			filled.terms = 1
		case "{indicator}":
			filled.indicators = 1
		case "{year}":
			filled.years = 1
		}
	}
	return text, filled
}
