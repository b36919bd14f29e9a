package journal

import "runtime"

// AwaitPending returns when n updates wait for the writer.
func AwaitPending[S State[S]](j *Journal[S], n int) {
	for {
		j.mu.Lock()
		waiting := len(j.pending)
		j.mu.Unlock()
		if waiting >= n {
			return
		}
		runtime.Gosched()
	}
}
