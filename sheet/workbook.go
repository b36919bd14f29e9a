package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// workbook is what a file says beside its sheets' cells.
type workbook struct {
	*archive
	sheets  []sheetPart
	names   map[string]string // Defined names, in lower case, and what they refer to.
	strings []string
	dates   []bool // Whether the style of that number shows a date.
	y1904   bool   // Days are counted from 1904.
}

type sheetPart struct {
	name   string
	part   string
	hidden bool
}

// maxStrings bounds the list of a workbook's texts.
const maxStrings = 500_000

func (a *archive) workbook() (*workbook, error) {
	root, err := a.relations("")
	if err != nil {
		return nil, err
	}
	main := "xl/workbook.xml"
	for _, r := range root {
		if r.kind == "officeDocument" && !r.external {
			main = r.target
		}
	}
	if a.parts[strings.ToLower(main)] == nil || !strings.Contains(main, "workbook") {
		return nil, errNotXLSX
	}
	related, err := a.relations(main)
	if err != nil {
		return nil, err
	}
	w := &workbook{archive: a, names: map[string]string{}}
	if err := a.each(main, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "sheet":
			r := related[attr(e, "id")]
			if r.external || r.kind == "xlMacrosheet" || r.kind == "xlIntlMacrosheet" {
				return errMacro
			}
			if r.kind == "worksheet" {
				state := attr(e, "state")
				w.sheets = append(w.sheets, sheetPart{attr(e, "name"), r.target, state != "" && state != "visible"})
			}
		case "workbookPr":
			w.y1904 = isTrue(attr(e, "date1904"))
		case "definedName":
			name := strings.ToLower(attr(e, "name"))
			refers, err := textOf(d)
			w.names[name] = refers
			return err
		case "externalReference":
			return errExternal
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for _, r := range related {
		switch r.kind {
		case "sharedStrings":
			err = w.readStrings(r.target)
		case "styles":
			err = w.readStyles(r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// readStrings reads the texts that cells refer to by number.
func (w *workbook) readStrings(part string) error {
	return w.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(w.strings) == maxStrings {
			return errBomb
		}
		s, err := richText(d)
		w.strings = append(w.strings, s)
		return err
	})
}

// readStyles finds out which styles show a number as a date.
func (w *workbook) readStyles(part string) error {
	custom := map[string]bool{}
	cells := 0 // How deep in the list of the cells' styles; others look alike.
	return w.each(part, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = showsDate(attr(e, "formatCode"))
		case "cellXfs":
			cells, _ = strconv.Atoi(attr(e, "count"))
			cells = min(max(cells, 0), 65_490) // As many as Excel knows.
		case "xf":
			if cells > len(w.dates) {
				id := attr(e, "numFmtId")
				n, _ := strconv.Atoi(id)
				w.dates = append(w.dates, custom[id] || n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58)
			}
		}
		return nil
	})
}

// showsDate reports whether a number format shows a year, a month or a day.
func showsDate(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("yYmMdDhH", c) >= 0:
			return true
		case c == 'G' || c == 'g': // General.
			return false
		}
	}
	return false
}

// textOf reads the text of the element that has just begun, up to its end.
func textOf(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", unexpected(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			b.Write(t)
		}
	}
	return b.String(), nil
}

// richText reads a text that may be in several runs; how it is to be
// pronounced (rPh) stands beside it and does not belong to it.
func richText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", unexpected(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "rPh":
				if err := d.Skip(); err != nil {
					return "", unexpected(err)
				}
			case "t":
				s, err := textOf(d)
				if err != nil {
					return "", err
				}
				b.WriteString(s)
			default:
				depth++
			}
		case xml.EndElement:
			depth--
		}
	}
	return unescape(b.String()), nil
}

// unescape resolves _x000D_, as Excel writes characters that XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if len(s)-i >= 7 && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				i += 7
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }

// unexpected is err of a part that ends too early.
func unexpected(err error) error {
	if errors.Is(err, errBomb) {
		return errBomb
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
