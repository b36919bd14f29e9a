package commands_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/commands"
	"wainao/delivery"
	"wainao/journal"
	"wainao/journal/journaltest"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

var monday = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// said is one message that went out.
type said struct{ how, channel, thread, text string }

// slackFake takes the part of Slack, and of the schedule.
type slackFake struct {
	mu      sync.Mutex
	said    []said
	modals  []slack.ModalViewRequest
	pushed  int // How many of the modals lie on top of another.
	homes   []slack.HomeTabViewRequest
	locales map[string]string
	files   []commands.File
	uploads map[string][]byte // What people sent, by id.
}

func (f *slackFake) say(s said, blocks []slack.Block) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	raw, err := json.Marshal(blocks)
	s.text += "\n" + string(raw)
	f.said = append(f.said, s)
	return err
}

func (f *slackFake) Post(_ context.Context, channel, thread, text string, blocks []slack.Block) (string, error) {
	return "1.0", f.say(said{"post", channel, thread, text}, blocks)
}

func (f *slackFake) Ephemeral(_ context.Context, channel, _, thread, text string, blocks []slack.Block) error {
	return f.say(said{"ephemeral", channel, thread, text}, blocks)
}

func (f *slackFake) Respond(_ context.Context, url string, _ bool, text string, blocks []slack.Block) error {
	return f.say(said{"respond", url, "", text}, blocks)
}

func (f *slackFake) PushView(ctx context.Context, trigger string, view slack.ModalViewRequest) (string, error) {
	f.pushed++
	return f.OpenView(ctx, trigger, view)
}

func (f *slackFake) OpenView(_ context.Context, _ string, v slack.ModalViewRequest) (string, error) {
	f.modals = append(f.modals, v)
	return "V1", nil
}

func (f *slackFake) UpdateView(_ context.Context, _, _ string, v slack.ModalViewRequest) error {
	f.modals = append(f.modals, v)
	return nil
}

func (f *slackFake) Update(_ context.Context, channel, ts, text string, blocks []slack.Block) error {
	return f.say(said{"update", channel, ts, text}, blocks)
}

func (f *slackFake) PublishHome(_ context.Context, _ string, v slack.HomeTabViewRequest) error {
	f.homes = append(f.homes, v)
	return nil
}

func (f *slackFake) Locale(_ context.Context, user string) (string, error) {
	return f.locales[user], nil
}

func (f *slackFake) Channel(_ context.Context, name string) (string, error) {
	return "C-" + strings.TrimPrefix(name, "C-"), nil
}

func (f *slackFake) Store(_ context.Context, file commands.File) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files = append(f.files, file)
	return fmt.Sprintf("F%d", len(f.files)), nil
}

func (f *slackFake) Share(ctx context.Context, channel, thread, words string, file commands.File) error {
	_, err := f.Store(ctx, file)
	return errors.Join(err, f.say(said{"share", channel, thread, words + "\n" + file.Name}, nil))
}

func (f *slackFake) Next(delivery.JobName, time.Time) (time.Time, bool) {
	return monday.AddDate(0, 0, 7), true
}

// last is what was said last; the test fails when nothing was.
func (h *house) last(t *testing.T) said {
	t.Helper()
	h.slack.mu.Lock()
	defer h.slack.mu.Unlock()
	if len(h.slack.said) == 0 {
		t.Fatal("nothing was said")
	}
	return h.slack.said[len(h.slack.said)-1]
}

// house is the commands over a journal in memory.
type house struct {
	*commands.Commands
	slack   *slackFake
	store   *journaltest.Store
	journal *record.Journal
	clock   *journaltest.Clock
}

// The people, one for each role and a stranger.
var roleUsers = map[people.Role]string{
	people.Liaison: "UKUN", people.Deputy: "UDEP", people.Lead: "ULED", people.Member: "UMEM", people.Secretariat: "USEC", people.Leader: "ULEA", people.Admin: "UADM", "": "USTR",
}

var engine = sync.OnceValues(func() (*ask.Engine, error) { return ask.New(policy.Default()) })

