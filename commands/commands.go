// Package commands holds what each command, question, button, form and the
// Home tab does: it reads the state, asks the domain packages to decide,
// writes what they decided into the journal, and answers in Slack.
//
// It decides who is spoken to, where and in which language. It never decides a
// domain's rules or a message's layout, and knows nothing of how events reach
// it: the Slack edge calls its methods, see the methods of [Commands].
package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/reminder"
	"wainao/render"
)

// Poster posts messages; all methods report Slack's refusals as errors.
type Poster interface {
	// Post posts to a channel, in a thread when threadTS is not empty.
	Post(ctx context.Context, channel, threadTS, text string, blocks []slack.Block) (ts string, err error)
	// Update replaces a message that Wainao posted.
	Update(ctx context.Context, channel, ts, text string, blocks []slack.Block) error
	// Ephemeral shows a message to one person only.
	Ephemeral(ctx context.Context, channel, user, threadTS, text string, blocks []slack.Block) error
	// Respond answers a command or a click through its response URL, to the
	// person only; replace puts it in the place of the message clicked in.
	Respond(ctx context.Context, responseURL string, replace bool, text string, blocks []slack.Block) error
}

// Views opens and changes modals and Homes.
type Views interface {
	// OpenView opens a modal; triggerID is good once and for about 3 seconds.
	OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error)
	// PushView opens a modal on top of the one that the trigger came from.
	PushView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error)
	// UpdateView replaces an open modal; hash tells which state of it is known,
	// so that an older one does not take the place of a newer.
	UpdateView(ctx context.Context, viewID, hash string, view slack.ModalViewRequest) error
	// PublishHome replaces a person's Home tab.
	PublishHome(ctx context.Context, user string, view slack.HomeTabViewRequest) error
}

// File is a file that Wainao gives to people.
type File struct {
	Name    string // As it is saved, ledger.xlsx.
	Title   string
	Alt     string // What a picture tells, in words; empty for other files.
	Content []byte
}

// Files stores files with Slack.
type Files interface {
	// Store uploads a file that a message will show, and returns its id once it
	// can be shown.
	Store(ctx context.Context, f File) (id string, err error)
	// Share uploads a file into a conversation, in a thread when threadTS is not
	// empty, with words beside it.
	Share(ctx context.Context, channel, threadTS, words string, f File) error
}

// Directory tells about people and channels in Slack.
type Directory interface {
	// Locale returns the locale that a person has chosen in Slack ("zh-CN").
	Locale(ctx context.Context, user string) (string, error)
	// Channel returns the id of a channel given by name or id.
	Channel(ctx context.Context, nameOrID string) (string, error)
}

// Jobs knows the schedule of what is posted again and again.
type Jobs interface {
	// Next tells when the job's next slot is; ok is false when it has none.
	Next(job delivery.JobName, now time.Time) (at time.Time, ok bool)
}

// Options are what [New] needs. All are required but Text and Log.
type Options struct {
	Poster    Poster
	Views     Views
	Directory Directory
	Files     Files
	Uploads   Uploads
	Jobs      Jobs
	Journal   *record.Journal
	Ask       *ask.Engine
	Published *policy.Policy // As it was published: what is in force is [Request.Policy], or asked of policyAt.
	Text      *policy.Text   // The official document; nil when there is none.
	Settings  ledger.Settings
	Reminders reminder.Settings // When to remind; those of [reminder.DefaultSettings] when zero.
	Channels  Channels
	Log       *slog.Logger

	EvaluationBy YearDay // By which day a year's evaluation should be begun; 15 October when zero.
}

// Channels names the channels with a part in the commands, by name or id.
type Channels struct {
	Leadership  string
	Secretariat string
}

// maxThreads bounds the conversations whose last question is remembered, for
// questions that follow up on it.
const maxThreads = 5000

// Commands answers everything that people do.
type Commands struct {
	Options
	registry registry
	memory   *ask.Memory // What each conversation asked last.
	clicked  clicks
	chores   chores
	frozen   frozenStates // What the cycles of the evaluation judge.
	digests  madeDigests
}

// New builds the registry and reports every mistake in it.
func New(o Options) (*Commands, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Reminders.Every == 0 {
		o.Reminders = reminder.DefaultSettings()
	}
	if o.EvaluationBy == (YearDay{}) {
		o.EvaluationBy = YearDay{Month: time.October, Day: 15}
	}
	if err := o.Reminders.Check(); err != nil {
		return nil, fmt.Errorf("commands: %w", err)
	}
	c := &Commands{Options: o, memory: ask.NewMemory(maxThreads, o.Journal.Now)}
	var err error
	if c.registry, err = newRegistry(c.features()...); err != nil {
		return nil, fmt.Errorf("commands: %w", err)
	}
	return c, nil
}

