package bot

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
)

// question is a message that is meant for the bot. The fields are those that
// app_mention and message events share; slack-go's own types leave some out.
type question struct {
	User     string          `json:"user"`
	Channel  string          `json:"channel"`
	Kind     string          `json:"channel_type"`
	TS       string          `json:"ts"`
	ThreadTS string          `json:"thread_ts"`
	Text     string          `json:"text"`
	SubType  string          `json:"subtype"`
	BotID    string          `json:"bot_id"`
	AppID    string          `json:"app_id"`
	Hidden   bool            `json:"hidden"`
	Edited   json.RawMessage `json:"edited"`
	Files    []messageFile   `json:"files"`

	direct bool
}

// messageFile is a file as a message names it. Of some files a message tells
// the id only; the others are gone.
type messageFile struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	MimeType string `json:"mimetype"`
	Size     int64  `json:"size"`
	Download string `json:"url_private_download"`
	Mode     string `json:"mode"`
}

// question decides whether a message is for the bot: a mention in a channel,
// or a direct message. It never is when a bot or an app wrote it, when it is
// another's edit or deletion, or when it was seen already: a mention in a
// direct message may come as two events.
func (b *Bot) question(event string, raw *json.RawMessage) (q question, ok bool) {
	if raw == nil || json.Unmarshal(*raw, &q) != nil {
		return q, false
	}
	self, _ := b.client.self()
	if q.User == "" || q.User == self.UserID || q.BotID != "" || q.AppID != "" || q.Hidden || len(q.Edited) > 0 {
		return q, false
	}
	switch q.SubType {
	case "", "file_share", "thread_broadcast": // A person's own words, with a file or shown in the channel too.
	default:
		return q, false
	}
	q.direct = q.Kind == "im" || (q.Kind == "" && strings.HasPrefix(q.Channel, "D"))
	if q.Channel == "" || q.TS == "" || (event != "app_mention" && !q.direct) {
		return q, false
	}
	if b.repeats.repeated("message", q.Channel+" "+q.TS) {
		return q, false
	}
	q.Text = plain(q.Text, self.UserID)
	return q, true
}

// answer hands a message to the handler: its files, then its words. A message
// without files goes to it even when it has no words.
func (b *Bot) answer(ctx context.Context, q question) {
	handler, ok := b.o.Handler.(FileHandler)
	given := 0
	for _, f := range q.Files {
		if !ok || f.ID == "" || f.Mode == "tombstone" {
			continue
		}
		given++
		handler.File(ctx, q.User, q.Channel, q.TS, b.sharedFile(ctx, q, f))
	}
	if given == 0 || q.Text != "" {
		b.o.Handler.Message(ctx, q.User, q.Channel, q.ThreadTS, q.TS, q.Text, q.direct)
	}
}

// sharedFile tells what is known of a file; Slack is asked for what the message
// does not tell.
func (b *Bot) sharedFile(ctx context.Context, q question, f messageFile) SharedFile {
	out := SharedFile{
		ID: f.ID, Name: f.Name, MimeType: f.MimeType, Size: f.Size, URLPrivateDownload: f.Download,
		Text: q.Text, ThreadTS: q.ThreadTS,
	}
	if out.Name != "" && out.URLPrivateDownload != "" && out.MimeType != "" {
		return out
	}
	info, err := b.client.fileInfo(ctx, f.ID)
	if err != nil {
		b.log.Warn("a file is not known in full", "file", f.ID, "user", q.User, "error", err)
		return out
	}
	out = Shared(*info)
	out.Text, out.ThreadTS = q.Text, q.ThreadTS
	return out
}

// lanes names what the message must stay in order with.
func (q question) lanes() []string {
	if q.direct {
		return []string{"user " + q.User}
	}
	thread := q.ThreadTS
	if thread == "" {
		thread = q.TS
	}
	return []string{"user " + q.User, "thread " + q.Channel + " " + thread}
}

func (q question) place() place {
	return place{channel: q.Channel, user: q.User, thread: q.ThreadTS}
}

var (
	mentions = regexp.MustCompile(` *<@([A-Z0-9]+)(?:\|[^<>]*)?>`)
	link     = regexp.MustCompile(`<((?:https?|mailto)[^<>|]*)(?:\|([^<>]*))?>`)
	unquote  = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// plain returns a message's text as the person typed it: without the mention of
// the bot, links as their label or address, and without Slack's escapes.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func plain(text, self string) string {
	text = mentions.ReplaceAllStringFunc(text, func(s string) string {
		if mentions.FindStringSubmatch(s)[1] == self {
			return ""
		}
		return s
	})
	text = link.ReplaceAllStringFunc(text, func(s string) string {
		m := link.FindStringSubmatch(s)
		if m[2] != "" {
			return m[2]
		}
		return m[1]
	})
	return strings.TrimSpace(unquote.Replace(text))
}
