package evaluation

import (
	"maps"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// PrivacyNotice tells members before they score who sees what and when.
func PrivacyNotice() lang.Text {
	return lang.T(
		"你的打分和理由只有你自己能看到，其他委员和秘书处都看不到，也不会写入日志或导出。一轮结束后只公布汇总：每个事项的人数、均值、中位数、四分位数和离散程度，"+
			"以及不署名、打乱顺序的理由；不足 3 人打分的事项不公布数字。第二轮的打分表里列出中位数、四分位数和你自己的打分。表决时只公布票数。",
		"Only you see your scores and reasons: no other member, not the secretariat, no log and no export. When a round is closed, only figures over all are told: for each item the number, mean, "+
			"median, quartiles and spread, and the reasons without names and in no one's order; with fewer than 3 scores an item's figures are not told. The form of the second round shows median, "+
			"quartiles and your own scores. Of votes only the counts are told.")
}

// sheet is what one member gave one item in one round. It never changes.
type sheet struct {
	scores []int8 // In the order of the cycle's criteria.
	reason string
	at     time.Time
}

// sheets are what one member gave one item.
type sheets struct{ first, second *sheet }

// in returns what counts when so many rounds are closed or open.
func (s sheets) in(round int) *sheet {
	if round >= 2 && s.second != nil {
		return s.second
	}
	return s.first
}

// weighted returns the score over all criteria, from 0 to 10.
func (s sheet) weighted(all []Criterion) float64 {
	sum := 0
	for i, c := range all {
		sum += c.Weight * int(s.scores[i])
	}
	return float64(sum) / 100
}

// Sheet is what a member gave an item, as only that member sees it.
type Sheet struct {
	Item     ItemID
	Round    int
	Scores   map[CriterionID]int
	Weighted float64 // From 0 to 10.
	Reason   string
	At       time.Time
}

func (s sheet) sheet(c Cycle, i ItemID, round int) Sheet {
	out := Sheet{Item: i, Round: round, Scores: map[CriterionID]int{}, Weighted: s.weighted(c.Criteria), Reason: s.reason, At: s.at}
	for n, criterion := range c.Criteria {
		out.Scores[criterion.ID] = int(s.scores[n])
	}
	return out
}

// Score keeps what a member gives an item: a whole number from [MinScore] to
// [MaxScore] for every criterion, and a reason. Until the round is closed and
// its last day is over it may be given again; the last one counts. In the second
// round only what the member scored in the first can be changed. There is no
// draft when it was given just so already.
//
// The error is a [lang.Problem]: who may not, "no_cycle", "scoring_not_open",
// "scoring_closed" behind the last day or the close, "not_member", "has_left",
// "no_item", "stood_aside" or "no_first_score"; or [lang.FieldProblems] by the
// criteria's ids and "reason".
func Score(s State, who people.Person, id CycleID, item ItemID, scores map[CriterionID]int, reason string, now time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.ScoreEvaluation); err != nil {
		return nil, err
	}
	c, ok := s.cycles.Get(id)
	if !ok {
		return nil, errNoCycle(id)
	}
	round, err := c.round(now)
	if err != nil {
		return nil, err
	}
	if err := c.mayJudge(who, item); err != nil {
		return nil, err
	}
	given, _ := s.sheets.Get(sheetKey(id, item, who.User))
	if round == 2 && given.first == nil {
		return nil, lang.Problemf("no_first_score", "第二轮只能调整第一轮打过分的事项。", "The second round is for changing what you scored in the first.")
	}
	reason = clean(reason)
	problems := lang.FieldProblems{}
	for _, criterion := range c.Criteria {
		v, ok := scores[criterion.ID]
		switch {
		case !ok:
			problems[string(criterion.ID)] = lang.Problemf("missing", "请为“%s”打分。", "Please score: %s.", criterion.Name)
		case v < MinScore || v > MaxScore:
			problems[string(criterion.ID)] = lang.Problemf("score_range", "打分应为 %d 到 %d 的整数。", "A score is a whole number from %d to %d.", MinScore, MaxScore)
		}
	}
	checkText(problems, FieldReason, reason, MaxReason, false)
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	kept := map[CriterionID]int{}
	for _, criterion := range c.Criteria {
		kept[criterion.ID] = scores[criterion.ID]
	}
	if last := given.in(round); last != nil && last.reason == reason && maps.Equal(last.sheet(c, item, round).Scores, kept) {
		return nil, nil
	}
	return draft(kindScored, scoredV1{Cycle: id, Round: round, Member: who.User, Item: item, Scores: kept, Reason: reason}), nil
}

