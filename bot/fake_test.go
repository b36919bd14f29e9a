package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/slack-go/slack"
)

const (
	selfUser = "U0WAINAO01"
	selfBot  = "B0WAINAO01"
	secret   = "8f742231b10e8888abcd99yyyzzz85a5"
)

// call is one request that the fake Slack got.
type call struct {
	method string
	form   map[string]string // Of a form; a JSON body is under "body".
}

// fakeSlack is Slack as far as this package needs it. A method answers what
// its replies say, one after another, the last one for ever; {"ok":true} with
// a ts when there is none.
type fakeSlack struct {
	t      *testing.T
	server *httptest.Server
	calls  chan call

	mu      sync.Mutex
	replies map[string][]http.HandlerFunc
	acks    chan ack
	conns   chan *websocket.Conn
	done    context.Context
}

// ack is what the bot answered to an envelope.
type ack struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
}

func newFake(t *testing.T) *fakeSlack {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	f := &fakeSlack{
		t: t, calls: make(chan call, 10_000), replies: map[string][]http.HandlerFunc{},
		acks: make(chan ack, 10_000), conns: make(chan *websocket.Conn, 10), done: ctx,
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", f.api)
	mux.HandleFunc("/respond/", f.api)
	mux.HandleFunc("/socket", f.socket)
	f.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		cancel()
		f.server.CloseClientConnections()
		f.server.Close()
	})
	return f
}

func (f *fakeSlack) api(w http.ResponseWriter, r *http.Request) {
	method := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/api/"), "/")
	c := call{method: method, form: map[string]string{}}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		var raw json.RawMessage
		_ = json.NewDecoder(r.Body).Decode(&raw)
		c.form["body"] = string(raw)
	} else {
		_ = r.ParseForm()
		for k := range r.Form {
			c.form[k] = r.Form.Get(k)
		}
	}
	f.calls <- c
	f.mu.Lock()
	var reply http.HandlerFunc
	if list := f.replies[method]; len(list) > 0 {
		reply = list[0]
		if len(list) > 1 {
			f.replies[method] = list[1:]
		}
	}
	f.mu.Unlock()
	if reply != nil {
		reply(w, r)
		return
	}
	switch method {
	case "auth.test":
		w.Header().Set("X-OAuth-Scopes", "commands,chat:write")
		fmt.Fprintf(w, `{"ok":true,"user_id":%q,"bot_id":%q,"team_id":"T1"}`, selfUser, selfBot)
	case "apps.connections.open":
		fmt.Fprintf(w, `{"ok":true,"url":%q}`, "ws"+strings.TrimPrefix(f.server.URL, "http")+"/socket")
	default:
		fmt.Fprint(w, `{"ok":true,"channel":"C0FUTURE01","ts":"1.000001","message_ts":"1.000001","view":{"id":"V1"}}`)
	}
}

func (f *fakeSlack) socket(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return
	}
	defer conn.CloseNow()
	conn.SetReadLimit(1 << 20)
	if err := conn.Write(f.done, websocket.MessageText, []byte(`{"type":"hello","num_connections":1}`)); err != nil {
		return
	}
	f.conns <- conn
	for {
		_, data, err := conn.Read(f.done)
		if err != nil {
			return
		}
		var a ack
		if json.Unmarshal(data, &a) == nil {
			f.acks <- a
		}
	}
}

// on sets what a method answers.
func (f *fakeSlack) on(method string, replies ...http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.replies[method] = replies
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

func body(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
}

// lost takes the request and closes the connection without an answer.
func lost(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// next returns the next call of one of the methods.
func (f *fakeSlack) next(methods ...string) call {
	f.t.Helper()
	for {
		c := receive(f.t, f.calls, "a call of "+strings.Join(methods, " or "))
		for _, m := range methods {
			if c.method == m || (strings.HasSuffix(m, "/") && strings.HasPrefix(c.method, m)) {
				return c
			}
		}
	}
}

// count returns how often a method was called so far, and forgets all calls.
func (f *fakeSlack) count(method string) (n int) {
	for {
		select {
		case c := <-f.calls:
			if c.method == method {
				n++
			}
		default:
			return n
		}
	}
}

// receive waits for a value; the time is only there for a test that fails.
func receive[T any](t *testing.T, ch <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(2 * time.Minute):
		t.Fatalf("no %s", what)
		panic("unreachable")
	}
}

// fakeHandler calls its functions where they are set, and records everything.
type fakeHandler struct {
	got     chan string
	command func(ctx context.Context, cmd slack.SlashCommand)
	submit  func(ctx context.Context, in slack.InteractionCallback) *slack.ViewSubmissionResponse
	message func(ctx context.Context, user, text string)
}

func newHandler() *fakeHandler { return &fakeHandler{got: make(chan string, 10_000)} }

func (h *fakeHandler) Command(ctx context.Context, cmd slack.SlashCommand) {
	if h.command != nil {
		h.command(ctx, cmd)
	}
	h.got <- "command " + cmd.UserID + " " + cmd.Text
}

func (h *fakeHandler) Action(_ context.Context, in slack.InteractionCallback) {
	h.got <- "action " + in.User.ID + " " + in.ActionCallback.BlockActions[0].ActionID
}

func (h *fakeHandler) Submit(ctx context.Context, in slack.InteractionCallback) *slack.ViewSubmissionResponse {
	defer func() { h.got <- "submit " + in.User.ID + " " + in.View.ID }()
	if h.submit != nil {
		return h.submit(ctx, in)
	}
	return nil
}

func (h *fakeHandler) Shortcut(_ context.Context, in slack.InteractionCallback) {
	h.got <- "shortcut " + in.User.ID + " " + in.CallbackID
}

func (h *fakeHandler) Closed(_ context.Context, in slack.InteractionCallback) {
	h.got <- "closed " + in.User.ID + " " + in.View.ID
}

func (h *fakeHandler) Message(ctx context.Context, user, channel, threadTS, ts, text string, direct bool) {
	if h.message != nil {
		h.message(ctx, user, text)
	}
	h.got <- fmt.Sprintf("message %s %s %s %s %t %s", user, channel, threadTS, ts, direct, text)
}

func (h *fakeHandler) Home(_ context.Context, user string) { h.got <- "home " + user }

// rig is a bot on a fake Slack.
type rig struct {
	*fakeSlack
	*Bot
	h    *fakeHandler
	conn *websocket.Conn
	logs *logged
}

// logged counts log records by message.
type logged struct {
	slog.Handler
	mu      sync.Mutex
	records []slog.Record
}

func (l *logged) Enabled(context.Context, slog.Level) bool { return true }
func (l *logged) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l *logged) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = append(l.records, r)
	return nil
}

