package workspace

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

func TestForeignRequestsAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Hosts: []string{"workspace"}})
	own := strings.TrimPrefix(h.base, "http://")
	for _, tt := range []struct {
		name, method, path, host, origin, site string
		want                                   int
	}{
		{"own page", "POST", "/control/home", own, h.base, "same-origin", 200},
		{"a tool", "POST", "/control/home", own, "", "", 200},
		{"another site's page", "POST", "/control/home", own, "https://evil.example", "", 403},
		{"another site's form", "POST", "/control/home", own, "", "cross-site", 403},
		{"no origin", "POST", "/control/home", own, "null", "", 403},
		{"rebound name", "GET", "/control/state", "evil.example:80", "", "", 403},
		{"rebound name on the API", "POST", "/api/auth.test", "evil.example", "", "", 403},
		{"another site's page on the API", "POST", "/api/auth.test", own, "https://evil.example", "", 403},
		{"localhost", "GET", "/control/state", "localhost:1234", "", "", 200},
		{"configured name", "GET", "/control/state", "workspace:8080", "", "", 200},
		{"literal address", "GET", "/control/state", "[::1]:8080", "", "", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			req, err := http.NewRequestWithContext(t.Context(), tt.method, h.base+tt.path, strings.NewReader(`{"user":"leader"}`))
			if err != nil {
				t.Fatal(err)
			}
			req.Host = tt.host
			req.Header.Set("Content-Type", "application/json")
			if tt.origin != "" {
				req.Header.Set("Origin", tt.origin)
			}
			if tt.site != "" {
				req.Header.Set("Sec-Fetch-Site", tt.site)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			if resp.StatusCode != tt.want {
				t.Errorf("status %d, want %d", resp.StatusCode, tt.want)
			}
		})
	}
}

func TestControlRefusals(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	for _, tt := range []struct {
		action string
		body   map[string]any
		want   string
		status float64
	}{
		{"message", map[string]any{"channel": "future-industries", "text": "x"}, "invalid_arguments", 400},
		{"message", map[string]any{"user": "leader", "text": "x"}, "invalid_arguments", 400},
		{"message", map[string]any{"user": "nobody", "channel": "dm", "text": "x"}, "user_not_found", 404},
		{"message", map[string]any{"user": "leader", "channel": "nowhere", "text": "x"}, "channel_not_found", 404},
		{"message", map[string]any{"user": "member-1", "channel": "secretariat", "text": "x"}, "not_in_channel", 403},
		{"message", map[string]any{"user": "member-1", "channel": "dm-leader", "text": "x"}, "not_in_channel", 403},
		{"message", map[string]any{"user": "leader", "channel": "dm", "text": " "}, "no_text", 400},
		{"message", map[string]any{"user": "leader", "channel": "dm", "text": long(40001)}, "msg_too_long", 400},
		{"message", map[string]any{"user": "leader", "channel": "dm", "text": "x", "thread_ts": "1.000001"}, "thread_not_found", 404},
		{"message", map[string]any{"user": 7}, "invalid_arguments", 400},
		{"submit", map[string]any{"user": "leader"}, "invalid_arguments", 400},
		{"submit", map[string]any{"user": "leader", "view_id": "V0"}, "view_not_found", 404},
		{"shortcut", map[string]any{"user": "leader"}, "invalid_arguments", 400},
		{"home", map[string]any{}, "invalid_arguments", 400},
		{"reaction", map[string]any{"user": "leader", "channel": "dm"}, "invalid_arguments", 400},
		{"dance", map[string]any{}, "unknown_action", 404},
	} {
		got := h.post(tt.action, tt.body)
		if got["ok"] != false || got["error"] != tt.want || got["status"] != tt.status || got["detail"] == "" {
			t.Errorf("%s %v = %v, want %s", tt.action, tt.body["user"], got, tt.want)
		}
	}
	if got := h.send("GET", "/control/message", "", nil); got["error"] != "method_not_allowed" {
		t.Errorf("GET = %v", got)
	}
	if got := h.send("POST", "/control/message", "application/json", []byte("{")); got["error"] != "invalid_arguments" {
		t.Errorf("broken JSON = %v", got)
	}
}

