package picture

import (
	"math"
	"strconv"

	"wainao/evaluation/stats"
	"wainao/lang"
)

// Spread is how the scores of items are spread, in the order given. Of few
// scores it shows what each of them is: whether that may be seen is for the
// caller to know.
type Spread struct {
	Heading Heading
	Scale   Scale
	Items   []SpreadItem // 1 to [MaxItems].

	// Boxes is set where nobody may know the lowest and the highest score: Min
	// and Max then say nothing, and there are no whiskers.
	Boxes bool
}

// SpreadItem is how the scores of one item are spread. N is how many there
// are; when it is 0, the rest says nothing.
type SpreadItem struct {
	Name                           lang.Text
	N                              int
	Min, Lower, Median, Upper, Max float64 // Lower and Upper are the quartiles.
	Mean                           float64

	// Withheld is set when too few scored the item for any figure to be told.
	Withheld bool
}

// leastForBox is how many scores a box of quartiles needs: of fewer it would
// only show the scores themselves.
const leastForBox = 4

// Draw draws the spread. It returns [ErrData] when there are too many items,
// when the figures of one are not in their order, and for one off the scale.
func (s Spread) Draw(l lang.Lang) (Picture, error) { return drawn(s, l) }

func (s Spread) check() error {
	if err := s.Scale.check(); err != nil {
		return err
	}
	if err := between("items", len(s.Items), 1, MaxItems); err != nil {
		return err
	}
	for _, i := range s.Items {
		if i.N < 0 {
			return unfit("%q has %d scores", i.Name.EN, i.N)
		}
		if i.N == 0 || i.Withheld {
			continue
		}
		last := 0.0
		figures := []float64{i.Min, i.Lower, i.Median, i.Upper, i.Max}
		if s.Boxes {
			figures = figures[1:4]
		}
		for _, v := range figures {
			if err := s.Scale.score(i.Name, v); err != nil {
				return err
			}
			if v < last {
				return unfit("the figures of %q are not in their order", i.Name.EN)
			}
			last = v
		}
		if math.IsNaN(i.Mean) || !s.Boxes && (i.Mean < i.Min || i.Mean > i.Max) || s.Boxes && s.Scale.score(i.Name, i.Mean) != nil {
			return unfit("the mean of %q is %v", i.Name.EN, i.Mean)
		}
	}
	return nil
}

// strips is the room of the strips: between the names and the numbers.
type strips struct {
	Scale
	names, left, width int
}

// at returns where a score stands.
func (r strips) at(v float64) int {
	return r.left + int(math.Round(v/float64(r.Scale)*float64(r.width)))
}

// steps is how many parts the scale has.
const steps = 5

func (s Spread) sheet(l lang.Lang) (*sheet, error) {
	sh, y, err := begun(l, s.Heading, s.check)
	if err != nil {
		return nil, err
	}
	r := strips{Scale: s.Scale, names: namesWidth(sh, s.Items, func(i SpreadItem) lang.Text { return i.Name })}
	r.left = margin + r.names + 36
	r.width = sheetWidth - margin - 2*peopleWidth - 30 - r.left
	top := s.axis(sh, r, y)
	bottom := top + len(s.Items)*itemHeight
	for i := range steps + 1 {
		x := r.left + i*r.width/steps
		sh.line(x, top-2, x, bottom, 2, rule, 0)
	}
	for i, item := range s.Items {
		s.strip(sh, r, item, top+i*itemHeight+itemHeight/2)
	}
	y = s.legend(sh, bottom+16)
	sh.shut(y, s.Heading)
	return sh, nil
}

// axis writes the numbers of the scale and the heads of the columns behind it.
func (s Spread) axis(sh *sheet, r strips, y int) int {
	for i := range steps + 1 {
		sh.textCentre(r.left+i*r.width/steps, y+leastSize, leastSize, muted, strconv.Itoa(i*int(s.Scale)/steps))
	}
	sh.textRight(sheetWidth-margin-peopleWidth, y+leastSize, leastSize, muted, lang.T("中位数", "median").In(sh.lang))
	sh.textRight(sheetWidth-margin, y+leastSize, leastSize, muted, people.In(sh.lang))
	return y + leading(leastSize) + 6
}

