package bot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// testClient returns a client of a fake Slack, and the pauses that it made.
func testClient(t *testing.T) (*fakeSlack, *Client, *[]time.Duration) {
	t.Helper()
	r := newRig(t, nil)
	pauses := &[]time.Duration{}
	r.client.sleep = func(ctx context.Context, d time.Duration) error {
		*pauses = append(*pauses, d)
		return ctx.Err()
	}
	return r.fakeSlack, r.client, pauses
}

func section(s string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, s, false, false), nil, nil)
}

func TestWhatIsTriedAgain(t *testing.T) {
	t.Parallel()
	ok := body(`{"ok":true,"channel":"C1","ts":"1.2","permalink":"https://x","view":{"id":"V1"}}`)
	post := func(ctx context.Context, c *Client) error {
		_, err := c.Post(ctx, "C0FUTURE01", "", "hello", nil)
		return err
	}
	deliver := func(ctx context.Context, c *Client) error {
		_, err := c.PostDelivery(ctx, "C0FUTURE01", "hello", nil, "d1")
		return err
	}
	read := func(ctx context.Context, c *Client) error {
		_, err := c.Permalink(ctx, "C0FUTURE01", "1.2")
		return err
	}
	open := func(ctx context.Context, c *Client) error {
		_, err := c.OpenView(ctx, "t1", slack.ModalViewRequest{})
		return err
	}
	tests := []struct {
		name    string
		method  string
		do      func(ctx context.Context, c *Client) error
		replies []any // http.HandlerFunc
		calls   int
		pauses  []time.Duration // Compared when not nil.
		want    Kind            // -1: no error.
	}{
		{"post, told to wait", "chat.postMessage", post, []any{status(429, "Retry-After", "7"), ok}, 2, []time.Duration{7 * time.Second}, -1},
		{"post, told to wait twice", "chat.postMessage", post, []any{status(429, "Retry-After", "7")}, 2, []time.Duration{7 * time.Second}, RetryAfter},
		{"post, told to wait long", "chat.postMessage", post, []any{status(429, "Retry-After", "90")}, 1, []time.Duration{}, RetryAfter},
		{"post, 429 without a time", "chat.postMessage", post, []any{status(429), ok}, 2, []time.Duration{time.Second}, -1},
		{"post, ratelimited in the body", "chat.postMessage", post, []any{body(`{"ok":false,"error":"ratelimited"}`), ok}, 2, nil, -1},
		{"post, answer lost", "chat.postMessage", post, []any{lost}, 2, looks, Unknown},
		{"post, 503", "chat.postMessage", post, []any{status(503)}, 2, looks, Unknown},
		{"post, internal error", "chat.postMessage", post, []any{body(`{"ok":false,"error":"internal_error"}`)}, 2, looks, Unknown},
		{"post, answer cut", "chat.postMessage", post, []any{body(`{"ok":tr`)}, 2, looks, Unknown},
		{"post, 503 once", "chat.postMessage", post, []any{status(503), ok}, 2, looks, -1},
		{"delivery, answer lost", "chat.postMessage", deliver, []any{lost}, 1, []time.Duration{}, Unknown},
		{"post, no such channel", "chat.postMessage", post, []any{body(`{"ok":false,"error":"channel_not_found"}`)}, 1, []time.Duration{}, Dead},
		{"read, told to wait", "chat.getPermalink", read, []any{status(429, "Retry-After", "3"), ok}, 2, []time.Duration{3 * time.Second}, -1},
		{"read, answer lost", "chat.getPermalink", read, []any{lost, status(502), body(`{"ok":false,"error":"fatal_error"}`), ok}, 4, nil, -1},
		{"read, 503 for ever", "chat.getPermalink", read, []any{status(503)}, readAttempts, nil, Transient},
		{"read, refused", "chat.getPermalink", read, []any{body(`{"ok":false,"error":"message_not_found"}`)}, 1, []time.Duration{}, Dead},
		{"modal, told to wait", "views.open", open, []any{status(429, "Retry-After", "1"), ok}, 2, []time.Duration{time.Second}, -1},
		{"modal, answer lost, it is open", "views.open", open, []any{lost, body(`{"ok":false,"error":"exchanged_trigger_id"}`)}, 2, nil, -1},
		{"modal, trigger used by another", "views.open", open, []any{body(`{"ok":false,"error":"exchanged_trigger_id"}`)}, 1, []time.Duration{}, Dead},
		{"modal, trigger too old", "views.open", open, []any{body(`{"ok":false,"error":"expired_trigger_id"}`)}, 1, []time.Duration{}, Dead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, c, pauses := testClient(t)
			for _, r := range tt.replies {
				f.replies[tt.method] = append(f.replies[tt.method], asHandler(r))
			}
			err := tt.do(t.Context(), c)
			if tt.want == -1 {
				if err != nil {
					t.Errorf("got %v", err)
				}
			} else if kind, _ := Classify(err); err == nil || kind != tt.want {
				t.Errorf("got %v (%v), want %v", kind, err, tt.want)
			}
			if n := f.count(tt.method); n != tt.calls {
				t.Errorf("called %d times, want %d", n, tt.calls)
			}
			if tt.pauses != nil && !slices.Equal(*pauses, tt.pauses) {
				t.Errorf("paused %v, want %v", *pauses, tt.pauses)
			}
		})
	}
}

