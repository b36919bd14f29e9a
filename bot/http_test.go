package bot

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// signed makes a request as Slack signs it.
func signed(contentType string, body []byte, at time.Time) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/slack", bytes.NewReader(body))
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func marshal(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
)

func formBody(kv ...string) []byte {
	v := url.Values{}
	for i := 0; i < len(kv); i += 2 {
		v.Set(kv[i], kv[i+1])
	}
	return []byte(v.Encode())
}

// overHTTP is a bot without a socket that knows who it is.
func overHTTP(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, func(o *Options) { o.AppToken = "" })
	if err := r.client.Check(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.finish)
	return r
}

func (r *rig) serveOnce(req *http.Request) (int, string) {
	w := httptest.NewRecorder()
	r.ServeHTTP(w, req)
	raw, _ := io.ReadAll(w.Result().Body)
	return w.Code, string(raw)
}

func TestSignedRequestsReachTheHandler(t *testing.T) {
	t.Parallel()
	now := time.Now()
	tests := []struct{ name, contentType, body, want, answer string }{
		{"event", asJSON, string(marshal(spoken("Ev1", mention("U0KUNSHAN1", "1.1", "氢能?")))), "message U0KUNSHAN1 C0FUTURE01  1.1 false 氢能?", ""},
		{"command", asForm, string(formBody("command", "/future", "user_id", "U0KUNSHAN1", "text", "help", "trigger_id", "t1")), "command U0KUNSHAN1 help", ""},
		{"form", asForm, string(formBody("payload", string(marshal(form("U0KUNSHAN1", "t1"))))), "submit U0KUNSHAN1 V1", `{"response_action":"errors","errors":{"value":"no"}}`},
		{"challenge", asJSON, `{"type":"url_verification","challenge":"3eZbrw1aB10"}`, "", "3eZbrw1aB10"},
		{"certificate check", asForm, string(formBody("ssl_check", "1")), "", ""},
		{"rate limit notice", asJSON, `{"type":"app_rate_limited","minute_rate_limited":1}`, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := overHTTP(t)
			r.h.submit = func(context.Context, slack.InteractionCallback) *slack.ViewSubmissionResponse {
				return slack.NewErrorsViewSubmissionResponse(map[string]string{"value": "no"})
			}
			code, answer := r.serveOnce(signed(tt.contentType, []byte(tt.body), now))
			if code != http.StatusOK || answer != tt.answer {
				t.Errorf("got %d %q, want 200 %q", code, answer, tt.answer)
			}
			if tt.want != "" {
				if got := r.handled(); got != tt.want {
					t.Errorf("handled %q, want %q", got, tt.want)
				}
			}
		})
	}
}

func TestWhoDidNotSignIsRefused(t *testing.T) {
	t.Parallel()
	now := time.Now()
	good := formBody("command", "/future", "user_id", "U0KUNSHAN1", "text", "help", "trigger_id", "t1")
	tests := []struct {
		name string
		make func() *http.Request
		want int
	}{
		{"another body", func() *http.Request {
			r := signed(asForm, good, now)
			r.Body = io.NopCloser(strings.NewReader(string(good) + "&text=evil"))
			return r
		}, http.StatusUnauthorized},
		{"no signature", func() *http.Request {
			r := signed(asForm, good, now)
			r.Header.Del("X-Slack-Signature")
			return r
		}, http.StatusUnauthorized},
		{"short signature", func() *http.Request {
			r := signed(asForm, good, now)
			r.Header.Set("X-Slack-Signature", "v0=00")
			return r
		}, http.StatusUnauthorized},
		{"six minutes old", func() *http.Request { return signed(asForm, good, now.Add(-6*time.Minute)) }, http.StatusUnauthorized},
		{"six minutes ahead", func() *http.Request { return signed(asForm, good, now.Add(6*time.Minute)) }, http.StatusUnauthorized},
		{"GET", func() *http.Request { return httptest.NewRequest(http.MethodGet, "/slack", nil) }, http.StatusMethodNotAllowed},
		{"too large", func() *http.Request { return signed(asForm, make([]byte, requestBody+1), now) }, http.StatusRequestEntityTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := overHTTP(t)
			if code, _ := r.serveOnce(tt.make()); code != tt.want {
				t.Errorf("got %d, want %d", code, tt.want)
			}
			if code, _ := r.serveOnce(signed(asForm, good, now)); code != http.StatusOK {
				t.Errorf("the good one: %d", code)
			}
			if got := r.handled(); got != "command U0KUNSHAN1 help" || len(r.h.got) > 0 {
				t.Errorf("handled %q and %d more", got, len(r.h.got))
			}
		})
	}
}

