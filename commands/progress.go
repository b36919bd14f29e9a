package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

func (c *Commands) progressFeature() feature {
	list := c.progressCommand()
	return feature{
		commands: []Command{list},
		actions: map[string]action{
			render.ActionProgress: {list.Needs, c.progressClick},
			render.ActionCell:     {list.Needs, c.cellClick},
		},
	}
}

func (c *Commands) progressCommand() Command {
	return Command{
		Name: "progress", Alias: "进展",
		Usage:   lang.T("[领域|板块|指标] [报告期]", "[domain|district|indicator] [period]"),
		Summary: lang.T("看目标、领域、板块、指标的进展，和每一格的上报、人员、佐证。", "Show how targets, a domain, a district or an indicator stand, and behind each cell its reports, people and evidence."),
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
	var s ledger.Submission // What the words name, as in a report's short form.
	words := strings.Fields(r.Args)
	for len(words) > 0 {
		n := parseName(r.Policy, words, &s)
		if n == 0 {
			return render.Message{}, lang.Problemf("unknown_subject",
				"“%s”不是领域、板块、指标或报告期。例如：`/future 进展 氢能`、`/future 进展 昆山`、`/future 进展 核心产品`、`/future 进展 2026Q3`。",
				"%q is no domain, district, indicator or period. For example: `/future progress hydrogen`, `/future progress Kunshan`, `/future progress core products`, `/future progress 2026Q3`.", short(strings.Join(words, " ")))
		}
		words = words[n:]
	}
	period := calendar.PeriodOf(r.Now)
	if p := calendar.Period(s.Period); p != "" {
		if p > period {
			return render.Message{}, lang.Problemf("period_ahead", "%s还没有开始。", "%s has not begun.", p.Label())
		}
		period = p
	}
	state, all := r.State.Ledger, c.progressData(r, period)
	subject := render.SubjectData{ProgressData: all, Layout: r.Policy.LayoutAt(r.Now), People: r.State.People}
	if end := period.End().Add(-1); end.Before(r.Now) {
		subject.Layout = r.Policy.LayoutAt(end)
	}
	district, domain := policy.DistrictID(s.District), policy.DomainID(s.Domain)
	switch {
	case district != "" && domain != "":
		return c.cell(r, domain, district, period), nil
	case district != "":
		subject.Reports = standing(state.Reports(ledger.Filter{District: district, Period: period}))
		d, _ := r.Policy.District(district)
		return render.DistrictProgress(subject, d, r.Lang), nil
	case domain != "":
		subject.Reports = standing(state.Reports(ledger.Filter{Domain: domain, Period: period}))
		d, _ := r.Policy.Domain(domain)
		return render.DomainProgress(subject, d, r.Lang), nil
	case s.Indicator != "":
		i, _ := r.Policy.Indicator(policy.IndicatorID(s.Indicator))
		subject.Reports = standing(state.Reports(ledger.Filter{Indicator: i.ID, Period: period}))
		var f render.Figures
		if i.Takes == policy.TakesValue {
			f.Official = ledger.Series(state, ledger.City, ledger.Whole, ledger.Yearly)
			f.Pending = ledger.PendingSeries(state, ledger.City, ledger.Whole, ledger.Yearly)
		}
		return render.IndicatorProgress(subject, i, f, r.Lang), nil
	case s.Period != "":
		return render.PeriodProgress(all, r.Lang), nil
	}
	return render.Progress(all, r.Lang), nil
}

// progressData gathers how everything stands.
func (c *Commands) progressData(r *Request, period calendar.Period) render.ProgressData {
	d := render.ProgressData{
		Policy: r.Policy, Period: period, Now: r.Now,
		Targets: ledger.Progress(r.State.Ledger, r.Policy, c.Settings, r.Now),
		Matrix:  ledger.Matrix(r.State.Ledger, r.Policy, c.Settings, period, r.Now),
	}
	if people.Can(r.Person, people.ManageRegister) {
		d.Suspects = len(r.State.Ledger.Duplicates())
	}
	return d
}

// standing leaves out what was taken back.
func standing(reports []ledger.Report) []ledger.Report {
	return slices.DeleteFunc(reports, func(r ledger.Report) bool { return r.Status == ledger.Withdrawn && r.Accepted == 0 })
}

// progressClick shows what the button or the choice names.
func (c *Commands) progressClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	r.Args = valueOf(a)
	return c.progress(ctx, r)
}

// cellClick shows what stands behind the cell that was chosen.
func (c *Commands) cellClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	domain, district, period, ok := render.ParseCellValue(valueOf(a))
	_, known := r.Policy.Domain(domain)
	_, knownToo := r.Policy.District(district)
	if !ok || !known || !knownToo {
		return lang.Problemf("no_cell", "这一格已经不在了，请重新打开 `/future 进展`。", "This cell is not there any more; please open `/future progress` again.")
	}
	return c.answer(ctx, r, c.cell(r, domain, district, period))
}

// cell makes the message of what stands behind a cell.
func (c *Commands) cell(r *Request, domain policy.DomainID, district policy.DistrictID, period calendar.Period) render.Message {
	d, _ := r.Policy.District(district)
	details := ledger.DetailsAt(r.State.Ledger, r.Policy, c.Settings, domain, district, period, r.Now)
	details.Reports = standing(details.Reports)
	return render.Cell(render.CellData{
		Policy: r.Policy, Details: details, Period: period, People: r.State.People, Now: r.Now, MayReport: people.MayReport(r.Person, d) == nil,
	}, r.Lang)
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
