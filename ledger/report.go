package ledger

import (
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// ReportID names a report for people: R-2026Q4-0007 is the seventh of its
// period. It never changes and is never given twice.
type ReportID string

// City stands where a district would: the city's own series, which the
// secretariat reports. It is never the sum of the districts.
const City policy.DistrictID = ""

// Whole stands where a domain would in the city's series: all domains together.
const Whole policy.DomainID = ""

// ItemKey names an item of the register, in one district and domain. It stays
// the same when a later report of the item adds a code or mends a name. Its
// form is not to be read.
type ItemKey string

// Status is how far the latest revision of a report has come.
type Status string

// The statuses. A status that this version does not know counts as nothing.
const (
	Submitted Status = "submitted" // Reported; nobody has vouched for it yet.
	Withdrawn Status = "withdrawn" // Taken back by its district: counts as nothing.
	Returned  Status = "returned"  // The secretariat wants it mended: it is owed again.
	Accepted  Status = "accepted"  // The secretariat vouches for it: only now it counts.
)

// Statuses lists the statuses in the order of a report's life.
func Statuses() []Status { return []Status{Submitted, Withdrawn, Returned, Accepted} }

// Label returns the status in words.
func (s Status) Label() lang.Text {
	switch s {
	case Submitted:
		return lang.T("已上报，待审核", "reported, pending review")
	case Withdrawn:
		return lang.T("已撤回", "withdrawn")
	case Returned:
		return lang.T("已退回，待修改", "returned, to be mended")
	case Accepted:
		return lang.T("已采纳", "accepted")
	}
	return lang.T(string(s), string(s))
}

// Answer is what a report says about its period.
type Answer string

// The answers.
const (
	Changed   Answer = "changed"   // There is something to tell.
	Unchanged Answer = "unchanged" // 本期无变化: what was accepted before still holds.
	NoData    Answer = "no-data"   // 未填报: nothing can be told. It is never 0.
)

// Answers lists the answers in the order in which they are offered.
func Answers() []Answer { return []Answer{Changed, Unchanged, NoData} }

// Label returns the answer in words.
func (a Answer) Label() lang.Text {
	switch a {
	case Changed:
		return lang.T("有进展", "something to report")
	case Unchanged:
		return lang.T("本期无变化", "no change this period")
	case NoData:
		return lang.T("无数据", "no data")
	}
	return lang.T(string(a), string(a))
}

// Basis says over which time a value was counted.
type Basis string

// The bases. Only the city's yearly figures are held against the targets.
const (
	Yearly     Basis = "yearly"       // The whole year.
	YearToDate Basis = "year-to-date" // From January to the end of the report's period.
)

// Bases lists the bases in the order in which they are offered.
func Bases() []Basis { return []Basis{YearToDate, Yearly} }

// Label returns the basis in words.
func (b Basis) Label() lang.Text {
	switch b {
	case Yearly:
		return lang.T("全年", "whole year")
	case YearToDate:
		return lang.T("年初至本季度末", "year to date")
	}
	return lang.T(string(b), string(b))
}

// Coordination is what a district needs from others.
type Coordination struct {
	What  string `json:"what,omitempty"`
	By    string `json:"by,omitempty"` // Who is asked.
	Until Day    `json:"until,omitempty"`
}

// Step is what a district does next.
type Step struct {
	What  string `json:"what,omitempty"`
	Until Day    `json:"until,omitempty"`
}

// Words are what a report tells in words.
type Words struct {
	Progress     string       `json:"progress,omitempty"`
	Problems     string       `json:"problems,omitempty"`
	Coordination Coordination `json:"coordination,omitzero"`
	Next         Step         `json:"next,omitzero"`
}

// Report is one report in its latest revision, or one revision of it. It is a
// value: nobody changes what its pointers and slices point to.
//
// What a person reported has JSON names: it is what the journal keeps. The rest
// follows from the journal's other entries.
type Report struct {
	ID        ReportID           `json:"id"`
	Revision  int                `json:"revision"` // From 1.
	District  policy.DistrictID  `json:"district"` // [City] for the city's own series.
	Domain    policy.DomainID    `json:"domain"`   // [Whole] in the city's series: all domains.
	Period    calendar.Period    `json:"period"`
	Indicator policy.IndicatorID `json:"indicator,omitempty"` // Empty when the answer is for the whole pair of domain and district.
	Answer    Answer             `json:"answer"`

	// Of an item; which of them an indicator has is told by [FieldsOf].
	Item       ItemKey `json:"item,omitempty"`
	Name       string  `json:"name,omitempty"`
	Holder     string  `json:"holder,omitempty"`
	CreditCode string  `json:"credit_code,omitempty"` // Unified social credit code, GB 32100-2015.
	Place      string  `json:"place,omitempty"`
	Stage      string  `json:"stage,omitempty"` // The id of one of [StagesOf].
	Date       Day     `json:"date,omitempty"`
	Document   string  `json:"document,omitempty"`
	ValidUntil Day     `json:"valid_until,omitempty"` // The last day on which it is valid.
	Evidence   string  `json:"evidence,omitempty"`    // An http or https address.

	// Of a value.
	Value *Amount `json:"value_wan,omitempty"` // Nil when there is none.
	Year  int     `json:"year,omitempty"`
	Basis Basis   `json:"basis,omitempty"`

	Words  Words         `json:"words,omitzero"`
	By     people.UserID `json:"by"`
	Note   string        `json:"note,omitempty"`   // Explains the warnings.
	Reason string        `json:"reason,omitempty"` // Why an accepted report is amended.

	// Warnings are what looked strange and was explained by Note.
	Warnings []Warning `json:"warnings,omitempty"`

	// OutsideLayout is set when the layout did not give the domain to the
	// district. Such a report is taken in like any other: the yearly evaluation
	// wants to know.
	OutsideLayout bool `json:"outside_layout,omitempty"`

	At     time.Time `json:"-"` // When this revision was submitted.
	First  time.Time `json:"-"` // When the first revision was submitted.
	Status Status    `json:"-"` // Of this revision.

	// Accepted is the revision that counts, 0 when none does. A revision behind
	// it that waits or was returned leaves it as it is.
	Accepted int `json:"-"`

	ReviewedBy  people.UserID `json:"-"` // Who accepted or returned this revision.
	ReviewedAt  time.Time     `json:"-"`
	ReturnCode  ReturnCode    `json:"-"`
	ReturnWords string        `json:"-"`
}

// Subject returns what the report is about: the item's name, the value, or the
// answer when there is neither.
func (r Report) Subject() lang.Text {
	switch {
	case r.Value != nil:
		return r.Value.Text()
	case r.Name != "":
		return lang.T(r.Name, r.Name)
	}
	return r.Answer.Label()
}

// Amends reports whether the revision waits to take the place of an accepted
// one, which counts until then.
func (r Report) Amends() bool { return r.Status == Submitted && r.Accepted > 0 }

// same reports whether two reports say the same, whoever says it and when.
func (r Report) same(o Report) bool { return r.sameFacts(o) && r.Words == o.Words }

// sameFacts reports whether two reports say the same but for their words.
func (r Report) sameFacts(o Report) bool {
	sameValue := (r.Value == nil) == (o.Value == nil) && (r.Value == nil || *r.Value == *o.Value)
	return sameValue && r.District == o.District && r.Domain == o.Domain && r.Indicator == o.Indicator && r.Answer == o.Answer &&
		r.Item == o.Item && r.Name == o.Name && r.Holder == o.Holder && r.CreditCode == o.CreditCode && r.Place == o.Place &&
		r.Stage == o.Stage && r.Date == o.Date && r.Document == o.Document && r.ValidUntil == o.ValidUntil && r.Evidence == o.Evidence &&
		r.Year == o.Year && r.Basis == o.Basis
}

// thing names what a report is about in its period: a second report of a thing
// is a new revision of the first.
func (r Report) thing() string { return string(r.Period) + "|" + r.line() }

// line is the thing whatever the period.
func (r Report) line() string {
	if r.Item != "" {
		return string(r.Item)
	}
	line := pairKey(r.Domain, r.District) + "|" + string(r.Indicator) + "|"
	if r.Basis != "" {
		line += string(r.Basis) + "|" + digits(r.Year, 4)
	}
	return line
}

// pairKey names a pair of domain and district in the tables.
func pairKey(domain policy.DomainID, district policy.DistrictID) string {
	return string(district) + "|" + string(domain)
}

// NoteKind says what sort of remark a [Note] is.
type NoteKind string

// The kinds of notes.
const (
	NoteQuestion NoteKind = "question" // The secretariat asks.
	NoteReply    NoteKind = "reply"    // The district answers.
)

// Note is a remark on one revision of a report. It changes nothing of the
// report.
type Note struct {
	Report   ReportID
	Revision int
	Number   int // Among the report's notes, from 1.
	Kind     NoteKind
	By       people.UserID
	At       time.Time
	Words    string
}
