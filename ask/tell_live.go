package ask

import (
	"slices"
	"strconv"

	"wainao/calendar"
	"wainao/lang"
	"wainao/policy"
)

// tellLive joins the policy with what the ledger holds.
func (s *speaker) tellLive(r *reading, f *frame) Answer {
	switch f.rule {
	case ruleProgress:
		if len(f.indicators) > 0 {
			return s.progress(f)
		}
		return s.progressAll(f)
	case ruleProgressAll:
		return s.progressAll(f)
	case rulePace:
		return s.pace(f)
	default:
		// The rest is told below.
	}
	f.period = s.periodOf(r, f)
	switch f.rule {
	case ruleMissing:
		return s.missing(f)
	case rulePending:
		return s.pending(f)
	default:
		// The rest is told below.
	}
	return s.reported(f)
}

// periodOf returns the quarter that the question names, otherwise the current
// one. The year of a bare quarter is the current one.
func (s *speaker) periodOf(r *reading, f *frame) calendar.Period {
	now := calendar.PeriodOf(s.view.At)
	if p, ok := calendar.ParsePeriod(r.t.orig); ok {
		return p
	}
	year := now.Year()
	if len(r.years) > 0 {
		year = r.years[0]
	}
	for i, words := range [][]string{
		{"一季度", "第1季度", "1季度", "首季", "q1", "1q", "firstquarter"},
		{"二季度", "第2季度", "2季度", "q2", "2q", "secondquarter"},
		{"三季度", "第3季度", "3季度", "q3", "3q", "thirdquarter"},
		{"四季度", "第4季度", "4季度", "q4", "4q", "fourthquarter"},
	} {
		// 上一季度 is the last quarter, not the first.
		if containsAny(r.t.buf, words...) && !r.has(cueLast, cueThis) {
			if p, ok := calendar.ParsePeriod(strconv.Itoa(year) + "Q" + strconv.Itoa(i+1)); ok {
				return p
			}
		}
	}
	switch {
	case r.has(cueLast):
		return now.Prev()
	case f.period != "" && !r.has(cueThis):
		return f.period
	}
	return now
}

// figure returns what has been counted; without Facts, nothing has.
func (s *speaker) figure(f *frame, id policy.IndicatorID) Figure {
	if s.view.Facts == nil {
		return Figure{}
	}
	scope := Scope{Indicator: id}
	if len(f.domains) == 1 {
		scope.Domain = f.domains[0]
	}
	if len(f.districts) == 1 {
		scope.District = f.districts[0]
	}
	return s.view.Facts.Figure(scope)
}

// progress tells the target, the accepted figure and the pending one.
func (s *speaker) progress(f *frame) Answer {
	var a Answer
	for k, id := range f.indicators {
		head, lines, cites := s.progressOf(f, id)
		if k == 0 {
			a.Head = head
		} else {
			a.Lines = append(a.Lines, head)
		}
		a.Lines = append(a.Lines, lines...)
		for _, c := range cites {
			a.Cites = addCite(a.Cites, c)
		}
		a.Next = append(a.Next, s.askTarget(id))
	}
	a.Next = append(a.Next, askMissing, askProgressAll)
	return a
}

var (
	askMissing     = ask(lang.T("谁还没上报", "Who has not reported"), lang.T("哪些板块还没上报？", "Which districts have not reported yet?"))
	askProgressAll = ask(lang.T("全部进展", "All progress"), lang.T("各项目标进展如何？", "What is the progress on all targets?"))
)

func (s *speaker) progressOf(f *frame, id policy.IndicatorID) (head lang.Text, lines []lang.Text, cites []policy.Citation) {
	i := s.indicator(id)
	name := lang.T(i.Name.ZH, lower(i.Name.EN))
	fig := s.figure(f, id)
	where := lang.T("全市", "The city")
	scoped := len(f.domains)+len(f.districts) > 0
	if scoped {
		where = s.scope(f)
	}
	if fig.HasAccepted {
		head = lang.Tf("%s%s已采纳%s。", "%s, %s accepted: %s.", where, name, s.quantity(id, fig.Accepted))
		if !fig.AsOf.IsZero() {
			head = lang.Tf("%s%s(截至%s)。", "%s%s, as of %s.", lang.T(trimStop(head.ZH), trimStop(head.EN)), lang.T("", ""), calendar.FormatDate(fig.AsOf))
		}
	} else {
		head = lang.Tf("%s%s：暂无数据(未填报不等于0)。", "%s, %s: no data yet (which is not zero).", where, name)
	}
	if fig.HasPending {
		lines = append(lines, lang.Tf("另有%s已上报、待审核，不计入。", "Reported and pending review, not counted in: %s.", s.quantity(id, fig.Pending)))
	}
	for _, t := range s.pol.TargetsFor(id) {
		if len(f.years) > 0 && !slices.Contains(f.years, t.Year) {
			continue
		}
		line := s.targetLine(t)
		if scoped {
			line = lang.Tf("目标只有全市的，%s", "The target is the city's only. %s", line)
		}
		if fig.HasAccepted && !scoped && t.Op != policy.Qualitative {
			if left := t.Value - fig.Accepted; left > 0 {
				line = lang.T(trimStop(line.ZH)+"，还差"+s.quantity(id, left).ZH+"。", trimStop(line.EN)+"; still to go: "+s.quantity(id, left).EN+".")
			} else if met, ok := t.Met(fig.Accepted); ok && met {
				line = lang.T(trimStop(line.ZH)+"，已达到。", trimStop(line.EN)+"; reached.")
			}
		}
		lines = append(lines, line)
		cites = addCite(cites, t.Cite)
	}
	if len(cites) == 0 {
		cites = addCite(cites, i.Cite)
	}
	if !scoped {
		for _, st := range s.standings() {
			if st.Indicator == id && st.Pace != PaceNone && (len(f.years) == 0 || slices.Contains(f.years, st.Year)) {
				lines = append(lines, lang.Tf("对照已采纳的路径，%d年目标：%s。", "Against the adopted path to %d: %s.", st.Year, st.Label))
			}
		}
	}
	return head, lines, cites
}

