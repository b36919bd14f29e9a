package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// deliveryEvent is the metadata type that names a delivery on its message.
const deliveryEvent = "wainao_delivery"

// Post posts a message to a channel or, given a user's id, to that person's
// direct messages; in a thread when threadTS is not empty. It returns the
// message's ts. When text is empty, the blocks' first words stand for it in
// notifications. An [Error] of kind Unknown means that it may have been posted.
func (c *Client) Post(ctx context.Context, channel, threadTS, text string, blocks []slack.Block) (ts string, err error) {
	return c.post(ctx, channel, threadTS, text, blocks)
}

// PostDelivery is [Client.Post] with metadata that names the delivery, so that
// [Client.FindDelivery] can tell whether it was posted.
func (c *Client) PostDelivery(ctx context.Context, channel, text string, blocks []slack.Block, delivery string) (ts string, err error) {
	return c.post(ctx, channel, "", text, blocks, slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: deliveryEvent, EventPayload: map[string]any{"delivery": delivery},
	}))
}

func (c *Client) post(ctx context.Context, channel, threadTS, text string, blocks []slack.Block, more ...slack.MsgOption) (ts string, err error) {
	const method = "chat.postMessage"
	options, err := messageOptions(method, text, blocks)
	if err != nil {
		return "", err
	}
	options = append(options, slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	if threadTS != "" {
		options = append(options, slack.MsgOptionTS(threadTS))
	}
	options = append(options, more...)
	err = c.once(ctx, method, func(ctx context.Context) (err error) {
		_, ts, err = c.api.PostMessageContext(ctx, channel, options...)
		return err
	})
	return ts, err
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
	return c.once(ctx, method, func(ctx context.Context) error {
		_, err := c.api.PostEphemeralContext(ctx, channel, user, options...)
		return err
	})
}

// Update replaces the content of a message that the bot posted; no blocks
// means that the message has none afterwards.
func (c *Client) Update(ctx context.Context, channel, ts, text string, blocks []slack.Block) error {
	const method = "chat.update"
	options, err := messageOptions(method, text, blocks)
	if err != nil {
		return err
	}
	if len(blocks) == 0 {
		options = append(options, slack.MsgOptionBlocks())
	}
	return c.repeatable(ctx, method, func(ctx context.Context) error {
		_, _, _, err := c.api.UpdateMessageContext(ctx, channel, ts, options...)
		return err
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
	return c.once(ctx, method, func(ctx context.Context) error { return c.respond(ctx, responseURL, body) })
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
	const method = "conversations.history"
	self, err := c.Identity(ctx)
	if err != nil {
		return "", false, err
	}
	if channel, err = c.conversation(ctx, channel); err != nil {
		return "", false, err
	}
	query := slack.GetConversationHistoryParameters{
		ChannelID: channel, Inclusive: true, Limit: historyPage, IncludeAllMetadata: true,
		Oldest: timestamp(since.Add(-clockSkew)),
	}
	for range mostPages {
		var page *slack.GetConversationHistoryResponse
		err := c.repeatable(ctx, method, func(ctx context.Context) (err error) {
			page, err = c.api.GetConversationHistoryContext(ctx, &query)
			return err
		})
		if err != nil {
			return "", false, err
		}
		for _, m := range page.Messages {
			// Another app may write the same metadata; only the bot's own counts.
			own := m.User == self.UserID || (self.BotID != "" && m.BotID == self.BotID)
			if own && m.Metadata.EventType == deliveryEvent && m.Metadata.EventPayload["delivery"] == delivery {
				return m.Timestamp, true, nil
			}
		}
		if query.Cursor = page.ResponseMetaData.NextCursor; query.Cursor == "" {
			return "", false, nil
		}
	}
	// "Not found" would have it posted again.
	return "", false, &Error{Method: method, Kind: Unknown, Detail: "the history is too long to be sure"}
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
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
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
