package bot

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRecentForgetsByAgeAndByNumber(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	r := newRecent[int](2, time.Minute, func() time.Time { return now })
	if v, before := r.add("a", 1); v != 1 || before {
		t.Errorf("first a: %d, %t", v, before)
	}
	if v, before := r.add("a", 2); v != 1 || !before {
		t.Errorf("second a: %d, %t", v, before)
	}
	r.add("b", 2)
	r.add("c", 3)
	if _, ok := r.get("a"); ok {
		t.Error("a is the oldest of three, and two are kept")
	}
	now = now.Add(time.Minute)
	if _, ok := r.get("c"); ok || r.order.Len() != 0 || len(r.byKey) != 0 {
		t.Error("a minute later something is kept")
	}
	r.add("d", 4)
	r.drop("d")
	r.drop("never there")
	if _, before := r.add("d", 5); before {
		t.Error("d was dropped")
	}
}

func TestRecentIsBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(0, 0)
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		r := newRecent[struct{}](limit, time.Minute, func() time.Time { return now })
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "seconds")) * time.Second)
			key := fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "key"))
			if rapid.Bool().Draw(t, "drop") {
				r.drop(key)
			} else if r.add(key, struct{}{}); r.order.Len() == 0 {
				t.Fatal("what was added is not kept")
			}
			if r.order.Len() > limit || len(r.byKey) != r.order.Len() {
				t.Fatalf("%d in order, %d by key, limit %d", r.order.Len(), len(r.byKey), limit)
			}
		}
	})
}
