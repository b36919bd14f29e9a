package evaluation_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

func TestScoreRefuses(t *testing.T) {
	t.Parallel()
	w := prepared(t, 3)
	score := func(who people.Person, item evaluation.ItemID, change func(map[evaluation.CriterionID]int), reason, code string) {
		t.Helper()
		scores := alike(w.cycle(), 7)
		if change != nil {
			change(scores)
		}
		drafts, err := evaluation.Score(w.s, who, year, item, scores, reason, w.clock)
		w.refuses(drafts, err, code)
	}
	score(member(1), quantumWujiang, nil, "x", "scoring_not_open")
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	score(member(1), quantumWujiang, nil, "x", "scoring_not_open")
	w.at(day(12, 1)).do(evaluation.Tick(w.s, w.clock), nil)
	score(office, quantumWujiang, nil, "x", "not_allowed")
	score(member(4), quantumWujiang, nil, "x", "not_member")
	score(member(1), "x:y", nil, "x", "no_item")
	score(member(1), quantumWujiang, nil, " ", "reason.missing")
	score(member(1), quantumWujiang, nil, long(evaluation.MaxReason+1), "reason.too_long")
	score(member(1), quantumWujiang, func(s map[evaluation.CriterionID]int) { delete(s, "demand") }, "x", "demand.missing")
	score(member(1), quantumWujiang, func(s map[evaluation.CriterionID]int) { s["demand"] = 11 }, "x", "demand.score_range")
	score(member(1), quantumWujiang, func(s map[evaluation.CriterionID]int) { s["demand"] = -1 }, "x", "demand.score_range")
	drafts, err := evaluation.Score(w.s, member(1), "1999", quantumWujiang, nil, "x", w.clock)
	w.refuses(drafts, err, "no_cycle")
	if len(w.log) != 5 {
		t.Errorf("%d entries: a refusal left something behind", len(w.log))
	}
}

func TestScoringIsSavedAsItGoes(t *testing.T) {
	t.Parallel()
	w := scoring(t, 3)
	items := w.cycle().Items
	for _, i := range items[:9] {
		w.score(member(1), i.ID, 6)
	}
	p, left := w.s.ProgressOf(w.cycle(), "UM01")
	if p != (evaluation.Progress{Member: "UM01", Done: 9, Of: 17}) || len(left) != 8 || left[0] != items[9].ID || p.Finished() {
		t.Errorf("progress %+v, left %v", p, left)
	}
	if w.score(member(1), items[0].ID, 6) != 0 {
		t.Error("the very same score was written twice")
	}
	if w.score(member(1), items[0].ID, 8) != 1 {
		t.Error("a score was not changed")
	}
	own, err := w.s.ScoresOf(member(1), year, "UM01")
	if err != nil || len(own) != 9 || own[0].Weighted != 8 || own[1].Weighted != 6 || own[0].Reason != "理由 8" || own[0].Scores["demand"] != 8 || own[0].Round != 1 {
		t.Errorf("own scores %+v, %v", own, err)
	}
	want := []evaluation.Duty{
		{Member: "UM01", Action: evaluation.ActScore, Left: 8, Of: 17, Until: "2026-12-07"},
		{Member: "UM02", Action: evaluation.ActScore, Left: 17, Of: 17, Until: "2026-12-07"},
		{Member: "UM03", Action: evaluation.ActScore, Left: 17, Of: 17, Until: "2026-12-07"},
	}
	if diff := cmp.Diff(want, w.s.Outstanding(w.cycle(), w.clock)); diff != "" {
		t.Errorf("outstanding (-want +got):\n%s", diff)
	}
	if o := w.s.Outstanding(w.cycle(), day(12, 8)); !o[0].Overdue {
		t.Errorf("not overdue: %+v", o[0])
	}
}

