package policy

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/lang"
)

var brain = Domain{
	ID: "brain-computer", Name: lang.T("脑机接口", "Brain-computer interfaces"), Short: lang.T("脑机", "BCI"),
	Summary: lang.T("脑与机器之间的接口。", "Interfaces between brains and machines."), Aliases: Aliases{EN: []string{"brain machine interface"}},
}

// second is a next version of the layout: Taicang takes hydrogen, Gusu leaves
// the metaverse, and the new domain goes to the park.
func second(p *Policy) Layout {
	l := Layout{Version: 2}
	for _, f := range p.Layouts[0].Focus {
		if f.Domain != Metaverse || f.District != Gusu {
			l.Focus = append(l.Focus, f)
		}
	}
	l.Focus = append(l.Focus,
		Focus{Domain: Hydrogen, District: Taicang, Text: lang.T("氢能船舶", "hydrogen ships")},
		Focus{Domain: brain.ID, District: SIP, Text: lang.T("脑机接口芯片", "chips for brain-computer interfaces")})
	return l
}

func TestAnAdoptedLayoutHoldsFromItsDay(t *testing.T) {
	t.Parallel()
	p := Default()
	l := second(p)
	from := day(2027, 1, 1)
	next, err := p.With(Adoption{Effective: from, Layout: &l, Domains: []Domain{brain}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at      time.Time
		version int
		domains int
		taicang []DomainID
		brain   []DistrictID
		gusu    int
	}{
		{day(2024, 6, 1), 1, 8, []DomainID{Aerospace}, nil, 1},
		{from.Add(-time.Nanosecond), 1, 8, []DomainID{Aerospace}, nil, 1},
		{from, 2, 9, []DomainID{Hydrogen, Aerospace}, []DistrictID{SIP}, 0},
		{day(2030, 1, 1), 2, 9, []DomainID{Hydrogen, Aerospace}, []DistrictID{SIP}, 0},
	} {
		for name, then := range map[string]*Policy{"at the date": next.At(tt.at), "at another date": next.At(day(2031, 1, 1)), "newest": next} {
			in := then.LayoutAt(tt.at)
			if in.Version != tt.version || len(in.DomainsOf(Gusu)) != tt.gusu {
				t.Errorf("%s, %s: version %d, Gusu leads %v", tt.at, name, in.Version, in.DomainsOf(Gusu))
			}
			if diff := cmp.Diff(tt.taicang, in.DomainsOf(Taicang)); diff != "" {
				t.Errorf("%s, %s: Taicang (-want +got):\n%s", tt.at, name, diff)
			}
			if diff := cmp.Diff(tt.brain, in.DistrictsOf(brain.ID)); diff != "" {
				t.Errorf("%s, %s: the new domain (-want +got):\n%s", tt.at, name, diff)
			}
		}
		then := next.At(tt.at)
		if len(then.Domains) != tt.domains {
			t.Errorf("%s: %d domains, want %d", tt.at, len(then.Domains), tt.domains)
		}
		for _, word := range []string{"brain-computer", "脑机", "BCI", "brain-machine interface", "9"} {
			if d, ok := then.FindDomain(word); ok != (tt.domains == 9) || ok && (d.ID != brain.ID || d.Number != 9) {
				t.Errorf("%s: %q is %q", tt.at, word, d.ID)
			}
		}
	}
	if next.At(from) != next.At(from.AddDate(1, 0, 0)) || next.At(from) == next.At(from.Add(-1)) {
		t.Error("the policy as of a date is not one pointer for each stretch of time")
	}
	if got := next.LayoutAt(from); slices.Index(got.Domains(), brain.ID) != len(got.Domains())-1 {
		t.Errorf("the new domain does not stand last: %v", got.Domains())
	}
	if p != Default() || len(p.Layouts) != 1 || len(p.Domains) != 8 || p.At(from) != p {
		t.Error("the policy itself changed")
	}
	if _, ok := p.FindDomain("脑机"); ok {
		t.Error("the policy itself learnt a name")
	}
	if next.Adopting(nil) != p {
		t.Error("without adoptions it is not the policy itself")
	}
}

func TestAdoptionsJoinByDate(t *testing.T) {
	t.Parallel()
	p := Default()
	old, _ := p.Target(Platforms, 2030)
	more := old
	more.Value, more.Text, more.Summary = 15, lang.T("15家以上", "15 or more"), lang.T("培育15家以上", "Foster 15 or more")
	most := more
	most.Value = 20
	added := Target{
		ID: "2032-talents", Indicator: Talents, Year: 2032, Op: AtLeast, Value: 500, Unit: lang.T("名", "people"),
		Text: lang.T("500名以上", "500 or more"), Summary: lang.T("引进500名以上关键人才", "Attract 500 or more key talents"),
	}
	definition, _ := p.Indicator(Platforms)
	definition.CountsWhen = lang.T("经市级认定", "recognised by the city")

	// Adopted in this order, in force in another.
	next, err := p.With(Adoption{Effective: day(2029, 1, 1), Targets: []Target{most}})
	if err != nil {
		t.Fatal(err)
	}
	next, err = next.With(Adoption{Effective: day(2028, 1, 1), Targets: []Target{more, added}, Indicators: []Indicator{definition}})
	if err != nil {
		t.Fatal(err)
	}
	l := second(p)
	if next, err = next.At(day(2028, 6, 1)).With(Adoption{Effective: day(2030, 1, 1), Layout: &l, Domains: []Domain{brain}}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		at      time.Time
		value   float64
		added   bool
		counts  string
		version int
	}{
		{day(2027, 12, 31), 10, false, "", 1},
		{day(2028, 1, 1), 15, true, "经市级认定", 1},
		{day(2029, 1, 1), 20, true, "经市级认定", 1},
		{day(2030, 1, 1), 20, true, "经市级认定", 2},
	} {
		then := next.At(tt.at)
		if got, _ := then.Target(Platforms, 2030); got.Value != tt.value {
			t.Errorf("%s: the target is %v, want %v", tt.at, got.Value, tt.value)
		}
		if _, ok := then.Target(Talents, 2032); ok != tt.added || slices.Contains(then.TargetYears(), 2032) != tt.added {
			t.Errorf("%s: the added target is there: %v", tt.at, ok)
		}
		if i, _ := then.Indicator(Platforms); tt.counts != "" && i.CountsWhen.ZH != tt.counts || tt.counts == "" && i.CountsWhen == definition.CountsWhen {
			t.Errorf("%s: it counts when %s", tt.at, i.CountsWhen.ZH)
		}
		if got := then.LayoutAt(tt.at).Version; got != tt.version {
			t.Errorf("%s: layout %d", tt.at, got)
		}
	}
	var values []float64
	for i, v := range next.TargetVersions(old.ID) {
		if v.Version != i+1 {
			t.Errorf("version %d stands at %d", v.Version, i)
		}
		values = append(values, v.Value.Value)
	}
	if diff := cmp.Diff([]float64{10, 15, 20}, values); diff != "" {
		t.Errorf("versions of the target (-want +got):\n%s", diff)
	}
	if v := next.IndicatorVersions(Platforms); len(v) != 2 || !v[0].From.IsZero() || !v[1].From.Equal(day(2028, 1, 1)) {
		t.Errorf("versions of the indicator: %+v", v)
	}
	if v := p.TargetVersions(old.ID); len(v) != 1 || v[0].Version != 1 {
		t.Errorf("versions of a target that never changed: %+v", v)
	}
}

func TestAdoptionsAreChecked(t *testing.T) {
	t.Parallel()
	p := Default()
	target, _ := p.Target(Platforms, 2030)
	indicator, _ := p.Indicator(Platforms)
	with := func(change func(*Adoption)) Adoption {
		l := second(p)
		a := Adoption{Effective: day(2027, 1, 1), Layout: &l, Domains: []Domain{brain}}
		change(&a)
		return a
	}
	domain := func(change func(*Domain)) Adoption {
		return with(func(a *Adoption) { change(&a.Domains[0]) })
	}
	targets := func(change func(*Target)) Adoption {
		v := target
		change(&v)
		return Adoption{Effective: day(2027, 1, 1), Targets: []Target{v}}
	}
	for code, a := range map[string]Adoption{
		"layout-effective":  with(func(a *Adoption) { a.Effective = time.Time{} }),
		"adoption-empty":    {Effective: day(2027, 1, 1)},
		"layout-version":    with(func(a *Adoption) { a.Layout.Version = 3 }),
		"layout-empty":      with(func(a *Adoption) { a.Layout.Focus, a.Domains = nil, nil }),
		"layout-domain":     with(func(a *Adoption) { a.Domains = nil }),
		"domain-unled":      with(func(a *Adoption) { a.Layout.Focus = a.Layout.Focus[:5] }),
		"domain-id":         domain(func(d *Domain) { d.ID = "Brain Computer" }),
		"domain-words":      domain(func(d *Domain) { d.Summary.EN = "" }),
		"domain-known":      domain(func(d *Domain) { d.Short.ZH = "氢能" }),
		"target-words":      targets(func(t *Target) { t.Text.EN = "" }),
		"target-number":     targets(func(t *Target) { t.Value = 0 }),
		"target-indicator":  targets(func(t *Target) { t.Indicator = "gdp" }),
		"target-moved":      targets(func(t *Target) { t.Year = 2031 }),
		"target-twice":      targets(func(t *Target) { t.ID = "2030-platforms-again" }),
		"indicator-unknown": {Effective: day(2027, 1, 1), Indicators: []Indicator{{ID: "gdp"}}},
		"indicator-kind":    {Effective: day(2027, 1, 1), Indicators: []Indicator{{ID: indicator.ID, Kind: Flow, Takes: TakesValue, CountsWhen: indicator.CountsWhen, ItemIs: indicator.ItemIs}}},
	} {
		_, err := p.With(a)
		problem, ok := errors.AsType[*lang.Problem](err)
		if !ok || problem.Code != code || !problem.Words.Complete() {
			t.Errorf("%s: got %v", code, err)
		}
	}
	if _, err := p.With(with(func(a *Adoption) { a.Effective = day(2023, 9, 1) })); !errors.Is(err, &lang.Problem{Code: "layout-effective"}) {
		t.Errorf("a layout from the day of the one before it: %v", err)
	}
}

func TestTermsIn(t *testing.T) {
	t.Parallel()
	p := Default()
	for _, f := range p.Layouts[0].Focus {
		var named []string
		for _, term := range p.TermsIn(f.Domain, f.Text) {
			named = append(named, term.ID)
		}
		for _, term := range f.Terms {
			if !slices.Contains(named, term.ID) {
				t.Errorf("%s in %s: %q names %v, want %s among them", f.Domain, f.District, f.Text.ZH, named, term.ID)
			}
		}
	}
	if got := p.TermsIn(Hydrogen, lang.T("氢燃料电池", "hydrogen fuel cells")); len(got) != 1 || got[0].ID != "hydrogen-fuel-cells" {
		t.Errorf("hydrogen fuel cells name %v", got)
	}
	if got := p.TermsIn(Quantum, lang.T("氢燃料电池", "hydrogen fuel cells")); got != nil {
		t.Errorf("another domain's terms: %v", got)
	}
}
