package picture

import (
	"cmp"
	"math"
	"slices"

	"wainao/lang"
)

// Bounds of a series.
const (
	MaxMoments    = 24
	MaxLines      = 3
	MaxReferences = 2
)

// Series is values over time.
type Series struct {
	Heading    Heading
	Unit       lang.Text   // Of all values. It may be missing.
	Moments    []lang.Text // 2 to [MaxMoments] short names, such as quarters or years, evenly apart.
	Lines      []Line      // 1 to [MaxLines].
	References []Reference // None to [MaxReferences].
}

// Line is one line of a [Series].
type Line struct {
	Name   lang.Text
	Points []Point // One for each moment.
}

// Point is one value of a line.
type Point struct {
	State PointState
	Value float64 // Of a point that is final or provisional.
}

// PointState says what is known of a point.
type PointState string

// The states of a point.
const (
	NotReported PointState = ""            // Nothing is reported. The line has a gap, and is never 0.
	Final       PointState = "final"       // A full point.
	Provisional PointState = "provisional" // Reported, not yet final: a hollow point.
	Ahead       PointState = "ahead"       // Its time has not come: nothing is drawn and nothing said.
)

// known reports whether a point has a value.
func (p Point) known() bool { return p.State == Final || p.State == Provisional }

// Reference is a path to compare with, drawn dashed and without points.
type Reference struct {
	Name   lang.Text
	Values []float64 // One for each moment.
}

// Draw draws the series. It returns [ErrData] when there is too much of it,
// when a line does not fit the moments, and for a value that is not a number.
func (s Series) Draw(l lang.Lang) (Picture, error) { return drawn(s, l) }

func (s Series) check() error {
	if err := between("moments", len(s.Moments), 2, MaxMoments); err != nil {
		return err
	}
	if err := between("lines", len(s.Lines), 1, MaxLines); err != nil {
		return err
	}
	if err := between("references", len(s.References), 0, MaxReferences); err != nil {
		return err
	}
	for _, line := range s.Lines {
		if len(line.Points) != len(s.Moments) {
			return unfit("%q has %d points for %d moments", line.Name.EN, len(line.Points), len(s.Moments))
		}
		for _, p := range line.Points {
			if !p.known() && p.State != NotReported && p.State != Ahead {
				return unfit("a point that is %q", p.State)
			}
			if err := finite(line.Name.EN, p.Value); err != nil {
				return err
			}
		}
	}
	for _, r := range s.References {
		if len(r.Values) != len(s.Moments) {
			return unfit("%q has %d values for %d moments", r.Name.EN, len(r.Values), len(s.Moments))
		}
		if err := finite(r.Name.EN, r.Values...); err != nil {
			return err
		}
	}
	return nil
}

// axis is the scale of the values: from and to, both whole steps.
type axis struct{ from, to, step float64 }

// axisOf returns an axis that holds 0 and all values, in round steps.
func (s Series) axisOf() axis {
	low, high := 0.0, 0.0
	include := func(v float64) { low, high = math.Min(low, v), math.Max(high, v) }
	for _, line := range s.Lines {
		for _, p := range line.Points {
			if p.known() {
				include(p.Value)
			}
		}
	}
	for _, r := range s.References {
		for _, v := range r.Values {
			include(v)
		}
	}
	if low == high {
		high = 1
	}
	const steps = 6
	step := math.Pow(10, math.Floor(math.Log10((high-low)/steps)))
	for _, times := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*times) <= steps {
			step *= times
			break
		}
	}
	return axis{math.Floor(low/step) * step, math.Ceil(high/step) * step, step}
}

// plot is where the values of a series stand on its sheet.
type plot struct {
	axis
	left, right, top, bottom int
	moments                  int
}

func (p plot) x(moment int) int {
	return p.left + 40 + (p.right-p.left-80)*moment/(p.moments-1)
}

func (p plot) y(v float64) int {
	return p.bottom - int(math.Round((v-p.from)/(p.to-p.from)*float64(p.bottom-p.top)))
}

