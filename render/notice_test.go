package render_test

import (
	"testing"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/render"
)

// TestProblemsShowCommandsAsCode holds that a refusal's own command looks like
// one, while what a person typed beside it does not act.
func TestProblemsShowCommandsAsCode(t *testing.T) {
	t.Parallel()
	words := lang.T("看不懂“`x` *y*”，请用 `/future 模板`。", "I do not understand “`x` *y*”: use `/future template`.")
	for l, want := range map[lang.Lang]string{
		lang.ZH: ":warning: 看不懂“ˋxˋ ∗y∗”，请用 `/future 模板`。",
		lang.EN: ":warning: I do not understand “ˋxˋ ∗y∗”: use `/future template`.",
	} {
		for name, blocks := range map[string][]slack.Block{"message": render.Problem(words, l).Blocks, "notice": render.Notice(words, l).Blocks.BlockSet} {
			if got := blocks[0].(*slack.SectionBlock).Text.Text; got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}
