package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"wainao/app"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
	"wainao/workspace"
)

// committee is the evaluation's workspace: 30 members, the seeded ones among
// them.
type committee struct {
	*chat
	clock   *settableClock
	members []string // Their user names.
}

const committeeSize = 30

// newMembers are those besides the seeded ones.
func newMembers() (seeds []workspace.Seed, roles []app.PersonConfig) {
	seeded := map[string]bool{}
	for _, p := range workspace.SeededPeople() {
		seeded[p.Name] = true
	}
	for n := 1; n <= committeeSize; n++ {
		if seeded[fmt.Sprintf("member-%d", n)] {
			continue
		}
		s := workspace.Seed{ID: fmt.Sprintf("U0MEMBER%03d", n), Name: fmt.Sprintf("member-%d", n), RealName: fmt.Sprintf("委员%d", n), RealNameEN: fmt.Sprintf("Member %d", n), Title: "委员", TitleEN: "Member", Locale: "zh-CN"}
		seeds = append(seeds, s)
		roles = append(roles, app.PersonConfig{User: s.ID, Name: lang.T(s.RealName, s.RealNameEN), Roles: []string{string(people.Member)}})
	}
	return seeds, roles
}

// startCommittee starts it on a folder, which may have data already.
func startCommittee(t *testing.T, dir string, clock *settableClock, log *buffer) *committee {
	t.Helper()
	seeds, roles := newMembers()
	c := &committee{clock: clock, chat: startChat(t, dir, func(o *app.TryOptions) {
		o.Now, o.Rates, o.People, o.Errors, o.LogLevel = clock.now, new(workspace.NoRates()), seeds, log, "debug"
		o.Adjust = func(c *app.Config) { c.People = append(c.People, roles...) }
	})}
	for n := 1; n <= committeeSize; n++ {
		c.members = append(c.members, fmt.Sprintf("member-%d", n))
	}
	return c
}

// on moves the clock to a moment of a day, and has everybody look at it.
func (c *committee) on(moment string) {
	c.t.Helper()
	c.at(c.clock, moment)
	c.wake()
}

// overview asks for the overview.
func (c *committee) overview(user string, words ...string) message {
	c.t.Helper()
	return c.private(user, "评估", words...)
}

// fill opens a form by a button of a message and submits it, which must succeed.
func (c *committee) fill(user, channel string, m message, action string, values object) {
	c.t.Helper()
	if r := c.fillIn(user, channel, m, action, values); !r.OK || !r.Closed {
		c.t.Fatalf("%s with %v: %+v", action, values, r)
	}
}

func (c *committee) fillIn(user, channel string, m message, action string, values object) result {
	c.t.Helper()
	c.click(user, channel, m, action)
	return c.submit(user, c.form(user), values)
}

const here = "future-industries"

// step takes a step of the cycle, and waits until the overview is at the phase.
func (c *committee) step(user string, a evaluation.Action, phase evaluation.Phase, values object) {
	c.t.Helper()
	c.fill(user, here, c.overview(user), "evaluation-step:"+string(a), values)
	c.eventuallyPrivate(user, "评估", "· "+phase.Label().ZH)
}

// blocked expects that the overview offers no such step, and says why.
func (c *committee) blocked(user string, a evaluation.Action, words ...string) {
	c.t.Helper()
	if m := c.overview(user, words...); strings.Contains(m.shows(), `"evaluation-step:`+string(a)+`"`) {
		c.t.Errorf("%s can take %s: %s", user, a, m.shows())
	}
}

// scoring is a member's open modal of scoring.
type scoring struct {
	user, view string
	generation int // Of the form that is shown.
}

// openScoring opens the member's list from what told them that scoring began,
// and from it the form of the next item.
func (c *committee) openScoring(user string, after string) (scoring, error) {
	id, channel := c.userID(user), "dm-"+user
	m := c.expect(channel, after, "evaluation-score")
	var open view
	c.click(user, channel, m, "evaluation-score")
	c.eventually(user+" has the list open", func(s state) bool {
		all := s.Views[id]
		if len(all) > 0 {
			open = all[len(all)-1]
		}
		return len(all) > 0 && strings.Contains(string(open.Blocks), "eval-item")
	})
	return scoring{user: user, view: open.ID}, nil
}

func (c *committee) userID(user string) string {
	var n int
	if _, err := fmt.Sscanf(user, "member-%d", &n); err == nil {
		return fmt.Sprintf("U0MEMBER%03d", n)
	}
	return c.state().id(user)
}

