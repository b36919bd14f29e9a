package ask

import (
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// tellRefusal answers what is not answered: talk, what is out of scope, and
// what has several readings.
func (s *speaker) tellRefusal(f *frame) Answer {
	switch f.rule {
	case ruleHelp:
		return s.help()
	case ruleThanks:
		return Answer{Status: Unknown, Head: lang.T("不客气。没有别的事的话，随时可以再问政策里的领域、板块和目标。", "You are welcome. I can only speak about the policy: its domains, districts and targets. Ask any time."), Next: s.start()}
	case ruleRefuse:
		return Answer{
			Status: Unknown,
			Head:   lang.T("这件事我不能做：我只依据政策和台账回答问题。", "I can't do that: I only answer questions from the policy and the work ledger."),
			Next:   s.near(f),
		}
	case ruleRanking:
		return Answer{
			Status: Unknown,
			Head:   lang.T("不做排名：板块始终按行政区划顺序列出，政策里也没有名次。", "There is no ranking: districts always stand in administrative order, and the policy has none either."),
			Next:   append(s.near(f), askLayout),
		}
	case ruleForeign:
		return s.foreign(f)
	case ruleNoYear:
		return s.noYear(f)
	case ruleScopedTarget:
		return s.scopedTarget(f)
	case ruleTermFigure:
		return s.termFigure(f)
	case ruleChoose:
		return s.choice(f)
	case ruleBasic:
		return s.basic(f)
	case ruleNoTerm:
		return s.noTerm(f)
	default:
		// The rest is told below.
	}
	return s.unknown(f)
}

func (s *speaker) start() []Suggestion {
	return []Suggestion{askHydro, s.askDomains(), askGoals, askLayout}
}

func (s *speaker) help() Answer {
	return Answer{
		Status: Unknown,
		Head: lang.T("你好，我是外脑，只回答《未来产业工作意见》和台账里有的内容，每个回答都带出处。",
			"Hello, I am Wainao. I only answer what is in the Opinions on Future Industries and in the work ledger, always with the source."),
		Lines: []lang.Text{lang.Tf("可以问%s个领域、十个板块、2030年和2035年目标、行动与保障措施、上报进展；联络员上报请输入 /future 上报。",
			"Ask about the %s domains, the ten districts, the targets for 2030 and 2035, actions and safeguards, or reported progress. Liaisons report with /future report.", s.eight())},
		Next: s.start(),
	}
}

func (s *speaker) tooLong() Answer {
	return Answer{
		Status: Unknown,
		Head: lang.Tf("问题太长，没有读：请缩短到%d字以内，一次问一件事。",
			"That is too long, so I have not read it: please keep to %d characters and ask one thing at a time.", maxQuestion),
		Next: s.start(),
	}
}

// unknown says plainly that there is no answer, and what is nearest.
func (s *speaker) unknown(f *frame) Answer {
	a := Answer{Status: Unknown, Next: s.near(f)}
	if subject := s.subject(f); !subject.IsZero() {
		a.Head = lang.Tf("这个问题政策里没有答案。关于%s，下面这些可以回答。", "The policy does not answer that. On %s, I can answer the questions below.", subject)
	} else {
		a.Head = lang.T("没有听懂，或者不在政策范围内：我只回答苏州这份未来产业政策和台账里有的内容。",
			"I did not understand that, or it is not in the policy: I only answer what Suzhou's policy on future industries and the work ledger hold.")
	}
	return a
}

// subject names what the question named, as it stands inside a sentence.
func (s *speaker) subject(f *frame) lang.Text {
	var names []lang.Text
	for _, d := range f.districts {
		names = append(names, s.district(d).Name)
	}
	names = append(names, s.domainNames(f.domains)...)
	for _, i := range f.indicators {
		n := s.indicator(i).Name
		names = append(names, lang.T(n.ZH, lower(n.EN)))
	}
	for _, id := range f.terms {
		if t, ok := s.pol.Term(id); ok {
			names = append(names, t.Name)
		}
	}
	for _, t := range f.things {
		if p, ok := s.part(t); ok && len(names) == 0 {
			if name := p.name; !name.IsZero() {
				names = append(names, lang.T(name.ZH, lower(name.EN)))
			} else if !p.parent.IsZero() {
				names = append(names, lang.T(p.parent.ZH, lower(p.parent.EN)))
			}
		}
	}
	if len(names) > 3 {
		names = names[:3]
	}
	return list(names)
}

// near returns the questions nearest to what the frame names.
func (s *speaker) near(f *frame) []Suggestion {
	var out []Suggestion
	for _, d := range f.domains {
		for _, r := range f.districts {
			if fo, ok := s.layout.FocusOf(d, r); ok {
				out = append(out, s.askFocus(fo))
			}
		}
	}
	for _, d := range f.domains {
		out = append(out, s.askLead(d), s.askDomain(d))
	}
	for _, r := range f.districts {
		out = append(out, s.askDistrict(r))
	}
	for _, i := range f.indicators {
		out = append(out, s.askTarget(i), s.askProgress(i))
	}
	for _, id := range f.terms {
		if t, ok := s.pol.Term(id); ok {
			out = append(out, s.askTerm(t))
		}
	}
	if len(out) == 0 {
		return s.start()
	}
	if len(out) > 4 {
		out = out[:4]
	}
	return out
}

func (s *speaker) askTerm(t policy.Term) Suggestion {
	return ask(t.Name, lang.Tf("%s属于哪个领域，由哪个板块负责？", "Which domain covers %s, and which district leads it?", t.Name))
}

// basic says that an industry is none of the domains, and what it is instead.
func (s *speaker) basic(f *frame) Answer {
	fact, _ := s.engine.fact(f.things[0].id)
	w := lang.T(f.words, f.words)
	a := Answer{
		Status: Unknown, Cites: []policy.Citation{fact.Cite}, Next: []Suggestion{s.askDomains(), askLayout},
		Head:  lang.Tf("“%s”不是%s个重点领域之一，布局里没有哪个板块牵头它。", "“%s” is not one of the %s domains, and no district leads it.", w, s.eight()),
		Lines: []lang.Text{lang.Tf("政策只在另一处提到它：%s。", "The policy mentions it elsewhere only: %s.", fact.Text)},
	}
	if f.yesNo {
		a.Status = Answered
		a.Head = lang.Tf("不是，%s", "No, %s", lang.T(a.Head.ZH, a.Head.EN))
	}
	return a
}

// foreign refuses what the policy has nothing about.
func (s *speaker) foreign(f *frame) Answer {
	if a, ok := s.silent(f); ok {
		return a
	}
	w := lang.T(f.words, f.words)
	a := Answer{Status: Unknown, Next: s.near(f)}
	switch f.category {
	case foreignPlace:
		a.Head = lang.Tf("政策只涉及苏州的十个板块，没有“%s”的内容。", "The policy is only about Suzhou's ten districts; it has nothing on “%s”.", w)
	case foreignFigure:
		a.Head = lang.Tf("政策没有给出“%s”的数字，我不能推测。", "The policy gives no figure for “%s”, and I do not guess.", w)
	case foreignDay:
		a.Head = lang.Tf("政策没有写“%s”：它只写了目标的年份和发文日期。", "The policy does not say “%s”: the only times in it are the years of the targets and its own date.", w)
	case foreignAddress:
		a.Head = lang.Tf("政策没有写具体地址，“%s”我无法回答。", "The policy gives no addresses, so I cannot answer “%s”.", w)
	case foreignOpinion:
		a.Head = lang.T("我不作评价，也不作预测：我只回答政策和台账里有的内容。", "I give no opinions and no forecasts: I only answer what the policy and the work ledger hold.")
	case foreignThing:
		a.Head = lang.Tf("政策没有写“%s”，我不能推测。", "The policy says nothing of “%s”, and I do not guess.", w)
	case foreignPerson:
		a.Head = lang.T("政策没有写具体的人和联系方式，这个问题我无法回答。", "The policy names no persons and no contacts, so I cannot answer that.")
		if f.picked && f.words != "" {
			a.Head = lang.Tf("政策没有写具体的人和联系方式，问到的“%s”我无法回答。", "The policy names no persons and no contacts, so I cannot tell you the “%s”.", w)
		}
	case foreignCompany:
		a.Head = lang.T("政策没有点名任何企业或机构，这个问题我无法回答。", "The policy names no company, so I cannot answer that.")
		if f.picked && f.words != "" {
			a.Head = lang.Tf("政策没有点名任何企业或机构，问到的“%s”我无法回答。", "The policy names no company and no such institution, so I cannot tell you the “%s”.", w)
		}
	case foreignTech:
		a.Head = lang.Tf("政策没有提到“%s”，我不能推测它归谁。", "The policy does not mention “%s”, and I can't guess whose it is.", w)
		a.Next = append(a.Next, s.askDomains())
	case foreignField:
		a.Head = lang.Tf("“%s”不在政策的%s个重点领域之内，布局里没有它。", "“%s” is not one of the policy's %s domains; the layout has nothing on it.", w, s.eight())
		a.Next = append([]Suggestion{s.askDomains()}, a.Next...)
	default:
		a.Head = lang.Tf("“%s”不在政策范围内，我只回答苏州未来产业政策和台账里有的内容。", "“%s” is outside the policy; I only answer what Suzhou's policy on future industries and the work ledger hold.", w)
	}
	return a
}

// noYear says which years there are.
func (s *speaker) noYear(f *frame) Answer {
	for _, t := range f.things {
		if fact, ok := s.engine.fact(t.id); ok && t.kind == kindFact {
			return Answer{
				Status: Unknown, Cites: []policy.Citation{fact.Cite},
				Head: lang.Tf("政策没有这个数字，只有：%s。", "The policy has no such figure, only this: %s.", fact.Text),
				Next: []Suggestion{ask(fact.Name, lang.Tf("%s是多少？", "What is the %s?", lang.T(fact.Name.ZH, lower(fact.Name.EN))))},
			}
		}
	}
	var bad []int
	known := s.pol.TargetYears()
	for _, y := range f.years {
		if !slices.Contains(known, y) {
			bad = append(bad, y)
		}
	}
	a := Answer{
		Status: Unknown, Cites: s.section("2.3"),
		Head: lang.Tf("政策没有%s的目标，只有%s的目标。", "The policy has no target for %s; it has targets for %s only.", years(bad), years(known)),
	}
	if f.noun == cueLater {
		a.Head = lang.Tf("政策没有%s之后的目标，只有%s的目标。", "The policy has no targets after %s; it has targets for %s only.", years(f.years), years(known))
	}
	for _, i := range f.indicators {
		a.Next = append(a.Next, s.askTarget(i))
	}
	for _, y := range known {
		a.Next = append(a.Next, s.askTargets(y))
	}
	return a
}

// scopedTarget says that targets are the city's only.
func (s *speaker) scopedTarget(f *frame) Answer {
	a := Answer{
		Status: Unknown, Cites: s.section("2.3"),
		Head: lang.Tf("政策没有为%s单列这个数字，数字只有全市的。", "The policy gives no such figure for %s: its figures are the city's only.", s.scope(f)),
	}
	if f.yesNo && len(f.districts)+len(f.domains)+len(f.terms) == 0 {
		a.Status = Answered
		a.Head = lang.T("没有，政策的目标都是全市的，没有分到板块或领域。", "No, the policy's targets are the city's; none is set for a single district or domain.")
	}
	for _, i := range f.indicators {
		for _, t := range s.pol.TargetsFor(i) {
			if t.Op != policy.Qualitative {
				a.Lines = append(a.Lines, lang.Tf("全市%d年：%s%s。", "The city, %d: %s, %s.", t.Year, lang.T(s.indicator(i).Name.ZH, lower(s.indicator(i).Name.EN)), t.Text))
			}
		}
		a.Next = append(a.Next, s.askTarget(i))
	}
	for _, d := range f.domains {
		a.Next = append(a.Next, s.askLead(d))
	}
	for _, r := range f.districts {
		a.Next = append(a.Next, s.askDistrict(r))
	}
	a.Next = append(a.Next, askGoals)
	return a
}

func (s *speaker) scope(f *frame) lang.Text {
	var names []lang.Text
	names = append(names, s.districtNames(f.districts)...)
	names = append(names, s.domainNames(f.domains)...)
	if len(names) == 0 {
		return lang.T("各板块或各领域", "single districts or domains")
	}
	return list(names)
}

// termFigure says that the policy gives no number for a technology or domain.
func (s *speaker) termFigure(f *frame) Answer {
	if s.subject(f).IsZero() {
		return s.unknown(&frame{})
	}
	a := Answer{
		Status: Unknown,
		Head:   lang.Tf("政策没有给出%s的数量或金额，我不能推测。", "The policy gives no number for %s, and I do not guess.", s.subject(f)),
		Next:   append(s.near(f), askGoals),
	}
	return a
}

// askThing asks for a text, in the first words of the bank for it.
func (s *speaker) askThing(t thing) Suggestion {
	q := s.engine.index.example(t)
	return ask(q, q)
}

// choice asks back which reading is meant.
func (s *speaker) choice(f *frame) Answer {
	a := Answer{Status: Ambiguous, Head: lang.T("这个问法可能指几样东西，请选一个：", "That can mean several things. Which one?")}
	for i, c := range f.choices {
		var next Suggestion
		switch {
		case len(c.terms) == 1:
			t, _ := s.pol.Term(c.terms[0])
			next = s.askTerm(t)
			a.Lines = append(a.Lines, lang.Tf("%d. %s(%s)", "%d. %s (%s)", i+1, t.Name, s.name(t.Domain)))
		case len(c.districts) == 1 && len(c.domains) == 1:
			next = s.askFocus(policy.Focus{Domain: c.domains[0], District: c.districts[0]})
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", i+1, s.district(c.districts[0]).Name))
		case len(c.districts) == 1:
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", i+1, s.district(c.districts[0]).Name))
			next = s.askDistrict(c.districts[0])
		case len(c.indicators) == 1:
			n := s.indicator(c.indicators[0]).Name
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", i+1, n))
			next = s.askTarget(c.indicators[0])
		case len(c.things) == 1:
			p, _ := s.part(c.things[0])
			name := p.name
			if name.IsZero() {
				name = p.text
			}
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", i+1, name))
			next = s.askThing(c.things[0])
		case len(c.domains) == 1:
			a.Lines = append(a.Lines, lang.Tf("%d. %s", "%d. %s", i+1, s.domain(c.domains[0]).Name))
			next = s.askLead(c.domains[0])
		}
		a.Next = append(a.Next, next)
	}
	return a
}
