package commands

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/paper"
	"wainao/people"
	"wainao/proceedings"
	"wainao/render"
	"wainao/sheet"
	"wainao/tables"
)

func (c *Commands) evaluationReportFeature() feature {
	return feature{actions: map[string]action{render.ActionEvaluationReport: {people.ReadEvaluation, c.evaluationReportClick}}}
}

// evaluationReportClick sends the person the report of the cycle that the button
// names in a direct message: as a document, "pdf", or as tables, "xlsx".
func (c *Commands) evaluationReportClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, format := render.ParseEvaluationValue(valueOf(a))
	cycle, ok := r.State.Evaluation.Cycle(id)
	if !ok {
		return errStaleButton
	}
	result, err := reportable(r, cycle)
	if err != nil {
		return err
	}
	var file File
	switch format {
	case "pdf":
		file, err = c.reportDocument(r, cycle, result)
	case "xlsx":
		file, err = c.reportTables(r, cycle)
	default:
		return errStaleButton
	}
	if err != nil {
		return err
	}
	words := lang.Tf("%s的报告。只有全体数字，没有任何个人的打分和投票。", "The report of the %s: figures over all members, nobody's scores or votes.", cycle.ID.Label())
	if err := c.Files.Share(ctx, string(r.User), "", words.In(r.Lang), file); err != nil {
		return fmt.Errorf("share the report of %s: %w", cycle.ID, err)
	}
	return c.answer(ctx, r, render.Note(lang.T("报告已用私信发给你。", "The report is in your direct messages."), r.Lang))
}

// reportable returns the results of a cycle that may be reported on: from when
// they may be read, and of one that ended before that, nil.
func reportable(r *Request, cycle evaluation.Cycle) (*evaluation.Result, error) {
	result, err := r.State.Evaluation.Results(r.Person, cycle.ID)
	if err == nil {
		return &result, nil
	}
	if p, ok := errors.AsType[*lang.Problem](err); ok && p.Code == "round_open" && cycle.Phase.Over() {
		return nil, nil //nolint:nilnil // No result is what such a cycle has.
	}
	return nil, err
}

func (c *Commands) reportDocument(r *Request, cycle evaluation.Cycle, result *evaluation.Result) (File, error) {
	pol := c.adopted(r.State)
	d := proceedings.Data{Cycle: cycle, Result: result, Policy: pol}
	if result != nil {
		for _, p := range render.EvaluationPictures(cycle, *result, pol, r.Lang) {
			content, err := p.PNG()
			if err != nil {
				return File{}, fmt.Errorf("paint %s: %w", p.Name, err)
			}
			d.Pictures = append(d.Pictures, paper.Picture{PNG: content, Width: p.Width, Height: p.Height})
		}
	}
	var b bytes.Buffer
	if err := paper.Write(&b, proceedings.Report(d, r.Lang)); err != nil {
		return File{}, fmt.Errorf("write the report of %s: %w", cycle.ID, err)
	}
	return reportFile(cycle, "pdf", r.Lang, b.Bytes()), nil
}

func (c *Commands) reportTables(r *Request, cycle evaluation.Cycle) (File, error) {
	all := tables.Evaluation(tables.Source{
		State: r.State, Policy: c.adopted(r.State), Settings: c.Settings, At: cycle.AsOf(), People: people.Can(r.Person, people.RunEvaluation),
	}, r.Person, cycle.ID)
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, all, sheet.Options{Lang: r.Lang, Made: cycle.AsOf()}); err != nil {
		return File{}, fmt.Errorf("write the tables of %s: %w", cycle.ID, err)
	}
	return reportFile(cycle, "xlsx", r.Lang, b.Bytes()), nil
}

func reportFile(cycle evaluation.Cycle, ending string, l lang.Lang, content []byte) File {
	return File{Name: fmt.Sprintf("wainao-evaluation-%s.%s", cycle.ID, ending), Title: lang.Tf("%s报告", "Report of the %s", cycle.ID.Label()).In(l), Content: content}
}
