package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/workspace"
)

// Where "wainao try" listens and keeps its data unless told otherwise.
const (
	DefaultTryAddr = "127.0.0.1:8085"
	DefaultTryDir  = "wainao-data"
)

// TryOptions are the flags of "wainao try".
type TryOptions struct {
	Addr       string // Host and port; port 0 takes a free one.
	Data       string // Folder; it is created.
	PolicyText string
	LogLevel   string
	Ahead      int       // Days by which the clock is put forward, to see what becomes due.
	Out        io.Writer // Told the address and the folder.
	Errors     io.Writer // Gets the log.

	// For tests: Ready is told the page's address once everything runs, and what
	// tells whether the bot has nothing in hand; Adjust may change the bot's
	// configuration before it starts, Now is the clock, Rates are the workspace's,
	// and People are there besides the seeded ones, without roles.
	Ready  func(address string, idle func() bool)
	Adjust func(*Config)
	Now    func() time.Time
	Rates  *workspace.Rates
	People []workspace.Seed
}

// WorkspaceOptions are the flags of "wainao workspace".
type WorkspaceOptions struct {
	Addr, Data, RequestURL string
	Out, Errors            io.Writer
	Ready                  func(address string)
}

// Try runs the local workspace and the bot in it until ctx is done.
func Try(ctx context.Context, o TryOptions) error {
	c := DefaultConfig()
	c.Log.Level = o.LogLevel
	c.Policy.Text = o.PolicyText
	c.Storage = StorageConfig{Data: o.Data}
	c.Health.Listen = ""
	c.People = TryPeople()
	if err := c.Check(); err != nil {
		return operatorsFault(err)
	}
	if o.Ahead < 0 || o.Ahead > maxAhead {
		return operatorsFault(fmt.Errorf("the clock can be put forward by 0 to %d days, not by %d\n时钟可以拨快 0 到 %d 天，不能是 %d 天", maxAhead, o.Ahead, maxAhead, o.Ahead))
	}
	o.Now = ahead(o.Now, o.Ahead)
	log := c.Log.Logger(o.Errors)
	local, err := openWorkspace(o.Addr, workspace.Options{Dir: o.Data, Log: log, Now: o.Now, Rates: o.Rates, People: o.People})
	if err != nil {
		return err
	}
	c.Slack = SlackConfig{
		BotToken: Secret(workspace.BotToken), AppToken: Secret(workspace.AppToken),
		SigningSecret: Secret(workspace.SigningSecret), APIURL: local.apiURL(),
	}
	if o.Adjust != nil {
		o.Adjust(&c)
	}
	// The first line names the folder, so that nobody has to look for it.
	say(o.Out, "数据保存在 / data is kept in: %s", absolute(o.Data))
	if o.Ahead > 0 {
		say(o.Out, "时钟拨快了 %d 天 / the clock is %d days ahead: %s", o.Ahead, o.Ahead, o.Now().In(calendar.Shanghai()).Format(time.DateOnly))
	}

	g, running := errgroup.WithContext(ctx)
	g.Go(func() error { return local.run(running) })
	g.Go(func() error {
		ctx := running
		a, err := New(ctx, c, Options{Log: log, Now: o.Now})
		if err != nil {
			return err
		}
		g.Go(func() error {
			if !a.waitConnected(ctx) {
				return nil // Told to stop before it began.
			}
			say(o.Out, "打开页面 / open this page:       %s", local.address())
			say(o.Out, "按 Ctrl-C 停止 / stop with Ctrl-C")
			if o.Ready != nil {
				o.Ready(local.address(), a.bot.Idle)
			}
			return nil
		})
		return a.Run(ctx)
	})
	if err := g.Wait(); err != nil && ctx.Err() == nil {
		return err
	}
	return nil // Told to stop: what was cut short by it is no failure.
}

// maxAhead bounds how far the clock is put forward, in days: two years, within
// which everything that comes every year has come.
const maxAhead = 2 * 366

