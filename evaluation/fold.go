package evaluation

import (
	"fmt"
	"slices"
	"time"

	"wainao/journal"
	"wainao/people"
)

// The kinds of entries.
const (
	kindStarted  = "evaluation.cycle.started"
	kindSetUp    = "evaluation.setup.changed"
	kindDates    = "evaluation.dates.moved"
	kindLeft     = "evaluation.member.left"
	kindRecused  = "evaluation.recusal.made"
	kindLifted   = "evaluation.recusal.lifted"
	kindScored   = "evaluation.score.given"
	kindStep     = "evaluation.step.taken"
	kindMotion   = "evaluation.motion.put"
	kindVoted    = "evaluation.vote.cast"
	kindBallot   = "evaluation.ballot.closed"
	kindMinute   = "evaluation.minute.added"
	kindObjected = "evaluation.objection.made"
	kindAnswered = "evaluation.objection.answered"
	kindPolicy   = "evaluation.policy.adopted"
)

// Private reports whether entries of the kind hold a person's score or vote:
// their data belong neither into a log nor into an export.
func Private(kind string) bool { return kind == kindScored || kind == kindVoted }

type startedV1 struct {
	Cycle    CycleID       `json:"cycle"`
	Base     int           `json:"base"`
	Criteria []Criterion   `json:"criteria"`
	Rules    Rules         `json:"rules"`
	Items    []Item        `json:"items"`
	By       people.UserID `json:"by"`
}

// setUpV1 replaces what it names and leaves the rest.
type setUpV1 struct {
	Cycle      CycleID         `json:"cycle"`
	Criteria   []Criterion     `json:"criteria,omitempty"`
	Rules      *Rules          `json:"rules,omitempty"`
	Dates      *Dates          `json:"dates,omitempty"`
	Members    []people.UserID `json:"members,omitempty"`
	Items      []Item          `json:"items,omitempty"`
	NewDomains *[]NewDomain    `json:"new_domains,omitempty"`
	By         people.UserID   `json:"by"`
}

type moveV1 struct {
	Date DateName `json:"date"`
	From Day      `json:"from,omitempty"`
	To   Day      `json:"to,omitempty"`
}

type datesV1 struct {
	Cycle  CycleID       `json:"cycle"`
	Moves  []moveV1      `json:"moves"`
	Reason string        `json:"reason"`
	By     people.UserID `json:"by"`
}

type leftV1 struct {
	Cycle  CycleID       `json:"cycle"`
	Member people.UserID `json:"member"`
	Reason string        `json:"reason"`
	By     people.UserID `json:"by"`
}

type recusalV1 struct {
	Cycle CycleID `json:"cycle"`
	Recusal
}

type scoredV1 struct {
	Cycle  CycleID             `json:"cycle"`
	Round  int                 `json:"round"`
	Member people.UserID       `json:"member"`
	Item   ItemID              `json:"item"`
	Scores map[CriterionID]int `json:"scores"`
	Reason string              `json:"reason"`
}

