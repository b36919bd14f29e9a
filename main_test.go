package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wainao runs one command line and returns what it printed.
func wainao(t *testing.T, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

func TestAskAnswersAnArgument(t *testing.T) {
	t.Parallel()
	code, out, errs := wainao(t, "", "ask", "氢能由哪些板块负责?")
	if code != 0 || !strings.Contains(out, "张家港") || !strings.Contains(out, "常熟") || !strings.Contains(out, "§四") {
		t.Errorf("code %d: %s%s", code, out, errs)
	}
	code, out, _ = wainao(t, "", "ask", "--explain", "Which", "districts", "lead", "hydrogen?")
	if code != 0 || !strings.Contains(out, "Zhangjiagang") || !strings.Contains(out, "hydrogen") {
		t.Errorf("code %d: %s", code, out)
	}
}

func TestAskAnswersLines(t *testing.T) {
	t.Parallel()
	in := `{"id": "a", "question": "Which districts lead hydrogen?"}

{"id": 7, "question": "昆山的GDP是多少"}
{"id": "c", "question": "那吴江呢?", "thread": ["昆山负责什么?"]}
`
	code, out, errs := wainao(t, in, "ask")
	if code != 0 {
		t.Fatalf("code %d: %s", code, errs)
	}
	type line struct {
		ID        any
		Answer    string
		Status    string
		Lang      string
		Citations []string
	}
	var got []line
	d := json.NewDecoder(strings.NewReader(out))
	for d.More() {
		var l line
		if err := d.Decode(&l); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		got = append(got, l)
	}
	if len(got) != 3 {
		t.Fatalf("%d lines, want 3: %s", len(got), out)
	}
	if l := got[0]; l.ID != "a" || l.Status != "answered" || l.Lang != "en" || len(l.Citations) == 0 || !strings.Contains(l.Answer, "Changshu") {
		t.Errorf("first: %+v", l)
	}
	if l := got[1]; l.ID != 7.0 || l.Status != "unknown" || l.Lang != "zh" || l.Citations == nil {
		t.Errorf("second: %+v", l)
	}
	if l := got[2]; l.Status != "answered" || !strings.Contains(l.Answer, "量子") {
		t.Errorf("third, a follow-up: %+v", l)
	}
}

func TestWhatIsTypedWrongIsTold(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "wainao.yaml")
	if err := os.WriteFile(broken, []byte("slak: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		in   string
		code int
		want string
	}{
		{"an unknown command", []string{"sing"}, "", exitUsage, "sing"},
		{"an unknown flag", []string{"try", "--loud"}, "", exitUsage, "--loud"},
		{"stray words", []string{"serve", "now"}, "", exitUsage, "now"},
		{"a broken configuration", []string{"serve", "--config", broken}, "", exitUsage, "slak"},
		{"no configuration there", []string{"serve", "--config", broken + "x"}, "", exitUsage, "wainao.yamlx"},
		{"no tokens", []string{"serve", "--data", filepath.Dir(broken)}, "", exitUsage, "SLACK_BOT_TOKEN"},
		{"no journal", []string{"verify", "--data", filepath.Dir(broken)}, "", exitUsage, "no journal"},
		{"an address that cannot be", []string{"try", "--addr", "nowhere:x", "--data", t.TempDir()}, "", exitUsage, "--addr"},
		{"a line that is no question", []string{"ask"}, "what?\n", exitUsage, "line 1"},
		{"nobody to ask for health", []string{"health"}, "", exitFailure, "no bot answers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := wainao(t, tt.in, tt.args...)
			if code != tt.code || !strings.Contains(errs, tt.want) {
				t.Errorf("code %d, want %d; %q should say %q (printed %q)", code, tt.code, errs, tt.want, out)
			}
		})
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	t.Parallel()
	_, out, _ := wainao(t, "", "--help")
	for _, c := range rootCommand().Commands() {
		if !strings.Contains(out, c.Name()) || c.Short == "" {
			t.Errorf("the help does not name %q, or it has no summary", c.Name())
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if code, out, _ := wainao(t, "", "completion", shell); code != 0 || len(out) < 100 {
			t.Errorf("completion for %s: code %d, %d bytes", shell, code, len(out))
		}
	}
	if code, out, _ := wainao(t, "", "version"); code != 0 || !strings.HasPrefix(out, "wainao ") {
		t.Errorf("version: code %d, %q", code, out)
	}
}

func TestTryStopsWhenTold(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	if code := run(ctx, []string{"try", "--addr", "127.0.0.1:0", "--data", t.TempDir()}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Errorf("code %d: %s", code, errs.String())
	}
}
