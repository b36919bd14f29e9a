package app_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// walker is a person before the page of a whole Wainao.
type walker struct {
	t   *testing.T
	ctx context.Context
}

// openBrowser starts a Chromium. Without one the test is skipped, except in
// continuous integration, which installs it.
func openBrowser(t *testing.T) walker {
	t.Helper()
	program := os.Getenv("CHROME_PATH")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program != "" {
			break
		}
		program, _ = exec.LookPath(name)
	}
	if program == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium: continuous integration must run the browser test")
		}
		t.Skip("no Chromium: install chromium or set CHROME_PATH to run the browser test")
	}
	limit, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	allocator, stop := chromedp.NewExecAllocator(limit, chromedp.ExecPath(program), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	w := walker{t, ctx}
	w.do(chromedp.EmulateViewport(1280, 900))
	return w
}

func (w walker) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, steps...); err != nil {
		w.t.Fatal(err)
	}
}

// until waits for a JavaScript expression to become true.
func (w walker) until(expression string) {
	w.t.Helper()
	limit, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(limit, chromedp.Poll[bool]("Boolean("+expression+")")); err != nil {
		text, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.body.innerText`))
		w.t.Fatalf("never true: %s: %v\nthe page says:\n%s", expression, err, text)
	}
}

// sees waits until an element shows all the words.
func (w walker) sees(selector string, words ...string) {
	w.t.Helper()
	all := make([]string, 0, len(words))
	for _, word := range words {
		all = append(all, `e.textContent.includes("`+word+`")`)
	}
	w.until(`[...document.querySelectorAll('` + selector + `')].some((e) => ` + strings.Join(all, " && ") + `)`)
}

// goTo opens the page as a person at a place, such as channel=dm or view=home.
func (w walker) goTo(c *chat, person, place string) {
	w.t.Helper()
	w.do(chromedp.Navigate(c.address + "/?as=" + person + "&" + place))
	w.until(`!document.querySelector('[data-loading]') && document.querySelector('#persona').dataset.value === '` + person + `'`)
}

func (w walker) types(selector, text string) {
	w.t.Helper()
	w.do(chromedp.SendKeys(selector, text))
}

// says types a message, sends it with Enter and waits until it has gone.
func (w walker) says(text string) {
	w.t.Helper()
	w.types("#composer", text+"\r")
	w.until(`document.querySelector('#composer').value === ''`)
}

// chooses opens a list of the form, filters it and takes the first, by keyboard.
func (w walker) chooses(field, words, value string) {
	w.t.Helper()
	w.types(`[data-block-id^="`+field+`"] input`, words+"\r")
	w.until(`document.querySelector('[data-block-id^="` + field + `"] .combo-root').dataset.value === '` + value + `'`)
}

// picks opens a short list of the form, which is not filtered, and clicks an
// option.
func (w walker) picks(field, value string) {
	w.t.Helper()
	w.do(chromedp.Click(`[data-block-id^="` + field + `"] input`))
	w.do(chromedp.Click(`[data-block-id^="` + field + `"] [data-value="` + value + `"].option`))
	w.until(`document.querySelector('[data-block-id^="` + field + `"] .combo-root').dataset.value === '` + value + `'`)
}

const (
	inChannel = "#messages"
	inThread  = "[data-testid=thread]"
	inHome    = "#home-view"
	inForm    = "dialog[data-view-id]"
)

// TestTheNewcomersWalkInABrowser is the README's "Try it", done on the page by
// mouse and keyboard.
func TestTheNewcomersWalkInABrowser(t *testing.T) {
	t.Parallel()
	w := openBrowser(t)
	dir := t.TempDir()
	c := startChat(t, dir)

	// A newcomer chooses the committee member, asks, and reads the answer in its thread.
	w.do(chromedp.Navigate(c.address + "/"))
	w.until(`document.querySelector('#welcome [data-persona="member-1"]')`)
	w.do(chromedp.Click(`#welcome [data-persona="member-1"]`))
	w.until(`!document.querySelector('#welcome') && document.querySelector('#persona').dataset.value === 'member-1'`)
	w.says("@wainao 氢能由哪些板块负责?")
	w.until(`document.querySelector('[data-testid=thread-link], .thread-bar')`)
	w.do(chromedp.Click(`.thread-bar`))
	w.sees(inThread, "张家港市", "常熟市", "§四 表, 氢能")

	// The other member asks in English, directly.
	w.goTo(c, "member-2", "channel=dm")
	w.says("Which districts lead hydrogen?")
	w.sees(inChannel, "Zhangjiagang", "Changshu", "§4 table, Hydrogen")

	// The liaison finds the command by its first letters and fills in the form:
	// first without the name, which the form says where it is missing.
	w.goTo(c, "liaison-kunshan", "channel=future-industries")
	w.types("#composer", "/fu")
	w.sees(".complete:not([hidden]) .option", "/future")
	w.types("#composer", "\t")
	w.until(`document.querySelector('#composer').value === '/future '`)
	w.types("#composer", "rep")
	w.sees(".complete:not([hidden]) .option", "report", "上报")
	w.types("#composer", "\t")
	w.until(`document.querySelector('#composer').value.trim() === '/future report'`)
	w.types("#composer", "\r")
	w.until(`document.querySelector('` + inForm + `')?.open`)
	w.sees(inForm, "板块：昆山市")
	w.chooses("domain", "空天", "aerospace")
	w.until(`document.querySelector('[data-block-id="indicator.1"]')`) // The form is filled in anew for the domain.
	w.chooses("indicator", "应用场景", "scenarios")
	w.until(`document.querySelector('[data-block-id="stage.2"]')`) // And asks for what the indicator wants.
	w.types(`[data-block-id^="evidence"] input`, "https://www.ks.gov.cn/notice/1")
	w.types(`[data-block-id^="holder"] input`, "昆山低空公司")
	w.types(`[data-block-id^="place"] input`, "花桥")
	w.picks("stage", "built")
	w.types(`[data-block-id^="progress"] textarea`, "已建成试飞场。")
	w.do(chromedp.Click("[data-testid=modal-submit]"))
	w.until(`document.querySelector('[data-block-id^="name"] .field-error')?.textContent`)
	w.until(`document.activeElement.closest('[data-block-id]')?.dataset.blockId.startsWith('name') && document.querySelectorAll('.has-error').length === 1`)
	w.types(`[data-block-id^="name"] input`, "低空物流航线")
	w.do(chromedp.Click("[data-testid=modal-submit]"))
	w.until(`!document.querySelector('` + inForm + `')`)
	w.goTo(c, "liaison-kunshan", "channel=dm")
	w.sees(inChannel, "低空物流航线", "已上报，待审核")
	w.goTo(c, "liaison-kunshan", "view=home")
	w.sees(inHome, "昆山市", "已上报 1 项")

	// The secretariat has its card; the leader asks for the digest and sees the report.
	w.goTo(c, "secretariat", "channel=secretariat")
	w.sees(inChannel, "低空物流航线", "昆山市")
	w.goTo(c, "leader", "channel=leadership")
	w.says("/future digest")
	w.sees(inChannel, "未来产业每周简报", "新上报 1 份待审核", "低空物流航线", "昆山")
	w.goTo(c, "leader", "view=home")
	w.until(`document.querySelectorAll('` + inHome + ` .block').length > 2`)

	// Stopped and started again, everything is still there.
	c.stop()
	c = startChat(t, dir)
	w.goTo(c, "leader", "channel=leadership")
	w.sees(inChannel, "未来产业每周简报", "低空物流航线")
	w.goTo(c, "member-1", "channel=future-industries")
	w.sees(inChannel, "氢能由哪些板块负责?")
	w.do(chromedp.Click(`.thread-bar`))
	w.sees(inThread, "张家港市", "常熟市")
	w.goTo(c, "member-2", "channel=dm")
	w.sees(inChannel, "Zhangjiagang")
	w.goTo(c, "liaison-kunshan", "channel=dm")
	w.sees(inChannel, "低空物流航线")
	w.goTo(c, "liaison-kunshan", "view=home")
	w.sees(inHome, "昆山市", "已上报 1 项")
}
