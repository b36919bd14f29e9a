package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"
)

// Hash is the SHA-256 that seals an entry. The zero Hash stands before the
// first entry.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText encodes the hash in hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText decodes what [Hash.MarshalText] wrote.
func (h *Hash) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(h) {
		return fmt.Errorf("hash of %d characters, want %d", len(text), hex.EncodedLen(len(h)))
	}
	if _, err := hex.Decode(h[:], text); err != nil {
		return fmt.Errorf("decode hash: %w", err)
	}
	return nil
}

// Entry is one thing that happened. Entries are numbered 1, 2, 3 … without a
// gap, and each holds the hash of the one before it.
type Entry struct {
	Number  uint64          `json:"number"`
	ID      string          `json:"id"`      // Chosen at random by the writer, so that a lost reply is recognised.
	Time    time.Time       `json:"time"`    // UTC, whole milliseconds, never before the entry before it.
	Actor   string          `json:"actor"`   // A Slack user id, or a part of the system ("scheduler", "config").
	Kind    string          `json:"kind"`    // "package.thing.happened", for example "ledger.report.submitted".
	Version int             `json:"version"` // The version of Data's schema, from 1.
	Data    json.RawMessage `json:"data"`
	Prev    Hash            `json:"prev"`
	Hash    Hash            `json:"hash"`
}

// Decode unmarshals the entry's data into v.
func (e Entry) Decode(v any) error {
	if err := json.Unmarshal(e.Data, v); err != nil {
		return fmt.Errorf("entry %d: decode %s v%d: %w", e.Number, e.Kind, e.Version, err)
	}
	return nil
}

// Sum returns the hash over everything in the entry but the hash itself. Each
// field stands behind its length, so no two different entries share an
// encoding.
func (e Entry) Sum() Hash {
	h := sha256.New()
	var n [8]byte
	number := func(v uint64) {
		binary.BigEndian.PutUint64(n[:], v)
		h.Write(n[:])
	}
	field := func(b []byte) {
		number(uint64(len(b)))
		h.Write(b)
	}
	number(e.Number)
	number(uint64(e.Time.UnixMilli()))
	number(uint64(e.Version)) //nolint:gosec // A schema version is small and positive.
	field([]byte(e.ID))
	field([]byte(e.Actor))
	field([]byte(e.Kind))
	field(e.Data)
	h.Write(e.Prev[:])
	var sum Hash
	h.Sum(sum[:0])
	return sum
}

// Head names the last entry of a chain: the zero Head is an empty journal's.
type Head struct {
	Number uint64
	Time   time.Time
	Hash   Hash
}

// Next checks that e follows the head and is sealed by its own hash, and
// returns the head behind it. The error is a *[ChainError].
func (h Head) Next(e Entry) (Head, error) {
	switch {
	case e.Number != h.Number+1:
		return h, &ChainError{Number: e.Number, Reason: fmt.Sprintf("its number is %d where %d was expected", e.Number, h.Number+1)}
	case e.Prev != h.Hash:
		return h, &ChainError{Number: e.Number, Reason: fmt.Sprintf("it does not hold the hash of entry %d", h.Number)}
	case e.Sum() != e.Hash:
		return h, &ChainError{Number: e.Number, Reason: "its content does not match its own hash"}
	case !e.Time.Equal(e.Time.Truncate(time.Millisecond)):
		return h, &ChainError{Number: e.Number, Reason: "its time is finer than the milliseconds that its hash covers"}
	case e.Time.Before(h.Time):
		return h, &ChainError{Number: e.Number, Reason: "it is dated before the entry before it"}
	}
	return Head{Number: e.Number, Time: e.Time, Hash: e.Hash}, nil
}

// ChainError says which entry breaks the chain and why.
type ChainError struct {
	Number uint64
	Reason string
}

// Error names the entry and the reason.
func (e *ChainError) Error() string {
	return fmt.Sprintf("journal broken at entry %d: %s", e.Number, e.Reason)
}

// Draft is an entry that has been decided on and not yet been written.
type Draft struct {
	Kind    string
	Version int
	Data    any // Marshalled as JSON.
}

// seal turns a draft into the entry that follows head. What a store might not
// give back byte for byte is refused: its hash would not match any more.
func (d Draft) seal(head Head, actor string, now time.Time) (Entry, error) {
	if d.Kind == "" || d.Version < 1 {
		return Entry{}, fmt.Errorf("draft %q has no kind or no version (%d)", d.Kind, d.Version)
	}
	data, err := json.Marshal(d.Data)
	if err != nil {
		return Entry{}, fmt.Errorf("encode %s: %w", d.Kind, err)
	}
	if !utf8.Valid(data) || !utf8.ValidString(actor) || !utf8.ValidString(d.Kind) {
		return Entry{}, fmt.Errorf("encode %q: not UTF-8", d.Kind)
	}
	at := now.UTC().Truncate(time.Millisecond)
	if at.Before(head.Time) { // The clock went back; the journal's order does not.
		at = head.Time
	}
	e := Entry{
		Number: head.Number + 1, ID: rand.Text(), Time: at, Actor: actor,
		Kind: d.Kind, Version: d.Version, Data: data, Prev: head.Hash,
	}
	e.Hash = e.Sum()
	return e, nil
}
