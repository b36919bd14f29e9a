package picture

import (
	"image"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"wainao/lang"
	"wainao/policy"
)

func TestFontHoldsGB2312(t *testing.T) {
	t.Parallel()
	encoder := simplifiedchinese.HZGB2312.NewEncoder()
	var all strings.Builder
	n := 0
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		if _, err := encoder.String(string(r)); err == nil {
			all.WriteRune(r)
			n++
		}
	}
	if n != 6763 {
		t.Fatalf("GB 2312 has 6763 Han characters, not %d", n)
	}
	if out := NotInFont(all.String()); len(out) > 0 {
		t.Errorf("the font lacks %d of them: %q", len(out), out)
	}
}

// TestFontHoldsThePolicy holds that no name of the policy's data is drawn with
// an empty box.
func TestFontHoldsThePolicy(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	var names []lang.Text
	for _, id := range policy.DomainIDs() {
		d, _ := pol.Domain(id)
		names = append(names, d.Name, d.Short, d.Summary)
	}
	for _, id := range policy.DistrictIDs() {
		d, _ := pol.District(id)
		names = append(names, d.Name, d.Short)
	}
	for _, i := range pol.Indicators {
		names = append(names, i.Name, i.Unit, i.CountsWhen)
	}
	for _, target := range pol.Targets {
		names = append(names, target.Text, target.Summary, target.Unit)
	}
	if len(names) < 80 {
		t.Fatalf("only %d names", len(names))
	}
	for _, name := range names {
		if out := NotInFont(name.ZH + name.EN); len(out) > 0 {
			t.Errorf("the font lacks %q of %v", out, name)
		}
	}
}

func TestNotInFont(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want []rune
	}{
		{"前沿新材料 · “氢能” 2030年≥5000亿元（①→②）", nil},
		{"𠮷田𠮷", []rune("𠮷")},
		{"🚀 launch\u200d\ufe0f", []rune("🚀")},
		{"two\nlines\tof words", nil},
	}
	for _, tt := range tests {
		if got := NotInFont(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("NotInFont(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestACharacterWithoutAFormIsABox looks at the pixels: an edge, and nothing
// inside.
func TestACharacterWithoutAFormIsABox(t *testing.T) {
	t.Parallel()
	p, err := newPens(lang.ZH)
	if err != nil {
		t.Fatal(err)
	}
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, 60, 60)), pens: p}
	c.text(mark{X: 10, Y: 45, Text: "𠮷", Size: 40, Fill: text})
	inked := func(x, y int) bool { return c.RGBAAt(x, y).A > 0 }
	if !inked(14, 30) || !inked(30, 14) || inked(30, 30) || inked(5, 30) {
		t.Errorf("no box: left %t, top %t, inside %t, outside %t", inked(14, 30), inked(30, 14), inked(30, 30), inked(5, 30))
	}
	if w := p.width("𠮷", 40); w != 40 {
		t.Errorf("it is %d pixels wide, want 40", w)
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	p, err := newPens(lang.ZH)
	if err != nil {
		t.Fatal(err)
	}
	const size = 20 // A Han character is as wide as that.
	tests := []struct {
		name, in     string
		width, lines int
		want         []string
	}{
		{"fits", "苏州", 100, 2, []string{"苏州"}},
		{"anywhere between Han characters", "未来产业专家", 60, 3, []string{"未来产", "业专家"}},
		{"not before a closing sign", "未来产，业专", 60, 3, []string{"未来", "产，业", "专"}},
		{"not behind an opening one", "未来（产业）", 60, 3, []string{"未来", "（产", "业）"}},
		{"at spaces", "new energy source", 110, 3, []string{"new energy", "source"}},
		{"a word too long", "aaaaaaaaaaaaaaaa", 60, 9, []string{"aaaaa", "aaaaa", "aaaaa", "a"}},
		{"the last line is cut", "未来产业专家咨询", 80, 1, []string{"未来产…"}},
		{"nothing", "", 80, 1, nil},
	}
	for _, tt := range tests {
		got := p.wrap(tt.in, size, tt.width, tt.lines)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		for _, line := range got {
			if w := p.width(line, size); w > tt.width {
				t.Errorf("%s: %q is %d wide", tt.name, line, w)
			}
		}
	}
}

// TestEnglishSetsSignsNarrow holds that signs which Chinese sets as wide as a
// Han character do not tear English apart.
func TestEnglishSetsSignsNarrow(t *testing.T) {
	t.Parallel()
	zh, _ := newPens(lang.ZH)
	en, _ := newPens(lang.EN)
	for _, sign := range "“”‘’·" {
		wide, narrow := zh.width(string(sign), 40), en.width(string(sign), 40)
		if wide < 36 || narrow > 20 {
			t.Errorf("%c is %d wide in Chinese, %d in English", sign, wide, narrow)
		}
	}
	for _, r := range "市A1，" {
		if a, b := zh.width(string(r), 40), en.width(string(r), 40); a != b {
			t.Errorf("%c is %d wide in Chinese, %d in English", r, a, b)
		}
	}
	if clean(" a\n\u200bb\u3000") != "a b" {
		t.Errorf("cleaned to %q", clean(" a\n\u200bb\u3000"))
	}
}
