package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// stage is the part of the workspace that the page talks to, on a fixed state
// with every kind of block. It remembers what the page sent.
type stage struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex

	state   map[string]any
	report  map[string]any
	rev     int
	changed chan struct{}
	sent    []sentRequest
	submit  map[string]any // the answer to the next submissions
	refuse  map[string]string
}

type sentRequest struct {
	path string
	body map[string]any
}

func newStage(t *testing.T) (*stage, string) {
	t.Helper()
	raw, err := os.ReadFile("testdata/page_state.json")
	if err != nil {
		t.Fatal(err)
	}
	var fixture struct{ State, Report map[string]any }
	if err := json.Unmarshal(raw, &fixture); err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, state: fixture.State, report: fixture.Report, rev: 1, changed: make(chan struct{}), refuse: map[string]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /control/state", s.serveState)
	mux.HandleFunc("POST /control/{action}", s.serveControl)
	mux.HandleFunc("GET /page/events", s.serveEvents)
	mux.HandleFunc("GET /files/{id}/{name}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"/>`)
	})
	mux.Handle("/", pageHandler(nil))
	s.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		s.server.CloseClientConnections()
		s.server.Close()
	})
	return s, s.server.URL
}

func (s *stage) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.rev++
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *stage) serveState(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state["rev"] = s.rev
	writeJSON(w, http.StatusOK, s.state)
}

func (s *stage) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	for {
		s.mu.Lock()
		rev, changed := s.rev, s.changed
		s.mu.Unlock()
		_, _ = fmt.Fprintf(w, "data: {\"rev\":%d}\n\n", rev)
		if flush.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

func (s *stage) serveControl(w http.ResponseWriter, r *http.Request) {
	action := r.PathValue("action")
	body := map[string]any{}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		s.t.Errorf("%s: %v", action, err)
	}
	s.mu.Lock()
	s.sent = append(s.sent, sentRequest{action, body})
	code, answer := s.refuse[action], s.submit
	s.mu.Unlock()
	if code != "" {
		writeJSON(w, http.StatusRequestTimeout, map[string]any{"ok": false, "error": code})
		return
	}
	user, _ := body["user"].(string)
	views := s.state["views"].(map[string]any)
	out := map[string]any{"ok": true}
	switch action {
	case "message":
		s.change(func() { s.say(body["channel"].(string), user, body["text"].(string)) })
	case "command":
		s.change(func() { views[user] = []any{s.report} })
	case "submit":
		if answer != nil {
			writeJSON(w, http.StatusOK, answer)
			return
		}
		s.change(func() { views[user] = []any{} })
	case "close":
		s.change(func() { views[user] = []any{} })
	}
	writeJSON(w, http.StatusOK, out)
}

// say appends a message; the caller holds the mutex.
func (s *stage) say(channel, user, text string) {
	for _, each := range s.state["channels"].([]any) {
		c := each.(map[string]any)
		if c["id"] == channel {
			list := c["messages"].([]any)
			c["messages"] = append(list, map[string]any{"ts": fmt.Sprintf("1795500000.%06d", len(list)), "user": user, "text": text})
		}
	}
}

func (s *stage) last(action string) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sent := range slices.Backward(s.sent) {
		if sent.path == action {
			return sent.body
		}
	}
	return nil
}

// browser starts a Chromium for one test, or skips the test where there is none.
func browser(t *testing.T, width, height int64) context.Context {
	t.Helper()
	program := os.Getenv("CHROME_PATH")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program != "" {
			break
		}
		program, _ = exec.LookPath(name)
	}
	if program == "" {
		t.Skip("no Chromium: install chromium or set CHROME_PATH to run the page's browser tests")
	}
	limit, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	allocator, stop := chromedp.NewExecAllocator(limit, chromedp.ExecPath(program), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	do(ctx, t, chromedp.EmulateViewport(width, height))
	return ctx
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// until waits for a JavaScript expression to become true.
func until(ctx context.Context, t *testing.T, expression string) {
	t.Helper()
	limit, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	if _, err := chromedp.Run(limit, chromedp.Poll[bool]("Boolean("+expression+")")); err != nil {
		t.Fatalf("never true: %s: %v", expression, err)
	}
}

func read[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return got
}

const shown = `document.querySelectorAll('[data-ts]').length > 0`

func TestPageInBrowserRendersWithoutMarkupFromData(t *testing.T) {
	t.Parallel()
	s, base := newStage(t)
	hostile := `<img src=x onerror="window.hacked=1"> <javascript:alert(1)|click> &lt;b&gt;plain&lt;/b&gt; *粗体*，_i_ ~no~ ` + "`a*b*c`"
	s.change(func() { s.say("C0FUTUREIND", "U0MEMBER001", hostile) })
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(base+"/?as=liaison-kunshan&channel=future-industries"))
	until(ctx, t, shown)
	got := read[map[string]any](ctx, t, `(() => { const last = [...document.querySelectorAll('#messages [data-ts]')].filter(m => !m.dataset.ephemeral).at(-1).querySelector('.content');
		const all = document.querySelector('#messages');
		return { img: last.querySelectorAll('img').length, links: last.querySelectorAll('a').length, bold: last.querySelector('strong').textContent, em: last.querySelector('em').textContent, code: last.querySelector('code').textContent,
		plain: last.textContent.includes('<b>plain</b>'), hacked: window.hacked === undefined ? 0 : 1,
		ephemerals: all.querySelectorAll('[data-ephemeral]').length, unknown: all.textContent.includes('hologram'), broken: [...all.querySelectorAll('.unknown-block')].length,
		threads: all.querySelectorAll('.thread-bar').length, persona: document.querySelector('#persona').dataset.value, channels: [...document.querySelectorAll('[data-channel]')].map(c => c.dataset.channel).join(' ') }; })()`)
	want := map[string]any{
		"img": 0.0, "links": 0.0, "bold": "粗体", "em": "i", "code": "a*b*c", "plain": true, "hacked": 0.0,
		"ephemerals": 1.0, "unknown": true, "broken": 1.0, "threads": 1.0, "persona": "liaison-kunshan", "channels": "future-industries dm-liaison-kunshan",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the channel (-want +got):\n%s", diff)
	}
}

func TestPageInBrowserComposes(t *testing.T) {
	t.Parallel()
	s, base := newStage(t)
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(base+"/?as=member-1&channel=future-industries"))
	until(ctx, t, shown)
	do(ctx, t, chromedp.SendKeys("#composer", "@wainao 氢能由哪些板块负责？\r"))
	until(ctx, t, `document.querySelector('#messages').textContent.includes('氢能由哪些板块负责？') && document.querySelector('#composer').value === ''`)
	if diff := cmp.Diff(map[string]any{"channel": "C0FUTUREIND", "user": "U0MEMBER001", "text": "@wainao 氢能由哪些板块负责？"}, s.last("message")); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
	// An unknown command and a refused one keep the text and say why.
	do(ctx, t, chromedp.SendKeys("#composer", "/nonsense\r"))
	until(ctx, t, `document.querySelector('.composer-error').textContent.includes('/nonsense') && document.querySelector('#composer').value === '/nonsense'`)
	s.mu.Lock()
	s.refuse["command"] = "operation_timeout"
	s.mu.Unlock()
	do(ctx, t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#composer").value = ""`), chromedp.SendKeys("#composer", "/future digest\r"))
	until(ctx, t, `document.querySelector('.composer-error').textContent.includes('3') && document.querySelector('#composer').value === '/future digest'`)
	// Completion offers the verbs; Tab takes one. The draft stays with its channel.
	do(ctx, t, chromedp.Evaluate[chromedp.Void](`document.querySelector("#composer").value = ""`), chromedp.SendKeys("#composer", "/future 上\t"))
	until(ctx, t, `document.querySelector('#composer').value === '/future 上报'`)
	do(ctx, t, chromedp.Click(`[data-channel="dm-member-1"]`))
	until(ctx, t, `document.querySelector('#composer').value === '' && document.querySelector('table caption')?.textContent === '板块与领域数'`)
	do(ctx, t, chromedp.Click(`[data-channel="future-industries"]`))
	until(ctx, t, `document.querySelector('#composer').value === '/future 上报'`)
}

func TestPageInBrowserModalKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s, base := newStage(t)
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(base+"/?as=liaison-kunshan&channel=future-industries"))
	until(ctx, t, shown)
	do(ctx, t, chromedp.SendKeys("#composer", "/future report\r"))
	until(ctx, t, `document.querySelector('dialog[data-view-id="V0REPORT"]')?.open === true`)
	// The page's own checks stop an empty form, at the fields, with the focus on the first.
	do(ctx, t, chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `document.querySelector('[data-block-id="domain"] .field-error').textContent !== '' && document.activeElement.closest('[data-block-id]').dataset.blockId === 'domain'`)
	if s.last("submit") != nil {
		t.Error("an incomplete form was submitted")
	}
	// By keyboard: open the select, filter, choose.
	do(ctx, t, chromedp.KeyEvent("元宇宙\r"))
	until(ctx, t, `document.querySelector('[data-block-id="domain"] .combo-root').dataset.value === 'metaverse'`)
	do(ctx, t, chromedp.SendKeys(`[data-block-id="name"] input`, "古城数字导览"), chromedp.SendKeys(`[data-block-id="evidence"] input`, "https://example.com/1"))
	s.mu.Lock()
	s.submit = map[string]any{"ok": true, "response_action": "errors", "errors": map[string]string{"name": "该名称本期已上报过"}, "closed": false}
	s.mu.Unlock()
	do(ctx, t, chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `document.querySelector('[data-block-id="name"] .field-error').textContent === '该名称本期已上报过'`)
	// Something else happens in the workspace, and the app changes the modal: what was typed stays.
	s.change(func() {
		s.say("C0FUTUREIND", "U0MEMBER001", "另一条消息")
		s.report["hash"] = "h2"
		s.report["blocks"].([]any)[0].(map[string]any)["elements"].([]any)[0].(map[string]any)["text"] = "已更新"
	})
	until(ctx, t, `document.querySelector('dialog[data-view-id] .modal-body').textContent.includes('已更新')`)
	if got := read[string](ctx, t, `document.querySelector('[data-block-id="name"] input').value`); got != "古城数字导览" {
		t.Errorf("name = %q after an update, want what was typed", got)
	}
	// So it does when the page is loaded again.
	do(ctx, t, chromedp.Reload())
	until(ctx, t, `document.querySelector('dialog[data-view-id]')?.open && document.querySelector('[data-block-id="name"] input').value === '古城数字导览' && document.querySelector('[data-block-id="domain"] .combo-root').dataset.value === 'metaverse'`)
	s.mu.Lock()
	s.submit = nil
	s.mu.Unlock()
	do(ctx, t, chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `!document.querySelector('dialog[data-view-id]') && !Object.keys(localStorage).some((k) => k.includes('V0REPORT'))`)
	values := s.last("submit")["values"].(map[string]any)
	want := map[string]any{"name": map[string]any{"type": "plain_text_input", "value": "古城数字导览"}}
	if diff := cmp.Diff(want, values["name"]); diff != "" {
		t.Errorf("name (-want +got):\n%s", diff)
	}
	domain := values["domain"].(map[string]any)["domain"].(map[string]any)["selected_option"].(map[string]any)["value"]
	if domain != "metaverse" {
		t.Errorf("domain = %v, want metaverse", domain)
	}
}

