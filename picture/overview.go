package picture

import "wainao/lang"

// Overview is targets and a matrix in one picture, in signs so large that a
// phone shows them without opening the picture. [Targets] and [Matrix] tell
// more of each.
type Overview struct {
	Heading Heading  // Its note is not drawn.
	Targets []Target // At most [MaxTargets]; those of which nothing is known are only counted.
	Matrix  Matrix   // Of its heading only the title is drawn.
}

// Measures of an overview: on a phone it is a fifth as wide.
const (
	overSize  = 40
	underSize = 34
	overRow   = 66
	maxOver   = 280 // How wide the names of the rows are at most; a longer one has two lines,
	overTwo   = 30  // of this size, which stand so far apart.
	overStep  = 36
)

// Draw draws the overview. It returns [ErrData] as [Targets.Draw] and
// [Matrix.Draw] do.
func (o Overview) Draw(l lang.Lang) (Picture, error) { return drawn(o, l) }

func (o Overview) sheet(l lang.Lang) (*sheet, error) {
	if len(o.Targets) > 0 {
		if err := (Targets{Targets: o.Targets}).check(); err != nil {
			return nil, err
		}
	}
	if err := o.Matrix.check(); err != nil {
		return nil, err
	}
	s, err := newSheet(l)
	if err != nil {
		return nil, err
	}
	y := s.paragraph(margin-16, overSize, 2, text, o.Heading.Title.In(l))
	y = s.paragraph(y, underSize, 1, muted, o.Heading.About.In(l)) + 12
	for _, t := range o.Targets {
		if t.known() {
			y = s.overTarget(t, y)
		}
	}
	if words := o.unknown(); !words.IsZero() {
		s.line(margin, y, sheetWidth-margin, y, 2, rule, 0)
		y = s.paragraph(y+12, underSize, 1, muted, words.In(l)) + 12
	}
	s.line(margin, y, sheetWidth-margin, y, 2, rule, 0)
	y = s.paragraph(y+14, overSize, 1, text, o.Matrix.Heading.Title.In(l)) + 4
	y = o.cells(s, y)
	y = o.legend(s, y+8)
	s.shut(y-12, Heading{})
	return s, nil
}

// known reports whether there is more to draw of a target than that nothing was
// reported.
func (t Target) known() bool {
	light, _ := lightOf(t.Light)
	return t.Reported || light.light != NoLight || len(t.Marks) > 0
}

// unknown counts the targets of which nothing is known; zero when there are
// none.
func (o Overview) unknown() lang.Text {
	n := 0
	for _, t := range o.Targets {
		if !t.known() {
			n++
		}
	}
	switch {
	case n == 0:
		return lang.Text{}
	case n == len(o.Targets):
		return lang.Tf("%d 个有数量的目标都未填报", "No data for any of the %d targets with a number", n)
	}
	return lang.T(lang.Tf("其余 %d 个有数量的目标未填报", "", n).ZH, "No data for "+plural(n, "other target", "other targets")+" with a number")
}

// overTarget draws a target in two lines: its name, number and light, and its
// bar.
func (s *sheet) overTarget(t Target, y int) int {
	s.line(margin, y, sheetWidth-margin, y, 2, rule, 0)
	top := y + 44
	right := s.pill(t.Light, top, underSize)
	numbers := t.numbers()
	if !t.Reported {
		numbers = lang.T("未填报", "no data")
	}
	w := s.textRight(right-24, baseline(top, overSize), overSize, text, s.pens.cut(numbers.In(s.lang), overSize, inner/2))
	s.text(margin, baseline(top, overSize), overSize, text, s.pens.cut(clean(t.Name.In(s.lang)), overSize, right-24-w-24-margin))
	bar := top + 44
	if len(t.Marks) > 0 {
		bar += 22
	}
	switch {
	case t.Value == 0:
		return bar
	case t.Reported:
		s.bar(t, bar)
	default:
		s.add(mark{Kind: "box", X: margin, Y: bar, W: barWidth, H: barHeight, Radius: 6, Fill: paper, Edge: greyEdge, Weight: 2, Dash: 10})
	}
	s.ticks(t, bar)
	return bar + barHeight + 24
}

// cells draws the matrix: a sign, and how many stand behind it.
func (o Overview) cells(s *sheet, y int) int {
	names, height := 0, overRow
	for _, row := range o.Matrix.Rows {
		if names = max(names, s.pens.width(row.Name.In(s.lang), overSize)); names > maxOver {
			names, height = maxOver, 2*overStep+4
		}
	}
	left := margin + names + 16
	pitch := (sheetWidth - margin - left + cellGap) / len(o.Matrix.Columns)
	width := pitch - cellGap
	y = o.Matrix.heads(s, left, y, pitch, overSize, underSize)
	for _, row := range o.Matrix.Rows {
		name, size := clean(row.Name.In(s.lang)), overSize
		if s.pens.width(name, size) > names {
			size = overTwo
		}
		lines := s.pens.wrap(name, size, names, 2)
		for i, line := range lines {
			middle := y + height/2 + (2*i-len(lines)+1)*overStep/2
			s.text(margin, baseline(middle, size), size, text, line)
		}
		for i, c := range row.Cells {
			style, _ := styleOf(c.State)
			box := style.box(left+i*pitch, y, width, height)
			s.add(box)
			if c.State != NotAssigned {
				s.counted(style, c.Count, left+i*pitch+width/2, y+height/2, width-10, overSize)
			}
		}
		y += height + cellGap
	}
	return y
}

// legend explains the signs that occur, of the cells and of the bars.
func (o Overview) legend(s *sheet, y int) int {
	entries := o.Matrix.legendEntries(s)
	for _, kind := range []MarkKind{PathMark, LinearMark, GrowthMark} {
		if o.marked(kind) {
			entries = append(entries, entry{markWords[kind], 26, func(x, middle int) { s.markSign(kind, x+13, middle) }})
		}
	}
	return s.legend(y, underSize, entries)
}

func (o Overview) marked(kind MarkKind) bool {
	for _, t := range o.Targets {
		for _, m := range t.Marks {
			if m.Kind == kind {
				return true
			}
		}
	}
	return false
}

// Alt tells of every target that something is known of, and of the cells in
// each state.
func (o Overview) Alt(l lang.Lang) string {
	st := tell(l, o.Heading)
	for _, t := range o.Targets {
		if t.known() {
			st.add(t.story(false))
		}
	}
	st.add(o.unknown())
	st.add(o.Matrix.Heading.Title)
	o.Matrix.tell(&st)
	return st.String()
}
