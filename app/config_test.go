package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wainao/app"
)

func noEnv(string) string { return "" }

func env(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

func TestTheExampleIsTheDefaultsWithPeople(t *testing.T) {
	t.Parallel()
	got, err := app.LoadConfig("../wainao.example.yaml", noEnv)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.People) == 0 {
		t.Error("the example shows nobody")
	}
	got.People = nil
	if diff := cmp.Diff(app.DefaultConfig(), got); diff != "" {
		t.Errorf("the example does not show the defaults (-default +example):\n%s", diff)
	}
}

func TestBrokenConfigurationsAreToldWhole(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, yaml string
		want       []string
	}{
		{"an unknown key", "slack:\n  bot_tokn: xoxb-1\n", []string{"bot_tokn", "2"}},
		{"no YAML", "slack: [", nil},
		{"the wrong kind", "jobs:\n  weekly-digest:\n    catch_up: soon\n", []string{"soon"}},
		{"everything at once", `
slack: {bot_token: abc, app_token: abc, listen: ":1", api_url: "nowhere"}
policy: {text: /no/such/file}
jobs:
  weekly-digest: {spec: "0 9 31 2 *"}
  holidays: {catch_up: -1s, on: sometimes, quiet: night}
log: {level: loud, format: xml}
people:
  - {user: A, roles: [king]}
  - {user: A, roles: [liaison], districts: [atlantis]}
  - {roles: []}
  - {user: B, roles: [deputy]}
  - {user: C, roles: [member], districts: [sip]}
`, []string{
			"slack.bot_token", "slack.app_token", "slack.signing_secret", "slack.api_url", "policy.text", "jobs.weekly-digest", "spec_never", "jobs.holidays: ", "bad_catch_up", "bad_condition", "bad_quiet",
			"log.level", "log.format", `no role "king"`, "listed twice", `no district "atlantis"`, "people[2].user", "people[2] (): roles",
			"people[3] (B): districts: A liaison, a deputy and a district lead need", "people[4] (C): districts: Only a liaison",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "wainao.yaml")
			if err := os.WriteFile(path, []byte(tt.yaml), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := app.LoadConfig(path, noEnv)
			if err == nil {
				t.Fatal("it was taken")
			}
			for _, w := range append(tt.want, path) {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
		})
	}
}

func TestTheEnvironmentWins(t *testing.T) {
	t.Parallel()
	c, err := app.LoadConfig("../wainao.example.yaml", env(map[string]string{
		"SLACK_BOT_TOKEN": "xoxb-hunter2", "SLACK_APP_TOKEN": "xapp-hunter2", "MONGODB_URI": "mongodb://u:hunter2@h/db", "WAINAO_DATA": "/d",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if c.Slack.BotToken != "xoxb-hunter2" || c.Slack.AppToken != "xapp-hunter2" || c.Storage.MongoURI != "mongodb://u:hunter2@h/db" || c.Storage.Data != "/d" {
		t.Errorf("%+v", c)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("configuration", "config", c, "token", c.Slack.BotToken)
	if shown := log.String() + fmt.Sprintf("%v %+v %s", c, c, c.Slack.BotToken); strings.Contains(shown, "hunter2") {
		t.Errorf("a secret is shown: %s", shown)
	}
}

func TestTheRemindersSettingsAreChecked(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*app.RemindersConfig){
		"reminders.before":  func(c *app.RemindersConfig) { c.Before = []int{10, -1} },
		"reminders.overdue": func(c *app.RemindersConfig) { c.Overdue = 0 },
		"reminders.far":     func(c *app.RemindersConfig) { c.Far = c.Overdue },
		"reminders.every":   func(c *app.RemindersConfig) { c.Every = 0 },
	} {
		c := app.DefaultConfig()
		change(&c.Reminders)
		if err := c.Check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTheLedgersSettingsAreChecked(t *testing.T) {
	t.Parallel()
	if err := app.DefaultConfig().Check(); err != nil {
		t.Fatalf("the defaults: %v", err)
	}
	for name, change := range map[string]func(*app.LedgerConfig){
		"ledger.jump":          func(c *app.LedgerConfig) { c.Jump = 0 },
		"ledger.on_track":      func(c *app.LedgerConfig) { c.Watch = 1.2 },
		"ledger.stale_periods": func(c *app.LedgerConfig) { c.StalePeriods = 0 },
		"ledger.deadline_day":  func(c *app.LedgerConfig) { c.DeadlineDay = 31 },
	} {
		c := app.DefaultConfig()
		change(&c.Ledger)
		if err := c.Check(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
