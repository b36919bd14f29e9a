package workspace

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// repeat returns a JSON array of n copies of an item, %d in it being the index.
func repeat(n int, item string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(item, "%d", fmt.Sprint(i))
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func long(n int) string { return strings.Repeat("字", n) }

// feedback returns feedback buttons whose second has a text and a value of n
// characters.
func feedback(text string, n int) string {
	return `{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"feedback","positive_button":{"text":` + someText +
		`,"value":"v"},"negative_button":{"text":` + text + `,"value":"` + long(n) + `"}}]}`
}

const someText = `{"type":"plain_text","text":"x"}`

// TestRefusals walks over everything that Slack would refuse, with its code.
func TestRefusals(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	root := h.must("message", map[string]any{"channel": "future-industries", "user": "leader", "text": "hello"})
	theirs, _ := root["ts"].(string)
	mine := h.call("chat.postMessage", url.Values{"channel": {"C0FUTUREIND"}, "text": {"mine"}})["ts"].(string)

	post := func(more ...string) url.Values {
		v := url.Values{"channel": {"C0FUTUREIND"}, "text": {"hello"}}
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	modal := func(blocks string) url.Values {
		return url.Values{"trigger_id": {"1.2.3"}, "view": {
			`{"type":"modal","title":` + someText + `,"submit":` + someText + `,"blocks":` + blocks + `}`,
		}}
	}
	for _, tt := range []struct {
		name, method string
		args         url.Values
		want         string
		message      string // in response_metadata
	}{
		{"unknown method", "chat.shout", post(), "unknown_method", ""},
		{"no token", "chat.postMessage", url.Values{"token": {" "}}, "invalid_auth", ""},
		{"wrong token", "chat.postMessage", url.Values{"token": {"xoxb-other"}}, "invalid_auth", ""},
		{"app token for a bot method", "chat.postMessage", url.Values{"token": {AppToken}}, "not_allowed_token_type", ""},
		{"bot token for a connection", "apps.connections.open", url.Values{}, "not_allowed_token_type", ""},
		{"unknown channel", "chat.postMessage", post("channel", "C0NOWHERE"), "channel_not_found", ""},
		{"no channel", "chat.postMessage", url.Values{"text": {"x"}}, "channel_not_found", ""},
		{"no text", "chat.postMessage", post("text", "  "), "no_text", ""},
		{"thread that is no timestamp", "chat.postMessage", post("thread_ts", "yesterday"), "invalid_thread_ts", ""},
		{"blocks that are no JSON", "chat.postMessage", post("blocks", "{"), "invalid_blocks_format", ""},
		{"blocks that are no list", "chat.postMessage", post("blocks", `{"type":"divider"}`), "invalid_blocks_format", ""},
		{"too many blocks", "chat.postMessage", post("blocks", repeat(51, `{"type":"divider"}`)), "invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]"},
		{"blocks together too long", "chat.postMessage", post("blocks", repeat(5, `{"type":"section","text":{"type":"mrkdwn","text":"`+long(2900)+`"}}`)), "msg_blocks_too_long", ""},
		{"attachments that are no list", "chat.postMessage", post("attachments", `"x"`), "invalid_attachments", ""},
		{"too many attachments", "chat.postMessage", post("attachments", repeat(101, `{"text":"x"}`)), "too_many_attachments", ""},
		{"metadata without a payload", "chat.postMessage", post("metadata", `{"event_type":"x"}`), "invalid_metadata_format", ""},
		{"metadata that is no object", "chat.postMessage", post("metadata", `[1]`), "invalid_metadata_format", ""},
		{"metadata too large", "chat.postMessage", post("metadata", `{"event_type":"x","event_payload":{"a":"`+strings.Repeat("x", maxMetadataBytes)+`"}}`), "metadata_too_large", ""},
		{"array argument", "chat.postMessage", post("users[]", "x"), "invalid_array_arg", ""},

		{"ephemeral to nobody", "chat.postEphemeral", post("user", "U0NOBODY"), "user_not_in_channel", ""},
		{"ephemeral to an outsider", "chat.postEphemeral", post("channel", "C0LEADERSH", "user", "U0MEMBER001"), "user_not_in_channel", ""},
		{"update of another's message", "chat.update", post("ts", theirs), "cant_update_message", ""},
		{"update of nothing", "chat.update", post("ts", "1.000001"), "message_not_found", ""},
		{"update too long", "chat.update", post("ts", mine, "text", long(4001)), "msg_too_long", ""},
		{"update to nothing", "chat.update", post("ts", mine, "text", ""), "no_text", ""},
		{"delete of another's message", "chat.delete", post("ts", theirs), "cant_delete_message", ""},
		{"delete of nothing", "chat.delete", post("ts", "1.000001"), "message_not_found", ""},
		{"permalink of nothing", "chat.getPermalink", post("message_ts", "1.000001"), "message_not_found", ""},

		{"history of nothing", "conversations.history", url.Values{"channel": {"C0NOWHERE"}}, "channel_not_found", ""},
		{"history with a bad cursor", "conversations.history", url.Values{"channel": {"C0FUTUREIND"}, "cursor": {"?"}}, "invalid_cursor", ""},
		{"history with a bad time", "conversations.history", url.Values{"channel": {"C0FUTUREIND"}, "oldest": {"soon"}}, "invalid_ts_oldest", ""},
		{"history with a bad limit", "conversations.history", url.Values{"channel": {"C0FUTUREIND"}, "limit": {"-1"}}, "invalid_limit", ""},
		{"replies of nothing", "conversations.replies", url.Values{"channel": {"C0FUTUREIND"}, "ts": {"1.000001"}}, "thread_not_found", ""},
		{"list of a bad type", "conversations.list", url.Values{"types": {"secret"}}, "invalid_types", ""},
		{"open without users", "conversations.open", url.Values{}, "users_list_not_supplied", ""},
		{"open with a stranger", "conversations.open", url.Values{"users": {"U0NOBODY"}}, "user_not_found", ""},
		{"join a direct message", "conversations.join", url.Values{"channel": {"D0LEADER01"}}, "method_not_supported_for_channel_type", ""},
		{"unknown user", "users.info", url.Values{"user": {"U0NOBODY"}}, "user_not_found", ""},
		{"unknown mail", "users.lookupByEmail", url.Values{"email": {"x@y.z"}}, "users_not_found", ""},
		{"unknown bot", "bots.info", url.Values{"bot": {"B0"}}, "bot_not_found", ""},
		{"unknown team", "team.info", url.Values{"team": {"T0"}}, "team_not_found", ""},
		{"reaction without a name", "reactions.add", url.Values{"channel": {"C0FUTUREIND"}, "timestamp": {mine}}, "invalid_name", ""},
		{"reaction on nothing", "reactions.add", url.Values{"channel": {"C0FUTUREIND"}, "timestamp": {"1.000001"}, "name": {"ok"}}, "message_not_found", ""},
		{"reaction at no time", "reactions.add", url.Values{"channel": {"C0FUTUREIND"}, "timestamp": {"x"}, "name": {"ok"}}, "bad_timestamp", ""},
		{"no reaction to take away", "reactions.remove", url.Values{"channel": {"C0FUTUREIND"}, "timestamp": {mine}, "name": {"ok"}}, "no_reaction", ""},

		{"upload without a length", "files.getUploadURLExternal", url.Values{"filename": {"a.png"}}, "missing_argument", ""},
		{"upload with a path", "files.getUploadURLExternal", url.Values{"filename": {"../a.png"}, "length": {"1"}}, "missing_argument", ""},
		{"alt text too long", "files.getUploadURLExternal", url.Values{"filename": {"a.png"}, "length": {"1"}, "alt_txt": {long(1001)}}, "alt_txt_too_large", ""},
		{"completing nothing", "files.completeUploadExternal", url.Values{"files": {`[{"id":"F0"}]`}}, "file_not_found", ""},
		{"completing into nowhere", "files.completeUploadExternal", url.Values{"files": {`[{"id":"F0"}]`}, "channel_id": {"C0NOWHERE"}}, "invalid_channel", ""},
		{"unknown file", "files.info", url.Values{"file": {"F0"}}, "file_not_found", ""},

		{"view without a trigger", "views.open", url.Values{"view": modal(`[]`)["view"]}, "invalid_arguments", "missing required field: trigger_id"},
		{"view with an invented trigger", "views.open", modal(`[]`), "invalid_trigger_id", ""},
		{"no view", "views.open", url.Values{"trigger_id": {"1.2.3"}}, "invalid_arguments", "missing required field: view"},
		{"view that is no object", "views.open", url.Values{"trigger_id": {"1.2.3"}, "view": {"[]"}}, "invalid_arguments", "failed to match all allowed schemas [json-pointer:/view]"},
		{"view too large", "views.open", modal(`[{"type":"section","text":{"type":"mrkdwn","text":"` + strings.Repeat("x", maxViewBytes) + `"}}]`), "view_too_large", ""},
		{"too many blocks in a view", "views.open", modal(repeat(101, `{"type":"divider"}`)), "invalid_arguments", "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"home in a modal's place", "views.open", url.Values{"trigger_id": {"1.2.3"}, "view": {`{"type":"home","blocks":[]}`}}, "invalid_arguments", `must be one of the following: "modal" [json-pointer:/view/type]`},
		{"view without a title", "views.open", url.Values{"trigger_id": {"1.2.3"}, "view": {`{"type":"modal","blocks":[]}`}}, "invalid_arguments", "missing required field: title [json-pointer:/view]"},
		{"title too long", "views.open", url.Values{"trigger_id": {"1.2.3"}, "view": {`{"type":"modal","title":{"type":"plain_text","text":"` + long(25) + `"},"blocks":[]}`}}, "invalid_arguments", "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"private metadata too long", "views.open", url.Values{"trigger_id": {"1.2.3"}, "view": {`{"type":"modal","title":` + someText + `,"private_metadata":"` + long(3001) + `","blocks":[]}`}}, "invalid_arguments", "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		{"input without submit", "views.open", url.Values{"trigger_id": {"1.2.3"}, "view": {`{"type":"modal","title":` + someText + `,"blocks":[{"type":"input","label":` + someText + `,"element":{"type":"plain_text_input","action_id":"a"}}]}`}}, "invalid_arguments", "missing required field: submit [json-pointer:/view]"},
		{"table in a modal", "views.open", modal(`[{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}]`), "invalid_arguments", "unsupported type: table [json-pointer:/view/blocks/0/type]"},
		{"push without a stack", "views.push", modal(`[]`), "invalid_trigger_id", ""},
		{"update of no view", "views.update", url.Values{"view": {"{}"}}, "invalid_arguments", "missing required field: view_id"},
		{"update of a view that is gone", "views.update", url.Values{"view_id": {"V0"}, "view": {"{}"}}, "not_found", ""},
		{"home of a stranger", "views.publish", url.Values{"user_id": {"U0NOBODY"}, "view": {`{"type":"home","blocks":[]}`}}, "user_not_found", ""},
		{"home with an old hash", "views.publish", url.Values{"user_id": {"U0LEADER01"}, "hash": {"old"}, "view": {`{"type":"home","blocks":[]}`}}, "hash_conflict", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := h.call(tt.method, maps.Clone(tt.args))
			if got["ok"] != false || got["error"] != tt.want {
				t.Fatalf("%s answered %v, want %s", tt.method, got, tt.want)
			}
			if tt.message == "" {
				return
			}
			meta, _ := got["response_metadata"].(map[string]any)
			if list := fmt.Sprint(meta["messages"]); !strings.Contains(list, "[ERROR] "+tt.message) {
				t.Errorf("messages = %s, want %q", list, tt.message)
			}
		})
	}
}

func TestMissingScopes(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Scopes: []string{"channels:read"}})
	for method, want := range map[string]string{
		"chat.postMessage": "chat:write", "users.info": "users:read", "reactions.add": "reactions:write",
		"users.lookupByEmail": "users:read.email", "files.getUploadURLExternal": "files:write", "team.info": "team:read",
		"conversations.history": "channels:history", "conversations.open": "im:write",
	} {
		got := h.call(method, url.Values{"channel": {"C0FUTUREIND"}})
		if got["error"] != "missing_scope" || got["needed"] != want || got["provided"] != "channels:read" {
			t.Errorf("%s = %v, want missing %s", method, got, want)
		}
	}
	if got := h.call("conversations.history", url.Values{"channel": {"C0LEADERSH"}}); got["needed"] != "groups:history" {
		t.Errorf("private channel = %v", got)
	}
	if got := h.call("conversations.info", url.Values{"channel": {"D0LEADER01"}}); got["needed"] != "im:read" {
		t.Errorf("direct message = %v", got)
	}
	if got := h.send("POST", "/api/auth.test", "application/x-www-form-urlencoded", []byte("a=b")); got["error"] != "not_authed" {
		t.Errorf("without a token = %v", got)
	}
	if got := h.send("POST", "/api/auth.test", "application/json", []byte("{")); got["error"] != "invalid_json" {
		t.Errorf("bad JSON = %v", got)
	}
	if got := h.send("POST", "/api/auth.test", "image/png", []byte("x")); got["error"] != "invalid_post_type" {
		t.Errorf("bad type = %v", got)
	}
}

// TestBlockRefusals holds each block and element to its limits, one over and
// one at the limit.
func TestBlockRefusals(t *testing.T) {
	t.Parallel()
	text := func(kind string, n int) string {
		return `{"type":"` + kind + `","text":"` + long(n) + `"}`
	}
	button := func(more string) string {
		return `{"type":"actions","elements":[{"type":"button","action_id":"a","text":` + someText + more + `}]}`
	}
	option := func(n int) string {
		return repeat(n, `{"text":`+someText+`,"value":"v%d"}`)
	}
	menu := func(more string) string {
		return `{"type":"actions","elements":[{"type":"static_select","action_id":"a",` + more + `}]}`
	}
	input := func(element string) string {
		return `{"type":"input","label":` + someText + `,"element":` + element + `}`
	}
	row := func(n int) string { return repeat(n, `{"type":"raw_text","text":"x"}`) }
	chart := func(c string) string { return `{"type":"data_visualization","title":"t","chart":` + c + `}` }
	line := func(categories, series string) string {
		return chart(`{"type":"line","axis_config":{"categories":` + categories + `},"series":` + series + `}`)
	}
	for _, tt := range []struct {
		name, block string
		want        string // the first problem; empty when Slack takes it
	}{
		{"no object", `7`, "must provide an object [json-pointer:/blocks/0]"},
		{"no type", `{}`, "missing required field: type [json-pointer:/blocks/0]"},
		{"unknown type", `{"type":"poem"}`, "unsupported type: poem [json-pointer:/blocks/0/type]"},
		{"alert outside a modal", `{"type":"alert","text":` + someText + `}`, "unsupported type: alert [json-pointer:/blocks/0/type]"},
		{"block_id at the limit", `{"type":"divider","block_id":"` + long(255) + `"}`, ""},
		{"block_id too long", `{"type":"divider","block_id":"` + long(256) + `"}`, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"},

		{"section at the limit", `{"type":"section","text":` + text("mrkdwn", 3000) + `}`, ""},
		{"section too long", `{"type":"section","text":` + text("mrkdwn", 3001) + `}`, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"section empty", `{"type":"section"}`, "missing required field: text [json-pointer:/blocks/0]"},
		{"section with an empty text", `{"type":"section","text":` + text("mrkdwn", 0) + `}`, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"section with markdown", `{"type":"section","text":` + text("markdown", 1) + `}`, `must be one of the following: "plain_text", "mrkdwn" [json-pointer:/blocks/0/text/type]`},
		{"section with a string", `{"type":"section","text":"x"}`, "must provide an object [json-pointer:/blocks/0/text]"},
		{"emoji in mrkdwn", `{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}`, "invalid additional property: emoji [json-pointer:/blocks/0/text]"},
		{"ten fields", `{"type":"section","fields":` + repeat(10, someText) + `}`, ""},
		{"eleven fields", `{"type":"section","fields":` + repeat(11, someText) + `}`, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"field too long", `{"type":"section","fields":[` + text("mrkdwn", 2001) + `]}`, "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"accessory that is an input", `{"type":"section","text":` + someText + `,"accessory":{"type":"plain_text_input"}}`, "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]"},

		{"header at the limit", `{"type":"header","text":` + text("plain_text", 150) + `}`, ""},
		{"header too long", `{"type":"header","text":` + text("plain_text", 151) + `}`, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"header with mrkdwn", `{"type":"header","text":` + text("mrkdwn", 1) + `}`, `must be one of the following: "plain_text" [json-pointer:/blocks/0/text/type]`},
		{"markdown at the limit", `{"type":"markdown","text":"` + long(12000) + `"}`, ""},
		{"markdown too long", `{"type":"markdown","text":"` + long(12001) + `"}`, "must be less than 12001 characters [json-pointer:/blocks/0/text]"},
		{"context of ten", `{"type":"context","elements":` + repeat(10, someText) + `}`, ""},
		{"context of eleven", `{"type":"context","elements":` + repeat(11, someText) + `}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		{"image without alt text", `{"type":"image","image_url":"https://example.com/a.png"}`, "missing required field: alt_text [json-pointer:/blocks/0]"},
		{"image without a picture", `{"type":"image","alt_text":"a"}`, "missing required field: image_url [json-pointer:/blocks/0]"},
		{"image with a bad address", `{"type":"image","alt_text":"a","image_url":"not a url"}`, "must be a valid URL [json-pointer:/blocks/0/image_url]"},
		{"alt text too long", `{"type":"image","image_url":"https://example.com/a.png","alt_text":"` + long(2001) + `"}`, "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]"},

		{"25 actions", `{"type":"actions","elements":` + repeat(25, `{"type":"button","action_id":"a%d","text":`+someText+`}`) + `}`, ""},
		{"26 actions", `{"type":"actions","elements":` + repeat(26, `{"type":"button","action_id":"a%d","text":`+someText+`}`) + `}`, "no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
		{"no actions", `{"type":"actions","elements":[]}`, "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"},
		{"equal action_ids", `{"type":"actions","elements":` + repeat(2, `{"type":"button","action_id":"a","text":`+someText+`}`) + `}`, "`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]"},
		{"button text too long", `{"type":"actions","elements":[{"type":"button","text":` + text("plain_text", 76) + `}]}`, "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		{"button value at the limit", button(`,"value":"` + long(2000) + `"`), ""},
		{"button value too long", button(`,"value":"` + long(2001) + `"`), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
		{"button of a strange style", button(`,"style":"loud"`), `must be one of the following: "primary", "danger" [json-pointer:/blocks/0/elements/0/style]`},
		{"button with a bad address", button(`,"url":"nowhere"`), "must be a valid URL [json-pointer:/blocks/0/elements/0/url]"},
		{"confirm without a text", button(`,"confirm":{"title":` + someText + `,"confirm":` + someText + `}`), "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]"},

		{"100 options", menu(`"options":` + option(100)), ""},
		{"101 options", menu(`"options":` + option(101)), "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"no options", menu(`"placeholder":` + someText), "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]"},
		{"option text too long", menu(`"options":[{"text":` + text("plain_text", 76) + `,"value":"v"}]`), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]"},
		{"option value too long", menu(`"options":[{"text":` + someText + `,"value":"` + long(151) + `"}]`), "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]"},
		{"option description too long", menu(`"options":[{"text":` + someText + `,"value":"v","description":` + text("plain_text", 76) + `}]`), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]"},
		{"equal option values", menu(`"options":` + repeat(2, `{"text":`+someText+`,"value":"v"}`)), "must be unique [json-pointer:/blocks/0/elements/0/options/1/value]"},
		{"initial option from elsewhere", menu(`"options":` + option(2) + `,"initial_option":{"text":` + someText + `,"value":"w"}`), "must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]"},
		{"placeholder too long", menu(`"options":` + option(1) + `,"placeholder":` + text("plain_text", 151)), "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]"},
		{"six overflow options", `{"type":"actions","elements":[{"type":"overflow","options":` + option(6) + `}]}`, "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"eleven checkboxes", `{"type":"actions","elements":[{"type":"checkboxes","options":` + option(11) + `}]}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"bad initial date", `{"type":"actions","elements":[{"type":"datepicker","initial_date":"3 May"}]}`, "must match the format YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]"},

		{"input", input(`{"type":"plain_text_input","action_id":"a"}`), ""},
		{"input label too long", `{"type":"input","label":` + text("plain_text", 2001) + `,"element":{"type":"plain_text_input"}}`, "must be less than 2001 characters [json-pointer:/blocks/0/label/text]"},
		{"input hint too long", `{"type":"input","label":` + someText + `,"hint":` + text("plain_text", 2001) + `,"element":{"type":"plain_text_input"}}`, "must be less than 2001 characters [json-pointer:/blocks/0/hint/text]"},
		{"input without an element", `{"type":"input","label":` + someText + `}`, "missing required field: element [json-pointer:/blocks/0]"},
		{"input with a button", input(`{"type":"button","text":` + someText + `}`), "unsupported type: button [json-pointer:/blocks/0/element/type]"},
		{"max_length too large", input(`{"type":"plain_text_input","max_length":3001}`), "must be less than 3001 [json-pointer:/blocks/0/element/max_length]"},
		{"number without decimals told", input(`{"type":"number_input"}`), "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]"},

		{"table of 100 rows", `{"type":"table","rows":` + repeat(100, row(2)) + `}`, ""},
		{"table of 101 rows", `{"type":"table","rows":` + repeat(101, row(2)) + `}`, "no more than 100 items allowed [json-pointer:/blocks/0/rows]"},
		{"table of 21 columns", `{"type":"table","rows":[` + row(21) + `]}`, "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"},
		{"data table of 2 rows", `{"type":"data_table","caption":"c","rows":` + repeat(2, row(2)) + `}`, ""},
		{"data table of one row", `{"type":"data_table","caption":"c","rows":` + repeat(1, row(2)) + `}`, "no fewer than 2 items allowed [json-pointer:/blocks/0/rows]"},
		{"data table of 202 rows", `{"type":"data_table","caption":"c","rows":` + repeat(202, row(2)) + `}`, "no more than 201 items allowed [json-pointer:/blocks/0/rows]"},
		{"data table without a caption", `{"type":"data_table","rows":` + repeat(2, row(2)) + `}`, "missing required field: caption [json-pointer:/blocks/0]"},
		{"data table with uneven rows", `{"type":"data_table","caption":"c","rows":[` + row(2) + `,` + row(1) + `]}`, "must have as many items as the first row [json-pointer:/blocks/0/rows/1]"},
		{"data table with a numeric header", `{"type":"data_table","caption":"c","rows":[[{"type":"raw_number","value":1}],[{"type":"raw_number","value":1}]]}`, `must be one of the following: "raw_text" [json-pointer:/blocks/0/rows/0/0/type]`},

		{"chart", line(`["a","b"]`, `[{"name":"s","data":[{"label":"a","value":1},{"label":"b","value":-1}]}]`), ""},
		{"seven series", line(`["a"]`, repeat(7, `{"name":"s%d","data":[{"label":"a","value":1}]}`)), "no more than 6 items allowed [json-pointer:/blocks/0/chart/series]"},
		{"21 points", line(repeat(21, `"c%d"`), `[{"name":"s","data":`+repeat(21, `{"label":"c%d","value":1}`)+`}]`), "no more than 20 items allowed [json-pointer:/blocks/0/chart/axis_config/categories]"},
		{"label too long", line(`["`+long(21)+`"]`, `[{"name":"s","data":[{"label":"`+long(21)+`","value":1}]}]`), "must be less than 21 characters [json-pointer:/blocks/0/chart/axis_config/categories/0]"},
		{"point missing", line(`["a","b"]`, `[{"name":"s","data":[{"label":"a","value":1}]}]`), "must have one item for each category [json-pointer:/blocks/0/chart/series/0/data]"},
		{"equal series names", line(`["a"]`, repeat(2, `{"name":"s","data":[{"label":"a","value":1}]}`)), "must be unique [json-pointer:/blocks/0/chart/series/1/name]"},
		{"pie with nothing", chart(`{"type":"pie","segments":[{"label":"a","value":0}]}`), "must be more than 0 [json-pointer:/blocks/0/chart/segments/0/value]"},
		{"chart of no kind", chart(`{"type":"radar"}`), `must be one of the following: "pie", "bar", "area", "line" [json-pointer:/blocks/0/chart/type]`},

		{"card", `{"type":"card","title":` + someText + `,"actions":[{"type":"button","text":` + someText + `}]}`, ""},
		{"card body too long", `{"type":"card","title":` + someText + `,"body":` + text("mrkdwn", 201) + `}`, "must be less than 201 characters [json-pointer:/blocks/0/body/text]"},
		{"carousel of eleven", `{"type":"carousel","elements":` + repeat(11, `{"type":"card","title":`+someText+`}`) + `}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		{"rich text", `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}`, ""},
		{"rich text of no kind", `{"type":"rich_text","elements":[{"type":"text","text":"x"}]}`, `must be one of the following: "rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote" [json-pointer:/blocks/0/elements/0/type]`},
		{"context actions", `{"type":"context_actions","elements":[{"type":"icon_button","text":` + someText + `}]}`, ""},
		{"feedback buttons", feedback(someText, 2000), ""},
		{"feedback with a value too long", feedback(someText, 2001), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/negative_button/value]"},
		{"feedback without a value", feedback(someText, 0), "must be more than 0 characters [json-pointer:/blocks/0/elements/0/negative_button/value]"},
		{"feedback with mrkdwn", feedback(text("mrkdwn", 1), 1), `must be one of the following: "plain_text" [json-pointer:/blocks/0/elements/0/negative_button/text/type]`},
		{"half of feedback buttons", `{"type":"context_actions","elements":[{"type":"feedback_buttons","negative_button":{"text":` + someText + `,"value":"v"}}]}`, "missing required field: positive_button [json-pointer:/blocks/0/elements/0]"},
		{"feedback among actions", `{"type":"actions","elements":[{"type":"feedback_buttons"}]}`, "unsupported type: feedback_buttons [json-pointer:/blocks/0/elements/0/type]"},
		{"video without a title", `{"type":"video","alt_text":"a","video_url":"https://e.com/v","thumbnail_url":"https://e.com/t"}`, "missing required field: title [json-pointer:/blocks/0]"},
		{"file", `{"type":"file","external_id":"x","source":"remote"}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, _, err := checkBlocks("[" + tt.block + "]")
			if tt.want == "" {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				var blocks []map[string]any
				if err := json.Unmarshal(out, &blocks); err != nil || blocks[0]["block_id"] == "" || blocks[0]["block_id"] == nil {
					t.Errorf("the block got no id: %s (%v)", out, err)
				}
				return
			}
			e, ok := err.(*apiError) //nolint:errorlint // checkBlocks returns it bare
			if !ok || e.code != "invalid_blocks" || !slices.Contains(e.messages, tt.want) {
				t.Fatalf("got %v (%+v), want %q", err, e, tt.want)
			}
		})
	}
	_, _, err := checkBlocks(`[{"type":"divider","block_id":"x"},{"type":"divider","block_id":"x"}]`)
	if e, ok := err.(*apiError); !ok || e.messages[0] != "`block_id` \"x\" already exists [json-pointer:/blocks/1/block_id]" { //nolint:errorlint // returned bare
		t.Errorf("equal block_ids: %v", err)
	}
}

func TestOnlyAPostNamesAPersonAsItsChannel(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Rates: &Rates{}})
	posted := h.call("chat.postMessage", url.Values{"channel": {"U0LEADER01"}, "text": {"x"}})
	ts, _ := posted["ts"].(string)
	if posted["ok"] != true || posted["channel"] != "D0LEADER01" {
		t.Fatalf("post = %v", posted)
	}
	for _, tt := range []struct {
		method string
		args   url.Values
	}{
		{"chat.update", url.Values{"ts": {ts}, "text": {"y"}}},
		{"chat.delete", url.Values{"ts": {ts}}},
		{"chat.getPermalink", url.Values{"message_ts": {ts}}},
		{"conversations.history", url.Values{}},
		{"conversations.replies", url.Values{"ts": {ts}}},
		{"conversations.info", url.Values{}},
	} {
		for _, ref := range []string{"U0LEADER01", "dm-leader", ""} {
			tt.args.Set("channel", ref)
			if got := h.call(tt.method, tt.args); got["error"] != "channel_not_found" {
				t.Errorf("%s in %q: %v", tt.method, ref, got)
			}
		}
	}
	if got := h.call("chat.update", url.Values{"channel": {"D0LEADER01"}, "ts": {ts}, "text": {"y"}}); got["ok"] != true {
		t.Errorf("update = %v", got)
	}
}
