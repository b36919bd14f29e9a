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

func TestAClosedFormEndsTheEcho(t *testing.T) {
	t.Parallel()
	var c clicks
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, user := range []string{"U1", "U11"} {
		c.again(clickOf(user, "17.1", "fix"), at)
	}
	c.end("U1")
	if c.again(clickOf("U1", "17.1", "fix"), at.Add(time.Second)) {
		t.Error("a click behind a closed form is taken for an echo")
	}
	if !c.again(clickOf("U11", "17.1", "fix"), at.Add(time.Second)) {
		t.Error("somebody else's closed form ends the echo")
	}
}
