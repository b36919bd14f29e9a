package commands

import (
	"slices"

	"wainao/calendar"
	"wainao/ledger"
	"wainao/people"
	"wainao/render"
)

// home gathers what a person's Home tab tells.
func (c *Commands) home(r *Request) render.HomeData {
	period, state := calendar.PeriodOf(r.Now), r.State.Ledger
	matrix := ledger.Matrix(state, r.Policy, c.Settings, period, r.Now)
	h := render.HomeData{
		Person: r.Person, Policy: r.Policy, Layout: r.Policy.LayoutAt(r.Now), Period: period, Matrix: matrix,
		Deadline: c.Settings.Deadline(period, c.workday(r.State)),
		Locked:   state.CheckOpen(period) != nil,
		Pending:  state.Waiting(), Drafts: state.Drafts(r.Policy, r.Person),
		Departed: r.State.People.Departed(), Unanswered: len(r.State.Questions.Open()),
		Trouble: len(recentTrouble(r.State.Delivery, r.Now)), Holidays: r.State.Calendar.Missing(r.Now),
	}
	if people.Can(r.Person, people.ManageRegister) {
		h.Suspects = len(state.Duplicates())
	}
	if waiting := state.Queue(ledger.Filter{}); len(waiting) > 0 {
		h.Oldest = waiting[0].At
	}
	if slices.ContainsFunc(r.Person.Roles, people.Role.OfDistricts) {
		for _, id := range r.Person.Districts {
			d, ok := r.Policy.District(id)
			if !ok {
				continue
			}
			mine := render.HomeDistrict{
				District: d, Duties: ledger.Owed(state, r.Policy, id, period, r.Now), Reports: people.MayReport(r.Person, d) == nil,
			}
			for _, cell := range ofDistrict(matrix, id) {
				if !cell.Assigned && cell.State != ledger.CellNotAssigned {
					mine.Outside = append(mine.Outside, cell)
				}
			}
			h.Mine = append(h.Mine, mine)
		}
	}
	if cycle, ok := r.State.Evaluation.Current(); ok && people.Can(r.Person, people.ReadEvaluation) {
		h.Evaluation = new(c.evaluationData(r, cycle))
	}
	if people.Can(r.Person, people.RunEvaluation) {
		h.Begin, _, _ = c.dueYear(r.State.Evaluation, r.Now)
	}
	if next, ok := c.Jobs.Next(DigestJob, r.Now); ok {
		h.NextDigest = next
	}
	return h
}
