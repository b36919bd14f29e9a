package workspace

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// event is one event of the Events API on its way to the app.
type event struct {
	id      string
	payload json.RawMessage // the whole event_callback
	key     string          // in the outbox on disk
	ticket  uint64          // to wait for before it is sent
}

// keptEvent is an event in the outbox on disk: one that the app has not
// acknowledged. It outlives the process, so that a message is never stored
// without the app hearing of it.
type keptEvent struct {
	ID      string          `json:"id"`
	Payload json.RawMessage `json:"payload"`
}

// newEvent wraps an inner event and puts it into the outbox. It returns nothing
// when the app did not subscribe to the name. The caller holds the mutex.
func (s *Server) newEvent(subscription string, inner map[string]any) []event {
	if !s.subscribed[subscription] {
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
	s.events++
	key := outboxKey(s.events)
	return []event{{id, raw, key, s.keep(bucketOutbox, key, keptEvent{id, raw})}}
}

func outboxKey(n uint64) string { return fmt.Sprintf("%020d", n) }

// unsent reads the outbox: what the app had not acknowledged when the workspace
// ended, the newest of it when there is too much.
func (s *Server) unsent() ([]*envelope, error) {
	var out []*envelope
	err := s.disk.each(bucketOutbox, func(key string, raw []byte) error {
		n, err := strconv.ParseUint(key, 10, 64)
		if err != nil {
			return err
		}
		var kept keptEvent
		if err := json.Unmarshal(raw, &kept); err != nil {
			return err
		}
		s.events = n
		out = append(out, &envelope{Type: envelopeEvent, Payload: kept.Payload, eventID: kept.ID, key: key})
		return nil
	})
	for len(out) > maxWaitingEvents {
		s.disk.enqueue(record{bucketOutbox, out[0].key, nil})
		out = out[1:]
	}
	return out, err
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
