package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// BenchmarkMessageToEnvelope is the time from a person's message, posted over
// HTTP, to its envelope on the app's socket; with a data folder it includes
// the write to disk.
func BenchmarkMessageToEnvelope(b *testing.B) {
	for _, kept := range []string{"memory", "disk"} {
		b.Run(kept, func(b *testing.B) {
			opts := Options{Rates: &Rates{}, Events: []string{"message.channels"}}
			if kept == "disk" {
				opts.Dir = b.TempDir()
			}
			s, err := New(opts)
			if err != nil {
				b.Fatal(err)
			}
			web := httptest.NewServer(s.Handler())
			defer web.Close()
			defer func() { _ = s.Close() }()
			ticket := s.hub.newTicket(s.now())
			conn, resp, err := websocket.Dial(b.Context(), "ws"+strings.TrimPrefix(web.URL, "http")+"/socket?ticket="+ticket, nil)
			if err != nil {
				b.Fatal(err)
			}
			if resp.Body != nil {
				_ = resp.Body.Close()
			}
			defer func() { _ = conn.CloseNow() }()
			read := func() {
				_, raw, err := conn.Read(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				var env struct {
					ID string `json:"envelope_id"`
				}
				if err := json.Unmarshal(raw, &env); err != nil {
					b.Fatal(err)
				}
				if env.ID == "" {
					return
				}
				ack := fmt.Sprintf(`{"envelope_id":%q}`, env.ID)
				if err := conn.Write(b.Context(), websocket.MessageText, []byte(ack)); err != nil {
					b.Fatal(err)
				}
			}
			read() // hello
			const body = `{"channel":"future-industries","user":"leader","text":"氢能由哪些板块负责?"}`
			var took []time.Duration
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				start := time.Now()
				post(b.Context(), b, web.URL+"/control/message", body)
				read()
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}

func post(ctx context.Context, b *testing.B, address, body string) {
	b.Helper()
	req, err := http.NewRequestWithContext(ctx, "POST", address, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		b.Fatalf("status %d, %v", resp.StatusCode, err)
	}
}

// BenchmarkState is one picture of a workspace with many messages, as the page
// fetches it.
func BenchmarkState(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, err := New(Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			s.mu.Lock()
			for i := range n {
				c := s.world.channels[i%len(s.world.channels)]
				s.store(c, s.botMessage(content{
					text: "2035 年目标", blocks: json.RawMessage(`[{"type":"section","block_id":"b","text":{"type":"mrkdwn","text":"*氢能* 由三个板块负责"}}]`),
				}, ""))
			}
			s.mu.Unlock()
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				if _, err := json.Marshal(s.snapshot()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/message")
		})
	}
}