// Open reports whether a round of scoring is open at now.
func (c Cycle) Open(now time.Time) bool {
	_, err := c.round(now)
	return err == nil
}

// round returns which round is open at now.
func (c Cycle) round(now time.Time) (int, error) {
	switch c.Phase {
	case Preparing, Opened:
		return 0, lang.Problemf("scoring_not_open", "打分还没有开始，%s开始。", "Scoring has not begun; it begins on %s.", c.Dates.ScoringFrom.Label())
	case Scoring:
		if now.Before(c.Dates.ScoringUntil.End()) {
			return 1, nil
		}
	case Second:
		if now.Before(c.Dates.SecondUntil.End()) {
			return 2, nil
		}
	default:
	}
	return 0, lang.Problemf("scoring_closed", "打分已经截止，这次没有保存。确需补充，请联系秘书处延期。", "Scoring is closed; this was not saved. If it matters, ask the secretariat to move the date.")
}

// ScoresOf returns what a member has scored, item by item in the items' order,
// in the second round with the newest of each. Nobody sees another's: the error
// is then the [lang.Problem] "not_yours", at any time.
func (s State) ScoresOf(viewer people.Person, id CycleID, member people.UserID) ([]Sheet, error) {
	if viewer.User != member {
		return nil, lang.Problemf("not_yours", "只能查看自己的打分。", "You see your own scores only.")
	}
	c, ok := s.cycles.Get(id)
	if !ok {
		return nil, errNoCycle(id)
	}
	var out []Sheet
	for _, i := range c.Items {
		given, ok := s.sheets.Get(sheetKey(id, i.ID, member))
		if !ok {
			continue
		}
		if given.second != nil {
			out = append(out, given.second.sheet(c, i.ID, 2))
		} else {
			out = append(out, given.first.sheet(c, i.ID, 1))
		}
	}
	return out, nil
}

// Progress is how far a member has come in the first round: 9 of 17.
type Progress struct {
	Member people.UserID
	Done   int
	Of     int // Items that the member does not stand aside from.
}

// Finished reports whether nothing is left to do.
func (p Progress) Finished() bool { return p.Done >= p.Of }

// ProgressOf returns how far the member has come, and the items that are left
// in their order.
func (s State) ProgressOf(c Cycle, member people.UserID) (p Progress, left []ItemID) {
	p.Member = member
	for _, i := range c.ItemsFor(member) {
		p.Of++
		if given, ok := s.sheets.Get(sheetKey(c.ID, i.ID, member)); ok && given.first != nil {
			p.Done++
		} else {
			left = append(left, i.ID)
		}
	}
	return p, left
}

// Progress returns how far everybody has come who has something to score, in
// the order of their ids. It tells counts and no score.
func (s State) Progress(c Cycle) []Progress {
	var out []Progress
	for _, m := range c.Members {
		if p, _ := s.ProgressOf(c, m.User); p.Of > 0 {
			out = append(out, p)
		}
	}
	return out
}

// Turnout is how many have taken part of those who may, and how many must.
type Turnout struct {
	Took, Entitled, Needed int
}

// Reached reports whether there is a quorum.
func (t Turnout) Reached() bool { return t.Entitled > 0 && t.Took >= t.Needed }

// ScoringTurnout returns how many members have scored everything that they may
// score. Half-filled sheets count in the figures, and not for the quorum.
func (s State) ScoringTurnout(c Cycle) Turnout {
	return c.turnout(func(m int) int {
		p, _ := s.ProgressOf(c, c.Members[m].User)
		return p.Done
	})
}

// turnout counts the members who may score something, and those of them who
// have scored all of it, with how many items member m has scored.
func (c Cycle) turnout(done func(m int) int) Turnout {
	var t Turnout
	for i, m := range c.Members {
		of := len(c.ItemsFor(m.User))
		if of == 0 {
			continue
		}
		t.Entitled++
		if done(i) >= of {
			t.Took++
		}
	}
	t.Needed = c.Rules.Quorum.need(t.Entitled)
	return t
}
