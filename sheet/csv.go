package sheet

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"wainao/lang"
)

// byteOrderMark tells Excel that a CSV file is UTF-8.
const byteOrderMark = "\ufeff"

// WriteCSV writes one table: RFC 4180 in UTF-8 with a byte order mark, the
// labels in the first line. Text that a spreadsheet would take for a formula
// gets an apostrophe before it.
func WriteCSV(w io.Writer, t Table, l lang.Lang) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = c.Label.In(l)
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("write %s: %w", t.Name, err)
	}
	for _, row := range t.Rows {
		for i, c := range t.Columns {
			line[i] = ""
			if i < len(row) {
				line[i] = row[i].text(c, l)
				if row[i].Number == "" {
					line[i] = harmless(line[i])
				}
			}
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("write %s: %w", t.Name, err)
		}
	}
	out.Flush()
	return out.Error()
}

// WriteCSVs writes a ZIP archive with a CSV file for each table, made at the
// given time.
func WriteCSVs(w io.Writer, tables []Table, l lang.Lang, made time.Time) error {
	z := zip.NewWriter(w)
	for _, t := range tables {
		f, err := z.CreateHeader(&zip.FileHeader{Name: t.Name + ".csv", Method: zip.Deflate, Modified: made.UTC()})
		if err != nil {
			return fmt.Errorf("write %s: %w", t.Name, err)
		}
		if err := WriteCSV(f, t, l); err != nil {
			return err
		}
	}
	return z.Close()
}

// harmless keeps text from being run as a formula when a CSV file is opened in
// a spreadsheet. Full-width signs count too: some programs fold them.
// https://owasp.org/www-community/attacks/CSV_Injection
func harmless(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}
