package workspace

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// withWorkspace runs a workspace in a folder and closes it.
func withWorkspace(t *testing.T, opts Options, do func(h *house)) {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, s: s}
	end := serve(t, h)
	do(h)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	end()
}

func TestWhatWasNotAcknowledgedIsSentAfterARestart(t *testing.T) {
	t.Parallel()
	opts := Options{Dir: t.TempDir(), Events: []string{"message.im"}}
	text := func(e socketmode.Event) string {
		_, data := inner(t, e)
		return data.(*slackevents.MessageEvent).Text
	}
	say := func(h *house, words ...string) {
		for _, w := range words {
			h.must("message", map[string]any{"user": "leader", "channel": "dm", "text": w})
		}
	}
	// The first is acknowledged, the others are not: one is on its way, one waits.
	withWorkspace(t, opts, func(h *house) {
		ctx := t.Context()
		a := h.connect(func(a *app, e socketmode.Event) bool {
			if e.Type != socketmode.EventTypeEventsAPI {
				return false
			}
			if text(e) == "一" {
				if err := a.AckCtx(ctx, e.Request.EnvelopeID, nil); err != nil {
					t.Error(err)
				}
			}
			return true
		})
		say(h, "一")
		wait(t, a.events, "the first")
		h.untilSettled()
		wait(t, a.events, "the shortcut")
		say(h, "二")
		wait(t, a.events, "the second")
	})
	withWorkspace(t, opts, func(h *house) { say(h, "三") })
	withWorkspace(t, opts, func(h *house) {
		a := h.connect(nil)
		say(h, "四")
		for _, want := range []string{"二", "三", "四"} {
			if got := text(wait(t, a.events, want)); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
		h.untilSettled()
	})
	h := open(t, opts)
	if n := len(h.s.hub.waiting); n > 0 {
		t.Errorf("%d events wait that were acknowledged", n)
	}
}

// untilSettled waits until the app has acknowledged what it was sent: it
// acknowledges a shortcut after everything before it.
func (h *house) untilSettled() {
	h.t.Helper()
	h.must("shortcut", map[string]any{"user": "leader", "callback_id": "report"})
}

func TestTheOutboxOverHTTP(t *testing.T) {
	t.Parallel()
	bodies := make(chan string, 10)
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		bodies <- string(raw)
	}))
	defer web.Close()
	// Nobody answers there.
	opts := Options{Dir: t.TempDir(), Events: []string{"message.im"}, RequestURL: "http://127.0.0.1:1/slack"}
	withWorkspace(t, opts, func(h *house) {
		for i := range 3 {
			h.must("message", map[string]any{"user": "leader", "channel": "dm", "text": fmt.Sprint("第", i)})
		}
	})
	opts.RequestURL = web.URL
	h := open(t, opts)
	done := make(chan error, 1)
	go func() { done <- h.s.Run(t.Context()) }()
	for i := range 3 {
		if got := wait(t, bodies, "an event"); !strings.Contains(got, fmt.Sprint("第", i)) {
			t.Errorf("event %d: %s", i, got)
		}
	}
	if err := h.s.Close(); err != nil {
		t.Error(err)
	}
	if err := wait(t, done, "the end of Run"); err != nil {
		t.Error(err)
	}
}
