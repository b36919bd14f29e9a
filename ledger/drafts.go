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

// DraftID names a draft: D-0007. It is never given twice.
type DraftID string

// Draft is a report that somebody has begun. It counts as nothing, and only
// those who report for its district see it.
type Draft struct {
	ID       DraftID
	District policy.DistrictID
	Domain   policy.DomainID // Empty while it is not chosen.
	Period   calendar.Period // Empty while it is not chosen.
	In       Submission      // As far as it is filled in.
	By       people.UserID   // Who saved it last.
	At       time.Time
}

// draftKey keeps the keys of drafts apart from those of reports: one form may be
// saved first and submitted later.
func draftKey(key string) string { return partKey(key, "draft") }

// maxDrafts bounds a district's drafts.
const maxDrafts = 50

// SaveDraft keeps a form as far as it is filled in, under in.FromDraft when
// that is a draft already, or else under the draft that was begun with the same
// key. There is nothing to write when it says the same. Only the district must be right and nothing too long
// or hidden be in it. The error is a [lang.Problem] or [lang.FieldProblems].
func SaveDraft(s State, pol *policy.Policy, who people.Person, in Submission, now time.Time) (Draft, []journal.Draft, error) {
	if !people.Can(who, people.ReportCity) {
		if err := people.Allow(who, people.Report); err != nil {
			return Draft{}, nil, err
		}
	}
	if err := keyProblem("save draft", in.Key); err != nil {
		return Draft{}, nil, err
	}
	if done, ok := s.keys.Get(ownKey(who.User, draftKey(in.Key))); ok && in.FromDraft == "" {
		in.FromDraft = done.draft
	}
	f := form{problems: lang.FieldProblems{}}
	district, ok := f.district(pol, who, in.District)
	d := Draft{ID: in.FromDraft, District: district.ID, By: who.User, At: now.UTC().Truncate(time.Millisecond)}
	if domain, known := pol.FindDomain(in.Domain); known {
		d.Domain = domain.ID
	}
	if p, known := calendar.ParsePeriod(in.Period); known {
		d.Period = p
	}
	for _, field := range append(FieldsOf(policy.Indicator{}), draftFields...) {
		f.line(field.Name, in.Get(field.Name), field.Most, true)
	}
	if err := f.problems.OrNil(); err != nil || !ok {
		return Draft{}, nil, err
	}
	if d.Period != "" && s.isLocked(d.Period) {
		return Draft{}, nil, lockedProblem(d.Period)
	}
	before, ok := deref(s.drafts.Get(d.ID))
	switch {
	case ok && before.District != d.District:
		return Draft{}, nil, lang.Problemf("draft_of_other_district", "这份草稿属于别的板块，请另存一份。", "This draft belongs to another district; save a new one.")
	case !ok:
		if len(s.draftsOf(d.District)) >= maxDrafts {
			return Draft{}, nil, lang.Problemf("too_many_drafts", "草稿已有 %d 份。请先提交或删除一些。", "There are %d drafts. Submit or delete some first.", maxDrafts)
		}
		d.ID = DraftID("D-" + digits(s.draftCount+1, 4))
	}
	in.FromDraft, in.District = "", string(d.District)
	if d.District == City {
		in.District = CityWord
	}
	d.In = in
	d.In.Key, d.In.FromDraft = "", d.ID
	if d.In == before.In {
		return before, nil, nil
	}
	return d, []journal.Draft{{Kind: kindDraftSaved, Version: 1, Data: draftSavedV1{
		ID: d.ID, District: d.District, Domain: d.Domain, Period: d.Period, In: in, By: d.By, Key: in.Key,
	}}}, nil
}

// draftFields are the fields that a draft may hold besides the words.
var draftFields = []Field{
	{Name: FieldDomain, Most: MaxWord},
	{Name: FieldPeriod, Most: MaxWord},
	{Name: FieldIndicator, Most: MaxWord},
	{Name: FieldAnswer, Most: MaxWord},
	{Name: FieldName, Most: MaxName},
	{Name: FieldHolder, Most: MaxName},
	{Name: FieldCreditCode, Most: MaxWord},
	{Name: FieldPlace, Most: MaxName},
	{Name: FieldStage, Most: MaxWord},
	{Name: FieldDate, Most: MaxWord},
	{Name: FieldDocument, Most: MaxName},
	{Name: FieldValidUntil, Most: MaxWord},
	{Name: FieldValue, Most: MaxWord},
	{Name: FieldBasis, Most: MaxWord},
	{Name: FieldYear, Most: MaxWord},
	{Name: FieldEvidence, Most: MaxEvidence},
}

// DiscardDraft deletes a draft. One that is gone already is no error.
func DiscardDraft(s State, pol *policy.Policy, who people.Person, id DraftID, _ time.Time) ([]journal.Draft, error) {
	d, ok := s.drafts.Get(id)
	if !ok {
		return nil, nil
	}
	if err := MayChange(pol, who, d.District); err != nil {
		return nil, err
	}
	return []journal.Draft{{Kind: kindDraftDiscarded, Version: 1, Data: draftDiscardedV1{ID: id, By: who.User}}}, nil
}

// Draft returns a draft, when the person may see it.
func (s State) Draft(pol *policy.Policy, who people.Person, id DraftID) (Draft, bool) {
	d, ok := deref(s.drafts.Get(id))
	if !ok || MayChange(pol, who, d.District) != nil {
		return Draft{}, false
	}
	return d, true
}

// DraftBegun returns the draft that the person began with the key, while it is
// neither submitted nor deleted.
func (s State) DraftBegun(pol *policy.Policy, who people.Person, key string) (Draft, bool) {
	done, ok := s.keys.Get(ownKey(who.User, draftKey(key)))
	if !ok {
		return Draft{}, false
	}
	return s.Draft(pol, who, done.draft)
}

// Drafts returns the drafts that the person may see, the newest first.
func (s State) Drafts(pol *policy.Policy, who people.Person) []Draft {
	var out []Draft
	for _, district := range append(policy.DistrictIDs(), City) {
		if MayChange(pol, who, district) == nil {
			out = append(out, s.draftsOf(district)...)
		}
	}
	slices.SortStableFunc(out, func(a, b Draft) int { return b.At.Compare(a.At) })
	return out
}

// draftsOf returns the drafts of a district as they were begun.
func (s State) draftsOf(district policy.DistrictID) []Draft {
	var out []Draft
	for _, id := range s.districtDrafts.Prefix(string(district) + "|") {
		d, _ := s.drafts.Get(id)
		out = append(out, *d)
	}
	return out
}
