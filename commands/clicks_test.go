package commands

import (
	"testing"
	"time"
)

func TestASecondClickIsAnEcho(t *testing.T) {
	t.Parallel()
	var c clicks
	start := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	steps := []struct {
		what string
		at   time.Duration
		want bool
	}{
		{"U1 ask", 0, false},
		{"U1 ask", time.Second, true},
		{"U2 ask", time.Second, false},
		{"U1 send", time.Second, false},
		{"U1 ask", clickTwice + time.Millisecond, false},
		{"U1 ask", 0, false}, // The clock went back: nobody is locked out.
	}
	for i, s := range steps {
		if got := c.again(s.what, start.Add(s.at)); got != s.want {
			t.Errorf("step %d, %s at %v: %t, want %t", i, s.what, s.at, got, s.want)
		}
	}
	c.again("U8", start.Add(time.Hour))
	c.forget("U8")
	if c.again("U8", start.Add(time.Hour)) {
		t.Error("a click that failed cannot be tried again")
	}
	c.forget("U8")
	c.again("U9", start.Add(time.Hour))
	if len(c.last) != 1 {
		t.Errorf("%d clicks are remembered, want the last", len(c.last))
	}
}
