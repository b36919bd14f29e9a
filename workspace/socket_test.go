package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack/slackevents"
)

// wire is a raw Socket Mode connection.
type wire struct {
	t    *testing.T
	conn *websocket.Conn
}

// dial opens a raw connection. It returns nil and the status when the
// workspace does not want it.
func (h *house) dial() (*wire, int) {
	h.t.Helper()
	_, address, err := h.api.StartSocketModeContext(h.t.Context())
	if err != nil {
		h.t.Fatalf("apps.connections.open: %v", err)
	}
	return h.dialAddress(address)
}

func (h *house) dialAddress(address string) (*wire, int) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	conn, resp, err := websocket.Dial(ctx, address, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://api.slack.com"}}})
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		if resp == nil {
			h.t.Fatalf("dial: %v", err)
		}
		return nil, resp.StatusCode
	}
	h.t.Cleanup(func() { _ = conn.CloseNow() })
	return &wire{h.t, conn}, resp.StatusCode
}

// read returns the next message.
func (w *wire) read() map[string]any {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	_, raw, err := w.conn.Read(ctx)
	if err != nil {
		w.t.Fatalf("read: %v", err)
	}
	out := map[string]any{}
	if err := json.Unmarshal(raw, &out); err != nil {
		w.t.Fatalf("read %q: %v", raw, err)
	}
	return out
}

func (w *wire) ack(envelope map[string]any, payload any) {
	w.t.Helper()
	raw, err := json.Marshal(map[string]any{"envelope_id": envelope["envelope_id"], "payload": payload})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.conn.Write(w.t.Context(), websocket.MessageText, raw); err != nil {
		w.t.Fatalf("ack: %v", err)
	}
}

func eventID(envelope map[string]any) any {
	payload, _ := envelope["payload"].(map[string]any)
	return payload["event_id"]
}

// quickly are retries that a test can wait for.
func quickly() Options {
	return Options{
		AckTimeout:  40 * time.Millisecond,
		RetryDelays: []time.Duration{0, time.Millisecond, time.Millisecond},
		Events:      []string{"message.channels"},
	}
}

func (h *house) say(text string) {
	h.t.Helper()
	h.must("message", map[string]any{"channel": "future-industries", "user": "leader", "text": text})
}

func TestHello(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	first, _ := h.dial()
	want := map[string]any{
		"type": "hello", "num_connections": 1.0, "connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{"host": "workspace", "build_number": 1.0, "approximate_connection_time": 18060.0},
	}
	if diff := cmp.Diff(want, first.read()); diff != "" {
		t.Errorf("hello (-want +got):\n%s", diff)
	}
	second, _ := h.dial()
	if got := second.read()["num_connections"]; got != 2.0 {
		t.Errorf("second connection counts %v", got)
	}
}

func TestTicketIsGoodOnce(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	_, address, err := h.api.StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if w, _ := h.dialAddress(address); w == nil {
		t.Fatal("first use refused")
	}
	if w, status := h.dialAddress(address); w != nil || status != http.StatusForbidden {
		t.Errorf("second use answered %d", status)
	}
	if w, status := h.dialAddress("ws" + h.base[len("http"):] + "/socket?ticket=made-up"); w != nil || status != http.StatusForbidden {
		t.Errorf("made-up ticket answered %d", status)
	}
}

func TestTenConnections(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Rates: &Rates{}})
	for i := range maxConnections {
		w, status := h.dial()
		if w == nil {
			t.Fatalf("connection %d answered %d", i+1, status)
		}
		w.read()
	}
	if w, status := h.dial(); w != nil || status != http.StatusTooManyRequests {
		t.Errorf("eleventh connection answered %d", status)
	}
}

