package ask

import (
	"fmt"
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// tellTarget answers questions about targets and indicators.
func (s *speaker) tellTarget(f *frame) Answer {
	switch f.rule {
	case ruleTargets:
		return s.targets(f)
	case ruleTargetYears:
		return s.targetYears()
	case ruleTargetYear:
		return s.targetYear(f)
	case ruleCompareYears:
		return s.compareYears(f)
	case ruleCheckTarget:
		if len(f.values) > 1 {
			return s.checkEach(f)
		}
		return s.checkTarget(f)
	case ruleProseTarget:
		return s.targetOfThing(f)
	case ruleDefine:
		return s.define(f)
	case ruleStrand:
		return s.strand(f)
	case ruleIndicators:
		return s.indicators(f)
	default:
		// The rest is told below.
	}
	if len(f.indicators) == 1 {
		return s.target(f, f.indicators[0])
	}
	var a Answer
	for _, id := range f.indicators {
		one := s.target(f, id)
		a.Lines = append(append(a.Lines, one.Head), one.Lines...)
		for _, c := range one.Cites {
			a.Cites = addCite(a.Cites, c)
		}
		a.Next = append(a.Next, s.askTarget(id))
		f.listed = append(f.listed, thing{kindIndicator, string(id)})
	}
	a.Head, a.Lines = a.Lines[0], a.Lines[1:]
	return a
}

// targetLine tells one target in a line.
func (s *speaker) targetLine(t policy.Target) lang.Text {
	n := s.indicator(t.Indicator).Name
	name := lang.T(n.ZH, lower(n.EN))
	switch {
	case t.Indicator == "" || t.Op == policy.Qualitative:
		return lang.Tf("%d年：%s。", "By %d: %s.", t.Year, lang.T(t.Summary.ZH, lowerFirst(t.Summary.EN)))
	}
	return lang.T(fmt.Sprintf("%d年%s目标：%s。", t.Year, name.ZH, t.Text.ZH),
		fmt.Sprintf("Target for %s by %d: %s.", name.EN, t.Year, t.Text.EN))
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]|0x20) + s[1:]
	}
	return s
}

// damageNote tells how a damaged place of the text is read.
func (s *speaker) damageNote(id string) (lang.Text, bool) {
	d, ok := s.pol.Damage(id)
	if !ok {
		return lang.Text{}, false
	}
	if d.Sure {
		return lang.Tf("说明：网页此处印作“%s”，应为%s。%s。", "Note: the page prints %s here; it should be %s. %s.", d.Prints, d.Answer, d.Why), true
	}
	return lang.Tf("说明：网页此处有缺字，印作“%s”；%s。", "Note: characters are lost here, the page prints %s; %s.", d.Prints, d.Answer), true
}

// target tells an indicator's target for the years that are asked for.
func (s *speaker) target(f *frame, id policy.IndicatorID) Answer {
	i := s.indicator(id)
	all := s.pol.TargetsFor(id)
	wanted := all
	if len(f.years) > 0 {
		wanted = nil
		for _, t := range all {
			if slices.Contains(f.years, t.Year) {
				wanted = append(wanted, t)
			}
		}
	}
	numeric := slices.DeleteFunc(slices.Clone(wanted), func(t policy.Target) bool { return t.Op == policy.Qualitative })
	a := Answer{Next: []Suggestion{s.askProgress(id)}}
	name := lang.T(i.Name.ZH, lower(i.Name.EN))
	switch {
	case len(all) == 0:
		if f.figure {
			a.Status = Unknown
		}
		a.Head = lang.Tf("政策要求%s，没有给出数字目标。", "The policy asks for this without a number: %s.", s.batchText(id))
		a.Cites = []policy.Citation{i.Cite}
		return a
	case len(wanted) == 0:
		a.Status = Unknown
		a.Head = lang.Tf("政策没有%s的%s目标。", "The policy has no %s target for %s.", lang.T(years(f.years).ZH, years(f.years).EN), name)
		for _, t := range all {
			a.Lines = append(a.Lines, s.targetLine(t))
			a.Cites = addCite(a.Cites, t.Cite)
		}
		a.Next = append(a.Next, s.askTarget(id))
		for _, y := range f.years {
			a.Next = append(a.Next, s.askTargets(y))
		}
		return a
	case len(numeric) == 0:
		t := wanted[0]
		a.Head = lang.Tf("%d年的目标是%s，没有数字。", "By %d: %s. There is no number.", t.Year, lang.T(t.Summary.ZH, lowerFirst(t.Summary.EN)))
	default:
		a.Head = s.targetLine(numeric[0])
		for _, t := range wanted {
			if t.ID != numeric[0].ID {
				a.Lines = append(a.Lines, s.targetLine(t))
			}
		}
		// The earlier year comes first, whether it has a number or not.
		if len(wanted) > 1 && wanted[0].ID != numeric[0].ID {
			a.Lines = a.Lines[:0]
			for _, t := range wanted {
				if t.ID != numeric[0].ID {
					a.Lines = append(a.Lines, s.targetLine(t))
				}
			}
		}
	}
	for _, t := range wanted {
		a.Cites = addCite(a.Cites, t.Cite)
		if note, ok := s.damageNote(t.Damage); ok {
			a.Lines = append(a.Lines, note)
		}
	}
	for _, y := range s.pol.TargetYears() {
		a.Next = append(a.Next, s.askTargets(y))
	}
	return a
}

