package workspace

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// call is one call of a Web API method.
type call struct {
	r      *http.Request
	method string
	args   args
}

// args are the arguments of a call. An argument that is no string is held as
// its JSON text, so that a form and a JSON body read alike.
type args map[string]string

func (a args) flag(name string) bool {
	v := a[name]
	return v == "1" || strings.EqualFold(v, "true")
}

func (a args) has(name string) bool { _, ok := a[name]; return ok }

// reply is the answer to a call; ok is added when it is written.
type reply map[string]any

// tokenKind is the kind of token that a method takes.
type tokenKind int

const (
	noToken tokenKind = iota
	botToken
	appToken
)

// apiMethod is one method of the Web API.
type apiMethod struct {
	token tokenKind
	scope string // the scope it takes; empty when none, or when it depends on the channel
	tier  int    // Slack's rate limit tier; 0 means a limit of its own
	serve func(*Server, *call) (reply, error)
}

// apiMethods is every method that the workspace answers, with the token, scope
// and tier that Slack documents for it at
// https://docs.slack.dev/reference/methods.
var apiMethods = map[string]apiMethod{
	"api.test":                     {noToken, "", 4, (*Server).apiTest},
	"auth.test":                    {botToken, "", 4, (*Server).authTest},
	"apps.connections.open":        {appToken, "connections:write", 1, (*Server).connectionsOpen},
	"bots.info":                    {botToken, "users:read", 3, (*Server).botsInfo},
	"chat.postMessage":             {botToken, "chat:write", 0, (*Server).chatPostMessage},
	"chat.postEphemeral":           {botToken, "chat:write", 4, (*Server).chatPostEphemeral},
	"chat.update":                  {botToken, "chat:write", 3, (*Server).chatUpdate},
	"chat.delete":                  {botToken, "chat:write", 3, (*Server).chatDelete},
	"chat.getPermalink":            {botToken, "", 4, (*Server).chatGetPermalink},
	"conversations.history":        {botToken, "", 3, (*Server).conversationsHistory},
	"conversations.replies":        {botToken, "", 3, (*Server).conversationsReplies},
	"conversations.list":           {botToken, "", 2, (*Server).conversationsList},
	"conversations.info":           {botToken, "", 3, (*Server).conversationsInfo},
	"conversations.members":        {botToken, "", 4, (*Server).conversationsMembers},
	"conversations.open":           {botToken, "im:write", 3, (*Server).conversationsOpen},
	"conversations.join":           {botToken, "channels:join", 3, (*Server).conversationsJoin},
	"users.conversations":          {botToken, "", 3, (*Server).usersConversations},
	"users.info":                   {botToken, "users:read", 4, (*Server).usersInfo},
	"users.list":                   {botToken, "users:read", 2, (*Server).usersList},
	"users.lookupByEmail":          {botToken, "users:read.email", 3, (*Server).usersLookupByEmail},
	"team.info":                    {botToken, "team:read", 3, (*Server).teamInfo},
	"views.open":                   {botToken, "", 4, (*Server).viewsOpen},
	"views.push":                   {botToken, "", 4, (*Server).viewsPush},
	"views.update":                 {botToken, "", 4, (*Server).viewsUpdate},
	"views.publish":                {botToken, "", 4, (*Server).viewsPublish},
	"reactions.add":                {botToken, "reactions:write", 3, (*Server).reactionsAdd},
	"reactions.remove":             {botToken, "reactions:write", 2, (*Server).reactionsRemove},
	"reactions.get":                {botToken, "reactions:read", 3, (*Server).reactionsGet},
	"files.getUploadURLExternal":   {botToken, "files:write", 4, (*Server).filesGetUploadURL},
	"files.completeUploadExternal": {botToken, "files:write", 4, (*Server).filesCompleteUpload},
	"files.info":                   {botToken, "files:read", 4, (*Server).filesInfo},
	"files.delete":                 {botToken, "files:write", 3, (*Server).filesDelete},
}

