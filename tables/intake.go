package tables

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/sheet"
)

// RowState is what becomes of a row.
type RowState string

// The states of a row.
const (
	RowNew       RowState = "new"       // Something that the ledger did not have.
	RowChanged   RowState = "changed"   // Something that it had, and what differs.
	RowUnchanged RowState = "unchanged" // Reported: nothing changed, or no data.
	RowSame      RowState = "same"      // The ledger says exactly this already.
	RowLeft      RowState = "left"      // As it was handed out; not reported.
	RowWrong     RowState = "wrong"
)

// Row is what becomes of one row of a filled-in template.
type Row struct {
	Number  int // In the file.
	State   RowState
	Report  ledger.Report // As it will stand; of a row that is reported.
	Changes []ledger.Change
}

// Batch is what becomes of a filled-in template. It is taken in as a whole, or
// not at all.
type Batch struct {
	District policy.DistrictID
	Period   calendar.Period
	Rows     []Row
	Reports  []ledger.Report     // As they will stand.
	Drafts   []journal.Draft     // Empty when there is a problem, or nothing new.
	Problems []sheet.CellProblem // In the order of the cells.
	More     int                 // Problems that are not listed.
	Ignored  []string            // Sheets that were not read.
	Table    sheet.Table         // As it was filled in, with its problems beside the cells, to be handed back.
	again    int                 // Rows that were taken in with the same key before.
}

// Count returns how many rows are in a state.
func (b Batch) Count(state RowState) int {
	n := 0
	for _, r := range b.Rows {
		if r.State == state {
			n++
		}
	}
	return n
}

// Again reports whether the same file was taken in before.
func (b Batch) Again() bool { return b.again > 0 && len(b.Drafts) == 0 && len(b.Problems) == 0 }

// Read reads a file that a person sent as a filled-in template. The error is a
// [lang.Problem] for a file that is not taken at all.
func Read(content []byte, pol *policy.Policy) (sheet.Filled, error) {
	filled, err := sheet.Read(content, []sheet.Table{Layout(pol)}, Form("", ""), sheet.DefaultLimits())
	guide := Guide(pol).Title
	filled.Ignored = slices.DeleteFunc(filled.Ignored, func(name string) bool { return name == guide.ZH || name == guide.EN })
	return filled, err
}

// Intake decides what becomes of a filled-in template: each row is submitted
// on the state behind the rows before it. Key names the act, such as the
// file's id: the same key from the same person is the same act.
//
// The error is a [lang.Problem] when the whole may not be taken in: the person
// may not report for the district, or the period is locked or past.
func Intake(s ledger.State, pol *policy.Policy, who people.Person, filled sheet.Filled, key string, set ledger.Settings, now time.Time) (Batch, error) {
	t := filled.Tables[0]
	t.Filled = slices.Clone(t.Filled) // What was read stays as it is: it may be decided on again.
	for i := range t.Filled {
		t.Filled[i].Cells = slices.Clone(t.Filled[i].Cells)
	}
	in := intake{
		state: s, pol: pol, who: who, set: set, now: now, t: t, key: key, taken: map[ledger.ReportID]int{},
		Batch: Batch{
			District: policy.DistrictID(filled.Marks[markDistrict]), Period: calendar.Period(filled.Marks[markPeriod]),
			Problems: slices.Clone(filled.Problems), More: filled.More, Ignored: filled.Ignored,
		},
	}
	if in.District == ledger.City {
		return in.Batch, lang.Problemf("form_unknown", "这份表格里没有写明板块。请用 `/future 模板` 取一份新的。", "This sheet does not say which district it is of. Please get a fresh one with `/future template`.")
	}
	if err := ledger.MayChange(pol, who, in.District); err != nil {
		return in.Batch, err
	}
	if err := in.all(); err != nil {
		return in.Batch, err
	}
	slices.SortStableFunc(in.Problems, func(a, b sheet.CellProblem) int { return rowOf(a.Cell) - rowOf(b.Cell) })
	in.Table = in.copied()
	if len(in.Problems) > 0 {
		in.Drafts, in.Reports = nil, nil
	}
	return in.Batch, nil
}

