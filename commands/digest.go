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
			render.ActionDigest:  {people.ReadDigest, c.digestClick},
			render.ActionDetails: {people.ReadDigest, c.detailsClick},
			render.ActionSend:    {people.SendDigest, c.sendClick},
			render.ActionWhole:   {people.Export, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return c.whole(ctx, r) }},
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
	made := c.digestFor(ctx, s, d.To, at)
	return render.Digest(made.data, made.pol, l, render.DigestOptions{Late: d.Late, NoExport: !mayReadWhole(s, d.To)}), nil
}

// mayReadWhole reports whether a recipient may have the whole ledger: a channel
// may, where a click asks who clicks.
func mayReadWhole(s record.State, to delivery.Recipient) bool {
	p, ok := s.People.Person(people.UserID(to))
	return !ok || people.Can(p, people.Export)
}

// digestFor is what a digest for a reader tells. It is kept for the clicks on
// it, but not a look ahead: a dry run shows the next one as it would be now.
func (c *Commands) digestFor(ctx context.Context, s record.State, reader delivery.Recipient, at time.Time) madeDigest {
	made := madeDigest{pol: c.policyAt(s, at)}
	made.data = ledger.Digest(s.Ledger, ledger.DigestSource{
		Policy: made.pol, People: s.People, Settings: c.Settings, Workday: c.workday(s), Posted: c.postedDigests(ctx, s.Delivery, reader, at),
	}, at)
	if string(reader) == c.Channels.Leadership { // A click names the channel by its id.
		if id, err := c.leadership(ctx); err == nil {
			reader = delivery.Recipient(id)
		}
	}
	if !at.After(c.now().Add(time.Second)) {
		c.digests.keep(reader, at, made)
	}
	return made
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
	made := c.digestFor(ctx, r.State, delivery.Recipient(r.User), at)
	return c.answer(ctx, r, render.Digest(made.data, made.pol, r.Lang, digestOptions(r)))
}

// digestOptions says what a person may do with a digest that they are shown.
func digestOptions(r *Request) render.DigestOptions {
	return render.DigestOptions{Send: people.Can(r.Person, people.SendDigest), NoExport: !people.Can(r.Person, people.Export)}
}

// digestClick shows the digest in the language on the button. One that is on a
// digest shows the same digest: as of the same moment, for the same reader.
func (c *Commands) digestClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	l, at := render.ParseDigest(a.Value)
	if a.Value != "" {
		r.Lang = l
	}
	if at.IsZero() {
		return c.showDigest(ctx, r)
	}
	made, err := c.digestOf(ctx, r, at)
	if err != nil {
		return err
	}
	return c.answer(ctx, r, render.Digest(made.data, made.pol, r.Lang, digestOptions(r)))
}

// detailsClick shows at length what the digest with the button tells in short.
func (c *Commands) detailsClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	l, at := render.ParseDigest(a.Value)
	if at.IsZero() {
		return errStaleButton
	}
	r.Lang = l
	made, err := c.digestOf(ctx, r, at)
	if err != nil {
		return err
	}
	return c.answer(ctx, r, render.DigestDetails(made.data, made.pol, r.Lang))
}

// digestOf returns the digest that the person sees and that is as of a moment.
// When it is not among those that are kept, it is made anew from what was known
// then. In the leadership channel it is the channel's.
func (c *Commands) digestOf(ctx context.Context, r *Request, at time.Time) (madeDigest, error) {
	reader := delivery.Recipient(r.User)
	if id, err := c.leadership(ctx); err == nil && r.Channel == id {
		reader = delivery.Recipient(id)
	}
	if made, ok := c.digests.get(reader, at); ok {
		return made, nil
	}
	s := r.State
	if at.Before(r.Now) {
		past, err := c.Journal.StateAt(ctx, record.State{}, 0, at)
		if err != nil {
			return madeDigest{}, fmt.Errorf("digest as of %s: %w", at.Format(time.RFC3339), err)
		}
		s = past.State
	}
	return c.digestFor(ctx, s, reader, at), nil
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
