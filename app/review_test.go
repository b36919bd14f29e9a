package app_test

import (
	"strings"
	"testing"
)

// TestAReviewersQueue works through the queue of one district: what is decided
// there concerns that district alone, the queue stays narrowed, tells what was
// done and leaves out what was decided, and the cards follow.
func TestAReviewersQueue(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	const office, sip, kunshan = "secretariat", "liaison-sip", "liaison-kunshan"
	for _, user := range []string{sip, kunshan} {
		h := c.home(user, "no-change")
		c.must("action", object{"user": user, "view_id": h.ID, "action_id": "no-change"})
	}
	ofSIP := c.expect("secretariat", "", "苏州工业园区：2026年第四季度无变化，3 项")
	ofKunshan := c.expect("secretariat", "", "昆山市：2026年第四季度无变化，2 项")

	// Accepting all that is unchanged in the park leaves Kunshan's alone.
	queue := c.private(office, "审核 园区", "待审核（园区）：3 项", "其中 3 项")
	c.click(office, "future-industries", queue, "accept-all")
	c.eventuallyPrivate(office, "审核", "待审核：2 项")
	c.eventually("the narrowed queue is empty", func(s state) bool {
		for _, m := range s.channel("future-industries").Ephemerals {
			if m.TS == queue.TS {
				return showsAll(m, []string{"待审核（园区）：0 项", "已采纳 3 项", "全部待审核的有 2 项"})
			}
		}
		return false
	})
	told := c.expect(c.direct(sip), "", "Accepted 3 of your reports", "Frontier New Materials", "Photonic Chips", "Cell and Gene")
	if strings.Contains(told.shows(), "Kunshan") {
		t.Errorf("the park is told of Kunshan: %s", told.shows())
	}
	shows := func(m message, want bool, words ...string) {
		t.Helper()
		c.eventually("the card follows", func(s state) bool {
			for _, now := range s.channel("secretariat").Messages {
				if now.TS == m.TS {
					return showsAll(now, words) && strings.Contains(now.shows(), "accept-all") == want
				}
			}
			return false
		})
	}
	shows(ofSIP, false, "沈文静 采纳")
	shows(ofKunshan, true)

	// What is returned from the queue leaves it, too.
	for _, name := range []string{"光子示范线", "光子测试台"} {
		f := c.reportForm(sip, map[string]any{"domain": "photonics", "indicator": "scenarios"})
		if r := c.submit(sip, f, map[string]any{"name": name, "holder": "苏州光子研究院", "place": "独墅湖", "stage": "built", "evidence": "https://www.sip.gov.cn/1"}); !r.Closed {
			t.Fatalf("reported: %+v", r)
		}
	}
	queue = c.eventuallyPrivate(office, "审核 园区 光子", "待审核（园区 · 光子芯片与光器件）：2 项")
	c.act(office, "future-industries", queue, "return:0")
	f := c.form(office)
	if r := c.submit(office, f, map[string]any{"code": "unclear"}); !r.Closed {
		t.Fatalf("returned: %+v", r)
	}
	c.eventually("the narrowed queue has one", func(s state) bool {
		for _, m := range s.channel("future-industries").Ephemerals {
			if m.TS == queue.TS {
				return showsAll(m, []string{"待审核（园区 · 光子芯片与光器件）：1 项", "已退回", "光子示范线"}) && strings.Contains(m.shows(), "光子测试台")
			}
		}
		return false
	})
}

// TestALockedPeriod returns a report in a locked period, in which its district
// cannot mend it, and reopens the period: everybody concerned is told before
// they fill in anything in vain.
func TestALockedPeriod(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	const office, other, kunshan = "secretariat", "secretariat-2", "liaison-kunshan"
	if r := c.report(kunshan, scenario("低空物流航线")); !r.Closed {
		t.Fatalf("reported: %+v", r)
	}
	list := c.private(office, "报告期", "2026年第四季度")
	c.act(office, "future-industries", list, "lock:0")
	f := c.formShows(office, "待审核 1 项", "还没报齐", "锁定后不能再报")
	if r := c.submit(office, f, map[string]any{"reason": "汇总上报。"}); !r.Closed {
		t.Fatalf("locked: %+v", r)
	}
	c.expect(c.direct(office), "", "2026年第四季度已锁定", "汇总上报")

	card := c.expect("secretariat", "", "新上报 R-2026Q4-0001")
	c.click(office, "secretariat", card, "return")
	f = c.formShows(office, "已锁定：退回后，板块要等重新开放")
	if r := c.submit(office, f, map[string]any{"code": "unclear"}); !r.Closed {
		t.Fatalf("returned: %+v", r)
	}
	returned := c.expect(c.direct(kunshan), "", "已退回 R-2026Q4-0001", "已锁定，现在改不了")
	c.click(kunshan, c.direct(kunshan), returned, "fix")
	c.expectPrivate(c.direct(kunshan), "", "2026年第四季度已锁定，不能再上报或修改")
	if h := c.home(kunshan, "昆山2026年第四季度已锁定，不用再上报"); strings.Contains(string(h.Blocks), "还要上报") {
		t.Errorf("Home asks for what cannot be done: %s", h.Blocks)
	}
	f = c.reportForm(kunshan, scenario("")) // A command in English.
	c.formShows(kunshan, "Q4 2026 is locked, so this cannot be submitted")
	f = c.choose(kunshan, f, "period", "2026Q3", `"block_id":"period.1"`)
	if strings.Contains(string(f.Blocks), "is locked") {
		t.Errorf("the period before is open: %s", f.Blocks)
	}
	c.must("close", object{"user": kunshan, "view_id": f.ID})

	// Reopened by somebody else, the list tells by whom and why, and it can be mended.
	list = c.private(other, "period", "Q4 2026", "Locked by Shen Wenjing", "汇总上报")
	c.act(other, "future-industries", list, "lock:0")
	f = c.formShows(other, "until it is locked anew", "Locked by Shen Wenjing")
	if r := c.submit(other, f, map[string]any{"reason": "昆山要更正。"}); !r.Closed {
		t.Fatalf("reopened: %+v", r)
	}
	c.expect(c.direct(other), "", "Q4 2026 is open again", "Reopened by Wu Jiahe", "昆山要更正")
	c.private(office, "报告期", "吴嘉禾 重新开放于", "昆山要更正")
	c.click(kunshan, c.direct(kunshan), returned, "fix")
	f = c.formShows(kunshan, "退回原因", "低空物流航线")
	if r := c.submit(kunshan, f, map[string]any{"place": "花桥镇"}); !r.Closed {
		t.Fatalf("mended: %+v", r)
	}
	c.home(kunshan, "昆山还要上报")
}