func TestPageInBrowserByKeyboard(t *testing.T) {
	t.Parallel()
	s, base := newStage(t)
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(base+"/?as=leader&channel=future-industries"))
	until(ctx, t, shown)
	do(ctx, t, chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	until(ctx, t, `document.activeElement.dataset.testid === 'jump-input'`)
	do(ctx, t, chromedp.KeyEvent("leadership\r"))
	until(ctx, t, `location.search.includes('channel=leadership') && document.querySelector('#messages .block-header')?.textContent.includes('第 47 周')`)
	do(ctx, t, chromedp.Click(`[data-testid=thread-link]`))
	until(ctx, t, `!document.querySelector('[data-testid=thread]').hidden && document.activeElement.id === 'thread-composer'`)
	do(ctx, t, chromedp.SendKeys("#thread-composer", "好\r"))
	until(ctx, t, `document.querySelector('#thread-composer').value === ''`)
	if s.last("message")["thread_ts"] == nil {
		t.Error("a reply was sent without its thread")
	}
	do(ctx, t, chromedp.KeyEvent("\x1b"))
	until(ctx, t, `document.querySelector('[data-testid=thread]').hidden`)
	// Escape closes an untouched modal, and only by telling the app.
	do(ctx, t, chromedp.SendKeys("#composer", "/future report\r"))
	until(ctx, t, `document.querySelector('dialog[data-view-id]')?.open === true`)
	do(ctx, t, chromedp.KeyEvent("\x1b"))
	until(ctx, t, `!document.querySelector('dialog[data-view-id]')`)
	if s.last("close")["view_id"] != "V0REPORT" {
		t.Errorf("close = %v, want the report's view", s.last("close"))
	}
}

