package ledger

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Verdict is what a reviewer decides.
type Verdict string

// The verdicts.
const (
	Accept Verdict = "accept"
	Return Verdict = "return"
)

// ReturnCode says why a report is returned.
type ReturnCode string

// The reasons for returning a report.
const (
	EvidenceMissing  ReturnCode = "evidence_missing"
	EvidenceMismatch ReturnCode = "evidence_mismatch"
	WrongUnit        ReturnCode = "wrong_unit"
	Duplicate        ReturnCode = "duplicate"
	WrongIndicator   ReturnCode = "wrong_indicator"
	NotCountable     ReturnCode = "not_countable"
	Unclear          ReturnCode = "unclear"
	OtherReason      ReturnCode = "other" // Needs words.
)

// ReturnCodes lists the reasons in the order in which they are offered.
func ReturnCodes() []ReturnCode {
	return []ReturnCode{EvidenceMissing, EvidenceMismatch, WrongUnit, Duplicate, WrongIndicator, NotCountable, Unclear, OtherReason}
}

// Label returns the reason in words.
func (c ReturnCode) Label() lang.Text {
	switch c {
	case EvidenceMissing:
		return lang.T("缺佐证或链接打不开", "evidence missing or not to be opened")
	case EvidenceMismatch:
		return lang.T("佐证与内容不符", "evidence does not show it")
	case WrongUnit:
		return lang.T("单位或口径不对", "wrong unit or basis")
	case Duplicate:
		return lang.T("重复上报", "reported twice")
	case WrongIndicator:
		return lang.T("指标选错", "wrong indicator")
	case NotCountable:
		return lang.T("不符合计入条件", "does not meet what counts")
	case Unclear:
		return lang.T("说明不清", "unclear")
	case OtherReason:
		return lang.T("其他", "other")
	}
	return lang.T(string(c), string(c))
}

// Decision is what a reviewer decides about one revision of a report.
type Decision struct {
	Report   ReportID
	Revision int // The revision that the reviewer saw.
	Verdict  Verdict
	Code     ReturnCode // Of a [Return]; the accepted has none.
	Words    string     // Required with [OtherReason].
	Key      string     // As in [Submission].
}

// Names of the fields of a review's form.
const (
	FieldCode  = "code"
	FieldWords = "words"
)

// Review accepts or returns the latest revision of a report. It returns the
// report as it will stand. Accepted, the revision counts from now on in the
// place of the one that counted before; returned, that one goes on counting,
// and a report of which none counts is owed again. A review is possible in a
// locked period: what was reported in time can still be vouched for.
//
// The error is a [lang.Problem] when the person may not review, or submitted a
// revision of the report themselves; a [*ChangedMeanwhile] when the revision is
// not the latest or was decided on already; [lang.FieldProblems] for the form.
func Review(s State, who people.Person, d Decision, now time.Time) (Report, []journal.Draft, error) {
	if err := people.Allow(who, people.Review); err != nil {
		return Report{}, nil, err
	}
	if err := keyProblem("review report", d.Key); err != nil {
		return Report{}, nil, err
	}
	if done, ok := s.done(who.User, d.Key); ok {
		return done, nil, nil
	}
	r, ok := s.Report(d.Report)
	if !ok {
		return Report{}, nil, unknownReport(d.Report)
	}
	if r.Revision != d.Revision || r.Status != Submitted {
		return Report{}, nil, &ChangedMeanwhile{Latest: r}
	}
	if s.SubmittedBy(r.ID, who.User) {
		return Report{}, nil, lang.Problemf("own_report", "%s 里有你自己提交的内容，请由另一位审核人审核。", "You submitted part of %s yourself; another reviewer has to decide on it.", string(r.ID))
	}
	f := form{problems: lang.FieldProblems{}}
	words := f.line(FieldWords, d.Words, MaxRemark, true)
	switch d.Verdict {
	case Accept:
		d.Code = ""
	case Return:
		switch {
		case !slices.Contains(ReturnCodes(), d.Code):
			f.add(FieldCode, "code_missing", "请选择退回原因：%s。", "Choose why it is returned: %s.", lang.List(ReturnCodes(), ReturnCode.Label))
		case d.Code == OtherReason && words == "" && !f.has(FieldWords):
			f.add(FieldWords, "words_missing", "选“其他”时请写明原因。", "With “other”, say what the reason is.")
		}
	default:
		f.add("verdict", "unknown_verdict", "请选择采纳或退回。", "Choose to accept or to return it.")
	}
	if err := f.problems.OrNil(); err != nil {
		return Report{}, nil, err
	}
	e := reviewedV1{Report: r.ID, Revision: r.Revision, Verdict: d.Verdict, Code: d.Code, Words: words, By: who.User, Key: d.Key}
	return r.reviewed(e, now.UTC().Truncate(time.Millisecond)), []journal.Draft{{Kind: kindReviewed, Version: 1, Data: e}}, nil
}

// reviewed returns the report behind a review.
func (r Report) reviewed(e reviewedV1, at time.Time) Report {
	r.ReviewedBy, r.ReviewedAt, r.ReturnCode, r.ReturnWords = e.By, at, e.Code, e.Words
	if e.Verdict == Accept {
		r.Status, r.Accepted = Accepted, r.Revision
		return r
	}
	r.Status = Returned
	return r
}

