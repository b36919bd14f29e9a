package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// paint makes an image of a sheet.
func paint(s *sheet) *image.RGBA {
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, s.Width, s.Height)), pens: s.pens}
	for _, m := range s.Marks {
		switch m.Kind {
		case "text":
			c.text(m)
		case "box":
			c.box(m)
		case "line":
			c.path(m)
		case "disc":
			c.disc(m)
		}
	}
	return c.RGBA
}

type canvas struct {
	*image.RGBA
	pens *pens
	area vector.Rasterizer
}

func (c *canvas) text(m mark) {
	f := c.pens.face(m.Size)
	drawer := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(palette[m.Fill]), Face: f}
	c.pens.glyphs(m.Text, m.Size, func(r rune, at fixed.Int26_6, held bool) {
		if !held {
			// The box that stands for a character without a form.
			side := m.Size * 8 / 10
			c.box(mark{X: m.X + at.Round() + m.Size/10, Y: m.Y - m.Size*78/100, W: side, H: side, Edge: m.Fill, Weight: max(2, m.Size/14)})
			return
		}
		drawer.Dot = fixed.Point26_6{X: fixed.I(m.X) + at, Y: fixed.I(m.Y)}
		drawer.DrawString(string(r))
	})
}

func (c *canvas) box(m mark) {
	r := image.Rect(m.X, m.Y, m.X+m.W, m.Y+m.H)
	if m.Radius == 0 && m.Stripe == none && m.Dash == 0 {
		c.square(r, m)
		return
	}
	if m.Fill != none {
		c.fill(r, palette[m.Fill], none, func() { rounded(&c.area, r, r, float32(m.Radius)) })
	}
	if m.Stripe != none {
		c.fill(r, palette[m.Stripe], m.Stripe, func() { rounded(&c.area, r, r, float32(m.Radius)) })
	}
	if m.Edge == none {
		return
	}
	if m.Dash > 0 {
		half := float64(m.Weight) / 2
		x1, y1, x2, y2 := float64(r.Min.X)+half, float64(r.Min.Y)+half, float64(r.Max.X)-half, float64(r.Max.Y)-half
		for _, side := range [][]point{{{x1, y1}, {x2, y1}}, {{x2, y1}, {x2, y2}}, {{x2, y2}, {x1, y2}}, {{x1, y2}, {x1, y1}}} {
			c.path(mark{Points: side, Weight: m.Weight, Fill: m.Edge, Dash: m.Dash})
		}
		return
	}
	c.fill(r, palette[m.Edge], none, func() {
		rounded(&c.area, r, r, float32(m.Radius))
		hole(&c.area, r, r.Inset(m.Weight), float32(max(0, m.Radius-m.Weight)))
	})
}

// square draws a box without round corners, for which nothing needs soft edges.
func (c *canvas) square(r image.Rectangle, m mark) {
	if m.Edge != none {
		outer := image.NewUniform(palette[m.Edge])
		in := r.Inset(m.Weight)
		for _, side := range []image.Rectangle{
			image.Rect(r.Min.X, r.Min.Y, r.Max.X, in.Min.Y), image.Rect(r.Min.X, in.Max.Y, r.Max.X, r.Max.Y),
			image.Rect(r.Min.X, in.Min.Y, in.Min.X, in.Max.Y), image.Rect(in.Max.X, in.Min.Y, r.Max.X, in.Max.Y),
		} {
			draw.Draw(c.RGBA, side, outer, image.Point{}, draw.Src)
		}
		r = in
	}
	if m.Fill != none {
		draw.Draw(c.RGBA, r, image.NewUniform(palette[m.Fill]), image.Point{}, draw.Src)
	}
}

func (c *canvas) disc(m mark) {
	r := image.Rect(m.X-m.Radius, m.Y-m.Radius, m.X+m.Radius, m.Y+m.Radius)
	if m.Edge != none {
		c.fill(r, palette[m.Edge], none, func() { rounded(&c.area, r, r, float32(m.Radius)) })
		r = r.Inset(m.Weight)
	}
	if m.Fill != none {
		c.fill(r, palette[m.Fill], none, func() { rounded(&c.area, r, r, float32(r.Dx())/2) })
	}
}

// path draws a line with round joints, or fills an area.
func (c *canvas) path(m mark) {
	half := float64(m.Weight) / 2
	least, most := m.Points[0], m.Points[0]
	for _, p := range m.Points {
		least = point{math.Min(least.X, p.X), math.Min(least.Y, p.Y)}
		most = point{math.Max(most.X, p.X), math.Max(most.Y, p.Y)}
	}
	r := image.Rect(int(math.Floor(least.X-half))-1, int(math.Floor(least.Y-half))-1,
		int(math.Ceil(most.X+half))+1, int(math.Ceil(most.Y+half))+1)
	c.fill(r, palette[m.Fill], none, func() {
		at := func(p point) (x, y float32) { return float32(p.X - float64(r.Min.X)), float32(p.Y - float64(r.Min.Y)) }
		if m.Closed {
			c.area.MoveTo(at(m.Points[0]))
			for _, p := range m.Points[1:] {
				c.area.LineTo(at(p))
			}
			c.area.ClosePath()
			return
		}
		for _, piece := range dashes(m.Points, float64(m.Dash)) {
			for i := 1; i < len(piece); i++ {
				stroke(&c.area, at, piece[i-1], piece[i], half)
			}
			if m.Dash == 0 {
				for _, p := range piece {
					x, y := at(p)
					circle(&c.area, x, y, float32(half))
				}
			}
		}
	})
}

