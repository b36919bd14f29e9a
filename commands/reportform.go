package commands

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// memory is what an open report form remembers besides its fields, as its
// private metadata.
type memory struct {
	Lang       lang.Lang       `json:"l,omitempty"` // The language to tell its problems in.
	District   string          `json:"d,omitempty"` // Of who has one and cannot choose.
	Report     ledger.ReportID `json:"r,omitempty"`
	Base       int             `json:"b,omitempty"`
	Draft      ledger.DraftID  `json:"f,omitempty"`
	Item       ledger.ReportID `json:"i,omitempty"`
	Generation int             `json:"g,omitempty"`
}

func (m memory) lang(otherwise lang.Lang) lang.Lang {
	if slices.Contains(lang.Both(), m.Lang) {
		return m.Lang
	}
	return otherwise
}

// readForm reads an open form: what is filled in, and what it remembers.
func readForm(v slack.View) (ledger.Submission, memory) {
	var m memory
	// What cannot be read was not written by this version: the form is then read
	// by its fields alone.
	_ = json.Unmarshal([]byte(v.PrivateMetadata), &m)
	in := ledger.Submission{District: m.District, Report: m.Report, Base: m.Base, FromDraft: m.Draft}
	if v.State == nil {
		return in, m
	}
	for block, elements := range v.State.Values {
		name := render.FieldName(block)
		for _, e := range elements {
			if name == render.FieldItem {
				m.Item = ledger.ReportID(valueOf(e))
			} else {
				in.Set(name, valueOf(e))
			}
		}
	}
	return in, m
}

// valueOf returns what a form's element holds, whatever its kind.
func valueOf(a slack.BlockAction) string {
	switch {
	case a.SelectedOption.Value != "":
		return a.SelectedOption.Value
	case a.SelectedDate != "":
		return a.SelectedDate
	}
	return strings.TrimSpace(a.Value)
}

// hasField reports whether the view has a field.
func hasField(v slack.View, name string) bool {
	return slices.ContainsFunc(v.Blocks.BlockSet, func(b slack.Block) bool {
		in, ok := b.(*slack.InputBlock)
		return ok && render.FieldName(in.BlockID) == name
	})
}

// newForm fills in a form for a person with what they typed, and what is known
// of it already.
func (c *Commands) newForm(r *Request, typed ledger.Submission) (ledger.Submission, memory, error) {
	if typed.District == "" {
		if mine := mayReport(r.Policy, r.Person); len(mine) == 1 && !people.Can(r.Person, people.ReportCity) {
			typed.District = string(mine[0].ID)
		} else if len(mine) == 0 && people.Can(r.Person, people.ReportCity) {
			typed.District = ledger.CityWord
		}
	}
	if typed.Period == "" {
		typed.Period = string(calendar.PeriodOf(r.Now))
	}
	if !slices.Contains(ledger.Periods(r.Now), calendar.Period(typed.Period)) {
		all := ledger.Periods(r.Now)
		return typed, memory{}, lang.Problemf("period", "%s现在不能上报。可以上报的是%s至%s。", "%s cannot be reported for now. You can report for %s to %s.",
			calendar.Period(typed.Period).Label(), all[len(all)-1].Label(), all[0].Label())
	}
	if typed.Domain == "" && typed.District != ledger.CityWord {
		if led := r.Policy.LayoutAt(r.Now).DomainsOf(policy.DistrictID(typed.District)); len(led) == 1 {
			typed.Domain = string(led[0])
		}
	}
	in, m := c.prefill(r, typed, memory{})
	return in, m, nil
}

// prefill fills in what the ledger knows of the pair, the period, the indicator
// and the item that are chosen; what the person typed in words, or in a short
// form, stands.
func (c *Commands) prefill(r *Request, typed ledger.Submission, m memory) (ledger.Submission, memory) {
	district, domain := policy.DistrictID(typed.District), policy.DomainID(typed.Domain)
	if typed.District == ledger.CityWord {
		district = ledger.City
	}
	if typed.Domain == ledger.WholeWord {
		domain = ledger.Whole
	}
	period, indicator := calendar.Period(typed.Period), policy.IndicatorID(typed.Indicator)
	known := ledger.Submission{}
	switch items := c.items(r, typed); {
	case typed.District == "" || typed.Domain == "" || indicator == "":
	case m.Item == render.NewItem:
	case m.Item != "":
		for _, item := range items {
			if item.Report == m.Item {
				known = ledger.PrefillItem(r.State.Ledger, item.Key, period)
			}
		}
	case typed.Name != "" && m.Generation == 0: // A name of its own, in the short form.
	case len(items) > 0:
		// An item that was reported before and not yet for this period is the one
		// meant, when there is just one; a second report of one is a choice.
		if open := slices.DeleteFunc(slices.Clone(items), func(i ledger.Item) bool { return i.Period == period }); len(open) == 1 {
			m.Item = open[0].Report
			known = ledger.PrefillItem(r.State.Ledger, open[0].Key, period)
		}
	case takesValue(r.Policy, indicator):
		known = ledger.Prefill(r.State.Ledger, district, domain, indicator, period)
	}
	known.District, known.Domain, known.Period, known.Indicator = typed.District, typed.Domain, typed.Period, typed.Indicator
	known.Answer, known.FromDraft = typed.Answer, typed.FromDraft
	keep := []ledger.Field{{Name: ledger.FieldName}, {Name: ledger.FieldValue}, {Name: ledger.FieldEvidence}}
	if r.View.ID != "" { // An open form: its words stay, its item follows the choice.
		keep = append(ledger.FieldsOf(policy.Indicator{}), ledger.Field{Name: ledger.FieldEvidence})
	}
	for _, f := range keep {
		if typed.Get(f.Name) != "" {
			known.Set(f.Name, typed.Get(f.Name))
		}
	}
	return known, m
}

