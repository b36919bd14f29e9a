package picture

import (
	"math"
	"strconv"
	"strings"

	"wainao/evaluation/stats"
	"wainao/lang"
)

// Bounds of the pictures of an evaluation.
const (
	MaxItems    = 30
	MaxCriteria = 11
)

// Scale is what scores run up to, from 0.
type Scale int

// The scales.
const (
	OutOf10  Scale = 10
	OutOf100 Scale = 100
)

func (s Scale) check() error {
	if s != OutOf10 && s != OutOf100 {
		return unfit("a scale of %d", s)
	}
	return nil
}

// score checks a score against the scale.
func (s Scale) score(of lang.Text, v float64) error {
	if math.IsNaN(v) || v < 0 || v > float64(s) {
		return unfit("%s has a score of %v out of %d", of.EN, v, s)
	}
	return nil
}

// Scores is a matrix of scores: items by criteria, in the order given.
type Scores struct {
	Heading  Heading
	Scale    Scale
	What     lang.Text   // What a number is, such as "the median of all scores".
	Criteria []lang.Text // 1 to [MaxCriteria].
	Items    []ScoredItem
}

// ScoredItem is one row of [Scores].
type ScoredItem struct {
	Name   lang.Text
	Scores []Score // One for each criterion.
	N      int     // How many people scored the item.

	// Withheld is set when too few scored the item for any figure to be told; the
	// scores then say nothing.
	Withheld bool
}

// Score is one score. When nobody gave one, Given is false.
type Score struct {
	Given bool
	Value float64
}

// Draw draws the scores. It returns [ErrData] when there are too many, when a
// row does not fit the criteria, and for a score off the scale.
func (s Scores) Draw(l lang.Lang) (Picture, error) { return drawn(s, l) }

