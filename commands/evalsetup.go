package commands

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// evaluationSetupFeature is the preparing of a cycle by the secretariat.
func (c *Commands) evaluationSetupFeature() feature {
	const may = people.RunEvaluation
	return feature{
		actions: map[string]action{
			render.ActionEvaluationSetup: {may, func(ctx context.Context, r *Request, a slack.BlockAction) error {
				return c.evaluationView(ctx, r, a, c.setup)
			}},
			render.ActionEvaluationCriteria: {may, c.evaluationModal(evaluation.ActPrepare, func(_ *Request, cycle evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
				return render.EvaluationCriteriaModal(cycle, l)
			})},
			render.ActionEvaluationRules: {may, c.evaluationModal(evaluation.ActPrepare, func(_ *Request, cycle evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
				return render.EvaluationRulesModal(cycle, l)
			})},
			render.ActionEvaluationDates: {may, c.evaluationModal(evaluation.ActDates, datesModal)},
			render.ActionEvaluationMembers: {may, c.evaluationModal(evaluation.ActPrepare, func(r *Request, cycle evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
				return render.EvaluationMembersModal(cycle, r.State.People, l)
			})},
		},
		forms: map[string]form{
			render.EvaluationCriteriaForm: {may, c.submitCriteria},
			render.EvaluationRulesForm:    {may, c.submitRules},
			render.EvaluationDatesForm:    {may, c.submitDates},
			render.EvaluationMembersForm:  {may, c.submitMembers},
		},
	}
}

// setup renders what is prepared.
func (c *Commands) setup(r *Request, cycle evaluation.Cycle) render.Message {
	if cycle.Phase != evaluation.Preparing {
		return c.overview(r, cycle)
	}
	d := c.evaluationData(r, cycle)
	return render.EvaluationSetup(d, r.State.Evaluation.Ready(d.Policy, cycle, evaluation.ActOpen, r.Now), r.Lang)
}

// evaluationView shows something of the cycle that a button names: in the place
// of the message that was clicked in when that is the person's own.
func (c *Commands) evaluationView(ctx context.Context, r *Request, a slack.BlockAction, view func(*Request, evaluation.Cycle) render.Message) error {
	cycle, err := cycleOf(r.State.Evaluation, a.Value)
	if err != nil {
		return err
	}
	if r.ephemeral {
		return c.inPlace(ctx, r, view(r, cycle))
	}
	return c.answer(ctx, r, view(r, cycle))
}

// evaluationModal is a click that opens a form about the cycle that it names,
// while it is in a phase in which the form is of use.
func (c *Commands) evaluationModal(does evaluation.Action, modal func(*Request, evaluation.Cycle, lang.Lang) slack.ModalViewRequest) func(context.Context, *Request, slack.BlockAction) error {
	return func(ctx context.Context, r *Request, a slack.BlockAction) error {
		cycle, err := cycleOf(r.State.Evaluation, a.Value)
		if err != nil {
			return err
		}
		if err := cycle.Allows(does); err != nil {
			return err
		}
		return c.openEvaluationForm(ctx, r, modal(r, cycle, r.Lang))
	}
}

// submitEvaluation takes a form about a cycle: it decides on the newest state,
// and then shows how things stand.
func (c *Commands) submitEvaluation(ctx context.Context, r *Request, in slack.InteractionCallback, view func(*Request, evaluation.Cycle) render.Message,
	decide func(s record.State, cycle evaluation.Cycle, part string, who people.Person, now time.Time) ([]journal.Draft, error),
) (*slack.ViewSubmissionResponse, error) {
	l, id, part, ok := render.ParseAboutEvaluation(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	err := c.decideEvaluation(ctx, r, func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		cycle, err := cycleOf(s.Evaluation, string(id))
		if err != nil {
			return nil, errOldForm
		}
		return decide(s, cycle, part, who, now)
	})
	if err != nil {
		return nil, err
	}
	return nil, c.afterEvaluation(ctx, r, in, id, view)
}

