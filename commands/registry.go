package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// Command is one verb of the slash command. Everything that is said about it,
// in help, in the docs and in refusals, comes from here.
type Command struct {
	Name    string            // The English verb.
	Alias   string            // The Chinese verb.
	Usage   lang.Text         // What may stand behind the verb; may be zero.
	Summary lang.Text         // What it does, in a line.
	Example lang.Text         // One whole command to try, without /future.
	Needs   people.Permission // Who may use it.
	Or      people.Permission // Who may use it too; may be empty.

	run func(context.Context, *Request) error
}

// feature is one part of what Wainao does in Slack: its commands, and what its
// buttons, its forms and its deliveries do. Each file of this package holds
// one, and [Commands.features] lists them.
type feature struct {
	commands   []Command
	actions    map[string]action                 // By [render.ActionName].
	forms      map[string]form                   // By callback id.
	deliveries map[delivery.JobName]buildMessage // What each job posts.
	audiences  map[delivery.JobName]choose       // Whom each job goes to; a job without one goes to whom it names.
}

// action is what a click does, and who may do it.
type action struct {
	needs people.Permission
	run   func(context.Context, *Request, slack.BlockAction) error
}

// form is what a filled-in form does, and who may do it. Its error may be
// [lang.FieldProblems]: they are shown at the form's fields.
type form struct {
	needs people.Permission
	run   func(context.Context, *Request, slack.InteractionCallback) (*slack.ViewSubmissionResponse, error)
}

// buildMessage makes the message of a delivery, in the recipient's language,
// from the journal's newest state.
type buildMessage func(ctx context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error)

// choose returns whom a run of the job at due goes to, and whom it leaves out
// and why: it looks at nothing but its arguments.
type choose func(s record.State, j delivery.Job, due time.Time) []delivery.Choice

// registry holds the commands by their verbs, and what buttons, forms and
// deliveries do. It is built once; a mistake in it stops the start.
type registry struct {
	feature
	verbs map[string]Command
}

func newRegistry(features ...feature) (registry, error) {
	r := registry{verbs: map[string]Command{}, feature: feature{
		actions: map[string]action{}, forms: map[string]form{}, deliveries: map[delivery.JobName]buildMessage{},
		audiences: map[delivery.JobName]choose{},
	}}
	var problems []error
	for _, f := range features {
		for _, c := range f.commands {
			r.commands = append(r.commands, c)
			problems = append(problems, r.add(c)...)
		}
		problems = append(problems, merge("action", r.actions, f.actions)...)
		problems = append(problems, merge("form", r.forms, f.forms)...)
		problems = append(problems, merge("delivery", r.deliveries, f.deliveries)...)
		problems = append(problems, merge("audience", r.audiences, f.audiences)...)
	}
	for name, a := range r.actions {
		if !slices.Contains(people.Permissions(), a.needs) || a.run == nil {
			problems = append(problems, fmt.Errorf("action %q does nothing, or nobody knows who may do it", name))
		}
	}
	for name, f := range r.forms {
		if !slices.Contains(people.Permissions(), f.needs) || f.run == nil {
			problems = append(problems, fmt.Errorf("form %q does nothing, or nobody knows who may fill it in", name))
		}
	}
	return r, errors.Join(problems...)
}

// merge adds what a feature has to what is there; nothing may be there twice.
func merge[K ~string, V any](what string, all, more map[K]V) (problems []error) {
	for k, v := range more {
		if _, taken := all[k]; taken {
			problems = append(problems, fmt.Errorf("%s %q is there twice", what, string(k)))
		}
		all[k] = v
	}
	return problems
}

// add registers the verbs of a command, and returns what is wrong with it.
func (r registry) add(c Command) (problems []error) {
	for _, verb := range []string{c.Name, c.Alias} {
		if verb == "" {
			problems = append(problems, fmt.Errorf("command %q: a verb is missing in one language", c.Name))
			continue
		}
		if other, taken := r.verbs[policy.Key(verb)]; taken {
			problems = append(problems, fmt.Errorf("command %q: %q is a verb of %q already", c.Name, verb, other.Name))
		}
		r.verbs[policy.Key(verb)] = c
	}
	if !c.Summary.Complete() || !c.Example.Complete() {
		problems = append(problems, fmt.Errorf("command %q: its summary or example lacks a translation", c.Name))
	}
	if !c.Usage.IsZero() && !c.Usage.Complete() {
		problems = append(problems, fmt.Errorf("command %q: its usage lacks a translation", c.Name))
	}
	if !slices.Contains(people.Permissions(), c.Needs) {
		problems = append(problems, fmt.Errorf("command %q: nobody knows the permission %q", c.Name, c.Needs))
	}
	if c.run == nil {
		problems = append(problems, fmt.Errorf("command %q does nothing", c.Name))
	}
	return problems
}

// find splits the verb from the words behind it. A text whose first word is no
// verb is a question, which ok false says. A verb must stand alone: Chinese
// questions may well begin with the characters of one (目标是多少?).
func (r registry) find(text string) (c Command, args string, ok bool) {
	text = strings.TrimSpace(text)
	verb, args, _ := strings.Cut(strings.ReplaceAll(text, "　", " "), " ")
	c, ok = r.verbs[policy.Key(verb)]
	return c, strings.TrimSpace(args), ok
}

// Commands returns the registered commands in the order in which help shows
// them.
func (c *Commands) Commands() []Command { return c.registry.commands }

// allow returns nil when the person may use the command.
func (cmd Command) allow(p people.Person) error {
	if cmd.Or != "" && people.Can(p, cmd.Or) {
		return nil
	}
	return people.Allow(p, cmd.Needs)
}
