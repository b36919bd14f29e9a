package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/bot"
	"wainao/commands"
	"wainao/delivery"
	"wainao/lang"
	"wainao/render"
	"wainao/scheduler"
)

// slackAdapter shows the Slack client to the packages that do not know it, in
// the terms that they have declared.
type slackAdapter struct {
	*bot.Client
	log *slog.Logger
}

// OpenView implements commands.Views. When the trigger was over before the form
// could be shown, because many others came first, the person is asked to click
// again: only a new trigger opens a form.
func (s slackAdapter) OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (string, error) {
	id, err := s.Client.OpenView(ctx, triggerID, view)
	if err = viewError(err); errors.Is(err, errTooLate) {
		s.log.WarnContext(ctx, "a form was not opened in time", "error", err)
	}
	return id, err
}

// viewError has words for a form that was not opened in time, and the cause for
// the log.
func viewError(err error) error {
	e, ok := errors.AsType[*bot.Error](err)
	if ok && e.Code == "expired_trigger_id" || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", errTooLate, err)
	}
	return err
}

var errTooLate = lang.Problemf("form_too_late", "现在人多，没来得及打开表单（Slack 只等 3 秒）。请再点一次，或再发一次命令。",
	"Many are at it right now, so the form could not be opened in time (Slack waits 3 seconds). Please click again, or send the command again.")

// Locale implements commands.Directory.
func (s slackAdapter) Locale(ctx context.Context, user string) (string, error) {
	u, err := s.User(ctx, user)
	return u.Locale, err
}

// Store implements commands.Files.
func (s slackAdapter) Store(ctx context.Context, f commands.File) (string, error) {
	id, _, err := s.Upload(ctx, bot.File{Name: f.Name, Title: f.Title, AltText: render.Cut(f.Alt, bot.MaxFileAltText), Content: f.Content})
	return id, err
}

// Share implements commands.Files.
func (s slackAdapter) Share(ctx context.Context, channel, threadTS, words string, f commands.File) error {
	_, _, err := s.Upload(ctx, bot.File{
		Channel: channel, ThreadTS: threadTS, Comment: words,
		Name: f.Name, Title: f.Title, AltText: render.Cut(f.Alt, bot.MaxFileAltText), Content: f.Content,
	})
	return err
}

// Post implements scheduler.Poster.
func (s slackAdapter) Post(ctx context.Context, to delivery.Recipient, m scheduler.Message, id delivery.ID) (delivery.Ref, error) {
	channel, err := s.Channel(ctx, string(to))
	if err != nil {
		return delivery.Ref{}, postError(err)
	}
	if m.Replaces != (delivery.Ref{}) {
		return m.Replaces, replaced(s.Update(ctx, cmp.Or(m.Replaces.Channel, channel), m.Replaces.TS, m.Text, m.Blocks))
	}
	ts, err := s.PostDelivery(ctx, channel, m.Text, m.Blocks, string(id))
	if err != nil {
		return delivery.Ref{}, postError(err)
	}
	return s.ref(ctx, channel, ts), nil
}

// replaced returns the error of an update. A message that is not there any more
// needs none: https://docs.slack.dev/reference/methods/chat.update#errors.
func replaced(err error) error {
	if e, ok := errors.AsType[*bot.Error](err); ok && e.Code == "message_not_found" {
		return nil
	}
	return postError(err)
}

// Find implements scheduler.Poster.
func (s slackAdapter) Find(ctx context.Context, to delivery.Recipient, id delivery.ID, since time.Time) (delivery.Ref, bool, error) {
	channel, err := s.Channel(ctx, string(to))
	if err != nil {
		return delivery.Ref{}, false, postError(err)
	}
	ts, found, err := s.FindDelivery(ctx, channel, string(id), since)
	if err != nil || !found {
		return delivery.Ref{}, false, postError(err)
	}
	return s.ref(ctx, channel, ts), true, nil
}

// ref tells where a message is. A message to a person has no link: only they
// could follow it.
func (s slackAdapter) ref(ctx context.Context, channel, ts string) delivery.Ref {
	r := delivery.Ref{TS: ts, Channel: channel}
	if bot, err := s.Identity(ctx); err == nil && bot.URL != "" && strings.HasPrefix(channel, "C") {
		// Built as https://docs.slack.dev/reference/methods/chat.getPermalink does;
		// asking there would be one more call that can fail behind the post.
		r.Link = strings.TrimSuffix(bot.URL, "/") + "/archives/" + channel + "/p" + strings.ReplaceAll(ts, ".", "")
	}
	return r
}

// postError tells the scheduler what the Slack edge knows of a failure.
func postError(err error) error {
	e, ok := errors.AsType[*bot.Error](err)
	if !ok {
		return err
	}
	kind := scheduler.Unknown
	switch e.Kind {
	case bot.Transient:
		kind = scheduler.Transient
	case bot.RetryAfter:
		kind = scheduler.RetryAfter
	case bot.Dead:
		kind = scheduler.Dead
	case bot.Unknown:
	}
	// What is wrong with the bot itself is not the recipient's: once it is
	// repaired the message can go out.
	if kind == scheduler.Dead && slices.Contains(ownFault, e.Code) {
		kind = scheduler.Transient
	}
	return &scheduler.PostError{Kind: kind, After: e.After, Code: e.Code, Err: err}
}

// ownFault lists Slack's codes for a token or an app that an operator has to
// repair. https://docs.slack.dev/reference/methods/chat.postMessage#errors
var ownFault = []string{"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope", "no_permission"}

// builder lets the scheduler be made before the commands, which make the
// messages of its deliveries and need it.
type builder struct{ *commands.Commands }

// Build implements scheduler.Builder.
func (b builder) Build(ctx context.Context, d delivery.Delivery) (scheduler.Message, error) {
	m, err := b.Commands.Build(ctx, d)
	return scheduler.Message{Text: m.Text, Blocks: m.Blocks, Replaces: m.Replaces}, err
}
