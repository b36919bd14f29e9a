package workspace

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// content is what a message shows, checked and ready to be stored.
type content struct {
	text        string
	blocks      json.RawMessage
	attachments json.RawMessage
	metadata    json.RawMessage
	files       []fileRef // the uploaded pictures that the blocks show

	// What was given, be it an empty list or empty metadata.
	hasBlocks, hasAttachments, hasMeta bool
}

// readContent checks the text, blocks, attachments and metadata of a call. A
// text over Slack's limit is cut, as Slack does.
func readContent(a args) (content, error) {
	out := content{text: a["text"]}
	if utf8.RuneCountInString(out.text) > maxMessageText {
		out.text = string([]rune(out.text)[:maxMessageText])
	}
	if raw := a["blocks"]; raw != "" && raw != "null" {
		blocks, files, err := checkBlocks(raw)
		if err != nil {
			return out, err
		}
		out.files = files
		out.hasBlocks = true
		if string(blocks) != "[]" {
			out.blocks = blocks
		}
	}
	if raw := a["attachments"]; raw != "" && raw != "null" {
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(raw), &list); err != nil {
			return out, refuse("invalid_attachments")
		}
		if len(list) > maxAttachments {
			return out, refuse("too_many_attachments")
		}
		out.hasAttachments = true
		if len(list) > 0 {
			out.attachments = json.RawMessage(raw)
		}
	}
	if raw := a["metadata"]; raw != "" && raw != "null" {
		metadata, err := checkMetadata(raw)
		if err != nil {
			return out, err
		}
		out.hasMeta = true
		out.metadata = metadata
	}
	return out, nil
}

// empty reports whether there is nothing to show.
func (c content) empty() bool {
	return strings.TrimSpace(c.text) == "" && c.blocks == nil && c.attachments == nil
}

// checkMetadata checks message metadata. Empty metadata means none.
// See https://docs.slack.dev/messaging/message-metadata.
func checkMetadata(raw string) (json.RawMessage, error) {
	if len(raw) > maxMetadataBytes {
		return nil, refuse("metadata_too_large")
	}
	var m struct {
		EventType    *string         `json:"event_type"`
		EventPayload json.RawMessage `json:"event_payload"`
	}
	if err := json.Unmarshal([]byte(raw), &m); err != nil {
		return nil, refuse("invalid_metadata_format")
	}
	noPayload := len(m.EventPayload) == 0 || string(m.EventPayload) == "null"
	if (m.EventType == nil || *m.EventType == "") && noPayload {
		return nil, nil
	}
	if m.EventType == nil || *m.EventType == "" || noPayload || m.EventPayload[0] != '{' {
		return nil, refuse("invalid_metadata_format")
	}
	return json.RawMessage(raw), nil
}

// botMessage makes a message of the app's own. The caller holds the mutex.
func (s *Server) botMessage(c content, threadTS string) *message {
	return &message{
		Type: "message", TS: s.world.nextTS(s.now()), User: BotUserID, BotID: BotID, AppID: AppID, Team: TeamID,
		Text: c.text, Blocks: c.blocks, Attachments: c.attachments, Metadata: c.metadata, ThreadTS: threadTS,
	}
}

// store adds a new message to its channel, queues it for the disk, and returns
// the ticket to settle. The caller holds the mutex.
func (s *Server) store(c *channel, m *message) uint64 {
	if m.isReply() {
		if root := c.message(m.ThreadTS); root != nil {
			m.ParentUserID = root.User
		}
	}
	var ticket uint64
	for _, changed := range c.add(m) {
		ticket = s.keepMessage(c, changed)
	}
	s.touch()
	return ticket
}

func (s *Server) keepMessage(c *channel, m *message) uint64 {
	return s.keep(bucketMessages, c.id+"/"+m.TS, m)
}

// change puts a changed copy of a message in its place.
func (s *Server) change(c *channel, m *message) uint64 {
	c.replace(m)
	s.touch()
	return s.keepMessage(c, m)
}

