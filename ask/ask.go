package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/policy"
)

// Status says what became of a question.
type Status string

// The statuses.
const (
	Answered  Status = "answered"  // the policy or the ledger answers it.
	Ambiguous Status = "ambiguous" // it has several readings, offered as suggestions.
	Unknown   Status = "unknown"   // the policy does not answer it, or it was not understood.
)

// Question is what a person typed.
type Question struct {
	Text string
	// Lang is the language of the answer when the text does not tell.
	Lang lang.Lang
	// Thread names the conversation that the question belongs to. Questions
	// with an empty Thread have none and are understood by themselves.
	Thread string
}

// View is what an answer is given from.
type View struct {
	// Policy is the policy in force at the moment, with every version of the
	// layout; nil means the one that the engine was made of.
	Policy *policy.Policy
	// At is the moment as of which the answer is given. A question about the
	// layout of another year is answered by the layout of that year.
	At time.Time
	// Facts are the live figures; nil when there are none.
	Facts Facts
	// Memory holds the threads' last questions; nil when nothing is remembered.
	Memory *Memory
}

// Scope says which reports a figure is about. The zero DomainID or DistrictID
// means all of them.
type Scope struct {
	Indicator policy.IndicatorID
	Domain    policy.DomainID
	District  policy.DistrictID
}

// Figure is what has been counted in a scope. What nobody reported is not 0:
// it is absent, and then the number says nothing.
type Figure struct {
	Accepted    float64 // counted: accepted, without duplicates, still valid. Of output, in 亿元.
	HasAccepted bool    // something has been accepted.
	Pending     float64 // reported and awaiting review, never part of Accepted.
	HasPending  bool
	AsOf        time.Time // when the last thing that it counts happened; zero when nothing did.
}

// Reporting says which districts have reported for a period.
type Reporting struct {
	Reported []policy.DistrictID // in administrative order, accepted and pending alike.
	Pending  int                 // reports of the period that await review.
	Accepted int                 // reports of the period that were accepted.
}

// Facts are the live figures of the ledger, as of the moment that the View is
// of. Whoever implements it decides what counts.
type Facts interface {
	// Figure returns what has been counted in the scope.
	Figure(Scope) Figure
	// Reporting returns who has reported for the period.
	Reporting(calendar.Period) Reporting
	// Standings returns how the targets with a number stand against their paths,
	// by year and as printed.
	Standings() []Standing
}

// Pace says how a target stands against the path that was adopted for it.
type Pace string

// The paces. A target without a path or without data has none, which is never
// taken for on track.
const (
	PaceOnTrack Pace = "on-track"
	PaceWatch   Pace = "watch"
	PaceBehind  Pace = "behind"
	PaceStale   Pace = "stale" // what is known is too old to tell.
	PaceNone    Pace = "none"
)

// Standing is how one target stands.
type Standing struct {
	Indicator policy.IndicatorID
	Year      int // of the target.
	Pace      Pace
	Label     lang.Text // the word for it, which may tell more.
}

// Suggestion is a question that a person may ask next with one click.
type Suggestion struct {
	Label    lang.Text // a few words.
	Question lang.Text // the question itself, which the engine answers.
}

// Found is one phrase of a question that was recognised.
type Found struct {
	Text  string // as typed.
	Start int    // its first byte in the question.
	End   int    // behind its last byte.
	Kind  string // "domain", "district", "cue", …
	ID    string
	How   string // "name", "pinyin", "homophone", "spelling".
}

// Explanation says how an answer came about.
type Explanation struct {
	Found    []Found
	Unknown  []string // phrases that were not recognised.
	Reading  string   // what was understood, with ids.
	Rule     string   // the rule that answered.
	Like     string   // the phrasing of the bank that decided, if one did.
	FollowUp bool     // the thread's last question was used.
}

// Answer is an answer in both languages.
type Answer struct {
	Status Status
	Lang   lang.Lang   // the language to show first.
	Head   lang.Text   // one line that answers.
	Lines  []lang.Text // details, each one line.
	Cites  []policy.Citation
	Next   []Suggestion
	// List reports that a list was asked for, so that Lines may be many.
	List bool
	// Key is the question in normal form: equal for questions that were
	// understood alike, and for unknown ones that use the same words.
	Key     string
	Explain Explanation
}

