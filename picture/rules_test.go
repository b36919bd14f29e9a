package picture_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"wainao/lang"
	"wainao/picture"
	"wainao/policy"
)

func TestDataThatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	name := lang.T("甲", "A")
	row := picture.MatrixRow{Name: name, Cells: []picture.Cell{{State: picture.NoData}}}
	target := func(t picture.Target) picture.Targets { return picture.Targets{Targets: []picture.Target{t}} }
	spread := func(i picture.SpreadItem) picture.Spread {
		return picture.Spread{Scale: picture.OutOf10, Items: []picture.SpreadItem{i}}
	}
	series := func(points ...picture.Point) picture.Series {
		return picture.Series{Moments: []lang.Text{name, name}, Lines: []picture.Line{{Points: points}}}
	}
	tests := map[string]picture.Drawing{
		"an empty matrix":              picture.Matrix{},
		"a matrix without rows":        picture.Matrix{Columns: []lang.Text{name}},
		"a row that does not fit":      picture.Matrix{Columns: []lang.Text{name, name}, Rows: []picture.MatrixRow{row}},
		"too many columns":             picture.Matrix{Columns: make([]lang.Text, picture.MaxColumns+1), Rows: []picture.MatrixRow{row}},
		"an unknown state":             picture.Matrix{Columns: []lang.Text{name}, Rows: []picture.MatrixRow{{Cells: []picture.Cell{{State: "green"}}}}},
		"a cell without a state":       picture.Matrix{Columns: []lang.Text{name}, Rows: []picture.MatrixRow{{Cells: make([]picture.Cell, 1)}}},
		"no targets":                   picture.Targets{},
		"too many targets":             picture.Targets{Targets: make([]picture.Target, picture.MaxTargets+1)},
		"a number below 0":             target(picture.Target{Value: 10, Reported: true, Accepted: -1}),
		"a number that is none":        target(picture.Target{Value: 10, Reported: true, Pending: math.NaN()}),
		"an unknown light":             target(picture.Target{Light: "purple"}),
		"a judgement without data":     target(picture.Target{Value: 10, Light: picture.FarBehind}),
		"an unknown mark":              target(picture.Target{Value: 10, Marks: []picture.Mark{{Kind: "guess", Value: 1}}}),
		"an endless mark":              target(picture.Target{Value: 10, Marks: []picture.Mark{{Kind: picture.PathMark, Value: math.Inf(1)}}}),
		"scores without a scale":       picture.Scores{Criteria: []lang.Text{name}, Items: []picture.ScoredItem{{Scores: make([]picture.Score, 1)}}},
		"scores that do not fit":       picture.Scores{Scale: picture.OutOf10, Criteria: []lang.Text{name}, Items: []picture.ScoredItem{{}}},
		"a score off the scale":        picture.Scores{Scale: picture.OutOf10, Criteria: []lang.Text{name}, Items: []picture.ScoredItem{{Scores: []picture.Score{{Given: true, Value: 10.5}}}}},
		"too many items":               picture.Spread{Scale: picture.OutOf10, Items: make([]picture.SpreadItem, picture.MaxItems+1)},
		"quartiles out of order":       spread(picture.SpreadItem{N: 5, Min: 1, Lower: 4, Median: 3, Upper: 5, Max: 6, Mean: 3}),
		"a mean beyond the highest":    spread(picture.SpreadItem{N: 5, Min: 1, Lower: 2, Median: 3, Upper: 4, Max: 5, Mean: 5.5}),
		"a spread off the scale":       spread(picture.SpreadItem{N: 5, Min: 1, Lower: 2, Median: 3, Upper: 4, Max: 50, Mean: 5.5}),
		"a line that does not fit":     series(picture.Point{}),
		"an unknown state of a point":  series(picture.Point{State: "guessed"}, picture.Point{}),
		"a value that is not a number": series(picture.Point{State: picture.Final, Value: math.NaN()}, picture.Point{}),
		"a single moment":              picture.Series{Moments: []lang.Text{name}, Lines: []picture.Line{{Points: make([]picture.Point, 1)}}},
		"a reference that does not fit": picture.Series{
			Moments: []lang.Text{name, name}, Lines: []picture.Line{{Points: make([]picture.Point, 2)}}, References: []picture.Reference{{Values: []float64{1}}},
		},
	}
	for name, d := range tests {
		_, err := d.(interface {
			Draw(l lang.Lang) (picture.Picture, error)
		}).Draw(lang.ZH)
		if !errors.Is(err, picture.ErrData) {
			t.Errorf("%s: got %v, want %v", name, err, picture.ErrData)
		}
	}
}

