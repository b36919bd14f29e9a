package sheet_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"wainao/lang"
	"wainao/sheet"
)

var made = time.Date(2026, 11, 23, 1, 30, 0, 0, time.UTC)

// form is what the tests fill in.
var form = sheet.Form{Name: "test", Version: 3, Marks: map[string]string{"period": "2026Q4"}, Spare: 10}

func table(rows ...[]sheet.Cell) sheet.Table {
	return sheet.Table{
		Name: "things", Title: lang.T("事项", "Things"),
		Columns: []sheet.Column{
			{Key: "id", Label: lang.T("编号", "Id"), Kind: sheet.Text, Hidden: true},
			{
				Key: "kind", Label: lang.T("种类", "Kind"), Kind: sheet.Choice,
				Choices: []sheet.Option{{Key: "site", Label: lang.T("场地", "Site")}, {Key: "sum", Label: lang.T("金额", "Sum of “money”")}},
			},
			{Key: "name", Label: lang.T("名称", "Name"), Kind: sheet.Text, Hint: lang.T("写全称", "In full"), Needed: []sheet.When{{Column: "kind", Options: []string{"site"}}}},
			{Key: "count", Label: lang.T("数量", "Count"), Kind: sheet.Integer},
			{Key: "amount", Label: lang.T("数额", "Amount"), Kind: sheet.Decimal, Asked: []sheet.When{{Column: "kind", Options: []string{"sum"}}}},
			{Key: "loose", Label: lang.T("大约", "About"), Kind: sheet.Decimal, Loose: true, Optional: true},
			{Key: "day", Label: lang.T("日期", "Date"), Kind: sheet.Date},
			{Key: "link", Label: lang.T("链接", "Link"), Kind: sheet.Link},
		},
		Rows: rows,
	}
}

func row(id string) []sheet.Cell {
	return []sheet.Cell{
		sheet.Of(id), sheet.Of("site"), sheet.Of("名称 " + id), sheet.Int(12), sheet.Number("1234.5678"),
		{},
		sheet.Day("2026-11-23"), sheet.Of("https://example.com/" + id),
	}
}

func xlsx(t testing.TB, l lang.Lang, tables ...sheet.Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, tables, sheet.Options{Lang: l, Made: made, Form: &form}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	rows := [][]sheet.Cell{
		row("a"), row("b"),
		{sheet.Of("c"), sheet.Of("sum"), sheet.Of("=1+1"), sheet.Int(-3), sheet.Number("0.0001"), sheet.Number("7"), sheet.Day("2024-02-29"), {}},
		{{}, {}, sheet.Of("两行\n第二行 _x000D_ & <b>"), {}, {}, {}, {}, sheet.Of("+86 @home")},
	}
	for _, l := range lang.Both() {
		got, err := sheet.Read(xlsx(t, l, table(rows...)), []sheet.Table{table()}, form, sheet.DefaultLimits())
		if err != nil || len(got.Problems) > 0 {
			t.Fatalf("%s: %v, problems %+v", l, err, got.Problems)
		}
		var cells [][]sheet.Cell
		for _, r := range got.Tables[0].Filled {
			cells = append(cells, r.Cells)
		}
		if diff := cmp.Diff(rows, cells); diff != "" {
			t.Errorf("%s (-written +read):\n%s", l, diff)
		}
		if got.Marks["period"] != "2026Q4" || got.Tables[0].Sheet != table().Title.In(l) {
			t.Errorf("%s: marks %v in sheet %q", l, got.Marks, got.Tables[0].Sheet)
		}
	}
}

func TestTheSameIsTheSameBytes(t *testing.T) {
	t.Parallel()
	second := table(row("b"))
	second.Name, second.Title = "others", lang.T("其他", "Others")
	one := xlsx(t, lang.ZH, table(row("a")), second)
	for range 5 {
		if !bytes.Equal(one, xlsx(t, lang.ZH, table(row("a")), second)) {
			t.Fatal("the same tables gave other bytes")
		}
	}
}