func TestEventWithoutAcknowledgementIsRetried(t *testing.T) {
	t.Parallel()
	h := open(t, quickly())
	w, _ := h.dial()
	w.read()
	h.say("anybody there?")
	first := w.read()
	if first["type"] != envelopeEvent || first["retry_attempt"] != 0.0 || first["accepts_response_payload"] != false {
		t.Errorf("first attempt = %v", first)
	}
	seen := map[any]bool{first["envelope_id"]: true}
	for attempt := 1; attempt <= 3; attempt++ {
		again := w.read()
		if again["retry_attempt"] != float64(attempt) || again["retry_reason"] != "timeout" || eventID(again) != eventID(first) {
			t.Errorf("attempt %d = %v", attempt, again)
		}
		if seen[again["envelope_id"]] {
			t.Errorf("attempt %d has an old envelope id", attempt)
		}
		seen[again["envelope_id"]] = true
	}
	// The fourth attempt was the last: the next that comes is something else.
	h.say("next")
	next := w.read()
	if eventID(next) == eventID(first) {
		t.Error("the event was sent a fifth time")
	}
}

func TestAcknowledgedEventComesOnce(t *testing.T) {
	t.Parallel()
	h := open(t, quickly())
	w, _ := h.dial()
	w.read()
	h.say("one")
	one := w.read()
	w.ack(one, nil)
	w.ack(one, nil) // a second acknowledgement does no harm
	h.say("two")
	two := w.read()
	if eventID(two) == eventID(one) {
		t.Error("an acknowledged event came again")
	}
	w.ack(two, nil)
}

func TestEventsWaitForAConnection(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"message.channels"}})
	for i := range 3 {
		h.say(fmt.Sprint("message ", i))
	}
	w, _ := h.dial()
	w.read()
	for i := range 3 {
		env := w.read()
		w.ack(env, nil)
		payload := env["payload"].(map[string]any)
		if got := payload["event"].(map[string]any)["text"]; got != fmt.Sprint("message ", i) {
			t.Errorf("event %d = %v", i, got)
		}
	}
}

func TestCommandWithoutConnectionFails(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	got := h.post("command", map[string]any{"channel": "dm", "user": "leader", "command": "/future", "text": "help"})
	if got["error"] != "dispatch_failed" {
		t.Errorf("command = %v", got)
	}
	told := h.state().channel(t, "dm-leader").Ephemerals
	if len(told) != 1 || told[0].To != "U0LEADER01" || told[0].Text != "/future 执行失败，错误为“dispatch_failed”。" {
		t.Errorf("the person was told %+v", told)
	}
	if got := h.post("command", map[string]any{"channel": "dm", "user": "leader", "command": "/poem"}); got["error"] != "unknown_command" {
		t.Errorf("unknown command = %v", got)
	}
}

func TestCommandTimeout(t *testing.T) {
	t.Parallel()
	h := open(t, quickly())
	w, _ := h.dial()
	w.read()
	got := h.post("command", map[string]any{"channel": "future-industries", "user": "leader", "command": "/future", "text": "help"})
	if got["error"] != "operation_timeout" || got["status"] != 408.0 {
		t.Errorf("command = %v", got)
	}
	env := w.read()
	if env["type"] != envelopeCommand || env["accepts_response_payload"] != true {
		t.Errorf("envelope = %v", env)
	}
	// A command is not sent again: the next envelope is the message's.
	h.say("next")
	if next := w.read(); next["type"] != envelopeEvent {
		t.Errorf("next = %v", next)
	}
}

func TestDisconnectAndReconnect(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	a := h.connect(nil)
	for _, kind := range []string{faultDisconnect, faultDrop} {
		h.must("fault", map[string]any{"kind": kind})
		h.say("after " + kind)
		// The bot comes back by itself and gets what was said meanwhile.
		_, data := inner(t, wait(t, a.events, "the message after "+kind))
		if ev, ok := data.(*slackevents.MessageEvent); !ok || ev.Text != "after "+kind {
			t.Errorf("got %+v", data)
		}
	}
}

func TestDisconnectMessage(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	w, _ := h.dial()
	w.read()
	if got := h.must("fault", map[string]any{"kind": "disconnect"}); got["connections"] != 1.0 {
		t.Errorf("fault = %v", got)
	}
	if got := w.read(); got["type"] != "disconnect" || got["reason"] != "refresh_requested" {
		t.Errorf("last message = %v", got)
	}
}

