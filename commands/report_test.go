package commands_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

// colleague registers a second liaison of Kunshan.
func (h *house) colleague(t *testing.T, user string) {
	t.Helper()
	if _, err := h.journal.Update(t.Context(), "config", func(s record.State, now time.Time) ([]journal.Draft, error) {
		return people.Assign(s.People, people.Person{
			User: people.UserID(user), Name: lang.T("同事", "Colleague"), Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Kunshan},
		}, now)
	}); err != nil {
		t.Fatal(err)
	}
}

// onReport is a report form that was opened on a revision of a report.
func onReport(user, view string, id ledger.ReportID, base int, values map[string]string) slack.InteractionCallback {
	in := submission(user, view, values)
	in.View.PrivateMetadata = fmt.Sprintf(`{"l":"zh","r":%q,"b":%d}`, id, base)
	return in
}

func TestTwoPeopleEditOneReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.colleague(t, "UKU2")
	if got := h.Submit(t.Context(), submission("UKUN", "V1", good())); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	const id = ledger.ReportID("R-2026Q4-0001")
	theirs, mine := good(), good()
	theirs["place"], mine["place"] = "陆家", "周庄"
	if got := h.Submit(t.Context(), onReport("UKU2", "V2", id, 1, theirs)); got != nil {
		t.Fatalf("the colleague's form stays open: %+v", got)
	}
	entries := len(h.store.Entries())
	got := h.Submit(t.Context(), onReport("UKUN", "V3", id, 1, mine))
	if got == nil || got.View == nil {
		t.Fatalf("the later of two is not shown the difference: %+v", got)
	}
	raw, err := json.Marshal(got.View)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"同事", "陆家", "周庄", "再次提交"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the form does not show %q: %s", want, raw)
		}
	}
	if n := len(h.store.Entries()); n != entries {
		t.Errorf("what was turned down wrote %d entries", n-entries)
	}
	again := submission("UKUN", "V3", mine)
	again.View.PrivateMetadata = got.View.PrivateMetadata
	if got := h.Submit(t.Context(), again); got != nil {
		t.Fatalf("submitted again on the newer one: %+v", got)
	}
	if r, _ := h.journal.State().Ledger.Report(id); r.Revision != 3 || r.Place != "周庄" {
		t.Errorf("the report stands at revision %d in %s", r.Revision, r.Place)
	}
	if n := len(h.journal.State().Ledger.Revisions(id)); n != 3 {
		t.Errorf("%d revisions are kept, want 3", n)
	}
}

// TestAReviewedReportCannotBeReviewedAgain holds that a button of yesterday says
// what happened, and changes nothing.
func TestAReviewedReportCannotBeReviewedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if got := h.Submit(t.Context(), submission("UKUN", "V1", good())); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	click := func(trigger, action, value string) string {
		h.Action(t.Context(), slack.InteractionCallback{
			User: slack.User{ID: "USEC"}, TriggerID: trigger, ResponseURL: "url",
			ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: action, Value: value}}},
		})
		h.Wait()
		if len(h.slack.said) == 0 {
			return ""
		}
		return h.last(t).text
	}
	click("T1", "accept", "R-2026Q4-0001.1")
	if r, _ := h.journal.State().Ledger.Report("R-2026Q4-0001"); r.Status != ledger.Accepted {
		t.Fatalf("the report is %s", r.Status)
	}
	entries := len(h.store.Entries())
	if got := click("T2", "accept:1", "R-2026Q4-0001.1"); !strings.Contains(got, "现在是第1版（已采纳）") {
		t.Errorf("accepted a second time: %s", got)
	}
	if got := click("T3", "return", "R-2026Q4-0001.1"); !strings.Contains(got, "已采纳") || len(h.slack.modals) > 0 {
		t.Errorf("returned after it was accepted: %s, %d forms", got, len(h.slack.modals))
	}
	if got := click("T4", "return", "nonsense"); !strings.Contains(got, "失效") {
		t.Errorf("a forged button: %s", got)
	}
	if n := len(h.store.Entries()); n != entries {
		t.Errorf("what was turned down wrote %d entries", n-entries)
	}
}