func rowOf(cell string) int {
	n, err := strconv.Atoi(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if err != nil {
		return 0
	}
	return n
}

// intake is a batch in the making.
type intake struct {
	Batch
	state ledger.State
	pol   *policy.Policy
	who   people.Person
	set   ledger.Settings
	now   time.Time
	t     sheet.FilledTable
	key   string
	taken map[ledger.ReportID]int // The row that was taken in for a report.
}

// line is one row with what it asks for.
type line struct {
	row     sheet.FilledRow
	in      ledger.Submission
	touched bool // Not as it was handed out, or new.
}

func (in *intake) all() error {
	lines := make([]line, len(in.t.Filled))
	seen := map[string]bool{}
	for i, row := range in.t.Filled {
		l := line{row: row, touched: true, in: ledger.Submission{District: string(in.District), Period: string(in.Period)}}
		for k, c := range in.t.Columns {
			if c.Key != columnOrigin {
				l.in.Set(c.Key, typed(row.Cells[k]))
			}
		}
		written := typed(in.t.Value(row, columnOrigin))
		if from, ok := parseOrigin(written); ok {
			l.touched = from.look != look(in.t.Table, row.Cells)
			if !seen[written] || !l.touched { // A copied row that was changed is a new one.
				l.in.Report, l.in.Base = from.report, from.base
			}
			seen[written] = true
		}
		l.in.Key = in.key + "#" + strconv.Itoa(row.Number)
		lines[i] = l
	}
	for i, l := range lines {
		if err := in.line(lines, i, l); err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) line(lines []line, i int, l line) error {
	out := Row{Number: l.row.Number}
	answer := ledger.Answer(l.in.Answer)
	switch {
	case slices.ContainsFunc(in.t.Columns, func(c sheet.Column) bool { return !in.t.Value(l.row, c.Key).Note.IsZero() }):
		out.State = RowWrong // What cannot be read is told already.
	case answer == "" && !l.touched:
		out.State = RowLeft
	case (answer == ledger.Unchanged || answer == ledger.NoData) && l.in.Indicator != "":
		if l.touched && in.filledIn(l) {
			in.wrong(&out, l, ledger.FieldAnswer, lang.Problemf("answer_contradicts", "选了“%s”，但这一行改过。有变化请改选“%s”；没有变化请恢复原样或清空。",
				"“%s” is chosen, but the row was changed. Choose “%s”, or put the row back as it was.", answer.Label(), ledger.Changed.Label()))
			break
		}
		if l, ok := in.unchanged(lines, i, l); ok {
			if err := in.submit(&out, l); err != nil {
				return err
			}
			break
		}
		out.State = RowUnchanged // Said by another row of the same indicator.
	default:
		if err := in.submit(&out, l); err != nil {
			return err
		}
	}
	in.Rows = append(in.Rows, out)
	return nil
}

// filledIn reports whether a row has a name, a value or a link.
func (in *intake) filledIn(l line) bool {
	return slices.ContainsFunc(subject, func(f subjectField) bool { return l.in.Get(f.name) != "" })
}

// unchanged makes the report of a row that tells of no change or no data: it
// is about the indicator, not about one item. ok is false when another row of
// the indicator says so, or says more.
func (in *intake) unchanged(lines []line, i int, l line) (line, bool) {
	for k, o := range lines {
		if k == i || o.in.Domain != l.in.Domain || o.in.Indicator != l.in.Indicator {
			continue
		}
		switch ledger.Answer(o.in.Answer) {
		case ledger.Unchanged, ledger.NoData:
			if k < i {
				return l, false
			}
		case ledger.Changed:
			return l, false
		default:
			if o.touched {
				return l, false
			}
		}
	}
	for _, f := range subject {
		l.in.Set(f.name, "")
	}
	if r, ok := in.state.Report(l.in.Report); ok && r.Answer == ledger.Changed {
		l.in.Report, l.in.Base = "", 0
	}
	return l, true
}

// submit takes a row in, or notes what is wrong with it. The error is one of
// the whole file.
func (in *intake) submit(out *Row, l line) error {
	report, drafts, err := ledger.Submit(in.state, in.pol, in.who, l.in, in.set, in.now)
	if err != nil {
		return in.refused(out, l, err)
	}
	out.Report = report
	if len(drafts) == 0 {
		out.State = RowSame
		in.again++
		return nil
	}
	if first, twice := in.taken[report.ID]; twice {
		in.wrong(out, l, ledger.FieldName, lang.Problemf("row_twice", "和第 %d 行是同一项。请只留一行。", "This is the same as row %d. Please keep one.", first))
		return nil
	}
	in.taken[report.ID] = l.row.Number
	out.State = RowNew
	if before, ok := in.before(report); ok {
		out.State, out.Changes = RowChanged, ledger.Diff(in.pol, before, report)
	}
	if report.Answer != ledger.Changed {
		out.State = RowUnchanged
	}
	if in.state, err = Fold(in.state, drafts, in.who.User, in.now); err != nil {
		return err
	}
	in.Reports, in.Drafts = append(in.Reports, report), append(in.Drafts, drafts...)
	return nil
}

// before returns what the ledger had of the same item or value.
func (in *intake) before(r ledger.Report) (ledger.Report, bool) {
	if r.Revision > 1 {
		return in.state.Revision(r.ID, r.Revision-1)
	}
	if item, ok := in.state.Item(r.Item); ok {
		return in.state.Revision(item.Report, item.Revision)
	}
	if r.Value == nil || r.Item != "" {
		return r, false
	}
	for _, o := range in.state.Reports(ledger.Filter{District: r.District, Domain: r.Domain, Indicator: r.Indicator, Status: ledger.Accepted}) {
		if o.Value != nil && o.Basis == r.Basis && o.ID != r.ID {
			return o, true
		}
	}
	return r, false
}

// refused notes the ledger's refusal of a row at its cells. What stands in no
// cell is a problem of the whole file.
func (in *intake) refused(out *Row, l line, err error) error {
	if warned, ok := errors.AsType[*ledger.NeedsNote](err); ok {
		for _, w := range warned.Warnings {
			in.wrong(out, l, w.Field, &lang.Problem{Code: string(w.Code), Words: lang.Tf("%s没有错的话，请在“%s”一列写明原因。", "%s If it is right, say why in the column “%s”.", w.Words, in.label(ledger.FieldNote))})
		}
		return nil
	}
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		for _, whole := range []string{ledger.FieldDistrict, ledger.FieldPeriod} {
			if p := fields[whole]; p != nil {
				return p
			}
		}
		for _, c := range in.t.Columns {
			if p := fields[c.Key]; p != nil {
				in.wrong(out, l, c.Key, p)
			}
		}
		if out.State == RowWrong {
			return nil
		}
	}
	if conflict, ok := errors.AsType[*ledger.Conflict](err); ok {
		in.wrong(out, l, ledger.FieldName, &lang.Problem{Code: "conflict", Words: lang.Tf("%s 在你取表之后被别人改过（第 %d 版）。请重新取一份模板，在新的内容上改。",
			"%s was changed by somebody else since you got the sheet (version %d). Please get a fresh template and change that.", string(conflict.Theirs.ID), conflict.Theirs.Revision)})
		return nil
	}
	if p, ok := errors.AsType[*lang.Problem](err); ok && p.Code != "period_locked" {
		in.wrong(out, l, ledger.FieldName, p)
		return nil
	}
	return err
}

func (in *intake) label(key string) lang.Text {
	for _, c := range in.t.Columns {
		if c.Key == key {
			return c.Label
		}
	}
	return lang.Text{}
}

// wrong notes a problem at a cell of the row.
func (in *intake) wrong(out *Row, l line, key string, p *lang.Problem) {
	out.State = RowWrong
	for i, c := range in.t.Columns {
		if c.Key == key && l.row.Cells[i].Note.IsZero() {
			l.row.Cells[i].Note = p.Words
		}
	}
	if len(in.Problems) >= sheet.DefaultLimits().Problems {
		in.More++
		return
	}
	in.Problems = append(in.Problems, sheet.CellProblem{Sheet: in.t.Sheet, Cell: in.t.CellName(l.row, key), Code: p.Code, Words: p.Words})
}

// copied returns the table as it was filled in, with the problems beside the
// cells.
func (in *intake) copied() sheet.Table {
	t := in.t.Table
	t.Rows = nil
	for _, row := range in.t.Filled {
		t.Rows = append(t.Rows, row.Cells)
	}
	return t
}

// Fold returns the ledger behind drafts that are not written yet.
func Fold(s ledger.State, drafts []journal.Draft, by people.UserID, now time.Time) (ledger.State, error) {
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			return s, fmt.Errorf("fold %s: %w", d.Kind, err)
		}
		if s, err = s.Apply(journal.Entry{Time: now.UTC().Truncate(time.Millisecond), Actor: string(by), Kind: d.Kind, Version: d.Version, Data: data}); err != nil {
			return s, fmt.Errorf("fold %s: %w", d.Kind, err)
		}
	}
	return s, nil
}
