package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/slack-go/slack/slackevents"

	"github.com/slack-go/slack"
)

func TestNewSaysAllThatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := New(Options{Workers: -1})
	for _, want := range []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "handler", "negative"} {
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%q is missing in %v", want, err)
		}
	}
}

func TestPlainIsWhatWasTyped(t *testing.T) {
	t.Parallel()
	const me = "<@" + selfUser + ">"
	for in, want := range map[string]string{
		me + " 氢能由哪些板块负责?":                           "氢能由哪些板块负责?",
		"请问 " + me + " 氢能?":                          "请问 氢能?",
		"<@" + selfUser + "|wainao> hi":              "hi",
		me + me:                                      "",
		"<@" + selfUser + "9> hi":                    "<@" + selfUser + "9> hi",
		"<@" + selfUser + "9> " + me + " hi":         "<@" + selfUser + "9> hi",
		"<@U0OTHER001> " + me:                        "<@U0OTHER001>",
		"a &lt;b&gt; &amp; c":                        "a <b> & c",
		"&amp;lt;":                                   "&lt;",
		"see <https://a.cn/x?y=1&amp;z=2>":           "see https://a.cn/x?y=1&z=2",
		"<https://a.cn|a.cn> <mailto:x@a.cn|x@a.cn>": "a.cn x@a.cn",
		"<@" + selfUser:                              "<@" + selfUser,
		"1 < 2 > 0":                                  "1 < 2 > 0",
	} {
		if got := plain(in, selfUser); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("<@" + selfUser + "> <https://a|b> &amp;")
	f.Add("<@" + selfUser + "|<@" + selfUser + ">")
	f.Fuzz(func(t *testing.T, s string) {
		if got := plain(s, selfUser); strings.Contains(got, "<@"+selfUser+">") && !strings.Contains(s, "&") {
			t.Errorf("plain(%q) = %q still mentions the bot", s, got)
		}
	})
}

// Not parallel: it counts the process's goroutines.
func TestRunLeavesNothingBehind(t *testing.T) {
	cycle := func() {
		t.Run("cycle", func(t *testing.T) {
			r := start(t, nil)
			r.send("slash_commands", "e1", slash("U0KUNSHAN1", "t1", "x"))
			r.send("interactive", "e2", form("U0KUNSHAN1", "t2"))
			r.handled()
			r.handled()
			r.raw(`{"type":"disconnect","reason":"warning"}`)
			r.conn = receive(t, r.conns, "second connection")
			t.Cleanup(r.client.http.CloseIdleConnections)
		})
	}
	// The first cycles start what stays, such as the pool of the default transport.
	for range 3 {
		cycle()
	}
	const cycles = 10
	before := runtime.NumGoroutine()
	for range cycles {
		cycle()
	}
	// What ends does so when it is scheduled; a leak stays however often we yield.
	for range 1_000_000 {
		if runtime.NumGoroutine() < before+cycles {
			return
		}
		runtime.Gosched()
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines before, %d after %d runs:\n%s", before, runtime.NumGoroutine(), cycles, stacks[:runtime.Stack(stacks, true)])
}

func TestBusyWhilePeopleWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	begun, goOn := make(chan struct{}, 2), make(chan struct{})
	r := start(t, func(o *Options) {
		o.Workers = 1
		o.Handler.(*fakeHandler).command = func(context.Context, slack.SlashCommand) {
			begun <- struct{}{}
			<-goOn
		}
	})
	r.send("slash_commands", "e1", slash("U0KUNSHAN1", "t1", "x"))
	receive(t, begun, "first command")
	if r.Busy() || r.Idle() {
		t.Errorf("with as much as is handled at once: busy %t, idle %t", r.Busy(), r.Idle())
	}
	r.send("slash_commands", "e2", slash("U0KUNSHAN2", "t2", "x"))
	for !r.Busy() { // The test's own time limit ends it.
		runtime.Gosched()
	}
	close(goOn)
	r.handled()
	r.handled()
	for r.Busy() || !r.Idle() {
		runtime.Gosched()
	}
}

// BenchmarkDispatch measures what the edge adds to a direct message between
// its arrival, parsed, and the handler's end.
func BenchmarkDispatch(b *testing.B) {
	h := newHandler()
	h.got = make(chan string, 1)
	bot, err := New(Options{BotToken: "x", SigningSecret: secret, Handler: h, Log: quiet()})
	if err != nil {
		b.Fatal(err)
	}
	bot.client.identity.known = Identity{UserID: selfUser}
	ack := func(any) error { return nil }
	raw, err := json.Marshal(direct("U0KUNSHAN1", "1.1", "氢能由哪些板块负责?"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		inner := json.RawMessage(strings.Replace(string(raw), "1.1", fmt.Sprint("1.", n), 1))
		bot.event(slackevents.EventsAPIEvent{
			Data:       &slackevents.EventsAPICallbackEvent{EventID: fmt.Sprint("Ev", n), InnerEvent: &inner},
			InnerEvent: slackevents.EventsAPIInnerEvent{Type: "message", Data: &slackevents.MessageEvent{}},
		}, ack)
		<-h.got
	}
}

// BenchmarkLanes measures the queue alone.
func BenchmarkLanes(b *testing.B) {
	l := newLanes(defaultWorkers, 1)
	done := make(chan struct{})
	b.ReportAllocs()
	for b.Loop() {
		for l.reserve() != nil {
			continue // The worker is about to give its place back.
		}
		l.enqueue(func() { done <- struct{}{} }, "user U0KUNSHAN1", "thread C0FUTURE01 1.1")
		<-done
	}
}

var _ Handler = (*fakeHandler)(nil)

// The handler's context must be alive when a request comes before Run.
func TestHandlersHaveALiveContext(t *testing.T) {
	t.Parallel()
	r := overHTTP(t)
	r.h.message = func(ctx context.Context, _, _ string) {
		if _, ok := ctx.Deadline(); !ok || ctx.Err() != nil {
			t.Errorf("context: deadline %t, %v", ok, ctx.Err())
		}
	}
	raw, err := json.Marshal(spoken("Ev1", direct("U0KUNSHAN1", "1.1", "x")))
	if err != nil {
		t.Fatal(err)
	}
	e, err := slackevents.ParseEvent(raw, slackevents.OptionNoVerifyToken())
	if err != nil {
		t.Fatal(err)
	}
	r.event(e, func(any) error { return nil })
	r.handled()
}
