package render_test

import (
	"testing"
	"time"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/render"
)

// adopted is the policy with a second layout, a ninth domain, another target
// and another definition, from days to come.
func adopted(t *testing.T) *policy.Policy {
	t.Helper()
	own := policy.Default()
	cite := policy.Citation{Place: lang.T("2026年度评估", "2026 evaluation")}
	l := policy.Layout{Version: 2}
	for _, f := range own.Layouts[0].Focus {
		switch {
		case f.Domain == policy.Metaverse && f.District == policy.Gusu:
		case f.Domain == policy.Quantum && f.District == policy.Wujiang:
			f.Text, f.Cite = lang.T("量子通信与量子测量", "quantum communication and measurement"), cite
			l.Focus = append(l.Focus, f)
		default:
			l.Focus = append(l.Focus, f)
		}
	}
	l.Focus = append(l.Focus, policy.Focus{Domain: "brain-computer", District: policy.SIP, Text: lang.T("脑机接口芯片<1>", "interface chips <1>"), Cite: cite})
	day := func(month time.Month) time.Time { return time.Date(2027, month, 1, 0, 0, 0, 0, policy.Zone) }
	pol, err := own.With(policy.Adoption{Effective: day(1), Layout: &l, Domains: []policy.Domain{{
		ID: "brain-computer", Name: lang.T("脑机接口", "Brain-computer interfaces"), Short: lang.T("脑机", "BCI"), Summary: lang.T("脑与机器之间的接口", "Between brains and machines"),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	target, _ := own.Target(policy.Platforms, 2030)
	target.Value, target.Text = 15, lang.T("15家以上", "15 or more")
	definition, _ := own.Indicator(policy.Scenarios)
	definition.CountsWhen = lang.T("验收后", "when accepted")
	if pol, err = pol.With(policy.Adoption{Effective: day(6), Targets: []policy.Target{target}, Indicators: []policy.Indicator{definition}}); err != nil {
		t.Fatal(err)
	}
	return pol
}

func TestVersions(t *testing.T) {
	t.Parallel()
	pol := adopted(t)
	target, _ := policy.Default().Target(policy.Output, 2030)
	definition, _ := pol.Indicator(policy.Scenarios)
	for _, l := range lang.Both() {
		d := render.VersionsData{Policy: pol, Now: now, May: true}
		m := render.Versions(d, l)
		golden(t, "versions", l, m.Text, m.Blocks)
		m = render.Versions(render.VersionsData{Policy: policy.Default(), Now: now}, l)
		golden(t, "versions-none", l, m.Text, m.Blocks)
		m = render.LayoutOf(d, time.Date(2027, 3, 1, 0, 0, 0, 0, policy.Zone), l)
		golden(t, "versions-layout", l, m.Text, m.Blocks)
		golden(t, "versions-target", l, "", render.TargetModal(target, now, l))
		golden(t, "versions-definition", l, "", render.IndicatorModal(definition, now, l))
	}
}

func TestDossier(t *testing.T) {
	t.Parallel()
	b := busy(t)
	pol := policy.Default()
	c := evaluation.Cycle{ID: "2026", Frozen: 1234, FrozenAt: now, Items: evaluation.ItemsOf(pol.Layouts[0])}
	before := evaluation.Cycle{ID: "2025", Items: c.Items, Outcome: &evaluation.Outcome{Adopted: true}}
	for _, i := range c.Items {
		if i.Domain != policy.Photonics || i.District != policy.SIP {
			continue
		}
		d := render.DossierData{
			Cycle: c, Item: i, Policy: pol, Newest: pol, At: now, LastCycle: before,
			Last:    &evaluation.ItemResult{Item: i, N: 9, Told: true, Weighted: stats.Summary{N: 9, Median: 7.25, Q1: 6.5, Q3: 8.1}, Recommendation: evaluation.Keep},
			Items:   b.state.Items(ledger.ItemFilter{Domain: i.Domain, District: i.District}),
			Reports: b.state.Reports(ledger.Filter{Domain: i.Domain, District: i.District}),
		}
		d.Focus, _ = pol.LayoutAt(now).FocusOf(i.Domain, i.District)
		for _, indicator := range pol.Indicators {
			tally, last := ledger.TallyOf(b.state, indicator, i.Domain, i.District, now)
			d.Figures = append(d.Figures, render.DossierFigure{Indicator: indicator, Tally: tally, Last: last})
		}
		late := d.Reports[0]
		late.At, late.Revision = now.AddDate(0, 0, 3), 2
		d.Since = []ledger.Report{late}
		for _, l := range lang.Both() {
			m := render.Dossier(d, l)
			golden(t, "evaluation-dossier", l, m.Text, m.Blocks)
		}
		return
	}
	t.Fatal("the layout has no such pair")
}
