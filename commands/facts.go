package commands

import (
	"slices"
	"time"

	"wainao/ask"
	"wainao/calendar"
	"wainao/ledger"
	"wainao/policy"
)

// facts shows the ledger to the answers, as it stood when the request came.
type facts struct {
	state  ledger.State
	policy *policy.Policy
	at     time.Time
}

func (c *Commands) facts(r *Request) ask.Facts {
	return facts{state: r.State.Ledger, policy: c.Policy, at: r.Now}
}

// Figure implements ask.Facts. Items are counted; an amount is told only for
// one district in one domain, because the city's figure is a series of its own
// and never the sum of what districts report.
func (f facts) Figure(s ask.Scope) ask.Figure {
	filter := ledger.Filter{Indicator: s.Indicator, Domain: s.Domain, District: s.District}
	i, ok := f.policy.Indicator(s.Indicator)
	if ok && i.Takes == policy.TakesValue {
		return f.amount(s, filter)
	}
	t, last := ledger.TallyOf(f.state, i, s.Domain, s.District, f.at)
	return ask.Figure{
		Accepted: float64(t.Accepted), HasAccepted: t.Accepted > 0,
		Pending: float64(t.Pending), HasPending: t.Pending > 0, AsOf: last,
	}
}

func (f facts) amount(s ask.Scope, filter ledger.Filter) (out ask.Figure) {
	if s.District == "" || s.Domain == "" {
		return out
	}
	for _, r := range f.state.Reports(filter) { // The newest period first.
		if r.Value == nil {
			continue
		}
		switch {
		case r.Status == ledger.Accepted && !out.HasAccepted:
			out.Accepted, out.HasAccepted = r.Value.Yi(), true
		case r.Status == ledger.Submitted && !out.HasPending:
			out.Pending, out.HasPending = r.Value.Yi(), true
		default:
			continue
		}
		if r.At.After(out.AsOf) {
			out.AsOf = r.At
		}
	}
	return out
}

// Reporting implements ask.Facts.
func (f facts) Reporting(p calendar.Period) (out ask.Reporting) {
	for _, r := range f.state.Reports(ledger.Filter{Period: p}) { // Districts in administrative order.
		if !slices.Contains(out.Reported, r.District) {
			out.Reported = append(out.Reported, r.District)
		}
		switch r.Status {
		case ledger.Submitted:
			out.Pending++
		case ledger.Accepted:
			out.Accepted++
		}
	}
	return out
}
