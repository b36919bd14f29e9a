package delivery

import (
	"fmt"
	"strings"
	"time"

	"wainao/lang"
)

// Quiet are hours in which nothing is posted, on the clock of a zone, in
// minutes since midnight. They may go over midnight. The zero Quiet is none.
type Quiet struct {
	From int `json:"from"`
	To   int `json:"to"`
}

const minutesADay = 24 * 60

// ParseQuiet reads quiet hours as "22:00-08:00"; nothing is none. The error is
// a [lang.Problem].
func ParseQuiet(s string) (Quiet, error) {
	s = strings.NewReplacer("：", ":", "－", "-", "–", "-", "—", "-", "至", "-", "~", "-", " ", "").Replace(s)
	if s == "" {
		return Quiet{}, nil
	}
	from, to, ok := strings.Cut(s, "-")
	first, ok1 := minutes(from)
	last, ok2 := minutes(to)
	q := Quiet{From: first, To: last}
	if !ok || !ok1 || !ok2 || q.check() != nil || q.IsZero() {
		return Quiet{}, badQuiet(s)
	}
	return q, nil
}

func badQuiet(s string) error {
	return lang.Problemf("bad_quiet", "“%s”不是免打扰时段，请写成 22:00-08:00。", "“%s” are no quiet hours; write them as 22:00-08:00.", clip(s))
}

// minutes reads "08:00".
func minutes(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	return t.Hour()*60 + t.Minute(), err == nil
}

// IsZero reports whether there are no quiet hours.
func (q Quiet) IsZero() bool { return q == Quiet{} }

// String writes the hours as [ParseQuiet] reads them.
func (q Quiet) String() string {
	if q.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", q.From/60, q.From%60, q.To/60, q.To%60)
}

func (q Quiet) check() error {
	if q.IsZero() || q.From >= 0 && q.To >= 0 && q.From < minutesADay && q.To < minutesADay && q.From != q.To {
		return nil
	}
	return badQuiet(fmt.Sprintf("%d-%d", q.From, q.To))
}

// end returns the first moment from t on that is not in the quiet hours of the
// zone: t itself when it is not.
func (q Quiet) end(t time.Time, zone *time.Location) time.Time {
	if q.IsZero() {
		return t
	}
	s := Schedule{zone: zone}
	local := s.naive(t)
	clock := local.Hour()*60 + local.Minute()
	length := (q.To - q.From + minutesADay) % minutesADay
	since := (clock - q.From + minutesADay) % minutesADay
	if since >= length {
		return t
	}
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
	last := midnight.Add(time.Duration(q.To) * time.Minute)
	if clock >= q.To {
		last = last.AddDate(0, 0, 1)
	}
	if end := s.place(last); end.After(t) {
		return end
	}
	return t // The clock was put forward over the end.
}
