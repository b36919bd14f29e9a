package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wainao/app"
)

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "wainao",
		Short: "外脑 Wainao: a Slack bot for a future-industries expert advisory committee",
		Long: `外脑 Wainao answers questions about the future-industries policy with their
source, collects the districts' progress, and posts digests on schedule.

Start with "wainao try": it needs no Slack account and no database server.`,
		SilenceUsage: true, SilenceErrors: true, Version: app.Version(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("there is no command %q; see \"wainao --help\"", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w\nSee %q", err, cmd.CommandPath()+" --help")}
	})
	root.AddCommand(tryCommand(), serveCommand(), workspaceCommand(), askCommand(), checkCommand(),
		verifyCommand(), exportCommand(), calendarCommand(), peopleCommand(), healthCommand(), versionCommand())
	return root
}