// handleAPI serves POST and GET /api/{method}.
func (s *Server) handleAPI(w http.ResponseWriter, r *http.Request) {
	c := &call{r: r, method: r.PathValue("method")}
	h := w.Header()
	h.Set("X-Slack-Req-Id", randomHex(16))
	h.Set("X-OAuth-Scopes", strings.Join(s.opts.Scopes, ","))
	m, known := apiMethods[c.method]
	if known {
		h.Set("X-Accepted-OAuth-Scopes", m.scope)
	}

	out, err := reply(nil), error(nil)
	if fault := s.faults.take(c.method, faultRateLimit); fault != nil {
		err = &apiError{code: "ratelimited", retryAfter: fault.RetryAfter}
	} else if fault := s.faults.take(c.method, faultServerError); fault != nil {
		s.calls.add(s.now(), c.method, nil, "HTTP 503")
		http.Error(w, "<html><body>Service Unavailable</body></html>", http.StatusServiceUnavailable)
		return
	} else {
		out, err = s.answer(c, m, known)
	}
	if err == nil {
		if fault := s.faults.take(c.method, faultLoseReply); fault != nil {
			s.calls.add(s.now(), c.method, c.args, "")
			// The call has had its effect; the caller never learns of it.
			panic(http.ErrAbortHandler)
		}
	}
	s.writeAnswer(w, c, out, err)
}

// answer checks who calls and serves the method.
func (s *Server) answer(c *call, m apiMethod, known bool) (reply, error) {
	parsed, err := readArgs(c.r)
	if err != nil {
		return nil, err
	}
	c.args = parsed
	if !known {
		return nil, refuse("unknown_method")
	}
	if err := s.authorise(c, m); err != nil {
		return nil, err
	}
	if m.token != noToken {
		s.appBase.Store(base(c.r))
	}
	if wait := s.rates.take(s.now(), c.method, m.tier, c.args["channel"]); wait > 0 {
		return nil, &apiError{code: "ratelimited", retryAfter: wait}
	}
	return m.serve(s, c)
}

// authorise checks the token and the scope of a call.
// See https://docs.slack.dev/authentication/tokens.
func (s *Server) authorise(c *call, m apiMethod) error {
	if m.token == noToken {
		return nil
	}
	token := c.args["token"]
	if bearer, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer "); ok {
		token = strings.TrimSpace(bearer)
	}
	if token == "" {
		return refuse("not_authed")
	}
	isBot := subtle.ConstantTimeCompare([]byte(token), []byte(BotToken)) == 1
	isApp := subtle.ConstantTimeCompare([]byte(token), []byte(AppToken)) == 1
	switch {
	case !isBot && !isApp:
		return refuse("invalid_auth")
	case isBot != (m.token == botToken):
		return refuse("not_allowed_token_type")
	case isApp:
		return nil // the app-level token holds connections:write and nothing else
	}
	if m.scope == "" {
		return nil
	}
	return s.need(m.scope)
}

// need refuses when the app does not hold a scope.
func (s *Server) need(scope string) error {
	if s.scopes[scope] {
		return nil
	}
	return &apiError{code: "missing_scope", needed: scope}
}

func (s *Server) writeAnswer(w http.ResponseWriter, c *call, out reply, err error) {
	if err == nil {
		s.calls.add(s.now(), c.method, c.args, "")
		if out == nil {
			out = reply{}
		}
		out["ok"] = true
		writeJSON(w, http.StatusOK, out)
		return
	}
	e, ok := errors.AsType[*apiError](err)
	if !ok {
		e = &apiError{code: "internal_error"}
		s.log.Error("serve method", "method", c.method, "error", err)
	}
	s.calls.add(s.now(), c.method, c.args, e.code)
	body := reply{"ok": false, "error": e.code}
	if e.needed != "" {
		body["needed"] = e.needed
		body["provided"] = strings.Join(s.opts.Scopes, ",")
	}
	if len(e.messages) > 0 {
		tagged := make([]string, len(e.messages))
		for i, m := range e.messages {
			tagged[i] = "[ERROR] " + m
		}
		body["errors"] = e.messages
		body["response_metadata"] = map[string]any{"messages": tagged}
	}
	status := http.StatusOK
	if e.code == "ratelimited" {
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", strconv.Itoa(max(1, e.retryAfter)))
	}
	writeJSON(w, status, body)
}

