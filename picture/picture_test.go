package picture_test

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"wainao/lang"
	"wainao/picture"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	save   = flag.String("save", "", "write the pictures of the tests into this folder, to look at them")
)

// golden compares got with a golden file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./picture -update", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got), rewrite with: go test ./picture -update\n%s", path, diff)
	}
}

func TestLayouts(t *testing.T) {
	t.Parallel()
	for name, d := range examples() {
		for _, l := range lang.Both() {
			got, err := picture.Layout(d, l)
			if err != nil {
				t.Fatalf("%s in %s: %v", name, l, err)
			}
			golden(t, name+"."+string(l)+".json", got)
		}
	}
}

func TestAlternativeTexts(t *testing.T) {
	t.Parallel()
	for name, d := range examples() {
		got := d.Alt(lang.ZH) + "\n\n" + d.Alt(lang.EN) + "\n"
		golden(t, name+".alt.txt", []byte(got))
	}
}

// TestPictures holds what every picture promises, also of data at the bounds
// of what it holds.
func TestPictures(t *testing.T) {
	t.Parallel()
	all := examples()
	maps.Copy(all, extremes())
	for name, d := range all {
		for _, l := range lang.Both() {
			t.Run(name+" "+string(l), func(t *testing.T) {
				t.Parallel()
				for _, fault := range faults(d, l) {
					t.Error(fault)
				}
				checkPicture(t, name, d, l)
			})
		}
	}
}

func checkPicture(t *testing.T, name string, d picture.Drawing, l lang.Lang) {
	t.Helper()
	draw := d.(interface {
		Draw(l lang.Lang) (picture.Picture, error)
	}).Draw
	p, err := draw(l)
	if err != nil {
		t.Fatal(err)
	}
	content, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if *save != "" {
		if err := os.WriteFile(filepath.Join(*save, name+"-"+string(l)+".png"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n := utf8.RuneCountInString(p.Alt); n == 0 || n > picture.MaxAlt {
		t.Errorf("its alternative text has %d characters", n)
	}
	if p.Alt != d.Alt(l) {
		t.Errorf("its alternative text is %q, not %q", p.Alt, d.Alt(l))
	}
	const most = 500_000
	if len(content) > most {
		t.Errorf("it has %d bytes, want at most %d", len(content), most)
	}
	img, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := img.Bounds(), image.Rect(0, 0, p.Width, p.Height); got != want {
		t.Errorf("it is %v, not %v", got, want)
	}
	if p.Width != 1600 || p.Height < 250 || p.Height > 3200 {
		t.Errorf("it is %d × %d pixels", p.Width, p.Height)
	}
	paletted, ok := img.(*image.Paletted)
	if !ok {
		t.Fatalf("it is a %T", img)
	}
	used := map[uint8]int{}
	for _, i := range paletted.Pix {
		used[i]++
	}
	if len(used) < 30 {
		t.Errorf("it has %d colours: nothing is drawn", len(used))
	}
	for _, c := range paletted.Palette {
		if _, _, _, a := c.RGBA(); a != 0xffff {
			t.Errorf("%v is transparent: whatever is behind would show", c)
		}
	}
}

// TestTheSameDataGiveTheSameBytes also when pictures are drawn at once.
func TestTheSameDataGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	for name, d := range examples() {
		draw := d.(interface {
			Draw(l lang.Lang) (picture.Picture, error)
		}).Draw
		var all [2]picture.Picture
		var painted [2][]byte
		var group errgroup.Group
		for i := range all {
			group.Go(func() (err error) {
				if all[i], err = draw(lang.ZH); err != nil {
					return err
				}
				painted[i], err = all[i].PNG()
				return err
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(painted[0], painted[1]) || all[0].Alt != all[1].Alt {
			t.Errorf("%s: drawn twice, two pictures", name)
		}
	}
}

// TestFewerColoursLookTheSame holds that the 256 colours of a picture are true:
// all that covers more than a line stays as it is, and nothing changes by more
// than a shade.
func TestFewerColoursLookTheSame(t *testing.T) {
	t.Parallel()
	for name, d := range examples() {
		before, after, err := picture.Reduced(d, lang.EN)
		if err != nil {
			t.Fatal(err)
		}
		worst, changed := 0, map[color.RGBA]int{}
		for i := range after.Pix {
			a := color.RGBA{R: before.Pix[4*i], G: before.Pix[4*i+1], B: before.Pix[4*i+2], A: before.Pix[4*i+3]}
			b := after.Palette[after.Pix[i]].(color.RGBA)
			if a != b {
				worst = max(worst, picture.Apart(a, b))
				changed[a]++
			}
		}
		if worst > 36 {
			t.Errorf("%s: a pixel differs by %d of 765", name, worst)
		}
		for c, n := range changed {
			if n > 1600 {
				t.Errorf("%s: %v covers %d pixels and is another colour now", name, c, n)
			}
		}
	}
}
