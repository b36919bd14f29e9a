package evaluation_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/people"
	"wainao/policy"
)

// given is one score that a member gives.
type given struct {
	who    people.Person
	item   evaluation.ItemID
	scores map[evaluation.CriterionID]int
	reason string
}

// drawScores draws what the members give: each item by each member or not.
func drawScores(t *rapid.T, c evaluation.Cycle, members []people.Person) []given {
	var out []given
	for _, m := range members {
		for _, i := range c.Items {
			if rapid.IntRange(0, 9).Draw(t, "skip") == 0 {
				continue
			}
			g := given{who: m, item: i.ID, scores: map[evaluation.CriterionID]int{}, reason: fmt.Sprintf("%s %s", m.User, i.ID)}
			for _, k := range c.Criteria {
				g.scores[k.ID] = rapid.IntRange(evaluation.MinScore, evaluation.MaxScore).Draw(t, "score")
			}
			out = append(out, g)
		}
	}
	return out
}

func (w *world) give(g given) {
	w.t.Helper()
	drafts, err := evaluation.Score(w.s, g.who, year, g.item, g.scores, g.reason, w.clock)
	w.do(drafts, err)
}

// closed ends the round whatever the turnout: the quorum is no matter here.
func closed(w *world) evaluation.Result {
	w.t.Helper()
	data := []byte(`{"cycle":"2026","action":"close-scoring","to":"deliberation"}`)
	s, err := w.s.Apply(journal.Entry{Number: 9999, Time: day(12, 30), Kind: "evaluation.step.taken", Version: 1, Data: data})
	if err != nil {
		w.t.Fatalf("close: %v", err)
	}
	r, err := s.Results(office, year)
	if err != nil {
		w.t.Fatalf("results: %v", err)
	}
	return r
}

// few is a cycle in its first round with n members and the items of one domain,
// so that a property is checked quickly.
func few(t require, n int, more ...func(*world)) *world {
	t.Helper()
	w := prepared(t, n)
	for _, i := range w.cycle().Items {
		if i.Domain != policy.Hydrogen && i.Domain != policy.Metaverse {
			drafts, err := evaluation.RemoveItem(w.s, office, year, i.ID, w.clock)
			w.do(drafts, err)
		}
	}
	for _, m := range more {
		m(w)
	}
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	w.at(day(12, 1)).do(evaluation.Tick(w.s, w.clock), nil)
	return w
}

// TestTheOrderOfScoresDoesNotMatter: the results are equal to the last bit.
func TestTheOrderOfScoresDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		members := committee(rapid.IntRange(3, 8).Draw(t, "members"))
		one, other := few(t, len(members)), few(t, len(members))
		all := drawScores(t, one.cycle(), members)
		for _, g := range all {
			one.give(g)
		}
		shuffled := slices.Clone(all)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for _, g := range shuffled {
			if r.IntN(4) == 0 { // Something else was given first and changed.
				first := g
				first.reason = "改过"
				other.give(first)
			}
			other.give(g)
		}
		if diff := cmp.Diff(closed(one), closed(other)); diff != "" {
			t.Fatalf("another order, other results:\n%s", diff)
		}
	})
}

// TestARecusedMemberIsAsIfTheyHadNeverBeen: standing aside from everything,
// whenever it comes, leaves the figures, the quorum and the agreement that
// there would be without them.
func TestARecusedMemberIsAsIfTheyHadNeverBeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 8).Draw(t, "members")
		members := committee(n)
		out := rapid.IntRange(0, n-1).Draw(t, "who stands aside")
		without := slices.Delete(slices.Clone(members), out, out+1)
		with := few(t, n)
		never := few(t, n, func(w *world) {
			drafts, err := evaluation.SetMembers(w.s, office, year, without, w.clock)
			w.do(drafts, err)
		})
		all := drawScores(t, with.cycle(), members)
		at := rapid.IntRange(0, len(all)).Draw(t, "when")
		aside := func() {
			for _, d := range []policy.DomainID{policy.Hydrogen, policy.Metaverse} {
				drafts, err := evaluation.Recuse(with.s, office, year, evaluation.Recusal{Member: members[out].User, Domain: d, Reason: "x"}, with.clock)
				with.do(drafts, err)
			}
		}
		for i, g := range all {
			if i == at {
				aside()
			}
			if g.who.User != members[out].User {
				with.give(g)
				never.give(g)
			} else if i < at {
				with.give(g)
			}
		}
		if at == len(all) {
			aside()
		}
		if diff := cmp.Diff(closed(never), closed(with)); diff != "" {
			t.Fatalf("(-never there +stood aside):\n%s", diff)
		}
	})
}

// TestReplayGivesTheSame folds what a whole cycle wrote again: the cycle, the
// results, everybody's own scores and the policy are the same. No older state
// changes meanwhile.
func TestReplayGivesTheSame(t *testing.T) {
	t.Parallel()
	w := lived(t)
	type kept struct {
		state evaluation.State
		print string
		entry uint64
	}
	var s evaluation.State
	var before []kept
	for i, e := range w.log {
		var err error
		if s, err = s.Apply(e); err != nil {
			t.Fatal(err)
		}
		if i%20 == 0 || e.Kind != "evaluation.score.given" && e.Kind != "evaluation.vote.cast" && i%3 == 0 {
			before = append(before, kept{s, fingerprint(t, s), e.Number})
		}
	}
	if diff := cmp.Diff(fingerprint(t, w.s), fingerprint(t, s)); diff != "" {
		t.Errorf("replayed (-lived +replayed):\n%s", diff)
	}
	for _, k := range before {
		if got := fingerprint(t, k.state); got != k.print {
			t.Fatalf("the state behind entry %d changed later", k.entry)
		}
	}
}

