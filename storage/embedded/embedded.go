// Package embedded keeps a journal in one file on the local disk, with bbolt.
//
// It decides that an entry is on the disk before it is acknowledged, and that
// one process at a time has the file. It never looks into an entry's data and
// is nothing for several replicas: those share a MongoDB.
package embedded

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"sync"
	"time"

	"wainao/journal"
	"wainao/lang"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// FileName is the name that the journal's file has in a data folder.
const FileName = "wainao.db"

// The problems of [Open] that a person can do something about. Compare with
// errors.Is; the words of the one that Open returns name the file.
var (
	// ErrInUse means that another process has the file open.
	ErrInUse = &lang.Problem{Code: "data_in_use"}
	// ErrNotOurs means that the file is damaged or was not written by Wainao.
	ErrNotOurs = &lang.Problem{Code: "data_not_ours"}
	// ErrNewer means that a newer version of Wainao wrote the file.
	ErrNewer = &lang.Problem{Code: "data_newer"}
)

const (
	format      = "1"                    // The version of the file's layout, under formatKey.
	lockTimeout = 300 * time.Millisecond // How long to try for another process's lock.
	readChunk   = 1000                   // Entries read in one transaction.
)

var (
	metaBucket    = []byte("wainao")
	formatKey     = []byte("format")
	entriesBucket = []byte("entries") // Number, 8 bytes big endian → the entry as JSON.
)

// Store is a [journal.Store] in one file. All methods are safe for concurrent
// use.
type Store struct {
	db *bbolt.DB

	mu      sync.Mutex
	changed chan struct{} // Closed and replaced after each append.
	closed  chan struct{}
	once    sync.Once
}

// Open opens the file, which it creates readable by its owner only when it is
// not there. The error is [ErrInUse], at once, while another process has the
// file, [ErrNotOurs] for a file that holds anything else or is damaged, and
// [ErrNewer] for one of a later version; its words are for the operator.
func Open(path string) (*Store, error) {
	db, err := openBolt(path)
	if err != nil {
		return nil, explain(path, err)
	}
	s := &Store{db: db, changed: make(chan struct{}), closed: make(chan struct{})}
	if err := s.prepare(path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// openBolt opens the file. bbolt checks its own pages by panicking.
func openBolt(path string) (db *bbolt.DB, err error) {
	defer func() {
		if p := recover(); p != nil {
			db, err = nil, fmt.Errorf("%w: %v", bolterrors.ErrInvalid, p)
		}
	}()
	return bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockTimeout, FreelistType: bbolt.FreelistMapType})
}

// explain gives the error of opening path words for the operator.
func explain(path string, err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return lang.Problemf(ErrInUse.Code,
			"数据文件 %s 正被另一个 Wainao 进程使用：请先停止那个进程，或用 --data 换一个文件夹。",
			"the data file %s is in use by another Wainao process: stop that one, or choose another folder with --data.", path)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch),
		errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrInvalidMapping):
		return notOurs(path)
	case errors.Is(err, fs.ErrNotExist):
		return lang.Problemf("data_folder_missing", "文件夹 %s 不存在。", "there is no folder %s.", filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission):
		return lang.Problemf("data_not_allowed", "没有读写 %s 的权限。", "no permission to read and write %s.", path)
	}
	return fmt.Errorf("open %s: %w", path, err)
}

func notOurs(path string) error {
	return lang.Problemf(ErrNotOurs.Code,
		"文件 %s 已损坏，或不是 Wainao 的数据文件：请恢复备份，或用 --data 换一个文件夹。",
		"the file %s is damaged or is not a data file of Wainao: restore a backup, or choose another folder with --data.", path)
}

// prepare checks whose file it is and lays out an empty one.
func (s *Store) prepare(path string) error {
	fresh := false
	err := s.db.View(func(tx *bbolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if meta == nil {
			if key, _ := tx.Cursor().First(); key != nil {
				return notOurs(path)
			}
			fresh = true
			return nil
		}
		switch v := string(meta.Get(formatKey)); {
		case v != "" && v != format:
			return lang.Problemf(ErrNewer.Code,
				"数据文件 %s 的格式是第 %s 版，这个程序只认识第 %s 版：请使用更新的 Wainao。",
				"the data file %s has format %s and this program knows format %s: use a newer Wainao.", path, v, format)
		case v == "" || tx.Bucket(entriesBucket) == nil:
			return notOurs(path)
		}
		return nil
	})
	if err != nil || !fresh {
		return err
	}
	return s.db.Update(func(tx *bbolt.Tx) error {
		meta, err := tx.CreateBucket(metaBucket)
		if err != nil {
			return fmt.Errorf("lay out %s: %w", path, err)
		}
		if err := meta.Put(formatKey, []byte(format)); err != nil {
			return fmt.Errorf("lay out %s: %w", path, err)
		}
		if _, err := tx.CreateBucket(entriesBucket); err != nil {
			return fmt.Errorf("lay out %s: %w", path, err)
		}
		return nil
	})
}

