package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

func TestARequestIsAcknowledgedBeforeItIsHandled(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	release := make(chan struct{})
	r.h.command = func(context.Context, slack.SlashCommand) { <-release }
	r.h.message = func(context.Context, string, string) { <-release }
	r.run(t)
	r.send("slash_commands", "e1", slash("U0KUNSHAN1", "t1", "help"))
	r.send("events_api", "e2", spoken("Ev1", direct("U0LEADER01", "1.1", "氢能?")))
	r.acked("e1")
	r.acked("e2")
	close(release)
	r.handled()
	r.handled()
}

func TestWhatIsARequestAndWhatIsNot(t *testing.T) {
	t.Parallel()
	with := func(f fields, kv ...any) fields {
		for i := 0; i < len(kv); i += 2 {
			f[kv[i].(string)] = kv[i+1]
		}
		return f
	}
	const u = "U0KUNSHAN1"
	tests := []struct {
		name string
		kind string
		in   any
		want string // Empty: not handled.
	}{
		{"direct message", "events_api", direct(u, "1.1", "氢能?"), "message U0KUNSHAN1 D0KUNSHAN1  1.1 true 氢能?"},
		{"mention", "events_api", mention(u, "1.2", "Q &amp; A?"), "message U0KUNSHAN1 C0FUTURE01  1.2 false Q & A?"},
		{"mention in a thread", "events_api", with(mention(u, "1.3", "x"), "thread_ts", "1.2"), "message U0KUNSHAN1 C0FUTURE01 1.2 1.3 false x"},
		{"mention alone", "events_api", mention(u, "1.4", ""), "message U0KUNSHAN1 C0FUTURE01  1.4 false "},
		{"file share", "events_api", with(direct(u, "1.5", "表"), "subtype", "file_share"), "message U0KUNSHAN1 D0KUNSHAN1  1.5 true 表"},
		{"home", "events_api", fields{"type": "app_home_opened", "user": u, "tab": "home"}, "home U0KUNSHAN1"},
		{"messages tab", "events_api", fields{"type": "app_home_opened", "user": u, "tab": "messages"}, ""},
		{"channel message", "events_api", with(direct(u, "1.6", "x"), "channel", "C0FUTURE01", "channel_type", "channel"), ""},
		{"own message", "events_api", direct(selfUser, "1.7", "x"), ""},
		{"a bot's message", "events_api", with(direct(u, "1.8", "x"), "bot_id", "B1"), ""},
		{"a bot's mention", "events_api", with(mention(u, "1.9", "x"), "bot_id", "B1"), ""},
		{"bot_message", "events_api", with(direct(u, "2.0", "x"), "subtype", "bot_message"), ""},
		{"an app's message", "events_api", with(direct(u, "2.1", "x"), "app_id", "A1"), ""},
		{"edited mention", "events_api", with(mention(u, "2.2", "x"), "edited", fields{"ts": "2.3", "user": u}), ""},
		{"edit", "events_api", fields{
			"type": "message", "subtype": "message_changed", "channel": "D1", "channel_type": "im", "hidden": true,
			"message": direct(u, "2.4", "x"), "ts": "2.5",
		}, ""},
		{"deletion", "events_api", fields{"type": "message", "subtype": "message_deleted", "channel": "D1", "channel_type": "im", "ts": "2.6"}, ""},
		{"join", "events_api", with(direct(u, "2.7", "x"), "subtype", "channel_join"), ""},
		{"event unknown to the library", "events_api", fields{"type": "no_such_event"}, ""},
		{"command", "slash_commands", slash(u, "t1", "report 氢能"), "command U0KUNSHAN1 report 氢能"},
		{"click", "interactive", fields{
			"type": "block_actions", "trigger_id": "t2", "user": fields{"id": u},
			"actions": []fields{{"action_id": "ask", "block_id": "b", "type": "button", "value": "v"}},
		}, "action U0KUNSHAN1 ask"},
		{"shortcut", "interactive", fields{"type": "shortcut", "callback_id": "report", "trigger_id": "t3", "user": fields{"id": u}}, "shortcut U0KUNSHAN1 report"},
		{"message shortcut", "interactive", fields{"type": "message_action", "callback_id": "draft", "trigger_id": "t4", "user": fields{"id": u}}, "shortcut U0KUNSHAN1 draft"},
		{"form", "interactive", form(u, "t5"), "submit U0KUNSHAN1 V1"},
		{"closed form", "interactive", fields{"type": "view_closed", "user": fields{"id": u}, "view": fields{"id": "V1"}}, "closed " + u + " V1"},
		{"unknown interaction", "interactive", fields{"type": "novel", "user": fields{"id": u}}, ""},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, nil)
			payload := tt.in
			if tt.kind == "events_api" {
				payload = spoken(fmt.Sprintf("Ev%d", i), tt.in.(fields))
			}
			r.send(tt.kind, "e1", payload)
			r.acked("e1")
			// The marker comes after, in the same person's order.
			r.send("slash_commands", "e2", slash(u, "marker", "marker"))
			r.acked("e2")
			if tt.want != "" {
				if diff := cmp.Diff(tt.want, r.handled()); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
			if got := r.handled(); got != "command "+u+" marker" {
				t.Errorf("also handled: %q", got)
			}
		})
	}
}