func TestSeeds(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	st := h.state()
	var got []string
	for _, p := range st.People {
		got = append(got, p.Name+" "+p.Locale)
		if p.RealName == "" || p.RealNameEN == "" || p.Title == "" || p.TitleEN == "" || h.s.world.findChannel("dm-"+p.Name) == nil {
			t.Errorf("person = %+v", p)
		}
	}
	want := []string{
		"secretariat zh-CN", "secretariat-2 en-US", "member-1 zh-CN", "member-2 en-US", "member-3 zh-CN", "member-4 zh-CN", "member-5 zh-CN", "liaison-kunshan zh-CN", "deputy-kunshan zh-CN",
		"lead-kunshan zh-CN", "liaison-zhangjiagang zh-CN",
		"liaison-sip en-US", "liaison-xiangcheng zh-CN", "leader zh-CN",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	if n := len(st.channel(t, "future-industries").Members); n != len(want)+1 {
		t.Errorf("%d in #future-industries", n)
	}
	if diff := cmp.Diff([]string{BotUserID, "U0SECRETARY", "U0SECRETAR2"}, st.channel(t, "secretariat").Members); diff != "" {
		t.Errorf("#secretariat (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{BotUserID, "U0LEADER01", "U0SECRETARY", "U0SECRETAR2"}, st.channel(t, "leadership").Members); diff != "" {
		t.Errorf("#leadership (-want +got):\n%s", diff)
	}
}

func TestStateSince(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	get := func(query string) int {
		req, err := http.NewRequestWithContext(t.Context(), "GET", h.base+"/control/state"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	rev := h.state().Rev
	same := fmt.Sprint("?since=", rev)
	if got := get(same); got != http.StatusNotModified {
		t.Errorf("unchanged answered %d", got)
	}
	h.say("x")
	if got := get(same); got != http.StatusOK {
		t.Errorf("changed answered %d", got)
	}
}

func TestStreamOfChanges(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", h.base+"/page/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if line := lines.Text(); line != "" {
				return line
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
	rev := h.state().Rev
	if got := next(); got != fmt.Sprintf(`data: {"rev":%d}`, rev) || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("first line %q", got)
	}
	h.say("x")
	if got := next(); got != fmt.Sprintf(`data: {"rev":%d}`, rev+1) {
		t.Errorf("second line %q", got)
	}
}

func TestCallsHideTokens(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	h.call("chat.postMessage", url.Values{"channel": {"C0FUTUREIND"}, "text": {"x"}})
	h.call("chat.postMessage", url.Values{"channel": {"nowhere"}})
	raw := fmt.Sprint(h.send("GET", "/control/calls", "", nil)["calls"])
	if strings.Contains(raw, BotToken) || !strings.Contains(raw, "xoxb-…") || !strings.Contains(raw, "error:channel_not_found") {
		t.Errorf("calls = %s", raw)
	}
	for range 2 * maxCalls {
		h.s.calls.add(h.s.now(), "x", nil, "")
	}
	if n := len(h.s.calls.last()); n != maxCalls {
		t.Errorf("%d calls remembered", n)
	}
}

func TestReadingCalls(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	auth, err := h.api.AuthTest()
	if err != nil || auth.UserID != BotUserID || auth.BotID != BotID || auth.TeamID != TeamID ||
		auth.Header.Get("X-OAuth-Scopes") != strings.Join(DefaultScopes(), ",") {
		t.Errorf("auth.test = %+v, %v", auth, err)
	}
	user, err := h.api.GetUserInfo("U0LSIP0001")
	if err != nil || user.Locale != "en-US" || user.Name != "liaison-sip" || user.Profile.Email != "liaison-sip@wainao.example" {
		t.Errorf("users.info = %+v, %v", user, err)
	}
	if bot, err := h.api.GetUserInfo(BotUserID); err != nil || !bot.IsBot {
		t.Errorf("bot = %+v, %v", bot, err)
	}
	users, err := h.api.GetUsers()
	if err != nil || len(users) != len(seededPeople)+1 {
		t.Errorf("users.list = %d, %v", len(users), err)
	}
	if u, err := h.api.GetUserByEmail("leader@wainao.example"); err != nil || u.ID != "U0LEADER01" {
		t.Errorf("lookupByEmail = %+v, %v", u, err)
	}
	if team, err := h.api.GetTeamInfo(); err != nil || team.ID != TeamID {
		t.Errorf("team.info = %+v, %v", team, err)
	}
	if bot, err := h.api.GetBotInfo(slack.GetBotInfoParameters{Bot: BotID}); err != nil || bot.UserID != BotUserID {
		t.Errorf("bots.info = %+v, %v", bot, err)
	}
	channels, next, err := h.api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, Limit: 2})
	if err != nil || len(channels) != 2 || next == "" {
		t.Fatalf("conversations.list = %+v %q, %v", channels, next, err)
	}
	channels, next, err = h.api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, Limit: 2, Cursor: next})
	if err != nil || len(channels) != 1 || next != "" || !channels[0].IsPrivate || channels[0].Name != "leadership" || !channels[0].IsMember {
		t.Errorf("second page = %+v %q, %v", channels, next, err)
	}
	if c, err := h.api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "C0FUTUREIND"}); err != nil || c.Name != "future-industries" || c.Topic.Value == "" {
		t.Errorf("conversations.info = %+v, %v", c, err)
	}
	if members, _, err := h.api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: "C0LEADERSH"}); err != nil || len(members) != 4 {
		t.Errorf("members = %v, %v", members, err)
	}
	if mine, _, err := h.api.GetConversationsForUser(&slack.GetConversationsForUserParameters{UserID: "U0LEADER01", Types: []string{"public_channel", "private_channel", "im"}}); err != nil || len(mine) != 3 {
		t.Errorf("users.conversations = %v, %v", mine, err)
	}
	dm, _, already, err := h.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U0LEADER01"}, ReturnIM: true})
	if err != nil || dm.ID != "D0LEADER01" || !already || dm.User != "U0LEADER01" {
		t.Errorf("conversations.open = %+v, %v", dm, err)
	}
	if _, warning, _, err := h.api.JoinConversation("C0FUTUREIND"); err != nil || warning != "already_in_channel" {
		t.Errorf("conversations.join: %q, %v", warning, err)
	}
	ch, ts, err := h.api.PostMessage("U0LEADER01", slack.MsgOptionText("给你", false))
	if err != nil || ch != "D0LEADER01" {
		t.Fatalf("post to a person: %s, %v", ch, err)
	}
	if link, err := h.api.GetPermalink(&slack.PermalinkParameters{Channel: ch, Ts: ts}); err != nil || !strings.Contains(link, "/archives/D0LEADER01/p") {
		t.Errorf("permalink = %s, %v", link, err)
	}
	if err := h.api.AddReaction("eyes", slack.NewRefToMessage(ch, ts)); err != nil {
		t.Error(err)
	}
	if err := h.api.AddReaction("eyes", slack.NewRefToMessage(ch, ts)); fmt.Sprint(err) != "already_reacted" {
		t.Errorf("again: %v", err)
	}
	if got, err := h.api.GetReactions(slack.NewRefToMessage(ch, ts), slack.GetReactionsParameters{}); err != nil || len(got.Reactions) != 1 {
		t.Errorf("reactions = %+v, %v", got, err)
	}
	if err := h.api.RemoveReaction("eyes", slack.NewRefToMessage(ch, ts)); err != nil {
		t.Error(err)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	var stamps []string
	for i := range 7 {
		_, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText(fmt.Sprint(i), false))
		if err != nil {
			t.Fatal(err)
		}
		stamps = append(stamps, ts)
	}
	if _, _, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("reply", false), slack.MsgOptionTS(stamps[2])); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("to all", false), slack.MsgOptionTS(stamps[2]), slack.MsgOptionBroadcast()); err != nil {
		t.Fatal(err)
	}
	read := func(p slack.GetConversationHistoryParameters) (string, *slack.GetConversationHistoryResponse) {
		t.Helper()
		p.ChannelID = "C0FUTUREIND"
		got, err := h.api.GetConversationHistory(&p)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, m := range got.Messages {
			texts = append(texts, m.Text)
		}
		return strings.Join(texts, " "), got
	}
	all, _ := read(slack.GetConversationHistoryParameters{})
	if all != "to all 6 5 4 3 2 1 0" {
		t.Errorf("all = %s", all)
	}
	var pages []string
	cursor := ""
	for {
		text, got := read(slack.GetConversationHistoryParameters{Limit: 3, Cursor: cursor})
		pages = append(pages, text)
		if cursor = got.ResponseMetaData.NextCursor; cursor == "" {
			if got.HasMore {
				t.Error("more is promised without a cursor")
			}
			break
		}
	}
	if diff := cmp.Diff([]string{"to all 6 5", "4 3 2", "1 0"}, pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if got, _ := read(slack.GetConversationHistoryParameters{Oldest: stamps[1], Latest: stamps[4]}); got != "3 2" {
		t.Errorf("between = %s", got)
	}
	if got, _ := read(slack.GetConversationHistoryParameters{Oldest: stamps[1], Latest: stamps[4], Inclusive: true}); got != "4 3 2 1" {
		t.Errorf("inclusive = %s", got)
	}
	replies, more, next, err := h.api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "C0FUTUREIND", Timestamp: stamps[2], Limit: 2})
	if err != nil || len(replies) != 2 || !more || next == "" || replies[0].ReplyCount != 2 || replies[1].Text != "reply" {
		t.Fatalf("replies = %+v %v %q, %v", replies, more, next, err)
	}
	replies, more, _, err = h.api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "C0FUTUREIND", Timestamp: stamps[2], Limit: 2, Cursor: next})
	if err != nil || len(replies) != 1 || more || replies[0].Text != "to all" {
		t.Errorf("second page = %+v %v, %v", replies, more, err)
	}
}

