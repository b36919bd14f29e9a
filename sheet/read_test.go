package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"wainao/lang"
	"wainao/sheet"
)

// edit opens a workbook in another program, changes it and saves it.
func edit(t testing.TB, content []byte, change func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// repack changes the parts of a workbook; a part that becomes nil is dropped.
func repack(t testing.TB, content []byte, change func(parts map[string][]byte)) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	change(parts)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		if content == nil {
			continue
		}
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func replaced(parts map[string][]byte, name, old, with string) {
	parts[name] = bytes.Replace(parts[name], []byte(old), []byte(with), 1)
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	good := xlsx(t, lang.ZH, table(row("a"), row("b")))
	part := func(name string) []byte {
		return repack(t, good, func(p map[string][]byte) { p[name] = []byte("x") })
	}
	small := sheet.DefaultLimits()
	small.Rows = 1
	tight := sheet.DefaultLimits()
	tight.Bytes = len(good) - 1
	narrow := sheet.DefaultLimits()
	narrow.Unzipped = 5000
	other := form
	other.Version = 2
	another := form
	another.Name = "another"
	ole := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	for _, tc := range []struct {
		name    string
		content []byte
		form    sheet.Form
		limits  sheet.Limits
		want    string
	}{
		{name: "nothing", content: nil, want: "file_empty"},
		{name: "too large", content: good, limits: tight, want: "file_too_large"},
		{name: "too many rows", content: good, limits: small, want: "too_many_rows"},
		{name: "xls", content: ole, want: "file_xls"},
		{name: "encrypted", content: append(slices.Clone(ole), []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")...), want: "file_encrypted"},
		{name: "csv", content: []byte("领域,指标\n氢能,应用场景\n"), want: "file_csv"},
		{name: "picture", content: []byte("\x89PNG\r\n\x1a\n\x00\x00"), want: "file_type"},
		{name: "a zip", content: repack(t, good, func(p map[string][]byte) { p["[Content_Types].xml"] = nil }), want: "file_type"},
		{name: "a document", content: repack(t, good, func(p map[string][]byte) {
			replaced(p, "_rels/.rels", "xl/workbook.xml", "word/document.xml")
		}), want: "file_type"},
		{name: "xlsb", content: part("xl/workbook.bin"), want: "file_xlsb"},
		{name: "half a file", content: good[:len(good)/2], want: "file_damaged"},
		{name: "broken xml", content: repack(t, good, func(p map[string][]byte) { p["xl/workbook.xml"] = []byte("<workbook><sheets>") }), want: "file_damaged"},
		{name: "document type", content: repack(t, good, func(p map[string][]byte) {
			replaced(p, "xl/workbook.xml", "<workbook", `<!DOCTYPE x [<!ENTITY a "b">]><workbook`)
		}), want: "file_damaged"},
		{name: "macros", content: part("xl/vbaProject.bin"), want: "file_macro"},
		{name: "old macros", content: part("xl/macrosheets/sheet1.xml"), want: "file_macro"},
		{name: "xlsm", content: repack(t, good, func(p map[string][]byte) {
			replaced(p, "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
		}), want: "file_macro"},
		{name: "macros under another name", content: repack(t, good, func(p map[string][]byte) {
			p["xl/other.bin"] = []byte("x")
			replaced(p, "[Content_Types].xml", "<Default ", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default `)
		}), want: "file_macro"},
		{name: "controls", content: part("xl/activeX/activeX1.xml"), want: "file_active"},
		{name: "embedded", content: part("xl/embeddings/oleObject1.bin"), want: "file_active"},
		{name: "links", content: part("xl/externalLinks/externalLink1.xml"), want: "file_external"},
		{name: "data source", content: part("xl/connections.xml"), want: "file_external"},
		{name: "a bomb", content: part2(t, good, bytes.Repeat([]byte{'0'}, 65<<20)), want: "file_unzips"},
		{name: "a ratio", content: part2(t, good, bytes.Repeat([]byte{'0'}, 30<<20)), want: "file_unzips"},
		{name: "too large inside", content: good, limits: narrow, want: "file_unzips"},
		{name: "old version", content: good, form: other, want: "form_version"},
		{name: "another form", content: good, form: another, want: "form_unknown"},
		{name: "any workbook", content: edit(t, good, func(f *excelize.File) error { return f.DeleteSheet("_wainao") }), want: "form_unknown"},
	} {
		if tc.form.Name == "" {
			tc.form = form
		}
		if tc.limits.Rows == 0 {
			tc.limits = sheet.DefaultLimits()
		}
		_, err := sheet.Read(tc.content, []sheet.Table{table()}, tc.form, tc.limits)
		p, ok := errors.AsType[*lang.Problem](err)
		if !ok || p.Code != tc.want || !p.Words.Complete() {
			t.Errorf("%s: %v, want %s", tc.name, err, tc.want)
		}
	}
}

func part2(t *testing.T, good, content []byte) []byte {
	return repack(t, good, func(p map[string][]byte) { p["xl/media/x.bin"] = content })
}

func TestCellsThatAreRefused(t *testing.T) {
	t.Parallel()
	const s = "事项"
	good := xlsx(t, lang.ZH, table(row("a"), row("b"), row("c")))
	set := func(cell string, v any) func(*excelize.File) error {
		return func(f *excelize.File) error {
			if text, ok := v.(string); ok {
				return f.SetCellStr(s, cell, text)
			}
			return f.SetCellValue(s, cell, v)
		}
	}
	for _, tc := range []struct {
		name   string
		change func(*excelize.File) error
		want   []string // "cell code".
	}{
		{"nothing", func(*excelize.File) error { return nil }, nil},
		{"formula", func(f *excelize.File) error { return f.SetCellFormula(s, "D3", "1+1") }, []string{"D3 formula"}},
		{"words for a number", set("D3", "十二"), []string{"D3 not_a_number"}},
		{"a unit", set("E2", "12 万"), []string{"E2 not_a_number"}},
		{"half a thing", set("D3", 1.5), []string{"D3 not_whole"}},
		{"wrong thousands", set("E2", "1,23,4"), []string{"E2 not_a_number"}},
		{"no day", set("G4", "明天"), []string{"G4 not_a_date"}},
		{"day first", set("G4", "3/4/2026"), []string{"G4 not_a_date"}},
		{"31 February", set("G4", "2026-02-31"), []string{"G4 not_a_date"}},
		{"no choice", set("B2", "别的"), []string{"B2 not_a_choice"}},
		{"truth", set("C2", true), []string{"C2 boolean"}},
		{"lost digits", set("C2", 914401016185166300.0), []string{"C2 lost_digits"}},
		{"too long", set("C2", strings.Repeat("长", 3001)), []string{"C2 too_long"}},
		{"became a date", func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			return errors.Join(err, f.SetCellValue(s, "C2", 46000), f.SetCellStyle(s, "C2", "C2", style))
		}, []string{"C2 became_date"}},
		{"merged", func(f *excelize.File) error { return f.MergeCell(s, "C2", "C3") }, []string{"C2 merged"}},
		{"missing column", func(f *excelize.File) error { return f.RemoveCol(s, "G") }, []string{" column_missing"}},
		{"double column", set("F1", "名称"), []string{"F1 column_twice"}},
		{"more columns", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(s, "J1", "备注二"), f.SetCellStr(s, "K3", "x"))
		}, []string{"J1 column_unknown", "K1 column_unknown"}},
		{"hidden row", func(f *excelize.File) error {
			return errors.Join(f.SetRowVisible(s, 3, false), f.SetRowVisible(s, 4, false))
		}, []string{"A3 row_hidden"}},
		{"hidden sheet", func(f *excelize.File) error {
			f.SetActiveSheet(1)
			return f.SetSheetVisible(s, false)
		}, []string{" sheet_hidden"}},
		{"many at once", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(s, "D2", "x"), f.SetCellStr(s, "G2", "y"), f.SetCellFormula(s, "C4", "NOW()"))
		}, []string{"D2 not_a_number", "G2 not_a_date", "C4 formula"}},
	} {
		got, err := sheet.Read(edit(t, good, tc.change), []sheet.Table{table()}, form, sheet.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		var all []string
		for _, p := range got.Problems {
			all = append(all, p.Cell+" "+p.Code)
			if !p.Words.Complete() || p.Sheet != s {
				t.Errorf("%s: %+v lacks words or its sheet", tc.name, p)
			}
		}
		if diff := cmp.Diff(tc.want, all); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestErrorsOfFormulas(t *testing.T) {
	t.Parallel()
	content := repack(t, xlsx(t, lang.ZH, table(row("a"))), func(p map[string][]byte) {
		name := "xl/worksheets/sheet1.xml"
		i := bytes.Index(p[name], []byte(`<c r="D2"`))
		end := i + bytes.Index(p[name][i:], []byte("</c>"))
		p[name] = slices.Concat(p[name][:i], []byte(`<c r="D2" t="e"><v>#REF!</v>`), p[name][end:])
	})
	got, err := sheet.Read(content, []sheet.Table{table()}, form, sheet.DefaultLimits())
	if err != nil || len(got.Problems) != 1 || got.Problems[0].Code != "error_cell" || got.Problems[0].Cell != "D2" {
		t.Errorf("%+v, %v", got.Problems, err)
	}
	if v := got.Tables[0].Value(got.Tables[0].Filled[0], "count"); v.Written != "#REF!" || v.Note.IsZero() {
		t.Errorf("what stood there is lost: %+v", v)
	}
}

// TestWhatPeopleDoToASheet walks what is understood.
func TestWhatPeopleDoToASheet(t *testing.T) {
	t.Parallel()
	const s = "事项"
	good := xlsx(t, lang.ZH, table(row("a")))
	value := func(key string, want sheet.Cell) map[string]sheet.Cell { return map[string]sheet.Cell{key: want} }
	set := func(cell string, v any) func(*excelize.File) error {
		return func(f *excelize.File) error { return f.SetCellValue(s, cell, v) }
	}
	for _, tc := range []struct {
		name   string
		change func(*excelize.File) error
		want   map[string]sheet.Cell
	}{
		{"thousands", set("E2", "１２，３４５．６０"), value("amount", sheet.Number("12345.6"))},
		{"a number as text", set("D2", " 0012 "), value("count", sheet.Number("12"))},
		{"binary noise", set("E2", 0.1+0.2), value("amount", sheet.Number("0.3"))},
		{"a serial", set("G2", 46349), value("day", sheet.Day("2026-11-23"))},
		{"eight digits", set("G2", 20261123), value("day", sheet.Day("2026-11-23"))},
		{"a date in Chinese", set("G2", "2026年3月4日"), value("day", sheet.Day("2026-03-04"))},
		{"dots and full width", set("G2", "２０２６．３．４"), value("day", sheet.Day("2026-03-04"))},
		{"a number for a name", set("C2", 2026), value("name", sheet.Of("2026"))},
		{"spaces of all kinds", set("C2", "　名\u200b称\u00a0"), value("name", sheet.Of("名称"))},
		{"a choice in English", set("B2", "sum OF “money”"), value("kind", sheet.Of("sum"))},
		{"a loose number", set("F2", "约 12 亿"), value("loose", sheet.Cell{Written: "约 12 亿"})},
		{"an address behind words", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(s, "H2", "文件"), f.SetCellHyperLink(s, "H2", "https://example.com/z", "External"))
		}, value("link", sheet.Of("https://example.com/z"))},
		{"labels in English", func(f *excelize.File) error {
			return f.SetSheetRow(s, "B1", &[]any{"kind", "Name", "COUNT", "amount", "About", "date", "Link *"})
		}, value("amount", sheet.Number("1234.5678"))},
		{"a label renamed", set("E1", "金额（万）"), value("amount", sheet.Number("1234.5678"))},
		{"columns swapped", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(s, "D1", "数额"), f.SetCellStr(s, "E1", "数量"), f.SetCellStr(s, "E2", "5"))
		}, map[string]sheet.Cell{"amount": sheet.Number("12"), "count": sheet.Number("5")}},
		{"a column put in and removed", func(f *excelize.File) error {
			return errors.Join(f.InsertCols(s, "C", 2), f.RemoveCol(s, "C"))
		}, value("amount", sheet.Number("1234.5678"))},
		{"an optional column gone", func(f *excelize.File) error { return f.RemoveCol(s, "F") }, value("day", sheet.Day("2026-11-23"))},
		{"the tab renamed", func(f *excelize.File) error { return f.SetSheetName(s, "昆山（终稿）") }, value("count", sheet.Int(12))},
		{"words above", func(f *excelize.File) error {
			return errors.Join(f.InsertRows(s, 1, 2), f.SetCellStr(s, "B1", "昆山市上报"), f.MergeCell(s, "B1", "E1"))
		}, value("count", sheet.Int(12))},
		{"another sheet", func(f *excelize.File) error {
			_, err := f.NewSheet("草稿")
			return errors.Join(err, f.SetCellFormula("草稿", "A1", "1+1"))
		}, value("count", sheet.Int(12))},
		{"blank rows behind", func(f *excelize.File) error {
			return errors.Join(f.SetCellStr(s, "C9", "　"), f.SetCellStr(s, "A900", "stale id"), f.SetRowVisible(s, 901, false))
		}, value("count", sheet.Int(12))},
		{"without names", func(f *excelize.File) error {
			for _, n := range f.GetDefinedName() {
				if strings.HasPrefix(n.Name, "wainao.") {
					if err := f.DeleteDefinedName(&n); err != nil {
						return err
					}
				}
			}
			return nil
		}, value("amount", sheet.Number("1234.5678"))},
	} {
		got, err := sheet.Read(edit(t, good, tc.change), []sheet.Table{table()}, form, sheet.DefaultLimits())
		if err != nil || len(got.Problems) > 0 || len(got.Tables[0].Filled) != 1 {
			t.Errorf("%s: %v, problems %+v, rows %+v", tc.name, err, got.Problems, got.Tables)
			continue
		}
		for key, want := range tc.want {
			if v := got.Tables[0].Value(got.Tables[0].Filled[0], key); v != want {
				t.Errorf("%s: %s is %+v, want %+v", tc.name, key, v, want)
			}
		}
		if tc.name == "another sheet" && !slices.Equal(got.Ignored, []string{"草稿"}) {
			t.Errorf("ignored %v", got.Ignored)
		}
	}
}

func TestDaysFrom1904(t *testing.T) {
	t.Parallel()
	content := repack(t, xlsx(t, lang.ZH, table(row("a"))), func(p map[string][]byte) {
		replaced(p, "xl/workbook.xml", "<workbookPr", `<workbookPr date1904="1"`)
		replaced(p, "xl/worksheets/sheet1.xml", ">46349<", ">44887<")
	})
	got, err := sheet.Read(content, []sheet.Table{table()}, form, sheet.DefaultLimits())
	if err != nil || len(got.Problems) > 0 || got.Tables[0].Filled[0].Cells[6] != sheet.Day("2026-11-23") {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	t.Parallel()
	var rows [][]sheet.Cell
	for i := range 300 {
		r := row(fmt.Sprint(i))
		r[6] = sheet.Cell{Written: "?"}
		rows = append(rows, r)
	}
	got, err := sheet.Read(xlsx(t, lang.EN, table(rows...)), []sheet.Table{table()}, form, sheet.DefaultLimits())
	if err != nil || len(got.Problems) != 200 || got.More != 100 || len(got.Tables[0].Filled) != 300 {
		t.Errorf("%d problems and %d more, %v", len(got.Problems), got.More, err)
	}
}

func TestCellName(t *testing.T) {
	t.Parallel()
	content := edit(t, xlsx(t, lang.ZH, table(row("a"))), func(f *excelize.File) error { return f.InsertRows("事项", 1, 1) })
	got, err := sheet.Read(content, []sheet.Table{table()}, form, sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	in := got.Tables[0]
	if a, b := in.CellName(in.Filled[0], "amount"), in.CellName(in.Filled[0], "none"); a != "E3" || b != "A3" {
		t.Errorf("got %s and %s, want E3 and A3", a, b)
	}
}

func FuzzRead(f *testing.F) {
	good := xlsx(f, lang.ZH, table(row("a"), row("b")))
	f.Add([]byte("xl/worksheets/sheet1.xml"), []byte(`<worksheet><sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>`))
	f.Add([]byte("xl/workbook.xml"), []byte(`<workbook><sheets><sheet name="_wainao" r:id="rId9"/></sheets></workbook>`))
	f.Add([]byte("xl/styles.xml"), []byte(`<styleSheet><cellXfs count="99999999"><xf numFmtId="14"/></cellXfs></styleSheet>`))
	f.Add([]byte("xl/sharedStrings.xml"), []byte(`<sst><si><t>_x000</t></si><si><r><t>_x0041_</t></r><rPh/></si></sst>`))
	f.Add([]byte(""), good)
	limits := sheet.DefaultLimits()
	f.Fuzz(func(t *testing.T, name, content []byte) {
		in := content
		if len(name) > 0 {
			in = repack(t, good, func(p map[string][]byte) { p[string(name)] = content })
		}
		got, err := sheet.Read(in, []sheet.Table{table()}, form, limits)
		if err != nil {
			if p, ok := errors.AsType[*lang.Problem](err); !ok || !p.Words.Complete() {
				t.Fatalf("an error without words: %v", err)
			}
			return
		}
		for _, p := range got.Problems {
			if !p.Words.Complete() {
				t.Fatalf("a problem without words: %+v", p)
			}
		}
	})
}

// A district's largest sheet: 5,000 rows of eight columns.
func BenchmarkWrite5000Rows(b *testing.B) {
	in := large()
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.WriteXLSX(io.Discard, []sheet.Table{in}, sheet.Options{Lang: lang.ZH, Made: made, Form: &form}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead5000Rows(b *testing.B) {
	content := xlsx(b, lang.ZH, large())
	b.ReportMetric(float64(len(content)), "file-bytes")
	b.ReportAllocs()
	for b.Loop() {
		got, err := sheet.Read(content, []sheet.Table{table()}, form, sheet.DefaultLimits())
		if err != nil || len(got.Tables[0].Filled) != 5000 {
			b.Fatal(err)
		}
	}
}

func large() sheet.Table {
	var rows [][]sheet.Cell
	for i := range 5000 {
		rows = append(rows, row(fmt.Sprint("item ", i)))
	}
	return table(rows...)
}

// TestTypesThatNoPartHasAreNoMacros holds that a workbook is taken of which
// the program that saved it only declares what macros would be.
func TestTypesThatNoPartHasAreNoMacros(t *testing.T) {
	t.Parallel()
	content := repack(t, xlsx(t, lang.ZH, table(row("a"))), func(p map[string][]byte) {
		replaced(p, "[Content_Types].xml", "<Default ", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default `)
	})
	if _, err := sheet.Read(content, []sheet.Table{table()}, form, sheet.DefaultLimits()); err != nil {
		t.Error(err)
	}
}
