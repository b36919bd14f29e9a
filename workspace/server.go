package workspace

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options configure a workspace. The zero value is a workspace in memory that
// delivers over Socket Mode.
type Options struct {
	// Dir is the data folder; messages are kept in Dir/workspace.db. Empty
	// means memory only.
	Dir string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log takes what an operator may want to know; nil means nothing is
	// logged. Tokens and the bodies of messages are never logged.
	Log *slog.Logger

	// RequestURL, when set, receives events, commands and interactions as
	// signed HTTP requests instead of Socket Mode.
	RequestURL string
	// CommandURL and InteractionURL replace RequestURL for their kind.
	CommandURL, InteractionURL string
	// HTTPClient sends the signed requests; nil means a client of its own.
	HTTPClient *http.Client

	// People are further people, behind the seeded ones. Their ids and names
	// must be new.
	People []Seed
	// Scopes are the OAuth scopes that the app holds; nil means DefaultScopes.
	Scopes []string
	// Events are the app's event subscriptions; nil means DefaultEvents.
	Events []string
	// Commands are the app's slash commands; nil means /future.
	Commands []Command
	// Shortcuts are the app's shortcuts; nil means those of the manifest.
	Shortcuts []Shortcut

	// AckTimeout is how long the app has to acknowledge; 0 means 3 s.
	AckTimeout time.Duration
	// RetryDelays are the waits before an event that was not acknowledged is
	// sent again; nil means at once, 1 minute, 5 minutes, as Slack does.
	RetryDelays []time.Duration
	// TriggerTTL is how long a trigger_id lives; 0 means 3 s.
	TriggerTTL time.Duration
	// PingInterval is the time between pings on a socket; 0 means 10 s.
	PingInterval time.Duration
	// Rates are the limits of the Web API; nil means DefaultRates.
	Rates *Rates
	// FileDelay is how long the workspace works on a file that the app uploads
	// before a block may show it, as Slack does; 0 means 300 ms, less means none.
	FileDelay time.Duration
	// Hosts are further host names under which the workspace may be asked,
	// besides loopback names and literal addresses.
	Hosts []string
}

// Server is a workspace. New makes one; it is safe for concurrent use.
type Server struct {
	opts  Options
	now   func() time.Time
	log   *slog.Logger
	disk  *disk
	blobs *blobs

	mu        sync.Mutex // guards world, rev, changed, and what this block holds
	world     *world
	rev       int64
	changed   chan struct{} // closed and replaced at every change
	triggers  map[string]*trigger
	responses map[string]*responseURL
	uploads   map[string]*upload
	events    uint64 // how many events there were

	calls      *callLog
	rates      *rateLimiter
	faults     *faults
	hub        *hub
	scopes     map[string]bool
	subscribed map[string]bool
	appBase    atomic.Value // string: the base URL under which the app last called

	mux       *http.ServeMux
	ctx       context.Context //nolint:containedctx // ends the work that outlives a request when the server closes
	cancel    context.CancelFunc
	closeOnce sync.Once
	closeErr  error
}

// New opens a workspace. It starts nothing; it returns an error that wraps
// ErrInUse when another process has the data folder.
func New(opts Options) (*Server, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Scopes == nil {
		opts.Scopes = DefaultScopes()
	}
	if opts.Events == nil {
		opts.Events = DefaultEvents()
	}
	if opts.Commands == nil {
		opts.Commands = defaultCommands()
	}
	if opts.Shortcuts == nil {
		opts.Shortcuts = defaultShortcuts()
	}
	if opts.AckTimeout == 0 {
		opts.AckTimeout = ackTimeout
	}
	if opts.RetryDelays == nil {
		opts.RetryDelays = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if opts.TriggerTTL == 0 {
		opts.TriggerTTL = triggerTTL
	}
	if opts.PingInterval == 0 {
		opts.PingInterval = pingInterval
	}
	if opts.FileDelay == 0 {
		opts.FileDelay = fileDelay
	}
	if opts.Rates == nil {
		rates := DefaultRates()
		opts.Rates = &rates
	}
	if opts.CommandURL == "" {
		opts.CommandURL = opts.RequestURL
	}
	if opts.InteractionURL == "" {
		opts.InteractionURL = opts.RequestURL
	}
	d, err := openDisk(opts.Dir)
	if err != nil {
		return nil, err
	}
	s := &Server{
		opts: opts, now: opts.Now, log: opts.Log, disk: d, blobs: newBlobs(opts.Dir),
		world: newWorld(opts.Now(), opts.People), rev: opts.Now().UnixMilli(),
		changed: make(chan struct{}), triggers: map[string]*trigger{},
		responses: map[string]*responseURL{}, uploads: map[string]*upload{},
		calls: &callLog{}, rates: newRateLimiter(*opts.Rates), faults: &faults{},
		scopes: set(opts.Scopes), subscribed: set(opts.Events),
	}
	if err := s.world.load(d); err != nil {
		return nil, fmt.Errorf("load workspace: %w", joinClose(err, d))
	}
	unsent, err := s.unsent()
	if err != nil {
		return nil, fmt.Errorf("load workspace: %w", joinClose(err, d))
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.hub = newHub(s, unsent)
	s.routes()
	return s, nil
}

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// routes mounts everything that the server answers to.
func (s *Server) routes() {
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("/api/{method}", s.handleAPI)
	s.mux.HandleFunc("GET /socket", s.handleSocket)
	s.mux.HandleFunc("POST /response/{id}", s.handleResponseURL)
	s.mux.HandleFunc("POST /upload/{ticket}", s.handleUpload)
	s.mux.HandleFunc("GET /files/{id}/{name}", s.handleFile)
	s.mux.HandleFunc("GET /page/events", s.handleChanges)
	s.mux.HandleFunc("/control/{action}", s.handleControl)
	page := pageHandler(s)
	s.mux.Handle("/", page)
}

// Handler serves everything: the Web API under /api/, Socket Mode at /socket,
// response URLs, uploads and files, the control API under /control/, the
// stream of changes at /page/events, and the page.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why := s.foreign(r); why != "" {
			writeJSON(w, http.StatusForbidden, map[string]any{"ok": false, "error": "forbidden", "detail": why})
			return
		}
		s.mux.ServeHTTP(w, r)
	})
}

