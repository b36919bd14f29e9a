package commands

import (
	"context"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

func (c *Commands) progressFeature() feature {
	return feature{
		commands: []Command{c.progressCommand()},
		actions:  map[string]action{render.ActionProgress: {people.ReadProgress, c.progressClick}},
	}
}

func (c *Commands) progressCommand() Command {
	return Command{
		Name: "progress", Alias: "进展",
		Usage:   lang.T("[领域|板块|指标]", "[domain|district|indicator]"),
		Summary: lang.T("看目标、领域、板块、指标的进展。", "Show how targets, a domain, a district or an indicator stand."),
		Example: lang.T("进展 昆山", "progress Kunshan"),
		Needs:   people.ReadProgress,
		run:     c.progress,
	}
}

// progress shows everything, or what the words name.
func (c *Commands) progress(ctx context.Context, r *Request) error {
	m, err := c.progressOf(r)
	if err != nil {
		return err
	}
	return c.answer(ctx, r, m)
}

func (c *Commands) progressOf(r *Request) (render.Message, error) {
	var (
		state  = r.State.Ledger
		period = calendar.PeriodOf(r.Now)
		layout = c.Policy.LayoutAt(r.Now)
		matrix = ledger.Matrix(state, c.Policy, ledger.DefaultSettings(), period, r.Now)
	)
	if r.Args == "" {
		return render.Targets(ledger.Progress(state, c.Policy, ledger.DefaultSettings(), r.Now), matrix, period, c.Policy, r.Lang), nil
	}
	if d, ok := c.Policy.FindDistrict(r.Args); ok {
		return render.Reports(
			lang.Tf("%s · %s", "%s · %s", d.Name, period.Label()).In(r.Lang),
			render.PairLines(ofDistrict(matrix, d.ID), layout, c.Policy, true, r.Lang),
			state.Reports(ledger.Filter{District: d.ID}), c.Policy, r.Lang), nil
	}
	if d, ok := c.Policy.FindDomain(r.Args); ok {
		return render.Reports(
			lang.Tf("%s · %s", "%s · %s", d.Name, period.Label()).In(r.Lang),
			render.PairLines(matrix[d.Number-1], layout, c.Policy, false, r.Lang),
			state.Reports(ledger.Filter{Domain: d.ID}), c.Policy, r.Lang), nil
	}
	if i, ok := c.Policy.FindIndicator(r.Args); ok {
		return render.Reports(
			i.Name.In(r.Lang),
			render.IndicatorLines(i, ledger.Progress(state, c.Policy, ledger.DefaultSettings(), r.Now), r.Lang),
			state.Reports(ledger.Filter{Indicator: i.ID}), c.Policy, r.Lang), nil
	}
	return render.Message{}, lang.Problemf("unknown_subject",
		"“%s”不是领域、板块或指标。例如：`/future 进展 氢能`、`/future 进展 昆山`、`/future 进展 核心产品`。",
		"%q is no domain, district or indicator. For example: `/future progress hydrogen`, `/future progress Kunshan`, `/future progress core products`.", short(r.Args))
}

// progressClick shows what the button names.
func (c *Commands) progressClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	r.Args = a.Value
	return c.progress(ctx, r)
}

// ofDistrict takes a district's column out of the matrix.
func ofDistrict(matrix [][]ledger.Cell, id policy.DistrictID) []ledger.Cell {
	var out []ledger.Cell
	for _, row := range matrix {
		for _, cell := range row {
			if cell.District == id {
				out = append(out, cell)
			}
		}
	}
	return out
}
