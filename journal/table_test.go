package journal_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"wainao/journal"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestTableIsAnOrderedMap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringOfN(rapid.SampledFrom([]rune("ab/氢\x00")), 0, 4, -1)
		var table journal.Table[string, int]
		model := map[string]int{}
		for i := range rapid.IntRange(0, 60).Draw(t, "steps") {
			k := key.Draw(t, "key")
			before, old := table, maps.Clone(model)
			switch rapid.IntRange(0, 3).Draw(t, "op") {
			case 0:
				table = table.Delete(k)
				delete(model, k)
			case 1:
				more := map[string]int{k: i, k + "a": i}
				table = table.SetAll(maps.All(more))
				maps.Copy(model, more)
			default:
				table = table.Set(k, i)
				model[k] = i
			}
			if diff := cmp.Diff(old, maps.Collect(before.All())); diff != "" {
				t.Fatalf("the old table changed:\n%s", diff)
			}
		}
		keys := slices.Sorted(maps.Keys(model))
		var forward, backward, below []string
		for k, v := range table.All() {
			if v != model[k] {
				t.Fatalf("All gave %q = %d, want %d", k, v, model[k])
			}
			forward = append(forward, k)
		}
		for k := range table.Backward() {
			backward = append(backward, k)
		}
		prefix := key.Draw(t, "prefix")
		for k := range table.Prefix(prefix) {
			below = append(below, k)
		}
		bound := key.Draw(t, "bound")
		var earlier []string
		for k := range table.Before(bound) {
			earlier = append(earlier, k)
		}
		slices.Reverse(earlier)
		wantEarlier := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k >= bound })
		wantBelow := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !strings.HasPrefix(k, prefix) })
		slices.Reverse(backward)
		for what, got := range map[string][2][]string{"All": {keys, forward}, "Backward": {keys, backward}, "Prefix": {wantBelow, below}, "Before": {wantEarlier, earlier}} {
			if !slices.Equal(got[0], got[1]) {
				t.Fatalf("%s gave %q, want %q", what, got[1], got[0])
			}
		}
		if table.Len() != len(model) {
			t.Fatalf("Len = %d, want %d", table.Len(), len(model))
		}
		k := key.Draw(t, "lookup")
		got, ok := table.Get(k)
		want, wantOK := model[k]
		if got != want || ok != wantOK || table.Has(k) != wantOK {
			t.Fatalf("Get(%q) = %d, %t; want %d, %t", k, got, ok, want, wantOK)
		}
	})
}

func ExampleTable() {
	var t journal.Table[string, int]
	older := t.Set("b", 2).Set("a", 1)
	newer := older.Set("c", 3)
	for k, v := range newer.Backward() {
		fmt.Print(k, v, " ")
	}
	fmt.Println(older.Len())
	// Output: c3 b2 a1 2
}
