package evaluation_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wainao/evaluation"
	"wainao/people"
)

var update = flag.Bool("update", false, "rewrite the generated part of docs/evaluation.md")

const (
	stepsBegin = "<!-- steps: made from evaluation.Transitions by make docs -->\n"
	stepsEnd   = "<!-- end of steps -->\n"
)

// steps draws the table of steps.
func steps() string {
	var b strings.Builder
	b.WriteString("```mermaid\nstateDiagram-v2\n    [*] --> " + string(evaluation.Preparing) + "\n")
	for _, t := range evaluation.Transitions() {
		if t.Action == evaluation.ActCancel { // From everywhere: it is said below instead of drawn.
			continue
		}
		for _, from := range t.From {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", from, t.To, t.Action)
		}
	}
	b.WriteString("    " + string(evaluation.Archived) + " --> [*]\n```\n\n")
	b.WriteString("| step | from | to | who | needs |\n| --- | --- | --- | --- | --- |\n")
	for _, t := range evaluation.Transitions() {
		var from, needs, who []string
		for _, p := range t.From {
			from = append(from, string(p))
		}
		for _, n := range t.Needs {
			needs = append(needs, fmt.Sprintf("%s · %s (`%s`)", n.Words.ZH, n.Words.EN, n.Code))
		}
		for _, r := range people.Rules() {
			if r.Permission == t.By {
				for _, role := range r.Roles {
					who = append(who, string(role))
				}
			}
		}
		fmt.Fprintf(&b, "| `%s` %s | %s | %s %s | %s | %s |\n", t.Action, t.Action.Label().ZH, strings.Join(from, ", "), t.To, t.To.Label().ZH, strings.Join(who, ", "), strings.Join(needs, "<br>"))
	}
	return b.String()
}

// TestDocsOfTheSteps holds the drawing and the table in the documentation
// against the code.
func TestDocsOfTheSteps(t *testing.T) {
	t.Parallel()
	const path = "../docs/evaluation.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), stepsBegin)
	got, after, end := strings.Cut(rest, stepsEnd)
	if !ok || !end {
		t.Fatalf("%s does not hold the marks of the generated part", path)
	}
	if *update {
		if err := os.WriteFile(path, []byte(before+stepsBegin+steps()+stepsEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(steps(), got); diff != "" {
		t.Errorf("%s is not what the code says (-code +page); run: make docs\n%s", path, diff)
	}
}

// TestEveryNeedIsTested looks for the code of each need among the tests.
func TestEveryNeedIsTested(t *testing.T) {
	t.Parallel()
	var tests strings.Builder
	for _, name := range []string{"cycle_test.go", "badluck_test.go", "adopt_test.go"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(data)
	}
	for _, tr := range evaluation.Transitions() {
		for _, n := range tr.Needs {
			if !n.Words.Complete() {
				t.Errorf("%s has the words %+v", n.Code, n.Words)
			}
			if n.Code == "criteria" || n.Code == "items_none" { // Setting up lets neither come about.
				continue
			}
			if !strings.Contains(tests.String(), `"`+n.Code+`"`) {
				t.Errorf("no test of what %s needs: %s", tr.Action, n.Code)
			}
		}
	}
}