func TestRepeatsAreHandledOnce(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	const u = "U0KUNSHAN1"
	mentionInDM := mention(u, "1.1", "氢能?")
	mentionInDM["channel"] = "D0KUNSHAN1"
	for i, e := range []struct {
		kind, envelope string
		payload        any
	}{
		{"events_api", "e1", spoken("Ev1", direct(u, "1.1", "氢能?"))},
		{"events_api", "e2", spoken("Ev1", direct(u, "1.1", "氢能?"))}, // The same event again.
		{"events_api", "e3", spoken("Ev2", mentionInDM)},             // The same message as another event.
		{"slash_commands", "e4", slash(u, "t1", "help")},
		{"slash_commands", "e4", slash(u, "t1", "help")}, // The same envelope.
		{"slash_commands", "e5", slash(u, "t1", "help")}, // The same trigger in another envelope.
		{"slash_commands", "e6", slash(u, "t2", "help")}, // Typed again: a new command.
	} {
		r.send(e.kind, e.envelope, e.payload)
		if a := r.acked(e.envelope); len(a.Payload) > 0 {
			t.Errorf("%d: payload %s", i, a.Payload)
		}
	}
	want := []string{"message U0KUNSHAN1 D0KUNSHAN1  1.1 true 氢能?", "command U0KUNSHAN1 help", "command U0KUNSHAN1 help"}
	got := []string{r.handled(), r.handled(), r.handled()}
	r.send("slash_commands", "e7", slash(u, "t3", "marker"))
	r.acked("e7")
	if diff := cmp.Diff(append(want, "command U0KUNSHAN1 marker"), append(got, r.handled())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestARepeatedFormGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	release := make(chan struct{})
	r.h.submit = func(context.Context, slack.InteractionCallback) *slack.ViewSubmissionResponse {
		<-release
		return slack.NewErrorsViewSubmissionResponse(map[string]string{"value": "too large"})
	}
	r.run(t)
	r.send("interactive", "e1", form("U0KUNSHAN1", "t1"))
	r.send("interactive", "e2", form("U0KUNSHAN1", "t1"))
	r.send("slash_commands", "e3", slash("U0KUNSHAN1", "t2", "x")) // Both forms are on their way.
	r.acked("e3")
	close(release)
	first, second := receive(t, r.acks, "ack"), receive(t, r.acks, "ack")
	const want = `{"response_action":"errors","errors":{"value":"too large"}}`
	if string(first.Payload) != want || string(second.Payload) != want {
		t.Errorf("got %s and %s, want %s", first.Payload, second.Payload, want)
	}
	submits := 0
	for range 2 {
		if strings.HasPrefix(r.handled(), "submit") {
			submits++
		}
	}
	if submits != 1 {
		t.Errorf("submitted %d times", submits)
	}
}

func TestOnePersonsRequestsStayInOrder(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	const people, each = 5, 40
	r.run(t)
	for i := range each {
		for p := range people {
			r.send("events_api", "e", spoken(fmt.Sprintf("Ev%d.%d", p, i), direct(fmt.Sprintf("U0PERSON%02d", p), fmt.Sprintf("%d.%d", i, p), fmt.Sprint(i))))
		}
	}
	seen := map[string][]string{}
	for range people * each {
		f := strings.Fields(r.handled())
		seen[f[1]] = append(seen[f[1]], f[len(f)-1])
	}
	var want []string
	for i := range each {
		want = append(want, fmt.Sprint(i))
	}
	for person, got := range seen {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s -want +got:\n%s", person, diff)
		}
	}
}

