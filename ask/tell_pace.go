package ask

import "wainao/lang"

// standings returns how the targets stand; without Facts nothing is known.
func (s *speaker) standings() []Standing {
	if s.view.Facts == nil {
		return nil
	}
	return s.view.Facts.Standings()
}

// pace tells which targets are behind their adopted paths, or which keep up, and
// how the others stand. What has no path or no data is named, never passed over.
func (s *speaker) pace(f *frame) Answer {
	a := Answer{List: true, Cites: s.section("2.3"), Next: []Suggestion{askProgressAll, askGoals}}
	var asked, others, none []lang.Text
	known := 0
	for _, st := range s.standings() {
		name := lang.Tf("%s(%d年)", "%s (%d)", short(s.indicator(st.Indicator).Name), st.Year)
		if st.Pace != PaceNone {
			known++
		}
		switch {
		case st.Pace == PaceNone:
			none = append(none, name)
		case (f.noun == cueProgress) == (st.Pace == PaceOnTrack) && (st.Pace == PaceOnTrack || st.Pace == PaceBehind):
			asked = append(asked, colon(name, stop(st.Label)))
			f.listed = append(f.listed, thing{kindIndicator, string(st.Indicator)})
		default:
			others = append(others, lang.Tf("%s%s", "%s %s", name, st.Label))
		}
	}
	switch {
	case known == 0:
		a.Head = lang.T("现在还不能判断哪项目标滞后：没有已采纳的年度路径，或者没有已采纳的数据。", "No target can be called behind or on track yet: no yearly path has been adopted, or no data has been accepted.")
		a.Lines = []lang.Text{lang.T("政策没有规定年度路径，由秘书处采纳后才有对照。", "The policy sets no yearly path; there is one to compare with only after the secretariat has adopted it.")}
		return a
	case f.noun == cueProgress && len(asked) == 0:
		a.Head = lang.T("能判断的目标里，没有一项在正常推进。", "Of the targets that can be judged, none is on track.")
	case f.noun == cueProgress:
		a.Head = lang.Tf("正常推进的目标有%s项：", "Targets on track: %s.", number(len(asked)))
	case len(asked) == 0:
		a.Head = lang.T("能判断的目标里，没有滞后的。", "Of the targets that can be judged, none is behind.")
	default:
		a.Head = lang.Tf("滞后的目标有%s项：", "Targets behind their path: %s.", number(len(asked)))
	}
	a.Lines = asked
	if len(others) > 0 {
		a.Lines = append(a.Lines, lang.Tf("其余：%s。", "The others: %s.", join(others, lang.T("；", "; "))))
	}
	if len(none) > 0 {
		a.Lines = append(a.Lines, lang.Tf("没有路径或数据、不能判断：%s。", "Without a path or data, so not judged: %s.", join(none, lang.T("、", ", "))))
	}
	return a
}
