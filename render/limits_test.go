package render_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// typed is what a person may type, made of what is dangerous in mrkdwn.
func typed(n int) *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune("氢能a <>&|*`_~:!@#\n；，")), 1, n, -1)
}

func anyReport(t *rapid.T, i int) ledger.Report {
	pol := policy.Default()
	r := ledger.Report{
		ID: ledger.ReportID("R-2026Q4-0001"), Revision: rapid.IntRange(1, 99).Draw(t, "revision"), Period: "2026Q4",
		District:  rapid.SampledFrom(policy.DistrictIDs()).Draw(t, "district"),
		Domain:    rapid.SampledFrom(policy.DomainIDs()).Draw(t, "domain"),
		Indicator: rapid.SampledFrom(pol.Indicators).Draw(t, "indicator").ID,
		Name:      strings.ReplaceAll(typed(ledger.MaxName).Draw(t, "name"), "\n", " "),
		Words:     ledger.Words{Progress: typed(ledger.MaxText).Draw(t, "text")}, By: "U1", At: now.Add(-time.Duration(i) * time.Minute), Status: ledger.Submitted,
		OutsideLayout: rapid.Bool().Draw(t, "outside"),
	}
	if rapid.Bool().Draw(t, "long link") {
		r.Evidence = "https://example.com/?" + strings.Repeat("&a", rapid.IntRange(0, 980).Draw(t, "pairs"))
	}
	return r
}

// TestAnyReportFits holds that whatever is reported, its messages are such
// that Slack takes them, and that it cannot act in them.
func TestAnyReportFits(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	rapid.Check(t, func(t *rapid.T) {
		r := anyReport(t, 0)
		by := people.Person{User: "U1", Name: lang.T(typed(80).Draw(t, "zh"), "Name")}
		for _, l := range lang.Both() {
			for name, m := range map[string]render.Message{"receipt": render.Receipt(r, pol, l), "card": render.ReviewCard(longestCard(r, by), pol, l)} {
				if err := limits(m.Blocks); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	})
}

// longestCard compares a report with one that differs in every field, below
// notes and warnings.
func longestCard(r ledger.Report, by people.Person) render.CardData {
	before := ledger.Report{ID: r.ID, Period: r.Period, Words: ledger.Words{Progress: strings.Repeat("<旧&", ledger.MaxText/3)}}
	r.Reason, r.Note = r.Words.Progress, r.Words.Progress
	for range 6 {
		r.Warnings = append(r.Warnings, ledger.Warning{Words: lang.T("累计数比上期还小。", "The year to date is less than before.")})
	}
	return render.CardData{
		Report: r, By: by, Latest: r, Before: &before, Changes: ledger.Diff(policy.Default(), before, r),
		Notes: []ledger.Note{{Kind: ledger.NoteQuestion, Words: r.Words.Progress, At: now}, {Kind: ledger.NoteReply, Words: r.Words.Progress, At: now}},
	}
}

// TestHundredReportsFit holds the same for lists at their longest.
func TestHundredReportsFit(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	rapid.Check(t, func(t *rapid.T) {
		one := anyReport(t, 0)
		one.Name = strings.Repeat("<氢&", ledger.MaxName/3)
		reports := make([]ledger.Report, 100)
		for i := range reports {
			reports[i] = one
		}
		for _, l := range lang.Both() {
			for name, m := range map[string]render.Message{
				"domain": render.DomainProgress(render.SubjectData{
					ProgressData: render.ProgressData{Policy: pol, Period: "2026Q4", Now: now, Matrix: ledger.Matrix(ledger.State{}, pol, ledger.DefaultSettings(), "2026Q4", now)},
					Reports:      reports,
				}, pol.Domains[3], l),
				"cell":       render.Cell(longCell(one, reports), l),
				"items":      render.Items(render.ItemsData{Policy: pol, Items: longCell(one, reports).Details.Items, Now: now}, l),
				"duplicates": render.Duplicates(longSuspects(one), &ledger.Settled{A: longSuspects(one)[0].A, B: longSuspects(one)[0].B}, pol, l),
				"pair":       render.Pair(ledger.Settled{A: longSuspects(one)[0].A, B: longSuspects(one)[0].B}, pol, l),
				"digest":     render.Digest(longDigest(one, reports), pol, l, render.DigestOptions{Send: true, Late: true}),
				"details":    render.DigestDetails(longDigest(one, reports), pol, l),
				"note":       render.LiaisonNote([]ledger.DistrictNote{longNote(one, reports)}, pol, l),
				"queue":      render.QueueNote(render.QueueNoteData{QueueNote: ledger.QueueNote{Waiting: 100, Oldest: one}, Questions: 3, Now: now}, pol, l),
				"problem":    render.Problem(lang.T(strings.Repeat("<&", 5000), strings.Repeat("<&", 5000)), l),
			} {
				if err := limits(m.Blocks); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	})
}
