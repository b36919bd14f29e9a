package policy

import (
	"strconv"
	"strings"

	"wainao/lang"
)

func (ld *loader) document() {
	o := ld.file(fileDocument)
	defer o.done()
	for _, v := range o.need("sections").list() {
		ld.section(v)
	}
	ld.policy.Document = Document{
		Title:     o.need("title").text(),
		Short:     o.need("short").text(),
		Aliases:   o.aliases(),
		Issuer:    o.need("issuer").text(),
		Publisher: o.need("publisher").text(),
		Issued:    o.need("issued").date(),
		Posted:    o.need("posted").date(),
		To:        o.need("to").text(),
		Purpose:   o.need("purpose").text(),
		City:      o.need("city").text(),
		Cite:      ld.citation("0", o.at),
		Signature: ld.citation("7", o.at),
	}
}

// section reads one section. Its parent must stand before it.
func (ld *loader) section(v value) {
	o := v.object()
	defer o.done()
	number := o.need("number")
	s := Section{Number: number.string(), Name: o.need("name").text(), About: o.optText("about")}
	if i := strings.LastIndexByte(s.Number, '.'); i > 0 {
		ld.refer("section", s.Number[:i], number.at)
	}
	ld.claim("section", s.Number, number.at)
	s.Cite = Citation{Section: s.Number, Place: placeOf(s.Number, s.Name)}
	if s.Cite.Place.IsZero() && s.Number != "" {
		ld.p.addf(number.at, "%q is no section's number", s.Number)
	}
	ld.policy.Sections = append(ld.policy.Sections, s)
}

// placeOf writes a section's address as people read it; name is the section's
// own. It is zero when the number is none.
func placeOf(number string, name lang.Text) lang.Text {
	parts := strings.Split(number, ".")
	n := make([]int, len(parts))
	for i, s := range parts {
		v, err := strconv.Atoi(s)
		if err != nil || v < 0 || v > 9 || len(parts) > 3 {
			return lang.Text{}
		}
		n[i] = v
	}
	if n[0] == 0 || n[0] == 7 { // The opening and the signature have no sign.
		return name
	}
	numerals := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	top := numerals[n[0]]
	switch {
	case len(n) == 1:
		return lang.Tf("§%s", "§%s", lang.T(top, parts[0]))
	case n[0] == 3:
		return lang.Tf("§%s.%d", "§%s.%d", lang.T(top, parts[0]), n[1])
	case n[0] == 4:
		return lang.Tf("§%s 表, %s", "§%s table, %s", lang.T(top, parts[0]), name)
	}
	sub := lang.Tf("§%s(%s)", "§%s(%s)", lang.T(top, parts[0]), lang.T(numerals[n[1]], parts[1]))
	if len(n) == 2 {
		return sub
	}
	return lang.Tf("%s, %s", "%s, %s", sub, name)
}

func (ld *loader) damage() {
	o := ld.file(fileDamage)
	defer o.done()
	for _, v := range o.need("damage").list() {
		o := v.object()
		d := Damage{
			ID: ld.id("damage", o), Name: o.need("name").text(), Aliases: o.aliases(),
			Prints: o.need("prints").text(), Answer: o.need("answer").text(), Why: o.need("why").text(),
			Sure: o.need("sure").bool(), Cite: ld.cite(o),
		}
		ld.name("damage", d.ID, o, d.Aliases, d.Name)
		ld.policy.Damages = append(ld.policy.Damages, d)
		o.done()
	}
}

func (ld *loader) domains() {
	for i, id := range DomainIDs() {
		o := ld.file(dirDomains + "/" + string(id) + ".yaml")
		for _, v := range o.need("terms").list() {
			ld.term(id, v)
		}
		d := Domain{
			ID: DomainID(ld.id("domain", o)), Number: o.need("number").int(), Name: o.need("name").text(),
			Short: o.need("short").text(), Aliases: o.aliases(), Summary: o.need("summary").text(), Cite: ld.cite(o),
		}
		if o.node != nil && (d.ID != id || d.Number != i+1) {
			ld.p.addf(o.at, "must hold domain %q, number %d", id, i+1)
		}
		for _, v := range o.need("directions").list() {
			o := v.object()
			d.Directions = append(d.Directions, Direction{
				ID: ld.id("direction", o), Text: o.need("text").text(), Terms: ld.termRefs(o, id), Cite: d.Cite,
			})
			o.done()
		}
		ld.name("domain", string(id), o, d.Aliases, d.Name, d.Short, lang.T(strconv.Itoa(i+1), strconv.Itoa(i+1)))
		ld.policy.Domains = append(ld.policy.Domains, d)
		o.done()
	}
}

func (ld *loader) term(domain DomainID, v value) {
	o := v.object()
	defer o.done()
	t := Term{
		ID: ld.id("term", o), Domain: domain,
		Kind: oneOf(o, "kind", TermTechnology, TermProduct, TermPlatform, TermUse),
		Name: o.need("name").text(), Aliases: o.aliases(),
	}
	for _, b := range optList(o, "broader") {
		ld.termRef(b, domain)
		t.Broader = append(t.Broader, b.string())
	}
	scope := "term"
	if t.Kind == TermUse { // Several domains may be applied in one field.
		scope = "term of " + string(domain)
	}
	ld.name(scope, t.ID, o, t.Aliases, t.Name)
	ld.policy.Terms = append(ld.policy.Terms, t)
}

func optList(o *object, name string) []value {
	v, ok := o.opt(name)
	if !ok {
		return nil
	}
	return v.list()
}

