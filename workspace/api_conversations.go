package workspace

import (
	"slices"
	"strconv"
	"strings"
)

// shownChannel is Slack's conversation object. The caller holds the mutex.
func (s *Server) shownChannel(c *channel) map[string]any {
	out := map[string]any{
		"id": c.id, "created": c.created, "context_team_id": TeamID, "updated": c.created * 1000,
		"is_archived": false, "is_org_shared": false, "is_ext_shared": false, "is_shared": false,
	}
	if c.kind == kindIM {
		out["is_im"] = true
		out["user"] = c.user
		p := s.world.personByID[c.user]
		out["is_user_deleted"] = p != nil && p.Deleted
		out["priority"] = 0
		return out
	}
	blank := map[string]any{"value": "", "creator": "", "last_set": 0}
	out["name"] = c.name
	out["name_normalized"] = c.name
	out["is_channel"] = true
	out["is_group"] = c.private
	out["is_im"] = false
	out["is_mpim"] = false
	out["is_private"] = c.private
	out["is_general"] = false
	out["is_member"] = c.has(BotUserID)
	out["creator"] = "U0SECRETARY"
	out["num_members"] = len(c.members)
	out["topic"] = map[string]any{"value": c.topic, "creator": "U0SECRETARY", "last_set": c.created}
	out["purpose"] = blank
	return out
}

// readChannel finds a channel that the app may read, with the scope of that
// verb: read or history. The caller holds the mutex.
func (s *Server) readChannel(ref, verb string) (*channel, error) {
	c, err := s.channelFor(ref)
	if err != nil {
		return nil, err
	}
	return c, s.need(c.scopePrefix() + ":" + verb)
}

// window is the span of time that a history call asks for.
type window struct {
	oldest, latest int64
	inclusive      bool
}

func readWindow(a args) (window, error) {
	w := window{latest: 1 << 62, inclusive: a.flag("inclusive")}
	var ok bool
	if v := a["oldest"]; v != "" {
		if w.oldest, ok = parseTS(v); !ok {
			return w, refuse("invalid_ts_oldest")
		}
	}
	if v := a["latest"]; v != "" && v != "now" {
		if w.latest, ok = parseTS(v); !ok {
			return w, refuse("invalid_ts_latest")
		}
	}
	return w, nil
}

func (w window) has(ts string) bool {
	at, _ := parseTS(ts)
	if w.inclusive {
		return at >= w.oldest && at <= w.latest
	}
	return at > w.oldest && at < w.latest
}

// historyLimit reads the limit of conversations.history and
// conversations.replies.
func historyLimit(a args, def int) (int, error) {
	v := a["limit"]
	if v == "" {
		return def, nil
	}
	limit, err := strconv.Atoi(v)
	if err != nil || limit < 0 {
		return 0, refuse("invalid_limit")
	}
	if limit == 0 {
		return def, nil
	}
	return min(limit, maxPage), nil
}

func (s *Server) conversationsHistory(c *call) (reply, error) {
	w, err := readWindow(c.args)
	if err != nil {
		return nil, err
	}
	limit, err := historyLimit(c.args, defaultPage)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.readChannel(c.args["channel"], "history")
	if err != nil {
		return nil, err
	}
	if !ch.has(BotUserID) {
		return nil, refuse("not_in_channel")
	}
	// Newest first, from below the cursor, which names the last message given.
	from := len(ch.messages)
	if cursor := c.args["cursor"]; cursor != "" {
		ts, ok := openCursor(cursor)
		if !ok || !validTS(ts) {
			return nil, refuse("invalid_cursor")
		}
		from = ch.position(ts)
	}
	messages := []any{}
	last, more := "", false
	for i := from - 1; i >= 0; i-- {
		m := ch.messages[i]
		if !m.inChannel() || !w.has(m.TS) {
			if at, _ := parseTS(m.TS); at < w.oldest {
				break
			}
			continue
		}
		if len(messages) == limit {
			more = true
			break
		}
		messages = append(messages, s.shown(m, base(c.r), c.args.flag("include_all_metadata")))
		last = m.TS
	}
	out := reply{"messages": messages, "has_more": more, "pin_count": 0}
	if w.latest != 1<<62 {
		out["latest"] = c.args["latest"]
	}
	if more {
		out["response_metadata"] = nextPage(makeCursor(last))
	}
	return out, nil
}

func (s *Server) conversationsReplies(c *call) (reply, error) {
	w, err := readWindow(c.args)
	if err != nil {
		return nil, err
	}
	limit, err := historyLimit(c.args, maxPage)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.readChannel(c.args["channel"], "history")
	if err != nil {
		return nil, err
	}
	if !ch.has(BotUserID) {
		return nil, refuse("not_in_channel")
	}
	root := ch.message(c.args["ts"])
	if root != nil && root.isReply() {
		root = ch.message(root.ThreadTS)
	}
	if root == nil {
		return nil, refuse("thread_not_found")
	}
	after := ""
	if cursor := c.args["cursor"]; cursor != "" {
		ts, ok := openCursor(cursor)
		if !ok || !validTS(ts) {
			return nil, refuse("invalid_cursor")
		}
		after = ts
	}
	messages := []any{}
	last, more := "", false
	for i, m := range ch.thread(root) {
		// The root is always shown, whatever span is asked for.
		if (i > 0 && !w.has(m.TS)) || (after != "" && !tsLess(after, m.TS)) {
			continue
		}
		if len(messages) == limit {
			more = true
			break
		}
		messages = append(messages, s.shown(m, base(c.r), c.args.flag("include_all_metadata")))
		last = m.TS
	}
	out := reply{"messages": messages, "has_more": more}
	if more {
		out["response_metadata"] = nextPage(makeCursor(last))
	}
	return out, nil
}

