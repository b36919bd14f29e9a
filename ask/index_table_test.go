package ask

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"wainao/policy"
)

// TestIndexTable holds the table to what the bank and the policy say now.
func TestIndexTable(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	x := newLexicon(pol)
	built, err := buildIndex(pol, x)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := x.print(pol)
	if err != nil {
		t.Fatal(err)
	}
	want := built.encode(sum)
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(filepath.Join("tables", "index.bin"), want, 0o600); err != nil {
			t.Fatal(err)
		}
	} else if indexTable != string(want) {
		t.Error("the table of the index is stale; run go generate in ask")
	}
	got, err := decodeIndex(pol, x, string(want))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.features, built.features) || !slices.Equal(got.weight, built.weight) || !slices.Equal(got.length, built.length) || !slices.Equal(got.of, built.of) {
		t.Error("what is read from the table is not what was written")
	}
	for i := range built.post {
		if !slices.Equal(got.post[i], built.post[i]) {
			t.Fatalf("the phrasings that hold %q are others", built.features[i])
		}
	}
	for i := range built.phrases {
		a, b := got.phrases[i], built.phrases[i]
		if a.text != b.text || a.own != b.own || a.shape != b.shape || a.slots != b.slots || *a.sense != *b.sense {
			t.Fatalf("%q reads %+v, want %+v", b.text, a, b)
		}
	}
}

// TestIndexTableOfAnother builds the index when the table does not fit, and
// says so when it is broken.
func TestIndexTableOfAnother(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	x := newLexicon(pol)
	sum, err := x.print(pol)
	if err != nil {
		t.Fatal(err)
	}
	x.add(thing{kindTerm, "new"}, "a name that nobody has heard of")
	if other, err := x.print(pol); err != nil || other == sum {
		t.Errorf("another lexicon has the print %d of this one (%v)", other, err)
	}
	if _, err := decodeIndex(pol, x, indexTable); err != errOtherIndex { //nolint:errorlint // it is returned as it is.
		t.Errorf("a table of another lexicon gives %v", err)
	}
	if _, err := newIndex(pol, x); err != nil {
		t.Errorf("no index is built for another lexicon: %v", err)
	}
	x = newLexicon(pol)
	for _, n := range []int{8, 9, 100, len(indexTable) / 2, len(indexTable) - 1} {
		if _, err := decodeIndex(pol, x, indexTable[:n]); err == nil {
			t.Errorf("the first %d bytes are taken for a table", n)
		}
	}
}
