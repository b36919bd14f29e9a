// Package mongotest starts a server that speaks MongoDB's wire protocol, for
// tests. It decides where that server's program is built and when it ends; it
// is no part of the product.
package mongotest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// buildTimeout bounds the first build, which fetches and compiles a whole
// database.
const buildTimeout = 8 * time.Minute

// Start starts a server of the test's own, empty, and returns its URI. It ends
// with the test. With -short the test is skipped: the first build of the
// server takes minutes and the network.
func Start(tb testing.TB) (uri string) {
	tb.Helper()
	if testing.Short() {
		tb.Skip("the MongoDB wire server is not built with -short")
	}
	program, err := build()
	if err != nil {
		tb.Fatalf("the server for MongoDB's wire protocol cannot be built; run with -short to leave its tests out: %v", err)
	}
	server := exec.CommandContext(context.WithoutCancel(tb.Context()), program) //nolint:gosec // It was built just above.
	server.Stderr = os.Stderr
	stdin, err := server.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	stdout, err := server.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := server.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		stop := time.AfterFunc(10*time.Second, func() { _ = server.Process.Kill() })
		defer stop.Stop()
		if err := errors.Join(stdin.Close(), server.Wait()); err != nil {
			tb.Errorf("the MongoDB wire server ended badly: %v", err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		tb.Fatalf("the MongoDB wire server did not start: %v", err)
	}
	return strings.TrimSpace(line)
}

// build builds the server once for all tests of the process, beside Go's own
// cache so that the next process finds it built.
var build = sync.OnceValues(func() (string, error) {
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		return "", errors.New("the source's place is unknown")
	}
	source := filepath.Join(filepath.Dir(file), "..", "internal", "ferret")
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "wainao-test")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make a folder for the server: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), buildTimeout)
	defer cancel()
	// Another process may be building or running it: build aside, then rename.
	program := filepath.Join(dir, "ferret")
	aside := fmt.Sprintf("%s.%d", program, os.Getpid())
	command := exec.CommandContext(ctx, "go", "build", "-C", source, "-o", aside, ".") //nolint:gosec // Both paths are our own.
	command.Env = append(os.Environ(), "GOFLAGS=-mod=readonly -buildvcs=false", "GOWORK=off", "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", errors.Join(err, ctx.Err()), out)
	}
	if err := os.Rename(aside, program); err != nil {
		return "", fmt.Errorf("put the server in its place: %w", err)
	}
	return program, nil
})
