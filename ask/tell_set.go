package ask

import (
	"fmt"
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// tellSet answers questions about sets, comparisons and counts.
func (s *speaker) tellSet(f *frame) Answer {
	var a Answer
	switch f.rule {
	case ruleCount:
		return s.count(f)
	case ruleManyDomains, ruleMostDomains:
		a = s.districtsBy(f)
	case ruleManyDistricts, ruleMostDistricts:
		a = s.domainsBy(f)
	case ruleBoth:
		if f.least > 0 {
			a = s.besides(f)
			break
		}
		a = s.both(f)
	case ruleShared:
		a = s.shared(f)
	case ruleCompareFocus:
		a = s.compareFocus(f)
	case ruleCompareDomains:
		a = s.compareDomains(f)
	case ruleCompareDistrict:
		a = s.compareDistricts(f)
	case ruleOthers:
		a = s.others(f)
	case ruleMinus:
		return s.minus(f)
	case ruleNotLeading:
		a = s.notLeading(f)
	default:
		a = s.notLed(f)
	}
	s.asOf(&a)
	return a
}

var layoutCite = policy.Citation{Section: "4", Place: lang.T("§四 表", "§4 table")}

// bounds finds the counts that fit "exactly", "at least", most or fewest.
func (f *frame) fits(n int, all []int) bool {
	switch {
	case f.rule == ruleMostDomains || f.rule == ruleMostDistricts:
		if f.fewest {
			return n == slices.Min(all)
		}
		return n == slices.Max(all)
	case f.least > 0:
		return n >= f.least
	case f.below > 0:
		return n < f.below
	}
	return n == f.n
}

// condition says in words what fits.
func (f *frame) condition(sort lang.Text) lang.Text {
	switch {
	case f.least > 0:
		return lang.Tf("%s个以上%s", "at least %s %s", number(f.least), sort)
	case f.below > 0:
		return lang.Tf("少于%s个%s", "fewer than %s %s", number(f.below), sort)
	case f.n == 1:
		return lang.Tf("只有1个%s", "just one %s", lang.T(sort.ZH, sort.EN[:len(sort.EN)-1]))
	}
	return lang.Tf("正好%s个%s", "exactly %s %s", number(f.n), sort)
}

// leading says in Chinese of a district how many domains it leads.
func (f *frame) leading() string {
	switch {
	case f.least > 0:
		return fmt.Sprintf("牵头%d个以上", f.least)
	case f.below > 0:
		return fmt.Sprintf("牵头少于%d个", f.below)
	case f.n == 1:
		return "只牵头1个"
	}
	return fmt.Sprintf("正好牵头%d个", f.n)
}

// districtsBy tells which districts lead so many domains.
func (s *speaker) districtsBy(f *frame) Answer {
	var all []int
	for _, d := range s.pol.Districts {
		all = append(all, len(s.layout.DomainsOf(d.ID)))
	}
	a := Answer{List: true, Cites: []policy.Citation{layoutCite}, Next: []Suggestion{askLayout}}
	var names []lang.Text
	count := 0
	for i, d := range s.pol.Districts {
		if !f.fits(all[i], all) {
			continue
		}
		names = append(names, d.Name)
		count = all[i]
		a.Lines = append(a.Lines, colon(d.Name, list(s.domainNames(s.layout.DomainsOf(d.ID)))))
		f.listed = append(f.listed, thing{kindDistrict, string(d.ID)})
	}
	domains := lang.T("领域", "domains")
	switch {
	case f.least == 1 && len(names) == len(s.pol.Districts):
		a.Head = lang.Tf("%s个板块都至少牵头1个领域。", "All %s districts lead at least one domain.", number(len(names)))
	case len(names) == 0:
		a.Head = lang.Tf("没有板块牵头%s。", "No district leads %s.", f.condition(domains))
	case f.rule == ruleMostDomains && f.fewest:
		a.Head = lang.T(fmt.Sprintf("牵头领域最少的是%s，各%d个。", list(names).ZH, count),
			fmt.Sprintf("The fewest domains, %s each, are led by %s.", number(count).EN, list(names).EN))
	case f.rule == ruleMostDomains:
		a.Head = lang.T(fmt.Sprintf("牵头领域最多的是%s，各%d个。", list(names).ZH, count),
			fmt.Sprintf("The most domains, %s each, are led by %s.", number(count).EN, list(names).EN))
	default:
		a.Head = lang.T(fmt.Sprintf("%s领域的板块有%d个：%s。", f.leading(), len(names), list(names).ZH),
			fmt.Sprintf("%s %s %s: %s.", capital(number(len(names))).EN, plural(len(names), "district leads", "districts lead"), f.condition(domains).EN, list(names).EN))
	}
	return a
}

// domainsBy tells which domains so many districts lead.
func (s *speaker) domainsBy(f *frame) Answer {
	var all []int
	for _, d := range s.pol.Domains {
		all = append(all, len(s.layout.DistrictsOf(d.ID)))
	}
	a := Answer{List: true, Next: []Suggestion{askLayout}}
	var names []lang.Text
	count := 0
	for i, d := range s.pol.Domains {
		if !f.fits(all[i], all) {
			continue
		}
		names = append(names, lang.T(d.Name.ZH, lower(d.Name.EN)))
		count = all[i]
		a.Lines = append(a.Lines, colon(d.Name, list(s.districtNames(s.layout.DistrictsOf(d.ID)))))
		for _, fo := range s.layout.FocusesOf(d.ID)[:min(1, all[i])] {
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		f.listed = append(f.listed, thing{kindDomain, string(d.ID)})
	}
	if len(a.Cites) != 1 {
		a.Cites = []policy.Citation{layoutCite}
	}
	districts := lang.T("板块", "districts")
	n := number(count).EN
	switch {
	case len(names) == 0:
		a.Head = lang.Tf("没有领域是由%s牵头的。", "No domain is led by %s.", f.condition(districts))
	case f.rule == ruleMostDistricts && f.fewest:
		a.Head = lang.T(fmt.Sprintf("牵头板块最少的是%s，%d个。", list(names).ZH, count),
			fmt.Sprintf("The fewest districts, %s, lead %s.", n, list(names).EN))
	case f.rule == ruleMostDistricts:
		a.Head = lang.T(fmt.Sprintf("牵头板块最多的是%s，各%d个。", list(names).ZH, count),
			fmt.Sprintf("The most districts, %s each, lead %s.", n, list(names).EN))
	default:
		a.Head = lang.T(fmt.Sprintf("%s牵头的领域有%d个：%s。", f.condition(districts).ZH, len(names), list(names).ZH),
			fmt.Sprintf("%s led by %s: %s.", capital(lang.T("", fmt.Sprintf("%s %s", number(len(names)).EN, plural(len(names), "domain is", "domains are")))).EN, f.condition(districts).EN, list(names).EN))
	}
	return a
}

// both tells which districts lead all of the domains.
func (s *speaker) both(f *frame) Answer {
	var a Answer
	var names []lang.Text
	for _, d := range s.pol.Districts {
		all := true
		for _, id := range f.domains {
			_, ok := s.layout.FocusOf(id, d.ID)
			all = all && ok
		}
		for _, id := range f.without {
			_, ok := s.layout.FocusOf(id, d.ID)
			all = all && !ok
		}
		if !all {
			continue
		}
		names = append(names, d.Name)
		f.listed = append(f.listed, thing{kindDistrict, string(d.ID)})
		for _, id := range f.domains {
			fo, _ := s.layout.FocusOf(id, d.ID)
			a.Lines = append(a.Lines, lang.Tf("%s·%s：%s", "%s, %s: %s", d.Name, s.name(id), fo.Text))
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		a.Next = append(a.Next, s.askDistrict(d.ID))
	}
	domains := list(s.domainNames(f.domains))
	if len(f.without) > 0 {
		a.Head = lang.Tf("牵头%s而不牵头%s的是%s。", "Leading %s but not %s: %s.", domains, list(s.domainNames(f.without)), list(names))
		if len(names) == 0 {
			a.Head = lang.Tf("没有板块牵头%s而不牵头%s。", "No district leads %s without leading %s.", domains, list(s.domainNames(f.without)))
			a.Cites = s.section("4")
		}
		return a
	}
	if len(names) > 0 {
		a.Head = lang.Tf("同时牵头%s的是%s。", "Leading %s at once: %s.", domains, list(names))
		return a
	}
	a.Head = lang.Tf("没有板块同时牵头%s。", "No district leads both %s.", domains)
	if len(f.domains) > 2 {
		a.Head.EN = fmt.Sprintf("No district leads all of %s.", domains.EN)
	}
	for _, id := range f.domains {
		a.Lines = append(a.Lines, lang.Tf("%s由%s牵头。", "%s is led by %s.", s.domain(id).Name, list(s.districtNames(s.layout.DistrictsOf(id)))))
		for _, fo := range s.layout.FocusesOf(id) {
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		a.Next = append(a.Next, s.askLead(id))
	}
	return a
}

// besides tells which districts of a domain lead another one, too, and which.
func (s *speaker) besides(f *frame) Answer {
	id := f.domains[0]
	a := Answer{Cites: []policy.Citation{layoutCite}}
	var names []lang.Text
	for _, r := range s.layout.DistrictsOf(id) {
		if len(s.layout.DomainsOf(r)) < f.least {
			continue
		}
		names = append(names, s.district(r).Name)
		others := slices.DeleteFunc(slices.Clone(s.layout.DomainsOf(r)), func(d policy.DomainID) bool { return d == id })
		a.Lines = append(a.Lines, lang.Tf("%s还牵头%s。", "%s also leads %s.", s.district(r).Name, list(s.domainNames(others))))
		a.Next = append(a.Next, s.askDistrict(r))
		f.listed = append(f.listed, thing{kindDistrict, string(r)})
	}
	if len(names) == 0 {
		a.Head = lang.Tf("牵头%s的板块都不牵头别的领域。", "No district that leads %s leads another domain.", s.name(id))
	} else {
		a.Head = lang.Tf("牵头%s又牵头别的领域的是%s。", "Leading %s and another domain: %s.", s.name(id), list(names))
	}
	a.Next = append(a.Next, s.askLead(id))
	return a
}

// shared tells which domains the districts have in common.
func (s *speaker) shared(f *frame) Answer {
	var a Answer
	var names []lang.Text
	for _, id := range s.layout.DomainsOf(f.districts[0]) {
		all := true
		for _, r := range f.districts[1:] {
			_, ok := s.layout.FocusOf(id, r)
			all = all && ok
		}
		if !all {
			continue
		}
		names = append(names, s.name(id))
		f.listed = append(f.listed, thing{kindDomain, string(id)})
		for _, r := range f.districts {
			fo, _ := s.layout.FocusOf(id, r)
			a.Lines = append(a.Lines, colon(s.district(r).Name, fo.Text))
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		a.Next = append(a.Next, s.askLead(id))
	}
	districts := list(s.districtNames(f.districts))
	if len(names) == 0 {
		a.Head = lang.Tf("%s没有共同的领域。", "%s have no domain in common.", districts)
		for _, r := range f.districts {
			a.Lines = append(a.Lines, colon(s.district(r).Name, list(s.domainNames(s.layout.DomainsOf(r)))))
			a.Next = append(a.Next, s.askDistrict(r))
		}
		a.Cites = []policy.Citation{layoutCite}
		return a
	}
	a.Head = lang.Tf("%s共同的领域是%s。", "%s have this in common: %s.", districts, list(names))
	return a
}

// compareFocus sets several districts in one domain side by side.
func (s *speaker) compareFocus(f *frame) Answer {
	id := f.domains[0]
	a := Answer{Head: lang.Tf("在%s领域：", "In %s:", s.name(id)), List: true, Next: []Suggestion{s.askLead(id)}}
	var only []lang.Text
	for _, r := range f.districts {
		fo, ok := s.layout.FocusOf(id, r)
		if !ok {
			a.Lines = append(a.Lines, lang.Tf("%s：不牵头这个领域。", "%s: does not lead this domain.", s.district(r).Name))
			continue
		}
		a.Lines = append(a.Lines, colon(s.district(r).Name, fo.Text))
		a.Cites = addCite(a.Cites, fo.Cite)
		for _, t := range fo.Terms {
			every := true
			for _, o := range f.districts {
				of, ok := s.layout.FocusOf(id, o)
				every = every && ok && slices.ContainsFunc(of.Terms, func(x policy.Term) bool { return x.ID == t.ID })
			}
			if every && r == f.districts[0] {
				only = append(only, t.Name)
			}
		}
		a.Next = append(a.Next, s.askDistrict(r))
	}
	if len(a.Cites) == 0 {
		a.Cites = s.section("4")
	}
	if len(only) > 0 {
		a.Lines = append(a.Lines, lang.Tf("共同的是%s。", "What they share: %s.", list(only)))
	}
	return a
}

// compareDomains sets several domains side by side.
func (s *speaker) compareDomains(f *frame) Answer {
	a := Answer{List: true, Head: lang.Tf("%s对比：", "%s compared:", capital(list(s.domainNames(f.domains))))}
	for _, id := range f.domains {
		d := s.domain(id)
		a.Lines = append(a.Lines, colon(d.Name, stop(d.Summary)),
			lang.Tf("牵头板块：%s。", "Led by %s.", list(s.districtNames(s.layout.DistrictsOf(id)))))
		a.Cites = addCite(a.Cites, d.Cite)
		for _, fo := range s.layout.FocusesOf(id)[:min(1, len(s.layout.FocusesOf(id)))] {
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		a.Next = append(a.Next, s.askLead(id))
		f.listed = append(f.listed, thing{kindDomain, string(id)})
	}
	return a
}

// compareDistricts sets several districts side by side.
func (s *speaker) compareDistricts(f *frame) Answer {
	counts := make([]lang.Text, len(f.districts))
	for i, r := range f.districts {
		n := len(s.layout.DomainsOf(r))
		counts[i] = lang.Tf("%s牵头%s个领域", "%s leads %s", s.district(r).Name, lang.T(number(n).ZH, number(n).EN+plural(n, " domain", " domains")))
	}
	a := Answer{List: true, Head: stop(join(counts, lang.T("，", "; ")))}
	for _, r := range f.districts {
		for _, fo := range s.layout.FocusesIn(r) {
			a.Lines = append(a.Lines, lang.Tf("%s·%s：%s", "%s, %s: %s", s.district(r).Name, s.name(fo.Domain), fo.Text))
			a.Cites = addCite(a.Cites, fo.Cite)
		}
		a.Next = append(a.Next, s.askDistrict(r))
	}
	shared := s.shared(&frame{districts: f.districts})
	a.Lines = append(a.Lines, shared.Head)
	return a
}

// others tells who leads a domain besides the districts that were named.
func (s *speaker) others(f *frame) Answer {
	var a Answer
	named := list(s.districtNames(f.districts))
	for k, id := range f.domains {
		var names, lines []lang.Text
		for _, fo := range s.layout.FocusesOf(id) {
			if slices.Contains(f.districts, fo.District) {
				continue
			}
			names = append(names, s.district(fo.District).Name)
			lines = append(lines, colon(s.district(fo.District).Name, fo.Text))
			a.Cites = addCite(a.Cites, fo.Cite)
			f.listed = addOnce(f.listed, thing{kindDistrict, string(fo.District)})
		}
		head := lang.Tf("除%s外，%s还由%s牵头。", "Besides %s, %s is led by %s.", named, s.name(id), list(names))
		if len(names) == 0 {
			head = lang.Tf("除%s外，没有别的板块牵头%s。", "Besides %s, no other district leads %s.", named, s.name(id))
			a.Cites = addCite(a.Cites, layoutCite)
		}
		if k == 0 {
			a.Head = head
		} else {
			a.Lines = append(a.Lines, head)
		}
		a.Lines = append(a.Lines, lines...)
		a.Next = append(a.Next, s.askLead(id))
	}
	return a
}

// notLeading tells which districts lead none of the domains.
func (s *speaker) notLeading(f *frame) Answer {
	id, domains := f.domains[0], list(s.domainNames(f.domains))
	var names []lang.Text
	for _, d := range s.pol.Districts {
		if !slices.ContainsFunc(f.domains, func(id policy.DomainID) bool { _, ok := s.layout.FocusOf(id, d.ID); return ok }) {
			names = append(names, d.Name)
			f.listed = append(f.listed, thing{kindDistrict, string(d.ID)})
		}
	}
	return Answer{
		List: true, Cites: []policy.Citation{layoutCite}, Next: []Suggestion{s.askLead(id), askLayout},
		Head: lang.T(fmt.Sprintf("不牵头%s的板块有%d个：%s。", domains.ZH, len(names), list(names).ZH),
			fmt.Sprintf("%s districts do not lead %s: %s.", capital(number(len(names))).EN, strings.ReplaceAll(domains.EN, " and ", " or "), list(names).EN)),
	}
}

// notLed tells which domains a district does not lead, or leads besides those
// that were named.
func (s *speaker) notLed(f *frame) Answer {
	r := f.districts[0]
	if len(f.domains) > 0 {
		var names []lang.Text
		a := Answer{Next: []Suggestion{s.askDistrict(r)}}
		for _, fo := range s.layout.FocusesIn(r) {
			if slices.Contains(f.domains, fo.Domain) {
				continue
			}
			names = append(names, s.name(fo.Domain))
			a.Lines = append(a.Lines, colon(s.domain(fo.Domain).Name, fo.Text))
			a.Cites = addCite(a.Cites, fo.Cite)
			f.listed = append(f.listed, thing{kindDomain, string(fo.Domain)})
		}
		if len(names) == 0 {
			a.Head = lang.Tf("除%s外，%s没有牵头别的领域。", "Besides %s, %s leads no other domain.", list(s.domainNames(f.domains)), s.district(r).Name)
			a.Cites = []policy.Citation{layoutCite}
			return a
		}
		a.Head = lang.Tf("除%s外，%s还牵头%s。", "Besides %s, %s also leads %s.", list(s.domainNames(f.domains)), s.district(r).Name, list(names))
		return a
	}
	var names []lang.Text
	for _, d := range s.pol.Domains {
		if !slices.ContainsFunc(f.districts, func(r policy.DistrictID) bool { _, ok := s.layout.FocusOf(d.ID, r); return ok }) {
			names = append(names, s.name(d.ID))
			f.listed = append(f.listed, thing{kindDomain, string(d.ID)})
		}
	}
	return Answer{
		List: true, Cites: []policy.Citation{layoutCite}, Next: []Suggestion{s.askDistrict(r), askLayout},
		Head: lang.Tf("%s不牵头的领域有%d个：%s。", "%s "+plural(len(f.districts), "does", "do")+" not lead %d domains: %s.", list(s.districtNames(f.districts)), len(names), list(names)),
	}
}

// minus tells which domains the first district leads and the others do not.
func (s *speaker) minus(f *frame) Answer {
	first, rest := f.districts[0], f.districts[1:]
	a := Answer{Next: []Suggestion{s.askDistrict(first), s.askDistrict(rest[0])}}
	var names []lang.Text
	for _, fo := range s.layout.FocusesIn(first) {
		if slices.ContainsFunc(rest, func(r policy.DistrictID) bool { _, ok := s.layout.FocusOf(fo.Domain, r); return ok }) {
			continue
		}
		names = append(names, s.name(fo.Domain))
		a.Lines = append(a.Lines, colon(s.domain(fo.Domain).Name, fo.Text))
		a.Cites = addCite(a.Cites, fo.Cite)
		f.listed = append(f.listed, thing{kindDomain, string(fo.Domain)})
	}
	others := list(s.districtNames(rest))
	if len(names) == 0 {
		a.Head = lang.Tf("%s牵头的领域，%s都牵头。", "%s leads no domain that is not also led by %s.", s.district(first).Name, others)
		a.Cites = []policy.Citation{layoutCite}
		return a
	}
	a.Head = lang.Tf("%s牵头、%s不牵头的领域是%s。", "%s leads, and %s not: %s.", s.district(first).Name, others, list(names))
	return a
}
