// Package mongo keeps a journal in MongoDB, for production.
//
// It decides how a write stands there: one document, whose _id is the number
// of its first entry, so that a batch is stored whole or not at all and two
// writers can never both have a number. It never updates or deletes a document
// and needs no transaction. The collection must not be sharded: an order that
// all agree on lives on one primary.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"wainao/journal"
	"wainao/lang"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

// Names used when [Options] gives none.
const (
	DefaultDatabase   = "wainao"
	DefaultCollection = "journal"
)

// The problems of [Open] that a person can do something about. Compare with
// errors.Is; none of their words holds the password.
var (
	// ErrAddress means that the connection string cannot be used.
	ErrAddress = &lang.Problem{Code: "mongodb_address"}
	// ErrUnreachable means that no server answered, or that it refused.
	ErrUnreachable = &lang.Problem{Code: "mongodb_unreachable"}
)

const (
	openTimeout = 10 * time.Second
	waitAtMost  = 30 * time.Second // After which Wait returns, change or none.
)

// Options configure a [Store].
type Options struct {
	URI        string        // A connection string, mongodb:// or mongodb+srv://.
	Database   string        // DefaultDatabase when empty, or the one that URI names.
	Collection string        // DefaultCollection when empty.
	Log        *slog.Logger  // slog.Default() when nil.
	Poll       time.Duration // How often to look for others' entries where there are no change streams; 1 s when zero.
}

// Store is a [journal.Store] in a MongoDB collection. All methods are safe for
// concurrent use.
type Store struct {
	client     *mongo.Client
	collection *mongo.Collection
	log        *slog.Logger
	poll       time.Duration
	streams    bool          // The server is one of a replica set or a sharded cluster.
	known      atomic.Uint64 // The greatest number seen as the last of a document.
	secret     string        // What no error may show.
}

// Open connects and asks the server for an answer, for at most ten seconds.
// The error is [ErrAddress] or [ErrUnreachable] with words for the operator.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{log: o.Log, poll: o.Poll, secret: passwordOf(o.URI)}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.poll == 0 {
		s.poll = time.Second
	}
	client := options.Client().ApplyURI(o.URI).SetAppName("wainao").
		SetRetryWrites(true).SetReadPreference(readpref.Primary())
	if client.ServerSelectionTimeout == nil { // The connection string may say its own.
		client.SetServerSelectionTimeout(5 * time.Second)
	}
	if err := client.Validate(); err != nil {
		return nil, addressProblem()
	}
	var err error
	if s.client, err = mongo.Connect(client); err != nil {
		return nil, addressProblem()
	}
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	if err := s.greet(ctx); err != nil {
		_ = s.Close() // There is a better error to return.
		return nil, lang.Problemf(ErrUnreachable.Code,
			"连接不上 MongoDB（%s）：请检查地址、账号和网络。%s",
			"cannot connect to MongoDB (%s): check the address, the account and the network. %s",
			hostsOf(o.URI), s.redact(err))
	}
	database := o.Database
	if database == "" {
		database = databaseOf(o.URI)
	}
	if o.Collection == "" {
		o.Collection = DefaultCollection
	}
	s.collection = s.client.Database(database).Collection(o.Collection, options.Collection().
		SetWriteConcern(writeconcern.Majority()).SetReadConcern(readconcern.Majority()))
	return s, nil
}

func addressProblem() error {
	// The driver's own words may hold parts of the connection string.
	return lang.Problemf(ErrAddress.Code,
		"MongoDB 连接串无法识别：应以 mongodb:// 或 mongodb+srv:// 开头，账号和密码中的特殊字符须写成 %%XX。",
		"the MongoDB connection string cannot be used: it starts with mongodb:// or mongodb+srv://, and special characters in user name and password are written as %%XX.")
}

