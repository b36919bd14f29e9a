// Package paper lays a document out as a PDF: headings, paragraphs, lists,
// tables and pictures in, bytes out, in Chinese and English.
//
// It decides lines and pages: no line begins with a closing sign, a table's
// head stands on each of its pages, and a picture is never parted. It never
// decides what a document says: it knows nothing of what it is about, and does
// no I/O but to the writer that it is handed.
package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"wainao/lang"
	"wainao/picture"
)

// Document is what is written.
type Document struct {
	Lang   lang.Lang
	Title  string
	About  string // Below the title: what it is of, as of when.
	Foot   string // At the foot of each page, beside its number.
	Made   time.Time
	Blocks []Block
}

// Block is one piece of a document; exactly one of its fields is set.
type Block struct {
	Heading    string // Of a part; it stands in the outline.
	Subheading string // Of a piece of a part; it stands in the outline below.
	Words      string // A paragraph.
	Note       string // A paragraph in small, grey letters.
	List       []string
	Table      *Table
	Picture    *Picture
}

// Table is rows of words below a head.
type Table struct {
	Head  []string
	Share []float64 // How wide the columns are beside each other; nil for all alike.
	Right []bool    // Columns of numbers, which stand at the right; nil for none.
	Rows  [][]string
}

// Picture is a PNG that takes the width of the page.
type Picture struct {
	PNG           []byte
	Width, Height int // In pixels.
}

// Measures, in millimetres and points. A page is A4.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 20.0
	body                  = pageWidth - 2*margin
	bottom                = pageHeight - margin

	titleSize, headingSize, subSize, bodySize, smallSize = 20.0, 14.0, 11.5, 10.0, 8.5

	lineShare = 1.55           // The distance of two lines, in sizes.
	point     = 25.4 / 72      // In millimetres.
	pad       = 1.4            // Between a table's lines and its words.
	gap       = 2.2            // Between two blocks.
	family    = "noto-sans-sc" // The one font; size and shade make the order of what is read.
)

// The colours: those of the pictures.
var (
	ink   = [3]int{0x18, 0x20, 0x2c}
	muted = [3]int{0x4d, 0x59, 0x68}
	blue  = [3]int{0x0b, 0x5c, 0xad}
	rule  = [3]int{0xcf, 0xd5, 0xdd}
	shade = [3]int{0xeb, 0xef, 0xf4}
)

// Write lays the document out and writes it.
func Write(w io.Writer, d Document) error {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetCreationDate(d.Made)
	f.SetModificationDate(d.Made)
	f.SetCatalogSort(true)
	f.SetTitle(d.Title, true)
	f.SetProducer("Wainao", true)
	f.SetLang(map[lang.Lang]string{lang.ZH: "zh-CN", lang.EN: "en"}[d.Lang])
	f.SetMargins(margin, margin, margin)
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes(family, "", picture.Font())
	s := &setter{f: f, widths: map[rune]float64{}, wide: map[int]bool{}}
	f.SetFooterFunc(func() { s.foot(d.Foot) })
	f.AddPage()
	f.SetY(margin)
	s.paragraph(d.Title, titleSize, ink)
	s.paragraph(d.About, bodySize, muted)
	f.Ln(gap)
	for i, b := range d.Blocks {
		if err := s.block(i, b); err != nil {
			return err
		}
	}
	if err := f.Output(w); err != nil {
		return fmt.Errorf("write a PDF: %w", err)
	}
	return nil
}

// setter sets blocks onto pages, one below the other.
type setter struct {
	f      *fpdf.Fpdf
	widths map[rune]float64 // In sizes.
	wide   map[int]bool     // How wide the pictures are, in pixels.
}

func (s *setter) block(n int, b Block) error {
	switch {
	case b.Heading != "":
		s.heading(b.Heading, headingSize, 0)
	case b.Subheading != "":
		s.heading(b.Subheading, subSize, 1)
	case b.Words != "":
		s.paragraph(b.Words, bodySize, ink)
		s.f.Ln(gap)
	case b.Note != "":
		s.paragraph(b.Note, smallSize, muted)
		s.f.Ln(gap)
	case len(b.List) > 0:
		s.list(b.List)
	case b.Table != nil:
		s.table(*b.Table)
	case b.Picture != nil:
		return s.picture(n, *b.Picture)
	}
	return nil
}

// room begins a new page when less than height is left on this one.
func (s *setter) room(height float64) {
	if s.f.GetY()+height > bottom {
		s.f.AddPage()
		s.f.SetY(margin)
	}
}

func (s *setter) foot(words string) {
	words = s.known(s.cut(words, smallSize, body-24))
	y := pageHeight - margin + 6
	s.size(smallSize, muted)
	s.f.SetXY(margin, y)
	s.f.CellFormat(body-20, 5, words, "", 0, "L", false, 0, "")
	s.f.SetXY(pageWidth-margin-20, y)
	s.f.CellFormat(20, 5, strconv.Itoa(s.f.PageNo()), "", 0, "R", false, 0, "")
}

func (s *setter) size(size float64, c [3]int) {
	s.f.SetFont(family, "", size)
	s.f.SetTextColor(c[0], c[1], c[2])
}

func (s *setter) heading(words string, size float64, level int) {
	s.f.Ln(gap)
	s.room(5 * size * point * lineShare) // A heading never stands alone at the foot.
	s.f.Bookmark(s.known(words), level, -1)
	c := blue
	if level > 0 {
		c = ink
	}
	s.paragraph(words, size, c)
	if level == 0 {
		s.f.SetDrawColor(rule[0], rule[1], rule[2])
		s.f.Line(margin, s.f.GetY()+0.6, pageWidth-margin, s.f.GetY()+0.6)
		s.f.Ln(1)
	}
	s.f.Ln(gap / 2)
}

func (s *setter) paragraph(words string, size float64, c [3]int) {
	for part := range strings.SplitSeq(words, "\n") {
		for _, line := range s.wrap(part, size, body) {
			s.line(margin, line, size, c)
		}
	}
}

// line sets one line and goes below it.
func (s *setter) line(x float64, words string, size float64, c [3]int) {
	height := size * point * lineShare
	s.room(height)
	s.size(size, c)
	s.f.SetX(x)
	s.f.CellFormat(body, height, s.known(words), "", 1, "L", false, 0, "")
}

func (s *setter) list(lines []string) {
	const indent = 5.0
	for _, words := range lines {
		for i, line := range s.wrap(words, bodySize, body-indent) {
			if i == 0 {
				s.room(bodySize * point * lineShare)
				y := s.f.GetY() + bodySize*point*lineShare/2
				s.f.SetFillColor(muted[0], muted[1], muted[2])
				s.f.Circle(margin+1.8, y, 0.6, "F")
			}
			s.line(margin+indent, line, bodySize, ink)
		}
	}
	s.f.Ln(gap)
}
