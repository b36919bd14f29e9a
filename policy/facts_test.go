package policy

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/lang"
)

func TestSets(t *testing.T) {
	t.Parallel()
	p := Default()
	got := map[string]int{
		"domains": len(p.Domains), "districts": len(p.Districts), "indicators": len(p.Indicators), "focuses": len(p.Layouts[0].Focus),
		"principles": len(p.Principles), "actions": len(p.Actions), "safeguards": len(p.Safeguards), "batches": len(p.Batches()),
		"targets of 2030": len(p.TargetsOf(2030)), "targets of 2035": len(p.TargetsOf(2035)), "layouts": len(p.Layouts),
	}
	want := map[string]int{
		"domains": 8, "districts": 10, "indicators": 13, "focuses": 17, "principles": 4, "actions": 5, "safeguards": 4,
		"batches": 8, "targets of 2030": 14, "targets of 2035": 2, "layouts": 1,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("counts (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int{2030, 2035}, p.TargetYears()); d != "" {
		t.Errorf("years (-want +got):\n%s", d)
	}
}

func TestDocument(t *testing.T) {
	t.Parallel()
	d := Default().Document
	if got := d.Issued.UTC().Format(time.RFC3339); got != "2023-08-31T16:00:00Z" {
		t.Errorf("issued at %s, want midnight of 1 September 2023 in China", got)
	}
	if got := d.Posted.Format(time.DateOnly); got != "2023-09-04" {
		t.Errorf("posted on %s", got)
	}
	if d.Cite.Place != lang.T("题头", "Opening") || d.Signature.Place != lang.T("落款", "Signature") {
		t.Errorf("cited at %v and %v", d.Cite, d.Signature)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	p := Default()
	hydrogen, _ := p.Domain(Hydrogen)
	focus, _ := p.Layouts.Latest().FocusOf(Hydrogen, Zhangjiagang)
	output, _ := p.Target(Output, 2035)
	for _, tt := range []struct {
		got  Citation
		want Citation
	}{
		{hydrogen.Cite, Citation{"3.4", lang.T("§三.4", "§3.4")}},
		{focus.Cite, Citation{"4.4", lang.T("§四 表, 氢能", "§4 table, Hydrogen")}},
		{output.Cite, Citation{"2.3.6", lang.T("§二(三), 2035年", "§2(3), 2035")}},
		{p.Actions[1].Cite, Citation{"5.2", lang.T("§五(二)", "§5(2)")}},
		{p.Safeguards[3].Cite, Citation{"6.4", lang.T("§六(四)", "§6(4)")}},
		{p.Facts[0].Cite, Citation{"1", lang.T("§一", "§1")}},
	} {
		if d := cmp.Diff(tt.want, tt.got); d != "" {
			t.Errorf("citation (-want +got):\n%s", d)
		}
	}
}

func TestPairs(t *testing.T) {
	t.Parallel()
	l := Default().LayoutAt(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	got := map[DomainID][]DistrictID{}
	for _, d := range DomainIDs() {
		got[d] = l.DistrictsOf(d)
	}
	want := map[DomainID][]DistrictID{
		NewMaterials:    {Wujiang, SIP},
		Photonics:       {SIP, Huqiu},
		Metaverse:       {Kunshan, Wuzhong, Gusu},
		Hydrogen:        {Zhangjiagang, Changshu},
		DigitalFinance:  {Xiangcheng},
		CellGeneTherapy: {Wuzhong, SIP},
		Aerospace:       {Taicang, Kunshan, Xiangcheng},
		Quantum:         {Wujiang, Xiangcheng},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("pairs (-want +got):\n%s", d)
	}
	held := map[DistrictID]int{}
	for _, d := range DistrictIDs() {
		held[d] = len(l.DomainsOf(d))
	}
	if d := cmp.Diff(map[DistrictID]int{
		Zhangjiagang: 1, Changshu: 1, Taicang: 1, Kunshan: 2, Wujiang: 2, Wuzhong: 2, Xiangcheng: 3, Gusu: 1, SIP: 3, Huqiu: 1,
	}, held); d != "" {
		t.Errorf("fields held (-want +got):\n%s", d)
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	type target struct {
		Indicator  IndicatorID
		Year       int
		Op         Op
		Value, Max float64
		ZH, EN     string
	}
	var got []target
	for _, x := range Default().Targets {
		if x.Indicator != "" {
			got = append(got, target{x.Indicator, x.Year, x.Op, x.Value, x.Max, x.Text.ZH, x.Text.EN})
		}
	}
	want := []target{
		{Breakthroughs, 2030, Qualitative, 0, 0, "一批", "a batch"},
		{Output, 2030, MoreThan, 5000, 0, "突破5000亿元", "over RMB 500 billion"},
		{Platforms, 2030, AtLeast, 10, 0, "10家以上", "10 or more"},
		{ChainLeaders, 2030, AtLeast, 20, 0, "20家以上", "20 or more"},
		{Consortia, 2030, Qualitative, 0, 0, "一批", "a batch"},
		{PilotParks, 2030, AtLeast, 10, 0, "10个以上", "10 or more"},
		{Clusters, 2030, Qualitative, 0, 0, "初步成形", "taking first shape"},
		{CoreProducts, 2030, AtLeast, 100, 0, "100个以上", "100 or more"},
		{Scenarios, 2030, AtLeast, 100, 0, "100个以上", "100 or more"},
		{Clusters, 2035, Range, 1, 2, "1–2 个千亿级集群", "1–2 clusters of the RMB 100 billion class"},
		{Output, 2035, MoreThan, 10000, 0, "突破10000亿元", "over RMB 1 trillion"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("targets (-want +got):\n%s", d)
	}
}

func TestTargetMet(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		target  Target
		value   float64
		met, ok bool
	}{
		{Target{Op: AtLeast, Value: 10}, 10, true, true},
		{Target{Op: AtLeast, Value: 10}, 9, false, true},
		{Target{Op: MoreThan, Value: 5000}, 5000, false, true},
		{Target{Op: MoreThan, Value: 5000}, 5000.1, true, true},
		{Target{Op: Range, Value: 1, Max: 2}, 1, true, true},
		{Target{Op: Range, Value: 1, Max: 2}, 3, true, true},
		{Target{Op: Range, Value: 1, Max: 2}, 0, false, true},
		{Target{Op: Qualitative}, 7, false, false},
		{Target{}, 7, false, false},
	} {
		if met, ok := tt.target.Met(tt.value); met != tt.met || ok != tt.ok {
			t.Errorf("%s %g met by %g: %v, %v", tt.target.Op, tt.target.Value, tt.value, met, ok)
		}
	}
}

func TestDamageIsTold(t *testing.T) {
	t.Parallel()
	p := Default()
	clusters, _ := p.Target(Clusters, 2035)
	d, ok := p.Damage(clusters.Damage)
	if !ok || d.Prints.ZH != "12个" || d.Answer.ZH != "1–2 个" || !d.Sure {
		t.Errorf("the clusters' damage is %+v", d)
	}
	d, ok = p.Damage(p.Safeguards[3].Damage)
	if !ok || d.Sure || !strings.Contains(d.Answer.ZH, "八个一") {
		t.Errorf("the batches' damage is %+v", d)
	}
}

func TestFoundation(t *testing.T) {
	t.Parallel()
	figures := map[string]Fact{}
	for _, f := range Default().Facts {
		figures[f.ID] = f
	}
	if f := figures["rd-intensity"]; f.Value != 4 || f.Year != 2022 {
		t.Errorf("R&D: %+v", f)
	}
	if f := figures["industrial-output"]; f.Value != 40000 || f.Unit.ZH != "亿元" {
		t.Errorf("industrial output: %+v", f)
	}
	if n := len(figures["advanced-manufacturing-clusters"].Items); n != 3 {
		t.Errorf("%d national clusters, want 3", n)
	}
	if n := len(figures["leading-industries"].Items); n != 4 {
		t.Errorf("%d leading industries, want 4", n)
	}
}

// section returns the original words of a section.
func section(t *testing.T, number string) string {
	t.Helper()
	text, err := ParseText(strings.NewReader(officialText(t)))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := text.Paragraph(Citation{Section: number})
	return s
}

func TestEveryPrintedNumberIsATarget(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	for _, x := range Default().Targets {
		said.WriteString(x.Summary.ZH + " " + x.Text.ZH + "\n")
		if d, ok := Default().Damage(x.Damage); ok {
			said.WriteString(d.Prints.ZH + "\n")
		}
	}
	printed := regexp.MustCompile(`\d+[^\d,。、]{0,3}`).FindAllString(section(t, "2.3"), -1)
	if len(printed) < 10 {
		t.Fatalf("only %d numbers were found: %q", len(printed), printed)
	}
	for _, n := range printed {
		n = strings.TrimSuffix(n, "年") // The years are a field of their own.
		if n == "2030" || n == "2035" {
			continue
		}
		if digits := regexp.MustCompile(`^\d+(亿元|家以上|个以上|个)`).FindString(n); digits == "" || !strings.Contains(said.String(), digits) {
			t.Errorf("the text prints %q, no target says it", n)
		}
	}
}

// TestTermsStandInTheText holds that each term's name is made of words that the
// text has: nothing was invented.
func TestTermsStandInTheText(t *testing.T) {
	t.Parallel()
	text := Key(officialText(t))
	for _, x := range Default().Terms {
		// A name may join a phrase's parts; its first and last characters
		// must then stand in the text.
		name := []rune(Key(x.Name.ZH))
		head, tail := string(name[:min(2, len(name))]), string(name[max(0, len(name)-2):])
		if !strings.Contains(text, head) || !strings.Contains(text, tail) {
			t.Errorf("%s: %s does not stand in the text", x.ID, x.Name.ZH)
		}
	}
	for _, f := range Default().Layouts[0].Focus {
		if !strings.Contains(text, Key("侧重"+f.Text.ZH)) {
			t.Errorf("focus of %s in %s is not as printed: %s", f.Domain, f.District, f.Text.ZH)
		}
	}
}

// TestFieldNamesAreTheDomains holds the text's rows and the domains together.
func TestFieldNamesAreTheDomains(t *testing.T) {
	t.Parallel()
	var names []string
	for _, d := range Default().Domains {
		names = append(names, d.Name.ZH)
	}
	if d := cmp.Diff(names, fieldNames); d != "" {
		t.Errorf("rows (-domains +text):\n%s", d)
	}
}

// TestNothingIsPasted holds that the prose is our own.
func TestNothingIsPasted(t *testing.T) {
	t.Parallel()
	const run = 25
	squash := func(s string) []rune {
		return slices.DeleteFunc([]rune(s), func(r rune) bool { return !hasHan(string(r)) })
	}
	text := string(squash(officialText(t)))
	err := fs.WalkDir(dataFS(t), ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yaml" {
			return err
		}
		src, err := fs.ReadFile(dataFS(t), name)
		for line := range strings.Lines(string(src)) {
			han := squash(line)
			for i := 0; i+run <= len(han); i++ {
				if strings.Contains(text, string(han[i:i+run])) && !strings.HasPrefix(strings.TrimSpace(line), "en:") {
					t.Errorf("%s holds %q of the text", name, string(han[i:i+run]))
					break
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
