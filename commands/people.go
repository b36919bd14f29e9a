package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// The jobs that a change of people sends. They are planned in the same journal
// write as the change; their key is that of [personKey].
const (
	DepartedJob delivery.JobName = "departed" // Tells the secretariat who left Slack.
	StandInJob  delivery.JobName = "stand-in" // Tells somebody that they stand in.
)

func (c *Commands) peopleFeature() feature {
	list, absence := c.peopleCommand(), c.absenceCommand()
	return feature{
		commands: []Command{list, absence},
		actions: map[string]action{
			render.ActionPeople:       {list.Needs, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return list.run(ctx, r) }},
			render.ActionPerson:       {list.Needs, c.personClick},
			render.ActionPersonRemove: {list.Needs, c.removeClick},
			render.ActionAbsence:      {absence.Needs, c.absenceClick},
		},
		forms: map[string]form{
			render.PersonForm:  {list.Needs, c.submitPerson},
			render.AbsenceForm: {absence.Needs, c.submitAbsence},
		},
		deliveries: map[delivery.JobName]buildMessage{DepartedJob: c.departedMessage, StandInJob: c.standInMessage},
	}
}

func (c *Commands) peopleCommand() Command {
	return Command{
		Name: "people", Alias: "人员",
		Usage:   lang.T("[板块或姓名]", "[district or name]"),
		Summary: lang.T("看谁是联络员、委员、秘书处等，登记、更改、移除。", "See who is liaison, member, secretariat …; register, change and remove people."),
		Example: lang.T("人员 昆山", "people Kunshan"),
		Needs:   people.ManagePeople,
		run:     c.people,
	}
}

func (c *Commands) absenceCommand() Command {
	return Command{
		Name: "absence", Alias: "外出",
		Summary: lang.T("登记自己外出和替班人，期间的提醒改发替班人。", "Note that you are away and who stands in; reminders go to them meanwhile."),
		Example: lang.T("外出", "absence"),
		Needs:   people.BeAbsent,
		run:     func(ctx context.Context, r *Request) error { return c.openAbsence(ctx, r, r.User) },
	}
}

// people shows who takes part: everybody, a district, or who has a name.
func (c *Commands) people(ctx context.Context, r *Request) error {
	if r.Args == "" {
		return c.answer(ctx, r, render.People(r.State.People, r.Policy, r.Now, r.Lang))
	}
	title := lang.Tf("姓名含“%s”的人", "Who is called %q", short(r.Args))
	has := func(p people.Person) bool {
		word := policy.Key(r.Args)
		return strings.Contains(policy.Key(p.Name.ZH), word) || strings.Contains(policy.Key(p.Name.EN), word)
	}
	if d, ok := r.Policy.FindDistrict(r.Args); ok {
		title = lang.Tf("%s的人员", "People of %s", d.Name)
		has = func(p people.Person) bool { return slices.Contains(p.Districts, d.ID) }
	}
	found := slices.DeleteFunc(r.State.People.All(), func(p people.Person) bool { return p.Stranger() || !has(p) })
	return c.answer(ctx, r, render.PeopleFound(title, found, r.Policy, r.Lang))
}

// personClick opens the form about the person chosen, or named by the button.
func (c *Commands) personClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	user := people.UserID(a.Value)
	if a.SelectedUser != "" {
		user = people.UserID(a.SelectedUser)
	}
	if user == "" {
		return nil
	}
	p := personOf(r.State.People, user)
	return c.open(ctx, r, render.PersonModal(p, people.Can(r.Person, people.GrantRoles), r.Policy, r.Lang))
}

// personOf returns what is known of a user: a stranger when nothing is.
func personOf(s people.State, user people.UserID) people.Person {
	p, ok := s.Person(user)
	if !ok {
		p = people.Person{User: user}
	}
	return p
}

// decidePeople writes what is decided on the people by somebody with the roles
// that they have at that moment.
func (c *Commands) decidePeople(ctx context.Context, r *Request, f func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error)) error {
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return f(s, personOf(s.People, r.User), now)
	})
	return err
}

