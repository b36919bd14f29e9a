package workspace

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// uploaded stores a file of the app's that is shown nowhere.
func (h *house) uploaded(name, content string) string {
	h.t.Helper()
	f, err := h.api.UploadFile(slack.UploadFileParameters{Filename: name, FileSize: len(content), Content: content, AltTxt: "三条线"})
	if err != nil {
		h.t.Fatal(err)
	}
	return f.ID
}

func TestPicturesInBlocks(t *testing.T) {
	t.Parallel()
	h := open(t, Options{FileDelay: -1, Rates: &Rates{}})
	picture, sheet := h.uploaded("a.png", "png"), h.uploaded("a.xlsx", "zip")
	invalid := "invalid slack file [json-pointer:/blocks/0/slack_file]"
	for _, tt := range []struct{ name, file, want string }{
		{"by id", `{"id":"` + picture + `"}`, ""},
		{"by address", `{"url":"` + h.base + "/files/" + picture + `/a.png"}`, ""},
		{"both", `{"id":"` + picture + `","url":"` + h.base + `/files/x"}`, "only one of id and url may be given [json-pointer:/blocks/0/slack_file]"},
		{"neither", `{}`, "input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]"},
		{"an address as id", `{"id":"https://x.slack.com/files/1"}`, "input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]"},
		{"unknown", `{"id":"F0123456789"}`, invalid},
		{"no picture", `{"id":"` + sheet + `"}`, invalid},
		{"no object", `"F0123456789"`, "must provide an object [json-pointer:/blocks/0/slack_file]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			blocks := `[{"type":"image","alt_text":"三条线","slack_file":` + tt.file + `}]`
			got := h.call("chat.postMessage", url.Values{"channel": {"C0FUTUREIND"}, "text": {"x"}, "blocks": {blocks}})
			if tt.want == "" {
				if got["ok"] != true {
					t.Errorf("got %v", got)
				}
				return
			}
			if list, _ := got["errors"].([]any); got["error"] != "invalid_blocks" || len(list) != 1 || list[0] != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
	view := `{"type":"home","blocks":[{"type":"image","alt_text":"x","slack_file":{"id":"F0123456789"}}]}`
	if got := h.call("views.publish", url.Values{"user_id": {"U0LEADER01"}, "view": {view}}); got["error"] != "invalid_arguments" || !strings.Contains(fmt.Sprint(got["errors"]), "/view/blocks/0/slack_file") {
		t.Errorf("in a view: %v", got)
	}
}

func TestAPictureIsWorkedOn(t *testing.T) {
	t.Parallel()
	h := open(t, Options{FileDelay: time.Hour})
	id := h.uploaded("a.png", "png")
	info, _, _, err := h.api.GetFileInfo(id, 0, 0)
	if err != nil || info.Mimetype != "" || info.Size != 3 || info.AltTxt != "三条线" {
		t.Errorf("info = %+v, %v", info, err)
	}
	block := slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: id}, "三条线", "", nil)
	if _, _, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionBlocks(block)); err == nil || err.Error() != "invalid_blocks" {
		t.Errorf("shown at once: %v", err)
	}
	h.s.mu.Lock()
	h.s.world.files[id].ready = time.Time{} // An hour later.
	h.s.mu.Unlock()
	if _, _, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionBlocks(block)); err != nil {
		t.Errorf("shown afterwards: %v", err)
	}
	if info, _, _, err := h.api.GetFileInfo(id, 0, 0); err != nil || info.Mimetype != "image/png" {
		t.Errorf("info = %+v, %v", info, err)
	}
}

func TestATokenMustBeGoodForAFile(t *testing.T) {
	t.Parallel()
	get := func(address, token string) (kind, disposition string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			req.Header.Set("Authorization", "Bearer "+token)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatal(err)
		}
		disposition, _, _ = strings.Cut(resp.Header.Get("Content-Disposition"), ";")
		return resp.Header.Get("Content-Type"), disposition
	}
	const login = "text/html; charset=utf-8"
	all, few := open(t, Options{}), open(t, Options{Scopes: []string{"files:write"}})
	for _, h := range []*house{all, few} {
		address := h.base + "/files/" + h.uploaded("a.png", "png") + "/a.png"
		want := "image/png"
		if h == few {
			want = login
		}
		if kind, _ := get(address, BotToken); kind != want {
			t.Errorf("with the bot's token: %s, want %s", kind, want)
		}
		if kind, _ := get(address, "xoxb-wrong"); kind != login {
			t.Errorf("with a wrong token: %s", kind)
		}
		if kind, how := get(address, ""); kind != "image/png" || how != "inline" {
			t.Errorf("the page gets %s, %s", kind, how)
		}
		if _, how := get(address+"?download=1", ""); how != "attachment" {
			t.Errorf("a download is %s", how)
		}
	}
	if got := few.call("files.info", url.Values{"file": {"F1"}}); got["error"] != "missing_scope" || got["needed"] != "files:read" {
		t.Errorf("files.info = %v", got)
	}
}