// features lists what Wainao does, in the order in which help shows it.
func (c *Commands) features() []feature {
	return []feature{
		c.askFeature(), c.reportFeature(), c.templateFeature(), c.noChangeFeature(), c.reviewFeature(), c.progressFeature(), c.itemsFeature(), c.periodFeature(), c.digestFeature(),
		c.evaluationFeature(), c.evaluationSetupFeature(), c.evaluationItemsFeature(), c.evaluationPeopleFeature(),
		c.scoringFeature(), c.resultsFeature(), c.deliberationFeature(), c.noticeFeature(),
		c.dossierFeature(), c.evaluationReportFeature(), c.versionsFeature(),
		c.exportFeature(), c.lookupFeature(), c.questionsFeature(), c.peopleFeature(),
		c.scheduleFeature(), c.deliveriesFeature(), c.reminderFeature(), c.alertFeature(), c.notesFeature(), c.nearestFeature(), c.helpFeature(),
	}
}

// Wait waits for what is still being written behind the answers, and must be
// called when no more events come and before the journal's storage is closed.
func (c *Commands) Wait() { c.chores.finish() }

// Command carries out a slash command, which Slack has been told was received.
func (c *Commands) Command(ctx context.Context, cmd slack.SlashCommand) {
	r := c.request(ctx, cmd.UserID, cmd.Text)
	r.Channel, r.ResponseURL, r.TriggerID = cmd.ChannelID, cmd.ResponseURL, cmd.TriggerID
	if tooLong(cmd.Text) {
		c.finish(ctx, r, errTooLong)
		return
	}
	found, args, ok := c.registry.find(cmd.Text)
	switch {
	case ok:
		r.Args = args
	case cmd.Text == "":
		found = c.helpCommand()
	default:
		found, r.Args = c.askCommand(), cmd.Text
	}
	// English words behind a verb tell the language; a Chinese verb has told it.
	if l, ok := lang.Detect(cmd.Text); ok && l == lang.EN && hasWords(r.Args) {
		r.Lang = l
	}
	c.finish(ctx, r, c.run(ctx, r, found))
}

func (c *Commands) run(ctx context.Context, r *Request, cmd Command) error {
	if err := cmd.allow(r.Person); err != nil {
		return err
	}
	return cmd.run(ctx, r)
}

// Message answers a direct message or a mention as a question. In a channel
// the answer goes into the question's thread.
func (c *Commands) Message(ctx context.Context, user, channel, threadTS, ts, text string, direct bool) {
	r := c.request(ctx, user, text)
	r.Channel, r.Args, r.Thread = channel, text, threadTS
	if !direct && threadTS == "" {
		r.Thread = ts
	}
	r.public = true
	if tooLong(text) {
		c.finish(ctx, r, errTooLong)
		return
	}
	c.finish(ctx, r, c.run(ctx, r, c.askCommand()))
}

// Action carries out a click.
func (c *Commands) Action(ctx context.Context, in slack.InteractionCallback) {
	for _, a := range in.ActionCallback.BlockActions {
		act, ok := c.registry.actions[render.ActionName(a.ActionID)]
		if !ok {
			continue // A link button, or a field of a form: nothing to do.
		}
		what := clickOf(in.User.ID, in.Container.MessageTs, in.View.ID, a.ActionID, a.Value, a.SelectedUser)
		// A choice is no click: who chooses to and fro means it.
		if a.SelectedOption.Value == "" && c.clicked.again(what, c.now()) {
			continue
		}
		r := c.request(ctx, in.User.ID, "")
		r.Channel, r.ResponseURL, r.TriggerID = in.Channel.ID, in.ResponseURL, in.TriggerID
		if r.Channel == "" {
			r.Channel = in.Container.ChannelID
		}
		r.Thread, r.ephemeral = in.Message.ThreadTimestamp, in.Container.IsEphemeral
		r.MessageTS, r.View = in.Container.MessageTs, in.View
		err := people.Allow(r.Person, act.needs)
		if err == nil {
			err = act.run(ctx, r, *a)
		}
		if err != nil {
			c.clicked.forget(what) // Who is told to try again may.
		}
		c.finish(ctx, r, err)
	}
}