// TestAMemberWhoStoodAsideScores: they are turned down; a recusal after scoring
// has begun voids what they gave, and only where it touches.
func TestAMemberWhoStoodAsideScores(t *testing.T) {
	t.Parallel()
	w := scoring(t, 5)
	w.scoreAll(member(1), func(int) int { return 10 })
	recuse := func(who people.Person, r evaluation.Recusal) int {
		t.Helper()
		drafts, err := evaluation.Recuse(w.s, who, year, r, w.clock)
		return w.do(drafts, err)
	}
	recuse(member(1), evaluation.Recusal{Member: "UM01", Domain: policy.Hydrogen, Reason: "顾问"})
	recuse(office, evaluation.Recusal{Member: "UM01", Domain: policy.Quantum, District: policy.Wujiang, Reason: "参股"})
	if recuse(member(1), evaluation.Recusal{Member: "UM01", Domain: policy.Hydrogen, Reason: "顾问"}) != 0 {
		t.Error("the same recusal was written twice")
	}
	own, _ := w.s.ScoresOf(member(1), year, "UM01")
	if len(own) != 14 {
		t.Errorf("%d scores are left of 17; 2 of hydrogen and 1 of quantum are void", len(own))
	}
	for _, s := range own {
		if i, _ := w.cycle().Item(s.Item); i.Domain == policy.Hydrogen || i.ID == quantumWujiang {
			t.Errorf("%s still counts", s.Item)
		}
	}
	drafts, err := evaluation.Score(w.s, member(1), year, quantumWujiang, alike(w.cycle(), 9), "x", w.clock)
	w.refuses(drafts, err, "stood_aside")
	if p, _ := w.s.ProgressOf(w.cycle(), "UM01"); p.Of != 14 || !p.Finished() {
		t.Errorf("progress %+v", p)
	}
	for code, r := range map[string]evaluation.Recusal{
		"recusal_nothing": {Member: "UM01", Reason: "x"},
		"not_member":      {Member: "UM77", Domain: policy.Quantum, Reason: "x"},
		"reason.missing":  {Member: "UM02", Domain: policy.Quantum, Reason: " "},
	} {
		drafts, err := evaluation.Recuse(w.s, office, year, r, w.clock)
		w.refuses(drafts, err, code)
	}
	drafts, err = evaluation.Recuse(w.s, member(2), year, evaluation.Recusal{Member: "UM03", Domain: policy.Quantum, Reason: "x"}, w.clock)
	w.refuses(drafts, err, "not_allowed")

	// Lifted, they may score anew; what was void does not come back.
	drafts, err = evaluation.LiftRecusal(w.s, office, year, "UM01", policy.Quantum, policy.Wujiang, "登记有误", w.clock)
	w.do(drafts, err)
	if own, _ := w.s.ScoresOf(member(1), year, "UM01"); len(own) != 14 {
		t.Errorf("%d scores after lifting", len(own))
	}
	w.score(member(1), quantumWujiang, 9)
	if drafts, err = evaluation.LiftRecusal(w.s, office, year, "UM01", policy.Quantum, policy.Wujiang, "登记有误", w.clock); w.do(drafts, err) != 0 {
		t.Error("lifted twice")
	}
}

func TestAScoreAfterTheClose(t *testing.T) {
	t.Parallel()
	w := scoring(t, 3)
	for _, m := range committee(2) {
		w.scoreAll(m, func(int) int { return 7 })
	}
	last := evaluation.Day("2026-12-07").End()
	w.at(last.Add(-2*time.Second)).score(member(3), quantumWujiang, 5)
	drafts, err := evaluation.Score(w.s, member(3), year, metaverseGusu, alike(w.cycle(), 5), "x", last)
	w.refuses(drafts, err, "scoring_closed")
	w.at(day(12, 8)).take(office, evaluation.ActClose, evaluation.Params{})
	drafts, err = evaluation.Score(w.s, member(3), year, metaverseGusu, alike(w.cycle(), 5), "x", w.clock)
	w.refuses(drafts, err, "scoring_closed")
	// The half-filled sheet counts in its item, and not for the quorum.
	r, err := w.s.Results(leader, year)
	if err != nil || r.Turnout.Took != 2 || r.Complete != 2 || r.Agreement != nil {
		t.Errorf("%+v, %v", r.Turnout, err)
	}
	for _, i := range r.Items {
		want := 2
		if i.Item.ID == quantumWujiang {
			want = 3
		}
		if i.N != want || i.Told != (want == 3) || i.Entitled != 3 || !i.Quorum {
			t.Errorf("%s: %+v", i.Item.ID, i)
		}
		if !i.Told && (i.Weighted.N != 0 || i.Comments != nil || i.Criteria != nil || i.Recommendation != "") {
			t.Errorf("%s tells figures of two scores: %+v", i.Item.ID, i)
		}
	}
}

