package commands

import (
	"context"
	"slices"
	"time"

	"wainao/delivery"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// The notes that keep the work going between digests.
const (
	MonthlyNoteJob delivery.JobName = "monthly-note" // Tells each liaison how their district stands.
	QueueNoteJob   delivery.JobName = "queue-note"   // Tells the secretariat what waits for it.
)

// What the notes' jobs are called.
var (
	MonthlyNoteTitle = lang.T("联络员每月提示", "Liaisons' monthly note")
	QueueNoteTitle   = lang.T("待审核每日提示", "Daily note of the review queue")
)

func (c *Commands) notesFeature() feature {
	return feature{
		deliveries: map[delivery.JobName]buildMessage{MonthlyNoteJob: c.monthlyNote, QueueNoteJob: c.queueNote},
		audiences:  map[delivery.JobName]choose{MonthlyNoteJob: monthlyAudience, QueueNoteJob: queueAudience},
	}
}

// monthlyAudience leaves out who answers for no district by then.
func monthlyAudience(s record.State, j delivery.Job, due time.Time) []delivery.Choice {
	out := delivery.Named(j, s.People, due)
	for i, choice := range out {
		if len(noteDistricts(s.People, people.UserID(choice.To), due)) == 0 {
			out[i].Skip, out[i].Why = delivery.SkipNotNeeded, lang.T("没有负责的板块", "answers for no district")
		}
	}
	return out
}

// noteDistricts returns the districts that a person's note is about, in
// administrative order: their own as a liaison, and those of the liaisons for
// whom they stand in. Who is not a liaison of anything has their districts in
// another role.
func noteDistricts(s people.State, user people.UserID, at time.Time) []policy.DistrictID {
	var out []policy.DistrictID
	for _, district := range policy.DistrictIDs() {
		if slices.Contains(s.Reach(s.OfDistrict(district), at), user) {
			out = append(out, district)
		}
	}
	if p, _ := s.Person(user); len(out) == 0 && !p.Has(people.Liaison) {
		for _, district := range policy.DistrictIDs() {
			if p.Serves(district) {
				out = append(out, district)
			}
		}
	}
	return out
}

func (c *Commands) monthlyNote(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	src := ledger.DigestSource{Policy: c.policyAt(s, d.Due), People: s.People, Settings: c.Settings, Workday: c.workday(s)}
	var notes []ledger.DistrictNote
	for _, district := range noteDistricts(s.People, people.UserID(d.To), d.Due) {
		notes = append(notes, ledger.NoteOf(s.Ledger, src, district, d.Due))
	}
	return render.LiaisonNote(notes, c.policyAt(s, d.Due), l), nil
}

// queueAudience leaves everybody out while nothing waits.
func queueAudience(s record.State, j delivery.Job, due time.Time) []delivery.Choice {
	out := delivery.Named(j, s.People, due)
	reports, questions := s.Ledger.Waiting(), len(s.Questions.Open())
	why := lang.Tf("待审核 %d 份，待答复问题 %d 个", "%d reports and %d questions wait", reports, questions)
	for i := range out {
		if out[i].Why = why; reports+questions == 0 {
			out[i].Skip, out[i].Why = delivery.SkipNotNeeded, lang.T("没有待办", "nothing waits")
		}
	}
	return out
}

func (c *Commands) queueNote(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	return render.QueueNote(render.QueueNoteData{QueueNote: ledger.QueueOfDay(s.Ledger), Questions: len(s.Questions.Open()), Now: d.Due}, c.policyAt(s, d.Due), l), nil
}
