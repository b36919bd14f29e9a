package evaluation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
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

// enter takes a cycle into a phase whatever it needs.
func (w *world) enter(p evaluation.Phase) {
	w.t.Helper()
	data := fmt.Appendf(nil, `{"cycle":"2026","action":"x","to":%q}`, p)
	w.clock = w.clock.Add(1)
	s, err := w.s.Apply(journal.Entry{Number: 9998, Time: w.clock, Kind: "evaluation.step.taken", Version: 1, Data: data})
	if err != nil {
		w.t.Fatalf("enter %s: %v", p, err)
	}
	w.s = s
}

// TestARecusedMemberIsAsIfTheyHadNeverBeen: standing aside from everything,
// whenever it comes in either round, leaves the figures, the quorum and the
// agreement that there would be without them.
func TestARecusedMemberIsAsIfTheyHadNeverBeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 8).Draw(t, "members")
		members := committee(n)
		out := members[rapid.IntRange(0, n-1).Draw(t, "who stands aside")]
		with := few(t, n)
		never := few(t, n, func(w *world) {
			without := slices.DeleteFunc(slices.Clone(members), func(p people.Person) bool { return p.User == out.User })
			drafts, err := evaluation.SetMembers(w.s, office, year, without, w.clock)
			w.do(drafts, err)
		})
		first := drawScores(t, with.cycle(), members)
		rounds := [][]given{first}
		if rapid.Bool().Draw(t, "a second round") {
			var second []given
			for _, g := range first { // Who changes what they gave.
				if rapid.IntRange(0, 3).Draw(t, "change") == 0 {
					g.scores, g.reason = alike(with.cycle(), rapid.IntRange(0, 10).Draw(t, "new")), "第二轮"
					second = append(second, g)
				}
			}
			rounds = append(rounds, second)
		}
		round := rapid.IntRange(0, len(rounds)-1).Draw(t, "round")
		at := rapid.IntRange(0, len(rounds[round])).Draw(t, "when")
		aside := false
		for r, scores := range rounds {
			if r == 1 {
				with.enter(evaluation.Second)
				never.enter(evaluation.Second)
			}
			for i := 0; i <= len(scores); i++ {
				if r == round && i == at {
					for _, d := range []policy.DomainID{policy.Hydrogen, policy.Metaverse} {
						drafts, err := evaluation.Recuse(with.s, office, year, evaluation.Recusal{Member: out.User, Domain: d, Reason: "x"}, with.clock)
						with.do(drafts, err)
					}
					aside = true
				}
				if i == len(scores) {
					break
				}
				if g := scores[i]; g.who.User != out.User {
					with.give(g)
					never.give(g)
				} else if !aside {
					with.give(g)
				}
			}
		}
		if diff := cmp.Diff(closed(never), closed(with)); diff != "" {
			t.Fatalf("(-never there +stood aside):\n%s", diff)
		}
	})
}

