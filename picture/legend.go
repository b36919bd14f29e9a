package picture

import "wainao/lang"

// entry is one entry of a legend: a sign of a given width, and its meaning.
type entry struct {
	meaning lang.Text
	width   int
	sign    func(x, middle int)
}

// legend sets entries side by side in a size of text, in as many lines as they
// need, and returns where they end.
func (s *sheet) legend(y, size int, entries []entry) int {
	const gap = 36
	height := 28 + size
	x := margin
	for _, e := range entries {
		words := e.meaning.In(s.lang)
		w := e.width + 14 + s.pens.width(words, size)
		if x > margin && x+w > sheetWidth-margin {
			x, y = margin, y+height
		}
		e.sign(x, y+height/2)
		s.text(x+e.width+14, baseline(y+height/2, size), size, text, words)
		x += w + gap
	}
	return y + height + 6
}