// strip draws one item: whiskers to the lowest and the highest score, a box
// between the quartiles, a bar at the median, a diamond at the mean.
func (s Spread) strip(sh *sheet, r strips, item SpreadItem, middle int) {
	sh.itemName(item.Name, r.names, middle+4)
	sh.textRight(sheetWidth-margin, baseline(middle, smallSize), smallSize, muted, strconv.Itoa(item.N))
	if item.N == 0 || item.Withheld {
		words := notGiven.In(sh.lang)
		if item.Withheld {
			words = tooFew.In(sh.lang)
		}
		w := sh.pens.width(words, leastSize)
		sh.box(r.left+16, middle-20, w+32, 40, 0, paper)
		sh.text(r.left+32, baseline(middle, leastSize), leastSize, muted, words)
		return
	}
	sh.textRight(sheetWidth-margin-peopleWidth, baseline(middle, bodySize), bodySize, text, stats.Figure(item.Median))
	if !s.Boxes {
		sh.line(r.at(item.Min), middle, r.at(item.Max), middle, 3, text, 0)
		for _, v := range []float64{item.Min, item.Max} {
			sh.line(r.at(v), middle-10, r.at(v), middle+10, 3, text, 0)
		}
	}
	if item.N >= leastForBox {
		s.quartiles(sh, r.at(item.Lower), r.at(item.Upper), middle)
	}
	s.median(sh, r.at(item.Median), middle)
	s.mean(sh, r.at(item.Mean), middle)
}

func (s Spread) quartiles(sh *sheet, from, to, middle int) {
	sh.add(mark{Kind: "box", X: from - 2, Y: middle - 18, W: to - from + 4, H: 36, Radius: 4, Fill: shade2, Edge: solid, Weight: 3})
}

func (s Spread) median(sh *sheet, x, middle int) { sh.line(x, middle-18, x, middle+18, 7, shade5, 0) }

func (s Spread) mean(sh *sheet, x, middle int) {
	fx, fy := float64(x), float64(middle)
	for _, d := range []struct {
		side float64
		in   ink
	}{{13, text}, {8, paper}} {
		sh.area([]point{{fx, fy - d.side}, {fx + d.side, fy}, {fx, fy + d.side}, {fx - d.side, fy}}, d.in)
	}
}

// legend explains a strip.
func (s Spread) legend(sh *sheet, y int) int {
	entries := []entry{
		{lang.T("中位数", "median"), 10, func(x, middle int) { s.median(sh, x+5, middle) }},
		{lang.T("平均数", "mean"), 28, func(x, middle int) { s.mean(sh, x+14, middle) }},
		{lang.T("中间一半（4份以上）", "middle half (4 or more)"), 56, func(x, middle int) { s.quartiles(sh, x+2, x+54, middle) }},
		{lang.T("最低至最高", "lowest to highest"), 56, func(x, middle int) {
			sh.line(x+2, middle, x+54, middle, 3, text, 0)
			sh.line(x+2, middle-10, x+2, middle+10, 3, text, 0)
			sh.line(x+54, middle-10, x+54, middle+10, 3, text, 0)
		}},
	}
	if s.Boxes {
		entries = entries[:3]
	}
	return sh.legend(y, smallSize, entries)
}

// Alt tells the median of every item with its spread; where that is more than
// an alternative text holds, the median alone.
func (s Spread) Alt(l lang.Lang) string {
	full, brief := tell(l, s.Heading), tell(l, s.Heading)
	scale := lang.Tf("满分%d，列出中位数和人数", "Out of %d; medians and how many scored", s.Scale)
	full.add(scale)
	brief.add(scale)
	for _, item := range s.Items {
		if item.N == 0 || item.Withheld {
			why := notGiven
			if item.Withheld {
				why = tooFew
			}
			words := lang.Tf("%s：%s", "%s: %s", item.Name, why)
			full.add(words)
			brief.add(words)
			continue
		}
		median := stats.Figure(item.Median)
		brief.add(lang.Tf("%s：%s（%d人）", "%s: %s (n = %d)", item.Name, median, item.N))
		middle := lang.Text{}
		if item.N >= leastForBox {
			middle = lang.Tf("中间一半%s至%s，", "middle half %s to %s, ", stats.Figure(item.Lower), stats.Figure(item.Upper))
		}
		if s.Boxes {
			full.add(lang.Tf("%s：%s，%s平均%s（%d人）", "%s: %s, %smean %s (n = %d)", item.Name, median, middle, stats.Figure(item.Mean), item.N))
			continue
		}
		full.add(lang.Tf("%s：%s，%s最低%s，最高%s，平均%s（%d人）", "%s: %s, %slowest %s, highest %s, mean %s (n = %d)",
			item.Name, median, middle, stats.Figure(item.Min), stats.Figure(item.Max), stats.Figure(item.Mean), item.N))
	}
	if full.fits() {
		return full.String()
	}
	return brief.String()
}
