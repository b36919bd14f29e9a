package picture

import (
	"encoding/json"
	"image"
	"image/color"
	"slices"

	"wainao/lang"
)

// Drawing is what all pictures are made of.
type Drawing = drawing

// Layout is everything on a sheet, for golden files: a line for each mark.
func Layout(d Drawing, l lang.Lang) ([]byte, error) {
	s, err := d.sheet(l)
	if err != nil {
		return nil, err
	}
	out := []byte("[\n")
	for i, m := range s.Marks {
		line, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, ",\n"...)
		}
		out = append(out, line...)
	}
	return append(out, "\n]\n"...), nil
}

// Writing is a text on a sheet: what it says, the room it takes, and how
// strongly it stands out from whatever it stands on.
type Writing struct {
	Text     string
	Size     int
	Room     image.Rectangle
	Contrast float64
	Across   bool // It lies across the edge of a box.
}

// Writings returns the texts of a sheet and its bounds.
func Writings(d Drawing, l lang.Lang) ([]Writing, image.Rectangle, error) {
	s, err := d.sheet(l)
	if err != nil {
		return nil, image.Rectangle{}, err
	}
	var out []Writing
	for i, m := range s.Marks {
		if m.Kind != "text" {
			continue
		}
		w := Writing{Text: m.Text, Size: m.Size, Room: image.Rect(m.X, m.Y-m.Size*8/10, m.X+m.W, m.Y+m.Size/5), Contrast: 21}
		for _, ground := range grounds(s.Marks[:i], w.Room) {
			w.Contrast = min(w.Contrast, Contrast(palette[m.Fill], palette[ground]))
		}
		for _, box := range s.Marks {
			r := image.Rect(box.X, box.Y, box.X+box.W, box.Y+box.H)
			if box.Kind == "box" && r.Overlaps(w.Room) && !w.Room.In(r) {
				w.Across = true
			}
		}
		out = append(out, w)
	}
	return out, image.Rect(0, 0, s.Width, s.Height), nil
}

// grounds returns the inks that a text stands on: those of the last box that
// holds it, and of whatever touches it since.
func grounds(before []mark, room image.Rectangle) []ink {
	var out []ink
	for _, m := range slices.Backward(before) {
		if m.Kind != "box" || m.Fill == none {
			continue
		}
		box := image.Rect(m.X, m.Y, m.X+m.W, m.Y+m.H)
		if !box.Overlaps(room) {
			continue
		}
		out = append(out, m.Fill)
		if m.Stripe != none {
			out = append(out, m.Stripe)
		}
		if room.In(box) {
			break
		}
	}
	return out
}

// Contrast is the contrast ratio of two colours, 1 to 21.
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func Contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.RGBA) float64 {
	r, g, b := linear(c)
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// Reduced returns the image of a drawing before and after its colours are made
// few.
func Reduced(d Drawing, l lang.Lang) (before *image.RGBA, after *image.Paletted, err error) {
	s, err := d.sheet(l)
	if err != nil {
		return nil, nil, err
	}
	before = paint(s)
	return before, reduce(before), nil
}

// Apart is how much two colours differ, 0 to 765.
func Apart(a, b color.RGBA) int { return apart(a.R, b.R) + apart(a.G, b.G) + apart(a.B, b.B) }
