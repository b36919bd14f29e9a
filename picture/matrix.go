package picture

import (
	"strconv"

	"wainao/lang"
)

// CellState is the state of one cell of a [Matrix].
type CellState string

// The states of a cell.
const (
	NotAssigned CellState = "not-assigned" // Nothing is expected here.
	NoData      CellState = "no-data"      // Expected, and not there. It is not 0.
	Pending     CellState = "pending"
	Returned    CellState = "returned"
	Accepted    CellState = "accepted"
	Stale       CellState = "stale" // Accepted once, too long ago.
)

// cellStyle is what a state looks like and what it is called.
type cellStyle struct {
	state        CellState
	symbol       symbol
	word         lang.Text // In the cell.
	meaning      lang.Text // In the legend and the alternative text.
	fill, stripe ink
	edge         ink
	dash         int
	ink          ink
}

var cellStyles = []cellStyle{
	{Accepted, tick, lang.T("已采纳", "accepted"), lang.T("已采纳", "accepted"), solid, none, none, 0, onSolid},
	{Pending, dots, lang.T("待审核", "pending"), lang.T("已上报，待审核", "pending review"), amber, amberStripe, amberEdge, 0, onAmber},
	{Returned, back, lang.T("已退回", "returned"), lang.T("已退回，待补正", "returned for correction"), rose, none, roseEdge, 0, onRose},
	{Stale, clock, lang.T("已过期", "stale"), lang.T("数据过期", "stale"), grey, greyStripe, none, 0, onGrey},
	{NoData, ring, lang.T("未填报", "no data"), lang.T("未填报", "no data"), paper, none, greyEdge, 10, onGrey},
	{NotAssigned, dash, lang.Text{}, lang.T("布局未安排", "not assigned"), faint, none, none, 0, greyEdge},
}

func styleOf(state CellState) (cellStyle, bool) {
	for _, s := range cellStyles {
		if s.state == state {
			return s, true
		}
	}
	return cellStyle{}, false
}

// Bounds of a matrix.
const (
	MaxRows    = 12
	MaxColumns = 10
)

// Matrix is rows × columns of states, such as the domains and the districts.
// Rows and columns stand in the order given.
type Matrix struct {
	Heading Heading
	Columns []lang.Text // 1 to [MaxColumns] short names.
	Rows    []MatrixRow // 1 to [MaxRows].
}

// MatrixRow is one row of a [Matrix].
type MatrixRow struct {
	Name  lang.Text // A short name.
	Cells []Cell    // One for each column.
}

// Cell is one cell of a [Matrix].
type Cell struct {
	State CellState
	Count int       // How many items or reports stand behind the state; 0 is not printed.
	Label lang.Text // Takes the place of the state's word. It may be missing.
}

// Draw draws the matrix. It returns [ErrData] when the rows do not fit the
// columns, when there are too many, or when a state is unknown.
func (m Matrix) Draw(l lang.Lang) (Picture, error) { return drawn(m, l) }

func (m Matrix) check() error {
	if err := between("columns", len(m.Columns), 1, MaxColumns); err != nil {
		return err
	}
	if err := between("rows", len(m.Rows), 1, MaxRows); err != nil {
		return err
	}
	for _, row := range m.Rows {
		if len(row.Cells) != len(m.Columns) {
			return unfit("row %q has %d cells for %d columns", row.Name.EN, len(row.Cells), len(m.Columns))
		}
		for _, c := range row.Cells {
			if _, ok := styleOf(c.State); !ok {
				return unfit("state %q", c.State)
			}
		}
	}
	return nil
}

// Measures of a matrix.
const (
	cellHeight = 100
	cellGap    = 8
	maxRowName = 250
)

func (m Matrix) sheet(l lang.Lang) (*sheet, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	s, err := newSheet(l)
	if err != nil {
		return nil, err
	}
	y := s.open(m.Heading) + 22

	names := 0
	for _, row := range m.Rows {
		names = max(names, s.pens.width(row.Name.In(l), bodySize))
	}
	names = min(names, maxRowName)
	left := margin + names + 24
	pitch := (sheetWidth - margin - left + cellGap) / len(m.Columns)
	width := pitch - cellGap

	y = m.heads(s, left, y, pitch, bodySize, smallSize)
	for _, row := range m.Rows {
		lines := s.pens.wrap(clean(row.Name.In(l)), bodySize, names, 2)
		for i, line := range lines {
			middle := y + cellHeight/2 + (2*i-len(lines)+1)*leading(bodySize)/2
			s.text(margin, baseline(middle, bodySize), bodySize, text, line)
		}
		for i, c := range row.Cells {
			s.cell(c, left+i*pitch, y, width)
		}
		y += cellHeight + cellGap
	}
	y = m.legend(s, y+20)
	s.shut(y, m.Heading)
	return s, nil
}

