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
