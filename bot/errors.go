package bot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/slack-go/slack"
)

// Kind says what a failed call to Slack means for whoever wants it done.
type Kind int

// The kinds of failure.
const (
	// Unknown means that the call may or may not have had its effect: the answer
	// was lost, or Slack failed in the middle. Look before doing it again.
	Unknown Kind = iota
	// Transient means that the call had no effect, or one that repeating does not
	// change, and may succeed later.
	Transient
	// RetryAfter means that Slack refused because of its rate limit and said how
	// long to wait; the call had no effect.
	RetryAfter
	// Dead means that the call had no effect and will have none until somebody
	// changes something: the channel is gone, the token is wrong, the message is invalid.
	Dead
)

// String returns the kind's name for logs.
func (k Kind) String() string {
	switch k {
	case Transient:
		return "transient"
	case RetryAfter:
		return "retry_after"
	case Dead:
		return "dead"
	case Unknown:
	}
	return "unknown"
}

// Error is a failed call to Slack.
type Error struct {
	// Method is the Web API method, or "response_url".
	Method string
	// Kind says whether trying again makes sense.
	Kind Kind
	// Code is Slack's error code, "http_503" for a bare status, or the client's
	// own code for what it refused to send; empty for a network failure.
	Code string
	// After is how long Slack said to wait; only with RetryAfter.
	After time.Duration
	// Detail is more for the operator: what to do, or Slack's own messages.
	Detail string
	err    error
}

// Error tells the method, the kind and Slack's code.
func (e *Error) Error() string {
	s := fmt.Sprintf("slack %s: %s", e.Method, e.Kind)
	if e.Code != "" {
		s += ": " + e.Code
	}
	if e.After > 0 {
		s += fmt.Sprintf(" (wait %s)", e.After)
	}
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Code == "" && e.err != nil {
		s += ": " + e.err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }

// Classify returns the kind of err, and how long to wait when it is
// RetryAfter. An error that is none of this package's is Unknown.
func Classify(err error) (k Kind, after time.Duration) {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind, e.After
	}
	return Unknown, 0
}

// refused returns the error for what the client does not send.
func refused(method, code, format string, args ...any) error {
	return &Error{Method: method, Kind: Dead, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// typed turns a failure of slack-go into an [Error]. repeatable says that doing
// the call twice has the same effect as once, so that a lost answer is no worry.
func typed(method string, err error, repeatable bool) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	unsure := Unknown
	if repeatable {
		unsure = Transient
	}
	e := &Error{Method: method, Kind: unsure, err: err}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		e.Kind, e.Code, e.After = RetryAfter, "ratelimited", max(limited.RetryAfter, time.Second)
		return e
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return ofStatus(e, status.Code)
	}
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return ofCode(e, answer)
	}
	if errors.Is(err, slack.ErrParametersMissing) || errors.Is(err, slack.ErrBlockIDNotUnique) {
		e.Kind, e.Code = Dead, "invalid_arguments"
		return e
	}
	if errors.Is(err, context.Canceled) {
		return e // Nobody waits for another attempt.
	}
	// A connection that was never made carried nothing.
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		e.Kind = Transient
	}
	return e
}

func ofStatus(e *Error, status int) error {
	e.Code = fmt.Sprintf("http_%d", status)
	switch {
	case status == http.StatusTooManyRequests:
		e.Kind, e.After = RetryAfter, time.Second
	case status < http.StatusInternalServerError:
		e.Kind = Dead
	}
	return e
}

// ofCode sorts Slack's error codes. An internal error may come after the call
// took effect; everything that is not listed is a refusal.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
func ofCode(e *Error, answer slack.SlackErrorResponse) error {
	e.Code = answer.Err
	switch answer.Err {
	case "ratelimited", "rate_limited":
		e.Kind, e.After = RetryAfter, time.Second
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout":
		// The kind stays as unsure as the method makes it.
	case "team_added_to_org", "accesslimited", "org_login_required":
		e.Kind = Transient
	default:
		e.Kind = Dead
		e.Detail = advice(answer)
	}
	return e
}

// advice tells the operator what to do about a refusal, where there is
// something to do.
func advice(answer slack.SlackErrorResponse) string {
	switch answer.Err {
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive":
		return "the token is not valid any more: install the app again and set the new token (SLACK_BOT_TOKEN xoxb-…, SLACK_APP_TOKEN xapp-…)"
	case "not_allowed_token_type":
		return "the token is of the wrong kind: SLACK_BOT_TOKEN starts with xoxb-, SLACK_APP_TOKEN with xapp-"
	case "missing_scope", "no_permission":
		if answer.Needed != "" {
			return fmt.Sprintf("the app lacks the scope %s: add it (see manifest.yaml) and install the app again", answer.Needed)
		}
		return "the app lacks a scope: compare it with manifest.yaml and install the app again"
	case "not_in_channel":
		return "invite the bot into the channel"
	}
	if len(answer.ResponseMetadata.Messages) > 0 {
		return fmt.Sprint(answer.ResponseMetadata.Messages)
	}
	return ""
}
