package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/bot"
	"wainao/workspace"
)

// echo answers as simply as can be, through the bot's client.
type echo struct {
	t      *testing.T
	client *bot.Client
	did    chan string
}

func (e *echo) done(what string, err error) {
	if err != nil {
		e.t.Errorf("%s: %v", what, err)
	}
	e.did <- what
}

func text(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func (e *echo) Command(ctx context.Context, cmd slack.SlashCommand) {
	input := slack.NewInputBlock("value", text("值"), nil, slack.NewPlainTextInputBlockElement(nil, "value"))
	more := slack.NewActionBlock("more", slack.NewButtonBlockElement("more", "v", text("更多")))
	_, err := e.client.OpenView(ctx, cmd.TriggerID, slack.ModalViewRequest{
		Type: slack.VTModal, Title: text("上报"), Submit: text("提交"), CallbackID: "report",
		Blocks: slack.Blocks{BlockSet: []slack.Block{input, more}},
	})
	e.done("command", err)
}

func (e *echo) Action(ctx context.Context, in slack.InteractionCallback) {
	if in.View.ID != "" {
		_, err := e.client.PushView(ctx, in.TriggerID, slack.ModalViewRequest{
			Type: slack.VTModal, Title: text("更多"), Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewSectionBlock(text("说明"), nil, nil)}},
		})
		if err == nil {
			err = e.client.UpdateView(ctx, in.View.ID, in.View.Hash, shorter(in.View))
		}
		e.done("more", err)
		return
	}
	e.done("action", e.client.Respond(ctx, in.ResponseURL, false, "clicked", nil))
}

// shorter returns the form again, without its second block.
func shorter(v slack.View) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: v.Type, Title: v.Title, Submit: v.Submit, CallbackID: v.CallbackID,
		Blocks: slack.Blocks{BlockSet: v.Blocks.BlockSet[:1]},
	}
}

func (e *echo) Submit(context.Context, slack.InteractionCallback) *slack.ViewSubmissionResponse {
	return slack.NewErrorsViewSubmissionResponse(map[string]string{"value": "太大"})
}

func (e *echo) Shortcut(context.Context, slack.InteractionCallback) { e.did <- "shortcut" }

func (e *echo) Message(ctx context.Context, _, channel, _, ts, said string, _ bool) {
	button := slack.NewActionBlock("next", slack.NewButtonBlockElement("again", "v", text("再问")))
	_, err := e.client.Post(ctx, channel, ts, said, []slack.Block{slack.NewSectionBlock(text(said), nil, nil), button})
	e.done("message "+said, err)
}

func (e *echo) Home(ctx context.Context, user string) {
	e.done("home", e.client.PublishHome(ctx, user, slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewSectionBlock(text("hi"), nil, nil)}},
	}))
}

func (e *echo) File(ctx context.Context, user, _, _ string, f bot.SharedFile) {
	content, err := e.client.Download(ctx, f, 100)
	e.done("file "+f.Name+" "+string(content)+" "+f.Text, err)
	_, err = e.client.Download(ctx, f, 2)
	if !errors.Is(err, bot.ErrTooLarge) {
		e.t.Errorf("a file of %s that is too large: %v", user, err)
	}
}

func (e *echo) Departed(_ context.Context, user string, deleted bool) {
	e.done(fmt.Sprintf("departed %s %t", user, deleted), nil)
}

// signal tells when the bot logs that it is connected.
type signal struct {
	slog.Handler
	connected chan<- struct{}
}

func (s signal) Enabled(context.Context, slog.Level) bool { return true }

func (s signal) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "connected to Slack" {
		s.connected <- struct{}{}
	}
	return nil
}

// files walks through files, pictures and people who leave.
func (e *echo) files(control func(string, map[string]any) map[string]any, upload func(fields map[string]string, name, content string), expect func(string)) {
	ctx := e.t.Context()
	id, _, err := e.client.Upload(ctx, bot.File{Name: "progress.png", AltText: "三条线", Content: []byte("png")})
	if err != nil {
		e.t.Fatal(err)
	}
	control("fault", map[string]any{"kind": "lose_reply", "method": "files.completeUploadExternal"})
	_, link, err := e.client.Upload(ctx, bot.File{Channel: "U0LEADER01", Name: "digest.xlsx", Title: "简报", Comment: "本周", Content: []byte("zip")})
	if err != nil || !strings.Contains(link, "digest.xlsx") {
		e.t.Errorf("upload: %q, %v", link, err)
	}
	// Slack still works on the picture: the post waits for it; and its answer is lost.
	control("fault", map[string]any{"kind": "lose_reply", "method": "chat.postMessage"})
	ts, err := e.client.Post(ctx, "C0FUTUREIND", "", "进度", []slack.Block{bot.Picture(id, "三条线", "进度")})
	if err != nil {
		e.t.Fatal(err)
	}
	control("fault", map[string]any{"kind": "lose_reply", "method": "chat.postMessage"})
	if _, err := e.client.Post(ctx, "C0FUTUREIND", ts, "答", nil); err != nil {
		e.t.Error(err)
	}
	state := control("state", nil)
	for name, want := range map[string]int{"future-industries": 2, "dm-leader": 1} {
		got := 0
		for _, each := range state["channels"].([]any) {
			c := each.(map[string]any)
			for _, m := range c["messages"].([]any) {
				text := m.(map[string]any)["text"]
				if c["name"] == name && (text == "进度" || text == "答" || text == "本周") {
					got++
				}
			}
		}
		if got != want {
			e.t.Errorf("%d messages in %s, want %d", got, name, want)
		}
	}

	upload(map[string]string{"user": "liaison-kunshan", "channel": "dm", "text": "请看"}, "rows.csv", "a,b")
	expect("file rows.csv a,b 请看")
	expect("message 请看")
	upload(map[string]string{"user": "liaison-kunshan", "channel": "future-industries", "text": "没有人"}, "other.csv", "c")
	upload(map[string]string{"user": "liaison-kunshan", "channel": "future-industries", "text": "@wainao"}, "more.csv", "d,e")
	expect("file more.csv d,e ")

	for _, deleted := range []bool{true, false} {
		control(map[bool]string{true: "deactivate", false: "reactivate"}[deleted], map[string]any{"user": "leader"})
		expect(fmt.Sprintf("departed U0LEADER01 %t", deleted))
		if active, err := e.client.Active(ctx, "U0LEADER01"); err != nil || active == deleted {
			e.t.Errorf("active: %t, %v", active, err)
		}
		ts, err := e.client.Post(ctx, "U0LEADER01", "", "在吗", nil)
		if err == nil {
			err = e.client.Update(ctx, "U0LEADER01", ts, "在", nil)
		}
		if kind, _ := bot.Classify(err); deleted != (err != nil) || (err != nil && kind != bot.Dead) {
			e.t.Errorf("deleted %t: %v", deleted, err)
		}
	}
}

