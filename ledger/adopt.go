package ledger

import (
	"slices"
	"time"

	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// AdoptedPath is the way to an indicator's targets that the secretariat set,
// with the reason why. The policy sets none.
type AdoptedPath struct {
	Path   Path
	Reason string
	By     people.UserID
	At     time.Time
}

// Paths returns the paths that were adopted for an indicator, the first one
// first; the last is in force.
func (s State) Paths(i policy.IndicatorID) []AdoptedPath {
	all, _ := s.paths.Get(i)
	return slices.Clone(all)
}

// PathOf returns the path in force for an indicator.
func (s State) PathOf(i policy.IndicatorID) (AdoptedPath, bool) {
	all, _ := s.paths.Get(i)
	if len(all) == 0 {
		return AdoptedPath{}, false
	}
	return all[len(all)-1], true
}

// maxPath bounds a path's points.
const maxPath = 50

// AdoptPath sets the path to an indicator's targets: a value for the end of
// each year, in the target's unit. The points may come in any order. The error
// is a [lang.Problem] or [lang.FieldProblems].
func AdoptPath(s State, pol *policy.Policy, who people.Person, i policy.IndicatorID, points Path, reason string, _ time.Time) ([]journal.Draft, error) {
	if err := people.Allow(who, people.ManageRegister); err != nil {
		return nil, err
	}
	indicator, ok := pol.Indicator(i)
	if !ok || !slices.ContainsFunc(pol.TargetsFor(i), func(t policy.Target) bool { return t.Op != policy.Qualitative }) {
		return nil, lang.Problemf("no_target", "“%s”没有数量目标，不能设年度路径。", "“%s” has no target with a number, so it has no path.", clip(string(i)))
	}
	points = slices.SortedFunc(slices.Values(points), func(a, b PathPoint) int { return a.Year - b.Year })
	if len(points) < 2 || len(points) > maxPath {
		return nil, lang.Problemf("path_points", "路径要有2到%d个年份，每年一个数。", "A path has 2 to %d years, with one value each.", maxPath)
	}
	for n, p := range points {
		switch {
		case p.Year < 2000 || p.Year > 2099 || n > 0 && points[n-1].Year == p.Year:
			return nil, lang.Problemf("path_year", "路径的年份不对，或有重复：%d。", "A year of the path is wrong or stands twice: %d.", p.Year)
		case !(p.Value >= 0 && p.Value < 1e9): // Nor NaN.
			return nil, lang.Problemf("path_value", "%d年的数值不对。单位：%s。", "The value for %d is wrong. The unit: %s.", p.Year, indicator.Unit)
		}
	}
	reason, err := spoken(FieldReason, reason)
	if err != nil {
		return nil, err
	}
	if now, ok := s.PathOf(i); ok && slices.Equal(now.Path, points) {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindPath, Version: 1, Data: pathV1{Indicator: i, Points: points, Reason: reason, By: who.User}}}, nil
}
