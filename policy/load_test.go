package policy

import "testing"

func TestDataLoads(t *testing.T) {
	t.Parallel()
	if _, err := Load(dataFS(t)); err != nil {
		t.Fatal(err)
	}
}