// listed returns the channels that a listing call asks for by types, and that
// pass the filter. The caller holds the mutex.
func (s *Server) listed(c *call, pass func(*channel) bool) (reply, error) {
	wanted := c.args["types"]
	if wanted == "" {
		wanted = "public_channel"
	}
	kinds := map[string]bool{}
	for kind := range strings.SplitSeq(wanted, ",") {
		scope, ok := map[string]string{
			"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read",
		}[strings.TrimSpace(kind)]
		if !ok {
			return nil, refuse("invalid_types")
		}
		if scope != "mpim:read" { // there are no such conversations here
			if err := s.need(scope); err != nil {
				return nil, err
			}
		}
		kinds[strings.TrimSpace(kind)] = true
	}
	var list []*channel
	for _, ch := range s.world.channels {
		kind := map[string]string{"im": "im", "group": "private_channel", "channel": "public_channel"}[ch.eventKind()]
		if kinds[kind] && (!ch.private || ch.has(BotUserID)) && pass(ch) {
			list = append(list, ch)
		}
	}
	from, to, next, err := pageOf(c.args, len(list), defaultPage)
	if err != nil {
		return nil, err
	}
	shown := []any{}
	for _, ch := range list[from:to] {
		shown = append(shown, s.shownChannel(ch))
	}
	return reply{"channels": shown, "response_metadata": nextPage(next)}, nil
}

func (s *Server) conversationsList(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed(c, func(*channel) bool { return true })
}

func (s *Server) usersConversations(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	user := c.args["user"]
	if user == "" {
		user = BotUserID
	}
	if user != BotUserID && s.world.personByID[user] == nil {
		return nil, refuse("user_not_found")
	}
	return s.listed(c, func(ch *channel) bool { return ch.has(user) })
}

func (s *Server) conversationsInfo(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.readChannel(c.args["channel"], "read")
	if err != nil {
		return nil, err
	}
	return reply{"channel": s.shownChannel(ch)}, nil
}

func (s *Server) conversationsMembers(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.readChannel(c.args["channel"], "read")
	if err != nil {
		return nil, err
	}
	from, to, next, err := pageOf(c.args, len(ch.members), defaultPage)
	if err != nil {
		return nil, err
	}
	return reply{"members": slices.Clone(ch.members[from:to]), "response_metadata": nextPage(next)}, nil
}

func (s *Server) conversationsOpen(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ref := c.args["channel"]
	if ref == "" {
		users := strings.Split(c.args["users"], ",")
		switch {
		case c.args["users"] == "":
			return nil, refuse("users_list_not_supplied")
		case len(users) > 1:
			return nil, refuse("not_enough_users") // group direct messages do not exist here
		case s.world.personByID[users[0]] == nil:
			return nil, refuse("user_not_found")
		case s.world.personByID[users[0]].Deleted:
			// A message to the open conversation of somebody who left is taken, in
			// Slack too: nobody reads it.
			return nil, refuse("user_disabled")
		}
		ref = directChannelID(users[0])
	}
	ch := s.world.channelByID[ref]
	if ch == nil || ch.kind != kindIM {
		return nil, refuse("channel_not_found")
	}
	short := map[string]any{"id": ch.id}
	if c.args.flag("return_im") {
		short = s.shownChannel(ch)
	}
	return reply{"no_op": true, "already_open": true, "channel": short}, nil
}

func (s *Server) conversationsJoin(c *call) (reply, error) {
	s.mu.Lock()
	ch, err := s.channelFor(c.args["channel"])
	if err == nil && (ch.kind == kindIM || ch.private) {
		err = refuse("method_not_supported_for_channel_type")
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	out := reply{"channel": s.shownChannel(ch)}
	if ch.has(BotUserID) {
		s.mu.Unlock()
		out["warning"] = "already_in_channel"
		out["response_metadata"] = map[string]any{"warnings": []string{"already_in_channel"}}
		return out, nil
	}
	ch.members = append(slices.Clone(ch.members), BotUserID)
	out["channel"] = s.shownChannel(ch)
	ticket := s.keep(bucketMembers, ch.id, ch.members)
	s.touch()
	events := s.newEvent("member_joined_channel", map[string]any{
		"type": "member_joined_channel", "user": BotUserID, "channel": ch.id, "channel_type": "C", "team": TeamID,
		"event_ts": s.world.nextTS(s.now()),
	})
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return out, nil
}