// says returns the texts of a picture.
func says(t *testing.T, d picture.Drawing, l lang.Lang) []string {
	t.Helper()
	texts, _, err := picture.Writings(d, l)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, w := range texts {
		out = append(out, w.Text)
	}
	return out
}

// TestNumbersOfATarget holds what is printed of a target, and that the picture
// and its alternative text agree.
func TestNumbersOfATarget(t *testing.T) {
	t.Parallel()
	unit, money := lang.T("家", "platforms"), lang.T("亿元", "RMB 100 million")
	tests := []struct {
		name   string
		in     picture.Target
		zh, en string
	}{
		{"above the target", picture.Target{Value: 10, Unit: unit, Reported: true, Accepted: 12}, "12家 · 120%", "12 platforms · 120%"},
		{"one", picture.Target{Value: 10, Unit: unit, Reported: true, Accepted: 1}, "1家 · 10%", "1 · 10%"},
		{"almost", picture.Target{Value: 1000, Unit: unit, Reported: true, Accepted: 999}, "999家 · 99%", "999 platforms · 99%"},
		{"hardly", picture.Target{Value: 1000, Unit: unit, Reported: true, Accepted: 2}, "2家 · <1%", "2 platforms · <1%"},
		{"a true 0", picture.Target{Value: 10, Unit: unit, Reported: true}, "0家 · 0%", "0 platforms · 0%"},
		{"nothing counted yet", picture.Target{Value: 10, Unit: unit, Reported: true, Pending: 3}, "待审核", "pending review"},
		{"no data", picture.Target{Value: 10, Unit: unit}, "未填报", "no data"},
		{"money", picture.Target{Value: 5000, Unit: money, Reported: true, Accepted: 1234.5}, "1234.5亿元 · 25%", "RMB 123.45 billion · 25%"},
		{"much money", picture.Target{Value: 10000, Unit: money, Reported: true, Accepted: 12400}, "12400亿元 · 124%", "RMB 1.24 trillion · 124%"},
		{"no number to reach", picture.Target{Unit: unit, Reported: true, Accepted: 3}, "目标不设数量", "a target without a number"},
	}
	for _, tt := range tests {
		d := picture.Targets{Targets: []picture.Target{tt.in}}
		for l, want := range map[lang.Lang]string{lang.ZH: tt.zh, lang.EN: tt.en} {
			if got := says(t, d, l); !strings.Contains(strings.Join(got, "\n"), want) {
				t.Errorf("%s: the picture says %q, not %q", tt.name, got, want)
			}
		}
	}
	none := picture.Targets{Targets: []picture.Target{{Value: 10, Unit: unit}}}
	for _, got := range says(t, none, lang.ZH) {
		if strings.Contains(got, "0家") || strings.Contains(got, "0%") && !strings.Contains(got, "100%") {
			t.Errorf("no data is told as %q", got)
		}
	}
}

// TestALongStoryKeepsEveryTarget holds that what is too long for an alternative
// text leaves out details before it leaves out a target.
func TestALongStoryKeepsEveryTarget(t *testing.T) {
	t.Parallel()
	var d picture.Targets
	for i := range picture.MaxTargets {
		d.Targets = append(d.Targets, picture.Target{
			Name: lang.Tf("指标%d", "Indicator %d", i), Goal: lang.T(strings.Repeat("长", 60), strings.Repeat("long ", 20)), Value: 10, Reported: true, Accepted: 3,
			Marks: []picture.Mark{{Kind: picture.LinearMark, Value: 5}, {Kind: picture.GrowthMark, Value: 4}}, Light: picture.Behind,
		})
	}
	for _, l := range lang.Both() {
		alt := d.Alt(l)
		for _, one := range d.Targets {
			if !strings.Contains(alt, one.Name.In(l)) {
				t.Errorf("%s is left out of %q", one.Name.In(l), alt)
			}
		}
	}
}

