package delivery

import (
	"time"
	"unicode/utf8"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// Claim takes a delivery for owner, or gives it up when its window is over. The
// error is a *[SkipError] when neither can be done. Whoever claims a delivery
// that is Uncertain before the claim must look for its message before posting.
func Claim(v View, id ID, owner string, now time.Time) ([]journal.Draft, error) {
	d, ok := v.deliveries.Get(id)
	if !ok {
		return nil, &SkipError{ID: id, Reason: NoSuchDelivery}
	}
	switch reason := d.Next(now); reason {
	case Ready:
		return []journal.Draft{{Kind: kindClaimed, Version: 1, Data: claimedV1{ID: id, Owner: owner, Lease: now.Add(Lease).UTC()}}}, nil
	case Expired:
		return v.give(d, Failure{Reason: Expired, Code: d.Code}, now), nil
	default:
		return nil, &SkipError{ID: id, Reason: reason}
	}
}

// Record says that the delivery's message is there. Whoever knows it may say
// so, whether or not the claim is still theirs; the first one counts.
func Record(s State, id ID, message Ref, found bool, _ time.Time) ([]journal.Draft, error) {
	d, ok := s.deliveries.Get(id)
	if !ok {
		return nil, &SkipError{ID: id, Reason: NoSuchDelivery}
	}
	if d.Status == Posted {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindPosted, Version: 1, Data: postedV1{ID: id, Ref: message, Found: found}}}, nil
}

// Defer gives owner's claim back until notBefore. Uncertain says that the
// message may be there all the same; code is Slack's for what went wrong, if
// it had one.
func Defer(s State, id ID, owner string, notBefore time.Time, uncertain bool, code string, now time.Time) ([]journal.Draft, error) {
	if err := held(s, id, owner); err != nil {
		return nil, err
	}
	if notBefore.Sub(now) > maxWait {
		notBefore = now.Add(maxWait)
	}
	return []journal.Draft{{Kind: kindDeferred, Version: 1, Data: deferredV1{
		ID: id, NotBefore: notBefore.UTC(), Uncertain: uncertain, Code: cutBytes(code, maxCode),
	}}}, nil
}

// Release ends every claim that still holds and is not owner's, for a process
// that knows that it is alone: whoever made them is dead. They stay Uncertain,
// and rest for [Settle], because a dead process's last request may still be on
// its way.
func Release(s State, owner string, now time.Time) []journal.Draft {
	var ids []ID
	for _, d := range s.Open() {
		if d.Owner != owner && d.Next(now) == SkipClaimedElsewhere {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return []journal.Draft{{Kind: kindReleased, Version: 1, Data: releasedV1{IDs: ids, NotBefore: now.Add(Settle).UTC()}}}
}

// Bounds of what is kept of an error, in bytes.
const (
	maxDetail = 500
	maxCode   = 80
)

// Failure is why a delivery is given up.
type Failure struct {
	Reason    Reason // Dead or Expired.
	Code      string // Slack's code, or one of this package's; may be empty.
	Detail    string // For the operator.
	Uncertain bool   // The message may be there all the same: it is looked for before it is ever sent again.
}

// Fail gives the delivery up, and tells the administrators.
func Fail(v View, id ID, owner string, why Failure, now time.Time) ([]journal.Draft, error) {
	if err := held(v.State, id, owner); err != nil {
		return nil, err
	}
	d, _ := v.deliveries.Get(id)
	return v.give(d, why, now), nil
}

// give gives a delivery up. That an alert does not arrive is not told by
// another one.
func (v View) give(d Delivery, why Failure, now time.Time) []journal.Draft {
	drafts := []journal.Draft{{Kind: kindFailed, Version: 1, Data: failedV1{
		ID: d.ID, Reason: why.Reason, Code: cutBytes(why.Code, maxCode), Detail: cutBytes(why.Detail, maxDetail), Uncertain: why.Uncertain,
	}}}
	if d.Job == AlertJob {
		return drafts
	}
	return append(drafts, v.alert(alertFailed, d.Job, d.ResentBy != "", now)...)
}

// cutBytes shortens s to at most n bytes without cutting a character in two.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// held returns nil when the claim is owner's.
func held(s State, id ID, owner string) error {
	d, ok := s.deliveries.Get(id)
	switch {
	case !ok:
		return &SkipError{ID: id, Reason: NoSuchDelivery}
	case d.Status == Posted:
		return &SkipError{ID: id, Reason: SkipAlreadyPosted}
	case !d.Open():
		return &SkipError{ID: id, Reason: SkipAlreadyFailed}
	case d.Status != Claimed || d.Owner != owner:
		return &SkipError{ID: id, Reason: SkipClaimedElsewhere}
	}
	return nil
}

// Resend has a delivery that failed tried again for a day: the same delivery,
// so it is there once; where it is not known whether it is there, it is looked
// for before it is posted. The error is a
// [lang.Problem]: "no_such_delivery", or "not_to_be_resent" for one that did
// not fail.
func Resend(s State, id ID, by people.UserID, now time.Time) ([]journal.Draft, error) {
	d, ok := s.deliveries.Get(id)
	if !ok {
		return nil, lang.Problemf("no_such_delivery", "没有这条送达记录，可能已经过时，请刷新列表。", "There is no such delivery. The list may be old: open it again.")
	}
	refuse := func(zh, en string) error { return lang.Problemf("not_to_be_resent", zh, en) }
	switch d.Status {
	case Posted:
		return nil, refuse("这条消息已经送达，不会重复发送。", "This message has arrived and is not sent twice.")
	case Planned, Claimed:
		return nil, refuse("这条消息正在发送，请稍候。", "This message is being sent. Please wait.")
	case Missed:
		return nil, refuse("这一次没有运行过，没有可以重发的消息。需要的话请在日程里立即发送一次。", "This slot never ran, so there is no message to send again. If it is needed, run the job now from the schedule.")
	case Skipped:
		return nil, refuse("这条消息是有意不发的。需要的话请在日程里立即发送一次。", "This message was left out on purpose. If it is needed, run the job now from the schedule.")
	case Failed:
	}
	return []journal.Draft{{Kind: kindResent, Version: 1, Data: resentV1{ID: id, By: by, Until: now.Add(AskedWindow).UTC().Truncate(time.Millisecond)}}}, nil
}

// Backoff returns how long to wait after the given number of attempts: twice
// as long each time, from 2 seconds to 2 minutes, and up to half of it less as
// jitter (0 to 1) has it, so that runners do not all try at once.
func Backoff(attempts int, jitter float64) time.Duration {
	full := min(2*time.Second<<min(max(attempts-1, 0), 10), 2*time.Minute)
	return full - time.Duration(jitter*float64(full)/2)
}
