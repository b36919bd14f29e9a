package tables_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/record"
	"wainao/sheet"
	"wainao/tables"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// source is the export of a quarter, seen by the secretariat, with a draft and
// a report that waits.
func source(t testing.TB) tables.Source {
	b := quarter(t)
	b.submit(now, ledger.Submission{District: "kunshan", Domain: "metaverse", Period: "2026Q4", Indicator: "output", Value: "15", Evidence: "https://example.com/o4", Progress: "=SUM(A1)"})
	hidden := scenario("没有上报的草稿", "5")
	hidden.Key = "d"
	_, drafts, err := ledger.SaveDraft(b.state, pol, liaison, hidden, now)
	if err != nil {
		t.Fatal(err)
	}
	s := record.State{}
	if s.Ledger, err = tables.Fold(b.state, drafts, liaison.User, now); err != nil {
		t.Fatal(err)
	}
	return tables.Source{State: s, Policy: pol, Settings: ledger.DefaultSettings(), At: now, People: true}
}

// TestExportIsGolden holds what each table tells, in both languages. The
// policy's own tables are left to the policy's tests.
func TestExportIsGolden(t *testing.T) {
	t.Parallel()
	for _, l := range lang.Both() {
		var b bytes.Buffer
		for _, table := range tables.Export(source(t)) {
			if table.Name == "layout" || table.Name == "targets" {
				continue
			}
			b.WriteString("== " + table.Name + " · " + table.Title.In(l) + "\n")
			if table.Name == "matrix" { // 80 cells, of which most are alike.
				table.Rows = table.Rows[16:32]
			}
			var one bytes.Buffer
			if err := sheet.WriteCSV(&one, table, l); err != nil {
				t.Fatal(err)
			}
			b.WriteString(strings.ReplaceAll(strings.TrimPrefix(one.String(), "\ufeff"), "\r\n", "\n"))
		}
		path := filepath.Join("testdata", "export."+string(l)+".golden.csv")
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s (-want +got), go test ./tables -update rewrites it:\n%s", path, diff)
		}
	}
}

func TestNothingPrivateIsExported(t *testing.T) {
	t.Parallel()
	s := source(t)
	var b bytes.Buffer
	if err := sheet.WriteJSON(&b, tables.Export(s), now); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "没有上报的草稿") || strings.Contains(b.String(), "draft") {
		t.Error("a draft is in the export")
	}
	s.People = false
	for _, table := range tables.Export(s) {
		if table.Name == "people" || table.Name == "deliveries" {
			t.Errorf("%s is there for everybody", table.Name)
		}
	}
}

// TestExportOpens writes the workbook and reads it with another reader; an
// empty ledger has all tables too.
func TestExportOpens(t *testing.T) {
	t.Parallel()
	empty := tables.Source{Policy: pol, Settings: ledger.DefaultSettings(), At: now, People: true}
	for name, s := range map[string]tables.Source{"full": source(t), "empty": empty} {
		for _, l := range lang.Both() {
			all := tables.Export(s)
			var b bytes.Buffer
			if err := sheet.WriteXLSX(&b, all, sheet.Options{Lang: l, Made: now}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			f, err := excelize.OpenReader(&b)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if got := f.GetSheetList(); len(got) != len(all) {
				t.Errorf("%s: sheets %v for %d tables", name, got, len(all))
			}
			for _, table := range all {
				if rows, err := f.GetRows(table.Title.In(l)); err != nil || len(rows) != len(table.Rows)+1 {
					t.Errorf("%s, %s: %d rows, want %d and a head (%v)", name, table.Name, len(rows), len(table.Rows), err)
				}
				for _, row := range table.Rows {
					if len(row) != len(table.Columns) {
						t.Errorf("%s, %s: a row of %d cells for %d columns", name, table.Name, len(row), len(table.Columns))
					}
				}
				for _, c := range table.Columns {
					if !c.Label.Complete() {
						t.Errorf("%s.%s lacks a label", table.Name, c.Key)
					}
				}
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func BenchmarkExport5000Reports(b *testing.B) {
	book := &book{t: b}
	for i := range 5000 {
		in := scenario("场景"+strings.Repeat("甲", i%7)+string(rune('a'+i%26))+strings.Repeat("乙", i/200), "1")
		in.Name += in.Evidence + string(rune(0x4e00+i))
		book.submit(now, in)
	}
	s := tables.Source{State: record.State{Ledger: book.state}, Policy: pol, Settings: ledger.DefaultSettings(), At: now}
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.WriteXLSX(new(bytes.Buffer), tables.Export(s), sheet.Options{Lang: lang.ZH, Made: now}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkIntake5000Rows reads a sheet of 5,000 new rows and decides on each.
func BenchmarkIntake5000Rows(b *testing.B) {
	t := tables.Layout(pol)
	for i := range 5000 {
		in := scenario("场景"+string(rune(0x4e00+i)), "1")
		row := make([]sheet.Cell, len(t.Columns))
		for k, c := range t.Columns {
			switch c.Key {
			case ledger.FieldStage:
				row[k] = sheet.Of("已建成")
			case ledger.FieldDate:
				row[k] = sheet.Day("2026-11-01")
			case ledger.FieldYear, ledger.FieldValue:
			default:
				row[k] = sheet.Of(in.Get(c.Key))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	var content bytes.Buffer
	form := tables.Form(policy.Kunshan, "2026Q4")
	if err := sheet.WriteXLSX(&content, []sheet.Table{t}, sheet.Options{Lang: lang.ZH, Made: now, Form: &form}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		filled, err := tables.Read(content.Bytes(), pol)
		if err != nil {
			b.Fatal(err)
		}
		batch, err := tables.Intake(ledger.State{}, pol, liaison, filled, "F1", ledger.DefaultSettings(), now)
		if err != nil || len(batch.Drafts) != 5000 {
			b.Fatalf("%v, %d drafts, %v", err, len(batch.Drafts), batch.Problems[:min(3, len(batch.Problems))])
		}
	}
}
