package commands

import (
	"context"
	"fmt"
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

// The jobs of a review. What was decided goes to who reported, a question too,
// and the answer to it to the secretariat.
const (
	DecisionJob delivery.JobName = "decision" // Key: that of [render.ReportKey].
	QuestionJob delivery.JobName = "question" // Key: that of [noteKey].
	ReplyJob    delivery.JobName = "reply"    // Key: that of [noteKey].
)

func (c *Commands) reviewFeature() feature {
	return feature{
		commands: []Command{c.reviewCommand()},
		actions: map[string]action{
			render.ActionReview:    {people.Review, c.reviewClick},
			render.ActionAccept:    {people.Review, c.acceptClick},
			render.ActionAcceptAll: {people.Review, c.acceptAllClick},
			render.ActionReturn: {people.Review, c.openReview(func(s record.State, report ledger.Report, l lang.Lang) slack.ModalViewRequest {
				return render.ReturnModal(report, s.Ledger.CheckOpen(report.Period) != nil, l)
			})},
			render.ActionQuery: {people.Review, c.openReview(func(_ record.State, report ledger.Report, l lang.Lang) slack.ModalViewRequest {
				return render.QuestionModal(report, l)
			})},
			render.ActionReply:   {people.ReadProgress, c.replyClick},
			render.ActionHistory: {people.ReadProgress, c.historyClick},
		},
		forms: map[string]form{
			render.ReturnForm:   {people.Review, c.submitReturn},
			render.QuestionForm: {people.Review, c.submitQuestion},
			render.ReplyForm:    {people.ReadProgress, c.submitReply},
		},
		deliveries: map[delivery.JobName]buildMessage{
			DecisionJob: c.decisionMessage, QuestionJob: c.questionMessage, ReplyJob: c.replyMessage,
		},
	}
}

func (c *Commands) reviewCommand() Command {
	return Command{
		Name: "review", Alias: "审核",
		Usage:   lang.T("[领域|板块|指标|报告期]", "[domain|district|indicator|period]"),
		Summary: lang.T("看待审核的上报，最早的在前；采纳、退回、提问。", "See the reports that wait for review, the oldest first; accept, return, ask."),
		Example: lang.T("审核 昆山", "review Kunshan"),
		Needs:   people.Review,
		run:     c.review,
	}
}

// review shows the queue, narrowed to what the words name.
func (c *Commands) review(ctx context.Context, r *Request) error {
	f, words, err := filter(r.Policy, r.Args)
	if err != nil {
		return err
	}
	return c.answer(ctx, r, c.queue(r.State, r.Person, f, words, lang.Text{}, r.Lang))
}

// reviewClick shows the queue, narrowed to what the button names.
func (c *Commands) reviewClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	r.Args = a.Value
	return c.review(ctx, r)
}

// filter reads what to narrow a list of reports to.
func filter(pol *policy.Policy, text string) (ledger.Filter, lang.Text, error) {
	s, err := parseReport(pol, text)
	if err != nil {
		return ledger.Filter{}, lang.Text{}, err
	}
	if s.Name != "" || s.Value != "" || s.Evidence != "" {
		return ledger.Filter{}, lang.Text{}, lang.Problemf("unknown_filter", "看不懂“%s”。可以写领域、板块、指标或报告期，例如 `/future 审核 昆山 2026Q4`。",
			"I do not understand %q. Name a domain, a district, an indicator or a period, for example `/future review Kunshan 2026Q4`.", short(text))
	}
	f := ledger.Filter{
		District: policy.DistrictID(s.District), Domain: policy.DomainID(s.Domain), Indicator: policy.IndicatorID(s.Indicator), Period: calendar.Period(s.Period),
	}
	var zh, en []string
	add := func(t lang.Text) { zh, en = append(zh, t.ZH), append(en, t.EN) }
	if d, ok := pol.District(f.District); ok {
		add(d.Short)
	}
	if d, ok := pol.Domain(f.Domain); ok {
		add(d.Name)
	}
	if i, ok := pol.Indicator(f.Indicator); ok {
		add(i.Name)
	}
	if f.Period != "" {
		add(f.Period.Label())
	}
	return f, lang.T(strings.Join(zh, " · "), strings.Join(en, " · ")), nil
}

// queue renders what waits for review, as a person sees it, and what was just
// done about it.
func (c *Commands) queue(s record.State, who people.Person, f ledger.Filter, words, done lang.Text, l lang.Lang) render.Message {
	q := render.QueueData{
		Waiting: s.Ledger.Queue(f), Filter: words, Words: filterWords(f), Done: done,
		All: s.Ledger.Waiting(), Acceptable: len(s.Ledger.Acceptable(who, f)), Own: map[ledger.ReportID]bool{},
	}
	for _, r := range q.Waiting {
		q.Own[r.ID] = s.Ledger.SubmittedBy(r.ID, who.User)
	}
	return render.Queue(q, c.policyAt(s, c.now()), l)
}