// atField shows a problem at one of the form's fields when it has one of the
// codes; other problems stay as they are.
func atField(err error, field string, codes ...string) error {
	if p, ok := errors.AsType[*lang.Problem](err); ok && slices.Contains(codes, p.Code) {
		return lang.FieldProblems{field: p}
	}
	return err
}

// submitCriteria takes the form of criteria and weights.
func (c *Commands) submitCriteria(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.setup, func(s record.State, cycle evaluation.Cycle, _ string, who people.Person, now time.Time) ([]journal.Draft, error) {
		all := evaluation.DefaultCriteria()
		if !ticked(in, render.FieldCriteriaDefault) {
			var err error
			if all, err = readCriteria(cycle, in); err != nil {
				return nil, err
			}
		}
		drafts, err := evaluation.SetCriteria(s.Evaluation, who, cycle.ID, all, now)
		return drafts, atField(err, namedIn(cycle, in), "criteria")
	})
}

// namedIn is the field at which a problem of a name stands: that of the new name,
// in the language in which another criterion has it.
func namedIn(cycle evaluation.Cycle, in slack.InteractionCallback) string {
	for _, f := range []struct{ zh, en string }{{render.FieldRenameZH, render.FieldRenameEN}, {render.FieldNewNameZH, render.FieldNewNameEN}} {
		called := stated(in, f.en)
		switch {
		case called == "":
		case slices.ContainsFunc(cycle.Criteria, func(k evaluation.Criterion) bool { return k.Name.EN == called }):
			return f.en
		default:
			return f.zh
		}
	}
	return lastWeight(cycle)
}

// lastWeight is the field at which a problem of all the criteria stands.
func lastWeight(cycle evaluation.Cycle) string {
	if n := len(cycle.Criteria); n > 0 {
		return render.WeightField(cycle.Criteria[n-1].ID)
	}
	return render.FieldNewWeight
}

// readCriteria returns the criteria as the form says. The error is
// lang.FieldProblems.
func readCriteria(cycle evaluation.Cycle, in slack.InteractionCallback) ([]evaluation.Criterion, error) {
	problems := lang.FieldProblems{}
	var all []evaluation.Criterion
	sum := 0
	add := func(k evaluation.Criterion, field, weight string) {
		n, err := strconv.Atoi(weight)
		if err != nil || n < 1 || n > 100 {
			problems[field] = lang.Problemf("weight", "请填 1 到 100 的整数。", "Give a whole number from 1 to 100.")
			return
		}
		k.Weight = n
		sum += n
		all = append(all, k)
	}
	renamed, called := evaluation.CriterionID(stated(in, render.FieldRename)), lang.T(stated(in, render.FieldRenameZH), stated(in, render.FieldRenameEN))
	if renamed == "" && !called.IsZero() {
		problems[render.FieldRename] = lang.Problemf("missing", "请选择给哪一条改名。", "Choose which one is renamed.")
	}
	for field, text := range map[string]string{render.FieldRenameZH: called.ZH, render.FieldRenameEN: called.EN} {
		if renamed != "" && text == "" {
			problems[field] = lang.Problemf("missing", "请填写，中英文都要有。", "Please fill this in: both languages are needed.")
		}
	}
	for _, k := range cycle.Criteria {
		if k.ID == renamed {
			k.Name = called
			if stated(in, render.WeightField(k.ID)) == "" {
				problems[render.FieldRename] = lang.Problemf("dropped", "这一条的权重留空了，会被去掉。", "Its weight is empty, so it would be dropped.")
			}
		}
		if weight := stated(in, render.WeightField(k.ID)); weight != "" {
			add(k, render.WeightField(k.ID), weight)
		}
	}
	last := lastWeight(cycle)
	name := lang.T(stated(in, render.FieldNewNameZH), stated(in, render.FieldNewNameEN))
	asks := lang.T(stated(in, render.FieldNewAsksZH), stated(in, render.FieldNewAsksEN))
	if weight := stated(in, render.FieldNewWeight); weight != "" || !name.IsZero() || !asks.IsZero() {
		for field, missing := range map[string]bool{
			render.FieldNewNameZH: name.ZH == "", render.FieldNewNameEN: name.EN == "",
			render.FieldNewAsksZH: asks.ZH == "" && asks.EN != "", render.FieldNewAsksEN: asks.EN == "" && asks.ZH != "",
		} {
			if missing {
				problems[field] = lang.Problemf("missing", "请填写。", "Please fill this in.")
			}
		}
		taken := func(id string) bool { // The reason has a field of its own in the form of the scores.
			return id == evaluation.FieldReason || slices.ContainsFunc(cycle.Criteria, func(k evaluation.Criterion) bool { return string(k.ID) == id })
		}
		add(evaluation.Criterion{
			ID: evaluation.CriterionID(idOf(name.EN, "criterion", taken)), Name: name, Asks: asks,
			Group: evaluation.Group(cmp.Or(stated(in, render.FieldNewGroup), string(evaluation.Technical))),
		}, render.FieldNewWeight, weight)
		last = render.FieldNewWeight
	}
	if len(problems) == 0 && sum != 100 {
		problems[last] = lang.Problemf("weights", "权重合计应为 100，现在是 %d。", "The weights must sum to 100; they sum to %d.", sum)
	}
	return all, problems.OrNil()
}

