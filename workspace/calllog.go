package workspace

import (
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxCalls bounds the remembered calls.
const maxCalls = 1000

// callEntry is one remembered call of the Web API, or one refusal of what the
// app answered.
type callEntry struct {
	At     string            `json:"at"`
	Method string            `json:"method"`
	OK     bool              `json:"ok"`
	Error  string            `json:"error,omitempty"`
	Args   map[string]string `json:"args"`
}

// callLog remembers the last calls, tokens left out.
type callLog struct {
	mu      sync.Mutex
	entries []callEntry
}

func (l *callLog) add(at time.Time, method string, a args, code string) {
	shown := make(map[string]string, len(a))
	for name, value := range a {
		if name == "token" {
			value = redact(value)
		}
		shown[name] = value
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) >= 2*maxCalls {
		l.entries = slices.Clone(l.entries[len(l.entries)-maxCalls:])
	}
	l.entries = append(l.entries, callEntry{
		At: at.UTC().Format(time.RFC3339Nano), Method: method, OK: code == "", Error: code, Args: shown,
	})
}

// last returns the remembered calls, newest last.
func (l *callLog) last() []callEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	from := max(0, len(l.entries)-maxCalls)
	return append([]callEntry{}, l.entries[from:]...)
}

// redact keeps the part of a token that names its kind.
func redact(token string) string {
	kind, _, _ := strings.Cut(token, "-")
	return kind + "-…"
}

const cursorPrefix = "next:"

func makeCursor(text string) string {
	return base64.StdEncoding.EncodeToString([]byte(cursorPrefix + text))
}

func openCursor(cursor string) (string, bool) {
	raw, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return "", false
	}
	return strings.CutPrefix(string(raw), cursorPrefix)
}
