package bot

import (
	"errors"
	"sync"
)

var (
	errFull    = errors.New("too many requests are waiting")
	errStopped = errors.New("the bot is stopping")
)

// lanes runs jobs: those that share a key one after another in the order in
// which they came, all others at the same time, on a bounded number of workers.
// At most limit jobs wait or run.
type lanes struct {
	workers, limit int

	mu      sync.Mutex
	byKey   map[string][]*job
	ready   []*job
	running int
	pending int
	closed  bool
	closing chan struct{} // Closed when no more jobs are taken.
	idle    chan struct{} // Closed when stopped and nothing is pending.
}

// job is one piece of work; blocked counts the lanes where another stands
// before it.
type job struct {
	keys    []string
	run     func()
	blocked int
}

func newLanes(workers, limit int) *lanes {
	return &lanes{workers: workers, limit: limit, byKey: map[string][]*job{}, idle: make(chan struct{}), closing: make(chan struct{})}
}

// reserve takes a place, to be given back by [lanes.release] or, after
// [lanes.enqueue], when the job is done.
func (l *lanes) reserve() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errStopped
	}
	if l.pending >= l.limit {
		return errFull
	}
	l.pending++
	return nil
}

// waiting returns how many jobs wait or run.
func (l *lanes) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pending
}

func (l *lanes) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.releaseLocked()
}

func (l *lanes) releaseLocked() {
	l.pending--
	if l.closed && l.pending == 0 {
		close(l.idle)
	}
}

// enqueue runs a job in a reserved place. The keys must differ from each other.
func (l *lanes) enqueue(run func(), keys ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	j := &job{keys: keys, run: run}
	for _, key := range keys {
		l.byKey[key] = append(l.byKey[key], j)
		if len(l.byKey[key]) > 1 {
			j.blocked++
		}
	}
	if j.blocked == 0 {
		l.ready = append(l.ready, j)
		l.startLocked()
	}
}

// startLocked starts workers while there is work for them.
func (l *lanes) startLocked() {
	for l.running < l.workers && len(l.ready) > 0 {
		j := l.takeLocked()
		l.running++
		go l.work(j)
	}
}

func (l *lanes) takeLocked() *job {
	j := l.ready[0]
	l.ready[0] = nil
	l.ready = l.ready[1:]
	return j
}

func (l *lanes) work(j *job) {
	for {
		j.run()
		l.mu.Lock()
		l.doneLocked(j)
		if len(l.ready) == 0 {
			l.running--
			l.mu.Unlock()
			return
		}
		j = l.takeLocked()
		l.startLocked()
		l.mu.Unlock()
	}
}

// doneLocked lets those move on that stood behind j.
func (l *lanes) doneLocked(j *job) {
	for _, key := range j.keys {
		rest := l.byKey[key][1:]
		if len(rest) == 0 {
			delete(l.byKey, key)
			continue
		}
		l.byKey[key] = rest
		if rest[0].blocked--; rest[0].blocked == 0 {
			l.ready = append(l.ready, rest[0])
		}
	}
	l.releaseLocked()
}

// stop takes no more jobs; the channel is closed when the last one is done.
func (l *lanes) stop() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.closed = true
		close(l.closing)
		if l.pending == 0 {
			close(l.idle)
		}
	}
	return l.idle
}
