package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

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

// The jobs that a report sends. They are planned in the same journal write as
// the report, so that neither is there without the other; their key is that of
// [ReportKey].
const (
	ReviewCardJob delivery.JobName = "review-card"
	ReceiptJob    delivery.JobName = "receipt"
)

func (c *Commands) reportFeature() feature {
	return feature{
		commands: []Command{c.reportCommand()},
		actions:  map[string]action{render.ActionReport: {people.Report, c.reportClick}},
		forms:    map[string]form{render.ReportForm: {people.Report, c.submitReport}},
		deliveries: map[delivery.JobName]buildMessage{
			ReceiptJob: c.receiptMessage, ReviewCardJob: c.reviewCardMessage,
		},
	}
}

// receiptMessage makes what a liaison is told once a report is stored.
func (c *Commands) receiptMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, err := reportOf(s, d)
	return render.Receipt(r, c.Policy, l), err
}

// reviewCardMessage makes the secretariat's card of a report.
func (c *Commands) reviewCardMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, err := reportOf(s, d)
	by, ok := s.People.Person(r.By)
	if !ok {
		by = people.Person{User: r.By}
	}
	return render.ReviewCard(r, by, c.Policy, l), err
}

// reportOf returns the revision that a delivery is about.
func reportOf(s record.State, d delivery.Delivery) (ledger.Report, error) {
	id, revision, ok := ParseReportKey(d.Key())
	r, found := s.Ledger.Revision(id, revision)
	if !ok || !found {
		return r, fmt.Errorf("there is no report %q", d.Key())
	}
	return r, nil
}

func (c *Commands) reportCommand() Command {
	return Command{
		Name: "report", Alias: "上报",
		Usage:   lang.T("[领域] [指标] [名称或数值] [佐证链接]", "[domain] [indicator] [name or value] [link]"),
		Summary: lang.T("填报本板块的进展；写在后面的内容会先填进表单。", "Report your district's progress; what you add is filled into the form."),
		Example: lang.T("上报 氢能 应用场景 港口氢能重卡示范", "report hydrogen scenarios Hydrogen trucks in the port"),
		Needs:   people.Report,
		run:     c.report,
	}
}

// report opens the form, filled with what the person typed.
func (c *Commands) report(ctx context.Context, r *Request) error {
	filled, err := c.parseReport(r.Args)
	if err != nil {
		return err
	}
	form, err := c.form(r, filled)
	if err != nil {
		return err
	}
	if _, err := c.Views.OpenView(ctx, r.TriggerID, render.ReportModal(form, r.Lang)); err != nil {
		return err
	}
	return nil
}

// reportClick opens the form from a button, whose value is what stands behind
// the command.
func (c *Commands) reportClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	r.Args = a.Value
	return c.report(ctx, r)
}

// form offers a person what they may report, with the current period and their
// own district chosen.
func (c *Commands) form(r *Request, filled ledger.Submission) (render.Form, error) {
	now := calendar.PeriodOf(r.Now)
	f := render.Form{Indicators: c.Policy.Indicators, Periods: ledger.Periods(r.Now), Filled: filled}
	for _, d := range c.Policy.Districts {
		if people.MayReport(r.Person, d) == nil {
			f.Districts = append(f.Districts, d)
		}
	}
	if d, ok := c.Policy.District(policy.DistrictID(filled.District)); ok {
		if err := people.MayReport(r.Person, d); err != nil {
			return f, err
		}
	}
	if len(f.Districts) == 1 {
		f.Filled.District = string(f.Districts[0].ID)
	}
	if f.Filled.Period == "" {
		f.Filled.Period = string(now)
	}
	if !slices.Contains(f.Periods, calendar.Period(f.Filled.Period)) {
		return f, lang.Problemf("period", "%s现在不能上报。可以上报的是%s至%s。", "%s cannot be reported for now. You can report for %s to %s.",
			calendar.Period(f.Filled.Period).Label(), f.Periods[len(f.Periods)-1].Label(), now.Label())
	}
	// The domains that the layout gives the district stand first, and the only
	// one of them is chosen: work outside the layout is the exception.
	led := c.Policy.LayoutAt(r.Now).DomainsOf(policy.DistrictID(f.Filled.District))
	f.Domains = slices.Clone(c.Policy.Domains)
	slices.SortStableFunc(f.Domains, func(a, b policy.Domain) int {
		return boolOrder(slices.Contains(led, a.ID), slices.Contains(led, b.ID))
	})
	if f.Filled.Domain == "" && len(led) == 1 {
		f.Filled.Domain = string(led[0])
	}
	return f, nil
}