const plotHeight = 620

var lineInks = [MaxLines]ink{lineA, lineB, lineC}

func (s Series) sheet(l lang.Lang) (*sheet, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	sh, err := newSheet(l)
	if err != nil {
		return nil, err
	}
	y := sh.open(s.Heading) + 14
	if unit := clean(s.unit().In(l)); unit != "" {
		sh.text(margin, y+leastSize, leastSize, muted, sh.pens.cut(unit, leastSize, inner))
		y += leading(leastSize)
	}
	p := plot{axis: s.axisOf(), top: y + 60, moments: len(s.Moments)}
	p.bottom = p.top + plotHeight
	s.ground(sh, &p)
	for i, r := range s.References {
		var points []point
		for m, v := range r.Values {
			points = append(points, point{float64(p.x(m)), float64(p.y(v))})
		}
		sh.polyline(points, 3, muted, referenceDash[i])
	}
	for i, line := range s.Lines {
		s.line(sh, p, line, i)
	}
	s.values(sh, p)
	y = s.moments(sh, p)
	y = s.legend(sh, y)
	sh.shut(y, s.Heading)
	return sh, nil
}

var referenceDash = [MaxReferences]int{16, 5}

// ground draws the axis: its lines, its numbers, and how far it reaches.
func (s Series) ground(sh *sheet, p *plot) {
	ticks := int(math.Round((p.to - p.from) / p.step))
	widest := 0
	for i := range ticks + 1 {
		widest = max(widest, sh.pens.width(s.number(p.from+float64(i)*p.step).In(sh.lang), leastSize))
	}
	p.left = margin + widest + 16
	p.right = sheetWidth - margin
	if !s.roomy(sh, *p) {
		all := s.lasts()
		for _, l := range all {
			room := sh.pens.width(s.number(l.value).In(sh.lang), smallSize) + 20
			if l.moment < endOf(all) {
				room += signWidth
			}
			p.right = min(p.right, sheetWidth-margin+40-room)
		}
	}
	for i := range ticks + 1 {
		v := p.from + float64(i)*p.step
		weight := 2
		if math.Abs(v) < p.step/2 {
			weight = 4
		}
		sh.line(p.left, p.y(v), p.right, p.y(v), weight, rule, 0)
		sh.textRight(p.left-16, baseline(p.y(v), leastSize), leastSize, muted, s.number(v).In(sh.lang))
	}
}

// line draws one line with its points. It breaks where a value is not known.
func (s Series) line(sh *sheet, p plot, line Line, i int) {
	var piece []point
	flush := func() {
		if len(piece) > 1 {
			sh.polyline(piece, 5, lineInks[i], 0)
		}
		piece = nil
	}
	for m, value := range line.Points {
		if !value.known() {
			flush()
			continue
		}
		piece = append(piece, point{float64(p.x(m)), float64(p.y(value.Value))})
	}
	flush()
	for m, value := range line.Points {
		if value.known() {
			sh.pointSign(i, p.x(m), p.y(value.Value), value.State == Provisional)
		}
	}
}

// pointSign draws a point of the line with the given number: each line has a
// form of its own.
func (s *sheet) pointSign(line, x, y int, hollow bool) {
	in := lineInks[line]
	inside := in
	if hollow {
		inside = paper
	}
	fx, fy := float64(x), float64(y)
	switch line {
	case 0:
		s.disc(x, y, 12, inside, in, 4)
	case 1:
		s.add(mark{Kind: "box", X: x - 11, Y: y - 11, W: 22, H: 22, Fill: inside, Edge: in, Weight: 4})
	default:
		s.area([]point{{fx, fy - 15}, {fx + 14, fy + 11}, {fx - 14, fy + 11}}, in)
		if hollow {
			s.area([]point{{fx, fy - 6}, {fx + 7, fy + 7}, {fx - 7, fy + 7}}, inside)
		}
	}
}

// last is the last known value of a line.
type last struct {
	line, moment int
	value        float64
}

