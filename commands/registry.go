package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
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

	run func(context.Context, *Request) error
}

// registry holds the commands by their verbs, and what their buttons and forms
// do. It is built once; a mistake in it stops the start.
type registry struct {
	commands []Command
	verbs    map[string]Command
	actions  map[string]func(context.Context, *Request, slack.BlockAction) error
	forms    map[string]func(context.Context, *Request, slack.InteractionCallback) (*slack.ViewSubmissionResponse, error)
}

func newRegistry(commands []Command) (registry, error) {
	r := registry{
		commands: commands, verbs: map[string]Command{},
		actions: map[string]func(context.Context, *Request, slack.BlockAction) error{},
		forms:   map[string]func(context.Context, *Request, slack.InteractionCallback) (*slack.ViewSubmissionResponse, error){},
	}
	var problems []error
	for _, c := range commands {
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
	}
	return r, errors.Join(problems...)
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
