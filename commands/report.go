package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// The jobs that a report sends. They are planned in the same journal write as
// the report, so that neither is there without the other; their key is that of
// [render.ReportKey].
const (
	ReviewCardJob delivery.JobName = "review-card"
	ReceiptJob    delivery.JobName = "receipt"
)

func (c *Commands) reportFeature() feature {
	return feature{
		commands: []Command{c.reportCommand()},
		actions: map[string]action{
			render.ActionReport:    {people.Report, c.reportClick},
			render.ActionFix:       {people.ReadProgress, c.fixClick},
			render.ActionDraft:     {people.ReadProgress, c.draftClick},
			render.ActionDiscard:   {people.ReadProgress, c.discardClick},
			render.ActionSaveDraft: {people.ReadProgress, c.saveDraftClick},
			render.ActionWithdraw:  {people.ReadProgress, c.withdrawClick},
			ledger.FieldDistrict:   {people.ReadProgress, c.formChanged},
			ledger.FieldDomain:     {people.ReadProgress, c.formChanged},
			ledger.FieldPeriod:     {people.ReadProgress, c.formChanged},
			ledger.FieldAnswer:     {people.ReadProgress, c.formChanged},
			ledger.FieldIndicator:  {people.ReadProgress, c.formChanged},
			render.FieldItem:       {people.ReadProgress, c.formChanged},
		},
		forms: map[string]form{render.ReportForm: {people.ReadProgress, c.submitReport}},
		deliveries: map[delivery.JobName]buildMessage{
			ReceiptJob: c.receiptMessage, ReviewCardJob: c.reviewCardMessage,
		},
	}
}

func (c *Commands) reportCommand() Command {
	return Command{
		Name: "report", Alias: "上报",
		Usage:   lang.T("[领域] [指标] [名称或数值] [佐证链接]", "[domain] [indicator] [name or value] [link]"),
		Summary: lang.T("填报本板块的进展；写在后面的内容会先填进表单。", "Report your district's progress; what you add is filled into the form."),
		Example: lang.T("上报 氢能 应用场景 港口氢能重卡示范", "report hydrogen scenarios Hydrogen trucks in the port"),
		Needs:   people.Report, Or: people.ReportCity,
		run: c.report,
	}
}

// report opens the form, filled with what the person typed over what is known.
func (c *Commands) report(ctx context.Context, r *Request) error {
	typed, err := parseReport(r.Policy, r.Args)
	if err != nil {
		return err
	}
	f, m, err := c.newForm(r, typed)
	if err != nil {
		return err
	}
	return c.openForm(ctx, r, f, m)
}

// reportClick opens the form from a button, whose value is what stands behind
// the command.
func (c *Commands) reportClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	r.Args = a.Value
	return c.report(ctx, r)
}

// fixClick opens the form on a report that is there.
func (c *Commands) fixClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _, _ := ParseReportKey(a.Value)
	report, ok := r.State.Ledger.Report(id)
	if !ok {
		return errStaleButton
	}
	if err := ledger.MayChange(r.Policy, r.Person, report.District); err != nil {
		return err
	}
	if err := r.State.Ledger.CheckOpen(report.Period); err != nil { // Told before the form is filled in.
		return err
	}
	return c.openForm(ctx, r, report.Submission(), memory{})
}

var errStaleButton = lang.Problemf("stale_button", "这个按钮已经失效。", "This button is out of date.")

// draftClick opens the form on a draft.
func (c *Commands) draftClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	d, ok := r.State.Ledger.Draft(r.Policy, r.Person, ledger.DraftID(a.Value))
	if !ok {
		return lang.Problemf("no_draft", "这份草稿已经提交或删除。", "This draft was submitted or deleted.")
	}
	in := d.In
	in.FromDraft = d.ID
	return c.openForm(ctx, r, in, memory{})
}

