package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wainao/lang"
)

// Filled is a form that came back.
type Filled struct {
	Marks    map[string]string // As the form was made with.
	Tables   []FilledTable     // In the order in which they are wanted.
	Ignored  []string          // Sheets that are not the form's and were not read.
	Problems []CellProblem     // As many as the limits list, sheet by sheet and cell by cell.
	More     int               // Problems that are not listed.
}

// FilledTable is one table that came back.
type FilledTable struct {
	Table
	Sheet  string // The sheet's name in the file.
	Filled []FilledRow
	places []int // Of the columns in the file, from 1; 0 is not there.
}

// FilledRow is a row with something in it that a person can see.
type FilledRow struct {
	Number int    // In the file, from 1.
	Cells  []Cell // One for each column of the table.
}

// CellName returns where a row's value of a column stands in the file: C7. A
// column that is not in the file gives the row's first cell.
func (t FilledTable) CellName(r FilledRow, key string) string {
	i := t.column(key)
	if i < 0 || t.places[i] == 0 {
		return cellName(1, r.Number)
	}
	return cellName(t.places[i], r.Number)
}

// Value returns the row's value of a column.
func (t FilledTable) Value(r FilledRow, key string) Cell {
	if i := t.column(key); i >= 0 {
		return r.Cells[i]
	}
	return Cell{}
}

// Read reads a workbook that was made with form and want and filled in by a
// person. Moved and renamed columns are understood; rows that are empty, but
// for what is hidden, are left out.
//
// The error is a *[lang.Problem] for a file that is not taken at all. What is
// wrong inside it is told all at once by [Filled.Problems]; rows are read as
// far as they go, so that everything else can be checked too, but a file with
// problems should not be taken in.
func Read(content []byte, want []Table, form Form, limits Limits) (Filled, error) {
	out := Filled{Marks: map[string]string{}}
	a, err := open(content, limits)
	if err != nil {
		return out, err
	}
	w, err := a.workbook()
	if err != nil {
		return out, err
	}
	if err := w.form(form, out.Marks); err != nil {
		return out, err
	}
	r := &reader{workbook: w, limits: limits, left: limits.Rows}
	taken := map[string]bool{hiddenSheet: true}
	for _, t := range want {
		filled, err := r.table(t)
		if err != nil {
			return out, err
		}
		taken[filled.Sheet] = true
		out.Tables = append(out.Tables, filled)
	}
	for _, s := range w.sheets {
		if !taken[s.name] {
			out.Ignored = append(out.Ignored, s.name)
		}
	}
	out.Problems, out.More = r.problems, r.more
	return out, nil
}

// form makes sure that the workbook is the form that is wanted.
func (w *workbook) form(form Form, marks map[string]string) error {
	unknown := lang.Problemf("form_unknown", "这不是外脑发的表格，或者里面的标记丢了。请用 `/future 模板` 取一份新的，把内容复制进去再发。",
		"This is not the sheet that Wainao sent, or its marks are lost. Please get a fresh one with “/future template”, copy your rows into it and send that.")
	i := slices.IndexFunc(w.sheets, func(s sheetPart) bool { return s.name == hiddenSheet })
	if i < 0 {
		return unknown
	}
	g, err := w.grid(w.sheets[i], 200)
	if err != nil {
		return err
	}
	for n, row := range g.rows {
		var cells [3]string
		for _, c := range row.cells {
			if c.column <= len(cells) {
				cells[c.column-1] = c.value
			}
		}
		switch {
		case n == 0 && (cells[0] != formMagic || cells[1] != form.Name):
			return unknown
		case n == 0 && cells[2] != strconv.Itoa(form.Version):
			return lang.Problemf("form_version", "这份表格是旧版本的。请用 `/future 模板` 取一份新的，把内容复制进去再发。",
				"This sheet is of another version. Please get a fresh one with “/future template”, copy your rows into it and send that.")
		case n > 0 && cells[0] == "mark":
			marks[cells[1]] = cells[2]
		}
	}
	if len(g.rows) == 0 {
		return unknown
	}
	return nil
}

// reader reads tables and gathers what is wrong.
type reader struct {
	*workbook
	limits   Limits
	left     int // Rows that may still come.
	problems []CellProblem
	more     int
}