func newHouse(t *testing.T) *house {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{slack: &slackFake{locales: map[string]string{"UEN": "en-US"}}, store: journaltest.NewStore(), clock: journaltest.NewClock(monday)}
	quiet := slog.New(slog.DiscardHandler)
	h.journal, err = journal.Open(t.Context(), record.State{}, journal.Options{Store: h.store, Now: h.clock.Now, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	all := []people.Person{{User: "UEN", Name: lang.T("安", "Ann"), Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.SIP}}}
	for role, user := range roleUsers {
		if role == "" {
			continue
		}
		p := people.Person{User: people.UserID(user), Name: lang.T("某", "Some"), Roles: []people.Role{role}}
		if role.OfDistricts() {
			p.Districts = []policy.DistrictID{policy.Kunshan}
		}
		all = append(all, p)
	}
	for _, p := range all {
		if _, err := h.journal.Update(t.Context(), "config", func(s record.State, now time.Time) ([]journal.Draft, error) {
			return people.Assign(s.People, p, now)
		}); err != nil {
			t.Fatal(err)
		}
	}
	h.Commands, err = commands.New(commands.Options{
		Poster: h.slack, Views: h.slack, Directory: h.slack, Files: h.slack, Uploads: h.slack, Jobs: h.slack, Journal: h.journal, Published: policy.Default(), Ask: e, Settings: ledger.DefaultSettings(),
		Channels: commands.Channels{Leadership: "leadership", Secretariat: "secretariat"}, Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Wait)
	return h
}

func (h *house) command(ctx context.Context, user, channel, text string) {
	h.Command(ctx, slack.SlashCommand{UserID: user, ChannelID: channel, Text: text, ResponseURL: "url", TriggerID: "T-" + text})
}

// TestEveryCommandForEveryRole walks the one table of who may do what.
func TestEveryCommandForEveryRole(t *testing.T) {
	t.Parallel()
	rules := map[people.Permission]people.Rule{}
	for _, r := range people.Rules() {
		rules[r.Permission] = r
	}
	for _, cmd := range newHouse(t).Commands.Commands() {
		for role, user := range roleUsers {
			allowed := rules[cmd.Needs].Anyone || slices.Contains(rules[cmd.Needs].Roles, role) || slices.Contains(rules[cmd.Or].Roles, role)
			for verb, sign := range map[string]string{cmd.Alias: "秘书处", cmd.Name + " hydrogen": "secretariat"} {
				h := newHouse(t)
				h.command(t.Context(), user, "C1", verb)
				text := ""
				if len(h.slack.said) > 0 {
					text = h.last(t).text
				}
				refused := strings.Contains(text, ":warning:") && strings.Contains(text, sign)
				if refused == allowed {
					t.Errorf("%q by %q: allowed by the table %v, but it says %s", verb, role, allowed, text)
				}
				if len(h.slack.said)+len(h.slack.modals) != 1 {
					t.Errorf("%q by %q: %d messages and %d forms", verb, role, len(h.slack.said), len(h.slack.modals))
				}
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ user, text, want string }{
		{"UMEM", "help", "外脑的命令"},             // The person's language.
		{"UEN", "help", "Wainao's commands"},  // The same.
		{"UEN", "帮助", "外脑的命令"},                // A Chinese verb.
		{"UEN", "板块 SIP", "苏州工业园区"},           // A Chinese verb with an abbreviation.
		{"UMEM", "district Kunshan", "leads"}, // English words.
		{"UMEM", "progress hydrogen", "Hydrogen"},
		{"UMEM", "progress SIP", "苏州工业园区"},
		{"UMEM", "Which districts lead hydrogen?", "Zhangjiagang"},
		{"UEN", "氢能由哪些板块负责？", "张家港"},
	} {
		h := newHouse(t)
		h.command(t.Context(), tc.user, "C1", tc.text)
		if got := h.last(t).text; !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q says %s, want %q in it", tc.user, tc.text, got, tc.want)
		}
	}
}

// filled returns what a form has filled in, by field.
func filled(t *testing.T, v slack.ModalViewRequest) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, b := range v.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		switch e := in.Element.(type) {
		case *slack.SelectBlockElement:
			if e.InitialOption != nil {
				out[in.BlockID] = e.InitialOption.Value
			}
		case *slack.RadioButtonsBlockElement:
			out[in.BlockID] = e.InitialOption.Value
		case *slack.PlainTextInputBlockElement:
			out[in.BlockID] = e.InitialValue
		case *slack.URLTextInputBlockElement:
			out[in.BlockID] = e.InitialValue
		}
	}
	return out
}

func TestShortFormOfReport(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		user, text string
		want       map[string]string
		problem    string
	}{
		{user: "UKUN", text: "上报", want: map[string]string{"period": "2026Q4", "answer": "changed"}},
		{user: "UKUN", text: "上报 氢能 应用场景 港口氢能重卡示范 https://example.com/a", want: map[string]string{
			"domain": "hydrogen", "indicator": "scenarios", "name": "港口氢能重卡示范", "evidence": "https://example.com/a",
		}},
		{user: "UEN", text: "report Suzhou Industrial Park Digital Finance application scenarios Payment by palm https://example.com/a", want: map[string]string{
			"domain": "digital-finance", "indicator": "scenarios", "name": "Payment by palm", "evidence": "https://example.com/a",
		}},
		{user: "UKUN", text: "上报 2026Q3 氢能 总产值 12.5", want: map[string]string{"period": "2026Q3", "indicator": "output", "value": "12.5"}},
		{user: "UKUN", text: "上报 无锡 氢能 应用场景 某某", problem: "十个板块是：张家港市、常熟市、太仓市、昆山市"},
		{user: "UKUN", text: "上报 太仓 氢能 应用场景 某某", problem: "你不是太仓市的联络员"},
		{user: "UEN", text: "report Taicang hydrogen", problem: "not a liaison of Taicang"},
		{user: "UKUN", text: "上报 氢能 什么 某某", problem: "看不懂“什么”"},
		{user: "UKUN", text: "上报 2030Q1 氢能", problem: "现在不能上报"},
		{user: "UKUN", text: "上报 <!channel>", problem: `\u0026lt;!channel\u0026gt;`},
	} {
		h := newHouse(t)
		h.command(t.Context(), tc.user, "C1", tc.text)
		if tc.problem != "" {
			if got := h.last(t).text; !strings.Contains(got, tc.problem) || len(h.slack.modals) > 0 {
				t.Errorf("%q says %s, want %q", tc.text, got, tc.problem)
			}
			continue
		}
		if len(h.slack.modals) != 1 {
			t.Errorf("%q opened no form; said %+v", tc.text, h.slack.said)
			continue
		}
		got := filled(t, h.slack.modals[0])
		for field, want := range tc.want {
			if got[field] != want {
				t.Errorf("%q: %s is %q, want %q", tc.text, field, got[field], want)
			}
		}
	}
}

