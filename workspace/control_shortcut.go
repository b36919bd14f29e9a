package workspace

import (
	"net/http"
	"slices"
)

// controlShortcut runs a global shortcut or, with a message, a message
// shortcut.
func (s *Server) controlShortcut(c *control) (reply, error) {
	if c.CallbackID == "" {
		return nil, badRequest("callback_id is missing")
	}
	s.mu.Lock()
	p, err := s.who(c)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	kind := shortcutGlobal
	if c.MessageTS != "" {
		kind = shortcutMessage
	}
	if !slices.ContainsFunc(s.opts.Shortcuts, func(k Shortcut) bool { return k.Type == kind && k.CallbackID == c.CallbackID }) {
		s.mu.Unlock()
		return nil, wrong(http.StatusNotFound, "unknown_shortcut", "the app has no %s shortcut %q", kind, c.CallbackID)
	}
	payload := s.payloadFor("shortcut", p)
	if c.MessageTS != "" {
		ch, err := s.where(c, p)
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
		payload["type"] = "message_action"
		payload["channel"] = map[string]any{"id": ch.id, "name": shownName(ch)}
		payload["message"] = s.shown(m, s.baseForApp(c.r), false)
		payload["message_ts"] = m.TS
		payload["response_url"] = s.newResponseURL(s.baseForApp(c.r), responseURL{channel: ch.id, user: p.ID, ts: m.TS})
	}
	payload["callback_id"] = c.CallbackID
	payload["action_ts"] = s.world.nextTS(s.now())
	payload["trigger_id"] = s.newTrigger(p.ID, "")
	s.mu.Unlock()
	_, err = s.interact(c.r.Context(), payload)
	return nil, err
}
