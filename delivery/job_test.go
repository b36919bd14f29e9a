package delivery_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

func TestAJobThatCannotBeIsRefusedInWords(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	for _, tt := range []struct {
		name string
		edit func(*delivery.Job)
		code string
	}{
		{"a spec that panics", func(j *delivery.Job) { j.Spec = "TZ=0" }, "bad_spec"},
		{"a zone that panics", func(j *delivery.Job) { j.Spec = "CRON_TZ=UTC" }, "bad_spec"},
		{"a zone in the spec", func(j *delivery.Job) { j.Spec = "CRON_TZ=UTC 0 9 * * 1" }, "bad_spec"},
		{"no next time", func(j *delivery.Job) { j.Spec = "0 9 31 2 *" }, "spec_never"},
		{"no such zone", func(j *delivery.Job) { j.Zone = "Asia/Suzhou" }, "bad_zone"},
		{"a negative window", func(j *delivery.Job) { j.CatchUp = -time.Second }, "bad_catch_up"},
		{"a window of a year", func(j *delivery.Job) { j.CatchUp = 365 * 24 * time.Hour }, "bad_catch_up"},
		{"an unknown condition", func(j *delivery.Job) { j.On = "full-moon" }, "bad_condition"},
		{"too long before the deadline", func(j *delivery.Job) { j.On = delivery.BeforeDeadline(61) }, "bad_condition"},
		{"behind the deadline", func(j *delivery.Job) { j.On = delivery.BeforeDeadline(-1) }, "bad_condition"},
		{"a number written oddly", func(j *delivery.Job) { j.On = "+5-workdays-before-deadline" }, "bad_condition"},
		{"quiet all day", func(j *delivery.Job) { j.Quiet = delivery.Quiet{From: 60, To: 60} }, "bad_quiet"},
		{"quiet at its hour", func(j *delivery.Job) { j.Quiet, j.CatchUp = delivery.Quiet{From: 8 * 60, To: 12 * 60}, time.Hour }, "quiet_never"},
		{"nobody as recipient", func(j *delivery.Job) { j.To = []delivery.Recipient{" "} }, "bad_recipient"},
		{"no such role", func(j *delivery.Job) { j.Roles = []people.Role{"king"} }, "unknown_role"},
		{"another job", func(j *delivery.Job) { j.Name = "digest" }, "no_such_job"},
	} {
		j, _ := b.Job(weekly.Name)
		to := j.Job
		tt.edit(&to)
		drafts, err := delivery.ChangeJob(b.State, to, "UL", start)
		p, ok := errors.AsType[*lang.Problem](err)
		if !ok || p.Code != tt.code || !p.Words.Complete() || drafts != nil {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.code)
		}
	}
	long := weekly
	long.Name = delivery.JobName(strings.Repeat("a", 51))
	if err := long.Check(); !errors.Is(err, &lang.Problem{Code: "bad_job_name"}) {
		t.Errorf("a long name: %v", err)
	}
	_, err := delivery.PauseJob(b.State, "nothing", "UL", start)
	p, ok := errors.AsType[*lang.Problem](err)
	if !ok || !strings.Contains(p.Words.ZH, "weekly-digest") {
		t.Errorf("an unknown job: %v", err)
	}
}

// TestWhatIsChangedInChatWins: the configuration has no say until the job is
// reset, and every change names who made it.
func TestWhatIsChangedInChatWins(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	at := start.Add(time.Hour)
	wanted := weekly
	wanted.Spec, wanted.On, wanted.Quiet, wanted.To = "30 8 * * 2", delivery.NextWorkday, delivery.Quiet{From: 22 * 60, To: 8 * 60}, []delivery.Recipient{"secretariat"}
	wanted.Roles, wanted.CatchUp, wanted.Zone = []people.Role{people.Leader}, 3*time.Hour, "Asia/Tokyo"
	drafts, err := delivery.ChangeJob(b.State, wanted, "UL", at)
	b.write(at, drafts, err)
	if again, err := delivery.ChangeJob(b.State, wanted, "UX", at); err != nil || again != nil {
		t.Errorf("the same change again: %v, %v", again, err)
	}
	j, _ := b.Job(weekly.Name)
	if diff := cmp.Diff(wanted, j.Job); diff != "" || !j.Changed || j.ChangedBy != "UL" || !j.ChangedAt.Equal(at) || !j.Cursor.Equal(at) {
		t.Errorf("changed by %s at %s, cursor %s (-want +got):\n%s", j.ChangedBy, j.ChangedAt, j.Cursor, diff)
	}

	daily := weekly
	daily.Spec, daily.Title = "0 7 * * *", lang.T("每日简报", "Daily digest")
	b.register(at.Add(time.Hour), daily)
	j, _ = b.Job(weekly.Name)
	if j.Spec != wanted.Spec || j.Title != daily.Title || j.Configured.Spec != daily.Spec || !j.Cursor.Equal(at) {
		t.Errorf("after the configuration has changed: %+v", j)
	}

	at = at.Add(2 * time.Hour)
	drafts, err = delivery.ResetJob(b.State, weekly.Name, "UR", at)
	b.write(at, drafts, err)
	j, _ = b.Job(weekly.Name)
	if j.Changed || j.Spec != daily.Spec || j.ChangedBy != "UR" || !j.Cursor.Equal(at) {
		t.Errorf("after the reset: %+v", j)
	}
	if again, err := delivery.ResetJob(b.State, weekly.Name, "UR", at); err != nil || again != nil {
		t.Errorf("reset again: %v, %v", again, err)
	}

	b.register(at) // A configuration without any job.
	if _, ok := b.Job(weekly.Name); ok || len(b.Jobs()) != 0 {
		t.Error("a job that is not configured any more is there")
	}
	back := at.AddDate(0, 1, 0)
	b.register(back, daily)
	if j, ok := b.Job(weekly.Name); !ok || !j.Anchor.Equal(back) {
		t.Errorf("a job that comes back is anchored at %s", j.Anchor)
	}
}

