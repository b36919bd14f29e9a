package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

const (
	notYet = `{"ok":false,"error":"invalid_blocks","errors":["invalid slack file [json-pointer:/blocks/0/slack_file]"],` +
		`"response_metadata":{"messages":["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]}}`
	wrongID = `{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["[ERROR] input must match regex pattern: ^[F][A-Z0-9]{8,}$ [json-pointer:/blocks/0/slack_file/id]"]}}`
)

// uploads makes the fake Slack take uploads; what is uploaded comes out of the
// channel.
func uploads(f *fakeSlack) <-chan string {
	got := make(chan string, 10)
	f.on("files.getUploadURLExternal", body(fmt.Sprintf(`{"ok":true,"upload_url":"%s/api/put/1","file_id":"F0PICTURE1"}`, f.server.URL)))
	f.on("put/1", func(_ http.ResponseWriter, r *http.Request) {
		file, header, err := r.FormFile("file")
		if err != nil {
			got <- err.Error()
			return
		}
		content, _ := io.ReadAll(file)
		got <- header.Filename + " " + string(content)
	})
	f.on("files.completeUploadExternal", body(`{"ok":true,"files":[{"id":"F0PICTURE1"}]}`))
	f.on("files.info", body(`{"ok":true,"file":{"id":"F0PICTURE1","permalink":"https://x.slack.com/files/1"}}`))
	f.on("conversations.open", body(`{"ok":true,"channel":{"id":"D0LEADER01"}}`))
	return got
}

func TestUpload(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	got := uploads(f)
	id, link, err := c.Upload(t.Context(), File{
		Channel: "U0LEADER01", ThreadTS: "1.2", Name: "progress.png", Title: "进度", AltText: "三条线", Comment: "<!channel>", Content: []byte("png"),
	})
	if id != "F0PICTURE1" || link != "https://x.slack.com/files/1" || err != nil {
		t.Fatalf("got %q, %q, %v", id, link, err)
	}
	if content := receive(t, got, "content"); content != "progress.png png" {
		t.Errorf("uploaded %q", content)
	}
	first, last := f.next("files.getUploadURLExternal").form, f.next("files.completeUploadExternal").form
	delete(first, "token")
	delete(last, "token")
	if diff := cmp.Diff(map[string]string{"filename": "progress.png", "length": "3", "alt_txt": "三条线"}, first); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := map[string]string{
		"channel_id": "D0LEADER01", "thread_ts": "1.2", "initial_comment": "&lt;!channel&gt;", "files": `[{"id":"F0PICTURE1","title":"进度"}]`,
	}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhatBecomesOfAnUpload(t *testing.T) {
	t.Parallel()
	done := body(`{"ok":true,"files":[{"id":"F0PICTURE1"}]}`)
	there, none := body(`{"ok":true,"file":{"id":"F0PICTURE1"}}`), body(`{"ok":false,"error":"file_not_found"}`)
	small := File{Name: "a.png", Content: []byte("x")}
	tests := []struct {
		name     string
		file     File
		method   string
		replies  []any // http.HandlerFunc
		info     []any
		complete int // Times that it was completed.
		want     Kind
	}{
		{"it works", small, "", nil, nil, 1, -1},
		{"no name", File{Content: []byte("x")}, "", nil, nil, 0, Dead},
		{"empty", File{Name: "a.png"}, "", nil, nil, 0, Dead},
		{"alt text at the limit", File{Name: "a.png", Content: []byte("x"), AltText: strings.Repeat("图", MaxFileAltText)}, "", nil, nil, 1, -1},
		{"alt text too long", File{Name: "a.png", Content: []byte("x"), AltText: strings.Repeat("图", MaxFileAltText+1)}, "", nil, nil, 0, Dead},
		{"no scope", small, "files.getUploadURLExternal", []any{body(`{"ok":false,"error":"missing_scope","needed":"files:write"}`)}, nil, 0, Dead},
		{"the content meets a 503", small, "put/1", []any{status(503), status(200)}, nil, 1, -1},
		{"completed, answer lost", small, "files.completeUploadExternal", []any{lost}, []any{there}, 1, -1},
		{"not completed, 503", small, "files.completeUploadExternal", []any{status(503), done}, []any{none, none, there}, 2, -1},
		{"not completed, 503 for ever", small, "files.completeUploadExternal", []any{status(503)}, []any{none}, 2, Unknown},
		{"nobody can tell", small, "files.completeUploadExternal", []any{lost}, []any{status(503)}, 1, Unknown},
		{"no such channel", small, "files.completeUploadExternal", []any{body(`{"ok":false,"error":"invalid_channel"}`)}, nil, 1, Dead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, c, _ := testClient(t)
			uploads(f)
			for method, replies := range map[string][]any{tt.method: tt.replies, "files.info": tt.info} {
				for i, r := range replies {
					if i == 0 {
						f.on(method)
					}
					f.replies[method] = append(f.replies[method], asHandler(r))
				}
			}
			_, _, err := c.Upload(t.Context(), tt.file)
			if kind, _ := Classify(err); (tt.want == -1) != (err == nil) || (err != nil && kind != tt.want) {
				t.Errorf("got %v (%v), want %v", kind, err, tt.want)
			}
			if n := f.count("files.completeUploadExternal"); n != tt.complete {
				t.Errorf("completed %d times, want %d", n, tt.complete)
			}
		})
	}
}

