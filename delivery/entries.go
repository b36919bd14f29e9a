package delivery

import (
	"time"

	"wainao/lang"
	"wainao/people"
)

// The kinds of entries.
const (
	kindRegistered = "delivery.job.registered"
	kindRemoved    = "delivery.job.removed"
	kindChanged    = "delivery.job.changed"
	kindReset      = "delivery.job.reset"
	kindPaused     = "delivery.job.paused"
	kindResumed    = "delivery.job.resumed"
	kindRewound    = "delivery.job.rewound"
	kindPlanned    = "delivery.slot.planned"
	kindMissed     = "delivery.slots.missed"
	kindSkipped    = "delivery.slots.skipped"
	kindClaimed    = "delivery.claimed"
	kindDeferred   = "delivery.deferred"
	kindReleased   = "delivery.released"
	kindPosted     = "delivery.posted"
	kindFailed     = "delivery.failed"
	kindResent     = "delivery.resent"
	kindLeftOut    = "delivery.left_out"
)

// settingsV1 is how a job runs.
type settingsV1 struct {
	Spec    string        `json:"spec"`
	Zone    string        `json:"zone"`
	CatchUp int64         `json:"catch_up_s,omitempty"` // Seconds.
	On      Condition     `json:"on,omitempty"`
	Quiet   *Quiet        `json:"quiet,omitempty"`
	To      []Recipient   `json:"to,omitempty"`
	Roles   []people.Role `json:"roles,omitempty"`
}

func settingsOf(j Job) settingsV1 {
	s := settingsV1{Spec: j.Spec, Zone: j.zone(), CatchUp: int64(j.CatchUp / time.Second), On: j.On, To: j.To, Roles: j.Roles}
	if !j.Quiet.IsZero() {
		s.Quiet = &j.Quiet
	}
	return s
}

// on returns the job with these settings.
func (s settingsV1) on(j Job) Job {
	j.Spec, j.Zone, j.CatchUp, j.On, j.To, j.Roles = s.Spec, s.Zone, time.Duration(s.CatchUp)*time.Second, s.On, s.To, s.Roles
	j.Quiet = Quiet{}
	if s.Quiet != nil {
		j.Quiet = *s.Quiet
	}
	return j
}

// registeredV2 is a job as the configuration has it. Version 1 had no more than
// its spec, its zone and whether it was paused.
type registeredV2 struct {
	Job   JobName   `json:"job"`
	Title lang.Text `json:"title"`
	settingsV1
	Paused bool `json:"paused,omitempty"`
}

// changedV1 is a job as somebody wants it.
type changedV1 struct {
	Job JobName `json:"job"`
	settingsV1
	By people.UserID `json:"by"`
}

// jobV1 names a job that something happened to.
type jobV1 struct {
	Job JobName       `json:"job"`
	By  people.UserID `json:"by,omitempty"`
}

// rewoundV1 says that the clock was put back: slots behind To are to be decided
// on again.
type rewoundV1 struct {
	Job JobName   `json:"job"`
	To  time.Time `json:"to"`
}

// plannedV1 plans the deliveries of one slot.
type plannedV1 struct {
	Job    JobName                 `json:"job"`
	Slot   SlotID                  `json:"slot"`
	Due    time.Time               `json:"due"`
	Until  time.Time               `json:"until"`
	Reason Reason                  `json:"reason"`
	To     []Recipient             `json:"to"`
	Why    map[Recipient]lang.Text `json:"why,omitempty"`
	Left   []leftOutV1             `json:"left_out,omitempty"`
	By     people.UserID           `json:"by,omitempty"` // Who asked for it by hand.
	Quiet  *Quiet                  `json:"quiet,omitempty"`
	Zone   string                  `json:"zone,omitempty"` // Of Quiet.
}

// leftOutV1 is somebody whom a slot does not go to.
type leftOutV1 struct {
	To     Recipient  `json:"to"`
	Reason Reason     `json:"reason"`
	Why    *lang.Text `json:"why,omitempty"`
}

// choose takes over whom the run goes to and whom not.
func (p *plannedV1) choose(choices []Choice) {
	for _, c := range choices {
		switch {
		case c.Skip == "":
			p.To = append(p.To, c.To)
			if !c.Why.IsZero() {
				if p.Why == nil {
					p.Why = map[Recipient]lang.Text{}
				}
				p.Why[c.To] = c.Why
			}
		case c.Why.IsZero():
			p.Left = append(p.Left, leftOutV1{To: c.To, Reason: c.Skip})
		default:
			p.Left = append(p.Left, leftOutV1{To: c.To, Reason: c.Skip, Why: &c.Why})
		}
	}
}

// missedV1 says that slots will never run.
type missedV1 struct {
	Job   JobName   `json:"job"`
	Count int       `json:"count"`
	First time.Time `json:"first"` // When the first and the last of them were due.
	Last  time.Time `json:"last"`
	Slot  SlotID    `json:"slot,omitempty"` // The last of them; entries from before it was kept have none.
}

// skippedV1 says that slots are left out.
type skippedV1 struct {
	missedV1
	Reason Reason `json:"reason"`
}

type claimedV1 struct {
	ID    ID        `json:"id"`
	Owner string    `json:"owner"`
	Lease time.Time `json:"lease"`
}

// deferredV1 gives a claim back.
type deferredV1 struct {
	ID        ID        `json:"id"`
	NotBefore time.Time `json:"not_before"`
	Uncertain bool      `json:"uncertain,omitempty"`
	Code      string    `json:"code,omitempty"`
}

// releasedV1 ends the claims of processes that are dead.
type releasedV1 struct {
	IDs       []ID      `json:"ids"`
	NotBefore time.Time `json:"not_before"`
}

type postedV1 struct {
	ID ID `json:"id"`
	Ref
	Found bool `json:"found,omitempty"` // It was found to be there, from an attempt before.
}

type failedV1 struct {
	ID        ID     `json:"id"`
	Reason    Reason `json:"reason"`
	Code      string `json:"code,omitempty"`
	Detail    string `json:"detail,omitempty"`
	Uncertain bool   `json:"uncertain,omitempty"`
}

// resentV1 has a delivery that failed tried again.
type resentV1 struct {
	ID    ID            `json:"id"`
	By    people.UserID `json:"by"`
	Until time.Time     `json:"until"`
}
