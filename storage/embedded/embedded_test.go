package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wainao/lang"
	"wainao/storage/embedded"
	"wainao/storage/storagetest"

	"go.etcd.io/bbolt"
)

func TestMain(m *testing.M) {
	storagetest.Child(func(_ context.Context, address string) (storagetest.Store, error) { return embedded.Open(address) })
	os.Exit(m.Run())
}

func TestConformance(t *testing.T) {
	t.Parallel()
	storagetest.Run(t, func(t *testing.T) storagetest.Place {
		path := filepath.Join(t.TempDir(), embedded.FileName)
		return storagetest.Place{
			Address: path, Exclusive: true,
			Open: func(t testing.TB) storagetest.Store { return open(t, path) },
			Tamper: func(t testing.TB, number uint64) {
				edit(t, path, number, func(v string) string { return strings.Replace(v, `"data":"second"`, `"data":"sEcond"`, 1) })
			},
			Garble: func(t testing.TB, number uint64) {
				edit(t, path, number, func(v string) string { return v[:len(v)/2] })
			},
		}
	})
}

func open(t testing.TB, path string) *embedded.Store {
	t.Helper()
	s, err := embedded.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// edit changes one entry's record in the file itself.
func edit(t testing.TB, path string, number uint64, change func(string) string) {
	t.Helper()
	withBolt(t, path, func(tx *bbolt.Tx) error {
		key := []byte{0, 0, 0, 0, 0, 0, 0, byte(number)}
		bucket := tx.Bucket([]byte("entries"))
		old := string(bucket.Get(key))
		changed := change(old)
		if changed == old {
			t.Errorf("entry %d was not changed: %s", number, old)
		}
		return bucket.Put(key, []byte(changed))
	})
}

func withBolt(t testing.TB, path string, change func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestOneProcessAtATime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), embedded.FileName)
	release := storagetest.Hold(t, path)
	_, err := embedded.Open(path)
	if !errors.Is(err, embedded.ErrInUse) {
		t.Fatalf("got %v, want ErrInUse", err)
	}
	if p, ok := errors.AsType[*lang.Problem](err); !ok || !p.Words.Complete() || !strings.Contains(p.Words.ZH, path) {
		t.Errorf("%v has no words for the operator", err)
	}
	release()
	open(t, path)
}

func TestFilesThatAreNotOurs(t *testing.T) {
	t.Parallel()
	other := func(t *testing.T, path string) {
		withBolt(t, path, func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket([]byte("recipes"))
			return err
		})
	}
	write := func(content string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name string
		make func(*testing.T, string)
		want *lang.Problem
	}{
		{"a text", write("hello"), embedded.ErrNotOurs},
		{"a longer text", write(strings.Repeat("hello ", 10_000)), embedded.ErrNotOurs},
		{"another program's database", other, embedded.ErrNotOurs},
		{"both heads overwritten", func(t *testing.T, path string) {
			open(t, path).Close()
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteAt(make([]byte, 2*os.Getpagesize()), 0); err != nil {
				t.Fatal(err)
			}
		}, embedded.ErrNotOurs},
		{"a newer format", func(t *testing.T, path string) {
			open(t, path).Close()
			withBolt(t, path, func(tx *bbolt.Tx) error { return tx.Bucket([]byte("wainao")).Put([]byte("format"), []byte("2")) })
		}, embedded.ErrNewer},
		{"a folder that is not there", func(t *testing.T, path string) {
			if err := os.Remove(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}, &lang.Problem{Code: "data_folder_missing"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "data", embedded.FileName)
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			tt.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := embedded.Open(path)
			if s != nil || !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %s", err, tt.want.Code)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestTheFileIsTheOwnersOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), embedded.FileName)
	s := open(t, path)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, want 0600", info.Mode().Perm())
	}
	if n, err := s.Check(t.Context()); n != 0 || err != nil {
		t.Errorf("Check = %d, %v", n, err)
	}
	waited := make(chan error, 1)
	go func() { waited <- s.Wait(t.Context(), 0) }()
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if err := <-waited; err == nil {
		t.Error("Wait on a closed store gave no error")
	}
	if _, err := s.Check(t.Context()); err == nil {
		t.Error("Check on a closed store gave no error")
	}
}
