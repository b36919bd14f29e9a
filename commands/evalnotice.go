package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// The jobs of the public notice. They are planned in the same write as what they
// tell; their key is the cycle and the objection's number.
const (
	ObjectionJob       delivery.JobName = "objection"        // Tells the secretariat of an objection.
	ObjectionAnswerJob delivery.JobName = "objection-answer" // Tells who recorded it what was answered.
)

// noticeFeature is the public notice: what is proposed, objections and their
// answers.
func (c *Commands) noticeFeature() feature {
	return feature{
		actions: map[string]action{
			render.ActionEvaluationProposals: {people.ReadProgress, c.proposalsClick},
			render.ActionEvaluationObject:    {people.ReadProgress, c.objectClick},
			render.ActionAnswerObjection:     {people.RunEvaluation, c.answerObjectionClick},
		},
		forms: map[string]form{
			render.ObjectionForm:       {people.ReadProgress, c.submitObjection},
			render.ObjectionAnswerForm: {people.RunEvaluation, c.submitObjectionAnswer},
		},
		deliveries: map[delivery.JobName]buildMessage{ObjectionJob: c.objectionMessage, ObjectionAnswerJob: c.objectionAnswerMessage},
	}
}

// published are the phases from the public notice on: before them what is
// proposed is not public.
var published = []evaluation.Phase{evaluation.Noticed, evaluation.Deciding, evaluation.Adopted, evaluation.Rejected, evaluation.Archived}

// proposals gathers what a cycle proposes, or has decided. The error is a
// [lang.Problem].
func (c *Commands) proposals(s record.State, who people.Person, id evaluation.CycleID, now time.Time) (render.ProposalsData, error) {
	d := render.ProposalsData{Policy: c.adopted(s), Viewer: who, Now: now}
	var err error
	if d.Cycle, err = cycleOf(s.Evaluation, string(id)); err != nil {
		return d, err
	}
	if !slices.Contains(published, d.Cycle.Phase) {
		return d, lang.Problemf("not_on_notice", "还没有公示。全部事项表决后才公示，届时再看。", "Nothing is on public notice yet: it begins when every item is decided by a vote.")
	}
	d.Before, _ = d.Policy.Layouts.Version(d.Cycle.Base)
	d.After = d.Before
	o := d.Cycle.Outcome
	if o != nil && o.Adopted {
		if o.Layout > 0 {
			d.After, _ = d.Policy.Layouts.Version(o.Layout)
			d.Changed = true
		}
		return d, nil
	}
	next, changed, err := d.Cycle.Preview(d.Policy)
	if err != nil {
		return d, err
	}
	if d.Changed = changed; changed {
		d.Policy, d.After = next, next.Layouts.Latest()
	}
	return d, nil
}

// proposalsClick shows what is on notice, or another page of it.
func (c *Commands) proposalsClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, page := render.ParseEvaluationPage(a.Value)
	d, err := c.proposals(r.State, r.Person, id, r.Now)
	if err != nil {
		return err
	}
	return c.turn(ctx, r, a, render.Proposals(d, page, r.Lang))
}

// objectClick opens the form of an objection while the notice lasts.
func (c *Commands) objectClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _ := render.ParseEvaluationValue(a.Value)
	d, err := c.proposals(r.State, r.Person, id, r.Now)
	if err != nil {
		return err
	}
	if !d.Running() {
		return lang.Problemf("notice_over", "公示已于%s结束，不再受理异议。", "The public notice ended after %s; no objection is taken any more.", d.Cycle.Dates.NoticeUntil.Label())
	}
	return c.open(ctx, r, render.ObjectionModal(d, fromWords(r), r.Lang))
}

// fromWords are whose an objection is when the person makes it: their district
// and name, or nothing for the secretariat, which records others'.
func fromWords(r *Request) string {
	if people.Can(r.Person, people.RunEvaluation) {
		return ""
	}
	words := r.Person.Name.In(r.Lang)
	for _, id := range r.Person.Districts {
		if d, ok := r.Policy.District(id); ok {
			words = d.Name.In(r.Lang) + " " + words
		}
	}
	return words
}

// submitObjection records an objection, and tells the secretariat.
func (c *Commands) submitObjection(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, _, ok := render.ParseAboutEvaluation(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		return nil, fmt.Errorf("find secretariat channel: %w", err)
	}
	f := evaluation.ObjectionForm{
		Item: evaluation.ItemID(stated(in, render.FieldAbout)),
		From: stated(in, evaluation.FieldFrom), Text: stated(in, evaluation.FieldText),
	}
	if f.Item == render.AboutWhole {
		f.Item = ""
	}
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		drafts, err := evaluation.Object(s.Evaluation, personOf(s.People, r.User), id, f, now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		cycle, _ := s.Evaluation.Cycle(id)
		more, err := send(s, r.User, objectionKey(id, len(cycle.Objections)+1), now, to{ObjectionJob, delivery.Recipient(secretariat)})
		return append(drafts, more...), err
	})
	if err != nil {
		return nil, err
	}
	c.tell(ctx, r, render.Note(lang.T(":white_check_mark: 异议已登记，秘书处会答复，答复会发给你。", ":white_check_mark: Your objection is recorded. The secretariat answers it, and you are told."), r.Lang))
	return nil, nil
}

