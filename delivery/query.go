package delivery

import (
	"encoding/base64"
	"iter"

	"wainao/calendar"
	"wainao/journal"
)

// Filter says which deliveries are wanted; a zero field wants any.
type Filter struct {
	Job     JobName
	To      Recipient
	Status  Status
	Trouble bool          // Those that did not arrive although they should have: failed or missed.
	Day     calendar.Date // The day in Shanghai on which it was planned.
	Before  Cursor        // The [Page.Next] of the page before.
	Limit   int           // Of a page: [DefaultPage] when zero, [MaxPage] at most.
}

// Bounds of a page.
const (
	DefaultPage = 20
	MaxPage     = 100
	maxScan     = 5000 // Deliveries looked at for one page.
)

// Cursor is where a page ends. It stays good while new deliveries come.
type Cursor string

// Page is a part of the deliveries that were asked for, the newest first.
type Page struct {
	Deliveries []Delivery
	Next       Cursor // Of the next page; empty when nothing more is to be seen.
}

// Query returns deliveries, and slots that did not run, the newest first. It
// never looks through the whole history: when few of many match, a page may
// hold fewer than its limit, or none, and still have a next one.
func (s State) Query(f Filter) Page {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultPage
	}
	limit = min(limit, MaxPage)
	end := atEnd
	if f.Day != "" {
		end = placeOf(f.Day.Add(1).Start(), 0)
	}
	if at, ok := f.Before.place(); ok && at < end {
		end = at
	}
	var p Page
	scanned := 0
	for id := range s.index(f, end) {
		d, _ := s.deliveries.Get(id)
		if d.place() >= end {
			continue
		}
		if f.Day != "" && d.Planned.Before(f.Day.Start()) {
			return p
		}
		if len(p.Deliveries) == limit || scanned == maxScan {
			// The page behind begins with this one.
			p.Next = cursorOf(placeOf(d.Planned, d.seq+1))
			return p
		}
		scanned++
		if f.wants(d) {
			p.Deliveries = append(p.Deliveries, d)
		}
	}
	return p
}

// Deliveries returns all deliveries, and slots that did not run, the newest
// first. It looks through the whole history; see [State.Query].
func (s State) Deliveries() []Delivery {
	var out []Delivery
	for id := range s.all.before("", atEnd) {
		d, _ := s.deliveries.Get(id)
		out = append(out, d)
	}
	return out
}

// index yields the deliveries among which those of the filter are, the newest
// first, from about the place on: those of which the fewest have to be looked
// at.
func (s State) index(f Filter, end place) iter.Seq[ID] {
	switch {
	case f.To != "":
		return s.toRecipient.before(f.To.prefix(), end)
	case f.Trouble || f.Status == Failed || f.Status == Missed:
		return before(s.trouble, end)
	case f.Status == Planned || f.Status == Claimed:
		return before(s.open, end)
	case f.Job != "":
		return s.ofJob.before(f.Job.prefix(), end)
	}
	return s.all.before("", end)
}

func before(t journal.Table[place, ID], end place) iter.Seq[ID] {
	return func(yield func(ID) bool) {
		for _, id := range t.Before(end) {
			if !yield(id) {
				return
			}
		}
	}
}

func (f Filter) wants(d Delivery) bool {
	return (f.Job == "" || d.Job == f.Job) && (f.To == "" || d.To == f.To) &&
		(f.Status == "" || d.Status == f.Status) && (!f.Trouble || d.Trouble())
}

// InTrouble returns how many deliveries failed or were missed and were not sent
// again since.
func (s State) InTrouble() int { return s.trouble.Len() }

func cursorOf(p place) Cursor { return Cursor(base64.RawURLEncoding.EncodeToString([]byte(p))) }

// place returns where the cursor stands; ok is false for none, and for what is
// no cursor.
func (c Cursor) place() (p place, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(string(c))
	return place(raw), err == nil && len(raw) == placeLen
}