func TestAPictureIsWaitedFor(t *testing.T) {
	t.Parallel()
	picture := []slack.Block{Picture("F0PICTURE1", "三条线", "进度")}
	tests := []struct {
		name    string
		blocks  []slack.Block
		replies []string
		calls   int
		want    Kind
	}{
		{"at once", picture, []string{`{"ok":true,"ts":"1.2"}`}, 1, -1},
		{"after a while", picture, []string{notYet, notYet, `{"ok":true,"ts":"1.2"}`}, 3, -1},
		{"never", picture, []string{notYet}, 9, Transient},
		{"wrong", picture, []string{wrongID}, 1, Dead},
		{"no picture", []slack.Block{section("x")}, []string{notYet}, 1, Dead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, c, _ := testClient(t)
			for _, r := range tt.replies {
				f.replies["chat.postMessage"] = append(f.replies["chat.postMessage"], body(r))
			}
			_, err := c.PostDelivery(t.Context(), "C0FUTURE01", "进度", tt.blocks, "d1")
			if kind, _ := Classify(err); (tt.want == -1) != (err == nil) || (err != nil && kind != tt.want) {
				t.Errorf("got %v (%v), want %v", kind, err, tt.want)
			}
			if n := f.count("chat.postMessage"); n != tt.calls {
				t.Errorf("called %d times, want %d", n, tt.calls)
			}
		})
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	var token string
	f.on("file/1", func(w http.ResponseWriter, r *http.Request) {
		token = r.Header.Get("Authorization")
		fmt.Fprint(w, "表格")
	})
	shared := SharedFile{ID: "F1", Size: 6, MimeType: "text/csv", URLPrivateDownload: f.server.URL + "/api/file/1"}
	got, err := c.Download(t.Context(), shared, 6)
	if string(got) != "表格" || err != nil || token != "Bearer xoxb-1" {
		t.Errorf("got %q, %v with %q", got, err, token)
	}
	f.count("file/1")

	elsewhere := newFake(t)
	f.on("file/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	f.on("file/login", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<html>Sign in</html>")
	})
	f.on("file/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.server.URL+"/api/stolen", http.StatusFound)
	})
	f.on("file/slow", status(503), body("late"))
	f.on("file/gone", status(404))
	tests := []struct {
		name, url string
		size      int64
		most      int64
		large     bool
		want      Kind
	}{
		{"50 MB by its size", f.server.URL + "/api/file/1", 50 << 20, 10 << 20, true, Dead},
		{"larger than it says", f.server.URL + "/api/file/endless", 5, 1 << 20, true, Dead},
		{"larger by its header", f.server.URL + "/api/file/1", 0, 5, true, Dead},
		{"another host", elsewhere.server.URL + "/api/stolen", 5, 100, false, Dead},
		{"a host that looks like Slack's", "https://files.slack.com.evil.example/1", 5, 100, false, Dead},
		{"Slack without TLS", "http://files.slack.com/1", 5, 100, false, Dead},
		{"none", "", 5, 100, false, Dead},
		{"sent elsewhere", f.server.URL + "/api/file/away", 5, 100, false, Dead},
		{"a page to log in", f.server.URL + "/api/file/login", 5, 100, false, Dead},
		{"503 once", f.server.URL + "/api/file/slow", 4, 100, false, -1},
		{"gone", f.server.URL + "/api/file/gone", 4, 100, false, Dead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.Download(t.Context(), SharedFile{ID: "F1", Size: tt.size, MimeType: "text/csv", URLPrivateDownload: tt.url}, tt.most)
			if kind, _ := Classify(err); (tt.want == -1) != (err == nil) || (err != nil && kind != tt.want) || errors.Is(err, ErrTooLarge) != tt.large {
				t.Errorf("got %v (%v), want %v, too large %t", kind, err, tt.want, tt.large)
			}
		})
	}
	if n := len(elsewhere.calls); n > 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

