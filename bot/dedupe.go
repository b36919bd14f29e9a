package bot

import (
	"container/list"
	"sync"
	"time"
)

// recent remembers values by key: at most so many, and each for so long. The
// longest kept is forgotten first. It is safe for concurrent use.
type recent[V any] struct {
	now func() time.Time
	max int
	age time.Duration

	mu    sync.Mutex
	byKey map[string]*list.Element
	order *list.List // Oldest first.
}

type kept[V any] struct {
	key   string
	value V
	at    time.Time
}

func newRecent[V any](limit int, age time.Duration, now func() time.Time) *recent[V] {
	return &recent[V]{now: now, max: limit, age: age, byKey: map[string]*list.Element{}, order: list.New()}
}

// add keeps value under key unless there is one already; it returns the one
// that is kept and whether it was there before.
func (r *recent[V]) add(key string, value V) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.expire()
	if el, ok := r.byKey[key]; ok {
		return el.Value.(*kept[V]).value, true
	}
	r.byKey[key] = r.order.PushBack(&kept[V]{key, value, r.now()})
	if r.order.Len() > r.max {
		r.remove(r.order.Front())
	}
	return value, false
}

func (r *recent[V]) get(key string) (v V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.expire()
	el, ok := r.byKey[key]
	if !ok {
		return v, false
	}
	return el.Value.(*kept[V]).value, true
}

func (r *recent[V]) drop(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if el, ok := r.byKey[key]; ok {
		r.remove(el)
	}
}

func (r *recent[V]) expire() {
	limit := r.now().Add(-r.age)
	for el := r.order.Front(); el != nil && !el.Value.(*kept[V]).at.After(limit); el = r.order.Front() {
		r.remove(el)
	}
}

func (r *recent[V]) remove(el *list.Element) {
	delete(r.byKey, el.Value.(*kept[V]).key)
	r.order.Remove(el)
}

// repeats tells what was handled already.
type repeats struct{ seen *recent[struct{}] }

func newRepeats(now func() time.Time) repeats {
	return repeats{newRecent[struct{}](repeatsKept, repeatsAge, now)}
}

// repeated remembers all keys that are not empty and reports whether any of
// them was known.
func (r repeats) repeated(kind string, keys ...string) bool {
	known := false
	for _, key := range keys {
		if key == "" {
			continue
		}
		if _, before := r.seen.add(kind+" "+key, struct{}{}); before {
			known = true
		}
	}
	return known
}

// forget lets a key come again.
func (r repeats) forget(kind, key string) { r.seen.drop(kind + " " + key) }
