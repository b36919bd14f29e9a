package ledger

import (
	"slices"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// LockState says whether a period is locked, since when, by whom and why; or
// who reopened it last.
type LockState struct {
	Period calendar.Period
	Locked bool
	Reason string
	By     people.UserID
	At     time.Time
}

// Locked reports how it stands with a period's lock. ok is false for a period
// that was never locked.
func (s State) Locked(p calendar.Period) (l LockState, ok bool) { return s.locks.Get(p) }

// CheckOpen returns the [lang.Problem] of a period that is locked: nothing can
// be reported or changed in it; nil for one that is open.
func (s State) CheckOpen(p calendar.Period) error {
	if s.isLocked(p) {
		return lockedProblem(p)
	}
	return nil
}

func (s State) isLocked(p calendar.Period) bool {
	l, _ := s.locks.Get(p)
	return l.Locked
}

// Lock closes a period: nothing can be reported, changed or withdrawn in it
// any more. What waits can still be reviewed. A period that is locked already
// is no error. The error is a [lang.Problem] or [lang.FieldProblems].
func Lock(s State, who people.Person, p calendar.Period, reason string, now time.Time) ([]journal.Draft, error) {
	return s.lock(who, p, reason, true, now)
}

// Reopen opens a locked period again. The reason is kept and shown. A period
// that is open is no error. The error is a [lang.Problem] or
// [lang.FieldProblems].
func Reopen(s State, who people.Person, p calendar.Period, reason string, now time.Time) ([]journal.Draft, error) {
	return s.lock(who, p, reason, false, now)
}

func (s State) lock(who people.Person, p calendar.Period, reason string, locked bool, now time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.LockPeriod); err != nil {
		return nil, err
	}
	if !p.Valid() || p > calendar.PeriodOf(now) {
		return nil, lang.Problemf("unknown_period", "“%s”不是已经开始的季度。", "“%s” is not a quarter that has begun.", clip(string(p)))
	}
	reason, err := spoken(FieldReason, reason)
	if err != nil {
		return nil, err
	}
	if s.isLocked(p) == locked {
		return nil, nil
	}
	kind := kindReopened
	if locked {
		kind = kindLocked
	}
	return []journal.Draft{{Kind: kind, Version: 1, Data: lockV1{Period: p, Reason: reason, By: who.User}}}, nil
}

// DutyState is how a district stands with one pair for a period.
type DutyState string

// The states of a duty. What was returned is owed again.
const (
	DutyOwed      DutyState = "owed"      // Nothing is reported.
	DutyDraft     DutyState = "draft"     // Begun and not submitted.
	DutyReturned  DutyState = "returned"  // To be mended.
	DutySubmitted DutyState = "submitted" // Waits for review.
	DutyAccepted  DutyState = "accepted"  // Something is accepted.
	DutyUnchanged DutyState = "unchanged" // Accepted that nothing changed.
)

// Label returns the state in words.
func (d DutyState) Label() lang.Text {
	switch d {
	case DutyOwed:
		return lang.T("未填报", "nothing reported")
	case DutyDraft:
		return lang.T("草稿，未提交", "draft, not submitted")
	case DutyReturned:
		return lang.T("已退回，待修改", "returned, to be mended")
	case DutySubmitted:
		return lang.T("已上报，待审核", "reported, pending review")
	case DutyAccepted:
		return lang.T("已采纳", "accepted")
	case DutyUnchanged:
		return lang.T("无变化，已采纳", "no change, accepted")
	}
	return lang.T(string(d), string(d))
}

// Open reports whether the district still has something to do about it.
func (d DutyState) Open() bool { return d == DutyOwed || d == DutyDraft || d == DutyReturned }

// Duty is one pair of domain and district that the layout wants a report of.
type Duty struct {
	Domain  policy.DomainID
	Focus   policy.Focus
	State   DutyState
	Reports []Report // The pair's reports of the period in their order, those withdrawn included.
	Drafts  []Draft  // Only for those who report for the district.
}