func TestUpdateAndDelete(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	ch, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("a", false), slack.MsgOptionBlocks(slack.NewDividerBlock()),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "d", EventPayload: map[string]any{"id": "1"}}))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, text, err := h.api.UpdateMessage(ch, ts, slack.MsgOptionText("b", false)); err != nil || text != "b" {
		t.Errorf("update: %s, %v", text, err)
	}
	m := h.state().channel(t, "future-industries").Messages[0]
	if m.Text != "b" || m.Blocks == nil || m.Edited == nil || !strings.Contains(string(m.Metadata), `"id":"1"`) {
		t.Errorf("message = %+v", m.message)
	}
	if _, _, _, err := h.api.UpdateMessage(ch, ts, slack.MsgOptionBlocks()); err != nil {
		t.Error(err)
	}
	if m := h.state().channel(t, "future-industries").Messages[0]; m.Text != "b" || m.Blocks != nil {
		t.Errorf("after an empty list of blocks: %+v", m.message)
	}
	if _, _, err := h.api.PostMessage(ch, slack.MsgOptionText("reply", false), slack.MsgOptionTS(ts)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.api.DeleteMessage(ch, ts); err != nil {
		t.Fatal(err)
	}
	ms := h.state().channel(t, "future-industries").Messages
	if len(ms) != 2 || ms[0].Subtype != "tombstone" {
		t.Errorf("after deleting a root with replies: %+v", ms)
	}
	// Text over the limit is cut, as Slack does.
	_, ts, err = h.api.PostMessage(ch, slack.MsgOptionText(long(maxMessageText+5), false))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range h.state().channel(t, "future-industries").Messages {
		if m.TS == ts && len([]rune(m.Text)) != maxMessageText {
			t.Errorf("%d characters are left", len([]rune(m.Text)))
		}
	}
}
