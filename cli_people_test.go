package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestARosterIsImported(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "roster.yaml")
	write := func(in string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(in), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	show := func() string {
		t.Helper()
		code, out, errs := wainao(t, "", "people", "show", "--data", data)
		if code != 0 {
			t.Fatalf("show: code %d: %s", code, errs)
		}
		return out
	}
	write(`people:
  - {user: U0ADMIN001, name: {zh: 沈文静, en: Shen Wenjing}, roles: [admin, secretariat]}
  - {user: U0LIAISON1, name: 周敏, roles: [组长], districts: [昆山]}
`)
	code, _, errs := wainao(t, "", "people", "import", file, "--data", data)
	if code != exitUsage || !strings.Contains(errs, `line 3: there is no role "组长"`) || !strings.Contains(errs, "第 3 行：没有“组长”这个角色") {
		t.Errorf("a wrong roster: code %d: %s", code, errs)
	}
	write(`people:
  - {user: U0ADMIN001, name: {zh: 沈文静, en: Shen Wenjing}, roles: [admin, secretariat]}
  - {user: U0LIAISON1, name: 周敏, roles: [联络员], districts: [昆山]}
`)
	for _, step := range []struct {
		args []string
		want []string
		left int // People who have roles afterwards.
	}{
		{[]string{"--dry-run"}, []string{"+ 周敏 周敏 (U0LIAISON1): 板块联络员 · 昆山市 / district liaison · Kunshan", "预览，没有改动", "+2 ~0 -0"}, 0},
		{nil, []string{"已导入 imported: +2 ~0 -0, 不变 unchanged 0"}, 2},
		{nil, []string{"无需导入", "unchanged 2"}, 2},
	} {
		code, out, errs := wainao(t, "", append([]string{"people", "import", file, "--data", data}, step.args...)...)
		for _, w := range step.want {
			if code != 0 || !strings.Contains(out, w) {
				t.Errorf("%v: code %d: %q is not in: %s%s", step.args, code, w, out, errs)
			}
		}
		if got := strings.Count(show(), "user:"); got != step.left {
			t.Errorf("%v: %d people are left, want %d", step.args, got, step.left)
		}
	}

	changed := strings.Replace(show(), "liaison]", "deputy, member]", 1)
	code, out, errs := wainao(t, changed, "people", "import", "-", "--data", data)
	if code != 0 || !strings.Contains(out, "~ 周敏 周敏 (U0LIAISON1): 板块副联络员、专家委员 · 昆山市") || !strings.Contains(out, "原为 before: 周敏 周敏 (U0LIAISON1), 板块联络员") {
		t.Errorf("a changed roster: code %d: %s%s", code, out, errs)
	}
	only := "people:\n  - {user: U0ADMIN001, roles: [admin]}\n"
	code, out, errs = wainao(t, only, "people", "import", "-", "--data", data)
	if code != 0 || !strings.Contains(out, "- 周敏 周敏 (U0LIAISON1)") || strings.Contains(show(), "U0LIAISON1") {
		t.Errorf("a shorter roster: code %d: %s%s", code, out, errs)
	}

	before := show()
	for want, in := range map[string]string{
		"Nobody would be administrator":                                   "people:\n  - {user: U0ADMIN001, roles: [member]}\n",
		"line 2: \"zhou.min\" is a user name, and only Slack knows whose": "people:\n  - {user: zhou.min, roles: [admin]}\n",
		"YAML": "people: [",
	} {
		if code, _, errs := wainao(t, in, "people", "import", "-", "--data", data); code != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%q: code %d: %s", in, code, errs)
		}
	}
	for _, args := range [][]string{{"import"}, {"import", "a", "b"}, {"import", filepath.Join(data, "none.yaml")}, {"show", "me"}} {
		if code, _, errs := wainao(t, "", append([]string{"people"}, args...)...); code != exitUsage || errs == "" {
			t.Errorf("%v: code %d: %s", args, code, errs)
		}
	}
	if after := show(); after != before {
		t.Errorf("refused rosters changed it from\n%s\nto\n%s", before, after)
	}
}