// upload returns what sends a file as a person does on the page.
func upload(t *testing.T, base string) func(fields map[string]string, name, content string) {
	return func(fields map[string]string, name, content string) {
		t.Helper()
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		for k, v := range fields {
			if err := w.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		resp, err := http.Post(base+"/control/upload", w.FormDataContentType(), &form)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("upload: %s", resp.Status)
		}
	}
}

// TestAgainstTheWorkspace walks through every kind of request and call against
// the local workspace, which is as strict as Slack.
func TestAgainstTheWorkspace(t *testing.T) {
	t.Parallel()
	ws, err := workspace.New(workspace.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(ws.Handler())
	t.Cleanup(func() {
		_ = ws.Close()
		server.CloseClientConnections()
		server.Close()
	})
	connected := make(chan struct{}, 10)
	e := &echo{t: t, did: make(chan string, 100)}
	b, err := bot.New(bot.Options{
		BotToken: workspace.BotToken, AppToken: workspace.AppToken, APIURL: ws.APIURL(server.URL), Handler: e, Log: slog.New(signal{slog.DiscardHandler, connected}),
	})
	if err != nil {
		t.Fatal(err)
	}
	e.client = b.Client()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	defer func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	}()
	select {
	case <-connected:
	case <-time.After(2 * time.Minute):
		t.Fatal("no connection")
	}

	control := func(path string, in map[string]any) map[string]any {
		t.Helper()
		raw, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		method := http.MethodPost
		if in == nil {
			method = http.MethodGet
		}
		req, err := http.NewRequestWithContext(t.Context(), method, server.URL+"/control/"+path, bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var out map[string]any
		if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	expect := func(want string) {
		t.Helper()
		select {
		case got := <-e.did:
			if got != want {
				t.Errorf("handled %q, want %q", got, want)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("%q was not handled", want)
		}
	}

	control("fault", map[string]any{"kind": "redeliver"})
	control("message", map[string]any{"channel": "future-industries", "user": "member-1", "text": "@wainao 氢能?"})
	expect("message 氢能?")
	control("message", map[string]any{"channel": "dm", "user": "member-2", "text": "Q & A"})
	expect("message Q & A")
	control("home", map[string]any{"user": "leader"})
	expect("home")
	if out := control("command", map[string]any{"channel": "future-industries", "user": "liaison-kunshan", "command": "/future", "text": "report"}); out["ok"] != true {
		t.Errorf("command: %v", out)
	}
	expect("command")
	stack := func() []any {
		return control("state", nil)["views"].(map[string]any)["U0LKUNSHAN"].([]any)
	}
	control("action", map[string]any{"user": "liaison-kunshan", "view_id": stack()[0].(map[string]any)["id"], "action_id": "more"})
	expect("more")
	if views := stack(); len(views) != 2 || views[1].(map[string]any)["title"].(map[string]any)["text"] != "更多" || len(views[0].(map[string]any)["blocks"].([]any)) != 1 {
		t.Errorf("views: %v", views)
	}

	id, err := e.client.UserID(t.Context(), "leader")
	if err != nil {
		t.Fatal(err)
	}
	if u, err := e.client.User(t.Context(), id); err != nil || u.Locale != "zh-CN" {
		t.Errorf("leader: %+v, %v", u, err)
	}
	channel, err := e.client.Channel(t.Context(), "#leadership")
	if err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{channel, id} {
		since := time.Now()
		control("fault", map[string]any{"kind": "lose_reply", "method": "chat.postMessage"})
		_, err := e.client.PostDelivery(t.Context(), to, "简报", nil, "digest/"+to)
		if kind, _ := bot.Classify(err); err == nil || kind != bot.Unknown {
			t.Errorf("lost reply: %v", err)
		}
		ts, found, err := e.client.FindDelivery(t.Context(), to, "digest/"+to, since)
		if err != nil || !found {
			t.Errorf("the posted delivery to %s is not found: %q, %v", to, ts, err)
		}
	}
	e.files(control, upload(t, server.URL), expect)
	scopes, err := e.client.Scopes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, need := range bot.RequiredScopes() {
		if !slices.Contains(scopes, need) {
			t.Errorf("the workspace's token lacks %s", need)
		}
	}
	if err := e.client.CheckSocket(t.Context()); err != nil {
		t.Error(err)
	}
}
