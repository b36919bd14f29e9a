package workspace

import (
	"encoding/json"
	"errors"
	"net/http"
)

// apiError is a refusal with Slack's error code.
type apiError struct {
	code       string
	needed     string   // the scope that was missing
	messages   []string // what is wrong with which part of the arguments
	detail     string   // words for whoever reads the control API or the log
	retryAfter int      // seconds
}

// Error returns Slack's code.
func (e *apiError) Error() string { return e.code }

func refuse(code string) error { return &apiError{code: code} }

func refuseBecause(code string, messages ...string) error {
	return &apiError{code: code, messages: messages}
}

// joinClose closes the disk on the way out of a failed start.
func joinClose(err error, d *disk) error { return errors.Join(err, d.close()) }

func writeJSON(w http.ResponseWriter, status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		http.Error(w, `{"ok":false,"error":"internal_error"}`, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}
