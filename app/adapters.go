package app

import (
	"context"
	"errors"
	"time"

	"wainao/bot"
	"wainao/commands"
	"wainao/delivery"
	"wainao/render"
	"wainao/scheduler"
)

// slackAdapter shows the Slack client to the packages that do not know it, in
// the terms that they have declared.
type slackAdapter struct{ *bot.Client }

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
func (s slackAdapter) Post(ctx context.Context, channel string, m scheduler.Message, delivery string) (string, error) {
	id, err := s.Channel(ctx, channel)
	if err != nil {
		return "", postError(err)
	}
	ts, err := s.PostDelivery(ctx, id, m.Text, m.Blocks, delivery)
	return ts, postError(err)
}

// Find implements scheduler.Poster.
func (s slackAdapter) Find(ctx context.Context, channel, delivery string, since time.Time) (string, bool, error) {
	id, err := s.Channel(ctx, channel)
	if err != nil {
		return "", false, postError(err)
	}
	ts, found, err := s.FindDelivery(ctx, id, delivery, since)
	return ts, found, postError(err)
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
	return &scheduler.PostError{Kind: kind, After: e.After, Err: err}
}

// builder lets the scheduler be made before the commands, which make the
// messages of its deliveries and need it.
type builder struct{ *commands.Commands }

// Build implements scheduler.Builder.
func (b builder) Build(ctx context.Context, d delivery.Delivery) (scheduler.Message, error) {
	m, err := b.Commands.Build(ctx, d)
	return scheduler.Message{Text: m.Text, Blocks: m.Blocks}, err
}
