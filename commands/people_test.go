package commands_test

import (
	"context"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// formOf returns the last form that was opened, as text.
func (h *house) formOf(t *testing.T) string {
	t.Helper()
	if len(h.slack.modals) == 0 {
		t.Fatalf("no form was opened; said %+v", h.slack.said)
	}
	raw, err := json.Marshal(h.slack.modals[len(h.slack.modals)-1])
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// sent is a filled-in form about somebody as Slack sends it.
func sent(by, form string, user people.UserID, fields map[string]slack.BlockAction) slack.InteractionCallback {
	in := slack.InteractionCallback{User: slack.User{ID: by}}
	in.View.ID, in.View.CallbackID, in.View.PrivateMetadata = "V", form, render.AboutPerson("zh", user)
	in.View.State = &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}
	for name, a := range fields {
		in.View.State.Values[name] = map[string]slack.BlockAction{name: a}
		in.View.Blocks.BlockSet = append(in.View.Blocks.BlockSet, &slack.InputBlock{Type: slack.MBTInput, BlockID: name})
	}
	return in
}

func options(values ...string) (a slack.BlockAction) {
	for _, v := range values {
		a.SelectedOptions = append(a.SelectedOptions, slack.OptionBlockObject{Value: v})
	}
	return a
}

func about(roles []string, districts []string, zh, en string) map[string]slack.BlockAction {
	return map[string]slack.BlockAction{
		"roles": options(roles...), "districts": options(districts...), "name_zh": {Value: zh}, "name_en": {Value: en},
	}
}

func (h *house) person(user people.UserID) people.Person {
	p, _ := h.journal.State().People.Person(user)
	return p
}

// planned lists to whom the job's messages are to go.
func (h *house) planned(job delivery.JobName) (to []string, built []string) {
	for _, d := range h.journal.State().Delivery.Open() {
		if d.Job != job {
			continue
		}
		m, err := h.Build(context.Background(), d)
		to = append(to, string(d.To))
		if err != nil {
			built = append(built, err.Error())
			continue
		}
		raw, _ := json.Marshal(m.Blocks)
		built = append(built, m.Text+string(raw))
	}
	return to, built
}

func TestPeopleIsShown(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		user, text string
		want       []string
	}{
		{"USEC", "人员", []string{"人员：8 人", "苏州工业园区", "没有登记", "users_select"}},
		{"UADM", "people Kunshan", []string{"People of Kunshan", `"value":"UKUN"`, `"value":"UDEP"`, `"value":"ULED"`}},
		{"UADM", "people sip", []string{"Ann"}},
		{"USEC", "人员 安", []string{"姓名含“安”的人", "联络员 · 苏州工业园区"}},
		{"USEC", "people Ann", []string{"安", "Ann"}[1:]},
		{"USEC", "人员 <!channel>", []string{"没有登记的人"}},
	} {
		h := newHouse(t)
		h.command(t.Context(), tc.user, "C1", tc.text)
		got := h.last(t).text
		for _, w := range tc.want {
			if !strings.Contains(got, w) {
				t.Errorf("%q: %q is not in %s", tc.text, w, got)
			}
		}
		if text, _, _ := strings.Cut(got, "\n"); strings.Contains(text, "<!channel>") {
			t.Errorf("%q acts: %s", tc.text, got)
		}
	}
}

