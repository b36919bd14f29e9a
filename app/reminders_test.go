package app_test

import (
	"strings"
	"testing"
	"time"

	"wainao/app"
	"wainao/calendar"
	"wainao/people"
)

// at makes a clock that starts at a moment of Shanghai and that the test moves.
func (s *settableClock) at(moment string) {
	to, err := time.ParseInLocation("2006-01-02 15:04:05", moment, calendar.Shanghai())
	if err != nil {
		panic(err)
	}
	s.move(to.Sub(s.now()))
}

// settle waits until the bot has done all that it was asked, so that nothing of
// it is done at another moment, or answered when it is too late to.
func (c *chat) settle() {
	c.t.Helper()
	for deadline := time.Now().Add(patience); !c.idle(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatal("the bot does not come to rest")
		}
	}
}

// at moves a clock to a moment once everything is done.
func (c *chat) at(clock *settableClock, moment string) {
	c.t.Helper()
	c.settle()
	clock.at(moment)
}

// wake has something written into the journal, so that the scheduler looks at
// the clock that was moved.
func (c *chat) wake() { c.command("leader", "leadership", "digest") }

// reminders counts the reminders that a person got.
func reminders(s state, channel string) (n int) {
	for _, m := range s.channel(channel).Messages {
		if m.BotID != "" && strings.Contains(m.shows(), "snooze") || strings.Contains(m.shows(), "circle:") {
			n++
		}
	}
	return n
}

func TestRemindersComeUntilTheReportIsThere(t *testing.T) {
	t.Parallel()
	var clock settableClock
	clock.at("2026-12-11 09:29:55") // Ten workdays before the deadline.
	c := startChat(t, t.TempDir(), func(o *app.TryOptions) {
		o.Now = clock.now
		o.Adjust = func(c *app.Config) {
			for i, p := range c.People {
				if p.Name.EN == "Zhou Min" {
					continue
				}
				if len(p.Roles) > 0 && p.Roles[0] == string(people.Member) {
					c.People[i].Roles, c.People[i].Districts = []string{"deputy"}, []string{"zhangjiagang"}
					break
				}
			}
		}
	})
	mine := c.expect("dm-liaison-kunshan", "", "蓝色提醒：即将到期", "昆山市", "2026年12月25日", "还剩 10 个工作日", "你是联络员")
	c.expect("dm-liaison-sip", "", "Blue: due soon", "Suzhou Industrial Park", "10 workdays left")
	theirs := c.expect("dm-liaison-xiangcheng", "", "相城区", "下一工作日（12月14日）再提醒")

	// One does it from the reminder, another puts it off.
	c.click("liaison-kunshan", "dm", mine, "no-change")
	c.expect("dm-liaison-kunshan", mine.TS, "无变化")
	c.click("liaison-xiangcheng", "dm", theirs, "snooze")
	c.expectPrivate("dm-liaison-xiangcheng", "", "2026年12月14日（周一）再提醒")

	c.at(&clock, "2026-12-14 09:30:01")
	c.wake()
	again := c.expect("dm-liaison-xiangcheng", theirs.TS, "还剩 9 个工作日", "你上次推迟到了今天")
	if strings.Contains(again.shows(), "再提醒\"") {
		t.Errorf("it can be put off twice: %s", again.shows())
	}
	if n := reminders(c.state(), "dm-liaison-zhangjiagang"); n != 1 {
		t.Errorf("who put nothing off has %d reminders", n)
	}

	c.at(&clock, "2026-12-22 09:30:01")
	c.wake()
	c.expect("dm-liaison-zhangjiagang", "", "还剩 3 个工作日")
	if n := reminders(c.state(), "dm-member-1"); n != 0 {
		t.Errorf("the deputy has %d reminders before the deadline", n)
	}

	c.at(&clock, "2026-12-28 09:30:01")
	c.wake()
	c.expect("dm-member-1", "", "黄色提醒：已逾期", "张家港市", "逾期 1 个工作日", "副联络员")
	c.expect("dm-liaison-zhangjiagang", "", "黄色提醒：已逾期")
	s := c.eventually("the others have theirs", func(s state) bool { return reminders(s, "dm-liaison-xiangcheng") == 4 })
	if n := reminders(s, "dm-liaison-kunshan"); n != 1 {
		t.Errorf("who has reported has %d reminders, want the first alone", n)
	}

	c.at(&clock, "2027-01-01 09:30:01")
	c.wake()
	c.expect("dm-secretariat", "", "红色提醒：严重逾期", "欠报的板块", "张家港", "相城", "姑苏", "陆国平")
	if m := c.expect("dm-secretariat", "", "红色提醒"); strings.Contains(m.shows(), "昆山") {
		t.Errorf("Kunshan is among the overdue: %s", m.shows())
	}
}

