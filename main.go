// Command wainao is a Slack bot for a city's future-industries expert advisory
// committee. This package is its command line: flags, signals and exit codes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit codes.
const (
	exitFailure = 1 // Something went wrong while running.
	exitUsage   = 2 // The command line or the configuration is wrong; nothing was started.
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errAlreadyTold):
		return exitFailure
	}
	_, _ = fmt.Fprintln(errs, "wainao: "+err.Error())
	if _, ok := errors.AsType[usageError](err); ok {
		return exitUsage
	}
	return exitFailure
}

// usageError marks an error in what the operator typed or configured.
type usageError struct{ error }

// errAlreadyTold ends a command that has printed what is wrong itself.
var errAlreadyTold = errors.New("already told")