// batchText is what the "a batch of" list says about an indicator.
func (s *speaker) batchText(id policy.IndicatorID) lang.Text {
	for _, b := range s.pol.Batches() {
		if b.Indicator == id {
			return b.Text
		}
	}
	n := s.indicator(id).Name
	return lang.T(n.ZH, lower(n.EN))
}

// targets lists the targets of the years.
func (s *speaker) targets(f *frame) Answer {
	ys := f.years
	if len(ys) == 0 {
		ys = s.pol.TargetYears()
	}
	a := Answer{List: true, Head: lang.Tf("%s的发展目标：", "Targets for %s:", years(ys))}
	if f.yesNo && len(ys) == len(s.pol.TargetYears()) && len(f.years) == 0 {
		a.Head = lang.Tf("有，%s都有目标：", "Yes, there are targets for %s:", years(ys))
	}
	for _, y := range ys {
		for _, t := range s.pol.TargetsOf(y) {
			line := lang.Tf("%s。", "%s.", t.Summary)
			if len(ys) > 1 {
				line = lang.Tf("%d年：%s。", "%d: %s.", y, t.Summary)
			}
			// Several years at once show what has a number only.
			if f.noun == cueOverview != (t.Op == policy.Qualitative) && (f.noun == cueOverview || f.noun == cueCount || len(ys) > 1) {
				continue
			}
			a.Lines = append(a.Lines, line)
			a.Cites = addCite(a.Cites, t.Cite)
			if t.Indicator != "" {
				f.listed = append(f.listed, thing{kindIndicator, string(t.Indicator)})
			}
			if note, ok := s.damageNote(t.Damage); ok && len(ys) == 1 {
				defer func() { a.Lines = append(a.Lines, note) }()
			}
		}
	}
	if len(a.Cites) > 2 {
		a.Cites = s.section("2.3")
	}
	if f.noun == cueOverview {
		a.Head = lang.Tf("%s没有数字的目标：", "Targets without a number, %s:", years(ys))
	}
	if f.noun == cueCount {
		a.Head = lang.Tf("%s有数字的目标：", "Targets with a number, %s:", years(ys))
	}
	if len(ys) > 1 && f.noun != cueOverview {
		a.Lines = append(a.Lines, lang.T("另有关键核心技术突破、创新联合体等不带数字的目标。", "There are also targets without a number, such as breakthroughs in key core technologies and innovation consortia."))
	}
	for _, y := range s.pol.TargetYears() {
		if len(ys) > 1 || !slices.Contains(ys, y) {
			a.Next = append(a.Next, s.askTargets(y))
		}
	}
	a.Next = append(a.Next, s.askProgress(policy.Output))
	return a
}

func (s *speaker) targetYears() Answer {
	known := s.pol.TargetYears()
	a := Answer{Head: lang.Tf("政策给了%s个目标年份：%s。", "The policy sets targets for %s years: %s.", number(len(known)), years(known)), Cites: s.section("2.3")}
	for _, y := range known {
		a.Next = append(a.Next, s.askTargets(y))
	}
	return a
}

// targetYear tells of which year a figure is the target.
func (s *speaker) targetYear(f *frame) Answer {
	if len(f.indicators) == 0 || len(f.years) == 0 {
		return s.targetYears()
	}
	t, ok := s.pol.Target(f.indicators[0], f.years[0])
	if !ok {
		return s.target(f, f.indicators[0])
	}
	a := Answer{
		Head:  lang.Tf("是%d年的目标：%s。", "That is a target for %d: %s.", t.Year, lang.T(t.Summary.ZH, lowerFirst(t.Summary.EN))),
		Cites: []policy.Citation{t.Cite},
		Next:  []Suggestion{s.askTarget(t.Indicator), s.askTargets(t.Year), s.askProgress(t.Indicator)},
	}
	return a
}

