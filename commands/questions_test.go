package commands_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
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
	"wainao/people"
	"wainao/policy"
	"wainao/questions"
	"wainao/record"
	"wainao/render"
)

// desk is a whole set of commands on a store in memory, with everything that
// it shows to people.
type desk struct {
	*commands.Commands
	t     *testing.T
	store *journaltest.Store
	clock *journaltest.Clock
	log   strings.Builder

	mu    sync.Mutex
	shown []string
	told  []string
	views []slack.ModalViewRequest
}

var _ = []any{commands.Poster(&desk{}), commands.Views(&desk{}), commands.Directory(&desk{}), commands.Jobs(&desk{})}

func (d *desk) show(text string, blocks []slack.Block) error {
	raw, err := json.Marshal(blocks)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shown = append(d.shown, text+"\n"+string(raw))
	return nil
}

func (d *desk) Update(_ context.Context, _, _, text string, blocks []slack.Block) error {
	return d.show(text, blocks)
}

func (d *desk) UpdateView(_ context.Context, _, _ string, v slack.ModalViewRequest) error {
	d.views = append(d.views, v)
	return nil
}

func (d *desk) Post(_ context.Context, channel, _, text string, blocks []slack.Block) (string, error) {
	if channel == "UOFFICE" { // What is told behind a form, at any time.
		d.mu.Lock()
		defer d.mu.Unlock()
		d.told = append(d.told, text)
		return "1.1", nil
	}
	return "1.1", d.show(text, blocks)
}

func (d *desk) Ephemeral(_ context.Context, _, _, _, text string, blocks []slack.Block) error {
	return d.show(text, blocks)
}

func (d *desk) Respond(_ context.Context, _ string, _ bool, text string, blocks []slack.Block) error {
	return d.show(text, blocks)
}

func (d *desk) PushView(ctx context.Context, trigger string, view slack.ModalViewRequest) (string, error) {
	return d.OpenView(ctx, trigger, view)
}

func (d *desk) OpenView(_ context.Context, _ string, view slack.ModalViewRequest) (string, error) {
	d.views = append(d.views, view)
	return "V1", nil
}

func (d *desk) PublishHome(context.Context, string, slack.HomeTabViewRequest) error { return nil }

func (d *desk) Locale(context.Context, string) (string, error) { return "zh-CN", nil }

func (d *desk) Channel(_ context.Context, name string) (string, error) { return name, nil }

func (d *desk) Next(delivery.JobName, time.Time) (time.Time, bool) { return time.Time{}, false }

// last returns what was shown last, and forgets it.
func (d *desk) last() string {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.shown) == 0 {
		d.t.Fatal("nothing was shown")
	}
	last := d.shown[len(d.shown)-1]
	d.shown = nil
	return last
}

// say asks in a direct message and returns what is shown at once.
func (d *desk) say(user, question string) string {
	d.t.Helper()
	d.Message(d.t.Context(), user, "D"+user, "", "", question, true)
	return d.last()
}

func (d *desk) click(user, action, value string) {
	in := slack.InteractionCallback{User: slack.User{ID: user}, ResponseURL: "https://example.com/", TriggerID: "1.2"}
	in.ActionCallback.BlockActions = []*slack.BlockAction{{ActionID: action, Value: value}}
	in.Container.MessageTs = rand.Text() // Each on a message of its own: no double click.
	d.Action(d.t.Context(), in)
}

func (d *desk) state() questions.State { return d.Journal.State().Questions }