// Owed returns what a district has to report for a period, a line for each
// domain that the layout gives it in the policy's order, and how that stands.
// A pair needs one answer that is submitted or accepted, of whatever kind; a
// report that was returned makes it owed again.
func Owed(s State, pol *policy.Policy, district policy.DistrictID, p calendar.Period, now time.Time) []Duty {
	layout := layoutOf(pol, p, now)
	all := s.Reports(Filter{District: district, Period: p})
	drafts := s.draftsOf(district)
	var out []Duty
	for _, domain := range layout.DomainsOf(district) {
		d := Duty{Domain: domain, State: DutyOwed}
		d.Focus, _ = layout.FocusOf(domain, district)
		for _, r := range all {
			if r.Domain == domain {
				d.Reports = append(d.Reports, r)
			}
		}
		for _, draft := range drafts {
			if draft.Domain == domain && draft.Period == p {
				d.Drafts = append(d.Drafts, draft)
			}
		}
		d.State = dutyState(d)
		out = append(out, d)
	}
	return out
}

func dutyState(d Duty) DutyState {
	is := func(test func(Report) bool) bool { return slices.ContainsFunc(d.Reports, test) }
	switch {
	case is(func(r Report) bool { return r.Status == Returned && r.Accepted == 0 }):
		return DutyReturned
	case is(func(r Report) bool { return r.Status == Submitted }):
		return DutySubmitted
	case is(func(r Report) bool { return r.Accepted > 0 && r.Answer != Unchanged }):
		return DutyAccepted
	case is(func(r Report) bool { return r.Accepted > 0 }):
		return DutyUnchanged
	case len(d.Drafts) > 0:
		return DutyDraft
	}
	return DutyOwed
}

// Prefill returns a form for the pair, the indicator and the period with what
// is known already: the report itself when it is made, or else the figures and
// the next steps of the last one. Of an indicator with several items it fills
// in what they share; see [PrefillItem].
func Prefill(s State, district policy.DistrictID, domain policy.DomainID, indicator policy.IndicatorID, p calendar.Period) Submission {
	blank := Report{District: district, Domain: domain, Indicator: indicator, Period: p}.Submission()
	blank.Report, blank.Base = "", 0
	items := s.Items(ItemFilter{District: district, Domain: domain, Indicator: indicator, City: district == City})
	if len(items) == 1 {
		return PrefillItem(s, items[0].Key, p)
	}
	id, ok := s.latest.Get(pairKey(domain, district) + "|" + string(indicator))
	if !ok || indicator == "" {
		return blank
	}
	last, _ := s.Report(id)
	if len(items) > 1 || last.Item != "" {
		return blank
	}
	return s.carry(last, p)
}

// PrefillItem returns a form for the next report of an item of the register,
// filled with what is known of it.
func PrefillItem(s State, key ItemKey, p calendar.Period) Submission {
	if id, ok := s.things.Get(string(p) + "|" + string(key)); ok {
		if r, ok := s.Report(id); ok {
			return r.Submission()
		}
	}
	it, ok := s.register.items.Get(key)
	if !ok {
		return Submission{Period: string(p)}
	}
	last, _ := s.Revision(it.Report, it.Revision)
	return s.carry(last, p)
}

// carry carries a report over into a period: as it is when it is the period's
// own, and otherwise without what belongs to its own period only.
func (s State) carry(last Report, p calendar.Period) Submission {
	in := last.Submission()
	if last.Period == p {
		return in
	}
	in.Period, in.Report, in.Base = string(p), "", 0
	in.Note, in.Reason, in.Progress, in.Answer = "", "", "", string(Changed)
	if last.Basis == YearToDate {
		in.Year = ""
		if p.Year() != last.Period.Year() {
			in.Value = ""
		}
	}
	return in
}
