package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// file is an uploaded file; its content is with the blobs.
type file struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Mimetype string   `json:"mimetype"`
	Filetype string   `json:"filetype"`
	User     string   `json:"user"`
	AltText  string   `json:"alt_txt,omitempty"`
	Size     int      `json:"size"`
	Created  int64    `json:"created"`
	Channels []string `json:"channels"`
	Form     bool     `json:"form,omitempty"` // put into a form, and not into a conversation

	ready time.Time // when Slack would have worked on it; long ago after a restart
}

// worked reports whether the file has been worked on. Slack does that for a
// moment after the app has completed the upload; meanwhile it does not tell
// the type, and no block may show the picture.
func (f *file) worked() bool { return time.Now().After(f.ready) }

// visible returns a file that the app may know of: its own, one that a person
// put into its form, or one in a conversation that it is in. The caller holds
// the mutex.
func (s *Server) visible(id string) *file {
	f := s.world.files[id]
	if f == nil || f.User == BotUserID || f.Form || slices.ContainsFunc(f.Channels, func(id string) bool {
		c := s.world.channelByID[id]
		return c != nil && c.has(BotUserID)
	}) {
		return f
	}
	return nil
}

// upload is an upload between files.getUploadURLExternal and
// files.completeUploadExternal.
type upload struct {
	file   *file
	length int
	issued time.Time
	stored bool
}

// blobs keep the contents of files: in the data folder, or in memory without
// one.
type blobs struct {
	dir string
	mu  sync.Mutex
	mem map[string][]byte
}

func newBlobs(dir string) *blobs {
	if dir != "" {
		dir = filepath.Join(dir, filesFolder)
	}
	return &blobs{dir: dir, mem: map[string][]byte{}}
}

// put stores a content for good: once it returns, a kill does not lose it.
func (b *blobs) put(id string, content []byte) error {
	if b.dir == "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.mem[id] = content
		return nil
	}
	temp, err := os.CreateTemp(b.dir, "upload-*")
	if err != nil {
		return fmt.Errorf("store file %s: %w", id, err)
	}
	_, err = temp.Write(content)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), filepath.Join(b.dir, id))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("store file %s: %w", id, err), os.Remove(temp.Name()))
	}
	return nil
}

func (b *blobs) get(id string) ([]byte, error) {
	if b.dir == "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		content, ok := b.mem[id]
		if !ok {
			return nil, os.ErrNotExist
		}
		return content, nil
	}
	return os.ReadFile(filepath.Join(b.dir, filepath.Base(id)))
}

func (b *blobs) remove(id string) {
	if b.dir == "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.mem, id)
		return
	}
	_ = os.Remove(filepath.Join(b.dir, filepath.Base(id)))
}

// shownFiles are the file objects of a message. The caller holds the mutex.
func (s *Server) shownFiles(ids []string, base string) []any {
	out := []any{}
	for _, id := range ids {
		if f := s.world.files[id]; f != nil {
			out = append(out, f.shown(base))
		} else {
			out = append(out, map[string]any{"id": id, "mode": "tombstone"})
		}
	}
	return out
}

func (f *file) path() string { return "/files/" + f.ID + "/" + url.PathEscape(f.Name) }

// shown is Slack's file object.
func (f *file) shown(base string) map[string]any {
	link := base + f.path()
	mimeType, kind, pretty := f.Mimetype, f.Filetype, strings.ToUpper(f.Filetype)
	if !f.worked() {
		mimeType, kind, pretty = "", "", ""
	}
	return map[string]any{
		"id": f.ID, "created": f.Created, "timestamp": f.Created, "name": f.Name, "title": f.Title,
		"mimetype": mimeType, "filetype": kind, "pretty_type": pretty, "user": f.User,
		"user_team": TeamID, "editable": false, "size": f.Size, "mode": "hosted", "is_external": false,
		"external_type": "", "is_public": true, "public_url_shared": false, "display_as_bot": false, "username": "",
		"url_private": link, "url_private_download": link + "?" + asDownload, "permalink": link, "alt_txt": f.AltText,
		"channels": f.Channels, "file_access": "visible",
	}
}

