package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// The jobs of a report that nothing changed, which may be about several pairs
// at once. Their key is the reports', joined by commas.
const (
	NoChangeReceiptJob delivery.JobName = "no-change-receipt"
	NoChangeCardJob    delivery.JobName = "no-change-card"
)

func (c *Commands) noChangeFeature() feature {
	return feature{
		actions: map[string]action{render.ActionNoChange: {people.Report, c.noChangeClick}},
		deliveries: map[delivery.JobName]buildMessage{
			NoChangeReceiptJob: c.noChangeReceipt, NoChangeCardJob: c.noChangeCard,
		},
	}
}

// noChangeClick reports for a district that nothing changed in whatever it still
// owes for a period. The button's value is that of [render.NoChangeValue].
func (c *Commands) noChangeClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	district, period, ok := strings.Cut(a.Value, " ")
	if !ok {
		return errStaleButton
	}
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		return fmt.Errorf("find secretariat channel: %w", err)
	}
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		reports, drafts, err := ledger.NoChange(s.Ledger, c.policyAt(s, now), personOf(s.People, r.User), policy.DistrictID(district), calendar.Period(period), "no-change:"+r.TriggerID, now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		more, err := send(s, r.User, reportKeys(reports), now,
			to{NoChangeReceiptJob, delivery.Recipient(r.User)}, to{NoChangeCardJob, delivery.Recipient(secretariat)})
		return append(drafts, more...), err
	})
	if err != nil {
		return err
	}
	if r.View.Type == slack.VTHomeTab {
		c.Home(ctx, string(r.User))
	}
	return nil
}

func reportKeys(reports []ledger.Report) string {
	keys := make([]string, 0, len(reports))
	for _, r := range reports {
		keys = append(keys, render.ReportKey(r))
	}
	return strings.Join(keys, ",")
}

// reportsOf returns the revisions that a delivery is about.
func reportsOf(s record.State, d delivery.Delivery) ([]ledger.Report, error) {
	var out []ledger.Report
	for key := range strings.SplitSeq(d.Key(), ",") {
		id, revision, _ := ParseReportKey(key)
		r, ok := s.Ledger.Revision(id, revision)
		if !ok {
			return nil, fmt.Errorf("there is no report %q", key)
		}
		out = append(out, r)
	}
	return out, nil
}

// noChangeReceipt makes what a liaison is told.
func (c *Commands) noChangeReceipt(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	reports, err := reportsOf(s, d)
	if err != nil {
		return render.Message{}, err
	}
	return render.ReceiptOfNoChange(reports, c.policyAt(s, d.Due), l), nil
}

// noChangeCard makes the secretariat's card.
func (c *Commands) noChangeCard(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	reports, err := reportsOf(s, d)
	if err != nil {
		return render.Message{}, err
	}
	pol := c.policyAt(s, d.Due)
	var all []render.CardData
	for _, r := range reports {
		all = append(all, card(s, r, pol))
	}
	return render.NoChangeCard(all, pol, l), nil
}

// noChangeCardOf finds the delivery of the card that tells of a report that
// nothing changed.
func noChangeCardOf(s record.State, r ledger.Report) (delivery.Delivery, bool) {
	if r.Answer == ledger.Changed {
		return delivery.Delivery{}, false
	}
	f := delivery.Filter{Job: NoChangeCardJob, Day: calendar.DateOf(r.At), Limit: delivery.MaxPage}
	for first := true; first || f.Before != ""; first = false {
		page := s.Delivery.Query(f)
		for _, d := range page.Deliveries {
			if slices.Contains(strings.Split(d.Key(), ","), render.ReportKey(r)) {
				return d, true
			}
		}
		f.Before = page.Next
	}
	return delivery.Delivery{}, false
}
