package ask

import (
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// sections tells what a section of the document says.
func (s *speaker) sections(f *frame) Answer {
	sec, ok := s.pol.Section(f.things[0].id)
	if !ok {
		return s.unknown(f)
	}
	a := Answer{
		Head: lang.Tf("%s是“%s”一节。", "%s is “%s”.", sec.Cite.Place, sec.Name), Cites: []policy.Citation{sec.Cite},
		Next: []Suggestion{s.askDomains(), askGoals, askLayout}, List: true,
	}
	if in, ok := s.contents(sec.Number); ok {
		told := s.compose(nil, &in)
		a.Lines = append([]lang.Text{told.Head}, told.Lines...)
		for _, c := range told.Cites {
			a.Cites = addCite(a.Cites, c)
		}
		a.Next, f.listed = append(told.Next, a.Next...), in.listed
		return a
	}
	if !sec.About.IsZero() {
		a.Lines = append(a.Lines, stop(sec.About))
	}
	for _, sub := range s.pol.Sections {
		if rest, ok := strings.CutPrefix(sub.Number, sec.Number+"."); ok && !strings.Contains(rest, ".") {
			a.Lines = append(a.Lines, lang.Tf("%s %s", "%s %s", sub.Cite.Place, sub.Name))
		}
	}
	return a
}

// contents returns the question that the section with the number answers.
func (s *speaker) contents(number string) (frame, bool) {
	prose := func(t thing) (frame, bool) { return frame{rule: ruleProse, things: []thing{t}}, true }
	switch number {
	case "0", "7":
		return frame{rule: ruleDocument, noun: cueOverview}, true
	case "1":
		return frame{rule: ruleFoundation}, true
	case "2.1":
		return prose(thing{kindGuiding, "guiding"})
	case "2.2":
		return frame{rule: rulePrinciples}, true
	case "2.3":
		return frame{rule: ruleTargets}, true
	case "3":
		return frame{rule: ruleDomains}, true
	case "4":
		return frame{rule: ruleLayout}, true
	case "5":
		return frame{rule: ruleActions}, true
	case "6":
		return frame{rule: ruleSafeguards}, true
	}
	for _, d := range s.pol.Domains {
		if d.Cite.Section == number {
			return frame{rule: ruleDirections, domains: []policy.DomainID{d.ID}}, true
		}
		if fs := s.layout.FocusesOf(d.ID); len(fs) > 0 && fs[0].Cite.Section == number {
			return frame{rule: ruleLead, domains: []policy.DomainID{d.ID}}, true
		}
	}
	for _, a := range s.pol.Actions {
		if a.Cite.Section == number {
			return prose(thing{kindAction, a.ID})
		}
	}
	for _, g := range s.pol.Safeguards {
		if g.Cite.Section == number {
			return prose(thing{kindSafeguard, g.ID})
		}
	}
	return frame{}, false
}
