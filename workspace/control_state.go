package workspace

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
)

var localePattern = regexp.MustCompile(`^[a-z]{2}-[A-Z]{2}$`)

// stateFile is a file as the page shows it.
type stateFile struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Title    string `json:"title,omitempty"`
	Mimetype string `json:"mimetype"`
	URL      string `json:"url"`
	Size     int    `json:"size"`
	AltText  string `json:"alt_txt"`
}

// stateMessage is a message as the page shows it.
type stateMessage struct {
	*message
	// The stored ids give way to the files themselves.
	FileIDs []string    `json:"file_ids,omitempty"`
	Files   []stateFile `json:"files,omitempty"`
}

// stateChannel is a channel as the page shows it.
type stateChannel struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Kind       string         `json:"kind"`
	User       string         `json:"user,omitempty"`
	Topic      string         `json:"topic"`
	Private    bool           `json:"private"`
	Members    []string       `json:"members"`
	Messages   []stateMessage `json:"messages"`
	Ephemerals []*ephemeral   `json:"ephemerals"`
}

// snapshot is the whole workspace at one moment. What it refers to is never
// changed in place, so it can be written out without the mutex.
type snapshot struct {
	Team      map[string]string  `json:"team"`
	Bot       map[string]string  `json:"bot"`
	Command   Command            `json:"command"`
	Commands  []Command          `json:"commands"`
	Shortcuts []Shortcut         `json:"shortcuts"`
	People    []statePerson      `json:"people"`
	Channels  []stateChannel     `json:"channels"`
	Views     map[string][]*view `json:"views"`
	Homes     map[string]*view   `json:"homes"`
	// Pictures are the addresses of the pictures that blocks show, by file id.
	Pictures    map[string]string `json:"pictures"`
	Connections int               `json:"connections"`
	Rev         int64             `json:"rev"`
}

type statePerson struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	RealName   string `json:"real_name"`
	RealNameEN string `json:"real_name_en"`
	Title      string `json:"title"`
	TitleEN    string `json:"title_en"`
	Locale     string `json:"locale"`
	Deleted    bool   `json:"deleted,omitempty"`
}

// snapshot takes a picture of the workspace.
func (s *Server) snapshot() *snapshot {
	connections := s.hub.connections()
	s.mu.Lock()
	defer s.mu.Unlock()
	out := &snapshot{
		Team:     map[string]string{"id": TeamID, "name": teamName},
		Bot:      map[string]string{"user_id": BotUserID, "bot_id": BotID, "name": BotName, "real_name": botReal},
		Commands: s.opts.Commands, Shortcuts: s.opts.Shortcuts, Pictures: map[string]string{}, Views: map[string][]*view{}, Homes: map[string]*view{},
		Connections: connections, Rev: s.rev,
	}
	if len(s.opts.Commands) > 0 {
		out.Command = s.opts.Commands[0]
	}
	for _, p := range s.world.people {
		out.People = append(out.People, statePerson{
			p.ID, p.Name, p.RealName, p.RealNameEN, p.Title, p.TitleEN, p.Locale, p.Deleted,
		})
	}
	for _, c := range s.world.channels {
		sc := stateChannel{
			ID: c.id, Name: c.name, Kind: c.kind, User: c.user, Topic: c.topic, Private: c.private,
			Members: slices.Clone(c.members), Messages: make([]stateMessage, 0, len(c.messages)),
			Ephemerals: append([]*ephemeral{}, c.ephemerals...),
		}
		for _, m := range c.messages {
			sc.Messages = append(sc.Messages, stateMessage{message: m, Files: s.stateFiles(m.FileIDs)})
		}
		out.Channels = append(out.Channels, sc)
	}
	for user, stack := range s.world.stacks {
		out.Views[user] = slices.Clone(stack)
	}
	maps.Copy(out.Homes, s.world.homes)
	for id, f := range s.world.files {
		if slices.Contains(pictureTypes, f.Filetype) {
			out.Pictures[id] = f.path()
		}
	}
	return out
}

func (s *Server) stateFiles(ids []string) []stateFile {
	var out []stateFile
	for _, id := range ids {
		if f := s.world.files[id]; f != nil {
			out = append(out, stateFile{f.ID, f.Name, f.Title, f.Mimetype, f.path(), f.Size, f.AltText})
		}
	}
	return out
}

// handleState serves GET /control/state. With since=rev, or an If-None-Match of
// that revision, it answers 304 when nothing has changed.
func (s *Server) handleState(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	rev := s.rev
	s.mu.Unlock()
	tag := strconv.Quote(strconv.FormatInt(rev, 10))
	if r.URL.Query().Get("since") == strconv.FormatInt(rev, 10) || r.Header.Get("If-None-Match") == tag {
		w.Header().Set("ETag", tag)
		w.WriteHeader(http.StatusNotModified)
		return
	}
	picture := s.snapshot()
	w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(picture.Rev, 10)))
	writeJSON(w, http.StatusOK, picture)
}

// handleChanges serves GET /page/events: a line with the revision at once and
// at every change, as server-sent events. Changes that come while a line is
// being written share the next one.
func (s *Server) handleChanges(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	flush := http.NewResponseController(w)
	for {
		s.mu.Lock()
		rev, changed := s.rev, s.changed
		s.mu.Unlock()
		line, err := json.Marshal(map[string]int64{"rev": rev})
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", line); err != nil {
			return
		}
		if err := flush.Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}
