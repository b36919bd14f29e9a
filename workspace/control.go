package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// controlError is a refusal of the control API.
type controlError struct {
	status       int
	code, detail string
	fields       map[string]string // by block_id
}

// Error returns the code and the words.
func (e *controlError) Error() string { return e.code + ": " + e.detail }

func wrong(status int, code, format string, values ...any) error {
	return &controlError{status: status, code: code, detail: fmt.Sprintf(format, values...)}
}

func badRequest(format string, values ...any) error {
	return wrong(http.StatusBadRequest, "invalid_arguments", format, values...)
}

// control is the body of a control request.
type control struct {
	r *http.Request

	Channel    string                                `json:"channel"`
	User       string                                `json:"user"`
	Text       string                                `json:"text"`
	ThreadTS   string                                `json:"thread_ts"`
	Command    string                                `json:"command"`
	MessageTS  string                                `json:"message_ts"`
	ViewID     string                                `json:"view_id"`
	ActionID   string                                `json:"action_id"`
	BlockID    string                                `json:"block_id"`
	CallbackID string                                `json:"callback_id"`
	Value      json.RawMessage                       `json:"value"`
	Selected   json.RawMessage                       `json:"selected"`
	Values     map[string]map[string]json.RawMessage `json:"values"`
	Locale     string                                `json:"locale"`
	Name       string                                `json:"name"`
	fault
}

var controlPosts = map[string]func(*Server, *control) (reply, error){
	"message":    (*Server).controlMessage,
	"command":    (*Server).controlCommand,
	"action":     (*Server).controlAction,
	"submit":     (*Server).controlSubmit,
	"close":      (*Server).controlClose,
	"home":       (*Server).controlHome,
	"shortcut":   (*Server).controlShortcut,
	"locale":     (*Server).controlLocale,
	"deactivate": (*Server).controlDeactivate,
	"reactivate": (*Server).controlReactivate,
	"reaction":   (*Server).controlReaction,
	"fault":      (*Server).controlFault,
	"upload":     (*Server).controlUpload,
	"options":    (*Server).controlOptions,
}

// handleControl serves /control/{action}.
func (s *Server) handleControl(w http.ResponseWriter, r *http.Request) {
	action := r.PathValue("action")
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		switch action {
		case "state":
			s.handleState(w, r)
			return
		case "calls":
			writeJSON(w, http.StatusOK, map[string]any{"ok": true, "calls": s.calls.last()})
			return
		}
	}
	serve := controlPosts[action]
	if serve == nil {
		s.writeControl(w, nil, wrong(http.StatusNotFound, "unknown_action", "there is no /control/%s", action))
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		s.writeControl(w, nil, wrong(http.StatusMethodNotAllowed, "method_not_allowed", "use POST"))
		return
	}
	c := &control{r: r}
	if action != "upload" {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequestBody))
		if err != nil {
			s.writeControl(w, nil, badRequest("the body is too large or was cut off"))
			return
		}
		if err := decode(raw, c); err != nil {
			s.writeControl(w, nil, badRequest("the body is not the JSON object expected: %v", err))
			return
		}
	}
	out, err := serve(s, c)
	s.writeControl(w, out, err)
}

func (s *Server) writeControl(w http.ResponseWriter, out reply, err error) {
	if err == nil {
		if out == nil {
			out = reply{}
		}
		out["ok"] = true
		writeJSON(w, http.StatusOK, out)
		return
	}
	status, body := http.StatusInternalServerError, reply{"ok": false, "error": "internal_error", "detail": err.Error()}
	if e, ok := errors.AsType[*controlError](err); ok {
		status, body["error"], body["detail"] = e.status, e.code, e.detail
		if e.fields != nil {
			body["errors"] = e.fields
		}
	} else if e, ok := errors.AsType[*apiError](err); ok {
		status, body["error"], body["detail"] = http.StatusBadRequest, e.code, e.detail
	}
	writeJSON(w, status, body)
}

// who finds the person that a request names, who must not have left. The
// caller holds the mutex.
func (s *Server) who(c *control) (*person, error) {
	p, err := s.known(c)
	if err == nil && p.Deleted {
		return nil, wrong(http.StatusForbidden, "user_deactivated", "%s is deactivated", p.Name)
	}
	return p, err
}

// known finds the person that a request names.
func (s *Server) known(c *control) (*person, error) {
	if c.User == "" {
		return nil, badRequest("user is missing")
	}
	p := s.world.findPerson(c.User)
	if p == nil {
		return nil, wrong(http.StatusNotFound, "user_not_found", "there is no person %q", c.User)
	}
	return p, nil
}

// where finds the channel that a request names, for a person who is in it.
// "dm" is the person's own direct messages. The caller holds the mutex.
func (s *Server) where(c *control, p *person) (*channel, error) {
	if c.Channel == "" {
		return nil, badRequest("channel is missing")
	}
	ref := c.Channel
	if ref == "dm" {
		ref = directChannelID(p.ID)
	}
	ch := s.world.findChannel(ref)
	if ch == nil {
		return nil, wrong(http.StatusNotFound, "channel_not_found", "there is no channel %q", c.Channel)
	}
	if !ch.has(p.ID) {
		return nil, wrong(http.StatusForbidden, "not_in_channel", "%s is not in %s", p.Name, ch.name)
	}
	return ch, nil
}

