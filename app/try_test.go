package app_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"wainao/app"
	"wainao/calendar"
	"wainao/journal"
)

// scenario is a report as Kunshan's liaison fills it in.
func scenario(name string) map[string]any {
	return map[string]any{
		"domain": "aerospace", "indicator": "scenarios", "name": name,
		"holder": "昆山低空公司", "place": "花桥", "stage": "built", "evidence": "https://www.ks.gov.cn/notice/1", "progress": "已建成试飞场。",
	}
}

// output is a report of a value.
func output(value string) map[string]any {
	return map[string]any{"domain": "aerospace", "indicator": "output", "value": value, "evidence": "https://www.ks.gov.cn/notice/1"}
}

// report opens the report form as a person and submits it.
func (c *chat) report(user string, values map[string]any) result {
	c.t.Helper()
	return c.submit(user, c.reportForm(user, values), values)
}

// reportForm opens the report form on the domain and the indicator that are to
// be reported, which decide what it asks for.
func (c *chat) reportForm(user string, values map[string]any) view {
	c.t.Helper()
	c.command(user, "future-industries", fmt.Sprintf("report %s %s", values["domain"], values["indicator"]))
	return c.form(user)
}

func TestTheNewcomersWalk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := startChat(t, dir)

	ts := c.say("member-1", "future-industries", "@wainao 氢能由哪些板块负责?")
	a := c.expect("future-industries", ts, "张家港", "常熟", "§四")
	if a.ThreadTS != ts {
		t.Errorf("the answer is in thread %q, not in the question's %q", a.ThreadTS, ts)
	}
	ts = c.say("member-2", "dm", "Which districts lead hydrogen?")
	c.expect("dm-member-2", ts, "Zhangjiagang", "Changshu", "§4")

	if r := c.report("liaison-kunshan", scenario("低空物流航线")); !r.Closed {
		t.Fatalf("the form stayed open: %+v", r)
	}
	c.expect("dm-liaison-kunshan", "", "低空物流航线", "已上报，待审核")
	c.expect("secretariat", "", "低空物流航线", "昆山市")

	c.command("leader", "leadership", "digest")
	c.expect("leadership", "", "每周简报", "新上报 1 份待审核", "低空物流航线", "昆山")

	c.must("home", object{"user": "liaison-kunshan"})
	c.eventually("Home shows the liaison's row", func(s state) bool {
		home := string(s.Homes[s.id("liaison-kunshan")])
		return strings.Contains(home, "昆山市") && strings.Contains(home, "已上报 1 项")
	})

	// Stopped and started again, everything is still there.
	before := c.state()
	c.stop()
	c = startChat(t, dir)
	after := c.state()
	for _, ch := range before.Channels {
		if got := len(after.channel(ch.Name).Messages); got != len(ch.Messages) {
			t.Errorf("%s has %d messages after the restart, had %d", ch.Name, got, len(ch.Messages))
		}
	}
	c.command("member-1", "future-industries", "progress kunshan")
	c.expectPrivate("future-industries", "", "低空物流航线")
	c.stop()

	cfg := app.DefaultConfig()
	cfg.Storage.Data = dir
	head, err := app.Verify(context.Background(), cfg)
	if err != nil || head.Number == 0 {
		t.Errorf("verify: head %d, %v", head.Number, err)
	}
}

func TestBadInputIsToldAndChangesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := startChat(t, dir)

	private := func(user, text string, words ...string) {
		t.Helper()
		var last string
		for _, m := range c.state().channel("future-industries").Ephemerals {
			last = max(last, m.TS)
		}
		c.command(user, "future-industries", text)
		c.expectPrivate("future-industries", last, words...)
	}
	private("liaison-kunshan", "report 无锡", "没有“无锡”这个板块", "张家港市")
	private("liaison-sip", "report Atlantis", "There is no district", "Kunshan")
	private("liaison-kunshan", "report 太仓 空天", "太仓", "秘书处")
	private("member-1", "report", "不能上报", "秘书处")
	private("member-2", "report", "cannot report", "secretariat")
	private("member-1", "district Atlantis", "Atlantis")
	private("member-1", "进展 无锡", "无锡")
	private("member-1", "问 "+strings.Repeat("很长", 5000), "太长")

	fields := []struct {
		name   string
		change map[string]any
		field  string
		words  string
	}{
		{"an item without a name", map[string]any{"name": ""}, "name", ""},
		{"a credit code that is none", map[string]any{"credit_code": "91110000802100433C"}, "credit_code", "last character"},
		{"a date that is none", map[string]any{"date": "2026-02-30"}, "date", ""},
		{"output without a value", output(""), "value", ""},
		{"an absurd value", output("-3"), "value", ""},
		{"the wrong unit", output("300万元"), "value", "亿元"},
		{"ten thousand characters", map[string]any{"progress": strings.Repeat("长", 10000)}, "progress", ""},
		{"no evidence", map[string]any{"evidence": ""}, "evidence", ""},
	}
	for _, tt := range fields {
		values := scenario("低空物流航线")
		if tt.change["indicator"] != nil {
			values = map[string]any{}
		}
		maps.Copy(values, tt.change)
		r := c.report("liaison-kunshan", values)
		if r.Closed || !strings.Contains(r.Errors[tt.field], tt.words) || r.Errors[tt.field] == "" {
			t.Errorf("%s: %+v; want the field %s to say %q", tt.name, r, tt.field, tt.words)
		}
		c.must("close", object{"user": "liaison-kunshan", "view_id": c.form("liaison-kunshan").ID})
	}
	if n := len(c.state().channel("secretariat").Messages); n != 0 {
		t.Errorf("%d cards in secretariat, want none", n)
	}

	// A second process in the same folder ends with words, and the first goes on.
	var out, log bytes.Buffer
	err := app.Try(context.Background(), app.TryOptions{Addr: "127.0.0.1:0", Data: dir, LogLevel: "warn", Out: &out, Errors: &log})
	if err == nil || !app.OperatorsFault(err) || !strings.Contains(err.Error(), "in use") {
		t.Errorf("a second process in the folder: %v", err)
	}
	ts := c.say("member-1", "dm", "氢能由谁负责")
	c.expect("dm-member-1", ts, "张家港")
}

