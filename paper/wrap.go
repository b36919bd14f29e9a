package paper

import (
	"strings"
	"unicode"

	"wainao/picture"
)

// Where a line must not begin, and where it must not end.
const (
	closing = "，。、；：？！）》」”’…·％%,.;:?!)]"
	opening = "（《「“‘(["
)

// wrap breaks words into lines no wider than width: at spaces, or beside a Han
// character. A word that is wider than a line is parted.
func (s *setter) wrap(words string, size, width float64) []string {
	var out []string
	rest := []rune(strings.Join(strings.Fields(words), " "))
	for len(rest) > 0 {
		n := s.fits(rest, size, width)
		out = append(out, strings.TrimSpace(string(rest[:n])))
		rest = []rune(strings.TrimLeft(string(rest[n:]), " "))
	}
	if out == nil {
		return []string{""}
	}
	return out
}

// fits returns how many characters may stand in a line.
func (s *setter) fits(words []rune, size, width float64) int {
	x, whole, best := 0.0, 0, 0
	for n, r := range words {
		x += s.width(r) * size * point
		if x > width && r != ' ' {
			break
		}
		whole = n + 1
		if whole == len(words) {
			return whole
		}
		if parts(r, words[whole]) {
			best = whole
		}
	}
	if best == 0 {
		return max(1, whole)
	}
	return best
}

// parts reports whether a line may end between the two characters.
func parts(r, next rune) bool {
	if strings.ContainsRune(closing, next) || strings.ContainsRune(opening, r) {
		return false
	}
	return r == ' ' || next == ' ' || wide(r) || wide(next)
}

// cut shortens words to one line.
func (s *setter) cut(words string, size, width float64) string {
	lines := s.wrap(words, size, width)
	if len(lines) == 1 {
		return lines[0]
	}
	return lines[0] + "…"
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff01 && r <= 0xff60
}

// width returns how wide a character is, in sizes.
func (s *setter) width(r rune) float64 {
	w, ok := s.widths[r]
	if !ok {
		s.f.SetFont(family, "", 100)
		w = s.f.GetStringWidth(s.known(string(r))) / (100 * point)
		s.widths[r] = w
	}
	return w
}

// known puts an empty box in the place of what the font does not hold.
func (s *setter) known(words string) string {
	missing := string(picture.NotInFont(words))
	if missing == "" {
		return words
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(missing, r) {
			return '□'
		}
		return r
	}, words)
}
