package ledger

import (
	"fmt"
	"strings"

	"wainao/calendar"
	"wainao/lang"
)

// Conflict is the error for a report whose form was opened on an older
// revision than the latest: somebody else reported the same thing meanwhile.
// Nothing is lost: Mine is what was to be submitted, and [Diff] tells what
// differs. Submitted again with Theirs.Revision as its base, it is taken in.
type Conflict struct {
	Mine   Report // As it would have stood.
	Theirs Report // The latest revision.
}

// Error names the two revisions.
func (e *Conflict) Error() string {
	return fmt.Sprintf("conflict: %s has revision %d by %s", e.Theirs.ID, e.Theirs.Revision, e.Theirs.By)
}

// Unwrap returns the words for the person.
func (e *Conflict) Unwrap() error {
	return lang.Problemf("conflict", "这一项已有一份更新的上报（%s 第%d版）：%s。请先看差异，再决定是否覆盖。",
		"There is a newer report of this (%s, version %d): %s. Look at what differs, then decide whether yours takes its place.",
		string(e.Theirs.ID), e.Theirs.Revision, e.Theirs.Subject())
}

// ChangedMeanwhile is the error for a decision on a revision that is not the
// latest any more, or was decided on already.
type ChangedMeanwhile struct{ Latest Report }

// Error names the latest revision.
func (e *ChangedMeanwhile) Error() string {
	return fmt.Sprintf("changed meanwhile: %s is at revision %d, %s", e.Latest.ID, e.Latest.Revision, e.Latest.Status)
}

// Unwrap returns the words for the person.
func (e *ChangedMeanwhile) Unwrap() error {
	return lang.Problemf("changed_meanwhile", "%s 现在是第%d版（%s），请看过最新的内容再决定。", "%s is at version %d now (%s). Look at it as it stands, then decide.",
		string(e.Latest.ID), e.Latest.Revision, e.Latest.Status.Label())
}

// WarningCode names the rule that a report looks strange by.
type WarningCode string

// The warnings.
const (
	WarnMagnitude  WarningCode = "magnitude"  // The figure looks as if it were in 万元.
	WarnFalls      WarningCode = "falls"      // A cumulative figure is less than before.
	WarnJump       WarningCode = "jump"       // The figure changes by more than [Settings.Jump].
	WarnDate       WarningCode = "date"       // The item's date lies outside the period.
	WarnClassified WarningCode = "classified" // The words look classified.
)

// Warning is something strange in a report, which a note can explain.
type Warning struct {
	Code  WarningCode `json:"code"`
	Field string      `json:"field"`
	Words lang.Text   `json:"words"`
}

// NeedsNote is the error for a report that looks strange until a note explains
// it. It unwraps into the problem of the note's field.
type NeedsNote struct{ Warnings []Warning }

// Error lists the warnings' codes.
func (e *NeedsNote) Error() string {
	codes := make([]string, 0, len(e.Warnings))
	for _, w := range e.Warnings {
		codes = append(codes, string(w.Code)+" at "+w.Field)
	}
	return "needs a note: " + strings.Join(codes, ", ")
}

// Unwrap returns the problem of the note's field.
func (e *NeedsNote) Unwrap() error {
	var zh, en []string
	for _, w := range e.Warnings {
		zh, en = append(zh, w.Words.ZH), append(en, w.Words.EN)
	}
	return lang.FieldProblems{FieldNote: lang.Problemf("needs_note",
		"%s如果没有填错，请在这里说明原因后再提交；填错了请改正。", "%s If it is right, explain it here and submit again; otherwise mend it.",
		lang.T(strings.Join(zh, ""), strings.Join(en, " ")))}
}

func unknownReport(id ReportID) error {
	return lang.Problemf("unknown_report", "没有 %s 这份上报。", "There is no report %s.", clip(string(id)))
}

// lockedProblem turns down what would change a locked period.
func lockedProblem(p calendar.Period) error {
	return lang.Problemf("period_locked", "%s已锁定，不能再上报或修改。确需修改请联系秘书处重新开放。",
		"%s is locked: nothing can be reported or changed. If it must be, ask the secretariat to reopen it.", p.Label())
}

// keyProblem is for the programmer: an act without a key could not be
// recognised when it arrives twice.
func keyProblem(what, key string) error {
	if key == "" || len(key) > maxKey {
		return fmt.Errorf("%s: key of %d bytes, want 1 to %d", what, len(key), maxKey)
	}
	return nil
}

// words reads what somebody must say on a decision.
func spoken(field, s string) (string, error) {
	f := form{problems: lang.FieldProblems{}}
	s = f.line(field, s, MaxRemark, true)
	if s == "" && !f.has(field) {
		f.add(field, field+"_missing", "请写明内容。", "Say it in words.")
	}
	return s, f.problems.OrNil()
}