// heads writes the names of the columns: in one line, or, where they are wider
// than a column, in two lines of a smaller size by turns.
func (m Matrix) heads(s *sheet, left, y, pitch, size, small int) int {
	widest := 0
	for _, name := range m.Columns {
		widest = max(widest, s.pens.width(name.In(s.lang), size))
	}
	turns := 1
	if widest > pitch-4 {
		turns, size = 2, small
	}
	bottom := y + turns*leading(size)
	for i, name := range m.Columns {
		middle := left + i*pitch + (pitch-cellGap)/2
		upper := turns == 2 && i%2 == 0
		at := bottom - size/3
		room := turns*pitch - 12
		if turns == 1 {
			room = pitch - 4 // All fit.
		}
		if upper {
			at -= leading(size)
		}
		// At the edges a long name may take half of the sheet's margin.
		room = min(room, 2*(middle-margin/2), 2*(sheetWidth-margin/2-middle))
		s.textCentre(middle, at, size, text, s.pens.cut(clean(name.In(s.lang)), size, room))
		if upper {
			s.line(middle, at+size/3, middle, bottom+2, 2, rule, 0)
		}
	}
	return bottom + 10
}

// cell draws one cell: symbol and count, and the state's word below.
func (s *sheet) cell(c Cell, x, y, width int) {
	style, _ := styleOf(c.State)
	s.add(style.box(x, y, width, cellHeight))
	word := style.word.In(s.lang)
	if !c.Label.IsZero() {
		word = clean(c.Label.In(s.lang))
	}
	middle := x + width/2
	if word == "" && c.Count == 0 {
		s.symbol(style.symbol, middle, y+cellHeight/2, 40, style.ink)
		return
	}
	s.counted(style, c.Count, middle, y+37, width-14, largeSize)
	s.textCentre(middle, y+cellHeight-16, leastSize, style.ink, s.pens.cut(word, leastSize, width-6))
}

// box is a cell in the state.
func (c cellStyle) box(x, y, width, height int) mark {
	box := mark{Kind: "box", X: x, Y: y, W: width, H: height, Radius: 8, Fill: c.fill, Stripe: c.stripe, Edge: c.edge, Weight: 3, Dash: c.dash}
	if c.edge == none {
		box.Weight = 0
	}
	return box
}

// counted draws a state's symbol and how many stand behind it, as large as the
// cell allows.
func (s *sheet) counted(style cellStyle, n, middle, y, room, size int) {
	words := ""
	switch {
	case n > 9999:
		words = "9999+"
	case n > 0:
		words = strconv.Itoa(n)
	}
	side, total := 40, 40
	for words != "" {
		total = side + side/4 + s.pens.width(words, size)
		if total <= room || size <= leastSize {
			break
		}
		side, size = side-6, size-4
	}
	size = max(size, leastSize)
	s.symbol(style.symbol, middle-total/2+side/2, y, side, style.ink)
	s.text(middle+total/2-s.pens.width(words, size), baseline(y, size), size, style.ink, words)
}

// legend explains the states that occur.
func (m Matrix) legend(s *sheet, y int) int { return s.legend(y, smallSize, m.legendEntries(s)) }

func (m Matrix) legendEntries(s *sheet) []entry {
	var entries []entry
	for _, style := range cellStyles {
		if m.count(style.state) == 0 {
			continue
		}
		entries = append(entries, entry{style.meaning, 56, func(x, middle int) {
			box := style.box(x, middle-22, 56, 44)
			box.Radius = 6
			s.add(box)
			s.symbol(style.symbol, x+28, middle, 30, style.ink)
		}})
	}
	return entries
}

func (m Matrix) count(state CellState) (n int) {
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			if c.State == state {
				n++
			}
		}
	}
	return n
}

// Alt tells what the matrix shows: how many cells are in each state, and which.
func (m Matrix) Alt(l lang.Lang) string {
	st := tell(l, m.Heading)
	m.tell(&st)
	return st.String()
}

// tell adds the cells to a story.
func (m Matrix) tell(st *story) {
	st.add(lang.Tf("%d行%d列", "%d × %d cells", len(m.Rows), len(m.Columns)))
	for _, style := range cellStyles {
		n := m.count(style.state)
		if n == 0 {
			continue
		}
		words := lang.Tf("%s%s", "%s, %s", style.meaning, lang.T(strconv.Itoa(n)+"格", plural(n, "cell", "cells")))
		if style.state != NotAssigned {
			words = lang.Tf("%s：%s", "%s: %s", words, m.where(style.state))
		}
		st.add(words)
	}
}

// where lists the cells in a state, row by row.
func (m Matrix) where(state CellState) lang.Text {
	var rows []lang.Text
	for _, row := range m.Rows {
		var cells []lang.Text
		for i, c := range row.Cells {
			if c.State != state {
				continue
			}
			name := m.Columns[i]
			if c.Count > 0 {
				name = lang.Tf("%s%d项", "%s %d", name, c.Count)
			}
			cells = append(cells, name)
		}
		if len(cells) > 0 {
			rows = append(rows, lang.Tf("%s（%s）", "%s (%s)", row.Name, lang.List(cells, func(t lang.Text) lang.Text { return t })))
		}
	}
	return lang.List(rows, func(t lang.Text) lang.Text { return t })
}
