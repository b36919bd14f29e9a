package commands_test

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/commands"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// pressOwn clicks a button of a person's own message.
func (h *house) pressOwn(t *testing.T, user, action, value string) string {
	t.Helper()
	n := len(h.slack.said)
	forms := len(h.slack.modals)
	h.Action(t.Context(), slack.InteractionCallback{
		User: slack.User{ID: user}, TriggerID: "T-" + action + value, ResponseURL: "url", Container: slack.Container{IsEphemeral: true, MessageTs: fmt.Sprint(n, forms)},
		ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: action, Value: value}}},
	})
	if len(h.slack.modals) > forms {
		return "form " + h.slack.modals[len(h.slack.modals)-1].CallbackID
	}
	if len(h.slack.said) > n {
		return h.last(t).text
	}
	return ""
}

// fill submits a form about the cycle; what it shows afterwards is waited for.
func (h *house) fill(t *testing.T, user, callback, metadata string, values map[string]slack.BlockAction) *slack.ViewSubmissionResponse {
	t.Helper()
	state := &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}
	for name, v := range values {
		state.Values[name] = map[string]slack.BlockAction{name: v}
	}
	return h.Submit(t.Context(), slack.InteractionCallback{User: slack.User{ID: user}, View: slack.View{ID: "V-" + callback, CallbackID: callback, PrivateMetadata: metadata, State: state}})
}

func (h *house) decide(t *testing.T, by string, f func(record.State, people.Person, time.Time) ([]journal.Draft, error)) {
	t.Helper()
	if _, err := h.journal.Update(t.Context(), by, func(s record.State, now time.Time) ([]journal.Draft, error) {
		who, _ := s.People.Person(people.UserID(by))
		return f(s, who, now)
	}); err != nil {
		t.Fatal(err)
	}
}

var cycleDates = evaluation.Dates{
	ScoringFrom: "2026-11-24", ScoringUntil: "2026-12-11", SecondUntil: "2026-12-18", Deliberation: "2026-12-22",
	NoticeFrom: "2026-12-24", NoticeUntil: "2026-12-30", Decision: "2027-01-05", Effective: "2027-02-01",
}

// opened begins a cycle with four members and opens it.
func (h *house) opened(t *testing.T) {
	t.Helper()
	var members []people.Person
	for _, user := range []people.UserID{"UMEM", "UM2", "UM3", "UKUN"} {
		p, _ := h.journal.State().People.Person(user)
		p.User, p.Name = user, lang.T("委员"+string(user), "Member "+string(user))
		p.Roles = append(slices.DeleteFunc(p.Roles, func(r people.Role) bool { return r == people.Member }), people.Member)
		h.decide(t, "USEC", func(s record.State, _ people.Person, now time.Time) ([]journal.Draft, error) {
			return people.Assign(s.People, p, now)
		})
		members = append(members, p)
	}
	if said := h.pressOwn(t, "USEC", "evaluation-begin", "2026"); !strings.Contains(said, "准备2026年度评估") {
		t.Fatalf("begun: %s", said)
	}
	h.decide(t, "USEC", func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		return evaluation.SetDates(s.Evaluation, who, "2026", cycleDates, now)
	})
	h.decide(t, "USEC", func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		return evaluation.SetMembers(s.Evaluation, who, "2026", members, now)
	})
	if r := h.fill(t, "USEC", "evaluation-step", "zh:2026|open", nil); r != nil {
		t.Fatalf("opened: %+v", r)
	}
}

