package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// pngOf is a picture of one colour.
func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.RGBA{R: 15, G: 99, B: 96, A: 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// nextInteraction waits for the app's next interaction of a type.
func nextInteraction(t *testing.T, a *app, kind slack.InteractionType) slack.InteractionCallback {
	t.Helper()
	for {
		if ic, ok := wait(t, a.events, string(kind)).Data.(slack.InteractionCallback); ok && ic.Type == kind {
			return ic
		}
	}
}

// nextFiles waits for the app's next message with files.
func nextFiles(t *testing.T, a *app) *slackevents.MessageEvent {
	t.Helper()
	for {
		evt := wait(t, a.events, "a message with files")
		if evt.Type != socketmode.EventTypeEventsAPI {
			continue
		}
		if _, data := inner(t, evt); data != nil {
			if m, ok := data.(*slackevents.MessageEvent); ok && m.Message != nil && len(m.Message.Files) > 0 {
				return m
			}
		}
	}
}

func TestPageInBrowserSendsFiles(t *testing.T) {
	t.Parallel()
	h := open(t, Options{FileDelay: -1})
	a := h.connect(nil)
	folder := t.TempDir()
	sheet, picture := filepath.Join(folder, "昆山 2026Q4.csv"), filepath.Join(folder, "现场.png")
	if err := os.WriteFile(sheet, []byte("a,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(picture, pngOf(t, 120, 60), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(h.base+"/?as=liaison-kunshan&channel=dm"))
	until(ctx, t, `document.querySelector('#composer')?.placeholder !== ''`)
	do(ctx, t, chromedp.SetUploadFiles(`[data-testid=composer-file]`, []string{sheet, picture}))
	until(ctx, t, `document.querySelectorAll('.attached .chip').length === 2 && document.querySelector('#send').classList.contains('ready')`)
	do(ctx, t, chromedp.SendKeys("#composer", "请看附件\r"))
	until(ctx, t, `document.querySelector('#messages img.pic')?.naturalWidth === 120 && document.querySelectorAll('.attached .chip').length === 0 && document.querySelector('#composer').value === ''`)
	got := read[map[string]any](ctx, t, `(() => { const f = document.querySelector('#messages [data-testid=file]'), m = f.closest('[data-ts]');
		return { text: m.querySelector('.para, .rich-text, .mrkdwn').textContent, href: new URL(f.href).pathname.replace(/F[A-Z0-9]+/, 'F'), search: new URL(f.href).search, words: f.textContent, alt: m.querySelector('img.pic').alt }; })()`)
	want := map[string]any{"text": "请看附件", "href": "/files/F/%E6%98%86%E5%B1%B1%202026Q4.csv", "search": "?download=1", "words": "昆山 2026Q4.csvCSV · 4 B下载", "alt": "现场.png"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the message (-want +got):\n%s", diff)
	}
	if m := nextFiles(t, a); m.SubType != "file_share" || m.Text != "请看附件" || len(m.Message.Files) != 2 || m.Message.Files[1].Mimetype != "image/png" {
		t.Errorf("the app heard %+v", m)
	}
	// A file dropped on the channel waits beside the text; an empty one does not.
	dropped := func(name, content string) {
		t.Helper()
		read[bool](ctx, t, `((content, name) => { const d = new DataTransfer(); d.items.add(new File([content], name, {type: 'text/csv'}));
			for (const type of ['dragenter', 'dragover', 'drop']) document.querySelector('#messages').dispatchEvent(new DragEvent(type, {dataTransfer: d, bubbles: true, cancelable: true})); return true; })(`+quote(t, content)+`,`+quote(t, name)+`)`)
	}
	dropped("empty.csv", "")
	until(ctx, t, `document.querySelector('.composer-error').textContent.includes('empty.csv') && document.querySelectorAll('.attached .chip').length === 0`)
	dropped("rows.csv", "a,b")
	until(ctx, t, `document.querySelector('.attached .chip')?.textContent.includes('rows.csv') && !document.querySelector('.dropping')`)
	do(ctx, t, chromedp.KeyEvent("\r")) // The focus is in the composer.
	until(ctx, t, `document.querySelectorAll('#messages [data-testid=file]').length === 2 && document.querySelectorAll('.attached .chip').length === 0`)
	if m := nextFiles(t, a); m.Text != "" || m.Message.Files[0].Name != "rows.csv" {
		t.Errorf("the app heard %+v", m)
	}
	// A picture of the app's in a block.
	id := h.uploaded("progress.png", string(pngOf(t, 300, 100)))
	block := slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: id}, "三条线都在上升", "", plainText("进度"))
	if _, _, err := a.api.PostMessage("D0LKUNSHAN", slack.MsgOptionText("进度", false), slack.MsgOptionBlocks(block)); err != nil {
		t.Fatal(err)
	}
	until(ctx, t, `document.querySelector('.b-image img.pic')?.naturalWidth === 300 && document.querySelector('.b-image img.pic').alt === '三条线都在上升'`)
}

func quote(t *testing.T, s string) string {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestPageInBrowserRunsShortcuts(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	a := h.connect(nil)
	said := h.must("message", map[string]any{"user": "member-1", "channel": "future-industries", "text": "昆山签约两家氢能企业"})
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(h.base+"/?as=liaison-kunshan&channel=future-industries"))
	until(ctx, t, shown)
	// By keyboard alone: the button, the menu's first entry.
	do(ctx, t, chromedp.Focus(`#messages [data-testid=more]`), chromedp.KeyEvent("\r"))
	until(ctx, t, `document.activeElement.dataset.testid === 'message-shortcut' && document.activeElement.textContent.includes('转为上报草稿')`)
	do(ctx, t, chromedp.KeyEvent("\x1b"))
	until(ctx, t, `document.activeElement.dataset.testid === 'more' && !document.querySelector(':popover-open')`)
	do(ctx, t, chromedp.KeyEvent("\r"))
	until(ctx, t, `document.activeElement.dataset.testid === 'message-shortcut'`)
	do(ctx, t, chromedp.KeyEvent("\r"))
	ic := nextInteraction(t, a, slack.InteractionTypeMessageAction)
	if ic.CallbackID != "report_from_message" || ic.Message.Timestamp != said["ts"] || ic.Message.Text != "昆山签约两家氢能企业" || ic.User.ID != "U0LKUNSHAN" || ic.Channel.ID != "C0FUTUREIND" {
		t.Errorf("message shortcut = %+v", ic)
	}
	// By pointer, beside the composer.
	do(ctx, t, chromedp.Click(`[data-testid=shortcuts]`), chromedp.Click(`[data-testid=global-shortcut]`))
	if ic := nextInteraction(t, a, slack.InteractionTypeShortcut); ic.CallbackID != "report" || ic.TriggerID == "" {
		t.Errorf("global shortcut = %+v", ic)
	}
}

func TestPageInBrowserDeactivates(t *testing.T) {
	t.Parallel()
	h := open(t, Options{})
	h.must("message", map[string]any{"user": "liaison-sip", "channel": "future-industries", "text": "再见"})
	ctx := browser(t, 1280, 900)
	do(ctx, t, chromedp.Navigate(h.base+"/?as=secretariat&channel=future-industries"))
	until(ctx, t, shown)
	do(ctx, t, chromedp.Click("#persona"), chromedp.Click("[data-testid=admin] summary"), chromedp.Click(`[data-testid=deactivate][data-user="liaison-sip"]`))
	until(ctx, t, `document.querySelector('#messages .msg-head .badge')?.textContent === '已停用' && !document.querySelector('.persona-menu')`)
	do(ctx, t, chromedp.Click("#persona"))
	until(ctx, t, fmt.Sprintf(`document.querySelectorAll('.persona-menu [data-persona]').length === %d && document.querySelector('[data-testid=deactivate][data-user="secretariat"]').disabled`, len(seededPeople)-1))
	// Whoever was acting as them is somebody else now.
	do(ctx, t, chromedp.Navigate(h.base+"/?as=liaison-sip"))
	until(ctx, t, `document.querySelector('#persona').dataset.value === 'secretariat'`)
	do(ctx, t, chromedp.Click("#persona"), chromedp.Click("[data-testid=admin] summary"), chromedp.Click(`[data-testid=reactivate][data-user="liaison-sip"]`))
	until(ctx, t, `!document.querySelector('#messages .msg-head .badge')`)
}
