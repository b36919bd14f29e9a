package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"wainao/app"
)

// patience is how long a test waits for what is to happen: much longer than it
// takes, because a busy machine draws pictures slowly.
const patience = 2 * time.Minute

// chat drives a whole Wainao, bot and local workspace, in the words of a chat.
type chat struct {
	t       testing.TB
	address string
	idle    func() bool // Whether the bot has done all that it was asked.
	stop    func()
}

// buffer is what the processes print, safe to read while they run.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// startChat runs "wainao try" on a free port and ends it with the test.
func startChat(t testing.TB, dir string, change ...func(*app.TryOptions)) *chat {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c := &chat{t: t}
	ready, done := make(chan string, 1), make(chan error, 1)
	var out, log buffer
	o := app.TryOptions{
		Addr: "127.0.0.1:0", Data: dir, LogLevel: "info", Out: &out, Errors: &log,
		Ready: func(address string, idle func() bool) {
			c.idle = idle
			ready <- address
		},
	}
	for _, f := range change {
		f(&o)
	}
	go func() { done <- app.Try(ctx, o) }()
	var once sync.Once
	c.stop = func() {
		once.Do(func() {
			cancel()
			select {
			case err := <-done:
				if err != nil {
					t.Errorf("stopped with %v", err)
				}
			case <-time.After(patience): // Pictures that are being drawn are finished.
				t.Error("it did not stop")
			}
			if t.Failed() {
				t.Logf("log:\n%s", log.String())
			}
		})
	}
	select {
	case c.address = <-ready:
	case err := <-done:
		t.Fatalf("did not start: %v\n%s", err, log.String())
	case <-time.After(patience):
		t.Fatal("it did not start")
	}
	t.Cleanup(c.stop)
	if first, _, _ := strings.Cut(out.String(), "\n"); !strings.Contains(first, dir) {
		t.Errorf("the first line %q does not name the folder %s", first, dir)
	}
	return c
}

// state is what GET /control/state tells, as far as tests look at it.
type state struct {
	People []struct {
		ID, Name, Locale string
	} `json:"people"`
	Channels []channel                  `json:"channels"`
	Views    map[string][]view          `json:"views"`
	Homes    map[string]json.RawMessage `json:"homes"`
}

type channel struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Messages   []message `json:"messages"`
	Ephemerals []message `json:"ephemerals"`
}

type message struct {
	TS       string          `json:"ts"`
	User     string          `json:"user"`
	BotID    string          `json:"bot_id"`
	To       string          `json:"to"`
	Text     string          `json:"text"`
	ThreadTS string          `json:"thread_ts"`
	Blocks   json.RawMessage `json:"blocks"`
	Metadata json.RawMessage `json:"metadata"`
}

// shows is everything of the message that a person can read or click.
func (m message) shows() string { return m.Text + "\n" + string(m.Blocks) }

type view struct {
	ID         string            `json:"id"`
	CallbackID string            `json:"callback_id"`
	Errors     map[string]string `json:"errors"`
	Blocks     json.RawMessage   `json:"blocks"`
}

// result is the answer of a control call.
type result struct {
	OK     bool              `json:"ok"`
	TS     string            `json:"ts"`
	Error  string            `json:"error"`
	Detail string            `json:"detail"`
	Closed bool              `json:"closed"`
	Errors map[string]string `json:"errors"`
}

type object = map[string]any

// call posts to the control API and returns its answer, refusals included.
func (c *chat) call(path string, body any) result {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	resp, err := http.Post(c.address+"/control/"+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		c.t.Fatalf("%s: %v", path, err)
	}
	defer resp.Body.Close()
	var r result
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		c.t.Fatalf("%s: %v", path, err)
	}
	return r
}

// must is call for what has to succeed.
func (c *chat) must(path string, body any) result {
	c.t.Helper()
	r := c.call(path, body)
	if !r.OK {
		c.t.Fatalf("%s %v: %s %s %v", path, body, r.Error, r.Detail, r.Errors)
	}
	return r
}

func (c *chat) state() state {
	c.t.Helper()
	resp, err := http.Get(c.address + "/control/state")
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var s state
	if err := json.Unmarshal(raw, &s); err != nil {
		c.t.Fatalf("%v in %s", err, raw)
	}
	return s
}

func (s state) channel(name string) channel {
	for _, c := range s.Channels {
		if c.Name == name || c.ID == name {
			return c
		}
	}
	return channel{}
}

