package workspace

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// person is a seeded person with what changed since.
type person struct {
	Seed
	Updated int64 // seconds since 1970 of the last change
	Deleted bool  // deactivated
}

// keptPerson is what the disk keeps of a person beside the seed.
type keptPerson struct {
	Locale  string `json:"locale"`
	Updated int64  `json:"updated"`
	Deleted bool   `json:"deleted,omitempty"`
}

func (p *person) email() string { return p.Name + "@" + mailDomain }

// The kinds of conversation, as the control API names them.
const (
	kindChannel = "channel"
	kindIM      = "im"
)

// channel is a conversation with its messages. The messages are in the order
// of their timestamps, replies among them; a stored message is never changed
// in place, so that a reader may keep it after the lock is gone.
type channel struct {
	id, name, kind, topic string
	user                  string // the person of a direct message
	private               bool
	created               int64 // seconds since 1970
	members               []string
	messages              []*message
	replies               map[string][]string // thread timestamp → timestamps of its replies
	ephemerals            []*ephemeral
}

func (c *channel) has(user string) bool { return slices.Contains(c.members, user) }

// eventKind is the channel_type of message events.
func (c *channel) eventKind() string {
	switch {
	case c.kind == kindIM:
		return "im"
	case c.private:
		return "group"
	default:
		return "channel"
	}
}

// scopePrefix is the family of scopes that reading the channel takes.
func (c *channel) scopePrefix() string {
	return map[string]string{"im": "im", "group": "groups", "channel": "channels"}[c.eventKind()]
}

// edited tells who changed a message, and when.
type edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

// reaction is one emoji on a message.
type reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// message is a stored message, in the shape of Slack's message object. Files
// are ids here; whoever shows the message puts the files in their place.
type message struct {
	Type            string          `json:"type"`
	Subtype         string          `json:"subtype,omitempty"`
	TS              string          `json:"ts"`
	User            string          `json:"user,omitempty"`
	BotID           string          `json:"bot_id,omitempty"`
	AppID           string          `json:"app_id,omitempty"`
	Team            string          `json:"team,omitempty"`
	Username        string          `json:"username,omitempty"`
	ClientMsgID     string          `json:"client_msg_id,omitempty"`
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks,omitempty"`
	Attachments     json.RawMessage `json:"attachments,omitempty"`
	Metadata        json.RawMessage `json:"metadata,omitempty"`
	ThreadTS        string          `json:"thread_ts,omitempty"`
	ParentUserID    string          `json:"parent_user_id,omitempty"`
	ReplyCount      int             `json:"reply_count,omitempty"`
	ReplyUsers      []string        `json:"reply_users,omitempty"`
	ReplyUsersCount int             `json:"reply_users_count,omitempty"`
	LatestReply     string          `json:"latest_reply,omitempty"`
	Edited          *edited         `json:"edited,omitempty"`
	FileIDs         []string        `json:"file_ids,omitempty"`
	Upload          bool            `json:"upload,omitempty"`
	Reactions       []reaction      `json:"reactions,omitempty"`
}

// isReply reports whether m stands in a thread without being its root.
func (m *message) isReply() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// inChannel reports whether the channel's own history shows m.
func (m *message) inChannel() bool { return !m.isReply() || m.Subtype == "thread_broadcast" }