// Submit takes a filled-in form before Slack has been answered, so that its
// problems can be shown at its own fields. Nil closes the form.
func (c *Commands) Submit(ctx context.Context, in slack.InteractionCallback) *slack.ViewSubmissionResponse {
	c.clicked.end(in.User.ID)
	r := c.request(ctx, in.User.ID, "")
	filled, ok := c.registry.forms[in.View.CallbackID]
	if !ok {
		c.Log.WarnContext(ctx, "unknown form", "callback", in.View.CallbackID, "user", in.User.ID)
		return nil
	}
	err := people.Allow(r.Person, filled.needs)
	if err == nil {
		var answer *slack.ViewSubmissionResponse
		if answer, err = filled.run(ctx, r, in); err == nil {
			return answer
		}
	}
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		words := map[string]string{}
		for name, p := range fields {
			words[blockOf(in.View, name)] = p.Words.In(r.Lang)
		}
		return slack.NewErrorsViewSubmissionResponse(words)
	}
	words := c.words(ctx, r, err)
	if _, refused := errors.AsType[*lang.Problem](err); !refused {
		// What failed may work next time: the form stays open, filled in as it is.
		if field := lastField(in.View); field != "" {
			return slack.NewErrorsViewSubmissionResponse(map[string]string{field: words.In(r.Lang)})
		}
	}
	return slack.NewUpdateViewSubmissionResponse(new(render.Notice(words, r.Lang)))
}

// Closed takes note that a person closed a form without submitting it.
func (c *Commands) Closed(_ context.Context, in slack.InteractionCallback) {
	c.clicked.end(in.User.ID)
}

// blockOf returns the block of a form's field. A problem of a field that the
// form does not have stands at the last one, below everything.
func blockOf(v slack.View, name string) string {
	for _, b := range v.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && render.FieldName(in.BlockID) == name {
			return in.BlockID
		}
	}
	return cmp.Or(lastField(v), name)
}

// lastField returns the name of a form's last field, beside the button that
// the person has just pressed; "" when it has none.
func lastField(v slack.View) string {
	for _, b := range slices.Backward(v.Blocks.BlockSet) {
		if in, ok := b.(*slack.InputBlock); ok {
			return in.BlockID
		}
	}
	return ""
}

// Shortcut carries out a shortcut.
func (c *Commands) Shortcut(ctx context.Context, in slack.InteractionCallback) {
	r := c.request(ctx, in.User.ID, "")
	r.Channel, r.TriggerID, r.ResponseURL = in.Channel.ID, in.TriggerID, in.ResponseURL
	if in.CallbackID == messageShortcut {
		err := c.reportCommand().allow(r.Person)
		if err == nil {
			err = c.reportFromMessage(ctx, r, in.Message.Text, in.Message.Timestamp)
		}
		c.finish(ctx, r, err)
		return
	}
	c.finish(ctx, r, c.run(ctx, r, c.reportCommand()))
}

// messageShortcut is the callback id, in the app's manifest, of the shortcut
// that turns a message into a draft of a report.
const messageShortcut = "report_from_message"

// Home shows a person's Home tab.
func (c *Commands) Home(ctx context.Context, user string) {
	r := c.request(ctx, user, "")
	if err := c.Views.PublishHome(ctx, user, render.Home(c.home(r), r.Lang)); err != nil {
		c.Log.ErrorContext(ctx, "publish home", "user", user, "error", err)
	}
}

// finish tells the person of an error that a handler came back with.
func (c *Commands) finish(ctx context.Context, r *Request, err error) {
	if err == nil {
		return
	}
	m := render.Problem(c.words(ctx, r, err), r.Lang)
	if err := c.answer(ctx, r, m); err != nil {
		c.Log.ErrorContext(ctx, "tell of a problem", "user", r.User, "error", err)
	}
}

// words returns what the person is told of err: a problem's own words, or a
// plain apology with the reference under which the operator finds the cause.
func (c *Commands) words(ctx context.Context, r *Request, err error) lang.Text {
	if p, ok := errors.AsType[*lang.Problem](err); ok {
		return p.Words
	}
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		return render.FieldWords(fields)
	}
	ref := reference()
	c.Log.ErrorContext(ctx, "handler", "user", r.User, "reference", ref, "error", err)
	if errors.Is(err, journal.ErrUnavailable) {
		return lang.Tf("数据库暂时连不上，刚才的操作没有确认保存。请稍后再试；重复提交不会重复登记。（编号 %s）",
			"The database cannot be reached, so this was not confirmed as saved. Please try again later; sending it twice will not count twice. (Reference %s)", ref)
	}
	return lang.Tf("出错了，刚才的操作可能没有完成。请看一下结果再试，或把编号 %s 告诉管理员。",
		"Something went wrong, and this may not have been done. Please look before you try again, or give your administrator the reference %s.", ref)
}

// now is the journal's clock, so that what is shown and what is written agree.
func (c *Commands) now() time.Time { return c.Journal.Now() }