type stepV1 struct {
	Cycle   CycleID       `json:"cycle"`
	Action  Action        `json:"action"`
	To      Phase         `json:"to"`
	By      people.UserID `json:"by,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Changes []Change      `json:"changes,omitempty"`
	Adopted *adoptedV1    `json:"adopted,omitempty"`
}

type motionV1 struct {
	Cycle   CycleID       `json:"cycle"`
	Item    ItemID        `json:"item"`
	Text    MotionText    `json:"text"`
	Advised Verdict       `json:"recommended,omitempty"`
	By      people.UserID `json:"by"`
}

type votedV1 struct {
	Cycle  CycleID       `json:"cycle"`
	Item   ItemID        `json:"item"`
	Ballot int           `json:"ballot"`
	Member people.UserID `json:"member"`
	Choice Choice        `json:"choice"`
}

type ballotV1 struct {
	Cycle  CycleID       `json:"cycle"`
	Item   ItemID        `json:"item"`
	Ballot int           `json:"ballot"`
	Tally  Tally         `json:"tally"`
	State  MotionState   `json:"state"`
	By     people.UserID `json:"by"`
}

type minuteV1 struct {
	Cycle CycleID       `json:"cycle"`
	Item  ItemID        `json:"item,omitempty"`
	Text  string        `json:"text"`
	By    people.UserID `json:"by"`
}

type objectedV1 struct {
	Cycle CycleID       `json:"cycle"`
	Item  ItemID        `json:"item,omitempty"`
	From  string        `json:"from"`
	Text  string        `json:"text"`
	By    people.UserID `json:"by"`
}

type answeredV1 struct {
	Cycle     CycleID       `json:"cycle"`
	Objection int           `json:"objection"`
	Answer    string        `json:"answer"`
	By        people.UserID `json:"by"`
}

// Apply returns the state behind e.
func (s State) Apply(e journal.Entry) (State, error) {
	switch e.Kind {
	case kindStarted:
		return fold(s, e, State.started)
	case kindSetUp:
		return fold(s, e, State.setUp)
	case kindDates:
		return fold(s, e, State.datesMoved)
	case kindLeft:
		return fold(s, e, State.left)
	case kindRecused:
		return fold(s, e, State.recused)
	case kindLifted:
		return fold(s, e, State.lifted)
	case kindScored:
		return fold(s, e, State.scored)
	case kindStep:
		return fold(s, e, State.stepped)
	case kindMotion:
		return fold(s, e, State.moved)
	case kindVoted:
		return fold(s, e, State.voted)
	case kindBallot:
		return fold(s, e, State.balloted)
	case kindMinute:
		return fold(s, e, State.minuted)
	case kindObjected:
		return fold(s, e, State.objected)
	case kindAnswered:
		return fold(s, e, State.answered)
	case kindPolicy:
		return fold(s, e, State.policyAdopted)
	}
	return s, nil
}

// moment is the entry that is folded, as far as the state keeps it.
type moment struct {
	number uint64
	at     time.Time
}

// fold decodes the data of an entry, which is of version 1, and adds it.
func fold[D any](s State, e journal.Entry, add func(State, D, moment) State) (State, error) {
	if e.Version != 1 {
		return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var d D
	if err := e.Decode(&d); err != nil {
		return s, err
	}
	return add(s, d, moment{e.Number, e.Time}), nil
}

// change replaces a cycle that there is.
func (s State) change(id CycleID, change func(*Cycle)) State {
	if c, ok := s.cycles.Get(id); ok {
		change(&c)
		s.cycles = s.cycles.Set(id, c)
	}
	return s
}

// add returns the list with one more, without touching the old list.
func add[T any](list []T, v T) []T { return append(slices.Clip(list), v) }

func (s State) started(d startedV1, m moment) State {
	s.cycles = s.cycles.Set(d.Cycle, Cycle{
		ID: d.Cycle, Phase: Preparing, Base: d.Base, Criteria: d.Criteria, Rules: d.Rules, Items: d.Items,
		Steps: []Step{{To: Preparing, By: d.By, At: m.at}},
	})
	return s
}

func (s State) setUp(d setUpV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		if d.Criteria != nil {
			for _, k := range d.Criteria {
				if old, ok := c.Criterion(k.ID); ok && old.Name != k.Name {
					c.Renames = add(c.Renames, Rename{Criterion: k.ID, From: old.Name, To: k.Name, By: d.By, At: m.at})
				}
			}
			c.Criteria = d.Criteria
		}
		if d.Rules != nil {
			c.Rules = *d.Rules
		}
		if d.Dates != nil {
			c.Dates = *d.Dates
		}
		if d.Members != nil {
			c.Members = make([]Member, 0, len(d.Members))
			for _, u := range d.Members {
				c.Members = append(c.Members, Member{User: u})
			}
			c.Recusals = slices.DeleteFunc(slices.Clone(c.Recusals), func(r Recusal) bool { return !slices.Contains(d.Members, r.Member) })
		}
		if d.Items != nil {
			c.Items = d.Items
		}
		if d.NewDomains != nil {
			c.NewDomains = *d.NewDomains
		}
	})
}

func (s State) datesMoved(d datesV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		for _, v := range d.Moves {
			c.Dates = c.Dates.With(v.Date, v.To)
			c.Moves = add(c.Moves, Move{Date: v.Date, From: v.From, To: v.To, Reason: d.Reason, By: d.By, At: m.at})
		}
	})
}

// left takes a member out. Scores of a round that is under way go with them,
// those of a closed one stay: they were given in good standing and told.
func (s State) left(d leftV1, m moment) State {
	s = s.change(d.Cycle, func(c *Cycle) {
		c.Members = slices.Clone(c.Members)
		for i := range c.Members {
			if c.Members[i].User == d.Member {
				c.Members[i].Left, c.Members[i].Reason = m.at, d.Reason
			}
		}
	})
	c, ok := s.cycles.Get(d.Cycle)
	if !ok {
		return s
	}
	for _, i := range c.Items {
		s = s.dropVote(c, i.ID, d.Member)
		key := sheetKey(c.ID, i.ID, d.Member)
		given, ok := s.sheets.Get(key)
		switch {
		case !ok:
		case c.Closed == 0:
			s.sheets = s.sheets.Delete(key)
		case c.Phase == Second:
			given.second = nil
			s.sheets = s.sheets.Set(key, given)
		}
	}
	return s
}

// recused voids what the member has scored and, in an open ballot, voted on
// whatever the recusal touches.
func (s State) recused(d recusalV1, m moment) State {
	r := d.Recusal
	r.At = m.at
	s = s.change(d.Cycle, func(c *Cycle) { c.Recusals = add(c.Recusals, r) })
	c, ok := s.cycles.Get(d.Cycle)
	if !ok {
		return s
	}
	for _, i := range c.Items {
		if r.Touches(i) {
			s = s.dropVote(c, i.ID, r.Member)
			s.sheets = s.sheets.Delete(sheetKey(c.ID, i.ID, r.Member))
		}
	}
	return s
}

func (s State) lifted(d recusalV1, _ moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		c.Recusals = slices.DeleteFunc(slices.Clone(c.Recusals), d.same)
	})
}

func (s State) scored(d scoredV1, m moment) State {
	c, ok := s.cycles.Get(d.Cycle)
	if !ok {
		return s
	}
	given := &sheet{scores: make([]int8, len(c.Criteria)), reason: d.Reason, at: m.at}
	for i, criterion := range c.Criteria {
		given.scores[i] = int8(d.Scores[criterion.ID]) //nolint:gosec // Between MinScore and MaxScore.
	}
	key := sheetKey(d.Cycle, d.Item, d.Member)
	both, _ := s.sheets.Get(key)
	if d.Round == 1 {
		both.first = given
	} else {
		both.second = given
	}
	s.sheets = s.sheets.Set(key, both)
	return s
}

func (s State) stepped(d stepV1, m moment) State {
	s = s.change(d.Cycle, func(c *Cycle) {
		c.Steps = add(c.Steps, Step{Action: d.Action, From: c.Phase, To: d.To, By: d.By, At: m.at, Reason: d.Reason})
		switch d.To {
		case Opened:
			c.Frozen, c.FrozenAt = m.number, m.at
		case Second:
			c.Closed = 1
		case Deliberating:
			c.Closed++
		case Adopted, Rejected:
			c.Outcome = &Outcome{Adopted: d.To == Adopted, By: d.By, At: m.at, Reason: d.Reason, Changes: d.Changes}
			if d.Adopted != nil && d.Adopted.Layout != nil {
				c.Outcome.Effective, c.Outcome.Layout = d.Adopted.Effective, d.Adopted.Layout.Version
			}
		default:
		}
		c.Phase = d.To
	})
	if d.Adopted != nil {
		adopted := *d.Adopted
		adopted.reason = d.Reason
		s.adopted = s.adopted.with(adopted)
	}
	return s
}

func (s State) moved(d motionV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		c.Motions = add(c.Motions, Motion{
			Ballot: len(c.Motions) + 1, Item: d.Item, MotionText: d.Text, Recommended: d.Advised, State: Voting, By: d.By, At: m.at,
		})
	})
}

func (s State) voted(d votedV1, _ moment) State {
	s.votes = s.votes.Set(voteKey(d.Cycle, d.Ballot, d.Member), d.Choice)
	return s
}

// dropVote takes back the member's vote on the item if it is being voted on.
func (s State) dropVote(c Cycle, i ItemID, m people.UserID) State {
	if v, ok := c.Motion(i); ok && v.State == Voting {
		s.votes = s.votes.Delete(voteKey(c.ID, v.Ballot, m))
	}
	return s
}

func (s State) balloted(d ballotV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		c.Motions = slices.Clone(c.Motions)
		for i := range c.Motions {
			if c.Motions[i].Ballot == d.Ballot {
				c.Motions[i].State, c.Motions[i].Tally, c.Motions[i].Closed = d.State, d.Tally, m.at
			}
		}
	})
}

func (s State) minuted(d minuteV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		c.Minutes = add(c.Minutes, Minute{Item: d.Item, Text: d.Text, By: d.By, At: m.at})
	})
}

func (s State) objected(d objectedV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		c.Objections = add(c.Objections, Objection{
			Number: len(c.Objections) + 1, Item: d.Item, From: d.From, Text: d.Text, By: d.By, At: m.at,
		})
	})
}

func (s State) answered(d answeredV1, m moment) State {
	return s.change(d.Cycle, func(c *Cycle) {
		c.Objections = slices.Clone(c.Objections)
		for i := range c.Objections {
			if c.Objections[i].Number == d.Objection {
				c.Objections[i].Answer, c.Objections[i].Answered = d.Answer, m.at
			}
		}
	})
}
