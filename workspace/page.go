package workspace

import "net/http"

// pageHandler serves the page for people.
func pageHandler(*Server) http.Handler {
	return http.NotFoundHandler()
}
