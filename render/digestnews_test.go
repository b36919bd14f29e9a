package render_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/render"
)

// TestDigestTellsOfNewVersions: of the layout, a target and a definition, in the
// week in which they take effect; of what is to come, that it does; and a week
// later nothing any more.
func TestDigestTellsOfNewVersions(t *testing.T) {
	t.Parallel()
	base := policy.Default()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, calendar.Shanghai()) }
	layout := policy.Layout{Version: 2}
	for _, f := range base.Layouts[0].Focus {
		switch {
		case f.Domain == policy.Metaverse && f.District == policy.Gusu:
			continue
		case f.Domain == policy.Aerospace && f.District == policy.Taicang:
			f.Text = lang.T("航空零部件 & <低空>", "aircraft parts & <low altitude>")
		}
		layout.Focus = append(layout.Focus, f)
	}
	layout.Focus = append(layout.Focus, policy.Focus{Domain: policy.Hydrogen, District: policy.Taicang, Text: lang.T("氢能船舶", "hydrogen ships")})
	scenes, _ := base.Target(policy.Scenarios, 2030)
	scenes.Value, scenes.Text = 150, lang.T("150个以上", "150 or more")
	chains, _ := base.Indicator(policy.ChainLeaders)
	chains.CountsWhen = lang.T("有复核文件", "with a document of the review")
	pol := base
	for _, a := range []policy.Adoption{
		{Effective: day(20), Layout: &layout, Source: lang.T("2026年度评估", "2026 evaluation"), Reason: "评估 <表决> 通过"},
		{Effective: day(23), Targets: []policy.Target{scenes}, Source: lang.T("秘书处公布的调整", "a change that the secretariat announced"), Reason: "场景提前完成。"},
		{Effective: day(30), Indicators: []policy.Indicator{chains}},
	} {
		next, err := pol.With(a)
		if err != nil {
			t.Fatal(err)
		}
		pol = next
	}
	at := func(moment time.Time) (*policy.Policy, ledger.DigestData) {
		src := digestSource(t)
		src.Policy = pol.At(moment)
		return src.Policy, ledger.Digest(ledger.State{}, src, moment)
	}
	for _, l := range lang.Both() {
		then, d := at(now)
		message(t, "digest-versions", l, render.Digest(d, then, l, render.DigestOptions{}))
		then, d = at(now.AddDate(0, 0, 14))
		raw, err := json.Marshal(render.Digest(d, then, l, render.DigestOptions{}).Blocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, old := range []lang.Text{lang.T("本周生效的版本", "In force since this week"), lang.T("布局第 2 版", "Layout version 2"), chains.CountsWhen} {
			if strings.Contains(string(raw), old.In(l)) {
				t.Errorf("two weeks later it is still news: %q", old.In(l))
			}
		}
	}
}