func TestPageInBrowserFitsAPhone(t *testing.T) {
	t.Parallel()
	_, base := newStage(t)
	ctx := browser(t, 390, 844)
	for _, place := range []string{
		"/?as=leader&channel=leadership", "/?as=member-1&channel=dm", "/?as=liaison-kunshan&view=home", "/?as=liaison-kunshan&channel=future-industries",
	} {
		do(ctx, t, chromedp.Navigate(base+place))
		until(ctx, t, `document.querySelectorAll('.block').length > 2 && !document.querySelector('[data-loading]')`)
		wide := read[string](ctx, t, `[document.documentElement, document.body, ...document.querySelectorAll('.scroll')].filter(e => e.clientWidth && e.scrollWidth > e.clientWidth).map(e => e.className || e.tagName).join(' ')`)
		if wide != "" {
			t.Errorf("%s scrolls sideways: %s", place, wide)
		}
	}
	do(ctx, t, chromedp.Click("#menu"))
	until(ctx, t, `document.querySelector('.app').classList.contains('menu-open') && document.querySelector('#sidebar').contains(document.activeElement)`)
	do(ctx, t, chromedp.KeyEvent("\x1b"))
	until(ctx, t, `!document.querySelector('.app').classList.contains('menu-open')`)
}

func TestPageInBrowserTellsWhenTheServerIsGone(t *testing.T) {
	t.Parallel()
	s, base := newStage(t)
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(base+"/?as=member-2&channel=future-industries"))
	until(ctx, t, shown)
	if got := read[string](ctx, t, `document.documentElement.lang + ' ' + document.querySelector('#jump').textContent`); !strings.HasPrefix(got, "en Jump") {
		t.Errorf("page of an English reader = %q, want English", got)
	}
	do(ctx, t, chromedp.SendKeys("#composer", "kept"))
	s.server.CloseClientConnections()
	_ = s.server.Listener.Close()
	s.server.CloseClientConnections()
	until(ctx, t, `document.documentElement.dataset.link === 'gone' && !document.querySelector('#link-state').hidden && document.querySelector('#link-state').textContent.includes('not answering')`)
	do(ctx, t, chromedp.SendKeys("#composer", " here\r"))
	until(ctx, t, `document.querySelector('.composer-error').textContent !== '' && document.querySelector('#composer').value === 'kept here'`)
}

func TestPageInBrowserOnTheRealWorkspace(t *testing.T) {
	t.Parallel()
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(server.URL+"/"))
	// A newcomer is asked whom to be.
	until(ctx, t, fmt.Sprintf(`document.querySelectorAll('#welcome [data-persona]').length === %d`, len(seededPeople)))
	do(ctx, t, chromedp.Click(`#welcome [data-persona="member-2"]`))
	until(ctx, t, `location.search.includes('as=member-2') && !document.querySelector('#welcome') && document.documentElement.lang === 'en'`)
	do(ctx, t, chromedp.SendKeys("#composer", "Good morning, *everyone*\r"))
	until(ctx, t, `document.querySelector('#messages [data-ts] strong:not(.author)')?.textContent === 'everyone' && document.querySelector('#composer').value === ''`)
	// Another persona finds it unread, in Chinese, and is told that no bot is there.
	do(ctx, t, chromedp.Navigate(server.URL+"/?as=leader&channel=leadership"))
	until(ctx, t, `document.querySelector('[data-channel="future-industries"] .pill')?.textContent === '1' && document.documentElement.lang === 'zh-CN'`)
	do(ctx, t, chromedp.SendKeys("#composer", "/future 简报\r"))
	until(ctx, t, `document.querySelector('.composer-error').textContent.includes('外脑没有连接') && document.querySelector('[data-ephemeral]')`)
	do(ctx, t, chromedp.Click("#persona"), chromedp.Click("[data-testid=lang-en]"))
	until(ctx, t, `document.documentElement.lang === 'en' && document.querySelector('#persona').textContent.includes('Xu Jianhua')`)
}

