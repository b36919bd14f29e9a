package app_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"wainao/storage/embedded"
)

// tamper changes a word in the journal's file behind the journal's back. Both
// words have the same length.
func tamper(t *testing.T, dir, from, to string) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, embedded.FileName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	changed := 0
	err = db.Update(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			found := map[string][]byte{}
			if err := b.ForEach(func(k, v []byte) error {
				if bytes.Contains(v, []byte(from)) {
					found[string(k)] = bytes.ReplaceAll(v, []byte(from), []byte(to))
				}
				return nil
			}); err != nil {
				return err
			}
			for k, v := range found {
				changed++
				if err := b.Put([]byte(k), v); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil || changed == 0 {
		t.Fatalf("changed %d entries: %v", changed, err)
	}
}
