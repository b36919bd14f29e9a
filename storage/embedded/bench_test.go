package embedded_test

import (
	"encoding/binary"
	"path/filepath"
	"testing"
	"time"

	"wainao/storage/embedded"
	"wainao/storage/storagetest"

	"go.etcd.io/bbolt"
)

func BenchmarkAppend(b *testing.B) {
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "raw.db"), 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	name := []byte("entries")
	if err := db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket(name)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	storagetest.BenchmarkAppend(b, open(b, filepath.Join(b.TempDir(), embedded.FileName)), func(number uint64, value []byte) error {
		return db.Update(func(tx *bbolt.Tx) error {
			return tx.Bucket(name).Put(binary.BigEndian.AppendUint64(nil, number), value)
		})
	})
}

func BenchmarkAppendGroup64(b *testing.B) {
	storagetest.BenchmarkAppendGroup(b, open(b, filepath.Join(b.TempDir(), embedded.FileName)))
}

func BenchmarkReplay100000(b *testing.B) {
	path := filepath.Join(b.TempDir(), embedded.FileName)
	storagetest.BenchmarkReplay(b, open(b, path), 100_000, path)
}
