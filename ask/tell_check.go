package ask

import (
	"wainao/lang"
	"wainao/policy"
)

// confirm says yes or no to a count that the question claims.
func (s *speaker) confirm(f *frame, a *Answer) {
	if !f.yesNo || f.claim == 0 || a.Status != Answered {
		return
	}
	n := 0
	switch f.rule {
	case ruleDistrict:
		if len(f.districts) == 1 {
			n = len(s.layout.DomainsOf(f.districts[0]))
		}
	case ruleLead:
		if len(f.domains) == 1 {
			n = len(s.layout.DistrictsOf(f.domains[0]))
		}
	case ruleDomains:
		n = len(s.pol.Domains)
	case ruleDistricts:
		n = len(s.pol.Districts)
	case ruleActions:
		n = len(s.pol.Actions)
	case ruleSafeguards:
		n = len(s.pol.Safeguards)
	case rulePrinciples:
		n = len(s.pol.Principles)
	case ruleBatches:
		n = len(s.pol.Batches())
	default:
		return
	}
	switch n {
	case 0:
	case f.claim:
		a.Head = lang.Tf("是的，%s", "Yes. %s", a.Head)
	default:
		a.Head = lang.Tf("不是，%s", "No. %s", a.Head)
	}
}

// pair tells the focus of a district in a domain, or corrects the premise that
// there is one.
func (s *speaker) pair(f *frame) Answer {
	if s.layout.Version == 0 {
		return Answer{Status: Unknown, Head: s.beforeLayout(), Next: []Suggestion{askLayout, s.askDomains()}}
	}
	var hits []policy.Focus
	var misses []policy.Focus
	for _, d := range f.domains {
		for _, r := range f.districts {
			if fo, ok := s.layout.FocusOf(d, r); ok {
				hits = append(hits, fo)
			} else {
				misses = append(misses, policy.Focus{Domain: d, District: r})
			}
		}
	}
	if f.rule == ruleCheckPair || len(hits) == 0 {
		return s.checkPair(f, hits, misses)
	}
	var a Answer
	for i, fo := range hits {
		line := lang.Tf("%s在%s领域侧重%s。", "%s focuses, in %s, on %s.", s.district(fo.District).Name, s.name(fo.Domain), fo.Text)
		if i == 0 {
			a.Head = line
		} else {
			a.Lines = append(a.Lines, line)
		}
		a.Cites = addCite(a.Cites, fo.Cite)
	}
	for _, m := range misses {
		a.Lines = append(a.Lines, lang.Tf("%s不牵头%s。", "%s does not lead %s.", s.district(m.District).Name, s.name(m.Domain)))
	}
	for _, d := range f.domains {
		a.Next = append(a.Next, s.askLead(d))
	}
	for _, r := range f.districts {
		a.Next = append(a.Next, s.askDistrict(r))
	}
	s.asOf(&a)
	return a
}