// controlMessage posts what a person types.
func (s *Server) controlMessage(c *control) (reply, error) {
	s.mu.Lock()
	p, ch, err := s.whoAndWhere(c)
	if err == nil && strings.TrimSpace(c.Text) == "" {
		err = wrong(http.StatusBadRequest, "no_text", "text is empty")
	}
	if err == nil && utf8.RuneCountInString(c.Text) > maxMessageText {
		err = wrong(http.StatusBadRequest, "msg_too_long", "text is longer than %d characters", maxMessageText)
	}
	var thread string
	if err == nil && c.ThreadTS != "" {
		if thread, err = ch.threadFor(c.ThreadTS); err != nil || thread == "" {
			err = wrong(http.StatusNotFound, "thread_not_found", "there is no message %s in %s", c.ThreadTS, ch.name)
		}
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	m := &message{
		Type: "message", TS: s.world.nextTS(s.now()), User: p.ID, Team: TeamID, ClientMsgID: newUUID(),
		Text: s.typed(c.Text), ThreadTS: thread,
	}
	ticket := s.store(ch, m)
	events := s.messageEvents(ch, m, s.baseForApp(c.r))
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"channel": ch.id, "ts": m.TS}, nil
}

func (s *Server) whoAndWhere(c *control) (*person, *channel, error) {
	p, err := s.who(c)
	if err != nil {
		return nil, nil, err
	}
	ch, err := s.where(c, p)
	return p, ch, err
}

// failed turns a failed delivery into the control API's answer.
func failed(err error) error {
	switch {
	case errors.Is(err, errAckTimeout):
		return wrong(http.StatusRequestTimeout, "operation_timeout", "the app did not acknowledge within 3 seconds")
	case errors.Is(err, errNotConnected):
		return wrong(http.StatusConflict, "dispatch_failed", "the app is not connected")
	default:
		return wrong(http.StatusConflict, "dispatch_failed", "%v", err)
	}
}

// controlCommand sends a slash command and shows what the app answers at once.
func (s *Server) controlCommand(c *control) (reply, error) {
	name := c.Command
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	s.mu.Lock()
	p, ch, err := s.whoAndWhere(c)
	if err == nil && !slices.ContainsFunc(s.opts.Commands, func(k Command) bool { return k.Name == name }) {
		err = wrong(http.StatusNotFound, "unknown_command", "%s is not a valid command", name)
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	shownName := ch.name
	switch ch.eventKind() {
	case "im":
		shownName = "directmessage"
	case "group":
		shownName = "privategroup"
	}
	u := responseURL{channel: ch.id, user: p.ID}
	fields := map[string]string{
		"token": verification, "team_id": TeamID, "team_domain": teamDomain, "channel_id": ch.id,
		"channel_name": shownName, "user_id": p.ID, "user_name": p.Name, "command": name, "text": strings.TrimSpace(c.Text),
		"api_app_id": AppID, "is_enterprise_install": "false", "trigger_id": s.newTrigger(p.ID, ""),
		"response_url": s.newResponseURL(s.baseForApp(c.r), u),
	}
	s.mu.Unlock()
	payload, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("encode command: %w", err)
	}
	answer, err := s.hub.request(c.r.Context(), &envelope{Type: envelopeCommand, Payload: payload, form: fields})
	if err == nil {
		return s.commandAnswer(&u, answer, s.baseForApp(c.r))
	}
	err = failed(err)
	// Slack tells the person, and nobody else, that the command failed.
	code := "dispatch_failed"
	if e, ok := errors.AsType[*controlError](err); ok {
		code = e.code
	}
	s.mu.Lock()
	words := name + " failed with the error \"" + code + "\"."
	if strings.HasPrefix(p.Locale, "zh") {
		words = name + " 执行失败，错误为“" + code + "”。"
	}
	e := s.whisper(ch, p.ID, content{text: words}, "")
	e.User, e.BotID = slackbot, ""
	s.mu.Unlock()
	return nil, err
}

// commandAnswer shows the acknowledgement's payload of a command, if any.
func (s *Server) commandAnswer(u *responseURL, answer json.RawMessage, base string) (reply, error) {
	if len(answer) == 0 || string(answer) == "null" || string(answer) == "{}" {
		return nil, nil
	}
	var body responseBody
	if err := json.Unmarshal(answer, &body); err != nil {
		return nil, wrong(http.StatusConflict, "dispatch_failed", "the app's answer is not understood")
	}
	shown, err := body.content()
	if err != nil {
		s.calls.add(s.now(), "command_response", args{"body": string(answer)}, err.Error())
		return nil, wrong(http.StatusConflict, "dispatch_failed", "the app's answer was refused: %v", err)
	}
	if shown.empty() {
		return nil, nil
	}
	body.ReplaceOriginal, body.DeleteOriginal = nil, false
	s.mu.Lock()
	if err := s.showable(shown.files, "invalid_blocks"); err != nil {
		s.mu.Unlock()
		s.calls.add(s.now(), "command_response", args{"body": string(answer)}, err.Error())
		return nil, wrong(http.StatusConflict, "dispatch_failed", "the app's answer was refused: %v", err)
	}
	ticket, events := s.applyResponse(u, body, shown, base)
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"response": answer}, nil
}

