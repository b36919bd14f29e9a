package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"wainao/lang"
)

// Limits bound what [Read] takes. They are Wainao's own: a spreadsheet itself
// knows no such bounds.
type Limits struct {
	Bytes    int // Of the file as it was sent.
	Unzipped int // Bytes of all its parts together.
	Rows     int // With something in them, all tables together.
	Text     int // Characters of one cell.
	Problems int // Listed; more are counted.
}

// DefaultLimits are far above what a district reports in a quarter, and low
// enough that any file is read in about a second.
func DefaultLimits() Limits {
	return Limits{Bytes: 5 << 20, Unzipped: 64 << 20, Rows: 5000, Text: 3000, Problems: 200}
}

// maxRatio is how many times its size a file may unzip to; a full sheet of
// reports comes to about 20.
const maxRatio = 300

// maxParts is how many files a workbook may be made of; one with ten sheets
// has about 30.
const maxParts = 1000

// What a file may be refused for as a whole. Each is a [lang.Problem].
var (
	errEmpty = lang.Problemf("file_empty", "这个文件是空的。请重新保存后再发。", "This file is empty. Please save it again and resend it.")
	errOld   = lang.Problemf("file_xls", "这是旧版 Excel 格式（.xls）。请在 Excel 或 WPS 里“另存为”.xlsx 再发。",
		"This is the old Excel format (.xls). Please use “Save as” .xlsx in Excel or WPS and send that.")
	errEncrypted = lang.Problemf("file_encrypted", "这个文件有密码，打不开。请去掉打开密码后再发。",
		"This file has a password and cannot be opened. Please remove the password and send it again.")
	errCSV = lang.Problemf("file_csv", "这是文本文件（CSV），不是 .xlsx。请填写 `/future 模板` 发的表格，原样保存后发来。",
		"This is a text file (CSV), not an .xlsx. Please fill in the sheet from `/future template` and send that as it is.")
	errNotXLSX = lang.Problemf("file_type", "这不是 Excel 表格（.xlsx）。请填写 `/future 模板` 发的表格再发来。",
		"This is not an Excel workbook (.xlsx). Please fill in the sheet from `/future template` and send that.")
	errBinary  = lang.Problemf("file_xlsb", "这是二进制格式（.xlsb）。请“另存为”.xlsx 再发。", "This is the binary format (.xlsb). Please use “Save as” .xlsx and send that.")
	errDamaged = lang.Problemf("file_damaged", "这个文件读不出来，可能没有保存完整。请用 Excel 或 WPS 打开后重新保存，再发一次。",
		"This file cannot be read; it may be damaged. Please open and save it again in Excel or WPS, then resend it.")
	errMacro = lang.Problemf("file_macro", "这个文件带宏，为安全起见不收。请“另存为”.xlsx（不带宏）再发。",
		"This file has macros, which are not taken, to be safe. Please use “Save as” .xlsx (without macros) and send that.")
	errActive = lang.Problemf("file_active", "这个文件带控件或嵌入的对象，为安全起见不收。请把内容复制到新的模板里再发。",
		"This file has controls or embedded objects, which are not taken, to be safe. Please copy the contents into a fresh template and send that.")
	errExternal = lang.Problemf("file_external", "这个文件链接了别的文件或数据源，为安全起见不收。请在 Excel 的“数据 › 编辑链接”里断开链接，或把内容复制到新的模板里再发。",
		"This file links to other files or data sources, which is not taken, to be safe. Break the links (Data › Edit Links), or copy the contents into a fresh template, and send that.")
	errBomb = lang.Problemf("file_unzips", "这个文件展开后太大。请把内容复制到新的模板里再发，不要给整列、整行设格式。",
		"This file is too large once it is unpacked. Please copy the contents into a fresh template, without formats on whole rows or columns, and send that.")
)

// archive is the opened file: parts that are read within one bound.
type archive struct {
	parts map[string]*zip.File
	left  int64
}

// open looks at what the file is before anything in it is read.
func open(content []byte, limits Limits) (*archive, error) {
	switch {
	case len(content) == 0:
		return nil, errEmpty
	case len(content) > limits.Bytes:
		return nil, lang.Problemf("file_too_large", "文件太大：最大 %d MB。请只留要上报的行再发。", "The file is too large: at most %d MB. Please keep only the rows that you report, and send it again.", max(limits.Bytes>>20, 1))
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")): // An OLE compound file.
		if bytes.Contains(content, utf16("EncryptedPackage")) {
			return nil, errEncrypted
		}
		return nil, errOld
	case !bytes.HasPrefix(content, []byte("PK\x03\x04")):
		if looksLikeText(content) {
			return nil, errCSV
		}
		return nil, errNotXLSX
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(z.File) > maxParts {
		return nil, errDamaged
	}
	a := &archive{parts: map[string]*zip.File{}, left: int64(limits.Unzipped)}
	var total uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := a.parts[name]; twice { // Which one is meant?
			return nil, errDamaged
		}
		if f.Flags&1 != 0 {
			return nil, errEncrypted
		}
		a.parts[name] = f
		total += min(f.UncompressedSize64, 1<<40)
	}
	if total > uint64(max(limits.Unzipped, 0)) || total > 1<<20 && total > maxRatio*uint64(len(content)) {
		return nil, errBomb
	}
	return a, a.check()
}