// Run sends what an earlier process left unsent, and keeps the workspace tidy,
// until ctx ends. Then it tells the open sockets
// and ends them and the streams of changes, so that an http.Server can shut
// down at once. It returns nil.
func (s *Server) Run(ctx context.Context) error {
	s.hub.resume()
	ticker := time.NewTicker(tidyInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			s.tidy()
		case <-ctx.Done():
			s.hub.shutdown()
			s.cancel()
			return nil
		case <-s.ctx.Done():
			return nil
		}
	}
}

// tidyInterval is the time between two removals of what has expired.
const tidyInterval = 30 * time.Second

// tidy forgets triggers, response URLs and uploads that have expired, and has
// the disk forget what was acknowledged.
func (s *Server) tidy() {
	if err := s.disk.flush(); err != nil {
		s.log.Error("write workspace data", "error", err)
	}
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, t := range s.triggers {
		if now.Sub(t.issued) > rememberTrigger {
			delete(s.triggers, id)
		}
	}
	for id, u := range s.responses {
		if now.Sub(u.issued) > 2*responseTTL {
			delete(s.responses, id)
		}
	}
	for id, u := range s.uploads {
		if now.Sub(u.issued) > uploadTTL {
			delete(s.uploads, id)
		}
	}
}

// Close ends all connections and gives the data folder back. Whatever was
// acknowledged is on disk. Closing twice is safe.
func (s *Server) Close() error {
	s.closeOnce.Do(func() {
		s.cancel()
		s.hub.shutdown()
		s.closeErr = s.disk.close()
	})
	return s.closeErr
}

// APIURL returns the address of the Web API for slack.OptionAPIURL, given the
// server's own base, for example http://127.0.0.1:8080.
func (s *Server) APIURL(base string) string {
	return strings.TrimSuffix(base, "/") + "/api/"
}

// touch tells everybody who watches that something changed. The caller holds
// the mutex.
func (s *Server) touch() {
	s.rev++
	close(s.changed)
	s.changed = make(chan struct{})
}

// keep queues a value for the disk; the caller holds the mutex, so that the
// disk sees changes in their order. It returns the ticket for settle.
func (s *Server) keep(bucket, key string, v any) uint64 {
	ticket, err := s.disk.put(bucket, key, v)
	if err != nil {
		// All stored types encode; this would be a defect.
		s.log.Error("encode record", "bucket", bucket, "error", err)
	}
	return ticket
}

// settle waits until a change is on disk. The caller must not hold the mutex.
func (s *Server) settle(ticket uint64) error {
	if err := s.disk.wait(ticket); err != nil {
		s.log.Error("write workspace data", "error", err)
		return &apiError{code: "internal_error", detail: "the workspace could not store the change"}
	}
	return nil
}

// base returns the address under which r reached the server.
func base(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// baseForApp is the address under which the app reaches the server: where its
// last call came in, or else where r did.
func (s *Server) baseForApp(r *http.Request) string {
	if v, ok := s.appBase.Load().(string); ok && v != "" {
		return v
	}
	if r == nil {
		return ""
	}
	return base(r)
}