// controlHome opens the app's Home.
func (s *Server) controlHome(c *control) (reply, error) {
	s.mu.Lock()
	p, err := s.who(c)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	inner := map[string]any{
		"type": "app_home_opened", "user": p.ID, "channel": directChannelID(p.ID), "tab": "home",
		"event_ts": s.world.nextTS(s.now()),
	}
	if home := s.world.homes[p.ID]; home != nil {
		inner["view"] = home.forApp()
	}
	events := s.newEvent("app_home_opened", inner)
	s.mu.Unlock()
	s.hub.publish(events...)
	return nil, nil
}

// controlLocale changes a person's language.
func (s *Server) controlLocale(c *control) (reply, error) {
	if !localePattern.MatchString(c.Locale) {
		return nil, badRequest("locale %q is not of the form zh-CN", c.Locale)
	}
	s.mu.Lock()
	p, err := s.who(c)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	p.Locale = c.Locale
	return nil, s.personChanged(p)
}

// controlDeactivate deactivates a person, as an administrator does in Slack.
func (s *Server) controlDeactivate(c *control) (reply, error) { return nil, s.setDeleted(c, true) }

// controlReactivate brings a person back.
func (s *Server) controlReactivate(c *control) (reply, error) { return nil, s.setDeleted(c, false) }

func (s *Server) setDeleted(c *control, deleted bool) error {
	s.mu.Lock()
	p, err := s.known(c)
	if err != nil || p.Deleted == deleted {
		s.mu.Unlock()
		return err
	}
	p.Deleted = deleted
	delete(s.world.stacks, p.ID)
	return s.personChanged(p)
}

// personChanged stores a change of a person and tells the app, which hears of
// somebody who left or came back in the same way as of a new language. The
// caller holds the mutex, which is given back.
// See https://docs.slack.dev/reference/events/user_change.
func (s *Server) personChanged(p *person) error {
	p.Updated = s.now().Unix()
	ticket := s.keep(bucketPeople, p.ID, keptPerson{p.Locale, p.Updated, p.Deleted})
	s.touch()
	events := s.newEvent("user_change", map[string]any{
		"type": "user_change", "user": s.shownPerson(p, true), "cache_ts": p.Updated,
		"event_ts": s.world.nextTS(s.now()),
	})
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return err
	}
	s.hub.publish(events...)
	return nil
}

// controlReaction does what a click on an emoji does: it adds the person's
// reaction to a message, or takes it away when it is there.
func (s *Server) controlReaction(c *control) (reply, error) {
	name := strings.Trim(c.Name, ":")
	if name == "" || len(name) > maxReactionName {
		return nil, badRequest("name is missing")
	}
	s.mu.Lock()
	p, ch, err := s.whoAndWhere(c)
	var m *message
	if err == nil {
		if m = ch.message(c.MessageTS); m == nil {
			err = wrong(http.StatusNotFound, "message_not_found", "there is no message %s in %s", c.MessageTS, ch.name)
		}
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	next := *m
	kind := "reaction_added"
	if !next.react(p.ID, name) {
		kind = "reaction_removed"
		next.unreact(p.ID, name)
	}
	ticket := s.change(ch, &next)
	events := s.newEvent(kind, map[string]any{
		"type": kind, "user": p.ID, "reaction": name, "item_user": m.User,
		"item":     map[string]any{"type": "message", "channel": ch.id, "ts": m.TS},
		"event_ts": s.world.nextTS(s.now()),
	})
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"added": kind == "reaction_added"}, nil
}

// controlFault orders a misbehaviour.
func (s *Server) controlFault(c *control) (reply, error) {
	order := c.fault
	if !slices.Contains(faultKinds, order.Kind) {
		return nil, badRequest("kind %q is none of %s", order.Kind, strings.Join(faultKinds, ", "))
	}
	if order.Count < 0 || order.RetryAfter < 0 {
		return nil, badRequest("count and retry_after must not be negative")
	}
	if order.Count == 0 {
		order.Count = 1
	}
	switch order.Kind {
	case faultDisconnect:
		return reply{"connections": s.hub.disconnect("refresh_requested")}, nil
	case faultWarning:
		return reply{"connections": s.hub.warn()}, nil
	case faultDrop:
		return reply{"connections": s.hub.disconnect("")}, nil
	}
	s.faults.add(order)
	return nil, nil
}
