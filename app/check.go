package app

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"wainao/ask"
	"wainao/bot"
	"wainao/journal"
	"wainao/policy"
	"wainao/record"
)

// CheckResult is one line of "wainao check".
type CheckResult struct {
	Name string
	Good string // What is well, when it is.
	Err  error  // What is wrong and what to do.
}

// Detail returns what is well, or what to do.
func (r CheckResult) Detail() string {
	if r.Err != nil {
		return strings.ReplaceAll(r.Err.Error(), "\n", "; ")
	}
	return r.Good
}

// Servable reports what "wainao serve" lacks to start at all.
func (c Config) Servable() error {
	var missing []error
	if c.Slack.BotToken == "" {
		missing = append(missing, errors.New("set SLACK_BOT_TOKEN (xoxb-…): OAuth & Permissions of the Slack app"))
	}
	if c.Slack.AppToken == "" && c.Slack.Listen == "" {
		missing = append(missing, errors.New("set SLACK_APP_TOKEN (xapp-…): Basic Information, App-Level Tokens, scope connections:write"))
	}
	return errors.Join(missing...)
}

// Check tries everything that serving needs, one thing after the other.
func Check(ctx context.Context, c Config) iter.Seq[CheckResult] {
	return func(yield func(CheckResult) bool) {
		checks := []struct {
			name string
			run  func(context.Context, Config) (string, error)
		}{
			{"policy", checkPolicy},
			{"configuration", checkPeople},
			{"database", checkDatabase},
			{"slack token", checkToken},
			{"slack scopes", checkScopes},
			{"slack socket", checkSocket},
			{"channels", checkChannels},
		}
		for _, k := range checks {
			good, err := k.run(ctx, c)
			if !yield(CheckResult{Name: k.name, Good: good, Err: err}) {
				return
			}
		}
	}
}

func checkPolicy(_ context.Context, c Config) (string, error) {
	p := policy.Default()
	if _, err := ask.New(p); err != nil {
		return "", err
	}
	good := fmt.Sprintf("%d domains, %d districts, %d targets", len(p.Domains), len(p.Districts), len(p.Targets))
	text, err := readText(c.Policy.Text)
	if err != nil {
		return "", err
	}
	if text != nil {
		good += ", with the official text"
	}
	return good, nil
}

func checkPeople(_ context.Context, c Config) (string, error) {
	if len(c.People) == 0 {
		return "nobody has a role: everybody may ask, nobody may report; list people in the configuration", nil
	}
	return fmt.Sprintf("%d people with roles", len(c.People)), nil
}

func checkDatabase(ctx context.Context, c Config) (good string, err error) {
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	j, err := journal.Open(ctx, record.State{}, journal.Options{Store: s})
	if err != nil {
		return "", err
	}
	kind := "embedded, in " + c.Storage.Data
	if c.Storage.MongoURI != "" {
		kind = "MongoDB"
	}
	return fmt.Sprintf("%s: %d entries", kind, j.Snapshot().Head.Number), nil
}

// slackClient makes the client that the bot would use.
func slackClient(c Config) (*bot.Client, error) {
	if err := c.Servable(); err != nil {
		return nil, err
	}
	b, err := bot.New(bot.Options{
		BotToken: string(c.Slack.BotToken), AppToken: string(c.Slack.AppToken), SigningSecret: string(c.Slack.SigningSecret),
		APIURL: c.Slack.APIURL, Handler: &handler{},
	})
	if err != nil {
		return nil, err
	}
	return b.Client(), nil
}

func checkToken(ctx context.Context, c Config) (string, error) {
	client, err := slackClient(c)
	if err != nil {
		return "", err
	}
	id, err := client.Identity(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the bot is %s in %s (%s)", id.UserID, id.Team, id.URL), nil
}

func checkScopes(ctx context.Context, c Config) (string, error) {
	client, err := slackClient(c)
	if err != nil {
		return "", err
	}
	have, err := client.Scopes(ctx)
	if err != nil {
		return "", err
	}
	held := map[string]bool{}
	for _, s := range have {
		held[s] = true
	}
	var missing []string
	for _, s := range bot.RequiredScopes() {
		if !held[s] {
			missing = append(missing, s)
		}
	}
	if len(missing) > 0 {
		return "", fmt.Errorf("missing: %s; add them under OAuth & Permissions (or update the app from manifest.yaml) and install it again", strings.Join(missing, ", "))
	}
	return fmt.Sprintf("all %d granted", len(bot.RequiredScopes())), nil
}

func checkSocket(ctx context.Context, c Config) (string, error) {
	if c.Slack.Listen != "" {
		return "not used: signed HTTP at " + c.Slack.Listen, nil
	}
	client, err := slackClient(c)
	if err != nil {
		return "", err
	}
	if err := client.CheckSocket(ctx); err != nil {
		return "", err
	}
	return "Socket Mode may be opened", nil
}

func checkChannels(ctx context.Context, c Config) (string, error) {
	client, err := slackClient(c)
	if err != nil {
		return "", err
	}
	for _, name := range []string{c.Channels.Leadership, c.Channels.Secretariat} {
		if _, err := client.Channel(ctx, name); err != nil {
			return "", fmt.Errorf("%s: %w; create it and invite the bot", name, err)
		}
	}
	return c.Channels.Leadership + ", " + c.Channels.Secretariat, nil
}