// readArgs reads the arguments of a call from its query and its body, be it a
// form or JSON.
func readArgs(r *http.Request) (args, error) {
	out := args{}
	for name, values := range r.URL.Query() {
		out[name] = values[0]
	}
	if r.Method == http.MethodGet {
		return out, nil
	}
	if r.Method != http.MethodPost {
		return nil, refuse("invalid_post_type")
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxRequestBody))
	if err != nil {
		return nil, refuse("request_timeout")
	}
	if len(body) == 0 {
		return out, nil
	}
	kind := r.Header.Get("Content-Type")
	if kind == "" {
		return nil, refuse("missing_post_type")
	}
	media, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return nil, refuse("invalid_post_type")
	}
	switch media {
	case "application/json":
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(body, &fields); err != nil {
			return nil, refuse("invalid_json")
		}
		delete(fields, "token") // with a JSON body the token belongs into the header
		for name, raw := range fields {
			var text string
			switch {
			case string(raw) == "null":
			case json.Unmarshal(raw, &text) == nil:
				out[name] = text
			default:
				out[name] = string(raw)
			}
		}
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, refuse("invalid_form_data")
		}
		for name, values := range form {
			if strings.HasSuffix(name, "]") {
				return nil, refuse("invalid_array_arg")
			}
			out[name] = values[0]
		}
	case "multipart/form-data":
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err := r.ParseMultipartForm(maxRequestBody); err != nil {
			return nil, refuse("invalid_form_data")
		}
		for name, values := range r.MultipartForm.Value {
			out[name] = values[0]
		}
	default:
		return nil, refuse("invalid_post_type")
	}
	return out, nil
}

// pageOf cuts the page that cursor and limit ask for out of n items and returns
// its bounds and the next cursor.
func pageOf(a args, n, def int) (from, to int, next string, err error) {
	limit := def
	if v := a["limit"]; v != "" {
		limit, err = strconv.Atoi(v)
		if err != nil || limit < 0 {
			return 0, 0, "", refuse("invalid_limit")
		}
		if limit == 0 {
			limit = def
		}
		limit = min(limit, 1000)
	}
	if v := a["cursor"]; v != "" {
		text, ok := openCursor(v)
		if !ok {
			return 0, 0, "", refuse("invalid_cursor")
		}
		from, err = strconv.Atoi(text)
		if err != nil || from < 0 || from > n {
			return 0, 0, "", refuse("invalid_cursor")
		}
	}
	to = min(n, from+limit)
	if to < n {
		next = makeCursor(strconv.Itoa(to))
	}
	return from, to, next, nil
}

func nextPage(cursor string) map[string]any { return map[string]any{"next_cursor": cursor} }

func (s *Server) apiTest(c *call) (reply, error) {
	if code := c.args["error"]; code != "" {
		return nil, refuse(code)
	}
	shown := map[string]string{}
	for name, value := range c.args {
		if name != "token" {
			shown[name] = value
		}
	}
	return reply{"args": shown}, nil
}

func (s *Server) authTest(c *call) (reply, error) {
	return reply{
		"url": base(c.r) + "/", "team": teamName, "user": BotName, "team_id": TeamID,
		"user_id": BotUserID, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

func (s *Server) botsInfo(c *call) (reply, error) {
	if id := c.args["bot"]; id != "" && id != BotID {
		return nil, refuse("bot_not_found")
	}
	return reply{"bot": map[string]any{
		"id": BotID, "deleted": false, "name": BotName, "app_id": AppID, "user_id": BotUserID, "updated": 0,
		"icons": map[string]any{},
	}}, nil
}

func (s *Server) teamInfo(c *call) (reply, error) {
	if id := c.args["team"]; id != "" && id != TeamID {
		return nil, refuse("team_not_found")
	}
	return reply{"team": map[string]any{
		"id": TeamID, "name": teamName, "domain": teamDomain, "email_domain": mailDomain,
		"icon": map[string]any{"image_default": true},
	}}, nil
}