func TestARequestSentAgainIsHandledOnce(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, body := range map[string][]byte{
		"with a trigger":    formBody("command", "/future", "user_id", "U0KUNSHAN1", "trigger_id", "t1"),
		"without a trigger": formBody("command", "/future", "user_id", "U0KUNSHAN1"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := overHTTP(t)
			for range 3 {
				if code, _ := r.serveOnce(signed(asForm, body, now)); code != http.StatusOK {
					t.Fatalf("got %d", code)
				}
			}
			r.handled()
			r.finish() // Everything taken is handled now.
			if n := len(r.h.got); n > 0 {
				t.Errorf("handled %d times more", n)
			}
		})
	}
}

func TestARetriedEventIsHandledOnce(t *testing.T) {
	t.Parallel()
	r := overHTTP(t)
	raw := marshal(spoken("Ev1", mention("U0KUNSHAN1", "1.1", "x")))
	for i := range 3 { // Slack signs each attempt anew.
		req := signed(asJSON, raw, time.Now().Add(time.Duration(i)*time.Second))
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(i))
		if code, _ := r.serveOnce(req); code != http.StatusOK {
			t.Fatalf("got %d", code)
		}
	}
	r.handled()
	r.finish()
	if n := len(r.h.got); n > 0 {
		t.Errorf("handled %d times more", n)
	}
}

func TestABotThatStopsAsksToTryAgain(t *testing.T) {
	t.Parallel()
	r := overHTTP(t)
	r.finish()
	for _, body := range [][]byte{formBody("command", "/future", "user_id", "U1", "trigger_id", "t"), formBody("payload", string(marshal(form("U1", "t2"))))} {
		if code, _ := r.serveOnce(signed(asForm, body, time.Now())); code != http.StatusServiceUnavailable {
			t.Errorf("got %d", code)
		}
	}
	unknown := newRig(t, func(o *Options) { o.AppToken = "" })
	if code, _ := unknown.serveOnce(signed(asForm, formBody("command", "/future", "user_id", "U1"), time.Now())); code != http.StatusServiceUnavailable {
		t.Errorf("before it knows who it is: got %d", code)
	}
}

func FuzzServeHTTP(f *testing.F) {
	f.Add(true, marshal(spoken("Ev1", mention("U0KUNSHAN1", "1.1", "x"))))
	f.Add(true, []byte(`{"type":"event_callback","event":null}`))
	f.Add(true, []byte(`{"type":"event_callback","event_id":"E","event":{"type":"message","message":{"blocks":[{"type":"section"}]}}}`))
	f.Add(false, formBody("payload", string(marshal(form("U0KUNSHAN1", "t1")))))
	f.Add(false, formBody("payload", `{"type":"block_actions","actions":[{}],"user":{"id":"U1"},"state":7}`))
	f.Add(false, []byte("payload=%zz"))
	f.Add(false, []byte(nil))
	h := newHandler()
	b, err := New(Options{BotToken: "x", SigningSecret: secret, APIURL: "http://127.0.0.1:1/", Handler: h, Log: quiet()})
	if err != nil {
		f.Fatal(err)
	}
	b.client.identity.known = Identity{UserID: selfUser}
	b.client.sleep = func(context.Context, time.Duration) error { return context.Canceled }
	f.Fuzz(func(t *testing.T, isJSON bool, body []byte) {
		kind := asForm
		if isJSON {
			kind = asJSON
		}
		w := httptest.NewRecorder()
		b.ServeHTTP(w, signed(kind, body, time.Now()))
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Errorf("got %d", w.Code)
		}
		for len(h.got) > 0 {
			<-h.got
		}
	})
}
