package workspace

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// foreign tells why a request does not come from this machine's own tools, or
// returns nothing. The workspace's credentials are public, so a page somewhere
// on the web must not be able to make a browser use them: a Host that is a
// foreign name means DNS rebinding, and a foreign Origin means a page of
// another site. A literal address cannot be rebound.
func (s *Server) foreign(r *http.Request) string {
	host := hostname(r.Host)
	if host != "" && !s.ownHost(host) {
		return "the Host header names another host"
	}
	if r.URL.Path == "/socket" {
		return "" // Slack's libraries send an Origin of their own; the ticket guards the socket
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Host != r.Host {
			return "the Origin header names another site"
		}
	}
	if r.Method != http.MethodGet && r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return "the request comes from another site"
	}
	return ""
}

func (s *Server) ownHost(host string) bool {
	lower := strings.ToLower(strings.TrimSuffix(host, "."))
	return lower == "localhost" || strings.HasSuffix(lower, ".localhost") ||
		net.ParseIP(lower) != nil || slices.Contains(s.opts.Hosts, lower)
}

func hostname(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return host
	}
	return strings.Trim(hostport, "[]")
}
