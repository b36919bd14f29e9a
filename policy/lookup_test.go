package policy

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/lang"
)

func TestFind(t *testing.T) {
	t.Parallel()
	p := Default()
	domain := func(w string) string { d, _ := p.FindDomain(w); return string(d.ID) }
	district := func(w string) string { d, _ := p.FindDistrict(w); return string(d.ID) }
	indicator := func(w string) string { i, _ := p.FindIndicator(w); return string(i.ID) }
	for _, tt := range []struct {
		kind  string
		find  func(string) string
		words []string
		want  string
	}{
		{"domain", domain, []string{"hydrogen", "氢能", " Hydrogen ", "HYDROGEN", "hydrogen energy", "氢 能", "4", "4"}, "hydrogen"},
		{"domain", domain, []string{"新材料", "前沿新材料", "new-materials", "New Materials", "new_materials"}, "new-materials"},
		{"domain", domain, []string{"光子", "光子芯片与光器件", "Photonics"}, "photonics"},
		{"domain", domain, []string{"CGT", "细胞和基因诊疗", "细胞基因诊疗"}, "cell-gene-therapy"},
		{"domain", domain, []string{"", "青能", "石油", "9", "0"}, ""},
		{"district", district, []string{"虎丘", "虎丘区", "苏州高新区", "高新区", "SND", "snd", "SND", "Suzhou New District", "苏州高新区 "}, "huqiu"},
		{"district", district, []string{"园区", "SIP", "sip", "工业园区", "苏州工业园区", "Suzhou Industrial Park"}, "sip"},
		{"district", district, []string{"昆山", "昆山市", "Kunshan", "kunshan"}, "kunshan"},
		{"district", district, []string{"", "无锡", "Wuxi", "吴"}, ""},
		{"indicator", indicator, []string{"产值", "总产值", "output", "Output Value"}, "output"},
		{"indicator", indicator, []string{"chain-leaders", "链主", "链主企业", "chain leaders"}, "chain-leaders"},
		{"indicator", indicator, []string{"应用场景", "场景", "scenarios"}, "scenarios"},
		{"indicator", indicator, []string{"", "GDP"}, ""},
	} {
		for _, w := range tt.words {
			if got := tt.find(w); got != tt.want {
				t.Errorf("%s %q is %q, want %q", tt.kind, w, got, tt.want)
			}
		}
	}
}

func TestEveryWordFindsItsOwner(t *testing.T) {
	t.Parallel()
	p := Default()
	for _, d := range p.Domains {
		for _, w := range append(d.Aliases.All(), string(d.ID), d.Name.ZH, d.Name.EN, d.Short.ZH, d.Short.EN) {
			if got, ok := p.FindDomain(w); !ok || got.ID != d.ID {
				t.Errorf("%q is domain %q, want %q", w, got.ID, d.ID)
			}
		}
	}
	for _, d := range p.Districts {
		for _, w := range append(d.Aliases.All(), string(d.ID), d.Name.ZH, d.Name.EN, d.Short.ZH, d.Short.EN) {
			if got, ok := p.FindDistrict(w); !ok || got.ID != d.ID {
				t.Errorf("%q is district %q, want %q", w, got.ID, d.ID)
			}
		}
	}
	for _, x := range p.Terms {
		for _, w := range append(x.Aliases.All(), x.ID, x.Name.ZH, x.Name.EN) {
			if !slices.ContainsFunc(p.FindTerms(w), func(f Term) bool { return f.ID == x.ID }) {
				t.Errorf("%q does not find the term %q", w, x.ID)
			}
		}
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	p := Default()
	l := p.Layouts.Latest()
	for word, want := range map[string][]DistrictID{
		"SiC": {SIP}, "GaN": {SIP}, "碳纤维": {Wujiang}, "e-CNY": {Xiangcheng}, "ITBT": {SIP}, "细胞药物": {Wuzhong, SIP},
		"光子芯片": {SIP, Huqiu}, "硅光芯片": {SIP, Huqiu}, "光开关": {Huqiu}, "加氢站": {Zhangjiagang}, "电堆": {Zhangjiagang, Changshu},
		"低轨卫星": {Xiangcheng}, "量子路由器": {Wujiang}, "量子云": {Xiangcheng}, "教育元宇宙": {Gusu}, "工业元宇宙": {Wuzhong},
		"宽禁带半导体": {SIP}, "射频器件": {SIP}, "氢能装备": {Zhangjiagang}, "光通信": {SIP},
		"3D打印": nil, "脑机接口": nil, "氢脆": nil,
	} {
		terms := p.FindTerms(word)
		if len(terms) != 1 {
			t.Errorf("%q names %d terms", word, len(terms))
			continue
		}
		var got []DistrictID
		for _, f := range p.Covers(l, terms[0].ID) {
			got = append(got, f.District)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("districts for %q (-want +got):\n%s", word, d)
		}
	}
	if got := p.Covers(l, "no-such-term"); got != nil {
		t.Errorf("an unknown term is covered by %v", got)
	}
}

func TestKeyIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.String().Draw(t, "word")
		if k := Key(w); Key(k) != k {
			t.Fatalf("Key(%q) is %q, its key %q", w, k, Key(k))
		}
	})
	if got := Key(" SIP—园 区_X"); got != "sip园区x" {
		t.Errorf("key %q", got)
	}
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, Zone) }