func takesValue(pol *policy.Policy, id policy.IndicatorID) bool {
	i, ok := pol.Indicator(id)
	return ok && i.Takes == policy.TakesValue
}

// items are the register's items that a report may be about.
func (c *Commands) items(r *Request, in ledger.Submission) []ledger.Item {
	i, ok := r.Policy.Indicator(policy.IndicatorID(in.Indicator))
	if !ok || i.Takes != policy.TakesItem || in.District == "" || in.Domain == "" {
		return nil
	}
	f := ledger.ItemFilter{Indicator: i.ID, Domain: policy.DomainID(in.Domain), District: policy.DistrictID(in.District)}
	if in.District == ledger.CityWord {
		f.District, f.City = "", true
	}
	return r.State.Ledger.Items(f)
}

// mayReport returns the districts that a person reports for.
func mayReport(pol *policy.Policy, p people.Person) []policy.District {
	var out []policy.District
	for _, d := range pol.Districts {
		if people.MayReport(p, d) == nil {
			out = append(out, d)
		}
	}
	return out
}

// form offers a person what they may report, filled in as given.
func (c *Commands) form(r *Request, filled ledger.Submission, m memory) (render.Form, memory, error) {
	f := render.Form{
		Districts: mayReport(r.Policy, r.Person), City: people.Can(r.Person, people.ReportCity),
		Indicators: r.Policy.Indicators, Periods: ledger.Periods(r.Now), Filled: filled,
		Items: c.items(r, filled), Item: m.Item, Generation: m.Generation,
	}
	if d, ok := r.Policy.District(policy.DistrictID(filled.District)); ok {
		if err := people.MayReport(r.Person, d); err != nil {
			return f, m, err
		}
	}
	// A period that is over may still be mended.
	if p := calendar.Period(filled.Period); filled.Report != "" && !slices.Contains(f.Periods, p) {
		f.Periods = append(f.Periods, p)
	}
	f.Locked = r.State.Ledger.CheckOpen(calendar.Period(filled.Period)) != nil
	if report, ok := r.State.Ledger.Report(filled.Report); ok {
		f.Amends = report.Accepted > 0
		if report.Status == ledger.Returned {
			f.Returned = &report
		}
	}
	// The domains that the layout gives the district stand first: work outside
	// the layout is the exception.
	led := r.Policy.LayoutAt(r.Now).DomainsOf(policy.DistrictID(filled.District))
	f.Domains = slices.Clone(r.Policy.Domains)
	slices.SortStableFunc(f.Domains, func(a, b policy.Domain) int {
		return boolOrder(slices.Contains(led, a.ID), slices.Contains(led, b.ID))
	})
	return f, m, nil
}

// modal renders the form with its memory.
func (c *Commands) modal(f render.Form, m memory, l lang.Lang) slack.ModalViewRequest {
	m.Lang, m.Report, m.Base, m.Draft = l, f.Filled.Report, f.Filled.Base, f.Filled.FromDraft
	if len(f.Districts) == 1 && !f.City {
		m.District = string(f.Districts[0].ID)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err) // Strings and numbers always marshal.
	}
	f.Metadata = string(raw)
	return render.ReportModal(f, l)
}

// openForm opens the form on a trigger.
func (c *Commands) openForm(ctx context.Context, r *Request, filled ledger.Submission, m memory) error {
	f, m, err := c.form(r, filled, m)
	if err != nil {
		return err
	}
	return c.open(ctx, r, c.modal(f, m, r.Lang))
}

// updateForm puts the form into the place of the open one.
func (c *Commands) updateForm(ctx context.Context, r *Request, f render.Form, m memory) error {
	return c.Views.UpdateView(ctx, r.View.ID, r.View.Hash, c.modal(f, m, r.Lang))
}

// boolOrder sorts what is true first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// ParseReportKey reads what [render.ReportKey] wrote.
func ParseReportKey(key string) (id ledger.ReportID, revision int, ok bool) {
	name, number, ok := strings.Cut(key, ".")
	revision, err := strconv.Atoi(number)
	return ledger.ReportID(name), revision, ok && err == nil
}
