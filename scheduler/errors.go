package scheduler

import (
	"fmt"
	"time"
)

// PostKind says what a failed attempt to post means for the next one.
type PostKind string

// The kinds of failed attempts. An error that is no [PostError] is Unknown.
const (
	// Unknown leaves open whether the message is there: a timeout, a 5xx, a
	// lost reply. It is looked for before anything is posted again.
	Unknown PostKind = "unknown"
	// Transient is certain that the message is not there; it is tried again.
	Transient PostKind = "transient"
	// RetryAfter is Transient with the time to wait: a 429 with its header,
	// https://docs.slack.dev/apis/web-api/rate-limits.
	RetryAfter PostKind = "retry-after"
	// Dead is certain that it will never work: no such channel, an archived
	// channel, a person who left.
	Dead PostKind = "dead"
)

// PostError is what a [Poster] returns when it knows more than that posting or
// finding did not work.
type PostError struct {
	Kind  PostKind
	After time.Duration // Of RetryAfter.
	Code  string        // Slack's code for it: "channel_not_found"; may be empty.
	Err   error
}

// Error names the kind and the cause.
func (e *PostError) Error() string { return fmt.Sprintf("post (%s): %v", e.Kind, e.Err) }

// Unwrap returns the cause.
func (e *PostError) Unwrap() error { return e.Err }