// Plain returns the answer as plain text in the language: the line that
// answers, the details, and the places in the policy. An answer that asks back
// or refuses also names what can be asked instead.
func (a Answer) Plain(l lang.Lang) string {
	var b strings.Builder
	b.WriteString(a.Head.In(l))
	for _, line := range a.Lines {
		b.WriteString("\n" + line.In(l))
	}
	if len(a.Cites) > 0 {
		b.WriteString("\n" + sourceLine(a.Cites).In(l))
	}
	if a.Status != Answered && len(a.Next) > 0 {
		b.WriteString("\n" + lang.T("可以问：", "You can ask:").In(l))
		for _, s := range a.Next {
			b.WriteString("\n• " + s.Question.In(l))
		}
	}
	return b.String()
}

// once leaves out lines that say what the head or a line before says: what two
// terms have in common is told for each of them.
func (a *Answer) once() {
	said := map[lang.Text]bool{a.Head: true}
	a.Lines = slices.DeleteFunc(a.Lines, func(l lang.Text) bool {
		again := said[l]
		said[l] = true
		return again
	})
}

// sourceLine writes the citations in one line.
func sourceLine(cites []policy.Citation) lang.Text {
	places := make([]lang.Text, len(cites))
	for i, c := range cites {
		places[i] = c.Place
	}
	return lang.Tf("出处：%s", "Source: %s", join(places, lang.T("；", "; ")))
}

// maxQuestion is the length of a question, in characters, beyond which it is
// not read: longer than a page of anybody's question, short enough to be
// understood in well under a millisecond.
const maxQuestion = 2000

// Engine understands questions about one policy, and about the versions of it
// that are in force later. It may be used by many at once.
type Engine struct {
	pol    *policy.Policy
	layout policy.Layout // In force with the policy; of a policy without adoptions, the latest.
	others *versions
	lex    *lexicon
	index  *index
	// basics are industries that the facts list, by name: id of the fact.
	basics    map[string]string
	fragments []fragment
}

// New builds the index of the policy's names and texts.
func New(pol *policy.Policy) (*Engine, error) {
	if pol == nil || len(pol.Domains) == 0 || len(pol.Districts) == 0 {
		return nil, fmt.Errorf("ask: the policy holds no domains or no districts")
	}
	e, err := newEngine(pol)
	if err != nil {
		return nil, err
	}
	e.others = new(versions)
	return e, nil
}

func newEngine(pol *policy.Policy) (*Engine, error) {
	e := &Engine{pol: pol, layout: pol.InForce(), lex: newLexicon(pol)}
	e.basics, e.fragments = newBasics(pol, e.lex), newFragments(pol)
	var err error
	if e.index, err = newIndex(pol, e.lex); err != nil {
		return nil, err
	}
	return e, nil
}