// submission is a filled-in report form as Slack sends it.
func submission(user, view string, values map[string]string) slack.InteractionCallback {
	in := slack.InteractionCallback{User: slack.User{ID: user}}
	in.View.ID, in.View.CallbackID, in.View.PrivateMetadata = view, "report", `{"l":"zh"}`
	state := map[string]map[string]slack.BlockAction{}
	for _, field := range []string{"district", "domain", "period", "answer", "indicator", "name", "holder", "place", "stage", "value", "evidence", "progress"} {
		in.View.Blocks.BlockSet = append(in.View.Blocks.BlockSet, &slack.InputBlock{Type: slack.MBTInput, BlockID: field})
		a := slack.BlockAction{Value: values[field]}
		if slices.Contains([]string{"district", "domain", "period", "answer", "indicator", "stage"}, field) {
			a = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: values[field]}}
		}
		state[field] = map[string]slack.BlockAction{field: a}
	}
	in.View.State = &slack.ViewState{Values: state}
	return in
}

func good() map[string]string {
	return map[string]string{"district": "kunshan", "domain": "metaverse", "period": "2026Q4", "indicator": "scenarios", "name": "数字人直播基地", "holder": "数字文旅公司", "place": "花桥", "stage": "built", "evidence": "https://example.com/a"}
}

func TestSubmitReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.store.Appends()
	if got := h.Submit(t.Context(), submission("UKUN", "V1", good())); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	if n := h.store.Appends() - before; n != 1 {
		t.Errorf("%d writes for a report with its receipt and card, want 1", n)
	}
	var kinds []string
	for _, e := range h.store.Entries()[8:] {
		kinds = append(kinds, e.Kind)
	}
	if got := len(kinds); got < 3 || kinds[0] != "ledger.report.submitted" {
		t.Errorf("written: %v, want the report and two deliveries", kinds)
	}
	entries := len(h.store.Entries())
	for _, view := range []string{"V1", "V2"} { // Delivered again, and filled in again.
		got := h.Submit(t.Context(), submission("UKUN", view, good()))
		if got == nil || got.View == nil || got.View.Title.Text != "没有变化" {
			t.Errorf("the same in %s: %+v, want it said that nothing is new", view, got)
		}
	}
	if n := len(h.store.Entries()); n != entries {
		t.Errorf("the same report again wrote %d entries", n-entries)
	}
	if n := len(h.journal.State().Ledger.Reports(ledger.Filter{})); n != 1 {
		t.Errorf("%d reports, want 1", n)
	}
}

