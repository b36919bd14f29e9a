package commands

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) versionsFeature() feature {
	return feature{
		commands: []Command{c.versionsCommand()},
		actions: map[string]action{
			render.ActionChangeTarget:    {people.DecideEvaluation, c.changeTargetClick},
			render.ActionChangeIndicator: {people.DecideEvaluation, c.changeIndicatorClick},
		},
		forms: map[string]form{
			render.TargetForm:    {people.DecideEvaluation, c.submitTarget},
			render.IndicatorForm: {people.DecideEvaluation, c.submitIndicator},
		},
	}
}

func (c *Commands) versionsCommand() Command {
	return Command{
		Name: "versions", Alias: "版本",
		Usage:   lang.T("[日期]", "[date]"),
		Summary: lang.T("看布局、目标和指标口径的各个版本，或某一天的布局；领导可以采用新的目标和口径。", "See the versions of the layout, targets and definitions, or the layout of a day; a leader can adopt new targets and definitions."),
		Example: lang.T("版本 2024-06-30", "versions 2024-06-30"),
		Needs:   people.Ask,
		run:     c.versions,
	}
}

// versions shows the history, or the layout of the day that the words name.
func (c *Commands) versions(ctx context.Context, r *Request) error {
	d := render.VersionsData{Policy: c.adopted(r.State), Now: r.Now, May: people.Can(r.Person, people.DecideEvaluation)}
	if r.Args != "" {
		day, ok := ledger.ParseDay(r.Args)
		if !ok {
			return lang.Problemf("unknown_word", "看不懂“%s”。写一个日期就看那天的布局，例如 `/future 版本 2024-06-30`；不写就看全部版本。",
				"I do not understand %q. Write a date to see the layout of that day, for example `/future versions 2024-06-30`; without one you see all versions.", short(r.Args))
		}
		return c.answer(ctx, r, render.LayoutOf(d, day.Start(), r.Lang))
	}
	return c.answer(ctx, r, render.Versions(d, r.Lang))
}

// changeTargetClick opens the form that adopts a next version of the target that
// was chosen.
func (c *Commands) changeTargetClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	t, ok := targetCalled(c.adopted(r.State), valueOf(a))
	if !ok {
		return errStaleButton
	}
	return c.open(ctx, r, render.TargetModal(t, r.Now, r.Lang))
}

func (c *Commands) changeIndicatorClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	i, ok := c.adopted(r.State).Indicator(policy.IndicatorID(valueOf(a)))
	if !ok {
		return errStaleButton
	}
	return c.open(ctx, r, render.IndicatorModal(i, r.Now, r.Lang))
}

func targetCalled(pol *policy.Policy, id string) (policy.Target, bool) {
	for _, t := range pol.Targets {
		if t.ID == id {
			return t, true
		}
	}
	return policy.Target{}, false
}

// submitTarget adopts a next version of a target.
func (c *Commands) submitTarget(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, ok := render.ParseVersionOf(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	var was, next policy.Target
	err := c.adoptChange(ctx, r, in, render.FieldTargetValue, func(pol *policy.Policy) (evaluation.PolicyChange, error) {
		if was, ok = targetCalled(pol, id); !ok {
			return evaluation.PolicyChange{}, errOldForm
		}
		next = was
		next.Text = lang.T(stated(in, render.FieldTextZH), stated(in, render.FieldTextEN))
		next.Summary = lang.T(stated(in, render.FieldSummaryZH), stated(in, render.FieldSummaryEN))
		for _, f := range []struct {
			name  string
			value *float64
			asked bool
		}{{render.FieldTargetValue, &next.Value, was.Op != policy.Qualitative}, {render.FieldTargetMax, &next.Max, was.Op == policy.Range}} {
			if !f.asked {
				continue
			}
			v, err := strconv.ParseFloat(strings.ReplaceAll(stated(in, f.name), ",", ""), 64)
			if err != nil {
				return evaluation.PolicyChange{}, lang.FieldProblems{f.name: lang.Problemf("not_a_number", "请写数字，例如 15。", "Write a number, such as 15.")}
			}
			*f.value = v
		}
		if next.Value == was.Value && next.Max == was.Max && next.Text == was.Text && next.Summary == was.Summary {
			return evaluation.PolicyChange{}, lang.FieldProblems{lastField(in.View): errNothingNew}
		}
		return evaluation.PolicyChange{Targets: []policy.Target{next}}, nil
	})
	if err == nil {
		c.tell(ctx, r, render.TargetNote(was, next, evaluation.Day(statedDay(in, render.FieldEffective)).Start(), l))
	}
	return nil, err
}

var errNothingNew = lang.Problemf("nothing_new", "没有改动。", "Nothing was changed.")

// submitIndicator adopts a next version of an indicator's definition.
func (c *Commands) submitIndicator(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, ok := render.ParseVersionOf(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	var next policy.Indicator
	err := c.adoptChange(ctx, r, in, render.FieldCountsZH, func(pol *policy.Policy) (evaluation.PolicyChange, error) {
		was, ok := pol.Indicator(policy.IndicatorID(id))
		if !ok {
			return evaluation.PolicyChange{}, errOldForm
		}
		next = was
		next.CountsWhen = lang.T(stated(in, render.FieldCountsZH), stated(in, render.FieldCountsEN))
		next.ItemIs = lang.T(stated(in, render.FieldItemIsZH), stated(in, render.FieldItemIsEN))
		if next.CountsWhen == was.CountsWhen && next.ItemIs == was.ItemIs {
			return evaluation.PolicyChange{}, lang.FieldProblems{lastField(in.View): errNothingNew}
		}
		return evaluation.PolicyChange{Indicators: []policy.Indicator{next}}, nil
	})
	if err == nil {
		c.tell(ctx, r, render.IndicatorNote(next, evaluation.Day(statedDay(in, render.FieldEffective)).Start(), l))
	}
	return nil, err
}

// adoptChange writes a change of the policy with the form's day and reason. What
// is wrong is shown at its field, and what is wrong with the change itself at
// the field named.
func (c *Commands) adoptChange(ctx context.Context, r *Request, in slack.InteractionCallback, field string, change func(*policy.Policy) (evaluation.PolicyChange, error)) error {
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		pol := c.adopted(s)
		ch, err := change(pol)
		if err != nil {
			return nil, err
		}
		ch.Effective, ch.Reason = evaluation.Day(statedDay(in, render.FieldEffective)), stated(in, evaluation.FieldReason)
		return evaluation.AdoptChange(s.Evaluation, pol, personOf(s.People, r.User), ch, now)
	})
	p, ok := errors.AsType[*lang.Problem](err)
	if !ok {
		return err
	}
	switch {
	case p.Code == "effective_past":
		field = render.FieldEffective
	case p.Code == "reason_missing":
		field = evaluation.FieldReason
	case !strings.HasPrefix(p.Code, "target-") && !strings.HasPrefix(p.Code, "indicator-"):
		return err
	}
	return lang.FieldProblems{field: p}
}
