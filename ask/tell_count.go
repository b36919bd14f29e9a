package ask

import (
	"fmt"
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// count tells how many there are.
func (s *speaker) count(f *frame) Answer {
	tell := func(n int, zh, one, many string, cites []policy.Citation, next ...Suggestion) Answer {
		return Answer{
			Head:  lang.T(fmt.Sprintf("%d%s。", n, zh), fmt.Sprintf("%s %s.", capital(number(n)).EN, plural(n, one, many))),
			Cites: cites, Next: next,
		}
	}
	with := func(a Answer, names lang.Text) Answer {
		a.Head.ZH, a.Head.EN = trimStop(a.Head.ZH), trimStop(a.Head.EN)
		a.Head = lang.Tf("%s：%s。", "%s: %s.", a.Head, names)
		return a
	}
	if len(f.nouns) > 1 {
		var a Answer
		for _, n := range f.nouns {
			one := s.count(&frame{rule: ruleCount, noun: n})
			if a.Head.IsZero() {
				a.Head = one.Head
			} else {
				a.Lines = append(a.Lines, one.Head)
			}
			a.Cites, a.Next = append(a.Cites, one.Cites...), append(a.Next, one.Next...)
		}
		return a
	}
	switch f.noun {
	case cueDistrict:
		if len(f.domains) > 0 {
			return s.lead(f)
		}
		if len(f.terms) > 0 {
			return s.tellTerm(f)
		}
		names := make([]lang.Text, len(s.pol.Districts))
		for i, d := range s.pol.Districts {
			names[i] = d.Short
		}
		return with(tell(len(s.pol.Districts), "个板块", "district", "districts", []policy.Citation{layoutCite}, askLayout), join(names, lang.T("、", ", ")))
	case cueDomain:
		if len(f.districts) > 0 {
			return s.ofDistrict(f)
		}
		return with(tell(len(s.pol.Domains), "个重点领域", "domain", "domains", s.section("3"), s.askDomains()), join(s.domainCaps(ids(s.pol.Domains)), lang.T("、", "; ")))
	case cueSource:
		var names []lang.Text
		for _, sec := range s.pol.Sections {
			if len(sec.Number) == 1 && !sec.About.IsZero() {
				names = append(names, lang.Tf("%s %s", "%s %s", sec.Cite.Place, sec.Name))
			}
		}
		return with(tell(len(names), "个部分", "section", "sections", s.section("0")), join(names, lang.T("、", "; ")))
	case cuePair, cueLayout:
		a := tell(len(s.layout.Focus), "个主攻方向(领域与板块的组合)", "pair of domain and district, each with a focus", "pairs of domain and district, each with a focus", []policy.Citation{layoutCite}, askLayout)
		s.asOf(&a)
		return a
	case cueAction:
		return with(tell(len(s.pol.Actions), "项行动", "action", "actions", s.section("5")), namesOf(s.pol.Actions, func(a policy.Action) lang.Text { return a.Name }))
	case cueSafeguard:
		return with(tell(len(s.pol.Safeguards), "项保障措施", "safeguard", "safeguards", s.section("6")), namesOf(s.pol.Safeguards, func(a policy.Safeguard) lang.Text { return a.Name }))
	case cuePrinciple:
		return with(tell(len(s.pol.Principles), "条基本原则", "basic principle", "basic principles", s.section("2.2")), namesOf(s.pol.Principles, func(a policy.Principle) lang.Text { return a.Name }))
	case cueBatch:
		return s.batches(f)
	case cueYear:
		return s.targetYears()
	case cueIndicator:
		return s.indicators(f)
	case cueTarget:
		numbered, plain := 0, 0
		for _, t := range s.pol.Targets {
			switch {
			case len(f.years) > 0 && !slices.Contains(f.years, t.Year):
			case t.Op == policy.Qualitative:
				plain++
			default:
				numbered++
			}
		}
		a := tell(numbered, "个有数字的目标", "target with a number", "targets with a number", s.section("2.3"), askGoals)
		a.Head = lang.Text{
			ZH: fmt.Sprintf("%s，另有%d个没有数字。", trimStop(a.Head.ZH), plain),
			EN: fmt.Sprintf("%s, and %s without.", trimStop(a.Head.EN), number(plain).EN),
		}
		numbers := *f
		numbers.noun = cueCount
		a.Lines, a.List = s.targets(&numbers).Lines, true
		return a
	default:
		// The rest is told below.
	}
	return s.unknown(f)
}

func trimStop(s string) string {
	for _, end := range []string{"。", "."} {
		if len(s) > len(end) && s[len(s)-len(end):] == end {
			return s[:len(s)-len(end)]
		}
	}
	return s
}

func namesOf[T any](all []T, name func(T) lang.Text) lang.Text {
	out := make([]lang.Text, len(all))
	for i, v := range all {
		out[i] = name(v)
	}
	return join(out, lang.T("；", "; "))
}

func ids(all []policy.Domain) []policy.DomainID {
	out := make([]policy.DomainID, len(all))
	for i, d := range all {
		out[i] = d.ID
	}
	return out
}
