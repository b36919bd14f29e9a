package picture

import (
	"wainao/evaluation/stats"
	"wainao/lang"
)

// ScoreState says what a cell of a [ScoreMap] tells.
type ScoreState string

// The states of a cell.
const (
	NotScored ScoreState = "not-scored" // The pair is not evaluated.
	TooFew    ScoreState = "too-few"    // It is, and too few scored it to tell a figure.
	Scored    ScoreState = "scored"
)

// ScoreMap is one score for each pair of a row and a column, such as the
// domains and the districts, in the order given.
type ScoreMap struct {
	Heading Heading
	Scale   Scale
	What    lang.Text   // What a number is.
	Columns []lang.Text // 1 to [MaxColumns] short names.
	Rows    []ScoreRow  // 1 to [MaxRows].
}

// ScoreRow is one row of a [ScoreMap].
type ScoreRow struct {
	Name  lang.Text   // A short name.
	Cells []ScoreCell // One for each column.
}

// ScoreCell is one cell of a [ScoreMap]; Value is told when it is Scored.
type ScoreCell struct {
	State ScoreState
	Value float64
}

// Draw draws the map. It returns [ErrData] when the rows do not fit the columns,
// when there are too many, when a state is unknown, and for a score off the
// scale.
func (s ScoreMap) Draw(l lang.Lang) (Picture, error) { return drawn(s, l) }

func (s ScoreMap) check() error {
	err := s.Scale.grid("columns", len(s.Columns), MaxColumns, "rows", len(s.Rows), MaxRows, func(i int) (lang.Text, int) {
		return s.Rows[i].Name, len(s.Rows[i].Cells)
	})
	if err != nil {
		return err
	}
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			switch c.State {
			case NotScored, TooFew:
			case Scored:
				if err := s.Scale.score(row.Name, c.Value); err != nil {
					return err
				}
			default:
				return unfit("state %q", c.State)
			}
		}
	}
	return nil
}

// mapCellHeight is how high a cell of a [ScoreMap] is.
const mapCellHeight = 76

// tooFew are the words of a score that is not told because too few gave one.
var tooFew = lang.T("人数不足", "too few")

func (s ScoreMap) sheet(l lang.Lang) (*sheet, error) {
	sh, y, err := begun(l, s.Heading, s.check)
	if err != nil {
		return nil, err
	}
	names := 0
	for _, row := range s.Rows {
		names = max(names, sh.pens.width(clean(row.Name.In(l)), bodySize))
	}
	names = min(names, maxRowName)
	left := margin + names + 24
	pitch := (sheetWidth - margin - left + cellGap) / len(s.Columns)

	y = Matrix{Columns: s.Columns}.heads(sh, left, y, pitch, bodySize, smallSize)
	for _, row := range s.Rows {
		lines := sh.pens.wrap(clean(row.Name.In(l)), bodySize, names, 2)
		for i, line := range lines {
			middle := y + mapCellHeight/2 + (2*i-len(lines)+1)*leading(bodySize)/2
			sh.text(margin, baseline(middle, bodySize), bodySize, text, line)
		}
		for i, c := range row.Cells {
			s.cell(sh, c, left+i*pitch, y, pitch-cellGap)
		}
		y += mapCellHeight + cellGap
	}
	y = scoreLegend(sh, s.Scale, s.What, y+16)
	sh.shut(y, s.Heading)
	return sh, nil
}

func (s ScoreMap) cell(sh *sheet, c ScoreCell, x, y, width int) {
	switch c.State {
	case NotScored:
		sh.box(x, y, width, mapCellHeight, 6, faint)
		sh.symbol(dash, x+width/2, y+mapCellHeight/2, 32, greyEdge)
	case TooFew:
		sh.withheld(tooFew, x, y, width, mapCellHeight)
	case Scored:
		sh.scored(s.Scale, c.Value, x, y, width, mapCellHeight, bodySize)
	}
}

// Alt tells every score, row by row, as many as fit.
func (s ScoreMap) Alt(l lang.Lang) string {
	st := tell(l, s.Heading)
	st.add(s.What)
	st.add(lang.Tf("满分%d", "Out of %d", s.Scale))
	for _, row := range s.Rows {
		type one struct {
			name lang.Text
			cell ScoreCell
		}
		var told []one
		for i, c := range row.Cells {
			if c.State != NotScored {
				told = append(told, one{s.Columns[i], c})
			}
		}
		if len(told) == 0 {
			continue
		}
		st.add(lang.Tf("%s：%s", "%s: %s", row.Name, lang.List(told, func(o one) lang.Text {
			if o.cell.State == TooFew {
				return lang.Tf("%s%s", "%s %s", o.name, tooFew)
			}
			return lang.Tf("%s%s", "%s %s", o.name, stats.Figure(o.cell.Value))
		})))
	}
	return st.String()
}
