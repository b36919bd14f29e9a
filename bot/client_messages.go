package bot

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// A mark is the metadata that names a message, so that it can be told whether
// it was posted. https://docs.slack.dev/messaging/message-metadata
type mark struct{ event, key, value string }

// deliveryMark names the message of a delivery.
func deliveryMark(id string) mark { return mark{"wainao_delivery", "delivery", id} }

// postMark names one post of this process.
func postMark() mark { return mark{"wainao_post", "post", rand.Text()} }

func (m mark) option() slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: m.event, EventPayload: map[string]any{m.key: m.value}})
}

func (m mark) on(message slack.Message) bool {
	return message.Metadata.EventType == m.event && message.Metadata.EventPayload[m.key] == m.value
}

// Post posts a message to a channel or, given a user's id, to that person's
// direct messages; in a thread when threadTS is not empty. It returns the
// message's ts. When text is empty, the blocks' first words stand for it in
// notifications.
//
// The message names itself by its metadata. When its outcome is not known it is
// looked for, and posted once more if it is not there; an [Error] of kind
// Unknown means that even so it may have been posted. Looking needs the scopes
// *:history.
func (c *Client) Post(ctx context.Context, channel, threadTS, text string, blocks []slack.Block) (ts string, err error) {
	name, since := postMark(), c.now()
	options, err := postOptions(threadTS, text, blocks, name)
	if err != nil {
		return "", err
	}
	if channel, err = c.conversation(ctx, channel); err != nil {
		return "", err
	}
	err = c.onceOrFound(ctx, func(ctx context.Context) (err error) {
		ts, err = c.post(ctx, channel, blocks, options)
		return err
	}, func(ctx context.Context) (found bool, err error) {
		ts, found, err = c.find(ctx, channel, threadTS, name, since)
		return found, err
	})
	if err != nil {
		return "", err
	}
	return ts, nil
}

// PostDelivery posts a message that names a delivery by its metadata, once:
// whoever calls it asks [Client.FindDelivery] when the outcome is not known.
func (c *Client) PostDelivery(ctx context.Context, channel, text string, blocks []slack.Block, delivery string) (ts string, err error) {
	options, err := postOptions("", text, blocks, deliveryMark(delivery))
	if err != nil {
		return "", err
	}
	if channel, err = c.conversation(ctx, channel); err != nil {
		return "", err
	}
	return c.post(ctx, channel, blocks, options)
}

const postMethod = "chat.postMessage"

func postOptions(threadTS, text string, blocks []slack.Block, name mark) ([]slack.MsgOption, error) {
	options, err := messageOptions(postMethod, text, blocks)
	if err != nil {
		return nil, err
	}
	options = append(options, slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), name.option())
	if threadTS != "" {
		options = append(options, slack.MsgOptionTS(threadTS))
	}
	return options, nil
}

func (c *Client) post(ctx context.Context, channel string, blocks []slack.Block, options []slack.MsgOption) (ts string, err error) {
	err = c.patient(ctx, blocks, func() error {
		return c.once(ctx, postMethod, func(ctx context.Context) (err error) {
			_, ts, err = c.api.PostMessageContext(ctx, channel, options...)
			return err
		})
	})
	return ts, err
}

// patient makes a call again while Slack refuses it because it still works on a
// picture in the blocks: for a moment after the upload it says that there is no
// such picture. After [pictureWait] the refusal is Transient.
func (c *Client) patient(ctx context.Context, blocks []slack.Block, call func() error) error {
	if !slices.ContainsFunc(blocks, func(b slack.Block) bool {
		image, ok := b.(*slack.ImageBlock)
		return ok && image.SlackFile != nil
	}) {
		return call()
	}
	waited, pause := time.Duration(0), firstDelay
	for {
		err := call()
		e, ok := errors.AsType[*Error](err)
		// A response URL refuses without a reason.
		if !ok || e.Code != "invalid_blocks" || (e.Detail != "" && !strings.Contains(e.Detail, "invalid slack file")) {
			return err
		}
		if waited >= pictureWait {
			return &Error{Method: e.Method, Kind: Transient, Code: e.Code, Detail: "Slack is still working on the picture, or does not have it", err: e}
		}
		if c.sleep(ctx, pause) != nil {
			return err
		}
		waited += pause
		pause = min(2*pause, longestStep)
	}
}