func TestProblemsAtTheirFields(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	entries := len(h.store.Entries())
	bad := good()
	bad["name"], bad["evidence"], bad["progress"], bad["district"] = "", "nonsense", strings.Repeat("长", 10000), "taicang"
	in := submission("UEN", "V1", bad)
	got := h.Submit(t.Context(), in)
	if got == nil || got.ResponseAction != slack.RAErrors {
		t.Fatalf("got %+v, want errors", got)
	}
	for field, want := range map[string]string{"name": "请填写", "evidence": "网址", "progress": "最多 3000 个字", "district": "太仓市"} {
		if !strings.Contains(got.Errors[field], want) {
			t.Errorf("%s: %q, want %q in it", field, got.Errors[field], want)
		}
	}
	in.View.PrivateMetadata = `{"l":"en"}`
	if got := h.Submit(t.Context(), in); !strings.Contains(got.Errors["progress"], "At most 3000") {
		t.Errorf("an English form is answered with %q", got.Errors["progress"])
	}
	if got := h.Submit(t.Context(), submission("USTR", "V3", good())); got == nil || got.View == nil || !strings.Contains(fmt.Sprint(got.View.Title), "没有完成") {
		t.Errorf("a stranger's report is answered with %+v", got)
	}
	if n := len(h.store.Entries()); n != entries {
		t.Errorf("refused reports wrote %d entries", n-entries)
	}
}

func TestJournalDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.store.SetDown(true)
	got := h.Submit(t.Context(), submission("UKUN", "V1", good()))
	if got == nil || got.ResponseAction != slack.RAErrors || !strings.Contains(got.Errors["progress"], "数据库暂时连不上") {
		t.Fatalf("got %+v, want the form to stay open and to say that the database is away", got)
	}
	h.command(t.Context(), "UMEM", "C1", "氢能由哪些板块负责？")
	if text := h.last(t).text; !strings.Contains(text, "张家港") {
		t.Errorf("a question is not answered while the database is away: %s", text)
	}
	h.store.SetDown(false)
	if got := h.Submit(t.Context(), submission("UKUN", "V1", good())); got != nil {
		t.Errorf("sent again once the database is back: %+v", got)
	}
	if n := len(h.journal.State().Ledger.Reports(ledger.Filter{})); n != 1 {
		t.Errorf("%d reports, want 1", n)
	}
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.command(t.Context(), "UMEM", "C1", strings.Repeat("长", 10000))
	if text := h.last(t).text; !strings.Contains(text, "太长了") {
		t.Errorf("says %s", text)
	}
	h.Message(t.Context(), "UEN", "C1", "", "1.1", strings.Repeat("long ", 2000), false)
	if s := h.last(t); !strings.Contains(s.text, "too long") || s.thread != "1.1" {
		t.Errorf("says %+v", s)
	}
}

func TestDigestWhereAndToWhom(t *testing.T) {
	t.Parallel()
	sent := func(h *house) (n int) {
		for _, e := range h.store.Entries() {
			if strings.HasPrefix(e.Kind, "delivery.") {
				n++
			}
		}
		return n
	}
	for _, tc := range []struct {
		user, channel string
		said          string
		sent          bool
	}{
		{user: "ULEA", channel: "C-leadership", sent: true},
		{user: "USEC", channel: "C-leadership", sent: true},
		{user: "UMEM", channel: "C-leadership", said: "每周简报"},
		{user: "ULEA", channel: "C1", said: "发到领导频道"},
		{user: "USTR", channel: "C-leadership", said: "请联系秘书处"},
	} {
		h := newHouse(t)
		for range 2 { // The same command delivered twice.
			h.command(t.Context(), tc.user, tc.channel, "简报")
		}
		if n := sent(h); (n == 1) != tc.sent || n > 1 {
			t.Errorf("%s in %s: %d deliveries planned, want %v", tc.user, tc.channel, n, tc.sent)
		}
		if tc.said != "" && !strings.Contains(h.last(t).text, tc.said) {
			t.Errorf("%s in %s: says %s", tc.user, tc.channel, h.last(t).text)
		}
	}
}

