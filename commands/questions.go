package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/questions"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) questionsFeature() feature {
	list := c.questionsCommand()
	return feature{
		commands: []Command{list},
		actions: map[string]action{
			render.ActionQuestions: {list.Needs, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return list.run(ctx, r) }},
			render.ActionFeedback:  {people.Ask, c.feedbackClick},
			render.ActionAnswer:    {list.Needs, c.answerClick},
			render.ActionDismiss:   {list.Needs, c.dismissClick},
			render.ActionRetract:   {list.Needs, c.retractClick},
		},
		forms: map[string]form{render.VerifyForm: {list.Needs, c.submitAnswer}},
	}
}

func (c *Commands) questionsCommand() Command {
	return Command{
		Name: "questions", Alias: "问题",
		Summary: lang.T("看没有答上来的问题，写核定的答复；看哪些回答没用。", "See what could not be answered, write verified answers, see which answers were not useful."),
		Example: lang.T("问题", "questions"),
		Needs:   people.ManageQuestions,
		run: func(ctx context.Context, r *Request) error {
			return c.answer(ctx, r, render.Questions(r.State.Questions, r.Now, r.Lang))
		},
	}
}

// talk are the rules of what is no question to the policy: a verified answer
// to it would help nobody.
var talk = map[string]bool{"help": true, "thanks": true, "refuse-instruction": true, "too-long": true}

// worthKeeping reports whether the secretariat should see the question: it was
// a real one, and something of it was understood or can be read.
func worthKeeping(a ask.Answer) bool {
	return a.Status == ask.Unknown && !talk[a.Explain.Rule] && a.Key != "unknown"
}

// questionKey returns the key of an answer's question. Of a question that is
// out of scope the normal form names only the first thing that put it there, so
// the others and the phrases that nobody knows are added: 怎么申请补贴 and
// 怎么申请签证 must not have one answer.
func questionKey(a ask.Answer) questions.Key {
	if a.Status != ask.Unknown || a.Explain.Rule != "out-of-scope" {
		return questions.KeyOf(a.Key)
	}
	parts := []string{a.Key}
	for _, phrase := range a.Explain.Unknown {
		if telling(phrase) {
			parts = append(parts, "unknown="+policy.Key(phrase))
		}
	}
	for _, f := range a.Explain.Found {
		if f.Kind == "foreign" {
			parts = append(parts, "foreign="+policy.Key(f.Text))
		}
	}
	slices.Sort(parts[1:])
	return questions.KeyOf(strings.Join(parts, " "))
}

// keepTime bounds the writing behind an answer.
const keepTime = 15 * time.Second

// keep records an unanswered question for the secretariat, behind the answer:
// nobody waits for the database, and a question that it does not take is lost,
// which the log tells.
func (c *Commands) keep(ctx context.Context, r *Request, key questions.Key, question string) {
	started := c.chores.start(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
			return questions.Record(s.Questions, key, question, r.User, now)
		})
		if err != nil {
			c.Log.WarnContext(ctx, "keep an unanswered question", "user", r.User, "error", err)
		}
	})
	if !started {
		c.Log.WarnContext(ctx, "an unanswered question is not kept: too much is under way", "user", r.User)
	}
}

// feedbackClick takes an opinion of an answer.
func (c *Commands) feedbackClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	key, asked, useful, ok := render.ParseFeedback(a.Value)
	if !ok {
		return lang.Problemf("no_question", "这个按钮已经失效，请重新提问。", "This button is out of date; please ask again.")
	}
	err := c.decideAs(ctx, r, func(s questions.State, _ people.Person, now time.Time) ([]journal.Draft, error) {
		return questions.Rate(s, key, asked, r.User, useful, now)
	})
	if err != nil {
		return err
	}
	words := lang.T("谢谢，已记下：有用。", "Thank you; noted as useful.")
	if !useful {
		words = lang.T("谢谢，已记下：没用。秘书处会看到；也可以换个说法再问。", "Thank you; noted as not useful. The secretariat gets to see it; you may also ask in other words.")
	}
	return c.answer(ctx, r, render.Note(words, r.Lang))
}

// decideAs writes what is decided on the questions by somebody with the roles
// that they have at that moment.
func (c *Commands) decideAs(ctx context.Context, r *Request, f func(questions.State, people.Person, time.Time) ([]journal.Draft, error)) error {
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		who, ok := s.People.Person(r.User)
		if !ok {
			who = people.Person{User: r.User}
		}
		return f(s.Questions, who, now)
	})
	return err
}

// answerClick opens the form for a verified answer.
func (c *Commands) answerClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	key := questions.Key(a.Value)
	old, written := r.State.Questions.Written(key)
	q, asked := r.State.Questions.Question(key)
	if !asked {
		if !written {
			return c.refreshQuestions(ctx, r) // Retracted by somebody else.
		}
		q.Text = old.Question
	}
	return c.open(ctx, r, render.VerifyModal(q, old, r.Now, r.Lang))
}

// submitAnswer takes a filled-in form for a verified answer.
func (c *Commands) submitAnswer(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	f := questions.Form{
		Key:      questions.Key(in.View.PrivateMetadata),
		AnswerZH: stated(in, questions.FieldAnswerZH), AnswerEN: stated(in, questions.FieldAnswerEN),
		Citation: stated(in, questions.FieldCitation), Expires: statedDay(in, questions.FieldExpires),
	}
	err := c.decideAs(ctx, r, func(s questions.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		return questions.Answer(s, who, f, now)
	})
	if v, ok := c.Journal.State().Questions.Verified(f.Key, r.Now); err == nil && ok {
		c.confirm(ctx, r, v)
	}
	return nil, err
}

// confirm tells who wrote a verified answer that it is given from now on. The
// form is closed first: Slack waits for that.
func (c *Commands) confirm(ctx context.Context, r *Request, v questions.Verified) {
	m := render.VerifiedNote(v, r.Lang)
	c.chores.start(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
		defer cancel()
		if _, err := c.Poster.Post(ctx, string(r.User), "", m.Text, m.Blocks); err != nil {
			c.Log.WarnContext(ctx, "confirm a verified answer", "user", r.User, "error", err)
		}
	})
}

// statedDay returns the day chosen in a form's field, 2027-06-30.
func statedDay(in slack.InteractionCallback, name string) string {
	if in.View.State == nil {
		return ""
	}
	return in.View.State.Values[name][name].SelectedDate
}

// dismissClick takes a question out of the queue.
func (c *Commands) dismissClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	err := c.decideAs(ctx, r, func(s questions.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		return questions.Dismiss(s, who, questions.Key(a.Value), now)
	})
	if err != nil {
		return err
	}
	return c.refreshQuestions(ctx, r)
}

// retractClick takes a verified answer back.
func (c *Commands) retractClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	err := c.decideAs(ctx, r, func(s questions.State, who people.Person, now time.Time) ([]journal.Draft, error) {
		return questions.Retract(s, who, questions.Key(a.Value), now)
	})
	if err != nil {
		return err
	}
	return c.refreshQuestions(ctx, r)
}

// refreshQuestions puts the list as it is now in the place of the one that was
// clicked in.
func (c *Commands) refreshQuestions(ctx context.Context, r *Request) error {
	return c.inPlace(ctx, r, render.Questions(c.Journal.State().Questions, c.now(), r.Lang))
}
