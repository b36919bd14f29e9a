package commands

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// evaluationItemsFeature is what is judged in a cycle.
func (c *Commands) evaluationItemsFeature() feature {
	return feature{
		actions: map[string]action{
			render.ActionEvaluationItems: {people.ReadEvaluation, func(ctx context.Context, r *Request, a slack.BlockAction) error {
				return c.evaluationView(ctx, r, a, c.cycleItems)
			}},
			render.ActionEvaluationPage: {people.ReadEvaluation, func(ctx context.Context, r *Request, a slack.BlockAction) error {
				_, part := render.ParseEvaluationValue(a.Value)
				from, err := strconv.Atoi(part)
				if err != nil {
					return errStaleButton
				}
				return c.evaluationView(ctx, r, a, func(r *Request, cycle evaluation.Cycle) render.Message { return c.cycleItemsFrom(r, cycle, from) })
			}},
			render.ActionEvaluationItem: {people.RunEvaluation, c.cycleItemClick},
			render.ActionEvaluationAdd:  {people.RunEvaluation, c.addItemClick},
		},
		forms: map[string]form{
			render.EvaluationItemForm: {people.RunEvaluation, c.submitCycleItem},
			render.EvaluationAddForm:  {people.RunEvaluation, c.submitAddItem},
		},
	}
}

func (c *Commands) cycleItems(r *Request, cycle evaluation.Cycle) render.Message {
	return c.cycleItemsFrom(r, cycle, 0)
}

func (c *Commands) cycleItemsFrom(r *Request, cycle evaluation.Cycle, from int) render.Message {
	d := c.evaluationData(r, cycle)
	var outside []evaluation.Item
	if cycle.Phase == evaluation.Preparing {
		outside = render.OutsidePairs(d.Policy, cycle, reportedPairs(r.State.Ledger))
	}
	return render.EvaluationItems(d, from, outside, r.Lang)
}

// reportedPairs returns the pairs of domain and district that have accepted
// reports, with how many.
func reportedPairs(s ledger.State) []evaluation.Item {
	found := map[evaluation.ItemID]int{}
	var out []evaluation.Item
	for _, report := range s.Reports(ledger.Filter{Status: ledger.Accepted, Answer: ledger.Changed}) {
		if report.District == ledger.City || report.Domain == ledger.Whole {
			continue
		}
		id := evaluation.IDOf(report.Domain, report.District)
		if found[id]++; found[id] == 1 {
			out = append(out, evaluation.Item{ID: id, Domain: report.Domain, District: report.District})
		}
	}
	for i := range out {
		out[i].Why = "台账已采纳 " + strconv.Itoa(found[out[i].ID]) + " 项上报 (accepted reports)。"
	}
	return out
}

// cycleItemClick opens the form about an item.
func (c *Commands) cycleItemClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	cycle, err := cycleOf(r.State.Evaluation, a.Value)
	if err != nil {
		return err
	}
	if err := cycle.Allows(evaluation.ActPrepare); err != nil {
		return err
	}
	_, part := render.ParseEvaluationValue(a.Value)
	item, ok := cycle.Item(evaluation.ItemID(part))
	if !ok {
		return errStaleButton
	}
	return c.openEvaluationForm(ctx, r, render.EvaluationItemModal(c.evaluationData(r, cycle), item, r.Lang))
}

// submitCycleItem changes what is proposed for an item, or takes it out.
func (c *Commands) submitCycleItem(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.cycleItems, func(s record.State, cycle evaluation.Cycle, part string, who people.Person, now time.Time) ([]journal.Draft, error) {
		if ticked(in, render.FieldDropItem) {
			drafts, err := evaluation.RemoveItem(s.Evaluation, who, cycle.ID, evaluation.ItemID(part), now)
			return drafts, atField(err, render.FieldDropItem, "items_none")
		}
		focus := lang.T(stated(in, evaluation.FieldFocusZH), stated(in, evaluation.FieldFocusEN))
		return evaluation.Propose(s.Evaluation, who, cycle.ID, evaluation.ItemID(part), focus, now)
	})
}

