package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"wainao/evaluation"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) dossierFeature() feature {
	return feature{actions: map[string]action{render.ActionEvaluationDossier: {people.ReadEvaluation, c.dossierClick}}}
}

// dossierClick shows the page of an item's dossier that the button names; the
// dossier's own buttons turn the page in place.
func (c *Commands) dossierClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	id, item, page := render.ParseDossierValue(valueOf(a))
	cycle, ok := r.State.Evaluation.Cycle(id)
	if !ok {
		return errStaleButton
	}
	d, err := c.dossier(ctx, r, cycle, item)
	if err != nil {
		return err
	}
	d.Page = page
	m, turned := render.Dossier(d, r.Lang), strings.Contains(a.ActionID, ":turn")
	switch inModal := r.View.Type == slack.VTModal; {
	case inModal && turned:
		return c.Views.UpdateView(ctx, r.View.ID, r.View.Hash, render.DossierModal(m, r.Lang))
	case inModal: // Above the form in which the item is scored.
		return c.open(ctx, r, render.DossierModal(m, r.Lang))
	case turned:
		return c.inPlace(ctx, r, m)
	}
	return c.answer(ctx, r, m)
}

// dossier gathers what is known of an item: from the state that the cycle
// judges, and beside it what came later.
func (c *Commands) dossier(ctx context.Context, r *Request, cycle evaluation.Cycle, id evaluation.ItemID) (render.DossierData, error) {
	item, ok := cycle.Item(id)
	if !ok {
		return render.DossierData{}, errStaleButton
	}
	judged, at, err := c.judged(ctx, r, cycle)
	if err != nil {
		return render.DossierData{}, err
	}
	pol := c.policyAt(judged, at)
	d := render.DossierData{
		Cycle: cycle, Item: item, Policy: pol, Newest: c.adopted(r.State), At: at,
		Items: judged.Ledger.Items(ledger.ItemFilter{Domain: item.Domain, District: item.District}),
	}
	d.Focus, _ = pol.LayoutAt(at).FocusOf(item.Domain, item.District)
	for _, i := range pol.Indicators {
		tally, last := ledger.TallyOf(judged.Ledger, i, item.Domain, item.District, at)
		line := render.DossierFigure{Indicator: i, Tally: tally, Last: last}
		if i.Takes == policy.TakesValue {
			for _, basis := range ledger.Bases() {
				line.Points = append(line.Points, newestPoint(ledger.Series(judged.Ledger, item.District, item.Domain, basis))...)
				line.Points = append(line.Points, newestPoint(ledger.PendingSeries(judged.Ledger, item.District, item.Domain, basis))...)
			}
		}
		d.Figures = append(d.Figures, line)
	}
	year := yearOf(cycle.ID)
	for _, report := range judged.Ledger.Reports(ledger.Filter{Domain: item.Domain, District: item.District}) {
		if report.Period.Year() == year {
			d.Reports = append(d.Reports, report)
		}
	}
	if cycle.Frozen > 0 {
		for _, report := range r.State.Ledger.Reports(ledger.Filter{Domain: item.Domain, District: item.District}) {
			if !cycle.Judged(report.At) || !report.ReviewedAt.IsZero() && !cycle.Judged(report.ReviewedAt) {
				d.Since = append(d.Since, report)
			}
		}
	}
	d.Last, d.LastCycle = lastYear(r.State.Evaluation, r.Person, cycle.ID, id)
	return d, nil
}

// newestPoint returns the last of a series' points, or none.
func newestPoint(all []ledger.Point) []ledger.Point { return all[max(0, len(all)-1):] }

// yearOf returns the year that a cycle evaluates.
func yearOf(id evaluation.CycleID) int {
	year, _, _ := strings.Cut(string(id), "-")
	n, err := strconv.Atoi(year)
	if err != nil {
		return 0
	}
	return n
}

// lastYear returns what the evaluation before made of the same item; nil where
// there was none, or where the person may not read its results.
func lastYear(s evaluation.State, who people.Person, id evaluation.CycleID, item evaluation.ItemID) (*evaluation.ItemResult, evaluation.Cycle) {
	before, ok := s.Previous(id)
	if !ok {
		return nil, evaluation.Cycle{}
	}
	results, err := s.Results(who, before.ID)
	if err != nil {
		return nil, before
	}
	result, ok := results.Item(item)
	if !ok {
		return nil, before
	}
	return &result, before
}

// judged returns the state that a cycle judges, and the moment that it is of:
// that of its opening, or now while it is not opened.
func (c *Commands) judged(ctx context.Context, r *Request, cycle evaluation.Cycle) (record.State, time.Time, error) {
	if cycle.Frozen == 0 {
		return r.State, r.Now, nil
	}
	state, err := c.frozen.at(cycle.Frozen, func() (record.State, error) {
		snap, err := c.Journal.StateAt(context.WithoutCancel(ctx), record.State{}, cycle.Frozen, time.Time{})
		if err != nil {
			return record.State{}, fmt.Errorf("read the state at entry %d: %w", cycle.Frozen, err)
		}
		return snap.State, nil
	})
	return state, cycle.FrozenAt, err
}

// maxFrozen bounds the past states that are kept: that of the cycle that is
// under way, and of one that is looked back at.
const maxFrozen = 2

// frozenStates keep past states of the journal, which are read by folding it
// from its beginning. The zero value is ready to use.
type frozenStates struct {
	mu   sync.Mutex
	kept []frozenState // The one that was asked for last in front.
}

type frozenState struct {
	number uint64
	state  func() (record.State, error) // Reads it once.
}

// at returns the state at the number, read by read when it is not kept. Whoever
// asks for the same meanwhile waits for that. What could not be read is tried
// again.
func (f *frozenStates) at(number uint64, read func() (record.State, error)) (record.State, error) {
	f.mu.Lock()
	found := frozenState{number: number}
	if i := slices.IndexFunc(f.kept, func(s frozenState) bool { return s.number == number }); i >= 0 {
		found = f.kept[i]
		f.kept = slices.Delete(f.kept, i, i+1)
	} else {
		found.state = sync.OnceValues(read)
	}
	f.kept = slices.Insert(f.kept, 0, found)
	f.kept = f.kept[:min(len(f.kept), maxFrozen)]
	f.mu.Unlock()
	state, err := found.state()
	if err != nil {
		f.mu.Lock()
		f.kept = slices.DeleteFunc(f.kept, func(s frozenState) bool { return s.number == number })
		f.mu.Unlock()
	}
	return state, err
}
