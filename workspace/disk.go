package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// ErrInUse means that another process holds the data folder.
var ErrInUse = errors.New("workspace data folder is in use by another process")

// lockWait is how long New waits for a data file that another process holds.
// A process that is just ending gives it back within that time.
const lockWait = 300 * time.Millisecond

const (
	fileName      = "workspace.db"
	filesFolder   = "files"
	formatVersion = "1"
)

// The buckets of the data file.
const (
	bucketMeta     = "meta"     // format version, last timestamp
	bucketPeople   = "people"   // user id → what differs from the seed
	bucketMessages = "messages" // channel id/timestamp → message
	bucketFiles    = "files"    // file id → file
	bucketHomes    = "homes"    // user id → published Home
	bucketMembers  = "members"  // channel id → members
	bucketOutbox   = "outbox"   // number → event that the app has not acknowledged
)

var buckets = []string{bucketMeta, bucketPeople, bucketMessages, bucketFiles, bucketHomes, bucketMembers, bucketOutbox}

// record is one change of the data file: a value to put, or nil to delete.
type record struct {
	bucket, key string
	value       []byte
}

// disk keeps what must outlive the process. Changes are queued in the order in
// which they happened and written in groups: whoever waits first writes all
// that has been queued until then, in one transaction, for everybody. A disk
// without a file keeps nothing.
type disk struct {
	db *bbolt.DB

	queueMu sync.Mutex
	queue   []record
	queued  uint64 // changes ever queued

	writeMu sync.Mutex
	written uint64 // changes ever written; guarded by writeMu
}

// openDisk opens the data file in dir, and creates both when they are missing.
// An empty dir keeps everything in memory. It returns ErrInUse when another
// process has the file.
func openDisk(dir string) (*disk, error) {
	if dir == "" {
		return &disk{}, nil
	}
	if err := os.MkdirAll(filepath.Join(dir, filesFolder), 0o700); err != nil {
		return nil, fmt.Errorf("create workspace data folder: %w", err)
	}
	path := filepath.Join(dir, fileName)
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, fmt.Errorf("open %s: %w", path, ErrInUse)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		meta := tx.Bucket([]byte(bucketMeta))
		switch v := string(meta.Get([]byte("format"))); v {
		case "":
			return meta.Put([]byte("format"), []byte(formatVersion))
		case formatVersion:
			return nil
		default:
			return fmt.Errorf("%s has format %q, this program reads %q", fileName, v, formatVersion)
		}
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare %s: %w", path, err), db.Close())
	}
	return &disk{db: db}, nil
}

// put queues v as JSON. It returns the ticket to wait for.
func (d *disk) put(bucket, key string, v any) (uint64, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return 0, fmt.Errorf("encode %s %s: %w", bucket, key, err)
	}
	return d.enqueue(record{bucket, key, raw}), nil
}

// enqueue queues changes in the order of its calls.
func (d *disk) enqueue(records ...record) uint64 {
	d.queueMu.Lock()
	defer d.queueMu.Unlock()
	if d.db != nil {
		d.queue = append(d.queue, records...)
	}
	d.queued += uint64(len(records))
	return d.queued
}

// wait returns once the change with that ticket, and all before it, are on
// disk.
func (d *disk) wait(ticket uint64) error {
	if d.db == nil {
		return nil
	}
	d.writeMu.Lock()
	defer d.writeMu.Unlock()
	if d.written >= ticket {
		return nil
	}
	d.queueMu.Lock()
	group, upTo := d.queue, d.queued
	d.queue = nil
	d.queueMu.Unlock()

	err := d.db.Update(func(tx *bbolt.Tx) error {
		for _, r := range group {
			b := tx.Bucket([]byte(r.bucket))
			if r.value == nil {
				if err := b.Delete([]byte(r.key)); err != nil {
					return err
				}
				continue
			}
			if err := b.Put([]byte(r.key), r.value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		// The changes stay queued, so that the next writer tries them again.
		d.queueMu.Lock()
		d.queue = append(group, d.queue...)
		d.queueMu.Unlock()
		return fmt.Errorf("write %s: %w", fileName, err)
	}
	d.written = upTo
	return nil
}

// flush writes all that is queued.
func (d *disk) flush() error {
	d.queueMu.Lock()
	upTo := d.queued
	d.queueMu.Unlock()
	return d.wait(upTo)
}

// each calls f for every value of a bucket, in the order of the keys.
func (d *disk) each(bucket string, f func(key string, value []byte) error) error {
	if d.db == nil {
		return nil
	}
	return d.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error {
			if err := f(string(k), v); err != nil {
				return fmt.Errorf("read %s %s: %w", bucket, k, err)
			}
			return nil
		})
	})
}

func (d *disk) close() error {
	if d.db == nil {
		return nil
	}
	return errors.Join(d.flush(), d.db.Close())
}