// The page, the workspace and an app on the real Slack library together: a
// form with a refused and an accepted submission, and a button of a message.
func TestPageInBrowserWithARealApp(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	submissions := make(chan slack.InteractionCallback, 2)
	answers := []any{slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "已有同名项目"}), nil}
	a := reporter(t, h, func(ic slack.InteractionCallback) any {
		submissions <- ic
		answer := answers[0]
		answers = answers[1:]
		return answer
	})
	ctx := browser(t, 390, 844)
	do(ctx, t, chromedp.Navigate(h.base+"/?as=liaison-kunshan&channel=dm"))
	until(ctx, t, `document.querySelector('#composer')?.placeholder !== ''`)
	do(ctx, t, chromedp.SendKeys("#composer", "/future report\r"))
	until(ctx, t, `document.querySelector('dialog[data-view-id]')?.open`)
	do(ctx, t, chromedp.SendKeys(`[data-block-id="name"] input`, "港口氢能重卡示范"), chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `document.querySelector('[data-block-id="name"] .field-error').textContent === '已有同名项目' && document.activeElement.closest('[data-block-id]').dataset.blockId === 'name'`)
	if got := wait(t, submissions, "the refused form").View.State.Values["domain"]["domain"].SelectedOption.Value; got != "hydrogen" {
		t.Errorf("domain = %q, want the initial hydrogen", got)
	}
	do(ctx, t, chromedp.SendKeys(`[data-block-id="name"] input`, "二期"), chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `!document.querySelector('dialog[data-view-id]')`)
	if got := wait(t, submissions, "the accepted form").View.State.Values["name"]["name"].Value; got != "港口氢能重卡示范二期" {
		t.Errorf("name = %q, want what was typed in both attempts", got)
	}
	button := slack.NewButtonBlockElement("open_report", "r-1", plainText("查看"))
	if _, _, err := a.api.PostMessage(directChannelID("U0LKUNSHAN"), slack.MsgOptionText("已收到", false), slack.MsgOptionBlocks(
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "*已收到*", false, false), nil, nil), slack.NewActionBlock("next", button))); err != nil {
		t.Fatal(err)
	}
	until(ctx, t, `document.querySelector('[data-action-id="open_report"]')`)
	// Hasty people click twice: it counts once. DoubleClick is the second click only.
	do(ctx, t, chromedp.Click(`[data-action-id="open_report"]`), chromedp.DoubleClick(`[data-action-id="open_report"]`))
	for {
		ic, ok := wait(t, a.events, "the click").Data.(slack.InteractionCallback)
		if !ok || ic.Type != slack.InteractionTypeBlockActions {
			continue
		}
		if act := ic.ActionCallback.BlockActions[0]; act.ActionID != "open_report" || act.Value != "r-1" || act.BlockID != "next" {
			t.Errorf("action = %+v, want the button's own", act)
		}
		break
	}
	do(ctx, t, chromedp.SendKeys("#composer", "/future report\r")) // Handled in order: a second click would come before it.
	until(ctx, t, `document.querySelector('dialog[data-view-id]')?.open`)
	for len(a.events) > 0 {
		if ic, ok := (<-a.events).Data.(slack.InteractionCallback); ok && ic.Type == slack.InteractionTypeBlockActions {
			t.Errorf("a double click was sent twice: %+v", ic.ActionCallback.BlockActions[0])
		}
	}
}
