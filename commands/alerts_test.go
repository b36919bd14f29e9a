package commands_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"wainao/ask"
	"wainao/calendar"
	"wainao/commands"
	"wainao/delivery"
	"wainao/journal"
	"wainao/journal/journaltest"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

// TestTheAdministratorIsToldWhatIsMissing: of the slots that nobody ran, and in
// November of the next year's holidays, until these are loaded.
func TestTheAdministratorIsToldWhatIsMissing(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC)
	j, err := journal.Open(t.Context(), record.State{}, journal.Options{Store: journaltest.NewStore(), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	pol := policy.Default()
	engine, err := ask.New(pol)
	if err != nil {
		t.Fatal(err)
	}
	c, err := commands.New(commands.Options{Journal: j, Published: pol, Ask: engine})
	if err != nil {
		t.Fatal(err)
	}
	write := func(decide func(record.State, time.Time) ([]journal.Draft, error)) {
		t.Helper()
		if _, err := j.Update(context.Background(), "test", decide); err != nil {
			t.Fatal(err)
		}
	}
	write(func(s record.State, now time.Time) ([]journal.Draft, error) {
		return people.Assign(s.People, people.Person{User: "UA", Name: lang.T("管理员", "Admin"), Roles: []people.Role{people.Admin}}, now)
	})
	write(func(s record.State, now time.Time) ([]journal.Draft, error) {
		return delivery.Register(s.Delivery, []delivery.Job{
			{Name: commands.DigestJob, Title: commands.DigestTitle, Spec: "0 9 * * 1", To: []delivery.Recipient{"leadership"}},
			{Name: commands.HolidaysJob, Title: commands.HolidaysTitle, Spec: "0 9 * * 1", CatchUp: 72 * time.Hour, On: delivery.NextWorkday, To: []delivery.Recipient{"operators"}},
		}, now)
	})
	plan := func(at time.Time) map[delivery.ID]delivery.Delivery {
		t.Helper()
		now = at
		write(func(s record.State, now time.Time) ([]journal.Draft, error) {
			return delivery.Plan(c.DeliveryView(s), now)
		})
		out := map[delivery.ID]delivery.Delivery{}
		for _, d := range j.State().Delivery.Deliveries() {
			out[d.ID] = d
		}
		return out
	}
	says := func(d delivery.Delivery, want string) {
		t.Helper()
		d.To = "operators" // A channel: it is told in Chinese.
		m, err := c.Build(t.Context(), d)
		if err != nil || !strings.Contains(m.Text, want) {
			t.Errorf("%s: %q, %v; want %q", d.ID, m.Text, err, want)
		}
	}

	all := plan(time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)) // Tuesday: the digest is too old.
	says(all["holidays@2026-11-23T09:00/operators"], "2027年的节假日安排还没有导入")
	told := all["schedule-alert@by::missed::2026-11-24 10:00:00.000/UA"]
	says(told, "“每周简报”有1次没有发送")
	told.To = "operators"
	if m, err := c.Build(t.Context(), told); err != nil || len(m.Blocks) != 2 {
		t.Errorf("no button leads to what did not arrive: %+v, %v", m.Blocks, err)
	}

	write(func(s record.State, now time.Time) ([]journal.Draft, error) {
		y, _, _ := s.Calendar.Year(2026)
		y.Year, y.Work, y.Off = 2027, nil, slices.Clone(y.Off)
		for i, h := range y.Off {
			y.Off[i].From, y.Off[i].To = nextYear(h.From), nextYear(h.Last())
		}
		return calendar.Import(s.Calendar, y, now)
	})
	all = plan(time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC))
	if d := all["holidays@2026-11-30T09:00/operators"]; d.Status != delivery.Skipped || d.Reason != delivery.SkipNotNeeded || !d.Why.Complete() {
		t.Errorf("once they are loaded: %+v", d)
	}
	says(delivery.Delivery{Job: commands.HolidaysJob, Due: now}, "都已导入")
	// Where nobody administrates, the secretariat is told.
	write(func(s record.State, now time.Time) ([]journal.Draft, error) {
		return delivery.Register(s.Delivery, []delivery.Job{
			{Name: commands.HolidaysJob, Title: commands.HolidaysTitle, Spec: "0 9 * * 1", CatchUp: 72 * time.Hour, On: delivery.NextWorkday, Roles: []people.Role{people.Admin}},
		}, now)
	})
	for user, role := range map[people.UserID]people.Role{"UA": people.Member, "US": people.Secretariat} {
		write(func(s record.State, now time.Time) ([]journal.Draft, error) {
			return people.Assign(s.People, people.Person{User: user, Name: lang.T("某人", "Somebody"), Roles: []people.Role{role}}, now)
		})
	}
	all = plan(time.Date(2027, 11, 1, 1, 0, 0, 0, time.UTC))
	if d := all["holidays@2027-11-01T09:00/US"]; d.Status != delivery.Planned || len(all) == 0 {
		t.Errorf("without an administrator: %+v", d)
	}
	if _, err := c.Build(t.Context(), delivery.Delivery{ID: "x", Job: delivery.AlertJob, To: "operators"}); err == nil {
		t.Error("an alert about nothing was made")
	}
}

func nextYear(d calendar.Date) calendar.Date {
	return calendar.Date(strings.Replace(string(d), "2026", "2027", 1))
}
