// Package questions holds what the policy left unanswered: the questions that
// people asked in vain, the answers that the secretariat verified for them,
// and what people thought of the answers that they got.
//
// It decides what is worth keeping of a question, which verified answer holds
// at a moment, and who may write one. It never understands a question: two of
// them are equal when they have the same [Key], which the caller brings.
package questions

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Key is a question in a normal form: equal questions have equal keys. It is
// one line of at most [MaxKey] bytes, so that a button or a form can carry it.
type Key string

// Bounds of what is kept.
const (
	MaxKey      = 200 // Bytes of a key.
	MaxQuestion = 300 // Characters of a question's wording; what is longer is cut.
	MaxAnswer   = 900 // Characters of a verified answer, in each language.
	MaxCitation = 200 // Characters of a verified answer's citation.
)

// Spans of time.
const (
	CountEvery   = 24 * time.Hour      // A person's equal question counts again after this.
	DismissedFor = 90 * 24 * time.Hour // A dismissed question comes back when it is asked after this.
	maxYears     = 2                   // How long a verified answer may hold.
)

// PerDay is how many different unanswered questions of one person are kept in
// one day of Shanghai.
const PerDay = 30

// KeyOf returns the key for a question's normal form. A form that is too long
// is cut and told apart by its hash.
func KeyOf(normal string) Key {
	normal = strings.ReplaceAll(strings.ToValidUTF8(normal, "?"), "\n", " ")
	if len(normal) <= MaxKey {
		return Key(normal)
	}
	sum := sha256.Sum256([]byte(normal))
	tail := "#" + hex.EncodeToString(sum[:16])
	return Key(strings.ToValidUTF8(normal[:MaxKey-len(tail)], "") + tail)
}

// Unanswered is a question that waits for an answer, with all its wordings.
type Unanswered struct {
	Key    Key
	Text   string // The latest wording.
	Count  int    // How often it was asked; of one person, once in [CountEvery].
	People int    // By how many.
	First  time.Time
	Last   time.Time
}

// Verified is an answer that the secretariat wrote and stands for.
type Verified struct {
	Key      Key
	Question string // The wording that it was written for.
	Words    lang.Text
	Citation string    // Where it stands, as the secretariat wrote it.
	Expires  time.Time // The first moment at which it does not hold any more.
	By       people.UserID
	At       time.Time
}

// Holds reports whether the answer may be given at now.
func (v Verified) Holds(now time.Time) bool { return now.Before(v.Expires) }

// LastDay returns a moment of the last day on which the answer holds.
func (v Verified) LastDay() time.Time { return v.Expires.Add(-time.Nanosecond) }

// Rating is what people thought of the answer to a question.
type Rating struct {
	Key       Key
	Text      string // The latest wording of the question.
	Useful    int    // People who found it useful.
	NotUseful int    // People who did not.
	Last      time.Time
}

// State is what is known of questions at one moment. The zero State knows
// none.
type State struct {
	groups   journal.Table[Key, group]
	verified journal.Table[Key, Verified]
	ratings  journal.Table[Key, Rating]
	votes    journal.Table[vote, bool]
	days     journal.Table[people.UserID, day]
}

// group is an unanswered question as it is kept.
type group struct {
	text        string
	count       int
	first, last time.Time
	dismissed   time.Time // Zero when it waits.
	askers      journal.Table[people.UserID, time.Time]
}

// vote names one person's opinion of one answer.
type vote string

func voteOf(k Key, who people.UserID) vote { return vote(string(who) + "\x00" + string(k)) }

// day counts what one person asked in vain on one day.
type day struct {
	start time.Time
	n     int
}

func (g group) unanswered(k Key) Unanswered {
	return Unanswered{Key: k, Text: g.text, Count: g.count, People: g.askers.Len(), First: g.first, Last: g.last}
}

// asleep reports whether the question was dismissed and is not to come back
// yet.
func (g group) asleep(now time.Time) bool {
	return !g.dismissed.IsZero() && now.Before(g.dismissed.Add(DismissedFor))
}

// Open returns the questions that wait for an answer, what was asked most
// often first, then what was asked last.
func (s State) Open() []Unanswered {
	var out []Unanswered
	for k, g := range s.groups.All() {
		if g.dismissed.IsZero() {
			out = append(out, g.unanswered(k))
		}
	}
	slices.SortStableFunc(out, func(a, b Unanswered) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last))
	})
	return out
}

// Question returns the unanswered question with the key, whether it waits or
// was dismissed.
func (s State) Question(k Key) (Unanswered, bool) {
	g, ok := s.groups.Get(k)
	return g.unanswered(k), ok
}

// Waits reports whether the question is in the queue.
func (s State) Waits(k Key) bool {
	g, ok := s.groups.Get(k)
	return ok && g.dismissed.IsZero()
}

// Verified returns the verified answer to the question that holds at now.
func (s State) Verified(k Key, now time.Time) (Verified, bool) {
	v, ok := s.verified.Get(k)
	if !ok || !v.Holds(now) {
		return Verified{}, false
	}
	return v, true
}

// Written returns the newest verified answer to the question, even an expired
// one, as something to start from.
func (s State) Written(k Key) (Verified, bool) { return s.verified.Get(k) }

// AllVerified returns every verified answer that was not retracted, expired
// ones too, what expires first first.
func (s State) AllVerified() []Verified {
	out := make([]Verified, 0, s.verified.Len())
	for _, v := range s.verified.All() {
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b Verified) int { return a.Expires.Compare(b.Expires) })
	return out
}

// Worst returns the ratings of the answers that somebody did not find useful,
// most such people first.
func (s State) Worst() []Rating {
	var out []Rating
	for _, r := range s.ratings.All() {
		if r.NotUseful > 0 {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Rating) int {
		return cmp.Or(cmp.Compare(b.NotUseful, a.NotUseful), cmp.Compare(a.Useful, b.Useful), b.Last.Compare(a.Last))
	})
	return out
}

// RatingOf returns what people thought of the answer to the question.
func (s State) RatingOf(k Key) (Rating, bool) { return s.ratings.Get(k) }

// clean makes one line of a text and cuts it to n characters.
func clean(text string, n int) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if utf8.RuneCountInString(text) > n {
		text = string([]rune(text)[:n-1]) + "…"
	}
	return text
}
