package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wainao/app"
	"wainao/journal"
)

func askCommand() *cobra.Command {
	var (
		f       configFlags
		explain bool
	)
	cmd := &cobra.Command{
		Use:   "ask [question]",
		Short: "Answer a question, or many from standard input",
		Long: `With an argument, prints the answer. Without one, reads JSON lines
{"id": …, "question": …} from standard input and prints a JSON line
{"id", "answer", "status", "lang", "citations"} for each; status is answered,
ambiguous or unknown. A line may carry "thread", a list of the questions asked
before in the same thread. Layouts, targets and definitions that were adopted
are read from the configured journal.`,
		Example: "  wainao ask 氢能由哪些板块负责?\n  wainao ask < questions.jsonl",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := f.load()
			if err != nil {
				return err
			}
			asker, err := app.NewAsker(cmd.Context(), c)
			if err != nil {
				return told(err)
			}
			if asker.Doubt != nil {
				cmd.PrintErrln(asker.Doubt)
			}
			if len(args) > 0 {
				a := asker.Ask(app.AskLine{Question: strings.Join(args, " ")})
				_, err := fmt.Fprintln(cmd.OutOrStdout(), a.Answer)
				if explain {
					_, err = fmt.Fprintln(cmd.OutOrStdout(), a.Explanation)
				}
				return err
			}
			return askLines(asker, cmd.InOrStdin(), cmd.OutOrStdout(), explain)
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&explain, "explain", false, "also tell the entities, the reading and the rule")
	return cmd
}

// askLines answers JSON lines. A line that is no question is an error that
// names it; the lines before it have been answered.
func askLines(asker *app.Asker, in io.Reader, out io.Writer, explain bool) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 4<<20)
	w := json.NewEncoder(out)
	w.SetEscapeHTML(false)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff")) // Some editors begin a file with it.
		if line == "" {
			continue
		}
		var q app.AskLine
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			return usageError{fmt.Errorf("standard input, line %d: want {\"id\": …, \"question\": …}: %w", n, err)}
		}
		a := asker.Ask(q)
		if !explain {
			a.Explanation = ""
		}
		if err := w.Encode(a); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	return nil
}

func checkCommand() *cobra.Command {
	return withConfig(&cobra.Command{
		Use:   "check",
		Short: "Check configuration, tokens, scopes and database before serving",
	}, func(cmd *cobra.Command, c app.Config) error {
		failed := false
		for r := range app.Check(cmd.Context(), c) {
			mark := "ok  "
			if r.Err != nil {
				mark, failed = "FAIL", true
			}
			if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s  %-14s %s\n", mark, r.Name, r.Detail()); err != nil {
				return fmt.Errorf("write result: %w", err)
			}
		}
		if failed {
			return errAlreadyTold
		}
		return nil
	})
}

func verifyCommand() *cobra.Command {
	return withConfig(&cobra.Command{
		Use:   "verify",
		Short: "Check the journal's chain from its first entry to its last",
	}, func(cmd *cobra.Command, c app.Config) error {
		head, err := app.Verify(cmd.Context(), c)
		if err != nil {
			if _, broken := errors.AsType[*journal.ChainError](err); broken {
				err = fmt.Errorf("%w (%d good entries stand before it)", err, head.Number)
			}
			return told(err)
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "ok: %d entries, unbroken; the last hash is %s\n", head.Number, head.Hash)
		return err
	})
}

func healthCommand() *cobra.Command {
	return withConfig(&cobra.Command{
		Use:   "health",
		Short: "Ask a running bot whether it is well (for a container's health check)",
	}, func(cmd *cobra.Command, c app.Config) error {
		words, err := app.Health(cmd.Context(), c)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(cmd.OutOrStdout(), words)
		return err
	})
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "wainao "+app.Version())
			return err
		},
	}
}
