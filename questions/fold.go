package questions

import (
	"fmt"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// The kinds of entries.
const (
	kindAsked     = "questions.question.unanswered"
	kindDismissed = "questions.question.dismissed"
	kindVerified  = "questions.answer.verified"
	kindRetracted = "questions.answer.retracted"
	kindRated     = "questions.answer.rated"
)

type askedV1 struct {
	Key  Key           `json:"key"`
	Text string        `json:"text"`
	By   people.UserID `json:"by"`
}

type dismissedV1 struct {
	Key Key           `json:"key"`
	By  people.UserID `json:"by"`
}

type verifiedV1 struct {
	Key      Key           `json:"key"`
	Question string        `json:"question"`
	Words    lang.Text     `json:"words"`
	Citation string        `json:"citation"`
	Expires  time.Time     `json:"expires"` // UTC.
	By       people.UserID `json:"by"`
}

type retractedV1 struct {
	Key Key           `json:"key"`
	By  people.UserID `json:"by"`
}

type ratedV1 struct {
	Key    Key           `json:"key"`
	Text   string        `json:"text"` // The question's wording.
	By     people.UserID `json:"by"`
	Useful bool          `json:"useful"`
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	switch e.Kind {
	case kindAsked:
		return fold(s, e, State.asked)
	case kindDismissed:
		return fold(s, e, State.dismissed)
	case kindVerified:
		return fold(s, e, State.answered)
	case kindRetracted:
		return fold(s, e, State.retracted)
	case kindRated:
		return fold(s, e, State.rated)
	}
	return s, nil
}

// fold decodes the data of an entry, which is of version 1, and adds it.
func fold[D any](s State, e journal.Entry, add func(State, D, time.Time) State) (State, error) {
	if e.Version != 1 {
		return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var d D
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	return add(s, d, e.Time), nil
}

func (s State) asked(d askedV1, at time.Time) State {
	g, ok := s.groups.Get(d.Key)
	if !ok || !g.dismissed.IsZero() { // What comes back begins anew.
		g = group{first: at}
	}
	g.text, g.last = d.Text, at
	g.count++
	g.askers = g.askers.Set(d.By, at)
	s.groups = s.groups.Set(d.Key, g)
	today := calendar.StartOfDay(at).UTC()
	n, _ := s.days.Get(d.By)
	if !n.start.Equal(today) {
		n = day{start: today}
	}
	n.n++
	s.days = s.days.Set(d.By, n)
	return s
}

func (s State) dismissed(d dismissedV1, at time.Time) State {
	if g, ok := s.groups.Get(d.Key); ok {
		g.dismissed = at
		s.groups = s.groups.Set(d.Key, g)
	}
	return s
}

func (s State) answered(d verifiedV1, at time.Time) State {
	s.groups = s.groups.Delete(d.Key)
	s.verified = s.verified.Set(d.Key, Verified{
		Key: d.Key, Question: d.Question, Words: d.Words, Citation: d.Citation, Expires: d.Expires, By: d.By, At: at,
	})
	return s
}

func (s State) retracted(d retractedV1, _ time.Time) State {
	s.verified = s.verified.Delete(d.Key)
	return s
}

// rated counts each person's last opinion.
func (s State) rated(d ratedV1, at time.Time) State {
	r, _ := s.ratings.Get(d.Key)
	r.Key, r.Text, r.Last = d.Key, d.Text, at
	v := voteOf(d.Key, d.By)
	if before, voted := s.votes.Get(v); voted {
		r = r.add(before, -1)
	}
	s.ratings = s.ratings.Set(d.Key, r.add(d.Useful, 1))
	s.votes = s.votes.Set(v, d.Useful)
	return s
}

func (r Rating) add(useful bool, n int) Rating {
	if useful {
		r.Useful += n
	} else {
		r.NotUseful += n
	}
	return r
}