func (s Scores) check() error {
	err := s.Scale.grid("criteria", len(s.Criteria), MaxCriteria, "items", len(s.Items), MaxItems, func(i int) (lang.Text, int) {
		return s.Items[i].Name, len(s.Items[i].Scores)
	})
	if err != nil {
		return err
	}
	for _, item := range s.Items {
		for _, score := range item.Scores {
			if err := s.Scale.score(item.Name, score.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// widest is a score with as many signs as one has.
func (s Scale) widest() string { return stats.Figure(float64(s) - 0.01) }

// grid checks what every matrix of scores has in common: as many columns and
// rows as there is room for, and a cell for each column.
func (s Scale) grid(columns string, wide, widest int, rows string, high, highest int, row func(i int) (name lang.Text, cells int)) error {
	if err := s.check(); err != nil {
		return err
	}
	if err := between(columns, wide, 1, widest); err != nil {
		return err
	}
	if err := between(rows, high, 1, highest); err != nil {
		return err
	}
	for i := range high {
		if name, n := row(i); n != wide {
			return unfit("%q has %d cells for %d %s", name.EN, n, wide, columns)
		}
	}
	return nil
}

// scored draws a box with a score, in the shade of its fifth of the scale.
func (s *sheet) scored(scale Scale, v float64, x, y, width, height, size int) {
	shade := shades[scale.shadeOf(v)]
	s.box(x, y, width, height, 6, shade.fill)
	s.textCentre(x+width/2, baseline(y+height/2, size), size, shade.ink, stats.Figure(v))
}

// withheld draws a box without a score, and says why there is none.
func (s *sheet) withheld(why lang.Text, x, y, width, height int) {
	s.add(mark{Kind: "box", X: x, Y: y, W: width, H: height, Radius: 6, Fill: paper, Edge: greyEdge, Weight: 2, Dash: 10})
	s.textCentre(x+width/2, baseline(y+height/2, leastSize), leastSize, onGrey, s.pens.cut(why.In(s.lang), leastSize, width-8))
}

// begun is a sheet of a picture of an evaluation below its heading, once its
// data are checked, with where it goes on.
func begun(l lang.Lang, h Heading, check func() error) (sh *sheet, y int, err error) {
	if err := check(); err != nil {
		return nil, 0, err
	}
	if sh, err = newSheet(l); err != nil {
		return nil, 0, err
	}
	return sh, sh.open(h) + 22, nil
}

// shades are the colours of scores, for each fifth of the scale from the
// bottom, each with the colour of what is written on it.
var shades = [...]struct{ fill, ink ink }{
	{shade1, text}, {shade2, text}, {shade3, text}, {shade4, onSolid}, {shade5, onSolid},
}

// shadeOf returns which fifth of the scale a score lies in.
func (s Scale) shadeOf(v float64) int {
	return min(int(v*float64(len(shades))/float64(s)), len(shades)-1)
}

// Measures of the pictures of an evaluation.
const (
	itemHeight  = 62
	maxItemName = 460
	peopleWidth = 110
)

var (
	people   = lang.T("人数", "n")
	notGiven = lang.T("未评分", "no scores")
)

func (s Scores) sheet(l lang.Lang) (*sheet, error) {
	sh, y, err := begun(l, s.Heading, s.check)
	if err != nil {
		return nil, err
	}
	names := namesWidth(sh, s.Items, func(i ScoredItem) lang.Text { return i.Name })
	left := margin + names + 24
	pitch := (sheetWidth - margin - peopleWidth - left) / len(s.Criteria)

	size := bodySize
	for _, smaller := range []int{smallSize, leastSize} { // Many criteria leave little room.
		if sh.pens.width(s.Scale.widest(), size) > pitch-24 {
			size = smaller
		}
	}
	y = s.heads(sh, left, y, pitch)
	for _, item := range s.Items {
		middle := y + itemHeight/2
		sh.itemName(item.Name, names, middle)
		for i, score := range item.Scores {
			x := left + i*pitch
			switch {
			case item.Withheld:
				sh.withheld(tooFew, x, y, pitch-8, itemHeight-8)
			case !score.Given:
				sh.withheld(lang.T("未评分", "none"), x, y, pitch-8, itemHeight-8)
			default:
				sh.scored(s.Scale, score.Value, x, y, pitch-8, itemHeight-8, size)
			}
		}
		sh.textRight(sheetWidth-margin, baseline(middle-4, smallSize), smallSize, muted, strconv.Itoa(item.N))
		y += itemHeight
	}
	y = scoreLegend(sh, s.Scale, s.What, y+12)
	sh.shut(y, s.Heading)
	return sh, nil
}

// itemName writes the name of an item beside its row.
func (s *sheet) itemName(name lang.Text, width, middle int) {
	s.text(margin, baseline(middle-4, smallSize), smallSize, text, s.pens.cut(clean(name.In(s.lang)), smallSize, width))
}

// namesWidth returns how wide the names of items may be: as wide as the widest,
// within bounds.
func namesWidth[T any](s *sheet, items []T, name func(T) lang.Text) int {
	const least = 240
	width := least
	for _, i := range items {
		width = max(width, s.pens.width(clean(name(i).In(s.lang)), smallSize))
	}
	return min(width, maxItemName)
}

// heads writes the names of the criteria, in up to three lines. Where a word of
// one is wider than its column, they stand higher and lower by turns, each with
// the room of two columns.
func (s Scores) heads(sh *sheet, left, y, pitch int) int {
	const most = 3
	turns, room := 1, pitch-16
	for _, name := range s.Criteria {
		for word := range strings.FieldsSeq(clean(name.In(sh.lang))) {
			if sh.lang == lang.EN && sh.pens.width(word, leastSize) > room {
				turns, room = 2, 2*pitch-24
			}
		}
	}
	names := make([][]string, len(s.Criteria))
	lines := make([]int, 2)
	for i, name := range s.Criteria {
		// At the right edge lies the column of how many scored.
		width := min(room, 2*(sheetWidth-margin-peopleWidth/2-(left+i*pitch+(pitch-8)/2)))
		names[i] = sh.pens.wrap(clean(name.In(sh.lang)), leastSize, max(width, pitch-16), most)
		lines[i%turns] = max(lines[i%turns], len(names[i]))
	}
	bottom := y + (lines[0]+lines[1])*leading(leastSize)
	for i, name := range names {
		middle, foot := left+i*pitch+(pitch-8)/2, bottom
		if turns == 2 && i%2 == 0 {
			foot -= lines[1] * leading(leastSize)
			sh.line(middle, foot, middle, bottom+2, 2, rule, 0)
		}
		for j, line := range name {
			sh.textCentre(middle, foot-(len(name)-j)*leading(leastSize)+leastSize, leastSize, text, line)
		}
	}
	sh.textRight(sheetWidth-margin, bottom-leading(leastSize)+leastSize, leastSize, muted, people.In(sh.lang))
	return bottom + 8
}

// scoreLegend explains the shades and the numbers.
func scoreLegend(sh *sheet, scale Scale, what lang.Text, y int) int {
	var entries []entry
	fifth := int(scale) / len(shades)
	for i, shade := range shades {
		words := lang.Tf("%d至%d", "%d to %d", i*fifth, (i+1)*fifth)
		entries = append(entries, entry{words, 44, func(x, middle int) { sh.box(x, middle-16, 44, 32, 6, shade.fill) }})
	}
	y = sh.legend(y, smallSize, entries)
	if words := what.In(sh.lang); words != "" {
		y = sh.paragraph(y, leastSize, 2, muted, words)
	}
	return y
}

// Alt tells every item's scores, as many as fit.
func (s Scores) Alt(l lang.Lang) string {
	st := tell(l, s.Heading)
	st.add(s.What)
	same := func(t lang.Text) lang.Text { return t }
	st.add(lang.Tf("满分%d，各项依次为：%s", "Out of %d, in this order: %s", s.Scale, lang.List(s.Criteria, same)))
	for _, item := range s.Items {
		if item.Withheld {
			st.add(lang.Tf("%s：%s（%d人）", "%s: %s (n = %d)", item.Name, tooFew, item.N))
			continue
		}
		scores := lang.List(item.Scores, func(score Score) lang.Text {
			if !score.Given {
				return notGiven
			}
			return lang.T(stats.Figure(score.Value), stats.Figure(score.Value))
		})
		st.add(lang.Tf("%s：%s（%d人）", "%s: %s (n = %d)", item.Name, scores, item.N))
	}
	return st.String()
}