// Ephemeral shows a message to one person in a channel, until they reload.
func (c *Client) Ephemeral(ctx context.Context, channel, user, threadTS, text string, blocks []slack.Block) error {
	const method = "chat.postEphemeral"
	options, err := messageOptions(method, text, blocks)
	if err != nil {
		return err
	}
	if threadTS != "" {
		options = append(options, slack.MsgOptionTS(threadTS))
	}
	return c.patient(ctx, blocks, func() error {
		return c.once(ctx, method, func(ctx context.Context) error {
			_, err := c.api.PostEphemeralContext(ctx, channel, user, options...)
			return err
		})
	})
}

// Update replaces the content of a message that the bot posted to a channel or
// to a person; no blocks means that the message has none afterwards.
func (c *Client) Update(ctx context.Context, channel, ts, text string, blocks []slack.Block) error {
	const method = "chat.update"
	options, err := messageOptions(method, text, blocks)
	if err != nil {
		return err
	}
	if len(blocks) == 0 {
		options = append(options, slack.MsgOptionBlocks())
	}
	if channel, err = c.conversation(ctx, channel); err != nil {
		return err
	}
	return c.patient(ctx, blocks, func() error {
		return c.repeatable(ctx, method, func(ctx context.Context) error {
			_, _, _, err := c.api.UpdateMessageContext(ctx, channel, ts, options...)
			return err
		})
	})
}

// Respond answers a command or an action through its response URL, so that
// only the person sees it; replace puts it in the place of the message acted
// on. Slack takes 5 answers within 30 minutes:
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (c *Client) Respond(ctx context.Context, responseURL string, replace bool, text string, blocks []slack.Block) error {
	const method = "response_url"
	text, err := checked(method, text, blocks)
	if err != nil {
		return err
	}
	m := slack.WebhookMessage{Text: text, ReplaceOriginal: replace, ResponseType: "ephemeral"}
	if replace {
		m.ResponseType = "" // The message stays what it was.
	}
	if len(blocks) > 0 {
		m.Blocks = &slack.Blocks{BlockSet: blocks}
	}
	body, err := json.Marshal(m)
	if err != nil {
		return refused(method, "invalid_blocks", "%v", err)
	}
	return c.patient(ctx, blocks, func() error {
		return c.once(ctx, method, func(ctx context.Context) error { return c.respond(ctx, responseURL, body) })
	})
}

// respond posts to a response URL. slack-go's own webhook call drops the
// answer's body, which holds Slack's reason.
func (c *Client) respond(ctx context.Context, responseURL string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, responseURL, bytes.NewReader(body))
	if err != nil {
		// The URL is a secret while it lasts: it is not repeated here.
		return refused("response_url", "invalid_url", "the response URL cannot be used")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := c.http.Do(req)
	if err != nil {
		return hideURL(err)
	}
	defer resp.Body.Close() //nolint:errcheck // It was only read.
	answer, err := io.ReadAll(io.LimitReader(resp.Body, responseBody))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return &slack.RateLimitedError{RetryAfter: time.Duration(seconds) * time.Second}
	}
	var said slack.SlackResponse
	if json.Unmarshal(answer, &said) == nil && said.Error != "" {
		return said.Err()
	}
	if resp.StatusCode != http.StatusOK {
		return slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	}
	return nil
}

// Permalink returns a message's address.
func (c *Client) Permalink(ctx context.Context, channel, ts string) (link string, err error) {
	if channel, err = c.conversation(ctx, channel); err != nil {
		return "", err
	}
	err = c.repeatable(ctx, "chat.getPermalink", func(ctx context.Context) (err error) {
		link, err = c.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: channel, Ts: ts})
		return err
	})
	return link, err
}

// FindDelivery looks in a channel, or in a person's direct messages, for the
// message that the bot posted for a delivery at since or later. A minute is
// allowed for clocks that differ. It needs the scopes *:history.
func (c *Client) FindDelivery(ctx context.Context, channel, delivery string, since time.Time) (ts string, found bool, err error) {
	if channel, err = c.conversation(ctx, channel); err != nil {
		return "", false, err
	}
	return c.find(ctx, channel, "", deliveryMark(delivery), since)
}

