package tables

import (
	"io"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/sheet"
)

// Format is a kind of file that an export is written as.
type Format string

// The formats. CSV is a ZIP archive with a file for each table.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
	JSON Format = "json"
)

// ParseFormat reads the name of a format; "" is XLSX.
func ParseFormat(s string) (Format, bool) {
	switch f := Format(strings.ToLower(strings.TrimPrefix(s, "."))); f {
	case "", "excel", "表格":
		return XLSX, true
	case XLSX, CSV, JSON:
		return f, true
	}
	return "", false
}

// Ending returns the ending of the format's files.
func (f Format) Ending() string {
	if f == CSV {
		return ".csv.zip"
	}
	return "." + string(f)
}

// Write writes tables in the format. JSON has both languages, the others have l.
func (f Format) Write(w io.Writer, all []sheet.Table, l lang.Lang, made time.Time) error {
	switch f {
	case CSV:
		return sheet.WriteCSVs(w, all, l, made)
	case JSON:
		return sheet.WriteJSON(w, all, made)
	case XLSX:
	}
	return sheet.WriteXLSX(w, all, sheet.Options{Lang: l, Made: made})
}

// EndOf returns the last moment of a day in Shanghai, or now when the day is
// not over: an export as of a day has all that was said on it. ok is false for
// a day that has not begun.
func EndOf(d ledger.Day, now time.Time) (at time.Time, ok bool) {
	start := d.Start()
	if start.IsZero() || start.After(now) {
		return now, false
	}
	end := calendar.StartOfDay(start.Add(36 * time.Hour)).Add(-time.Millisecond)
	if end.After(now) {
		return now, true
	}
	return end, true
}
