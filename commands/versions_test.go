package commands_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
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

// versionForm is a filled-in form of the versions as Slack sends it.
func versionForm(user, callback, about, day string, values map[string]string) slack.InteractionCallback {
	in := slack.InteractionCallback{User: slack.User{ID: user}}
	in.View.ID, in.View.CallbackID, in.View.PrivateMetadata = "V", callback, "zh:"+about
	state := map[string]map[string]slack.BlockAction{"effective": {"effective": {SelectedDate: day}}}
	for _, field := range []string{"target_value", "text_zh", "text_en", "summary_zh", "summary_en", "counts_zh", "counts_en", "item_is_zh", "item_is_en", "effective", "reason"} {
		in.View.Blocks.BlockSet = append(in.View.Blocks.BlockSet, &slack.InputBlock{Type: slack.MBTInput, BlockID: field})
		if field != "effective" {
			state[field] = map[string]slack.BlockAction{field: {Value: values[field]}}
		}
	}
	in.View.State = &slack.ViewState{Values: state}
	return in
}

// TestALeaderAdoptsATarget fills in the form wrong in every way, then right, and
// asks before and behind the first day.
func TestALeaderAdoptsATarget(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	target, ok := policy.Default().Target(policy.Platforms, 2030)
	if !ok {
		t.Fatal("there is no such target")
	}
	good := func(change ...string) map[string]string {
		v := map[string]string{
			"target_value": "15", "text_zh": "15家以上", "text_en": "15 or more", "summary_zh": "培育15家以上", "summary_en": "Foster 15 or more", "reason": "中期调整",
		}
		for i := 0; i < len(change); i += 2 {
			v[change[i]] = change[i+1]
		}
		return v
	}
	h.command(t.Context(), "ULEA", "C1", "版本")
	if got := h.last(t).text; !strings.Contains(got, "change-target") || !strings.Contains(got, "目标和指标口径没有改过") || !strings.Contains(got, "布局第 1 版") {
		t.Errorf("the versions: %s", got)
	}
	h.command(t.Context(), "UMEM", "C1", "versions")
	if got := h.last(t).text; strings.Contains(got, "change-target") {
		t.Errorf("a member is offered what is the leaders': %s", got)
	}
	h.press(t.Context(), "ULEA", "1.1", render.ActionChangeTarget, target.ID)
	if len(h.slack.modals) != 1 {
		t.Fatalf("%d forms", len(h.slack.modals))
	}
	if got := filled(t, h.slack.modals[0]); got["target_value"] != "10" || got["text_zh"] != target.Text.ZH {
		t.Errorf("the form is filled with %v", got)
	}
	for _, tc := range []struct {
		day, field, word, user string
		values                 map[string]string
	}{
		{"2026-11-23", "effective", "", "ULEA", good()},
		{"2027-01-01", "target_value", "数字", "ULEA", good("target_value", "很多")},
		{"2027-01-01", "target_value", "", "ULEA", good("target_value", "0")},
		{"2027-01-01", "target_value", "数值", "ULEA", good("target_value", "NaN")},
		{"2027-01-01", "target_value", "数值", "ULEA", good("target_value", "Inf")},
		{"2027-01-01", "target_value", "", "ULEA", good("text_en", "")},
		{"2027-01-01", "reason", "", "ULEA", good("reason", " ")},
		{"2027-01-01", "reason", "没有改动", "ULEA", good("target_value", "10", "text_zh", target.Text.ZH, "text_en", target.Text.EN, "summary_zh", target.Summary.ZH, "summary_en", target.Summary.EN)},
	} {
		got := h.Submit(t.Context(), versionForm(tc.user, render.TargetForm, target.ID, tc.day, tc.values))
		if got == nil || got.Errors[tc.field] == "" || !strings.Contains(got.Errors[tc.field], tc.word) {
			t.Errorf("%s %v: %+v, want a problem at %s", tc.day, tc.values, got, tc.field)
		}
	}
	if got := h.Submit(t.Context(), versionForm("USEC", render.TargetForm, target.ID, "2027-01-01", good())); got == nil {
		t.Error("the secretariat adopted a target")
	}
	if got := h.Submit(t.Context(), versionForm("ULEA", render.TargetForm, target.ID, "2027-01-01", good())); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	ask := func() string {
		t.Helper()
		h.command(t.Context(), "UMEM", "C1", "问 2030年创新平台的目标是多少？")
		return h.last(t).text
	}
	if got := ask(); !strings.Contains(got, target.Text.ZH) || strings.Contains(got, "15家以上") {
		t.Errorf("before the day: %s", got)
	}
	h.clock.Advance(60 * 24 * time.Hour)
	if got := ask(); !strings.Contains(got, "15家以上") || !strings.Contains(got, "秘书处公布的调整") {
		t.Errorf("behind the day: %s", got)
	}
	h.command(t.Context(), "UMEM", "C1", "版本")
	if got := h.last(t).text; !strings.Contains(got, "15家以上（2027年1月1日起）") {
		t.Errorf("the versions: %s", got)
	}
}

func TestALeaderAdoptsADefinition(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	i, _ := policy.Default().Indicator(policy.Scenarios)
	values := map[string]string{"counts_zh": "验收后", "counts_en": "when accepted", "item_is_zh": i.ItemIs.ZH, "item_is_en": i.ItemIs.EN, "reason": "统一口径"}
	h.press(t.Context(), "ULEA", "1.1", render.ActionChangeIndicator, string(i.ID))
	if got := filled(t, h.slack.modals[0]); got["counts_zh"] != i.CountsWhen.ZH {
		t.Errorf("the form is filled with %v", got)
	}
	if got := h.Submit(t.Context(), versionForm("ULEA", render.IndicatorForm, string(i.ID), "2027-01-01", values)); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	h.clock.Advance(60 * 24 * time.Hour)
	h.command(t.Context(), "UMEM", "C1", "progress scenarios")
	if got := h.last(t).text; !strings.Contains(got, "when accepted") {
		t.Errorf("behind the day: %s", got)
	}
}

// TestTheLayoutOfADay shows the layouts before, between and behind two versions.
func TestTheLayoutOfADay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.adoptLayout(t, "2027-01-01")
	for _, tc := range []struct{ text, want, never string }{
		{"版本 2020-01-01", "那时还没有布局", "布局第"},
		{"版本 2024-06-30", "布局第 1 版", "脑机接口"},
		{"versions 2027-06-30", "布局第 2 版", "元宇宙相关软硬件产品"},
		{"版本", "新增 脑机接口 · 苏州工业园区：脑机接口芯片", "现行 · 2026年度评估"},
		{"版本", "退出 元宇宙 · 昆山市", ""},
		{"版本 昨天的", "看不懂", ""},
	} {
		h.command(t.Context(), "UMEM", "C1", tc.text)
		got := h.last(t).text
		if !strings.Contains(got, tc.want) || tc.never != "" && strings.Contains(got, tc.never) {
			t.Errorf("%q says %s, want %q and not %q", tc.text, got, tc.want, tc.never)
		}
	}
}
