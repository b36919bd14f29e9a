package ledger

import (
	"time"

	"wainao/calendar"
)

// Settings are what the secretariat may choose about checks and lights.
type Settings struct {
	// Jump is the change against the figure before, as a share of it, above
	// which a value needs a note: 0.5 is half up or down.
	Jump float64

	// Lights are the shares of the path from which on a target is on track, to
	// be watched and behind; below the last it is far behind.
	Lights Thresholds

	// StalePeriods is after how many periods without anything accepted a figure
	// is too old for a light.
	StalePeriods int

	// DeadlineDay is the day of a quarter's last month by which districts report.
	DeadlineDay int
}

// DefaultSettings returns the settings of a new installation.
func DefaultSettings() Settings {
	return Settings{Jump: 0.5, Lights: DefaultThresholds(), StalePeriods: 2, DeadlineDay: 25}
}

// Deadline returns the last day for reporting a period, a midnight in Shanghai:
// DeadlineDay of its last month, or the workday before when that is none.
func (s Settings) Deadline(p calendar.Period, workday func(time.Time) bool) time.Time {
	day := p.Start().AddDate(0, 2, s.DeadlineDay-1)
	for range 14 { // No holiday is longer.
		if workday(day) {
			break
		}
		day = day.AddDate(0, 0, -1)
	}
	return day
}
