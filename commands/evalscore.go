package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// scoringFeature is how members score: all of it in one modal, which only the
// member sees. No message holds a score.
func (c *Commands) scoringFeature() feature {
	return feature{
		actions: map[string]action{
			render.ActionEvaluationScore: {people.ScoreEvaluation, c.scoreClick},
			render.ActionScoreItem:       {people.ScoreEvaluation, c.scoreItemClick},
			render.ActionScoreNext:       {people.ScoreEvaluation, c.scoreNextClick},
			render.ActionScoreList:       {people.ScoreEvaluation, c.scoreListClick},
		},
		forms: map[string]form{render.ScoreForm: {people.ScoreEvaluation, c.submitScore}},
	}
}

// scoring gathers what a member sees of what they score. The error is a
// [lang.Problem]: there is no such cycle, or they have no part in it.
func (c *Commands) scoring(r *Request, id evaluation.CycleID) (render.ScoreData, error) {
	s := r.State.Evaluation
	cycle, err := cycleOf(r.State.Evaluation, string(id))
	if err != nil {
		return render.ScoreData{}, err
	}
	if err := cycle.Seat(r.User); err != nil {
		return render.ScoreData{}, err
	}
	sheets, err := s.ScoresOf(r.Person, id, r.User)
	if err != nil {
		return render.ScoreData{}, err
	}
	d := render.ScoreData{
		Policy: c.adopted(r.State), Cycle: cycle, Member: r.User, Open: cycle.Open(r.Now), Now: r.Now,
		Sheets: map[evaluation.ItemID]evaluation.Sheet{}, Second: map[evaluation.ItemID]evaluation.SecondItem{},
		Memory: render.ScoreMemory{Cycle: id, Lang: r.Lang},
	}
	d.Progress, d.Left = s.ProgressOf(cycle, r.User)
	for _, sheet := range sheets {
		d.Sheets[sheet.Item] = sheet
	}
	if cycle.Phase == evaluation.Second {
		seen, err := s.SecondRound(r.Person, id)
		if err != nil {
			return render.ScoreData{}, err
		}
		for _, one := range seen {
			d.Second[one.Item.ID] = one
		}
		for _, id := range s.AskedAgain(cycle) {
			if _, scored := d.Second[id]; scored {
				d.Asked = append(d.Asked, id)
			}
		}
	}
	return d, nil
}

// scoreClick opens the member's list.
func (c *Commands) scoreClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, page := render.ParseEvaluationPage(a.Value)
	d, err := c.scoring(r, id)
	if err != nil {
		return err
	}
	return c.open(ctx, r, render.ScoreList(d, page, r.Lang))
}

// scoringAgain gathers the same for the modal that was clicked in, as its next
// generation.
func (c *Commands) scoringAgain(r *Request, v slack.View) (render.ScoreData, error) {
	m, ok := render.ParseScoreMemory(v.PrivateMetadata)
	if !ok {
		return render.ScoreData{}, errOldForm
	}
	r.Lang = m.Lang
	d, err := c.scoring(r, m.Cycle)
	d.Memory.Generation = m.Generation + 1
	return d, err
}

// scoreListClick shows the list in the place of a form, or another page of it.
func (c *Commands) scoreListClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	d, err := c.scoringAgain(r, r.View)
	if err != nil {
		return err
	}
	_, page := render.ParseEvaluationPage(a.Value)
	return c.Views.UpdateView(ctx, r.View.ID, r.View.Hash, render.ScoreList(d, page, r.Lang))
}

// scoreItemClick shows the form of an item.
func (c *Commands) scoreItemClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	_, item := render.ParseEvaluationValue(a.Value)
	return c.showItem(ctx, r, func(render.ScoreData) evaluation.ItemID { return evaluation.ItemID(item) })
}

// scoreNextClick shows the form of the first item that is not scored.
func (c *Commands) scoreNextClick(ctx context.Context, r *Request, _ slack.BlockAction) error {
	return c.showItem(ctx, r, func(d render.ScoreData) evaluation.ItemID { return nextOpen(d, "") })
}

// showItem shows an item's form in the place of what the modal shows, and the
// list when the item is not there any more.
func (c *Commands) showItem(ctx context.Context, r *Request, which func(render.ScoreData) evaluation.ItemID) error {
	d, err := c.scoringAgain(r, r.View)
	if err != nil {
		return err
	}
	return c.Views.UpdateView(ctx, r.View.ID, r.View.Hash, itemOrList(d, which(d), r.Lang))
}

func itemOrList(d render.ScoreData, id evaluation.ItemID, l lang.Lang) slack.ModalViewRequest {
	if i, ok := d.Cycle.Item(id); ok {
		return render.ScoreItem(d, i, l)
	}
	return render.ScoreList(d, 0, l)
}

// nextOpen returns the item to score behind another: the first open one behind
// it, or else the first open one; "" when all are scored.
func nextOpen(d render.ScoreData, behind evaluation.ItemID) evaluation.ItemID {
	if len(d.Left) == 0 {
		return ""
	}
	at := slices.IndexFunc(d.Cycle.Items, func(i evaluation.Item) bool { return i.ID == behind })
	for _, i := range d.Cycle.Items[at+1:] {
		if slices.Contains(d.Left, i.ID) {
			return i.ID
		}
	}
	return d.Left[0]
}

// submitScore keeps what a member gives an item, and shows the next one.
func (c *Commands) submitScore(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	m, ok := render.ParseScoreMemory(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = m.Lang
	scores, reason := readScores(in.View)
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.Score(s.Evaluation, personOf(s.People, r.User), m.Cycle, m.Item, scores, reason, now)
	})
	if refused, ok := errors.AsType[*lang.Problem](err); ok && in.View.PreviousViewID == "" {
		// What was typed stays: the form lies under the refusal, which is closed.
		return slack.NewPushViewSubmissionResponse(new(render.Notice(refused.Words, r.Lang))), nil
	}
	if err != nil {
		return nil, err
	}
	r.State, r.Now = c.Journal.State(), c.now()
	d, err := c.scoringAgain(r, in.View)
	if err != nil {
		return nil, err
	}
	d.Saved = m.Item
	next := evaluation.ItemID("")
	if d.Cycle.Phase == evaluation.Scoring {
		next = nextOpen(d, m.Item)
	}
	return slack.NewUpdateViewSubmissionResponse(new(itemOrList(d, next, r.Lang))), nil
}

// readScores reads the form in which an item is scored: a field without a choice
// is not among the scores.
func readScores(v slack.View) (scores map[evaluation.CriterionID]int, reason string) {
	scores = map[evaluation.CriterionID]int{}
	if v.State == nil {
		return scores, ""
	}
	for block, elements := range v.State.Values {
		name := render.FieldName(block)
		for _, e := range elements {
			if value := valueOf(e); name == evaluation.FieldReason {
				reason = value
			} else if n, err := strconv.Atoi(value); err == nil {
				scores[evaluation.CriterionID(name)] = n
			}
		}
	}
	return scores, reason
}
