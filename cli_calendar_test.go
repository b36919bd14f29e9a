package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestAYearIsImportedAndShown(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	_, year, _ := wainao(t, "", "calendar", "show", "2026", "--yaml", "--data", data)
	next := strings.NewReplacer(
		"2026-10-10", "2027-10-09", "2026-09-20", "2027-09-19", "2026-05-09", "2027-05-08", "2026-02-14", "2027-02-13", "2026-02-28", "2027-02-27",
		"2026-01-04", "2027-01-09", "2026-02-15", "2027-02-17", "year: 2026", "year: 2027", "〔2025〕7号", "〔2026〕9号", "2026-", "2027-").Replace(year)
	for i, want := range []string{"已导入2027年", "无需导入"} {
		code, out, errs := wainao(t, next, "calendar", "import", "-", "--data", data)
		if code != 0 || !strings.Contains(out, want) {
			t.Fatalf("import %d: code %d: %s%s", i+1, code, out, errs)
		}
	}
	code, out, errs := wainao(t, "", "calendar", "show", "2027", "--data", data)
	for _, want := range []string{"2027年 国办发明电〔2026〕9号", "National Day: 1 Oct to 7 Oct off, 7 days", "导入 imported on"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("code %d: %q is not in: %s%s", code, want, out, errs)
		}
	}
	if _, out, _ := wainao(t, "", "calendar", "show", "--data", data); !strings.Contains(out, "2026  国办发明电〔2025〕7号  随程序提供") {
		t.Errorf("the list: %s", out)
	}
	for _, args := range [][]string{{"show", "2099"}, {"show", "soon"}, {"show", "2026", "2027"}, {"import"}, {"import", filepath.Join(data, "none.yaml")}} {
		args = append([]string{"calendar"}, args...)
		if code, _, errs := wainao(t, "", append(args, "--data", data)...); code != exitUsage || errs == "" {
			t.Errorf("%v: code %d: %s", args, code, errs)
		}
	}
	code, _, errs = wainao(t, strings.Replace(next, "2027-10-09", "2027-10-11", 1), "calendar", "import", "-", "--data", data)
	if code != exitUsage || !strings.Contains(errs, "2027-10-11 is a Monday") || !strings.Contains(errs, "补班应在周末") {
		t.Errorf("a wrong year: code %d: %s", code, errs)
	}
}
