package commands

import (
	"strings"
	"sync"
	"time"
)

// clickTwice is how soon a second click on the same button is the first one's
// echo: an impatient finger, not a second wish. Whoever has closed or submitted
// a form in between has seen what the first one did, and means the second.
const clickTwice = 3 * time.Second

// clicks remembers what was clicked within [clickTwice]. Each click has a
// trigger of its own, so nothing in Slack's payload tells a double click.
type clicks struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// clickOf names a click by who clicked what.
func clickOf(user string, what ...string) string {
	return user + "\x00" + strings.Join(what, "\x00")
}

// again reports whether the same was clicked a moment ago, and remembers it.
func (c *clicks) again(what string, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, at := range c.last {
		if age := now.Sub(at); age > clickTwice || age < 0 {
			delete(c.last, k)
		}
	}
	if _, ok := c.last[what]; ok {
		return true
	}
	if c.last == nil {
		c.last = map[string]time.Time{}
	}
	c.last[what] = now
	return false
}

// forget takes back that something was clicked.
func (c *clicks) forget(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.last, what)
}

// end forgets what a person clicked: whatever they click next, they mean.
func (c *clicks) end(user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k := range c.last {
		if strings.HasPrefix(k, clickOf(user)) {
			delete(c.last, k)
		}
	}
}
