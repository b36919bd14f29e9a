package commands

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/people"
	"wainao/render"
)

func (c *Commands) helpFeature() feature {
	help := c.helpCommand()
	return feature{
		commands: []Command{help},
		actions: map[string]action{
			render.ActionHelp: {help.Needs, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return help.run(ctx, r) }},
		},
	}
}

func (c *Commands) helpCommand() Command {
	return Command{
		Name: "help", Alias: "帮助",
		Summary: lang.T("看命令。", "Show the commands."),
		Example: lang.T("帮助", "help"),
		Needs:   people.Ask,
		run:     c.help,
	}
}

// help shows the commands that the person may use.
func (c *Commands) help(ctx context.Context, r *Request) error {
	may := slices.DeleteFunc(slices.Clone(c.registry.commands), func(cmd Command) bool { return cmd.allow(r.Person) != nil })
	return c.answer(ctx, r, render.Help(helpLines(may), r.Lang))
}

// helpLines are what is said about the commands.
func helpLines(cmds []Command) (lines []render.HelpLine) {
	for _, cmd := range cmds {
		lines = append(lines, render.HelpLine{Name: cmd.Name, Alias: cmd.Alias, Usage: cmd.Usage, Summary: cmd.Summary, Example: cmd.Example})
	}
	return lines
}
