package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// socket is one Socket Mode connection. Whoever has something to send queues
// it; one goroutine writes.
type socket struct {
	mu    sync.Mutex
	queue [][]byte
	wake  chan struct{}
	ended bool
	cut   bool          // end without a closing handshake
	done  chan struct{} // closed when nothing more will be queued
}

func newSocket() *socket {
	return &socket{wake: make(chan struct{}, 1), done: make(chan struct{})}
}

func (c *socket) send(raw []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	c.queue = append(c.queue, raw)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// finish ends the connection: after a disconnect message with a reason, or at
// once without one.
func (c *socket) finish(reason string) {
	if reason != "" {
		c.send(disconnectMessage(reason))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ended {
		c.ended = true
		c.cut = reason == ""
		close(c.done)
	}
}

// disconnectMessage is what Slack sends before it closes a connection: a
// warning some seconds ahead, or refresh_requested right before.
func disconnectMessage(reason string) []byte {
	return fmt.Appendf(nil, `{"type":"disconnect","reason":%q,"debug_info":{"host":"workspace"}}`, reason)
}

func (c *socket) take() [][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.queue
	c.queue = nil
	return out
}

func (c *socket) isCut() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cut
}

// connectionsOpen serves apps.connections.open: the address of a socket, with
// a ticket that is good for one connection.
func (s *Server) connectionsOpen(c *call) (reply, error) {
	ticket := s.hub.newTicket(s.now())
	address := "ws" + strings.TrimPrefix(base(c.r), "http") + "/socket?ticket=" + ticket + "&app_id=" + AppID
	return reply{"url": address}, nil
}

// handleSocket serves one Socket Mode connection until it ends.
func (s *Server) handleSocket(w http.ResponseWriter, r *http.Request) {
	if !s.hub.useTicket(r.URL.Query().Get("ticket"), s.now()) {
		http.Error(w, "invalid ticket", http.StatusForbidden)
		return
	}
	if s.hub.isClosed() {
		// Before the handshake, so that a client backs off instead of believing
		// itself connected.
		http.Error(w, "the workspace is closing", http.StatusServiceUnavailable)
		return
	}
	if s.hub.connections() >= maxConnections {
		http.Error(w, "too many connections", http.StatusTooManyRequests)
		return
	}
	// Slack's libraries send https://api.slack.com as their Origin; the ticket
	// is what lets a client in.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		s.log.Info("socket refused", "error", err)
		return
	}
	defer func() { _ = conn.CloseNow() }()
	conn.SetReadLimit(maxSocketFrame)

	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	c := newSocket()
	open, ok := s.hub.attach(c)
	if !ok {
		_ = conn.Close(websocket.StatusTryAgainLater, "too many connections")
		return
	}
	defer s.hub.detach(c)
	s.log.Info("socket opened", "connections", open)
	s.touchSafely()

	var work sync.WaitGroup
	work.Go(func() {
		defer cancel()
		s.readSocket(ctx, conn)
	})
	work.Go(func() {
		defer cancel()
		s.pingSocket(ctx, conn)
	})
	s.writeSocket(ctx, conn, c)
	cancel()
	_ = conn.CloseNow()
	work.Wait()
	s.hub.detach(c)
	s.log.Info("socket closed", "connections", s.hub.connections())
	s.touchSafely()
}

// touchSafely is touch for a caller that does not hold the mutex.
func (s *Server) touchSafely() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
}

// writeSocket writes what is queued until the connection ends.
func (s *Server) writeSocket(ctx context.Context, conn *websocket.Conn, c *socket) {
	for {
		for _, raw := range c.take() {
			wctx, cancel := context.WithTimeout(ctx, socketWriteTimeout)
			err := conn.Write(wctx, websocket.MessageText, raw)
			cancel()
			if err != nil {
				return
			}
		}
		select {
		case <-c.wake:
		case <-ctx.Done():
			return
		case <-c.done:
			if c.isCut() {
				return
			}
			for _, raw := range c.take() {
				wctx, cancel := context.WithTimeout(ctx, socketWriteTimeout)
				_ = conn.Write(wctx, websocket.MessageText, raw)
				cancel()
			}
			// The client closes when it reads the disconnect message. One that
			// does not is cut off after a moment.
			select {
			case <-ctx.Done():
			case <-time.After(connectionCloseWait):
			}
			return
		}
	}
}

// readSocket reads acknowledgements until the connection ends.
func (s *Server) readSocket(ctx context.Context, conn *websocket.Conn) {
	for {
		_, raw, err := conn.Read(ctx)
		if err != nil {
			return
		}
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if err := json.Unmarshal(raw, &ack); err != nil || ack.EnvelopeID == "" {
			s.log.Warn("socket message not understood")
			continue
		}
		if len(raw) >= maxAckBytes {
			// Slack drops such an answer without a word.
			s.log.Warn("socket response too large and dropped", "bytes", len(raw))
			continue
		}
		s.hub.acknowledged(ack.EnvelopeID, ack.Payload)
	}
}

// pingSocket pings until the connection ends, and ends it when a ping is not
// answered.
func (s *Server) pingSocket(ctx context.Context, conn *websocket.Conn) {
	ticker := time.NewTicker(s.opts.PingInterval)
	defer ticker.Stop()
	for {
		pctx, cancel := context.WithTimeout(ctx, pongWait)
		err := conn.Ping(pctx)
		cancel()
		if err != nil {
			return
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}
