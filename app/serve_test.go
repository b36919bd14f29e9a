package app_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"wainao/app"
	"wainao/storage/mongo/mongotest"
	"wainao/workspace"
)

// freeAddress returns an address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// startServe runs a workspace alone and, as "wainao serve" does, a bot that
// knows it only by its address and tokens.
func startServe(t *testing.T, requestURL string, change func(*app.Config)) (*chat, app.Config) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 2)
	var out, log buffer
	go func() {
		done <- app.Workspace(ctx, app.WorkspaceOptions{
			Addr: "127.0.0.1:0", Data: t.TempDir(), RequestURL: requestURL, Out: &out, Errors: &log,
			Ready: func(address string) { ready <- address },
		})
	}()
	c := &chat{t: t}
	select {
	case c.address = <-ready:
	case err := <-done:
		cancel()
		t.Fatal(err)
	}
	cfg := app.DefaultConfig()
	cfg.Slack = app.SlackConfig{
		BotToken: workspace.BotToken, AppToken: workspace.AppToken, SigningSecret: workspace.SigningSecret,
		APIURL: c.address + "/api/",
	}
	cfg.Storage.Data = t.TempDir()
	cfg.Health.Listen = freeAddress(t)
	cfg.People = app.TryPeople()
	change(&cfg)
	if err := cfg.Check(); err != nil {
		t.Fatal(err)
	}
	a, err := app.New(ctx, cfg, app.Options{Log: cfg.Log.Logger(&log)})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	go func() { done <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if t.Failed() {
			t.Log(log.String())
		}
	})
	deadline := time.Now().Add(patience)
	for {
		words, err := app.Health(ctx, cfg)
		if err == nil && strings.Contains(words, `"ok":true`) {
			return c, cfg
		}
		if time.Now().After(deadline) {
			t.Fatalf("never well: %s %v\n%s", words, err, log.String())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// dayOfWork is what every way of running it must be able to do.
func dayOfWork(t *testing.T, c *chat) {
	t.Helper()
	ts := c.say("member-2", "dm", "Which districts lead hydrogen?")
	c.expect("dm-member-2", ts, "Zhangjiagang", "Changshu")
	if r := c.report("liaison-kunshan", scenario("低空物流航线")); !r.Closed {
		t.Fatalf("the form stayed open: %+v", r)
	}
	c.expect("secretariat", "", "低空物流航线")
	c.command("leader", "leadership", "简报")
	c.expect("leadership", "", "每周简报", "低空物流航线")
}

func TestServeOverSocketMode(t *testing.T) {
	t.Parallel()
	c, cfg := startServe(t, "", func(*app.Config) {})
	dayOfWork(t, c)

	// "wainao check" finds everything well but the database, which is in use.
	cfg.Storage.Data = t.TempDir()
	for r := range app.Check(t.Context(), cfg) {
		if r.Err != nil {
			t.Errorf("check %s: %v", r.Name, r.Err)
		}
	}
	cfg.Slack.BotToken = "xoxb-wrong"
	cfg.Channels.Leadership = "nowhere"
	failed := map[string]string{}
	for r := range app.Check(t.Context(), cfg) {
		if r.Err != nil {
			failed[r.Name] = r.Detail()
		}
	}
	for _, name := range []string{"slack token", "slack scopes", "channels"} {
		if failed[name] == "" {
			t.Errorf("check %s found nothing wrong: %v", name, failed)
		}
	}
}

func TestServeOverSignedHTTP(t *testing.T) {
	t.Parallel()
	address := freeAddress(t)
	c, _ := startServe(t, fmt.Sprintf("http://%s/", address), func(cfg *app.Config) {
		cfg.Slack.AppToken = ""
		cfg.Slack.Listen = address
	})
	dayOfWork(t, c)
}

func TestServeOnMongoDBsProtocol(t *testing.T) {
	t.Parallel()
	uri := mongotest.Start(t)
	c, cfg := startServe(t, "", func(cfg *app.Config) { cfg.Storage.MongoURI = app.Secret(uri) })
	dayOfWork(t, c)
	head, err := app.Verify(t.Context(), cfg)
	if err != nil || head.Number == 0 {
		t.Errorf("verify: head %d, %v", head.Number, err)
	}
}
