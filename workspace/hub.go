package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"
)

// The envelope types of Socket Mode.
// See https://docs.slack.dev/apis/events-api/using-socket-mode.
const (
	envelopeEvent       = "events_api"
	envelopeCommand     = "slash_commands"
	envelopeInteractive = "interactive"
)

// Why a delivery to the app failed.
var (
	errNotConnected = errors.New("the app is not connected")
	errAckTimeout   = errors.New("the app did not acknowledge in time")
	errAppFailed    = errors.New("the app answered with an error")
	errClosed       = errors.New("the workspace is closed")
)

// envelope is one delivery to the app.
type envelope struct {
	ID                     string          `json:"envelope_id"`
	Type                   string          `json:"type"`
	Payload                json.RawMessage `json:"payload"`
	AcceptsResponsePayload bool            `json:"accepts_response_payload"`
	RetryAttempt           int             `json:"retry_attempt"`
	RetryReason            string          `json:"retry_reason"`

	eventID string
	key     string            // of an event in the outbox on disk
	form    map[string]string // a slash command's fields, for delivery over HTTP
}

// inflight is an envelope that waits for its acknowledgement.
type inflight struct {
	env    *envelope
	timer  *time.Timer
	answer chan ackAnswer // of a command or interaction; nil for an event
	again  bool           // ordered to be delivered a second time
}

type ackAnswer struct {
	payload json.RawMessage
	err     error
}

// hub brings events, commands and interactions to the app. Events are kept
// until a connection opens and are sent again when they are not acknowledged;
// commands and interactions are tried once.
type hub struct {
	s *Server

	mu       sync.Mutex
	closed   bool
	conns    []*socket
	next     int                  // which connection is served next
	waiting  []*envelope          // events that wait for a connection
	inflight map[string]*inflight // by envelope id
	retries  map[*time.Timer]bool // events that wait for their next try
	tickets  map[string]time.Time // when they were issued
	outbox   []*envelope          // events for HTTP delivery, in order
	sending  bool                 // somebody is emptying the outbox
	work     sync.WaitGroup
}

// newHub returns a hub with the events that wait to be sent.
func newHub(s *Server, unsent []*envelope) *hub {
	h := &hub{s: s, inflight: map[string]*inflight{}, retries: map[*time.Timer]bool{}, tickets: map[string]time.Time{}}
	if h.overHTTP() {
		h.outbox = unsent
	} else {
		h.waiting = unsent
	}
	return h
}

// resume starts to send what waits for HTTP delivery; what waits for a
// connection is sent when there is one.
func (h *hub) resume() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.startLocked()
}

// startLocked has somebody empty the outbox. The caller holds the mutex.
func (h *hub) startLocked() {
	if !h.sending && !h.closed && len(h.outbox) > 0 {
		h.sending = true
		h.work.Go(h.emptyOutbox)
	}
}

// settled takes an event out of the outbox on disk: it was acknowledged, or
// given up. The disk learns of it with its next write; if the process is killed
// before, the event is sent again, as Slack may do too.
func (h *hub) settled(env *envelope) {
	if env.key != "" {
		h.s.disk.enqueue(record{bucketOutbox, env.key, nil})
	}
}

// overHTTP reports whether the app is served over HTTP instead of sockets.
func (h *hub) overHTTP() bool { return h.s.opts.RequestURL != "" }

// publish sends events, in their order, without waiting for the app. They are
// on disk before.
func (h *hub) publish(events ...event) {
	for _, e := range events {
		if err := h.s.disk.wait(e.ticket); err != nil {
			h.s.log.Error("write workspace data", "error", err)
		}
		h.sendEvent(&envelope{Type: envelopeEvent, Payload: e.payload, eventID: e.id, key: e.key})
	}
}

// sendEvent makes one attempt to deliver an event.
func (h *hub) sendEvent(env *envelope) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	if h.overHTTP() {
		h.outbox = append(h.outbox, env)
		h.startLocked()
		return
	}
	c := h.pick()
	if c == nil {
		if len(h.waiting) >= maxWaitingEvents {
			h.settled(h.waiting[0])
			h.waiting = slices.Delete(h.waiting, 0, 1)
			h.s.log.Warn("event dropped because nobody is connected", "waiting", maxWaitingEvents)
		}
		h.waiting = append(h.waiting, env)
		return
	}
	h.dispatch(c, env, nil)
}

// pick returns one of the open connections, each in its turn. The caller holds
// the mutex.
func (h *hub) pick() *socket {
	if len(h.conns) == 0 {
		return nil
	}
	h.next++
	return h.conns[h.next%len(h.conns)]
}

// dispatch writes an envelope to a connection and starts to wait for its
// acknowledgement. The caller holds the mutex.
func (h *hub) dispatch(c *socket, env *envelope, answer chan ackAnswer) {
	env.ID = newUUID()
	raw, err := json.Marshal(env)
	if err != nil {
		h.s.log.Error("encode envelope", "type", env.Type, "error", err)
		return
	}
	f := &inflight{env: env, answer: answer}
	f.again = h.s.faults.take(env.Type, faultRedeliver) != nil
	h.inflight[env.ID] = f
	id := env.ID
	f.timer = time.AfterFunc(h.s.opts.AckTimeout, func() { h.timeout(id) })
	c.send(raw)
	if f.again && answer != nil {
		// A command or an interaction cannot be told as a retry: the very same
		// envelope comes twice.
		c.send(raw)
	}
}