func TestWhoLeaves(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"user_change"}})
	a := h.connect(nil)
	if h.call("conversations.open", url.Values{"users": {"U0LKUNSHAN"}})["ok"] != true {
		t.Error("a conversation with somebody who is there does not open")
	}
	for _, deleted := range []bool{true, false} {
		action := map[bool]string{true: "deactivate", false: "reactivate"}[deleted]
		h.must(action, map[string]any{"user": "liaison-kunshan"})
		h.must(action, map[string]any{"user": "liaison-kunshan"}) // Twice is once.
		payload := string(wait(t, a.events, "user_change").Request.Payload)
		if want := fmt.Sprintf(`"deleted":%t`, deleted); !strings.Contains(payload, want) || !strings.Contains(payload, "U0LKUNSHAN") {
			t.Errorf("%s: %s", action, payload)
		}
		u, err := h.api.GetUserInfo("U0LKUNSHAN")
		if err != nil || u.Deleted != deleted {
			t.Errorf("users.info: %+v, %v", u, err)
		}
		im, err := h.api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "D0LKUNSHAN"})
		if err != nil || im.IsUserDeleted != deleted {
			t.Errorf("conversations.info: %+v, %v", im, err)
		}
		want := map[bool][3]any{true: {"user_disabled", "users_not_found", "user_deactivated"}, false: {nil, nil, nil}}[deleted]
		got := [3]any{
			h.call("conversations.open", url.Values{"users": {"U0LKUNSHAN"}})["error"],
			h.call("users.lookupByEmail", url.Values{"email": {"liaison-kunshan@wainao.example"}})["error"],
			h.post("message", map[string]any{"user": "liaison-kunshan", "channel": "dm", "text": "x"})["error"],
		}
		if got != want {
			t.Errorf("%s: got %v, want %v", action, got, want)
		}
		// Slack takes a message to the conversation, which nobody reads.
		if _, _, err := h.api.PostMessage("D0LKUNSHAN", slack.MsgOptionText("x", false)); err != nil {
			t.Errorf("%s: %v", action, err)
		}
	}
	if len(a.events) > 0 {
		t.Errorf("%d events more than changes", len(a.events))
	}
}

func TestWhoLeftIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, s: s}
	end := serve(t, h)
	h.must("deactivate", map[string]any{"user": "leader"})
	end()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range open(t, Options{Dir: dir}).state().People {
		if p.Deleted != (p.Name == "leader") || p.Locale == "" {
			t.Errorf("%+v", p)
		}
	}
}

func TestTheManifestsCommandsAndShortcuts(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Features struct {
			Shortcuts []struct {
				Name        string `yaml:"name"`
				Type        string `yaml:"type"`
				CallbackID  string `yaml:"callback_id"`
				Description string `yaml:"description"`
			} `yaml:"shortcuts"`
			Commands []struct {
				Name        string `yaml:"command"`
				Hint        string `yaml:"usage_hint"`
				Description string `yaml:"description"`
			} `yaml:"slash_commands"`
		} `yaml:"features"`
	}
	if err := yaml.Unmarshal(raw, &manifest); err != nil {
		t.Fatal(err)
	}
	var want []Shortcut
	for _, k := range manifest.Features.Shortcuts {
		want = append(want, Shortcut{k.Type, k.Name, k.CallbackID, k.Description})
		if len([]rune(k.Name)) > 24 || len([]rune(k.Description)) > 150 {
			t.Errorf("%s is too long for a manifest", k.CallbackID)
		}
	}
	if diff := cmp.Diff(want, defaultShortcuts()); diff != "" {
		t.Errorf("-manifest +workspace:\n%s", diff)
	}
	var commands []Command
	for _, k := range manifest.Features.Commands {
		commands = append(commands, Command{k.Name, k.Hint, k.Description})
		// https://docs.slack.dev/reference/app-manifest
		if len([]rune(k.Name)) > 32 || len([]rune(k.Hint)) > 1000 || len([]rune(k.Description)) > 2000 {
			t.Errorf("%s is too long for a manifest", k.Name)
		}
	}
	if diff := cmp.Diff(commands, defaultCommands()); diff != "" {
		t.Errorf("-manifest +workspace:\n%s", diff)
	}
	h := open(t, Options{})
	for _, body := range []map[string]any{
		{"user": "leader", "callback_id": "nothing"},
		{"user": "leader", "callback_id": "report_from_message"}, // Only on a message.
		{"user": "leader", "callback_id": "report", "channel": "dm", "message_ts": "1.000001"},
	} {
		if got := h.post("shortcut", body); got["error"] != "unknown_shortcut" {
			t.Errorf("%v: %v", body, got)
		}
	}
}