// greet asks the server for an answer and what kind it is.
func (s *Store) greet(ctx context.Context) error {
	admin := s.client.Database("admin")
	var hello struct {
		SetName string `bson:"setName"`
		Message string `bson:"msg"`
	}
	if err := admin.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return err
	}
	s.streams = hello.SetName != "" || hello.Message == "isdbgrid"
	return s.client.Ping(ctx, readpref.Primary())
}

var authority = regexp.MustCompile(`^[a-z+]+://(?:(.*)@)?([^/?]*)(?:/([^?]*))?`)

// passwordOf returns the password in a connection string as it stands there.
func passwordOf(uri string) string {
	m := authority.FindStringSubmatch(uri)
	if m == nil {
		return ""
	}
	_, password, _ := strings.Cut(m[1], ":")
	return password
}

func hostsOf(uri string) string {
	m := authority.FindStringSubmatch(uri)
	if m == nil {
		return ""
	}
	return m[2]
}

func databaseOf(uri string) string {
	if m := authority.FindStringSubmatch(uri); m != nil && m[3] != "" {
		if name, err := url.PathUnescape(m[3]); err == nil {
			return name
		}
	}
	return DefaultDatabase
}

// redact returns err's words without the password.
func (s *Store) redact(err error) string {
	text := err.Error()
	if s.secret == "" {
		return text
	}
	text = strings.ReplaceAll(text, s.secret, "***")
	if plain, err := url.PathUnescape(s.secret); err == nil && plain != "" {
		text = strings.ReplaceAll(text, plain, "***")
	}
	return text
}

// Close ends the connections. Closing twice is safe.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.client.Disconnect(ctx); err != nil && !errors.Is(err, mongo.ErrClientDisconnected) {
		return fmt.Errorf("disconnect from MongoDB: %w", err)
	}
	return nil
}

// Check asks the primary for an answer and returns the number of the last
// entry, 0 when there is none.
func (s *Store) Check(ctx context.Context) (last uint64, err error) {
	_, last, err = s.bounds(ctx, nil)
	return last, err
}

// Append implements [journal.Store]: one document, acknowledged by a majority.
func (s *Store) Append(ctx context.Context, entries []journal.Entry) error {
	if len(entries) == 0 {
		return errors.New("mongo: nothing to append")
	}
	d, err := pack(entries)
	if err != nil {
		return err
	}
	// The unique _id guards a number that begins a document. That this one does
	// not lie within a document or behind a gap, the last document tells; what
	// once was a document's end is one for ever.
	if first := entries[0].Number; first != s.known.Load()+1 {
		last, err := s.Check(ctx)
		if err != nil {
			return err
		}
		if first != last+1 {
			return journal.ErrConflict
		}
	}
	if _, err = s.collection.InsertOne(ctx, d); mongo.IsDuplicateKeyError(err) {
		return journal.ErrConflict
	} else if err != nil {
		return fmt.Errorf("insert entry %d into MongoDB: %w", entries[0].Number, err)
	}
	s.learn(entries[len(entries)-1].Number)
	return nil
}

// learn remembers the last number of a document.
func (s *Store) learn(last uint64) {
	for known := s.known.Load(); last > known && !s.known.CompareAndSwap(known, last); known = s.known.Load() {
	}
}

// bounds returns the first and last number of the last document that begins at
// or below number, or of the last of all when number is nil; zeros when there
// is none.
func (s *Store) bounds(ctx context.Context, number *uint64) (first, last uint64, err error) {
	filter := bson.D{}
	if number != nil {
		filter = bson.D{{Key: "_id", Value: bson.D{{Key: "$lte", Value: int64(*number)}}}} //nolint:gosec // Numbers count up from 1.
	}
	var d struct {
		First int64 `bson:"_id"`
		Last  int64 `bson:"last"`
	}
	err = s.collection.FindOne(ctx, filter, options.FindOne().
		SetSort(bson.D{{Key: "_id", Value: -1}}).SetProjection(bson.D{{Key: "last", Value: 1}})).Decode(&d)
	switch {
	case errors.Is(err, mongo.ErrNoDocuments):
		return 0, 0, nil
	case err != nil:
		return 0, 0, fmt.Errorf("read MongoDB: %w", err)
	case d.First < 1 || d.Last < d.First:
		return 0, 0, &journal.ChainError{
			Number: uint64(max(d.First, 0)),
			Reason: fmt.Sprintf("its document says entries %d to %d", d.First, d.Last),
		}
	}
	first, last = uint64(d.First), uint64(d.Last) //nolint:gosec // Positive, as was just checked.
	s.learn(last)
	return first, last, nil
}