// asDownload is the query of an address that has the browser save the file.
const asDownload = "download=1"

// newFile describes a file by its name.
func (s *Server) newFile(name, user string) *file {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	kind := mimeTypes[ext]
	if kind == "" {
		kind = mime.TypeByExtension("." + ext)
	}
	if kind == "" {
		kind, ext = "application/octet-stream", "binary"
	}
	return &file{
		ID: newID("F"), Name: name, Title: name, Mimetype: kind, Filetype: ext, User: user,
		Created: s.now().Unix(), Channels: []string{},
	}
}

// mimeTypes are those that must not depend on the machine's own tables.
var mimeTypes = map[string]string{
	"csv": "text/csv", "json": "application/json", "md": "text/markdown", "pdf": "application/pdf",
	"gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml", "txt": "text/plain",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

func (s *Server) filesGetUploadURL(c *call) (reply, error) {
	name := c.args["filename"]
	length, err := strconv.Atoi(c.args["length"])
	switch {
	case name == "" || filepath.Base(name) != name:
		return nil, refuse("missing_argument")
	case err != nil || length <= 0:
		return nil, refuse("missing_argument")
	case length > maxUploadBytes:
		return nil, refuse("file_upload_size_restricted")
	case utf8.RuneCountInString(c.args["alt_txt"]) > maxFileAltText:
		return nil, refuse("alt_txt_too_large")
	}
	f := s.newFile(name, BotUserID)
	f.AltText = c.args["alt_txt"]
	ticket := newUUID()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uploads[ticket] = &upload{file: f, length: length, issued: s.now()}
	return reply{"upload_url": base(c.r) + "/upload/" + ticket, "file_id": f.ID}, nil
}

// handleUpload takes the content: as a multipart form or as the plain body.
func (s *Server) handleUpload(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	u := s.uploads[r.PathValue("ticket")]
	s.mu.Unlock()
	if u == nil {
		http.Error(w, "unknown upload", http.StatusNotFound)
		return
	}
	content, err := readUpload(r, int64(u.length)+1)
	if err != nil {
		http.Error(w, "upload not understood", http.StatusBadRequest)
		return
	}
	if len(content) != u.length {
		http.Error(w, "the content has another length than announced", http.StatusBadRequest)
		return
	}
	if err := s.blobs.put(u.file.ID, content); err != nil {
		s.log.Error("store upload", "error", err)
		http.Error(w, "not stored", http.StatusInternalServerError)
		return
	}
	s.mu.Lock()
	u.stored = true
	u.file.Size = len(content)
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(content)))
}

// readUpload returns at most limit bytes of the uploaded content. A multipart
// body is read up to the end of its first file only, so that a writer that
// closes its body twice does no harm.
func readUpload(r *http.Request, limit int64) ([]byte, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(media, "multipart/") {
		return io.ReadAll(io.LimitReader(r.Body, limit))
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, err
		}
		if part.FileName() == "" && part.FormName() != "file" {
			continue
		}
		content, err := io.ReadAll(io.LimitReader(part, limit))
		if err != nil {
			return nil, err
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(r.Body, maxRequestBody))
		return content, nil
	}
}