// patiently repeats a call until the modal shows what it is about: a click
// changes it a moment later.
func (c *committee) patiently(path string, body object) (result, error) {
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		var r result
		err := c.send(path, body, &r)
		switch r.Error {
		case "not_submittable", "action_not_found", "unknown_block", "bad_request":
			if time.Now().Before(deadline) {
				continue
			}
		}
		return r, err
	}
}

// next shows the form of the next open item.
func (s *scoring) next(c *committee) error {
	_, err := c.patiently("action", object{"user": s.user, "view_id": s.view, "action_id": "eval-next"})
	s.generation++
	return err
}

// give scores the item whose form is shown.
func (s *scoring) give(c *committee, v int, reason string) (result, error) {
	values := object{}
	field := func(name, value string) { values[fmt.Sprintf("%s.%d", name, s.generation)] = object{name: value} }
	for _, k := range evaluation.DefaultCriteria() {
		field(string(k.ID), fmt.Sprint(v))
	}
	field(evaluation.FieldReason, reason)
	r, err := c.patiently("submit", object{"user": s.user, "view_id": s.view, "values": values})
	s.generation++
	return r, err
}

// scoreItems has the member score so many items from their first open one on.
func (c *committee) scoreItems(user string, n int, after string, v func(item int) int) error {
	s, err := c.openScoring(user, after)
	if err != nil {
		return err
	}
	if err := s.next(c); err != nil {
		return err
	}
	for i := range n {
		if r, err := s.give(c, v(i), fmt.Sprintf("%s的理由%d", user, i)); err != nil || r.Closed {
			return fmt.Errorf("%s scores item %d: %+v, %w", user, i, r, err)
		}
	}
	return c.send("close", object{"user": user, "view_id": s.view}, nil)
}

// all does something for several members side by side.
func (c *committee) all(members []string, f func(n int, user string) error) {
	c.t.Helper()
	var g errgroup.Group
	g.SetLimit(8)
	for n, user := range members {
		g.Go(func() error { return f(n, user) })
	}
	if err := g.Wait(); err != nil {
		c.t.Fatal(err)
	}
}

// agenda opens the deliberation's agenda.
func (c *committee) agenda(user string, words ...string) message {
	c.t.Helper()
	m := c.overview(user)
	return c.through(user, m, "evaluation-agenda", append([]string{"会商议程"}, words...)...)
}

// buttons lists the values of the message's buttons whose action id begins so.
func buttons(t testing.TB, m message, action string) (ids []clickable) {
	t.Helper()
	var blocks []struct {
		Elements  []json.RawMessage `json:"elements"`
		Accessory json.RawMessage   `json:"accessory"`
	}
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		for _, raw := range append(b.Elements, b.Accessory) {
			var e clickable
			if json.Unmarshal(raw, &e) == nil && strings.HasPrefix(e.ActionID, action) {
				ids = append(ids, e)
			}
		}
	}
	return ids
}

// vote has members vote on every ballot that their message of a time asks for:
// choice says how, and "" not at all.
func (c *committee) vote(members []string, after string, choice func(n int, item string) evaluation.Choice) {
	c.t.Helper()
	cast := map[string]int{}
	type click struct {
		user string
		body object
	}
	var clicks []click
	for n, user := range members {
		channel := "dm-" + user
		m := c.expect(channel, after, "eval-vote:")
		for _, b := range buttons(c.t, m, "eval-vote") {
			parts := strings.Split(b.Value, "|")
			if got := choice(n, parts[1]); string(got) == parts[3] {
				cast[user]++
				clicks = append(clicks, click{user, object{"user": user, "channel": channel, "message_ts": m.TS, "action_id": b.ActionID}})
			}
		}
	}
	byUser := map[string][]object{}
	for _, one := range clicks {
		byUser[one.user] = append(byUser[one.user], one.body)
	}
	c.all(members, func(_ int, user string) error {
		for _, body := range byUser[user] {
			if err := c.send("action", body, nil); err != nil {
				return err
			}
		}
		return nil
	})
	c.eventually("everybody has voted", func(s state) bool {
		for user, n := range cast {
			shown := 0
			for _, m := range s.channel("dm-" + user).Messages {
				if m.TS > after {
					shown += strings.Count(m.shows(), "✓ ")
				}
			}
			if shown < n {
				return false
			}
		}
		return true
	})
}

