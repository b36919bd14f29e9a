package app_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"wainao/app"
	"wainao/people"
)

// TestAnEvaluationBegins lives a cycle in chat from its preparation to the first
// scores: set up by the secretariat, opened, begun by its date, scored by
// members who are told and reminded; one stands aside, one leaves, a date moves.
func TestAnEvaluationBegins(t *testing.T) {
	t.Parallel()
	var clock settableClock
	var log buffer
	dir := t.TempDir()
	clock.at("2026-11-23 09:00:00")
	c := startChat(t, dir, func(o *app.TryOptions) {
		o.Now, o.LogLevel, o.Errors = clock.now, "debug", &log
		o.Adjust = func(c *app.Config) {
			for i, p := range c.People {
				switch p.User {
				case "U0DKUNSHAN", "U0BKUNSHAN", "U0LXIANGCH": // Five members, one of them a deputy as well.
					c.People[i].Roles = append(c.People[i].Roles, string(people.Member))
				}
			}
		}
	})
	const office, first, second, third = "secretariat", "member-1", "member-2", "deputy-kunshan"

	// Nobody but the secretariat can begin one.
	if m := c.private(first, "评估", "还没有进行年度评估"); strings.Contains(m.shows(), "evaluation-begin") {
		t.Errorf("a member is offered to begin: %s", m.shows())
	}
	c.home(office, "2026年度评估还没有开始")
	m := c.private(office, "评估", "可以开始2026年度评估")
	c.click(office, "future-industries", m, "evaluation-begin")
	m = c.eventuallyShown("future-industries", m.TS, "准备2026年度评估", "还没有设置日程")

	// It is prepared: one form after another, each shown in the place of the last.
	step := func(action, words string, values map[string]any) {
		t.Helper()
		c.click(office, "future-industries", m, action)
		f := c.form(office)
		if r := c.submit(office, f, values); !r.Closed {
			t.Fatalf("%s: %+v", action, r)
		}
		m = c.eventuallyShown("future-industries", m.TS, words)
	}
	c.click(office, "future-industries", m, "evaluation-criteria")
	f := c.form(office)
	if r := c.submit(office, f, map[string]any{"weight_maturity": "20"}); r.Closed || !strings.Contains(r.Errors["weight_fit"], "105") {
		t.Fatalf("weights that sum to 105: %+v", r)
	}
	if r := c.submit(office, f, map[string]any{"weight_maturity": "10", "rename": "demand", "rename_zh": "市场和应用", "rename_en": "Market and use", "new_name_zh": "绿色低碳", "new_name_en": "Green growth", "new_group": "situation", "new_weight": "5"}); !r.Closed {
		t.Fatalf("criteria: %+v", r)
	}
	m = c.eventuallyShown("future-industries", m.TS, "绿色低碳 5", "市场和应用 15", "合计 100")
	step("evaluation-rules", "法定人数二分之一", map[string]any{"quorum": "1/2"})
	// Dates that make no sense are told at their fields, and what was filled in stays.
	c.click(office, "future-industries", m, "evaluation-dates")
	f = c.form(office)
	odd := map[string]any{
		"scoring-from": "2026-11-30", "scoring-until": "2026-12-11", "second-until": "2026-12-11", "deliberation": "2026-12-26",
		"notice-from": "2026-12-28", "notice-until": "2026-12-28", "decision": "2027-01-02", "effective": "2027-02-01",
	}
	for field, words := range map[string]string{
		"second-until": "“第二轮截止”最早是第二天", "deliberation": "不上班，最近的工作日是2026年12月28日", "notice-until": "公示只有 1 个工作日", "decision": "2027年1月2日（周六）不上班",
	} {
		if r := c.submit(office, f, odd); r.Closed || !strings.Contains(r.Errors[field], words) {
			t.Errorf("%s: %+v", field, r.Errors)
		}
	}
	odd["second-until"], odd["decision"] = "2026-12-16", "2027-01-06"
	if r := c.submit(office, f, odd); r.Closed || len(r.Errors) != 2 {
		t.Errorf("what is left: %+v", r)
	}
	odd["dates_meant"] = []string{"dates_meant"}
	if r := c.submit(office, f, odd); !r.Closed {
		t.Errorf("meant so: %+v", r)
	}
	m = c.eventuallyShown("future-industries", m.TS, "公示 12月28日–12月28日")
	c.at(&clock, "2026-11-23 09:10:00") // The same button once more is no double click.
	step("evaluation-dates", "打分 11月30日–12月11日", map[string]any{
		"second-until": "2026-12-18", "deliberation": "2026-12-23", "notice-from": "2026-12-25", "notice-until": "2027-01-04", "decision": "2027-01-07",
	})
	step("evaluation-members", "4 名（", map[string]any{"members": []string{"U0MEMBER001", "U0MEMBER002", "U0DKUNSHAN", "U0BKUNSHAN"}})
	c.click(office, "future-industries", m, "evaluation-items")
	m = c.eventuallyShown("future-industries", m.TS, "17 个事项", "量子计算")
	add := map[string]any{"domain": "hydrogen", "district": "taicang", "focus_zh": "氢能船舶", "focus_en": "hydrogen ships", "reason": "已有布局"}
	step("evaluation-add:pair", "18 个事项", add)
	step("evaluation-add:new", "19 个事项", map[string]any{
		"name_zh": "脑机接口", "name_en": "Brain-computer interfaces", "short_zh": "脑机接口", "short_en": "BCI",
		"summary_zh": "连接大脑与机器。", "summary_en": "Connects brains and machines.", "district": "sip", "focus_zh": "植入式器件", "focus_en": "implants",
	})
	c.click(office, "future-industries", m, "evaluation-setup:back")
	m = c.eventuallyShown("future-industries", m.TS, "已齐备，可以启动", "共 19 项")

	// It is opened: members and leadership are told, and what is set up stays.
	step("evaluation-step:open", "2026年度评估 · 已启动", nil)
	told := c.expect("dm-"+first, "", "2026年度评估：已启动", "你是本次评估的委员")
	c.expect("dm-"+second, "", "2026 evaluation: open", "stand aside")
	c.expect("dm-leader", "", "2026年度评估：已启动")
	c.expect("secretariat", "", "2026年度评估：已启动")

	// A member stands aside, from the message.
	c.click(first, "dm", told, "evaluation-recuse")
	f = c.form(first)
	if r := c.submit(first, f, map[string]any{"district": "gusu"}); r.Closed {
		t.Fatalf("without a reason: %+v", r)
	}
	if r := c.submit(first, f, map[string]any{"district": "gusu", "reason": "在当地企业任职"}); !r.Closed {
		t.Fatalf("stands aside: %+v", r)
	}
	c.expect("dm-"+first, told.TS, "姑苏区", "本人申请")

	// Scoring begins by its date, once, and is told.
	c.at(&clock, "2026-11-30 09:00:01")
	c.wake()
	begun := c.expect("dm-"+first, told.TS, "开始打分", "18 个事项")
	c.expect("dm-"+third, "", "开始打分", "19 个事项")

	// A member scores an item; only the count shows to others.
	c.click(first, "dm", begun, "evaluation-score")
	f = c.formShows(first, "已打 0 / 18 项")
	c.must("action", object{"user": first, "view_id": f.ID, "action_id": "eval-next"})
	f = c.formShows(first, "理由", "市场和应用")
	scores := map[string]any{"reason": "中试线已经建成，应用场景清楚。"}
	for _, k := range []string{"maturity", "breakthroughs", "platforms", "foundation", "resources", "demand", "fit", "green-growth"} {
		scores[k] = "7"
	}
	if r := c.submit(first, f, scores); !r.OK || len(r.Errors) > 0 {
		t.Fatalf("scored: %+v", r)
	}
	f = c.form(first) // The next item's.
	c.must("close", object{"user": first, "view_id": f.ID})
	c.home(first, "已打分 1/18")

	// Three workdays before the end who is a deputy as well has one note of all.
	c.at(&clock, "2026-12-08 09:30:01")
	c.wake()
	c.expect("dm-"+first, begun.TS, "2026年度评估 · 打分", "还剩 3 个工作日", "还差 17 项")
	c.expect("dm-"+third, "", "还差 19 项", "你是本次评估的委员")
	if n := reminders(c.state(), "dm-"+third); n != 1 {
		t.Errorf("the deputy has %d reminders of a day", n)
	}

	// The secretariat sees who is outstanding, moves the date and notes who left.
	m = c.private(office, "评估", "还没完成", "顾怀远（1/18）")
	c.click(office, "future-industries", m, "evaluation-dates")
	f = c.form(office)
	moved := map[string]any{"scoring-until": "2026-12-16", "second-until": "2026-12-21", "reason": "两位委员出差"}
	if r := c.submit(office, f, moved); !r.Closed {
		t.Fatalf("dates: %+v", r)
	}
	m = c.eventuallyShown("future-industries", m.TS, "打分截止", "2026年12月16日")
	c.expect("dm-"+second, "", "dates were moved", "16 December 2026")
	c.click(office, "future-industries", m, "evaluation-people")
	m = c.eventuallyShown("future-industries", m.TS, "委员（4 名）", "在当地企业任职")
	step("evaluation-leave", "委员（3 名）", map[string]any{"member": "U0BKUNSHAN", "reason": "退休"})
	c.click(office, "future-industries", m, "evaluation:back")
	m = c.eventuallyShown("future-industries", m.TS, "委员 3 名")
	c.click(office, "future-industries", m, "evaluation-proceedings")
	m = c.eventuallyShown("future-industries", m.TS, "进入“打分”阶段", "退休", "两位委员出差", "标准“应用和需求”改名为“市场和应用”")

	for _, m := range c.state().channel("secretariat").Messages {
		if strings.Contains(m.shows(), "中试线") {
			t.Errorf("the secretariat is told a member's reason: %s", m.shows())
		}
	}

	// It is cancelled, with a reason; who was told of it is told that too.
	m = c.private(office, "评估", "2026年度评估 · 打分")
	step("evaluation-step:cancel", "2026年度评估 · 已取消", map[string]any{"reason": "改到明年"})
	c.expect("dm-"+first, begun.TS, "已取消", "改到明年")
	c.private("liaison-sip", "evaluation 2026", "cancelled")

	// What the member wrote is in no log and in no export.
	c.stop()
	kept := map[string]string{"the log": log.String()}
	cfg := app.DefaultConfig()
	cfg.Storage = app.StorageConfig{Data: dir}
	for _, format := range []string{"json", "csv", "xlsx"} {
		out := &file{}
		if _, err := app.Export(t.Context(), cfg, app.ExportOptions{Format: format, Now: clock.now()}, func(string) (io.WriteCloser, error) { return out, nil }); err != nil {
			t.Fatal(err)
		}
		kept["the export as "+format] = unpacked(t, out.Bytes())
	}
	if len(kept["the log"]) == 0 || !strings.Contains(kept["the export as json"], "hydrogen") {
		t.Error("nothing was logged or exported")
	}
	for what, text := range kept {
		if strings.Contains(text, "中试线") || strings.Contains(text, "evaluation.score") {
			t.Errorf("a member's score is in %s", what)
		}
	}
}

// file is an export in memory.
type file struct{ bytes.Buffer }

func (*file) Close() error { return nil }

// unpacked returns what a file holds, also one that is an archive.
func unpacked(t *testing.T, raw []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return string(raw)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// eventuallyShown waits until the private message with the ts shows the words:
// it is changed in its place.
func (c *chat) eventuallyShown(channel, ts string, words ...string) message {
	c.t.Helper()
	var out message
	c.eventually("the message "+ts+" shows "+strings.Join(words, ", "), func(s state) bool {
		for _, m := range s.channel(channel).Ephemerals {
			if m.TS == ts && showsAll(m, words) {
				out = m
				return true
			}
		}
		return false
	})
	return out
}
