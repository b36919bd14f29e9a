package delivery_test

import (
	"errors"
	"testing"
	"time"

	"wainao/delivery"
	"wainao/lang"
)

func TestLeftOutWhenItsTimeComes(t *testing.T) {
	t.Parallel()
	b := book{t: t}
	b.register(start, weekly)
	b.plan(due)
	why := lang.T("已经报完", "nothing is owed any more")
	if _, err := delivery.LeaveOut(b.State, id, "a", why, due); reasonOf(err) != delivery.SkipClaimedElsewhere {
		t.Errorf("left out by who has not claimed it: %v", err)
	}
	drafts, err := delivery.Claim(b.View, id, "a", due)
	b.write(due, drafts, err)
	drafts, err = delivery.LeaveOut(b.State, id, "a", why, due)
	b.write(due.Add(time.Second), drafts, err)
	d, _ := b.Delivery(id)
	if d.Status != delivery.Skipped || d.Reason != delivery.SkipNotNeeded || d.Why != why || d.Uncertain || d.Ended.IsZero() {
		t.Errorf("it is %+v", d)
	}
	if b.OpenCount() != 0 || b.InTrouble() != 0 {
		t.Errorf("%d open, %d in trouble", b.OpenCount(), b.InTrouble())
	}
	if _, err := delivery.Claim(b.View, id, "b", due.Add(time.Minute)); reasonOf(err) != delivery.SkipAlreadyFailed {
		t.Errorf("claimed again: %v", err)
	}
}

func reasonOf(err error) delivery.Reason {
	if skip, ok := errors.AsType[*delivery.SkipError](err); ok {
		return skip.Reason
	}
	return ""
}