// compareYears sets the years' targets side by side.
func (s *speaker) compareYears(f *frame) Answer {
	ys := f.years
	if len(ys) < 2 {
		ys = s.pol.TargetYears()
	}
	slices.Sort(ys)
	a := Answer{List: true, Cites: s.section("2.3"), Head: lang.Tf("%s目标的区别：", "How the targets for %s differ:", years(ys))}
	for _, id := range []policy.IndicatorID{policy.Output, policy.Clusters} {
		parts := []lang.Text{}
		for _, y := range ys {
			if t, ok := s.pol.Target(id, y); ok {
				parts = append(parts, lang.Tf("%d年%s", "%d, %s", y, t.Text))
			}
		}
		a.Lines = append(a.Lines, colon(s.indicator(id).Name, join(parts, lang.T("；", "; "))))
	}
	for _, y := range ys {
		var only []lang.Text
		for _, t := range s.pol.TargetsOf(y) {
			if t.Op != policy.Qualitative && t.Indicator != policy.Output && t.Indicator != policy.Clusters {
				n := short(s.indicator(t.Indicator).Name)
				only = append(only, lang.Tf("%s%s", "%s: %s", n, t.Text))
			}
		}
		if len(only) > 0 {
			a.Lines = append(a.Lines, lang.Tf("只有%d年有数字的：%s。", "With a number for %d only: %s.", y, join(only, lang.T("、", "; "))))
		}
	}
	for _, y := range ys {
		for _, t := range s.pol.TargetsOf(y) {
			if note, ok := s.damageNote(t.Damage); ok {
				a.Lines = append(a.Lines, note)
			}
		}
		a.Next = append(a.Next, s.askTargets(y))
	}
	return a
}

// checkTarget tells whether a figure is an indicator's target.
func (s *speaker) checkTarget(f *frame) Answer {
	id := f.indicators[0]
	a := s.target(f, id)
	if a.Status == Unknown {
		return a
	}
	var other *policy.Target
	for _, t := range s.pol.TargetsFor(id) {
		if t.Op == policy.Qualitative {
			continue
		}
		same := (t.Value == f.value || t.Op == policy.Range && t.Max == f.value) && (f.money || id != policy.Output || f.value > 100)
		if same && (len(f.years) == 0 || slices.Contains(f.years, t.Year)) {
			a.Head = lang.Tf("是的。%s", "Yes. %s", a.Head)
			return a
		}
		if same {
			other = &t
		}
	}
	if n := len(a.Lines); n == 0 || len(s.pol.TargetsFor(id)) > 0 {
		a.Head = lang.Tf("不是。%s", "No. %s", a.Head)
	}
	if other != nil {
		a.Lines = append([]lang.Text{lang.Tf("%s是%d年的目标。", "%s is the target for %d.", s.quantity(id, f.value), other.Year)}, a.Lines...)
		a.Cites = addCite(a.Cites, other.Cite)
	}
	return a
}

// targetOfThing tells a target that nothing is counted for.
func (s *speaker) targetOfThing(f *frame) Answer {
	for _, t := range s.pol.Targets {
		if t.ID == f.things[0].id {
			a := Answer{Head: s.targetLine(t), Cites: []policy.Citation{t.Cite}, Next: []Suggestion{s.askTargets(t.Year)}}
			if !t.Strand.IsZero() {
				a.Lines = append(a.Lines, lang.Tf("属于“%s”一项，没有数字。", "It stands under “%s” and has no number.", t.Strand))
			}
			return a
		}
	}
	return s.unknown(f)
}

// define tells how an indicator is counted.
func (s *speaker) define(f *frame) Answer {
	var a Answer
	for k, id := range f.indicators {
		i := s.indicator(id)
		line := lang.Tf("%s的计入条件：%s。", "%s count when: %s.", i.Name, i.CountsWhen)
		if k == 0 {
			a.Head = line
		} else {
			a.Lines = append(a.Lines, line)
		}
		a.Lines = append(a.Lines, lang.Tf("一项的识别：%s。", "One item is: %s.", i.ItemIs))
		a.Cites = addCite(a.Cites, i.Cite)
		a.Next = append(a.Next, s.askTarget(id), s.askProgress(id))
	}
	a.Lines = append(a.Lines, lang.T("这是台账的统计口径；政策只给目标，没有写口径。", "This is the ledger's definition; the policy sets the target but does not define it."))
	return a
}

// indicators lists what is counted.
func (s *speaker) indicators(f *frame) Answer {
	var with, without []lang.Text
	for _, i := range s.pol.Indicators {
		n := short(i.Name)
		if slices.ContainsFunc(s.pol.TargetsFor(i.ID), func(t policy.Target) bool { return t.Op != policy.Qualitative }) {
			with = append(with, n)
			f.listed = append(f.listed, thing{kindIndicator, string(i.ID)})
		} else {
			without = append(without, n)
		}
	}
	return Answer{
		List: true, Cites: s.section("2.3"),
		Head:  lang.Tf("有数字目标的指标%s个：%s。", "Indicators with a number: %s (%s).", lang.T(number(len(with)).ZH, join(with, lang.T("", ", ")).EN), lang.T(join(with, lang.T("、", "")).ZH, fmt.Sprint(len(with)))),
		Lines: []lang.Text{lang.Tf("只登记、没有数字目标的：%s。", "Registers without a number: %s.", join(without, lang.T("、", ", ")))},
		Next:  []Suggestion{askGoals},
	}
}
