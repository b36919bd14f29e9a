package ledger

import (
	"time"

	"wainao/journal"
	"wainao/policy"
)

// The words of reports are kept by what they are asked for: what is to be
// coordinated, what stands in the way, and what comes next. Of each thing the
// newest report speaks: a later one that no longer names a problem has closed
// it.

// undated stands where a day would, behind all days.
const undated = "~"

func dayKey(d Day) string {
	if d == "" {
		return undated
	}
	return string(d)
}

// step is a next step that is announced.
type step struct {
	revisionOf
	troubled bool // The same report names a problem.
}

// speaks returns the revision whose words hold of a report that stands as r; it
// has no id when none does. One that waits speaks before it counts: whoever
// shows its words says so.
func (s State) speaks(r Report) Report {
	if r.Status == Submitted || r.Status == Accepted {
		return r
	}
	accepted, _ := s.Revision(r.ID, r.Accepted) // There is no revision 0.
	return accepted
}

// hear puts a report's words in the place of those before. Either may be none,
// which its empty id says.
func (s State) hear(before, r Report) State {
	var lines []string
	for _, one := range []Report{before, r} {
		if line := one.line(); one.ID != "" && (len(lines) == 0 || lines[0] != line) {
			lines = append(lines, line)
		}
	}
	for _, line := range lines {
		s = s.mark(line, false)
	}
	if before.ID != "" {
		s.tells = s.tells.Delete(tellKey(before))
	}
	if r.ID != "" {
		s.tells = s.tells.Set(tellKey(r), revisionOf{r.ID, r.Revision})
	}
	for _, line := range lines {
		s = s.mark(line, true)
	}
	return s
}

// tellKey orders the reports of a line by their periods: their ids begin with
// them, and a line has one report in a period.
func tellKey(r Report) string { return r.line() + "\x00" + string(r.ID) }

// mark puts what a line's newest report says where it is asked for, or takes it
// away.
func (s State) mark(line string, on bool) State {
	var last revisionOf
	for _, at := range s.tells.Prefix(line + "\x00") {
		last = at
	}
	r, ok := s.Revision(last.id, last.revision)
	if !ok {
		return s
	}
	if c := r.Words.Coordination; c != (Coordination{}) {
		s.asks = turned(s.asks, on, dayKey(c.Until)+"|"+line, last)
	}
	next := dayKey(r.Words.Next.Until) + "|" + line
	if r.Words.Problems != "" {
		s.troubles = turned(s.troubles, on, next, last)
	}
	if r.Words.Next.Until != "" {
		s.steps = turned(s.steps, on, next, step{last, r.Words.Problems != ""})
	}
	return s
}

func turned[V any](t journal.Table[string, V], on bool, key string, v V) journal.Table[string, V] {
	if on {
		return t.Set(key, v)
	}
	return t.Delete(key)
}

// counted is what counted of an indicator at a moment.
type counted struct {
	indicator policy.IndicatorID
	value     float64
	has       bool
	year      int // Of an official figure.
}

// kept is for how long what counted is kept.
const kept = 15 * 24 * time.Hour

// remember keeps what counted before the first review of an hour, for what
// changed since.
func (s State) remember(at time.Time) State {
	hour := timeKey(at.Truncate(time.Hour))
	if s.past.Has(hour) {
		return s
	}
	var gone []string
	oldest := timeKey(at.Add(-kept))
	for key := range s.past.All() {
		if key >= oldest {
			break
		}
		gone = append(gone, key)
	}
	for _, key := range gone {
		s.past = s.past.Delete(key)
	}
	s.past = s.past.Set(hour, s.whatCounts(at.Truncate(time.Hour)))
	return s
}

// whatCounts returns what counts now of every indicator.
func (s State) whatCounts(at time.Time) []counted {
	var out []counted
	for _, i := range policy.Default().Indicators {
		c := counted{indicator: i.ID}
		if i.Takes != policy.TakesValue {
			n := s.tally(i, anyone, anyone, at).Accepted
			c.value, c.has = float64(n), n > 0
		} else if series := Series(s, City, Whole, Yearly); len(series) > 0 {
			last := series[len(series)-1]
			c.value, c.has, c.year = last.Value.Yi(), true, last.Year
		}
		out = append(out, c)
	}
	return out
}

// before returns what counted when the hour of a moment began; nothing when
// nobody reviewed anything since, for then it is what counts now.
func (s State) before(at time.Time) ([]counted, bool) {
	hour := timeKey(at.Truncate(time.Hour))
	for key, was := range s.past.All() {
		if key >= hour {
			return was, true
		}
	}
	return nil, false
}
