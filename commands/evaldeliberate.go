package commands

import (
	"context"
	"errors"
	"slices"
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

// deliberationFeature is how items are deliberated: the agenda, motions, votes
// and the minutes.
func (c *Commands) deliberationFeature() feature {
	return feature{
		actions: map[string]action{
			render.ActionEvaluationAgenda: {people.ReadEvaluation, c.agendaClick},
			render.ActionPut:              {people.RunEvaluation, c.putClick},
			render.ActionPutAll:           {people.RunEvaluation, c.putAllClick},
			render.ActionMove:             {people.RunEvaluation, c.moveClick},
			render.ActionVote:             {people.ScoreEvaluation, c.voteClick},
			render.ActionMyBallots:        {people.ScoreEvaluation, c.myBallotsClick},
			render.ActionEndVote:          {people.RunEvaluation, c.endVoteClick},
			render.ActionEndVotes:         {people.RunEvaluation, c.endVotesClick},
			render.ActionMinute:           {people.RunEvaluation, c.minuteClick},
			render.ActionMinutes:          {people.ReadEvaluation, c.minutesClick},
		},
		forms: map[string]form{
			render.MotionForm: {people.RunEvaluation, c.submitMotion},
			render.MinuteForm: {people.RunEvaluation, c.submitMinute},
		},
		deliveries: map[delivery.JobName]buildMessage{BallotJob: c.ballotMessage, BallotUpdateJob: c.ballotUpdate},
	}
}

// agenda gathers the deliberation as a person sees it. The error is that of
// [evaluation.State.Agenda].
func (c *Commands) agenda(s record.State, who people.Person, id evaluation.CycleID) (render.AgendaData, error) {
	d := render.AgendaData{
		Policy: c.adopted(s), Viewer: who,
		Mine: map[evaluation.ItemID]evaluation.Choice{}, Turnouts: map[evaluation.ItemID]evaluation.Turnout{},
	}
	var err error
	if d.Cycle, err = cycleOf(s.Evaluation, string(id)); err != nil {
		return d, err
	}
	if d.Items, err = s.Evaluation.Agenda(who, id); err != nil {
		return d, err
	}
	for _, i := range d.Items {
		if _, ok := puttable(i); ok {
			d.Puttable++
		}
		if i.Motion == nil || i.Motion.State != evaluation.Voting {
			continue
		}
		d.Turnouts[i.Item.ID] = s.Evaluation.VotingTurnout(d.Cycle, i.Item.ID)
		if mine, ok := s.Evaluation.VoteOf(who, d.Cycle, i.Item.ID); ok {
			d.Mine[i.Item.ID] = mine
		}
	}
	return d, nil
}

// puttable returns what can be put for an item as it is: what the figures propose
// while nothing was put, unless it lacks a focus, and once more what had no
// quorum.
func puttable(i evaluation.AgendaItem) (evaluation.MotionText, bool) {
	switch {
	case i.Motion == nil:
		return i.Proposal, !i.NeedsNew
	case i.Motion.State == evaluation.NoQuorum:
		return i.Motion.MotionText, true
	}
	return evaluation.MotionText{}, false
}

// agendaClick shows the agenda, or another page of it.
func (c *Commands) agendaClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, page := render.ParseEvaluationPage(a.Value)
	d, err := c.agenda(r.State, r.Person, id)
	if err != nil {
		return err
	}
	return c.turn(ctx, r, a, render.Agenda(d, page, r.Lang))
}

// showAgenda shows the agenda's page with an item, behind what was done about it,
// in the place of the one that was clicked in.
func (c *Commands) showAgenda(ctx context.Context, r *Request, id evaluation.CycleID, item evaluation.ItemID, done lang.Text) error {
	r.State, r.Now = c.Journal.State(), c.now()
	d, err := c.agenda(r.State, r.Person, id)
	if err != nil {
		return err
	}
	d.Done = done
	m := render.Agenda(d, d.PageOf(item), r.Lang)
	if !r.alone() {
		return c.answer(ctx, r, m)
	}
	return c.inPlace(ctx, r, m)
}

