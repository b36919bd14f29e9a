package mongo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/storage/mongo"
	"wainao/storage/mongo/mongotest"
	"wainao/storage/storagetest"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func TestMain(m *testing.M) {
	storagetest.Child(func(ctx context.Context, address string) (storagetest.Store, error) {
		uri, database, _ := strings.Cut(address, " ")
		return mongo.Open(ctx, mongo.Options{URI: uri, Database: database})
	})
	os.Exit(m.Run())
}

// TestConformance runs the suite over the real wire protocol, on a server that
// the test builds and starts.
func TestConformance(t *testing.T) {
	t.Parallel()
	conform(t, mongotest.Start(t))
}

// TestConformanceOnAServer runs the suite on a server of your own.
func TestConformanceOnAServer(t *testing.T) {
	t.Parallel()
	uri := os.Getenv("MONGODB_URI")
	if uri == "" {
		t.Skip("MONGODB_URI is not set")
	}
	conform(t, uri)
}

func conform(t *testing.T, uri string) {
	t.Helper()
	storagetest.Run(t, func(t *testing.T) storagetest.Place {
		database := "wainao_test_" + strings.ToLower(rand.Text()[:12])
		collection := rawCollection(t, uri, database)
		t.Cleanup(func() {
			if err := collection.Database().Drop(context.WithoutCancel(t.Context())); err != nil {
				t.Errorf("drop %s: %v", database, err)
			}
		})
		return storagetest.Place{
			Address: uri + " " + database,
			Open:    func(t testing.TB) storagetest.Store { return open(t, uri, database) },
			Tamper:  func(t testing.TB, number uint64) { edit(t, collection, number, "data", `"sEcond"`) },
			Garble:  func(t testing.TB, number uint64) { edit(t, collection, number, "hash", "no hash") },
		}
	})
}

func open(t testing.TB, uri, database string) *mongo.Store {
	t.Helper()
	s, err := mongo.Open(t.Context(), mongo.Options{URI: uri, Database: database, Poll: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func rawCollection(t testing.TB, uri, database string) *driver.Collection {
	t.Helper()
	client, err := driver.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Disconnect(context.WithoutCancel(t.Context())) })
	return client.Database(database).Collection(mongo.DefaultCollection)
}

// edit changes one field of an entry in its document.
func edit(t testing.TB, c *driver.Collection, number uint64, field string, value any) {
	t.Helper()
	var d bson.M
	err := c.FindOne(t.Context(), bson.D{{Key: "_id", Value: bson.D{{Key: "$lte", Value: int64(number)}}}},
		options.FindOne().SetSort(bson.D{{Key: "_id", Value: -1}})).Decode(&d)
	if err != nil {
		t.Fatal(err)
	}
	entries := d["entries"].(bson.A)
	entry := entries[int64(number)-d["_id"].(int64)].(bson.D)
	for i := range entry {
		if entry[i].Key == field {
			if entry[i].Value == value {
				t.Fatalf("%s of entry %d is %v already", field, number, value)
			}
			entry[i].Value = value
		}
	}
	result, err := c.UpdateByID(t.Context(), d["_id"], bson.D{{Key: "$set", Value: bson.D{{Key: "entries", Value: entries}}}})
	if err != nil || result.ModifiedCount != 1 {
		t.Fatalf("edit entry %d: %v, %+v", number, err, result)
	}
}

func TestAWriteIsOneReadableDocument(t *testing.T) {
	t.Parallel()
	uri := mongotest.Start(t)
	s := open(t, uri, "readable")
	e := journal.Entry{
		Number: 1, ID: "x", Time: time.Date(2026, 11, 23, 1, 2, 3, 4e6, time.UTC), Actor: "U1",
		Kind: "ledger.report.submitted", Version: 1, Data: []byte(`{"name":"加氢站"}`),
	}
	e.Hash = e.Sum()
	if err := s.Append(t.Context(), []journal.Entry{e}); err != nil {
		t.Fatal(err)
	}
	var got bson.D
	if err := rawCollection(t, uri, "readable").FindOne(t.Context(), bson.D{}).Decode(&got); err != nil {
		t.Fatal(err)
	}
	text, err := bson.MarshalExtJSON(got, false, false)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"_id":1,"last":1,"entries":[{"number":1,"id":"x","time":{"$date":"2026-11-23T01:02:03.004Z"},"actor":"U1",` +
		`"kind":"ledger.report.submitted","version":1,"data":"{\"name\":\"加氢站\"}","prev":"` + journal.Hash{}.String() +
		`","hash":"` + e.Hash.String() + `"}]}`
	if string(text) != want {
		t.Errorf("document (got, want):\n%s\n%s", text, want)
	}
	if n, err := s.Check(t.Context()); n != 1 || err != nil {
		t.Errorf("Check = %d, %v; want 1", n, err)
	}
}

func TestOpenSaysWhatIsWrongAndNeverThePassword(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t"
	for name, tt := range map[string]struct {
		uri  string
		want *lang.Problem
	}{
		"no scheme":         {"localhost/" + secret, mongo.ErrAddress},
		"empty":             {"", mongo.ErrAddress},
		"bad escape":        {"mongodb://user:" + secret + "%zz@localhost/", mongo.ErrAddress},
		"unescaped at sign": {"mongodb://user:" + secret + "@" + secret + "@localhost:1/", mongo.ErrAddress},
		"bad option":        {"mongodb://user:" + secret + "@localhost/?w=majority&authMechanism=" + secret, mongo.ErrAddress},
		"nobody there":      {"mongodb://user:" + secret + "@127.0.0.1:1/?serverSelectionTimeoutMS=50", mongo.ErrUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := mongo.Open(t.Context(), mongo.Options{URI: tt.uri})
			p, ok := errors.AsType[*lang.Problem](err)
			if !ok || !errors.Is(err, tt.want) || !p.Words.Complete() {
				t.Fatalf("got %v, want %s", err, tt.want.Code)
			}
			if strings.Contains(p.Words.ZH+p.Words.EN+err.Error(), secret) {
				t.Errorf("the password stands in %q", p.Words.EN)
			}
		})
	}
}

func TestWhenTheServerGoesNothingIsAcknowledged(t *testing.T) {
	t.Parallel()
	uri := mongotest.Start(t)
	s := open(t, uri, "gone")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	e := journal.Entry{Number: 1, ID: "x", Kind: "k", Version: 1, Data: []byte(`{}`)}
	if err := s.Append(t.Context(), []journal.Entry{e}); err == nil || errors.Is(err, journal.ErrConflict) {
		t.Errorf("Append gave %v, want an error that is no conflict", err)
	}
	if err := s.Wait(t.Context(), 0); err == nil {
		t.Error("Wait gave no error")
	}
	for _, err := range s.Read(t.Context(), 0) {
		if err == nil {
			t.Error("Read gave an entry")
		}
	}
}

func TestWaitWithoutAChangeStream(t *testing.T) {
	t.Parallel()
	uri := mongotest.Start(t)
	s, other := open(t, uri, "streamless"), open(t, uri, "streamless")
	s.PretendStreams() // As on a replica set that refuses the account a stream.
	e := journal.Entry{Number: 1, ID: "x", Kind: "k", Version: 1, Data: []byte(`{}`)}
	e.Hash = e.Sum()
	waited := make(chan error, 1)
	go func() { waited <- s.Wait(t.Context(), 0) }()
	if err := other.Append(t.Context(), []journal.Entry{e}); err != nil {
		t.Fatal(err)
	}
	if err := <-waited; err != nil {
		t.Errorf("Wait: %v", err)
	}
}