// click is a click on a button as Slack sends it.
func click(user, action, value string, ephemeral bool) slack.InteractionCallback {
	in := slack.InteractionCallback{User: slack.User{ID: user}, ResponseURL: "url", TriggerID: "T1"}
	in.Channel.ID, in.Container.MessageTs, in.Container.IsEphemeral = "C1", "9.9", ephemeral
	in.ActionCallback.BlockActions = []*slack.BlockAction{{ActionID: action, Value: value}}
	return in
}

func TestButtons(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, user, action, value string
		ephemeral                 bool
		how, thread, text         string
	}{
		{name: "ask under a public answer", user: "UMEM", action: "ask:0", value: "氢能由哪些板块负责？", how: "post", thread: "9.9", text: "张家港"},
		{name: "ask under a private answer", user: "UMEM", action: "ask:0", value: "氢能由哪些板块负责？", ephemeral: true, how: "respond", text: "张家港"},
		{name: "translate", user: "UMEM", action: "translate", value: "en:氢能由哪些板块负责？", how: "respond", text: "Zhangjiagang"},
		{name: "progress", user: "UMEM", action: "progress", value: "kunshan", how: "respond", text: "昆山市"},
		{name: "progress for a stranger", user: "USTR", action: "progress", how: "respond", text: "请联系秘书处"},
		{name: "digest in English", user: "ULEA", action: "digest", value: "en", how: "respond", text: "weekly digest"},
		{name: "digest for a stranger", user: "USTR", action: "digest", how: "respond", text: "请联系秘书处"},
		{name: "send", user: "USEC", action: "send", how: "respond", text: "简报已发到"},
		{name: "send by a member", user: "UMEM", action: "send", how: "respond", text: "不能发送简报"},
		{name: "report by a member", user: "UMEM", action: "report", how: "respond", text: "不能上报"},
		{name: "help", user: "USTR", action: "help", how: "respond", text: "外脑的命令"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.Action(t.Context(), click(tc.user, tc.action, tc.value, tc.ephemeral))
			got := h.last(t)
			if got.how != tc.how || got.thread != tc.thread || !strings.Contains(got.text, tc.text) {
				t.Errorf("got %+v, want %s in thread %q with %q", got, tc.how, tc.thread, tc.text)
			}
		})
	}
	h := newHouse(t)
	h.Action(t.Context(), click("UMEM", "what-is-this", "x", false))
	if len(h.slack.said)+len(h.slack.modals) != 0 {
		t.Errorf("an unknown button does something: %+v", h.slack.said)
	}
	h.Action(t.Context(), click("UKUN", "report", "", true))
	if len(h.slack.modals) != 1 {
		t.Error("the report button opens no form")
	}
}

func TestHomeAndMessages(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for role, want := range map[people.Role]string{
		people.Liaison: "上报2026年第四季度的进展", people.Deputy: "上报2026年第四季度的进展", people.Lead: "昆山市 · 2026年第四季度", people.Member: "随时可以提问", people.Secretariat: "没有待审核的上报", people.Leader: "下一期简报", people.Admin: "管理员", "": "你还没有登记角色",
	} {
		h.Home(t.Context(), roleUsers[role])
		raw, err := json.Marshal(h.slack.homes[len(h.slack.homes)-1])
		if err != nil || !strings.Contains(string(raw), want) {
			t.Errorf("Home of %q: %s (%v), want %q", role, raw, err, want)
		}
	}
	for _, tc := range []struct {
		thread string
		direct bool
		want   string
	}{{"", false, "5.5"}, {"4.4", false, "4.4"}, {"", true, ""}, {"4.4", true, "4.4"}} {
		h.Message(t.Context(), "USTR", "C1", tc.thread, "5.5", "氢能由哪些板块负责？", tc.direct)
		if got := h.last(t); got.how != "post" || got.thread != tc.want {
			t.Errorf("message %+v is answered %s in thread %q", tc, got.how, got.thread)
		}
	}
}
