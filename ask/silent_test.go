package ask_test

import (
	"strings"
	"testing"

	"wainao/ask"
	"wainao/lang"
)

// TestSilent asks for what the policy says of nothing that it names, beside
// measures that sound near, and for what it does say in words alike.
func TestSilent(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, c := range []struct{ question, rule, says string }{
		// Sums of money.
		{"专项资金一年安排几千万", "out-of-scope", "金额"},
		{"引导基金总规模是几百亿还是几十亿", "out-of-scope", "金额"},
		{"财政配套比例是多少", "out-of-scope", "金额"},
		{"How big a pot of public cash stands behind this?", "out-of-scope", "amount of money"},
		{"How many million yuan does each firm get from the guidance fund?", "out-of-scope", "amount of money"},
		{"资金的来源有哪些渠道", "prose", "社会资金"},
		{"整个盘子到2035年要做到多大，人民币", "target", "10000"},
		// The document's number and who drafted it.
		{"这份意见的发文字号是什么", "out-of-scope", "文号"},
		{"苏府几号文", "out-of-scope", "文号"},
		{"What is the document's reference number?", "out-of-scope", "document number"},
		{"这文件是谁执笔的，能给个名字吗", "out-of-scope", "具体的人"},
		{"Which civil servant drafted it and how do I reach them?", "out-of-scope", "no persons"},
		{"Any hard number for the guidance fund's capital?", "out-of-scope", "amount of money"},
		{"引导基金干什么用", "prose", "中试"},
		{"没达标的区会被扣钱吗", "out-of-scope", "处罚"},
		{"What happens if a district misses its target?", "out-of-scope", "penalties"},
		{"is failure punished", "prose", "tolerates failure"},
		{"谁发布的这份文件", "document", "人民政府"},
		// Staff, penalties, deadlines, firms by name.
		{"专班一共几个人", "out-of-scope", "人数"},
		{"How many staff does the leading group employ?", "out-of-scope", "staff"},
		{"没完成目标会怎么处罚各区", "out-of-scope", "处罚"},
		{"What happens to districts that miss the targets, any sanctions?", "out-of-scope", "penalties"},
		{"补贴申报什么时候截止", "out-of-scope", "截止"},
		{"When is the cut-off for firms to sign up?", "out-of-scope", "deadline"},
		{"Send me the list of chosen enterprises", "out-of-scope", "no company"},
		// What is counted nowhere, and technologies that nobody named.
		{"太仓要造多少架飞机", "no-scoped-target", "太仓"},
		{"How many gliders must Xiangcheng put up by 2030?", "no-scoped-target", "Xiangcheng"},
		{"我们是做外骨骼的，这份文件把它划给哪个板块了", "unknown", "没有"},
		{"We build exoskeletons. Which district did the document put that in?", "unknown", "not"},
		{"How is a core product defined?", "how-counted", "proof of launch"},
		{"geothermal: which district?", "unknown", "not"},
		{"哪个区负责地热", "unknown", "没有"},
		{"签发领导是谁", "out-of-scope", "具体的人"},
		{"我们做人形机器人的，文件把这个放哪个区了", "out-of-scope", "机器人"},
	} {
		a := e.Answer(ask.Question{Text: c.question, Lang: lang.ZH}, ask.View{At: at})
		if a.Explain.Rule != c.rule || !strings.Contains(a.Plain(a.Lang), c.says) {
			t.Errorf("%s: read as %q, want %q and %q in\n%s", c.question, a.Explain.Reading, c.rule, c.says, a.Plain(a.Lang))
		}
	}
}

func TestAWordThatAsksIsNoPartOfAMisspeltName(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for question, want := range map[string]ask.Status{"Who leads chips?": ask.Ambiguous, "Who makes LED chips?": ask.Answered, "who leads quantum comunication": ask.Answered} {
		if a := e.Answer(ask.Question{Text: question, Lang: lang.EN}, ask.View{At: at}); a.Status != want {
			t.Errorf("%s: %s, want %s: %s", question, a.Status, want, a.Plain(lang.EN))
		}
	}
}
