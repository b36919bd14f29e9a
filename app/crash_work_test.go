package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"wainao/commands"
	"wainao/delivery"
)

// misbehave orders some misfortune from Slack.
func (f *fleet) misbehave() {
	orders := []object{
		{"kind": "rate_limit", "method": "chat.postMessage", "retry_after": 1},
		{"kind": "server_error", "method": "chat.postMessage"},
		{"kind": "lose_reply", "method": "chat.postMessage"},
		{"kind": "lose_reply", "method": "conversations.history"},
		{"kind": "rate_limit", "method": "conversations.history", "retry_after": 1},
		{"kind": "server_error", "method": "conversations.open"},
		{"kind": "rate_limit", "method": "files.getUploadURLExternal", "retry_after": 1},
		{"kind": "server_error", "method": "files.completeUploadExternal"},
		{"kind": "lose_reply", "method": "files.completeUploadExternal"},
		{"kind": "disconnect"},
		{"kind": "drop"},
		{"kind": "redeliver"},
		{"kind": "lose_ack"},
	}
	f.must("fault", orders[f.chance.IntN(len(orders))])
}

// work does what people do. The program may die in the middle of it, so that
// a refusal is as good as an answer; what is acknowledged is remembered.
func (f *fleet) work() {
	switch f.chance.IntN(10) {
	case 0:
		f.done("digest", f.call("command", object{"user": "leader", "channel": "leadership", "command": "/future", "text": "digest"}))
	case 1:
		f.done("question", f.call("message", object{"user": "member-1", "channel": "future-industries", "text": "@wainao 氢能由哪些板块负责?"}))
	case 2:
		f.done("home", f.call("home", object{"user": f.liaison()}))
	case 3:
		f.accept()
	case 4:
		f.noChange()
	case 5:
		f.edit()
	case 6:
		f.runNow()
	default:
		f.file()
	}
}

// done counts a piece of work, and whether the program has answered.
func (f *fleet) done(kind string, r result) {
	if f.counts == nil {
		f.counts = map[string]*tally{}
	}
	if f.counts[kind] == nil {
		f.counts[kind] = &tally{}
	}
	f.counts[kind].tried++
	if r.OK {
		f.counts[kind].answered++
	}
}

// liaison returns one of the districts' people.
func (f *fleet) liaison() string {
	return "liaison-" + []string{"kunshan", "zhangjiagang", "sip", "xiangcheng"}[f.chance.IntN(4)]
}

// accept clicks on one of the review cards, whatever has become of its report.
func (f *fleet) accept() {
	var cards []message
	for _, m := range f.state().channel("secretariat").Messages {
		if strings.Contains(string(m.Blocks), `"action_id":"accept`) {
			cards = append(cards, m)
		}
	}
	if len(cards) == 0 {
		return // Nothing is to be reviewed.
	}
	m := cards[f.chance.IntN(len(cards))]
	f.done("accept", f.call("action", object{
		"user": "secretariat", "channel": "secretariat", "message_ts": m.TS, "action_id": f.find(m, "accept").ActionID,
	}))
}

// noChange clicks on a liaison's Home, where it offers to.
func (f *fleet) noChange() {
	user := f.liaison()
	f.done("home", f.call("home", object{"user": user}))
	for range 40 { // Home may be on its way, or never come.
		var home view
		s := f.state()
		if raw := s.Homes[s.id(user)]; len(raw) > 0 && json.Unmarshal(raw, &home) == nil && len(home.Blocks) > 0 {
			if strings.Contains(string(home.Blocks), `"action_id":"no-change`) {
				f.done("no change", f.call("action", object{"user": user, "view_id": home.ID, "action_id": "no-change"}))
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// insist submits a form, and does as it asks when it is not known whether it was
// saved: the same again, which must not be recorded twice.
func (f *fleet) insist(kind, user string, v view, values map[string]any) result {
	for range 3 {
		r := f.submit(user, v, values)
		f.done(kind, r)
		slow := false
		for field, words := range r.Errors {
			if !strings.Contains(words, "同一份表单不会重复记录") {
				f.t.Errorf("the form is not filled in as it asks: %s: %s", field, words)
			}
			slow = true
		}
		if !slow {
			return r
		}
		f.done(kind+" again", r)
	}
	return result{}
}

// file reports an item of its own, in the form that asks for its fields.
func (f *fleet) file() {
	user := f.liaison()
	name := fmt.Sprintf("场景%d", f.chance.Uint64())
	f.done("form", f.call("command", object{"user": user, "channel": "future-industries", "command": "/future", "text": "report aerospace scenarios"}))
	for range 40 { // The form may be on its way, or never come.
		s := f.state()
		if open := s.Views[s.id(user)]; len(open) > 0 {
			v := open[len(open)-1]
			r := f.insist("report", user, v, scenario(name))
			if r.OK && r.Closed {
				f.filed = append(f.filed, name)
			} else {
				f.call("close", object{"user": user, "view_id": v.ID})
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// schedule returns the secretariat's list with one job, which may have been
// shown before; ok is false when the program does not show it.
func (f *fleet) schedule(job delivery.JobName) (list message, ok bool) {
	look := func() bool {
		for _, m := range f.state().channel("future-industries").Ephemerals {
			if strings.Contains(string(m.Blocks), `"block_id":"job:`+string(job)+`"`) {
				list, ok = m, true
			}
		}
		return ok
	}
	if look() {
		return list, true
	}
	f.done("schedule", f.call("command", object{"user": "secretariat", "channel": "future-industries", "command": "/future", "text": "schedule " + string(job)}))
	for range 40 { // It may be on its way, or never come.
		if look() {
			return list, true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return list, false
}

// edit changes a job in its form, to something that no other change says.
func (f *fleet) edit() {
	list, ok := f.schedule(commands.HolidaysJob)
	if !ok {
		return
	}
	const user = "secretariat"
	f.call("action", object{"user": user, "channel": "future-industries", "message_ts": list.TS, "action_id": "job-edit"})
	f.edits++
	for range 40 { // The form may be on its way, or never come.
		s := f.state()
		if open := s.Views[s.id(user)]; len(open) > 0 {
			v := open[len(open)-1]
			r := f.insist("edit", user, v, map[string]any{"spec": "0 9 * * 1", "zone": "Asia/Shanghai", "on": "next-workday", "catch_up": fmt.Sprint(f.edits), "quiet": ""})
			if r.OK && r.Closed {
				f.edited = append(f.edited, f.edits)
			} else {
				f.call("close", object{"user": user, "view_id": v.ID})
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// runNow has the monthly note sent by hand.
func (f *fleet) runNow() {
	if list, ok := f.schedule(commands.MonthlyNoteJob); ok {
		f.done("run now", f.call("action", object{"user": "secretariat", "channel": "future-industries", "message_ts": list.TS, "action_id": "job-run"}))
	}
}
