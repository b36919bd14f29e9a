package sheet

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"wainao/calendar"
	"wainao/lang"
)

// Form makes a workbook one that is filled in and comes back: it is told apart
// from every other by its name, its columns are known whatever becomes of
// their labels and places, and what a person need not change is locked
// (without a password: whoever must, may).
type Form struct {
	Name    string
	Version int               // Of the columns; [Read] refuses another one.
	Marks   map[string]string // What the program wants back, such as a period.
	Spare   int               // Empty rows below the table's, to be filled in like them.
}

// Options are how a workbook is written. The same tables with the same options
// are the same bytes.
type Options struct {
	Lang lang.Lang
	Made time.Time // Stands in the file's properties.
	Form *Form     // Nil for a workbook that is only read.
}

// hiddenSheet carries the form's name, version and marks, and the lists of
// choices. Spreadsheets do not offer to show it.
const hiddenSheet = "_wainao"

// formMagic stands in the first cell of [hiddenSheet].
const formMagic = "wainao-form"

// listColumn is the first column of [hiddenSheet] that holds a list.
const listColumn = 5

// nameOf is the defined name of a column's head.
func nameOf(t Table, c Column) string { return "wainao." + t.Name + "." + c.Key }

// WriteXLSX writes the tables as a workbook, a sheet each: typed cells, the
// head frozen and with filters. No cell is ever a formula: text stays text,
// whatever it begins with.
func WriteXLSX(w io.Writer, tables []Table, o Options) error {
	if len(tables) == 0 {
		return fmt.Errorf("write workbook: no tables")
	}
	f := excelize.NewFile()
	b := &book{File: f, o: o, styles: map[look]int{}}
	err := b.fill(tables)
	if err == nil {
		f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newOrderedZip(w, o.Made) })
		_, err = f.WriteTo(w)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// book is a workbook in the making.
type book struct {
	*excelize.File
	o      Options
	styles map[look]int
	lists  int // How many lists of choices are in the hidden sheet.
}

