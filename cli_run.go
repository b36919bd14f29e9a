package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"wainao/app"
)

// noArgs refuses stray words behind a command with a usage error.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no arguments, but got %q", cmd.CommandPath(), args[0])}
	}
	return nil
}

func tryCommand() *cobra.Command {
	var o app.TryOptions
	cmd := &cobra.Command{
		Use:   "try",
		Short: "Try everything on a web page: no Slack account, no database server",
		Long: `Starts the bot, an embedded database and a local Slack-like workspace in one
process and prints a web address. On that page you act as any of the people of
a committee: ask, report, read the digest. Ctrl-C stops it; everything is kept
in the data folder for the next time.`,
		Example: "  wainao try\n  wainao try --addr 127.0.0.1:9000 --data ./my-trial",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Out, o.Errors = cmd.OutOrStdout(), cmd.ErrOrStderr()
			return told(app.Try(cmd.Context(), o))
		},
	}
	cmd.Flags().StringVar(&o.Addr, "addr", app.DefaultTryAddr, "address of the page")
	cmd.Flags().StringVar(&o.Data, "data", app.DefaultTryDir, "folder in which everything is kept")
	cmd.Flags().StringVar(&o.PolicyText, "policy-text", "", "file with the official text of the policy")
	cmd.Flags().StringVar(&o.LogLevel, "log-level", "warn", "debug, info, warn or error")
	cmd.Flags().IntVar(&o.Ahead, "ahead", 0, "put the clock forward by so many days, to see what becomes due")
	return cmd
}

func workspaceCommand() *cobra.Command {
	var o app.WorkspaceOptions
	cmd := &cobra.Command{
		Use:   "workspace",
		Short: "Run only the local Slack-like workspace, for any bot",
		Long: `Starts the local workspace alone and prints the SLACK_API_URL, the tokens and
the signing secret to use with any Slack SDK.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Out, o.Errors = cmd.OutOrStdout(), cmd.ErrOrStderr()
			return told(app.Workspace(cmd.Context(), o))
		},
	}
	cmd.Flags().StringVar(&o.Addr, "addr", app.DefaultTryAddr, "address of the page and of the Slack API")
	cmd.Flags().StringVar(&o.Data, "data", app.DefaultTryDir, "folder in which the messages are kept")
	cmd.Flags().StringVar(&o.RequestURL, "request-url", "", "deliver events by signed HTTP to this URL instead of Socket Mode")
	return cmd
}

// configFlags are the flags of every command that reads the configuration.
type configFlags struct {
	path, data, policyText string
}

func (f *configFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&f.path, "config", "c", "", "configuration file (see wainao.example.yaml)")
	cmd.Flags().StringVar(&f.data, "data", "", "folder for embedded data, used when no MongoDB is configured")
	cmd.Flags().StringVar(&f.policyText, "policy-text", "", "file with the official text of the policy")
}

func (f *configFlags) load() (app.Config, error) {
	c, err := app.LoadConfig(f.path, os.Getenv)
	if err != nil {
		return c, usageError{err}
	}
	if f.data != "" {
		c.Storage.Data = f.data
	}
	if f.policyText != "" {
		c.Policy.Text = f.policyText
	}
	if err := c.Check(); err != nil {
		return c, usageError{err}
	}
	return c, nil
}

// withConfig completes a command that takes no arguments and runs on the
// configuration.
func withConfig(cmd *cobra.Command, run func(*cobra.Command, app.Config) error) *cobra.Command {
	var f configFlags
	cmd.Args = noArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := f.load()
		if err != nil {
			return err
		}
		return run(cmd, c)
	}
	f.add(cmd)
	return cmd
}

func serveCommand() *cobra.Command {
	return withConfig(&cobra.Command{
		Use:   "serve",
		Short: "Run the bot in a real Slack workspace",
		Long: `Runs the bot until it is told to stop (SIGINT, SIGTERM). It needs SLACK_BOT_TOKEN
and SLACK_APP_TOKEN, and keeps its journal in MONGODB_URI or in the --data folder.`,
		Example: "  SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… wainao serve --config wainao.yaml",
	}, serve)
}

func serve(cmd *cobra.Command, c app.Config) error {
	ctx := cmd.Context()
	if err := c.Servable(); err != nil {
		return usageError{err}
	}
	a, err := app.New(ctx, c, app.Options{Log: c.Log.Logger(cmd.ErrOrStderr())})
	if err != nil {
		return told(err)
	}
	return told(a.Run(ctx))
}

// told turns what an operator can act on into a usage error.
func told(err error) error {
	if err != nil && app.OperatorsFault(err) {
		return usageError{err}
	}
	return err
}