// agendaBehind shows the agenda's page with an item behind a form about it.
func (c *Commands) agendaBehind(ctx context.Context, r *Request, in slack.InteractionCallback, id evaluation.CycleID, item evaluation.ItemID, done lang.Text) error {
	return c.afterEvaluation(ctx, r, in, id, func(r *Request, _ evaluation.Cycle) render.Message {
		d, err := c.agenda(r.State, r.Person, id)
		if err != nil {
			return render.Note(done, r.Lang) // Who may put it may read it.
		}
		d.Done = done
		return render.Agenda(d, d.PageOf(item), r.Lang)
	})
}

// put writes motions, and plans the message that asks each member who may vote
// on any of them, in one write: neither is there without the other. A reason goes
// into the minutes of each.
func (c *Commands) put(ctx context.Context, r *Request, id evaluation.CycleID, choose func(record.State, people.Person) (map[evaluation.ItemID]evaluation.MotionText, error), reason string) (put []evaluation.ItemID, err error) {
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		who := personOf(s.People, r.User)
		cycle, err := cycleOf(s.Evaluation, string(id))
		if err != nil {
			return nil, err
		}
		motions, err := choose(s, who)
		if err != nil {
			return nil, err
		}
		put = nil
		var drafts []journal.Draft
		judges := map[people.UserID]bool{}
		for _, i := range cycle.Items {
			m, ok := motions[i.ID]
			if !ok || len(put) == render.BallotsPerMessage {
				continue
			}
			more, err := evaluation.Put(s.Evaluation, who, id, i.ID, m, now)
			if err != nil {
				return nil, err
			}
			drafts, put = append(drafts, more...), append(put, i.ID)
			for _, user := range cycle.Judges(i) {
				judges[user] = true
			}
			if reason == "" {
				continue
			}
			if more, err = evaluation.AddMinute(s.Evaluation, who, id, i.ID, reason, now); err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		if len(put) == 0 {
			return nil, lang.Problemf("nothing_to_put", "没有可以直接提出的事项。", "There is nothing left that can be put as it is.")
		}
		key := ballotKey(id, render.BallotRange{First: len(cycle.Motions) + 1, Last: len(cycle.Motions) + len(put)})
		for _, m := range cycle.Members {
			if !judges[m.User] {
				continue
			}
			more, err := send(s, r.User, key, now, to{BallotJob, delivery.Recipient(m.User)})
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		return drafts, nil
	})
	return put, err
}

// putClick puts what the figures propose, or once more what had no quorum.
func (c *Commands) putClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, item := render.ParseEvaluationValue(a.Value)
	put, err := c.put(ctx, r, id, func(s record.State, who people.Person) (map[evaluation.ItemID]evaluation.MotionText, error) {
		i, err := agendaItem(s, who, id, evaluation.ItemID(item))
		if err != nil {
			return nil, err
		}
		m, ok := puttable(i)
		if !ok { // It was moved meanwhile, which putting it says.
			m = i.Proposal
		}
		return map[evaluation.ItemID]evaluation.MotionText{i.Item.ID: m}, nil
	}, "")
	if err != nil {
		return err
	}
	return c.showAgenda(ctx, r, id, evaluation.ItemID(item), c.putWords(id, put))
}

// agendaItem returns one item of the agenda.
func agendaItem(s record.State, who people.Person, id evaluation.CycleID, item evaluation.ItemID) (evaluation.AgendaItem, error) {
	all, err := s.Evaluation.Agenda(who, id)
	if err != nil {
		return evaluation.AgendaItem{}, err
	}
	n := slices.IndexFunc(all, func(i evaluation.AgendaItem) bool { return i.Item.ID == item })
	if n < 0 {
		return evaluation.AgendaItem{}, errStaleButton
	}
	return all[n], nil
}

// putAllClick puts everything that can be put as it is, as much of it as one
// message holds.
func (c *Commands) putAllClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _ := render.ParseEvaluationValue(a.Value)
	put, err := c.put(ctx, r, id, func(s record.State, who people.Person) (map[evaluation.ItemID]evaluation.MotionText, error) {
		all, err := s.Evaluation.Agenda(who, id)
		motions := map[evaluation.ItemID]evaluation.MotionText{}
		for _, i := range all {
			if m, ok := puttable(i); ok {
				motions[i.Item.ID] = m
			}
		}
		return motions, err
	}, "")
	if err != nil {
		return err
	}
	return c.showAgenda(ctx, r, id, "", c.putWords(id, put))
}

