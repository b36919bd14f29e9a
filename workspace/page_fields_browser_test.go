package workspace

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// TestPageInBrowserFillsInEveryField fills in a form with each kind of field
// that forms use, on a phone, and reads what reaches the app.
func TestPageInBrowserFillsInEveryField(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/form.json")
	if err != nil {
		t.Fatal(err)
	}
	var form slack.ModalViewRequest
	if err := json.Unmarshal(raw, &form); err != nil {
		t.Fatal(err)
	}
	h := open(t, Options{})
	a := h.connect(func(a *app, evt socketmode.Event) bool {
		if ic, ok := evt.Data.(slack.InteractionCallback); ok && ic.Type == slack.InteractionTypeBlockSuggestion {
			found := []*slack.OptionBlockObject{slack.NewOptionBlockObject("p-1", plainText("找到："+ic.Value), nil)}
			if err := a.Ack(*evt.Request, slack.OptionsResponse{Options: found}); err != nil {
				t.Errorf("ack: %v", err)
			}
			return true
		}
		cmd, ok := evt.Data.(slack.SlashCommand)
		if !ok {
			return false
		}
		if err := a.Ack(*evt.Request); err != nil {
			t.Errorf("ack: %v", err)
		}
		if _, err := a.api.OpenView(cmd.TriggerID, form); err != nil {
			t.Errorf("views.open: %v", err)
		}
		return true
	})
	ctx := browser(t, 390, 844)
	do(ctx, t, chromedp.Navigate(h.base+"/?as=liaison-kunshan&channel=dm"))
	until(ctx, t, `document.querySelector('#composer')?.placeholder !== ''`)
	do(ctx, t, chromedp.SendKeys("#composer", "/future report\r"))
	until(ctx, t, `document.querySelector('dialog[data-view-id]')?.open`)
	if wide := read[bool](ctx, t, `document.querySelector('.modal-body').scrollWidth > document.querySelector('.modal-body').clientWidth`); wide {
		t.Error("the form scrolls sideways on a phone")
	}
	at := func(block, rest string) string { return `dialog [data-block-id="` + block + `"] ` + rest }
	option := func(block, value string) string { return at(block, `[role=option][data-value="`+value+`"]`) }

	// An empty form stays, with a word at each field that needs one.
	do(ctx, t, chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `[...document.querySelectorAll('dialog .field-error')].filter((e) => e.textContent).length === 9`)

	// An action of a section, by keyboard.
	do(ctx, t, chromedp.Focus(at("head", `[data-action-id=menu]`)), chromedp.KeyEvent("\r"))
	until(ctx, t, `document.activeElement.getAttribute('role') === 'menuitem'`)
	do(ctx, t, chromedp.KeyEvent("\r"))
	act := nextInteraction(t, a, slack.InteractionTypeBlockActions)
	if got := act.ActionCallback.BlockActions[0]; got.ActionID != "menu" || got.SelectedOption.Value != "copy" || act.View.CallbackID != "everything" {
		t.Errorf("overflow = %+v", got)
	}
	// One of a list in groups, by pointer; a person, by typing the name.
	do(ctx, t, chromedp.Click(at("district", ".combo-input")), chromedp.Click(option("district", "kunshan")))
	do(ctx, t, chromedp.SendKeys(at("owner", ".combo-input"), "钱晓燕\r"))
	do(ctx, t, chromedp.SendKeys(at("experts", ".combo-input"), "顾怀远\r林静姝\r沈文静\r\x1b"))
	until(ctx, t, `document.querySelector('[data-block-id="experts"] .combo-note').textContent.includes('2')`)
	do(ctx, t, chromedp.Click(at("domains", ".combo-input")), chromedp.Click(option("domains", "quantum")), chromedp.Click(option("domains", "hydrogen")), chromedp.Click(option("domains", "quantum")))
	do(ctx, t, chromedp.KeyEvent("\x1b"))
	until(ctx, t, `document.querySelector('[data-block-id="domains"] .combo-root').dataset.value === 'hydrogen' && !document.querySelector(':popover-open')`)
	read[bool](ctx, t, `(() => { const i = document.querySelector('[data-block-id="due"] input'); i.value = '2026-12-31'; i.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`)
	do(ctx, t, chromedp.Click(at("flags", `input[value=signed]`)), chromedp.Click(at("flags", `input[value=running]`)))
	do(ctx, t, chromedp.Click(at("kind", `input[value=total]`)))
	act = nextInteraction(t, a, slack.InteractionTypeBlockActions)
	if got := act.ActionCallback.BlockActions[0]; got.BlockID != "kind" || got.SelectedOption.Value != "total" {
		t.Errorf("dispatched = %+v", got)
	}
	if held := act.View.State.Values["owner"]["v"]; held.SelectedUser != "U0LXIANGCH" {
		t.Errorf("a dispatched action came without the rest of the form: %+v", held)
	}
	do(ctx, t, chromedp.SendKeys(at("item", ".combo-input"), "港口氢能"))
	until(ctx, t, `document.querySelector('[data-block-id="item"] [role=option]')?.textContent === '找到：港口氢能'`)
	do(ctx, t, chromedp.Click(option("item", "p-1")))
	until(ctx, t, `document.querySelector('[data-block-id="item"] .combo-input').value === '找到：港口氢能'`)
	folder := t.TempDir()
	for _, name := range []string{"进展.csv", "photo.png"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("a,b"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	do(ctx, t, chromedp.SetUploadFiles(at("sheet", "input[type=file]"), []string{filepath.Join(folder, "photo.png")}))
	until(ctx, t, `document.querySelector('[data-block-id="sheet"] .combo-note').textContent.includes('csv')`)
	do(ctx, t, chromedp.SetUploadFiles(at("sheet", "input[type=file]"), []string{filepath.Join(folder, "进展.csv")}))
	until(ctx, t, `document.querySelector('[data-block-id="sheet"] .chip')?.textContent.includes('进展.csv')`)
	do(ctx, t, chromedp.SendKeys(at("value", "input"), "-1"), chromedp.SendKeys(at("note", "textarea"), "太短"))
	do(ctx, t, chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `document.querySelector('[data-block-id="value"] .field-error').textContent.includes('0') && document.querySelector('[data-block-id="note"] .field-error').textContent.includes('5')`)
	do(ctx, t, chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-block-id="value"] input').value = ''`), chromedp.SendKeys(at("value", "input"), "12.5"))
	do(ctx, t, chromedp.SendKeys(at("note", "textarea"), "了一点\n再写一行"))
	do(ctx, t, chromedp.Click(`[data-testid=modal-submit]`))
	until(ctx, t, `!document.querySelector('dialog[data-view-id]')`)

	if n := len(h.state().channel(t, "dm-liaison-kunshan").Messages); n > 0 {
		t.Errorf("a form's file made %d messages", n)
	}
	values := nextInteraction(t, a, slack.InteractionTypeViewSubmission).View.State.Values
	picked := func(options []slack.OptionBlockObject) (out []string) {
		for _, o := range options {
			out = append(out, o.Value)
		}
		return out
	}
	var content bytes.Buffer
	files := values["sheet"]["v"].Files
	if len(files) != 1 || files[0].Name != "进展.csv" || files[0].Size != 3 {
		t.Fatalf("files = %+v", files)
	}
	if err := a.api.GetFile(files[0].URLPrivateDownload, &content); err != nil || content.String() != "a,b" {
		t.Errorf("the form's file = %q, %v", content.String(), err)
	}
	of := func(block string) slack.BlockAction { return values[block]["v"] }
	got := map[string]any{
		"district": of("district").SelectedOption.Value, "owner": of("owner").SelectedUser, "experts": of("experts").SelectedUsers,
		"domains": picked(of("domains").SelectedOptions), "due": of("due").SelectedDate, "flags": picked(of("flags").SelectedOptions),
		"item": of("item").SelectedOption.Text.Text + " " + of("item").SelectedOption.Value,
		"kind": of("kind").SelectedOption.Value, "value": of("value").Value, "note": of("note").Value,
	}
	want := map[string]any{
		"district": "kunshan", "owner": "U0LXIANGCH", "experts": []string{"U0MEMBER001", "U0MEMBER002"},
		"domains": []string{"hydrogen"}, "due": "2026-12-31", "flags": []string{"signed", "running"},
		"item": "找到：港口氢能 p-1", "kind": "total", "value": "12.5", "note": "太短了一点\n再写一行",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the form's values (-want +got):\n%s", diff)
	}
}
