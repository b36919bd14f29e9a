package evaluation_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// day is nine in the morning of a day of 2026 in Shanghai.
func day(month, d int) time.Time {
	return time.Date(2026, time.Month(month), d, 9, 0, 0, 0, calendar.Shanghai())
}

var (
	office = people.Person{User: "UOFFICE", Roles: []people.Role{people.Secretariat}}
	leader = people.Person{User: "ULEADER", Roles: []people.Role{people.Leader}}
	admin  = people.Person{User: "UADMIN", Roles: []people.Role{people.Admin}}
	county = people.Person{User: "ULIAISON", Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Taicang}}
	nobody = people.Person{User: "UNOBODY"}
)

func member(n int) people.Person {
	return people.Person{User: people.UserID(fmt.Sprintf("UM%02d", n)), Roles: []people.Role{people.Member}}
}

func committee(n int) []people.Person {
	var out []people.Person
	for i := range n {
		out = append(out, member(i+1))
	}
	return out
}

// dates is a calendar from the 1st of December on.
var dates = evaluation.Dates{
	ScoringFrom: "2026-12-01", ScoringUntil: "2026-12-07", SecondUntil: "2026-12-10", Deliberation: "2026-12-12",
	NoticeFrom: "2026-12-13", NoticeUntil: "2026-12-20", Decision: "2026-12-25", Effective: "2027-01-01",
}

const year evaluation.CycleID = "2026"

// world folds decisions one after the other, as the journal does.
type world struct {
	t     require
	s     evaluation.State
	log   []journal.Entry
	clock time.Time
}

type require interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func newWorld(t require) *world { return &world{t: t, clock: day(11, 23)} }

// do folds what was decided and returns how many entries that is.
func (w *world) do(drafts []journal.Draft, err error) int {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("decide: %v", err)
	}
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			w.t.Fatalf("marshal: %v", err)
		}
		w.clock = w.clock.Add(time.Second)
		e := journal.Entry{Number: uint64(len(w.log) + 100), Time: w.clock.UTC(), Kind: d.Kind, Version: d.Version, Data: data}
		if w.s, err = w.s.Apply(e); err != nil {
			w.t.Fatalf("apply %s: %v", d.Kind, err)
		}
		w.log = append(w.log, e)
	}
	return len(drafts)
}

// refuses checks the code of a refusal; a code with a dot names a field.
func (w *world) refuses(drafts []journal.Draft, err error, code string) {
	w.t.Helper()
	var p *lang.Problem
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		for name, problem := range fields {
			if name+"."+problem.Code == code {
				p = problem
			}
		}
		if p == nil {
			w.t.Errorf("got %v, want %s", err, code)
			return
		}
	} else if problem, ok := errors.AsType[*lang.Problem](err); !ok || problem.Code != code {
		w.t.Errorf("got %v, want %s", err, code)
		return
	} else {
		p = problem
	}
	if !p.Words.Complete() || drafts != nil {
		w.t.Errorf("%s has the words %+v and the drafts %v", code, p.Words, drafts)
	}
}

func (w *world) pol() *policy.Policy { return w.s.Policy(policy.Default()) }

func (w *world) cycle() evaluation.Cycle {
	w.t.Helper()
	c, ok := w.s.Cycle(year)
	if !ok {
		w.t.Fatalf("there is no cycle %s", year)
	}
	return c
}

func (w *world) take(who people.Person, a evaluation.Action, p evaluation.Params) int {
	w.t.Helper()
	drafts, err := evaluation.Take(w.s, w.pol(), who, year, a, p, w.clock)
	return w.do(drafts, err)
}

func (w *world) cannotTake(who people.Person, a evaluation.Action, p evaluation.Params, code string) {
	w.t.Helper()
	drafts, err := evaluation.Take(w.s, w.pol(), who, year, a, p, w.clock)
	w.refuses(drafts, err, code)
}

// at moves the clock to a moment, which must not be past.
func (w *world) at(t time.Time) *world {
	w.t.Helper()
	if t.Before(w.clock) {
		w.t.Fatalf("the clock would go back from %s to %s", w.clock, t)
	}
	w.clock = t
	return w
}

