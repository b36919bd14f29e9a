package scheduler

import (
	"sync"
	"time"

	"wainao/delivery"
)

// queue holds which deliveries can be tried now, by their jobs, and which are
// on their way. Jobs take turns, so that a slot of one does not wait behind the
// thousands of another. All but put and done belong to one goroutine.
type queue struct {
	ready  map[delivery.JobName][]delivery.ID // The one that was due first in front.
	turns  []delivery.JobName                 // Jobs with something ready; the next one in front.
	looked time.Time
	next   time.Time // When a delivery that is not ready may be.
	soon   bool      // The deliveries are to be looked through again soon.

	mu      *sync.Mutex
	running map[delivery.ID]delivery.JobName
	finish  *sync.WaitGroup
	done    chan struct{} // Holds a token after something has ended.
}

// ticket is the right to try a delivery.
type ticket struct {
	id  delivery.ID
	job delivery.JobName
}

func newQueue() queue {
	return queue{
		ready: map[delivery.JobName][]delivery.ID{}, mu: new(sync.Mutex), finish: new(sync.WaitGroup),
		running: map[delivery.ID]delivery.JobName{}, done: make(chan struct{}, 1),
	}
}

// many is from how many open deliveries on they are not looked through at every
// change.
const many = 500

// look goes through the open deliveries, unless it has just done so and there
// is still something to do, or there are many.
func (q *queue) look(v delivery.View, now time.Time) {
	just := now.Sub(q.looked) < lookOpen && !now.Before(q.looked)
	if q.soon = just && (len(q.turns) > 0 || v.OpenCount() > many); q.soon {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.looked, q.next, q.turns = now, time.Time{}, q.turns[:0]
	clear(q.ready)
	for _, d := range v.Open() {
		if _, on := q.running[d.ID]; on {
			continue
		}
		if reason := d.Next(now); reason != delivery.Ready && reason != delivery.Expired {
			if at := d.Wake(now); at.After(now) && (q.next.IsZero() || at.Before(q.next)) {
				q.next = at
			}
			continue
		}
		if len(q.ready[d.Job]) == 0 {
			q.turns = append(q.turns, d.Job)
		}
		q.ready[d.Job] = append(q.ready[d.Job], d.ID)
	}
}

// take returns the next delivery to try; ok is false when there is none or no
// room for one more among room at once.
func (q *queue) take(room int) (t ticket, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.running) >= room {
		return ticket{}, false
	}
	ofJob := map[delivery.JobName]int{}
	for _, job := range q.running {
		ofJob[job]++
	}
	for i, job := range q.turns {
		if ofJob[job] >= perJob {
			continue
		}
		t = ticket{id: q.ready[job][0], job: job}
		q.ready[job] = q.ready[job][1:]
		q.turns = append(q.turns[:i], q.turns[i+1:]...)
		if len(q.ready[job]) > 0 {
			q.turns = append(q.turns, job)
		}
		q.running[t.id] = job
		q.finish.Add(1)
		return t, true
	}
	return ticket{}, false
}

// put says that the attempt has ended.
func (q *queue) put(t ticket) {
	q.mu.Lock()
	delete(q.running, t.id)
	q.mu.Unlock()
	q.finish.Done()
	select {
	case q.done <- struct{}{}:
	default: // Somebody has said so already.
	}
}

// again returns how long to sleep at most before looking again.
func (q *queue) again(now time.Time) time.Duration {
	if q.soon || len(q.turns) > 0 {
		return lookOpen // Something else may have become ready meanwhile.
	}
	if !q.next.IsZero() {
		return max(q.next.Sub(now), time.Millisecond)
	}
	return lookAgain
}

// wait waits for what is on its way.
func (q *queue) wait() { q.finish.Wait() }
