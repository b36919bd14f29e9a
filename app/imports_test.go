package app_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the packages from the command line down: each may import what
// stands behind it, and nothing of its own layer or above.
var layers = [][]string{
	{"wainao"},
	{"wainao/app"},
	{"wainao/bot", "wainao/commands", "wainao/scheduler", "wainao/storage/embedded", "wainao/storage/mongo", "wainao/workspace"},
	{"wainao/proceedings", "wainao/tables"},
	{"wainao/paper", "wainao/render", "wainao/sheet"},
	{"wainao/record"},
	{"wainao/ask", "wainao/ledger", "wainao/evaluation", "wainao/questions", "wainao/reminder"},
	{"wainao/delivery"},
	{"wainao/people", "wainao/calendar"},
	{"wainao/journal", "wainao/policy"},
	{"wainao/picture"},
	{"wainao/lang", "wainao/evaluation/stats"},
}

// alone are packages that import nothing of the project.
var alone = []string{"wainao/workspace", "wainao/lang", "wainao/evaluation/stats"}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "wainao/...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	layerOf := func(pkg string) int {
		return slices.IndexFunc(layers, func(l []string) bool { return slices.Contains(l, pkg) })
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		from := names[0]
		seen[from] = true
		if strings.HasSuffix(from, "test") { // Helpers of tests may join what they test.
			continue
		}
		if layerOf(from) < 0 {
			t.Errorf("%s stands in no layer: add it to the test and to docs/architecture.md", from)
			continue
		}
		for _, to := range names[1:] {
			if !strings.HasPrefix(to, "wainao/") {
				continue
			}
			if layerOf(to) <= layerOf(from) {
				t.Errorf("%s imports %s, which stands beside or above it", from, to)
			}
			if slices.Contains(alone, from) {
				t.Errorf("%s imports %s, but stands alone", from, to)
			}
		}
	}
	for _, l := range layers {
		for _, pkg := range l {
			if !seen[pkg] {
				t.Errorf("%s is in a layer, but not in the project", pkg)
			}
		}
	}
}
