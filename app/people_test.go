package app_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"wainao/app"
)

// TestPeopleAreChangedInChat registers, changes and removes people on the page,
// sees somebody leave Slack, and restarts in between.
func TestPeopleAreChangedInChat(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	c := startChat(t, dir)

	// A member becomes deputy of Kunshan: chosen in the list, filled in, saved.
	c.command("secretariat", "secretariat", "人员")
	list := c.expectPrivate("secretariat", "", "各板块", "周敏", "陆国平")
	member := c.state().id("member-1")
	c.click("secretariat", "secretariat", list, "person", member)
	form := c.form("secretariat")
	if form.CallbackID != "person" || !strings.Contains(string(form.Blocks), member) {
		t.Fatalf("another form was opened: %s %s", form.CallbackID, form.Blocks)
	}
	if r := c.submit("secretariat", form, map[string]any{"roles": []string{"deputy", "member"}}); r.OK && r.Closed || !strings.Contains(r.Errors["districts"], "至少要负责一个板块") {
		t.Fatalf("a deputy without a district: %+v", r)
	}
	if r := c.submit("secretariat", form, map[string]any{"roles": []string{"deputy", "member"}, "districts": []string{"kunshan"}, "name_zh": "顾怀远", "name_en": "Gu Huaiyuan"}); !r.OK || !r.Closed {
		t.Fatalf("not saved: %+v", r)
	}
	c.expect(c.direct("secretariat"), "", "已登记 顾怀远", "板块副联络员、专家委员 · 昆山市")

	// What was changed in chat outlives a restart.
	c.stop()
	c = startChat(t, dir)
	c.command("member-1", "future-industries", "上报 氢能")
	if form := c.form("member-1"); form.CallbackID != "report" {
		t.Fatalf("the new deputy gets the form %q", form.CallbackID)
	}

	// The liaison goes away, and the deputy stands in.
	c.command("liaison-kunshan", "future-industries", "外出")
	away := c.form("liaison-kunshan")
	if r := c.submit("liaison-kunshan", away, map[string]any{"stand_in": c.state().id("liaison-sip")}); r.Closed || !strings.Contains(r.Errors["stand_in"], "还不能为同样的板块上报") {
		t.Fatalf("the liaison of another district stands in: %+v", r)
	}
	if r := c.submit("liaison-kunshan", away, map[string]any{"stand_in": member}); !r.OK || !r.Closed {
		t.Fatalf("not noted: %+v", r)
	}
	c.expect(c.direct("member-1"), "", "周敏", "由你替班")
	c.expect(c.direct("liaison-kunshan"), "", "已登记外出")

	// Who leaves Slack is shown to the secretariat, once, and comes back.
	c.must("deactivate", object{"user": "liaison-sip"})
	card := c.expect("secretariat", "", "陈思远已离开 Slack", "苏州工业园区现有", "没有登记")
	c.must("reactivate", object{"user": "liaison-sip"})
	c.eventually("the liaison is back", func(state) bool {
		r := c.call("command", object{"user": "liaison-sip", "channel": "future-industries", "command": "/future", "text": "report"})
		s := c.state()
		return r.OK && len(s.Views[s.id("liaison-sip")]) > 0
	})
	c.must("deactivate", object{"user": "liaison-sip"})
	again := c.expect("secretariat", card.TS, "陈思远已离开 Slack")
	c.click("secretariat", "secretariat", again, "person-remove")
	c.expectPrivate("secretariat", "", "已移除 陈思远")
}

// TestWhoLeftMeanwhileIsFound: the bot was down when Slack told it.
func TestWhoLeftMeanwhileIsFound(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	startChat(t, dir).stop()

	ctx, cancel := context.WithCancel(t.Context())
	ready, done := make(chan string, 1), make(chan error, 1)
	var out, log buffer
	go func() {
		done <- app.Workspace(ctx, app.WorkspaceOptions{Addr: "127.0.0.1:0", Data: dir, Out: &out, Errors: &log, Ready: func(a string) { ready <- a }})
	}()
	alone := &chat{t: t, address: <-ready}
	alone.must("deactivate", object{"user": "liaison-kunshan"})
	cancel()
	if err := <-done; err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}

	c := startChat(t, dir)
	c.expect("secretariat", "", "周敏已离开 Slack", "昆山市现有")
}

// direct returns the direct messages between a person and the bot.
func (c *chat) direct(user string) string { return "D" + c.state().id(user)[1:] }
