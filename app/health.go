package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// serveHTTP serves until ctx is done.
func serveHTTP(ctx context.Context, addr string, h http.Handler) error {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return operatorsFault(fmt.Errorf("listen on %s: %w", addr, err))
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve on %s: %w", addr, err)
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return server.Shutdown(stop)
	})
	return g.Wait()
}

// healthReport is what the health page says.
type healthReport struct {
	OK      bool   `json:"ok"`
	Slack   bool   `json:"slack"`   // Events reach the bot.
	Journal uint64 `json:"journal"` // Number of the last entry known.

	// Deliveries is how many messages are due or on their way.
	Deliveries int    `json:"deliveries"`
	Version    string `json:"version"`
}

// health answers with 200 while events reach the bot, and 503 otherwise.
func (a *App) health() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		now := a.journal.Snapshot()
		r := healthReport{
			Slack: a.bot.Connected(), Journal: now.Head.Number, Deliveries: len(now.State.Delivery.Open()), Version: Version(),
		}
		r.OK = r.Slack
		w.Header().Set("Content-Type", "application/json")
		if !r.OK {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(r)
	})
}

// Health asks the bot that runs with the same configuration on this machine.
func Health(ctx context.Context, c Config) (string, error) {
	if c.Health.Listen == "" {
		return "", operatorsFault(errors.New("health.listen is empty: the running bot has no health page"))
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Health.Listen+"/", nil)
	if err != nil {
		return "", operatorsFault(fmt.Errorf("health.listen: %w", err))
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("no bot answers at %s: %w", c.Health.Listen, err)
	}
	defer resp.Body.Close() //nolint:errcheck // It was only read.
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err != nil {
		return "", fmt.Errorf("read health: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the bot is not well: %s", body)
	}
	return string(body), nil
}
