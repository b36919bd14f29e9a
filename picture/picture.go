package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"math"

	"wainao/lang"
)

// MaxAlt is how long the alternative text of a picture may be, in characters.
// https://docs.slack.dev/reference/methods/files.getUploadURLExternal
const MaxAlt = 1000

// ErrData means that data cannot be drawn: too much of it, a shape that does
// not fit, or a value that is not a number.
var ErrData = errors.New("data that cannot be drawn")

// Picture is a picture that is laid out. It is painted when its [Picture.PNG]
// is asked for: a message is often made only to be looked through.
type Picture struct {
	Alt           string // At most [MaxAlt] characters, in the picture's language.
	Width, Height int    // In pixels.

	sheet *sheet
}

// PNG paints the picture, anew at each call.
func (p Picture) PNG() ([]byte, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, reduce(paint(p.sheet))); err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	return out.Bytes(), nil
}

// Heading is what stands around what is drawn.
type Heading struct {
	Title lang.Text
	About lang.Text // The period, the moment, where the data are from. It may be missing.
	Note  lang.Text // Stands at the foot. It may be missing.
}

// drawing is data that a picture can be made of.
type drawing interface {
	Alt(l lang.Lang) string
	sheet(l lang.Lang) (*sheet, error)
}

// drawn lays out the picture of a drawing.
func drawn(d drawing, l lang.Lang) (Picture, error) {
	s, err := d.sheet(l)
	if err != nil {
		return Picture{}, err
	}
	return Picture{Alt: d.Alt(l), Width: s.Width, Height: s.Height, sheet: s}, nil
}

// unfit is [ErrData] with what does not fit.
func unfit(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrData, fmt.Sprintf(format, args...))
}

// between checks a number of things against what a picture holds.
func between(what string, n, least, most int) error {
	if n < least || n > most {
		return unfit("%d %s, a picture holds %d to %d", n, what, least, most)
	}
	return nil
}

// mostValue is the largest value that there is room to print.
const mostValue = 1e12

// finite checks that values can be drawn.
func finite(what string, values ...float64) error {
	for _, v := range values {
		if math.IsNaN(v) || math.Abs(v) > mostValue {
			return unfit("%s is %v", what, v)
		}
	}
	return nil
}
