package delivery_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
)

// outcomes writes what became of a job's slots, the first one in front.
func outcomes(b *book) []string {
	var out []string
	for _, d := range b.Deliveries() {
		s := fmt.Sprintf("%s %s %s", d.Due.In(calendar.Shanghai()).Format("01-02 15:04"), d.Status, d.Reason)
		if d.To != "" {
			s += " " + string(d.To)
		}
		if d.Slots > 1 {
			s += fmt.Sprintf(" ×%d", d.Slots)
		}
		out = append([]string{s}, out...)
	}
	return out
}

// TestWhyASlotRunsOrNot tells for each way of a job what becomes of its slots,
// looked at in time or after downtime.
func TestWhyASlotRunsOrNot(t *testing.T) {
	t.Parallel()
	daily := delivery.Job{Name: "daily", Spec: "0 9 * * *", CatchUp: 2 * time.Hour, To: []delivery.Recipient{"a"}}
	with := func(edit func(*delivery.Job)) delivery.Job { j := daily; edit(&j); return j }
	for _, tt := range []struct {
		name     string
		job      delivery.Job
		audience []delivery.Choice
		from     string
		looks    []string // When the scheduler runs.
		want     []string
	}{
		{"a workday", with(func(j *delivery.Job) { j.On = delivery.Workday }), nil, "2026-10-08 00:00", []string{"2026-10-08 09:00"}, []string{"10-08 09:00 planned due a"}},
		{"a holiday", with(func(j *delivery.Job) { j.On = delivery.Workday }), nil, "2026-10-01 00:00", []string{"2026-10-01 09:00"}, []string{"10-01 09:00 skipped not-workday"}},
		{
			"a holiday while nobody ran", with(func(j *delivery.Job) { j.On = delivery.Workday }), nil, "2026-09-29 12:00",
			[]string{"2026-10-04 12:00"},
			[]string{"10-04 09:00 skipped not-workday ×4", "09-30 09:00 missed missed"},
		},
		{
			"five workdays before the deadline, and the days around it", with(func(j *delivery.Job) { j.On = delivery.BeforeDeadline(5) }), nil, "2026-12-17 00:00",
			[]string{"2026-12-17 09:00", "2026-12-18 09:00", "2026-12-19 09:00"},
			[]string{"12-17 09:00 skipped not-the-day", "12-18 09:00 planned due a", "12-19 09:00 skipped not-the-day"},
		},
		{"a make-up Saturday", with(func(j *delivery.Job) { j.On = delivery.Workday }), nil, "2026-10-10 00:00", []string{"2026-10-10 09:00"}, []string{"10-10 09:00 planned due a"}},
		{
			"Mondays, moved behind the holiday", with(func(j *delivery.Job) { j.Spec, j.On = "0 9 * * 1", delivery.NextWorkday }), nil, "2026-09-28 12:00",
			[]string{"2026-10-05 09:00", "2026-10-07 12:00", "2026-10-08 09:00", "2026-10-12 09:00"},
			[]string{"10-08 09:00 planned due a", "10-12 09:00 planned due a"},
		},
		{
			"every day, moved: once", with(func(j *delivery.Job) { j.On = delivery.NextWorkday }), nil, "2026-11-20 12:00",
			[]string{"2026-11-21 09:00", "2026-11-22 09:00", "2026-11-23 09:00"},
			[]string{"11-23 09:00 planned due a"},
		},
		{"paused", with(func(j *delivery.Job) { j.Paused = true }), nil, "2026-11-23 00:00", []string{"2026-11-23 09:00", "2026-11-25 10:00"}, []string{"11-23 09:00 skipped paused", "11-25 09:00 skipped paused ×2"}},
		{
			"quiet until it is too old", with(func(j *delivery.Job) { j.Spec, j.Quiet = "0 9,23 * * *", delivery.Quiet{From: 22 * 60, To: 8 * 60} }), nil, "2026-11-23 12:00",
			[]string{"2026-11-23 23:00"},
			[]string{"11-23 23:00 skipped quiet-hours"},
		},
		{
			"quiet, and in time when it ends", with(func(j *delivery.Job) { j.Spec, j.Quiet = "0 7 * * *", delivery.Quiet{From: 22 * 60, To: 8 * 60} }), nil, "2026-11-23 00:00",
			[]string{"2026-11-23 07:00"},
			[]string{"11-23 07:00 planned due a"},
		},
		{
			"late into the quiet hours", with(func(j *delivery.Job) { j.Spec, j.Quiet = "0 21 * * *", delivery.Quiet{From: 22 * 60, To: 8 * 60} }), nil, "2026-11-23 00:00",
			[]string{"2026-11-23 22:30"},
			[]string{"11-23 21:00 skipped quiet-hours"},
		},
		{"nobody", with(func(j *delivery.Job) { j.To = nil }), nil, "2026-11-23 00:00", []string{"2026-11-23 09:00"}, []string{"11-23 09:00 skipped nobody"}},
		{
			"some are left out", daily,
			[]delivery.Choice{{To: "a"}, {To: "b", Skip: delivery.SkipNotNeeded}, {To: "a", Skip: delivery.SkipNotNeeded}, {}},
			"2026-11-23 00:00",
			[]string{"2026-11-23 09:00"},
			[]string{"11-23 09:00 planned due a", "11-23 09:00 skipped not-needed b"},
		},
		{
			"all are left out", daily,
			[]delivery.Choice{{To: "b", Skip: delivery.SkipNotNeeded}},
			"2026-11-23 00:00",
			[]string{"2026-11-23 09:00"},
			[]string{"11-23 09:00 skipped not-needed b"},
		},
		{
			"a day down", daily, nil, "2026-11-20 12:00",
			[]string{"2026-11-21 09:30", "2026-11-24 12:00"},
			[]string{"11-21 09:00 planned late a", "11-24 09:00 missed missed ×3"},
		},
		{
			"the clock jumps ahead, and back", daily, nil, "2026-11-23 00:00",
			[]string{"2026-11-23 09:00", "2027-11-23 09:00", "2026-11-24 08:59", "2026-11-24 09:00", "2026-11-25 09:00"},
			[]string{"11-23 09:00 planned due a", "11-22 09:00 missed missed ×364", "11-23 09:00 planned due a", "11-24 09:00 planned due a", "11-25 09:00 planned due a"},
		},
		{
			"the clock goes back over a slot", daily, nil, "2026-11-23 00:00",
			[]string{"2026-11-23 09:00", "2026-11-23 08:00", "2026-11-23 09:00", "2026-11-24 09:00"},
			[]string{"11-23 09:00 planned due a", "11-24 09:00 planned due a"},
		},
		{
			"the clock goes back by days", daily, nil, "2026-11-20 00:00",
			[]string{"2026-11-20 09:00", "2026-11-23 09:00", "2026-11-20 10:00", "2026-11-23 09:00", "2026-11-24 09:00"},
			[]string{
				"11-20 09:00 planned due a", "11-22 09:00 missed missed ×2", "11-23 09:00 planned due a",
				"11-23 09:00 skipped already-planned", "11-24 09:00 planned due a",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := book{t: t}
			b.Deadline = deadline25
			if tt.audience != nil {
				b.Audience = func(delivery.Job, time.Time) ([]delivery.Choice, bool) { return tt.audience, true }
			}
			b.register(shanghai(t, tt.from), tt.job)
			for _, look := range tt.looks {
				b.plan(shanghai(t, look))
				b.plan(shanghai(t, look))
			}
			if diff := cmp.Diff(tt.want, outcomes(&b)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// crew returns people with roles.
func crew(b *book, roles map[people.UserID]people.Role) {
	b.t.Helper()
	for user, role := range roles {
		drafts, err := people.Assign(b.People, people.Person{User: user, Name: lang.T("某人", "Somebody"), Roles: []people.Role{role}}, start)
		b.write(start, drafts, err)
	}
}

func TestAJobGoesToRoles(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	crew(&b, map[people.UserID]people.Role{"U1": people.Leader, "U2": people.Leader, "U3": people.Member})
	j := weekly
	j.To, j.Roles = []delivery.Recipient{"leadership", "U2"}, []people.Role{people.Leader}
	b.register(start, j)
	b.plan(due)
	if diff := cmp.Diff([]string{"11-30 09:00 planned due leadership", "11-30 09:00 planned due U2", "11-30 09:00 planned due U1"}, outcomes(&b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d, _ := b.Delivery("weekly-digest@2026-11-30T09:00/U1"); d.Why != people.Leader.Name() {
		t.Errorf("why it goes to U1: %+v", d.Why)
	}
}

func TestQuietHoursHoldADelivery(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	j := weekly
	j.Spec, j.Quiet, j.Zone = "0 7 * * 1", delivery.Quiet{From: 22 * 60, To: 8 * 60}, "Asia/Tokyo"
	b.register(start, j)
	seven := shanghai(t, "2026-11-30 06:00") // 7 in Tokyo.
	b.plan(seven)
	d := b.Open()[0]
	if got := d.Next(seven); got != delivery.SkipQuietHours {
		t.Errorf("at seven: %s", got)
	}
	if at := d.Wake(seven); !at.Equal(seven.Add(time.Hour)) || d.Next(at) != delivery.Ready {
		t.Errorf("it wakes at %s: %s", at, d.Next(at))
	}
	drafts, err := delivery.RunNow(b.View, j.Name, "now", "UL", seven)
	b.write(seven, drafts, err)
	for _, d := range b.Open() {
		if d.By == "UL" && d.Next(seven) != delivery.Ready {
			t.Errorf("asked for by hand in quiet hours: %s", d.Next(seven))
		}
	}
}

func TestRunNow(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	paused := weekly
	paused.Paused = true
	b.register(start, paused)
	for range 2 {
		drafts, err := delivery.RunNow(b.View, weekly.Name, "click-1", "UL", start)
		b.write(start, drafts, err)
	}
	got := b.Open()
	if len(got) != 1 || got[0].Reason != delivery.Asked || got[0].By != "UL" || got[0].Key() != "click-1" || !got[0].Due.Equal(start) {
		t.Errorf("planned: %+v", got)
	}
	if j, _ := b.Job(weekly.Name); !j.Cursor.Equal(start) {
		t.Errorf("the schedule has moved to %s", j.Cursor)
	}
	b.Audience = func(delivery.Job, time.Time) ([]delivery.Choice, bool) {
		return []delivery.Choice{{To: "a", Skip: delivery.SkipNotNeeded}}, true
	}
	for code, ask := range map[string][2]string{"nobody_to_send_to": {"weekly-digest", "2"}, "no_such_job": {"x", "2"}, "bad_delivery": {"weekly-digest", ""}} {
		if _, err := delivery.RunNow(b.View, delivery.JobName(ask[0]), ask[1], "UL", start); !errors.Is(err, &lang.Problem{Code: code}) {
			t.Errorf("%v: %v, want %s", ask, err, code)
		}
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.Audience = func(j delivery.Job, at time.Time) ([]delivery.Choice, bool) {
		return []delivery.Choice{{To: "a", Why: calendar.FormatDate(at)}, {To: "b", Skip: delivery.SkipNotNeeded}}, j.Name == weekly.Name
	}
	j := weekly
	j.On = delivery.Workday
	other := delivery.Job{Name: "other", Spec: "0 9 * * *"}
	b.register(shanghai(t, "2026-09-28 12:00"), j, other)
	now := shanghai(t, "2026-10-02 12:00")
	p, err := b.Preview(weekly.Name, now)
	if err != nil {
		t.Fatal(err)
	}
	// The Monday in the holiday does not run.
	if at := p.Slot.Due; !at.Equal(shanghai(t, "2026-10-12 09:00")) || !p.Next || p.Reason != delivery.Due || len(p.Choices) != 2 {
		t.Errorf("preview: %+v", p)
	}
	if next, ok := b.Next(weekly.Name, now); !ok || next != p.Slot {
		t.Errorf("next is %v, %t", next, ok)
	}
	before := b.Deliveries()
	b.plan(p.Slot.Due)
	d, ok := b.Delivery(p.Deliveries()[0].ID)
	want := p.Deliveries()[0]
	if !ok || d.To != want.To || !d.Due.Equal(want.Due) || !d.Until.Equal(want.Until) || d.Why != want.Why || d.Reason != want.Reason || len(before) != 0 {
		t.Errorf("previewed %+v, planned %+v", want, d)
	}
	if p, err := b.Preview("other", now); err != nil || p.Reason != delivery.SkipNobody || len(p.Deliveries()) != 0 {
		t.Errorf("nobody: %+v, %v", p, err)
	}
	drafts, err := delivery.PauseJob(b.State, weekly.Name, "UL", now)
	b.write(now, drafts, err)
	if p, err := b.Preview(weekly.Name, now); err != nil || p.Next || p.Reason != delivery.SkipPaused || len(p.Choices) != 2 {
		t.Errorf("paused: %+v, %v", p, err)
	}
	if _, err := b.Preview("x", now); !errors.Is(err, &lang.Problem{Code: "no_such_job"}) {
		t.Errorf("an unknown job: %v", err)
	}
}

func TestTheAdministratorsAreTold(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	crew(&b, map[people.UserID]people.Role{"UA": people.Admin, "UB": people.Admin, "US": people.Secretariat})
	j := weekly
	j.Title = lang.T("每周简报", "Weekly digest")
	j.To = []delivery.Recipient{"one", "two"}
	b.register(start, j)
	alerts := func(about string) (out []delivery.Delivery) {
		for _, d := range b.Open() {
			if d.Job == delivery.AlertJob && strings.Contains(d.Key(), about) {
				out = append(out, d)
			}
		}
		return out
	}
	late := due.AddDate(0, 0, 16)
	b.plan(late)
	if got := alerts("missed"); len(got) != 2 || got[0].To != "UA" || got[1].To != "UB" {
		t.Fatalf("of missed slots: %+v", got)
	}
	words, ok := delivery.AlertWords(b.View, alerts("missed")[0], asID)
	if !ok || !strings.Contains(words.ZH, "“每周简报”有3次没有发送（最近一次应在2026年12月14日 09:00）") || !strings.Contains(words.EN, "not sent 3 times") {
		t.Errorf("words: %+v, %t", words, ok)
	}

	now := due.AddDate(0, 0, 21)
	b.plan(now)
	var written []int
	for _, d := range b.Open() {
		drafts, err := delivery.Claim(b.View, d.ID, "a", now)
		b.write(now, drafts, err)
		if d.Job == delivery.AlertJob {
			continue // It has expired, which nobody is told.
		}
		drafts, err = delivery.Fail(b.View, d.ID, "a", delivery.Failure{Reason: delivery.Dead, Code: "is_archived", Detail: strings.Repeat("档", 400)}, now)
		b.write(now, drafts, err)
		written = append(written, len(drafts))
	}
	if diff := cmp.Diff([]int{2, 1}, written); diff != "" { // Once an hour is enough.
		t.Errorf("entries for each failure (-want +got):\n%s", diff)
	}
	got := alerts("failed") // Of the two digests together.
	if len(got) != 2 {
		t.Fatalf("of failures: %+v", got)
	}
	words, ok = delivery.AlertWords(b.View, got[0], asID)
	if !ok || !strings.Contains(words.ZH, "“每周简报”今天有2条消息没有送达") || !strings.Contains(words.ZH, "已归档") || !strings.Contains(words.EN, "2 messages of “Weekly digest”") {
		t.Errorf("words: %+v, %t", words, ok)
	}
	if n := b.InTrouble(); n != 5 { // Two digests, two alerts, the missed slots.
		t.Errorf("%d in trouble, want 5", n)
	}
	if _, ok := delivery.AlertWords(b.View, delivery.Delivery{Job: weekly.Name}, asID); ok {
		t.Error("a digest has the words of an alert")
	}
}

// TestWhatNobodyMissed: slots that passed while nobody ran and had nothing for
// anybody are recorded, and are no trouble; the rest is told in one message.
func TestWhatNobodyMissed(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	crew(&b, map[people.UserID]people.Role{"UA": people.Admin})
	quiet := map[delivery.JobName]bool{"queue": true}
	b.Audience = func(j delivery.Job, due time.Time) ([]delivery.Choice, bool) {
		switch {
		case j.Name == "reminders": // Something is due on one day only.
			if calendar.DateOf(due) != "2026-12-09" {
				return nil, true
			}
			return []delivery.Choice{{To: "b", Skip: delivery.SkipNotNeeded}, {To: "a"}}, true
		case quiet[j.Name]:
			return []delivery.Choice{{To: "a", Skip: delivery.SkipNotNeeded}}, true
		}
		return nil, false
	}
	job := func(name delivery.JobName, zh, en string) delivery.Job {
		return delivery.Job{Name: name, Title: lang.T(zh, en), Spec: "0 9 * * *", To: []delivery.Recipient{"a"}}
	}
	alerts := func() (out []delivery.Delivery) {
		for _, d := range b.Open() {
			if d.Job == delivery.AlertJob {
				out = append(out, d)
			}
		}
		return out
	}
	b.register(shanghai(t, "2026-12-07 10:00"), job("reminders", "上报提醒", "Reminders"), job("queue", "每日提示", "Daily note"))
	b.plan(shanghai(t, "2026-12-08 12:00"))
	if b.InTrouble() != 0 || len(alerts()) != 0 {
		t.Fatalf("nobody missed anything: %v, %d alerts", outcomes(&b), len(alerts()))
	}
	b.register(shanghai(t, "2026-12-08 13:00"), job("reminders", "上报提醒", "Reminders"), job("queue", "每日提示", "Daily note"), job("digest", "每日简报", "Daily digest"))
	b.plan(shanghai(t, "2026-12-11 12:00"))
	want := []string{
		"12-08 09:00 skipped not-needed", "12-08 09:00 skipped nobody", // Tuesday.
		"12-11 09:00 missed missed ×3", "12-11 09:00 skipped not-needed ×3", "12-11 09:00 skipped nobody ×2", "12-09 09:00 missed missed",
		"12-11 12:00 planned asked UA",
	}
	if diff := cmp.Diff(want, outcomes(&b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := alerts()
	if len(got) != 1 || b.InTrouble() != 2 {
		t.Fatalf("%d alerts, %d in trouble", len(got), b.InTrouble())
	}
	words, ok := delivery.AlertWords(b.View, got[0], asID)
	for _, line := range []string{"2个任务", "“每日简报”3次，最近一次应在2026年12月11日 09:00", "“上报提醒”1次，最近一次应在2026年12月9日 09:00"} {
		if !strings.Contains(words.ZH, line) {
			t.Errorf("%t: %q lacks %q", ok, words.ZH, line)
		}
	}
	for _, line := range []string{"2 jobs", "“Daily digest”: 3 times, the last was due 11 December 2026, 09:00", "“Reminders”: once, the last"} {
		if !strings.Contains(words.EN, line) {
			t.Errorf("%t: %q lacks %q", ok, words.EN, line)
		}
	}

	// Down once more on the same day: what is told already is not told again, what is new is.
	more := job("digest", "每日简报", "Daily digest")
	more.Spec = "0 13,15,17 * * *"
	queue := job("queue", "每日提示", "Daily note")
	queue.Spec = "0 17 * * *"
	drafts, err := delivery.Register(b.State, []delivery.Job{more, queue}, shanghai(t, "2026-12-11 12:10"))
	b.write(shanghai(t, "2026-12-11 12:10"), drafts, err)
	b.plan(shanghai(t, "2026-12-11 15:20"))
	if n := len(alerts()); n != 1 {
		t.Errorf("%d alerts, want no other", n)
	}
	quiet["queue"] = false
	b.plan(shanghai(t, "2026-12-11 18:00"))
	if n := len(alerts()); n != 2 {
		t.Errorf("%d alerts, want another one", n)
	}
}

func asID(to delivery.Recipient) lang.Text { return lang.T(string(to), string(to)) }

// TestEveryFailureIsTold: one that failed on another day than it was planned on,
// one that fails hours after the administrators were told of the job, and one
// that somebody has sent again.
func TestEveryFailureIsTold(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	crew(&b, map[people.UserID]people.Role{"UA": people.Admin})
	j := weekly
	j.Title, j.CatchUp = lang.T("每周简报", "Weekly digest"), 48*time.Hour
	j.To = []delivery.Recipient{"one", "two", "three"}
	b.register(start, j)
	b.plan(due)
	fail := func(id delivery.ID, now time.Time) {
		t.Helper()
		drafts, err := delivery.Claim(b.View, id, "a", now)
		b.write(now, drafts, err)
		drafts, err = delivery.Fail(b.View, id, "a", delivery.Failure{Reason: delivery.Dead, Code: "is_archived"}, now)
		b.write(now, drafts, err)
	}
	alerts := func() []delivery.Delivery {
		return b.Query(delivery.Filter{Job: delivery.AlertJob, To: "UA"}).Deliveries
	}
	of := func(to string) delivery.ID { return delivery.ID("weekly-digest@2026-11-30T09:00/" + to) }
	fail(of("one"), due.Add(time.Hour))
	fail(of("two"), due.Add(time.Hour+time.Minute))
	if n := len(alerts()); n != 1 {
		t.Fatalf("%d alerts of what failed within an hour", n)
	}
	if words, _ := delivery.AlertWords(b.View, alerts()[0], asID); !strings.Contains(words.ZH, "有2条消息没有送达") {
		t.Errorf("the alert says %q", words.ZH)
	}
	drafts, err := delivery.Resend(b.State, of("one"), "UA", due.Add(70*time.Minute))
	b.write(due.Add(70*time.Minute), drafts, err)
	fail(of("one"), due.Add(71*time.Minute))
	if n := len(alerts()); n != 2 {
		t.Errorf("%d alerts once one that was sent again has failed, want 2", n)
	}
	next := due.Add(30 * time.Hour) // On the day behind the slot's.
	fail(of("three"), next)
	if n := len(alerts()); n != 3 {
		t.Fatalf("%d alerts, want another one on the next day", n)
	}
	if words, _ := delivery.AlertWords(b.View, alerts()[0], asID); !strings.Contains(words.ZH, "有1条消息没有送达，例如发给three的") || !strings.Contains(words.EN, "1 message of “Weekly digest” did not arrive") {
		t.Errorf("of one that was planned the day before the alert says %q, %q", words.ZH, words.EN)
	}
}

func TestResend(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	j := weekly
	j.To = []delivery.Recipient{"leadership", "other"}
	b.register(start, j)
	b.plan(due)
	claim := func(id delivery.ID, now time.Time) {
		t.Helper()
		drafts, err := delivery.Claim(b.View, id, "a", now)
		b.write(now, drafts, err)
	}
	refused := func(id delivery.ID, code string) {
		t.Helper()
		drafts, err := delivery.Resend(b.State, id, "UA", due)
		p, ok := errors.AsType[*lang.Problem](err)
		if !ok || p.Code != code || !p.Words.Complete() || drafts != nil {
			t.Errorf("resend %s: %v, want %s", id, err, code)
		}
	}
	refused("x", "no_such_delivery")
	refused(id, "not_to_be_resent") // It is still to be tried.
	claim(id, due)
	drafts, err := delivery.Fail(b.View, id, "a", delivery.Failure{Reason: delivery.Dead, Code: "not_in_channel"}, due)
	b.write(due, drafts, err)

	later := due.AddDate(0, 0, 3)
	drafts, err = delivery.Resend(b.State, id, "UA", later)
	b.write(later, drafts, err)
	d, _ := b.Delivery(id)
	if d.Status != delivery.Planned || d.Next(later) != delivery.Ready || d.Uncertain || d.ResentBy != "UA" || d.Attempts != 1 || b.InTrouble() != 0 {
		t.Errorf("sent again: %+v", d)
	}
	refused(id, "not_to_be_resent")
	claim(id, later)
	drafts, err = delivery.Record(b.State, id, delivery.Ref{TS: "17.1", Channel: "C1", Link: "https://x/p171"}, false, later)
	b.write(later, drafts, err)
	refused(id, "not_to_be_resent")
	if d, _ := b.Delivery(id); d.Message.Link == "" || d.Code != "" || d.Reason != delivery.Asked || !d.Ended.Equal(later) {
		t.Errorf("once it is there: %+v", d)
	}
	b.plan(due.AddDate(0, 0, 9)) // The next slot is missed.
	refused("weekly-digest@2026-12-07T09:00/", "not_to_be_resent")
}

// TestAClockThatIsPutBackHoldsNothingUp: a claim and a pause from the future
// end at once.
func TestAClockThatIsPutBackHoldsNothingUp(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	b.plan(due)
	drafts, err := delivery.Claim(b.View, id, "a", due.Add(5*time.Hour))
	b.write(due, drafts, err)
	if d, _ := b.Delivery(id); d.Next(due) != delivery.Ready || d.Wake(due).After(due) {
		t.Errorf("a claim from the future: %s", d.Next(due))
	}
	drafts, err = delivery.Defer(b.State, id, "a", due.Add(100*time.Hour), true, "ratelimited", due)
	b.write(due, drafts, err)
	d, _ := b.Delivery(id)
	if d.Next(due) != delivery.SkipBackingOff || d.NotBefore.Sub(due) > time.Hour || d.Code != "ratelimited" {
		t.Errorf("a wait of days: %s until %s", d.Next(due), d.NotBefore)
	}
	if d.Next(due.Add(-5*time.Hour)) != delivery.Ready {
		t.Errorf("a wait from the future: %s", d.Next(due.Add(-5*time.Hour)))
	}
}
