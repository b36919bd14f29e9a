package commands

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// The jobs of the votes. Both are planned in the same write as what they tell.
const (
	// BallotJob tells a member that motions wait for their vote; key: that of
	// [ballotKey].
	BallotJob delivery.JobName = "ballot"

	// BallotUpdateJob brings what BallotJob sent up to date in its place, behind
	// everything that ends a vote, and when its member votes elsewhere; key: that
	// of the message, and when it was.
	BallotUpdateJob delivery.JobName = "ballot-update"
)

// ballotKey names ballots that were put together as the key of a delivery.
func ballotKey(id evaluation.CycleID, among render.BallotRange) string {
	return render.EvaluationValue(id, among.String())
}

// ballots gathers the ballots among those that the member may vote on, each as it
// stands, in the agenda's order.
func (c *Commands) ballots(s record.State, who people.Person, id evaluation.CycleID, among render.BallotRange) (render.AgendaData, error) {
	d, err := c.agenda(s, who, id)
	if err != nil {
		return d, err
	}
	var items []evaluation.AgendaItem
	for _, i := range d.Items {
		for _, m := range d.Cycle.Motions {
			if m.Item == i.Item.ID && among.Has(m.Ballot) && slices.Contains(d.Cycle.Judges(i.Item), who.User) {
				i.Motion = &m
				items = append(items, i)
			}
		}
	}
	d.Items = items
	return d, nil
}

// myBallotsClick opens the votes that wait for the member, the first ones; when
// none waits, those that may still be changed.
func (c *Commands) myBallotsClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _ := render.ParseEvaluationValue(a.Value)
	d, err := c.agenda(r.State, r.Person, id)
	if err != nil {
		return err
	}
	among := mine(d, func(item evaluation.ItemID) bool { return d.Mine[item] == "" })
	if among == (render.BallotRange{}) {
		among = mine(d, func(evaluation.ItemID) bool { return true })
	}
	if d, err = c.ballots(r.State, r.Person, id, among); err != nil {
		return err
	}
	return c.open(ctx, r, render.BallotsModal(d, among, r.Lang))
}

// mine returns the first open votes of the viewer whose items are wanted, as many
// as are shown together.
func mine(d render.AgendaData, wanted func(evaluation.ItemID) bool) (among render.BallotRange) {
	for _, m := range d.Cycle.Motions {
		i, _ := d.Cycle.Item(m.Item)
		if m.State != evaluation.Voting || !wanted(m.Item) || !slices.Contains(d.Cycle.Judges(i), d.Viewer.User) {
			continue
		}
		if among.First == 0 {
			among.First = m.Ballot
		}
		if m.Ballot < among.First+render.BallotsPerMessage {
			among.Last = m.Ballot
		}
	}
	return among
}

// ballotMessage makes the message that asks a member for their votes.
func (c *Commands) ballotMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	id, part := render.ParseEvaluationValue(d.Key())
	among, ok := render.ParseBallotRange(part)
	if !ok {
		return render.Message{}, fmt.Errorf("there are no ballots %q", d.Key())
	}
	data, err := c.ballots(s, personOf(s.People, people.UserID(d.To)), id, among)
	if err != nil {
		return render.Message{}, err
	}
	if !slices.ContainsFunc(data.Items, func(i evaluation.AgendaItem) bool { return i.Motion.State == evaluation.Voting }) {
		return render.Message{}, &delivery.NotNeeded{Why: lang.T("表决已经结束，或不再参加表决", "the vote is closed, or they vote no more")}
	}
	return render.Ballots(data, among, l), nil
}

// updateBallots plans that the members' messages with ballots that concern is
// true of are brought up to date. It goes into the write that ends a vote.
func updateBallots(s record.State, cycle evaluation.Cycle, by people.UserID, now time.Time, concerns func(evaluation.Member, render.BallotRange) bool) ([]journal.Draft, error) {
	var drafts []journal.Draft
	for _, m := range cycle.Members {
		more, err := updateBallotsTo(s, cycle, m.User, by, now, func(among render.BallotRange) bool { return concerns(m, among) })
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, more...)
	}
	return drafts, nil
}

