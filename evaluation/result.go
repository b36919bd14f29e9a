package evaluation

import (
	"cmp"
	"slices"

	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/people"
)

// Result is what the scores of a closed round say, without anybody's own.
type Result struct {
	Cycle   CycleID
	Round   int // The closed round whose scores count.
	Items   []ItemResult
	Turnout Turnout
	Changed int // Members who changed a score in the second round.

	// Agreement is how far the members put the items into the same order, by
	// each criterion in the cycle's order and last by the weighted score. It is
	// taken over the members who scored every item, Complete of them. It is
	// empty for fewer than [MinShown] of those, or fewer than 3 items.
	Agreement []ItemsAgreement
	Complete  int
}

// Item returns what the scores say of the item with the id.
func (r Result) Item(id ItemID) (ItemResult, bool) {
	i := slices.IndexFunc(r.Items, func(i ItemResult) bool { return i.Item.ID == id })
	if i < 0 {
		return ItemResult{}, false
	}
	return r.Items[i], true
}

// ItemsAgreement is the agreement on the order of the items.
type ItemsAgreement struct {
	Criterion CriterionID // Empty for the weighted score.
	stats.Agreement
}

// ItemResult is what the scores say of one item. With fewer than [MinShown]
// scores nothing but N is told.
type ItemResult struct {
	Item     Item
	N        int
	Entitled int  // Who could score it.
	Quorum   bool // As many scored it as the quorum asks.
	Told     bool // There are enough scores to tell figures.
	Weighted stats.Summary
	Criteria []CriterionResult // In the cycle's order.

	// Agreement is how far the members see the same strengths and weaknesses:
	// whether they put the criteria into the same order for this item. Nil when
	// there are fewer than 3 criteria, or every member scored all of them alike.
	Agreement *stats.Agreement

	Divided        bool     // The spread of the weighted score reaches the rules' line.
	Comments       []string // Without names, in the order of their letters.
	Recommendation Verdict  // By the median of the weighted score and the rules' lines; empty when not told.
}

// CriterionResult is what the scores say of an item by one criterion.
type CriterionResult struct {
	Criterion CriterionID
	stats.Summary
}

// Results returns what the scores of the last closed round say. The error is a
// [lang.Problem]: who may not, "no_cycle", or "round_open" while no round is
// closed; nobody gets past that.
func (s State) Results(viewer people.Person, id CycleID) (Result, error) {
	if err := people.Allow(viewer, people.ReadEvaluation); err != nil {
		return Result{}, err
	}
	c, ok := s.cycles.Get(id)
	if !ok {
		return Result{}, errNoCycle(id)
	}
	if c.Closed == 0 {
		return Result{}, lang.Problemf("round_open", "打分结束后才能看结果。", "The results can be seen when scoring is closed.")
	}
	return s.results(c), nil
}

func (s State) results(c Cycle) Result {
	r := Result{Cycle: c.ID, Round: c.Closed, Items: make([]ItemResult, 0, len(c.Items))}
	nc := len(c.Criteria)
	at := make(map[people.UserID]int, len(c.Members))
	for i, m := range c.Members {
		at[m.User] = i
	}
	// rows[m] is what member m gave: item after item, in it the criteria and
	// then the weighted score.
	rows := make([][]float64, len(c.Members))
	count := make([]int, len(c.Members))
	changed := map[people.UserID]bool{}
	var column []float64
	for n, i := range c.Items {
		judges := c.Judges(i)
		item := ItemResult{Item: i, Entitled: len(judges)}
		own := make([][]float64, 0, len(c.Members)) // A row for each sheet: the criteria, then the weighted score.
		cells := make([]float64, 0, len(c.Members)*(nc+1))
		prefix := itemKey(c.ID, i.ID)
		for key, both := range s.sheets.Prefix(prefix) {
			user := people.UserID(key[len(prefix):])
			given := both.in(r.Round)
			if given == nil {
				continue
			}
			if r.Round == 2 && both.second != nil {
				changed[user] = true
			}
			from := len(cells)
			for _, v := range given.scores {
				cells = append(cells, float64(v))
			}
			cells = append(cells, given.weighted(c.Criteria))
			row := cells[from:len(cells):len(cells)]
			own = append(own, row)
			item.Comments = append(item.Comments, given.reason)
			m, ok := at[user]
			if !ok {
				continue
			}
			if c.Members[m].Gone() { // Whose score of a closed round stays.
				item.Entitled++
			}
			if rows[m] == nil {
				rows[m] = make([]float64, len(c.Items)*(nc+1))
			}
			copy(rows[m][n*(nc+1):], row)
			count[m]++
		}
		item.N = len(own)
		item.Quorum = item.Entitled > 0 && c.Rules.Quorum.atLeast(item.N, item.Entitled)
		if item.Told = item.N >= MinShown; item.Told {
			item.describe(c, own, &column)
		} else {
			item.Comments = nil
		}
		r.Items = append(r.Items, item)
	}
	r.Changed = len(changed)
	r.Turnout = c.turnout(func(m int) int { return count[m] })
	var complete [][]float64
	for m, row := range rows {
		if count[m] == len(c.Items) {
			complete = append(complete, row)
		}
	}
	if r.Complete = len(complete); r.Complete >= MinShown {
		r.Agreement = agreement(c, complete)
	}
	return r
}

