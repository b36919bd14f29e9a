package mongo

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"wainao/journal"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// document is one write: the entries from First to Last. Its fields are
// readable in mongosh; an entry's data is JSON as text, because its hash
// covers each byte of it.
type document struct {
	First   int64    `bson:"_id"`
	Last    int64    `bson:"last"`
	Entries []stored `bson:"entries"`
}

type stored struct {
	Number  int64     `bson:"number"`
	ID      string    `bson:"id"`
	Time    time.Time `bson:"time"`
	Actor   string    `bson:"actor"`
	Kind    string    `bson:"kind"`
	Version int       `bson:"version"`
	Data    string    `bson:"data"`
	Prev    string    `bson:"prev"`
	Hash    string    `bson:"hash"`
}

// pack makes the document for entries, which must be numbered in sequence.
func pack(entries []journal.Entry) (document, error) {
	first := entries[0].Number
	if first == 0 || first > math.MaxInt64-uint64(len(entries)) {
		return document{}, fmt.Errorf("mongo: entry number %d is out of range", first)
	}
	d := document{First: int64(first), Last: int64(first) + int64(len(entries)) - 1, Entries: make([]stored, len(entries))} //nolint:gosec // Checked above.
	for i, e := range entries {
		if e.Number != first+uint64(i) {
			return document{}, fmt.Errorf("mongo: entry %d does not follow entry %d", e.Number, first+uint64(i)-1)
		}
		d.Entries[i] = stored{
			Number: d.First + int64(i), ID: e.ID, Time: e.Time, Actor: e.Actor, Kind: e.Kind, Version: e.Version,
			Data: string(e.Data), Prev: e.Prev.String(), Hash: e.Hash.String(),
		}
	}
	return d, nil
}

// check looks whether the document's bounds are its entries'. The error is a
// *[journal.ChainError].
func (d *document) check() error {
	if d.First < 1 || len(d.Entries) == 0 || d.Last != d.First+int64(len(d.Entries))-1 {
		return &journal.ChainError{
			Number: uint64(max(d.First, 0)),
			Reason: fmt.Sprintf("its document says entries %d to %d and holds %d", d.First, d.Last, len(d.Entries)),
		}
	}
	return nil
}

// unpack returns a document's entries and the number of the last. When one of
// them cannot be read it returns those before it and a *[journal.ChainError];
// next is the number that the document should begin with.
func unpack(raw bson.Raw, next uint64) (entries []journal.Entry, last uint64, err error) {
	var d struct {
		First   int64      `bson:"_id"`
		Last    int64      `bson:"last"`
		Entries []bson.Raw `bson:"entries"`
	}
	unreadable := func(number uint64, err error) error {
		return &journal.ChainError{Number: number, Reason: "it cannot be read: " + err.Error()}
	}
	if err := bson.Unmarshal(raw, &d); err != nil {
		return nil, 0, unreadable(next, err)
	}
	for i, r := range d.Entries {
		number := uint64(d.First + int64(i)) //nolint:gosec // Numbers count up from 1.
		var e stored
		if err := bson.Unmarshal(r, &e); err != nil {
			return entries, 0, unreadable(number, err)
		}
		out := journal.Entry{
			Number: uint64(e.Number), ID: e.ID, Time: e.Time.UTC(), Actor: e.Actor, Kind: e.Kind, Version: e.Version, //nolint:gosec // Numbers count up from 1.
			Data: json.RawMessage(e.Data),
		}
		if err := out.Prev.UnmarshalText([]byte(e.Prev)); err != nil {
			return entries, 0, unreadable(number, err)
		}
		if err := out.Hash.UnmarshalText([]byte(e.Hash)); err != nil {
			return entries, 0, unreadable(number, err)
		}
		entries = append(entries, out)
	}
	bounds := document{First: d.First, Last: d.Last, Entries: make([]stored, len(d.Entries))}
	if err := bounds.check(); err != nil {
		return entries, 0, err
	}
	return entries, uint64(d.Last), nil //nolint:gosec // Numbers count up from 1.
}
