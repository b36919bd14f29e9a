package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) deliveriesFeature() feature {
	list := c.deliveriesCommand()
	return feature{
		commands: []Command{list},
		actions: map[string]action{
			render.ActionDeliveries: {list.Needs, c.deliveriesClick},
			render.ActionResend:     {list.Needs, c.resendClick},
		},
	}
}

func (c *Commands) deliveriesCommand() Command {
	return Command{
		Name: "deliveries", Alias: "送达",
		Usage:   lang.T("[任务|人|频道|状态|日期]", "[job|person|channel|status|day]"),
		Summary: lang.T("看什么消息发给了谁、何时、为什么、有没有送达；没送达的可以重发。", "See what went to whom, when, why, and whether it arrived; send again what did not."),
		Example: lang.T("送达 失败", "deliveries failed"),
		Needs:   people.ManageSchedule,
		run:     c.deliveries,
	}
}

// deliveries shows the deliveries that the words name.
func (c *Commands) deliveries(ctx context.Context, r *Request) error {
	f, err := c.deliveryFilter(ctx, r)
	if err != nil {
		return err
	}
	return c.answer(ctx, r, c.deliveriesPage(r.State, f, r.Now, r.Lang))
}

// deliveriesPage renders a page of deliveries.
func (c *Commands) deliveriesPage(s record.State, f delivery.Filter, now time.Time, l lang.Lang) render.Message {
	f.Limit = render.DeliveriesPage
	trouble := recentTrouble(s.Delivery, now)
	return render.Deliveries(render.DeliveriesData{
		Filter: f, Page: s.Delivery.Query(f), Trouble: trouble, More: len(trouble) > render.TroubleShown,
		State: s.Delivery, People: s.People, Today: calendar.DateOf(now),
	}, l)
}

// troubleFor is how long what did not arrive is called for: a slot that was
// missed can not be made good later.
const troubleFor = 14 * 24 * time.Hour

// recentTrouble returns what did not arrive within the last two weeks, the
// newest first.
func recentTrouble(s delivery.State, now time.Time) []delivery.Delivery {
	all := s.Query(delivery.Filter{Trouble: true, Limit: delivery.MaxPage}).Deliveries
	return slices.DeleteFunc(all, func(d delivery.Delivery) bool { return now.Sub(d.Planned) > troubleFor })
}

// deliveriesClick shows the page that the button names, in the place of the one
// that was clicked in.
func (c *Commands) deliveriesClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	f, ok := render.ParseDeliveries(a.Value)
	if !ok {
		return errStaleButton
	}
	m := c.deliveriesPage(r.State, f, r.Now, r.Lang)
	if r.ResponseURL == "" || !strings.Contains(a.ActionID, ":") { // From Home, or from another message.
		return c.answer(ctx, r, m)
	}
	return c.Poster.Respond(ctx, r.ResponseURL, true, m.Text, m.Blocks)
}

// resendClick sends a delivery again.
func (c *Commands) resendClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id := delivery.ID(a.Value)
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return delivery.Resend(s.Delivery, id, r.User, now)
	})
	if err != nil {
		return err
	}
	s := c.Journal.State()
	d, _ := s.Delivery.Delivery(id)
	return c.answer(ctx, r, render.Resending(d, s.Delivery, s.People, r.Lang))
}

// deliveryFilter reads which deliveries the words ask for: statuses, days, jobs,
// people and channels, in any order.
func (c *Commands) deliveryFilter(ctx context.Context, r *Request) (f delivery.Filter, err error) {
	var rest []string
	for word := range strings.FieldsSeq(r.Args) {
		if !c.filterWord(ctx, r, word, &f) {
			rest = append(rest, word)
		}
	}
	words := strings.Join(rest, " ")
	if words == "" {
		return f, nil
	}
	// What is left may be a name of several words.
	if f.To == "" {
		if to, ok := recipientCalled(r.State, words); ok {
			f.To = to
			return f, nil
		}
	}
	if name, ok := jobCalled(r.State.Delivery, words); ok && f.Job == "" {
		f.Job = name
		return f, nil
	}
	return f, lang.Problemf("unknown_filter", "看不懂“%s”。可以写任务、人名、频道（#leadership）、状态（失败、已送达、待发送、未发送、错过）或日期（今天、2026-11-23），例如 `/future 送达 每周简报 失败`。",
		"I do not understand %q. Name a job, a person, a channel (#leadership), a status (failed, sent, planned, skipped, missed) or a day (today, 2026-11-23), for example `/future deliveries weekly-digest failed`.", short(words))
}