func TestRegisterInChat(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, by  string
		user      people.UserID
		fields    map[string]slack.BlockAction
		wantRoles []people.Role
		problem   string // At its field, or in the notice.
	}{
		{name: "a new deputy", by: "USEC", user: "UNEW", fields: about([]string{"deputy"}, []string{"taicang"}, "新", "New"), wantRoles: []people.Role{people.Deputy}},
		{name: "a lead becomes liaison too", by: "USEC", user: "ULED", fields: about([]string{"liaison", "lead"}, []string{"kunshan"}, "", ""), wantRoles: []people.Role{people.Liaison, people.Lead}},
		{name: "the administrator keeps the role that the form did not offer", by: "USEC", user: "UADM", fields: about([]string{"member"}, nil, "", ""), wantRoles: []people.Role{people.Member, people.Admin}},
		{name: "a secretariat person more", by: "UADM", user: "UNEW", fields: about([]string{"secretariat"}, nil, "", ""), wantRoles: []people.Role{people.Secretariat}},
		{name: "a forged role", by: "USEC", user: "UNEW", fields: about([]string{"admin"}, nil, "", ""), problem: "由管理员授予"},
		{name: "no role", by: "USEC", user: "UMEM", fields: about(nil, nil, "", ""), wantRoles: []people.Role{people.Member}, problem: "至少勾选一个角色"},
		{name: "no district", by: "USEC", user: "UNEW", fields: about([]string{"deputy"}, nil, "", ""), problem: "至少要负责一个板块"},
		{name: "the last administrator", by: "UADM", user: "UADM", fields: about([]string{"member"}, nil, "", ""), wantRoles: []people.Role{people.Admin}, problem: "没有管理员了"},
		{name: "by a member", by: "UMEM", user: "UMEM", fields: about([]string{"admin"}, nil, "", ""), wantRoles: []people.Role{people.Member}, problem: "不能管理人员"},
		{name: "removed", by: "USEC", user: "UMEM", fields: map[string]slack.BlockAction{"roles": options("member"), "remove": options("remove")}},
		{name: "an administrator removed by the secretariat", by: "USEC", user: "UADM", fields: map[string]slack.BlockAction{"remove": options("remove")}, wantRoles: []people.Role{people.Admin}, problem: "由管理员授予"},
		{name: "a name too long", by: "USEC", user: "UNEW", fields: about([]string{"member"}, nil, strings.Repeat("长", 101), ""), problem: "最多 100 个字"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			got := h.Submit(t.Context(), sent(tc.by, render.PersonForm, tc.user, tc.fields))
			raw, err := json.Marshal(got)
			if err != nil || (got == nil) != (tc.problem == "") || !strings.Contains(string(raw), tc.problem) {
				t.Errorf("answered with %s (%v), want %q", raw, err, tc.problem)
			}
			if diff := cmp.Diff(tc.wantRoles, h.person(tc.user).Roles); diff != "" {
				t.Errorf("roles (-want +got):\n%s", diff)
			}
			h.Wait()
			if tc.problem == "" {
				if s := h.last(t); s.channel != tc.by || !strings.Contains(s.text, "已登记") && !strings.Contains(s.text, "已移除") {
					t.Errorf("not confirmed: %+v", s)
				}
			}
			if again := h.Submit(t.Context(), sent(tc.by, render.PersonForm, tc.user, tc.fields)); tc.problem == "" && tc.name != "removed" && again != nil {
				t.Errorf("the same again: %+v", again)
			}
		})
	}
}

func TestWhomTheFormIsAbout(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	choose := func(user string) {
		in := click("USEC", render.ActionPerson, "", true)
		in.ActionCallback.BlockActions[0].SelectedUser = user
		h.Action(t.Context(), in)
	}
	choose("UKUN")
	if got := h.formOf(t); !strings.Contains(got, "UKUN") || !strings.Contains(got, `"initial_options":[{"text":{"type":"plain_text","text":"板块联络员"`) || strings.Contains(got, `"value":"admin"`) {
		t.Errorf("the form of a liaison for the secretariat: %s", got)
	}
	choose("USTR") // Another choice at once is no double click.
	if got := h.formOf(t); len(h.slack.modals) != 2 || !strings.Contains(got, "USTR") || strings.Contains(got, "initial_options") {
		t.Errorf("the form of a stranger: %s", got)
	}
	h.Action(t.Context(), click("UADM", render.ActionPerson+":0", "USEC", true))
	if got := h.formOf(t); !strings.Contains(got, `"value":"admin"`) {
		t.Errorf("the form of the administrator: %s", got)
	}
	h.Action(t.Context(), click("UMEM", render.ActionPerson, "UMEM", true))
	if got := h.last(t).text; len(h.slack.modals) != 3 || !strings.Contains(got, "不能管理人员") {
		t.Errorf("a member's click: %s", got)
	}
}

func days(from, to, standIn string, more map[string]slack.BlockAction) map[string]slack.BlockAction {
	fields := map[string]slack.BlockAction{"from": {SelectedDate: from}, "to": {SelectedDate: to}, "stand_in": {SelectedUser: standIn}}
	maps.Copy(fields, more)
	return fields
}