// discardClick deletes a draft.
func (c *Commands) discardClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return ledger.DiscardDraft(s.Ledger, c.policyAt(s, now), personOf(s.People, r.User), ledger.DraftID(a.Value), now)
	})
	if err != nil {
		return err
	}
	c.Home(ctx, string(r.User))
	return nil
}

// saveDraftClick keeps the open form as it is filled in.
func (c *Commands) saveDraftClick(ctx context.Context, r *Request, _ slack.BlockAction) error {
	in, m := readForm(r.View)
	r.Lang = m.lang(r.Lang)
	in.Key = "draft:" + r.TriggerID
	saved, err := c.saveDraft(ctx, r, in)
	if err != nil {
		return err
	}
	in.FromDraft = saved
	f, m, err := c.form(r, in, m)
	if err != nil {
		return err
	}
	f.Saved = saved
	return c.updateForm(ctx, r, f, m)
}

// saveDraft keeps what is filled in so far for the person, and returns its name.
func (c *Commands) saveDraft(ctx context.Context, r *Request, in ledger.Submission) (ledger.DraftID, error) {
	var saved ledger.Draft
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) (drafts []journal.Draft, err error) {
		saved, drafts, err = ledger.SaveDraft(s.Ledger, c.policyAt(s, now), personOf(s.People, r.User), in, now)
		return drafts, err
	})
	return saved.ID, err
}

// formChanged fills the open form anew when a choice of it changes what it asks
// for.
func (c *Commands) formChanged(ctx context.Context, r *Request, a slack.BlockAction) error {
	in, m := readForm(r.View)
	r.Lang = m.lang(r.Lang)
	filled := in
	switch render.ActionName(a.ActionID) {
	case ledger.FieldAnswer: // What is filled in stays; only what is asked changes.
	case render.FieldItem:
		m.Generation++
		filled, m = c.prefill(r, in, m)
	default:
		m.Item = ""
		m.Generation++
		filled, m = c.prefill(r, in, m)
	}
	f, m, err := c.form(r, filled, m)
	if err != nil {
		return err
	}
	return c.updateForm(ctx, r, f, m)
}

// submitReport takes a filled-in report form. The form's id is the report's
// key, so that a submission that Slack delivers twice is one report.
func (c *Commands) submitReport(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	s, m := readForm(in.View)
	r.Lang = m.lang(r.Lang) // That of the form.
	s.Key = in.View.ID
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		return nil, fmt.Errorf("find secretariat channel: %w", err)
	}
	written, err := c.Journal.Update(ctx, string(r.User), func(state record.State, now time.Time) ([]journal.Draft, error) {
		report, drafts, err := ledger.Submit(state.Ledger, c.policyAt(state, now), personOf(state.People, r.User), s, c.Settings, now)
		if err != nil || len(drafts) == 0 { // Without a draft it was taken in before.
			return nil, err
		}
		// The liaison's receipt and the secretariat's card are planned with the
		// report itself: whatever dies now, they will be posted.
		more, err := send(state, r.User, render.ReportKey(report), now,
			to{ReceiptJob, delivery.Recipient(r.User)}, to{ReviewCardJob, delivery.Recipient(secretariat)})
		return append(drafts, more...), err
	})
	if err == nil {
		if len(written) == 0 {
			return slack.NewUpdateViewSubmissionResponse(new(render.NothingNew(r.Lang))), nil
		}
		return nil, nil
	}
	return c.formAgain(r, in.View, s, m, err)
}