// statusWordsOf are further words for what is wanted, beside the statuses' own.
var statusWordsOf = map[string]delivery.Status{
	"失败": delivery.Failed, "已送达": delivery.Posted, "送达": delivery.Posted, "sent": delivery.Posted, "待发送": delivery.Planned, "pending": delivery.Planned,
	"未发送": delivery.Skipped, "错过": delivery.Missed, "发送中": delivery.Claimed,
}

// filterWord takes one word into the filter; it returns false for one that has to
// be looked at with others.
func (c *Commands) filterWord(ctx context.Context, r *Request, word string, f *delivery.Filter) bool {
	key := strings.ToLower(word)
	today := calendar.DateOf(r.Now)
	if day, ok := calendar.ParseDate(key); ok {
		f.Day = day
		return true
	}
	switch key {
	case "今天", "today":
		f.Day = today
		return true
	case "昨天", "yesterday":
		f.Day = today.Add(-1)
		return true
	case "异常", "没有送达", "trouble":
		f.Trouble = true
		return true
	}
	status, ok := statusWordsOf[key]
	if s := delivery.Status(key); slices.Contains(delivery.Statuses(), s) {
		status, ok = s, true
	}
	if ok {
		f.Status = status
		return true
	}
	if name := delivery.JobName(word); f.Job == "" {
		if _, known := r.State.Delivery.Job(name); known || len(r.State.Delivery.Query(delivery.Filter{Job: name, Limit: 1}).Deliveries) > 0 {
			f.Job = name
			return true
		}
	}
	if f.To == "" {
		if to, ok := c.recipientNamed(ctx, r.State.Delivery, word); ok {
			f.To = to
			return true
		}
	}
	return false
}

// recipientNamed reads a mention of a person or a channel, or a channel's name
// behind a #. Deliveries name a channel as their job does, or by its id.
func (c *Commands) recipientNamed(ctx context.Context, s delivery.State, word string) (delivery.Recipient, bool) {
	name := strings.Trim(word, "<>")
	name, _, _ = strings.Cut(name, "|")
	if user, ok := strings.CutPrefix(name, "@U"); ok {
		return delivery.Recipient("U" + user), true
	}
	channel, ok := strings.CutPrefix(name, "#")
	if !ok || channel == "" {
		return "", false
	}
	if to := delivery.Recipient(channel); len(s.Query(delivery.Filter{To: to, Limit: 1}).Deliveries) > 0 {
		return to, true
	}
	id, err := c.Directory.Channel(ctx, channel)
	if err != nil {
		return delivery.Recipient(channel), true // There is nothing to it, which the list says.
	}
	return delivery.Recipient(id), true
}

// recipientCalled finds the person whose name is meant.
func recipientCalled(s record.State, words string) (delivery.Recipient, bool) {
	key := policy.Key(strings.TrimPrefix(words, "@"))
	for _, p := range s.People.All() {
		if key != "" && (policy.Key(p.Name.ZH) == key || policy.Key(p.Name.EN) == key || policy.Key(string(p.User)) == key) {
			return delivery.Recipient(p.User), true
		}
	}
	return "", false
}

// jobCalled finds the job whose title is meant.
func jobCalled(s delivery.State, words string) (delivery.JobName, bool) {
	for _, j := range s.Jobs() {
		if namesJob(words, j.Name, j.Title) {
			return j.Name, true
		}
	}
	return "", false
}