// ahead is a clock so many days ahead of another; nil is the real one.
func ahead(now func() time.Time, days int) func() time.Time {
	if days == 0 {
		return now
	}
	if now == nil {
		now = time.Now
	}
	return func() time.Time { return now().AddDate(0, 0, days) }
}

// Workspace runs the local workspace alone until ctx is done.
func Workspace(ctx context.Context, o WorkspaceOptions) error {
	log := LogConfig{Level: "warn", Format: "text"}.Logger(o.Errors)
	local, err := openWorkspace(o.Addr, workspace.Options{
		Dir: o.Data, Log: log, RequestURL: o.RequestURL, CommandURL: o.RequestURL, InteractionURL: o.RequestURL,
	})
	if err != nil {
		return err
	}
	say(o.Out, "data is kept in: %s", absolute(o.Data))
	say(o.Out, "page:            %s", local.address())
	say(o.Out, "Use it with any Slack SDK:")
	say(o.Out, "  SLACK_API_URL=%s", local.apiURL())
	say(o.Out, "  SLACK_BOT_TOKEN=%s", workspace.BotToken)
	say(o.Out, "  SLACK_APP_TOKEN=%s", workspace.AppToken)
	say(o.Out, "  SLACK_SIGNING_SECRET=%s", workspace.SigningSecret)
	if o.Ready != nil {
		o.Ready(local.address())
	}
	return local.run(ctx)
}

// localWorkspace is a workspace with the listener that it is served on.
type localWorkspace struct {
	server   *workspace.Server
	listener net.Listener
}

func openWorkspace(addr string, o workspace.Options) (*localWorkspace, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, operatorsFault(fmt.Errorf("listen on %s: %w; choose another address with --addr", addr, err))
	}
	server, err := workspace.New(o)
	if err != nil {
		_ = listener.Close()
		if errors.Is(err, workspace.ErrInUse) {
			return nil, inUse(o.Dir)
		}
		return nil, operatorsFault(fmt.Errorf("the data folder %s cannot be used: %w; choose another with --data\n数据文件夹 %s 不能用：请用 --data 另选", o.Dir, err, o.Dir))
	}
	return &localWorkspace{server: server, listener: listener}, nil
}

func (w *localWorkspace) address() string { return "http://" + w.listener.Addr().String() }

func (w *localWorkspace) apiURL() string { return w.server.APIURL(w.address()) }

// run serves until ctx is done, then lets requests in flight end.
func (w *localWorkspace) run(ctx context.Context) error {
	server := &http.Server{Handler: w.server.Handler(), ReadHeaderTimeout: 10 * time.Second}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := server.Serve(w.listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve the page: %w", err)
		}
		return nil
	})
	g.Go(func() error { return w.server.Run(ctx) })
	g.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if server.Shutdown(stop) != nil { // Event streams do not end by themselves.
			return server.Close()
		}
		return nil
	})
	return errors.Join(g.Wait(), w.server.Close())
}

// TryPeople gives the people of the local workspace their roles: a user name is
// a role, and behind it a district or a number. The first of the secretariat
// administrates too.
func TryPeople() []PersonConfig {
	var out []PersonConfig
	for _, s := range workspace.SeededPeople() {
		p := PersonConfig{User: s.ID, Name: lang.T(s.RealName, s.RealNameEN)}
		role, rest, _ := strings.Cut(s.Name, "-")
		p.Roles = []string{role}
		if s.Name == string(people.Secretariat) {
			p.Roles = append(p.Roles, string(people.Admin))
		}
		if _, ok := policy.Default().District(policy.DistrictID(rest)); ok {
			p.Districts = []string{rest}
		}
		out = append(out, p)
	}
	return out
}

func say(w io.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(w, format+"\n", args...) // A closed terminal stops nothing.
}

func absolute(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return abs
	}
	return dir
}
