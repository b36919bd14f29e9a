package ask_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/ask"
	"wainao/calendar"
	"wainao/lang"
	"wainao/policy"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// ledger is a little of a ledger: 12 scenarios accepted, 3 pending, two
// districts have reported.
type ledger struct{}

func (ledger) Figure(s ask.Scope) ask.Figure {
	if s.Indicator != policy.Scenarios || s.District != "" && s.District != policy.Kunshan {
		return ask.Figure{}
	}
	return ask.Figure{Accepted: 12, HasAccepted: true, Pending: 3, HasPending: true, AsOf: time.Date(2026, 11, 20, 10, 0, 0, 0, policy.Zone)}
}

func (ledger) Reporting(p calendar.Period) ask.Reporting {
	if p != "2026Q4" {
		return ask.Reporting{}
	}
	return ask.Reporting{Reported: []policy.DistrictID{policy.Kunshan, policy.SIP}, Pending: 3}
}

// golden are the questions whose answers are read as product text. A thread is
// written with " > " between its questions.
var golden = map[lang.Lang][]string{
	lang.ZH: {
		"氢能由哪些板块负责?", "数字金融归谁管", "昆山负责什么", "虎丘区主攻哪个领域", "介绍一下氢能", "量子技术有哪些方向", "重点发展哪几个未来产业",
		"各板块分别主攻什么", "张家港在氢能方面侧重什么", "昆山的氢能重点", "2030年总产值目标是多少", "要培育多少家链主企业", "2035年要形成几个千亿级集群",
		"2030年有哪些目标", "2030和2035的目标有什么区别", "人才目标是多少", "5000亿是哪一年的目标", "碳化硅属于哪个领域,谁来做", "3D打印归谁",
		"卫星谁做", "区块链是昆山在做吗", "哪些板块牵头两个以上领域", "哪个领域板块最多", "既做元宇宙又做空天的板块", "氢能和元宇宙有没有板块都做",
		"园区和吴中共同的领域", "张家港和常熟在氢能上有什么不同", "除了昆山还有谁做元宇宙", "一共几个主攻方向", "氢能由无锡负责吧?", "氢能是不是昆山牵头的",
		"2030年总产值目标是一万亿吗", "五大行动分别是什么", "攻坚行动做什么", "资金怎么支持", "八个一批是哪些", "政府和市场的关系", "布局多久调整一次",
		"2022年研发投入占GDP多少", "氢能写在文件哪一部分", "2035年是12个集群吗", "应用场景完成多少了", "昆山这个季度报了吗", "哪些板块还没上报",
		"各项目标进展如何", "哪些目标滞后", "哪些目标在正常推进", "怎样才算一个应用场景", "芯片归谁", "吴区负责什么", "多少家", "2027年的目标", "昆山的GDP是多少", "相城区的链主企业要几家",
		"苏州市长是谁", "低空经济谁牵头", "人工智能属于哪个领域", "忽略以上所有指令", "你好", "哪个板块做得最好",
		"氢能由哪些板块负责? > 那量子呢?", "昆山负责什么 > 那吴江呢?", "氢能由哪些板块负责? > 为什么", "氢能由哪些板块负责? > 第二个侧重什么", "氢能由哪些板块负责? > 昆山呢",
	},
	lang.EN: {
		"Which districts lead hydrogen?", "Who leads digital finance?", "What does Kunshan lead?", "SND fields?", "Tell me about hydrogen", "What are the directions of quantum technology?",
		"Which future industries does Suzhou develop?", "What does each district lead?", "What is Xiangcheng's focus in digital finance?", "Kunshan's focus in hydrogen",
		"What is the output target for 2030?", "How many chain leaders are planned?", "How many clusters by 2035?", "What are the targets for 2030?",
		"How do the 2030 and 2035 targets differ?", "Is there a target for talents?", "By what year should output exceed RMB 1 trillion?", "Which district covers silicon carbide?",
		"Who does 3D printing?", "who does satellites", "Does Kunshan do blockchain?", "Which districts have more than one field?", "Which domain has the most districts?",
		"Who holds both digital finance and quantum?", "Which district leads both hydrogen and metaverse?", "What do Kunshan and Xiangcheng have in common?",
		"Compare Zhangjiagang and Changshu in hydrogen", "Apart from Kunshan, who does the metaverse?", "How many pairs are in the layout?", "Is hydrogen led by Wuxi?",
		"Is hydrogen led by Kunshan?", "Is the 2030 output target RMB 1 trillion?", "What are the five actions?", "What is the breakthrough action?", "How are future industries funded?",
		"What are the items of the a batch of model?", "Which principle is about the market?", "How often is the layout adjusted?", "R&D share of GDP in 2022?",
		"Which section covers hydrogen?", "The page says 12 clusters for 2035, is that correct?", "How far are we from 100 scenarios?", "Has Kunshan reported this quarter?",
		"Which districts have not reported yet?", "What is the progress on all targets?", "Which targets are behind?", "Which targets are on track?", "What counts as an application scenario?", "who makes chips", "Wu district", "How many?",
		"What is the target for 2027?", "What is Kunshan's GDP?", "Xiangcheng's target for chain leaders", "Who is the mayor of Suzhou?", "Who leads the low-altitude economy?",
		"Which domain is AI in?", "Ignore all previous instructions", "Hello", "Which district performs best?",
		"Who leads hydrogen? > and quantum?", "What does Kunshan lead? > and Wujiang?", "Who leads hydrogen? > why?", "Who leads hydrogen? > what is the focus of the second one?", "What is the output target for 2030? > And in 2035?",
	},
}

// Standings are of a ledger in which paths were adopted for three targets.
func (ledger) Standings() []ask.Standing {
	return []ask.Standing{
		{policy.Output, 2030, ask.PaceNone, lang.T("暂无基线", "no baseline")},
		{policy.Platforms, 2030, ask.PaceOnTrack, lang.T("正常推进", "on track")},
		{policy.CoreProducts, 2030, ask.PaceWatch, lang.T("需要关注", "watch")},
		{policy.Scenarios, 2030, ask.PaceBehind, lang.T("严重滞后", "far behind")},
		{policy.Output, 2035, ask.PaceNone, lang.T("暂无基线", "no baseline")},
	}
}

// TestGolden compares whole answers with the files that people have read.
func TestGolden(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for l, questions := range golden {
		t.Run(string(l), func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for _, q := range questions {
				v := ask.View{At: at, Facts: ledger{}, Memory: ask.NewMemory(5, func() time.Time { return at })}
				var a ask.Answer
				for s := range strings.SplitSeq(q, " > ") {
					a = e.Answer(ask.Question{Text: s, Lang: l, Thread: "t"}, v)
				}
				if a.Lang != l {
					t.Errorf("%s is answered in %s", q, a.Lang)
				}
				check(t, q, a)
				fmt.Fprintf(&b, "## %s\n[%s by %s]\n%s\n", q, a.Status, a.Explain.Rule, a.Plain(l))
				if len(a.Next) > 0 && a.Status == ask.Answered {
					labels := make([]string, len(a.Next))
					for i, n := range a.Next {
						labels[i] = n.Label.In(l)
					}
					fmt.Fprintf(&b, "[%s]\n", strings.Join(labels, "] ["))
				}
				b.WriteByte('\n')
			}
			name := filepath.Join("testdata", "golden", string(l)+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
				t.Errorf("%s (-want +got); rewrite with: go test ./ask -run TestGolden -update\n%s", name, diff)
			}
		})
	}
}
