package render_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// TestTheLargestCycleFits holds that a cycle at its largest, with the longest
// words that its forms take, is told within Slack's limits on every page.
func TestTheLargestCycleFits(t *testing.T) {
	t.Parallel()
	long := func(n int) lang.Text { s := strings.Repeat("<氢&", n/3); return lang.T(s, s) }
	c := evaluation.Cycle{ID: "2026-2", Phase: evaluation.Deliberating, Rules: evaluation.DefaultRules(), Members: []evaluation.Member{{User: member.User}}, Closed: 1}
	for n := range evaluation.MaxCriteria {
		c.Criteria = append(c.Criteria, evaluation.Criterion{ID: evaluation.CriterionID(fmt.Sprintf("k%d", n)), Group: []evaluation.Group{evaluation.Technical, evaluation.Situation}[n%2], Name: long(40), Asks: long(150), Weight: 10})
	}
	sum := stats.Summary{N: 200, Mean: 6.666, Median: 6.666, Q1: 5.555, Q3: 7.777, Trimmed: 6.666, SD: 2.222}
	agreement := stats.Agreement{W: 0.5, Judges: 200, Objects: 100, P: 0.01}
	var agenda []evaluation.AgendaItem
	result := evaluation.Result{Cycle: c.ID, Round: 1, Complete: 200}
	sheets := map[evaluation.ItemID]evaluation.Sheet{}
	second := map[evaluation.ItemID]evaluation.SecondItem{}
	for n := range evaluation.MaxItems {
		domain := policy.DomainID(fmt.Sprintf("new-%d", n))
		c.NewDomains = append(c.NewDomains, evaluation.NewDomain{ID: domain, Name: long(40), Summary: long(500)})
		i := evaluation.Item{ID: evaluation.IDOf(domain, policy.Taicang), Domain: domain, District: policy.Taicang, Kind: evaluation.New, Focus: long(200), Proposed: long(200), Why: long(500).ZH}
		c.Items = append(c.Items, i)
		m := evaluation.Motion{Ballot: n + 1, Item: i.ID, MotionText: evaluation.MotionText{Verdict: evaluation.Add, Focus: long(200)}, State: []evaluation.MotionState{evaluation.Voting, evaluation.NoQuorum, evaluation.Carried}[n%3], Tally: evaluation.Tally{Entitled: 200, For: 100, Against: 99, Abstain: 1}}
		c.Motions = append(c.Motions, m)
		r := evaluation.ItemResult{Item: i, N: 200, Entitled: 200, Told: true, Weighted: sum, Agreement: &agreement, Divided: true, Recommendation: evaluation.Add}
		for _, k := range c.Criteria {
			r.Criteria = append(r.Criteria, evaluation.CriterionResult{Criterion: k.ID, Summary: sum})
		}
		for range 200 {
			r.Comments = append(r.Comments, long(500).ZH)
		}
		result.Items = append(result.Items, r)
		agenda = append(agenda, evaluation.AgendaItem{ItemResult: r, Motion: &m, Decided: n%3 == 2})
		sheets[i.ID] = evaluation.Sheet{Item: i.ID, Reason: long(500).ZH, Weighted: 6.66}
		second[i.ID] = evaluation.SecondItem{Item: i, N: 200, Told: true, Median: 6.66, Q1: 5.55, Q3: 7.77, Criteria: r.Criteria, Own: sheets[i.ID]}
		c.Objections = append(c.Objections, evaluation.Objection{Number: n + 1, Item: i.ID, From: long(100).ZH, Text: long(500).ZH, Answer: long(500).ZH, By: member.User})
		c.Minutes = append(c.Minutes, evaluation.Minute{Item: i.ID, Text: long(2000).ZH, By: member.User})
	}
	for _, k := range c.Criteria {
		result.Agreement = append(result.Agreement, evaluation.ItemsAgreement{Criterion: k.ID, Agreement: agreement})
	}
	result.Agreement = append(result.Agreement, evaluation.ItemsAgreement{Agreement: agreement})
	everything := person("U9", "某", "Some", nil, people.Member, people.Secretariat, people.Leader)
	everything.User = member.User
	pol := policy.Default()
	results := render.ResultsData{Policy: pol, Cycle: c, Result: result, Items: agenda}
	deliberation := render.AgendaData{Policy: pol, Cycle: c, Items: agenda, Viewer: everything, Puttable: 50, Mine: map[evaluation.ItemID]evaluation.Choice{c.Items[0].ID: evaluation.For}}
	ballots := deliberation
	ballots.Items = agenda[:render.BallotsPerMessage]
	for i := range ballots.Items {
		ballots.Items[i].Motion.State = evaluation.Voting
	}
	notice := c
	notice.Phase = evaluation.Noticed
	notice.Dates.NoticeUntil = "2026-12-31"
	proposals := render.ProposalsData{Policy: pol, Cycle: notice, Changed: true, Viewer: everything, Now: now, After: policy.Layout{}}
	for _, i := range c.Items {
		proposals.After.Focus = append(proposals.After.Focus, policy.Focus{Domain: i.Domain, District: i.District, Text: i.Proposed})
	}
	scoring := render.ScoreData{Policy: pol, Cycle: c, Member: member.User, Sheets: sheets, Second: second, Open: true, Now: time.Now(), Memory: render.ScoreMemory{Cycle: c.ID, Lang: lang.ZH}}
	scoring.Cycle.Phase = evaluation.Second
	shown := map[string]int{}
	for _, l := range lang.Both() {
		views := map[string]any{
			"ballots": render.Ballots(ballots, render.BallotRange{First: 1, Last: 100}, l).Blocks, "result": render.ResultItem(results, result.Items[0], l),
			"motion": render.MotionModal(deliberation, agenda[1], l), "minute": render.MinuteModal(deliberation, c.Items[0].ID, l), "minutes": render.Minutes(deliberation, people.State{}, l),
			"score": render.ScoreItem(scoring, c.Items[0], l), "objection": render.ObjectionModal(proposals, long(100).ZH, l),
			"answer": render.ObjectionAnswerModal(proposals, notice.Objections[0], l), "card": render.ObjectionCard(proposals, notice.Objections[0], l).Blocks,
			"note": render.ObjectionNote(proposals, notice.Objections[0], l).Blocks,
		}
		for page := range 40 {
			views[fmt.Sprint("proposals ", page)] = render.Proposals(proposals, page, l).Blocks
			if page > 9 {
				continue
			}
			views[fmt.Sprint("results ", page)] = render.Results(results, page, l).Blocks
			views[fmt.Sprint("agenda ", page)] = render.Agenda(deliberation, page, l).Blocks
			views[fmt.Sprint("list ", page)] = render.ScoreList(scoring, page, l)
		}
		for name, v := range views {
			if err := limits(v); err != nil {
				t.Errorf("%s in %s: %v", name, l, err)
			}
			kind, _, _ := strings.Cut(name, " ")
			values := buttonsOf(v)
			for n := range evaluation.MaxItems { // Every item is on some page.
				if strings.Contains(values, fmt.Sprintf("new-%d:taicang", n)) {
					shown[fmt.Sprint(kind, n)]++
				}
			}
		}
	}
	for n := range evaluation.MaxItems {
		for _, kind := range []string{"results", "agenda", "list"} {
			if shown[fmt.Sprint(kind, n)] == 0 {
				t.Errorf("item %d is on no page of the %s", n, kind)
			}
		}
	}
}

// buttonsOf are the values of all buttons.
func buttonsOf(v any) string {
	var out []string
	raw := string(mustJSON(v))
	for _, part := range strings.Split(raw, `"value":"`)[1:] {
		value, _, _ := strings.Cut(part, `"`)
		out = append(out, value)
	}
	return strings.Join(out, "\n")
}

func mustJSON(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
