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
			render.ActionWhole:  {people.Export, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return c.whole(ctx, r) }},
		},
		deliveries: map[delivery.JobName]buildMessage{DigestJob: c.digestMessage},
	}
}

// digestMessage makes the digest of a slot as of the slot's time, and one that
// was asked for as of the moment of asking, what was written in it included.
func (c *Commands) digestMessage(ctx context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	at := d.Due
	if d.Reason == delivery.Asked {
		at = at.Add(time.Millisecond)
	}
	return render.Digest(ledger.Digest(s.Ledger, c.digestSource(ctx, s, d.To, at), at), c.policyAt(s, d.Due), l, render.DigestOptions{Late: d.Late, NoExport: !mayReadWhole(s, d.To)}), nil
}

// mayReadWhole reports whether a recipient may have the whole ledger: a channel
// may, where a click asks who clicks.
func mayReadWhole(s record.State, to delivery.Recipient) bool {
	p, ok := s.People.Person(people.UserID(to))
	return !ok || people.Can(p, people.Export)
}

// digestSource is what a digest for a reader is made of beside the ledger.
func (c *Commands) digestSource(ctx context.Context, s record.State, reader delivery.Recipient, at time.Time) ledger.DigestSource {
	return ledger.DigestSource{
		Policy: c.policyAt(s, at), People: s.People, Settings: c.Settings, Workday: c.workday(s), Posted: c.postedDigests(ctx, s.Delivery, reader, at),
	}
}

// digestsBack is how many of the digests that a reader got are looked at, and
// how many pages of what went to them: about two years of a leader's messages.
const (
	digestsBack = 100
	pagesBack   = 4
)

// postedDigests returns as of when the digests are that a reader has got before
// a moment. The leadership channel goes by its name in the configuration and by
// its id where somebody asked for one.
func (c *Commands) postedDigests(ctx context.Context, s delivery.State, reader delivery.Recipient, at time.Time) []time.Time {
	readers := []delivery.Recipient{reader}
	leadership := delivery.Recipient(c.Channels.Leadership)
	if id, err := c.leadership(ctx); err == nil && (reader == leadership || string(reader) == id) {
		readers = []delivery.Recipient{leadership}
		if id != string(leadership) {
			readers = append(readers, delivery.Recipient(id))
		}
	}
	var out []time.Time
	for _, to := range readers {
		f := delivery.Filter{Job: DigestJob, To: to, Status: delivery.Posted, Limit: digestsBack}
		for range pagesBack {
			page := s.Query(f)
			for _, d := range page.Deliveries {
				if d.Due.Before(at) {
					out = append(out, d.Due)
				}
			}
			if f.Before = page.Next; f.Before == "" || len(out) >= digestsBack {
				break
			}
		}
	}
	return out
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
	at := r.Now.Add(time.Millisecond) // What was written at this moment is in it.
	return c.showDigestSince(ctx, r, delivery.Recipient(r.User), at, at)
}

// showDigestSince shows the digest as of a moment, with the corrections that the
// reader's digest of another moment has too.
func (c *Commands) showDigestSince(ctx context.Context, r *Request, reader delivery.Recipient, at, since time.Time) error {
	src := c.digestSource(ctx, r.State, reader, at)
	if since.Before(at) {
		// One that was asked for is as of a millisecond behind its own request.
		src.Posted = c.postedDigests(ctx, r.State.Delivery, reader, since.Add(-time.Millisecond))
	}
	o := render.DigestOptions{Since: since, Send: people.Can(r.Person, people.SendDigest), NoExport: !people.Can(r.Person, people.Export)}
	return c.answer(ctx, r, render.Digest(ledger.Digest(r.State.Ledger, src, at), r.Policy, r.Lang, o))
}

// digestClick shows the digest in the language on the button. One that is on a
// digest shows what that one corrected too, although it has been told by now.
func (c *Commands) digestClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	if a.Value == "" {
		return c.showDigest(ctx, r)
	}
	l, since := render.ParseDigest(a.Value)
	if r.Lang = l; since.IsZero() {
		return c.showDigest(ctx, r)
	}
	reader := delivery.Recipient(r.User)
	if id, err := c.leadership(ctx); err == nil && r.Channel == id {
		reader = delivery.Recipient(id)
	}
	return c.showDigestSince(ctx, r, reader, r.Now.Add(time.Millisecond), since)
}

// whole sends the person the whole ledger as a sheet, in a direct message.
func (c *Commands) whole(ctx context.Context, r *Request) error {
	r.Args = ""
	if err := c.export(ctx, r); err != nil {
		return err
	}
	return c.answer(ctx, r, render.Note(lang.T("文件已用私信发给你。", "The file is in your direct messages."), r.Lang))
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