func (s Series) lasts() []last {
	var out []last
	for i, line := range s.Lines {
		for m, p := range slices.Backward(line.Points) {
			if p.known() {
				out = append(out, last{i, m, p.Value})
				break
			}
		}
	}
	return out
}

// signWidth is the room of a sign before a number.
const signWidth = 34

// endOf returns the latest moment at which any line has a value.
func endOf(all []last) (moment int) {
	for _, l := range all {
		moment = max(moment, l.moment)
	}
	return moment
}

// values writes the numbers: of a single line above every point, where they
// have room; else only the last of each line, behind all lines.
func (s Series) values(sh *sheet, p plot) {
	if s.roomy(sh, p) {
		for m, point := range s.Lines[0].Points {
			if point.known() {
				words := s.number(point.Value).In(sh.lang)
				half := sh.pens.width(words, smallSize) / 2
				sh.halo(min(max(p.x(m), p.left+half), p.right+20-half), p.y(point.Value)-34, lineInks[0], words)
			}
		}
		return
	}
	all := s.lasts()
	end := endOf(all)
	slices.SortStableFunc(all, func(a, b last) int { return cmp.Compare(b.value, a.value) })
	const apart = 36 // Numbers stand below each other where their values do not, and above the moments.
	above := 0
	for i, l := range all {
		y := min(max(p.y(l.value), above+apart), p.bottom-(len(all)-1-i)*apart)
		above = y
		x := p.x(end) + 22
		if l.moment < end { // The number stands apart from its point: the sign says whose it is.
			sh.pointSign(l.line, x+12, y, s.Lines[l.line].Points[l.moment].State == Provisional)
			x += signWidth
		}
		words := s.number(l.value).In(sh.lang)
		sh.halo(x+sh.pens.width(words, smallSize)/2, y, lineInks[l.line], words)
	}
}

// roomy reports whether there is a single line with room for a number above
// every point.
func (s Series) roomy(sh *sheet, p plot) bool {
	if len(s.Lines) > 1 {
		return false
	}
	pitch := p.x(1) - p.x(0)
	for _, point := range s.Lines[0].Points {
		if point.known() && sh.pens.width(s.number(point.Value).In(sh.lang), smallSize)+24 > pitch {
			return false
		}
	}
	return true
}

// halo writes a number with its middle at a place, on ground of its own, so
// that no line runs through it.
func (s *sheet) halo(x, y int, in ink, words string) {
	w := s.pens.width(words, smallSize)
	s.box(x-w/2-4, y-17, w+8, 34, 0, paper)
	s.text(x-w/2, baseline(y, smallSize), smallSize, in, words)
}

// moments writes the moments below the axis, as many as fit, the last of them
// always, and says where nothing is known.
func (s Series) moments(sh *sheet, p plot) int {
	widest := 0
	for _, m := range s.Moments {
		widest = max(widest, sh.pens.width(clean(m.In(sh.lang)), leastSize))
	}
	widest = min(widest, 220)
	every := 1
	for (p.x(1)-p.x(0))*every < widest+20 && every < len(s.Moments) {
		every++
	}
	y := p.bottom + 16 + leastSize
	end := y + 24
	for m, name := range s.Moments {
		if (len(s.Moments)-1-m)%every != 0 {
			continue
		}
		words := sh.pens.cut(clean(name.In(sh.lang)), leastSize, widest)
		half := sh.pens.width(words, leastSize) / 2
		middle := min(max(p.x(m), margin+half), sheetWidth-margin/2-half)
		sh.textCentre(middle, y, leastSize, muted, words)
		if s.missing(m) && every == 1 && sh.pens.width(noData.In(sh.lang), leastSize)+16 < p.x(1)-p.x(0) {
			sh.textCentre(middle, y+leading(leastSize), leastSize, text, noData.In(sh.lang))
			end = y + leading(leastSize) + 24
		}
	}
	return end
}

var noData = lang.T("未填报", "no data")

