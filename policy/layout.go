package policy

import (
	"slices"
	"time"

	"wainao/lang"
)

// Zone is the zone of the policy's dates: China's, at UTC+8 without summer time
// on every date that the policy knows. It is fixed so that the data mean the
// same on a machine without a zone database.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// Layout says which district leads which domain with which focus, from its
// effective date until the next version's. The policy's own is version 1.
type Layout struct {
	Version   int
	Effective time.Time // midnight of its first day in Asia/Shanghai.
	Focus     []Focus   // by domain in policy order, within it as printed.
}

// FocusOf returns the focus of one district in one domain; ok is false when
// the layout does not give the domain to the district.
func (l Layout) FocusOf(domain DomainID, district DistrictID) (f Focus, ok bool) {
	for _, f := range l.Focus {
		if f.Domain == domain && f.District == district {
			return f, true
		}
	}
	return Focus{}, false
}

// DistrictsOf returns the districts that lead the domain, in administrative
// order.
func (l Layout) DistrictsOf(domain DomainID) []DistrictID {
	return pick(DistrictIDs(), l.Focus, func(f Focus, d DistrictID) bool {
		return f.Domain == domain && f.District == d
	})
}

// Domains returns the domains that some district leads, in policy order; those
// that the policy did not have at first stand behind it, as they come in Focus.
func (l Layout) Domains() []DomainID {
	all := DomainIDs()
	for _, f := range l.Focus {
		if !slices.Contains(all, f.Domain) {
			all = append(all, f.Domain)
		}
	}
	return pick(all, l.Focus, func(f Focus, d DomainID) bool { return f.Domain == d })
}

// DomainsOf returns the domains that the district leads, in the order of
// [Layout.Domains].
func (l Layout) DomainsOf(district DistrictID) []DomainID {
	out := pick(DomainIDs(), l.Focus, func(f Focus, d DomainID) bool {
		return f.District == district && f.Domain == d
	})
	for _, f := range l.Focus { // What is not among them yet, the policy did not have at first.
		if f.District == district && !slices.Contains(out, f.Domain) {
			out = append(out, f.Domain)
		}
	}
	return out
}

// FocusesOf returns the focuses of the domain, by district in administrative
// order.
func (l Layout) FocusesOf(domain DomainID) []Focus {
	var out []Focus
	for _, d := range l.DistrictsOf(domain) {
		f, _ := l.FocusOf(domain, d)
		out = append(out, f)
	}
	return out
}

// FocusesIn returns the focuses of the district, by domain in policy order.
func (l Layout) FocusesIn(district DistrictID) []Focus {
	var out []Focus
	for _, d := range l.DomainsOf(district) {
		f, _ := l.FocusOf(d, district)
		out = append(out, f)
	}
	return out
}

// pick returns the ids that some focus matches, in the ids' order.
func pick[ID any](ids []ID, focus []Focus, match func(Focus, ID) bool) []ID {
	var out []ID
	for _, id := range ids {
		if slices.ContainsFunc(focus, func(f Focus) bool { return match(f, id) }) {
			out = append(out, id)
		}
	}
	return out
}

// Layouts are versions of the layout in the order of their effective dates.
// The zero value holds none.
type Layouts []Layout

// At returns the layout in force at t. Before the first version's effective
// date nothing is in force and the zero Layout, version 0, is returned.
func (ls Layouts) At(t time.Time) Layout {
	var in Layout
	for _, l := range ls {
		if l.Effective.After(t) {
			break
		}
		in = l
	}
	return in
}

// Version returns the layout with the given version.
func (ls Layouts) Version(v int) (l Layout, ok bool) {
	for _, l := range ls {
		if l.Version == v {
			return l, true
		}
	}
	return Layout{}, false
}

// Latest returns the last version, in force or not yet; the zero Layout when
// there is none.
func (ls Layouts) Latest() Layout {
	if len(ls) == 0 {
		return Layout{}
	}
	return ls[len(ls)-1]
}

// With returns the versions with one more. It changes neither ls nor l. The
// new version must carry the number after the latest and take effect after it;
// otherwise a [lang.Problem] says so. What l holds is for [Policy.CheckLayout].
func (ls Layouts) With(l Layout) (Layouts, error) {
	last := ls.Latest()
	if l.Version != last.Version+1 {
		return ls, lang.Problemf("layout-version",
			"布局版本应为第 %d 版,收到的是第 %d 版。", "The layout must be version %d, not version %d.",
			last.Version+1, l.Version)
	}
	if len(ls) > 0 && !l.Effective.After(last.Effective) {
		return ls, lang.Problemf("layout-effective",
			"新布局的生效日期(%s)应晚于上一版(%s)。", "The new layout's effective date (%s) must be later than the last version's (%s).",
			l.Effective.In(Zone).Format(time.DateOnly), last.Effective.In(Zone).Format(time.DateOnly))
	}
	return append(slices.Clone(ls), l), nil
}