// SubmittedBy reports whether the person submitted any revision of the report.
func (s State) SubmittedBy(id ReportID, who people.UserID) bool {
	for _, r := range s.revisions.Prefix(string(id) + "/") {
		if r.By == who {
			return true
		}
	}
	return false
}

// Acceptable returns what [AcceptUnchanged] would accept for the person of what
// f chooses, the oldest first: reports of no change, and those that say what
// was accepted last, and nothing new in words.
func (s State) Acceptable(who people.Person, f Filter) []Report {
	var out []Report
	for _, r := range s.Queue(f) {
		if s.nothingNew(r) && !s.SubmittedBy(r.ID, who.User) {
			out = append(out, r)
		}
	}
	return out
}

func (s State) nothingNew(r Report) bool {
	if r.Answer != Changed {
		return r.Answer == Unchanged
	}
	last, ok := s.LastAccepted(r)
	return ok && onlyWords(r, last) && r.Words == last.Words
}

// maxBulk bounds how many reports one act accepts, so that its entries fit into
// one write.
const maxBulk = 200

// AcceptUnchanged accepts, in one act, those of the reports that tell nothing
// new: all that [State.Acceptable] lists of what f chooses when ids is empty,
// the oldest first. It leaves the others alone and returns the accepted as they
// will stand. The error is a [lang.Problem].
func AcceptUnchanged(s State, who people.Person, f Filter, ids []ReportID, key string, now time.Time) ([]Report, []journal.Draft, error) {
	if err := people.Allow(who, people.Review); err != nil {
		return nil, nil, err
	}
	if err := keyProblem("accept unchanged reports", key); err != nil {
		return nil, nil, err
	}
	if done, ok := s.bulks.Get(ownKey(who.User, key)); ok {
		var out []Report
		for _, id := range done {
			if r, ok := s.done(who.User, partKey(key, string(id))); ok {
				out = append(out, r)
			}
		}
		return out, nil, nil
	}
	var reports []Report
	e := bulkV1{By: who.User, Key: key}
	for _, r := range s.Acceptable(who, f) {
		if (len(ids) > 0 && !slices.Contains(ids, r.ID)) || len(reports) == maxBulk {
			continue
		}
		e.Accepted = append(e.Accepted, bulkPart{Report: r.ID, Revision: r.Revision})
		reports = append(reports, r.reviewed(e.part(len(e.Accepted)-1), now.UTC().Truncate(time.Millisecond)))
	}
	if len(reports) == 0 {
		return nil, nil, lang.Problemf("nothing_unchanged", "没有可以直接采纳的“无变化”上报。", "There is no unchanged report to accept.")
	}
	return reports, []journal.Draft{{Kind: kindBulk, Version: 1, Data: e}}, nil
}

// AcceptedTogether returns the reports of the same person that one act of
// [AcceptUnchanged] accepted with this revision, as they were accepted, itself
// among them; only itself when it was decided on alone.
func (s State) AcceptedTogether(r Report) []Report {
	act, _ := s.together.Get(revisionKey(r.ID, r.Revision))
	var out []Report
	for _, p := range act {
		if o, ok := s.Revision(p.Report, p.Revision); ok && o.By == r.By {
			out = append(out, o)
		}
	}
	if len(out) == 0 {
		out = append(out, r)
	}
	return out
}

// Question is a remark of the secretariat's, or the district's reply to it.
type Question struct {
	Report   ReportID
	Revision int // The revision that it is about.
	Words    string
	Key      string // As in [Submission].
}

// Ask keeps a question of the secretariat about a revision. The error is a
// [lang.Problem] or [lang.FieldProblems].
func Ask(s State, who people.Person, q Question, now time.Time) (Note, []journal.Draft, error) {
	if err := people.Allow(who, people.Review); err != nil {
		return Note{}, nil, err
	}
	return s.note(who, NoteQuestion, q, now)
}

// Reply keeps a district's answer to the secretariat. The error is a
// [lang.Problem] or [lang.FieldProblems].
func Reply(s State, pol *policy.Policy, who people.Person, q Question, now time.Time) (Note, []journal.Draft, error) {
	r, ok := s.Report(q.Report)
	if !ok {
		return Note{}, nil, unknownReport(q.Report)
	}
	if err := MayChange(pol, who, r.District); err != nil {
		return Note{}, nil, err
	}
	return s.note(who, NoteReply, q, now)
}

func (s State) note(who people.Person, kind NoteKind, q Question, now time.Time) (Note, []journal.Draft, error) {
	if err := keyProblem("note on report", q.Key); err != nil {
		return Note{}, nil, err
	}
	if done, ok := s.keys.Get(ownKey(who.User, partKey(q.Key, "note"))); ok {
		n, _ := s.notes.Get(noteKey(done.report, done.note))
		return n, nil, nil
	}
	if _, ok := s.Revision(q.Report, q.Revision); !ok {
		return Note{}, nil, unknownReport(q.Report)
	}
	words, err := spoken(FieldWords, q.Words)
	if err != nil {
		return Note{}, nil, err
	}
	n := Note{
		Report: q.Report, Revision: q.Revision, Number: len(s.Notes(q.Report)) + 1, Kind: kind,
		By: who.User, At: now.UTC().Truncate(time.Millisecond), Words: words,
	}
	return n, []journal.Draft{{Kind: kindNoted, Version: 1, Data: notedV1{
		Report: n.Report, Revision: n.Revision, Number: n.Number, Kind: kind, Words: words, By: n.By, Key: q.Key,
	}}}, nil
}