func TestAPostThatMayHaveHappenedIsLookedFor(t *testing.T) {
	t.Parallel()
	for _, thread := range []string{"", "1.1"} {
		f, c, _ := testClient(t)
		method := "conversations.history"
		if thread != "" {
			method = "conversations.replies"
		}
		var posted string
		f.on("chat.postMessage", func(_ http.ResponseWriter, r *http.Request) {
			posted = r.FormValue("metadata")
			panic(http.ErrAbortHandler)
		})
		f.on(method, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"ok":true,"messages":[{"ts":"1.3","user":%q,"metadata":%s}]}`, selfUser, posted)
		})
		ts, err := c.Post(t.Context(), "C0FUTURE01", thread, "答", nil)
		if ts != "1.3" || err != nil {
			t.Errorf("thread %q: got %q, %v", thread, ts, err)
		}
		asked := f.next(method).form
		if asked["include_all_metadata"] != "1" || asked["ts"] != thread {
			t.Errorf("thread %q: asked %v", thread, asked)
		}
		if n := f.count("chat.postMessage"); n != 0 {
			t.Errorf("thread %q: posted %d times more", thread, n)
		}
	}
	// Without a look nobody may say that it is not there.
	f, c, _ := testClient(t)
	f.on("chat.postMessage", status(503))
	f.on("conversations.history", body(`{"ok":false,"error":"missing_scope"}`))
	_, err := c.Post(t.Context(), "C0FUTURE01", "", "答", nil)
	if kind, _ := Classify(err); kind != Unknown || err == nil || f.count("chat.postMessage") != 1 {
		t.Errorf("got %v", err)
	}
}

func TestActive(t *testing.T) {
	t.Parallel()
	f, c, _ := testClient(t)
	for reply, want := range map[string]bool{
		`{"ok":true,"user":{"id":"U1","deleted":false}}`: true,
		`{"ok":true,"user":{"id":"U1","deleted":true}}`:  false,
		`{"ok":false,"error":"user_not_found"}`:          false,
	} {
		f.on("users.info", body(reply))
		if got, err := c.Active(t.Context(), "U1"); got != want || err != nil {
			t.Errorf("%s: got %t, %v", reply, got, err)
		}
	}
	f.on("users.info", body(`{"ok":false,"error":"missing_scope"}`))
	if got, err := c.Active(t.Context(), "U1"); got || err == nil {
		t.Errorf("without an answer: %t, %v", got, err)
	}
}

// wide is a handler of everything.
type wide struct{ *fakeHandler }

func (w wide) File(_ context.Context, user, channel, ts string, f SharedFile) {
	w.got <- fmt.Sprintf("file %s %s %s %s %s %d %q %q", user, channel, ts, f.ID, f.Name, f.Size, f.Text, f.ThreadTS)
}

func (w wide) Departed(_ context.Context, user string, deleted bool) {
	w.got <- fmt.Sprintf("departed %s %t", user, deleted)
}

func TestFilesAndDepartures(t *testing.T) {
	t.Parallel()
	r := start(t, func(o *Options) { o.Handler = wide{o.Handler.(*fakeHandler)} })
	r.on("files.info", body(`{"ok":true,"file":{"id":"F2","name":"b.xlsx","mimetype":"application/x","size":9,"url_private_download":"https://files.slack.com/2"}}`))
	files := []fields{
		{"id": "F1", "name": "a.csv", "mimetype": "text/csv", "size": 3, "url_private_download": "https://files.slack.com/1"},
		{"id": "F2", "file_access": "check_file_info"},
		{"id": "F3", "mode": "tombstone"},
	}
	sent := direct("U0SIP00001", "1.1", "请看")
	sent["files"], sent["subtype"] = files, "file_share"
	r.send("events_api", "e1", spoken("Ev1", sent))
	// The event about the file alone says nothing new.
	r.send("events_api", "e2", spoken("Ev2", fields{"type": "file_shared", "file_id": "F1", "user_id": "U0SIP00001", "channel_id": "D0SIP00001", "file": fields{"id": "F1"}}))
	// A channel message counts when it mentions the bot, and its two events once.
	asked := mention("U0SIP00001", "1.2", "")
	asked["files"], asked["thread_ts"] = files[:1], "1.0"
	plainly := direct("U0SIP00001", "1.3", "<@"+selfUser+">")
	plainly["channel"], plainly["channel_type"], plainly["files"] = "C0FUTURE01", "channel", files
	r.send("events_api", "e3", spoken("Ev3", plainly))
	r.send("events_api", "e4", spoken("Ev4", asked))
	r.send("events_api", "e5", spoken("Ev5", asked))
	r.send("events_api", "e6", spoken("Ev6", fields{"type": "user_change", "user": fields{"id": "U0SIP00001", "deleted": true}}))
	for _, want := range []string{
		`file U0SIP00001 D0SIP00001 1.1 F1 a.csv 3 "请看" ""`,
		`file U0SIP00001 D0SIP00001 1.1 F2 b.xlsx 9 "请看" ""`,
		"message U0SIP00001 D0SIP00001  1.1 true 请看",
		`file U0SIP00001 C0FUTURE01 1.2 F1 a.csv 3 "" "1.0"`,
		"departed U0SIP00001 true",
	} {
		if got := r.handled(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestADepartureThatIsNotTakenComesAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) {
		o.Handler = wide{o.Handler.(*fakeHandler)}
		o.Queue = 1
	})
	left := func() (answers []any) {
		raw, err := json.Marshal(spoken("Ev1", fields{"type": "user_change", "user": fields{"id": "U0SIP00001", "deleted": true}}))
		if err != nil {
			t.Fatal(err)
		}
		take, _, err := r.parseEvent(raw, func(p any) error {
			answers = append(answers, p)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		take()
		return answers
	}
	if err := r.lanes.reserve(); err != nil { // Somebody else has the only place.
		t.Fatal(err)
	}
	if diff := cmp.Diff([]any{notTaken{}}, left()); diff != "" {
		t.Errorf("with no place (-want +got):\n%s", diff)
	}
	r.lanes.release()
	if diff := cmp.Diff([]any{nil}, left()); diff != "" {
		t.Errorf("the same event again (-want +got):\n%s", diff)
	}
	if got := r.handled(); got != "departed U0SIP00001 true" {
		t.Errorf("got %s", got)
	}
}

func TestSharedTellsOfAFormsFile(t *testing.T) {
	t.Parallel()
	got := Shared(slack.File{ID: "F1", Name: "a.csv", Mimetype: "text/csv", Size: 3, URLPrivateDownload: "https://files.slack.com/1"})
	if diff := cmp.Diff(SharedFile{ID: "F1", Name: "a.csv", MimeType: "text/csv", Size: 3, URLPrivateDownload: "https://files.slack.com/1"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