// lived is a cycle that is over, with everything in it that can happen.
func lived(t require) *world {
	t.Helper()
	w := prepared(t, 6)
	for _, p := range []evaluation.Proposal{
		{Domain: policy.Hydrogen, District: policy.Taicang, Focus: ship},
		{Domain: "brain-computer", District: policy.SIP, Focus: ship, New: brain},
	} {
		drafts, err := evaluation.AddItem(w.s, w.pol(), office, year, p, w.clock)
		w.do(drafts, err)
	}
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	w.at(day(12, 1)).do(evaluation.Tick(w.s, w.clock), nil)
	for n, m := range committee(6) {
		w.scoreAll(m, func(k int) int { return (3*n + k) % 11 })
	}
	drafts, err := evaluation.Recuse(w.s, member(6), year, evaluation.Recusal{Member: "UM06", District: policy.Gusu, Reason: "x"}, w.clock)
	w.do(drafts, err)
	w.at(day(12, 8)).take(office, evaluation.ActSecond, evaluation.Params{})
	w.score(member(1), hydrogenTaicang, 10)
	drafts, err = evaluation.MemberLeaves(w.s, office, year, "UM05", "调离", w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.MoveDates(w.s, office, year, dates.With(evaluation.SecondUntil, "2026-12-09"), "x", w.clock)
	w.do(drafts, err)
	w.at(day(12, 11)).take(office, evaluation.ActClose, evaluation.Params{})
	w.carry(hydrogenTaicang, evaluation.Add, ship)
	w.carry(brainSIP, evaluation.Add, ship)
	w.put(metaverseGusu, evaluation.Withdraw, noText)
	w.closeBallot(metaverseGusu)
	w.carryRest()
	drafts, err = evaluation.AddMinute(w.s, office, year, hydrogenTaicang, "讨论充分。", w.clock)
	w.do(drafts, err)
	w.take(office, evaluation.ActPublish, evaluation.Params{})
	drafts, err = evaluation.Object(w.s, county, year, evaluation.ObjectionForm{From: "某企业", Text: "希望保留"}, w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.AnswerObjection(w.s, office, year, 1, "已研究。", w.clock)
	w.do(drafts, err)
	w.at(day(12, 21)).take(office, evaluation.ActEndNotice, evaluation.Params{})
	w.take(leader, evaluation.ActAdopt, evaluation.Params{})
	target, _ := w.pol().Target(policy.Platforms, 2030)
	target.Value = 15
	drafts, err = evaluation.AdoptChange(w.s, policy.Default(), leader, evaluation.PolicyChange{Effective: "2027-06-01", Targets: []policy.Target{target}, Reason: "x"}, w.clock)
	w.do(drafts, err)
	w.take(office, evaluation.ActArchive, evaluation.Params{})
	return w
}

// fingerprint writes everything that a state tells to anybody.
func fingerprint(t require, s evaluation.State) string {
	t.Helper()
	all := map[string]any{"cycles": s.Cycles()}
	for _, c := range s.Cycles() {
		r, err := s.Results(office, c.ID)
		a, _ := s.Agenda(office, c.ID)
		all["results"], all["agenda"], all["refused"], all["progress"], all["owed"] = r, a, fmt.Sprint(err), s.Progress(c), s.Outstanding(c, day(12, 2))
		for _, m := range c.Members {
			p := people.Person{User: m.User, Roles: []people.Role{people.Member}}
			own, _ := s.ScoresOf(p, c.ID, m.User)
			second, _ := s.SecondRound(p, c.ID)
			var votes []evaluation.Choice
			for _, i := range c.Items {
				v, _ := s.VoteOf(p, c, i.ID)
				votes = append(votes, v)
			}
			all[string(m.User)] = []any{own, second, votes}
		}
	}
	pol := s.Policy(policy.Default())
	all["policy"] = []any{pol.Layouts, pol.Domains, pol.Targets}
	out, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatalf("fingerprint: %v", err)
	}
	return string(out)
}

func TestApplyRefusesALaterVersionAndBadData(t *testing.T) {
	t.Parallel()
	w := lived(t)
	seen := map[string]bool{}
	for _, e := range w.log {
		if seen[e.Kind] {
			continue
		}
		seen[e.Kind] = true
		later := e
		later.Version = 2
		if _, err := w.s.Apply(later); err == nil {
			t.Errorf("%s: an unknown version was folded", e.Kind)
		}
		bad := e
		bad.Data = []byte(`[`)
		if _, err := w.s.Apply(bad); err == nil {
			t.Errorf("%s: bad data were folded", e.Kind)
		}
		// On its own, without the cycle, it must do no harm.
		if _, err := (evaluation.State{}).Apply(e); err != nil {
			t.Errorf("%s on an empty state: %v", e.Kind, err)
		}
	}
	if len(seen) < 14 {
		t.Errorf("the lived cycle has %d kinds of entries only", len(seen))
	}
	if _, err := w.s.Apply(journal.Entry{Kind: "something.else", Version: 9}); err != nil {
		t.Errorf("an unknown kind: %v", err)
	}
}
