package evaluation

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// CycleID names a cycle by its year: "2026".
type CycleID string

// Label writes the cycle: 2026年度评估, 2026 evaluation.
func (c CycleID) Label() lang.Text { return lang.Tf("%s年度评估", "%s evaluation", string(c)) }

// cite says where what the cycle adopted is decided.
func (c CycleID) cite() policy.Citation { return policy.Citation{Place: c.Label()} }

// Cycle is one year's evaluation, without the scores and votes: what is in it,
// all who may see the cycle may see. It is a value: nobody changes its slices.
type Cycle struct {
	ID         CycleID
	Phase      Phase
	Base       int // The version of the layout that is judged.
	Criteria   []Criterion
	Rules      Rules
	Dates      Dates
	Items      []Item // In the order in which they are shown.
	NewDomains []NewDomain
	Members    []Member // In the order of their ids.
	Recusals   []Recusal

	// Frozen is the number of the entry by which the cycle was opened. It judges
	// the journal's state at that number: what comes later is shown and not
	// counted. It is 0 until then.
	Frozen   uint64
	FrozenAt time.Time

	Renames    []Rename
	Closed     int // Rounds of scoring that are closed.
	Steps      []Step
	Moves      []Move
	Motions    []Motion // One for each ballot, in the order in which they were put.
	Minutes    []Minute
	Objections []Objection
	Outcome    *Outcome // Once decided.
}

// Member is somebody who scores and votes in a cycle.
type Member struct {
	User   people.UserID
	Left   time.Time // When they left; zero while they are in.
	Reason string    // Why they left.
}

// Gone reports whether the member has left.
func (m Member) Gone() bool { return !m.Left.IsZero() }

// Step is one change of the phase.
type Step struct {
	Action   Action
	From, To Phase
	By       people.UserID // Empty when it took place by its date.
	At       time.Time
	Reason   string
}

// Move is a date that was moved after the cycle was opened.
type Move struct {
	Date     DateName
	From, To Day
	Reason   string
	By       people.UserID
	At       time.Time
}

// Rename is a criterion that was given another name before the cycle was opened.
type Rename struct {
	Criterion CriterionID
	From, To  lang.Text
	By        people.UserID
	At        time.Time
}

// Minute is one entry of the minutes.
type Minute struct {
	Item ItemID // Empty when it is about the whole.
	Text string
	By   people.UserID
	At   time.Time
}

// Objection is what somebody objected during the public notice.
type Objection struct {
	Number   int    // From 1.
	Item     ItemID // Empty when it is about the whole.
	From     string // Whose it is, in words.
	Text     string
	By       people.UserID // Who recorded it.
	At       time.Time
	Answer   string // Empty until it is answered.
	Answered time.Time
}

// Outcome is how a cycle was decided.
type Outcome struct {
	Adopted   bool
	By        people.UserID
	At        time.Time
	Reason    string
	Effective Day // First day of the new layout; empty when the layout stays.
	Layout    int // The version that was adopted; 0 when the layout stays.
	Changes   []Change
}

// Change is what becomes of an item.
type Change struct {
	Item    ItemID    `json:"item"`
	Verdict Verdict   `json:"verdict"`
	Focus   lang.Text `json:"focus"` // From then on; zero for what is not in the layout.
}

// State is every cycle, with its scores and votes, at one moment. The zero
// State has none.
type State struct {
	cycles  journal.Table[CycleID, Cycle]
	sheets  journal.Table[string, sheets] // By [sheetKey].
	votes   journal.Table[string, Choice] // By [voteKey].
	adopted *adoptions                    // Nil when nothing was adopted.
}

func sheetKey(c CycleID, i ItemID, m people.UserID) string {
	return itemKey(c, i) + string(m)
}

func itemKey(c CycleID, i ItemID) string { return string(c) + "\x00" + string(i) + "\x00" }

// Cycle returns the cycle with the id.
func (s State) Cycle(id CycleID) (Cycle, bool) { return s.cycles.Get(id) }

// Cycles returns all cycles, the newest year first.
func (s State) Cycles() []Cycle {
	var out []Cycle
	for _, c := range s.cycles.Backward() {
		out = append(out, c)
	}
	return out
}

// Current returns the cycle that is under way; ok is false when there is none.
// There is never more than one.
func (s State) Current() (Cycle, bool) {
	for _, c := range s.cycles.Backward() {
		if !c.Phase.Over() {
			return c, true
		}
	}
	return Cycle{}, false
}

// Previous returns the newest cycle before the one with the id whose scores
// were told, for last year's figures; ok is false when there is none.
func (s State) Previous(id CycleID) (Cycle, bool) {
	for _, c := range s.cycles.Backward() {
		if c.ID < id && c.Closed > 0 && c.Phase != Cancelled {
			return c, true
		}
	}
	return Cycle{}, false
}

// Item returns the item with the id.
func (c Cycle) Item(id ItemID) (Item, bool) {
	i := slices.IndexFunc(c.Items, func(i Item) bool { return i.ID == id })
	if i < 0 {
		return Item{}, false
	}
	return c.Items[i], true
}

// Member returns the member with the user id, also one who has left.
func (c Cycle) Member(user people.UserID) (Member, bool) {
	i := slices.IndexFunc(c.Members, func(m Member) bool { return m.User == user })
	if i < 0 {
		return Member{}, false
	}
	return c.Members[i], true
}

// Recused returns why the member stands aside from the item.
func (c Cycle) Recused(user people.UserID, i Item) (Recusal, bool) {
	n := slices.IndexFunc(c.Recusals, func(r Recusal) bool { return r.Member == user && r.Touches(i) })
	if n < 0 {
		return Recusal{}, false
	}
	return c.Recusals[n], true
}

// Judges returns the members who may score the item and vote on it: those who
// have not left and do not stand aside.
func (c Cycle) Judges(i Item) []people.UserID {
	var out []people.UserID
	for _, m := range c.Members {
		if _, aside := c.Recused(m.User, i); !aside && !m.Gone() {
			out = append(out, m.User)
		}
	}
	return out
}

// ItemsFor returns the items that the member may score and vote on.
func (c Cycle) ItemsFor(user people.UserID) []Item {
	m, ok := c.Member(user)
	if !ok || m.Gone() {
		return nil
	}
	var out []Item
	for _, i := range c.Items {
		if _, aside := c.Recused(user, i); !aside {
			out = append(out, i)
		}
	}
	return out
}

// Judged reports whether what happened at the moment is among what the cycle
// judges. What came later is shown as an amendment and not counted. Before the
// cycle is opened, everything is.
func (c Cycle) Judged(at time.Time) bool { return c.FrozenAt.IsZero() || !at.After(c.FrozenAt) }
