package delivery_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/delivery"
)

func TestRelease(t *testing.T) {
	t.Parallel()
	at := due.Add(30 * time.Second) // The slot is claimed when it is due.
	for _, tt := range []struct {
		name  string
		owner string // Of the claim; nobody has claimed it when empty.
		then  func(b *book)
		at    time.Time
		want  int // Entries.
	}{
		{name: "nobody has claimed it", at: at},
		{name: "the claim is of a dead process", owner: "dead", at: at, want: 1},
		{name: "the claim is one's own", owner: "alone", at: at},
		{name: "the lease is over", owner: "dead", at: due.Add(delivery.Lease)},
		{name: "it was given back", owner: "dead", at: at, then: func(b *book) {
			drafts, err := delivery.Defer(b.State, id, "dead", due.Add(time.Minute), true, "", due)
			b.write(due, drafts, err)
		}},
		{name: "it is posted", owner: "dead", at: at, then: func(b *book) {
			drafts, err := delivery.Record(b.State, id, delivery.Ref{TS: "17.1"}, false, due)
			b.write(due, drafts, err)
		}},
		{name: "it was released before", owner: "dead", at: at, then: func(b *book) {
			b.write(at, delivery.Release(b.State, "before", at), nil)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := book{t: t}
			b.register(start, weekly)
			b.plan(due)
			if tt.owner != "" {
				drafts, err := delivery.Claim(b.View, id, tt.owner, due)
				b.write(due, drafts, err)
			}
			if tt.then != nil {
				tt.then(&b)
			}
			before, _ := b.Delivery(id)
			drafts := delivery.Release(b.State, "alone", tt.at)
			if len(drafts) != tt.want {
				t.Fatalf("%d entries, want %d", len(drafts), tt.want)
			}
			b.write(tt.at, drafts, nil)
			after, _ := b.Delivery(id)
			if tt.want == 0 {
				if after.Status != before.Status || after.Lease != before.Lease || after.NotBefore != before.NotBefore {
					t.Errorf("changed from %+v to %+v", before, after)
				}
				return
			}
			free := tt.at.Add(delivery.Settle)
			type told struct {
				Status       delivery.Status
				Uncertain    bool
				Attempts     int
				Before, Then delivery.Reason
			}
			got := told{after.Status, after.Uncertain, after.Attempts, after.Next(free.Add(-1)), after.Next(free)}
			want := told{delivery.Planned, true, 1, delivery.SkipBackingOff, delivery.Ready}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// A release that was decided on before the message was recorded undoes nothing.
func TestAReleaseUndoesNothing(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	b.plan(due)
	drafts, err := delivery.Claim(b.View, id, "dead", due)
	b.write(due, drafts, err)
	release := delivery.Release(b.State, "alone", due)
	drafts, err = delivery.Record(b.State, id, delivery.Ref{TS: "17.1"}, true, due)
	b.write(due, drafts, err)
	b.write(due, release, nil)
	if d, _ := b.Delivery(id); len(release) != 1 || d.Status != delivery.Posted || d.Open() {
		t.Errorf("%d entries left %+v", len(release), d)
	}
}