func TestAPersonDoesNotWaitForAnother(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	release := make(chan struct{})
	r.h.message = func(_ context.Context, user, _ string) {
		if user == "U0SLOW0001" {
			<-release
		}
	}
	r.run(t)
	r.send("events_api", "e1", spoken("Ev1", direct("U0SLOW0001", "1.1", "x")))
	r.send("events_api", "e2", spoken("Ev2", direct("U0QUICK001", "1.2", "y")))
	if got := r.handled(); !strings.Contains(got, "U0QUICK001") {
		t.Errorf("first came %q", got)
	}
	close(release)
	r.handled()
}

func TestAnOverloadIsToldAndLogged(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.Queue, o.Workers = 1, 1 })
	release := make(chan struct{})
	r.h.command = func(context.Context, slack.SlashCommand) { <-release }
	r.run(t)
	r.send("slash_commands", "e1", slash("U0FIRST001", "t1", "x"))
	r.acked("e1")
	full := slash("U0SECOND01", "t2", "y")
	full["response_url"] = r.server.URL + "/respond/2"
	r.send("slash_commands", "e2", full)
	r.acked("e2")
	if c := r.next("respond/2"); !strings.Contains(c.form["body"], "请求太多") || !strings.Contains(c.form["body"], "Too many requests") {
		t.Errorf("told %s", c.form["body"])
	}
	r.send("events_api", "e3", spoken("Ev3", mention("U0THIRD001", "1.3", "z")))
	r.acked("e3")
	if c := r.next("chat.postEphemeral"); c.form["user"] != "U0THIRD001" || !strings.Contains(c.form["text"], "Too many requests") {
		t.Errorf("told %v", c.form)
	}
	r.send("interactive", "e4", form("U0FOURTH01", "t4"))
	if a := r.acked("e4"); !strings.Contains(string(a.Payload), "Too many requests") {
		t.Errorf("form answered %s", a.Payload)
	}
	if n := len(r.logs.named("request not taken")) + len(r.logs.named("form not taken")); n != 3 {
		t.Errorf("%d refusals logged, want 3", n)
	}
	close(release)
	r.handled()
}

func TestAPanicIsLoggedOnceAndTold(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.h.command = func(_ context.Context, cmd slack.SlashCommand) {
		if cmd.Text == "panic" {
			panic("boom")
		}
	}
	r.h.submit = func(context.Context, slack.InteractionCallback) *slack.ViewSubmissionResponse { panic("boom") }
	r.run(t)
	bad := slash("U0KUNSHAN1", "t1", "panic")
	bad["response_url"] = r.server.URL + "/respond/1"
	r.send("slash_commands", "e1", bad)
	r.acked("e1")
	told := r.next("respond/1").form["body"]
	logged := r.logs.named("a handler panicked")
	if len(logged) != 1 {
		t.Fatalf("logged %d times", len(logged))
	}
	if ref := attr(logged[0], "reference"); ref == "" || strings.Count(told, ref) != 2 || !strings.Contains(told, "出错了，编号 "+ref) {
		t.Errorf("reference %q, told %s", ref, told)
	}
	r.send("interactive", "e2", form("U0KUNSHAN1", "t2"))
	var payload slack.ViewSubmissionResponse
	if err := json.Unmarshal(r.acked("e2").Payload, &payload); err != nil || !strings.Contains(payload.Errors["value"], "出错了，编号") {
		t.Errorf("form answered %+v (%v)", payload, err)
	}
	r.handled()
	r.send("slash_commands", "e3", slash("U0KUNSHAN1", "t3", "fine"))
	if got := r.handled(); got != "command U0KUNSHAN1 fine" {
		t.Errorf("after the panic: %q", got)
	}
}

func TestASlowFormKeepsItsContentAndShowsItsOutcome(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.guard = 1 // A nanosecond: every handler is slower.
	arrived := make(chan time.Time)
	r.later = func() <-chan time.Time { return arrived }
	release := make(chan struct{})
	r.h.submit = func(context.Context, slack.InteractionCallback) *slack.ViewSubmissionResponse {
		<-release
		return nil
	}
	r.run(t)
	r.send("interactive", "e1", form("U0KUNSHAN1", "t1"))
	var payload slack.ViewSubmissionResponse
	if err := json.Unmarshal(r.acked("e1").Payload, &payload); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slack.ViewSubmissionResponse{ResponseAction: "errors", Errors: map[string]string{"value": both(notKnown)}}, payload); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	close(release)
	arrived <- time.Time{} // What replaces the form waits for what was said at its field.
	c := r.next("views.update")
	var update struct {
		ViewID string `json:"view_id"`
	}
	if err := json.Unmarshal([]byte(c.form["body"]), &update); err != nil || update.ViewID != "V1" || !strings.Contains(c.form["body"], saved.EN) {
		t.Errorf("updated with %s", c.form["body"])
	}
}

