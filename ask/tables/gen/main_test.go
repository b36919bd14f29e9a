package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheTablesAreWhatTheLibrariesSay(t *testing.T) {
	t.Parallel()
	simple, err := simplify()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"../simplify.txt": simple, "../pinyin.txt": sounds()} {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale; run go generate in ask", name)
		}
	}
}
