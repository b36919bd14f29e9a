package workspace

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// responseURL lets the app answer an interaction without a token, five times
// within half an hour.
// See https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
type responseURL struct {
	channel string
	user    string
	ts      string // the message that the interaction came from; empty for a command
	hidden  bool   // that message is an ephemeral one
	thread  string
	issued  time.Time
	uses    int
}

// newResponseURL issues a response URL. The caller holds the mutex.
func (s *Server) newResponseURL(base string, u responseURL) string {
	id := randomHex(20)
	u.issued = s.now()
	s.responses[id] = &u
	return base + "/response/" + id
}

// responseBody is what the app posts to a response URL, or answers a command
// with.
type responseBody struct {
	ResponseType    string          `json:"response_type"`
	ReplaceOriginal *bool           `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	ThreadTS        string          `json:"thread_ts"`
	Text            *string         `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	Metadata        json.RawMessage `json:"metadata"`
}

func (b responseBody) content() (content, error) {
	text := ""
	if b.Text != nil {
		text = *b.Text
	}
	return readContent(args{
		"text": text, "blocks": string(b.Blocks), "attachments": string(b.Attachments), "metadata": string(b.Metadata),
	})
}

// handleResponseURL serves POST /response/{id}.
func (s *Server) handleResponseURL(w http.ResponseWriter, r *http.Request) {
	const method = "response_url"
	if fault := s.faults.take(method, faultServerError); fault != nil {
		http.Error(w, "Service Unavailable", http.StatusServiceUnavailable)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
	if err != nil {
		return
	}
	status, code := http.StatusOK, ""
	var messages []string
	if err := s.respond(r.PathValue("id"), raw, base(r)); err != nil {
		status, code = http.StatusBadRequest, "internal_error"
		if e, ok := err.(*apiError); ok { //nolint:errorlint // respond returns it bare
			code, messages = e.code, e.messages
			if code == "expired_url" || code == "used_url" || code == "channel_not_found" {
				status = http.StatusNotFound
			}
		}
	}
	s.calls.add(s.now(), method, args{"body": string(raw)}, code)
	if code == "" {
		if fault := s.faults.take(method, faultLoseReply); fault != nil {
			panic(http.ErrAbortHandler)
		}
		writeJSON(w, http.StatusOK, map[string]any{"ok": true})
		return
	}
	body := map[string]any{"ok": false, "error": code}
	if len(messages) > 0 {
		body["response_metadata"] = map[string]any{"messages": messages}
	}
	writeJSON(w, status, body)
}

// respond carries out a post to a response URL.
func (s *Server) respond(id string, raw []byte, base string) error {
	var body responseBody
	if err := json.Unmarshal(raw, &body); err != nil {
		return refuse("invalid_payload")
	}
	shown, err := body.content()
	if err != nil {
		return err
	}
	s.mu.Lock()
	u := s.responses[id]
	switch {
	case u == nil || s.now().Sub(u.issued) > responseTTL:
		s.mu.Unlock()
		return refuse("expired_url")
	case u.uses >= maxResponseUses:
		s.mu.Unlock()
		return refuse("used_url")
	case shown.empty() && !body.DeleteOriginal:
		s.mu.Unlock()
		return refuse("no_text")
	case s.showable(shown.files, "") != nil:
		s.mu.Unlock()
		return refuse("invalid_blocks") // without a reason, as Slack does here
	}
	u.uses++
	ticket, events := s.applyResponse(u, body, shown, base)
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return err
	}
	s.hub.publish(events...)
	return nil
}

// applyResponse changes, deletes or adds what a response asks for. The caller
// holds the mutex.
func (s *Server) applyResponse(u *responseURL, body responseBody, shown content, base string) (uint64, []event) {
	c := s.world.channelByID[u.channel]
	replace := body.ReplaceOriginal != nil && *body.ReplaceOriginal
	switch {
	case body.DeleteOriginal && u.hidden:
		c.removeEphemeral(u.user, u.ts)
		s.touch()
		return 0, nil
	case body.DeleteOriginal && u.ts != "":
		if m := c.message(u.ts); m != nil {
			return s.drop(c, m), s.deleteEvents(c, m, base)
		}
		return 0, nil
	case replace && u.hidden:
		if e := c.ephemeral(u.user, u.ts); e != nil {
			next := *e
			next.Text, next.Blocks = shown.text, shown.blocks
			for i := range c.ephemerals {
				if c.ephemerals[i] == e {
					c.ephemerals = append(append(append([]*ephemeral{}, c.ephemerals[:i]...), &next), c.ephemerals[i+1:]...)
					break
				}
			}
			s.touch()
		}
		return 0, nil
	case replace && u.ts != "":
		if m := c.message(u.ts); m != nil {
			// A replacement is a whole message: what it does not give is gone.
			shown.hasBlocks, shown.hasAttachments = true, true
			next := s.edit(m, shown, true)
			return s.change(c, next), s.changeEvents(c, m, next, base)
		}
		return 0, nil
	}
	thread, _ := c.threadFor(body.ThreadTS)
	if thread == "" {
		thread = u.thread
	}
	if body.ResponseType != "in_channel" {
		s.whisper(c, u.user, shown, thread)
		return 0, nil
	}
	m := s.botMessage(shown, thread)
	ticket := s.store(c, m)
	return ticket, s.messageEvents(c, m, base)
}
