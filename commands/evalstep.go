package commands

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// stepClick opens the form of the step that the button names, or tells what
// stands in its way.
func (c *Commands) stepClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	cycle, err := cycleOf(r.State.Evaluation, a.Value)
	if err != nil {
		return err
	}
	_, part := render.ParseEvaluationValue(a.Value)
	step, ok := stepNamed(part)
	if !ok {
		return errStaleButton
	}
	if err := people.Allow(r.Person, step.By); err != nil {
		return err
	}
	if err := r.State.Evaluation.Ready(c.adopted(r.State), cycle, step.Action, r.Now); err != nil {
		return err
	}
	return c.openEvaluationForm(ctx, r, render.EvaluationStepModal(c.evaluationData(r, cycle), step.Action, r.Lang))
}

// stepNamed returns the step that a button or a form names.
func stepNamed(action string) (evaluation.Transition, bool) {
	all := evaluation.Transitions()
	i := slices.IndexFunc(all, func(t evaluation.Transition) bool { return t.Action == evaluation.Action(action) })
	if i < 0 {
		return evaluation.Transition{}, false
	}
	return all[i], true
}

// submitStep takes the step, and with it plans what tells of it.
func (c *Commands) submitStep(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, part, ok := render.ParseAboutEvaluation(in.View.PrivateMetadata)
	step, known := stepNamed(part)
	if !ok || !known {
		return nil, errOldForm
	}
	r.Lang = l
	params := evaluation.Params{Reason: stated(in, evaluation.FieldReason), Effective: evaluation.Day(statedDay(in, render.FieldEffective))}
	office := c.office(ctx)
	err := c.decideEvaluation(ctx, r, func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		drafts, err := evaluation.Take(s.Evaluation, c.adopted(s), who, id, step.Action, params, now)
		if err != nil {
			return nil, atField(atField(err, render.FieldEffective, "effective_past", "layout-effective"), evaluation.FieldReason, "reason_missing")
		}
		more, err := tellStep(s, id, step.Action, r.User, office, now)
		if err != nil || step.Action != evaluation.ActCancel {
			return append(drafts, more...), err
		}
		drafts = append(drafts, more...)
		cycle, _ := s.Evaluation.Cycle(id)
		more, err = updateOpen(s, cycle, r.User, now)
		return append(drafts, more...), err
	})
	if err != nil {
		return nil, err
	}
	return nil, c.afterEvaluation(ctx, r, in, id, c.overview)
}

// office returns the secretariat's channel, and "" when Slack does not tell: a
// step is not to wait for that.
func (c *Commands) office(ctx context.Context) string {
	channel, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		c.Log.ErrorContext(ctx, "find secretariat channel", "error", err)
	}
	return channel
}

// openEvaluationForm opens a form that was asked for by a button. Its outcome is
// shown in the place of the message with the button, when that is the person's
// own.
func (c *Commands) openEvaluationForm(ctx context.Context, r *Request, v slack.ModalViewRequest) error {
	if r.ephemeral {
		v.PrivateMetadata = render.WithAnswer(v.PrivateMetadata, r.ResponseURL)
	}
	return c.open(ctx, r, v)
}

// afterEvaluation shows, behind a form that is closed first, how things stand:
// in the place of the message that it was opened from, or as a message.
func (c *Commands) afterEvaluation(ctx context.Context, r *Request, in slack.InteractionCallback, id evaluation.CycleID, view func(*Request, evaluation.Cycle) render.Message) error {
	r.State, r.Now = c.Journal.State(), c.now()
	cycle, err := cycleOf(r.State.Evaluation, string(id))
	if err != nil {
		return err
	}
	m := view(r, cycle)
	url := render.AnswerOf(in.View.PrivateMetadata)
	c.chores.start(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		if url != "" {
			err := c.Poster.Respond(ctx, url, true, m.Text, m.Blocks)
			if err == nil {
				return
			}
			c.Log.WarnContext(ctx, "show what was done in its place", "user", r.User, "error", err)
		}
		if _, err := c.Poster.Post(ctx, string(r.User), "", m.Text, m.Blocks); err != nil {
			c.Log.WarnContext(ctx, "tell what was done", "user", r.User, "error", err)
		}
	})
	return nil
}

// RunEvaluation does what happens in the evaluation by its date alone, until ctx
// is done. Several processes may: the first one's entry leaves the others
// nothing to do.
func (c *Commands) RunEvaluation(ctx context.Context) {
	for ctx.Err() == nil {
		changed := c.Journal.Changed() // Before the state, or a change is missed.
		wait := tickAgain
		if err := c.tickEvaluation(ctx); err != nil && ctx.Err() == nil {
			c.Log.WarnContext(ctx, "take a step of the evaluation by its date, will try again", "error", err)
			changed = nil
		}
		if cycle, ok := c.Journal.State().Evaluation.Current(); ok && cycle.Phase == evaluation.Opened {
			if left := cycle.Dates.ScoringFrom.Start().Add(beginHour).Sub(c.now()); left > 0 {
				wait = min(wait, left)
			}
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// tickAgain is how long dates are left alone at most: the clock on the wall may
// jump, and timers do not notice.
const tickAgain = time.Minute

// beginHour is how late on its day a step is taken by its date: who takes part is
// told of it then, and not at midnight.
const beginHour = 9 * time.Hour

// tickEvaluation takes the step whose date has come, if any.
func (c *Commands) tickEvaluation(ctx context.Context) error {
	if len(evaluation.Tick(c.Journal.State().Evaluation, c.now().Add(-beginHour))) == 0 {
		return nil
	}
	office := c.office(ctx)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	_, err := c.Journal.Update(ctx, "scheduler", func(s record.State, now time.Time) ([]journal.Draft, error) {
		drafts := evaluation.Tick(s.Evaluation, now.Add(-beginHour))
		cycle, ok := s.Evaluation.Current()
		if len(drafts) == 0 || !ok || len(cycle.Steps) == 0 {
			return nil, nil
		}
		// It is told in the name of who opened the cycle, with its dates.
		more, err := tellStep(s, cycle.ID, evaluation.ActStart, cycle.Steps[len(cycle.Steps)-1].By, office, now)
		return append(drafts, more...), err
	})
	return err
}
