package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// reportModal is a form with one of each of the common fields.
func reportModal() slack.ModalViewRequest {
	domain := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText("领域"), "domain",
		slack.NewOptionBlockObject("hydrogen", plainText("氢能"), nil),
		slack.NewOptionBlockObject("quantum", plainText("量子"), nil))
	domain.InitialOption = domain.Options[0]
	name := slack.NewPlainTextInputBlockElement(nil, "name")
	name.MaxLength, name.MinLength = 20, 2
	link := slack.NewURLTextInputBlockElement(nil, "evidence")
	evidence := slack.NewInputBlock("evidence", plainText("佐证"), nil, link)
	evidence.Optional = true
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plainText("上报"), Submit: plainText("提交"), Close: plainText("取消"),
		CallbackID: "report", PrivateMetadata: "secret", NotifyOnClose: true,
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("domain", plainText("领域"), nil, domain),
			slack.NewInputBlock("name", plainText("名称"), nil, name),
			evidence,
		}},
	}
}

// reporter is a bot that opens the form on a command and answers submissions
// with what decide returns.
func reporter(t *testing.T, h *house, decide func(slack.InteractionCallback) any) *app {
	t.Helper()
	return h.connect(func(a *app, evt socketmode.Event) bool {
		switch data := evt.Data.(type) {
		case slack.SlashCommand:
			if err := a.Ack(*evt.Request); err != nil {
				t.Errorf("ack: %v", err)
			}
			if _, err := a.api.OpenView(data.TriggerID, reportModal()); err != nil {
				t.Errorf("views.open: %v", err)
			}
			return true
		case slack.InteractionCallback:
			if data.Type != slack.InteractionTypeViewSubmission || decide == nil {
				return false
			}
			if err := a.Ack(*evt.Request, decide(data)); err != nil {
				t.Errorf("ack: %v", err)
			}
			return true
		}
		return false
	})
}

// openReport opens the form as Kunshan's liaison and returns the view.
func (h *house) openReport() *view {
	h.t.Helper()
	h.must("command", map[string]any{"channel": "dm", "user": "liaison-kunshan", "command": "/future", "text": "report"})
	st := h.until("the form", func(st *testState) bool { return len(st.Views["U0LKUNSHAN"]) == 1 })
	return st.Views["U0LKUNSHAN"][0]
}

func (h *house) submit(v *view, values map[string]any) map[string]any {
	h.t.Helper()
	return h.post("submit", map[string]any{"user": "liaison-kunshan", "view_id": v.ID, "values": values})
}

func field(name string, value any) map[string]any { return map[string]any{name: value} }

