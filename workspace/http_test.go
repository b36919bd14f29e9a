package workspace

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// request is one signed request as the app got it.
type request struct {
	header http.Header
	body   string
}

// appOverHTTP is an app behind a URL that verifies every signature. answer
// returns status and body.
func appOverHTTP(t *testing.T, answer func(n int, r request) (int, string)) (string, chan request) {
	t.Helper()
	got := make(chan request, 100)
	var n atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := slack.NewSecretsVerifier(r.Header, SigningSecret)
		if err != nil {
			t.Errorf("signature headers: %v", err)
		}
		body, _ := io.ReadAll(io.TeeReader(r.Body, &v))
		if err := v.Ensure(); err != nil {
			t.Errorf("signature: %v", err)
		}
		req := request{r.Header.Clone(), string(body)}
		status, text := http.StatusOK, ""
		if answer != nil {
			status, text = answer(int(n.Add(1)), req)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
		got <- req
	}))
	t.Cleanup(srv.Close)
	return srv.URL, got
}

func TestSignedEvents(t *testing.T) {
	t.Parallel()
	url, got := appOverHTTP(t, func(n int, _ request) (int, string) {
		if n == 1 {
			return http.StatusInternalServerError, ""
		}
		return http.StatusOK, ""
	})
	h := open(t, Options{RequestURL: url, RetryDelays: []time.Duration{0}, Events: []string{"app_mention"}})
	h.say("@wainao hello")
	first, second := wait(t, got, "the event"), wait(t, got, "the retry")
	if first.header.Get("X-Slack-Retry-Num") != "" || second.header.Get("X-Slack-Retry-Num") != "1" ||
		second.header.Get("X-Slack-Retry-Reason") != "http_error" || first.body != second.body {
		t.Errorf("retry = %v", second.header)
	}
	evt, err := slackevents.ParseEvent(json.RawMessage(first.body), slackevents.OptionNoVerifyToken())
	if err != nil {
		t.Fatal(err)
	}
	if m, ok := evt.InnerEvent.Data.(*slackevents.AppMentionEvent); !ok || m.Text != "<@U0WAINAOBOT> hello" {
		t.Errorf("event = %+v", evt.InnerEvent.Data)
	}
}

func TestSignedCommandAndInteraction(t *testing.T) {
	t.Parallel()
	url, got := appOverHTTP(t, func(n int, _ request) (int, string) {
		if n == 1 {
			return http.StatusOK, `{"response_type":"in_channel","text":"收到"}`
		}
		return http.StatusOK, ""
	})
	h := open(t, Options{RequestURL: url, Events: []string{}})
	out := h.must("command", map[string]any{"channel": "leadership", "user": "leader", "command": "/future", "text": "digest"})
	if fmt.Sprint(out["response"]) != "map[response_type:in_channel text:收到]" {
		t.Errorf("response = %v", out["response"])
	}
	req := wait(t, got, "the command")
	r, err := http.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(req.body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = req.header
	cmd, err := slack.SlashCommandParse(r)
	if err != nil || cmd.Text != "digest" || cmd.ChannelID != "C0LEADERSH" || cmd.ChannelName != "privategroup" || cmd.UserName != "leader" {
		t.Errorf("command = %+v, %v", cmd, err)
	}
	if diff := cmp.Diff([]string{"收到"}, h.state().channel(t, "leadership").texts()); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	h.must("shortcut", map[string]any{"user": "leader", "callback_id": "report"})
	req = wait(t, got, "the shortcut")
	if r, err = http.NewRequestWithContext(t.Context(), "POST", "/", strings.NewReader(req.body)); err != nil {
		t.Fatal(err)
	}
	r.Header = req.header
	if ic, err := slack.InteractionCallbackParse(r); err != nil || ic.CallbackID != "report" {
		t.Errorf("interaction = %+v, %v", ic, err)
	}
}

func TestSlowAppOverHTTP(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer srv.Close()
	defer close(release)
	h := open(t, Options{RequestURL: srv.URL, AckTimeout: 10 * time.Millisecond})
	if got := h.post("command", map[string]any{"channel": "dm", "user": "leader", "command": "/future"}); got["error"] != "operation_timeout" {
		t.Errorf("command = %v", got)
	}
}

func TestVerifyURL(t *testing.T) {
	t.Parallel()
	good, _ := appOverHTTP(t, func(_ int, r request) (int, string) {
		var c struct{ Challenge string }
		if err := json.Unmarshal([]byte(r.body), &c); err != nil {
			t.Error(err)
		}
		return http.StatusOK, c.Challenge
	})
	bad, _ := appOverHTTP(t, func(int, request) (int, string) { return http.StatusOK, "hello" })
	if err := open(t, Options{RequestURL: good}).s.VerifyURL(t.Context()); err != nil {
		t.Errorf("a good app: %v", err)
	}
	if err := open(t, Options{RequestURL: bad}).s.VerifyURL(t.Context()); err == nil {
		t.Error("an app that does not return the challenge was taken")
	}
	if err := open(t, Options{}).s.VerifyURL(t.Context()); err != nil {
		t.Errorf("Socket Mode: %v", err)
	}
}
