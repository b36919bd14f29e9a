package app_test

import (
	"maps"
	"strings"
	"testing"

	"wainao/app"
	"wainao/workspace"
)

// anEnglishLeader is a leader whose Slack speaks English.
const anEnglishLeader = "leader-en"

// atWork starts a Wainao whose clock stands at a moment, with a second leader.
func atWork(t testing.TB, clock *settableClock, moment string) *chat {
	t.Helper()
	clock.at(moment)
	seed := workspace.Seed{
		ID: "U0LEADEREN", Name: anEnglishLeader, RealName: "韩若宁", RealNameEN: "Han Ruoning", Title: "市领导", TitleEN: "City Leadership", Locale: "en-US",
	}
	return startChat(t, t.TempDir(), func(o *app.TryOptions) {
		o.Now, o.People = clock.now, []workspace.Seed{seed}
		o.Adjust = func(c *app.Config) {
			leader := app.PersonConfig{User: seed.ID, Roles: []string{"leader"}}
			leader.Name.ZH, leader.Name.EN = seed.RealName, seed.RealNameEN
			c.People = append(c.People, leader)
		}
	})
}

// reported has somebody report an item, with more than the form must have.
func (c *chat) reported(user, domain, indicator, name string, more map[string]any) {
	c.t.Helper()
	values := map[string]any{"domain": domain, "indicator": indicator, "name": name, "evidence": "https://www.suzhou.gov.cn/notice/1"}
	maps.Copy(values, more)
	for field, value := range values {
		if value == nil {
			delete(values, field)
		}
	}
	if r := c.report(user, values); !r.Closed {
		c.t.Fatalf("%s by %s stayed open: %+v", name, user, r)
	}
}

// stir has something written into the journal that nobody is told of, so that
// the scheduler looks at the clock that was moved.
func (c *chat) stir() {
	c.t.Helper()
	list := c.private("secretariat", "日程 holidays", "节假日安排检查")
	action := "job-pause"
	if strings.Contains(list.shows(), "job-resume") {
		action = "job-resume"
	}
	c.click("secretariat", "future-industries", list, action)
}

// twoWeeks lives two weeks of November until the digest of Monday the 23rd is
// out: a digest that shows what is corrected later, a path, problems, matters
// to be coordinated, and reports that wait and that are returned.
func twoWeeks(t testing.TB, clock *settableClock) *chat {
	t.Helper()
	c := atWork(t, clock, "2026-11-12 10:00:00")
	built := map[string]any{"holder": "昆山低空科技有限公司", "place": "花桥", "stage": "built", "progress": "已建成试飞场。"}
	c.reported("liaison-kunshan", "aerospace", "scenarios", "低空物流航线", built)
	c.accept("低空物流航线", "昆山市")
	c.command("secretariat", "future-industries", "path scenarios 2025=5 2026=20 2028=60 2030=100 按年度计划推进")
	if r := c.submit("secretariat", c.form("secretariat"), map[string]any{}); !r.Closed {
		t.Fatalf("the path: %+v", r)
	}
	c.at(clock, "2026-11-16 09:00:01")
	c.stir()
	c.expect("leadership", "", "2026年11月16日", "采纳 1 份上报", "低空物流航线")

	// The item was not as far as it was told.
	c.at(clock, "2026-11-18 14:00:00")
	receipt := c.expect("dm-liaison-kunshan", "", "已收到 R-2026Q4-0001")
	c.click("liaison-kunshan", "dm-liaison-kunshan", receipt, "fix")
	f := c.formShows("liaison-kunshan", "修改原因")
	if r := c.submit("liaison-kunshan", f, map[string]any{"stage": "matched", "reason": "现场核查：尚未建成"}); !r.Closed {
		t.Fatalf("amended: %+v", r)
	}
	c.accept("第2版", "低空物流航线")

	c.reported("liaison-zhangjiagang", "hydrogen", "core-products", "70兆帕车载储氢瓶", map[string]any{
		"holder": "张家港氢云新能源研究院", "stage": "launched", "date": "2026-11-10", "progress": "完成型式试验并批量供货。", "problems": "跨市运输许可办理周期长",
		"coordination": "协调危化品运输许可互认", "coordination_by": "市交通运输局", "coordination_until": "2026-11-27", "next": "完成首批200只交付", "next_until": "2026-12-01",
	})
	c.accept("70兆帕车载储氢瓶")
	c.reported("liaison-xiangcheng", "digital-finance", "scenarios", "数字人民币供应链结算", map[string]any{
		"holder": "相城金融科技有限公司", "place": "高铁新城", "stage": "accepted", "progress": "接入企业120家。",
	})
	c.accept("数字人民币供应链结算")
	c.reported("liaison-sip", "cell-gene-therapy", "platforms", "细胞治疗中试平台", map[string]any{
		"holder": "园区生物医药产业园", "document": "苏园工信〔2026〕18号", "date": "2026-11-06", "stage": "recognised", "problems": "进口培养基通关慢",
		"coordination": "协调海关开通生物制品绿色通道", "coordination_by": "苏州海关", "coordination_until": "2026-12-04", "next": "完成GMP验证", "next_until": "2026-11-20",
	})
	c.reported("liaison-sip", "photonics", "scenarios", "光计算算力服务", map[string]any{"holder": "园区光子科技公司", "place": "独墅湖", "stage": "built"})
	c.click("secretariat", "secretariat", c.expect("secretariat", "", "光计算算力服务"), "return")
	if r := c.submit("secretariat", c.form("secretariat"), map[string]any{"code": "other", "words": "请补验收文件。"}); !r.Closed {
		t.Fatalf("returned: %+v", r)
	}
	c.expect("dm-liaison-sip", "", "Returned")
	c.at(clock, "2026-11-23 09:00:01")
	c.stir()
	return c
}