func TestDisconnectWarning(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"message.channels"}})
	w, _ := h.dial()
	w.read()
	h.must("fault", map[string]any{"kind": "disconnect_warning"})
	if got := w.read(); got["type"] != "disconnect" || got["reason"] != "warning" {
		t.Errorf("warning = %v", got)
	}
	// The connection still serves until its client leaves.
	h.say("still here")
	if got := w.read(); got["type"] != envelopeEvent {
		t.Errorf("after the warning = %v", got)
	}
}

// TestRun: when its context ends, Run tells the sockets and ends the streams,
// so that nothing keeps an http.Server from shutting down.
func TestRun(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.s.Run(ctx) }()
	w, _ := h.dial()
	w.read()
	req, err := http.NewRequestWithContext(t.Context(), "GET", h.base+"/page/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Body.Close() }()
	cancel()
	if err := wait(t, ended, "Run"); err != nil {
		t.Errorf("Run = %v", err)
	}
	if _, err := io.Copy(io.Discard, stream.Body); err != nil {
		t.Errorf("the stream broke off: %v", err)
	}
	if w, status := h.dial(); w != nil || status != http.StatusServiceUnavailable {
		t.Errorf("a new connection answered %d", status)
	}
	if got := h.post("command", map[string]any{"channel": "dm", "user": "leader", "command": "/future"}); got["error"] != "dispatch_failed" {
		t.Errorf("a command = %v", got)
	}
}

func TestTidy(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	s, err := New(Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	count := func() []int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return []int{len(s.triggers), len(s.responses), len(s.uploads)}
	}
	s.mu.Lock()
	s.newTrigger("U0LEADER01", "")
	s.newResponseURL("", responseURL{})
	s.uploads["x"] = &upload{issued: now}
	s.mu.Unlock()
	s.tidy()
	if diff := cmp.Diff([]int{1, 1, 1}, count()); diff != "" {
		t.Errorf("fresh (-want +got):\n%s", diff)
	}
	now = now.Add(2 * time.Hour)
	s.tidy()
	if diff := cmp.Diff([]int{0, 0, 0}, count()); diff != "" {
		t.Errorf("old (-want +got):\n%s", diff)
	}
}

func TestRedelivery(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"message.channels"}})
	w, _ := h.dial()
	w.read()
	h.must("fault", map[string]any{"kind": "redeliver"})
	h.say("twice")
	first := w.read()
	w.ack(first, nil)
	second := w.read()
	w.ack(second, nil)
	if eventID(first) != eventID(second) || second["retry_attempt"] != 1.0 {
		t.Errorf("second delivery = %v", second)
	}

	h.must("fault", map[string]any{"kind": "redeliver", "method": envelopeCommand})
	done := make(chan map[string]any, 1)
	go func() {
		done <- h.post("command", map[string]any{"channel": "dm", "user": "leader", "command": "/future"})
	}()
	one, two := w.read(), w.read()
	if one["envelope_id"] != two["envelope_id"] {
		t.Errorf("a command came as two envelopes: %v, %v", one, two)
	}
	w.ack(one, map[string]any{"text": "seen"})
	w.ack(two, map[string]any{"text": "seen"})
	if got := wait(t, done, "the command"); got["ok"] != true {
		t.Errorf("command = %v", got)
	}
	if told := h.state().channel(t, "dm-leader").Ephemerals; len(told) != 1 || told[0].Text != "seen" {
		t.Errorf("answers = %+v", told)
	}
}

func TestLostAcknowledgement(t *testing.T) {
	t.Parallel()
	h := open(t, quickly())
	w, _ := h.dial()
	w.read()
	h.must("fault", map[string]any{"kind": "lose_ack"})
	h.say("hello")
	first := w.read()
	w.ack(first, nil)
	again := w.read()
	w.ack(again, nil)
	if eventID(first) != eventID(again) {
		t.Errorf("got %v after %v", again, first)
	}
}

