package commands_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/record"
)

type object = map[string]any

// adoptLayout writes a second version of the layout into the journal as a
// decided evaluation does: a ninth domain for the industrial park, and Kunshan
// no longer in the metaverse.
func (h *house) adoptLayout(t *testing.T, effective string) {
	t.Helper()
	both := func(zh, en string) lang.Text { return lang.T(zh, en) }
	var focus []object
	for _, f := range policy.Default().Layouts[0].Focus {
		if f.Domain != policy.Metaverse || f.District != policy.Kunshan {
			focus = append(focus, object{"domain": f.Domain, "district": f.District, "text": f.Text})
		}
	}
	focus = append(focus, object{"domain": "brain-computer", "district": policy.SIP, "text": both("脑机接口芯片", "interface chips")})
	_, err := h.journal.Update(t.Context(), "ULEA", func(record.State, time.Time) ([]journal.Draft, error) {
		return []journal.Draft{{Kind: "evaluation.policy.adopted", Version: 1, Data: object{
			"adopted": object{
				"source": "2026", "effective": effective, "layout": object{"version": 2, "focus": focus},
				"domains": []object{{"id": "brain-computer", "name": both("脑机接口", "Brain-computer interfaces"), "short": both("脑机", "BCI"), "summary": both("脑与机器之间的接口", "Between brains and machines")}},
			}, "reason": "test", "by": "ULEA",
		}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEverythingFollowsTheLayoutInForce shows one state with an adopted layout
// before its effective day and behind it.
func TestEverythingFollowsTheLayoutInForce(t *testing.T) {
	t.Parallel()
	for _, inForce := range []bool{false, true} {
		h := newHouse(t)
		day := map[bool]string{false: "2027-01-01", true: "2026-11-01"}[inForce]
		h.adoptLayout(t, day)
		for _, tc := range []struct {
			user, text string
			now, never []string // What it tells by the new layout, and what it tells by neither.
		}{
			{user: "UMEM", text: "进展", now: []string{"脑机"}},
			{user: "UMEM", text: "progress brain-computer", now: []string{"interface chips"}},
			{user: "USEC", text: "简报", now: []string{"脑机"}},
			{user: "UMEM", text: "领域 脑机接口", now: []string{"脑与机器之间的接口", "苏州工业园区"}},
			{user: "UMEM", text: "问 脑机接口由谁牵头？", now: []string{"苏州工业园区"}},
			{user: "UMEM", text: "问 2024年谁负责元宇宙？", now: []string{"第1版布局"}, never: []string{"第2版布局"}},
			{user: "UMEM", text: "板块 园区", now: []string{"脑机接口芯片", "2026年度评估"}},
		} {
			h.command(t.Context(), tc.user, "C1", tc.text)
			m := h.last(t).text
			h.slack.mu.Lock()
			for _, f := range h.slack.files {
				m += f.Alt
			}
			h.slack.mu.Unlock()
			for _, w := range tc.now {
				if strings.Contains(m, w) != inForce {
					t.Errorf("in force %t: %q in %q is %t", inForce, w, tc.text, !inForce)
				}
			}
			for _, w := range tc.never {
				if strings.Contains(m, w) {
					t.Errorf("in force %t: %q says %q", inForce, tc.text, w)
				}
			}
			h.slack.files = nil
		}
		h.command(t.Context(), "UEN", "C1", "report")
		h.Home(t.Context(), "UEN")
		h.Home(t.Context(), "UKUN")
		form, err := json.Marshal(h.slack.modals[len(h.slack.modals)-1])
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(form), "brain-computer") != inForce {
			t.Errorf("in force %t: the form offers the ninth domain: %t", inForce, !inForce)
		}
		for i, of := range []struct {
			word string
			want bool
		}{{"interface chips", inForce}, {"元宇宙", !inForce}} {
			home, err := json.Marshal(h.slack.homes[i].Blocks)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(home), of.word) != of.want {
				t.Errorf("in force %t: Home %d has %q: %t", inForce, i, of.word, !of.want)
			}
		}
		values := good()
		values["district"], values["domain"], values["name"] = "kunshan", "metaverse", "某基地"
		if got := h.Submit(t.Context(), submission("UKUN", "V9", values)); got != nil {
			t.Fatalf("in force %t: the form stays open: %+v", inForce, got)
		}
		reports := h.journal.State().Ledger.Reports(ledger.Filter{District: policy.Kunshan})
		if len(reports) != 1 || reports[0].OutsideLayout != inForce {
			t.Errorf("in force %t: the report of the withdrawn pair is %+v", inForce, reports)
		}
	}
}
