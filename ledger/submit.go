package ledger

import (
	"strings"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Submit takes in a report. It returns the report as it will stand, and what
// is to be written: nothing when the same key was submitted before, or when
// the ledger says exactly this already. A second report about the same thing
// in the same period is its next revision; when the first is accepted, that is
// an amendment, which needs a reason, and the first counts until the amendment
// is accepted.
//
// The error is a [lang.Problem] when the person may not report at all or the
// period is locked, [lang.FieldProblems] when something in the form is wrong,
// a [*Conflict] when a newer revision than the form's base stands, and a
// [*NeedsNote] when something looks strange and is not explained; nothing is to
// be written then.
func Submit(s State, pol *policy.Policy, who people.Person, in Submission, set Settings, now time.Time) (Report, []journal.Draft, error) {
	if !people.Can(who, people.ReportCity) {
		if err := people.Allow(who, people.Report); err != nil {
			return Report{}, nil, err
		}
	}
	if err := keyProblem("submit report", in.Key); err != nil {
		return Report{}, nil, err
	}
	if r, ok := s.done(who.User, in.Key); ok {
		return r, nil, nil
	}
	f := form{problems: lang.FieldProblems{}}
	r, indicator := f.read(pol, who, in, now)
	r.By = who.User
	if len(f.problems) == 0 && s.isLocked(r.Period) {
		return Report{}, nil, lockedProblem(r.Period)
	}
	before, err := s.place(f, in, &r, indicator)
	if err != nil {
		return Report{}, nil, err
	}
	s.evidence(f, in, r)
	s.contradicts(f, r, before)
	if err := f.problems.OrNil(); err != nil {
		return Report{}, nil, err
	}
	if before.ID != "" {
		if before.same(r) && (before.Status == Submitted || before.Status == Accepted) {
			return before, nil, nil
		}
		if in.Base < before.Revision && (in.Base != 0 || before.By != who.User) {
			return Report{}, nil, &Conflict{Mine: r, Theirs: before}
		}
		if before.Accepted > 0 && r.Reason == "" {
			f.add(FieldReason, "reason_missing", "%s 已采纳，修改请写明原因。", "%s is accepted; say why it is changed.", string(before.ID))
			return Report{}, nil, f.problems
		}
	}
	if r.Warnings = s.warnings(set, r); len(r.Warnings) > 0 && r.Note == "" {
		return Report{}, nil, &NeedsNote{Warnings: r.Warnings}
	}
	r = s.stand(r, before, now)
	d := submittedV1{Key: in.Key, Report: r}
	if draft, ok := s.drafts.Get(in.FromDraft); ok && draft.District == r.District {
		d.FromDraft = draft.ID
	}
	return r, []journal.Draft{{Kind: kindSubmitted, Version: 1, Data: d}}, nil
}

// contradicts turns down that nothing changed, or that there is no data, where
// something was reported in the period already.
func (s State) contradicts(f form, r, before Report) {
	if r.Answer == Changed || r.Answer == "" || f.has(FieldAnswer) || r.Period == "" {
		return
	}
	for _, o := range s.Reports(Filter{District: r.District, City: r.District == City, Period: r.Period, Domain: r.Domain, Indicator: r.Indicator, Answer: Changed}) {
		if o.Domain == r.Domain && o.ID != before.ID && (o.Status == Submitted || o.Accepted > 0) {
			f.add(FieldAnswer, "reported_already", "本期已上报进展（%s：%s），不用再报“%s”。", "Something is reported for this period already (%s: %s); “%s” is not needed.", string(o.ID), o.Subject(), r.Answer.Label())
			return
		}
	}
}

// stand returns the report as it will stand behind the revision before it,
// which is the zero Report for a new one.
func (s State) stand(r, before Report, now time.Time) Report {
	r.At, r.Status = now.UTC().Truncate(time.Millisecond), Submitted
	if before.ID == "" {
		n, _ := s.counts.Get(r.Period)
		r.ID, r.Revision, r.First = ReportID("R-"+string(r.Period)+"-"+digits(n+1, 4)), 1, r.At
		return r
	}
	r.ID, r.Revision, r.First, r.Accepted = before.ID, before.Revision+1, before.First, before.Accepted
	return r
}

// place finds out which item the report is about and which report it is the
// next revision of; that is the zero Report for a new one.
func (s State) place(f form, in Submission, r *Report, i policy.Indicator) (before Report, err error) {
	if in.Report != "" {
		if before, err = s.opened(f, in.Report, *r); err != nil {
			return Report{}, err
		}
	}
	if r.Answer == Changed && i.Takes == policy.TakesItem && r.Name != "" {
		r.Item = s.itemOf(*r)
		if before.ID != "" && before.Item != "" {
			r.Item = s.renamed(*r, before)
		}
	}
	if before.ID != "" {
		if other, ok := s.things.Get(r.thing()); ok && other != before.ID {
			f.add(FieldName, "reported_already", "这一项已经在 %s 里上报过。请改那一份，或先撤回其中一份。", "This is reported in %s already. Change that one, or withdraw one of the two first.", string(other))
		}
		return before, nil
	}
	if id, ok := s.things.Get(r.thing()); ok {
		before, _ = s.Report(id)
	}
	return before, nil
}

// opened returns the report that the form was opened on. It stays about the
// same pair, period and indicator.
func (s State) opened(f form, id ReportID, r Report) (Report, error) {
	before, ok := s.Report(id)
	if !ok {
		return Report{}, unknownReport(id)
	}
	moved := func(field string, same bool) {
		if !same && !f.has(field) {
			f.add(field, "report_moved", "%s 的这一项不能改。请撤回它，再另报一份。", "This cannot be changed in %s. Withdraw it and make another report.", string(id))
		}
	}
	moved(FieldDistrict, before.District == r.District)
	moved(FieldDomain, before.Domain == r.Domain)
	moved(FieldPeriod, before.Period == r.Period)
	moved(FieldIndicator, before.Indicator == r.Indicator)
	return before, nil
}

// renamed returns the item of a report that is changed through its form: it
// stays the same item under its new name or code, unless the ledger knows an
// item by those that is reported for this period.
func (s State) renamed(r, before Report) ItemKey {
	if r.Item != before.Item {
		if other, ok := s.things.Get(r.thing()); ok && other != before.ID {
			return r.Item // Which is a problem of its own; see place.
		}
	}
	return before.Item
}

// evidence wants a link for whatever changed but words: nobody vouches for what
// cannot be looked at.
func (s State) evidence(f form, in Submission, r Report) {
	if r.Answer != Changed || strings.TrimSpace(in.Evidence) != "" || f.has(FieldEvidence) {
		return
	}
	if last, ok := s.LastAccepted(r); ok && onlyWords(r, last) {
		return
	}
	f.add(FieldEvidence, "evidence_missing", "请填写佐证材料的链接（http 或 https 开头）。", "Give a link to the evidence, beginning with http or https.")
}

// onlyWords reports whether nothing but words, and the missing evidence, tells
// r from the last accepted report.
func onlyWords(r, last Report) bool {
	r.Evidence = last.Evidence
	return r.sameFacts(last)
}

// LastAccepted returns the accepted report that the ledger knows the item or
// the value by.
func (s State) LastAccepted(r Report) (Report, bool) {
	if r.Item != "" {
		it, ok := s.register.items.Get(r.Item)
		if !ok {
			return Report{}, false
		}
		return s.Revision(it.Report, it.Revision)
	}
	at, ok := s.lines.Get(r.line())
	if !ok {
		return Report{}, false
	}
	return s.Revision(at.id, at.revision)
}

// Withdraw takes a submitted report back. Only its district may, and only
// while nobody has decided on it. Taking back what is taken back already
// changes nothing. An accepted revision behind it goes on counting.
//
// The error is a [lang.Problem], or a [*ChangedMeanwhile] when the revision is
// not the latest or was decided on.
func Withdraw(s State, pol *policy.Policy, who people.Person, id ReportID, revision int, key string, _ time.Time) (Report, []journal.Draft, error) {
	if err := keyProblem("withdraw report", key); err != nil {
		return Report{}, nil, err
	}
	r, ok := s.Report(id)
	if !ok {
		return Report{}, nil, unknownReport(id)
	}
	if err := MayChange(pol, who, r.District); err != nil {
		return Report{}, nil, err
	}
	if done, ok := s.done(who.User, key); ok {
		return done, nil, nil
	}
	switch {
	case r.Revision == revision && r.Status == Withdrawn:
		return r, nil, nil
	case r.Revision != revision || r.Status != Submitted:
		return Report{}, nil, &ChangedMeanwhile{Latest: r}
	case s.isLocked(r.Period):
		return Report{}, nil, lockedProblem(r.Period)
	}
	r.Status = Withdrawn
	return r, []journal.Draft{{Kind: kindWithdrawn, Version: 1, Data: withdrawnV1{Report: id, Revision: revision, By: who.User, Key: key}}}, nil
}

// MayChange returns nil when the person may report for the district, or for
// [City], and otherwise a [lang.Problem] that says what to do.
func MayChange(pol *policy.Policy, who people.Person, district policy.DistrictID) error {
	if district == City {
		return people.Allow(who, people.ReportCity)
	}
	d, ok := pol.District(district)
	if !ok {
		return lang.Problemf("unknown_district", "没有“%s”这个板块。", "There is no district “%s”.", clip(string(district)))
	}
	return people.MayReport(who, d)
}

// NoChange reports for a district that nothing changed, in every pair that it
// still owes for the period, in one act. What is submitted, returned or begun
// as a draft is left alone. It returns the reports as they will stand.
//
// The error is a [lang.Problem]: the person may not, the period is locked or
// cannot be reported for, or nothing is owed.
func NoChange(s State, pol *policy.Policy, who people.Person, district policy.DistrictID, p calendar.Period, key string, now time.Time) ([]Report, []journal.Draft, error) {
	if err := keyProblem("report no change", key); err != nil {
		return nil, nil, err
	}
	if err := MayChange(pol, who, district); err != nil {
		return nil, nil, err
	}
	var before []Report
	for _, domain := range pol.At(now).Domains {
		if r, ok := s.done(who.User, partKey(key, string(domain.ID))); ok {
			before = append(before, r)
		}
	}
	if len(before) > 0 {
		return before, nil, nil
	}
	f := form{problems: lang.FieldProblems{}}
	if _, ok := f.period(string(p), now); !ok {
		return nil, nil, f.problems[FieldPeriod]
	}
	if s.isLocked(p) {
		return nil, nil, lockedProblem(p)
	}
	var reports []Report
	var drafts []journal.Draft
	behind := s
	for _, duty := range Owed(s, pol, district, p, now) {
		if duty.State != DutyOwed {
			continue
		}
		r := Report{District: district, Domain: duty.Domain, Period: p, Answer: Unchanged, By: who.User}
		var last Report
		if id, ok := s.things.Get(r.thing()); ok { // Withdrawn before.
			last, _ = s.Report(id)
		}
		r = behind.stand(r, last, now)
		d := submittedV1{Key: partKey(key, string(duty.Domain)), Report: r}
		reports, drafts = append(reports, r), append(drafts, journal.Draft{Kind: kindSubmitted, Version: 1, Data: d})
		behind = behind.submitted(d, r.At)
	}
	if len(reports) == 0 {
		return nil, nil, lang.Problemf("nothing_owed", "%s没有待报的领域。", "Nothing is owed for %s.", p.Label())
	}
	return reports, drafts, nil
}

// partKey names one part of an act that is written in several entries.
func partKey(key, part string) string { return key + "#" + part }
