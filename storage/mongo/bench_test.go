package mongo_test

import (
	"testing"

	"wainao/storage/mongo/mongotest"
	"wainao/storage/storagetest"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

func BenchmarkAppend(b *testing.B) {
	uri := mongotest.Start(b)
	raw := rawCollection(b, uri, "raw").Clone(options.Collection().SetWriteConcern(writeconcern.Majority()))
	storagetest.BenchmarkAppend(b, open(b, uri, "bench"), func(number uint64, value []byte) error {
		_, err := raw.InsertOne(b.Context(), bson.D{{Key: "_id", Value: int64(number)}, {Key: "value", Value: value}})
		return err
	})
}

func BenchmarkAppendGroup64(b *testing.B) {
	storagetest.BenchmarkAppendGroup(b, open(b, mongotest.Start(b), "bench"))
}

func BenchmarkReplay10000(b *testing.B) {
	storagetest.BenchmarkReplay(b, open(b, mongotest.Start(b), "bench"), 10_000, "")
}