func TestAFormWithoutAFieldIsAnsweredWithAView(t *testing.T) {
	t.Parallel()
	answer := notice(slack.InteractionCallback{}, overloaded)
	if answer.ResponseAction != slack.RAUpdate || checkModal("test", *answer.View) != nil {
		t.Errorf("got %+v", answer)
	}
}

func TestStoppingWaitsForHandlers(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	entered, release := make(chan struct{}), make(chan struct{})
	r.h.command = func(ctx context.Context, _ slack.SlashCommand) {
		close(entered)
		<-release
		if ctx.Err() != nil {
			t.Error("the handler's context ended before the grace was over")
		}
	}
	stop := r.run(t)
	r.send("slash_commands", "e1", slash("U0KUNSHAN1", "t1", "x"))
	receive(t, entered, "handler")
	stopped := make(chan error)
	go func() { stopped <- stop() }()
	receive(t, r.lanes.closing, "stop")
	select {
	case <-stopped:
		t.Fatal("Run returned before its handler")
	default:
	}
	close(release)
	if err := receive(t, stopped, "end"); err != nil {
		t.Error(err)
	}
	if got := r.handled(); got != "command U0KUNSHAN1 x" {
		t.Errorf("handled %q", got)
	}
	if err := r.lanes.reserve(); !errors.Is(err, errStopped) {
		t.Errorf("after the stop: %v", err)
	}
}

func TestAHandlerThatDoesNotEndIsLeft(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.Grace = 1 })
	r.h.command = func(ctx context.Context, _ slack.SlashCommand) { <-ctx.Done() }
	stop := r.run(t)
	r.send("slash_commands", "e1", slash("U0KUNSHAN1", "t1", "x"))
	r.acked("e1")
	if err := stop(); err != nil {
		t.Error(err)
	}
	r.handled()
}

func TestTheSocketIsConnectedAgain(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	r.raw(`{"type":"disconnect","reason":"refresh_requested"}`)
	r.conn = receive(t, r.conns, "second connection")
	r.send("slash_commands", "e1", slash("U0KUNSHAN1", "t1", "x"))
	r.acked("e1")
	r.handled()
	if !r.Connected() {
		t.Error("not connected")
	}
}

func TestADeadTokenEndsRun(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ method, code, want string }{
		{"auth.test", "invalid_auth", "install the app again"},
		{"apps.connections.open", "invalid_auth", "install the app again"},
		{"apps.connections.open", "not_allowed_token_type", "SLACK_APP_TOKEN with xapp-"},
		{"apps.connections.open", "missing_scope", "scope"},
	} {
		t.Run(tt.method+" "+tt.code, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.on(tt.method, body(`{"ok":false,"error":"`+tt.code+`"}`))
			err := r.Run(context.Background())
			if kind, _ := Classify(err); kind != Dead || !strings.Contains(fmt.Sprint(err), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestMalformedEnvelopesAreSurvived(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	for _, s := range []string{
		`not json`, `{}`, `[]`, `null`, `"x"`, `{"type":"events_api"}`, `{"type":"events_api","envelope_id":"b1","payload":null}`,
		`{"type":"events_api","envelope_id":"b2","payload":{"type":"event_callback","event":null}}`,
		`{"type":"events_api","envelope_id":"b3","payload":{"type":"event_callback","event_id":"E","event":{"type":"message","user":7}}}`,
		`{"type":"interactive","envelope_id":"b4","payload":{"type":"block_actions","user":{"id":"U1"}}}`,
		`{"type":"interactive","envelope_id":"b5","payload":[]}`, `{"type":"interactive","envelope_id":"b6","payload":{"type":"view_submission"}}`,
		`{"type":"slash_commands","envelope_id":"b7","payload":{}}`, `{"type":"novel","envelope_id":"b8"}`,
	} {
		r.raw(s)
	}
	r.send("slash_commands", "end", slash("U0KUNSHAN1", "t1", "still here"))
	for r.handled() != "command U0KUNSHAN1 still here" {
		continue // A click without an action reaches the handler and is caught there.
	}
}
