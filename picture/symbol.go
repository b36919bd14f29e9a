package picture

import "math"

// symbol is a small drawing that tells a state without a colour.
type symbol string

// The symbols.
const (
	tick     symbol = "tick"
	dots     symbol = "dots"
	back     symbol = "back"
	clock    symbol = "clock"
	ring     symbol = "ring"
	dash     symbol = "dash"
	attend   symbol = "attend"
	down     symbol = "down"
	downDown symbol = "down-down"
)

// symbol draws one in a square of the given side around a place.
func (s *sheet) symbol(which symbol, x, y, side int, in ink) {
	u := float64(side) / 2
	at := func(dx, dy float64) point { return point{float64(x) + dx*u, float64(y) + dy*u} }
	weight := max(3, side/9)
	from := len(s.Marks)
	switch which {
	case tick:
		s.polyline([]point{at(-0.75, 0.05), at(-0.2, 0.6), at(0.8, -0.6)}, weight+1, in, 0)
	case dots:
		for _, dx := range []int{-2, 0, 2} {
			s.disc(x+dx*side*17/100, y, max(3, side/9), in, none, 0)
		}
	case back:
		s.polyline([]point{at(-0.3, -0.85), at(-0.8, -0.35), at(-0.3, 0.15)}, weight, in, 0)
		arc := []point{at(-0.8, -0.35), at(0.25, -0.35)}
		for i := 0; i <= 12; i++ {
			turn := -math.Pi/2 + float64(i)*math.Pi/12
			arc = append(arc, at(0.25+0.53*math.Cos(turn), 0.18+0.53*math.Sin(turn)))
		}
		s.polyline(append(arc, at(-0.45, 0.71)), weight, in, 0)
	case clock:
		s.circleLine(x, y, side*43/100, weight, in)
		s.polyline([]point{at(0, -0.5), at(0, 0.05), at(0.38, 0.3)}, weight, in, 0)
	case ring:
		s.circleLine(x, y, side*36/100, weight, in)
	case dash:
		s.polyline([]point{at(-0.45, 0), at(0.45, 0)}, weight, in, 0)
	case attend:
		s.polyline([]point{at(0, -0.75), at(0, 0.15)}, weight+1, in, 0)
		s.disc(x, y+side*32/100, max(3, side/9), in, none, 0)
	case down:
		s.polyline([]point{at(-0.65, -0.3), at(0, 0.4), at(0.65, -0.3)}, weight+1, in, 0)
	case downDown:
		s.polyline([]point{at(-0.65, -0.75), at(0, -0.05), at(0.65, -0.75)}, weight+1, in, 0)
		s.polyline([]point{at(-0.65, 0), at(0, 0.7), at(0.65, 0)}, weight+1, in, 0)
	}
	for i := from; i < len(s.Marks); i++ {
		s.Marks[i].Symbol = string(which)
	}
}

// circleLine draws a circle as a line, leaving what is inside as it is.
func (s *sheet) circleLine(x, y, radius, weight int, in ink) {
	var points []point
	for i := 0; i <= 48; i++ {
		turn := float64(i) * math.Pi / 24
		points = append(points, point{float64(x) + float64(radius)*math.Cos(turn), float64(y) + float64(radius)*math.Sin(turn)})
	}
	s.polyline(points, weight, in, 0)
}
