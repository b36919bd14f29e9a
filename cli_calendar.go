package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"wainao/app"
	"wainao/calendar"
)

func calendarCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "calendar",
		Short: "Show and import the statutory holidays and make-up workdays",
		Long: `Working days are reckoned by the State Council's yearly notice: statutory days
off, and the weekends that are worked in return. A year that is not loaded
counts Monday to Friday, and says so. The notice for the next year comes out in
November; import it then.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(calendarShowCommand(), calendarImportCommand())
	return cmd
}

func calendarImportCommand() *cobra.Command {
	var f configFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Import a year's days off and make-up workdays into the journal",
		Long: `Reads a year's table in YAML, checks it, and writes it into the journal, from
where every process that shares the journal has it. “-” reads standard input.
“wainao calendar show 2026 --yaml” prints a year in the form that is wanted.`,
		Example: "  wainao calendar import 2027.yaml --config wainao.yaml",
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
			y, news, err := app.ImportYear(cmd.Context(), c, raw)
			if err != nil {
				return told(err)
			}
			said := fmt.Sprintf("imported %d, %s\n已导入%d年，%s", y.Year, y.Notice, y.Year, y.Notice)
			if !news {
				said = fmt.Sprintf("%d says the same already: nothing to do\n%d年已是这样，无需导入", y.Year, y.Year)
			}
			words := y.Describe()
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n\n%s\n%s", said, words.ZH, words.EN)
			return err
		},
	}
	f.add(cmd)
	return cmd
}

// maxInput bounds a file that is read whole.
const maxInput = 1 << 20

// readInput reads the file, or in when it is named "-".
func readInput(in io.Reader, name string) ([]byte, error) {
	if name != "-" {
		f, err := os.Open(name) //nolint:gosec // The operator names the file.
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }() // It was only read.
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(raw) > maxInput {
		return nil, fmt.Errorf("%s is larger than 1 MB", name)
	}
	return raw, nil
}

func calendarShowCommand() *cobra.Command {
	var (
		f      configFlags
		asYAML bool
	)
	cmd := &cobra.Command{
		Use:     "show [YEAR]",
		Short:   "Show a year's days off and make-up workdays, or which years are loaded",
		Example: "  wainao calendar show\n  wainao calendar show 2026\n  wainao calendar show 2026 --yaml > 2027.yaml",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{fmt.Errorf("%s wants one year at most", cmd.CommandPath())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := f.load()
			if err != nil {
				return err
			}
			days, err := app.CalendarDays(cmd.Context(), c)
			if err != nil {
				return told(err)
			}
			if len(args) == 0 {
				return listYears(cmd.OutOrStdout(), days)
			}
			year, err := strconv.Atoi(args[0])
			if err != nil {
				return usageError{fmt.Errorf("%q is no year: want one such as 2026", args[0])}
			}
			return showYear(cmd.OutOrStdout(), days, year, asYAML)
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&asYAML, "yaml", false, "print the year as a file that can be imported")
	return cmd
}

func showYear(out io.Writer, days calendar.Days, year int, asYAML bool) error {
	y, imported, ok := days.Year(year)
	if !ok {
		words := days.NotLoaded(year)
		return usageError{fmt.Errorf("%s\n%s", words.EN, words.ZH)}
	}
	if asYAML {
		raw, err := yaml.Marshal(y)
		if err != nil {
			return fmt.Errorf("write %d: %w", year, err)
		}
		_, err = out.Write(raw)
		return err
	}
	words := y.Describe()
	_, err := fmt.Fprintf(out, "%s\n%s\n%s%s\n", words.ZH, words.EN, origin(imported), y.Source)
	return err
}

// origin says where a year's table is from.
func origin(imported time.Time) string {
	if imported.IsZero() {
		return "随程序提供 comes with the program\n"
	}
	when := calendar.FormatTime(imported)
	return fmt.Sprintf("%s导入 imported on %s\n", when.ZH, when.EN)
}

func listYears(out io.Writer, days calendar.Days) error {
	for _, year := range days.Years() {
		y, imported, _ := days.Year(year)
		if _, err := fmt.Fprintf(out, "%d  %s  %s", year, y.Notice, origin(imported)); err != nil {
			return err
		}
	}
	if missing := days.Missing(time.Now()); len(missing) > 0 {
		words := calendar.MissingWords(missing)
		_, err := fmt.Fprintf(out, "\n%s\n%s\n", words.ZH, words.EN)
		return err
	}
	return nil
}
