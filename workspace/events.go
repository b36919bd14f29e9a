package workspace

import (
	"encoding/json"
	"strings"
)

// event is one event of the Events API on its way to the app.
type event struct {
	id      string
	payload json.RawMessage // the whole event_callback
}

// newEvent wraps an inner event. It returns nothing when the app did not
// subscribe to the name.
func (s *Server) newEvent(subscription string, inner map[string]any) []event {
	if !s.events[subscription] {
		return nil
	}
	id := newID("Ev")
	channelID, _ := inner["channel"].(string)
	raw, err := json.Marshal(map[string]any{
		"token": verification, "team_id": TeamID, "context_team_id": TeamID, "context_enterprise_id": nil,
		"api_app_id": AppID, "event": inner, "type": "event_callback", "event_id": id,
		"event_time": s.now().Unix(), "is_ext_shared_channel": false,
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": TeamID, "user_id": BotUserID, "is_bot": true, "is_enterprise_install": false,
		}},
		"event_context": "4-" + shortHash(id+channelID),
	})
	if err != nil {
		s.log.Error("encode event", "event", subscription, "error", err)
		return nil
	}
	return []event{{id, raw}}
}

// subscriptionFor is the subscription that a channel's messages fall under.
func (c *channel) subscriptionFor() string {
	return map[string]string{"channel": "message.channels", "group": "message.groups", "im": "message.im"}[c.eventKind()]
}

// messageEvents are the events of a new message: one for the message itself,
// and one more when it mentions the app outside of its direct messages. Both
// have their own event_id, as in Slack. The app's own messages come back to it
// too. The caller holds the mutex.
func (s *Server) messageEvents(c *channel, m *message, base string) []event {
	if !c.has(BotUserID) {
		return nil
	}
	inner := s.shown(m, base, true)
	inner["channel"] = c.id
	inner["channel_type"] = c.eventKind()
	inner["event_ts"] = m.TS
	out := s.newEvent(c.subscriptionFor(), inner)
	if c.kind != kindIM && m.User != BotUserID && strings.Contains(m.Text, "<@"+BotUserID+">") {
		mention := s.shown(m, base, false)
		mention["type"] = "app_mention"
		mention["channel"] = c.id
		mention["event_ts"] = m.TS
		delete(mention, "subtype")
		out = append(s.newEvent("app_mention", mention), out...)
	}
	return out
}

// changeEvents are the events of an edited message.
func (s *Server) changeEvents(c *channel, before, after *message, base string) []event {
	if !c.has(BotUserID) {
		return nil
	}
	ts := s.world.nextTS(s.now())
	return s.newEvent(c.subscriptionFor(), map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.id,
		"channel_type": c.eventKind(), "ts": ts, "event_ts": ts,
		"message": s.shown(after, base, true), "previous_message": s.shown(before, base, true),
	})
}

// deleteEvents are the events of a deleted message.
func (s *Server) deleteEvents(c *channel, m *message, base string) []event {
	if !c.has(BotUserID) {
		return nil
	}
	ts := s.world.nextTS(s.now())
	return s.newEvent(c.subscriptionFor(), map[string]any{
		"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.id,
		"channel_type": c.eventKind(), "ts": ts, "event_ts": ts, "deleted_ts": m.TS,
		"previous_message": s.shown(m, base, true),
	})
}