func TestRateLimitFault(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	h.must("fault", map[string]any{"kind": "rate_limit", "method": "chat.postMessage", "retry_after": 7})
	if got := h.call("users.list", url.Values{}); got["ok"] != true {
		t.Errorf("another method = %v", got)
	}
	_, _, err := h.api.PostMessage("C0FUTUREIND")
	if fmt.Sprint(err) != "slack rate limit exceeded, retry after 7s" {
		t.Errorf("first post: %v", err)
	}
	if got := h.call("chat.postMessage", url.Values{"channel": {"C0FUTUREIND"}, "text": {"x"}}); got["ok"] != true {
		t.Errorf("second post = %v", got)
	}
}

func TestLostReplyHasItsEffect(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	h.must("fault", map[string]any{"kind": "lose_reply", "method": "chat.postMessage"})
	values := url.Values{"token": {BotToken}, "channel": {"C0FUTUREIND"}, "text": {"lost"}}
	resp, err := http.PostForm(h.base+"/api/chat.postMessage", values)
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("an answer came")
	}
	if diff := cmp.Diff([]string{"lost"}, h.state().channel(t, "future-industries").texts()); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	h.must("fault", map[string]any{"kind": "server_error", "method": "chat.postMessage"})
	if _, _, err := h.api.PostMessage("C0FUTUREIND"); fmt.Sprint(err) != "slack server error: 503 Service Unavailable" {
		t.Errorf("server error: %v", err)
	}
	if got := h.post("fault", map[string]any{"kind": "tantrum"}); got["error"] != "invalid_arguments" {
		t.Errorf("unknown fault = %v", got)
	}
}

func TestRates(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	l := newRateLimiter(Rates{PostsPerSecond: 1, PostBurst: 2, TierFactor: 1})
	take := func(method string, tier int, channel string) int { return l.take(now, method, tier, channel) }
	got := []int{
		take("chat.postMessage", 0, "C1"), take("chat.postMessage", 0, "C1"), take("chat.postMessage", 0, "C1"),
		take("chat.postMessage", 0, "C2"),
	}
	now = now.Add(time.Second)
	got = append(got, take("chat.postMessage", 0, "C1"), take("chat.postMessage", 0, "C1"))
	for range 20 {
		if wait := take("users.list", 2, ""); wait != 0 {
			t.Fatalf("within tier 2 refused for %d s", wait)
		}
	}
	got = append(got, take("users.list", 2, ""))
	if diff := cmp.Diff([]int{0, 0, 1, 0, 0, 1, 3}, got); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
	free := newRateLimiter(NoRates())
	for range 1000 {
		if free.take(now, "chat.postMessage", 0, "C1")+free.take(now, "users.list", 2, "") != 0 {
			t.Fatal("no rates refused")
		}
	}
}

func TestPings(t *testing.T) {
	t.Parallel()
	h := open(t, Options{PingInterval: time.Millisecond})
	_, address, err := h.api.StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pings := make(chan struct{}, 1000)
	conn, resp, err := websocket.Dial(t.Context(), address, &websocket.DialOptions{
		OnPingReceived: func(context.Context, []byte) bool {
			select {
			case pings <- struct{}{}:
			default:
			}
			return true
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if resp.Body != nil {
		_ = resp.Body.Close()
	}
	defer func() { _ = conn.CloseNow() }()
	if _, _, err := conn.Read(t.Context()); err != nil {
		t.Fatalf("hello: %v", err)
	}
	conn.CloseRead(t.Context())
	for range 3 {
		wait(t, pings, "a ping")
	}
}

func TestEachPayloadGoesToOneConnection(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"message.channels"}})
	one, _ := h.dial()
	one.read()
	two, _ := h.dial()
	two.read()
	for range 2 {
		h.say("hello")
	}
	a, b := one.read(), two.read()
	one.ack(a, nil)
	two.ack(b, nil)
	if eventID(a) == eventID(b) {
		t.Error("both connections got the same event")
	}
}
