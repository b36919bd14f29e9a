package ask

import (
	"testing"

	"wainao/policy"
)

// TestBank holds the bank together: each heading names something that can be
// told, and each phrasing is understood as what it stands under.
func TestBank(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	e, err := New(pol)
	if err != nil {
		t.Fatal(err)
	}
	s := &speaker{engine: e, pol: pol, layout: pol.InForce()}
	right, total := 0, 0
	for i := range e.index.phrases {
		p := &e.index.phrases[i]
		if th := p.sense.thing; th.id != "" {
			if _, ok := s.part(th); !ok {
				t.Errorf("%s: there is no such text", p.sense.name)
			}
		}
		if p.own {
			continue // names of several things may be the same.
		}
		text, _ := p.fill()
		r := newReading(newText(text), nil)
		r = newReading(r.t, e.lex.scan(r.t))
		base := r.base()
		f, _ := e.settle(r, base, e.rules(r, base))
		want := p.sense.frame(base)
		total++
		if want.agrees(&f) || want.rule == f.rule {
			right++
		}
	}
	if share := float64(right) / float64(total); share < 0.94 {
		t.Errorf("%d of %d phrasings (%.1f%%) are understood as what they stand under, want 94%%", right, total, 100*share)
	}
	t.Logf("%d of %d phrasings", right, total)
}
