package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/record"
	"wainao/storage/embedded"
)

// operator is who the journal says has done what the command line does.
const operator = "operator"

// ImportYear writes a year's days off and make-up workdays, in YAML, into the
// journal, so that everything that shares it has them. news is false when the
// journal says the same already.
func ImportYear(ctx context.Context, c Config, raw []byte) (y calendar.Year, news bool, err error) {
	y, err = calendar.ParseYear(raw)
	if err != nil {
		return y, false, inBoth(err)
	}
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return y, false, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	j, err := journal.Open(ctx, record.State{}, journal.Options{Store: s})
	if err != nil {
		return y, false, err
	}
	entries, err := j.Update(ctx, operator, func(s record.State, now time.Time) ([]journal.Draft, error) {
		return calendar.Import(s.Calendar, y, now)
	})
	if err != nil {
		return y, false, fmt.Errorf("import %d: %w", y.Year, inBoth(err))
	}
	return y, len(entries) > 0, nil
}

// CalendarDays returns the days that the configured journal knows; without a
// journal, those that come with the program.
func CalendarDays(ctx context.Context, c Config) (days calendar.Days, err error) {
	if c.Storage.MongoURI == "" {
		if _, err := os.Stat(filepath.Join(c.Storage.Data, embedded.FileName)); errors.Is(err, fs.ErrNotExist) {
			return calendar.Days{}, nil
		}
	}
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return days, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	j, err := journal.Open(ctx, record.State{}, journal.Options{Store: s})
	if err != nil {
		return days, err
	}
	return j.State().Calendar, nil
}

// inBoth words a problem for the operator, in both languages.
func inBoth(err error) error {
	if p, ok := errors.AsType[*lang.Problem](err); ok {
		return operatorsFault(fmt.Errorf("%s\n%s", p.Words.EN, p.Words.ZH))
	}
	return err
}
