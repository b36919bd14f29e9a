package ledger

import (
	"fmt"
	"slices"

	"wainao/calendar"
	"wainao/journal"
	"wainao/people"
	"wainao/policy"
)

// The kinds of the ledger's entries, each with the data of its version 1.
const (
	kindSubmitted      = "ledger.report.submitted"
	kindWithdrawn      = "ledger.report.withdrawn"
	kindReviewed       = "ledger.report.reviewed"
	kindBulk           = "ledger.reports.accepted"
	kindNoted          = "ledger.report.noted"
	kindDraftSaved     = "ledger.draft.saved"
	kindDraftDiscarded = "ledger.draft.discarded"
	kindLocked         = "ledger.period.locked"
	kindReopened       = "ledger.period.reopened"
	kindPath           = "ledger.path.adopted"
	kindMerged         = "ledger.items.merged"
	kindApart          = "ledger.items.kept-apart"
)

type submittedV1 struct {
	Key       string  `json:"key"`
	FromDraft DraftID `json:"from_draft,omitempty"`
	Report    Report  `json:"report"`
}

type withdrawnV1 struct {
	Report   ReportID      `json:"report"`
	Revision int           `json:"revision"`
	By       people.UserID `json:"by"`
	Key      string        `json:"key"`
}

type reviewedV1 struct {
	Report   ReportID      `json:"report"`
	Revision int           `json:"revision"`
	Verdict  Verdict       `json:"verdict"`
	Code     ReturnCode    `json:"code,omitempty"`
	Words    string        `json:"words,omitempty"`
	By       people.UserID `json:"by"`
	Key      string        `json:"key"`
}

type bulkPart struct {
	Report   ReportID `json:"report"`
	Revision int      `json:"revision"`
}

type bulkV1 struct {
	Accepted []bulkPart    `json:"accepted"`
	By       people.UserID `json:"by"`
	Key      string        `json:"key"`
}

// part returns one part of the act as the review that it is.
func (b bulkV1) part(i int) reviewedV1 {
	p := b.Accepted[i]
	return reviewedV1{Report: p.Report, Revision: p.Revision, Verdict: Accept, By: b.By, Key: partKey(b.Key, string(p.Report))}
}

type notedV1 struct {
	Report   ReportID      `json:"report"`
	Revision int           `json:"revision"`
	Number   int           `json:"number"`
	Kind     NoteKind      `json:"kind"`
	Words    string        `json:"words"`
	By       people.UserID `json:"by"`
	Key      string        `json:"key"`
}

type draftSavedV1 struct {
	ID       DraftID           `json:"id"`
	District policy.DistrictID `json:"district"`
	Domain   policy.DomainID   `json:"domain,omitempty"`
	Period   calendar.Period   `json:"period,omitempty"`
	In       Submission        `json:"in"`
	By       people.UserID     `json:"by"`
	Key      string            `json:"key"`
}

type draftDiscardedV1 struct {
	ID DraftID       `json:"id"`
	By people.UserID `json:"by"`
}

type lockV1 struct {
	Period calendar.Period `json:"period"`
	Reason string          `json:"reason"`
	By     people.UserID   `json:"by"`
}

type pathV1 struct {
	Indicator policy.IndicatorID `json:"indicator"`
	Points    Path               `json:"points"`
	Reason    string             `json:"reason"`
	By        people.UserID      `json:"by"`
}

type mergedV1 struct {
	Lead          ItemKey       `json:"lead"`
	Collaborating ItemKey       `json:"collaborating"`
	By            people.UserID `json:"by"`
}

type apartV1 struct {
	A  ItemKey       `json:"a"`
	B  ItemKey       `json:"b"`
	By people.UserID `json:"by"`
}