// maxID is how many characters an id made from a name has at most.
const maxID = 32

// idOf makes an id of a name: its letters and digits, with hyphens between. One
// that is taken gets a number.
func idOf(name, none string, taken func(string) bool) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := strings.Join(words, "-")
	if len(id) > maxID {
		id = strings.Trim(id[:maxID], "-")
	}
	id = cmp.Or(id, none)
	for base, n := id, 2; taken(id); n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}

// submitRules takes the form of the rules.
func (c *Commands) submitRules(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.setup, func(s record.State, cycle evaluation.Cycle, _ string, who people.Person, now time.Time) ([]journal.Draft, error) {
		rules, problems := cycle.Rules, lang.FieldProblems{}
		for field, share := range map[string]*evaluation.Share{render.FieldQuorum: &rules.Quorum, render.FieldMajority: &rules.Majority} {
			num, den, _ := strings.Cut(stated(in, field), "/")
			n, err := strconv.Atoi(num)
			m, err2 := strconv.Atoi(den)
			if err != nil || err2 != nil {
				problems[field] = lang.Problemf("missing", "请选择。", "Please choose.")
				continue
			}
			*share = evaluation.Share{Num: n, Den: m}
		}
		for field, number := range map[string]*float64{
			render.FieldStrengthen: &rules.Strengthen, render.FieldKeep: &rules.Keep, render.FieldAdjust: &rules.Adjust, render.FieldAdd: &rules.Add, render.FieldDivided: &rules.Divided,
		} {
			f, err := strconv.ParseFloat(stated(in, field), 64)
			if err != nil || !(f >= 0 && f <= evaluation.MaxScore) { // Not a number is in no order.
				problems[field] = lang.Problemf("number", "请填 0 到 %d 的数。", "Give a number from 0 to %d.", evaluation.MaxScore)
				continue
			}
			*number = f
		}
		if err := problems.OrNil(); err != nil {
			return nil, err
		}
		drafts, err := evaluation.SetRules(s.Evaluation, who, cycle.ID, rules, now)
		return drafts, atField(err, render.FieldStrengthen, "rules")
	})
}

