package ledger

import (
	"testing"
	"time"

	"wainao/policy"
)

// Nothing accepts a report yet, so these tests set the status themselves.
func TestOnlyTheAcceptedCounts(t *testing.T) {
	t.Parallel()
	var s State
	for id, status := range map[ReportID]Status{"R-2026Q4-0001": Accepted, "R-2026Q4-0002": Submitted, "R-2026Q4-0003": "unheard-of"} {
		s.reports = s.reports.Set(id, Report{
			ID: id, Name: string(id), Status: status, Period: "2026Q4",
			District: policy.Kunshan, Domain: policy.Aerospace, Indicator: policy.Scenarios,
		})
	}
	for _, p := range Progress(s, policy.Default(), time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)) {
		if p.Indicator.ID != policy.Scenarios {
			continue
		}
		if want := (Tally{Accepted: 1, Pending: 1}); p.City != want {
			t.Errorf("%+v, want %+v", p.City, want)
		}
		if share, ok := p.Share(); !ok || share != 1/p.Target.Value {
			t.Errorf("share %v, %t", share, ok)
		}
	}
	if got := cell(policy.Aerospace, policy.Kunshan, Tally{Accepted: 2}, policy.Layout{}).State; got != CellAccepted {
		t.Errorf("a cell with accepted reports alone is %s", got)
	}
	if Accepted.Label() == Submitted.Label() || !Status("x").Label().Complete() {
		t.Error("a status has no words of its own")
	}
}
