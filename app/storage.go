package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"wainao/journal"
	"wainao/lang"
	"wainao/storage/embedded"
	"wainao/storage/mongo"
)

// store is a journal's backend that must be closed.
type store interface {
	journal.Store
	io.Closer
}

// openStore opens the backend that the configuration names.
func openStore(ctx context.Context, c Config, o Options) (store, error) {
	if c.Storage.MongoURI != "" {
		s, err := mongo.Open(ctx, mongo.Options{
			URI: string(c.Storage.MongoURI), Database: c.Storage.Database, Collection: c.Storage.Collection, Log: o.Log,
		})
		if err != nil {
			return nil, openError(err, c)
		}
		return s, nil
	}
	if err := os.MkdirAll(c.Storage.Data, 0o700); err != nil {
		return nil, operatorsFault(fmt.Errorf("data folder: %w", err))
	}
	s, err := embedded.Open(filepath.Join(c.Storage.Data, embedded.FileName))
	if err != nil {
		return nil, openError(err, c)
	}
	return s, nil
}

// openError words an error of opening the storage for the operator.
func openError(err error, c Config) error {
	if errors.Is(err, embedded.ErrInUse) {
		return inUse(c.Storage.Data)
	}
	if p, ok := errors.AsType[*lang.Problem](err); ok {
		return operatorsFault(fmt.Errorf("%s\n%s", p.Words.EN, p.Words.ZH))
	}
	return fmt.Errorf("open storage: %w", err)
}

// inUse says that another process holds the data folder.
func inUse(dir string) error {
	return operatorsFault(fmt.Errorf("the data folder %s is in use by another wainao: stop that one, or choose another folder with --data\n数据文件夹 %s 正被另一个 wainao 使用：请先停止它，或用 --data 另选文件夹", dir, dir))
}

// Verify checks the journal's chain. The error names the first bad entry; the
// head is that of the entries before it.
func Verify(ctx context.Context, c Config) (journal.Head, error) {
	if c.Storage.MongoURI == "" {
		if _, err := os.Stat(filepath.Join(c.Storage.Data, embedded.FileName)); err != nil {
			return journal.Head{}, operatorsFault(fmt.Errorf("there is no journal in %s: name its folder with --data", c.Storage.Data))
		}
	}
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return journal.Head{}, err
	}
	defer s.Close() //nolint:errcheck // It was only read.
	return journal.Verify(ctx, s)
}
