package app_test

import (
	"testing"
)

// TestAQuarter lives a quarter in chat: a draft from a message, a report with a
// figure that looks strange, a review that asks, returns and accepts, an
// amendment, a period that is locked, and a quarter in which nothing changed.
func TestAQuarter(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	const kunshan, sip, office = "liaison-kunshan", "liaison-sip", "secretariat"

	// A message becomes a draft, which its author goes on with from Home.
	ts := c.say(kunshan, "future-industries", "花桥的低空物流航线今天首飞 https://www.ks.gov.cn/notice/1")
	c.must("shortcut", object{"user": kunshan, "channel": "future-industries", "message_ts": ts, "callback_id": "report_from_message"})
	f := c.formShows(kunshan, "草稿 D-0001 已保存", "花桥的低空物流航线今天首飞 https://www.ks.gov.cn/notice/1")
	c.must("close", object{"user": kunshan, "view_id": f.ID})
	c.must("shortcut", object{"user": kunshan, "channel": "future-industries", "message_ts": ts, "callback_id": "report_from_message"})
	f = c.formShows(kunshan, "草稿 D-0001 已保存") // The same message, the same draft.
	c.must("close", object{"user": kunshan, "view_id": f.ID})
	h := c.home(kunshan, "草稿 D-0001", "昆山市 · 花桥的低空物流航线今天首飞", "截止2026年12月25日", "元宇宙", "空天开发")
	c.must("action", object{"user": kunshan, "view_id": h.ID, "action_id": "draft"})
	f = c.formShows(kunshan, "花桥的低空物流航线今天首飞")
	f = c.choose(kunshan, f, "domain", "aerospace", `"block_id":"indicator.1"`)
	f = c.choose(kunshan, f, "indicator", "scenarios", "场景名称", "花桥的低空物流航线今天首飞")

	// A credit code with a slip stays at its field; then the date lies outside
	// the period, which asks for an explanation.
	values := map[string]any{
		"name": "低空物流航线", "holder": "昆山低空科技有限公司", "credit_code": "91110000802100433C", "place": "花桥镇", "stage": "built",
		"date": "2026-09-01", "evidence": "https://www.ks.gov.cn/notice/1", "coordination": "协调空域审批", "coordination_by": "市交通局", "coordination_until": "2026-12-15",
	}
	if r := c.submit(kunshan, f, values); r.Closed || r.Errors[c.block(f, "credit_code")] == "" {
		t.Fatalf("a wrong credit code: %+v", r)
	}
	values["credit_code"] = "91110000802100433B"
	if r := c.submit(kunshan, f, values); r.Closed {
		t.Fatalf("a date outside the period: %+v", r)
	}
	f = c.formShows(kunshan, "请核对", "数据说明", "低空物流航线")
	values["note"] = "九月建成，本季度取得验收文件。"
	if r := c.submit(kunshan, f, values); !r.Closed {
		t.Fatalf("explained: %+v", r)
	}
	receipt := c.expect("dm-"+kunshan, "", "已收到 R-2026Q4-0001", "低空物流航线")
	c.home(kunshan, "已上报 1 项")

	// The secretariat asks; the district answers.
	card := c.expect("secretariat", "", "新上报 R-2026Q4-0001", "系统提示", "九月建成")
	c.click(office, "secretariat", card, "query")
	f = c.form(office)
	if r := c.submit(office, f, map[string]any{"words": "验收文件的文号是多少？"}); !r.Closed {
		t.Fatalf("asked: %+v", r)
	}
	question := c.expect("dm-"+kunshan, "", "秘书处就 R-2026Q4-0001 提问", "文号是多少")
	c.click(kunshan, "dm-"+kunshan, question, "reply")
	f = c.formShows(kunshan, "文号是多少")
	if r := c.submit(kunshan, f, map[string]any{"words": "昆工信〔2026〕12号。"}); !r.Closed {
		t.Fatalf("answered: %+v", r)
	}
	c.expect("secretariat", card.TS, "R-2026Q4-0001 的答复", "昆工信")

	// It is returned without words where words are needed, then with them; the
	// card tells it, and the district mends it from its message.
	c.click(office, "secretariat", card, "return")
	f = c.form(office)
	if r := c.submit(office, f, map[string]any{"code": "other"}); r.Closed || r.Errors["words"] == "" {
		t.Fatalf("returned without words: %+v", r)
	}
	if r := c.submit(office, f, map[string]any{"code": "other", "words": "请补文号。"}); !r.Closed {
		t.Fatalf("returned: %+v", r)
	}
	c.eventually("the card tells that it was returned", func(s state) bool {
		for _, m := range s.channel("secretariat").Messages {
			if m.TS == card.TS {
				return showsAll(m, []string{"退回原因", "请补文号"})
			}
		}
		return false
	})
	returned := c.expect("dm-"+kunshan, receipt.TS, "已退回 R-2026Q4-0001", "请补文号")
	c.click(kunshan, "dm-"+kunshan, returned, "fix")
	f = c.formShows(kunshan, "退回原因", "低空物流航线", "91110000802100433B")
	if r := c.submit(kunshan, f, map[string]any{"document": "昆工信〔2026〕12号"}); !r.Closed {
		t.Fatalf("mended: %+v", r)
	}
	second := c.expect("secretariat", card.TS, "R-2026Q4-0001 第2版", "与第1版相比", "昆工信〔2026〕12号")

	mended := c.expect("dm-"+kunshan, returned.TS, "已更新 R-2026Q4-0001（第2版）")

	// A button of the old version says what happened; the new one accepts, once,
	// however often it is clicked.
	queue := c.private(office, "审核", "待审核：1 项", "R-2026Q4-0001")
	c.click(office, "secretariat", second, "accept")
	c.expect("dm-"+kunshan, returned.TS, "已采纳 R-2026Q4-0001")
	c.click(office, "future-industries", queue, "accept")
	c.expectPrivate("future-industries", queue.TS, "现在是第2版", "已采纳")
	c.click(kunshan, "dm-"+kunshan, mended, "withdraw")
	c.expectPrivate("dm-"+kunshan, "", "R-2026Q4-0001 已采纳，不能撤回", "“修改”")
	c.private("leader", "进展 应用场景", "已采纳 1个，目标的1%")
	ts = c.say("member-1", "dm", "应用场景完成多少了？")
	c.expect("dm-member-1", ts, "100", "1")

	// An accepted report is changed with a reason only, and goes on counting.
	c.click(kunshan, "dm-"+kunshan, receipt, "fix")
	f = c.formShows(kunshan, "修改原因")
	if r := c.submit(kunshan, f, map[string]any{"stage": "accepted"}); r.Closed || r.Errors[c.block(f, "reason")] == "" {
		t.Fatalf("changed without a reason: %+v", r)
	}
	if r := c.submit(kunshan, f, map[string]any{"stage": "accepted", "reason": "已通过验收。"}); !r.Closed {
		t.Fatalf("changed: %+v", r)
	}
	third := c.expect("secretariat", second.TS, "第3版", "修改原因", "已通过验收")
	c.private("leader", "进展 应用场景", "已采纳 1个，目标的1%")
	c.click(office, "secretariat", third, "history")
	history := c.formShows(office, "第1版", "第2版", "第3版", "退回原因")
	c.must("close", object{"user": office, "view_id": history.ID})

	// The other domain did not change: one click from Home.
	h = c.home(kunshan, "本期无变化")
	c.must("action", object{"user": kunshan, "view_id": h.ID, "action_id": "no-change"})
	c.expect("dm-"+kunshan, "", "已收到：2026年第四季度无变化", "元宇宙")
	unchanged := c.expect("secretariat", "", "昆山市：2026年第四季度无变化", "元宇宙")
	c.click(office, "secretariat", unchanged, "accept-all")
	c.home(kunshan, "各领域都已上报")

	// In English: the park reports output, too large for the unit; a colleague's
	// newer figure is shown before it is replaced.
	c.command(sip, "future-industries", "report photonics output 125000")
	f = c.formShows(sip, "Value (RMB 100 million)")
	if r := c.submit(sip, f, map[string]any{"evidence": "https://www.sip.gov.cn/stat"}); r.Closed {
		t.Fatalf("an absurd figure: %+v", r)
	}
	if r := c.submit(sip, f, map[string]any{"value": "12.5", "evidence": "https://www.sip.gov.cn/stat"}); !r.Closed {
		t.Fatalf("the right figure: %+v", r)
	}
	c.expect("dm-"+sip, "", "Received", "RMB 1.25 billion")

	// The quarter is locked, with a reason; nothing goes in any more.
	list := c.private(office, "报告期", "2026年第四季度", "锁定")
	c.click(office, "future-industries", list, "lock")
	f = c.form(office)
	if r := c.submit(office, f, map[string]any{"reason": "汇总上报。"}); !r.Closed {
		t.Fatalf("locked: %+v", r)
	}
	f = c.reportForm(kunshan, scenario(""))
	r := c.submit(kunshan, f, map[string]any{"name": "无人机巡检", "holder": "昆山低空科技有限公司", "place": "周庄", "stage": "released", "evidence": "https://www.ks.gov.cn/notice/2"})
	if !r.OK || r.Closed {
		t.Fatalf("a locked period: %+v", r)
	}
	refusal := c.formShows(kunshan, "Q4 2026 is locked", "secretariat") // In the language of the command.

	// The form stays below the refusal instead of being lost: another
	// period would take it in.
	c.must("close", object{"user": kunshan, "view_id": refusal.ID})
	if below := c.form(kunshan); below.ID != f.ID || below.CallbackID != "report" {
		t.Fatalf("below the refusal lies %s, the form %s was submitted", below.CallbackID, f.ID)
	}
}
