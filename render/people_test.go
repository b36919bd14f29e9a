package render_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// register makes a state of people, of whom some have left and one is away.
func register(t testing.TB, ps []people.Person, left []people.UserID, away ...people.Absence) (s people.State) {
	t.Helper()
	do := func(drafts []journal.Draft, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		s = fold(t, s, drafts, "U6", now.AddDate(0, 0, -3))
	}
	for _, p := range ps {
		do(people.Assign(s, p, now))
	}
	for _, user := range left {
		do(people.MarkDeparted(s, user, now))
	}
	for _, a := range away {
		do(people.SetAbsence(s, secret, a.User, a.From, a.To, a.StandIn, now))
	}
	return s
}

func TestPeople(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	deputy := person("U7", "吴副", "Wu Fu", []policy.DistrictID{policy.Kunshan, policy.Taicang}, people.Deputy)
	lead := person("U8", "李分管", "Li Fenguan", []policy.DistrictID{policy.Kunshan}, people.Lead)
	left := person("U9", "钱<离>", "Qian & Co", []policy.DistrictID{policy.Gusu}, people.Liaison, people.Member)
	unnamed := people.Person{User: "U10ABCD", Roles: []people.Role{people.Member}}
	day := 24 * time.Hour
	trip := people.Absence{User: "U1", From: now.Add(-day), To: now.Add(6 * day), StandIn: "U7"}
	s := register(t, []people.Person{kunshan, sip, member, secret, leader, admin, deputy, lead, left, unnamed}, []people.UserID{"U9"},
		trip, people.Absence{User: "U3", From: now.Add(day), To: now.Add(2 * day)})
	gone, _ := s.Person("U9")
	noted, _ := s.Absence("U1", now)
	bare := register(t, []people.Person{admin}, nil)
	for _, l := range lang.Both() {
		message(t, "people", l, render.People(s, pol, now, l))
		message(t, "people-nearly-none", l, render.People(bare, pol, now, l))
		message(t, "people-found", l, render.PeopleFound(lang.T("昆山市的人员", "People of Kunshan"), []people.Person{kunshan, deputy, lead, gone}, pol, l))
		message(t, "people-none-found", l, render.PeopleFound(lang.T("姓名含“<赵>”的人", "Who is called “<Zhao>”"), nil, pol, l))
		message(t, "people-departed", l, render.DepartedNote(s, gone, pol, l))
		message(t, "people-returned", l, render.DepartedNote(s, kunshan, pol, l))
		message(t, "people-note", l, render.PersonNote(deputy, pol, l))
		message(t, "people-note-removed", l, render.PersonNote(people.Person{User: "U1", Name: kunshan.Name}, pol, l))
		message(t, "absence-note", l, render.AbsenceNote(s, "U1", noted, true, l))
		message(t, "absence-note-cancelled", l, render.AbsenceNote(s, "U1", people.Absence{}, false, l))
		trip, _ := s.Absence("U3", now)
		message(t, "absence-note-alone", l, render.AbsenceNote(s, "U3", trip, true, l))
		message(t, "stand-in-note", l, render.StandInNote(s, noted, true, pol, l))
		message(t, "stand-in-note-over", l, render.StandInNote(s, noted, false, pol, l))
		golden(t, "person-form", l, "", render.PersonModal(deputy, true, pol, l))
		golden(t, "person-form-secretariat", l, "", render.PersonModal(admin, false, pol, l))
		golden(t, "person-form-stranger", l, "", render.PersonModal(people.Person{User: "U0STRANGER"}, false, pol, l))
		golden(t, "absence-form", l, "", render.AbsenceModal(kunshan, people.Absence{}, false, now, l))
		golden(t, "absence-form-again", l, "", render.AbsenceModal(kunshan, noted, true, now, l))
	}
}

// TestThousandPeopleFit holds that the list stays within Slack's limits with
// many people of long names, many of whom have left or are away.
func TestThousandPeopleFit(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	all := []people.Person{secret, admin}
	var left []people.UserID
	var away []people.Absence
	name := strings.Repeat("<长&", 33)
	for i := range 1000 {
		p := person(fmt.Sprintf("U%04d", i+100), name, name, policy.DistrictIDs(), people.Roles()...)
		all = append(all, p)
		switch {
		case i < 30:
			left = append(left, p.User)
		case i < 60:
			away = append(away, people.Absence{User: p.User, From: now, To: now.Add(time.Hour), StandIn: "U1099"})
		}
	}
	s := register(t, all, left, away...)
	gone, _ := s.Person("U0100")
	noted, _ := s.Absence("U0150", now)
	for _, l := range lang.Both() {
		for what, blocks := range map[string]any{
			"list": render.People(s, pol, now, l).Blocks, "found": render.PeopleFound(lang.T(name, name), all, pol, l).Blocks,
			"departed": render.DepartedNote(s, gone, pol, l).Blocks, "note": render.PersonNote(gone, pol, l).Blocks,
			"absence": render.AbsenceNote(s, "U0150", noted, true, l).Blocks, "stand-in": render.StandInNote(s, noted, true, pol, l).Blocks,
			"form": render.PersonModal(gone, false, pol, l), "absence form": render.AbsenceModal(gone, noted, true, now, l),
		} {
			if err := limits(blocks); err != nil {
				t.Errorf("%s in %s: %.600s", what, l, err)
			}
		}
	}
}
