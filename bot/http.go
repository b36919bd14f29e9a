package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

var (
	errUnsigned = errors.New("the request is not signed by Slack")
	errNotSlack = errors.New("the request is not one of Slack's")
	errTooLarge = errors.New("the request is too large")
)

// ServeHTTP takes Slack's signed requests: events, commands and interactions,
// all at one address or each at its own. It answers 401 to a request without a
// good signature or older than five minutes, 400 to one that it does not
// understand, 503 while the bot does not know yet who it is or when it stops.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func (b *Bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "Slack sends POST requests here.", http.StatusMethodNotAllowed)
		return
	}
	err := b.serve(w, r)
	status := http.StatusBadRequest
	switch {
	case err == nil:
		return
	case errors.Is(err, errUnsigned):
		status = http.StatusUnauthorized
	case errors.Is(err, errTooLarge):
		status = http.StatusRequestEntityTooLarge
	case errors.Is(err, errStopped):
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "1")
	}
	b.log.Warn("request refused", "path", r.URL.Path, "status", status, "error", err)
	http.Error(w, http.StatusText(status), status)
}

func (b *Bot) serve(w http.ResponseWriter, r *http.Request) error {
	body, err := b.verified(w, r)
	if err != nil {
		return err
	}
	answers := make(chan any, 1)
	take, challenge, err := b.parse(r, body, func(p any) error {
		select {
		case answers <- p:
			return nil
		default:
			return errors.New("answered already")
		}
	})
	if err != nil {
		return err
	}
	if take == nil {
		return write(w, "text/plain; charset=utf-8", []byte(challenge))
	}
	if _, known := b.client.self(); !known {
		return fmt.Errorf("%w, or does not know yet who it is", errStopped)
	}
	take()
	select {
	case p := <-answers:
		return writeAck(w, p)
	case <-r.Context().Done():
		return nil // Nobody listens any more.
	}
}

// writeAck writes an acknowledgement: empty, or its payload as JSON.
func writeAck(w http.ResponseWriter, p any) error {
	if p == nil {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	if _, ok := p.(notTaken); ok {
		return errStopped
	}
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("acknowledgement: %w", err)
	}
	return write(w, "application/json; charset=utf-8", body)
}

// write sends the answer. That the other side went away is no concern of the
// request any more.
func write(w http.ResponseWriter, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body)
	return nil
}

// parse tells from the body what kind of request it is, and returns what takes
// it, or the challenge that Slack wants back when the address is set up. A
// request that was sent twice has the same signature; where Slack gives no id
// of its own, that tells the repeat.
func (b *Bot) parse(r *http.Request, body []byte, ack acknowledge) (take func(), challenge string, err error) {
	defer func() {
		if p := recover(); p != nil { // A parser's bug must not be anybody's switch.
			take, err = nil, fmt.Errorf("%w: the parser panicked: %v", errNotSlack, p)
		}
	}()
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if mediaType == "application/json" {
		return b.parseEvent(body, ack)
	}
	signature := r.Header.Get("X-Slack-Signature")
	// The signature was made of these bytes; slack-go's parsers read them again.
	r.Body = io.NopCloser(bytes.NewReader(body))
	if err := r.ParseForm(); err != nil {
		return nil, "", fmt.Errorf("%w: %w", errNotSlack, err)
	}
	switch {
	case r.PostForm.Get("payload") != "":
		in, err := slack.InteractionCallbackParse(r)
		if err != nil {
			return nil, "", fmt.Errorf("%w: %w", errNotSlack, err)
		}
		return func() { b.interaction(in, signature, ack) }, "", nil
	case r.PostForm.Get("command") != "":
		cmd, err := slack.SlashCommandParse(r)
		if err != nil {
			return nil, "", fmt.Errorf("%w: %w", errNotSlack, err)
		}
		return func() { b.command(cmd, signature, ack) }, "", nil
	case r.PostForm.Get("ssl_check") != "":
		return func() { b.ack(ack, nil) }, "", nil
	}
	return nil, "", errNotSlack
}

func (b *Bot) parseEvent(body []byte, ack acknowledge) (take func(), challenge string, err error) {
	var outer struct {
		Type    string `json:"type"`
		EventID string `json:"event_id"`
	}
	if err := json.Unmarshal(body, &outer); err != nil || outer.Type == "" {
		return nil, "", fmt.Errorf("%w: no event", errNotSlack)
	}
	e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		if outer.EventID == "" {
			return nil, "", fmt.Errorf("%w: %w", errNotSlack, err)
		}
		// An event type that slack-go does not know: refusing it would only have
		// it sent again.
		b.log.Warn("event not understood", "event", outer.EventID)
		return func() { b.ack(ack, nil) }, "", nil
	}
	if v, ok := e.Data.(*slackevents.EventsAPIURLVerificationEvent); ok && e.Type == slackevents.URLVerification {
		return nil, v.Challenge, nil
	}
	return func() { b.event(e, ack) }, "", nil
}

// verified reads the body and checks its signature and its age.
func (b *Bot) verified(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if b.o.SigningSecret == "" {
		return nil, fmt.Errorf("%w: no signing secret is configured", errUnsigned)
	}
	verifier, err := slack.NewSecretsVerifier(r.Header, b.o.SigningSecret)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsigned, err)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, requestBody))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, errTooLarge
		}
		return nil, fmt.Errorf("%w: %w", errNotSlack, err)
	}
	if _, err := verifier.Write(body); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsigned, err)
	}
	if err := verifier.Ensure(); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsigned, err)
	}
	return body, nil
}