// Read implements [journal.Store]. It reads what a majority has.
func (s *Store) Read(ctx context.Context, after uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		if err := s.read(ctx, after, yield); err != nil {
			yield(journal.Entry{}, err)
		}
	}
}

// read yields the entries above after, and returns what to yield last.
func (s *Store) read(ctx context.Context, after uint64, yield func(journal.Entry, error) bool) error {
	from := after + 1
	if after > 0 && after != s.known.Load() { // It may lie within a document.
		first, last, err := s.bounds(ctx, &after)
		if err != nil {
			return err
		}
		if last > after {
			from = first
		}
	}
	cursor, err := s.collection.Find(ctx,
		bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: int64(from)}}}}, //nolint:gosec // Numbers count up from 1.
		options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		return fmt.Errorf("read MongoDB: %w", err)
	}
	defer cursor.Close(context.WithoutCancel(ctx)) //nolint:errcheck // The server drops it in time.
	next := from
	for cursor.Next(ctx) {
		entries, last, err := unpack(cursor.Current, next)
		for _, e := range entries {
			if e.Number > after && !yield(e, nil) {
				return nil
			}
		}
		if err != nil {
			return err
		}
		s.learn(last)
		next = last + 1
	}
	if err := cursor.Err(); err != nil {
		return fmt.Errorf("read MongoDB: %w", err)
	}
	return nil
}

// Wait implements [journal.Store]: by a change stream where the server has
// them, by looking again and again where it has none. It returns without a
// change after half a minute at the latest.
func (s *Store) Wait(ctx context.Context, after uint64) error {
	bounded, cancel := context.WithTimeout(ctx, waitAtMost)
	defer cancel()
	watched, err := false, error(nil)
	if s.streams {
		if watched, err = s.watch(bounded, after); !watched && bounded.Err() == nil {
			s.log.DebugContext(ctx, "mongo: no change stream, looking again and again instead", "error", s.redact(err))
		}
	}
	if !watched {
		err = s.look(bounded, after)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case bounded.Err() != nil:
		return nil
	}
	return err
}

// above reports whether there is an entry above after.
func (s *Store) above(ctx context.Context, after uint64) (bool, error) {
	last, err := s.Check(ctx)
	return last > after, err
}

// look asks every poll until there is an entry above after.
func (s *Store) look(ctx context.Context, after uint64) error {
	ticker := time.NewTicker(s.poll)
	defer ticker.Stop()
	for {
		if found, err := s.above(ctx, after); found || err != nil {
			return err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// watch opens a change stream first and looks second, so that no change falls
// between the two. watched is false when there is no stream to be had: not
// every account may open one.
func (s *Store) watch(ctx context.Context, after uint64) (watched bool, err error) {
	inserts := mongo.Pipeline{{{Key: "$match", Value: bson.D{{Key: "operationType", Value: "insert"}}}}}
	stream, err := s.collection.Watch(ctx, inserts)
	if err != nil {
		return false, fmt.Errorf("watch MongoDB: %w", err)
	}
	defer stream.Close(context.WithoutCancel(ctx)) //nolint:errcheck // The server drops it in time.
	if found, err := s.above(ctx, after); found || err != nil {
		return true, err
	}
	if !stream.Next(ctx) && stream.Err() != nil {
		return true, fmt.Errorf("watch MongoDB: %w", stream.Err())
	}
	return true, nil
}