// objectionKey names an objection as the key of a delivery.
func objectionKey(id evaluation.CycleID, number int) string {
	return render.EvaluationValue(id, strconv.Itoa(number))
}

// objectionOf returns the objection that a button, a form or a delivery names.
func (c *Commands) objectionOf(s record.State, who people.Person, id evaluation.CycleID, number string, now time.Time) (d render.ProposalsData, o evaluation.Objection, err error) {
	if d, err = c.proposals(s, who, id, now); err != nil {
		return d, o, err
	}
	for _, o := range d.Cycle.Objections {
		if strconv.Itoa(o.Number) == number {
			return d, o, nil
		}
	}
	return d, o, errStaleButton
}

// answerObjectionClick opens the form for answering an objection.
func (c *Commands) answerObjectionClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, number := render.ParseEvaluationValue(a.Value)
	d, o, err := c.objectionOf(r.State, r.Person, id, number, r.Now)
	if err != nil {
		return err
	}
	if d.Cycle.Phase != evaluation.Noticed {
		return lang.Problemf("notice_done", "公示已结束，异议都已答复，不能再改。", "The notice is over and every objection is answered; nothing can be changed any more.")
	}
	return c.open(ctx, r, render.ObjectionAnswerModal(d, o, r.Lang))
}

// submitObjectionAnswer answers an objection, and tells who recorded it.
func (c *Commands) submitObjectionAnswer(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, id, part, ok := render.ParseAboutEvaluation(in.View.PrivateMetadata)
	number, err := strconv.Atoi(part)
	if !ok || err != nil {
		return nil, errOldForm
	}
	r.Lang = l
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		drafts, err := evaluation.AnswerObjection(s.Evaluation, personOf(s.People, r.User), id, number, stated(in, evaluation.FieldText), now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		cycle, _ := s.Evaluation.Cycle(id)
		for _, o := range cycle.Objections {
			if o.Number != number || o.By == r.User { // Who records and answers it knows.
				continue
			}
			// Each answer is told, a changed one too.
			key := objectionKey(id, number) + "." + strconv.FormatInt(now.UnixMilli(), 36)
			more, err := send(s, r.User, key, now, to{ObjectionAnswerJob, delivery.Recipient(o.By)})
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		return drafts, nil
	})
	if err != nil {
		return nil, err
	}
	r.State, r.Now = c.Journal.State(), c.now()
	d, err := c.proposals(r.State, r.Person, id, r.Now)
	if err != nil {
		return nil, err
	}
	c.refreshObjection(ctx, id, number)
	c.tell(ctx, r, render.Answered(d, number, r.Lang))
	return nil, nil
}

// refreshObjection brings the secretariat's card of an objection up to date. One
// that stays as it was opens the form with the answer that there is.
func (c *Commands) refreshObjection(ctx context.Context, id evaluation.CycleID, number int) {
	c.chores.start(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		s := c.Journal.State()
		d, o, err := c.objectionOf(s, people.Person{}, id, strconv.Itoa(number), c.now())
		if err != nil {
			return
		}
		channel := delivery.Recipient(c.office(ctx))
		posted, _ := s.Delivery.Delivery(delivery.ManualID(ObjectionJob, channel, objectionKey(id, number), o.By))
		if posted.Message.TS == "" {
			return // Not posted yet: it will show how things stand.
		}
		m := render.ObjectionCard(d, o, c.langTo(ctx, channel))
		if err := c.Poster.Update(ctx, string(channel), posted.Message.TS, m.Text, m.Blocks); err != nil {
			c.Log.WarnContext(ctx, "refresh an objection's card", "cycle", string(id), "objection", number, "error", err)
		}
	})
}

// objectionMessage tells the secretariat of an objection.
func (c *Commands) objectionMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	id, number := render.ParseEvaluationValue(d.Key())
	data, o, err := c.objectionOf(s, people.Person{}, id, number, d.Due)
	return render.ObjectionCard(data, o, l), err
}

// objectionAnswerMessage tells who objected what was answered.
func (c *Commands) objectionAnswerMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	id, part := render.ParseEvaluationValue(d.Key())
	number, _, _ := strings.Cut(part, ".")
	data, o, err := c.objectionOf(s, people.Person{}, id, number, d.Due)
	return render.ObjectionNote(data, o, l), err
}