// TestEveryRoleAndEveryButtonOfACycle clicks everything as everybody: who may not
// is told so, and nobody finds a button that does nothing.
func TestEveryRoleAndEveryButtonOfACycle(t *testing.T) {
	t.Parallel()
	reads := []people.Role{people.Member, people.Secretariat, people.Leader, people.Admin}
	office := []people.Role{people.Secretariat}
	for _, tc := range []struct {
		action, value string
		may           []people.Role
		want          string // Of who may, while the cycle is open.
	}{
		{render.ActionEvaluation, "2026", []people.Role{people.Liaison, people.Deputy, people.Lead, people.Member, people.Secretariat, people.Leader, people.Admin}, "2026年度评估"},
		{render.ActionEvaluationItems + ":o", "2026", reads, "17 个事项"},
		{render.ActionEvaluationPage, "2026|0", reads, "17 个事项"},
		{render.ActionEvaluationWho, "2026", reads, "委员和回避"},
		{render.ActionEvaluationLog, "2026", reads, "进入“已启动，待打分”阶段"},
		{render.ActionEvaluationAside, "2026", reads, "form evaluation-recuse"},
		{render.ActionEvaluationSetup, "2026", office, "2026年度评估 · 已启动"},
		{render.ActionEvaluationDates, "2026", office, "form evaluation-dates"},
		{render.ActionEvaluationLeave, "2026", office, "form evaluation-leave"},
		{render.ActionEvaluationCriteria, "2026", office, "这一步只能在“准备”阶段做"},
		{render.ActionEvaluationRules, "2026", office, "这一步只能在“准备”阶段做"},
		{render.ActionEvaluationMembers, "2026", office, "这一步只能在“准备”阶段做"},
		{render.ActionEvaluationItem, "2026|hydrogen:changshu", office, "这一步只能在“准备”阶段做"},
		{render.ActionEvaluationAdd, "2026|new", office, "这一步只能在“准备”阶段做"},
		{render.ActionEvaluationStep + ":x", "2026|start-scoring", office, "form evaluation-step"},
		{render.ActionEvaluationStep + ":x", "2026|cancel", office, "form evaluation-step"},
		{render.ActionEvaluationStep + ":x", "2026|close-scoring", office, "这一步只能在“打分、第二轮打分”阶段做"},
		{render.ActionEvaluationStep + ":x", "2026|adopt", []people.Role{people.Leader}, "这一步只能在“待决定”阶段做"},
		{render.ActionEvaluationLift, "2026|UMEM/hydrogen/", office, "失效"},
		{render.ActionEvaluationBegin, "2026", office, "还在进行"},
	} {
		for role, user := range roleUsers {
			if user == "UKUN" {
				continue // A member too, in this cycle.
			}
			h := newHouse(t)
			h.opened(t)
			h.Wait()
			got := h.pressOwn(t, user, tc.action, tc.value)
			if slices.Contains(tc.may, role) != strings.Contains(got, tc.want) || got == "" {
				t.Errorf("%s %q by %q: %s, want %q for %v", tc.action, tc.value, role, got, tc.want, tc.may)
			}
			if !slices.Contains(tc.may, role) && !strings.Contains(got, "不能") {
				t.Errorf("%s %q by %q is not refused in words: %s", tc.action, tc.value, role, got)
			}
		}
	}
}

// notes returns whom the notes of the cycle are planned for, by key.
func notes(h *house) map[string][]string {
	out := map[string][]string{}
	for _, d := range h.journal.State().Delivery.Query(delivery.Filter{Job: commands.EvaluationNoteJob, Limit: delivery.MaxPage}).Deliveries {
		out[d.Key()] = append(out[d.Key()], string(d.To))
	}
	for _, to := range out {
		slices.Sort(to)
	}
	return out
}

func TestEachStepTellsThoseConcerned(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.opened(t)
	if got := fmt.Sprint(notes(h)["2026.step.1"]); got != "[C-secretariat UKUN ULEA UM2 UM3 UMEM]" {
		t.Errorf("opening is told to %s", got)
	}
	// Set by the secretariat, a recusal is told; declared, it is not.
	reason := map[string]slack.BlockAction{"domain": {SelectedOption: slack.OptionBlockObject{Value: "quantum"}}, "reason": {Value: "参股 <企业>"}}
	if r := h.fill(t, "UM2", "evaluation-recuse", "en:2026|", reason); r != nil {
		t.Fatalf("declared: %+v", r)
	}
	reason["member"] = slack.BlockAction{SelectedUser: "UM3"}
	if r := h.fill(t, "USEC", "evaluation-recuse", "zh:2026|", reason); r != nil {
		t.Fatalf("set: %+v", r)
	}
	var aside []string
	for key, to := range notes(h) {
		if strings.HasPrefix(key, "2026.aside.quantum..") {
			aside = append(aside, to...)
		}
	}
	if fmt.Sprint(aside) != "[UM3]" {
		t.Errorf("recusals are told to %v", aside)
	}
	// Each message is made from the state; one that was overtaken is left out.
	build := func(to, key string) string {
		m, err := h.Build(t.Context(), delivery.Delivery{Job: commands.EvaluationNoteJob, To: delivery.Recipient(to), Slot: delivery.SlotID(key)})
		if err != nil {
			return err.Error()
		}
		return m.Text
	}
	for _, d := range h.journal.State().Delivery.Query(delivery.Filter{Job: commands.EvaluationNoteJob, Limit: delivery.MaxPage}).Deliveries {
		if got := build(string(d.To), string(d.Slot)); !strings.Contains(got, "2026年度评估") {
			t.Errorf("%s to %s: %s", d.Key(), d.To, got)
		}
	}
	if r := h.fill(t, "USEC", "evaluation-step", "zh:2026|start-scoring", nil); r != nil {
		t.Fatalf("started: %+v", r)
	}
	for _, d := range h.journal.State().Delivery.Query(delivery.Filter{Job: commands.EvaluationNoteJob, To: "UMEM", Limit: delivery.MaxPage}).Deliveries {
		if got := build("UMEM", string(d.Slot)); d.Key() == "2026.step.1" && !strings.Contains(got, "not needed") {
			t.Errorf("overtaken, it says %s", got)
		}
	}
}

func TestACriterionsNameIsMendedWhereItIsTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.pressOwn(t, "USEC", "evaluation-begin", "2026")
	for _, tc := range []struct{ zh, en, newZH, newEN, want string }{
		{"成熟度", "Breakthroughs", "", "", render.FieldRenameEN},
		{"关键技术突破", "Maturity", "", "", render.FieldRenameZH},
		{"", "", "带动作用", "Resources", render.FieldNewNameEN},
		{"", "", "资源要素", "Pull", render.FieldNewNameZH},
	} {
		values := map[string]slack.BlockAction{}
		for n, k := range evaluation.DefaultCriteria() {
			weight := k.Weight
			if n == 0 && tc.newZH != "" {
				weight -= 5
			}
			values[render.WeightField(k.ID)] = slack.BlockAction{Value: fmt.Sprint(weight)}
		}
		for field, v := range map[string]string{render.FieldRenameZH: tc.zh, render.FieldRenameEN: tc.en, render.FieldNewNameZH: tc.newZH, render.FieldNewNameEN: tc.newEN} {
			values[field] = slack.BlockAction{Value: v}
		}
		if tc.zh != "" {
			values[render.FieldRename] = slack.BlockAction{Value: "maturity"}
		} else {
			values[render.FieldNewWeight] = slack.BlockAction{Value: "5"}
		}
		if r := h.fill(t, "USEC", render.EvaluationCriteriaForm, "zh:2026|", values); r == nil || !strings.Contains(r.Errors[tc.want], "请改名") {
			t.Errorf("%+v: %+v", tc, r)
		}
	}
}