// TestWhatIsAheadIsNotMissing holds that a year that has not come is not told
// as one without data, and that a missing one is.
func TestWhatIsAheadIsNotMissing(t *testing.T) {
	t.Parallel()
	d := picture.Series{
		Moments: []lang.Text{lang.T("甲年", "year A"), lang.T("乙年", "year B"), lang.T("丙年", "year C")},
		Lines:   []picture.Line{{Name: lang.T("产值", "Output"), Points: []picture.Point{{State: picture.Final, Value: 5}, {}, {State: picture.Ahead}}}},
	}
	if n := strings.Count(strings.Join(says(t, d, lang.ZH), "\n"), "未填报"); n != 2 { // Below its year, and in the legend.
		t.Errorf("未填报 stands %d times in %q", n, says(t, d, lang.ZH))
	}
	if alt := d.Alt(lang.EN); !strings.Contains(alt, "year A at 5, year B no data.") || strings.Contains(alt, "year C") {
		t.Errorf("told as %q", alt)
	}
}

// TestNothingRunsIntoAnything draws targets, series and matrices at random and
// holds that every text stays on the sheet and off the others.
func TestNothingRunsIntoAnything(t *testing.T) {
	t.Parallel()
	words := rapid.Custom(func(t *rapid.T) lang.Text {
		return lang.T(rapid.StringMatching(`[未来产业专家咨询委员会，（）0-9]{1,30}`).Draw(t, "zh"), rapid.StringMatching(`[A-Za-z0-9 ,()“”-]{1,60}`).Draw(t, "en"))
	})
	amount := rapid.OneOf(rapid.Float64Range(0, 20), rapid.Float64Range(0, 1e7), rapid.Just(0.0))
	targets := rapid.Custom(func(t *rapid.T) picture.Drawing {
		one := rapid.Custom(func(t *rapid.T) picture.Target {
			mark := rapid.Custom(func(t *rapid.T) picture.Mark {
				kinds := []picture.MarkKind{picture.PathMark, picture.LinearMark, picture.GrowthMark}
				return picture.Mark{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Value: amount.Draw(t, "mark")}
			})
			return picture.Target{
				Name: words.Draw(t, "name"), Goal: words.Draw(t, "goal"), Value: amount.Draw(t, "value"), Unit: lang.T("个", "items"),
				Reported: rapid.Bool().Draw(t, "reported"), Accepted: amount.Draw(t, "accepted"), Pending: amount.Draw(t, "pending"), Marks: rapid.SliceOfN(mark, 0, 3).Draw(t, "marks"),
			}
		})
		return picture.Targets{Targets: rapid.SliceOfN(one, 1, picture.MaxTargets).Draw(t, "targets")}
	})
	series := rapid.Custom(func(t *rapid.T) picture.Drawing {
		n := rapid.IntRange(2, picture.MaxMoments).Draw(t, "moments")
		s := picture.Series{Unit: words.Draw(t, "unit")}
		for m := range n {
			s.Moments = append(s.Moments, lang.Tf("%d年", "year %d", m))
		}
		for range rapid.IntRange(1, picture.MaxLines).Draw(t, "lines") {
			line := picture.Line{Name: words.Draw(t, "name")}
			states := []picture.PointState{picture.NotReported, picture.Final, picture.Provisional, picture.Ahead}
			for range n {
				line.Points = append(line.Points, picture.Point{State: rapid.SampledFrom(states).Draw(t, "state"), Value: amount.Draw(t, "value")})
			}
			s.Lines = append(s.Lines, line)
		}
		return s
	})
	matrices := rapid.Custom(func(t *rapid.T) picture.Drawing {
		m := picture.Matrix{Columns: rapid.SliceOfN(words, 1, picture.MaxColumns).Draw(t, "columns")}
		states := []picture.CellState{picture.NotAssigned, picture.NoData, picture.Pending, picture.Returned, picture.Accepted, picture.Stale}
		for range rapid.IntRange(1, picture.MaxRows).Draw(t, "rows") {
			row := picture.MatrixRow{Name: words.Draw(t, "row")}
			for range m.Columns {
				row.Cells = append(row.Cells, picture.Cell{State: rapid.SampledFrom(states).Draw(t, "state"), Count: rapid.IntRange(0, 20000).Draw(t, "count")})
			}
			m.Rows = append(m.Rows, row)
		}
		return m
	})
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.OneOf(targets, series, matrices).Draw(t, "drawing")
		for _, l := range lang.Both() {
			if found := faults(d, l); len(found) > 0 {
				t.Fatalf("%T in %s: %s", d, l, strings.Join(found, "; "))
			}
			if n := utf8.RuneCountInString(d.Alt(l)); n == 0 || n > picture.MaxAlt {
				t.Fatalf("an alternative text of %d characters", n)
			}
		}
	})
}

