package workspace

import (
	"slices"
	"sync"
)

// The kinds of misbehaviour that the control API can order.
const (
	faultDisconnect  = "disconnect"         // close every socket, politely, at once
	faultWarning     = "disconnect_warning" // announce on every socket that it will be closed soon
	faultDrop        = "drop"               // cut every socket without a word, at once
	faultRateLimit   = "rate_limit"         // answer calls with 429
	faultServerError = "server_error"       // answer calls with 503, without serving them
	faultLoseReply   = "lose_reply"         // serve calls and cut the connection instead of answering
	faultRedeliver   = "redeliver"          // deliver envelopes a second time after their acknowledgement
	faultLoseAck     = "lose_ack"           // ignore acknowledgements
)

var faultKinds = []string{
	faultDisconnect, faultWarning, faultDrop, faultRateLimit, faultServerError, faultLoseReply, faultRedeliver, faultLoseAck,
}

// fault is an order to misbehave. Method, when given, narrows it to one Web
// API method or, for envelopes, to one envelope type.
type fault struct {
	Kind       string `json:"kind"`
	Method     string `json:"method,omitempty"`
	Count      int    `json:"count,omitempty"`
	RetryAfter int    `json:"retry_after,omitempty"`
}

// faults are the orders still to be carried out.
type faults struct {
	mu      sync.Mutex
	pending []*fault
}

func (f *faults) add(order fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending = append(f.pending, &order)
}

// take spends one order of a kind that fits what is about to happen, and
// returns it, or nil when there is none.
func (f *faults) take(what, kind string) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, order := range f.pending {
		if order.Kind != kind || (order.Method != "" && order.Method != what) {
			continue
		}
		taken := *order
		if order.Count--; order.Count <= 0 {
			f.pending = slices.Delete(f.pending, i, i+1)
		}
		return &taken
	}
	return nil
}