// ephemeral is a message that one person sees until they reload. It is never
// stored.
type ephemeral struct {
	TS       string          `json:"ts"`
	To       string          `json:"to"`
	User     string          `json:"user"`
	BotID    string          `json:"bot_id,omitempty"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	ThreadTS string          `json:"thread_ts,omitempty"`
}

// maxEphemerals bounds the ephemeral messages kept in one channel.
const maxEphemerals = 500

// world is everything in the workspace. The server's mutex guards it.
type world struct {
	people       []*person
	personByID   map[string]*person
	personByName map[string]*person
	channels     []*channel
	channelByID  map[string]*channel
	files        map[string]*file
	homes        map[string]*view
	stacks       map[string][]*view // open modals by person, the top one last
	lastTS       int64              // microseconds of the last timestamp given
}

func newWorld(now time.Time, more []Seed) *world {
	w := &world{
		personByID:   map[string]*person{},
		personByName: map[string]*person{},
		channelByID:  map[string]*channel{},
		files:        map[string]*file{},
		homes:        map[string]*view{},
		stacks:       map[string][]*view{},
	}
	created := now.Unix()
	for _, seed := range slices.Concat(seededPeople, more) {
		p := &person{Seed: seed, Updated: created}
		w.people = append(w.people, p)
		w.personByID[p.ID] = p
		w.personByName[p.Name] = p
	}
	for _, seed := range SeededChannels() {
		w.addChannel(&channel{
			id: seed.ID, name: seed.Name, kind: kindChannel, topic: seed.Topic, private: seed.Private,
			members: seed.Members, created: created,
		})
	}
	for _, p := range w.people {
		w.addChannel(&channel{
			id: directChannelID(p.ID), name: "dm-" + p.Name, kind: kindIM, user: p.ID, private: true,
			members: []string{p.ID, BotUserID}, created: created,
		})
	}
	return w
}

func (w *world) addChannel(c *channel) {
	c.replies = map[string][]string{}
	w.channels = append(w.channels, c)
	w.channelByID[c.id] = c
}

// nextTS gives the next timestamp: the time, or just after the last one given,
// so that timestamps are unique and rise over the whole workspace.
func (w *world) nextTS(now time.Time) string {
	micros := max(unixMicros(now), w.lastTS+1)
	w.lastTS = micros
	return formatTS(micros)
}

// findPerson takes a user id or a user name, with or without @.
func (w *world) findPerson(ref string) *person {
	ref = strings.TrimPrefix(ref, "@")
	if p := w.personByID[ref]; p != nil {
		return p
	}
	return w.personByName[ref]
}

// findChannel takes a channel id, a channel name with or without #, or a user
// id, which means the direct messages with that person.
func (w *world) findChannel(ref string) *channel {
	if c := w.channelByID[ref]; c != nil {
		return c
	}
	if w.personByID[ref] != nil {
		return w.channelByID[directChannelID(ref)]
	}
	ref = strings.TrimPrefix(ref, "#")
	for _, c := range w.channels {
		if c.name == ref {
			return c
		}
	}
	return nil
}

// position returns where a timestamp stands, or would stand, among the
// messages.
func (c *channel) position(ts string) int {
	return sort.Search(len(c.messages), func(i int) bool { return !tsLess(c.messages[i].TS, ts) })
}

// tsLess compares timestamps. Those of one length compare as text.
func tsLess(a, b string) bool {
	if len(a) == len(b) {
		return a < b
	}
	x, _ := parseTS(a)
	y, _ := parseTS(b)
	return x < y
}

// message returns the message at a timestamp, or nil.
func (c *channel) message(ts string) *message {
	if i := c.position(ts); i < len(c.messages) && c.messages[i].TS == ts {
		return c.messages[i]
	}
	return nil
}

// add puts a new message where its timestamp belongs and keeps its thread's
// counts. It returns the messages that changed, m among them.
func (c *channel) add(m *message) []*message {
	i := c.position(m.TS)
	c.messages = slices.Insert(c.messages, i, m)
	if !m.isReply() {
		return []*message{m}
	}
	c.replies[m.ThreadTS] = append(c.replies[m.ThreadTS], m.TS)
	root := c.message(m.ThreadTS)
	if root == nil {
		return []*message{m}
	}
	next := *root
	next.ThreadTS = root.TS
	next.ReplyCount = len(c.replies[root.TS])
	next.LatestReply = m.TS
	if !slices.Contains(next.ReplyUsers, m.User) {
		next.ReplyUsers = append(slices.Clone(next.ReplyUsers), m.User)
	}
	next.ReplyUsersCount = len(next.ReplyUsers)
	c.replace(&next)
	return []*message{m, &next}
}

// replace puts a changed copy in the place of the message with its timestamp.
func (c *channel) replace(m *message) {
	if i := c.position(m.TS); i < len(c.messages) && c.messages[i].TS == m.TS {
		c.messages[i] = m
	}
}

// remove takes a message away. A thread's root that still has replies leaves a
// tombstone, as in Slack. It returns the changed message, if any is left.
func (c *channel) remove(m *message) *message {
	if len(c.replies[m.TS]) > 0 {
		stone := &message{
			Type: "message", Subtype: "tombstone", TS: m.TS, User: slackbot, Text: "This message was deleted.",
			ThreadTS: m.TS, ReplyCount: m.ReplyCount, ReplyUsers: m.ReplyUsers,
			ReplyUsersCount: m.ReplyUsersCount, LatestReply: m.LatestReply,
		}
		c.replace(stone)
		return stone
	}
	if i := c.position(m.TS); i < len(c.messages) && c.messages[i].TS == m.TS {
		c.messages = slices.Delete(c.messages, i, i+1)
	}
	if !m.isReply() {
		return nil
	}
	left := slices.DeleteFunc(c.replies[m.ThreadTS], func(ts string) bool { return ts == m.TS })
	c.replies[m.ThreadTS] = left
	root := c.message(m.ThreadTS)
	if root == nil {
		return nil
	}
	next := *root
	next.ReplyCount, next.LatestReply, next.ReplyUsers = len(left), "", nil
	for _, ts := range left {
		if r := c.message(ts); r != nil {
			next.LatestReply = ts
			if !slices.Contains(next.ReplyUsers, r.User) {
				next.ReplyUsers = append(next.ReplyUsers, r.User)
			}
		}
	}
	next.ReplyUsersCount = len(next.ReplyUsers)
	if len(left) == 0 {
		next.ThreadTS = ""
		delete(c.replies, m.ThreadTS)
	}
	c.replace(&next)
	return &next
}

// thread returns a root and its replies, oldest first.
func (c *channel) thread(root *message) []*message {
	out := []*message{root}
	for _, ts := range c.replies[root.TS] {
		if m := c.message(ts); m != nil {
			out = append(out, m)
		}
	}
	return out
}

func (c *channel) ephemeral(user, ts string) *ephemeral {
	for _, e := range c.ephemerals {
		if e.To == user && e.TS == ts {
			return e
		}
	}
	return nil
}

func (c *channel) addEphemeral(e *ephemeral) {
	if len(c.ephemerals) >= maxEphemerals {
		c.ephemerals = slices.Delete(slices.Clone(c.ephemerals), 0, 1)
	}
	c.ephemerals = append(slices.Clip(c.ephemerals), e)
}

func (c *channel) removeEphemeral(user, ts string) {
	c.ephemerals = slices.DeleteFunc(slices.Clone(c.ephemerals), func(e *ephemeral) bool {
		return e.To == user && e.TS == ts
	})
}

// load fills the world with what the disk keeps.
func (w *world) load(d *disk) error {
	err := d.each(bucketPeople, func(id string, raw []byte) error {
		var kept keptPerson
		if err := json.Unmarshal(raw, &kept); err != nil {
			return err
		}
		if p := w.personByID[id]; p != nil {
			p.Locale, p.Updated, p.Deleted = kept.Locale, kept.Updated, kept.Deleted
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = d.each(bucketMembers, func(id string, raw []byte) error {
		if c := w.channelByID[id]; c != nil {
			return json.Unmarshal(raw, &c.members)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = d.each(bucketMessages, func(key string, raw []byte) error {
		id, _, _ := strings.Cut(key, "/")
		c := w.channelByID[id]
		if c == nil {
			return fmt.Errorf("no channel %q", id)
		}
		m := &message{}
		if err := json.Unmarshal(raw, m); err != nil {
			return err
		}
		// Keys are in the order of the timestamps, so this appends.
		c.messages = slices.Insert(c.messages, c.position(m.TS), m)
		if m.isReply() {
			c.replies[m.ThreadTS] = append(c.replies[m.ThreadTS], m.TS)
		}
		if micros, ok := parseTS(m.TS); ok {
			w.lastTS = max(w.lastTS, micros)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = d.each(bucketFiles, func(id string, raw []byte) error {
		f := &file{}
		w.files[id] = f
		return json.Unmarshal(raw, f)
	})
	if err != nil {
		return err
	}
	return d.each(bucketHomes, func(user string, raw []byte) error {
		v := &view{}
		w.homes[user] = v
		return json.Unmarshal(raw, v)
	})
}
