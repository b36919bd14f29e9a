package render_test

import (
	"fmt"
	"testing"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// sheetRow is a row of a sheet that reports an item.
func sheetRow(row int, name string, isNew bool, changes ...ledger.Change) render.BatchLine {
	return render.BatchLine{Row: row, New: isNew, Changes: changes, Report: ledger.Report{
		ID: ledger.ReportID(fmt.Sprintf("R-2026Q4-%04d", row)), Revision: 1, District: policy.Kunshan, Domain: policy.Aerospace, Period: "2026Q4",
		Indicator: policy.Scenarios, Answer: ledger.Changed, Name: name,
	}}
}

func TestBatch(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	stage := ledger.Change{Label: lang.T("阶段", "Stage"), Before: lang.T("已对接", "matched"), After: lang.T("已建成", "built")}
	link := ledger.Change{Label: lang.T("佐证链接", "Evidence"), After: lang.T("https://example.com/a|b", "https://example.com/a|b")}
	good := render.Batch{
		District: policy.Kunshan, Period: "2026Q4", File: "昆山 *四季度* <终稿>.xlsx", New: 1, Changed: 1, Unchanged: 2, Same: 1, Left: 3,
		Lines:   []render.BatchLine{sheetRow(3, "低空<物流>航线", true), sheetRow(4, "数字人直播基地", false, stage, link, stage, stage)},
		Ignored: []string{"说明", "Sheet2 <x>"},
	}
	long := good
	long.Lines = nil
	for i := range 15 {
		long.Lines = append(long.Lines, sheetRow(3+i, fmt.Sprintf("第%d号场景", i+1), true))
	}
	long.New, long.Changed, long.Ignored = 15, 0, nil
	wrong := good
	wrong.Wrong, wrong.Problems = 2, []render.BatchProblem{
		{Sheet: "上报", Cell: "F4", Words: lang.T("“=A1”是公式，请填数值。", "“=A1” is a formula; give the value.")},
		{Sheet: "上报", Words: lang.T("少了“阶段”这一列。", "The column “Stage” is missing.")},
	}
	more := wrong
	more.More = 30
	var reports []ledger.Report
	for _, line := range long.Lines {
		reports = append(reports, line.Report)
	}
	reports[1].Revision, reports[2].Answer, reports[2].Indicator, reports[2].Name = 2, ledger.Unchanged, "", ""
	by := people.Person{User: "U1", Name: lang.T("周<敏>", "Zhou <Min>")}
	for _, l := range lang.Both() {
		message(t, "batch-preview", l, render.BatchPreview(good, "B1", pol, l))
		message(t, "batch-preview-long", l, render.BatchPreview(long, "B1", pol, l))
		message(t, "batch-wrong", l, render.BatchProblems(wrong, l))
		message(t, "batch-wrong-more", l, render.BatchProblems(more, l))
		message(t, "batch-taken", l, render.BatchTaken(good, pol, l))
		message(t, "batch-card", l, render.BatchCard(reports, by, pol, l))
	}
}
