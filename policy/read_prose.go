package policy

// This file reads the parts of the policy that are mostly words.

func (ld *loader) foundation() {
	o := ld.file(fileFoundation)
	defer o.done()
	for _, v := range o.need("facts").list() {
		o := v.object()
		f := Fact{
			ID: ld.id("fact", o), Kind: oneOf(o, "kind", FactFigure, FactRecognition, FactStatement),
			Name: o.need("name").text(), Aliases: o.aliases(), Text: o.need("text").text(), Cite: ld.cite(o),
		}
		if f.Kind == FactFigure {
			f.Value, f.Unit = o.need("value").number(), o.need("unit").text()
		}
		if y, ok := o.opt("year"); ok {
			f.Year = y.int()
		}
		for _, item := range optList(o, "items") {
			f.Items = append(f.Items, item.text())
		}
		ld.name("fact", f.ID, o, f.Aliases, f.Name)
		ld.policy.Facts = append(ld.policy.Facts, f)
		o.done()
	}
}

func (ld *loader) principles() {
	o := ld.file(filePrinciples)
	defer o.done()
	g := o.need("guiding").object()
	ld.policy.Guiding = Guiding{
		Name: g.need("name").text(), Aliases: g.aliases(),
		Text: g.need("text").text(), Goal: g.need("goal").text(), Cite: ld.cite(g),
	}
	g.done()
	for i, v := range o.need("principles").list() {
		o := v.object()
		p := Principle{
			ID: ld.id("principle", o), Number: i + 1, Name: o.need("name").text(), Aliases: o.aliases(),
			Text: o.need("text").text(), Cite: ld.cite(o),
		}
		ld.name("principle", p.ID, o, p.Aliases, p.Name)
		ld.policy.Principles = append(ld.policy.Principles, p)
		o.done()
	}
	ld.count(o, "principles", len(ld.policy.Principles), numPrinciples)
}

func (ld *loader) actions() {
	o := ld.file(fileActions)
	defer o.done()
	for i, v := range o.need("actions").list() {
		o := v.object()
		a := Action{
			ID: ld.id("action", o), Number: i + 1, Name: o.need("name").text(), Aliases: o.aliases(),
			Summary: o.need("summary").text(), Cite: ld.cite(o),
		}
		a.Measures = ld.measures(o, a.Cite)
		ld.name("action", a.ID, o, a.Aliases, a.Name)
		ld.policy.Actions = append(ld.policy.Actions, a)
		o.done()
	}
	ld.count(o, "actions", len(ld.policy.Actions), numActions)
}

// measures takes the measures of an action or a safeguard; they stand where it
// stands.
func (ld *loader) measures(o *object, c Citation) []Measure {
	var out []Measure
	for _, v := range o.need("measures").list() {
		o := v.object()
		m := Measure{ID: ld.id("measure", o), Text: o.need("text").text(), Aliases: o.aliases(), Cite: c}
		ld.name("measure", m.ID, o, m.Aliases)
		out = append(out, m)
		o.done()
	}
	return out
}

func (ld *loader) safeguards() {
	o := ld.file(fileSafeguards)
	defer o.done()
	for i, v := range o.need("safeguards").list() {
		o := v.object()
		s := Safeguard{
			ID: ld.id("safeguard", o), Number: i + 1, Name: o.need("name").text(), Aliases: o.aliases(),
			Summary: o.need("summary").text(), Cite: ld.cite(o), Damage: ld.damageRef(o),
		}
		s.Measures = ld.measures(o, s.Cite)
		for j, v := range optList(o, "batches") {
			s.Batches = append(s.Batches, ld.batch(v, j+1, s))
		}
		ld.name("safeguard", s.ID, o, s.Aliases, s.Name)
		ld.policy.Safeguards = append(ld.policy.Safeguards, s)
		o.done()
	}
	ld.count(o, "safeguards", len(ld.policy.Safeguards), numSafeguards)
	ld.count(o, "batches", len(ld.policy.Batches()), numBatches)
}

func (ld *loader) batch(v value, number int, s Safeguard) Batch {
	o := v.object()
	defer o.done()
	b := Batch{
		ID: ld.id("batch", o), Number: number, Name: o.need("name").text(), Text: o.need("text").text(),
		Aliases: o.aliases(), Cite: s.Cite, Damage: s.Damage,
	}
	if v, ok := o.opt("indicator"); ok {
		b.Indicator = IndicatorID(v.string())
		ld.refer("indicator", string(b.Indicator), v.at)
	}
	ld.name("batch", b.ID, o, b.Aliases, b.Name)
	return b
}

func (ld *loader) governance() {
	o := ld.file(fileGovernance)
	defer o.done()
	for _, v := range o.need("governance").list() {
		o := v.object()
		b := Body{
			ID: ld.id("body", o), Kind: oneOf(o, "kind", BodyOrgan, BodyProcedure), Name: o.need("name").text(),
			Aliases: o.aliases(), Summary: o.need("summary").text(), Cite: ld.cite(o),
		}
		for _, v := range o.need("duties").list() {
			o := v.object()
			d := Duty{ID: ld.id("duty", o), Text: o.need("text").text(), Aliases: o.aliases(), Cite: ld.cite(o)}
			ld.name("duty", d.ID, o, d.Aliases)
			b.Duties = append(b.Duties, d)
			o.done()
		}
		ld.name("body", b.ID, o, b.Aliases, b.Name)
		ld.policy.Governance = append(ld.policy.Governance, b)
		o.done()
	}
}
