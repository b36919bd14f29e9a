package evaluation_test

import (
	"strings"
	"testing"
	"time"

	"wainao/ask"
	"wainao/evaluation"
	"wainao/lang"
)

// TestAnswersChangeOnTheEffectiveDay asks before and from the day on, with the
// policy as of the moment: not before, and from then on; a question about an
// earlier year gets the old layout for ever.
func TestAnswersChangeOnTheEffectiveDay(t *testing.T) {
	t.Parallel()
	pol := lived(t).pol()
	from := evaluation.Day("2027-01-01").Start()
	for _, tt := range []struct {
		at              time.Time
		question        string
		holds, holdsNot []string
	}{
		{from.Add(-time.Second), "谁负责氢能?", []string{"张家港", "常熟"}, []string{"太仓"}},
		{from, "谁负责氢能?", []string{"张家港", "常熟", "太仓"}, nil},
		{from, "Which districts lead hydrogen?", []string{"Zhangjiagang", "Taicang"}, nil},
		{from, "2024年谁负责氢能?", []string{"张家港", "常熟"}, []string{"太仓"}},
		{from.AddDate(3, 0, 0), "2024年谁负责氢能?", []string{"张家港", "常熟"}, []string{"太仓"}},
		{from.Add(-time.Second), "脑机接口由哪些板块负责?", nil, []string{"苏州工业园区"}},
		{from, "脑机接口由哪些板块负责?", []string{"苏州工业园区"}, []string{"昆山"}},
		{from.Add(-time.Second), "有几个领域?", []string{"8个"}, []string{"脑机接口"}},
		{from, "有几个领域?", []string{"9个", "脑机接口"}, nil},
	} {
		engine, err := ask.New(pol.At(tt.at))
		if err != nil {
			t.Fatal(err)
		}
		l := lang.DetectOr(tt.question, lang.ZH)
		got := engine.Answer(ask.Question{Text: tt.question, Lang: l}, ask.View{At: tt.at}).Head.In(l)
		for _, w := range tt.holds {
			if !strings.Contains(got, w) {
				t.Errorf("%s, %s: %q is not in %q", tt.at, tt.question, w, got)
			}
		}
		for _, w := range tt.holdsNot {
			if strings.Contains(got, w) {
				t.Errorf("%s, %s: %q is in %q", tt.at, tt.question, w, got)
			}
		}
	}
}