// putWords tell that motions are put to the vote.
func (c *Commands) putWords(id evaluation.CycleID, put []evaluation.ItemID) lang.Text {
	if len(put) == 1 {
		s := c.Journal.State()
		cycle, _ := s.Evaluation.Cycle(id)
		return lang.Tf("已提出表决：%s。有权表决的委员会收到消息。", "Put to the vote: %s. The members who may vote are told.", render.ItemTitle(cycle, c.adopted(s), put[0]))
	}
	return lang.Tf("已提出 %d 项表决。有权表决的委员会收到消息。", "%d items are put to the vote. The members who may vote are told.", len(put))
}

// moveClick opens the form for another motion.
func (c *Commands) moveClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, item := render.ParseEvaluationValue(a.Value)
	d, err := c.agenda(r.State, r.Person, id)
	if err != nil {
		return err
	}
	if err := d.Cycle.Allows(evaluation.ActMove); err != nil {
		return err
	}
	i, err := agendaItem(r.State, r.Person, id, evaluation.ItemID(item))
	if err != nil {
		return err
	}
	return c.openEvaluationForm(ctx, r, render.MotionModal(d, i, r.Lang))
}

// submitMotion puts a motion of one's own wording; its reason goes into the
// minutes.
func (c *Commands) submitMotion(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, item, ok := render.ParseAboutEvaluation(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	motion := evaluation.MotionText{
		Verdict: evaluation.Verdict(stated(in, evaluation.FieldVerdict)),
		Focus:   lang.T(stated(in, evaluation.FieldFocusZH), stated(in, evaluation.FieldFocusEN)),
	}
	put, err := c.put(ctx, r, id, func(record.State, people.Person) (map[evaluation.ItemID]evaluation.MotionText, error) {
		return map[evaluation.ItemID]evaluation.MotionText{evaluation.ItemID(item): motion}, nil
	}, stated(in, evaluation.FieldReason))
	if err != nil {
		return nil, err
	}
	return nil, c.agendaBehind(ctx, r, in, id, evaluation.ItemID(item), c.putWords(id, put))
}

var errBallotOver = lang.Problemf("ballot_over", "这次表决已经结束。最新情况请看会商议程。", "This vote is closed. The agenda shows how things stand.")

// standingBallot returns the problem of a button of a ballot that is over.
func standingBallot(s record.State, b render.Ballot) error {
	cycle, err := cycleOf(s.Evaluation, string(b.Cycle))
	if err != nil {
		return err
	}
	if m, ok := cycle.Motion(b.Item); !ok || m.Ballot != b.Number || m.State != evaluation.Voting {
		return errBallotOver
	}
	return nil
}

// onBallot writes what decide returns for the ballot that a button names, unless
// that is over.
func (c *Commands) onBallot(
	ctx context.Context, r *Request, a slack.BlockAction, decide func(record.State, render.Ballot, time.Time) ([]journal.Draft, error),
) (render.Ballot, error) {
	b, ok := render.ParseBallot(a.Value)
	if !ok {
		return b, errStaleButton
	}
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		if err := standingBallot(s, b); err != nil {
			return nil, err
		}
		return decide(s, b, now)
	})
	return b, err
}

// voteClick keeps a member's vote, and shows it where it was given. When that is
// not the message that asked for it, the message is brought up to date as well.
func (c *Commands) voteClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	b, err := c.onBallot(ctx, r, a, func(s record.State, b render.Ballot, now time.Time) ([]journal.Draft, error) {
		drafts, err := evaluation.Vote(s.Evaluation, personOf(s.People, r.User), b.Cycle, b.Item, b.Choice, now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		cycle, _ := s.Evaluation.Cycle(b.Cycle)
		here := r.View.Type != slack.VTModal && !r.ephemeral // In a message that asks for votes.
		more, err := updateBallotsTo(s, cycle, r.User, r.User, now, func(among render.BallotRange) bool {
			return among.Has(b.Number) && (!here || among != b.Among)
		})
		return append(drafts, more...), err
	})
	// A vote that came too late shows what the others gave.
	if err != nil && !errors.Is(err, errBallotOver) {
		return err
	}
	return errors.Join(c.showVote(ctx, r, b), err)
}

