package workspace

import (
	"io"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// controlUpload shares files that a person uploads, all in one message: a
// multipart form with user, channel and one or more file, and optionally text
// and thread_ts. Without a channel they are for a form's file_input: kept, and
// shown to nobody but the app.
func (s *Server) controlUpload(c *control) (reply, error) {
	c.r.Body = http.MaxBytesReader(nil, c.r.Body, maxControlUpload)
	if err := c.r.ParseMultipartForm(maxRequestBody); err != nil {
		return nil, wrong(http.StatusRequestEntityTooLarge, "file_upload_size_restricted", "the form is larger than %d bytes, or was cut off", maxControlUpload)
	}
	defer func() { _ = c.r.MultipartForm.RemoveAll() }()
	parts := c.r.MultipartForm.File["file"]
	switch {
	case len(parts) == 0:
		return nil, badRequest("the form has no file")
	case len(parts) > maxMessageFiles:
		return nil, wrong(http.StatusBadRequest, "too_many_files", "a message takes %d files", maxMessageFiles)
	}
	text := strings.TrimSpace(c.r.FormValue("text"))
	if utf8.RuneCountInString(text) > maxMessageText {
		return nil, wrong(http.StatusBadRequest, "msg_too_long", "text is longer than %d characters", maxMessageText)
	}
	c.User, c.Channel = c.r.FormValue("user"), c.r.FormValue("channel")
	s.mu.Lock()
	p, err := s.who(c)
	var ch *channel
	thread := ""
	if err == nil && c.Channel != "" {
		if ch, err = s.where(c, p); err == nil {
			thread, err = ch.threadFor(c.r.FormValue("thread_ts"))
		}
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	var files []*file
	for _, part := range parts {
		f, err := s.storeUpload(part, p.ID)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if ch == nil {
		return s.keepFormFiles(files)
	}
	return s.shareFiles(c, p, ch, files, text, thread)
}

// keepFormFiles keeps files for a form that is still being filled in.
func (s *Server) keepFormFiles(files []*file) (reply, error) {
	var ids []string
	var ticket uint64
	s.mu.Lock()
	for _, f := range files {
		f.Form = true
		s.world.files[f.ID] = f
		ticket = s.keep(bucketFiles, f.ID, f)
		ids = append(ids, f.ID)
	}
	s.mu.Unlock()
	return reply{"file": ids[0], "files": ids}, s.settle(ticket)
}

// storeUpload keeps the content of an uploaded file.
func (s *Server) storeUpload(part *multipart.FileHeader, user string) (*file, error) {
	in, err := part.Open()
	if err != nil {
		return nil, badRequest("the file was cut off")
	}
	defer func() { _ = in.Close() }()
	content, err := io.ReadAll(in)
	if err != nil {
		return nil, badRequest("the file was cut off")
	}
	if len(content) == 0 {
		return nil, wrong(http.StatusBadRequest, "no_file_data", "the file %s is empty", part.Filename)
	}
	f := s.newFile(filepath.Base(part.Filename), user)
	f.Size = len(content)
	return f, s.blobs.put(f.ID, content)
}

// shareFiles posts the message of uploaded files, and tells the app of each.
func (s *Server) shareFiles(c *control, p *person, ch *channel, files []*file, text, thread string) (reply, error) {
	s.mu.Lock()
	m := &message{
		Type: "message", Subtype: "file_share", TS: s.world.nextTS(s.now()), User: p.ID, Team: TeamID,
		ClientMsgID: newUUID(), Text: s.typed(text), ThreadTS: thread, Upload: true,
	}
	var events []event
	for _, f := range files {
		f.Channels = []string{ch.id}
		s.world.files[f.ID] = f
		s.keep(bucketFiles, f.ID, f)
		m.FileIDs = append(m.FileIDs, f.ID)
		events = append(events, s.newEvent("file_shared", map[string]any{
			"type": "file_shared", "file_id": f.ID, "user_id": p.ID, "file": map[string]any{"id": f.ID},
			"channel_id": ch.id, "event_ts": m.TS,
		})...)
	}
	ticket := s.store(ch, m)
	events = append(events, s.messageEvents(ch, m, s.baseForApp(c.r))...)
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"channel": ch.id, "ts": m.TS, "file": m.FileIDs[0], "files": m.FileIDs}, nil
}