func TestModal(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	var got slack.InteractionCallback
	answers := []any{
		slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "已有同名项目"}),
		nil,
	}
	var n atomic.Int32
	a := reporter(t, h, func(ic slack.InteractionCallback) any {
		got = ic
		return answers[n.Add(1)-1]
	})
	v := h.openReport()
	if cmd := wait(t, a.events, "the command").Data.(slack.SlashCommand); cmd.UserID != "U0LKUNSHAN" || cmd.ChannelName != "directmessage" ||
		cmd.Command != "/future" || cmd.Text != "report" || cmd.ResponseURL == "" || cmd.APIAppID != AppID || cmd.TeamID != TeamID {
		t.Errorf("command = %+v", cmd)
	}
	if v.PrivateMetadata != "secret" || v.RootViewID != v.ID || v.Hash == "" ||
		v.State.Values["domain"]["domain"]["selected_option"].(map[string]any)["value"] != "hydrogen" {
		t.Errorf("open view = %+v", v)
	}

	// The client itself refuses what is missing or too short.
	first := h.submit(v, map[string]any{"name": field("name", "氢"), "evidence": field("evidence", "here")})
	if first["ok"] != false || first["status"] != 422.0 {
		t.Errorf("first = %v", first)
	}
	want := map[string]any{"name": "至少 2 个字符。", "evidence": "请填写完整的网址，例如 https://example.com。"}
	if diff := cmp.Diff(want, first["errors"]); diff != "" {
		t.Errorf("client errors (-want +got):\n%s", diff)
	}
	if n.Load() != 0 {
		t.Error("the app was asked")
	}

	// The app refuses; the form stays with its errors and what was filled in.
	second := h.submit(v, map[string]any{"name": field("name", "港口氢能重卡"), "evidence": field("evidence", "https://example.com/1")})
	if second["response_action"] != "errors" || second["closed"] != false ||
		second["errors"].(map[string]any)["name"] != "已有同名项目" {
		t.Errorf("second = %v", second)
	}
	wait(t, a.events, "the submission")
	if got.View.CallbackID != "report" || got.View.PrivateMetadata != "secret" || got.User.ID != "U0LKUNSHAN" ||
		got.User.Name != "liaison-kunshan" || got.Team.ID != TeamID || got.APIAppID != AppID || got.TriggerID == "" ||
		got.View.State.Values["name"]["name"].Value != "港口氢能重卡" ||
		got.View.State.Values["domain"]["domain"].SelectedOption.Value != "hydrogen" {
		t.Errorf("submission = %+v", got)
	}
	st := h.state().Views["U0LKUNSHAN"][0]
	if st.Errors["name"] != "已有同名项目" || st.State.Values["name"]["name"]["value"] != "港口氢能重卡" {
		t.Errorf("view after errors = %+v", st)
	}

	// A value that is no option reaches the app: a hostile client may send it.
	third := h.submit(v, map[string]any{
		"domain": field("domain", "alchemy"), "name": field("name", map[string]any{"type": "plain_text_input", "value": "新名称"}),
	})
	if third["ok"] != true || third["closed"] != true {
		t.Errorf("third = %v", third)
	}
	wait(t, a.events, "the second submission")
	if got.View.State.Values["domain"]["domain"].SelectedOption.Value != "alchemy" || got.View.State.Values["name"]["name"].Value != "新名称" {
		t.Errorf("state = %+v", got.View.State)
	}
	if left := h.state().Views["U0LKUNSHAN"]; len(left) != 0 {
		t.Errorf("still open: %+v", left)
	}
	if gone := h.submit(v, nil); gone["error"] != "view_not_found" {
		t.Errorf("submit of a closed view = %v", gone)
	}
}

