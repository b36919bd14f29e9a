package commands

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/people"
	"wainao/render"
)

// resultsFeature is how the results are read, once a round is closed.
func (c *Commands) resultsFeature() feature {
	return feature{actions: map[string]action{
		render.ActionEvaluationResults: {people.ReadEvaluation, c.resultsClick},
		render.ActionResult:            {people.ReadEvaluation, c.resultClick},
	}}
}

// results gathers what the scores of a cycle say.
func (c *Commands) results(r *Request, id evaluation.CycleID) (d render.ResultsData, err error) {
	if d.Cycle, err = cycleOf(r.State.Evaluation, string(id)); err != nil {
		return d, err
	}
	if d.Result, err = r.State.Evaluation.Results(r.Person, id); err != nil {
		return d, err
	}
	d.Policy = c.adopted(r.State)
	d.Items, err = r.State.Evaluation.Agenda(r.Person, id)
	return d, err
}

// resultsClick shows the results, or another page of them.
func (c *Commands) resultsClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, page := render.ParseEvaluationPage(a.Value)
	d, err := c.results(r, id)
	if err != nil {
		return err
	}
	return c.turn(ctx, r, a, render.Results(d, page, r.Lang))
}

// turn answers with a page: in the place of the one that was turned over, where
// only the person sees it, and otherwise beside what was clicked in.
func (c *Commands) turn(ctx context.Context, r *Request, a slack.BlockAction, m render.Message) error {
	if strings.Contains(a.ActionID, ":page") && r.alone() {
		return c.inPlace(ctx, r, m)
	}
	return c.answer(ctx, r, m)
}

// alone reports whether only the person sees the message that was clicked in:
// what is theirs alone may take its place.
func (r *Request) alone() bool { return r.ephemeral || strings.HasPrefix(r.Channel, "D") }

// resultClick shows the figures of one item.
func (c *Commands) resultClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, item := render.ParseEvaluationValue(a.Value)
	d, err := c.results(r, id)
	if err != nil {
		return err
	}
	one, ok := d.Result.Item(evaluation.ItemID(item))
	if !ok {
		return errStaleButton
	}
	return c.open(ctx, r, render.ResultItem(d, one, r.Lang))
}
