package app_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wainao/app"
	"wainao/calendar"
)

// clickable is an element that a person can act on, as far as tests look at it.
type clickable struct {
	ActionID string     `json:"action_id"`
	Value    string     `json:"value"`
	Text     *struct{}  `json:"-"`
	Positive *clickable `json:"positive_button"`
	Negative *clickable `json:"negative_button"`
}

// find returns the first element of the message whose action id starts with a
// name.
func (c *chat) find(m message, action string) clickable {
	c.t.Helper()
	var blocks []struct {
		Elements  []json.RawMessage `json:"elements"`
		Accessory json.RawMessage   `json:"accessory"`
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		c.t.Fatalf("%v in %s", err, m.Blocks)
	}
	for _, b := range blocks {
		for _, raw := range append(b.Elements, b.Accessory) {
			var e clickable
			if err := json.Unmarshal(raw, &e); err == nil && strings.HasPrefix(e.ActionID, action) {
				return e
			}
		}
	}
	c.t.Fatalf("there is no %s in %s", action, m.Blocks)
	return clickable{}
}

// click clicks the first element of the message whose action id starts with a
// name; value chooses one of a pair.
func (c *chat) click(user, channel string, m message, action string, value ...string) {
	c.t.Helper()
	body := object{"user": user, "channel": channel, "message_ts": m.TS, "action_id": c.find(m, action).ActionID}
	if len(value) > 0 {
		body["value"] = value[0]
	}
	c.must("action", body)
}

// private runs a command and waits for what the person alone is shown.
func (c *chat) private(user, text string, words ...string) message {
	c.t.Helper()
	var last string
	for _, m := range c.state().channel("future-industries").Ephemerals {
		last = max(last, m.TS)
	}
	c.command(user, "future-industries", text)
	return c.expectPrivate("future-industries", last, words...)
}

// eventuallyPrivate repeats a command until it shows the words: what is written
// behind an answer arrives a little later.
func (c *chat) eventuallyPrivate(user, text string, words ...string) message {
	c.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		if m := c.private(user, text); showsAll(m, words) {
			return m
		} else if time.Now().After(deadline) {
			c.t.Fatalf("%s never shows %q: %s", text, words, m.shows())
		}
	}
}

// settableClock goes on from a moment that a test can move.
type settableClock struct{ ahead atomic.Int64 }

func (s *settableClock) now() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

func (s *settableClock) move(d time.Duration) { s.ahead.Add(int64(d)) }

func TestAnUnansweredQuestionIsAnsweredUntilItExpires(t *testing.T) {
	t.Parallel()
	var clock settableClock
	c := startChat(t, t.TempDir(), func(o *app.TryOptions) { o.Now = clock.now })

	ts := c.say("member-1", "dm", "首台套有没有保险补偿?")
	c.expect("dm-member-1", ts, "秘书处会看到")
	ts = c.say("member-2", "dm", "请问一下，首台套有没有保险补偿呀")
	c.expect("dm-member-2", ts, "秘书处会看到")
	c.say("member-2", "dm", "谢谢")
	list := c.eventuallyPrivate("secretariat", "问题", "未答的问题：1 个", "请问一下，首台套有没有保险补偿呀", "问过 2 次，2 人")

	c.click("secretariat", "future-industries", list, "verify")
	form := c.form("secretariat")
	if !strings.Contains(string(form.Blocks), "请问一下，首台套有没有保险补偿呀") {
		t.Errorf("the form does not show the question: %s", form.Blocks)
	}
	day := clock.now().AddDate(0, 1, 0).In(calendar.Shanghai()).Format(time.DateOnly)
	filled := object{
		"answer_zh": "有，按省里的办法执行。", "answer_en": "Yes, under the province's rules.",
		"citation": "苏工信〔2026〕7号", "expires": day,
	}
	wrong := maps.Clone(filled)
	wrong["expires"] = "2020-01-01"
	if r := c.submit("secretariat", form, wrong); r.Closed || !strings.Contains(r.Errors["expires"], "今天或以后") {
		t.Errorf("a day in the past: %+v", r)
	}
	if r := c.submit("secretariat", form, filled); !r.Closed {
		t.Fatalf("the form stayed open: %+v", r)
	}
	c.expect("dm-secretariat", "", "已核定", "请问一下，首台套有没有保险补偿呀", "/future 问题")
	c.private("secretariat", "questions", "未答的问题：0 个", "核定的答复：1 个", "有，按省里的办法执行", "苏工信")

	ts = c.say("member-1", "dm", "请问首台套有没有保险补偿呀?")
	a := c.expect("dm-member-1", ts, "有，按省里的办法执行。", "秘书处核定", "有效至"+calendar.FormatDate(clock.now().AddDate(0, 1, 0)).ZH, "苏工信〔2026〕7号", "请问一下，首台套有没有保险补偿呀")
	c.click("member-1", "dm-member-1", a, "translate")
	c.expectPrivateOrPost("dm-member-1", a.TS, "Yes, under the province's rules.", "Verified by the secretariat")

	c.settle()
	clock.move(40 * 24 * time.Hour)
	ts = c.say("member-1", "dm", "首台套有没有保险补偿?")
	if got := c.expect("dm-member-1", ts, "秘书处会看到"); strings.Contains(got.shows(), "省里的办法") {
		t.Errorf("an expired answer was given: %s", got.shows())
	}
	list = c.eventuallyPrivate("secretariat", "问题", "未答的问题：1 个", "不再用来回答")

	c.click("secretariat", "future-industries", list, "retract")
	c.eventually("the list without the answer", func(s state) bool {
		for _, m := range s.channel("future-industries").Ephemerals {
			if strings.Contains(m.shows(), "未答的问题：1 个") && !strings.Contains(m.shows(), "核定的答复") {
				return true
			}
		}
		return false
	})
	c.click("secretariat", "future-industries", c.private("secretariat", "问题", "未答的问题：1 个"), "dismiss")
	c.eventuallyPrivate("secretariat", "问题", "没有等待答复的问题")
	ts = c.say("leader", "dm", "首台套有没有保险补偿?")
	if got := c.expect("dm-leader", ts, "可以"); strings.Contains(got.shows(), "秘书处会看到") {
		t.Errorf("a dismissed question is said to be seen: %s", got.shows())
	}
}

