package workspace

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"pgregory.net/rapid"
)

func TestRestartKeepsEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	before := func() map[string]any {
		s, err := New(Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		h := &house{t: t, s: s}
		web := serve(t, h)
		defer web()
		h.say("第一条")
		root := h.must("message", map[string]any{"channel": "dm", "user": "member-1", "text": "根"})
		if _, _, err := h.api.PostMessage("D0MEMBER001", slack.MsgOptionText("答", false), slack.MsgOptionTS(root["ts"].(string)),
			slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "delivery", EventPayload: map[string]any{"id": "d1"}})); err != nil {
			t.Fatal(err)
		}
		_, gone, err := h.api.PostMessage("D0MEMBER001", slack.MsgOptionText("删", false))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.api.DeleteMessage("D0MEMBER001", gone); err != nil {
			t.Fatal(err)
		}
		h.must("locale", map[string]any{"user": "leader", "locale": "en-US"})
		if _, err := h.api.PublishView("U0LEADER01", slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.api.UploadFile(slack.UploadFileParameters{Filename: "a.txt", FileSize: 3, Content: "abc", Channel: "C0FUTUREIND"}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.api.PostEphemeral("C0FUTUREIND", "U0LEADER01", slack.MsgOptionText("过眼", false)); err != nil {
			t.Fatal(err)
		}
		out := picture(h)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return out
	}()
	h := open(t, Options{Dir: dir})
	if diff := cmp.Diff(before, picture(h)); diff != "" {
		t.Errorf("after the restart (-before +after):\n%s", diff)
	}
	if e := h.state().channel(t, "future-industries").Ephemerals; len(e) != 0 {
		t.Errorf("an ephemeral message outlived the restart: %+v", e)
	}
	history, err := h.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "D0MEMBER001", IncludeAllMetadata: true})
	if err != nil || len(history.Messages) != 1 || history.Messages[0].ReplyCount != 1 {
		t.Fatalf("history = %+v, %v", history, err)
	}
	replies, _, _, err := h.api.GetConversationReplies(&slack.GetConversationRepliesParameters{
		ChannelID: "D0MEMBER001", Timestamp: history.Messages[0].Timestamp, IncludeAllMetadata: true,
	})
	if err != nil || len(replies) != 2 || replies[1].Metadata.EventPayload["id"] != "d1" {
		t.Errorf("replies = %+v, %v", replies, err)
	}
	content, err := h.s.blobs.get(h.state().channel(t, "future-industries").Messages[1].Files[0].ID)
	if err != nil || string(content) != "abc" {
		t.Errorf("file = %q, %v", content, err)
	}
	// Timestamps keep rising over the restart.
	h.say("以后")
	ms := h.state().channel(t, "future-industries").Messages
	if !tsLess(ms[1].TS, ms[2].TS) {
		t.Errorf("%s is not after %s", ms[2].TS, ms[1].TS)
	}
}

// picture is what must outlive a restart.
func picture(h *house) map[string]any {
	st := h.state()
	out := map[string]any{"people": st.People, "homes": fmt.Sprintf("%+v", st.Homes["U0LEADER01"].Hash)}
	for _, c := range st.Channels {
		var lines []string
		for _, m := range c.Messages {
			lines = append(lines, fmt.Sprintf("%s %s %s %s %d %s %s", m.TS, m.User, m.Text, m.ThreadTS, m.ReplyCount, m.Metadata, fmt.Sprint(m.Files)))
		}
		out[c.Name] = lines
	}
	return out
}

func TestNothingAcknowledgedIsLostOnKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := New(Options{Dir: dir, Rates: &Rates{}})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, s: s}
	defer serve(t, h)()
	var posters sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[string]bool{}
	for range 8 {
		posters.Go(func() {
			for range 25 {
				_, ts, err := h.api.PostMessage("C0FUTUREIND", slack.MsgOptionText("x", false))
				if err != nil {
					t.Errorf("post: %v", err)
					return
				}
				mu.Lock()
				if acknowledged[ts] {
					t.Errorf("timestamp %s given twice", ts)
				}
				acknowledged[ts] = true
				mu.Unlock()
			}
		})
	}
	posters.Wait()
	// A copy of the file, as it is while the process lives, is what a kill leaves.
	raw, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	left := t.TempDir()
	if err := os.WriteFile(filepath.Join(left, fileName), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	after := open(t, Options{Dir: left}).state().channel(t, "future-industries")
	if len(after.Messages) != 200 {
		t.Errorf("%d messages are left of 200", len(after.Messages))
	}
	for _, m := range after.Messages {
		if !acknowledged[m.TS] {
			t.Errorf("message %s was never acknowledged", m.TS)
		}
	}
}

func TestFolderInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, Options{Dir: dir})
	if _, err := New(Options{Dir: dir}); !errors.Is(err, ErrInUse) {
		t.Errorf("second workspace: %v", err)
	}
}

func TestCloseTwice(t *testing.T) {
	t.Parallel()
	s, err := New(Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
}

func TestBrokenFolders(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{Dir: file}); err == nil {
		t.Error("a file was taken for a folder")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, fileName), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{Dir: dir}); err == nil {
		t.Error("a broken data file was taken")
	}
}

func TestEverybodyAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t, Options{Rates: &Rates{}})
	h.connect(nil)
	var all sync.WaitGroup
	for i, p := range seededPeople {
		all.Go(func() {
			for j := range 10 {
				h.must("message", map[string]any{"channel": "future-industries", "user": p.Name, "text": fmt.Sprint("@wainao ", i, j)})
				h.must("command", map[string]any{"channel": "dm", "user": p.Name, "command": "/future"})
				h.state()
				if got := h.call("conversations.history", url.Values{"channel": {"C0FUTUREIND"}}); got["ok"] != true {
					t.Errorf("history = %v", got)
				}
				if _, err := h.api.PublishView(p.ID, slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}, ""); err != nil {
					t.Errorf("publish: %v", err)
				}
			}
		})
	}
	all.Wait()
	if n := len(h.state().channel(t, "future-industries").Messages); n != 10*len(seededPeople) {
		t.Errorf("%d messages", n)
	}
}

// TestThreadCounts: whatever is added and removed in whatever order, a thread's
// counts are those of the replies that are left.
func TestThreadCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := &channel{replies: map[string][]string{}}
		root := &message{TS: "1.000000", User: "U0"}
		c.add(root)
		live := map[string]*message{}
		for i := range rapid.IntRange(0, 30).Draw(t, "steps") {
			if len(live) > 0 && rapid.Bool().Draw(t, "remove") {
				for ts, m := range live {
					c.remove(m)
					delete(live, ts)
					break
				}
				continue
			}
			m := &message{TS: fmt.Sprintf("2.%06d", i), ThreadTS: root.TS, User: rapid.SampledFrom([]string{"U1", "U2", "U3"}).Draw(t, "user")}
			c.add(m)
			live[m.TS] = m
		}
		users := map[string]bool{}
		for _, m := range live {
			users[m.User] = true
		}
		got := c.message(root.TS)
		if got.ReplyCount != len(live) || len(got.ReplyUsers) != len(users) || len(c.thread(got)) != len(live)+1 {
			t.Fatalf("root = %+v with %d live", got, len(live))
		}
		if (len(live) == 0) != (got.ThreadTS == "") || (len(live) == 0) != (got.LatestReply == "") {
			t.Fatalf("root = %+v with %d live", got, len(live))
		}
	})
}

func TestTimestamps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, 1<<52).Draw(t, "a"), rapid.Int64Range(0, 1<<52).Draw(t, "b")
		if tsLess(formatTS(a), formatTS(b)) != (a < b) {
			t.Fatalf("%s < %s is wrong", formatTS(a), formatTS(b))
		}
		if back, ok := parseTS(formatTS(a)); !ok || back != a {
			t.Fatalf("%s reads as %d", formatTS(a), back)
		}
	})
	for _, bad := range []string{"", "x", "1.1234567", "1.12x", "-1.000000", "1e5"} {
		if validTS(bad) {
			t.Errorf("%q is taken for a timestamp", bad)
		}
	}
}
