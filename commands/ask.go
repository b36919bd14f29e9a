package commands

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/lang"
	"wainao/people"
	"wainao/questions"
	"wainao/render"
)

func (c *Commands) askFeature() feature {
	return feature{
		commands: []Command{c.askCommand()},
		actions: map[string]action{
			render.ActionAsk:       {people.Ask, c.askClick},
			render.ActionTranslate: {people.Ask, c.translateClick},
			render.ActionText:      {people.Ask, c.textClick},
		},
	}
}

func (c *Commands) askCommand() Command {
	return Command{
		Name: "ask", Alias: "问",
		Usage:   lang.T("<问题>", "<question>"),
		Summary: lang.T("问政策：领域、板块、目标、行动，答案都有出处。", "Ask about the policy: domains, districts, targets, actions; every answer names its source."),
		Example: lang.T("问 氢能由哪些板块负责？", "ask Which districts lead hydrogen?"),
		Needs:   people.Ask,
		run:     c.ask,
	}
}

// ask answers the question in r.Args in the question's own language.
func (c *Commands) ask(ctx context.Context, r *Request) error {
	if strings.TrimSpace(r.Args) == "" {
		return c.help(ctx, r)
	}
	r.Lang = lang.DetectOr(r.Args, r.Lang)
	a, err := c.reply(ctx, r, r.Args, r.Lang)
	if err != nil {
		return err
	}
	if key := questionKey(a); worthKeeping(a) && questions.Seen(r.State.Questions, key, r.Args, r.User, r.Now) {
		c.keep(ctx, r, key, r.Args)
	}
	return nil
}

// answerIn answers a question in a language that need not be its own, and
// leaves it at that.
func (c *Commands) answerIn(ctx context.Context, r *Request, question string, l lang.Lang) error {
	_, err := c.reply(ctx, r, question, l)
	return err
}

// reply answers a question and returns what the policy says. Where it has no
// answer, one that the secretariat has verified takes its place.
func (c *Commands) reply(ctx context.Context, r *Request, question string, l lang.Lang) (ask.Answer, error) {
	a := c.Ask.Answer(
		ask.Question{Text: question, Lang: l, Thread: c.thread(r)},
		ask.View{Policy: r.Policy, At: r.Now, Facts: c.facts(r), Memory: c.memory})
	key := questionKey(a)
	if a.Status == ask.Unknown {
		if v, ok := r.State.Questions.Verified(key, r.Now); ok {
			return a, c.answer(ctx, r, render.Verified(v, question, l))
		}
		if near := c.nearest(question, r.Person); len(near) > 0 && (a.Explain.Rule == "unknown" || a.Explain.Rule == "help") {
			return ask.Answer{}, c.answer(ctx, r, render.Nearest(helpLines(near), l))
		}
	}
	o := render.AnswerOptions{Key: key, Text: c.Text != nil}
	o.Mentioned, _ = Mentioned(c.Text, r.Policy, a)
	o.Queued = worthKeeping(a) && questions.Seen(r.State.Questions, key, question, r.User, r.Now)
	return a, c.answer(ctx, r, render.AnswerWith(a, question, l, o))
}

// thread names the conversation that a follow-up question refers to: the
// thread in a channel, the whole of a person's direct messages, or what one
// person asks privately in one channel.
func (c *Commands) thread(r *Request) string {
	if r.public {
		return r.Channel + "/" + r.Thread
	}
	return r.Channel + "/" + string(r.User)
}

// askClick answers the question on a button. Under an answer that everyone
// sees, everyone sees the next one too, with the name of who asked.
func (c *Commands) askClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	r.Args = a.Value
	if r.MessageTS != "" && !r.ephemeral {
		r.public = true
		if r.Thread == "" && !strings.HasPrefix(r.Channel, "D") {
			r.Thread = r.MessageTS
		}
	}
	return c.run(ctx, r, c.askCommand())
}

// translateClick shows an answer in the other language, to the person who
// asked for it only.
func (c *Commands) translateClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	l, question, ok := strings.Cut(a.Value, ":")
	if !ok {
		return nil
	}
	r.Lang = lang.FromLocale(l)
	return c.answerIn(ctx, r, question, r.Lang)
}