// missing reports whether every line misses its value at a moment.
func (s Series) missing(moment int) bool {
	return !slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Points[moment].State != NotReported })
}

// legend names the lines and references, and explains hollow points and gaps
// where there are any.
func (s Series) legend(sh *sheet, y int) int {
	var entries []entry
	hollow, gap := false, false
	for i, line := range s.Lines {
		entries = append(entries, entry{sh.short(line.Name), 70, func(x, middle int) {
			sh.line(x, middle, x+70, middle, 5, lineInks[i], 0)
			sh.pointSign(i, x+35, middle, false)
		}})
		for _, p := range line.Points {
			hollow = hollow || p.State == Provisional
			gap = gap || p.State == NotReported
		}
	}
	for i, r := range s.References {
		entries = append(entries, entry{sh.short(r.Name), 70, func(x, middle int) { sh.line(x, middle, x+70, middle, 3, muted, referenceDash[i]) }})
	}
	if hollow {
		entries = append(entries, entry{lang.T("空心：暂定", "hollow: provisional"), 30, func(x, middle int) { sh.pointSign(0, x+15, middle, true) }})
	}
	if gap {
		entries = append(entries, entry{lang.T("断开：未填报", "gap: no data"), 70, func(x, middle int) {
			sh.line(x, middle, x+22, middle, 5, lineA, 0)
			sh.line(x+48, middle, x+70, middle, 5, lineA, 0)
		}})
	}
	return sh.legend(y, smallSize, entries)
}

// short cuts a name to what a legend has room for.
func (s *sheet) short(name lang.Text) lang.Text {
	cut := s.pens.cut(clean(name.In(s.lang)), smallSize, inner-100)
	return lang.T(cut, cut)
}

// Alt tells every value of every line; where that is more than an alternative
// text holds, the first and the last.
func (s Series) Alt(l lang.Lang) string {
	full, brief := tell(l, s.Heading), tell(l, s.Heading)
	full.add(s.unit())
	brief.add(s.unit())
	for _, line := range s.Lines {
		var all, ends []lang.Text
		for m, p := range line.Points {
			if p.State == Ahead {
				continue
			}
			words := lang.Tf("%s%s", "%s%s", s.Moments[m], s.words(p))
			all = append(all, words)
		}
		if ends = all; len(all) > 2 {
			ends = []lang.Text{all[0], all[len(all)-1]}
		}
		full.add(lang.Tf("%s：%s", "%s: %s", line.Name, sentence(all)))
		brief.add(lang.Tf("%s：%s", "%s: %s", line.Name, sentence(ends)))
	}
	for _, r := range s.References {
		words := lang.Tf("%s：从%s到%s", "%s: from %s to %s", r.Name, s.number(r.Values[0]), s.number(r.Values[len(r.Values)-1]))
		full.add(words)
		brief.add(words)
	}
	if full.fits() {
		return full.String()
	}
	return brief.String()
}

// words tells a point, behind the name of its moment.
func (s Series) words(p Point) lang.Text {
	switch p.State {
	case NotReported:
		return lang.T(noData.ZH, " "+noData.EN)
	case Provisional:
		return lang.Tf("为%s（暂定）", " at %s (provisional)", s.number(p.Value))
	default:
		return lang.Tf("为%s", " at %s", s.number(p.Value))
	}
}

// number writes a value in the unit of the series. The policy's unit of money
// is told in billions in English.
func (s Series) number(v float64) lang.Text {
	if s.Unit == hundredMillionYuan {
		return lang.T(number(v), number(v/10))
	}
	return lang.T(number(v), number(v))
}

// unit says what the numbers are in.
func (s Series) unit() lang.Text {
	switch s.Unit {
	case lang.Text{}:
		return lang.Text{}
	case hundredMillionYuan:
		return lang.Tf("单位：%s", "Unit: %s", lang.T(s.Unit.ZH, "RMB billion"))
	}
	return lang.Tf("单位：%s", "Unit: %s", s.Unit)
}
