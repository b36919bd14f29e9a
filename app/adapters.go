package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wainao/bot"
	"wainao/commands"
	"wainao/delivery"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
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

// builder makes the messages of deliveries from the state of the journal.
type builder struct {
	journal   *record.Journal
	policy    *policy.Policy
	directory commands.Directory
}

// Build implements scheduler.Builder.
func (b builder) Build(ctx context.Context, d delivery.Delivery) (scheduler.Message, error) {
	state := b.journal.State()
	l := b.langOf(ctx, d.To)
	switch d.Job {
	case commands.DigestJob:
		data := ledger.Digest(state.Ledger, b.policy, state.People, d.Due)
		return scheduler.Message(render.Digest(data, b.policy, l, render.DigestOptions{Late: d.Late})), nil
	case commands.ReviewCardJob, commands.ReceiptJob:
		id, revision, ok := commands.ParseReportKey(d.Key())
		r, found := state.Ledger.Revision(id, revision)
		if !ok || !found {
			return scheduler.Message{}, fmt.Errorf("delivery %s: no report %q", d.ID, d.Key())
		}
		if d.Job == commands.ReceiptJob {
			return scheduler.Message(render.Receipt(r, b.policy, l)), nil
		}
		by, ok := state.People.Person(r.By)
		if !ok {
			by = people.Person{User: r.By}
		}
		return scheduler.Message(render.ReviewCard(r, by, b.policy, l)), nil
	}
	return scheduler.Message{}, fmt.Errorf("delivery %s: nobody knows how to build %q", d.ID, d.Job)
}

// langOf returns a person's language, and Chinese for a channel.
func (b builder) langOf(ctx context.Context, to delivery.Recipient) lang.Lang {
	if len(to) == 0 || to[0] != 'U' && to[0] != 'W' {
		return lang.ZH
	}
	locale, err := b.directory.Locale(ctx, string(to))
	if err != nil {
		return lang.ZH // Better the message in Chinese than none.
	}
	return lang.FromLocale(locale)
}
