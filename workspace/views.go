package workspace

import (
	"encoding/json"
	"slices"
	"time"
)

// view is a modal or a Home, in the shape of Slack's view object. A stored
// view is never changed in place.
type view struct {
	ID                 string          `json:"id"`
	TeamID             string          `json:"team_id"`
	Type               string          `json:"type"`
	Title              json.RawMessage `json:"title,omitempty"`
	Submit             json.RawMessage `json:"submit,omitempty"`
	Close              json.RawMessage `json:"close,omitempty"`
	Blocks             json.RawMessage `json:"blocks"`
	PrivateMetadata    string          `json:"private_metadata"`
	CallbackID         string          `json:"callback_id"`
	ExternalID         string          `json:"external_id"`
	State              viewState       `json:"state"`
	Hash               string          `json:"hash"`
	ClearOnClose       bool            `json:"clear_on_close"`
	NotifyOnClose      bool            `json:"notify_on_close"`
	RootViewID         string          `json:"root_view_id,omitempty"`
	PreviousViewID     string          `json:"previous_view_id,omitempty"`
	AppID              string          `json:"app_id"`
	AppInstalledTeamID string          `json:"app_installed_team_id"`
	BotID              string          `json:"bot_id"`

	// Errors are the field errors of the last submission, by block_id. Slack's
	// client shows them; the app never sees them.
	Errors map[string]string `json:"errors,omitempty"`
}

// viewState is what a person has filled in.
type viewState struct {
	Values stateValues `json:"values"`
}

// stateValues are element states by block_id and action_id.
type stateValues map[string]map[string]map[string]any

func (v stateValues) set(block, action string, state map[string]any) {
	if v[block] == nil {
		v[block] = map[string]map[string]any{}
	}
	v[block][action] = state
}

// clone copies the two levels that are written to.
func (v stateValues) clone() stateValues {
	out := make(stateValues, len(v))
	for block, actions := range v {
		for action, state := range actions {
			out.set(block, action, state)
		}
	}
	return out
}

// forApp is the view as the app sees it.
func (v *view) forApp() *view {
	out := *v
	out.Errors = nil
	return &out
}

// trigger is a trigger_id: the right to show a person a view, once and soon.
type trigger struct {
	user   string
	viewID string // the modal that it came from
	issued time.Time
	used   bool
}

// newTrigger issues a trigger_id. The caller holds the mutex.
func (s *Server) newTrigger(user, viewID string) string {
	now := s.now()
	id := formatTrigger(now)
	s.triggers[id] = &trigger{user: user, viewID: viewID, issued: now}
	return id
}

// useTrigger spends a trigger_id. The caller holds the mutex.
// See https://docs.slack.dev/reference/methods/views.open.
func (s *Server) useTrigger(id string) (*trigger, error) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case s.now().Sub(t.issued) > s.opts.TriggerTTL:
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// findView returns an open modal or a Home, with the person who sees it. The
// caller holds the mutex.
func (s *Server) findView(id, externalID string) (string, *view) {
	match := func(v *view) bool {
		return (id != "" && v.ID == id) || (id == "" && externalID != "" && v.ExternalID == externalID)
	}
	for user, stack := range s.world.stacks {
		for _, v := range stack {
			if match(v) {
				return user, v
			}
		}
	}
	for user, v := range s.world.homes {
		if match(v) {
			return user, v
		}
	}
	return "", nil
}

// putView puts a changed copy of a view in its place and returns the ticket to
// settle. The caller holds the mutex.
func (s *Server) putView(user string, v *view) uint64 {
	defer s.touch()
	if v.Type == "home" {
		s.world.homes[user] = v
		return s.keep(bucketHomes, user, v)
	}
	stack := slices.Clone(s.world.stacks[user])
	for i := range stack {
		if stack[i].ID == v.ID {
			stack[i] = v
		}
	}
	s.world.stacks[user] = stack
	return 0
}

// openView puts a checked view in front of a person, as the first of a new
// stack or on top of the open one.
func (s *Server) openView(user string, v *view, push bool) {
	stack := slices.Clone(s.world.stacks[user])
	if !push {
		stack = nil
	}
	v.ID = newID("V")
	v.RootViewID = v.ID
	if len(stack) > 0 {
		v.RootViewID = stack[0].ID
		v.PreviousViewID = stack[len(stack)-1].ID
	}
	s.stamp(v)
	s.world.stacks[user] = append(stack, v)
	s.touch()
}

// stamp gives a view the fields that the workspace decides.
func (s *Server) stamp(v *view) {
	v.TeamID, v.AppID, v.BotID, v.AppInstalledTeamID = TeamID, AppID, BotID, TeamID
	v.Hash = formatTS(unixMicros(s.now())) + "." + randomText(8, idAlphabet)
	if v.State.Values == nil {
		v.State.Values = initialState(v.Blocks)
	}
}

// closeTop takes the top view off a person's stack; with all, the whole stack.
func (s *Server) closeTop(user string, all bool) {
	stack := s.world.stacks[user]
	if all || len(stack) <= 1 {
		delete(s.world.stacks, user)
	} else {
		s.world.stacks[user] = slices.Clone(stack[:len(stack)-1])
	}
	s.touch()
}

// updated returns v with the content of next: what the person has filled in
// stays where a block with the same ids and element type is still there.
// See https://docs.slack.dev/surfaces/modals#updating_views.
func (s *Server) updated(v, next *view) *view {
	next.ID, next.RootViewID, next.PreviousViewID = v.ID, v.RootViewID, v.PreviousViewID
	next.State.Values = initialState(next.Blocks)
	for block, actions := range next.State.Values {
		for action, state := range actions {
			old, ok := v.State.Values[block][action]
			if ok && old["type"] == state["type"] {
				next.State.Values[block][action] = old
			}
		}
	}
	s.stamp(next)
	return next
}