func (s *speaker) checkPair(f *frame, hits, misses []policy.Focus) Answer {
	var a Answer
	if f.only && len(misses) == 0 {
		return s.checkOnly(f, hits)
	}
	switch {
	case len(misses) == 0:
		fo := hits[0]
		a.Head = lang.Tf("是的，%s牵头%s，侧重%s。", "Yes: %s leads %s, with a focus on %s.", s.district(fo.District).Name, s.name(fo.Domain), fo.Text)
		for _, fo := range hits[1:] {
			a.Lines = append(a.Lines, lang.Tf("%s也牵头%s，侧重%s。", "%s also leads %s, with a focus on %s.", s.district(fo.District).Name, s.name(fo.Domain), fo.Text))
		}
		if leaders := s.layout.DistrictsOf(fo.Domain); len(f.domains) == 1 && len(f.districts) > 1 && len(leaders) > len(hits) {
			a.Lines = append(a.Lines, lang.Tf("%s由%s共同牵头。", "%s is led by %s.", s.domain(fo.Domain).Name, list(s.districtNames(leaders))))
		}
		// Whoever asks about one of several leaders hears of the others.
		if len(f.domains) == 1 && len(f.districts) == 1 {
			a.Next = append(a.Next, s.askLead(fo.Domain))
		}
		a.Next = append(a.Next, s.askDistrict(fo.District))
		for _, fo := range hits {
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		s.asOf(&a)
		return a
	case f.rule == ruleCheckPair:
		a.Head = lang.Tf("不是，%s不牵头%s。", "No, %s does not lead %s.", s.district(misses[0].District).Name, s.name(misses[0].Domain))
	default:
		a.Head = lang.Tf("布局中%s不牵头%s，没有这一主攻方向。", "In the layout %s does not lead %s, so there is no such focus.", s.district(misses[0].District).Name, s.name(misses[0].Domain))
	}
	for _, m := range misses[1:] {
		a.Lines = append(a.Lines, lang.Tf("%s也不牵头%s。", "%s does not lead %s either.", s.district(m.District).Name, s.name(m.Domain)))
	}
	for _, fo := range hits {
		a.Lines = append(a.Lines, lang.Tf("%s牵头%s，侧重%s。", "%s leads %s, with a focus on %s.", s.district(fo.District).Name, s.name(fo.Domain), fo.Text))
		a.Cites = addCite(a.Cites, fo.Cite)
	}
	for _, d := range f.domains {
		leaders := s.layout.DistrictsOf(d)
		a.Lines = append(a.Lines, lang.Tf("%s由%s牵头。", "%s is led by %s.", s.domain(d).Name, list(s.districtNames(leaders))))
		for _, fo := range s.layout.FocusesOf(d) {
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		a.Next = append(a.Next, s.askLead(d))
	}
	for _, m := range misses {
		if domains := s.layout.DomainsOf(m.District); len(domains) > 0 && len(f.domains) == 1 && len(misses) == 1 {
			a.Lines = append(a.Lines, lang.Tf("%s牵头的是%s。", "%s leads %s.", s.district(m.District).Name, list(s.domainNames(domains))))
			for _, fo := range s.layout.FocusesIn(m.District) {
				a.Cites = addCite(a.Cites, fo.Cite)
			}
		}
		a.Next = append(a.Next, s.askDistrict(m.District))
	}
	s.asOf(&a)
	return a
}

// checkOnly tells whether only the named districts lead the named domains.
func (s *speaker) checkOnly(f *frame, hits []policy.Focus) Answer {
	var a Answer
	d := f.domains[0]
	leaders := s.layout.DistrictsOf(d)
	if len(leaders) == len(f.districts) {
		a.Head = lang.Tf("是的，%s只由%s牵头。", "Yes: %s is led by %s only.", s.name(d), list(s.districtNames(leaders)))
	} else {
		a.Head = lang.Tf("不是只有%s：%s由%s牵头。", "No, not only %s: %s is led by %s.", list(s.districtNames(f.districts)), s.name(d), list(s.districtNames(leaders)))
	}
	if len(f.districts) == 1 {
		r := f.districts[0]
		domains := s.layout.DomainsOf(r)
		a.Lines = append(a.Lines, lang.Tf("%s牵头的是%s。", "%s leads %s.", s.district(r).Name, list(s.domainNames(domains))))
		a.Next = append(a.Next, s.askDistrict(r))
	}
	for _, fo := range hits {
		a.Cites = addCite(a.Cites, fo.Cite)
	}
	a.Next = append(a.Next, s.askLead(d))
	s.asOf(&a)
	return a
}

// foreignLead corrects the premise that another place leads a domain.
func (s *speaker) foreignLead(f *frame) Answer {
	var a Answer
	a.Head = lang.Tf("不是，%s不在布局的十个板块之内。", "No, %s is not one of the ten districts of the layout.", lang.T(f.words, f.words))
	for _, d := range f.domains {
		leaders := s.layout.DistrictsOf(d)
		a.Lines = append(a.Lines, lang.Tf("%s由%s牵头。", "%s is led by %s.", s.domain(d).Name, list(s.districtNames(leaders))))
		for _, fo := range s.layout.FocusesOf(d) {
			a.Cites = addCite(a.Cites, fo.Cite)
			f.listed = append(f.listed, thing{kindDistrict, string(fo.District)})
		}
		a.Next = append(a.Next, s.askLead(d), s.askDomain(d))
	}
	return a
}