// updateBallotsTo is [updateBallots] for one member.
func updateBallotsTo(s record.State, cycle evaluation.Cycle, user, by people.UserID, now time.Time, concerns func(render.BallotRange) bool) ([]journal.Draft, error) {
	var drafts []journal.Draft
	for d := range ballotsTo(s.Delivery, cycle, delivery.Recipient(user)) {
		_, part := render.ParseEvaluationValue(d.Key())
		among, ok := render.ParseBallotRange(part)
		if !ok || d.Status != delivery.Posted && !d.Open() || !concerns(among) {
			continue
		}
		key := d.Key() + "." + strconv.FormatInt(now.UnixMilli(), 36)
		more, err := send(s, by, key, now, to{BallotUpdateJob, d.To})
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, more...)
	}
	return drafts, nil
}

// ballotsTo yields the messages that ask somebody for votes in the cycle, the
// newest first.
func ballotsTo(s delivery.State, cycle evaluation.Cycle, user delivery.Recipient) iter.Seq[delivery.Delivery] {
	return func(yield func(delivery.Delivery) bool) {
		if len(cycle.Motions) == 0 {
			return
		}
		for f := (delivery.Filter{Job: BallotJob, To: user, Limit: delivery.MaxPage}); ; {
			page := s.Query(f)
			for _, d := range page.Deliveries {
				id, _ := render.ParseEvaluationValue(d.Key())
				if d.Planned.Before(cycle.Motions[0].At.Truncate(time.Second)) {
					return
				}
				if id == cycle.ID && !yield(d) {
					return
				}
			}
			if f.Before = page.Next; f.Before == "" {
				return
			}
		}
	}
}

// updateOpen plans the update of every message with a vote that is open: all end
// with the cycle.
func updateOpen(s record.State, cycle evaluation.Cycle, by people.UserID, now time.Time) ([]journal.Draft, error) {
	return updateBallots(s, cycle, by, now, func(_ evaluation.Member, among render.BallotRange) bool { return openAmong(cycle, among) })
}

// updateOf plans the update of the member's messages with votes that are open:
// they stand aside, or have left.
func updateOf(s record.State, cycle evaluation.Cycle, user, by people.UserID, now time.Time) ([]journal.Draft, error) {
	return updateBallotsTo(s, cycle, user, by, now, func(among render.BallotRange) bool { return openAmong(cycle, among) })
}

func openAmong(cycle evaluation.Cycle, among render.BallotRange) bool {
	return slices.ContainsFunc(cycle.Motions, func(m evaluation.Motion) bool { return m.State == evaluation.Voting && among.Has(m.Ballot) })
}

var (
	ballotGone    = lang.T("当时的消息没有发出", "the message was not sent")
	ballotLater   = lang.T("发出时会是最新情况", "it will show how things stand when it is sent")
	ballotUpdated = lang.T("后面还有一次更新", "a later update tells it")
)

// ballotUpdate makes how the votes of a message stand by now, for its place.
func (c *Commands) ballotUpdate(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	id, part := render.ParseEvaluationValue(d.Key())
	part, _, _ = strings.Cut(part, ".")
	among, ok := render.ParseBallotRange(part)
	cycle, known := s.Evaluation.Cycle(id)
	if !ok || !known {
		return render.Message{}, fmt.Errorf("there are no ballots %q", d.Key())
	}
	var sent delivery.Delivery
	for one := range ballotsTo(s.Delivery, cycle, d.To) {
		if one.Key() == ballotKey(id, among) {
			sent = one
		}
	}
	switch {
	case sent.Status == delivery.Planned:
		return render.Message{}, &delivery.NotNeeded{Why: ballotLater}
	case sent.Status == delivery.Claimed:
		return render.Message{}, fmt.Errorf("the message with the ballots %q is on its way", d.Key())
	case sent.Status != delivery.Posted:
		return render.Message{}, &delivery.NotNeeded{Why: ballotGone}
	}
	for _, later := range s.Delivery.Query(delivery.Filter{Job: BallotUpdateJob, To: d.To, Limit: delivery.MaxPage}).Deliveries {
		if later.ID == d.ID {
			break
		}
		if later.Open() && strings.HasPrefix(later.Key(), sent.Key()+".") {
			return render.Message{}, &delivery.NotNeeded{Why: ballotUpdated}
		}
	}
	data, err := c.ballots(s, personOf(s.People, people.UserID(d.To)), id, among)
	if err != nil { // Who has lost their role sees no figures any more.
		data = render.AgendaData{Policy: c.adopted(s), Cycle: cycle}
	}
	m := render.Ballots(data, among, l)
	m.Replaces = sent.Message
	return m, nil
}
