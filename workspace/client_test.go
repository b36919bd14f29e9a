package workspace

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// TestClientChecks: what Slack's own client says of a value, in the person's
// language, and what it leaves to the app.
func TestClientChecks(t *testing.T) {
	t.Parallel()
	options := `"options":[{"text":` + someText + `,"value":"a"},{"text":` + someText + `,"value":"b"}]`
	for _, tt := range []struct {
		name, element, value string
		zh, en               string
	}{
		{"missing", `{"type":"plain_text_input"}`, `""`, "请填写此项。", "Please complete this required field."},
		{"missing choice", `{"type":"static_select",` + options + `}`, `null`, "请填写此项。", "Please complete this required field."},
		{"missing choices", `{"type":"checkboxes",` + options + `}`, `[]`, "请填写此项。", "Please complete this required field."},
		{"text", `{"type":"plain_text_input"}`, `"好"`, "", ""},
		{"text over Slack's own limit", `{"type":"plain_text_input"}`, `"` + long(3001) + `"`, "最多 3000 个字符，现有 3001 个。", "Use at most 3000 characters; there are 3001."},
		{"text over max_length", `{"type":"plain_text_input","max_length":2}`, `"一二三"`, "最多 2 个字符，现有 3 个。", "Use at most 2 characters; there are 3."},
		{"text under min_length", `{"type":"plain_text_input","min_length":2}`, `"一"`, "至少 2 个字符。", "Use at least 2 characters."},
		{"number", `{"type":"number_input","is_decimal_allowed":true,"min_value":"-1","max_value":"10"}`, `"9.5"`, "", ""},
		{"number as a number", `{"type":"number_input","is_decimal_allowed":false}`, `7`, "", ""},
		{"no number", `{"type":"number_input","is_decimal_allowed":true}`, `"many"`, "请填写数字。", "Enter a number."},
		{"infinity", `{"type":"number_input","is_decimal_allowed":true}`, `"Inf"`, "请填写数字。", "Enter a number."},
		{"decimals", `{"type":"number_input","is_decimal_allowed":false}`, `"1.5"`, "请填写整数。", "Enter a whole number."},
		{"too small", `{"type":"number_input","is_decimal_allowed":true,"min_value":"0"}`, `"-1"`, "不得小于 0。", "Enter 0 or more."},
		{"too large", `{"type":"number_input","is_decimal_allowed":true,"max_value":"10"}`, `"11"`, "不得大于 10。", "Enter 10 or less."},
		{"address", `{"type":"url_text_input"}`, `"https://example.com/x"`, "", ""},
		{"no address", `{"type":"url_text_input"}`, `"example"`, "请填写完整的网址，例如 https://example.com。", "Enter a full URL, for example https://example.com."},
		{"script address", `{"type":"url_text_input"}`, `"javascript:alert(1)"`, "请填写完整的网址，例如 https://example.com。", "Enter a full URL, for example https://example.com."},
		{"mail", `{"type":"email_text_input"}`, `"a@example.com"`, "", ""},
		{"no mail", `{"type":"email_text_input"}`, `"a"`, "请填写电子邮件地址。", "Enter an email address."},
		{"too many choices", `{"type":"multi_static_select","max_selected_items":1,` + options + `}`, `["a","b"]`, "最多选 1 项。", "Choose at most 1."},
		{"an option that is none", `{"type":"static_select",` + options + `}`, `"alchemy"`, "", ""},
		{"a date that is none is the app's to refuse", `{"type":"datepicker"}`, `"someday"`, "", ""},
		{"a state without its type", `{"type":"plain_text_input","max_length":2}`, `{"value":"一二三"}`, "最多 2 个字符，现有 3 个。", "Use at most 2 characters; there are 3."},
		{"people", `{"type":"multi_users_select"}`, `["U0LEADER01"]`, "", ""},
		{"one person where several may be", `{"type":"multi_users_select"}`, `"U0LEADER01"`, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			element := strings.Replace(tt.element, "{", `{"action_id":"f",`, 1)
			v, _, err := readView(`{"type":"modal","title":`+someText+`,"submit":`+someText+`,"blocks":[{"type":"input","block_id":"f","label":`+
				someText+`,"element":`+element+`}]}`, "modal")
			if err != nil {
				t.Fatalf("view: %+v", err)
			}
			v.State.Values = initialState(v.Blocks)
			s := &Server{}
			if err := s.fill(v, map[string]map[string]json.RawMessage{"f": {"f": json.RawMessage(tt.value)}}); err != nil {
				t.Fatalf("fill: %v", err)
			}
			if got := clientProblems(v, "zh-CN")["f"]; got != tt.zh {
				t.Errorf("zh: %q, want %q", got, tt.zh)
			}
			if got := clientProblems(v, "en-US")["f"]; got != tt.en {
				t.Errorf("en: %q, want %q", got, tt.en)
			}
		})
	}
}

