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
	"slices"
	"strings"
	"testing"
	"time"

	"wainao/app"
	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/record"
	"wainao/storage/embedded"
	"wainao/storage/mongo"
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
	f.config.Jobs.Digest.Spec = "* * * * *" // A slot a minute.
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

// yaml writes the configuration as an operator would.
func (f *fleet) yaml(health string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "slack:\n  bot_token: %q\n  app_token: %q\n  api_url: %q\n", workspace.BotToken, workspace.AppToken, f.address+"/api/")
	fmt.Fprintf(&b, "storage:\n  data: %q\n  mongodb_uri: %q\n", f.config.Storage.Data, string(f.config.Storage.MongoURI))
	fmt.Fprintf(&b, "jobs:\n  weekly-digest:\n    spec: %q\nhealth:\n  listen: %q\nlog:\n  level: warn\npeople:\n", f.config.Jobs.Digest.Spec, health)
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

// misbehave orders some misfortune from Slack.
func (f *fleet) misbehave() {
	orders := []object{
		{"kind": "rate_limit", "method": "chat.postMessage", "retry_after": 1},
		{"kind": "server_error", "method": "chat.postMessage"},
		{"kind": "lose_reply", "method": "chat.postMessage"},
		{"kind": "lose_reply", "method": "conversations.history"},
		{"kind": "disconnect"},
		{"kind": "drop"},
		{"kind": "redeliver"},
		{"kind": "lose_ack"},
	}
	f.must("fault", orders[f.chance.IntN(len(orders))])
}

// work does what people do. The program may die in the middle of it, so that
// a refusal is as good as an answer; what is acknowledged is remembered.
func (f *fleet) work() {
	switch f.chance.IntN(8) {
	case 0:
		f.done("digest", f.call("command", object{"user": "leader", "channel": "leadership", "command": "/future", "text": "digest"}))
	case 1:
		f.done("question", f.call("message", object{"user": "member-1", "channel": "future-industries", "text": "@wainao 氢能由哪些板块负责?"}))
	case 2:
		f.done("home", f.call("home", object{"user": f.liaison()}))
	case 3:
		f.accept()
	case 4:
		f.noChange()
	default:
		f.file()
	}
}

// done counts a piece of work, and whether the program has answered.
func (f *fleet) done(kind string, r result) {
	if f.counts == nil {
		f.counts = map[string]*tally{}
	}
	if f.counts[kind] == nil {
		f.counts[kind] = &tally{}
	}
	f.counts[kind].tried++
	if r.OK {
		f.counts[kind].answered++
	}
}

// liaison returns one of the districts' people.
func (f *fleet) liaison() string {
	return "liaison-" + []string{"kunshan", "zhangjiagang", "sip", "xiangcheng"}[f.chance.IntN(4)]
}

// accept clicks on one of the review cards, whatever has become of its report.
func (f *fleet) accept() {
	var cards []message
	for _, m := range f.state().channel("secretariat").Messages {
		if strings.Contains(string(m.Blocks), `"action_id":"accept`) {
			cards = append(cards, m)
		}
	}
	if len(cards) == 0 {
		return // Nothing is to be reviewed.
	}
	m := cards[f.chance.IntN(len(cards))]
	f.done("accept", f.call("action", object{
		"user": "secretariat", "channel": "secretariat", "message_ts": m.TS, "action_id": f.find(m, "accept").ActionID,
	}))
}