// TestWhateverPeopleDo throws decisions at a cycle by anybody at any time. A
// refusal has a code and words and changes nothing; what is decided can be
// folded; nobody who stands aside or has left ever has a score that counts in
// an open round, and no tally counts more than were entitled.
func TestWhateverPeopleDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := few(t, 5)
		who := append(committee(6), office, leader, county, nobody)
		items := append(w.cycle().Items, evaluation.Item{ID: "x:y"})
		texts := []string{"", "理由", " "}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			p := rapid.SampledFrom(who).Draw(t, "who")
			i := rapid.SampledFrom(items).Draw(t, "item")
			text := rapid.SampledFrom(texts).Draw(t, "text")
			v := rapid.IntRange(-1, 11).Draw(t, "value")
			target := rapid.SampledFrom(committee(6)).Draw(t, "whom").User
			c := w.cycle()
			drafts, err := []func() ([]journal.Draft, error){
				func() ([]journal.Draft, error) {
					return evaluation.Score(w.s, p, year, i.ID, alike(c, v), text, w.clock)
				},
				func() ([]journal.Draft, error) { // Often by who may.
					return evaluation.Score(w.s, member(1+v&3), year, i.ID, alike(c, 5), "理由", w.clock)
				},
				func() ([]journal.Draft, error) {
					return evaluation.Recuse(w.s, p, year, evaluation.Recusal{Member: target, Domain: i.Domain, Reason: text}, w.clock)
				},
				func() ([]journal.Draft, error) {
					return evaluation.LiftRecusal(w.s, p, year, target, i.Domain, "", text, w.clock)
				},
				func() ([]journal.Draft, error) {
					return evaluation.MemberLeaves(w.s, p, year, target, text, w.clock)
				},
				func() ([]journal.Draft, error) {
					return evaluation.Put(w.s, office, year, i.ID, evaluation.MotionText{Verdict: rapid.SampledFrom([]evaluation.Verdict{"keep", "withdraw", "add", "adjust", ""}).Draw(t, "verdict")}, w.clock)
				},
				func() ([]journal.Draft, error) {
					return evaluation.Vote(w.s, p, year, i.ID, rapid.SampledFrom([]evaluation.Choice{"for", "against", "abstain", "?"}).Draw(t, "choice"), w.clock)
				},
				func() ([]journal.Draft, error) { return evaluation.CloseBallot(w.s, office, year, i.ID, w.clock) },
				func() ([]journal.Draft, error) {
					a := rapid.SampledFrom(evaluation.Transitions()).Draw(t, "action").Action
					return evaluation.Take(w.s, w.pol(), rapid.SampledFrom([]people.Person{office, leader, p}).Draw(t, "taker"), year, a, evaluation.Params{Reason: text}, w.clock)
				},
				func() ([]journal.Draft, error) {
					w.clock = w.clock.AddDate(0, 0, v&3)
					return evaluation.Tick(w.s, w.clock), nil
				},
				func() ([]journal.Draft, error) {
					names := evaluation.DateNames()
					day := evaluation.DayOf(w.clock.AddDate(0, 0, v))
					return evaluation.MoveDates(w.s, office, year, c.Dates.With(rapid.SampledFrom(names).Draw(t, "date"), day), "x", w.clock)
				},
				func() ([]journal.Draft, error) {
					w.enter(rapid.SampledFrom([]evaluation.Phase{c.Phase, c.Phase, evaluation.Deliberating}).Draw(t, "phase"))
					return nil, nil
				},
			}[rapid.IntRange(0, 11).Draw(t, "what")]()
			if err != nil {
				checkRefusal(t, drafts, err)
				continue
			}
			w.do(drafts, nil)
			w.invariants()
		}
	})
}

// checkRefusal fails for a refusal that a person could not read.
func checkRefusal(t *rapid.T, drafts []journal.Draft, err error) {
	var all []*lang.Problem
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		all = slices.Collect(maps.Values(fields))
	} else if p, ok := errors.AsType[*lang.Problem](err); ok {
		all = append(all, p)
	}
	if len(all) == 0 || drafts != nil {
		t.Fatalf("refused by %T %v with %v", err, err, drafts)
	}
	for _, p := range all {
		if p.Code == "" || !p.Words.Complete() || strings.Contains(p.Words.ZH+p.Words.EN, "%!") {
			t.Fatalf("refused by %+v", p)
		}
	}
}

// invariants fails when a cycle holds what it never may.
func (w *world) invariants() {
	c := w.cycle()
	for _, m := range c.Members {
		own, err := w.s.ScoresOf(people.Person{User: m.User}, year, m.User)
		if err != nil {
			w.t.Fatalf("own scores: %v", err)
		}
		if m.Gone() && c.Closed == 0 && len(own) > 0 {
			w.t.Fatalf("%s has left and %d scores are there", m.User, len(own))
		}
		for _, s := range own {
			i, _ := c.Item(s.Item)
			if r, aside := c.Recused(m.User, i); aside {
				w.t.Fatalf("%s stands aside (%+v) and has scored %s", m.User, r, s.Item)
			}
		}
	}
	for _, m := range c.Motions {
		if m.Tally.Voted() > m.Tally.Entitled || (m.State == evaluation.Voting) != m.Closed.IsZero() {
			w.t.Fatalf("motion %+v", m)
		}
	}
	for _, line := range c.Proceedings() {
		if !line.Words.Complete() {
			w.t.Fatalf("line %+v", line)
		}
	}
	if r, err := w.s.Results(office, year); (err == nil) != (c.Closed > 0) {
		w.t.Fatalf("%d rounds are closed, and the results are %+v, %v", c.Closed, r, err)
	}
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
	drafts, err = evaluation.AdoptChange(w.s, w.pol(), leader, evaluation.PolicyChange{Effective: "2027-06-01", Targets: []policy.Target{target}, Reason: "x"}, w.clock)
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