func TestTheScheduleAndItsDeliveries(t *testing.T) {
	t.Parallel()
	var clock settableClock
	clock.at("2026-12-09 10:00:00")
	leader := ""
	c := startChat(t, t.TempDir(), func(o *app.TryOptions) {
		o.Now = clock.now
		o.Adjust = func(c *app.Config) {
			for _, p := range c.People {
				if p.Roles[0] == string(people.Leader) {
					leader = p.User
				}
			}
			c.Jobs.Digest.To = []string{leader}
		}
	})
	c.private("member-1", "日程", "秘书处")

	// The dry run tells who and why, and sends nothing.
	list := c.eventuallyPrivate("secretariat", "日程 上报提醒", "reminders", "30 9 * * *", "12月10日", "12月11日", "12月14日", "仅工作日")
	c.click("secretariat", "future-industries", list, "job-dry-run")
	c.expectPrivate("future-industries", list.TS, "试运行：上报提醒", "什么都没有发", "12月10日", "没有人", "昆山：当天不是提醒日", "太仓：没有登记的板块联络员")
	c.at(&clock, "2026-12-10 10:00:00")
	list = c.private("secretariat", "日程 上报提醒", "上报提醒")
	c.click("secretariat", "future-industries", list, "job-dry-run")
	c.expectPrivate("future-industries", list.TS, "会发给", "周敏", "截止日快到了，板块联络员")
	c.expectPrivate("future-industries", list.TS, "没有发送", "蓝色提醒：即将到期", "[本期无变化]")
	if n := reminders(c.state(), "dm-liaison-kunshan"); n != 0 {
		t.Errorf("a dry run sent %d reminders", n)
	}

	// A run by hand makes good for a day that was missed: today is no day for
	// reminders, and all who owe something get theirs, once.
	c.click("secretariat", "future-industries", list, "job-run")
	c.expect("dm-liaison-kunshan", "", "蓝色提醒：即将到期", "昆山市", "还剩 11 个工作日")
	c.expect("dm-liaison-sip", "", "Blue: due soon", "11 workdays left")
	list = c.private("secretariat", "日程 上报提醒", "上报提醒")
	c.click("secretariat", "future-industries", list, "job-run")
	c.expectPrivate("future-industries", list.TS, "现在没有需要发送的人")
	if n := reminders(c.state(), "dm-liaison-kunshan"); n != 1 {
		t.Errorf("run twice by hand, %d reminders", n)
	}

	// Changed in a form that tells what is wrong at its fields.
	c.click("secretariat", "future-industries", list, "job-edit")
	form := c.form("secretariat")
	values := map[string]any{"spec": "0 9 31 2 *", "zone": "Mars", "on": "workday", "catch_up": "many", "quiet": "late"}
	if r := c.submit("secretariat", form, values); r.Closed || !strings.Contains(r.Errors["spec"], "永远不会到时间") || !strings.Contains(r.Errors["zone"], "时区") || !strings.Contains(r.Errors["catch_up"], "小时") || !strings.Contains(r.Errors["quiet"], "22:00-08:00") {
		t.Errorf("submitted: %+v", r)
	}
	values = map[string]any{"spec": "45 10 * * *", "zone": "Asia/Shanghai", "on": "workday", "catch_up": "4", "quiet": "22:00-08:00"}
	if r := c.submit("secretariat", form, values); !r.Closed {
		t.Errorf("submitted: %+v", r)
	}
	c.expect("dm-secretariat", "", "已保存", "10:45", "12月10日", "12月11日")
	list = c.private("secretariat", "日程 上报提醒", "45 10 * * *", "更改，以此为准", "22:00-08:00免打扰")
	c.click("secretariat", "future-industries", list, "job-pause")
	c.eventuallyPrivate("secretariat", "日程 上报提醒", "已暂停", "接下来：没有")

	// A recipient who is gone: it shows in the deliveries, and is sent once they are back.
	c.must("deactivate", object{"user": "leader"})
	list = c.private("secretariat", "日程 每周简报", "每周简报")
	c.click("secretariat", "future-industries", list, "job-run")
	c.expectPrivate("future-industries", list.TS, "正在发送")
	c.expect("dm-secretariat", "", "每周简报", "没有送达")
	c.must("home", object{"user": "secretariat"})
	c.eventually("Home tells of it", func(s state) bool { return strings.Contains(string(s.Homes[s.id("secretariat")]), "没有送达") })
	failed := c.eventuallyPrivate("secretariat", "送达 失败", "没有送达，要处理", "发不到接收方", "重发")
	c.must("reactivate", object{"user": "leader"})
	c.click("secretariat", "future-industries", failed, "resend")
	c.expectPrivate("future-industries", failed.TS, "正在重发")
	c.expect("dm-leader", "", "每周简报")
	c.eventuallyPrivate("secretariat", "送达 每周简报 今天", "已送达", "要求重发")
	c.private("secretariat", "送达 不知道是什么", "看不懂")
}
