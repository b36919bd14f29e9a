package policy

import (
	"io/fs"
	"testing"
)

// dataFS is the embedded data.
func dataFS(t testing.TB) fs.FS {
	t.Helper()
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		t.Fatal(err)
	}
	return data
}
