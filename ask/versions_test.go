package ask_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
)

// nine is the policy with a ninth domain and without Kunshan in the metaverse,
// from the first day of 2027 on.
func nine(t testing.TB) (pol *policy.Policy, from time.Time) {
	t.Helper()
	own := policy.Default()
	from = time.Date(2027, 1, 1, 0, 0, 0, 0, policy.Zone)
	l := policy.Layout{Version: 2}
	for _, f := range own.Layouts[0].Focus {
		if f.Domain != policy.Metaverse || f.District != policy.Kunshan {
			l.Focus = append(l.Focus, f)
		}
	}
	cite := policy.Citation{Place: lang.T("2026年度评估", "2026 evaluation")}
	l.Focus = append(l.Focus, policy.Focus{Domain: "brain-computer", District: policy.SIP, Text: lang.T("脑机接口芯片", "interface chips"), Cite: cite})
	pol, err := own.With(policy.Adoption{Effective: from, Layout: &l, Domains: []policy.Domain{{
		ID: "brain-computer", Name: lang.T("脑机接口", "Brain-computer interfaces"), Short: lang.T("脑机", "BCI"),
		Summary: lang.T("脑与机器之间的接口", "Interfaces between brains and machines"), Cite: cite,
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return pol, from
}

// TestOneEngineAnswersByEveryVersion asks one engine, made of the published
// policy, before the effective day and from it on.
func TestOneEngineAnswersByEveryVersion(t *testing.T) {
	t.Parallel()
	e := engine(t)
	pol, from := nine(t)
	before, after := from.Add(-time.Second), from.Add(time.Hour)
	for _, tt := range []struct {
		at              time.Time
		question        string
		holds, holdsNot []string
	}{
		{before, "谁负责氢能?", []string{"张家港", "常熟", "§四"}, []string{"第2版"}},
		{before, "昆山负责哪些领域?", []string{"元宇宙"}, nil},
		{after, "昆山负责哪些领域?", []string{"空天开发", "按第2版布局（2027年1月1日起生效）"}, []string{"元宇宙"}},
		{after, "2024年昆山负责哪些领域?", []string{"元宇宙", "按第1版布局（2023年9月1日起生效）"}, []string{"第2版"}},
		{after, "2024年谁负责氢能?", []string{"张家港", "常熟"}, []string{"第2版"}},
		{after, "脑机接口由谁牵头?", []string{"苏州工业园区", "脑机接口芯片", "2026年度评估"}, nil},
		{after, "Who leads brain-computer interfaces?", []string{"Suzhou Industrial Park", "2026 evaluation"}, nil},
		{after, "2024年脑机接口由谁牵头?", []string{"没有板块牵头脑机接口"}, []string{"工业园区"}},
		{before, "2027年脑机接口由谁牵头?", nil, []string{"工业园区"}},
		{before, "2027年昆山负责哪些领域?", []string{"空天开发", "第2版"}, []string{"元宇宙"}},
		{before, "2027年的布局", []string{"9个领域", "脑机接口"}, nil},
		{before, "重点发展哪些领域?", []string{"8个"}, []string{"脑机接口"}},
		{after, "重点发展哪些领域?", []string{"9个", "9. 脑机接口"}, nil},
		{after, "2024年的布局", []string{"8个领域"}, []string{"脑机接口"}},
		{after, "脑机接口是重点领域吗?", []string{"九个重点领域之一"}, nil},
	} {
		a := e.Answer(ask.Question{Text: tt.question, Lang: lang.ZH}, ask.View{At: tt.at, Policy: pol.At(tt.at)})
		text := a.Plain(a.Lang)
		for _, w := range tt.holds {
			if !strings.Contains(text, w) {
				t.Errorf("%s, %s: %q is not in\n%s", tt.at.In(policy.Zone), tt.question, w, text)
			}
		}
		for _, w := range tt.holdsNot {
			if strings.Contains(text, w) {
				t.Errorf("%s, %s: %q is in\n%s", tt.at.In(policy.Zone), tt.question, w, text)
			}
		}
	}
}

// TestVersionsAreAskedAtTheSameTime has many people ask by more versions than
// are kept.
func TestVersionsAreAskedAtTheSameTime(t *testing.T) {
	t.Parallel()
	e := engine(t)
	var all []*policy.Policy
	for range 6 {
		pol, from := nine(t)
		all = append(all, pol.At(from))
	}
	var wait sync.WaitGroup
	for i := range 24 {
		wait.Go(func() {
			pol := all[i%len(all)]
			a := e.Answer(ask.Question{Text: "脑机接口由谁牵头?", Lang: lang.ZH}, ask.View{At: time.Date(2027, 6, 1, 0, 0, 0, 0, policy.Zone), Policy: pol})
			if !strings.Contains(a.Plain(lang.ZH), "苏州工业园区") {
				t.Errorf("it says %s", a.Plain(lang.ZH))
			}
		})
	}
	wait.Wait()
}

// BenchmarkAnswerOfAVersion tells what a question costs when the version in
// force is not the one that the engine was made of.
func BenchmarkAnswerOfAVersion(b *testing.B) {
	e, err := ask.New(policy.Default())
	if err != nil {
		b.Fatal(err)
	}
	pol, from := nine(b)
	v := ask.View{At: from, Policy: pol.At(from)}
	q := ask.Question{Text: "谁负责氢能?", Lang: lang.ZH}
	start := time.Now()
	e.Answer(q, v)
	first := time.Since(start)
	for b.Loop() {
		e.Answer(q, v)
	}
	b.ReportMetric(float64(first.Microseconds())/1000, "ms/first")
}
