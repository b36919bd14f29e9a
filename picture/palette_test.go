package picture

import (
	"image/color"
	"math"
	"testing"
)

// linear returns the light of a colour, each part from 0 to 1.
func linear(c color.RGBA) (r, g, b float64) {
	of := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return of(c.R), of(c.G), of(c.B)
}

// sights are what people see: the matrices of Machado, Oliveira and Fernandes
// (2009) for those who lack one kind of cones.
var sights = map[string][9]float64{
	"full":         {1, 0, 0, 0, 1, 0, 0, 0, 1},
	"protanopia":   {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deuteranopia": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritanopia":   {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

// lab returns a colour in CIELAB as it is seen.
func lab(c color.RGBA, m [9]float64) [3]float64 {
	r, g, b := linear(c)
	clamp := func(v float64) float64 { return math.Max(0, math.Min(1, v)) }
	r, g, b = clamp(m[0]*r+m[1]*g+m[2]*b), clamp(m[3]*r+m[4]*g+m[5]*b), clamp(m[6]*r+m[7]*g+m[8]*b)
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := f(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := f((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b color.RGBA, m [9]float64) float64 {
	x, y := lab(a, m), lab(b, m)
	return math.Hypot(math.Hypot(x[0]-y[0], x[1]-y[1]), x[2]-y[2])
}

// TestColoursAreToldApart holds for every kind of sight what the pictures
// promise: what stands beside each other differs clearly.
func TestColoursAreToldApart(t *testing.T) {
	t.Parallel()
	groups := map[string][]ink{
		"lines": {lineA, lineB, lineC},
		"bar":   {solid, amber, track},
	}
	for _, s := range cellStyles {
		groups["cells"] = append(groups["cells"], s.fill)
	}
	for _, s := range lightStyles {
		groups["lights"] = append(groups["lights"], s.fill)
	}
	const clearly = 8 // About four times what is just noticed.
	for group, inks := range groups {
		for i, a := range inks {
			for _, b := range inks[i+1:] {
				for sight, m := range sights {
					if paper == a || paper == b || faint == a || faint == b {
						continue // Told by their edge and their sign, on purpose.
					}
					if d := distance(palette[a], palette[b], m); d < clearly {
						t.Errorf("%s: %s and %s differ by %.1f with %s sight, want %d", group, a, b, d, sight, clearly)
					}
				}
			}
		}
	}
}

// TestSignsStandOut holds the contrast of what is drawn but not written: at
// least 3 to 1. https://www.w3.org/TR/WCAG22/#non-text-contrast
func TestSignsStandOut(t *testing.T) {
	t.Parallel()
	for _, s := range cellStyles {
		for _, ground := range []ink{s.fill, s.stripe} {
			if ground == none {
				continue
			}
			least := 4.5
			if s.word.IsZero() {
				least = 3
			}
			if c := Contrast(palette[s.ink], palette[ground]); c < least {
				t.Errorf("cell %s: %s on %s has a contrast of %.1f, want %.1f", s.state, s.ink, ground, c, least)
			}
		}
		if s.edge != none {
			if c := Contrast(palette[s.edge], palette[paper]); c < 3 {
				t.Errorf("cell %s: its edge has a contrast of %.1f", s.state, c)
			}
		}
	}
	for _, s := range lightStyles {
		if c := Contrast(palette[s.ink], palette[s.fill]); c < 4.5 {
			t.Errorf("light %s: %s on %s has a contrast of %.1f, want 4.5", s.light, s.ink, s.fill, c)
		}
	}
	for _, in := range []ink{lineA, lineB, lineC, solid, amberEdge, roseEdge, greyEdge} {
		if c := Contrast(palette[in], palette[paper]); c < 3 {
			t.Errorf("%s has a contrast of %.1f on paper", in, c)
		}
	}
}

// TestEveryStateHasItsOwnSign holds that colour never stands alone, and that
// grey is never green.
func TestEveryStateHasItsOwnSign(t *testing.T) {
	t.Parallel()
	signs, words := map[symbol]CellState{}, map[string]CellState{}
	for _, s := range cellStyles {
		if other, ok := signs[s.symbol]; ok {
			t.Errorf("%s and %s share the sign %s", s.state, other, s.symbol)
		}
		if other, ok := words[s.meaning.ZH]; ok || !s.meaning.Complete() {
			t.Errorf("%s and %s share the words %q", s.state, other, s.meaning.ZH)
		}
		signs[s.symbol], words[s.meaning.ZH] = s.state, s.state
	}
	lights := map[symbol]Light{}
	for _, s := range lightStyles {
		if other, ok := lights[s.symbol]; ok || !s.word.Complete() {
			t.Errorf("%s and %s share the sign %s", s.light, other, s.symbol)
		}
		lights[s.symbol] = s.light
	}
	for _, s := range lightStyles {
		c := palette[s.fill]
		green := int(c.G) > int(c.R)+20 && int(c.G) > int(c.B)
		if green != (s.light == OnTrack) {
			t.Errorf("light %s: green is %t", s.light, green)
		}
	}
}