// formAgain shows the form again with what is asked about it: the checks'
// warnings, somebody else's newer report, or a reason that it had no field for.
func (c *Commands) formAgain(r *Request, v slack.View, s ledger.Submission, m memory, problem error) (*slack.ViewSubmissionResponse, error) {
	r.State = c.Journal.State()
	f, m, err := c.form(r, s, m)
	if err != nil {
		return nil, problem
	}
	if conflict, ok := errors.AsType[*ledger.Conflict](problem); ok {
		f.Newer = ledger.Diff(r.Policy, conflict.Theirs, conflict.Mine)
		f.NewerBy = render.PersonName(personOf(r.State.People, conflict.Theirs.By))
		f.Filled.Base = conflict.Theirs.Revision
		f.Filled.Report = conflict.Theirs.ID
		f.Amends = conflict.Theirs.Accepted > 0
	} else if note, ok := errors.AsType[*ledger.NeedsNote](problem); ok {
		f.Warnings = note.Warnings
	} else if fields, ok := errors.AsType[lang.FieldProblems](problem); ok && fields[ledger.FieldReason] != nil && !hasField(v, ledger.FieldReason) {
		f.Amends = true
	} else if refused, ok := errors.AsType[*lang.Problem](problem); ok && v.PreviousViewID == "" {
		// What was typed stays: the form lies under the refusal, which is closed.
		return slack.NewPushViewSubmissionResponse(new(render.Notice(refused.Words, r.Lang))), nil
	} else {
		return nil, problem
	}
	return slack.NewUpdateViewSubmissionResponse(new(c.modal(f, m, r.Lang))), nil
}

// withdrawClick takes a report back.
func (c *Commands) withdrawClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, revision, _ := ParseReportKey(a.Value)
	var report ledger.Report
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) (drafts []journal.Draft, err error) {
		report, drafts, err = ledger.Withdraw(s.Ledger, c.policyAt(s, now), personOf(s.People, r.User), id, revision, "withdraw:"+r.TriggerID, now)
		return drafts, decidedOn(err, revision)
	})
	if err != nil {
		return err
	}
	c.refreshCard(ctx, report)
	return c.answer(ctx, r, render.Note(lang.Tf("已撤回 %s。", "%s is withdrawn.", string(id)), r.Lang))
}

// decidedOn says why a report that was reviewed cannot be withdrawn, and what
// to do instead: nothing about it changed that its district could look at.
func decidedOn(err error, revision int) error {
	changed, ok := errors.AsType[*ledger.ChangedMeanwhile](err)
	if !ok || changed.Latest.Revision != revision {
		return err
	}
	id := string(changed.Latest.ID)
	switch changed.Latest.Status {
	case ledger.Submitted, ledger.Withdrawn:
	case ledger.Accepted:
		return lang.Problemf("accepted_already", "%s 已采纳，不能撤回。内容有误请点“修改”，并写明原因。",
			"%s is accepted and cannot be withdrawn. If it is wrong, press “Change” and give the reason.", id)
	case ledger.Returned:
		return lang.Problemf("returned_already", "%s 已退回，不用再撤回。要改请点“修改”；不再上报就不用管它。",
			"%s was returned; there is nothing to withdraw. To mend it, press “Change”; if you report it no more, leave it.", id)
	}
	return err
}

// receiptMessage makes what a liaison is told once a report is stored.
func (c *Commands) receiptMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, err := reportOf(s, d)
	return render.Receipt(r, c.policyAt(s, d.Due), l), err
}

// reviewCardMessage makes the secretariat's card of a report.
func (c *Commands) reviewCardMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, err := reportOf(s, d)
	if err != nil {
		return render.Message{}, err
	}
	pol := c.policyAt(s, d.Due)
	return render.ReviewCard(card(s, r, pol), pol, l), nil
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

// to is a job and whom it goes to.
type to struct {
	job       delivery.JobName
	recipient delivery.Recipient
}

// send plans messages by hand, in the journal write of what they tell.
func send(s record.State, by people.UserID, key string, now time.Time, all ...to) ([]journal.Draft, error) {
	var out []journal.Draft
	for _, t := range all {
		drafts, err := delivery.Manual(s.Delivery, t.job, t.recipient, key, by, now)
		if err != nil {
			return nil, err
		}
		out = append(out, drafts...)
	}
	return out, nil
}