func (s *Server) filesCompleteUpload(c *call) (reply, error) {
	var wanted []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if err := json.Unmarshal([]byte(c.args["files"]), &wanted); err != nil || len(wanted) == 0 {
		return nil, refuseBecause("invalid_arguments", "missing required field: files")
	}
	body, err := readContent(args{"text": c.args["initial_comment"], "blocks": c.args["blocks"]})
	if err != nil {
		return nil, err
	}
	refs := strings.Split(c.args["channels"], ",")
	if id := c.args["channel_id"]; id != "" {
		refs = []string{id}
	}
	s.mu.Lock()
	var targets []*channel
	for _, ref := range refs {
		if ref == "" {
			continue
		}
		find := s.placeFor // channels may name people, channel_id may not
		if c.args["channel_id"] != "" {
			find = s.channelFor
		}
		ch, err := find(ref)
		if err != nil {
			s.mu.Unlock()
			return nil, refuse("invalid_channel")
		}
		if !ch.has(BotUserID) {
			s.mu.Unlock()
			return nil, refuse("posting_to_channel_denied")
		}
		targets = append(targets, ch)
	}
	if err := s.showable(body.files, "invalid_blocks"); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	done := map[string]string{} // file id → upload ticket
	for ticket, u := range s.uploads {
		if u.stored {
			done[u.file.ID] = ticket
		}
	}
	for _, want := range wanted {
		if done[want.ID] == "" {
			s.mu.Unlock()
			return nil, refuse("file_not_found")
		}
	}
	var ids []string
	shown := []any{}
	var last uint64
	for _, want := range wanted {
		// A copy, because a late upload under the same ticket may still write.
		finished := *s.uploads[done[want.ID]].file
		f := &finished
		f.ready = time.Now().Add(s.opts.FileDelay)
		delete(s.uploads, done[want.ID])
		if want.Title != "" {
			f.Title = want.Title
		}
		for _, ch := range targets {
			f.Channels = append(f.Channels, ch.id)
		}
		s.world.files[f.ID] = f
		last = s.keep(bucketFiles, f.ID, f)
		ids = append(ids, f.ID)
		shown = append(shown, f.shown(base(c.r)))
	}
	var events []event
	for _, ch := range targets {
		thread, _ := ch.threadFor(c.args["thread_ts"])
		m := s.botMessage(body, thread)
		m.FileIDs, m.Upload = ids, false
		last = s.store(ch, m)
		for _, id := range ids {
			events = append(events, s.newEvent("file_shared", map[string]any{
				"type": "file_shared", "file_id": id, "user_id": BotUserID, "file": map[string]any{"id": id},
				"channel_id": ch.id, "event_ts": m.TS,
			})...)
		}
		events = append(events, s.messageEvents(ch, m, base(c.r))...)
	}
	s.mu.Unlock()
	if err := s.settle(last); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"files": shown}, nil
}

func (s *Server) filesInfo(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.visible(c.args["file"])
	if f == nil {
		return nil, refuse("file_not_found")
	}
	return reply{"file": f.shown(base(c.r)), "comments": []any{}}, nil
}

func (s *Server) filesDelete(c *call) (reply, error) {
	s.mu.Lock()
	f := s.world.files[c.args["file"]]
	if f == nil {
		s.mu.Unlock()
		return nil, refuse("file_not_found")
	}
	if f.User != BotUserID {
		s.mu.Unlock()
		return nil, refuse("cant_delete_file")
	}
	delete(s.world.files, f.ID)
	ticket := s.disk.enqueue(record{bucketFiles, f.ID, nil})
	s.touch()
	s.mu.Unlock()
	err := s.settle(ticket)
	s.blobs.remove(f.ID)
	return nil, err
}

// handleFile serves a file's content. It asks for no token: whoever reaches the
// workspace's page may see its files. A token that comes along must be good,
// though, and its app allowed to read files and in the file's conversation:
// otherwise the answer is a page to log in at, as Slack's is. Nothing but
// pictures is shown in place, so that an uploaded page cannot act as the
// workspace's own.
func (s *Server) handleFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.world.files[r.PathValue("id")]
	seen := s.visible(r.PathValue("id")) != nil
	s.mu.Unlock()
	bearer, isApp := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if isApp && (!seen || bearer != BotToken || !s.scopes["files:read"]) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html><title>Sign in | Slack</title>")
		return
	}
	if f == nil {
		http.NotFound(w, r)
		return
	}
	content, err := s.blobs.get(f.ID)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.Mimetype)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600")
	disposition := "attachment"
	if strings.HasPrefix(f.Mimetype, "image/") && r.URL.RawQuery != asDownload {
		disposition = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	_, _ = w.Write(content)
}