// Answer answers the question. It depends on nothing but the question, the
// view and, for a question in a thread, what the view's Memory holds; the
// thread's memory is the only thing that it changes.
func (e *Engine) Answer(q Question, v View) Answer {
	e = e.of(v.Policy)
	l := lang.DetectOr(q.Text, q.Lang)
	if l != lang.EN {
		l = lang.ZH
	}
	s := &speaker{engine: e, pol: e.pol, view: v, layout: e.pol.LayoutAt(v.At)}
	if tooLong(q.Text) {
		a := s.tooLong()
		a.punctuate()
		a.Lang = l
		a.Key, a.Explain.Rule = "too-long", "too-long"
		return a
	}
	t := newText(withoutOwnPieces(q.Text))
	mentions := e.lex.scan(t)
	r := newReading(t, mentions)
	if len(mentions) == 0 && q.Lang != "" {
		l = q.Lang // nothing in it is known: its letters tell no language.
	}
	if r.latinPinyin() {
		l = lang.ZH
	}
	// Of what people tell beside their question as little is read as makes sense.
	var f frame
	var like likeness
	var followed bool
	least := []*reading{e.focus(r), e.asking(r), r}
	if _, ok := e.chooseGist(r, r.base()); ok {
		least = least[1:]
	}
	if c, placed, ok := e.direct(r); ok && !r.foreignTopic() {
		if f, like, followed = e.understand(c, q, v); !followed && e.answers(c, placed, f, like) {
			r, least = c, nil
		}
	}
	if c, ok := e.directHan(r); ok && !r.foreignTopic() {
		for _, c := range []*reading{e.focus(c), c} {
			if f, like, followed = e.understand(c, q, v); followed || e.answers(c, false, f, like) {
				r, least = c, nil
				break
			}
		}
	}
	if least != nil {
		if c, ok := e.surest(r); ok && !r.foreignTopic() {
			if f, like, followed = e.understand(c, q, v); !followed && e.answers(c, false, f, like) {
				if _, not := e.missed(r, f); !not {
					r, least = c, nil
				}
			}
		}
	}
	for _, c := range least {
		if f, like, followed = e.understand(c, q, v); followed || c == r || f.rule != ruleUnknown && f.rule != ruleChoose {
			r = c
			break
		}
	}
	if got, ok := e.missed(r, f); ok && !f.gist() {
		f, like = got, likeness{}
	}
	if at, ok := e.layoutDay(r, f, v.At); ok {
		s.layout, s.pol, s.past = e.pol.LayoutAt(at), e.pol.At(at), true
	}
	a := s.tell(r, &f)
	a.once()
	a.punctuate()
	a.Lang = l
	a.Key = f.key()
	a.Explain = r.explain()
	a.Explain.Reading, a.Explain.Rule, a.Explain.FollowUp = f.key(), string(f.rule), followed
	a.Explain.Like = like.String()
	if q.Thread != "" && v.Memory != nil && f.memorable() {
		v.Memory.put(q.Thread, f)
	}
	return a
}

// understand decides what is asked: by the rules or, in a thread, by the question
// before, and by the phrasings of the bank, one of which may have decided.
func (e *Engine) understand(r *reading, q Question, v View) (f frame, like likeness, followed bool) {
	e.ofDocument(r)
	e.grouped(r)
	base := r.base()
	f = e.rules(r, base)
	if q.Thread != "" && v.Memory != nil {
		if last, ok := v.Memory.get(q.Thread); ok {
			if f, followed = e.follow(r, f, last); followed {
				return f, like, true
			}
		}
	}
	f, like = e.settle(r, base, f)
	if got, by, ok := e.part(r, f); ok {
		f, like = got, by
	}
	f = e.dated(r, f, v.At.In(policy.Zone).Year())
	if f.rule == ruleTarget && len(f.years) == 1 && slices.Contains(e.pol.TargetYears(), f.years[0]) && len(f.indicators) == 1 && containsAny(r.t.buf, "both", "两个目标", "两个数", "两个年份", "两头都") {
		f.years = nil // one of the two years was named, and both are wanted.
	}
	if got, ok := e.joined(r, f); ok {
		f, like = got, likeness{}
	}
	if e.beside(r, f) {
		f, like = unknown(r), likeness{}
	}
	if got, ok := e.quoted(r, f); ok {
		f, like = got, likeness{}
	}
	return f, like, false
}

// layoutDay returns the moment as of which a layout is asked for, when that is
// not now: 2024年的布局, 上个月谁负责元宇宙, "who led it in November?".
func (e *Engine) layoutDay(r *reading, f frame, now time.Time) (time.Time, bool) {
	switch f.rule {
	case ruleLayout, ruleLead, ruleDistrict, ruleFocus, ruleCheckPair, ruleDistricts, ruleCount:
	default:
		return time.Time{}, false // Other answers do not depend on the layout's version.
	}
	if slices.ContainsFunc(r.years, func(y int) bool { return slices.Contains(e.pol.TargetYears(), y) }) {
		return time.Time{}, false
	}
	var since time.Time
	if l := e.pol.LayoutAt(now); l.Version > 1 {
		since = l.Effective
	}
	if at, ok := r.askedDay(now, since); ok {
		return at, true
	}
	if len(r.years) == 1 && r.years[0] != now.In(policy.Zone).Year() {
		_, end := span(r.years[0], 1, 12)
		return end.Add(-time.Second), true
	}
	return time.Time{}, false
}

// tooLong counts characters without reading more than it must.
func tooLong(s string) bool {
	if len(s) <= maxQuestion {
		return false
	}
	n := 0
	for range s {
		if n++; n > maxQuestion {
			return true
		}
	}
	return false
}