// TestADeadlineIsMoved: scores stay whichever way it moves, a passed last day
// opens again, and nothing is moved into the past.
func TestADeadlineIsMoved(t *testing.T) {
	t.Parallel()
	w := scoring(t, 3)
	move := func(who people.Person, to evaluation.Dates, reason, code string) int {
		t.Helper()
		drafts, err := evaluation.MoveDates(w.s, who, year, to, reason, w.clock)
		if code != "" {
			w.refuses(drafts, err, code)
			return 0
		}
		return w.do(drafts, err)
	}
	w.score(member(1), quantumWujiang, 5)
	move(office, dates.With(evaluation.ScoringUntil, "2026-11-30"), "x", "scoring-until.date_order")
	move(office, dates.With(evaluation.ScoringUntil, "2026-12-11"), "x", "second-until.date_order")
	move(office, dates.With(evaluation.ScoringFrom, "2026-12-02"), "x", "scoring-from.date_over")
	move(office, dates.With(evaluation.ScoringUntil, "2026-12-09"), " ", "reason.missing")
	move(member(1), dates.With(evaluation.ScoringUntil, "2026-12-09"), "x", "not_allowed")
	if move(office, dates, "x", "") != 0 {
		t.Error("nothing was moved, and written")
	}
	w.at(day(12, 3))
	move(office, dates.With(evaluation.ScoringUntil, "2026-12-02"), "x", "scoring-until.date_past")
	move(office, dates.With(evaluation.ScoringUntil, "2026-12-04"), "提前", "")
	w.at(day(12, 5))
	drafts, err := evaluation.Score(w.s, member(2), year, quantumWujiang, alike(w.cycle(), 5), "x", w.clock)
	w.refuses(drafts, err, "scoring_closed")
	w.cannotTake(office, evaluation.ActClose, evaluation.Params{}, "no_quorum")
	move(office, dates.With(evaluation.ScoringUntil, "2026-12-08"), "延期", "")
	w.score(member(2), quantumWujiang, 6)
	if own, _ := w.s.ScoresOf(member(1), year, "UM01"); len(own) != 1 {
		t.Error("a moved deadline took a score away")
	}
	c := w.cycle()
	if len(c.Moves) != 2 || c.Moves[1] != (evaluation.Move{Date: evaluation.ScoringUntil, From: "2026-12-04", To: "2026-12-08", Reason: "延期", By: "UOFFICE", At: c.Moves[1].At}) {
		t.Errorf("moves %+v", c.Moves)
	}
	for _, m := range committee(3) {
		w.scoreAll(m, func(int) int { return 7 })
	}
	w.take(office, evaluation.ActSecond, evaluation.Params{}) // All are finished, so nobody is cut off.
	w.cannotTake(office, evaluation.ActClose, evaluation.Params{}, "second_running")
	none := c.Dates
	none.SecondUntil = ""
	move(office, none, "x", "second-until.date_missing")
}

func TestClosingScoringRefuses(t *testing.T) {
	t.Parallel()
	w := scoring(t, 3)
	w.scoreAll(member(1), func(int) int { return 7 })
	w.cannotTake(office, evaluation.ActClose, evaluation.Params{}, "scoring_running")
	w.cannotTake(office, evaluation.ActSecond, evaluation.Params{}, "scoring_running")
	w.at(day(12, 8))
	w.cannotTake(office, evaluation.ActClose, evaluation.Params{}, "no_quorum")
	w.cannotTake(office, evaluation.ActSecond, evaluation.Params{}, "no_quorum")
	drafts, err := evaluation.MoveDates(w.s, office, year, dates.With(evaluation.ScoringUntil, "2026-12-08"), "等人", w.clock)
	w.do(drafts, err)
	w.scoreAll(member(2), func(int) int { return 7 })
	w.at(day(12, 11)).cannotTake(office, evaluation.ActSecond, evaluation.Params{}, "second_date")
	w.take(office, evaluation.ActClose, evaluation.Params{})
	drafts, err = evaluation.MoveDates(w.s, office, year, w.cycle().Dates.With(evaluation.ScoringUntil, "2026-12-12"), "x", w.clock)
	w.refuses(drafts, err, "scoring-until.date_over")
	if _, err := w.s.SecondRound(member(1), year); !errors.Is(err, &lang.Problem{Code: "wrong_phase"}) {
		t.Errorf("a second round that there is not: %v", err)
	}
}