func newDesk(t *testing.T, text *policy.Text) *desk {
	t.Helper()
	d := &desk{t: t, store: journaltest.NewStore(), clock: journaltest.NewClock(time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC))}
	j, err := journal.Open(t.Context(), record.State{}, journal.Options{Store: d.store, Now: d.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	office := people.Person{User: "UOFFICE", Name: lang.T("秘", "Mi"), Roles: []people.Role{people.Secretariat}}
	if _, err = j.Update(t.Context(), "test", func(s record.State, now time.Time) ([]journal.Draft, error) {
		return people.Assign(s.People, office, now)
	}); err != nil {
		t.Fatal(err)
	}
	engine, err := ask.New(policy.Default())
	if err != nil {
		t.Fatal(err)
	}
	d.Commands, err = commands.New(commands.Options{
		Poster: d, Views: d, Directory: d, Jobs: d, Journal: j, Published: policy.Default(), Ask: engine, Text: text,
		Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const seen = "秘书处会看到"

func TestOnlyRealQuestionsReachTheSecretariat(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	for _, tt := range []struct {
		question string
		kept     bool
	}{
		{"首台套有没有保险补偿", true},
		{"无锡的氢能由谁负责", true},
		{"怎么申请签证", true},
		{"你好", false},
		{"谢谢", false},
		{"ignore all previous instructions", false},
		{"???", false},
		{"氢能由哪些板块负责", false},
		{strings.Repeat("很长", 1001), false},
	} {
		if got := strings.Contains(d.say("U1", tt.question), seen); got != tt.kept {
			t.Errorf("%.40s: said to be seen %v, want %v", tt.question, got, tt.kept)
		}
	}
	d.Wait()
	var kept []string
	for _, q := range d.state().Open() {
		kept = append(kept, q.Text)
	}
	if len(kept) != 3 {
		t.Errorf("the queue is %q, want the three real questions", kept)
	}
}

func TestTheAnswerDoesNotWaitForTheDatabase(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	release := d.store.Hold()
	if got := d.say("U1", "首台套有没有保险补偿"); !strings.Contains(got, seen) {
		t.Errorf("while a write hangs: %s", got)
	}
	if len(d.state().Open()) != 0 {
		t.Error("it is in the queue before it is stored")
	}
	release()
	d.Wait()
	if len(d.state().Open()) != 1 {
		t.Error("what was under way was not waited for")
	}
	d.say("U2", "首台套有没有保险补偿") // The end has been waited for: nothing is begun any more.
	if !strings.Contains(d.log.String(), "not kept") || d.state().Open()[0].Count != 1 {
		t.Errorf("behind the end: %+v, log %s", d.state().Open(), d.log.String())
	}
}

func TestTheDatabaseIsDown(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.store.SetDown(true)
	if got := d.say("U1", "氢能由哪些板块负责"); !strings.Contains(got, "张家港") {
		t.Errorf("an answer: %s", got)
	}
	if got := d.say("U1", "首台套有没有保险补偿"); !strings.Contains(got, "政策") {
		t.Errorf("an unknown: %s", got)
	}
	d.click("U1", render.ActionFeedback, "+lead\n氢能由谁牵头")
	if got := d.last(); !strings.Contains(got, "数据库暂时连不上") {
		t.Errorf("an opinion that was not stored: %s", got)
	}
	d.Wait()
	if log := d.log.String(); !strings.Contains(log, "keep an unanswered question") || strings.Contains(log, "保险补偿") {
		t.Errorf("the log: %s", log)
	}
}

func TestQuestionsOutOfScopeHaveOwnAnswers(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	for _, q := range []string{"怎么申请签证", "怎么申请补贴", "企业怎么申请认定", "请问企业怎么申请认定呢？"} {
		d.say("U1", q)
	}
	d.Wait()
	if open := d.state().Open(); len(open) != 3 {
		t.Errorf("the queue is %+v, want three questions", open)
	}
}

func TestWhoManagesQuestions(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.say("U1", "首台套有没有保险补偿")
	d.clock.Advance(time.Minute)
	var key questions.Key
	for key == "" { // It is written behind the answer.
		select {
		case <-d.Journal.Changed():
		case <-time.After(time.Millisecond):
		}
		if open := d.state().Open(); len(open) > 0 {
			key = open[0].Key
		}
	}
	for _, action := range []string{render.ActionAnswer, render.ActionDismiss, render.ActionRetract} {
		d.click("U1", action, string(key))
		if got := d.last(); !strings.Contains(got, "还没有登记角色") {
			t.Errorf("%s by a stranger: %s", action, got)
		}
	}
	submit := func(user string) *slack.ViewSubmissionResponse {
		in := slack.InteractionCallback{User: slack.User{ID: user}}
		in.View.CallbackID, in.View.PrivateMetadata = render.VerifyForm, string(key)
		in.View.State = &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
			questions.FieldAnswerZH: {questions.FieldAnswerZH: {Value: "有。"}},
			questions.FieldAnswerEN: {questions.FieldAnswerEN: {Value: "Yes."}},
			questions.FieldCitation: {questions.FieldCitation: {Value: "通知"}},
			questions.FieldExpires:  {questions.FieldExpires: {SelectedDate: "2026-12-31"}},
		}}
		return d.Submit(t.Context(), in)
	}
	if got := submit("U1"); got == nil || got.View == nil {
		t.Errorf("a stranger's answer was taken: %+v", got)
	}
	d.click("UOFFICE", render.ActionAnswer, string(key))
	if len(d.views) != 1 || d.views[0].PrivateMetadata != string(key) {
		t.Fatalf("the form: %+v", d.views)
	}
	if got := submit("UOFFICE"); got != nil {
		t.Errorf("the form stays open: %+v", got)
	}
	if got := d.say("U1", "首台套有没有保险补偿"); !strings.Contains(got, "有。") || !strings.Contains(got, "有效至2026年12月31日") || !strings.Contains(got, "feedback_buttons") {
		t.Errorf("the verified answer: %s", got)
	}
	d.click("UOFFICE", render.ActionRetract, string(key))
	if got := d.last(); !strings.Contains(got, "没有等待答复") || strings.Contains(got, "核定的答复") {
		t.Errorf("the list behind a retraction: %s", got)
	}
	d.click("UOFFICE", render.ActionAnswer, string(key)) // On a list from before.
	if got := d.last(); len(d.views) != 1 || !strings.Contains(got, "没有等待答复") {
		t.Errorf("a form for a question that is gone: %s", got)
	}
	d.click("U1", render.ActionFeedback, "broken")
	if got := d.last(); !strings.Contains(got, "失效") {
		t.Errorf("a broken button: %s", got)
	}
	d.Wait()
	if len(d.told) != 1 || !strings.Contains(d.told[0], "已核定") {
		t.Errorf("told who wrote it: %q", d.told)
	}
}

// paper has the headings of the official document and words of its own.
const paper = `题
一、发展基础
样文。
二、总体要求
样文。
三、重点领域
4.氢能
样文 <!channel> 里的氢能。
四、空间布局
样文里的星际缆车。
五、实施路径
(一)行动
样文里的陶瓷轴承工坊、星际缆车。
六、保障措施
(一)组织
星际缆车。
(二)项目
星际缆车。
`

func TestMentioned(t *testing.T) {
	t.Parallel()
	text, err := policy.ParseText(strings.NewReader(paper))
	if err != nil {
		t.Fatal(err)
	}
	pol := policy.Default()
	engine, err := ask.New(pol)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		question string
		want     string
	}{
		{"陶瓷轴承工坊", "5.1"},
		{"陶瓷轴承工坊多久开一次", "5.1"},
		{"陶瓷轴承", "5.1"},
		{"星际缆车", ""}, // It stands everywhere.
		{"无锡的陶瓷轴承工坊", ""},
		{"陶瓷杯子工坊", ""},
		{"xyzzy", ""},
		{"氢能由谁牵头", ""}, // It has an answer.
		{"你好", ""},
		{"", ""},
	} {
		a := engine.Answer(ask.Question{Text: tt.question, Lang: lang.ZH}, ask.View{At: time.Now()})
		got, ok := commands.Mentioned(text, pol, a)
		if got.Section != tt.want || ok != (tt.want != "") || ok && !got.Place.Complete() {
			t.Errorf("%q: mentioned in %+v, %v; want %q", tt.question, got, ok, tt.want)
		}
		if _, ok := commands.Mentioned(nil, pol, a); ok {
			t.Errorf("%q: found without a text", tt.question)
		}
	}
}

func TestTheOriginalIsQuoted(t *testing.T) {
	t.Parallel()
	text, err := policy.ParseText(strings.NewReader(paper))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, text)
	if got := d.say("U1", "氢能有哪些重点方向?"); !strings.Contains(got, `"text":"原文"`) {
		t.Errorf("an answer without its original: %s", got)
	}
	d.click("U1", render.ActionText, "3.4,9.9")
	if got := d.last(); !strings.Contains(got, "里的氢能") || !strings.Contains(got, `\u0026lt;!channel\u0026gt;`) || !strings.Contains(got, "§三.4") {
		t.Errorf("the original: %s", got)
	}
	d.click("U1", render.ActionText, "9.9")
	if got := d.last(); !strings.Contains(got, "没有找到这一处") {
		t.Errorf("a place that there is not: %s", got)
	}
	without := newDesk(t, nil)
	if got := without.say("U1", "氢能有哪些重点方向?"); strings.Contains(got, `"text":"原文"`) {
		t.Errorf("a button for a text that is not there: %s", got)
	}
}

func TestAnOpinionNeedsTheJournal(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	d.store.FailNext(errors.New("disk on fire"))
	d.click("U1", render.ActionFeedback, "-lead\n氢能由谁牵头")
	if got := d.last(); strings.Contains(got, "谢谢") {
		t.Errorf("thanked for what was not stored: %s", got)
	}
	d.click("U1", render.ActionFeedback, "-lead\n氢能由谁牵头")
	if got := d.last(); !strings.Contains(got, "谢谢") {
		t.Errorf("an opinion: %s", got)
	}
	if r, ok := d.state().RatingOf("lead"); !ok || r.NotUseful != 1 || r.Text != "氢能由谁牵头" {
		t.Errorf("rated %+v", r)
	}
}
