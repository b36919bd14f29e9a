package ask_test

import (
	"strings"
	"testing"

	"wainao/ask"
	"wainao/lang"
)

// TestBeside asks what is said beside a question, years told by the present
// one, and words that the policy does not know behind a domain's name.
func TestBeside(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, c := range []struct{ question, reading string }{
		// Who asks and why.
		{"我在华为工作，想问问光子产业谁牵头", "who-leads domain=photonics"},
		{"我老家是无锡的，刚调来苏州，请问昆山做什么", "district district=kunshan"},
		{"作为一名投资人，我比较关心政府引导基金怎么用", "prose thing=measure:guidance-funds"},
		{"Working at Huawei I am curious who leads photonics", "who-leads domain=photonics"},
		{"As someone from Nanjing who just moved here, what does Kunshan do", "district district=kunshan"},
		{"Because my thesis is about innovation policy, I'd like to know how failure is treated", "prose thing=measure:tolerance"},
		// What is named there counts.
		{"我想了解氢能，昆山做不做", "check-pair domain=hydrogen district=kunshan"},
		// Years told by 2026.
		{"明年的产值目标", "no-such-year indicator=output year=2027"},
		{"后年要建多少家平台", "no-such-year indicator=platforms year=2028"},
		{"四年后产值目标是多少", "target indicator=output year=2030"},
		{"next year's output target", "no-such-year indicator=output year=2027"},
		{"how many platforms in two years", "no-such-year indicator=platforms year=2028"},
		{"how many platforms in four years", "target indicator=platforms year=2030"},
		{"我今年刚来，产值目标是多少", "target indicator=output"},
		// Words that the policy does not know.
		{"量子雷达有提到吗", "no-such-term domain=quantum"},
		{"光子剃须刀谁做", "no-such-term domain=photonics"},
		{"元宇宙婚礼算不算", "no-such-term domain=metaverse"},
		{"hydrogen aircraft in the plan?", "no-such-term domain=hydrogen"},
		{"is quantum radar mentioned", "no-such-term domain=quantum"},
		{"氢能谁牵头呀", "who-leads domain=hydrogen"},
	} {
		a := e.Answer(ask.Question{Text: c.question, Lang: lang.ZH}, ask.View{At: at})
		if got := a.Explain.Reading; got != c.reading && !strings.HasPrefix(got, c.reading+" words=") {
			t.Errorf("%s: read as %q, want %q", c.question, got, c.reading)
		}
		if strings.HasPrefix(c.reading, "no-such") && a.Status != ask.Unknown {
			t.Errorf("%s: %s, want %s", c.question, a.Status, ask.Unknown)
		}
	}
}