// describe fills in the figures of an item from its sheets' rows.
func (r *ItemResult) describe(c Cycle, rows [][]float64, column *[]float64) {
	nc := len(c.Criteria)
	take := func(k int) stats.Summary {
		*column = (*column)[:0]
		for _, row := range rows {
			*column = append(*column, row[k])
		}
		return stats.Describe(*column)
	}
	for k, criterion := range c.Criteria {
		r.Criteria = append(r.Criteria, CriterionResult{Criterion: criterion.ID, Summary: take(k)})
	}
	r.Weighted = take(nc)
	r.Divided = r.Weighted.SD >= c.Rules.Divided
	r.Recommendation = c.Rules.recommend(r.Item, r.Weighted.Median)
	slices.Sort(r.Comments)
	byCriteria := make([][]float64, 0, len(rows))
	for _, row := range rows {
		byCriteria = append(byCriteria, row[:nc])
	}
	if a, ok := stats.Concordance(byCriteria); ok {
		r.Agreement = &a
	}
}

// agreement returns how far the members, all of whom scored every item, put
// the items into the same order.
func agreement(c Cycle, rows [][]float64) []ItemsAgreement {
	nc := len(c.Criteria)
	var out []ItemsAgreement
	byItem := make([][]float64, len(rows))
	for i := range byItem {
		byItem[i] = make([]float64, len(c.Items))
	}
	for k := range nc + 1 {
		for m, row := range rows {
			for n := range c.Items {
				byItem[m][n] = row[n*(nc+1)+k]
			}
		}
		a, ok := stats.Concordance(byItem)
		if !ok {
			continue
		}
		one := ItemsAgreement{Agreement: a}
		if k < nc {
			one.Criterion = c.Criteria[k].ID
		}
		out = append(out, one)
	}
	return out
}

// recommend returns what the median of the weighted score stands for.
func (r Rules) recommend(i Item, median float64) Verdict {
	switch {
	case i.Kind != Existing && median >= r.Add:
		return Add
	case i.Kind != Existing:
		return Leave
	case median >= r.Strengthen:
		return Strengthen
	case median >= r.Keep:
		return Keep
	case median >= r.Adjust:
		return Adjust
	}
	return Withdraw
}

// SecondItem is what a member sees of an item in the second round: the middle
// of all scores beside their own.
type SecondItem struct {
	Item           Item
	N              int
	Told           bool // There are enough scores to tell figures.
	Median, Q1, Q3 float64
	Criteria       []CriterionResult // N, Median, Q1 and Q3 only.
	Own            Sheet             // The newest.
	Changed        bool              // Already, in this round.
}

// SecondRound returns what the viewer sees in the second round of what they
// scored in the first. The error is a [lang.Problem]: who may not, "no_cycle",
// "wrong_phase" or "not_member".
func (s State) SecondRound(viewer people.Person, id CycleID) ([]SecondItem, error) {
	c, err := s.in(id, viewer, people.ScoreEvaluation, Second)
	if err != nil {
		return nil, err
	}
	if _, ok := c.Member(viewer.User); !ok {
		return nil, errNotMember(c)
	}
	middle := func(v stats.Summary) stats.Summary {
		return stats.Summary{N: v.N, Median: v.Median, Q1: v.Q1, Q3: v.Q3}
	}
	var out []SecondItem
	for _, r := range s.results(c).Items {
		given, ok := s.sheets.Get(sheetKey(id, r.Item.ID, viewer.User))
		if !ok || given.first == nil {
			continue
		}
		one := SecondItem{Item: r.Item, N: r.N, Told: r.Told, Own: given.first.sheet(c, r.Item.ID, 1)}
		if given.second != nil {
			one.Own, one.Changed = given.second.sheet(c, r.Item.ID, 2), true
		}
		if r.Told {
			one.Median, one.Q1, one.Q3 = r.Weighted.Median, r.Weighted.Q1, r.Weighted.Q3
			for _, k := range r.Criteria {
				one.Criteria = append(one.Criteria, CriterionResult{Criterion: k.Criterion, Summary: middle(k.Summary)})
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// AgendaItem is one item of the deliberation.
type AgendaItem struct {
	ItemResult
	Motion   *Motion // The newest one; nil while none was put.
	Decided  bool
	Proposal MotionText // What the figures propose to move.
	NeedsNew bool       // The proposal needs a new focus, which nobody has written yet.
}

// Agenda returns the items in the order in which they are deliberated: first
// those with too few scores to tell, then by disagreement: the larger standard
// deviation of the weighted score first, then the larger distance of its
// quartiles. The error is that of [State.Results].
func (s State) Agenda(viewer people.Person, id CycleID) ([]AgendaItem, error) {
	r, err := s.Results(viewer, id)
	if err != nil {
		return nil, err
	}
	c, _ := s.cycles.Get(id)
	out := make([]AgendaItem, 0, len(r.Items))
	for _, i := range r.Items {
		a := AgendaItem{ItemResult: i, Proposal: i.Item.proposal(i.Recommendation)}
		a.NeedsNew = a.Proposal.Verdict.needsFocus() && !a.Proposal.Focus.Complete()
		if m, ok := c.Motion(i.Item.ID); ok {
			a.Motion, a.Decided = &m, m.State.Decided()
		}
		out = append(out, a)
	}
	told := func(a AgendaItem) int {
		if a.Told {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b AgendaItem) int {
		return cmp.Or(cmp.Compare(told(a), told(b)), cmp.Compare(b.Weighted.SD, a.Weighted.SD), cmp.Compare(b.Weighted.IQR(), a.Weighted.IQR()))
	})
	return out, nil
}
