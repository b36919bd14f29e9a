package workspace

import (
	"io"
	"net/http"
	"path/filepath"
)

// controlUpload shares a file that a person uploads: a multipart form with
// user, channel and file, and optionally text and thread_ts.
func (s *Server) controlUpload(c *control) (reply, error) {
	c.r.Body = http.MaxBytesReader(nil, c.r.Body, maxControlUpload)
	part, header, err := c.r.FormFile("file")
	if err != nil {
		return nil, badRequest("the form has no file, or is larger than %d bytes", maxControlUpload)
	}
	defer func() { _ = part.Close() }()
	content, err := io.ReadAll(part)
	if err != nil {
		return nil, badRequest("the file was cut off")
	}
	if len(content) == 0 {
		return nil, badRequest("the file is empty")
	}
	c.User, c.Channel = c.r.FormValue("user"), c.r.FormValue("channel")

	s.mu.Lock()
	p, ch, err := s.whoAndWhere(c)
	thread := ""
	if err == nil {
		thread, err = ch.threadFor(c.r.FormValue("thread_ts"))
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	f := s.newFile(filepath.Base(header.Filename), p.ID)
	s.mu.Unlock()

	f.Size = len(content)
	f.Channels = []string{ch.id}
	if err := s.blobs.put(f.ID, content); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.world.files[f.ID] = f
	s.keep(bucketFiles, f.ID, f)
	m := &message{
		Type: "message", Subtype: "file_share", TS: s.world.nextTS(s.now()), User: p.ID, Team: TeamID,
		ClientMsgID: newUUID(), Text: s.typed(c.r.FormValue("text")), ThreadTS: thread, FileIDs: []string{f.ID},
		Upload: true,
	}
	ticket := s.store(ch, m)
	events := s.newEvent("file_shared", map[string]any{
		"type": "file_shared", "file_id": f.ID, "user_id": p.ID, "file": map[string]any{"id": f.ID},
		"channel_id": ch.id, "event_ts": m.TS,
	})
	events = append(events, s.messageEvents(ch, m, s.baseForApp(c.r))...)
	s.mu.Unlock()
	if err := s.settle(ticket); err != nil {
		return nil, err
	}
	s.hub.publish(events...)
	return reply{"channel": ch.id, "ts": m.TS, "file": f.ID}, nil
}