// filterWords writes what [filter] reads.
func filterWords(f ledger.Filter) string {
	return strings.Join(strings.Fields(strings.Join([]string{string(f.District), string(f.Domain), string(f.Indicator), string(f.Period)}, " ")), " ")
}

// queueAgain shows the queue that a button stands in as it is now, in its place,
// with what was done. Words are those that it is narrowed to.
func (c *Commands) queueAgain(ctx context.Context, r *Request, words string, done lang.Text) error {
	f, narrowed, err := filter(r.Policy, words)
	if err != nil { // What it was narrowed to is no more: all of it then.
		f, narrowed = ledger.Filter{}, lang.Text{}
	}
	m := c.queue(c.Journal.State(), r.Person, f, narrowed, done, r.Lang)
	return c.Poster.Respond(ctx, r.ResponseURL, true, m.Text, m.Blocks)
}

// acceptClick accepts a report, from its card or from the queue.
func (c *Commands) acceptClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, revision, ok := ParseReportKey(a.Value)
	if !ok {
		return errStaleButton
	}
	report, err := c.decide(ctx, r.User, ledger.Decision{Report: id, Revision: revision, Verdict: ledger.Accept, Key: "accept:" + r.TriggerID})
	if err != nil {
		return err
	}
	return c.decided(ctx, r, a, report)
}

// decide writes a decision on a report, and with it what tells of it.
func (c *Commands) decide(ctx context.Context, user people.UserID, d ledger.Decision) (report ledger.Report, err error) {
	_, err = c.Journal.Update(ctx, string(user), func(s record.State, now time.Time) ([]journal.Draft, error) {
		var drafts []journal.Draft
		var err error
		if report, drafts, err = ledger.Review(s.Ledger, personOf(s.People, user), d, now); err != nil || len(drafts) == 0 {
			return nil, err
		}
		more, err := notify(s, user, DecisionJob, report, now)
		return append(drafts, more...), err
	})
	return report, err
}

// notify plans a message to who submitted a report, or to who stands in for them.
func notify(s record.State, by people.UserID, job delivery.JobName, r ledger.Report, now time.Time) ([]journal.Draft, error) {
	var all []to
	for _, user := range s.People.Reach([]people.Person{personOf(s.People, r.By)}, now) {
		all = append(all, to{job, delivery.Recipient(user)})
	}
	return send(s, by, render.ReportKey(r), now, all...)
}

// decided shows what came of a decision where its button was: the card as it
// stands now, or the queue without the report.
func (c *Commands) decided(ctx context.Context, r *Request, a slack.BlockAction, report ledger.Report) error {
	c.refreshCard(ctx, report)
	words, ok := render.ParseQueueBlock(a.BlockID)
	if r.ResponseURL == "" || !ok { // The card itself, which is refreshed.
		return nil
	}
	return c.queueAgain(ctx, r, words, lang.Tf("已采纳 %s：%s", "Accepted %s: %s", string(report.ID), report.Subject()))
}

// acceptAllClick accepts what tells nothing new: everything in the queue that
// the button stands in, or the reports that it names.
func (c *Commands) acceptAllClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	var ids []ledger.ReportID
	for id := range strings.SplitSeq(a.Value, ",") {
		if id != "" {
			ids = append(ids, ledger.ReportID(id))
		}
	}
	words, inQueue := render.ParseQueueBlock(a.BlockID)
	f, _, err := filter(r.Policy, words)
	if err != nil {
		return err
	}
	var reports []ledger.Report
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) (drafts []journal.Draft, err error) {
		if reports, drafts, err = ledger.AcceptUnchanged(s.Ledger, personOf(s.People, r.User), f, ids, "accept-all:"+r.TriggerID, now); err != nil || len(drafts) == 0 {
			return nil, err
		}
		// Who reported hears of it once, however many of their reports are accepted.
		told := map[people.UserID]bool{}
		for _, report := range reports {
			if told[report.By] {
				continue
			}
			told[report.By] = true
			more, err := notify(s, r.User, DecisionJob, report, now)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		return drafts, nil
	})
	if err != nil {
		return err
	}
	for _, report := range reports {
		c.refreshCard(ctx, report)
	}
	done := lang.Tf("已采纳 %d 项。", "%d accepted.", len(reports))
	if r.ResponseURL != "" && inQueue {
		return c.queueAgain(ctx, r, words, done)
	}
	return c.answer(ctx, r, render.Note(done, r.Lang))
}