// datesModal is the form of the calendar: filled with suggestions while nothing
// is set, with a reason once the cycle is open.
func datesModal(r *Request, cycle evaluation.Cycle, l lang.Lang) slack.ModalViewRequest {
	dates := cycle.Dates
	if dates == (evaluation.Dates{}) {
		dates = evaluation.SuggestDates(r.State.Calendar, r.Now)
	}
	open := cycle.Phase != evaluation.Preparing
	doubt := r.State.Calendar.NotLoaded(calendar.Date(dates.Decision).Year())
	return render.EvaluationDatesModal(cycle, dates, func(n evaluation.DateName) bool { return open && cycle.Settled(n) }, doubt, open, l)
}

// submitDates takes the form of the calendar. Who takes part is told of dates
// that moved.
func (c *Commands) submitDates(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	office := c.office(ctx)
	return c.submitEvaluation(ctx, r, in, c.setup, func(s record.State, cycle evaluation.Cycle, _ string, who people.Person, now time.Time) ([]journal.Draft, error) {
		dates, preparing := cycle.Dates, cycle.Phase == evaluation.Preparing
		for _, n := range evaluation.DateNames() {
			if preparing || !cycle.Settled(n) {
				dates = dates.With(n, evaluation.Day(statedDay(in, string(n))))
			}
		}
		doubts := lang.FieldProblems{}
		if !ticked(in, render.FieldDatesMeant) {
			doubts = dates.Doubts(s.Calendar, func(n evaluation.DateName) bool { return preparing || cycle.Dates.Get(n) != dates.Get(n) })
		}
		if preparing {
			drafts, err := evaluation.SetDates(s.Evaluation, who, cycle.ID, dates, now)
			return drafts, withDoubts(err, doubts)
		}
		drafts, err := evaluation.MoveDates(s.Evaluation, who, cycle.ID, dates, stated(in, evaluation.FieldReason), now)
		if err = withDoubts(err, doubts); err != nil || len(drafts) == 0 {
			return nil, err
		}
		more, err := tellEvaluation(s, told(s.People, cycle, evaluation.ActOpen), noteAbout(cycle.ID, aboutMoves, strconv.Itoa(len(cycle.Moves))), r.User, office, now)
		return append(drafts, more...), err
	})
}

// withDoubts adds what is doubtful about the dates to what is wrong in the form,
// with how to keep them all the same.
func withDoubts(err error, doubts lang.FieldProblems) error {
	wrong, ok := errors.AsType[lang.FieldProblems](err)
	if err != nil && !ok {
		return err
	}
	all := maps.Clone(wrong)
	if all == nil {
		all = lang.FieldProblems{}
	}
	for field, p := range doubts {
		if all[field] == nil {
			all[field] = lang.Problemf(p.Code, "%s确需如此，请勾选最下面的“就用这些日期”。", "%s If it is meant so, tick “Keep these dates” at the bottom.", p.Words)
		}
	}
	return all.OrNil()
}

// submitMembers takes the form of the members.
func (c *Commands) submitMembers(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	return c.submitEvaluation(ctx, r, in, c.setup, func(s record.State, cycle evaluation.Cycle, _ string, who people.Person, now time.Time) ([]journal.Draft, error) {
		var members []people.Person
		for _, user := range chosenUsers(in, render.FieldMembers) {
			members = append(members, personOf(s.People, user))
		}
		drafts, err := evaluation.SetMembers(s.Evaluation, who, cycle.ID, members, now)
		return drafts, atField(err, render.FieldMembers, "members_few", "member_role")
	})
}

// chosenUsers returns the people chosen in a form's field.
func chosenUsers(in slack.InteractionCallback, name string) (users []people.UserID) {
	if in.View.State == nil {
		return nil
	}
	for _, user := range in.View.State.Values[name][name].SelectedUsers {
		users = append(users, people.UserID(user))
	}
	return users
}

// domainOfCycle reports whether an id is a domain of the policy or of the cycle.
func domainOfCycle(pol *policy.Policy, cycle evaluation.Cycle, id policy.DomainID) bool {
	_, ok := pol.Domain(id)
	return ok || slices.ContainsFunc(cycle.NewDomains, func(d evaluation.NewDomain) bool { return d.ID == id })
}