// check refuses what is no workbook, or one that can do more than hold values.
func (a *archive) check() error {
	has := func(name string) bool { return a.parts[name] != nil }
	switch {
	case has("xl/workbook.bin"):
		return errBinary
	case !has("[content_types].xml") || !has("_rels/.rels"):
		return errNotXLSX
	}
	for name := range a.parts {
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"), strings.HasSuffix(name, "vbadata.xml"), strings.HasPrefix(name, "xl/macrosheets/"):
			return errMacro
		case strings.HasPrefix(name, "xl/activex/"), strings.HasPrefix(name, "xl/ctrlprops/"), strings.HasPrefix(name, "xl/embeddings/"),
			strings.HasPrefix(name, "xl/dialogsheets/"), strings.HasPrefix(name, "customui/"), strings.HasPrefix(name, "xl/webextensions/"):
			return errActive
		case strings.HasPrefix(name, "xl/externallinks/"), name == "xl/connections.xml", strings.HasPrefix(name, "xl/querytables/"):
			return errExternal
		}
	}
	macros := false
	err := a.each("[content_types].xml", func(_ *xml.Decoder, e xml.StartElement) error {
		// Some programs tell the type of an ending that no part has.
		if e.Name.Local == "Default" && !a.hasEnding("."+strings.ToLower(attr(e, "Extension"))) {
			return nil
		}
		t := strings.ToLower(attr(e, "ContentType"))
		macros = macros || strings.Contains(t, "macroenabled") || strings.Contains(t, "vbaproject")
		return nil
	})
	if err == nil && macros {
		return errMacro
	}
	return err
}

// hasEnding reports whether a part's name ends so.
func (a *archive) hasEnding(ending string) bool {
	for name := range a.parts {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// relation is one relationship of a part.
type relation struct {
	kind     string // The last word of its type: worksheet, sharedStrings.
	target   string // A part's name, or an address when external.
	external bool
}

// relations reads what the part refers to, by id; none when it says nothing.
func (a *archive) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	out := map[string]relation{}
	if a.parts[strings.ToLower(name)] == nil {
		return out, nil
	}
	err := a.each(name, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		r := relation{kind: path.Base(attr(e, "Type")), target: attr(e, "Target"), external: strings.EqualFold(attr(e, "TargetMode"), "external")}
		if !r.external {
			if absolute, ok := strings.CutPrefix(r.target, "/"); ok {
				r.target = absolute
			} else {
				r.target = path.Join(dir, r.target)
			}
		}
		out[attr(e, "Id")] = r
		return nil
	})
	return out, err
}

// each reads a part and hands on the beginning of each of its elements. What
// visit reads of the decoder is passed.
func (a *archive) each(name string, visit func(*xml.Decoder, xml.StartElement) error) error {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return errDamaged
	}
	r, err := f.Open()
	if err != nil {
		return errDamaged
	}
	defer r.Close() //nolint:errcheck // It was only read.
	d := xml.NewDecoder(&bounded{r, &a.left})
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errBomb):
			return errBomb
		case err != nil:
			return errDamaged
		}
		switch e := token.(type) {
		case xml.Directive: // A workbook has no use for a document type.
			return errDamaged
		case xml.StartElement:
			if err := visit(d, e); err != nil {
				if problem, ok := errors.AsType[*lang.Problem](err); ok {
					return problem
				}
				return fmt.Errorf("%w: %s: %w", errDamaged, name, err)
			}
		}
	}
}

// bounded reads until all parts together have given what they may.
type bounded struct {
	r    io.Reader
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, errBomb
	}
	return n, err
}

// attr returns the value of an attribute by its name without the namespace.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// utf16 writes ASCII as UTF-16, as compound files do.
func utf16(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// looksLikeText reports whether the file's beginning has no byte that text has
// not, whatever its encoding.
func looksLikeText(content []byte) bool {
	for _, b := range content[:min(len(content), 1024)] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' {
			return false
		}
	}
	return true
}
