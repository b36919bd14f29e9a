package workspace

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// shortHash names a text for ids that need to be stable only.
func shortHash(text string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// channelFor finds the channel that a call names by its id, when the app may
// know of it. A private channel that the bot is not in does not exist for it.
// The caller holds the mutex.
func (s *Server) channelFor(ref string) (*channel, error) {
	return s.allowed(s.world.channelByID[ref])
}

// placeFor finds the channel of a post, which may also name it by its name or,
// for direct messages, by the person. What changes or reads a message may not.
// See https://docs.slack.dev/reference/methods/chat.update.
func (s *Server) placeFor(ref string) (*channel, error) {
	if ref == "" {
		return nil, refuse("channel_not_found")
	}
	return s.allowed(s.world.findChannel(ref))
}

func (s *Server) allowed(c *channel) (*channel, error) {
	if c == nil || (c.private && !c.has(BotUserID)) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

// threadFor checks a thread_ts. A reply's own timestamp means its thread; a
// message that is gone means that the post stands outside of any thread.
func (c *channel) threadFor(ts string) (string, error) {
	if ts == "" {
		return "", nil
	}
	if !validTS(ts) {
		return "", refuse("invalid_thread_ts")
	}
	m := c.message(ts)
	if m == nil {
		return "", nil
	}
	if m.isReply() {
		return m.ThreadTS, nil
	}
	return m.TS, nil
}

func (s *Server) chatPostMessage(c *call) (reply, error) {
	body, err := readContent(c.args)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	ch, err := s.placeFor(c.args["channel"])
	if err == nil && !ch.has(BotUserID) && !s.scopes["chat:write.public"] {
		err = refuse("not_in_channel")
	}
	if err == nil && body.empty() {
		err = refuse("no_text")
	}
	if err == nil {
		err = s.showable(body.files, "invalid_blocks")
	}
	var thread string
	if err == nil {
		thread, err = ch.threadFor(c.args["thread_ts"])
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	m := s.botMessage(body, thread)
	if thread != "" && c.args.flag("reply_broadcast") {
		m.Subtype = "thread_broadcast"
	}
	ticket := s.store(ch, m)
	shown := s.shown(m, base(c.r), true)
	events := s.messageEvents(ch, m, base(c.r))
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"channel": ch.id, "ts": m.TS, "message": shown}, nil
}

func (s *Server) chatPostEphemeral(c *call) (reply, error) {
	body, err := readContent(c.args)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.placeFor(c.args["channel"])
	if err != nil {
		return nil, err
	}
	if body.empty() {
		return nil, refuse("no_text")
	}
	if !ch.has(BotUserID) {
		return nil, refuse("not_in_channel")
	}
	p := s.world.personByID[c.args["user"]]
	if p == nil || p.Deleted || !ch.has(p.ID) {
		return nil, refuse("user_not_in_channel")
	}
	if err := s.showable(body.files, "invalid_blocks"); err != nil {
		return nil, err
	}
	thread, err := ch.threadFor(c.args["thread_ts"])
	if err != nil {
		return nil, err
	}
	e := s.whisper(ch, p.ID, body, thread)
	return reply{"message_ts": e.TS}, nil
}

// whisper shows a message to one person. The caller holds the mutex.
func (s *Server) whisper(ch *channel, to string, body content, thread string) *ephemeral {
	e := &ephemeral{
		TS: s.world.nextTS(s.now()), To: to, User: BotUserID, BotID: BotID, Text: body.text, Blocks: body.blocks,
		ThreadTS: thread,
	}
	ch.addEphemeral(e)
	s.touch()
	return e
}

// ownMessage finds the message that a call wants to change.
func (s *Server) ownMessage(c *call, denied string) (*channel, *message, error) {
	ch, err := s.channelFor(c.args["channel"])
	if err != nil {
		return nil, nil, err
	}
	m := ch.message(c.args["ts"])
	if m == nil || m.Subtype == "tombstone" {
		return nil, nil, refuse("message_not_found")
	}
	if m.BotID != BotID {
		return nil, nil, refuse(denied)
	}
	return ch, m, nil
}

func (s *Server) chatUpdate(c *call) (reply, error) {
	body, err := readContent(c.args)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(c.args["text"]) > maxUpdateText && body.blocks == nil {
		return nil, refuse("msg_too_long")
	}
	s.mu.Lock()
	ch, m, err := s.ownMessage(c, "cant_update_message")
	if err == nil {
		err = s.showable(body.files, "invalid_blocks")
	}
	var next *message
	if err == nil {
		next = s.edit(m, body, c.args.has("text"))
		left := content{text: next.Text, blocks: next.Blocks, attachments: next.Attachments}
		given := c.args.has("text") || body.hasBlocks || body.hasAttachments
		if !given || (left.empty() && len(next.FileIDs) == 0) {
			err = refuse("no_text")
		}
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	ticket := s.change(ch, next)
	shown := s.shown(next, base(c.r), true)
	events := s.changeEvents(ch, m, next, base(c.r))
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"channel": ch.id, "ts": next.TS, "text": next.Text, "message": shown}, nil
}

// edit returns a changed copy of m. What is not given stays: a text that is
// given alone leaves the blocks, which an empty list takes away.
// See https://docs.slack.dev/reference/methods/chat.update.
func (s *Server) edit(m *message, body content, hasText bool) *message {
	next := *m
	if hasText {
		next.Text = body.text
	}
	if body.hasBlocks {
		next.Blocks = body.blocks
	}
	if body.hasAttachments {
		next.Attachments = body.attachments
	}
	if body.hasMeta {
		next.Metadata = body.metadata
	}
	next.Edited = &edited{User: BotUserID, TS: formatTS(unixMicros(s.now()) / 1e6 * 1e6)}
	return &next
}

func (s *Server) chatDelete(c *call) (reply, error) {
	s.mu.Lock()
	ch, m, err := s.ownMessage(c, "cant_delete_message")
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	ticket := s.drop(ch, m)
	events := s.deleteEvents(ch, m, base(c.r))
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"channel": ch.id, "ts": m.TS}, nil
}

func (s *Server) chatGetPermalink(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.channelFor(c.args["channel"])
	if err != nil {
		return nil, err
	}
	m := ch.message(c.args["message_ts"])
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return reply{"channel": ch.id, "permalink": messageLink(base(c.r), ch, m)}, nil
}

func messageLink(base string, ch *channel, m *message) string {
	link := base + "/archives/" + ch.id + "/p" + strings.Replace(m.TS, ".", "", 1)
	if m.isReply() {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + ch.id
	}
	return link
}

// reacted finds the message that a call about reactions names.
func (s *Server) reacted(c *call) (*channel, *message, error) {
	ch, err := s.channelFor(c.args["channel"])
	if err != nil {
		return nil, nil, err
	}
	if !validTS(c.args["timestamp"]) {
		return nil, nil, refuse("bad_timestamp")
	}
	m := ch.message(c.args["timestamp"])
	if m == nil {
		return nil, nil, refuse("message_not_found")
	}
	return ch, m, nil
}

func (s *Server) reactionsAdd(c *call) (reply, error) {
	return s.react(c, "already_reacted", func(m *message, name string) bool { return m.react(BotUserID, name) })
}

func (s *Server) reactionsRemove(c *call) (reply, error) {
	return s.react(c, "no_reaction", func(m *message, name string) bool { return m.unreact(BotUserID, name) })
}

func (s *Server) react(c *call, unchanged string, apply func(*message, string) bool) (reply, error) {
	name := strings.Trim(c.args["name"], ":")
	if name == "" || len(name) > maxReactionName || strings.ContainsAny(name, " \t\n") {
		return nil, refuse("invalid_name")
	}
	s.mu.Lock()
	ch, m, err := s.reacted(c)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	next := *m
	if !apply(&next, name) {
		s.mu.Unlock()
		return nil, refuse(unchanged)
	}
	ticket := s.change(ch, &next)
	s.mu.Unlock()
	return nil, s.settle(ticket)
}

func (s *Server) reactionsGet(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, m, err := s.reacted(c)
	if err != nil {
		return nil, err
	}
	return reply{"type": "message", "channel": ch.id, "message": s.shown(m, base(c.r), false)}, nil
}

// react adds a person's reaction; false when it is there already.
func (m *message) react(user, name string) bool {
	list := slices.Clone(m.Reactions)
	i := slices.IndexFunc(list, func(r reaction) bool { return r.Name == name })
	if i < 0 {
		m.Reactions = append(list, reaction{Name: name, Users: []string{user}, Count: 1})
		return true
	}
	if slices.Contains(list[i].Users, user) {
		return false
	}
	list[i].Users = append(slices.Clone(list[i].Users), user)
	list[i].Count = len(list[i].Users)
	m.Reactions = list
	return true
}

// unreact takes a person's reaction away; false when there is none.
func (m *message) unreact(user, name string) bool {
	list := slices.Clone(m.Reactions)
	i := slices.IndexFunc(list, func(r reaction) bool { return r.Name == name })
	if i < 0 || !slices.Contains(list[i].Users, user) {
		return false
	}
	list[i].Users = slices.DeleteFunc(slices.Clone(list[i].Users), func(u string) bool { return u == user })
	list[i].Count = len(list[i].Users)
	if list[i].Count == 0 {
		list = slices.Delete(list, i, i+1)
	}
	m.Reactions = list
	return true
}
