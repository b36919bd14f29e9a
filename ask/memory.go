package ask

import (
	lru "container/list"
	"sync"
	"time"
)

// MemoryTime is how long a thread's last question is remembered.
const MemoryTime = 24 * time.Hour

// Memory holds what the last question of each thread was understood as. It is
// bounded: the thread that was quiet the longest is forgotten first. It may be
// used by many at once.
type Memory struct {
	limit int
	now   func() time.Time

	mu      sync.Mutex
	order   *lru.List // of *remembered, the latest first.
	threads map[string]*lru.Element
}

type remembered struct {
	thread string
	frame  frame
	at     time.Time
}

// NewMemory returns a Memory for up to limit threads; a limit below 1 means
// 1000. now tells the time by which threads are forgotten.
func NewMemory(limit int, now func() time.Time) *Memory {
	if limit < 1 {
		limit = 1000
	}
	return &Memory{limit: limit, now: now, order: lru.New(), threads: map[string]*lru.Element{}}
}

// Len returns the number of threads that are remembered.
func (m *Memory) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.order.Len()
}

func (m *Memory) get(thread string) (frame, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	el, ok := m.threads[thread]
	if !ok {
		return frame{}, false
	}
	r := el.Value.(*remembered)
	if m.now().Sub(r.at) > MemoryTime {
		m.drop(el)
		return frame{}, false
	}
	return r.frame, true
}

func (m *Memory) put(thread string, f frame) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if el, ok := m.threads[thread]; ok {
		m.order.Remove(el)
	}
	m.threads[thread] = m.order.PushFront(&remembered{thread, f, now})
	for el := m.order.Back(); el != nil; el = m.order.Back() {
		if m.order.Len() <= m.limit && now.Sub(el.Value.(*remembered).at) <= MemoryTime {
			break
		}
		m.drop(el)
	}
}

func (m *Memory) drop(el *lru.Element) {
	m.order.Remove(el)
	delete(m.threads, el.Value.(*remembered).thread)
}