// drop removes a message.
func (s *Server) drop(c *channel, m *message) uint64 {
	left := c.remove(m)
	ticket := uint64(0)
	if left == nil || left.TS != m.TS {
		ticket = s.disk.enqueue(record{bucketMessages, c.id + "/" + m.TS, nil})
	}
	if left != nil {
		ticket = s.keepMessage(c, left)
	}
	s.touch()
	return ticket
}

// shown is the message object that the Web API and events carry. The caller
// holds the mutex. Metadata is shown on demand only, as Slack does.
func (s *Server) shown(m *message, base string, metadata bool) map[string]any {
	out := map[string]any{"type": m.Type, "ts": m.TS, "text": m.Text}
	put := func(name string, v string) {
		if v != "" {
			out[name] = v
		}
	}
	put("subtype", m.Subtype)
	put("user", m.User)
	put("bot_id", m.BotID)
	put("app_id", m.AppID)
	put("team", m.Team)
	put("username", m.Username)
	put("client_msg_id", m.ClientMsgID)
	put("thread_ts", m.ThreadTS)
	if m.isReply() {
		put("parent_user_id", m.ParentUserID)
	}
	if m.BotID != "" {
		out["bot_profile"] = botProfile()
	}
	switch {
	case m.Blocks != nil:
		out["blocks"] = m.Blocks
	case m.BotID == "" && m.Text != "" && m.Subtype != "tombstone":
		out["blocks"] = richText(m.Text)
	}
	if m.Attachments != nil {
		out["attachments"] = m.Attachments
	}
	if metadata && m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if m.ReplyCount > 0 {
		out["reply_count"] = m.ReplyCount
		out["reply_users"] = m.ReplyUsers
		out["reply_users_count"] = m.ReplyUsersCount
		out["latest_reply"] = m.LatestReply
	}
	if m.Edited != nil {
		out["edited"] = m.Edited
	}
	if len(m.FileIDs) > 0 {
		out["files"] = s.shownFiles(m.FileIDs, base)
		out["upload"] = m.Upload
	}
	if len(m.Reactions) > 0 {
		out["reactions"] = m.Reactions
	}
	return out
}

func botProfile() map[string]any {
	return map[string]any{
		"id": BotID, "app_id": AppID, "name": BotName, "team_id": TeamID, "deleted": false, "updated": 0,
		"icons": map[string]any{},
	}
}

// mrkdwnToken is one piece of a message's text: plain text, or what stands in
// angle brackets.
type mrkdwnToken struct {
	plain, special string
}

