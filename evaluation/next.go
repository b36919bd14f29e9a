package evaluation

import (
	"slices"
	"time"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// NextStep is something that a person may do now.
type NextStep struct {
	Action  Action
	Label   lang.Text // For a button.
	Left    int       // How many items, votes or objections wait for it; 0 when it is not counted.
	Of      int       // Of how many, for scoring; otherwise 0.
	Until   Day       // Its last day; empty when it has none.
	Blocked error     // Why it cannot be done yet, a [lang.Problem]; nil when it can.
}

// NextSteps returns what the person may do in the cycle now: what is asked of
// them first, then the steps of the cycle with what stands in their way, then
// the rest. pol is the policy with everything that was adopted.
func (s State) NextSteps(pol *policy.Policy, c Cycle, who people.Person, now time.Time) []NextStep {
	var out []NextStep
	offer := func(n NextStep) {
		n.Label = n.Action.Label()
		out = append(out, n)
	}
	m, member := c.Member(who.User)
	member = member && !m.Gone() && people.Can(who, people.ScoreEvaluation)
	if member {
		s.duties(c, who.User, now, offer)
	}
	runs := people.Can(who, people.RunEvaluation)
	if runs {
		s.chores(c, offer)
	}
	seen := map[Action]bool{}
	for _, t := range Transitions() {
		if slices.Contains(t.From, c.Phase) && people.Can(who, t.By) && !seen[t.Action] {
			seen[t.Action] = true
			offer(NextStep{Action: t.Action, Until: c.until(), Blocked: s.Ready(pol, c, t.Action, now)})
		}
	}
	if runs && c.Phase != Preparing && !c.Phase.Over() {
		offer(NextStep{Action: ActDates})
		offer(NextStep{Action: ActLeave})
	}
	if (member || runs) && slices.Contains(within[ActStand], c.Phase) {
		offer(NextStep{Action: ActStand})
	}
	if c.Closed > 0 && people.Can(who, people.ReadEvaluation) {
		offer(NextStep{Action: ActResults})
	}
	switch { // What was on notice can be read from then on.
	case c.Phase == Noticed:
		offer(NextStep{Action: ActProposal, Until: c.Dates.NoticeUntil})
		if people.Can(who, people.ReadProgress) {
			offer(NextStep{Action: ActObject, Until: c.Dates.NoticeUntil})
		}
	case c.Phase == Deciding || c.Outcome != nil:
		offer(NextStep{Action: ActProposal})
	}
	return out
}

// duties offers what is asked of a member.
func (s State) duties(c Cycle, who people.UserID, now time.Time, offer func(NextStep)) {
	switch c.Phase {
	case Scoring:
		p, left := s.ProgressOf(c, who)
		_, closed := c.round(now)
		if p.Of > 0 {
			offer(NextStep{Action: ActScore, Left: len(left), Of: p.Of, Until: c.Dates.ScoringUntil, Blocked: closed})
		}
	case Second:
		p, _ := s.ProgressOf(c, who)
		if _, closed := c.round(now); p.Done > 0 {
			offer(NextStep{Action: ActRevise, Until: c.Dates.SecondUntil, Blocked: closed})
		}
	case Deliberating:
		if left, of := s.unvoted(c, who); of > 0 {
			offer(NextStep{Action: ActVote, Left: left, Of: of, Until: c.Dates.Deliberation})
		}
	default:
	}
}

// chores offers what is asked of the secretariat within the phase.
func (s State) chores(c Cycle, offer func(NextStep)) {
	switch c.Phase {
	case Preparing:
		offer(NextStep{Action: ActPrepare})
	case Deliberating:
		open, unmoved := 0, 0
		for _, i := range c.Items {
			switch m, ok := c.Motion(i.ID); {
			case ok && m.State == Voting:
				open++
			case !ok || !m.State.Decided():
				unmoved++
			}
		}
		if unmoved > 0 {
			offer(NextStep{Action: ActMove, Left: unmoved})
		}
		if open > 0 {
			offer(NextStep{Action: ActEndBallot, Left: open})
		}
		offer(NextStep{Action: ActMinute})
	case Noticed:
		open := 0
		for _, o := range c.Objections {
			if o.Answer == "" {
				open++
			}
		}
		if open > 0 {
			offer(NextStep{Action: ActAnswer, Left: open, Until: c.Dates.NoticeUntil})
		}
	default:
	}
}

// unvoted returns how many open ballots wait for the member's vote, and how
// many are open to them.
func (s State) unvoted(c Cycle, who people.UserID) (left, of int) {
	for _, i := range c.ItemsFor(who) {
		if m, ok := c.Motion(i.ID); ok && m.State == Voting {
			of++
			if !s.votes.Has(voteKey(c.ID, m.Ballot, who)) {
				left++
			}
		}
	}
	return left, of
}

// until returns the last day of the phase.
func (c Cycle) until() Day {
	switch c.Phase {
	case Opened:
		return c.Dates.ScoringFrom
	case Scoring:
		return c.Dates.ScoringUntil
	case Second:
		return c.Dates.SecondUntil
	case Deliberating:
		return c.Dates.Deliberation
	case Noticed:
		return c.Dates.NoticeUntil
	case Deciding:
		return c.Dates.Decision
	default:
		return ""
	}
}

// Duty is what a member still owes.
type Duty struct {
	Member  people.UserID
	Action  Action // [ActScore] or [ActVote].
	Left    int
	Of      int
	Until   Day
	Overdue bool // The last day is over.
}

// AskedAgain returns the items that the second round is for: those on which the
// first one left the members divided. It goes by figures over all that every
// member sees, so that nobody's own score follows from who is asked again.
func (s State) AskedAgain(c Cycle) []ItemID {
	if c.Phase != Second {
		return nil
	}
	var out []ItemID
	for _, r := range s.results(c).Items { // Of the first round, which is closed.
		if r.Divided {
			out = append(out, r.Item.ID)
		}
	}
	return out
}

// ScoredAgain returns how many of the items that the second round is for each
// member has scored in the first, in the order of their ids: those who have none
// of them are not among them.
func (s State) ScoredAgain(c Cycle) []Progress {
	asked := s.AskedAgain(c)
	var out []Progress
	for _, m := range c.Members {
		p := Progress{Member: m.User}
		for _, i := range c.ItemsFor(m.User) {
			if slices.Contains(asked, i.ID) && s.sheets.Has(sheetKey(c.ID, i.ID, m.User)) {
				p.Of++
			}
		}
		if p.Of > 0 {
			out = append(out, p)
		}
	}
	return out
}

// Outstanding returns who still owes what, in the order of the members' ids: for
// the reminders, and for the secretariat. It tells counts and no score. Nobody
// owes a change of scores in the second round.
func (s State) Outstanding(c Cycle, now time.Time) []Duty {
	var out []Duty
	for _, m := range c.Members {
		if m.Gone() {
			continue
		}
		d := Duty{Member: m.User, Until: c.until()}
		switch c.Phase {
		case Scoring:
			p, left := s.ProgressOf(c, m.User)
			d.Action, d.Left, d.Of = ActScore, len(left), p.Of
		case Deliberating:
			d.Action = ActVote
			d.Left, d.Of = s.unvoted(c, m.User)
		default:
		}
		if d.Left > 0 {
			d.Overdue = !now.Before(d.Until.End())
			out = append(out, d)
		}
	}
	return out
}

// Line is one line of what happened in a cycle.
type Line struct {
	At    time.Time
	By    people.UserID // Empty when it took place by its date.
	Item  ItemID        // Empty when it is about the whole, or about what follows.
	Words lang.Text

	Domain   policy.DomainID   // Of a recusal from a domain; or empty.
	District policy.DistrictID // Of a recusal from a district; or empty.
}

// AsOf returns when the last of what the cycle's proceedings tell happened. A
// report bears no later date, so that the same state gives the same file.
func (c Cycle) AsOf() time.Time {
	last := c.FrozenAt
	for _, line := range c.Proceedings() {
		if line.At.After(last) {
			last = line.At
		}
	}
	return last
}

// Proceedings returns what happened, in its order: steps, criteria that were
// renamed, moved dates, recusals, members who left, motions and their results, minutes and objections. It tells
// counts of votes, and no score.
func (c Cycle) Proceedings() []Line {
	var out []Line
	say := func(at time.Time, by people.UserID, item ItemID, words lang.Text) {
		out = append(out, Line{At: at, By: by, Item: item, Words: words})
	}
	for _, st := range c.Steps {
		words := lang.Tf("进入“%s”阶段", "now at: %s", st.To.Label())
		if st.Reason != "" {
			words = lang.Tf("%s（%s）", "%s (%s)", words, st.Reason)
		}
		say(st.At, st.By, "", words)
	}
	for _, r := range c.Renames {
		say(r.At, r.By, "", lang.Tf("标准“%s”改名为“%s”", "the criterion “%s” is called “%s” from then on", r.From, r.To))
	}
	for _, m := range c.Moves {
		say(m.At, m.By, "", lang.Tf("“%s”由%s改为%s（%s）", "“%s” moved from %s to %s (%s)", m.Date.Label(), m.From.Label(), m.To.Label(), m.Reason))
	}
	for _, r := range c.Recusals {
		say(r.At, r.By, "", lang.Tf("登记回避（%s）", "a member stands aside (%s)", r.Reason))
		out[len(out)-1].Domain, out[len(out)-1].District = r.Domain, r.District
	}
	for _, m := range c.Members {
		if m.Gone() {
			say(m.Left, m.User, "", lang.Tf("委员退出（%s）", "a member has left (%s)", m.Reason))
		}
	}
	for _, m := range c.Motions {
		say(m.At, m.By, m.Item, lang.Tf("提出表决：%s", "moved: %s", m.Verdict.Label()))
		if m.State != Voting {
			say(m.Closed, "", m.Item, lang.Tf("表决“%s”：%s；应到 %d，赞成 %d，反对 %d，弃权 %d", "vote to %s: %s; entitled %d, for %d, against %d, abstaining %d",
				m.Verdict.Label(), m.State.Label(), m.Tally.Entitled, m.Tally.For, m.Tally.Against, m.Tally.Abstain))
		}
	}
	for _, m := range c.Minutes {
		say(m.At, m.By, m.Item, lang.T(m.Text, m.Text))
	}
	for _, o := range c.Objections {
		say(o.At, o.By, o.Item, lang.Tf("异议 %d（%s）：%s", "objection %d (%s): %s", o.Number, o.From, o.Text))
		if o.Answer != "" {
			say(o.Answered, "", o.Item, lang.Tf("答复异议 %d：%s", "answer to objection %d: %s", o.Number, o.Answer))
		}
	}
	slices.SortStableFunc(out, func(a, b Line) int { return a.At.Compare(b.At) })
	return out
}
