package app

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"wainao/bot"
	"wainao/lang"
	"wainao/scheduler"
)

// TestWhatAFailureMeans: a recipient that cannot be reached is dead, what is
// wrong with the bot itself is tried again, and a rate limit waits as told.
func TestWhatAFailureMeans(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want scheduler.PostError
	}{
		{&bot.Error{Kind: bot.Dead, Code: "channel_not_found"}, scheduler.PostError{Kind: scheduler.Dead, Code: "channel_not_found"}},
		{&bot.Error{Kind: bot.Dead, Code: "is_archived"}, scheduler.PostError{Kind: scheduler.Dead, Code: "is_archived"}},
		{&bot.Error{Kind: bot.Dead, Code: "not_in_channel"}, scheduler.PostError{Kind: scheduler.Dead, Code: "not_in_channel"}},
		{&bot.Error{Kind: bot.Dead, Code: "token_revoked"}, scheduler.PostError{Kind: scheduler.Transient, Code: "token_revoked"}},
		{&bot.Error{Kind: bot.Dead, Code: "missing_scope"}, scheduler.PostError{Kind: scheduler.Transient, Code: "missing_scope"}},
		{&bot.Error{Kind: bot.RetryAfter, Code: "ratelimited", After: time.Minute}, scheduler.PostError{Kind: scheduler.RetryAfter, Code: "ratelimited", After: time.Minute}},
		{&bot.Error{Kind: bot.Transient}, scheduler.PostError{Kind: scheduler.Transient}},
		{&bot.Error{Kind: bot.Unknown, Code: "http_503"}, scheduler.PostError{Kind: scheduler.Unknown, Code: "http_503"}},
	} {
		got, ok := errors.AsType[*scheduler.PostError](postError(tt.err))
		if !ok || got.Kind != tt.want.Kind || got.Code != tt.want.Code || got.After != tt.want.After || !errors.Is(got, tt.err) {
			t.Errorf("%v: %+v, want %+v", tt.err, got, tt.want)
		}
	}
	if other := errors.New("else"); !errors.Is(postError(other), other) || postError(nil) != nil {
		t.Error("an error that Slack's edge does not know is changed")
	}
}

// TestAFormThatComesTooLate: whoever was not served in time is told to try
// again, not to look for an administrator.
func TestAFormThatComesTooLate(t *testing.T) {
	t.Parallel()
	for _, err := range []error{&bot.Error{Kind: bot.Dead, Code: "expired_trigger_id"}, fmt.Errorf("views.open: %w", context.DeadlineExceeded)} {
		p, ok := errors.AsType[*lang.Problem](viewError(err))
		if !ok || !p.Words.Complete() || !errors.Is(viewError(err), err) {
			t.Errorf("%v: %v", err, viewError(err))
		}
	}
	for _, err := range []error{nil, &bot.Error{Kind: bot.Dead, Code: "invalid_arguments"}} {
		if got := viewError(err); !errors.Is(got, err) {
			t.Errorf("%v becomes %v", err, got)
		}
	}
}
