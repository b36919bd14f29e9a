package commands

import "sync"

// chores are what is done behind an answer and must be done before the storage
// is closed. The zero value is ready to use.
type chores struct {
	mu     sync.Mutex
	left   int
	closed bool
	done   sync.WaitGroup
}

// maxChores bounds what is under way at once: while the database is down, what
// cannot be written piles up no further.
const maxChores = 100

// start does f beside everything else. It returns false, and does nothing, when
// too much is under way or the end has been waited for.
func (c *chores) start(f func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed || c.left >= maxChores {
		return false
	}
	c.left++
	c.done.Go(func() {
		defer func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.left--
		}()
		f()
	})
	return true
}

// finish waits for what is under way; nothing is started any more.
func (c *chores) finish() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.done.Wait()
}