func TestModalResponses(t *testing.T) {
	t.Parallel()
	next := reportModal()
	next.CallbackID = "next"
	bad := reportModal()
	bad.Title = plainText(strings.Repeat("长", 25))
	filled := map[string]any{"name": field("name", "重卡")}
	for _, tt := range []struct {
		name   string
		answer any
		want   map[string]any
		stack  []string // callback ids
	}{
		{"clear", slack.NewClearViewSubmissionResponse(), map[string]any{"ok": true, "closed": true, "response_action": "clear"}, nil},
		{"update", slack.NewUpdateViewSubmissionResponse(&next), map[string]any{"ok": true, "closed": false, "response_action": "update"}, []string{"next"}},
		{"push", slack.NewPushViewSubmissionResponse(&next), map[string]any{"ok": true, "closed": false, "response_action": "push"}, []string{"report", "next"}},
		{"invalid view", slack.NewUpdateViewSubmissionResponse(&bad), map[string]any{
			"ok": false, "error": "invalid_response",
			"detail": "the app's answer was refused: invalid_arguments: must be less than 25 characters [json-pointer:/view/title/text]",
		}, []string{"report"}},
		{"errors on no field", slack.NewErrorsViewSubmissionResponse(map[string]string{"colour": "x"}), map[string]any{
			"ok": false, "error": "invalid_response", "detail": `the app's answer was refused: errors name the block "colour", which is no input`,
		}, []string{"report"}},
		{"unknown action", map[string]string{"response_action": "dance"}, map[string]any{
			"ok": false, "error": "invalid_response", "detail": `the app's answer was refused: response_action "dance" is unknown`,
		}, []string{"report"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := open(t, Options{})
			reporter(t, h, func(slack.InteractionCallback) any { return tt.answer })
			got := h.submit(h.openReport(), filled)
			delete(got, "status")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			var stack []string
			for _, v := range h.state().Views["U0LKUNSHAN"] {
				stack = append(stack, v.CallbackID)
			}
			if diff := cmp.Diff(tt.stack, stack); diff != "" {
				t.Errorf("stack (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCloseTellsTheApp(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	a := reporter(t, h, nil)
	v := h.openReport()
	wait(t, a.events, "the command")
	h.must("close", map[string]any{"user": "liaison-kunshan", "view_id": v.ID})
	closed := wait(t, a.events, "the close").Data.(slack.InteractionCallback)
	if closed.Type != slack.InteractionTypeViewClosed || closed.View.ID != v.ID || closed.IsCleared {
		t.Errorf("closed = %+v", closed)
	}
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	var skew atomic.Int64
	h := open(t, Options{Now: func() time.Time { return now.Add(time.Duration(skew.Load())) }})
	trigger := func() string {
		h.s.mu.Lock()
		defer h.s.mu.Unlock()
		return h.s.newTrigger("U0LEADER01", "")
	}
	one := trigger()
	if _, err := h.api.OpenView(one, reportModal()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.api.OpenView(one, reportModal()); fmt.Sprint(err) != "exchanged_trigger_id" {
		t.Errorf("second use: %v", err)
	}
	late := trigger()
	skew.Store(int64(triggerTTL + time.Millisecond))
	if _, err := h.api.OpenView(late, reportModal()); fmt.Sprint(err) != "expired_trigger_id" {
		t.Errorf("late use: %v", err)
	}
	root := h.state().Views["U0LEADER01"][0]
	push := func() (*slack.ViewResponse, error) {
		h.s.mu.Lock()
		id := h.s.newTrigger("U0LEADER01", root.ID)
		h.s.mu.Unlock()
		return h.api.PushView(id, reportModal())
	}
	second, err := push()
	if err != nil || second.RootViewID != root.ID || second.PreviousViewID != root.ID {
		t.Errorf("second view = %+v, %v", second, err)
	}
	if _, err := push(); err != nil {
		t.Errorf("third view: %v", err)
	}
	if _, err := push(); fmt.Sprint(err) != "push_limit_reached" {
		t.Errorf("fourth view: %v", err)
	}
	if got := h.post("submit", map[string]any{"user": "leader", "view_id": root.ID}); got["error"] != "view_not_on_top" {
		t.Errorf("submit below the top = %v", got)
	}
}

func TestViewUpdateKeepsWhatIsFilledIn(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	reporter(t, h, nil)
	v := h.openReport()
	h.must("action", map[string]any{"user": "liaison-kunshan", "view_id": v.ID, "action_id": "name", "value": "半写"})
	next := reportModal()
	next.CallbackID = "later"
	if _, err := h.api.UpdateView(next, "", "old", v.ID); fmt.Sprint(err) != "hash_conflict" {
		t.Errorf("old hash: %v", err)
	}
	got, err := h.api.UpdateView(next, "", v.Hash, v.ID)
	if err != nil || got.ID != v.ID || got.Hash == v.Hash || got.CallbackID != "later" {
		t.Fatalf("update = %+v, %v", got, err)
	}
	if got.State.Values["name"]["name"].Value != "半写" {
		t.Errorf("state = %+v", got.State)
	}
}

func TestHome(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := open(t, Options{Dir: dir})
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewActionBlock("next", slack.NewButtonBlockElement("report", "q1", plainText("上报"))),
	}}}
	a := h.connect(func(a *app, evt socketmode.Event) bool {
		e, ok := evt.Data.(slackevents.EventsAPIEvent)
		if !ok {
			return false
		}
		opened, ok := e.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
		if !ok {
			return false
		}
		if err := a.Ack(*evt.Request); err != nil {
			t.Errorf("ack: %v", err)
		}
		if opened.Tab != "home" || opened.Channel != "D0LEADER01" {
			t.Errorf("opened = %+v", opened)
		}
		if _, err := a.api.PublishView(opened.User, home, ""); err != nil {
			t.Errorf("publish: %v", err)
		}
		return true
	})
	h.must("home", map[string]any{"user": "leader"})
	st := h.until("Home", func(st *testState) bool { return st.Homes["U0LEADER01"] != nil })
	wait(t, a.events, "the event")
	v := st.Homes["U0LEADER01"]
	h.must("action", map[string]any{"user": "leader", "view_id": v.ID, "action_id": "report"})
	click := wait(t, a.events, "the click").Data.(slack.InteractionCallback)
	if click.Container.Type != "view" || click.Container.ViewID != v.ID || click.View.Type != slack.VTHomeTab ||
		len(click.ActionCallback.BlockActions) != 1 || click.ActionCallback.BlockActions[0].Value != "q1" {
		t.Errorf("click = %+v", click)
	}
	if _, err := h.api.PublishView("U0LEADER01", home, "old"); fmt.Sprint(err) != "hash_conflict" {
		t.Errorf("old hash: %v", err)
	}
	if _, err := h.api.PublishView("U0LEADER01", home, v.Hash); err != nil {
		t.Errorf("right hash: %v", err)
	}
}

func TestMessageAction(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{}})
	a := h.connect(nil)
	people := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plainText("谁"), "who")
	day := slack.NewDatePickerBlockElement("day")
	boxes := slack.NewCheckboxGroupsBlockElement("boxes", slack.NewOptionBlockObject("a", plainText("A"), nil), slack.NewOptionBlockObject("b", plainText("B"), nil))
	link := slack.NewButtonBlockElement("open", "", plainText("打开"))
	link.URL = "https://example.com"
	_, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("选择", false), slack.MsgOptionBlocks(
		slack.NewActionBlock("row", slack.NewButtonBlockElement("yes", "q1", plainText("好")), people, day, boxes, link),
	))
	if err != nil {
		t.Fatal(err)
	}
	act := func(action string, more map[string]any) *slack.BlockAction {
		t.Helper()
		body := map[string]any{"user": "member-2", "channel": "future-industries", "message_ts": ts, "action_id": action}
		maps.Copy(body, more)
		h.must("action", body)
		ic := wait(t, a.events, action).Data.(slack.InteractionCallback)
		if ic.Type != slack.InteractionTypeBlockActions || ic.Channel.ID != "C0FUTUREIND" || ic.Message.Timestamp != ts ||
			ic.Container.MessageTs != ts || ic.Container.Type != "message" || ic.ResponseURL == "" || ic.TriggerID == "" ||
			ic.User.ID != "U0MEMBER002" || ic.BlockActionState == nil {
			t.Errorf("interaction = %+v", ic)
		}
		return ic.ActionCallback.BlockActions[0]
	}
	if got := act("yes", nil); got.Value != "q1" || got.Text.Text != "好" || got.BlockID != "row" {
		t.Errorf("button = %+v", got)
	}
	if got := act("who", map[string]any{"selected": "U0LEADER01"}); got.SelectedUser != "U0LEADER01" {
		t.Errorf("person = %+v", got)
	}
	if got := act("day", map[string]any{"selected": "2026-03-31"}); got.SelectedDate != "2026-03-31" {
		t.Errorf("date = %+v", got)
	}
	if got := act("boxes", map[string]any{"selected": []string{"a", "b"}}); len(got.SelectedOptions) != 2 || got.SelectedOptions[1].Text.Text != "B" {
		t.Errorf("checkboxes = %+v", got)
	}
	act("open", nil)
	for name, body := range map[string]map[string]any{
		"action_not_found":  {"user": "leader", "channel": "future-industries", "message_ts": ts, "action_id": "no"},
		"message_not_found": {"user": "leader", "channel": "future-industries", "message_ts": "1.000001", "action_id": "yes"},
		"user_not_found":    {"user": "nobody", "channel": "future-industries", "message_ts": ts, "action_id": "yes"},
		"channel_not_found": {"user": "leader", "channel": "nowhere", "message_ts": ts, "action_id": "yes"},
		"not_in_channel":    {"user": "member-1", "channel": "leadership", "message_ts": ts, "action_id": "yes"},
		"view_not_found":    {"user": "member-1", "view_id": "V0", "action_id": "yes"},
		"invalid_arguments": {"user": "member-1"},
	} {
		if got := h.post("action", body); got["ok"] != false || got["error"] != name {
			t.Errorf("want %s, got %v", name, got)
		}
	}
}