// stroke adds a straight piece of a line.
func stroke(area *vector.Rasterizer, at func(point) (x, y float32), a, b point, half float64) {
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	if length == 0 {
		return
	}
	dx, dy := (b.X-a.X)/length*half, (b.Y-a.Y)/length*half
	area.MoveTo(at(point{a.X + dy, a.Y - dx}))
	area.LineTo(at(point{b.X + dy, b.Y - dx}))
	area.LineTo(at(point{b.X - dy, b.Y + dx}))
	area.LineTo(at(point{a.X - dy, a.Y + dx}))
	area.ClosePath()
}

// dashes cuts a line into dashes with gaps as long as they; 0 leaves it whole.
func dashes(points []point, dash float64) [][]point {
	if dash == 0 {
		return [][]point{points}
	}
	var out [][]point
	var piece []point
	left, on := dash, true
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.X-a.X, b.Y-a.Y)
		for done := 0.0; done < length; {
			step := math.Min(left, length-done)
			from := point{a.X + (b.X-a.X)*done/length, a.Y + (b.Y-a.Y)*done/length}
			done += step
			left -= step
			if on {
				if piece == nil {
					piece = []point{from}
				}
				piece = append(piece, point{a.X + (b.X-a.X)*done/length, a.Y + (b.Y-a.Y)*done/length})
			}
			if left > 0 {
				continue
			}
			if on {
				out, piece = append(out, piece), nil
			}
			left, on = dash, !on
		}
	}
	if len(piece) > 1 {
		out = append(out, piece)
	}
	return out
}

// fill draws what shape describes, relative to the corner of r, in a colour;
// with stripes, only where they run.
func (c *canvas) fill(r image.Rectangle, in color.RGBA, stripes ink, shape func()) {
	c.area.Reset(r.Dx(), r.Dy())
	shape()
	if stripes == none {
		c.area.Draw(c.RGBA, r, image.NewUniform(in), image.Point{})
		return
	}
	mask := image.NewAlpha(image.Rect(0, 0, r.Dx(), r.Dy()))
	c.area.DrawOp = draw.Src
	c.area.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	c.area.DrawOp = draw.Over
	for y := range r.Dy() {
		for x := range r.Dx() {
			i := mask.PixOffset(x, y)
			mask.Pix[i] = uint8(float64(mask.Pix[i]) * stripe(x+r.Min.X, y+r.Min.Y))
		}
	}
	draw.DrawMask(c.RGBA, r, image.NewUniform(in), image.Point{}, mask, image.Point{}, draw.Over)
}

// How far slanting stripes stand from each other, and how wide they are,
// measured along a row.
const (
	stripeEvery = 18
	stripeWidth = 7
)

// stripe returns how much of a pixel a stripe covers.
func stripe(x, y int) float64 {
	at := float64((x + y) % stripeEvery)
	return math.Max(0, math.Min(1, stripeWidth/2.0-math.Abs(at-stripeEvery/2.0)+0.5))
}

// rounded adds a box with round corners, clockwise.
func rounded(area *vector.Rasterizer, ground, r image.Rectangle, radius float32) {
	x1, y1 := float32(r.Min.X-ground.Min.X), float32(r.Min.Y-ground.Min.Y)
	x2, y2 := x1+float32(r.Dx()), y1+float32(r.Dy())
	k := radius * (1 - bend)
	area.MoveTo(x1+radius, y1)
	area.LineTo(x2-radius, y1)
	area.CubeTo(x2-k, y1, x2, y1+k, x2, y1+radius)
	area.LineTo(x2, y2-radius)
	area.CubeTo(x2, y2-k, x2-k, y2, x2-radius, y2)
	area.LineTo(x1+radius, y2)
	area.CubeTo(x1+k, y2, x1, y2-k, x1, y2-radius)
	area.LineTo(x1, y1+radius)
	area.CubeTo(x1, y1+k, x1+k, y1, x1+radius, y1)
	area.ClosePath()
}

// bend is how far the control points of a cubic curve stand from its ends to
// make a quarter of a circle of radius 1.
const bend = 0.5522847

// hole adds the same box anticlockwise, so that it is left out.
func hole(area *vector.Rasterizer, ground, r image.Rectangle, radius float32) {
	x1, y1 := float32(r.Min.X-ground.Min.X), float32(r.Min.Y-ground.Min.Y)
	x2, y2 := x1+float32(r.Dx()), y1+float32(r.Dy())
	k := radius * (1 - bend)
	area.MoveTo(x1+radius, y1)
	area.CubeTo(x1+k, y1, x1, y1+k, x1, y1+radius)
	area.LineTo(x1, y2-radius)
	area.CubeTo(x1, y2-k, x1+k, y2, x1+radius, y2)
	area.LineTo(x2-radius, y2)
	area.CubeTo(x2-k, y2, x2, y2-k, x2, y2-radius)
	area.LineTo(x2, y1+radius)
	area.CubeTo(x2, y1+k, x2-k, y1, x2-radius, y1)
	area.ClosePath()
}

// circle adds a full circle in the direction of [stroke], so that the two join.
func circle(area *vector.Rasterizer, x, y, radius float32) {
	k := radius * bend
	area.MoveTo(x+radius, y)
	area.CubeTo(x+radius, y+k, x+k, y+radius, x, y+radius)
	area.CubeTo(x-k, y+radius, x-radius, y+k, x-radius, y)
	area.CubeTo(x-radius, y-k, x-k, y-radius, x, y-radius)
	area.CubeTo(x+k, y-radius, x+radius, y-k, x+radius, y)
	area.ClosePath()
}