func TestTheSecondRound(t *testing.T) {
	t.Parallel()
	w := scoring(t, 4)
	for _, m := range committee(3) {
		w.scoreAll(m, func(int) int { return 7 })
	}
	w.at(day(12, 8)).take(office, evaluation.ActSecond, evaluation.Params{})
	drafts, err := evaluation.Score(w.s, member(4), year, quantumWujiang, alike(w.cycle(), 5), "x", w.clock)
	w.refuses(drafts, err, "no_first_score")
	drafts, err = evaluation.Score(w.s, member(1), year, quantumWujiang, alike(w.cycle(), 5), "", w.clock)
	w.refuses(drafts, err, "reason.missing")
	if w.score(member(1), quantumWujiang, 7) != 0 {
		t.Error("an unchanged score was written in the second round")
	}
	w.score(member(1), quantumWujiang, 5)
	if seen, err := w.s.SecondRound(member(4), year); err != nil || len(seen) != 0 {
		t.Errorf("who scored nothing sees %v, %v", seen, err)
	}
	if _, err := w.s.SecondRound(office, year); !errors.Is(err, &lang.Problem{Code: "not_allowed"}) {
		t.Errorf("the secretariat in the second round: %v", err)
	}
	w.at(day(12, 11))
	drafts, err = evaluation.Score(w.s, member(1), year, quantumWujiang, alike(w.cycle(), 3), "x", w.clock)
	w.refuses(drafts, err, "scoring_closed")
	w.take(office, evaluation.ActClose, evaluation.Params{})
	r, _ := w.s.Results(member(4), year)
	for _, i := range r.Items {
		if i.Item.ID == quantumWujiang && (i.Weighted.Q1 != 6 || i.Weighted.Median != 7) {
			t.Errorf("the changed score does not count: %+v", i.Weighted)
		}
	}
}