// Close releases the file. Closing twice is safe. Whoever waits is woken.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.db.Close()
}

func key(number uint64) []byte { return binary.BigEndian.AppendUint64(nil, number) }

// lastNumber returns the number of the last entry, 0 when there is none.
func lastNumber(tx *bbolt.Tx) uint64 {
	k, _ := tx.Bucket(entriesBucket).Cursor().Last()
	if len(k) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(k)
}

// Append implements [journal.Store]: one transaction, on the disk when it
// returns nil.
func (s *Store) Append(_ context.Context, entries []journal.Entry) error {
	if len(entries) == 0 {
		return errors.New("embedded: nothing to append")
	}
	values := make([][]byte, len(entries))
	for i, e := range entries {
		v, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("encode entry %d: %w", e.Number, err)
		}
		values[i] = v
	}
	err := s.db.Update(func(tx *bbolt.Tx) error {
		last := lastNumber(tx)
		bucket := tx.Bucket(entriesBucket)
		bucket.FillPercent = 1 // Keys only ever grow, so leave no room in the pages behind.
		for i, e := range entries {
			switch {
			case e.Number == last+1+uint64(i):
			case i == 0:
				return journal.ErrConflict
			default:
				return fmt.Errorf("entry %d follows entry %d", e.Number, entries[i-1].Number)
			}
			if err := bucket.Put(key(e.Number), values[i]); err != nil {
				return fmt.Errorf("put entry %d: %w", e.Number, err)
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, journal.ErrConflict):
		return journal.ErrConflict
	case err != nil:
		return fmt.Errorf("append to %s: %w", s.db.Path(), err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
	return nil
}

// Read implements [journal.Store]. It reads in pieces, so that a slow consumer
// does not hold a transaction open.
func (s *Store) Read(ctx context.Context, after uint64) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for next := after + 1; ; {
			entries, err := s.chunk(next)
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
				next = e.Number + 1
			}
			if err == nil && len(entries) == readChunk {
				err = ctx.Err()
			} else if err == nil {
				return
			}
			if err != nil {
				yield(journal.Entry{}, err)
				return
			}
		}
	}
}

// chunk returns up to readChunk entries from the one numbered from, and those
// before the first that it cannot read together with the error.
func (s *Store) chunk(from uint64) ([]journal.Entry, error) {
	entries := make([]journal.Entry, 0, readChunk)
	err := s.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(entriesBucket).Cursor()
		for k, v := c.Seek(key(from)); k != nil && len(entries) < readChunk; k, v = c.Next() {
			number := from + uint64(len(entries))
			var e journal.Entry
			if err := json.Unmarshal(v, &e); err != nil {
				return &journal.ChainError{Number: number, Reason: "it cannot be read: " + err.Error()}
			}
			if len(k) != 8 || binary.BigEndian.Uint64(k) != e.Number {
				return &journal.ChainError{Number: number, Reason: fmt.Sprintf("entry %d stands in the place of another", e.Number)}
			}
			entries = append(entries, e)
		}
		return nil
	})
	if err != nil {
		if _, broken := errors.AsType[*journal.ChainError](err); !broken {
			err = fmt.Errorf("read %s: %w", s.db.Path(), err)
		}
	}
	return entries, err
}

// Wait implements [journal.Store]. Only this process writes the file, so it
// waits without asking the disk.
func (s *Store) Wait(ctx context.Context, after uint64) error {
	s.mu.Lock()
	changed := s.changed
	s.mu.Unlock()
	var last uint64
	err := s.db.View(func(tx *bbolt.Tx) error {
		last = lastNumber(tx)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", s.db.Path(), err)
	}
	if last > after {
		return nil
	}
	select {
	case <-changed:
		return nil
	case <-s.closed:
		return fmt.Errorf("read %s: %w", s.db.Path(), bolterrors.ErrDatabaseNotOpen)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Check tells whether the file can be read, and how many entries it holds.
func (s *Store) Check(context.Context) (last uint64, err error) {
	err = s.db.View(func(tx *bbolt.Tx) error {
		last = lastNumber(tx)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", s.db.Path(), err)
	}
	return last, nil
}
