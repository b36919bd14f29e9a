package ask_test

import (
	"strings"
	"testing"

	"wainao/ask"
	"wainao/lang"
)

// TestWant asks for sorts of answers that the policy does not give, each beside
// a question in nearly the same words that it does answer.
func TestWant(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, c := range []struct {
		question string
		status   ask.Status
		says     string
	}{
		{"张家港氢能的老板叫什么", ask.Unknown, "“老板”"},
		{"张家港氢能主攻什么", ask.Answered, "氢能装备"},
		{"Which bank backs hydrogen in Changshu?", ask.Unknown, "“bank”"},
		{"Which part of hydrogen is Changshu's?", ask.Answered, "hydrogen vehicles"},
		{"Which lighthouse shows quantum computing?", ask.Unknown, "“lighthouse”"},
		{"Which district does quantum computing?", ask.Answered, "Xiangcheng"},
		{"一万亿怎么分到各板块", ask.Unknown, "10000亿"},
		{"一万亿是哪年的目标", ask.Answered, "2035"},
		{"昆山的元宇宙产值要做到多少亿", ask.Unknown, "全市"},
		{"昆山的元宇宙产值现在报了多少", ask.Answered, "暂无数据"},
		{"场景在考核里占多少分", ask.Unknown, "打分"},
		{"场景要建多少个", ask.Answered, "100"},
		{"How many engineers does the advisory committee employ?", ask.Unknown, "staff"},
		{"What does the advisory committee do?", ask.Answered, "advice"},
		{"揭榜挂帅的申报截止到几号", ask.Unknown, "截止"},
		{"揭榜挂帅是哪个行动里的", ask.Answered, "强基"},
		{"When will Xiangcheng's satellite internet open?", ask.Unknown, "“When will”"},
		{"When should output pass 500 billion?", ask.Answered, "2030"},
		{"姑苏元宇宙应用场景在哪条街", ask.Unknown, "地址"},
		{"元宇宙应用场景在哪个区", ask.Answered, "姑苏"},
		{"Is the metaverse just hype?", ask.Unknown, "no opinions"},
		{"Is the metaverse a domain?", ask.Answered, "Yes"},
		{"海底采矿装备归哪个区", ask.Unknown, "海底采矿装备"},
		{"氢能装备归哪个区", ask.Answered, "张家港"},
		{"How high was Suzhou's GDP in 2022?", ask.Unknown, "GDP"},
		{"R&D as a share of GDP in 2022", ask.Answered, "4%"},
	} {
		a := e.Answer(ask.Question{Text: c.question, Lang: lang.ZH}, ask.View{At: at})
		if a.Status != c.status || !strings.Contains(a.Plain(a.Lang), c.says) {
			t.Errorf("%s: %s, read as %q, want %s and %q in\n%s", c.question, a.Status, a.Explain.Reading, c.status, c.says, a.Plain(a.Lang))
		}
	}
}
