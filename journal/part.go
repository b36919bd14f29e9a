package journal

import (
	"context"
	"time"
)

// Part shows a consumer only its part P of a journal's state, so that it needs
// to know nothing of the whole.
type Part[S State[S], P any] struct {
	journal *Journal[S]
	pick    func(S) P
}

// NewPart returns the part of the journal's state that pick takes out of it.
func NewPart[S State[S], P any](j *Journal[S], pick func(S) P) *Part[S, P] {
	return &Part[S, P]{journal: j, pick: pick}
}

// State returns the part of the newest durable state.
func (p *Part[S, P]) State() P { return p.pick(p.journal.State()) }

// Changed is [Journal.Changed]: it tells of every change of the whole state.
func (p *Part[S, P]) Changed() <-chan struct{} { return p.journal.Changed() }

// Update is [Journal.Update] with a decision on the part.
func (p *Part[S, P]) Update(ctx context.Context, actor string, decide func(P, time.Time) ([]Draft, error)) ([]Entry, error) {
	return p.journal.Update(ctx, actor, func(state S, now time.Time) ([]Draft, error) {
		return decide(p.pick(state), now)
	})
}
