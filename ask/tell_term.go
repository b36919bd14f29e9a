package ask

import (
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// tellTerm answers questions about a technology or another term of the text.
func (s *speaker) tellTerm(f *frame) Answer {
	switch {
	case f.rule == ruleCheckTerm && len(f.districts) > 0:
		return s.checkTerm(f)
	case f.rule == ruleCheckBelong && len(f.domains) > 0:
		return s.checkBelong(f)
	}
	var a Answer
	if f.rule == ruleUses {
		if a, ok := s.uses(f); ok {
			return a
		}
	}
	for i, id := range f.terms {
		t, ok := s.pol.Term(id)
		if !ok {
			continue
		}
		head, lines, cites := s.term(t)
		if f.yesNo && len(f.terms) == 1 {
			head = lang.Tf("有。%s", "Yes. %s", head)
		}
		if i == 0 {
			a.Head = head
		} else {
			a.Lines = append(a.Lines, head)
		}
		a.Lines = append(a.Lines, lines...)
		for _, c := range cites {
			a.Cites = addCite(a.Cites, c)
		}
		a.Next = append(a.Next, s.askLead(t.Domain), s.askDomain(t.Domain))
		f.listed = append(f.listed, thing{kindDomain, string(t.Domain)})
		if i == 3 {
			break
		}
	}
	if len(f.terms) == 1 {
		t, _ := s.pol.Term(f.terms[0])
		f.domains = []policy.DomainID{t.Domain}
		f.listed = nil
		for _, d := range s.termDistricts(t) {
			f.listed = append(f.listed, thing{kindDistrict, string(d)})
		}
	}
	s.asOf(&a)
	return a
}

// uses tells in which fields a term is to be used: those of the direction that
// speaks of it.
func (s *speaker) uses(f *frame) (Answer, bool) {
	t, ok := s.pol.Term(f.terms[0])
	if !ok {
		return Answer{}, false
	}
	d := s.domain(t.Domain)
	names := s.engine.usesOf(t)
	if len(names) == 0 {
		return Answer{}, false
	}
	f.domains = []policy.DomainID{d.ID}
	return Answer{
		Head:  lang.Tf("%s的应用领域：%s。", "Fields in which %s is to be used: %s.", t.Name, list(names)),
		Cites: []policy.Citation{d.Cite}, Next: []Suggestion{s.askTerm(t), s.askDomain(d.ID)},
	}, true
}

// usesOf returns the fields of use that the direction lists which speaks of the
// term.
func (e *Engine) usesOf(t policy.Term) []lang.Text {
	d, _ := e.pol.Domain(t.Domain)
	var names []lang.Text
	for _, dir := range d.Directions {
		if !strings.Contains(dir.Text.ZH, t.Name.ZH) && !slices.ContainsFunc(dir.Terms, func(x policy.Term) bool { return x.ID == t.ID }) {
			continue
		}
		for _, x := range dir.Terms {
			if x.Kind == policy.TermUse {
				names = append(names, x.Name)
			}
		}
	}
	return names
}

// termDistricts returns the districts whose focus covers the term, otherwise
// all that lead its domain.
func (s *speaker) termDistricts(t policy.Term) []policy.DistrictID {
	var out []policy.DistrictID
	for _, fo := range s.pol.Covers(s.layout, t.ID) {
		out = append(out, fo.District)
	}
	if len(out) == 0 {
		out = s.layout.DistrictsOf(t.Domain)
	}
	return out
}

// term tells a term's domain and who covers it.
func (s *speaker) term(t policy.Term) (head lang.Text, lines []lang.Text, cites []policy.Citation) {
	d := s.domain(t.Domain)
	covers := s.pol.Covers(s.layout, t.ID)
	inText := slices.ContainsFunc(d.Directions, func(dir policy.Direction) bool {
		return slices.ContainsFunc(dir.Terms, func(x policy.Term) bool { return x.ID == t.ID })
	})
	if inText || len(covers) == 0 {
		cites = addCite(cites, d.Cite)
	}
	name := capital(t.Name)
	defer func() {
		for _, dir := range d.Directions {
			if t.Kind == policy.TermPlatform && slices.ContainsFunc(dir.Terms, func(x policy.Term) bool { return x.ID == t.ID }) {
				lines = append(lines, lang.Tf("要做的是：%s。", "What is to be done: %s.", dir.Text))
			}
		}
	}()
	if len(covers) > 0 {
		names := make([]policy.DistrictID, len(covers))
		for i, fo := range covers {
			names[i] = fo.District
			cites = addCite(cites, fo.Cite)
			lines = append(lines, lang.Tf("%s侧重：%s。", "Focus of %s: %s.", s.district(fo.District).Name, fo.Text))
		}
		head = lang.Tf("%s属于%s，由%s主攻。", "%s: part of %s, led by %s.", name, s.name(d.ID), list(s.districtNames(names)))
		return head, lines, cites
	}
	leaders := s.layout.DistrictsOf(d.ID)
	head = lang.Tf("%s属于%s，牵头板块是%s。", "%s: part of %s, led by %s.", name, s.name(d.ID), list(s.districtNames(leaders)))
	if len(leaders) > 1 {
		lines = append(lines, lang.T("各板块的主攻方向都没有单独点到它，所以列出该领域的全部牵头板块。", "No district's focus names it, so all the districts that lead its domain are given."))
	} else {
		lines = append(lines, lang.T("主攻方向没有单独点到它，按所属领域列出牵头板块。", "No focus names it, so the district that leads its domain is given."))
	}
	for _, fo := range s.layout.FocusesOf(d.ID) {
		cites = addCite(cites, fo.Cite)
	}
	return head, lines, cites
}

// checkTerm tells whether a district's focus covers a term.
func (s *speaker) checkTerm(f *frame) Answer {
	var a Answer
	for _, id := range f.terms {
		t, ok := s.pol.Term(id)
		if !ok {
			continue
		}
		covers := s.pol.Covers(s.layout, id)
		for _, r := range f.districts {
			line := s.checkTermIn(f, t, r, covers)
			if a.Head.IsZero() {
				a.Head = line
			} else {
				a.Lines = append(a.Lines, line)
			}
			if fo, ok := s.layout.FocusOf(t.Domain, r); ok && len(covers) > 0 && !slices.ContainsFunc(covers, func(c policy.Focus) bool { return c.District == r }) {
				a.Lines = append(a.Lines, lang.Tf("%s侧重：%s。", "Focus of %s: %s.", s.district(r).Name, fo.Text))
				a.Cites = addCite(a.Cites, fo.Cite)
			}
		}
		for _, r := range f.districts {
			covered := slices.ContainsFunc(covers, func(fo policy.Focus) bool { return fo.District == r })
			if fo, ok := s.layout.FocusOf(t.Domain, r); ok && !covered && len(covers) > 0 {
				a.Lines = append(a.Lines, lang.Tf("%s侧重：%s。", "Focus of %s: %s.", s.district(r).Name, fo.Text))
			}
		}
		_, lines, cites := s.term(t)
		if len(f.terms) == 1 || len(lines) == 1 {
			for _, l := range lines {
				if l != a.Head {
					a.Lines = append(a.Lines, l)
				}
			}
		}
		for _, c := range cites {
			a.Cites = addCite(a.Cites, c)
		}
		a.Next = append(a.Next, s.askTerm(t), s.askLead(t.Domain))
	}
	s.checkRest(f, &a)
	for _, r := range f.districts {
		a.Next = append(a.Next, s.askDistrict(r))
	}
	s.asOf(&a)
	return a
}

// checkRest tells whether the districts lead the domains, too, that the question
// names beside its terms: what does not hold is told first.
func (s *speaker) checkRest(f *frame, a *Answer) {
	if !f.yesNo {
		return
	}
	for _, id := range f.domains {
		if slices.ContainsFunc(f.terms, func(term string) bool { t, _ := s.pol.Term(term); return t.Domain == id }) {
			continue
		}
		rest := s.pair(&frame{rule: ruleCheckPair, domains: []policy.DomainID{id}, districts: f.districts, yesNo: true})
		if strings.HasPrefix(rest.Head.EN, "No") {
			a.Lines = append(append(slices.Clone(rest.Lines), a.Head), a.Lines...)
			a.Head = rest.Head
		} else {
			a.Lines = append(append([]lang.Text{rest.Head}, rest.Lines...), a.Lines...)
		}
		for _, c := range rest.Cites {
			a.Cites = addCite(a.Cites, c)
		}
	}
}

func (s *speaker) checkTermIn(f *frame, t policy.Term, r policy.DistrictID, covers []policy.Focus) lang.Text {
	name, district := t.Name, s.district(r).Name
	if i := slices.IndexFunc(covers, func(fo policy.Focus) bool { return fo.District == r }); i >= 0 {
		if f.yesNo {
			if f.only && len(covers) > 1 {
				return s.notOnly(name, r, covers)
			}
			return lang.Tf("是的，%s由%s主攻(%s)。", "Yes: %s is part of the focus of %s (%s).", name, district, s.name(t.Domain))
		}
		return lang.Tf("%s是%s在%s领域的主攻方向之一。", "%s: part of the focus of %s in %s.", capital(name), district, s.name(t.Domain))
	}
	if _, ok := s.layout.FocusOf(t.Domain, r); ok {
		if len(covers) == 0 {
			return lang.Tf("%s属于%s，%s牵头这个领域，但主攻方向没有单独点到它。", "%s belongs to %s, which %s leads, but no focus names it.", capital(name), s.name(t.Domain), district)
		}
		return lang.Tf("不是，%s在%s领域的主攻方向不含%s。", "No: the focus of %s in %s does not include %s.", district, s.name(t.Domain), name)
	}
	others := list(s.districtNames(s.termDistricts(t)))
	return lang.Tf("不是，%s不牵头%s；%s由%s负责。", "No, %s does not lead %s; %s is led by %s.", district, s.name(t.Domain), name, others)
}

// notOnly says who else has the term in its focus.
func (s *speaker) notOnly(name lang.Text, r policy.DistrictID, covers []policy.Focus) lang.Text {
	var all []policy.DistrictID
	for _, fo := range covers {
		all = addOnce(all, fo.District)
	}
	return lang.Tf("不是只有%s：%s由%s主攻。", "No, not only %s: %s is part of the focus of %s.", s.district(r).Name, name, list(s.districtNames(all)))
}

// checkBelong tells whether a term belongs to a domain.
func (s *speaker) checkBelong(f *frame) Answer {
	t, _ := s.pol.Term(f.terms[0])
	head, lines, cites := s.term(t)
	a := Answer{Lines: lines, Cites: cites, Next: []Suggestion{s.askLead(t.Domain), s.askDomain(t.Domain)}}
	if slices.Contains(f.domains, t.Domain) {
		a.Head = lang.Tf("是的，%s", "Yes. %s", head)
	} else {
		a.Head = lang.Tf("不是，%s", "No. %s", head)
	}
	return a
}