func TestLayoutsByDate(t *testing.T) {
	t.Parallel()
	p := Default()
	second := Layout{Version: 2, Effective: day(2025, 1, 1), Focus: []Focus{
		{Domain: Hydrogen, District: Taicang, Text: lang.T("氢能船", "hydrogen ships")},
	}}
	ls, err := p.Layouts.With(second)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at      time.Time
		version int
	}{
		{day(2023, 8, 31), 0},
		{day(2023, 9, 1).Add(-time.Second), 0},
		{day(2023, 9, 1), 1},
		{day(2025, 1, 1).Add(-time.Second).UTC(), 1},
		{day(2025, 1, 1).UTC(), 2},
		{day(2040, 1, 1), 2},
	} {
		if got := ls.At(tt.at).Version; got != tt.version {
			t.Errorf("at %s version %d is in force, want %d", tt.at, got, tt.version)
		}
	}
	if len(p.Layouts) != 1 {
		t.Errorf("With changed the policy's layouts: %d", len(p.Layouts))
	}
	if got := ls.At(day(2026, 1, 1)).DistrictsOf(Hydrogen); !slices.Equal(got, []DistrictID{Taicang}) {
		t.Errorf("hydrogen is led by %v", got)
	}
	if l, ok := ls.Version(2); !ok || len(l.Focus) != 1 {
		t.Errorf("version 2 is %v, %v", l, ok)
	}
	if _, ok := ls.Version(3); ok {
		t.Error("version 3 was found")
	}
	if got := (Layouts{}).Latest().Version; got != 0 {
		t.Errorf("the latest of none is version %d", got)
	}
}

func TestLayoutsRefuse(t *testing.T) {
	t.Parallel()
	p := Default()
	good := Focus{Domain: Hydrogen, District: Taicang, Text: lang.T("氢能船", "hydrogen ships")}
	layout := func(fs ...Focus) Layout { return Layout{Version: 2, Effective: day(2025, 1, 1), Focus: fs} }
	with := func(l Layout) error { _, err := p.Layouts.With(l); return err }
	for name, tt := range map[string]struct {
		err  error
		code string
	}{
		"a gap in the versions":  {with(Layout{Version: 3, Effective: day(2025, 1, 1)}), "layout-version"},
		"the same date":          {with(Layout{Version: 2, Effective: day(2023, 9, 1)}), "layout-effective"},
		"no date":                {p.CheckLayout(Layout{Version: 2, Focus: []Focus{good}}), "layout-effective"},
		"nothing":                {p.CheckLayout(layout()), "layout-empty"},
		"an unknown domain":      {p.CheckLayout(layout(Focus{Domain: "robots", District: Taicang, Text: good.Text})), "layout-domain"},
		"an unknown district":    {p.CheckLayout(layout(Focus{Domain: Hydrogen, District: "wuxi", Text: good.Text})), "layout-district"},
		"words in one language":  {p.CheckLayout(layout(Focus{Domain: Hydrogen, District: Taicang, Text: lang.T("氢", "")})), "layout-focus"},
		"a pair given twice":     {p.CheckLayout(layout(good, good)), "layout-pair"},
		"nothing wrong":          {p.CheckLayout(layout(good)), ""},
		"the policy's own":       {p.CheckLayout(p.Layouts[0]), ""},
		"the next with a domain": {with(layout(good)), ""},
	} {
		problem, ok := errors.AsType[*lang.Problem](tt.err)
		switch {
		case tt.code == "" && tt.err != nil:
			t.Errorf("%s: %v", name, tt.err)
		case tt.code != "" && (!ok || problem.Code != tt.code):
			t.Errorf("%s: %v, want %s", name, tt.err, tt.code)
		case ok && (!problem.Words.Complete() || strings.Contains(problem.Error(), "%!")):
			t.Errorf("%s: words %+v", name, problem.Words)
		}
	}
}

func BenchmarkFindDistrict(b *testing.B) {
	p := Default()
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := p.FindDistrict("苏州高新区"); !ok {
			b.Fatal("not found")
		}
	}
}