// boolOrder sorts what is true first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// parseReport reads the short form of a report: words that name a district, a
// domain, a period or an indicator, a link, and behind the indicator the
// item's name or the value.
func (c *Commands) parseReport(text string) (ledger.Submission, error) {
	var s ledger.Submission
	var rest []string
	words := strings.FieldsFunc(text, unicode.IsSpace)
	for len(words) > 0 {
		n := 0
		if s.Name == "" && len(rest) == 0 {
			n = c.parseName(words, &s)
		}
		if n == 0 {
			n = 1
			if s.Evidence == "" && isLink(words[0]) {
				s.Evidence = words[0]
			} else {
				rest = append(rest, words[0])
			}
		}
		words = words[n:]
	}
	if len(rest) == 0 {
		return s, nil
	}
	i, ok := c.Policy.Indicator(policy.IndicatorID(s.Indicator))
	if !ok {
		if s.District == "" && s.Domain == "" {
			return s, c.unknownDistrict(rest[0])
		}
		return s, lang.Problemf("unknown_word", "看不懂“%s”。写法是：`/future 上报 领域 指标 名称或数值 链接`，例如 `/future 上报 氢能 应用场景 港口氢能重卡示范`。",
			"I do not understand %q. Write `/future report domain indicator name-or-value link`, for example `/future report hydrogen scenarios Hydrogen trucks in the port`.", short(rest[0]))
	}
	if i.Takes == policy.TakesValue {
		s.Value = strings.Join(rest, " ")
	} else {
		s.Name = strings.Join(rest, " ")
	}
	return s, nil
}

// maxNameWords is how many words a name in English may have ("Suzhou
// Industrial Park", "Photonic chips and optical devices").
const maxNameWords = 6

// parseName takes the longest run of words that names something the report
// does not have yet, and returns how many words that is.
func (c *Commands) parseName(words []string, s *ledger.Submission) int {
	for n := min(maxNameWords, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if d, ok := c.Policy.FindDistrict(name); ok && s.District == "" {
			s.District = string(d.ID)
			return n
		}
		if d, ok := c.Policy.FindDomain(name); ok && s.Domain == "" && !isNumber(name) {
			s.Domain = string(d.ID)
			return n
		}
		if i, ok := c.Policy.FindIndicator(name); ok && s.Indicator == "" {
			s.Indicator = string(i.ID)
			return n
		}
		if p, ok := calendar.ParsePeriod(name); ok && s.Period == "" {
			s.Period = string(p)
			return n
		}
	}
	return 0
}

// isNumber keeps a value from being read as a domain's number.
func isNumber(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
}

func isLink(word string) bool {
	u, err := url.Parse(word)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// submitReport takes a filled-in report form. The form's id is the report's
// key, so that a submission that Slack delivers twice is one report.
func (c *Commands) submitReport(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	s := ledger.Submission{Key: in.View.ID}
	for _, name := range render.ReportFields() {
		s.Set(name, stated(in, name))
	}
	if l := lang.Lang(in.View.PrivateMetadata); slices.Contains(lang.Both(), l) {
		r.Lang = l // That of the form.
	}
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		return nil, fmt.Errorf("find secretariat channel: %w", err)
	}
	written, err := c.Journal.Update(ctx, string(r.User), func(state record.State, now time.Time) ([]journal.Draft, error) {
		person, ok := state.People.Person(r.User)
		if !ok {
			person = people.Person{User: r.User}
		}
		report, drafts, err := ledger.Submit(state.Ledger, c.Policy, person, s, ledger.DefaultSettings(), now)
		if err != nil || len(drafts) == 0 { // Without a draft it was taken in before.
			return nil, err
		}
		// The liaison's receipt and the secretariat's card are planned with the
		// report itself: whatever dies now, they will be posted.
		for _, to := range []struct {
			job       delivery.JobName
			recipient delivery.Recipient
		}{{ReceiptJob, delivery.Recipient(r.User)}, {ReviewCardJob, delivery.Recipient(secretariat)}} {
			more, err := delivery.Manual(state.Delivery, to.job, to.recipient, ReportKey(report), r.User, now)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		return drafts, nil
	})
	if err == nil && len(written) == 0 {
		return slack.NewUpdateViewSubmissionResponse(new(render.NothingNew(r.Lang))), nil
	}
	return nil, err
}

// ReportKey names one revision of a report as the key of a delivery.
func ReportKey(r ledger.Report) string { return fmt.Sprintf("%s.%d", r.ID, r.Revision) }

// ParseReportKey reads what [ReportKey] wrote.
func ParseReportKey(key string) (id ledger.ReportID, revision int, ok bool) {
	name, number, ok := strings.Cut(key, ".")
	revision, err := strconv.Atoi(number)
	return ledger.ReportID(name), revision, ok && err == nil
}

// stated returns what a form's field holds, whatever its kind.
func stated(in slack.InteractionCallback, name string) string {
	if in.View.State == nil {
		return ""
	}
	a := in.View.State.Values[name][name]
	if a.SelectedOption.Value != "" {
		return a.SelectedOption.Value
	}
	return strings.TrimSpace(a.Value)
}
