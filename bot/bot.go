// Package bot is the Slack edge: events come in over Socket Mode or as signed
// HTTP requests, calls go out over the Web API.
//
// It decides what is acknowledged and when, what is a repeat, which messages
// are meant for the bot, in which order requests are handled, and which calls
// may be tried again. It never decides what a command means, writes nothing
// but its own notices (overload, failure), and stores nothing.
//
// Every request is acknowledged before it is handled, save a submitted form:
// its acknowledgement carries the handler's answer. A person's requests are
// handled one after another in the order in which they came, and so are a
// thread's; different people's at the same time.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
)

// Handler does what a request asks for. Its methods are called from several
// goroutines; the context ends after a minute, or when the bot stops and the
// time for finishing is over. A panic is caught, logged, and told to the person
// with a reference.
type Handler interface {
	// Command handles a slash command.
	Command(ctx context.Context, cmd slack.SlashCommand)
	// Action handles a click or a choice in a message, a modal or a Home tab.
	Action(ctx context.Context, in slack.InteractionCallback)
	// Submit handles a submitted form and returns the acknowledgement, nil to
	// close the form. It has about 2.5 seconds. When it takes longer it may
	// finish, but the person is told that the outcome is not known and to submit
	// again, so it must take the same form twice for once.
	Submit(ctx context.Context, in slack.InteractionCallback) *slack.ViewSubmissionResponse
	// Shortcut handles a global or a message shortcut.
	Shortcut(ctx context.Context, in slack.InteractionCallback)
	// Message handles a mention of the bot or, when direct, a direct message to
	// it. The text is without the mention and unescaped; threadTS is empty
	// outside threads.
	Message(ctx context.Context, user, channel, threadTS, ts, text string, direct bool)
	// Home handles that a person opens the Home tab.
	Home(ctx context.Context, user string)
}

// FileHandler is a [Handler] that also takes files.
type FileHandler interface {
	// File handles a file in a direct message to the bot, or in a channel message
	// that mentions it; once for each file, and before [Handler.Message], which
	// gets the message's text when there is one. ts is the message's.
	File(ctx context.Context, user, channel, ts string, f SharedFile)
}

// DepartureHandler is a [Handler] that also learns who leaves and comes back.
type DepartureHandler interface {
	// Departed handles that Slack says something about a person: deleted when they
	// were deactivated, not deleted when they came back, but also when their name
	// or their language changed. It must take the same thing twice.
	Departed(ctx context.Context, user string, deleted bool)
}

// CloseHandler is a [Handler] that also learns of forms that are closed.
type CloseHandler interface {
	// Closed handles that a person closed a form without submitting it. It is
	// called in the order of the person's clicks.
	Closed(ctx context.Context, in slack.InteractionCallback)
}

// SuggestHandler is a [Handler] that also offers the options of external selects.
type SuggestHandler interface {
	// Suggest returns the options for what was typed (in.Value) into the select
	// in.ActionID, at most MaxOptions. It has about 2.5 seconds, and must only
	// read: it is asked again and again while somebody types.
	Suggest(ctx context.Context, in slack.InteractionCallback) []*slack.OptionBlockObject
}

// Options are what [New] needs.
type Options struct {
	BotToken      string           // xoxb-…, required.
	AppToken      string           // xapp-…, for Socket Mode.
	SigningSecret string           // For signed HTTP requests. This or AppToken is required.
	APIURL        string           // Base of the Web API; empty is Slack's.
	Handler       Handler          // May also be a FileHandler, DepartureHandler, CloseHandler, SuggestHandler.
	Log           *slog.Logger     // slog.Default when nil.
	Now           func() time.Time // time.Now when nil.

	Workers int           // Requests handled at the same time; 16 when 0.
	Queue   int           // Requests handled or waiting; 4,000 when 0.
	Grace   time.Duration // How long Run waits for handlers when it stops; 10 s when 0.
}

// Bot receives what people do in Slack. It is an [http.Handler] for signed
// requests, see [Bot.ServeHTTP].
type Bot struct {
	o         Options
	log       *slog.Logger
	client    *Client
	repeats   repeats
	submits   *recent[*submission]
	lanes     *lanes
	telling   chan struct{}
	guard     time.Duration
	later     func() <-chan time.Time // When an acknowledgement that was just sent has arrived.
	connected atomic.Bool

	// work is the context of all handlers; it outlives Run's own by Grace.
	work     context.Context
	stopWork context.CancelFunc
}

// New checks the options. It starts nothing and asks Slack nothing.
func New(o Options) (*Bot, error) {
	var problems []error
	if o.BotToken == "" {
		problems = append(problems, errors.New("the bot token is missing (SLACK_BOT_TOKEN, xoxb-…)"))
	}
	if o.AppToken == "" && o.SigningSecret == "" {
		problems = append(problems, errors.New(
			"no way for events to come in: set an app-level token for Socket Mode (SLACK_APP_TOKEN, xapp-…) or the signing secret for HTTP (SLACK_SIGNING_SECRET)"))
	}
	if o.Handler == nil {
		problems = append(problems, errors.New("the handler is missing"))
	}
	if o.Workers < 0 || o.Queue < 0 || o.Grace < 0 {
		problems = append(problems, errors.New("workers, queue and grace must not be negative"))
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("slack: %w", err)
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Workers == 0 {
		o.Workers = defaultWorkers
	}
	if o.Queue == 0 {
		o.Queue = defaultQueue
	}
	if o.Grace == 0 {
		o.Grace = defaultGrace
	}
	b := &Bot{
		o: o, log: o.Log, client: newClient(o), repeats: newRepeats(o.Now),
		submits: newRecent[*submission](repeatsKept, time.Hour, o.Now),
		lanes:   newLanes(o.Workers, o.Queue), telling: make(chan struct{}, tellers), guard: submitGuard,
		later: func() <-chan time.Time { return time.After(lateAfter) },
	}
	b.work, b.stopWork = context.WithCancel(context.Background())
	return b, nil
}

// Client returns the bot's Web API client; it works without [Bot.Run].
func (b *Bot) Client() *Client { return b.client }

// Connected reports whether events reach the bot: while the socket stands or,
// without Socket Mode, while Run runs.
func (b *Bot) Connected() bool { return b.connected.Load() }

// Busy reports whether more requests are there than are handled at once, so that
// people wait for their turn.
func (b *Bot) Busy() bool { return b.lanes.waiting() > b.o.Workers }

// Idle reports whether every request that was acknowledged has been handled.
func (b *Bot) Idle() bool { return b.lanes.waiting() == 0 }

// Run receives and handles events until ctx is done; then it takes no more,
// waits for the handlers at most for Options.Grace, and returns nil. It
// returns an error when Slack does not accept the tokens. It must be called
// once at most.
func (b *Bot) Run(ctx context.Context) error {
	defer b.stopWork()
	defer b.finish()
	defer b.connected.Store(false)
	if err := b.client.Check(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	if b.o.AppToken == "" {
		b.connected.Store(true)
		<-ctx.Done()
		return nil
	}
	return b.receive(ctx)
}

// finish lets the handlers end.
func (b *Bot) finish() {
	idle := b.lanes.stop()
	timer := time.NewTimer(b.o.Grace)
	defer timer.Stop()
	select {
	case <-idle:
		return
	case <-timer.C:
	}
	b.log.Warn("requests were still being handled when the bot stopped", "grace", b.o.Grace)
	b.stopWork()
	// Handlers that heed their context end now; others cannot be waited for.
	timer.Reset(time.Second)
	select {
	case <-idle:
	case <-timer.C:
	}
}
