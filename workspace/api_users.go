package workspace

import "strings"

// shownPerson is Slack's user object. The locale is shown on demand, and the
// mail address to whoever may read it. The caller holds the mutex.
func (s *Server) shownPerson(p *person, locale bool) map[string]any {
	profile := map[string]any{
		"real_name": p.RealName, "real_name_normalized": p.RealName,
		"display_name": p.RealName, "display_name_normalized": p.RealName,
		"title": p.Title, "team": TeamID, "avatar_hash": "", "status_text": "", "status_emoji": "",
	}
	if s.scopes["users:read.email"] {
		profile["email"] = p.email()
	}
	out := map[string]any{
		"id": p.ID, "team_id": TeamID, "name": p.Name, "deleted": p.Deleted, "real_name": p.RealName,
		"tz": "Asia/Shanghai", "tz_label": "China Standard Time", "tz_offset": 8 * 3600, "profile": profile,
		"is_admin": false, "is_owner": false, "is_primary_owner": false, "is_restricted": false,
		"is_ultra_restricted": false, "is_bot": false, "is_app_user": false, "updated": p.Updated,
		"is_email_confirmed": true,
	}
	if locale {
		out["locale"] = p.Locale
	}
	return out
}

// shownBot is the user object of the app's own bot user.
func shownBot(locale bool) map[string]any {
	out := map[string]any{
		"id": BotUserID, "team_id": TeamID, "name": BotName, "deleted": false, "real_name": botReal,
		"tz": "Asia/Shanghai", "tz_label": "China Standard Time", "tz_offset": 8 * 3600,
		"profile": map[string]any{
			"real_name": botReal, "display_name": "", "team": TeamID, "bot_id": BotID, "api_app_id": AppID,
		},
		"is_bot": true, "is_app_user": false, "updated": 0,
	}
	if locale {
		out["locale"] = "en-US"
	}
	return out
}

func (s *Server) usersInfo(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	locale := c.args.flag("include_locale")
	one := func(id string) (map[string]any, error) {
		switch id {
		case BotUserID:
			return shownBot(locale), nil
		case slackbot:
			return map[string]any{
				"id": slackbot, "team_id": TeamID, "name": "slackbot", "real_name": "Slackbot", "is_bot": false, "deleted": false,
			}, nil
		}
		if p := s.world.personByID[id]; p != nil {
			return s.shownPerson(p, locale), nil
		}
		return nil, refuse("user_not_found")
	}
	if list := c.args["users"]; list != "" {
		users := []any{}
		for id := range strings.SplitSeq(list, ",") {
			u, err := one(id)
			if err != nil {
				return nil, err
			}
			users = append(users, u)
		}
		return reply{"users": users}, nil
	}
	u, err := one(c.args["user"])
	if err != nil {
		return nil, err
	}
	return reply{"user": u}, nil
}

func (s *Server) usersList(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	locale := c.args.flag("include_locale")
	members := []any{shownBot(locale)}
	for _, p := range s.world.people {
		members = append(members, s.shownPerson(p, locale))
	}
	from, to, next, err := pageOf(c.args, len(members), len(members))
	if err != nil {
		return nil, err
	}
	return reply{
		"members": members[from:to], "cache_ts": s.now().Unix(), "response_metadata": nextPage(next),
	}, nil
}

func (s *Server) usersLookupByEmail(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.world.people {
		if strings.EqualFold(p.email(), c.args["email"]) && !p.Deleted {
			return reply{"user": s.shownPerson(p, false)}, nil
		}
	}
	return nil, refuse("users_not_found")
}
