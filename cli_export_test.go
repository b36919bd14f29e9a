package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheLedgerIsExported(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	if code, _, errs := wainao(t, "", "export", "--data", data); code != exitUsage || !strings.Contains(errs, "there is no journal") {
		t.Errorf("without a journal: code %d: %s", code, errs)
	}
	_, year, _ := wainao(t, "", "calendar", "show", "2026", "--yaml", "--data", data)
	if code, out, errs := wainao(t, strings.Replace(year, "7号", "70号", 1), "calendar", "import", "-", "--data", data); code != 0 { // Makes a journal.
		t.Fatalf("code %d: %s%s", code, out, errs)
	}
	code, out, errs := wainao(t, "", "export", "--format", "json", "--out", "-", "--data", data)
	var file struct{ Tables []struct{ Name string } }
	if err := json.Unmarshal([]byte(out), &file); code != 0 || err != nil || len(file.Tables) != 14 || file.Tables[0].Name != "reports" {
		t.Errorf("code %d, %v: %.200s%s", code, err, out, errs)
	}
	for format, magic := range map[string]string{"xlsx": "PK", "csv": "PK", "json": "{"} {
		path := filepath.Join(data, "out."+format)
		code, _, errs := wainao(t, "", "export", "--format", format, "--as-of", "2026-01-31", "--out", path, "--data", data)
		content, err := os.ReadFile(path)
		if code != 0 || err != nil || !strings.HasPrefix(string(content), magic) || !strings.Contains(errs, "2026-01-31T23:59:59") {
			t.Errorf("%s: code %d, %v: %s", format, code, err, errs)
		}
	}
	for _, args := range [][]string{{"--format", "pdf"}, {"--as-of", "soon"}, {"--as-of", "2098-01-01"}, {"more"}} {
		if code, _, errs := wainao(t, "", append(append([]string{"export"}, args...), "--data", data)...); code != exitUsage || errs == "" {
			t.Errorf("%v: code %d: %s", args, code, errs)
		}
	}
	if left, err := filepath.Glob(filepath.Join(data, ".wainao-export-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