// newest returns the time of the newest message, so that what follows is told
// from it.
func (c *committee) newest() string {
	c.t.Helper()
	last := ""
	for _, ch := range c.state().Channels {
		for _, m := range append(ch.Messages, ch.Ephemerals...) {
			last = max(last, m.TS)
		}
	}
	return last
}

// asks expects an answer to a question.
func (c *committee) asks(question string, words, not []string) {
	c.t.Helper()
	ts := c.say("member-1", "dm", question)
	m := c.expect("dm-member-1", ts, words...)
	for _, w := range not {
		if strings.Contains(m.shows(), w) {
			c.t.Errorf("%s: %q is in %s", question, w, m.shows())
		}
	}
}

// TestTheYearlyEvaluationFromItsPreparationToANewLayout lives a whole cycle with
// 30 members, with everything that goes wrong on the way.
func TestTheYearlyEvaluationFromItsPreparationToANewLayout(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cycle of 30 members is not lived with -short: the race detector draws pictures for minutes")
	}
	dir := t.TempDir()
	var clock settableClock
	var log buffer
	clock.at("2026-11-24 09:00:00")
	c := startCommittee(t, dir, &clock, &log)

	// Prepared: everybody is a member, the calendar is set, one more pair is
	// proposed.
	m := c.through("secretariat", c.overview("secretariat"), "evaluation-begin", "evaluation-dates")
	c.fill("secretariat", here, m, "evaluation-dates", object{
		"scoring-from": "2026-12-01", "scoring-until": "2026-12-07", "second-until": "2026-12-10", "deliberation": "2026-12-14",
		"notice-from": "2026-12-14", "notice-until": "2026-12-20", "decision": "2026-12-25", "effective": "2027-01-01",
	})
	m = c.eventuallyPrivate("secretariat", "评估", "2026年12月7日")
	m = c.through("secretariat", m, "evaluation-items", "evaluation-add")
	c.fill("secretariat", here, m, "evaluation-add", object{
		"domain": "hydrogen", "district": "kunshan", "focus_zh": "氢能无人机", "focus_en": "hydrogen drones", "reason": "去年有布局外的进展",
	})
	c.eventuallyPrivate("secretariat", "评估", "事项 18 项 · 委员 30 名")
	c.step("secretariat", evaluation.ActOpen, evaluation.Opened, object{})

	// A member stands aside before it begins; another leaves when it is under way.
	m = c.overview("member-1", "打分和理由只有你自己能看到")
	c.fill("member-1", here, m, "evaluation-recuse", object{"domain": "quantum", "reason": "担任一家量子企业的顾问"})
	before := c.newest()
	c.on("2026-12-01 09:00:00")
	c.eventuallyPrivate("secretariat", "评估", "2026年度评估 · 打分")
	c.fill("secretariat", here, c.through("secretariat", c.overview("secretariat"), "evaluation-people", "evaluation-leave"), "evaluation-leave", object{"member": c.userID("member-30"), "reason": "工作调动"})
	c.eventuallyPrivate("secretariat", "评估", "委员 29 名")

	// Nine finish, one is in the middle; while it runs nobody learns anything.
	given := func(n int) func(int) int {
		return func(item int) int {
			if item == 0 { // The first item divides them.
				return 1 + 8*(n%2)
			}
			return 7 + (n+item)%2
		}
	}
	c.all(c.members[1:10], func(n int, user string) error { return c.scoreItems(user, 18, before, given(n)) })
	c.all(c.members[:1], func(n int, user string) error { return c.scoreItems(user, 5, before, given(n)) })
	c.overview("secretariat", "9/29 名委员已全部打完", "法定人数 20 名")
	c.leaks(&log)

	// Nobody closes a round without a quorum: the date is moved, with a reason.
	c.on("2026-12-08 09:00:00")
	c.blocked("secretariat", evaluation.ActClose, "不足法定人数 20 名")
	m = c.overview("secretariat")
	c.fill("secretariat", here, m, "evaluation-dates", object{"scoring-until": "2026-12-09", "reason": "等待更多委员打完"})
	c.eventuallyPrivate("secretariat", "评估", "2026年12月9日")
	c.all(c.members[10:24], func(n int, user string) error { return c.scoreItems(user, 18, before, given(n+9)) })
	late, err := c.openScoring("member-25", before) // Opens the form in time, and sends it too late.
	if err == nil {
		err = late.next(c)
	}
	if err != nil {
		t.Fatal(err)
	}
	c.formShows("member-25", "技术成熟度")
	c.on("2026-12-10 09:00:00")
	if r, err := late.give(c, 9, "来晚了"); err != nil || r.Closed {
		t.Errorf("a late score: %+v %v", r, err)
	}
	c.formShows("member-25", "打分已经截止，这次没有保存")

	// The second round: a member sees the middle of all and changes a score.
	c.step("secretariat", evaluation.ActSecond, evaluation.Second, object{})
	second := c.private("member-2", "evaluation", "second round")
	c.click("member-2", here, second, "evaluation-score")
	v := c.formShows("member-2", "of all: median", "Yours 1")
	c.must("action", object{"user": "member-2", "view_id": v.ID, "action_id": "eval-item:0"})
	c.formShows("member-2", "Second round", "Your reason in the first round")
	two := scoring{user: "member-2", view: v.ID, generation: 1}
	if r, err := two.give(c, 3, "看了中位数，调高一些"); err != nil || r.Closed {
		t.Fatalf("a changed score: %+v %v", r, err)
	}
	c.formShows("member-2", "changed in this round", "Yours 3")
	c.leaks(&log)
	c.on("2026-12-11 09:00:00")
	c.step("secretariat", evaluation.ActClose, evaluation.Deliberating, object{})

	// The results come without names, the most divided first.
	m = c.overview("leader")
	results := c.through("leader", m, "evaluation-results", "打分结果", "第二轮（1 名委员调整了打分）", "29 名委员中有 23 名全部打完", "分歧较大", "肯德尔 W")
	for _, user := range c.members {
		if strings.Contains(results.shows(), c.userID(user)) || strings.Contains(results.shows(), user) {
			t.Errorf("the results name %s: %s", user, results.shows())
		}
	}

	// The deliberation. The divided item needs words of its own; the rest is put as
	// the figures propose, in two batches.
	before = c.newest()
	m = c.agenda("secretariat", "分歧大的先议")
	c.fill("secretariat", here, m, "eval-move", object{"verdict": "keep", "reason": "分歧主要在时间表"})
	c.vote(c.members[:20], before, func(n int, _ string) evaluation.Choice { // A tie.
		if n%2 == 0 {
			return evaluation.For
		}
		return evaluation.Against
	})
	m = c.agenda("secretariat", "20 / 29 名已投")
	c.click("secretariat", here, m, "eval-end-vote:")
	m = c.agenda("secretariat", "票数相同，不算通过")
	c.ballotsShow(before, "票数相同，不算通过", "A tie, so not carried")

	before = c.newest()
	c.click("secretariat", here, m, "eval-put-all")
	m = c.agenda("secretariat", "正在表决 15 项")
	c.vote(c.members[:5], before, func(int, string) evaluation.Choice { return evaluation.For })

	// Five voted: no quorum. Slack refuses to change messages, and the process ends:
	// the next one brings them up to date.
	c.must("fault", object{"kind": "server_error", "method": "chat.update", "count": 10_000})
	c.click("secretariat", here, m, "eval-end-votes")
	c.agenda("secretariat", "参加的人不够，没有结果", "再次提出")
	c.expect("dm-member-1", before, "eval-vote:")
	c.stop()
	c = startCommittee(t, dir, &clock, &log)
	c.on("2026-12-11 09:05:00")
	c.ballotsShow(before, "参加的人不够，没有结果", "Too few voted")
	m = c.agenda("secretariat", "参加的人不够，没有结果", "再次提出")

	// Put again, one by one: what had no quorum, and what was left.
	c.putRest(m)

	c.step("secretariat", evaluation.ActPublish, evaluation.Noticed, object{})

	// An objection, its answer, the end of the notice, the decision.
	m = c.overview("liaison-kunshan", "正在公示")
	m = c.through("liaison-kunshan", m, "evaluation-proposals", "氢能 · 昆山市", "新增", "氢能无人机", "2027年1月1日")
	c.fill("liaison-kunshan", here, m, "evaluation-object", object{"about": "hydrogen:kunshan", "text": "我市没有<氢能>企业。", "from": "昆山市周敏"})
	card := c.expect("secretariat", "", "收到异议 1", "我市没有", "氢能 · 昆山市")
	c.on("2026-12-21 09:00:00")
	c.blocked("secretariat", evaluation.ActEndNotice, "还有 1 条异议没有答复")
	c.fill("secretariat", "secretariat", card, "eval-answer", object{"text": "以登记的项目为准。"})
	c.expect("dm-liaison-kunshan", "", "异议 1 已答复", "以登记的项目为准。")
	c.step("secretariat", evaluation.ActEndNotice, evaluation.Deciding, object{})
	m = c.overview("leader")
	m = c.through("leader", m, "evaluation-proposals", "氢能 · 昆山市", "以登记的项目为准。", "通过…", "不通过…")
	c.asks("谁负责氢能?", []string{"张家港"}, []string{"昆山"})
	c.fill("leader", here, m, "evaluation-step:n-adopt", object{"effective": "2027-01-01"})
	c.eventuallyPrivate("leader", "评估", "2026年度评估 · 已通过", "2027年1月1日")

	// The answers change on the effective day and not before.
	c.on("2026-12-31 23:50:00")
	c.asks("谁负责氢能?", []string{"张家港"}, []string{"昆山"})
	c.on("2027-01-01 00:00:01")
	c.asks("谁负责氢能?", []string{"张家港", "昆山"}, nil)
	c.asks("2024年谁负责氢能?", []string{"张家港"}, []string{"昆山"})
	c.step("secretariat", evaluation.ActArchive, evaluation.Archived, object{})

	// Started again on the same data, all of it is there.
	c.stop()
	again := startCommittee(t, dir, &clock, &log)
	again.asks("谁负责氢能?", []string{"张家港", "昆山"}, nil)
	again.overview("secretariat", "2026年度评估 · 已归档")
}