func TestRefusalsOfFormsAreShownAtTheirFields(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.pressOwn(t, "USEC", "evaluation-begin", "2026")
	text := func(v string) slack.BlockAction { return slack.BlockAction{Value: v} }
	for _, tc := range []struct {
		form, about string
		values      map[string]slack.BlockAction
		want        string // In the answer.
	}{
		{"evaluation-criteria", "zh:2026|", map[string]slack.BlockAction{"weight_maturity": text("many")}, "请填 1 到 100"},
		{"evaluation-criteria", "en:2026|", map[string]slack.BlockAction{"weight_maturity": text("50")}, "they sum to 50"},
		{"evaluation-rules", "en:2026|", map[string]slack.BlockAction{"quorum": text("1/2"), "majority": text("1/3"), "strengthen": text("8"), "keep": text("6"), "adjust": text("4"), "add": text("7"), "divided": text("2")}, "The rules do not fit"},
		{"evaluation-rules", "zh:2026|", map[string]slack.BlockAction{"quorum": text("1/2"), "majority": text("1/2"), "strengthen": text("x")}, "请填 0 到 10 的数"},
		{"evaluation-rules", "zh:2026|", map[string]slack.BlockAction{"quorum": text("1/2"), "majority": text("1/2"), "strengthen": text("8"), "keep": text("6"), "adjust": text("4"), "add": text("7"), "divided": text("NaN")}, "请填 0 到 10 的数"},
		{"evaluation-dates", "zh:2026|", nil, "请填写“打分开始”的日期"},
		{"evaluation-dates", "zh:2026|", map[string]slack.BlockAction{"scoring-from": {SelectedDate: "2026-12-02"}, "scoring-until": {SelectedDate: "2026-12-01"}}, "“打分截止”要在“打分开始”"},
		{"evaluation-members", "zh:2026|", map[string]slack.BlockAction{"members": {SelectedUsers: []string{"ULEA"}}}, "不是专家委员"},
		{"evaluation-add", "zh:2026|", map[string]slack.BlockAction{"domain": text("hydrogen"), "district": text("changshu"), "focus_zh": text("氢"), "focus_en": text("h")}, "已在评估事项中"},
		{"evaluation-add", "en:2026|new", map[string]slack.BlockAction{"name_zh": text("氢能"), "name_en": text("Hydrogen power"), "short_zh": text("氢"), "short_en": text("H2 power"), "summary_zh": text("一"), "summary_en": text("one"), "district": text("sip"), "focus_zh": text("氢"), "focus_en": text("h")}, "already"},
		{"evaluation-step", "zh:2026|open", nil, "还没有设置日程"},
		{"evaluation-step", "en:2026|cancel", nil, "reason"},
		{"evaluation-step", "zh:2026|fly", nil, "表单已经失效"},
		{"evaluation-recuse", "zh:2026|", map[string]slack.BlockAction{"member": {SelectedUser: "ULEA"}, "domain": text("hydrogen"), "reason": text("x")}, "不在2026年度评估的委员名单中"},
		{"evaluation-dates", "zh:2031|", nil, "表单已经失效"},
		{"evaluation-dates", "hello", nil, "表单已经失效"},
	} {
		got := fmt.Sprintf("%+v", h.fill(t, "USEC", tc.form, tc.about, tc.values))
		if r := h.fill(t, "USEC", tc.form, tc.about, tc.values); r != nil && r.View != nil {
			got += fmt.Sprintf("%+v", r.View.Blocks.BlockSet[0].(*slack.SectionBlock).Text)
		}
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s with %v: %s, want %q", tc.form, tc.values, got, tc.want)
		}
	}
}