// addItemClick opens the form of a further item, filled in with the pair that the
// button names.
func (c *Commands) addItemClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	cycle, err := cycleOf(r.State.Evaluation, a.Value)
	if err != nil {
		return err
	}
	if err := cycle.Allows(evaluation.ActPrepare); err != nil {
		return err
	}
	_, part := render.ParseEvaluationValue(a.Value)
	var filled evaluation.Item
	for _, i := range reportedPairs(r.State.Ledger) {
		if string(i.ID) == part {
			filled = i
		}
	}
	return c.openEvaluationForm(ctx, r, render.EvaluationAddModal(c.evaluationData(r, cycle), part == render.AddNew, filled, r.Lang))
}

// submitAddItem adds an item: of a domain that there is, or of a new one.
func (c *Commands) submitAddItem(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.cycleItems, func(s record.State, cycle evaluation.Cycle, part string, who people.Person, now time.Time) ([]journal.Draft, error) {
		pol := c.adopted(s)
		p := evaluation.Proposal{
			Domain: policy.DomainID(stated(in, evaluation.FieldDomain)), District: policy.DistrictID(stated(in, evaluation.FieldDistrict)),
			Focus: lang.T(stated(in, evaluation.FieldFocusZH), stated(in, evaluation.FieldFocusEN)), Why: stated(in, evaluation.FieldReason),
		}
		if part == render.AddNew {
			p.New = &evaluation.NewDomain{
				Name:    lang.T(stated(in, render.FieldNameZH), stated(in, render.FieldNameEN)),
				Short:   lang.T(stated(in, render.FieldShortZH), stated(in, render.FieldShortEN)),
				Summary: lang.T(stated(in, render.FieldSummaryZH), stated(in, render.FieldSummaryEN)),
			}
			p.Domain = policy.DomainID(idOf(cmp.Or(p.New.Short.EN, p.New.Name.EN), "new-domain", func(id string) bool {
				return domainOfCycle(pol, cycle, policy.DomainID(id))
			}))
		}
		drafts, err := evaluation.AddItem(s.Evaluation, pol, who, cycle.ID, p, now)
		if fields, ok := errors.AsType[lang.FieldProblems](err); ok && part == render.AddNew && fields[evaluation.FieldDomain] != nil {
			fields[render.FieldNameZH] = fields[evaluation.FieldDomain]
			delete(fields, evaluation.FieldDomain)
		}
		return drafts, err
	})
}

// evaluationPeopleFeature is who takes part in a cycle, and what happened in it.
func (c *Commands) evaluationPeopleFeature() feature {
	return feature{
		actions: map[string]action{
			render.ActionEvaluationWho: {people.ReadEvaluation, func(ctx context.Context, r *Request, a slack.BlockAction) error {
				return c.evaluationView(ctx, r, a, c.cyclePeople)
			}},
			render.ActionEvaluationLog: {people.ReadEvaluation, func(ctx context.Context, r *Request, a slack.BlockAction) error {
				return c.evaluationView(ctx, r, a, func(r *Request, cycle evaluation.Cycle) render.Message {
					return render.EvaluationProceedings(c.evaluationData(r, cycle), r.Lang)
				})
			}},
			render.ActionEvaluationAside: {people.ReadEvaluation, c.evaluationModal(evaluation.ActStand, func(r *Request, cycle evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
				return render.EvaluationAsideModal(c.evaluationData(r, cycle), people.Can(r.Person, people.RunEvaluation), l)
			})},
			render.ActionEvaluationLift: {people.RunEvaluation, c.liftClick},
			render.ActionEvaluationLeave: {people.RunEvaluation, c.evaluationModal(evaluation.ActLeave, func(r *Request, cycle evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
				return render.EvaluationLeaveModal(c.evaluationData(r, cycle), l)
			})},
		},
		forms: map[string]form{
			render.EvaluationAsideForm: {people.ReadEvaluation, c.submitAside},
			render.EvaluationLiftForm:  {people.RunEvaluation, c.submitLift},
			render.EvaluationLeaveForm: {people.RunEvaluation, c.submitLeave},
		},
	}
}

func (c *Commands) cyclePeople(r *Request, cycle evaluation.Cycle) render.Message {
	return render.EvaluationPeople(c.evaluationData(r, cycle), r.State.Evaluation.Progress(cycle), r.Lang)
}

