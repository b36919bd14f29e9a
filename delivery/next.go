package delivery

import "time"

// NextOf returns the next n moments after now at which the job would run: fewer
// when there are not that many, none when it is paused.
func (v View) NextOf(j Job, now time.Time, n int) []time.Time {
	times, err := v.times(j)
	if err != nil || j.Paused {
		return nil
	}
	var out []time.Time
	for at := now; len(out) < n; {
		slot, ok := times.nextRun(at)
		if !ok {
			break
		}
		out, at = append(out, slot.Due), slot.Due
	}
	return out
}
