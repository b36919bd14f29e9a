package workspace

import (
	"encoding/json"
	"net/http"
	"slices"
)

// controlOptions asks the app for the options of an external select, for what
// a person has typed into it, and returns them.
// See https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload.
func (s *Server) controlOptions(c *control) (reply, error) {
	s.mu.Lock()
	payload, err := s.suggestion(c)
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	answer, err := s.interact(c.r.Context(), payload)
	if err != nil {
		return nil, err
	}
	var given object
	if err := decode(answer, &given); err != nil {
		given = object{}
	}
	k := &checker{on: surfaceModal}
	k.options(k.items(given, "options", "", 0, maxOptions, given["option_groups"] == nil), "/options", false)
	groups := k.items(given, "option_groups", "", 0, maxOptionGroups, false)
	k.objects(groups, "/option_groups", func(o object, at string) {
		k.plain(o, "label", at, maxGroupLabel, true)
		k.options(k.items(o, "options", at, 0, maxOptions, true), at+"/options", false)
	})
	if len(k.problems) > 0 {
		s.calls.add(s.now(), "block_suggestion_response", args{"body": string(answer)}, k.problems[0])
		return nil, wrong(http.StatusConflict, "invalid_response", "the app's options were refused: %s", k.problems[0])
	}
	return reply{"options": given["options"], "option_groups": given["option_groups"]}, nil
}

// suggestion is the payload that asks for options. The caller holds the mutex.
func (s *Server) suggestion(c *control) (map[string]any, error) {
	p, err := s.who(c)
	if err != nil {
		return nil, err
	}
	payload := s.payloadFor("block_suggestion", p)
	var blocks json.RawMessage
	if c.ViewID != "" {
		v, err := s.seenBy(p, c.ViewID)
		if err != nil {
			return nil, err
		}
		blocks = v.Blocks
		payload["view"] = v.forApp()
		payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
	} else {
		ch, err := s.where(c, p)
		if err != nil {
			return nil, err
		}
		m := ch.message(c.MessageTS)
		if m == nil {
			return nil, wrong(http.StatusNotFound, "message_not_found", "there is no message %q in %s", c.MessageTS, ch.name)
		}
		blocks = m.Blocks
		payload["channel"] = map[string]any{"id": ch.id, "name": shownName(ch)}
		payload["message"] = s.shown(m, s.baseForApp(c.r), false)
		payload["container"] = map[string]any{"type": "message", "message_ts": m.TS, "channel_id": ch.id, "is_ephemeral": false}
	}
	el, err := pick(blocks, c.ActionID, c.BlockID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains([]string{"external_select", "multi_external_select"}, el.kind) {
		return nil, badRequest("an element of type %s has its options itself", el.kind)
	}
	payload["action_id"], payload["block_id"], payload["value"] = el.actionID, el.blockID, c.Text
	return payload, nil
}
