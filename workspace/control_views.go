package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// payloadFor is what every interaction payload holds. The caller holds the
// mutex.
func (s *Server) payloadFor(kind string, p *person) map[string]any {
	return map[string]any{
		"type": kind, "token": verification, "api_app_id": AppID, "enterprise": nil, "is_enterprise_install": false,
		"team": map[string]any{"id": TeamID, "domain": teamDomain},
		"user": map[string]any{"id": p.ID, "username": p.Name, "name": p.Name, "team_id": TeamID},
	}
}

// interact delivers an interaction and waits for its acknowledgement.
func (s *Server) interact(ctx context.Context, payload map[string]any) (json.RawMessage, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("encode interaction: %w", err)
	}
	answer, err := s.hub.request(ctx, &envelope{Type: envelopeInteractive, Payload: raw})
	if err != nil {
		return nil, failed(err)
	}
	return answer, nil
}

// pick finds the element that a request means.
func pick(blocks json.RawMessage, actionID, blockID string) (element, error) {
	for _, e := range interactive(blocks) {
		if e.actionID == actionID && (blockID == "" || e.blockID == blockID) {
			return e, nil
		}
	}
	return element{}, wrong(http.StatusNotFound, "action_not_found", "there is no element with action_id %q", actionID)
}

// acted is the entry in a block_actions payload for a person's doing, and the
// state that it leaves. See
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
func (s *Server) acted(e element, c *control) (action, state map[string]any, err error) {
	action = map[string]any{
		"type": e.kind, "action_id": e.actionID, "block_id": e.blockID, "action_ts": s.world.nextTS(s.now()),
	}
	given := c.Selected
	if len(given) == 0 {
		given = c.Value
	}
	var value any
	if len(given) > 0 {
		if err := decode(given, &value); err != nil {
			return nil, nil, badRequest("value is not understood: %v", err)
		}
	}
	if slices.Contains([]string{"button", "workflow_button", "icon_button"}, e.kind) {
		action["text"] = e.spec["text"]
		if v, ok := e.spec["value"]; ok {
			action["value"] = v
		}
		if text, ok := value.(string); ok {
			action["value"] = text
		}
		if v, ok := e.spec["style"]; ok {
			action["style"] = v
		}
		if v, ok := e.spec["url"]; ok {
			action["url"] = v
		}
		return action, nil, nil
	}
	if e.kind == "feedback_buttons" {
		return action, nil, e.opinion(action, value)
	}
	if _, known := stateField[e.kind]; !known {
		return nil, nil, badRequest("an element of type %s cannot be acted on", e.kind)
	}
	if o, ok := value.(object); ok && o["type"] == e.kind {
		state = o
	} else {
		state = e.with(value)
	}
	maps.Copy(action, state)
	if e.kind == "overflow" {
		state = nil
	}
	return action, state, nil
}

