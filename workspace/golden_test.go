package workspace

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// scrubbed are the values that differ from run to run.
var scrubbed = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`http://127\.0\.0\.1:\d+`), "http://workspace"},
	{regexp.MustCompile(`/response/[0-9a-f]{40}`), "/response/…"},
	{regexp.MustCompile(`"\d{10}\.\d{6}\.[0-9a-f]{32}"`), `"TRIGGER"`},
	{regexp.MustCompile(`"\d{10}\.\d{6}\.[A-Z0-9]{8}"`), `"HASH"`},
	{regexp.MustCompile(`"\d{10}\.\d{6}"`), `"TS"`},
	{regexp.MustCompile(`"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"`), `"UUID"`},
	{regexp.MustCompile(`"(V|Ev)0[A-Z0-9]{9}"`), `"${1}…"`},
	{regexp.MustCompile(`"event_context": "[^"]*"`), `"event_context": "…"`},
	{regexp.MustCompile(`"block_id": "[^"]{5}"`), `"block_id": "…"`},
}

// golden compares a value with its file in testdata.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	got := buf.String()
	for _, s := range scrubbed {
		got = s.pattern.ReplaceAllString(got, s.with)
	}
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./workspace -run %s -update", err, t.Name())
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); rewrite with: go test ./workspace -run %s -update\n%s", path, t.Name(), diff)
	}
}

// TestGoldenPayloads holds what goes to the app in its exact shape.
func TestGoldenPayloads(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	h := open(t, Options{Events: []string{"app_mention"}, Now: func() time.Time { return now }})
	w, _ := h.dial()
	golden(t, "hello", w.read())

	h.say("@wainao 氢能由谁负责?")
	env := w.read()
	golden(t, "event", env)
	w.ack(env, nil)

	async := func(action string, body map[string]any) chan map[string]any {
		done := make(chan map[string]any, 1)
		go func() { done <- h.post(action, body) }()
		return done
	}
	done := async("command", map[string]any{"user": "liaison-kunshan", "channel": "future-industries", "command": "/future", "text": "report"})
	env = w.read()
	golden(t, "command", env)
	trigger := env["payload"].(map[string]any)["trigger_id"].(string)
	w.ack(env, nil)
	wait(t, done, "the command")

	opened, err := h.api.OpenView(trigger, reportModal())
	if err != nil {
		t.Fatal(err)
	}
	done = async("submit", map[string]any{
		"user": "liaison-kunshan", "view_id": opened.ID, "values": map[string]any{"name": map[string]any{"name": "港口氢能重卡"}},
	})
	env = w.read()
	golden(t, "view_submission", env)
	w.ack(env, nil)
	wait(t, done, "the submission")

	_, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("选择", false), slack.MsgOptionBlocks(
		slack.NewActionBlock("row", slack.NewButtonBlockElement("accept", "r1", plainText("通过")))))
	if err != nil {
		t.Fatal(err)
	}
	done = async("action", map[string]any{"user": "leader", "channel": "future-industries", "message_ts": ts, "action_id": "accept"})
	env = w.read()
	golden(t, "block_actions", env)
	w.ack(env, nil)
	wait(t, done, "the click")
	st := h.state()
	st.Rev = 0 // opening a socket counts too, and may come late
	golden(t, "state", st)
}