func TestTypedText(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	for typed, want := range map[string]string{
		"@wainao 你好":                      "<@U0WAINAOBOT> 你好",
		"@外脑氢能":                           "<@U0WAINAOBOT>氢能",
		"问@wainao吧":                       "问<@U0WAINAOBOT>吧",
		"@wainao2 @wainao-x":              "@wainao2 @wainao-x",
		"<@U0WAINAOBOT> hi":               "<@U0WAINAOBOT> hi",
		"<@U0NOBODY> hi":                  "&lt;@U0NOBODY&gt; hi",
		"@liaison-kunshan, @nobody":       "<@U0LKUNSHAN>, @nobody",
		"#leadership #nowhere #dm-leader": "<#C0LEADERSH|leadership> #nowhere #dm-leader",
		"a < b && c > d":                  "a &lt; b &amp;&amp; c &gt; d",
		"见https://a.example/x?y=1&z=2。好":  "见<https://a.example/x?y=1&amp;z=2>。好",
		"(http://a.example).":             "(<http://a.example>).",
		"<https://a.example|甲> <!here>":   "<https://a.example|甲> <!here>",
		"<!all> <b>":                      "&lt;!all&gt; &lt;b&gt;",
		"mail me@wainao.example":          "mail me@wainao.example",
		"h @ #":                           "h @ #",
	} {
		h.s.mu.Lock()
		got := h.s.typed(typed)
		h.s.mu.Unlock()
		if got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
	want := []any{map[string]any{
		"type": "rich_text", "block_id": "rt" + shortHash("<@U1> a&lt;b <#C1|x> <https://e.example|e> <!here>"),
		"elements": []any{map[string]any{"type": "rich_text_section", "elements": []any{
			map[string]any{"type": "user", "user_id": "U1"},
			map[string]any{"type": "text", "text": " a<b "},
			map[string]any{"type": "channel", "channel_id": "C1"},
			map[string]any{"type": "text", "text": " "},
			map[string]any{"type": "link", "url": "https://e.example", "text": "e"},
			map[string]any{"type": "text", "text": " "},
			map[string]any{"type": "broadcast", "range": "here"},
		}}},
	}}
	if diff := cmp.Diff(want, richText("<@U1> a&lt;b <#C1|x> <https://e.example|e> <!here>")); diff != "" {
		t.Errorf("rich text (-want +got):\n%s", diff)
	}
}

func TestReactionOfAPerson(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"reaction_added"}})
	a := h.connect(nil)
	_, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("好吗", false))
	if err != nil {
		t.Fatal(err)
	}
	body := map[string]any{"user": "leader", "channel": "future-industries", "message_ts": ts, "name": ":+1:"}
	h.must("reaction", body)
	_, data := inner(t, wait(t, a.events, "the reaction"))
	if ev, ok := data.(*slackevents.ReactionAddedEvent); !ok || ev.Reaction != "+1" || ev.User != "U0LEADER01" || ev.ItemUser != BotUserID || ev.Item.Timestamp != ts {
		t.Errorf("event = %+v", data)
	}
	if got := h.must("reaction", body); got["added"] != false || len(h.state().channel(t, "future-industries").Messages[0].Reactions) != 0 {
		t.Errorf("again = %v", got)
	}
	body["message_ts"] = "1.000001"
	if got := h.post("reaction", body); got["error"] != "message_not_found" {
		t.Errorf("on nothing = %v", got)
	}
}

