package render

import (
	"math"
	"strconv"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/picture"
	"wainao/policy"
)

// percent writes a share in whole percent, by the rule of the pictures: what is
// short of the whole is never rounded up to it, and what is not nothing never
// down to nothing. Beyond the whole the number goes on.
func percent(share float64) string {
	p := math.Round(share * 100)
	switch {
	case share > 0 && p < 1:
		return "<1%"
	case share < 1 && p >= 100:
		return "99%"
	}
	return strconv.FormatFloat(p, 'f', 0, 64) + "%"
}

// growth writes a growth per year with one decimal: 14.9%.
func growth(share float64) string { return strconv.FormatFloat(share*100, 'f', 1, 64) + "%" }

// drawing is what package picture can draw.
type drawing interface {
	Draw(l lang.Lang) (picture.Picture, error)
}

// draw adds a picture to the message. ok is false when it cannot be drawn: then
// the message does without.
func (m *Message) draw(name, title string, d drawing, l lang.Lang) (ok bool) {
	p, err := d.Draw(l)
	if err != nil {
		return false
	}
	m.AddPicture(Picture{Picture: p, Name: name, Title: title})
	return true
}

// asOf says when something is as it is told.
func asOf(now time.Time) lang.Text {
	return lang.Tf("截至%s", "As of %s", calendar.FormatTime(now))
}

// targetCharts are the pictures of the targets that have a number, as many to a
// picture as it holds.
func targetCharts(all []ledger.IndicatorProgress, now time.Time) []picture.Targets {
	var out []picture.Targets
	for _, p := range all {
		if p.Target.Op == policy.Qualitative {
			continue
		}
		if len(out) == 0 || len(out[len(out)-1].Targets) == picture.MaxTargets {
			out = append(out, picture.Targets{Heading: picture.Heading{
				Title: lang.T("目标进展", "Progress towards the targets"), About: asOf(now), Note: ledgerNote,
			}})
		}
		last := &out[len(out)-1]
		last.Targets = append(last.Targets, targetChart(p))
	}
	return out
}

// targetChart is one target as a picture shows it. A reference is shown where
// it stands at the time of the figure; for what is only counted today it would
// stand at the figure itself and tell nothing.
func targetChart(p ledger.IndicatorProgress) picture.Target {
	t := picture.Target{
		Name: lang.Tf("%d年 · %s", "%d · %s", p.Target.Year, p.Indicator.Name), Goal: p.Target.Text, Value: p.Target.Value, Unit: p.Target.Unit,
		Reported: p.Has || waiting(p) > 0, Accepted: p.Value, Pending: waiting(p), Light: picture.Light(p.Pace.Light),
	}
	if !t.Reported && t.Light != picture.StaleLight {
		t.Light = picture.NoLight
	}
	switch year, linear, constant, ok := references(p); {
	case p.Pace.OnPath:
		t.Marks = append(t.Marks, picture.Mark{Kind: picture.PathMark, Value: p.Pace.Expected})
	case ok && year == p.Year:
		t.Marks = append(t.Marks, picture.Mark{Kind: picture.LinearMark, Value: linear})
		if constant > 0 {
			t.Marks = append(t.Marks, picture.Mark{Kind: picture.GrowthMark, Value: constant})
		}
	}
	return t
}

// waiting is what waits for review beside what counts, in the target's unit. Of
// an amount it is the city's official figure alone.
func waiting(p ledger.IndicatorProgress) float64 {
	if p.Indicator.Takes != policy.TakesValue {
		return float64(p.City.Pending)
	}
	if p.Pending == nil {
		return 0
	}
	return p.Pending.Value.Yi()
}

// references returns where the two references stand, and at the end of which
// year: that of the figure, or the next one when they begin with the figure.
func references(p ledger.IndicatorProgress) (year int, linear, constant float64, ok bool) {
	if len(p.Pace.Linear) == 0 {
		return 0, 0, 0, false
	}
	if year = p.Year; year <= p.Pace.Linear[0].Year {
		year = p.Pace.Linear[0].Year + 1
	}
	linear, ok = p.Pace.Linear.At(float64(year))
	constant, _ = p.Pace.Constant.At(float64(year))
	return year, linear, constant, ok
}

// cellStates are the states of the ledger as the picture knows them.
var cellStates = map[ledger.CellState]picture.CellState{
	ledger.CellNotAssigned: picture.NotAssigned, ledger.CellNoData: picture.NoData, ledger.CellPending: picture.Pending,
	ledger.CellReturned: picture.Returned, ledger.CellAccepted: picture.Accepted, ledger.CellStale: picture.Stale,
}