func (s state) id(person string) string {
	for _, p := range s.People {
		if p.Name == person {
			return p.ID
		}
	}
	return ""
}

// eventually waits until ok is true of the state: what people see arrives
// asynchronously, as in Slack.
func (c *chat) eventually(what string, ok func(state) bool) state {
	c.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		s := c.state()
		if ok(s) {
			return s
		}
		if time.Now().After(deadline) {
			dump, _ := json.MarshalIndent(s.Channels, "", " ")
			c.t.Fatalf("never happened: %s\n%.6000s", what, dump)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// say types a message as a person.
func (c *chat) say(user, channel, text string) string {
	c.t.Helper()
	return c.must("message", object{"user": user, "channel": channel, "text": text}).TS
}

// command types a slash command as a person.
func (c *chat) command(user, channel, text string) {
	c.t.Helper()
	c.must("command", object{"user": user, "channel": channel, "command": "/future", "text": text})
}

// expect waits for a message of the bot in a channel that shows all the words,
// newer than after.
func (c *chat) expect(channel, after string, words ...string) message {
	c.t.Helper()
	return c.expectIn(channel, fmt.Sprintf("in %s: %q", channel, words), func(ch channelView) []message { return ch.Messages }, after, words)
}

// expectPrivate is expect for what only one person sees.
func (c *chat) expectPrivate(channel, after string, words ...string) message {
	c.t.Helper()
	return c.expectIn(channel, fmt.Sprintf("privately in %s: %q", channel, words), func(ch channelView) []message { return ch.Ephemerals }, after, words)
}

type channelView = channel

func (c *chat) expectIn(name, what string, of func(channelView) []message, after string, words []string) message {
	c.t.Helper()
	var found message
	c.eventually(what, func(s state) bool {
		for _, m := range of(s.channel(name)) {
			if m.TS > after && (m.BotID != "" || m.To != "") && showsAll(m, words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func showsAll(m message, words []string) bool {
	for _, w := range words {
		if !strings.Contains(m.shows(), w) {
			return false
		}
	}
	return true
}

// form waits for a person's open form and returns it.
func (c *chat) form(user string) view {
	c.t.Helper()
	var v view
	c.eventually(user+" has a form open", func(s state) bool {
		open := s.Views[s.id(user)]
		if len(open) > 0 {
			v = open[len(open)-1]
		}
		return len(open) > 0
	})
	return v
}

// submit fills in a form with fields' values and submits it.
func (c *chat) submit(user string, v view, values map[string]any) result {
	c.t.Helper()
	full := object{}
	for name, value := range values {
		full[c.block(v, name)] = object{name: value}
	}
	return c.call("submit", object{"user": user, "view_id": v.ID, "values": full})
}

// block returns the id of a form's block that holds a field: its name, and in a
// form that was filled in anew the generation behind it.
func (c *chat) block(v view, field string) string {
	c.t.Helper()
	var blocks []struct {
		ID string `json:"block_id"`
	}
	if err := json.Unmarshal(v.Blocks, &blocks); err != nil {
		c.t.Fatalf("%v in %s", err, v.Blocks)
	}
	for _, b := range blocks {
		if name, _, _ := strings.Cut(b.ID, "."); name == field {
			return b.ID
		}
	}
	return field
}

// choose makes a choice in an open form, and waits until the form shows the
// words.
func (c *chat) choose(user string, v view, field, value string, words ...string) view {
	c.t.Helper()
	c.must("action", object{"user": user, "view_id": v.ID, "action_id": field, "block_id": c.block(v, field), "value": value})
	return c.formShows(user, words...)
}

// formShows waits until a person's open form shows the words.
func (c *chat) formShows(user string, words ...string) view {
	c.t.Helper()
	var v view
	c.eventually(fmt.Sprintf("the form of %s shows %q", user, words), func(s state) bool {
		open := s.Views[s.id(user)]
		if len(open) == 0 {
			return false
		}
		v = open[len(open)-1]
		return showsAll(message{Blocks: v.Blocks}, words)
	})
	return v
}

// home opens a person's Home and waits until it shows the words.
func (c *chat) home(user string, words ...string) view {
	c.t.Helper()
	var v view
	c.eventually(fmt.Sprintf("Home of %s shows %q", user, words), func(s state) bool {
		c.must("home", object{"user": user})
		if json.Unmarshal(s.Homes[s.id(user)], &v) != nil {
			return false
		}
		return showsAll(message{Blocks: v.Blocks}, words)
	})
	return v
}
