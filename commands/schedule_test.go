package commands_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/commands"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

// audience tells whom a slot of the reminders would go to and why, a line each.
func audience(h *house, due time.Time) (to, left map[string]string) {
	v := h.DeliveryView(h.journal.State())
	choices, _ := v.Audience(delivery.Job{Name: commands.RemindersJob}, due)
	to, left = map[string]string{}, map[string]string{}
	for _, c := range choices {
		if c.Skip == "" {
			to[string(c.To)] = c.Why.EN
		} else {
			left[string(c.To)] = c.Why.EN
		}
	}
	return to, left
}

func morning(day string) time.Time {
	return calendar.Date(day).Start().Add(9*time.Hour + 30*time.Minute)
}

func TestWhomTheRemindersGoTo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	assign := func(user string, role people.Role, d policy.DistrictID) {
		t.Helper()
		if _, err := h.journal.Update(t.Context(), "config", func(s record.State, now time.Time) ([]journal.Draft, error) {
			return people.Assign(s.People, people.Person{User: people.UserID(user), Name: lang.T("某", "Some"), Roles: []people.Role{role}, Districts: []policy.DistrictID{d}}, now)
		}); err != nil {
			t.Fatal(err)
		}
	}
	assign("UTAI", people.Liaison, policy.Taicang)
	for _, tc := range []struct {
		name, day string
		want      map[string]string // A part of why, by who is told.
	}{
		{"ten workdays before", "2026-12-11", map[string]string{"UKUN": "Kunshan for Q4 2026: the deadline is near", "UEN": "SIP for Q4 2026", "UTAI": "Taicang"}},
		{"nine before", "2026-12-14", map[string]string{}},
		{"one past: the deputy too", "2026-12-28", map[string]string{"UKUN": "Yellow", "UEN": "Yellow", "UTAI": "Yellow", "UDEP": "as deputy"}},
		// 2027 is not loaded, so New Year's Day counts as a workday.
		{"five past: the lead and the secretariat too", "2027-01-01", map[string]string{
			"UKUN": "Red", "UEN": "Red", "UTAI": "Red", "UDEP": "Red", "ULED": "as district lead", "USEC": "in all",
		}},
		{"a Saturday", "2026-12-12", map[string]string{}},
		{"before the journal began nothing was asked for", "2026-11-24", map[string]string{}},
	} {
		to, _ := audience(h, morning(tc.day))
		for user, why := range tc.want {
			if !strings.Contains(to[user], why) {
				t.Errorf("%s: %s is told for %q, want %q", tc.name, user, to[user], why)
			}
		}
		if len(to) != len(tc.want) {
			t.Errorf("%s: told are %v", tc.name, to)
		}
	}

	// Who has reported is told no more, who is away has a stand-in.
	h.Action(t.Context(), slack.InteractionCallback{User: slack.User{ID: "UTAI"}, TriggerID: "T1", ResponseURL: "url", ActionCallback: slack.ActionCallbacks{
		BlockActions: []*slack.BlockAction{{ActionID: "no-change", Value: "taicang 2026Q4"}},
	}})
	if _, err := h.journal.Update(t.Context(), "UKUN", func(s record.State, now time.Time) ([]journal.Draft, error) {
		p, _ := s.People.Person("UKUN")
		return people.SetAbsence(s.People, p, "UKUN", morning("2026-12-01"), morning("2026-12-20"), "UDEP", now)
	}); err != nil {
		t.Fatal(err)
	}
	to, left := audience(h, morning("2026-12-11"))
	if _, told := to["UTAI"]; told || !strings.Contains(to["UDEP"], "standing in") || !strings.Contains(left["UKUN"], "away") {
		t.Errorf("told %v, left out %v", to, left)
	}

	// What the builder makes of a delivery that has nothing to tell any more.
	if _, err := h.Build(t.Context(), delivery.Delivery{Job: commands.RemindersJob, To: "UTAI", Due: morning("2026-12-11")}); err == nil || !strings.Contains(err.Error(), "not needed") {
		t.Errorf("it builds %v", err)
	}
	m, err := h.Build(t.Context(), delivery.Delivery{Job: commands.RemindersJob, To: "UDEP", Due: morning("2026-12-11")})
	if err != nil || !strings.Contains(m.Text, "昆山") {
		t.Errorf("the stand-in is told %q, %v", m.Text, err)
	}
}

func TestSnoozeClick(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	click := func(value string) said {
		t.Helper()
		h.Action(t.Context(), slack.InteractionCallback{User: slack.User{ID: "UKUN"}, TriggerID: "T-" + value, ResponseURL: "url", ActionCallback: slack.ActionCallbacks{
			BlockActions: []*slack.BlockAction{{ActionID: "snooze", Value: value}},
		}})
		return h.last(t)
	}
	if s := click("2026Q4 blue"); !strings.Contains(s.text, "2026年11月24日") {
		t.Errorf("told: %s", s.text)
	}
	for _, value := range []string{"2026Q4", "2026Q4 green", "soon blue"} {
		if s := click(value); !strings.Contains(s.text, "失效") {
			t.Errorf("%q: %s", value, s.text)
		}
	}
}

// TestNobodyIsRemindedTwiceADay: neither when the job is moved to a later hour
// nor when it is run by hand. Who could not be reached is reminded again.
func TestNobodyIsRemindedTwiceADay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	update := func(decide func(delivery.View, time.Time) ([]journal.Draft, error)) error {
		_, err := h.journal.Update(t.Context(), "test", func(s record.State, now time.Time) ([]journal.Draft, error) {
			return decide(h.DeliveryView(s), now)
		})
		return err
	}
	must := func(decide func(delivery.View, time.Time) ([]journal.Draft, error)) {
		t.Helper()
		if err := update(decide); err != nil {
			t.Fatal(err)
		}
	}
	run := func(key string) error {
		return update(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.RunNow(v, commands.RemindersJob, key, "USEC", now)
		})
	}
	h.clock.Advance(morning("2026-12-11").Sub(h.clock.Now()))
	must(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
		return delivery.Register(v.State, []delivery.Job{{Name: commands.RemindersJob, Title: commands.RemindersTitle, Spec: "30 9 * * *"}}, now)
	})
	if err := run("first"); err != nil {
		t.Fatal(err)
	}
	to, left := audience(h, h.clock.Now().Add(5*time.Hour))
	if len(to) != 0 || left["UKUN"] != "reminded today already" || left["UEN"] != "reminded today already" {
		t.Errorf("told again %v, left out %v", to, left)
	}
	if err := run("second"); !errors.Is(err, &lang.Problem{Code: "nobody_to_send_to"}) {
		t.Errorf("a second run: %v", err)
	}

	// One of them cannot be reached.
	for _, d := range h.journal.State().Delivery.Open() {
		if d.To != "UEN" {
			continue
		}
		must(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.Claim(v, d.ID, "runner", now)
		})
		must(func(v delivery.View, now time.Time) ([]journal.Draft, error) {
			return delivery.Fail(v, d.ID, "runner", delivery.Failure{Reason: delivery.Dead, Code: "user_disabled"}, now)
		})
	}
	if to, left = audience(h, h.clock.Now()); to["UEN"] == "" || left["UKUN"] != "reminded today already" {
		t.Errorf("who was not reached: told %v, left out %v", to, left)
	}
	if to, _ = audience(h, morning("2026-12-22")); to["UKUN"] == "" || to["UEN"] == "" {
		t.Errorf("on another day: %v", to)
	}
}
