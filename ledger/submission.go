package ledger

import (
	"strconv"

	"wainao/lang"
	"wainao/policy"
)

// Words for the city and for all its domains in a [Submission].
const (
	CityWord  = "city"
	WholeWord = "all"
)

// Submission is a report as a person typed it: ids, names or aliases. The
// fields' JSON names are the names of the form's fields and the keys of the
// [lang.FieldProblems].
type Submission struct {
	District          string `json:"district,omitempty"` // [CityWord] for the city's own series.
	Domain            string `json:"domain,omitempty"`   // [WholeWord] for all domains, in the city's series only.
	Period            string `json:"period,omitempty"`
	Indicator         string `json:"indicator,omitempty"`
	Answer            string `json:"answer,omitempty"` // Empty means [Changed].
	Name              string `json:"name,omitempty"`
	Holder            string `json:"holder,omitempty"`
	CreditCode        string `json:"credit_code,omitempty"`
	Place             string `json:"place,omitempty"`
	Stage             string `json:"stage,omitempty"`
	Date              string `json:"date,omitempty"`
	Document          string `json:"document,omitempty"`
	ValidUntil        string `json:"valid_until,omitempty"`
	Value             string `json:"value,omitempty"`
	Basis             string `json:"basis,omitempty"`
	Year              string `json:"year,omitempty"`
	Evidence          string `json:"evidence,omitempty"`
	Progress          string `json:"progress,omitempty"`
	Problems          string `json:"problems,omitempty"`
	Coordination      string `json:"coordination,omitempty"`
	CoordinationBy    string `json:"coordination_by,omitempty"`
	CoordinationUntil string `json:"coordination_until,omitempty"`
	Next              string `json:"next,omitempty"`
	NextUntil         string `json:"next_until,omitempty"`
	Note              string `json:"note,omitempty"`   // Explains what the checks warned of.
	Reason            string `json:"reason,omitempty"` // Why an accepted report is changed.

	// Report is the report that the form was opened on; empty for a new one. A
	// report may only be renamed or given another code through it.
	Report ReportID `json:"report,omitempty"`

	// Base is the revision that the form was opened on, 0 for a new report.
	// When somebody reported a newer one since, [Submit] gives a [*Conflict].
	Base int `json:"base,omitempty"`

	// FromDraft is the draft that is submitted with this, and gone then.
	FromDraft DraftID `json:"from_draft,omitempty"`

	// Key names the act of submitting, for example the id of the form's view:
	// the same key from the same person is the same act, however often it
	// arrives.
	Key string `json:"-"`
}

// field returns where the field with the name is, nil for a name that is none.
func (s *Submission) field(name string) *string {
	switch name {
	case FieldDistrict:
		return &s.District
	case FieldDomain:
		return &s.Domain
	case FieldPeriod:
		return &s.Period
	case FieldIndicator:
		return &s.Indicator
	case FieldAnswer:
		return &s.Answer
	case FieldName:
		return &s.Name
	case FieldHolder:
		return &s.Holder
	case FieldCreditCode:
		return &s.CreditCode
	case FieldPlace:
		return &s.Place
	case FieldStage:
		return &s.Stage
	case FieldDate:
		return &s.Date
	case FieldDocument:
		return &s.Document
	case FieldValidUntil:
		return &s.ValidUntil
	case FieldValue:
		return &s.Value
	case FieldBasis:
		return &s.Basis
	case FieldYear:
		return &s.Year
	case FieldEvidence:
		return &s.Evidence
	case FieldProgress:
		return &s.Progress
	case FieldProblems:
		return &s.Problems
	case FieldCoordination:
		return &s.Coordination
	case FieldCoordinationBy:
		return &s.CoordinationBy
	case FieldCoordinationUntil:
		return &s.CoordinationUntil
	case FieldNext:
		return &s.Next
	case FieldNextUntil:
		return &s.NextUntil
	case FieldNote:
		return &s.Note
	case FieldReason:
		return &s.Reason
	}
	return nil
}

// Get returns what stands in the field with the name, as [Field.Name] gives it.
func (s Submission) Get(name string) string {
	if p := s.field(name); p != nil {
		return *p
	}
	return ""
}

// Set puts value into the field with the name. ok is false when there is no
// such field.
func (s *Submission) Set(name, value string) (ok bool) {
	p := s.field(name)
	if p == nil {
		return false
	}
	*p = value
	return true
}

// Submission returns the report as it would be typed, to be changed: its form
// is opened on this revision.
func (r Report) Submission() Submission {
	s := Submission{
		District: string(r.District), Domain: string(r.Domain), Period: string(r.Period), Indicator: string(r.Indicator), Answer: string(r.Answer),
		Name: r.Name, Holder: r.Holder, CreditCode: r.CreditCode, Place: r.Place, Stage: r.Stage, Date: string(r.Date),
		Document: r.Document, ValidUntil: string(r.ValidUntil), Evidence: r.Evidence, Basis: string(r.Basis),
		Progress: r.Words.Progress, Problems: r.Words.Problems,
		Coordination: r.Words.Coordination.What, CoordinationBy: r.Words.Coordination.By, CoordinationUntil: string(r.Words.Coordination.Until),
		Next: r.Words.Next.What, NextUntil: string(r.Words.Next.Until), Note: r.Note, Report: r.ID, Base: r.Revision,
	}
	if r.District == City {
		s.District = CityWord
		if r.Domain == Whole {
			s.Domain = WholeWord
		}
	}
	if r.Value != nil {
		s.Value = r.Value.String()
	}
	if r.Year != 0 {
		s.Year = strconv.Itoa(r.Year)
	}
	return s
}

// Change is one field that two reports differ in. A side without anything is a
// zero Text.
type Change struct {
	Field         string
	Label         lang.Text
	Before, After lang.Text
}

// Diff returns what differs between two reports in the order of the fields.
func Diff(pol *policy.Policy, a, b Report) []Change {
	var out []Change
	add := func(name string, label, before, after lang.Text) {
		if before != after {
			out = append(out, Change{Field: name, Label: label, Before: before, After: after})
		}
	}
	add(FieldAnswer, AnswerLabel, a.Answer.Label(), b.Answer.Label())
	indicator, ok := pol.Indicator(b.Indicator)
	if !ok {
		indicator, _ = pol.Indicator(a.Indicator)
	}
	for _, f := range FieldsOf(indicator) {
		if f.Name == FieldReason { // Each revision has its own.
			continue
		}
		add(f.Name, f.Label, Shown(f, a), Shown(f, b))
	}
	return out
}

// AnswerLabel is the label of the answer's field.
var AnswerLabel = lang.T("本期情况", "This period")

// Shown returns what stands in a report's field as a person reads it; zero when
// nothing does.
func Shown(f Field, r Report) lang.Text {
	typed := r.Submission().Get(f.Name)
	if f.Name == FieldReason {
		typed = r.Reason
	}
	if typed == "" {
		return lang.Text{}
	}
	switch f.Kind {
	case KindDay:
		return Day(typed).Label()
	case KindAmount:
		return r.Value.Text()
	case KindChoice:
		for _, o := range f.Options {
			if o.Value == typed {
				return o.Label
			}
		}
	case KindLine, KindWords, KindCode, KindLink, KindYear:
	}
	return lang.T(typed, typed)
}
