package commands_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestOnlyPolicyAtReadsThePublishedPolicy holds that no command, button or
// delivery answers from the policy as it was published where another version
// may be in force.
func TestOnlyPolicyAtReadsThePublishedPolicy(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fixed := regexp.MustCompile(`\.Published\b|policy\.Default\(`)
	for _, f := range files {
		code, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		switch found := fixed.FindAllString(string(code), -1); {
		case strings.HasSuffix(f, "_test.go"):
		case f == "policy.go" && len(found) != 1:
			t.Errorf("%s reads the published policy %d times, want once", f, len(found))
		case f != "policy.go" && len(found) > 0:
			t.Errorf("%s uses %v: ask Request.Policy or policyAt", f, found)
		}
	}
}
