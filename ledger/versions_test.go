package ledger_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

const brain policy.DomainID = "brain-computer"

// adopted is the policy with a ninth domain, which the industrial park leads,
// and without Gusu in the metaverse, from the first day of 2027 on.
func adopted(t *testing.T) (pol *policy.Policy, from time.Time) {
	t.Helper()
	own := policy.Default()
	from = time.Date(2027, 1, 1, 0, 0, 0, 0, policy.Zone)
	l := policy.Layout{Version: 2}
	for _, f := range own.Layouts[0].Focus {
		if f.Domain != policy.Metaverse || f.District != policy.Kunshan {
			l.Focus = append(l.Focus, f)
		}
	}
	l.Focus = append(l.Focus, policy.Focus{Domain: brain, District: policy.SIP, Text: lang.T("脑机接口芯片", "chips for brain-computer interfaces")})
	pol, err := own.With(policy.Adoption{Effective: from, Layout: &l, Domains: []policy.Domain{{
		ID: brain, Name: lang.T("脑机接口", "Brain-computer interfaces"), Short: lang.T("脑机", "BCI"), Summary: lang.T("脑与机器之间的接口。", "Between brains and machines."),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return pol, from
}

// TestReportsFollowTheLayoutOfTheirPeriod lives through the effective day of a
// layout with a ninth domain and a pair withdrawn.
func TestReportsFollowTheLayoutOfTheirPeriod(t *testing.T) {
	t.Parallel()
	all, from := adopted(t)
	park := liaison("USIP", policy.SIP)
	before, first := from.Add(-time.Minute), from.Add(time.Hour)
	set := ledger.DefaultSettings()
	in := item("brain")
	in.District, in.Domain, in.Period = "园区", "脑机接口", "2027Q1"

	var b book
	old := in
	old.Period = "2026Q4"
	if _, _, err := ledger.Submit(b.state, all.At(before), park, old, set, before); err == nil {
		t.Error("a domain could be reported before it was one")
	} else if fields, ok := errors.AsType[lang.FieldProblems](err); !ok || fields[ledger.FieldDomain] == nil {
		t.Errorf("before: %v", err)
	}
	report, drafts, err := ledger.Submit(b.state, all.At(first), park, in, set, first)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.write(drafts, first); err != nil {
		t.Fatal(err)
	}
	if report.Domain != brain {
		t.Errorf("the report is about %q", report.Domain)
	}

	for _, tt := range []struct {
		name           string
		at             time.Time
		period         calendar.Period
		rows           int
		park, kunshan  int // Duties.
		brainAssigned  bool
		kunshanOutside bool
	}{
		{"before", before, "2026Q4", 8, 3, 2, false, false},
		{"from the day on", first, "2027Q1", 9, 4, 1, true, true},
		{"the old quarter, reported late", first, "2026Q4", 9, 3, 2, false, false},
	} {
		pol := all.At(tt.at)
		rows := ledger.Matrix(b.state, pol, set, tt.period, tt.at)
		if len(rows) != tt.rows {
			t.Errorf("%s: %d rows, want %d", tt.name, len(rows), tt.rows)
		}
		if tt.rows == 9 {
			if c := rows[8][slices.Index(policy.DistrictIDs(), policy.SIP)]; c.Domain != brain || c.Assigned != tt.brainAssigned {
				t.Errorf("%s: the ninth row is %+v", tt.name, c)
			}
		}
		if got := len(ledger.Owed(b.state, pol, policy.SIP, tt.period, tt.at)); got != tt.park {
			t.Errorf("%s: the park owes %d pairs, want %d", tt.name, got, tt.park)
		}
		if got := len(ledger.Owed(b.state, pol, policy.Kunshan, tt.period, tt.at)); got != tt.kunshan {
			t.Errorf("%s: Kunshan owes %d pairs, want %d", tt.name, got, tt.kunshan)
		}
		if got := ledger.Outside(pol, policy.Metaverse, policy.Kunshan, tt.period, tt.at); got != tt.kunshanOutside {
			t.Errorf("%s: the withdrawn pair is outside the layout: %t", tt.name, got)
		}
	}
}

// TestTheDigestKnowsTheNinthDomain counts it among the pairs and lists it behind
// the others, where it used to stand in front.
func TestTheDigestKnowsTheNinthDomain(t *testing.T) {
	t.Parallel()
	all, from := adopted(t)
	var b book
	for _, tt := range []struct {
		at    time.Time
		pairs int
		last  policy.DomainID
	}{
		{from.Add(-time.Minute), 17, policy.CellGeneTherapy},
		{from.AddDate(0, 0, 4).Add(9 * time.Hour), 17, brain}, // One came, one went.
	} {
		d := ledger.Digest(b.state, ledger.DigestSource{
			Policy: all.At(tt.at), People: people.State{}, Settings: ledger.DefaultSettings(), Workday: func(time.Time) bool { return true },
		}, tt.at)
		if d.Health.Pairs != tt.pairs {
			t.Errorf("%s: %d pairs, want %d", tt.at, d.Health.Pairs, tt.pairs)
		}
		i := slices.IndexFunc(d.Health.Missing, func(p ledger.PairsOf) bool { return p.District == policy.SIP })
		if i < 0 {
			t.Fatalf("%s: the park is not among those missing: %+v", tt.at, d.Health.Missing)
		}
		if got := d.Health.Missing[i].Domains; got[len(got)-1] != tt.last {
			t.Errorf("%s: the park's domains are %v, want %s last", tt.at, got, tt.last)
		}
	}
}
