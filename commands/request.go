package commands

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// maxInput bounds what a person may type in one go, in characters. Slack
// itself allows 40,000 in a message
// (https://docs.slack.dev/changelog/2018-truncating-really-long-messages/);
// nothing that Wainao is asked needs a page of text.
const maxInput = 2000

var errTooLong = lang.Problemf("too_long", "太长了：一次最多 %d 个字。请把问题说短一些；报告请用 `/future 上报` 的表单填写。",
	"That is too long: at most %d characters at once. Please ask a shorter question; reports go into the form of `/future report`.", maxInput)

func tooLong(s string) bool { return utf8.RuneCountInString(s) > maxInput }

// Request is one thing that one person asked for, with what is needed to
// decide and to answer.
type Request struct {
	User   people.UserID
	Person people.Person // Zero roles for a stranger.
	Lang   lang.Lang     // The language to answer in.
	Args   string        // The words behind the verb, or the question.
	State  record.State  // As it was when the request came.
	Now    time.Time

	// Policy is the policy in force now, with every version that was adopted.
	Policy *policy.Policy

	Channel     string
	Thread      string     // Where an answer belongs; empty is the channel itself.
	MessageTS   string     // Of the message clicked in.
	View        slack.View // The modal or Home clicked in; zero otherwise.
	ResponseURL string
	TriggerID   string

	public    bool // The answer is for everyone in the channel or thread.
	ephemeral bool // The message clicked in is seen by this person only.
}

// request gathers what is known about a person. The language is that of text
// where it tells, otherwise the person's own in Slack.
func (c *Commands) request(ctx context.Context, user, text string) *Request {
	id := people.UserID(user)
	state := c.Journal.State()
	person, ok := state.People.Person(id)
	if !ok {
		person = people.Person{User: id}
	}
	r := &Request{User: id, Person: person, State: state, Now: c.now(), Lang: c.langOf(ctx, user)}
	r.Policy = c.policyAt(state, r.Now)
	if l, ok := lang.Detect(text); ok && l == lang.ZH {
		r.Lang = lang.ZH
	}
	return r
}

// hasWords reports whether s holds a word in Latin letters, more than the
// letter of a quarter such as 2026Q4.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLower)
}

// langOf returns the language that a person has chosen in Slack. When Slack
// does not tell, Chinese is the default.
func (c *Commands) langOf(ctx context.Context, user string) lang.Lang {
	locale, err := c.Directory.Locale(ctx, user)
	if err != nil {
		c.Log.WarnContext(ctx, "read locale", "user", user, "error", err)
	}
	return lang.FromLocale(locale)
}

// answer sends a message to where the request's answer belongs: into the
// thread of a question, otherwise to the person alone.
func (c *Commands) answer(ctx context.Context, r *Request, m render.Message) error {
	m = c.place(ctx, m)
	switch {
	case r.public:
		_, err := c.Poster.Post(ctx, r.Channel, r.Thread, m.Text, m.Blocks)
		return err
	case r.ResponseURL != "":
		return c.Poster.Respond(ctx, r.ResponseURL, false, m.Text, m.Blocks)
	case r.Channel != "":
		return c.Poster.Ephemeral(ctx, r.Channel, string(r.User), r.Thread, m.Text, m.Blocks)
	default: // A click on Home has neither: Slack opens a direct message for a user id.
		_, err := c.Poster.Post(ctx, string(r.User), "", m.Text, m.Blocks)
		return err
	}
}

// inPlace puts a message in the place of the one that was clicked in, where
// that is possible.
func (c *Commands) inPlace(ctx context.Context, r *Request, m render.Message) error {
	if r.ResponseURL == "" {
		return c.answer(ctx, r, m)
	}
	m = c.place(ctx, m)
	return c.Poster.Respond(ctx, r.ResponseURL, true, m.Text, m.Blocks)
}

// place stores a message's pictures with Slack, so that the message can be
// posted. A picture that cannot be stored gives way to its words: a message is
// better without it than not at all.
func (c *Commands) place(ctx context.Context, m render.Message) render.Message {
	if len(m.Pictures) == 0 {
		return m
	}
	ids := make([]string, len(m.Pictures))
	for i, p := range m.Pictures {
		id, err := c.storePicture(ctx, p)
		if err != nil {
			c.Log.ErrorContext(ctx, "store a picture", "picture", p.Name, "error", err)
		}
		ids[i] = id
	}
	return m.Place(ids)
}

func (c *Commands) storePicture(ctx context.Context, p render.Picture) (id string, err error) {
	content, err := p.PNG()
	if err != nil {
		return "", err
	}
	return c.Files.Store(ctx, File{Name: p.Name, Title: p.Title, Alt: p.Alt, Content: content})
}

// reference returns a short random name for one failure.
func reference() string { return rand.Text()[:8] }

// open opens a modal in answer to a command or a click. From within another
// modal it opens on top of it, so that what was typed there stays.
func (c *Commands) open(ctx context.Context, r *Request, v slack.ModalViewRequest) error {
	show := c.Views.OpenView
	if r.View.Type == slack.VTModal {
		show = c.Views.PushView
	}
	_, err := show(ctx, r.TriggerID, v)
	return err
}
