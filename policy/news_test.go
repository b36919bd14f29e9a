package policy

import (
	"testing"
	"time"

	"wainao/lang"
)

func TestNewsOfTheWeekInWhichAVersionTakesEffect(t *testing.T) {
	t.Parallel()
	p := Default()
	l := second(p)
	scenes, ok := p.Target(Scenarios, 2030)
	if !ok {
		t.Fatal("there is no target of scenarios")
	}
	more := scenes
	more.Value, more.Text = 150, lang.T("150个以上", "150 or more")
	chains, _ := p.Indicator(ChainLeaders)
	counts := chains
	counts.CountsWhen = lang.T("有复核文件", "with a document of the review")
	// Adopted in another order than they take effect.
	later, err := p.With(Adoption{Effective: day(2027, 2, 1), Targets: []Target{more}, Indicators: []Indicator{counts}, Source: lang.T("调整", "a change"), Reason: "提前完成"})
	if err != nil {
		t.Fatal(err)
	}
	all, err := later.With(Adoption{Effective: day(2027, 1, 1), Layout: &l, Domains: []Domain{brain}})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.NewsOf(day(2020, 1, 1), day(2040, 1, 1)); got != nil {
		t.Errorf("the policy itself is news: %+v", got)
	}
	if n := len(all.NewsOf(day(2027, 1, 2), day(2027, 2, 1))); n != 0 {
		t.Errorf("%d news in a month in which nothing takes effect", n)
	}
	for _, at := range []time.Time{day(2026, 1, 1), day(2027, 1, 4), day(2030, 1, 1)} {
		news := all.At(at).NewsOf(day(2027, 1, 1), day(2027, 2, 2))
		if len(news) != 2 {
			t.Fatalf("as of %s: %d news", at, len(news))
		}
		if n := news[0]; !n.Effective.Equal(day(2027, 1, 1)) || n.Was == nil || n.Was.Version != 1 || n.Layout.Version != 2 || len(n.Targets) != 0 {
			t.Errorf("the layout: %+v", n)
		}
		n := news[1]
		if n.Layout != nil || n.Source.EN != "a change" || n.Reason != "提前完成" || len(n.Targets) != 1 || len(n.Indicators) != 1 {
			t.Fatalf("the target: %+v", n)
		}
		if turn := n.Targets[0]; !turn.Is || turn.Was.Value != scenes.Value || turn.Now.Value != 150 {
			t.Errorf("the target: %+v", turn)
		}
		if turn := n.Indicators[0]; turn.Was.CountsWhen != chains.CountsWhen || turn.Now.CountsWhen != counts.CountsWhen {
			t.Errorf("the definition: %+v", turn)
		}
	}
}