func TestResponseURL(t *testing.T) {
	t.Parallel()
	now := time.Now()
	var skew atomic.Int64
	h := open(t, Options{Events: []string{}, Now: func() time.Time { return now.Add(time.Duration(skew.Load())) }})
	var address atomic.Value
	h.connect(func(_ *app, evt socketmode.Event) bool {
		if cmd, ok := evt.Data.(slack.SlashCommand); ok {
			address.Store(cmd.ResponseURL)
		}
		if ic, ok := evt.Data.(slack.InteractionCallback); ok {
			address.Store(ic.ResponseURL)
		}
		return false
	})
	command := map[string]any{"channel": "future-industries", "user": "leader", "command": "/future"}
	h.must("command", command)
	respond := func(options ...slack.MsgOption) error {
		_, _, err := h.api.PostMessage("", append([]slack.MsgOption{slack.MsgOptionResponseURL(address.Load().(string), slack.ResponseTypeEphemeral)}, options...)...)
		return err
	}
	if err := respond(slack.MsgOptionText("只给你看", false)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.api.PostMessage("", slack.MsgOptionResponseURL(address.Load().(string), slack.ResponseTypeInChannel), slack.MsgOptionText("大家看", false)); err != nil {
		t.Fatal(err)
	}
	ch := h.state().channel(t, "future-industries")
	if len(ch.Ephemerals) != 1 || ch.Ephemerals[0].Text != "只给你看" || ch.Ephemerals[0].To != "U0LEADER01" {
		t.Errorf("ephemerals = %+v", ch.Ephemerals)
	}
	if diff := cmp.Diff([]string{"大家看"}, ch.texts()); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	for i := range 3 {
		if err := respond(slack.MsgOptionText("更多", false)); err != nil {
			t.Fatalf("use %d: %v", i+3, err)
		}
	}
	used := h.postRaw(address.Load().(string), `{"text":"sixth"}`)
	if used["error"] != "used_url" || used["status"] != 404.0 {
		t.Errorf("sixth use = %v", used)
	}
	h.must("command", command)
	skew.Store(int64(responseTTL + time.Second))
	if late := h.postRaw(address.Load().(string), `{"text":"late"}`); late["error"] != "expired_url" {
		t.Errorf("late use = %v", late)
	}
	skew.Store(0)

	// On a message, its own answer may replace or delete it.
	_, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("before", false), slack.MsgOptionBlocks(
		slack.NewActionBlock("row", slack.NewButtonBlockElement("yes", "", plainText("好")))))
	if err != nil {
		t.Fatal(err)
	}
	click := map[string]any{"user": "leader", "channel": "future-industries", "message_ts": ts, "action_id": "yes"}
	h.must("action", click)
	if got := h.postRaw(address.Load().(string), `{"replace_original":true,"text":"after"}`); got["ok"] != true {
		t.Errorf("replace = %v", got)
	}
	if diff := cmp.Diff([]string{"大家看", "after"}, h.state().channel(t, "future-industries").texts()); diff != "" {
		t.Errorf("after replacing (-want +got):\n%s", diff)
	}
	if got := h.postRaw(address.Load().(string), `{"blocks":[{"type":"poem"}]}`); got["error"] != "invalid_blocks" {
		t.Errorf("bad blocks = %v", got)
	}
	if got := h.postRaw(address.Load().(string), `{"delete_original":true}`); got["ok"] != true {
		t.Errorf("delete = %v", got)
	}
	if diff := cmp.Diff([]string{"大家看"}, h.state().channel(t, "future-industries").texts()); diff != "" {
		t.Errorf("after deleting (-want +got):\n%s", diff)
	}
}

