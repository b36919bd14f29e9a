package paper

import (
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"wainao/picture"
)

// newSetter is a setter on an empty page.
func newSetter() *setter {
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes(family, "", picture.Font())
	f.AddPage()
	return &setter{f: f, widths: map[rune]float64{}, wide: map[int]bool{}}
}

func TestNoColumnPartsAWordWhileOthersHaveRoom(t *testing.T) {
	t.Parallel()
	s := newSetter()
	table := Table{
		Head:  []string{"No.", "Item", "Moved", "Recommended", "Entitled", "For", "Against", "Abstain", "Result"},
		Share: []float64{0.8, 3, 3, 1.5, 1.1, 0.9, 1.1, 1, 1.7},
		Rows: [][]string{
			{"1", "Cell and Gene Diagnosis and Therapy · Suzhou Industrial Park", "take into the layout: hydrogen drones", "strengthen", "30", "20", "10", "0", "tied, not carried"},
			{"2", "细胞和基因诊疗 · 苏州工业园区", "调整重点：氢能商用车", "–", "30", "0", "0", "0", "票数相同，未通过"},
		},
	}
	widths := s.columns(table)
	sum := 0.0
	for i, w := range widths {
		sum += w
		for _, row := range append([][]string{table.Head}, table.Rows...) {
			words := strings.Fields(row[i])
			for _, line := range s.wrap(row[i], smallSize, w-2*pad) {
				for piece := range strings.FieldsSeq(line) {
					if strings.ContainsFunc(piece, wide) || slices.Contains(words, piece) {
						continue
					}
					t.Errorf("column %d of %.1f mm parts %q: %q", i, w, row[i], line)
				}
			}
		}
	}
	if sum < body-0.1 || sum > body+0.1 {
		t.Errorf("the columns take %.2f mm of %.2f", sum, body)
	}
	// What no page is wide enough for is parted, and the shares stand.
	long := Table{Head: []string{strings.Repeat("w", 300), "b"}, Share: []float64{1, 1}}
	if got := s.columns(long); got[0] != body/2 || got[1] != body/2 {
		t.Errorf("the columns are %v", got)
	}
}
