package commands

import (
	"context"
	"fmt"
	"time"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/record"
	"wainao/render"
)

// Build makes the message of a delivery from the journal's newest state, in
// the language of whom it goes to.
func (c *Commands) Build(ctx context.Context, d delivery.Delivery) (render.Message, error) {
	build, ok := c.registry.deliveries[d.Job]
	if !ok {
		return render.Message{}, fmt.Errorf("delivery %s: nobody knows how to build %q", d.ID, d.Job)
	}
	m, err := build(ctx, c.Journal.State(), d, c.langTo(ctx, d.To))
	if err != nil {
		return render.Message{}, fmt.Errorf("delivery %s: %w", d.ID, err)
	}
	return c.place(ctx, m), nil
}

// DeliveryView returns what deliveries are decided on, in one state of the
// journal: previews and runs by hand are decided on it too.
func (c *Commands) DeliveryView(s record.State) delivery.View {
	return delivery.View{
		State: s.Delivery, People: s.People, Days: s.Calendar,
		Deadline: func(p calendar.Period) calendar.Date { return calendar.DateOf(c.Settings.Deadline(p, c.workday(s))) },
		Audience: func(j delivery.Job, due time.Time) ([]delivery.Choice, bool) {
			choose, ok := c.registry.audiences[j.Name]
			if !ok {
				return nil, false
			}
			return choose(s, j, due), true
		},
		Asked: func(j delivery.Job, now time.Time) ([]delivery.Choice, bool) {
			if j.Name != RemindersJob {
				return nil, false
			}
			return c.reminded(s, now, true), true
		},
	}
}

// langTo returns a person's language, and Chinese for a channel.
func (c *Commands) langTo(ctx context.Context, to delivery.Recipient) lang.Lang {
	if len(to) == 0 || to[0] != 'U' && to[0] != 'W' {
		return lang.ZH
	}
	return c.langOf(ctx, string(to))
}
