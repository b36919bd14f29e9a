package ask

import (
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// tell composes the answer to the frame, and notes in it what was listed.
func (s *speaker) tell(r *reading, f *frame) Answer {
	a := s.compose(r, f)
	if a.Status == "" {
		a.Status = Answered
	}
	s.confirm(f, &a)
	f.remark(&a)
	s.counted(r, f, &a)
	a.Next = atMost(a.Next, 4)
	return a
}

// atMost returns the first suggestions, each question once.
func atMost(all []Suggestion, n int) []Suggestion {
	var out []Suggestion
	for _, next := range all {
		if len(out) < n && !slices.ContainsFunc(out, func(o Suggestion) bool { return o.Question == next.Question }) {
			out = append(out, next)
		}
	}
	return out
}

func (s *speaker) compose(r *reading, f *frame) Answer {
	switch f.rule {
	case ruleHelp, ruleThanks, ruleRefuse, ruleRanking, ruleForeign, ruleUnknown, ruleNoYear, ruleScopedTarget, ruleTermFigure, ruleChoose, ruleBasic, ruleNoTerm:
		return s.tellRefusal(f)
	case ruleForeignLead:
		return s.foreignLead(f)
	case ruleDomain, ruleDirections, ruleDomains, ruleLead, ruleWhy:
		return s.tellDomain(f)
	case ruleDistrict, ruleDistricts, ruleLayout, ruleFocus, ruleCheckPair:
		return s.tellDistrict(f)
	case ruleTerm, ruleCheckTerm, ruleCheckBelong, ruleUses:
		return s.tellTerm(f)
	case ruleTarget, ruleTargets, ruleCheckTarget, ruleTargetYear, ruleTargetYears, ruleCompareYears, ruleProseTarget, ruleDefine, ruleIndicators, ruleStrand:
		return s.tellTarget(f)
	case ruleManyDomains, ruleManyDistricts, ruleMostDomains, ruleMostDistricts, ruleBoth, ruleShared, ruleCompareFocus,
		ruleCompareDomains, ruleCompareDistrict, ruleOthers, ruleNotLeading, ruleNotLed, ruleMinus, ruleCount:
		return s.tellSet(f)
	case ruleProgress, ruleProgressAll, rulePace, ruleReported, ruleMissing, rulePending:
		return s.tellLive(r, f)
	case ruleActions, ruleSafeguards, rulePrinciples, ruleBatches, ruleFoundation, ruleProse, ruleDocument, ruleSections, ruleWhere, ruleDamage:
		return s.tellText(f)
	}
	return s.unknown(f)
}

// domainsFocus returns the focuses of several domains.
func (s *speaker) tellDomain(f *frame) Answer {
	switch f.rule {
	case ruleDomains:
		return s.domains(f)
	case ruleLead:
		return s.lead(f)
	case ruleWhy:
		return s.why(f)
	default:
		// The rest is told below.
	}
	if len(f.domains) != 1 {
		return s.overviewOfMany(f)
	}
	d := s.domain(f.domains[0])
	a := Answer{Head: colon(d.Name, stop(d.Summary)), Cites: []policy.Citation{d.Cite}}
	if f.rule == ruleDirections {
		a.List = true
		a.Head = lang.Tf("%s有%s个重点方向：", "%s has %s directions:", d.Name, number(len(d.Directions)))
		for i, dir := range d.Directions {
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", i+1, stop(dir.Text)))
		}
		a.Next = append(a.Next, s.askLead(d.ID))
	} else {
		a.Next = append(a.Next, s.askLead(d.ID), s.askDomain(d.ID))
	}
	leaders := s.layout.DistrictsOf(d.ID)
	if len(leaders) > 0 {
		a.Lines = append(a.Lines, lang.Tf("牵头板块：%s。", "Led by %s.", list(s.districtNames(leaders))))
		for _, fo := range s.layout.FocusesOf(d.ID) {
			a.Cites = addCite(a.Cites, fo.Cite)
			f.listed = append(f.listed, thing{kindDistrict, string(fo.District)})
		}
	}
	if f.yesNo && f.rule == ruleDomain {
		a.Head = lang.Tf("是的，%s是政策的%s个重点领域之一。", "Yes: %s is one of the policy's %s domains.", lang.T(d.Name.ZH, lower(d.Name.EN)), s.eight())
		a.Lines = append([]lang.Text{stop(d.Summary)}, a.Lines...)
	}
	s.asOf(&a)
	return a
}

func (s *speaker) overviewOfMany(f *frame) Answer {
	a := Answer{Head: stop(list(s.domainCaps(f.domains)))}
	a.Head = lang.Tf("问到的%s个领域：", "The %s domains:", number(len(f.domains)))
	for _, id := range f.domains {
		d := s.domain(id)
		a.Lines = append(a.Lines, colon(d.Name, stop(d.Summary)))
		a.Cites = addCite(a.Cites, d.Cite)
		a.Next = append(a.Next, s.askLead(id))
		f.listed = append(f.listed, thing{kindDomain, string(id)})
	}
	a.List = true
	return a
}

func (s *speaker) domainCaps(ids []policy.DomainID) []lang.Text {
	out := make([]lang.Text, len(ids))
	for i, id := range ids {
		out[i] = s.domain(id).Name
	}
	return out
}

// domains lists all of them.
func (s *speaker) domains(f *frame) Answer {
	n := len(s.pol.Domains)
	a := Answer{List: true, Head: lang.Tf("政策重点发展%s个未来产业领域：", "The policy develops %s future industries:", number(n)), Cites: s.section("3")}
	for _, d := range s.pol.Domains {
		a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", d.Number, d.Name))
		f.listed = append(f.listed, thing{kindDomain, string(d.ID)})
	}
	a.Next = []Suggestion{askLayout, askGoals, s.askLead(s.pol.Domains[0].ID)}
	return a
}

// lead tells which districts lead a domain.
func (s *speaker) lead(f *frame) Answer {
	var a Answer
	for _, id := range f.domains {
		d := s.domain(id)
		fs := s.layout.FocusesOf(id)
		if f.only && !f.yesNo {
			fs = slices.DeleteFunc(fs, func(fo policy.Focus) bool { return len(s.layout.DomainsOf(fo.District)) != 1 })
		}
		leaders := make([]policy.DistrictID, len(fs))
		for i, fo := range fs {
			leaders[i] = fo.District
		}
		names := list(s.districtNames(leaders))
		var head lang.Text
		switch {
		case f.only && !f.yesNo && len(fs) == 0:
			head = lang.Tf("没有板块只牵头%s。", "No district leads %s alone.", s.name(id))
		case f.only && !f.yesNo:
			head = lang.Tf("只牵头%s的板块是%s。", "Leading %s and nothing else: %s.", s.name(id), names)
		case len(fs) == 0:
			head = lang.Tf("%s，没有板块牵头%s。", "%s, no district leads %s.", s.inForce(), s.name(id))
		case len(fs) == 1 && f.rule == ruleCount:
			head = lang.Tf("%s由1个板块牵头：%s。", "%s is led by one district: %s.", d.Name, names)
		case len(fs) == 1:
			head = lang.Tf("%s由%s牵头。", "%s is led by %s.", d.Name, names)
		default:
			head = lang.Tf("%s由%s个板块牵头：%s。", "%s is led by %s districts: %s.", d.Name, number(len(fs)), names)
		}
		lines, cites := s.focusLines(fs)
		if len(f.domains) == 1 {
			a.Head, a.Lines = head, lines
			for _, fo := range fs {
				f.listed = append(f.listed, thing{kindDistrict, string(fo.District)})
				a.Next = append(a.Next, s.askDistrict(fo.District))
			}
		} else {
			a.Lines = append(a.Lines, head)
			f.listed = append(f.listed, thing{kindDomain, string(id)})
			a.Next = append(a.Next, s.askLead(id))
		}
		for _, c := range cites {
			a.Cites = addCite(a.Cites, c)
		}
	}
	if len(f.domains) > 1 {
		a.Head, a.Lines = a.Lines[0], a.Lines[1:]
	} else {
		a.Next = append(a.Next, s.askDomain(f.domains[0]))
	}
	s.asOf(&a)
	return a
}

// why gives the reason that the policy gives for a layout or a target.
func (s *speaker) why(f *frame) Answer {
	var a Answer
	if slices.ContainsFunc(f.things, func(t thing) bool { return t.kind == kindBody }) {
		return s.texts(f)
	}
	body := s.body("districts-duties")
	switch {
	case len(f.indicators) > 0 || f.rule == ruleTargets:
		a.Head = lang.T("政策没有逐项说明目标数字的理由，只说明了为什么发展未来产业。", "The policy gives no reason for each figure, only for developing future industries.")
		if fact, ok := s.engine.fact("why-future-industries"); ok {
			a.Lines = append(a.Lines, stop(fact.Text))
			a.Cites = addCite(a.Cites, fact.Cite)
		}
	case len(f.domains) > 0 || len(f.districts) > 0 || len(f.terms) > 0:
		a.Head = lang.T("政策没有逐个说明理由，给出的是布局的原则。", "The policy gives no reason for each case; it gives the principle behind the layout.")
		if body.ID != "" {
			a.Lines = append(a.Lines, stop(body.Summary))
			a.Cites = addCite(a.Cites, body.Cite)
		}
		if len(f.domains) > 0 && len(f.districts) == 0 {
			a.Next = append(a.Next, s.askLead(f.domains[0]), s.askDomain(f.domains[0]))
		}
		for _, id := range f.districts {
			a.Next = append(a.Next, s.askDistrict(id))
		}
	default:
		fact, ok := s.engine.fact("why-future-industries")
		if !ok {
			return s.unknown(f)
		}
		a.Head = stop(fact.Text)
		a.Cites = addCite(a.Cites, fact.Cite)
	}
	a.Next = append(a.Next, askGoals, askLayout)
	return a
}

func (s *speaker) body(id string) policy.Body {
	i := slices.IndexFunc(s.pol.Governance, func(b policy.Body) bool { return b.ID == id })
	if i < 0 {
		return policy.Body{}
	}
	return s.pol.Governance[i]
}

func (s *speaker) tellDistrict(f *frame) Answer {
	switch f.rule {
	case ruleDistricts:
		return s.districts(f)
	case ruleLayout:
		return s.wholeLayout()
	case ruleFocus, ruleCheckPair:
		return s.pair(f)
	default:
		// The rest is told below.
	}
	return s.ofDistrict(f)
}

// ofDistrict tells what a district leads.
func (s *speaker) ofDistrict(f *frame) Answer {
	var a Answer
	for _, id := range f.districts {
		d := s.district(id)
		fs := s.layout.FocusesIn(id)
		names := list(s.domainNames(s.layout.DomainsOf(id)))
		var head lang.Text
		switch len(fs) {
		case 0:
			head = lang.Tf("%s，%s没有牵头的领域。", "%s, %s leads no domain.", s.inForce(), d.Name)
		case 1:
			head = lang.Tf("%s牵头1个领域：%s。", "%s leads one domain: %s.", d.Name, names)
		default:
			head = lang.Tf("%s牵头%s个领域：%s。", "%s leads %s domains: %s.", d.Name, number(len(fs)), names)
		}
		lines, cites := s.districtLines(fs)
		if len(f.districts) == 1 {
			a.Head, a.Lines = head, lines
			if !d.Note.IsZero() {
				a.Lines = append(a.Lines, d.Note)
			}
			for _, fo := range fs {
				f.listed = append(f.listed, thing{kindDomain, string(fo.Domain)})
				a.Next = append(a.Next, s.askLead(fo.Domain))
			}
		} else {
			a.Lines = append(a.Lines, head)
			f.listed = append(f.listed, thing{kindDistrict, string(id)})
			a.Next = append(a.Next, s.askDistrict(id))
		}
		for _, c := range cites {
			a.Cites = addCite(a.Cites, c)
		}
	}
	if len(f.districts) > 1 {
		a.Head, a.Lines = a.Lines[0], a.Lines[1:]
	}
	s.asOf(&a)
	return a
}

// districts lists all of them.
func (s *speaker) districts(f *frame) Answer {
	a := Answer{
		List: true, Cites: []policy.Citation{layoutCite},
		Head: lang.Tf("布局涉及%s个板块(按行政区划顺序)：", "The layout covers %s districts, in administrative order:", number(len(s.pol.Districts))),
	}
	for _, d := range s.pol.Districts {
		fs := s.layout.DomainsOf(d.ID)
		a.Lines = append(a.Lines, colon(d.Name, list(s.domainNames(fs))))
		f.listed = append(f.listed, thing{kindDistrict, string(d.ID)})
	}
	s.asOf(&a)
	a.Next = []Suggestion{askLayout, s.askDomains()}
	return a
}

// wholeLayout is the table of §4.
func (s *speaker) wholeLayout() Answer {
	if s.layout.Version == 0 {
		return Answer{Status: Unknown, Head: s.beforeLayout(), Next: []Suggestion{askLayout, s.askDomains()}}
	}
	a := Answer{
		List: true,
		Head: lang.Tf("%s个领域、%s个板块，共%d个主攻方向：", "%s domains and %s districts, %d focuses in all:",
			capital(number(len(s.pol.Domains))), number(len(s.pol.Districts)), len(s.layout.Focus)),
	}
	for _, d := range s.pol.Domains {
		fs := s.layout.FocusesOf(d.ID)
		parts := make([]lang.Text, len(fs))
		for i, fo := range fs {
			r := s.district(fo.District)
			parts[i] = lang.Tf("%s(%s)", "%s (%s)", r.Name, fo.Text)
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		if len(parts) == 0 {
			parts = []lang.Text{lang.T("无", "none")}
		}
		a.Lines = append(a.Lines, colon(d.Name, join(parts, lang.T("；", "; "))))
	}
	// One citation stands for the table's rows.
	if len(a.Cites) > 1 {
		a.Cites = []policy.Citation{{Section: "4", Place: lang.T("§四 表", "§4 table")}}
	}
	s.asOf(&a)
	a.Next = []Suggestion{s.askDomains(), askGoals}
	return a
}

func (s *speaker) beforeLayout() lang.Text {
	return lang.T("那时还没有布局：第1版布局自2023年9月1日起生效。", "No layout was in force then: the first one took effect on 1 September 2023.")
}
