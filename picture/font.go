package picture

import (
	_ "embed" // For the font.
	"sort"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"wainao/lang"
)

// Noto Sans SC Regular, cut down to the characters of GB 2312 and some around
// them; font/gen/subset.mjs tells which and how. Its licence is font/OFL.txt.
//
//go:generate sh -c "cd font/gen && npm install --no-package-lock --no-audit --no-fund && node subset.mjs; rm -rf node_modules"
//go:embed font/NotoSansSC-Regular.subset.ttf
var fontData []byte

var parsedFont = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(fontData) })

// NotInFont returns the characters of s that the font does not hold, each once
// and in their order. They are drawn as an empty box.
func NotInFont(s string) []rune {
	f, err := parsedFont()
	if err != nil {
		return []rune(s)
	}
	var buf sfnt.Buffer
	var out []rune
	for _, r := range clean(s) {
		if !holds(f, &buf, r) && !strings.ContainsRune(string(out), r) {
			out = append(out, r)
		}
	}
	return out
}

func holds(f *opentype.Font, buf *sfnt.Buffer, r rune) bool {
	i, err := f.GlyphIndex(buf, r)
	return err == nil && i != 0
}

// clean makes one line of s: white space becomes a space, and what only
// controls the writing is left out.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) && r != '　':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// pens measure and draw text in the sizes of one picture. They must not be
// shared between goroutines.
type pens struct {
	font   *opentype.Font
	buf    sfnt.Buffer
	faces  map[int]font.Face
	narrow bool // Signs that Chinese sets as wide as a Han character are half as wide.
}

func newPens(l lang.Lang) (*pens, error) {
	f, err := parsedFont()
	if err != nil {
		return nil, err
	}
	return &pens{font: f, faces: map[int]font.Face{}, narrow: l == lang.EN}, nil
}

func (p *pens) face(size int) font.Face {
	f, ok := p.faces[size]
	if !ok {
		// It fails for a size of nothing only.
		f, _ = opentype.NewFace(p.font, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
		p.faces[size] = f
	}
	return f
}

// glyphs calls each with every character of s, where it stands from the
// beginning, and whether the font holds it. It returns how wide s is.
func (p *pens) glyphs(s string, size int, each func(r rune, at fixed.Int26_6, held bool)) fixed.Int26_6 {
	f := p.face(size)
	var x fixed.Int26_6
	last := rune(-1)
	for _, r := range s {
		held := holds(p.font, &p.buf, r)
		if held && last >= 0 {
			x += f.Kern(last, r)
		}
		if !held {
			each(r, x, held)
			x += fixed.I(size)
			last = -1
			continue
		}
		advance, _ := f.GlyphAdvance(r)
		ahead, behind := p.trim(r, advance)
		each(r, x-ahead, held)
		x += advance - ahead - behind
		last = r
	}
	return x
}

// trim returns what English leaves out of the room that Chinese gives a sign.
func (p *pens) trim(r rune, advance fixed.Int26_6) (ahead, behind fixed.Int26_6) {
	if !p.narrow {
		return 0, 0
	}
	switch r {
	case '“', '‘':
		return advance * 6 / 10, 0
	case '”', '’':
		return 0, advance * 6 / 10
	case '·':
		return advance / 3, advance / 3
	}
	return 0, 0
}

// width returns how wide s is, in whole pixels.
func (p *pens) width(s string, size int) int {
	return p.glyphs(s, size, func(rune, fixed.Int26_6, bool) {}).Ceil()
}

// cut shortens s until it is no wider than width.
func (p *pens) cut(s string, size, width int) string {
	if p.width(s, size) <= width {
		return s
	}
	more := "…"
	if p.narrow {
		more = "..." // The sign is as wide as a Han character.
	}
	runes := []rune(s)
	short := func(n int) string { return strings.TrimRight(string(runes[:n]), " ，、,·") + more }
	n := sort.Search(len(runes), func(n int) bool { return p.width(short(n), size) > width })
	if n < 2 {
		return ""
	}
	return short(n - 1)
}

// wrap breaks s into lines no wider than width: at spaces, or beside a Han
// character or full-width sign, but never before closing punctuation or behind
// an opening one. What does not fit into the last line is cut.
func (p *pens) wrap(s string, size, width, lines int) []string {
	var out []string
	for rest := s; rest != ""; {
		if len(out) == lines-1 || p.width(rest, size) <= width {
			return append(out, p.cut(rest, size, width))
		}
		line := p.fits(rest, size, width)
		out = append(out, strings.TrimSpace(line))
		rest = strings.TrimLeft(rest[len(line):], " ")
	}
	return out
}

// Where a line must not begin, and where it must not end.
const (
	closing = "，。、；：？！）》」”’…·%％,.;:?!)]"
	opening = "（《「“‘(["
)

// fits returns the longest beginning of s that may be a line.
func (p *pens) fits(s string, size, width int) string {
	runes := []rune(s)
	whole, best := 0, 0
	for n := 1; n < len(runes); n++ {
		if p.width(strings.TrimRight(string(runes[:n]), " "), size) > width {
			break
		}
		whole = n
		before, after := runes[n-1], runes[n]
		switch {
		case strings.ContainsRune(closing, after), strings.ContainsRune(opening, before):
		case before == ' ', isWide(before), isWide(after):
			best = n
		}
	}
	if best == 0 {
		best = max(1, whole) // A word wider than the line.
	}
	return string(runes[:best])
}

// isWide reports whether r is a Han character or a sign of the same width.
func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff60
}

// Font returns the pictures' font, a TrueType file, for what else is written
// in it. Nobody changes the bytes.
func Font() []byte { return fontData }