// noChange clicks on a liaison's Home, where it offers to.
func (f *fleet) noChange() {
	user := f.liaison()
	f.done("home", f.call("home", object{"user": user}))
	for range 40 { // Home may be on its way, or never come.
		var home view
		s := f.state()
		if raw := s.Homes[s.id(user)]; len(raw) > 0 && json.Unmarshal(raw, &home) == nil && len(home.Blocks) > 0 {
			if strings.Contains(string(home.Blocks), `"action_id":"no-change`) {
				f.done("no change", f.call("action", object{"user": user, "view_id": home.ID, "action_id": "no-change"}))
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// file reports an item of its own, in the form that asks for its fields.
func (f *fleet) file() {
	user := f.liaison()
	name := fmt.Sprintf("场景%d", f.chance.Uint64())
	f.done("form", f.call("command", object{"user": user, "channel": "future-industries", "command": "/future", "text": "report aerospace scenarios"}))
	for range 40 { // The form may be on its way, or never come.
		s := f.state()
		if open := s.Views[s.id(user)]; len(open) > 0 {
			v := open[len(open)-1]
			r := f.submit(user, v, scenario(name))
			f.done("report", r)
			if len(r.Errors) > 0 {
				f.t.Errorf("the form is not filled in as it asks: %v", r.Errors)
			}
			if r.OK && r.Closed {
				f.filed = append(f.filed, name)
			} else {
				f.call("close", object{"user": user, "view_id": v.ID})
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
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

// judge compares what the journal says with what people can see.
func (f *fleet) judge() {
	f.t.Helper()
	state := f.read()
	for _, name := range f.filed {
		if !slices.ContainsFunc(state.Ledger.Reports(ledger.Filter{}), func(r ledger.Report) bool { return r.Name == name }) {
			f.t.Errorf("report %s was acknowledged and is lost", name)
		}
	}
	posted := map[string]int{}
	for _, c := range f.state().Channels {
		for _, m := range c.Messages {
			if id := deliveryOf(m); id != "" {
				posted[id]++
			}
		}
	}
	done := 0
	for _, d := range state.Delivery.Deliveries() {
		if d.Status == delivery.Missed {
			continue // Slots that passed while nothing ran have no message.
		}
		switch n := posted[string(d.ID)]; {
		case d.Status == delivery.Posted && n == 1:
			done++
		default:
			f.t.Errorf("delivery %s is %s and there %d times", d.ID, d.Status, n)
		}
		delete(posted, string(d.ID))
	}
	for id, n := range posted {
		f.t.Errorf("the message of delivery %s is there %d times, and the journal does not know it", id, n)
	}
	f.t.Logf("%d kills: %d reports acknowledged, %d deliveries, each there once", *kills, len(f.filed), done)
	accepted, unchanged := 0, 0
	for _, r := range state.Ledger.Reports(ledger.Filter{}) {
		if r.Status == ledger.Accepted {
			accepted++
		}
		if r.Answer == ledger.Unchanged {
			unchanged++
		}
	}
	jobs := map[delivery.JobName]int{}
	for _, d := range state.Delivery.Deliveries() {
		jobs[d.Job]++
	}
	f.t.Logf("answered: %v; in the ledger: %d accepted, %d without a change; deliveries: %v", f.counts, accepted, unchanged, jobs)
	if done == 0 || len(f.filed) == 0 {
		f.t.Error("nothing was delivered or reported: the harness did not try anything")
	}
}

// read folds the journal, whose chain is checked on the way.
func (f *fleet) read() record.State {
	f.t.Helper()
	if _, err := app.Verify(f.t.Context(), f.config); err != nil {
		f.t.Fatalf("verify: %v", err)
	}
	var (
		store journal.Store
		err   error
	)
	if uri := string(f.config.Storage.MongoURI); uri != "" {
		var s *mongo.Store
		s, err = mongo.Open(f.t.Context(), mongo.Options{URI: uri, Database: f.config.Storage.Database, Collection: f.config.Storage.Collection})
		store = s
		defer func() { _ = s.Close() }()
	} else {
		var s *embedded.Store
		s, err = embedded.Open(filepath.Join(f.config.Storage.Data, embedded.FileName))
		store = s
		defer func() { _ = s.Close() }()
	}
	if err != nil {
		f.t.Fatal(err)
	}
	var state record.State
	for e, err := range store.Read(f.t.Context(), 0) {
		if err == nil {
			state, err = state.Apply(e)
		}
		if err != nil {
			f.t.Fatal(err)
		}
	}
	return state
}

// deliveryOf returns the delivery that a message names in its metadata.
func deliveryOf(m message) string {
	var metadata struct {
		Payload struct {
			Delivery string `json:"delivery"`
		} `json:"event_payload"`
	}
	if json.Unmarshal(m.Metadata, &metadata) != nil {
		return ""
	}
	return metadata.Payload.Delivery
}