func (h *house) postRaw(address, body string) map[string]any {
	h.t.Helper()
	return h.send("POST", strings.TrimPrefix(address, h.base), "application/json", []byte(body))
}

func TestEphemeralWithButton(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{}})
	a := h.connect(nil)
	ts, err := h.api.PostEphemeral("C0FUTUREIND", "U0LEADER01", slack.MsgOptionText("只给你", false), slack.MsgOptionBlocks(
		slack.NewActionBlock("row", slack.NewButtonBlockElement("yes", "v", plainText("好")))))
	if err != nil {
		t.Fatal(err)
	}
	h.must("action", map[string]any{"user": "leader", "channel": "future-industries", "message_ts": ts, "action_id": "yes"})
	ic := wait(t, a.events, "the click").Data.(slack.InteractionCallback)
	if !ic.Container.IsEphemeral || ic.Message.Timestamp != "" {
		t.Errorf("click = %+v", ic)
	}
	if got := h.postRaw(ic.ResponseURL, `{"replace_original":true,"text":"换了"}`); got["ok"] != true {
		t.Errorf("replace = %v", got)
	}
	if e := h.state().channel(t, "future-industries").Ephemerals; len(e) != 1 || e[0].Text != "换了" {
		t.Errorf("after replacing = %+v", e)
	}
	if got := h.postRaw(ic.ResponseURL, `{"delete_original":true}`); got["ok"] != true {
		t.Errorf("delete = %v", got)
	}
	if e := h.state().channel(t, "future-industries").Ephemerals; len(e) != 0 {
		t.Errorf("after deleting = %+v", e)
	}
}

