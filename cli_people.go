package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wainao/app"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

func peopleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "people",
		Short: "Show and import who takes part",
		Long: `Roles are kept in the journal. They are changed in chat (/future people) or, many
at once, by importing a roster. The configuration's people are for the first
administrator: they are written at the start, and again when they change.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(peopleShowCommand(), peopleImportCommand())
	return cmd
}

func peopleShowCommand() *cobra.Command {
	return withConfig(&cobra.Command{
		Use:     "show",
		Short:   "Print who takes part, as a roster that can be imported",
		Example: "  wainao people show --config wainao.yaml > roster.yaml",
	}, func(cmd *cobra.Command, c app.Config) error {
		raw, err := app.Roster(cmd.Context(), c)
		if err != nil {
			return told(err)
		}
		_, err = cmd.OutOrStdout().Write(raw)
		return err
	})
}

func peopleImportCommand() *cobra.Command {
	var (
		f    configFlags
		look bool
	)
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Make a roster all there is, or look what it would change",
		Long: `Reads a roster in YAML and makes it all there is: whoever is not in it has no role
any more. It does all or nothing, and tells what is wrong with the line. “-”
reads standard input. “wainao people show” prints the roster as it is.`,
		Example: "  wainao people import roster.yaml --dry-run\n  wainao people import roster.yaml --config wainao.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("%s wants one file", cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := f.load()
			if err != nil {
				return err
			}
			raw, err := readInput(cmd.InOrStdin(), args[0])
			if err != nil {
				return usageError{err}
			}
			changes, err := app.ImportPeople(cmd.Context(), c, raw, look)
			if err != nil {
				return told(err)
			}
			return tellChanges(cmd.OutOrStdout(), changes, look)
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&look, "dry-run", false, "only tell what would change")
	return cmd
}

// tellChanges prints what a roster changes, in both languages.
func tellChanges(out io.Writer, c people.RosterChanges, look bool) error {
	is := func(p people.Person) string {
		rank := render.Rank(p, policy.Default())
		return rank.ZH + " / " + rank.EN
	}
	var lines []string
	for _, p := range c.New {
		lines = append(lines, fmt.Sprintf("+ %s: %s", called(p), is(p)))
	}
	for _, ch := range c.Changed {
		lines = append(lines, fmt.Sprintf("~ %s: %s", called(ch.After), is(ch.After)), fmt.Sprintf("  原为 before: %s, %s", called(ch.Before), is(ch.Before)))
	}
	for _, p := range c.Removed {
		lines = append(lines, fmt.Sprintf("- %s: %s", called(p), is(p)))
	}
	done := "已导入 imported"
	switch {
	case c.None():
		done = "已是这样，无需导入 it is so already, nothing to do"
	case look:
		done = "预览，没有改动 preview, nothing was changed"
	}
	lines = append(lines, fmt.Sprintf("%s: +%d ~%d -%d, 不变 unchanged %d", done, len(c.New), len(c.Changed), len(c.Removed), c.Unchanged))
	for _, line := range lines {
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}

// called tells who is meant.
func called(p people.Person) string {
	if p.Name.IsZero() {
		return string(p.User)
	}
	return fmt.Sprintf("%s %s (%s)", p.Name.ZH, p.Name.EN, p.User)
}