// TestTwoProcessesBeginScoringOnce runs the clock of the evaluation twice on one
// journal: its step is taken once, on its day, and told once.
func TestTwoProcessesBeginScoringOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.opened(t)
	h.Wait()
	if err := commands.TickEvaluation(t.Context(), h.Commands); err != nil {
		t.Fatal(err)
	}
	if c, _ := h.journal.State().Evaluation.Current(); c.Phase != evaluation.Opened {
		t.Errorf("before its day it is at %s", c.Phase)
	}
	other, err := journal.Open(t.Context(), record.State{}, journal.Options{Store: h.store, Now: h.clock.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	o := h.Options
	o.Journal = other
	twin, err := commands.New(o)
	if err != nil {
		t.Fatal(err)
	}
	h.at(evaluation.Day("2026-11-24").Start().Add(9 * time.Hour))
	var both sync.WaitGroup
	for _, process := range []*commands.Commands{h.Commands, twin} {
		both.Go(func() {
			if err := commands.TickEvaluation(t.Context(), process); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if err := h.journal.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, _ := h.journal.State().Evaluation.Current()
	if c.Phase != evaluation.Scoring || len(c.Steps) != 3 || c.Steps[2].By != "" {
		t.Errorf("on its day: %s, %+v", c.Phase, c.Steps)
	}
	if got := fmt.Sprint(notes(h)["2026.step.2"]); got != "[C-secretariat UKUN UM2 UM3 UMEM]" {
		t.Errorf("it is told to %s", got)
	}
}

func TestMembersAreRemindedOfWhatTheyOwe(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.opened(t)
	h.at(evaluation.Day("2026-11-24").Start().Add(9 * time.Hour))
	if err := commands.TickEvaluation(t.Context(), h.Commands); err != nil {
		t.Fatal(err)
	}
	score := func(user string, n int) {
		for _, i := range h.cycle().ItemsFor(people.UserID(user))[:n] {
			h.decide(t, user, func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
				scores := map[evaluation.CriterionID]int{}
				for _, k := range h.cycle().Criteria {
					scores[k.ID] = 7
				}
				return evaluation.Score(s.Evaluation, who, "2026", i.ID, scores, "理由。", now)
			})
		}
	}
	score("UM2", 17)
	score("UM3", 9)
	for day, want := range map[calendar.Date]string{
		"2026-11-27": "[UKUN UM3 UMEM]", // Ten workdays before.
		"2026-11-30": "[]",
		"2026-12-08": "[UKUN UM3 UMEM]",     // Three.
		"2026-12-11": "[UEN UKUN UM3 UMEM]", // The day itself; ten workdays before the reports are due.
		"2026-12-14": "[]",                  // Nothing can be scored any more.
	} {
		to, _ := audience(h, morning(string(day)))
		if got := fmt.Sprint(slices.Sorted(maps.Keys(to))); got != want {
			t.Errorf("%s: reminded are %s, want %s", day, got, want)
		}
	}
	// Who is liaison and member has both in one message, with their counts.
	m, err := h.Build(t.Context(), delivery.Delivery{Job: commands.RemindersJob, To: "UKUN", Due: morning("2026-12-11")})
	if text := fmt.Sprint(len(m.Blocks), m.Text); err != nil || !strings.Contains(text, "2 件事") {
		t.Errorf("%s, %v", text, err)
	}
	m, err = h.Build(t.Context(), delivery.Delivery{Job: commands.RemindersJob, To: "UM3", Due: morning("2026-12-11")})
	if err != nil || !strings.Contains(m.Text, "已打分 9/17，还差 8 项") {
		t.Errorf("%s, %v", m.Text, err)
	}
	// On the last day scoring cannot be put off; three workdays before, it can.
	for day, want := range map[string]bool{"2026-12-08": true, "2026-12-11": false} {
		m, err = h.Build(t.Context(), delivery.Delivery{Job: commands.RemindersJob, To: "UM3", Due: morning(day)})
		if got := strings.Contains(shownIn(m.Blocks), `"`+render.ActionSnooze+`"`); err != nil || got != want {
			t.Errorf("on %s it can be put off: %t, %v", day, got, err)
		}
	}
	// One is put off, and the rest is done meanwhile.
	h.at(morning("2026-12-08"))
	if got := h.pressOwn(t, "UMEM", "snooze", "2026.score blue"); !strings.Contains(got, "2026年12月9日") {
		t.Errorf("put off: %s", got)
	}
	score("UM3", 17)
	if to, left := audience(h, morning("2026-12-08")); to["UM3"] != "" || to["UMEM"] != "" || left["UMEM"] == "" {
		t.Errorf("reminded are %v, left out %v", to, left)
	}
	if to, _ := audience(h, morning("2026-12-09")); to["UMEM"] == "" {
		t.Errorf("who put it off is not reminded: %v", to)
	}
}

// at sets the clock.
func (h *house) at(to time.Time) { h.clock.Advance(to.Sub(h.clock.Now())) }

func (h *house) cycle() evaluation.Cycle {
	c, _ := h.journal.State().Evaluation.Cycle("2026")
	return c
}

func TestTheSecretariatIsToldToBegin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	view := func(day string) string {
		v := h.DeliveryView(h.journal.State())
		choices, ok := v.Audience(delivery.Job{Name: commands.EvaluationBeginJob, Roles: []people.Role{people.Secretariat}}, morning(day))
		if !ok || len(choices) != 1 {
			t.Fatalf("%s: it goes to %v", day, choices)
		}
		if choices[0].Skip != "" {
			return "not: " + choices[0].Why.EN
		}
		return choices[0].Why.EN
	}
	for day, want := range map[string]string{
		"2026-09-30": "not: it need not begin yet", "2026-10-01": "that of 2026 has not begun", "2026-12-31": "that of 2026 has not begun", "2027-01-04": "not: it need not begin yet",
	} {
		if got := view(day); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
	h.pressOwn(t, "USEC", "evaluation-begin", "2026")
	if got := view("2026-10-12"); got != "not: this year's has begun" {
		t.Errorf("begun: %s", got)
	}
	if r := h.fill(t, "USEC", "evaluation-step", "zh:2026|cancel", map[string]slack.BlockAction{"reason": {Value: "名单有误"}}); r != nil {
		t.Fatalf("cancelled: %+v", r)
	}
	if got := view("2026-10-12"); got != "that of 2026 has not begun" {
		t.Errorf("cancelled: %s", got)
	}
}