func (r *reader) add(sheet, cell string, p *lang.Problem) {
	if len(r.problems) >= r.limits.Problems {
		r.more++
		return
	}
	out := problem(p)
	out.Sheet, out.Cell = sheet, cell
	r.problems = append(r.problems, out)
}

// table reads one table; its error is a problem of the whole file.
func (r *reader) table(t Table) (FilledTable, error) {
	out := FilledTable{Table: t, places: make([]int, len(t.Columns))}
	out.Rows = nil
	part, ok := r.find(t)
	if !ok {
		r.add("", "", lang.Problemf("sheet_missing", "少了“%s”这张表。请用“/future 模板”取一份新的，把内容复制进去。",
			"The sheet “%s” is missing. Please get a fresh one with “/future template” and copy your rows into it.", t.Title))
		return out, nil
	}
	out.Sheet = part.name
	g, err := r.grid(part, r.left+20) // The head, and words that someone wrote above it.
	if err != nil {
		return out, err
	}
	if part.hidden {
		r.add(part.name, "", lang.Problemf("sheet_hidden", "这张表被隐藏了。请取消隐藏，看过内容后再发。", "This sheet is hidden. Please show it, look at its rows and send it again."))
	}
	head := r.head(t, part.name, g)
	for _, area := range g.merged {
		first, last, _ := strings.Cut(area, ":")
		if _, bottom, ok := parseCell(last); ok && bottom >= head {
			r.add(part.name, clip(first, 12), lang.Problemf("merged", "这里有合并的单元格（%s）。请取消合并，每格都填上内容。", "These cells are merged (%s). Please unmerge them and fill in each.", clip(area, 25)))
		}
	}
	complete := r.places(&out, head, g)
	rows := slices.DeleteFunc(slices.Clone(g.rows), func(row gridRow) bool { return row.number <= head })
	if !complete {
		return out, nil
	}
	for _, row := range rows {
		if !out.visible(row) {
			continue
		}
		if r.left--; r.left < 0 {
			return out, lang.Problemf("too_many_rows", "行数太多：一次最多 %d 行。请分几次上报。", "There are too many rows: at most %d at once. Please send them in parts.", r.limits.Rows)
		}
		out.Filled = append(out.Filled, r.row(out, row, g))
	}
	r.hidden(out, rows)
	return out, nil
}

// find returns the sheet of a table: the one that the form's names refer to,
// or the one with the table's title.
func (r *reader) find(t Table) (sheetPart, bool) {
	for _, c := range t.Columns {
		if name, _, _, ok := r.defined(t, c); ok {
			for _, s := range r.sheets {
				if s.name == name {
					return s, true
				}
			}
		}
	}
	for _, s := range r.sheets {
		if k := fold(s.name); k == fold(t.Title.ZH) || k == fold(t.Title.EN) || k == fold(t.Name) {
			return s, true
		}
	}
	return sheetPart{}, false
}

