package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// Client calls Slack's Web API for the bot. Reads and calls that may be
// repeated are tried again with growing pauses; what must happen once is
// repeated only when Slack said that it did not happen (429), or when it was
// looked for and is not there. All failures are of type [Error]. It is safe for concurrent use.
type Client struct {
	api   *slack.Client
	http  *http.Client
	files *http.Client
	token string
	base  *url.URL // Of the Web API.
	now   func() time.Time
	sleep func(ctx context.Context, d time.Duration) error

	identity struct {
		sync.Mutex
		known Identity
	}
	users     *recent[User]
	directory *recent[string] // "channel name" or "user name" → id.
}

// Identity is who the bot is in its Slack workspace.
type Identity struct {
	UserID string // The bot's user, as in mentions.
	BotID  string
	TeamID string
	Team   string
	URL    string
}

// RequiredScopes lists the bot token's scopes that Wainao needs, as
// manifest.yaml asks for them.
func RequiredScopes() []string {
	return []string{
		"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write",
		"groups:history", "groups:read", "im:history", "im:read", "im:write", "users:read",
	}
}

func newClient(o Options) *Client {
	c := &Client{
		http:  &http.Client{Timeout: callTime},
		token: o.BotToken,
		now:   o.Now,
		sleep: sleep,
		users: newRecent[User](usersKept, usersAge, o.Now),
		// Channels and people share this; both are listed whole.
		directory: newRecent[string](2*usersKept, directoryAge, o.Now),
	}
	address := slack.APIURL
	if o.APIURL != "" {
		address = strings.TrimSuffix(o.APIURL, "/") + "/"
	}
	if c.base, _ = url.Parse(address); c.base == nil {
		c.base = &url.URL{} // Every call will say what is wrong with the address.
	}
	c.files = c.filesClient()
	c.api = slack.New(o.BotToken, slack.OptionHTTPClient(c.http), slack.OptionAppLevelToken(o.AppToken), slack.OptionAPIURL(address))
	return c
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// repeatable makes a call that may be made again: it is tried a few times
// while the failure is passing, with growing pauses or as long as Slack says.
func (c *Client) repeatable(ctx context.Context, method string, call func(ctx context.Context) error) error {
	delay := firstDelay
	for attempt := 1; ; attempt++ {
		err := typed(method, call(ctx), true)
		if err == nil {
			return nil
		}
		kind, after := Classify(err)
		if attempt == readAttempts || (kind != Transient && kind != RetryAfter) || after > longestWait {
			return err
		}
		pause := delay/2 + rand.N(delay/2) //nolint:gosec // Jitter needs no secrecy.
		if kind == RetryAfter {
			pause = after
		}
		delay = min(2*delay, longestStep)
		if c.sleep(ctx, pause) != nil {
			return err
		}
	}
}

// once makes a call that must not have its effect twice: it is repeated only
// after a 429, which tells that there was no effect.
func (c *Client) once(ctx context.Context, method string, call func(ctx context.Context) error) error {
	for attempt := 1; ; attempt++ {
		err := typed(method, call(ctx), false)
		if err == nil {
			return nil
		}
		kind, after := Classify(err)
		if attempt >= postAttempts || kind != RetryAfter || after > longestWait {
			return err
		}
		if c.sleep(ctx, after) != nil {
			return err
		}
	}
}

// onceOrFound makes a call whose effect can be looked for: when the outcome is
// not known it is made again only after found has said, more than once and
// after a pause each, that there is none. It is made at most twice; while found
// cannot tell, the outcome stays unknown.
func (c *Client) onceOrFound(ctx context.Context, call func(ctx context.Context) error, found func(ctx context.Context) (bool, error)) error {
	for attempt := 1; ; attempt++ {
		err := call(ctx)
		kind, _ := Classify(err)
		if err == nil || (kind != Unknown && kind != Transient) || attempt == postAttempts {
			return err
		}
		if kind == Transient {
			if c.sleep(ctx, firstDelay) != nil {
				return err
			}
			continue
		}
		for _, pause := range looks {
			if c.sleep(ctx, pause) != nil {
				return err
			}
			switch there, lookErr := found(ctx); {
			case lookErr != nil:
				return err
			case there:
				return nil
			}
		}
	}
}

// Check asks Slack who the bot is. The error says what the operator is to do.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.authTest(ctx)
	return err
}

// CheckSocket asks Slack for a Socket Mode address, which needs a good
// app-level token, and does not use it.
func (c *Client) CheckSocket(ctx context.Context) error {
	return c.repeatable(ctx, "apps.connections.open", func(ctx context.Context) error {
		_, _, err := c.api.StartSocketModeContext(ctx)
		return err
	})
}

// Scopes returns the scopes that Slack says the bot token has, sorted.
func (c *Client) Scopes(ctx context.Context) ([]string, error) {
	header, err := c.authTest(ctx)
	if err != nil {
		return nil, err
	}
	scopes := strings.FieldsFunc(header.Get("X-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
	slices.Sort(scopes)
	return scopes, nil
}

// Identity returns who the bot is; it asks Slack only the first time.
func (c *Client) Identity(ctx context.Context) (Identity, error) {
	if id, ok := c.self(); ok {
		return id, nil
	}
	if _, err := c.authTest(ctx); err != nil {
		return Identity{}, err
	}
	id, _ := c.self()
	return id, nil
}

// self returns the identity if it is known already.
func (c *Client) self() (Identity, bool) {
	c.identity.Lock()
	defer c.identity.Unlock()
	return c.identity.known, c.identity.known.UserID != ""
}

func (c *Client) authTest(ctx context.Context) (http.Header, error) {
	var header http.Header
	err := c.repeatable(ctx, "auth.test", func(ctx context.Context) error {
		r, err := c.api.AuthTestContext(ctx)
		if err != nil {
			return err
		}
		if r.UserID == "" {
			return errors.New("the answer names no user")
		}
		header = r.Header
		c.identity.Lock()
		defer c.identity.Unlock()
		c.identity.known = Identity{UserID: r.UserID, BotID: r.BotID, TeamID: r.TeamID, Team: r.Team, URL: r.URL}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ask Slack who the bot is: %w", err)
	}
	return header, nil
}