// acknowledged settles an envelope. An acknowledgement nobody waits for, a
// second one for example, is ignored.
func (h *hub) acknowledged(id string, payload json.RawMessage) {
	h.mu.Lock()
	f := h.inflight[id]
	if f == nil || h.s.faults.take(f.env.Type, faultLoseAck) != nil {
		h.mu.Unlock()
		return
	}
	delete(h.inflight, id)
	f.timer.Stop()
	h.mu.Unlock()
	if f.answer != nil {
		f.answer <- ackAnswer{payload: payload}
		return
	}
	if f.again {
		h.retry(f.env, "timeout", 0)
		return
	}
	h.settled(f.env)
}

// timeout settles an envelope that was not acknowledged in time: an event is
// tried again, anything else has failed.
func (h *hub) timeout(id string) {
	h.mu.Lock()
	f := h.inflight[id]
	delete(h.inflight, id)
	h.mu.Unlock()
	switch {
	case f == nil:
	case f.answer != nil:
		f.answer <- ackAnswer{err: errAckTimeout}
	default:
		h.retryLater(f.env, "timeout")
	}
}

// retryLater plans the next try of an event as Slack does: at once, after a
// minute, after five; then it gives the event up.
// See https://docs.slack.dev/apis/events-api/#errors.
func (h *hub) retryLater(env *envelope, reason string) {
	if env.RetryAttempt >= len(h.s.opts.RetryDelays) {
		h.s.log.Warn("event given up", "event", env.eventID, "attempts", env.RetryAttempt+1)
		h.settled(env)
		return
	}
	h.retry(env, reason, h.s.opts.RetryDelays[env.RetryAttempt])
}

func (h *hub) retry(env *envelope, reason string, delay time.Duration) {
	next := &envelope{
		Type: env.Type, Payload: env.Payload, eventID: env.eventID, key: env.key,
		RetryAttempt: env.RetryAttempt + 1, RetryReason: reason,
	}
	if delay <= 0 {
		h.sendEvent(next)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	var t *time.Timer
	t = time.AfterFunc(delay, func() {
		h.mu.Lock()
		delete(h.retries, t)
		h.mu.Unlock()
		h.sendEvent(next)
	})
	h.retries[t] = true
}

// request delivers a command or an interaction and waits for the app's
// acknowledgement, whose payload it returns.
func (h *hub) request(ctx context.Context, env *envelope) (json.RawMessage, error) {
	env.AcceptsResponsePayload = true
	if h.overHTTP() {
		return h.requestHTTP(ctx, env)
	}
	answer := make(chan ackAnswer, 1)
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil, errClosed
	}
	c := h.pick()
	if c == nil {
		h.mu.Unlock()
		return nil, errNotConnected
	}
	h.dispatch(c, env, answer)
	h.mu.Unlock()
	select {
	case a := <-answer:
		return a.payload, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-h.s.ctx.Done():
		return nil, errClosed
	}
}

// attach takes a new connection into service and gives it what has waited. It
// returns how many connections there are now, or false when there are too many.
func (h *hub) attach(c *socket) (int, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.conns) >= maxConnections {
		return 0, false
	}
	h.conns = append(h.conns, c)
	c.send(h.hello(len(h.conns)))
	waiting := h.waiting
	h.waiting = nil
	for _, env := range waiting {
		h.dispatch(c, env, nil)
	}
	return len(h.conns), true
}

// hello is the first message on a connection.
func (h *hub) hello(connections int) []byte {
	raw, err := json.Marshal(map[string]any{
		"type": "hello", "num_connections": connections,
		"connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{
			"host": "workspace", "build_number": 1, "approximate_connection_time": connectionLifetime,
		},
	})
	if err != nil {
		h.s.log.Error("encode hello", "error", err)
	}
	return raw
}

// detach takes a connection out of service. What it has not acknowledged runs
// into its timeout, as in Slack.
func (h *hub) detach(c *socket) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns = slices.DeleteFunc(h.conns, func(other *socket) bool { return other == c })
}

func (h *hub) isClosed() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.closed
}

// connections returns how many connections are open.
func (h *hub) connections() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.conns)
}

// warn announces on every connection that it will be closed soon. A client
// opens another one then.
func (h *hub) warn() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.conns {
		c.send(disconnectMessage("warning"))
	}
	return len(h.conns)
}

// disconnect closes every connection: with a disconnect message that names the
// reason, or, without a reason, by cutting it. No payload goes to a connection
// that is being closed.
func (h *hub) disconnect(reason string) int {
	h.mu.Lock()
	conns := h.conns
	h.conns = nil
	h.mu.Unlock()
	for _, c := range conns {
		c.finish(reason)
	}
	return len(conns)
}

// shutdown ends all deliveries. Calling it twice is safe.
func (h *hub) shutdown() {
	h.mu.Lock()
	h.closed = true
	for t := range h.retries {
		t.Stop()
	}
	for _, f := range h.inflight {
		f.timer.Stop()
		if f.answer != nil {
			f.answer <- ackAnswer{err: errClosed}
		}
	}
	h.inflight = map[string]*inflight{}
	h.retries = map[*time.Timer]bool{}
	h.mu.Unlock()
	h.disconnect("refresh_requested")
	if h.s.ctx.Err() != nil {
		h.work.Wait()
	}
}

// newTicket issues a ticket for one connection.
func (h *hub) newTicket(now time.Time) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for t, issued := range h.tickets {
		if now.Sub(issued) > ticketTTL {
			delete(h.tickets, t)
		}
	}
	t := newUUID()
	h.tickets[t] = now
	return t
}

// useTicket spends a ticket.
func (h *hub) useTicket(t string, now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	issued, ok := h.tickets[t]
	delete(h.tickets, t)
	return ok && now.Sub(issued) <= ticketTTL
}