// named returns the records with a message.
func (l *logged) named(message string) (found []slog.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.records {
		if r.Message == message {
			found = append(found, r)
		}
	}
	return found
}

func attr(r slog.Record, key string) (value string) {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == key {
			value = a.Value.String()
		}
		return true
	})
	return value
}

// newRig makes a bot that does not run.
func newRig(t *testing.T, change func(*Options)) *rig {
	t.Helper()
	r := &rig{fakeSlack: newFake(t), h: newHandler(), logs: &logged{}}
	o := Options{
		BotToken: "xoxb-1", AppToken: "xapp-1", SigningSecret: secret, APIURL: r.server.URL + "/api",
		Handler: r.h, Log: slog.New(r.logs), Grace: 5 * time.Second,
	}
	if change != nil {
		change(&o)
	}
	b, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	b.client.sleep = func(context.Context, time.Duration) error { return nil }
	r.Bot = b
	return r
}

// start runs the bot until the test ends and waits for the socket.
func start(t *testing.T, change func(*Options)) *rig {
	t.Helper()
	r := newRig(t, change)
	r.run(t)
	return r
}

// run runs the bot; stop ends it and returns Run's error.
func (r *rig) run(t *testing.T) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return receive(t, done, "end of Run")
	})
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	r.conn = receive(t, r.conns, "connection")
	return stop
}

// send sends an envelope over the socket.
func (r *rig) send(kind, envelope string, payload any) {
	r.t.Helper()
	raw, err := json.Marshal(map[string]any{"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": true})
	if err != nil {
		r.t.Fatal(err)
	}
	r.raw(string(raw))
}

func (r *rig) raw(s string) {
	r.t.Helper()
	if err := r.conn.Write(r.done, websocket.MessageText, []byte(s)); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) acked(envelope string) ack {
	r.t.Helper()
	a := receive(r.t, r.acks, "acknowledgement of "+envelope)
	if a.EnvelopeID != envelope {
		r.t.Fatalf("%s was acknowledged, want %s", a.EnvelopeID, envelope)
	}
	return a
}

func (r *rig) handled() string {
	r.t.Helper()
	return receive(r.t, r.h.got, "request for the handler")
}

type fields = map[string]any

// spoken is an Events API payload around one event.
func spoken(id string, event fields) fields {
	return fields{"type": "event_callback", "team_id": "T1", "event_id": id, "event": event}
}

func direct(user, ts, text string) fields {
	return fields{"type": "message", "channel_type": "im", "channel": "D0" + user[2:], "user": user, "ts": ts, "text": text}
}

func mention(user, ts, text string) fields {
	return fields{"type": "app_mention", "channel": "C0FUTURE01", "user": user, "ts": ts, "text": "<@" + selfUser + "> " + text}
}

func slash(user, trigger, text string) fields {
	return fields{"command": "/future", "user_id": user, "channel_id": "C0FUTURE01", "text": text, "trigger_id": trigger}
}

func form(user, trigger string) fields {
	return fields{
		"type": "view_submission", "trigger_id": trigger, "user": fields{"id": user},
		"view": fields{
			"id": "V1", "callback_id": "report", "title": fields{"type": "plain_text", "text": "上报"},
			"blocks": []fields{
				{"type": "section", "block_id": "intro", "text": fields{"type": "mrkdwn", "text": "x"}},
				{
					"type": "input", "block_id": "value", "label": fields{"type": "plain_text", "text": "值"},
					"element": fields{"type": "plain_text_input", "action_id": "value"},
				},
			},
		},
	}
}

func quiet() *slog.Logger { return slog.New(&logged{}) }

// asHandler lets a table hold handlers made by a call and bare functions.
func asHandler(v any) http.HandlerFunc {
	switch v := v.(type) {
	case http.HandlerFunc:
		return v
	case func(http.ResponseWriter, *http.Request):
		return v
	}
	panic("not a handler")
}