// through clicks in a message that the person alone sees, and waits for what is
// shown in its place or behind it.
func (c *committee) through(user string, m message, action string, words ...string) message {
	c.t.Helper()
	c.click(user, here, m, action)
	var found message
	c.eventually(fmt.Sprintf("%s shows %q to %s", action, words, user), func(s state) bool {
		for _, one := range s.channel(here).Ephemerals {
			if one.TS >= m.TS && showsAll(one, words) {
				found = one
				return true
			}
		}
		return false
	})
	return found
}

// ballotsShow waits until every message with ballots since then, which are closed,
// says so and asks for no vote any more.
func (c *committee) ballotsShow(after, zh, en string) {
	c.t.Helper()
	c.eventually("the members' messages show: "+zh, func(s state) bool {
		for n, user := range c.members[:29] { // The last has left.
			words, shown := zh, 0
			if user == "member-2" {
				words = en
			}
			for _, m := range s.channel("dm-" + user).Messages {
				if m.TS <= after || !strings.Contains(m.shows(), words) {
					continue
				}
				if strings.Contains(m.shows(), "eval-vote:") {
					return false
				}
				shown++
			}
			if shown == 0 && n != 0 { // The first may stand aside from all of them.
				return false
			}
		}
		return true
	})
}

// putRest puts what is not decided until everything is, with the votes of 20
// members for it.
func (c *committee) putRest(m message) {
	c.t.Helper()
	for len(buttons(c.t, m, "eval-put")) > 0 || strings.Contains(m.shows(), "eval-end-votes") {
		before := c.newest()
		if len(buttons(c.t, m, "eval-put-all")) > 0 {
			c.click("secretariat", here, m, "eval-put-all")
		} else {
			c.click("secretariat", here, m, "eval-put:")
		}
		c.vote(c.members[1:21], before, func(int, string) evaluation.Choice { return evaluation.For })
		m = c.agenda("secretariat")
		if len(buttons(c.t, m, "eval-end-votes")) > 0 {
			c.click("secretariat", here, m, "eval-end-votes")
		} else {
			c.click("secretariat", here, m, "eval-end-vote:")
		}
		m = c.agenda("secretariat", "正在表决 0 项")
	}
}

// leaks fails the test when anybody's message but the member's own, or a line of
// the log, holds a reason that a member gave.
func (c *committee) leaks(log *buffer) {
	c.t.Helper()
	if strings.Contains(log.String(), "的理由") {
		c.t.Errorf("the log tells a reason:\n%s", log.String())
	}
	for _, ch := range c.state().Channels {
		for _, m := range append(ch.Messages, ch.Ephemerals...) {
			if strings.Contains(m.shows(), "的理由1") || strings.Contains(m.shows(), "看了中位数") {
				c.t.Errorf("%s tells a reason: %s", ch.Name, m.shows())
			}
		}
	}
}
