package paper

// table sets a table; its head stands on each page that it runs over.
func (s *setter) table(t Table) {
	widths := s.columns(t)
	head := func() { s.row(t, widths, t.Head, true) }
	if len(t.Rows) > 0 { // A head never stands without a row.
		s.room(s.height(t.Head, widths) + min(s.height(t.Rows[0], widths), (bottom-margin)/2))
	}
	head()
	for _, row := range t.Rows {
		height := s.height(row, widths)
		if s.f.GetY()+min(height, bottom-margin-s.height(t.Head, widths)) > bottom {
			s.f.AddPage()
			s.f.SetY(margin)
			head()
		}
		s.row(t, widths, row, false)
	}
	s.f.Ln(gap * 1.5)
}

// columns returns how wide the columns are: as their shares say, but none so
// narrow that it parts a word, as long as others have room to give.
func (s *setter) columns(t Table) []float64 {
	widths, least := make([]float64, len(t.Head)), make([]float64, len(t.Head))
	sum := 0.0
	for i := range widths {
		widths[i] = 1
		if i < len(t.Share) {
			widths[i] = t.Share[i]
		}
		sum += widths[i]
	}
	lacking, spare := 0.0, 0.0
	for i := range widths {
		widths[i] *= body / sum
		for _, row := range append([][]string{t.Head}, t.Rows...) {
			if i < len(row) {
				least[i] = max(least[i], s.longest(row[i])+2*pad+cellSlack)
			}
		}
		lacking += max(0, least[i]-widths[i])
		spare += max(0, widths[i]-least[i])
	}
	if lacking == 0 || lacking > spare { // There are words that no width holds: they are parted.
		return widths
	}
	for i := range widths {
		if widths[i] < least[i] {
			widths[i] = least[i]
		} else {
			widths[i] -= (widths[i] - least[i]) * lacking / spare
		}
	}
	return widths
}

// cellSlack keeps what is as wide as its column from being parted by rounding.
const cellSlack = 0.01

// longest returns how wide the longest piece of the words is that a line does not
// part.
func (s *setter) longest(words string) float64 {
	x, most := 0.0, 0.0
	rest := []rune(words)
	for n, r := range rest {
		if n > 0 && parts(rest[n-1], r) {
			x = 0
		}
		if r != ' ' {
			x += s.width(r) * smallSize * point
		}
		most = max(most, x)
	}
	return most
}

const cellLine = smallSize * point * lineShare

// height returns how high a row is.
func (s *setter) height(cells []string, widths []float64) float64 {
	most := 1
	for i, words := range cells[:min(len(cells), len(widths))] {
		most = max(most, len(s.wrap(words, smallSize, widths[i]-2*pad)))
	}
	return float64(most)*cellLine + 2*pad
}

// row sets one row where the page has room for it. One that is higher than a
// page is cut at its foot, which no text of a form is long enough for.
func (s *setter) row(t Table, widths []float64, cells []string, head bool) {
	height, x, y := s.height(cells, widths), margin, s.f.GetY()
	if head {
		s.f.SetFillColor(shade[0], shade[1], shade[2])
		s.f.Rect(margin, y, body, height, "F")
	}
	c := ink
	if head {
		c = muted
	}
	for i, w := range widths {
		align := "L"
		if i < len(t.Right) && t.Right[i] {
			align = "R"
		}
		if i < len(cells) {
			for n, line := range s.wrap(cells[i], smallSize, w-2*pad) {
				if top := y + pad + float64(n)*cellLine; top+cellLine <= pageHeight {
					s.size(smallSize, c)
					s.f.SetXY(x+pad, top)
					s.f.CellFormat(w-2*pad, cellLine, s.known(line), "", 0, align, false, 0, "")
				}
			}
		}
		x += w
	}
	s.f.SetDrawColor(rule[0], rule[1], rule[2])
	s.f.Line(margin, y+height, margin+body, y+height)
	s.f.SetXY(margin, y+height)
}
