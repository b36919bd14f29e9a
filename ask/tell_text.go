package ask

import (
	"fmt"
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// tellText answers questions about the parts of the document.
func (s *speaker) tellText(f *frame) Answer {
	switch f.rule {
	case ruleActions:
		a := Answer{List: true, Cites: s.section("5"), Head: lang.Tf("实施路径有%s项行动：", "The implementation path has %s actions:", number(len(s.pol.Actions)))}
		for _, x := range s.pol.Actions {
			a.Lines = append(a.Lines, lang.Tf("%d. %s：%s", "%d. %s: %s", x.Number, x.Name, stop(x.Summary)))
			a.Next = append(a.Next, askName(x.Name))
			f.listed = append(f.listed, thing{kindAction, x.ID})
		}
		return a
	case ruleSafeguards:
		a := Answer{List: true, Cites: s.section("6"), Head: lang.Tf("保障措施有%s项：", "There are %s safeguards:", number(len(s.pol.Safeguards)))}
		for _, x := range s.pol.Safeguards {
			a.Lines = append(a.Lines, lang.Tf("%d. %s：%s", "%d. %s: %s", x.Number, x.Name, stop(x.Summary)))
			a.Next = append(a.Next, askName(x.Name))
			f.listed = append(f.listed, thing{kindSafeguard, x.ID})
		}
		return a
	case rulePrinciples:
		a := Answer{List: true, Cites: s.section("2.2"), Head: lang.Tf("基本原则有%s条：", "There are %s basic principles:", number(len(s.pol.Principles)))}
		for _, x := range s.pol.Principles {
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", x.Number, x.Name))
			a.Next = append(a.Next, askName(x.Name))
			f.listed = append(f.listed, thing{kindPrinciple, x.ID})
		}
		return a
	case ruleBatches:
		return s.batches(f)
	case ruleFoundation:
		return s.foundation()
	case ruleDocument:
		return s.document(f)
	case ruleSections:
		return s.sections(f)
	case ruleWhere:
		return s.where(f)
	case ruleDamage:
		return s.damage(f)
	default:
		// The rest is told below.
	}
	return s.texts(f)
}

func askName(n lang.Text) Suggestion {
	return ask(n, lang.Tf("%s有哪些内容？", "What does it say about the %s?", lang.T(n.ZH, lower(n.EN))))
}

// batches lists the eight "a batch of" items.
func (s *speaker) batches(f *frame) Answer {
	all := s.pol.Batches()
	a := Answer{List: true, Head: lang.Tf("“一批”推进模式共%s项：", "The batch-by-batch approach has %s items:", number(len(all)))}
	damage := ""
	for _, b := range all {
		a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", b.Number, capital(b.Text)))
		a.Cites = addCite(a.Cites, b.Cite)
		f.listed = append(f.listed, thing{kindIndicator, string(b.Indicator)})
		if b.Damage != "" {
			damage = b.Damage
		}
	}
	for _, g := range s.pol.Safeguards {
		if len(g.Batches) > 0 {
			a.Cites = addCite(a.Cites, g.Cite)
			if damage == "" {
				damage = g.Damage
			}
		}
	}
	if len(a.Cites) > 1 {
		a.Cites = a.Cites[:1]
	}
	if note, ok := s.damageNote(damage); ok {
		a.Lines = append(a.Lines, note)
	}
	a.Next = []Suggestion{askGoals, ask(lang.T("保障措施", "The safeguards"), lang.T("有哪些保障措施？", "What are the safeguards?"))}
	return a
}

// foundation lists what the city starts from.
func (s *speaker) foundation() Answer {
	a := Answer{List: true, Head: lang.T("政策写到的发展基础：", "What the policy says the city starts from:")}
	for _, f := range s.pol.Facts {
		if f.Kind == policy.FactStatement && f.ID != "leading-industries" {
			continue
		}
		a.Lines = append(a.Lines, stop(f.Text))
		a.Cites = addCite(a.Cites, f.Cite)
	}
	a.Next = []Suggestion{askGoals, s.askDomains()}
	return a
}

// document tells about the document itself.
func (s *speaker) document(f *frame) Answer {
	d := s.pol.Document
	day := func(t lang.Text) lang.Text { return t }
	issued := d.Issued.In(policy.Zone)
	posted := d.Posted.In(policy.Zone)
	i := lang.T(issued.Format("2006年1月2日"), issued.Format("2 January 2006"))
	p := lang.T(posted.Format("2006年1月2日"), posted.Format("2 January 2006"))
	a := Answer{Cites: s.section("7"), Next: []Suggestion{s.askDomains(), askGoals, askLayout}}
	title := lang.T("《"+d.Title.ZH+"》", "“"+d.Title.EN+"”")
	switch f.noun {
	case cueIssuer:
		a.Head = lang.Tf("由%s发布，登在%s的网页上。", "It was issued by the %s, on the page of the %s.", d.Issuer, d.Publisher)
		a.Lines = append(a.Lines, lang.Tf("落款日期%s，网页发布于%s。", "Dated %s, posted on %s.", i, p))
	case cueDate:
		a.Head = lang.Tf("落款日期是%s，网页发布于%s。", "It is dated %s and was posted on %s.", day(i), p)
		a.Lines = append(a.Lines, lang.Tf("由%s发布。", "It was issued by the %s.", d.Issuer))
		if slices.Contains(f.nouns, cueTitle) {
			a.Lines = append(a.Lines, lang.Tf("全称是%s。", "Its full title is %s.", title))
		}
	case cueWho:
		a.Head = lang.Tf("主送：%s。", "It is addressed to %s.", d.To)
		a.Cites = s.section("0")
		if slices.Contains(f.nouns, cueIssuer) {
			a.Lines = append(a.Lines, lang.Tf("由%s发布，落款日期%s。", "It was issued by the %s and is dated %s.", d.Issuer, i))
			a.Cites = append(a.Cites, s.section("7")...)
		}
	case cueTitle:
		a.Head = lang.Tf("全称是%s。", "Its full title is %s.", title)
		a.Cites = s.section("0")
	case cueWhy:
		a.Head = colon(lang.T("目的", "Its purpose"), d.Purpose)
		a.Cites = s.section("0")
	default:
		a.Head = lang.Tf("%s由%s于%s发布。", "%s was issued by the %s on %s.", title, d.Issuer, i)
		a.Lines = append(a.Lines, colon(lang.T("目的", "Purpose"), d.Purpose))
		for _, sec := range s.pol.Sections {
			if !sec.About.IsZero() {
				a.Lines = append(a.Lines, lang.Tf("%s %s：%s", "%s %s: %s", sec.Cite.Place, sec.Name, stop(sec.About)))
			}
		}
		a.List = true
	}
	return a
}

// part is a piece of the document that can be told.
type part struct {
	name, text lang.Text
	lines      []lang.Text
	cite       policy.Citation
	parent     lang.Text // what it stands under,
	number     int       // and its number.
}

// part returns what a thing is; ok is false for an id that is not there.
func (s *speaker) part(t thing) (part, bool) {
	switch t.kind {
	case kindFact:
		f, ok := s.engine.fact(t.id)
		return part{name: f.Name, text: f.Text, cite: f.Cite}, ok
	case kindPrinciple:
		for _, p := range s.pol.Principles {
			if p.ID == t.id {
				return part{name: p.Name, text: p.Text, cite: p.Cite, parent: lang.Tf("第%d条基本原则", "basic principle %d", p.Number)}, true
			}
		}
	case kindAction:
		for _, a := range s.pol.Actions {
			if a.ID == t.id {
				return part{name: a.Name, text: a.Summary, lines: measures(a.Measures), cite: a.Cite}, true
			}
		}
	case kindSafeguard:
		for _, g := range s.pol.Safeguards {
			if g.ID == t.id {
				return part{name: g.Name, text: g.Summary, lines: measures(g.Measures), cite: g.Cite}, true
			}
		}
	case kindMeasure:
		for _, a := range s.pol.Actions {
			for _, m := range a.Measures {
				if m.ID == t.id {
					return part{text: m.Text, cite: m.Cite, parent: a.Name, number: a.Number}, true
				}
			}
		}
		for _, g := range s.pol.Safeguards {
			for _, m := range g.Measures {
				if m.ID == t.id {
					return part{text: m.Text, cite: m.Cite, parent: g.Name, number: g.Number}, true
				}
			}
		}
	case kindBody:
		for _, b := range s.pol.Governance {
			if b.ID == t.id {
				p := part{name: b.Name, text: b.Summary, cite: b.Cite}
				for _, d := range b.Duties {
					p.lines = append(p.lines, capital(d.Text))
				}
				return p, true
			}
		}
	case kindDuty:
		for _, b := range s.pol.Governance {
			for _, d := range b.Duties {
				if d.ID == t.id {
					return part{text: capital(d.Text), cite: d.Cite, parent: b.Name}, true
				}
			}
		}
	case kindTarget:
		for _, x := range s.pol.Targets {
			if x.ID == t.id {
				return part{text: x.Summary, cite: x.Cite, parent: lang.Tf("%d年目标", "targets for %d", x.Year)}, true
			}
		}
	case kindGuiding:
		g := s.pol.Guiding
		return part{name: g.Name, text: g.Text, lines: []lang.Text{colon(lang.T("目标", "Aim"), g.Goal)}, cite: g.Cite}, true
	case kindSection:
		sec, ok := s.pol.Section(t.id)
		return part{name: sec.Name, text: sec.About, cite: sec.Cite}, ok
	case kindDamage:
		d, ok := s.pol.Damage(t.id)
		return part{name: d.Name, text: d.Answer, cite: d.Cite}, ok
	default:
		// The rest is told below.
	}
	return part{}, false
}

func measures(all []policy.Measure) []lang.Text {
	out := make([]lang.Text, len(all))
	for i, m := range all {
		out[i] = lang.Tf("%d. %s", "%d. %s", i+1, stop(m.Text))
	}
	return out
}

// texts tells the parts that were asked for. Only the first is told in full.
func (s *speaker) texts(f *frame) Answer {
	if len(f.things) == 0 {
		return s.unknown(f)
	}
	if f.value > 0 {
		if a, ok := s.checkFact(f); ok {
			return a
		}
	}
	var a Answer
	for i, t := range f.things {
		p, ok := s.part(t)
		if !ok || i > 2 {
			continue
		}
		line := p.text
		switch {
		case !p.name.IsZero() && (t.kind != kindFact):
			line = colon(p.name, p.text)
		}
		if i == 0 {
			a.Head = stop(line)
			if f.figure && len(p.lines) > 0 && len(f.things) == 1 {
				// How many measures are there?
				a.Head = lang.Tf("%s有%s条：%s", "%s has %s: %s", p.name, lang.T(fmt.Sprint(len(p.lines)), number(len(p.lines)).EN), stop(p.text))
			}
			if len(f.things) == 1 {
				a.Lines = append(a.Lines, p.lines...)
				a.List = len(p.lines) > 3
			}
			switch {
			case p.number > 0:
				a.Lines = append(a.Lines, lang.Tf("出自：%s(第%d项)。", "Part of: %s (number %d).", p.parent, p.number))
			case !p.parent.IsZero():
				a.Lines = append(a.Lines, lang.Tf("出自：%s。", "Part of: %s.", p.parent))
			}
		} else {
			a.Lines = append(a.Lines, stop(line))
		}
		a.Cites = addCite(a.Cites, p.cite)
		f.listed = append(f.listed, t)
	}
	if a.Head.IsZero() {
		return s.unknown(f)
	}
	a.Next = s.nextTexts(f.things[0])
	return a
}

// nextTexts suggests what stands beside the thing.
func (s *speaker) nextTexts(t thing) []Suggestion {
	actions := ask(lang.T("五项行动", "The actions"), lang.T("实施路径有哪些行动？", "What are the actions?"))
	safeguards := ask(lang.T("保障措施", "The safeguards"), lang.T("有哪些保障措施？", "What are the safeguards?"))
	switch t.kind {
	case kindFact:
		return []Suggestion{ask(lang.T("发展基础", "The foundation"), lang.T("苏州的发展基础是什么？", "What foundation does the city start from?")), askGoals}
	case kindPrinciple, kindGuiding:
		return []Suggestion{ask(lang.T("基本原则", "The principles"), lang.T("有哪些基本原则？", "What are the basic principles?")), askGoals}
	default:
		return []Suggestion{actions, safeguards}
	}
}

// checkFact tells whether a figure is the fact's.
func (s *speaker) checkFact(f *frame) (Answer, bool) {
	fact, ok := s.engine.fact(f.things[0].id)
	if !ok || f.things[0].kind != kindFact || fact.Kind != policy.FactFigure {
		return Answer{}, false
	}
	a := Answer{Cites: []policy.Citation{fact.Cite}, Next: s.nextTexts(f.things[0])}
	if fact.Value == f.value {
		a.Head = lang.Tf("是的。%s", "Yes. %s", stop(fact.Text))
	} else {
		a.Head = lang.Tf("不是。%s", "No. %s", stop(fact.Text))
	}
	return a, true
}

// where tells where in the document something stands.
func (s *speaker) where(f *frame) Answer {
	var a Answer
	var places []lang.Text
	add := func(what lang.Text, c policy.Citation) {
		if slices.ContainsFunc(a.Cites, func(o policy.Citation) bool { return o.Section == c.Section }) {
			return
		}
		a.Cites = addCite(a.Cites, c)
		places = append(places, lang.Tf("%s(%s)", "%s (%s)", c.Place, what))
	}
	var subject []lang.Text
	for _, t := range f.things {
		if p, ok := s.part(t); ok {
			name := p.name
			if name.IsZero() {
				name = p.parent
			}
			if t.kind == kindMeasure || t.kind == kindDuty {
				a.Lines = append(a.Lines, stop(p.text))
			} else {
				subject = append(subject, name)
				if t.kind == kindFact && len(f.things) == 1 {
					a.Lines = append(a.Lines, stop(p.text))
				}
			}
			add(name, p.cite)
		}
	}
	for _, id := range f.indicators {
		i := s.indicator(id)
		subject = append(subject, lang.T(i.Name.ZH, lower(i.Name.EN)))
		for _, t := range s.pol.TargetsFor(id) {
			if len(f.years) == 0 || slices.Contains(f.years, t.Year) {
				add(lang.Tf("%d年目标", "target for %d", t.Year), t.Cite)
			}
		}
		for _, b := range s.pol.Batches() {
			if b.Indicator == id {
				add(lang.T("“一批”推进模式", "batch-by-batch approach"), b.Cite)
			}
		}
	}
	for _, id := range f.terms {
		t, ok := s.pol.Term(id)
		if !ok {
			continue
		}
		subject = append(subject, t.Name)
		add(s.name(t.Domain), s.domain(t.Domain).Cite)
		for _, fo := range s.pol.Covers(s.layout, id) {
			if slices.ContainsFunc(fo.Terms, func(x policy.Term) bool { return x.ID == id }) {
				add(lang.T("空间布局", "layout table"), fo.Cite)
			}
		}
	}
	for _, id := range f.domains {
		d := s.domain(id)
		if len(f.terms) == 0 {
			subject = append(subject, s.name(id))
			add(lang.T("重点领域", "key fields"), d.Cite)
		}
		for _, fo := range s.layout.FocusesOf(id) {
			if len(f.terms) == 0 && (len(f.districts) == 0 || slices.Contains(f.districts, fo.District)) {
				add(lang.T("空间布局", "layout table"), fo.Cite)
			}
		}
	}
	if len(f.domains) == 0 {
		for _, id := range f.districts {
			subject = append(subject, s.district(id).Name)
			for _, fo := range s.layout.FocusesIn(id) {
				add(s.name(fo.Domain), fo.Cite)
			}
		}
	}
	if len(places) == 0 {
		number, ok := map[cue]string{
			cueTarget: "2.3", cuePrinciple: "2.2", cueAction: "5", cueSafeguard: "6", cueLayout: "4", cueBasis: "1", cueBatch: "6.4",
			cueEvaluate: "4", cueDomain: "3", cueDistrict: "4",
		}[f.noun]
		if f.rule == ruleWhere && !ok && (len(f.years) > 0) {
			number, ok = "2.3", true
		}
		sec, found := s.pol.Section(number)
		if !ok || !found {
			return s.unknown(f)
		}
		subject = append(subject, sec.Name)
		add(sec.Name, sec.Cite)
		if f.noun == cueLayout {
			a.Cites = addCite(a.Cites, policy.Citation{Section: "4.table", Place: layoutCite.Place})
		}
	}
	head := join(places, lang.T("、", ", "))
	switch {
	case len(subject) > 0:
		a.Head = lang.Tf("%s写在%s。", "%s: see %s.", capital(list(subject)), head)
	default:
		a.Head = lang.Tf("写在%s。", "See %s.", head)
	}
	if len(f.things)+len(f.terms)+len(f.indicators) == 0 && len(f.domains) == 1 {
		a.Lines = append(a.Lines, stop(s.domain(f.domains[0]).Summary))
	}
	a.Next = s.near(f)
	return a
}

// damage tells how a damaged place of the page is read.
func (s *speaker) damage(f *frame) Answer {
	if len(f.things) == 0 {
		a := Answer{List: true, Head: lang.T("网页丢失字符的地方：", "Where the page lost characters:"), Next: []Suggestion{askGoals, s.askDomains()}}
		for _, d := range s.pol.Damages {
			a.Lines = append(a.Lines, colon(d.Name, d.Answer))
			a.Cites = addCite(a.Cites, d.Cite)
		}
		return a
	}
	d, ok := s.pol.Damage(f.things[0].id)
	if !ok {
		return s.unknown(f)
	}
	a := Answer{Cites: []policy.Citation{d.Cite}}
	if d.Sure {
		a.Head = lang.Tf("应为%s：网页印作“%s”，丢了字符。", "It should be %s: the page prints %s, with a character lost.", d.Answer, d.Prints)
	} else {
		a.Head = lang.Tf("网页缺字(印作“%s”)，%s。", "The page lost characters here (it prints %s); %s.", d.Prints, d.Answer)
	}
	a.Lines = append(a.Lines, stop(d.Why))
	if t, ok := s.engine.damagedTarget(d.ID); ok {
		a.Lines = append(a.Lines, s.targetLine(t))
		a.Next = append(a.Next, s.askTarget(t.Indicator), s.askTargets(t.Year))
		f.indicators = []policy.IndicatorID{t.Indicator}
	}
	if batches := s.pol.Batches(); d.ID == "eight-batches" && len(batches) > 0 {
		a.Lines = append(a.Lines, lang.Tf("%s项是：%s。", "The %s items: %s.", number(len(batches)), namesOf(batches, func(b policy.Batch) lang.Text { return b.Name })))
	}
	a.Next = append(a.Next, askGoals, s.askDomains())
	return a
}