// folds says how each kind folds. An entry of another package has none.
var folds = map[string]func(State, journal.Entry) (State, error){
	kindSubmitted: fold(func(s State, d submittedV1, e journal.Entry) (State, error) { return s.submitted(d, e.Time), nil }),
	kindWithdrawn: fold(func(s State, d withdrawnV1, _ journal.Entry) (State, error) {
		r, ok := s.Report(d.Report)
		if !ok || r.Revision != d.Revision {
			return s, fmt.Errorf("withdrawal of %s revision %d, which is not the latest", d.Report, d.Revision)
		}
		r.Status = Withdrawn
		s = s.put(r)
		s.keys = s.keys.Set(ownKey(d.By, d.Key), outcome{report: r.ID, revision: r.Revision})
		return s, nil
	}),
	kindReviewed: fold(func(s State, d reviewedV1, e journal.Entry) (State, error) { return s.review(d, e.Time) }),
	kindBulk: fold(func(s State, d bulkV1, e journal.Entry) (State, error) {
		ids := make([]ReportID, 0, len(d.Accepted))
		for i := range d.Accepted {
			var err error
			if s, err = s.review(d.part(i), e.Time); err != nil {
				return s, err
			}
			ids = append(ids, d.Accepted[i].Report)
			s.together = s.together.Set(revisionKey(d.Accepted[i].Report, d.Accepted[i].Revision), d.Accepted)
		}
		s.bulks = s.bulks.Set(ownKey(d.By, d.Key), ids)
		return s, nil
	}),
	kindNoted: fold(func(s State, d notedV1, e journal.Entry) (State, error) {
		s.notes = s.notes.Set(noteKey(d.Report, d.Number), Note{
			Report: d.Report, Revision: d.Revision, Number: d.Number, Kind: d.Kind, By: d.By, At: e.Time, Words: d.Words,
		})
		s.keys = s.keys.Set(ownKey(d.By, partKey(d.Key, "note")), outcome{report: d.Report, note: d.Number})
		return s, nil
	}),
	kindDraftSaved: fold(func(s State, d draftSavedV1, e journal.Entry) (State, error) {
		if !s.drafts.Has(d.ID) {
			s.draftCount++
			s.districtDrafts = s.districtDrafts.Set(string(d.District)+"|"+string(d.ID), d.ID)
		}
		d.In.FromDraft = d.ID
		s.drafts = s.drafts.Set(d.ID, &Draft{ID: d.ID, District: d.District, Domain: d.Domain, Period: d.Period, In: d.In, By: d.By, At: e.Time})
		s.keys = s.keys.Set(ownKey(d.By, draftKey(d.Key)), outcome{draft: d.ID})
		return s, nil
	}),
	kindDraftDiscarded: fold(func(s State, d draftDiscardedV1, _ journal.Entry) (State, error) { return s.discard(d.ID), nil }),
	kindLocked: fold(func(s State, d lockV1, e journal.Entry) (State, error) {
		s.locks = s.locks.Set(d.Period, LockState{Period: d.Period, Locked: true, Reason: d.Reason, By: d.By, At: e.Time})
		return s, nil
	}),
	kindReopened: fold(func(s State, d lockV1, e journal.Entry) (State, error) {
		s.locks = s.locks.Set(d.Period, LockState{Period: d.Period, Reason: d.Reason, By: d.By, At: e.Time})
		return s, nil
	}),
	kindPath: fold(func(s State, d pathV1, e journal.Entry) (State, error) {
		old, _ := s.paths.Get(d.Indicator)
		s.paths = s.paths.Set(d.Indicator, append(slices.Clip(old), AdoptedPath{Path: d.Points, Reason: d.Reason, By: d.By, At: e.Time}))
		return s, nil
	}),
	kindMerged: fold(func(s State, d mergedV1, _ journal.Entry) (State, error) {
		s.register = s.register.merge(d.Lead, d.Collaborating)
		return s, nil
	}),
	kindApart: fold(func(s State, d apartV1, _ journal.Entry) (State, error) {
		s.register = s.register.keepApart(d.A, d.B)
		return s, nil
	}),
}

// fold decodes an entry of version 1 for its fold.
func fold[D any](apply func(State, D, journal.Entry) (State, error)) func(State, journal.Entry) (State, error) {
	return func(s State, e journal.Entry) (State, error) {
		if e.Version != 1 {
			return s, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
		}
		var d D
		if err := e.Decode(&d); err != nil {
			return s, err
		}
		return apply(s, d, e)
	}
}

// Apply returns the state behind e. An entry of another package leaves it as it
// is.
func (s State) Apply(e journal.Entry) (State, error) {
	if apply, ok := folds[e.Kind]; ok {
		return apply(s, e)
	}
	return s, nil
}