// openReview opens a form about the report that a button names, as it stands.
func (c *Commands) openReview(modal func(record.State, ledger.Report, lang.Lang) slack.ModalViewRequest) func(context.Context, *Request, slack.BlockAction) error {
	return func(ctx context.Context, r *Request, a slack.BlockAction) error {
		report, err := c.standing(r, a.Value)
		if err != nil {
			return err
		}
		v := modal(r.State, report, r.Lang)
		if words, ok := render.ParseQueueBlock(a.BlockID); ok && r.ResponseURL != "" {
			v.PrivateMetadata += "\n" + r.ResponseURL + "\n" + words
		}
		return c.open(ctx, r, v)
	}
}

// reviewed reads which report a review's form is about, and shows the queue
// anew that the form was opened from, if it was, once it is done.
func (c *Commands) reviewed(ctx context.Context, r *Request, in slack.InteractionCallback) (id ledger.ReportID, revision int, again func(done lang.Text)) {
	key, rest, fromQueue := strings.Cut(in.View.PrivateMetadata, "\n")
	id, revision, _ = ParseReportKey(key)
	return id, revision, func(done lang.Text) {
		if !fromQueue {
			return
		}
		c.chores.start(func() { // Slack waits for the form to be closed.
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
			defer cancel()
			var words string
			q := *r
			q.ResponseURL, words, _ = strings.Cut(rest, "\n")
			if err := c.queueAgain(ctx, &q, words, done); err != nil { // Its address holds for half an hour.
				c.Log.WarnContext(ctx, "show the queue again", "user", r.User, "error", err)
			}
		})
	}
}

// standing returns the report that a button names, when nothing happened to it
// since.
func (c *Commands) standing(r *Request, key string) (ledger.Report, error) {
	id, revision, ok := ParseReportKey(key)
	report, found := r.State.Ledger.Report(id)
	if !ok || !found {
		return report, errStaleButton
	}
	if report.Revision != revision || report.Status != ledger.Submitted {
		return report, &ledger.ChangedMeanwhile{Latest: report}
	}
	return report, nil
}

// submitReturn returns a report with a reason.
func (c *Commands) submitReturn(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	id, revision, again := c.reviewed(ctx, r, in)
	report, err := c.decide(ctx, r.User, ledger.Decision{
		Report: id, Revision: revision, Verdict: ledger.Return,
		Code: ledger.ReturnCode(stated(in, ledger.FieldCode)), Words: stated(in, ledger.FieldWords), Key: in.View.ID,
	})
	if err == nil {
		c.refreshCard(ctx, report)
		again(lang.Tf("已退回 %s：%s", "Returned %s: %s", string(report.ID), report.Subject()))
	}
	return nil, err
}

// submitQuestion asks the district about a report.
func (c *Commands) submitQuestion(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	id, revision, again := c.reviewed(ctx, r, in)
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		q := ledger.Question{Report: id, Revision: revision, Words: stated(in, ledger.FieldWords), Key: in.View.ID}
		n, drafts, err := ledger.Ask(s.Ledger, personOf(s.People, r.User), q, now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		report, _ := s.Ledger.Report(id)
		for _, user := range s.People.Reach([]people.Person{personOf(s.People, report.By)}, now) {
			more, err := send(s, r.User, noteKey(n), now, to{QuestionJob, delivery.Recipient(user)})
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		return drafts, nil
	})
	if report, ok := c.Journal.State().Ledger.Report(id); err == nil && ok {
		c.refreshCard(ctx, report)
		again(lang.Tf("已就 %s 提问，等板块答复。", "Asked about %s; the district is to answer.", string(report.ID)))
	}
	return nil, err
}

// noteKey names a note as the key of a delivery.
func noteKey(n ledger.Note) string { return fmt.Sprintf("%s.%d.%d", n.Report, n.Revision, n.Number) }

// noteOf returns the note that a delivery is about, and its report.
func noteOf(s record.State, d delivery.Delivery) (r ledger.Report, n ledger.Note, err error) {
	var revision, number int
	id, rest, _ := strings.Cut(d.Key(), ".")
	if _, err := fmt.Sscanf(rest, "%d.%d", &revision, &number); err == nil {
		for _, n := range s.Ledger.Notes(ledger.ReportID(id)) {
			if r, ok := s.Ledger.Report(n.Report); ok && n.Number == number {
				return r, n, nil
			}
		}
	}
	return r, n, fmt.Errorf("there is no note %q", d.Key())
}