func TestShortcuts(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{}})
	a := h.connect(nil)
	h.must("shortcut", map[string]any{"user": "leader", "callback_id": "report"})
	if ic := wait(t, a.events, "the shortcut").Data.(slack.InteractionCallback); ic.Type != slack.InteractionTypeShortcut || ic.CallbackID != "report" || ic.TriggerID == "" {
		t.Errorf("shortcut = %+v", ic)
	}
	said := h.must("message", map[string]any{"user": "leader", "channel": "dm", "text": "记一下"})
	h.must("shortcut", map[string]any{"user": "leader", "channel": "dm", "message_ts": said["ts"], "callback_id": "report_from_message"})
	if ic := wait(t, a.events, "the message shortcut").Data.(slack.InteractionCallback); ic.Type != slack.InteractionTypeMessageAction || ic.Message.Text != "记一下" || ic.Channel.ID != "D0LEADER01" {
		t.Errorf("message shortcut = %+v", ic)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Dir: t.TempDir()})
	a := h.connect(nil)
	content := bytes.Repeat([]byte("PNG"), 5000)
	f, err := h.api.UploadFile(slack.UploadFileParameters{
		Filename: "矩阵.png", FileSize: len(content), Reader: bytes.NewReader(content), Title: "矩阵", AltTxt: "八乘十",
		Channel: "C0FUTUREIND", InitialComment: "本周",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, data := inner(t, wait(t, a.events, "file_shared"))
	if shared, ok := data.(*slackevents.FileSharedEvent); !ok || shared.FileID != f.ID || shared.UserID != BotUserID {
		t.Errorf("file_shared = %+v", data)
	}
	_, data = inner(t, wait(t, a.events, "the message"))
	ev := data.(*slackevents.MessageEvent)
	if ev.BotID != BotID || len(ev.Message.Files) != 1 || ev.Message.Files[0].ID != f.ID {
		t.Errorf("event = %+v", ev)
	}
	var got bytes.Buffer
	if err := h.api.GetFile(ev.Message.Files[0].URLPrivateDownload, &got); err != nil || !bytes.Equal(got.Bytes(), content) {
		t.Errorf("download: %d bytes, %v", got.Len(), err)
	}
	shown := h.state().channel(t, "future-industries").Messages[0]
	if shown.Text != "本周" || len(shown.Files) != 1 || shown.Files[0].AltText != "八乘十" || shown.Files[0].Mimetype != "image/png" || shown.Files[0].Size != len(content) {
		t.Errorf("state = %+v", shown)
	}

	var form bytes.Buffer
	form.WriteString("--x\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\nliaison-sip\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"channel\"\r\n\r\ndm\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.xlsx\"\r\n\r\nzip\r\n--x--\r\n")
	out := h.send("POST", "/control/upload", "multipart/form-data; boundary=x", form.Bytes())
	if out["ok"] != true {
		t.Fatalf("upload = %v", out)
	}
	_, data = inner(t, wait(t, a.events, "file_shared"))
	if shared, ok := data.(*slackevents.FileSharedEvent); !ok || shared.FileID != out["file"] || shared.UserID != "U0LSIP0001" || shared.ChannelID != "D0LSIP0001" {
		t.Errorf("file_shared = %+v", data)
	}
	_, data = inner(t, wait(t, a.events, "the message"))
	if ev := data.(*slackevents.MessageEvent); ev.SubType != "file_share" || len(ev.Message.Files) != 1 || ev.Message.Files[0].Name != "rows.xlsx" {
		t.Errorf("message = %+v", ev)
	}
	resp, err := http.Get(h.base + "/files/" + out["file"].(string) + "/rows.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, _ := io.ReadAll(resp.Body); string(body) != "zip" || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("file = %q, %v", body, resp.Header)
	}
}

// TestPayloadsAreSlacks reads the raw payloads: what slack-go does not look at
// must be as in Slack too.
func TestPayloadsAreSlacks(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{"user_change", "message.im"}})
	w, _ := h.dial()
	w.read()
	h.must("locale", map[string]any{"user": "leader", "locale": "en-US"})
	env := w.read()
	w.ack(env, nil)
	payload := env["payload"].(map[string]any)
	user := payload["event"].(map[string]any)["user"].(map[string]any)
	if payload["type"] != "event_callback" || payload["api_app_id"] != AppID || user["locale"] != "en-US" || user["id"] != "U0LEADER01" {
		t.Errorf("user_change = %v", payload)
	}
	if got := h.post("locale", map[string]any{"user": "leader", "locale": "english"}); got["error"] != "invalid_arguments" {
		t.Errorf("bad locale = %v", got)
	}
	h.must("message", map[string]any{"user": "leader", "channel": "dm", "text": "@wainao hi mail@wainao.example #future-industries @member-1"})
	env = w.read()
	w.ack(env, nil)
	ev := env["payload"].(map[string]any)["event"].(map[string]any)
	if ev["channel_type"] != "im" || ev["type"] != "message" ||
		ev["text"] != "<@U0WAINAOBOT> hi mail@wainao.example <#C0FUTUREIND|future-industries> <@U0MEMBER001>" {
		t.Errorf("message.im = %v", ev)
	}
	raw, err := json.Marshal(ev["blocks"])
	if err != nil || !strings.Contains(string(raw), `"user_id":"U0WAINAOBOT"`) || !strings.Contains(string(raw), `"channel_id":"C0FUTUREIND"`) {
		t.Errorf("blocks = %s", raw)
	}
}
