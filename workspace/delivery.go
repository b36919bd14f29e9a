package workspace

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// Sign returns the X-Slack-Signature of a request body sent at a time, in
// seconds since 1970.
// See https://docs.slack.dev/authentication/verifying-requests-from-slack.
func Sign(secret string, at int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%d:", at)
	_, _ = mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// deliver posts a signed body to the app. It returns the app's answer.
func (h *hub) deliver(ctx context.Context, address, contentType string, body []byte, env *envelope) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, h.s.opts.AckTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("deliver to %s: %w", address, err)
	}
	at := h.s.now().Unix()
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(at, 10))
	req.Header.Set("X-Slack-Signature", Sign(SigningSecret, at, body))
	if env != nil && env.RetryAttempt > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(env.RetryAttempt))
		req.Header.Set("X-Slack-Retry-Reason", env.RetryReason)
	}
	client := h.s.opts.HTTPClient
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, errAckTimeout
		}
		return nil, fmt.Errorf("%w: %w", errNotConnected, err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxSocketFrame))
	if err != nil {
		return nil, errAckTimeout
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, fmt.Errorf("%w: HTTP %d", errAppFailed, resp.StatusCode)
	}
	return answer, nil
}

// VerifyURL does what Slack does when a request URL is configured: it sends a
// url_verification challenge to RequestURL and expects it back. It returns nil
// when no RequestURL is configured.
// See https://docs.slack.dev/reference/events/url_verification.
func (s *Server) VerifyURL(ctx context.Context) error {
	if s.opts.RequestURL == "" {
		return nil
	}
	challenge := randomHex(24)
	body, err := json.Marshal(map[string]string{
		"token": verification, "challenge": challenge, "type": "url_verification",
	})
	if err != nil {
		return fmt.Errorf("encode challenge: %w", err)
	}
	answer, err := s.hub.deliver(ctx, s.opts.RequestURL, "application/json", body, nil)
	if err != nil {
		return fmt.Errorf("verify %s: %w", s.opts.RequestURL, err)
	}
	var given struct {
		Challenge string `json:"challenge"`
	}
	if string(answer) == challenge || (json.Unmarshal(answer, &given) == nil && given.Challenge == challenge) {
		return nil
	}
	return fmt.Errorf("verify %s: the challenge did not come back", s.opts.RequestURL)
}

// emptyOutbox sends the queued events one after the other, so that they arrive
// in their order.
func (h *hub) emptyOutbox() {
	for {
		h.mu.Lock()
		if len(h.outbox) == 0 || h.closed {
			h.sending = false
			h.mu.Unlock()
			return
		}
		env := h.outbox[0]
		h.outbox = h.outbox[1:]
		h.mu.Unlock()

		again := h.s.faults.take(env.Type, faultRedeliver) != nil
		_, err := h.deliver(h.s.ctx, h.s.opts.RequestURL, "application/json", env.Payload, env)
		if err == nil && h.s.faults.take(env.Type, faultLoseAck) != nil {
			err = errAckTimeout
		}
		switch {
		case h.s.ctx.Err() != nil:
			return // It stays in the outbox on disk.
		case err == nil && again:
			h.retry(env, "http_timeout", 0)
		case err != nil:
			h.s.log.Info("event not delivered", "event", env.eventID, "error", err)
			h.retryLater(env, retryReason(err))
		default:
			h.settled(env)
		}
	}
}

// retryReason is what X-Slack-Retry-Reason says of a failure.
func retryReason(err error) string {
	switch {
	case errors.Is(err, errAckTimeout):
		return "http_timeout"
	case errors.Is(err, errNotConnected):
		return "connection_failed"
	default:
		return "http_error"
	}
}

// requestHTTP delivers a command or an interaction over HTTP. A command is a
// form of its fields; an interaction is a form with a payload field.
func (h *hub) requestHTTP(ctx context.Context, env *envelope) (json.RawMessage, error) {
	address, form := h.s.opts.InteractionURL, url.Values{}
	if env.Type == envelopeCommand {
		address = h.s.opts.CommandURL
		for name, value := range env.form {
			form.Set(name, value)
		}
	} else {
		form.Set("payload", string(env.Payload))
	}
	body := []byte(form.Encode())
	const contentType = "application/x-www-form-urlencoded"
	answer, err := h.deliver(ctx, address, contentType, body, env)
	if err != nil {
		return nil, err
	}
	if h.s.faults.take(env.Type, faultRedeliver) != nil {
		if _, err := h.deliver(ctx, address, contentType, body, env); err != nil {
			h.s.log.Info("second delivery failed", "type", env.Type, "error", err)
		}
	}
	answer = bytes.TrimSpace(answer)
	if len(answer) == 0 {
		return nil, nil
	}
	if !json.Valid(answer) {
		// A plain text answers a command with that text.
		text, err := json.Marshal(map[string]string{"text": string(answer)})
		if err != nil {
			return nil, fmt.Errorf("encode answer: %w", err)
		}
		return text, nil
	}
	return answer, nil
}
