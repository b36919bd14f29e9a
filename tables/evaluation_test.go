package tables_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/sheet"
	"wainao/tables"
)

// cycle folds decisions on an evaluation of four members.
type cycle struct {
	t     *testing.T
	state evaluation.State
	n     uint64
	now   time.Time
}

func (c *cycle) do(drafts []journal.Draft, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			c.t.Fatal(err)
		}
		c.n++
		c.now = c.now.Add(time.Second)
		if c.state, err = c.state.Apply(journal.Entry{Number: c.n, Time: c.now, Kind: d.Kind, Version: d.Version, Data: data}); err != nil {
			c.t.Fatal(err)
		}
	}
}

var (
	office = people.Person{User: "USEC", Roles: []people.Role{people.Secretariat}}
	pair   = evaluation.IDOf(policy.Metaverse, policy.Gusu)
)

func member(n int) people.Person {
	return people.Person{User: people.UserID(fmt.Sprintf("UM%02d", n)), Roles: []people.Role{people.Member}}
}

// scored is an evaluation of which the scoring runs.
func scored(t *testing.T) *cycle {
	t.Helper()
	c := &cycle{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, policy.Zone)}
	_, drafts, err := evaluation.Begin(c.state, policy.Default(), office, 2026, c.now)
	c.do(drafts, err)
	var all []people.Person
	for n := range 4 {
		all = append(all, member(n))
	}
	c.do(evaluation.SetMembers(c.state, office, "2026", all, c.now))
	c.do(evaluation.SetDates(c.state, office, "2026", evaluation.Dates{
		ScoringFrom: "2026-12-01", ScoringUntil: "2026-12-07", Deliberation: "2026-12-12", NoticeFrom: "2026-12-13", NoticeUntil: "2026-12-20", Decision: "2026-12-25", Effective: "2027-01-01",
	}, c.now))
	c.do(evaluation.Take(c.state, policy.Default(), office, "2026", evaluation.ActOpen, evaluation.Params{}, c.now))
	c.do(evaluation.Recuse(c.state, member(3), "2026", evaluation.Recusal{Member: "UM03", District: policy.Gusu, Reason: "在该区任职"}, c.now))
	c.now = time.Date(2026, 12, 1, 9, 0, 0, 0, policy.Zone)
	c.do(evaluation.Tick(c.state, c.now), nil)
	now, _ := c.state.Cycle("2026")
	for n := range 4 {
		for _, i := range now.Items {
			if _, aside := now.Recused(member(n).User, i); aside || n == 3 && i.ID != pair && i.District == policy.SIP {
				continue
			}
			scores := map[evaluation.CriterionID]int{}
			for _, k := range now.Criteria {
				scores[k.ID] = 3 + n
			}
			c.do(evaluation.Score(c.state, member(n), "2026", i.ID, scores, fmt.Sprintf("理由 %d", n), c.now))
		}
	}
	return c
}

func written(t *testing.T, all []sheet.Table, name string) (table sheet.Table, text string) {
	t.Helper()
	i := slices.IndexFunc(all, func(one sheet.Table) bool { return one.Name == name })
	if i < 0 {
		return table, ""
	}
	return all[i], fmt.Sprint(all[i].Rows)
}

// TestAnEvaluationIsExported has figures once a round is closed, and nobody's
// scores or votes at any time.
func TestAnEvaluationIsExported(t *testing.T) {
	t.Parallel()
	c := scored(t)
	export := func(peopleToo bool) []sheet.Table {
		return tables.Export(tables.Source{State: record.State{Evaluation: c.state}, Policy: policy.Default(), Settings: ledger.DefaultSettings(), At: c.now, People: peopleToo})
	}
	items, text := written(t, export(false), "evaluation_items")
	if len(items.Rows) != 17 || strings.Contains(text, "4.00") {
		t.Errorf("while scoring runs, %d items: %s", len(items.Rows), text)
	}
	for _, name := range []string{"evaluation_figures", "evaluation_comments"} {
		if table, _ := written(t, export(false), name); len(table.Rows) > 0 {
			t.Errorf("while scoring runs, %s has %d rows", name, len(table.Rows))
		}
	}
	c.now = time.Date(2026, 12, 8, 9, 0, 0, 0, policy.Zone)
	c.do(evaluation.Take(c.state, policy.Default(), office, "2026", evaluation.ActClose, evaluation.Params{}, c.now))
	c.do(evaluation.Put(c.state, office, "2026", pair, evaluation.MotionText{Verdict: evaluation.Withdraw}, c.now))
	for n := range 3 {
		c.do(evaluation.Vote(c.state, member(n), "2026", pair, evaluation.For, c.now))
	}
	c.do(evaluation.CloseBallot(c.state, office, "2026", pair, c.now))

	all := export(false)
	at := slices.IndexFunc(items.Columns, func(k sheet.Column) bool { return k.Key == "median" })
	after, _ := written(t, all, "evaluation_items")
	for _, row := range after.Rows {
		if row[2].Text == string(policy.Gusu) && row[at].Number != "4" { // 3, 4 and 5: the fourth stands aside.
			t.Errorf("the median is %q", row[at].Number)
		}
	}
	if motions, text := written(t, all, "evaluation_motions"); len(motions.Rows) != 1 || !strings.Contains(text, string(evaluation.Carried)) {
		t.Errorf("the motions are %s", text)
	}
	for _, table := range all {
		if text := fmt.Sprint(table.Rows); strings.Contains(text, "UM0") {
			t.Errorf("%s names a member: %s", table.Name, text)
		}
	}
	if recusals, text := written(t, export(true), "evaluation_recusals"); len(recusals.Rows) != 1 || !strings.Contains(text, "UM03") {
		t.Errorf("the recusals are %s", text)
	}
	if got := tables.Evaluation(tables.Source{State: record.State{Evaluation: c.state}, Policy: policy.Default(), At: c.now}, member(0), "2026"); len(got) != 7 {
		t.Errorf("%d tables of the cycle", len(got))
	}
	if got := tables.Evaluation(tables.Source{State: record.State{Evaluation: c.state}, Policy: policy.Default(), At: c.now}, member(0), "1999"); got != nil {
		t.Errorf("of a cycle that there is not: %d tables", len(got))
	}
}