// termRefs takes the terms that an entry names; the domain's terms must have
// been read.
func (ld *loader) termRefs(o *object, domain DomainID) []Term {
	var out []Term
	for _, v := range o.need("terms").list() {
		id := v.string()
		ld.termRef(v, domain)
		for _, t := range ld.policy.Terms {
			if t.ID == id && t.Domain == domain {
				out = append(out, t)
				ld.used[id] = true
			}
		}
	}
	return out
}

func (ld *loader) districts() {
	o := ld.file(fileDistricts)
	defer o.done()
	for i, v := range o.need("districts").list() {
		o := v.object()
		d := District{
			ID: DistrictID(ld.id("district", o)), Order: i + 1, Name: o.need("name").text(), Short: o.need("short").text(),
			Aliases: o.aliases(), Note: o.optText("note"),
		}
		ld.name("district", string(d.ID), o, d.Aliases, d.Name, d.Short)
		ld.policy.Districts = append(ld.policy.Districts, d)
		o.done()
	}
	ordered(ld, "district", o, ld.policy.Districts, DistrictIDs(), func(d District) DistrictID { return d.ID })
}

func (ld *loader) layout() {
	o := ld.file(fileLayout)
	defer o.done()
	version := o.need("version")
	l := Layout{Version: version.int(), Effective: o.need("effective").date()}
	if version.node != nil && l.Version != 1 {
		ld.p.addf(version.at, "the policy's own layout is version 1")
	}
	seen := map[[2]string]place{}
	for _, v := range o.need("focus").list() {
		o := v.object()
		domain, district := o.need("domain"), o.need("district")
		f := Focus{Domain: DomainID(domain.string()), District: DistrictID(district.string()), Text: o.need("text").text()}
		ld.refer("domain", string(f.Domain), domain.at)
		ld.refer("district", string(f.District), district.at)
		f.Terms = ld.termRefs(o, f.Domain)
		if d, ok := ld.policy.Domain(f.Domain); ok {
			f.Cite = ld.citation("4."+strconv.Itoa(d.Number), o.at)
		}
		pair := [2]string{string(f.Domain), string(f.District)}
		if first, ok := seen[pair]; ok {
			ld.p.addf(o.at, "%s in %s is already given at %s", f.Domain, f.District, first)
		}
		seen[pair] = o.at
		l.Focus = append(l.Focus, f)
		o.done()
	}
	ld.count(o, "focus phrases", len(l.Focus), numFocuses)
	ld.policy.Layouts = Layouts{l}
}

func (ld *loader) indicators() {
	o := ld.file(fileIndicators)
	defer o.done()
	for _, v := range o.need("indicators").list() {
		o := v.object()
		in := Indicator{
			ID: IndicatorID(ld.id("indicator", o)), Name: o.need("name").text(), Aliases: o.aliases(),
			Kind: oneOf(o, "kind", Flow, Stock, Cumulative, Staged, Derived, Register),
			Unit: o.need("unit").text(), CountsWhen: o.need("counts-when").text(), ItemIs: o.need("item-is").text(),
			Takes: oneOf(o, "takes", TakesValue, TakesItem), Cite: ld.cite(o),
		}
		for _, v := range optList(o, "stages") {
			s := v.object()
			in.Stages = append(in.Stages, Stage{ID: ld.id("stage", s), Name: s.need("name").text(), Counts: s.need("counts").bool()})
			s.done()
		}
		if (in.Kind == Staged) != (len(in.Stages) > 0) {
			ld.p.addf(o.at, "a staged indicator, and no other, has stages")
		}
		ld.name("indicator", string(in.ID), o, in.Aliases, in.Name)
		ld.policy.Indicators = append(ld.policy.Indicators, in)
		o.done()
	}
	ordered(ld, "indicator", o, ld.policy.Indicators, IndicatorIDs(), func(i Indicator) IndicatorID { return i.ID })
}

func (ld *loader) targets() {
	o := ld.file(fileTargets)
	defer o.done()
	seen := map[string]place{}
	for _, v := range o.need("targets").list() {
		o := v.object()
		t := Target{
			ID: ld.id("target", o), Year: o.need("year").int(), Strand: o.optText("strand"),
			Op:   oneOf(o, "op", AtLeast, MoreThan, Range, Qualitative),
			Text: o.need("text").text(), Summary: o.need("summary").text(), Aliases: o.aliases(), Cite: ld.cite(o),
		}
		if v, ok := o.opt("indicator"); ok {
			t.Indicator = IndicatorID(v.string())
			ld.refer("indicator", string(t.Indicator), v.at)
			key := string(t.Indicator) + " " + strconv.Itoa(t.Year)
			if first, ok := seen[key]; ok {
				ld.p.addf(v.at, "%s has a target for %d at %s already", t.Indicator, t.Year, first)
			}
			seen[key] = v.at
		}
		if t.Op != Qualitative {
			t.Value, t.Unit = o.need("value").number(), o.need("unit").text()
		}
		if t.Op == Range {
			high := o.need("max")
			if t.Max = high.number(); t.Max <= t.Value {
				ld.p.addf(high.at, "a range must end above its beginning")
			}
		}
		t.Damage = ld.damageRef(o)
		ld.name("target", t.ID, o, t.Aliases)
		ld.policy.Targets = append(ld.policy.Targets, t)
		o.done()
	}
}

func (ld *loader) damageRef(o *object) string {
	v, ok := o.opt("damage")
	if !ok {
		return ""
	}
	id := v.string()
	ld.refer("damage", id, v.at)
	return id
}