// TestAMemberLeaves: what they gave in a running round goes with them; what was
// told in a closed one stays.
func TestAMemberLeaves(t *testing.T) {
	t.Parallel()
	w := scoring(t, 5)
	leave := func(u people.UserID) int {
		t.Helper()
		drafts, err := evaluation.MemberLeaves(w.s, office, year, u, "调离", w.clock)
		return w.do(drafts, err)
	}
	w.scoreAll(member(1), func(int) int { return 10 })
	if leave("UM01"); leave("UM01") != 0 {
		t.Error("left twice")
	}
	if own, _ := w.s.ScoresOf(member(1), year, "UM01"); len(own) != 0 {
		t.Errorf("%d scores are left in the running round", len(own))
	}
	drafts, err := evaluation.Score(w.s, member(1), year, quantumWujiang, alike(w.cycle(), 5), "x", w.clock)
	w.refuses(drafts, err, "has_left")
	drafts, err = evaluation.MemberLeaves(w.s, office, year, "UM77", "x", w.clock)
	w.refuses(drafts, err, "not_member")
	drafts, err = evaluation.MemberLeaves(w.s, office, year, "UM02", "", w.clock)
	w.refuses(drafts, err, "reason.missing")
	for n := 2; n <= 5; n++ {
		w.scoreAll(member(n), func(int) int { return 7 })
	}
	if got := w.s.ScoringTurnout(w.cycle()); got != (evaluation.Turnout{Took: 4, Entitled: 4, Needed: 3}) {
		t.Errorf("turnout %+v", got)
	}
	w.at(day(12, 8)).take(office, evaluation.ActSecond, evaluation.Params{})
	w.score(member(2), quantumWujiang, 0)
	leave("UM02")
	w.at(day(12, 11)).take(office, evaluation.ActClose, evaluation.Params{})
	r, _ := w.s.Results(office, year)
	for _, i := range r.Items {
		if i.N != 4 || i.Entitled != 4 || i.Weighted.Mean != 7 {
			t.Errorf("%s: %d scores, %d entitled, mean %v", i.Item.ID, i.N, i.Entitled, i.Weighted.Mean)
		}
	}
	// In the vote they count for nothing any more.
	w.put(quantumWujiang, evaluation.Keep, lang.Text{})
	w.vote(member(3), quantumWujiang, evaluation.Against)
	leave("UM03")
	w.vote(member(4), quantumWujiang, evaluation.For)
	w.vote(member(5), quantumWujiang, evaluation.For)
	if got := w.closeBallot(quantumWujiang); got != evaluation.Carried {
		t.Errorf("the vote is %s", got)
	}
	if m, _ := w.cycle().Motion(quantumWujiang); m.Tally != (evaluation.Tally{Entitled: 2, For: 2}) {
		t.Errorf("tally %+v", m.Tally)
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()

	for _, tt := range []struct {
		name          string
		yes, no, none int
		want          evaluation.MotionState
	}{
		{"all for", 9, 0, 0, evaluation.Carried},
		{"more for than against", 4, 3, 2, evaluation.Carried},
		{"one of them", 1, 0, 5, evaluation.Carried},
		{"more against", 3, 4, 0, evaluation.Lost},
		{"a tie", 4, 4, 1, evaluation.Tied},
		{"all abstain", 0, 0, 9, evaluation.Tied},
		{"just the quorum", 4, 2, 0, evaluation.Carried},
		{"no quorum", 5, 0, 0, evaluation.NoQuorum},
		{"nobody", 0, 0, 0, evaluation.NoQuorum},
	} {
		got := evaluation.Tally{Entitled: 9, For: tt.yes, Against: tt.no, Abstain: tt.none}.Result(evaluation.DefaultRules())
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	if got := (evaluation.Tally{}).Result(evaluation.DefaultRules()); got != evaluation.NoQuorum {
		t.Errorf("with nobody entitled: %s", got)
	}

	w := deliberating(t, 3)
	put := func(item evaluation.ItemID, v evaluation.Verdict, focus lang.Text, code string) {
		t.Helper()
		drafts, err := evaluation.Put(w.s, office, year, item, evaluation.MotionText{Verdict: v, Focus: focus}, w.clock)
		w.refuses(drafts, err, code)
	}
	put("x:y", evaluation.Keep, lang.Text{}, "no_item")
	put(quantumWujiang, evaluation.Add, lang.Text{}, "verdict.verdict")
	put(quantumWujiang, evaluation.Adjust, lang.Text{}, "focus_zh.missing")
	put(quantumWujiang, evaluation.Keep, ship, "focus_zh.focus_unused")
	i, _ := w.cycle().Item(quantumWujiang)
	put(quantumWujiang, evaluation.Adjust, i.Focus, "focus_zh.focus_same")
	drafts, err := evaluation.Vote(w.s, member(1), year, quantumWujiang, evaluation.For, w.clock)
	w.refuses(drafts, err, "ballot_closed")
	drafts, err = evaluation.CloseBallot(w.s, office, year, quantumWujiang, w.clock)
	w.refuses(drafts, err, "ballot_closed")

	// No quorum: undecided, and the very same is put again.
	w.put(quantumWujiang, evaluation.Adjust, ship)
	put(quantumWujiang, evaluation.Adjust, ship, "ballot_open")
	drafts, err = evaluation.Vote(w.s, member(1), year, quantumWujiang, "perhaps", w.clock)
	w.refuses(drafts, err, "choice")
	w.vote(member(1), quantumWujiang, evaluation.For)
	if got := w.s.VotingTurnout(w.cycle(), quantumWujiang); got != (evaluation.Turnout{Took: 1, Entitled: 3, Needed: 2}) || got.Reached() {
		t.Errorf("turnout %+v", got)
	}
	if got := w.closeBallot(quantumWujiang); got != evaluation.NoQuorum || w.cycle().Decided() != 0 {
		t.Errorf("one of three: %s", got)
	}
	w.cannotTake(office, evaluation.ActPublish, evaluation.Params{}, "motions_open")

	// A tie: not carried, the focus stays; it may be moved otherwise.
	w.put(quantumWujiang, evaluation.Adjust, ship)
	w.vote(member(1), quantumWujiang, evaluation.Against)
	w.vote(member(1), quantumWujiang, evaluation.For) // The last one counts.
	w.vote(member(2), quantumWujiang, evaluation.Against)
	if c, ok := w.s.VoteOf(member(1), w.cycle(), quantumWujiang); !ok || c != evaluation.For {
		t.Errorf("own vote %q", c)
	}
	if got := w.closeBallot(quantumWujiang); got != evaluation.Tied || w.cycle().Decided() != 1 {
		t.Errorf("one for, one against: %s", got)
	}
	for _, ch := range w.cycle().Changes() {
		if ch.Item == quantumWujiang && (ch.Verdict != evaluation.Keep || ch.Focus != i.Focus) {
			t.Errorf("a tie changed %+v", ch)
		}
	}
	put(quantumWujiang, evaluation.Adjust, ship, "same_motion")
	w.carry(quantumWujiang, evaluation.Strengthen, lang.Text{})
	put(quantumWujiang, evaluation.Keep, lang.Text{}, "already_carried")
	for _, ch := range w.cycle().Changes() {
		if ch.Item == quantumWujiang && (ch.Verdict != evaluation.Strengthen || ch.Focus != i.Focus) {
			t.Errorf("strengthened without words: %+v", ch)
		}
	}

	// Who stands aside during a ballot takes their vote with them.
	w.put(metaverseGusu, evaluation.Withdraw, lang.Text{})
	w.vote(member(1), metaverseGusu, evaluation.Against)
	drafts, err = evaluation.Recuse(w.s, member(1), year, evaluation.Recusal{Member: "UM01", District: policy.Gusu, Reason: "x"}, w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.Vote(w.s, member(1), year, metaverseGusu, evaluation.For, w.clock)
	w.refuses(drafts, err, "stood_aside")
	w.vote(member(2), metaverseGusu, evaluation.For)
	w.vote(member(3), metaverseGusu, evaluation.For)
	if w.closeBallot(metaverseGusu); w.cycle().Motions[len(w.cycle().Motions)-1].Tally != (evaluation.Tally{Entitled: 2, For: 2}) {
		t.Errorf("motions %+v", w.cycle().Motions)
	}
}

// TestAnAmendmentAfterTheFreeze: whatever is reported later, the cycle judges
// what it judged and says the same.
func TestAnAmendmentAfterTheFreeze(t *testing.T) {
	t.Parallel()
	w := deliberating(t, 3)
	before, _ := w.s.Results(office, year)
	frozen := w.cycle().Frozen
	e := journal.Entry{Number: 5000, Time: day(12, 9), Kind: "ledger.report.submitted", Version: 1, Data: []byte(`{"id":"R-2026Q4-0001","revision":2}`)}
	s, err := w.s.Apply(e)
	if err != nil {
		t.Fatal(err)
	}
	after, _ := s.Results(office, year)
	c, _ := s.Cycle(year)
	if diff := cmp.Diff(before, after); diff != "" || c.Frozen != frozen {
		t.Errorf("an amendment changed the results:\n%s", diff)
	}
	if c.Judged(e.Time) || !c.Judged(c.FrozenAt.Add(-time.Hour)) {
		t.Error("what is judged does not end at the freeze")
	}
}

// TestACancelledCycle: nothing goes on, the scores of an open round are never
// told, and the layout stays.
func TestACancelledCycle(t *testing.T) {
	t.Parallel()
	w := scoring(t, 3)
	w.scoreAll(member(1), func(int) int { return 7 })
	w.cannotTake(office, evaluation.ActCancel, evaluation.Params{}, "reason_missing")
	w.cannotTake(office, evaluation.ActCancel, evaluation.Params{Reason: long(evaluation.MaxReason + 1)}, "reason.too_long")
	w.take(office, evaluation.ActCancel, evaluation.Params{Reason: "政策调整"})
	c := w.cycle()
	if _, ok := w.s.Current(); ok || c.Phase != evaluation.Cancelled || c.Steps[len(c.Steps)-1].Reason != "政策调整" || w.pol() != policy.Default() {
		t.Errorf("phase %s", c.Phase)
	}
	if _, err := w.s.Results(office, year); !errors.Is(err, &lang.Problem{Code: "round_open"}) {
		t.Errorf("the results of a cancelled round: %v", err)
	}
	drafts, err := evaluation.Score(w.s, member(2), year, quantumWujiang, alike(c, 5), "x", w.clock)
	w.refuses(drafts, err, "scoring_closed")
	drafts, err = evaluation.MoveDates(w.s, office, year, dates, "x", w.clock)
	w.refuses(drafts, err, "wrong_phase")
	for _, p := range []people.Person{office, member(1), leader} {
		if got := w.s.NextSteps(w.pol(), c, p, w.clock); got != nil {
			t.Errorf("%s may still do %+v", p.User, got)
		}
	}
	w.cannotTake(office, evaluation.ActCancel, evaluation.Params{Reason: "x"}, "wrong_phase")
}

func TestNoticeAndDecisionRefuse(t *testing.T) {
	t.Parallel()
	w := deliberating(t, 3)
	w.carry(metaverseGusu, evaluation.Withdraw, lang.Text{})
	w.carryRest()
	object := func(who people.Person, f evaluation.ObjectionForm, code string) int {
		t.Helper()
		drafts, err := evaluation.Object(w.s, who, year, f, w.clock)
		if code != "" {
			w.refuses(drafts, err, code)
			return 0
		}
		return w.do(drafts, err)
	}
	good := evaluation.ObjectionForm{Item: metaverseGusu, From: "某企业", Text: "希望保留"}
	object(county, good, "wrong_phase")
	late := *w
	late.at(day(12, 21)).cannotTake(office, evaluation.ActPublish, evaluation.Params{}, "notice_date")
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	object(nobody, good, "stranger")
	object(county, evaluation.ObjectionForm{Item: "x:y", From: "a", Text: "b"}, "no_item")
	object(county, evaluation.ObjectionForm{Text: "b"}, "from.missing")
	object(county, evaluation.ObjectionForm{From: "a"}, "text.missing")
	if object(county, good, "") != 1 || object(county, good, "") != 0 {
		t.Error("the same objection was recorded twice, or not at all")
	}
	w.cannotTake(office, evaluation.ActEndNotice, evaluation.Params{}, "notice_running")
	drafts, err := evaluation.AnswerObjection(w.s, office, year, 7, "x", w.clock)
	w.refuses(drafts, err, "no_objection")
	drafts, err = evaluation.AnswerObjection(w.s, office, year, 1, "", w.clock)
	w.refuses(drafts, err, "text.missing")
	drafts, err = evaluation.AnswerObjection(w.s, office, year, 1, "已研究。", w.clock)
	w.do(drafts, err)
	if drafts, err = evaluation.AnswerObjection(w.s, office, year, 1, "已研究。", w.clock); w.do(drafts, err) != 0 {
		t.Error("answered twice the same")
	}
	w.at(day(12, 21))
	object(county, good, "notice_over")
	w.take(office, evaluation.ActEndNotice, evaluation.Params{})

	w.cannotTake(leader, evaluation.ActAdopt, evaluation.Params{Effective: "2026-12-21"}, "effective_past")
	w.cannotTake(leader, evaluation.ActAdopt, evaluation.Params{Effective: "soon"}, "effective_past")
	moved, err := policy.Default().With(policy.Adoption{Effective: day(12, 22), Layout: &policy.Layout{Version: 2, Focus: policy.Default().Layouts[0].Focus[:3]}})
	if err != nil {
		t.Fatal(err)
	}
	drafts, err = evaluation.Take(w.s, moved, leader, year, evaluation.ActAdopt, evaluation.Params{}, w.clock)
	w.refuses(drafts, err, "layout_moved")
	w.take(leader, evaluation.ActAdopt, evaluation.Params{Effective: "2027-03-01"})
	if c := w.cycle(); c.Outcome.Effective != "2027-03-01" || w.pol().LayoutAt(evaluation.Day("2027-02-28").Start()).Version != 1 || w.pol().LayoutAt(evaluation.Day("2027-03-01").Start()).Version != 2 {
		t.Errorf("outcome %+v", c.Outcome)
	}
	drafts, err = evaluation.AddMinute(w.s, office, year, "", "x", w.clock)
	w.refuses(drafts, err, "wrong_phase")
}
