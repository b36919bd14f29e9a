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
			switch rapid.IntRange(0, 5).Draw(t, "op") {
			case 0:
				table = table.Delete(k)
				delete(model, k)
			case 1:
				more := map[string]int{k: i, k + "a": i}
				table = table.SetAll(maps.All(more))
				maps.Copy(model, more)
			case 2: // Deep enough that nodes have to be split.
				more := map[string]int{}
				for n := range rapid.IntRange(1, 900).Draw(t, "many") {
					more[fmt.Sprint(k, n*7919%1000)] = i
				}
				table = table.SetAll(maps.All(more))
				maps.Copy(model, more)
			case 3:
				batch := new(journal.Batch)
				table = table.In(batch)
				gone := rapid.StringMatching(`[0-9]?`).Draw(t, "gone")
				for _, other := range slices.Sorted(maps.Keys(model)) {
					if strings.Contains(other, gone) {
						table = table.Delete(other)
						delete(model, other)
					}
				}
				table = table.Set(k, -i)
				model[k] = -i
				batch.End()
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

// TestABatchLeavesWhatWasBefore holds that a batch changes neither the Table
// that it began with nor, when it has ended, the one that it made.
func TestABatchLeavesWhatWasBefore(t *testing.T) {
	t.Parallel()
	var before journal.Table[string, int]
	for i := range 2000 {
		before = before.Set(fmt.Sprint(i), i)
	}
	batch := new(journal.Batch)
	made := before.In(batch)
	for i := range 1000 {
		made = made.Set(fmt.Sprint(i*3), -1).Delete(fmt.Sprint(i * 2))
	}
	batch.End()
	want := maps.Collect(made.All())
	after := made
	for i := range 1000 {
		after = after.Set(fmt.Sprint(i*5), 5).Delete(fmt.Sprint(i))
	}
	if diff := cmp.Diff(want, maps.Collect(made.All())); diff != "" || made.Len() != len(want) {
		t.Errorf("the ended batch's Table of %d changed:\n%s", made.Len(), diff)
	}
	if before.Len() != 2000 {
		t.Errorf("the Table before has %d keys", before.Len())
	}
	for i := range 2000 {
		if got, ok := before.Get(fmt.Sprint(i)); !ok || got != i {
			t.Fatalf("the Table before has %d, %t at %d", got, ok, i)
		}
	}
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
