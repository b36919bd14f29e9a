package workspace

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

const idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// randomText returns n random characters of alphabet. It never fails: the
// system's random source ends the program when it cannot answer.
func randomText(n int, alphabet string) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw)
	for i, b := range raw {
		raw[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(raw)
}

// newID returns a new id in Slack's shape, for example V0 and nine characters.
func newID(prefix string) string { return prefix + "0" + randomText(9, idAlphabet) }

func randomHex(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw)
	return hex.EncodeToString(raw)
}

// newUUID returns a random UUID, the shape of an envelope id.
func newUUID() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw)
	raw[6] = raw[6]&0x0f | 0x40
	raw[8] = raw[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", raw[0:4], raw[4:6], raw[6:8], raw[8:10], raw[10:16])
}

// formatTS writes microseconds since 1970 as a message timestamp.
func formatTS(micros int64) string {
	return fmt.Sprintf("%d.%06d", micros/1e6, micros%1e6)
}

// parseTS reads a message timestamp, or a plain number of seconds as history
// queries may give it, as microseconds since 1970.
func parseTS(ts string) (int64, bool) {
	secs, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(secs, 10, 64)
	if err != nil || s < 0 || s > 1<<40 || len(frac) > 6 || strings.Trim(frac, "0123456789") != "" {
		return 0, false
	}
	var f int64
	if frac != "" {
		if f, err = strconv.ParseInt((frac + "000000")[:6], 10, 64); err != nil {
			return 0, false
		}
	}
	return s*1e6 + f, true
}

// validTS reports whether ts has the exact form of a message timestamp.
func validTS(ts string) bool {
	_, frac, _ := strings.Cut(ts, ".")
	_, ok := parseTS(ts)
	return ok && len(frac) == 6
}

func unixMicros(t time.Time) int64 { return t.UnixMicro() }
