package app_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "folder that TestShots writes the documentation's screenshots into; make shots uses docs/screenshots")

// looks sets the size of the page and its colours.
func (w walker) looks(width, height int64, colours string) {
	w.t.Helper()
	w.do(chromedp.EmulateViewport(width, height), chromedp.Evaluate[chromedp.Void](`localStorage.setItem('wainao.theme', JSON.stringify('`+colours+`'))`))
}

// shoots writes what the page shows into a file.
func (w walker) shoots(name string) {
	w.t.Helper()
	w.until(`[...document.querySelectorAll('img')].every((i) => {
		const at = i.getBoundingClientRect()
		return at.bottom < 0 || at.top > innerHeight || i.complete && i.naturalWidth > 0
	})`)
	raw, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name+".png"), raw, 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// top puts the last message that holds the words at the top of the page.
func (w walker) top(words string) {
	w.t.Helper()
	w.sees("#messages .msg", words)
	w.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('#messages .msg')].filter((e) => e.textContent.includes('` + words + `')).at(-1).scrollIntoView({block: 'start'})`))
}

// TestShots takes the screenshots that the READMEs show, in both languages: a
// question with its answer, and a leader's digest on a phone.
func TestShots(t *testing.T) {
	if *shots == "" {
		t.Skip("the screenshots are taken with -shots DIR, by make shots")
	}
	t.Parallel()
	var clock settableClock
	c := twoWeeks(t, &clock)
	c.expect("leadership", "", "2026年11月23日")
	c.expect("dm-"+anEnglishLeader, "", "23 November 2026")
	w := openBrowser(t)
	w.goTo(c, "member-1", "channel=future-industries")
	w.looks(1280, 800, "light")
	for _, one := range []struct{ lang, member, question, leader, place, digest string }{
		{"zh", "member-1", "@wainao 氢能由哪些板块负责?", "leader", "channel=leadership", "未来产业每周简报 · 11月23日"},
		{"en", "member-2", "@wainao Which districts lead hydrogen?", anEnglishLeader, "channel=dm", "Weekly digest · 23 Nov"},
	} {
		w.looks(1280, 800, "light")
		w.goTo(c, one.member, "channel=future-industries")
		w.says(one.question)
		w.until(`document.querySelector('.thread-bar')`)
		w.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('.thread-bar')].at(-1).click()`))
		w.until(`document.querySelector('` + inThread + `')?.textContent.includes('§')`)
		w.shoots("try." + one.lang)
		w.looks(390, 844, "light")
		w.goTo(c, one.leader, one.place)
		w.top(one.digest)
		w.shoots("digest-390." + one.lang)
	}
}
