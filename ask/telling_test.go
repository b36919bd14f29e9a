package ask_test

import (
	"strings"
	"testing"

	"wainao/ask"
	"wainao/lang"
)

// TestTelling asks in words that other rules take for something else: a paper for
// a report, "not just" for a denial, a place that the text names for a foreign
// one, the best fit for a ranking.
func TestTelling(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, c := range []struct{ question, reading, says string }{
		// 报 and "report" in the sense of telling and of paper.
		{"吴江的方向和侧重拉一份单子，写简报用", "district district=wujiang", "量子技术"},
		{"把昆山的活儿连侧重一起报给我", "district district=kunshan", "元宇宙"},
		{"For my report: what does Kunshan lead?", "district district=kunshan", "metaverse"},
		{"昆山报了没", "reported district=kunshan", "昆山"},
		{"Has Kunshan filed this quarter?", "reported district=kunshan", "Kunshan"},
		{"四季度相城报了吗", "reported district=xiangcheng", "相城"},
		// Denials that deny nothing.
		{"Whose job is quantum? Every district please, not only the famous one", "who-leads domain=quantum", "Xiangcheng"},
		{"氢能归谁，别只说一个，不要漏", "who-leads domain=hydrogen", "常熟"},
		{"谁家的地盘是元宇宙，全部列出来，不只是昆山", "who-leads domain=metaverse", "姑苏"},
		{"没别的意思，就想知道量子谁做", "who-leads domain=quantum", "吴江"},
		{"不着急，把虎丘的领域发我", "district district=huqiu", "光子"},
		{"no need for prose: which districts on metaverse", "who-leads domain=metaverse", "Gusu"},
		{"哪些板块不做氢能", "districts-without domain=hydrogen", "太仓"},
		// The headings, and what the table holds.
		{"整篇文章分几大块，标题念一下", "document noun=overview", "发展基础"},
		{"preparing a poster: which districts lead hydrogen", "who-leads domain=hydrogen", "Changshu"},
		// Places that the text names, and others beside them.
		{"跟嘉兴合作G60，属于哪个行动", "prose thing=measure:regional-strategies", "G60"},
		{"which of the principles mentions Beijing-Tianjin-Hebei?", "prose thing=principle:open-sharing", "Greater Bay"},
		{"北京的量子由谁牵头", "out-of-scope", "十个板块"},
		// Where money comes from.
		{"钱打哪儿来，文件里怎么交代的", "prose thing=safeguard:funding", "社会资金"},
		{"资金支持写在第几部分", "where-in-text thing=safeguard:funding", "六(三)"},
		// The best fit is no ranking, the best district is.
		{"best district for a photonic chip startup?", "term domain=photonics term=photonic-chips", "no order of merit"},
		{"我做核酸药物，去哪个区最合适", "term domain=cell-gene-therapy term=nucleic-acid-drugs", "没有先后"},
		{"哪个区做氢能做得最好", "no-ranking", "不做排名"},
		// What is told in passing, what counts, and how often.
		{"Over lunch I heard Huqiu leads hydrogen. Is that so?", "check-pair", "Zhangjiagang"},
		{"has anybody logged a core product yet?", "progress indicator=core-products", "no data"},
		{"布局五年才调一次对吧", "prose thing=body:yearly-evaluation", "每年"},
	} {
		a := e.Answer(ask.Question{Text: c.question, Lang: lang.ZH}, ask.View{At: at})
		if got := a.Explain.Reading; !strings.HasPrefix(got, c.reading) || !strings.Contains(a.Plain(a.Lang), c.says) {
			t.Errorf("%s: read as %q, want %q and %q in\n%s", c.question, got, c.reading, c.says, a.Plain(a.Lang))
		}
	}
}
