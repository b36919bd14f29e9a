package commands

import (
	"sync"
	"time"

	"wainao/delivery"
	"wainao/ledger"
	"wainao/policy"
)

// madeDigests keeps what the newest digests told, so that a click on one need
// not read the whole journal to know it. The zero value is ready to use.
type madeDigests struct {
	mu    sync.Mutex
	of    map[digestKey]madeDigest
	order []digestKey // The oldest in front.
}

// digestKey names a digest by its reader and the moment that it is as of, as the
// digest's buttons do.
type digestKey struct {
	reader delivery.Recipient
	at     int64 // In milliseconds.
}

type madeDigest struct {
	data ledger.DigestData
	pol  *policy.Policy
}

// maxMade is how many digests are kept: a few weeks of a city's leaders.
const maxMade = 50

func (m *madeDigests) keep(reader delivery.Recipient, at time.Time, made madeDigest) {
	key := digestKey{reader, at.UnixMilli()}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil {
		m.of = map[digestKey]madeDigest{}
	}
	if _, ok := m.of[key]; !ok {
		m.order = append(m.order, key)
	}
	m.of[key] = made
	if len(m.order) > maxMade {
		delete(m.of, m.order[0])
		m.order = m.order[1:]
	}
}

func (m *madeDigests) get(reader delivery.Recipient, at time.Time) (made madeDigest, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	made, ok = m.of[digestKey{reader, at.UnixMilli()}]
	return made, ok
}
