package commands

import (
	"context"
	"fmt"
	"time"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// HolidaysJob tells the administrators of years whose holidays are wanted and
// not loaded.
const HolidaysJob delivery.JobName = "holidays"

// HolidaysTitle is what the job is called.
var HolidaysTitle = lang.T("节假日安排检查", "Holidays to import")

// alertFeature tells the administrators what they have to know about the
// schedule.
func (c *Commands) alertFeature() feature {
	return feature{
		deliveries: map[delivery.JobName]buildMessage{delivery.AlertJob: c.alertMessage, HolidaysJob: holidaysMessage},
		audiences:  map[delivery.JobName]choose{HolidaysJob: holidaysAudience},
	}
}

// alertMessage tells of missed slots and of deliveries that failed.
func (c *Commands) alertMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	words, ok := delivery.AlertWords(c.DeliveryView(s), d, func(to delivery.Recipient) lang.Text { return render.RecipientName(to, s.People) })
	if !ok {
		return render.Message{}, fmt.Errorf("nobody knows what the alert %q is about", d.Key())
	}
	return render.ScheduleAlert(words, l), nil
}

// holidaysAudience leaves everybody out while nothing is missing. Where nobody
// administrates, the secretariat is told: somebody has to be.
func holidaysAudience(s record.State, j delivery.Job, due time.Time) []delivery.Choice {
	out := delivery.Named(j, s.People, due)
	if len(out) == 0 {
		out = delivery.Named(delivery.Job{Roles: []people.Role{people.Secretariat}}, s.People, due)
	}
	if len(s.Calendar.Missing(due)) > 0 {
		return out
	}
	for i := range out {
		out[i].Skip, out[i].Why = delivery.SkipNotNeeded, lang.T("节假日安排都已导入", "all holidays are loaded")
	}
	return out
}

func holidaysMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	missing := s.Calendar.Missing(d.Due)
	if len(missing) == 0 {
		return render.Note(lang.T("节假日安排都已导入。", "All holidays are loaded."), l), nil
	}
	return render.Note(calendar.MissingWords(missing), l), nil
}