func TestAbsenceInChat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.command(t.Context(), "UKUN", "C1", "外出")
	if got := h.formOf(t); strings.Contains(got, `"谁外出"`) || strings.Contains(got, "不外出了") || !strings.Contains(got, "2026-11-23") {
		t.Errorf("the form of a liaison: %s", got)
	}
	submit := func(by string, user people.UserID, fields map[string]slack.BlockAction) string {
		t.Helper()
		raw, err := json.Marshal(h.Submit(t.Context(), sent(by, render.AbsenceForm, user, fields)))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for want, fields := range map[string]map[string]slack.BlockAction{
		"最后一天不能早于第一天": days("2026-11-25", "2026-11-24", "", nil), "已经过去": days("2026-11-20", "2026-11-22", "", nil), "还不能为同样的板块上报": days("2026-11-24", "2026-11-25", "UEN", nil),
		"请选日期": days("", "2026-11-24", "", nil), "不能管理人员": days("2026-11-24", "2026-11-25", "", map[string]slack.BlockAction{"user": {SelectedUser: "UMEM"}}),
	} {
		if got := submit("UKUN", "UKUN", fields); !strings.Contains(got, want) {
			t.Errorf("got %s, want %q", got, want)
		}
	}
	if got := submit("UKUN", "UKUN", days("2026-11-23", "2026-11-25", "UDEP", nil)); got != "null" {
		t.Fatalf("refused: %s", got)
	}
	if p, ok := h.journal.State().People.StandIn("UKUN", monday); !ok || p != "UDEP" {
		t.Errorf("%q stands in, %t", p, ok)
	}
	if _, ok := h.journal.State().People.StandIn("UKUN", monday.AddDate(0, 0, 3)); ok {
		t.Error("away on the day after the last")
	}
	to, built := h.planned("stand-in")
	if cmp.Diff([]string{"UDEP"}, to) != "" || !strings.Contains(built[0], "2026年11月23日至2026年11月25日外出，由你替班") {
		t.Errorf("told %v: %v", to, built)
	}
	h.command(t.Context(), "USEC", "C1", "人员")
	if got := h.last(t).text; !strings.Contains(got, "替班") {
		t.Errorf("the list: %s", got)
	}
	h.command(t.Context(), "UKUN", "C1", "absence")
	if got := h.formOf(t); !strings.Contains(got, "2026-11-25") || !strings.Contains(got, `"initial_user":"UDEP"`) || !strings.Contains(got, `"cancel"`) {
		t.Errorf("the form again: %s", got)
	}
	if got := submit("USEC", "USEC", days("", "", "", map[string]slack.BlockAction{"user": {SelectedUser: "UKUN"}, "cancel": options("cancel")})); got != "null" {
		t.Errorf("taken back: %s", got)
	}
	if _, ok := h.journal.State().People.Absence("UKUN", monday); ok {
		t.Error("still away")
	}
	if _, built := h.planned("stand-in"); len(built) != 2 || !strings.Contains(built[0], "不用你替班了") || !strings.Contains(built[1], "不用你替班了") {
		t.Errorf("told %v", built)
	}
}

func TestDepartedIsShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	entries := len(h.store.Entries())
	h.Departed(t.Context(), "UKUN", false) // A changed picture.
	h.Departed(t.Context(), "USTR", true)  // A stranger.
	if n := len(h.store.Entries()); n != entries {
		t.Fatalf("%d entries of what changes nothing", n-entries)
	}
	for range 2 { // Slack tells it again.
		h.Departed(t.Context(), "UKUN", true)
	}
	to, built := h.planned("departed")
	if cmp.Diff([]string{"C-secretariat"}, to) != "" || !strings.Contains(built[0], "已离开 Slack") || !strings.Contains(built[0], "昆山市现有") || !strings.Contains(built[0], "副联络员") {
		t.Errorf("told %v: %v", to, built)
	}
	h.command(t.Context(), "UKUN", "C1", "上报")
	if got := h.last(t).text; !strings.Contains(got, "被标记为已离开 Slack") {
		t.Errorf("who left reports: %s", got)
	}
	h.command(t.Context(), "UKUN", "C1", "昆山负责什么？")
	if got := h.last(t).text; !strings.Contains(got, "元宇宙") {
		t.Errorf("who left asks: %s", got)
	}
	h.command(t.Context(), "USEC", "C1", "人员")
	if got := h.last(t).text; !strings.Contains(got, "1 人已离开 Slack") || !strings.Contains(got, `"value":"UKUN"`) {
		t.Errorf("the list: %s", got)
	}

	h.Departed(t.Context(), "UKUN", false)
	if p := h.person("UKUN"); !p.Serves(policy.Kunshan) {
		t.Errorf("back: %+v", p)
	}
	if _, built := h.planned("departed"); !strings.Contains(built[0], "已回到 Slack") {
		t.Errorf("built late: %v", built)
	}
	h.Departed(t.Context(), "UKUN", true)
	h.Action(t.Context(), click("USEC", render.ActionPersonRemove+":0", "UKUN", true))
	if got := h.last(t).text; !h.person("UKUN").Stranger() || !strings.Contains(got, "已移除") {
		t.Errorf("removed: %s", got)
	}
	if to, built := h.planned("departed"); len(to) != 1 || !strings.Contains(built[0], "已不担任任何角色") {
		t.Errorf("built after the removal: %v %v", to, built)
	}
}