// expectPrivateOrPost waits for an answer that may come either way.
func (c *chat) expectPrivateOrPost(channel, after string, words ...string) message {
	c.t.Helper()
	return c.expectIn(channel, "in "+channel, func(ch channelView) []message { return append(ch.Messages, ch.Ephemerals...) }, after, words)
}

func TestFeedbackOnAnswers(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	ts := c.say("member-1", "future-industries", "@wainao 氢能由哪些板块负责?")
	a := c.expect("future-industries", ts, "张家港", "feedback_buttons")
	both := c.find(a, "feedback")
	c.click("member-1", "future-industries", a, "feedback", both.Positive.Value)
	c.expectPrivate("future-industries", "", "谢谢，已记下：有用")
	c.click("member-2", "future-industries", a, "feedback", both.Negative.Value)
	c.expectPrivate("future-industries", "", "noted as not useful")
	c.private("secretariat", "问题", "有人觉得没用的回答", "氢能由哪些板块负责", "1 人觉得没用，1 人觉得有用")
	c.click("member-2", "future-industries", a, "feedback", both.Positive.Value)
	c.expectPrivate("future-industries", "", "noted as useful")
	if m := c.private("secretariat", "问题", "没有等待答复的问题"); strings.Contains(m.shows(), "觉得没用") {
		t.Errorf("an opinion that changed still counts: %s", m.shows())
	}

	ts = c.say("member-1", "dm", "你好")
	if m := c.expect("dm-member-1", ts, "外脑"); strings.Contains(m.shows(), "feedback_buttons") || strings.Contains(m.shows(), "秘书处会看到") {
		t.Errorf("a greeting asks for an opinion or goes to the secretariat: %s", m.shows())
	}
	c.private("member-1", "问题", "不能处理未答的问题", "秘书处")
	c.private("leader", "questions", "不能处理未答的问题")
}

// document has the headings of the official document and words of its own.
const document = `题目
一、发展基础
样文的基础。
二、总体要求
(一)指导思想
样文的思想。
、重点领域
1.前沿新材料
样文的材料。
4.氢能
样文里的氢能一段。
、空间布局
样文的统筹。
氢能
甲市:样文的制氢
乙市:样文的储氢
、实施路径
(一)行动
样文提到了陶瓷轴承工坊。
、保障措施
(一)组织
样文的组织。
`

func TestTheOriginalText(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "policy.txt")
	if err := os.WriteFile(path, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	c := startChat(t, t.TempDir(), func(o *app.TryOptions) { o.PolicyText = path })
	ts := c.say("member-1", "future-industries", "@wainao 氢能由哪些板块负责?")
	a := c.expect("future-industries", ts, "张家港", "原文")
	c.click("member-1", "future-industries", a, "text")
	c.expectPrivate("future-industries", "", "甲市:样文的制氢", "未来产业的工作意见", "§四 表, 氢能")
	c.click("member-2", "future-industries", a, "text")
	c.expectPrivate("future-industries", "", "甲市:样文的制氢", "The official document is in Chinese")

	ts = c.say("member-1", "dm", "陶瓷轴承工坊")
	a = c.expect("dm-member-1", ts, "搜索结果（未经核对）", "§五(一)", "秘书处会看到")
	c.click("member-1", "dm-member-1", a, "text")
	c.expectPrivateOrPost("dm-member-1", a.TS, "样文提到了")
	for _, q := range []string{"无锡的陶瓷轴承工坊", "xyzzy plugh"} {
		ts = c.say("member-1", "dm", q)
		if m := c.expect("dm-member-1", ts, "ask:0"); strings.Contains(m.shows(), "搜索结果") || strings.Contains(m.shows(), "Search result") {
			t.Errorf("%s: %s", q, m.shows())
		}
	}

	cfg := app.DefaultConfig()
	cfg.Policy.Text = path
	asker, err := app.NewAsker(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got := asker.Ask(app.AskLine{Question: "陶瓷轴承工坊"}); got.Status != "unknown" || !strings.Contains(got.Answer, "搜索结果（未经核对）：原文在§五(一)") || len(got.Citations) != 0 {
		t.Errorf("on the command line: %+v", got)
	}
}

func TestAWrongPolicyTextIsTheOperatorsFault(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "other.txt")
	if err := os.WriteFile(path, []byte("某个别的文件\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + ".none"} {
		cfg := app.DefaultConfig()
		cfg.Policy.Text = name
		for r := range app.Check(t.Context(), cfg) {
			if r.Name == "policy" && r.Err == nil {
				t.Errorf("%s: the check finds nothing: %s", name, r.Good)
			}
			break // The rest needs a workspace.
		}
		if _, err := app.NewAsker(t.Context(), cfg); err == nil || !app.OperatorsFault(err) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