// matrixChart is the matrix of a period as a heat map.
func matrixChart(rows [][]ledger.Cell, period calendar.Period, pol *policy.Policy, now time.Time) picture.Matrix {
	m := picture.Matrix{Heading: picture.Heading{
		Title: lang.Tf("各领域、各板块上报情况 · %s", "Reports by domain and district · %s", period.Label()), About: asOf(now), Note: ledgerNote,
	}}
	for n, row := range rows {
		r := picture.MatrixRow{Name: shortDomain(pol, row[0].Domain)}
		for _, c := range row {
			if n == 0 {
				d, _ := pol.District(c.District)
				m.Columns = append(m.Columns, d.Short)
			}
			r.Cells = append(r.Cells, picture.Cell{State: cellStates[c.State], Count: cellCount(c)})
		}
		m.Rows = append(m.Rows, r)
	}
	return m
}

// cellCount is how many reports stand behind a cell's state.
func cellCount(c ledger.Cell) int {
	switch c.State {
	case ledger.CellPending:
		return c.Pending
	case ledger.CellReturned:
		return c.Returned
	case ledger.CellAccepted:
		return c.Accepted
	case ledger.CellNoData, ledger.CellStale, ledger.CellNotAssigned:
	}
	return 0
}

// seriesChart is the city's official output over the years, beside the path or
// the references to the next target. ok is false with fewer than two years,
// which a sentence tells better.
func seriesChart(p ledger.IndicatorProgress, official, pending []ledger.Point, now time.Time) (s picture.Series, ok bool) {
	known := map[int]picture.Point{}
	first, last := 0, 0
	for state, points := range map[picture.PointState][]ledger.Point{picture.Final: official, picture.Provisional: pending} {
		for _, point := range points {
			if known[point.Year].State != picture.Final { // What waits never hides what counts.
				known[point.Year] = picture.Point{State: state, Value: point.Value.Yi()}
			}
			if first == 0 || point.Year < first {
				first = point.Year
			}
			last = max(last, point.Year)
		}
	}
	if len(known) < 2 || last-first >= picture.MaxMoments {
		return s, false
	}
	s = picture.Series{
		Heading: picture.Heading{Title: lang.Tf("%s · 全市官方年度数", "%s · the city's official yearly figures", p.Indicator.Name), About: asOf(now), Note: ledgerNote},
		Unit:    p.Target.Unit,
	}
	line := picture.Line{Name: lang.T("全市", "the city")}
	for year := first; year <= last; year++ {
		s.Moments = append(s.Moments, lang.T(strconv.Itoa(year), strconv.Itoa(year)))
		line.Points = append(line.Points, known[year])
	}
	s.Lines = []picture.Line{line}
	for _, ref := range []struct {
		name lang.Text
		path ledger.Path
	}{
		{lang.T("采用的路径", "adopted path"), p.Pace.Adopted},
		{lang.T("线性参照", "linear reference"), p.Pace.Linear},
		{lang.T("等增长率参照", "constant-growth reference"), p.Pace.Constant},
	} {
		if values, ok := pathValues(ref.path, first, last); ok && len(s.References) < picture.MaxReferences {
			s.References = append(s.References, picture.Reference{Name: ref.name, Values: values})
		}
	}
	return s, true
}

// pathValues returns where a path stands at the end of each year; ok is false
// when it says nothing about one of them.
func pathValues(path ledger.Path, first, last int) (values []float64, ok bool) {
	for year := first; year <= last; year++ {
		v, ok := path.At(float64(year))
		if !ok {
			return nil, false
		}
		values = append(values, v)
	}
	return values, len(values) > 0
}

// quantity writes a number in an indicator's unit: 12家; 12, and money as money.
func quantity(v float64, i policy.Indicator) lang.Text {
	if i.Takes == policy.TakesValue {
		return lang.T(decimals(v)+"亿元", "RMB "+decimals(v/10)+" billion")
	}
	return lang.T(decimals(v)+i.Unit.ZH, decimals(v))
}

// about writes what is only reckoned, no more exact than it can be: whole
// numbers from a hundred on, one decimal below.
func about(v float64, i policy.Indicator) lang.Text {
	round := func(v float64) float64 {
		if v >= 100 {
			return math.Round(v)
		}
		return math.Round(v*10) / 10
	}
	if i.Takes == policy.TakesValue {
		return lang.T(decimals(round(v))+"亿元", "RMB "+decimals(round(v/10))+" billion")
	}
	return lang.T(decimals(round(v))+i.Unit.ZH, decimals(round(v)))
}

// decimals writes a number with at most two decimals.
func decimals(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