// replyClick opens the form for answering the secretariat.
func (c *Commands) replyClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _, _ := ParseReportKey(a.Value)
	report, ok := r.State.Ledger.Report(id)
	if !ok {
		return errStaleButton
	}
	if err := ledger.MayChange(r.Policy, r.Person, report.District); err != nil {
		return err
	}
	question := ""
	for _, n := range r.State.Ledger.Notes(id) {
		if n.Kind == ledger.NoteQuestion {
			question = n.Words
		}
	}
	return c.open(ctx, r, render.ReplyModal(report, question, r.Lang))
}

// submitReply answers the secretariat.
func (c *Commands) submitReply(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	id, revision, _ := ParseReportKey(in.View.PrivateMetadata)
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		return nil, fmt.Errorf("find secretariat channel: %w", err)
	}
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		q := ledger.Question{Report: id, Revision: revision, Words: stated(in, ledger.FieldWords), Key: in.View.ID}
		n, drafts, err := ledger.Reply(s.Ledger, c.policyAt(s, now), personOf(s.People, r.User), q, now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		more, err := send(s, r.User, noteKey(n), now, to{ReplyJob, delivery.Recipient(secretariat)})
		return append(drafts, more...), err
	})
	return nil, err
}

// historyClick shows a report's revisions.
func (c *Commands) historyClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, _, _ := ParseReportKey(a.Value)
	revisions := r.State.Ledger.Revisions(id)
	if len(revisions) == 0 {
		return errStaleButton
	}
	err := c.open(ctx, r, render.History(render.HistoryData{
		Revisions: revisions, Notes: r.State.Ledger.Notes(id),
		Who: func(u people.UserID) people.Person { return personOf(r.State.People, u) },
	}, r.Policy, r.Lang))
	return err
}

// decisionMessage tells who reported what was decided.
func (c *Commands) decisionMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, err := reportOf(s, d)
	return render.DecisionNote(s.Ledger.AcceptedTogether(r), personOf(s.People, r.ReviewedBy), s.Ledger.CheckOpen(r.Period) != nil, c.policyAt(s, d.Due), l), err
}

// questionMessage tells who reported what the secretariat asks.
func (c *Commands) questionMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, n, err := noteOf(s, d)
	return render.QuestionNote(r, n, personOf(s.People, n.By), c.policyAt(s, d.Due), l), err
}

// replyMessage tells the secretariat what a district answers.
func (c *Commands) replyMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	r, n, err := noteOf(s, d)
	return render.ReplyCard(r, n, personOf(s.People, n.By), c.policyAt(s, d.Due), l), err
}

// card gathers what the secretariat's card of a revision tells.
func card(s record.State, r ledger.Report, pol *policy.Policy) render.CardData {
	latest, _ := s.Ledger.Report(r.ID)
	d := render.CardData{Report: r, By: personOf(s.People, r.By), Latest: latest, Decider: personOf(s.People, latest.ReviewedBy)}
	before, ok := s.Ledger.Revision(r.ID, r.Revision-1)
	if !ok {
		before, ok = s.Ledger.LastAccepted(r)
	}
	if ok {
		d.Before, d.Changes = &before, ledger.Diff(pol, before, r)
	}
	for _, n := range s.Ledger.Notes(r.ID) {
		if n.Revision == r.Revision {
			d.Notes = append(d.Notes, n)
		}
	}
	return d
}

// refreshCard brings the secretariat's card of a report up to date, behind what
// was done: a card that stays as it was is told from its buttons, which say what
// happened meanwhile.
func (c *Commands) refreshCard(ctx context.Context, r ledger.Report) {
	c.chores.start(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		s := c.Journal.State()
		revision, ok := s.Ledger.Revision(r.ID, r.Revision)
		channel, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
		if !ok || err != nil {
			return
		}
		id := delivery.ManualID(ReviewCardJob, delivery.Recipient(channel), render.ReportKey(r), revision.By)
		posted, ok := s.Delivery.Delivery(id)
		pol, l := c.policyAt(s, c.now()), c.langTo(ctx, delivery.Recipient(channel))
		var m render.Message
		if ok {
			m = render.ReviewCard(card(s, revision, pol), pol, l)
		} else if posted, ok = noChangeCardOf(s, revision); ok {
			if m, err = c.noChangeCard(ctx, s, posted, l); err != nil {
				return
			}
		}
		if !ok || posted.Message.TS == "" {
			return // Not posted yet: it will show how things stand.
		}
		if err := c.Poster.Update(ctx, channel, posted.Message.TS, m.Text, m.Blocks); err != nil {
			c.Log.WarnContext(ctx, "refresh a review card", "report", string(r.ID), "error", err)
		}
	})
}
