package app_test

import (
	"strings"
	"testing"
	"time"

	"wainao/calendar"
)

// act clicks an element of a message, wherever it stands, by its whole action
// id; value chooses an option of a list.
func (c *chat) act(user, channel string, m message, action string, value ...string) {
	c.t.Helper()
	body := object{"user": user, "channel": channel, "message_ts": m.TS, "action_id": action}
	if len(value) > 0 {
		body["value"] = value[0]
	}
	c.must("action", body)
}

// accept has the secretariat accept the report whose card shows the words.
func (c *chat) accept(words ...string) {
	c.t.Helper()
	c.click("secretariat", "secretariat", c.expect("secretariat", "", words...), "accept")
}

// TestProgressIsSeenDownToTheEvidence reports one scenario from two districts,
// looks at it from the targets down to its report, and decides that it is one.
func TestProgressIsSeenDownToTheEvidence(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	period := string(calendar.PeriodOf(time.Now()))

	// Before anything is reported there is no data, and never 0.
	empty := c.private("leader", "进展", "目标进展", "未填报", `"type":"image"`)
	if strings.Contains(empty.shows(), "已采纳 0") {
		t.Errorf("nothing reported is told as 0: %s", empty.shows())
	}
	for _, user := range []string{"liaison-kunshan", "liaison-sip"} {
		if r := c.report(user, scenario("低空物流航线")); !r.Closed {
			t.Fatalf("the form of %s stayed open: %+v", user, r)
		}
	}
	c.private("leader", "进展 应用场景", "未填报", "另有待审核 2个", "何时计入")
	c.accept("低空物流航线", "昆山市")
	c.accept("低空物流航线", "苏州工业园区")
	c.eventuallyPrivate("leader", "进展 应用场景", "已采纳 1个，目标的1%", "尚无年度路径", "线性", "昆山 1、园区 1")

	// From the matrix into a cell, and from there to the report's history.
	all := c.private("leader", "进展", "目标进展", "已采纳 1个", "昆山 · 空天 · 已采纳 1 项")
	c.act("leader", "future-industries", all, "cell", "aerospace|kunshan|"+period)
	cell := c.expectPrivate("future-industries", all.TS, "昆山市 · 空天开发", "周敏", "低空物流航线", "https://www.ks.gov.cn/notice/1", "登记的项目（1）")
	if strings.Contains(string(cell.Blocks), `"action_id":"report"`) {
		t.Errorf("a leader is offered to report: %s", cell.Blocks)
	}
	c.act("leader", "future-industries", cell, "history:0")
	if form := c.form("leader"); !strings.Contains(string(form.Blocks), "低空物流航线") {
		t.Errorf("the history shows %s", form.Blocks)
	}
	c.private("liaison-kunshan", "进展 昆山 空天", "昆山市 · 空天开发", `"action_id":"report"`)
	c.private("member-2", "progress "+period, "Reports", "accepted")
	c.private("leader", "进展 火星", "不是领域、板块、指标或报告期")

	// The register, searched, and one of its items.
	list := c.private("leader", "登记 昆山 物流", "登记的项目：1 项", "低空物流航线", "计入")
	c.act("leader", "future-industries", list, "register-item:0")
	c.expectPrivate("future-industries", list.TS, "昆山低空公司", "花桥", "上报（1）")
	c.private("leader", "登记 没有这个词", "没有找到")

	// The same scenario from two districts is decided on by the secretariat.
	c.private("liaison-kunshan", "查重", "秘书处")
	c.must("home", object{"user": "secretariat"})
	c.eventually("the secretariat's Home tells of it", func(s state) bool {
		home := string(s.Homes[s.id("secretariat")])
		return strings.Contains(home, "1 组项目疑似重复") && strings.Contains(home, `"action_id":"duplicates"`)
	})
	pair := c.private("secretariat", "查重", "疑似重复：1 组", "相同：", "不同：", "同一项，昆山市牵头")
	c.act("secretariat", "future-industries", pair, "merge:0")
	c.expectPrivate("future-industries", "", "疑似重复：0 组", "没有要处理的")
	c.private("leader", "登记 园区", "已合并 1")
	c.private("leader", "登记 昆山", "计入 1")

	// What was decided can be decided anew: the other leads, and then neither.
	list = c.private("secretariat", "登记 园区 物流", "已合并 1")
	c.act("secretariat", "future-industries", list, "register-item:0")
	item := c.expectPrivate("future-industries", list.TS, "并入：低空物流航线", "已定，与*低空物流航线*（昆山市）：同一项，昆山市牵头")
	c.act("secretariat", "future-industries", item, "pair:0")
	settled := c.expectPrivate("future-industries", item.TS, "同一项，苏州工业园区牵头", "不是同一项")
	c.act("secretariat", "future-industries", settled, "merge:0")
	c.eventually("the park leads", func(s state) bool {
		for _, m := range s.channel("future-industries").Ephemerals {
			if m.TS == settled.TS {
				return showsAll(m, []string{"已定：同一项，苏州工业园区牵头", "同一项，昆山市牵头"})
			}
		}
		return false
	})
	c.private("leader", "登记 昆山", "已合并 1")
	c.act("secretariat", "future-industries", settled, "keep-apart:0")
	c.eventuallyPrivate("leader", "进展 应用场景", "已采纳 2个，目标的2%")
	c.act("secretariat", "future-industries", settled, "merge:1")
	c.eventuallyPrivate("leader", "进展 应用场景", "已采纳 1个，目标的1%")

	// A path is adopted, first with a year that nobody understands.
	c.command("secretariat", "future-industries", "路径 应用场景 2024=1 2030=100 专班会议决定")
	form := c.form("secretariat")
	if r := c.submit("secretariat", form, map[string]any{"path_points": "明年=20"}); r.Closed || !strings.Contains(r.Errors["path_points"], "一行写一年") {
		t.Fatalf("an unreadable path: %+v", r)
	}
	if r := c.submit("secretariat", form, map[string]any{"path_points": "2024=1\n2030=100"}); !r.Closed {
		t.Fatalf("not adopted: %+v", r)
	}
	c.expect("dm-secretariat", "", "已采用", "2030年 100个")
	c.private("leader", "进展 应用场景", "路径：现在应达", "严重滞后")
	c.private("liaison-kunshan", "路径 应用场景 2026=1", "秘书处")
}