// defined returns where the head of a column is by its defined name.
func (w *workbook) defined(t Table, c Column) (sheet string, column, row int, ok bool) {
	refers := w.names[strings.ToLower(nameOf(t, c))]
	i := strings.LastIndexByte(refers, '!')
	if i < 0 {
		return "", 0, 0, false
	}
	sheet = refers[:i]
	if len(sheet) >= 2 && sheet[0] == '\'' && sheet[len(sheet)-1] == '\'' {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	column, row, ok = parseCell(refers[i+1:])
	return sheet, column, row, ok
}

// head returns the row of the labels: the first in which most columns have
// theirs, or the one that the form's names refer to.
func (r *reader) head(t Table, sheet string, g *grid) int {
	votes := map[int]int{}
	for _, c := range t.Columns {
		if name, _, row, ok := r.defined(t, c); ok && name == sheet {
			votes[row]++
		}
	}
	for _, row := range g.rows {
		found := 0
		for _, cell := range row.cells {
			if t.labelled(cell.value) >= 0 {
				found++
			}
		}
		if found*2 > len(t.Columns) || votes[row.number]*2 > len(t.Columns) {
			return row.number
		}
		if row.number > 20 {
			break
		}
	}
	return 1
}

// labelled returns the column with the label, in either language, or -1.
func (t Table) labelled(label string) int {
	k := fold(label)
	return slices.IndexFunc(t.Columns, func(c Column) bool {
		return k == fold(c.Label.ZH) || k == fold(c.Label.EN) || k == fold(c.Key)
	})
}

// places finds the columns. What a person reads above a column counts; where
// that says nothing, the form's name does.
func (r *reader) places(t *FilledTable, head int, g *grid) (complete bool) {
	complete = true
	labels, content := map[int]string{}, map[int]bool{}
	for _, row := range g.rows {
		for _, c := range row.cells {
			if row.number == head {
				labels[c.column] = c.value
			} else if row.number > head {
				content[c.column] = true
			}
		}
	}
	named := map[int]int{} // The column's place in the table by its place in the file.
	for i, c := range t.Columns {
		if name, column, row, ok := r.defined(t.Table, c); ok && name == t.Sheet && row == head {
			named[column] = i
		}
	}
	for column := 1; column <= maxColumns; column++ {
		i := -1
		if labels[column] != "" {
			i = t.labelled(labels[column])
		}
		if k, ok := named[column]; i < 0 && ok {
			i = k
		}
		cell := cellName(column, head)
		switch {
		case i < 0 && (labels[column] != "" || content[column]):
			r.add(t.Sheet, cell, lang.Problemf("column_unknown", "多了一列“%s”，不知道怎么处理。请删除这一列。", "The column “%s” is not part of the sheet. Please delete it.", clip(labels[column], 30)))
		case i < 0:
		case t.places[i] != 0:
			complete = false
			r.add(t.Sheet, cell, lang.Problemf("column_twice", "“%s”这一列出现了两次（%s 和 %s）。请删除多余的一列。", "The column “%s” is there twice (%s and %s). Please delete one.",
				t.Columns[i].Label, columnName(t.places[i]), columnName(column)))
		default:
			t.places[i] = column
		}
	}
	for i, c := range t.Columns {
		if t.places[i] == 0 && !c.Optional {
			complete = false
			r.add(t.Sheet, "", lang.Problemf("column_missing", "少了“%s”这一列。请用“/future 模板”取一份新的，把内容复制进去。",
				"The column “%s” is missing. Please get a fresh sheet with “/future template” and copy your rows into it.", c.Label))
		}
	}
	return complete
}

// visible reports whether a person sees anything of ours in the row.
func (t FilledTable) visible(row gridRow) bool {
	return slices.ContainsFunc(row.cells, func(c gridCell) bool {
		i := slices.Index(t.places, c.column)
		return i >= 0 && !t.Columns[i].Hidden
	})
}

func (r *reader) row(t FilledTable, row gridRow, g *grid) FilledRow {
	out := FilledRow{Number: row.number, Cells: make([]Cell, len(t.Columns))}
	for _, c := range row.cells {
		i := slices.Index(t.places, c.column)
		if i < 0 {
			continue
		}
		cell := cellName(c.column, row.number)
		v, p := t.Columns[i].read(c, g.links[cell], r.limits, r.y1904)
		if p != nil {
			v.Note = p.Words
			r.add(t.Sheet, cell, p)
		}
		out.Cells[i] = v
	}
	return out
}

// hidden tells of rows that a person does not see: what is taken in must have
// been looked at.
func (r *reader) hidden(t FilledTable, rows []gridRow) {
	for i := 0; i < len(rows); i++ {
		if !rows[i].hidden || !t.visible(rows[i]) {
			continue
		}
		first, last := rows[i].number, rows[i].number
		for i+1 < len(rows) && rows[i+1].hidden {
			i++
			last = rows[i].number
		}
		which := strconv.Itoa(first)
		if last > first {
			which = fmt.Sprintf("%d–%d", first, last)
		}
		r.add(t.Sheet, cellName(1, first), lang.Problemf("row_hidden", "第 %s 行被隐藏了（可能是筛选）。请取消筛选或取消隐藏，看过后再发。",
			"Row %s is hidden (perhaps by a filter). Please clear the filter or show the rows, look at them and send the sheet again.", which))
	}
}
