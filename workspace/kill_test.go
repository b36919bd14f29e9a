package workspace

import (
	"bufio"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// killedFolder tells a child process of TestKill where its data belongs.
const killedFolder = "WORKSPACE_TEST_KILLED_FOLDER"

// TestKill kills a workspace in the midst of its work: whatever it had
// acknowledged is there afterwards, the app is told of it, and the folder is
// free again.
func TestKill(t *testing.T) {
	if dir := os.Getenv(killedFolder); dir != "" {
		postUntilKilled(t, dir)
		return
	}
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKill$")
	child.Env = append(os.Environ(), killedFolder+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]bool{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if line := lines.Text(); validTS(line) {
			acknowledged[line] = true
		}
		if len(acknowledged) == 40 {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	// Whatever it had still managed to print was acknowledged too.
	for lines.Scan() {
		if line := lines.Text(); validTS(line) {
			acknowledged[line] = true
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	if len(acknowledged) < 40 {
		t.Fatalf("only %d messages were acknowledged", len(acknowledged))
	}
	h := open(t, Options{Dir: dir})
	kept := map[string]bool{}
	for _, m := range h.state().channel(t, "future-industries").Messages {
		kept[m.TS] = true
	}
	for ts := range acknowledged {
		if !kept[ts] {
			t.Errorf("message %s was acknowledged and is lost", ts)
		}
	}
	// Nobody was connected: the app hears of each message now, in their order.
	a, before := h.connect(nil), ""
	for len(acknowledged) > 0 {
		_, data := inner(t, wait(t, a.events, "an event of before the kill"))
		ts := data.(*slackevents.MessageEvent).TimeStamp
		if !tsLess(before, ts) {
			t.Errorf("the event of %s came after the one of %s", ts, before)
		}
		delete(acknowledged, ts)
		before = ts
	}
}

// postUntilKilled posts and prints each acknowledged timestamp.
func postUntilKilled(t *testing.T, dir string) {
	t.Helper()
	s, err := New(Options{Dir: dir, Rates: &Rates{}})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s.Handler())
	defer web.Close()
	api := client(s, web.URL, BotToken)
	for range 100000 {
		_, ts, err := api.PostMessage("C0FUTUREIND", slack.MsgOptionText("x", false))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(ts)
	}
}