// prepared is a cycle with n members and the calendar, in preparation.
func prepared(t require, n int) *world {
	t.Helper()
	w := newWorld(t)
	_, drafts, err := evaluation.Begin(w.s, w.pol(), office, 2026, w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.SetMembers(w.s, office, year, committee(n), w.clock)
	w.do(drafts, err)
	drafts, err = evaluation.SetDates(w.s, office, year, dates, w.clock)
	w.do(drafts, err)
	return w
}

// scoring is such a cycle in its first round.
func scoring(t require, n int) *world {
	t.Helper()
	w := prepared(t, n)
	w.take(office, evaluation.ActOpen, evaluation.Params{})
	w.at(day(12, 1)).do(evaluation.Tick(w.s, day(12, 1)), nil)
	return w
}

// alike scores every criterion alike.
func alike(c evaluation.Cycle, v int) map[evaluation.CriterionID]int {
	out := map[evaluation.CriterionID]int{}
	for _, k := range c.Criteria {
		out[k.ID] = v
	}
	return out
}

func (w *world) score(who people.Person, item evaluation.ItemID, v int) int {
	w.t.Helper()
	drafts, err := evaluation.Score(w.s, who, year, item, alike(w.cycle(), v), fmt.Sprintf("理由 %d", v), w.clock)
	return w.do(drafts, err)
}

// scoreAll has the member score everything that they may, item n with v(n).
func (w *world) scoreAll(who people.Person, v func(n int) int) {
	w.t.Helper()
	for n, i := range w.cycle().Items {
		if _, aside := w.cycle().Recused(who.User, i); !aside {
			w.score(who, i.ID, v(n))
		}
	}
}

// deliberating is a cycle of n members who all gave 7, in deliberation.
func deliberating(t require, n int) *world {
	t.Helper()
	w := scoring(t, n)
	for _, m := range committee(n) {
		w.scoreAll(m, func(int) int { return 7 })
	}
	w.at(day(12, 8)).take(office, evaluation.ActClose, evaluation.Params{})
	return w
}

func (w *world) put(item evaluation.ItemID, v evaluation.Verdict, focus lang.Text) {
	w.t.Helper()
	drafts, err := evaluation.Put(w.s, office, year, item, evaluation.MotionText{Verdict: v, Focus: focus}, w.clock)
	w.do(drafts, err)
}

func (w *world) vote(who people.Person, item evaluation.ItemID, c evaluation.Choice) {
	w.t.Helper()
	drafts, err := evaluation.Vote(w.s, who, year, item, c, w.clock)
	w.do(drafts, err)
}

func (w *world) closeBallot(item evaluation.ItemID) evaluation.MotionState {
	w.t.Helper()
	drafts, err := evaluation.CloseBallot(w.s, office, year, item, w.clock)
	w.do(drafts, err)
	m, _ := w.cycle().Motion(item)
	return m.State
}

// carry moves and carries a verdict with the votes of all who may vote.
func (w *world) carry(item evaluation.ItemID, v evaluation.Verdict, focus lang.Text) {
	w.t.Helper()
	w.put(item, v, focus)
	i, _ := w.cycle().Item(item)
	for _, u := range w.cycle().Judges(i) {
		w.vote(people.Person{User: u, Roles: []people.Role{people.Member}}, item, evaluation.For)
	}
	if got := w.closeBallot(item); got != evaluation.Carried {
		w.t.Fatalf("%s: %s is %s", item, v, got)
	}
}

// carryRest keeps every item that is not decided, and leaves out what is new.
func (w *world) carryRest() {
	w.t.Helper()
	for _, i := range w.cycle().Items {
		if m, ok := w.cycle().Motion(i.ID); !ok || !m.State.Decided() {
			w.carry(i.ID, i.Verdicts()[0], lang.Text{})
		}
	}
}

var _ require = (*testing.T)(nil)

var (
	ship   = lang.T("氢能船舶", "hydrogen ships")
	noText lang.Text
)