func (b *book) fill(tables []Table) error {
	made := b.o.Made.UTC().Format(time.RFC3339)
	if err := b.SetDocProps(&excelize.DocProperties{
		Created: made, Modified: made, Creator: "Wainao 外脑", LastModifiedBy: "Wainao 外脑", Title: tables[0].Title.In(b.o.Lang),
	}); err != nil {
		return err
	}
	for i, t := range tables {
		name := t.Title.In(b.o.Lang)
		if i == 0 {
			if err := b.SetSheetName(b.GetSheetName(0), name); err != nil {
				return err
			}
		} else if _, err := b.NewSheet(name); err != nil {
			return fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	if b.o.Form != nil {
		if err := b.describe(*b.o.Form); err != nil {
			return err
		}
	}
	for _, t := range tables {
		if err := b.table(t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// describe writes what tells the form.
func (b *book) describe(form Form) error {
	if _, err := b.NewSheet(hiddenSheet); err != nil {
		return err
	}
	if err := b.SetSheetVisible(hiddenSheet, false, true); err != nil {
		return err
	}
	rows := [][]any{{formMagic, form.Name, form.Version}}
	for _, k := range sortedKeys(form.Marks) {
		rows = append(rows, []any{"mark", k, form.Marks[k]})
	}
	for i, row := range rows {
		if err := b.SetSheetRow(hiddenSheet, cellName(1, i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

// table writes one sheet.
func (b *book) table(t Table) error {
	name := t.Title.In(b.o.Lang)
	last := 1 + len(t.Rows)
	if b.o.Form != nil {
		last += b.o.Form.Spare
	}
	if err := b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if b.o.Form != nil {
		if err := b.form(t, name, last); err != nil {
			return err
		}
	}
	if err := b.notes(t, name); err != nil {
		return err
	}
	w, err := b.NewStreamWriter(name)
	if err != nil {
		return err
	}
	// Behind the stream's beginning: it would set a flag that a filter is on.
	if err := b.AutoFilter(name, "A1:"+cellName(len(t.Columns), max(last, 2)), nil); err != nil {
		return err
	}
	if err := b.columns(w, t); err != nil {
		return err
	}
	for i, row := range t.Rows {
		cells, err := b.row(t, row)
		if err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
		if err := w.SetRow(cellName(1, i+2), cells); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return w.Flush()
}

// columns writes the widths and the head.
func (b *book) columns(w *excelize.StreamWriter, t Table) error {
	head := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		if err := w.SetColWidth(i+1, i+1, c.width(b.o.Lang)); err != nil {
			return err
		}
		style, err := b.style(look{kind: c.Kind, locked: c.Locked || c.Hidden})
		if err != nil {
			return err
		}
		if err := w.SetColStyle(i+1, i+1, style); err != nil {
			return err
		}
		if c.Hidden {
			if err := w.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
		}
		if style, err = b.style(look{head: true}); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: style, Value: c.Label.In(b.o.Lang)}
	}
	return w.SetRow("A1", head, excelize.RowOpts{Height: 32})
}

// width fits a column to its kind and its label.
func (c Column) width(l lang.Lang) float64 {
	if c.Width > 0 {
		return c.Width
	}
	kind := map[Kind]float64{Text: 20, Link: 28, Integer: 10, Decimal: 12, Date: 12, Moment: 17, Choice: 14}[c.Kind]
	label := 4.0 // The filter's button.
	for _, r := range c.Label.In(l) {
		if label++; r > 0x2E7F { // Chinese characters are twice as wide.
			label++
		}
	}
	return max(kind, min(label, 30))
}

func (b *book) row(t Table, row []Cell) ([]any, error) {
	if len(row) > len(t.Columns) {
		return nil, fmt.Errorf("%d cells for %d columns", len(row), len(t.Columns))
	}
	cells := make([]any, len(row))
	for i, c := range row {
		col := t.Columns[i]
		v, err := c.spreadsheet(col, b.o.Lang)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", col.Key, err)
		}
		style, err := b.style(look{kind: col.Kind, locked: col.Locked || col.Hidden, marked: !c.Note.IsZero()})
		if err != nil {
			return nil, err
		}
		if v != nil || !c.Note.IsZero() {
			cells[i] = excelize.Cell{StyleID: style, Value: v}
		}
	}
	return cells, nil
}

// spreadsheet returns the value as excelize writes it; a string never becomes
// a formula.
func (c Cell) spreadsheet(col Column, l lang.Lang) (any, error) {
	switch {
	case c.Written != "":
		return c.Written, nil
	case c.Empty():
		return nil, nil
	case c.Number != "":
		n, err := strconv.ParseFloat(c.Number, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return nil, fmt.Errorf("%q is not a number", c.Number)
		}
		return n, nil
	case c.Date != "":
		return float64(serialEpoch.DaysTo(c.Date)), nil
	case !c.Time.IsZero():
		day := calendar.StartOfDay(c.Time)
		return float64(serialEpoch.DaysTo(calendar.DateOf(day))) + c.Time.Truncate(time.Minute).Sub(day).Hours()/24, nil
	}
	return c.text(col, l), nil
}

// serialEpoch is day 0 of a spreadsheet's dates, true from 1 March 1900 on.
const serialEpoch calendar.Date = "1899-12-30"

// form makes a sheet one to be filled in: lists, hints, colours and locks.
func (b *book) form(t Table, name string, last int) error {
	for i, c := range t.Columns {
		if err := b.SetDefinedName(&excelize.DefinedName{
			Name: nameOf(t, c), RefersTo: fmt.Sprintf("'%s'!$%s$1", strings.ReplaceAll(name, "'", "''"), columnName(i+1)),
		}); err != nil {
			return fmt.Errorf("%s: %w", c.Key, err)
		}
		if c.Hidden {
			continue
		}
		area := fmt.Sprintf("%s2:%s%d", columnName(i+1), columnName(i+1), last)
		if err := b.validate(c, name, area); err != nil {
			return fmt.Errorf("%s: %w", c.Key, err)
		}
		if err := b.colour(t, i, name, area); err != nil {
			return fmt.Errorf("%s: %w", c.Key, err)
		}
	}
	return b.ProtectSheet(name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, Sort: true, InsertRows: true, DeleteRows: true,
		FormatCells: true, FormatColumns: true, FormatRows: true, InsertHyperlinks: true,
	})
}

// validate offers a column's choices and shows its hint.
func (b *book) validate(c Column, sheet, area string) error {
	v := excelize.NewDataValidation(true)
	v.Sqref = area
	title := clip(c.Label.In(b.o.Lang), 32)
	if hint := c.Hint.In(b.o.Lang); hint != "" {
		v.SetInput(title, clip(hint, 255))
	}
	switch {
	case len(c.Choices) > 0:
		b.lists++
		column := columnName(listColumn + b.lists - 1)
		for i, o := range c.Choices {
			if err := b.SetCellStr(hiddenSheet, column+strconv.Itoa(i+1), o.Label.In(b.o.Lang)); err != nil {
				return err
			}
		}
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", hiddenSheet, column, column, len(c.Choices)))
		v.SetError(excelize.DataValidationErrorStyleStop, title, lang.T("请从列表中选择。", "Please choose from the list.").In(b.o.Lang))
	case c.Kind == Date && !c.Loose:
		if err := v.SetRange(float64(serialEpoch.DaysTo(firstDay)), float64(serialEpoch.DaysTo(lastDay)),
			excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		v.SetError(excelize.DataValidationErrorStyleStop, title, lang.T("请写日期，例如 2026-11-23。", "Please write a date such as 2026-11-23.").In(b.o.Lang))
	case !v.ShowInputMessage:
		return nil
	}
	return b.AddDataValidation(sheet, v)
}

// colour greys out what a row does not ask for, and marks what it needs.
func (b *book) colour(t Table, i int, sheet, area string) error {
	c := t.Columns[i]
	var rules []excelize.ConditionalFormatOptions
	add := func(criteria, fill string) error {
		style, err := b.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}})
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "formula", Criteria: criteria, Format: &style, StopIfTrue: true})
		return err
	}
	for _, when := range c.Asked {
		other, chosen, err := b.condition(t, when)
		if err != nil {
			return err
		}
		if err := add(fmt.Sprintf(`AND(%s<>"",NOT(%s))`, other, chosen), "D9D9D9"); err != nil {
			return err
		}
	}
	if len(c.Needed) > 0 {
		all := make([]string, len(c.Needed))
		for k, when := range c.Needed {
			var err error
			if _, all[k], err = b.condition(t, when); err != nil {
				return err
			}
		}
		if err := add(fmt.Sprintf(`AND(%s2="",%s)`, columnName(i+1), strings.Join(all, ",")), "FFF2CC"); err != nil {
			return err
		}
	}
	if len(rules) == 0 {
		return nil
	}
	return b.SetConditionalFormat(sheet, area, rules)
}

// condition writes When as a formula over row 2, beside the cell it looks at.
func (b *book) condition(t Table, when When) (cell, formula string, err error) {
	i := t.column(when.Column)
	if i < 0 {
		return "", "", fmt.Errorf("there is no column %q", when.Column)
	}
	cell = "$" + columnName(i+1) + "2"
	all := make([]string, len(when.Options))
	for k, key := range when.Options {
		o, ok := t.Columns[i].Option(key)
		if !ok {
			return "", "", fmt.Errorf("column %q has no choice %q", when.Column, key)
		}
		all[k] = fmt.Sprintf(`%s="%s"`, cell, strings.ReplaceAll(o.Label.In(b.o.Lang), `"`, `""`))
	}
	return cell, "OR(" + strings.Join(all, ",") + ")", nil
}

// notes writes the remarks beside cells.
func (b *book) notes(t Table, sheet string) error {
	for r, row := range t.Rows {
		for i, c := range row {
			if c.Note.IsZero() {
				continue
			}
			if err := b.AddComment(sheet, excelize.Comment{Cell: cellName(i+1, r+2), Author: "Wainao 外脑", Text: c.Note.In(b.o.Lang), Width: 260, Height: 110}); err != nil {
				return err
			}
		}
	}
	return nil
}

// look is how a cell is shown; each is one style of the workbook.
type look struct {
	kind                 Kind
	head, locked, marked bool
}

func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	s := &excelize.Style{
		Alignment:  &excelize.Alignment{Vertical: "top", WrapText: l.kind == Text},
		Protection: &excelize.Protection{Locked: l.locked || l.head},
	}
	fill := ""
	switch {
	case l.head:
		s.Font, fill = &excelize.Font{Bold: true, Color: "FFFFFF"}, "1F4E79"
		s.Alignment = &excelize.Alignment{Vertical: "center", WrapText: true}
	case l.marked:
		fill = "F8CBAD"
	case l.locked && b.o.Form != nil:
		fill = "F2F2F2"
	}
	if fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	switch l.kind {
	case Text, Link, Choice:
		s.NumFmt = 49 // Text: what is typed stays as it is, leading zeros and long codes too.
	case Integer:
		s.NumFmt = 1
	case Date:
		s.CustomNumFmt = new("yyyy-mm-dd")
	case Moment:
		s.CustomNumFmt = new("yyyy-mm-dd hh:mm")
	case Decimal: // As many decimals as there are.
	}
	id, err := b.NewStyle(s)
	b.styles[l] = id
	return id, err
}

// clip shortens s to n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
