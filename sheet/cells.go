package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// grid is one sheet as it stands in the file: the rows with something in them.
type grid struct {
	rows   []gridRow
	merged []string          // Areas, such as C3:C5.
	links  map[string]string // Addresses behind cells, by the cell's name.
}

type gridRow struct {
	number int
	hidden bool
	cells  []gridCell // Those with something in them, from left to right.
}

type gridCell struct {
	column  int
	kind    string // As in the file: n, s, str, b, e, d; s is resolved to its text.
	value   string
	formula bool
	date    bool // Its style shows a date.
}

// maxColumns is how far to the right cells are read; what stands farther
// belongs to no column of ours.
const maxColumns = 200

// grid reads a sheet. It stops behind the given number of rows that have
// something in them; one more is returned, so that the caller can tell.
func (w *workbook) grid(s sheetPart, most int) (*grid, error) {
	related, err := w.relations(s.part)
	if err != nil {
		return nil, err
	}
	g := &grid{links: map[string]string{}}
	at := 0 // The row being read; a row need not say its number.
	err = w.each(s.part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row, err := w.row(d, e, at+1)
			if err != nil {
				return err
			}
			at = row.number
			if len(row.cells) > 0 && len(g.rows) <= most {
				g.rows = append(g.rows, row)
			}
		case "mergeCell":
			if len(g.merged) <= most {
				g.merged = append(g.merged, attr(e, "ref"))
			}
		case "hyperlink":
			if r := related[attr(e, "id")]; r.external {
				first, _, _ := strings.Cut(attr(e, "ref"), ":")
				g.links[first] = r.target
			}
		case "oleObject", "control":
			return errActive
		case "ddeLink", "oleLink":
			return errExternal
		}
		return nil
	})
	return g, err
}

func (w *workbook) row(d *xml.Decoder, start xml.StartElement, next int) (gridRow, error) {
	row := gridRow{number: next, hidden: isTrue(attr(start, "hidden"))}
	if n, err := strconv.Atoi(attr(start, "r")); err == nil && n >= 1 && n <= maxRow {
		row.number = n
	}
	column := 0
	for {
		token, err := d.Token()
		if err != nil {
			return row, unexpected(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return row, nil
		case xml.StartElement:
			if t.Name.Local != "c" {
				if err := d.Skip(); err != nil {
					return row, unexpected(err)
				}
				continue
			}
			column++
			if c, _, ok := parseCell(attr(t, "r")); ok {
				column = c
			}
			cell, err := w.cell(d, t, column)
			if err != nil {
				return row, err
			}
			if (cell.value != "" || cell.formula) && column <= maxColumns && len(row.cells) < maxColumns {
				row.cells = append(row.cells, cell)
			}
		}
	}
}

func (w *workbook) cell(d *xml.Decoder, start xml.StartElement, column int) (gridCell, error) {
	c := gridCell{column: column, kind: attr(start, "t")}
	if s, err := strconv.Atoi(attr(start, "s")); err == nil && s >= 0 && s < len(w.dates) {
		c.date = w.dates[s]
	}
	for {
		token, err := d.Token()
		if err != nil {
			return c, unexpected(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			switch c.kind {
			case "s":
				n, err := strconv.Atoi(strings.TrimSpace(c.value))
				if err != nil && c.value != "" || n < 0 || n >= max(len(w.strings), 1) {
					return c, errDamaged
				}
				if c.value != "" && n < len(w.strings) {
					c.value = w.strings[n]
				}
				c.value = clean(c.value)
			case "", "n":
				c.kind, c.value = "n", strings.TrimSpace(c.value)
			default:
				c.value = clean(c.value)
			}
			return c, nil
		case xml.StartElement:
			switch t.Name.Local {
			case "f":
				c.formula = true
				err = d.Skip()
			case "v":
				if c.value, err = textOf(d); c.kind == "str" {
					c.value = unescape(c.value)
				}
			case "is":
				c.value, err = richText(d)
			default:
				err = d.Skip()
			}
			if err != nil {
				return c, unexpected(err)
			}
		}
	}
}

// clean takes away what cannot be seen: spaces of all kinds at the ends, marks
// of no width, control characters.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00A0' || r == '\u3000' || r == '\t':
			return ' '
		case r == '\n':
			return r
		case r < ' ' || r >= 0x7F && r < 0xA0 || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r == '\uFEFF' || r == '\uFFFE' || r == '\uFFFF':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