// find looks for the bot's message with a mark, in a thread or, without one, in
// what the channel itself shows.
func (c *Client) find(ctx context.Context, channel, threadTS string, name mark, since time.Time) (ts string, found bool, err error) {
	self, err := c.Identity(ctx)
	if err != nil {
		return "", false, err
	}
	oldest, cursor := timestamp(since.Add(-clockSkew)), ""
	for range mostPages {
		var page []slack.Message
		page, cursor, err = c.history(ctx, channel, threadTS, oldest, cursor)
		if err != nil {
			return "", false, err
		}
		for _, m := range page {
			// Another app may write the same metadata; only the bot's own counts.
			own := m.User == self.UserID || (self.BotID != "" && m.BotID == self.BotID)
			if own && name.on(m) {
				return m.Timestamp, true, nil
			}
		}
		if cursor == "" {
			return "", false, nil
		}
	}
	// "Not found" would have it posted again.
	return "", false, &Error{Method: "conversations.history", Kind: Unknown, Detail: "the history is too long to be sure"}
}

// history reads one page of a channel or, with threadTS, of a thread.
func (c *Client) history(ctx context.Context, channel, threadTS, oldest, cursor string) (page []slack.Message, next string, err error) {
	if threadTS != "" {
		err = c.repeatable(ctx, "conversations.replies", func(ctx context.Context) (err error) {
			page, _, next, err = c.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: threadTS, Cursor: cursor, Inclusive: true, Limit: historyPage, Oldest: oldest, IncludeAllMetadata: true,
			})
			return err
		})
		return page, next, err
	}
	err = c.repeatable(ctx, "conversations.history", func(ctx context.Context) error {
		r, err := c.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Cursor: cursor, Inclusive: true, Limit: historyPage, Oldest: oldest, IncludeAllMetadata: true,
		})
		if err == nil {
			page, next = r.Messages, r.ResponseMetaData.NextCursor
		}
		return err
	})
	return page, next, err
}

// timestamp writes t as Slack writes a message's ts.
func timestamp(t time.Time) string {
	t = t.UTC()
	return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000)
}

// messageOptions checks a message against Slack's limits.
func messageOptions(method, text string, blocks []slack.Block) ([]slack.MsgOption, error) {
	text, err := checked(method, text, blocks)
	if err != nil {
		return nil, err
	}
	options := []slack.MsgOption{slack.MsgOptionText(text, false)}
	if len(blocks) > 0 {
		options = append(options, slack.MsgOptionBlocks(blocks...))
	}
	return options, nil
}

// checked returns the text that goes with the blocks. It is plain text, which
// must not act in a notification: a person's "<!channel>" is escaped as
// https://docs.slack.dev/messaging/formatting-message-text#escaping says.
func checked(method, text string, blocks []slack.Block) (string, error) {
	text = escaped(text)
	if strings.TrimSpace(text) == "" {
		text = firstWords(blocks) // Escaped already: it is mrkdwn.
	}
	if strings.TrimSpace(text) == "" {
		return "", refused(method, "no_text", "a message needs a text, for notifications and screen readers")
	}
	if n := utf8.RuneCountInString(text); n > MaxText {
		return "", refused(method, "msg_too_long", "the text has %d characters; Slack takes %d", n, MaxText)
	}
	if n := len(blocks); n > MaxMessageBlocks {
		return "", refused(method, "msg_too_many_blocks", "the message has %d blocks; Slack takes %d", n, MaxMessageBlocks)
	}
	return text, nil
}

func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// firstWords returns the text of the first header or section.
func firstWords(blocks []slack.Block) string {
	for _, b := range blocks {
		var t *slack.TextBlockObject
		switch b := b.(type) {
		case *slack.HeaderBlock:
			t = b.Text
		case *slack.SectionBlock:
			t = b.Text
		}
		if t != nil && strings.TrimSpace(t.Text) != "" {
			return t.Text
		}
	}
	return ""
}
