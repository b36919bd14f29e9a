package picture_test

import (
	"maps"
	"testing"

	"wainao/lang"
	"wainao/picture"
)

// BenchmarkDraw reports how long a picture takes and how many bytes it has.
func BenchmarkDraw(b *testing.B) {
	all := examples()
	maps.Copy(all, extremes())
	for name, d := range all {
		draw := d.(interface {
			Draw(l lang.Lang) (picture.Picture, error)
		}).Draw
		for _, l := range lang.Both() {
			b.Run(name+"/"+string(l), func(b *testing.B) {
				b.ReportAllocs()
				size := 0
				for b.Loop() {
					p, err := draw(l)
					if err != nil {
						b.Fatal(err)
					}
					content, err := p.PNG()
					if err != nil {
						b.Fatal(err)
					}
					size = len(content)
				}
				b.ReportMetric(float64(size), "bytes")
			})
		}
	}
}
