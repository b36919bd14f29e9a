package ask_test

import (
	"strings"
	"testing"
	"time"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
)

func TestALayoutIsAnsweredAsOfADate(t *testing.T) {
	t.Parallel()
	e, first := engine(t), policy.Default().Layouts.Latest()
	// From 2026 on, Kunshan leads hydrogen alone.
	next := policy.Layout{Version: 2, Effective: time.Date(2026, 1, 1, 0, 0, 0, 0, policy.Zone)}
	for _, f := range first.Focus {
		if f.Domain != policy.Hydrogen {
			next.Focus = append(next.Focus, f)
		}
	}
	next.Focus = append(next.Focus, policy.Focus{Domain: policy.Hydrogen, District: policy.Kunshan, Text: lang.T("氢能车", "hydrogen vehicles")})
	pol, err := policy.Default().With(policy.Adoption{Effective: next.Effective, Layout: &next})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		question, want string
		at             time.Time
	}{
		{"氢能由哪些板块负责?", "由昆山市牵头", at},
		{"氢能由哪些板块负责?", "张家港市、常熟市", time.Date(2025, 6, 1, 0, 0, 0, 0, policy.Zone)},
		{"2024年氢能由哪些板块负责?", "张家港市、常熟市", at},
		{"2024年氢能由哪些板块负责?", "按第1版布局", at},
		{"2026年氢能由谁牵头", "由昆山市牵头", at},
		{"2022年的布局", "那时还没有布局", at},
		{"Which districts led hydrogen in 2024?", "Zhangjiagang and Changshu", at},
	} {
		a := e.Answer(ask.Question{Text: tt.question, Lang: lang.ZH}, ask.View{At: tt.at, Policy: pol.At(tt.at)})
		if text := a.Plain(a.Lang); !strings.Contains(text, tt.want) {
			t.Errorf("%s as of %s: want %q in\n%s", tt.question, tt.at.Format(time.DateOnly), tt.want, text)
		}
	}
}

func TestALayoutIsAnsweredAsOfADayWithinTheYear(t *testing.T) {
	t.Parallel()
	e, first := engine(t), policy.Default().Layouts.Latest()
	// From 10 December 2026 on, Taicang leads nothing.
	from := time.Date(2026, 12, 10, 0, 0, 0, 0, policy.Zone)
	next := policy.Layout{Version: 2}
	for _, f := range first.Focus {
		if f.District != policy.Taicang {
			next.Focus = append(next.Focus, f)
		}
	}
	pol, err := policy.Default().With(policy.Adoption{Effective: from, Layout: &next})
	if err != nil {
		t.Fatal(err)
	}
	const old, now = "太仓市牵头1个领域：空天开发", "按现行布局，太仓市没有牵头的领域"
	after := time.Date(2027, 1, 20, 10, 0, 0, 0, policy.Zone)
	soon := time.Date(2026, 12, 12, 10, 0, 0, 0, policy.Zone)
	for _, tt := range []struct {
		at             time.Time
		question, want string
	}{
		{soon, "太仓负责什么", now},
		{soon, "太仓负责什么", "出处：第2版布局"},
		{soon, "2026年太仓负责什么", now},
		{soon, "2026年12月太仓负责什么", now},
		{soon, "2026年11月太仓负责什么", old},
		{soon, "11月太仓负责什么", old},
		{soon, "十一月太仓负责什么", old},
		{soon, "12月9日太仓负责什么", old},
		{soon, "12月10日太仓负责什么", "太仓市没有牵头的领域"},
		{soon, "上个月太仓负责什么", old},
		{soon, "上周太仓负责什么", old},
		{soon, "昨天太仓负责什么", "太仓市没有牵头的领域"},
		{soon, "去年太仓负责什么", old},
		{soon, "三季度太仓负责什么", old},
		{soon, "Q3太仓负责什么", old},
		{soon, "以前太仓负责什么", old},
		{soon, "以前太仓负责空天吗", "是的"},
		{soon, "太仓负责空天吗", "出处：第2版布局"},
		{after, "去年太仓负责什么", "太仓市没有牵头的领域"},
		{after, "前年太仓负责什么", old},
		{after, "2026年三季度太仓负责什么", old},
		{soon, "What did Taicang lead in November 2026?", "Taicang leads one domain: aerospace"},
		{soon, "What did Taicang lead last year?", "Taicang leads one domain: aerospace"},
		{soon, "What did Taicang lead on 9 December?", "Taicang leads one domain: aerospace"},
		{soon, "What does Taicang lead?", "In the layout now in force, Taicang leads no domain"},
		{soon, "What may Taicang lead?", "In the layout now in force, Taicang leads no domain"},
	} {
		a := e.Answer(ask.Question{Text: tt.question, Lang: lang.ZH}, ask.View{At: tt.at, Policy: pol.At(tt.at)})
		if text := a.Plain(a.Lang); !strings.Contains(strings.ToLower(text), strings.ToLower(tt.want)) {
			t.Errorf("%s on %s: want %q in\n%s", tt.question, tt.at.Format(time.DateOnly), tt.want, text)
		}
	}
}

func TestAFigureIsOfItsOwnYear(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for question, want := range map[string]string{
		"去年研发投入占比是多少": "政策没有这个数字，只有：2022年",
		"研发投入占比是多少":   "2022年全社会研发投入占地区生产总值的4%",
	} {
		if text := e.Answer(ask.Question{Text: question, Lang: lang.ZH}, ask.View{At: at}).Plain(lang.ZH); !strings.HasPrefix(text, want) {
			t.Errorf("%s: %s", question, text)
		}
	}
}