// submitAside has somebody stand aside. A member whom the secretariat has stand
// aside is told.
func (c *Commands) submitAside(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.cyclePeople, func(s record.State, cycle evaluation.Cycle, _ string, who people.Person, now time.Time) ([]journal.Draft, error) {
		rec := evaluation.Recusal{
			Member: cmp.Or(chosenUser(in, render.FieldMember), who.User), Reason: stated(in, evaluation.FieldReason),
			Domain: policy.DomainID(stated(in, evaluation.FieldDomain)), District: policy.DistrictID(stated(in, evaluation.FieldDistrict)),
		}
		drafts, err := evaluation.Recuse(s.Evaluation, who, cycle.ID, rec, now)
		if chosenUser(in, render.FieldMember) != "" {
			err = atField(err, render.FieldMember, "not_member")
		}
		if err = atField(err, evaluation.FieldDistrict, "recusal_nothing"); err != nil || len(drafts) == 0 {
			return nil, err
		}
		more, err := updateOf(s, cycle, rec.Member, who.User, now)
		if err != nil {
			return nil, err
		}
		return c.tellMember(s, cycle, rec, aboutAside, who, append(drafts, more...), now)
	})
}

// tellMember adds the note about a recusal to its drafts, unless the member did
// it themselves, or nobody was told of the cycle yet.
func (c *Commands) tellMember(s record.State, cycle evaluation.Cycle, rec evaluation.Recusal, what string, who people.Person, drafts []journal.Draft, now time.Time) ([]journal.Draft, error) {
	if rec.Member == who.User || cycle.Phase == evaluation.Preparing {
		return drafts, nil
	}
	more, err := tellEvaluation(s, []people.UserID{rec.Member}, noteAbout(cycle.ID, what, recusalName(rec, now)), who.User, "", now)
	return append(drafts, more...), err
}

// liftClick opens the form that ends a recusal.
func (c *Commands) liftClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	cycle, err := cycleOf(r.State.Evaluation, a.Value)
	if err != nil {
		return err
	}
	if err := cycle.Allows(evaluation.ActLift); err != nil {
		return err
	}
	_, part := render.ParseEvaluationValue(a.Value)
	rec, ok := render.ParseRecusalPart(part)
	same := func(o evaluation.Recusal) bool { return render.RecusalPart(o) == part }
	if !ok || !slices.ContainsFunc(cycle.Recusals, same) {
		return errStaleButton
	}
	return c.openEvaluationForm(ctx, r, render.EvaluationLiftModal(c.evaluationData(r, cycle), rec, r.Lang))
}

// submitLift ends a recusal, and tells the member.
func (c *Commands) submitLift(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.cyclePeople, func(s record.State, cycle evaluation.Cycle, part string, who people.Person, now time.Time) ([]journal.Draft, error) {
		rec, ok := render.ParseRecusalPart(part)
		if !ok {
			return nil, errOldForm
		}
		drafts, err := evaluation.LiftRecusal(s.Evaluation, who, cycle.ID, rec.Member, rec.Domain, rec.District, stated(in, evaluation.FieldReason), now)
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		return c.tellMember(s, cycle, rec, aboutLift, who, drafts, now)
	})
}

// submitLeave records that a member has left, and tells them.
func (c *Commands) submitLeave(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.cyclePeople, func(s record.State, cycle evaluation.Cycle, _ string, who people.Person, now time.Time) ([]journal.Draft, error) {
		member := chosenUser(in, render.FieldMember)
		drafts, err := evaluation.MemberLeaves(s.Evaluation, who, cycle.ID, member, strings.TrimSpace(stated(in, evaluation.FieldReason)), now)
		if err != nil || len(drafts) == 0 {
			return nil, atField(err, render.FieldMember, "not_member")
		}
		more, err := updateOf(s, cycle, member, who.User, now)
		if err != nil {
			return nil, err
		}
		note, err := tellEvaluation(s, []people.UserID{member}, noteAbout(cycle.ID, aboutLeft, string(member)), who.User, "", now)
		return slices.Concat(drafts, more, note), err
	})
}
