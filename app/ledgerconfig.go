package app

import (
	"wainao/ledger"
)

// LedgerConfig is what the secretariat may choose about the ledger's checks,
// lights and deadlines. Shares are given as numbers: 0.8 is 80 per cent.
type LedgerConfig struct {
	Jump         float64 `yaml:"jump"`          // A change against the figure before, above which a value needs an explanation.
	OnTrack      float64 `yaml:"on_track"`      // From this share of its path on a target is on track.
	Watch        float64 `yaml:"watch"`         // From this share on it is to be watched.
	Behind       float64 `yaml:"behind"`        // From this share on it is behind, below it far behind.
	StalePeriods int     `yaml:"stale_periods"` // After so many quarters without anything accepted a figure is stale.
	DeadlineDay  int     `yaml:"deadline_day"`  // Day of a quarter's last month by which districts report; a day off moves it to the workday before.
}

// defaultLedger is the configuration of a new installation.
func defaultLedger() LedgerConfig {
	d := ledger.DefaultSettings()
	return LedgerConfig{
		Jump: d.Jump, OnTrack: d.Lights.OnTrack, Watch: d.Lights.Watch, Behind: d.Lights.Behind,
		StalePeriods: d.StalePeriods, DeadlineDay: d.DeadlineDay,
	}
}

// settings returns what the ledger is given.
func (c LedgerConfig) settings() ledger.Settings {
	return ledger.Settings{
		Jump: c.Jump, Lights: ledger.Thresholds{OnTrack: c.OnTrack, Watch: c.Watch, Behind: c.Behind},
		StalePeriods: c.StalePeriods, DeadlineDay: c.DeadlineDay,
	}
}

// check tells what is wrong, a line for each key.
func (c LedgerConfig) check(add func(format string, args ...any)) {
	if c.Jump <= 0 || c.Jump > 100 {
		add("ledger.jump: want a share above 0, such as 0.5 for 50 per cent, not %g", c.Jump)
	}
	if c.settings().Lights.Check() != nil {
		add("ledger.on_track, watch, behind: want shares above 0 that fall, such as 1, 0.8 and 0.6; not %g, %g and %g", c.OnTrack, c.Watch, c.Behind)
	}
	if c.StalePeriods < 1 || c.StalePeriods > 40 {
		add("ledger.stale_periods: want 1 to 40 quarters, not %d", c.StalePeriods)
	}
	if c.DeadlineDay < 1 || c.DeadlineDay > 28 {
		add("ledger.deadline_day: want a day from 1 to 28, which every month has, not %d", c.DeadlineDay)
	}
}