func TestAConnectionThatWasNeverMadeCarriedNothing(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	f.server.Close()
	_, err := c.Post(t.Context(), "C0FUTURE01", "", "hello", nil)
	if kind, _ := Classify(err); kind != Transient {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Post(ctx, "C0FUTURE01", "", "hello", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if kind, after := Classify(errors.New("another's")); kind != Unknown || after != 0 {
		t.Errorf("another's error is %v", kind)
	}
}

func TestTheTextOfAMessageActsOnNobody(t *testing.T) {
	t.Parallel()
	text, err := checked("chat.postMessage", "<!channel> & <@U1>", nil)
	if want := "&lt;!channel&gt; &amp; &lt;@U1&gt;"; err != nil || text != want {
		t.Errorf("got %q, %v; want %q", text, err, want)
	}
	blocks := []slack.Block{section("a &amp; b")}
	if text, _ := checked("chat.postMessage", "", blocks); text != "a &amp; b" {
		t.Errorf("the blocks' words became %q", text)
	}
}

func TestWhatSlackWouldRefuseIsNotSent(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	many := slices.Repeat([]slack.Block{section("x")}, MaxViewBlocks+1)
	plainText := func(n int) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, strings.Repeat("领", n), false, false)
	}
	ctx := t.Context()
	for name, err := range map[string]error{
		"no text":       second(c.Post(ctx, "C1", "", " ", []slack.Block{slack.NewDividerBlock()})),
		"long text":     second(c.Post(ctx, "C1", "", strings.Repeat("长", MaxText+1), nil)),
		"many blocks":   c.Update(ctx, "C1", "1.1", "x", many[:MaxMessageBlocks+1]),
		"many in Home":  c.PublishHome(ctx, "U1", slack.HomeTabViewRequest{Blocks: slack.Blocks{BlockSet: many}}),
		"long title":    second(c.OpenView(ctx, "t", slack.ModalViewRequest{Title: plainText(MaxViewTitle + 1)})),
		"long metadata": c.UpdateView(ctx, "V1", "", slack.ModalViewRequest{PrivateMetadata: strings.Repeat("x", MaxPrivateMetadata+1)}),
		"long callback": second(c.OpenView(ctx, "t", slack.ModalViewRequest{CallbackID: strings.Repeat("x", MaxCallbackID+1)})),
		"response":      c.Respond(ctx, f.server.URL+"/respond/1", false, "", nil),
	} {
		if kind, _ := Classify(err); err == nil || kind != Dead {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(f.calls); n > 0 {
		t.Errorf("%d calls were made", n)
	}
	// At the limits it is sent, and blocks lend their words to a text that is missing.
	if _, err := c.Post(ctx, "C1", "", "", []slack.Block{slack.NewDividerBlock(), section("first words")}); err != nil {
		t.Error(err)
	}
	if got := f.next("chat.postMessage").form["text"]; got != "first words" {
		t.Errorf("text %q", got)
	}
	if _, err := c.OpenView(ctx, "t", slack.ModalViewRequest{Title: plainText(MaxViewTitle), Blocks: slack.Blocks{BlockSet: many[:MaxViewBlocks]}}); err != nil {
		t.Error(err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestADeliveryIsFoundByItsMetadata(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	message := func(ts, user, id string) string {
		return fmt.Sprintf(`{"ts":%q,"user":%q,"metadata":{"event_type":"wainao_delivery","event_payload":{"delivery":%q}}}`, ts, user, id)
	}
	pages := []any{
		body(`{"ok":true,"messages":[` + message("9.1", selfUser, "other") + `,{"ts":"9.0","text":"x"},` + message("8.9", "U0EVIL0001", "wanted") + `],"has_more":true,"response_metadata":{"next_cursor":"p2"}}`),
		body(`{"ok":true,"messages":[` + message("8.1", selfUser, "wanted") + `]}`),
	}
	for _, p := range pages {
		f.replies["conversations.history"] = append(f.replies["conversations.history"], asHandler(p))
	}
	f.on("conversations.open", body(`{"ok":true,"channel":{"id":"D0LEADER01"}}`))
	since := time.Date(2026, 11, 23, 1, 0, 0, 500_000_000, time.UTC)
	ts, found, err := c.FindDelivery(t.Context(), "U0LEADER01", "wanted", since)
	if ts != "8.1" || !found || err != nil {
		t.Fatalf("got %q, %t, %v", ts, found, err)
	}
	first, next := f.next("conversations.history").form, f.next("conversations.history").form
	if first["channel"] != "D0LEADER01" || first["include_all_metadata"] != "1" || first["oldest"] != "1795395540.500000" || next["cursor"] != "p2" {
		t.Errorf("asked %v, then %v", first, next)
	}
	f.on("conversations.history", body(`{"ok":true,"messages":[]}`))
	if ts, found, err := c.FindDelivery(t.Context(), "C0FUTURE01", "wanted", since); ts != "" || found || err != nil {
		t.Errorf("none: got %q, %t, %v", ts, found, err)
	}
	f.on("conversations.history", status(500))
	if _, found, err := c.FindDelivery(t.Context(), "C0FUTURE01", "wanted", since); found || err == nil {
		t.Error("a failing history says that there is none")
	}
}

func TestADeliverysPostNamesIt(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	if _, err := c.PostDelivery(t.Context(), "C0LEADER01", "简报", []slack.Block{section("x")}, "weekly-digest@2026-11-23T09:00/C1"); err != nil {
		t.Fatal(err)
	}
	got := f.next("chat.postMessage").form["metadata"]
	if want := `{"event_type":"wainao_delivery","event_payload":{"delivery":"weekly-digest@2026-11-23T09:00/C1"}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestResponses(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	u := f.server.URL + "/respond/1"
	for reply, want := range map[string]Kind{`{"ok":false,"error":"used_url"}`: Dead, `{"ok":false,"error":"expired_url"}`: Dead} {
		f.on("respond/1", body(reply))
		if kind, _ := Classify(c.Respond(t.Context(), u, false, "x", nil)); kind != want {
			t.Errorf("%s: %v", reply, kind)
		}
	}
	f.on("respond/1", asHandler(lost))
	err := c.Respond(t.Context(), u, false, "x", nil)
	if kind, _ := Classify(err); err == nil || kind != Unknown || strings.Contains(err.Error(), "respond/1") {
		t.Errorf("lost: %v", err)
	}
	f.count("respond/1")
	f.on("respond/1", status(429, "Retry-After", "1"), body(`ok`))
	if err := c.Respond(t.Context(), u, true, "x", []slack.Block{section("y")}); err != nil {
		t.Error(err)
	}
	if got := f.next("respond/1").form["body"]; !strings.Contains(got, `"replace_original":true`) || strings.Contains(got, "ephemeral") {
		t.Errorf("replaced with %s", got)
	}
}

func TestUsersAreKeptUntilTheyChange(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	r.on("users.info", body(`{"ok":true,"user":{"id":"U0SIP00001","name":"liaison-sip","real_name":"Lin Wei","locale":"en-US"}}`))
	want := User{ID: "U0SIP00001", Name: "liaison-sip", RealName: "Lin Wei", Locale: "en-US"}
	for range 3 {
		got, err := r.client.User(t.Context(), "U0SIP00001")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
	if n := r.count("users.info"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	r.send("events_api", "e1", spoken("Ev1", fields{"type": "user_change", "user": fields{"id": "U0SIP00001"}}))
	r.acked("e1")
	if _, err := r.client.User(t.Context(), "U0SIP00001"); err != nil || r.count("users.info") != 1 {
		t.Errorf("not asked again (%v)", err)
	}
}

func TestNamesAreResolved(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	f.replies["conversations.list"] = append(f.replies["conversations.list"],
		asHandler(body(`{"ok":true,"channels":[{"id":"C0FUTURE01","name":"future-industries"}],"response_metadata":{"next_cursor":"p2"}}`)),
		asHandler(body(`{"ok":true,"channels":[{"id":"C0LEADER01","name":"leadership"}]}`)))
	f.on("users.list", body(`{"ok":true,"members":[{"id":"U1","name":"leader"},{"id":"U2","name":"a","profile":{"display_name":"周敏"}},
		{"id":"U3","name":"b","profile":{"display_name":"双"}},{"id":"U4","name":"c","profile":{"display_name":"双"}},{"id":"U5","name":"gone","deleted":true}]}`))
	tests := []struct {
		resolve  func(context.Context, string) (string, error)
		in, want string
	}{
		{c.Channel, "#leadership", "C0LEADER01"},
		{c.Channel, "future-industries", "C0FUTURE01"},
		{c.Channel, "C0ANYTHING1", "C0ANYTHING1"},
		{c.Channel, "U0LEADER01", "U0LEADER01"},
		{c.Channel, "nowhere", ""},
		{c.Channel, "", ""},
		{c.UserID, "@leader", "U1"},
		{c.UserID, "周敏", "U2"},
		{c.UserID, "U0LEADER01", "U0LEADER01"},
		{c.UserID, "双", ""},
		{c.UserID, "gone", ""},
		{c.UserID, "", ""},
	}
	for _, tt := range tests {
		got, err := tt.resolve(t.Context(), tt.in)
		if kind, _ := Classify(err); got != tt.want || (err != nil) != (tt.want == "") || (err != nil && kind != Dead) {
			t.Errorf("%q: got %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestScopesAreReadFromTheHeader(t *testing.T) {
	t.Parallel()
	_, c, _ := testClient(t)
	got, err := c.Scopes(t.Context())
	if diff := cmp.Diff([]string{"chat:write", "commands"}, got); diff != "" || err != nil {
		t.Errorf("%v -want +got:\n%s", err, diff)
	}
}

func TestRequiredScopesAreTheManifests(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		OAuth struct {
			Scopes struct{ Bot []string }
		} `yaml:"oauth_config"`
	}
	if err := yaml.Unmarshal(raw, &manifest); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(manifest.OAuth.Scopes.Bot, RequiredScopes()); diff != "" {
		t.Errorf("-manifest +code:\n%s", diff)
	}
}
