package commands

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// DigestJob posts the weekly digest. A delivery of it that was asked for by
// hand has the request's key.
const DigestJob delivery.JobName = "weekly-digest"

// DigestTitle is what the digest's job is called.
var DigestTitle = lang.T("每周简报", "Weekly digest")

func (c *Commands) digestFeature() feature {
	return feature{
		commands: []Command{c.digestCommand()},
		actions: map[string]action{
			render.ActionDigest: {people.ReadDigest, c.digestClick},
			render.ActionSend:   {people.SendDigest, c.sendClick},
		},
		deliveries: map[delivery.JobName]buildMessage{DigestJob: c.digestMessage},
	}
}

// digestMessage makes the digest of a slot.
func (c *Commands) digestMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	data := ledger.Digest(s.Ledger, c.Policy, s.People, ledger.DefaultSettings(), d.Due)
	return render.Digest(data, c.Policy, l, render.DigestOptions{Late: d.Late}), nil
}

func (c *Commands) digestCommand() Command {
	return Command{
		Name: "digest", Alias: "简报",
		Summary: lang.T("看每周简报；秘书处和领导在领导频道里用，就发到频道。", "Read the weekly digest; used in the leadership channel by the secretariat or a leader, it is posted there."),
		Example: lang.T("简报", "digest"),
		Needs:   people.ReadDigest,
		run:     c.digest,
	}
}

// digest posts the digest where leadership reads it when it is asked for there
// by somebody who may send it, and shows it to the person alone otherwise.
func (c *Commands) digest(ctx context.Context, r *Request) error {
	leadership, err := c.leadership(ctx)
	if err != nil {
		return err
	}
	if r.Channel == leadership && people.Can(r.Person, people.SendDigest) {
		return c.send(ctx, r, leadership)
	}
	return c.showDigest(ctx, r)
}

func (c *Commands) showDigest(ctx context.Context, r *Request) error {
	data := ledger.Digest(r.State.Ledger, c.Policy, r.State.People, ledger.DefaultSettings(), r.Now)
	return c.answer(ctx, r, render.Digest(data, c.Policy, r.Lang, render.DigestOptions{Send: people.Can(r.Person, people.SendDigest)}))
}

// digestClick shows the digest in the language on the button.
func (c *Commands) digestClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	if a.Value != "" {
		r.Lang = lang.FromLocale(a.Value)
	}
	return c.showDigest(ctx, r)
}

// sendClick posts the digest to leadership from anywhere.
func (c *Commands) sendClick(ctx context.Context, r *Request, _ slack.BlockAction) error {
	leadership, err := c.leadership(ctx)
	if err != nil {
		return err
	}
	if err := c.send(ctx, r, leadership); err != nil {
		return err
	}
	if r.Channel == leadership {
		return nil // It can be seen.
	}
	return c.answer(ctx, r, render.Note(lang.Tf("简报已发到 <#%s>。", "The digest is in <#%s>.", leadership), r.Lang))
}

// leadership returns the id of the channel that gets the digest.
func (c *Commands) leadership(ctx context.Context) (string, error) {
	id, err := c.Directory.Channel(ctx, c.Channels.Leadership)
	if err != nil {
		return "", fmt.Errorf("find leadership channel: %w", err)
	}
	return id, nil
}

// send posts the digest as a delivery of its own. The request's trigger makes
// its key: what Slack delivers twice is sent once.
func (c *Commands) send(ctx context.Context, r *Request, channel string) error {
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return delivery.Manual(s.Delivery, DigestJob, delivery.Recipient(channel), r.TriggerID, r.User, now)
	})
	return err
}