// submitPerson takes the filled-in form about a person.
func (c *Commands) submitPerson(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, user, ok := render.ParseAboutPerson(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	err := c.decidePeople(ctx, r, func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		if ticked(in, render.FieldRemove) {
			return people.Remove(s.People, who, user, now)
		}
		p := people.Person{User: user, Name: lang.T(stated(in, people.FieldNameZH), stated(in, people.FieldNameEN))}
		for _, v := range chosen(in, people.FieldRoles) {
			p.Roles = append(p.Roles, people.Role(v))
		}
		for _, v := range chosen(in, people.FieldDistricts) {
			p.Districts = append(p.Districts, policy.DistrictID(v))
		}
		if !people.Can(who, people.GrantRoles) { // The form did not offer them.
			old := personOf(s.People, user)
			p.Roles = append(p.Roles, slices.DeleteFunc(people.Granted(), func(g people.Role) bool { return !old.Has(g) })...)
		}
		return people.Register(s.People, who, p, now)
	})
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok && fields[people.FieldUser] != nil {
		fields[people.FieldRoles] = fields[people.FieldUser] // Whom the form is about is no field of it.
		delete(fields, people.FieldUser)
	}
	if err == nil {
		c.tell(ctx, r, render.PersonNote(personOf(c.Journal.State().People, user), r.Policy, r.Lang))
	}
	return nil, err
}

var errOldForm = lang.Problemf("old_form", "这个表单已经失效，请重新打开。", "This form is out of date; please open it again.")

// tell sends somebody a direct message behind what they did. A form is closed
// first: Slack waits for that.
func (c *Commands) tell(ctx context.Context, r *Request, m render.Message) {
	c.chores.start(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		if _, err := c.Poster.Post(ctx, string(r.User), "", m.Text, m.Blocks); err != nil {
			c.Log.WarnContext(ctx, "tell what was done", "user", r.User, "error", err)
		}
	})
}

// chosen returns the values of the options chosen in a form's field.
func chosen(in slack.InteractionCallback, name string) (values []string) {
	if in.View.State == nil {
		return nil
	}
	for _, o := range in.View.State.Values[name][name].SelectedOptions {
		values = append(values, o.Value)
	}
	return values
}

// ticked reports whether the only box of a form's field is ticked.
func ticked(in slack.InteractionCallback, name string) bool { return len(chosen(in, name)) > 0 }

// chosenUser returns the person chosen in a form's field.
func chosenUser(in slack.InteractionCallback, name string) people.UserID {
	if in.View.State == nil {
		return ""
	}
	return people.UserID(in.View.State.Values[name][name].SelectedUser)
}

// removeClick takes all roles away from somebody, and shows the list as it is
// then.
func (c *Commands) removeClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	user := people.UserID(a.Value)
	err := c.decidePeople(ctx, r, func(s record.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		return people.Remove(s.People, who, user, now)
	})
	if err != nil {
		return err
	}
	return c.answer(ctx, r, render.PersonNote(personOf(c.Journal.State().People, user), r.Policy, r.Lang))
}

// absenceClick opens the form about an absence, of oneself when the button
// names nobody.
func (c *Commands) absenceClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	if a.Value == "" {
		return c.openAbsence(ctx, r, r.User)
	}
	return c.openAbsence(ctx, r, people.UserID(a.Value))
}

func (c *Commands) openAbsence(ctx context.Context, r *Request, user people.UserID) error {
	noted, _ := r.State.People.Absence(user, r.Now)
	if noted.To.Before(r.Now) {
		noted = people.Absence{}
	}
	v := render.AbsenceModal(personOf(r.State.People, user), noted, people.Can(r.Person, people.ManagePeople), r.Now, r.Lang)
	return c.open(ctx, r, v)
}

