package app_test

import (
	"maps"
	"strings"
	"testing"

	"wainao/app"
)

// TestWhatIsDoneToTheSchedule by who means it badly or is in a hurry: times that
// never come, zones that there are not, a channel that there is not, clicks that
// come twice, buttons of yesterday.
func TestWhatIsDoneToTheSchedule(t *testing.T) {
	t.Parallel()
	var clock settableClock
	clock.at("2026-11-24 10:00:00")
	c := startChat(t, t.TempDir(), func(o *app.TryOptions) {
		o.Now = clock.now
		o.Adjust = func(c *app.Config) {
			c.Jobs.Digest.To, c.Jobs.Digest.Roles = []string{"nowhere", c.Channels.Leadership}, []string{"leader"}
		}
	})
	const office, where = "secretariat", "future-industries"
	digests := func(s state, channel string) (n int) {
		for _, m := range s.channel(channel).Messages {
			if m.BotID != "" && strings.Contains(m.shows(), "未来产业每周简报") {
				n++
			}
		}
		return n
	}
	// The jobs are known to the first who asks, and so is what is not known of the
	// days to come.
	list := c.private(office, "日程 每周简报", "每周简报", "#nowhere", "2027年的节假日安排还没有导入")
	c.must("home", object{"user": office})
	c.eventually("Home tells it too", func(s state) bool {
		return strings.Contains(string(s.Homes[s.id(office)]), "2027年的节假日安排还没有导入")
	})

	// Forms that cannot be: each says at its field what is wrong, and nothing changes.
	good := map[string]any{"spec": "0 9 * * 1", "zone": "Asia/Shanghai", "on": "any", "catch_up": "48", "quiet": ""}
	for _, tt := range []struct{ field, value, words string }{
		{"spec", "0 9 30 2 *", "永远不会到时间"},
		{"spec", "CRON_TZ=UTC 0 9 * * 1", "时区请单独填写"},
		{"spec", "TZ=0", "时区请单独填写"},
		{"spec", "@every 1s", "五段"},
		{"spec", "* * * * * *", "五段"},
		{"spec", "99999999999999999999 9 * * 1", "五段"},
		{"zone", "Local", "没有“Local”这个时区"},
		{"zone", "../../etc/passwd", "这个时区"},
		{"zone", "TZ=0", "这个时区"},
		{"catch_up", "-1", "0 到 744"},
		{"catch_up", "NaN", "0 到 744"},
		{"catch_up", "1e9", "0 到 744"},
		{"quiet", "25:00-08:00", "22:00-08:00"},
		{"quiet", "00:00-23:59", "永远不会发送"},
	} {
		// Each form before was closed, so the same click again is no echo.
		c.click(office, where, list, "job-edit")
		form := c.form(office)
		values := maps.Clone(good)
		values[tt.field] = tt.value
		if tt.field == "quiet" {
			values["catch_up"] = "0"
		}
		if r := c.submit(office, form, values); r.Closed || !strings.Contains(r.Errors[tt.field], tt.words) {
			t.Errorf("%s %q: %+v, want %q", tt.field, tt.value, r, tt.words)
		}
		c.must("close", object{"user": office, "view_id": form.ID})
	}
	c.private(office, "日程 每周简报", "每周一 09:00", "错过后 2 天内补发")

	// Clicked twice, it runs once; one bad recipient does not stop the others, and
	// the administrator is told once of it.
	c.click(office, where, list, "job-run")
	c.click(office, where, list, "job-run")
	c.expect("leadership", "", "未来产业每周简报")
	c.expect("dm-leader", "", "未来产业每周简报")
	c.expect("dm-secretariat", "", "每周简报", "没有送达")
	failed := c.eventuallyPrivate(office, "送达 失败", "#nowhere", "找不到这个频道")
	if n := digests(c.state(), "leadership"); n != 1 {
		t.Errorf("clicked twice, %d digests are there", n)
	}

	// Sent again while the channel is still not there, it fails again, and nobody
	// else gets a second one.
	c.click(office, where, failed, "resend")
	c.expectPrivate(where, failed.TS, "正在重发")
	again := c.eventuallyPrivate(office, "送达 失败", "#nowhere", "要求重发")
	if n := digests(c.state(), "leadership") + digests(c.state(), "dm-leader"); n != 2 {
		t.Errorf("sent again to one, all have %d digests", n)
	}

	// Paused between its slots, it passes them; an old button tells what is so by now.
	c.click(office, where, list, "job-pause")
	c.eventuallyPrivate(office, "日程 每周简报", "已暂停")
	c.at(&clock, "2026-11-30 09:00:01")
	c.stir()
	c.eventuallyPrivate(office, "送达 每周简报 未发送", "任务已暂停", "11月30日")
	resumed := c.private(office, "日程 每周简报", "恢复")
	c.click(office, where, resumed, "job-resume")
	c.at(&clock, "2026-12-07 09:00:01")
	c.stir()
	c.eventuallyPrivate(office, "送达 每周简报 已送达", "12月7日")
	c.expect("leadership", "", "2026年12月7日")
	if n := digests(c.state(), "leadership"); n != 2 {
		t.Errorf("paused for a week and resumed, %d digests are there, want the one by hand and the last Monday's", n)
	}

	// Who may not has none of it.
	for _, user := range []string{"leader", "liaison-kunshan", "member-1"} {
		if r := c.call("action", object{"user": user, "channel": where, "message_ts": again.TS, "action_id": "resend:t0"}); r.OK {
			c.expectPrivate(where, again.TS, "秘书处")
		}
	}
}