// tokens cuts a text at its angle brackets.
func tokens(text string) []mrkdwnToken {
	var out []mrkdwnToken
	for text != "" {
		open := strings.IndexByte(text, '<')
		if open < 0 {
			return append(out, mrkdwnToken{plain: text})
		}
		end := strings.IndexByte(text[open:], '>')
		if end < 0 {
			return append(out, mrkdwnToken{plain: text})
		}
		if open > 0 {
			out = append(out, mrkdwnToken{plain: text[:open]})
		}
		out = append(out, mrkdwnToken{special: text[open+1 : open+end]})
		text = text[open+end+1:]
	}
	return out
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// richText is the rich_text block that Slack's own client sends beside the
// text of what a person types.
func richText(text string) []any {
	elements := []any{}
	for _, t := range tokens(text) {
		switch {
		case t.special == "":
			elements = append(elements, map[string]any{"type": "text", "text": unescape.Replace(t.plain)})
		case strings.HasPrefix(t.special, "@"):
			elements = append(elements, map[string]any{"type": "user", "user_id": t.special[1:]})
		case strings.HasPrefix(t.special, "#"):
			id, _, _ := strings.Cut(t.special[1:], "|")
			elements = append(elements, map[string]any{"type": "channel", "channel_id": id})
		case strings.HasPrefix(t.special, "!"):
			elements = append(elements, map[string]any{"type": "broadcast", "range": t.special[1:]})
		default:
			url, label, labelled := strings.Cut(t.special, "|")
			link := map[string]any{"type": "link", "url": unescape.Replace(url)}
			if labelled {
				link["text"] = unescape.Replace(label)
			}
			elements = append(elements, link)
		}
	}
	return []any{map[string]any{
		"type": "rich_text", "block_id": "rt" + shortHash(text),
		"elements": []any{map[string]any{"type": "rich_text_section", "elements": elements}},
	}}
}

// typed turns what a person types into the text that Slack stores: names after
// @ become mentions, channels after # become links, addresses are bracketed,
// and everything else is escaped. The caller holds the mutex.
func (s *Server) typed(text string) string {
	var b strings.Builder
	for _, t := range tokens(text) {
		if t.special != "" && s.isMarkup(t.special) {
			b.WriteString("<" + t.special + ">")
			continue
		}
		plain := t.plain
		if t.special != "" {
			plain = "<" + t.special + ">"
		}
		s.writeTyped(&b, plain)
	}
	return b.String()
}

// isMarkup reports whether what stands in angle brackets is Slack's own markup.
func (s *Server) isMarkup(special string) bool {
	id, _, _ := strings.Cut(strings.TrimLeft(special, "@#"), "|")
	switch {
	case strings.HasPrefix(special, "@"):
		return id == BotUserID || s.world.personByID[id] != nil
	case strings.HasPrefix(special, "#"):
		return s.world.channelByID[id] != nil
	case strings.HasPrefix(special, "!"):
		return slices.Contains([]string{"here", "channel", "everyone"}, special[1:])
	default:
		return strings.HasPrefix(special, "https://") || strings.HasPrefix(special, "http://") ||
			strings.HasPrefix(special, "mailto:")
	}
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// writeTyped writes plain text, finding mentions, channels and addresses in it.
func (s *Server) writeTyped(b *strings.Builder, text string) {
	for text != "" {
		at := strings.IndexFunc(text, func(r rune) bool { return r == '@' || r == '#' || r == 'h' })
		if at < 0 {
			b.WriteString(escape.Replace(text))
			return
		}
		b.WriteString(escape.Replace(text[:at]))
		text = text[at:]
		markup, used := s.markupAt(text, b)
		if used == 0 {
			b.WriteByte(text[0])
			used = 1
		} else {
			b.WriteString(markup)
		}
		text = text[used:]
	}
}

// markupAt returns the markup for the mention, channel or address at the start
// of text, and how many bytes it replaces; none when there is no such thing.
func (s *Server) markupAt(text string, before *strings.Builder) (string, int) {
	if text[0] == 'h' {
		if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
			return "", 0
		}
		end := strings.IndexFunc(text, func(r rune) bool {
			return r <= ' ' || r >= 0x2E80 || strings.ContainsRune("<>|\"", r)
		})
		if end < 0 {
			end = len(text)
		}
		url := strings.TrimRight(text[:end], ".,;:!?)'")
		return "<" + escape.Replace(url) + ">", len(url)
	}
	// An @ within a word, as in a mail address, mentions nobody.
	if written := before.String(); written != "" && isNameByte(written[len(written)-1]) {
		return "", 0
	}
	if text[0] == '@' {
		for _, alias := range []string{BotName, botReal} {
			if strings.HasPrefix(text[1:], alias) && !continuesName(text[1+len(alias):]) {
				return "<@" + BotUserID + ">", 1 + len(alias)
			}
		}
	}
	end := 1
	for end < len(text) && (isNameByte(text[end]) || text[end] == '-') {
		end++
	}
	name := text[1:end]
	if text[0] == '@' {
		if p := s.world.personByName[name]; p != nil {
			return "<@" + p.ID + ">", end
		}
		return "", 0
	}
	if c := s.world.findChannel(name); c != nil && c.kind == kindChannel && name == c.name {
		return "<#" + c.id + "|" + c.name + ">", end
	}
	return "", 0
}

func isNameByte(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

func continuesName(rest string) bool {
	return rest != "" && (isNameByte(rest[0]) || rest[0] == '-')
}