// controlAction does what a click or a choice does.
func (s *Server) controlAction(c *control) (reply, error) {
	if c.ActionID == "" {
		return nil, badRequest("action_id is missing")
	}
	s.mu.Lock()
	p, err := s.who(c)
	var payload map[string]any
	var ticket uint64
	if err == nil {
		if c.ViewID != "" {
			payload, ticket, err = s.viewAction(c, p)
		} else {
			payload, err = s.messageAction(c, p)
		}
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	if payload == nil {
		return nil, nil // an input that does not tell the app of every change
	}
	_, err = s.interact(c.r.Context(), payload)
	return nil, err
}

// messageAction is the payload of a click in a message. The caller holds the
// mutex.
func (s *Server) messageAction(c *control, p *person) (map[string]any, error) {
	ch, err := s.where(c, p)
	if err != nil {
		return nil, err
	}
	m, hidden := ch.message(c.MessageTS), false
	var shown map[string]any
	var blocks json.RawMessage
	base := s.baseForApp(c.r)
	thread := ""
	if m != nil {
		blocks, shown, thread = m.Blocks, s.shown(m, base, false), m.ThreadTS
	} else if e := ch.ephemeral(p.ID, c.MessageTS); e != nil {
		hidden, blocks, thread = true, e.Blocks, e.ThreadTS
		shown = map[string]any{
			"type": "message", "subtype": "bot_message", "ts": e.TS, "text": e.Text, "blocks": e.Blocks, "user": e.User,
			"bot_id": e.BotID, "is_ephemeral": true,
		}
	} else {
		return nil, wrong(http.StatusNotFound, "message_not_found", "there is no message %q in %s", c.MessageTS, ch.name)
	}
	el, err := pick(blocks, c.ActionID, c.BlockID)
	if err != nil {
		return nil, err
	}
	action, state, err := s.acted(el, c)
	if err != nil {
		return nil, err
	}
	values := initialState(blocks)
	if state != nil {
		values.set(el.blockID, el.actionID, state)
	}
	container := map[string]any{
		"type": "message", "message_ts": c.MessageTS, "channel_id": ch.id, "is_ephemeral": hidden,
	}
	u := responseURL{channel: ch.id, user: p.ID, ts: c.MessageTS, hidden: hidden}
	if thread != "" && thread != c.MessageTS {
		container["thread_ts"] = thread
		u.thread = thread
	}
	payload := s.payloadFor("block_actions", p)
	payload["container"] = container
	payload["trigger_id"] = s.newTrigger(p.ID, "")
	payload["channel"] = map[string]any{"id": ch.id, "name": shownName(ch)}
	payload["state"] = map[string]any{"values": values}
	payload["response_url"] = s.newResponseURL(base, u)
	payload["actions"] = []any{action}
	if !hidden {
		payload["message"] = shown
	}
	return payload, nil
}

// shownName is how payloads name a channel.
func shownName(ch *channel) string {
	switch ch.eventKind() {
	case "im":
		return "directmessage"
	case "group":
		return "privategroup"
	default:
		return ch.name
	}
}

// viewAction is the payload of a click in a modal or in Home. What the person
// has chosen stays in the view's state. The caller holds the mutex.
func (s *Server) viewAction(c *control, p *person) (map[string]any, uint64, error) {
	v, err := s.seenBy(p, c.ViewID)
	if err != nil {
		return nil, 0, err
	}
	el, err := pick(v.Blocks, c.ActionID, c.BlockID)
	if err != nil {
		return nil, 0, err
	}
	action, state, err := s.acted(el, c)
	if err != nil {
		return nil, 0, err
	}
	next := *v
	next.State.Values = v.State.Values.clone()
	if err := s.fill(&next, c.Values); err != nil {
		return nil, 0, err
	}
	if state != nil {
		next.State.Values.set(el.blockID, el.actionID, state)
	}
	ticket := s.putView(p.ID, &next)
	if el.input && el.block["dispatch_action"] != true {
		return nil, ticket, nil
	}
	payload := s.payloadFor("block_actions", p)
	payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
	payload["trigger_id"] = s.newTrigger(p.ID, modalID(v))
	payload["view"] = s.withFiles(next.forApp(), s.baseForApp(c.r))
	payload["actions"] = []any{action}
	return payload, ticket, nil
}

// withFiles puts the files themselves into a view's state in the place of their
// ids, as Slack does; what is no file of a form is left out. The caller holds
// the mutex.
// See https://docs.slack.dev/reference/block-kit/block-elements/file-input-element.
func (s *Server) withFiles(v *view, base string) *view {
	for block, actions := range v.State.Values {
		for action, state := range actions {
			list, ok := state["files"].([]any)
			if !ok || state["type"] != "file_input" {
				continue
			}
			files := []any{}
			for _, item := range list {
				o, _ := item.(object)
				id, _ := o["id"].(string)
				if f := s.world.files[id]; f != nil && f.Form {
					files = append(files, f.shown(base))
				}
			}
			v.State.Values = v.State.Values.clone()
			v.State.Values.set(block, action, map[string]any{"type": "file_input", "files": files})
		}
	}
	return v
}

// modalID is the view that a trigger may push onto.
func modalID(v *view) string {
	if v.Type == "modal" {
		return v.ID
	}
	return ""
}

// seenBy finds a view that a person has before them.
func (s *Server) seenBy(p *person, id string) (*view, error) {
	user, v := s.findView(id, "")
	if v == nil || user != p.ID {
		return nil, wrong(http.StatusNotFound, "view_not_found", "%s has no view %q open", p.Name, id)
	}
	return v, nil
}

// topModal finds a modal that is on top of a person's stack: the others cannot
// be reached by hand.
func (s *Server) topModal(c *control) (*person, *view, error) {
	p, err := s.who(c)
	if err != nil {
		return nil, nil, err
	}
	if c.ViewID == "" {
		return nil, nil, badRequest("view_id is missing")
	}
	v, err := s.seenBy(p, c.ViewID)
	if err != nil {
		return nil, nil, err
	}
	stack := s.world.stacks[p.ID]
	if len(stack) == 0 || stack[len(stack)-1].ID != v.ID {
		return nil, nil, wrong(http.StatusConflict, "view_not_on_top", "view %q is not on top", c.ViewID)
	}
	return p, v, nil
}

// fill puts given values into a view's state. A value is an element's state as
// Slack writes it, or just what it holds.
func (s *Server) fill(v *view, values map[string]map[string]json.RawMessage) error {
	if len(values) == 0 {
		return nil
	}
	known := map[[2]string]element{}
	for _, e := range interactive(v.Blocks) {
		known[[2]string{e.blockID, e.actionID}] = e
	}
	for block, actions := range values {
		for action, raw := range actions {
			e, ok := known[[2]string{block, action}]
			if !ok {
				return wrong(http.StatusNotFound, "action_not_found", "the view has no element %q in block %q", action, block)
			}
			var value any
			if err := decode(raw, &value); err != nil {
				return badRequest("the value of %s/%s is not understood: %v", block, action, err)
			}
			state, isState := value.(object)
			if field := stateField[e.kind][0]; !isState || (state["type"] != e.kind && !hasKey(state, field)) {
				state = e.with(value)
			} else {
				state["type"] = e.kind
			}
			if state == nil {
				return badRequest("the element %s/%s holds no value", block, action)
			}
			v.State.Values.set(block, action, state)
		}
	}
	return nil
}

func hasKey(o object, key string) bool { _, ok := o[key]; return ok }

// submission is the app's answer to a view_submission.
type submission struct {
	ResponseAction string            `json:"response_action"`
	Errors         map[string]string `json:"errors"`
	View           json.RawMessage   `json:"view"`
}

// controlSubmit submits a modal.
func (s *Server) controlSubmit(c *control) (reply, error) {
	s.mu.Lock()
	p, v, err := s.topModal(c)
	if err == nil && v.Submit == nil && !slices.ContainsFunc(interactive(v.Blocks), func(e element) bool { return e.input }) {
		err = wrong(http.StatusConflict, "not_submittable", "the view has no submit button")
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	next := *v
	next.State.Values = v.State.Values.clone()
	next.Errors = nil
	if err := s.fill(&next, c.Values); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	if problems := clientProblems(&next, p.Locale); len(problems) > 0 {
		next.Errors = problems
		s.putView(p.ID, &next)
		s.mu.Unlock()
		return nil, &controlError{
			status: http.StatusUnprocessableEntity, code: "invalid_values", detail: "some fields are missing or wrong",
			fields: problems,
		}
	}
	s.putView(p.ID, &next)
	payload := s.payloadFor("view_submission", p)
	payload["trigger_id"] = s.newTrigger(p.ID, v.ID)
	payload["view"] = s.withFiles(next.forApp(), s.baseForApp(c.r))
	payload["response_urls"] = []any{}
	s.mu.Unlock()
	answer, err := s.interact(c.r.Context(), payload)
	if err != nil {
		return nil, err
	}
	return s.submitted(p.ID, v.ID, answer)
}

// submitted carries out the app's answer to a view_submission.
// See https://docs.slack.dev/surfaces/modals#response_actions.
func (s *Server) submitted(user, viewID string, answer json.RawMessage) (reply, error) {
	var sub submission
	if len(answer) > 0 && string(answer) != "null" {
		if err := json.Unmarshal(answer, &sub); err != nil {
			return nil, s.badSubmission(answer, "the app's answer is not understood")
		}
	}
	var shown *view
	if sub.ResponseAction == "update" || sub.ResponseAction == "push" {
		var err error
		if shown, err = s.readView(string(sub.View), "modal"); err != nil {
			return nil, s.badSubmission(answer, refusalWords(err))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	owner, v := s.findView(viewID, "")
	if v == nil || owner != user {
		// The app has closed or replaced it meanwhile.
		return reply{"closed": true}, nil
	}
	out := reply{"closed": false}
	if sub.ResponseAction != "" {
		out["response_action"] = sub.ResponseAction
	}
	switch sub.ResponseAction {
	case "":
		s.closeView(user, viewID)
		out["closed"] = true
	case "clear":
		s.closeTop(user, true)
		out["closed"] = true
	case "errors":
		inputs := map[string]bool{}
		for _, e := range interactive(v.Blocks) {
			inputs[e.blockID] = inputs[e.blockID] || e.input
		}
		if len(sub.Errors) == 0 {
			return nil, s.badSubmission(answer, "errors are missing")
		}
		for block := range sub.Errors {
			if !inputs[block] {
				return nil, s.badSubmission(answer, fmt.Sprintf("errors name the block %q, which is no input", block))
			}
		}
		next := *v
		next.Errors = sub.Errors
		s.putView(user, &next)
		out["errors"] = sub.Errors
	case "update":
		s.putView(user, s.updated(v, shown))
	case "push":
		if len(s.world.stacks[user]) >= maxViewStack {
			return nil, s.badSubmission(answer, "push_limit_reached")
		}
		s.openView(user, shown, true)
	default:
		return nil, s.badSubmission(answer, fmt.Sprintf("response_action %q is unknown", sub.ResponseAction))
	}
	return out, nil
}

// closeView takes one view out of a person's stack.
func (s *Server) closeView(user, id string) {
	stack := slices.DeleteFunc(slices.Clone(s.world.stacks[user]), func(v *view) bool { return v.ID == id })
	if len(stack) == 0 {
		delete(s.world.stacks, user)
	} else {
		s.world.stacks[user] = stack
	}
	s.touch()
}

// badSubmission notes an answer that Slack would not show: its client tells the
// person that there was trouble connecting, and the modal stays open.
func (s *Server) badSubmission(answer json.RawMessage, why string) error {
	s.calls.add(s.now(), "view_submission_response", args{"body": string(answer)}, why)
	return wrong(http.StatusConflict, "invalid_response", "the app's answer was refused: %s", why)
}

func refusalWords(err error) string {
	e, ok := errors.AsType[*apiError](err)
	if !ok || len(e.messages) == 0 {
		return err.Error()
	}
	return e.code + ": " + e.messages[0]
}

// controlClose closes a modal, and tells the app when it asked for that.
func (s *Server) controlClose(c *control) (reply, error) {
	s.mu.Lock()
	p, v, err := s.topModal(c)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	s.closeTop(p.ID, v.ClearOnClose)
	payload := s.payloadFor("view_closed", p)
	payload["view"] = v.forApp()
	payload["is_cleared"] = v.ClearOnClose
	s.mu.Unlock()
	if !v.NotifyOnClose {
		return nil, nil
	}
	_, err = s.interact(c.r.Context(), payload)
	return nil, err
}