// submitAbsence takes the filled-in form about an absence. Who stands in is
// told, and so is who need not any more.
func (c *Commands) submitAbsence(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	l, user, ok := render.ParseAboutPerson(in.View.PrivateMetadata)
	if !ok {
		return nil, errOldForm
	}
	r.Lang = l
	if other := chosenUser(in, people.FieldUser); other != "" {
		user = other
	}
	from, ok1 := calendar.ParseDate(statedDay(in, people.FieldFrom))
	to, ok2 := calendar.ParseDate(statedDay(in, people.FieldTo))
	cancel := ticked(in, render.FieldCancel)
	if !cancel && (!ok1 || !ok2) {
		return nil, lang.FieldProblems{people.FieldFrom: lang.Problemf("no_day", "请选日期。", "Choose a day.")}
	}
	err := c.decidePeople(ctx, r, func(s record.State, who people.Person, now time.Time) (drafts []journal.Draft, err error) {
		standIn := chosenUser(in, people.FieldStandIn)
		if cancel {
			standIn = ""
			drafts, err = people.ClearAbsence(s.People, who, user, now)
		} else {
			drafts, err = people.SetAbsence(s.People, who, user, from.Start(), to.Add(1).Start(), standIn, now)
		}
		if err != nil || len(drafts) == 0 {
			return nil, err
		}
		before, _ := s.People.Absence(user, now)
		told := []people.UserID{standIn}
		if before.StandIn != standIn {
			told = append(told, before.StandIn)
		}
		for _, to := range told {
			if to == "" || to == r.User {
				continue
			}
			more, err := delivery.Manual(s.Delivery, StandInJob, delivery.Recipient(to), personKey(user, now), r.User, now)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, more...)
		}
		return drafts, nil
	})
	if err == nil {
		s := c.Journal.State().People
		a, ok := s.Absence(user, r.Now)
		c.tell(ctx, r, render.AbsenceNote(s, user, a, ok, r.Lang))
	}
	return nil, err
}

// standInMessage makes what a stand-in is told.
func (c *Commands) standInMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	user, ok := parsePersonKey(d.Key())
	if !ok {
		return render.Message{}, fmt.Errorf("there is nobody in %q", d.Key())
	}
	a, away := s.People.Absence(user, c.now())
	a.User = user
	return render.StandInNote(s.People, a, away && a.StandIn == people.UserID(d.To), c.policyAt(s, d.Due), l), nil
}

// Departed takes what Slack says about a person: that they have left it, or
// not. The secretariat is told of somebody with a role who has left. Most of
// what Slack says changes nothing, and then nothing is written.
func (c *Commands) Departed(ctx context.Context, user string, deleted bool) {
	id := people.UserID(user)
	mark := people.MarkReturned
	if deleted {
		mark = people.MarkDeparted
	}
	if drafts, err := mark(c.Journal.State().People, id, c.now()); err == nil && len(drafts) == 0 {
		return
	}
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil { // That they left must be kept all the same; the list of people shows it.
		c.Log.ErrorContext(ctx, "find secretariat channel", "error", err)
	}
	_, err = c.Journal.Update(ctx, "slack", func(s record.State, now time.Time) ([]journal.Draft, error) {
		drafts, err := mark(s.People, id, now)
		if err != nil || len(drafts) == 0 || !deleted || secretariat == "" {
			return drafts, err
		}
		card, err := delivery.Manual(s.Delivery, DepartedJob, delivery.Recipient(secretariat), personKey(id, now), id, now)
		return append(drafts, card...), err
	})
	if err != nil {
		c.Log.ErrorContext(ctx, "note who has left Slack", "user", user, "error", err)
	}
}

// departedMessage makes what the secretariat is told of somebody who left.
func (c *Commands) departedMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	user, ok := parsePersonKey(d.Key())
	p, known := s.People.Person(user)
	if !ok || !known {
		return render.Message{}, fmt.Errorf("there is nobody in %q", d.Key())
	}
	return render.DepartedNote(s.People, p, c.policyAt(s, d.Due), l), nil
}

// personKey names a person and a moment as the key of a delivery.
func personKey(user people.UserID, at time.Time) string {
	return string(user) + "." + strconv.FormatInt(at.UnixMilli(), 10)
}

// parsePersonKey reads what [personKey] wrote.
func parsePersonKey(key string) (user people.UserID, ok bool) {
	id, _, ok := strings.Cut(key, ".")
	return people.UserID(id), ok && id != ""
}
