package commands

import (
	"slices"
	"time"

	"wainao/ask"
	"wainao/calendar"
	"wainao/ledger"
	"wainao/policy"
)

// facts shows the ledger to the answers, as it stood when the request came. It
// reads what the ledger keeps ready, and never looks through all reports.
type facts struct {
	state  ledger.State
	policy *policy.Policy
	at     time.Time

	settings ledger.Settings
}

func (c *Commands) facts(r *Request) ask.Facts {
	return facts{state: r.State.Ledger, policy: r.Policy, at: r.Now, settings: c.Settings}
}

// Figure implements ask.Facts. Items are counted; of an amount it tells the
// series' newest value, because amounts are never added up: the city's official
// figure is a series of its own.
func (f facts) Figure(s ask.Scope) ask.Figure {
	i, ok := f.policy.Indicator(s.Indicator)
	if ok && i.Takes == policy.TakesValue {
		return f.amount(s)
	}
	t, last := ledger.TallyOf(f.state, i, s.Domain, s.District, f.at)
	return ask.Figure{
		Accepted: float64(t.Accepted), HasAccepted: t.Accepted > 0,
		Pending: float64(t.Pending), HasPending: t.Pending > 0, AsOf: last,
	}
}

// amount returns a series' newest value: of whole years before that of a year
// to date, which is not what the targets mean. A district has a series in each
// domain and none over all.
func (f facts) amount(s ask.Scope) (out ask.Figure) {
	if s.District != ledger.City && s.Domain == ledger.Whole {
		return out
	}
	for _, basis := range ledger.Bases() {
		accepted := ledger.Series(f.state, s.District, s.Domain, basis)
		pending := ledger.PendingSeries(f.state, s.District, s.Domain, basis)
		if n := len(accepted); n > 0 {
			out.Accepted, out.HasAccepted, out.AsOf = accepted[n-1].Value.Yi(), true, accepted[n-1].At
		}
		if n := len(pending); n > 0 {
			out.Pending, out.HasPending = pending[n-1].Value.Yi(), true
			if !out.HasAccepted {
				out.AsOf = pending[n-1].At
			}
		}
		if out.HasAccepted || out.HasPending {
			return out
		}
	}
	return out
}

// Reporting implements ask.Facts. Who took a report back, or is to mend it, has
// not reported; that there is no data is a report.
func (f facts) Reporting(p calendar.Period) (out ask.Reporting) {
	for _, r := range f.state.Reports(ledger.Filter{Period: p}) { // Districts in administrative order.
		if r.Status == ledger.Submitted {
			out.Pending++
		}
		if r.Accepted > 0 {
			out.Accepted++
		}
		if r.District != ledger.City && (r.Status == ledger.Submitted || r.Accepted > 0) && !slices.Contains(out.Reported, r.District) {
			out.Reported = append(out.Reported, r.District)
		}
	}
	return out
}

// paces are the lights, in the words of the answers.
var paces = map[ledger.Light]ask.Pace{
	ledger.LightOnTrack: ask.PaceOnTrack, ledger.LightWatch: ask.PaceWatch, ledger.LightBehind: ask.PaceBehind,
	ledger.LightFarBehind: ask.PaceBehind, ledger.LightStale: ask.PaceStale,
}

// Standings implements ask.Facts. A light that is not known is none, never on
// track.
func (f facts) Standings() (out []ask.Standing) {
	for _, p := range ledger.Progress(f.state, f.policy, f.settings, f.at) {
		if p.Target.Op == policy.Qualitative {
			continue
		}
		pace, ok := paces[p.Pace.Light]
		if !ok {
			pace = ask.PaceNone
		}
		out = append(out, ask.Standing{Indicator: p.Indicator.ID, Year: p.Target.Year, Pace: pace, Label: p.Pace.Light.Label()})
	}
	return out
}