// progressAll tells every target's figure in a line.
func (s *speaker) progressAll(f *frame) Answer {
	a := Answer{List: true, Cites: s.section("2.3")}
	n := 0
	for _, i := range s.pol.Indicators {
		ts := slices.DeleteFunc(s.pol.TargetsFor(i.ID), func(t policy.Target) bool { return t.Op == policy.Qualitative })
		if len(ts) == 0 {
			continue
		}
		fig := s.figure(f, i.ID)
		state := lang.T("暂无数据", "no data")
		if fig.HasAccepted {
			state = lang.Tf("已采纳%s", "%s accepted", s.quantity(i.ID, fig.Accepted))
			n++
		}
		if fig.HasPending {
			state = lang.Tf("%s，待审核%s", "%s, %s pending", state, s.quantity(i.ID, fig.Pending))
		}
		goal := lang.Tf("%d年目标%s", "target %d: %s", ts[0].Year, ts[0].Text)
		a.Lines = append(a.Lines, lang.Tf("%s：%s(%s)", "%s: %s (%s)", short(i.Name), state, goal))
		f.listed = append(f.listed, thing{kindIndicator, string(i.ID)})
	}
	where := lang.T("全市", "The city")
	if len(f.domains)+len(f.districts) > 0 {
		where = capital(s.scope(f))
	}
	if n == 0 {
		a.Head = lang.Tf("%s各项目标暂无已采纳的数据。", "%s: no data has been accepted for any target yet.", where)
	} else {
		a.Head = lang.Tf("%s已有采纳数据的目标有%s项：", "%s: targets with accepted data: %s.", where, number(n))
	}
	a.Next = []Suggestion{askMissing, askGoals}
	return a
}

func (s *speaker) reporting(p calendar.Period) Reporting {
	if s.view.Facts == nil {
		return Reporting{}
	}
	return s.view.Facts.Reporting(p)
}

// reported tells whether districts have reported, or which have.
func (s *speaker) reported(f *frame) Answer {
	p := f.period
	rep := s.reporting(p)
	a := Answer{Next: []Suggestion{askMissing, askProgressAll}}
	for k, id := range f.districts {
		line := lang.Tf("%s%s还没有上报。", "%s has not reported for %s yet.", s.district(id).Name, p.Label())
		if slices.Contains(rep.Reported, id) {
			line = lang.Tf("%s%s已上报。", "%s has reported for %s.", s.district(id).Name, p.Label())
		}
		if k == 0 {
			a.Head = line
		} else {
			a.Lines = append(a.Lines, line)
		}
		a.Next = append(a.Next, s.askDistrict(id))
	}
	if len(f.districts) > 0 {
		return a
	}
	if len(rep.Reported) == 0 {
		a.Head = lang.Tf("%s还没有板块上报。", "No district has reported for %s yet.", p.Label())
		return a
	}
	a.Head = lang.Tf("%s已上报%s：%s。", "Reported for %s: %s.", p.Label(), lang.Tf("%d个板块", "%s", number(len(rep.Reported))), list(s.districtNames(rep.Reported)))
	a.Head.EN = "Reported for " + p.Label().EN + ": " + list(s.districtNames(rep.Reported)).EN + "."
	a.Head.ZH = p.Label().ZH + "已上报的板块有" + strconv.Itoa(len(rep.Reported)) + "个：" + list(s.districtNames(rep.Reported)).ZH + "。"
	if rep.Pending > 0 {
		a.Lines = append(a.Lines, lang.Tf("其中%d条待审核。", "Reports pending review: %d.", rep.Pending))
	}
	return a
}

// missing tells which districts have not reported.
func (s *speaker) missing(f *frame) Answer {
	p := f.period
	rep := s.reporting(p)
	var left []policy.DistrictID
	for _, d := range s.pol.Districts {
		if !slices.Contains(rep.Reported, d.ID) {
			left = append(left, d.ID)
			f.listed = append(f.listed, thing{kindDistrict, string(d.ID)})
		}
	}
	a := Answer{Next: []Suggestion{askProgressAll, askLayout}}
	switch len(left) {
	case 0:
		a.Head = lang.Tf("%s%d个板块都已上报，没有缺的。", "For %s all %d districts have reported; none is missing.", p.Label(), len(s.pol.Districts))
	case len(s.pol.Districts):
		a.Head = lang.Tf("%s%d个板块都还没有上报。", "For %s none of the %d districts has reported yet.", p.Label(), len(left))
	default:
		a.Head = lang.Tf("%s还没有上报的板块有%d个：%s。", "%s: %d districts have not reported yet: %s.", p.Label(), len(left), list(s.districtNames(left)))
	}
	return a
}

// pending tells how many reports await review.
func (s *speaker) pending(f *frame) Answer {
	rep := s.reporting(f.period)
	a := Answer{Next: []Suggestion{askMissing, askProgressAll}}
	if rep.Pending == 0 {
		a.Head = lang.Tf("%s没有待审核的上报。", "No report for %s is pending review.", f.period.Label())
		return a
	}
	a.Head = lang.Tf("%s有%d条上报待审核。", "Reports for %s pending review: %d.", f.period.Label(), rep.Pending)
	return a
}
