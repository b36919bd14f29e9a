package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// patience bounds every wait of a test; a test that meets it has failed.
const patience = 20 * time.Second

// house is a workspace under test with its address.
type house struct {
	t    *testing.T
	s    *Server
	base string
	api  *slack.Client
}

// open starts a workspace.
func open(t *testing.T, opts Options) *house {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		web.Close()
	})
	return &house{t: t, s: s, base: web.URL, api: client(s, web.URL, BotToken)}
}

func client(s *Server, base, token string) *slack.Client {
	return slack.New(token, slack.OptionAPIURL(s.APIURL(base)), slack.OptionAppLevelToken(AppToken))
}

// post sends a control request and returns the decoded answer.
func (h *house) post(action string, body map[string]any) map[string]any {
	h.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		h.t.Fatalf("encode: %v", err)
	}
	return h.send("POST", "/control/"+action, "application/json", raw)
}

// must is post for what has to succeed.
func (h *house) must(action string, body map[string]any) map[string]any {
	h.t.Helper()
	out := h.post(action, body)
	if out["ok"] != true {
		h.t.Fatalf("/control/%s: %v", action, out)
	}
	return out
}

func (h *house) send(method, path, contentType string, body []byte) map[string]any {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, h.base+path, bytes.NewReader(body))
	if err != nil {
		h.t.Fatalf("request: %v", err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatalf("%s: %v", path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatalf("%s: %v", path, err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(raw, &out); err != nil {
		h.t.Fatalf("%s answered %d %q: %v", path, resp.StatusCode, raw, err)
	}
	out["status"] = float64(resp.StatusCode)
	return out
}

// call calls a Web API method with a form.
func (h *house) call(method string, values url.Values) map[string]any {
	h.t.Helper()
	if values.Get("token") == "" {
		values.Set("token", BotToken)
	}
	return h.send("POST", "/api/"+method, "application/x-www-form-urlencoded", []byte(values.Encode()))
}

// state fetches the control state.
func (h *house) state() *testState {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", h.base+"/control/state", nil)
	if err != nil {
		h.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	out := &testState{}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		h.t.Fatal(err)
	}
	return out
}

type testState struct {
	People   []statePerson      `json:"people"`
	Channels []testChannel      `json:"channels"`
	Views    map[string][]*view `json:"views"`
	Homes    map[string]*view   `json:"homes"`
	Rev      int64              `json:"rev"`
}

type testChannel struct {
	ID, Name, Kind, User string
	Members              []string
	Messages             []struct {
		message
		Files []stateFile `json:"files"`
	}
	Ephemerals []*ephemeral
}

func (s *testState) channel(t *testing.T, name string) testChannel {
	t.Helper()
	for _, c := range s.Channels {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no channel %s", name)
	return testChannel{}
}

func (c testChannel) texts() []string {
	out := []string{}
	for _, m := range c.Messages {
		out = append(out, m.Text)
	}
	return out
}

// until waits for a condition on the state, watching the stream of changes.
func (h *house) until(what string, done func(*testState) bool) *testState {
	h.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		h.s.mu.Lock()
		changed := h.s.changed
		h.s.mu.Unlock()
		st := h.state()
		if done(st) {
			return st
		}
		select {
		case <-changed:
		case <-deadline.C:
			h.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// app is a bot made with slack-go over Socket Mode.
type app struct {
	*socketmode.Client
	api    *slack.Client
	events chan socketmode.Event
}

// connect runs a bot until the test ends. Handle is called for every event,
// command and interaction, one after the other; whatever it does not handle is
// acknowledged, and also put into app.events.
func (h *house) connect(handle func(*app, socketmode.Event) bool) *app {
	h.t.Helper()
	a := &app{Client: socketmode.New(h.api), api: h.api, events: make(chan socketmode.Event, 1000)}
	ctx, cancel := context.WithCancel(h.t.Context())
	done := make(chan struct{}, 2)
	connected := make(chan struct{}, 100)
	go func() {
		defer func() { done <- struct{}{} }()
		if err := a.RunContext(ctx); err != nil && !errors.Is(err, context.Canceled) {
			h.t.Logf("bot ended: %v", err)
		}
	}()
	go func() {
		defer func() { done <- struct{}{} }()
		for {
			select {
			case <-ctx.Done():
				return
			case evt := <-a.Events:
				switch evt.Type { //nolint:exhaustive // the rest is of no interest
				case socketmode.EventTypeHello:
					connected <- struct{}{}
				case socketmode.EventTypeErrorBadMessage:
					h.t.Errorf("slack-go could not read a message: %+v", evt.Data)
				case socketmode.EventTypeEventsAPI, socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive:
					if handle == nil || !handle(a, evt) {
						if err := a.Ack(*evt.Request); err != nil {
							h.t.Errorf("ack: %v", err)
						}
					}
					a.events <- evt
				}
			}
		}
	}()
	h.t.Cleanup(func() {
		cancel()
		<-done
		<-done
	})
	wait(h.t, connected, "the bot to connect")
	return a
}

func wait[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case v := <-c:
		return v
	case <-timer.C:
		t.Fatalf("waited in vain for %s", what)
		panic("unreachable")
	}
}

// inner returns the inner event of an Events API event.
func inner(t *testing.T, evt socketmode.Event) (slackevents.EventsAPIEvent, any) {
	t.Helper()
	e, ok := evt.Data.(slackevents.EventsAPIEvent)
	if !ok {
		t.Fatalf("not an event: %T", evt.Data)
	}
	return e, e.InnerEvent.Data
}

func TestConversation(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	a := h.connect(func(a *app, evt socketmode.Event) bool {
		e, ok := evt.Data.(slackevents.EventsAPIEvent)
		if !ok {
			return false
		}
		mention, ok := e.InnerEvent.Data.(*slackevents.AppMentionEvent)
		if !ok {
			return false
		}
		if err := a.Ack(*evt.Request); err != nil {
			t.Errorf("ack: %v", err)
		}
		_, _, err := a.api.PostMessage(mention.Channel, slack.MsgOptionText("回复: "+mention.Text, false), slack.MsgOptionTS(mention.TimeStamp))
		if err != nil {
			t.Errorf("post: %v", err)
		}
		return true
	})
	said := h.must("message", map[string]any{
		"channel": "future-industries", "user": "member-1", "text": "@wainao 氢能由哪些板块负责? 见 https://example.com/a?b=1&c=2 <b>",
	})
	const stored = "<@U0WAINAOBOT> 氢能由哪些板块负责? 见 <https://example.com/a?b=1&amp;c=2> &lt;b&gt;"

	var ids, kinds []string
	for range 3 {
		e, data := inner(t, wait(t, a.events, "an event"))
		ids = append(ids, e.Data.(*slackevents.EventsAPICallbackEvent).EventID)
		switch ev := data.(type) {
		case *slackevents.AppMentionEvent:
			kinds = append(kinds, "app_mention")
			if ev.Text != stored || ev.User != "U0MEMBER001" || ev.TimeStamp != said["ts"] || len(ev.Blocks.BlockSet) != 1 {
				t.Errorf("mention = %+v", ev)
			}
		case *slackevents.MessageEvent:
			kind := "message"
			if ev.BotID != "" {
				kind = "own message"
				if ev.User != BotUserID || ev.ThreadTimeStamp != said["ts"] {
					t.Errorf("own message = %+v", ev)
				}
			}
			if ev.ChannelType != "channel" || ev.Channel != "C0FUTUREIND" {
				t.Errorf("message = %+v", ev)
			}
			kinds = append(kinds, kind)
		}
	}
	if ids[0] == ids[1] || ids[1] == ids[2] {
		t.Errorf("event ids are not their own: %v", ids)
	}
	joined := strings.Join(kinds, ",")
	if joined != "app_mention,message,own message" && joined != "app_mention,own message,message" {
		t.Errorf("events = %v", kinds)
	}

	ch := h.state().channel(t, "future-industries")
	if len(ch.Messages) != 2 || ch.Messages[0].Text != stored || ch.Messages[0].ReplyCount != 1 ||
		ch.Messages[1].ThreadTS != said["ts"] || ch.Messages[1].BotID != BotID {
		t.Errorf("messages = %+v", ch.Messages)
	}
}

// serve gives a house its address and returns what takes it away.
func serve(t *testing.T, h *house) func() {
	t.Helper()
	web := httptest.NewServer(h.s.Handler())
	h.base = web.URL
	h.api = client(h.s, web.URL, BotToken)
	return web.Close
}
