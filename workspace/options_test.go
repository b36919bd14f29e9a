package workspace

import (
	"strconv"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func TestOptionsOfAnExternalSelect(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Events: []string{}})
	a := h.connect(func(a *app, evt socketmode.Event) bool {
		ic, ok := evt.Data.(slack.InteractionCallback)
		if !ok || ic.Type != slack.InteractionTypeBlockSuggestion {
			return false
		}
		n, err := strconv.Atoi(ic.Value)
		if err != nil {
			t.Errorf("typed %q: %v", ic.Value, err)
		}
		options := []*slack.OptionBlockObject{}
		for i := range n {
			options = append(options, slack.NewOptionBlockObject(strconv.Itoa(i), plainText(ic.ActionID), nil))
		}
		if err := a.Ack(*evt.Request, map[string]any{"options": options}); err != nil {
			t.Errorf("ack: %v", err)
		}
		return true
	})
	_, ts, err := a.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("x", false), slack.MsgOptionBlocks(slack.NewActionBlock("b",
		slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plainText("项目"), "item"),
		slack.NewButtonBlockElement("button", "v", plainText("钮")))))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		action, typed string
		options       int
		want          string
	}{
		{"item", "0", 0, ""},
		{"item", "2", 2, ""},
		{"item", "100", 100, ""},
		{"item", "101", 0, "invalid_response"},
		{"button", "1", 0, "invalid_arguments"},
		{"nothing", "1", 0, "action_not_found"},
	} {
		got := h.post("options", map[string]any{"user": "leader", "channel": "future-industries", "message_ts": ts, "action_id": tt.action, "text": tt.typed})
		options, _ := got["options"].([]any)
		if code, _ := got["error"].(string); code != tt.want || len(options) != tt.options {
			t.Errorf("%s %s: %d options, %v", tt.action, tt.typed, len(options), got["error"])
		}
	}
}
