package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wainao/app"
	"wainao/commands"
	"wainao/delivery"
	"wainao/lang"
	"wainao/storage/mongo/mongotest"
	"wainao/workspace"
)

// The crash harness kills the real program again and again while people use it
// and Slack misbehaves, and then counts: every delivery that is due is there
// exactly once, and nothing that was acknowledged is lost.
var (
	kills = flag.Int("kills", 12, "how often the crash harness kills a process; make crash uses 200")
	seed  = flag.Uint64("seed", 0, "seed of the crash harness; 0 takes one from the clock")
)

func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("the crash harness is not run with -short")
	}
	t.Parallel()
	crash(t, 1, app.StorageConfig{Data: t.TempDir()})
}

func TestCrashOfReplicas(t *testing.T) {
	uri := mongotest.Start(t) // Skips with -short.
	t.Parallel()
	crash(t, 3, app.StorageConfig{MongoURI: app.Secret(uri), Database: "wainao", Collection: "journal"})
}

// fleet is the processes of the real program under trial.
type fleet struct {
	*chat
	program string
	config  app.Config
	files   []string // The configuration of each process.
	running []*exec.Cmd
	log     buffer
	chance  *rand.Rand
	filed   []string // Names of the reports whose forms closed: they are acknowledged.
	edited  []int    // How late a slot may run, in hours, of changes to a job that were acknowledged.
	edits   int      // Changes tried.
	counts  map[string]*tally
}

// tally is how often something was tried, and how often it was answered.
type tally struct{ tried, answered int }

func (t *tally) String() string { return fmt.Sprintf("%d of %d", t.answered, t.tried) }

// crash runs the harness over so many processes on one journal.
func crash(t *testing.T, processes int, storage app.StorageConfig) {
	t.Helper()
	began := *seed
	if began == 0 {
		began = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", began)
	f := startFleet(t, processes, storage)
	f.chance = rand.New(rand.NewPCG(began, 0))
	for range *kills {
		// The blow falls at any moment of the work, of what follows from it, or of
		// the start after the blow before.
		victim, when := f.chance.IntN(processes), time.Duration(f.chance.IntN(500))*time.Millisecond
		if f.chance.IntN(4) > 0 {
			f.well(victim)
		}
		f.misbehave()
		blow := time.After(when)
		for range 1 + f.chance.IntN(3) {
			f.work()
		}
		<-blow
		f.kill(victim)
	}
	f.settle()
	f.judge()
}

// startFleet builds the program, starts a workspace and the processes.
func startFleet(t *testing.T, processes int, storage app.StorageConfig) *fleet {
	t.Helper()
	f := &fleet{program: filepath.Join(t.TempDir(), "wainao")}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", f.program, "wainao")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	var out, log buffer
	go func() {
		done <- app.Workspace(ctx, app.WorkspaceOptions{
			Addr: "127.0.0.1:0", Data: t.TempDir(), Out: &out, Errors: &log, Ready: func(address string) { ready <- address },
		})
	}()
	t.Cleanup(func() {
		f.stop()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("workspace:\n%s\nprocesses:\n%s", log.String(), f.log.String())
		}
	})
	f.chat = &chat{t: t}
	select {
	case f.address = <-ready:
	case err := <-done:
		t.Fatal(err)
	}
	f.config = app.DefaultConfig()
	f.config.Storage = storage
	f.config.People = app.TryPeople()
	for i := range processes {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("wainao-%d.yaml", i))
		if err := os.WriteFile(file, f.yaml(freeAddress(t)), 0o600); err != nil {
			t.Fatal(err)
		}
		f.files = append(f.files, file)
		f.running = append(f.running, nil)
		f.start(i)
	}
	f.well(0)
	return f
}

// everyMinutes are the jobs under trial.
var everyMinutes = []delivery.JobName{commands.DigestJob, commands.RemindersJob, commands.MonthlyNoteJob, commands.QueueNoteJob}

// everyMinute is the schedule of the jobs under trial.
const everyMinute = "* * * * *"

// yaml writes the configuration as an operator would: a slot a minute of what
// is posted again and again, and a reminder on every workday of a quarter.
func (f *fleet) yaml(health string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "slack:\n  bot_token: %q\n  app_token: %q\n  api_url: %q\n", workspace.BotToken, workspace.AppToken, f.address+"/api/")
	fmt.Fprintf(&b, "storage:\n  data: %q\n  mongodb_uri: %q\n", f.config.Storage.Data, string(f.config.Storage.MongoURI))
	b.WriteString("jobs:\n")
	for _, job := range everyMinutes {
		fmt.Fprintf(&b, "  %s: {spec: %q, on: any}\n", job, everyMinute)
	}
	b.WriteString("reminders:\n  before: [0")
	for n := range 60 {
		fmt.Fprintf(&b, ", %d", n+1)
	}
	fmt.Fprintf(&b, "]\nhealth:\n  listen: %q\nlog:\n  level: warn\npeople:\n", health)
	for _, p := range f.config.People {
		fmt.Fprintf(&b, "  - user: %s\n    name: {zh: %q, en: %q}\n    roles: [%s]\n    districts: [%s]\n",
			p.User, p.Name.In(lang.ZH), p.Name.In(lang.EN), strings.Join(p.Roles, ", "), strings.Join(p.Districts, ", "))
	}
	return b.Bytes()
}

func (f *fleet) start(i int) {
	f.t.Helper()
	cmd := exec.Command(f.program, "serve", "--config", f.files[i])
	cmd.Stdout, cmd.Stderr = &f.log, &f.log
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.running[i] = cmd
}

// kill ends a process as a power switch would, and starts it anew.
func (f *fleet) kill(i int) {
	f.t.Helper()
	if err := f.running[i].Process.Kill(); err != nil {
		f.t.Fatalf("process %d ended by itself: %v\n%s", i, err, f.log.String())
	}
	_ = f.running[i].Wait() // It was killed: that is its error.
	f.start(i)
}

// stop asks the processes to end, as an operator would.
func (f *fleet) stop() {
	for i, cmd := range f.running {
		if cmd == nil {
			continue
		}
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			f.t.Errorf("process %d ended with %v", i, err)
		}
		f.running[i] = nil
	}
}

// well waits until a process answers questions.
func (f *fleet) well(i int) {
	f.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		check := exec.CommandContext(f.t.Context(), f.program, "health", "--config", f.files[i])
		out, err := check.CombinedOutput()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("process %d is never well: %v %s\n%s", i, err, out, f.log.String())
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// settle lets the processes finish what is due, and ends them.
func (f *fleet) settle() {
	f.t.Helper()
	for i := range f.running {
		f.well(i)
	}
	// With replicas, what a dead process had claimed is looked at when its lease
	// has ended; alone, soon.
	deadline := time.Now().Add(delivery.Lease + time.Minute)
	for {
		open := f.open(0) // All read the same journal.
		if open == 0 {
			break
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("%d deliveries are never done", open)
		}
		time.Sleep(200 * time.Millisecond)
	}
	f.stop()
}

// open asks a process how many deliveries are not done.
func (f *fleet) open(i int) int {
	f.t.Helper()
	check := exec.CommandContext(f.t.Context(), f.program, "health", "--config", f.files[i])
	out, err := check.Output()
	var told struct {
		Deliveries *int `json:"deliveries"`
	}
	if err = errors.Join(err, json.Unmarshal(out, &told)); err != nil || told.Deliveries == nil {
		f.t.Fatalf("health: %v in %s", err, out)
	}
	return *told.Deliveries
}