// faults lists what is wrong with the texts of a picture: too small, too weak,
// off the sheet, across something.
func faults(d picture.Drawing, l lang.Lang) (found []string) {
	texts, bounds, err := picture.Writings(d, l)
	if err != nil {
		return []string{err.Error()}
	}
	for i, w := range texts {
		wrong := func(format string, args ...any) {
			found = append(found, fmt.Sprintf("%q at %v ", w.Text, w.Room)+fmt.Sprintf(format, args...))
		}
		if w.Size < 22 {
			wrong("is %d pixels high, want 22", w.Size)
		}
		if w.Contrast < 4.5 {
			wrong("has a contrast of %.1f, want 4.5", w.Contrast)
		}
		if !w.Room.In(bounds.Inset(20)) {
			wrong("leaves the sheet %v", bounds)
		}
		if w.Across {
			wrong("lies across the edge of a box")
		}
		if missing := picture.NotInFont(w.Text); len(missing) > 0 {
			wrong("has no forms for %q", missing)
		}
		for _, other := range texts[:i] {
			if w.Room.Overlaps(other.Room) {
				wrong("runs into %q at %v", other.Text, other.Room)
			}
		}
	}
	return found
}

// TestThePolicyFits holds that the policy's own names stand in the pictures
// whole, in both languages.
func TestThePolicyFits(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	var targets picture.Targets
	for _, target := range pol.Targets {
		i, ok := pol.Indicator(target.Indicator)
		if !ok || target.Value == 0 {
			continue
		}
		targets.Targets = append(targets.Targets, picture.Target{
			Name: lang.Tf("%d年 %s", "%d %s", target.Year, i.Name), Goal: target.Text, Value: target.Value, Unit: i.Unit,
			Reported: true, Accepted: target.Value * 1.24, Pending: target.Value / 10, Light: picture.FarBehind,
			Marks: []picture.Mark{{Kind: picture.LinearMark, Value: target.Value * 0.4}, {Kind: picture.GrowthMark, Value: target.Value * 0.3}},
		})
	}
	if len(targets.Targets) != picture.MaxTargets {
		t.Errorf("the policy has %d targets with a number, a picture holds %d", len(targets.Targets), picture.MaxTargets)
	}
	matrix := picture.Matrix{}
	for _, id := range policy.DistrictIDs() {
		d, _ := pol.District(id)
		matrix.Columns = append(matrix.Columns, d.Short)
	}
	for _, id := range policy.DomainIDs() {
		d, _ := pol.Domain(id)
		row := picture.MatrixRow{Name: d.Short}
		for range matrix.Columns {
			row.Cells = append(row.Cells, picture.Cell{State: picture.Returned, Count: 128})
		}
		matrix.Rows = append(matrix.Rows, row)
	}
	for name, d := range map[string]picture.Drawing{"targets": targets, "matrix": matrix} {
		for _, l := range lang.Both() {
			for _, fault := range faults(d, l) {
				t.Errorf("%s in %s: %s", name, l, fault)
			}
			all := says(t, d, l)
			for _, target := range targets.Targets {
				if goal := target.Goal.In(l); name == "targets" && !strings.Contains(strings.Join(all, "\n"), goal) {
					t.Errorf("in %s: the target %q is not told", l, goal)
				}
			}
			for _, words := range all {
				if strings.HasSuffix(words, "…") || strings.HasSuffix(words, "...") {
					t.Errorf("%s in %s: %q is cut", name, l, words)
				}
			}
			if *save != "" {
				checkPicture(t, "policy-"+name, d, l)
			}
		}
	}
}