func TestPauseAndResume(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	pause := func(do func(delivery.State, delivery.JobName, people.UserID, time.Time) ([]journal.Draft, error), now time.Time) {
		t.Helper()
		drafts, err := do(b.State, weekly.Name, "UL", now)
		b.write(now, drafts, err)
		if again, err := do(b.State, weekly.Name, "UL", now); err != nil || again != nil {
			t.Errorf("again: %v, %v", again, err)
		}
	}
	pause(delivery.PauseJob, start.Add(time.Hour))
	if _, ok := b.Next(weekly.Name, start); ok {
		t.Error("a paused job has a next slot")
	}
	renamed := weekly
	renamed.Title = lang.T("每周简报", "Weekly digest")
	b.register(start.Add(2*time.Hour), renamed) // A restart with another configuration leaves it paused.
	if j, _ := b.Job(weekly.Name); !j.Paused || j.PausedBy != "UL" || !j.PausedAt.Equal(start.Add(time.Hour)) {
		t.Errorf("after a restart: %+v", j)
	}
	b.plan(due.Add(time.Hour))
	want := []delivery.Delivery{{Status: delivery.Skipped, Reason: delivery.SkipPaused, Slots: 1}}
	for i, d := range b.Deliveries() {
		if len(want) <= i || d.Status != want[i].Status || d.Reason != want[i].Reason || d.Slots != want[i].Slots || d.To != "" {
			t.Errorf("while it is paused: %+v", d)
		}
	}
	pause(delivery.ResumeJob, due.Add(2*time.Hour))
	b.plan(due.Add(3 * time.Hour))
	if len(b.Open()) != 0 {
		t.Errorf("a slot of the pause was planned: %+v", b.Open())
	}
	b.plan(due.AddDate(0, 0, 7))
	if len(b.Open()) != 1 {
		t.Errorf("after the pause: %+v", b.Open())
	}
}

// TestOldEntriesAreRead holds the fold to the first form of its entries.
func TestOldEntriesAreRead(t *testing.T) {
	t.Parallel()
	var s delivery.State
	for i, e := range []struct {
		kind, data string
	}{
		{"delivery.job.registered", `{"job":"weekly-digest","spec":"0 9 * * 1","zone":"Asia/Shanghai"}`},
		{"delivery.slots.missed", `{"job":"weekly-digest","count":2,"first":"2026-11-16T01:00:00Z","last":"2026-11-23T01:00:00Z"}`},
		{"delivery.slot.planned", `{"job":"weekly-digest","slot":"weekly-digest@2026-11-30T09:00","due":"2026-11-30T01:00:00Z","until":"2026-12-02T01:00:00Z","reason":"due","to":["leadership"]}`},
		{"delivery.claimed", `{"id":"weekly-digest@2026-11-30T09:00/leadership","owner":"a","lease":"2026-11-30T01:02:00Z"}`},
		{"delivery.posted", `{"id":"weekly-digest@2026-11-30T09:00/leadership","ts":"17.1"}`},
	} {
		var err error
		if s, err = s.Apply(journal.Entry{Number: uint64(i) + 1, Time: start, Kind: e.kind, Version: 1, Data: []byte(e.data)}); err != nil {
			t.Fatal(err)
		}
	}
	if d, ok := s.Delivery(id); !ok || d.Status != delivery.Posted || d.Message.TS != "17.1" {
		t.Errorf("the delivery: %+v", d)
	}
	if j, ok := s.Job(weekly.Name); !ok || j.Missed != 2 || !j.Cursor.Equal(due) {
		t.Errorf("the job: %+v", j)
	}
	drafts, err := delivery.Register(s, []delivery.Job{weekly}, due)
	if err != nil || len(drafts) != 1 {
		t.Fatalf("registered anew: %v, %v", drafts, err)
	}
	b := book{t: t, View: delivery.View{State: s}}
	b.write(due.Add(time.Hour), drafts, nil)
	if j, _ := b.Job(weekly.Name); !j.Cursor.Equal(due) || len(j.To) != 1 || j.CatchUp != weekly.CatchUp {
		t.Errorf("the job in its new form: %+v", j)
	}
	if _, err := s.Apply(journal.Entry{Kind: "delivery.posted", Version: 2}); err == nil {
		t.Error("an unknown version was read")
	}
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"22:00-08:00": "22:00-08:00", "22：00 至 08：00": "22:00-08:00", "12:30–13:30": "12:30-13:30", "": "",
	} {
		q, err := delivery.ParseQuiet(in)
		if err != nil || q.String() != want {
			t.Errorf("ParseQuiet(%q) = %s, %v; want %s", in, q, err, want)
		}
	}
	for _, in := range []string{"night", "22:00", "22:00-25:00", "08:00-08:00", "00:00-00:00", "22-8", "-"} {
		if q, err := delivery.ParseQuiet(in); !errors.Is(err, &lang.Problem{Code: "bad_quiet"}) {
			t.Errorf("ParseQuiet(%q) = %s, %v", in, q, err)
		}
	}
}

func TestWhenInWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		job  delivery.Job
		want lang.Text
	}{
		{delivery.Job{Spec: "0 9 * * 1"}, lang.T("每周一 09:00", "every Monday at 09:00")},
		{delivery.Job{Spec: "30 8 * * 1-5"}, lang.T("周一至周五 08:30", "Monday to Friday at 08:30")},
		{delivery.Job{Spec: "0 9,15 * * *"}, lang.T("每天 09:00、15:00", "every day at 09:00, 15:00")},
		{delivery.Job{Spec: "0 9 * * sun,WED"}, lang.T("每周三、周日 09:00", "every Wednesday, Sunday at 09:00")},
		{delivery.Job{Spec: "0 9 5,20 * *"}, lang.T("每月5日、20日 09:00", "on day 5, 20 of each month at 09:00")},
		{delivery.Job{Spec: "0 9 8 1,4,7,10 *"}, lang.T("每年1月、4月、7月、10月的8日 09:00", "on day 8 of January, April, July, October at 09:00")},
		{delivery.Job{Spec: "*/15 9-17 * * *"}, lang.T("定时 */15 9-17 * * *", "schedule */15 9-17 * * *")},
		{delivery.Job{Spec: "0 9 1 * 1"}, lang.T("定时 0 9 1 * 1", "schedule 0 9 1 * 1")},
		{
			delivery.Job{Spec: "0 9 * * *", On: delivery.Workday, Quiet: delivery.Quiet{From: 1320, To: 480}, Zone: "Asia/Tokyo"},
			lang.T("每天 09:00（仅工作日、22:00-08:00免打扰、时区Asia/Tokyo）", "every day at 09:00 (workdays only, quiet 22:00-08:00, zone Asia/Tokyo)"),
		},
	} {
		if got := tt.job.When(); got != tt.want {
			t.Errorf("%q: %+v, want %+v", tt.job.Spec, got, tt.want)
		}
	}
}

func TestEverythingHasWords(t *testing.T) {
	t.Parallel()
	for _, c := range append(delivery.Conditions(), delivery.BeforeDeadline(0), delivery.BeforeDeadline(1), delivery.BeforeDeadline(60)) {
		if got, err := delivery.ParseCondition(string(c)); err != nil || got != c || !c.Label().Complete() {
			t.Errorf("condition %q: %q, %v, %v", c, got, err, c.Label())
		}
	}
	for _, s := range delivery.Statuses() {
		if w := s.Label(); !w.Complete() || w.ZH == string(s) {
			t.Errorf("status %q: %v", s, w)
		}
	}
	for _, r := range []delivery.Reason{
		delivery.Due, delivery.Late, delivery.Asked, delivery.SkipMissed, delivery.SkipPaused, delivery.SkipNotWorkday, delivery.SkipNotTheDay, delivery.SkipQuietHours,
		delivery.SkipAlreadyPlanned, delivery.SkipNobody, delivery.SkipNotNeeded, delivery.Ready, delivery.SkipAlreadyPosted, delivery.SkipAlreadyFailed,
		delivery.SkipClaimedElsewhere, delivery.SkipBackingOff, delivery.NoSuchDelivery, delivery.Expired, delivery.Dead,
	} {
		if w := r.Label(); !w.Complete() || w.ZH == string(r) {
			t.Errorf("reason %q: %v", r, w)
		}
	}
	d := delivery.Delivery{Reason: delivery.Dead, Code: "is_archived", Why: lang.T("昆山市", "Kunshan")}
	if w := d.Explain(); !strings.Contains(w.ZH, "已归档") || !strings.Contains(w.EN, "archived") || !strings.Contains(w.EN, "Kunshan") {
		t.Errorf("explained: %+v", w)
	}
	if w := delivery.FailureWords("new_code"); !strings.Contains(w.ZH, "new_code") || !delivery.FailureWords("").IsZero() {
		t.Errorf("an unknown code: %+v", w)
	}
}

// shanghai is a moment there.
func shanghai(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai())
	if err != nil {
		t.Fatal(err)
	}
	return v
}