// TestWhatASpreadsheetSees opens the form with another reader than ours.
func TestWhatASpreadsheetSees(t *testing.T) {
	t.Parallel()
	bad := row("b")
	bad[2].Note = lang.T("请写全称。", "In full, please.")
	bad[6] = sheet.Cell{Written: "明天"}
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, lang.ZH, table(row("a"), bad, []sheet.Cell{{}, {}, sheet.Of("=HYPERLINK(1)")}))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const s = "事项"
	for cell, want := range map[string]string{
		"C1": "名称", "B2": "场地", "D2": "12", "E2": "1234.5678", "G2": "2026-11-23", "G3": "明天", "C4": "=HYPERLINK(1)",
	} {
		if got, err := f.GetCellValue(s, cell); got != want || err != nil {
			t.Errorf("%s shows %q (%v), want %q", cell, got, err, want)
		}
		if formula, err := f.GetCellFormula(s, cell); formula != "" || err != nil {
			t.Errorf("%s has the formula %q (%v)", cell, formula, err)
		}
	}
	for cell, want := range map[string]excelize.CellType{"C4": excelize.CellTypeInlineString, "D2": excelize.CellTypeUnset, "G2": excelize.CellTypeUnset} {
		if got, err := f.GetCellType(s, cell); got != want || err != nil {
			t.Errorf("%s is of type %v (%v), want %v", cell, got, err, want)
		}
	}
	panes, err := f.GetPanes(s)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head is not frozen: %+v, %v", panes, err)
	}
	if visible, err := f.GetColVisible(s, "A"); visible || err != nil {
		t.Errorf("the hidden column shows (%v)", err)
	}
	if visible, err := f.GetSheetVisible("_wainao"); visible || err != nil {
		t.Errorf("the hidden sheet shows (%v)", err)
	}
	comments, err := f.GetComments(s)
	if err != nil || len(comments) != 1 || comments[0].Cell != "C3" || !strings.Contains(comments[0].Text, "请写全称。") {
		t.Errorf("comments %+v, %v", comments, err)
	}
	valid, err := f.GetDataValidations(s)
	if err != nil || len(valid) != 3 || valid[0].Formula1 != "'_wainao'!$E$1:$E$2" || valid[0].Sqref != "B2:B14" {
		t.Errorf("validations %+v, %v", valid, err)
	}
	formats, err := f.GetConditionalFormats(s)
	if err != nil || len(formats) != 2 || formats["E2:E14"][0].Criteria != `AND($B2<>"",NOT(OR($B2="金额")))` {
		t.Errorf("formats %+v, %v", formats, err)
	}
	names := f.GetDefinedName()
	if len(names) < 8 || names[0].Name != "wainao.things.id" || names[0].RefersTo != "'事项'!$A$1" {
		t.Errorf("names %+v", names)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Created != "2026-11-23T01:30:00Z" {
		t.Errorf("made %+v, %v", props, err)
	}
}

func TestMomentsAreShanghais(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, 12, 31, 16, 5, 0, 0, time.UTC) // 2027 in Shanghai.
	moments := sheet.Table{
		Name: "m", Title: lang.T("时刻", "Moments"), Columns: []sheet.Column{{Key: "at", Label: lang.T("时间", "Time"), Kind: sheet.Moment}},
		Rows: [][]sheet.Cell{{sheet.At(late)}},
	}
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, []sheet.Table{moments}, sheet.Options{Lang: lang.EN, Made: made}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := f.GetCellValue("Moments", "A2"); got != "2027-01-01 00:05" || err != nil {
		t.Errorf("shows %q, %v", got, err)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	in := table(
		[]sheet.Cell{sheet.Of("a"), sheet.Of("sum"), sheet.Of(`=cmd|' /C calc'!A0`), sheet.Int(-3), sheet.Number("0.5")},
		[]sheet.Cell{{}, {}, sheet.Of("a \"b\", c\nd"), {}, {}, {}, sheet.Day("2026-11-23"), sheet.Of("＠x")},
	)
	if err := sheet.WriteCSV(&b, in, lang.EN); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffId,Kind,Name,Count,Amount,About,Date,Link\r\n" +
		"a,Sum of “money”,'=cmd|' /C calc'!A0,-3,0.5,,,\r\n" +
		",,\"a \"\"b\"\", c\r\nd\",,,,2026-11-23,'＠x\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	in := table([]sheet.Cell{sheet.Of("a"), sheet.Of("sum"), sheet.Words(lang.T("甲<", "A")), sheet.Int(0), sheet.Number("1234.5678"), {}, sheet.Day("2026-11-23")}, nil)
	if err := sheet.WriteJSON(&b, []sheet.Table{in}, made); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Made   string
		Tables []struct {
			Name    string
			Columns []struct{ Key, Kind string }
			Rows    []json.RawMessage
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Made != "2026-11-23T09:30:00+08:00" || got.Tables[0].Columns[4].Kind != "decimal" || len(got.Tables[0].Rows) != 2 {
		t.Errorf("got %+v", got)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, got.Tables[0].Rows[0]); err != nil {
		t.Fatal(err)
	}
	want := `{"id":"a","kind":"sum","name":{"zh":"甲\u003c","en":"A"},"count":0,"amount":1234.5678,"day":"2026-11-23"}`
	if diff := cmp.Diff(want, compact.String()); diff != "" {
		t.Error(diff)
	}
}

func TestTablesThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	tooWide := table(make([]sheet.Cell, 9))
	noNumber := table([]sheet.Cell{{}, {}, {}, sheet.Number("many")})
	noColumn := table()
	noColumn.Columns[2].Needed = []sheet.When{{Column: "none"}}
	badTab := table()
	badTab.Title = lang.T("a/b", "a/b")
	for name, in := range map[string][]sheet.Table{"nothing": nil, "too wide": {tooWide}, "no number": {noNumber}, "no column": {noColumn}, "bad tab": {badTab}} {
		if err := sheet.WriteXLSX(new(bytes.Buffer), in, sheet.Options{Lang: lang.ZH, Made: made, Form: &form}); err == nil {
			t.Errorf("%s: it was written", name)
		}
	}
}
