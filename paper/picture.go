package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
)

func (s *setter) picture(n int, p Picture) error {
	p, err := s.unlike(p)
	if err != nil {
		return fmt.Errorf("widen picture %d: %w", n, err)
	}
	width := body
	height := width * float64(p.Height) / float64(max(p.Width, 1))
	if most := bottom - margin; height > most { // A tall one gives way.
		width, height = width*most/height, most
	}
	s.room(height)
	name := "picture-" + strconv.Itoa(n)
	o := fpdf.ImageOptions{ImageType: "PNG"}
	s.f.RegisterImageOptionsReader(name, o, bytes.NewReader(p.PNG))
	s.f.ImageOptions(name, margin+(body-width)/2, s.f.GetY(), width, height, false, o, 0, "")
	s.f.SetY(s.f.GetY() + height + gap)
	if err := s.f.Error(); err != nil {
		return fmt.Errorf("set picture %d: %w", n, err)
	}
	return nil
}

// unlike returns the picture, wider by as many pixels as make it as wide as none
// before it. The library writes pictures in the order of their widths, and those
// that are as wide in an order left to chance; the same document is to be the
// same file. What is added has the colour of the picture's corner.
func (s *setter) unlike(p Picture) (Picture, error) {
	more := 0
	for s.wide[p.Width+more] {
		more++
	}
	s.wide[p.Width+more] = true
	if more == 0 {
		return p, nil
	}
	from, err := png.Decode(bytes.NewReader(p.PNG))
	if err != nil {
		return p, err
	}
	at := from.Bounds()
	size := image.Rect(0, 0, at.Dx()+more, at.Dy())
	var to draw.Image = image.NewNRGBA(size)
	if pal, ok := from.(*image.Paletted); ok {
		to = image.NewPaletted(size, pal.Palette)
	}
	draw.Draw(to, size, image.NewUniform(from.At(at.Max.X-1, at.Min.Y)), image.Point{}, draw.Src)
	draw.Draw(to, size, from, at.Min, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, to); err != nil {
		return p, err
	}
	return Picture{PNG: b.Bytes(), Width: p.Width + more, Height: p.Height}, nil
}