func TestAlertAndPublicJoin(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	alert := func(text, level string) string {
		return `{"type":"modal","title":` + someText + `,"blocks":[{"type":"alert","text":{"type":"mrkdwn","text":"` + text + `"},"level":"` + level + `"}]}`
	}
	if _, _, err := readView(alert("x", "warning"), "modal"); err != nil {
		t.Errorf("alert: %v", err)
	}
	for _, bad := range []string{alert(long(201), "info"), alert("x", "loud")} {
		if _, _, err := readView(bad, "modal"); fmt.Sprint(err) != "invalid_arguments" {
			t.Errorf("bad alert: %v", err)
		}
	}
	// A public channel that the bot has left: it may not post until it joins.
	h.s.mu.Lock()
	c := h.s.world.channelByID["C0FUTUREIND"]
	c.members = c.members[1:]
	h.s.mu.Unlock()
	if _, _, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("x", false)); fmt.Sprint(err) != "not_in_channel" {
		t.Errorf("post from outside: %v", err)
	}
	if got := h.call("conversations.history", url.Values{"channel": {"C0FUTUREIND"}}); got["error"] != "not_in_channel" {
		t.Errorf("history from outside: %v", got)
	}
	if _, warning, _, err := h.api.JoinConversation("C0FUTUREIND"); err != nil || warning != "" {
		t.Errorf("join: %q, %v", warning, err)
	}
	if _, _, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("x", false)); err != nil {
		t.Errorf("post from inside: %v", err)
	}
	// A private channel that the bot is not in does not exist for it.
	h.s.mu.Lock()
	p := h.s.world.channelByID["C0LEADERSH"]
	p.members = p.members[1:]
	h.s.mu.Unlock()
	if _, _, err := h.api.PostMessage("C0LEADERSH", slack.MsgOptionText("x", false)); fmt.Sprint(err) != "channel_not_found" {
		t.Errorf("post into a private channel: %v", err)
	}
	if got := h.call("api.test", url.Values{"foo": {"bar"}}); got["ok"] != true || fmt.Sprint(got["args"]) != "map[foo:bar]" {
		t.Errorf("api.test = %v", got)
	}
	if got := h.call("api.test", url.Values{"error": {"my_error"}}); got["error"] != "my_error" {
		t.Errorf("api.test = %v", got)
	}
}

func TestDeleteFile(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"", t.TempDir()} {
		h := open(t, Options{Dir: dir, FileDelay: -1})
		f, err := h.api.UploadFile(slack.UploadFileParameters{Filename: "a.csv", FileSize: 3, Content: "a,b", Channel: "C0FUTUREIND"})
		if err != nil {
			t.Fatal(err)
		}
		info, _, _, err := h.api.GetFileInfo(f.ID, 0, 0)
		if err != nil || info.Mimetype != "text/csv" || info.Size != 3 {
			t.Errorf("files.info = %+v, %v", info, err)
		}
		if err := h.api.DeleteFile(f.ID); err != nil {
			t.Error(err)
		}
		if _, err := h.s.blobs.get(f.ID); err == nil {
			t.Error("the content is still there")
		}
		if _, err := h.api.UploadFile(slack.UploadFileParameters{Filename: "a.csv", FileSize: 4, Content: "a,b", Channel: "C0FUTUREIND"}); err == nil {
			t.Error("a content of another length than announced was taken")
		}
	}
}
