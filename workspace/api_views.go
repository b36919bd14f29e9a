package workspace

import (
	"encoding/json"
	"time"
)

// formatTrigger returns a new trigger_id in Slack's shape.
func formatTrigger(now time.Time) string {
	return formatTS(unixMicros(now)) + "." + randomHex(16)
}

func (s *Server) viewsOpen(c *call) (reply, error) { return s.showView(c, false) }

func (s *Server) viewsPush(c *call) (reply, error) { return s.showView(c, true) }

// showView serves views.open and views.push.
func (s *Server) showView(c *call, push bool) (reply, error) {
	v, err := s.readView(c.args["view"], "modal")
	if err != nil {
		return nil, err
	}
	if c.args["trigger_id"] == "" {
		return nil, refuseBecause("invalid_arguments", "missing required field: trigger_id")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.ExternalID != "" {
		if _, other := s.findView("", v.ExternalID); other != nil {
			return nil, refuse("duplicate_external_id")
		}
	}
	t, err := s.useTrigger(c.args["trigger_id"])
	if err != nil {
		return nil, err
	}
	if push {
		stack := s.world.stacks[t.user]
		if len(stack) == 0 || t.viewID == "" {
			return nil, refuse("not_found")
		}
		if len(stack) >= maxViewStack {
			return nil, refuse("push_limit_reached")
		}
	}
	s.openView(t.user, v, push)
	return reply{"view": v.forApp()}, nil
}

func (s *Server) viewsUpdate(c *call) (reply, error) {
	if c.args["view_id"] == "" && c.args["external_id"] == "" {
		return nil, refuseBecause("invalid_arguments", "missing required field: view_id")
	}
	s.mu.Lock()
	_, old := s.findView(c.args["view_id"], c.args["external_id"])
	s.mu.Unlock()
	if old == nil {
		return nil, refuse("not_found")
	}
	next, err := s.readView(c.args["view"], old.Type)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	// The person may have closed it, or another update may have won, meanwhile.
	user, old := s.findView(old.ID, "")
	if old == nil {
		s.mu.Unlock()
		return nil, refuse("not_found")
	}
	if hash := c.args["hash"]; hash != "" && hash != old.Hash {
		s.mu.Unlock()
		return nil, refuse("hash_conflict")
	}
	next = s.updated(old, next)
	ticket := s.putView(user, next)
	s.mu.Unlock()
	return reply{"view": next.forApp()}, s.settle(ticket)
}

func (s *Server) viewsPublish(c *call) (reply, error) {
	v, err := s.readView(c.args["view"], "home")
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	user := c.args["user_id"]
	if s.world.personByID[user] == nil {
		s.mu.Unlock()
		return nil, refuse("user_not_found")
	}
	old := s.world.homes[user]
	if hash := c.args["hash"]; hash != "" && (old == nil || hash != old.Hash) {
		s.mu.Unlock()
		return nil, refuse("hash_conflict")
	}
	if old == nil {
		v.ID = newID("V")
		v.RootViewID = v.ID
		s.stamp(v)
	} else {
		v = s.updated(old, v)
	}
	ticket := s.putView(user, v)
	s.mu.Unlock()
	return reply{"view": v.forApp()}, s.settle(ticket)
}

// readView checks the view of a call and returns it ready to be shown. The
// caller must not hold the mutex.
func (s *Server) readView(raw, want string) (*view, error) {
	v, files, err := readView(raw, want)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return v, s.showable(files, "invalid_arguments")
}

func readView(raw, want string) (*view, []fileRef, error) {
	if raw == "" {
		return nil, nil, refuseBecause("invalid_arguments", "missing required field: view")
	}
	if len(raw) > maxViewBytes {
		return nil, nil, refuse("view_too_large")
	}
	checked, files, err := checkView([]byte(raw), want)
	if err != nil {
		return nil, nil, err
	}
	v := &view{}
	if err := json.Unmarshal(checked, v); err != nil {
		return nil, nil, refuseBecause("invalid_arguments", "failed to match all allowed schemas [json-pointer:/view]")
	}
	v.ID, v.Hash, v.State = "", "", viewState{}
	v.RootViewID, v.PreviousViewID, v.Errors = "", "", nil
	return v, files, nil
}
