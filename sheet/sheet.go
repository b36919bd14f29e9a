// Package sheet makes tables into files that people open (XLSX, CSV, JSON) and
// reads a sheet that a person has filled in.
//
// It decides how a typed value stands in a file, and which files are refused:
// those that hold anything but plain values, and those whose columns cannot be
// told for certain. It never decides what the values mean: it knows nothing of
// reports or targets, and does no I/O but to the writer that it is handed.
package sheet

import (
	"strconv"
	"time"

	"wainao/calendar"
	"wainao/lang"
)

// Kind is what a column holds.
type Kind string

// The kinds. All but Text and Link are written as real numbers, dates and
// lists, so that a spreadsheet can sort and add them.
const (
	Text    Kind = "text"
	Link    Kind = "link"    // An address; in a file it is plain text, and nothing opens by itself.
	Integer Kind = "integer" //
	Decimal Kind = "decimal" // Exact, as written: 12.5.
	Date    Kind = "date"    // A day.
	Moment  Kind = "moment"  // A day and a minute, in Shanghai.
	Choice  Kind = "choice"  // One of a column's choices.
)

// Option is one choice of a column: the key is what the program says, the
// label what a person reads. A person may write either, in either language.
type Option struct {
	Key   string
	Label lang.Text
}

// When chooses rows by what another column of the table holds.
type When struct {
	Column  string   // The key of a Choice column.
	Options []string // Keys of its choices.
}

// Column is one column of a table. Key names it for good; everything else may
// change from version to version.
type Column struct {
	Key     string
	Label   lang.Text
	Kind    Kind
	Choices []Option
	Width   float64   // In characters of a digit's width; zero fits the kind.
	Hint    lang.Text // What to write, shown when a cell is chosen; at most 255 characters a language.

	// What follows matters in a form only.

	Locked   bool // The person need not change it.
	Hidden   bool // For the program: the person does not see it. It is locked.
	Optional bool // The column may be missing from a sheet that comes back.
	// Loose hands on what is not of the column's kind as it was written, for
	// the caller to judge; otherwise it is a problem.
	Loose bool
	// Asked greys the column out in the rows that one of it does not choose, and
	// Needed colours it where it is empty in the rows that all of it choose.
	Asked, Needed []When
}

// Option returns the column's choice with the key.
func (c Column) Option(key string) (Option, bool) {
	for _, o := range c.Choices {
		if o.Key == key {
			return o, true
		}
	}
	return Option{}, false
}

// Table is one sheet of a workbook, one CSV file, or one table in JSON.
type Table struct {
	Name    string    // Lower-case letters, digits and _, the first a letter.
	Title   lang.Text // The sheet's tab: at most 31 characters, none of []:*?/\ in it.
	Columns []Column
	Rows    [][]Cell // As many cells as columns; a shorter row ends in empty cells.
}

// column returns the place of the column with the key, or -1.
func (t Table) column(key string) int {
	for i, c := range t.Columns {
		if c.Key == key {
			return i
		}
	}
	return -1
}

// Cell is one value. The column's kind tells which field holds it; the zero
// Cell is empty, which is never 0.
type Cell struct {
	Text   string // Of Text and Link; the option's key of Choice.
	Words  lang.Text
	Number string        // Of Integer and Decimal: digits, with - before and . among them.
	Date   calendar.Date // Of Date.
	Time   time.Time     // Of Moment.

	// Written is what a person wrote in a cell that is not of its column's kind.
	// It stands in a file as text.
	Written string
	// Note is a remark beside the cell; the cell is marked. XLSX only.
	Note lang.Text
}

// Of returns a text cell; it also holds an address, or the key of a choice.
func Of(s string) Cell { return Cell{Text: s} }

// Words returns a text cell that reads in the language of the file.
func Words(t lang.Text) Cell { return Cell{Words: t} }

// Int returns a whole number.
func Int(n int) Cell { return Cell{Number: strconv.Itoa(n)} }

// Number returns a number from its digits, such as "12.5"; "" is empty.
func Number(digits string) Cell { return Cell{Number: digits} }

// Day returns a day; the zero day is empty.
func Day(d calendar.Date) Cell { return Cell{Date: d} }

// At returns a moment; the zero time is empty.
func At(t time.Time) Cell { return Cell{Time: t} }

// Empty reports whether the cell has no value; it may have a note.
func (c Cell) Empty() bool {
	c.Note = lang.Text{}
	return c == Cell{}
}

// text returns the value as a person reads it.
func (c Cell) text(col Column, l lang.Lang) string {
	switch {
	case c.Written != "":
		return c.Written
	case !c.Words.IsZero():
		return c.Words.In(l)
	case c.Number != "":
		return c.Number
	case c.Date != "":
		return string(c.Date)
	case !c.Time.IsZero():
		return c.Time.In(calendar.Shanghai()).Format("2006-01-02 15:04")
	case col.Kind == Choice:
		if o, ok := col.Option(c.Text); ok {
			return o.Label.In(l)
		}
	}
	return c.Text
}
