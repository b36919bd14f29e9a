// Package app wires Wainao together, in one straight line, from its
// configuration: the journal on its storage, the answers, the commands, the
// Slack edge, the scheduler.
//
// It decides nothing of the product: it makes the parts, starts them, and
// stops them in the reverse order.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"wainao/ask"
	"wainao/bot"
	"wainao/commands"
	"wainao/delivery"
	"wainao/journal"
	"wainao/policy"
	"wainao/record"
	"wainao/scheduler"
)

// Options are what the configuration does not hold.
type Options struct {
	Log *slog.Logger
	Now func() time.Time // time.Now when nil.
}

// App is a wired Wainao.
type App struct {
	config  Config
	log     *slog.Logger
	store   store
	journal *record.Journal
	bot     *bot.Bot
	jobs    *scheduler.Scheduler

	commands *commands.Commands
	stop     sync.Once
}

// New opens the storage, folds the journal and wires everything. It starts
// nothing, but writes into the journal what the configuration says about
// people and it does not know yet.
func New(ctx context.Context, c Config, o Options) (a *App, err error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a = &App{config: c, log: o.Log}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
			a = nil
		}
	}()

	pol := policy.Default()
	engine, err := ask.New(pol)
	if err != nil {
		return a, fmt.Errorf("index the policy: %w", err)
	}
	text, err := readText(c.Policy.Text)
	if err != nil {
		return a, err
	}
	if a.store, err = openStore(ctx, c, o); err != nil {
		return a, err
	}
	if a.journal, err = journal.Open(ctx, record.State{}, journal.Options{Store: a.store, Now: o.Now, Log: o.Log}); err != nil {
		return a, err
	}

	edge := &handler{}
	a.bot, err = bot.New(bot.Options{
		BotToken: string(c.Slack.BotToken), AppToken: string(c.Slack.AppToken), SigningSecret: string(c.Slack.SigningSecret),
		APIURL: c.Slack.APIURL, Handler: edge, Log: o.Log, Now: o.Now,
	})
	if err != nil {
		return a, operatorsFault(err)
	}
	client := a.bot.Client()
	if err = client.Check(ctx); err != nil {
		return a, operatorsFault(err)
	}
	if err = a.assignPeople(ctx, client); err != nil {
		return a, err
	}

	jobs, problems := c.jobs()
	if err = errors.Join(problems...); err != nil {
		return a, operatorsFault(err)
	}
	slackSide, build := slackAdapter{client, o.Log}, &builder{}
	a.jobs, err = scheduler.New(scheduler.Options{
		Journal: journal.NewPart(a.journal, func(s record.State) delivery.View { return build.DeliveryView(s) }),
		Jobs:    jobs,
		Builder: build,
		Poster:  slackSide,
		Now:     o.Now, Log: o.Log, Owner: owner(),
		Alone: c.Storage.MongoURI == "", // The data folder's lock keeps every other process out.
		Busy:  a.bot.Busy,
	})
	if err != nil {
		return a, err
	}
	a.commands, err = commands.New(commands.Options{
		Poster: client, Views: client, Directory: slackSide, Files: slackSide, Uploads: slackSide, Jobs: a.jobs,
		Journal: a.journal, Published: pol, Ask: engine, Text: text, Log: o.Log, Settings: c.Ledger.settings(), Reminders: c.Reminders.settings(), EvaluationBy: c.Evaluation.settings(),
		Channels: commands.Channels{Leadership: c.Channels.Leadership, Secretariat: c.Channels.Secretariat},
	})
	edge.Commands, build.Commands = a.commands, a.commands
	return a, err
}

// readText reads the official document; there is none without a path.
func readText(path string) (*policy.Text, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path) //nolint:gosec // The operator names the file.
	if err != nil {
		return nil, operatorsFault(fmt.Errorf("policy.text: %w", err))
	}
	defer func() { _ = f.Close() }() // It was only read.
	text, err := policy.ParseText(f)
	if err != nil {
		return nil, operatorsFault(fmt.Errorf("policy.text: %s: %w", path, err))
	}
	return text, nil
}

// handler lets the Slack edge be made before the commands, which need it.
type handler struct{ *commands.Commands }

// Run serves until ctx is done or a part fails for good, then closes.
func (a *App) Run(ctx context.Context) error {
	// Before the first command can come: the schedule knows its jobs.
	if err := a.jobs.Register(ctx); err != nil {
		a.log.Warn("the jobs are not registered yet, will try again", "error", err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.journal.Run(ctx) })
	g.Go(func() error { return a.bot.Run(ctx) })
	g.Go(func() error { return a.jobs.Run(ctx) })
	g.Go(func() error { a.lookForDeparted(ctx); return nil })
	g.Go(func() error { a.commands.RunEvaluation(ctx); return nil })
	if a.config.Slack.Listen != "" {
		g.Go(func() error { return serveHTTP(ctx, a.config.Slack.Listen, a.bot) })
	}
	if a.config.Health.Listen != "" {
		g.Go(func() error { return serveHTTP(ctx, a.config.Health.Listen, a.health()) })
	}
	return errors.Join(g.Wait(), a.Close())
}

// waitConnected waits until events reach the bot, so that nobody is shown an
// address at which the first command would fail. It returns false when ctx
// ends first.
func (a *App) waitConnected(ctx context.Context) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !a.bot.Connected() {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return true
}

// Close gives the storage back. It is safe to call twice.
func (a *App) Close() error {
	var err error
	a.stop.Do(func() {
		if a.commands != nil {
			a.commands.Wait()
		}
		if a.store != nil {
			err = a.store.Close()
		}
	})
	return err
}

// owner names this process among those that share a journal.
func owner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s/%d", host, os.Getpid())
}