// showVote shows a ballot as it is now where it was voted in.
func (c *Commands) showVote(ctx context.Context, r *Request, b render.Ballot) error {
	if b.Among == (render.BallotRange{}) {
		return c.showAgenda(ctx, r, b.Cycle, b.Item, lang.Text{})
	}
	r.State = c.Journal.State()
	d, err := c.ballots(r.State, r.Person, b.Cycle, b.Among)
	if err != nil {
		return err
	}
	if r.View.Type == slack.VTModal { // Without its hash: each shows what is so by then.
		return c.Views.UpdateView(ctx, r.View.ID, "", render.BallotsModal(d, b.Among, r.Lang))
	}
	m := render.Ballots(d, b.Among, r.Lang)
	if !r.alone() {
		return c.answer(ctx, r, m)
	}
	return c.inPlace(ctx, r, m)
}

// endVoteClick counts the votes of a ballot.
func (c *Commands) endVoteClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	b, err := c.onBallot(ctx, r, a, func(s record.State, b render.Ballot, now time.Time) ([]journal.Draft, error) {
		drafts, err := evaluation.CloseBallot(s.Evaluation, personOf(s.People, r.User), b.Cycle, b.Item, now)
		if err != nil {
			return nil, err
		}
		cycle, _ := s.Evaluation.Cycle(b.Cycle)
		more, err := updateBallots(s, cycle, r.User, now, func(_ evaluation.Member, among render.BallotRange) bool { return among.Has(b.Number) })
		return append(drafts, more...), err
	})
	if err != nil {
		return err
	}
	return c.showAgenda(ctx, r, b.Cycle, b.Item, lang.Text{})
}

// endVotesClick counts the votes of every open ballot.
func (c *Commands) endVotesClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _ := render.ParseEvaluationValue(a.Value)
	closed := 0
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		cycle, err := cycleOf(s.Evaluation, string(id))
		if err != nil {
			return nil, err
		}
		var drafts []journal.Draft
		closed = 0
		for _, m := range cycle.Motions {
			if m.State != evaluation.Voting {
				continue
			}
			more, err := evaluation.CloseBallot(s.Evaluation, personOf(s.People, r.User), id, m.Item, now)
			if err != nil {
				return nil, err
			}
			closed, drafts = closed+1, append(drafts, more...)
		}
		if closed == 0 {
			return nil, errBallotOver
		}
		more, err := updateOpen(s, cycle, r.User, now)
		return append(drafts, more...), err
	})
	if err != nil {
		return err
	}
	return c.showAgenda(ctx, r, id, "", lang.Tf("已结束 %d 项表决，结果见各项。", "%d votes are closed; each item shows what it gave.", closed))
}

// minuteClick opens the form of the minutes.
func (c *Commands) minuteClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, item := render.ParseEvaluationValue(a.Value)
	d, err := c.agenda(r.State, r.Person, id)
	if err != nil {
		return err
	}
	if err := d.Cycle.Allows(evaluation.ActMinute); err != nil {
		return err
	}
	return c.openEvaluationForm(ctx, r, render.MinuteModal(d, evaluation.ItemID(item), r.Lang))
}

// submitMinute adds to the minutes.
func (c *Commands) submitMinute(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, item, ok := render.ParseAboutEvaluation(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.AddMinute(s.Evaluation, personOf(s.People, r.User), id, evaluation.ItemID(item), stated(in, evaluation.FieldText), now)
	})
	if err != nil {
		return nil, err
	}
	return nil, c.agendaBehind(ctx, r, in, id, evaluation.ItemID(item), lang.T("已记入纪要。", "Added to the minutes."))
}

// minutesClick shows the minutes.
func (c *Commands) minutesClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _ := render.ParseEvaluationValue(a.Value)
	d, err := c.agenda(r.State, r.Person, id)
	if err != nil {
		return err
	}
	return c.open(ctx, r, render.Minutes(d, r.State.People, r.Lang))
}
