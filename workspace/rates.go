package workspace

import (
	"math"
	"sync"
	"time"
)

// Rates are the rate limits of the Web API.
// See https://docs.slack.dev/apis/web-api/rate-limits.
type Rates struct {
	// PostsPerSecond is the sustained rate of chat.postMessage in one channel,
	// and PostBurst how many may come at once. A rate of 0 means no limit.
	PostsPerSecond float64
	PostBurst      int
	// TierFactor widens the documented calls a minute of tiers 1 to 4, both as
	// the burst and as the sustained rate. 0 means no limit.
	TierFactor float64
}

// DefaultRates are Slack's rate of one post a second in a channel, after a
// burst that Slack tolerates but does not document, and the tiers taken by the
// second instead of the minute: only an app that runs wild meets them.
func DefaultRates() Rates { return Rates{PostsPerSecond: 1, PostBurst: 120, TierFactor: 60} }

// NoRates are no limits at all, for measuring.
func NoRates() Rates { return Rates{} }

// tierPerMinute is the documented number of calls a minute of each tier.
var tierPerMinute = [...]float64{0, 1, 20, 50, 100}

// rateLimiter is a set of token buckets.
type rateLimiter struct {
	rates   Rates
	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newRateLimiter(r Rates) *rateLimiter {
	return &rateLimiter{rates: r, buckets: map[string]*bucket{}}
}

// take spends one call. It returns 0, or the seconds to wait before another
// try.
func (l *rateLimiter) take(now time.Time, method string, tier int, channel string) int {
	key, perSecond, burst := method, 0.0, 0.0
	if tier == 0 {
		key, perSecond, burst = method+" "+channel, l.rates.PostsPerSecond, float64(l.rates.PostBurst)
	} else {
		perMinute := tierPerMinute[tier] * l.rates.TierFactor
		perSecond, burst = perMinute/60, perMinute
	}
	if perSecond <= 0 {
		return 0
	}
	burst = max(1, burst)
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[key]
	if b == nil {
		b = &bucket{tokens: burst, at: now}
		l.buckets[key] = b
	}
	if passed := now.Sub(b.at).Seconds(); passed > 0 {
		b.tokens = min(burst, b.tokens+passed*perSecond)
		b.at = now
	}
	if b.tokens >= 1 {
		b.tokens--
		return 0
	}
	return int(math.Ceil((1 - b.tokens) / perSecond))
}
