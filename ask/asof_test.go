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
