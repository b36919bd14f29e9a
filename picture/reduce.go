package picture

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// near is how much two colours may differ, all three parts together, to be
// drawn as one: less than anybody sees at the edge of a letter.
const near = 12

// reduce makes an image with a palette of at most 256 colours of one whose many
// colours are the soft edges between few: a PNG of it has less than half the
// bytes. The colours that cover most stay as they are.
func reduce(img *image.RGBA) *image.Paletted {
	counts := map[color.RGBA]int{}
	runs(img, func(c color.RGBA, _, n int) { counts[c] += n })
	all := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var chosen color.Palette
	index := make(map[color.RGBA]uint8, len(all))
	for _, c := range all {
		best, distance := nearest(chosen, c)
		if len(chosen) < 256 && (distance > near || counts[c] > img.Rect.Dx()) {
			best, chosen = len(chosen), append(chosen, c)
		}
		index[c] = uint8(best) //nolint:gosec // There are at most 256.
	}
	out := image.NewPaletted(img.Rect, chosen)
	runs(img, func(c color.RGBA, from, n int) {
		i := index[c]
		for at := from; at < from+n; at++ {
			out.Pix[at] = i
		}
	})
	return out
}

// runs calls each for every stretch of pixels of one colour, with its first
// pixel and how many there are.
func runs(img *image.RGBA, each func(c color.RGBA, from, n int)) {
	last, from := color.RGBA{}, 0
	pixels := len(img.Pix) / 4
	for i := range pixels {
		c := color.RGBA{R: img.Pix[4*i], G: img.Pix[4*i+1], B: img.Pix[4*i+2], A: img.Pix[4*i+3]}
		if c == last && i > from {
			continue
		}
		if i > from {
			each(last, from, i-from)
		}
		last, from = c, i
	}
	if pixels > from {
		each(last, from, pixels-from)
	}
}

// nearest returns which colour of a palette is nearest to c, and how far away.
func nearest(from color.Palette, c color.RGBA) (best, distance int) {
	distance = 4 * 256
	for i, p := range from {
		q := p.(color.RGBA)
		if d := apart(q.R, c.R) + apart(q.G, c.G) + apart(q.B, c.B); d < distance {
			best, distance = i, d
		}
	}
	return best, distance
}

func apart(a, b uint8) int {
	if a > b {
		return int(a - b)
	}
	return int(b - a)
}