// TestTheDigestThatLeadershipGets: in the channel and directly, each in the
// language of whom it is for, with pictures, the correction of what an earlier
// one showed, and buttons into the detail and the whole.
func TestTheDigestThatLeadershipGets(t *testing.T) {
	t.Parallel()
	var clock settableClock
	c := twoWeeks(t, &clock)
	zh := []string{
		"未来产业每周简报 · 2026年11月23日", "更正以往简报", "昆山 低空物流航线：阶段“已建成”应为“已对接”", "11月16日起曾显示",
		"需要领导协调", "张家港：协调危化品运输许可互认", "请市交通运输局", "70兆帕车载储氢瓶", "已过期：11月20日", "联络员 陈思远", "严重滞后",
		"14天内到期", "12月1日", "未填报", "常熟", "目标进展", "各领域、各板块上报情况", `"type":"image"`, "全部数据 XLSX",
	}
	en := []string{
		"weekly digest · 23 November 2026", "Corrections of earlier digests", "Stage is “matched”, not “built”", "shown since 16 Nov",
		"Needs a leader's coordination", "liaison Chen Siyuan", "far behind", "Due within 14 days", "No data", "Changshu", `"type":"image"`, "All data, XLSX",
	}
	channel := c.expect("leadership", "", zh...)
	c.expect("dm-leader", "", zh...)
	english := c.expect("dm-"+anEnglishLeader, "", en...)
	if strings.Contains(english.shows(), "更正以往") {
		t.Errorf("the English digest speaks Chinese: %s", english.shows())
	}

	// Into the detail, and the whole.
	details := func() message {
		c.click("leader", "leadership", channel, "in-detail")
		return c.expectPrivate("leadership", channel.TS, "每周简报细节 · 2026年11月23日", "阶段原为“已建成”，应为“已对接”", "11月16日起的简报曾显示", "现场核查：尚未建成",
			"张家港 · *70兆帕车载储氢瓶*", "没有登记联络员", "相城（空天、量子）")
	}
	c.click("leader", "leadership", details(), "progress")
	c.expectPrivate("leadership", channel.TS, "目标进展")
	c.click("leader", "leadership", channel, "digest")
	translated := c.expectPrivate("leadership", channel.TS, "weekly digest · 23 November 2026", "Corrections of earlier digests")
	c.click("leader", "leadership", translated, "digest") // And back again.
	c.expectPrivate("leadership", translated.TS, "每周简报 · 2026年11月23日", "更正以往简报")
	c.click("leader", "leadership", channel, "whole")
	c.expectPrivate("leadership", channel.TS, "文件已用私信发给你")
	if _, sheet, _ := c.sent(c.direct("leader"), ".xlsx", ""); len(sheet) == 0 {
		t.Error("the sheet is empty")
	}

	// The correction is told once.
	c.at(&clock, "2026-11-30 09:00:01")
	c.stir()
	next := c.expect("leadership", channel.TS, "2026年11月30日", "本周没有新的上报和采纳")
	if strings.Contains(next.shows(), "更正以往") {
		t.Errorf("it is corrected twice: %s", next.shows())
	}
	// The old digest's buttons still show that digest, and not this week's.
	details()
	c.click("leader", "leadership", channel, "digest")
	again := c.expectPrivate("leadership", next.TS, "weekly digest · 23 November 2026", "Corrections of earlier digests", "Zhangjiagang")
	if strings.Contains(again.shows(), "30 November") {
		t.Errorf("an old digest is shown as of now: %s", again.shows())
	}
	// Only the liaisons and the secretariat have notes beside it.
	c.expect("dm-secretariat", "", "待审核 1 份上报", "细胞治疗中试平台", "园区 1")
}

// TestTheNotesOfAMonth: on the first workday of December each liaison is told
// how their district stands, and the secretariat on every workday on which
// something waits.
func TestTheNotesOfAMonth(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a month is not lived with -short: the race detector draws pictures for minutes")
	}
	var clock settableClock
	c := twoWeeks(t, &clock)
	c.at(&clock, "2026-12-01 09:00:01")
	c.stir()
	kunshan := c.expect("dm-liaison-kunshan", "", "每月提示 · 2026年12月1日", "昆山市", "2 个领域中有 1 个待上报", "12月25日")
	c.expect("dm-liaison-sip", "", "Monthly note · 1 December 2026", "Suzhou Industrial Park", "Returned, to be mended", "光计算算力服务", "请补验收文件", "进口培养基通关慢")
	queue := c.expect("dm-secretariat", "", "待审核 1 份上报", "细胞治疗中试平台", "已等 13 天")
	c.expect("dm-secretariat-2", "", "1 report waits for review", "SIP 1")
	for _, other := range []string{"dm-leader", "dm-member-1", "dm-deputy-kunshan"} {
		for _, m := range c.state().channel(other).Messages {
			if strings.Contains(m.shows(), "每月提示") || strings.Contains(m.shows(), "待审核 1 份上报*") {
				t.Errorf("%s has a note: %s", other, m.shows())
			}
		}
	}

	// The notes' buttons do what they say.
	c.click("liaison-kunshan", "dm-liaison-kunshan", kunshan, "no-change")
	c.expect("dm-liaison-kunshan", kunshan.TS, "无变化")
	c.click("secretariat", "dm-secretariat", queue, "review")
	c.expectPrivate("dm-secretariat", queue.TS, "待审核", "细胞治疗中试平台")
}
