package picture

import "wainao/lang"

// Measures that all pictures share, in pixels. A picture is twice as wide as
// Slack shows it on a desk; on a phone, at a quarter of its width, the
// smallest text is still there to be zoomed into.
const (
	sheetWidth = 1600
	margin     = 56
	inner      = sheetWidth - 2*margin

	titleSize = 46
	largeSize = 34
	bodySize  = 30
	smallSize = 26
	leastSize = 24 // No text is smaller.
)

// point is a place on a sheet, in pixels from its upper left corner.
type point struct{ X, Y float64 }

// mark is one thing on a sheet.
type mark struct {
	Kind   string  `json:"kind"` // text, box, line or disc.
	X      int     `json:"x"`
	Y      int     `json:"y"` // Of a text, its baseline.
	W      int     `json:"w,omitempty"`
	H      int     `json:"h,omitempty"`
	Text   string  `json:"text,omitempty"`
	Size   int     `json:"size,omitempty"`
	Fill   ink     `json:"fill,omitempty"`
	Stripe ink     `json:"stripe,omitempty"` // Slanting stripes over the fill.
	Edge   ink     `json:"edge,omitempty"`
	Weight int     `json:"weight,omitempty"` // Of an edge or a line.
	Radius int     `json:"radius,omitempty"`
	Dash   int     `json:"dash,omitempty"` // How long dashes and gaps are; 0 is unbroken.
	Points []point `json:"-"`
	Closed bool    `json:"-"` // The points are an area, not a line.
	Symbol string  `json:"symbol,omitempty"`
}

// sheet is a picture before it is painted: everything on it and where it
// stands.
type sheet struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Marks  []mark `json:"marks"`
	lang   lang.Lang
	pens   *pens
}

func newSheet(l lang.Lang) (*sheet, error) {
	p, err := newPens(l)
	if err != nil {
		return nil, err
	}
	return &sheet{Width: sheetWidth, lang: l, pens: p}, nil
}

func (s *sheet) add(m mark) { s.Marks = append(s.Marks, m) }

// text writes words from x on, with their baseline at y, and returns how wide
// they are.
func (s *sheet) text(x, y, size int, in ink, words string) int {
	w := s.pens.width(words, size)
	if words != "" {
		s.add(mark{Kind: "text", X: x, Y: y, W: w, Text: words, Size: size, Fill: in})
	}
	return w
}

// textRight writes words that end at x.
func (s *sheet) textRight(x, y, size int, in ink, words string) int {
	w := s.pens.width(words, size)
	s.text(x-w, y, size, in, words)
	return w
}

// textCentre writes words with their middle at x.
func (s *sheet) textCentre(x, y, size int, in ink, words string) {
	s.text(x-s.pens.width(words, size)/2, y, size, in, words)
}

// paragraph writes words across the sheet, from the top y down, and returns
// where they end.
func (s *sheet) paragraph(y, size, lines int, in ink, words string) int {
	for _, line := range s.pens.wrap(clean(words), size, inner, lines) {
		s.text(margin, y+size, size, in, line)
		y += leading(size)
	}
	return y
}

// leading is how far the lines of a text stand from each other.
func leading(size int) int { return size*14/10 + 1 }

// baseline is where the baseline of a text stands whose middle is at y.
func baseline(y, size int) int { return y + size*37/100 }

func (s *sheet) box(x, y, w, h, radius int, fill ink) {
	s.add(mark{Kind: "box", X: x, Y: y, W: w, H: h, Radius: radius, Fill: fill})
}

func (s *sheet) line(x1, y1, x2, y2, weight int, in ink, dash int) {
	s.polyline([]point{{float64(x1), float64(y1)}, {float64(x2), float64(y2)}}, weight, in, dash)
}

func (s *sheet) polyline(points []point, weight int, in ink, dash int) {
	s.add(mark{Kind: "line", Points: points, X: int(points[0].X), Y: int(points[0].Y), Weight: weight, Fill: in, Dash: dash})
}

func (s *sheet) area(points []point, in ink) {
	s.add(mark{Kind: "line", Points: points, Closed: true, X: int(points[0].X), Y: int(points[0].Y), Fill: in})
}

// disc draws a full circle, or with an edge one that is filled otherwise.
func (s *sheet) disc(x, y, radius int, fill, edge ink, weight int) {
	s.add(mark{Kind: "disc", X: x, Y: y, Radius: radius, Fill: fill, Edge: edge, Weight: weight})
}

// open begins a sheet with its title, and returns where the rest begins.
func (s *sheet) open(h Heading) int {
	y := s.paragraph(margin-8, titleSize, 2, text, h.Title.In(s.lang))
	if about := h.About.In(s.lang); about != "" {
		y = s.paragraph(y+4, bodySize, 2, muted, about)
	}
	return y
}

// shut ends a sheet below y with its note, a frame and its ground.
func (s *sheet) shut(y int, h Heading) {
	if note := h.Note.In(s.lang); note != "" {
		y = s.paragraph(y+6, leastSize, 3, muted, note)
	}
	s.Height = y + margin - 16
	ground := mark{Kind: "box", W: s.Width, H: s.Height, Fill: paper, Edge: rule, Weight: 2}
	s.Marks = append([]mark{ground}, s.Marks...)
}
