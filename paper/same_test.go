package paper_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"wainao/lang"
	"wainao/paper"
)

// TestTheSameDocumentIsTheSameFile writes one document many times: an order that
// is left to chance shows sooner or later.
func TestTheSameDocumentIsTheSameFile(t *testing.T) {
	t.Parallel()
	for _, l := range lang.Both() {
		drawn := func(shade uint8) *paper.Picture {
			img := image.NewPaletted(image.Rect(0, 0, 40, 20+int(shade)), color.Palette{color.White, color.Gray{Y: shade}})
			img.SetColorIndex(3, 3, 1)
			var b bytes.Buffer
			if err := png.Encode(&b, img); err != nil {
				t.Fatal(err)
			}
			return &paper.Picture{PNG: b.Bytes(), Width: 40, Height: 20 + int(shade)}
		}
		d := paper.Document{
			Lang: l, Title: "年度评估报告 Report", About: "2026", Foot: "页脚 foot", Made: time.Date(2026, 12, 26, 9, 0, 0, 0, time.UTC),
			Blocks: []paper.Block{
				{Heading: "一、评估什么 1. What"},
				{Subheading: "小节 part"},
				{Words: "前沿新材料、光子芯片、量子技术：ABC xyz 0123456789，。；"},
				{Note: "说明 note"},
				{List: []string{"甲", "乙 b"}},
				{Table: &paper.Table{Head: []string{"事项", "n"}, Right: []bool{false, true}, Rows: [][]string{{"氢能 · 昆山市", "7.25"}}}},
				// As wide as each other.
				{Picture: drawn(1)},
				{Picture: drawn(2)},
				{Picture: drawn(3)},
				{Picture: drawn(4)},
			},
		}
		var first []byte
		for n := range 20 {
			var b bytes.Buffer
			if err := paper.Write(&b, d); err != nil {
				t.Fatal(err)
			}
			if n == 0 {
				first = b.Bytes()
			} else if !bytes.Equal(first, b.Bytes()) {
				t.Fatalf("in %s time %d gave another file: %d bytes, not %d", l, n+1, b.Len(), len(first))
			}
		}
	}
}