func TestWhateverSlackDoesOnceIsOnce(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	fault := func(kind string, more ...object) {
		t.Helper()
		body := object{"kind": kind}
		for _, m := range more {
			maps.Copy(body, m)
		}
		c.must("fault", body)
	}
	botMessages := func(s state, channel, words string) (n int) {
		for _, m := range s.channel(channel).Messages {
			if m.BotID != "" && strings.Contains(m.shows(), words) {
				n++
			}
		}
		return n
	}
	// marker is asked and answered behind what is to be counted: a person's
	// requests are handled in order, so by then a double would be there.
	marker := func(user, channel string) {
		t.Helper()
		ts := c.say(user, "dm", "数字金融由谁负责")
		c.expect(channel, ts, "相城")
	}

	fault("redeliver")
	ts := c.say("member-1", "dm", "氢能由哪些板块负责?")
	c.expect("dm-member-1", ts, "张家港")
	marker("member-1", "dm-member-1")
	if n := botMessages(c.state(), "dm-member-1", "张家港"); n != 1 {
		t.Errorf("a redelivered question has %d answers", n)
	}

	// The same form submitted twice is one report.
	form := c.reportForm("liaison-kunshan", scenario(""))
	fault("redeliver")
	if r := c.submit("liaison-kunshan", form, scenario("低空物流航线")); !r.OK {
		t.Errorf("submitted: %+v", r)
	}
	c.expect("secretariat", "", "低空物流航线")
	marker("liaison-kunshan", "dm-liaison-kunshan")
	if n := botMessages(c.state(), "secretariat", "低空物流航线"); n != 1 {
		t.Errorf("one report has %d cards", n)
	}

	// The reply to a post is lost: the digest is there once all the same.
	fault("lose_reply", object{"method": "chat.postMessage"})
	c.command("leader", "leadership", "digest")
	c.expect("leadership", "", "每周简报")
	c.command("leader", "leadership", "digest")
	c.eventually("a second digest, asked for by itself", func(s state) bool { return botMessages(s, "leadership", "每周简报") == 2 })

	// Refused for a moment, posted in the end.
	fault("rate_limit", object{"method": "chat.postMessage", "retry_after": 1})
	ts = c.say("member-2", "dm", "Which districts lead quantum?")
	c.expect("dm-member-2", ts, "Xiangcheng", "Wujiang")

	// The connection drops: the bot comes back by itself.
	fault("disconnect")
	ts = c.say("member-2", "dm", "Who leads aerospace?")
	c.expect("dm-member-2", ts, "Taicang")
}

// movedClock starts at a moment and goes on from there.
func movedClock(start time.Time) func() time.Time {
	began := time.Now()
	return func() time.Time { return start.Add(time.Since(began)) }
}

func TestTheClockIsPutForward(t *testing.T) {
	t.Parallel()
	dir, start := t.TempDir(), time.Date(2026, 11, 23, 9, 0, 0, 0, calendar.Shanghai())
	c := startChat(t, dir, func(o *app.TryOptions) { o.Now, o.Ahead = movedClock(start), 40 })
	ts := c.say("member-1", "dm", "帮助")
	if said, want := ts[:len("1234567890")], fmt.Sprint(start.AddDate(0, 0, 40).Unix()); said < want {
		t.Errorf("said at %s, want %s or later", said, want)
	}
	c.stop()
	for _, days := range []int{-1, 1000} {
		if err := app.Try(t.Context(), app.TryOptions{Addr: "127.0.0.1:0", Data: dir, LogLevel: "warn", Ahead: days}); err == nil || !strings.Contains(err.Error(), "732") {
			t.Errorf("%d days: %v", days, err)
		}
	}
}

func TestTheDigestComesOnItsSlot(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 11, 23, 9, 0, 0, 0, calendar.Shanghai())
	c := startChat(t, t.TempDir(), func(o *app.TryOptions) { o.Now = movedClock(monday.Add(-4 * time.Second)) })
	m := c.expect("leadership", "", "每周简报", "2026", "本周没有新的上报和采纳")
	if m.TS < fmt.Sprint(monday.Unix()) {
		t.Errorf("posted at %s, before its slot %d", m.TS, monday.Unix())
	}
}

func TestVerifyNamesTheFirstBadEntry(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := startChat(t, dir)
	c.report("liaison-kunshan", scenario("低空物流航线"))
	c.stop()
	cfg := app.DefaultConfig()
	cfg.Storage.Data = dir
	tamper(t, dir, "低空物流航线", "高空物流航线")
	_, err := app.Verify(context.Background(), cfg)
	broken, ok := err.(*journal.ChainError) //nolint:errorlint // Exactly this is promised.
	if !ok {
		t.Fatalf("verify: %v, want a *journal.ChainError", err)
	}
	if want := fmt.Sprintf("entry %d", broken.Number); !strings.Contains(err.Error(), want) || broken.Number == 0 {
		t.Errorf("%q does not name %q", err, want)
	}
}
