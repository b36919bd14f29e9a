package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"wainao/app"
	"wainao/lang"
)

func exportCommand() *cobra.Command {
	var (
		f       configFlags
		o       app.ExportOptions
		out     string
		english bool
	)
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the ledger as XLSX, CSV or JSON, as of any date",
		Long: `Writes reports with all their revisions, the register, series, progress, the
matrix, duties, people, deliveries, layout and targets: a sheet for each table,
a CSV file for each (in a ZIP archive), or one JSON file. Drafts and scores of
an evaluation are not in it.

The journal is read, not the bot asked: with the embedded storage, stop the bot
first, or use /future export in Slack.`,
		Example: "  wainao export --config wainao.yaml --out ledger.xlsx\n  wainao export --format json --as-of 2026-09-30 --out - | jq .",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := f.load()
			if err != nil {
				return err
			}
			o.Now, o.Lang = time.Now(), lang.ZH
			if english {
				o.Lang = lang.EN
			}
			file := &outFile{name: out, standard: cmd.OutOrStdout()}
			at, err := app.Export(cmd.Context(), c, o, file.open)
			if err != nil {
				file.discard()
				return told(err)
			}
			if file.name == "-" {
				return nil
			}
			_, err = fmt.Fprintf(cmd.ErrOrStderr(), "wrote %s, as of %s\n已写入 %s\n", file.name, at.Format(time.RFC3339), file.name)
			return err
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&o.Format, "format", "xlsx", "xlsx, csv or json")
	cmd.Flags().StringVar(&o.AsOf, "as-of", "", "a date such as 2026-09-30: all that was recorded until its end (in Shanghai)")
	cmd.Flags().StringVar(&out, "out", "", "the file to write; - is standard output (default: named for the date)")
	cmd.Flags().BoolVar(&english, "en", false, "labels in English")
	return cmd
}

// outFile is where an export goes. It appears under its name when it is
// complete, so that no half of it is taken for the whole.
type outFile struct {
	name     string
	standard io.Writer
	part     *os.File
}

// open opens the file, or one with the given name when none was chosen.
func (o *outFile) open(name string) (io.WriteCloser, error) {
	if o.name == "" {
		o.name = name
	}
	if o.name == "-" {
		return keepOpen{o.standard}, nil
	}
	var err error
	o.part, err = os.CreateTemp(filepath.Dir(o.name), ".wainao-export-*")
	return o, err
}

// Write writes into the part.
func (o *outFile) Write(p []byte) (int, error) { return o.part.Write(p) }

// Close gives the part its name.
func (o *outFile) Close() error {
	if err := o.part.Close(); err != nil {
		return err
	}
	return os.Rename(o.part.Name(), o.name)
}

// discard removes what was not completed.
func (o *outFile) discard() {
	if o.part != nil {
		_ = o.part.Close()
		_ = os.Remove(o.part.Name()) // Gone already when it has its name.
	}
}

// keepOpen is a writer that is not ours to close.
type keepOpen struct{ io.Writer }

// Close does nothing.
func (keepOpen) Close() error { return nil }
