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
	period := calendar.PeriodOf(r.Now)
	matrix := ledger.Matrix(r.State.Ledger, c.Policy, ledger.DefaultSettings(), period, r.Now)
	h := render.HomeData{
		Person: r.Person, Policy: c.Policy, Layout: c.Policy.LayoutAt(r.Now), Period: period, Matrix: matrix,
		Pending:    r.State.Ledger.Waiting(),
		Unanswered: len(r.State.Questions.Open()),
	}
	if slices.ContainsFunc(r.Person.Roles, people.Role.OfDistricts) {
		for _, id := range r.Person.Districts {
			if d, ok := c.Policy.District(id); ok {
				h.Mine = append(h.Mine, render.HomeDistrict{District: d, Cells: ofDistrict(matrix, id)})
			}
		}
	}
	if next, ok := c.Jobs.Next(DigestJob, r.Now); ok {
		h.NextDigest = next
	}
	return h
}
