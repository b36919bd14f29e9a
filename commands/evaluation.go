package commands

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) evaluationFeature() feature {
	list := c.evaluationCommand()
	return feature{
		commands: []Command{list},
		actions: map[string]action{
			render.ActionEvaluation:      {list.Needs, c.evaluationClick},
			render.ActionEvaluationBegin: {people.RunEvaluation, c.beginClick},
			render.ActionEvaluationStep:  {people.ReadEvaluation, c.stepClick},
		},
		forms:      map[string]form{render.EvaluationStepForm: {people.ReadEvaluation, c.submitStep}},
		deliveries: map[delivery.JobName]buildMessage{EvaluationNoteJob: c.evaluationNote, EvaluationBeginJob: c.beginMessage},
		audiences:  map[delivery.JobName]choose{EvaluationBeginJob: c.beginAudience},
	}
}

func (c *Commands) evaluationCommand() Command {
	return Command{
		Name: "evaluation", Alias: "评估",
		Usage:   lang.T("[年份]", "[year]"),
		Summary: lang.T("年度评估：看进行到哪一步、自己要做什么，打分、表决、公示、决定。", "The annual evaluation: how it stands and what you owe; score, vote, notice, decision."),
		Example: lang.T("评估", "evaluation"),
		Needs:   people.ReadProgress,
		run:     c.evaluation,
	}
}

// evaluation shows the cycle that the words name, or the newest.
func (c *Commands) evaluation(ctx context.Context, r *Request) error {
	year := strings.TrimSuffix(strings.TrimSpace(r.Args), "年")
	if year == "" {
		return c.answer(ctx, r, c.evaluationNow(r))
	}
	cycle, ok := cycleCalled(r.State.Evaluation, year)
	if !ok {
		return lang.Problemf("no_cycle", "没有“%s”年度的评估。请写年份，例如 `/future 评估 2026`；不写就看最近一次。",
			"There is no evaluation %q. Name a year, for example `/future evaluation 2026`; without one, see the newest.", short(year))
	}
	return c.answer(ctx, r, c.overview(r, cycle))
}

// cycleCalled returns the newest cycle of a year, or the one with that very id.
func cycleCalled(s evaluation.State, name string) (evaluation.Cycle, bool) {
	for _, cycle := range s.Cycles() {
		year, _, _ := strings.Cut(string(cycle.ID), "-")
		if policy.Key(name) == policy.Key(string(cycle.ID)) || name == year {
			return cycle, true
		}
	}
	return evaluation.Cycle{}, false
}

// evaluationNow is the overview of the cycle that is under way, of the newest, or
// of none: then who runs it may begin one.
func (c *Commands) evaluationNow(r *Request) render.Message {
	s := r.State.Evaluation
	if cycle, ok := s.Current(); ok {
		return c.overview(r, cycle)
	}
	begin := c.nextYear(r)
	if all := s.Cycles(); len(all) > 0 {
		m := c.overview(r, all[0])
		if begin > 0 {
			m.Blocks = append(m.Blocks, render.NoEvaluation(begin, r.Lang).Blocks...)
		}
		return m
	}
	return render.NoEvaluation(begin, r.Lang)
}

// nextYear returns the year whose cycle the person may begin now; 0 when there
// is none.
func (c *Commands) nextYear(r *Request) int {
	year := calendar.DateOf(r.Now).Year()
	if !people.Can(r.Person, people.RunEvaluation) {
		return 0
	}
	for _, y := range []int{year, year + 1} {
		if _, _, err := evaluation.Begin(r.State.Evaluation, c.adopted(r.State), r.Person, y, r.Now); err == nil {
			return y
		}
	}
	return 0
}

// overview renders a cycle as the person sees it.
func (c *Commands) overview(r *Request, cycle evaluation.Cycle) render.Message {
	return render.Evaluation(c.evaluationData(r, cycle), r.Lang)
}

// evaluationData gathers what is told of a cycle to the person.
func (c *Commands) evaluationData(r *Request, cycle evaluation.Cycle) render.EvaluationData {
	s, pol := r.State.Evaluation, c.adopted(r.State)
	return render.EvaluationData{
		Cycle: cycle, Policy: pol, Person: r.Person, People: r.State.People, Now: r.Now, Days: r.State.Calendar,
		Steps: s.NextSteps(pol, cycle, r.Person, r.Now), Turnout: s.ScoringTurnout(cycle), Owing: s.Outstanding(cycle, r.Now),
	}
}

// evaluationClick shows the overview of the cycle that the button names; its own
// button brings it up to date where it stands.
func (c *Commands) evaluationClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	m := c.evaluationNow(r)
	if a.Value != "" {
		cycle, err := cycleOf(r.State.Evaluation, a.Value)
		if err != nil {
			return err
		}
		m = c.overview(r, cycle)
	}
	if strings.Contains(a.ActionID, ":") {
		return c.inPlace(ctx, r, m)
	}
	return c.answer(ctx, r, m)
}

// cycleOf returns the cycle that a button names.
func cycleOf(s evaluation.State, value string) (evaluation.Cycle, error) {
	id, _ := render.ParseEvaluationValue(value)
	cycle, ok := s.Cycle(id)
	if !ok {
		return cycle, errStaleButton
	}
	return cycle, nil
}

// beginClick begins the cycle of the year that the button names, with everybody
// who is a member.
func (c *Commands) beginClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	year, err := strconv.Atoi(a.Value)
	if err != nil {
		return errStaleButton
	}
	var id evaluation.CycleID
	_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) (drafts []journal.Draft, err error) {
		id, drafts, err = evaluation.Begin(s.Evaluation, c.adopted(s), personOf(s.People, r.User), year, now)
		return drafts, err
	})
	if err != nil {
		return err
	}
	err = c.decideEvaluation(ctx, r, func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		members := s.People.WithRole(people.Member)
		if len(members) == 0 {
			return nil, nil
		}
		return evaluation.SetMembers(s.Evaluation, who, id, members, now)
	})
	if err != nil {
		return err
	}
	r.State, r.Now = c.Journal.State(), c.now()
	cycle, err := cycleOf(r.State.Evaluation, string(id))
	if err != nil {
		return err
	}
	return c.inPlace(ctx, r, c.setup(r, cycle))
}

// decideEvaluation writes what is decided by somebody with the roles that they
// have at that moment.
func (c *Commands) decideEvaluation(ctx context.Context, r *Request, f func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error)) error {
	return c.decidePeople(ctx, r, f)
}
