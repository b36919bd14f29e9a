package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
	"wainao/record"
	"wainao/storage/embedded"
	"wainao/tables"
)

// ExportOptions are what an export is to be.
type ExportOptions struct {
	Format string    // xlsx, csv or json; "" is xlsx.
	AsOf   string    // A day, 2026-09-30: all that was recorded until its end. "" is now.
	Lang   lang.Lang // Of the labels; JSON has both.
	Now    time.Time
}

// file returns the name that an export is saved under.
func (o ExportOptions) file(at time.Time, f tables.Format) string {
	return "wainao-ledger-" + string(ledger.DayOf(at)) + f.Ending()
}

// Export writes the configured journal's ledger to where open says, which is
// told a good file name, and returns as of when it is. It reads the journal's
// storage itself: with the embedded one, no bot may be running on it.
func Export(ctx context.Context, c Config, o ExportOptions, open func(name string) (io.WriteCloser, error)) (at time.Time, err error) {
	format, ok := tables.ParseFormat(o.Format)
	if !ok {
		return at, operatorsFault(fmt.Errorf("there is no format %q: use xlsx, csv or json\n没有“%s”这种格式：可以用 xlsx、csv、json", o.Format, o.Format))
	}
	at = o.Now
	if o.AsOf != "" {
		d, ok := ledger.ParseDay(o.AsOf)
		if !ok {
			return at, operatorsFault(fmt.Errorf("%q is not a date: write it as 2026-09-30\n“%s”不是日期：请写成 2026-09-30", o.AsOf, o.AsOf))
		}
		if at, ok = tables.EndOf(d, o.Now); !ok {
			return at, operatorsFault(fmt.Errorf("%s has not come yet\n%s还没到", string(d), string(d)))
		}
	}
	if c.Storage.MongoURI == "" {
		if _, err := os.Stat(filepath.Join(c.Storage.Data, embedded.FileName)); err != nil {
			return at, operatorsFault(fmt.Errorf("there is no journal in %s: name its folder with --data", c.Storage.Data))
		}
	}
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return at, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	j, err := journal.Open(ctx, record.State{}, journal.Options{Store: s})
	if err != nil {
		return at, err
	}
	state := j.State()
	if at.Before(o.Now) {
		past, err := j.StateAt(ctx, record.State{}, 0, at)
		if err != nil {
			return at, err
		}
		state = past.State
	}
	all := tables.Export(tables.Source{
		State: state, Policy: state.Policy(policy.Default()).At(at), Settings: c.Ledger.settings(), At: at, People: true,
	})
	w, err := open(o.file(at, format))
	if err != nil {
		return at, operatorsFault(err)
	}
	return at, errors.Join(format.Write(w, all, o.Lang, at), w.Close())
}
